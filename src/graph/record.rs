//! Reads facts back from quads: the inverse of [`build`](super::build()), for whoever has a
//! [`Source`] of quads.

use std::collections::BTreeSet;
use std::sync::Arc;

use oxigraph::model::{
    GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, TermRef,
};

use super::Base;
use super::build::class_of;
use super::vocab::{ng, oa, org, prov, rdf, rdfs, schema, skos};
use crate::fact::{Confidence, EntityKind, MeetingKind, MeetingStatus, RoleStatus, StatementKind};
use crate::lexicon::CountryCode;

/// Quads that a pattern matches, one after the other.
pub type Matches<'a, E> = Box<dyn Iterator<Item = Result<Quad, E>> + 'a>;

/// Somewhere quads can be looked up.
pub trait Source {
    type Error;

    /// The quads that match; `None` matches everything.
    fn quads(
        &self,
        subject: Option<&NamedNode>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: Option<GraphNameRef<'_>>,
    ) -> Matches<'_, Self::Error>;

    /// All properties of `subject` in one graph.
    fn node(&self, subject: &NamedNode, graph: GraphNameRef<'_>) -> Result<Arc<Node>, Self::Error> {
        look_up_node(self, subject, graph)
    }

    /// The subjects that have `object` as a value, in one graph or (`None`) in any.
    fn subjects(
        &self,
        predicate: Option<NamedNodeRef<'_>>,
        object: TermRef<'_>,
        graph: Option<GraphNameRef<'_>>,
    ) -> Result<Arc<BTreeSet<NamedNode>>, Self::Error> {
        look_up_subjects(self, predicate, object, graph)
    }
}

/// [`Source::node`] by the quads of the source.
pub fn look_up_node<S: Source + ?Sized>(
    source: &S,
    subject: &NamedNode,
    graph: GraphNameRef<'_>,
) -> Result<Arc<Node>, S::Error> {
    let mut node = Node::new(subject.clone());
    for quad in source.quads(Some(subject), None, None, Some(graph)) {
        node.push(quad?);
    }
    Ok(Arc::new(node))
}

/// [`Source::subjects`] by the quads of the source.
pub fn look_up_subjects<S: Source + ?Sized>(
    source: &S,
    predicate: Option<NamedNodeRef<'_>>,
    object: TermRef<'_>,
    graph: Option<GraphNameRef<'_>>,
) -> Result<Arc<BTreeSet<NamedNode>>, S::Error> {
    let mut subjects = BTreeSet::new();
    for quad in source.quads(None, predicate, Some(object), graph) {
        if let NamedOrBlankNode::NamedNode(subject) = quad?.subject {
            subjects.insert(subject);
        }
    }
    Ok(Arc::new(subjects))
}

/// One subject with its properties in one graph.
#[derive(Clone, Debug)]
pub struct Node {
    pub iri: NamedNode,
    /// A subject has few properties: looking through them beats hashing.
    values: Vec<(NamedNode, Vec<Term>)>,
}

impl Node {
    pub fn new(iri: NamedNode) -> Self {
        Self {
            iri,
            values: Vec::new(),
        }
    }

    /// Takes a quad of this subject in.
    pub fn push(&mut self, quad: Quad) {
        match self
            .values
            .iter_mut()
            .find(|(predicate, _)| *predicate == quad.predicate)
        {
            Some((_, terms)) => terms.push(quad.object),
            None => self.values.push((quad.predicate, vec![quad.object])),
        }
    }

    /// Takes a quad of this subject out.
    pub fn remove(&mut self, quad: &Quad) {
        for (_, terms) in self.values.iter_mut().filter(|(p, _)| *p == quad.predicate) {
            terms.retain(|term| *term != quad.object);
        }
        self.values.retain(|(_, terms)| !terms.is_empty());
    }

    /// Whether nothing is said of it.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Predicates with all their values.
    pub fn iter(&self) -> impl Iterator<Item = (&NamedNode, &Term)> {
        self.values
            .iter()
            .flat_map(|(predicate, terms)| terms.iter().map(move |t| (predicate, t)))
    }

