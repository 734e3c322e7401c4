//! What canonical things are called outside: links that were found by comparing them with other
//! people's tables, kept in a graph of their own, and put into the default graph beside the thing.
//!
//! A link names a canonical entity by IRI; an IRI that the entity has under another of its names
//! (`owl:sameAs`) names it too, so that a link follows an entity that becomes part of another.
//! What vanishes takes its links along. Two links of one source to different things, which only
//! a merge can bring together, say that one is wrong: neither is said.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphName, GraphNameRef, Literal, NamedNode, Quad};

use super::update::Update;
use crate::fact::Confidence;
use crate::graph::record::{Node, Source, confidence};
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
}

impl Link {
    /// The quads that say it, in the graph of links or in the default graph.
    pub fn quads(&self, base: &Base, graph: &GraphName) -> Vec<Quad> {
        let subject = base.link(&self.source, &self.entity);
        let text = Literal::new_simple_literal;
        let quad = |predicate, object: oxigraph::model::Term| {
            Quad::new(subject.clone(), predicate, object, graph.clone())
        };
        vec![
            quad(rdf::TYPE, ng::LINK.into_owned().into()),
            quad(ng::LINKS, self.entity.clone().into()),
            quad(ng::LINKED_TO, self.target.clone().into()),
            quad(ng::LINK_SOURCE, text(&self.source).into()),
            quad(ng::CONFIDENCE, decimal(self.confidence.get()).into()),
            quad(ng::REASON, text(&self.reason).into()),
        ]
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
    /// The links that were found for an entity under any of the IRIs that it goes by.
    pub(super) fn found_links(
        &self,
        canonical: &NamedNode,
        names: &BTreeSet<NamedNode>,
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
        let mut links = Vec::new();
        for mut found in by_source.into_values() {
            let targets: BTreeSet<&NamedNode> = found.iter().map(|link| &link.target).collect();
            if targets.len() > 1 {
                continue;
            }
            found.sort_by(|a, b| {
                let (a_sure, b_sure) = (a.confidence.get(), b.confidence.get());
                b_sure.total_cmp(&a_sure).then_with(|| a.reason.cmp(&b.reason))
            });
            links.extend(found.into_iter().next().map(|link| Link {
                entity: canonical.clone(),
                ..link
            }));
        }
        Ok(links)
    }
}
