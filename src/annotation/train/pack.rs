//! Packs trained weights into the bytes that the annotator reads.

use std::collections::{BTreeMap, HashMap};

use crate::annotation::lemma::LEMMA_SLOT;
use crate::annotation::weights::{
    BUCKET, CLUSTER_SLOT, ENTRIES, MAGIC, MOST_CLASSES, PAYLOADS, SPILL, WHOLE, print, weight,
};

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

/// Packs rows into a table: the `keep` features that matter most, and of them the weights not
/// smaller than `threshold`. A row with weights for many of the classes is written whole.
pub(super) fn table(
    mut rows: Vec<WeightedRow>,
    classes: usize,
    keep: usize,
    threshold: f32,
) -> Vec<u8> {
    assert!(
        classes <= MOST_CLASSES,
        "a table's classes fit in its scores"
    );
    let size = |row: &WeightedRow| row.1.iter().fold(0.0, |m: f32, w| m.max(w.1.abs()));
    let least = nth_largest(rows.iter().map(size).collect(), keep);
    rows.retain(|r| size(r) > least);
    let bytes = Bytes::new(rows.iter().flat_map(|r| r.1.iter().map(|w| w.1)));
    rows.sort_by_key(|r| r.0);
    let mut packed: Vec<u8> = Vec::new();
    let mut known: HashMap<Vec<u8>, usize> = HashMap::new();
    let mut entries: Vec<(u64, u32)> = Vec::new();
    for (key, weights) in rows {
        let mut row = vec![0];
        for (class, weight) in weights {
            let unit = bytes.of(weight);
            if unit != 0 && weight.abs() >= threshold {
                row.extend_from_slice(&[class, unit as u8]);
            }
        }
        if row.len() == 1 {
            continue;
        }
        let pairs = row.len() / 2;
        if pairs * DENSE >= classes {
            let mut whole = vec![0; 2 * classes + 2];
            (whole[0], whole[1]) = (WHOLE, classes as u8);
            for pair in row[1..].chunks_exact(2) {
                let at = 2 + 2 * usize::from(pair[0]);
                whole[at..at + 2].copy_from_slice(&weight(pair[1]).to_le_bytes()[..2]);
            }
            row = whole;
        } else {
            row[0] = pairs as u8;
        }
        let offset = *known.entry(row).or_insert_with_key(|row| {
            packed.extend_from_slice(row);
            packed.len() - row.len()
        });
        assert!(offset < 1 << 24, "a table's rows fit in sixteen megabytes");
        entries.push((key, offset as u32));
    }
    let mut out = buckets(&entries, bytes.unit);
    out.extend_from_slice(&packed);
    out
}

/// A table without features.
pub(super) fn nothing() -> Vec<u8> {
    table(Vec::new(), 1, 0, 0.0)
}

/// A row is written whole if it has weights for one in so many classes: that is read faster.
const DENSE: usize = 4;

/// Packs keys and the three bytes that each leads to.
fn buckets(entries: &[(u64, u32)], unit: f32) -> Vec<u8> {
    // Nine of twelve places filled on average: few buckets spill over.
    let count = entries.len() / 9 + 2;
    let mut lines = vec![[0_u8; BUCKET]; count];
    let mut filled = vec![0; count];
    for &(key, payload) in entries {
        let mut at = (((key >> 32) * count as u64) >> 32) as usize;
        while filled[at] == ENTRIES {
            lines[at][SPILL] = 1;
            at = (at + 1) % count;
        }
        let place = filled[at];
        filled[at] += 1;
        lines[at][2 * place..2 * place + 2].copy_from_slice(&print(key).to_le_bytes());
        lines[at][PAYLOADS + 3 * place..][..3].copy_from_slice(&payload.to_le_bytes()[..3]);
    }
    let mut out = vec![0; BUCKET];
    out[..4].copy_from_slice(&(count as u32).to_le_bytes());
    out[4..8].copy_from_slice(&unit.to_bits().to_le_bytes());
    out.extend(lines.into_iter().flatten());
    out
}

/// Packs the parser's weights of the three steps, the `keep` features that matter most.
pub(super) fn steps(rows: &[(u64, [f32; 3])], keep: usize) -> Vec<u8> {
    let weight = |row: &[f32; 3]| row.iter().fold(0.0, |m: f32, w| m.max(w.abs()));
    let threshold = nth_largest(rows.iter().map(|r| weight(&r.1)).collect(), keep);
    let bytes = Bytes::new(rows.iter().flat_map(|r| r.1));
    let entries: Vec<(u64, u32)> = rows
        .iter()
        .filter(|r| weight(&r.1) > threshold)
        .map(|r| (r.0, r.1.map(|w| bytes.of(w) as u8)))
        .filter(|r| r.1 != [0; 3])
        .map(|(key, [a, b, c])| (key, u32::from_le_bytes([a, b, c, 0])))
        .collect();
    buckets(&entries, bytes.unit)
}

/// Packs word keys and their two clusters.
pub(super) fn clusters(words: &BTreeMap<u64, (u16, u16)>) -> Vec<u8> {
    let count = (words.len() * 4 / 3 + 8) as u64;
    let mut slots = vec![0_u8; count as usize * CLUSTER_SLOT];
    for (&key, &(fine, coarse)) in words {
        let mut at = ((key >> 32) * count) >> 32;
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

/// A model file of named parts, each of which begins at a line of the processor's cache.
pub(super) fn sections(parts: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend_from_slice(&(parts.len() as u32).to_le_bytes());
    let mut start = 12 + parts.len() * 16;
    for (name, bytes) in parts {
        start = start.next_multiple_of(BUCKET);
        let mut label = [0; 8];
        label[..name.len()].copy_from_slice(name.as_bytes());
        out.extend_from_slice(&label);
        out.extend_from_slice(&(start as u32).to_le_bytes());
        out.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
        start += bytes.len();
    }
    for bytes in parts.values() {
        out.resize(out.len().next_multiple_of(BUCKET), 0);
        out.extend_from_slice(bytes);
    }
    out
}
