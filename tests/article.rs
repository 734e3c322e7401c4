//! Reading inputs: what comes out of each format, and what is said of each bad input.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use newsgraph::article::{Article, ReadError, ReadErrorKind, ReadOptions, Reader, RegionKind};
use proptest::prelude::*;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/article")
}

fn read_with(inputs: &[&Path], options: ReadOptions) -> Vec<Result<Article, ReadError>> {
    let inputs: Vec<String> = inputs.iter().map(|p| p.display().to_string()).collect();
    Reader::new(&inputs, options)
        .expect("sound options")
        .collect()
}

fn read(path: &Path) -> Vec<Result<Article, ReadError>> {
    read_with(&[path], ReadOptions::default())
}

/// Reads one file of this name and content.
fn read_file(name: &str, content: impl AsRef<[u8]>) -> Vec<Result<Article, ReadError>> {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join(name);
    fs::write(&path, content).expect("the file can be written");
    read(&path)
}

fn read_stdin(content: impl AsRef<[u8]>) -> Vec<Result<Article, ReadError>> {
    let source = io::Cursor::new(content.as_ref().to_vec());
    let reader = Reader::new(&["-".to_owned()], ReadOptions::default()).expect("sound options");
    reader.with_stdin(source).collect()
}

fn only_error(found: Vec<Result<Article, ReadError>>) -> ReadError {
    assert_eq!(found.len(), 1, "{found:?}");
    found
        .into_iter()
        .next()
        .expect("counted")
        .expect_err("an error")
}

fn only_article(found: Vec<Result<Article, ReadError>>) -> Article {
    assert_eq!(found.len(), 1, "{found:?}");
    found
        .into_iter()
        .next()
        .expect("counted")
        .expect("an article")
}

fn date_of(article: &Article) -> Option<String> {
    article.date.map(|d| d.to_string())
}

/// Asserts that a message names the place, says `expected` and hints at what to do.
fn assert_says(error: &ReadError, place: &str, expected: &str) {
    let message = error.to_string();
    assert!(message.contains(place), "no `{place}` in: {message}");
    assert!(message.contains(expected), "no `{expected}` in: {message}");
    assert!(message.contains("\n  hint: "), "no hint in: {message}");
    assert!(!error.is_fatal(), "{message}");
}

const SENTENCE: &str =
    "The foreign ministers of both countries met in Oslo on Monday, the ministry said.";

#[test]
fn a_folder_of_all_formats_in_order() {
    let found = read(&fixtures().join("folder"));
    let articles: Vec<Article> = found.into_iter().map(|f| f.expect("an article")).collect();
    let line = |a: &Article| {
        let date = date_of(a).unwrap_or_default();
        let (publisher, title) = (a.publisher.as_deref(), a.title.as_deref());
        format!(
            "{} | {date} | {} | {}",
            a.id,
            publisher.unwrap_or("-"),
            title.unwrap_or("-")
        )
    };
    let seen: Vec<String> = articles.iter().map(line).collect();
    assert_eq!(
        seen,
        [
            "tallinn.txt | 2024-05-15 | - | -",
            "oslo.txt | 2024-05-14 | example.org | Ministers meet in Oslo to settle the grain dispute",
            "page.html | 2024-05-16 | Example Press | Harbour opens again",
            "r1 | 2024-06-03 | example.org | Commission meets",
            "records.jsonl#2 | 2024-06-04 | Example Press | Storage is cheap",
            "t1 | 2024-09-27 | Example Press | Autumn comes",
        ]
    );
    assert!(articles.iter().all(|a| a.language.as_deref() == Some("en")));
}

