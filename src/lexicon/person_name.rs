//! Parts of people's names: given names with their gender, family names that come first, particles.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::title::Gender;

const GIVEN: &str = include_str!("../../lexicons/given_names.csv");
const GENDERS: &str = include_str!("../../lexicons/given_name_genders.csv");
const FAMILY: &str = include_str!("../../lexicons/family_names.csv");
const VARIANTS: &str = include_str!("../../lexicons/given_name_variants.csv");

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
            .chain(super::rows(GENDERS))
            .filter_map(|row| Some((row[0], Gender::read(row[1])?)))
            .collect()
    });
    NAMES.get(lower).copied()
}

/// The name that a spelling or short form of a given name stands for, looked up in lower case
/// without diacritics; `None` for one that the table does not have.
///
/// ```
/// use newsgraph::lexicon::given_name_variant;
/// assert_eq!(given_name_variant("muhammad"), given_name_variant("mohamed"));
/// assert_eq!(given_name_variant("table"), None);
/// ```
pub fn given_name_variant(lower: &str) -> Option<&'static str> {
    static NAMES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
        let forms = |row: Vec<&'static str>| {
            let name = row[0];
            std::iter::once(name)
                .chain(super::values(row[1]))
                .map(move |form| (form, name))
                .collect::<Vec<_>>()
        };
        super::rows(VARIANTS).flat_map(forms).collect()
    });
    NAMES.get(lower).copied()
}

/// Whether people with this family name (lower case) are written family name first.
pub fn is_family_name_first(lower: &str) -> bool {
    static NAMES: LazyLock<HashSet<&'static str>> =
        LazyLock::new(|| super::rows(FAMILY).map(|row| row[0]).collect());
    NAMES.contains(lower)
}

/// Whether a lower-case word is the Arabic article as names write it, bound by a hyphen: "al-Hakim".
pub fn is_name_article(lower: &str) -> bool {
    matches!(
        lower,
        "al" | "el" | "ul" | "ad" | "an" | "ar" | "as" | "ash" | "at" | "az" | "abdel" | "abdul"
    )
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
        let mut forms: Vec<&str> = Vec::new();
        for row in check_table(VARIANTS, 2) {
            forms.push(row[0]);
            forms.extend(super::super::values(row[1]));
        }
        let all = forms.len();
        forms.sort_unstable();
        forms.dedup();
        assert_eq!(forms.len(), all, "a form stands for two names");
    }

    #[test]
    fn names_of_several_languages() {
        assert_eq!(given_name("volodymyr"), Some(Gender::Male));
        assert_eq!(given_name("giorgia"), Some(Gender::Female));
        assert!(is_family_name_first("yoon"));
        assert!(!is_family_name_first("merkel"));
    }
}
