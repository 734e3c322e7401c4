//! Bad input: a message that names file and place and says what to do; the rest goes on.

use super::{ARTICLE, Desk};

/// Builds in memory from a good article and a bad file; what stderr says of the bad one.
#[track_caller]
fn skipped(name: &str, content: impl AsRef<[u8]>, message: &str, reason: &str) {
    let desk = Desk::new();
    desk.write("good.txt", ARTICLE).write(name, content);
    let run = desk.run(&["build", "--memory", name, "good.txt"]).status(1);
    assert!(run.stdout.is_empty(), "data on stdout: {}", run.stdout);
    let run = run.mentions(&format!("skipped: {message}\n"));
    run.mentions("1 article read: 1 loaded, 0 replaced, 0 unchanged\n")
        .mentions(&format!("\n1 skipped: 1 {reason}\n"));
}

#[test]
fn a_missing_file_among_others() {
    let desk = Desk::new();
    desk.write("good.txt", ARTICLE);
    desk.run(&["build", "--memory", "no.txt", "good.txt"])
        .status(1)
        .mentions("skipped: no.txt: no such file or folder\n  hint: check the path")
        .mentions("1 article read: 1 loaded");
}

#[test]
fn nothing_but_missing_files_is_no_run() {
    let desk = Desk::new();
    for command in [&["build", "--memory", "no.txt"][..], &["extract", "no.txt"]] {
        desk.run(command)
            .status(2)
            .mentions("skipped: no.txt: no such file or folder\n")
            .mentions("error: no input was found, so nothing was done");
    }
    desk.run(&["build", "--memory", "*.html"])
        .status(2)
        .mentions("*.html: no file matches this pattern\n");
}

#[test]
fn an_empty_file() {
    skipped(
        "empty.txt",
        "",
        "empty.txt: the file is empty\n  hint: remove it, or fetch the article again",
        "the file is empty",
    );
}

#[test]
fn a_binary_file() {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    png.extend((0..=255u8).cycle().take(2_000));
    skipped(
        "photo.txt",
        png,
        "photo.txt: expected text, found a PNG image\n  hint: convert it to plain text, HTML, JSON or CSV in UTF-8 first",
        "expected text",
    );
}

#[test]
fn a_file_that_is_one_endless_line() {
    skipped(
        "long.txt",
        "word ".repeat(2_200_000),
        "long.txt: longer than 10000000 bytes, which no article is\n  hint: give one article a file, or JSON Lines with one article a line",
        "longer than 10000000 bytes, which no article is",
    );
}

