//! Owns what one article asserts: [`Entity`], [`RoleHolding`], [`Meeting`], [`Statement`], each
//! with its evidence. Must not know other articles, RDF or the clock.

mod attendance;
mod attribution;
mod circumstance;
mod clause;
mod coreference;
mod date;
mod grammar;
mod home;
mod initiative;
mod joining;
mod medium;
mod meeting;
mod meeting_noun;
mod meeting_verb;
mod occasion;
mod participant;
mod party;
mod place;
mod quoted;
mod read;
mod reported;
mod role;
mod rule;
mod speaker;
mod statement;
mod status;
mod unsaid;

pub use date::EventDate;
pub use read::read;
pub use rule::{RULES, Rule, rule};

use std::fmt;

use crate::document::Span;
use crate::lexicon::CountryCode;

/// What one article asserts, in the order of its text.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub entities: Vec<Entity>,
    pub roles: Vec<RoleHolding>,
    pub meetings: Vec<Meeting>,
    pub statements: Vec<Statement>,
    /// Dates and times read, for `extract --stage fact`.
    pub times: Vec<TimeMention>,
    /// Names read, for `extract --stage fact`.
    pub names: Vec<NameMention>,
    /// What could not be read, one sentence each ("no publication date: …").
    pub notes: Vec<String>,
}

impl Facts {
    /// Leaves out what no rule is at least this sure of; entities stay.
    pub fn retain_confident(&mut self, least: Confidence) {
        let sure = |e: &Evidence| e.confidence >= least;
        self.roles.retain(|r| r.evidence.iter().any(sure));
        self.meetings.retain(|m| m.evidence.iter().any(sure));
        self.statements.retain(|s| sure(&s.evidence));
    }

    /// The entity with this id. Every id that occurs in the facts has its entity.
    pub fn entity(&self, id: &EntityId) -> Option<&Entity> {
        self.entities.iter().find(|e| &e.id == id)
    }
}

/// Names an entity within one article: kind and slug of its fullest name, `person-friedrich-merz`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct EntityId(pub String);

impl fmt::Display for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Gives an enum the lower-case names that tables, ontology and JSON share.
macro_rules! named_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[serde(rename_all = "lowercase")]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The name that tables, JSON and RDF use.
            pub const fn name(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

named_enum! {
    /// What kind of thing an entity is.
    EntityKind {
        Person = "person",
        Organization = "organization",
        Country = "country",
        Place = "place",
        /// Unnamed people or bodies spoken of as one: "European leaders", "one source".
        Group = "group",
    }
}

named_enum! {
    /// Whether the person holds the role as the article speaks.
    RoleStatus {
        Current = "current",
        Former = "former",
        Acting = "acting",
        Elect = "elect",
        Candidate = "candidate",
        Deceased = "deceased",
    }
}

named_enum! {
    MeetingKind { Meeting = "meeting", Call = "call", Visit = "visit", Conference = "conference" }
}

named_enum! {
    /// How real the event is, as the article says.
    MeetingStatus {
        Held = "held",
        Ongoing = "ongoing",
        Planned = "planned",
        Proposed = "proposed",
        Cancelled = "cancelled",
        Denied = "denied",
    }
}

named_enum! {
    /// Whether all, none or some of the content stands in quotation marks.
    StatementKind { Direct = "direct", Indirect = "indirect", Mixed = "mixed" }
}

/// How sure the rule is, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, serde::Serialize)]
#[serde(transparent)]
pub struct Confidence(f32);

impl Confidence {
    /// Clamps to 0..=1.
    pub const fn new(value: f32) -> Self {
        Self(value.clamp(0.0, 1.0))
    }

    pub const fn get(self) -> f32 {
        self.0
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.0)
    }
}

/// A person, organisation, country, place or group as one article speaks of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    pub id: EntityId,
    pub kind: EntityKind,
    /// Fullest form that the article gives, without titles.
    pub name: String,
    /// Every other form of the name in the article, in order of first appearance.
    pub aliases: Vec<String>,
    /// The country a place lies in or a body belongs to, where known; the country itself for one.
    pub country: Option<CountryCode>,
    /// Where the article speaks of it, in order: names, pronouns, noun phrases.
    pub mentions: Vec<Span>,
}

/// Where a fact stands in the text and which rule found it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    pub span: Span,
    /// Name of the rule, as `newsgraph explain` knows it.
    pub rule: &'static str,
    pub confidence: Confidence,
}

