//! `newsgraph remove`

use anyhow::Result;
use newsgraph::store::Store;

use super::source::StoreArgs;
use super::{Outcome, message, page};

/// Take articles back, with all that follows from them
#[derive(clap::Args)]
pub struct Args {
    /// Articles by their id, as `newsgraph info --articles` lists them
    #[arg(required = true, value_name = "ARTICLE")]
    articles: Vec<String>,

    #[command(flatten)]
    store: StoreArgs,
}

pub fn run(args: Args) -> Result<Outcome> {
    // Reading first, so that no new store is made where there is none.
    drop(Store::open_read_only(&args.store.dir)?);
    let store = Store::open(&args.store.dir, None)?;
    let mut removed = 0;
    let mut outcome = Outcome::Done;
    for article in &args.articles {
        if store.remove(article)? {
            removed += 1;
        } else {
            outcome = Outcome::Skipped;
            message::warning(format_args!(
                "no article `{article}` in {}\nhint: `newsgraph info --articles` lists them",
                args.store.dir.display()
            ));
        }
    }
    message::say(format_args!(
        "removed {}, {} left",
        page::count(removed, "article"),
        store.articles()?.len()
    ));
    Ok(outcome)
}