#[test]
fn regions_of_a_text_file() {
    let article = only_article(read(&fixtures().join("folder/oslo.txt")));
    let seen: Vec<(RegionKind, &str)> = article
        .regions
        .iter()
        .map(|r| (r.kind, r.span.of(&article.text)))
        .collect();
    use RegionKind::{Boilerplate, Caption, Credit, Dateline, Header, Headline};
    assert_eq!(
        seen,
        [
            (
                Header,
                "https://example.org/world/2024/05/14/ministers-meet-in-oslo/"
            ),
            (
                Headline,
                "Ministers meet in Oslo to settle the grain dispute"
            ),
            (Credit, "By Jane Doe"),
            (Dateline, "OSLO, May 14 (Example Press) -"),
            (
                Caption,
                "Kari Nordmann and Mart Tamm shake hands in Oslo on Tuesday."
            ),
            (Credit, "(John Roe/AFP via Getty Images)"),
            (Headline, "Who pays for the storage"),
            (Boilerplate, "Read more: What the grain dispute is about"),
            (Credit, "(Reporting by Jane Doe; editing by Richard Miles)"),
        ]
    );
    assert_eq!(article.author.as_deref(), Some("Jane Doe"));
    assert_eq!(
        article.text.as_bytes(),
        fs::read(fixtures().join("folder/oslo.txt")).expect("it is there")
    );
}

#[test]
fn regions_of_a_page() {
    let article = only_article(read(&fixtures().join("folder/page.html")));
    let of = |kind| -> Vec<&str> {
        let regions = article.regions.iter().filter(|r| r.kind == kind);
        regions.map(|r| r.span.of(&article.text)).collect()
    };
    assert_eq!(
        of(RegionKind::Caption),
        ["The first ship leaves Tallinn on Wednesday."]
    );
    assert_eq!(of(RegionKind::Credit), ["(John Roe/AFP)"]);
    assert!(of(RegionKind::Headline).contains(&"What comes next"));
    assert!(
        article
            .text
            .contains("said in a statement.\n\n“This is a good day")
    );
    assert!(
        !article.text.contains("Home") && !article.text.contains("rights reserved"),
        "{}",
        article.text
    );
    assert_eq!(
        article.url.as_deref(),
        Some("https://example.org/world/harbour-opens-again")
    );
}

#[test]
fn line_ends_are_those_of_any_text_mode_reader() {
    let article = only_article(read(&fixtures().join("folder/deeper/tallinn.txt")));
    assert!(article.text.starts_with(" date 2024-05-15 The ministers"));
    assert!(article.text.ends_with("in the evening.\n"));
    assert!(!article.text.contains('\r'));
    assert_eq!(article.regions[0].span.of(&article.text), "date 2024-05-15");
}

#[test]
fn metadata_fill_what_files_lack() {
    let options = ReadOptions {
        metadata: Some(fixtures().join("metadata.csv")),
        ..ReadOptions::default()
    };
    let inputs = [fixtures().join("folder").display().to_string()];
    let mut reader = Reader::new(&inputs, options).expect("sound options");
    let articles: Vec<Article> = reader.by_ref().map(|f| f.expect("an article")).collect();
    let of = |id: &str| articles.iter().find(|a| a.id == id).expect("it was read");
    // The metadata go before the URL, the record's own fields and a date line before the metadata.
    assert_eq!(date_of(of("oslo.txt")).as_deref(), Some("2024-05-15"));
    assert_eq!(of("oslo.txt").publisher.as_deref(), Some("The Example"));
    assert_eq!(date_of(of("tallinn.txt")).as_deref(), Some("2024-05-15"));
    assert_eq!(of("tallinn.txt").title.as_deref(), Some("Agreement signed"));
    assert_eq!(
        of("tallinn.txt").url.as_deref(),
        Some("https://example.org/tallinn")
    );
    assert_eq!(date_of(of("r1")).as_deref(), Some("2024-06-03"));
    assert!(
        of("r1")
            .notes
            .iter()
            .any(|n| n.contains("metadata say 2020-01-01"))
    );
    assert_eq!(
        reader.unused_metadata().collect::<Vec<_>>(),
        ["elsewhere.txt"]
    );
}

