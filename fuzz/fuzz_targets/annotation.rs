//! Any text gives a sound annotation: sentences tile the tokens, each is a tree with one root,
//! names stay inside them, and CoNLL-U that is written can be read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use newsgraph::annotation::{Annotator, conllu};
use newsgraph::document::Document;

#[path = "../../tests/annotation/sound.rs"]
mod sound;

fuzz_target!(|text: &str| {
    let document = Document::new(text, &[]);
    let annotation = Annotator::embedded().annotate(&document);
    sound::check(&document, &annotation);
    let multiwords = conllu::multiwords(&document, &annotation);
    let written = conllu::write("fuzz", &document, &annotation, &multiwords);
    conllu::read(&written).expect("what was written is CoNLL-U");
});
