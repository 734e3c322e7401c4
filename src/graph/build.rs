//! Facts to quads.

use std::fmt;

use oxigraph::model::{NamedNode, Quad};

use super::Base;
use crate::article::Article;
use crate::fact::Facts;

/// The program and the model that read an article, for provenance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// "newsgraph".
    pub name: String,
    /// "0.1.0".
    pub version: String,
    /// Name and version of the trained model, if one was used.
    pub model: Option<String>,
}

impl Program {
    /// This program, with the model it reads with.
    pub fn this(model: Option<&str>) -> Self {
        Self {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            model: model.map(str::to_owned),
        }
    }
}

/// What an article's graph is a function of, as a BLAKE3 hash: the article's text and metadata
/// and the program that reads it. Equal hashes mean that there is nothing to do again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ContentHash(pub [u8; 32]);

impl ContentHash {
    /// Cheap (some GB a second): call it before extraction and ask
    /// [`Store::is_current`](crate::store::Store::is_current).
    pub fn of(_article: &Article, _program: &Program) -> Self {
        unimplemented!()
    }
}

impl fmt::Display for ContentHash {
    /// 64 hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// All that one article says, as quads of one named graph whose name is the article's IRI.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleGraph {
    /// The article's id, as in the tables' column `article`.
    pub id: String,
    pub hash: ContentHash,
    /// IRI of the article and of its graph.
    pub name: NamedNode,
    pub base: Base,
    /// Sorted, without duplicates; all in the graph `name`.
    pub quads: Vec<Quad>,
}

/// Writes an article's facts as its graph. Pure: same input, same quads, on any machine and day.
pub fn build(_article: &Article, _facts: &Facts, _base: &Base, _program: &Program) -> ArticleGraph {
    unimplemented!()
}
