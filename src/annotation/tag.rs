//! The tagger: a linear model over a word and its neighbours, from left to right.

use super::label::{Upos, Xpos};
use super::weights::{MOST_CLASSES, Table};
use super::word::{Word, flag, key, pair, triple};

/// A joint tag, numbered as in the model.
pub(super) type TagId = u8;

/// The tag before the first word.
pub(super) const NO_TAG: TagId = 255;

pub(super) struct Tagger {
    table: Table,
    tags: Vec<(Upos, Xpos)>,
    /// The tag of a name's parts.
    proper: Option<TagId>,
}

impl Tagger {
    pub fn new(tags: &[u8], weights: &'static [u8]) -> Option<Self> {
        let tags = read_tags(tags)?;
        let proper = tags.iter().position(|t| *t == (Upos::Propn, Xpos::Nnp));
        Some(Self {
            table: Table::new(weights)?,
            proper: proper.map(|at| at as TagId),
            tags,
        })
    }

    pub fn tag_of(&self, id: TagId) -> (Upos, Xpos) {
        self.tags
            .get(usize::from(id))
            .copied()
            .unwrap_or((Upos::X, Xpos::Xx))
    }

    /// Tags a sentence.
    pub fn tag(&self, words: &[Word], buffer: &mut Vec<u64>, tags: &mut Vec<TagId>) {
        tags.clear();
        let classes = self.tags.len().min(MOST_CLASSES);
        for at in 0..words.len() {
            if let Some(name) = self.proper.filter(|_| words[at].is_syllable) {
                tags.push(name);
                continue;
            }
            features(words, at, tags, buffer);
            let scores = self.table.scores(buffer);
            tags.push(best(&scores[..classes]));
        }
    }
}

fn read_tags(bytes: &[u8]) -> Option<Vec<(Upos, Xpos)>> {
    bytes
        .chunks_exact(2)
        .map(|p| {
            Some((
                *Upos::ALL.get(usize::from(p[0]))?,
                *Xpos::ALL.get(usize::from(p[1]))?,
            ))
        })
        .collect()
}

/// The first of the highest scores.
fn best(scores: &[i32]) -> TagId {
    let mut best = 0;
    for (class, &score) in scores.iter().enumerate() {
        if score > scores[best] {
            best = class;
        }
    }
    best as TagId
}

/// What stands beyond the ends of a sentence.
pub(super) static BEYOND: Word = Word {
    form: 1,
    lower: 1,
    prefix: [1; 4],
    suffix: [1; 4],
    shape: 1,
    flags: 0,
    cluster: 1,
    coarse: 1,
    is_syllable: false,
};

#[inline]
pub(super) fn word_at(words: &[Word], at: usize, offset: isize) -> &Word {
    at.checked_add_signed(offset)
        .and_then(|i| words.get(i))
        .unwrap_or(&BEYOND)
}

/// The features of the word at `at`, given the tags of the words before it.
pub(super) fn features(words: &[Word], at: usize, tags: &[TagId], out: &mut Vec<u64>) {
    out.clear();
    let w = &words[at];
    let (p1, p2) = (word_at(words, at, -1), word_at(words, at, -2));
    let (n1, n2) = (word_at(words, at, 1), word_at(words, at, 2));
    let tag = |back: usize| u64::from(if at >= back { tags[at - back] } else { NO_TAG });
    let (t1, t2) = (tag(1), tag(2));
    let flags = u64::from(w.flags);
    let look = u64::from(
        w.flags
            & (flag::CAPITAL | flag::FIRST | flag::TITLE_CASE | flag::SHOUTED | flag::ALL_CAPITALS),
    );
    let cluster = |w: &Word| u64::from(w.cluster);
    let coarse = |w: &Word| u64::from(w.coarse);
    let mut f = |template: u64, value: u64| out.push(key(template, value));
    f(0, 0);
    f(1, w.form);
    f(2, w.lower);
    f(3, pair(w.suffix[0], look));
    f(4, pair(w.suffix[1], look));
    f(5, pair(w.suffix[2], look));
    f(6, w.suffix[3]);
    f(7, w.prefix[0]);
    f(8, w.prefix[1]);
    f(9, w.prefix[2]);
    f(10, pair(w.shape, look));
    f(11, flags);
    f(12, t1);
    f(13, pair(t1, t2));
    f(14, pair(t1, w.lower));
    f(15, p1.lower);
    f(16, pair(p1.lower, w.lower));
    f(17, p2.lower);
    f(18, n1.lower);
    f(19, pair(w.lower, n1.lower));
    f(20, n2.lower);
    f(21, p1.suffix[2]);
    f(22, n1.suffix[2]);
    f(23, cluster(w));
    f(24, coarse(w));
    f(25, pair(t1, cluster(w)));
    f(26, pair(t1, cluster(n1)));
    f(27, cluster(n1));
    f(28, cluster(p1));
    f(29, pair(cluster(w), cluster(n1)));
    f(30, triple(t1, coarse(w), coarse(n1)));
    f(31, pair(coarse(n1), coarse(n2)));
    f(32, triple(t1, n1.suffix[1], w.suffix[1]));
    f(33, pair(u64::from(n1.flags), u64::from(p1.flags)));
    f(34, pair(w.suffix[2], coarse(n1)));
    f(35, triple(t1, t2, w.lower));
    f(36, pair(w.lower, coarse(n1)));
    f(37, cluster(n2));
    f(38, triple(coarse(p1), coarse(w), coarse(n1)));
    f(39, pair(w.lower, look));
    f(40, pair(n1.lower, n2.lower));
}
