//! Ways for lines and places for words in a picture: around nodes, not through them.

use std::collections::BTreeMap;

use super::style::EDGE_SIZE;
use crate::network::{Point, Size};

/// A node's place and size.
#[derive(Clone, Copy)]
pub(super) struct Area {
    pub centre: Point,
    pub size: Size,
}

impl Area {
    fn contains(&self, point: Point, margin: f64) -> bool {
        (point.x - self.centre.x).abs() < self.size.width / 2.0 + margin
            && (point.y - self.centre.y).abs() < self.size.height / 2.0 + margin
    }

    fn overlaps(&self, other: &Area) -> bool {
        (other.centre.x - self.centre.x).abs() < (self.size.width + other.size.width) / 2.0
            && (other.centre.y - self.centre.y).abs() < (self.size.height + other.size.height) / 2.0
    }

    /// Where the line from the centre to another point leaves the area.
    fn exit(&self, towards: Point) -> Point {
        let (dx, dy) = (towards.x - self.centre.x, towards.y - self.centre.y);
        let (half_width, half_height) = (self.size.width / 2.0 + 2.0, self.size.height / 2.0 + 2.0);
        let scale = (half_width / dx.abs().max(0.001))
            .min(half_height / dy.abs().max(0.001))
            .min(1.0);
        Point {
            x: self.centre.x + dx * scale,
            y: self.centre.y + dy * scale,
        }
    }
}

/// A quadratic Bézier curve from the border of one node to that of another.
pub(super) struct Line {
    pub from: Point,
    pub control: Point,
    pub to: Point,
}

impl Line {
    /// `bow`: how far, in pixels, the middle stands to the left of the straight line.
    fn between(from: &Area, to: &Area, bow: f64) -> Self {
        let (a, b) = (from.centre, to.centre);
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let length = dx.hypot(dy).max(1.0);
        let control = Point {
            x: (a.x + b.x) / 2.0 - dy / length * bow * 2.0,
            y: (a.y + b.y) / 2.0 + dx / length * bow * 2.0,
        };
        Self {
            from: from.exit(control),
            control,
            to: to.exit(control),
        }
    }

    /// The point at `t`, from 0 to 1.
    pub fn at(&self, t: f64) -> Point {
        let (a, b, c) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
        Point {
            x: a * self.from.x + b * self.control.x + c * self.to.x,
            y: a * self.from.y + b * self.control.y + c * self.to.y,
        }
    }
}

/// Finds ways and places one after the other, so that later ones keep clear of earlier ones.
pub(super) struct Router<'a> {
    nodes: &'a [Area],
    /// The bows taken between two nodes, as seen from the one that comes first.
    bows: BTreeMap<(usize, usize), Vec<f64>>,
    words: Vec<Area>,
}

impl<'a> Router<'a> {
    pub fn new(nodes: &'a [Area]) -> Self {
        Self {
            nodes,
            bows: BTreeMap::new(),
            words: Vec::new(),
        }
    }

    /// A way between two nodes that crosses as few others as may be.
    pub fn line(&mut self, from: usize, to: usize) -> Line {
        const BOWS: [f64; 13] = [
            0.0, 24.0, -24.0, 48.0, -48.0, 72.0, -72.0, 100.0, -100.0, 140.0, -140.0, 190.0, -190.0,
        ];
        let key = (from.min(to), from.max(to));
        let side = if from < to { 1.0 } else { -1.0 };
        let taken = self.bows.entry(key).or_default();
        let mut best = (f64::MAX, 0.0);
        for bow in BOWS {
            let beside = taken
                .iter()
                .filter(|t| (*t - side * bow).abs() < 20.0)
                .count();
            let line = Line::between(&self.nodes[from], &self.nodes[to], bow);
            let hits = hits(self.nodes, &line, from, to);
            let cost = 100.0 * (beside + hits) as f64 + bow.abs();
            if cost < best.0 {
                best = (cost, bow);
            }
        }
        taken.push(side * best.1);
        Line::between(&self.nodes[from], &self.nodes[to], best.1)
    }

    /// A place on a line for words of this width that covers as little else as may be.
    pub fn words(&mut self, line: &Line, width: f64) -> Point {
        let mut best = (usize::MAX, line.at(0.5));
        for t in [0.5, 0.43, 0.57, 0.36, 0.64, 0.29, 0.71, 0.22, 0.78] {
            let size = Size {
                width,
                height: EDGE_SIZE + 3.0,
            };
            let area = Area {
                centre: line.at(t),
                size,
            };
            let covered = self
                .nodes
                .iter()
                .filter(|node| node.overlaps(&area))
                .count()
                * 3
                + self
                    .words
                    .iter()
                    .filter(|words| words.overlaps(&area))
                    .count();
            if covered < best.0 {
                best = (covered, area.centre);
            }
        }
        let size = Size {
            width,
            height: EDGE_SIZE + 3.0,
        };
        self.words.push(Area {
            centre: best.1,
            size,
        });
        best.1
    }

    /// Where words stand.
    pub fn placed_words(&self) -> &[Area] {
        &self.words
    }
}

/// How many nodes a line crosses, other than those it joins.
fn hits(nodes: &[Area], line: &Line, from: usize, to: usize) -> usize {
    const STEPS: u32 = 24;
    let path: Vec<Point> = (1..STEPS)
        .map(|i| line.at(f64::from(i) / f64::from(STEPS)))
        .collect();
    nodes
        .iter()
        .enumerate()
        .filter(|(i, _)| *i != from && *i != to)
        .filter(|(_, node)| path.iter().any(|point| node.contains(*point, 3.0)))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(x: f64, y: f64) -> Area {
        Area {
            centre: Point { x, y },
            size: Size {
                width: 100.0,
                height: 30.0,
            },
        }
    }

    #[test]
    fn lines_go_around_nodes_and_keep_apart() {
        let nodes = [area(0.0, 0.0), area(400.0, 0.0), area(200.0, 0.0)];
        let mut router = Router::new(&nodes);
        let around = router.line(0, 1);
        assert_eq!(hits(&nodes, &around, 0, 1), 0);
        let free = router.line(0, 2);
        assert_eq!(free.at(0.5).y, 0.0);
        // The way back takes the other side.
        let back = router.line(2, 0);
        assert!((back.at(0.5).y - free.at(0.5).y).abs() >= 20.0);
    }

    #[test]
    fn words_do_not_cover_each_other() {
        let nodes = [area(0.0, 0.0), area(400.0, 0.0)];
        let mut router = Router::new(&nodes);
        let line = router.line(0, 1);
        let (a, b) = (router.words(&line, 30.0), router.words(&line, 30.0));
        assert!((a.x - b.x).abs() >= 30.0, "{a:?} {b:?}");
    }
}
