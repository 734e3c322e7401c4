//! Pictures of a graph the size that people look at: DOT that Graphviz takes, SVG that is XML.

use std::io::Write;
use std::process::{Command, Stdio};

use newsgraph::export::{write_dot, write_svg};
use newsgraph::network::{EdgeKind, Network, Node, NodeKind, Reality};
use petgraph::graph::NodeIndex;

fn add(network: &mut Network, kind: NodeKind, name: &str, detail: Option<&str>) -> NodeIndex {
    let key = format!(
        "https://example.org/{}/{}{}",
        kind.name(),
        name,
        detail.unwrap_or("")
    );
    network.add_node(Node {
        id: key,
        kind,
        name: name.to_owned(),
        detail: detail.map(str::to_owned),
        reality: if detail.is_some_and(|d| d.contains("planned")) {
            Reality::Other
        } else {
            Reality::Actual
        },
    })
}

/// About fifty nodes.
fn sample() -> Network {
    let mut network = Network::default();
    let n = &mut network;
    let offices = [
        ("Donald Trump", "president", "United States"),
        ("JD Vance", "vice president", "United States"),
        ("Marco Rubio", "secretary of state", "United States"),
        ("Steve Witkoff", "special envoy", "United States"),
        ("Volodymyr Zelenskyy", "president", "Ukraine"),
        ("Andriy Yermak", "head of office", "Ukraine"),
        ("Vladimir Putin", "president", "Russia"),
        ("Sergei Lavrov", "foreign minister", "Russia"),
        ("Yuri Ushakov", "foreign policy aide", "Russia"),
        ("Emmanuel Macron", "president", "France"),
        ("Friedrich Merz", "chancellor", "Germany"),
        ("Keir Starmer", "prime minister", "United Kingdom"),
        ("Giorgia Meloni", "prime minister", "Italy"),
        ("Alexander Stubb", "president", "Finland"),
        ("Narendra Modi", "prime minister", "India"),
        ("Xi Jinping", "president", "China"),
        ("Wang Yi", "foreign minister", "China"),
    ];
    for (person, role, country) in offices {
        let p = add(n, NodeKind::Person, person, None);
        let c = add(n, NodeKind::Country, country, None);
        n.add_fact(p, c, EdgeKind::Role, role, Reality::Actual);
    }
    let bodies = [
        ("Ursula von der Leyen", "president", "European Commission"),
        ("Mark Rutte", "secretary-general", "NATO"),
        ("António Guterres", "secretary-general", "United Nations"),
        ("Kaja Kallas", "high representative", "European Union"),
    ];
    for (person, role, body) in bodies {
        let p = add(n, NodeKind::Person, person, None);
        let o = add(n, NodeKind::Organization, body, None);
        n.add_fact(p, o, EdgeKind::Role, role, Reality::Actual);
    }
    let mark = add(n, NodeKind::Person, "Mark Rutte", None);
    let netherlands = add(n, NodeKind::Country, "Netherlands", None);
    n.add_fact(
        mark,
        netherlands,
        EdgeKind::Role,
        "former prime minister",
        Reality::Other,
    );
    let meetings: [(&str, &str, &str, &[&str]); 5] = [
        (
            "meeting",
            "2025-08-18",
            "White House",
            &[
                "Donald Trump",
                "Volodymyr Zelenskyy",
                "Emmanuel Macron",
                "Friedrich Merz",
                "Keir Starmer",
                "Giorgia Meloni",
                "Alexander Stubb",
                "Ursula von der Leyen",
                "Mark Rutte",
            ],
        ),
        (
            "meeting",
            "2025-08-15",
            "Anchorage",
            &[
                "Donald Trump",
                "Vladimir Putin",
                "Marco Rubio",
                "Yuri Ushakov",
            ],
        ),
        (
            "call",
            "2025-08-18",
            "",
            &["Donald Trump", "Vladimir Putin"],
        ),
        (
            "summit",
            "planned",
            "Budapest",
            &["Vladimir Putin", "Volodymyr Zelenskyy"],
        ),
        (
            "visit",
            "2025-08-19",
            "New Delhi",
            &["Wang Yi", "Narendra Modi"],
        ),
    ];
    for (kind, date, place, participants) in meetings {
        let m = add(n, NodeKind::Meeting, kind, Some(date));
        for participant in participants {
            let p = add(n, NodeKind::Person, participant, None);
            n.add_fact(p, m, EdgeKind::Participant, "", Reality::Actual);
        }
        if !place.is_empty() {
            let l = add(n, NodeKind::Place, place, None);
            n.add_fact(m, l, EdgeKind::Location, "", Reality::Actual);
        }
    }
    let statements = [
        ("Donald Trump", "Vladimir Putin", EdgeKind::Topic, 3),
        ("Volodymyr Zelenskyy", "Donald Trump", EdgeKind::Address, 1),
        ("Friedrich Merz", "Vladimir Putin", EdgeKind::Topic, 1),
        ("Yuri Ushakov", "Donald Trump", EdgeKind::Topic, 2),
        (
            "António Guterres",
            "Volodymyr Zelenskyy",
            EdgeKind::Topic,
            1,
        ),
    ];
    for (speaker, other, kind, count) in statements {
        let s = add(n, NodeKind::Person, speaker, None);
        let o = add(n, NodeKind::Person, other, None);
        for _ in 0..count {
            n.add_fact(s, o, kind, "", Reality::Actual);
        }
    }
    network
}

fn dot() -> String {
    let mut out = Vec::new();
    write_dot(&sample(), "sample \"graph\"", &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn graphviz_draws_every_node_and_label() {
    let source = dot();
    let Ok(mut child) = Command::new("dot")
        .arg("-Tsvg")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
    else {
        eprintln!("SKIPPED: Graphviz is not installed, so the DOT was not drawn");
        return;
    };
    child
        .stdin
        .take()
        .unwrap()
        .write_all(source.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let svg = String::from_utf8(output.stdout).unwrap();
    let nodes = svg.matches("class=\"node\"").count();
    assert_eq!(nodes, sample().len());
    for words in [
        "Volodymyr Zelenskyy",
        "secretary of state",
        "António Guterres",
        "planned",
    ] {
        assert!(svg.contains(words), "no “{words}” in the picture");
    }
}

#[test]
fn dot_is_the_same_on_every_run_and_quotes_what_needs_it() {
    assert_eq!(dot(), dot());
    assert!(dot().contains(r#"label="sample \"graph\"""#));
}

#[test]
fn svg_has_every_node_and_escapes_names() {
    let mut network = sample();
    add(&mut network, NodeKind::Organization, "Smith & <Sons>", None);
    let mut out = Vec::new();
    write_svg(&network, "sample", &mut out).unwrap();
    let svg = String::from_utf8(out).unwrap();
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
    assert!(svg.contains("Smith &amp; &lt;Sons&gt;"));
    for node in network.graph().node_weights() {
        let word = node.name.split_whitespace().next().unwrap();
        assert!(svg.contains(word), "no “{word}” in the picture");
    }
    if let Ok(dir) = std::env::var("NEWSGRAPH_PICTURES") {
        std::fs::write(format!("{dir}/sample.svg"), &svg).unwrap();
        std::fs::write(format!("{dir}/sample.dot"), dot()).unwrap();
    }
}