    /// All values of a predicate.
    pub fn terms(&self, predicate: NamedNodeRef<'_>) -> &[Term] {
        let mut values = self.values.iter().filter(|(p, _)| p.as_ref() == predicate);
        values.next().map_or(&[], |(_, terms)| terms.as_slice())
    }

    /// The lexical forms of literal values, sorted.
    pub fn texts(&self, predicate: NamedNodeRef<'_>) -> Vec<String> {
        let mut texts: Vec<String> = self
            .terms(predicate)
            .iter()
            .filter_map(|term| match term {
                Term::Literal(literal) => Some(literal.value().to_owned()),
                _ => None,
            })
            .collect();
        texts.sort();
        texts
    }

    /// The smallest literal value.
    pub fn text(&self, predicate: NamedNodeRef<'_>) -> Option<String> {
        self.texts(predicate).into_iter().next()
    }

    /// The IRIs among the values, sorted.
    pub fn iris(&self, predicate: NamedNodeRef<'_>) -> Vec<NamedNode> {
        let mut iris: Vec<NamedNode> = self
            .terms(predicate)
            .iter()
            .filter_map(|term| match term {
                Term::NamedNode(iri) => Some(iri.clone()),
                _ => None,
            })
            .collect();
        iris.sort();
        iris
    }

    /// The smallest IRI value.
    pub fn iri(&self, predicate: NamedNodeRef<'_>) -> Option<NamedNode> {
        self.iris(predicate).into_iter().next()
    }

    /// Whether it has this `rdf:type`.
    pub fn is_a(&self, class: NamedNodeRef<'_>) -> bool {
        self.terms(rdf::TYPE)
            .iter()
            .any(|t| *t == Term::from(class))
    }
}

/// The variant of this name.
fn named<T: Copy>(all: &[T], name: fn(T) -> &'static str, text: Option<String>) -> Option<T> {
    let text = text?;
    all.iter().copied().find(|variant| name(*variant) == text)
}

fn country(node: &Node, base: &Base) -> Option<CountryCode> {
    node.iri(ng::COUNTRY)
        .and_then(|iri| base.country_code(iri.as_str()))
}

/// An entity of one article.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityRecord {
    pub node: NamedNode,
    pub kind: EntityKind,
    pub name: String,
    /// Sorted.
    pub aliases: Vec<String>,
    pub country: Option<CountryCode>,
    pub key: String,
    pub job_titles: Vec<String>,
    pub contained_in: Vec<NamedNode>,
}

impl EntityRecord {
    /// `None`: the node is no entity.
    pub fn read(node: &Node, base: &Base) -> Option<Self> {
        let kind = EntityKind::ALL
            .iter()
            .copied()
            .find(|kind| node.is_a(class_of(*kind)))?;
        Some(Self {
            node: node.iri.clone(),
            kind,
            name: node.text(rdfs::LABEL)?,
            aliases: node.texts(skos::ALT_LABEL),
            country: country(node, base),
            key: node.text(ng::KEY)?,
            job_titles: node.texts(schema::JOB_TITLE),
            contained_in: node.iris(schema::CONTAINED_IN_PLACE),
        })
    }
}

/// A role holding of one article.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleRecord {
    pub node: NamedNode,
    pub label: String,
    pub person: NamedNode,
    pub role: String,
    pub organization: Option<String>,
    pub body: Option<NamedNode>,
    pub country: Option<CountryCode>,
    pub status: RoleStatus,
    /// ISO 8601 day.
    pub attested_on: Option<String>,
    pub evidence: Vec<NamedNode>,
}

