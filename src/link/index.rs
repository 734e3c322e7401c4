//! Where in a table a name stands, so that a table of millions of rows is asked as fast as one of
//! ten: an `fst` map of keys, each with the offsets of the rows that bear a name of that key, in a
//! file beside the table. It names the hash of the table's bytes and is made anew when they change.
//!
//! Layout: [`MAGIC`]; length of the header, 4 bytes, little endian; the header in JSON; the lists
//! of offsets (count, then differences, as LEB128); the map.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use csv::ByteRecord;
use fst::{IntoStreamer, Map, MapBuilder, Streamer};
use memmap2::Mmap;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::LinkError;
use super::evidence::Candidate;
use super::table::{Columns, SkippedRow};
use crate::fact::EntityKind;
use crate::graph::name::{BodyName, PersonName};
use crate::graph::name_key;
use crate::lexicon;
use crate::store::Profile;

/// First bytes of an index; the number counts ways to make keys.
const MAGIC: &[u8; 20] = b"newsgraph index 001\n";
/// Rows whose keys are made at a time.
const CHUNK: usize = 16_384;
/// Rows that cannot be used which the index remembers by line.
const REMEMBERED: usize = 20;
/// Letters of a given name that keys hold.
const LETTERS: usize = 3;
/// Bytes read to look one row up.
const ROW: usize = 1 << 10;

/// A user's table with its index.
pub struct Gazetteer {
    name: String,
    path: PathBuf,
    table: Bytes,
    columns: Columns,
    header: Header,
    /// Lists of offsets.
    lists: Part,
    map: Map<Part>,
    state: IndexState,
}

/// What became of the index when a table was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexState {
    /// It was there and is of this table.
    Found,
    /// It was made, and is there the next time.
    Made,
    /// It was made, and cannot be kept beside the table.
    Unkept,
}

/// Bytes of a file, or made here.
enum Bytes {
    Mapped(Mmap),
    Owned(Vec<u8>),
}

impl Bytes {
    fn of_file(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        // An empty file cannot be mapped.
        if file.metadata()?.len() == 0 {
            return Ok(Self::Owned(Vec::new()));
        }
        // SAFETY: the bytes are read only, and every read of them is checked, so that a file that
        // somebody changes meanwhile makes wrong answers at worst; one that is cut short ends the
        // process with a signal, as with any program that maps files.
        #[expect(unsafe_code, reason = "the only way to map a file")]
        let map = unsafe { Mmap::map(&file)? };
        Ok(Self::Mapped(map))
    }
}

impl std::ops::Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Mapped(map) => map,
            Self::Owned(bytes) => bytes,
        }
    }
}

/// A part of an index's bytes.
#[derive(Clone)]
struct Part {
    bytes: Arc<Bytes>,
    range: Range<usize>,
}

impl AsRef<[u8]> for Part {
    fn as_ref(&self) -> &[u8] {
        self.bytes.get(self.range.clone()).unwrap_or(&[])
    }
}

/// What an index says of its table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Header {
    /// BLAKE3 of the table's bytes.
    table: String,
    rows: u64,
    skipped: u64,
    /// The first ones.
    skipped_rows: Vec<SkippedRow>,
    /// Rows with a country that is not known, which are used without.
    unknown_countries: u64,
    /// Bytes of the lists.
    lists: u64,
    /// Bytes of the map.
    map: u64,
}

impl Gazetteer {
    /// Opens a table with its index, `TABLE.newsgraph-index` beside it, which is made where it is
    /// missing or of another table.
    ///
    /// # Errors
    /// [`LinkError::File`], [`LinkError::Columns`]; rows that cannot be used are no error:
    /// [`skipped`](Self::skipped) counts them.
    pub fn open(path: &Path) -> Result<Self, LinkError> {
        let file_error = |source| LinkError::File {
            path: path.to_owned(),
            source,
        };
        let table = Bytes::of_file(path).map_err(file_error)?;
        let columns = Columns::read(&table, path)?;
        let hash = blake3::hash(&table).to_hex().to_string();
        let place = index_path(path);
        let found = Bytes::of_file(&place)
            .ok()
            .and_then(|bytes| parts(bytes, &hash));
        let (index, state) = match found {
            Some(index) => (index, IndexState::Found),
            None => {
                let bytes =
                    make(&table, &columns, hash.clone()).map_err(|error| LinkError::Index {
                        path: path.to_owned(),
                        message: error.to_string(),
                    })?;
                let kept = keep(&place, &bytes).and_then(|()| Bytes::of_file(&place));
                let state = match kept {
                    Ok(_) => IndexState::Made,
                    Err(_) => IndexState::Unkept,
                };
                let index = parts(kept.unwrap_or(Bytes::Owned(bytes)), &hash);
                let index = index.ok_or_else(|| LinkError::Index {
                    path: path.to_owned(),
                    message: "expected what was just written, found something else".to_owned(),
                })?;
                (index, state)
            }
        };
        let (header, lists, map) = index;
        let name = path.file_name().unwrap_or(path.as_os_str());
        Ok(Self {
            name: name.to_string_lossy().into_owned(),
            path: path.to_owned(),
            table,
            columns,
            header,
            lists,
            map,
            state,
        })
    }

