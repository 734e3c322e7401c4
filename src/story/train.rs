//! Learns `models/coreference.csv` from news in which mentions are marked and numbered across
//! articles (ECB+). The same input gives the same bytes. Only built with the feature `train`.
//!
//! Logistic regression by AdaGrad, pairs within the stories that the program finds. The least
//! probability at which mentions are joined, and that at which a word is one, are those that do
//! best on topics that were left out (five folds).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::detect;
use super::likeness::{CLASSES, FEATURES, Pair};
use super::mention::{GivenMention, MentionSource, Slot};
use super::reading::Reading;
use super::weights::Weights;
use super::words::Words;
use super::{Collection, link};
use crate::annotation::Annotator;
use crate::article::Article;
use crate::document::{CodePoints, Document};
use crate::pipeline;

const FOLDS: usize = 5;

/// Why nothing was learned.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    #[error(
        "expected a readable file {path:?}: {error}\nhint: --data is the folder that holds ecbplus"
    )]
    Read {
        path: PathBuf,
        error: std::io::Error,
    },
    #[error("{path:?} line {line}: expected one JSON object: {error}")]
    Json {
        path: PathBuf,
        line: usize,
        error: serde_json::Error,
    },
    #[error("expected to write {path:?}: {error}")]
    Write {
        path: PathBuf,
        error: std::io::Error,
    },
}

/// An article with its mentions and what they stand for.
struct Marked {
    article: Article,
    topic: String,
    /// The number of each mention's cluster; only mentions of sentences that are marked whole.
    clusters: BTreeMap<GivenMention, String>,
    /// Code points of the sentences that are marked whole.
    whole: Vec<(usize, usize)>,
}

/// Learns from `data/ecbplus/train.jsonl` and writes the table to `to`; prints what the folds that were
/// left out reach.
///
/// # Errors
///
/// If the data cannot be read or the table cannot be written.
pub fn run(data: &Path, to: &Path) -> Result<(), TrainError> {
    let marked = read(&data.join("ecbplus/train.jsonl"))?;
    let mut weights = Weights {
        pairs: vec![[0.0; FEATURES.len()]; CLASSES.len()],
        ..Weights::default()
    };
    for slot in Slot::ALL {
        learn_pairs(&marked, slot, &mut weights);
        learn_finding(&marked, slot, &mut weights);
    }
    let head = "# What the room `story` has learned from the training part of ECB+ (`newsgraph-train --stages mentions`):\n\
        # weights of logistic models. `models/README.md` says more.\n";
    fs::write(to, format!("{head}{}", weights.rows())).map_err(|error| TrainError::Write {
        path: to.to_owned(),
        error,
    })
}

fn read(path: &Path) -> Result<Vec<Marked>, TrainError> {
    let text = fs::read_to_string(path).map_err(|error| TrainError::Read {
        path: path.to_owned(),
        error,
    })?;
    let mut marked = Vec::new();
    for (line, row) in text.lines().enumerate() {
        let record: Value = serde_json::from_str(row).map_err(|error| TrainError::Json {
            path: path.to_owned(),
            line: line + 1,
            error,
        })?;
        marked.push(marked_of(&record));
    }
    marked.sort_by(|a, b| a.article.id.cmp(&b.article.id));
    Ok(marked)
}

fn marked_of(record: &Value) -> Marked {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let place = |value: &Value| (number(&value["start"]), number(&value["end"]));
    let list = |key: &str| record[key].as_array().map_or(&[][..], Vec::as_slice);
    let mut clusters = BTreeMap::new();
    for mention in list("mentions") {
        let slot = Slot::ALL
            .into_iter()
            .find(|slot| mention["slot"] == slot.name());
        if let (Some(slot), Some(true)) = (slot, mention["in_annotated"].as_bool()) {
            let (start, end) = place(mention);
            clusters.insert(GivenMention { start, end, slot }, text(&mention["cluster"]));
        }
    }
    let is_whole = |s: &&Value| s["annotated"].as_bool() == Some(true);
    Marked {
        article: Article::from_text(text(&record["id"]), text(&record["text"])),
        topic: text(&record["topic"]),
        clusters,
        whole: list("sentences")
            .iter()
            .filter(is_whole)
            .map(place)
            .collect(),
    }
}

fn number(value: &Value) -> usize {
    value
        .as_u64()
        .map_or(0, |n| usize::try_from(n).unwrap_or(0))
}

fn fold(topic: &str) -> usize {
    topic.parse::<usize>().unwrap_or(0) % FOLDS
}

/// One training example: rows of features that are on, and the answer.
struct Example {
    features: Vec<(usize, f32)>,
    is_so: bool,
    fold: usize,
}

