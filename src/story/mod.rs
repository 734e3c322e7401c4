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
//! use newsgraph::story::{MentionSource, Stories};
//!
//! let read = |id: &str, text: &str| {
//!     pipeline::read_for_stories(&Article::from_text(id, text), MentionSource::Nowhere)
//! };
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

pub use mention::{GivenMention, Mention, MentionSource, Slot};
pub use reading::Reading;

use chains::Scene;
use rarity::Rarity;
use stories::Profile;
use weights::Weights;

/// Number of a story, from 1, in order of its earliest day and then of its articles' ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StoryId(pub usize);

impl std::fmt::Display for StoryId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "story-{}", self.0)
    }
}

/// Articles as stories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stories {
    /// The story of each article, in the order given.
    of: Vec<StoryId>,
}

impl Stories {
    /// Compares articles; their ids are different. The work grows with the articles: each is compared
    /// with at most a few thousand others.
    pub fn find(readings: &[Reading]) -> Self {
        let collection = Collection::new(readings);
        let mut of = vec![StoryId(0); readings.len()];
        for (number, story) in (1..).zip(collection.stories()) {
            for article in story {
                of[collection.order[article]] = StoryId(number);
            }
        }
        Self { of }
    }

    /// The story of the article with this index.
    ///
    /// # Panics
    ///
    /// If there is no such article.
    pub fn story_of(&self, article: usize) -> StoryId {
        self.of[article]
    }

    /// The articles of each story, by their indexes, in order of the stories.
    pub fn articles(&self) -> BTreeMap<StoryId, Vec<usize>> {
        let mut articles: BTreeMap<StoryId, Vec<usize>> = BTreeMap::new();
        for (article, story) in self.of.iter().enumerate() {
            articles.entry(*story).or_default().push(article);
        }
        articles
    }

    /// The chain of each mention of each article, in order of [`Reading::mentions`]: mentions with
    /// one name stand for one event, or for the same people, in whatever article of the story.
    /// `readings` are those that the stories were found in.
    pub fn chains(&self, readings: &[Reading]) -> Vec<Vec<String>> {
        let collection = Collection::new(readings);
        let mut members: BTreeMap<StoryId, Vec<usize>> = BTreeMap::new();
        for (at, &article) in collection.order.iter().enumerate() {
            members.entry(self.of[article]).or_default().push(at);
        }
        let members: Vec<(StoryId, Vec<usize>)> = members.into_iter().collect();
        let named: Vec<_> = members
            .par_iter()
            .map(|(story, members)| collection.name_chains(*story, members, Weights::embedded()))
            .collect();
        let mut chains = vec![Vec::new(); readings.len()];
        for (article, names) in named.into_iter().flatten() {
            chains[collection.order[article]] = names;
        }
        chains
    }
}

/// Articles to compare, in an order of their own.
struct Collection<'a> {
    /// The index of each among those given.
    order: Vec<usize>,
    readings: Vec<&'a Reading>,
    rarity: Rarity,
    profiles: Vec<Profile>,
}

impl<'a> Collection<'a> {
    /// Puts them in order of day and id, those without a day last: the same whatever order they came in.
    fn new(readings: &'a [Reading]) -> Self {
        let mut order: Vec<usize> = (0..readings.len()).collect();
        order.sort_by_key(|&i| {
            let reading = &readings[i];
            (reading.date.is_none(), reading.date, &reading.id)
        });
        let readings: Vec<&Reading> = order.iter().map(|&i| &readings[i]).collect();
        let rarity = Rarity::new(&readings);
        let profiles = readings.iter().map(|r| Profile::new(r, &rarity)).collect();
        Self {
            order,
            readings,
            rarity,
            profiles,
        }
    }

    /// The articles of each story, in order of their first.
    fn stories(&self) -> Vec<Vec<usize>> {
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let least = stories::find(&self.readings, &self.profiles);
        for (article, first) in least.into_iter().enumerate() {
            members.entry(first).or_default().push(article);
        }
        members.into_values().collect()
    }

