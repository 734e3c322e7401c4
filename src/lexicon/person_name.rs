//! Parts of people's names: given names with their gender, family names that come first, particles.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::title::Gender;

const GIVEN: &str = include_str!("../../lexicons/given_names.csv");
const FAMILY: &str = include_str!("../../lexicons/family_names.csv");

/// The gender of a given name, looked up in lower case; `None` for no known given name.
///
/// ```
/// use newsgraph::lexicon::{Gender, given_name};
/// assert_eq!(given_name("ursula"), Some(Gender::Female));
/// assert_eq!(given_name("table"), None);
/// ```
pub fn given_name(lower: &str) -> Option<Gender> {
    static NAMES: LazyLock<HashMap<&'static str, Gender>> = LazyLock::new(|| {
        super::rows(GIVEN)
            .filter_map(|row| Some((row[0], Gender::read(row[1])?)))
            .collect()
    });
    NAMES.get(lower).copied()
}

/// Whether people with this family name (lower case) are written family name first.
pub fn is_family_name_first(lower: &str) -> bool {
    static NAMES: LazyLock<HashSet<&'static str>> =
        LazyLock::new(|| super::rows(FAMILY).map(|row| row[0]).collect());
    NAMES.contains(lower)
}

/// Whether a lower-case word can stand inside a person's name: "von", "bin".
pub fn is_name_particle(lower: &str) -> bool {
    matches!(
        lower,
        "von"
            | "van"
            | "der"
            | "den"
            | "de"
            | "da"
            | "das"
            | "dos"
            | "do"
            | "del"
            | "della"
            | "di"
            | "du"
            | "la"
            | "le"
            | "bin"
            | "bint"
            | "ibn"
            | "al"
            | "el"
            | "ul"
            | "ud"
            | "abu"
            | "ben"
            | "ka"
            | "ten"
            | "ter"
            | "zu"
            | "af"
            | "av"
            | "ap"
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_table;
    use super::*;

    #[test]
    fn tables_are_sound() {
        for row in check_table(GIVEN, 2) {
            assert!(given_name(row[0]).is_some(), "{row:?}");
        }
        check_table(FAMILY, 2);
    }

    #[test]
    fn names_of_several_languages() {
        assert_eq!(given_name("volodymyr"), Some(Gender::Male));
        assert_eq!(given_name("giorgia"), Some(Gender::Female));
        assert!(is_family_name_first("yoon"));
        assert!(!is_family_name_first("merkel"));
    }
}
