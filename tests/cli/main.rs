//! The program as its users run it: arguments in, exit status, stdout and stderr out.

mod answers;
mod bad_input;
mod corrections;
mod exports;
mod link;
mod stories;

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

/// A folder of its own for a test, in which the program runs.
struct Desk {
    folder: TempDir,
}

/// What a run gave.
struct Run {
    status: i32,
    stdout: String,
    stderr: String,
}

const ARTICLE: &str = "OSLO, May 6, 2024 (Fjord Post) - French President Emmanuel Macron met German \
    Chancellor Olaf Scholz in Oslo on Monday.\n\n“We want a bridge,” Macron said.\n\nScholz said \
    that the talks had been good. He will visit Paris in June.\n";

impl Desk {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, content).expect("a written file");
        self
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("a readable file")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("newsgraph").expect("the program is built");
        command.current_dir(self.folder.path()).args(arguments);
        command.env_remove("NEWSGRAPH_LOG").env("NO_COLOR", "1");
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, "")
    }

    fn run_with(&self, arguments: &[&str], stdin: &str) -> Run {
        let output = self
            .command(arguments)
            .write_stdin(stdin.to_owned())
            .output()
            .expect("it runs");
        Run {
            status: output.status.code().expect("an exit status"),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// Runs what must succeed; its stdout.
    fn ok(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.status, 0, "{arguments:?}: {}", run.stderr);
        run.stdout
    }
}

impl Run {
    #[track_caller]
    fn status(self, expected: i32) -> Self {
        assert_eq!(
            self.status, expected,
            "stdout: {}\nstderr: {}",
            self.stdout, self.stderr
        );
        self
    }

    /// Compares the whole of stderr.
    #[track_caller]
    fn says(self, expected: &str) -> Self {
        assert_eq!(self.stderr.trim_end(), expected);
        self
    }

    #[track_caller]
    fn mentions(self, expected: &str) -> Self {
        assert!(
            self.stderr.contains(expected),
            "no “{expected}” in:\n{}",
            self.stderr
        );
        self
    }
}

/// The sample articles of the project.
fn articles() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/articles")
        .display()
        .to_string()
}
