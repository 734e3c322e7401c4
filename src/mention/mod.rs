//! Owns what the text says *at a span*: names, titles, pronouns, dates, cues, event words. Must
//! not know who anything really is.

mod capital;
mod country;
mod cue;
mod event;
mod gazetteer;
mod name;
mod starter;
mod time;
mod title;
mod words;

pub use cue::{Cue, CueClass, CueForm};
pub use event::{EventPart, EventWord, precedes_verb};
pub use name::{Piece, PieceKind};
pub use time::{Direction, Expression, Tense, Time, TimeValue, Timex, TimexKind, count};
pub use title::{TitlePhrase, is_diplomat};
pub use words::Words;

use std::ops::Range;

use crate::annotation::Annotation;
use crate::document::{Document, TokenId};

/// Whether a sentence has a word for an event or for speech, whose grammar the facts ask for.
pub fn wants_tree(document: &Document, sentence: &Range<TokenId>) -> bool {
    let begins = |lower: &str| cue::may_begin(lower) || event::may_begin(lower);
    sentence.clone().any(|id| {
        let word = document.word(id);
        if word.chars().any(char::is_uppercase) {
            begins(&word.to_lowercase())
        } else {
            begins(word)
        }
    })
}

/// All mentions of one document, each list in order of the text.
pub struct Mentions<'d> {
    pub words: Words<'d>,
    /// Names and titles, not overlapping.
    pub pieces: Vec<Piece>,
    pub titles: Vec<TitlePhrase>,
    /// The expressions of time that can date an event.
    pub times: Vec<Time>,
    /// All expressions of time.
    pub expressions: Vec<Expression>,
    pub cues: Vec<Cue>,
    pub events: Vec<EventWord>,
}

impl<'d> Mentions<'d> {
    /// Reads a document with its annotation.
    pub fn find(document: &'d Document, annotation: &'d Annotation) -> Self {
        let words = Words::annotated(document, annotation);
        let mut pieces = name::find_pieces(&words, &annotation.names);
        capital::unname_things(&words, &mut pieces);
        country::doubt_namesakes(&words, &mut pieces);
        let titles = title::find_titles(&words, &pieces);
        let expressions = time::find_expressions(&words);
        let times = time::dating_times(&expressions);
        let cues = cue::find_cues(&words);
        let events = event::find_events(&words, &pieces);
        Self {
            words,
            pieces,
            titles,
            times,
            expressions,
            cues,
            events,
        }
    }

    /// The piece that holds a token.
    pub fn piece_at(&self, token: TokenId) -> Option<usize> {
        let i = self.pieces.partition_point(|p| p.tokens.end <= token);
        self.pieces
            .get(i)
            .filter(|p| p.tokens.contains(&token))
            .map(|_| i)
    }

    /// The piece that begins at a token.
    pub fn piece_from(&self, token: TokenId) -> Option<usize> {
        self.piece_at(token)
            .filter(|i| self.pieces[*i].tokens.start == token)
    }

    /// The piece that ends before a token.
    pub fn piece_until(&self, end: TokenId) -> Option<usize> {
        end.checked_sub(1)
            .and_then(|t| self.piece_at(t))
            .filter(|i| self.pieces[*i].tokens.end == end)
    }

    /// The pieces that begin in a range of tokens.
    pub fn pieces_in(&self, tokens: std::ops::Range<TokenId>) -> std::ops::Range<usize> {
        let start = self
            .pieces
            .partition_point(|p| p.tokens.start < tokens.start);
        let end = self.pieces.partition_point(|p| p.tokens.start < tokens.end);
        start..end.max(start)
    }

    /// The time expressions that begin in a range of tokens.
    pub fn times_in(&self, tokens: std::ops::Range<TokenId>) -> &[Time] {
        let start = self
            .times
            .partition_point(|t| t.tokens.start < tokens.start);
        let end = self.times.partition_point(|t| t.tokens.start < tokens.end);
        &self.times[start..end.max(start)]
    }

    /// All expressions of time with type and value, seen from the day of publication.
    pub fn timexes(&self, published: Option<jiff::civil::Date>) -> Vec<Timex> {
        time::timexes(&self.words, &self.expressions, published)
    }
}