#[test]
fn the_metadata_table_among_the_articles_is_not_read_as_articles() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let metadata = folder.path().join("articles.csv");
    fs::write(&metadata, "article,date\na,2024-05-15\n").expect("a file");
    fs::write(folder.path().join("a.txt"), SENTENCE).expect("a file");
    let options = ReadOptions {
        metadata: Some(metadata.clone()),
        ..ReadOptions::default()
    };
    let article = only_article(read_with(&[folder.path()], options));
    assert_eq!(date_of(&article).as_deref(), Some("2024-05-15"));
    // Without --metadata it is a table without a text, and the hint says what it may be.
    let found = read(folder.path());
    assert!(found.iter().any(|f| {
        f.as_ref()
            .is_err_and(|e| e.to_string().contains("--metadata"))
    }));
}

#[test]
fn without_a_date_the_notes_say_what_that_means() {
    let article = only_article(read_file("a.txt", SENTENCE));
    assert_eq!(article.date, None);
    assert_eq!(
        article.notes,
        ["no publication date: relative dates stay unresolved"]
    );
}

#[test]
fn standard_input_is_told_by_its_content() {
    let record = format!("{{\"text\": \"{SENTENCE}\"}}\n");
    assert_eq!(only_article(read_stdin(SENTENCE)).id, "stdin");
    assert_eq!(only_article(read_stdin(&record)).text, SENTENCE);
    let ids: Vec<String> = read_stdin(record.repeat(3))
        .into_iter()
        .map(|f| f.expect("an article").id)
        .collect();
    assert_eq!(ids, ["stdin#1", "stdin#2", "stdin#3"]);
    assert_eq!(
        only_article(read_stdin(format!("id,text\na,\"{SENTENCE}\"\n"))).id,
        "a"
    );
    let page = fs::read(fixtures().join("folder/page.html")).expect("it is there");
    assert_eq!(
        only_article(read_stdin(page)).title.as_deref(),
        Some("Harbour opens again")
    );
}

#[test]
fn encodings() {
    let windows = only_article(read_file(
        "a.txt",
        b"\x93We met the caf\xe9 owners in Oslo,\x94 the minister said on Monday.",
    ));
    assert!(windows.text.starts_with("“We met the café"));
    assert!(windows.notes.iter().any(|n| n.contains("Windows-1252")));
    let mut utf16 = vec![0xff, 0xfe];
    let records = format!("{{\"text\": \"{SENTENCE}\"}}\n{{\"text\": \"{SENTENCE}\"}}\n");
    utf16.extend(records.encode_utf16().flat_map(u16::to_le_bytes));
    let found = read_file("a.jsonl", &utf16);
    assert_eq!(found.len(), 2);
    assert!(
        found
            .iter()
            .all(|f| f.as_ref().is_ok_and(|a| a.text == SENTENCE)),
        "{found:?}"
    );
}

#[test]
fn files_of_one_name_have_their_folder_in_the_id() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for part in ["01", "02"] {
        fs::create_dir(folder.path().join(part)).expect("a folder");
        fs::write(folder.path().join(part).join("index.txt"), SENTENCE).expect("a file");
    }
    let articles: Vec<Article> = read(folder.path())
        .into_iter()
        .map(|f| f.expect("an article"))
        .collect();
    let ids: Vec<&str> = articles.iter().map(|a| a.id.as_str()).collect();
    assert_eq!(ids, ["01/index.txt", "02/index.txt"]);
    assert!(
        articles[0]
            .notes
            .iter()
            .any(|n| n.contains("several files have this name"))
    );
}

