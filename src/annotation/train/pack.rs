//! Packs trained weights into the bytes that the annotator reads.

use std::collections::{BTreeMap, HashMap};

use crate::annotation::lemma::LEMMA_SLOT;
use crate::annotation::weights::{CLUSTER_SLOT, MAGIC, SLOT, SLOT_PADDING, place};

/// A feature with the weights of its classes.
pub(super) type WeightedRow = (u64, Vec<(u8, f32)>);

/// Weights are kept in a byte as signed square roots: fine steps near zero, the largest 127.
struct Bytes {
    unit: f32,
}

impl Bytes {
    fn new(sizes: impl Iterator<Item = f32>) -> Self {
        let largest = sizes.map(f32::abs).fold(1e-6, f32::max);
        Self {
            unit: largest / (127.0 * 127.0),
        }
    }

    fn of(&self, weight: f32) -> i8 {
        let root = (weight.abs() / self.unit).sqrt().round().min(127.0);
        root.copysign(weight) as i8
    }
}

/// What all but `keep` of the sizes stay below.
fn nth_largest(mut sizes: Vec<f32>, keep: usize) -> f32 {
    sizes.sort_by(|a, b| b.total_cmp(a));
    sizes.get(keep).copied().unwrap_or(0.0)
}

/// Packs rows into a sparse table: the `keep` features that matter most, and of them the weights
/// not smaller than `threshold`.
pub(super) fn table(mut rows: Vec<WeightedRow>, keep: usize, threshold: f32) -> Vec<u8> {
    let size = |row: &WeightedRow| row.1.iter().fold(0.0, |m: f32, w| m.max(w.1.abs()));
    let least = nth_largest(rows.iter().map(size).collect(), keep);
    rows.retain(|r| size(r) > least);
    let bytes = Bytes::new(rows.iter().flat_map(|r| r.1.iter().map(|w| w.1)));
    rows.sort_by_key(|r| r.0);
    let mut packed: Vec<u8> = Vec::new();
    let mut known: HashMap<Vec<u8>, usize> = HashMap::new();
    let mut entries: Vec<(u64, usize)> = Vec::new();
    for (key, weights) in rows {
        let mut row = vec![0];
        for (class, weight) in weights {
            let unit = bytes.of(weight);
            if unit != 0 && weight.abs() >= threshold && row.len() < 511 {
                row.extend_from_slice(&[class, unit as u8]);
            }
        }
        if row.len() == 1 {
            continue;
        }
        row[0] = (row.len() / 2) as u8;
        let offset = *known.entry(row).or_insert_with_key(|row| {
            packed.extend_from_slice(row);
            packed.len() - row.len()
        });
        entries.push((key, offset + 1));
    }
    let count = (entries.len() * 4 / 3 + 8) as u64;
    let mut slots = vec![0_u8; count as usize * SLOT + SLOT_PADDING];
    let mut taken = vec![false; count as usize];
    for (key, offset) in entries {
        assert!(offset < 1 << 24, "a table's rows fit in sixteen megabytes");
        let (mut at, print) = place(key, count);
        while taken[at as usize] {
            at = (at + 1) % count;
        }
        taken[at as usize] = true;
        let slot = (print | (offset as u64) << 16).to_le_bytes();
        slots[at as usize * SLOT..][..SLOT].copy_from_slice(&slot[..SLOT]);
    }
    let mut out = Vec::new();
    out.extend_from_slice(&(count as u32).to_le_bytes());
    out.extend_from_slice(&bytes.unit.to_bits().to_le_bytes());
    out.extend_from_slice(&slots);
    out.extend_from_slice(&packed);
    out
}

/// Packs the parser's weights of the three steps, the `keep` features that matter most.
pub(super) fn steps(rows: &[(u64, [f32; 3])], keep: usize) -> Vec<u8> {
    let weight = |row: &[f32; 3]| row.iter().fold(0.0, |m: f32, w| m.max(w.abs()));
    let threshold = nth_largest(rows.iter().map(|r| weight(&r.1)).collect(), keep);
    let bytes = Bytes::new(rows.iter().flat_map(|r| r.1));
    let packed: Vec<(u64, [u8; 3])> = rows
        .iter()
        .filter(|r| weight(&r.1) > threshold)
        .map(|r| (r.0, r.1.map(|w| bytes.of(w) as u8)))
        .filter(|r| r.1 != [0; 3])
        .collect();
    let count = (packed.len() * 4 / 3 + 8) as u64;
    let mut slots = vec![0_u8; count as usize * SLOT + SLOT_PADDING];
    for (key, weights) in packed {
        let (mut at, print) = place(key, count);
        while slots[at as usize * SLOT + 2..][..3] != [0; 3] {
            at = (at + 1) % count;
        }
        let slot = &mut slots[at as usize * SLOT..][..SLOT];
        slot[..2].copy_from_slice(&(print as u16).to_le_bytes());
        slot[2..].copy_from_slice(&weights);
    }
    [&(count as u32).to_le_bytes()[..], &slots].concat()
}

/// Packs word keys and their two clusters.
pub(super) fn clusters(words: &BTreeMap<u64, (u16, u16)>) -> Vec<u8> {
    let count = (words.len() * 4 / 3 + 8) as u64;
    let mut slots = vec![0_u8; count as usize * CLUSTER_SLOT];
    for (&key, &(fine, coarse)) in words {
        let (mut at, _) = place(key, count);
        while slots[at as usize * CLUSTER_SLOT + 4..][..2] != [0, 0] {
            at = (at + 1) % count;
        }
        let slot = &mut slots[at as usize * CLUSTER_SLOT..][..CLUSTER_SLOT];
        slot[..4].copy_from_slice(&(key as u32).to_le_bytes());
        slot[4..6].copy_from_slice(&fine.to_le_bytes());
        slot[6..].copy_from_slice(&coarse.to_le_bytes());
    }
    [&(count as u32).to_le_bytes()[..], &slots].concat()
}

/// Packs lemma keys and the numbers of their edits.
pub(super) fn lemmas(keys: &BTreeMap<u64, u16>) -> Vec<u8> {
    let count = (keys.len() * 4 / 3 + 8) as u64;
    let mut slots = vec![0_u8; count as usize * LEMMA_SLOT];
    for (&key, &edit) in keys {
        let mut at = ((key >> 32) * count) >> 32;
        while slots[at as usize * LEMMA_SLOT + 4..][..2] != [0, 0] {
            at = (at + 1) % count;
        }
        let slot = &mut slots[at as usize * LEMMA_SLOT..][..LEMMA_SLOT];
        slot[..4].copy_from_slice(&(key as u32).to_le_bytes());
        slot[4..].copy_from_slice(&(edit + 1).to_le_bytes());
    }
    [&(count as u32).to_le_bytes()[..], &slots].concat()
}

/// A model file of named parts.
pub(super) fn sections(parts: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend_from_slice(&(parts.len() as u32).to_le_bytes());
    let mut start = 12 + parts.len() * 16;
    for (name, bytes) in parts {
        let mut label = [0; 8];
        label[..name.len()].copy_from_slice(name.as_bytes());
        out.extend_from_slice(&label);
        out.extend_from_slice(&(start as u32).to_le_bytes());
        out.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
        start += bytes.len();
    }
    for bytes in parts.values() {
        out.extend_from_slice(bytes);
    }
    out
}
