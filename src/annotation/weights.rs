//! Reads weights straight from the bytes of the model: nothing is unpacked when it is loaded.

/// A hashed sparse table from features to weights of classes.
///
/// `slots` are five bytes each: two of the feature's hash and three of the row's offset plus
/// one (0: empty), open addressing. A row is a count and as many pairs of class and weight.
/// Before them stand the number of slots and the unit of the weights.
#[derive(Clone, Copy)]
pub(super) struct Table {
    count: u64,
    slots: &'static [u8],
    rows: &'static [u8],
    /// What one unit of the weights is worth.
    pub unit: f32,
}

/// Bytes after the slots, so that a slot can be read as eight bytes.
pub(super) const SLOT_PADDING: usize = 3;
pub(super) const SLOT: usize = 5;

/// The first slot to look at, and the part of the hash kept in it.
#[inline]
pub(super) fn place(key: u64, count: u64) -> (u64, u64) {
    (((key >> 32) * count) >> 32, key & 0xffff)
}

/// Weights are kept as signed square roots, so that a byte holds small and large ones.
#[inline]
fn weight(byte: u8) -> i32 {
    let root = i32::from(byte as i8);
    root * root.abs()
}

impl Table {
    pub fn new(bytes: &'static [u8]) -> Option<Self> {
        let count = u64::from(read_u32(bytes, 0)?);
        let end = 8 + usize::try_from(count).ok()? * SLOT + SLOT_PADDING;
        (count > 0).then_some(())?;
        Some(Self {
            count,
            slots: bytes.get(8..end)?,
            rows: bytes.get(end..)?,
            unit: f32::from_bits(read_u32(bytes, 4)?),
        })
    }

    /// The pairs of class and weight of a feature; empty if it has none.
    #[inline]
    pub fn row(&self, key: u64) -> &'static [u8] {
        let (mut at, print) = place(key, self.count);
        loop {
            let start = at as usize * SLOT;
            let Some(bytes) = self.slots.get(start..start + 8) else {
                return &[];
            };
            let mut eight = [0; 8];
            eight.copy_from_slice(bytes);
            let slot = u64::from_le_bytes(eight);
            let offset = ((slot >> 16) & 0xff_ffff) as usize;
            if offset == 0 {
                return &[];
            }
            if slot & 0xffff == print {
                let Some(&pairs) = self.rows.get(offset - 1) else {
                    return &[];
                };
                return self
                    .rows
                    .get(offset..offset + 2 * usize::from(pairs))
                    .unwrap_or(&[]);
            }
            at += 1;
            if at == self.count {
                at = 0;
            }
        }
    }

    /// Adds the weights of a feature to the scores of the classes.
    #[inline]
    pub fn add(&self, key: u64, scores: &mut [i32]) {
        for pair in self.row(key).chunks_exact(2) {
            if let Some(score) = scores.get_mut(usize::from(pair[0])) {
                *score += weight(pair[1]);
            }
        }
    }
}

/// Words and their distributional clusters: sorted 32-bit hashes, then two cluster numbers each.
#[derive(Clone, Copy, Default)]
pub(super) struct Clusters {
    count: u64,
    slots: &'static [u8],
}

pub(super) const CLUSTER_SLOT: usize = 8;

impl Clusters {
    pub fn new(bytes: &'static [u8]) -> Option<Self> {
        let count = u64::from(read_u32(bytes, 0)?);
        let slots = bytes.get(4..4 + usize::try_from(count).ok()? * CLUSTER_SLOT)?;
        Some(Self { count, slots })
    }

    /// Fine and coarse cluster of a word by its form, else by its form in lower case.
    pub fn of(&self, form: u64, lower: u64) -> (u16, u16) {
        self.find(form)
            .or_else(|| self.find(lower))
            .unwrap_or((0, 0))
    }

    fn find(&self, key: u64) -> Option<(u16, u16)> {
        if self.count == 0 {
            return None;
        }
        let (mut at, _) = place(key, self.count);
        loop {
            let start = at as usize * CLUSTER_SLOT;
            let slot = self.slots.get(start..start + CLUSTER_SLOT)?;
            let number = |i: usize| u16::from_le_bytes([slot[i], slot[i + 1]]);
            let print = u32::from_le_bytes([slot[0], slot[1], slot[2], slot[3]]);
            if number(4) == 0 {
                return None;
            }
            if print == key as u32 {
                return Some((number(4), number(6)));
            }
            at = (at + 1) % self.count;
        }
    }
}

pub(super) fn read_u32(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

/// The named parts of a model file.
pub(super) struct Sections {
    bytes: &'static [u8],
}

pub(super) const MAGIC: &[u8; 8] = b"ngmodel1";

impl Sections {
    /// `None` if the bytes are no model file.
    pub fn new(bytes: &'static [u8]) -> Option<Self> {
        bytes.starts_with(MAGIC).then_some(Self { bytes })
    }

    /// The part with this name (eight bytes at most).
    pub fn get(&self, name: &str) -> Option<&'static [u8]> {
        let count = read_u32(self.bytes, 8)? as usize;
        (0..count).find_map(|i| {
            let entry = self.bytes.get(12 + i * 16..28 + i * 16)?;
            let label = entry[..8].split(|b| *b == 0).next()?;
            (label == name.as_bytes()).then_some(())?;
            let start = read_u32(entry, 8)? as usize;
            self.bytes.get(start..start + read_u32(entry, 12)? as usize)
        })
    }
}

/// A hashed table from features to the weights of the parser's three steps, kept in the slot
/// itself: two bytes of hash and three weights, all zero if empty.
#[derive(Clone, Copy)]
pub(super) struct StepTable {
    count: u64,
    slots: &'static [u8],
}

impl StepTable {
    pub fn new(bytes: &'static [u8]) -> Option<Self> {
        let count = u64::from(read_u32(bytes, 0)?);
        let end = 4 + usize::try_from(count).ok()? * SLOT + SLOT_PADDING;
        (count > 0).then_some(())?;
        Some(Self {
            count,
            slots: bytes.get(4..end)?,
        })
    }

    /// The sum of the weights of the features for each step.
    #[inline]
    pub fn score(&self, features: &[u64]) -> [i32; 3] {
        let mut sums = [0; 3];
        for &key in features {
            let (mut at, print) = place(key, self.count);
            loop {
                let start = at as usize * SLOT;
                let Some(bytes) = self.slots.get(start..start + 8) else {
                    break;
                };
                let mut eight = [0; 8];
                eight.copy_from_slice(bytes);
                let slot = u64::from_le_bytes(eight);
                let weights = (slot >> 16) & 0xff_ffff;
                if weights == 0 {
                    break;
                }
                if slot & 0xffff == print {
                    sums[0] += weight(weights as u8);
                    sums[1] += weight((weights >> 8) as u8);
                    sums[2] += weight((weights >> 16) as u8);
                    break;
                }
                at += 1;
                if at == self.count {
                    at = 0;
                }
            }
        }
        sums
    }
}
