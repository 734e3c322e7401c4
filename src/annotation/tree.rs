//! The dependency parser: arc-hybrid transitions (Kuhlmann, Gómez-Rodríguez, Satta 2011) chosen
//! by a linear model, searched with a beam. It finds heads; `relation` names the relations.

use super::tag::{BEYOND, TagId};
use super::weights::StepTable;
use super::word::{Word, key, pair, triple};

/// Longest stretch parsed as one sentence; a longer one is parsed in pieces, so that time and
/// memory stay linear in the text.
pub(super) const LONGEST: usize = 200;

/// Index of a word in its sentence; [`NONE`] where there is none.
type Place = u16;
const NONE: Place = Place::MAX;

/// The transitions, numbered as the classes of the model.
pub(super) const SHIFT: usize = 0;
/// The top of the stack depends on the next word.
pub(super) const LEFT: usize = 1;
/// The top of the stack depends on the one below it.
pub(super) const RIGHT: usize = 2;
pub(super) const STEPS: usize = 3;

/// What the parser looks at in a word.
#[derive(Clone, Copy)]
pub(super) struct Node {
    word: u64,
    tag: u64,
    both: u64,
    cluster: u64,
    coarse: u64,
}

impl Node {
    pub fn new(word: &Word, tag: TagId) -> Self {
        let (w, t) = (word.lower, u64::from(tag) + 1);
        let (cluster, coarse) = (u64::from(word.cluster), u64::from(word.coarse));
        Self {
            word: w,
            tag: t,
            both: pair(w, t),
            cluster,
            coarse,
        }
    }

    /// The root, which stands after the last word.
    pub fn root() -> Self {
        Self {
            word: 2,
            tag: 300,
            both: 3,
            cluster: 1000,
            coarse: 1000,
        }
    }

    fn beyond() -> Self {
        Self {
            word: BEYOND.lower,
            tag: 301,
            both: 4,
            cluster: 1001,
            coarse: 1001,
        }
    }
}

/// A state of the parser. The root is the word after the last.
#[derive(Clone, Default)]
pub(super) struct State {
    pub stack: Vec<Place>,
    pub next: Place,
    pub head: Vec<Place>,
    /// Outermost and second outermost dependents on the left and on the right.
    left: Vec<[Place; 2]>,
    right: Vec<[Place; 2]>,
    counts: Vec<[u8; 2]>,
}

impl State {
    pub fn reset(&mut self, words: usize) {
        self.stack.clear();
        self.next = 0;
        self.head.clear();
        self.head.resize(words + 1, NONE);
        for list in [&mut self.left, &mut self.right] {
            list.clear();
            list.resize(words + 1, [NONE; 2]);
        }
        self.counts.clear();
        self.counts.resize(words + 1, [0; 2]);
    }

    pub fn copy_from(&mut self, other: &State) {
        self.stack.clone_from(&other.stack);
        self.next = other.next;
        self.head.clone_from(&other.head);
        self.left.clone_from(&other.left);
        self.right.clone_from(&other.right);
        self.counts.clone_from(&other.counts);
    }

    pub fn words(&self) -> usize {
        self.head.len() - 1
    }

    /// All that the features of the state depend on, as one number.
    fn outlook(&self) -> u64 {
        let stack = |i: usize| {
            let at = self.stack.len().checked_sub(i + 1);
            at.map_or(NONE, |at| self.stack[at])
        };
        let four = |a: [Place; 2], b: [Place; 2]| {
            u64::from(a[0]) << 48 | u64::from(a[1]) << 32 | u64::from(b[0]) << 16 | u64::from(b[1])
        };
        let both = |place: Place| {
            let place = usize::from(place);
            match (self.left.get(place), self.right.get(place)) {
                (Some(&left), Some(&right)) => (four(left, right), self.counts[place]),
                _ => (u64::MAX, [9; 2]),
            }
        };
        let (a, b) = (stack(0), stack(1));
        let ((a_words, a_counts), (b_words, b_counts)) = (both(a), both(b));
        let next = usize::from(self.next);
        let counts = [a_counts, b_counts, [self.counts[next][0], 0]]
            .into_iter()
            .flatten()
            .fold(0, |all, count| all << 3 | u64::from(count.min(5)));
        let outer = four([a, b], [stack(2), self.next]);
        let left = self.left[next];
        let last = counts << 32 | u64::from(left[0]) << 16 | u64::from(left[1]);
        key(pair(a_words, b_words), pair(outer, last))
    }

