//! Names the relation of each word to its head, from the top of the tree downwards, when all
//! heads are known.

use super::label::{Deprel, Upos};
use super::tag::{BEYOND, TagId};
use super::weights::Table;
use super::word::{Word, flag, key, pair, triple};

/// A sentence with its heads.
pub(super) struct Tree<'a> {
    pub words: &'a [Word],
    pub tags: &'a [TagId],
    /// The coarse part of speech of each word.
    pub upos: &'a [Upos],
    pub heads: &'a [Option<usize>],
    pub index: &'a Children,
}

/// Dependents of each word of a sentence, in order.
#[derive(Default)]
pub(super) struct Children {
    first: Vec<usize>,
    list: Vec<usize>,
    /// Words from the root downwards.
    pub downwards: Vec<usize>,
}

impl Children {
    pub fn fill(&mut self, heads: &[Option<usize>]) {
        self.first.clear();
        self.first.resize(heads.len() + 1, 0);
        for head in heads.iter().flatten() {
            self.first[head + 1] += 1;
        }
        for i in 0..heads.len() {
            self.first[i + 1] += self.first[i];
        }
        self.list.clear();
        self.list.resize(self.first.last().copied().unwrap_or(0), 0);
        // Each head's counter is moved on while its list is filled, and then moved back.
        for (child, head) in heads.iter().enumerate() {
            if let Some(head) = head {
                self.list[self.first[*head]] = child;
                self.first[*head] += 1;
            }
        }
        for i in (1..self.first.len()).rev() {
            self.first[i] = self.first[i - 1];
        }
        if let Some(first) = self.first.first_mut() {
            *first = 0;
        }
        self.downwards.clear();
        self.downwards
            .extend((0..heads.len()).filter(|&i| heads[i].is_none()));
        let mut at = 0;
        while at < self.downwards.len() {
            let word = self.downwards[at];
            let range = self.first[word]..self.first[word + 1];
            self.downwards.extend_from_slice(&self.list[range]);
            at += 1;
        }
    }

    pub fn of(&self, word: usize) -> &[usize] {
        &self.list[self.first[word]..self.first[word + 1]]
    }
}

pub(super) struct Labeller {
    table: Table,
}

impl Labeller {
    pub fn new(weights: &'static [u8]) -> Option<Self> {
        Some(Self {
            table: Table::new(weights)?,
        })
    }

    pub fn label(&self, tree: &Tree, buffer: &mut Vec<u64>, labels: &mut Vec<Deprel>) {
        labels.clear();
        labels.resize(tree.words.len(), Deprel::Root);
        let mut seen = Siblings::default();
        for &word in &tree.index.downwards {
            let Some(head) = tree.heads[word] else {
                continue;
            };
            seen.enter(head);
            features(tree, word, head, labels, &seen, buffer);
            let mut scores = self.table.scores(buffer);
            // Only the root of a sentence is called so.
            scores[Deprel::Root as usize] = i32::MIN;
            let mut best = 1;
            for (class, &score) in scores[..Deprel::ALL.len()].iter().enumerate() {
                if score > scores[best] {
                    best = class;
                }
            }
            labels[word] = Deprel::ALL[best];
            seen.add(Deprel::ALL[best]);
        }
    }
}

/// The relations already given to the dependents of the same head.
#[derive(Default)]
pub(super) struct Siblings {
    head: Option<usize>,
    seen: u64,
    last: u64,
}

impl Siblings {
    pub fn enter(&mut self, head: usize) {
        if self.head != Some(head) {
            *self = Self {
                head: Some(head),
                ..Self::default()
            };
        }
    }

    pub fn add(&mut self, label: Deprel) {
        self.seen |= 1 << (label as u64);
        self.last = label as u64 + 1;
    }
}

