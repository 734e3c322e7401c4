//! Owns the Oxigraph store: replaces an article's graph and what follows from it in one
//! transaction, answers SPARQL, reads tables back. Must not know news or language.
//!
//! On disk a store is a folder with a marker (format and base), a lock file and RocksDB's files.
//! What a process that is killed had not committed is not there when the store is opened again.

mod check;
mod corrections;
mod disk;
mod error;
mod journal_line;
mod links;
mod mirror;
mod pending;
mod rows;
mod splits;

pub use crate::graph::record::Context;
pub use check::{SHAPES, Violation};
pub use corrections::Restored;
pub use disk::FORMAT;
pub use error::StoreError;
pub use journal_line::{LineError, line_of, read_line};
pub use links::Profile;
pub use rows::{ArticleRow, EntityRow, MeetingRow, RoleRow, StatementRow, Tables, WhyRow};
pub use splits::{Split, SplitPart};

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use oxigraph::model::{
    GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, TermRef,
};
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use oxigraph::store::StorageError;

use crate::graph::record::{Matches, Source};
use crate::graph::vocab::ng;
use crate::graph::{ArticleGraph, Base, ContentHash, PREFIXES, article_of};
use crate::identity::{self, Conflict, Footprint};
use mirror::{Changes, Mirror};

/// Articles that one transaction loads at least: what they share is computed once.
const BATCH: usize = 256;
/// Articles that one transaction loads at most, so that it stays within some hundred megabytes.
const MOST: usize = 1024;

/// A knowledge graph, on disk or in memory. May be shared between threads.
///
/// ```
/// use newsgraph::graph::Base;
/// use newsgraph::store::Store;
/// let store = Store::in_memory(Base::default())?;
/// assert!(store.articles()?.is_empty());
/// let answer = store.query("ASK { ?meeting a ng:Meeting }")?;
/// assert!(matches!(answer, oxigraph::sparql::QueryResults::Boolean(false)));
/// # Ok::<(), newsgraph::store::StoreError>(())
/// ```
pub struct Store {
    quads: oxigraph::store::Store,
    base: Base,
    /// Held while a change is made: changes come one after the other.
    change: Mutex<Mirror>,
    /// Keeps the lock file locked as long as the store is open.
    _lock: Option<disk::Lock>,
}

/// What a [`Store::load`] did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoadReport {
    /// Articles that were not there before.
    pub added: usize,
    /// Articles whose graph was replaced.
    pub replaced: usize,
    /// Articles whose graph was there already with the same hash.
    pub unchanged: usize,
    /// Entities of articles that were there before and stand for something else now, with what
    /// they stood for first; [`Store::splits`] tells what that split.
    pub moved: BTreeMap<NamedNode, NamedNode>,
}

impl std::ops::AddAssign for LoadReport {
    fn add_assign(&mut self, more: Self) {
        self.added += more.added;
        self.replaced += more.replaced;
        self.unchanged += more.unchanged;
        for (local, was) in more.moved {
            self.moved.entry(local).or_insert(was);
        }
    }
}

impl Store {
    /// Opens the store in `dir` for reading and writing; makes it (with `base`, else
    /// [`Base::DEFAULT`]) where there is nothing yet. `base`, if given, must be the store's, if
    /// it has articles.
    ///
    /// # Errors
    /// [`StoreError::NotAStore`], [`StoreError::NewerVersion`], [`StoreError::Locked`],
    /// [`StoreError::OtherBase`], [`StoreError::NoDisk`] without the feature `rocksdb`.
    pub fn open(dir: &Path, base: Option<&Base>) -> Result<Self, StoreError> {
        let folder = disk::Folder::open(dir, base)?;
        let store = Self {
            quads: folder.database()?,
            base: folder.base().clone(),
            change: Mutex::default(),
            _lock: Some(folder.into_lock()),
        };
        // A process died in the middle of a large change.
        if store.is_unfinished()? {
            mirror::finish(&store.quads, &store.base.redo())?;
        }
        let Some(base) = base.filter(|base| **base != store.base) else {
            return Ok(store);
        };
        if store.quads.named_graphs().next().is_none() {
            disk::write_marker(dir, base)?;
            return Ok(Self {
                base: base.clone(),
                ..store
            });
        }
        Err(StoreError::OtherBase {
            expected: store.base.to_string(),
            found: base.to_string(),
        })
    }

    /// Opens the store in `dir` for reading. Several processes may do so at a time, while none
    /// writes.
    ///
    /// # Errors
    /// As [`open`](Self::open), and [`StoreError::Missing`] where there is none.
    pub fn open_read_only(dir: &Path) -> Result<Self, StoreError> {
        let store = Self::open_as_it_is(dir)?;
        if store.is_unfinished()? {
            drop(store);
            drop(Self::open(dir, None)?);
            return Self::open_as_it_is(dir);
        }
        Ok(store)
    }

