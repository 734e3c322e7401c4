//! Families and senses of words for events, and how common words are.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What the tables know of a word for an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventFamily {
    /// The word that the family is listed under: "acquire" for "acquisition".
    pub base: &'static str,
    /// What it can mean, as names that words of like sense share; at least one.
    pub senses: &'static str,
}

impl EventFamily {
    /// Whether two words can mean the same.
    pub fn shares_sense(self, other: Self) -> bool {
        super::values(self.senses).any(|s| super::values(other.senses).any(|o| s == o))
    }
}

/// The family of a verb or noun for an event; a verb with its particle is one word ("step down").
///
/// ```
/// use newsgraph::lexicon::event_family;
/// let family = |word| event_family(word).unwrap();
/// assert_eq!(family("acquisition").base, "acquire");
/// assert!(family("acquire").shares_sense(family("purchase")));
/// assert_eq!(event_family("teapot"), None);
/// ```
pub fn event_family(lemma: &str) -> Option<EventFamily> {
    static FAMILIES: LazyLock<HashMap<&'static str, EventFamily>> = LazyLock::new(|| {
        let table = || super::rows(include_str!("../../lexicons/event_words.csv"));
        let mut families = HashMap::new();
        for row in table() {
            let family = EventFamily {
                base: row[0],
                senses: row[2],
            };
            families.insert(row[0], family);
        }
        for row in table() {
            let family = families[row[0]];
            for word in super::values(row[1]) {
                families.entry(word).or_insert(family);
            }
        }
        families
    });
    FAMILIES.get(lemma).copied()
}

/// The share of English news articles that have a common word, from 0 to 1; 0 for words that are not
/// common, and for names.
///
/// ```
/// use newsgraph::lexicon::share_of_articles;
/// assert!(share_of_articles("say") > 0.5);
/// assert_eq!(share_of_articles("zeppelin"), 0.0);
/// ```
pub fn share_of_articles(lemma: &str) -> f32 {
    static SHARES: LazyLock<HashMap<&'static str, f32>> = LazyLock::new(|| {
        super::rows(include_str!("../../lexicons/word_frequencies.csv"))
            .filter_map(|row| Some((row[0], row[1].parse::<f32>().ok()? / 1000.0)))
            .collect()
    });
    SHARES.get(lemma).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::tests::check_table;

    #[test]
    fn tables_are_sound() {
        let words = check_table(include_str!("../../lexicons/event_words.csv"), 3);
        let mut members: Vec<&str> = words
            .iter()
            .flat_map(|row| std::iter::once(row[0]).chain(crate::lexicon::values(row[1])))
            .collect();
        assert!(words.iter().all(|row| !row[2].is_empty()));
        members.sort_unstable();
        for pair in members.windows(2) {
            assert!(pair[0] != pair[1], "{:?} has two families", pair[0]);
        }
        for row in check_table(include_str!("../../lexicons/word_frequencies.csv"), 2) {
            let articles: u32 = row[1].parse().expect("a number of articles");
            assert!((1..=1000).contains(&articles), "{row:?}");
        }
    }

    #[test]
    fn senses_tell_words_apart() {
        let family = |word| event_family(word).unwrap();
        assert!(family("killing").shares_sense(family("murder")));
        assert!(!family("killing").shares_sense(family("hiring")));
        assert!(family("fire").shares_sense(family("sack")));
        assert!(family("fire").shares_sense(family("gunfire")));
    }
}
