//! Makes the model: reads treebanks, marked names and plain text, trains each part and writes
//! one file. The same input gives the same bytes. Only built with the feature `train`.

mod cluster;
mod corpus;
mod gazetteer;
mod names;
mod pack;
mod perceptron;
mod tags;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use corpus::{NamedDocument, Source};
use names::{Example, Numbering};
use tags::TaggedSentence;
use tree::TreeSentence;

use super::conllu::{ConlluDocument, ConlluError};
use super::gazetteer::Gazetteer;
use super::label::{Deprel, NameLabel};
use super::name::{self, Context, NameFinder};
use super::tag::{TagId, Tagger};
use super::weights::{Clusters, Sections};
use super::word::{Word, words_of};
use super::{Annotation, Annotator};
use crate::document::{Document, Span};

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
            Stage::Names => train_names(data, &mut parts)?,
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
        "agree", "clusters", "known", "tagset", "tags", "edits", "lemmas", "names", "follows", "heads", "labels",
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
    let rows = tags::train(&sentences, tagset.len(), 8, 1);
    parts.insert("tags".into(), pack::table(rows, tagset.len(), TAG_FEATURES, 0.0));
    parts.insert("tagset".into(), tags::pack_tagset(&tagset));
    Ok(())
}

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
    let steps = tree::train_steps(&trees, 8, 1);
    parts.insert("heads".into(), pack::steps(&steps, HEAD_FEATURES));
    let rows = tree::train_relations(&trees, 8, 1);
    parts.insert("labels".into(), pack::table(rows, Deprel::ALL.len(), TAG_FEATURES, 0.0));
    Ok(())
}

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

fn named_documents(
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
    documents.extend(named_documents(data, "conll04/train.jsonl", Source::Conll04)?);
    if on("KN") {
        documents.extend(named_documents(data, "knowledgenet/train.jsonl", Source::KnowledgeNet)?);
    }
    Ok(documents)
}

fn on(name: &str) -> bool {
    std::env::var("X").unwrap_or_default().split(',').any(|x| x == name)
}

fn val(name: &str, default: f32) -> f32 {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default)
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
    let common = counts.iter().filter(|c| c.1.0 - c.1.1 > 2).map(|c| *c.0).collect();
    let mut phrases = gazetteer::Phrases::of_lexicons(&common);
    for (all, inside, word) in counts.values() {
        if *inside > 1 && inside * 3 > *all {
            phrases.add_small(word);
        }
    }
    phrases.pack()
}

fn train_names(data: &Path, parts: &mut BTreeMap<String, Vec<u8>>) -> Result<(), TrainError> {
    let clusters = Clusters::new(part(parts, "clusters")?).ok_or(TrainError::Missing)?;
    let tagger =
        Tagger::new(part(parts, "tagset")?, part(parts, "tags")?).ok_or(TrainError::Missing)?;
    let mut documents = name_material(data)?;
    parts.insert("known".into(), gazetteer(&documents));
    let marked = documents.len();
    if on("AUG") {
        documents.extend(recased(data)?);
    }
    let unmarked = documents.len();
    if on("EWT") {
        let gold = corpus::treebank(&data.join("ud_ewt/train.conllu"))?;
        documents.extend(gold.iter().map(corpus::proper_only));
    }
    let known = Gazetteer::new(part(parts, "known")?).ok_or(TrainError::Missing)?;
    let mut documents: Vec<ReadyDocument> = documents
        .into_iter()
        .map(|d| ready(d, &clusters, &tagger))
        .collect();
    let model = Known { tagger: &tagger, gazetteer: &known };
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
    let settings = names::Settings {
        epochs: val("EPOCHS", 8.0) as usize,
        rate: val("RATE", 0.04),
        penalty: val("L1", 0.05),
        dropout: val("DROP", 0.45),
        seed: 1,
    };
    let learn = |examples: &[&Example]| {
        let (rows, follows) = names::train(examples, &kept, None, &settings);
        let (table, steps) = names::pack(rows, &follows, 0.02);
        (table, steps, follows)
    };
    // The second look learns from what a first look makes of documents that it has not seen.
    let mut again = names::SecondLooks::default();
    for fold in 0..FOLDS {
        let others: Vec<&Example> = examples.iter().filter(|e| e.document % FOLDS != fold && e.document < marked).collect();
        let (table, steps, follows) = cached(fold, || learn(&others));
        let finder = NameFinder::new(table.leak(), &steps, pack::nothing().leak()).ok_or(TrainError::Missing)?;
        for document in documents[..marked].iter().skip(fold).step_by(FOLDS) {
            if (document.named.source as u8 as f32) > val("SRC", 0.0) { continue; }
            let (context, sentences, allowed) = model.context(document);
            let looks = finder.second_looks(&document.words, &context, &sentences);
            again.add(looks, &allowed, &context.read, &follows);
        }
        // What no source marks, a model that will not be used any more marks.
        if fold == 0 {
            let mut found = Vec::new();
            for document in &documents[unmarked..] {
                let (context, sentences, _) = model.context(document);
                found.push(finder.find(&document.words, &context, &sentences));
            }
            for (document, states) in documents[unmarked..].iter_mut().zip(&found) {
                corpus::believe(&mut document.named, states);
            }
        }
    }
    let mut example = examples.iter_mut().skip_while(|e| e.document < unmarked).peekable();
    for (index, document) in documents.iter().enumerate().skip(unmarked) {
        let (context, sentences, allowed) = model.context(document);
        for sentence in sentences.into_iter().filter(|s| context.read[s.clone()].contains(&true)) {
            let example = example.next().expect("the sentences that are read, in order");
            assert_eq!((example.document, example.read.len()), (index, sentence.len()));
            example.allowed = allowed[sentence].to_vec();
        }
    }
    let all: Vec<&Example> = examples.iter().collect();
    let (table, steps, _) = cached(val("FINAL", 9.0) as usize, || learn(&all));
    parts.insert("agree".into(), again.train());
    parts.insert("names".into(), table);
    parts.insert("follows".into(), steps);
    Ok(())
}

