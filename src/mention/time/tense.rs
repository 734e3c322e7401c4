//! Whether the words around an expression of time look back or ahead. Must not know dates.

use std::ops::Range;

use super::dating::Tense;
use crate::document::TokenId;
use crate::mention::words::Words;

/// How far a verb may stand from what it dates.
const REACH: usize = 14;

const AHEAD: &[&str] = &[
    "will",
    "'ll",
    "wo",
    "shall",
    "would",
    "could",
    "should",
    "may",
    "might",
    "must",
    "scheduled",
    "due",
    "slated",
    "upcoming",
    "plans",
    "plan",
    "planned",
    "planning",
    "expected",
    "expects",
    "hopes",
    "intends",
    "until",
    "deadline",
    "wants",
    "going",
    "expire",
    "expires",
    "begins",
];

const BACK: &[&str] = &[
    "said", "was", "were", "had", "met", "told", "took", "came", "went", "made", "began", "held",
    "won", "did", "has", "have", "been", "rose", "fell", "sold", "bought", "broke", "left", "led",
    "saw", "spoke", "wrote", "gave", "got", "knew", "became", "sent", "since", "ended", "found",
    "brought", "flew", "lost", "paid", "put", "ran", "says", "shot", "struck", "thought",
];

/// The tense of the nearest verb before the expression, or else after it.
pub fn tense_at(words: &Words, tokens: &Range<TokenId>) -> Tense {
    let sentence = words.sentence(tokens.start);
    let from = tokens.start.saturating_sub(REACH).max(sentence.start);
    let until = (tokens.end + REACH).min(sentence.end);
    if matches!(
        words.before(tokens.start),
        "by" | "until" | "till" | "through"
    ) {
        return Tense::Future;
    }
    (from..tokens.start)
        .rev()
        .take_while(|t| !matches!(words.lower(*t), ";" | "“" | "”"))
        .find_map(|t| verb_tense(words, t))
        .or_else(|| (tokens.end..until).find_map(|t| verb_tense(words, t)))
        .unwrap_or(Tense::Past)
}

fn verb_tense(words: &Words, at: TokenId) -> Option<Tense> {
    let lower = words.lower(at);
    if AHEAD.contains(&lower) {
        // "was expected", "had planned" look ahead from then, and then is past by now only if
        // nothing else says so.
        return Some(Tense::Future);
    }
    let is_past = BACK.contains(&lower)
        || lower.len() > 4
            && lower.ends_with("ed")
            && !words.is_capital(at)
            && !is_after_modal(words, at);
    is_past.then_some(Tense::Past)
}

/// "will be signed", "to be released": the participle is not the tense.
fn is_after_modal(words: &Words, at: TokenId) -> bool {
    words.before(at) == "be"
}
