//! Article graphs: what they say, their vocabulary, their shapes.

mod drafts;

use std::any::type_name;
use std::collections::BTreeSet;
use std::path::Path;

use drafts::{Draft, week};
use newsgraph::fact::{MeetingKind, RoleStatus};
use newsgraph::graph::vocab::{ng, oa, org, owl, prov, schema, skos};
use newsgraph::graph::{ArticleGraph, Base, ContentHash, PREFIXES, Program};
use newsgraph::store::Store;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{GraphName, NamedNode, Quad, Term};

fn first() -> ArticleGraph {
    week()[0].build()
}

/// Property values of `<article>#id`, without angle brackets and article.
fn values(graph: &ArticleGraph, id: &str, predicate: &str) -> Vec<String> {
    let subject = if id.is_empty() {
        graph.name.to_string()
    } else {
        format!("<{}#{id}>", graph.name.as_str())
    };
    graph
        .quads
        .iter()
        .filter(|q| q.subject.to_string() == subject && q.predicate.as_str().ends_with(predicate))
        .map(|q| match &q.object {
            Term::Literal(literal) => literal.value().to_owned(),
            object => object
                .to_string()
                .replace(&format!("{}#", graph.name.as_str()), ""),
        })
        .collect()
}

#[test]
fn a_role_says_who_holds_what_of_whom_and_where_that_stands() {
    let graph = first();
    assert_eq!(
        values(&graph, "role-2", "#member"),
        ["<person-friedrich-merz>"]
    );
    assert_eq!(values(&graph, "role-2", "roleName"), ["chancellor"]);
    assert_eq!(
        values(&graph, "role-2", "#country"),
        ["<https://w3id.org/newsgraph/id/country/DE>"]
    );
    assert_eq!(
        values(&graph, "role-2", "#post"),
        ["<https://w3id.org/newsgraph/id/post/chancellor_DE>"]
    );
    assert_eq!(
        values(&graph, "role-2", "#label"),
        ["Friedrich Merz: chancellor of Germany"]
    );
    assert_eq!(values(&graph, "role-2", "#attestedOn"), ["2025-08-19"]);
    assert_eq!(
        values(&graph, "role-2-evidence-1", "#rule"),
        ["written-by-hand"]
    );
    assert_eq!(values(&graph, "role-2-evidence-1", "#confidence"), ["0.9"]);
    // Code points, not bytes: curly quotation marks stand before.
    let text: Vec<char> = week()[0].article.text.chars().collect();
    let start = text
        .iter()
        .collect::<String>()
        .find("German Chancellor")
        .map(|b| week()[0].article.text[..b].chars().count());
    let start = start.expect("in the text");
    let end = start + "German Chancellor Friedrich Merz".len();
    let selector = format!("char={start},{end}");
    assert_eq!(
        values(&graph, "role-2-evidence-1", "#hasSelector"),
        [format!("<{selector}>")]
    );
    assert_eq!(
        values(&graph, &selector, "#exact"),
        ["German Chancellor Friedrich Merz"]
    );
    assert_eq!(values(&graph, &selector, "#start"), [start.to_string()]);
    assert_eq!(
        values(&graph, &selector, "#prefix"),
        ["e”, Trump said on Truth Social. "].map(|s| {
            let chars: Vec<char> = text[start - 32..start].to_vec();
            let prefix: String = chars.into_iter().collect();
            assert!(prefix.ends_with(s), "{prefix}");
            prefix
        })
    );
    assert_eq!(values(&graph, &selector, "#suffix"), [" was with them."]);
}

#[test]
fn places_lie_in_places_up_to_the_country() {
    let graph = first();
    assert_eq!(
        values(&graph, "meeting-1", "#location"),
        ["<place-white-house>"]
    );
    assert_eq!(
        values(&graph, "meeting-1", "#locationName"),
        ["White House|Washington"]
    );
    assert_eq!(
        values(&graph, "place-white-house", "containedInPlace"),
        ["<place-washington>"]
    );
    assert_eq!(
        values(&graph, "place-washington", "containedInPlace"),
        ["<https://w3id.org/newsgraph/id/country/US>"]
    );
    assert_eq!(values(&graph, "meeting-1", "startDate"), ["2025-08-18"]);
}

#[test]
fn the_same_article_gives_the_same_bytes() {
    assert_eq!(first().to_nquads(), first().to_nquads());
    let text = first().to_nquads();
    let mut lines: Vec<&str> = text.lines().collect();
    lines.dedup();
    assert!(lines.is_sorted());
    let loaded: Vec<Quad> = RdfParser::from_format(RdfFormat::NQuads)
        .for_slice(&text)
        .collect::<Result<_, _>>()
        .expect("N-Quads");
    assert_eq!(loaded, first().quads);
}

