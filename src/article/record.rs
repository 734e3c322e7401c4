//! Records of dumps and feeds: which of their fields is the text, the date, the publisher.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::draft::Draft;
use super::{Place, ReadError, ReadErrorKind, day, page};

/// What a field of a record says of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Id,
    Text,
    Title,
    Publisher,
    Author,
    Date,
    Url,
    Language,
}

impl Field {
    const ALL: [(Field, &'static str); 8] = [
        (Field::Id, "id"),
        (Field::Text, "text"),
        (Field::Title, "title"),
        (Field::Publisher, "publisher"),
        (Field::Author, "author"),
        (Field::Date, "date"),
        (Field::Url, "url"),
        (Field::Language, "language"),
    ];

    /// The names that dumps give this field, in small letters without `_` and `-`, the likeliest first.
    const fn names(self) -> &'static [&'static str] {
        match self {
            Field::Id => &[
                "id",
                "articleid",
                "docid",
                "documentid",
                "newsid",
                "storyid",
                "guid",
                "uuid",
                "uid",
                "filename",
                "file",
            ],
            Field::Text => &[
                "text",
                "body",
                "content",
                "maintext",
                "articlebody",
                "articletext",
                "fulltext",
                "bodytext",
                "contenttext",
                "plaintext",
                "rawtext",
                "story",
                "paragraphs",
            ],
            Field::Title => &["title", "headline", "heading", "articletitle"],
            Field::Publisher => &[
                "publisher",
                "source",
                "outlet",
                "sourcedomain",
                "sourcename",
                "publication",
                "newspaper",
                "sitename",
                "domain",
                "media",
                "provider",
            ],
            Field::Author => &["author", "authors", "byline", "creator", "writer"],
            Field::Date => &[
                "date",
                "published",
                "publishedat",
                "datepublish",
                "datepublished",
                "publisheddate",
                "publicationdate",
                "publishdate",
                "publishtime",
                "publishedtime",
                "pubdate",
                "webpublicationdate",
                "firstpublished",
                "datetime",
                "timestamp",
            ],
            Field::Url => &[
                "url",
                "link",
                "canonicalurl",
                "weburl",
                "articleurl",
                "sourceurl",
                "uri",
            ],
            Field::Language => &["language", "lang", "languagecode", "inlanguage"],
        }
    }
}

/// A field whose value is a page, in case there is no text.
const PAGE_NAMES: &[&str] = &["contenthtml", "html", "bodyhtml", "articlehtml", "rawhtml"];

/// Fields of records as the user names them: `--map text=FIELD`.
#[derive(Clone, Debug, Default)]
pub(super) struct FieldMap(BTreeMap<Field, String>);

impl FieldMap {
    pub fn new(pairs: &[(String, String)]) -> Result<Self, ReadError> {
        let mut map = BTreeMap::new();
        for (name, path) in pairs {
            let bad = |problem| {
                let given = format!("{name}={path}");
                ReadError::new(Place::default(), ReadErrorKind::BadMap { given, problem })
            };
            let known = Field::ALL
                .iter()
                .find(|(_, n)| n.eq_ignore_ascii_case(name.trim()));
            let Some((field, _)) = known else {
                return Err(bad("this name is not known"));
            };
            if path.trim().is_empty() {
                return Err(bad("the field's name is missing"));
            }
            if map.insert(*field, path.trim().to_owned()).is_some() {
                return Err(bad("this name was mapped before"));
            }
        }
        Ok(Self(map))
    }

    pub fn get(&self, field: Field) -> Option<&str> {
        self.0.get(&field).map(String::as_str)
    }
}

