//! Facts to quads.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad, Term};
use unicode_segmentation::UnicodeSegmentation;

use super::iri::within;
use super::key;
use super::vocab::{ng, oa, org, prov, rdf, rdfs, schema, skos, xsd};
use super::{Base, PREFIXES, name_key};
use crate::article::Article;
use crate::document::{CodePoints, Span};
use crate::fact::{
    Attendance, Entity, EntityId, EntityKind, EventDate, Evidence, Facts, Meeting, MeetingKind,
    RoleHolding, RoleStatus, Statement,
};
use crate::lexicon::CountryCode;

/// Code points of text before and after a fact's words that its quote selector keeps.
pub const CONTEXT: usize = 32;

/// The way article graphs are written: another one makes an article new.
const FORMAT: &str = "3";

/// The program and the model that read an article, for provenance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// "newsgraph".
    pub name: String,
    /// "0.1.0".
    pub version: String,
    /// Name and version of the trained model, if one was used.
    pub model: Option<String>,
}

impl Program {
    /// This program, with the model it reads with.
    pub fn this(model: Option<&str>) -> Self {
        Self {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            model: model.map(str::to_owned),
        }
    }
}

/// What an article's graph is a function of, as a BLAKE3 hash: the article's text and metadata
/// and the program that reads it. Equal hashes mean that there is nothing to do again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ContentHash(pub [u8; 32]);

impl ContentHash {
    /// Cheap (some GB a second): call it before extraction and ask
    /// [`Store::is_current`](crate::store::Store::is_current).
    pub fn of(article: &Article, program: &Program) -> Self {
        let date = article.date.map(|d| d.to_string());
        let fields = [
            Some(article.id.as_str()),
            Some(article.text.as_str()),
            article.title.as_deref(),
            article.publisher.as_deref(),
            article.author.as_deref(),
            date.as_deref(),
            article.url.as_deref(),
            article.language.as_deref(),
            Some(FORMAT),
            Some(program.name.as_str()),
            Some(program.version.as_str()),
            program.model.as_deref(),
        ];
        let mut hasher = blake3::Hasher::new();
        for field in fields {
            // With its length before it, no field can run into the next.
            let length = field.map_or(u64::MAX, |f| f.len() as u64);
            hasher.update(&length.to_le_bytes());
            hasher.update(field.unwrap_or_default().as_bytes());
        }
        for region in &article.regions {
            hasher.update(format!("{:?} {:?};", region.span, region.kind).as_bytes());
        }
        Self(*hasher.finalize().as_bytes())
    }
}

impl fmt::Display for ContentHash {
    /// 64 hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// All that one article says, as quads of one named graph whose name is the article's IRI.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleGraph {
    /// The article's id, as in the tables' column `article`.
    pub id: String,
    pub hash: ContentHash,
    /// IRI of the article and of its graph.
    pub name: NamedNode,
    pub base: Base,
    /// Sorted as N-Quads, without duplicates; all in the graph `name`.
    pub quads: Vec<Quad>,
}

impl ArticleGraph {
    /// The graph as N-Quads, one quad a line.
    pub fn to_nquads(&self) -> String {
        self.quads
            .iter()
            .map(|quad| format!("{quad} .\n"))
            .collect()
    }

    /// The graph as TriG, with prefixes.
    pub fn to_trig(&self) -> String {
        let mut serializer = RdfSerializer::from_format(RdfFormat::TriG);
        for (prefix, iri) in PREFIXES {
            serializer = serializer
                .with_prefix(*prefix, *iri)
                .expect("a prefix of the vocabulary is an IRI");
        }
        let mut writer = serializer.for_writer(Vec::new());
        for quad in &self.quads {
            writer
                .serialize_quad(quad)
                .expect("writing to memory does not fail");
        }
        let bytes = writer.finish().expect("writing to memory does not fail");
        String::from_utf8(bytes).expect("TriG is UTF-8")
    }
}