/// Weights by AdaGrad from all examples but those of one fold.
fn fit(
    examples: &[Example],
    count: usize,
    without: Option<usize>,
    rounds: usize,
    decay: f32,
) -> Vec<f32> {
    let mut weights = vec![0.0_f32; count];
    let mut squares = vec![1e-4_f32; count];
    let used: Vec<usize> = (0..examples.len())
        .filter(|&i| Some(examples[i].fold) != without)
        .collect();
    let mut order = used;
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..rounds {
        for at in (1..order.len()).rev() {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            order.swap(at, (state >> 33) as usize % (at + 1));
        }
        for &i in &order {
            let example = &examples[i];
            let odds: f32 = example.features.iter().map(|&(f, x)| weights[f] * x).sum();
            let error = 1.0 / (1.0 + (-odds).exp()) - f32::from(u8::from(example.is_so));
            for &(f, x) in &example.features {
                let slope = error * x + decay * weights[f];
                squares[f] += slope * slope;
                weights[f] -= 0.3 * slope / squares[f].sqrt();
            }
        }
    }
    weights
}

/// The mentions of one slot in one story, their clusters, and the pairs that are compared.
struct Told {
    clusters: Vec<String>,
    pairs: Vec<(usize, usize, Pair)>,
    fold: usize,
}

fn learn_pairs(marked: &[Marked], slot: Slot, weights: &mut Weights) {
    let told = told(marked, slot);
    let mut examples = Vec::new();
    for story in &told {
        for (a, b, pair) in &story.pairs {
            let features = pair.features.iter().enumerate().filter(|(_, x)| **x != 0.0);
            examples.push(Example {
                features: features
                    .map(|(f, x)| (pair.class * FEATURES.len() + f, *x))
                    .collect(),
                is_so: story.clusters[*a] == story.clusters[*b],
                fold: story.fold,
            });
        }
    }
    let count = CLASSES.len() * FEATURES.len();
    let put = |weights: &mut Weights, learned: &[f32]| {
        for (class, row) in learned.chunks(FEATURES.len()).enumerate() {
            if CLASSES[class].0 == slot {
                weights.pairs[class].copy_from_slice(row);
            }
        }
    };
    let mut likely = Vec::new();
    for left_out in 0..FOLDS {
        put(weights, &fit(&examples, count, Some(left_out), 5, 1e-5));
        for story in told.iter().filter(|story| story.fold == left_out) {
            let pairs = story.pairs.iter();
            let alike: Vec<_> = pairs
                .map(|(a, b, p)| (*a, *b, p.probability(weights)))
                .collect();
            likely.push((story, alike));
        }
    }
    let mut best = (0.0, 0.0);
    for step in 5..70 {
        let threshold = step as f32 / 100.0;
        let (mut gold, mut found) = (Vec::new(), Vec::new());
        for (number, (story, alike)) in likely.iter().enumerate() {
            let kept = alike.iter().copied().filter(|(_, _, p)| *p >= 0.01);
            let least = link::clusters(story.clusters.len(), kept, threshold);
            gold.extend(story.clusters.iter().cloned());
            found.extend(least.iter().map(|chain| format!("{number} {chain}")));
        }
        let figure = agreement(&gold, &found);
        if step % 4 == 0 {
            println!(
                "{} joined at {threshold}: {:.1}",
                slot.name(),
                100.0 * figure
            );
        }
        if figure > best.0 {
            best = (figure, threshold);
        }
    }
    println!(
        "{} joined at {}: {:.1} (best)",
        slot.name(),
        best.1,
        100.0 * best.0
    );
    weights.joined[slot as usize] = best.1;
    put(weights, &fit(&examples, count, None, 5, 1e-5));
}

fn told(marked: &[Marked], slot: Slot) -> Vec<Told> {
    let readings: Vec<Reading> = marked
        .iter()
        .map(|m| {
            let given: Vec<GivenMention> = m.clusters.keys().copied().collect();
            pipeline::read_for_stories(&m.article, MentionSource::Given(&given))
        })
        .collect();
    let collection = Collection::new(&readings);
    let mut told = Vec::new();
    for story in collection.stories() {
        let scene = collection.scene(slot, &story);
        let mut pairs = Vec::new();
        scene.pairs(|a, b, pair| pairs.push((a, b, pair)));
        let cluster = |look: &super::likeness::Look| {
            let m = look.mention;
            let given = GivenMention {
                start: m.start,
                end: m.end,
                slot,
            };
            marked[collection.order[look.article]]
                .clusters
                .get(&given)
                .cloned()
                .unwrap_or_default()
        };
        told.push(Told {
            clusters: scene.looks.iter().map(cluster).collect(),
            pairs,
            fold: fold(&marked[collection.order[story[0]]].topic),
        });
    }
    told
}

