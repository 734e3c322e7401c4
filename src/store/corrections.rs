//! Users' corrections: written down, taken back, taken over from another store's journal. Must not know
//! what they mean for who is one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::PoisonError;

use oxigraph::model::{GraphNameRef, NamedNode};
use oxigraph::store::StorageError;

use super::mirror::{Changes, Mirror};
use super::{Store, StoreError, follow};
use crate::fact::EntityKind;
use crate::graph::article_of;
use crate::graph::record::{EntityRecord, Source};
use crate::graph::vocab::{ng, owl, prov};
use crate::identity::{Action, Content, Correction, Footprint, Journal, Recorded};

/// What became of a correction of another journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Restored {
    Added(Correction),
    /// The journal has it already.
    Known,
}

/// What corrections are about: what stands for it in articles, and the keys of its blocks.
#[derive(Default)]
struct Subject {
    locals: BTreeSet<NamedNode>,
    keys: BTreeSet<String>,
    /// `None`: a fact.
    kind: Option<EntityKind>,
}

impl Store {
    /// The users' corrections, in the order in which they were made.
    pub fn corrections(&self) -> Result<Vec<Correction>, StoreError> {
        Ok(Journal::read(&self.quads, &self.base)?.corrections)
    }

    /// Writes a correction down and lets the default graph follow. `of` and `with` are canonical
    /// entities; `of` to forget is a canonical fact or one of an article.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] for what is not there, [`StoreError::NotOneKind`] and
    /// [`StoreError::NotCorrectable`] for what cannot be corrected so.
    pub fn correct(
        &self,
        action: Action,
        of: &NamedNode,
        with: Option<&NamedNode>,
    ) -> Result<Correction, StoreError> {
        let content = Content {
            action,
            of: vec![of.clone()],
            with: with.cloned(),
        };
        self.write_down(content, None)
    }

    /// Takes corrections over that another store's journal has, in this order, each in a
    /// transaction of its own. One that the journal has already is not written again; one that
    /// is new keeps its number, where that comes after all that are there. Gives for each what
    /// became of it: an IRI that is not in this store is no reason to leave out the others.
    ///
    /// # Errors
    /// Where the store cannot be read or written.
    pub fn restore(
        &self,
        recorded: &[Recorded],
    ) -> Result<Vec<Result<Restored, StoreError>>, StoreError> {
        // One and the same may have been made twice, with another between.
        let mut known: BTreeMap<Content, usize> = BTreeMap::new();
        for correction in self.corrections()? {
            *known.entry(correction.content()).or_default() += 1;
        }
        let mut seen = BTreeSet::new();
        let mut restored = Vec::with_capacity(recorded.len());
        for record in recorded {
            let is_repeated = !seen.insert(record);
            let left = known.get_mut(&record.content).filter(|left| **left > 0);
            restored.push(match left {
                _ if is_repeated => Ok(Restored::Known),
                Some(left) => {
                    *left -= 1;
                    Ok(Restored::Known)
                }
                None => match self.write_down(record.content.clone(), record.number) {
                    Ok(correction) => Ok(Restored::Added(correction)),
                    Err(StoreError::Storage(error)) => return Err(error.into()),
                    Err(error) => Err(error),
                },
            });
        }
        Ok(restored)
    }

    /// Takes a correction back. `false`: there is none of this number.
    pub fn undo(&self, number: usize) -> Result<bool, StoreError> {
        let mut mirror = self.change.lock().unwrap_or_else(PoisonError::into_inner);
        let mut changes = self.changes(&mut mirror);
        let corrections = Journal::read(&changes, &self.base)?.corrections;
        let Some(correction) = corrections.into_iter().find(|c| c.number == number) else {
            *mirror = changes.into_mirror();
            return Ok(false);
        };
        for quad in correction.quads(&self.base) {
            changes.remove(&quad);
        }
        *mirror = self.follow_correction(changes, &correction)?;
        Ok(true)
    }

