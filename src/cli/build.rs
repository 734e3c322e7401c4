//! `newsgraph build`

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, SyncSender};

use anyhow::Result;
use newsgraph::article::{Article, ReadError};
use newsgraph::graph::{self, ArticleGraph, Base, ContentHash, Program};
use newsgraph::store::{LoadReport, Split, Store, StoreError};
use oxigraph::model::NamedNode;
use rayon::prelude::*;

use super::input::ReadingArgs;
use super::message::Progress;
use super::source::StoreArgs;
use super::{Outcome, input, link, message, page};

/// Read articles, extract their facts and load them; again = only what is new or changed
#[derive(clap::Args)]
pub struct Args {
    /// Files, folders, patterns in quotes, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,

    #[command(flatten)]
    store: StoreArgs,

    /// Keep nothing on disk: read, extract, load and count only
    #[arg(long, conflicts_with = "dir")]
    memory: bool,

    /// Then link the entities with this table, as `newsgraph link --gazetteer` does
    #[arg(long, value_name = "TABLE")]
    gazetteer: Vec<PathBuf>,

    #[command(flatten)]
    reading: ReadingArgs,
}

pub fn run(args: Args) -> Result<Outcome> {
    let base = args.reading.base.as_ref();
    let store = match args.memory {
        true => Store::in_memory(base.cloned().unwrap_or_default())?,
        false => Store::open(&args.store.dir, base)?,
    };
    let report = load(&args.inputs, &args.reading, &store)?;
    let LoadReport {
        added,
        replaced,
        unchanged,
        ..
    } = report.loaded;
    message::say(format_args!(
        "{} read: {added} loaded, {replaced} replaced, {unchanged} unchanged",
        page::count(report.read, "article"),
    ));
    report.say_exceptions();
    say_splits(&store.splits(&report.loaded, &report.ids)?, store.base());
    let linked = link::apply(&store, &args.gazetteer)?;
    let total = page::count(store.articles()?.len(), "article");
    if args.memory {
        message::say(format_args!(
            "{total} in memory, nothing kept; `query --memory INPUT` and others ask without a store"
        ));
        // The process ends: to take a large graph apart first would only take time.
        std::mem::forget(store);
    } else {
        message::say(format_args!("{total} in {}", args.store.dir.display()));
    }
    Ok(report.outcome().and(linked))
}

/// What became of the inputs.
#[derive(Default)]
pub struct Report {
    read: usize,
    loaded: LoadReport,
    /// The articles that were loaded.
    ids: BTreeSet<NamedNode>,
    /// How many records were skipped, by reason.
    skipped: BTreeMap<String, usize>,
    /// Whether any input was there, of use or not.
    found_any: bool,
    /// What is to be known of how articles were read, with the articles' ids.
    remarks: BTreeMap<String, Vec<String>>,
    skips: Skips,
}

impl Report {
    pub fn outcome(&self) -> Outcome {
        if self.skipped.is_empty() {
            Outcome::Done
        } else {
            Outcome::Skipped
        }
    }

    /// Says what was skipped and what else is to be known of the articles read.
    pub fn say_exceptions(&self) {
        const SHOWN: usize = 3;
        for (remark, ids) in &self.remarks {
            let shown = if is_verbose() {
                ids.len()
            } else {
                ids.len().min(SHOWN)
            };
            let mut list = ids[..shown].join(", ");
            if shown < ids.len() {
                list.push_str(&format!(" and {} more", ids.len() - shown));
            }
            message::say(format_args!("note: {remark}: {list}"));
        }
        if !self.skipped.is_empty() {
            let total: usize = self.skipped.values().sum();
            let reasons: Vec<String> = self
                .skipped
                .iter()
                .map(|(reason, n)| format!("{n} {reason}"))
                .collect();
            message::say(format_args!("{total} skipped: {}", reasons.join("; ")));
        }
    }

    fn skip(&mut self, error: &ReadError, progress: &Progress) {
        self.found_any |= !input::is_not_found(error);
        *self.skipped.entry(reason(&error.message())).or_default() += 1;
        self.skips.say(error, progress);
    }
}

/// The part of a message that other articles share: what stands before its particulars.
fn reason(message: &str) -> String {
    let end = [": ", " (", ", found", ", only"]
        .iter()
        .filter_map(|mark| message.find(mark))
        .min();
    message[..end.unwrap_or(message.len())].to_owned()
}

/// What was skipped, said while reading, but no more than a screen of it.
#[derive(Default)]
struct Skips {
    said: usize,
}

impl Skips {
    const MOST: usize = 20;

    fn say(&mut self, error: &ReadError, progress: &Progress) {
        self.said += 1;
        if self.said <= Self::MOST || is_verbose() {
            progress.say(format_args!("skipped: {error}"));
        } else if self.said == Self::MOST + 1 {
            progress.say("skipped: more like these; -v shows all");
        }
    }
}

fn is_verbose() -> bool {
    tracing::enabled!(tracing::Level::INFO)
}

