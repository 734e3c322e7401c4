//! Joins things by the links between them, the strongest first: deterministic, whatever the order
//! in which they came.

/// A link between two things, by their places in a sorted list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge<S> {
    pub strength: S,
    pub a: usize,
    pub b: usize,
}

/// Parts of `0..count` joined along `edges`. `is_one` decides for two parts and the number of edges
/// between them.
pub(super) fn clusters<S: Ord + Copy>(
    count: usize,
    edges: &[Edge<S>],
    is_one: impl Fn(&[usize], &[usize], usize) -> bool,
) -> Vec<Vec<usize>> {
    let mut edges = edges.to_vec();
    edges.sort_by(|x, y| {
        y.strength
            .cmp(&x.strength)
            .then((x.a, x.b).cmp(&(y.a, y.b)))
    });
    let linked: std::collections::HashSet<(usize, usize)> = edges
        .iter()
        .flat_map(|edge| [(edge.a, edge.b), (edge.b, edge.a)])
        .collect();
    let mut part: Vec<usize> = (0..count).collect();
    let mut members: Vec<Vec<usize>> = (0..count).map(|i| vec![i]).collect();
    for edge in &edges {
        let (a, b) = (
            part[edge.a].min(part[edge.b]),
            part[edge.a].max(part[edge.b]),
        );
        if a == b {
            continue;
        }
        let between = members[a]
            .iter()
            .flat_map(|x| members[b].iter().map(move |y| (*x, *y)))
            .filter(|pair| linked.contains(pair))
            .count();
        if is_one(&members[a], &members[b], between) {
            let moved = std::mem::take(&mut members[b]);
            moved.iter().for_each(|&i| part[i] = a);
            members[a].extend(moved);
        }
    }
    members.retain(|members| !members.is_empty());
    members
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_links_come_first() {
        let edge = |strength, a, b| Edge { strength, a, b };
        let all = |a: &[usize], b: &[usize], linked: usize| linked == a.len() * b.len();
        assert_eq!(
            clusters(4, &[edge(1, 0, 1), edge(2, 1, 2)], all),
            [vec![0], vec![1, 2], vec![3]]
        );
        assert_eq!(
            clusters(3, &[edge(1, 0, 1), edge(2, 1, 2), edge(1, 0, 2)], all),
            [vec![0, 1, 2]]
        );
    }
}
