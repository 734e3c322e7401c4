//! Owns files made from a graph: RDF syntaxes, tables, pictures; each sorted, so that the same
//! graph gives the same bytes. Must not know parsing text, or how facts became a graph.

mod dot;
mod format;
mod rdf;
mod record;
mod route;
mod style;
mod svg;
mod tables;
mod turtle;

pub use dot::write_dot;
pub use format::ExportFormat;
pub use rdf::write_rdf;
pub use record::Record;
pub use svg::write_svg;
pub use tables::write_tables;
pub use turtle::{Prefixes, write_pretty};

use std::io;

/// What can go wrong when a graph is written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error("expected an RDF format, found `{0}`")]
    NotRdf(ExportFormat),
    #[error("prefix `{name}` has no valid IRI: {source}")]
    Prefix {
        name: String,
        source: oxigraph::model::IriParseError,
    },
}
