//! The sessions in `README.md` are real: every command in its ```console fences is run, in order,
//! in a folder with the sample articles, and must print what stands below it. A line `…` stands for
//! any lines. `NEWSGRAPH_BLESS=1` writes down what the commands print, as long before and after `…`
//! as it was.
#![cfg(feature = "rocksdb")]

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const ELLIPSIS: &str = "…";

/// A command and what stands below it, up to the next command or the end of its fence.
#[derive(Debug, PartialEq)]
struct Step {
    /// 1-based line of the command.
    line: usize,
    command: String,
    expected: Vec<String>,
}

fn steps(source: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut inside = false;
    for (i, line) in source.lines().enumerate() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if let (true, Some(command)) = (inside, line.strip_prefix("$ ")) {
            steps.push(Step {
                line: i + 1,
                command: command.to_owned(),
                expected: Vec::new(),
            });
        } else if let (true, Some(step)) = (inside, steps.last_mut()) {
            step.expected.push(line.to_owned());
        }
    }
    steps
}

/// Runs a command in `folder` as a newcomer would; what it prints on both streams.
fn run(command: &str, folder: &Path) -> Vec<String> {
    let program = Path::new(env!("CARGO_BIN_EXE_newsgraph"));
    let programs = program.parent().expect("the program lies in a folder");
    let path = env::var("PATH").unwrap_or_default();
    let output = Command::new("bash")
        .args(["-c", &format!("exec 2>&1\n{command}")])
        .current_dir(folder)
        .env("PATH", format!("{}:{path}", programs.display()))
        .stdin(Stdio::null())
        .output()
        .expect("bash runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

/// Splits the expected lines at `…`: what must come first, and what must come last.
fn ends(expected: &[String]) -> Option<(&[String], &[String])> {
    let at = expected.iter().position(|line| line == ELLIPSIS)?;
    Some((&expected[..at], &expected[at + 1..]))
}

fn is_as_expected(expected: &[String], printed: &[String]) -> bool {
    match ends(expected) {
        None => printed == expected,
        Some((first, last)) => {
            printed.len() >= first.len() + last.len()
                && printed.starts_with(first)
                && printed.ends_with(last)
        }
    }
}

/// What to write below a command: as much of what it printed as was shown before.
fn shown(expected: &[String], printed: Vec<String>) -> Vec<String> {
    match ends(expected) {
        Some((first, last)) if printed.len() > first.len() + last.len() => {
            let mut lines = printed[..first.len()].to_vec();
            lines.push(ELLIPSIS.to_owned());
            lines.extend_from_slice(&printed[printed.len() - last.len()..]);
            lines
        }
        _ => printed,
    }
}

fn replace(source: &str, steps: &[Step], shown: &[Vec<String>]) -> String {
    let mut lines: Vec<String> = source.lines().map(str::to_owned).collect();
    for (step, new) in steps.iter().zip(shown).rev() {
        lines.splice(
            step.line..step.line + step.expected.len(),
            new.iter().cloned(),
        );
    }
    lines.join("\n") + "\n"
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.expect("a readable folder");
        let target = to.join(
            entry
                .path()
                .strip_prefix(from)
                .expect("it lies in the folder"),
        );
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).expect("a writable folder");
        } else {
            fs::copy(entry.path(), target).expect("a writable folder");
        }
    }
}

#[test]
fn the_readme_shows_what_the_commands_print() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = root.join("README.md");
    let source = fs::read_to_string(&readme).expect("README.md");
    let steps = steps(&source);
    assert!(steps.len() >= 5, "README.md shows a session");

    let folder = tempfile::tempdir().expect("a temporary folder");
    for part in ["tests/articles", "tests/gazetteer", "ontology"] {
        copy(&root.join(part), &folder.path().join(part));
    }
    let (mut new, mut problems) = (Vec::new(), Vec::new());
    for step in &steps {
        let printed = run(&step.command, folder.path());
        if !is_as_expected(&step.expected, &printed) {
            problems.push(format!(
                "README.md:{}: $ {}\n  shown:\n    {}\n  printed:\n    {}",
                step.line,
                step.command,
                step.expected.join("\n    "),
                printed.join("\n    ")
            ));
        }
        new.push(shown(&step.expected, printed));
    }
    if env::var_os("NEWSGRAPH_BLESS").is_some_and(|v| v == "1") {
        fs::write(&readme, replace(&source, &steps, &new)).expect("a writable checkout");
        return;
    }
    assert!(
        problems.is_empty(),
        "{}\nhint: NEWSGRAPH_BLESS=1 cargo test --release --test readme writes down what is printed",
        problems.join("\n")
    );
}

#[test]
fn a_session_is_read_compared_and_rewritten() {
    let source = "# T\n```console\n$ one\na\n…\nz\n$ two\nb\n```\n```sh\n$ not run\n```\n";
    let steps = steps(source);
    let lines = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let expected = [
        Step {
            line: 3,
            command: "one".to_owned(),
            expected: lines("a … z"),
        },
        Step {
            line: 7,
            command: "two".to_owned(),
            expected: lines("b"),
        },
    ];
    assert_eq!(steps, expected);
    assert!(is_as_expected(&lines("a … z"), &lines("a b c z")));
    assert!(!is_as_expected(&lines("a … z"), &lines("a b c")));
    assert!(!is_as_expected(&lines("b"), &lines("b c")));
    let new = [
        shown(&steps[0].expected, lines("A B C D")),
        shown(&steps[1].expected, lines("B C")),
    ];
    let rewritten = "# T\n```console\n$ one\nA\n…\nD\n$ two\nB\nC\n```\n```sh\n$ not run\n```\n";
    assert_eq!(replace(source, &steps, &new), rewritten);
}
