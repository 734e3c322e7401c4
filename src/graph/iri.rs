//! IRIs: readable, deterministic, safe for any name, and never one for two things.

use std::fmt;
use std::str::FromStr;

/// The IRI under which all instances are named. Ends in `/` or `#`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Base(String);

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected an absolute IRI that ends in “/” or “#” as the base, found “{found}”\n\
     hint: for example --base https://example.org/news/"
)]
pub struct InvalidBase {
    found: String,
}

impl Base {
    pub const DEFAULT: &str = "https://w3id.org/newsgraph/id/";

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The IRI without the base: `person/friedrich-merz`. An IRI elsewhere stays whole.
    pub fn short<'a>(&self, iri: &'a str) -> &'a str {
        iri.strip_prefix(self.as_str()).unwrap_or(iri)
    }
}

impl Default for Base {
    fn default() -> Self {
        Self(Self::DEFAULT.to_owned())
    }
}

impl FromStr for Base {
    type Err = InvalidBase;

    fn from_str(_text: &str) -> Result<Self, InvalidBase> {
        unimplemented!()
    }
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The form of a name under which equal names are found: lower case, diacritics folded, words
/// joined by `-`: "Volodymyr Zelenskyy" → `volodymyr-zelenskyy`.
pub fn name_key(_name: &str) -> String {
    unimplemented!()
}
