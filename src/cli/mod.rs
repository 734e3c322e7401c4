//! Owns arguments, printing, progress and exit codes; one file a subcommand. Must not know how
//! anything is done: that is the library's.
//!
//! Data go to stdout, all else to stderr. Exit status: 0 done, 1 done but something was skipped,
//! 2 could not run.

mod build;
mod check;
mod completions;
mod conflicts;
mod correct;
mod evidence;
mod explain;
mod export;
mod extract;
mod given;
mod info;
mod input;
mod link;
mod message;
mod output;
mod page;
mod query;
mod remove;
mod show;
mod source;
mod stories;
mod syntax;
mod together;

use std::io;
use std::process::ExitCode;

use clap::{ArgAction, Parser, Subcommand};
use newsgraph::export::ExportError;
use tracing_subscriber::EnvFilter;

#[derive(Parser)]
#[command(
    name = "newsgraph",
    version,
    about = "Turns news articles into a knowledge graph: who holds which office, who met whom, who said what",
    after_help = "Exit status: 0 done, 1 done but something was skipped, 2 could not run.\n\
                  Start with: newsgraph build articles/ && newsgraph show \"Angela Merkel\"",
    propagate_version = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    /// Say more on stderr; twice for more still
    #[arg(short, long, global = true, action = ArgAction::Count)]
    verbose: u8,

    /// Say nothing on stderr but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
}

#[derive(Subcommand)]
enum Command {
    Build(build::Args),
    Extract(extract::Args),
    Stories(stories::Args),
    Show(show::Args),
    Query(query::Args),
    Export(export::Args),
    Conflicts(conflicts::Args),
    Explain(explain::Args),
    Info(info::Args),
    Check(check::Args),
    Link(link::Args),
    Remove(remove::Args),
    Merge(correct::MergeArgs),
    Split(correct::SplitArgs),
    Forget(correct::ForgetArgs),
    Corrections(correct::ListArgs),
    Completions(completions::Args),
}

/// How a command ended that could run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Done,
    /// Something was left out, and stderr says what.
    Skipped,
}

impl Outcome {
    /// The outcome of doing two things.
    fn and(self, other: Self) -> Self {
        match self {
            Self::Done => other,
            Self::Skipped => Self::Skipped,
        }
    }
}

/// Reads the command line, runs it and gives the exit status.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    message::set_quiet(cli.quiet);
    start_log(cli.verbose);
    let result = match cli.command {
        Command::Build(args) => build::run(args),
        Command::Extract(args) => extract::run(args),
        Command::Stories(args) => stories::run(args),
        Command::Show(args) => show::run(args),
        Command::Query(args) => query::run(args),
        Command::Export(args) => export::run(args),
        Command::Conflicts(args) => conflicts::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Info(args) => info::run(args),
        Command::Check(args) => check::run(args),
        Command::Link(args) => link::run(args),
        Command::Remove(args) => remove::run(args),
        Command::Merge(args) => correct::merge(args),
        Command::Split(args) => correct::split(args),
        Command::Forget(args) => correct::forget(args),
        Command::Corrections(args) => correct::list(args),
        Command::Completions(args) => completions::run(args),
    };
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Skipped) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            message::error(&error);
            ExitCode::from(2)
        }
    }
}

fn start_log(verbose: u8) {
    let level = match verbose {
        0 => "warn",
        1 => "info",
        2 => "debug",
        _ => "trace",
    };
    let filter = EnvFilter::try_from_env("NEWSGRAPH_LOG")
        .unwrap_or_else(|_| EnvFilter::new(format!("newsgraph={level}")));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .without_time()
        .init();
}

/// Whether the reader of our output has gone, as `head` does: no error of ours.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let is_closed = |error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| {
        if let Some(error) = cause.downcast_ref::<io::Error>() {
            return is_closed(error);
        }
        if let Some(ExportError::Io(error)) = cause.downcast_ref::<ExportError>() {
            return is_closed(error);
        }
        if let Some(error) = cause.downcast_ref::<serde_json::Error>() {
            return error.io_error_kind() == Some(io::ErrorKind::BrokenPipe);
        }
        match cause.downcast_ref::<csv::Error>().map(csv::Error::kind) {
            Some(csv::ErrorKind::Io(error)) => is_closed(error),
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn arguments_are_consistent() {
        super::Cli::command().debug_assert();
    }
}
