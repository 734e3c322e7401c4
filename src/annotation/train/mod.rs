//! Makes the model: reads treebanks, marked names and plain text, trains each part and writes
//! one file. The same input gives the same bytes. Only built with the feature `train`.

mod cluster;
mod corpus;
mod evaluate;
mod gazetteer;
mod names;
mod pack;
mod perceptron;
mod recogniser;
mod tags;
mod tree;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

pub use evaluate::evaluate;
use perceptron::{each_seed, sum_rows};
use tags::TaggedSentence;
use tree::TreeSentence;

use super::conllu::{ConlluDocument, ConlluError};
use super::label::Deprel;
use super::tag::TagId;
use super::weights::{Clusters, Sections};
use super::word::words_of;
use crate::document::Document;

/// Why training stopped.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    #[error(
        "expected a readable file {path:?}: {error}\nhint: --data is the folder that holds ud_ewt, gum and the others, see models/README.md"
    )]
    Read {
        path: PathBuf,
        error: std::io::Error,
    },
    #[error("{path:?}, {error}")]
    Conllu { path: PathBuf, error: ConlluError },
    #[error(
        "{path:?} line {line}: expected one JSON object: {error}\nhint: see models/README.md for the data's formats"
    )]
    Json {
        path: PathBuf,
        line: usize,
        error: serde_json::Error,
    },
    #[error("expected to write {path:?}: {error}\nhint: --model names the file")]
    Write {
        path: PathBuf,
        error: std::io::Error,
    },
    #[error(
        "expected a model with the part that comes before this stage\nhint: run the stages in the order clusters, tags, lemmas, names"
    )]
    Missing,
}

/// A part of the model that is trained by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Clusters,
    Tags,
    Lemmas,
    Tree,
    Names,
}

impl Stage {
    /// All stages in their order: each uses what the ones before it made.
    pub const ALL: [Stage; 5] = [
        Stage::Clusters,
        Stage::Tags,
        Stage::Lemmas,
        Stage::Tree,
        Stage::Names,
    ];
}

/// Trains `stages` from the data under `data` and writes the model file, keeping its other parts.
///
/// # Errors
/// If a file is missing or not in its format, or the model cannot be written.
pub fn run(data: &Path, output: &Path, stages: &[Stage]) -> Result<(), TrainError> {
    let mut parts = read_parts(output);
    for stage in stages {
        eprintln!("stage {stage:?}");
        match stage {
            Stage::Clusters => {
                parts.insert("clusters".into(), train_clusters(data)?);
            }
            Stage::Tags => train_tags(data, &mut parts)?,
            Stage::Lemmas => {
                let treebank = treebanks(data, "train")?;
                let (edits, keys) = tags::lemmas(&treebank);
                parts.insert("edits".into(), edits);
                parts.insert("lemmas".into(), keys);
            }
            Stage::Tree => train_tree(data, &mut parts)?,
            Stage::Names => recogniser::train(data, &mut parts)?,
        }
        for (name, bytes) in &parts {
            eprintln!("  {name}: {} bytes", bytes.len());
        }
        fs::write(output, pack::sections(&parts)).map_err(|error| TrainError::Write {
            path: output.to_owned(),
            error,
        })?;
    }
    Ok(())
}

fn read_parts(path: &Path) -> BTreeMap<String, Vec<u8>> {
    const PARTS: [&str; 11] = [
        "agree", "clusters", "known", "tagset", "tags", "edits", "lemmas", "names", "follows",
        "heads", "labels",
    ];
    let Ok(bytes) = fs::read(path) else {
        return BTreeMap::new();
    };
    // A training run reads one model and ends.
    let Some(sections) = Sections::new(bytes.leak()) else {
        return BTreeMap::new();
    };
    PARTS
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), sections.get(name)?.to_vec())))
        .collect()
}

fn part(parts: &BTreeMap<String, Vec<u8>>, name: &str) -> Result<&'static [u8], TrainError> {
    Ok(parts.get(name).ok_or(TrainError::Missing)?.clone().leak())
}

/// The treebanks' parts of this name, EWT and then GUM.
fn treebanks(data: &Path, name: &str) -> Result<Vec<ConlluDocument>, TrainError> {
    let mut documents = corpus::treebank(&data.join(format!("ud_ewt/{name}.conllu")))?;
    documents.extend(corpus::treebank(&data.join(format!("gum/{name}.conllu")))?);
    Ok(documents)
}

