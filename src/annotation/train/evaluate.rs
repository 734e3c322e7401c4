//! Measures a model on the development parts.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::TrainError;
use super::corpus::{self, NamedDocument, Source};
use super::recogniser::named_documents;
use crate::annotation::label::NameLabel;
use crate::annotation::{Annotation, Annotator};
use crate::document::{Document, Span};

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
            if ["GUM_news", "GUM_interview"]
                .iter()
                .any(|g| document.id.starts_with(g))
            {
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
