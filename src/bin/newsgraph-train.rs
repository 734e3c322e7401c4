//! Trains the model of `annotation/` from treebanks and marked names, or measures it.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Parser;
use newsgraph::annotation::train::{self, Stage};

/// Train the annotation model, or measure one
#[derive(Parser)]
struct Arguments {
    /// Folder with the training data (ud_ewt, gum, worldwide_ner, …)
    #[arg(long)]
    data: PathBuf,
    /// The model file to write or to measure
    #[arg(long, default_value = "models/annotation.bin")]
    model: PathBuf,
    /// Only these stages, in this order, keeping the model's other parts; `mentions` alone makes
    /// `coreference.csv` beside the model
    #[arg(long, value_delimiter = ',')]
    stages: Vec<String>,
    /// Train nothing, print what the model reaches on the development parts
    #[arg(long)]
    evaluate: bool,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    if arguments.evaluate {
        return Ok(train::evaluate(&arguments.data, &arguments.model)?);
    }
    if arguments.stages == ["mentions"] {
        let table = arguments.model.with_file_name("coreference.csv");
        return Ok(newsgraph::story::train::run(&arguments.data, &table)?);
    }
    let mut stages = Vec::new();
    for name in &arguments.stages {
        let found = Stage::ALL
            .into_iter()
            .find(|s| format!("{s:?}").to_lowercase() == *name);
        match found {
            Some(stage) => stages.push(stage),
            None => bail!(
                "unknown stage {name:?}: expected clusters, tags, lemmas, tree, names, or mentions alone"
            ),
        }
    }
    if stages.is_empty() {
        stages.extend(Stage::ALL);
    }
    Ok(train::run(&arguments.data, &arguments.model, &stages)?)
}
