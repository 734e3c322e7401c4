//! A service that speaks the W3C Reconciliation Service API, as OpenRefine and Wikidata do:
//! <https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/>.
//!
//! What the service holds for the best is one thing that speaks for it; the names have to agree and
//! nothing may contradict as with any table. A service that fails for some leaves the rest as it
//! is. This file alone of all rooms speaks HTTP.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use oxigraph::model::NamedNode;
use serde::Deserialize;
use serde_json::json;

use super::LinkError;
use super::choice::{Choice, Outcome, Unlinked, select};
use super::evidence::{Candidate, Judgement, Subject};
use crate::fact::{Confidence, EntityKind};
use crate::store::Profile;

/// Entities asked for at a time: services take a few dozen.
const BATCH: usize = 20;
/// Candidates wanted for each.
const LIMIT: usize = 6;
/// Times that a request is made before it counts as failed.
const TRIES: u32 = 3;
/// Batches that fail in a row before the service counts as gone.
const GONE: usize = 3;
/// Bytes of an answer that are read.
const LONGEST: u64 = 16 << 20;
/// Left of doubt by a service that is sure itself.
const MATCH: f32 = 0.4;
/// By a service that scores one clearly highest.
const BEST: f32 = 0.7;
/// How much higher the best score is than the next.
const CLEAR: f64 = 1.1;

/// How a service is asked.
#[derive(Clone, Debug)]
pub struct Options {
    /// The service's own type of what a kind of entity is: `Q5` for persons.
    pub types: BTreeMap<EntityKind, String>,
    /// How long one request may take.
    pub timeout: Duration,
    /// How long to wait before a request is made again; twice as long before the third time.
    pub pause: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            types: BTreeMap::new(),
            timeout: Duration::from_secs(60),
            pause: Duration::from_millis(500),
        }
    }
}

/// What a service says of itself.
#[derive(Clone, Debug, Deserialize)]
struct Manifest {
    name: String,
    #[serde(rename = "identifierSpace")]
    identifier_space: String,
    #[serde(default)]
    view: Option<View>,
}

#[derive(Clone, Debug, Deserialize)]
struct View {
    url: String,
}

/// The answer to one query.
#[derive(Clone, Debug, Default, Deserialize)]
struct Answer {
    #[serde(default)]
    result: Vec<Found>,
}

#[derive(Clone, Debug, Deserialize)]
struct Found {
    id: String,
    name: String,
    #[serde(default)]
    score: f64,
    #[serde(default, rename = "match")]
    is_match: bool,
    #[serde(default)]
    description: Option<String>,
    #[serde(default, rename = "type")]
    types: Vec<Type>,
}

/// Types are objects, and in older services strings.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Type {
    Object {
        #[serde(default)]
        name: Option<String>,
    },
    Name(String),
}

/// What a service answered.
#[derive(Debug, Default)]
pub struct Answers {
    pub outcome: Outcome,
    /// Entities of which it gave no answer.
    pub unanswered: BTreeSet<NamedNode>,
    /// What went wrong, a request each.
    pub errors: Vec<LinkError>,
}

/// A reconciliation service.
pub struct Service {
    url: String,
    agent: ureq::Agent,
    manifest: Manifest,
    options: Options,
}