    /// Writes a correction down under this number, if it comes after all others, else the next.
    fn write_down(
        &self,
        content: Content,
        number: Option<usize>,
    ) -> Result<Correction, StoreError> {
        let mut mirror = self.change.lock().unwrap_or_else(PoisonError::into_inner);
        let subject = self.subject(&content)?;
        let Content { action, of, with } = content;
        let mut changes = self.changes(&mut mirror);
        let corrections = Journal::read(&changes, &self.base)?.corrections;
        let last = corrections.last().map_or(0, |last| last.number);
        let is_fact = action == Action::Forget;
        let correction = Correction {
            number: number.filter(|number| *number > last).unwrap_or(last + 1),
            action,
            of: match is_fact {
                true => subject.locals.into_iter().collect(),
                false => of,
            },
            with,
            keys: if is_fact {
                BTreeSet::new()
            } else {
                subject.keys
            },
        };
        for quad in correction.quads(&self.base) {
            changes.insert(&quad);
        }
        *mirror = self.follow_correction(changes, &correction)?;
        Ok(correction)
    }

    fn follow_correction(
        &self,
        mut changes: Changes<'_>,
        correction: &Correction,
    ) -> Result<Mirror, StorageError> {
        let mut footprint = Footprint::default();
        footprint.add_correction(&changes, correction)?;
        follow(&mut changes, &self.base, &footprint)?;
        changes.commit(&self.base.redo())
    }

    /// What a correction is about, if it is here and can be corrected so.
    fn subject(&self, content: &Content) -> Result<Subject, StoreError> {
        let mut subject = Subject::default();
        let mut first_kind = None;
        for thing in content.of.iter().chain(&content.with) {
            let found = self.subject_of(thing)?;
            let iri = || self.base.short(thing.as_str()).to_owned();
            let is_known = !found.locals.is_empty();
            let is_forget = content.action == Action::Forget;
            let is_local = article_of(thing) != *thing;
            // Of a fact that several articles tell, some may not be here.
            let may_be_absent = is_forget && is_local;
            if !is_known && !may_be_absent {
                return Err(StoreError::Unknown { iri: iri() });
            }
            let is_country = found.kind == Some(EntityKind::Country);
            let fits = match content.action {
                Action::Forget => found.kind.is_none(),
                Action::Split => found.kind.is_some() && !is_local && !is_country,
                Action::Merge => found.kind.is_some() && !is_local,
            };
            if is_known && !fits {
                return Err(StoreError::NotCorrectable {
                    action: content.action,
                    iri: iri(),
                });
            }
            let kind = *first_kind.get_or_insert(found.kind);
            if content.with.is_some() && (kind != found.kind || is_country) {
                return Err(StoreError::NotOneKind {
                    of: self.base.short(content.of[0].as_str()).to_owned(),
                    with: iri(),
                });
            }
            subject.keys.extend(found.keys);
            subject.locals.extend(found.locals);
        }
        if subject.locals.is_empty() {
            let iri = content.of.first().map_or("", |of| of.as_str());
            let iri = self.base.short(iri).to_owned();
            return Err(StoreError::Unknown { iri });
        }
        if content.action == Action::Forget {
            let named = content.of.iter().filter(|of| article_of(of) != **of);
            subject.locals.extend(named.cloned());
        }
        Ok(subject)
    }

    fn subject_of(&self, thing: &NamedNode) -> Result<Subject, StorageError> {
        let mut subject = Subject::default();
        for local in self.locals(thing)? {
            let article = article_of(&local);
            let node = self.quads.node(&local, article.as_ref().into())?;
            subject.keys.extend(node.texts(ng::KEY));
            subject.kind = EntityRecord::read(&node, &self.base).map(|entity| entity.kind);
            subject.locals.insert(local);
        }
        Ok(subject)
    }

    /// What stands for a canonical thing in articles, named as it is or as it would be under
    /// another of its names; for something of an article, that itself.
    fn locals(&self, thing: &NamedNode) -> Result<BTreeSet<NamedNode>, StorageError> {
        let article = article_of(thing);
        if article != *thing {
            let node = self.quads.node(thing, article.as_ref().into())?;
            let is_there = !node.is_empty();
            return Ok(is_there.then(|| thing.clone()).into_iter().collect());
        }
        let default = Some(GraphNameRef::DefaultGraph);
        let bearers = self
            .quads
            .subjects(Some(owl::SAME_AS), thing.as_ref().into(), default)?;
        let mut locals = BTreeSet::new();
        for bearer in std::iter::once(thing).chain(bearers.iter()) {
            for link in [prov::SPECIALIZATION_OF, ng::EXPRESSES] {
                let found = self
                    .quads
                    .subjects(Some(link), bearer.as_ref().into(), default)?;
                locals.extend(found.iter().cloned());
            }
            if !locals.is_empty() {
                break;
            }
        }
        Ok(locals)
    }
}