/// Writes an article's facts as its graph. Pure: same input, same quads, on any machine and day.
pub fn build(article: &Article, facts: &Facts, base: &Base, program: &Program) -> ArticleGraph {
    let hash = ContentHash::of(article, program);
    let name = base.article(&article.id);
    let mut builder = Builder {
        article,
        facts,
        base,
        points: CodePoints::new(&article.text),
        extraction: within(&name, "extraction"),
        name,
        keys: facts
            .entities
            .iter()
            .map(|entity| (&entity.id, entity_key(entity)))
            .collect(),
        quads: BTreeMap::new(),
    };
    builder.article(hash);
    builder.provenance(program);
    for entity in &facts.entities {
        builder.entity(entity);
    }
    let roles: Vec<NamedNode> = (1..)
        .zip(&facts.roles)
        .map(|(n, r)| builder.role(n, r))
        .collect();
    for meeting in &facts.meetings {
        builder.meeting(meeting);
    }
    for statement in &facts.statements {
        builder.statement(statement, &roles);
    }
    let Builder { name, quads, .. } = builder;
    ArticleGraph {
        id: article.id.clone(),
        hash,
        name,
        base: base.clone(),
        quads: quads.into_values().collect(),
    }
}

/// The class of entities of this kind.
pub(crate) const fn class_of(kind: EntityKind) -> NamedNodeRef<'static> {
    match kind {
        EntityKind::Person => schema::PERSON,
        EntityKind::Organization => schema::ORGANIZATION,
        EntityKind::Country => schema::COUNTRY,
        EntityKind::Place => schema::PLACE,
        EntityKind::Group => ng::GROUP,
    }
}

/// The class below `ng:Meeting`, if the kind has one.
pub(crate) const fn meeting_class(kind: MeetingKind) -> Option<NamedNodeRef<'static>> {
    match kind {
        MeetingKind::Meeting => None,
        MeetingKind::Call => Some(ng::CALL),
        MeetingKind::Visit => Some(ng::VISIT),
        MeetingKind::Conference => Some(ng::CONFERENCE),
    }
}

/// A decimal from 0 to 1 in its canonical form.
pub(crate) fn decimal(value: f32) -> Literal {
    let text = format!("{value:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    Literal::new_typed_literal(text, xsd::DECIMAL)
}

/// First and last day of a date as `xsd:date`.
pub(crate) fn days(date: EventDate) -> (Literal, Literal) {
    let (first, last) = date.bounds();
    let day = |d: jiff::civil::Date| Literal::new_typed_literal(d.to_string(), xsd::DATE);
    (day(first), day(last))
}

/// "chancellor of Germany", "secretary-general of NATO", "foreign policy aide, Kremlin, Russia".
pub(crate) fn post_label(
    role: &str,
    organization: Option<&str>,
    country: Option<CountryCode>,
) -> String {
    match (organization, country.map(CountryCode::name)) {
        (None, None) => role.to_owned(),
        (Some(of), None) | (None, Some(of)) => format!("{role} of {of}"),
        (Some(organization), Some(country)) => format!("{role}, {organization}, {country}"),
    }
}

/// "A", "A and B", "A, B and C".
pub(crate) fn list_of(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [init @ .., last] => format!("{} and {last}", init.join(", ")),
    }
}

struct Builder<'a> {
    article: &'a Article,
    facts: &'a Facts,
    base: &'a Base,
    points: CodePoints,
    name: NamedNode,
    extraction: NamedNode,
    /// Keys of the entities.
    keys: BTreeMap<&'a EntityId, String>,
    /// By their N-Quads form, which sorts them and drops duplicates.
    quads: BTreeMap<String, Quad>,
}

impl<'a> Builder<'a> {
    fn add(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        let quad = Quad::new(subject.clone(), predicate, object, self.name.clone());
        self.quads.insert(quad.to_string(), quad);
    }

    fn add_text(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, text: &str) {
        self.add(subject, predicate, Literal::new_simple_literal(text));
    }

    /// The words of a span on one line.
    fn words(&self, span: Span) -> String {
        let text = self
            .article
            .text
            .get(span.start..span.end)
            .unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn entity_iri(&self, id: &EntityId) -> NamedNode {
        within(&self.name, &id.0)
    }

    fn entity_name(&self, id: &EntityId) -> &'a str {
        // Every id that occurs in the facts has its entity.
        self.facts.entity(id).map_or("", |e| e.name.as_str())
    }

    fn entity_key(&self, id: &EntityId) -> String {
        // Every id that occurs in the facts has its entity.
        self.keys.get(id).cloned().unwrap_or_default()
    }

