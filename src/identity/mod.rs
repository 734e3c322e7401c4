//! Owns what is one thing across articles: the default graph as a function of the set of article
//! graphs, and where articles disagree. Must not know parsing, files or HTTP.

mod conflict;

pub use conflict::{Aspect, Conflict, Side};
