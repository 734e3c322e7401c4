//! Packs trained weights into the bytes that the annotator reads.

use std::collections::{BTreeMap, HashMap};

use crate::annotation::lemma::LEMMA_SLOT;
use crate::annotation::weights::{CLUSTER_SLOT, MAGIC, SLOT, SLOT_PADDING, place};

/// A feature with the weights of its classes.
pub(super) type WeightedRow = (u64, Vec<(u8, f32)>);

/// Packs rows into a sparse table: weights become bytes, those smaller than `threshold` go.
/// `largest` is the weight that becomes 127; larger ones are cut to it.
pub(super) fn table(mut rows: Vec<WeightedRow>, largest: f32, threshold: f32) -> Vec<u8> {
    rows.sort_by_key(|r| r.0);
    let scale = largest / 127.0;
    let mut packed: Vec<u8> = Vec::new();
    let mut known: HashMap<Vec<u8>, usize> = HashMap::new();
    let mut entries: Vec<(u64, usize)> = Vec::new();
    for (key, weights) in rows {
        let mut row = vec![0];
        for (class, weight) in weights {
            let unit = (weight / scale).round().clamp(-127.0, 127.0) as i8;
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
    out.extend_from_slice(&scale.to_bits().to_le_bytes());
    out.extend_from_slice(&slots);
    out.extend_from_slice(&packed);
    out
}

/// The size of weight that all but a few in ten thousand stay below.
pub(super) fn largest(rows: &[WeightedRow]) -> f32 {
    let mut sizes: Vec<f32> = rows.iter().flat_map(|r| r.1.iter().map(|w| w.1.abs())).collect();
    sizes.sort_by(f32::total_cmp);
    let at = (sizes.len() as f64 * 0.9998) as usize;
    sizes.get(at.min(sizes.len().saturating_sub(1))).copied().unwrap_or(1.0).max(1e-6)
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