type Learned = (Vec<u8>, Vec<u8>, Vec<f32>);
fn cached(n: usize, f: impl FnOnce() -> Learned) -> Learned {
    let Ok(dir) = std::env::var("CACHE") else { return f() };
    let path = |x: &str| format!("{dir}/{n}.{x}");
    if let (Ok(a), Ok(b), Ok(c)) = (fs::read(path("a")), fs::read(path("b")), fs::read(path("c"))) {
        return (a, b, c.chunks_exact(4).map(|c| f32::from_le_bytes([c[0], c[1], c[2], c[3]])).collect());
    }
    let (a, b, c) = f();
    fs::create_dir_all(&dir).unwrap();
    fs::write(path("a"), &a).unwrap();
    fs::write(path("b"), &b).unwrap();
    fs::write(path("c"), c.iter().flat_map(|c| c.to_le_bytes()).collect::<Vec<u8>>()).unwrap();
    (a, b, c)
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
    fn context<'d>(&self, document: &'d ReadyDocument) -> (Context<'d>, Vec<std::ops::Range<usize>>, Vec<names::Allowed>) {
        let cut = &document.named.document.sentences;
        let sentences: Vec<_> = cut.iter().map(|s| s.tokens.clone()).collect();
        let mut context = Context::new(&document.words, &document.tags, &sentences, self.gazetteer, self.tagger);
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

/// Prints what a model reaches on the development parts.
///
/// # Errors
/// If a file is missing or not in its format, or `model` is no whole model.
pub fn evaluate(data: &Path, model: &Path) -> Result<(), TrainError> {
    let bytes = fs::read(model).map_err(|e| TrainError::Read {
        path: model.to_owned(),
        error: e,
    })?;
    // The program ends after this.
    let annotator = Annotator::from_bytes(bytes.leak()).ok_or(TrainError::Missing)?;
    for name in ["ud_ewt", "gum"] {
        let gold = corpus::treebank(&data.join(name).join("dev.conllu"))?;
        let (mut all, mut upos, mut xpos, mut lemmas) = (0, 0, 0, 0);
        let (mut heads, mut labels) = (0, 0);
        let mut cuts = CutScore::default();
        for document in &gold {
            cuts.add(&document.document);
            let found = annotator.annotate(&document.document);
            for (a, b) in document.annotation.tokens.iter().zip(&found.tokens) {
                all += 1;
                upos += u32::from(a.upos == b.upos);
                xpos += u32::from(a.xpos == b.xpos);
                lemmas += u32::from(a.lemma.to_lowercase() == b.lemma.to_lowercase());
                heads += u32::from(a.head == b.head);
                labels +=
                    u32::from(a.head == b.head && a.deprel.universal() == b.deprel.universal());
            }
        }
        println!(
            "{name} dev, raw text: tokens {:.2} sentences {:.2}",
            f1(cuts.tokens),
            f1(cuts.sentences)
        );
        let share = |n: u32| 100.0 * f64::from(n) / f64::from(all);
        println!(
            "{name} dev: UPOS {:.2} XPOS {:.2} lemmas {:.2} UAS {:.2} LAS {:.2}",
            share(upos),
            share(xpos),
            share(lemmas),
            share(heads),
            share(labels)
        );
    }
    let sets = [
        ("worldwide_ner/dev.jsonl", Source::Worldwide),
        ("uner_ewt/dev.jsonl", Source::Universal),
        ("gum/dev.jsonl", Source::Gum),
    ];
    for (path, source) in sets {
        let (mut score, mut news) = (NameScore::default(), NameScore::default());
        let documents = named_documents(data, path, source)?;
        let start = std::time::Instant::now();
        let count: usize = documents
            .iter()
            .map(|d| {
                annotator
                    .annotate(&Document::new(&d.document.text, &[]))
                    .tokens
                    .len()
            })
            .sum();
        println!(
            "{:.0} words a second",
            count as f64 / start.elapsed().as_secs_f64()
        );
        for document in documents {
            let found = annotator.annotate(&document.document);
            score.add(&document, &found, source);
            if ["GUM_news", "GUM_interview"].iter().any(|g| document.id.starts_with(g)) {
                news.add(&document, &found, source);
            }
        }
        println!("{path}: {}", score.show());
        if source == Source::Gum {
            println!("{path}, news and interviews: {}", news.show());
        }
    }
    Ok(())
}

/// F1 in percent of right, found, wanted.
fn f1(count: [usize; 3]) -> f64 {
    200.0 * count[0] as f64 / (count[1] + count[2]).max(1) as f64
}

/// How well raw text is cut: right, found, wanted.
#[derive(Default)]
struct CutScore {
    tokens: [usize; 3],
    sentences: [usize; 3],
}

impl CutScore {
    fn add(&mut self, gold: &Document) {
        let found = Document::new(&gold.text, &[]);
        let compare = |count: &mut [usize; 3], gold: BTreeSet<Span>, found: BTreeSet<Span>| {
            count[0] += gold.intersection(&found).count();
            count[1] += found.len();
            count[2] += gold.len();
        };
        compare(
            &mut self.tokens,
            gold.tokens.iter().map(|t| t.span).collect(),
            found.tokens.iter().map(|t| t.span).collect(),
        );
        compare(
            &mut self.sentences,
            gold.sentences.iter().map(|s| s.span).collect(),
            found.sentences.iter().map(|s| s.span).collect(),
        );
    }
}

#[derive(Default)]
struct NameScore {
    /// Right, found, wanted for each kind.
    counts: BTreeMap<NameLabel, [usize; 3]>,
}

impl NameScore {
    fn add(&mut self, gold: &NamedDocument, found: &Annotation, source: Source) {
        let merge = |label| match label {
            NameLabel::Facility if source != Source::Worldwide => NameLabel::Location,
            label => label,
        };
        let measured = |label: &NameLabel| {
            use NameLabel::{Location, Organization, Person};
            source == Source::Worldwide || matches!(label, Person | Organization | Location)
        };
        let found: BTreeSet<_> = found
            .names
            .iter()
            .map(|n| (n.tokens.start, n.tokens.end, merge(n.label)))
            .filter(|n| measured(&n.2))
            .collect();
        let gold: BTreeSet<_> = gold
            .names
            .iter()
            .map(|n| (n.0, n.1, merge(n.2)))
            .filter(|n| measured(&n.2))
            .collect();
        for name in &found {
            let count = self.counts.entry(name.2).or_default();
            count[1] += 1;
            count[0] += usize::from(gold.contains(name));
        }
        for name in &gold {
            self.counts.entry(name.2).or_default()[2] += 1;
        }
    }

    fn show(&self) -> String {
        let sum = self
            .counts
            .values()
            .fold([0; 3], |a, b| [a[0] + b[0], a[1] + b[1], a[2] + b[2]]);
        let share = |a: usize, b: usize| 100.0 * a as f64 / b.max(1) as f64;
        let each: Vec<String> = self
            .counts
            .iter()
            .map(|(l, c)| {
                format!(
                    "{l} {:.1} (P {:.1} R {:.1})",
                    f1(*c),
                    share(c[0], c[1]),
                    share(c[0], c[2])
                )
            })
            .collect();
        format!("F1 {:.2}: {}", f1(sum), each.join(", "))
    }
}
