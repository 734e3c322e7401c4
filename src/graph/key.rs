//! Owns under which keys (`ng:key`) the things of an article are found again in others. Things that
//! can be one across articles share a key; what shares one need not be one.
//!
//! Each key is a function of the article alone. An entity has one, so that entities fall into
//! blocks; a meeting has one for each two of its parties; a statement one for its speaker on its
//! day and some for its words.

use std::collections::BTreeSet;

use super::name::{BodyName, PersonName};
use super::{digest, name_key};
use crate::fact::{EntityKind, MeetingKind};
use crate::lexicon::{self, CountryCode, SeatKind};

/// Parties of a meeting that its keys are made of; of a longer list the first ones.
const PARTIES: usize = 12;
/// Keys of the words of a statement.
const PRINTS: usize = 4;
/// Words in a row that a key of words is made of.
const RUN: usize = 3;
/// Parts of a text's sketch.
pub(crate) const SKETCH: usize = 16;
/// Words in a row that a sketch is made of.
const SHINGLE: usize = 4;

/// The key of an entity's block.
pub(crate) fn entity_key(kind: EntityKind, name: &str, country: Option<CountryCode>) -> String {
    let key = match kind {
        EntityKind::Person => PersonName::read(name).family,
        EntityKind::Organization => BodyName::read(name).key,
        EntityKind::Country => country.map_or_else(|| name_key(name), |code| code.to_string()),
        EntityKind::Place => name_key(name),
        EntityKind::Group => group_key(name),
    };
    format!("{kind}/{key}")
}

/// A group's name without what counts or points: "six northern ministers", "the other ministers".
pub(crate) fn group_key(name: &str) -> String {
    let key = name_key(name);
    let small = |word: &&str| {
        !matches!(
            *word,
            "the"
                | "other"
                | "several"
                | "some"
                | "many"
                | "top"
                | "two"
                | "three"
                | "four"
                | "five"
                | "six"
                | "seven"
                | "eight"
                | "nine"
                | "ten"
                | "a"
                | "group"
                | "of"
                | "his"
                | "her"
                | "their"
        )
    };
    let words: Vec<&str> = key.split('-').filter(small).collect();
    match words.is_empty() {
        true => key.clone(),
        false => words.join("-"),
    }
}

/// The key of a person's role holdings of one title and status.
pub(crate) fn role_key(person: &str, role: &str, status: impl std::fmt::Display) -> String {
    format!("role/{person}/{}/{status}", name_key(role))
}

/// Meetings and conferences are one family: an article's summit is another's talks.
pub(crate) const fn family(kind: MeetingKind) -> &'static str {
    match kind {
        MeetingKind::Meeting | MeetingKind::Conference => "meeting",
        MeetingKind::Call => "call",
        MeetingKind::Visit => "visit",
    }
}

/// The keys of a meeting whose parties and place have these keys: one for each two parties, or for
/// the only party and the place.
pub(crate) fn meeting_keys(
    kind: MeetingKind,
    parties: &[String],
    place: Option<&str>,
) -> BTreeSet<String> {
    let family = family(kind);
    let distinct: BTreeSet<&str> = parties.iter().map(String::as_str).take(PARTIES).collect();
    let parties: Vec<&str> = distinct.into_iter().collect();
    let mut keys = BTreeSet::new();
    for (i, a) in parties.iter().enumerate() {
        keys.extend(parties[i + 1..].iter().map(|b| format!("{family}/{a}+{b}")));
    }
    if let ([one], Some(place)) = (parties.as_slice(), place) {
        keys.insert(format!("{family}/{one}@{place}"));
    }
    keys
}

/// The keys of a statement whose speaker has this key.
pub(crate) fn statement_keys(speaker: &str, day: Option<&str>, text: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    if let Some(day) = day {
        keys.insert(said_on(speaker, day));
    }
    let words = plain_words(text);
    let mut prints: Vec<String> = words
        .windows(RUN)
        .map(|run| digest(&run.join(" "), 8))
        .collect();
    prints.sort_unstable();
    prints.dedup();
    keys.extend(
        prints
            .into_iter()
            .take(PRINTS)
            .map(|print| format!("words/{speaker}/{print}")),
    );
    keys
}

