//! JSON and JSON Lines, a record at a time, however large the file.

use std::io::{self, BufRead};

use serde_json::Value;

use super::draft::Draft;
use super::record::{self, FieldMap};
use super::{Place, ReadError, ReadErrorKind};

/// One JSON value as it stands in a file.
#[derive(Debug, Default)]
struct Raw {
    bytes: Vec<u8>,
    /// Where it begins, from 1.
    line: u64,
    column: u64,
    /// Its number among the values of its list or file, from 1.
    number: u64,
    /// Longer than the limit: `bytes` is not the whole.
    is_cut: bool,
    /// The file ends within it.
    is_open: bool,
}

/// Reads the lines of a file of one object a line.
struct Lines<R> {
    reader: R,
    line: u64,
    limit: usize,
}

impl<R: BufRead> Lines<R> {
    /// The next line that is not blank.
    fn next(&mut self) -> io::Result<Option<Raw>> {
        loop {
            let mut raw = Raw {
                column: 1,
                ..Raw::default()
            };
            let mut any = false;
            loop {
                let chunk = self.reader.fill_buf()?;
                if chunk.is_empty() {
                    break;
                }
                any = true;
                let end = memchr::memchr(b'\n', chunk);
                let part = &chunk[..end.unwrap_or(chunk.len())];
                let room = self.limit.saturating_sub(raw.bytes.len());
                raw.is_cut |= part.len() > room;
                raw.bytes.extend_from_slice(&part[..part.len().min(room)]);
                let used = part.len() + usize::from(end.is_some());
                self.reader.consume(used);
                if end.is_some() {
                    break;
                }
            }
            if !any {
                return Ok(None);
            }
            self.line += 1;
            if raw.is_cut || !raw.bytes.trim_ascii().is_empty() {
                raw.line = self.line;
                raw.number = self.line;
                return Ok(Some(raw));
            }
        }
    }
}

/// Cuts a file into its JSON values, or into the elements of its list, without reading them: a
/// fault in one does not reach the next, as long as its brackets match.
struct Values<R> {
    reader: R,
    line: u64,
    column: u64,
    number: u64,
    in_list: bool,
    limit: usize,
}

impl<R: BufRead> Values<R> {
    fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.reader.fill_buf()?.first().copied())
    }

    fn advance(&mut self, byte: u8) {
        self.reader.consume(1);
        if byte == b'\n' {
            self.line += 1;
            self.column = 1;
        } else {
            self.column += 1;
        }
    }

    /// Skips what stands between values; `None` at the end.
    fn skip_between(&mut self) -> io::Result<Option<u8>> {
        while let Some(byte) = self.peek()? {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' | b',' | 0x1e => {}
                b'[' if !self.in_list && self.number == 0 => self.in_list = true,
                b']' => {}
                _ => return Ok(Some(byte)),
            }
            self.advance(byte);
        }
        Ok(None)
    }

    /// Whether the line that begins here begins with an object.
    fn is_line_of_value(&mut self) -> io::Result<bool> {
        while let Some(byte @ (b' ' | b'\t' | b'\r')) = self.peek()? {
            self.advance(byte);
        }
        Ok(self.peek()? == Some(b'{'))
    }

    fn next(&mut self) -> io::Result<Option<Raw>> {
        let Some(first) = self.skip_between()? else {
            return Ok(None);
        };
        self.number += 1;
        let mut raw = Raw {
            line: self.line,
            column: self.column,
            number: self.number,
            ..Raw::default()
        };
        let is_nested = matches!(first, b'{' | b'[');
        let (mut depth, mut in_string, mut escaped, mut is_torn) = (0usize, false, false, false);
        raw.is_open = is_nested;
        while let Some(byte) = self.peek()? {
            if !is_nested && !in_string && matches!(byte, b',' | b']' | b'\n' | b'{') {
                break;
            }
            if raw.bytes.len() < self.limit {
                raw.bytes.push(byte);
            } else {
                raw.is_cut = true;
            }
            self.advance(byte);
            // No string of JSON goes over a line's end: its closing mark is missing, and the next
            // value begins where a line begins like one.
            is_torn |= in_string && byte == b'\n';
            if is_torn && byte == b'\n' && self.is_line_of_value()? {
                break;
            }
            if in_string {
                match byte {
                    b'\n' => (in_string, escaped) = (false, false),
                    _ if escaped => escaped = false,
                    b'\\' => escaped = true,
                    b'"' => in_string = false,
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' => in_string = true,
                b'{' | b'[' => depth += 1,
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 && is_nested {
                        raw.is_open = false;
                        break;
                    }
                }
                _ => {}
            }
        }
        Ok(Some(raw))
    }
}

enum Cutter<R> {
    Lines(Lines<R>),
    Values(Values<R>),
}

