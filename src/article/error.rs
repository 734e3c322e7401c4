//! What can be wrong with an input, said so that the user can mend it.

use std::fmt;
use std::io;

/// Why an input, or one record of it, gave no article.
///
/// Displays as `file:line:column: what was expected and found`, and on a line of its own
/// `hint: what to do`.
#[derive(Debug, thiserror::Error)]
#[error("{}{kind}\n  hint: {}", place.prefix(), kind.hint())]
pub struct ReadError {
    /// Where in the inputs.
    pub place: Place,
    /// What was expected and found.
    pub kind: ReadErrorKind,
}

impl ReadError {
    pub(crate) fn new(place: Place, kind: ReadErrorKind) -> Self {
        Self { place, kind }
    }

    /// Whether nothing can be read at all, because the request itself is wrong (an unknown field
    /// in `--map`, a `--metadata` file that is none). Otherwise one input or record is skipped
    /// and the rest goes on.
    pub fn is_fatal(&self) -> bool {
        use ReadErrorKind::{BadMap, Metadata, NoInput};
        matches!(self.kind, BadMap { .. } | Metadata { .. } | NoInput)
    }

    /// The message without its place and without its hint, for those who lay it out themselves.
    pub fn message(&self) -> String {
        self.kind.to_string()
    }

    /// What the user can do about it.
    pub fn hint(&self) -> String {
        self.kind.hint()
    }
}

/// Where in the inputs something stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The path as given or found; `-` for standard input; empty where no file is meant.
    pub input: String,
    /// Counted from 1.
    pub line: Option<u64>,
    /// Counted from 1, in bytes.
    pub column: Option<u64>,
}

impl Place {
    pub(crate) fn of(input: &str) -> Self {
        Self {
            input: input.to_owned(),
            line: None,
            column: None,
        }
    }

    /// What stands before a message about this place.
    fn prefix(&self) -> String {
        if self.input.is_empty() {
            String::new()
        } else {
            format!("{self}: ")
        }
    }

    pub(crate) fn at_line(input: &str, line: u64) -> Self {
        Self {
            line: Some(line),
            ..Self::of(input)
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.input)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
            if let Some(column) = self.column {
                write!(f, ":{column}")?;
            }
        }
        Ok(())
    }
}

/// What was expected, and what was found instead.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadErrorKind {
    #[error("no such file or folder")]
    Missing,
    #[error("the file is empty")]
    Empty,
    #[error("expected text, found {found}")]
    Binary { found: &'static str },
    #[error("longer than {limit} bytes, which no article is")]
    TooLong { limit: usize },
    #[error("cannot be read: {0}")]
    Io(#[from] io::Error),
    #[error("malformed JSON: {0}")]
    Json(String),
    #[error("expected a JSON object for an article, found {found}")]
    NotARecord { found: &'static str },
    #[error("malformed CSV: {0}")]
    Csv(String),
    #[error("no article text in this page")]
    NoTextInPage,
    #[error("no column for the text, found {}", listed(found))]
    NoTextColumn { found: Vec<String> },
    #[error("no field for the text, found {}", listed(found))]
    NoTextField { found: Vec<String> },
    #[error(
        "no field `{wanted}`, which --map names for the text; found {}",
        listed(found)
    )]
    NoMappedField { wanted: String, found: Vec<String> },
    #[error("field `{field}`: expected text, found {found}")]
    WrongType { field: String, found: &'static str },
    #[error("field `{field}` is empty")]
    EmptyField { field: String },
    #[error("not in English (recognised as {language})")]
    NotEnglish { language: String },
    #[error("the folder holds no articles{}", others(*passed_over))]
    NoArticles { passed_over: usize },
    #[error("the file holds no records")]
    NoRecords,
    #[error("no file matches this pattern")]
    NoMatch,
    #[error("malformed pattern: {0}")]
    BadGlob(String),
    #[error("id `{id}` was given before, by {first}")]
    DuplicateId { id: String, first: Box<Place> },
    #[error("--map `{given}`: {problem}")]
    BadMap {
        given: String,
        problem: &'static str,
    },
    #[error("--metadata: {problem}")]
    Metadata { problem: String },
    #[error("metadata row passed over: {problem}")]
    MetadataRow { problem: String },
    #[error("no input given")]
    NoInput,
}

fn listed(names: &[String]) -> String {
    const SHOWN: usize = 12;
    if names.is_empty() {
        return "none at all".to_owned();
    }
    let mut out = String::new();
    for (i, name) in names.iter().take(SHOWN).enumerate() {
        let comma = if i == 0 { "" } else { ", " };
        out.push_str(&format!("{comma}`{name}`"));
    }
    if names.len() > SHOWN {
        out.push_str(&format!(" and {} more", names.len() - SHOWN));
    }
    out
}

fn others(passed_over: usize) -> String {
    match passed_over {
        0 => String::new(),
        1 => ", only 1 file of another kind".to_owned(),
        n => format!(", only {n} files of other kinds"),
    }
}

impl ReadErrorKind {
    /// What the user can do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Missing => "check the path; `-` reads standard input".into(),
            Self::Empty => "remove it, or fetch the article again".into(),
            Self::Binary { .. } => {
                "convert it to plain text, HTML, JSON or CSV in UTF-8 first".into()
            }
            Self::TooLong { .. } => {
                "give one article a file, or JSON Lines with one article a line".into()
            }
            Self::Io(_) => "check that the file may be read and is whole".into(),
            Self::Json(_) => "mend this record, or leave it out; the others are read".into(),
            Self::NotARecord { .. } => {
                "each record is an object such as {\"id\": \"a1\", \"text\": \"…\", \"date\": \"2025-08-19\"}"
                    .into()
            }
            Self::Csv(_) => "quote fields that hold commas, quotes or line breaks (RFC 4180)".into(),
            Self::NoTextInPage => {
                "the page may build its text by script: save it from a browser, or give plain text"
                    .into()
            }
            Self::NoTextColumn { .. } => {
                "name the column with --map text=COLUMN; a table that only describes other files is given with --metadata"
                    .into()
            }
            Self::NoTextField { .. } => "name the field with --map text=FIELD".into(),
            Self::NoMappedField { .. } => "check the name; a field within a field is a.b".into(),
            Self::WrongType { .. } => "name another field with --map text=FIELD".into(),
            Self::EmptyField { .. } => "leave the record out, or name another field with --map".into(),
            Self::NotEnglish { .. } => "--language any reads it all the same".into(),
            Self::NoArticles { .. } => {
                "files in a folder are taken by extension: txt, md, html, json, jsonl, csv; name others one by one"
                    .into()
            }
            Self::NoRecords => "give one JSON object or CSV row an article".into(),
            Self::NoMatch => "* stands for part of a name, ** for folders; quote the pattern".into(),
            Self::BadGlob(_) => "write [[] for a bracket in a file's name".into(),
            Self::DuplicateId { .. } => {
                "ids name articles and must differ; name another field with --map id=FIELD".into()
            }
            Self::BadMap { .. } => {
                "write NAME=FIELD, NAME one of id, text, title, publisher, author, date, url, language"
                    .into()
            }
            Self::Metadata { .. } => {
                "give a CSV with the columns article, date, publisher, url, title".into()
            }
            Self::MetadataRow { .. } => "write the date as 2025-08-19, one row an article".into(),
            Self::NoInput => "give a file, a folder, a pattern in quotes, or - for standard input".into(),
        }
    }
}