    /// What links name as their source: the table's file name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Rows of the table, without its header.
    pub const fn rows(&self) -> u64 {
        self.header.rows
    }

    /// How many rows cannot be used, and the first of them.
    pub fn skipped(&self) -> (u64, &[SkippedRow]) {
        (self.header.skipped, &self.header.skipped_rows)
    }

    /// Rows whose country is not known; they are used as if they had none.
    pub const fn unknown_countries(&self) -> u64 {
        self.header.unknown_countries
    }

    /// What became of the index.
    pub const fn index_state(&self) -> IndexState {
        self.state
    }

    /// The rows that may be this entity by their names, in the order of the table.
    ///
    /// # Errors
    /// [`LinkError::File`] where the table changed meanwhile.
    pub(super) fn candidates(&self, profile: &Profile) -> Result<Vec<Candidate>, LinkError> {
        let mut offsets = BTreeSet::new();
        let mut questions = BTreeSet::new();
        for name in std::iter::once(&profile.name).chain(&profile.aliases) {
            questions.extend(questions_of(profile.kind, name));
        }
        for question in questions {
            match question {
                Question::Key(key) => {
                    offsets.extend(self.map.get(&key).into_iter().flat_map(|at| self.list(at)));
                }
                Question::Prefix(start) => {
                    let end = format!("{start}\u{10ffff}");
                    let range = self.map.range().ge(&start).lt(&end);
                    let mut found = range.into_stream();
                    while let Some((_, at)) = found.next() {
                        offsets.extend(self.list(at));
                    }
                }
            }
        }
        let mut candidates = Vec::with_capacity(offsets.len());
        for offset in offsets {
            candidates.push(self.candidate(offset)?);
        }
        Ok(candidates)
    }

    fn candidate(&self, offset: u64) -> Result<Candidate, LinkError> {
        let changed = || LinkError::File {
            path: self.path.clone(),
            source: io::Error::new(io::ErrorKind::InvalidData, "it changed while it was read"),
        };
        let at = usize::try_from(offset).map_err(|_| changed())?;
        let rest = self.table.get(at..).ok_or_else(changed)?;
        let mut record = ByteRecord::new();
        let is_read = self
            .columns
            .reader(rest, ROW)
            .read_byte_record(&mut record)
            .unwrap_or(false);
        let row = self.columns.row(&record).ok().filter(|_| is_read);
        row.map(|row| row.candidate).ok_or_else(changed)
    }

    /// The offsets of a list.
    fn list(&self, at: u64) -> Vec<u64> {
        let start = usize::try_from(at).unwrap_or(usize::MAX);
        let mut bytes = self.lists.as_ref().get(start..).unwrap_or(&[]).iter();
        let count = number(&mut bytes).unwrap_or(0);
        let mut offset = 0;
        let mut offsets = Vec::new();
        for _ in 0..count {
            let Some(step) = number(&mut bytes) else {
                break;
            };
            offset += step;
            offsets.push(offset);
        }
        offsets
    }
}

/// What to look up for a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Question {
    Key(String),
    /// All keys that begin so.
    Prefix(String),
}

/// The keys that a row bears for one of its names. A single word is no person's key.
fn key_of(kind: EntityKind, name: &str) -> Option<String> {
    match kind {
        EntityKind::Person => {
            let name = PersonName::read(name);
            let (given, _) = name.first_given()?;
            let given: String = given.chars().take(LETTERS).collect();
            Some(format!("p/{}/{given}", name.family))
        }
        EntityKind::Organization => Some(format!("o/{}", BodyName::read(name).key)),
        EntityKind::Place => Some(format!("l/{}", name_key(name))),
        EntityKind::Country => lexicon::country_named(name).map(|code| format!("c/{code}")),
        EntityKind::Group => None,
    }
}

/// What to look up for a name of an entity: an initial goes with all names that begin with it, and
/// a name with its initial.
fn questions_of(kind: EntityKind, name: &str) -> Vec<Question> {
    let Some(key) = key_of(kind, name) else {
        return Vec::new();
    };
    if kind != EntityKind::Person {
        return vec![Question::Key(key)];
    }
    let name = PersonName::read(name);
    match name.first_given() {
        Some((initial, true)) => vec![Question::Prefix(format!("p/{}/{initial}", name.family))],
        Some((given, false)) => {
            let initial: String = given.chars().take(1).collect();
            let initial = Question::Key(format!("p/{}/{initial}", name.family));
            vec![Question::Key(key), initial]
        }
        None => Vec::new(),
    }
}

