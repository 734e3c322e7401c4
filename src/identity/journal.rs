//! Users' corrections: kept in a graph of their own, applied to what the rules found, taken back by
//! taking the correction out. They name things by IRI; an IRI that a thing has under another of its
//! names (`owl:sameAs`) names it too, so that corrections outlive a change of names.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use oxigraph::model::{GraphName, GraphNameRef, Literal, NamedNode, Quad};

use super::entity::Assignment;
use crate::fact::EntityKind;
use crate::graph::record::{Node, Source};
use crate::graph::vocab::{ng, rdf};
use crate::graph::{Base, article_of, digest, name_key};

/// Hexadecimal digits that tell what was split apart.
const DIGITS: usize = 8;

/// What a correction does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Two entities are one; it keeps the first one's IRI.
    Merge,
    /// The names of an entity are several entities; if it has one name only, its articles are.
    Split,
    /// A fact is not part of the default graph.
    Forget,
}

impl Action {
    pub const ALL: [Self; 3] = [Self::Merge, Self::Split, Self::Forget];

    /// The name that commands and RDF use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Merge => "merge",
            Self::Split => "split",
            Self::Forget => "forget",
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a correction says, whichever journal it stands in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Content {
    pub action: Action,
    /// The entity; or, for a fact, what stands for it in articles, sorted.
    pub of: Vec<NamedNode>,
    /// What it is merged with.
    pub with: Option<NamedNode>,
}

/// A correction as another journal has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Recorded {
    /// Its number there, if told.
    pub number: Option<usize>,
    pub content: Content,
}

/// One correction by a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Counts from 1, in the order in which they were made.
    pub number: usize,
    pub action: Action,
    /// The entity; or, for a fact, what stands for it in articles.
    pub of: Vec<NamedNode>,
    /// What it is merged with.
    pub with: Option<NamedNode>,
    /// Keys of the blocks that it touches.
    pub keys: BTreeSet<String>,
}

impl Correction {
    /// What it says, without number and keys.
    pub fn content(&self) -> Content {
        Content {
            action: self.action,
            of: self.of.clone(),
            with: self.with.clone(),
        }
    }

    /// The quads that keep it.
    pub fn quads(&self, base: &Base) -> Vec<Quad> {
        let subject = base.correction(self.number);
        let graph = GraphName::from(base.journal());
        let text = Literal::new_simple_literal;
        let mut quads = vec![
            Quad::new(subject.clone(), rdf::TYPE, ng::CORRECTION, graph.clone()),
            Quad::new(
                subject.clone(),
                ng::ACTION,
                text(self.action.name()),
                graph.clone(),
            ),
        ];
        for of in &self.of {
            quads.push(Quad::new(
                subject.clone(),
                ng::CORRECTS,
                of.clone(),
                graph.clone(),
            ));
        }
        if let Some(with) = &self.with {
            quads.push(Quad::new(
                subject.clone(),
                ng::MERGED_WITH,
                with.clone(),
                graph.clone(),
            ));
        }
        for key in &self.keys {
            quads.push(Quad::new(
                subject.clone(),
                ng::KEY,
                text(key),
                graph.clone(),
            ));
        }
        quads
    }

    fn read(node: &Node, base: &Base) -> Option<Self> {
        let name = node.text(ng::ACTION)?;
        Some(Self {
            number: base.correction_number(node.iri.as_str())?,
            action: Action::ALL
                .into_iter()
                .find(|action| action.name() == name)?,
            of: node.iris(ng::CORRECTS),
            with: node.iri(ng::MERGED_WITH),
            keys: node.texts(ng::KEY).into_iter().collect(),
        })
    }
}

/// All corrections, in the order in which they were made.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    pub corrections: Vec<Correction>,
}

impl Journal {
    /// The journal that is kept in `source`.
    pub fn read<S: Source>(source: &S, base: &Base) -> Result<Self, S::Error> {
        let graph = base.journal();
        let graph = GraphNameRef::from(graph.as_ref());
        let mut corrections = Vec::new();
        let all = source.subjects(Some(rdf::TYPE), ng::CORRECTION.into(), Some(graph))?;
        for node in all.iter() {
            corrections.extend(Correction::read(source.node(node, graph)?.as_ref(), base));
        }
        corrections.sort_by_key(|correction| correction.number);
        Ok(Self { corrections })
    }

    /// What stands for forgotten facts in articles.
    pub(super) fn forgotten(&self) -> BTreeSet<NamedNode> {
        let forgets = self
            .corrections
            .iter()
            .filter(|c| c.action == Action::Forget);
        forgets.flat_map(|c| c.of.iter().cloned()).collect()
    }

    /// The blocks that corrections join with this one, itself among them.
    pub(super) fn blocks(&self, key: &str) -> BTreeSet<String> {
        let mut keys = BTreeSet::from([key.to_owned()]);
        loop {
            let before = keys.len();
            for correction in &self.corrections {
                if correction.action != Action::Forget && !correction.keys.is_disjoint(&keys) {
                    keys.extend(correction.keys.iter().cloned());
                }
            }
            if keys.len() == before {
                return keys;
            }
        }
    }

    /// Applies the corrections to what the rules found. `names`: kind and name of each entity.
    pub(super) fn apply(
        &self,
        found: &mut Assignment,
        names: &BTreeMap<NamedNode, (EntityKind, String)>,
        base: &Base,
    ) {
        for correction in &self.corrections {
            let Some(of) = correction.of.first().and_then(|of| found.named(of)) else {
                continue;
            };
            match (correction.action, &correction.with) {
                (Action::Merge, Some(with)) => {
                    if let Some(with) = found.named(with).filter(|with| *with != of) {
                        found.merge(
                            &of,
                            &with,
                            &format!("correction {}: merged", correction.number),
                        );
                    }
                }
                (Action::Split, _) => split(found, &of, names, correction.number, base),
                _ => {}
            }
        }
    }
}

fn split(
    found: &mut Assignment,
    of: &NamedNode,
    names: &BTreeMap<NamedNode, (EntityKind, String)>,
    number: usize,
    base: &Base,
) {
    let members: Vec<NamedNode> = found
        .links
        .iter()
        .filter(|(_, (iri, _))| iri == of)
        .map(|(node, _)| node.clone())
        .collect();
    let forms: BTreeSet<String> = members
        .iter()
        .filter_map(|node| Some(name_key(&names.get(node)?.1)))
        .collect();
    found.same_as.insert(of.clone(), BTreeSet::new());
    let taken: BTreeSet<NamedNode> = found
        .same_as
        .keys()
        .filter(|iri| *iri != of)
        .cloned()
        .collect();
    for node in members {
        let Some((kind, name)) = names.get(&node) else {
            continue;
        };
        let key = name_key(name);
        let mut iri = base.entity(*kind, &key, None);
        if forms.len() == 1 {
            let own = digest(article_of(&node).as_str(), DIGITS);
            iri = base.entity(*kind, &key, Some(&own));
        } else if taken.contains(&iri) {
            iri = base.entity(*kind, &key, Some(&digest(of.as_str(), DIGITS)));
        }
        found.same_as.entry(iri.clone()).or_default();
        if iri != *of {
            let shared = found.split_from.entry(iri.clone()).or_default();
            shared.insert(of.clone());
        }
        found
            .links
            .insert(node, (iri, Some(format!("correction {number}: split"))));
    }
}