impl RoleRecord {
    /// `None`: the node is no role holding.
    pub fn read(node: &Node, base: &Base) -> Option<Self> {
        node.is_a(ng::ROLE_HOLDING).then_some(())?;
        Some(Self {
            node: node.iri.clone(),
            label: node.text(rdfs::LABEL)?,
            person: node.iri(org::MEMBER)?,
            role: node.text(schema::ROLE_NAME)?,
            organization: node.text(ng::ORGANIZATION_NAME),
            body: node.iri(org::ORGANIZATION),
            country: country(node, base),
            status: named(RoleStatus::ALL, RoleStatus::name, node.text(ng::STATUS))?,
            attested_on: node.text(ng::ATTESTED_ON),
            evidence: node.iris(ng::EVIDENCE),
        })
    }
}

/// A meeting of one article.
#[derive(Clone, Debug, PartialEq)]
pub struct MeetingRecord {
    pub node: NamedNode,
    pub label: String,
    pub kind: MeetingKind,
    pub status: MeetingStatus,
    /// Sorted by IRI.
    pub participants: Vec<NamedNode>,
    /// The most specific place.
    pub location: Option<NamedNode>,
    /// As named, most specific first.
    pub location_names: Vec<String>,
    pub country: Option<CountryCode>,
    /// EDTF.
    pub date: Option<String>,
    /// First and last day that the date can mean, ISO 8601.
    pub days: Option<(String, String)>,
    pub initiator: Option<NamedNode>,
    /// Where the article says who began it.
    pub initiator_span: Option<NamedNode>,
    /// How many took part: nodes that [`AttendanceRecord`] reads.
    pub attendance: Vec<NamedNode>,
    pub evidence: Vec<NamedNode>,
}

impl MeetingRecord {
    /// `None`: the node is no meeting.
    pub fn read(node: &Node, base: &Base) -> Option<Self> {
        node.is_a(ng::MEETING).then_some(())?;
        let names = node.text(ng::LOCATION_NAME).unwrap_or_default();
        Some(Self {
            node: node.iri.clone(),
            label: node.text(rdfs::LABEL)?,
            kind: named(MeetingKind::ALL, MeetingKind::name, node.text(ng::KIND))?,
            status: named(
                MeetingStatus::ALL,
                MeetingStatus::name,
                node.text(ng::STATUS),
            )?,
            participants: node.iris(ng::PARTICIPANT),
            location: node.iri(ng::LOCATION),
            location_names: names
                .split('|')
                .filter(|n| !n.is_empty())
                .map(str::to_owned)
                .collect(),
            country: country(node, base),
            date: node.text(ng::DATE),
            days: node
                .text(schema::START_DATE)
                .zip(node.text(schema::END_DATE)),
            initiator: node.iri(ng::INITIATOR),
            initiator_span: node.iri(ng::INITIATOR_SPAN),
            attendance: node.iris(ng::HAS_ATTENDANCE),
            evidence: node.iris(ng::EVIDENCE),
        })
    }
}

/// How many of a kind took part in a meeting, as one article says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttendanceRecord {
    /// The words, verbatim.
    pub label: String,
    pub counted: String,
    /// The fewest it can mean, inclusive.
    pub least: u32,
    /// The most it can mean, inclusive; `None` where no number bounds it.
    pub most: Option<u32>,
    /// Where the words stand.
    pub span: NamedNode,
}

impl AttendanceRecord {
    /// `None`: the node is no attendance.
    pub fn read(node: &Node) -> Option<Self> {
        node.is_a(ng::ATTENDANCE).then_some(())?;
        Some(Self {
            label: node.text(rdfs::LABEL)?,
            counted: node.text(ng::COUNTED)?,
            least: node.text(ng::AT_LEAST)?.parse().ok()?,
            most: node.text(ng::AT_MOST).and_then(|n| n.parse().ok()),
            span: node.iri(oa::HAS_SELECTOR)?,
        })
    }
}

/// A statement of one article.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementRecord {
    pub node: NamedNode,
    pub label: String,
    pub kind: StatementKind,
    pub speaker: Option<NamedNode>,
    pub speaker_text: Option<String>,
    pub text: String,
    /// Where the words stand; in no particular order.
    pub content: Vec<NamedNode>,
    pub cue: Option<String>,
    pub addressee: Option<NamedNode>,
    pub addressee_text: Option<String>,
    pub medium: Option<String>,
    pub via: Option<NamedNode>,
    pub via_text: Option<String>,
    pub mentions: Vec<NamedNode>,
    pub evidence: Vec<NamedNode>,
}

