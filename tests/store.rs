//! The store: loads, replaces, takes back, answers, refuses, and survives being killed.

mod drafts;

use drafts::{Draft, week};
use newsgraph::fact::{MeetingKind, StatementKind};
use newsgraph::graph::{ArticleGraph, Base};
use newsgraph::store::{LoadReport, Store, StoreError};
use oxigraph::sparql::QueryResults;

fn graphs() -> Vec<ArticleGraph> {
    week().iter().map(Draft::build).collect()
}

fn in_memory() -> Store {
    Store::in_memory(Base::default()).expect("a store in memory")
}

#[test]
fn what_is_loaded_is_what_was_made() {
    let store = in_memory();
    let made = graphs();
    store.load(&made).expect("loaded");
    let quads = store.quads().expect("quads");
    for graph in &made {
        let mut stored: Vec<String> = quads
            .iter()
            .filter(|q| q.graph_name == graph.name.clone().into())
            .map(ToString::to_string)
            .collect();
        stored.sort();
        let mut built: Vec<String> = graph.quads.iter().map(ToString::to_string).collect();
        built.sort();
        assert_eq!(stored, built, "{}", graph.id);
    }
}

#[test]
fn loading_again_does_only_what_is_new_or_changed() {
    let store = in_memory();
    let mut made = graphs();
    let all = LoadReport {
        added: 5,
        ..LoadReport::default()
    };
    assert_eq!(store.load(&made).expect("loaded"), all);
    assert!(store.is_current("a.txt", made[0].hash).expect("asked"));
    assert!(!store.is_current("a.txt", made[1].hash).expect("asked"));
    let before = store.quads().expect("quads");
    let none = LoadReport {
        unchanged: 5,
        ..LoadReport::default()
    };
    assert_eq!(store.load(&made).expect("loaded"), none);
    assert_eq!(store.quads().expect("quads"), before);

    let mut changed = week().remove(0);
    changed.article.title = Some("Another headline".to_owned());
    changed.facts.statements.clear();
    made[0] = changed.build();
    let one = LoadReport {
        replaced: 1,
        unchanged: 4,
        ..LoadReport::default()
    };
    assert_eq!(store.load(&made).expect("loaded"), one);
    let rows = store.articles().expect("articles");
    let titles: Vec<_> = rows.iter().filter_map(|a| a.title.as_deref()).collect();
    assert_eq!(titles[0], "Another headline");
    assert_eq!(titles.len(), 5);
    // The other article's claim has lost a witness.
    let two = store.query("ASK { ?c a schema:Claim ; ng:witnesses ?n FILTER(?n > 1) }");
    assert!(matches!(
        two.expect("an answer"),
        QueryResults::Boolean(false)
    ));
}

#[test]
fn tables_give_every_fact_back_with_its_words() {
    let store = in_memory();
    store.load(&graphs()).expect("loaded");
    let tables = store.tables().expect("tables");

    let ids: Vec<&str> = tables.articles.iter().map(|a| a.article.as_str()).collect();
    assert_eq!(ids, ["a.txt", "b.txt", "c.html", "d é/1.json", "e.txt"]);
    let article = &tables.articles[3];
    assert_eq!(article.date.as_deref(), Some("2025-08-21"));
    assert_eq!((article.publisher.as_deref(), article.words), (None, 10));
    assert_eq!(
        article.url.as_deref(),
        Some("https://example.org/d é/1.json?a=1&b=2")
    );

    let roles: Vec<String> = tables
        .roles
        .iter()
        .map(|r| {
            let country = r.country.map_or("-", |c| c.name());
            let organization = r.organization.as_deref().unwrap_or("-");
            format!(
                "{} {}-{} {} {} {organization} {country} {} {}",
                r.article, r.start, r.end, r.person, r.role, r.status, r.confidence
            )
        })
        .collect();
    assert_eq!(
        roles,
        [
            "a.txt 0-27 Donald Trump president - United States current 0.90",
            "a.txt 157-189 Friedrich Merz chancellor - Germany current 0.90",
            "b.txt 0-19 Volodymyr Zelensky president - Ukraine current 0.90",
            "b.txt 147-180 Mark Rutte secretary-general NATO - current 0.90",
            "c.html 56-88 Friedrich Merz chancellor - Germany former 0.90",
            "c.html 113-146 Mark Rutte secretary-general - - current 0.90",
            "e.txt 57-75 Donald Trump mayor - United Kingdom current 0.90",
        ]
    );
    assert_eq!(tables.roles[1].evidence, "German Chancellor Friedrich Merz");
    assert_eq!(
        store.base().short(tables.roles[1].entity.as_str()),
        "person/friedrich-merz"
    );

    // One row a place in the text, one meeting.
    let meeting = &tables.meetings[0];
    assert_eq!(meeting.meeting_id, tables.meetings[1].meeting_id);
    assert_eq!(tables.meetings[1].evidence, "was with them");
    assert_eq!(meeting.kind, MeetingKind::Meeting);
    assert_eq!(
        meeting.participants,
        ["Donald Trump", "Volodymyr Zelensky", "Friedrich Merz"]
    );
    assert_eq!(meeting.location, ["White House", "Washington"]);
    assert_eq!(meeting.date.as_deref(), Some("2025-08-18"));
    assert_eq!(
        meeting
            .participant_entities
            .iter()
            .map(|p| store.base().short(p.as_str()))
            .collect::<Vec<_>>(),
        [
            "person/donald-trump_US",
            "person/volodymyr-zelensky",
            "person/friedrich-merz"
        ]
    );

    let statement = &tables.statements[0];
    assert_eq!(statement.speaker.as_deref(), Some("Donald Trump"));
    assert_eq!(statement.kind, StatementKind::Direct);
    assert_eq!(statement.content, "“We will have a very good peace”");
    assert_eq!(statement.content_spans, [(95, 127)]);
    assert_eq!(statement.cue.as_deref(), Some("said"));
    assert_eq!(statement.medium.as_deref(), Some("Truth Social"));
    assert_eq!((statement.start, statement.end), (95, 155));

    let merz = tables
        .entities
        .iter()
        .find(|e| e.name == "Friedrich Merz")
        .expect("Merz");
    assert_eq!((merz.articles, merz.mentions), (4, 4));
    let germany = tables
        .entities
        .iter()
        .find(|e| e.name == "Germany")
        .expect("Germany");
    assert_eq!(
        germany.country.map(|c| c.to_string()).as_deref(),
        Some("DE")
    );
    // Of the United States no article speaks by name.
    assert!(!tables.entities.iter().any(|e| e.name == "United States"));
}

