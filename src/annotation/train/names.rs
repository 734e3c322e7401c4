//! Trains the name recogniser: a conditional random field whose gold labels may be partly
//! unknown (a source that marks no dates leaves open whether a token is one), by AdaGrad with
//! an L1 penalty.

use std::ops::Range;

use super::pack::{self, WeightedRow};
use super::perceptron::{Random, sum_rows};
use crate::annotation::name::{STATES, SecondLook, may_end, may_follow};
use crate::annotation::word::KeyMap;

/// Which states a token may have: one bit each.
pub(super) type Allowed = u64;

/// One sentence: features of each token, and its allowed states.
pub(super) struct Example {
    /// Which document it is of.
    pub document: usize,
    pub features: Vec<Vec<u32>>,
    pub allowed: Vec<Allowed>,
    /// Whether each token is read; one that is not is in no name.
    pub read: Vec<bool>,
    /// Scores that are given: none, or those of the first look for each token.
    pub given: Vec<[f32; STATES]>,
}

/// Numbers features that occur often enough.
#[derive(Default)]
pub(super) struct Numbering {
    counts: KeyMap<u32>,
}

impl Numbering {
    pub fn count(&mut self, features: &[u64]) {
        for &feature in features {
            *self.counts.entry(feature).or_default() += 1;
        }
    }

    /// Features seen at least `least` times, in order of their keys, with their counts.
    pub fn finish(self, least: u32) -> (KeyMap<u32>, Vec<(u64, u32)>) {
        let mut kept: Vec<(u64, u32)> = self.counts.into_iter().filter(|f| f.1 >= least).collect();
        kept.sort_unstable();
        let numbers = (0..).zip(&kept).map(|(i, f)| (f.0, i)).collect();
        (numbers, kept)
    }
}

pub(super) struct Settings {
    pub epochs: usize,
    pub rate: f32,
    pub penalty: f32,
    /// Share of a token's features left out at each step, at random.
    pub dropout: f32,
    pub seed: u64,
}

struct Trainer<'a> {
    examples: &'a [&'a Example],
    features: &'a [(u64, u32)],
    weights: Vec<f32>,
    squares: Vec<f32>,
    follows: Vec<f64>,
    learn_follows: bool,
    follow_squares: Vec<f64>,
    allowed_steps: Vec<(usize, usize)>,
}

/// The weights of the features and of the steps between states. `follows`: the latter, if they
/// are not to be learned.
pub(super) fn train(
    examples: &[&Example],
    features: &[(u64, u32)],
    follows: Option<&[f32]>,
    settings: &Settings,
) -> (Vec<WeightedRow>, Vec<f32>) {
    let mut trainer = Trainer {
        examples,
        features,
        weights: vec![0.0; features.len() * STATES],
        squares: vec![0.0; features.len() * STATES],
        follows: follows.map_or_else(
            || vec![0.0; STATES * STATES],
            |f| f.iter().map(|w| f64::from(*w)).collect(),
        ),
        learn_follows: follows.is_none(),
        follow_squares: vec![0.0; STATES * STATES],
        allowed_steps: (0..STATES * STATES)
            .map(|i| (i / STATES, i % STATES))
            .filter(|s| may_follow(s.0, s.1))
            .collect(),
    };
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = Random(settings.seed);
    for epoch in 0..settings.epochs {
        random.shuffle(&mut order);
        // The rate falls in the last third, which does the work of averaging.
        let left = (settings.epochs - epoch) as f32 / settings.epochs as f32;
        let rate = settings.rate * (left * 3.0).min(1.0);
        let loss: f64 = order
            .iter()
            .map(|&i| trainer.learn(i, rate, settings, &mut random))
            .sum();
        eprintln!("names: epoch {} loss {:.0}", epoch + 1, loss);
    }
    let rows = features
        .iter()
        .enumerate()
        .map(|(i, feature)| {
            let row = &trainer.weights[i * STATES..(i + 1) * STATES];
            (
                feature.0,
                (0..)
                    .zip(row)
                    .filter(|w| *w.1 != 0.0)
                    .map(|(c, &w)| (c, w * (1.0 - settings.dropout)))
                    .collect(),
            )
        })
        .collect();
    (rows, trainer.follows.iter().map(|&w| w as f32).collect())
}

