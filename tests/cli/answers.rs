//! What commands answer where all is well.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use super::{ARTICLE, Desk, articles};

#[test]
fn answers_come_in_every_format() {
    let desk = Desk::new();
    desk.write("good.txt", ARTICLE);
    let ask = |format: &str, sparql: &str| {
        desk.ok(&[
            "query", "--quiet", "--memory", "good.txt", "--format", format, sparql,
        ])
    };
    let select =
        "SELECT ?id ?day { ?a a ng:Article ; schema:identifier ?id ; schema:datePublished ?day }";
    assert_eq!(ask("csv", select), "id,day\r\ngood.txt,2024-05-06\r\n");
    assert_eq!(
        ask("tsv", select),
        "?id\t?day\n\"good.txt\"\t\"2024-05-06\"^^<http://www.w3.org/2001/XMLSchema#date>\n"
    );
    let json: serde_json::Value = serde_json::from_str(&ask("json", select)).unwrap();
    assert_eq!(json["results"]["bindings"][0]["id"]["value"], "good.txt");
    assert!(ask("xml", select).contains("<literal>good.txt</literal>"));
    let table = ask("table", select);
    assert!(table.contains("│ good.txt ┆ 2024-05-06 │"), "{table}");
    assert_eq!(ask("table", "ASK { ?a a ng:Article }"), "true\n");
    assert!(ask("json", "ASK { ?a a ng:Nothing }").contains("false"));
    let construct = "CONSTRUCT { ?a schema:identifier ?id } WHERE { ?a schema:identifier ?id }";
    assert_eq!(
        ask("turtle", construct),
        "@base <https://w3id.org/newsgraph/id/> .\n@prefix schema: <https://schema.org/> .\n\n\
         <article/good.txt>\n    schema:identifier \"good.txt\" .\n"
    );
    assert_eq!(
        ask("ntriples", construct),
        "<https://w3id.org/newsgraph/id/article/good.txt> <https://schema.org/identifier> \"good.txt\" .\n"
    );
    let described = ask(
        "jsonld",
        "DESCRIBE <https://w3id.org/newsgraph/id/article/good.txt>",
    );
    assert!(described.contains("good.txt"));
    serde_json::from_str::<serde_json::Value>(&described).unwrap();
}

#[test]
fn without_a_terminal_answers_are_csv_and_graphs_turtle() {
    let desk = Desk::new();
    desk.write("good.txt", ARTICLE)
        .write("q.rq", "ASK { ?a a ng:Article }");
    let ask = |sparql: &str| desk.ok(&["query", "--memory", "good.txt", sparql]);
    assert_eq!(
        ask("SELECT ?id { ?a schema:identifier ?id }"),
        "id\r\ngood.txt\r\n"
    );
    assert!(ask("DESCRIBE ?a { ?a a ng:Article }").starts_with("@base "));
    assert_eq!(
        desk.ok(&["query", "--memory", "good.txt", "--file", "q.rq"]),
        "true\n"
    );
    let run = desk.run_with(
        &["query", "--memory", "good.txt", "-"],
        "ASK { ?a a ng:Article }",
    );
    assert_eq!(run.stdout, "true\n");
}

#[test]
fn show_finds_a_person_by_any_form_of_the_name() {
    let desk = Desk::new();
    desk.write("good.txt", ARTICLE);
    let show = |name: &str| desk.ok(&["show", "--memory", "good.txt", name]);
    let shown = show("Emmanuel Macron");
    assert!(
        shown.starts_with("Emmanuel Macron  person/emmanuel-macron\n"),
        "{shown}"
    );
    for words in [
        "president, France (current)",
        "with Olaf Scholz",
        "\n  “We want a bridge,”\n    direct, “said”\n",
        "\n    >>“We want a bridge,” Macron said<<. [good.txt ",
        ">>French President Emmanuel Macron<< met German Chancellor",
    ] {
        assert!(shown.contains(words), "no {words} in\n{shown}");
    }
    assert!(
        shown.lines().all(|line| line.chars().count() <= 100),
        "{shown}"
    );
    for form in [
        "emmanuel macron",
        "MACRON",
        "Émmanuel Mácron",
        "person/emmanuel-macron",
    ] {
        assert_eq!(show(form), shown, "{form}");
    }
    let france = show("France");
    assert!(
        france.contains("country, in 1 article, not by name\n"),
        "{france}"
    );
    assert!(
        france.contains("Emmanuel Macron: president (current)"),
        "{france}"
    );
    assert_eq!(show("country/FR"), france);
}

