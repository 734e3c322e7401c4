//! Owns how names are compared across articles: the spelling of a person's name without what
//! transliteration changes, the parts of it, and the core of a body's name.
//!
//! All of it is about one name at a time; which names are one thing is for `identity`.

use std::fmt::Write as _;

use super::name_key;
use crate::lexicon::{
    self, CountryCode, SeatKind, given_name, given_name_variant, is_family_name_first,
    is_name_particle,
};

/// Letters and groups of letters that transliterations of one name differ in, applied in order.
/// Which script they come from is not known, so each is a class of spellings, not a reading.
const SPELLINGS: [(&str, &str); 30] = [
    ("sch", "sh"),
    ("tch", "ch"),
    ("dzh", "j"),
    ("kh", "h"),
    ("gh", "g"),
    ("dh", "d"),
    ("zh", "j"),
    ("dj", "j"),
    ("ph", "f"),
    ("ck", "k"),
    ("cz", "ch"),
    ("tz", "ts"),
    ("q", "k"),
    ("w", "v"),
    ("x", "ks"),
    ("ij", "i"),
    ("ej", "ei"),
    ("aj", "ai"),
    ("y", "i"),
    ("ii", "i"),
    ("ii", "i"),
    ("ie", "e"),
    ("ee", "i"),
    ("ou", "u"),
    ("oo", "u"),
    ("ca", "ka"),
    ("co", "ko"),
    ("cu", "ku"),
    ("cr", "kr"),
    ("cl", "kl"),
];

/// Shorter words are too alike: "Lee" and "Li" are two names.
const SPELLED: usize = 4;

/// A word of a name without what transliteration changes: "olenskyy" and "olenskiy" become one.
pub(crate) fn spelling(word: &str) -> String {
    if word.len() < SPELLED || !word.is_ascii() {
        return word.to_owned();
    }
    let mut text = word.to_owned();
    for (from, to) in SPELLINGS {
        if text.contains(from) {
            text = text.replace(from, to);
        }
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    // "Abdullah" and "Abdulla"; "Marc" and "Mark".
    if out.ends_with("ah") {
        out.pop();
    }
    if out.ends_with('c') {
        out.pop();
        out.push('k');
    }
    out
}

/// What stands after a name to tell a son from his father.
const SUFFIXES: [&str; 8] = ["jr", "sr", "ii", "iii", "iv", "v", "vi", "vii"];

/// A given name or an initial.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Given {
    /// As [`spelling`] has it.
    Name(String),
    Initial(char),
}

/// How two given names go together; the further down, the less they say of each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Match {
    /// The same letters up to transliteration.
    Spelling,
    /// One name in another language, or a short form of it.
    Variant,
    /// One leaves out a middle name.
    Middle,
    /// An initial.
    Initial,
    /// One gives the family name only.
    Family,
}

impl Given {
    fn matches(&self, other: &Self) -> Option<Match> {
        match (self, other) {
            (Self::Name(a), Self::Name(b)) if a == b => Some(Match::Spelling),
            (Self::Name(a), Self::Name(b)) => {
                let same = given_class(a)? == given_class(b)?;
                same.then_some(Match::Variant)
            }
            (Self::Initial(a), Self::Initial(b)) => (a == b).then_some(Match::Spelling),
            (Self::Initial(i), Self::Name(name)) | (Self::Name(name), Self::Initial(i)) => {
                let class = given_class(name).is_some_and(|class| class.starts_with(*i));
                (name.starts_with(*i) || class).then_some(Match::Initial)
            }
        }
    }
}

/// The class of variants of a given name, kept under the spelling of its forms.
fn given_class(word: &str) -> Option<&'static str> {
    given_name_variant(word)
}

/// The parts of a person's name that tell people apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PersonName {
    /// In the order of the name, particles left out.
    pub given: Vec<Given>,
    /// As [`spelling`] has it.
    pub family: String,
    pub suffix: Option<String>,
}

