//! CSV of articles, a row at a time.

use std::io::{self, Read};

use csv::ByteRecord;

use super::decode::decode;
use super::draft::Draft;
use super::record::{Field, FieldMap, find_name, normalized};
use super::{Place, ReadError, ReadErrorKind};

/// A reader that refuses to give more than a limit between two resets: a quote that is never
/// closed makes the rest of a file one field.
struct Metered<R> {
    inner: R,
    left: usize,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::other(
                "a row does not end: a quotation mark may be missing",
            ));
        }
        let most = buffer.len().min(self.left);
        let count = self.inner.read(&mut buffer[..most])?;
        self.left -= count;
        Ok(count)
    }
}

/// The column of each field.
struct Columns(Vec<(Field, usize)>);

impl Columns {
    fn new(header: &[String], map: &FieldMap) -> Result<Self, ReadErrorKind> {
        let names: Vec<String> = header.iter().map(|h| normalized(h)).collect();
        let mut columns = Vec::new();
        let all = [
            Field::Id,
            Field::Text,
            Field::Title,
            Field::Publisher,
            Field::Author,
            Field::Date,
            Field::Url,
            Field::Language,
        ];
        for field in all {
            let column = match map.get(field) {
                Some(wanted) => header.iter().position(|h| h.trim() == wanted),
                None => find_name(field, &names),
            };
            columns.extend(column.map(|c| (field, c)));
        }
        let mut columns = Self(columns);
        // Some tables call the text `article`, others so call the id.
        if let Some(article) = names.iter().position(|n| n == "article") {
            let field = if columns.get(Field::Text).is_some() {
                Field::Id
            } else {
                Field::Text
            };
            let is_free = columns.get(field).is_none() && map.get(field).is_none();
            let is_metadata = field == Field::Text && columns.get(Field::Id).is_none();
            if is_free && !is_metadata {
                columns.0.push((field, article));
            }
        }
        match (columns.get(Field::Text), map.get(Field::Text)) {
            (Some(_), _) => Ok(columns),
            (None, Some(wanted)) => Err(ReadErrorKind::NoMappedField {
                wanted: wanted.to_owned(),
                found: header.to_vec(),
            }),
            (None, None) => Err(ReadErrorKind::NoTextColumn {
                found: header.to_vec(),
            }),
        }
    }

    fn get(&self, field: Field) -> Option<usize> {
        self.0.iter().find(|(f, _)| *f == field).map(|(_, c)| *c)
    }
}

/// The articles of a CSV file.
pub(super) struct Rows<R> {
    reader: csv::Reader<Metered<R>>,
    columns: Columns,
    input: String,
    limit: usize,
    number: u64,
    is_done: bool,
}

impl<R: Read> Rows<R> {
    /// Reads the header. `limit` is the most bytes of an article.
    pub fn new(
        reader: R,
        delimiter: u8,
        input: &str,
        map: &FieldMap,
        limit: usize,
    ) -> Result<Self, ReadError> {
        let metered = Metered {
            inner: reader,
            left: limit.saturating_mul(2),
        };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .from_reader(metered);
        let place = Place::at_line(input, 1);
        let header = match reader.byte_headers() {
            Ok(header) => header.clone(),
            Err(error) => return Err(failure(error, input).0),
        };
        let header: Vec<String> = header
            .iter()
            .map(|h| String::from_utf8_lossy(h).trim().to_owned())
            .collect();
        let columns = Columns::new(&header, map).map_err(|kind| ReadError::new(place, kind))?;
        Ok(Self {
            reader,
            columns,
            input: input.to_owned(),
            limit,
            number: 0,
            is_done: false,
        })
    }

    fn read(&self, row: &ByteRecord, line: u64) -> Result<Draft, ReadError> {
        let mut draft = Draft::new(Place::at_line(&self.input, line));
        let fail = |place: Place, kind| Err(ReadError::new(place, kind));
        for (field, column) in &self.columns.0 {
            let bytes = row.get(*column).unwrap_or(b"");
            if *field == Field::Text && bytes.len() > self.limit {
                return fail(draft.place, ReadErrorKind::TooLong { limit: self.limit });
            }
            let value = match decode(bytes.to_vec(), None) {
                Ok(decoded) => {
                    if *field == Field::Text {
                        draft.notes.extend(decoded.note);
                    }
                    decoded.text
                }
                Err(kind) => return fail(draft.place, kind),
            };
            let filled = || (!value.trim().is_empty()).then(|| value.trim().to_owned());
            match field {
                Field::Id => draft.id = filled(),
                Field::Title => draft.title = filled(),
                Field::Publisher => draft.publisher = filled(),
                Field::Author => draft.author = filled(),
                Field::Url => draft.url = filled(),
                Field::Language => draft.language = filled(),
                Field::Date => draft.set_date(&value),
                Field::Text => draft.text = value,
            }
        }
        if draft.text.trim().is_empty() {
            return fail(
                draft.place,
                ReadErrorKind::EmptyField {
                    field: "text".to_owned(),
                },
            );
        }
        Ok(draft)
    }
}

