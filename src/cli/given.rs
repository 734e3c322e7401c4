//! What records know beforehand: the places of their mentions, what sets them apart.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use newsgraph::story::{GivenMention, Slot};
use serde_json::Value;

/// What is taken from the records instead of being found.
#[derive(clap::Args, Clone)]
pub struct GivenArgs {
    /// With --stage identity: keep the field `mentions` of JSON Lines records (a list of start, end, slot)
    #[arg(long)]
    given_mentions: bool,

    /// With --stage identity: records that differ in this field are of different stories
    #[arg(long, value_name = "FIELD")]
    topics: Option<String>,
}

impl GivenArgs {
    /// Fails if any is given, which `place` alone understands.
    pub fn refuse(&self, place: &str) -> Result<()> {
        let name = match (self.given_mentions, &self.topics) {
            (true, _) => "--given-mentions",
            (false, Some(_)) => "--topics",
            (false, None) => return Ok(()),
        };
        bail!("{name} is for {place}\nhint: add {place}, or leave {name} out")
    }
}

/// The same, by the ids of the records.
#[derive(Default)]
pub struct Given {
    /// `None`: mentions are found in the text.
    mentions: Option<BTreeMap<String, Vec<GivenMention>>>,
    topics: BTreeMap<String, String>,
}

impl Given {
    /// Reads the records of all inputs, where anything is asked of them.
    pub fn read(args: &GivenArgs, inputs: &[String]) -> Result<Self> {
        let mut given = Self::default();
        if !args.given_mentions && args.topics.is_none() {
            return Ok(given);
        }
        let mut mentions = BTreeMap::new();
        for input in inputs {
            if Path::new(input).extension().is_none_or(|e| e != "jsonl") {
                bail!(
                    "expected a file of JSON Lines, found {input}\n\
                     hint: --given-mentions and --topics need records with ids, in files that end in .jsonl"
                );
            }
            let text =
                std::fs::read_to_string(input).with_context(|| format!("cannot read {input}"))?;
            for (line, row) in text
                .lines()
                .enumerate()
                .filter(|(_, row)| !row.trim().is_empty())
            {
                // A malformed record is skipped, and said, when articles are read.
                let Ok(record) = serde_json::from_str::<Value>(row) else {
                    continue;
                };
                let Some(id) = text_of(&record["id"]) else {
                    bail!("{input}:{}: expected a field `id`, found none", line + 1);
                };
                if args.given_mentions {
                    let found =
                        mentions_of(&record).with_context(|| format!("{input}:{}", line + 1))?;
                    mentions.insert(id.clone(), found);
                }
                if let Some(topic) = args.topics.as_ref().and_then(|f| text_of(&record[f])) {
                    given.topics.insert(id, topic);
                }
            }
        }
        given.mentions = args.given_mentions.then_some(mentions);
        Ok(given)
    }

    /// The mentions of an article; `None` where they are to be found.
    pub fn mentions_of(&self, id: &str) -> Option<&[GivenMention]> {
        let mentions = self.mentions.as_ref()?;
        Some(mentions.get(id).map_or(&[], Vec::as_slice))
    }

    pub fn topic_of(&self, id: &str) -> Option<String> {
        self.topics.get(id).cloned()
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The mentions of a record whose slot is known; others are left out.
fn mentions_of(record: &Value) -> Result<Vec<GivenMention>> {
    let Some(list) = record["mentions"].as_array() else {
        bail!(
            "expected a list `mentions`, found none\nhint: leave out --given-mentions to have mentions found"
        );
    };
    let mut found = Vec::new();
    for mention in list {
        let place = |key: &str| {
            let number = mention[key].as_u64().and_then(|n| usize::try_from(n).ok());
            number
                .with_context(|| format!("expected a number `{key}` in a mention, found {mention}"))
        };
        let name = mention["slot"].as_str().unwrap_or_default();
        if let Some(slot) = Slot::ALL.into_iter().find(|slot| slot.name() == name) {
            let (start, end) = (place("start")?, place("end")?);
            found.push(GivenMention { start, end, slot });
        }
    }
    Ok(found)
}
