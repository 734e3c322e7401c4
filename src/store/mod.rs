//! Owns the Oxigraph store: replaces an article's graph and what follows from it in one
//! transaction, answers SPARQL, reads tables back. Must not know news or language.

mod error;
mod rows;

pub use error::StoreError;
pub use rows::{ArticleRow, EntityRow, MeetingRow, RoleRow, StatementRow, Tables};

use std::path::Path;

use oxigraph::model::Quad;
use oxigraph::sparql::QueryResults;

use crate::graph::{ArticleGraph, Base, ContentHash};
use crate::identity::Conflict;

/// Version of the way data lie in a store; a store of a greater version is not opened.
pub const FORMAT: u32 = 1;

/// A knowledge graph, on disk or in memory. Shared between threads by reference.
pub struct Store {
    _inner: oxigraph::store::Store,
}

/// What a [`Store::load`] did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LoadReport {
    /// Articles that were not there before.
    pub added: usize,
    /// Articles whose graph was replaced.
    pub replaced: usize,
    /// Articles whose graph was there already with the same hash.
    pub unchanged: usize,
}

impl Store {
    /// Opens the store in `dir` for reading and writing; makes it (with `base`, else
    /// [`Base::DEFAULT`]) where there is nothing yet. `base` must be the store's, if it has
    /// articles.
    pub fn open(_dir: &Path, _base: Option<&Base>) -> Result<Self, StoreError> {
        unimplemented!()
    }

    /// Opens the store in `dir` for reading; [`StoreError::Missing`] where there is none.
    pub fn open_read_only(_dir: &Path) -> Result<Self, StoreError> {
        unimplemented!()
    }

    /// An empty store without files.
    pub fn in_memory(_base: Base) -> Result<Self, StoreError> {
        unimplemented!()
    }

    /// The IRI under which everything in this store is named.
    pub fn base(&self) -> &Base {
        unimplemented!()
    }

    /// Whether the article is here with just this content.
    pub fn is_current(&self, _id: &str, _hash: ContentHash) -> Result<bool, StoreError> {
        unimplemented!()
    }

    /// Loads articles: each one's old graph goes, the new one comes, and the default graph
    /// follows, a batch in one transaction. Call it with many at once: what articles share is
    /// then computed once. The result depends neither on order nor on batches.
    pub fn load(&self, _articles: &[ArticleGraph]) -> Result<LoadReport, StoreError> {
        unimplemented!()
    }

    /// Takes an article back with all that followed from it. `false`: it was not here.
    pub fn remove(&self, _id: &str) -> Result<bool, StoreError> {
        unimplemented!()
    }

    /// The articles, by id.
    pub fn articles(&self) -> Result<Vec<ArticleRow>, StoreError> {
        unimplemented!()
    }

    /// Answers a SPARQL 1.1 query; [`crate::graph::PREFIXES`] need no declaration. The default
    /// graph is what all articles say together, each article's graph has its IRI as name.
    pub fn query(&self, _sparql: &str) -> Result<QueryResults<'static>, StoreError> {
        unimplemented!()
    }

    /// All quads, sorted by graph (the default graph first), subject, predicate, object.
    pub fn quads(&self) -> Result<Vec<Quad>, StoreError> {
        unimplemented!()
    }

    /// The tables, as [`rows`](Tables) of evidence.
    pub fn tables(&self) -> Result<Tables, StoreError> {
        unimplemented!()
    }

    /// Where articles disagree, ordered by what it is about.
    pub fn conflicts(&self) -> Result<Vec<Conflict>, StoreError> {
        unimplemented!()
    }
}
