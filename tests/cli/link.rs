//! `newsgraph link`: a table of the user's own beside the articles.

use std::path::PathBuf;

use super::Desk;

fn fixture(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/link");
    std::fs::read_to_string(path.join(name)).expect("a fixture")
}

/// A desk with the sample table and articles.
fn desk() -> Desk {
    let desk = Desk::new();
    for name in ["people.csv", "articles/first.txt", "articles/second.txt"] {
        desk.write(name, fixture(name));
    }
    desk
}

/// Entity and identifier of each link printed.
fn links(stdout: &str) -> Vec<(String, String)> {
    stdout
        .lines()
        .map(|line| {
            let link: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let text = |field: &str| link[field].as_str().expect(field).to_owned();
            assert!(
                link["confidence"].as_f64().is_some_and(|sure| sure >= 0.8),
                "{line}"
            );
            assert!(!text("reason").is_empty(), "{line}");
            let id = text("same_as")
                .rsplit('/')
                .next()
                .expect("an id")
                .to_owned();
            (text("entity"), id)
        })
        .collect()
}

const LINK: [&str; 5] = ["link", "--memory", "articles", "--gazetteer", "people.csv"];

#[test]
fn a_table_links_what_is_no_guess_and_says_what_it_left() {
    let desk = desk();
    let run = desk.run(&LINK);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let expected = [
        ("country/DE", "12"),
        ("person/anna-berg", "3"),
        ("person/john-smith", "1"),
        ("person/lena-sorel", "14"),
        ("person/marta-quell", "7"),
        ("person/petro-olenskiy", "6"),
    ];
    let expected: Vec<(String, String)> = expected
        .map(|(entity, id)| (entity.to_owned(), id.to_owned()))
        .to_vec();
    assert_eq!(links(&run.stdout), expected);
    for part in [
        "people.csv: 6 linked, 1 ambiguous, 1 not sure enough, 1 contradicted",
        "note: people.csv: ambiguous: Castle Rowan",
        "note: people.csv: not sure enough: Ivo Marsh",
    ] {
        assert!(run.stderr.contains(part), "{}", run.stderr);
    }
    // The index is there the second time and says the same.
    assert!(desk.path("people.csv.newsgraph-index").exists());
    assert_eq!(desk.ok(&LINK), run.stdout);
    // A name alone is enough for those who say so.
    let loose = desk.ok(&[LINK.as_slice(), &["--least", "0.7"]].concat());
    assert_eq!(loose.lines().count(), 7);
}

#[test]
fn links_are_shown_and_exported() {
    let desk = desk();
    let source = ["--memory", "articles", "--gazetteer", "people.csv"];
    let shown = desk.ok(&[&["show", "Marta Quell"], source.as_slice()].concat());
    let line = "same as: https://directory.example/7\n    the same name; country Portugal";
    assert!(shown.contains(line), "{shown}");
    assert!(shown.contains("(people.csv, 0.97)"), "{shown}");
    // A country that facts are about without naming it.
    let country = desk.ok(&[&["show", "Germany"], source.as_slice()].concat());
    assert!(
        country.contains("same as: https://directory.example/12"),
        "{country}"
    );
    let found = desk.ok(&[&["show", "https://directory.example/7"], source.as_slice()].concat());
    assert_eq!(found, shown);
    desk.ok(&[
        &["export", "--format", "csv", "--output", "tables"],
        source.as_slice(),
    ]
    .concat());
    assert!(
        desk.read("tables/entities.csv")
            .contains("https://directory.example/7")
    );
    desk.ok(&[&["export", "--output", "graph.ttl"], source.as_slice()].concat());
    let turtle = desk.read("graph.ttl");
    for part in [
        "owl:sameAs",
        "<https://directory.example/7>",
        "ng:Link",
        "ng:linkSource \"people.csv\"",
    ] {
        assert!(turtle.contains(part), "{part}");
    }
    desk.ok(&[&["check"], source.as_slice()].concat());
    let build = desk.run(&["build", "articles", "--memory", "--gazetteer", "people.csv"]);
    assert_eq!(build.status, 0);
    assert!(
        build.stderr.contains("people.csv: 6 linked"),
        "{}",
        build.stderr
    );
}

#[test]
fn rows_that_cannot_be_used_are_skipped_and_counted() {
    let desk = desk();
    let table = fixture("people.csv") + "no iri,Ann,,person,,\nhttps://d.example/9,Bo,,robot,,\n";
    desk.write("people.csv", table);
    let run = desk.run(&LINK);
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert_eq!(links(&run.stdout).len(), 6);
    for part in [
        "skipped: people.csv:16: expected an IRI, found “no iri”",
        "people.csv:17: expected person, organization, place or country as the type, found “robot”",
        "people.csv: 2 of 16 rows skipped",
    ] {
        assert!(run.stderr.contains(part), "{}", run.stderr);
    }
}

#[test]
fn what_cannot_be_done_is_said_with_what_to_do() {
    let desk = desk();
    let message = |arguments: &[&str]| {
        let run = desk.run(&[&["link", "--memory", "articles"], arguments].concat());
        assert_eq!(run.status, 2, "{}", run.stderr);
        assert!(run.stderr.contains("hint: "), "{}", run.stderr);
        run.stderr
    };
    assert!(message(&["--gazetteer", "none.csv"]).contains("cannot read the gazetteer none.csv"));
    desk.write("other.csv", "id,name\n1,Ann\n");
    let columns =
        "expected the columns iri, label and type in the gazetteer other.csv, found id, name";
    assert!(message(&["--gazetteer", "other.csv"]).contains(columns));
    let unknown = message(&["--remove", "other.csv"]);
    assert!(
        unknown.contains("expected a source of links, found “other.csv”"),
        "{unknown}"
    );
    let gone = message(&["--reconcile", "http://127.0.0.1:9/reconcile"]);
    assert!(
        gone.contains("service at http://127.0.0.1:9/reconcile"),
        "{gone}"
    );
    assert!(message(&["--reconcile", "no address"]).contains("no address"));
}

#[test]
#[cfg(feature = "rocksdb")]
fn links_stay_in_a_store_until_they_are_taken_back() {
    let desk = desk();
    desk.ok(&["build", "articles", "--gazetteer", "people.csv"]);
    assert_eq!(links(&desk.ok(&["link"])).len(), 6);
    desk.write(
        "people.csv",
        fixture("people.csv").replace("Marta", "Maria"),
    );
    assert_eq!(
        links(&desk.ok(&["link", "--gazetteer", "people.csv"])).len(),
        5
    );
    desk.ok(&["link", "--remove", "people.csv"]);
    assert_eq!(desk.ok(&["link"]), "");
    desk.ok(&["link", "--gazetteer", "people.csv"]);
    desk.ok(&["link", "--clear"]);
    assert_eq!(desk.ok(&["link"]), "");
}
