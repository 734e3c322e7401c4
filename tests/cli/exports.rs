//! Files that `export` writes.

use std::collections::BTreeSet;

use newsgraph::export::ExportFormat;
use oxigraph::io::RdfParser;

use super::{ARTICLE, Desk, articles};

#[test]
fn every_rdf_format_holds_the_same_graph() {
    let desk = Desk::new();
    let articles = articles();
    let read = |format: ExportFormat| -> BTreeSet<String> {
        let file = format!("graph.{}", format.extension());
        desk.ok(&[
            "export", "--quiet", "--memory", &articles, "--output", &file,
        ]);
        let bytes = std::fs::read(desk.path(&file)).unwrap();
        RdfParser::from_format(format.rdf().unwrap())
            .for_slice(&bytes)
            .map(|quad| quad.unwrap().to_string())
            .collect()
    };
    let turtle = read(ExportFormat::Turtle);
    assert!(turtle.len() > 1000, "{}", turtle.len());
    assert_eq!(turtle, read(ExportFormat::NTriples));
    assert_eq!(turtle, read(ExportFormat::RdfXml));
    let quads = read(ExportFormat::NQuads);
    assert!(quads.is_superset(&turtle) && quads.len() > turtle.len());
    assert_eq!(quads, read(ExportFormat::TriG));
    assert_eq!(quads, read(ExportFormat::JsonLd));
    assert!(
        !desk.read("graph.ttl").contains("_:"),
        "blank nodes in Turtle"
    );
}

#[test]
fn tables_have_the_columns_of_the_contract_and_spans_that_are_their_words() {
    let desk = Desk::new();
    desk.write("good.txt", ARTICLE);
    desk.ok(&["export", "--memory", "good.txt", "--format", "csv"]);
    let headers = [
        (
            "articles",
            "article,title,publisher,date,url,language,words,graph",
        ),
        (
            "entities",
            "entity,type,name,aliases,country,same_as,articles,mentions",
        ),
        (
            "roles",
            "article,entity,person,role,organization,country,country_code,status,start,end,evidence,confidence,witnesses,conflicts",
        ),
        (
            "meetings",
            "article,meeting_id,kind,participants,participant_entities,location,country,country_code,date,status,start,end,evidence,confidence,witnesses,conflicts",
        ),
        (
            "statements",
            "article,statement_id,entity,speaker,speaker_text,kind,content,content_spans,cue,addressee,medium,via,confidence,witnesses,conflicts",
        ),
    ];
    for (name, header) in headers {
        let table = desk.read(&format!("newsgraph-tables/{name}.csv"));
        assert_eq!(table.split("\r\n").next(), Some(header));
        assert!(table.split("\r\n").count() > 2, "no rows in {name}.csv");
    }
    let text: Vec<char> = ARTICLE.chars().collect();
    let mut roles = csv::Reader::from_path(desk.path("newsgraph-tables/roles.csv")).unwrap();
    for row in roles.records() {
        let row = row.unwrap();
        let (start, end): (usize, usize) = (row[8].parse().unwrap(), row[9].parse().unwrap());
        assert_eq!(text[start..end].iter().collect::<String>(), row[10]);
    }
    let statements = desk.read("newsgraph-tables/statements.csv");
    assert!(statements.contains("“We want a bridge,”"), "{statements}");
}

#[test]
fn pictures_can_be_of_a_part() {
    let desk = Desk::new();
    let articles = articles();
    let draw = |arguments: &[&str]| {
        let mut all = vec!["export", "--quiet", "--memory", &articles];
        all.extend(arguments);
        desk.ok(&all)
    };
    let nodes = |dot: &str| dot.lines().filter(|line| line.contains("shape=")).count();
    let whole = draw(&["--format", "dot", "--limit", "30"]);
    assert!((20..=30).contains(&nodes(&whole)), "{}", nodes(&whole));
    let near = draw(&["--format", "dot", "--focus", "biden"]);
    let far = draw(&["--format", "dot", "--focus", "biden", "--hops", "2"]);
    assert!(near.contains("label=\"Joe Biden\""));
    assert!((2..nodes(&far)).contains(&nodes(&near)));
    let svg = draw(&["--format", "svg", "--focus", "biden"]);
    assert!(svg.starts_with("<svg ") && svg.contains(">Joe Biden</text>"));
}
