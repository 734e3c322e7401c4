//! `newsgraph info`

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use anyhow::Result;
use newsgraph::store::{ArticleRow, Tables};

use super::Outcome;
use super::output::Output;
use super::page::{Page, count};
use super::source::SourceArgs;

/// Tell what a store holds
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    source: SourceArgs,

    /// List the articles: id, date, publisher, title, separated by tabs
    #[arg(long)]
    articles: bool,
}

pub fn run(args: Args) -> Result<Outcome> {
    let (store, outcome) = args.source.open()?;
    let mut output = Output::new(None)?;
    if args.articles {
        for row in store.articles()? {
            let cell = |value: &Option<String>| value.clone().unwrap_or_default();
            let fields = [
                row.article.clone(),
                cell(&row.date),
                cell(&row.publisher),
                cell(&row.title),
            ];
            let fields = fields.map(|field| field.replace(['\t', '\n', '\r'], " "));
            writeln!(output, "{}", fields.join("\t"))?;
        }
        output.finish()?;
        return Ok(outcome);
    }
    let tables = store.tables()?;
    let is_terminal = output.is_terminal();
    let mut page = Page::new(output, is_terminal);
    page.title(&args.source.name())?;
    let (all, together) = (store.quads()?.len(), store.default_graph()?.len());
    let mut lines = vec![
        ("articles", articles(&tables.articles)),
        ("entities", entities(&tables)),
        ("facts", facts(&tables)),
        (
            "triples",
            format!(
                "{together} of all articles together, {} of each alone",
                all - together
            ),
        ),
        ("base", store.base().to_string()),
    ];
    if let Some(publishers) = publishers(&tables.articles) {
        lines.insert(1, ("publishers", publishers));
    }
    for (name, value) in lines {
        page.text(2, &format!("{name}: {value}"))?;
    }
    page.finish()?.finish()?;
    Ok(outcome)
}

fn articles(rows: &[ArticleRow]) -> String {
    let dates: BTreeSet<&str> = rows.iter().filter_map(|row| row.date.as_deref()).collect();
    let undated = rows.iter().filter(|row| row.date.is_none()).count();
    let mut text = rows.len().to_string();
    if let (Some(first), Some(last)) = (dates.first(), dates.last()) {
        text.push_str(&format!(", {first} to {last}"));
    }
    if undated > 0 {
        text.push_str(&format!(", {undated} without a date"));
    }
    text
}

fn publishers(rows: &[ArticleRow]) -> Option<String> {
    let names: BTreeSet<&str> = rows
        .iter()
        .filter_map(|row| row.publisher.as_deref())
        .collect();
    let names: Vec<&str> = names.into_iter().collect();
    match names.len() {
        0 => None,
        n @ 1..=8 => Some(format!("{n}: {}", names.join(", "))),
        n => Some(format!("{n}: {}, …", names[..8].join(", "))),
    }
}

fn entities(tables: &Tables) -> String {
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &tables.entities {
        *kinds.entry(row.kind.name()).or_default() += 1;
    }
    let kinds: Vec<String> = kinds.into_iter().map(|(kind, n)| count(n, kind)).collect();
    match kinds.is_empty() {
        true => "0".to_owned(),
        false => format!("{}: {}", tables.entities.len(), kinds.join(", ")),
    }
}

fn facts(tables: &Tables) -> String {
    let meetings: BTreeSet<(&str, &str)> = tables
        .meetings
        .iter()
        .map(|m| (m.article.as_str(), m.meeting_id.as_str()))
        .collect();
    format!(
        "{}, {}, {}, each as one article says it",
        count(tables.roles.len(), "role"),
        count(meetings.len(), "meeting"),
        count(tables.statements.len(), "statement")
    )
}
