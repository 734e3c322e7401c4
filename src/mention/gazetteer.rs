//! The names that the lexicons know, found in running text by longest match.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::words::Words;
use crate::document::{TokenId, tokenize};
use crate::lexicon::{self, CountryCode};

/// What a lexicon says of a phrase.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Entry {
    Country(CountryCode),
    /// "German", "Germans".
    Demonym(CountryCode),
    /// A city or region; the country is the likeliest one.
    Place(Option<CountryCode>),
    /// A continent or a region of several countries, or its adjective.
    Supranational {
        adjective: bool,
    },
    /// "Kremlin", "White House": a place and a government.
    Seat(CountryCode),
    /// A facility that is no government: "Oval Office".
    Facility(Option<CountryCode>),
    Organization {
        country: Option<CountryCode>,
        is_outlet: bool,
        is_platform: bool,
    },
    Title(&'static lexicon::Title),
}

struct Phrase {
    /// Lower-case tokens after the first.
    rest: Vec<String>,
    /// The exact spelling asked for, for names that are words in lower case: "US".
    cased: Option<String>,
    entry: Entry,
}

/// Phrases by the lower-case form of their first token, longest first.
#[derive(Default)]
pub struct Gazetteer {
    phrases: HashMap<String, Vec<Phrase>>,
}

impl Gazetteer {
    /// The phrases of all lexicons.
    pub fn embedded() -> &'static Gazetteer {
        static ALL: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::from_lexicons);
        &ALL
    }

    fn insert(&mut self, phrase: &str, entry: Entry) {
        let tokens = tokenize(phrase);
        let mut lower = tokens
            .iter()
            .map(|t| t.span.of(phrase).to_lowercase().replace('’', "'"));
        let Some(first) = lower.next() else { return };
        let rest: Vec<String> = lower.collect();
        let short = phrase.len() <= 4 && phrase.chars().all(|c| c.is_uppercase() || c == '.');
        let cased = short.then(|| phrase.to_owned());
        self.phrases
            .entry(first)
            .or_default()
            .push(Phrase { rest, cased, entry });
    }

    /// All phrases that begin at `at`, longest first, with the token after each.
    pub fn matches<'a>(
        &'a self,
        words: &'a Words,
        at: TokenId,
    ) -> impl Iterator<Item = (TokenId, Entry)> + 'a {
        self.phrases
            .get(words.lower(at))
            .into_iter()
            .flatten()
            .filter_map(move |phrase| {
                let fits = phrase
                    .rest
                    .iter()
                    .enumerate()
                    .all(|(i, w)| words.lower(at + 1 + i) == w)
                    && phrase
                        .cased
                        .as_ref()
                        .is_none_or(|cased| cased == words.word(at));
                fits.then_some((at + 1 + phrase.rest.len(), phrase.entry))
            })
    }
}
