//! `newsgraph conflicts`

use anyhow::Result;
use clap::ValueEnum;
use newsgraph::identity::Conflict;
use serde_json::json;
use std::io::Write;

use super::output::Output;
use super::page::{Page, count};
use super::source::SourceArgs;
use super::{Outcome, message};

/// Show where articles disagree, with the words of each
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    source: SourceArgs,

    #[arg(long, short, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One JSON object a conflict
    Jsonl,
}

pub fn run(args: Args) -> Result<Outcome> {
    let (store, outcome) = args.source.open()?;
    let conflicts = store.conflicts()?;
    let output = Output::new(None)?;
    match args.format {
        Format::Text => write_text(&conflicts, output)?,
        Format::Jsonl => write_jsonl(&conflicts, output)?,
    }
    message::say(match conflicts.len() {
        0 => format!("no two articles in {} disagree", args.source.name()),
        n => count(n, "conflict"),
    });
    Ok(outcome)
}

fn write_text(conflicts: &[Conflict], output: Output) -> Result<()> {
    let is_terminal = output.is_terminal();
    let mut page = Page::new(output, is_terminal);
    for (i, conflict) in conflicts.iter().enumerate() {
        let title = format!("{}: {}", conflict.about, conflict.aspect.name());
        match i {
            0 => page.title(&title)?,
            _ => page.heading(&title)?,
        }
        for side in &conflict.sides {
            page.text(2, &format!("{}  in {}", side.value, side.article))?;
            if side.words != side.value {
                page.text(6, &format!("“{}”", side.words))?;
            }
        }
    }
    page.finish()?.finish()
}

fn write_jsonl(conflicts: &[Conflict], mut output: Output) -> Result<()> {
    for conflict in conflicts {
        let sides: Vec<_> = conflict
            .sides
            .iter()
            .map(|side| {
                json!({
                    "value": side.value,
                    "thing": side.thing.as_str(),
                    "article": side.article,
                    "words": side.words,
                    "start": side.span.0,
                    "end": side.span.1,
                })
            })
            .collect();
        let object =
            json!({ "about": conflict.about, "aspect": conflict.aspect.name(), "sides": sides });
        writeln!(output, "{object}")?;
    }
    output.finish()
}
