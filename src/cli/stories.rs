//! `newsgraph stories`

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;
use clap::ValueEnum;
use newsgraph::story::{Reading, Stories, StoryId};
use serde_json::json;

use super::input::ReadingArgs;
use super::output::Output;
use super::page::{Page, count};
use super::{Outcome, message, together};

/// Show which articles tell of the same event, without a store
#[derive(clap::Args)]
pub struct Args {
    /// Files, folders, patterns in quotes, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,

    #[arg(long, short, default_value = "text")]
    format: Format,

    #[command(flatten)]
    reading: ReadingArgs,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One JSON object a story
    Jsonl,
}

/// A story as it is shown.
struct Shown<'a> {
    id: StoryId,
    /// By day, then by id.
    articles: Vec<&'a Reading>,
    /// Persons whom two of its articles name or more, the most named first.
    people: Vec<&'a str>,
}

impl<'a> Shown<'a> {
    fn new(id: StoryId, articles: &[usize], readings: &'a [Reading]) -> Self {
        let mut articles: Vec<&Reading> = articles.iter().map(|&i| &readings[i]).collect();
        articles.sort_by_key(|a| (a.date.is_none(), a.date, &a.id));
        let mut named: BTreeMap<&str, usize> = BTreeMap::new();
        for name in articles.iter().flat_map(|a| &a.people) {
            *named.entry(name).or_default() += 1;
        }
        let mut people: Vec<(&str, usize)> = named.into_iter().filter(|(_, n)| *n > 1).collect();
        people.sort_by_key(|(name, n)| (std::cmp::Reverse(*n), *name));
        Self {
            id,
            articles,
            people: people.into_iter().map(|(name, _)| name).collect(),
        }
    }

    fn headline(&self) -> Option<&str> {
        self.articles.iter().find_map(|a| a.title.as_deref())
    }

    /// The first and the last day.
    fn days(&self) -> Option<(String, String)> {
        let days = || self.articles.iter().filter_map(|a| a.date);
        Some((days().min()?.to_string(), days().max()?.to_string()))
    }
}

pub fn run(args: Args) -> Result<Outcome> {
    let (readings, outcome) = together::read(&args.reading, &args.inputs, None)?;
    let found = args.reading.pool()?.install(|| Stories::find(&readings));
    let shown: Vec<Shown> = found
        .articles()
        .iter()
        .map(|(id, articles)| Shown::new(*id, articles, &readings))
        .collect();
    let output = Output::new(None)?;
    match args.format {
        Format::Text => write_text(&shown, output)?,
        Format::Jsonl => write_jsonl(&shown, output)?,
    }
    message::say(format_args!(
        "{} in {}",
        count(readings.len(), "article"),
        count(shown.len(), "story")
    ));
    Ok(outcome)
}

fn write_text(stories: &[Shown], output: Output) -> Result<()> {
    let is_terminal = output.is_terminal();
    let mut page = Page::new(output, is_terminal);
    for (i, story) in stories.iter().enumerate() {
        let headline = story.headline().unwrap_or("no headline");
        let title = format!("{}: {headline}", story.id);
        match i {
            0 => page.title(&title)?,
            _ => page.heading(&title)?,
        }
        let articles = count(story.articles.len(), "article");
        page.text(
            2,
            &match story.days() {
                Some((first, last)) if first == last => format!("{articles}, {first}"),
                Some((first, last)) => format!("{articles}, {first} to {last}"),
                None => articles,
            },
        )?;
        if !story.people.is_empty() {
            page.text(2, &format!("people: {}", story.people.join(", ")))?;
        }
        for article in &story.articles {
            let title = article.title.as_deref().unwrap_or_default();
            page.text(4, &format!("{} {title}", article.id))?;
        }
    }
    page.finish()?.finish()
}

fn write_jsonl(stories: &[Shown], mut output: Output) -> Result<()> {
    for story in stories {
        let days = story.days();
        let articles: Vec<&str> = story.articles.iter().map(|a| a.id.as_str()).collect();
        let object = json!({
            "story": story.id.to_string(),
            "headline": story.headline(),
            "from": days.as_ref().map(|(first, _)| first),
            "to": days.as_ref().map(|(_, last)| last),
            "people": story.people,
            "articles": articles,
        });
        writeln!(output, "{object}")?;
    }
    output.finish()
}
