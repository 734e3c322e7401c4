//! What the model looks at in a single word: hashes of its form, affixes and shape, its clusters.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::weights::Clusters;
use crate::document::{Document, TokenId};
use crate::lexicon;

/// Keys are hashes already.
#[derive(Default)]
pub(super) struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// A map from hashes; never iterated where order matters.
pub(super) type KeyMap<V> = HashMap<u64, V, BuildHasherDefault<Identity>>;

/// Mixes bytes into 64 bits; the same on every machine.
pub(super) fn hash_bytes(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for &byte in bytes {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash ^ (hash >> 29)
}

/// The key of a feature: a template with one value.
#[inline]
pub(super) fn key(template: u64, value: u64) -> u64 {
    let hash =
        (value ^ template.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 29)
}

/// Two values as one.
#[inline]
pub(super) fn pair(a: u64, b: u64) -> u64 {
    (a.wrapping_mul(0x2545_f491_4f6c_dd1d)).rotate_left(31) ^ b.wrapping_mul(0x9fb2_1c65_1e98_df25)
}

/// Three values as one.
#[inline]
pub(super) fn triple(a: u64, b: u64, c: u64) -> u64 {
    pair(pair(a, b), c)
}

/// How a word is written, as bits.
pub(super) mod flag {
    pub const CAPITAL: u16 = 1;
    pub const ALL_CAPITALS: u16 = 1 << 1;
    pub const DIGIT: u16 = 1 << 2;
    pub const LETTER: u16 = 1 << 3;
    pub const GLUED_BEFORE: u16 = 1 << 4;
    pub const GLUED_AFTER: u16 = 1 << 5;
    pub const INNER_CAPITAL: u16 = 1 << 6;
    pub const NON_ASCII: u16 = 1 << 7;
    pub const FIRST: u16 = 1 << 8;
    /// The sentence is a headline: nearly all its longer words are capitalised.
    pub const TITLE_CASE: u16 = 1 << 9;
    /// The sentence is in capitals.
    pub const SHOUTED: u16 = 1 << 10;
}

/// A word as the model sees it.
#[derive(Clone, Copy, Default)]
pub(super) struct Word {
    /// Form with quotation marks and dashes made plain and digits made `0`.
    pub form: u64,
    pub lower: u64,
    /// First 1, 2, 3, 4 characters, in lower case.
    pub prefix: [u64; 4],
    /// Last 1, 2, 3, 4 characters, in lower case.
    pub suffix: [u64; 4],
    /// `Xxxx` with runs of more than two cut short.
    pub shape: u64,
    pub flags: u16,
    /// Distributional cluster, 0 if the word is unknown.
    pub cluster: u16,
    /// Cluster of the same kind, fewer and larger.
    pub coarse: u16,
    /// The last syllable of a name: "Park Min-*seo*".
    pub is_syllable: bool,
}

impl Word {
    pub fn has(&self, flag: u16) -> bool {
        self.flags & flag != 0
    }
}

/// Makes [`Word`]s; keeps its buffers.
#[derive(Default)]
pub(super) struct WordMaker {
    form: Vec<u8>,
    lower: Vec<u8>,
    starts: Vec<usize>,
}

impl WordMaker {
    pub fn make(&mut self, text: &str, glued: (bool, bool), clusters: &Clusters) -> Word {
        self.form.clear();
        self.lower.clear();
        self.starts.clear();
        let mut flags = 0;
        let mut shape = 0_u64;
        let mut last_class = 0_u64;
        let mut run = 0;
        let mut upper = 0;
        let mut letters = 0;
        for (at, c) in text.chars().enumerate() {
            // Long strings are not words; their head says enough.
            if at >= 48 {
                break;
            }
            // A clitic with a space in it.
            if c == ' ' {
                continue;
            }
            let c = plain(c);
            let class = if c.is_ascii_lowercase() {
                1
            } else if c.is_ascii_uppercase() {
                2
            } else if c.is_ascii_digit() {
                3
            } else if c.is_uppercase() {
                flags |= flag::NON_ASCII;
                2
            } else if c.is_alphabetic() {
                flags |= flag::NON_ASCII;
                1
            } else if c.is_numeric() {
                3
            } else {
                4 + u64::from(u32::from(c) & 0xff)
            };
            match class {
                2 if at == 0 => flags |= flag::CAPITAL,
                2 => flags |= flag::INNER_CAPITAL,
                3 => flags |= flag::DIGIT,
                _ => {}
            }
            letters += u32::from(class < 3);
            upper += u32::from(class == 2);
            run = if class == last_class { run + 1 } else { 0 };
            last_class = class;
            if run < 2 {
                shape = shape.wrapping_mul(31).wrapping_add(class + 1);
            }
            self.starts.push(self.lower.len());
            let mut buffer = [0; 4];
            let shown = if class == 3 { '0' } else { c };
            self.form
                .extend_from_slice(shown.encode_utf8(&mut buffer).as_bytes());
            if shown.is_ascii() {
                self.lower.push(shown.to_ascii_lowercase() as u8);
            } else {
                for low in shown.to_lowercase() {
                    self.lower
                        .extend_from_slice(low.encode_utf8(&mut buffer).as_bytes());
                }
            }
        }
        if letters > 0 {
            flags |= flag::LETTER;
            if upper == letters && letters > 1 {
                flags |= flag::ALL_CAPITALS;
            }
        }
        if glued.0 {
            flags |= flag::GLUED_BEFORE;
        }
        if glued.1 {
            flags |= flag::GLUED_AFTER;
        }
        let count = self.starts.len();
        let mut word = Word {
            form: hash_bytes(&self.form),
            lower: hash_bytes(&self.lower),
            shape,
            flags,
            ..Word::default()
        };
        for n in 1..=4 {
            if n < count {
                word.prefix[n - 1] = hash_bytes(&self.lower[..self.starts[n]]);
            }
            if n <= count {
                word.suffix[n - 1] = hash_bytes(&self.lower[self.starts[count - n]..]);
            }
        }
        (word.cluster, word.coarse) = clusters.of(word.form, word.lower);
        word
    }
}

/// Whether a token and the one before it are parts of one word: no space stands between them, or
/// they are parts of a name whose hyphen an outlet sets apart ("Park Min - seo", "al - Hakim").
pub(crate) fn is_bound(document: &Document, id: TokenId) -> bool {
    document.is_glued(id) || parts_name(document, id) || parts_name(document, id.wrapping_sub(1))
}

/// Whether a token is a hyphen inside a name.
fn parts_name(document: &Document, hyphen: TokenId) -> bool {
    if !matches!(document.word(hyphen), "-" | "–") || hyphen == 0 {
        return false;
    }
    let (before, after) = (document.word(hyphen - 1), document.word(hyphen + 1));
    let article = matches!(before, "al" | "el" | "ul")
        || is_name(before) && lexicon::is_name_article(&before.to_lowercase());
    article && is_name(after) || is_last_syllable(document, hyphen + 1)
}

fn is_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.len() > 1
}