impl StatementRecord {
    /// `None`: the node is no statement.
    pub fn read(node: &Node) -> Option<Self> {
        node.is_a(ng::STATEMENT).then_some(())?;
        Some(Self {
            node: node.iri.clone(),
            label: node.text(rdfs::LABEL)?,
            kind: named(StatementKind::ALL, StatementKind::name, node.text(ng::KIND))?,
            speaker: node.iri(ng::SPEAKER),
            speaker_text: node.text(ng::SPEAKER_TEXT),
            text: node.text(schema::TEXT)?,
            content: node.iris(ng::CONTENT_SPAN),
            cue: node.text(ng::CUE),
            addressee: node.iri(ng::ADDRESSEE),
            addressee_text: node.text(ng::ADDRESSEE_TEXT),
            medium: node.text(ng::MEDIUM),
            via: node.iri(ng::VIA),
            via_text: node.text(ng::VIA_TEXT),
            mentions: node.iris(schema::MENTIONS),
            evidence: node.iris(ng::EVIDENCE),
        })
    }
}

/// A stretch of an article's text, in code points, end exclusive.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SpanRecord {
    pub start: usize,
    pub end: usize,
    /// The words, verbatim.
    pub words: String,
}

impl SpanRecord {
    /// `None`: the node is no selector.
    pub fn read(node: &Node) -> Option<Self> {
        let number = |predicate| node.text(predicate)?.parse().ok();
        Some(Self {
            start: number(oa::START)?,
            end: number(oa::END)?,
            words: node.text(oa::EXACT)?,
        })
    }
}

/// The text just before and just after a fact's words, verbatim and cut anywhere: at most
/// [`CONTEXT`](super::CONTEXT) code points each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    pub before: String,
    pub after: String,
}

impl Context {
    /// Empty where the selector keeps none.
    fn read(selector: &Node) -> Self {
        Self {
            before: selector.text(oa::PREFIX).unwrap_or_default(),
            after: selector.text(oa::SUFFIX).unwrap_or_default(),
        }
    }
}

/// Where an article says a fact.
#[derive(Clone, Debug, PartialEq)]
pub struct MentionRecord {
    pub span: SpanRecord,
    pub context: Context,
    pub confidence: Confidence,
    pub rule: String,
}

impl MentionRecord {
    /// `None`: the node is no mention, or the other no selector.
    pub fn read(node: &Node, selector: &Node) -> Option<Self> {
        Some(Self {
            span: SpanRecord::read(selector)?,
            context: Context::read(selector),
            confidence: confidence(node)?,
            rule: node.text(ng::RULE)?,
        })
    }

    /// Reads the mention `iri` of `article` with its selector. `Ok(None)`: it is none.
    pub fn find<S: Source>(
        source: &S,
        iri: &NamedNode,
        article: &NamedNode,
    ) -> Result<Option<Self>, S::Error> {
        let graph = GraphNameRef::from(article.as_ref());
        let node = source.node(iri, graph)?;
        let Some(selector) = node.iri(oa::HAS_SELECTOR) else {
            return Ok(None);
        };
        let selector = source.node(&selector, graph)?;
        Ok(Self::read(&node, &selector))
    }
}

/// The `ng:confidence` of a node.
pub fn confidence(node: &Node) -> Option<Confidence> {
    node.text(ng::CONFIDENCE)?.parse().ok().map(Confidence::new)
}

/// The canonical thing that something in an article stands for, if the default graph has one.
pub fn canonical<S: Source>(source: &S, local: &NamedNode) -> Result<Option<NamedNode>, S::Error> {
    let node = source.node(local, GraphNameRef::DefaultGraph)?;
    Ok(node
        .iri(prov::SPECIALIZATION_OF)
        .or_else(|| node.iri(ng::EXPRESSES)))
}
