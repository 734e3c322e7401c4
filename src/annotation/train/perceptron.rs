//! The averaged perceptron: sparse rows of weights, made as features are met in mistakes.

use super::pack::WeightedRow;
use crate::annotation::word::KeyMap;

#[derive(Clone, Copy)]
struct Weight {
    class: u8,
    now: f32,
    /// Sum of the changes, each times the step at which it was made.
    changes: f64,
}

#[derive(Default)]
pub(super) struct Perceptron {
    rows: KeyMap<Vec<Weight>>,
    step: f64,
}

impl Perceptron {
    pub fn score(&self, features: &[u64], scores: &mut [f32]) {
        for feature in features {
            if let Some(row) = self.rows.get(feature) {
                for weight in row {
                    scores[usize::from(weight.class)] += weight.now;
                }
            }
        }
    }

    /// Counts a decision, right or wrong.
    pub fn tick(&mut self) {
        self.step += 1.0;
    }

    pub fn change(&mut self, features: &[u64], class: u8, by: f32) {
        for &feature in features {
            let row = self.rows.entry(feature).or_default();
            let change = f64::from(by) * self.step;
            match row.iter_mut().find(|w| w.class == class) {
                Some(weight) => {
                    weight.now += by;
                    weight.changes += change;
                }
                None => row.push(Weight {
                    class,
                    now: by,
                    changes: change,
                }),
            }
        }
    }

    /// The average of each weight over all steps, in order of the keys.
    pub fn averaged(&self) -> Vec<WeightedRow> {
        let mut rows: Vec<WeightedRow> = self
            .rows
            .iter()
            .map(|(&key, row)| {
                let mut row: Vec<(u8, f32)> = row
                    .iter()
                    .map(|w| {
                        (
                            w.class,
                            (f64::from(w.now) - w.changes / self.step.max(1.0)) as f32,
                        )
                    })
                    .collect();
                row.sort_by_key(|w| w.0);
                (key, row)
            })
            .collect();
        rows.sort_by_key(|r| r.0);
        rows
    }
}

/// Adds up the rows of several trainings, feature by feature. Trainings in different orders err
/// in different places; their sum errs less than each.
pub(super) fn sum<R>(trained: Vec<Vec<(u64, R)>>, add: impl Fn(&mut R, R)) -> Vec<(u64, R)> {
    let mut all: Vec<(u64, R)> = trained.into_iter().flatten().collect();
    all.sort_by_key(|r| r.0);
    let mut sums: Vec<(u64, R)> = Vec::new();
    for (key, row) in all {
        match sums.last_mut() {
            Some((last, sum)) if *last == key => add(sum, row),
            _ => sums.push((key, row)),
        }
    }
    sums
}

/// [`sum`] of sparse rows.
pub(super) fn sum_rows(trained: Vec<Vec<WeightedRow>>) -> Vec<WeightedRow> {
    sum(trained, |sum, row| {
        for (class, weight) in row {
            match sum.iter_mut().find(|w| w.0 == class) {
                Some(known) => known.1 += weight,
                None => sum.push((class, weight)),
            }
        }
        sum.sort_by_key(|w| w.0);
    })
}

/// Trains once for each seed, side by side, and gives the results in the order of the seeds.
pub(super) fn each_seed<T: Send>(seeds: u64, train: impl Fn(u64) -> T + Sync) -> Vec<T> {
    std::thread::scope(|scope| {
        let train = &train;
        let running: Vec<_> = (1..=seeds)
            .map(|seed| scope.spawn(move || train(seed)))
            .collect();
        running
            .into_iter()
            .map(|thread| thread.join().expect("a training does not panic"))
            .collect()
    })
}

/// A small generator of random numbers with a fixed seed (splitmix64).
pub(super) struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}
