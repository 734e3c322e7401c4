//! Reads weights straight from the bytes of the model: nothing is unpacked when it is loaded.

/// The part of a hash kept beside what it leads to; never 0, which is an empty place.
#[inline]
pub(super) fn print(key: u64) -> u16 {
    (key as u16).max(1)
}

/// Twelve hashed entries in a line of the processor's cache: their prints, three bytes each of
/// what they lead to, and a byte that tells whether more of them stand in the next bucket.
pub(super) const BUCKET: usize = 64;
pub(super) const ENTRIES: usize = 12;
pub(super) const PAYLOADS: usize = 2 * ENTRIES;
#[cfg(feature = "train")]
pub(super) const SPILL: usize = 60;

/// A hashed table in buckets. Before them stands a bucket's length with their number and the
/// unit of the weights.
#[derive(Clone, Copy)]
struct Buckets {
    count: u64,
    lines: &'static [[u8; BUCKET]],
}

impl Buckets {
    /// The table, its unit and what stands behind it.
    fn new(bytes: &'static [u8]) -> Option<(Self, f32, &'static [u8])> {
        let count = u64::from(read_u32(bytes, 0)?);
        (count > 0).then_some(())?;
        let unit = f32::from_bits(read_u32(bytes, 4)?);
        let end = BUCKET * (1 + usize::try_from(count).ok()?);
        let (lines, _) = bytes.get(BUCKET..end)?.as_chunks();
        Some((Self { count, lines }, unit, bytes.get(end..)?))
    }

    /// Gives the place in the list and the three bytes of each feature that is in the table, in no
    /// telling order. The lines of many features are asked for before the first is looked at, in
    /// a loop so short that the processor waits for memory once, not once a feature.
    #[inline]
    fn each(&self, keys: &[u64], mut found: impl FnMut(usize, u32)) {
        for (chunk, keys) in keys.chunks(AHEAD).enumerate() {
            // Features that are still looked for, each with the line where it is looked for.
            let mut wanted = [(0, 0); AHEAD];
            for (i, (wanted, &key)) in wanted.iter_mut().zip(keys).enumerate() {
                *wanted = (i, self.line_of(key));
            }
            let mut count = keys.len();
            while count > 0 {
                let mut heads = [0; AHEAD];
                for (head, &(_, line)) in heads.iter_mut().zip(&wanted[..count]) {
                    *head = self.quarter(line, 0);
                }
                let mut left = 0;
                for at in 0..count {
                    let (i, line) = wanted[at];
                    match self.find(print(keys[i]), line, heads[at]) {
                        Found::Three(three) => found(chunk * AHEAD + i, three),
                        Found::Nothing => {}
                        Found::Spilled => {
                            wanted[left] = (i, (line + 1) % self.lines.len());
                            left += 1;
                        }
                    }
                }
                count = left;
            }
        }
    }

    /// The line that a feature stands in or before.
    #[inline]
    fn line_of(&self, key: u64) -> usize {
        (((key >> 32) * self.count) >> 32) as usize
    }

    /// Four of the prints of a line.
    #[inline]
    fn quarter(&self, line: usize, quarter: usize) -> u64 {
        let mut eight = [0; 8];
        if let Some(line) = self.lines.get(line) {
            eight.copy_from_slice(&line[8 * quarter..8 * quarter + 8]);
        }
        u64::from_le_bytes(eight)
    }

    /// What a line, whose first prints are `head`, has of a feature.
    #[inline]
    fn find(&self, print: u16, line: usize, head: u64) -> Found {
        let wanted = u64::from(print) * ONES;
        // The lowest lane that is as wanted has its highest bit set.
        let lanes = |prints: u64| {
            let lanes = prints ^ wanted;
            lanes.wrapping_sub(ONES) & !lanes & (ONES << 15)
        };
        let (a, b, c) = (
            lanes(head),
            lanes(self.quarter(line, 1)),
            lanes(self.quarter(line, 2)),
        );
        let (lanes, first) = match (a, b) {
            (0, 0) => (c, 8),
            (0, _) => (b, 4),
            _ => (a, 0),
        };
        // Where there is no lane, 64 zeros lead behind the last entry, to the mark of spilling.
        let entry = first + lanes.trailing_zeros() as usize / 16;
        let place = PAYLOADS + 3 * entry;
        let three = self.lines.get(line).and_then(|l| l.get(place..place + 3));
        match three {
            Some(&[a, b, c]) if entry < ENTRIES => Found::Three(u32::from_le_bytes([a, b, c, 0])),
            Some(&[mark, ..]) if mark != 0 => Found::Spilled,
            _ => Found::Nothing,
        }
    }
}

