//! INPUT arguments: files, folders, patterns and standard input, in a fixed order.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use walkdir::WalkDir;

use super::format::Format;
use super::{Place, ReadError, ReadErrorKind};

/// One thing to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Input {
    File(PathBuf),
    Stdin,
}

impl Input {
    /// How messages name it.
    pub fn name(&self) -> String {
        match self {
            Input::File(path) => path.display().to_string(),
            Input::Stdin => "-".to_owned(),
        }
    }
}

/// Finds what `arguments` name: in their order, what a folder or pattern holds sorted by path, no
/// file twice. Arguments that name nothing give an error in their place. `left_out` is a file that
/// is no article although it lies among them.
pub(super) fn find(arguments: &[String], left_out: Option<&Path>) -> Vec<Result<Input, ReadError>> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let left_out = left_out.and_then(|p| p.canonicalize().ok());
    let mut keep = |path: PathBuf, found: &mut Vec<Result<Input, ReadError>>| {
        let whole = path.canonicalize().unwrap_or_else(|_| path.clone());
        if left_out.as_ref() != Some(&whole) && seen.insert(whole) {
            found.push(Ok(Input::File(path)));
        }
    };
    for argument in arguments {
        if argument == "-" {
            if !found.iter().any(|i| matches!(i, Ok(Input::Stdin))) {
                found.push(Ok(Input::Stdin));
            }
            continue;
        }
        let path = Path::new(argument);
        let fail = |kind| Err(ReadError::new(Place::of(argument), kind));
        if path.is_dir() {
            let (files, passed_over, problems) = walk(path, is_article);
            if files.is_empty() && problems.is_empty() {
                found.push(fail(ReadErrorKind::NoArticles { passed_over }));
            } else if passed_over > 0 {
                tracing::info!("{argument}: {passed_over} files of other kinds passed over");
            }
            files.into_iter().for_each(|file| keep(file, &mut found));
            found.extend(problems.into_iter().map(Err));
        } else if path.symlink_metadata().is_ok() {
            keep(path.to_owned(), &mut found);
        } else if argument.contains(['*', '?', '[', '{']) {
            match pattern(argument) {
                Ok(matcher) => {
                    let (files, _, problems) =
                        walk(&fixed_part(argument), |p| matcher.is_match(plain(p)));
                    if files.is_empty() && problems.is_empty() {
                        found.push(fail(ReadErrorKind::NoMatch));
                    }
                    files.into_iter().for_each(|file| keep(file, &mut found));
                    found.extend(problems.into_iter().map(Err));
                }
                Err(problem) => found.push(fail(ReadErrorKind::BadGlob(problem))),
            }
        } else {
            found.push(fail(ReadErrorKind::Missing));
        }
    }
    found
}

/// Files below a folder that are wanted, sorted by path; how many are not; what cannot be read.
fn walk(folder: &Path, wanted: impl Fn(&Path) -> bool) -> (Vec<PathBuf>, usize, Vec<ReadError>) {
    let (mut files, mut passed_over, mut problems) = (Vec::new(), 0, Vec::new());
    let visible = |name: &std::ffi::OsStr| !name.to_string_lossy().starts_with('.');
    let entries = WalkDir::new(folder)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|e| e.depth() == 0 || visible(e.file_name()));
    for entry in entries {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) if wanted(entry.path()) => files.push(entry.into_path()),
            Ok(_) => passed_over += 1,
            Err(error) => {
                let name = error.path().unwrap_or(folder).display().to_string();
                let error = match error.into_io_error() {
                    Some(error) => error,
                    None => std::io::Error::other("the folder leads back into itself"),
                };
                problems.push(ReadError::new(Place::of(&name), ReadErrorKind::Io(error)));
            }
        }
    }
    // By path, whatever the order of the file system.
    files.sort();
    (files, passed_over, problems)
}

/// Whether a file in a folder is taken for an article: by extension, or if it has none.
fn is_article(path: &Path) -> bool {
    path.extension().is_none() || Format::of_extension(path).is_some()
}

fn pattern(argument: &str) -> Result<GlobMatcher, String> {
    let text = argument.strip_prefix("./").unwrap_or(argument);
    let glob = GlobBuilder::new(text).literal_separator(true).build();
    glob.map(|g| g.compile_matcher())
        .map_err(|e| e.kind().to_string())
}

/// A path as a pattern would write it: without `./`.
fn plain(path: &Path) -> PathBuf {
    path.components()
        .filter(|c| *c != Component::CurDir)
        .collect()
}

/// The folder that a pattern's first part without wildcards names.
fn fixed_part(argument: &str) -> PathBuf {
    let mut fixed = PathBuf::new();
    for part in Path::new(argument).components() {
        if part
            .as_os_str()
            .to_string_lossy()
            .contains(['*', '?', '[', '{'])
        {
            break;
        }
        fixed.push(part);
    }
    if fixed.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        fixed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn names(found: &[Result<Input, ReadError>], root: &Path) -> Vec<String> {
        found
            .iter()
            .map(|f| match f {
                Ok(Input::File(path)) => path
                    .strip_prefix(root)
                    .unwrap_or(path)
                    .display()
                    .to_string(),
                Ok(Input::Stdin) => "-".to_owned(),
                Err(error) => format!("! {}", error.message()),
            })
            .collect()
    }

    #[test]
    fn folders_and_patterns_are_sorted_and_nothing_comes_twice() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let root = folder.path();
        fs::create_dir_all(root.join("b/c")).expect("folders");
        for name in [
            "b/2.txt",
            "b/c/1.html",
            "a.txt",
            "z.png",
            ".hidden.txt",
            "m.csv",
        ] {
            fs::write(root.join(name), "x").expect("files");
        }
        let at = |name: &str| root.join(name).display().to_string();
        let arguments = [
            at("b/2.txt"),
            at(""),
            "-".to_owned(),
            "-".to_owned(),
            at("**/*.png"),
            at("*.pdf"),
            at("no.txt"),
        ];
        let found = find(&arguments, Some(&root.join("m.csv")));
        assert_eq!(
            names(&found, root),
            [
                "b/2.txt",
                "a.txt",
                "b/c/1.html",
                "-",
                "z.png",
                "! no file matches this pattern",
                "! no such file or folder"
            ]
        );
        let found = find(&[at("b/*.txt"), at("[")], None);
        assert_eq!(names(&found, root)[0], "b/2.txt");
        assert!(
            names(&found, root)[1].starts_with("! malformed pattern"),
            "{found:?}"
        );
    }
}