impl Service {
    /// Asks the service what it is.
    ///
    /// # Errors
    /// [`LinkError::Service`] where it does not answer, [`LinkError::Manifest`] where it answers
    /// something else.
    pub fn open(url: &str, options: Options) -> Result<Self, LinkError> {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(options.timeout))
            .http_status_as_error(false)
            .user_agent(concat!("newsgraph/", env!("CARGO_PKG_VERSION")))
            .build();
        let agent: ureq::Agent = config.into();
        let text = answer(url, &options, || {
            agent.get(url).header("accept", "application/json").call()
        })?;
        let manifest = serde_json::from_str(&text).map_err(|error| LinkError::Manifest {
            url: url.to_owned(),
            message: error.to_string(),
        })?;
        Ok(Self {
            url: url.to_owned(),
            agent,
            manifest,
            options,
        })
    }

    /// What the service calls itself.
    pub fn name(&self) -> &str {
        &self.manifest.name
    }

    /// Looks all entities up; `progress` is told how many more were asked for.
    pub fn link(
        &self,
        profiles: &[Profile],
        least: Confidence,
        progress: impl Fn(usize),
    ) -> Answers {
        let mut answers = Answers::default();
        let mut found = Vec::new();
        let mut failed = 0;
        for batch in profiles.chunks(BATCH) {
            let answered = match failed {
                GONE => Err(None),
                _ => self.ask(batch).map_err(Some),
            };
            match answered {
                Ok(mut answered) => {
                    failed = 0;
                    for (number, profile) in batch.iter().enumerate() {
                        match answered.remove(&format!("q{number}")) {
                            Some(answer) => {
                                let choice = self.choose(profile, answer, least);
                                found.push((profile.entity.clone(), choice));
                            }
                            None => _ = answers.unanswered.insert(profile.entity.clone()),
                        }
                    }
                }
                Err(error) => {
                    failed = (failed + 1).min(GONE);
                    answers.errors.extend(error);
                    answers
                        .unanswered
                        .extend(batch.iter().map(|profile| profile.entity.clone()));
                }
            }
            progress(batch.len());
        }
        answers.outcome = Outcome::of(found, &self.url);
        answers
    }

    /// Asks for one batch: the answers by the keys of their queries.
    fn ask(&self, batch: &[Profile]) -> Result<BTreeMap<String, Answer>, LinkError> {
        let mut queries = serde_json::Map::new();
        for (number, profile) in batch.iter().enumerate() {
            let mut query = json!({ "query": profile.name, "limit": LIMIT });
            if let Some(kind) = self.options.types.get(&profile.kind) {
                query["type"] = json!(kind);
            }
            queries.insert(format!("q{number}"), query);
        }
        let queries = serde_json::Value::from(queries).to_string();
        let text = answer(&self.url, &self.options, || {
            self.agent
                .post(&self.url)
                .header("accept", "application/json")
                .send_form([("queries", queries.as_str())])
        })?;
        let answers: BTreeMap<String, serde_json::Value> =
            serde_json::from_str(&text).map_err(|error| LinkError::Service {
                url: self.url.clone(),
                message: format!("an answer that is no object in JSON: {error}"),
            })?;
        // One answer that cannot be read leaves the others.
        Ok(answers
            .into_iter()
            .filter_map(|(key, answer)| Some((key, serde_json::from_value(answer).ok()?)))
            .collect())
    }

    fn choose(
        &self,
        profile: &Profile,
        answer: Answer,
        least: Confidence,
    ) -> Result<Choice, Unlinked> {
        let subject = Subject::new(profile);
        let mut scores: Vec<f64> = answer.result.iter().map(|found| found.score).collect();
        scores.sort_by(|a, b| b.total_cmp(a));
        let is_best = |score: f64| match scores.as_slice() {
            [first, second, ..] => score == *first && *first >= CLEAR * *second,
            _ => true,
        };
        let mut none = Unlinked::Unknown;
        let mut fits = Vec::new();
        let mut sure = BTreeSet::new();
        for found in &answer.result {
            let Some(iri) = self.iri(&found.id) else {
                continue;
            };
            if !is_of_kind(&found.types, profile.kind) {
                continue;
            }
            let candidate = Candidate {
                iri: iri.clone(),
                kind: profile.kind,
                label: found.name.clone(),
                aliases: Vec::new(),
                countries: BTreeSet::new(),
                description: found.description.clone().unwrap_or_default(),
            };
            match subject.judge(&candidate) {
                Judgement::Fits(mut fit) => {
                    if found.is_match {
                        fit.doubt *= MATCH;
                        fit.evidence.push("a match for the service".to_owned());
                        sure.insert(iri.clone());
                    } else if fit.is_same_name && is_best(found.score) {
                        fit.doubt *= BEST;
                        fit.evidence.push("the service’s best".to_owned());
                        sure.insert(iri.clone());
                    }
                    fits.push((fit, iri));
                }
                Judgement::Contradicted => none = Unlinked::Contradicted,
                Judgement::Other => {}
            }
        }
        let choice = select(fits, least).unwrap_or(Err(none))?;
        match sure.contains(&choice.target) {
            true => Ok(choice),
            false => Err(Unlinked::Unsure),
        }
    }

    /// The IRI of an identifier: itself, if it is one; else in the service's identifier space, or
    /// where the service shows it.
    fn iri(&self, id: &str) -> Option<NamedNode> {
        let space = &self.manifest.identifier_space;
        let text = if id.contains("://") {
            id.to_owned()
        } else if space.ends_with(['/', '#', '=', ':']) {
            format!("{space}{id}")
        } else {
            match &self.manifest.view {
                Some(view) if view.url.contains("{{id}}") => view.url.replace("{{id}}", id),
                _ => format!("{space}/{id}"),
            }
        };
        NamedNode::new(text).ok()
    }
}