impl PersonName {
    /// Reads a name without titles.
    pub fn read(name: &str) -> Self {
        let mut words = words(name);
        let mut suffix = None;
        while words.len() > 1 {
            match words.last() {
                Some(Word { key, .. }) if SUFFIXES.contains(&key.as_str()) => {
                    suffix = words.pop().map(|word| word.key);
                }
                _ => break,
            }
        }
        words.retain(|word| !is_name_particle(&word.key) || word.is_initials);
        let family = if is_family_first(&words) {
            words.remove(0)
        } else {
            match words.pop() {
                Some(word) => word,
                None => {
                    return Self {
                        given: Vec::new(),
                        family: name_key(name),
                        suffix,
                    };
                }
            }
        };
        let mut given = Vec::new();
        for word in words {
            if word.is_initials {
                given.extend(word.key.chars().map(Given::Initial));
            } else {
                given.push(Given::Name(given_spelling(&word.key)));
            }
        }
        Self {
            given,
            family: spelling(&family.key),
            suffix,
        }
    }

    /// The first given name in the form that its variants share, and whether it is an initial.
    pub fn first_given(&self) -> Option<(String, bool)> {
        Some(match self.given.first()? {
            Given::Initial(c) => (c.to_string(), true),
            Given::Name(name) => (given_class(name).unwrap_or(name).to_owned(), false),
        })
    }

    /// Whether it is a single word: a family name, a given name or a name of its own.
    pub const fn is_single(&self) -> bool {
        self.given.is_empty()
    }

    /// How two names of one family name can be one person's; `None`: they cannot.
    pub fn matches(&self, other: &Self) -> Option<Match> {
        if self.suffix != other.suffix || self.family != other.family {
            return None;
        }
        let (short, long) = match self.given.len() <= other.given.len() {
            true => (&self.given, &other.given),
            false => (&other.given, &self.given),
        };
        if short.is_empty() {
            return Some(match long.is_empty() {
                true => Match::Spelling,
                false => Match::Family,
            });
        }
        if joined(short) == joined(long) {
            return Some(Match::Spelling);
        }
        let mut worst = short[0].matches(&long[0])?;
        let mut rest = long[1..].iter();
        for given in &short[1..] {
            // Names that one leaves out may stand between; one of another letter may not.
            loop {
                let next = rest.next()?;
                if let Some(found) = given.matches(next) {
                    worst = worst.max(found);
                    break;
                }
                worst = worst.max(Match::Middle);
            }
        }
        if rest.next().is_some() {
            worst = worst.max(Match::Middle);
        }
        Some(worst)
    }
}

/// "Jong Un" and "Jong-un" and "Jongun".
fn joined(given: &[Given]) -> String {
    given
        .iter()
        .map(|part| match part {
            Given::Name(name) => name.clone(),
            Given::Initial(c) => format!("{c}."),
        })
        .collect()
}

/// A given name as it is compared: a known one keeps its letters, so that its variants are found.
fn given_spelling(key: &str) -> String {
    match given_name_variant(key) {
        Some(_) => key.to_owned(),
        None => spelling(key),
    }
}

struct Word {
    /// As [`name_key`] has it.
    key: String,
    is_initials: bool,
}

fn words(name: &str) -> Vec<Word> {
    let is_shouted = !name.chars().any(char::is_lowercase)
        && name
            .split_whitespace()
            .any(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 3);
    let mut words = Vec::new();
    for token in name.split_whitespace() {
        let letters = token.chars().filter(|c| c.is_alphabetic()).count();
        let is_spelt_out =
            token.contains('.') && letters <= 3 && !token.chars().any(char::is_lowercase);
        let is_capitals = letters <= 2 && !is_shouted && token.chars().all(char::is_uppercase);
        let key = name_key(token.trim_matches(['.', ',']));
        if is_spelt_out || is_capitals || letters == 1 {
            let key = key.replace('-', "");
            words.push(Word {
                key,
                is_initials: true,
            });
            continue;
        }
        for part in key.split('-').filter(|part| !part.is_empty()) {
            words.push(Word {
                key: part.to_owned(),
                is_initials: false,
            });
        }
    }
    // Initials alone, or at the end, are no initials: "Malcolm X".
    if let Some(last) = words.last_mut() {
        last.is_initials = false;
    }
    words
}

