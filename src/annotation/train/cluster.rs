//! Word clusters by the exchange algorithm (Martin, Liermann, Ney 1998): words move between
//! classes as long as that makes a class bigram model of the raw text likelier.

use std::collections::BTreeMap;

/// One list a sentence of word keys; the clusters of those seen at least `least` times, fine and
/// coarse, from 2 (0 is unknown, 1 is the sentence's end).
pub(super) fn learn(
    sentences: &[Vec<u64>],
    least: u32,
    fine: usize,
    coarse: usize,
    rounds: usize,
) -> BTreeMap<u64, (u16, u16)> {
    let mut counts: BTreeMap<u64, u32> = BTreeMap::new();
    for &word in sentences.iter().flatten() {
        *counts.entry(word).or_default() += 1;
    }
    let mut words: Vec<(u64, u32)> = counts.into_iter().filter(|w| w.1 >= least).collect();
    words.sort_by_key(|w| (std::cmp::Reverse(w.1), w.0));
    let ids: BTreeMap<u64, u32> = (2..).zip(&words).map(|(i, w)| (w.0, i)).collect();
    // 0: the sentence's end, 1: any rare word; each its own class.
    let mut next: Vec<BTreeMap<u32, u32>> = vec![BTreeMap::new(); words.len() + 2];
    for sentence in sentences {
        let mut last = 0;
        let ends = std::iter::once(0);
        for id in sentence
            .iter()
            .map(|w| ids.get(w).copied().unwrap_or(1))
            .chain(ends)
        {
            *next[last as usize].entry(id).or_default() += 1;
            last = id;
        }
    }
    let fine = Exchange::new(&next, fine).run(rounds);
    let coarse = Exchange::new(&next, coarse).run(rounds);
    words
        .iter()
        .enumerate()
        .map(|(i, w)| (w.0, (fine[i + 2], coarse[i + 2])))
        .collect()
}

struct Exchange {
    /// Classes including the two fixed ones.
    size: usize,
    class: Vec<u16>,
    after: Vec<Vec<(u32, u32)>>,
    before: Vec<Vec<(u32, u32)>>,
    /// Class bigrams, row by row, and the same transposed.
    pairs: Vec<i64>,
    left: Vec<i64>,
    right: Vec<i64>,
    logs: Vec<f64>,
}

impl Exchange {
    fn new(next: &[BTreeMap<u32, u32>], classes: usize) -> Self {
        let size = classes + 2;
        let class: Vec<u16> = (0..next.len())
            .map(|i| {
                if i < 2 {
                    i as u16
                } else {
                    ((i - 2) % classes + 2) as u16
                }
            })
            .collect();
        let mut before: Vec<Vec<(u32, u32)>> = vec![Vec::new(); next.len()];
        let mut pairs = vec![0; size * size];
        let (mut left, mut right) = (vec![0; size], vec![0; size]);
        for (word, row) in next.iter().enumerate() {
            for (&follower, &count) in row {
                before[follower as usize].push((word as u32, count));
                let (a, b) = (
                    usize::from(class[word]),
                    usize::from(class[follower as usize]),
                );
                pairs[a * size + b] += i64::from(count);
                left[a] += i64::from(count);
                right[b] += i64::from(count);
            }
        }
        let after = next
            .iter()
            .map(|r| r.iter().map(|(&w, &c)| (w, c)).collect())
            .collect();
        let logs = (0..200_000)
            .map(|n| {
                if n < 2 {
                    0.0
                } else {
                    f64::from(n) * f64::from(n).ln()
                }
            })
            .collect();
        Self {
            size,
            class,
            after,
            before,
            pairs,
            left,
            right,
            logs,
        }
    }

    fn nlogn(&self, n: i64) -> f64 {
        match self.logs.get(n as usize) {
            Some(&known) => known,
            None => n as f64 * (n as f64).ln(),
        }
    }

    fn run(mut self, rounds: usize) -> Vec<u16> {
        let (mut out, mut into) = (vec![0_i64; self.size], vec![0_i64; self.size]);
        for _ in 0..rounds {
            let mut moved = 0;
            for word in 2..self.class.len() {
                moved += usize::from(self.place(word, &mut out, &mut into));
            }
            if moved * 500 < self.class.len() {
                break;
            }
        }
        self.class
    }

    /// Moves one word to its best class; whether that is another one.
    fn place(&mut self, word: usize, out: &mut [i64], into: &mut [i64]) -> bool {
        out.fill(0);
        into.fill(0);
        let mut own = 0;
        for &(follower, count) in &self.after[word] {
            if follower as usize == word {
                own = i64::from(count);
            } else {
                out[usize::from(self.class[follower as usize])] += i64::from(count);
            }
        }
        for &(leader, count) in &self.before[word] {
            if leader as usize != word {
                into[usize::from(self.class[leader as usize])] += i64::from(count);
            }
        }
        let followers: Vec<usize> = (0..self.size).filter(|&c| out[c] != 0).collect();
        let leaders: Vec<usize> = (0..self.size).filter(|&c| into[c] != 0).collect();
        let from = usize::from(self.class[word]);
        self.shift(from, -1, own, out, into, &followers, &leaders);
        let total_out: i64 = out.iter().sum::<i64>() + own;
        let total_in: i64 = into.iter().sum::<i64>() + own;
        let mut best = (f64::NEG_INFINITY, from);
        for class in 2..self.size {
            let gain = self.gain(
                class, own, out, into, &followers, &leaders, total_out, total_in,
            );
            if gain > best.0 + 1e-9 {
                best = (gain, class);
            }
        }
        self.shift(best.1, 1, own, out, into, &followers, &leaders);
        self.class[word] = best.1 as u16;
        best.1 != from
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the counts of one word, kept apart for speed"
    )]
    fn gain(
        &self,
        class: usize,
        own: i64,
        out: &[i64],
        into: &[i64],
        followers: &[usize],
        leaders: &[usize],
        total_out: i64,
        total_in: i64,
    ) -> f64 {
        let mut gain = 0.0;
        for &c in followers.iter().filter(|&&c| c != class) {
            let n = self.pairs[class * self.size + c];
            gain += self.nlogn(n + out[c]) - self.nlogn(n);
        }
        for &c in leaders.iter().filter(|&&c| c != class) {
            let n = self.pairs[c * self.size + class];
            gain += self.nlogn(n + into[c]) - self.nlogn(n);
        }
        let n = self.pairs[class * self.size + class];
        gain += self.nlogn(n + out[class] + into[class] + own) - self.nlogn(n);
        gain -= self.nlogn(self.left[class] + total_out) - self.nlogn(self.left[class]);
        gain -= self.nlogn(self.right[class] + total_in) - self.nlogn(self.right[class]);
        gain
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the counts of one word, kept apart for speed"
    )]
    fn shift(
        &mut self,
        class: usize,
        sign: i64,
        own: i64,
        out: &[i64],
        into: &[i64],
        followers: &[usize],
        leaders: &[usize],
    ) {
        for &c in followers {
            self.pairs[class * self.size + c] += sign * out[c];
            self.left[class] += sign * out[c];
            self.right[c] += sign * out[c];
        }
        for &c in leaders {
            self.pairs[c * self.size + class] += sign * into[c];
            self.left[c] += sign * into[c];
            self.right[class] += sign * into[c];
        }
        self.pairs[class * self.size + class] += sign * own;
        self.left[class] += sign * own;
        self.right[class] += sign * own;
    }
}
