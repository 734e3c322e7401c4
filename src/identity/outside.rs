//! What canonical things are called outside: links that were found by comparing them with other
//! people's tables, kept in a graph of their own, and put into the default graph beside the thing.
//!
//! A link names a canonical entity by IRI; an IRI that the entity has under another of its names
//! (`owl:sameAs`) names it too, so that a link follows an entity that becomes part of another. Where
//! namesakes part, the IRI may stay with another of them: what has lost the countries that it had is
//! not what was linked.
//! What vanishes takes its links along. Two links of one source to different things, which only
//! a merge can bring together, say that one is wrong: neither is said.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphName, GraphNameRef, Literal, NamedNode, Quad};

use super::update::Update;
use crate::fact::Confidence;
use crate::graph::record::{EntityRecord, Node, Source, confidence};
use crate::graph::vocab::{ng, rdf};
use crate::graph::{Base, decimal};

/// That a canonical entity is what somebody else names by another IRI.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The canonical entity.
    pub entity: NamedNode,
    /// The IRI elsewhere.
    pub target: NamedNode,
    /// Whose table or service says so: `people.csv`, `geonames`.
    pub source: String,
    pub confidence: Confidence,
    /// What speaks for it, in words.
    pub reason: String,
    /// Countries of the entity when the link was kept. One that has lost them all is another of
    /// the name. Empty: none was known.
    pub countries: BTreeSet<NamedNode>,
}

impl Link {
    /// The quads that say it, in the graph of links or in the default graph.
    pub fn quads(&self, base: &Base, graph: &GraphName) -> Vec<Quad> {
        let subject = base.link(&self.source, &self.entity);
        let text = Literal::new_simple_literal;
        let quad = |predicate, object: oxigraph::model::Term| {
            Quad::new(subject.clone(), predicate, object, graph.clone())
        };
        let mut quads = vec![
            quad(rdf::TYPE, ng::LINK.into_owned().into()),
            quad(ng::LINKS, self.entity.clone().into()),
            quad(ng::LINKED_TO, self.target.clone().into()),
            quad(ng::LINK_SOURCE, text(&self.source).into()),
            quad(ng::CONFIDENCE, decimal(self.confidence.get()).into()),
            quad(ng::REASON, text(&self.reason).into()),
        ];
        let countries = self.countries.iter();
        quads.extend(countries.map(|country| quad(ng::COUNTRY, country.clone().into())));
        quads
    }

    /// Whether an entity with these countries may be the one that it was found for.
    fn is_of(&self, countries: &BTreeSet<NamedNode>) -> bool {
        self.countries.is_empty() || !self.countries.is_disjoint(countries)
    }

    /// `None`: the node is no link.
    pub fn read(node: &Node) -> Option<Self> {
        node.is_a(ng::LINK).then_some(())?;
        Some(Self {
            entity: node.iri(ng::LINKS)?,
            target: node.iri(ng::LINKED_TO)?,
            source: node.text(ng::LINK_SOURCE)?,
            confidence: confidence(node)?,
            reason: node.text(ng::REASON)?,
            countries: node.iris(ng::COUNTRY).into_iter().collect(),
        })
    }

    /// All links that a graph of `source` keeps, ordered by their own IRI.
    pub fn all<S: Source>(source: &S, graph: GraphNameRef<'_>) -> Result<Vec<Self>, S::Error> {
        let mut links = Vec::new();
        for node in source
            .subjects(Some(rdf::TYPE), ng::LINK.into(), Some(graph))?
            .iter()
        {
            links.extend(Self::read(source.node(node, graph)?.as_ref()));
        }
        Ok(links)
    }

    /// The links of one entity that a graph of `source` keeps, ordered by their own IRI.
    pub fn of<S: Source>(
        source: &S,
        entity: &NamedNode,
        graph: GraphNameRef<'_>,
    ) -> Result<Vec<Self>, S::Error> {
        let mut links = Vec::new();
        for node in source
            .subjects(Some(ng::LINKS), entity.as_ref().into(), Some(graph))?
            .iter()
        {
            links.extend(Self::read(source.node(node, graph)?.as_ref()));
        }
        Ok(links)
    }
}

impl<S: Source> Update<'_, S> {
    /// The links that were found for an entity under any of the IRIs that it goes by, if it still
    /// has a country that it had then.
    pub(super) fn found_links(
        &mut self,
        canonical: &NamedNode,
        names: &BTreeSet<NamedNode>,
        members: &[EntityRecord],
    ) -> Result<Vec<Link>, S::Error> {
        if !self.has_links {
            return Ok(Vec::new());
        }
        let graph = self.base.links();
        let graph = GraphNameRef::from(graph.as_ref());
        let mut by_source: BTreeMap<String, Vec<Link>> = BTreeMap::new();
        for name in std::iter::once(canonical).chain(names) {
            for link in Link::of(self.source, name, graph)? {
                by_source.entry(link.source.clone()).or_default().push(link);
            }
        }
        if by_source.is_empty() {
            return Ok(Vec::new());
        }
        let mut countries = BTreeSet::new();
        for member in members {
            let known = self.features(member)?.countries;
            countries.extend(known.into_iter().map(|code| self.base.country(code)));
        }
        for found in by_source.values_mut() {
            // Our own IRIs are no names elsewhere.
            let base = self.base.as_str();
            found.retain(|link| !link.target.as_str().starts_with(base) && link.is_of(&countries));
        }
        let mut links = Vec::new();
        for mut found in by_source.into_values() {
            let targets: BTreeSet<&NamedNode> = found.iter().map(|link| &link.target).collect();
            if targets.len() > 1 {
                continue;
            }
            found.sort_by(|a, b| {
                let (a_sure, b_sure) = (a.confidence.get(), b.confidence.get());
                b_sure
                    .total_cmp(&a_sure)
                    .then_with(|| a.reason.cmp(&b.reason))
            });
            links.extend(found.into_iter().next().map(|link| Link {
                entity: canonical.clone(),
                countries: BTreeSet::new(),
                ..link
            }));
        }
        Ok(links)
    }
}
