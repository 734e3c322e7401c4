//! `newsgraph completions`

use std::io::Write;

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;

use super::output::Output;
use super::{Cli, Outcome};

/// Print what makes a shell complete newsgraph's commands
#[derive(clap::Args)]
#[command(after_help = "Example: newsgraph completions bash > \
                        ~/.local/share/bash-completion/completions/newsgraph")]
pub struct Args {
    shell: Shell,
}

pub fn run(args: Args) -> Result<Outcome> {
    // Written to memory first: clap_complete panics when stdout is closed.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "newsgraph", &mut script);
    let mut output = Output::new(None)?;
    output.write_all(&script)?;
    output.finish()?;
    Ok(Outcome::Done)
}
