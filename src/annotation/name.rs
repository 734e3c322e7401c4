//! The name recogniser: a linear-chain conditional random field over begin, inside, end and
//! single tokens of each kind of name, decoded with Viterbi.

use std::ops::Range;

use super::label::{NameLabel, NameTag};
use super::tag::{TagId, word_at};
use super::weights::{Table, read_u32};
use super::word::{KeyMap, Word, flag, key, pair, triple};

/// Number of states: outside, and four for each kind.
pub(super) const STATES: usize = 1 + 4 * NameLabel::ALL.len();

/// The state of a token: 0 is outside, then begin, inside, end, single of each kind.
pub(super) const fn state(label: usize, part: usize) -> usize {
    1 + 4 * label + part
}

pub(super) const BEGIN: usize = 0;
pub(super) const INSIDE: usize = 1;
pub(super) const END: usize = 2;
pub(super) const SINGLE: usize = 3;

/// Whether `to` may follow `from`.
pub(super) const fn may_follow(from: usize, to: usize) -> bool {
    let open = from > 0 && (from - 1) % 4 <= INSIDE;
    let goes_on = to > 0 && matches!((to - 1) % 4, INSIDE | END);
    if open {
        goes_on && (from - 1) / 4 == (to - 1) / 4
    } else {
        !goes_on
    }
}

/// Whether a sentence may end in a state.
pub(super) const fn may_end(state: usize) -> bool {
    state == 0 || (state - 1) % 4 >= END
}

/// The tag a state stands for.
pub(super) fn name_tag(state: usize) -> NameTag {
    let Some(inner) = state.checked_sub(1) else {
        return NameTag::Outside;
    };
    let label = NameLabel::ALL[inner / 4];
    match inner % 4 {
        BEGIN | SINGLE => NameTag::Begin(label),
        _ => NameTag::Inside(label),
    }
}

pub(super) struct NameFinder {
    table: Table,
    /// Weight of each state after each, in units of the table.
    follows: Vec<i32>,
    /// What a word gets for being taken for the same in the whole document.
    leaning: i32,
}

/// What a word gets in the second pass, in natural logarithms, for what it was taken for in the
/// whole document; chosen on the development part.
const LEANING: f32 = 3.0;

/// A score that no path with a sound step has.
const NEVER: i32 = i32::MIN / 4;

impl NameFinder {
    /// `follows`: `STATES * STATES` weights, four bytes each.
    pub fn new(weights: &'static [u8], follows: &[u8]) -> Option<Self> {
        let follows: Option<Vec<i32>> = (0..STATES * STATES)
            .map(|i| {
                let weight = read_u32(follows, i * 4)? as i32;
                Some(if may_follow(i / STATES, i % STATES) {
                    weight
                } else {
                    NEVER
                })
            })
            .collect();
        let table = Table::new(weights)?;
        let leaning = (LEANING / table.unit).round() as i32;
        Some(Self {
            table,
            follows: follows?,
            leaning,
        })
    }

    /// The states of all tokens of a document. The second pass reads those sentences again in
    /// which a capitalised word was taken for something else than elsewhere, and gives each word
    /// a leaning towards what it was taken for in the whole document.
    pub fn find(&self, words: &[Word], context: &Context, sentences: &[Range<usize>]) -> Vec<u8> {
        let mut states = Vec::with_capacity(words.len());
        let mut scratch = Scratch::default();
        for sentence in sentences {
            self.read(words, context, sentence, None, &mut scratch);
            states.extend_from_slice(&scratch.states);
        }
        let votes = Votes::count(words, &states);
        for sentence in sentences {
            if sentence.clone().any(|at| votes.differ(&words[at])) {
                self.read(words, context, sentence, Some(&votes), &mut scratch);
                states[sentence.clone()].copy_from_slice(&scratch.states);
            }
        }
        states
    }

    /// Finds the states of one sentence.
    fn read(
        &self,
        words: &[Word],
        context: &Context,
        sentence: &Range<usize>,
        votes: Option<&Votes>,
        scratch: &mut Scratch,
    ) {
        let count = sentence.len();
        scratch.back.clear();
        scratch.back.resize(count * STATES, 0);
        let mut before = [NEVER; STATES];
        for at in 0..count {
            features(words, context, sentence, at, &mut scratch.features);
            let mut scores = [0_i32; STATES];
            for &feature in &scratch.features {
                self.table.add(feature, &mut scores);
            }
            if let Some(votes) = votes {
                votes.lean(&words[sentence.start + at], self.leaning, &mut scores);
            }
            let mut now = [NEVER; STATES];
            let back = &mut scratch.back[at * STATES..(at + 1) * STATES];
            if at == 0 {
                for (to, score) in now.iter_mut().enumerate().filter(|s| may_follow(0, s.0)) {
                    *score = scores[to];
                }
            } else {
                self.step(&before, &scores, &mut now, back);
            }
            // Only differences count; so the sums stay small in a sentence of any length.
            let top = now.iter().copied().max().unwrap_or(0);
            for score in now.iter_mut().filter(|s| **s > NEVER / 2) {
                *score -= top;
            }
            before = now;
        }
        let mut last = 0;
        for state in 1..STATES {
            if may_end(state) && before[state] > before[last] {
                last = state;
            }
        }
        scratch.states.clear();
        scratch.states.resize(count, 0);
        for at in (0..count).rev() {
            scratch.states[at] = last as u8;
            last = usize::from(scratch.back[at * STATES + last]);
        }
    }

