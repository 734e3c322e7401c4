//! `newsgraph link`, and `--gazetteer` of other commands: what entities are called elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use newsgraph::fact::{Confidence, EntityKind};
use newsgraph::identity::Link;
use newsgraph::link::{
    self, Gazetteer, IndexState, LEAST_CONFIDENCE, Options, Outcome as Found, Service, Unlinked,
};
use newsgraph::store::{Profile, Store};
use serde_json::json;

use super::input::parse_share;
use super::message::Progress;
use super::output::Output;
use super::source::PlaceArgs;
use super::{Outcome, message, page};

/// Names that a note shows.
const SHOWN: usize = 5;

/// Link entities to what they are called in a table of yours or in a reconciliation service;
/// alone: list the links, as JSON Lines
#[derive(clap::Args)]
pub struct Args {
    /// CSV with the columns iri, label, type and maybe aliases, country, description
    #[arg(long, value_name = "TABLE")]
    gazetteer: Vec<PathBuf>,

    /// Address of a service of the W3C Reconciliation Service API
    #[arg(long, value_name = "URL")]
    reconcile: Option<String>,

    /// The service's type of a kind, such as person=Q5; may be given several times
    #[arg(long = "type", value_name = "KIND=TYPE", value_parser = parse_type, requires = "reconcile")]
    types: Vec<(EntityKind, String)>,

    /// Link nothing that is less sure than this, from 0 to 1
    #[arg(long, value_name = "SHARE", value_parser = parse_share, default_value_t = LEAST_CONFIDENCE.get())]
    least: f32,

    /// Take back the links of a table (its file name) or service (its address)
    #[arg(long, value_name = "SOURCE")]
    remove: Vec<String>,

    /// Take back the links of all tables and services
    #[arg(long)]
    clear: bool,

    #[command(flatten)]
    place: PlaceArgs,
}

pub fn run(args: Args) -> Result<Outcome> {
    let is_change = args.clear
        || !(args.remove.is_empty() && args.gazetteer.is_empty() && args.reconcile.is_none());
    let (store, mut outcome) = match is_change {
        true => args.place.open_to_write()?,
        false => args.place.open()?,
    };
    let mut gone = args.remove.clone();
    let sources: BTreeSet<String> = store.links()?.into_iter().map(|link| link.source).collect();
    if let Some(unknown) = gone.iter().find(|source| !sources.contains(*source)) {
        let hint = match sources.is_empty() {
            true => "there are no links".to_owned(),
            false => format!("links come from {}", join(&sources)),
        };
        bail!("expected a source of links, found “{unknown}”\nhint: {hint}");
    }
    if args.clear {
        gone.extend(sources);
    }
    for source in &gone {
        store.replace_links(source, &[], &BTreeSet::new())?;
        message::say(format_args!("{source}: links taken back"));
    }
    let least = Confidence::new(args.least);
    let mut made: BTreeSet<String> = BTreeSet::new();
    for table in &args.gazetteer {
        let (source, found) = look_up(&store, table, least)?;
        made.insert(source);
        outcome = outcome.and(found);
    }
    if let Some(url) = &args.reconcile {
        let types = args.types.iter().cloned().collect();
        outcome = outcome.and(reconcile(&store, url, types, least)?);
        made.insert(url.clone());
    }
    if made.is_empty() && is_change {
        return Ok(outcome);
    }
    let mut links = store.links()?;
    links.retain(|link| made.is_empty() || made.contains(&link.source));
    write(&store, &links)?;
    if !is_change {
        message::say(page::count(links.len(), "link"));
    }
    Ok(outcome)
}

/// Links the entities of a store with each of these tables.
pub fn apply(store: &Store, tables: &[PathBuf]) -> Result<Outcome> {
    let mut outcome = Outcome::Done;
    for table in tables {
        outcome = outcome.and(look_up(store, table, LEAST_CONFIDENCE)?.1);
    }
    Ok(outcome)
}

