//! What can go wrong with a store.

use std::path::PathBuf;

use oxigraph::sparql::QueryEvaluationError;
use oxigraph::store::StorageError;

use crate::identity::Action;

/// A store cannot be opened, changed or queried.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error(
        "expected a newsgraph store in {path}, found other files\n\
         hint: give an empty or a new folder with --store"
    )]
    NotAStore { path: PathBuf },
    #[error(
        "expected a newsgraph store in {path}, found nothing there\n\
         hint: make one with `newsgraph build INPUT --store {path}`"
    )]
    Missing { path: PathBuf },
    #[error(
        "expected a store of format {supported} or older in {path}, found format {found}\n\
         hint: it was made by a newer newsgraph; update newsgraph, or build the store anew"
    )]
    NewerVersion {
        path: PathBuf,
        found: u32,
        supported: u32,
    },
    #[error(
        "expected the store in {path} to be free, found it in use by another process\n\
         hint: wait until the other newsgraph has ended, or use another --store"
    )]
    Locked { path: PathBuf },
    #[error(
        "expected a newsgraph with on-disk stores for {path}, found one built without the feature “rocksdb”\n\
         hint: use --memory, or build newsgraph with its default features"
    )]
    NoDisk { path: PathBuf },
    #[error(
        "expected graphs under the base {expected}, as in this store, found {found}\n\
         hint: use --base {expected}, or another --store"
    )]
    OtherBase { expected: String, found: String },
    #[error(
        "expected something of the graph, found nothing with the IRI {iri}\n\
         hint: `newsgraph show NAME` and `newsgraph query` tell IRIs"
    )]
    Unknown { iri: String },
    #[error(
        "expected two entities of one kind, found {of} and {with}\n\
         hint: persons are merged with persons, bodies with bodies, places with places; countries are what ISO 3166 says"
    )]
    NotOneKind { of: String, with: String },
    #[error(
        "expected something to {action}, found {iri}\n\
         hint: persons, bodies and places of the default graph are merged and split, facts (role holdings, meetings, statements) forgotten"
    )]
    NotCorrectable { action: Action, iri: String },
    /// Line and column of the query text as given, from 1.
    #[error("query, line {line}, column {column}: {message}")]
    Syntax {
        line: usize,
        column: usize,
        message: String,
    },
    #[error("query: {0}")]
    Evaluation(#[from] QueryEvaluationError),
    #[error("store in {path}: {source}")]
    File {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("store: {0}")]
    Storage(#[from] StorageError),
}

impl StoreError {
    /// Takes line and column out of a message of the parser: `error at 2:7: expected …`.
    pub(super) fn syntax(message: &str) -> Self {
        let position = message.strip_prefix("error at ").and_then(|rest| {
            let (line, rest) = rest.split_once(':')?;
            let (column, rest) = rest.split_once(':')?;
            Some((line.parse().ok()?, column.parse().ok()?, rest.trim()))
        });
        let (line, column, message) = position.unwrap_or((1, 1, message));
        Self::Syntax {
            line,
            column,
            message: message.to_owned(),
        }
    }
}