fn train_clusters(data: &Path) -> Result<Vec<u8>, TrainError> {
    let none = Clusters::default();
    let mut sentences: Vec<Vec<u64>> = Vec::new();
    let mut read = |document: &Document| {
        let words = words_of(document, &none);
        for sentence in &document.sentences {
            sentences.push(
                words[sentence.tokens.clone()]
                    .iter()
                    .map(|w| w.form)
                    .collect(),
            );
        }
    };
    for document in treebanks(data, "train")? {
        read(&document.document);
    }
    // Plain text of training parts only: no development text of a set that is measured on.
    let sources = [
        "worldwide_ner/train.jsonl",
        "polnear/train.jsonl",
        "polnear/dev.jsonl",
        "dwie/dev.jsonl",
        "ecbplus/train.jsonl",
        "ecbplus/dev.jsonl",
        "knowledgenet/train.jsonl",
        "conll04/train.jsonl",
        "tempeval3/train.jsonl",
        "re3d/dev.jsonl",
        "newscluster/dev.jsonl",
        "meantime/dev.jsonl",
    ];
    for source in sources {
        for record in corpus::records(&data.join(source))? {
            if let Some(text) = record["text"].as_str() {
                read(&Document::new(text, &[]));
            }
        }
    }
    let count: usize = sentences.iter().map(Vec::len).sum();
    eprintln!("clusters: {count} words");
    let found = cluster::learn(&sentences, 3, 400, 64, 12);
    eprintln!("clusters: {} words known", found.len());
    Ok(pack::clusters(&found))
}

fn tagged(
    documents: &[ConlluDocument],
    clusters: &Clusters,
    tagset: &[(super::Upos, super::Xpos)],
) -> Vec<TaggedSentence> {
    let mut sentences = Vec::new();
    for document in documents {
        let words = words_of(&document.document, clusters);
        for sentence in &document.document.sentences {
            let tags = document.annotation.tokens[sentence.tokens.clone()]
                .iter()
                .map(|t| tagset.binary_search(&(t.upos, t.xpos)).unwrap_or(0) as TagId)
                .collect();
            sentences.push(TaggedSentence {
                words: words[sentence.tokens.clone()].to_vec(),
                tags,
            });
        }
    }
    sentences
}

fn train_tags(data: &Path, parts: &mut BTreeMap<String, Vec<u8>>) -> Result<(), TrainError> {
    let clusters = Clusters::new(part(parts, "clusters")?).ok_or(TrainError::Missing)?;
    let documents = treebanks(data, "train")?;
    let tagset = tags::tagset(&documents);
    let sentences = tagged(&documents, &clusters, &tagset);
    let rows = each_seed(SEEDS, |seed| tags::train(&sentences, tagset.len(), 8, seed));
    parts.insert(
        "tags".into(),
        pack::table(sum_rows(rows), tagset.len(), TAG_FEATURES, 0.0),
    );
    parts.insert("tagset".into(), tags::pack_tagset(&tagset));
    Ok(())
}

/// How many trainings the tagger, the parser, the naming of relations and the names are each made
/// of.
const SEEDS: u64 = 4;

/// How many features the parser keeps, and the tagger and the naming of relations each.
const HEAD_FEATURES: usize = 900_000;
const TAG_FEATURES: usize = 300_000;

fn train_tree(data: &Path, parts: &mut BTreeMap<String, Vec<u8>>) -> Result<(), TrainError> {
    let clusters = Clusters::new(part(parts, "clusters")?).ok_or(TrainError::Missing)?;
    let documents = treebanks(data, "train")?;
    let tagset = tags::tagset(&documents);
    let sentences = tagged(&documents, &clusters, &tagset);
    let guessed = tree::jackknife(&sentences, tagset.len(), 5);
    let gold = documents.iter().flat_map(|d| {
        let sentences = &d.document.sentences;
        sentences
            .iter()
            .map(|s| (s.tokens.start, &d.annotation.tokens[s.tokens.clone()]))
    });
    let trees: Vec<TreeSentence> = sentences
        .into_iter()
        .zip(guessed)
        .zip(gold)
        .map(|((sentence, tags), (start, gold))| TreeSentence {
            upos: tags.iter().map(|t| tagset[usize::from(*t)].0).collect(),
            heads: gold
                .iter()
                .map(|t| t.head.map_or(gold.len(), |h| h - start) as u16)
                .collect(),
            labels: gold.iter().map(|t| t.deprel).collect(),
            words: sentence.words,
            tags,
        })
        .collect();
    let steps = each_seed(SEEDS, |seed| tree::train_steps(&trees, 8, seed));
    let steps = perceptron::sum(steps, |sum, row| {
        sum.iter_mut().zip(row).for_each(|(s, r)| *s += r);
    });
    parts.insert("heads".into(), pack::steps(&steps, HEAD_FEATURES));
    let rows = each_seed(SEEDS, |seed| tree::train_relations(&trees, 8, seed));
    parts.insert(
        "labels".into(),
        pack::table(sum_rows(rows), Deprel::ALL.len(), TAG_FEATURES, 0.0),
    );
    Ok(())
}
