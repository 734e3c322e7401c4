//! Checks a store's graphs against `ontology/shapes.ttl`.
//!
//! Each SHACL constraint becomes one SPARQL query for what violates it, so that the store's
//! indexes do the work and nothing is copied. Read are the terms of SHACL core that the shapes
//! use; a test makes sure that they use no other. (The crate `shacl` 0.3 needs RDF 1.2 terms in
//! `oxrdf`, without which this project's Oxigraph is built.)

use std::fmt;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{
    Dataset, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, TermRef,
};
use oxigraph::sparql::QueryResults;

use super::{Store, StoreError};
use crate::graph::vocab::{rdf, sh};

/// The shapes that every graph conforms to, as Turtle.
pub const SHAPES: &str = include_str!("../../ontology/shapes.ttl");

/// Something in a graph that is not as the shapes want it.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// The article's graph, or `None`: the default graph.
    pub graph: Option<NamedNode>,
    /// What is not right.
    pub focus: Term,
    /// The property at fault.
    pub path: NamedNode,
    /// What is wanted, as SHACL has it: "sh:minCount 1".
    pub constraint: String,
    /// The value that is not right, if it is one.
    pub value: Option<Term>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {} must have {}",
            self.focus, self.path, self.constraint
        )?;
        if let Some(value) = &self.value {
            write!(f, ", found {value}")?;
        }
        match &self.graph {
            Some(graph) => write!(f, " (in {graph})"),
            None => write!(f, " (in the default graph)"),
        }
    }
}

impl Store {
    /// Checks every graph against the shapes. Empty: all is as it should be.
    pub fn check(&self) -> Result<Vec<Violation>, StoreError> {
        let shapes = shapes();
        let mut violations = Vec::new();
        for constraint in constraints(&shapes) {
            for is_named in [false, true] {
                let QueryResults::Solutions(solutions) = self.query(&constraint.query(is_named))?
                else {
                    continue;
                };
                for solution in solutions {
                    let solution = solution?;
                    let Some(focus) = solution.get("focus").cloned() else {
                        continue;
                    };
                    violations.push(Violation {
                        graph: solution.get("graph").and_then(|graph| match graph {
                            Term::NamedNode(graph) => Some(graph.clone()),
                            _ => None,
                        }),
                        focus,
                        path: constraint.path.clone(),
                        constraint: constraint.name.clone(),
                        value: solution.get("value").cloned(),
                    });
                }
            }
        }
        violations.sort_by_cached_key(ToString::to_string);
        Ok(violations)
    }
}

/// One constraint on one property of one class.
struct Constraint {
    class: NamedNode,
    path: NamedNode,
    /// `?focus <path> ?value`, or the other way round.
    pattern: String,
    name: String,
    violated: Violated,
}

/// When a constraint is violated.
enum Violated {
    /// A value for which this SPARQL pattern or filter holds.
    Value(String),
    /// The number of values for which this SPARQL condition holds.
    Count(String),
}

impl Constraint {
    /// The query for violations, with `?focus`, maybe `?value`, and `?graph` in named graphs.
    fn query(&self, is_named: bool) -> String {
        let Self { class, pattern, .. } = self;
        let (graph, open, close) = if is_named {
            ("?graph", "GRAPH ?graph {", "}")
        } else {
            ("", "", "")
        };
        match &self.violated {
            Violated::Value(condition) => format!(
                "SELECT {graph} ?focus ?value WHERE {{ {open} ?focus a {class} . {pattern} {condition} {close} }}"
            ),
            Violated::Count(condition) => format!(
                "SELECT {graph} ?focus WHERE {{ {open} ?focus a {class} . OPTIONAL {{ {pattern} }} {close} }} \
                 GROUP BY {graph} ?focus HAVING (COUNT(DISTINCT ?value) {condition})"
            ),
        }
    }
}

fn shapes() -> Dataset {
    let quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(SHAPES);
    // The shapes are part of the program, and a test reads them.
    quads
        .map(|quad| quad.expect("the shapes are Turtle"))
        .collect()
}

fn values(shapes: &Dataset, subject: &NamedOrBlankNode, predicate: NamedNodeRef<'_>) -> Vec<Term> {
    let graph = Some(GraphNameRef::DefaultGraph);
    shapes
        .quads_for_pattern(Some(subject.as_ref()), Some(predicate), None, graph)
        .map(|quad| quad.object.into_owned())
        .collect()
}