    fn step(
        &self,
        before: &[i32; STATES],
        scores: &[i32; STATES],
        now: &mut [i32; STATES],
        back: &mut [u8],
    ) {
        let mut reach = |from: usize, to: usize| {
            let score = before[from] + self.follows[from * STATES + to] + scores[to];
            if score > now[to] {
                now[to] = score;
                back[to] = from as u8;
            }
        };
        for from in (0..STATES).filter(|&s| may_end(s) && before[s] > NEVER / 2) {
            reach(from, 0);
            for label in 0..NameLabel::ALL.len() {
                reach(from, state(label, BEGIN));
                reach(from, state(label, SINGLE));
            }
        }
        for label in 0..NameLabel::ALL.len() {
            for from in [state(label, BEGIN), state(label, INSIDE)] {
                if before[from] > NEVER / 2 {
                    reach(from, state(label, INSIDE));
                    reach(from, state(label, END));
                }
            }
        }
    }
}

#[derive(Default)]
struct Scratch {
    features: Vec<u64>,
    back: Vec<u8>,
    states: Vec<u8>,
}

/// What each capitalised word was taken for in a document: nothing, or one of the kinds.
struct Votes {
    counts: KeyMap<[u32; 1 + NameLabel::ALL.len()]>,
}

impl Votes {
    fn count(words: &[Word], states: &[u8]) -> Self {
        let mut counts: KeyMap<[u32; 1 + NameLabel::ALL.len()]> = KeyMap::default();
        for (word, &state) in words.iter().zip(states) {
            if is_name_like(word) && !word.has(flag::SHOUTED) {
                counts.entry(word.form).or_default()[usize::from(state).div_ceil(4)] += 1;
            }
        }
        Self { counts }
    }

    fn differ(&self, word: &Word) -> bool {
        is_name_like(word)
            && self
                .counts
                .get(&word.form)
                .is_some_and(|c| c.iter().filter(|n| **n > 0).count() > 1)
    }

    fn lean(&self, word: &Word, by: i32, scores: &mut [i32; STATES]) {
        if !is_name_like(word) {
            return;
        }
        let Some(counts) = self.counts.get(&word.form) else {
            return;
        };
        let all = i64::from(counts.iter().sum::<u32>().max(1));
        for (state, score) in scores.iter_mut().enumerate() {
            *score += (i64::from(by) * i64::from(counts[state.div_ceil(4)]) / all) as i32;
        }
    }
}

/// What the features of a token take from the whole document.
pub(super) struct Context<'a> {
    pub tags: &'a [TagId],
    /// Whose way of marking names to follow: sources differ in what they call a name. Training
    /// sets it to the source of the text; 0 is the one that marks all kinds.
    pub source: u64,
    /// For each token the run of capitalised words it stands in.
    runs: Vec<Range<usize>>,
    /// Capitalised forms and the first places where they stand.
    places: KeyMap<Vec<usize>>,
    /// Lower-case forms of words longer than three letters that stand in lower case somewhere.
    small: KeyMap<()>,
}

/// How many other places of a word in the document are looked at.
const PLACES: usize = 4;

impl<'a> Context<'a> {
    /// `words` and `tags` of the whole document; `sentences` tile them.
    pub fn new(words: &[Word], tags: &'a [TagId], sentences: &[Range<usize>]) -> Self {
        let mut runs = Vec::with_capacity(words.len());
        let mut places: KeyMap<Vec<usize>> = KeyMap::default();
        let mut small = KeyMap::default();
        for sentence in sentences {
            let mut at = sentence.start;
            while at < sentence.end {
                let mut end = at;
                while end < sentence.end && is_name_like(&words[end]) {
                    end += 1;
                }
                if end == at {
                    if words[at].has(flag::LETTER) {
                        small.insert(words[at].lower, ());
                    }
                    runs.push(at..at + 1);
                    at += 1;
                    continue;
                }
                for (i, word) in (at..end).zip(&words[at..end]) {
                    runs.push(at..end);
                    if !word.has(flag::TITLE_CASE | flag::SHOUTED) {
                        let known = places.entry(word.form).or_default();
                        if known.len() <= PLACES {
                            known.push(i);
                        }
                    }
                }
                at = end;
            }
        }
        Self {
            tags,
            source: 0,
            runs,
            places,
            small,
        }
    }
}

fn is_name_like(word: &Word) -> bool {
    word.has(flag::CAPITAL) && word.has(flag::LETTER)
}

