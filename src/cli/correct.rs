//! `newsgraph merge`, `split`, `forget`, `corrections`: what a user says that the program got wrong.

use std::io::Write;

use anyhow::{Result, bail};
use newsgraph::fact::EntityKind;
use newsgraph::identity::{Action, Correction};
use newsgraph::store::{EntityRow, Store};
use oxigraph::model::NamedNode;
use serde_json::json;

use super::output::Output;
use super::show::find_one;
use super::source::StoreArgs;
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

/// List the corrections made by merge, split and forget, as JSON Lines; or take one back
#[derive(clap::Args)]
pub struct ListArgs {
    /// Take back the correction with this number
    #[arg(long, value_name = "NUMBER")]
    undo: Option<usize>,

    #[command(flatten)]
    store: StoreArgs,
}

pub fn merge(args: MergeArgs) -> Result<Outcome> {
    let store = args.store.open_to_write()?;
    let entities = store.entities()?;
    let into = find_one(&entities, &args.into, store.base())?;
    let other = find_one(&entities, &args.other, store.base())?;
    ensure_mergeable(into, other)?;
    let made = store.correct(Action::Merge, &into.entity, Some(&other.entity))?;
    say(&made, &format!("{} and {} are one", into.name, other.name));
    Ok(Outcome::Done)
}

fn ensure_mergeable(into: &EntityRow, other: &EntityRow) -> Result<()> {
    if into.entity == other.entity {
        bail!(
            "expected two entities, found {} twice\nhint: they are one already",
            into.name
        );
    }
    if into.kind != other.kind || into.kind == EntityKind::Country {
        bail!(
            "expected two entities of one kind, found {} ({}) and {} ({})\nhint: persons are merged with persons, bodies with bodies, places with places; countries are what ISO 3166 says",
            into.name,
            into.kind,
            other.name,
            other.kind
        );
    }
    Ok(())
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
    if let Some(number) = args.undo {
        let store = args.store.open_to_write()?;
        if !store.undo(number)? {
            bail!(
                "expected the number of a correction, found {number}\nhint: `newsgraph corrections` lists them"
            );
        }
        message::say(format_args!("correction {number} taken back"));
        return Ok(Outcome::Done);
    }
    let store = Store::open_read_only(&args.store.dir)?;
    let corrections = store.corrections()?;
    let short = |iri: &NamedNode| store.base().short(iri.as_str()).to_owned();
    let mut output = Output::new(None)?;
    for correction in &corrections {
        let of: Vec<String> = correction.of.iter().map(short).collect();
        let object = json!({
            "number": correction.number,
            "action": correction.action.name(),
            "of": of,
            "with": correction.with.as_ref().map(short),
        });
        writeln!(output, "{object}")?;
    }
    output.finish()?;
    message::say(page::count(corrections.len(), "correction"));
    Ok(Outcome::Done)
}

fn say(made: &Correction, what: &str) {
    message::say(format_args!(
        "correction {}: {what}; `newsgraph corrections --undo {}` takes it back",
        made.number, made.number
    ));
}
