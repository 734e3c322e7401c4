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

    const BEYOND: Self = Self {
        word: BEYOND.lower,
        tag: 301,
        both: 4,
        cluster: 1001,
        coarse: 1001,
    };
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

/// How far apart two words stand, in classes.
fn gap(from: Place, to: Place) -> u64 {
    if from == NONE || to == NONE {
        return 9;
    }
    match to - from {
        d @ 0..=4 => u64::from(d),
        5..=6 => 5,
        7..=10 => 6,
        _ => 7,
    }
}

/// What the features of a state look at: the next word, the three top words of the stack, and
/// their outermost dependents.
struct View<'a> {
    nodes: &'a [Node],
    next: Place,
    top: Place,
    below: Place,
    third: Place,
    next_left: [Place; 2],
    top_left: [Place; 2],
    top_right: [Place; 2],
    below_left: [Place; 2],
    below_right: [Place; 2],
    next_count: u64,
    top_counts: [u64; 2],
    below_counts: [u64; 2],
}

/// The features are looked up in groups by what they look at, so that the sums of a group are
/// kept for the states that differ elsewhere.
const GROUPS: usize = 4;

fn four(a: [Place; 2], b: [Place; 2]) -> u64 {
    u64::from(a[0]) << 48 | u64::from(a[1]) << 32 | u64::from(b[0]) << 16 | u64::from(b[1])
}

impl<'a> View<'a> {
    fn new(nodes: &'a [Node], state: &State) -> Self {
        let stack = |i: usize| {
            let at = state.stack.len().checked_sub(i + 1);
            at.map_or(NONE, |at| state.stack[at])
        };
        let (top, below, next) = (stack(0), stack(1), state.next);
        let of = |list: &[[Place; 2]], place: Place| {
            list.get(usize::from(place)).copied().unwrap_or([NONE; 2])
        };
        let counts = |place: Place| {
            let counts = state.counts.get(usize::from(place));
            counts.map_or([9; 2], |c| c.map(|n| u64::from(n.min(5))))
        };
        Self {
            nodes,
            next,
            top,
            below,
            third: stack(2),
            next_left: of(&state.left, next),
            top_left: of(&state.left, top),
            top_right: of(&state.right, top),
            below_left: of(&state.left, below),
            below_right: of(&state.right, below),
            next_count: counts(next)[0],
            top_counts: counts(top),
            below_counts: counts(below),
        }
    }

    fn node(&self, place: Place) -> &Node {
        self.nodes.get(usize::from(place)).unwrap_or(&Node::BEYOND)
    }

    /// All that a group of features depends on, as one number.
    fn outlook(&self, group: usize) -> u64 {
        let of_next = || {
            let [left, left_2] = self.next_left;
            four([self.next, self.next_count as Place], [left, left_2])
        };
        let of_top = || {
            let [left, right] = self.top_counts;
            let counts = [self.top, (left << 8 | right) as Place];
            pair(four(self.top_left, self.top_right), four(counts, [0; 2]))
        };
        let of_below = || {
            let [left, right] = self.below_counts;
            let counts = [self.below, (left << 8 | right) as Place];
            let words = four(self.below_left, self.below_right);
            pair(words, four(counts, [self.third, self.top]))
        };
        let outer = four([self.top_left[0], self.top_right[0]], [0; 2]);
        match group {
            0 => key(5, of_next()),
            1 => key(6, of_top()),
            2 => key(7, pair(of_below(), outer)),
            _ => key(8, triple(of_next(), of_top(), of_below())),
        }
    }

    fn features(&self, group: usize, out: &mut Vec<u64>) {
        match group {
            0 => self.of_next(out),
            1 => self.of_top(out),
            2 => self.of_stack(out),
            _ => self.of_both(out),
        }
    }

    /// Of the next words.
    fn of_next(&self, out: &mut Vec<u64>) {
        let n0 = self.node(self.next);
        let n1 = self.node(self.next + 1);
        let n2 = self.node(self.next + 2);
        let n3 = self.node(self.next + 3);
        let n0l = self.node(self.next_left[0]);
        let n0l2 = self.node(self.next_left[1]);
        let next_count = self.next_count;
        let mut f = |template: u64, value: u64| out.push(key(template, value));
        f(203, n0.word);
        f(204, n0.tag);
        f(205, n0.both);
        f(206, n1.word);
        f(207, n1.tag);
        f(208, n2.tag);
        f(219, pair(n0.tag, n1.tag));
        f(220, triple(n0.tag, n1.tag, n2.tag));
        f(238, pair(n0.tag, n0l.word));
        f(243, triple(n0.tag, n0l.tag, n0l2.tag));
        f(249, pair(n0.word, next_count));
        f(250, pair(n0.tag, next_count));
        f(264, n0.cluster);
        f(273, pair(n0.word, n1.word));
        f(288, pair(n1.tag, pair(n2.tag, n3.tag)));
    }

