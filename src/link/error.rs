//! What can go wrong with a table or a service.

use std::path::PathBuf;

/// A gazetteer cannot be read, or a service does not answer.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    #[error("cannot read the gazetteer {path}: {source}\nhint: check the path and your rights")]
    File {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error(
        "expected the columns iri, label and type in the gazetteer {path}, found {found}\n\
         hint: a first line such as iri,label,aliases,type,country,description"
    )]
    Columns { path: PathBuf, found: String },
    #[error("cannot make the index of the gazetteer {path}: {message}")]
    Index { path: PathBuf, message: String },
    #[error(
        "expected the reconciliation service at {url} to answer, found {message}\n\
         hint: open the address in a browser: it has to show a manifest in JSON"
    )]
    Service { url: String, message: String },
    #[error(
        "expected a manifest of the W3C Reconciliation Service API at {url}, found {message}\n\
         hint: the address of the service itself, such as https://example.org/reconcile"
    )]
    Manifest { url: String, message: String },
}