#[test]
fn prefixes_need_no_declaration_and_errors_say_where() {
    let store = in_memory();
    store.load(&graphs()).expect("loaded");
    assert!(
        store
            .query("SELECT * { ?m ng:participant ?p ; schema:startDate ?d }")
            .is_ok()
    );
    for (query, line, column) in [
        ("SELECT * {\n  ?m ng:participant }", 2, 21),
        ("SELECT ?x WHERE { ?x a ng:Meeting ", 1, 35),
        ("SELECT * { ?s unknown:thing ?o }", 1, 28),
    ] {
        match store.query(query).map(|_| ()) {
            Err(StoreError::Syntax {
                line: l,
                column: c,
                message,
            }) => {
                assert_eq!((l, c), (line, column), "{query}: {message}");
            }
            other => panic!("{query}: {other:?}"),
        }
    }
}

#[test]
fn graphs_of_another_base_are_refused_as_a_whole() {
    let store = Store::in_memory("https://example.org/".parse().expect("a base")).expect("a store");
    let error = store.load(&graphs()).expect_err("another base");
    assert!(
        error
            .to_string()
            .contains("hint: use --base https://example.org/"),
        "{error}"
    );
    assert!(store.quads().expect("quads").is_empty());
}

#[cfg(not(feature = "rocksdb"))]
#[test]
fn without_rocksdb_a_folder_is_refused_with_a_hint() {
    let dir = tempfile::tempdir().expect("a folder");
    let error = Store::open(dir.path(), None)
        .map(|_| ())
        .expect_err("no disk");
    assert!(error.to_string().contains("--memory"), "{error}");
}

#[cfg(feature = "rocksdb")]
mod on_disk {
    use std::fs;
    use std::path::Path;
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    use super::*;

    fn error(opened: Result<Store, StoreError>) -> StoreError {
        opened.map(|_| ()).expect_err("an error")
    }

    #[test]
    fn a_store_is_there_again_when_opened_again() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("new/store");
        let base: Base = "https://example.org/".parse().expect("a base");
        let made: Vec<ArticleGraph> = week()
            .iter()
            .map(|d| {
                newsgraph::graph::build(
                    &d.article,
                    &d.facts,
                    &base,
                    &newsgraph::graph::Program::this(None),
                )
            })
            .collect();
        let store = Store::open(&path, Some(&base)).expect("made");
        store.load(&made).expect("loaded");
        let quads = store.quads().expect("quads");
        drop(store);

        let again = Store::open_read_only(&path).expect("opened");
        assert_eq!(again.base(), &base);
        assert_eq!(again.quads().expect("quads"), quads);
        // Readers do not exclude each other.
        let other = Store::open_read_only(&path).expect("opened twice");
        drop((again, other));

