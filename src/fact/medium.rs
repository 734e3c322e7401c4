//! Through what words came: the medium, the outlet, the quotation marks around them. Must not know
//! other statements.

use std::ops::Range;

use super::StatementKind;
use super::clause::Party;
use super::coreference::{Cast, EntityIndex};
use super::grammar::subject_of;
use crate::annotation::{Deprel, Upos, Xpos};
use crate::document::TokenId;
use crate::lexicon::{self, MediumKind};
use crate::mention::{Cue, CueClass, CueForm, PieceKind, Words};

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

/// What kind of medium a preposition leads to.
fn leads_to(preposition: &str, noun: &str, kind: MediumKind) -> bool {
    match preposition {
        "in" => kind != MediumKind::Channel,
        "at" | "during" => kind == MediumKind::Occasion,
        "on" => kind == MediumKind::Channel || matches!(noun, "call" | "calls" | "broadcast"),
        "via" | "through" => kind != MediumKind::Occasion,
        "over" => matches!(noun, "phone" | "telephone" | "radio"),
        "by" => matches!(
            noun,
            "letter" | "email" | "e-mail" | "phone" | "telephone" | "text" | "message" | "video"
        ),
        _ => false,
    }
}

/// Where a noun phrase that begins at `at` ends at the latest: before a verb, a preposition, a stop.
fn phrase_limit(words: &Words, at: TokenId, end: TokenId) -> TokenId {
    let mut next = at;
    while next < end.min(at + 9) {
        let stops = words.is_finite(next)
            || !words.is_word(next) && !matches!(words.lower(next), "-" | "'s" | "'" | "&")
            || matches!(
                words.xpos(next),
                Xpos::In | Xpos::To | Xpos::Cc | Xpos::Wdt | Xpos::Wp | Xpos::Wrb | Xpos::Prp
            )
            || words.xpos(next) == Xpos::Vbg && words.upos(next + 1) == Upos::Det;
        if stops {
            break;
        }
        next += 1;
    }
    next
}

/// A medium that begins with a preposition at `at`, and the token after it: "in a post on Truth
/// Social", "on X", "during a meeting with Lund".
pub(super) fn medium_at(
    cast: &Cast,
    at: TokenId,
    end: TokenId,
) -> Option<(Range<TokenId>, TokenId)> {
    let words = &cast.mentions.words;
    let preposition = words.lower(at);
    if !matches!(
        preposition,
        "in" | "on" | "at" | "via" | "during" | "through" | "over" | "by"
    ) {
        return None;
    }
    let limit = phrase_limit(words, at + 1, end);
    let mut first = at + 1;
    while first < limit && (words.upos(first) == Upos::Det || words.xpos(first) == Xpos::PrpPoss) {
        first += 1;
    }
    let named = |from: TokenId| {
        let piece = cast.mentions.piece_from(from)?;
        let piece = &cast.mentions.pieces[piece];
        let is_medium = matches!(piece.kind, PieceKind::Platform | PieceKind::Outlet);
        is_medium.then(|| (piece.tokens.clone(), piece.kind))
    };
    let noun = (first..limit).find(|t| {
        let kind = lexicon::medium_kind(words.lower(*t));
        // "private email chains", "a report card": a word of another noun.
        let is_head = t + 1 >= limit
            || words.upos(t + 1) != Upos::Noun
            || cast.mentions.times.iter().any(|m| m.tokens.start == t + 1);
        is_head
            && words.upos(*t) != Upos::Verb
            && kind.is_some_and(|kind| leads_to(preposition, words.lower(*t), kind))
    });
    let Some(noun) = noun else {
        // "on X", "on the social network Mastodon", "on Fox News".
        let (tokens, kind) = (first..limit.max(first + 1)).find_map(named)?;
        let carries = preposition == "on" || kind == PieceKind::Platform && preposition == "via";
        let apposed = (first..tokens.start).all(|t| words.upos(t) != Upos::Propn);
        let alone = words.upos(tokens.end) != Upos::Noun && words.lower(tokens.end) != "'s";
        return (carries && apposed && alone).then(|| (tokens.clone(), tokens.end));
    };
    let joined = matches!(words.lower(noun + 1), "on" | "with" | "to" | "from");
    match named(noun + 2).filter(|_| joined) {
        Some((tokens, PieceKind::Platform)) => Some((tokens.clone(), tokens.end)),
        Some((tokens, _)) => Some((first..tokens.end, tokens.end)),
        // "a meeting with Lund and Berg"
        None if words.lower(noun + 1) == "with" => {
            let mut until = phrase_limit(words, noun + 2, end);
            if words.lower(until) == "and" {
                until = phrase_limit(words, until + 1, end);
            }
            let time = cast.mentions.times_in(noun + 2..until).first();
            until = time.map_or(until, |t| t.tokens.start);
            let until = if until > noun + 2 { until } else { noun + 1 };
            Some((first..until, until))
        }
        None => Some((first..noun + 1, noun + 1)),
    }
}