/// The error of a row, and whether nothing can be read after it.
fn failure(error: csv::Error, input: &str) -> (ReadError, bool) {
    let line = error.position().map(csv::Position::line);
    let place = Place {
        input: input.to_owned(),
        line,
        column: None,
    };
    let (kind, ends) = match error.into_kind() {
        csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::Other => {
            (ReadErrorKind::Csv(error.to_string()), true)
        }
        csv::ErrorKind::Io(error) => (ReadErrorKind::Io(error), true),
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => (
            ReadErrorKind::Csv(format!("expected {expected_len} fields, found {len}")),
            false,
        ),
        other => (ReadErrorKind::Csv(format!("{other:?}")), false),
    };
    (ReadError::new(place, kind), ends)
}

impl<R: Read> Iterator for Rows<R> {
    type Item = Result<Draft, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        self.reader.get_mut().left = self.limit.saturating_mul(2);
        let start = self.reader.position().line();
        let mut row = ByteRecord::new();
        match self.reader.read_byte_record(&mut row) {
            Ok(true) => {
                self.number += 1;
                let line = row.position().map_or(start, csv::Position::line);
                let number = self.number;
                Some(self.read(&row, line).map(|mut draft| {
                    draft.number = Some(number);
                    draft
                }))
            }
            Ok(false) => {
                self.is_done = true;
                None
            }
            Err(error) => {
                self.number += 1;
                let (mut error, ends) = failure(error, &self.input);
                error.place.line.get_or_insert(start);
                self.is_done = ends;
                Some(Err(error))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn rows(csv: &str) -> Result<Vec<Result<Draft, ReadError>>, ReadError> {
        Rows::new(csv.as_bytes(), b',', "f.csv", &FieldMap::default(), 1000).map(Iterator::collect)
    }

    #[test]
    fn rows_become_articles_and_a_bad_one_is_placed() {
        let csv = "id,Headline,maintext,date_publish\n1,Talks,\"They met.\n\nThey left.\",2025-08-19\n2,Talks\n,Talks,\"Again, they met.\",\n4,Talks,,\n";
        let rows = rows(csv).expect("the header has a text column");
        let first = rows[0].as_ref().expect("a sound row");
        assert_eq!(first.id.as_deref(), Some("1"));
        assert_eq!(first.text, "They met.\n\nThey left.");
        assert_eq!(first.date, Some(date(2025, 8, 19)));
        let second = rows[1].as_ref().expect_err("a short row");
        assert_eq!(
            format!("{}: {}", second.place, second.message()),
            "f.csv:5: malformed CSV: expected 4 fields, found 2"
        );
        let third = rows[2].as_ref().expect("a sound row");
        assert_eq!((third.id.as_deref(), third.number), (None, Some(3)));
        let fourth = rows[3].as_ref().expect_err("an empty text");
        assert_eq!(fourth.place.line, Some(7));
    }

    #[test]
    fn the_header_must_name_the_text() {
        let error = rows("article,date,publisher\na.txt,2025-08-19,\n").expect_err("no text");
        assert!(
            error
                .message()
                .contains("no column for the text, found `article`, `date`, `publisher`")
        );
        assert!(error.hint().contains("--map"));
        assert_eq!(
            rows("id,article\n7,They met.\n").expect("a text")[0]
                .as_ref()
                .expect("sound")
                .text,
            "They met."
        );
    }

    #[test]
    fn a_quote_that_is_never_closed_is_found_within_bounds() {
        let csv = format!("id,text\n1,\"They met.\n{}", "2,They met.\n".repeat(10_000));
        let rows = rows(&csv).expect("the header is sound");
        assert_eq!(rows.len(), 1);
        let error = rows[0].as_ref().expect_err("no end");
        assert!(error.message().contains("quotation mark"), "{error}");
    }
}
