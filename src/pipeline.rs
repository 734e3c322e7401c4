//! The way of an article through the text rooms: the only file that names them in order.

use crate::annotation::Annotator;
use crate::article::{Article, Region};
use crate::document::Document;
use crate::fact::{self, Facts};
use crate::mention::{self, Mentions};
use crate::story::{MentionSource, Reading};

/// The most of a text that is read for facts, in bytes: more than any news article has. Longer
/// texts are dumps of something else, and what a fact may look back at must stay bounded.
const MOST_BYTES: usize = 150_000;

/// Reads one article: text to facts. Pure and total; what could not be read is in the notes.
pub fn read(article: &Article) -> Facts {
    let document = readable(article);
    let annotation = Annotator::embedded().annotate_where(&document, |sentence| {
        mention::wants_tree(&document, sentence)
    });
    let mentions = Mentions::find(&document, &annotation);
    let mut facts = fact::read(article, &mentions);
    let read = document.text.len();
    if read < article.text.len() {
        facts.notes.push(format!(
            "longer than any article: only the first {read} bytes were read for facts"
        ));
    }
    facts
}

/// Reads one article as it is compared with others. Pure and total.
pub fn read_for_stories(article: &Article, mentions: MentionSource) -> Reading {
    let document = readable(article);
    let annotation = Annotator::embedded().annotate(&document);
    let facts = fact::read(article, &Mentions::find(&document, &annotation));
    Reading::new(article, &document, &annotation, &facts, mentions)
}

/// The document of as much of an article as is read.
fn readable(article: &Article) -> Document {
    let mut end = article.text.len().min(MOST_BYTES);
    while !article.text.is_char_boundary(end) {
        end -= 1;
    }
    let regions: Vec<Region> = article
        .regions
        .iter()
        .copied()
        .filter(|r| r.span.end <= end)
        .collect();
    Document::new(&article.text[..end], &regions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_longer_than_any_article_is_read_in_part_and_says_so() {
        let text = "“Yes,” the minister said. ".repeat(8_000);
        let facts = read(&Article::from_text("long.txt", &text));
        assert!(!facts.statements.is_empty());
        assert!(
            facts
                .notes
                .iter()
                .any(|n| n.starts_with("longer than any article"))
        );
    }
}
