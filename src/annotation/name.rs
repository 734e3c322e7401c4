//! The name recogniser: a linear-chain conditional random field over begin, inside, end and
//! single tokens of each kind of name, decoded with Viterbi.

use std::ops::Range;

use super::agreement::{self, Votes};
use super::gazetteer::{self, Around, Gazetteer, Kind, Marks};
use super::label::{NameLabel, NameTag, Upos};
use super::tag::{TagId, Tagger, word_at};
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
    /// The second look: see [`agreement`].
    again: Table,
    /// A unit of the second look's weights in those of the first.
    ratio: f32,
}

/// A score that no path with a sound step has.
const NEVER: i32 = i32::MIN / 4;

impl NameFinder {
    /// `follows`: `STATES * STATES` weights, four bytes each. `again`: weights of the second look.
    pub fn new(weights: &'static [u8], follows: &[u8], again: &'static [u8]) -> Option<Self> {
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
        let again = Table::new(again)?;
        Some(Self {
            table,
            follows: follows?,
            again,
            ratio: again.unit / table.unit,
        })
    }

    /// The states of all tokens of a document. The second look reads those sentences again in
    /// which a capitalised word was taken for something else than elsewhere.
    pub fn find(&self, words: &[Word], context: &Context, sentences: &[Range<usize>]) -> Vec<u8> {
        let mut scratch = Scratch::default();
        let first = self.first_look(words, context, sentences, &mut scratch);
        let votes = Votes::count(words, &first);
        let mut states = first.clone();
        for sentence in sentences {
            if sentence.clone().any(|at| votes.differ(&words[at])) {
                let look = Some((&votes, &first[..]));
                self.read(words, context, sentence, look, &mut scratch);
                states[sentence.clone()].copy_from_slice(&scratch.states);
            }
        }
        states
    }

    fn first_look(
        &self,
        words: &[Word],
        context: &Context,
        sentences: &[Range<usize>],
        scratch: &mut Scratch,
    ) -> Vec<u8> {
        let mut states = Vec::with_capacity(words.len());
        for sentence in sentences {
            self.read(words, context, sentence, None, scratch);
            states.extend_from_slice(&scratch.states);
        }
        states
    }

    /// The scores of the states of a token in the first look.
    fn score(
        &self,
        words: &[Word],
        context: &Context,
        sentence: &Range<usize>,
        at: usize,
        buffer: &mut Vec<u64>,
    ) -> [i32; STATES] {
        features(words, context, sentence, at, buffer);
        self.table.sum(buffer)
    }