/// A field's name in small letters without `_`, `-` and spaces.
pub(super) fn normalized(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Finds a field among the names of a record's fields, in order of how likely the names are.
pub(super) fn find_name(field: Field, normalized_names: &[String]) -> Option<usize> {
    field
        .names()
        .iter()
        .find_map(|name| normalized_names.iter().position(|n| n == name))
}

/// One record of a JSON file.
pub(super) fn from_json(
    record: &Map<String, Value>,
    map: &FieldMap,
    place: Place,
) -> Result<Draft, ReadError> {
    let fields = Fields::new(record, map);
    let mut draft = Draft::new(place);
    if let Err(kind) = fill(&fields, &mut draft) {
        return Err(ReadError::new(draft.place, kind));
    }
    Ok(draft)
}

fn fill(fields: &Fields<'_>, draft: &mut Draft) -> Result<(), ReadErrorKind> {
    match fields.text() {
        Ok((text, note)) => {
            draft.text = text;
            draft.notes.extend(note);
        }
        Err(kind) => match fields.page() {
            Some(html) => page::fill(html, draft)?,
            None => return Err(kind),
        },
    }
    let keep = |slot: &mut Option<String>, field| {
        if let Some(value) = fields.find(field).and_then(name_in) {
            *slot = Some(value);
        }
    };
    keep(&mut draft.id, Field::Id);
    keep(&mut draft.title, Field::Title);
    keep(&mut draft.publisher, Field::Publisher);
    keep(&mut draft.author, Field::Author);
    keep(&mut draft.url, Field::Url);
    keep(&mut draft.language, Field::Language);
    // CNN/Daily Mail and tables of ours call the id `article`, others so call the text.
    if draft.id.is_none()
        && let Some(Value::String(id)) = fields
            .by_name("article")
            .filter(|_| !fields.article_is_text())
    {
        draft.id = Some(id.clone());
    }
    match fields.find(Field::Date) {
        None | Some(Value::Null) => {}
        Some(value) => draft.set_date(&date_text(value)),
    }
    Ok(())
}

/// The fields of one record.
struct Fields<'a> {
    record: &'a Map<String, Value>,
    names: Vec<(String, &'a Value)>,
    map: &'a FieldMap,
}

impl<'a> Fields<'a> {
    fn new(record: &'a Map<String, Value>, map: &'a FieldMap) -> Self {
        let names = record
            .iter()
            .map(|(name, value)| (normalized(name), value))
            .collect();
        Self { record, names, map }
    }

    fn by_name(&self, name: &str) -> Option<&'a Value> {
        self.names.iter().find(|(n, _)| n == name).map(|(_, v)| *v)
    }

    fn find(&self, field: Field) -> Option<&'a Value> {
        match self.map.get(field) {
            Some(path) => at_path(self.record, path),
            None => field
                .names()
                .iter()
                .filter_map(|name| self.by_name(name))
                .find(|v| !v.is_null() && v.as_str() != Some("")),
        }
    }

    fn found(&self) -> Vec<String> {
        self.record.keys().cloned().collect()
    }

    fn article_is_text(&self) -> bool {
        self.map.get(Field::Text).is_none()
            && !Field::Text
                .names()
                .iter()
                .any(|n| self.by_name(n).is_some())
    }

    fn text(&self) -> Result<(String, Option<String>), ReadErrorKind> {
        if let Some(path) = self.map.get(Field::Text) {
            return match at_path(self.record, path) {
                Some(value) => text_in(path, value),
                None => Err(ReadErrorKind::NoMappedField {
                    wanted: path.to_owned(),
                    found: self.found(),
                }),
            };
        }
        let mut problem = None;
        for name in Field::Text.names().iter().chain(&["article"]) {
            let Some(value) = self.by_name(name).filter(|v| !v.is_null()) else {
                continue;
            };
            match text_in(name, value) {
                Ok(text) => return Ok(text),
                Err(kind) => {
                    problem.get_or_insert(kind);
                }
            }
        }
        Err(problem.unwrap_or_else(|| ReadErrorKind::NoTextField {
            found: self.found(),
        }))
    }

    fn page(&self) -> Option<&'a str> {
        let value = PAGE_NAMES.iter().find_map(|name| self.by_name(name))?;
        value
            .as_str()
            .filter(|_| self.map.get(Field::Text).is_none())
    }
}

/// A field by name, or by names and indices joined by dots.
fn at_path<'a>(record: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    if let Some(value) = record.get(path) {
        return Some(value);
    }
    let mut parts = path.split('.');
    let first = record.get(parts.next()?)?;
    parts.try_fold(first, |value, part| match value {
        Value::Object(object) => object.get(part),
        Value::Array(items) => items.get(part.parse::<usize>().ok()?),
        _ => None,
    })
}

fn text_in(field: &str, value: &Value) -> Result<(String, Option<String>), ReadErrorKind> {
    match value {
        Value::String(text) if text.trim().is_empty() => Err(ReadErrorKind::EmptyField {
            field: field.to_owned(),
        }),
        Value::String(text) => Ok((text.clone(), None)),
        Value::Array(items) if !items.is_empty() && items.iter().all(Value::is_string) => {
            let parts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            let note = format!("field `{field}` is a list: its parts were joined by blank lines");
            Ok((parts.join("\n\n"), Some(note)))
        }
        other => Err(ReadErrorKind::WrongType {
            field: field.to_owned(),
            found: type_of(other),
        }),
    }
}

