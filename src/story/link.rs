//! Average-link clustering of things of which only some pairs are alike at all.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

/// Two clusters and how alike their members are in the mean.
struct Link {
    mean: f64,
    clusters: (usize, usize),
    /// How often each had grown when the link was made: a link of smaller clusters is out of date.
    ages: (u32, u32),
}

impl Ord for Link {
    fn cmp(&self, other: &Self) -> Ordering {
        self.mean
            .total_cmp(&other.mean)
            .then_with(|| other.clusters.cmp(&self.clusters))
            .then_with(|| self.ages.cmp(&other.ages))
    }
}

impl PartialOrd for Link {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Link {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Link {}

/// The clusters of `count` things: the two that are most alike become one, until no two are alike by
/// `threshold` in the mean of all pairs of their members. A pair that is not given counts as 0, and
/// each pair is given once. Gives for each thing the least thing of its cluster.
///
/// The work grows with the pairs that are given (times a logarithm), not with all pairs.
pub(super) fn clusters(
    count: usize,
    pairs: impl IntoIterator<Item = (usize, usize, f32)>,
    threshold: f32,
) -> Vec<usize> {
    let mut sums: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); count];
    for (a, b, likeness) in pairs {
        sums[a].insert(b, f64::from(likeness));
        sums[b].insert(a, f64::from(likeness));
    }
    let threshold = f64::from(threshold);
    let mut members: Vec<Vec<usize>> = (0..count).map(|i| vec![i]).collect();
    let mut ages = vec![0_u32; count];
    let mut links = BinaryHeap::new();
    for (a, row) in sums.iter().enumerate() {
        for (&b, &mean) in row.range(a + 1..) {
            if mean >= threshold {
                links.push(Link {
                    mean,
                    clusters: (a, b),
                    ages: (0, 0),
                });
            }
        }
    }
    while let Some(link) = links.pop() {
        let (a, b) = link.clusters;
        if link.ages != (ages[a], ages[b]) {
            continue;
        }
        // The smaller index keeps the cluster; the other one is empty from now on.
        let absorbed = std::mem::take(&mut members[b]);
        members[a].extend(absorbed);
        ages[b] = u32::MAX;
        ages[a] += 1;
        let row = std::mem::take(&mut sums[b]);
        sums[a].remove(&b);
        for (c, sum) in row {
            if c != a {
                sums[c].remove(&b);
                *sums[a].entry(c).or_default() += sum;
            }
        }
        for (c, sum) in sums[a].clone() {
            sums[c].insert(a, sum);
            let mean = sum / (members[a].len() * members[c].len()) as f64;
            if mean >= threshold {
                let (first, second) = (a.min(c), a.max(c));
                links.push(Link {
                    mean,
                    clusters: (first, second),
                    ages: (ages[first], ages[second]),
                });
            }
        }
    }
    let mut least = vec![0; count];
    for cluster in &members {
        if let Some(&first) = cluster.iter().min() {
            for &member in cluster {
                least[member] = first;
            }
        }
    }
    least
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_of_all_pairs_decides() {
        // 0 and 1 are alike, and 2 is like 1 but not like 0.
        let pairs = [(0, 1, 0.9), (1, 2, 0.6)];
        assert_eq!(clusters(3, pairs, 0.5), [0, 0, 2]);
        assert_eq!(clusters(3, pairs, 0.3), [0, 0, 0]);
        assert_eq!(clusters(3, pairs, 0.95), [0, 1, 2]);
        assert_eq!(clusters(0, [], 0.5), [0; 0]);
    }

    #[test]
    fn two_pairs_and_a_bridge() {
        let pairs = [(0, 1, 0.9), (2, 3, 0.8), (1, 2, 0.7)];
        assert_eq!(clusters(4, pairs, 0.5), [0, 0, 2, 2]);
        assert_eq!(clusters(4, pairs, 0.1), [0, 0, 0, 0]);
    }
}
