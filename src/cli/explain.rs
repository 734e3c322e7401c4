//! `newsgraph explain`

use std::io::Write;

use anyhow::{Result, bail};
use newsgraph::fact::{RULES, Rule, rule};

use super::Outcome;
use super::output::Output;

/// Tell what a rule reads, with an example and how often it is right
#[derive(clap::Args)]
pub struct Args {
    /// Name of a rule, as evidence gives it; without one, the list of all
    rule: Option<String>,
}

pub fn run(args: Args) -> Result<Outcome> {
    let mut output = Output::new(None)?;
    match args.rule {
        Some(name) => {
            let Some(rule) = rule(&name) else {
                let names: Vec<&str> = RULES.iter().map(|r| r.name).collect();
                bail!(
                    "no rule is called {name:?}\nhint: the rules are {}",
                    names.join(", ")
                );
            };
            write!(output, "{}", told(rule))?;
        }
        None => {
            let width = RULES.iter().map(|r| r.name.len()).max().unwrap_or(0);
            for rule in RULES {
                writeln!(
                    output,
                    "{:9}  {:width$}  {:.2}  {}",
                    rule.finds, rule.name, rule.confidence, rule.reads
                )?;
            }
        }
    }
    output.finish()?;
    Ok(Outcome::Done)
}

fn told(rule: &Rule) -> String {
    format!(
        "{}\n  finds       {}s\n  reads       {}\n  example     {}\n  confidence  {:.2}, the share of its facts that held on the development articles\n",
        rule.name, rule.finds, rule.reads, rule.example, rule.confidence
    )
}
