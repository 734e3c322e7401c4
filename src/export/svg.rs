//! Pictures as SVG, laid out and drawn without help from other programs.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};

use petgraph::visit::EdgeRef;

use super::route::{Area, Line, Router};
use super::style::{self, DETAIL_SIZE, EDGE_SIZE, FONT, LINE_HEIGHT, NODE_SIZE, label};
use crate::network::{Edge, EdgeKind, Network, Node, NodeKind, Point, Reality, Size, layout};

const MARGIN: f64 = 28.0;
const LEGEND_HEIGHT: f64 = 58.0;

/// Writes a network as an SVG picture with a legend. Quadratic in the number of nodes.
///
/// # Errors
/// Only those of the writer.
pub fn write_svg(network: &Network, title: &str, mut writer: impl Write) -> io::Result<()> {
    writer.write_all(draw(network, title).as_bytes())?;
    writer.flush()
}

fn draw(network: &Network, title: &str) -> String {
    let graph = network.graph();
    let areas = place(network);
    let mut router = Router::new(&areas);
    let mut lines = Vec::new();
    for edge in graph.edge_references() {
        let line = router.line(edge.source().index(), edge.target().index());
        lines.push((edge.weight(), line));
    }
    let mut words = Vec::new();
    for (edge, line) in &lines {
        let text = label(edge);
        if !text.is_empty() {
            let width = style::text_width(&text, EDGE_SIZE) + 6.0;
            words.push((*edge, text, router.words(line, width)));
        }
    }
    let legend = legend(network);
    let (left, top, right, bottom) = bounds(&areas, &lines, router.placed_words());
    let width = (right - left).max(legend_width(&legend)) + 2.0 * MARGIN;
    let height = bottom - top + 2.0 * MARGIN + LEGEND_HEIGHT;
    let (left, top) = (left - MARGIN, top - MARGIN);

    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{left:.0} {top:.0} {width:.0} \
         {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" font-family=\"{FONT}\" \
         role=\"img\">\n<title>{}</title>\n<rect x=\"{left:.0}\" y=\"{top:.0}\" \
         width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n",
        escaped(title)
    );
    let mut put = |part: String| {
        svg.push_str(&part);
        svg.push('\n');
    };
    for (edge, line) in &lines {
        put(draw_edge(edge, line));
    }
    put(format!(
        "<g font-size=\"{EDGE_SIZE}\" text-anchor=\"middle\">"
    ));
    for (edge, text, at) in words {
        put(draw_label(edge, &text, at));
    }
    put("</g>".to_owned());
    for (node, area) in graph.node_weights().zip(&areas) {
        put(draw_node(node, area.centre, area.size));
    }
    let foot = top + height - LEGEND_HEIGHT;
    put(draw_legend(&legend, left + MARGIN, foot));
    put(format!(
        "<text x=\"{:.1}\" y=\"{:.1}\" font-size=\"11\" fill=\"#64748b\">{}</text>",
        left + MARGIN,
        foot + LEGEND_HEIGHT - 14.0,
        escaped(title)
    ));
    put("</svg>".to_owned());
    svg
}

/// The nodes' places. What is only spoken of pulls no node out of its place.
fn place(network: &Network) -> Vec<Area> {
    let graph = network.graph();
    let sizes: Vec<Size> = graph.node_weights().map(style::size).collect();
    let degree = |node| graph.neighbors_undirected(node).count() as f64;
    let mut wishes = Vec::new();
    let mut pulls = Vec::new();
    for edge in graph.edge_references() {
        let (from, to) = (edge.source().index(), edge.target().index());
        let words = style::text_width(&label(edge.weight()), EDGE_SIZE);
        let near = 36.0 + words + (sizes[from].width + sizes[to].width) / 4.0;
        // Around a node with many ties there must be room for all of them.
        let crowd = degree(edge.source()).max(degree(edge.target()));
        let wish = (
            from,
            to,
            near.max(105.0 * (crowd / 8.0).sqrt().clamp(1.0, 2.0)),
        );
        match edge.weight().kind {
            EdgeKind::Topic => pulls.push(wish),
            _ => wishes.push(wish),
        }
    }
    let tied: BTreeSet<usize> = wishes
        .iter()
        .flat_map(|(from, to, _)| [*from, *to])
        .collect();
    wishes.extend(
        pulls
            .into_iter()
            .filter(|(a, b, _)| !tied.contains(a) || !tied.contains(b)),
    );
    let points = layout(&sizes, &wishes);
    points
        .into_iter()
        .zip(sizes)
        .map(|(centre, size)| Area { centre, size })
        .collect()
}

