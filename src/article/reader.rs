//! From INPUT arguments to a stream of articles.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::{Component, Path, PathBuf};

use super::draft::Draft;
use super::format::Format;
use super::input::{self, Input};
use super::json;
use super::metadata::Metadata;
use super::record::FieldMap;
use super::table::Rows;
use super::{Article, Place, ReadError, ReadErrorKind, decode, language, page};

/// How inputs are read.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// A table of what is known of the articles beside their files (`--metadata`).
    pub metadata: Option<PathBuf>,
    /// Which field of a record means what: pairs such as `("text", "story.body")` (`--map`).
    pub map: Vec<(String, String)>,
    /// Whether to read articles that are not in English (`--language any`).
    pub any_language: bool,
    /// An article longer than this, in bytes, is refused: it is none.
    pub max_bytes: usize,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            metadata: None,
            map: Vec::new(),
            any_language: false,
            max_bytes: 10_000_000,
        }
    }
}

type Drafts = Box<dyn Iterator<Item = Result<Draft, ReadError>> + Send>;

/// Reads articles one by one; what cannot be read is an error item, and the rest goes on.
///
/// Inputs come in the order given, what a folder or pattern holds sorted by path. Files of records
/// are read as a stream: memory does not grow with their length but for 40 bytes an id.
///
/// ```
/// use newsgraph::article::{ReadOptions, Reader};
/// # let folder = tempfile::tempdir()?;
/// let path = folder.path().join("a.txt");
/// std::fs::write(&path, "OSLO - The foreign ministers of both countries met on Monday.")?;
/// let inputs = [path.display().to_string(), "no-such-file.txt".to_owned()];
/// let mut reader = Reader::new(&inputs, ReadOptions::default())?;
/// let article = reader.next().ok_or("one article")??;
/// assert_eq!(article.id, "a.txt");
/// let error = reader.next().ok_or("one error")?.err().ok_or("an error")?;
/// assert!(error.to_string().starts_with("no-such-file.txt: no such file or folder"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Reader {
    options: ReadOptions,
    map: FieldMap,
    metadata: Metadata,
    /// Faults of the metadata table, given before the articles.
    faults: std::vec::IntoIter<ReadError>,
    inputs: std::vec::IntoIter<Result<Input, ReadError>>,
    /// What stands before `#17` in the ids of files' records, and is the id of others.
    names: BTreeMap<PathBuf, String>,
    stdin: Option<Box<dyn Read + Send>>,
    current: Option<Current>,
    /// Ids given so far, by digest, each with the input and line that gave it.
    seen: BTreeMap<u128, (u32, u32)>,
    opened: Vec<String>,
}

/// The input being read.
struct Current {
    drafts: Drafts,
    /// The file's name; ids of its records are made from it.
    name: String,
    file_name: Option<String>,
    gave_any: bool,
}

impl Reader {
    /// Looks for `inputs`; reads nothing of them yet.
    ///
    /// # Errors
    /// If the options are wrong: an unknown name in `map`, a `metadata` file that is none, no
    /// input at all. What is wrong with an input comes as an item.
    pub fn new(inputs: &[String], options: ReadOptions) -> Result<Self, ReadError> {
        if inputs.is_empty() {
            return Err(ReadError::new(Place::default(), ReadErrorKind::NoInput));
        }
        let map = FieldMap::new(&options.map)?;
        let (metadata, faults) = match &options.metadata {
            Some(path) => Metadata::read(path)?,
            None => Default::default(),
        };
        let inputs = input::find(inputs, options.metadata.as_deref());
        let names = names_of(&inputs);
        Ok(Self {
            options,
            map,
            metadata,
            faults: faults.into_iter(),
            inputs: inputs.into_iter(),
            names,
            stdin: Some(Box::new(io::stdin())),
            current: None,
            seen: BTreeMap::new(),
            opened: Vec::new(),
        })
    }

    /// Reads `-` from `source` and not from the process's standard input.
    pub fn with_stdin(mut self, source: impl Read + Send + 'static) -> Self {
        self.stdin = Some(Box::new(source));
        self
    }

    /// The articles that the metadata name and no input had; complete once all is read.
    pub fn unused_metadata(&self) -> impl Iterator<Item = &str> {
        self.metadata.unused()
    }

    /// How many inputs (files, or errors in their place) are still to be opened, for progress.
    pub fn inputs_left(&self) -> usize {
        self.inputs.len()
    }