    fn open_as_it_is(dir: &Path) -> Result<Self, StoreError> {
        let folder = disk::Folder::open_read_only(dir)?;
        Ok(Self {
            quads: folder.database()?,
            base: folder.base().clone(),
            change: Mutex::default(),
            _lock: Some(folder.into_lock()),
        })
    }

    /// Whether the second step of a large change is still to be done.
    fn is_unfinished(&self) -> Result<bool, StorageError> {
        self.quads.contains_named_graph(self.base.redo().as_ref())
    }

    /// An empty store without files.
    pub fn in_memory(base: Base) -> Result<Self, StoreError> {
        let quads = oxigraph::store::Store::new()?;
        Ok(Self {
            quads,
            base,
            change: Mutex::default(),
            _lock: None,
        })
    }

    /// The IRI under which everything in this store is named.
    pub const fn base(&self) -> &Base {
        &self.base
    }

    /// Whether the article is here with just this content.
    pub fn is_current(&self, id: &str, hash: ContentHash) -> Result<bool, StoreError> {
        Ok(is_current(&self.quads, &self.base.article(id), hash)?)
    }

    /// Loads articles: each one's old graph goes, the new one comes, and the default graph
    /// follows, a batch in one transaction. Call it with many at once: what articles share is
    /// then computed once. The result depends neither on order nor on batches.
    ///
    /// # Errors
    /// [`StoreError::OtherBase`] before anything is loaded; storage errors, after which the
    /// batches before the failed one are there as a whole.
    pub fn load(&self, articles: &[ArticleGraph]) -> Result<LoadReport, StoreError> {
        if let Some(other) = articles.iter().find(|article| article.base != self.base) {
            let (expected, found) = (self.base.to_string(), other.base.to_string());
            return Err(StoreError::OtherBase { expected, found });
        }
        let mut mirror = self.change.lock().unwrap_or_else(PoisonError::into_inner);
        let mut report = LoadReport::default();
        let mut rest = articles;
        while !rest.is_empty() {
            let (batch, after) = rest.split_at(self.batch_size()?.min(rest.len()));
            rest = after;
            let mut changes = self.changes(&mut mirror);
            let mut footprint = Footprint::default();
            let mut changed = BTreeSet::new();
            for article in batch {
                if is_current(&changes, &article.name, article.hash)? {
                    report.unchanged += 1;
                    continue;
                }
                if changes.has_graph(&article.name)? {
                    report.replaced += 1;
                    footprint.add(&changes, &article.name)?;
                    changes.remove_graph(article.name.as_ref().into())?;
                } else {
                    report.added += 1;
                }
                changes.insert_graph(&article.name, &article.quads);
                footprint.add(&changes, &article.name)?;
                changed.insert(&article.name);
            }
            if footprint.is_empty() {
                *mirror = changes.into_mirror();
            } else {
                let mut moved = follow(&mut changes, &self.base, &footprint)?;
                *mirror = changes.commit(&self.base.redo())?;
                moved.retain(|local, _| !changed.contains(&article_of(local)));
                report += LoadReport {
                    moved,
                    ..LoadReport::default()
                };
            }
        }
        Ok(report)
    }

    /// How many articles a [`load`](Self::load) should be given at a time: the more there are, the
    /// more, for each batch computes anew what its articles share with those that are there. So
    /// the work of a build grows with its articles and not with their square.
    pub fn batch_size(&self) -> Result<usize, StoreError> {
        let known = self
            .quads
            .named_graphs()
            .try_fold(0, |n, graph| graph.map(|_| n + 1))?;
        Ok((known / 2).clamp(BATCH, MOST))
    }

    /// Takes an article back with all that followed from it. `false`: it was not here.
    pub fn remove(&self, id: &str) -> Result<bool, StoreError> {
        let mut mirror = self.change.lock().unwrap_or_else(PoisonError::into_inner);
        let article = self.base.article(id);
        let mut changes = self.changes(&mut mirror);
        if !changes.has_graph(&article)? {
            *mirror = changes.into_mirror();
            return Ok(false);
        }
        let mut footprint = Footprint::default();
        footprint.add(&changes, &article)?;
        changes.remove_graph(article.as_ref().into())?;
        follow(&mut changes, &self.base, &footprint)?;
        *mirror = changes.commit(&self.base.redo())?;
        Ok(true)
    }