    fn article(&mut self, hash: ContentHash) {
        let (name, article) = (self.name.clone(), self.article);
        self.add(&name, rdf::TYPE, ng::ARTICLE);
        self.add_text(&name, schema::IDENTIFIER, &article.id);
        self.add_text(&name, ng::CONTENT_HASH, &hash.to_string());
        if let Some(sketch) = key::sketch(&article.text) {
            self.add_text(&name, ng::TEXT_SKETCH, &sketch);
        }
        let words = article.text.unicode_words().count();
        self.add(
            &name,
            schema::WORD_COUNT,
            Literal::from(i64::try_from(words).unwrap_or(i64::MAX)),
        );
        let fields = [
            (schema::HEADLINE, &article.title),
            (schema::PUBLISHER, &article.publisher),
            (ng::BYLINE, &article.author),
            (schema::IN_LANGUAGE, &article.language),
        ];
        for (predicate, value) in fields {
            if let Some(value) = value {
                self.add_text(&name, predicate, value);
            }
        }
        if let Some(date) = article.date {
            let date = Literal::new_typed_literal(date.to_string(), xsd::DATE);
            self.add(&name, schema::DATE_PUBLISHED, date);
        }
        if let Some(url) = &article.url {
            self.add(
                &name,
                schema::URL,
                Literal::new_typed_literal(url, xsd::ANY_URI),
            );
        }
        for note in article.notes.iter().chain(&self.facts.notes) {
            self.add_text(&name, rdfs::COMMENT, note);
        }
    }

    fn provenance(&mut self, program: &Program) {
        let (extraction, name) = (self.extraction.clone(), self.name.clone());
        let agent = self.base.node(format_args!(
            "agent/{}",
            name_key(&format!("{} {}", program.name, program.version))
        ));
        self.add(&extraction, rdf::TYPE, prov::ACTIVITY);
        self.add(&extraction, prov::USED, name);
        self.add(&extraction, prov::WAS_ASSOCIATED_WITH, agent.clone());
        if let Some(model) = &program.model {
            self.add_text(&extraction, ng::MODEL, model);
        }
        self.add(&agent, rdf::TYPE, prov::SOFTWARE_AGENT);
        self.add_text(
            &agent,
            rdfs::LABEL,
            &format!("{} {}", program.name, program.version),
        );
        self.add_text(&agent, schema::SOFTWARE_VERSION, &program.version);
    }

    fn country(&mut self, subject: &NamedNode, code: Option<CountryCode>) {
        let Some(code) = code else { return };
        let country = self.base.country(code);
        self.add(subject, ng::COUNTRY, country.clone());
        self.add(&country, rdf::TYPE, schema::COUNTRY);
        self.add_text(&country, rdfs::LABEL, code.name());
        self.add_text(&country, skos::NOTATION, code.as_str());
    }

    fn entity(&mut self, entity: &Entity) {
        let node = self.entity_iri(&entity.id);
        self.add(&node, rdf::TYPE, class_of(entity.kind));
        self.add_text(&node, rdfs::LABEL, &entity.name);
        let key = self.entity_key(&entity.id);
        self.add_text(&node, ng::KEY, &key);
        for alias in entity.aliases.iter().filter(|a| **a != entity.name) {
            self.add_text(&node, skos::ALT_LABEL, alias);
        }
        self.country(&node, entity.country);
        let name = self.name.clone();
        self.add(&name, schema::MENTIONS, node.clone());
        for &span in &entity.mentions {
            let place = self.span(span);
            self.add(&place, ng::REFERS_TO, node.clone());
        }
    }

    /// A stretch of the article's text.
    fn span(&mut self, span: Span) -> NamedNode {
        let (start, end) = self.points.span(span);
        let node = NamedNode::new_unchecked(format!("{}#char={start},{end}", self.name.as_str()));
        // Web Annotation says xsd:nonNegativeInteger, which the store keeps as xsd:integer.
        let number = |n: usize| Literal::from(i64::try_from(n).unwrap_or(i64::MAX));
        self.add(&node, rdf::TYPE, oa::TEXT_POSITION_SELECTOR);
        self.add(&node, oa::START, number(start));
        self.add(&node, oa::END, number(end));
        let words = self
            .article
            .text
            .get(span.start..span.end)
            .unwrap_or_default();
        self.add_text(&node, oa::EXACT, words);
        node
    }

