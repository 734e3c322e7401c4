//! Reads the training material: treebanks in CoNLL-U, names and plain text in JSON Lines.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::Path;

use serde_json::Value;

use super::TrainError;
use super::names::{Allowed, bits_in_name, bits_of};
use crate::annotation::conllu::{self, ConlluDocument};
use crate::annotation::label::{NameLabel, Upos};
use crate::document::{CodePoints, Document, TokenId};

/// Reads a treebank file.
pub(super) fn treebank(path: &Path) -> Result<Vec<ConlluDocument>, TrainError> {
    let text = read(path)?;
    conllu::read(&text).map_err(|error| TrainError::Conllu {
        path: path.to_owned(),
        error,
    })
}

/// Reads a file of JSON Lines.
pub(super) fn records(path: &Path) -> Result<Vec<Value>, TrainError> {
    read(path)?
        .lines()
        .filter(|line| !line.trim().is_empty())
        .enumerate()
        .map(|(i, line)| {
            serde_json::from_str(line).map_err(|error| TrainError::Json {
                path: path.to_owned(),
                line: i + 1,
                error,
            })
        })
        .collect()
}

fn read(path: &Path) -> Result<String, TrainError> {
    fs::read_to_string(path).map_err(|error| TrainError::Read {
        path: path.to_owned(),
        error,
    })
}

/// A document with what its source says of the names in it.
pub(super) struct NamedDocument {
    pub id: String,
    pub source: Source,
    pub document: Document,
    /// States that each token may have.
    pub allowed: Vec<Allowed>,
    /// Names that the source is sure of.
    pub names: BTreeSet<(TokenId, TokenId, NameLabel)>,
    /// Names whose ends do not fall on tokens.
    pub missed: usize,
}

/// How a source marks names. The numbers are part of the features.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Source {
    /// All nine kinds, everything marked.
    Worldwide = 0,
    /// Persons, organisations, places; other things under several names.
    Dwie = 1,
    Conll04 = 2,
    /// Every noun phrase, named or not.
    Gum = 3,
    /// Persons, organisations, places, nothing else.
    Universal = 4,
    /// Some persons, organisations and places of each text, not all.
    KnowledgeNet = 5,
}

use NameLabel::{
    Date, Facility, Location, Miscellaneous, Money, Norp, Organization, Person, Product,
};

impl Source {
    /// The kinds that a source's type may stand for; empty: no name.
    fn kinds(self, kind: &str) -> &'static [NameLabel] {
        match (self, kind) {
            (Source::Worldwide, "Date") => &[Date],
            (Source::Worldwide, "Facility") => &[Facility],
            (Source::Worldwide, "Miscellaneous") => &[Miscellaneous],
            (Source::Worldwide, "Money") => &[Money],
            (Source::Worldwide, "NORP") => &[Norp],
            (Source::Worldwide, "Product") => &[Product],
            (Source::Worldwide, "Person") | (_, "person" | "Peop" | "PER") => &[Person],
            (Source::Worldwide | Source::Dwie, "Organization" | "organization")
            | (_, "Org" | "ORG") => &[Organization],
            (Source::Worldwide, "Location") => &[Location],
            (Source::Dwie, "location") => &[Location, Facility],
            (Source::Gum, "organization") => &[Organization],
            (Source::Conll04, "Loc") => &[Location, Facility],
            (Source::Universal, "LOC") => &[Location, Facility],
            (Source::Gum, "place") => &[Location, Facility],
            (Source::Conll04, "Other") => &[Miscellaneous, Norp, Product, Facility, Date, Money],
            (Source::KnowledgeNet, "body") => &[Organization],
            (Source::KnowledgeNet, "party") => &[Organization, Norp],
            (Source::KnowledgeNet, "place") => &[Location],
            (Source::Dwie, "misc") => &[Miscellaneous, Product],
            (Source::Dwie, "event") => &[Miscellaneous],
            (Source::Dwie, "ethnicity" | "language" | "ideology") => &[Norp],
            (Source::Dwie, "other") => &[Norp, Miscellaneous, Location],
            (Source::Gum, "event" | "abstract" | "object") => &[Miscellaneous, Product],
            _ => &[],
        }
    }

    /// What a token outside the marked names may still be.
    fn unmarked(self) -> Allowed {
        let open: &[NameLabel] = match self {
            Source::Worldwide => &[],
            Source::Dwie | Source::Universal => &[Date, Money, Norp, Miscellaneous, Product],
            Source::Conll04 => &[Date, Money, Norp],
            Source::Gum => &[Date, Money, Norp, Miscellaneous, Product],
            Source::KnowledgeNet => return Allowed::MAX,
        };
        1 | bits(open)
    }
}

fn bits(labels: &[NameLabel]) -> Allowed {
    bits_of(&labels.iter().map(|l| *l as usize).collect::<Vec<_>>())
}

/// Start, end, type, words of the least span of each name of a record.
type Marked = (usize, usize, String, Vec<usize>);

fn place(v: &Value) -> Option<(usize, usize)> {
    Some((v["start"].as_u64()? as usize, v["end"].as_u64()? as usize))
}

