//! Compiles the lexicons into the gazetteer of the model.

use std::collections::{BTreeMap, BTreeSet};

use crate::annotation::gazetteer::{GAZETTEER_SLOT, Kind, OPEN, acronym, phrase};
use crate::annotation::weights::Clusters;
use crate::annotation::word::{Word, WordMaker, flag};
use crate::document::tokenize;
use crate::lexicon;

/// Phrases by their keys, with the bits of their kinds.
#[derive(Default)]
pub(super) struct Phrases {
    kinds: BTreeMap<u64, u16>,
}

impl Phrases {
    /// Everything that the lexicons hold. `common`: lower-case forms of common words.
    pub fn of_lexicons(common: &BTreeSet<u64>) -> Self {
        let mut phrases = Self::default();
        let mut add = |name: &str, kind: Kind| phrases.add(name, kind, common);
        let names = |table| lexicon::rows(table).map(|row| row[0]);
        for name in names(include_str!("../../../lexicons/given_names.csv")) {
            add(name, Kind::Given);
        }
        for name in names(include_str!("../../../lexicons/family_names.csv")) {
            add(name, Kind::Family);
        }
        for (given, family) in holders() {
            add(given, Kind::Given);
            add(family, Kind::Family);
        }
        for row in lexicon::rows(include_str!("../../../lexicons/kinship.csv")) {
            add(row[0], Kind::Kinship);
            add(row[1], Kind::Kinship);
        }
        for city in lexicon::cities() {
            add(city.name, Kind::City);
            city.aliases.iter().for_each(|a| add(a, Kind::City));
        }
        for country in lexicon::countries() {
            add(&country.name, Kind::Country);
            add(&country.official_name, Kind::Country);
            country.aliases.iter().for_each(|a| add(a, Kind::Country));
            country.demonyms.iter().for_each(|d| add(d, Kind::Demonym));
            add(&country.capital, Kind::City);
            let capitals = &country.capital_aliases;
            capitals.iter().for_each(|c| add(c, Kind::City));
        }
        for region in lexicon::regions() {
            add(region.name, Kind::Country);
            region.aliases.iter().for_each(|a| add(a, Kind::Country));
            region.demonyms.iter().for_each(|d| add(d, Kind::Demonym));
        }
        for region in lexicon::supranational_regions() {
            add(region.name, Kind::Country);
            region.aliases.iter().for_each(|a| add(a, Kind::Country));
            region.demonyms.iter().for_each(|d| add(d, Kind::Demonym));
        }
        for body in lexicon::organizations() {
            let kind = match body.kind {
                _ => Kind::Organization,
                _ => Kind::Outlet,
            };
            add(body.name, kind);
            body.aliases.iter().for_each(|a| add(a, kind));
            body.acronym.iter().for_each(|a| add(a, kind));
        }
        for seat in lexicon::seats() {
            add(seat.name, Kind::Seat);
        }
        for (form, _) in lexicon::title_forms() {
            add(form, Kind::Title);
        }
        for (word, kind) in lexicon::name_heads() {
            match kind {
                "organization" => add(word, Kind::OrganizationHead),
                "facility" | "place" => add(word, Kind::PlaceHead),
                "event" => add(word, Kind::EventHead),
                _ => {}
            }
        }
        phrases
    }

    fn add(&mut self, name: &str, kind: Kind, common: &BTreeSet<u64>) {
        let words = words_of(name);
        let Some((last, rest)) = words.split_last() else {
            return;
        };
        if rest.is_empty() && last.has(flag::ALL_CAPITALS) && last.prefix[3] == 0 {
            *self.kinds.entry(acronym(last)).or_default() |= kind.bit();
            return;
        }
        let mut bits = kind.bit();
        let is_name = (kind as u8) < Kind::Title as u8;
        if rest.is_empty() && is_name && !common.contains(&last.lower) && last.prefix[2] != 0 {
            bits |= Kind::Distinct.bit();
        }
        let mut before = 0;
        for word in rest {
            before = phrase(before, word);
            *self.kinds.entry(before).or_default() |= OPEN;
        }
        *self.kinds.entry(phrase(before, last)).or_default() |= bits;
    }

    /// Adds a word that in lower case is part of names.
    pub fn add_small(&mut self, word: &Word) {
        *self.kinds.entry(phrase(0, word)).or_default() |= Kind::Small.bit();
    }

    /// The bytes of the model's part.
    pub fn pack(&self) -> Vec<u8> {
        let count = (self.kinds.len() * 3 / 2 + 8) as u64;
        let mut slots = vec![0_u8; count as usize * GAZETTEER_SLOT];
        for (&key, &kinds) in &self.kinds {
            let mut at = ((key >> 32) * count) >> 32;
            while slots[at as usize * GAZETTEER_SLOT + 4..][..2] != [0, 0] {
                at = (at + 1) % count;
            }
            let slot = &mut slots[at as usize * GAZETTEER_SLOT..][..GAZETTEER_SLOT];
            slot[..4].copy_from_slice(&(key as u32).to_le_bytes());
            slot[4..].copy_from_slice(&kinds.to_le_bytes());
        }
        [&(count as u32).to_le_bytes()[..], &slots].concat()
    }
}

/// First and last parts of the names of those who held the world's offices, the family name
/// second: names from every country. Particles and words in small letters are none.
fn holders() -> impl Iterator<Item = (&'static str, &'static str)> {
    lexicon::rows(include_str!("../../../lexicons/office_holders.csv")).filter_map(|row| {
        let parts = row[0].split(' ');
        let mut parts = parts.filter(|p| p.starts_with(char::is_uppercase));
        let (first, last) = (parts.next()?, parts.next_back()?);
        if FAMILY_FIRST.contains(&row[2]) {
            return Some((last, first));
        }
        Some((first, last))
    })
}

/// Countries whose names begin with the family's.
const FAMILY_FIRST: [&str; 7] = ["CN", "HK", "KH", "KP", "KR", "TW", "VN"];

fn words_of(name: &str) -> Vec<Word> {
    let mut maker = WordMaker::default();
    let none = Clusters::default();
    tokenize(name)
        .iter()
        .map(|t| maker.make(t.span.of(name), (false, false), &none))
        .collect()
}
