//! The countries of ISO 3166-1.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

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
    /// Adjectives and names of the people: "German", "Germans".
    pub demonyms: Vec<String>,
    pub capital: String,
}

/// All countries, ordered by code.
pub fn countries() -> &'static [Country] {
    static TABLE: LazyLock<Vec<Country>> = LazyLock::new(|| {
        let mut table: Vec<Country> = super::rows(include_str!("../../lexicons/countries.csv"))
            .filter_map(|row| {
                let list = |i: usize| super::list(&row[i]);
                Some(Country {
                    code: row[0].parse().ok()?,
                    alpha3: row[1].to_owned(),
                    name: row[2].to_owned(),
                    official_name: row[3].to_owned(),
                    aliases: list(4),
                    demonyms: list(5),
                    capital: row[6].to_owned(),
                })
            })
            .collect();
        table.sort_by_key(|c| c.code);
        table
    });
    &TABLE
}

/// The country with this code.
pub fn country(code: CountryCode) -> Option<&'static Country> {
    let table = countries();
    table
        .binary_search_by_key(&code, |c| c.code)
        .ok()
        .map(|i| &table[i])
}
