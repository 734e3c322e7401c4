//! Places for the nodes of a graph: stress majorisation (Gansner, Koren and North 2004) for each
//! connected part, then rectangles pushed apart, then the parts packed in rows. No randomness.

use petgraph::algo::dijkstra;
use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::unionfind::UnionFind;

/// The centre of a node, in pixels; y grows downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

/// Width and height of a node, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    pub width: f64,
    pub height: f64,
}

/// Least distance between the borders of two nodes.
const GAP: f64 = 16.0;
/// Pictures are wider than high, and so are words.
const STRETCH: f64 = 1.35;
const ROUNDS: usize = 120;

/// Centres for nodes of the given sizes, joined by edges with the length that each would like.
/// No two nodes overlap. Quadratic in the number of nodes.
pub fn layout(sizes: &[Size], edges: &[(usize, usize, f64)]) -> Vec<Point> {
    let mut points = vec![Point::default(); sizes.len()];
    let mut boxes = Vec::new();
    for component in components(sizes.len(), edges) {
        let placed = place(&component, sizes, edges);
        for (node, point) in component.iter().zip(&placed) {
            points[*node] = *point;
        }
        boxes.push((
            component,
            Size {
                width: 0.0,
                height: 0.0,
            },
        ));
    }
    pack(&mut boxes, sizes, &mut points);
    points
}

/// The connected parts, the largest first.
fn components(count: usize, edges: &[(usize, usize, f64)]) -> Vec<Vec<usize>> {
    let mut sets = UnionFind::<usize>::new(count);
    for (from, to, _) in edges {
        sets.union(*from, *to);
    }
    let mut parts: std::collections::BTreeMap<usize, Vec<usize>> = Default::default();
    let mut first = vec![None; count];
    for node in 0..count {
        let start = *first[sets.find(node)].get_or_insert(node);
        parts.entry(start).or_default().push(node);
    }
    let mut parts: Vec<Vec<usize>> = parts.into_values().collect();
    parts.sort_by_key(|part| (std::cmp::Reverse(part.len()), part[0]));
    parts
}

fn place(nodes: &[usize], sizes: &[Size], edges: &[(usize, usize, f64)]) -> Vec<Point> {
    let distances = distances(nodes, sizes.len(), edges);
    let count = nodes.len();
    // A sunflower spiral: no two points alike, none on one line.
    let mut points: Vec<Point> = (0..count)
        .map(|i| {
            let (radius, angle) = (80.0 * (i as f64).sqrt(), i as f64 * 2.399_963);
            Point {
                x: radius * angle.cos(),
                y: radius * angle.sin(),
            }
        })
        .collect();
    for _ in 0..ROUNDS {
        for i in 0..count {
            let (mut x, mut y, mut total) = (0.0, 0.0, 0.0);
            for j in (0..count).filter(|j| *j != i) {
                let ideal = distances[i][j];
                let weight = 1.0 / (ideal * ideal);
                let (dx, dy) = (points[i].x - points[j].x, points[i].y - points[j].y);
                let reach = ideal / dx.hypot(dy).max(0.01);
                x += weight * (points[j].x + dx * reach);
                y += weight * (points[j].y + dy * reach);
                total += weight;
            }
            if total > 0.0 {
                points[i] = Point {
                    x: x / total,
                    y: y / total,
                };
            }
        }
    }
    for point in &mut points {
        point.x *= STRETCH;
    }
    let sizes: Vec<Size> = nodes.iter().map(|n| sizes[*n]).collect();
    push_apart(&mut points, &sizes);
    points
}

fn distances(nodes: &[usize], total: usize, edges: &[(usize, usize, f64)]) -> Vec<Vec<f64>> {
    let graph = UnGraph::<(), f64>::from_edges(
        edges
            .iter()
            .map(|(from, to, length)| (*from as u32, *to as u32, *length)),
    );
    let mut local = vec![usize::MAX; total];
    for (i, node) in nodes.iter().enumerate() {
        local[*node] = i;
    }
    nodes
        .iter()
        .map(|node| {
            let mut row = vec![1.0; nodes.len()];
            if nodes.len() > 1 {
                for (other, length) in
                    dijkstra(&graph, NodeIndex::new(*node), None, |edge| *edge.weight())
                {
                    row[local[other.index()]] = length.max(1.0);
                }
            }
            row
        })
        .collect()
}

