//! What is found in one article as JSON: the lines of `newsgraph extract`. Offsets are Unicode
//! code points of the article's text, end exclusive.

use serde_json::{Value, json};

use crate::article::Article;
use crate::document::{CodePoints, Document, Span};
use crate::fact::{EntityId, Evidence, Facts, Meeting, RoleHolding, Statement};

/// Makes the JSON objects of one article.
#[derive(Clone, Debug)]
pub struct Record<'a> {
    article: &'a Article,
    points: CodePoints,
}

impl<'a> Record<'a> {
    pub fn new(article: &'a Article) -> Self {
        Self {
            article,
            points: CodePoints::new(&article.text),
        }
    }

    /// Paragraphs, sentences, tokens and quotations.
    pub fn document(&self, document: &Document) -> Value {
        let sentences: Vec<Value> = document
            .sentences
            .iter()
            .map(|sentence| {
                json!({
                    "span": self.span(sentence.span),
                    "region": sentence.region,
                    "tokens": document.tokens[sentence.tokens.clone()]
                        .iter()
                        .map(|token| self.span(token.span))
                        .collect::<Vec<_>>(),
                })
            })
            .collect();
        self.object(json!({
            "title": self.article.title,
            "publisher": self.article.publisher,
            "url": self.article.url,
            "paragraphs": self.spans(document.paragraphs.iter().map(|p| p.span)),
            "sentences": sentences,
            "quotations": self.spans(document.quotations.iter().map(|q| q.span)),
            "regions": document
                .regions
                .iter()
                .map(|region| json!({ "span": self.span(region.span), "kind": region.kind }))
                .collect::<Vec<_>>(),
            "notes": self.article.notes,
        }))
    }

    /// Names, times and quotations, each at its place.
    pub fn mentions(&self, document: &Document, facts: &Facts) -> Value {
        self.object(json!({
            "names": self.names(facts),
            "times": self.times(facts),
            "quotations": self.spans(document.quotations.iter().map(|q| q.span)),
            "notes": self.notes(facts),
        }))
    }

    /// Everything that the article asserts.
    pub fn facts(&self, facts: &Facts) -> Value {
        let entities: Vec<Value> = facts
            .entities
            .iter()
            .map(|entity| {
                json!({
                    "id": entity.id,
                    "type": entity.kind,
                    "name": entity.name,
                    "aliases": entity.aliases,
                    "country": entity.country.map(|code| code.name()),
                    "country_code": entity.country.map(|code| code.to_string()),
                    "mentions": self.spans(entity.mentions.iter().copied()),
                })
            })
            .collect();
        self.object(json!({
            "names": self.names(facts),
            "times": self.times(facts),
            "entities": entities,
            "roles": facts.roles.iter().map(|role| self.role(role, facts)).collect::<Vec<_>>(),
            "meetings":
                facts.meetings.iter().map(|meeting| self.meeting(meeting, facts)).collect::<Vec<_>>(),
            "statements":
                facts.statements.iter().map(|s| self.statement(s, facts)).collect::<Vec<_>>(),
            "notes": self.notes(facts),
        }))
    }

    /// An object that begins with what names the article.
    fn object(&self, rest: Value) -> Value {
        let mut object = json!({
            "id": self.article.id,
            "date": self.article.date.map(|date| date.to_string()),
            "language": self.article.language,
        });
        if let (Value::Object(object), Value::Object(rest)) = (&mut object, rest) {
            object.extend(rest);
        }
        object
    }

    fn span(&self, span: Span) -> [usize; 2] {
        let (start, end) = self.points.span(span);
        [start, end]
    }

    fn spans(&self, spans: impl Iterator<Item = Span>) -> Vec<[usize; 2]> {
        spans.map(|span| self.span(span)).collect()
    }

