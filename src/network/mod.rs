//! Owns the graph of entities and facts ([`Network`]): persons, bodies, countries, places and
//! meetings as nodes, what the articles say of them as edges, and the choice of a part of it to
//! look at. Must not know parsing text, or how it is drawn.

mod layout;
mod read;

pub use layout::{Point, Size, layout};

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use petgraph::graph::{Graph, NodeIndex};
use petgraph::visit::EdgeRef;

/// What a node stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeKind {
    Person,
    Organization,
    Country,
    Place,
    /// Unnamed people or bodies spoken of as one.
    Group,
    Meeting,
}

impl NodeKind {
    pub const ALL: &'static [NodeKind] = &[
        NodeKind::Person,
        NodeKind::Organization,
        NodeKind::Country,
        NodeKind::Place,
        NodeKind::Group,
        NodeKind::Meeting,
    ];

    /// The name in a legend.
    pub const fn name(self) -> &'static str {
        match self {
            NodeKind::Person => "person",
            NodeKind::Organization => "organisation",
            NodeKind::Country => "country",
            NodeKind::Place => "place",
            NodeKind::Group => "group",
            NodeKind::Meeting => "meeting",
        }
    }
}

/// Whether what a node or an edge stands for is so, as the articles speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reality {
    /// A meeting held, a role someone has.
    Actual,
    /// Planned, proposed, cancelled or denied; a role someone had or stands for.
    Other,
}

/// A thing that facts speak of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What tells it from all others: its IRI.
    pub id: String,
    pub kind: NodeKind,
    pub name: String,
    /// A second line: the date and status of a meeting.
    pub detail: Option<String>,
    pub reality: Reality,
}

/// What kind of fact an edge stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    /// A person to the body or country where they hold a role.
    Role,
    /// A party to the meeting that it takes part in.
    Participant,
    /// A meeting to its place.
    Location,
    /// A speaker to whom they speak to.
    Address,
    /// A speaker to what they speak of.
    Topic,
}

impl EdgeKind {
    pub const ALL: &'static [EdgeKind] = &[
        EdgeKind::Role,
        EdgeKind::Participant,
        EdgeKind::Location,
        EdgeKind::Address,
        EdgeKind::Topic,
    ];

    /// The name in a legend.
    pub const fn name(self) -> &'static str {
        match self {
            EdgeKind::Role => "role",
            EdgeKind::Participant => "took part",
            EdgeKind::Location => "where",
            EdgeKind::Address => "spoke to",
            EdgeKind::Topic => "spoke of",
        }
    }

    /// Whether the edge leads from its first node to its second, rather than tying both.
    pub const fn is_directed(self) -> bool {
        !matches!(self, EdgeKind::Participant)
    }
}

/// Facts of one kind between two nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    pub kind: EdgeKind,
    /// What it is called: the roles' names; empty where the kind says it all.
    pub labels: BTreeSet<String>,
    /// How many facts it stands for.
    pub facts: usize,
    pub reality: Reality,
}

impl Edge {
    /// The words to write at the edge, at most two labels long.
    pub fn text(&self) -> String {
        let shown: Vec<&str> = self.labels.iter().take(2).map(String::as_str).collect();
        let more = if self.labels.len() > 2 { ", …" } else { "" };
        let count = match (self.kind, self.facts) {
            (EdgeKind::Address | EdgeKind::Topic, n @ 2..) => format!(" ×{n}"),
            _ => String::new(),
        };
        let name = if shown.is_empty() {
            self.kind.name().to_owned()
        } else {
            shown.join(", ")
        };
        format!("{name}{more}{count}")
    }
}

/// The graph of entities and facts.
///
/// ```
/// use newsgraph::network::{EdgeKind, Network, Node, NodeKind, Reality};
/// let mut network = Network::default();
/// let node = |id: &str, kind| Node {
///     id: id.to_owned(), kind, name: id.to_owned(), detail: None, reality: Reality::Actual,
/// };
/// let merz = network.add_node(node("Friedrich Merz", NodeKind::Person));
/// let germany = network.add_node(node("Germany", NodeKind::Country));
/// network.add_fact(merz, germany, EdgeKind::Role, "chancellor", Reality::Actual);
/// assert_eq!(network.most_connected(10).len(), 2);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Network {
    graph: Graph<Node, Edge>,
    by_id: BTreeMap<String, NodeIndex>,
}

