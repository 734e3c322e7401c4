//! Which graph a command speaks of: a store on disk, or articles read into memory.

use std::path::PathBuf;

use anyhow::Result;
use newsgraph::store::Store;

use super::Outcome;
use super::build;
use super::input::ReadingArgs;
use super::link;

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

impl StoreArgs {
    /// The store that is there, to change it.
    pub fn open_to_write(&self) -> Result<Store> {
        // Reading first, so that no new store is made where there is none.
        drop(Store::open_read_only(&self.dir)?);
        Ok(Store::open(&self.dir, None)?)
    }
}

/// A store on disk, or one made for this one command.
#[derive(clap::Args)]
pub struct PlaceArgs {
    #[command(flatten)]
    store: StoreArgs,

    /// Read these articles into memory instead of a store; may be given several times
    #[arg(long, value_name = "INPUT", conflicts_with = "dir")]
    memory: Vec<String>,

    #[command(flatten, next_help_heading = "Reading, with --memory")]
    reading: ReadingArgs,
}

impl PlaceArgs {
    /// The store to read, and whether any of the articles for it was skipped.
    pub fn open(&self) -> Result<(Store, Outcome)> {
        match self.memory.is_empty() {
            true => Ok((Store::open_read_only(&self.store.dir)?, Outcome::Done)),
            false => self.read(),
        }
    }

    /// The same, to change it; what is in memory is gone after the command.
    pub fn open_to_write(&self) -> Result<(Store, Outcome)> {
        match self.memory.is_empty() {
            true => Ok((self.store.open_to_write()?, Outcome::Done)),
            false => self.read(),
        }
    }

    fn read(&self) -> Result<(Store, Outcome)> {
        let store = Store::in_memory(self.reading.base.clone().unwrap_or_default())?;
        let report = build::load(&self.memory, &self.reading, &store)?;
        report.say_exceptions();
        Ok((store, report.outcome()))
    }

    /// What to call the graph in messages.
    fn name(&self) -> String {
        match self.memory.as_slice() {
            [] => self.store.dir.display().to_string(),
            inputs => inputs.join(", "),
        }
    }
}

/// A store to read, on disk or made for this one command.
#[derive(clap::Args)]
pub struct SourceArgs {
    #[command(flatten)]
    place: PlaceArgs,

    /// With --memory: link the entities with this table, as `newsgraph link` does
    #[arg(long, value_name = "TABLE", requires = "memory")]
    gazetteer: Vec<PathBuf>,
}

impl SourceArgs {
    /// The store, and whether any of the articles for it was skipped.
    pub fn open(&self) -> Result<(Store, Outcome)> {
        let (store, outcome) = self.place.open()?;
        let linked = link::apply(&store, &self.gazetteer)?;
        Ok((store, outcome.and(linked)))
    }

    /// What to call the graph in messages.
    pub fn name(&self) -> String {
        self.place.name()
    }
}