#[test]
fn trig_says_the_same_as_nquads() {
    for draft in week() {
        let graph = draft.build();
        let trig = graph.to_trig();
        let mut loaded: Vec<String> = RdfParser::from_format(RdfFormat::TriG)
            .for_slice(&trig)
            .map(|quad| quad.expect("TriG").to_string())
            .collect();
        loaded.sort();
        let quads: Vec<String> = graph.quads.iter().map(ToString::to_string).collect();
        assert_eq!(loaded, quads);
        assert!(
            graph
                .quads
                .iter()
                .all(|q| q.graph_name == GraphName::NamedNode(graph.name.clone()))
        );
    }
}

#[test]
fn every_iri_of_a_graph_is_valid() {
    for quad in week().iter().flat_map(|d| d.build().quads) {
        for term in [
            Term::from(quad.subject),
            Term::from(quad.predicate),
            quad.object,
        ] {
            if let Term::NamedNode(iri) = term {
                assert!(NamedNode::new(iri.as_str()).is_ok(), "{iri}");
            }
        }
    }
}

#[test]
fn every_predicate_and_class_of_a_graph_is_in_the_vocabulary() {
    let known: BTreeSet<&str> = [
        ng::ALL,
        schema::ALL,
        org::ALL,
        prov::ALL,
        oa::ALL,
        skos::ALL,
        owl::ALL,
    ]
    .concat()
    .iter()
    .map(|term| term.as_str())
    .chain([
        rdf::TYPE.as_str(),
        rdfs::LABEL.as_str(),
        rdfs::COMMENT.as_str(),
    ])
    .collect();
    let store = week_store();
    for quad in store.quads().expect("quads") {
        assert!(
            known.contains(quad.predicate.as_str()),
            "{}",
            quad.predicate
        );
        if quad.predicate == rdf::TYPE {
            let Term::NamedNode(class) = &quad.object else {
                panic!("{quad}")
            };
            assert!(known.contains(class.as_str()), "{class}");
        }
    }
}

#[test]
fn the_hash_changes_with_text_metadata_and_program() {
    let program = Program::this(None);
    let article = first_article();
    let hash = ContentHash::of(&article, &program);
    assert_eq!(hash, ContentHash::of(&article, &program));
    assert_ne!(
        hash,
        ContentHash::of(&article, &Program::this(Some("model 1")))
    );
    let mut other = article.clone();
    other.text.push('!');
    assert_ne!(hash, ContentHash::of(&other, &program));
    // What stands in one field is not the same in the next.
    let (mut a, mut b) = (article.clone(), article);
    (a.title, a.publisher) = (Some("x".to_owned()), None);
    (b.title, b.publisher) = (None, Some("x".to_owned()));
    assert_ne!(ContentHash::of(&a, &program), ContentHash::of(&b, &program));
}

fn first_article() -> newsgraph::article::Article {
    week().remove(0).article
}

fn week_store() -> Store {
    let store = Store::in_memory(Base::default()).expect("a store in memory");
    let graphs: Vec<ArticleGraph> = week().iter().map(Draft::build).collect();
    store.load(&graphs).expect("loaded");
    store
}

#[test]
fn every_graph_conforms_to_the_shapes() {
    let violations = week_store().check().expect("checked");
    let shown: String = violations
        .iter()
        .map(|v| format!("{v}\n"))
        .collect::<String>();
    assert!(violations.is_empty(), "{shown}");
}

#[test]
fn the_check_finds_what_is_wrong() {
    // Each quad left out, or put in, breaks one constraint.
    let broken = |change: &dyn Fn(&mut ArticleGraph)| {
        let mut graph = first();
        change(&mut graph);
        let store = Store::in_memory(Base::default()).expect("a store in memory");
        store.load(&[graph]).expect("loaded");
        let found: BTreeSet<String> = store
            .check()
            .expect("checked")
            .iter()
            .map(|v| v.constraint.clone())
            .collect();
        found.into_iter().collect::<Vec<String>>()
    };
    let without = |suffix: &'static str| {
        broken(&|g: &mut ArticleGraph| g.quads.retain(|q| !q.predicate.as_str().ends_with(suffix)))
    };
    assert_eq!(without("#rule"), ["sh:minCount 1"]);
    let with =
        |id: &'static str, predicate: oxigraph::model::NamedNodeRef<'static>, object: Term| {
            broken(&|g: &mut ArticleGraph| {
                let subject = NamedNode::new_unchecked(format!("{}#{id}", g.name.as_str()));
                let name = g.name.clone();
                g.quads
                    .push(Quad::new(subject, predicate, object.clone(), name));
            })
        };
    let text = |text: &str| Term::from(oxigraph::model::Literal::new_simple_literal(text));
    assert_eq!(
        with("role-1-evidence-1", ng::RULE, text("another")),
        ["sh:maxCount 1"]
    );
    let found = with("statement-1", ng::KIND, text("shouted"));
    assert!(found.iter().any(|c| c.starts_with("sh:in (")), "{found:?}");
    let found = with("role-1-evidence-1", ng::CONFIDENCE, text("2"));
    assert!(
        found.contains(&"sh:datatype <http://www.w3.org/2001/XMLSchema#decimal>".to_owned()),
        "{found:?}"
    );
    let node = Term::from(NamedNode::new_unchecked("https://example.org/x"));
    let found = with("statement-1", ng::CONTENT_SPAN, node);
    assert_eq!(
        found,
        ["sh:class <http://www.w3.org/ns/oa#TextPositionSelector>"]
    );
}