/// What kind of JSON value this is, for messages.
pub(super) fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// A name, id or URL in a value: a text, a number, an object that has a `name`, a list of these.
pub(super) fn name_in(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => {
            let text = text.trim();
            (!text.is_empty()).then(|| text.to_owned())
        }
        Value::Number(number) => Some(number.to_string()),
        Value::Object(object) => ["name", "title", "$oid", "@id", "url", "uri", "id"]
            .iter()
            .find_map(|key| name_in(object.get(*key)?)),
        Value::Array(items) => {
            let names: Vec<String> = items.iter().filter_map(name_in).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        Value::Null | Value::Bool(_) => None,
    }
}

fn date_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(object) => match object.get("$date").or_else(|| object.values().next()) {
            Some(inner) if !inner.is_object() => date_text(inner),
            _ => value.to_string(),
        },
        other => other.to_string(),
    }
}

impl Draft {
    /// Takes the day from a field, or notes that it cannot be read.
    pub(super) fn set_date(&mut self, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        match day::parse_day(text) {
            Some(date) => self.date = Some(date),
            None => {
                let shown: String = text.chars().take(40).collect();
                self.notes.push(format!(
                    "publication date `{shown}` was not understood: write it as 2025-08-19"
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn read(json: &str, map: &[(&str, &str)]) -> Result<Draft, ReadError> {
        let pairs: Vec<(String, String)> = map
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect();
        let record: Map<String, Value> =
            serde_json::from_str(json).expect("the test's JSON is sound");
        let map = FieldMap::new(&pairs)?;
        from_json(&record, &map, Place::default())
    }

    fn message(json: &str, map: &[(&str, &str)]) -> String {
        read(json, map).expect_err("not a sound record").message()
    }

    #[test]
    fn fields_as_dumps_name_them() {
        let draft = read(
            r#"{"_id": {"$oid": "5f"}, "headline": "Talks", "maintext": "They met.", "source": {"id": null, "name": "Example"},
                "authors": ["Jane Doe", {"name": "John Roe"}], "date_publish": "2025-08-19 10:00:00", "link": "https://a.org/1", "lang": "en"}"#,
            &[],
        )
        .expect("a sound record");
        assert_eq!(draft.id.as_deref(), Some("5f"));
        assert_eq!(draft.title.as_deref(), Some("Talks"));
        assert_eq!(draft.text, "They met.");
        assert_eq!(draft.publisher.as_deref(), Some("Example"));
        assert_eq!(draft.author.as_deref(), Some("Jane Doe, John Roe"));
        assert_eq!(draft.date, Some(date(2025, 8, 19)));
        assert_eq!(draft.url.as_deref(), Some("https://a.org/1"));
    }

    #[test]
    fn mapped_fields_go_before_known_names() {
        let json =
            r#"{"text": "no", "story": {"parts": ["They met."]}, "when": 1755590400, "a.b": 1}"#;
        let draft = read(
            json,
            &[("text", "story.parts.0"), ("date", "when"), ("id", "a.b")],
        )
        .expect("sound");
        assert_eq!(draft.text, "They met.");
        assert_eq!(draft.date, Some(date(2025, 8, 19)));
        assert_eq!(draft.id.as_deref(), Some("1"));
        assert_eq!(
            message(json, &[("text", "storry")]),
            "no field `storry`, which --map names for the text; found `text`, `story`, `when`, `a.b`"
        );
        assert_eq!(
            message(json, &[("txt", "story")]),
            "--map `txt=story`: this name is not known"
        );
    }

    #[test]
    fn a_text_of_the_wrong_type_is_an_error_unless_another_field_has_it() {
        assert_eq!(
            message(r#"{"text": 17}"#, &[]),
            "field `text`: expected text, found a number"
        );
        assert_eq!(message(r#"{"text": " "}"#, &[]), "field `text` is empty");
        assert_eq!(
            message(r#"{"title": "x"}"#, &[]),
            "no field for the text, found `title`"
        );
        let draft = read(r#"{"text": null, "body": "They met."}"#, &[]).expect("sound");
        assert_eq!(draft.text, "They met.");
    }

    #[test]
    fn an_ambiguous_date_is_no_date_but_a_note() {
        let draft = read(r#"{"text": "They met.", "date": "03/04/2025"}"#, &[]).expect("sound");
        assert_eq!(draft.date, None);
        assert!(draft.notes[0].contains("03/04/2025"));
    }
}
