//! Pictures as SVG, laid out and drawn without help from other programs.

use std::fmt::Write as _;
use std::io::{self, Write};

use petgraph::visit::EdgeRef;

use super::style::{self, DETAIL_SIZE, EDGE_SIZE, FONT, LINE_HEIGHT, NODE_SIZE};
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
    let nodes: Vec<&Node> = graph.node_weights().collect();
    let sizes: Vec<Size> = nodes.iter().map(|node| style::size(node)).collect();
    let wishes: Vec<(usize, usize, f64)> = graph
        .edge_references()
        .map(|edge| {
            let (from, to) = (edge.source().index(), edge.target().index());
            let label = style::text_width(&label(edge.weight()), EDGE_SIZE);
            (
                from,
                to,
                (36.0 + label + (sizes[from].width + sizes[to].width) / 4.0).max(105.0),
            )
        })
        .collect();
    let points = layout(&sizes, &wishes);
    let legend = legend(network);
    let width = points
        .iter()
        .zip(&sizes)
        .map(|(point, size)| point.x + size.width / 2.0)
        .fold(legend_width(&legend), f64::max)
        + 2.0 * MARGIN;
    let bottom = points
        .iter()
        .zip(&sizes)
        .map(|(point, size)| point.y + size.height / 2.0)
        .fold(0.0, f64::max)
        + 2.0 * MARGIN;
    let height = bottom + LEGEND_HEIGHT;

    let mut svg = String::new();
    let mut put = |line: std::fmt::Arguments<'_>| {
        svg.write_fmt(line)
            .expect("a String takes all that is written to it");
        svg.push('\n');
    };
    put(format_args!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         width=\"{width:.0}\" height=\"{height:.0}\" font-family=\"{FONT}\" role=\"img\">"
    ));
    put(format_args!("<title>{}</title>", escaped(title)));
    put(format_args!(
        "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>"
    ));
    let at = |i: usize| Point {
        x: points[i].x + MARGIN,
        y: points[i].y + MARGIN,
    };
    let mut words = Vec::new();
    for edge in graph.edge_references() {
        let (i, j) = (edge.source().index(), edge.target().index());
        let bow = bow(network, edge.source(), edge.target(), edge.weight().kind);
        let line = Line::between((at(i), sizes[i]), (at(j), sizes[j]), bow);
        put(format_args!("{}", draw_edge(edge.weight(), &line)));
        words.push((line.middle, edge.weight()));
    }
    put(format_args!(
        "<g font-size=\"{EDGE_SIZE}\" text-anchor=\"middle\">"
    ));
    for (point, edge) in words {
        put(format_args!("{}", draw_label(edge, point)));
    }
    put(format_args!("</g>"));
    for (i, node) in nodes.iter().enumerate() {
        put(format_args!("{}", draw_node(node, at(i), sizes[i])));
    }
    put(format_args!("{}", draw_legend(&legend, bottom)));
    put(format_args!(
        "<text x=\"{MARGIN}\" y=\"{:.1}\" font-size=\"11\" fill=\"#64748b\">{}</text>",
        height - 14.0,
        escaped(title)
    ));
    put(format_args!("</svg>"));
    svg
}

/// What stands at an edge; that a line to a meeting means taking part, the legend says.
fn label(edge: &Edge) -> String {
    match edge.kind {
        EdgeKind::Participant if edge.labels.is_empty() => String::new(),
        _ => edge.text(),
    }
}

/// A line from the border of one node to that of another, bent at its control point.
struct Line {
    from: Point,
    control: Point,
    to: Point,
    middle: Point,
}

impl Line {
    fn between(from: (Point, Size), to: (Point, Size), bow: f64) -> Self {
        let (from, to) = (clip(from.0, to.0, from.1), clip(to.0, from.0, to.1));
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let length = dx.hypot(dy).max(1.0);
        let centre = Point {
            x: (from.x + to.x) / 2.0,
            y: (from.y + to.y) / 2.0,
        };
        let (aside_x, aside_y) = (-dy / length * bow, dx / length * bow);
        let shifted = |times: f64| Point {
            x: centre.x + times * aside_x,
            y: centre.y + times * aside_y,
        };
        Self {
            from,
            control: shifted(2.0),
            to,
            middle: shifted(1.0),
        }
    }
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

fn draw_label(edge: &Edge, at: Point) -> String {
    let text = label(edge);
    if text.is_empty() {
        return String::new();
    }
    let width = style::text_width(&text, EDGE_SIZE) + 6.0;
    format!(
        "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"13\" rx=\"3\" \
         fill=\"#ffffff\" fill-opacity=\"0.85\"/><text x=\"{:.1}\" y=\"{:.1}\" \
         fill=\"{}\">{}</text>",
        at.x - width / 2.0,
        at.y - 6.5,
        at.x,
        at.y + EDGE_SIZE * 0.35,
        style::edge_colour(edge.kind),
        escaped(&text)
    )
}

/// How far, in pixels, an edge swings out to leave room for others between the same nodes.
fn bow(
    network: &Network,
    from: petgraph::graph::NodeIndex,
    to: petgraph::graph::NodeIndex,
    kind: EdgeKind,
) -> f64 {
    let graph = network.graph();
    let mut all: Vec<(bool, EdgeKind)> = graph
        .edges_connecting(from, to)
        .map(|edge| (from < to, edge.weight().kind))
        .chain(
            graph
                .edges_connecting(to, from)
                .map(|edge| (to < from, edge.weight().kind)),
        )
        .collect();
    all.sort();
    let rank = all
        .iter()
        .position(|e| *e == (from < to, kind))
        .unwrap_or(0) as f64;
    let side = if from < to { 1.0 } else { -1.0 };
    side * (rank - (all.len() as f64 - 1.0) / 2.0) * 26.0
}

/// Where the line from the centre of a node to another point leaves its rectangle.
fn clip(centre: Point, towards: Point, size: Size) -> Point {
    let (dx, dy) = (towards.x - centre.x, towards.y - centre.y);
    let (half_width, half_height) = (size.width / 2.0 + 2.0, size.height / 2.0 + 2.0);
    let scale = (half_width / dx.abs().max(0.001))
        .min(half_height / dy.abs().max(0.001))
        .min(1.0);
    Point {
        x: centre.x + dx * scale,
        y: centre.y + dy * scale,
    }
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

fn draw_legend(legend: &[Entry], top: f64) -> String {
    let mut svg = String::from("<g font-size=\"11\" fill=\"#475569\">");
    let (mut x, y) = (MARGIN, top + 12.0);
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
