//! What the default graph says of a canonical thing: a function of what its members say.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use oxigraph::model::{
    GraphName, GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term,
};

use super::outside::Link;
use super::place::geonames_iri;
use super::update::Update;
use crate::fact::EntityKind;
use crate::graph::key::is_reprint;
use crate::graph::record::{
    EntityRecord, MeetingRecord, Node, RoleRecord, Source, StatementRecord, confidence,
};
use crate::graph::vocab::{ng, org, owl, prov, rdf, rdfs, schema, skos, xsd};
use crate::graph::{
    Base, article_of, class_of, decimal, distinct, meeting_class, name_key, post_label,
};
use crate::lexicon::{self, CountryCode};

/// Never quite sure, however many say it.
const MOST_CONFIDENCE: f32 = 0.999;

/// Collects the properties of one canonical thing.
struct Description {
    subject: NamedNode,
    terms: HashSet<(NamedNode, Term)>,
    node: Node,
}

impl Description {
    fn new(subject: &NamedNode) -> Self {
        Self {
            subject: subject.clone(),
            terms: HashSet::new(),
            node: Node::new(subject.clone()),
        }
    }

    fn add(&mut self, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        let (predicate, object) = (predicate.into_owned(), object.into());
        if self.terms.insert((predicate.clone(), object.clone())) {
            let subject = self.subject.clone();
            self.node.push(Quad::new(
                subject,
                predicate,
                object,
                GraphName::DefaultGraph,
            ));
        }
    }

    fn text(&mut self, predicate: NamedNodeRef<'_>, text: &str) {
        self.add(predicate, Literal::new_simple_literal(text));
    }

    fn texts<'t>(
        &mut self,
        predicate: NamedNodeRef<'_>,
        texts: impl IntoIterator<Item = &'t String>,
    ) {
        texts
            .into_iter()
            .for_each(|text| self.text(predicate, text));
    }

    fn date(&mut self, predicate: NamedNodeRef<'_>, day: &str) {
        self.add(predicate, Literal::new_typed_literal(day, xsd::DATE));
    }

    /// The commonest label becomes the name (of equals the longest, then the first of the
    /// alphabet), the others further names.
    ///
    /// A name of several words is fuller than one of a single word, however common.
    fn labels(&mut self, names: &[&String], aliases: &[&String]) {
        let mut count: BTreeMap<&String, usize> = BTreeMap::new();
        let has_full = names.iter().any(|name| name.contains(' '));
        for name in names.iter().filter(|name| !has_full || name.contains(' ')) {
            *count.entry(name).or_default() += 1;
        }
        let best = count.iter().max_by(|(a, n), (b, m)| {
            (n, a.chars().count())
                .cmp(&(m, b.chars().count()))
                .then_with(|| b.cmp(a))
        });
        let Some((&best, _)) = best else { return };
        self.text(rdfs::LABEL, best);
        let others = names.iter().chain(aliases).filter(|name| **name != best);
        for other in others {
            self.text(skos::ALT_LABEL, other);
        }
    }

    fn country(&mut self, base: &Base, country: Option<CountryCode>) {
        if let Some(code) = country {
            self.add(ng::COUNTRY, base.country(code));
        }
    }
}

