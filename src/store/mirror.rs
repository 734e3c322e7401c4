//! What changes have read of the store, kept from one transaction to the next: a thing that many
//! articles share is described anew with each batch, and reading all of it from disk each time
//! would make the cost of a build grow with the square of its articles.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use oxigraph::model::{
    GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, TermRef,
};
use oxigraph::store::{StorageError, Transaction};

use crate::graph::record::{Matches, Node, Source};

/// Quads and subjects kept before all is forgotten: some hundred megabytes.
const CAPACITY: usize = 1_500_000;

/// Subjects that have an object as the value of a predicate.
type Subjects = HashMap<(NamedNode, Term), Arc<BTreeSet<NamedNode>>>;

/// A part of the store in memory; what is in it is what is in the store.
#[derive(Default)]
pub(super) struct Mirror {
    nodes: HashMap<GraphName, HashMap<NamedNode, Arc<Node>>>,
    /// By graph; `None`: in any graph.
    subjects: HashMap<Option<GraphName>, Subjects>,
    size: usize,
}

impl Mirror {
    fn insert(&mut self, quad: &Quad) {
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else {
            return;
        };
        let nodes = self.nodes.get_mut(&quad.graph_name);
        if let Some(node) = nodes.and_then(|nodes| nodes.get_mut(subject)) {
            Arc::make_mut(node).push(quad.clone());
            self.size += 1;
        }
        let key = (quad.predicate.clone(), quad.object.clone());
        for graph in [Some(quad.graph_name.clone()), None] {
            let subjects = self.subjects.get_mut(&graph);
            if let Some(subjects) = subjects.and_then(|subjects| subjects.get_mut(&key)) {
                Arc::make_mut(subjects).insert(subject.clone());
                self.size += 1;
            }
        }
    }

    fn remove(&mut self, quad: &Quad) {
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else {
            return;
        };
        let nodes = self.nodes.get_mut(&quad.graph_name);
        if let Some(node) = nodes.and_then(|nodes| nodes.get_mut(subject)) {
            Arc::make_mut(node).remove(quad);
        }
        let key = (quad.predicate.clone(), quad.object.clone());
        let subjects = self.subjects.get_mut(&Some(quad.graph_name.clone()));
        if let Some(subjects) = subjects.and_then(|subjects| subjects.get_mut(&key)) {
            Arc::make_mut(subjects).remove(subject);
        }
        // Another graph may say the same.
        if let Some(subjects) = self.subjects.get_mut(&None) {
            subjects.remove(&key);
        }
    }
}

/// A transaction with what was read before.
pub(super) struct Changes<'a> {
    transaction: Transaction<'a>,
    mirror: std::cell::RefCell<Mirror>,
}

impl<'a> Changes<'a> {
    pub fn new(transaction: Transaction<'a>, mirror: Mirror) -> Self {
        Self {
            transaction,
            mirror: mirror.into(),
        }
    }

    pub fn insert(&mut self, quad: &Quad) {
        self.mirror.get_mut().insert(quad);
        self.transaction.insert(quad);
    }

    pub fn remove(&mut self, quad: &Quad) {
        self.mirror.get_mut().remove(quad);
        self.transaction.remove(quad);
    }

    pub fn has_graph(&self, graph: &NamedNode) -> Result<bool, StorageError> {
        self.transaction.contains_named_graph(graph.as_ref())
    }

    /// Inserts a graph that is not there yet; `quads` is all of it.
    pub fn insert_graph(&mut self, quads: &[Quad]) {
        let mirror = self.mirror.get_mut();
        for quad in quads {
            let NamedOrBlankNode::NamedNode(subject) = &quad.subject else {
                continue;
            };
            let nodes = mirror.nodes.entry(quad.graph_name.clone()).or_default();
            if !nodes.contains_key(subject) {
                nodes.insert(subject.clone(), Arc::new(Node::new(subject.clone())));
            }
        }
        quads.iter().for_each(|quad| self.insert(quad));
    }

    /// Removes a graph, named or the default one.
    pub fn remove_graph(&mut self, graph: GraphNameRef<'_>) -> Result<(), StorageError> {
        let quads = self
            .transaction
            .quads_for_pattern(None, None, None, Some(graph));
        let quads = quads.collect::<Result<Vec<_>, _>>()?;
        quads.iter().for_each(|quad| self.remove(quad));
        let mirror = self.mirror.get_mut();
        mirror.nodes.remove(&graph.into_owned());
        mirror.subjects.remove(&Some(graph.into_owned()));
        if let GraphNameRef::NamedNode(graph) = graph {
            self.transaction.remove_named_graph(graph)?;
        }
        Ok(())
    }

    /// Commits; what was read stays for the next transaction.
    pub fn commit(self) -> Result<Mirror, StorageError> {
        self.transaction.commit()?;
        let mirror = self.mirror.into_inner();
        Ok(if mirror.size > CAPACITY {
            Mirror::default()
        } else {
            mirror
        })
    }

    /// Ends a transaction in which nothing was changed.
    pub fn into_mirror(self) -> Mirror {
        self.mirror.into_inner()
    }
}

impl Source for Changes<'_> {
    type Error = StorageError;

    fn quads(
        &self,
        subject: Option<&NamedNode>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: Option<GraphNameRef<'_>>,
    ) -> Matches<'_, StorageError> {
        self.transaction.quads(subject, predicate, object, graph)
    }

    fn node(
        &self,
        subject: &NamedNode,
        graph: GraphNameRef<'_>,
    ) -> Result<Arc<Node>, StorageError> {
        let graph_name = graph.into_owned();
        if let Some(node) = self
            .mirror
            .borrow()
            .nodes
            .get(&graph_name)
            .and_then(|n| n.get(subject))
        {
            return Ok(Arc::clone(node));
        }
        let node = self.transaction.node(subject, graph)?;
        let mut mirror = self.mirror.borrow_mut();
        mirror.size += 1 + node.iter().count();
        mirror
            .nodes
            .entry(graph_name)
            .or_default()
            .insert(subject.clone(), Arc::clone(&node));
        Ok(node)
    }

    fn subjects(
        &self,
        predicate: Option<NamedNodeRef<'_>>,
        object: TermRef<'_>,
        graph: Option<GraphNameRef<'_>>,
    ) -> Result<Arc<BTreeSet<NamedNode>>, StorageError> {
        let Some(property) = predicate else {
            return self.transaction.subjects(None, object, graph);
        };
        let graph_name = graph.map(GraphNameRef::into_owned);
        let key = (property.into_owned(), object.into_owned());
        if let Some(found) = self
            .mirror
            .borrow()
            .subjects
            .get(&graph_name)
            .and_then(|s| s.get(&key))
        {
            return Ok(Arc::clone(found));
        }
        let subjects = self.transaction.subjects(predicate, object, graph)?;
        let mut mirror = self.mirror.borrow_mut();
        mirror.size += 1 + subjects.len();
        mirror
            .subjects
            .entry(graph_name)
            .or_default()
            .insert(key, Arc::clone(&subjects));
        Ok(subjects)
    }
}
