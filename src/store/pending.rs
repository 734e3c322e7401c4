//! Quads that a change inserts, before they are written: found by subject, object or graph.

use std::hash::{Hash, Hasher};

use oxigraph::model::{
    GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, TermRef,
};
use rustc_hash::{FxHashMap as HashMap, FxHasher};

/// Quads in the order in which they came.
#[derive(Default)]
pub(super) struct Pending {
    /// `None`: taken out again.
    quads: Vec<Option<Quad>>,
    /// Places in `quads` by the hash of a part; what has the hash is compared.
    by_subject: HashMap<u64, Vec<u32>>,
    by_object: HashMap<u64, Vec<u32>>,
    by_graph: HashMap<u64, Vec<u32>>,
    count: usize,
}

fn hash(part: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    part.hash(&mut hasher);
    hasher.finish()
}

impl Pending {
    pub const fn len(&self) -> usize {
        self.count
    }

    pub fn insert(&mut self, quad: Quad) {
        let Ok(at) = u32::try_from(self.quads.len()) else {
            unreachable!("a batch has a million quads at most");
        };
        if let NamedOrBlankNode::NamedNode(subject) = &quad.subject {
            let places = self.by_subject.entry(hash(subject.as_str()));
            places.or_default().push(at);
        }
        let places = self.by_object.entry(hash(quad.object.as_ref()));
        places.or_default().push(at);
        let places = self.by_graph.entry(hash(quad.graph_name.as_ref()));
        places.or_default().push(at);
        self.quads.push(Some(quad));
        self.count += 1;
    }

    /// Takes a quad out. `false`: it was not here.
    pub fn remove(&mut self, quad: &Quad) -> bool {
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else {
            return false;
        };
        let places = self.by_subject.get(&hash(subject.as_str()));
        let at = places
            .into_iter()
            .flatten()
            .find(|&&at| self.quads[at as usize].as_ref() == Some(quad));
        let Some(&at) = at else {
            return false;
        };
        self.quads[at as usize] = None;
        self.count -= 1;
        true
    }

    pub fn has_graph(&self, graph: &NamedNode) -> bool {
        let graph = GraphNameRef::from(graph.as_ref());
        self.find(None, None, None, Some(graph)).next().is_some()
    }

    /// The quads that match; `None` matches everything.
    pub fn find<'a>(
        &'a self,
        subject: Option<&NamedNode>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: Option<GraphNameRef<'_>>,
    ) -> impl Iterator<Item = &'a Quad> + use<'a> {
        const NONE: &[u32] = &[];
        let places = match (subject, object, graph) {
            (Some(subject), ..) => Some(self.by_subject.get(&hash(subject.as_str()))),
            (_, Some(object), _) => Some(self.by_object.get(&hash(object))),
            (_, _, Some(graph)) => Some(self.by_graph.get(&hash(graph))),
            _ => None,
        };
        let every = match places {
            Some(_) => &[],
            None => self.quads.as_slice(),
        };
        let few = places.flatten().map_or(NONE, Vec::as_slice);
        let few = few.iter().map(|&at| &self.quads[at as usize]);
        let subject = subject.cloned().map(NamedOrBlankNode::NamedNode);
        let predicate = predicate.map(NamedNodeRef::into_owned);
        let object = object.map(TermRef::into_owned);
        let graph = graph.map(GraphNameRef::into_owned);
        few.chain(every).flatten().filter(move |quad| {
            subject.as_ref().is_none_or(|s| quad.subject == *s)
                && predicate.as_ref().is_none_or(|p| quad.predicate == *p)
                && object.as_ref().is_none_or(|o| quad.object == *o)
                && graph
                    .as_ref()
                    .is_none_or(|g: &GraphName| quad.graph_name == *g)
        })
    }

    /// All quads.
    pub fn into_quads(self) -> impl Iterator<Item = Quad> {
        self.quads.into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quad(subject: &str, object: &str, graph: &str) -> Quad {
        let node = |name: &str| NamedNode::new_unchecked(format!("https://example.org/{name}"));
        Quad::new(node(subject), node("p"), node(object), node(graph))
    }

    #[test]
    fn what_was_put_in_is_found_by_each_part_until_it_is_taken_out() {
        let mut pending = Pending::default();
        let quads = [
            quad("a", "b", "g"),
            quad("a", "c", "h"),
            quad("d", "b", "h"),
        ];
        quads.iter().for_each(|quad| pending.insert(quad.clone()));
        let node = |name: &str| NamedNode::new_unchecked(format!("https://example.org/{name}"));
        let (a, b, h) = (node("a"), node("b"), node("h"));
        let by = |pending: &Pending,
                  s: Option<&NamedNode>,
                  o: Option<&NamedNode>,
                  g: Option<&NamedNode>| {
            let object = o.map(|o| o.as_ref().into());
            let graph = g.map(|g| g.as_ref().into());
            pending
                .find(s, None, object, graph)
                .cloned()
                .collect::<Vec<_>>()
        };
        assert_eq!(
            by(&pending, Some(&a), None, None),
            [quads[0].clone(), quads[1].clone()]
        );
        assert_eq!(
            by(&pending, None, Some(&b), None),
            [quads[0].clone(), quads[2].clone()]
        );
        assert_eq!(by(&pending, Some(&a), None, Some(&h)), [quads[1].clone()]);
        assert_eq!(by(&pending, None, None, None), quads);
        assert!(pending.remove(&quads[1]) && !pending.remove(&quads[1]));
        assert_eq!(by(&pending, None, None, Some(&h)), [quads[2].clone()]);
        assert_eq!(pending.len(), 2);
    }
}