    /// Computes the default graph anew from all articles. Needed only where the rules of
    /// [`identity`] changed since they were loaded.
    pub fn rebuild(&self) -> Result<(), StoreError> {
        let mut mirror = self.change.lock().unwrap_or_else(PoisonError::into_inner);
        let mut changes = self.changes(&mut mirror);
        let mut footprint = Footprint::default();
        for name in self.quads.named_graphs() {
            if let NamedOrBlankNode::NamedNode(article) = name?
                && article != self.base.journal()
                && article != self.base.links()
            {
                footprint.add(&changes, &article)?;
            }
        }
        changes.remove_graph(GraphNameRef::DefaultGraph)?;
        follow(&mut changes, &self.base, &footprint)?;
        *mirror = changes.commit(&self.base.redo())?;
        Ok(())
    }

    /// Begins a change. It takes the mirror with it, so that one that fails leaves none.
    fn changes(&self, mirror: &mut Mirror) -> Changes<'_> {
        Changes::new(&self.quads, std::mem::take(mirror))
    }

    /// Answers a SPARQL 1.1 query; [`PREFIXES`] need no declaration. The default graph is what
    /// all articles say together; each article's graph has its IRI as name.
    ///
    /// # Errors
    /// [`StoreError::Syntax`] with line and column in `sparql`; [`StoreError::Evaluation`], also
    /// while results are read.
    pub fn query(&self, sparql: &str) -> Result<QueryResults<'static>, StoreError> {
        let mut evaluator = SparqlEvaluator::new();
        for (prefix, iri) in PREFIXES {
            evaluator = evaluator
                .with_prefix(*prefix, *iri)
                .map_err(|e| StoreError::syntax(&e.to_string()))?;
        }
        let query = evaluator
            .parse_query(sparql)
            .map_err(|error| StoreError::syntax(&error.to_string()))?;
        Ok(query.on_store(&self.quads).execute()?)
    }

    /// All quads, sorted by graph (the default graph first), subject, predicate, object.
    pub fn quads(&self) -> Result<Vec<Quad>, StoreError> {
        sorted(self.quads.iter())
    }

    /// The quads of the default graph, what all articles say together, sorted.
    pub fn default_graph(&self) -> Result<Vec<Quad>, StoreError> {
        let graph = Some(GraphNameRef::DefaultGraph);
        sorted(self.quads.quads_for_pattern(None, None, None, graph))
    }

    /// Where articles disagree, ordered by what it is about.
    pub fn conflicts(&self) -> Result<Vec<Conflict>, StoreError> {
        Ok(identity::conflicts(&self.quads, &self.base)?)
    }
}

fn sorted(
    quads: impl Iterator<Item = Result<Quad, StorageError>>,
) -> Result<Vec<Quad>, StoreError> {
    let mut quads = quads.collect::<Result<Vec<_>, _>>()?;
    quads.sort_by_cached_key(|quad| {
        let graph = match quad.graph_name.as_ref() {
            GraphNameRef::DefaultGraph => String::new(),
            name => name.to_string(),
        };
        (
            graph,
            quad.subject.to_string(),
            quad.predicate.to_string(),
            quad.object.to_string(),
        )
    });
    Ok(quads)
}

fn is_current<S: Source>(
    source: &S,
    article: &NamedNode,
    hash: ContentHash,
) -> Result<bool, S::Error> {
    let hash = Literal::new_simple_literal(hash.to_string());
    let graph = Some(GraphNameRef::from(article.as_ref()));
    let object = Some(hash.as_ref().into());
    let mut found = source.quads(Some(article), Some(ng::CONTENT_HASH), object, graph);
    Ok(found.next().transpose()?.is_some())
}

/// Brings the default graph up to date with the article graphs. Gives the entities of articles that
/// stand for something else now, with what they stood for.
fn follow(
    changes: &mut Changes<'_>,
    base: &Base,
    footprint: &Footprint,
) -> Result<BTreeMap<NamedNode, NamedNode>, StorageError> {
    let delta = identity::update(changes, base, footprint)?;
    delta.remove.iter().for_each(|quad| changes.remove(quad));
    delta.insert.iter().for_each(|quad| changes.insert(quad));
    Ok(delta.moved)
}

/// Makes an Oxigraph type a [`Source`].
macro_rules! source {
    ($type:ty) => {
        impl Source for $type {
            type Error = StorageError;

            fn quads(
                &self,
                subject: Option<&NamedNode>,
                predicate: Option<NamedNodeRef<'_>>,
                object: Option<TermRef<'_>>,
                graph: Option<GraphNameRef<'_>>,
            ) -> Matches<'_, StorageError> {
                let subject = subject.map(|s| s.as_ref().into());
                Box::new(self.quads_for_pattern(subject, predicate, object, graph))
            }
        }
    };
}

source!(oxigraph::store::Store);
