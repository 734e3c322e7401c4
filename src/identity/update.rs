//! Computes the default graph anew where article graphs changed.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use oxigraph::model::{GraphName, GraphNameRef, Literal, NamedNode, NamedNodeRef, Quad, Term};

use super::entity::{self, Assignment, Features, number};
use super::journal::{Action, Correction, Journal};
use super::outside;
use super::role;
use crate::fact::EntityKind;
use crate::graph::name::BodyName;
use crate::graph::record::{EntityRecord, Node, RoleRecord, Source};
use crate::graph::vocab::{ng, org, owl, prov, rdf, rdfs, schema};
use crate::graph::{Base, article_of, name_key};
use crate::lexicon::CountryCode;

/// What only the computation of its block knows of a canonical thing.
pub(super) const EXTRAS: [NamedNodeRef<'static>; 4] =
    [owl::SAME_AS, ng::SPLIT_FROM, ng::ANNOUNCES, ng::REALISES];

/// What articles touch: taken before an article's old graph goes, and after its new one came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Footprint {
    articles: BTreeSet<NamedNode>,
    /// Keys of entities and of facts.
    keys: BTreeSet<String>,
    /// Entities and facts, each with the predicate that links it to its canonical thing.
    locals: BTreeMap<NamedNode, NamedNode>,
    /// Canonical things whose links to the outside changed, by any IRI that they go by.
    linked: BTreeSet<NamedNode>,
}

impl Footprint {
    /// Adds what the graph of `article` touches, as it is in `source` now.
    pub fn add<S: Source>(&mut self, source: &S, article: &NamedNode) -> Result<(), S::Error> {
        let graph = Some(GraphNameRef::from(article.as_ref()));
        for quad in source.quads(None, Some(ng::KEY), None, graph) {
            if let Term::Literal(key) = quad?.object {
                self.keys.insert(key.value().to_owned());
            }
        }
        for quad in source.quads(Some(article), Some(schema::MENTIONS), None, graph) {
            if let Term::NamedNode(entity) = quad?.object {
                self.locals
                    .insert(entity, prov::SPECIALIZATION_OF.into_owned());
            }
        }
        for class in [ng::ROLE_HOLDING, ng::MEETING, ng::STATEMENT] {
            for fact in source
                .subjects(Some(rdf::TYPE), class.into(), graph)?
                .iter()
            {
                let link = if class == ng::STATEMENT {
                    ng::EXPRESSES
                } else {
                    prov::SPECIALIZATION_OF
                };
                self.locals.insert(fact.clone(), link.into_owned());
            }
        }
        self.articles.insert(article.clone());
        Ok(())
    }

    /// Adds what a correction touches, made or taken back.
    pub fn add_correction<S: Source>(
        &mut self,
        source: &S,
        correction: &Correction,
    ) -> Result<(), S::Error> {
        match correction.action {
            Action::Forget => {
                let articles: BTreeSet<NamedNode> = correction.of.iter().map(article_of).collect();
                articles
                    .iter()
                    .try_for_each(|article| self.add(source, article))
            }
            Action::Merge | Action::Split => {
                self.keys.extend(correction.keys.iter().cloned());
                Ok(())
            }
        }
    }

    /// Adds an entity of which links were found or taken back.
    pub fn add_link(&mut self, entity: &NamedNode) {
        self.linked.insert(entity.clone());
    }

    /// Whether it is of no article.
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }
}

/// What changes in the default graph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Delta {
    pub remove: Vec<Quad>,
    pub insert: Vec<Quad>,
    /// Entities of articles that stand for something else now, with what they stood for.
    pub moved: BTreeMap<NamedNode, NamedNode>,
}