    /// Whether every word has its head.
    #[cfg(feature = "train")]
    pub fn is_done(&self) -> bool {
        usize::from(self.next) == self.words() && self.stack.is_empty()
    }

    /// Which transitions are possible. The root takes one dependent only: the last on the stack.
    pub fn possible(&self) -> [bool; STEPS] {
        let more = usize::from(self.next) < self.words();
        let depth = self.stack.len();
        [more, depth > 0 && (more || depth == 1), depth > 1]
    }

    pub fn apply(&mut self, step: usize) {
        if step == SHIFT {
            self.stack.push(self.next);
            self.next += 1;
            return;
        }
        let Some(child) = self.stack.pop() else {
            return;
        };
        let below = self.stack.last().copied().unwrap_or(NONE);
        let head = if step == LEFT { self.next } else { below };
        self.head[usize::from(child)] = head;
        let (h, side) = (usize::from(head), usize::from(step == RIGHT));
        let list = if step == LEFT {
            &mut self.left[h]
        } else {
            &mut self.right[h]
        };
        *list = [child, list[0]];
        self.counts[h][side] = self.counts[h][side].saturating_add(1);
    }
}

/// The features of a state.
pub(super) fn features(nodes: &[Node], state: &State, out: &mut Vec<u64>) {
    out.clear();
    let beyond = Node::beyond();
    let node = |place: Place| nodes.get(usize::from(place)).copied().unwrap_or(beyond);
    let stack = |i: usize| {
        state
            .stack
            .len()
            .checked_sub(i + 1)
            .map_or(NONE, |at| state.stack[at])
    };
    let left = |place: Place, i: usize| state.left.get(usize::from(place)).map_or(NONE, |l| l[i]);
    let right = |place: Place, i: usize| state.right.get(usize::from(place)).map_or(NONE, |l| l[i]);
    let count = |place: Place, i: usize| {
        state
            .counts
            .get(usize::from(place))
            .map_or(9, |c| u64::from(c[i].min(5)))
    };
    let (a, b, c) = (stack(0), stack(1), stack(2));
    let (s0, s1, s2) = (node(a), node(b), node(c));
    let next = state.next;
    let (n0, n1, n2, n3) = (node(next), node(next + 1), node(next + 2), node(next + 3));
    let (s0l, s0l2, s0r, s0r2) = (
        node(left(a, 0)),
        node(left(a, 1)),
        node(right(a, 0)),
        node(right(a, 1)),
    );
    let (s1l, s1l2, s1r, s1r2) = (
        node(left(b, 0)),
        node(left(b, 1)),
        node(right(b, 0)),
        node(right(b, 1)),
    );
    let (n0l, n0l2) = (node(left(next, 0)), node(left(next, 1)));
    let gap = |from: Place, to: Place| {
        if from == NONE || to == NONE {
            return 9;
        }
        match to - from {
            d @ 0..=4 => u64::from(d),
            5..=6 => 5,
            7..=10 => 6,
            _ => 7,
        }
    };
    let (d0, d1) = (gap(a, next), gap(b, a));
    let mut f = |template: u64, value: u64| out.push(key(template, value));
    f(200, s0.word);
    f(201, s0.tag);
    f(202, s0.both);
    f(203, n0.word);
    f(204, n0.tag);
    f(205, n0.both);
    f(206, n1.word);
    f(207, n1.tag);
    f(208, n2.tag);
    f(209, s1.word);
    f(210, s1.tag);
    f(211, s1.both);
    f(212, s2.tag);
    f(213, pair(s0.both, n0.both));
    f(214, pair(s0.both, n0.word));
    f(215, pair(s0.word, n0.both));
    f(216, pair(s0.both, n0.tag));
    f(217, pair(s0.tag, n0.both));
    f(218, triple(s0.tag, n0.tag, d0));
    f(219, pair(n0.tag, n1.tag));
    f(220, triple(n0.tag, n1.tag, n2.tag));
    f(221, triple(s0.tag, n0.tag, n1.tag));
    f(222, triple(s1.tag, s0.tag, n0.tag));
    f(223, triple(s2.tag, s1.tag, s0.tag));
    f(224, triple(s1.tag, s0.tag, d1));
    f(225, pair(s1.both, s0.both));
    f(226, pair(s1.word, s0.word));
    f(227, pair(s1.both, s0.tag));
    f(228, pair(s1.tag, s0.both));
    f(229, triple(s0.tag, s0l.tag, n0.tag));
    f(230, triple(s0.tag, s0r.tag, n0.tag));
    f(231, triple(s0.tag, n0.tag, n0l.tag));
    f(232, triple(s1.tag, s1r.tag, s0.tag));
    f(233, triple(s1.tag, s0.tag, s0l.tag));
    f(234, triple(s1.tag, s0.tag, s0r.tag));
    f(235, triple(s1.tag, s1l.tag, s0.tag));
    f(236, pair(s0.tag, s0l.word));
    f(237, pair(s0.tag, s0r.word));
    f(238, pair(n0.tag, n0l.word));
    f(239, pair(s1.tag, s1r.word));
    f(240, pair(s1.tag, s1l.word));
    f(241, triple(s0.tag, s0l.tag, s0l2.tag));
    f(242, triple(s0.tag, s0r.tag, s0r2.tag));
    f(243, triple(n0.tag, n0l.tag, n0l2.tag));
    f(244, triple(s1.tag, s1r.tag, s1r2.tag));
    f(245, triple(s1.tag, s1l.tag, s1l2.tag));
    f(246, pair(s0.word, count(a, 1)));
    f(247, triple(s0.tag, count(a, 0), count(a, 1)));
    f(248, pair(s0.word, count(a, 0)));
    f(249, pair(n0.word, count(next, 0)));
    f(250, pair(n0.tag, count(next, 0)));
    f(251, triple(s1.tag, count(b, 0), count(b, 1)));
    f(252, pair(s1.word, count(b, 1)));
    f(253, pair(s0.word, d0));
    f(254, pair(n0.word, d0));
    f(255, triple(s0.word, n0.word, d0));
    f(256, triple(s1.word, s0.word, d1));
    f(257, pair(s0.cluster, n0.cluster));
    f(258, pair(s1.cluster, s0.cluster));
    f(259, pair(s0.cluster, n0.tag));
    f(260, pair(s0.tag, n0.cluster));
    f(261, pair(s1.cluster, s0.tag));
    f(262, pair(s1.tag, s0.cluster));
    f(263, s0.cluster);
    f(264, n0.cluster);
    f(265, s1.cluster);
    f(266, pair(s1.word, s0l.word));
    f(267, triple(s1.tag, s0l.word, s0.tag));
    f(268, triple(s1.cluster, s0l.word, s0.coarse));
    f(269, triple(s1.coarse, s0l.word, s0.cluster));
    f(270, triple(s0.word, n0.tag, n1.tag));
    f(271, triple(s0.tag, n0.word, n1.tag));
    f(272, triple(s0.tag, n0.tag, n1.word));
    f(273, pair(n0.word, n1.word));
    f(274, triple(s1.word, s0.tag, n0.tag));
    f(275, triple(s1.tag, s0.word, n0.tag));
    f(276, triple(s1.tag, s0.tag, n0.word));
    f(277, pair(triple(s1.tag, s0.tag, n0.tag), n1.tag));
    f(278, pair(triple(s0.tag, n0.tag, n1.tag), n2.tag));
    f(279, pair(triple(s2.tag, s1.tag, s0.tag), n0.tag));
    f(280, triple(s1.coarse, s0.coarse, n0.coarse));
    f(281, triple(s0.coarse, n0.coarse, n1.coarse));
    f(282, triple(s1.word, n0.word, s0.tag));
    f(283, triple(s0.tag, s0l.word, n0.word));
    f(284, pair(pair(s1.tag, s0.tag), pair(s0l.tag, n0.tag)));
    f(285, pair(pair(s1.tag, s1r.tag), pair(s0.tag, n0.tag)));
    f(286, pair(pair(s1.tag, count(b, 0)), pair(s0.tag, n0.tag)));
    f(
        287,
        pair(pair(s0.tag, count(a, 0)), pair(count(a, 1), n0.tag)),
    );
    f(288, pair(n1.tag, pair(n2.tag, n3.tag)));
    f(289, triple(s2.word, s1.tag, s0.tag));
    f(290, pair(s0.word, n1.word));
    f(291, triple(s1.tag, s1r.word, s0.tag));
    f(292, pair(s0r.word, n0.tag));
}

