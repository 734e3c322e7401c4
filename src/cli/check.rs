//! `newsgraph check`

use std::io::Write;

use anyhow::Result;

use super::output::Output;
use super::page::count;
use super::source::SourceArgs;
use super::{Outcome, message};

/// Check every graph of a store against the shapes of the ontology
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    source: SourceArgs,
}

pub fn run(args: Args) -> Result<Outcome> {
    let (store, outcome) = args.source.open()?;
    let violations = store.check()?;
    let mut output = Output::new(None)?;
    for violation in &violations {
        writeln!(output, "{violation}")?;
    }
    output.finish()?;
    if violations.is_empty() {
        message::say(format!("{} conforms to the shapes", args.source.name()));
        return Ok(outcome);
    }
    message::say(count(violations.len(), "violation"));
    Ok(Outcome::Skipped)
}
