//! Which articles tell of one event.

use std::collections::BTreeMap;

use super::link;
use super::rarity::{Rarity, WordId};
use super::reading::Reading;

/// Articles are of one story if they are alike by this in the mean. Chosen on the development part
/// of `newscluster` and the training part of ECB+; `BENCHMARKS.md` has the figures.
const ALIKE: f32 = 0.14;

/// How much more alike articles of one day are than those far apart or without a day, and after how
/// many days most of that is gone. Dates are often those of a later edition: so not more.
const TOGETHER: f32 = 0.3;
const DAYS: f32 = 60.0;

/// Articles are compared if they share one of so many words that tell most of each.
const TELLING: usize = 40;

/// An article is compared with so many before it that share a word, at most.
const NEIGHBOURS: usize = 200;

/// How much a word that no other article has counts in an article's length: all of it, and long
/// articles would be like none; nothing of it, and those that share little would be like each other.
const ALONE: f32 = 0.25;

/// The words that an article shares with others, and their weights; the squares add up to 1 at most.
pub(super) struct Profile {
    weights: Vec<(WordId, f32)>,
}

impl Profile {
    pub fn new(reading: &Reading, rarity: &Rarity) -> Self {
        let mut weights: Vec<(WordId, f32)> = reading
            .terms
            .iter()
            .filter_map(|(term, count)| Some((rarity.number(term)?, *count)))
            .map(|(word, count)| (word, (1.0 + count.ln()) * rarity.worth(word).powi(2)))
            .collect();
        let is_shared = |word: WordId| rarity.articles(word) > 1;
        let square = |&(word, weight): &(WordId, f32)| match is_shared(word) {
            true => weight * weight,
            false => ALONE * weight * weight,
        };
        let length = weights.iter().map(square).sum::<f32>().sqrt();
        weights.retain(|(word, _)| is_shared(*word));
        if length > 0.0 {
            weights.iter_mut().for_each(|(_, w)| *w /= length);
        }
        Self { weights }
    }

    /// From 0, nothing in common, to 1, the same words.
    pub fn likeness(&self, other: &Self) -> f32 {
        let (mut a, mut b) = (self.weights.as_slice(), other.weights.as_slice());
        let mut sum = 0.0;
        while let (Some(x), Some(y)) = (a.first(), b.first()) {
            match x.0.cmp(&y.0) {
                std::cmp::Ordering::Less => a = &a[1..],
                std::cmp::Ordering::Greater => b = &b[1..],
                std::cmp::Ordering::Equal => {
                    sum += x.1 * y.1;
                    (a, b) = (&a[1..], &b[1..]);
                }
            }
        }
        sum
    }

    /// The words that tell most.
    fn telling(&self) -> Vec<WordId> {
        let mut weights = self.weights.clone();
        weights.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        weights.into_iter().take(TELLING).map(|(w, _)| w).collect()
    }
}

/// For each article the least index of an article of its story.
pub(super) fn find(readings: &[&Reading], profiles: &[Profile]) -> Vec<usize> {
    let mut with: BTreeMap<WordId, Vec<usize>> = BTreeMap::new();
    let mut pairs = Vec::new();
    for (at, profile) in profiles.iter().enumerate() {
        let mut before: Vec<usize> = Vec::new();
        for word in profile.telling() {
            let others = with.entry(word).or_default();
            before.extend(others.iter().rev().take(NEIGHBOURS));
            others.push(at);
        }
        before.sort_unstable();
        before.dedup();
        for other in before {
            if readings[at].topic == readings[other].topic {
                let likeness = profile.likeness(&profiles[other]);
                let likeness = likeness * nearness(readings[at], readings[other]);
                pairs.push((other, at, likeness));
            }
        }
    }
    link::clusters(readings.len(), pairs, ALIKE)
}

/// From `1 + TOGETHER` for articles of one day down to 1, which it also is where a day is not known.
fn nearness(a: &Reading, b: &Reading) -> f32 {
    let (Some(a), Some(b)) = (a.date, b.date) else {
        return 1.0;
    };
    let days = a
        .until(b)
        .map_or(i32::MAX, |span| span.get_days().saturating_abs());
    1.0 + TOGETHER * (-(days as f32) / DAYS).exp()
}
