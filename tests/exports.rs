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

/// Where two texts first differ, for a message: a few words from there on, of either.
fn first_difference(old: &[u8], new: &[u8]) -> String {
    const SHOWN: usize = 100;
    let same = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let line = old[..same].iter().filter(|b| **b == b'\n').count() + 1;
    let words = |text: &[u8]| {
        let rest = &text[same.saturating_sub(SHOWN / 2)..];
        let shown = &rest[..rest.len().min(SHOWN)];
        String::from_utf8_lossy(shown).replace('\n', "⏎")
    };
    format!(
        "line {line}\n    kept: …{}…\n    made: …{}…",
        words(old),
        words(new)
    )
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