/// The mean of the F1 of MUC, B³ and CEAFe (the last by the best match of each in turn).
fn agreement(gold: &[String], found: &[String]) -> f64 {
    let group = |names: &[String]| {
        let mut groups: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (i, name) in names.iter().enumerate() {
            groups.entry(name.clone()).or_default().insert(i);
        }
        groups
    };
    let (g, f) = (group(gold), group(found));
    let muc = |a: &BTreeMap<String, BTreeSet<usize>>, other: &[String]| {
        let (mut right, mut all) = (0, 0);
        for members in a.values() {
            let parts: BTreeSet<&String> = members.iter().map(|&i| &other[i]).collect();
            right += members.len() - parts.len();
            all += members.len() - 1;
        }
        right as f64 / (all as f64).max(1.0)
    };
    let cubed = |a: &BTreeMap<String, BTreeSet<usize>>,
                 names: &[String],
                 b: &BTreeMap<String, BTreeSet<usize>>,
                 others: &[String]| {
        let share = |i: usize| {
            let own = &a[&names[i]];
            own.intersection(&b[&others[i]]).count() as f64 / own.len() as f64
        };
        (0..names.len()).map(share).sum::<f64>() / names.len().max(1) as f64
    };
    let mean = |p: f64, r: f64| {
        if p + r > 0.0 {
            2.0 * p * r / (p + r)
        } else {
            0.0
        }
    };
    let mut matches: BTreeMap<(&String, &String), usize> = BTreeMap::new();
    for pair in gold.iter().zip(found) {
        *matches.entry(pair).or_default() += 1;
    }
    let mut scored: Vec<(f64, &String, &String)> = matches
        .into_iter()
        .map(|((a, b), n)| (2.0 * n as f64 / (g[a].len() + f[b].len()) as f64, a, b))
        .collect();
    scored.sort_by(|x, y| {
        y.0.total_cmp(&x.0)
            .then_with(|| (x.1, x.2).cmp(&(y.1, y.2)))
    });
    let (mut left, mut right, mut total) = (BTreeSet::new(), BTreeSet::new(), 0.0);
    for (score, a, b) in scored {
        if !left.contains(a) && !right.contains(b) {
            left.insert(a);
            right.insert(b);
            total += score;
        }
    }
    let muc = mean(muc(&f, gold), muc(&g, found));
    let cubed = mean(cubed(&f, found, &g, gold), cubed(&g, gold, &f, found));
    let ceaf = mean(total / f.len() as f64, total / g.len() as f64);
    (muc + cubed + ceaf) / 3.0
}

fn learn_finding(marked: &[Marked], slot: Slot, weights: &mut Weights) {
    let mut candidates = Vec::new();
    let mut asked = 0;
    for m in marked {
        let document = Document::from_article(&m.article);
        let annotation = Annotator::embedded().annotate(&document);
        let points = CodePoints::new(&m.article.text);
        asked += m.clusters.keys().filter(|g| g.slot == slot).count();
        for candidate in detect::candidates(&Words::new(&document, &annotation)) {
            let (start, end) = points.span(candidate.span);
            let is_whole = m
                .whole
                .iter()
                .any(|(from, to)| (*from..*to).contains(&start));
            if candidate.slot == slot && is_whole {
                let is_so = m.clusters.contains_key(&GivenMention { start, end, slot });
                candidates.push((candidate.features, is_so, fold(&m.topic)));
            }
        }
    }
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (features, _, _) in &candidates {
        for feature in features {
            *seen.entry(feature).or_default() += 1;
        }
    }
    seen.retain(|_, count| *count >= 8);
    let names: Vec<&str> = seen.keys().copied().collect();
    let numbers: BTreeMap<&str, usize> = names.iter().copied().zip(0..).collect();
    let examples: Vec<Example> = candidates
        .iter()
        .map(|(features, is_so, fold)| Example {
            features: features
                .iter()
                .filter_map(|f| Some((*numbers.get(f.as_str())?, 1.0)))
                .collect(),
            is_so: *is_so,
            fold: *fold,
        })
        .collect();
    let mut scored: Vec<(f32, bool)> = Vec::new();
    for left_out in 0..FOLDS {
        let learned = fit(&examples, names.len(), Some(left_out), 4, 2e-4);
        for example in examples.iter().filter(|e| e.fold == left_out) {
            let odds = example.features.iter().map(|&(f, x)| learned[f] * x).sum();
            scored.push((odds, example.is_so));
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut right, mut best) = (0, (0.0, 0.0));
    for (found, (odds, is_so)) in scored.iter().enumerate() {
        right += usize::from(*is_so);
        let f1 = 2.0 * right as f64 / (found + 1 + asked) as f64;
        if f1 > best.0 {
            best = (f1, *odds);
        }
    }
    println!(
        "{} found with odds above {:.2}: F1 {:.1}",
        slot.name(),
        best.1,
        100.0 * best.0
    );
    let learned = fit(&examples, names.len(), None, 4, 2e-4);
    let found = names.iter().map(|name| (*name).to_owned()).zip(learned);
    let mut found: BTreeMap<String, f32> = found.collect();
    *found.entry("always".to_owned()).or_default() -= best.1;
    weights.found[slot as usize] = found;
}