/// The country whose government news means by this name: "Kremlin".
pub(crate) fn seat_of(name: &str) -> Option<CountryCode> {
    lexicon::seat(name)
        .filter(|seat| seat.kind == SeatKind::Seat)
        .map(|seat| seat.country)
}

/// The key of a government, whoever speaks for it.
pub(crate) fn seat_key(country: CountryCode) -> String {
    format!("seat/{country}")
}

/// The key of what a speaker says in articles of one day.
pub(crate) fn said_on(speaker: &str, day: &str) -> String {
    format!("said/{speaker}/{day}")
}

/// The words of a text in lower case without marks, apostrophes and the square brackets of an
/// insertion.
pub(crate) fn plain_words(text: &str) -> Vec<String> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '—' | '–' | '-' | '/' | '…'))
        .map(|word| {
            word.chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect::<String>()
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// A sketch of a text (MinHash, Broder 1997): two texts agree in about the share of its parts that
/// they share of their words in a row. `None` for a text too short to have one.
pub(crate) fn sketch(text: &str) -> Option<String> {
    let words = plain_words(text);
    if words.len() < 8 * SHINGLE {
        return None;
    }
    let mut least = [u32::MAX; SKETCH];
    for run in words.windows(SHINGLE) {
        let hash = blake3::hash(run.join(" ").as_bytes());
        // 64 bytes of one hash would do for 16 parts of 32 bits; 32 bytes do by mixing.
        let bytes = hash.as_bytes();
        let part =
            |i: usize| u32::from_le_bytes([bytes[i], bytes[i + 1], bytes[i + 2], bytes[i + 3]]);
        for (i, least) in least.iter_mut().enumerate() {
            let (a, b) = (part(4 * (i % 8)), part(4 * ((i + 3) % 8)));
            let value = if i < 8 {
                a
            } else {
                a.rotate_left(16).wrapping_mul(0x9E37_79B1) ^ b
            };
            *least = value.min(*least);
        }
    }
    Some(least.iter().map(|value| format!("{value:08x}")).collect())
}

/// Whether two sketches are of texts that differ in little: a wire report and its reprint.
pub(crate) fn is_reprint(a: &str, b: &str) -> bool {
    let same = a
        .as_bytes()
        .chunks(8)
        .zip(b.as_bytes().chunks(8))
        .filter(|(a, b)| a == b)
        .count();
    // Of 16 parts: texts that share six of ten runs of words or more.
    2 * same > SKETCH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reprint_is_told_from_another_report() {
        let words: Vec<String> = (0..300)
            .map(|n| format!("word{}", (n * 7919 + n * n) % 1009))
            .collect();
        let report = words.join(" ");
        let cut = words[..260].join(" ");
        let other: String = words.iter().rev().cloned().collect::<Vec<_>>().join(" ");
        let (a, b, c) = (
            sketch(&report).unwrap(),
            sketch(&cut).unwrap(),
            sketch(&other).unwrap(),
        );
        assert_eq!(a.len(), 8 * SKETCH);
        assert!(is_reprint(&a, &b) && !is_reprint(&a, &c));
        assert_eq!(sketch("too short to tell"), None);
    }

    #[test]
    fn meetings_are_found_by_any_two_parties() {
        let keys = |parties: &[&str], place| {
            let parties: Vec<String> = parties.iter().map(|p| (*p).to_owned()).collect();
            meeting_keys(MeetingKind::Conference, &parties, place)
        };
        let three = keys(&["c", "a", "b"], None);
        assert_eq!(
            three.into_iter().collect::<Vec<_>>(),
            ["meeting/a+b", "meeting/a+c", "meeting/b+c"]
        );
        assert_eq!(keys(&["a"], Some("p")).len(), 1);
        assert!(keys(&["a"], None).is_empty());
    }
}