#[test]
fn a_malformed_line_of_many() {
    let desk = Desk::new();
    let mut lines: Vec<String> = (1..=30)
        .map(|n| format!(r#"{{"id": "a{n}", "date": "2024-05-06", "text": "The mayor of Bergen met the governor of Oslo on Monday, number {n}."}}"#))
        .collect();
    lines[16] = r#"{"id": "a17", "text": "#.to_owned();
    desk.write("dump.jsonl", lines.join("\n"));
    desk.run(&["build", "--memory", "dump.jsonl"])
        .status(1)
        .mentions("skipped: dump.jsonl:17:")
        .mentions("malformed JSON: ")
        .mentions("  hint: mend this record, or leave it out; the others are read")
        .mentions("29 articles read: 29 loaded")
        .mentions("1 skipped: 1 malformed JSON");
}

#[test]
fn a_page_without_text() {
    skipped(
        "page.html",
        "<!doctype html><html><head><title>x</title></head><body><script>load()</script></body></html>",
        "page.html: no article text in this page\n  hint: the page may build its text by script: save it from a browser, or give plain text",
        "no article text in this page",
    );
}

#[test]
fn a_table_without_a_text_column() {
    skipped(
        "table.csv",
        "headline,wire\nOne,Two\n",
        "table.csv:1: no column for the text, found `headline`, `wire`\n  hint: name the column with --map text=COLUMN; a table that only describes other files is given with --metadata",
        "no column for the text",
    );
}

#[test]
fn another_language_is_skipped_unless_asked_for() {
    let spanish = "El presidente de Francia se reunió el lunes con el canciller alemán en Oslo. Los \
        dos hablaron durante tres horas sobre la energía y la defensa de Europa, según dijo un \
        portavoz del gobierno noruego. «Queremos un puente», dijo el presidente después de la \
        reunión, que tuvo lugar en el castillo de Akershus. El canciller añadió que las \
        conversaciones habían sido buenas y que viajará a París en junio.";
    skipped(
        "es.txt",
        spanish,
        "es.txt: not in English (recognised as Spanish)\n  hint: --language any reads it all the same",
        "not in English",
    );
    let desk = Desk::new();
    desk.write("es.txt", spanish);
    desk.run(&["build", "--memory", "--language", "any", "es.txt"])
        .status(0)
        .mentions("1 article read: 1 loaded");
}

#[test]
fn broken_utf8_is_read_as_windows_1252_and_said_so() {
    let desk = Desk::new();
    desk.write(
        "old.txt",
        b"The mayor of M\xfcnster said on Monday that the caf\xe9 would stay open for the people.",
    );
    desk.run(&["build", "--memory", "old.txt"])
        .status(0)
        .mentions("note: ")
        .mentions("Windows-1252");
}

#[test]
fn wrong_options_are_no_run() {
    let desk = Desk::new();
    desk.write("good.txt", ARTICLE);
    desk.run(&["build", "--memory", "--map", "body=x", "good.txt"])
        .status(2)
        .mentions("error: --map `body=x`: ")
        .mentions("\n  hint: write NAME=FIELD");
    desk.run(&["build", "--memory", "--map", "x", "good.txt"])
        .status(2)
        .mentions("expected NAME=FIELD");
    desk.run(&["build", "--memory", "--base", "here", "good.txt"])
        .status(2)
        .mentions("expected an absolute IRI that ends in “/” as the base, found “here”");
    desk.run(&["build", "--memory", "--metadata", "no.csv", "good.txt"])
        .status(2)
        .mentions("no.csv");
    desk.run(&["build"]).status(2).mentions("<INPUT>...");
    desk.run(&[
        "extract", "--stage", "fact", "--format", "conllu", "good.txt",
    ])
    .status(2)
    .mentions("error: stage fact has no format conllu\n  hint: ");
}

#[test]
fn faults_in_queries_name_line_and_column() {
    let desk = Desk::new();
    desk.write("good.txt", ARTICLE)
        .write("q.rq", "SELECT *\nWHERE { ?s a foo:Bar }\n");
    let ask = |sparql: &str| {
        desk.run(&["query", "--memory", "good.txt", sparql])
            .status(2)
    };
    ask("SELECT ?x WHERE { ?s ?p ?o } GROUP ?x")
        .mentions("error: query:1:36: expected BY\n 1 | SELECT ?x WHERE { ?s ?p ?o } GROUP ?x\n");
    ask("SELEC * { ?s ?p ?o }")
        .mentions("error: query:1:1: expected SELECT, ASK, CONSTRUCT or DESCRIBE\n");
    desk.run(&["query", "--memory", "good.txt", "--file", "q.rq"])
        .status(2)
        .mentions("error: q.rq:2:14: unknown prefix `foo:`\n 2 | WHERE { ?s a foo:Bar }\n   |              ^^^^\n  hint: declare it with PREFIX foo: <IRI>;");
    desk.run(&["query", "--memory", "good.txt", "--file", "no.rq"])
        .status(2)
        .mentions("error: cannot read the query in no.rq: No such file or directory");
    desk.run(&[
        "query",
        "--memory",
        "good.txt",
        "--format",
        "turtle",
        "SELECT * { ?s ?p ?o }",
    ])
    .status(2)
    .mentions("error: the answer is no graph and cannot be written as turtle\n  hint: ");
    desk.run(&[
        "query",
        "--memory",
        "good.txt",
        "--format",
        "csv",
        "DESCRIBE ng:Article",
    ])
    .status(2)
    .mentions("error: the answer is a graph, which cannot be written as csv\n  hint: ");
}

#[test]
fn outputs_that_cannot_be_written() {
    let desk = Desk::new();
    desk.write("good.txt", ARTICLE).write("file", "");
    let export = |output: &str, format: &str| {
        desk.run(&[
            "export", "--memory", "good.txt", "--format", format, "--output", output,
        ])
        .status(2)
    };
    export("no/such/graph.ttl", "turtle")
        .says("error: cannot write no/such/graph.ttl: No such file or directory (os error 2)\n  hint: make the folder no/such first");
    export("file/tables", "csv").mentions("error: cannot write file/tables: Not a directory");
    export("-", "csv")
        .says("error: the tables are five files\n  hint: give a folder with --output");
    desk.run(&["export", "--memory", "good.txt", "--output", "graph.docx"])
        .status(2)
        .says("error: no format known by the ending of graph.docx\n  hint: add --format");
    desk.run(&["export", "--memory", "good.txt", "--focus", "Macron"])
        .status(2)
        .says("error: --focus is for pictures\n  hint: add --format svg or --format dot");
}

#[test]
fn names_that_nothing_has() {
    let desk = Desk::new();
    desk.write("good.txt", ARTICLE);
    desk.run(&["show", "--memory", "good.txt", "Emanuel Macrom"])
        .status(2)
        .says("note: publication date taken from the dateline: good.txt\nerror: nothing named “Emanuel Macrom”\n  hint: did you mean Emmanuel Macron?");
}

#[cfg(feature = "rocksdb")]
mod stores {
    use super::*;
    use newsgraph::store::Store;

    #[test]
    fn a_folder_that_is_no_store_is_left_alone() {
        let desk = Desk::new();
        desk.write("good.txt", ARTICLE)
            .write("mine/thesis.txt", "precious");
        for command in [
            &["build", "good.txt", "--store", "mine"][..],
            &["query", "ASK {}", "--store", "mine"],
            &["remove", "good.txt", "--store", "mine"],
        ] {
            desk.run(command).status(2).says(
                "error: expected a newsgraph store in mine, found other files\n  hint: give an \
                 empty or a new folder with --store",
            );
        }
        assert_eq!(std::fs::read_dir(desk.path("mine")).unwrap().count(), 1);
    }

    #[test]
    fn where_there_is_no_store_reading_makes_none() {
        let desk = Desk::new();
        for command in [
            &["info"][..],
            &["show", "Macron"],
            &["remove", "a.txt"],
            &["export"],
        ] {
            desk.run(command).status(2).says(
                "error: expected a newsgraph store in ./newsgraph-store, found nothing there\n  \
                 hint: make one with `newsgraph build INPUT --store ./newsgraph-store`",
            );
        }
        assert!(!desk.path("newsgraph-store").exists());
    }

    #[test]
    fn a_store_of_a_newer_version() {
        let desk = Desk::new();
        desk.write("good.txt", ARTICLE).ok(&["build", "good.txt"]);
        let marker = "newsgraph-store/newsgraph-store.json";
        let newer = desk.read(marker).replace("\"format\":1", "\"format\":99");
        assert!(
            newer.contains("99"),
            "the marker is written otherwise now: {newer}"
        );
        desk.write(marker, newer);
        for command in [&["info"][..], &["build", "good.txt"]] {
            desk.run(command)
                .status(2)
                .mentions("error: expected a store of format 1 or older in ./newsgraph-store, found format 99\n  hint: ");
        }
    }

    #[test]
    fn a_store_in_use() {
        let desk = Desk::new();
        desk.write("good.txt", ARTICLE).ok(&["build", "good.txt"]);
        let held = Store::open(&desk.path("newsgraph-store"), None).unwrap();
        for command in [&["info"][..], &["build", "good.txt"]] {
            desk.run(command).status(2).mentions(
                "error: expected the store in ./newsgraph-store to be free, found it in use by \
                 another process\n  hint: ",
            );
        }
        drop(held);
        desk.ok(&["info"]);
    }

    #[test]
    fn another_base_than_the_stores() {
        let desk = Desk::new();
        desk.write("good.txt", ARTICLE).ok(&["build", "good.txt"]);
        desk.run(&["build", "good.txt", "--base", "https://example.org/x/"])
            .status(2)
            .mentions("error: expected graphs under the base https://w3id.org/newsgraph/id/");
    }

    #[test]
    fn removing_what_is_not_there() {
        let desk = Desk::new();
        desk.write("good.txt", ARTICLE).ok(&["build", "good.txt"]);
        desk.run(&["remove", "other.txt", "good.txt"])
            .status(1)
            .says(
                "warning: no article `other.txt` in ./newsgraph-store\n  hint: `newsgraph info \
             --articles` lists them\nremoved 1 article, 0 left",
            );
    }
}