/// The features of a word under its head.
pub(super) fn features(
    tree: &Tree,
    word: usize,
    head: usize,
    labels: &[Deprel],
    siblings: &Siblings,
    out: &mut Vec<u64>,
) {
    out.clear();
    let Tree {
        words,
        tags,
        upos,
        heads,
        index,
    } = tree;
    let (d, h) = (&words[word], &words[head]);
    let (dt, ht) = (u64::from(tags[word]), u64::from(tags[head]));
    let side = u64::from(word < head);
    let distance = side << 4 | word.abs_diff(head).min(6) as u64;
    let tag_at = |i: Option<usize>| i.and_then(|i| tags.get(i)).map_or(254, |t| u64::from(*t));
    let word_at = |i: Option<usize>| i.and_then(|i| words.get(i)).unwrap_or(&BEYOND);
    // What marks the word's phrase: prepositions, conjunctions, auxiliaries, determiners.
    let mut marker = 0;
    let mut markers = 0;
    let mut kinds = 0_u64;
    for &child in index.of(word) {
        kinds |= 1 << (upos[child] as u64);
        let is_marker = matches!(
            upos[child],
            Upos::Adp | Upos::Sconj | Upos::Part | Upos::Adv | Upos::Pron | Upos::Det | Upos::Aux
        );
        if child < word && is_marker {
            if markers == 0 {
                marker = words[child].lower;
            }
            markers = pair(markers, words[child].lower);
        }
    }
    let mut head_kinds = 0_u64;
    for &child in index.of(head) {
        head_kinds |= 1 << (upos[child] as u64 + if child < head { 0 } else { 20 });
    }
    let siblings_list = index.of(head);
    let place = siblings_list.binary_search(&word).unwrap_or(0);
    let before = place.checked_sub(1).map(|i| siblings_list[i]);
    let after = siblings_list.get(place + 1).copied();
    let head_label = labels[head] as u64;
    let above = heads[head];
    let core = siblings.seen
        & (1 << Deprel::Nsubj as u64
            | 1 << Deprel::Obj as u64
            | 1 << Deprel::NsubjPass as u64
            | 1 << Deprel::Cop as u64
            | 1 << Deprel::AuxPass as u64
            | 1 << Deprel::Expl as u64
            | 1 << Deprel::Xcomp as u64
            | 1 << Deprel::Ccomp as u64);
    let first_child = index.of(word).first().copied();
    let comma = |i: Option<usize>| u64::from(i.is_some_and(|i| upos[i] == Upos::Punct));
    let rank = siblings_list[..place]
        .iter()
        .filter(|&&s| (s < head) == (word < head) && upos[s] != Upos::Punct)
        .count()
        .min(3) as u64;
    let mut f = |template: u64, value: u64| out.push(key(template, value));
    f(400, 0);
    f(401, d.lower);
    f(402, dt);
    f(403, h.lower);
    f(404, pair(ht, side));
    f(405, triple(dt, ht, distance));
    f(406, triple(d.lower, h.lower, side));
    f(407, triple(d.lower, ht, side));
    f(408, triple(dt, h.lower, side));
    f(409, pair(triple(d.lower, dt, h.lower), ht));
    f(410, triple(dt, marker, side));
    f(411, triple(dt, markers, ht));
    f(412, triple(marker, h.lower, side));
    f(413, triple(d.lower, marker, ht));
    f(414, triple(kinds, dt, ht));
    f(415, triple(kinds, dt, side));
    f(416, triple(head_kinds, dt, pair(ht, side)));
    f(417, triple(dt, ht, siblings.last));
    f(418, triple(dt, pair(ht, side), core));
    f(419, triple(d.lower, side, core));
    f(420, triple(dt, ht, head_label));
    f(421, triple(dt, side, head_label));
    f(422, triple(dt, ht, tag_at(before)));
    f(423, triple(dt, ht, tag_at(after)));
    f(424, triple(d.cluster.into(), h.cluster.into(), side));
    f(425, triple(d.cluster.into(), ht, side));
    f(426, triple(dt, h.cluster.into(), side));
    f(427, triple(dt, tag_at(above), ht));
    f(
        428,
        pair(
            triple(dt, tag_at(word.checked_sub(1)), tag_at(Some(word + 1))),
            side,
        ),
    );
    f(
        429,
        pair(pair(d.flags.into(), dt), pair(h.flags.into(), ht)),
    );
    f(430, triple(d.suffix[2], ht, side));
    f(431, triple(d.lower, siblings.last, side));
    f(432, pair(word_at(first_child).lower, pair(dt, side)));
    f(433, triple(word_at(first_child).lower, dt, ht));
    f(
        434,
        pair(pair(comma(before), comma(after)), pair(dt, pair(ht, side))),
    );
    f(
        435,
        pair(pair(comma(word.checked_sub(1)), side), pair(dt, ht)),
    );
    f(436, triple(marker, dt, h.cluster.into()));
    f(437, triple(d.cluster.into(), marker, side));
    f(438, pair(triple(dt, ht, side), rank));
    f(439, pair(pair(h.lower, side), pair(dt, core)));
    f(440, pair(pair(h.cluster.into(), side), pair(dt, core)));
    f(441, pair(pair(h.lower, kinds), pair(dt, side)));
    f(442, triple(dt, ht, u64::from(d.has(flag::FIRST))));
    f(443, triple(word_at(word.checked_sub(1)).lower, dt, side));
    f(
        444,
        pair(triple(d.coarse.into(), h.coarse.into(), side), marker),
    );
    f(445, triple(head_label, marker, dt));
}
