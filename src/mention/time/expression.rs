//! Finds the expressions of time of a document. Must not know what a value looks like.

use std::ops::Range;

use super::dating::TimeValue;
use super::meaning::{Meaning, Point};
use super::{Time, calendar, clock, length, relative};
use crate::document::TokenId;
use crate::mention::words::Words;

/// An expression of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// With its modifiers: "early next week".
    pub tokens: Range<TokenId>,
    pub(super) meaning: Meaning,
    /// What it says of when an event was, if it can date one, and the words that do.
    pub(super) time: Option<Time>,
}

/// What stands from some token on: up to where, its meaning, and what dates an event in it.
pub(super) struct Found {
    pub end: TokenId,
    pub meaning: Meaning,
    pub time: Option<Time>,
}

impl Found {
    /// Words that date nothing.
    pub fn undated(end: TokenId, meaning: Meaning) -> Self {
        Self {
            end,
            meaning,
            time: None,
        }
    }

    pub fn point(end: TokenId, point: Point) -> Self {
        Self::undated(end, Meaning::Point(point, None))
    }

    /// A date all of whose words date an event.
    pub fn date(tokens: Range<TokenId>, value: TimeValue) -> Self {
        Self {
            end: tokens.end,
            meaning: Meaning::Point(Point::Date(value), None),
            time: Some(Time { tokens, value }),
        }
    }

    pub fn dating(mut self, tokens: Range<TokenId>, value: TimeValue) -> Self {
        self.time = Some(Time { tokens, value });
        self
    }
}

/// Finds the time expressions of a document, in order, not overlapping.
pub fn find_expressions(words: &Words) -> Vec<Expression> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match modified(words, at).or_else(|| expression_at(words, at)) {
            Some(here) if here.end > at => {
                found.push(Expression {
                    tokens: at..here.end,
                    meaning: here.meaning,
                    time: here.time,
                });
                at = here.end;
            }
            _ => at += 1,
        }
    }
    found
}

/// The expression that begins at a token without what limits it.
pub(super) fn expression_at(words: &Words, at: TokenId) -> Option<Found> {
    clock::clock_at(words, at)
        .or_else(|| calendar::calendar_at(words, at))
        .or_else(|| relative::relative_at(words, at))
        .or_else(|| length::length_at(words, at))
}

/// "early next week", "the end of 1994", "more than two hours".
fn modified(words: &Words, at: TokenId) -> Option<Found> {
    let (first, next) = (words.lower(at), words.lower(at + 1));
    let dash = usize::from(words.lower(at + 1) == "-");
    let core = match first {
        "early" | "late" | "mid" => at + 1 + dash,
        "earlier" | "later" if matches!(next, "this" | "that" | "yesterday" | "today") => at + 1,
        "earlier" | "later" if words.reads(at + 1, &["in", "the"]) => at + 2,
        "earlier" | "later" | "sometime" if words.is_capital(at + 1) || next == "next" => at + 1,
        "about" | "around" | "nearly" | "almost" | "approximately" | "roughly" | "some" => at + 1,
        "more" | "less" | "fewer" if next == "than" => at + 2,
        "at" if matches!(next, "least" | "most") => at + 2,
        "up" if next == "to" => at + 2,
        "the"
            if matches!(next, "end" | "beginning" | "start" | "middle")
                && words.lower(at + 2) == "of" =>
        {
            at + 3
        }
        "the" if matches!(next, "early" | "late" | "mid") => {
            at + 2 + usize::from(words.lower(at + 2) == "-")
        }
        _ => return None,
    };
    // "the end of the year": the running one.
    if words.lower(core) == "the"
        && let Some(running) = relative::of_running(words, core + 1)
    {
        return Some(Found::point(core + 2, running));
    }
    let measured = matches!(
        first,
        "about"
            | "around"
            | "nearly"
            | "almost"
            | "approximately"
            | "roughly"
            | "some"
            | "more"
            | "less"
            | "fewer"
            | "at"
            | "up"
    );
    let found = if measured {
        length::measured(words, core)?
    } else {
        expression_at(words, core)?
    };
    let is_length = matches!(found.meaning, Meaning::Duration(..));
    (measured || !is_length).then_some(found)
}