        let store = Store::open(&path, None).expect("opened for writing");
        assert_eq!(store.base(), &base);
        assert!(store.remove("a.txt").expect("removed"));
        drop(store);
        let other: Base = "https://example.org/other/".parse().expect("a base");
        assert!(matches!(
            error(Store::open(&path, Some(&other))),
            StoreError::OtherBase { .. }
        ));
        assert_eq!(
            Store::open_read_only(&path)
                .expect("opened")
                .articles()
                .expect("rows")
                .len(),
            4
        );
    }

    #[test]
    fn an_empty_store_takes_a_new_base() {
        let dir = tempfile::tempdir().expect("a folder");
        drop(Store::open(dir.path(), None).expect("made"));
        let base: Base = "https://example.org/".parse().expect("a base");
        drop(Store::open(dir.path(), Some(&base)).expect("opened"));
        assert_eq!(
            Store::open_read_only(dir.path()).expect("opened").base(),
            &base
        );
    }

    #[test]
    fn what_is_no_store_is_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path();
        assert!(matches!(
            error(Store::open_read_only(&path.join("none"))),
            StoreError::Missing { .. }
        ));
        assert!(matches!(
            error(Store::open_read_only(path)),
            StoreError::Missing { .. }
        ));
        fs::write(path.join("letter.txt"), "Dear").expect("written");
        for opened in [Store::open(path, None), Store::open_read_only(path)] {
            let error = error(opened);
            assert!(matches!(error, StoreError::NotAStore { .. }), "{error}");
            assert!(error.to_string().contains("hint:"), "{error}");
        }
        let file = path.join("letter.txt");
        assert!(matches!(
            error(Store::open(&file, None)),
            StoreError::NotAStore { .. }
        ));
        // Nothing was put there.
        assert_eq!(fs::read_dir(path).expect("the folder").count(), 1);
    }

    #[test]
    fn a_store_of_a_newer_version_is_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        drop(Store::open(dir.path(), None).expect("made"));
        let marker = dir.path().join("newsgraph-store.json");
        let text = fs::read_to_string(&marker).expect("the marker");
        fs::write(&marker, text.replace("\"format\":1", "\"format\":2")).expect("written");
        for opened in [
            Store::open(dir.path(), None),
            Store::open_read_only(dir.path()),
        ] {
            let error = error(opened);
            assert!(
                matches!(error, StoreError::NewerVersion { found: 2, .. }),
                "{error}"
            );
            assert!(error.to_string().contains("update newsgraph"), "{error}");
        }
    }

    #[test]
    fn a_locked_store_is_refused_with_a_hint() {
        let dir = tempfile::tempdir().expect("a folder");
        let store = Store::open(dir.path(), None).expect("made");
        for opened in [
            Store::open(dir.path(), None),
            Store::open_read_only(dir.path()),
        ] {
            let error = error(opened);
            assert!(matches!(error, StoreError::Locked { .. }), "{error}");
            assert!(error.to_string().contains("hint: wait"), "{error}");
        }
        drop(store);
        let reader = Store::open_read_only(dir.path()).expect("free again");
        assert!(matches!(
            error(Store::open(dir.path(), None)),
            StoreError::Locked { .. }
        ));
        drop(reader);
    }

    const LOADER: &str = "NEWSGRAPH_TEST_LOADER_STORE";
    const ARTICLES: usize = 150;

    /// Many articles, of which each is whole or not there.
    fn many() -> Vec<ArticleGraph> {
        let week = week();
        (0..ARTICLES)
            .map(|n| {
                let mut draft = week[n % week.len()].clone();
                draft.article.id = format!("{n}.txt");
                draft.build()
            })
            .collect()
    }

    /// Not a test of its own: what `a_killed_loader_leaves_whole_articles` starts and kills.
    #[test]
    fn loader() {
        let Some(path) = std::env::var_os(LOADER) else {
            return;
        };
        let store = Store::open(Path::new(&path), None).expect("opened");
        for batch in many().chunks(7) {
            store.load(batch).expect("loaded");
        }
    }

    #[test]
    fn a_killed_loader_leaves_whole_articles() {
        let all = many();
        for milliseconds in [20, 100, 300] {
            let dir = tempfile::tempdir().expect("a folder");
            let program = std::env::current_exe().expect("this program");
            let mut loader = Command::new(program)
                .args(["--exact", "on_disk::loader"])
                .env(LOADER, dir.path())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("started");
            // Not before it has begun to load.
            let begun = Instant::now();
            while !dir.path().join("data/CURRENT").exists()
                && begun.elapsed() < Duration::from_secs(20)
            {
                std::thread::sleep(Duration::from_millis(2));
            }
            std::thread::sleep(Duration::from_millis(milliseconds));
            loader.kill().expect("killed");
            loader.wait().expect("ended");

            let store = Store::open(dir.path(), None).expect("opens again");
            let there: Vec<String> = store
                .articles()
                .expect("articles")
                .into_iter()
                .map(|a| a.article)
                .collect();
            // What is there is just what loading these articles alone gives.
            let expected = in_memory();
            let whole: Vec<ArticleGraph> = all
                .iter()
                .filter(|g| there.contains(&g.id))
                .cloned()
                .collect();
            assert_eq!(whole.len(), there.len());
            expected.load(&whole).expect("loaded");
            assert_eq!(
                store.quads().expect("quads"),
                expected.quads().expect("quads")
            );
            // And the rest can still be loaded.
            let report = store.load(&all).expect("loaded");
            assert_eq!(
                (report.unchanged, report.added),
                (there.len(), ARTICLES - there.len())
            );
        }
    }
}
