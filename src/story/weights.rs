//! The learned weights of `models/coreference.csv`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::likeness::{CLASSES, FEATURES};
use super::mention::Slot;

/// Everything that was learned about mentions of more than one article.
#[derive(Clone, Debug, Default)]
pub(super) struct Weights {
    /// For each class of pairs the weight of each feature.
    pub pairs: Vec<[f32; FEATURES.len()]>,
    /// For each slot the least mean probability with which mentions are joined.
    pub joined: [f32; 2],
    /// For each slot what a word tells of being such a mention.
    pub found: [BTreeMap<String, f32>; 2],
}

impl Weights {
    /// The weights that are part of the program.
    pub fn embedded() -> &'static Weights {
        static WEIGHTS: LazyLock<Weights> =
            LazyLock::new(|| Weights::read(include_str!("../../models/coreference.csv")));
        &WEIGHTS
    }

    /// Reads a table of `part,of,feature,weight`; what it does not know counts nothing.
    fn read(table: &'static str) -> Self {
        let mut weights = Self {
            pairs: vec![[0.0; FEATURES.len()]; CLASSES.len()],
            ..Self::default()
        };
        for row in crate::lexicon::rows(table) {
            let slot = Slot::ALL.iter().position(|slot| slot.name() == row[1]);
            let (Some(slot), Ok(weight)) = (slot, row[4].parse::<f32>()) else {
                continue;
            };
            match row[0] {
                "pair" => {
                    let is_class =
                        |(of, name): &(Slot, &str)| *of == Slot::ALL[slot] && *name == row[2];
                    let class = CLASSES.iter().position(is_class);
                    let feature = FEATURES.iter().position(|name| *name == row[3]);
                    if let (Some(class), Some(feature)) = (class, feature) {
                        weights.pairs[class][feature] = weight;
                    }
                }
                "find" => {
                    weights.found[slot].insert(row[3].to_owned(), weight);
                }
                "join" => weights.joined[slot] = weight,
                _ => {}
            }
        }
        weights
    }

    /// The table that [`Self::read`] reads, without its header.
    #[cfg(feature = "train")]
    pub fn rows(&self) -> String {
        use std::fmt::Write as _;
        let mut out = String::from("part,slot,class,feature,weight\n");
        for (slot, joined) in Slot::ALL.iter().zip(self.joined) {
            let _ = writeln!(
                out,
                "join,{},,least mean probability,{joined:.3}",
                slot.name()
            );
        }
        for ((slot, class), row) in CLASSES.iter().zip(&self.pairs) {
            for (feature, weight) in FEATURES.iter().zip(row).filter(|(_, w)| w.abs() >= 0.0005) {
                let name = slot.name();
                let _ = writeln!(out, "pair,{name},{class},\"{feature}\",{weight:.3}");
            }
        }
        for (slot, found) in Slot::ALL.iter().zip(&self.found) {
            for (feature, weight) in found.iter().filter(|(_, w)| w.abs() >= 0.005) {
                let _ = writeln!(out, "find,{},,\"{feature}\",{weight:.2}", slot.name());
            }
        }
        out
    }
}
