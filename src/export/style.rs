//! The look that DOT and SVG share: colours, labels and sizes.

use crate::network::{Edge, EdgeKind, Node, NodeKind, Reality, Size};

pub(super) const FONT: &str = "Helvetica,Arial,sans-serif";

/// Fill, border and text of a kind of node.
pub(super) struct Colours {
    pub fill: &'static str,
    pub border: &'static str,
    pub text: &'static str,
}

pub(super) const fn colours(kind: NodeKind) -> Colours {
    let (fill, border, text) = match kind {
        NodeKind::Person => ("#dbeafe", "#2563eb", "#1e3a8a"),
        NodeKind::Organization => ("#ede9fe", "#7c3aed", "#4c1d95"),
        NodeKind::Country => ("#dcfce7", "#16a34a", "#14532d"),
        NodeKind::Place => ("#ecfccb", "#65a30d", "#365314"),
        NodeKind::Group => ("#f1f5f9", "#64748b", "#334155"),
        NodeKind::Meeting => ("#fef3c7", "#d97706", "#78350f"),
    };
    Colours { fill, border, text }
}

pub(super) const fn edge_colour(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Role => "#2563eb",
        EdgeKind::Participant => "#d97706",
        EdgeKind::Location => "#65a30d",
        EdgeKind::Address => "#be185d",
        EdgeKind::Topic => "#94a3b8",
    }
}

/// Whether the line is broken: what is not so, and what is only spoken of.
pub(super) fn is_dashed(edge: &Edge) -> bool {
    edge.reality == Reality::Other || edge.kind == EdgeKind::Topic
}

/// What stands at an edge, where its colour does not say enough: a line to a meeting means taking
/// part, a grey one that somebody is spoken of.
pub(super) fn label(edge: &Edge) -> String {
    match (edge.kind, edge.facts) {
        (EdgeKind::Participant, _) if edge.labels.is_empty() => String::new(),
        (EdgeKind::Topic, 1) => String::new(),
        (EdgeKind::Topic, facts) => format!("×{facts}"),
        _ => edge.text(),
    }
}

/// The lines of a node's label: the name, broken at spaces where it is long, and the detail.
pub(super) fn lines(node: &Node) -> Vec<String> {
    const LONG: usize = 22;
    let mut lines = vec![String::new()];
    for word in node.name.split_whitespace() {
        let last = lines.last_mut().expect("there is always a line");
        if last.is_empty() {
            last.push_str(word);
        } else if last.chars().count() + 1 + word.chars().count() <= LONG {
            last.push(' ');
            last.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    if lines.len() > 3 {
        lines.truncate(3);
        lines[2].push('…');
    }
    lines.extend(node.detail.clone());
    lines
}

/// Width of a text in Helvetica, in pixels.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    let em = |c: char| match c {
        'i' | 'j' | 'l' | '\'' | '.' | ',' | ':' | ';' | '|' | '!' => 0.25,
        'f' | 't' | 'r' | 'I' | ' ' | '-' | '(' | ')' | '/' => 0.33,
        'm' | 'w' | 'M' | 'W' | '@' | '…' => 0.88,
        'A'..='Z' => 0.69,
        c if (c as u32) >= 0x1100 => 1.0,
        _ => 0.56,
    };
    text.chars().map(em).sum::<f64>() * size
}

pub(super) const NODE_SIZE: f64 = 13.0;
pub(super) const DETAIL_SIZE: f64 = 10.5;
pub(super) const EDGE_SIZE: f64 = 10.0;
pub(super) const LINE_HEIGHT: f64 = 16.0;

/// The room that a node takes.
pub(super) fn size(node: &Node) -> Size {
    let lines = lines(node);
    let width = lines
        .iter()
        .map(|line| text_width(line, NODE_SIZE))
        .fold(0.0, f64::max);
    let (margin, above) = match node.kind {
        NodeKind::Country | NodeKind::Meeting => (34.0, 14.0),
        // An ellipse has no room in its corners.
        NodeKind::Place | NodeKind::Group => (30.0 + width * 0.15, 18.0),
        NodeKind::Person | NodeKind::Organization => (24.0, 14.0),
    };
    Size {
        width: width + margin,
        height: lines.len() as f64 * LINE_HEIGHT + above,
    }
}
