//! `newsgraph merge`, `split`, `forget`, `corrections`: what a user says that the program got wrong.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use newsgraph::identity::{Action, Correction};
use newsgraph::store::{self, Restored, Store, StoreError};
use oxigraph::model::NamedNode;

use super::output::Output;
use super::show::find_one;
use super::source::{PlaceArgs, StoreArgs};
use super::{Outcome, message, page};

/// Say that two entities are one; it keeps the first one's IRI
#[derive(clap::Args)]
pub struct MergeArgs {
    /// Name or IRI of the entity that stays
    into: String,

    /// Name or IRI of the entity that becomes part of it
    other: String,

    #[command(flatten)]
    store: StoreArgs,
}

/// Say that the names of an entity are several entities, or, if it has one name, that its articles
/// mean several
#[derive(clap::Args)]
pub struct SplitArgs {
    /// Name or IRI of the entity
    entity: String,

    #[command(flatten)]
    store: StoreArgs,
}

/// Leave a role holding, meeting or statement out of what all articles say
#[derive(clap::Args)]
pub struct ForgetArgs {
    /// IRI of the fact, as `newsgraph query` tells it: of one article, or of the default graph
    fact: String,

    #[command(flatten)]
    store: StoreArgs,
}

/// List the corrections made by merge, split and forget, as JSON Lines; or take one back, or
/// take over those that such a list has
#[derive(clap::Args)]
pub struct ListArgs {
    /// Take back the correction with this number
    #[arg(long, value_name = "NUMBER")]
    undo: Option<usize>,

    /// Take over the corrections that `newsgraph corrections` listed for another store (- for
    /// standard input), then list all; again = only what is new
    #[arg(long, value_name = "FILE", conflicts_with = "undo")]
    import: Option<PathBuf>,

    #[command(flatten)]
    place: PlaceArgs,
}

pub fn merge(args: MergeArgs) -> Result<Outcome> {
    let store = args.store.open_to_write()?;
    let entities = store.entities()?;
    let into = find_one(&entities, &args.into, store.base())?;
    let other = find_one(&entities, &args.other, store.base())?;
    if into.entity == other.entity {
        bail!(
            "expected two entities, found {} twice\nhint: they are one already",
            into.name
        );
    }
    let made = store.correct(Action::Merge, &into.entity, Some(&other.entity))?;
    say(&made, &format!("{} and {} are one", into.name, other.name));
    Ok(Outcome::Done)
}

pub fn split(args: SplitArgs) -> Result<Outcome> {
    let store = args.store.open_to_write()?;
    let entities = store.entities()?;
    let entity = find_one(&entities, &args.entity, store.base())?;
    let made = store.correct(Action::Split, &entity.entity, None)?;
    say(&made, &format!("{} is several", entity.name));
    Ok(Outcome::Done)
}

pub fn forget(args: ForgetArgs) -> Result<Outcome> {
    let store = args.store.open_to_write()?;
    let base = store.base().as_str();
    let iri = match args.fact.starts_with(base) {
        true => args.fact.clone(),
        false => format!("{base}{}", args.fact),
    };
    let Ok(fact) = NamedNode::new(&iri) else {
        bail!(
            "expected the IRI of a fact, found `{}`\nhint: such as article/a.txt#meeting-1",
            args.fact
        );
    };
    let path = store.base().short(fact.as_str()).to_owned();
    let is_fact = path.contains('#')
        || ["role/", "meeting/", "claim/"]
            .iter()
            .any(|start| path.starts_with(start));
    if !is_fact {
        bail!(
            "expected the IRI of a role holding, meeting or statement, found {path}\nhint: such as article/a.txt#meeting-1"
        );
    }
    let made = store.correct(Action::Forget, &fact, None)?;
    say(
        &made,
        &format!("forgotten {}", page::count(made.of.len(), "fact")),
    );
    Ok(Outcome::Done)
}

pub fn list(args: ListArgs) -> Result<Outcome> {
    let is_change = args.undo.is_some() || args.import.is_some();
    let (store, mut outcome) = match is_change {
        true => args.place.open_to_write()?,
        false => args.place.open()?,
    };
    if let Some(number) = args.undo {
        if !store.undo(number)? {
            bail!(
                "expected the number of a correction, found {number}\nhint: `newsgraph corrections` lists them"
            );
        }
        message::say(format_args!("correction {number} taken back"));
        return Ok(outcome);
    }
    if let Some(file) = &args.import {
        outcome = outcome.and(import(&store, file)?);
    }
    let corrections = store.corrections()?;
    let mut output = Output::new(None)?;
    for correction in &corrections {
        writeln!(output, "{}", store::line_of(correction, store.base()))?;
    }
    output.finish()?;
    message::say(page::count(corrections.len(), "correction"));
    Ok(outcome)
}

/// Takes over the corrections of a file; what is none, or of nothing in the store, is said with
/// its line and left out.
fn import(store: &Store, file: &Path) -> Result<Outcome> {
    let name = file.display();
    let bytes = match file.as_os_str() == "-" {
        true => {
            let mut bytes = Vec::new();
            std::io::stdin().read_to_end(&mut bytes).map(|_| bytes)
        }
        false => std::fs::read(file),
    };
    let bytes = bytes.with_context(|| format!("cannot read {name}"))?;
    let mut problems: Vec<(usize, String)> = Vec::new();
    let (mut lines, mut recorded) = (Vec::new(), Vec::new());
    for (i, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
        let line = match i {
            0 => line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line),
            _ => line,
        };
        if line.trim_ascii().is_empty() {
            continue;
        }
        let read = match std::str::from_utf8(line) {
            Ok(line) => store::read_line(line, store.base()).map_err(|error| error.to_string()),
            Err(_) => Err("expected UTF-8, found other bytes".to_owned()),
        };
        match read {
            Ok(record) => {
                lines.push(i + 1);
                recorded.push(record);
            }
            Err(problem) => problems.push((i + 1, problem)),
        }
    }
    let (mut added, mut known) = (0, 0);
    for (line, restored) in lines.into_iter().zip(store.restore(&recorded)?) {
        match restored {
            Ok(Restored::Added(_)) => added += 1,
            Ok(Restored::Known) => known += 1,
            Err(StoreError::Unknown { iri }) => problems.push((
                line,
                format!(
                    "expected something of the graph, found nothing with the IRI {iri}\n\
                     hint: `newsgraph build` the articles that speak of it, then import again"
                ),
            )),
            Err(error) => problems.push((line, error.to_string())),
        }
    }
    problems.sort();
    for (line, problem) in &problems {
        let problem = problem.replace("\nhint:", "\n  hint:");
        message::say(format_args!("skipped: {name}:{line}: {problem}"));
    }
    message::say(format_args!(
        "{name}: {added} taken over, {known} known, {} skipped",
        problems.len()
    ));
    Ok(match problems.is_empty() {
        true => Outcome::Done,
        false => Outcome::Skipped,
    })
}

fn say(made: &Correction, what: &str) {
    message::say(format_args!(
        "correction {}: {what}; `newsgraph corrections --undo {}` takes it back",
        made.number, made.number
    ));
}
