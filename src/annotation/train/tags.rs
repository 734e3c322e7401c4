//! Trains the tagger and the lemmatiser.

use std::collections::{BTreeMap, BTreeSet};

use super::pack::{self, WeightedRow};
use super::perceptron::{Perceptron, Random};
use crate::annotation::conllu::ConlluDocument;
use crate::annotation::label::{Upos, Xpos};
use crate::annotation::lemma::{Edit, LONGEST_ENDING, ending_key, word_key};
use crate::annotation::tag::{TagId, features};
use crate::annotation::word::Word;

/// A sentence with the tags that it should have.
#[derive(Clone)]
pub(super) struct TaggedSentence {
    pub words: Vec<Word>,
    pub tags: Vec<TagId>,
}

/// The joint tags of a treebank, as pairs of numbers.
pub(super) fn tagset(documents: &[ConlluDocument]) -> Vec<(Upos, Xpos)> {
    let tokens = documents.iter().flat_map(|d| &d.annotation.tokens);
    let all: BTreeSet<(Upos, Xpos)> = tokens.map(|t| (t.upos, t.xpos)).collect();
    all.into_iter().collect()
}

pub(super) fn pack_tagset(tags: &[(Upos, Xpos)]) -> Vec<u8> {
    tags.iter().flat_map(|t| [t.0 as u8, t.1 as u8]).collect()
}

/// Trains by averaged perceptron over `classes` tags, left to right with the tags predicted.
pub(super) fn train(
    sentences: &[TaggedSentence],
    classes: usize,
    epochs: usize,
    seed: u64,
) -> Vec<WeightedRow> {
    let mut model = Perceptron::default();
    let mut random = Random(seed);
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let (mut found, mut tags) = (Vec::new(), Vec::new());
    let mut scores = vec![0.0; classes];
    for epoch in 0..epochs {
        random.shuffle(&mut order);
        let (mut right, mut all) = (0, 0);
        for &i in &order {
            let sentence = &sentences[i];
            tags.clear();
            for (at, &truth) in sentence.tags.iter().enumerate() {
                features(&sentence.words, at, &tags, &mut found);
                scores.fill(0.0);
                model.score(&found, &mut scores);
                let guess = best(&scores);
                model.tick();
                all += 1;
                if guess == truth {
                    right += 1;
                } else {
                    model.change(&found, truth, 1.0);
                    model.change(&found, guess, -1.0);
                }
                tags.push(guess);
            }
        }
        eprintln!(
            "tags: epoch {} {:.2} %",
            epoch + 1,
            100.0 * f64::from(right) / f64::from(all)
        );
    }
    model.averaged()
}

pub(super) fn best(scores: &[f32]) -> u8 {
    let mut best = 0;
    for (class, &score) in scores.iter().enumerate() {
        if score > scores[best] {
            best = class;
        }
    }
    best as u8
}

/// Learns lemmas: the packed edits and the packed table.
pub(super) fn lemmas(documents: &[ConlluDocument]) -> (Vec<u8>, Vec<u8>) {
    let mut by_word: BTreeMap<u64, BTreeMap<Edit, u32>> = BTreeMap::new();
    let mut by_ending: BTreeMap<u64, BTreeMap<Edit, u32>> = BTreeMap::new();
    let mut seen: BTreeSet<(u64, u64)> = BTreeSet::new();
    for document in documents {
        for (id, token) in document.annotation.tokens.iter().enumerate() {
            let form = document.document.word(id).replace('’', "'");
            let kept = matches!(token.upos, Upos::Propn | Upos::X | Upos::Sym) || form == "I";
            let form = if kept { form } else { form.to_lowercase() };
            let lemma = if kept {
                token.lemma.clone()
            } else {
                token.lemma.to_lowercase()
            };
            if token.upos == Upos::Punct || token.lemma == "_" {
                continue;
            }
            let Some(edit) = Edit::between(&form, &lemma) else {
                continue;
            };
            let key = word_key(&form, token.upos, token.xpos);
            *by_word
                .entry(key)
                .or_default()
                .entry(edit.clone())
                .or_default() += 1;
            let starts: Vec<usize> = form.char_indices().map(|(i, _)| i).collect();
            for n in 1..starts.len().min(LONGEST_ENDING + 1) {
                let ending = ending_key(&form[starts[starts.len() - n]..], token.xpos);
                // A word counts once for its ending, however frequent.
                if seen.insert((ending, key)) {
                    *by_ending
                        .entry(ending)
                        .or_default()
                        .entry(edit.clone())
                        .or_default() += 1;
                }
            }
        }
    }
    let most = |edits: &BTreeMap<Edit, u32>| {
        edits
            .iter()
            .max_by_key(|e| (*e.1, std::cmp::Reverse(e.0)))
            .map(|e| (e.0.clone(), *e.1))
    };
    let mut chosen: BTreeMap<u64, Edit> = BTreeMap::new();
    for (&key, edits) in &by_ending {
        if let Some((edit, count)) = most(edits)
            && count >= 2
        {
            chosen.insert(key, edit);
        }
    }
    for (&key, edits) in &by_word {
        if let Some((edit, _)) = most(edits) {
            chosen.insert(key, edit);
        }
    }
    let edits: BTreeSet<&Edit> = chosen.values().collect();
    let numbers: BTreeMap<&Edit, u16> = edits.iter().copied().zip(0..).collect();
    let keys = chosen.iter().map(|(&k, e)| (k, numbers[e])).collect();
    let mut packed = Vec::new();
    for edit in edits {
        packed.extend_from_slice(&[edit.cut, edit.add.len() as u8]);
        packed.extend_from_slice(edit.add.as_bytes());
    }
    (packed, pack::lemmas(&keys))
}
