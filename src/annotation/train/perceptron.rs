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
