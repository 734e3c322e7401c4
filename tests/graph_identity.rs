//! The default graph is a function of the set of articles, and says what it should.

mod drafts;

use std::hash::{DefaultHasher, Hash, Hasher};

use drafts::{Draft, week};
use newsgraph::fact::{EntityKind, MeetingKind, MeetingStatus, RoleStatus, StatementKind};
use newsgraph::graph::{ArticleGraph, Base};
use newsgraph::identity::{Action, Aspect, Recorded};
use newsgraph::store::{Restored, Split, SplitPart, Store, StoreError, line_of, read_line};
use oxigraph::model::NamedNode;
use oxigraph::sparql::QueryResults;
use proptest::prelude::*;

fn store() -> Store {
    Store::in_memory(Base::default()).expect("a store in memory")
}

fn lines(store: &Store) -> Vec<String> {
    store
        .quads()
        .expect("quads")
        .iter()
        .map(ToString::to_string)
        .collect()
}

/// The answer of a query with one variable, without the base, sorted.
fn answers(store: &Store, sparql: &str) -> Vec<String> {
    let QueryResults::Solutions(solutions) = store.query(sparql).expect("an answer") else {
        panic!("a SELECT query was expected");
    };
    let mut values: Vec<String> = solutions
        .map(|solution| {
            let solution = solution.expect("a solution");
            let cells: Vec<String> = solution
                .values()
                .iter()
                .map(|value| match value {
                    Some(oxigraph::model::Term::NamedNode(iri)) => {
                        store.base().short(iri.as_str()).to_owned()
                    }
                    Some(oxigraph::model::Term::Literal(literal)) => literal.value().to_owned(),
                    _ => "-".to_owned(),
                })
                .collect();
            cells.join(" ")
        })
        .collect();
    values.sort();
    values
}

fn week_store() -> Store {
    let store = store();
    let graphs: Vec<ArticleGraph> = week().iter().map(Draft::build).collect();
    store.load(&graphs).expect("loaded");
    store
}

#[test]
fn one_person_is_one_entity_and_namesakes_are_two() {
    let store = week_store();
    // A mayor in Britain is not the president of the United States; where nothing is known of a
    // third one, nothing is claimed.
    assert_eq!(
        answers(&store, "SELECT ?p { ?p a schema:Person }"),
        [
            "person/donald-trump",
            "person/donald-trump_GB",
            "person/donald-trump_US",
            "person/emmanuel-macron",
            "person/friedrich-merz",
            "person/mark-rutte",
            "person/volodymyr-zelensky",
        ]
    );
    store.remove("e.txt").expect("removed");
    assert!(
        answers(&store, "SELECT ?p { ?p a schema:Person }").contains(&"person/donald-trump".into())
    );
    assert_eq!(
        answers(
            &store,
            "SELECT ?t { id:person/donald-trump schema:jobTitle ?t }"
                .replace(
                    "id:person/donald-trump",
                    "<https://w3id.org/newsgraph/id/person/donald-trump>"
                )
                .as_str()
        ),
        ["president"]
    );
}

#[test]
fn what_two_articles_say_has_two_witnesses() {
    let store = week_store();
    store.remove("e.txt").expect("removed");
    assert_eq!(
        answers(
            &store,
            "SELECT ?t ?n { ?c a schema:Claim ; ng:witnesses ?n ; rdfs:label ?t FILTER(?n > 1) }"
        ),
        ["Donald Trump: “We will have a very good peace,” 2"]
    );
    // A title alone is the title with its body; both articles are of one publisher.
    assert_eq!(
        answers(
            &store,
            "SELECT ?r ?n { ?r a ng:RoleHolding ; ng:witnesses ?n FILTER(CONTAINS(STR(?r), \"rutte\")) }"
        ),
        ["role/mark-rutte/secretary-general/nato/current 1"]
    );
    assert_eq!(
        answers(&store, "SELECT ?l { ?p a org:Post ; rdfs:label ?l }"),
        [
            "chancellor of Germany",
            "president of Ukraine",
            "president of United States",
            "secretary-general of NATO"
        ]
    );
}

#[test]
fn removing_every_article_leaves_nothing() {
    let store = week_store();
    for draft in week() {
        assert!(store.remove(&draft.article.id).expect("removed"));
        assert!(!store.remove(&draft.article.id).expect("removed before"));
    }
    assert_eq!(lines(&store), Vec::<String>::new());
}

