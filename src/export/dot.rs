//! Pictures for Graphviz.

use std::io::{self, Write};

use petgraph::dot::{Config, Dot};

use super::style::{self, FONT};
use crate::network::{EdgeKind, Network, NodeKind, Reality};

/// Writes a network in the DOT language, with its layout engine, shapes and colours, so that
/// `dot -Tsvg` alone makes a readable picture.
///
/// # Errors
/// Only those of the writer.
pub fn write_dot(network: &Network, title: &str, mut writer: impl Write) -> io::Result<()> {
    let node_attributes = |_: &_, (_, node): (_, &crate::network::Node)| {
        let colours = style::colours(node.kind);
        let shape = match node.kind {
            NodeKind::Person => "box, style=\"rounded,filled",
            NodeKind::Organization => "box, style=\"filled",
            NodeKind::Country => "hexagon, margin=\"0.02,0.04\", style=\"filled",
            NodeKind::Place => "ellipse, style=\"filled",
            NodeKind::Group => "ellipse, style=\"dashed,filled",
            NodeKind::Meeting => "octagon, margin=\"0.03,0.03\", style=\"filled",
        };
        let dashed = if node.reality == Reality::Other {
            ",dashed\""
        } else {
            "\""
        };
        format!(
            "label={}, shape={shape}{dashed}, fillcolor=\"{}\", color=\"{}\", fontcolor=\"{}\", tooltip={}",
            quoted(&style::lines(node).join("\n")),
            colours.fill,
            colours.border,
            colours.text,
            quoted(&node.id),
        )
    };
    let edge_attributes =
        |_: &_, edge: petgraph::graph::EdgeReference<'_, crate::network::Edge>| {
            let edge = edge.weight();
            let colour = style::edge_colour(edge.kind);
            let line = if style::is_dashed(edge) {
                "dashed"
            } else {
                "solid"
            };
            let arrow = if edge.kind.is_directed() {
                "normal"
            } else {
                "none"
            };
            let width = 1.0 + (edge.facts as f64).ln() * 0.5;
            let label = match style::label(edge) {
                text if text.is_empty() => text,
                text => format!("label={}, ", quoted(&text)),
            };
            // What is only spoken of hardly pulls.
            let pull = match edge.kind {
                EdgeKind::Topic => ", weight=0.2, len=3",
                _ => "",
            };
            format!(
                "{label}color=\"{colour}\", fontcolor=\"{colour}\", style={line}, arrowhead={arrow}, penwidth={width:.1}{pull}"
            )
        };
    writeln!(writer, "digraph newsgraph {{")?;
    writeln!(
        writer,
        "    graph [layout=neato, mode=major, model=shortpath, overlap=prism, overlap_scaling=-4, \
         sep=\"+14\", splines=true, outputorder=edgesfirst, bgcolor=white, pad=0.3, \
         fontname=\"{FONT}\", fontsize=12, fontcolor=\"#475569\", labelloc=b, label={}];",
        quoted(title)
    )?;
    writeln!(
        writer,
        "    node [fontname=\"{FONT}\", fontsize=12, margin=\"0.12,0.06\", height=0.35, penwidth=1.3];"
    )?;
    writeln!(
        writer,
        "    edge [fontname=\"{FONT}\", fontsize=10, arrowsize=0.6, len=1.7];"
    )?;
    let config = [
        Config::GraphContentOnly,
        Config::NodeNoLabel,
        Config::EdgeNoLabel,
    ];
    let dot = Dot::with_attr_getters(network.graph(), &config, &edge_attributes, &node_attributes);
    write!(writer, "{dot:?}")?;
    writeln!(writer, "}}")?;
    writer.flush()
}

/// A quoted string of the DOT language, with line breaks as `\n`.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            c if c.is_control() => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