    fn open(&mut self, input: &Input) -> Result<Current, ReadError> {
        let place = Place::of(&input.name());
        self.opened.push(input.name());
        let fail = |error: io::Error| {
            let kind = match error.kind() {
                io::ErrorKind::NotFound => ReadErrorKind::Missing,
                _ => ReadErrorKind::Io(error),
            };
            ReadError::new(place.clone(), kind)
        };
        let (source, path): (Box<dyn Read + Send>, Option<&Path>) = match input {
            Input::File(path) => (Box::new(File::open(path).map_err(fail)?), Some(path)),
            Input::Stdin => (
                self.stdin.take().unwrap_or_else(|| Box::new(io::empty())),
                None,
            ),
        };
        let file_name = path
            .and_then(Path::file_name)
            .map(|n| n.to_string_lossy().into_owned());
        let name = match path {
            Some(path) => self.names.get(path).cloned().or_else(|| file_name.clone()),
            None => Some("stdin".to_owned()),
        };
        let drafts = open_drafts(
            source,
            path,
            &place.input,
            &self.map,
            self.options.max_bytes,
        )?;
        Ok(Current {
            drafts,
            name: name.unwrap_or_default(),
            file_name,
            gave_any: false,
        })
    }

    fn finish(&mut self, draft: Draft) -> Result<Article, ReadError> {
        let (name, file_name) = match &self.current {
            Some(current) => (current.name.as_str(), current.file_name.clone()),
            None => ("", None),
        };
        let place = draft.place.clone();
        let id = match (&draft.id, draft.number) {
            (Some(id), _) => id.clone(),
            (None, Some(number)) => format!("{name}#{number}"),
            (None, None) => name.to_owned(),
        };
        let mut names = vec![id.as_str()];
        names.extend(file_name.as_deref().filter(|_| draft.number.is_none()));
        let row = self.metadata.find(&names);
        let named_by_folder =
            draft.id.is_none() && file_name.as_deref().is_some_and(|f| !id.starts_with(f));
        let mut article = draft.into_article(id, row);
        if named_by_folder {
            article
                .notes
                .push("several files have this name, so the id has its folder".to_owned());
        }
        if let Some(code) = article.language.as_deref().filter(|code| *code != "en")
            && !self.options.any_language
        {
            let language = language::name_of(code).to_owned();
            return Err(ReadError::new(
                place,
                ReadErrorKind::NotEnglish { language },
            ));
        }
        self.claim(&article.id, &place)?;
        Ok(article)
    }

    /// Takes an id for the article at `place`.
    fn claim(&mut self, id: &str, place: &Place) -> Result<(), ReadError> {
        let digest = blake3::hash(id.as_bytes());
        let mut key = [0; 16];
        key.copy_from_slice(&digest.as_bytes()[..16]);
        let key = u128::from_le_bytes(key);
        if let Some((input, line)) = self.seen.get(&key) {
            let input = self
                .opened
                .get(*input as usize)
                .cloned()
                .unwrap_or_default();
            let first = Place {
                input,
                line: (*line > 0).then_some(u64::from(*line)),
                column: None,
            };
            let kind = ReadErrorKind::DuplicateId {
                id: id.to_owned(),
                first: Box::new(first),
            };
            return Err(ReadError::new(place.clone(), kind));
        }
        let input = self.opened.len().saturating_sub(1) as u32;
        self.seen
            .insert(key, (input, place.line.unwrap_or(0) as u32));
        Ok(())
    }
}

