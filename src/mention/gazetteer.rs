//! The names that the lexicons know, found in running text by longest match.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::words::Words;
use crate::document::{TokenId, tokenize};
use crate::lexicon::{self, CountryCode, SeatKind, TitleKind};

/// What a lexicon says of a phrase.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Entry {
    Country(CountryCode),
    /// "German", "Germans".
    Demonym(CountryCode),
    /// A city or region; the country is the likeliest one.
    Place(Option<CountryCode>),
    /// A continent or a region of several countries, or its adjective.
    Supranational { adjective: bool },
    /// "Kremlin", "White House": a place and a government.
    Seat(CountryCode),
    /// A facility that is no government: "Oval Office".
    Facility(Option<CountryCode>),
    Organization { country: Option<CountryCode>, is_outlet: bool, is_platform: bool },
    Title(TitleKind),
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
            .map(|t| t.span.of(phrase).to_lowercase().replace('’', "'"))
            .filter(|w| w != "-");
        let Some(first) = lower.next() else { return };
        let rest: Vec<String> = lower.collect();
        let short = phrase.len() <= 4 && phrase.chars().all(|c| c.is_uppercase() || c == '.');
        let cased = short.then(|| phrase.to_owned());
        self.phrases.entry(first).or_default().push(Phrase { rest, cased, entry });
    }

    /// Whether a phrase begins with the name of a body, seat or country.
    fn begins_with_name(&self, phrase: &str) -> bool {
        let parts: Vec<&str> = phrase.split(' ').collect();
        self.phrases.get(parts[0]).is_some_and(|list| {
            list.iter().any(|known| {
                !matches!(known.entry, Entry::Title(_) | Entry::Place(_))
                    && known.rest.len() + 1 < parts.len()
                    && known.rest.iter().zip(&parts[1..]).all(|(a, b)| a == b)
            })
        })
    }

    fn from_lexicons() -> Self {
        let mut all = Self::default();
        for country in lexicon::countries() {
            all.insert(&country.name, Entry::Country(country.code));
            all.insert(&country.official_name, Entry::Country(country.code));
            for alias in &country.aliases {
                all.insert(alias, Entry::Country(country.code));
            }
            for demonym in &country.demonyms {
                all.insert(demonym, Entry::Demonym(country.code));
            }
            for capital in country.capital_aliases.iter().chain([&country.capital]) {
                all.insert(capital, Entry::Place(Some(country.code)));
            }
        }
        for seat in lexicon::seats() {
            let entry = match seat.kind {
                SeatKind::Seat => Entry::Seat(seat.country),
                SeatKind::Facility => Entry::Facility(Some(seat.country)),
                SeatKind::Body => Entry::Organization {
                    country: Some(seat.country),
                    is_outlet: false,
                    is_platform: false,
                },
            };
            all.insert(seat.name, entry);
        }
        for (form, title) in lexicon::title_forms() {
            // Status and body are read by themselves: "acting director", "NATO secretary general".
            let first = form.split(' ').next().unwrap_or(form);
            let is_status = matches!(lexicon::title_modifier(first), Some(lexicon::ModifierEffect::Status(_)));
            let named = form.contains(' ') && all.begins_with_name(form);
            if !is_status && !named {
                all.insert(form, Entry::Title(title.kind));
            }
        }
        // Its office is that of the one it stands beside.
        all.insert("counterpart", Entry::Title(TitleKind::Office));
        all.insert("counterparts", Entry::Title(TitleKind::Office));
        for phrases in all.phrases.values_mut() {
            phrases.sort_by(|a, b| b.rest.len().cmp(&a.rest.len()).then(a.rest.cmp(&b.rest)));
        }
        all
    }

    /// All phrases that begin at `at`, longest first, with the token after each. Hyphens inside
    /// words are not looked at: "Vice-President" is "vice president".
    pub fn matches<'a>(
        &'a self,
        words: &'a Words,
        at: TokenId,
    ) -> impl Iterator<Item = (TokenId, Entry)> + 'a {
        self.phrases.get(words.lower(at)).into_iter().flatten().filter_map(move |phrase| {
            if phrase.cased.as_ref().is_some_and(|cased| cased != words.word(at)) {
                return None;
            }
            let is_title = matches!(phrase.entry, Entry::Title(_));
            let mut next = at + 1;
            for word in &phrase.rest {
                let hyphen = words.lower(next) == "-"
                    && words.document.is_glued(next)
                    && words.document.is_glued(next + 1);
                if hyphen {
                    next += 1;
                }
                // Names keep their capitals; small words inside them do not have any.
                let cased = is_title
                    || words.is_capital(next)
                    || !words.is_word(next)
                    || word.len() <= 3
                    || word.starts_with('\'');
                if words.lower(next) != word || !cased {
                    return None;
                }
                next += 1;
            }
            Some((next, phrase.entry))
        })
    }
}
