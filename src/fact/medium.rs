//! Through what words came: the medium, the outlet, the quotation marks around them.

use std::ops::Range;

use super::StatementKind;
use super::clause::Party;
use super::coreference::Cast;
use crate::document::TokenId;
use crate::mention::{Cue, CueForm, PieceKind};

/// Whether all, none or some of the content's words stand in quotation marks.
pub(super) fn kind_of(cast: &Cast, content: &[Range<TokenId>]) -> StatementKind {
    let words = &cast.mentions.words;
    let (mut inside, mut outside) = (0, 0);
    for part in content {
        for t in part.clone().filter(|t| words.is_word(*t)) {
            let quoted = words
                .document
                .quotation_of(t)
                .is_some_and(|q| q.tokens.len() > 2);
            if quoted { inside += 1 } else { outside += 1 }
        }
    }
    match (inside, outside) {
        (_, 0) => StatementKind::Direct,
        (0, _) => StatementKind::Indirect,
        _ => StatementKind::Mixed,
    }
}

pub(super) const MEDIUM_NOUNS: &[&str] = &[
    "post",
    "posts",
    "statement",
    "interview",
    "letter",
    "speech",
    "tweet",
    "tweets",
    "report",
    "video",
    "message",
    "article",
    "briefing",
    "address",
    "op-ed",
    "release",
    "memo",
    "email",
    "e-mail",
    "conference",
    "podcast",
    "column",
    "essay",
    "testimony",
    "filing",
    "affidavit",
    "communiqué",
    "communique",
    "broadcast",
    "editorial",
    "remarks",
    "note",
    "declaration",
];

/// A medium that begins at `at`: "in a post on Truth Social", "on X", "in a statement".
pub(super) fn medium_at(
    cast: &Cast,
    at: TokenId,
    end: TokenId,
) -> Option<(Range<TokenId>, TokenId)> {
    let words = &cast.mentions.words;
    if !matches!(
        words.lower(at),
        "in" | "on" | "at" | "via" | "during" | "through" | "by"
    ) {
        return None;
    }
    if let Some(p) = cast
        .mentions
        .piece_from(at + 1)
        .filter(|p| cast.mentions.pieces[*p].kind == PieceKind::Platform)
    {
        let tokens = cast.mentions.pieces[p].tokens.clone();
        return Some((tokens.clone(), tokens.end));
    }
    let mut next = at + 1;
    let limit = (at + 9).min(end);
    while next < limit && (words.is_word(next) || words.lower(next) == "-") {
        let lower = words.lower(next);
        if MEDIUM_NOUNS.contains(&lower) {
            let mut start = at + 1;
            while matches!(
                words.lower(start),
                "a" | "an" | "the" | "his" | "her" | "its" | "their" | "another"
            ) {
                start += 1;
            }
            let mut tokens = start..next + 1;
            let mut until = next + 1;
            if matches!(words.lower(until), "on" | "with" | "to" | "from")
                && let Some(p) = cast.mentions.piece_from(until + 1).filter(|p| {
                    matches!(
                        cast.mentions.pieces[*p].kind,
                        PieceKind::Platform | PieceKind::Outlet
                    )
                })
            {
                let piece = &cast.mentions.pieces[p];
                let named = piece.tokens.clone();
                let is_platform = piece.kind == PieceKind::Platform;
                tokens = if is_platform {
                    named.clone()
                } else {
                    tokens.start..named.end
                };
                until = named.end;
            }
            return Some((tokens, until));
        }
        if matches!(lower, "and" | "that" | "of" | "with" | "to" | "by") {
            return None;
        }
        next += 1;
    }
    None
}

/// The medium that a sentence names outside the content.
pub(super) fn medium_in(
    cast: &Cast,
    sentence: &Range<TokenId>,
    content: &[Range<TokenId>],
) -> Option<Range<TokenId>> {
    sentence
        .clone()
        .filter(|t| !content.iter().any(|c| c.contains(t)))
        .find_map(|t| medium_at(cast, t, sentence.end))
        .map(|(tokens, _)| tokens)
}

/// Verbs by which an outlet gives another's words: "quoted him as saying".
const QUOTING: &[&str] = &["quoted", "quotes", "quoting", "cited", "cites", "citing"];

/// "Tass quoted *Lund* as saying": whose words an outlet gives.
pub(super) fn quoted_as(cast: &mut Cast, cue: &Cue, sentence: &Range<TokenId>) -> Option<Party> {
    let words = &cast.mentions.words;
    let end = cue.tokens.start.checked_sub(1)?;
    let is_as = cue.form == CueForm::Gerund && words.lower(end) == "as" && end > sentence.start;
    let party = is_as
        .then(|| cast.party_until(end, sentence.start))
        .flatten()?;
    let verb = cast.mentions.words.before(party.tokens.start);
    QUOTING.contains(&verb).then_some(party)
}

/// The outlet that quotes somebody in a sentence: "*Tass* quoted Lund as saying", "Lund was quoted
/// as saying by *Tass*".
fn quoting_outlet(cast: &Cast, sentence: &Range<TokenId>) -> Option<Range<TokenId>> {
    let words = &cast.mentions.words;
    let pieces = &cast.mentions.pieces;
    let verb = sentence.clone().find(|t| {
        QUOTING.contains(&words.lower(*t))
            && (*t..sentence.end.min(*t + 12)).any(|u| words.lower(u) == "as")
    })?;
    let is_passive = (verb.saturating_sub(3).max(sentence.start)..verb)
        .any(|t| matches!(words.lower(t), "was" | "were" | "been" | "is" | "being"));
    let piece = if is_passive {
        let by = (verb..sentence.end.min(verb + 6)).find(|t| words.lower(*t) == "by")?;
        cast.mentions.piece_from(by + 1)
    } else {
        cast.mentions.piece_until(verb)
    };
    let piece = &pieces[piece?];
    matches!(piece.kind, PieceKind::Outlet | PieceKind::Organization).then(|| piece.tokens.clone())
}

/// The outlet that "according to" or "quoted" names in the sentence, for words that somebody else
/// said.
pub(super) fn via_in(
    cast: &Cast,
    sentence: &Range<TokenId>,
    cue: TokenId,
) -> Option<Range<TokenId>> {
    let words = &cast.mentions.words;
    let quoting = quoting_outlet(cast, sentence);
    if quoting.is_some() {
        return quoting;
    }
    let at = sentence
        .clone()
        .find(|t| words.reads(*t, &["according", "to"]) && *t != cue)?;
    cast.mentions
        .pieces_in(at + 2..(at + 9).min(sentence.end))
        .find(|p| cast.mentions.pieces[*p].kind == PieceKind::Outlet)
        .map(|p| cast.mentions.pieces[p].tokens.clone())
}
