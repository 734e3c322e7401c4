//! Training twice on the same material gives the same bytes. Only built with the feature `train`.
//!
//! The material is our own: a text of the benches, with what the shipped model says of it as gold.

use std::fs;
use std::path::Path;

use newsgraph::annotation::train::{self, Stage};
use newsgraph::annotation::{Annotator, NameLabel, conllu};
use newsgraph::document::{CodePoints, Document};
use serde_json::json;

/// The sources that training reads beside the treebanks.
const SOURCES: [&str; 13] = [
    "gum/train.jsonl",
    "worldwide_ner/train.jsonl",
    "polnear/train.jsonl",
    "polnear/dev.jsonl",
    "dwie/dev.jsonl",
    "ecbplus/train.jsonl",
    "ecbplus/dev.jsonl",
    "knowledgenet/train.jsonl",
    "conll04/train.jsonl",
    "tempeval3/train.jsonl",
    "re3d/dev.jsonl",
    "newscluster/dev.jsonl",
    "meantime/dev.jsonl",
];

fn write(path: &Path, text: &str) {
    let folder = path.parent().expect("a path in the folder");
    fs::create_dir_all(folder).expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

fn write_material(folder: &Path) {
    let text = include_str!("../benches/annotation.txt");
    let document = Document::new(text, &[]);
    let annotation = Annotator::embedded().annotate(&document);
    let treebank = conllu::write("ours", &document, &annotation, &[]);
    write(&folder.join("ud_ewt/train.conllu"), &treebank);
    write(&folder.join("gum/train.conllu"), &treebank);
    let points = CodePoints::new(text);
    let entities: Vec<_> = annotation
        .names
        .iter()
        .map(|name| {
            let kind = match name.label {
                NameLabel::Person => "Person",
                NameLabel::Organization => "Organization",
                _ => "Location",
            };
            let start = document.tokens[name.tokens.start].span.start;
            let end = document.tokens[name.tokens.end - 1].span.end;
            json!({"start": points.offset(start), "end": points.offset(end), "type": kind})
        })
        .collect();
    for source in SOURCES {
        let marked = if source.starts_with("worldwide") {
            &entities[..]
        } else {
            &[]
        };
        let record = json!({"id": "ours", "text": text, "entities": marked});
        write(&folder.join(source), &format!("{record}\n").repeat(4));
    }
}

#[test]
fn the_same_material_gives_the_same_model() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write_material(folder.path());
    let train = |name: &str| {
        let model = folder.path().join(name);
        train::run(folder.path(), &model, &Stage::ALL).expect("the material is whole");
        fs::read(model).expect("the model was written")
    };
    let (first, second) = (train("first.bin"), train("second.bin"));
    assert!(first == second, "two runs of training differ");
    let annotator = Annotator::from_bytes(first.leak()).expect("a whole model");
    let document = Document::new("Ms. Lee met the minister in Paris.", &[]);
    assert_eq!(
        annotator.annotate(&document).tokens.len(),
        document.tokens.len()
    );
}
