//! The example queries of `ontology/queries/` answer what they say they answer.

mod drafts;

use std::collections::BTreeSet;
use std::path::Path;

use drafts::{Draft, week};
use newsgraph::graph::{ArticleGraph, Base};
use newsgraph::store::Store;
use oxigraph::model::Term;
use oxigraph::sparql::QueryResults;

const TESTED: [&str; 7] = [
    "disagreements",
    "planned_meetings",
    "said_in_several_articles",
    "who_held_which_office_when",
    "who_holds_which_office",
    "who_met_where_and_when",
    "who_said_what",
];

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/ontology/queries"))
}

/// The rows of a query on the week's articles, cells joined by ` | `.
fn rows(query: &str) -> Vec<String> {
    let store = Store::in_memory(Base::default()).expect("a store in memory");
    // Without the mayor of Little Whinging, who makes two of one name.
    let drafts = week().into_iter().filter(|d| d.article.id != "e.txt");
    let graphs: Vec<ArticleGraph> = drafts.map(|d| Draft::build(&d)).collect();
    store.load(&graphs).expect("loaded");
    let sparql = std::fs::read_to_string(folder().join(format!("{query}.rq"))).expect("a query");
    let QueryResults::Solutions(solutions) = store.query(&sparql).expect("an answer") else {
        panic!("{query} is no SELECT query");
    };
    solutions
        .map(|solution| {
            let solution = solution.expect("a solution");
            let cells: Vec<&str> = solution
                .values()
                .iter()
                .map(|value| match value {
                    Some(Term::Literal(literal)) => literal.value(),
                    Some(Term::NamedNode(iri)) => iri.as_str(),
                    _ => "",
                })
                .collect();
            cells.join(" | ")
        })
        .collect()
}

#[test]
fn every_query_is_tested() {
    let found: BTreeSet<String> = std::fs::read_dir(folder())
        .expect("the folder of queries")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .replace(".rq", "")
        })
        .collect();
    assert_eq!(found, TESTED.map(str::to_owned).into());
}

#[test]
fn who_holds_which_office() {
    assert_eq!(
        rows("who_holds_which_office"),
        [
            "Mark Rutte | secretary-general |  | NATO | current | 1",
            "Friedrich Merz | chancellor | Germany |  | current | 1",
            "Volodymyr Zelensky | president | Ukraine |  | current | 1",
            "Donald Trump | president | United States |  | current | 1",
        ]
    );
}

#[test]
fn who_met_where_and_when() {
    let met = "Donald Trump met Volodymyr Zelensky at the White House";
    let longer = format!("{met} in Washington");
    assert_eq!(
        rows("who_met_where_and_when"),
        [
            format!("a.txt | held | Donald Trump | {longer}"),
            "a.txt | held | Donald Trump | was with them".to_owned(),
            format!("a.txt | held | Friedrich Merz | {longer}"),
            "a.txt | held | Friedrich Merz | was with them".to_owned(),
            format!("a.txt | held | Volodymyr Zelensky | {longer}"),
            "a.txt | held | Volodymyr Zelensky | was with them".to_owned(),
            format!("b.txt | held | Donald Trump | {met}"),
            format!("b.txt | held | Volodymyr Zelensky | {met}"),
        ]
    );
}

#[test]
fn planned_meetings() {
    assert_eq!(
        rows("planned_meetings"),
        [
            "meeting of Friedrich Merz and Emmanuel Macron, 2025-08-22 | planned | 2025-08-22 | Berlin | d é/1.json"
        ]
    );
}

#[test]
fn who_said_what() {
    assert_eq!(
        rows("who_said_what"),
        [
            "Donald Trump | direct | “We will have a very good peace” | Truth Social | a.txt",
            "Donald Trump | direct | “We will have a very good peace,” |  | b.txt",
            "Mark Rutte | indirect | that he was glad |  | b.txt",
        ]
    );
}

#[test]
fn said_in_several_articles() {
    assert_eq!(
        rows("said_in_several_articles"),
        [
            "Donald Trump | 2 | a.txt | “We will have a very good peace”",
            "Donald Trump | 2 | b.txt | “We will have a very good peace,”",
        ]
    );
}

#[test]
fn disagreements() {
    assert_eq!(
        rows("disagreements"),
        [
            "Donald Trump and Volodymyr Zelensky | date | 2025-08-17 | c.html | 2025-08-18 | a.txt",
            "Donald Trump and Volodymyr Zelensky | date | 2025-08-17 | c.html | 2025-08-18 | b.txt",
            "Friedrich Merz: chancellor | status | current | a.txt | former | c.html",
        ]
    );
}

#[test]
fn who_held_which_office_when() {
    assert_eq!(
        rows("who_held_which_office_when"),
        [
            "Friedrich Merz | current | 2025-08-19 | 2025-08-19 | true | a.txt",
            "Friedrich Merz | former | 2025-08-20 | 2025-08-20 | false | c.html",
        ]
    );
}
