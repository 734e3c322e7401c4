//! Paragraphs and sentences.

use std::ops::Range;

use super::{Paragraph, Sentence, Span, Token, TokenId, TokenKind};
use crate::article::{Region, RegionKind};

/// Cuts tokens into paragraphs (at line breaks) and sentences.
pub(super) fn split(
    text: &str,
    tokens: &[Token],
    regions: &[Region],
) -> (Vec<Paragraph>, Vec<Sentence>) {
    let mut paragraphs = Vec::new();
    let mut sentences: Vec<Sentence> = Vec::new();
    let mut start = 0;
    let mut region_at = 0;
    while start < tokens.len() {
        let mut end = start + 1;
        while end < tokens.len() && !breaks_between(text, tokens[end - 1], tokens[end]) {
            end += 1;
        }
        let first = sentences.len();
        let mut from = start;
        for at in start..end {
            let region_starts = {
                while region_at < regions.len()
                    && regions[region_at].span.end <= tokens[at].span.start
                {
                    region_at += 1;
                }
                let kind = |t: &Token| {
                    regions[region_at.saturating_sub(1)..]
                        .iter()
                        .take(3)
                        .find(|r| r.span.covers(t.span.start))
                        .map(|r| r.span)
                };
                at > from && kind(&tokens[at]) != kind(&tokens[at - 1])
            };
            if region_starts {
                push(&mut sentences, tokens, regions, from..at);
                from = at;
            }
            if at + 1 < end && ends_sentence(text, tokens, at, end) {
                push(&mut sentences, tokens, regions, from..at + 1);
                from = at + 1;
            }
        }
        if from < end {
            push(&mut sentences, tokens, regions, from..end);
        }
        paragraphs.push(Paragraph {
            span: tokens[start].span.to(tokens[end - 1].span),
            sentences: first..sentences.len(),
        });
        start = end;
    }
    (paragraphs, sentences)
}

/// Paragraphs and sentences that are already known, as records.
pub(super) fn given(
    tokens: &[Token],
    sentences: &[Range<TokenId>],
    breaks: &[TokenId],
) -> (Vec<Paragraph>, Vec<Sentence>) {
    let span = |r: &Range<TokenId>| tokens[r.start].span.to(tokens[r.end - 1].span);
    let sentences: Vec<Sentence> = sentences
        .iter()
        .filter(|r| !r.is_empty())
        .map(|r| Sentence {
            span: span(r),
            tokens: r.clone(),
            region: None,
        })
        .collect();
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for (i, sentence) in sentences.iter().enumerate() {
        let begins = breaks.binary_search(&sentence.tokens.start).is_ok();
        match paragraphs.last_mut() {
            Some(last) if !begins => {
                last.sentences.end = i + 1;
                last.span = last.span.to(sentence.span);
            }
            _ => paragraphs.push(Paragraph {
                span: sentence.span,
                sentences: i..i + 1,
            }),
        }
    }
    (paragraphs, sentences)
}

fn push(
    sentences: &mut Vec<Sentence>,
    tokens: &[Token],
    regions: &[Region],
    range: std::ops::Range<usize>,
) {
    let span: Span = tokens[range.start].span.to(tokens[range.end - 1].span);
    let region: Option<RegionKind> = regions
        [regions.partition_point(|r| r.span.end <= span.start)..]
        .first()
        .filter(|r| r.span.overlaps(span))
        .map(|r| r.kind);
    sentences.push(Sentence {
        span,
        tokens: range,
        region,
    });
}

/// A blank line, or a line break after a finished sentence: hard-wrapped lines go on.
fn breaks_between(text: &str, before: Token, after: Token) -> bool {
    let gap = &text[before.span.end..after.span.start];
    let lines = gap.matches(['\n', '\u{2028}', '\u{2029}']).count();
    match lines {
        0 => gap.contains('\r') && gap.matches('\r').count() > 1,
        1 => {
            let last = before.span.of(text);
            let next = after.span.of(text).chars().next().unwrap_or(' ');
            let wrapped = next.is_lowercase()
                || matches!(last, "," | "-" | "and" | "of" | "the" | "to" | "in" | "a");
            !wrapped
        }
        _ => true,
    }
}

const CLOSERS: &[&str] = &["\"", "”", "’", "'", ")", "]", "»", "’’", "''", "}"];

