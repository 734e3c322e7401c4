//! Prints tags, lemmas, trees and names of texts as CoNLL-U: `annotate FILE...`, where a file is
//! plain text, JSON Lines with `id` and `text`, or CoNLL-U, whose tokens and sentences it keeps.

use std::error::Error;
use std::io::Write;
use std::{env, fs, io};

use newsgraph::annotation::{Annotator, conllu};
use newsgraph::document::Document;

fn main() -> Result<(), Box<dyn Error>> {
    let annotator = Annotator::embedded();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut print = |id: &str, text: &str| {
        let document = Document::new(text, &[]);
        let annotation = annotator.annotate(&document);
        let multiwords = conllu::multiwords(&document, &annotation);
        out.write_all(conllu::write(id, &document, &annotation, &multiwords).as_bytes())
    };
    for path in env::args().skip(1) {
        let text = fs::read_to_string(&path)?;
        if path.ends_with(".conllu") {
            let mut out = io::stdout().lock();
            for (i, read) in conllu::read(&text)?.into_iter().enumerate() {
                let annotation = annotator.annotate(&read.document);
                let id = read.id.unwrap_or_else(|| format!("{path}-{}", i + 1));
                let shown = conllu::write(&id, &read.document, &annotation, &read.multiwords);
                out.write_all(shown.as_bytes())?;
            }
        } else if path.ends_with(".jsonl") {
            for line in text.lines().filter(|l| !l.trim().is_empty()) {
                let record: serde_json::Value = serde_json::from_str(line)?;
                let field = |name: &str| record[name].as_str().unwrap_or_default();
                print(field("id"), field("text"))?;
            }
        } else {
            print(&path, &text)?;
        }
    }
    Ok(())
}
