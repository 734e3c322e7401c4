//! Known names and the words beside them (given names, places, bodies, titles), as the model
//! keeps them: hashes of phrases with the kinds of thing that each may be.

use std::ops::Range;

use super::weights::read_u32;
use super::word::{Word, flag, key, pair, triple};

/// What a phrase may be; one bit each in the table, four bits each in a [`Marks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
// Training alone writes most of them; reading asks for their bits.
#[cfg_attr(not(feature = "train"), allow(dead_code))]
pub(super) enum Kind {
    Given,
    Family,
    City,
    /// Countries, their regions, continents, seas.
    Country,
    Demonym,
    Organization,
    Outlet,
    Title,
    Kinship,
    OrganizationHead,
    PlaceHead,
    EventHead,
    /// State bodies and the houses that speak for them.
    Seat,
    /// A word in lower case that is part of names in the training data.
    Small,
    /// A name that is no common word, so that it is one in lower case too.
    Distinct,
}

/// Set for the beginning of a longer phrase.
pub(super) const OPEN: u16 = 1 << 15;
pub(super) const GAZETTEER_SLOT: usize = 6;

/// Longest phrase looked for, in words.
const LONGEST: usize = 8;

/// For each [`Kind`] four bits: whether the word begins, is inside, ends or alone is such a phrase.
pub(super) type Marks = u64;

impl Kind {
    #[cfg_attr(not(feature = "train"), allow(dead_code))]
    pub const fn bit(self) -> u16 {
        1 << self as u16
    }

    /// Whether the word belongs to a phrase of this kind.
    pub const fn is_in(self, marks: Marks) -> bool {
        marks >> (4 * self as u64) & 0b1111 != 0
    }
}

/// The key of a phrase that goes on with a word; of its first word if `before` is 0.
pub(super) fn phrase(before: u64, word: &Word) -> u64 {
    key(3, pair(before, word.lower))
}

/// The key of a single word in capitals, kept apart so that "WHO" is not "who".
pub(super) fn acronym(word: &Word) -> u64 {
    key(4, word.form)
}

#[derive(Clone, Copy)]
pub(super) struct Gazetteer {
    count: u64,
    slots: &'static [u8],
}

impl Gazetteer {
    /// The number of slots, then for each four bytes of hash and two of kinds (0: empty).
    pub fn new(bytes: &'static [u8]) -> Option<Self> {
        let count = u64::from(read_u32(bytes, 0)?);
        (count > 0).then_some(())?;
        let slots = bytes.get(4..4 + usize::try_from(count).ok()? * GAZETTEER_SLOT)?;
        Some(Self { count, slots })
    }

    fn kinds(&self, key: u64) -> u16 {
        let mut at = ((key >> 32) * self.count) >> 32;
        loop {
            let start = at as usize * GAZETTEER_SLOT;
            let Some(slot) = self.slots.get(start..start + GAZETTEER_SLOT) else {
                return 0;
            };
            let kinds = u16::from_le_bytes([slot[4], slot[5]]);
            let print = u32::from_le_bytes([slot[0], slot[1], slot[2], slot[3]]);
            if kinds == 0 || print == key as u32 {
                return kinds;
            }
            at = (at + 1) % self.count;
        }
    }

    /// Marks the words of all sentences with the longest phrases of each kind that they stand in.
    pub fn mark(&self, words: &[Word], sentences: &[Range<usize>]) -> Vec<Marks> {
        let mut marks = vec![0; words.len()];
        for sentence in sentences {
            // Where the last phrase of each kind ends.
            let mut ends = [0; 15];
            for at in sentence.clone() {
                let mut lengths = [0; 15];
                let mut note = |kinds: u16, length: usize| {
                    for (kind, longest) in lengths.iter_mut().enumerate() {
                        if kinds >> kind & 1 == 1 {
                            *longest = length;
                        }
                    }
                };
                let mut before = 0;
                for (i, word) in words[at..sentence.end.min(at + LONGEST)].iter().enumerate() {
                    before = phrase(before, word);
                    let kinds = self.kinds(before);
                    if kinds & !OPEN != 0 {
                        note(kinds, i + 1);
                    }
                    if kinds & OPEN == 0 {
                        break;
                    }
                }
                if words[at].has(flag::ALL_CAPITALS) {
                    note(self.kinds(acronym(&words[at])), 1);
                }
                for (kind, &length) in lengths.iter().enumerate() {
                    if length == 0 || at + length <= ends[kind] {
                        continue;
                    }
                    ends[kind] = at + length;
                    for (i, mark) in marks[at..at + length].iter_mut().enumerate() {
                        let place = match (i == 0, i + 1 == length) {
                            (true, true) => 0b1000,
                            (true, false) => 0b0001,
                            (false, true) => 0b0100,
                            (false, false) => 0b0010,
                        };
                        *mark |= place << (4 * kind);
                    }
                }
            }
        }
        marks
    }
}

/// The features of a word in its run of capitalised words (or alone) that come from its marks.
pub(super) fn features(around: &Around, out: &mut Vec<u64>) {
    let Around {
        marks: [before, here, after],
        style,
        run,
    } = *around;
    let mut f = |template: u64, value: u64| out.push(key(template, value));
    f(600, pair(here, style));
    if before | here != 0 {
        f(601, pair(before, here));
    }
    if here | after != 0 {
        f(602, pair(here, after));
    }
    for (template, marks) in [(603, before), (604, here), (605, after)] {
        let mut rest = marks;
        while rest != 0 {
            let bit = u64::from(rest.trailing_zeros());
            rest &= rest - 1;
            f(template, pair(bit, style));
        }
    }
    if let Some((place, [left, first, last, right])) = run {
        f(606, pair(first, place));
        f(607, pair(last, place));
        f(608, pair(left, place));
        f(609, pair(right, place));
        f(610, triple(first, last, place));
        f(611, pair(left, last));
    }
}

/// The marks that [`features`] looks at.
pub(super) struct Around {
    /// Of the word before, the word itself, the word after.
    pub marks: [Marks; 3],
    /// How the word is written.
    pub style: u64,
    /// If it stands in a run of capitalised words: where in it, and the marks of the word before
    /// the run, of its first and last word, and of the word after.
    pub run: Option<(u64, [Marks; 4])>,
}
