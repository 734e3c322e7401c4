//! The way of an article through the text rooms: the only file that names them in order.

use crate::annotation::Annotator;
use crate::article::Article;
use crate::document::Document;
use crate::fact::{self, Facts};
use crate::mention::Mentions;

/// Reads one article: text to facts. Pure and total; what could not be read is in the notes.
pub fn read(article: &Article) -> Facts {
    let document = Document::from_article(article);
    let labels = Annotator::embedded().names(&document);
    let mentions = Mentions::find(&document, &labels);
    fact::read(article, &mentions)
}