#[test]
fn extract_prints_facts_whose_spans_are_their_words() {
    let desk = Desk::new();
    desk.write("good.txt", ARTICLE);
    let line = desk.ok(&[
        "extract", "good.txt", "--stage", "fact", "--format", "jsonl",
    ]);
    assert_eq!(line.lines().count(), 1);
    let record: serde_json::Value = serde_json::from_str(&line).unwrap();
    let keys: Vec<&str> = record
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let expected = "id date language names times entities roles meetings statements notes";
    assert_eq!(keys.join(" "), expected);
    let text: Vec<char> = ARTICLE.chars().collect();
    let words = |span: &serde_json::Value| -> String {
        let at = |i: usize| usize::try_from(span[i].as_u64().unwrap()).unwrap();
        text[at(0)..at(1)].iter().collect()
    };
    let statement = &record["statements"][0];
    assert_eq!(words(&statement["content"][0]), "“We want a bridge,”");
    assert_eq!(words(&statement["source"][0]), "Macron");
    assert_eq!(words(&statement["cue"][0]), "said");
    assert_eq!(statement["speaker"], "Emmanuel Macron");
    for entity in record["entities"].as_array().unwrap() {
        assert!(entity["mentions"][0].is_array(), "{entity}");
    }
}

#[test]
fn extract_has_every_stage() {
    let desk = Desk::new();
    desk.write("good.txt", ARTICLE);
    let extract = |stage: &str| desk.ok(&["extract", "good.txt", "--stage", stage]);
    for stage in ["document", "mention"] {
        let record: serde_json::Value = serde_json::from_str(&extract(stage)).unwrap();
        assert_eq!(record["id"], "good.txt");
    }
    assert!(extract("annotation").starts_with("# newdoc id = good.txt\n"));
    let quads = extract("triple");
    let name = " <https://w3id.org/newsgraph/id/article/good.txt> .";
    assert!(quads.lines().count() > 50 && quads.lines().all(|line| line.ends_with(name)));
    let trig = desk.ok(&[
        "extract", "good.txt", "--stage", "triple", "--format", "trig",
    ]);
    assert!(trig.contains("\n<article/good.txt> {\n"), "{trig}");
}

#[test]
fn annotation_keeps_the_tokens_of_conllu() {
    let desk = Desk::new();
    desk.write(
        "gold.conllu",
        "# newdoc id = d1\n1\tNew York\t_\t_\t_\t_\t_\t_\t_\t_\n2\tsleeps\t_\t_\t_\t_\t_\t_\t_\t_\n\n",
    );
    let out = desk.ok(&["extract", "gold.conllu", "--stage", "annotation"]);
    assert!(
        out.starts_with("# newdoc id = d1\n") && out.contains("\n1\tNew York\t"),
        "{out}"
    );
}

#[test]
fn the_number_of_jobs_changes_no_byte() {
    let desk = Desk::new();
    let articles = articles();
    for stage in ["fact", "triple"] {
        let one = desk.ok(&["extract", &articles, "--stage", stage, "--jobs", "1"]);
        let four = desk.ok(&["extract", &articles, "--stage", stage, "--jobs", "4"]);
        assert!(one == four && !one.is_empty(), "{stage}");
    }
    let one = desk.ok(&[
        "export", "--memory", &articles, "--jobs", "1", "--format", "nquads",
    ]);
    let three = desk.ok(&[
        "export", "--memory", &articles, "--jobs", "3", "--format", "nquads",
    ]);
    assert!(one == three && !one.is_empty());
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let desk = Desk::new();
    let articles = articles();
    for arguments in [
        &["extract", &articles, "--stage", "triple"][..],
        &[
            "export", "--quiet", "--memory", &articles, "--format", "nquads",
        ],
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_newsgraph"))
            .current_dir(desk.path(""))
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        let mut stdout = BufReader::with_capacity(16, child.stdout.take().unwrap());
        stdout.read_line(&mut first).unwrap();
        assert!(!first.is_empty());
        drop(stdout);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    }
}

#[test]
fn completions_are_for_this_program() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = desk.ok(&["completions", shell]);
        assert!(
            script.contains("newsgraph") && script.contains("conflicts"),
            "{shell}"
        );
    }
}

#[cfg(feature = "rocksdb")]
mod stores {
    use super::*;

