//! The network of a store: what its default graph says, read by SPARQL.

use oxigraph::model::Term;
use oxigraph::sparql::QueryResults;

use super::{EdgeKind, Network, Node, NodeKind, Reality};
use crate::store::{Store, StoreError};

const ENTITIES: &str = "
    SELECT ?node ?name ?class WHERE {
        VALUES ?class { schema:Person schema:Organization schema:Country schema:Place ng:Group }
        ?node a ?class ; rdfs:label ?name
    } ORDER BY ?node ?class ?name";

const MEETINGS: &str = "
    SELECT ?node ?kind (MIN(?day) AS ?date) (MIN(?state) AS ?status) WHERE {
        ?node a ng:Meeting ; ng:kind ?kind
        OPTIONAL { ?node ng:date ?day }
        OPTIONAL { ?node ng:status ?state }
    } GROUP BY ?node ?kind ORDER BY ?node ?kind";

const ROLES: &str = "
    SELECT ?from ?to ?label ?status WHERE {
        ?role a ng:RoleHolding ; org:member ?from ; schema:roleName ?label ; ng:status ?status
        OPTIONAL { ?role org:organization ?body }
        OPTIONAL { ?role ng:country ?country }
        BIND(COALESCE(?body, ?country) AS ?to) FILTER(BOUND(?to))
    } ORDER BY ?from ?to ?label ?status";

const PARTICIPANTS: &str = "
    SELECT ?from ?to WHERE { ?to a ng:Meeting ; ng:participant ?from } ORDER BY ?to ?from";

const LOCATIONS: &str = "
    SELECT ?from ?to WHERE { ?from a ng:Meeting ; ng:location ?to } ORDER BY ?from ?to";

const ADDRESSEES: &str = "
    SELECT ?from ?to WHERE {
        ?claim a schema:Claim ; ng:speaker ?from ; ng:addressee ?to
    } ORDER BY ?from ?to ?claim";

const TOPICS: &str = "
    SELECT ?from ?to WHERE {
        ?claim a schema:Claim ; ng:speaker ?from ; schema:mentions ?to
    } ORDER BY ?from ?to ?claim";

impl Network {
    /// The network of what all articles of a store say together.
    ///
    /// # Errors
    /// Those of the store.
    pub fn of(store: &Store) -> Result<Self, StoreError> {
        let mut network = Network::default();
        each(store, ENTITIES, |[node, name, class, _]| {
            let kind = match class.rsplit(['/', '#']).next() {
                Some("Person") => NodeKind::Person,
                Some("Organization") => NodeKind::Organization,
                Some("Country") => NodeKind::Country,
                Some("Place") => NodeKind::Place,
                _ => NodeKind::Group,
            };
            let (id, name) = (node.to_owned(), name.to_owned());
            network.add_node(Node {
                id,
                kind,
                name,
                detail: None,
                reality: Reality::Actual,
            });
        })?;
        each(store, MEETINGS, |[node, kind, date, status]| {
            let reality = match status {
                "held" | "ongoing" | "" => Reality::Actual,
                _ => Reality::Other,
            };
            let status = (reality == Reality::Other).then_some(status);
            let detail: Vec<&str> = [date]
                .into_iter()
                .chain(status)
                .filter(|s| !s.is_empty())
                .collect();
            network.add_node(Node {
                id: node.to_owned(),
                kind: NodeKind::Meeting,
                name: kind.to_owned(),
                detail: (!detail.is_empty()).then(|| detail.join(", ")),
                reality,
            });
        })?;
        each(store, ROLES, |[from, to, label, status]| match status {
            "current" | "acting" => {
                network.add_between(from, to, EdgeKind::Role, label, Reality::Actual);
            }
            "former" | "deceased" => {
                let label = format!("former {label}");
                network.add_between(from, to, EdgeKind::Role, &label, Reality::Other);
            }
            "elect" => {
                let label = format!("{label}-elect");
                network.add_between(from, to, EdgeKind::Role, &label, Reality::Other);
            }
            status => {
                let label = format!("{label} ({status})");
                network.add_between(from, to, EdgeKind::Role, &label, Reality::Other);
            }
        })?;
        let plain = [
            (PARTICIPANTS, EdgeKind::Participant),
            (LOCATIONS, EdgeKind::Location),
            (ADDRESSEES, EdgeKind::Address),
            (TOPICS, EdgeKind::Topic),
        ];
        for (query, kind) in plain {
            each(store, query, |[from, to, _, _]| {
                network.add_between(from, to, kind, "", Reality::Actual);
            })?;
        }
        Ok(network)
    }

    fn add_between(&mut self, from: &str, to: &str, kind: EdgeKind, label: &str, reality: Reality) {
        if let (Some(from), Some(to)) = (self.find(from), self.find(to)) {
            self.add_fact(from, to, kind, label, reality);
        }
    }
}

/// Calls `take` with the first four values of each answer as text; what is not bound is empty.
fn each(store: &Store, query: &str, mut take: impl FnMut([&str; 4])) -> Result<(), StoreError> {
    let QueryResults::Solutions(solutions) = store.query(query)? else {
        return Ok(());
    };
    for solution in solutions {
        let solution = solution?;
        let text = |i: usize| match solution.get(i) {
            Some(Term::NamedNode(node)) => node.as_str(),
            Some(Term::Literal(literal)) => literal.value(),
            _ => "",
        };
        take([text(0), text(1), text(2), text(3)]);
    }
    Ok(())
}