/// Puts the links of a table in place of those that it gave before; its name as a source.
fn look_up(store: &Store, table: &Path, least: Confidence) -> Result<(String, Outcome)> {
    let gazetteer = Gazetteer::open(table)?;
    let name = gazetteer.name().to_owned();
    match gazetteer.index_state() {
        IndexState::Made => tracing::info!(rows = gazetteer.rows(), "made the index of {name}"),
        IndexState::Found => {}
        IndexState::Unkept => message::say(format_args!(
            "note: {name}: the index cannot be kept beside the table and is made each time"
        )),
    }
    let (skipped, rows) = gazetteer.skipped();
    for row in rows {
        message::say(format_args!(
            "skipped: {}:{}: {}",
            table.display(),
            row.line,
            row.reason
        ));
    }
    if skipped > 0 {
        let all = page::count(usize::try_from(gazetteer.rows())?, "row");
        message::say(format_args!("{name}: {skipped} of {all} skipped"));
    }
    if gazetteer.unknown_countries() > 0 {
        message::say(format_args!(
            "note: {name}: rows with a country that ISO 3166 does not have, used without it: {}",
            gazetteer.unknown_countries()
        ));
    }
    let profiles = store.profiles()?;
    let found = link::link(&profiles, &gazetteer, least)?;
    store.replace_links(&name, &found.links, &BTreeSet::new())?;
    say(&name, &found, &profiles);
    let outcome = match skipped {
        0 => Outcome::Done,
        _ => Outcome::Skipped,
    };
    Ok((name, outcome))
}

/// Puts the links of a service in place of those that it gave before.
fn reconcile(
    store: &Store,
    url: &str,
    types: BTreeMap<EntityKind, String>,
    least: Confidence,
) -> Result<Outcome> {
    let options = Options {
        types,
        ..Options::default()
    };
    let service = Service::open(url, options)?;
    let profiles = store.profiles()?;
    let progress = Progress::new("entities", Some(profiles.len() as u64));
    let answers = service.link(&profiles, least, |count| progress.step(count));
    drop(progress);
    for error in &answers.errors {
        message::warning(error);
    }
    store.replace_links(url, &answers.outcome.links, &answers.unanswered)?;
    say(service.name(), &answers.outcome, &profiles);
    if answers.unanswered.is_empty() {
        return Ok(Outcome::Done);
    }
    message::say(format_args!(
        "{} not answered; links that they had stay",
        page::count(answers.unanswered.len(), "entity")
    ));
    Ok(Outcome::Skipped)
}

/// What became of all entities, and which are ambiguous.
fn say(name: &str, found: &Found, profiles: &[Profile]) {
    let mut parts = vec![format!("{} linked", found.links.len())];
    for why in Unlinked::ALL {
        let count = found.count(why);
        if count > 0 {
            parts.push(format!("{count} {}", why.name()));
        }
    }
    message::say(format_args!("{name}: {}", parts.join(", ")));
    for why in [Unlinked::Ambiguous, Unlinked::Unsure] {
        let names: Vec<&str> = profiles
            .iter()
            .filter(|profile| found.unlinked.get(&profile.entity) == Some(&why))
            .map(|profile| profile.name.as_str())
            .collect();
        if names.is_empty() {
            continue;
        }
        let mut list = names[..names.len().min(SHOWN)].join(", ");
        if names.len() > SHOWN {
            list.push_str(&format!(" and {} more", names.len() - SHOWN));
        }
        message::say(format_args!("note: {name}: {}: {list}", why.name()));
    }
}

fn write(store: &Store, links: &[Link]) -> Result<()> {
    let mut output = Output::new(None)?;
    for link in links {
        let object = json!({
            "entity": store.base().short(link.entity.as_str()),
            "same_as": link.target.as_str(),
            "source": link.source,
            "confidence": rounded(link.confidence),
            "reason": link.reason,
        });
        writeln!(output, "{object}")?;
    }
    output.finish()
}

/// To two places, as evidence has it everywhere.
fn rounded(confidence: Confidence) -> f64 {
    (f64::from(confidence.get()) * 100.0).round() / 100.0
}

fn join(sources: &BTreeSet<String>) -> String {
    sources.iter().cloned().collect::<Vec<_>>().join(", ")
}

/// `KIND=TYPE`.
fn parse_type(text: &str) -> Result<(EntityKind, String), String> {
    let expected = || "expected KIND=TYPE, for example person=Q5".to_owned();
    let (kind, name) = text.split_once('=').ok_or_else(expected)?;
    let mut kinds = EntityKind::ALL.iter().copied();
    let kind = kinds
        .find(|other| other.to_string() == kind.trim())
        .ok_or_else(|| "expected person, organization, place or country before the =".to_owned())?;
    Ok((kind, name.trim().to_owned()))
}