/// Computes what a change of article graphs changes in the default graph. In `source` the article
/// graphs are as they are now, the default graph as it was.
pub fn update<S: Source>(
    source: &S,
    base: &Base,
    footprint: &Footprint,
) -> Result<Delta, S::Error> {
    let journal = Journal::read(source, base)?;
    let links = base.links();
    let links = Some(GraphNameRef::from(links.as_ref()));
    let has_links = source
        .quads(None, Some(rdf::TYPE), Some(ng::LINK.into()), links)
        .next()
        .transpose()?
        .is_some();
    let mut update = Update {
        forgotten: journal.forgotten(),
        journal,
        blocks: BTreeSet::new(),
        source,
        base,
        links: BTreeMap::new(),
        facts: BTreeSet::new(),
        touched: BTreeSet::new(),
        extras: BTreeMap::new(),
        people: BTreeMap::new(),
        bodies: RefCell::default(),
        has_links,
        outside: BTreeMap::new(),
    };
    let mut role_keys = BTreeSet::new();
    let mut event_keys = BTreeSet::new();
    for key in &footprint.keys {
        match key.split('/').next() {
            Some("role") => role_keys.insert(key.clone()),
            Some("meeting" | "call" | "visit" | "said" | "words") => event_keys.insert(key.clone()),
            _ => {
                update.entities_of(key)?;
                false
            }
        };
    }
    for (local, predicate) in &footprint.locals {
        if source
            .node(local, GraphNameRef::from(article_of(local).as_ref()))?
            .is_empty()
            || update.forgotten.contains(local)
        {
            update.link(local, predicate.as_ref(), None)?;
        } else {
            update.facts.insert(local.clone());
        }
    }
    update.follow_references(footprint, &mut role_keys)?;
    let Update {
        facts, forgotten, ..
    } = &mut update;
    facts.retain(|local| !forgotten.contains(local));
    for key in &role_keys {
        update.roles_of(key)?;
    }
    update.meetings(&event_keys)?;
    update.claims(&event_keys)?;
    update.touch(footprint)?;
    update.delta(footprint)
}

/// Where a thing of an article is linked to, and was: to one thing, or a statement of several
/// sentences to several claims.
#[derive(Clone, Debug)]
struct Link {
    predicate: NamedNode,
    old: BTreeSet<NamedNode>,
    new: BTreeSet<NamedNode>,
    old_reason: Option<String>,
    new_reason: Option<String>,
}

/// An update under way.
pub(super) struct Update<'a, S> {
    pub(super) source: &'a S,
    pub(super) base: &'a Base,
    journal: Journal,
    /// What stands for forgotten facts in articles.
    pub(super) forgotten: BTreeSet<NamedNode>,
    /// Keys of the blocks that are computed.
    blocks: BTreeSet<String>,
    /// Links computed anew.
    links: BTreeMap<NamedNode, Link>,
    /// Things in articles whose canonical things are to be described anew.
    pub(super) facts: BTreeSet<NamedNode>,
    /// Canonical things to be described anew.
    touched: BTreeSet<NamedNode>,
    /// [`EXTRAS`] of the canonical things whose block was computed.
    pub(super) extras: BTreeMap<NamedNode, BTreeSet<(NamedNode, NamedNode)>>,
    /// The people whom each article names in full, as far as looked up.
    people: BTreeMap<NamedNode, Arc<BTreeSet<u64>>>,
    /// Names of bodies, as far as read.
    bodies: RefCell<BTreeMap<String, BodyName>>,
    /// Whether any links were found.
    pub(super) has_links: bool,
    /// What the canonical things described are called outside.
    pub(super) outside: BTreeMap<NamedNode, Vec<outside::Link>>,
}