impl<S: Source> Update<'_, S> {
    /// What the default graph says of `canonical`, which stands for `members`. Empty without any.
    pub(super) fn describe(
        &mut self,
        canonical: &NamedNode,
        members: &[NamedNode],
    ) -> Result<Node, S::Error> {
        let mut entities = Vec::new();
        let mut roles = Vec::new();
        let mut meetings = Vec::new();
        let mut statements = Vec::new();
        for member in members {
            let node = self.local(member)?;
            // The canonical IRI is minted from the kind, so members are of one kind.
            if let Some(record) = EntityRecord::read(&node, self.base) {
                entities.push(record);
            } else if let Some(record) = RoleRecord::read(&node, self.base) {
                roles.push(record);
            } else if let Some(record) = MeetingRecord::read(&node, self.base) {
                meetings.push(record);
            } else if let Some(record) = StatementRecord::read(&node) {
                statements.push(record);
            }
        }
        let mut description = Description::new(canonical);
        if !entities.is_empty() {
            self.entity(&mut description, &entities)?;
        } else if !roles.is_empty() {
            self.role(&mut description, &roles)?;
        } else if !meetings.is_empty() {
            self.meeting(&mut description, &meetings)?;
        } else if !statements.is_empty() {
            self.claim(&mut description, &statements)?;
        } else {
            return Ok(description.node);
        }
        self.witnesses(&mut description, members)?;
        let extras = match self.extras.get(canonical) {
            Some(extras) => extras.clone(),
            None => self.old_extras(canonical)?,
        };
        let mut names = BTreeSet::new();
        for (predicate, object) in extras.into_iter().filter(|(_, object)| object != canonical) {
            description.add(predicate.as_ref(), object.clone());
            if predicate == owl::SAME_AS {
                names.insert(object);
            }
        }
        if let Some(kind) = entities.first().map(|entity| entity.kind) {
            let mut links = self.found_links(canonical, &names, &entities)?;
            if kind == EntityKind::Place {
                links.extend(self.place_link(canonical, &entities)?);
            }
            self.call(&mut description, links);
        }
        Ok(description.node)
    }

    fn entity(
        &self,
        description: &mut Description,
        members: &[EntityRecord],
    ) -> Result<(), S::Error> {
        let kind = members[0].kind;
        description.add(rdf::TYPE, class_of(kind));
        let names: Vec<&String> = members.iter().map(|m| &m.name).collect();
        let aliases: Vec<&String> = members.iter().flat_map(|m| &m.aliases).collect();
        let code = self.base.country_code(description.subject.as_str());
        if let Some(code) = code {
            self.country(description, code);
            let name = code.name();
            for other in names.iter().chain(&aliases).filter(|n| n.as_str() != name) {
                description.text(skos::ALT_LABEL, other);
            }
        } else {
            description.labels(&names, &aliases);
        }
        for member in members {
            if kind != EntityKind::Country {
                let mut country = member.country;
                if kind == EntityKind::Organization && country.is_none() {
                    country = self.country_of(member)?;
                }
                description.country(self.base, country);
            }
            description.texts(schema::JOB_TITLE, &member.job_titles);
            for place in &member.contained_in {
                let is_country = self.base.country_code(place.as_str()).is_some();
                let place = if is_country {
                    Some(place.clone())
                } else {
                    self.canonical(place)?
                };
                if let Some(place) = place.filter(|place| *place != description.subject) {
                    description.add(schema::CONTAINED_IN_PLACE, place);
                }
            }
        }
        Ok(())
    }

    /// Says what the thing is called outside.
    fn call(&mut self, description: &mut Description, links: Vec<Link>) {
        for link in &links {
            description.add(owl::SAME_AS, link.target.clone());
        }
        self.outside.insert(description.subject.clone(), links);
    }

    fn country(&self, description: &mut Description, code: CountryCode) {
        description.add(rdf::TYPE, schema::COUNTRY);
        description.text(rdfs::LABEL, code.name());
        description.text(skos::NOTATION, code.as_str());
        if let Some(id) = lexicon::geonames_of(code) {
            description.add(owl::SAME_AS, geonames_iri(id));
        }
    }

    fn role(&self, description: &mut Description, members: &[RoleRecord]) -> Result<(), S::Error> {
        description.add(rdf::TYPE, ng::ROLE_HOLDING);
        let labels: Vec<&String> = members.iter().map(|m| &m.label).collect();
        // The fullest label says the most: "…: secretary-general of NATO".
        let label = labels
            .iter()
            .max_by(|a, b| a.len().cmp(&b.len()).then_with(|| b.cmp(a)));
        if let Some(label) = label {
            description.text(rdfs::LABEL, label);
        }
        let roles = distinct(members.iter().map(|m| m.role.clone()));
        description.texts(schema::ROLE_NAME, &roles);
        description.add(org::ROLE, self.base.concept(&roles[0]));
        let scope = members
            .iter()
            .max_by_key(|m| m.scope())
            .map(RoleRecord::scope);
        for member in members {
            if let Some(person) = self.canonical(&member.person)? {
                description.add(org::MEMBER, person);
            }
            if let Some(body) = &member.body
                && let Some(body) = self.canonical(body)?
            {
                description.add(org::ORGANIZATION, body);
            }
            description.texts(ng::ORGANIZATION_NAME, &member.organization);
            description.country(self.base, member.country);
            description.text(ng::STATUS, member.status.name());
            if let Some(day) = &member.attested_on {
                description.date(ng::ATTESTED_ON, day);
            }
            if Some(member.scope()) == scope {
                let organization = member.organization.as_deref();
                let post = self.base.post(&roles[0], organization, member.country);
                post.into_iter()
                    .for_each(|post| description.add(ng::POST, post));
            }
        }
        Ok(())
    }

    fn meeting<'a>(
        &self,
        description: &mut Description,
        members: &'a [MeetingRecord],
    ) -> Result<(), S::Error> {
        description.add(rdf::TYPE, ng::MEETING);
        let labels: Vec<&String> = members.iter().map(|m| &m.label).collect();
        description.labels(&labels, &[]);
        for member in members {
            if let Some(class) = meeting_class(member.kind) {
                description.add(rdf::TYPE, class);
            }
            description.text(ng::KIND, member.kind.name());
            for participant in self.canonicals(&member.participants)? {
                description.add(ng::PARTICIPANT, participant);
            }
            if let Some(by) = &member.initiator
                && let Some(by) = self.canonical(by)?
            {
                description.add(ng::INITIATOR, by);
            }
            if let Some(place) = &member.location
                && let Some(place) = self.canonical(place)?
            {
                description.add(ng::LOCATION, place);
            }
            if !member.location_names.is_empty() {
                description.text(ng::LOCATION_NAME, &member.location_names.join("|"));
            }
            description.country(self.base, member.country);
        }
        let statuses: Vec<&str> = members.iter().map(|m| m.status.name()).collect();
        if let Some(status) = commonest(&statuses) {
            description.text(ng::STATUS, status);
        }
        // The most exact date; of equals the commonest.
        let dated = |m: &'a MeetingRecord| Some((m.days.as_ref()?, m.date.as_ref()?));
        let exactness = |days: &(String, String)| {
            let day = |day: &str| day.parse::<jiff::civil::Date>().ok();
            day(&days.0)
                .zip(day(&days.1))
                .map_or(i32::MAX, |(a, b)| (b - a).get_days())
        };
        let dates: Vec<_> = members.iter().filter_map(dated).collect();
        let best = dates.iter().map(|(days, _)| exactness(days)).min();
        let exact: Vec<_> = dates
            .into_iter()
            .filter(|(days, _)| Some(exactness(days)) == best)
            .collect();
        if let Some(((first, last), date)) = commonest(&exact) {
            description.text(ng::DATE, date);
            description.date(schema::START_DATE, first);
            description.date(schema::END_DATE, last);
        }
        Ok(())
    }

    fn claim(
        &self,
        description: &mut Description,
        members: &[StatementRecord],
    ) -> Result<(), S::Error> {
        description.add(rdf::TYPE, schema::CLAIM);
        // A spokesman and his body say one thing: whom most articles name.
        let speakers: Vec<NamedNode> = members.iter().filter_map(|m| m.speaker.clone()).collect();
        if let Some(speaker) = commonest(&self.canonicals(&speakers)?) {
            description.add(ng::SPEAKER, speaker.clone());
        }
        let labels: Vec<&String> = members.iter().map(|m| &m.label).collect();
        description.labels(&labels, &[]);
        for member in members {
            description.text(schema::TEXT, &member.text);
            description.text(ng::KIND, member.kind.name());
            description.texts(ng::MEDIUM, &member.medium);
            description.texts(ng::VIA_TEXT, &member.via_text);
            description.texts(ng::ADDRESSEE_TEXT, &member.addressee_text);
            let links = [
                (ng::ADDRESSEE, member.addressee.as_slice()),
                (ng::VIA, member.via.as_slice()),
                (schema::MENTIONS, member.mentions.as_slice()),
            ];
            for (predicate, locals) in links {
                for canonical in self.canonicals(locals)? {
                    description.add(predicate, canonical);
                }
            }
        }
        Ok(())
    }

    /// Who says it, and how sure they are together: one minus the chance that each source is
    /// wrong, sources taken as independent.
    fn witnesses(
        &mut self,
        description: &mut Description,
        members: &[NamedNode],
    ) -> Result<(), S::Error> {
        let articles: BTreeSet<NamedNode> = members.iter().map(article_of).collect();
        let source = self.sources(&articles)?;
        let mut sources: BTreeMap<usize, f32> = BTreeMap::new();
        let mut has_evidence = false;
        for member in members {
            let article = article_of(member);
            let best = sources.entry(source[&article]).or_insert(0.0);
            for mention in self.local(member)?.iris(ng::EVIDENCE) {
                has_evidence = true;
                let sure = confidence(self.local(&mention)?.as_ref()).map_or(0.0, |c| c.get());
                *best = best.max(sure);
                description.add(ng::EVIDENCE, mention);
            }
            description.add(ng::REPORTED_IN, article);
        }
        let count = i64::try_from(sources.len()).unwrap_or(i64::MAX);
        description.add(ng::WITNESSES, Literal::from(count));
        if has_evidence {
            let wrong: f32 = sources.values().map(|sure| 1.0 - sure).product();
            description.add(ng::CONFIDENCE, decimal((1.0 - wrong).min(MOST_CONFIDENCE)));
        }
        Ok(())
    }

    /// The independent source of each of these articles, by number: those of one publisher have
    /// one, and so have reprints of one text.
    fn sources(
        &self,
        articles: &BTreeSet<NamedNode>,
    ) -> Result<BTreeMap<NamedNode, usize>, S::Error> {
        let mut source: Vec<usize> = (0..articles.len()).collect();
        let mut join = |a: usize, b: usize| {
            let (from, to) = (source[a].max(source[b]), source[a].min(source[b]));
            source
                .iter_mut()
                .filter(|s| **s == from)
                .for_each(|s| *s = to);
        };
        let mut publishers: BTreeMap<String, usize> = BTreeMap::new();
        // Reprints share some part of their sketches: only those that do are compared.
        let mut parts: BTreeMap<(usize, String), Vec<usize>> = BTreeMap::new();
        let mut sketches: Vec<String> = Vec::with_capacity(articles.len());
        for (i, article) in articles.iter().enumerate() {
            let node = self.local(article)?;
            if let Some(publisher) = node.text(schema::PUBLISHER) {
                join(i, *publishers.entry(name_key(&publisher)).or_insert(i));
            }
            let sketch = node.text(ng::TEXT_SKETCH).unwrap_or_default();
            let mut near = BTreeSet::new();
            for (n, part) in sketch.as_bytes().chunks(16).enumerate() {
                let part = String::from_utf8_lossy(part).into_owned();
                let same = parts.entry((n, part)).or_default();
                near.extend(same.iter().copied());
                same.push(i);
            }
            near.into_iter()
                .filter(|&j| is_reprint(&sketch, &sketches[j]))
                .for_each(|j| join(i, j));
            sketches.push(sketch);
        }
        Ok(articles.iter().cloned().zip(source).collect())
    }

    /// What the default graph says of an article itself. Empty, if its graph is gone.
    pub(super) fn describe_article(&self, article: &NamedNode) -> Result<Node, S::Error> {
        let node = self.local(article)?;
        let kept = [
            rdf::TYPE,
            schema::IDENTIFIER,
            schema::HEADLINE,
            schema::PUBLISHER,
            schema::DATE_PUBLISHED,
            schema::URL,
            schema::IN_LANGUAGE,
        ];
        let mut description = Description::new(article);
        for predicate in kept {
            for term in node.terms(predicate) {
                description.add(predicate, term.clone());
            }
        }
        Ok(description.node)
    }

    /// Describes the links of what is described anew, and no longer those that it had.
    pub(super) fn describe_links(
        &self,
        old: &mut BTreeMap<NamedNode, Arc<Node>>,
        new: &mut BTreeMap<NamedNode, Arc<Node>>,
    ) -> Result<(), S::Error> {
        let default = GraphNameRef::DefaultGraph;
        let described: Vec<NamedNode> = new.keys().cloned().collect();
        for canonical in described {
            // What is linked is called something that is not ours.
            let is_ours = |iri: &NamedNode| iri.as_str().starts_with(self.base.as_str());
            let called = old[&canonical].iris(owl::SAME_AS);
            let was = match called.iter().all(is_ours) {
                true => Arc::default(),
                false => {
                    let object = canonical.as_ref().into();
                    self.source
                        .subjects(Some(ng::LINKS), object, Some(default))?
                }
            };
            for link in was.iter() {
                old.insert(link.clone(), self.source.node(link, default)?);
                new.insert(link.clone(), Arc::new(Node::new(link.clone())));
            }
            for link in self.outside.get(&canonical).into_iter().flatten() {
                let iri = self.base.link(&link.source, &link.entity);
                let mut node = Node::new(iri.clone());
                for quad in link.quads(self.base, &GraphName::DefaultGraph) {
                    node.push(quad);
                }
                old.entry(iri.clone())
                    .or_insert_with(|| Arc::new(Node::new(iri.clone())));
                new.insert(iri, Arc::new(node));
            }
        }
        Ok(())
    }

    /// Describes what canonical things share and no article has of its own (posts, what roles
    /// are, countries), as long as something refers to it.
    pub(super) fn describe_shared(
        &mut self,
        old: &mut BTreeMap<NamedNode, Arc<Node>>,
        new: &mut BTreeMap<NamedNode, Arc<Node>>,
    ) -> Result<(), S::Error> {
        for predicate in [ng::POST, org::ROLE] {
            let mut holding: BTreeMap<NamedNode, Vec<Arc<Node>>> = BTreeMap::new();
            for node in new.values() {
                for object in node.iris(predicate) {
                    holding.entry(object).or_default().push(Arc::clone(node));
                }
            }
            for shared in referred(old, new, predicate) {
                let own = holding.remove(&shared).unwrap_or_default();
                let holders = self.referring(&shared, predicate, own, new)?;
                let described = self.shared(&shared, predicate, &holders);
                let was = self.source.node(&shared, GraphNameRef::DefaultGraph)?;
                old.insert(shared.clone(), was);
                new.insert(shared, Arc::new(described));
            }
        }
        // Whatever a node that is computed anew refers to is referred to.
        let is_iri = |(_, term): (&NamedNode, &Term)| match term {
            Term::NamedNode(iri) => Some(iri.clone()),
            _ => None,
        };
        let named: HashSet<NamedNode> = new
            .values()
            .flat_map(|n| n.iter().filter_map(is_iri))
            .collect();
        let mut countries = referred(old, new, ng::COUNTRY);
        countries.extend(referred(old, new, schema::CONTAINED_IN_PLACE));
        countries.extend(new.keys().cloned());
        for country in countries {
            let Some(code) = self.base.country_code(country.as_str()) else {
                continue;
            };
            // One that articles name is described by its members.
            if new.get(&country).is_some_and(|node| !node.is_empty()) {
                continue;
            }
            if !old.contains_key(&country) {
                let was = self.source.node(&country, GraphNameRef::DefaultGraph)?;
                if was.iri(ng::REPORTED_IN).is_some() {
                    continue;
                }
                old.insert(country.clone(), was);
            }
            let mut description = Description::new(&country);
            if named.contains(&country) || self.is_referred(&country, new)? {
                self.country(&mut description, code);
                let links = self.found_links(&country, &BTreeSet::new(), &[])?;
                self.call(&mut description, links);
            }
            new.insert(country, Arc::new(description.node));
        }
        Ok(())
    }

    fn shared(
        &self,
        shared: &NamedNode,
        predicate: NamedNodeRef<'_>,
        holders: &[Arc<Node>],
    ) -> Node {
        let mut description = Description::new(shared);
        let names = distinct(
            holders
                .iter()
                .filter_map(|role| role.text(schema::ROLE_NAME)),
        );
        let Some(name) = names.first() else {
            return description.node;
        };
        if predicate == org::ROLE {
            description.add(rdf::TYPE, skos::CONCEPT);
            description.text(skos::PREF_LABEL, name);
            return description.node;
        }
        description.add(rdf::TYPE, org::POST);
        description.add(org::ROLE, self.base.concept(name));
        let path = self.base.short(shared.as_str());
        let country = path.rsplit('_').next().and_then(|code| code.parse().ok());
        description.country(self.base, country);
        // Of the bodies that holders name, those that the post is of, however spelt.
        let organizations = distinct(holders.iter().flat_map(|role| {
            role.texts(ng::ORGANIZATION_NAME)
                .into_iter()
                .filter(|body| self.base.post(name, Some(body), country).as_ref() == Some(shared))
        }));
        let label = post_label(name, organizations.first().map(String::as_str), country);
        description.text(rdfs::LABEL, &label);
        description.node
    }

    /// The role holdings that have `object`, as they will be: those of `nodes`, which are computed
    /// anew, and those that stay.
    fn referring(
        &self,
        object: &NamedNode,
        predicate: NamedNodeRef<'_>,
        mut nodes: Vec<Arc<Node>>,
        new: &BTreeMap<NamedNode, Arc<Node>>,
    ) -> Result<Vec<Arc<Node>>, S::Error> {
        let graph = Some(GraphNameRef::DefaultGraph);
        for subject in self
            .source
            .subjects(Some(predicate), object.as_ref().into(), graph)?
            .iter()
        {
            if !new.contains_key(subject) {
                nodes.push(self.source.node(subject, GraphNameRef::DefaultGraph)?);
            }
        }
        Ok(nodes)
    }

    fn is_referred(
        &self,
        object: &NamedNode,
        new: &BTreeMap<NamedNode, Arc<Node>>,
    ) -> Result<bool, S::Error> {
        let graph = Some(GraphNameRef::DefaultGraph);
        for quad in self
            .source
            .quads(None, None, Some(object.as_ref().into()), graph)
        {
            let quad = quad?;
            let NamedOrBlankNode::NamedNode(subject) = quad.subject else {
                continue;
            };
            // Links of what the articles call by its name are accounted for by its members.
            if quad.predicate.as_ref() != prov::SPECIALIZATION_OF && !new.contains_key(&subject) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The commonest of some values; of equals the first in order.
fn commonest<T: Ord>(values: &[T]) -> Option<&T> {
    let mut count: BTreeMap<&T, usize> = BTreeMap::new();
    for value in values {
        *count.entry(value).or_default() += 1;
    }
    let most = count.values().copied().max()?;
    count
        .into_iter()
        .find(|(_, n)| *n == most)
        .map(|(value, _)| value)
}

/// The values that a predicate has in any of these nodes.
fn referred(
    old: &BTreeMap<NamedNode, Arc<Node>>,
    new: &BTreeMap<NamedNode, Arc<Node>>,
    predicate: NamedNodeRef<'_>,
) -> BTreeSet<NamedNode> {
    old.values()
        .chain(new.values())
        .flat_map(|node| node.iris(predicate))
        .collect()
}
