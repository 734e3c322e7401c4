//! The countries of ISO 3166-1, and Kosovo.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../lexicons/countries.csv");

/// An ISO 3166-1 alpha-2 code of a country in the table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }

    /// English short name, "South Korea".
    pub fn name(self) -> &'static str {
        country(self).map_or("", |c| c.name.as_str())
    }
}

impl FromStr for CountryCode {
    type Err = ();

    fn from_str(code: &str) -> Result<Self, ()> {
        match code.as_bytes() {
            [a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => Ok(Self([*a, *b])),
            _ => Err(()),
        }
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A country with the words that news has for it.
#[derive(Clone, Debug)]
pub struct Country {
    pub code: CountryCode,
    pub alpha3: String,
    /// Short name in everyday English.
    pub name: String,
    pub official_name: String,
    /// Other names and abbreviations: "U.S.", "Britain", "DPRK".
    pub aliases: Vec<String>,
    /// Adjectives and names of the people, the adjective first: "German", "Germans".
    pub demonyms: Vec<String>,
    pub capital: String,
    /// Other spellings of the capital, former names of it, and second capitals.
    pub capital_aliases: Vec<String>,
}

/// All countries, ordered by code.
pub fn countries() -> &'static [Country] {
    static COUNTRIES: LazyLock<Vec<Country>> = LazyLock::new(|| {
        let mut table: Vec<Country> = super::rows(TABLE)
            .filter_map(|row| {
                let mut capitals = super::list(row[6]).into_iter();
                Some(Country {
                    code: row[0].parse().ok()?,
                    alpha3: row[1].to_owned(),
                    name: row[2].to_owned(),
                    official_name: row[3].to_owned(),
                    aliases: super::list(row[4]),
                    demonyms: super::list(row[5]),
                    capital: capitals.next().unwrap_or_default(),
                    capital_aliases: capitals.collect(),
                })
            })
            .collect();
        table.sort_by_key(|c| c.code);
        table
    });
    &COUNTRIES
}

/// The country with this code.
pub fn country(code: CountryCode) -> Option<&'static Country> {
    let table = countries();
    table
        .binary_search_by_key(&code, |c| c.code)
        .ok()
        .map(|i| &table[i])
}

/// The country of this name, official name or abbreviation; an article before it is ignored.
///
/// Case counts, so that the pronoun `us` is no country; a name wholly in capitals is read too.
/// Names that can mean something else are answered as the country: `Georgia`, `Jordan`, `Chad`.
/// `Congo` is taken as the Democratic Republic, `Korea` as the South, as news uses them.
///
/// ```
/// use newsgraph::lexicon::country_named;
/// assert_eq!(country_named("the U.K.").unwrap().name(), "United Kingdom");
/// assert_eq!(country_named("us"), None);
/// ```
pub fn country_named(name: &str) -> Option<CountryCode> {
    static NAMES: LazyLock<Index> = LazyLock::new(|| {
        Index::of(|c| {
            [&c.name, &c.official_name]
                .into_iter()
                .chain(&c.aliases)
                .map(String::as_str)
                .collect()
        })
    });
    NAMES.get(name)
}

/// The country whose adjective or people this word names: `German`, `Germans`, `Briton`.
///
/// `Congolese` is taken as of the Democratic Republic, `Korean` as of the South, `Dominican` as
/// of the Dominican Republic.
pub fn demonym(word: &str) -> Option<CountryCode> {
    static DEMONYMS: LazyLock<Index> =
        LazyLock::new(|| Index::of(|c| c.demonyms.iter().map(String::as_str).collect()));
    DEMONYMS.get(word)
}

/// The country of which this city is the capital or a seat of government.
pub fn capital_of(city: &str) -> Option<CountryCode> {
    static CAPITALS: LazyLock<Index> = LazyLock::new(|| {
        Index::of(|c| {
            std::iter::once(&c.capital)
                .chain(&c.capital_aliases)
                .map(String::as_str)
                .collect()
        })
    });
    CAPITALS.get(city)
}

/// Names to codes, as written, without diacritics and in capitals.
struct Index(HashMap<String, CountryCode>);

impl Index {
    fn of(names: impl Fn(&'static Country) -> Vec<&'static str>) -> Self {
        let mut index = HashMap::new();
        let named: Vec<_> = countries()
            .iter()
            .flat_map(|c| names(c).into_iter().map(|n| (n, c.code)))
            .collect();
        for (name, code) in &named {
            if !name.is_empty() {
                index.entry((*name).to_owned()).or_insert(*code);
            }
        }
        for (name, code) in &named {
            if !name.is_ascii() {
                index.entry(deunicode::deunicode(name)).or_insert(*code);
            }
            // Short names in capitals would be other people's acronyms.
            if name.chars().filter(|c| c.is_alphabetic()).count() > 3 {
                index.entry(name.to_uppercase()).or_insert(*code);
            }
        }
        Self(index)
    }

    fn get(&self, name: &str) -> Option<CountryCode> {
        let key = super::name_key(name);
        self.0.get(key.as_ref()).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(code: Option<CountryCode>) -> &'static str {
        code.map_or("", CountryCode::name)
    }

    #[test]
    fn table_is_sound() {
        let rows = super::super::tests::check_table(TABLE, 7);
        assert_eq!(rows.len(), 250);
        for row in &rows {
            assert!(row[0].parse::<CountryCode>().is_ok(), "{row:?}");
            assert!(
                row[1].len() == 3 && row[1].bytes().all(|b| b.is_ascii_uppercase()),
                "{row:?}"
            );
            assert!(!row[2].is_empty() && !row[3].is_empty(), "{row:?}");
        }
    }

    #[test]
    fn no_name_belongs_to_two_countries() {
        let mut names: Vec<(&str, CountryCode)> = Vec::new();
        let mut demonyms = Vec::new();
        for c in countries() {
            let mut own = vec![c.name.as_str()];
            own.extend(c.aliases.iter().map(String::as_str));
            if c.official_name != c.name {
                own.push(&c.official_name);
            }
            names.extend(own.into_iter().map(|n| (n, c.code)));
            demonyms.extend(c.demonyms.iter().map(|d| (d.as_str(), c.code)));
        }
        for mut list in [names, demonyms] {
            list.sort_unstable();
            for pair in list.windows(2) {
                assert_ne!(pair[0].0, pair[1].0, "{pair:?}");
            }
        }
    }

    #[test]
    fn names_as_news_writes_them() {
        for (text, expected) in [
            ("U.S.", "United States"),
            ("the United States", "United States"),
            ("America", "United States"),
            ("Côte d’Ivoire", "Ivory Coast"),
            ("Turkiye", "Turkey"),
            ("Holland", "Netherlands"),
            ("Congo", "Democratic Republic of the Congo"),
            ("UKRAINE", "Ukraine"),
            ("Republic of Georgia", "Georgia"),
            ("us", ""),
            ("usa", ""),
            ("turkey", ""),
            ("Guinea-Bissau", "Guinea-Bissau"),
        ] {
            assert_eq!(name(country_named(text)), expected, "{text}");
        }
    }

    #[test]
    fn peoples() {
        for (text, expected) in [
            ("French", "France"),
            ("Britons", "United Kingdom"),
            ("Emirati", "United Arab Emirates"),
            ("Salvadorian", "El Salvador"),
            ("South Koreans", "South Korea"),
            ("polish", ""),
            ("Polish", "Poland"),
            ("European", ""),
        ] {
            assert_eq!(name(demonym(text)), expected, "{text}");
        }
    }

    #[test]
    fn capitals() {
        for (text, expected) in [
            ("Kiev", "Ukraine"),
            ("Bogota", "Colombia"),
            ("Washington", "United States"),
            ("N’Djamena", "Chad"),
            ("The Hague", "Netherlands"),
            ("New York", ""),
        ] {
            assert_eq!(name(capital_of(text)), expected, "{text}");
        }
    }
}
