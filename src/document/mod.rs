//! Owns the text of one article cut into [`Paragraph`]s, [`Sentence`]s, [`Token`]s and
//! [`Quotation`]s. Tokens and the gaps between them tile the text exactly. Must not know
//! articles' formats or what anything means.

mod quotation;
mod sentence;
mod span;
mod token;

pub use quotation::Quotation;
pub use span::{CodePoints, Span};
pub use token::{Token, TokenKind, is_contraction, tokenize};

use std::ops::Range;

use crate::article::{Article, Region, RegionKind};

/// Index of a token in its document.
pub type TokenId = usize;

/// A stretch of tokens that the grammar takes as one: sentences never cross paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub span: Span,
    pub tokens: Range<TokenId>,
    /// What the sentence is, where it is not plain prose.
    pub region: Option<RegionKind>,
}

/// A block of text between line breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    pub span: Span,
    /// Indices into [`Document::sentences`].
    pub sentences: Range<usize>,
}

/// An article's text with its layers of spans.
///
/// ```
/// use newsgraph::document::Document;
/// let document = Document::new("Mr. Lee met U.S. envoys. “Good,” he said.", &[]);
/// assert_eq!(document.sentences.len(), 2);
/// assert_eq!(document.text_of(&document.tokens[3]), "U.S.");
/// assert_eq!(document.quotations.len(), 1);
/// ```
#[derive(Clone, Debug)]
pub struct Document {
    pub text: String,
    pub tokens: Vec<Token>,
    pub sentences: Vec<Sentence>,
    pub paragraphs: Vec<Paragraph>,
    pub quotations: Vec<Quotation>,
    pub regions: Vec<Region>,
}

impl Document {
    /// Cuts `text`; `regions` are its marked parts, in order. Linear in the length of the text.
    pub fn new(text: &str, regions: &[Region]) -> Self {
        let tokens = tokenize(text);
        let (paragraphs, sentences) = sentence::split(text, &tokens, regions);
        let quotations = quotation::find(text, &tokens, &paragraphs, &sentences);
        Self {
            text: text.to_owned(),
            tokens,
            sentences,
            paragraphs,
            quotations,
            regions: regions.to_vec(),
        }
    }

    pub fn from_article(article: &Article) -> Self {
        Self::new(&article.text, &article.regions)
    }

    /// A document whose tokens and sentences are already known: `sentences` tile the tokens,
    /// `paragraphs` are the tokens with which a paragraph after the first begins.
    pub fn from_tokens(
        text: String,
        tokens: Vec<Token>,
        sentences: &[Range<TokenId>],
        paragraphs: &[TokenId],
    ) -> Self {
        let (paragraphs, sentences) = sentence::given(&tokens, sentences, paragraphs);
        let quotations = quotation::find(&text, &tokens, &paragraphs, &sentences);
        Self {
            text,
            tokens,
            sentences,
            paragraphs,
            quotations,
            regions: Vec::new(),
        }
    }

    /// The text of a token.
    pub fn text_of(&self, token: &Token) -> &str {
        token.span.of(&self.text)
    }

    /// The text of the token with this index; empty past the end.
    pub fn word(&self, id: TokenId) -> &str {
        self.tokens.get(id).map_or("", |t| t.span.of(&self.text))
    }

    /// The span from the first to the last token of a non-empty range.
    pub fn span(&self, tokens: Range<TokenId>) -> Span {
        self.tokens[tokens.start]
            .span
            .to(self.tokens[tokens.end - 1].span)
    }

    /// The index of the sentence that holds a token.
    pub fn sentence_of(&self, token: TokenId) -> usize {
        self.sentences.partition_point(|s| s.tokens.end <= token)
    }

    /// The index of the paragraph that holds a sentence.
    pub fn paragraph_of(&self, sentence: usize) -> usize {
        self.paragraphs
            .partition_point(|p| p.sentences.end <= sentence)
    }

    /// The quotation whose marks enclose a token, if any: the innermost.
    pub fn quotation_of(&self, token: TokenId) -> Option<&Quotation> {
        // Quotations nest and are sorted by their start: the last that begins before the token,
        // or one that encloses it.
        let next = self.quotations.partition_point(|q| q.tokens.start <= token);
        let mut at = next.checked_sub(1);
        while let Some(quotation) = at.and_then(|i| self.quotations.get(i)) {
            if quotation.tokens.contains(&token) {
                return Some(quotation);
            }
            at = quotation.inside;
        }
        None
    }

    /// The tokens that begin inside a span of bytes.
    pub fn tokens_in(&self, span: Span) -> Range<TokenId> {
        let start = self.tokens.partition_point(|t| t.span.start < span.start);
        let end = self.tokens.partition_point(|t| t.span.start < span.end);
        start..end.max(start)
    }

    /// Whether no space stands between a token and the one before it.
    pub fn is_glued(&self, token: TokenId) -> bool {
        token > 0
            && token < self.tokens.len()
            && self.tokens[token - 1].span.end == self.tokens[token].span.start
    }
}
