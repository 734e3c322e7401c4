//! Which format an input has.

use std::path::Path;

use super::record::{Field, find_name, normalized};

/// A format that articles come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Html,
    /// One JSON value, or several, or a list.
    Json,
    /// One JSON object a line.
    JsonLines,
    /// With what separates its columns.
    Csv(u8),
}

impl Format {
    /// By a file's extension alone.
    pub fn of_extension(path: &Path) -> Option<Format> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match extension.as_str() {
            "txt" | "text" | "md" | "markdown" => Format::Text,
            "html" | "htm" | "xhtml" => Format::Html,
            "json" => Format::Json,
            "jsonl" | "ndjson" | "jsonlines" | "ldjson" => Format::JsonLines,
            "csv" => Format::Csv(b','),
            "tsv" | "tab" => Format::Csv(b'\t'),
            _ => return None,
        })
    }

    /// By extension, then by how the content begins.
    pub fn of(path: Option<&Path>, head: &[u8]) -> Format {
        match path.and_then(Self::of_extension) {
            Some(Format::Text) => Format::Text,
            Some(Format::Html) => Format::Html,
            // Files called .json often hold JSON Lines, and the other way round.
            Some(likely @ (Format::Json | Format::JsonLines)) => json_kind(head, likely),
            Some(Format::Csv(b',')) => Format::Csv(delimiter(head)),
            Some(tabs @ Format::Csv(_)) => tabs,
            None => Self::of_content(head),
        }
    }

    /// By how the content begins.
    pub fn of_content(head: &[u8]) -> Format {
        let start = head
            .iter()
            .position(|b| !b.is_ascii_whitespace())
            .unwrap_or(head.len());
        let rest = &head[start..];
        let next = rest
            .iter()
            .skip(1)
            .copied()
            .find(|b| !b.is_ascii_whitespace());
        match (rest.first(), next) {
            (Some(b'{'), Some(b'"' | b'}')) | (Some(b'['), Some(b'{' | b']')) => {
                json_kind(head, Format::Json)
            }
            (Some(b'<'), _) if is_html(rest) => Format::Html,
            _ => match table_header(rest) {
                Some(delimiter) => Format::Csv(delimiter),
                None => Format::Text,
            },
        }
    }
}

/// JSON Lines if the first line is a whole object and not the only one; `likely` where the first
/// line is longer than the head.
fn json_kind(head: &[u8], likely: Format) -> Format {
    let start = head
        .iter()
        .position(|b| !b.is_ascii_whitespace())
        .unwrap_or(head.len());
    let rest = &head[start..];
    let (line, is_whole) = match memchr::memchr(b'\n', rest) {
        Some(end) => (&rest[..end], true),
        None => (rest, false),
    };
    match line.first() {
        Some(b'[') => Format::Json,
        Some(b'{') => {
            let object = serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok();
            let more = rest[line.len()..].iter().any(|b| !b.is_ascii_whitespace());
            match (object && more, is_whole || object) {
                (true, _) => Format::JsonLines,
                (false, true) => Format::Json,
                (false, false) => likely,
            }
        }
        _ => likely,
    }
}

fn is_html(head: &[u8]) -> bool {
    const TAGS: &[&str] = &[
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<title",
        "<meta",
        "<article",
        "<main",
        "<div",
        "<p>",
        "<p ",
        "<h1",
        "<section",
        "<script",
        "<link",
        "<!--",
        "<span",
        "<figure",
    ];
    let text = String::from_utf8_lossy(&head[..head.len().min(1024)]).to_ascii_lowercase();
    let xhtml = text.starts_with("<?xml") && text.contains("<html");
    xhtml || TAGS.iter().any(|tag| text.starts_with(tag))
}

/// What separates the columns, if the first line is a table's header with a column for the text.
fn table_header(head: &[u8]) -> Option<u8> {
    let line = first_line(head);
    let delimiter = delimiter(head);
    let raw = || line.split(char::from(delimiter));
    // A space follows a comma in prose.
    let plain = line.len() <= 2000 && raw().all(|n| n.len() <= 40 && !n.starts_with(' '));
    let names: Vec<String> = raw().map(normalized).collect();
    let plain = plain && names.len() >= 2;
    (plain && find_name(Field::Text, &names).is_some()).then_some(delimiter)
}

/// The likeliest separator of columns in the first line.
fn delimiter(head: &[u8]) -> u8 {
    let line = first_line(head);
    let count = |d: u8| line.bytes().filter(|b| *b == d).count();
    // The first of equals wins, so that a lone column has a comma.
    *[b',', b'\t', b';', b'|']
        .iter()
        .rev()
        .max_by_key(|d| count(**d))
        .unwrap_or(&b',')
}

fn first_line(head: &[u8]) -> std::borrow::Cow<'_, str> {
    let start = head
        .iter()
        .position(|b| !b.is_ascii_whitespace())
        .unwrap_or(head.len());
    let end = memchr::memchr2(b'\n', b'\r', &head[start..]).map_or(head.len(), |i| start + i);
    String::from_utf8_lossy(&head[start..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_the_format() {
        for (head, format) in [
            ("The ministers met.", Format::Text),
            ("[Oslo] The ministers met.", Format::Text),
            ("<p>They met.</p>", Format::Html),
            ("\n<!DOCTYPE html><html>", Format::Html),
            ("{\"text\": \"a\"}\n{\"text\": \"b\"}\n", Format::JsonLines),
            ("{\"text\": \"a\"}\n", Format::Json),
            ("{\n  \"text\": \"a\"\n}", Format::Json),
            ("[{\"text\": \"a\"}]", Format::Json),
            ("id,text,date\n1,They met.,2025-08-19\n", Format::Csv(b',')),
            ("id;title;body\n", Format::Csv(b';')),
            ("Text, they say, is all.", Format::Text),
        ] {
            assert_eq!(Format::of_content(head.as_bytes()), format, "{head}");
        }
    }

    #[test]
    fn extensions_go_first_but_json_looks_inside() {
        let of = |name: &str, head: &str| Format::of(Some(Path::new(name)), head.as_bytes());
        assert_eq!(of("a.txt", "<p>They met.</p>"), Format::Text);
        assert_eq!(of("a.json", "{\"a\":1}\n{\"a\":2}\n"), Format::JsonLines);
        assert_eq!(of("a.jsonl", "[{\"a\":1}]"), Format::Json);
        assert_eq!(of("a.csv", "id;text\n"), Format::Csv(b';'));
        assert_eq!(of("a.csv", "text\n"), Format::Csv(b','));
        assert_eq!(of("a.xyz", "They met."), Format::Text);
    }
}