impl Trainer<'_> {
    /// One step on one sentence; its loss before the step.
    fn learn(
        &mut self,
        example: usize,
        rate: f32,
        settings: &Settings,
        random: &mut Random,
    ) -> f64 {
        let example = self.examples[example];
        let cut = (f64::from(settings.dropout) * 65536.0) as u64;
        let penalty = settings.penalty;
        let kept: Vec<Vec<u32>> = example
            .features
            .iter()
            .map(|list| {
                let mut bits = 0;
                let chance = |i: usize| {
                    // Four draws of sixteen bits from each number.
                    if i.is_multiple_of(4) {
                        bits = random.next();
                    }
                    bits >> (i % 4 * 16) & 0xffff
                };
                let draws: Vec<u64> = (0..list.len()).map(chance).collect();
                list.iter()
                    .zip(draws)
                    .filter(|f| f.1 >= cut)
                    .map(|f| *f.0)
                    .collect()
            })
            .collect();
        let count = kept.len();
        let mut local = vec![[0.0_f64; STATES]; count];
        for (at, (features, local)) in kept.iter().zip(&mut local).enumerate() {
            let mut sums = example.given.get(at).copied().unwrap_or([0.0; STATES]);
            for &feature in features {
                let start = feature as usize * STATES;
                for (sum, weight) in sums.iter_mut().zip(&self.weights[start..start + STATES]) {
                    *sum += weight;
                }
            }
            let top = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            for (value, sum) in local.iter_mut().zip(&sums) {
                *value = f64::from(sum - top).exp();
            }
        }
        let steps: Vec<f64> = self.follows.iter().map(|w| w.exp()).collect();
        // A token that is not read has no features and is in no name.
        let everything: Vec<Allowed> = example
            .read
            .iter()
            .map(|read| if *read { Allowed::MAX } else { 1 })
            .collect();
        let (all, mut expected, all_steps) = self.passes(&local, &steps, &everything);
        let (gold, wanted, gold_steps) = self.passes(&local, &steps, &example.allowed);
        if !all.is_finite() || !gold.is_finite() {
            return 0.0;
        }
        for (e, w) in expected.iter_mut().zip(&wanted) {
            for state in 0..STATES {
                e[state] -= w[state];
            }
        }
        for (features, gradient) in kept.iter().zip(&expected) {
            if gradient.iter().all(|g| g.abs() < 1e-4) {
                continue;
            }
            let gradient: Vec<f32> = gradient.iter().map(|&g| g as f32).collect();
            for &feature in features {
                let start = feature as usize * STATES;
                let shrink = penalty / self.features[feature as usize].1 as f32;
                let weights = &mut self.weights[start..start + STATES];
                let squares = &mut self.squares[start..start + STATES];
                for ((weight, square), &g) in weights.iter_mut().zip(squares).zip(&gradient) {
                    *square += g * g;
                    let pace = rate / (*square + 0.1).sqrt();
                    let moved = *weight - pace * g;
                    let loss = pace * shrink;
                    *weight = if moved > loss {
                        moved - loss
                    } else if moved < -loss {
                        moved + loss
                    } else {
                        0.0
                    };
                }
            }
        }
        for &(from, to) in &self.allowed_steps {
            let i = from * STATES + to;
            let g = all_steps[i] - gold_steps[i];
            if g != 0.0 && self.learn_follows {
                self.follow_squares[i] += g * g;
                self.follows[i] -= f64::from(rate) * g / (self.follow_squares[i] + 0.1).sqrt();
            }
        }
        all - gold
    }

    /// Forward and backward: log sum, expected states, expected steps.
    fn passes(
        &self,
        local: &[[f64; STATES]],
        steps: &[f64],
        allowed: &[Allowed],
    ) -> (f64, Vec<[f64; STATES]>, Vec<f64>) {
        let count = local.len();
        let mut forward = vec![[0.0; STATES]; count];
        let mut scale = vec![0.0; count];
        let open: Vec<Vec<usize>> = allowed
            .iter()
            .map(|mask| (0..STATES).filter(|s| mask >> s & 1 == 1).collect())
            .collect();
        for at in 0..count {
            for &to in &open[at] {
                let sum: f64 = if at == 0 {
                    f64::from(u8::from(may_follow(0, to)))
                } else {
                    open[at - 1]
                        .iter()
                        .filter(|&&from| may_follow(from, to))
                        .map(|&from| forward[at - 1][from] * steps[from * STATES + to])
                        .sum()
                };
                forward[at][to] = sum * local[at][to];
                if at + 1 == count && !may_end(to) {
                    forward[at][to] = 0.0;
                }
            }
            scale[at] = forward[at].iter().sum::<f64>();
            let by = 1.0 / scale[at];
            forward[at].iter_mut().for_each(|v| *v *= by);
        }
        let log_sum: f64 = scale.iter().map(|s| s.ln()).sum();
        let mut backward = vec![[0.0; STATES]; count];
        let mut expected = vec![[0.0; STATES]; count];
        let mut expected_steps = vec![0.0; STATES * STATES];
        for at in (0..count).rev() {
            if at + 1 == count {
                backward[at] = [1.0; STATES];
            } else {
                for &from in &open[at] {
                    let mut sum = 0.0;
                    for &to in open[at + 1].iter().filter(|&&to| may_follow(from, to)) {
                        let value =
                            steps[from * STATES + to] * local[at + 1][to] * backward[at + 1][to]
                                / scale[at + 1];
                        sum += value;
                        expected_steps[from * STATES + to] += forward[at][from] * value;
                    }
                    backward[at][from] = sum;
                }
            }
            for &state in &open[at] {
                expected[at][state] = forward[at][state] * backward[at][state];
            }
        }
        (log_sum, expected, expected_steps)
    }
}

