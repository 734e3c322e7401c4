//! The tables of a store, one typed row a piece of evidence, ordered by article and start.
//! Offsets are Unicode code points of the article's text, end exclusive.

use oxigraph::model::NamedNode;

use crate::fact::{Confidence, EntityKind, MeetingKind, MeetingStatus, RoleStatus, StatementKind};
use crate::lexicon::CountryCode;

/// A row of `articles.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleRow {
    /// The article's id.
    pub article: String,
    pub title: Option<String>,
    pub publisher: Option<String>,
    /// ISO 8601 day.
    pub date: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    pub words: usize,
    /// IRI of the article and of its named graph.
    pub graph: NamedNode,
}

/// A row of `entities.csv`: one canonical entity of the default graph.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityRow {
    pub entity: NamedNode,
    pub kind: EntityKind,
    pub name: String,
    pub aliases: Vec<String>,
    pub country: Option<CountryCode>,
    pub same_as: Vec<NamedNode>,
    /// Number of articles that speak of it.
    pub articles: usize,
    /// Number of places in them.
    pub mentions: usize,
}

/// A row of `roles.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleRow {
    pub article: String,
    /// The canonical person.
    pub entity: NamedNode,
    /// Fullest name in this article.
    pub person: String,
    pub role: String,
    /// As the article names it.
    pub organization: Option<String>,
    pub country: Option<CountryCode>,
    pub status: RoleStatus,
    pub start: usize,
    pub end: usize,
    /// The words between `start` and `end`.
    pub evidence: String,
    pub confidence: Confidence,
    pub rule: String,
}

/// A row of `meetings.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct MeetingRow {
    pub article: String,
    /// Unique in the article: `meeting-1`.
    pub meeting_id: String,
    pub kind: MeetingKind,
    /// Fullest names in this article, in order of first mention.
    pub participants: Vec<String>,
    /// Their canonical entities, in the same order.
    pub participant_entities: Vec<NamedNode>,
    /// As the article names them, from most specific to most general.
    pub location: Vec<String>,
    pub country: Option<CountryCode>,
    /// EDTF.
    pub date: Option<String>,
    pub status: MeetingStatus,
    pub start: usize,
    pub end: usize,
    pub evidence: String,
    pub confidence: Confidence,
    pub rule: String,
}

/// A row of `statements.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementRow {
    pub article: String,
    /// Unique in the article: `statement-1`.
    pub statement_id: String,
    /// The canonical speaker.
    pub entity: Option<NamedNode>,
    /// Fullest name of the speaker in this article.
    pub speaker: Option<String>,
    /// The mention that stands as the speaker: "he".
    pub speaker_text: Option<String>,
    pub kind: StatementKind,
    /// The spans' words, joined by a space.
    pub content: String,
    pub content_spans: Vec<(usize, usize)>,
    pub cue: Option<String>,
    pub addressee: Option<String>,
    pub medium: Option<String>,
    pub via: Option<String>,
    pub start: usize,
    pub end: usize,
    pub confidence: Confidence,
    pub rule: String,
}

/// All tables of a store.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tables {
    pub articles: Vec<ArticleRow>,
    pub entities: Vec<EntityRow>,
    pub roles: Vec<RoleRow>,
    pub meetings: Vec<MeetingRow>,
    pub statements: Vec<StatementRow>,
}
