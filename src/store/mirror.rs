//! A change of the store under way, and what changes have read of it, kept from one transaction to the next: a thing that many
//! articles share is described anew with each batch, and reading all of it from disk each time
//! would make the cost of a build grow with the square of its articles.

use std::collections::BTreeSet;
use std::sync::Arc;

use oxigraph::model::{
    GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, TermRef,
};
use oxigraph::store::{StorageError, Store};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::pending::Pending;

use crate::graph::record::{Matches, Node, Source, look_up_node, look_up_subjects};

/// Quads and subjects kept before all is forgotten: about a gigabyte. To read them again costs more than they do.
const CAPACITY: usize = 3_000_000;
/// Quads from which on a change is loaded in bulk.
const LARGE: usize = 20_000;

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

/// A change under way: the store as it was, what is put in and taken out, and what was read before.
pub(super) struct Changes<'a> {
    store: &'a Store,
    pending: Pending,
    removed: HashSet<Quad>,
    /// Named graphs that are gone, even if they come back with other quads.
    removed_graphs: BTreeSet<NamedNode>,
    /// Named graphs that are all in `pending`: no need to look for them on disk.
    inserted_graphs: HashSet<String>,
    mirror: std::cell::RefCell<Mirror>,
}

impl<'a> Changes<'a> {
    pub fn new(store: &'a Store, mirror: Mirror) -> Self {
        Self {
            store,
            pending: Pending::default(),
            removed: HashSet::default(),
            removed_graphs: BTreeSet::new(),
            inserted_graphs: HashSet::default(),
            mirror: mirror.into(),
        }
    }

    pub fn insert(&mut self, quad: &Quad) {
        self.mirror.get_mut().insert(quad);
        let is_back = !self.is_removed(quad.graph_name.as_ref()) && self.removed.remove(quad);
        if !is_back {
            self.pending.insert(quad.clone());
        }
    }

    pub fn remove(&mut self, quad: &Quad) {
        self.mirror.get_mut().remove(quad);
        if !self.pending.remove(quad) {
            self.removed.insert(quad.clone());
        }
    }

    pub fn has_graph(&self, graph: &NamedNode) -> Result<bool, StorageError> {
        let is_kept = !self.removed_graphs.contains(graph);
        Ok(self.pending.has_graph(graph)
            || is_kept && self.store.contains_named_graph(graph.as_ref())?)
    }

    fn is_removed(&self, graph: GraphNameRef<'_>) -> bool {
        match graph {
            GraphNameRef::NamedNode(graph) => self.removed_graphs.iter().any(|g| *g == graph),
            _ => false,
        }
    }

    /// Inserts a named graph that is not there yet; `quads` is all of it.
    pub fn insert_graph(&mut self, graph: &NamedNode, quads: &[Quad]) {
        self.inserted_graphs.insert(graph.as_str().to_owned());
        quads.iter().for_each(|quad| self.insert(quad));
    }

    /// Removes a graph, named or the default one.
    pub fn remove_graph(&mut self, graph: GraphNameRef<'_>) -> Result<(), StorageError> {
        let quads = self.quads(None, None, None, Some(graph));
        let quads = quads.collect::<Result<Vec<_>, _>>()?;
        quads.iter().for_each(|quad| self.remove(quad));
        let mirror = self.mirror.get_mut();
        mirror.nodes.remove(&graph.into_owned());
        mirror.subjects.remove(&Some(graph.into_owned()));
        if let GraphNameRef::NamedNode(graph) = graph {
            self.inserted_graphs.remove(graph.as_str());
            self.removed_graphs.insert(graph.into_owned());
        }
        Ok(())
    }

    /// Commits; what was read stays for the next change. `redo` names the graph that keeps, from
    /// one step of a large change to the next, what is still to be removed.
    pub fn commit(self, redo: &NamedNode) -> Result<Mirror, StorageError> {
        let is_large = self.pending.len() >= LARGE;
        self.commit_as(redo, is_large)
    }

    fn commit_as(self, redo: &NamedNode, is_large: bool) -> Result<Mirror, StorageError> {
        // Loading in bulk only adds; what goes has to be of the default graph.
        let is_bulk = is_large && self.removed_graphs.is_empty();
        let is_default = |quad: &Quad| quad.graph_name == GraphName::DefaultGraph;
        if is_bulk && self.removed.iter().all(is_default) {
            load_in_bulk(self.store, self.pending, &self.removed, redo)?;
        } else {
            let mut transaction = self.store.start_transaction()?;
            self.removed
                .iter()
                .for_each(|quad| transaction.remove(quad));
            for graph in &self.removed_graphs {
                transaction.remove_named_graph(graph)?;
            }
            self.pending
                .into_quads()
                .for_each(|quad| transaction.insert(&quad));
            transaction.commit()?;
        }
        let mirror = self.mirror.into_inner();
        Ok(if mirror.size > CAPACITY {
            Mirror::default()
        } else {
            mirror
        })
    }

    /// Ends a change in which nothing was changed.
    pub fn into_mirror(self) -> Mirror {
        self.mirror.into_inner()
    }
}

