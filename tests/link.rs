//! What entities are called elsewhere: found in a table, kept beside the articles, and a function
//! of the sets of both.

mod drafts;

use std::collections::BTreeSet;
use std::path::PathBuf;

use drafts::{Draft, week};
use newsgraph::fact::{EntityKind, RoleStatus};
use newsgraph::graph::{ArticleGraph, Base};
use newsgraph::identity::{Action, Link};
use newsgraph::link::{Gazetteer, LEAST_CONFIDENCE, Outcome, Unlinked, link};
use newsgraph::store::Store;
use oxigraph::model::NamedNode;
use proptest::prelude::*;
use tempfile::TempDir;

const HEADER: &str = "iri,label,aliases,type,country,description";
const ROWS: [&str; 11] = [
    "https://d.example/1,Friedrich Merz,,person,DE,\"German politician, chancellor\"",
    "https://d.example/2,Volodymyr Zelenskyy,Володимир Зеленський,person,UA,president of Ukraine",
    "https://d.example/3,Mark Rutte,,person,NL,secretary-general of NATO",
    "https://d.example/4,Donald Trump,Donald John Trump,person,US,president of the United States",
    "https://d.example/5,Donald Trump,,person,CA,Canadian ice hockey player",
    "https://d.example/6,Emmanuel Macron,,person,FR,French politician",
    "https://d.example/7,Emmanuel Macron,,person,BE,Belgian painter",
    "https://d.example/8,NATO,North Atlantic Treaty Organization,organization,,alliance",
    "https://d.example/9,White House,,place,US,seat of the president",
    "https://d.example/10,White House,,place,US,hotel",
    "https://d.example/11,Merz,,person,DE,chancellor",
];

fn store(articles: &[Draft]) -> Store {
    let store = Store::in_memory(Base::default()).expect("a store in memory");
    let graphs: Vec<ArticleGraph> = articles.iter().map(Draft::build).collect();
    store.load(&graphs).expect("loaded");
    store
}

fn table(rows: &[&str]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("people.csv");
    let text = format!("{HEADER}\n{}\n", rows.join("\n"));
    std::fs::write(&path, text).expect("written");
    (folder, path)
}

/// Looks the entities of a store up in a table of these rows, and keeps what is found.
fn look_up(store: &Store, rows: &[&str]) -> Outcome {
    let (_folder, path) = table(rows);
    let gazetteer = Gazetteer::open(&path).expect("a table");
    let profiles = store.profiles().expect("profiles");
    let found = link(&profiles, &gazetteer, LEAST_CONFIDENCE).expect("an outcome");
    let kept = store.replace_links(gazetteer.name(), &found.links, &BTreeSet::new());
    kept.expect("kept");
    found
}

fn lines(store: &Store) -> Vec<String> {
    let quads = store.quads().expect("quads");
    quads.iter().map(ToString::to_string).collect()
}

/// What the default graph calls each entity in the tables of the tests.
fn called(store: &Store) -> Vec<(String, String)> {
    let entities = store.entities().expect("entities");
    let mut called = Vec::new();
    for row in entities {
        for link in row.links.iter().filter(|link| link.source == "people.csv") {
            assert!(row.same_as.contains(&link.target), "{link:?}");
            let entity = store.base().short(row.entity.as_str()).to_owned();
            let target = link.target.as_str().rsplit('/').next().unwrap_or("");
            called.push((entity, target.to_owned()));
        }
    }
    called
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(a, b): &(&str, &str)| ((*a).to_owned(), (*b).to_owned());
    expected.iter().map(owned).collect()
}

const EXPECTED: [(&str, &str); 5] = [
    ("person/donald-trump_US", "4"),
    ("person/friedrich-merz", "1"),
    ("person/mark-rutte", "3"),
    ("person/volodymyr-zelensky", "2"),
    ("organization/nato", "8"),
];

#[test]
fn what_is_no_guess_is_linked_and_nothing_else() {
    let store = store(&week());
    let found = look_up(&store, &ROWS);
    assert_eq!(called(&store), pairs(&EXPECTED));
    let why = |path: &str| {
        let entity = NamedNode::new_unchecked(format!("{}{path}", Base::DEFAULT));
        found.unlinked.get(&entity).copied()
    };
    // A mayor in Britain is neither the president nor the player; nothing tells of the third one.
    assert_eq!(why("person/donald-trump_GB"), Some(Unlinked::Contradicted));
    assert_eq!(why("person/donald-trump"), Some(Unlinked::Ambiguous));
    // Nothing tells the two apart by name alone.
    assert_eq!(why("person/emmanuel-macron"), Some(Unlinked::Ambiguous));
    assert_eq!(why("place/white-house"), Some(Unlinked::Ambiguous));
    assert!(store.check().expect("checked").is_empty());
}

#[test]
fn links_outlive_a_rebuild_and_are_taken_back_without_a_trace() {
    let store = store(&week());
    let before = lines(&store);
    look_up(&store, &ROWS);
    let linked = lines(&store);
    assert_ne!(linked, before);
    store.rebuild().expect("rebuilt");
    assert_eq!(lines(&store), linked);
    look_up(&store, &ROWS);
    assert_eq!(lines(&store), linked, "again is the same");
    look_up(&store, &ROWS[..1]);
    assert_eq!(called(&store), pairs(&[("person/friedrich-merz", "1")]));
    let none = store.replace_links("people.csv", &[], &BTreeSet::new());
    none.expect("taken back");
    assert_eq!(lines(&store), before);
}

