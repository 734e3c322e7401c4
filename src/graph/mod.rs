//! Owns the RDF of one article: vocabulary, IRIs, provenance; [`Facts`](crate::fact::Facts)
//! become an [`ArticleGraph`], and [`record`] reads them back. Must not know the store, other
//! articles or any file.

mod build;
mod iri;
pub(crate) mod key;
pub(crate) mod name;
pub mod record;
pub mod vocab;

pub use build::{ArticleGraph, CONTEXT, ContentHash, Program, build};
pub(crate) use build::{class_of, decimal, distinct, list_of, meeting_class, post_label};
pub use iri::{Base, InvalidBase, name_key};
pub(crate) use iri::{Scope, article_of, digest, id_within};
pub use vocab::PREFIXES;