#[test]
fn the_hash_is_that_of_content_and_metadata() {
    let article = only_article(read_file("a.txt", SENTENCE));
    let same = only_article(read_file("b.txt", SENTENCE));
    assert_eq!(article.content_hash(), same.content_hash());
    assert_eq!(article.content_hash().len(), 64);
    let dated = Article {
        date: Some(jiff::civil::date(2024, 5, 14)),
        ..same.clone()
    };
    assert_ne!(article.content_hash(), dated.content_hash());
    let moved = Article {
        title: same.publisher.clone().or(Some("x".into())),
        ..same.clone()
    };
    let other = Article {
        publisher: Some("x".into()),
        ..same
    };
    assert_ne!(moved.content_hash(), other.content_hash());
}

// Bad input: each is one error that names the place and says what to do, and the rest goes on.

#[test]
fn a_missing_file_does_not_stop_the_others() {
    let good = fixtures().join("folder/oslo.txt");
    let found = read_with(&[Path::new("no/such.txt"), &good], ReadOptions::default());
    assert_says(
        found[0].as_ref().expect_err("missing"),
        "no/such.txt: ",
        "no such file or folder",
    );
    assert!(found[1].is_ok());
}

#[test]
fn empty_and_binary_files() {
    assert_says(
        &only_error(read_file("a.txt", "")),
        "a.txt: ",
        "the file is empty",
    );
    assert_says(
        &only_error(read_file("a.json", " \r\n\t")),
        "a.json: ",
        "the file is empty",
    );
    assert_says(
        &only_error(read_file("a.txt", b"\x00\x01\x02\x03rest\x00")),
        "a.txt: ",
        "found binary data",
    );
    assert_says(
        &only_error(read_file("a.txt", "%PDF-1.7\nrest")),
        "a.txt: ",
        "found a PDF file",
    );
    assert_says(
        &only_error(read_file("a.json", "[]")),
        "a.json: ",
        "holds no records",
    );
}

#[test]
fn a_text_on_one_line_takes_time_in_proportion() {
    let sentence = format!("{SENTENCE} (Talks) ");
    let long = sentence.repeat(5_000_000 / sentence.len());
    let start = std::time::Instant::now();
    let article = only_article(read_file("long.txt", &long));
    assert_eq!(article.text.len(), long.len());
    let lines = sentence
        .replace(") ", ")\n")
        .repeat(5_000_000 / sentence.len());
    assert_eq!(
        only_article(read_file("lines.txt", &lines)).text.len(),
        lines.len()
    );
    // Hundreds of times what it takes, a fraction of what anything quadratic would.
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn what_is_longer_than_any_article_is_refused_with_the_limit() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("a.txt");
    fs::write(&path, SENTENCE.repeat(20)).expect("a file");
    let options = ReadOptions {
        max_bytes: 1000,
        ..ReadOptions::default()
    };
    let error = only_error(read_with(&[&path], options));
    assert_says(&error, "a.txt: ", "longer than 1000 bytes");
}

#[test]
fn broken_utf8_is_read_and_noted_with_its_line() {
    let mut bytes = format!("“Good,” he said.\n{SENTENCE} “Yes,” ").into_bytes();
    bytes.extend(b"\xe2\x80 he said.");
    let article = only_article(read_file("a.txt", bytes));
    assert!(article.text.contains("\u{FFFD} he said."));
    assert!(
        article
            .notes
            .iter()
            .any(|n| n.contains("broken UTF-8 in line 2")),
        "{:?}",
        article.notes
    );
}

#[test]
fn malformed_json_in_line_17_and_the_rest_goes_on() {
    let mut lines: Vec<String> = (1..=40)
        .map(|i| format!("{{\"id\": \"a{i}\", \"text\": \"{SENTENCE}\"}}"))
        .collect();
    lines[16] = "{\"id\": \"a17\", \"text\": oops}".to_owned();
    let found = read_file("dump.jsonl", lines.join("\n"));
    assert_eq!(found.len(), 40);
    assert_eq!(found.iter().filter(|f| f.is_ok()).count(), 39);
    assert_says(
        found[16].as_ref().expect_err("line 17"),
        "dump.jsonl:17:23: ",
        "malformed JSON: expected value",
    );
}