/// The parties of KnowledgeNet's facts that are names by their look.
fn parties_of(record: &Value) -> Vec<Marked> {
    let mut found = Vec::new();
    for fact in record["facts"].as_array().into_iter().flatten() {
        let kinds = match fact["property"].as_str().unwrap_or("") {
            "EMPLOYEE_OR_MEMBER_OF" | "EDUCATED_AT" => ["person", "body"],
            "PLACE_OF_RESIDENCE" | "PLACE_OF_BIRTH" => ["person", "place"],
            "SPOUSE" | "CHILD_OF" => ["person", "person"],
            "HEADQUARTERS" => ["body", "place"],
            "POLITICAL_AFFILIATION" => ["person", "party"],
            "CEO" => ["body", "person"],
            "SUBSIDIARY_OF" => ["body", "body"],
            "FOUNDED_BY" | "DATE_FOUNDED" => ["body", ""],
            "NATIONALITY" | "DATE_OF_BIRTH" | "DATE_OF_DEATH" => ["person", ""],
            _ => continue,
        };
        for (party, kind) in ["subject", "object"].into_iter().zip(kinds) {
            let text = fact[party]["text"].as_str().unwrap_or("");
            let first = text.split(' ').next().unwrap_or("");
            let is_name = text.starts_with(char::is_uppercase)
                && !text.contains([',', ';', '('])
                && !PRONOUNS.contains(&first);
            if let (Some((start, end)), true) = (place(&fact[party]), is_name && !kind.is_empty()) {
                found.push((start, end, kind.to_owned(), Vec::new()));
            }
        }
    }
    found
}

const PRONOUNS: [&str; 18] = [
    "He", "She", "It", "They", "I", "We", "You", "His", "Her", "Its", "Their", "My", "Our", "Him",
    "The", "This", "A", "That",
];

fn names_of(record: &Value, source: Source) -> Vec<Marked> {
    let list = |v: &Value| v.as_array().cloned().unwrap_or_default();
    if source == Source::KnowledgeNet {
        return parties_of(record);
    }
    let mut found = Vec::new();
    for entity in list(&record["entities"]) {
        let kind = entity["type"].as_str().unwrap_or("").to_owned();
        let mentions = if source == Source::Dwie {
            list(&entity["mentions"])
        } else {
            vec![entity.clone()]
        };
        for mention in mentions {
            let inner = entity["minspan"]
                .as_str()
                .map(|m| m.split(',').filter_map(|n| n.parse().ok()).collect())
                .unwrap_or_default();
            if let Some((start, end)) = place(&mention) {
                found.push((start, end, kind.clone(), inner));
            }
        }
    }
    found
}

/// Reads a document with names. In GUM, a phrase is taken as a name if all words of its least
/// span are proper nouns by the treebank's own tags.
pub(super) fn named(
    record: &Value,
    source: Source,
    gold: Option<&ConlluDocument>,
) -> NamedDocument {
    let text = record["text"].as_str().unwrap_or("");
    let document = Document::new(text, &[]);
    let points = CodePoints::new(text);
    let starts: Vec<usize> = document
        .tokens
        .iter()
        .map(|t| points.offset(t.span.start))
        .collect();
    let ends: Vec<usize> = document
        .tokens
        .iter()
        .map(|t| points.offset(t.span.end))
        .collect();
    let proper = gold.map(|g| proper_nouns(g, &document));
    let mut allowed = vec![source.unmarked(); document.tokens.len()];
    if let Some(proper) = &proper {
        for (bits_here, &is_proper) in allowed.iter_mut().zip(proper) {
            if is_proper {
                *bits_here = Allowed::MAX;
            }
        }
    }
    let mut names: BTreeSet<(TokenId, TokenId, NameLabel)> = BTreeSet::new();
    let mut missed = 0;
    let mut taken = vec![false; document.tokens.len()];
    let mut list = names_of(record, source);
    // The longest first, so that of nested names the outer one counts.
    list.sort_by_key(|n| (n.0, std::cmp::Reverse(n.1)));
    for (start, end, kind, inner) in list {
        let kinds = source.kinds(&kind);
        let (Ok(mut first), Ok(last)) = (starts.binary_search(&start), ends.binary_search(&end))
        else {
            missed += 1;
            continue;
        };
        let mut last = last + 1;
        if kinds.is_empty() || first >= last {
            continue;
        }
        if let Some(proper) = &proper {
            let (Some(low), Some(high)) = (inner.iter().min(), inner.iter().max()) else {
                continue;
            };
            (first, last) = (first + low - 1, (first + high).min(last));
            if first >= last || !proper[first..last].iter().all(|p| *p) {
                continue;
            }
        }
        if taken[first..last].iter().any(|t| *t) {
            continue;
        }
        taken[first..last].fill(true);
        let numbers: Vec<usize> = kinds.iter().map(|k| *k as usize).collect();
        let range: Range<usize> = first..last;
        for at in range.clone() {
            allowed[at] = bits_in_name(&numbers, &range, at);
        }
        names.insert((first, last, kinds[0]));
    }
    NamedDocument {
        id: record["id"].as_str().unwrap_or("").to_owned(),
        source,
        document,
        allowed,
        names,
        missed,
    }
}

/// Whether each token of `document` is a proper noun in the treebank's version of the text.
fn proper_nouns(gold: &ConlluDocument, document: &Document) -> Vec<bool> {
    // Both texts without spaces have the same characters.
    let places = |d: &Document| -> Vec<usize> {
        let mut seen = 0;
        d.tokens
            .iter()
            .map(|t| {
                let place = seen;
                seen += t
                    .span
                    .of(&d.text)
                    .chars()
                    .filter(|c| !c.is_whitespace())
                    .count();
                place
            })
            .collect()
    };
    let gold_places = places(&gold.document);
    places(document)
        .iter()
        .map(|p| {
            gold_places
                .binary_search(p)
                .is_ok_and(|i| gold.annotation.tokens[i].upos == Upos::Propn)
        })
        .collect()
}
