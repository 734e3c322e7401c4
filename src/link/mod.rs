//! Owns which canonical entity is what in somebody else's table or service, and what speaks for it.
//! Must not know how links are kept, articles, or (but for [`reconcile`](Service)) any network.
//!
//! Takes [`Profile`]s, gives [`Link`](crate::identity::Link)s. Nothing is linked on a guess: a name
//! alone does not tell a person or a place, two that fit equally well are none, and what contradicts
//! is out. The result is a function of the sets of profiles and of rows: order does not matter.
//!
//! | file | holds |
//! |---|---|
//! | `evidence.rs` | what speaks for and against an entity being a row, and how much |
//! | `choice.rs` | which of the rows that fit it is, if any |
//! | `table.rs` | a gazetteer: a user's own table, row by row |
//! | `index.rs` | where in a table of millions of rows a name stands |
//! | `reconcile.rs` | a service that speaks the W3C Reconciliation Service API |

mod choice;
mod error;
mod evidence;
mod index;
mod reconcile;
mod table;

pub use choice::{Outcome, Unlinked};
pub use error::LinkError;
pub use index::{Gazetteer, IndexState};
pub use reconcile::{Answers, Options, Service};
pub use table::SkippedRow;

use rayon::prelude::*;

use crate::fact::Confidence;
use crate::store::Profile;

/// What a link needs at least: less is a guess.
pub const LEAST_CONFIDENCE: Confidence = Confidence::new(0.8);

/// Looks all entities up in a table.
///
/// # Errors
/// [`LinkError::File`] where the table cannot be read any more.
pub fn link(
    profiles: &[Profile],
    gazetteer: &Gazetteer,
    least: Confidence,
) -> Result<Outcome, LinkError> {
    let found: Result<Vec<_>, LinkError> = profiles
        .par_iter()
        .map(|profile| {
            let subject = evidence::Subject::new(profile);
            let rows = gazetteer.candidates(profile)?;
            Ok((
                profile.entity.clone(),
                choice::choose(&subject, rows, least),
            ))
        })
        .collect();
    Ok(Outcome::of(found?, gazetteer.name()))
}