/// "Park Min-*seo*", "Simon Park Min - *seo*": a syllable in small letters behind a hyphen, with a
/// family name of the kind that stands first before them.
fn is_last_syllable(document: &Document, id: TokenId) -> bool {
    let word = document.word(id);
    let is_syllable = (1..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase());
    is_syllable
        && id >= 3
        && matches!(document.word(id - 1), "-" | "–")
        && is_name(document.word(id - 2))
        && lexicon::is_family_name_first(&document.word(id - 3).to_lowercase())
}

/// The words of a document, with what their sentences look like.
pub(super) fn words_of(document: &Document, clusters: &Clusters) -> Vec<Word> {
    let mut maker = WordMaker::default();
    let tokens = &document.tokens;
    let mut words: Vec<Word> = (0..tokens.len())
        .map(|id| {
            let glued = (is_bound(document, id), is_bound(document, id + 1));
            let mut word = maker.make(document.word(id), glued, clusters);
            word.is_syllable = is_last_syllable(document, id);
            word
        })
        .collect();
    for sentence in &document.sentences {
        mark_sentence(&mut words[sentence.tokens.clone()]);
    }
    words
}

/// Marks the words of a sentence with what the sentence as a whole looks like.
pub(super) fn mark_sentence(words: &mut [Word]) {
    let (mut long, mut capital, mut shouted) = (0, 0, 0);
    for word in words
        .iter()
        .filter(|w| w.has(flag::LETTER) && w.prefix[2] != 0)
    {
        long += 1;
        capital += usize::from(word.has(flag::CAPITAL));
        shouted += usize::from(word.has(flag::ALL_CAPITALS));
    }
    let style = if long >= 3 && shouted * 10 >= long * 8 {
        flag::SHOUTED
    } else if long >= 4 && capital * 10 >= long * 8 {
        flag::TITLE_CASE
    } else {
        0
    };
    for (i, word) in words.iter_mut().enumerate() {
        word.flags |= style | if i == 0 { flag::FIRST } else { 0 };
    }
}

/// Typographic marks as the training data writes them.
fn plain(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' | '`' | '´' | '‛' => '\'',
        '“' | '”' | '„' | '«' | '»' | '‟' => '"',
        '–' | '—' | '−' | '‑' | '‐' | '―' => '-',
        _ => c,
    }
}