/// Whether the types that a service gives allow an entity of this kind. Types that nothing is
/// known of allow all.
fn is_of_kind(types: &[Type], kind: EntityKind) -> bool {
    let name = |kind: &Type| match kind {
        Type::Object { name } => name.clone().unwrap_or_default(),
        Type::Name(name) => name.clone(),
    };
    let kinds: Vec<EntityKind> = types
        .iter()
        .filter_map(|found| kind_of_type(&name(found).to_lowercase()))
        .collect();
    let place = |kind: EntityKind| matches!(kind, EntityKind::Place | EntityKind::Country);
    kinds.is_empty()
        || kinds
            .iter()
            .any(|other| *other == kind || place(*other) && place(kind))
}

fn kind_of_type(name: &str) -> Option<EntityKind> {
    let has = |words: &[&str]| {
        name.split(|c: char| !c.is_alphanumeric())
            .any(|word| words.contains(&word))
    };
    if has(&["human", "person", "people", "politician"]) {
        Some(EntityKind::Person)
    } else if has(&[
        "country",
        "state",
        "city",
        "town",
        "place",
        "settlement",
        "village",
        "location",
    ]) {
        Some(EntityKind::Place)
    } else if has(&[
        "organization",
        "organisation",
        "company",
        "business",
        "enterprise",
        "party",
        "agency",
        "newspaper",
        "ministry",
        "university",
    ]) {
        Some(EntityKind::Organization)
    } else {
        None
    }
}

