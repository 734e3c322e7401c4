//! newsgraph turns news articles into a knowledge graph: who holds which office of which
//! country, who met whom, and who said what, each fact tied to the words that say it.
//!
//! The modules are rooms, named after what they hold, in the order in which an article passes
//! through them; `ARCHITECTURE.md` says what each owns and what it must not know.

pub mod annotation;
pub mod article;
pub mod document;
pub mod export;
pub mod fact;
pub mod graph;
pub mod identity;
pub mod lexicon;
pub mod link;
pub mod mention;
pub mod network;
pub mod pipeline;
pub mod store;
pub mod story;
