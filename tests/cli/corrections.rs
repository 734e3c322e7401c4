//! Corrections that go from one store to another.

use super::*;

const OTHER: &str = "BERGEN, May 7, 2024 (Harbour News) - French President Emanuel Macron met \
    Chancellor Olaf Scholz in Bergen on Monday.\n";

#[test]
fn a_list_of_corrections_is_taken_over_and_listed_the_same() {
    let desk = Desk::new();
    let list = r#"{"number":3,"action":"merge","of":["person/emmanuel-macron"],"with":"person/olaf-scholz"}
{"number":7,"action":"forget","of":["article/a.txt#meeting-1"],"with":null}
"#;
    desk.write("a.txt", ARTICLE)
        .write("b.txt", OTHER)
        .write("mine.jsonl", list);
    let import = |file: &str| desk.ok(&["corrections", "--memory", "a.txt", "--import", file]);
    assert_eq!(import("mine.jsonl"), list);
    // With the marks of a text editor and blank lines; one line stands there twice.
    let edited = format!("\u{feff}{}\r\n{list}", list.replace('\n', "\r\n"));
    desk.write("edited.jsonl", edited);
    assert_eq!(import("edited.jsonl"), list);
    let from_stdin = desk.run_with(&["corrections", "--memory", "a.txt", "--import", "-"], list);
    assert_eq!(
        from_stdin
            .status(0)
            .mentions("-: 2 taken over, 0 known, 0 skipped")
            .stdout,
        list
    );
}

#[test]
fn bad_lines_are_named_and_the_others_taken_over() {
    let desk = Desk::new();
    let list = r#"{"action":"merge","of":["person/emmanuel-macron"],"with":"person/nobody"}
{"action":"merge"

{"action":"rename","of":["person/olaf-scholz"]}
{"action":"forget","of":["article/a.txt#meeting-1"]}
"#;
    desk.write("a.txt", ARTICLE).write("mine.jsonl", list);
    let run = desk.run(&["corrections", "--memory", "a.txt", "--import", "mine.jsonl"]);
    let expected = "\
skipped: mine.jsonl:1: expected something of the graph, found nothing with the IRI person/nobody
  hint: `newsgraph build` the articles that speak of it, then import again
skipped: mine.jsonl:2: column 17: malformed JSON: EOF while parsing an object
skipped: mine.jsonl:4: expected merge, split or forget as the action, found \"rename\"
  hint: such as {\"action\":\"merge\",\"of\":[\"person/ann-lee\"],\"with\":\"person/a-lee\"}
mine.jsonl: 1 taken over, 0 known, 3 skipped
1 correction
";
    let run = run.status(1).mentions(expected);
    assert_eq!(
        run.stdout,
        "{\"number\":1,\"action\":\"forget\",\"of\":[\"article/a.txt#meeting-1\"],\"with\":null}\n"
    );
    desk.run(&[
        "corrections",
        "--memory",
        "a.txt",
        "--import",
        "nowhere.jsonl",
    ])
    .status(2)
    .mentions("error: cannot read nowhere.jsonl: No such file or directory");
}

#[cfg(feature = "rocksdb")]
#[test]
fn corrections_of_one_store_are_those_of_another() {
    let desk = Desk::new();
    desk.write("a.txt", ARTICLE).write("b.txt", OTHER);
    desk.ok(&["build", "a.txt", "b.txt", "--store", "one"]);
    desk.ok(&["build", "a.txt", "b.txt", "--store", "two"]);
    desk.ok(&["merge", "Emmanuel Macron", "Olaf Scholz", "--store", "one"]);
    desk.ok(&["forget", "article/a.txt#meeting-1", "--store", "one"]);
    let ours = desk.ok(&["corrections", "--store", "one"]);
    desk.write("ours.jsonl", &ours);
    let import = ["corrections", "--import", "ours.jsonl", "--store", "two"];
    assert_eq!(desk.ok(&import), ours);
    desk.run(&import)
        .status(0)
        .mentions("ours.jsonl: 0 taken over, 2 known, 0 skipped");
    assert_eq!(desk.ok(&["corrections", "--store", "two"]), ours);
    let graph = |store: &str| desk.ok(&["export", "--format", "nquads", "--store", store]);
    assert_eq!(graph("one"), graph("two"));
}