    /// Where a fact stands, with the text around it, so that it is found again in a text that
    /// was edited elsewhere.
    fn evidence(&mut self, fact: &NamedNode, id: &str, number: usize, evidence: &Evidence) {
        let mention = within(&self.name, &format!("{id}-evidence-{number}"));
        self.add(fact, ng::EVIDENCE, mention.clone());
        self.add(&mention, rdf::TYPE, ng::MENTION);
        let (name, extraction) = (self.name.clone(), self.extraction.clone());
        self.add(&mention, oa::HAS_SOURCE, name);
        self.add(&mention, prov::WAS_GENERATED_BY, extraction);
        self.add(&mention, ng::CONFIDENCE, decimal(evidence.confidence.get()));
        self.add_text(&mention, ng::RULE, evidence.rule);
        let span = self.span(evidence.span);
        self.add(&mention, oa::HAS_SELECTOR, span.clone());
        self.add(&span, rdf::TYPE, oa::TEXT_QUOTE_SELECTOR);
        let text = &self.article.text;
        let before = text.get(..evidence.span.start).unwrap_or_default();
        let after = text.get(evidence.span.end..).unwrap_or_default();
        let start = before
            .char_indices()
            .rev()
            .take(CONTEXT)
            .last()
            .map_or(before.len(), |(i, _)| i);
        let end = after
            .char_indices()
            .nth(CONTEXT)
            .map_or(after.len(), |(i, _)| i);
        let (prefix, suffix) = (before[start..].to_owned(), after[..end].to_owned());
        self.add_text(&span, oa::PREFIX, &prefix);
        self.add_text(&span, oa::SUFFIX, &suffix);
    }

    fn role(&mut self, number: usize, role: &RoleHolding) -> NamedNode {
        let id = format!("role-{number}");
        let node = within(&self.name, &id);
        let person = self.entity_iri(&role.person);
        let organization = role.organization.as_deref();
        self.add(&node, rdf::TYPE, ng::ROLE_HOLDING);
        self.add(&node, org::MEMBER, person.clone());
        self.add_text(&node, schema::ROLE_NAME, &role.role);
        let holder = self.entity_key(&role.person);
        self.add_text(
            &node,
            ng::KEY,
            &key::role_key(&holder, &role.role, role.status),
        );
        let concept = self.base.concept(&role.role);
        self.add(&node, org::ROLE, concept.clone());
        self.add(&concept, rdf::TYPE, skos::CONCEPT);
        self.add_text(&concept, skos::PREF_LABEL, &role.role);
        if let Some(name) = organization {
            self.add_text(&node, ng::ORGANIZATION_NAME, name);
        }
        if let Some(id) = &role.organization_entity {
            let body = self.entity_iri(id);
            self.add(&node, org::ORGANIZATION, body);
        }
        self.country(&node, role.country);
        let label = post_label(&role.role, organization, role.country);
        if let Some(post) = self.base.post(&role.role, organization, role.country) {
            self.add(&node, ng::POST, post.clone());
            self.add(&post, rdf::TYPE, org::POST);
            self.add(&post, org::ROLE, concept);
            self.add_text(&post, rdfs::LABEL, &label);
            self.country(&post, role.country);
        }
        self.add_text(&node, ng::STATUS, role.status.name());
        if let Some(date) = self.article.date {
            let date = Literal::new_typed_literal(date.to_string(), xsd::DATE);
            self.add(&node, ng::ATTESTED_ON, date);
        }
        if matches!(role.status, RoleStatus::Current | RoleStatus::Acting) {
            self.add_text(&person, schema::JOB_TITLE, &role.role);
        }
        let status = match role.status {
            RoleStatus::Current => String::new(),
            other => format!(" ({other})"),
        };
        let label = format!("{}: {label}{status}", self.entity_name(&role.person));
        self.add_text(&node, rdfs::LABEL, &label);
        for (number, evidence) in (1..).zip(&role.evidence) {
            self.evidence(&node, &id, number, evidence);
        }
        node
    }

