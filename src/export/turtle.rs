//! Pretty Turtle and TriG: prefixed, grouped by subject, sorted, `a` first, the same bytes for
//! the same graph.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};

/// The prefixes and the base IRI under which terms are written.
#[derive(Clone, Debug, Default)]
pub struct Prefixes {
    /// Name and IRI, longest IRI first so that the closest prefix wins.
    prefixes: Vec<(String, String)>,
    base: Option<String>,
}

impl Prefixes {
    pub fn new<'a>(prefixes: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut prefixes: Vec<(String, String)> = prefixes
            .into_iter()
            .map(|(name, iri)| (name.to_owned(), iri.to_owned()))
            .collect();
        prefixes.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.cmp(b)));
        Self {
            prefixes,
            base: None,
        }
    }

    /// IRIs under `base`, which ends in `/`, are written relative to it in Turtle and TriG.
    #[must_use]
    pub fn with_base(mut self, base: &str) -> Self {
        self.base = base.ends_with('/').then(|| base.to_owned());
        self
    }

    /// Name and IRI of each prefix, ordered by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let ordered: BTreeMap<&str, &str> = self
            .prefixes
            .iter()
            .map(|(name, iri)| (name.as_str(), iri.as_str()))
            .collect();
        ordered.into_iter()
    }

    /// The prefix and the local name of an IRI, where the local name needs no escape.
    fn split<'a>(&'a self, iri: &'a str) -> Option<(&'a str, &'a str)> {
        self.prefixes.iter().find_map(|(name, start)| {
            let local = iri.strip_prefix(start.as_str())?;
            is_plain_local_name(local).then_some((name.as_str(), local))
        })
    }

    fn relative<'a>(&self, iri: &'a str) -> Option<&'a str> {
        let rest = iri.strip_prefix(self.base.as_deref()?)?;
        is_plain_relative_iri(rest).then_some(rest)
    }

    /// A term as a person would write it: `schema:Person`, `<person/x>`, `"text"@en`, `42`.
    pub fn term(&self, term: &Term) -> String {
        match term {
            Term::NamedNode(node) => self.iri(node),
            Term::BlankNode(node) => node.to_string(),
            Term::Literal(literal) => self.literal(literal),
        }
    }

    fn iri(&self, node: &NamedNode) -> String {
        let iri = node.as_str();
        if let Some((prefix, local)) = self.split(iri) {
            return format!("{prefix}:{local}");
        }
        match self.relative(iri) {
            Some(rest) => format!("<{rest}>"),
            None => node.to_string(),
        }
    }

    fn literal(&self, literal: &Literal) -> String {
        let value = literal.value();
        if literal.language().is_some() || literal.datatype() == xsd::STRING {
            return literal.to_string();
        }
        if is_bare_literal(value, literal.datatype().as_str()) {
            return value.to_owned();
        }
        let quoted = Literal::new_simple_literal(value).to_string();
        format!("{quoted}^^{}", self.iri(&literal.datatype().into_owned()))
    }

    fn subject(&self, subject: &NamedOrBlankNode) -> String {
        match subject {
            NamedOrBlankNode::NamedNode(node) => self.iri(node),
            NamedOrBlankNode::BlankNode(node) => node.to_string(),
        }
    }
}

/// A subset of Turtle's PN_LOCAL that needs no escapes.
fn is_plain_local_name(local: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    !local.is_empty()
        && local.chars().all(plain)
        && !local.starts_with(['-', '.'])
        && !local.ends_with('.')
}

/// Whether resolving `rest` against a base that ends in `/` only appends it.
fn is_plain_relative_iri(rest: &str) -> bool {
    let plain =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '#' | '%' | '~');
    !rest.is_empty()
        && rest.chars().all(plain)
        && rest
            .split(['/', '#'])
            .all(|part| !part.is_empty() && part != "." && part != "..")
}

/// Whether Turtle reads the value without quotation marks as a literal of this very type.
fn is_bare_literal(value: &str, datatype: &str) -> bool {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let unsigned = value.strip_prefix(['+', '-']).unwrap_or(value);
    if datatype == xsd::BOOLEAN.as_str() {
        value == "true" || value == "false"
    } else if datatype == xsd::INTEGER.as_str() {
        digits(unsigned)
    } else if datatype == xsd::DECIMAL.as_str() {
        unsigned
            .split_once('.')
            .is_some_and(|(whole, part)| digits(whole) && digits(part))
    } else {
        false
    }
}

/// What is said of each subject: predicate to objects, all in the order of their writing.
type Block = BTreeMap<(bool, String), BTreeSet<String>>;

const WIDTH: usize = 100;

/// Writes quads as TriG, or as Turtle where all stand in the default graph.
///
/// Prefixes that no term uses are left out.
///
/// # Errors
/// Only those of the writer.
pub fn write_pretty(quads: &[Quad], prefixes: &Prefixes, mut writer: impl Write) -> io::Result<()> {
    let mut graphs: BTreeMap<Option<String>, BTreeMap<(bool, String), Block>> = BTreeMap::new();
    for quad in quads {
        let graph = match &quad.graph_name {
            GraphName::DefaultGraph => None,
            GraphName::NamedNode(node) => Some(prefixes.iri(node)),
            GraphName::BlankNode(node) => Some(node.to_string()),
        };
        let is_blank = matches!(quad.subject, NamedOrBlankNode::BlankNode(_));
        let is_type = quad.predicate.as_ref() == rdf::TYPE;
        let predicate = if is_type {
            "a".to_owned()
        } else {
            prefixes.iri(&quad.predicate)
        };
        graphs
            .entry(graph)
            .or_default()
            .entry((is_blank, prefixes.subject(&quad.subject)))
            .or_default()
            .entry((!is_type, predicate))
            .or_default()
            .insert(prefixes.term(&quad.object));
    }
    write_header(quads, prefixes, &mut writer)?;
    for (graph, subjects) in &graphs {
        let indent = if graph.is_some() { "    " } else { "" };
        if let Some(graph) = graph {
            writeln!(writer, "\n{graph} {{")?;
        }
        for (i, ((_, subject), block)) in subjects.iter().enumerate() {
            if i > 0 || graph.is_none() {
                writeln!(writer)?;
            }
            write_block(subject, block, indent, &mut writer)?;
        }
        if graph.is_some() {
            writeln!(writer, "}}")?;
        }
    }
    Ok(())
}