    /// Of the top of the stack alone.
    fn of_top(&self, out: &mut Vec<u64>) {
        let s0 = self.node(self.top);
        let s0l = self.node(self.top_left[0]);
        let s0l2 = self.node(self.top_left[1]);
        let s0r = self.node(self.top_right[0]);
        let s0r2 = self.node(self.top_right[1]);
        let top_counts = self.top_counts;
        let mut f = |template: u64, value: u64| out.push(key(template, value));
        f(200, s0.word);
        f(201, s0.tag);
        f(202, s0.both);
        f(236, pair(s0.tag, s0l.word));
        f(237, pair(s0.tag, s0r.word));
        f(241, triple(s0.tag, s0l.tag, s0l2.tag));
        f(242, triple(s0.tag, s0r.tag, s0r2.tag));
        f(246, pair(s0.word, top_counts[1]));
        f(247, triple(s0.tag, top_counts[0], top_counts[1]));
        f(248, pair(s0.word, top_counts[0]));
        f(263, s0.cluster);
    }

    /// Of the words on the stack.
    fn of_stack(&self, out: &mut Vec<u64>) {
        let s0 = self.node(self.top);
        let s1 = self.node(self.below);
        let s2 = self.node(self.third);
        let s0l = self.node(self.top_left[0]);
        let s0r = self.node(self.top_right[0]);
        let s1l = self.node(self.below_left[0]);
        let s1l2 = self.node(self.below_left[1]);
        let s1r = self.node(self.below_right[0]);
        let s1r2 = self.node(self.below_right[1]);
        let below_counts = self.below_counts;
        let d1 = gap(self.below, self.top);
        let mut f = |template: u64, value: u64| out.push(key(template, value));
        f(209, s1.word);
        f(210, s1.tag);
        f(211, s1.both);
        f(212, s2.tag);
        f(223, triple(s2.tag, s1.tag, s0.tag));
        f(224, triple(s1.tag, s0.tag, d1));
        f(225, pair(s1.both, s0.both));
        f(226, pair(s1.word, s0.word));
        f(227, pair(s1.both, s0.tag));
        f(228, pair(s1.tag, s0.both));
        f(232, triple(s1.tag, s1r.tag, s0.tag));
        f(233, triple(s1.tag, s0.tag, s0l.tag));
        f(234, triple(s1.tag, s0.tag, s0r.tag));
        f(235, triple(s1.tag, s1l.tag, s0.tag));
        f(239, pair(s1.tag, s1r.word));
        f(240, pair(s1.tag, s1l.word));
        f(244, triple(s1.tag, s1r.tag, s1r2.tag));
        f(245, triple(s1.tag, s1l.tag, s1l2.tag));
        f(251, triple(s1.tag, below_counts[0], below_counts[1]));
        f(252, pair(s1.word, below_counts[1]));
        f(256, triple(s1.word, s0.word, d1));
        f(258, pair(s1.cluster, s0.cluster));
        f(261, pair(s1.cluster, s0.tag));
        f(262, pair(s1.tag, s0.cluster));
        f(265, s1.cluster);
        f(266, pair(s1.word, s0l.word));
        f(267, triple(s1.tag, s0l.word, s0.tag));
        f(268, triple(s1.cluster, s0l.word, s0.coarse));
        f(269, triple(s1.coarse, s0l.word, s0.cluster));
        f(289, triple(s2.word, s1.tag, s0.tag));
        f(291, triple(s1.tag, s1r.word, s0.tag));
    }

    /// Of the stack and the next words together.
    fn of_both(&self, out: &mut Vec<u64>) {
        let s0 = self.node(self.top);
        let s1 = self.node(self.below);
        let s2 = self.node(self.third);
        let n0 = self.node(self.next);
        let n1 = self.node(self.next + 1);
        let n2 = self.node(self.next + 2);
        let s0l = self.node(self.top_left[0]);
        let s0r = self.node(self.top_right[0]);
        let s1r = self.node(self.below_right[0]);
        let n0l = self.node(self.next_left[0]);
        let top_counts = self.top_counts;
        let below_counts = self.below_counts;
        let d0 = gap(self.top, self.next);
        let mut f = |template: u64, value: u64| out.push(key(template, value));
        f(213, pair(s0.both, n0.both));
        f(214, pair(s0.both, n0.word));
        f(215, pair(s0.word, n0.both));
        f(216, pair(s0.both, n0.tag));
        f(217, pair(s0.tag, n0.both));
        f(218, triple(s0.tag, n0.tag, d0));
        f(221, triple(s0.tag, n0.tag, n1.tag));
        f(222, triple(s1.tag, s0.tag, n0.tag));
        f(229, triple(s0.tag, s0l.tag, n0.tag));
        f(230, triple(s0.tag, s0r.tag, n0.tag));
        f(231, triple(s0.tag, n0.tag, n0l.tag));
        f(253, pair(s0.word, d0));
        f(254, pair(n0.word, d0));
        f(255, triple(s0.word, n0.word, d0));
        f(257, pair(s0.cluster, n0.cluster));
        f(259, pair(s0.cluster, n0.tag));
        f(260, pair(s0.tag, n0.cluster));
        f(270, triple(s0.word, n0.tag, n1.tag));
        f(271, triple(s0.tag, n0.word, n1.tag));
        f(272, triple(s0.tag, n0.tag, n1.word));
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
        f(
            286,
            pair(pair(s1.tag, below_counts[0]), pair(s0.tag, n0.tag)),
        );
        f(
            287,
            pair(pair(s0.tag, top_counts[0]), pair(top_counts[1], n0.tag)),
        );
        f(290, pair(s0.word, n1.word));
        f(292, pair(s0r.word, n0.tag));
    }
}

