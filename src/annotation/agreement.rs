//! The second look at names: what a word was taken for elsewhere in the document, as features.

use std::ops::Range;

use super::label::NameLabel;
use super::name::{STATES, is_name_like};
use super::word::{KeyMap, Word, flag, key, pair, triple};

/// Nothing, or one of the kinds of names.
const KINDS: usize = 1 + NameLabel::ALL.len();

/// What the first look took each capitalised word of a document for.
pub(super) struct Votes {
    words: KeyMap<Vote>,
}

#[derive(Clone, Copy, Default)]
struct Vote {
    counts: [u32; KINDS],
    /// The longest name that holds the word: its length, and the state of the word in it.
    longest: (usize, u8),
}

fn kind(state: u8) -> usize {
    usize::from(state).div_ceil(4)
}

impl Votes {
    pub fn count(words: &[Word], states: &[u8]) -> Self {
        let mut votes: KeyMap<Vote> = KeyMap::default();
        let mut at = 0;
        while at < words.len() {
            // A name goes on while its states are begin or inside.
            let mut end = at + 1;
            while end < words.len() && states[end - 1] > 0 && (states[end - 1] - 1) % 4 < 2 {
                end += 1;
            }
            for (word, &state) in words[at..end].iter().zip(&states[at..end]) {
                if is_name_like(word) && !word.has(flag::SHOUTED) {
                    let vote = votes.entry(word.form).or_default();
                    vote.counts[kind(state)] += 1;
                    if state > 0 && end - at > vote.longest.0 {
                        vote.longest = (end - at, state);
                    }
                }
            }
            at = end;
        }
        Self { words: votes }
    }

    /// Whether a word was taken for different things in the document.
    pub fn differ(&self, word: &Word) -> bool {
        is_name_like(word)
            && self
                .words
                .get(&word.form)
                .is_some_and(|v| v.counts.iter().filter(|n| **n > 0).count() > 1)
    }
}

/// The features of a word in the second look; `states`: what the first look took all words for,
/// `run`: the run of capitalised words that it stands in.
pub(super) fn features(
    words: &[Word],
    states: &[u8],
    votes: &Votes,
    run: &Range<usize>,
    at: usize,
    out: &mut Vec<u64>,
) {
    out.clear();
    let word = &words[at];
    if !is_name_like(word) {
        return;
    }
    let own = states[at];
    let others = |at: usize| -> Vote {
        let mut vote = votes
            .words
            .get(&words[at].form)
            .copied()
            .unwrap_or_default();
        let count = &mut vote.counts[kind(states[at])];
        *count = count.saturating_sub(1);
        vote
    };
    // The commonest kind elsewhere, how common it is, and how often the word stands there.
    let verdict = |vote: &Vote| -> [u64; 3] {
        let all: u32 = vote.counts.iter().sum();
        if all == 0 {
            return [KINDS as u64, 0, 0];
        }
        let mut top = 0;
        for (kind, &count) in vote.counts.iter().enumerate() {
            if count > vote.counts[top] {
                top = kind;
            }
        }
        let share = match vote.counts[top] {
            most if most == all => 2,
            most if most * 2 > all => 1,
            _ => 0,
        };
        [top as u64, share, u64::from(all.min(8).ilog2())]
    };
    let vote = others(at);
    let [top, share, often] = verdict(&vote);
    if often == 0 && share == 0 {
        return;
    }
    let first = verdict(&others(run.start))[0];
    let last = verdict(&others(run.end - 1))[0];
    let (own_kind, own) = (kind(own) as u64, u64::from(own));
    let place = pair((at - run.start).min(2) as u64, (run.end - at).min(3) as u64);
    let longest = u64::from(vote.longest.1);
    let length = vote.longest.0.min(4) as u64;
    let mut f = |template: u64, value: u64| out.push(key(template, value));
    f(701, pair(top, share));
    f(702, triple(top, share, often));
    f(703, pair(own_kind, pair(top, share)));
    f(704, triple(own, top, share));
    f(705, triple(own_kind, pair(top, share), often));
    f(706, pair(triple(first, top, last), place));
    f(707, triple(longest, length, place));
    f(708, triple(longest, own, length));
    for (kind, &count) in vote.counts.iter().enumerate() {
        if count > 0 {
            f(711, pair(kind as u64, own_kind));
        }
    }
}

/// The first look's scores with those of the second added.
pub(super) fn add(scores: &mut [i32; STATES], extra: &[i32; STATES], ratio: f32) {
    for (score, &more) in scores.iter_mut().zip(extra) {
        *score += (more as f32 * ratio).round() as i32;
    }
}