/// The text of an answer, asked for again where the service or the way to it fails.
fn answer(
    url: &str,
    options: &Options,
    ask: impl Fn() -> Result<ureq::http::Response<ureq::Body>, ureq::Error>,
) -> Result<String, LinkError> {
    let mut message = String::new();
    for tried in 0..TRIES {
        if tried > 0 {
            std::thread::sleep(options.pause * tried);
        }
        match ask() {
            Ok(mut response) => {
                let status = response.status();
                if status.is_success() {
                    match response
                        .body_mut()
                        .with_config()
                        .limit(LONGEST)
                        .read_to_string()
                    {
                        Ok(text) => return Ok(text),
                        Err(error) => message = error.to_string(),
                    }
                    continue;
                }
                message = format!("status {status}");
                // What is wrong with the request stays wrong.
                if !status.is_server_error() && status.as_u16() != 429 {
                    break;
                }
            }
            Err(error) => message = error.to_string(),
        }
    }
    Err(LinkError::Service {
        url: url.to_owned(),
        message,
    })
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::TcpListener;
    use std::sync::mpsc;

    use super::super::LEAST_CONFIDENCE;
    use super::super::evidence::tests::profile;
    use super::*;

    const MANIFEST: &str =
        r#"{"versions":["0.2"],"name":"Test","identifierSpace":"https://w.example/"}"#;

    /// A server that gives these answers, one a connection, and tells what it was asked.
    fn serve(answers: Vec<(u16, String)>) -> (String, mpsc::Receiver<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/reconcile", listener.local_addr().unwrap());
        let (asked, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            for (status, body) in answers {
                let (mut stream, _) = listener.accept().unwrap();
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let mut head = String::new();
                let mut length = 0;
                loop {
                    let mut line = String::new();
                    reader.read_line(&mut line).unwrap();
                    let lower = line.to_lowercase();
                    if let Some(value) = lower.strip_prefix("content-length:") {
                        length = value.trim().parse().unwrap();
                    }
                    if line.trim().is_empty() {
                        break;
                    }
                    head.push_str(&line);
                }
                let mut sent = vec![0; length];
                reader.read_exact(&mut sent).unwrap();
                let _ = asked.send(head + &String::from_utf8(sent).unwrap());
                let length = body.len();
                let _ = write!(
                    stream,
                    "HTTP/1.1 {status} X\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
                );
            }
        });
        (url, receiver)
    }

    fn options() -> Options {
        Options {
            timeout: Duration::from_secs(5),
            pause: Duration::from_millis(5),
            ..Options::default()
        }
    }

    fn ok(body: &str) -> (u16, String) {
        (200, body.to_owned())
    }

    fn result(found: &str) -> (u16, String) {
        ok(&format!(r#"{{"q0":{{"result":[{found}]}}}}"#))
    }

    /// What becomes of Ann Lee, minister in Britain, when the service finds this.
    fn found(results: &str) -> Result<String, Unlinked> {
        let (url, _) = serve(vec![ok(MANIFEST), result(results)]);
        let service = Service::open(&url, options()).unwrap();
        let profile = profile("Ann Lee", &["GB"], &["minister"]);
        let answers = service.link(std::slice::from_ref(&profile), LEAST_CONFIDENCE, |_| {});
        assert!(answers.errors.is_empty());
        match answers.outcome.links.first() {
            Some(link) => Ok(link.target.as_str().to_owned()),
            None => Err(answers.outcome.unlinked[&profile.entity]),
        }
    }

    #[test]
    fn a_match_of_the_same_name_is_linked() {
        let link = found(r#"{"id":"Q1","name":"Ann Lee","score":100,"match":true}"#);
        assert_eq!(link.as_deref(), Ok("https://w.example/Q1"));
        let link =
            found(r#"{"id":"Q1","name":"Ann Lee","score":90,"match":false,"type":["human"]}"#);
        assert_eq!(link.as_deref(), Ok("https://w.example/Q1"));
    }

    #[test]
    fn what_the_service_holds_for_a_match_is_not_believed_blindly() {
        for (results, why) in [
            (
                r#"{"id":"Q1","name":"Lee","score":100,"match":true}"#,
                Unlinked::Unknown,
            ),
            (
                r#"{"id":"Q1","name":"Bea Lee","score":100,"match":true}"#,
                Unlinked::Unknown,
            ),
            (
                r#"{"id":"Q1","name":"Ann Lee","score":100,"match":true,"description":"American minister"}"#,
                Unlinked::Contradicted,
            ),
            (
                r#"{"id":"Q1","name":"Ann Lee","score":100,"match":true,"type":[{"id":"c","name":"city"}]}"#,
                Unlinked::Unknown,
            ),
            (
                r#"{"id":"Q1","name":"Ann Lee","score":99},{"id":"Q2","name":"Ann Lee","score":99}"#,
                Unlinked::Ambiguous,
            ),
            ("", Unlinked::Unknown),
        ] {
            assert_eq!(found(results), Err(why), "{results}");
        }
    }

    #[test]
    fn a_request_is_made_again_when_the_service_stumbles() {
        let answers = vec![
            (503, String::new()),
            ok(MANIFEST),
            (500, String::new()),
            (502, String::new()),
            result(r#"{"id":"Q1","name":"Ann Lee","score":100,"match":true}"#),
        ];
        let (url, asked) = serve(answers);
        let service = Service::open(&url, options()).unwrap();
        let answers = service.link(
            &[profile("Ann Lee", &["GB"], &[])],
            LEAST_CONFIDENCE,
            |_| {},
        );
        assert_eq!(answers.outcome.links.len(), 1);
        let asked: Vec<String> = asked.iter().collect();
        assert!(asked[0].starts_with("GET /reconcile "));
        assert!(asked[4].starts_with("POST /reconcile "));
        assert!(
            asked[4].contains("queries=%7B%22q0%22%3A%7B%22query%22%3A%22Ann+Lee%22"),
            "{}",
            asked[4]
        );
    }

    #[test]
    fn a_batch_that_fails_leaves_the_others() {
        let profiles: Vec<Profile> = (0..=BATCH)
            .map(|n| profile(&format!("Ann Lee{}", "x".repeat(n)), &["GB"], &[]))
            .collect();
        let last = format!("Ann Lee{}", "x".repeat(BATCH));
        let answers = vec![
            ok(MANIFEST),
            (400, String::new()),
            result(&format!(
                r#"{{"id":"Q1","name":"{last}","score":100,"match":true}}"#
            )),
        ];
        let (url, _) = serve(answers);
        let service = Service::open(&url, options()).unwrap();
        let answers = service.link(&profiles, LEAST_CONFIDENCE, |_| {});
        assert_eq!(answers.outcome.links.len(), 1);
        assert_eq!(answers.unanswered.len(), BATCH);
        let message = answers.errors[0].to_string();
        assert!(
            message.contains(&url) && message.contains("status 400"),
            "{message}"
        );
    }

    #[test]
    fn what_is_no_service_is_refused_with_its_address() {
        let (url, _) = serve(vec![ok("<html>")]);
        let message = Service::open(&url, options()).err().unwrap().to_string();
        assert!(
            message.starts_with("expected a manifest") && message.contains(&url),
            "{message}"
        );
        let (url, _) = serve(vec![(404, String::new())]);
        let message = Service::open(&url, options()).err().unwrap().to_string();
        assert!(message.contains("status 404"), "{message}");
        // Nobody listens there any more.
        let gone = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        let url = format!("http://{gone}/");
        let message = Service::open(&url, options()).err().unwrap().to_string();
        assert!(message.contains(&url), "{message}");
    }

    #[test]
    fn identifiers_become_iris() {
        let service = |manifest: &str| {
            let (url, _) = serve(vec![ok(manifest)]);
            Service::open(&url, options()).unwrap()
        };
        let wikidata = service(
            r#"{"name":"W","identifierSpace":"http://www.wikidata.org/entity/","view":{"url":"https://www.wikidata.org/wiki/{{id}}"}}"#,
        );
        let iri = |service: &Service, id| service.iri(id).map(|iri| iri.as_str().to_owned());
        assert_eq!(
            iri(&wikidata, "Q1").as_deref(),
            Some("http://www.wikidata.org/entity/Q1")
        );
        assert_eq!(
            iri(&wikidata, "https://x.example/1").as_deref(),
            Some("https://x.example/1")
        );
        let table = service(
            r#"{"name":"T","identifierSpace":"http://t.example/ids","view":{"url":"http://t.example/show/{{id}}"}}"#,
        );
        assert_eq!(iri(&table, "7").as_deref(), Some("http://t.example/show/7"));
        let bare = service(r#"{"name":"B","identifierSpace":"http://t.example/ids"}"#);
        assert_eq!(iri(&bare, "7").as_deref(), Some("http://t.example/ids/7"));
        assert_eq!(iri(&bare, "a b"), None);
    }
}
