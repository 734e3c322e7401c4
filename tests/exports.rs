//! `exports/` is what the program makes of the sample articles today, byte for byte.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The files below a folder by their path in it. `README.md` is written by hand.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("a readable folder"))
        .filter(|entry| entry.file_type().is_file() && entry.file_name() != "README.md")
        .map(|entry| {
            let path = entry
                .path()
                .strip_prefix(folder)
                .expect("it lies in the folder")
                .to_owned();
            (path, fs::read(entry.path()).expect("a readable file"))
        })
        .collect()
}

/// The first line in which two texts differ, for a message.
fn first_difference(old: &[u8], new: &[u8]) -> String {
    let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    let (mut old_lines, mut new_lines) = (old.lines(), new.lines());
    let mut number = 0;
    loop {
        number += 1;
        match (old_lines.next(), new_lines.next()) {
            (None, None) => return "line ends differ".to_owned(),
            (a, b) if a != b => {
                let shown = |line: Option<&str>| line.map_or("(end)".to_owned(), str::to_owned);
                return format!(
                    "line {number}\n    kept: {}\n    made: {}",
                    shown(a),
                    shown(b)
                );
            }
            _ => {}
        }
    }
}

#[test]
fn exports_are_what_the_program_makes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let made = tempfile::tempdir().expect("a temporary folder");
    let output = Command::new("bash")
        .arg(root.join("scripts/make-exports"))
        .arg(made.path())
        .env("NEWSGRAPH", env!("CARGO_BIN_EXE_newsgraph"))
        .output()
        .expect("bash runs the script");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );

    let (kept, made) = (files(&root.join("exports")), files(made.path()));
    assert!(!made.is_empty(), "scripts/make-exports made nothing");
    let mut problems = Vec::new();
    for path in kept.keys().filter(|path| !made.contains_key(*path)) {
        problems.push(format!("{}: is made no more", path.display()));
    }
    for (path, new) in &made {
        match kept.get(path) {
            None => problems.push(format!("{}: is not kept", path.display())),
            Some(old) if old != new => {
                problems.push(format!(
                    "{}: {}",
                    path.display(),
                    first_difference(old, new)
                ));
            }
            Some(_) => {}
        }
    }
    assert!(
        problems.is_empty(),
        "exports/ is not what the program makes:\n  {}\n\
         hint: if the change is meant, run scripts/make-exports and read `git diff exports`",
        problems.join("\n  ")
    );
}