fn constraints(shapes: &Dataset) -> Vec<Constraint> {
    let mut constraints = Vec::new();
    let classes: Vec<(NamedOrBlankNode, NamedNode)> = shapes
        .quads_for_pattern(None, Some(sh::TARGET_CLASS), None, None)
        .filter_map(|quad| match quad.object {
            TermRef::NamedNode(class) => Some((quad.subject.into_owned(), class.into_owned())),
            _ => None,
        })
        .collect();
    for (shape, class) in classes {
        for property in values(shapes, &shape, sh::PROPERTY) {
            let Some(property) = node(&property) else {
                continue;
            };
            let Some(path) = values(shapes, &property, sh::PATH).into_iter().next() else {
                continue;
            };
            let (path, pattern) = match path {
                Term::NamedNode(path) => {
                    let pattern = format!("?focus {path} ?value .");
                    (path, pattern)
                }
                path => {
                    let Some(node) = node(&path) else { continue };
                    let Some(Term::NamedNode(path)) = values(shapes, &node, sh::INVERSE_PATH).pop()
                    else {
                        continue;
                    };
                    let pattern = format!("?value {path} ?focus .");
                    (path, pattern)
                }
            };
            for (predicate, shown) in CONSTRAINTS {
                for wanted in values(shapes, &property, *predicate) {
                    let items = list(shapes, &wanted);
                    let shown_value = match &wanted {
                        Term::Literal(literal) => literal.value().to_owned(),
                        _ if !items.is_empty() => format!("({items})"),
                        iri => iri.to_string(),
                    };
                    let name = format!("{shown} {shown_value}");
                    constraints.push(Constraint {
                        class: class.clone(),
                        path: path.clone(),
                        pattern: pattern.clone(),
                        name,
                        violated: violated(shown, &wanted, &items),
                    });
                }
            }
        }
    }
    constraints
}

const CONSTRAINTS: &[(NamedNodeRef<'_>, &str)] = &[
    (sh::MIN_COUNT, "sh:minCount"),
    (sh::MAX_COUNT, "sh:maxCount"),
    (sh::DATATYPE, "sh:datatype"),
    (sh::CLASS, "sh:class"),
    (sh::NODE_KIND, "sh:nodeKind"),
    (sh::IN, "sh:in"),
    (sh::PATTERN, "sh:pattern"),
    (sh::MIN_INCLUSIVE, "sh:minInclusive"),
    (sh::MAX_INCLUSIVE, "sh:maxInclusive"),
    (sh::LESS_THAN_OR_EQUALS, "sh:lessThanOrEquals"),
];

fn violated(constraint: &str, wanted: &Term, items: &str) -> Violated {
    let number = match wanted {
        Term::Literal(literal) => literal.value(),
        _ => "0",
    };
    match constraint {
        "sh:minCount" => Violated::Count(format!("< {number}")),
        "sh:maxCount" => Violated::Count(format!("> {number}")),
        "sh:datatype" => Violated::Value(format!(
            "FILTER(COALESCE(DATATYPE(?value) != {wanted}, true))"
        )),
        "sh:class" => Violated::Value(format!("FILTER NOT EXISTS {{ ?value a {wanted} }}")),
        "sh:nodeKind" => {
            let is_iri = *wanted == Term::from(sh::IRI);
            let test = if is_iri { "isIRI" } else { "isLiteral" };
            Violated::Value(format!("FILTER(!{test}(?value))"))
        }
        "sh:in" => Violated::Value(format!("FILTER(?value NOT IN ({items}))")),
        "sh:pattern" => Violated::Value(format!("FILTER(!REGEX(STR(?value), {wanted}))")),
        "sh:minInclusive" => Violated::Value(format!("FILTER(COALESCE(?value < {wanted}, true))")),
        "sh:maxInclusive" => Violated::Value(format!("FILTER(COALESCE(?value > {wanted}, true))")),
        _ => Violated::Value(format!(
            "?focus {wanted} ?other . FILTER(COALESCE(?value > ?other, true))"
        )),
    }
}

fn node(term: &Term) -> Option<NamedOrBlankNode> {
    match term {
        Term::NamedNode(node) => Some(node.clone().into()),
        Term::BlankNode(node) => Some(node.clone().into()),
        Term::Literal(_) => None,
    }
}

/// The items of an RDF list with commas between them; empty for what is no list.
fn list(shapes: &Dataset, head: &Term) -> String {
    let mut items = Vec::new();
    let mut rest = node(head);
    while let Some(cell) = rest {
        let Some(first) = values(shapes, &cell, rdf::FIRST).pop() else {
            break;
        };
        items.push(first.to_string());
        rest = values(shapes, &cell, rdf::REST)
            .pop()
            .as_ref()
            .and_then(node);
    }
    items.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_of_the_shapes_is_read() {
        let shapes = shapes();
        let count = constraints(&shapes).len();
        let mut read = 0;
        for quad in &shapes {
            let is_structure = [
                rdf::TYPE,
                rdf::FIRST,
                rdf::REST,
                sh::TARGET_CLASS,
                sh::PROPERTY,
                sh::PATH,
                sh::INVERSE_PATH,
            ]
            .contains(&quad.predicate);
            let is_constraint = CONSTRAINTS.iter().any(|(term, _)| *term == quad.predicate);
            assert!(
                is_structure || is_constraint,
                "{} is not read",
                quad.predicate
            );
            read += usize::from(is_constraint);
        }
        assert_eq!(read, count, "a constraint was not translated");
    }
}
