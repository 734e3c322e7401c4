//! Links to what entities are called outside, kept in a graph of their own; and what can be
//! compared with somebody else's table.

use std::collections::BTreeSet;
use std::sync::PoisonError;

use oxigraph::model::{GraphName, GraphNameRef, NamedNode};

use super::{Store, StoreError, follow};
use crate::fact::EntityKind;
use crate::graph::class_of;
use crate::graph::record::Source;
use crate::graph::vocab::{ng, org, owl, rdf, rdfs, schema, skos};
use crate::identity::{Footprint, Link};
use crate::lexicon::CountryCode;

/// The kinds of entities that others have names for; groups are the articles' own.
const COMPARED: [EntityKind; 4] = [
    EntityKind::Person,
    EntityKind::Organization,
    EntityKind::Place,
    EntityKind::Country,
];

/// What the default graph says of an entity that tells it from namesakes.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    pub entity: NamedNode,
    pub kind: EntityKind,
    /// The fullest name that most articles use.
    pub name: String,
    /// Every other form of the name, sorted.
    pub aliases: Vec<String>,
    /// Of the thing itself and, for a person, of the roles.
    pub countries: BTreeSet<CountryCode>,
    /// Titles of a person's roles: "foreign minister".
    pub roles: BTreeSet<String>,
    /// Names of the regions that contain a place.
    pub regions: BTreeSet<String>,
}

impl Store {
    /// The links that were found, ordered by source and entity.
    pub fn links(&self) -> Result<Vec<Link>, StoreError> {
        let graph = self.base.links();
        Ok(Link::all(&self.quads, graph.as_ref().into())?)
    }

    /// What the default graph says that a thing is called under other names and elsewhere, and the
    /// links that say so.
    pub fn same_as(&self, thing: &NamedNode) -> Result<(Vec<NamedNode>, Vec<Link>), StoreError> {
        let default = GraphNameRef::DefaultGraph;
        let node = self.quads.node(thing, default)?;
        let links = Link::of(&self.quads, thing, default)?;
        Ok((node.iris(owl::SAME_AS), links))
    }

    /// Puts `links` in place of all that `source` gave before, and lets the default graph follow.
    /// Of the entities in `kept`, what it gave before stays: it could not be asked.
    ///
    /// Links of entities that are not here are kept too, and said as soon as they are.
    pub fn replace_links(
        &self,
        source: &str,
        links: &[Link],
        kept: &BTreeSet<NamedNode>,
    ) -> Result<(), StoreError> {
        let graph = self.base.links();
        let graph_name = GraphName::from(graph.clone());
        let mut mirror = self.change.lock().unwrap_or_else(PoisonError::into_inner);
        let mut changes = self.changes(&mut mirror);
        let mut footprint = Footprint::default();
        let old = Link::all(&changes, graph.as_ref().into())?;
        let gone = old
            .iter()
            .filter(|link| link.source == source && !kept.contains(&link.entity));
        for link in gone {
            footprint.add_link(&link.entity);
            for quad in link.quads(&self.base, &graph_name) {
                changes.remove(&quad);
            }
        }
        for link in links.iter().filter(|link| !kept.contains(&link.entity)) {
            footprint.add_link(&link.entity);
            let profile = self.profile_of(&link.entity)?;
            // A country is what it is.
            let profile = profile.filter(|profile| profile.kind != EntityKind::Country);
            let countries = profile.map(|profile| profile.countries).unwrap_or_default();
            let link = Link {
                countries: countries
                    .into_iter()
                    .map(|code| self.base.country(code))
                    .collect(),
                ..link.clone()
            };
            for quad in link.quads(&self.base, &graph_name) {
                changes.insert(&quad);
            }
        }
        follow(&mut changes, &self.base, &footprint)?;
        *mirror = changes.commit(&self.base.redo())?;
        Ok(())
    }

    /// What is known of each person, body, place and country, by kind and IRI.
    pub fn profiles(&self) -> Result<Vec<Profile>, StoreError> {
        let default = GraphNameRef::DefaultGraph;
        let mut profiles = Vec::new();
        for kind in COMPARED {
            let class = class_of(kind);
            let entities = self
                .quads
                .subjects(Some(rdf::TYPE), class.into(), Some(default))?;
            for entity in entities.iter() {
                profiles.extend(self.profile(entity, kind)?);
            }
        }
        Ok(profiles)
    }

    /// What is known of a thing; `None`: it is no entity, or not here.
    fn profile_of(&self, entity: &NamedNode) -> Result<Option<Profile>, StoreError> {
        let node = self.quads.node(entity, GraphNameRef::DefaultGraph)?;
        let mut kinds = COMPARED.into_iter();
        match kinds.find(|kind| node.is_a(class_of(*kind))) {
            Some(kind) => self.profile(entity, kind),
            None => Ok(None),
        }
    }

    fn profile(&self, entity: &NamedNode, kind: EntityKind) -> Result<Option<Profile>, StoreError> {
        let default = GraphNameRef::DefaultGraph;
        let node = self.quads.node(entity, default)?;
        let Some(name) = node.text(rdfs::LABEL) else {
            return Ok(None);
        };
        let code = |iri: &NamedNode| self.base.country_code(iri.as_str());
        let mut countries: BTreeSet<CountryCode> =
            node.iris(ng::COUNTRY).iter().filter_map(code).collect();
        countries.extend(code(entity));
        let mut roles: BTreeSet<String> = node.texts(schema::JOB_TITLE).into_iter().collect();
        let mut regions = BTreeSet::new();
        if kind == EntityKind::Person {
            let held =
                self.quads
                    .subjects(Some(org::MEMBER), entity.as_ref().into(), Some(default))?;
            for role in held.iter() {
                let role = self.quads.node(role, default)?;
                roles.extend(role.texts(schema::ROLE_NAME));
                countries.extend(role.iris(ng::COUNTRY).iter().filter_map(code));
            }
        }
        if kind == EntityKind::Place {
            for outer in node.iris(schema::CONTAINED_IN_PLACE) {
                match code(&outer) {
                    Some(country) => _ = countries.insert(country),
                    None => regions.extend(self.quads.node(&outer, default)?.text(rdfs::LABEL)),
                }
            }
        }
        Ok(Some(Profile {
            entity: entity.clone(),
            kind,
            name,
            aliases: node.texts(skos::ALT_LABEL),
            countries,
            roles,
            regions,
        }))
    }
}
