//! `--metadata articles.csv`: what the user knows of articles beside their files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::civil::Date;

use super::day::parse_day;
use super::decode::decode;
use super::format::Format;
use super::record::normalized;
use super::{Place, ReadError, ReadErrorKind};

/// What one row says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Row {
    pub date: Option<Date>,
    pub publisher: Option<String>,
    pub url: Option<String>,
    pub title: Option<String>,
}

/// The rows by article.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    rows: BTreeMap<String, Row>,
    used: BTreeSet<String>,
    /// Names without extension, for names that have one.
    stems: BTreeMap<String, String>,
}

/// A name without the extension of a format that articles come in.
fn stem(name: &str) -> Option<&str> {
    let path = Path::new(name);
    Format::of_extension(path)?;
    name.rsplit_once('.').map(|(stem, _)| stem)
}

impl Metadata {
    /// Reads the table; rows that cannot be used are given beside it.
    pub fn read(path: &Path) -> Result<(Self, Vec<ReadError>), ReadError> {
        let input = path.display().to_string();
        let fail = |line, problem: String| {
            let place = Place {
                input: input.clone(),
                line,
                column: None,
            };
            ReadError::new(place, ReadErrorKind::Metadata { problem })
        };
        let bytes = std::fs::read(path).map_err(|e| fail(None, format!("cannot be read: {e}")))?;
        let text = decode(bytes, None)
            .map_err(|e| fail(None, e.to_string()))?
            .text;
        let delimiter = match Format::of(Some(path), text.as_bytes()) {
            Format::Csv(delimiter) => delimiter,
            _ => b',',
        };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        let header = reader
            .headers()
            .map_err(|e| fail(Some(1), e.to_string()))?
            .clone();
        let names: Vec<String> = header.iter().map(normalized).collect();
        let column = |wanted: &[&str]| names.iter().position(|n| wanted.contains(&n.as_str()));
        let Some(article) = column(&["article", "id", "file", "filename"]) else {
            let found = header
                .iter()
                .map(|h| format!("`{h}`"))
                .collect::<Vec<_>>()
                .join(", ");
            return Err(fail(
                Some(1),
                format!("expected a column `article`, found {found}"),
            ));
        };
        let (date, publisher) = (
            column(&["date", "published"]),
            column(&["publisher", "source"]),
        );
        let (url, title) = (column(&["url"]), column(&["title", "headline"]));

        let mut metadata = Metadata::default();
        let mut bad = Vec::new();
        for record in reader.records() {
            let mut row_error = |line: Option<u64>, problem: String| {
                let place = Place {
                    input: input.clone(),
                    line,
                    column: None,
                };
                bad.push(ReadError::new(
                    place,
                    ReadErrorKind::MetadataRow { problem },
                ));
            };
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let line = error.position().map(csv::Position::line);
                    let problem = match error.kind() {
                        csv::ErrorKind::UnequalLengths {
                            expected_len, len, ..
                        } => {
                            format!("expected {expected_len} fields, found {len}")
                        }
                        _ => error.to_string(),
                    };
                    row_error(line, problem);
                    continue;
                }
            };
            let line = record.position().map(csv::Position::line);
            let value = |column: Option<usize>| {
                let value = record.get(column?)?.trim();
                (!value.is_empty()).then(|| value.to_owned())
            };
            let Some(name) = value(Some(article)) else {
                row_error(line, "no article is named".to_owned());
                continue;
            };
            let written = value(date);
            let day = written.as_deref().and_then(parse_day);
            if let Some(written) = written.filter(|_| day.is_none()) {
                row_error(
                    line,
                    format!("expected a date such as 2025-08-19, found `{written}`"),
                );
            }
            let row = Row {
                date: day,
                publisher: value(publisher),
                url: value(url),
                title: value(title),
            };
            if let Some(stem) = stem(&name) {
                metadata
                    .stems
                    .entry(stem.to_owned())
                    .or_insert_with(|| name.clone());
            }
            if metadata.rows.contains_key(&name) {
                row_error(line, format!("article `{name}` has a row already"));
                continue;
            }
            metadata.rows.insert(name, row);
        }
        Ok((metadata, bad))
    }

    /// The row of an article that goes by any of `names`, with or without extension.
    pub fn find(&mut self, names: &[&str]) -> Option<Row> {
        let by_stem = |name: &&str| {
            let bare = stem(name).unwrap_or(name);
            self.rows
                .get_key_value(bare)
                .or_else(|| self.rows.get_key_value(self.stems.get(bare)?))
        };
        let exact = names.iter().find_map(|name| self.rows.get_key_value(*name));
        let (name, row) = exact.or_else(|| names.iter().find_map(by_stem))?;
        let (name, row) = (name.clone(), row.clone());
        self.used.insert(name);
        Some(row)
    }

    /// The articles that rows name and nothing asked for, in order.
    pub fn unused(&self) -> impl Iterator<Item = &str> {
        self.rows
            .keys()
            .filter(|name| !self.used.contains(*name))
            .map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn read(csv: &str) -> Result<(Metadata, Vec<ReadError>), ReadError> {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let path = folder.path().join("m.csv");
        std::fs::write(&path, csv).expect("the file can be written");
        Metadata::read(&path)
    }

    #[test]
    fn rows_are_found_by_name_with_or_without_extension() {
        let (mut metadata, bad) =
            read("article,date,publisher\na.txt,2025-08-19,Example\nb,19 Aug 2025,\n")
                .expect("sound");
        assert!(bad.is_empty());
        let mut find = |name: &str| metadata.find(&[name]).and_then(|r| r.date);
        for name in ["a.txt", "a", "a.html", "b", "b.txt"] {
            assert_eq!(find(name), Some(date(2025, 8, 19)), "{name}");
        }
        assert_eq!(find("c.txt"), None);
        assert_eq!(find("a.b"), None);
        assert_eq!(metadata.unused().count(), 0);
    }

    #[test]
    fn bad_rows_are_named_and_the_others_kept() {
        let (metadata, bad) = read(
            "article,date\na.txt,soon\nb.txt\n,2025-08-19\nc.txt,2025-08-19\nc.txt,2025-08-20\n",
        )
        .expect("sound");
        let lines: Vec<Option<u64>> = bad.iter().map(|e| e.place.line).collect();
        assert_eq!(lines, [Some(2), Some(3), Some(4), Some(6)]);
        assert!(bad.iter().all(|e| !e.is_fatal()));
        assert_eq!(metadata.rows["c.txt"].date, Some(date(2025, 8, 19)));
    }

    #[test]
    fn a_table_without_articles_is_refused() {
        let error = read("date,publisher\n2025-08-19,\n").expect_err("no column article");
        assert!(error.is_fatal());
        assert!(
            error.to_string().contains("expected a column `article`"),
            "{error}"
        );
    }
}
