//! The tables as CSV files (RFC 4180, UTF-8) with `|` between several values.

use std::io::Write;
use std::path::Path;

use super::ExportError;
use crate::store::{ArticleRow, EntityRow, MeetingRow, RoleRow, StatementRow, Tables};

/// Writes `articles.csv`, `entities.csv`, `roles.csv`, `meetings.csv` and `statements.csv` into
/// a folder that exists.
///
/// # Errors
/// [`ExportError::Io`] if a file cannot be written.
pub fn write_tables(tables: &Tables, folder: &Path) -> Result<(), ExportError> {
    write_table(
        &folder.join("articles.csv"),
        ARTICLES,
        &tables.articles,
        article,
    )?;
    write_table(
        &folder.join("entities.csv"),
        ENTITIES,
        &tables.entities,
        entity,
    )?;
    write_table(&folder.join("roles.csv"), ROLES, &tables.roles, role)?;
    write_table(
        &folder.join("meetings.csv"),
        MEETINGS,
        &tables.meetings,
        meeting,
    )?;
    write_table(
        &folder.join("statements.csv"),
        STATEMENTS,
        &tables.statements,
        statement,
    )
}

const ARTICLES: [&str; 8] = [
    "article",
    "title",
    "publisher",
    "date",
    "url",
    "language",
    "words",
    "graph",
];
const ENTITIES: [&str; 8] = [
    "entity", "type", "name", "aliases", "country", "same_as", "articles", "mentions",
];
const ROLES: [&str; 14] = [
    "article",
    "entity",
    "person",
    "role",
    "organization",
    "country",
    "country_code",
    "status",
    "start",
    "end",
    "evidence",
    "confidence",
    "witnesses",
    "conflicts",
];
const MEETINGS: [&str; 16] = [
    "article",
    "meeting_id",
    "kind",
    "participants",
    "participant_entities",
    "location",
    "country",
    "country_code",
    "date",
    "status",
    "start",
    "end",
    "evidence",
    "confidence",
    "witnesses",
    "conflicts",
];
const STATEMENTS: [&str; 15] = [
    "article",
    "statement_id",
    "entity",
    "speaker",
    "speaker_text",
    "kind",
    "content",
    "content_spans",
    "cue",
    "addressee",
    "medium",
    "via",
    "confidence",
    "witnesses",
    "conflicts",
];

fn write_table<R, const N: usize>(
    path: &Path,
    header: [&str; N],
    rows: &[R],
    record: fn(&R) -> [String; N],
) -> Result<(), ExportError> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_path(path)
        .map_err(io_error)?;
    writer.write_record(header).map_err(io_error)?;
    for row in rows {
        writer.write_record(record(row)).map_err(io_error)?;
    }
    let mut writer = writer.into_inner().map_err(|error| error.into_error())?;
    Ok(writer.flush()?)
}

fn io_error(error: csv::Error) -> std::io::Error {
    error.into()
}

fn optional(value: &Option<String>) -> String {
    value.clone().unwrap_or_default()
}

/// Several values in a cell. A `|` within one becomes a `/`, so that they can be told apart.
fn list<T: ToString>(values: &[T]) -> String {
    let values: Vec<String> = values
        .iter()
        .map(|v| v.to_string().replace('|', "/"))
        .collect();
    values.join("|")
}

fn article(row: &ArticleRow) -> [String; 8] {
    [
        row.article.clone(),
        optional(&row.title),
        optional(&row.publisher),
        optional(&row.date),
        optional(&row.url),
        optional(&row.language),
        row.words.to_string(),
        row.graph.as_str().to_owned(),
    ]
}

fn entity(row: &EntityRow) -> [String; 8] {
    let same_as: Vec<&str> = row.same_as.iter().map(|iri| iri.as_str()).collect();
    [
        row.entity.as_str().to_owned(),
        row.kind.to_string(),
        row.name.clone(),
        list(&row.aliases),
        row.country.map(|c| c.name().to_owned()).unwrap_or_default(),
        list(&same_as),
        row.articles.to_string(),
        row.mentions.to_string(),
    ]
}

fn role(row: &RoleRow) -> [String; 14] {
    [
        row.article.clone(),
        row.entity.as_str().to_owned(),
        row.person.clone(),
        row.role.clone(),
        optional(&row.organization),
        row.country.map(|c| c.name().to_owned()).unwrap_or_default(),
        row.country.map(|c| c.to_string()).unwrap_or_default(),
        row.status.to_string(),
        row.start.to_string(),
        row.end.to_string(),
        row.evidence.clone(),
        row.confidence.to_string(),
        row.witnesses.to_string(),
        row.conflicts.to_string(),
    ]
}

fn meeting(row: &MeetingRow) -> [String; 16] {
    let entities: Vec<&str> = row
        .participant_entities
        .iter()
        .map(|iri| iri.as_str())
        .collect();
    [
        row.article.clone(),
        row.meeting_id.clone(),
        row.kind.to_string(),
        list(&row.participants),
        list(&entities),
        list(&row.location),
        row.country.map(|c| c.name().to_owned()).unwrap_or_default(),
        row.country.map(|c| c.to_string()).unwrap_or_default(),
        optional(&row.date),
        row.status.to_string(),
        row.start.to_string(),
        row.end.to_string(),
        row.evidence.clone(),
        row.confidence.to_string(),
        row.witnesses.to_string(),
        row.conflicts.to_string(),
    ]
}

fn statement(row: &StatementRow) -> [String; 15] {
    let spans: Vec<String> = row
        .content_spans
        .iter()
        .map(|(start, end)| format!("{start}-{end}"))
        .collect();
    [
        row.article.clone(),
        row.statement_id.clone(),
        row.entity
            .as_ref()
            .map(|iri| iri.as_str().to_owned())
            .unwrap_or_default(),
        optional(&row.speaker),
        optional(&row.speaker_text),
        row.kind.to_string(),
        row.content.clone(),
        list(&spans),
        optional(&row.cue),
        optional(&row.addressee),
        optional(&row.medium),
        optional(&row.via),
        row.confidence.to_string(),
        row.witnesses.to_string(),
        row.conflicts.to_string(),
    ]
}
