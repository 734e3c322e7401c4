//! What is read and how.

use std::path::PathBuf;

use anyhow::{Context, Result};
use newsgraph::article::{ReadError, ReadErrorKind, ReadOptions, Reader};
use newsgraph::graph::Base;

/// How articles are read.
#[derive(clap::Args, Clone)]
pub struct ReadingArgs {
    /// CSV with columns article, date, publisher, url, title: adds what the files lack
    #[arg(long, value_name = "FILE")]
    metadata: Option<PathBuf>,

    /// Which field of a record holds what: text=FIELD, date=FIELD, …; may be given several times
    #[arg(long, value_name = "NAME=FIELD", value_parser = parse_pair)]
    map: Vec<(String, String)>,

    /// `any` also reads articles that are not in English
    #[arg(long, value_name = "CODE", default_value = "en", value_parser = ["en", "any"])]
    language: String,

    /// IRI under which everything is named
    #[arg(long, value_name = "IRI")]
    pub base: Option<Base>,

    /// Articles read at the same time [default: number of processors]; the result is the same
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
}

impl ReadingArgs {
    /// The threads that articles are read on.
    pub fn pool(&self) -> Result<rayon::ThreadPool> {
        rayon::ThreadPoolBuilder::new()
            .num_threads(self.jobs.map_or(0, usize::from))
            .build()
            .context("cannot start the threads for --jobs")
    }

    /// The articles of all inputs, in their order.
    pub fn open(&self, inputs: &[String]) -> Result<Reader> {
        let options = ReadOptions {
            metadata: self.metadata.clone(),
            map: self.map.clone(),
            any_language: self.language == "any",
            ..ReadOptions::default()
        };
        Ok(Reader::new(inputs, options)?)
    }
}

/// Whether an input is not there at all, rather than there and of no use.
pub fn is_not_found(error: &ReadError) -> bool {
    matches!(
        error.kind,
        ReadErrorKind::Missing | ReadErrorKind::NoMatch | ReadErrorKind::BadGlob(_)
    )
}

/// The error where none of the inputs is there.
pub fn nothing_found() -> anyhow::Error {
    anyhow::anyhow!("no input was found, so nothing was done")
}

/// `NAME=FIELD`.
fn parse_pair(text: &str) -> Result<(String, String), String> {
    let (name, field) = text
        .split_once('=')
        .ok_or("expected NAME=FIELD, for example text=story.body")?;
    Ok((name.trim().to_owned(), field.trim().to_owned()))
}