    fn meeting(&mut self, meeting: &Meeting) {
        let node = within(&self.name, &meeting.id);
        self.add(&node, rdf::TYPE, ng::MEETING);
        if let Some(class) = meeting_class(meeting.kind) {
            self.add(&node, rdf::TYPE, class);
        }
        self.add_text(&node, ng::KIND, meeting.kind.name());
        self.add_text(&node, ng::STATUS, meeting.status.name());
        for participant in &meeting.participants {
            let participant = self.entity_iri(participant);
            self.add(&node, ng::PARTICIPANT, participant);
        }
        let places: Vec<NamedNode> = meeting
            .location
            .iter()
            .map(|p| self.entity_iri(&p.entity))
            .collect();
        if let Some(place) = places.first() {
            self.add(&node, ng::LOCATION, place.clone());
            let names: Vec<String> = meeting
                .location
                .iter()
                .map(|p| p.name.replace('|', " "))
                .collect();
            self.add_text(&node, ng::LOCATION_NAME, &names.join("|"));
        }
        for pair in places.windows(2).filter(|pair| pair[0] != pair[1]) {
            self.add(&pair[0], schema::CONTAINED_IN_PLACE, pair[1].clone());
        }
        self.country(&node, meeting.country);
        let last = meeting
            .location
            .last()
            .and_then(|p| self.facts.entity(&p.entity));
        if let (Some(code), Some(last)) = (meeting.country, last)
            && last.kind == EntityKind::Place
        {
            let (place, country) = (self.entity_iri(&last.id), self.base.country(code));
            self.add(&place, schema::CONTAINED_IN_PLACE, country);
        }
        if let Some(date) = meeting.date {
            self.add_text(&node, ng::DATE, &date.to_string());
            let (first, last) = days(date);
            self.add(&node, schema::START_DATE, first);
            self.add(&node, schema::END_DATE, last);
        }
        let names: Vec<&str> = meeting
            .participants
            .iter()
            .map(|id| self.entity_name(id))
            .collect();
        let label = meeting_label(
            meeting.kind,
            &names,
            meeting.date.map(|d| d.to_string()).as_deref(),
        );
        self.add_text(&node, rdfs::LABEL, &label);
        let parties: Vec<String> = meeting
            .participants
            .iter()
            .map(|id| self.entity_key(id))
            .collect();
        let place = meeting.location.first().map(|p| self.entity_key(&p.entity));
        for key in key::meeting_keys(meeting.kind, &parties, place.as_deref()) {
            self.add_text(&node, ng::KEY, &key);
        }
        if let Some(initiative) = &meeting.initiative {
            let by = self.entity_iri(&initiative.by);
            self.add(&node, ng::INITIATOR, by);
            let span = self.span(initiative.span);
            self.add(&node, ng::INITIATOR_SPAN, span);
        }
        for (number, attendance) in (1..).zip(&meeting.attendance) {
            let id = format!("{}-attendance-{number}", meeting.id);
            let count = within(&self.name, &id);
            self.add(&node, ng::HAS_ATTENDANCE, count.clone());
            self.attendance(&count, attendance);
        }
        for (number, evidence) in (1..).zip(&meeting.evidence) {
            self.evidence(&node, &meeting.id, number, evidence);
        }
    }

    fn attendance(&mut self, node: &NamedNode, attendance: &Attendance) {
        self.add(node, rdf::TYPE, ng::ATTENDANCE);
        let words = self.words(attendance.span);
        self.add_text(node, rdfs::LABEL, &words);
        self.add_text(node, ng::COUNTED, &attendance.counted);
        self.add(
            node,
            ng::AT_LEAST,
            Literal::from(i64::from(attendance.least)),
        );
        if let Some(most) = attendance.most {
            self.add(node, ng::AT_MOST, Literal::from(i64::from(most)));
        }
        let span = self.span(attendance.span);
        self.add(node, oa::HAS_SELECTOR, span);
    }