#[test]
fn a_link_goes_and_comes_with_its_entity() {
    let store = store(&week());
    look_up(&store, &ROWS);
    let linked = lines(&store);
    for draft in week() {
        store.remove(&draft.article.id).expect("removed");
    }
    assert!(called(&store).is_empty());
    assert!(store.default_graph().expect("quads").is_empty());
    let graphs: Vec<ArticleGraph> = week().iter().map(Draft::build).collect();
    store.load(&graphs).expect("loaded");
    assert_eq!(lines(&store), linked);
}

fn merz_and_rutte(store: &Store) -> (NamedNode, NamedNode) {
    let iri = |path| NamedNode::new_unchecked(format!("{}{path}", store.base()));
    (iri("person/friedrich-merz"), iri("person/mark-rutte"))
}

#[test]
fn what_becomes_part_of_another_takes_its_link_along() {
    let store = store(&week());
    look_up(&store, &ROWS[..1]);
    let before = lines(&store);
    let (merz, rutte) = merz_and_rutte(&store);
    let made = store
        .correct(Action::Merge, &rutte, Some(&merz))
        .expect("merged");
    assert_eq!(called(&store), pairs(&[("person/mark-rutte", "1")]));
    store.undo(made.number).expect("undone");
    assert_eq!(lines(&store), before);
}

#[test]
fn where_namesakes_part_the_link_does_not_go_to_another() {
    let article = |id: &str, role: Option<(&str, &str)>, people: &str| {
        let draft = Draft::new(
            id,
            "2024-03-05",
            id,
            &format!("Minister Ann Lee met {people}."),
        )
        .with_entity(EntityKind::Person, "Ann Lee", "");
        match role {
            Some((title, of)) => draft.role(
                "Ann Lee",
                title,
                of,
                RoleStatus::Current,
                "Minister Ann Lee",
            ),
            None => draft,
        }
    };
    let minister = article("a.txt", Some(("minister", "SE")), "the press");
    let store = store(&[minister]);
    look_up(&store, &["https://d.example/1,Ann Lee,,person,SE,minister"]);
    assert_eq!(called(&store), pairs(&[("person/ann-lee", "1")]));
    let others = [
        article("b.txt", Some(("mayor", "AU")), "the mayors"),
        article("c.txt", None, "nobody"),
    ];
    let graphs: Vec<ArticleGraph> = others.iter().map(Draft::build).collect();
    store.load(&graphs).expect("loaded");
    let people = store.entities().expect("entities");
    assert!(
        people
            .iter()
            .any(|row| row.entity.as_str().ends_with("person/ann-lee_SE"))
    );
    assert!(
        called(&store).is_empty(),
        "the one of whom nothing is known has the IRI now"
    );
    look_up(&store, &["https://d.example/1,Ann Lee,,person,SE,minister"]);
    assert_eq!(called(&store), pairs(&[("person/ann-lee_SE", "1")]));
}

#[test]
fn two_links_of_one_source_that_a_merge_brings_together_are_none() {
    let store = store(&week());
    look_up(&store, &ROWS);
    let (merz, rutte) = merz_and_rutte(&store);
    let made = store
        .correct(Action::Merge, &rutte, Some(&merz))
        .expect("merged");
    assert!(
        called(&store)
            .iter()
            .all(|(_, target)| target != "1" && target != "3")
    );
    store.undo(made.number).expect("undone");
    assert_eq!(called(&store), pairs(&EXPECTED));
}

#[test]
fn sources_are_kept_apart_and_what_was_not_asked_stays() {
    let store = store(&week());
    look_up(&store, &ROWS);
    let (merz, rutte) = merz_and_rutte(&store);
    let link = |entity: &NamedNode, target: &str| Link {
        entity: entity.clone(),
        target: NamedNode::new_unchecked(format!("https://s.example/{target}")),
        source: "https://s.example/api".to_owned(),
        confidence: LEAST_CONFIDENCE,
        reason: "a match".to_owned(),
        countries: BTreeSet::new(),
    };
    let service = "https://s.example/api";
    let both = [link(&merz, "a"), link(&rutte, "b")];
    store
        .replace_links(service, &both, &BTreeSet::new())
        .expect("kept");
    assert_eq!(called(&store), pairs(&EXPECTED));
    let kept = BTreeSet::from([rutte]);
    store.replace_links(service, &[], &kept).expect("kept");
    let targets: Vec<String> = store
        .links()
        .expect("links")
        .into_iter()
        .filter(|link| link.source == service)
        .map(|link| link.target.into_string())
        .collect();
    assert_eq!(targets, ["https://s.example/b"]);
    assert!(store.check().expect("checked").is_empty());
}

#[test]
fn an_aliass_spelling_links_and_a_family_name_does_not() {
    let store = store(&week());
    let alias =
        "https://d.example/12,Somebody Else,Vladimir Zelensky|Volodymyr Zelenskiy,person,UA,";
    look_up(&store, &[alias]);
    assert_eq!(
        called(&store),
        pairs(&[("person/volodymyr-zelensky", "12")])
    );
    look_up(
        &store,
        &["https://d.example/11,Merz,Trump|Rutte,person,DE,chancellor"],
    );
    assert!(called(&store).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_rows_and_of_articles_does_not_matter(
        rows in Just(ROWS.to_vec()).prop_shuffle(),
        articles in Just(week()).prop_shuffle(),
        half in 0..5usize,
    ) {
        let expected = store(&week());
        look_up(&expected, &ROWS);
        let store = store(&articles[..half]);
        // Links found of fewer articles do not stay.
        look_up(&store, &rows);
        let rest: Vec<ArticleGraph> = articles[half..].iter().map(Draft::build).collect();
        store.load(&rest).expect("loaded");
        look_up(&store, &rows);
        prop_assert_eq!(lines(&store), lines(&expected));
    }
}