/// The ontology's triples.
fn ontology() -> Vec<Quad> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ontology/newsgraph.ttl");
    let text = std::fs::read_to_string(path).expect("the ontology");
    RdfParser::from_format(RdfFormat::Turtle)
        .for_slice(&text)
        .collect::<Result<_, _>>()
        .expect("Turtle")
}

#[test]
fn ontology_and_vocabulary_have_the_same_terms() {
    let defined: BTreeSet<String> = ontology()
        .iter()
        .filter(|q| q.predicate == rdf::TYPE)
        .map(|q| q.subject.to_string())
        .filter(|subject| subject.starts_with(&format!("<{}", ng::NAMESPACE)))
        .collect();
    let constants: BTreeSet<String> = ng::ALL.iter().map(ToString::to_string).collect();
    assert_eq!(defined, constants);
}

#[test]
fn every_term_is_explained_and_aligned() {
    let quads = ontology();
    let has = |term: &str, predicates: &[&str]| {
        quads.iter().any(|q| {
            q.subject.to_string() == term
                && predicates.iter().any(|p| q.predicate.as_str().ends_with(p))
        })
    };
    for term in ng::ALL {
        let local = term.as_str().rsplit('#').next().expect("a local name");
        let term = term.to_string();
        assert!(has(&term, &["#label"]), "{term} has no label");
        assert!(has(&term, &["#comment"]), "{term} has no comment");
        if local.starts_with(char::is_uppercase) {
            assert!(has(&term, &["#subClassOf"]), "{term} is below nothing");
        } else {
            assert!(has(&term, &["#domain"]), "{term} has no domain");
            assert!(has(&term, &["#range"]), "{term} has no range");
            let alignment = ["#subPropertyOf", "#closeMatch", "#relatedMatch"];
            assert!(has(&term, &alignment), "{term} is not aligned");
        }
    }
}

#[test]
fn classes_are_named_as_the_types_are() {
    use newsgraph::{article, fact, identity};
    let types = [
        type_name::<identity::Correction>(),
        type_name::<identity::Link>(),
        type_name::<article::Article>(),
        type_name::<fact::RoleHolding>(),
        type_name::<fact::Meeting>(),
        type_name::<fact::Attendance>(),
        type_name::<fact::Statement>(),
    ];
    let mut names: BTreeSet<String> = types
        .iter()
        .map(|path| path.rsplit("::").next().unwrap_or_default().to_owned())
        .collect();
    // Kinds below, and the evidence that facts hold as `Evidence`.
    names.extend(MeetingKind::ALL.iter().map(|kind| format!("{kind:?}")));
    names.extend(["Group".to_owned(), "Mention".to_owned()]);
    let classes: BTreeSet<String> = ng::ALL
        .iter()
        .filter_map(|term| term.as_str().strip_prefix(ng::NAMESPACE))
        .filter(|local| local.starts_with(char::is_uppercase))
        .map(str::to_owned)
        .collect();
    assert_eq!(classes, names);
}

#[test]
fn shapes_list_the_values_that_the_types_have() {
    let shapes = newsgraph::store::SHAPES;
    let listed = |names: Vec<&str>| {
        let list: Vec<String> = names.iter().map(|n| format!("\"{n}\"")).collect();
        shapes.contains(&format!("sh:in ( {} )", list.join(" ")))
    };
    assert!(listed(RoleStatus::ALL.iter().map(|s| s.name()).collect()));
    assert!(listed(MeetingKind::ALL.iter().map(|s| s.name()).collect()));
    assert!(listed(
        newsgraph::fact::MeetingStatus::ALL
            .iter()
            .map(|s| s.name())
            .collect()
    ));
    assert!(listed(
        newsgraph::fact::StatementKind::ALL
            .iter()
            .map(|s| s.name())
            .collect()
    ));
}

#[test]
fn prefixes_are_those_of_the_vocabularies() {
    for (prefix, iri) in PREFIXES {
        assert!(NamedNode::new(*iri).is_ok(), "{prefix}");
    }
    assert!(PREFIXES.is_sorted());
}
