//! What is read and how.

use std::path::PathBuf;

use anyhow::{Context, Result};
use newsgraph::article::{Article, ReadError, ReadErrorKind, ReadOptions, Reader};
use newsgraph::fact::{Confidence, Facts};
use newsgraph::graph::Base;
use newsgraph::pipeline;

use super::message::Progress;
use super::{Outcome, message, page};

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

    /// Leave out facts that no rule is at least this sure of, from 0 to 1 (`newsgraph explain`)
    #[arg(long, value_name = "SHARE", value_parser = parse_share)]
    min_confidence: Option<f32>,

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

    /// The facts of an article that are sure enough.
    pub fn facts(&self, article: &Article) -> Facts {
        let mut facts = pipeline::read(article);
        if let Some(least) = self.min_confidence {
            facts.retain_confident(Confidence::new(least));
        }
        facts
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

/// Reads all articles of all inputs, a batch at a time, and says what was skipped.
///
/// # Errors
///
/// If nothing was found at all, or if `each` fails.
pub fn for_each_batch(
    reading: &ReadingArgs,
    inputs: &[String],
    batch_size: usize,
    mut each: impl FnMut(Vec<Article>) -> Result<()>,
) -> Result<Outcome> {
    let progress = Progress::new("articles", None);
    let mut skipped = 0;
    let mut found_any = false;
    let mut articles = reading.open(inputs)?;
    loop {
        let mut batch = Vec::new();
        for article in articles.by_ref() {
            match article {
                Ok(article) => {
                    found_any = true;
                    batch.push(article);
                }
                Err(error) if error.is_fatal() => return Err(error.into()),
                Err(error) => {
                    skipped += 1;
                    found_any |= !is_not_found(&error);
                    progress.say(format_args!("skipped: {error}"));
                }
            }
            if batch.len() == batch_size {
                break;
            }
        }
        if batch.is_empty() {
            break;
        }
        let count = batch.len();
        each(batch)?;
        progress.step(count);
    }
    drop(progress);
    if !found_any {
        return Err(nothing_found());
    }
    if skipped > 0 {
        message::say(format_args!("{} skipped", page::count(skipped, "article")));
        return Ok(Outcome::Skipped);
    }
    Ok(Outcome::Done)
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

/// A number from 0 to 1.
pub fn parse_share(text: &str) -> Result<f32, String> {
    text.parse()
        .ok()
        .filter(|share| (0.0..=1.0).contains(share))
        .ok_or_else(|| "expected a number from 0 to 1, for example 0.8".to_owned())
}

/// `NAME=FIELD`.
fn parse_pair(text: &str) -> Result<(String, String), String> {
    let (name, field) = text
        .split_once('=')
        .ok_or("expected NAME=FIELD, for example text=story.body")?;
    Ok((name.trim().to_owned(), field.trim().to_owned()))
}
