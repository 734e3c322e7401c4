//! Owns the RDF of one article: vocabulary, IRIs, provenance; [`Facts`](crate::fact::Facts)
//! become an [`ArticleGraph`], and [`record`] reads them back. Must not know the store, other
//! articles or any file.

mod build;
mod iri;
pub mod record;
pub mod vocab;

pub use build::{ArticleGraph, ContentHash, Program, build};
pub use iri::{Base, InvalidBase, name_key};
pub use vocab::PREFIXES;
