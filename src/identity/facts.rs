//! Links meetings and statements of articles to what they are across articles: finds those that can
//! be one by their keys, follows what joins them, and joins whole sets.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

use oxigraph::model::{GraphNameRef, Literal, NamedNode};

use super::claim::{self, Said};
use super::cluster::Edge;
use super::meeting::{self, Event, Relation};
use super::update::Update;
use super::wording::{Agreement, Wording};
use crate::fact::EntityKind;
use crate::graph::article_of;
use crate::graph::key::{group_key, said_on, seat_key, seat_of};
use crate::graph::record::{EntityRecord, MeetingRecord, RoleRecord, Source, StatementRecord};
use crate::graph::vocab::{ng, org, owl, prov, rdfs, schema};

impl<S: Source> Update<'_, S> {
    /// Links the meetings under these keys, and all that go with them.
    pub(super) fn meetings(&mut self, keys: &BTreeSet<String>) -> Result<(), S::Error> {
        let mut seeds = BTreeSet::new();
        let mut keys: BTreeSet<String> = keys
            .iter()
            .filter(|key| !key.starts_with("said/") && !key.starts_with("words/"))
            .cloned()
            .collect();
        for local in self.facts.clone() {
            let node = self.local(&local)?;
            if node.is_a(ng::MEETING) {
                keys.extend(node.texts(ng::KEY));
                seeds.insert(local);
            }
        }
        for key in &keys {
            seeds.extend(self.keyed(key)?);
        }
        let mut events: BTreeMap<NamedNode, Rc<Event>> = BTreeMap::new();
        let mut relations: BTreeMap<(NamedNode, NamedNode), Relation> = BTreeMap::new();
        let mut open: VecDeque<NamedNode> = seeds.into_iter().collect();
        let mut seen: BTreeSet<NamedNode> = open.iter().cloned().collect();
        while let Some(local) = open.pop_front() {
            let Some(event) = self.event(&local, &mut events)? else {
                continue;
            };
            let mut others = BTreeSet::new();
            for key in self.local(&local)?.texts(ng::KEY) {
                others.extend(
                    self.keyed(&key)?
                        .iter()
                        .filter(|other| **other != local)
                        .cloned(),
                );
            }
            for other in others {
                let Some(second) = self.event(&other, &mut events)? else {
                    continue;
                };
                let Some(relation) = meeting::relation(&event, &second) else {
                    continue;
                };
                relations.insert((local.clone(), other.clone()), relation);
                if seen.insert(other.clone()) {
                    open.push_back(other);
                }
            }
        }
        events.retain(|local, _| seen.contains(local));
        self.link_meetings(&events, &relations)
    }

    /// Joins the meetings and links each to what it is.
    fn link_meetings(
        &mut self,
        events: &BTreeMap<NamedNode, Rc<Event>>,
        relations: &BTreeMap<(NamedNode, NamedNode), Relation>,
    ) -> Result<(), S::Error> {
        let sorted: Vec<&Event> = events.values().map(Rc::as_ref).collect();
        let place: BTreeMap<&NamedNode, usize> = events.keys().zip(0..).collect();
        let mut edges = Vec::new();
        for ((a, b), relation) in relations {
            if let (Relation::One(strength), true) = (relation, a < b) {
                edges.push(Edge {
                    strength: *strength,
                    a: place[a],
                    b: place[b],
                });
            }
        }
        let mut canonical: BTreeMap<&NamedNode, NamedNode> = BTreeMap::new();
        for members in meeting::assign(&sorted, &edges) {
            let first = members[0];
            let iri = meeting::iri(first, self.base);
            self.extras.entry(iri.clone()).or_default();
            for member in members {
                let node = &member.record.node;
                let reason = (node != &first.record.node).then(|| meeting::reason(member, first));
                if reason.is_some() {
                    let other = (owl::SAME_AS.into_owned(), meeting::iri(member, self.base));
                    self.extras.entry(iri.clone()).or_default().insert(other);
                }
                self.link_because(node, prov::SPECIALIZATION_OF, Some(iri.clone()), reason)?;
                canonical.insert(node, iri.clone());
            }
        }
        self.link_plans(relations, &canonical);
        Ok(())
    }

    /// Links each plan to the one meeting that came of it; a plan that several could be of is open.
    fn link_plans(
        &mut self,
        relations: &BTreeMap<(NamedNode, NamedNode), Relation>,
        canonical: &BTreeMap<&NamedNode, NamedNode>,
    ) {
        let mut came: BTreeMap<&NamedNode, BTreeSet<&NamedNode>> = BTreeMap::new();
        for ((a, b), relation) in relations {
            if *relation == Relation::Announces
                && let (Some(plan), Some(held)) = (canonical.get(a), canonical.get(b))
            {
                came.entry(plan).or_default().insert(held);
            }
        }
        for (plan, held) in came {
            if let (1, Some(&held)) = (held.len(), held.first()) {
                let announces = (ng::ANNOUNCES.into_owned(), held.clone());
                self.extras
                    .entry(plan.clone())
                    .or_default()
                    .insert(announces);
                let realises = (ng::REALISES.into_owned(), plan.clone());
                self.extras
                    .entry(held.clone())
                    .or_default()
                    .insert(realises);
            }
        }
    }

    fn keyed(&self, key: &str) -> Result<BTreeSet<NamedNode>, S::Error> {
        let literal = Literal::new_simple_literal(key);
        let found = self
            .source
            .subjects(Some(ng::KEY), literal.as_ref().into(), None)?;
        let is_there = |node: &&NamedNode| !self.forgotten.contains(*node);
        Ok(found.iter().filter(is_there).cloned().collect())
    }

    fn published(&self, local: &NamedNode) -> Result<Option<jiff::civil::Date>, S::Error> {
        let day = self.local(&article_of(local))?.text(schema::DATE_PUBLISHED);
        Ok(day.and_then(|day| day.parse().ok()))
    }

    /// A meeting with its parties and place as canonical things; read once.
    fn event(
        &self,
        local: &NamedNode,
        events: &mut BTreeMap<NamedNode, Rc<Event>>,
    ) -> Result<Option<Rc<Event>>, S::Error> {
        if let Some(event) = events.get(local) {
            return Ok(Some(Rc::clone(event)));
        }
        let Some(record) = MeetingRecord::read(self.local(local)?.as_ref(), self.base) else {
            return Ok(None);
        };
        let (mut parties, mut countries, mut groups) =
            (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for participant in &record.participants {
            let node = self.local(participant)?;
            let Some(entity) = EntityRecord::read(&node, self.base) else {
                continue;
            };
            let canonical = self.canonical(participant)?;
            match entity.kind {
                EntityKind::Group => {
                    groups.insert(group_key(&entity.name));
                }
                EntityKind::Country => countries.extend(canonical),
                _ => parties.extend(canonical),
            }
        }
        // "Talks of the two presidents, of Chile and of Peru": the people are the parties.
        if parties.len() < 2 {
            parties.extend(countries);
        }
        let published = self.published(local)?;
        let event = Rc::new(Event {
            days: Event::days_of(&record, published),
            places: self.places(record.location.as_ref())?,
            record,
            parties,
            groups,
            published,
        });
        events.insert(local.clone(), Rc::clone(&event));
        Ok(Some(event))
    }

    /// A place of an article with all that the article says it lies in, canonical.
    fn places(&self, place: Option<&NamedNode>) -> Result<BTreeSet<NamedNode>, S::Error> {
        let mut places = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut open: Vec<NamedNode> = place.into_iter().cloned().collect();
        while let Some(place) = open.pop() {
            if self.base.country_code(place.as_str()).is_some() {
                places.insert(place);
            } else if seen.insert(place.clone()) {
                places.extend(self.canonical(&place)?);
                open.extend(self.local(&place)?.iris(schema::CONTAINED_IN_PLACE));
            }
        }
        Ok(places)
    }

    /// Links the statements under these keys, and all that go with them.
    pub(super) fn claims(&mut self, keys: &BTreeSet<String>) -> Result<(), S::Error> {
        let mut seeds = BTreeSet::new();
        let mut keys: BTreeSet<String> = keys
            .iter()
            .filter(|key| key.starts_with("said/") || key.starts_with("words/"))
            .cloned()
            .collect();
        for local in self.facts.clone() {
            let node = self.local(&local)?;
            if node.is_a(ng::STATEMENT) {
                keys.extend(node.texts(ng::KEY));
                seeds.insert(local);
            }
        }
        for key in keys.iter().flat_map(|key| around(key)) {
            seeds.extend(self.keyed(&key)?);
        }
        let mut said: BTreeMap<NamedNode, Rc<Said>> = BTreeMap::new();
        let mut relations: BTreeMap<(NamedNode, NamedNode), Agreement> = BTreeMap::new();
        let mut open: VecDeque<NamedNode> = seeds.into_iter().collect();
        let mut seen: BTreeSet<NamedNode> = open.iter().cloned().collect();
        while let Some(local) = open.pop_front() {
            let Some(first) = self.said(&local, &mut said)? else {
                continue;
            };
            let mut others = BTreeSet::new();
            for key in self
                .local(&local)?
                .texts(ng::KEY)
                .iter()
                .flat_map(|key| around(key))
            {
                others.extend(
                    self.keyed(&key)?
                        .iter()
                        .filter(|other| **other != local)
                        .cloned(),
                );
            }
            for other in others {
                if relations.contains_key(&(other.clone(), local.clone())) {
                    continue;
                }
                let Some(second) = self.said(&other, &mut said)? else {
                    continue;
                };
                let Some(relation) = claim::relation(&first, &second) else {
                    continue;
                };
                relations.insert((local.clone(), other.clone()), relation);
                if seen.insert(other.clone()) {
                    open.push_back(other);
                }
            }
        }
        said.retain(|local, _| seen.contains(local));
        self.link_claims(&said, &relations)
    }

    fn link_claims(
        &mut self,
        said: &BTreeMap<NamedNode, Rc<Said>>,
        relations: &BTreeMap<(NamedNode, NamedNode), Agreement>,
    ) -> Result<(), S::Error> {
        let sorted: Vec<&Said> = said.values().map(Rc::as_ref).collect();
        let place: BTreeMap<&NamedNode, usize> = said.keys().zip(0..).collect();
        let edges: Vec<Edge<Agreement>> = relations
            .iter()
            .map(|((a, b), strength)| {
                let (a, b) = (place[a], place[b]);
                Edge {
                    strength: *strength,
                    a: a.min(b),
                    b: a.max(b),
                }
            })
            .collect();
        let mut claims: BTreeMap<&NamedNode, BTreeSet<NamedNode>> = BTreeMap::new();
        let mut reasons: BTreeMap<&NamedNode, &str> = BTreeMap::new();
        for claim in claim::assign(&sorted, &edges) {
            let first = &claim.own[0].record.node;
            let iri = claim::iri(claim.own[0], self.base);
            let extras = self.extras.entry(iri.clone()).or_default();
            for member in &claim.own {
                let node = &member.record.node;
                claims.entry(node).or_default().insert(iri.clone());
                if node != first {
                    let other = claim::iri(member, self.base);
                    extras.insert((owl::SAME_AS.into_owned(), other));
                    reasons.insert(
                        node,
                        "the same speaker in the same or nearly the same words",
                    );
                }
            }
            for member in &claim.wider {
                let node = &member.record.node;
                claims.entry(node).or_default().insert(iri.clone());
                reasons
                    .entry(node)
                    .or_insert("says more than one claim, each also reported alone");
            }
        }
        for (node, claims) in claims {
            let reason = reasons.get(node).map(|&reason| reason.to_owned());
            self.link_because(node, ng::EXPRESSES, claims, reason)?;
        }
        Ok(())
    }

    /// A statement with its canonical speaker; read once.
    fn said(
        &self,
        local: &NamedNode,
        known: &mut BTreeMap<NamedNode, Rc<Said>>,
    ) -> Result<Option<Rc<Said>>, S::Error> {
        if let Some(said) = known.get(local) {
            return Ok(Some(Rc::clone(said)));
        }
        let Some(record) = StatementRecord::read(self.local(local)?.as_ref()) else {
            return Ok(None);
        };
        let (mut speaker, mut bodies, mut seat) = (None, BTreeSet::new(), None);
        if let Some(who) = &record.speaker {
            let node = self.local(who)?;
            let is_group = node.is_a(ng::GROUP);
            let named = node.text(rdfs::LABEL);
            seat = named.and_then(|name| seat_of(&name)).map(seat_key);
            speaker = match node.text(rdfs::LABEL).filter(|_| is_group) {
                Some(name) => Some(format!("group/{}", group_key(&name))),
                None => self.canonical(who)?.map(|iri| iri.as_str().to_owned()),
            };
            let article = article_of(local);
            let graph = Some(GraphNameRef::from(article.as_ref()));
            for role in self
                .source
                .subjects(Some(org::MEMBER), who.as_ref().into(), graph)?
                .iter()
            {
                let role = RoleRecord::read(self.local(role)?.as_ref(), self.base);
                bodies.extend(role.as_ref().and_then(|role| role.country).map(seat_key));
                if let Some(body) = role.and_then(|role| role.body)
                    && let Some(body) = self.canonical(&body)?
                {
                    bodies.insert(body.as_str().to_owned());
                }
            }
        }
        let said = Rc::new(Said {
            wording: Wording::read(&record.text),
            published: self.published(local)?,
            record,
            speaker,
            bodies,
            seat,
        });
        known.insert(local.clone(), Rc::clone(&said));
        Ok(Some(said))
    }
}

/// The keys under which statements stand that can be one with those under this key: what is said
/// on a day is also reported on the days around it.
fn around(key: &str) -> Vec<String> {
    let Some((speaker, day)) = key
        .strip_prefix("said/")
        .and_then(|rest| rest.rsplit_once('/'))
    else {
        return vec![key.to_owned()];
    };
    match day.parse::<jiff::civil::Date>() {
        Ok(day) => claim::days_around(day)
            .map(|day| said_on(speaker, &day))
            .collect(),
        Err(_) => vec![key.to_owned()],
    }
}
