//! What is exported can be loaded again and is the same graph, in every RDF format.

use std::collections::BTreeSet;

use newsgraph::export::{ExportFormat, Prefixes, write_rdf};
use oxigraph::io::RdfParser;
use oxigraph::model::dataset::CanonicalizationAlgorithm;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{
    BlankNode, Dataset, GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term,
};
use proptest::prelude::*;

const BASE: &str = "https://example.org/id/";

fn prefixes() -> Prefixes {
    Prefixes::new([
        ("schema", "https://schema.org/"),
        ("ex", "https://example.org/"),
        ("person", "https://example.org/id/person/"),
    ])
    .with_base(BASE)
}

fn formats() -> impl Iterator<Item = ExportFormat> {
    ExportFormat::ALL
        .iter()
        .copied()
        .filter(|format| format.rdf().is_some())
}

fn written(quads: &[Quad], format: ExportFormat) -> String {
    let mut bytes = Vec::new();
    write_rdf(quads.to_vec(), format, &prefixes(), &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// The graph under names that do not depend on those of blank nodes.
fn canonical(quads: impl IntoIterator<Item = Quad>) -> BTreeSet<String> {
    let mut dataset: Dataset = quads.into_iter().collect();
    dataset.canonicalize(CanonicalizationAlgorithm::Unstable);
    dataset.iter().map(|quad| quad.to_string()).collect()
}

fn read(text: &str, format: ExportFormat) -> Vec<Quad> {
    RdfParser::from_format(format.rdf().unwrap())
        .for_slice(text.as_bytes())
        .map(|quad| quad.unwrap_or_else(|error| panic!("{format}: {error}\n{text}")))
        .collect()
}

/// IRIs of all kinds that a store may hold: short, escaped, with dots and odd ends.
fn iri() -> impl Strategy<Value = NamedNode> {
    let local = "[a-zA-Z0-9._~%-]{0,3}(/|#|\\?|:|@|,|é|\\.\\.|\\.)?[a-z0-9._-]{0,4}";
    let start = prop_oneof![
        Just(BASE.to_owned()),
        Just(format!("{BASE}person/")),
        Just("https://example.org/".to_owned()),
        Just("https://schema.org/".to_owned()),
        Just("urn:".to_owned()),
    ];
    (start, local).prop_filter_map("an IRI", |(start, local)| {
        NamedNode::new(format!("{start}{local}")).ok()
    })
}

/// RDF/XML can only write predicates that end in an XML name.
fn predicate() -> impl Strategy<Value = NamedNode> {
    prop_oneof![
        Just(oxigraph::model::vocab::rdf::TYPE.into_owned()),
        "[a-z][a-zA-Z0-9_-]{0,6}"
            .prop_map(|local| { NamedNode::new_unchecked(format!("https://schema.org/{local}")) }),
    ]
}

/// Characters that XML 1.0 can hold, whatever else they are.
fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![
            prop::sample::select(vec![
                '"', '\\', '\n', '\t', '\r', '<', '&', '\'', '“', '’', ' '
            ]),
            any::<char>().prop_filter("XML", |c| !c.is_control()
                && !matches!(c, '\u{fffe}' | '\u{ffff}')),
        ],
        0..12,
    )
    .prop_map(|chars| chars.into_iter().collect())
}

fn literal() -> impl Strategy<Value = Literal> {
    prop_oneof![
        text().prop_map(Literal::new_simple_literal),
        text().prop_map(|t| Literal::new_language_tagged_literal(t, "en-gb").unwrap()),
        any::<i64>().prop_map(Literal::from),
        any::<bool>().prop_map(Literal::from),
        ("[+-]?[0-9]{0,3}\\.?[0-9]{0,3}", 0..4usize).prop_map(|(value, kind)| {
            let kinds = [xsd::DECIMAL, xsd::INTEGER, xsd::DOUBLE, xsd::BOOLEAN];
            Literal::new_typed_literal(value, kinds[kind])
        }),
        (text(), iri()).prop_map(|(value, datatype)| Literal::new_typed_literal(value, datatype)),
    ]
}

fn quad() -> impl Strategy<Value = Quad> {
    let blank = || (0..3u8).prop_map(|n| BlankNode::new_unchecked(format!("b{n}")));
    let subject = prop_oneof![
        5 => iri().prop_map(NamedOrBlankNode::from),
        1 => blank().prop_map(NamedOrBlankNode::from),
    ];
    let object = prop_oneof![
        3 => iri().prop_map(Term::from),
        5 => literal().prop_map(Term::from),
        1 => blank().prop_map(Term::from),
    ];
    let graph = prop_oneof![
        2 => Just(GraphName::DefaultGraph),
        1 => iri().prop_map(GraphName::from),
    ];
    (subject, predicate(), object, graph).prop_map(|(s, p, o, g)| Quad::new(s, p, o, g))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn export_then_load_is_the_same_graph(quads in proptest::collection::vec(quad(), 0..12)) {
        for format in formats() {
            let keeps_graphs = format.rdf().unwrap().supports_datasets();
            let expected =
                quads.iter().filter(|q| keeps_graphs || q.graph_name.is_default_graph()).cloned();
            let text = written(&quads, format);
            prop_assert_eq!(canonical(expected), canonical(read(&text, format)), "{}", text);
        }
    }

    #[test]
    fn order_and_repetition_change_no_byte(
        quads in proptest::collection::vec(quad(), 0..12),
        seed in any::<u64>(),
    ) {
        let mut other = quads.clone();
        other.extend(quads.iter().take(3).cloned());
        other.sort_by_key(|q| {
            blake3::hash(format!("{seed}{q}").as_bytes()).to_hex().to_string()
        });
        for format in formats() {
            prop_assert_eq!(written(&quads, format), written(&other, format), "{}", format);
        }
    }
}

#[test]
fn formats_are_found_by_their_extension() {
    for format in ExportFormat::ALL {
        assert_eq!(
            ExportFormat::from_extension(format.extension()),
            Some(*format)
        );
    }
    assert_eq!(
        ExportFormat::from_extension("TTL"),
        Some(ExportFormat::Turtle)
    );
    assert_eq!(ExportFormat::from_extension("docx"), None);
}

#[test]
fn named_graphs_stand_after_the_default_graph_in_trig() {
    let node = |local: &str| NamedNode::new_unchecked(format!("{BASE}{local}"));
    let name = NamedNode::new_unchecked("https://schema.org/name");
    let quads = [
        Quad::new(
            node("b"),
            name.clone(),
            Literal::from("in an article"),
            node("article/1"),
        ),
        Quad::new(
            node("a"),
            name,
            Literal::from("together"),
            GraphName::DefaultGraph,
        ),
    ];
    let expected = "\
@base <https://example.org/id/> .
@prefix schema: <https://schema.org/> .

<a>
    schema:name \"together\" .

<article/1> {
    <b>
        schema:name \"in an article\" .
}
";
    assert_eq!(written(&quads, ExportFormat::TriG), expected);
}
