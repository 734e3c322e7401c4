//! Which quotation a cue reports, and how it goes on.

use std::ops::Range;

use super::coreference::Cast;
use super::reported::closes_sentence;
use super::statement::StatementDraft;
use crate::document::TokenId;
use crate::mention::{Cue, CueForm, Words};

/// A quotation that goes on in the next paragraph without a cue of its own belongs to the statement
/// that ends the paragraph before.
pub(super) fn continue_over_paragraphs(cast: &Cast, found: &mut [StatementDraft]) {
    let words = &cast.mentions.words;
    let document = words.document;
    let used: Vec<TokenId> = found
        .iter()
        .flat_map(|s| s.content.iter().map(|c| c.start))
        .collect();
    for statement in found.iter_mut() {
        let Some(last) = statement.content.last().cloned() else {
            continue;
        };
        if document
            .quotation_of(last.start)
            .is_none_or(|q| q.tokens.start != last.start)
        {
            continue;
        }
        let end = statement
            .cue
            .as_ref()
            .map_or(last.end, |c| c.end.max(last.end));
        let mut paragraph = document.paragraph_of(document.sentence_of(end - 1));
        // Only what closes its paragraph can go on in the next.
        let rest = document.sentences[document.paragraphs[paragraph].sentences.end - 1]
            .tokens
            .end;
        let last_sentence =
            document.sentence_of(end - 1) + 1 == document.paragraphs[paragraph].sentences.end;
        if !last_sentence || rest > end + 25 {
            continue;
        }
        while let Some(next) = document.paragraphs.get(paragraph + 1) {
            let tokens = document.sentences[next.sentences.start].tokens.start
                ..document.sentences[next.sentences.end - 1].tokens.end;
            let whole = document.quotations.iter().find(|q| {
                q.inside.is_none() && q.tokens.start == tokens.start && q.tokens.end >= tokens.end
            });
            let Some(quotation) = whole.filter(|q| !used.contains(&q.tokens.start)) else {
                break;
            };
            statement.content.push(quotation.tokens.clone());
            statement.evidence.span = statement.evidence.span.to(quotation.span);
            paragraph += 1;
        }
    }
}

/// The quotation that ends right before the cue and its subject: `“…,” Merz said`.
pub(super) fn quote_ending_before(
    cast: &Cast,
    cue: &Cue,
    in_tree: Option<(TokenId, bool)>,
    floor: TokenId,
) -> Option<usize> {
    let words = &cast.mentions.words;
    let document = words.document;
    // "“…,” Ida Lund, who led the talks for ten years, said": the subject with what belongs to it.
    let subject = in_tree
        .map(|(head, _)| words.annotation.subtree(head))
        .filter(|s| s.end <= cue.tokens.start && s.len() < 40);
    let mut best = None;
    for (i, quote) in document.quotations.iter().enumerate() {
        if quote.inside.is_some() || quote.tokens.end > cue.tokens.start {
            continue;
        }
        let begins = quote.tokens.end..quote.tokens.end + 2;
        let by_tree = subject.as_ref().is_some_and(|s| begins.contains(&s.start));
        let near = quote.tokens.end + 14 >= cue.tokens.start || by_tree;
        let same_paragraph = document.paragraph_of(document.sentence_of(quote.tokens.end - 1))
            == document.paragraph_of(document.sentence_of(cue.tokens.start));
        if !near || !same_paragraph {
            continue;
        }
        // Only the subject stands between.
        let between = quote.tokens.end..cue.tokens.start;
        let inner_end = last_inside(words, &quote.tokens);
        let marked = matches!(
            inner_end,
            "," | "?" | "!" | "." | "—" | "–" | "--" | "…" | "..."
        ) || words.lower(quote.tokens.end) == ",";
        // “Why so late?” Ada Berg asked: the mark inside does not end the sentence.
        let in_sentence = quote.tokens.end > floor
            || quote.tokens.end == floor
                && matches!(inner_end, "?" | "!" | "—" | "–" | "--" | "…" | "...")
                && closes_sentence(cast, cue.tokens.end, words.sentence(cue.tokens.start).end);
        let plain = between.clone().all(|t| {
            !matches!(
                words.lower(t),
                "." | ";" | ":" | "“" | "\"" | "and" | "but" | "that" | "which" | "while"
            ) && !cast.mentions.cues.iter().any(|c| c.tokens.start == t)
        });
        if marked && (plain || by_tree) && in_sentence {
            best = Some(i);
        }
    }
    best
}

/// The last token inside a quotation that is no quotation mark itself.
fn last_inside<'w>(words: &'w Words, quotation: &Range<TokenId>) -> &'w str {
    let mut end = quotation.end;
    while end > quotation.start && matches!(words.before(end), "”" | "\"" | "»" | "’" | "'" | "'\"")
    {
        end -= 1;
    }
    words.before(end)
}

/// The quotation that goes on right after the cue's clause: `he said. “…”`.
pub(super) fn quote_after_cue(
    cast: &Cast,
    after: TokenId,
    sentence: &Range<TokenId>,
    cues: &[Cue],
) -> Option<usize> {
    let words = &cast.mentions.words;
    let document = words.document;
    let mut at = after;
    let mut has_participle = false;
    // The rest of the cue's clause: ", calling it …", "of her rivals", "in a statement".
    while at < sentence.end && !matches!(words.lower(at), "“" | "\"" | "«") {
        if let Some(other) = cues.iter().find(|c| c.tokens.start == at) {
            if other.form != CueForm::Gerund {
                return None;
            }
            has_participle = true;
        }
        at += 1;
    }
    if at < sentence.end {
        // "“…,” he said, adding: “…”": the participle's own words.
        if has_participle {
            return None;
        }
        return document
            .quotations
            .iter()
            .position(|q| q.tokens.start == at && q.inside.is_none() && q.tokens.len() > 5);
    }
    quote_opening_next_sentence(cast, sentence.end, cues)
}

/// The quotation that opens the next sentence of the paragraph and has no cue of its own.
pub(super) fn quote_opening_next_sentence(cast: &Cast, at: TokenId, cues: &[Cue]) -> Option<usize> {
    let document = cast.mentions.words.document;
    let words = &cast.mentions.words;
    let sentence = document.sentence_of(at);
    if at >= document.tokens.len()
        || document.sentences.get(sentence)?.tokens.start != at
        || document.paragraph_of(sentence) != document.paragraph_of(document.sentence_of(at - 1))
    {
        return None;
    }
    let quote = document
        .quotations
        .iter()
        .position(|q| q.tokens.start == at && q.inside.is_none())?;
    let end = document.quotations[quote].tokens.end;
    let last = document.sentence_of(end - 1);
    let closes = document.sentences[last].tokens.end;
    let own_cue = cues.iter().any(|c| (end..closes).contains(&c.tokens.start))
        || !matches!(
            last_inside(words, &document.quotations[quote].tokens),
            "." | "!" | "?" | "…" | "..."
        );
    (!own_cue).then_some(quote)
}

/// A quotation with those that continue it in the paragraphs after it and before it.
pub(super) fn chain(cast: &Cast, quote: usize) -> Vec<Range<TokenId>> {
    let quotations = &cast.mentions.words.document.quotations;
    let mut first = quote;
    while let Some(before) = quotations[first].continues {
        first = before;
    }
    let mut parts = vec![quotations[first].tokens.clone()];
    let mut last = first;
    while let Some(next) = quotations.iter().position(|q| q.continues == Some(last)) {
        parts.push(quotations[next].tokens.clone());
        last = next;
    }
    parts
}