#[test]
fn differences_are_found_and_only_they() {
    let store = week_store();
    store.remove("e.txt").expect("removed");
    let found: Vec<(String, Aspect, Vec<String>)> = store
        .conflicts()
        .expect("conflicts")
        .into_iter()
        .map(|c| {
            let sides = c
                .sides
                .iter()
                .map(|s| format!("{}: {} “{}”", s.article, s.value, s.words))
                .collect();
            (c.about, c.aspect, sides)
        })
        .collect();
    assert_eq!(
        found,
        [
            (
                "Friedrich Merz: chancellor of Germany".to_owned(),
                Aspect::Status,
                vec![
                    "a.txt: current “German Chancellor Friedrich Merz”".to_owned(),
                    "c.html: former “Former Chancellor Friedrich Merz”".to_owned(),
                ]
            ),
            (
                "meeting of Donald Trump and Volodymyr Zelensky".to_owned(),
                Aspect::Date,
                vec![
                    "c.html: 2025-08-17 “Donald Trump saw Volodymyr Zelensky on Sunday in Paris”"
                        .to_owned(),
                    "b.txt: 2025-08-18 “Donald Trump met Volodymyr Zelensky at the White House”"
                        .to_owned(),
                ]
            ),
        ]
    );
    // Without a date of the article that calls the meeting off, nobody knows whether it is news.
    let store = week_store();
    let planned = store.conflicts().expect("conflicts");
    assert!(
        !planned.iter().any(|c| c.about.contains("Macron")),
        "{planned:?}"
    );
}

#[test]
fn corrections_win_survive_and_are_taken_back() {
    let store = week_store();
    store.remove("e.txt").expect("removed");
    let before = lines(&store);
    let iri = |path: &str| NamedNode::new_unchecked(format!("{}{path}", store.base().as_str()));
    let persons = || answers(&store, "SELECT ?p { ?p a schema:Person }");
    let (merz, rutte) = (iri("person/friedrich-merz"), iri("person/mark-rutte"));
    let merge = store
        .correct(Action::Merge, &merz, Some(&rutte))
        .expect("merged");
    assert_eq!(merge.number, 1);
    assert!(!persons().contains(&"person/mark-rutte".to_owned()));
    let split = store.correct(Action::Split, &iri("person/donald-trump"), None);
    assert_eq!(split.expect("split").number, 2);
    // Three articles name him, and each means another now.
    assert_eq!(
        persons()
            .iter()
            .filter(|p| p.contains("donald-trump_"))
            .count(),
        3
    );
    let corrected = lines(&store);
    store.rebuild().expect("rebuilt");
    assert_eq!(corrected, lines(&store));
    let drafts: Vec<ArticleGraph> = week().iter().map(Draft::build).collect();
    assert!(store.remove("a.txt").expect("removed"));
    store.load(&drafts[..1]).expect("loaded");
    assert_eq!(corrected, lines(&store));
    assert_eq!(store.corrections().expect("corrections").len(), 2);
    assert!(store.undo(2).expect("undone") && store.undo(1).expect("undone"));
    assert!(!store.undo(1).expect("undone before"));
    assert_eq!(before, lines(&store));
}

#[test]
fn a_forgotten_fact_is_in_no_answer() {
    let store = week_store();
    let before = lines(&store);
    let meetings = || answers(&store, "SELECT ?m { ?m a ng:Meeting ; ng:status \"held\" }");
    let all = meetings();
    let fact = NamedNode::new_unchecked(format!("{}{}", store.base().as_str(), all[0]));
    let forgotten = store
        .correct(Action::Forget, &fact, None)
        .expect("forgotten");
    assert!(!forgotten.of.is_empty());
    assert_eq!(meetings().len(), all.len() - 1);
    store.rebuild().expect("rebuilt");
    assert_eq!(meetings().len(), all.len() - 1);
    // Another correction of those who took part does not bring it back.
    let iri = |path: &str| NamedNode::new_unchecked(format!("{}{path}", store.base().as_str()));
    let (one, other) = (iri("person/donald-trump_US"), iri("person/mark-rutte"));
    let merge = store.correct(Action::Merge, &one, Some(&other));
    assert_eq!(meetings().len(), all.len() - 1);
    assert!(store.undo(merge.expect("merged").number).expect("undone"));
    assert_eq!(meetings().len(), all.len() - 1);
    assert!(store.undo(forgotten.number).expect("undone"));
    assert_eq!(before, lines(&store));
    let unknown = NamedNode::new_unchecked(format!("{}person/nobody", store.base().as_str()));
    let error = store
        .correct(Action::Split, &unknown, None)
        .expect_err("unknown");
    assert_eq!(
        error.to_string(),
        "expected something of the graph, found nothing with the IRI person/nobody\n\
         hint: `newsgraph show NAME` and `newsgraph query` tell IRIs"
    );
}