impl Network {
    /// The number of nodes.
    pub fn len(&self) -> usize {
        self.graph.node_count()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The graph itself.
    pub fn graph(&self) -> &Graph<Node, Edge> {
        &self.graph
    }

    /// The node with this id.
    pub fn find(&self, id: &str) -> Option<NodeIndex> {
        self.by_id.get(id).copied()
    }

    /// Adds a node; one with the same id stays as it is.
    pub fn add_node(&mut self, node: Node) -> NodeIndex {
        if let Some(index) = self.by_id.get(&node.id) {
            return *index;
        }
        let id = node.id.clone();
        let index = self.graph.add_node(node);
        self.by_id.insert(id, index);
        index
    }

    /// Adds a fact between two nodes; facts of one kind between the same two share an edge.
    /// An empty `label` leaves the naming to the kind. A fact of a node with itself is left out.
    pub fn add_fact(
        &mut self,
        from: NodeIndex,
        to: NodeIndex,
        kind: EdgeKind,
        label: &str,
        reality: Reality,
    ) {
        if from == to {
            return;
        }
        let same = self
            .graph
            .edges_connecting(from, to)
            .find(|edge| edge.weight().kind == kind)
            .map(|edge| edge.id());
        let labels = (!label.is_empty()).then(|| label.to_owned());
        match same.and_then(|id| self.graph.edge_weight_mut(id)) {
            Some(edge) => {
                edge.labels.extend(labels);
                edge.facts += 1;
                edge.reality = edge.reality.min(reality);
            }
            None => {
                let labels = labels.into_iter().collect();
                self.graph.add_edge(
                    from,
                    to,
                    Edge {
                        kind,
                        labels,
                        facts: 1,
                        reality,
                    },
                );
            }
        }
    }

    /// The part within `hops` edges of the given nodes, whichever way the edges lead.
    #[must_use]
    pub fn around(&self, centres: &[NodeIndex], hops: usize) -> Network {
        let mut reached: BTreeSet<NodeIndex> = centres.iter().copied().collect();
        let mut queue: VecDeque<(NodeIndex, usize)> = centres.iter().map(|n| (*n, 0)).collect();
        while let Some((node, distance)) = queue.pop_front() {
            if distance == hops {
                continue;
            }
            for next in self.ties(node) {
                if reached.insert(next) {
                    queue.push_back((next, distance + 1));
                }
            }
        }
        self.part(&reached)
    }

    /// The part made of the `limit` most connected nodes, without those left alone by the choice.
    #[must_use]
    pub fn most_connected(&self, limit: usize) -> Network {
        self.most_connected_with(limit, &[])
    }

    /// Like [`Network::most_connected`], but keeps the given nodes, first their neighbours, and
    /// so on outwards; among equals the most connected go first.
    #[must_use]
    pub fn most_connected_with(&self, limit: usize, kept: &[NodeIndex]) -> Network {
        let distances = self.distances(kept);
        let mut ranked: Vec<NodeIndex> = self
            .graph
            .node_indices()
            .filter(|n| kept.contains(n) || !self.ties(*n).is_empty())
            .collect();
        ranked.sort_by_key(|n| {
            let ties = self.ties(*n).len();
            let facts: usize = self.incident_facts(*n);
            let distance = distances.get(n).copied().unwrap_or(usize::MAX);
            (distance, Reverse((ties, facts)), &self.graph[*n].id)
        });
        ranked.truncate(limit);
        let chosen: BTreeSet<NodeIndex> = ranked.into_iter().collect();
        let tied = |n: &NodeIndex| {
            kept.contains(n)
                || self
                    .graph
                    .neighbors_undirected(*n)
                    .any(|m| chosen.contains(&m))
        };
        self.part(&chosen.iter().copied().filter(tied).collect())
    }

    /// The nodes that a node is tied to, whichever way. What somebody speaks of ties only where
    /// nothing else does: a fact says that two had to do with each other, a word need not.
    fn ties(&self, node: NodeIndex) -> BTreeSet<NodeIndex> {
        let other = |edge: petgraph::graph::EdgeReference<'_, Edge>| {
            if edge.source() == node {
                edge.target()
            } else {
                edge.source()
            }
        };
        let edges = || {
            self.graph
                .edges_directed(node, petgraph::Direction::Outgoing)
                .chain(
                    self.graph
                        .edges_directed(node, petgraph::Direction::Incoming),
                )
        };
        let firm: BTreeSet<NodeIndex> = edges()
            .filter(|edge| edge.weight().kind != EdgeKind::Topic)
            .map(other)
            .collect();
        if firm.is_empty() {
            edges().map(other).collect()
        } else {
            firm
        }
    }

