//! Which words of an article are mentions: of something that happens, of people.
//!
//! Every verb, noun, adjective, name and pronoun is a candidate; what speaks for it has weights
//! (`models/coreference.csv`) whose sum, as the logarithm of the odds, decides.

use std::collections::BTreeMap;

use super::mention::Slot;
use super::weights::Weights;
use super::words::Words;
use crate::annotation::{Annotator, Deprel, NameLabel, Upos};
use crate::document::{Span, TokenId};
use crate::lexicon::{event_family, is_title_head, share_of_articles};

/// A word that may be a mention.
pub(super) struct Candidate {
    pub slot: Slot,
    pub span: Span,
    pub features: Vec<String>,
}

/// The mentions of an article in order of the text.
pub(super) fn find(words: &Words) -> Vec<(Span, Slot)> {
    let weights = Weights::embedded();
    candidates(words)
        .into_iter()
        .filter(|c| odds(&weights.found[c.slot as usize], &c.features) > 0.0)
        .map(|c| (c.span, c.slot))
        .collect()
}

/// The logarithm of the odds that a candidate is a mention.
pub(super) fn odds(weights: &BTreeMap<String, f32>, features: &[String]) -> f32 {
    features.iter().filter_map(|f| weights.get(f)).sum()
}

/// All that may be a mention, in order of the text.
pub(super) fn candidates(words: &Words) -> Vec<Candidate> {
    let mut found = Vec::new();
    for id in words.prose() {
        if let Some(span) = action_span(words, id) {
            found.push(Candidate {
                slot: Slot::Action,
                span,
                features: features(words, id),
            });
        }
        if let Some(span) = human_span(words, id) {
            found.push(Candidate {
                slot: Slot::Human,
                span,
                features: features(words, id),
            });
        }
    }
    found
}

fn action_span(words: &Words, id: TokenId) -> Option<Span> {
    let is_one = matches!(
        words.upos(id),
        Upos::Verb | Upos::Noun | Upos::Propn | Upos::Adj
    ) && words.is_content(id);
    let is_person = words
        .annotation
        .name_of(id)
        .is_some_and(|name| matches!(name.label, NameLabel::Person | NameLabel::Date));
    if !is_one || is_person {
        return None;
    }
    let particle = words
        .annotation
        .children_with(id, Deprel::CompoundPrt)
        .find(|&p| p == id + 1);
    Some(words.document.span(id..particle.unwrap_or(id) + 1))
}

fn human_span(words: &Words, id: TokenId) -> Option<Span> {
    if let Some(name) = words.annotation.name_of(id) {
        let is_party = matches!(
            name.label,
            NameLabel::Person | NameLabel::Organization | NameLabel::Norp | NameLabel::Location
        );
        if is_party {
            let span = words.document.span(name.tokens.clone());
            let is_head = words.head_of(span) == Some(id);
            return is_head.then(|| {
                words
                    .document
                    .span(without_clitic(words, name.tokens.clone()))
            });
        }
    }
    let is_one = matches!(words.upos(id), Upos::Noun | Upos::Propn) && words.is_content(id)
        || words.upos(id) == Upos::Pron;
    is_one.then(|| words.document.span(id..id + 1))
}

/// A name without the "'s" at its end.
fn without_clitic(words: &Words, tokens: std::ops::Range<TokenId>) -> std::ops::Range<TokenId> {
    let is_clitic = |id: TokenId| matches!(words.upos(id), Upos::Part | Upos::Punct);
    let mut end = tokens.end;
    while end > tokens.start + 1 && is_clitic(end - 1) {
        end -= 1;
    }
    tokens.start..end
}

/// What speaks for or against a word.
fn features(words: &Words, id: TokenId) -> Vec<String> {
    let lemma = words.full_lemma(id);
    let upos = words.upos(id);
    let deprel = words.deprel(id);
    let label = words
        .annotation
        .name_of(id)
        .map_or("none", |name| name.label.as_str());
    let above = words.annotation.head(id);
    let kind = match words.annotation.name_of(id) {
        Some(name) => name.label.as_str(),
        None => upos.as_str(),
    };
    let mut features = vec![
        "always".to_owned(),
        format!("is {kind}"),
        format!("tag {}", words.xpos(id)),
        format!("relation {deprel}"),
        format!("{kind} as {deprel}"),
        format!("name {label}"),
        format!(
            "{kind} class {}",
            Annotator::embedded().class_of(words.lemma(id))
        ),
    ];
    let ending: String = {
        let letters: Vec<char> = words.lemma(id).chars().collect();
        letters[letters.len().saturating_sub(3)..].iter().collect()
    };
    features.push(format!("{kind} ending {ending}"));
    match event_family(&lemma) {
        Some(family) => {
            features.push(format!("{kind} for an event"));
            let senses = family.senses.split('|');
            features.extend(senses.map(|sense| format!("sense {sense}")));
        }
        None => features.push(format!("{kind} for no event")),
    }
    // Names are of one story or another, and common words of the language.
    let is_language = upos == Upos::Pron || share_of_articles(words.lemma(id)) > 0.0;
    if label == "none" && is_language {
        features.push(format!("{kind} word {}", words.lemma(id)));
    }
    let sentence = &words.document.sentences[words.document.sentence_of(id)].tokens;
    if id > sentence.start {
        features.push(format!("{kind} after {}", words.upos(id - 1)));
    }
    if id + 1 < sentence.end {
        features.push(format!("{kind} before {}", words.upos(id + 1)));
    }
    if is_title_head(words.lemma(id)) {
        features.push("title".to_owned());
    }
    let share = share_of_articles(words.lemma(id));
    let common = match share {
        0.0 => "rare",
        s if s < 0.05 => "seldom",
        s if s < 0.2 => "common",
        _ => "everywhere",
    };
    features.push(format!("{kind} is {common}"));
    if let Some(above) = above {
        features.push(format!("{kind} {deprel} under {}", words.upos(above)));
        let class = Annotator::embedded().class_of(words.lemma(above));
        features.push(format!("{kind} under class {class}"));
        if event_family(words.lemma(above)).is_some() {
            features.push(format!("{kind} {deprel} under an event"));
        }
    }
    for child in words.annotation.children(id) {
        let relation = words.deprel(*child);
        if !matches!(relation, Deprel::Punct | Deprel::Conj | Deprel::Cc) {
            features.push(format!("{kind} has {relation}"));
        }
    }
    if words.document.sentence_of(id) <= 1 {
        features.push(format!("{kind} at the beginning"));
    }
    features.sort_unstable();
    features.dedup();
    features
}
