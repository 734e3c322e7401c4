//! Owns expressions of time: where they stand, what they mean (TIMEX3), and which day an event gets
//! from them. Must not know which event.
//!
//! An expression is recognised once (`expression`, which asks `calendar`, `relative`, `clock` and
//! `length`, in the words of `vocabulary`). Two readers use it: the facts, which want to know when
//! something happened ([`Time`], `dating`), and the output of times, which wants everything that
//! the words say ([`Timex`], `timex`). A duration, a set or a vague word ("recently") dates nothing.

mod calendar;
mod clock;
mod dating;
mod expression;
mod length;
mod meaning;
mod relative;
mod tense;
mod timex;
mod vocabulary;

#[cfg(test)]
mod tests;

use std::ops::Range;

pub use dating::{Direction, Tense, TimeValue};
pub use expression::{Expression, find_expressions};
pub use timex::{Timex, TimexKind, timexes};

use super::words::Words;
use crate::document::TokenId;

/// A time expression that can date an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Time {
    pub tokens: Range<TokenId>,
    pub value: TimeValue,
}

/// A whole number from two up, in digits or words, with "a" before a dozen or a hundred, and the token
/// after it.
pub fn count(words: &Words, at: TokenId) -> Option<(u32, TokenId)> {
    let (amount, end) = vocabulary::amount(words, at)?;
    let number = u32::try_from(amount.number()?).ok()?;
    (number > 1).then_some((number, end))
}

/// The expressions that can date an event, in order, not overlapping.
pub fn dating_times(expressions: &[Expression]) -> Vec<Time> {
    expressions.iter().filter_map(|e| e.time.clone()).collect()
}