/// Whether a sentence ends after token `at`, which is not the last before `end`.
fn ends_sentence(text: &str, tokens: &[Token], at: usize, end: usize) -> bool {
    let word = |i: usize| tokens[i].span.of(text);
    let next = at + 1;
    let is_closer = |i: usize| CLOSERS.contains(&word(i)) && tokens[i].kind == TokenKind::Mark;
    let stop =
        if is_closer(at) && tokens[at - usize::from(at > 0)].span.end == tokens[at].span.start {
            let mut i = at;
            while i > 0 && is_closer(i) && tokens[i - 1].span.end == tokens[i].span.start {
                i -= 1;
            }
            i
        } else {
            at
        };
    // A closing mark still belongs to the sentence, and so does the number of a note.
    if is_closer(next) && tokens[at].span.end == tokens[next].span.start {
        return false;
    }
    if matches!(word(next), ")" | "]" | "}") || is_note(text, tokens, next, end) {
        return false;
    }
    if is_note_end(text, tokens, at) {
        return true;
    }
    let last = word(stop);
    let terminal = last.starts_with(['.', '!', '?', '…', '。'])
        && tokens[stop].kind == TokenKind::Mark
        || (tokens[stop].kind == TokenKind::Word && last.ends_with('.') && stop == at);
    if !terminal || tokens[at].span.end == tokens[next].span.start {
        return false;
    }
    let mut begin = next;
    while begin + 1 < end
        && matches!(
            word(begin),
            "“" | "\"" | "‘" | "'" | "(" | "[" | "«" | "—" | "-" | "''" | "``" | "‘‘"
        )
    {
        begin += 1;
    }
    let first = word(begin);
    let capital = first.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    if tokens[stop].kind == TokenKind::Word {
        return capital && abbreviation_ends(last, first);
    }
    if stop < at {
        // `“… now.” he said` goes on; `“Why?” Han replied` too, but that is the reader's work.
        return capital || tokens[begin].kind != TokenKind::Word;
    }
    capital || !first.starts_with(char::is_lowercase) || starts_small(text, tokens, stop)
}

/// `[12]` from token `at` on.
fn is_note(text: &str, tokens: &[Token], at: usize, end: usize) -> bool {
    at + 2 < end
        && tokens[at].span.of(text) == "["
        && tokens[at + 1].kind == TokenKind::Number
        && tokens[at + 2].span.of(text) == "]"
}

/// Whether token `at` ends the number of a note that stands after a full stop.
fn is_note_end(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(start) = at.checked_sub(2) else {
        return false;
    };
    start > 0
        && is_note(text, tokens, start, at + 1)
        && (tokens[start - 1].span.of(text).ends_with(['.', '!', '?'])
            || CLOSERS.contains(&tokens[start - 1].span.of(text))
            || start > 2 && is_note_end(text, tokens, start - 1))
}

/// Whether a stop ends a sentence though a small letter follows: after a plain word that is no
/// abbreviation, as careless writers have it.
fn starts_small(text: &str, tokens: &[Token], stop: usize) -> bool {
    let Some(before) = stop.checked_sub(1) else {
        return false;
    };
    let (mark, word) = (tokens[stop].span.of(text), tokens[before].span.of(text));
    matches!(mark, "." | "!" | "?" | "!!" | "!!!" | "??")
        && tokens[before].span.end == tokens[stop].span.start
        && word.len() > 2
        && word.chars().all(char::is_lowercase)
}

/// Whether a sentence ends after an abbreviation that a capitalised word follows.
fn abbreviation_ends(abbreviation: &str, next: &str) -> bool {
    const STARTERS: &[&str] = &[
        "The",
        "A",
        "An",
        "In",
        "On",
        "At",
        "He",
        "She",
        "It",
        "They",
        "We",
        "I",
        "But",
        "And",
        "This",
        "That",
        "These",
        "Those",
        "His",
        "Her",
        "Their",
        "Its",
        "If",
        "When",
        "While",
        "After",
        "Before",
        "As",
        "For",
        "However",
        "Meanwhile",
        "There",
        "Also",
        "You",
        "Now",
        "Since",
        "Although",
        "Despite",
        "Both",
        "Earlier",
        "Last",
        "So",
        "What",
        "With",
    ];
    let bare = abbreviation.trim_end_matches('.');
    let initials = bare.contains('.') || bare.chars().count() == 1;
    let closes = initials
        || matches!(
            bare.to_lowercase().as_str(),
            "inc" | "corp" | "ltd" | "co" | "etc" | "jr" | "sr"
        );
    closes && STARTERS.contains(&next)
}