/// All features of a state.
#[cfg(feature = "train")]
pub(super) fn features(nodes: &[Node], state: &State, out: &mut Vec<u64>) {
    out.clear();
    let view = View::new(nodes, state);
    for group in 0..GROUPS {
        view.features(group, out);
    }
}

pub(super) struct Parser {
    table: StepTable,
}

/// Buffers kept between sentences.
#[derive(Default)]
pub(super) struct Scratch {
    nodes: Vec<Node>,
    beam: Vec<(State, i64)>,
    grown: Vec<(State, i64)>,
    options: Vec<(i64, usize, usize)>,
    step: Step,
    known: Vec<Look>,
}

/// What a group of features gives in an outlook.
#[derive(Clone, Copy, Default)]
struct Look {
    outlook: u64,
    sums: [i32; STEPS],
}

/// Places for known outlooks: ways through the search that differ far back look the same from
/// here. An older outlook is overwritten.
const KNOWN: usize = 256;

/// What the states of the beam look at in one step of the search, and the features to ask for.
/// They are asked for together, since the model answers many at once much faster than each alone.
#[derive(Default)]
struct Step {
    looks: Vec<Look>,
    features: Vec<u64>,
    /// The look that each feature is of.
    owners: Vec<u8>,
}

impl Step {
    /// The index of what a group of features gives in this view.
    fn look(&mut self, view: &View, group: usize, known: &[Look]) -> usize {
        let outlook = view.outlook(group);
        if let Some(at) = self.looks.iter().position(|l| l.outlook == outlook) {
            return at;
        }
        let known = known[place_of(outlook)];
        let mut sums = known.sums;
        if known.outlook != outlook {
            view.features(group, &mut self.features);
            sums = [0; STEPS];
        }
        let at = self.looks.len();
        self.owners.resize(self.features.len(), at as u8);
        self.looks.push(Look { outlook, sums });
        at
    }
}

fn place_of(outlook: u64) -> usize {
    (outlook >> 48) as usize % KNOWN
}

/// How many states the search keeps.
pub(super) const BEAM: usize = 4;

/// How far behind the best a state may lie, in units of the model, to be kept; chosen on the
/// development parts.
const MARGIN: i64 = 20_000;

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

    /// What the model gives each step in each state.
    fn scores(
        &self,
        nodes: &[Node],
        states: &[(State, i64)],
        step: &mut Step,
        known: &mut [Look],
    ) -> [[i32; STEPS]; BEAM] {
        step.looks.clear();
        step.features.clear();
        step.owners.clear();
        let mut groups = [[0; GROUPS]; BEAM];
        for (groups, (state, _)) in groups.iter_mut().zip(states) {
            let view = View::new(nodes, state);
            *groups = std::array::from_fn(|group| step.look(&view, group, known));
        }
        let Step {
            looks,
            features,
            owners,
        } = step;
        self.table.each(features, |feature, weights| {
            let look = &mut looks[usize::from(owners[feature])];
            for (sum, weight) in look.sums.iter_mut().zip(weights) {
                *sum += weight;
            }
        });
        for look in looks.iter() {
            known[place_of(look.outlook)] = *look;
        }
        groups.map(|groups| {
            let sums = groups.map(|look| looks[look].sums);
            std::array::from_fn(|step| sums.iter().map(|sums| sums[step]).sum())
        })
    }

    fn search(&self, scratch: &mut Scratch) {
        let Scratch {
            nodes,
            beam,
            grown,
            options,
            step,
            known,
        } = scratch;
        known.clear();
        known.resize(KNOWN, Look::default());
        let count = nodes.len() - 1;
        beam.resize_with(BEAM, Default::default);
        grown.resize_with(BEAM, Default::default);
        beam[0].0.reset(count);
        beam[0].1 = 0;
        let mut live = 1;
        for _ in 0..2 * count {
            options.clear();
            let sums = self.scores(nodes, &beam[..live], step, known);
            for (i, ((state, score), sums)) in beam[..live].iter().zip(sums).enumerate() {
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
