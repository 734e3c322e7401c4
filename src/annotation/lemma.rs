//! The lemmatiser: a table of known words and, for the rest, the most telling ending.

use super::label::{Upos, Xpos};
use super::weights::read_u32;
use super::word::{hash_bytes, key, pair};

/// How a lemma is made of a form: cut so many bytes off its end, then add.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Edit {
    pub cut: u8,
    pub add: String,
}

impl Edit {
    /// The edit that makes `lemma` of `form`.
    #[cfg(feature = "train")]
    pub fn between(form: &str, lemma: &str) -> Option<Self> {
        let common = form
            .char_indices()
            .zip(lemma.chars())
            .take_while(|((_, a), b)| a == b)
            .map(|((i, a), _)| i + a.len_utf8())
            .last()
            .unwrap_or(0);
        let cut = u8::try_from(form.len() - common).ok()?;
        Some(Self {
            cut,
            add: lemma[common..].to_owned(),
        })
    }

    fn apply(&self, form: &str) -> Option<String> {
        let stem = form.get(..form.len().checked_sub(usize::from(self.cut))?)?;
        Some(format!("{stem}{}", self.add))
    }
}

/// Longest ending looked at, in characters.
pub(super) const LONGEST_ENDING: usize = 6;

pub(super) struct Lemmatiser {
    edits: Vec<Edit>,
    count: u64,
    slots: &'static [u8],
}

pub(super) const LEMMA_SLOT: usize = 6;

impl Lemmatiser {
    /// `edits`: a byte for the cut, a byte for the length, the text. `slots`: the number of
    /// slots, then four bytes of hash and two of edit number plus one for each.
    pub fn new(edits: &[u8], slots: &'static [u8]) -> Option<Self> {
        let mut list = Vec::new();
        let mut rest = edits;
        while let [cut, length, tail @ ..] = rest {
            let length = usize::from(*length);
            let add = std::str::from_utf8(tail.get(..length)?).ok()?.to_owned();
            list.push(Edit { cut: *cut, add });
            rest = &tail[length..];
        }
        let count = u64::from(read_u32(slots, 0)?);
        let slots = slots.get(4..4 + usize::try_from(count).ok()? * LEMMA_SLOT)?;
        Some(Self {
            edits: list,
            count,
            slots,
        })
    }

    pub fn lemma(&self, form: &str, upos: Upos, xpos: Xpos) -> String {
        let form = form.replace('’', "'");
        let kept = upos == Upos::Propn || upos == Upos::X || upos == Upos::Sym;
        let form = if kept || form == "I" {
            form
        } else {
            form.to_lowercase()
        };
        if upos == Upos::Punct {
            return form;
        }
        let edit = self.find(word_key(&form, upos, xpos)).or_else(|| {
            let starts: Vec<usize> = form.char_indices().map(|(i, _)| i).collect();
            let longest = starts.len().saturating_sub(1).min(LONGEST_ENDING);
            (1..=longest)
                .rev()
                .find_map(|n| self.find(ending_key(&form[starts[starts.len() - n]..], xpos)))
        });
        edit.and_then(|e| e.apply(&form)).unwrap_or(form)
    }

    fn find(&self, key: u64) -> Option<&Edit> {
        if self.count == 0 {
            return None;
        }
        let mut at = ((key >> 32) * self.count) >> 32;
        loop {
            let start = at as usize * LEMMA_SLOT;
            let slot = self.slots.get(start..start + LEMMA_SLOT)?;
            let number = u16::from_le_bytes([slot[4], slot[5]]);
            if number == 0 {
                return None;
            }
            if u32::from_le_bytes([slot[0], slot[1], slot[2], slot[3]]) == key as u32 {
                return self.edits.get(usize::from(number) - 1);
            }
            at = (at + 1) % self.count;
        }
    }
}

pub(super) fn word_key(form: &str, upos: Upos, xpos: Xpos) -> u64 {
    key(
        1,
        pair(
            hash_bytes(form.as_bytes()),
            (upos as u64) << 8 | xpos as u64,
        ),
    )
}

pub(super) fn ending_key(ending: &str, xpos: Xpos) -> u64 {
    key(2, pair(hash_bytes(ending.as_bytes()), xpos as u64))
}