/// The features of the `at`-th token of a sentence.
pub(super) fn features(
    words: &[Word],
    context: &Context,
    sentence: &Range<usize>,
    at: usize,
    out: &mut Vec<u64>,
) {
    out.clear();
    let inner = &words[sentence.clone()];
    let tags = &context.tags[sentence.clone()];
    let w = &inner[at];
    let tag = |offset: isize| {
        at.checked_add_signed(offset)
            .and_then(|i| tags.get(i))
            .map_or(254, |t| u64::from(*t))
    };
    let word = |offset: isize| word_at(inner, at, offset);
    let (p1, p2, n1, n2) = (word(-1), word(-2), word(1), word(2));
    let cluster = |w: &Word| u64::from(w.cluster);
    let coarse = |w: &Word| u64::from(w.coarse);
    let style = u64::from(w.flags & (flag::FIRST | flag::TITLE_CASE | flag::SHOUTED));
    let mut f = |template: u64, value: u64| out.push(key(template, value));
    f(100, 0);
    f(101, w.form);
    f(102, w.lower);
    f(103, pair(w.shape, style));
    f(104, u64::from(w.flags));
    for n in 0..4 {
        f(105 + n, w.prefix[n as usize]);
        f(110 + n, w.suffix[n as usize]);
    }
    f(115, p1.lower);
    f(116, p2.lower);
    f(117, n1.lower);
    f(118, n2.lower);
    f(119, p1.shape);
    f(120, n1.shape);
    f(121, pair(p1.lower, w.lower));
    f(122, pair(w.lower, n1.lower));
    f(123, triple(p1.shape, w.shape, n1.shape));
    f(124, tag(0));
    f(125, tag(-1));
    f(126, tag(1));
    f(127, pair(tag(-1), tag(0)));
    f(128, pair(tag(0), tag(1)));
    f(129, triple(tag(-1), tag(0), tag(1)));
    f(130, cluster(w));
    f(131, coarse(w));
    f(132, cluster(p1));
    f(133, cluster(n1));
    f(134, cluster(p2));
    f(135, cluster(n2));
    f(136, pair(cluster(p1), cluster(w)));
    f(137, pair(cluster(w), cluster(n1)));
    f(138, pair(coarse(p1), w.shape));
    f(139, pair(w.shape, coarse(n1)));
    f(140, pair(cluster(p1), w.shape));
    f(141, pair(w.shape, cluster(n1)));
    f(142, pair(w.suffix[2], w.shape));
    f(143, pair(p1.lower, w.shape));
    f(144, pair(w.shape, n1.lower));
    f(145, pair(p2.lower, p1.lower));
    f(146, pair(n1.lower, n2.lower));
    if w.has(flag::DIGIT) || p1.has(flag::DIGIT) || n1.has(flag::DIGIT) {
        f(147, triple(p1.form, w.form, n1.form));
    }
    f(180, context.source);
    f(181, pair(context.source, w.lower));
    f(182, pair(context.source, tag(0)));
    f(183, triple(context.source, w.shape, style));
    if !is_name_like(w) {
        return;
    }
    let run = &context.runs[sentence.start + at];
    let local = run.start - sentence.start..run.end - sentence.start;
    let place = pair(
        (at - local.start).min(3) as u64,
        (local.end - at).min(4) as u64,
    );
    let (left, right) = (
        word_at(inner, local.start, -1),
        word_at(inner, local.end, 0),
    );
    let (first, last) = (&inner[local.start], &inner[local.end - 1]);
    f(150, pair(place, style));
    f(151, left.lower);
    f(152, right.lower);
    f(153, pair(last.lower, place));
    f(154, pair(first.lower, place));
    f(155, pair(cluster(last), place));
    f(156, pair(cluster(first), place));
    f(157, pair(left.lower, place));
    f(158, pair(right.lower, place));
    f(159, pair(cluster(left), place));
    f(160, pair(cluster(right), place));
    f(161, last.suffix[2]);
    f(162, pair(cluster(left), cluster(right)));
    f(184, pair(context.source, last.lower));
    f(185, pair(context.source, left.lower));
    let is_small = context.small.contains_key(&w.lower);
    f(163, pair(u64::from(is_small), style));
    let Some(places) = context.places.get(&w.form) else {
        return;
    };
    let mut longest = 0;
    let others = places
        .iter()
        .filter(|&&i| i != sentence.start + at)
        .take(PLACES);
    for &other in others {
        let run = &context.runs[other];
        let beyond = |i: Option<usize>| i.and_then(|i| words.get(i)).map_or(1, |w| w.lower);
        longest = longest.max(run.len());
        let within = pair(
            (other - run.start).min(3) as u64,
            (run.end - other).min(4) as u64,
        );
        f(170, beyond(run.start.checked_sub(1)));
        f(171, beyond(Some(run.end)));
        f(172, pair(words[run.end - 1].lower, within));
        f(173, pair(words[run.start].lower, within));
        f(174, within);
        f(
            175,
            cluster(words.get(run.end).unwrap_or(&super::tag::BEYOND)),
        );
        if let Some(before) = run.start.checked_sub(1) {
            f(176, cluster(&words[before]));
        }
    }
    f(177, longest.min(5) as u64);
}
