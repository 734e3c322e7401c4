//! Owns which articles tell of one event (a story), and which words in them stand for one thing
//! that happened, or for the same people (a chain). Must not know files, RDF or the store.
//!
//! [`Reading`] keeps of each article what is compared; [`Stories::find`] compares. The result is
//! a function of the set of articles: their order changes nothing but the order of the answers.
//!
//! - **Stories**: articles are vectors of words, the rarer the heavier, names and headlines more than
//!   others (tf-idf, its rarity squared); those that share one of their forty most telling words are
//!   compared, and average-link clustering joins them. Days apart count against it, but little.
//! - **Chains**: within a story, pairs of mentions get a probability from a logistic model of what
//!   they share (`likeness`), and average-link clustering joins them.
//!
//! | file | holds |
//! |---|---|
//! | `words.rs`, `reading.rs` | the words of one article; what of it is compared |
//! | `detect.rs`, `mention.rs` | which words are mentions; what is known of one |
//! | `rarity.rs` | what a word is worth |
//! | `stories.rs`, `likeness.rs`, `chains.rs`, `link.rs` | articles compared, mentions compared, both clustered |
//! | `weights.rs`, `train.rs` | what was learned, and how |
//!
//! ```
//! use newsgraph::article::Article;
//! use newsgraph::pipeline;
//! use newsgraph::story::Stories;
//!
//! let read = |id: &str, text: &str| pipeline::read_for_stories(&Article::from_text(id, text), None);
//! let readings = [
//!     read("a", "A ferry sank off Lund on Monday. Divers searched the ferry for survivors."),
//!     read("b", "The ministry of Norland raised taxes on sugar and salt."),
//!     read("c", "Divers found two survivors after the ferry had sunk near Lund."),
//! ];
//! let stories = Stories::find(&readings);
//! assert_eq!(stories.story_of(0), stories.story_of(2));
//! assert_ne!(stories.story_of(0), stories.story_of(1));
//! ```

mod chains;
mod detect;
mod likeness;
mod link;
mod mention;
mod rarity;
mod reading;
mod stories;
#[cfg(feature = "train")]
pub mod train;
mod weights;
mod words;

use std::collections::BTreeMap;

use rayon::prelude::*;

pub use mention::{GivenMention, Mention, Slot};
pub use reading::Reading;

use chains::Scene;
use rarity::Rarity;
use weights::Weights;

/// Number of a story, from 1, in order of its earliest day and then of its articles' ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StoryId(pub usize);

impl std::fmt::Display for StoryId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "story-{}", self.0)
    }
}

/// Articles as stories, and their mentions as chains.
#[derive(Clone, Debug)]
pub struct Stories {
    /// The story of each article, in the order given.
    of: Vec<StoryId>,
    /// For each article the chain of each of its mentions.
    chains: Vec<Vec<String>>,
}

impl Stories {
    /// Compares articles; their ids are different. The work grows with the articles: each is compared
    /// with at most a few thousand others.
    pub fn find(readings: &[Reading]) -> Self {
        Self::find_with(readings, Weights::embedded())
    }

    fn find_with(readings: &[Reading], weights: &Weights) -> Self {
        let order = order_of(readings);
        let ordered: Vec<&Reading> = order.iter().map(|&i| &readings[i]).collect();
        let rarity = Rarity::new(&ordered);
        let profiles = stories::profiles(&ordered, &rarity);
        let least = stories::find(&ordered, &profiles);
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (article, first) in least.into_iter().enumerate() {
            members.entry(first).or_default().push(article);
        }
        let members: Vec<Vec<usize>> = members.into_values().collect();
        let named: Vec<Vec<(usize, Vec<String>)>> = members
            .par_iter()
            .enumerate()
            .map(|(at, story)| {
                name_chains(
                    StoryId(at + 1),
                    story,
                    &ordered,
                    &rarity,
                    &profiles,
                    weights,
                )
            })
            .collect();
        let mut of = vec![StoryId(0); readings.len()];
        let mut chains = vec![Vec::new(); readings.len()];
        for (number, story) in (1..).zip(named) {
            for (article, names) in story {
                of[order[article]] = StoryId(number);
                chains[order[article]] = names;
            }
        }
        Self { of, chains }
    }

    /// The story of the article with this index.
    ///
    /// # Panics
    ///
    /// If there is no such article.
    pub fn story_of(&self, article: usize) -> StoryId {
        self.of[article]
    }

    /// The chain of each mention of an article, in order of [`Reading::mentions`]; one name is one
    /// event, or the same people, in whatever article.
    ///
    /// # Panics
    ///
    /// If there is no such article.
    pub fn chains_of(&self, article: usize) -> &[String] {
        &self.chains[article]
    }

    /// The articles of each story, by their indexes, in order of the stories.
    pub fn articles(&self) -> BTreeMap<StoryId, Vec<usize>> {
        let mut articles: BTreeMap<StoryId, Vec<usize>> = BTreeMap::new();
        for (article, story) in self.of.iter().enumerate() {
            articles.entry(*story).or_default().push(article);
        }
        articles
    }
}

/// The articles by day and id, those without a day last: the same whatever order they came in.
fn order_of(readings: &[Reading]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..readings.len()).collect();
    order.sort_by_key(|&i| {
        let reading = &readings[i];
        (reading.date.is_none(), reading.date, &reading.id)
    });
    order
}

/// The chains of one story: for each article the names of its mentions' chains.
fn name_chains(
    story: StoryId,
    members: &[usize],
    readings: &[&Reading],
    rarity: &Rarity,
    profiles: &[stories::Profile],
    weights: &Weights,
) -> Vec<(usize, Vec<String>)> {
    let mut names: Vec<Vec<String>> = members
        .iter()
        .map(|&article| vec![String::new(); readings[article].mentions.len()])
        .collect();
    for slot in Slot::ALL {
        let scene = Scene::new(slot, members, readings, rarity, profiles);
        let chains = scene.chains(slot, weights);
        let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
        let mut at = 0;
        for (place, &article) in members.iter().enumerate() {
            for (name, mention) in names[place].iter_mut().zip(&readings[article].mentions) {
                if mention.slot == slot {
                    let next = numbers.len() + 1;
                    let number = *numbers.entry(chains[at]).or_insert(next);
                    *name = format!("{story}/{slot}-{number}", slot = slot.name());
                    at += 1;
                }
            }
        }
    }
    members.iter().copied().zip(names).collect()
}
