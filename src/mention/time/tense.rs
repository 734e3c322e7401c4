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
    "may",
    "might",
    "scheduled",
    "due",
    "slated",
    "upcoming",
    "expected",
    "expects",
    "going",
    "payable",
    "postponed",
    "effective",
];

/// Words whose infinitive is still to come: "planned to leave on Friday".
const INTENDING: &[&str] = &[
    "plan",
    "plans",
    "planned",
    "planning",
    "intend",
    "intends",
    "intended",
    "hope",
    "hopes",
    "hoped",
    "hoping",
    "want",
    "wants",
    "wanted",
    "agree",
    "agrees",
    "agreed",
    "ready",
    "set",
    "prepare",
    "prepares",
    "preparing",
    "prepared",
    "about",
    "likely",
    "has",
    "have",
    "vowed",
    "threatened",
    "ordered",
    "deadline",
    "arrangements",
    "is",
    "are",
];

const BACK: &[&str] = &[
    "said", "was", "were", "had", "met", "told", "took", "came", "went", "made", "began", "held",
    "won", "did", "has", "have", "been", "rose", "fell", "sold", "bought", "broke", "left", "led",
    "saw", "spoke", "wrote", "gave", "got", "knew", "became", "sent", "since", "ended", "found",
    "brought", "flew", "lost", "paid", "put", "ran", "says", "shot", "struck", "thought",
];

/// The tense of the nearest verb before the expression, or else after it; `None` where neither
/// tells.
pub fn tense_at(words: &Words, tokens: &Range<TokenId>) -> Option<Tense> {
    let sentence = words.sentence(tokens.start);
    let from = tokens.start.saturating_sub(REACH).max(sentence.start);
    let until = (tokens.end + REACH).min(sentence.end);
    // "Monday's ruling" has been made, unless somebody will speak of it.
    if words.lower(tokens.end) == "'s" {
        let will = (from..tokens.start).any(|t| matches!(words.lower(t), "will" | "'ll" | "ahead"));
        return Some(if will { Tense::Future } else { Tense::Past });
    }
    if looks_ahead(words, tokens.start, from) {
        return Some(Tense::Future);
    }
    (from..tokens.start)
        .rev()
        .take_while(|t| !matches!(words.lower(*t), ";" | "“" | "”"))
        .find_map(|t| verb_tense(words, t))
        .or_else(|| (tokens.end..until).find_map(|t| verb_tense(words, t)))
}

/// "as early as Friday", "until Friday" where nothing is denied until then.
fn looks_ahead(words: &Words, start: TokenId, from: TokenId) -> bool {
    let as_early = start >= 3
        && words.before(start) == "as"
        && matches!(words.lower(start - 2), "early" | "soon" | "late")
        && words.lower(start - 3) == "as";
    let lasting = start > from + 1
        && matches!(words.before(start), "until" | "till")
        && !(from..start).any(|t| matches!(words.lower(t), "not" | "n't" | "never"));
    as_early || lasting
}

fn verb_tense(words: &Words, at: TokenId) -> Option<Tense> {
    let lower = words.lower(at);
    let intends = words.lower(at + 1) == "to" && INTENDING.contains(&lower)
        || lower == "set" && matches!(words.lower(at + 1), "for") && words.before(at) != "had";
    if AHEAD.contains(&lower) || intends {
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
    matches!(words.before(at), "be" | "to")
}
