//! Owns what is one thing across articles: the default graph as a function of the set of article
//! graphs, and where articles disagree. Must not know parsing, files or HTTP.
//!
//! The function is computed where something changed only. [`Footprint`] collects what an article
//! touches (before its old graph goes and after its new one comes); [`update`] computes the
//! canonical things that follow anew from all articles that share them, and gives the difference.
//! Full computation is an update with the footprint of every article, so the two cannot drift
//! apart; `tests/identity.rs` compares them on random sequences.
//!
//! What is one thing is decided by exact keys here:
//!
//! - an **entity** by kind and [`name_key`](crate::graph::name_key); namesakes that share no
//!   country and no role are kept apart where both are known (`entity`);
//! - a **role holding** by person, title and status; one that names less of body and country joins
//!   the only one that names more (`role`);
//! - a **meeting** by kind, participants, date and status, if it has two participants (or one and
//!   a place) and a date; else it stands alone (`event`);
//! - a **claim** by speaker and words, for direct quotations of some length; else it stands alone.

mod claim;
mod cluster;
mod conflict;
mod describe;
mod entity;
mod facts;
mod meeting;
mod person;
mod role;
mod telling;
mod update;
mod wording;

pub use conflict::{Aspect, Conflict, Side, conflicts};
pub use update::{Delta, Footprint, update};
