//! Small articles with their facts, written in code: texts whose facts are known, so that the
//! rooms after extraction are tested without it.

#![allow(dead_code)]

use jiff::civil::Date;
use newsgraph::article::Article;
use newsgraph::document::Span;
use newsgraph::fact::{
    Confidence, Entity, EntityId, EntityKind, EventDate, Evidence, Facts, Meeting, MeetingKind,
    MeetingStatus, Place, RoleHolding, RoleStatus, Statement, StatementKind,
};
use newsgraph::graph::{self, ArticleGraph, Base, Program, name_key};

/// An article and the facts that it states. Facts are tied to words of the text; a fact whose
/// words are not in it is a mistake in the test.
#[derive(Clone, Debug)]
pub struct Draft {
    pub article: Article,
    pub facts: Facts,
}

impl Draft {
    pub fn new(id: &str, date: &str, publisher: &str, text: &str) -> Self {
        let article = Article {
            id: id.to_owned(),
            text: text.to_owned(),
            title: Some(format!("Headline of {id}")),
            publisher: (!publisher.is_empty()).then(|| publisher.to_owned()),
            author: None,
            date: (!date.is_empty()).then(|| date.parse().expect("a day")),
            url: Some(format!("https://example.org/{id}?a=1&b=2")),
            language: Some("en".to_owned()),
            regions: Vec::new(),
            notes: Vec::new(),
        };
        Self {
            article,
            facts: Facts::default(),
        }
    }

    fn span(&self, words: &str) -> Span {
        let start = self.article.text.find(words);
        let start = start.unwrap_or_else(|| panic!("“{words}” is not in {}", self.article.id));
        Span::new(start, start + words.len())
    }

    fn evidence(&self, words: &str) -> Evidence {
        let confidence = Confidence::new(0.9);
        Evidence {
            span: self.span(words),
            rule: "written-by-hand",
            confidence,
        }
    }

    /// The entity of this name, made where the facts have none.
    fn entity(&mut self, kind: EntityKind, name: &str) -> EntityId {
        if let Some(entity) = self.facts.entities.iter().find(|e| e.name == name) {
            return entity.id.clone();
        }
        let id = EntityId(format!("{kind}-{}", name_key(name)));
        let mentions = self
            .article
            .text
            .match_indices(name)
            .map(|(start, _)| Span::new(start, start + name.len()))
            .collect();
        let country = (kind == EntityKind::Country)
            .then(|| "DE".parse().ok())
            .flatten();
        self.facts.entities.push(Entity {
            id: id.clone(),
            kind,
            name: name.to_owned(),
            aliases: Vec::new(),
            country,
            mentions,
        });
        id
    }

    pub fn alias(mut self, name: &str, alias: &str) -> Self {
        let mentions: Vec<Span> = self
            .article
            .text
            .match_indices(alias)
            .map(|(start, _)| Span::new(start, start + alias.len()))
            .collect();
        self.entity(EntityKind::Person, name);
        let entity = self
            .facts
            .entities
            .iter_mut()
            .find(|e| e.name == name)
            .expect("just made");
        entity.aliases.push(alias.to_owned());
        entity.mentions.extend(mentions);
        self
    }

    pub fn with_entity(mut self, kind: EntityKind, name: &str, country: &str) -> Self {
        let id = self.entity(kind, name);
        let entity = self
            .facts
            .entities
            .iter_mut()
            .find(|e| e.id == id)
            .expect("just made");
        entity.country = country.parse().ok();
        self
    }

    /// `of` is a country's code or the name of a body; empty for neither.
    pub fn role(
        mut self,
        person: &str,
        role: &str,
        of: &str,
        status: RoleStatus,
        words: &str,
    ) -> Self {
        let evidence = vec![self.evidence(words)];
        let person = self.entity(EntityKind::Person, person);
        let country = of.parse().ok();
        let body = (country.is_none() && !of.is_empty()).then(|| of.to_owned());
        let organization_entity = body
            .as_ref()
            .map(|b| self.entity(EntityKind::Organization, b));
        self.facts.roles.push(RoleHolding {
            person,
            role: role.to_owned(),
            organization: body,
            organization_entity,
            country,
            status,
            evidence,
        });
        self
    }

    /// `places` from most specific to most general.
    #[expect(clippy::too_many_arguments, reason = "one a slot of the fact")]
    pub fn meeting(
        mut self,
        kind: MeetingKind,
        who: &[&str],
        places: &[&str],
        country: &str,
        date: &str,
        status: MeetingStatus,
        words: &[&str],
    ) -> Self {
        let evidence = words.iter().map(|words| self.evidence(words)).collect();
        let participants = who
            .iter()
            .map(|n| self.entity(EntityKind::Person, n))
            .collect();
        let location = places
            .iter()
            .map(|name| Place {
                name: (*name).to_owned(),
                entity: self.entity(EntityKind::Place, name),
            })
            .collect();
        let id = format!("meeting-{}", self.facts.meetings.len() + 1);
        let date: Option<Date> = (!date.is_empty()).then(|| date.parse().expect("a day"));
        self.facts.meetings.push(Meeting {
            id,
            kind,
            participants,
            location,
            country: country.parse().ok(),
            date: date.map(EventDate::Day),
            status,
            initiative: None,
            attendance: Vec::new(),
            evidence,
        });
        self
    }