/// The articles of a JSON or JSON Lines file.
pub(super) struct Records<R> {
    cutter: Cutter<R>,
    input: String,
    map: FieldMap,
    limit: usize,
    /// Records of the list within the last value, such as `{"articles": [...]}`, and its place.
    inner: std::vec::IntoIter<Value>,
    inner_place: Place,
    inner_number: u64,
    is_done: bool,
}

/// A response of a feed holds its records within an object.
const LISTS: &[&str] = &[
    "articles",
    "items",
    "documents",
    "docs",
    "results",
    "records",
    "news",
    "data",
    "hits",
    "entries",
    "stories",
];

impl<R: BufRead> Records<R> {
    /// One object a line; `limit` is the most bytes of an article.
    pub fn lines(reader: R, input: &str, map: FieldMap, limit: usize) -> Self {
        let cutter = Cutter::Lines(Lines {
            reader,
            line: 0,
            limit: limit.saturating_mul(8),
        });
        Self::new(cutter, input, map, limit)
    }

    /// Values of any layout; `limit` is the most bytes of an article.
    pub fn values(reader: R, input: &str, map: FieldMap, limit: usize) -> Self {
        let cutter = Cutter::Values(Values {
            reader,
            line: 1,
            column: 1,
            number: 0,
            in_list: false,
            limit: limit.saturating_mul(8),
        });
        Self::new(cutter, input, map, limit)
    }

    fn new(cutter: Cutter<R>, input: &str, map: FieldMap, limit: usize) -> Self {
        Self {
            cutter,
            input: input.to_owned(),
            map,
            limit,
            inner: Vec::new().into_iter(),
            inner_place: Place::default(),
            inner_number: 0,
            is_done: false,
        }
    }

    /// Whether the value just read was the file's only one and stood in no list.
    fn is_sole(&mut self, raw: &Raw) -> io::Result<bool> {
        match &mut self.cutter {
            Cutter::Lines(_) => Ok(false),
            Cutter::Values(values) => {
                Ok(raw.number == 1 && !values.in_list && values.skip_between()?.is_none())
            }
        }
    }