/// Moves overlapping rectangles apart along the way that is shorter, until none overlaps.
fn push_apart(points: &mut [Point], sizes: &[Size]) {
    for round in 0..600 {
        let mut moved = false;
        // Growing steps end the rare dance of nodes that push each other in a circle.
        let force = 0.5 + f64::from(round / 100) * 0.1;
        for i in 0..points.len() {
            for j in i + 1..points.len() {
                let (dx, dy) = (points[j].x - points[i].x, points[j].y - points[i].y);
                let over_x = (sizes[i].width + sizes[j].width) / 2.0 + GAP - dx.abs();
                let over_y = (sizes[i].height + sizes[j].height) / 2.0 + GAP - dy.abs();
                if over_x <= 0.01 || over_y <= 0.01 {
                    continue;
                }
                moved = true;
                if over_x < over_y {
                    let step = (over_x * force).copysign(dx);
                    points[i].x -= step;
                    points[j].x += step;
                } else {
                    let step = (over_y * force).copysign(dy);
                    points[i].y -= step;
                    points[j].y += step;
                }
            }
        }
        if !moved {
            return;
        }
    }
}

/// Puts the parts beside and below each other, the largest first.
fn pack(parts: &mut [(Vec<usize>, Size)], sizes: &[Size], points: &mut [Point]) {
    const MARGIN: f64 = 48.0;
    let mut area = 0.0;
    let mut widest: f64 = 0.0;
    for (nodes, size) in parts.iter_mut() {
        let (mut left, mut top, mut right, mut bottom) = (f64::MAX, f64::MAX, f64::MIN, f64::MIN);
        for node in nodes.iter() {
            let (point, half) = (points[*node], sizes[*node]);
            left = left.min(point.x - half.width / 2.0);
            right = right.max(point.x + half.width / 2.0);
            top = top.min(point.y - half.height / 2.0);
            bottom = bottom.max(point.y + half.height / 2.0);
        }
        for node in nodes.iter() {
            points[*node].x -= left;
            points[*node].y -= top;
        }
        *size = Size {
            width: right - left,
            height: bottom - top,
        };
        area += (size.width + MARGIN) * (size.height + MARGIN);
        widest = widest.max(size.width);
    }
    let row_width = widest.max((area * STRETCH).sqrt());
    let (mut x, mut y, mut row_height) = (0.0, 0.0, 0.0f64);
    for (nodes, size) in parts.iter() {
        if x > 0.0 && x + size.width > row_width {
            y += row_height + MARGIN;
            (x, row_height) = (0.0, 0.0);
        }
        for node in nodes {
            points[*node].x += x;
            points[*node].y += y;
        }
        x += size.width + MARGIN;
        row_height = row_height.max(size.height);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_do_not_overlap_and_neighbours_are_closer_than_strangers() {
        let sizes = vec![
            Size {
                width: 120.0,
                height: 36.0
            };
            40
        ];
        // A star of 20, a path of 15, and five alone.
        let mut edges: Vec<(usize, usize, f64)> = (1..20).map(|i| (0, i, 150.0)).collect();
        edges.extend((20..34).map(|i| (i, i + 1, 150.0)));
        let points = layout(&sizes, &edges);
        for i in 0..sizes.len() {
            for j in i + 1..sizes.len() {
                let (a, b) = (points[i], points[j]);
                assert!(
                    (a.x - b.x).abs() >= 120.0 || (a.y - b.y).abs() >= 36.0,
                    "{i} at {a:?} overlaps {j} at {b:?}"
                );
            }
        }
        let distance =
            |i: usize, j: usize| (points[i].x - points[j].x).hypot(points[i].y - points[j].y);
        assert!(distance(20, 21) < distance(20, 34));
        assert_eq!(points, layout(&sizes, &edges));
    }
}