impl<S: Source> Update<'_, S> {
    /// A node in its article's graph.
    pub(super) fn local(&self, node: &NamedNode) -> Result<Arc<Node>, S::Error> {
        self.source
            .node(node, GraphNameRef::from(article_of(node).as_ref()))
    }

    fn link(
        &mut self,
        local: &NamedNode,
        predicate: NamedNodeRef<'_>,
        new: Option<NamedNode>,
    ) -> Result<(), S::Error> {
        self.link_because(local, predicate, new, None)
    }

    /// Links a thing of an article, with the reason where it is not plain to see.
    pub(super) fn link_because(
        &mut self,
        local: &NamedNode,
        predicate: NamedNodeRef<'_>,
        new: impl IntoIterator<Item = NamedNode>,
        new_reason: Option<String>,
    ) -> Result<(), S::Error> {
        let node = self.source.node(local, GraphNameRef::DefaultGraph)?;
        let link = Link {
            predicate: predicate.into_owned(),
            old: node.iris(predicate).into_iter().collect(),
            new: new.into_iter().collect(),
            old_reason: node.text(ng::REASON),
            new_reason,
        };
        self.links.insert(local.clone(), link);
        Ok(())
    }

    fn old_canonical(
        &self,
        local: &NamedNode,
        predicate: NamedNodeRef<'_>,
    ) -> Result<Option<NamedNode>, S::Error> {
        Ok(self
            .source
            .node(local, GraphNameRef::DefaultGraph)?
            .iri(predicate))
    }

    /// What an entity or role holding of an article stands for, after the update.
    pub(super) fn canonical(&self, local: &NamedNode) -> Result<Option<NamedNode>, S::Error> {
        match self.links.get(local) {
            Some(link) => Ok(link.new.first().cloned()),
            None => self.old_canonical(local, prov::SPECIALIZATION_OF),
        }
    }

    fn entities_of(&mut self, key: &str) -> Result<(), S::Error> {
        if self.blocks.contains(key) {
            return Ok(());
        }
        let mut assignment = Assignment::default();
        let mut names = BTreeMap::new();
        for key in self.journal.blocks(key) {
            let members = self.block(&key)?;
            let named = |m: &entity::Member| (m.0.node.clone(), (m.0.kind, m.0.name.clone()));
            names.extend(members.iter().map(named));
            assignment.extend(entity::assign(&members, self.base));
            self.blocks.insert(key);
        }
        self.journal.apply(&mut assignment, &names, self.base);
        for (node, (canonical, reason)) in assignment.links {
            self.link_because(&node, prov::SPECIALIZATION_OF, Some(canonical), reason)?;
        }
        for (predicate, names) in [
            (owl::SAME_AS, assignment.same_as),
            (ng::SPLIT_FROM, assignment.split_from),
        ] {
            for (canonical, others) in names {
                let others = others
                    .into_iter()
                    .map(|other| (predicate.into_owned(), other));
                self.extras.entry(canonical).or_default().extend(others);
            }
        }
        Ok(())
    }

    /// The entities of a block.
    fn block(&mut self, key: &str) -> Result<Vec<entity::Member>, S::Error> {
        let literal = Literal::new_simple_literal(key);
        let mut members = Vec::new();
        for node in self
            .source
            .subjects(Some(ng::KEY), literal.as_ref().into(), None)?
            .iter()
        {
            if let Some(record) = EntityRecord::read(self.local(node)?.as_ref(), self.base) {
                let features = self.features(&record)?;
                members.push((record, features));
            }
        }
        Ok(members)
    }

    /// What the article of an entity says that tells it from namesakes.
    pub(super) fn features(&mut self, entity: &EntityRecord) -> Result<Features, S::Error> {
        let mut features = Features {
            countries: entity.country.into_iter().collect(),
            ..Features::default()
        };
        let article = article_of(&entity.node);
        let graph = Some(GraphNameRef::from(article.as_ref()));
        match entity.kind {
            EntityKind::Person => {
                let held =
                    self.source
                        .subjects(Some(org::MEMBER), entity.node.as_ref().into(), graph)?;
                for role in held.iter() {
                    if let Some(role) = RoleRecord::read(self.local(role)?.as_ref(), self.base) {
                        features.countries.extend(role.country);
                        features.roles.insert(name_key(&role.role));
                    }
                }
                let own = number(&name_key(&entity.name));
                let people = self.people_of(&article)?;
                features.company = people.iter().copied().filter(|key| *key != own).collect();
            }
            EntityKind::Organization if features.countries.is_empty() => {
                features.countries.extend(self.country_of(entity)?);
            }
            _ => {}
        }
        Ok(features)
    }

    /// The people whom an article names in full.
    fn people_of(&mut self, article: &NamedNode) -> Result<Arc<BTreeSet<u64>>, S::Error> {
        if let Some(people) = self.people.get(article) {
            return Ok(Arc::clone(people));
        }
        let mut people = BTreeSet::new();
        for entity in self.local(article)?.iris(schema::MENTIONS) {
            let node = self.local(&entity)?;
            if node.is_a(schema::PERSON)
                && let Some(name) = node.text(rdfs::LABEL)
                && name.contains(' ')
            {
                people.insert(number(&name_key(&name)));
            }
        }
        let people = Arc::new(people);
        self.people.insert(article.clone(), Arc::clone(&people));
        Ok(people)
    }

    /// The country of a body that its article does not say itself.
    pub(super) fn country_of(&self, body: &EntityRecord) -> Result<Option<CountryCode>, S::Error> {
        let known = self.bodies.borrow().get(&body.name).cloned();
        let name = known.unwrap_or_else(|| {
            let name = BodyName::read(&body.name);
            self.bodies
                .borrow_mut()
                .insert(body.name.clone(), name.clone());
            name
        });
        match name.country {
            None if name.is_generic => self.country_of_body(body),
            country => Ok(country),
        }
    }

    /// The country of a body whose name many countries know, from what else its article says of
    /// it: further names, offices in it, "Oslo’s Foreign Ministry" as the speaker.
    fn country_of_body(&self, body: &EntityRecord) -> Result<Option<CountryCode>, S::Error> {
        let mut countries = BTreeSet::new();
        countries.extend(
            body.aliases
                .iter()
                .filter_map(|alias| BodyName::read(alias).country),
        );
        let article = article_of(&body.node);
        let graph = Some(GraphNameRef::from(article.as_ref()));
        let object = || body.node.as_ref().into();
        for role in self
            .source
            .subjects(Some(org::ORGANIZATION), object(), graph)?
            .iter()
        {
            if let Some(role) = RoleRecord::read(self.local(role)?.as_ref(), self.base) {
                countries.extend(role.country);
            }
        }
        for said in self
            .source
            .subjects(Some(ng::SPEAKER), object(), graph)?
            .iter()
        {
            let words = self.local(said)?.text(ng::SPEAKER_TEXT);
            countries.extend(words.and_then(|words| BodyName::read(&words).country));
        }
        // An article that names two countries leaves it open.
        let only = countries.len() == 1;
        Ok(countries.into_iter().next().filter(|_| only))
    }

    /// Where an entity of an article that is not itself updated stands for something else now,
    /// that article's facts about it change too.
    fn follow_references(
        &mut self,
        footprint: &Footprint,
        role_keys: &mut BTreeSet<String>,
    ) -> Result<(), S::Error> {
        let moved: Vec<NamedNode> = self
            .links
            .iter()
            .filter(|(local, link)| {
                link.old != link.new && !footprint.articles.contains(&article_of(local))
            })
            .map(|(local, _)| local.clone())
            .collect();
        for local in moved {
            let article = article_of(&local);
            let graph = Some(GraphNameRef::from(article.as_ref()));
            for subject in self
                .source
                .subjects(None, local.as_ref().into(), graph)?
                .iter()
            {
                let node = self.local(subject)?;
                if node.is_a(ng::ROLE_HOLDING) {
                    role_keys.extend(node.texts(ng::KEY));
                    // What a person says for a body is compared with what the body says.
                    for person in node.iris(org::MEMBER) {
                        let said = self.source.subjects(
                            Some(ng::SPEAKER),
                            person.as_ref().into(),
                            graph,
                        )?;
                        self.facts.extend(said.iter().cloned());
                    }
                }
                let is_described = node.is_a(ng::ROLE_HOLDING)
                    || node.is_a(ng::MEETING)
                    || node.is_a(ng::STATEMENT)
                    || EntityRecord::read(&node, self.base).is_some();
                if is_described {
                    self.facts.insert(subject.clone());
                }
            }
            // A meeting is compared by all that its place lies in.
            if self.local(&local)?.is_a(schema::PLACE) {
                let meetings = self
                    .source
                    .subjects(Some(rdf::TYPE), ng::MEETING.into(), graph)?;
                self.facts.extend(meetings.iter().cloned());
            }
        }
        Ok(())
    }

    fn roles_of(&mut self, key: &str) -> Result<(), S::Error> {
        let literal = Literal::new_simple_literal(key);
        let mut members = Vec::new();
        for node in self
            .source
            .subjects(Some(ng::KEY), literal.as_ref().into(), None)?
            .iter()
        {
            if !self.forgotten.contains(node)
                && let Some(record) = RoleRecord::read(self.local(node)?.as_ref(), self.base)
                && let Some(person) = self.canonical(&record.person)?
            {
                members.push((record, person));
            }
        }
        for (node, canonical) in role::assign(&members, self.base) {
            self.link(&node, prov::SPECIALIZATION_OF, Some(canonical))?;
        }
        Ok(())
    }

    pub(super) fn canonicals(&self, locals: &[NamedNode]) -> Result<Vec<NamedNode>, S::Error> {
        let mut canonicals = Vec::with_capacity(locals.len());
        for local in locals {
            canonicals.extend(self.canonical(local)?);
        }
        Ok(canonicals)
    }

    /// Collects the canonical things to describe anew: those that lose or gain a member, and
    /// those with a member whose description changed.
    fn touch(&mut self, footprint: &Footprint) -> Result<(), S::Error> {
        let mut touched = BTreeSet::new();
        for (local, link) in &self.links {
            let is_touched = link.old != link.new
                || footprint.locals.contains_key(local)
                || self.facts.contains(local);
            if is_touched {
                touched.extend(link.old.iter().chain(&link.new).cloned());
            }
        }
        // Places whose containing place stands for something else now have no link of their own.
        for local in self
            .facts
            .iter()
            .filter(|local| !self.links.contains_key(*local))
        {
            touched.extend(self.old_canonical(local, prov::SPECIALIZATION_OF)?);
        }
        for (canonical, extras) in &self.extras {
            if *extras != self.old_extras(canonical)? {
                touched.insert(canonical.clone());
            }
        }
        for entity in &footprint.linked {
            touched.extend(self.bearer(entity)?);
        }
        self.touched = touched;
        Ok(())
    }

    /// The canonical thing that has this IRI, or has it under another of its names.
    fn bearer(&self, iri: &NamedNode) -> Result<Option<NamedNode>, S::Error> {
        let default = GraphNameRef::DefaultGraph;
        if !self.source.node(iri, default)?.is_empty() {
            return Ok(Some(iri.clone()));
        }
        let same = Some(owl::SAME_AS);
        let bearers = self
            .source
            .subjects(same, iri.as_ref().into(), Some(default))?;
        Ok(bearers.first().cloned())
    }

    /// [`EXTRAS`] of a canonical thing as they were; without what it is called outside.
    pub(super) fn old_extras(
        &self,
        canonical: &NamedNode,
    ) -> Result<BTreeSet<(NamedNode, NamedNode)>, S::Error> {
        let node = self.source.node(canonical, GraphNameRef::DefaultGraph)?;
        let of = |predicate: NamedNodeRef<'static>| {
            node.iris(predicate)
                .into_iter()
                .filter(|iri| iri.as_str().starts_with(self.base.as_str()))
                .map(move |iri| (predicate.into_owned(), iri))
        };
        Ok(EXTRAS.into_iter().flat_map(of).collect())
    }

    /// The things in articles that stand for a canonical thing, after the update, sorted.
    fn members(
        &self,
        canonical: &NamedNode,
        joined: &BTreeMap<&NamedNode, Vec<&NamedNode>>,
    ) -> Result<Vec<NamedNode>, S::Error> {
        let graph = Some(GraphNameRef::DefaultGraph);
        let mut members: Vec<NamedNode> = Vec::new();
        for predicate in [prov::SPECIALIZATION_OF, ng::EXPRESSES] {
            let stay = self
                .source
                .subjects(Some(predicate), canonical.as_ref().into(), graph)?;
            members.extend(
                stay.iter()
                    .filter(|local| !self.links.contains_key(*local))
                    .cloned(),
            );
        }
        members.extend(
            joined
                .get(canonical)
                .into_iter()
                .flatten()
                .map(|local| (*local).clone()),
        );
        members.sort();
        Ok(members)
    }

    /// Whether an IRI is a canonical person's, body's or place's.
    fn is_entity(&self, canonical: &NamedNode) -> bool {
        let kind = self.base.short(canonical.as_str()).split('/').next();
        [
            EntityKind::Person,
            EntityKind::Organization,
            EntityKind::Place,
        ]
        .iter()
        .any(|known| Some(known.name()) == kind)
    }

    fn delta(mut self, footprint: &Footprint) -> Result<Delta, S::Error> {
        let links = self.links.clone();
        let mut joined: BTreeMap<&NamedNode, Vec<&NamedNode>> = BTreeMap::new();
        for (local, link) in &links {
            for new in &link.new {
                joined.entry(new).or_default().push(local);
            }
        }

        let mut old: BTreeMap<NamedNode, Arc<Node>> = BTreeMap::new();
        let mut new: BTreeMap<NamedNode, Arc<Node>> = BTreeMap::new();
        for canonical in &self.touched.clone() {
            let members = self.members(canonical, &joined)?;
            new.insert(
                canonical.clone(),
                Arc::new(self.describe(canonical, &members)?),
            );
            let was = self.source.node(canonical, GraphNameRef::DefaultGraph)?;
            old.insert(canonical.clone(), was);
        }
        for article in &footprint.articles {
            new.insert(article.clone(), Arc::new(self.describe_article(article)?));
            let was = self.source.node(article, GraphNameRef::DefaultGraph)?;
            old.insert(article.clone(), was);
        }
        self.describe_shared(&mut old, &mut new)?;
        self.describe_links(&mut old, &mut new)?;

        let mut delta = Delta::default();
        for (local, link) in &links {
            if let (Some(old), Some(new)) = (link.old.first(), link.new.first())
                && old != new
                && self.is_entity(old)
            {
                delta.moved.insert(local.clone(), old.clone());
            }
            if link.old != link.new {
                let quad = |to: &NamedNode| {
                    let graph = GraphName::DefaultGraph;
                    Quad::new(local.clone(), link.predicate.clone(), to.clone(), graph)
                };
                delta
                    .remove
                    .extend(link.old.difference(&link.new).map(quad));
                delta
                    .insert
                    .extend(link.new.difference(&link.old).map(quad));
            }
            if link.old_reason != link.new_reason {
                let quad = |reason: &String| {
                    let reason = Literal::new_simple_literal(reason);
                    Quad::new(local.clone(), ng::REASON, reason, GraphName::DefaultGraph)
                };
                delta.remove.extend(link.old_reason.as_ref().map(quad));
                delta.insert.extend(link.new_reason.as_ref().map(quad));
            }
        }
        for (subject, new) in &new {
            let old = &old[subject];
            delta.remove.extend(difference(old, new));
            delta.insert.extend(difference(new, old));
        }
        Ok(delta)
    }
}

/// What is said in `a` and not in `b`, as quads of the default graph.
fn difference<'a>(a: &'a Node, b: &Node) -> Vec<Quad> {
    let known: HashSet<(&NamedNode, &Term)> = b.iter().collect();
    let quad = |(predicate, term): (&'a NamedNode, &'a Term)| {
        Quad::new(
            a.iri.clone(),
            predicate.clone(),
            term.clone(),
            GraphName::DefaultGraph,
        )
    };
    a.iter()
        .filter(|said| !known.contains(said))
        .map(quad)
        .collect()
}
