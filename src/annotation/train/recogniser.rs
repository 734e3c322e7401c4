//! Prepares the material of the name recogniser and trains its two looks: the sources that mark
//! names, and some of their documents in other letters.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use super::corpus::{self, NamedDocument, Source};
use super::names::{self, Example, Numbering};
use super::perceptron::each_seed;
use super::{SEEDS, TrainError, gazetteer, pack, part};
use crate::annotation::conllu::ConlluDocument;
use crate::annotation::gazetteer::Gazetteer;
use crate::annotation::name::{self, Context, NameFinder};
use crate::annotation::tag::{TagId, Tagger};
use crate::annotation::weights::Clusters;
use crate::annotation::word::{Word, words_of};

/// A document with names, made ready for the recogniser.
struct ReadyDocument {
    named: NamedDocument,
    words: Vec<Word>,
    tags: Vec<TagId>,
}

fn ready(named: NamedDocument, clusters: &Clusters, tagger: &Tagger) -> ReadyDocument {
    let words = words_of(&named.document, clusters);
    let (mut tags, mut features, mut found) = (Vec::new(), Vec::new(), Vec::new());
    for sentence in &named.document.sentences {
        tagger.tag(&words[sentence.tokens.clone()], &mut features, &mut found);
        tags.extend_from_slice(&found);
    }
    ReadyDocument { named, words, tags }
}

pub(super) fn named_documents(
    data: &Path,
    path: &str,
    source: Source,
) -> Result<Vec<NamedDocument>, TrainError> {
    let path = data.join(path);
    let mut gold: BTreeMap<String, ConlluDocument> = BTreeMap::new();
    if source == Source::Gum {
        for document in corpus::treebank(&path.with_extension("conllu"))? {
            gold.insert(document.id.clone().unwrap_or_default(), document);
        }
    }
    let records = corpus::records(&path)?;
    let documents: Vec<NamedDocument> = records
        .iter()
        .map(|r| corpus::named(r, source, r["id"].as_str().and_then(|id| gold.get(id))))
        .collect();
    let missed: usize = documents.iter().map(|d| d.missed).sum();
    let names: usize = documents.iter().map(|d| d.names.len()).sum();
    eprintln!(
        "names: {}: {names} names, {missed} not on tokens",
        path.display()
    );
    Ok(documents)
}

/// The training documents of all sources.
fn name_material(data: &Path) -> Result<Vec<NamedDocument>, TrainError> {
    let mut documents = named_documents(data, "worldwide_ner/train.jsonl", Source::Worldwide)?;
    documents.extend(named_documents(data, "gum/train.jsonl", Source::Gum)?);
    documents.extend(named_documents(data, "dwie/dev.jsonl", Source::Dwie)?);
    documents.extend(named_documents(
        data,
        "conll04/train.jsonl",
        Source::Conll04,
    )?);
    documents.extend(named_documents(
        data,
        "knowledgenet/train.jsonl",
        Source::KnowledgeNet,
    )?);
    Ok(documents)
}

/// Some documents again, all in small or all in capital letters: mail and headlines are written so.
fn recased(data: &Path) -> Result<Vec<NamedDocument>, TrainError> {
    let mut documents = Vec::new();
    for (path, source) in [
        ("worldwide_ner/train.jsonl", Source::Worldwide),
        ("dwie/dev.jsonl", Source::Dwie),
        ("conll04/train.jsonl", Source::Conll04),
    ] {
        for (i, mut record) in corpus::records(&data.join(path))?.into_iter().enumerate() {
            let text = record["text"].as_str().unwrap_or("");
            let text = match i % 10 {
                3 => text.to_ascii_lowercase(),
                7 => text.to_ascii_uppercase(),
                _ => continue,
            };
            record["text"] = text.into();
            documents.push(corpus::named(&record, source, None));
        }
    }
    Ok(documents)
}

/// The gazetteer: the lexicons, and the words in lower case that are often part of names.
fn gazetteer(documents: &[NamedDocument]) -> Vec<u8> {
    let none = Clusters::default();
    // How often each word stands in lower case, and how often so in a name.
    let mut counts: BTreeMap<u64, (u32, u32, Word)> = BTreeMap::new();
    for document in documents {
        let words = words_of(&document.document, &none);
        let mut inside = vec![false; words.len()];
        for name in &document.names {
            inside[name.0..name.1].fill(true);
        }
        for (word, inside) in words.into_iter().zip(inside) {
            if word.form == word.lower {
                let count = counts.entry(word.lower).or_insert((0, 0, word));
                count.0 += 1;
                count.1 += u32::from(inside);
            }
        }
    }
    let common = counts
        .iter()
        .filter(|c| c.1.0 - c.1.1 > 2)
        .map(|c| *c.0)
        .collect();
    let mut phrases = gazetteer::Phrases::of_lexicons(&common);
    for (all, inside, word) in counts.values() {
        if *inside > 1 && inside * 3 > *all {
            phrases.add_small(word);
        }
    }
    phrases.pack()
}