/// Whether the family name comes first, as in the languages of `family_names.csv`.
fn is_family_first(words: &[Word]) -> bool {
    let [first, .., last] = words else {
        return false;
    };
    if first.is_initials || !is_family_name_first(&first.key) {
        return false;
    }
    // "Kim" and "Lee" are given names too: "Kim Osterberg", "Lee Anderson Smith".
    let is_given = given_name(&first.key).is_some();
    match words.len() {
        2 => !(is_family_name_first(&last.key) || is_given && last.key.len() > 7),
        _ => !is_given,
    }
}

/// What a body's name is compared by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BodyName {
    pub key: String,
    /// Where the name or the word lists tell.
    pub country: Option<CountryCode>,
    /// Bodies of many countries are called so.
    pub is_generic: bool,
}

/// Endings of companies' names that tell their legal form only.
const LEGAL_FORMS: [&str; 10] = [
    "inc", "corp", "ltd", "llc", "plc", "co", "ag", "gmbh", "limited", "nv",
];

impl BodyName {
    /// Reads the name of a body.
    pub fn read(name: &str) -> Self {
        if let Some(body) = lexicon::organization_named(name) {
            return Self {
                key: name_key(body.name),
                country: body.country,
                is_generic: false,
            };
        }
        if let Some(seat) = lexicon::seat(name) {
            let body = seat.organization.filter(|_| seat.kind == SeatKind::Body);
            let mut body = Self::core(body.unwrap_or(name));
            body.country = Some(seat.country);
            return body;
        }
        Self::core(name)
    }

    fn core(name: &str) -> Self {
        let words: Vec<String> = name
            .split_whitespace()
            .map(|word| word.trim_matches([',', '.']).replace('’', "'"))
            .filter(|word| !word.is_empty())
            .collect();
        let (core, country) = without_country(&words);
        if let Some(key) = generic_key(&core) {
            return Self {
                key,
                country,
                is_generic: true,
            };
        }
        let mut end = words.len();
        while end > 1 && LEGAL_FORMS.contains(&words[end - 1].to_lowercase().as_str()) {
            end -= 1;
        }
        let is_the = words.len() > 1 && words[0].eq_ignore_ascii_case("the");
        let key = name_key(&words[usize::from(is_the).min(end.saturating_sub(1))..end].join(" "));
        Self {
            key,
            country: None,
            is_generic: false,
        }
    }
}

/// A name without the country before it ("Russia's", "the French") or after it ("of Ukraine").
fn without_country(words: &[String]) -> (Vec<String>, Option<CountryCode>) {
    let the = usize::from(words.first().is_some_and(|w| w.eq_ignore_ascii_case("the")));
    let words = &words[the..];
    for length in (1..words.len().min(4)).rev() {
        let start = words[..length].join(" ");
        let plain = start
            .strip_suffix("'s")
            .or_else(|| start.strip_suffix('\''))
            .unwrap_or(&start);
        let is_possessive = plain.len() < start.len();
        let capital = || is_possessive.then(|| lexicon::capital_of(plain)).flatten();
        let found = lexicon::country_named(plain)
            .or_else(|| lexicon::demonym(plain))
            .or_else(capital);
        if found.is_some() {
            return (words[length..].to_vec(), found);
        }
    }
    for at in (1..words.len().saturating_sub(1)).rev() {
        if words[at] == "of"
            && let Some(country) = lexicon::country_named(&words[at + 1..].join(" "))
        {
            return (words[..at].to_vec(), Some(country));
        }
    }
    (words.to_vec(), None)
}

