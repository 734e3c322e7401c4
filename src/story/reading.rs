//! What of one article is compared with others: its words, its day, its people, its mentions.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::mention::{Mention, MentionSource, find_mentions, given_mentions};
use super::words::Words;
use crate::annotation::{Annotation, Annotator, NameTag, Upos};
use crate::article::Article;
use crate::document::{CodePoints, Document};
use crate::fact::{EntityKind, Facts};

/// A word of a name says more of what an article is about than other words, one of the headline more
/// still: so many times the word counts.
const NAME: f32 = 2.0;
const HEADLINE: f32 = 3.0;

/// One article as others see it.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The article's id, unique among those compared.
    pub id: String,
    pub title: Option<String>,
    pub date: Option<Date>,
    /// Full names of the persons that it speaks of, in order of the text.
    pub people: Vec<String>,
    /// Words for events and for people, in order of the text.
    pub mentions: Vec<Mention>,
    /// What is known to set articles apart; those that differ in it are never of one story.
    pub(super) topic: Option<String>,
    /// How often a word stands here, weighted.
    pub(super) terms: BTreeMap<String, f32>,
}

impl Reading {
    /// Reads an article. `annotation` has lemmas and all trees; `facts` are of the same text.
    pub fn new(
        article: &Article,
        document: &Document,
        annotation: &Annotation,
        facts: &Facts,
        source: MentionSource,
    ) -> Self {
        let words = Words::new(document, annotation);
        let points = CodePoints::new(&article.text);
        let mentions = match source {
            MentionSource::Nowhere => Vec::new(),
            MentionSource::Text => find_mentions(&words, &points, facts),
            MentionSource::Given(given) => given_mentions(&words, &points, facts, given),
        };
        let people = facts
            .entities
            .iter()
            .filter(|entity| entity.kind == EntityKind::Person && entity.name.contains(' '));
        Self {
            id: article.id.clone(),
            title: article.title.clone(),
            date: article.date,
            people: people.map(|entity| entity.name.clone()).collect(),
            mentions,
            topic: None,
            terms: terms(&words, article.title.as_deref()),
        }
    }

    /// Sets the article apart from those of other topics.
    pub fn with_topic(self, topic: Option<String>) -> Self {
        Self { topic, ..self }
    }
}

fn terms(words: &Words, title: Option<&str>) -> BTreeMap<String, f32> {
    let mut terms: BTreeMap<String, f32> = BTreeMap::new();
    for id in words.prose() {
        if words.is_content(id) {
            let is_name = words.upos(id) == Upos::Propn
                || words.annotation.tokens[id].name != NameTag::Outside;
            let weight = if is_name { NAME } else { 1.0 };
            *terms.entry(words.lemma(id).to_owned()).or_default() += weight;
        }
    }
    let headline = Document::new(title.unwrap_or_default(), &[]);
    let annotation = Annotator::embedded().annotate(&headline);
    let words = Words::new(&headline, &annotation);
    for id in words.prose().filter(|&id| words.is_content(id)) {
        *terms.entry(words.lemma(id).to_owned()).or_default() += HEADLINE;
    }
    terms
}
