//! How much a word tells: the rarer among the articles, the more.

use std::collections::BTreeMap;

use super::reading::Reading;
use crate::lexicon::share_of_articles;

/// The collection counts together with as many articles of the news at large, so that three
/// articles are judged by what words are worth elsewhere, and thirty thousand by themselves.
const AT_LARGE: f32 = 100.0;

/// Number of a word of the collection, in order of its letters.
pub(super) type WordId = u32;

/// The words of a collection with what each is worth.
pub(super) struct Rarity {
    numbers: BTreeMap<String, WordId>,
    worth: Vec<f32>,
    articles: Vec<u32>,
}

impl Rarity {
    pub fn new(readings: &[&Reading]) -> Self {
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        for reading in readings {
            for term in reading.terms.keys() {
                *counts.entry(term.clone()).or_default() += 1;
            }
            for mention in &reading.mentions {
                for word in mention.words() {
                    if !counts.contains_key(word) {
                        counts.insert(word.to_owned(), 0);
                    }
                }
            }
        }
        let total = readings.len() as f32 + AT_LARGE + 1.0;
        let worth = |(word, count): (&String, &u32)| {
            let among = *count as f32 + AT_LARGE * share_of_articles(word) + 0.5;
            (total / among).ln().max(0.0)
        };
        Self {
            worth: counts.iter().map(worth).collect(),
            articles: counts.values().copied().collect(),
            numbers: (0..)
                .zip(counts)
                .map(|(id, (word, _))| (word, id))
                .collect(),
        }
    }

    pub fn number(&self, word: &str) -> Option<WordId> {
        self.numbers.get(word).copied()
    }

    /// From 0 for a word that all have to about 12.
    pub fn worth(&self, word: WordId) -> f32 {
        self.worth[word as usize]
    }

    /// In how many articles of the collection the word stands.
    pub fn articles(&self, word: WordId) -> u32 {
        self.articles[word as usize]
    }
}
