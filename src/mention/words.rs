//! A document's tokens with the lower-case forms and capitals that the finders ask for.

use std::collections::HashMap;
use std::ops::Range;

use crate::annotation::{self, Annotation, Deprel, Upos, Xpos};
use crate::document::{Document, TokenId, TokenKind};

/// What the finders need of each token, computed once.
pub struct Words<'d> {
    pub document: &'d Document,
    /// Tags, tree and names, one record a token.
    pub annotation: &'d Annotation,
    /// Lower-case forms with straight apostrophes; double marks typed as two single ones are \".
    lower: Vec<String>,
    sentence: Vec<u32>,
    /// How often a form occurs in lower case, and capitalised where no sentence begins.
    seen: HashMap<String, (u32, u32)>,
}

impl<'d> Words<'d> {
    /// The words alone, as a test of a finder needs them: without tags.
    #[cfg(test)]
    pub fn new(document: &'d Document) -> Self {
        static NONE: std::sync::LazyLock<Annotation> =
            std::sync::LazyLock::new(|| Annotation::new(Vec::new()));
        Self::annotated(document, &NONE)
    }

    pub fn annotated(document: &'d Document, annotation: &'d Annotation) -> Self {
        let lower: Vec<String> = document
            .tokens
            .iter()
            .map(|t| {
                let word = t.span.of(&document.text);
                if matches!(word, "''" | "``" | "’’" | "‘‘") {
                    "\"".to_owned()
                } else if word.contains('’') || word.contains(' ') {
                    word.to_lowercase().replace('’', "'").replace(' ', "")
                } else {
                    word.to_lowercase()
                }
            })
            .collect();
        let mut sentence = vec![0; document.tokens.len()];
        for (i, s) in document.sentences.iter().enumerate() {
            sentence[s.tokens.clone()].fill(u32::try_from(i).unwrap_or(u32::MAX));
        }
        let mut words = Self {
            document,
            annotation,
            lower,
            sentence,
            seen: HashMap::new(),
        };
        for id in 0..words.len() {
            if document.tokens[id].kind == TokenKind::Word {
                let capital = words.is_capital(id);
                let initial = words.is_initial(id);
                let entry = words.seen.entry(words.lower[id].clone()).or_default();
                if !capital {
                    entry.0 += 1;
                } else if !initial {
                    entry.1 += 1;
                }
            }
        }
        words
    }

    pub fn len(&self) -> usize {
        self.lower.len()
    }

    pub fn is_empty(&self) -> bool {
        self.lower.is_empty()
    }

    /// The token as written; empty past the end.
    pub fn word(&self, id: TokenId) -> &'d str {
        self.document
            .tokens
            .get(id)
            .map_or("", |t| t.span.of(&self.document.text))
    }

    /// The lower-case form; empty past the end.
    pub fn lower(&self, id: TokenId) -> &str {
        self.lower.get(id).map_or("", String::as_str)
    }

    /// The lower-case form of the token before; empty at the start.
    pub fn before(&self, id: TokenId) -> &str {
        if id == 0 { "" } else { self.lower(id - 1) }
    }

    pub fn is_word(&self, id: TokenId) -> bool {
        self.document
            .tokens
            .get(id)
            .is_some_and(|t| t.kind == TokenKind::Word)
    }

    /// Whether the token is a word that begins with a capital.
    pub fn is_capital(&self, id: TokenId) -> bool {
        self.is_word(id) && self.word(id).starts_with(char::is_uppercase)
    }

    /// Whether the token begins a sentence or a quotation, where every word has a capital.
    pub fn is_initial(&self, id: TokenId) -> bool {
        let sentence = self.sentence(id);
        let mut first = sentence.start;
        while first < sentence.end && !self.is_word(first) {
            first += 1;
        }
        id <= first || matches!(self.before(id), "“" | "\"" | "«" | "‘" | ":" | "•")
    }

    /// The tokens of the sentence that holds this one.
    pub fn sentence(&self, id: TokenId) -> Range<TokenId> {
        self.sentence.get(id).map_or(id..id, |s| {
            self.document.sentences[*s as usize].tokens.clone()
        })
    }

    /// The index of the sentence that holds this token.
    pub fn sentence_index(&self, id: TokenId) -> usize {
        self.sentence.get(id).map_or(0, |s| *s as usize)
    }

    /// How often the document has this form in lower case.
    pub fn seen_lower(&self, lower: &str) -> u32 {
        self.seen.get(lower).map_or(0, |s| s.0)
    }

    /// How often the document has this form with a capital inside a sentence.
    pub fn seen_capital(&self, lower: &str) -> u32 {
        self.seen.get(lower).map_or(0, |s| s.1)
    }

    /// Whether a token and the one before it are parts of one word: no space between them, or
    /// parts of a name whose hyphen is set apart.
    pub fn is_bound(&self, id: TokenId) -> bool {
        annotation::is_bound(self.document, id)
    }

    /// The text of tokens, as written, white space made single.
    pub fn text(&self, tokens: Range<TokenId>) -> String {
        let mut text = String::new();
        for id in tokens.clone() {
            if id > tokens.start && !self.is_bound(id) {
                text.push(' ');
            }
            text.push_str(self.word(id));
        }
        text
    }

    /// The universal part of speech; `X` past the end.
    pub fn upos(&self, id: TokenId) -> Upos {
        self.annotation.tokens.get(id).map_or(Upos::X, |t| t.upos)
    }

    /// The Penn Treebank tag; `XX` past the end.
    pub fn xpos(&self, id: TokenId) -> Xpos {
        self.annotation.tokens.get(id).map_or(Xpos::Xx, |t| t.xpos)
    }

    /// The token that this one depends on; `None` for roots.
    pub fn head(&self, id: TokenId) -> Option<TokenId> {
        self.annotation.head(id)
    }

    /// The relation to the head; `Dep` past the end.
    pub fn deprel(&self, id: TokenId) -> Deprel {
        self.annotation
            .tokens
            .get(id)
            .map_or(Deprel::Dep, |t| t.deprel)
    }

    /// Whether the tagger sees a finite verb or a modal.
    pub fn is_finite(&self, id: TokenId) -> bool {
        self.xpos(id).is_finite()
    }

    /// Where a sentence from `start` begins behind an adverb set apart: "Nevertheless, *in* …".
    pub fn opening(&self, start: TokenId) -> TokenId {
        if self.lower(start + 1) == "," && self.upos(start) == Upos::Adv {
            start + 2
        } else {
            start
        }
    }

    /// Whether the tokens from `at` read as these lower-case words.
    pub fn reads(&self, at: TokenId, words: &[&str]) -> bool {
        words
            .iter()
            .enumerate()
            .all(|(i, w)| self.lower(at + i) == *w)
    }
}