#[test]
fn what_later_articles_split_is_told() {
    use RoleStatus::Current;
    let draft = |id: &str, role: &str, of: &str| {
        let text = "Ida Lund opened the bridge.";
        Draft::new(id, "2025-01-01", id, text).role("Ida Lund", role, of, Current, "Ida Lund")
    };
    let store = store();
    let load = |drafts: &[Draft]| {
        let graphs: Vec<ArticleGraph> = drafts.iter().map(Draft::build).collect();
        let report = store.load(&graphs).expect("loaded");
        let loaded = graphs.into_iter().map(|graph| graph.name).collect();
        store.splits(&report, &loaded).expect("splits")
    };
    let short = |split: &Split| {
        let part = |part: &SplitPart| {
            let iri = store.base().short(part.entity.as_str());
            format!("{iri} {:?} {:?}", part.told, part.articles)
        };
        let of = store.base().short(split.of.as_str()).to_owned();
        (of, split.into.iter().map(part).collect::<Vec<_>>())
    };
    // Nothing tells a minister from one of whom the country is not said.
    let first = [
        draft("a.txt", "fisheries minister", "NO"),
        draft("b.txt", "mayor", ""),
    ];
    assert_eq!(load(&first), []);
    let persons = || answers(&store, "SELECT ?p { ?p a schema:Person }");
    assert_eq!(persons(), ["person/ida-lund"]);
    // Another's mayor: the one of whom no country is said was her.
    let splits = load(&[draft("c.txt", "mayor", "DK")]);
    assert_eq!(
        splits.iter().map(short).collect::<Vec<_>>(),
        [(
            "person/ida-lund".to_owned(),
            vec![
                r#"person/ida-lund_DK ["mayor of Denmark"] ["b.txt", "c.txt"]"#.to_owned(),
                r#"person/ida-lund_NO ["fisheries minister of Norway"] ["a.txt"]"#.to_owned(),
            ]
        )]
    );
    assert_eq!(
        splits[0].reason(),
        "what is said of them contradicts each other"
    );
    // The old IRI leads to both, and is said as long as they are two.
    let old = "SELECT ?p { ?p ng:splitFrom ?old FILTER(STRENDS(STR(?old), \"/person/ida-lund\")) }";
    assert_eq!(
        answers(&store, old),
        ["person/ida-lund_DK", "person/ida-lund_NO"]
    );
    // Loaded at once, they were never one.
    let at_once = self::store();
    let drafts = [&first[..], &[draft("c.txt", "mayor", "DK")]].concat();
    let graphs: Vec<ArticleGraph> = drafts.iter().map(Draft::build).collect();
    let report = at_once.load(&graphs).expect("loaded");
    assert_eq!(
        at_once
            .splits(&report, &Default::default())
            .expect("splits"),
        []
    );
    assert_eq!(lines(&at_once), lines(&store));
    assert!(store.remove("c.txt").expect("removed"));
    assert_eq!(answers(&store, old), Vec::<String>::new());
    assert_eq!(persons(), ["person/ida-lund"]);
}

/// The journal as `newsgraph corrections` lists it.
fn journal(store: &Store) -> String {
    let corrections = store.corrections().expect("corrections");
    let lines = corrections.iter().map(|c| line_of(c, store.base()) + "\n");
    lines.collect()
}

fn restore(store: &Store, journal: &str) -> Vec<Result<Restored, StoreError>> {
    let read = |line| read_line(line, store.base()).expect(line);
    let recorded: Vec<Recorded> = journal.lines().map(read).collect();
    store.restore(&recorded).expect("restored")
}