    #[test]
    fn building_again_takes_only_what_is_new_or_changed() {
        let desk = Desk::new();
        desk.write("news/a.txt", ARTICLE)
            .write("news/b.txt", ARTICLE.replace("Oslo", "Bergen"));
        let build = || desk.run(&["build", "news"]).status(0);
        build().mentions("2 articles read: 2 loaded, 0 replaced, 0 unchanged\n");
        build().mentions("2 articles read: 0 loaded, 0 replaced, 2 unchanged\n");
        desk.write("news/b.txt", ARTICLE.replace("Oslo", "Madrid"))
            .write("news/c.txt", ARTICLE);
        build()
            .mentions("3 articles read: 1 loaded, 1 replaced, 1 unchanged\n")
            .mentions("3 articles in ./newsgraph-store");
        let all = desk.ok(&["export", "--format", "nquads"]);
        assert!(all.contains("Madrid") && !all.contains("Bergen"));
        assert_eq!(
            all,
            desk.ok(&["export", "--memory", "news", "--format", "nquads"])
        );
    }

    #[test]
    fn what_was_one_entity_and_is_several_is_said() {
        let desk = Desk::new();
        let day = "OSLO, May 6, 2024 - ";
        desk.write(
            "a.txt",
            format!("{day}Norwegian Fisheries Minister Ida Lund opened the bridge.\n"),
        )
        .write(
            "b.txt",
            format!("{day}Ida Lund praised the new bridge, and others did so too.\n"),
        )
        .write(
            "c.txt",
            format!("{day}Danish Prime Minister Ida Lund did not come to see it.\n"),
        );
        let first = desk.run(&["build", "a.txt", "b.txt"]).status(0);
        assert!(!first.stderr.contains("split"), "{}", first.stderr);
        desk.run(&["build", "c.txt"]).status(0).mentions(
            "split: person/ida-lund is 2 now: the name alone fits several now\n  \
             Ida Lund  person/ida-lund  in b.txt\n  \
             Ida Lund (fisheries minister of Norway)  person/ida-lund_NO  in a.txt\n",
        );
        let why = desk.ok(&["show", "person/ida-lund_NO", "--why"]);
        assert!(why.contains("Not the same (2)"), "{why}");
    }

    #[test]
    fn an_article_is_taken_back_without_trace() {
        let desk = Desk::new();
        desk.write("a.txt", ARTICLE).ok(&["build", "a.txt"]);
        let before = desk.ok(&["export", "--format", "nquads"]);
        let other = ARTICLE
            .replace("Macron", "Mattarella")
            .replace("French", "Italian");
        desk.write("b.txt", other).ok(&["build", "b.txt"]);
        assert!(
            desk.ok(&["export", "--format", "nquads"])
                .contains("Mattarella")
        );
        desk.run(&["remove", "b.txt"])
            .status(0)
            .says("removed 1 article, 1 left");
        assert_eq!(desk.ok(&["export", "--format", "nquads"]), before);
        assert_eq!(desk.ok(&["info", "--articles"]), "a.txt\t2024-05-06\t\t\n");
    }

    #[test]
    fn info_counts_what_there_is() {
        let desk = Desk::new();
        desk.write("a.txt", ARTICLE)
            .ok(&["build", "a.txt", "--store", "here"]);
        let info = desk.ok(&["info", "--store", "here"]);
        assert!(
            info.starts_with("here\n  articles: 1, 2024-05-06 to 2024-05-06\n"),
            "{info}"
        );
        assert!(info.contains("persons") && info.contains("base: https://w3id.org/newsgraph/id/"));
    }
}

#[test]
fn what_was_built_conforms_to_the_shapes() {
    let desk = Desk::new();
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/articles");
    let run = desk.run(&["--quiet", "check", "--memory", samples]);
    assert_eq!(run.stdout, "");
    run.status(0);
}

#[test]
fn conflicts_show_the_words_of_each_side() {
    let desk = Desk::new();
    desk.write("a.txt", ARTICLE)
        .write("b.txt", ARTICLE.replace("in Oslo", "in Madrid"));
    let out = desk.ok(&["conflicts", "--memory", "a.txt", "--memory", "b.txt"]);
    assert!(out.contains("location\n"), "{out}");
    assert!(
        out.contains("Madrid, Spain in b.txt\n") && out.contains("Oslo, Norway in a.txt\n"),
        "{out}"
    );
    let lines = desk.ok(&[
        "conflicts",
        "--memory",
        "a.txt",
        "--memory",
        "b.txt",
        "--format",
        "jsonl",
    ]);
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    let words = first["sides"][0]["words"].as_str().unwrap();
    let (start, end) = (
        first["sides"][0]["start"].as_u64(),
        first["sides"][0]["end"].as_u64(),
    );
    assert_eq!(words.chars().count() as u64, end.unwrap() - start.unwrap());
    assert_eq!(
        desk.run(&["conflicts", "--memory", "a.txt"])
            .status(0)
            .stdout,
        ""
    );
}
