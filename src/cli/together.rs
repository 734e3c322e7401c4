//! Articles that are compared with each other, without a store.

use std::io::Write;

use anyhow::Result;
use newsgraph::article::Article;
use newsgraph::pipeline;
use newsgraph::story::{MentionSource, Reading, Stories};
use rayon::prelude::*;
use serde_json::json;

use super::Outcome;
use super::given::Given;
use super::input::{self, ReadingArgs};
use super::output::Output;

/// Reads all articles as they are compared; `given`: with their mentions.
pub fn read(
    reading: &ReadingArgs,
    inputs: &[String],
    given: Option<&Given>,
) -> Result<(Vec<Reading>, Outcome)> {
    let pool = reading.pool()?;
    let mut readings = Vec::new();
    let read_one = |article: &Article| {
        let mentions = match given.map(|g| g.mentions_of(&article.id)) {
            None => MentionSource::Nowhere,
            Some(None) => MentionSource::Text,
            Some(Some(given)) => MentionSource::Given(given),
        };
        let topic = given.and_then(|g| g.topic_of(&article.id));
        pipeline::read_for_stories(article, mentions).with_topic(topic)
    };
    let batch_size = 16 * pool.current_num_threads();
    let outcome = input::for_each_batch(reading, inputs, batch_size, |batch| {
        let read: Vec<Reading> = pool.install(|| batch.par_iter().map(read_one).collect());
        readings.extend(read);
        Ok(())
    })?;
    Ok((readings, outcome))
}

/// Writes one object an article: its story, and its mentions with their chains.
pub fn write_chains(
    readings: &[Reading],
    pool: &rayon::ThreadPool,
    output: &mut Output,
) -> Result<()> {
    let (stories, chains) = pool.install(|| {
        let stories = Stories::find(readings);
        let chains = stories.chains(readings);
        (stories, chains)
    });
    for (at, (reading, chains)) in readings.iter().zip(chains).enumerate() {
        let mentions: Vec<_> = reading
            .mentions
            .iter()
            .zip(chains)
            .map(|(m, chain)| {
                json!({ "start": m.start, "end": m.end, "slot": m.slot.name(), "chain": chain })
            })
            .collect();
        let story = stories.story_of(at).to_string();
        let object = json!({ "id": reading.id, "cluster": story, "mentions": mentions });
        writeln!(output, "{object}")?;
    }
    Ok(())
}