    fn read(&mut self, raw: &Raw) -> Result<Option<Draft>, ReadError> {
        let place = Place {
            input: self.input.clone(),
            line: Some(raw.line),
            column: None,
        };
        let fail = |kind| Err(ReadError::new(place.clone(), kind));
        if raw.is_cut {
            return fail(ReadErrorKind::TooLong {
                limit: self.limit.saturating_mul(8),
            });
        }
        let decoded = match super::decode::decode(raw.bytes.clone(), None) {
            Ok(decoded) => decoded,
            Err(kind) => return fail(kind),
        };
        let value: Value = match serde_json::from_str(&decoded.text) {
            Ok(value) => value,
            Err(error) => {
                // The parser counts a line break within a string to the next line, column 0.
                let (row, column) = match (error.line() as u64, error.column() as u64) {
                    (row, 0) => (row.max(2) - 1, None),
                    (1, column) => (1, Some(column + raw.column - 1)),
                    (row, column) => (row, Some(column)),
                };
                let place = Place {
                    line: Some(raw.line + row - 1),
                    column,
                    ..place
                };
                let problem = if raw.is_open && error.is_eof() {
                    "the file ends within this record".to_owned()
                } else {
                    problem_of(&error)
                };
                return Err(ReadError::new(place, ReadErrorKind::Json(problem)));
            }
        };
        let Value::Object(mut object) = value else {
            return fail(ReadErrorKind::NotARecord {
                found: record::type_of(&value),
            });
        };
        match record::from_json(&object, &self.map, place.clone()) {
            Ok(mut draft) => {
                draft.notes.extend(decoded.note);
                self.check_length(draft).map(Some)
            }
            Err(error) if matches!(error.kind, ReadErrorKind::NoTextField { .. }) => {
                let list = LISTS.iter().find_map(|name| match object.get_mut(*name) {
                    Some(Value::Array(items)) if items.iter().any(Value::is_object) => {
                        Some(std::mem::take(items))
                    }
                    _ => None,
                });
                let Some(items) = list else { return Err(error) };
                self.inner = items.into_iter();
                self.inner_place = place;
                self.inner_number = 0;
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    fn check_length(&self, draft: Draft) -> Result<Draft, ReadError> {
        if draft.text.len() > self.limit {
            let kind = ReadErrorKind::TooLong { limit: self.limit };
            return Err(ReadError::new(draft.place, kind));
        }
        Ok(draft)
    }

    fn read_inner(&mut self, value: &Value) -> Result<Draft, ReadError> {
        self.inner_number += 1;
        let place = self.inner_place.clone();
        let Value::Object(object) = value else {
            let kind = ReadErrorKind::NotARecord {
                found: record::type_of(value),
            };
            return Err(ReadError::new(place, kind));
        };
        let mut draft = record::from_json(object, &self.map, place)?;
        draft.number = Some(self.inner_number);
        self.check_length(draft)
    }
}

/// The parser's message without its position, which counts within the record.
fn problem_of(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.rfind(" at line ") {
        Some(at) => message[..at].to_owned(),
        None => message,
    }
}

impl<R: BufRead> Iterator for Records<R> {
    type Item = Result<Draft, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(value) = self.inner.next() {
                return Some(self.read_inner(&value));
            }
            if self.is_done {
                return None;
            }
            let next = match &mut self.cutter {
                Cutter::Lines(lines) => lines.next(),
                Cutter::Values(values) => values.next(),
            };
            let failed = |error, input: &str| {
                Some(Err(ReadError::new(
                    Place::of(input),
                    ReadErrorKind::Io(error),
                )))
            };
            let raw = match next {
                Ok(Some(raw)) => raw,
                Ok(None) => {
                    self.is_done = true;
                    continue;
                }
                Err(error) => {
                    self.is_done = true;
                    return failed(error, &self.input);
                }
            };
            let is_sole = match self.is_sole(&raw) {
                Ok(is_sole) => is_sole,
                Err(error) => {
                    self.is_done = true;
                    return failed(error, &self.input);
                }
            };
            match self.read(&raw) {
                Ok(Some(mut draft)) => {
                    draft.number = (!is_sole).then_some(raw.number);
                    return Some(Ok(draft));
                }
                Ok(None) => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(json: &str, lines: bool) -> Vec<Result<(String, String), String>> {
        let reader = json.as_bytes();
        let map = FieldMap::default();
        let records = if lines {
            Records::lines(reader, "f", map, 1000)
        } else {
            Records::values(reader, "f", map, 1000)
        };
        records
            .map(|r| {
                r.map(|d| {
                    (
                        d.id.or(d.number.map(|n| format!("#{n}")))
                            .unwrap_or_default(),
                        d.text,
                    )
                })
                .map_err(|e| format!("{}: {}", e.place, e.message()))
            })
            .collect()
    }

    fn sound(id: &str, text: &str) -> Result<(String, String), String> {
        Ok((id.to_owned(), text.to_owned()))
    }

    #[test]
    fn a_malformed_line_does_not_stop_the_others() {
        let found = all(
            "{\"text\":\"a\"}\n\n{\"text\":\n{\"text\":\"b\",\"id\":7}\r\n[1]\n",
            true,
        );
        assert_eq!(found[0], sound("#1", "a"));
        assert_eq!(
            found[1],
            Err("f:3:8: malformed JSON: EOF while parsing a value".to_owned())
        );
        assert_eq!(found[2], sound("7", "b"));
        assert!(found[3].as_ref().is_err_and(|e| e.contains("found a list")));
        assert_eq!(found.len(), 4);
    }

    #[test]
    fn lists_objects_and_wrapped_lists() {
        let found = all(
            "[{\"text\": \"a]}\\\"\"},\n {\"text\": \"b\", \"id\": \"x\"}]",
            false,
        );
        assert_eq!(found, [sound("#1", "a]}\""), sound("x", "b")]);
        assert_eq!(all("{\n\"text\": \"a\"\n}\n", false), [sound("", "a")]);
        assert_eq!(
            all("{\"text\":\"a\"} {\"text\":\"b\"}", false),
            [sound("#1", "a"), sound("#2", "b")]
        );
        let found = all(
            "{\"status\":\"ok\",\"articles\":[{\"content\":\"a\"},{\"content\":\"b\"}]}",
            false,
        );
        assert_eq!(found, [sound("#1", "a"), sound("#2", "b")]);
    }

    #[test]
    fn a_fault_in_a_list_is_placed_and_the_rest_read() {
        let found = all(
            "[\n {\"text\": \"a\"},\n {\"text\": \"b\n \"},\n {\"text\": \"c\"}\n]",
            false,
        );
        assert_eq!(found[0], sound("#1", "a"));
        assert!(
            found[1].as_ref().is_err_and(|e| e.starts_with("f:3:")),
            "{found:?}"
        );
        assert_eq!(found.last(), Some(&sound("#3", "c")));
        let found = all("[{\"text\": \"a\"}, {\"text\": \"b\"", false);
        assert!(
            found[1]
                .as_ref()
                .is_err_and(|e| e.contains("the file ends within")),
            "{found:?}"
        );
    }

    #[test]
    fn a_line_longer_than_any_article_is_passed_over_without_being_kept() {
        let long = format!(
            "{{\"text\":\"{}\"}}\n{{\"text\":\"b\"}}\n",
            "x".repeat(100_000)
        );
        let found = all(&long, true);
        assert!(found[0].as_ref().is_err_and(|e| e.contains("longer than")));
        assert_eq!(found[1], sound("#2", "b"));
        let found = all(&format!("{{\"text\":\"{}\"}}", "x".repeat(2000)), false);
        assert!(
            found[0]
                .as_ref()
                .is_err_and(|e| e.contains("longer than 1000 bytes"))
        );
    }
}