/// A person holds, held or will hold a role (⊑ `org:Membership`).
#[derive(Clone, Debug, PartialEq)]
pub struct RoleHolding {
    pub person: EntityId,
    /// The title alone, singular, lower case: "foreign minister".
    pub role: String,
    /// The body as the article names it.
    pub organization: Option<String>,
    /// The entity of `organization`, where the article has one.
    pub organization_entity: Option<EntityId>,
    pub country: Option<CountryCode>,
    pub status: RoleStatus,
    /// At least one.
    pub evidence: Vec<Evidence>,
}

/// Two or more parties come together, or talk directly, or mean to.
#[derive(Clone, Debug, PartialEq)]
pub struct Meeting {
    /// Unique in the article, readable: `meeting-1`, numbered in order of the text.
    pub id: String,
    pub kind: MeetingKind,
    pub participants: Vec<EntityId>,
    /// From most specific to most general, as the text names them.
    pub location: Vec<Place>,
    pub country: Option<CountryCode>,
    pub date: Option<EventDate>,
    pub status: MeetingStatus,
    /// Who called whom, at whose request they meet, where the article says so.
    pub initiative: Option<Initiative>,
    /// How many take part, one a kind of participants that is counted.
    pub attendance: Vec<Attendance>,
    /// At least one, in order of the text.
    pub evidence: Vec<Evidence>,
}

/// That a participant began a meeting.
#[derive(Clone, Debug, PartialEq)]
pub struct Initiative {
    pub by: EntityId,
    /// The words that say so.
    pub span: Span,
}

/// How many of a kind took part.
#[derive(Clone, Debug, PartialEq)]
pub struct Attendance {
    /// Who or what is counted, lower case, plural: "european leaders", "heads of state", "countries".
    pub counted: String,
    /// The fewest it can mean, inclusive: 40 for "40", 36 for "some 40", 30 for "more than 30", 1 for
    /// "fewer than 30".
    pub least: u32,
    /// The most it can mean, inclusive: 40 for "40", 44 for "some 40", 30 for "fewer than 30"; `None`
    /// where no number bounds it: "more than 30".
    pub most: Option<u32>,
    /// "some 40 heads of state", "leaders of seven countries".
    pub span: Span,
}

/// A place of a meeting.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub name: String,
    pub entity: EntityId,
}

/// Words or their sense attributed to somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Unique in the article, readable: `statement-1`, numbered in order of the text.
    pub id: String,
    /// `None`: the article leaves open who speaks.
    pub speaker: Option<EntityId>,
    /// The mention that stands as the speaker: "he", "the Ukrainian leader".
    pub speaker_text: Option<Span>,
    pub kind: StatementKind,
    /// In order of the text; quotation marks included, cue and speaker excluded. At least one.
    pub content: Vec<Span>,
    pub cue: Option<Span>,
    pub addressee: Option<Span>,
    /// Channel or occasion: "Truth Social", "press conference".
    pub medium: Option<Span>,
    /// The outlet or agency that the article names as its source.
    pub via: Option<Span>,
    /// The same statement as corpora of attributions cut it.
    pub attribution: Attribution,
    /// Entities that the content speaks of.
    pub mentions: Vec<EntityId>,
    /// The whole of content, cue and speaker.
    pub evidence: Evidence,
}

/// Source, cue and content as corpora of attributions mark them (PARC 3, PolNeAR).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attribution {
    /// The speaker's whole noun phrase with what stands beside it ("Ada Lund, a lawyer"), also
    /// where the cue has no subject of its own ("… and added that").
    pub source: Option<Span>,
    /// The cue with its auxiliaries: "has said".
    pub cue: Option<Span>,
    /// The content with its "that".
    pub content: Vec<Span>,
}

/// A time expression (TIMEX3).
#[derive(Clone, Debug, PartialEq)]
pub struct TimeMention {
    pub span: Span,
    /// TIMEX3 type: DATE, TIME, DURATION or SET.
    pub kind: &'static str,
    /// TIMEX3 value; empty where the text does not tell.
    pub value: String,
}

/// A name as the text has it.
#[derive(Clone, Debug, PartialEq)]
pub struct NameMention {
    pub span: Span,
    /// PERSON, ORG, GPE, LOC, NORP, …
    pub label: &'static str,
}