/// Adds quads by files that the database takes in as a whole, several times faster than a
/// transaction. What is to go stands in the graph `redo` among them, so that a process that dies
/// before it is gone leaves word of it ([`finish`]).
fn load_in_bulk(
    store: &Store,
    pending: Pending,
    removed: &HashSet<Quad>,
    redo: &NamedNode,
) -> Result<(), StorageError> {
    let stale = removed.iter().map(|quad| Quad {
        graph_name: redo.clone().into(),
        ..quad.clone()
    });
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    // The loader takes a thousandth of the megabytes for a quad and shares them among its threads.
    let megabytes = (pending.len() + removed.len()) / 1000 + threads;
    let mut loader = store
        .bulk_loader()
        .with_num_threads(threads)
        .with_max_memory_size_in_megabytes(megabytes);
    loader.load_quads(stale.chain(pending.into_quads()))?;
    loader.commit()?;
    if removed.is_empty() {
        return Ok(());
    }
    finish(store, redo)
}

/// Removes from the default graph what the graph `redo` names, and that graph.
pub(super) fn finish(store: &Store, redo: &NamedNode) -> Result<(), StorageError> {
    let graph = Some(GraphNameRef::from(redo.as_ref()));
    let stale = store.quads_for_pattern(None, None, None, graph);
    let stale = stale.collect::<Result<Vec<_>, _>>()?;
    let mut transaction = store.start_transaction()?;
    for quad in stale {
        let graph_name = GraphName::DefaultGraph;
        transaction.remove(&Quad { graph_name, ..quad });
    }
    transaction.remove_named_graph(redo)?;
    transaction.commit()
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
        let added = self.pending.find(subject, predicate, object, graph);
        if let Some(GraphNameRef::NamedNode(graph)) = graph
            && self.inserted_graphs.contains(graph.as_str())
        {
            return Box::new(added.cloned().map(Ok));
        }
        let subject = subject.map(|subject| subject.as_ref().into());
        let known = self
            .store
            .quads_for_pattern(subject, predicate, object, graph);
        let is_kept = |quad: &Result<Quad, StorageError>| match quad {
            Ok(quad) => !self.removed.contains(quad),
            Err(_) => true,
        };
        Box::new(known.filter(is_kept).chain(added.cloned().map(Ok)))
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
        let node = look_up_node(self, subject, graph)?;
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
            return look_up_subjects(self, None, object, graph);
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
        let subjects = look_up_subjects(self, predicate, object, graph)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn node(name: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("https://example.org/{name}"))
    }

    fn quad(subject: &str, object: &str, graph: impl Into<GraphName>) -> Quad {
        Quad::new(node(subject), node("p"), node(object), graph)
    }

    fn lines(store: &Store) -> BTreeSet<String> {
        store.iter().map(|quad| quad.unwrap().to_string()).collect()
    }

    fn store() -> Store {
        let store = Store::new().unwrap();
        store
            .insert(&quad("a", "b", GraphName::DefaultGraph))
            .unwrap();
        store
            .insert(&quad("a", "c", GraphName::DefaultGraph))
            .unwrap();
        store.insert(&quad("x", "y", node("old"))).unwrap();
        store
    }

    #[test]
    fn in_bulk_or_in_one_transaction_a_change_is_the_same() {
        let stores = [store(), store()];
        for (store, is_large) in stores.iter().zip([false, true]) {
            let mut changes = Changes::new(store, Mirror::default());
            changes.insert_graph(
                &node("new"),
                &[quad("m", "n", node("new")), quad("m", "o", node("new"))],
            );
            changes.remove(&quad("a", "b", GraphName::DefaultGraph));
            changes.remove(&quad("a", "c", GraphName::DefaultGraph));
            changes.insert(&quad("a", "c", GraphName::DefaultGraph));
            changes.insert(&quad("a", "d", GraphName::DefaultGraph));
            let seen = changes
                .node(&node("a"), GraphNameRef::DefaultGraph)
                .unwrap();
            assert_eq!(seen.iris(node("p").as_ref()).len(), 2);
            changes.commit_as(&node("redo"), is_large).unwrap();
        }
        assert_eq!(lines(&stores[0]), lines(&stores[1]));
        assert_eq!(stores[0].len().unwrap(), 5);
        assert!(!stores[1].contains_named_graph(&node("redo")).unwrap());
    }

    #[test]
    fn a_change_that_was_cut_off_is_finished() {
        let store = store();
        let redo = node("redo");
        store.insert(&quad("a", "b", redo.clone())).unwrap();
        finish(&store, &redo).unwrap();
        let left = [
            quad("a", "c", GraphName::DefaultGraph),
            quad("x", "y", node("old")),
        ];
        assert_eq!(lines(&store), left.iter().map(Quad::to_string).collect());
    }

    #[test]
    fn a_graph_may_go_and_come_back() {
        let store = store();
        let mut changes = Changes::new(&store, Mirror::default());
        changes
            .remove_graph(GraphNameRef::from(node("old").as_ref()))
            .unwrap();
        assert!(!changes.has_graph(&node("old")).unwrap());
        changes.insert_graph(
            &node("old"),
            &[quad("x", "y", node("old")), quad("x", "z", node("old"))],
        );
        assert!(changes.has_graph(&node("old")).unwrap());
        changes.commit_as(&node("redo"), true).unwrap();
        assert_eq!(store.len().unwrap(), 4);
    }
}
