//! The words of one article as they are compared with those of others: dictionary forms in small
//! letters, also of the capitalised verbs of headlines, and what grammar says of them.

use std::collections::BTreeSet;

use crate::annotation::{Annotation, Deprel, Upos, Xpos};
use crate::article::RegionKind;
use crate::document::{Document, Span, TokenId};
use crate::lexicon::event_family;

/// Words that stand beside anything.
const EMPTY: [&str; 8] = ["be", "have", "do", "say", "will", "make", "get", "take"];

/// How many words of a phrase are looked at, nearest to its head first.
const PHRASE: usize = 12;

pub(super) struct Words<'a> {
    pub document: &'a Document,
    pub annotation: &'a Annotation,
    lemmas: Vec<String>,
}

impl<'a> Words<'a> {
    pub fn new(document: &'a Document, annotation: &'a Annotation) -> Self {
        let lemmas = annotation
            .tokens
            .iter()
            .map(|token| plain_lemma(&token.lemma.to_lowercase(), token.upos))
            .collect();
        Self {
            document,
            annotation,
            lemmas,
        }
    }

    /// The tokens of the article's prose.
    pub fn prose(&self) -> impl Iterator<Item = TokenId> {
        let sentences = self.document.sentences.iter();
        sentences
            .filter(|sentence| sentence.region.is_none_or(RegionKind::is_prose))
            .flat_map(|sentence| sentence.tokens.clone())
    }

    pub fn lemma(&self, id: TokenId) -> &str {
        &self.lemmas[id]
    }

    pub fn upos(&self, id: TokenId) -> Upos {
        self.annotation.tokens[id].upos
    }

    pub fn xpos(&self, id: TokenId) -> Xpos {
        self.annotation.tokens[id].xpos
    }

    pub fn deprel(&self, id: TokenId) -> Deprel {
        self.annotation.tokens[id].deprel
    }

    /// Whether a token says something by itself.
    pub fn is_content(&self, id: TokenId) -> bool {
        let lemma = self.lemma(id);
        matches!(
            self.upos(id),
            Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Num
        ) && self.xpos(id) != Xpos::Add
            && lemma.len() > 1
            && !lemma.contains("http")
    }

    /// The words of tokens that say something.
    pub fn content(&self, tokens: impl IntoIterator<Item = TokenId>) -> BTreeSet<String> {
        tokens
            .into_iter()
            .filter(|&id| self.is_content(id) && !EMPTY.contains(&self.lemma(id)))
            .map(|id| self.lemma(id).to_owned())
            .collect()
    }

    /// The tokens of a phrase by its head, nearest to it first.
    pub fn phrase(&self, head: TokenId) -> Vec<TokenId> {
        let mut tokens = vec![head];
        let mut at = 0;
        while at < tokens.len() && tokens.len() < PHRASE {
            tokens.extend_from_slice(self.annotation.children(tokens[at]));
            at += 1;
        }
        tokens
    }

    /// The tokens that a span touches.
    pub fn tokens_of(&self, span: Span) -> std::ops::Range<TokenId> {
        let tokens = &self.document.tokens;
        let start = tokens.partition_point(|t| t.span.end <= span.start);
        let end = tokens.partition_point(|t| t.span.start < span.end);
        start..end.max(start)
    }

    /// The word of a span on which its others hang; `None` for a span without tokens.
    pub fn head_of(&self, span: Span) -> Option<TokenId> {
        let tokens = self.tokens_of(span);
        let is_top = |id: &TokenId| {
            self.annotation
                .head(*id)
                .is_none_or(|head| !tokens.contains(&head))
        };
        let carries = |id: &TokenId| {
            !matches!(
                self.upos(*id),
                Upos::Punct | Upos::Det | Upos::Adp | Upos::Part
            )
        };
        let found = tokens.clone().find(|id| is_top(id) && carries(id));
        found.or_else(|| tokens.clone().find(is_top))
    }

    /// The lemma of a word, with its particle where the two are one word for an event.
    pub fn full_lemma(&self, id: TokenId) -> String {
        let particle = self
            .annotation
            .children_with(id, Deprel::CompoundPrt)
            .map(|particle| format!("{} {}", self.lemma(id), self.lemma(particle)))
            .find(|both| event_family(both).is_some());
        particle.unwrap_or_else(|| self.lemma(id).to_owned())
    }
}

/// Endings that the lemmatiser leaves on words that it takes for names, with what they stood for.
const ENDINGS: [(&str, &str); 7] = [
    ("ing", ""),
    ("ing", "e"),
    ("ed", ""),
    ("ed", "e"),
    ("es", ""),
    ("s", ""),
    ("d", ""),
];

/// A lemma as it is compared: "fired" in a headline, taken for a name, is "fire".
fn plain_lemma(lemma: &str, upos: Upos) -> String {
    let is_nominal = matches!(upos, Upos::Propn | Upos::Noun | Upos::Adj);
    if !is_nominal || event_family(lemma).is_some() {
        return lemma.to_owned();
    }
    for (ending, instead) in ENDINGS {
        if let Some(stem) = lemma.strip_suffix(ending).filter(|stem| stem.len() > 2) {
            let word = format!("{stem}{instead}");
            if event_family(&word).is_some() {
                return word;
            }
            let mut letters = stem.chars().rev();
            let single = match (letters.next(), letters.next()) {
                (Some(a), Some(b)) if a == b => &stem[..stem.len() - a.len_utf8()],
                _ => continue,
            };
            if event_family(single).is_some() {
                return single.to_owned();
            }
        }
    }
    lemma.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_that_look_like_names_lose_their_endings() {
        for (word, lemma) in [
            ("fired", "fire"),
            ("robbed", "rob"),
            ("attacks", "attack"),
            ("lamps", "lamps"),
        ] {
            assert_eq!(plain_lemma(word, Upos::Propn), lemma);
        }
        assert_eq!(plain_lemma("fired", Upos::Verb), "fired");
    }
}