/// Left, top, right and bottom of all that is drawn.
fn bounds(areas: &[Area], lines: &[(&Edge, Line)], words: &[Area]) -> (f64, f64, f64, f64) {
    let corners = areas.iter().chain(words).flat_map(|area| {
        let (w, h) = (area.size.width / 2.0, area.size.height / 2.0);
        let Point { x, y } = area.centre;
        [Point { x: x - w, y: y - h }, Point { x: x + w, y: y + h }]
    });
    let bends = lines.iter().map(|(_, line)| line.at(0.5));
    corners.chain(bends).fold(
        (0.0, 0.0, 0.0, 0.0),
        |(left, top, right, bottom): (f64, f64, f64, f64), point| {
            (
                left.min(point.x),
                top.min(point.y),
                right.max(point.x),
                bottom.max(point.y),
            )
        },
    )
}

fn draw_edge(edge: &Edge, line: &Line) -> String {
    let colour = style::edge_colour(edge.kind);
    let dashes = if style::is_dashed(edge) {
        " stroke-dasharray=\"5 4\""
    } else {
        ""
    };
    let arrow = if edge.kind.is_directed() {
        arrow_head(line.control, line.to, colour)
    } else {
        String::new()
    };
    format!(
        "<path d=\"M{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}\" fill=\"none\" stroke=\"{colour}\" \
         stroke-width=\"{:.1}\"{dashes}/>{arrow}",
        line.from.x,
        line.from.y,
        line.control.x,
        line.control.y,
        line.to.x,
        line.to.y,
        1.2 + (edge.facts as f64).ln() * 0.5,
    )
}

/// A triangle with its tip at `tip`. Drawn, because not every program turns markers rightly.
fn arrow_head(from: Point, tip: Point, colour: &str) -> String {
    let (dx, dy) = (tip.x - from.x, tip.y - from.y);
    let length = dx.hypot(dy).max(0.001);
    let (ux, uy) = (dx / length, dy / length);
    let corner = |side: f64| (tip.x - 8.0 * ux - side * uy, tip.y - 8.0 * uy + side * ux);
    let ((ax, ay), (bx, by)) = (corner(3.0), corner(-3.0));
    format!(
        "<path d=\"M{:.1} {:.1}L{ax:.1} {ay:.1}L{bx:.1} {by:.1}z\" fill=\"{colour}\"/>",
        tip.x, tip.y
    )
}

fn draw_label(edge: &Edge, text: &str, at: Point) -> String {
    let width = style::text_width(text, EDGE_SIZE) + 6.0;
    format!(
        "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"13\" rx=\"3\" \
         fill=\"#ffffff\" fill-opacity=\"0.85\"/><text x=\"{:.1}\" y=\"{:.1}\" \
         fill=\"{}\">{}</text>",
        at.x - width / 2.0,
        at.y - 6.5,
        at.x,
        at.y + EDGE_SIZE * 0.35,
        style::edge_colour(edge.kind),
        escaped(text)
    )
}

fn draw_node(node: &Node, at: Point, size: Size) -> String {
    let colours = style::colours(node.kind);
    let dashes = match (node.reality, node.kind) {
        (Reality::Other, _) | (_, NodeKind::Group) => " stroke-dasharray=\"5 3\"",
        _ => "",
    };
    let paint = format!(
        "fill=\"{}\" stroke=\"{}\" stroke-width=\"1.4\"{dashes}",
        colours.fill, colours.border
    );
    let mut svg = format!(
        "<g><title>{}</title>{}",
        escaped(&node.id),
        shape(node.kind, at, size, &paint)
    );
    let lines = style::lines(node);
    let names = lines.len() - usize::from(node.detail.is_some());
    let top = at.y - lines.len() as f64 * LINE_HEIGHT / 2.0;
    for (i, line) in lines.iter().enumerate() {
        let size = if i < names { NODE_SIZE } else { DETAIL_SIZE };
        let _ = write!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" font-size=\"{size}\" text-anchor=\"middle\" \
             fill=\"{}\">{}</text>",
            at.x,
            top + (i as f64 + 0.75) * LINE_HEIGHT,
            colours.text,
            escaped(line)
        );
    }
    svg.push_str("</g>");
    svg
}