/// What a line has of a feature: its three bytes, nothing, or a mark that it may stand in the next.
enum Found {
    Three(u32),
    Nothing,
    Spilled,
}

/// How many features are asked for at once.
const AHEAD: usize = 64;

/// A one in each of four lanes.
const ONES: u64 = 0x0001_0001_0001_0001;

/// A hashed sparse table from features to weights of classes. Its entries lead to rows, each a
/// count and as many pairs of class and weight, or [`WHOLE`] and the weights of all classes.
#[derive(Clone, Copy)]
pub(super) struct Table {
    buckets: Buckets,
    rows: &'static [u8],
    /// What one unit of the weights is worth.
    pub unit: f32,
}

/// Weights are kept as signed square roots, so that a byte holds small and large ones.
#[inline]
pub(super) fn weight(byte: u8) -> i32 {
    let root = i16::from(byte as i8);
    // In sixteen bits the largest, 128 times 128, still fits.
    i32::from(root * root.abs())
}

/// In place of the number of pairs: the row has the number of classes and the weights of all,
/// squared and in two bytes, so that they only have to be added.
pub(super) const WHOLE: u8 = 255;

/// As many classes as a table may have, and their scores.
pub(super) const MOST_CLASSES: usize = 128;
pub(super) type Scores = [i32; MOST_CLASSES];

impl Table {
    pub fn new(bytes: &'static [u8]) -> Option<Self> {
        let (buckets, unit, rows) = Buckets::new(bytes)?;
        Some(Self {
            buckets,
            rows,
            unit,
        })
    }

    /// The sums of the weights of features for the first classes.
    pub fn sum<const CLASSES: usize>(&self, features: &[u64]) -> [i32; CLASSES] {
        let scores = self.scores(features);
        std::array::from_fn(|class| scores[class])
    }

    /// The sums of the weights of features for each class.
    pub fn scores(&self, features: &[u64]) -> Scores {
        let mut scores = [0; MOST_CLASSES];
        for features in features.chunks(AHEAD) {
            let mut rows = [(0, 0); AHEAD];
            let mut count = 0;
            self.buckets.each(features, |_, at| {
                rows[count].0 = at as usize;
                count += 1;
            });
            let rows = &mut rows[..count];
            for (at, kind) in rows.iter_mut() {
                *kind = self.rows.get(*at).copied().unwrap_or(0);
            }
            // The other lines of long rows, asked for together too.
            let mut touched = 0;
            for &mut (at, kind) in rows.iter_mut() {
                if kind == WHOLE {
                    for ahead in [BUCKET, 2 * BUCKET, 3 * BUCKET] {
                        touched |= self.rows.get(at + ahead).copied().unwrap_or(0);
                    }
                }
            }
            std::hint::black_box(touched);
            for &mut (at, kind) in rows {
                add_row(kind, self.rows.get(at + 1..).unwrap_or(&[]), &mut scores);
            }
        }
        scores
    }
}

/// Adds a row of weights of this kind (the number of its pairs, or [`WHOLE`]) to the scores.
#[inline]
fn add_row(kind: u8, row: &[u8], scores: &mut Scores) {
    if kind == WHOLE {
        let Some((&classes, row)) = row.split_first() else {
            return;
        };
        let weights = row.as_chunks::<2>().0.iter().take(usize::from(classes));
        for (score, &pair) in scores.iter_mut().zip(weights) {
            *score += i32::from(i16::from_le_bytes(pair));
        }
        return;
    }
    let pairs = row.get(..2 * usize::from(kind)).unwrap_or(&[]);
    for pair in pairs.as_chunks::<2>().0 {
        scores[usize::from(pair[0]) % MOST_CLASSES] += weight(pair[1]);
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
        let mut at = ((key >> 32) * self.count) >> 32;
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

pub(super) const MAGIC: &[u8; 8] = b"ngmodel2";

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

/// A hashed table from features to the weights of the parser's three steps, kept in the entry.
#[derive(Clone, Copy)]
pub(super) struct StepTable {
    buckets: Buckets,
}

impl StepTable {
    pub fn new(bytes: &'static [u8]) -> Option<Self> {
        let (buckets, ..) = Buckets::new(bytes)?;
        Some(Self { buckets })
    }

    /// Gives the place in the list and the weights of each feature that is in the table.
    #[inline]
    pub fn each(&self, features: &[u64], mut found: impl FnMut(usize, [i32; 3])) {
        self.buckets.each(features, |i, three| {
            let [a, b, c, _] = three.to_le_bytes();
            found(i, [weight(a), weight(b), weight(c)]);
        });
    }
}