#[test]
fn what_is_not_here_is_left_out_of_a_journal_and_comes_with_its_articles() {
    let whole = week_store();
    let iri = |path: &str| NamedNode::new_unchecked(format!("{}{path}", whole.base().as_str()));
    let (merz, rutte) = (iri("person/friedrich-merz"), iri("person/mark-rutte"));
    let meeting = iri("article/b.txt#meeting-1");
    for (action, of, with) in [
        (Action::Merge, &merz, Some(&rutte)),
        (Action::Forget, &meeting, None),
        (Action::Split, &iri("person/donald-trump"), None),
    ] {
        whole.correct(action, of, with).expect("corrected");
    }
    let theirs = journal(&whole);
    let part = store();
    let drafts: Vec<ArticleGraph> = week().iter().map(Draft::build).collect();
    part.load(&drafts[..1]).expect("loaded");
    let unknown = |result: &Result<Restored, StoreError>| match result {
        Err(StoreError::Unknown { iri }) => iri.clone(),
        _ => String::new(),
    };
    let missing: Vec<String> = restore(&part, &theirs).iter().map(unknown).collect();
    assert_eq!(
        missing,
        ["person/mark-rutte", "article/b.txt#meeting-1", ""]
    );
    part.load(&drafts).expect("loaded");
    restore(&part, &theirs);
    // What comes later is applied later.
    let expected = theirs.replace(r#"{"number":1"#, r#"{"number":4"#);
    let expected = expected.replace(r#"{"number":2"#, r#"{"number":5"#);
    let mut ours: Vec<String> = journal(&part).lines().map(str::to_owned).collect();
    ours.rotate_left(1);
    assert_eq!(ours, expected.lines().collect::<Vec<_>>());
    let before = lines(&part);
    assert!(
        restore(&part, &theirs)
            .iter()
            .all(|result| matches!(result, Ok(Restored::Known)))
    );
    assert_eq!(before, lines(&part));
}

#[test]
fn what_cannot_be_corrected_so_is_refused() {
    let store = week_store();
    let iri = |path: &str| NamedNode::new_unchecked(format!("{}{path}", store.base().as_str()));
    let (merz, paris) = (iri("person/friedrich-merz"), iri("place/paris"));
    let before = lines(&store);
    for (action, of, with) in [
        (Action::Merge, &merz, Some(&paris)),
        (Action::Merge, &iri("country/DE"), Some(&iri("country/DE"))),
    ] {
        let error = store.correct(action, of, with).expect_err("two kinds");
        assert!(matches!(error, StoreError::NotOneKind { .. }), "{error}");
    }
    for (action, of) in [
        (Action::Forget, &merz),
        (Action::Split, &iri("country/DE")),
        (Action::Split, &iri("article/b.txt#meeting-1")),
        (Action::Split, &iri("article/a.txt#person-friedrich-merz")),
    ] {
        let error = store.correct(action, of, None).expect_err("no such thing");
        assert!(
            matches!(error, StoreError::NotCorrectable { .. }),
            "{error}"
        );
    }
    assert_eq!(before, lines(&store));
}

/// Articles of few names, so that they meet in many ways.
fn drafts() -> impl Strategy<Value = Draft> {
    let person = prop::sample::select(vec![
        "Ann Lee",
        "Bob Ray",
        "Ánn Lee",
        "Petra Olenskyy",
        "Petra Olenskiy",
        "P. Olensky",
        "Olensky",
        "Cy Olensky",
    ]);
    let role = prop::sample::select(vec![
        "president",
        "mayor",
        "vice-president",
        "vice president",
    ]);
    let of = prop::sample::select(vec!["DE", "FR", "NATO", "Nato", ""]);
    let place = prop::sample::select(vec!["Paris", "Berlin", "Palace"]);
    let status = prop::sample::select(RoleStatus::ALL);
    let meeting_status = prop::sample::select(MeetingStatus::ALL);
    let kind = prop::sample::select(MeetingKind::ALL);
    let day = prop::sample::select(vec!["2025-01-01", "2025-01-02", "2025-01-20", ""]);
    let country = prop::sample::select(vec!["DE", "FR", ""]);
    let roles = prop::collection::vec((person.clone(), role, of, status), 0..3);
    let meetings = prop::collection::vec(
        (
            kind,
            person.clone(),
            person.clone(),
            place.clone(),
            place,
            country.clone(),
            day.clone(),
            meeting_status,
        ),
        0..2,
    );
    let statements = prop::collection::vec((person, any::<bool>()), 0..2);
    let publisher = prop::sample::select(vec!["A", "B", ""]);
    (
        0..4_usize,
        publisher,
        day,
        roles,
        meetings,
        statements,
        country,
    )
        .prop_map(
            |(id, publisher, date, roles, meetings, statements, country)| {
                let text = "Words “one two three four five” and more.";
                let mut draft = Draft::new(&format!("{id}.txt"), date, publisher, text);
                if !country.is_empty() {
                    draft = draft.with_entity(EntityKind::Country, "Land", country);
                    draft = draft.with_entity(EntityKind::Place, "Paris", country);
                }
                for (person, role, of, status) in roles {
                    draft = draft.role(person, role, of, status, "Words");
                }
                for (kind, a, b, inner, outer, country, day, status) in meetings {
                    draft = draft.meeting(
                        kind,
                        &[a, b],
                        &[inner, outer],
                        country,
                        day,
                        status,
                        &["more"],
                    );
                }
                for (person, is_short) in statements {
                    let words = if is_short {
                        "“one two"
                    } else {
                        "“one two three four five”"
                    };
                    draft = draft.statement(person, StatementKind::Direct, &[words], "and", "");
                }
                // Facts differ here where the text does not; the hash is to know.
                let mut hasher = DefaultHasher::new();
                format!("{:?}", draft.facts).hash(&mut hasher);
                draft.article.author = Some(hasher.finish().to_string());
                draft
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    /// Loading, replacing and removing in any order and in any batches gives what loading the
    /// remaining articles at once gives, and what computing everything anew gives.
    #[test]
    fn the_default_graph_depends_on_the_set_of_articles_only(
        steps in prop::collection::vec((drafts(), any::<bool>()), 1..10),
        batch in 1..4_usize,
    ) {
        let store = store();
        let mut left: Vec<ArticleGraph> = Vec::new();
        for steps in steps.chunks(batch) {
            let graphs: Vec<ArticleGraph> = steps.iter().map(|(draft, _)| draft.build()).collect();
            store.load(&graphs).expect("loaded");
            for graph in graphs {
                left.retain(|g| g.id != graph.id);
                left.push(graph);
            }
            for (draft, _) in steps.iter().filter(|(_, is_removed)| *is_removed) {
                let id = &draft.article.id;
                prop_assert_eq!(store.remove(id).expect("removed"), left.iter().any(|g| g.id == *id));
                left.retain(|g| g.id != *id);
            }
        }
        let incremental = lines(&store);
        let at_once = self::store();
        left.reverse();
        at_once.load(&left).expect("loaded");
        prop_assert_eq!(&incremental, &lines(&at_once));
        store.rebuild().expect("rebuilt");
        prop_assert_eq!(&incremental, &lines(&store));
    }

    /// A journal that is taken over by a store with the same articles is the same there, byte for
    /// byte, and does the same; taken over again, it changes nothing.
    #[test]
    fn a_journal_is_the_same_in_another_store(
        drafts in prop::collection::vec(drafts(), 1..6),
        corrections in prop::collection::vec((0..3_usize, any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<bool>()), 1..8),
    ) {
        let graphs: Vec<ArticleGraph> = drafts.iter().map(Draft::build).collect();
        let (ours, theirs) = (store(), store());
        ours.load(&graphs).expect("loaded");
        theirs.load(&graphs).expect("loaded");
        for (action, of, with, is_undone) in corrections {
            let action = Action::ALL[action];
            let class = if action == Action::Forget { "ng:Meeting" } else { "schema:Person" };
            let things = answers(&ours, &format!("SELECT ?x {{ ?x a {class} }}"));
            if things.is_empty() {
                continue;
            }
            let pick = |index: prop::sample::Index| {
                NamedNode::new_unchecked(format!("{}{}", ours.base(), things[index.index(things.len())]))
            };
            let (of, with) = (pick(of), pick(with));
            if action == Action::Merge && of == with {
                continue;
            }
            let with = (action == Action::Merge).then_some(&with);
            let made = ours.correct(action, &of, with).expect("corrected");
            if is_undone {
                ours.undo(made.number).expect("undone");
            }
        }
        let told = journal(&ours);
        for result in restore(&theirs, &told) {
            prop_assert!(matches!(result, Ok(Restored::Added(_))), "{:?}", result);
        }
        prop_assert_eq!(&told, &journal(&theirs));
        prop_assert_eq!(lines(&ours), lines(&theirs));
        for result in restore(&theirs, &told) {
            prop_assert!(matches!(result, Ok(Restored::Known)), "{:?}", result);
        }
        prop_assert_eq!(lines(&ours), lines(&theirs));
    }
}