/// Reads all inputs and loads what the store does not have yet, in batches: memory stays bounded
/// and a killed build keeps the batches that were done. One batch is loaded while the next is read.
pub fn load(inputs: &[String], reading: &ReadingArgs, store: &Store) -> Result<Report> {
    std::thread::scope(|scope| {
        let (batches, loading) = mpsc::sync_channel(0);
        let loader = scope.spawn(move || load_batches(loading, store));
        let read = read_all(inputs, reading, store, &batches);
        drop(batches);
        let loaded = match loader.join() {
            Ok(loaded) => loaded?,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        let mut report = read?;
        let (loaded, ids) = loaded;
        report.loaded += loaded;
        report.ids = ids;
        Ok(report)
    })
}

type Batch = Vec<ArticleGraph>;

/// Loads batches as they come, until there are no more or one fails; gives also the articles.
fn load_batches(
    batches: Receiver<Batch>,
    store: &Store,
) -> Result<(LoadReport, BTreeSet<NamedNode>), StoreError> {
    let mut report = LoadReport::default();
    let mut loaded = BTreeSet::new();
    for graphs in batches {
        let mut batch = store.load(&graphs)?;
        // What this run brought is not there for anybody before it ends.
        batch.moved.retain(|local, _| {
            let article = local.as_str().split('#').next().unwrap_or_default();
            !loaded.contains(article)
        });
        report += batch;
        loaded.extend(graphs.iter().map(|graph| graph.name.as_str().to_owned()));
        tracing::info!(articles = graphs.len(), "loaded a batch");
    }
    let loaded = loaded.into_iter().map(NamedNode::new_unchecked).collect();
    Ok((report, loaded))
}

/// Says which entities of the store are several since what was loaded.
fn say_splits(splits: &[Split], base: &Base) {
    const SHOWN: usize = 10;
    const ARTICLES: usize = 3;
    for split in splits
        .iter()
        .take(if is_verbose() { usize::MAX } else { SHOWN })
    {
        let of = base.short(split.of.as_str());
        let number = split.into.len();
        message::say(format_args!(
            "split: {of} is {number} now: {}",
            split.reason()
        ));
        for part in &split.into {
            let mut told = part.told.join(", ");
            if !told.is_empty() {
                told = format!(" ({told})");
            }
            let mut articles = part.articles[..part.articles.len().min(ARTICLES)].join(", ");
            if part.articles.len() > ARTICLES {
                articles.push_str(&format!(" and {} more", part.articles.len() - ARTICLES));
            }
            let iri = base.short(part.entity.as_str());
            message::say(format_args!("  {}{told}  {iri}  in {articles}", part.name));
        }
    }
    if splits.len() > SHOWN && !is_verbose() {
        let more = splits.len() - SHOWN;
        message::say(format_args!("split: {more} more like these; -v shows all"));
    }
    if !splits.is_empty() {
        message::say(
            "  hint: `newsgraph show IRI --why` tells more; `newsgraph merge` makes two one again",
        );
    }
}

/// Reads all inputs, extracts what the store does not have and sends it on in batches. What it
/// cannot send any more the loader has failed at, which says why itself.
fn read_all(
    inputs: &[String],
    reading: &ReadingArgs,
    store: &Store,
    batches: &SyncSender<Batch>,
) -> Result<Report> {
    let program = Program::this(None);
    let pool = reading.pool()?;
    let progress = Progress::new("articles", None);
    let mut report = Report::default();
    let mut batch: Vec<(Article, ContentHash)> = Vec::new();
    let mut graphs: Batch = Vec::new();
    let batch_size = 64 * pool.current_num_threads();
    let mut reader = reading.open(inputs)?;
    for article in reader.by_ref() {
        let article = match article {
            Ok(article) => article,
            Err(error) if error.is_fatal() => return Err(error.into()),
            Err(error) => {
                report.skip(&error, &progress);
                continue;
            }
        };
        report.read += 1;
        report.found_any = true;
        let hash = ContentHash::of(&article, &program);
        if store.is_current(&article.id, hash)? {
            report.loaded.unchanged += 1;
            progress.step(1);
            continue;
        }
        for note in &article.notes {
            report
                .remarks
                .entry(note.clone())
                .or_default()
                .push(article.id.clone());
        }
        batch.push((article, hash));
        if batch.len() == batch_size {
            graphs.extend(extract_batch(
                &mut batch, reading, &pool, store, &program, &progress,
            ));
            if graphs.len() >= store.batch_size()?
                && batches.send(std::mem::take(&mut graphs)).is_err()
            {
                return Ok(report);
            }
        }
    }
    graphs.extend(extract_batch(
        &mut batch, reading, &pool, store, &program, &progress,
    ));
    if batches.send(graphs).is_err() {
        return Ok(report);
    }
    if !report.found_any {
        return Err(input::nothing_found());
    }
    for id in reader.unused_metadata() {
        let remark = "--metadata names an article that no input has".to_owned();
        report
            .remarks
            .entry(remark)
            .or_default()
            .push(id.to_owned());
    }
    Ok(report)
}

fn extract_batch(
    batch: &mut Vec<(Article, ContentHash)>,
    reading: &ReadingArgs,
    pool: &rayon::ThreadPool,
    store: &Store,
    program: &Program,
    progress: &Progress,
) -> Vec<ArticleGraph> {
    let base: &Base = store.base();
    let graphs = pool.install(|| {
        batch
            .par_iter()
            .map(|(article, _)| {
                let graph = graph::build(article, &reading.facts(article), base, program);
                progress.step(1);
                graph
            })
            .collect()
    });
    batch.clear();
    graphs
}

#[cfg(test)]
mod tests {
    use super::reason;

    #[test]
    fn reasons_leave_out_particulars() {
        assert_eq!(reason("the file is empty"), "the file is empty");
        assert_eq!(reason("malformed JSON: expected `,`"), "malformed JSON");
        assert_eq!(
            reason("not in English (recognised as es)"),
            "not in English"
        );
        assert_eq!(
            reason("no column for the text, found `a`"),
            "no column for the text"
        );
    }
}