pub(super) struct Parser {
    table: StepTable,
}

/// Buffers kept between sentences.
#[derive(Default)]
pub(super) struct Scratch {
    features: Vec<u64>,
    nodes: Vec<Node>,
    beam: Vec<(State, i64)>,
    grown: Vec<(State, i64)>,
    options: Vec<(i64, usize, usize)>,
    /// Scores of the steps in outlooks met in the sentence: ways through the search that differ
    /// far back look the same from here. An older outlook is overwritten.
    known: Vec<(u64, [i32; STEPS])>,
}

/// Places for known outlooks.
const KNOWN: usize = 256;

/// How many states the search keeps.
pub(super) const BEAM: usize = 4;

/// How far behind the best a state may lie, in units of the model, to be kept; chosen on the
/// development parts.
const MARGIN: i64 = 30_000;

impl Parser {
    pub fn new(weights: &'static [u8]) -> Option<Self> {
        Some(Self {
            table: StepTable::new(weights)?,
        })
    }

    /// The head of each word of a sentence, counted from its first; `None` for the root.
    pub fn parse(
        &self,
        words: &[Word],
        tags: &[TagId],
        scratch: &mut Scratch,
        heads: &mut Vec<Option<usize>>,
    ) {
        heads.clear();
        let mut root = None;
        for start in (0..words.len()).step_by(LONGEST) {
            let end = (start + LONGEST).min(words.len());
            scratch.nodes.clear();
            let pairs = words[start..end].iter().zip(&tags[start..end]);
            scratch.nodes.extend(pairs.map(|(w, t)| Node::new(w, *t)));
            scratch.nodes.push(Node::root());
            self.search(scratch);
            let count = end - start;
            for (at, &head) in scratch.beam[0].0.head[..count].iter().enumerate() {
                if usize::from(head) < count {
                    heads.push(Some(start + usize::from(head)));
                } else {
                    // The root of a later piece hangs on that of the first.
                    heads.push(root);
                    root.get_or_insert(start + at);
                }
            }
        }
    }