#[test]
fn a_page_without_text() {
    let page = "<html><body><div id=app></div><script>start()</script></body></html>";
    assert_says(
        &only_error(read_file("a.html", page)),
        "a.html: ",
        "no article text in this page",
    );
}

#[test]
fn a_table_without_a_text_column() {
    let error = only_error(read_file("a.csv", "id,words\n1,They met.\n"));
    assert_says(
        &error,
        "a.csv:1: ",
        "no column for the text, found `id`, `words`",
    );
    assert!(error.hint().contains("--map text=COLUMN"));
}

#[test]
fn an_article_that_is_not_in_english() {
    let french = fixtures().join("french.txt");
    let error = only_error(read(&french));
    assert_says(
        &error,
        "french.txt: ",
        "not in English (recognised as French)",
    );
    assert!(error.hint().contains("--language any"));
    let options = ReadOptions {
        any_language: true,
        ..ReadOptions::default()
    };
    assert_eq!(
        only_article(read_with(&[&french], options))
            .language
            .as_deref(),
        Some("fr")
    );
}

#[test]
fn a_folder_without_articles_and_a_pattern_without_match() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join("a.png"), "x").expect("a file");
    let error = only_error(read(folder.path()));
    assert_says(
        &error,
        &folder.path().display().to_string(),
        "holds no articles, only 1 file of another kind",
    );
    let error = only_error(read(&folder.path().join("*.txt")));
    assert_says(&error, "*.txt: ", "no file matches this pattern");
    let error = only_error(read(&folder.path().join("{a")));
    assert_says(&error, "{a: ", "malformed pattern");
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    // A socket cannot be opened as a file, not even by root.
    let path = folder.path().join("a.txt");
    let _socket = std::os::unix::net::UnixListener::bind(&path).expect("a socket");
    assert_says(&only_error(read(&path)), "a.txt: ", "cannot be read: ");

    // A link to nowhere.
    let path = folder.path().join("b.txt");
    std::os::unix::fs::symlink("nowhere", &path).expect("a link");
    assert_says(&only_error(read(&path)), "b.txt: ", "no such file");
}

#[test]
fn a_text_field_of_the_wrong_type() {
    let records = format!("{{\"text\": 17}}\n{{\"text\": \"{SENTENCE}\"}}\n{{\"words\": \"\"}}\n");
    let found = read_file("a.jsonl", records);
    assert_says(
        found[0].as_ref().expect_err("a number"),
        "a.jsonl:1: ",
        "field `text`: expected text, found a number",
    );
    assert!(found[1].is_ok());
    assert_says(
        found[2].as_ref().expect_err("no text"),
        "a.jsonl:3: ",
        "no field for the text, found `words`",
    );
}

#[test]
fn an_id_that_was_given_before() {
    let records = format!("{{\"id\": 1, \"text\": \"{SENTENCE}\"}}\n").repeat(2);
    let found = read_file("a.jsonl", records);
    assert!(found[0].is_ok());
    let error = found[1].as_ref().expect_err("given before");
    assert_says(error, "a.jsonl:2: ", "id `1` was given before, by ");
    assert!(error.to_string().contains("a.jsonl:1"), "{error}");
}

#[test]
fn wrong_options_are_fatal() {
    let fatal = |options| {
        Reader::new(&["-".to_owned()], options)
            .err()
            .expect("an error")
    };
    let error = fatal(ReadOptions {
        map: vec![("txt".into(), "a".into())],
        ..ReadOptions::default()
    });
    assert!(
        error.is_fatal() && error.to_string().starts_with("--map `txt=a`: "),
        "{error}"
    );
    let error = fatal(ReadOptions {
        metadata: Some("no/such.csv".into()),
        ..ReadOptions::default()
    });
    assert!(
        error.is_fatal()
            && error
                .to_string()
                .starts_with("no/such.csv: --metadata: cannot be read"),
        "{error}"
    );
    let error = Reader::new(&[], ReadOptions::default())
        .err()
        .expect("an error");
    assert!(matches!(error.kind, ReadErrorKind::NoInput) && error.is_fatal());
}