/// The mean of several trainings on the same features.
pub(super) fn mean(trained: Vec<(Vec<WeightedRow>, Vec<f32>)>) -> (Vec<WeightedRow>, Vec<f32>) {
    let share = 1.0 / trained.len().max(1) as f32;
    let (rows, steps): (Vec<_>, Vec<_>) = trained.into_iter().unzip();
    let mut rows = sum_rows(rows);
    for weight in rows.iter_mut().flat_map(|r| &mut r.1) {
        weight.1 *= share;
    }
    let mut mean = vec![0.0; STATES * STATES];
    for steps in &steps {
        for (sum, weight) in mean.iter_mut().zip(steps) {
            *sum += weight * share;
        }
    }
    (rows, mean)
}

/// What the second look learns from.
#[derive(Default)]
pub(super) struct SecondLooks {
    examples: Vec<(Example, Vec<Vec<u64>>)>,
    follows: Vec<f32>,
}

impl SecondLooks {
    /// Adds the sentences of a document; `follows`: the steps of the first look.
    pub fn add(
        &mut self,
        looks: Vec<SecondLook>,
        allowed: &[Allowed],
        read: &[bool],
        follows: &[f32],
    ) {
        self.follows = follows.to_vec();
        for look in looks {
            let (given, features) = look.tokens.into_iter().unzip();
            let example = Example {
                document: 0,
                features: Vec::new(),
                allowed: allowed[look.sentence.clone()].to_vec(),
                read: read[look.sentence].to_vec(),
                given,
            };
            self.examples.push((example, features));
        }
    }

    /// The packed weights.
    pub fn train(mut self) -> Vec<u8> {
        let mut numbering = Numbering::default();
        for features in self.examples.iter().flat_map(|e| &e.1) {
            numbering.count(features);
        }
        let (numbers, kept) = numbering.finish(3);
        for (example, features) in &mut self.examples {
            let number = |list: &Vec<u64>| {
                list.iter()
                    .filter_map(|f| numbers.get(f).copied())
                    .collect()
            };
            example.features = features.iter().map(number).collect();
        }
        let examples: Vec<&Example> = self.examples.iter().map(|e| &e.0).collect();
        eprintln!(
            "names, second look: {} sentences, {} features",
            examples.len(),
            kept.len()
        );
        let settings = Settings {
            epochs: 10,
            rate: 0.05,
            penalty: 0.3,
            dropout: 0.5,
            seed: 1,
        };
        let (rows, _) = train(&examples, &kept, Some(&self.follows), &settings);
        pack::table(rows, STATES, usize::MAX, 0.01)
    }
}

/// Packs the weights (see [`pack::table`]) and, in the table's unit, those of the steps.
pub(super) fn pack(rows: Vec<WeightedRow>, follows: &[f32], threshold: f32) -> (Vec<u8>, Vec<u8>) {
    let table = pack::table(rows, STATES, usize::MAX, threshold);
    let unit = f32::from_bits(u32::from_le_bytes([table[4], table[5], table[6], table[7]]));
    let steps = follows
        .iter()
        .flat_map(|w| ((w / unit).round() as i32).to_le_bytes())
        .collect();
    (table, steps)
}

/// The bits of the states of a name that covers `name`, at token `at`.
pub(super) fn bits_in_name(labels: &[usize], name: &Range<usize>, at: usize) -> Allowed {
    use crate::annotation::name::{BEGIN, END, INSIDE, SINGLE, state};
    let part = match (at == name.start, at + 1 == name.end) {
        (true, true) => SINGLE,
        (true, false) => BEGIN,
        (false, true) => END,
        (false, false) => INSIDE,
    };
    labels
        .iter()
        .fold(0, |bits, &label| bits | 1 << state(label, part))
}

/// The bits of all four states of some kinds.
pub(super) fn bits_of(labels: &[usize]) -> Allowed {
    labels
        .iter()
        .fold(0, |bits, &label| bits | 0b1111 << (1 + 4 * label))
}
