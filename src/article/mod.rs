//! Owns the input formats: files, records and pages become [`Article`]s, with what their
//! metadata, URL, dateline and boilerplate say. Must not know tokens, facts or RDF.

mod day;
mod decode;
mod draft;
mod error;
mod format;
mod input;
mod json;
mod language;
mod metadata;
mod page;
mod reader;
mod record;
mod region;
mod table;

pub use error::{Place, ReadError, ReadErrorKind};
pub use reader::{ReadOptions, Reader};

use jiff::civil::Date;

use crate::document::Span;

/// One article as read, before any reading of its language.
///
/// Nothing is ever cut from `text`, so that offsets into it are offsets into what the user gave;
/// what is no prose of the article is marked in `regions` instead.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// File name, or the record's id: what the tables' column `article` shows.
    pub id: String,
    /// The text as read; for a plain text file the whole file (without a byte order mark).
    pub text: String,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub author: Option<String>,
    /// Day of publication. `None`: not known, so relative dates stay unresolved.
    pub date: Option<Date>,
    pub url: Option<String>,
    /// ISO 639-1 code, as given or as recognised.
    pub language: Option<String>,
    /// Parts of `text` that are not the article's own prose, in order, not overlapping.
    pub regions: Vec<Region>,
    /// What the reader should know of how this article was read, one sentence each.
    pub notes: Vec<String>,
}

impl Article {
    /// An article from nothing but its text: finds its regions, and what its head, its dateline
    /// and its URL say of its date and publisher.
    ///
    /// ```
    /// use newsgraph::article::{Article, RegionKind};
    /// let text = "OSLO, Aug 19, 2025 (Reuters) - The ministers met.";
    /// let article = Article::from_text("a.txt", text);
    /// assert_eq!(article.date.map(|d| d.to_string()).as_deref(), Some("2025-08-19"));
    /// assert_eq!(article.regions[0].kind, RegionKind::Dateline);
    /// assert_eq!(article.regions[0].span.of(text), "OSLO, Aug 19, 2025 (Reuters) -");
    /// ```
    pub fn from_text(id: impl Into<String>, text: impl Into<String>) -> Self {
        let draft = draft::Draft {
            text: text.into(),
            ..Default::default()
        };
        draft.into_article(id.into(), None)
    }

    /// A digest of all that a fact can come from: the text, its regions and the metadata, not the
    /// id and the notes. 64 hexadecimal digits of BLAKE3; equal for equal articles whatever
    /// file or format they came in.
    pub fn content_hash(&self) -> String {
        let mut hasher = blake3::Hasher::new_derive_key("newsgraph article content 1");
        let mut part = |bytes: &[u8]| {
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        };
        part(self.text.as_bytes());
        let date = self.date.map(|d| d.to_string());
        for value in [
            &self.title,
            &self.publisher,
            &self.author,
            &date,
            &self.url,
            &self.language,
        ] {
            part(&[u8::from(value.is_some())]);
            part(value.as_deref().unwrap_or("").as_bytes());
        }
        for region in &self.regions {
            part(format!("{:?}{:?}", region.span, region.kind).as_bytes());
        }
        hasher.finalize().to_hex().to_string()
    }
}

/// A marked part of an article's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Region {
    pub span: Span,
    pub kind: RegionKind,
}

/// What a marked part of the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RegionKind {
    /// A URL or a `date 2025-08-19` line put before the text by whoever collected it.
    Header,
    /// `WASHINGTON, Aug 18 (Reuters) -`: place and day, not prose.
    Dateline,
    /// A photo caption: may state facts, its credit may not.
    Caption,
    /// `(Jane Doe/AFP via Getty Images)`, `(This article was written by …)`, `By …`.
    Credit,
    /// `Read more: …`, `Also read`, `{Site.com}`, sharing and subscription lines.
    Boilerplate,
    /// A headline or sub-headline inside the text.
    Headline,
}

impl RegionKind {
    /// Whether a fact may come out of such a part.
    pub const fn is_prose(self) -> bool {
        matches!(self, RegionKind::Caption | RegionKind::Headline)
    }
}