    /// Finds the states of one sentence; `look`: the votes and states of the first look, in the
    /// second.
    fn read(
        &self,
        words: &[Word],
        context: &Context,
        sentence: &Range<usize>,
        look: Option<(&Votes, &[u8])>,
        scratch: &mut Scratch,
    ) {
        let count = sentence.len();
        scratch.back.clear();
        scratch.back.resize(count * STATES, 0);
        let mut before = [NEVER; STATES];
        for at in 0..count {
            if !context.read[sentence.start + at] {
                before = self.step_outside(&before, at, &mut scratch.back[at * STATES..]);
                continue;
            }
            let mut scores = self.score(words, context, sentence, at, &mut scratch.features);
            if let Some((votes, first)) = look {
                let id = sentence.start + at;
                let run = &context.runs[id];
                agreement::features(words, first, votes, run, id, &mut scratch.features);
                let extra = self.again.sum(&scratch.features);
                agreement::add(&mut scores, &extra, self.ratio);
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

    /// A token that is in no name.
    fn step_outside(&self, before: &[i32; STATES], at: usize, back: &mut [u8]) -> [i32; STATES] {
        let mut now = [NEVER; STATES];
        now[0] = 0;
        if at > 0 {
            let mut best = NEVER;
            for from in (0..STATES).filter(|&s| may_end(s)) {
                let score = before[from] + self.follows[from * STATES];
                if score > best {
                    best = score;
                    back[0] = from as u8;
                }
            }
        }
        now
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

/// What the second look learns from.
#[cfg(feature = "train")]
pub(super) struct SecondLook {
    pub sentence: Range<usize>,
    /// For each token the scores of the first look, in natural logarithms, and its features.
    pub tokens: Vec<([f32; STATES], Vec<u64>)>,
}

#[cfg(feature = "train")]
impl NameFinder {
    /// The sentences that the second look would read, with what it would see there.
    pub fn second_looks(
        &self,
        words: &[Word],
        context: &Context,
        sentences: &[Range<usize>],
    ) -> Vec<SecondLook> {
        let mut scratch = Scratch::default();
        let first = self.first_look(words, context, sentences, &mut scratch);
        let votes = Votes::count(words, &first);
        sentences
            .iter()
            .filter(|s| (*s).clone().any(|at| votes.differ(&words[at])))
            .map(|sentence| {
                let token = |at: usize| {
                    let id = sentence.start + at;
                    let mut found = Vec::new();
                    if !context.read[id] {
                        return ([0.0; STATES], found);
                    }
                    let scores = self.score(words, context, sentence, at, &mut found);
                    agreement::features(words, &first, &votes, &context.runs[id], id, &mut found);
                    (scores.map(|s| s as f32 * self.table.unit), found)
                };
                SecondLook {
                    sentence: sentence.clone(),
                    tokens: (0..sentence.len()).map(token).collect(),
                }
            })
            .collect()
    }
}

/// What the features of a token take from the whole document.
pub(super) struct Context<'a> {
    pub tags: &'a [TagId],
    /// What the gazetteer knows of each token.
    marks: Vec<Marks>,
    /// Whether a token is read at all: it or a neighbour looks like part of a name. All others
    /// stand outside names.
    pub read: Vec<bool>,
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
    pub fn new(
        words: &[Word],
        tags: &'a [TagId],
        sentences: &[Range<usize>],
        gazetteer: &Gazetteer,
        tagger: &Tagger,
    ) -> Self {
        let marks = gazetteer.mark(words, sentences);
        let read = read(words, tags, &marks, sentences, tagger);
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
            marks,
            read,
            source: 0,
            runs,
            places,
            small,
        }
    }
}

/// Which tokens look like part of a name, and their neighbours.
fn read(
    words: &[Word],
    tags: &[TagId],
    marks: &[Marks],
    sentences: &[Range<usize>],
    tagger: &Tagger,
) -> Vec<bool> {
    let mut read = vec![false; words.len()];
    for sentence in sentences {
        for at in sentence.clone() {
            let word = &words[at];
            let is_telling = word.has(flag::CAPITAL | flag::INNER_CAPITAL | flag::DIGIT)
                || Kind::Small.is_in(marks[at])
                || Kind::Distinct.is_in(marks[at])
                || tagger.tag_of(tags[at]).0 == Upos::Propn;
            if is_telling {
                // Past a mark that is glued to both sides: the parts of one word.
                let is_glue = |at: usize| {
                    let word = &words[at];
                    word.has(flag::GLUED_BEFORE) && word.has(flag::GLUED_AFTER)
                };
                let reach = |n: usize| 1 + usize::from(n < words.len() && is_glue(n));
                let start = at.saturating_sub(reach(at.wrapping_sub(1)));
                let end = at + 1 + reach(at + 1);
                read[start.max(sentence.start)..end.min(sentence.end)].fill(true);
            }
        }
    }
    read
}

pub(super) fn is_name_like(word: &Word) -> bool {
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
    let marks = |i: Option<usize>| {
        i.filter(|i| sentence.contains(i))
            .map_or(0, |i| context.marks[i])
    };
    let id = sentence.start + at;
    let mut around = Around {
        marks: [
            marks(id.checked_sub(1)),
            context.marks[id],
            marks(Some(id + 1)),
        ],
        style: u64::from(
            w.flags & (flag::CAPITAL | flag::FIRST | flag::TITLE_CASE | flag::SHOUTED),
        ),
        run: None,
    };
    if !is_name_like(w) {
        gazetteer::features(&around, out);
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
    around.run = Some((
        place,
        [
            marks(run.start.checked_sub(1)),
            context.marks[run.start],
            context.marks[run.end - 1],
            marks(Some(run.end)),
        ],
    ));
    gazetteer::features(&around, out);
    let mut f = |template: u64, value: u64| out.push(key(template, value));
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