fn write_header(quads: &[Quad], prefixes: &Prefixes, writer: &mut impl Write) -> io::Result<()> {
    let mut used = BTreeSet::new();
    let mut is_base_used = false;
    let mut see = |node: &NamedNode| match prefixes.split(node.as_str()) {
        Some((name, _)) => {
            used.insert(name.to_owned());
        }
        None => is_base_used |= prefixes.relative(node.as_str()).is_some(),
    };
    for quad in quads {
        if let NamedOrBlankNode::NamedNode(node) = &quad.subject {
            see(node);
        }
        if quad.predicate.as_ref() != rdf::TYPE {
            see(&quad.predicate);
        }
        match &quad.object {
            Term::NamedNode(node) => see(node),
            Term::Literal(literal) if literal.language().is_none() => {
                let datatype = literal.datatype();
                if datatype != xsd::STRING && !is_bare_literal(literal.value(), datatype.as_str()) {
                    see(&datatype.into_owned());
                }
            }
            _ => {}
        }
        if let GraphName::NamedNode(node) = &quad.graph_name {
            see(node);
        }
    }
    if let (true, Some(base)) = (is_base_used, &prefixes.base) {
        writeln!(writer, "@base <{base}> .")?;
    }
    for (name, iri) in prefixes.iter().filter(|(name, _)| used.contains(*name)) {
        writeln!(writer, "@prefix {name}: <{iri}> .")?;
    }
    Ok(())
}

fn write_block(
    subject: &str,
    block: &Block,
    indent: &str,
    writer: &mut impl Write,
) -> io::Result<()> {
    write!(writer, "{indent}{subject}")?;
    for (i, ((_, predicate), objects)) in block.iter().enumerate() {
        let separator = if i == 0 { "" } else { " ;" };
        write!(writer, "{separator}\n{indent}    {predicate}")?;
        let width: usize = objects.iter().map(|o| o.chars().count() + 2).sum();
        if objects.len() > 1 && indent.len() + predicate.len() + width + 4 > WIDTH {
            for (j, object) in objects.iter().enumerate() {
                let separator = if j == 0 { "" } else { "," };
                write!(writer, "{separator}\n{indent}        {object}")?;
            }
        } else {
            let objects: Vec<&str> = objects.iter().map(String::as_str).collect();
            write!(writer, " {}", objects.join(", "))?;
        }
    }
    writeln!(writer, " .")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(iri: &str) -> NamedNode {
        NamedNode::new_unchecked(iri)
    }

    fn prefixes() -> Prefixes {
        Prefixes::new([
            ("schema", "https://schema.org/"),
            ("ex", "https://example.org/"),
        ])
        .with_base("https://example.org/id/")
    }

    #[test]
    fn terms_are_written_as_a_person_would() {
        let prefixes = prefixes();
        let cases = [
            (
                Term::from(node("https://schema.org/Person")),
                "schema:Person",
            ),
            (
                node("https://example.org/id/person/a-b").into(),
                "<person/a-b>",
            ),
            (
                node("https://example.org/id/../x").into(),
                "<https://example.org/id/../x>",
            ),
            (
                node("https://example.org/x.").into(),
                "<https://example.org/x.>",
            ),
            (Literal::from(3).into(), "3"),
            (
                Literal::new_typed_literal("0.9", xsd::DECIMAL).into(),
                "0.9",
            ),
            (
                Literal::new_typed_literal(".9", xsd::DECIMAL).into(),
                "\".9\"^^<http://www.w3.org/2001/XMLSchema#decimal>",
            ),
            (
                Literal::new_simple_literal("a \"b\"\n").into(),
                r#""a \"b\"\n""#,
            ),
            (
                Literal::new_language_tagged_literal_unchecked("a", "en").into(),
                "\"a\"@en",
            ),
        ];
        for (term, expected) in cases {
            assert_eq!(prefixes.term(&term), expected);
        }
    }

    #[test]
    fn a_graph_is_grouped_by_subject_with_its_types_first() {
        let subject = node("https://example.org/id/person/a");
        let quads = [
            Quad::new(
                subject.clone(),
                node("https://schema.org/name"),
                Literal::from("A"),
                GraphName::DefaultGraph,
            ),
            Quad::new(
                subject,
                rdf::TYPE,
                node("https://schema.org/Person"),
                GraphName::DefaultGraph,
            ),
        ];
        let mut out = Vec::new();
        write_pretty(&quads, &prefixes(), &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "@base <https://example.org/id/> .\n@prefix schema: <https://schema.org/> .\n\n\
             <person/a>\n    a schema:Person ;\n    schema:name \"A\" .\n"
        );
    }
}
