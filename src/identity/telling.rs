//! Where articles tell one thing in different words: the spelling of a name, the title of an
//! office, the words of a quotation, the medium of a statement.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphNameRef, NamedNode};

use super::conflict::{Aspect, Conflict, Finder, Member, Side, default_graph, values};
use super::wording::Wording;
use crate::graph::name::{Match, PersonName};
use crate::graph::record::{RoleRecord, Source, SpanRecord, StatementRecord, canonical};
use crate::graph::vocab::{ng, prov, rdf, rdfs, schema, skos};
use crate::graph::{article_of, name_key};
use crate::lexicon;

/// A statement with its article.
type Said = (StatementRecord, NamedNode);

impl<S: Source> Finder<'_, S> {
    /// Titles that are two words for one office of one person.
    pub(super) fn titles(&self) -> Result<Vec<Conflict>, S::Error> {
        let members = self.members(ng::ROLE_HOLDING, |node| RoleRecord::read(node, self.base))?;
        let mut offices: BTreeMap<_, Vec<&Member<RoleRecord>>> = BTreeMap::new();
        for member in &members {
            if let Some((_, class)) = lexicon::title_kin(&member.record.role)
                && self.is_told_as_held(member)?
                && let Some(person) = canonical(self.source, &member.record.person)?
            {
                offices
                    .entry((person, class, member.record.country))
                    .or_default()
                    .push(member);
            }
        }
        let mut conflicts = Vec::new();
        for ((person, _, _), members) in offices {
            let of = |read: fn(&str) -> &str| -> BTreeSet<&str> {
                let all = members.iter().map(|m| read(&m.record.role));
                all.filter(|part| !part.is_empty()).collect()
            };
            let fields = of(|role| lexicon::title_kin(role).map_or("", |(field, _)| field));
            let heads = of(|role| match role.rsplit(' ').next() {
                Some("advisor") => "adviser",
                head => head.unwrap_or(""),
            });
            // Two fields are two offices; one head is a fuller and a shorter title.
            if fields.len() < 2 && heads.len() > 1 {
                let titles = values(&members, |role| Some(role.role.clone()));
                let about = self.label(&person)?;
                conflicts.extend(self.conflict(&about, Aspect::Title, &titles)?);
            }
        }
        Ok(conflicts)
    }

    /// A rank that one article gives and another leaves out, at about one time: "deputy foreign
    /// minister" and "foreign minister".
    pub(super) fn ranks(&self) -> Result<Vec<Conflict>, S::Error> {
        let members = self.members(ng::ROLE_HOLDING, |node| RoleRecord::read(node, self.base))?;
        let mut held: BTreeMap<_, Vec<&Member<RoleRecord>>> = BTreeMap::new();
        for member in &members {
            if self.is_told_as_held(member)?
                && let Some(person) = canonical(self.source, &member.record.person)?
            {
                let key = (person, member.record.country);
                held.entry(key).or_default().push(member);
            }
        }
        let mut conflicts = Vec::new();
        for ((person, _), held) in held {
            for low in &held {
                let Some(title) = below(&low.record.role) else {
                    continue;
                };
                let is_full = |m: &&&Member<RoleRecord>| m.record.role == title && is_near(m, low);
                let mut pair: Vec<&Member<RoleRecord>> =
                    held.iter().filter(is_full).copied().collect();
                if !pair.is_empty() {
                    pair.push(low);
                    let titles = values(&pair, |role| Some(role.role.clone()));
                    let about = self.label(&person)?;
                    conflicts.extend(self.conflict(&about, Aspect::Title, &titles)?);
                }
            }
        }
        Ok(conflicts)
    }

    /// Spellings of one person's full name.
    pub(super) fn names(&self) -> Result<Vec<Conflict>, S::Error> {
        let default = Some(GraphNameRef::DefaultGraph);
        let mut conflicts = Vec::new();
        let persons = self
            .source
            .subjects(Some(rdf::TYPE), schema::PERSON.into(), default)?;
        for person in persons.iter() {
            let node = self.source.node(person, default_graph())?;
            if node.iris(ng::REPORTED_IN).len() < 2 || node.texts(skos::ALT_LABEL).is_empty() {
                continue;
            }
            let mut forms = self.forms(person)?;
            let about = self.label(person)?;
            let own = PersonName::read(&about);
            // A name that leaves something out is no other spelling.
            forms.retain(|name, sides| {
                let spelt = PersonName::read(name).matches(&own);
                !sides.is_empty() && spelt.is_some_and(|found| found <= Match::Variant)
            });
            let articles: BTreeSet<&str> = forms
                .values()
                .flatten()
                .map(|side| side.article.as_str())
                .collect();
            if forms.len() > 1 && articles.len() > 1 {
                let sides = forms.into_values().flatten().collect();
                conflicts.push(Conflict {
                    about,
                    aspect: Aspect::Name,
                    sides,
                });
            }
        }
        Ok(conflicts)
    }

    /// The full names by which articles call a person.
    fn forms(&self, person: &NamedNode) -> Result<BTreeMap<String, Vec<Side>>, S::Error> {
        let default = Some(GraphNameRef::DefaultGraph);
        let link = Some(prov::SPECIALIZATION_OF);
        let mut forms: BTreeMap<String, Vec<Side>> = BTreeMap::new();
        let locals = self
            .source
            .subjects(link, person.as_ref().into(), default)?;
        for local in locals.iter() {
            let article = article_of(local);
            let own = self
                .source
                .node(local, GraphNameRef::from(article.as_ref()))?;
            let mut names = own.texts(skos::ALT_LABEL);
            names.extend(own.text(rdfs::LABEL));
            for name in names {
                if !PersonName::read(&name).is_single() {
                    let side = self.naming(&name, local, person)?;
                    forms.entry(name).or_default().extend(side);
                }
            }
        }
        Ok(forms)
    }

    /// Where an article first calls an entity just so.
    fn naming(
        &self,
        name: &str,
        local: &NamedNode,
        thing: &NamedNode,
    ) -> Result<Option<Side>, S::Error> {
        let article = article_of(local);
        let graph = GraphNameRef::from(article.as_ref());
        let refers = Some(ng::REFERS_TO);
        let mut spans = Vec::new();
        let places = self
            .source
            .subjects(refers, local.as_ref().into(), Some(graph))?;
        for span in places.iter() {
            spans.extend(SpanRecord::read(self.source.node(span, graph)?.as_ref()));
        }
        let squeezed = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
        let first = spans
            .into_iter()
            .filter(|span| squeezed(&span.words).contains(name))
            .min();
        let Some(first) = first else {
            return Ok(None);
        };
        let node = self.source.node(&article, default_graph())?;
        Ok(Some(Side {
            value: name.to_owned(),
            thing: thing.clone(),
            article: node.text(schema::IDENTIFIER).unwrap_or_default(),
            words: first.words,
            span: (first.start, first.end),
        }))
    }

    /// Quotations of one statement in different words, and through what it was said.
    pub(super) fn claims(&self) -> Result<Vec<Conflict>, S::Error> {
        let default = Some(GraphNameRef::DefaultGraph);
        let mut conflicts = Vec::new();
        let claims = self
            .source
            .subjects(Some(rdf::TYPE), schema::CLAIM.into(), default)?;
        for claim in claims.iter() {
            let node = self.source.node(claim, default_graph())?;
            if node.iris(ng::REPORTED_IN).len() < 2 {
                continue;
            }
            let link = Some(ng::EXPRESSES);
            let locals = self.source.subjects(link, claim.as_ref().into(), default)?;
            let mut said = Vec::new();
            for local in locals.iter() {
                let article = article_of(local);
                let node = self
                    .source
                    .node(local, GraphNameRef::from(article.as_ref()))?;
                said.extend(StatementRecord::read(&node).map(|record| (record, article)));
            }
            let about = match node.iri(ng::SPEAKER) {
                Some(speaker) => self.label(&speaker)?,
                None => "unnamed speaker".to_owned(),
            };
            conflicts.extend(self.wordings(&about, claim, &said)?);
            conflicts.extend(self.media(&about, claim, &said)?);
        }
        Ok(conflicts)
    }

    fn wordings(
        &self,
        about: &str,
        claim: &NamedNode,
        said: &[Said],
    ) -> Result<Option<Conflict>, S::Error> {
        let wordings: Vec<Wording> = said
            .iter()
            .map(|(record, _)| Wording::read(&record.text))
            .collect();
        let mut different: BTreeSet<usize> = BTreeSet::new();
        for i in 0..said.len() {
            for j in i + 1..said.len() {
                if said[i].1 != said[j].1 && wordings[i].differs(&wordings[j]) {
                    different.extend([i, j]);
                }
            }
        }
        let mut sides = Vec::new();
        for i in different {
            sides.extend(self.side_of(claim, &said[i])?);
        }
        sides.sort_by(|a, b| (&a.value, &a.article).cmp(&(&b.value, &b.article)));
        Ok((sides.len() > 1).then(|| Conflict {
            about: about.to_owned(),
            aspect: Aspect::Wording,
            sides,
        }))
    }

    fn media(
        &self,
        about: &str,
        claim: &NamedNode,
        said: &[Said],
    ) -> Result<Option<Conflict>, S::Error> {
        let mut media: BTreeMap<String, Vec<Side>> = BTreeMap::new();
        for said in said {
            if let Some(medium) = &said.0.medium
                && let Some(side) = self.side_of(claim, said)?
            {
                let value = medium.clone();
                let known = media.entry(name_key(medium)).or_default();
                known.push(Side { value, ..side });
            }
        }
        // "Post" says less than "post on X", and "social media" less than the name of one.
        let keys: Vec<String> = media.keys().cloned().collect();
        media.retain(|key, _| !keys.iter().any(|other| other != key && other.contains(key)));
        if media
            .values()
            .any(|sides| sides.iter().all(is_named_medium))
        {
            media.retain(|key, sides| sides.iter().all(is_named_medium) || !is_any_medium(key));
        }
        let articles = |sides: &Vec<Side>| -> BTreeSet<String> {
            sides.iter().map(|side| side.article.clone()).collect()
        };
        let common = media
            .values()
            .map(articles)
            .reduce(|a, b| a.intersection(&b).cloned().collect());
        if media.len() < 2 || common.is_some_and(|common| !common.is_empty()) {
            return Ok(None);
        }
        Ok(Some(Conflict {
            about: about.to_owned(),
            aspect: Aspect::Medium,
            sides: media.into_values().flatten().collect(),
        }))
    }

    /// The words of a statement as a side; the span is from its first word to its last.
    fn side_of(
        &self,
        claim: &NamedNode,
        (record, article): &Said,
    ) -> Result<Option<Side>, S::Error> {
        let graph = GraphNameRef::from(article.as_ref());
        let mut spans = Vec::new();
        for span in &record.content {
            spans.extend(SpanRecord::read(self.source.node(span, graph)?.as_ref()));
        }
        let start = spans.iter().map(|span| span.start).min();
        let end = spans.iter().map(|span| span.end).max();
        let node = self.source.node(article, default_graph())?;
        Ok(start.zip(end).map(|span| Side {
            value: record.text.clone(),
            thing: claim.clone(),
            article: node.text(schema::IDENTIFIER).unwrap_or_default(),
            words: record.text.clone(),
            span,
        }))
    }
}

/// The office of which a title names a deputy.
fn below(title: &str) -> Option<&str> {
    ["deputy ", "vice ", "vice-", "assistant "]
        .iter()
        .find_map(|rank| title.strip_prefix(rank))
}

/// Whether two articles are of about one time, so that nobody was promoted between them.
fn is_near<R>(a: &Member<R>, b: &Member<R>) -> bool {
    const DAYS: i32 = 7;
    a.days_until(b).is_some_and(|days| days.abs() <= DAYS)
}

/// "Truth Social", "X": a medium by its name.
fn is_named_medium(side: &Side) -> bool {
    side.value.starts_with(char::is_uppercase)
}

/// "social-media-post", "online-message": a kind of medium that has many names.
fn is_any_medium(key: &str) -> bool {
    key.split('-').any(|word| {
        matches!(
            word,
            "social" | "online" | "post" | "message" | "statement" | "internet"
        )
    })
}