/// Where the index of a table lies.
fn index_path(table: &Path) -> PathBuf {
    let mut name = table.as_os_str().to_owned();
    name.push(".newsgraph-index");
    PathBuf::from(name)
}

/// Takes an index apart; `None`: it is none, of another way to make keys, or of another table.
fn parts(bytes: Bytes, table: &str) -> Option<(Header, Part, Map<Part>)> {
    let rest = bytes.strip_prefix(MAGIC)?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    let header: Header = serde_json::from_slice(rest.get(..length)?).ok()?;
    let start = MAGIC.len() + 4 + length;
    let middle = start.checked_add(usize::try_from(header.lists).ok()?)?;
    let end = bytes.len();
    let map = usize::try_from(header.map).ok()?;
    if header.table != table || middle.checked_add(map) != Some(end) {
        return None;
    }
    let bytes = Arc::new(bytes);
    let part = |range| Part {
        bytes: Arc::clone(&bytes),
        range,
    };
    let map = Map::new(part(middle..end)).ok()?;
    // A map that was damaged would end the program when it is read.
    map.as_fst().verify().ok()?;
    Some((header, part(start..middle), map))
}

/// Makes the index of a table: a function of its bytes.
fn make(table: &[u8], columns: &Columns, hash: String) -> Result<Vec<u8>, fst::Error> {
    let mut header = Header {
        table: hash,
        rows: 0,
        skipped: 0,
        skipped_rows: Vec::new(),
        unknown_countries: 0,
        lists: 0,
        map: 0,
    };
    let mut keys: Vec<(Box<str>, u64)> = Vec::new();
    let mut reader = columns.reader(table, 1 << 16);
    // The first record is the header.
    let _ = reader.read_byte_record(&mut ByteRecord::new());
    let mut chunk: Vec<(u64, u64, ByteRecord)> = Vec::with_capacity(CHUNK);
    loop {
        let mut record = ByteRecord::new();
        // Flexible records of bytes cannot be malformed.
        let is_read = reader.read_byte_record(&mut record).unwrap_or(false);
        if is_read {
            let (offset, line) = record.position().map_or((0, 0), |p| (p.byte(), p.line()));
            chunk.push((offset, line, record));
        }
        if chunk.len() == CHUNK || !is_read {
            add_keys(&mut keys, &mut header, columns, &chunk);
            chunk.clear();
        }
        if !is_read {
            break;
        }
    }
    keys.par_sort_unstable();
    keys.dedup();

    let mut lists = Vec::new();
    let mut map = MapBuilder::memory();
    for same in keys.chunk_by(|a, b| a.0 == b.0) {
        map.insert(same[0].0.as_bytes(), lists.len() as u64)?;
        put(&mut lists, same.len() as u64);
        let mut before = 0;
        for (_, offset) in same {
            put(&mut lists, offset - before);
            before = *offset;
        }
    }
    let map = map.into_inner()?;
    header.lists = lists.len() as u64;
    header.map = map.len() as u64;
    let described = serde_json::to_vec(&header).map_err(|error| fst::Error::Io(error.into()))?;
    let length = u32::try_from(described.len()).unwrap_or(u32::MAX);
    let mut bytes = MAGIC.to_vec();
    bytes.extend(length.to_le_bytes());
    bytes.extend(described);
    bytes.append(&mut lists);
    bytes.extend(map);
    Ok(bytes)
}

/// What the index takes from a row.
struct RowKeys {
    keys: BTreeSet<Box<str>>,
    is_country_known: bool,
}

fn add_keys(
    keys: &mut Vec<(Box<str>, u64)>,
    header: &mut Header,
    columns: &Columns,
    chunk: &[(u64, u64, ByteRecord)],
) {
    let made: Vec<Result<RowKeys, String>> = chunk
        .par_iter()
        .map(|(_, _, record)| {
            let row = columns.row(record)?;
            let candidate = &row.candidate;
            let keys: BTreeSet<Box<str>> = std::iter::once(&candidate.label)
                .chain(&candidate.aliases)
                .filter_map(|name| Some(key_of(candidate.kind, name)?.into_boxed_str()))
                .collect();
            Ok(RowKeys {
                keys,
                is_country_known: row.is_country_known,
            })
        })
        .collect();
    for ((offset, line, _), made) in chunk.iter().zip(made) {
        header.rows += 1;
        match made {
            Ok(own) => {
                header.unknown_countries += u64::from(!own.is_country_known);
                keys.extend(own.keys.into_iter().map(|key| (key, *offset)));
            }
            Err(reason) => {
                header.skipped += 1;
                if header.skipped_rows.len() < REMEMBERED {
                    let line = *line;
                    header.skipped_rows.push(SkippedRow { line, reason });
                }
            }
        }
    }
}

