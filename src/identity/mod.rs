//! Owns what is one thing across articles: the default graph as a function of the set of article
//! graphs, and where articles disagree. Must not know parsing, files or HTTP.
//!
//! The function is computed where something changed only. [`Footprint`] collects what an article
//! touches (before its old graph goes and after its new one comes); [`update`] computes the
//! canonical things that follow anew from all articles that share them, and gives the difference.
//! Full computation is an update with the footprint of every article, so the two cannot drift
//! apart; `tests/graph_identity.rs` compares them on random sequences.
//!
//! What can be one thing at all stands under one key (`ng:key`, which `graph` writes): persons of one
//! family name up to transliteration, bodies of one name or acronym, meetings of the same two
//! parties, statements of one speaker on a day or with the same words. So the work grows with the
//! articles and not with their pairs. Within that:
//!
//! - a **person** (`person`): full names of one spelling are one, unless country and role contradict
//!   and the people around are others; short forms, middle names and initials need something in
//!   common and only one who fits; a family name alone joins the only one who fits by role, country
//!   and company, else it stays apart;
//! - a **body** or **place** (`entity`): one name or acronym is one, unless countries contradict;
//!   names that many countries know ("Foreign Ministry") are apart without their country;
//! - a **role holding** (`role`): by person, title and status; one that names less of body and country
//!   joins the only one that names more;
//! - a **meeting** (`meeting`): of one kind, with the same parties or most of them, on days and in
//!   places that can be one, and equally real; two that one article tells of stay two; what was
//!   announced is linked to what took place;
//! - a **claim** (`claim`, `wording`): of one speaker in nearly the same words; a quotation of several
//!   sentences is of each claim that others report alone.
//!
//! Each decision is made on a whole set: a block, or all that is joined to what changed by chains of
//! likeness. A set's members do not depend on where one begins, so neither does the outcome. A thing
//! is named after one of its members; the names that it would have after the others are its
//! `owl:sameAs`. Why a thing of an article is what it is stands beside the link (`ng:reason`).
//!
//! What is called otherwise outside is linked (`outside`, `place`): countries and places by the word
//! lists, the rest by links that `link` found and the store keeps in a graph of their own.
//!
//! Users' corrections (`journal`) come last and win: what was merged or split by hand stays so, whatever
//! articles come, until the correction is taken back.
//!
//! | file | holds |
//! |---|---|
//! | `update.rs` | what changed, and the difference that follows |
//! | `entity.rs`, `person.rs`, `role.rs` | blocks of entities and roles |
//! | `facts.rs`, `meeting.rs`, `claim.rs`, `wording.rs`, `cluster.rs` | meetings and statements: what is found, compared, joined |
//! | `describe.rs` | what the default graph says of a thing: a function of its members |
//! | `outside.rs`, `place.rs` | what things are called outside: links that were found, places in GeoNames |
//! | `conflict.rs`, `taking_part.rs`, `telling.rs` | where articles differ: in what is so, in who began a meeting and how many took part, in how it is told |

mod claim;
mod cluster;
mod conflict;
mod describe;
mod entity;
mod facts;
mod journal;
mod meeting;
mod outside;
mod person;
mod place;
mod role;
mod taking_part;
mod telling;
mod update;
mod wording;

pub use conflict::{Aspect, Conflict, Side, conflicts};
pub use journal::{Action, Content, Correction, Journal, Recorded};
pub use outside::Link;
pub use update::{Delta, Footprint, update};