    /// `content` in parts; the evidence goes from the first to the last of all words given.
    pub fn statement(
        mut self,
        speaker: &str,
        kind: StatementKind,
        content: &[&str],
        cue: &str,
        medium: &str,
    ) -> Self {
        let speaker = (!speaker.is_empty()).then(|| self.entity(EntityKind::Person, speaker));
        let content: Vec<Span> = content.iter().map(|words| self.span(words)).collect();
        let cue = (!cue.is_empty()).then(|| self.span(cue));
        let medium = (!medium.is_empty()).then(|| self.span(medium));
        let whole = content
            .iter()
            .chain(&cue)
            .chain(&medium)
            .copied()
            .reduce(Span::to);
        let id = format!("statement-{}", self.facts.statements.len() + 1);
        self.facts.statements.push(Statement {
            id,
            speaker,
            speaker_text: None,
            kind,
            content,
            cue,
            addressee: None,
            medium,
            via: None,
            attribution: Default::default(),
            mentions: Vec::new(),
            evidence: Evidence {
                span: whole.expect("content"),
                rule: "written-by-hand",
                confidence: Confidence::new(0.8),
            },
        });
        self
    }

    pub fn build(&self) -> ArticleGraph {
        graph::build(
            &self.article,
            &self.facts,
            &Base::default(),
            &Program::this(None),
        )
    }
}

/// Five articles on one made-up week: three on a meeting at the White House that differ in details,
/// one on a meeting to come, one on something else.
pub fn week() -> Vec<Draft> {
    use MeetingKind::{Call, Meeting};
    use MeetingStatus::{Cancelled, Held, Planned};
    use RoleStatus::{Current, Former};
    use StatementKind::{Direct, Indirect};
    let trump_met = "Donald Trump met Volodymyr Zelensky at the White House in Washington";
    let words = "“We will have a very good peace”";
    vec![
        Draft::new(
            "a.txt",
            "2025-08-19",
            "First Agency",
            "U.S. President Donald Trump met Volodymyr Zelensky at the White House in Washington on \
             Monday. “We will have a very good peace”, Trump said on Truth Social. German \
             Chancellor Friedrich Merz was with them.",
        )
        .alias("Donald Trump", "Trump")
        .role("Donald Trump", "president", "US", Current, "U.S. President Donald Trump")
        .role("Friedrich Merz", "chancellor", "DE", Current, "German Chancellor Friedrich Merz")
        .meeting(
            Meeting,
            &["Donald Trump", "Volodymyr Zelensky", "Friedrich Merz"],
            &["White House", "Washington"],
            "US",
            "2025-08-18",
            Held,
            &[trump_met, "was with them"],
        )
        .statement("Donald Trump", Direct, &[words], "said", "Truth Social"),
        Draft::new(
            "b.txt",
            "2025-08-19",
            "Second Daily",
            "Ukraine's President Volodymyr Zelenskÿ came. Donald Trump met Volodymyr Zelensky at \
             the White House. “We will have a very good peace,” Trump said. NATO \
             Secretary-General Mark Rutte waited; Rutte said that he was glad.",
        )
        .alias("Donald Trump", "Trump")
        .role("Volodymyr Zelensky", "president", "UA", Current, "Ukraine's President")
        .role("Mark Rutte", "secretary-general", "NATO", Current, "NATO Secretary-General Mark Rutte")
        .meeting(
            Meeting,
            &["Donald Trump", "Volodymyr Zelensky"],
            &["White House"],
            "US",
            "2025-08-18",
            Held,
            &["Donald Trump met Volodymyr Zelensky at the White House"],
        )
        .statement("Donald Trump", Direct, &["“We will have a very good peace,”"], "said", "")
        .statement("Mark Rutte", Indirect, &["that he was glad"], "said", ""),
        Draft::new(
            "c.html",
            "2025-08-20",
            "Second Daily",
            "Donald Trump saw Volodymyr Zelensky on Sunday in Paris. Former Chancellor Friedrich \
             Merz phoned Emmanuel Macron. Mark Rutte, the Secretary-General, did not.",
        )
        .role("Friedrich Merz", "chancellor", "DE", Former, "Former Chancellor Friedrich Merz")
        .role("Mark Rutte", "secretary-general", "", Current, "Mark Rutte, the Secretary-General")
        .meeting(
            Meeting,
            &["Donald Trump", "Volodymyr Zelensky"],
            &["Paris"],
            "FR",
            "2025-08-17",
            Held,
            &["Donald Trump saw Volodymyr Zelensky on Sunday in Paris"],
        )
        .meeting(
            Call,
            &["Friedrich Merz", "Emmanuel Macron"],
            &[],
            "",
            "2025-08-20",
            Held,
            &["Friedrich Merz phoned Emmanuel Macron"],
        ),
        Draft::new(
            "d é/1.json",
            "2025-08-21",
            "",
            "Friedrich Merz will meet Emmanuel Macron in Berlin on Friday.",
        )
        .with_entity(EntityKind::Country, "Germany", "DE")
        .meeting(
            Meeting,
            &["Friedrich Merz", "Emmanuel Macron"],
            &["Berlin"],
            "DE",
            "2025-08-22",
            Planned,
            &["Friedrich Merz will meet Emmanuel Macron in Berlin on Friday"],
        ),
        Draft::new(
            "e.txt",
            "",
            "First Agency",
            "The talks of Friedrich Merz and Emmanuel Macron are off. Mayor Donald Trump of Little \
             Whinging was sad.",
        )
        .meeting(
            Meeting,
            &["Friedrich Merz", "Emmanuel Macron"],
            &[],
            "",
            "2025-08-22",
            Cancelled,
            &["The talks of Friedrich Merz and Emmanuel Macron are off"],
        )
        .role("Donald Trump", "mayor", "GB", Current, "Mayor Donald Trump"),
    ]
}