/// The key of a name that bodies of many countries bear: "Ministry of Defence" and "Defense
/// Ministry" have one.
fn generic_key(words: &[String]) -> Option<String> {
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let all = lower.join(" ");
    if lexicon::is_generic_body(&all) {
        return Some(name_key(&all));
    }
    let (first, last) = (lower.first()?, lower.last()?);
    let (field, head) = match lower.len() {
        0 | 1 => return (first == "ministry").then(|| "ministry".to_owned()),
        _ if first == "ministry" && matches!(lower[1].as_str(), "of" | "for") => {
            (&lower[2..], first)
        }
        _ if last == "ministry" => (&lower[..lower.len() - 1], last),
        _ => return None,
    };
    let mut key = String::new();
    for word in field {
        let word = match word.as_str() {
            "the" | "and" | "affairs" | "&" | "for" | "of" => continue,
            "defence" => "defense",
            other => other,
        };
        let _ = write!(key, "{}-", name_key(word));
    }
    key.push_str(head);
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(a: &str, b: &str) -> Option<Match> {
        PersonName::read(a).matches(&PersonName::read(b))
    }

    #[test]
    fn one_name_in_several_spellings() {
        for (a, b) in [
            ("Petro Olenskyy", "Petro Olenskiy"),
            ("Petro Olensky", "Petro Olenskii"),
            ("Ramin Kadyshev", "Ramin Kadishev"),
            ("Ramin Khalef", "Ramin Halef"),
            ("Anna Hofmann", "Anna Hoffmann"),
            ("Marek Yanovych", "Marek Ianovich"),
            ("José Núñez", "Jose Nunez"),
            ("Kim Il-han", "Kim Il Han"),
            ("Tarek al-Fassi", "Tarek El Fassi"),
        ] {
            assert_eq!(matches(a, b), Some(Match::Spelling), "{a} / {b}");
        }
    }

    #[test]
    fn what_names_leave_open_and_what_they_do_not() {
        for (a, b, expected) in [
            ("Mohammed Fassi", "Muhammad Fassi", Some(Match::Variant)),
            ("Joe Alder", "Joseph Alder", Some(Match::Variant)),
            ("A.B. Carter", "AB Carter", Some(Match::Spelling)),
            ("A. Carter", "Ann Carter", Some(Match::Initial)),
            ("Ann Marie Carter", "Ann Carter", Some(Match::Middle)),
            ("Carter", "Ann Carter", Some(Match::Family)),
            ("Ann Carter", "Bea Carter", None),
            ("Ann Carter", "Ann Cartwright", None),
            ("Tom Reed Jr.", "Tom Reed", None),
            ("Tom B. Reed", "Tom C. Reed", None),
            ("Petro Olensky", "Petro Olenska", None),
            ("Bo Lee", "Bo Li", None),
        ] {
            assert_eq!(matches(a, b), expected, "{a} / {b}");
        }
    }

    #[test]
    fn the_family_name_is_found_wherever_it_stands() {
        for (name, family) in [
            ("Xu Lanying", "Xu"),
            ("Lanying Xu", "Xu"),
            ("Yoon Sang-ho", "Yoon"),
            ("Ursula von der Heide", "Heide"),
            ("Von der Heide", "Heide"),
            ("Abbas II", "Abbas"),
        ] {
            assert_eq!(
                PersonName::read(name).family,
                spelling(&name_key(family)),
                "{name}"
            );
        }
    }

    #[test]
    fn bodies_of_many_countries_are_told_from_others() {
        let read = |name| {
            let body = BodyName::read(name);
            (
                body.key,
                body.country.map(|c| c.to_string()),
                body.is_generic,
            )
        };
        let foreign = |country: Option<&str>| {
            (
                "foreign-ministry".to_owned(),
                country.map(str::to_owned),
                true,
            )
        };
        assert_eq!(read("Foreign Ministry"), foreign(None));
        assert_eq!(read("Russia’s Foreign Ministry"), foreign(Some("RU")));
        assert_eq!(
            read("the French Ministry of Foreign Affairs"),
            foreign(Some("FR"))
        );
        assert_eq!(
            read("Ministry of Foreign Affairs of Ukraine"),
            foreign(Some("UA"))
        );
        assert_eq!(read("EU"), read("European Union"));
        assert_eq!(read("Kestrel Cells Inc.").0, "kestrel-cells");
        assert!(!read("Russian Railways").2);
    }
}
