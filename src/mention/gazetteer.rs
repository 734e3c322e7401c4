//! The names that the lexicons know, found in running text by longest match.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::words::Words;
use crate::document::{TokenId, tokenize};
use crate::lexicon::{self, CountryCode, OrganizationKind, SeatKind, TitleKind};

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
    Title(TitleKind),
}

impl Entry {
    /// Of several readings of one phrase, which comes first: countries before their namesakes.
    const fn rank(self) -> u8 {
        match self {
            Entry::Country(_) => 0,
            Entry::Demonym(_) => 1,
            Entry::Seat(_) | Entry::Facility(_) => 2,
            Entry::Title(_) => 3,
            Entry::Supranational { .. } => 4,
            Entry::Place(_) => 5,
            Entry::Organization { .. } => 6,
        }
    }
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
        // An abbreviation alone would lose its stop: "Rep." is one token before a name.
        if phrase.ends_with('.') && !phrase.contains(' ') {
            let first = phrase.to_lowercase();
            let cased = Some(phrase.to_owned());
            self.phrases.entry(first).or_default().push(Phrase {
                rest: Vec::new(),
                cased,
                entry,
            });
            return;
        }
        let tokens = tokenize(phrase);
        let mut lower = tokens
            .iter()
            .map(|t| t.span.of(phrase).to_lowercase().replace('’', "'"))
            .filter(|w| w != "-");
        let Some(first) = lower.next() else { return };
        let rest: Vec<String> = lower.collect();
        let short = phrase.len() <= 4 && phrase.chars().all(|c| c.is_uppercase() || c == '.');
        let cased = short.then(|| phrase.to_owned());
        self.phrases
            .entry(first)
            .or_default()
            .push(Phrase { rest, cased, entry });
    }

    fn is_place(&self, word: &str) -> bool {
        self.phrases.get(word).is_some_and(|list| {
            list.iter()
                .any(|p| p.rest.is_empty() && matches!(p.entry, Entry::Place(_)))
        })
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

    fn insert_places(&mut self) {
        // Florida and Virginia are states first, whatever towns elsewhere are called so; a city of
        // a million is better known than any region.
        const WELL_KNOWN: u32 = 700_000;
        let states: HashMap<&str, lexicon::CountryCode> = lexicon::regions()
            .map(|region| (region.name, region.country))
            .collect();
        for city in lexicon::cities() {
            for name in city.aliases.iter().chain([&city.name]) {
                let is_state = states.get(name).is_some_and(|state| *state != city.country);
                if is_state && city.population < WELL_KNOWN {
                    continue;
                }
                self.insert(name, Entry::Place(Some(city.country)));
            }
        }
        for region in lexicon::regions() {
            for name in region.aliases.iter().chain([&region.name]) {
                self.insert(name, Entry::Place(Some(region.country)));
            }
            for demonym in region.demonyms {
                self.insert(demonym, Entry::Demonym(region.country));
            }
        }
        for region in lexicon::supranational_regions() {
            for name in region.aliases.iter().chain([&region.name]) {
                self.insert(name, Entry::Supranational { adjective: false });
            }
            for demonym in region.demonyms {
                self.insert(demonym, Entry::Supranational { adjective: true });
            }
        }
    }

    fn insert_organizations(&mut self) {
        for body in lexicon::organizations() {
            let entry = Entry::Organization {
                country: body.country,
                is_outlet: body.kind == OrganizationKind::Outlet,
                is_platform: body.kind == OrganizationKind::Platform,
            };
            for name in body.aliases.iter().chain([&body.name]).chain(&body.acronym) {
                self.insert(name, entry);
            }
        }
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
        all.insert_places();
        all.insert_organizations();
        for (form, title) in lexicon::title_forms() {
            // Status and body are read by themselves: "acting director", "NATO secretary general".
            let first = form.split(' ').next().unwrap_or(form);
            let is_status = matches!(
                lexicon::title_modifier(first),
                Some(lexicon::ModifierEffect::Status(_))
            );
            let named = form.contains(' ') && all.begins_with_name(form);
            let elect = matches!(form.rsplit([' ', '-']).next(), Some("elect" | "designate"));
            let local = form.split_once(' ').is_some_and(|(place, office)| {
                matches!(office, "mayor" | "mayors" | "governor" | "governors")
                    && all.is_place(place)
            });
            if !is_status && !named && !elect && !local {
                all.insert(form, Entry::Title(title.kind));
            }
        }
        // Its office is that of the one it stands beside.
        all.insert("counterpart", Entry::Title(TitleKind::Office));
        all.insert("counterparts", Entry::Title(TitleKind::Office));
        for phrases in all.phrases.values_mut() {
            phrases.sort_by(|a, b| {
                (b.rest.len(), a.entry.rank(), &a.rest).cmp(&(
                    a.rest.len(),
                    b.entry.rank(),
                    &b.rest,
                ))
            });
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
        self.phrases
            .get(words.lower(at))
            .into_iter()
            .flatten()
            .filter_map(move |phrase| {
                if phrase
                    .cased
                    .as_ref()
                    .is_some_and(|cased| cased != words.word(at))
                {
                    return None;
                }
                let is_title = matches!(phrase.entry, Entry::Title(_));
                let mut next = at + 1;
                for word in &phrase.rest {
                    let hyphen = words.lower(next) == "-"
                        && words.is_bound(next)
                        && words.is_bound(next + 1);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn country_of(name: &str) -> Option<&'static str> {
        let phrases = Gazetteer::embedded().phrases.get(name)?;
        let place = phrases.iter().find_map(|phrase| match phrase.entry {
            Entry::Place(country) if phrase.rest.is_empty() => country,
            _ => None,
        });
        place.map(|code| code.name())
    }

    #[test]
    fn states_are_meant_before_towns_of_their_names() {
        assert_eq!(country_of("florida"), Some("United States"));
        assert_eq!(country_of("bali"), Some("Indonesia"));
        assert_eq!(country_of("ontario"), Some("Canada"));
        assert_eq!(country_of("lima"), Some("Peru"));
    }
}