/// The medium nearest to a cue in its sentence, outside what is said: "in a letter".
pub(super) fn medium_in(
    cast: &Cast,
    sentence: &Range<TokenId>,
    cue: &Range<TokenId>,
    shares_subject: bool,
    content: &[Range<TokenId>],
) -> Option<Range<TokenId>> {
    let words = &cast.mentions.words;
    let outside = |t: &TokenId| {
        !content.iter().any(|c| c.contains(t)) && words.document.quotation_of(*t).is_none()
    };
    // Another verb of saying stands between: the medium is that one's.
    let is_apart = |t: TokenId| {
        let (from, to) = (t.min(cue.start), t.max(cue.start));
        let between = |c: &Cue| {
            let other = c.tokens.start > from && c.tokens.start < to;
            other && c.form != CueForm::Gerund && c.class != CueClass::According
        };
        !shares_subject && cast.mentions.cues.iter().any(between)
    };
    sentence
        .clone()
        .filter(outside)
        .filter_map(|t| medium_at(cast, t, sentence.end).map(|(tokens, _)| (t, tokens)))
        .filter(|(t, tokens)| {
            !is_apart(*t)
                && outside(&tokens.start)
                && (opens_sentence(words, sentence.start, *t, cue.start)
                    || goes_with(words, tokens.end - 1, *t, cue, shares_subject))
        })
        .min_by_key(|(t, _)| t.abs_diff(cue.start))
        .map(|(_, tokens)| tokens)
        .or_else(|| issued_before(cast, sentence, cue.start))
}

/// Verbs that lead to a medium as verbs of saying do: "Speaking on CNN, Lund said".
const SPEAKING: [&str; 8] = [
    "addressing",
    "appearing",
    "posting",
    "speaking",
    "talking",
    "testifying",
    "tweeting",
    "writing",
];

/// Whether a phrase at `at` opens the sentence before the cue: "In a letter, Lund said".
fn opens_sentence(words: &Words, start: TokenId, at: TokenId, cue: TokenId) -> bool {
    let before = words.before(at);
    let leads = at <= start + 1 || before == "," || SPEAKING.contains(&before);
    at < cue && leads && !(start..at).any(|t| words.is_finite(t))
}

/// Whether the medium that ends with token `last` belongs to a cue: right behind it, or in the tree
/// under it, under the verb that shares its subject, or under "speaking".
fn goes_with(
    words: &Words,
    last: TokenId,
    at: TokenId,
    cue: &Range<TokenId>,
    shares_subject: bool,
) -> bool {
    if at == cue.end {
        return true;
    }
    let mut above = last;
    for _ in 0..8 {
        let Some(head) = words.head(above) else {
            return false;
        };
        above = head;
        if matches!(words.upos(above), Upos::Verb | Upos::Aux) {
            break;
        }
    }
    let shared = || {
        let head = words.head(cue.start);
        shares_subject && head == Some(above)
    };
    let speaks = || SPEAKING.contains(&words.lower(above)) && words.head(above) == Some(cue.start);
    above == cue.start || shared() || speaks()
}

