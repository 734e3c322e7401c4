//! Stories, and what stands for one thing across articles, as users ask for them.

use serde_json::{Value, json};

use super::{Desk, Run};

const RECORDS: [(&str, &str, &str, &str); 3] = [
    (
        "ferry-1",
        "Ferry sinks off Vikøya",
        "2031-03-03",
        "The ferry Astrid sank off Vikøya on Monday. Captain Ada Lund rescued forty passengers.",
    ),
    (
        "sugar",
        "Bakers angry at sugar tax",
        "2031-03-03",
        "The parliament of Norland raised taxes on sugar, and bakers protested.",
    ),
    (
        "ferry-2",
        "Forty saved by captain",
        "2031-03-05",
        "Ada Lund, captain of the ferry Astrid that sank off Vikøya, saved forty passengers.",
    ),
];

fn desk() -> Desk {
    let desk = Desk::new();
    let record = |(id, title, date, text): &(&str, &str, &str, &str)| {
        let start = text.find("sank").map(|byte| text[..byte].chars().count());
        let mentions: Vec<Value> = start
            .map(|start| json!({ "start": start, "end": start + 4, "slot": "action" }))
            .into_iter()
            .collect();
        json!({ "id": id, "date": date, "title": title, "text": text, "mentions": mentions, "desk": id })
            .to_string()
    };
    let lines: Vec<String> = RECORDS.iter().map(record).collect();
    desk.write("news.jsonl", lines.join("\n"));
    desk
}

fn objects(out: &str) -> Vec<Value> {
    out.lines()
        .map(|line| serde_json::from_str(line).expect("one JSON object a line"))
        .collect()
}

#[test]
fn stories_shows_what_articles_tell_of_one_event() {
    let out = desk().ok(&["stories", "news.jsonl"]);
    assert_eq!(
        out,
        "story-1: Ferry sinks off Vikøya\n  2 articles, 2031-03-03 to 2031-03-05\n  people: Ada Lund\n    \
         ferry-1 Ferry sinks off Vikøya\n    ferry-2 Forty saved by captain\n\n\
         story-2: Bakers angry at sugar tax\n  1 article, 2031-03-03\n    sugar Bakers angry at sugar tax\n"
    );
}

#[test]
fn stories_are_one_json_object_each() {
    let stories = objects(&desk().ok(&["stories", "news.jsonl", "--format", "jsonl"]));
    assert_eq!(stories.len(), 2);
    assert_eq!(stories[0]["articles"], json!(["ferry-1", "ferry-2"]));
    assert_eq!(stories[0]["people"], json!(["Ada Lund"]));
    assert_eq!(stories[1]["from"], "2031-03-03");
}

#[test]
fn extract_gives_chains_in_the_order_of_the_input() {
    let desk = desk();
    let identity = |options: &[&str]| {
        let arguments = [&["extract", "news.jsonl", "--stage", "identity"], options].concat();
        objects(&desk.ok(&arguments))
    };
    let found = identity(&[]);
    let ids: Vec<&str> = found.iter().filter_map(|a| a["id"].as_str()).collect();
    assert_eq!(ids, ["ferry-1", "sugar", "ferry-2"]);
    assert_eq!(found[0]["cluster"], found[2]["cluster"]);
    let given = identity(&["--given-mentions"]);
    assert_eq!(given[0]["mentions"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        given[0]["mentions"][0]["chain"],
        given[2]["mentions"][0]["chain"]
    );
    let apart = identity(&["--given-mentions", "--topics", "desk"]);
    assert_ne!(apart[0]["cluster"], apart[2]["cluster"]);
    assert_eq!(identity(&["--jobs", "1"]), identity(&["--jobs", "4"]));
}

#[test]
fn what_is_given_must_be_there() {
    let desk = desk();
    desk.write("plain.txt", RECORDS[0].3);
    desk.write("bare.jsonl", r#"{"id": "a", "text": "The ferry sank."}"#);
    let stderr = |arguments: &[&str]| {
        let Run { status, stderr, .. } = desk.run(arguments);
        assert_eq!(status, 2, "{stderr}");
        stderr
    };
    let identity =
        |input: &str| stderr(&["extract", input, "--stage", "identity", "--given-mentions"]);
    assert!(identity("plain.txt").contains("expected a file of JSON Lines, found plain.txt"));
    let message = identity("bare.jsonl");
    assert!(
        message.contains("bare.jsonl:1: expected a list `mentions`, found none"),
        "{message}"
    );
    let message = stderr(&["extract", "plain.txt", "--given-mentions"]);
    assert!(
        message.contains("--given-mentions is for --stage identity"),
        "{message}"
    );
}