    /// The mentions of one slot in a story.
    fn scene(&self, slot: Slot, story: &[usize]) -> Scene<'_> {
        Scene::new(slot, story, &self.readings, &self.rarity, &self.profiles)
    }

    /// The chains of one story: for each article the names of its mentions' chains.
    fn name_chains(
        &self,
        story: StoryId,
        members: &[usize],
        weights: &Weights,
    ) -> Vec<(usize, Vec<String>)> {
        let unnamed = |&article: &usize| vec![String::new(); self.readings[article].mentions.len()];
        let mut names: Vec<Vec<String>> = members.iter().map(unnamed).collect();
        for slot in Slot::ALL {
            let mut chains = self.scene(slot, members).chains(slot, weights).into_iter();
            let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
            for (place, &article) in members.iter().enumerate() {
                let mentions = &self.readings[article].mentions;
                let of_slot = mentions.iter().zip(&mut names[place]);
                // A scene has the mentions of its slot in this same order.
                for (_, name) in of_slot.filter(|(mention, _)| mention.slot == slot) {
                    let chain = chains.next().unwrap_or_default();
                    let next = numbers.len() + 1;
                    let number = *numbers.entry(chain).or_insert(next);
                    *name = format!("{story}/{}-{number}", slot.name());
                }
            }
        }
        members.iter().copied().zip(names).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::article::Article;
    use crate::pipeline;

    const TEXTS: [(&str, &str); 6] = [
        (
            "ferry-1",
            "date 2031-03-03\nThe ferry Astrid sank near Vikøya on Monday. Its captain, Ada Lund, \
             rescued forty passengers before the ferry sank.",
        ),
        (
            "ferry-2",
            "date 2031-03-04\nDivers searched the ferry Astrid off Vikøya. Lund, the captain, had \
             rescued forty passengers, the coast guard said.",
        ),
        (
            "ferry-3",
            "The sinking of the ferry Astrid near Vikøya shocked its captain, Ada Lund. Divers found \
             two passengers.",
        ),
        (
            "sugar-1",
            "date 2031-03-03\nThe parliament of Norland raised taxes on sugar. Finance minister Tom \
             Berg welcomed the vote on the sugar tax.",
        ),
        (
            "sugar-2",
            "date 2031-03-05\nBakers in Norland protested against the sugar tax. Berg defended the \
             vote in parliament.",
        ),
        ("other", "A glacier in Ostmark grew by two metres."),
    ];

    fn read(id: &str, text: &str) -> Reading {
        pipeline::read_for_stories(&Article::from_text(id, text), MentionSource::Text)
    }

    fn all() -> Vec<Reading> {
        TEXTS.iter().map(|(id, text)| read(id, text)).collect()
    }

    /// Stories and chains of each article by its id.
    fn told(readings: &[Reading]) -> BTreeMap<String, (StoryId, Vec<String>)> {
        let stories = Stories::find(readings);
        let chains = stories.chains(readings);
        let of = |(at, chains): (usize, Vec<String>)| {
            (readings[at].id.clone(), (stories.story_of(at), chains))
        };
        chains.into_iter().enumerate().map(of).collect()
    }

    #[test]
    fn articles_of_one_event_are_one_story() {
        let readings = all();
        let found = Stories::find(&readings);
        let stories: Vec<Vec<usize>> = found.articles().into_values().collect();
        assert_eq!(stories, [vec![0, 1, 2], vec![3, 4], vec![5]]);
        assert_eq!(found.story_of(5).to_string(), "story-3");
    }

    #[test]
    fn nothing_and_one_article_are_no_trouble() {
        assert!(Stories::find(&[]).articles().is_empty());
        let readings = [read("empty", "")];
        let stories = Stories::find(&readings);
        assert_eq!(stories.chains(&readings), [Vec::<String>::new()]);
    }

    #[test]
    fn what_topics_set_apart_stays_apart() {
        let readings: Vec<Reading> = all()
            .into_iter()
            .enumerate()
            .map(|(at, reading)| reading.with_topic(Some((at % 2).to_string())))
            .collect();
        let stories = Stories::find(&readings);
        assert_eq!(stories.story_of(0), stories.story_of(2));
        assert_ne!(stories.story_of(0), stories.story_of(1));
    }

    #[test]
    fn given_mentions_are_kept_and_joined_across_articles() {
        let given = |id: &str, text: &str, words: &[(&str, Slot)]| {
            let mention = |(word, slot): &(&str, Slot)| {
                let byte = text.find(word).expect("a word of the text");
                let start = text[..byte].chars().count();
                let end = start + word.chars().count();
                GivenMention {
                    start,
                    end,
                    slot: *slot,
                }
            };
            let given: Vec<GivenMention> = words.iter().map(mention).collect();
            let article = Article::from_text(id, text);
            pipeline::read_for_stories(&article, MentionSource::Given(&given))
        };
        let (action, human) = (Slot::Action, Slot::Human);
        let readings = [
            given(
                "ferry-1",
                TEXTS[0].1,
                &[("sank", action), ("Ada Lund", human)],
            ),
            given(
                "ferry-3",
                TEXTS[2].1,
                &[("sinking", action), ("Ada Lund", human), ("found", action)],
            ),
        ];
        let chains = Stories::find(&readings).chains(&readings);
        assert_eq!(chains[0][0], chains[1][0]);
        assert_eq!(chains[0][1], chains[1][1]);
        assert_ne!(chains[1][0], chains[1][2]);
        let mentions = &readings[0].mentions;
        let word: String = TEXTS[0].1.chars().skip(mentions[0].start).take(4).collect();
        assert_eq!((word.as_str(), mentions[0].slot), ("sank", action));
    }

    #[test]
    fn words_for_events_and_people_are_found() {
        let (id, text) = TEXTS[0];
        let found: Vec<(String, Slot)> = read(id, text)
            .mentions
            .iter()
            .map(|m| {
                (
                    text.chars().skip(m.start).take(m.end - m.start).collect(),
                    m.slot,
                )
            })
            .collect();
        for (word, slot) in [
            ("sank", Slot::Action),
            ("rescued", Slot::Action),
            ("Ada Lund", Slot::Human),
            ("passengers", Slot::Human),
        ] {
            assert!(
                found.contains(&(word.to_owned(), slot)),
                "{word} in {found:?}"
            );
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn the_order_of_the_articles_changes_nothing(
            order in Just((0..TEXTS.len()).collect::<Vec<usize>>()).prop_shuffle()
        ) {
            let readings = all();
            let shuffled: Vec<Reading> = order.iter().map(|&i| readings[i].clone()).collect();
            prop_assert_eq!(told(&shuffled), told(&readings));
        }
    }
}