/// "issued *a statement* on Monday saying": the message that the words before a participle made.
fn issued_before(cast: &Cast, sentence: &Range<TokenId>, cue: TokenId) -> Option<Range<TokenId>> {
    let words = &cast.mentions.words;
    if words.xpos(cue) != Xpos::Vbg {
        return None;
    }
    let mut end = cue;
    if let Some(time) = cast.mentions.times.iter().find(|t| t.tokens.end == end) {
        end = time.tokens.start - usize::from(words.before(time.tokens.start) == "on");
    }
    let noun = end.checked_sub(1).filter(|n| sentence.contains(n))?;
    let is_message = lexicon::medium_kind(words.lower(noun)) == Some(MediumKind::Message);
    let mut start = noun;
    while start > sentence.start
        && matches!(words.upos(start - 1), Upos::Adj | Upos::Noun)
        && words.is_word(start - 1)
    {
        start -= 1;
    }
    is_message.then_some(start..noun + 1)
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

/// Nouns that name an outlet without its name: "the state news agency".
const OUTLET_NOUNS: [&str; 18] = [
    "agency",
    "agencies",
    "broadcaster",
    "channel",
    "daily",
    "magazine",
    "media",
    "network",
    "newspaper",
    "newspapers",
    "outlet",
    "outlets",
    "press",
    "radio",
    "station",
    "television",
    "tv",
    "weekly",
];

/// The outlet that a noun phrase at `at` names: "Tass", "the state news agency", "local media".
pub(super) fn outlet_from(cast: &Cast, at: TokenId, end: TokenId) -> Option<Range<TokenId>> {
    let words = &cast.mentions.words;
    let limit = phrase_limit(words, at, end);
    let named = (at..limit).find_map(|t| {
        let piece = &cast.mentions.pieces[cast.mentions.piece_from(t)?];
        (piece.kind == PieceKind::Outlet).then(|| piece.tokens.clone())
    });
    named.or_else(|| {
        let head = (at..limit)
            .find(|t| OUTLET_NOUNS.contains(&words.lower(*t)) && words.upos(t + 1) != Upos::Noun)?;
        let name_follows = words.upos(head + 1) == Upos::Propn && head + 1 < limit;
        Some(if name_follows {
            at..limit
        } else {
            at..head + 1
        })
    })
}

/// The outlet that quotes somebody in a sentence: "*Tass* quoted Lund as saying", "Lund was quoted
/// by *the state news agency* as saying".
fn quoting_outlet(cast: &Cast, sentence: &Range<TokenId>) -> Option<Range<TokenId>> {
    let words = &cast.mentions.words;
    let pieces = &cast.mentions.pieces;
    let verb = sentence.clone().find(|t| {
        QUOTING.contains(&words.lower(*t))
            && (*t..sentence.end.min(*t + 14)).any(|u| words.lower(u) == "as")
    })?;
    let is_passive = (verb.saturating_sub(3).max(sentence.start)..verb)
        .any(|t| matches!(words.lower(t), "was" | "were" | "been" | "is" | "being"));
    if is_passive {
        let by = (verb..sentence.end.min(verb + 6)).find(|t| words.lower(*t) == "by")?;
        let body = || {
            let piece = &pieces[cast.mentions.piece_from(by + 1)?];
            (piece.kind == PieceKind::Organization).then(|| piece.tokens.clone())
        };
        return outlet_from(cast, by + 1, sentence.end).or_else(body);
    }
    let piece = &pieces[cast.mentions.piece_until(verb)?];
    matches!(piece.kind, PieceKind::Outlet | PieceKind::Organization).then(|| piece.tokens.clone())
}

/// Verbs for what an outlet does with others' words: "a statement carried by Tass".
const CARRYING: [&str; 11] = [
    "aired",
    "broadcast",
    "carried",
    "cited",
    "distributed",
    "obtained",
    "posted",
    "published",
    "quoted",
    "released",
    "reported",
];

/// Behind "carried by the state news agency" at `at`, where an outlet is named so.
pub(super) fn past_carrier(cast: &Cast, at: TokenId, end: TokenId) -> TokenId {
    let words = &cast.mentions.words;
    let carries = CARRYING.contains(&words.lower(at)) && words.lower(at + 1) == "by";
    let outlet = carries.then(|| outlet_from(cast, at + 2, end)).flatten();
    outlet.map_or(at, |o| o.end)
}

/// "in a statement carried by *the state news agency*", "in a report by *Czech Radio*".
fn carrying_outlet(
    cast: &Cast,
    sentence: &Range<TokenId>,
    content: &[Range<TokenId>],
) -> Option<Range<TokenId>> {
    let words = &cast.mentions.words;
    sentence
        .clone()
        .filter(|t| !content.iter().any(|c| c.contains(t)))
        .filter(|t| {
            let before = words.before(*t);
            let after = words.lower(*t);
            CARRYING.contains(&before)
                && (after == "by" || matches!(after, "on" | "in") && before != "posted")
                || after == "by" && matches!(before, "report" | "story" | "dispatch")
        })
        .find_map(|t| outlet_from(cast, t + 1, sentence.end))
}

/// The outlet through which words came that somebody else said.
pub(super) fn via_in(
    cast: &Cast,
    sentence: &Range<TokenId>,
    cue: TokenId,
    content: &[Range<TokenId>],
) -> Option<Range<TokenId>> {
    let words = &cast.mentions.words;
    let quoting =
        quoting_outlet(cast, sentence).or_else(|| carrying_outlet(cast, sentence, content));
    if quoting.is_some() {
        return quoting;
    }
    // What is said may go on for sentences before "…, according to Tass".
    let end = content
        .last()
        .map_or(sentence.end, |c| words.sentence(c.end - 1).end);
    let at = (sentence.start..end.max(sentence.end))
        .find(|t| words.reads(*t, &["according", "to"]) && *t != cue)?;
    cast.mentions
        .pieces_in(at + 2..(at + 9).min(end))
        .find(|p| cast.mentions.pieces[*p].kind == PieceKind::Outlet)
        .map(|p| cast.mentions.pieces[p].tokens.clone())
}

/// Verbs that make or open what words come through: "issued a statement", "took to X".
const MAKING: [&str; 18] = [
    "addressed",
    "began",
    "circulated",
    "delivered",
    "filed",
    "gave",
    "held",
    "issued",
    "opened",
    "posted",
    "published",
    "released",
    "sent",
    "shared",
    "spoke",
    "submitted",
    "took",
    "uploaded",
];

/// The medium by which a speaker is introduced in the sentence before: "Lund held *a news
/// conference* on Monday. “…,” she said."
pub(super) fn introduced(
    cast: &mut Cast,
    sentence: &Range<TokenId>,
    speaker: EntityIndex,
) -> Option<Range<TokenId>> {
    let (verb, medium) = sentence.clone().find_map(|t| {
        let words = &cast.mentions.words;
        let is_noun = lexicon::medium_kind(words.lower(t)).is_some()
            && words.upos(t) == Upos::Noun
            && !matches!(
                words.lower(t),
                "book" | "books" | "memoir" | "newsletter" | "papers"
            );
        let is_platform = || {
            let piece = cast.mentions.piece_from(t);
            piece.is_some_and(|p| cast.mentions.pieces[p].kind == PieceKind::Platform)
        };
        if words.document.quotation_of(t).is_some() || !(is_noun || is_platform()) {
            return None;
        }
        let verb = words
            .head(t)
            .filter(|v| MAKING.contains(&words.lower(*v)) && *v < t)?;
        let of_noun = matches!(words.deprel(t), Deprel::Obj) || !is_noun;
        let mut start = t;
        while start > verb + 1 && matches!(words.upos(start - 1), Upos::Adj | Upos::Noun) {
            start -= 1;
        }
        of_noun.then_some((verb, start..t + 1))
    })?;
    let (subject, _) = subject_of(&cast.mentions.words, verb)?;
    let party = cast.party_of(subject)?;
    party.entities.contains(&speaker).then_some(medium)
}