    fn words(&self, span: Span) -> &'a str {
        span.of(&self.article.text)
    }

    fn names(&self, facts: &Facts) -> Vec<Value> {
        facts
            .names
            .iter()
            .map(|name| {
                let [start, end] = self.span(name.span);
                json!({ "start": start, "end": end, "type": name.label })
            })
            .collect()
    }

    fn times(&self, facts: &Facts) -> Vec<Value> {
        facts
            .times
            .iter()
            .map(|time| {
                let [start, end] = self.span(time.span);
                json!({ "start": start, "end": end, "type": time.kind, "value": time.value })
            })
            .collect()
    }

    fn notes(&self, facts: &Facts) -> Vec<String> {
        self.article
            .notes
            .iter()
            .chain(&facts.notes)
            .cloned()
            .collect()
    }

    /// The fullest evidence first, then all: `start`, `end`, `evidence`, `confidence`.
    fn evidence(&self, evidence: &[Evidence]) -> Value {
        let all: Vec<Value> = evidence
            .iter()
            .map(|e| {
                let [start, end] = self.span(e.span);
                json!({
                    "start": start,
                    "end": end,
                    "text": self.words(e.span),
                    "rule": e.rule,
                    "confidence": score(e),
                })
            })
            .collect();
        Value::Array(all)
    }

    fn role(&self, role: &RoleHolding, facts: &Facts) -> Value {
        json!({
            "entity": role.person,
            "person": name(&role.person, facts),
            "role": role.role,
            "organization": role.organization,
            "country": role.country.map(|code| code.name()),
            "country_code": role.country.map(|code| code.to_string()),
            "status": role.status,
            "evidence": self.evidence(&role.evidence),
        })
    }

    fn meeting(&self, meeting: &Meeting, facts: &Facts) -> Value {
        json!({
            "meeting_id": meeting.id,
            "kind": meeting.kind,
            "participants":
                meeting.participants.iter().map(|id| name(id, facts)).collect::<Vec<_>>(),
            "participant_entities": meeting.participants,
            "location": meeting.location.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(),
            "country": meeting.country.map(|code| code.name()),
            "country_code": meeting.country.map(|code| code.to_string()),
            "date": meeting.date.map(|date| date.to_string()),
            "status": meeting.status,
            "initiator": meeting.initiative.as_ref().map(|i| json!({
                "entity": i.by,
                "name": name(&i.by, facts),
                "span": self.span(i.span),
            })),
            "attendance": meeting.attendance.iter().map(|a| json!({
                "counted": a.counted,
                "least": a.least,
                "most": a.most,
                "span": self.span(a.span),
            })).collect::<Vec<_>>(),
            "evidence": self.evidence(&meeting.evidence),
        })
    }

    fn statement(&self, statement: &Statement, facts: &Facts) -> Value {
        let list = |span: Option<Span>| self.spans(span.into_iter());
        let words = |span: Option<Span>| span.map(|span| self.words(span));
        let content: Vec<&str> = statement
            .content
            .iter()
            .map(|span| self.words(*span))
            .collect();
        json!({
            "statement_id": statement.id,
            "entity": statement.speaker,
            "speaker": statement.speaker.as_ref().map(|id| name(id, facts)),
            "speaker_text": words(statement.speaker_text),
            "kind": statement.kind,
            "source": list(statement.attribution.source),
            "cue": list(statement.attribution.cue),
            "content": self.spans(statement.attribution.content.iter().copied()),
            "content_spans": self.spans(statement.content.iter().copied()),
            "cue_text": words(statement.cue),
            "content_text": content.join(" "),
            "addressee": words(statement.addressee),
            "medium": words(statement.medium),
            "via": words(statement.via),
            "mentions": statement.mentions,
            "rule": statement.evidence.rule,
            "confidence": score(&statement.evidence),
        })
    }
}

fn name<'f>(id: &'f EntityId, facts: &'f Facts) -> &'f str {
    facts
        .entity(id)
        .map_or(id.0.as_str(), |entity| entity.name.as_str())
}

/// Two decimals, as in the tables.
fn score(evidence: &Evidence) -> f64 {
    (f64::from(evidence.confidence.get()) * 100.0).round() / 100.0
}
