//! Which mentions of one story stand for one event, or for the same people.

use std::collections::{BTreeMap, BTreeSet};

use super::likeness::{Look, Pair, Setting, compare, keys};
use super::link;
use super::mention::Slot;
use super::rarity::Rarity;
use super::reading::Reading;
use super::stories::Profile;
use super::weights::Weights;

/// In a story of more mentions of one slot only those are compared that share a key.
const ALL_PAIRS: usize = 1_500;

/// With how many of those before it that share a key a mention is compared.
const NEIGHBOURS: usize = 300;

/// Pairs less likely than this count as not alike at all.
const UNLIKELY: f32 = 0.01;

/// The mentions of one slot in one story.
pub(super) struct Scene<'a> {
    pub looks: Vec<Look<'a>>,
    /// In how many of the story's articles a family of words stands.
    spread: BTreeMap<&'a str, BTreeSet<usize>>,
    articles: usize,
    rarity: &'a Rarity,
    profiles: &'a [Profile],
}

impl<'a> Scene<'a> {
    /// `story` holds the indexes of its articles, in order.
    pub fn new(
        slot: Slot,
        story: &[usize],
        readings: &[&'a Reading],
        rarity: &'a Rarity,
        profiles: &'a [Profile],
    ) -> Self {
        let mut looks = Vec::new();
        let mut spread: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for &article in story {
            for mention in readings[article].mentions.iter().filter(|m| m.slot == slot) {
                spread.entry(mention.base()).or_default().insert(article);
                looks.push(Look::new(mention, article, rarity));
            }
        }
        Self {
            looks,
            spread,
            articles: story.len(),
            rarity,
            profiles,
        }
    }

    /// All pairs of the scene that may be one, each with its features, the first before the second.
    pub fn pairs(&self, mut each: impl FnMut(usize, usize, Pair)) {
        let mut alike = BTreeMap::new();
        for (first, second) in self.candidates() {
            let (a, b) = (&self.looks[first], &self.looks[second]);
            let articles = (a.article, b.article);
            let likeness = *alike
                .entry(articles)
                .or_insert_with(|| self.profiles[articles.0].likeness(&self.profiles[articles.1]));
            let spread = |look: &Look| self.spread[look.mention.base()].len();
            let setting = Setting {
                rarity: self.rarity,
                articles: likeness,
                spread: spread(a).min(spread(b)) as f32 / self.articles as f32,
            };
            each(first, second, compare(a, b, &setting));
        }
    }

    fn candidates(&self) -> BTreeSet<(usize, usize)> {
        let count = self.looks.len();
        if count <= ALL_PAIRS {
            return (0..count)
                .flat_map(|b| (0..b).map(move |a| (a, b)))
                .collect();
        }
        let mut with: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut pairs = BTreeSet::new();
        for (at, look) in self.looks.iter().enumerate() {
            for key in keys(look) {
                let others = with.entry(key).or_default();
                pairs.extend(others.iter().rev().take(NEIGHBOURS).map(|&a| (a, at)));
                others.push(at);
            }
        }
        pairs
    }

    /// For each mention the least index of a mention of its chain.
    pub fn chains(&self, slot: Slot, weights: &Weights) -> Vec<usize> {
        let mut alike = Vec::new();
        self.pairs(|a, b, pair| {
            let probability = pair.probability(weights);
            if probability >= UNLIKELY {
                alike.push((a, b, probability));
            }
        });
        link::clusters(self.looks.len(), alike, weights.joined[slot as usize])
    }
}