/// Trains the recogniser of names, both looks, and makes the gazetteer.
pub(super) fn train(data: &Path, parts: &mut BTreeMap<String, Vec<u8>>) -> Result<(), TrainError> {
    let clusters = Clusters::new(part(parts, "clusters")?).ok_or(TrainError::Missing)?;
    let tagger =
        Tagger::new(part(parts, "tagset")?, part(parts, "tags")?).ok_or(TrainError::Missing)?;
    let mut documents = name_material(data)?;
    parts.insert("known".into(), gazetteer(&documents));
    let marked = documents.len();
    documents.extend(recased(data)?);
    let known = Gazetteer::new(part(parts, "known")?).ok_or(TrainError::Missing)?;
    let documents: Vec<ReadyDocument> = documents
        .into_iter()
        .map(|d| ready(d, &clusters, &tagger))
        .collect();
    let model = Known {
        tagger: &tagger,
        gazetteer: &known,
    };
    let mut numbering = Numbering::default();
    each_token(&documents, &model, |features, _| numbering.count(features));
    let (numbers, kept) = numbering.finish(2);
    eprintln!("names: {} features", kept.len());
    let mut examples: Vec<Example> = Vec::new();
    let mut last = usize::MAX;
    each_token(&documents, &model, |features, token| {
        if token.sentence != last {
            examples.push(Example {
                document: token.document,
                features: Vec::new(),
                allowed: Vec::new(),
                read: Vec::new(),
                given: Vec::new(),
            });
            last = token.sentence;
        }
        let example = examples.last_mut().expect("a sentence was begun");
        let numbers = features.iter().filter_map(|f| numbers.get(f).copied());
        example.features.push(numbers.collect());
        example.allowed.push(token.allowed);
        example.read.push(token.read);
    });
    examples.retain(|e| e.read.contains(&true));
    let learn = |examples: &[&Example]| {
        let trained = each_seed(SEEDS, |seed| {
            let settings = names::Settings {
                epochs: 8,
                rate: 0.04,
                penalty: 0.05,
                dropout: 0.35,
                seed,
            };
            names::train(examples, &kept, None, &settings)
        });
        let (rows, follows) = names::mean(trained);
        let (table, steps) = names::pack(rows, &follows, 0.02);
        (table, steps, follows)
    };
    // The second look learns from what a first look makes of documents that it has not seen.
    let mut again = names::SecondLooks::default();
    for fold in 0..FOLDS {
        let others: Vec<&Example> = examples
            .iter()
            .filter(|e| e.document % FOLDS != fold && e.document < marked)
            .collect();
        let (table, steps, follows) = learn(&others);
        let finder = NameFinder::new(table.leak(), &steps, pack::nothing().leak())
            .ok_or(TrainError::Missing)?;
        for document in documents[..marked].iter().skip(fold).step_by(FOLDS) {
            // What it leaves open would teach nothing of the whole document.
            if document.named.source == Source::KnowledgeNet {
                continue;
            }
            let (context, sentences, allowed) = model.context(document);
            let looks = finder.second_looks(&document.words, &context, &sentences);
            again.add(looks, &allowed, &context.read, &follows);
        }
    }
    let all: Vec<&Example> = examples.iter().collect();
    let (table, steps, _) = learn(&all);
    parts.insert("agree".into(), again.train());
    parts.insert("names".into(), table);
    parts.insert("follows".into(), steps);
    Ok(())
}

/// In how many parts the documents are cut for the second look.
const FOLDS: usize = 3;

/// The parts of the model that the features of names stand on.
struct Known<'a> {
    tagger: &'a Tagger,
    gazetteer: &'a Gazetteer,
}

impl Known<'_> {
    /// What the features of a document take from it, its sentences, its allowed states.
    fn context<'d>(
        &self,
        document: &'d ReadyDocument,
    ) -> (Context<'d>, Vec<Range<usize>>, Vec<names::Allowed>) {
        let cut = &document.named.document.sentences;
        let sentences: Vec<_> = cut.iter().map(|s| s.tokens.clone()).collect();
        let mut context = Context::new(
            &document.words,
            &document.tags,
            &sentences,
            self.gazetteer,
            self.tagger,
        );
        context.source = document.named.source as u64;
        let mut allowed = document.named.allowed.clone();
        // A name that is not read as a whole cannot be found, nor should it be learned in part.
        for name in &document.named.names {
            if context.read[name.0..name.1].iter().any(|r| !r) {
                allowed[name.0..name.1].fill(names::Allowed::MAX);
            }
        }
        for (allowed, read) in allowed.iter_mut().zip(&context.read) {
            if !read {
                *allowed = 1;
            }
        }
        (context, sentences, allowed)
    }
}

/// A token of the training material.
struct NameToken {
    document: usize,
    /// Number of its sentence, over all documents.
    sentence: usize,
    read: bool,
    allowed: names::Allowed,
}

/// Calls `visit` with the features of each token, none if it is not read.
fn each_token(
    documents: &[ReadyDocument],
    model: &Known,
    mut visit: impl FnMut(&[u64], NameToken),
) {
    let mut features = Vec::new();
    let mut number = 0;
    for (index, document) in documents.iter().enumerate() {
        let (context, sentences, allowed) = model.context(document);
        for sentence in &sentences {
            for at in 0..sentence.len() {
                let id = sentence.start + at;
                features.clear();
                if context.read[id] {
                    name::features(&document.words, &context, sentence, at, &mut features);
                }
                let token = NameToken {
                    document: index,
                    sentence: number,
                    read: context.read[id],
                    allowed: allowed[id],
                };
                visit(&features, token);
            }
            number += 1;
        }
    }
}
