//! What the annotation promises of any text: sound trees, same answers, no panic, linear time.

use std::time::Instant;

use newsgraph::annotation::{Annotation, Annotator, NameTag, conllu};
use newsgraph::document::Document;
use proptest::prelude::*;

#[path = "annotation/sound.rs"]
mod sound;

use sound::check;

fn annotate(text: &str) -> (Document, Annotation) {
    let document = Document::new(text, &[]);
    let annotation = Annotator::embedded().annotate(&document);
    (document, annotation)
}

#[test]
fn odd_texts_give_sound_trees() {
    let nested = format!("{}x{}", "(".repeat(10_000), ")".repeat(10_000));
    let texts = [
        "",
        " \n\t\u{feff}",
        ".",
        "...!?!?,,,;;;—–-\"\"''““””‘’()[]{}<>",
        &nested,
        "🎉🎊 👩‍👩‍👧‍👦 🇺🇸🇫🇷 said 🤷🏽‍♀️.",
        "北京说，美国总统将于周二访问。日本の首相は東京で会談した。",
        "قال الرئيس إن المحادثات ستستمر. Президент сказал, что переговоры продолжатся.",
        "a\u{301}\u{302}\u{303} \u{202e}desrever\u{202c} \0\u{1} zero\u{200b}width",
        "THE PRESIDENT MET THE PRIME MINISTER IN PARIS ON MONDAY.",
        "the the the the the the the",
        "http://a.b/c@d.e#f @user #tag a@b.co www.x.yz",
    ];
    for text in texts {
        let (document, annotation) = annotate(text);
        check(&document, &annotation);
    }
}

#[test]
fn a_text_in_one_line_takes_linear_time() {
    // Without a full stop, so that it is one sentence.
    let piece = "Mr Lee of the United Nations met 12 envoys in Paris and they said ";
    let time = |times: usize| {
        let text = piece.repeat(times);
        let start = Instant::now();
        let (document, annotation) = annotate(&text);
        let taken = start.elapsed().as_secs_f64();
        assert_eq!(document.sentences.len(), 1);
        check(&document, &annotation);
        taken
    };
    let scale = if cfg!(debug_assertions) { 100 } else { 1_500 };
    time(scale / 10);
    let (short, long) = (time(scale), time(scale * 10));
    assert!(
        long < short * 30.0,
        "{short:.2} s for one part, {long:.2} s for ten"
    );
}

#[test]
fn a_million_words_in_one_line_give_sound_trees() {
    let scale = if cfg!(debug_assertions) {
        1_000
    } else {
        100_000
    };
    let text = "Ten words that go on, about Ms. Lee of Peru ".repeat(scale);
    let (document, annotation) = annotate(&text);
    assert!(document.tokens.len() >= 10 * scale);
    check(&document, &annotation);
}

#[test]
fn the_same_text_gives_the_same_annotation() {
    let text = include_str!("../benches/annotation.txt");
    let (_, first) = annotate(text);
    annotate("Something else entirely, by Jane Doe.");
    let (_, second) = annotate(text);
    assert_eq!(first, second);
}