/// Writes an index as a whole or not at all.
fn keep(place: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut new = place.as_os_str().to_owned();
    new.push(format!(".{}", std::process::id()));
    let new = PathBuf::from(new);
    let written = fs::write(&new, bytes).and_then(|()| fs::rename(&new, place));
    if written.is_err() {
        let _ = fs::remove_file(&new);
    }
    written
}

/// Appends a number as LEB128.
fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Takes a number in LEB128 off the front.
fn number<'b>(bytes: &mut impl Iterator<Item = &'b u8>) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let byte = bytes.next()?;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::evidence::tests::profile;
    use super::*;

    const TABLE: &str = "iri,label,aliases,type,country,description\n\
        https://w.example/1,Volodymyr Zelenskyy,Володимир Зеленський,person,UA,president\n\
        https://w.example/2,\"Smith, Ann\",Ann Smith,person,GB,\"mayor\nof a town\"\n\
        bad,Ann Smith,,person,GB,\n\
        https://w.example/3,William Smith,Bill Smith|W. Smith,person,Atlantis,\n\
        https://w.example/4,Kestrel Cells Inc.,,organization,GB,\n";

    fn found(gazetteer: &Gazetteer, name: &str, kind: EntityKind) -> Vec<String> {
        let mut profile = profile(name, &[], &[]);
        profile.kind = kind;
        let rows = gazetteer.candidates(&profile).unwrap();
        rows.iter()
            .map(|row| row.iri.as_str()[18..].to_owned())
            .collect()
    }

    fn write(folder: &tempfile::TempDir, table: &str) -> PathBuf {
        let path = folder.path().join("people.csv");
        fs::write(&path, table).unwrap();
        path
    }

    #[test]
    fn names_are_found_in_any_spelling() {
        let folder = tempfile::tempdir().unwrap();
        let gazetteer = Gazetteer::open(&write(&folder, TABLE)).unwrap();
        let person = |name| found(&gazetteer, name, EntityKind::Person);
        assert_eq!(person("Volodymyr Zelensky"), ["1"]);
        assert_eq!(person("VOLODYMYR ZELENSKIY"), ["1"]);
        assert_eq!(person("Ann Smith"), ["2"]);
        assert_eq!(person("Bill Smith"), ["3"]);
        assert_eq!(person("W. Smith"), ["3"]);
        assert!(person("Smith").is_empty() && person("Zelensky").is_empty());
        let body = found(&gazetteer, "Kestrel Cells", EntityKind::Organization);
        assert_eq!(body, ["4"]);
        assert_eq!(gazetteer.rows(), 5);
        assert_eq!(gazetteer.unknown_countries(), 1);
        let (skipped, first) = gazetteer.skipped();
        assert_eq!((skipped, first[0].line), (1, 5));
    }

    #[test]
    fn the_index_is_kept_and_made_anew_when_the_table_changes() {
        let folder = tempfile::tempdir().unwrap();
        let path = write(&folder, TABLE);
        let state = |path: &Path| Gazetteer::open(path).unwrap().index_state();
        assert_eq!(state(&path), IndexState::Made);
        let bytes = fs::read(index_path(&path)).unwrap();
        assert_eq!(state(&path), IndexState::Found);
        write(&folder, &TABLE.replace("Ann", "Bea"));
        assert_eq!(state(&path), IndexState::Made);
        let gazetteer = Gazetteer::open(&path).unwrap();
        assert!(found(&gazetteer, "Ann Smith", EntityKind::Person).is_empty());
        write(&folder, TABLE);
        assert_eq!(state(&path), IndexState::Made);
        assert_eq!(
            fs::read(index_path(&path)).unwrap(),
            bytes,
            "a function of the table"
        );
    }

    #[test]
    fn a_broken_index_is_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = write(&folder, TABLE);
        Gazetteer::open(&path).unwrap();
        let whole = fs::read(index_path(&path)).unwrap();
        for length in [0, 10, 22, 60, whole.len() / 2, whole.len() - 1] {
            fs::write(index_path(&path), &whole[..length]).unwrap();
            let gazetteer = Gazetteer::open(&path).unwrap();
            assert_eq!(found(&gazetteer, "Ann Smith", EntityKind::Person), ["2"]);
        }
        let mut damaged = whole.clone();
        *damaged.last_mut().unwrap() ^= 1;
        fs::write(index_path(&path), damaged).unwrap();
        assert_eq!(
            Gazetteer::open(&path).unwrap().index_state(),
            IndexState::Made
        );
    }

    #[test]
    fn numbers_survive() {
        for n in [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX] {
            let mut bytes = Vec::new();
            put(&mut bytes, n);
            assert_eq!(number(&mut bytes.iter()), Some(n));
        }
    }
}
