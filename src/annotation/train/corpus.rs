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
    /// A treebank without names: a name there has a proper noun.
    Treebank = 6,
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
            Source::Gum | Source::Treebank => &[Date, Money, Norp, Miscellaneous, Product],
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

fn names_of(record: &Value, source: Source) -> Vec<Marked> {
    let list = |v: &Value| v.as_array().cloned().unwrap_or_default();
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

/// A document of a treebank that marks no names: proper nouns and what stands between them may
/// be in names, other words are in none that is a person, a body or a place.
pub(super) fn proper_only(gold: &ConlluDocument) -> NamedDocument {
    let tokens = &gold.annotation.tokens;
    let is_proper = |id: TokenId| {
        tokens
            .get(id)
            .is_some_and(|t| matches!(t.upos, Upos::Propn | Upos::X))
    };
    let allowed = (0..tokens.len())
        .map(|id| {
            let before = (1..3).any(|n| id >= n && is_proper(id - n));
            let after = (1..3).any(|n| is_proper(id + n));
            let beside = id > 0 && is_proper(id - 1) || is_proper(id + 1);
            let is_between = before && after || beside && tokens[id].upos != Upos::Punct;
            if is_proper(id) || is_between {
                Allowed::MAX
            } else {
                Source::Treebank.unmarked()
            }
        })
        .collect();
    NamedDocument {
        id: gold.id.clone().unwrap_or_default(),
        source: Source::Treebank,
        document: gold.document.clone(),
        allowed,
        names: BTreeSet::new(),
        missed: 0,
    }
}

/// Takes the names that a model found in a treebank for true where its tags do not speak
/// against them.
pub(super) fn believe(named: &mut NamedDocument, states: &[u8]) {
    let mut at = 0;
    while at < states.len() {
        let mut end = at + 1;
        while end < states.len() && states[end - 1] > 0 && (states[end - 1] - 1) % 4 < 2 {
            end += 1;
        }
        let fits = |id: usize| named.allowed[id] >> states[id] & 1 == 1;
        if states[at] > 0 && (at..end).all(fits) {
            let span = at..end;
            for (allowed, state) in named.allowed[span.clone()].iter_mut().zip(&states[span]) {
                *allowed = 1 << state;
            }
        }
        at = end;
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