fn shape(kind: NodeKind, at: Point, size: Size, paint: &str) -> String {
    let (w, h) = (size.width / 2.0, size.height / 2.0);
    let polygon = |points: &[(f64, f64)]| {
        let points: Vec<String> = points
            .iter()
            .map(|(x, y)| format!("{:.1},{:.1}", at.x + x, at.y + y))
            .collect();
        format!("<polygon points=\"{}\" {paint}/>", points.join(" "))
    };
    match kind {
        NodeKind::Person | NodeKind::Organization => format!(
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"{:.1}\" {paint}/>",
            at.x - w,
            at.y - h,
            2.0 * w,
            2.0 * h,
            if kind == NodeKind::Person {
                h.min(15.0)
            } else {
                2.0
            },
        ),
        NodeKind::Country => {
            let c = h.min(12.0);
            polygon(&[
                (-w, 0.0),
                (-w + c, -h),
                (w - c, -h),
                (w, 0.0),
                (w - c, h),
                (-w + c, h),
            ])
        }
        NodeKind::Place | NodeKind::Group => format!(
            "<ellipse cx=\"{:.1}\" cy=\"{:.1}\" rx=\"{w:.1}\" ry=\"{h:.1}\" {paint}/>",
            at.x, at.y
        ),
        NodeKind::Meeting => {
            let c = 9.0;
            polygon(&[
                (-w, -h + c),
                (-w + c, -h),
                (w - c, -h),
                (w, -h + c),
                (w, h - c),
                (w - c, h),
                (-w + c, h),
                (-w, h - c),
            ])
        }
    }
}

/// What a legend explains.
enum Entry {
    Node(NodeKind),
    Edge(EdgeKind),
}

impl Entry {
    fn name(&self) -> &'static str {
        match self {
            Entry::Node(kind) => kind.name(),
            Entry::Edge(kind) => kind.name(),
        }
    }

    fn width(&self) -> f64 {
        let sign = match self {
            Entry::Node(_) => 30.0,
            Entry::Edge(_) => 38.0,
        };
        sign + style::text_width(self.name(), 11.0) + 18.0
    }
}

fn legend(network: &Network) -> Vec<Entry> {
    let graph = network.graph();
    let nodes = NodeKind::ALL
        .iter()
        .filter(|k| graph.node_weights().any(|n| n.kind == **k));
    let edges = EdgeKind::ALL
        .iter()
        .filter(|k| graph.edge_weights().any(|e| e.kind == **k));
    nodes
        .map(|k| Entry::Node(*k))
        .chain(edges.map(|k| Entry::Edge(*k)))
        .collect()
}

fn legend_width(legend: &[Entry]) -> f64 {
    legend.iter().map(Entry::width).sum()
}

fn draw_legend(legend: &[Entry], left: f64, top: f64) -> String {
    let mut svg = String::from("<g font-size=\"11\" fill=\"#475569\">");
    let (mut x, y) = (left, top + 12.0);
    for entry in legend {
        let sign = match entry {
            Entry::Node(kind) => {
                let colours = style::colours(*kind);
                let paint = format!("fill=\"{}\" stroke=\"{}\"", colours.fill, colours.border);
                let size = Size {
                    width: 26.0,
                    height: 15.0,
                };
                let at = Point { x: x + 13.0, y };
                match kind {
                    // Eight corners do not show on so small a sign as on a big one.
                    NodeKind::Meeting => format!(
                        "<polygon points=\"{0:.1},{3:.1} {1:.1},{4:.1} {2:.1},{4:.1} {5:.1},{3:.1} \
                         {5:.1},{6:.1} {2:.1},{7:.1} {1:.1},{7:.1} {0:.1},{6:.1}\" {paint}/>",
                        x,
                        x + 5.0,
                        x + 21.0,
                        y - 3.0,
                        y - 7.5,
                        x + 26.0,
                        y + 3.0,
                        y + 7.5
                    ),
                    _ => shape(*kind, at, size, &paint),
                }
            }
            Entry::Edge(kind) => {
                let dashes = if *kind == EdgeKind::Topic {
                    " stroke-dasharray=\"5 4\""
                } else {
                    ""
                };
                let colour = style::edge_colour(*kind);
                let arrow = if kind.is_directed() {
                    arrow_head(Point { x, y }, Point { x: x + 30.0, y }, colour)
                } else {
                    String::new()
                };
                format!(
                    "<path d=\"M{x:.1} {y:.1}h30\" stroke=\"{colour}\" stroke-width=\"1.5\"{dashes}/>{arrow}"
                )
            }
        };
        let offset = entry.width() - style::text_width(entry.name(), 11.0) - 14.0;
        let _ = write!(
            svg,
            "{sign}<text x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            x + offset,
            y + 4.0,
            entry.name()
        );
        x += entry.width();
    }
    svg.push_str("</g>");
    svg
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