    fn search(&self, scratch: &mut Scratch) {
        let Scratch {
            features: found,
            nodes,
            beam,
            grown,
            options,
            known,
        } = scratch;
        known.clear();
        known.resize(KNOWN, (0, [0; STEPS]));
        let count = nodes.len() - 1;
        beam.resize_with(BEAM, Default::default);
        grown.resize_with(BEAM, Default::default);
        beam[0].0.reset(count);
        beam[0].1 = 0;
        let mut live = 1;
        for _ in 0..2 * count {
            options.clear();
            for (i, (state, score)) in beam[..live].iter().enumerate() {
                let outlook = state.outlook();
                let place = &mut known[(outlook >> 56) as usize % KNOWN];
                if place.0 != outlook {
                    features(nodes, state, found);
                    *place = (outlook, self.table.score(found));
                }
                let sums = place.1;
                for (step, possible) in state.possible().into_iter().enumerate() {
                    if possible {
                        options.push((score + i64::from(sums[step]), i, step));
                    }
                }
            }
            options.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
            options.truncate(BEAM);
            let least = options.first().map_or(0, |o| o.0 - MARGIN);
            options.retain(|o| o.0 >= least);
            live = options.len();
            for (&(score, from, step), (state, total)) in options.iter().zip(grown.iter_mut()) {
                state.copy_from(&beam[from].0);
                state.apply(step);
                *total = score;
            }
            std::mem::swap(beam, grown);
        }
    }
}