    fn statement(&mut self, statement: &Statement, roles: &[NamedNode]) {
        let node = within(&self.name, &statement.id);
        self.add(&node, rdf::TYPE, ng::STATEMENT);
        self.add_text(&node, ng::KIND, statement.kind.name());
        let words: Vec<String> = statement.content.iter().map(|s| self.words(*s)).collect();
        let text = words.join(" ");
        self.add_text(&node, schema::TEXT, &text);
        for &span in &statement.content {
            let span = self.span(span);
            self.add(&node, ng::CONTENT_SPAN, span);
        }
        if let Some(speaker) = &statement.speaker {
            let person = self.entity_iri(speaker);
            self.add(&node, ng::SPEAKER, person);
            if let Some(role) = self.speaker_role(speaker, statement) {
                self.add(&node, ng::SPEAKER_AS, roles[role].clone());
            }
        }
        let texts = [
            (ng::SPEAKER_TEXT, statement.speaker_text),
            (ng::CUE, statement.cue),
            (ng::ADDRESSEE_TEXT, statement.addressee),
            (ng::MEDIUM, statement.medium),
            (ng::VIA_TEXT, statement.via),
        ];
        for (predicate, span) in texts {
            if let Some(span) = span {
                let words = self.words(span);
                self.add_text(&node, predicate, &words);
            }
        }
        for (predicate, span) in [
            (ng::ADDRESSEE, statement.addressee),
            (ng::VIA, statement.via),
        ] {
            if let Some(id) = span.and_then(|span| self.entity_at(span)) {
                let entity = self.entity_iri(id);
                self.add(&node, predicate, entity);
            }
        }
        for mentioned in &statement.mentions {
            let mentioned = self.entity_iri(mentioned);
            self.add(&node, schema::MENTIONS, mentioned);
        }
        if let Some(speaker) = &statement.speaker {
            let day = self.article.date.map(|day| day.to_string());
            for key in self
                .speakers(speaker)
                .iter()
                .flat_map(|who| key::statement_keys(who, day.as_deref(), &text))
            {
                self.add_text(&node, ng::KEY, &key);
            }
        }
        let speaker = statement.speaker.as_ref().map(|id| self.entity_name(id));
        let label = statement_label(speaker, &text);
        self.add_text(&node, rdfs::LABEL, &label);
        self.evidence(&node, &statement.id, 1, &statement.evidence);
    }

    /// Keys of those for whom a speaker speaks: a body's spokesman says what the body says, and a
    /// seat of government what its officials say.
    fn speakers(&self, speaker: &EntityId) -> BTreeSet<String> {
        let mut keys = BTreeSet::from([self.entity_key(speaker)]);
        for role in self
            .facts
            .roles
            .iter()
            .filter(|role| role.person == *speaker)
        {
            keys.extend(
                role.organization_entity
                    .as_ref()
                    .map(|id| self.entity_key(id)),
            );
            keys.extend(role.country.map(key::seat_key));
        }
        keys.extend(key::seat_of(self.entity_name(speaker)).map(key::seat_key));
        keys
    }

    /// The entity that just this span speaks of.
    fn entity_at(&self, span: Span) -> Option<&EntityId> {
        self.facts
            .entities
            .iter()
            .find(|e| e.mentions.contains(&span))
            .map(|e| &e.id)
    }

    /// The role in which the article names a speaker: the one that stands in the statement
    /// itself, else the first one that the article gives.
    fn speaker_role(&self, speaker: &EntityId, statement: &Statement) -> Option<usize> {
        let held: Vec<usize> = (0..self.facts.roles.len())
            .filter(|&i| self.facts.roles[i].person == *speaker)
            .collect();
        let is_beside = |i: &usize| {
            self.facts.roles[*i]
                .evidence
                .iter()
                .any(|e| e.span.overlaps(statement.evidence.span))
        };
        held.iter()
            .copied()
            .find(is_beside)
            .or(held.first().copied())
    }
}

fn entity_key(entity: &Entity) -> String {
    key::entity_key(entity.kind, &entity.name, entity.country)
}

/// "call of A and B, 2025-08-18".
pub(crate) fn meeting_label(kind: MeetingKind, names: &[&str], date: Option<&str>) -> String {
    let (of, who) = (if names.is_empty() { "" } else { " of " }, list_of(names));
    let on = date.map(|d| format!(", {d}")).unwrap_or_default();
    format!("{kind}{of}{who}{on}")
}

/// "Friedrich Merz: “We stand …”", cut after some words.
pub(crate) fn statement_label(speaker: Option<&str>, text: &str) -> String {
    const WORDS: usize = 12;
    let mut words = text.split_whitespace();
    let mut start = words.by_ref().take(WORDS).collect::<Vec<_>>().join(" ");
    if words.next().is_some() {
        start.push_str(" …");
    }
    format!("{}: {start}", speaker.unwrap_or("unnamed speaker"))
}

/// The distinct values of an iterator, in order.
pub(crate) fn distinct<T: Ord>(values: impl IntoIterator<Item = T>) -> Vec<T> {
    values
        .into_iter()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
}
