//! A gazetteer row by row: a CSV file (or, by its ending, tab-separated) with the columns iri, label,
//! type and maybe aliases, country, description, in any order.

use std::collections::BTreeSet;
use std::path::Path;

use csv::{ByteRecord, ReaderBuilder, StringRecord};
use oxigraph::model::NamedNode;
use serde::{Deserialize, Serialize};

use super::LinkError;
use super::evidence::Candidate;
use crate::fact::EntityKind;
use crate::lexicon::{self, CountryCode};

/// A row that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkippedRow {
    /// From 1; the header is line 1.
    pub line: u64,
    pub reason: String,
}

/// Where in a row what stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    delimiter: u8,
    iri: usize,
    label: usize,
    kind: usize,
    aliases: Option<usize>,
    country: Option<usize>,
    description: Option<usize>,
}

/// A row that was read, and whether its country is one that is known.
pub(super) struct Row {
    pub candidate: Candidate,
    pub is_country_known: bool,
}

impl Columns {
    /// Reads the header.
    ///
    /// # Errors
    /// [`LinkError::Columns`] without iri, label or type.
    pub fn read(table: &[u8], path: &Path) -> Result<Self, LinkError> {
        let is_tab = path.extension().is_some_and(|ending| {
            ending.eq_ignore_ascii_case("tsv") || ending.eq_ignore_ascii_case("tab")
        });
        let delimiter = if is_tab { b'\t' } else { b',' };
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .from_reader(table);
        let mut header = ByteRecord::new();
        // A header that cannot be read has no columns.
        let _ = reader.read_byte_record(&mut header);
        let names: Vec<String> = header
            .iter()
            .map(|cell| String::from_utf8_lossy(cell).trim().to_lowercase())
            .collect();
        let find = |name: &str| names.iter().position(|other| other == name);
        let columns = find("iri").zip(find("label")).zip(find("type"));
        let Some(((iri, label), kind)) = columns else {
            let found = match names.join(", ").as_str() {
                "" => "none".to_owned(),
                names => names.chars().take(200).collect(),
            };
            return Err(LinkError::Columns {
                path: path.to_owned(),
                found,
            });
        };
        Ok(Self {
            delimiter,
            iri,
            label,
            kind,
            aliases: find("aliases"),
            country: find("country"),
            description: find("description"),
        })
    }

    /// A reader of records from any row on; `capacity`: bytes that it reads at a time.
    pub fn reader<'t>(&self, table: &'t [u8], capacity: usize) -> csv::Reader<&'t [u8]> {
        ReaderBuilder::new()
            .delimiter(self.delimiter)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(capacity)
            .from_reader(table)
    }

    /// Reads a row.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn row(&self, record: &ByteRecord) -> Result<Row, String> {
        let record = StringRecord::from_byte_record(record.clone())
            .map_err(|_| "expected UTF-8, found other bytes".to_owned())?;
        let cell = |at: usize| record.get(at).unwrap_or("").trim();
        let further = |at: Option<usize>| at.map_or("", cell);
        let iri = NamedNode::new(cell(self.iri))
            .map_err(|_| format!("expected an IRI, found “{}”", cell(self.iri)))?;
        let label = cell(self.label);
        if label.is_empty() {
            return Err("expected a label, found none".to_owned());
        }
        let kind = kind_named(cell(self.kind)).ok_or_else(|| {
            format!(
                "expected person, organization, place or country as the type, found “{}”",
                cell(self.kind)
            )
        })?;
        let named: Vec<Option<CountryCode>> = values(further(self.country)).map(country).collect();
        Ok(Row {
            is_country_known: named.iter().all(Option::is_some),
            candidate: Candidate {
                iri,
                kind,
                label: label.to_owned(),
                aliases: values(further(self.aliases)).map(str::to_owned).collect(),
                countries: named.into_iter().flatten().collect::<BTreeSet<_>>(),
                description: further(self.description).to_owned(),
            },
        })
    }
}

fn values(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|')
        .map(str::trim)
        .filter(|value| !value.is_empty())
}

/// The kind that a table calls so, or by the term of schema.org.
fn kind_named(name: &str) -> Option<EntityKind> {
    let name = name.to_lowercase();
    let name = name
        .strip_prefix("https://schema.org/")
        .or_else(|| name.strip_prefix("schema:"))
        .unwrap_or(&name);
    Some(match name {
        "person" | "human" => EntityKind::Person,
        "organization" | "organisation" | "company" | "body" => EntityKind::Organization,
        "place" | "city" | "town" | "region" | "state" => EntityKind::Place,
        "country" => EntityKind::Country,
        _ => return None,
    })
}

/// A country by its code of two or three letters or by name.
fn country(text: &str) -> Option<CountryCode> {
    let code = text
        .parse()
        .ok()
        .filter(|code| lexicon::country(*code).is_some());
    let three = || {
        let mut all = lexicon::countries().iter();
        all.find(|country| country.alpha3 == text)
            .map(|country| country.code)
    };
    code.or_else(|| (text.len() == 3).then(three).flatten())
        .or_else(|| lexicon::country_named(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(table: &str) -> Result<Vec<Result<Candidate, String>>, LinkError> {
        let columns = Columns::read(table.as_bytes(), Path::new("t.csv"))?;
        let mut reader = columns.reader(table.as_bytes(), 1 << 10);
        let rows = reader.byte_records().skip(1);
        Ok(rows
            .map(|record| columns.row(&record.unwrap()).map(|row| row.candidate))
            .collect())
    }

    #[test]
    fn columns_may_stand_in_any_order_and_some_may_lack() {
        let rows = read("Type,IRI,label\nPerson,https://w.example/1,Ann Lee\n").unwrap();
        let row = rows[0].as_ref().unwrap();
        assert_eq!(
            (row.label.as_str(), row.kind),
            ("Ann Lee", EntityKind::Person)
        );
        let error = read("id,name\n1,Ann Lee\n").unwrap_err().to_string();
        assert!(
            error.contains("in the gazetteer t.csv, found id, name"),
            "{error}"
        );
        assert!(read("").is_err());
    }

    #[test]
    fn a_row_that_cannot_be_used_says_why() {
        let header = "iri,label,aliases,type,country,description\n";
        for (row, reason) in [
            ("no iri,Ann,,person,,", "expected an IRI, found “no iri”"),
            (
                "https://w.example/1, ,,person,,",
                "expected a label, found none",
            ),
            (
                "https://w.example/1,Ann,,thing,,",
                "expected person, organization, place or country as the type, found “thing”",
            ),
        ] {
            let rows = read(&format!("{header}{row}\n")).unwrap();
            assert_eq!(rows[0].as_ref().unwrap_err(), reason);
        }
    }

    #[test]
    fn countries_are_named_in_any_of_the_usual_ways() {
        for text in ["DE", "DEU", "Germany"] {
            assert_eq!(country(text).map(|c| c.name()), Some("Germany"), "{text}");
        }
        assert_eq!(country("Atlantis"), None);
        assert_eq!(country("ZZ"), None);
    }
}