impl Iterator for Reader {
    type Item = Result<Article, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(fault) = self.faults.next() {
            return Some(Err(fault));
        }
        loop {
            if let Some(current) = &mut self.current {
                match current.drafts.next() {
                    Some(Ok(draft)) => {
                        current.gave_any = true;
                        return Some(self.finish(draft));
                    }
                    Some(Err(error)) => {
                        current.gave_any = true;
                        return Some(Err(error));
                    }
                    None => {
                        let gave_any = current.gave_any;
                        self.current = None;
                        if !gave_any {
                            let input = self.opened.last().cloned().unwrap_or_default();
                            let place = Place::of(&input);
                            return Some(Err(ReadError::new(place, ReadErrorKind::NoRecords)));
                        }
                    }
                }
            }
            match self.inputs.next()? {
                Ok(input) => match self.open(&input) {
                    Ok(current) => self.current = Some(current),
                    Err(error) => return Some(Err(error)),
                },
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// Bytes that are looked at to tell the format.
const HEAD: u64 = 64 * 1024;

fn open_drafts(
    mut source: Box<dyn Read + Send>,
    path: Option<&Path>,
    name: &str,
    map: &FieldMap,
    limit: usize,
) -> Result<Drafts, ReadError> {
    let fail = |kind: ReadErrorKind| ReadError::new(Place::of(name), kind);
    let mut head = Vec::new();
    source
        .by_ref()
        .take(HEAD)
        .read_to_end(&mut head)
        .map_err(|e| fail(e.into()))?;
    if head.trim_ascii().is_empty() && (head.len() as u64) < HEAD {
        return Err(fail(ReadErrorKind::Empty));
    }
    if let Some(found) = decode::binary_kind(&head) {
        return Err(fail(ReadErrorKind::Binary { found }));
    }
    let is_utf16 = decode::is_utf16(&head);
    let mut bytes: Box<dyn Read + Send> = Box::new(Cursor::new(head.clone()).chain(source));
    let mut note = None;
    if is_utf16 {
        let mut all = Vec::new();
        bytes.read_to_end(&mut all).map_err(|e| fail(e.into()))?;
        let decoded = decode::decode(all, None).map_err(fail)?;
        head = decoded.text.as_bytes()[..decoded.text.len().min(HEAD as usize)].to_vec();
        note = decoded.note;
        bytes = Box::new(Cursor::new(decoded.text.into_bytes()));
    } else if head.starts_with(b"\xef\xbb\xbf") {
        head.drain(..3);
        let mut mark = [0; 3];
        bytes.read_exact(&mut mark).map_err(|e| fail(e.into()))?;
    }
    let map = map.clone();
    Ok(match Format::of(path, &head) {
        Format::Json => Box::new(json::Records::values(
            BufReader::new(bytes),
            name,
            map,
            limit,
        )),
        Format::JsonLines => Box::new(json::Records::lines(
            BufReader::new(bytes),
            name,
            map,
            limit,
        )),
        Format::Csv(delimiter) => Box::new(Rows::new(bytes, delimiter, name, &map, limit)?),
        format @ (Format::Text | Format::Html) => {
            let mut all = Vec::new();
            let most = limit as u64 + 1;
            bytes
                .take(most)
                .read_to_end(&mut all)
                .map_err(|e| fail(e.into()))?;
            if all.len() > limit {
                return Err(fail(ReadErrorKind::TooLong { limit }));
            }
            let is_page = format == Format::Html;
            let declared = if is_page {
                page::declared_encoding(&all)
            } else {
                None
            };
            let mut decoded = decode::decode(all, declared).map_err(fail)?;
            if !is_page {
                decoded.text = decode::with_plain_line_ends(decoded.text);
            }
            let mut draft = Draft::new(Place::of(name));
            draft.notes.extend(note);
            draft.notes.extend(decoded.note);
            if is_page {
                page::fill(&decoded.text, &mut draft).map_err(fail)?;
            } else {
                draft.text = decoded.text;
            }
            Box::new(std::iter::once(Ok(draft)))
        }
    })
}

/// The name of each file: the last part of its path, or as many parts as set it apart.
fn names_of(inputs: &[Result<Input, ReadError>]) -> BTreeMap<PathBuf, String> {
    let mut by_name: BTreeMap<String, Vec<&Path>> = BTreeMap::new();
    for input in inputs {
        if let Ok(Input::File(path)) = input {
            by_name.entry(tail(path, 1)).or_default().push(path);
        }
    }
    let mut names = BTreeMap::new();
    for (name, mut paths) in by_name {
        if let [path] = paths[..] {
            names.insert(path.to_owned(), name);
            continue;
        }
        let deepest = paths
            .iter()
            .map(|p| p.components().count())
            .max()
            .unwrap_or(1);
        for length in 2..=deepest {
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            for path in &paths {
                *counts.entry(tail(path, length)).or_default() += 1;
            }
            paths.retain(|path| {
                let own = tail(path, length);
                let is_apart = counts[&own] == 1 || length == deepest;
                if is_apart {
                    names.insert((*path).to_owned(), own);
                }
                !is_apart
            });
        }
    }
    names
}

/// The last `length` parts of a path, joined by `/` on every system.
fn tail(path: &Path, length: usize) -> String {
    let parts: Vec<String> = path
        .components()
        .filter(|c| matches!(c, Component::Normal(_) | Component::ParentDir))
        .map(|c| c.as_os_str().to_string_lossy().into_owned())
        .collect();
    parts[parts.len().saturating_sub(length)..].join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_may_move_to_another_thread() {
        fn is_send<T: Send>() {}
        is_send::<Reader>();
    }

    #[test]
    fn files_of_one_name_are_told_apart_by_their_folders() {
        let inputs: Vec<Result<Input, ReadError>> =
            ["x/1/a.txt", "x/2/a.txt", "y/2/a.txt", "x/1/b.txt"]
                .iter()
                .map(|p| Ok(Input::File(PathBuf::from(p))))
                .collect();
        let names = names_of(&inputs);
        let of = |path: &str| names[Path::new(path)].as_str();
        assert_eq!(of("x/1/a.txt"), "1/a.txt");
        assert_eq!(of("x/2/a.txt"), "x/2/a.txt");
        assert_eq!(of("y/2/a.txt"), "y/2/a.txt");
        assert_eq!(of("x/1/b.txt"), "b.txt");
    }
}
