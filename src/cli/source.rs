//! Which graph a command speaks of: a store on disk, or articles read into memory.

use std::path::PathBuf;

use anyhow::Result;
use newsgraph::store::Store;

use super::Outcome;
use super::build;
use super::input::ReadingArgs;

/// The folder of the store.
#[derive(clap::Args, Clone)]
pub struct StoreArgs {
    /// Folder of the store
    #[arg(
        long = "store",
        value_name = "DIR",
        default_value = "./newsgraph-store"
    )]
    pub dir: PathBuf,
}

/// A store to read, on disk or made for this one command.
#[derive(clap::Args)]
pub struct SourceArgs {
    #[command(flatten)]
    store: StoreArgs,

    /// Read these articles into memory instead of a store; may be given several times
    #[arg(long, value_name = "INPUT", conflicts_with = "dir")]
    memory: Vec<String>,

    #[command(flatten, next_help_heading = "Reading, with --memory")]
    reading: ReadingArgs,
}

impl SourceArgs {
    /// The store, and whether any of the articles for it was skipped.
    pub fn open(&self) -> Result<(Store, Outcome)> {
        if self.memory.is_empty() {
            return Ok((Store::open_read_only(&self.store.dir)?, Outcome::Done));
        }
        let store = Store::in_memory(self.reading.base.clone().unwrap_or_default())?;
        let report = build::load(&self.memory, &self.reading, &store)?;
        report.say_exceptions();
        Ok((store, report.outcome()))
    }

    /// What to call the graph in messages.
    pub fn name(&self) -> String {
        match self.memory.as_slice() {
            [] => self.store.dir.display().to_string(),
            inputs => inputs.join(", "),
        }
    }
}