#[test]
fn conllu_is_read_as_it_was_written() {
    let text = include_str!("../benches/annotation.txt");
    let (document, annotation) = annotate(text);
    let multiwords = conllu::multiwords(&document, &annotation);
    assert!(multiwords.iter().any(|r| document.word(r.end - 1) == "’s"));
    let shown = conllu::write("a b", &document, &annotation, &multiwords);
    let read = conllu::read(&shown).expect("what was written is CoNLL-U");
    assert_eq!(read.len(), 1);
    assert_eq!(read[0].id.as_deref(), Some("a b"));
    assert_eq!(read[0].annotation, annotation);
    assert_eq!(read[0].multiwords, multiwords);
    let words = |d: &Document| {
        (0..d.tokens.len())
            .map(|i| d.word(i).to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(words(&read[0].document), words(&document));
    let cuts = |d: &Document| {
        d.sentences
            .iter()
            .map(|s| s.tokens.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(cuts(&read[0].document), cuts(&document));
    let again = conllu::write(
        "a b",
        &read[0].document,
        &read[0].annotation,
        &read[0].multiwords,
    );
    assert_eq!(again.lines().count(), shown.lines().count());
}

#[test]
fn faults_in_conllu_are_named_with_their_line() {
    let error = |text: &str| conllu::read(text).expect_err("no CoNLL-U").to_string();
    assert!(
        error("# a\nword\n").starts_with("line 2: expected ten columns, found \"word\"\nhint: ")
    );
    let columns = "1\ta\ta\tX\tXX\t_\t0\troot\t_\t_\n";
    assert!(error(&columns.replacen('1', "2", 1)).contains("ids counting up from 1"));
    assert!(error(&columns.replace("\t0\t", "\tx\t")).contains("a head's id"));
    assert!(error(&columns.replace("\t0\t", "\t9\t")).contains("heads inside their sentence"));
}

#[test]
fn the_model_is_small() {
    let size = include_bytes!("../models/annotation.bin").len();
    assert!(size < 30_000_000, "{size} bytes");
}

/// `word/UPOS/XPOS/lemma head:relation name`, one a line, as in the golden files.
fn show(document: &Document, annotation: &Annotation) -> String {
    let mut out = String::new();
    for sentence in &document.sentences {
        let ids = sentence.tokens.clone();
        let rows: [Vec<String>; 6] = [
            ids.clone().map(|id| document.word(id).to_owned()).collect(),
            ids.clone()
                .map(|id| annotation.tokens[id].upos.to_string())
                .collect(),
            ids.clone()
                .map(|id| annotation.tokens[id].lemma.clone())
                .collect(),
            ids.clone()
                .map(|id| {
                    annotation
                        .head(id)
                        .map_or("·".into(), |h| document.word(h).to_owned())
                })
                .collect(),
            ids.clone()
                .map(|id| annotation.tokens[id].deprel.to_string())
                .collect(),
            ids.map(|id| match annotation.tokens[id].name {
                NameTag::Outside => "·".into(),
                tag => tag.to_string(),
            })
            .collect(),
        ];
        let widths: Vec<usize> = (0..rows[0].len())
            .map(|i| rows.iter().map(|r| r[i].chars().count()).max().unwrap_or(0))
            .collect();
        for row in rows {
            let cells: Vec<String> = row
                .iter()
                .zip(&widths)
                .map(|(cell, &width)| format!("{cell:width$}"))
                .collect();
            out.push_str(cells.join(" ").trim_end());
            out.push('\n');
        }
        out.push('\n');
    }
    out
}

/// The golden file holds a text a block: prose, then in fences the text and what is expected
/// under its words: part of speech, lemma, head, relation, name.
#[test]
fn tags_stand_under_their_words() {
    let golden = include_str!("annotation/tags.md");
    let mut blocks = golden.split("```").skip(1).step_by(2);
    let (mut checked, mut faults) = (0, String::new());
    while let (Some(text), Some(expected)) = (blocks.next(), blocks.next()) {
        let text = text.trim_start_matches("text").trim();
        let (document, annotation) = annotate(text);
        let found = show(&document, &annotation);
        let expected = expected.trim_start_matches("annotation").trim();
        if found.trim() != expected {
            faults.push_str(&format!(
                "
found:
{found}
expected:
{expected}
"
            ));
        }
        checked += 1;
    }
    assert!(faults.is_empty(), "{faults}");
    assert!(checked >= 4, "{checked} texts in the golden file");
}

proptest! {
    #[test]
    fn any_text_gives_sound_trees(text in "\\PC{0,200}") {
        let (document, annotation) = annotate(&text);
        check(&document, &annotation);
    }

    #[test]
    fn newslike_text_gives_sound_trees(
        words in prop::collection::vec("(Mr|U\\.S\\.|said|the|Paris|\"|“|”|,|\\.|\\(|\\)|\n|\n\n|isn't|5,000|[a-z]{1,6}|-)", 0..80)
    ) {
        let (document, annotation) = annotate(&words.join(" "));
        check(&document, &annotation);
    }
}