/// Gives records without end and counts what is taken.
struct Endless {
    record: Vec<u8>,
    at: usize,
    taken: std::sync::Arc<std::sync::atomic::AtomicUsize>,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        for byte in buffer.iter_mut() {
            *byte = self.record[self.at];
            self.at = (self.at + 1) % self.record.len();
        }
        self.taken
            .fetch_add(buffer.len(), std::sync::atomic::Ordering::Relaxed);
        Ok(buffer.len())
    }
}

#[test]
fn records_are_read_as_a_stream() {
    for record in [
        format!("{{\"text\": \"{SENTENCE}\"}}\n"),
        format!("{{\n\"text\": \"{SENTENCE}\"\n}},\n"),
    ] {
        let taken = std::sync::Arc::default();
        let endless = Endless {
            record: record.into_bytes(),
            at: 0,
            taken: std::sync::Arc::clone(&taken),
        };
        let reader = Reader::new(&["-".to_owned()], ReadOptions::default()).expect("sound options");
        let articles = reader
            .with_stdin(endless)
            .take(1000)
            .filter(Result::is_ok)
            .count();
        assert_eq!(articles, 1000);
        let taken = taken.load(std::sync::atomic::Ordering::Relaxed);
        assert!(
            taken < 400_000,
            "{taken} bytes were taken for 1000 records of 100 bytes"
        );
    }
}

/// Regions are in order, do not overlap, are not empty, and lie on character boundaries.
fn check_regions(article: &Article) -> Result<(), TestCaseError> {
    let mut end = 0;
    for region in &article.regions {
        prop_assert!(
            region.span.start >= end && region.span.start < region.span.end,
            "{region:?}"
        );
        prop_assert!(
            article
                .text
                .get(region.span.start..region.span.end)
                .is_some(),
            "{region:?}"
        );
        end = region.span.end;
    }
    Ok(())
}

/// Pieces that texts are made of, so that every rule is met.
const PIECES: &[&str] = &[
    "https://a.org/2024/05/14/x",
    " date 2024-05-15 ",
    "OSLO, May 14 (Reuters) -",
    "Paris —",
    "By Jane Doe",
    "Title: Talks",
    "(Jane Doe/AFP via Getty Images)",
    "[AP Photo/Jane Doe]",
    "Photo: AFP",
    "— Reuters",
    "(Reuters)",
    "{Example.com}",
    "Read more: x",
    "© 2024",
    "The ministers met.",
    "“So,” he said",
    "Who pays",
    "# Head",
    "---",
    "title: x",
    "Image caption ",
    "é",
    "日本",
    "\u{feff}",
    "\u{2028}",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    "-",
    "--",
    "–",
    ".",
    ",",
    "\"",
    "19",
    "2024-05-14",
    "August 19, 2025",
    "{\"text\": \"",
    "\"}",
    "<p>",
    "</p>",
    "id,text\n",
    "FILE PHOTO: ",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_pieces_are_read_without_panic(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        let text = pieces.concat();
        check_regions(&Article::from_text("a", text.clone()))?;
        for found in read_stdin(&text).into_iter().flatten() {
            check_regions(&found)?;
        }
    }

    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), start in prop::sample::select(PIECES)) {
        let mut all = start.as_bytes().to_vec();
        all.extend(bytes);
        for found in read_stdin(&all).into_iter().flatten() {
            check_regions(&found)?;
        }
    }

    #[test]
    fn any_text_keeps_its_characters(text in "\\PC{0,200}") {
        let article = Article::from_text("a", text.clone());
        prop_assert_eq!(&article.text, &text);
        check_regions(&article)?;
    }
}
