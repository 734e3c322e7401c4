//! What later articles split: one entity as long as they were not there, several since. Must not know
//! how it is decided who is one.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphNameRef, NamedNode};
use oxigraph::store::StorageError;

use super::{LoadReport, Store, StoreError};
use crate::graph::article_of;
use crate::graph::record::{Source, canonical};
use crate::graph::vocab::{ng, org, prov, rdfs, schema};

/// An entity that is several now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// The IRI that it had; one of `into` may have it still.
    pub of: NamedNode,
    /// Two or more, ordered by IRI.
    pub into: Vec<SplitPart>,
}

/// One of those that were taken for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitPart {
    pub entity: NamedNode,
    pub name: String,
    /// What tells it from the others: offices, else countries.
    pub told: Vec<String>,
    /// Ids of the articles that speak of it, in order.
    pub articles: Vec<String>,
}

impl Split {
    /// Why they are not one, in a sentence.
    pub fn reason(&self) -> &'static str {
        let known = self.into.iter().filter(|part| !part.told.is_empty());
        match known.count() {
            0 | 1 => "the name alone fits several now",
            _ => "what is said of them contradicts each other",
        }
    }
}

impl Store {
    /// The entities that were one before what `report` tells of was loaded, and are several now;
    /// ordered by IRI. `loaded`: the articles loaded since, which do not count: that only they mean
    /// another splits nothing.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn splits(
        &self,
        report: &LoadReport,
        loaded: &BTreeSet<NamedNode>,
    ) -> Result<Vec<Split>, StoreError> {
        let mut before: BTreeMap<&NamedNode, BTreeSet<NamedNode>> = BTreeMap::new();
        for (local, was) in &report.moved {
            before.entry(was).or_default().insert(local.clone());
        }
        let mut splits = Vec::new();
        for (of, mut locals) in before {
            let stayed = self.quads.subjects(
                Some(prov::SPECIALIZATION_OF),
                of.as_ref().into(),
                Some(GraphNameRef::DefaultGraph),
            )?;
            let was_here = |local: &&NamedNode| !report.moved.contains_key(*local);
            locals.extend(stayed.iter().filter(was_here).cloned());
            let mut parts = BTreeSet::new();
            for local in locals {
                if !loaded.contains(&article_of(&local)) {
                    parts.extend(canonical(&self.quads, &local)?);
                }
            }
            if parts.len() > 1 {
                let into = parts.into_iter().map(|part| self.part(part));
                let into = into.collect::<Result<_, _>>()?;
                let of = of.clone();
                splits.push(Split { of, into });
            }
        }
        Ok(splits)
    }

    fn part(&self, entity: NamedNode) -> Result<SplitPart, StorageError> {
        let default = GraphNameRef::DefaultGraph;
        let node = self.quads.node(&entity, default)?;
        let mut told = Vec::new();
        let held = self
            .quads
            .subjects(Some(org::MEMBER), entity.as_ref().into(), Some(default))?;
        for role in held.iter() {
            // "Ida Lund: mayor of Denmark"
            let label = self.quads.node(role, default)?.text(rdfs::LABEL);
            told.extend(label.and_then(|label| Some(label.split_once(": ")?.1.to_owned())));
        }
        if told.is_empty() {
            for country in node.iris(ng::COUNTRY) {
                told.extend(self.quads.node(&country, default)?.text(rdfs::LABEL));
            }
        }
        told.sort();
        let mut articles = Vec::new();
        for article in node.iris(ng::REPORTED_IN) {
            articles.extend(self.quads.node(&article, default)?.text(schema::IDENTIFIER));
        }
        articles.sort();
        let name = node.text(rdfs::LABEL).unwrap_or_default();
        Ok(SplitPart {
            entity,
            name,
            told,
            articles,
        })
    }
}