    fn incident_facts(&self, node: NodeIndex) -> usize {
        self.graph
            .edges_directed(node, petgraph::Direction::Outgoing)
            .chain(
                self.graph
                    .edges_directed(node, petgraph::Direction::Incoming),
            )
            .map(|edge| edge.weight().facts)
            .sum()
    }

    fn distances(&self, from: &[NodeIndex]) -> BTreeMap<NodeIndex, usize> {
        let mut distances: BTreeMap<NodeIndex, usize> = from.iter().map(|n| (*n, 0)).collect();
        let mut queue: VecDeque<NodeIndex> = from.iter().copied().collect();
        while let Some(node) = queue.pop_front() {
            let distance = distances[&node] + 1;
            for next in self.ties(node) {
                distances.entry(next).or_insert_with(|| {
                    queue.push_back(next);
                    distance
                });
            }
        }
        distances
    }

    /// The nodes chosen and the edges between them, in the order of their ids.
    fn part(&self, chosen: &BTreeSet<NodeIndex>) -> Network {
        let mut part = Network::default();
        for (id, index) in &self.by_id {
            if chosen.contains(index) {
                let new = part.graph.add_node(self.graph[*index].clone());
                part.by_id.insert(id.clone(), new);
            }
        }
        let mut edges: Vec<_> = self
            .graph
            .edge_references()
            .filter_map(|edge| {
                let from = part.find(&self.graph[edge.source()].id)?;
                let to = part.find(&self.graph[edge.target()].id)?;
                Some((from, to, edge.weight()))
            })
            .collect();
        edges.sort_by_key(|(from, to, edge)| (*from, *to, edge.kind));
        for (from, to, edge) in edges {
            part.graph.add_edge(from, to, edge.clone());
        }
        part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: &str) -> Node {
        Node {
            id: id.to_owned(),
            kind: NodeKind::Person,
            name: id.to_uppercase(),
            detail: None,
            reality: Reality::Actual,
        }
    }

    /// a - b - c - d, b - e, and f alone.
    fn chain() -> Network {
        let mut network = Network::default();
        let [a, b, c, d, e, _] =
            ["a", "b", "c", "d", "e", "f"].map(|id| network.add_node(person(id)));
        for (from, to) in [(a, b), (b, c), (d, c), (e, b)] {
            network.add_fact(from, to, EdgeKind::Address, "", Reality::Actual);
        }
        network
    }

    fn ids(network: &Network) -> Vec<&str> {
        network
            .graph()
            .node_weights()
            .map(|n| n.id.as_str())
            .collect()
    }

    #[test]
    fn a_part_reaches_as_many_hops_as_asked_for_either_way() {
        let network = chain();
        let d = network.find("d").unwrap();
        assert_eq!(ids(&network.around(&[d], 0)), ["d"]);
        assert_eq!(ids(&network.around(&[d], 2)), ["b", "c", "d"]);
        assert_eq!(network.around(&[d], 2).graph().edge_count(), 2);
    }

    #[test]
    fn the_most_connected_stay_and_none_stays_alone() {
        let network = chain();
        assert_eq!(ids(&network.most_connected(2)), ["b", "c"]);
        assert_eq!(ids(&network.most_connected(100)), ["a", "b", "c", "d", "e"]);
        let d = network.find("d").unwrap();
        assert_eq!(ids(&network.most_connected_with(2, &[d])), ["c", "d"]);
    }

    #[test]
    fn facts_of_one_kind_share_an_edge() {
        let mut network = Network::default();
        let (a, b) = (network.add_node(person("a")), network.add_node(person("b")));
        network.add_fact(a, b, EdgeKind::Role, "chair", Reality::Other);
        network.add_fact(a, b, EdgeKind::Role, "adviser", Reality::Actual);
        network.add_fact(a, b, EdgeKind::Topic, "", Reality::Actual);
        network.add_fact(a, b, EdgeKind::Topic, "", Reality::Actual);
        network.add_fact(a, a, EdgeKind::Topic, "", Reality::Actual);
        let texts: Vec<String> = network.graph().edge_weights().map(Edge::text).collect();
        assert_eq!(texts, ["adviser, chair", "spoke of ×2"]);
        assert_eq!(
            network.graph().edge_weights().next().unwrap().reality,
            Reality::Actual
        );
    }
}
