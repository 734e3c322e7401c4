//! Where a reported clause begins and ends, and who is told.

use std::ops::Range;

use super::clause::is_people_noun;
use super::coreference::Cast;
use super::party::party_from;
use super::statement::Content;
use crate::annotation::{Deprel, Upos, Xpos};
use crate::document::TokenId;
use crate::mention::{Cue, CueClass, CueForm, PieceKind, Words};

/// Who is told, and the token after: "told reporters in Kyiv".
pub(super) fn addressee_at(
    cast: &mut Cast,
    cue: &Cue,
    end: TokenId,
) -> (Option<Range<TokenId>>, TokenId) {
    let words = &cast.mentions.words;
    let mut at = cue.tokens.end;
    let to = words.lower(at) == "to" && matches!(cue.class, CueClass::Say | CueClass::Quote);
    // "warned the council that"
    let warns = ["warn", "caution", "promis"]
        .iter()
        .any(|v| words.lower(cue.tokens.start).starts_with(v));
    if warns
        && !to
        && let Some(party) = party_from(cast, at, end)
        && cast.mentions.words.lower(party.tokens.end) == "that"
    {
        let told = party.tokens.end;
        return (Some(party.tokens), told);
    }
    let words = &cast.mentions.words;
    if cue.class == CueClass::Say && !to
        || matches!(cue.class, CueClass::Call | CueClass::Urge | CueClass::Deny)
    {
        return (None, at);
    }
    if cue.class == CueClass::Quote && !to {
        return (None, at);
    }
    if to {
        at += 1;
    }
    if matches!(
        words.lower(at),
        "that" | "“" | "\"" | "," | ":" | "whether" | "if" | "how" | "why"
    ) {
        return (None, at);
    }
    let pronoun = matches!(
        words.lower(at),
        "him" | "her" | "them" | "me" | "us" | "it" | "you"
    );
    let party = if pronoun {
        Some(at..at + 1)
    } else {
        party_from(cast, at, end).map(|p| p.tokens).or_else(|| {
            let words = &cast.mentions.words;
            let is_somebody = matches!(words.upos(at), Upos::Noun | Upos::Propn)
                || matches!(words.lower(at), "everyone" | "others" | "anyone");
            (words.is_word(at) && is_somebody).then(|| at..at + 1)
        })
    };
    let Some(mut tokens) = party else {
        return (None, cue.tokens.end);
    };
    let words = &cast.mentions.words;
    let last = tokens
        .end
        .checked_sub(1)
        .and_then(|t| cast.mentions.piece_at(t));
    let adjective = last.is_some_and(|p| {
        matches!(
            cast.mentions.pieces[p].kind,
            PieceKind::Demonym | PieceKind::Supranational
        )
    });
    // "told Estonian public radio": the noun that the adjective belongs to.
    let mut noun = tokens.end;
    while adjective
        && noun < tokens.end + 4
        && words.is_word(noun)
        && !words.is_capital(noun)
        && !matches!(
            words.lower(noun),
            "that"
                | "in"
                | "on"
                | "at"
                | "he"
                | "she"
                | "they"
                | "it"
                | "the"
                | "to"
                | "whether"
                | "if"
        )
    {
        noun += 1;
    }
    tokens.end = noun;
    // "told the BBC's Today programme"
    let words = &cast.mentions.words;
    if cue.class == CueClass::Tell && matches!(words.lower(tokens.end), "'s" | "'") {
        let mut owned = tokens.end + 1;
        while matches!(words.upos(owned), Upos::Noun | Upos::Propn | Upos::Adj)
            && words.is_word(owned)
        {
            owned += 1;
        }
        tokens.end = owned;
    }
    while words.lower(tokens.end) == "and" && words.is_word(tokens.end + 1) {
        let from = tokens.end + 1;
        match party_from(cast, from, end) {
            Some(p) => tokens.end = p.tokens.end,
            None => break,
        }
    }
    let words = &cast.mentions.words;
    // "told a news conference Friday"
    let time = cast
        .mentions
        .times
        .iter()
        .find(|t| t.tokens.end == tokens.end);
    if let Some(time) = time.filter(|t| t.tokens.start > tokens.start) {
        tokens.end = time.tokens.start;
    }
    // The rest up to the clause: "reporters outside the White House that".
    let mut next = tokens.end;
    let limit = (next + 14).min(end);
    while next < limit
        && !matches!(
            words.lower(next),
            "that"
                | "“"
                | "\""
                | ","
                | ":"
                | "whether"
                | "to"
                | "if"
                | "."
                | "how"
                | "why"
                | "he"
                | "she"
                | "they"
                | "it"
                | "the"
        )
    {
        next += 1;
    }
    let reached = next < limit
        && matches!(
            words.lower(next),
            "that"
                | "“"
                | "\""
                | ","
                | ":"
                | "whether"
                | "to"
                | "if"
                | "he"
                | "she"
                | "they"
                | "it"
                | "the"
                | "how"
                | "why"
        );
    let place = matches!(
        words.lower(tokens.end),
        "in" | "at" | "outside" | "on" | "during" | "after" | "before" | "by" | "late" | "earlier"
    ) || cast
        .mentions
        .times
        .iter()
        .any(|t| t.tokens.start == tokens.end);
    let next = if reached && place && words.lower(next) != "the" {
        next
    } else {
        tokens.end
    };
    if to && tokens.is_empty() {
        return (None, cue.tokens.end);
    }
    (Some(tokens), next)
}

/// Past the adverbials between a cue and its content: "says on its site that", "said of her, “".
/// Gives `at` itself where none leads to a "that" or a quotation.
pub(super) fn over_adverbials(cast: &Cast, at: TokenId, end: TokenId) -> TokenId {
    let words = &cast.mentions.words;
    let opens = |t: TokenId| {
        let quotation = words.document.quotation_of(t);
        quotation.is_some_and(|q| q.tokens.start == t && q.tokens.len() > 3)
    };
    // "said Tuesday they would", "said on Tuesday the plan": the time goes with the cue.
    let preposition = usize::from(matches!(words.lower(at), "on" | "in" | "late" | "early"));
    let time = cast.mentions.times_in(at..at + preposition + 1).last();
    let time = time.filter(|t| t.tokens.start == at + preposition);
    if let Some(time) = time
        && begins_clause(cast, time.tokens.end, end)
    {
        return time.tokens.end;
    }
    // "said, however, that", "reported Thursday, June 23, that": what commas part from both.
    let comma = time.map_or(at, |t| t.tokens.end);
    if time.is_some() && words.lower(comma) == "," && words.lower(comma + 1) == "that" {
        return comma + 1;
    }
    if words.lower(comma) == ","
        && let Some(close) = (comma + 1..end.min(comma + 8)).find(|t| words.lower(*t) == ",")
        && words.lower(close + 1) == "that"
        && !(comma + 1..close).any(|t| words.is_finite(t))
    {
        return close + 1;
    }
    if !matches!(words.xpos(at), Xpos::In | Xpos::Rb | Xpos::Nnp) || words.lower(at) == "that" {
        return at;
    }
    let mut next = at + 1;
    while next < end.min(at + 16) {
        let lower = words.lower(next);
        // "said on Radio Lund's “Morning Show” that"
        if opens(next)
            && matches!(
                words.before(next),
                "'s" | "'" | "program" | "programme" | "show"
            )
        {
            next = words
                .document
                .quotation_of(next)
                .map_or(next + 1, |q| q.tokens.end);
            continue;
        }
        if lower == "that" && !words.is_finite(next + 1) || opens(next) {
            let before = words.before(next);
            let led = lower == "that" || matches!(before, "," | ":");
            return if led { next } else { at };
        }
        let ends = words.is_finite(next)
            || matches!(lower, "." | ";" | "who" | "which" | "and" | "but")
            || lower == "," && !opens(next + 1);
        if ends {
            return at;
        }
        next += 1;
    }
    at
}

/// Whether a clause begins at `at`: a subject and, soon after, a verb.
pub(super) fn begins_clause(cast: &Cast, at: TokenId, end: TokenId) -> bool {
    let words = &cast.mentions.words;
    if at + 1 >= end {
        return false;
    }
    let lower = words.lower(at);
    if matches!(
        lower,
        "he" | "she"
            | "it"
            | "they"
            | "there"
            | "we"
            | "i"
            | "you"
            | "no"
            | "if"
            | "when"
            | "while"
    ) {
        return true;
    }
    if matches!(
        lower,
        "on" | "in"
            | "at"
            | "by"
            | "for"
            | "of"
            | "with"
            | "to"
            | "as"
            | "from"
            | "about"
            | ","
            | "."
            | "and"
            | "but"
            | "during"
            | "after"
            | "before"
            | "earlier"
            | "later"
            | "last"
            | "so"
            | "not"
            | "late"
    ) {
        // "said on Monday the talks would go on", "said after the talks that".
        return false;
    }
    let limit = (at + 18).min(end);
    (at + 1..limit).any(|t| {
        // The tagger takes some past forms for participles: "the talks included plans".
        let past = words.xpos(t) == Xpos::Vbn && words.xpos(t - 1) == Xpos::Nns;
        // "After she announced her exit, hundreds cheered": the verb of the main clause.
        let is_outer = || (at..t).any(|c| words.lower(c) == ",") && governs(words, t, at);
        (words.is_finite(t) || past) && !is_outer()
    })
}

/// ", but *Lund* accused him", ", and one of them, *Carl Berg*, said": somebody named right before a
/// verb.
fn is_named_subject(cast: &Cast, from: TokenId, verb: TokenId) -> bool {
    let words = &cast.mentions.words;
    let end = verb - usize::from(words.before(verb) == ",");
    let piece = cast.mentions.piece_until(end);
    let is_person = piece.is_some_and(|p| cast.mentions.pieces[p].kind == PieceKind::Person);
    is_person && !(from + 1..end).any(|t| words.is_finite(t) || words.lower(t) == "that")
}

/// Whether the clause of the verb at `verb` reaches back before `at`: it is no part of what begins
/// there.
fn governs(words: &Words, verb: TokenId, at: TokenId) -> bool {
    words.annotation.subtree(clause_head(words, verb)).start < at
}

/// The word that a clause hangs on, of its verb: "has *gone*", "is *ready*".
fn clause_head(words: &Words, verb: TokenId) -> TokenId {
    let is_helper = matches!(
        words.deprel(verb),
        Deprel::Aux | Deprel::AuxPass | Deprel::Cop
    );
    words.head(verb).filter(|_| is_helper).unwrap_or(verb)
}

/// "Though she had promised to step back, *the board went on*": whether behind a comma begins a
/// clause that the report only stands in or, where it is an infinitive, stands beside.
fn resumes(words: &Words, cues: &[Cue], follows: TokenId, at: TokenId, end: TokenId) -> bool {
    let limit = end.min(follows + 12);
    let Some(verb) = (follows..limit).find(|t| words.is_finite(*t)) else {
        return false;
    };
    let parted = (follows..verb).any(|t| words.lower(t) == ",");
    let opens = matches!(
        words.lower(follows),
        "who" | "which" | "that" | "where" | "when" | "because" | "if" | "as" | "although"
    );
    let near = cues.partition_point(|c| c.tokens.start < at);
    let cue = cues[..near].iter().rev().find(|c| c.tokens.end <= at);
    let holds = cue.is_some_and(|c| governs(words, verb, c.tokens.start + 1));
    let beside = words.lower(at) == "to"
        && matches!(words.lower(follows), "and" | "but")
        && words.lower(follows + 1) != "to";
    holds && !opens && !parted || beside
}

/// Whether behind a comma another's words begin, or the reporting clause goes on.
fn is_parted(cast: &Cast, cues: &[Cue], follows: TokenId, at: TokenId, end: TokenId) -> bool {
    let words = &cast.mentions.words;
    let gerund = cues.iter().any(|c| {
        (c.tokens.start == follows
            || c.tokens.start == follows + 1
                && matches!(words.lower(follows), "while" | "before" | "also"))
            && c.form == CueForm::Gerund
    });
    let according = words.reads(follows, &["according", "to"]);
    // ", Lee said, “…”": another's words begin.
    let other = cues.iter().any(|c| {
        (follows + 1..follows + 9).contains(&c.tokens.start)
            && matches!(c.form, CueForm::Past | CueForm::Present)
            && matches!(c.class, CueClass::Say | CueClass::Tell | CueClass::Ask)
            && (matches!(words.lower(c.tokens.end), "," | ":" | "“" | "\"" | "that")
                || c.class == CueClass::Tell)
            && (follows..c.tokens.start).all(|t| {
                !matches!(
                    words.lower(t),
                    "," | "that" | "who" | "which" | "and" | "but"
                )
            })
            && (cast
                .mentions
                .piece_from(follows)
                .is_some_and(|p| cast.mentions.pieces[p].kind != PieceKind::Demonym)
                || matches!(words.lower(follows), "he" | "she")
                || matches!(words.lower(follows), "the" | "his" | "her" | "both")
                    && is_people_noun(words.before(c.tokens.start)))
    });
    let but = matches!(words.lower(follows), "but" | "and" | "while")
        && cues.iter().any(|c| {
            let start = c.tokens.start;
            (follows + 1..follows + 5).contains(&start)
                && matches!(c.form, CueForm::Past | CueForm::Present)
                && matches!(
                    words.before(start),
                    "he" | "she" | "they" | "but" | "and" | "also"
                )
                || (follows + 1..follows + 11).contains(&start)
                    && c.form == CueForm::Past
                    && words.xpos(start) == Xpos::Vbd
                    && c.class != CueClass::Quote
                    && is_named_subject(cast, follows, start)
        });
    // ", he said": the cue stands in the middle or at the end.
    let inner = cues.iter().any(|c| {
        (follows + 1..follows + 8).contains(&c.tokens.start)
            && matches!(c.form, CueForm::Past | CueForm::Present)
            && c.class == CueClass::Say
            && closes_sentence(cast, c.tokens.end, end)
    });
    let outer = || resumes(words, cues, follows, at, end);

    gerund || according || but || inner || other || outer()
}

/// Where a reported clause that begins at `at` ends.
pub(super) fn clause_end(cast: &Cast, cues: &[Cue], at: TokenId, end: TokenId) -> TokenId {
    let words = &cast.mentions.words;
    let mut next = at;
    while next < end {
        // Closing quotation marks and brackets go with their content.
        let quoted = words
            .document
            .quotation_of(next)
            .is_some_and(|q| q.tokens.start >= at);
        // "said that it was “over,” Tass reported": the comma inside the mark.
        let closes = words
            .document
            .quotation_of(next)
            .is_some_and(|q| q.tokens.end == next + 1 && q.tokens.start > at);
        if closes && words.before(next) == "," && is_parted(cast, cues, next + 1, at, end) {
            next += 1;
            break;
        }
        if !quoted {
            if words.lower(next) == ";" {
                break;
            }
            if words.lower(next) == "," && is_parted(cast, cues, next + 1, at, end) {
                break;
            }
            if matches!(words.lower(next), "and" | "but") && next >= at + 2 {
                let follows = next + 1;
                let coordinated = cues.iter().any(|c| {
                    (c.tokens.start == follows
                        || c.tokens.start == follows + 1
                            && matches!(
                                words.lower(follows),
                                "also" | "then" | "instead" | "he" | "she"
                            ))
                        && matches!(c.form, CueForm::Past | CueForm::Present)
                        && (c.class != CueClass::Quote)
                });
                if coordinated {
                    break;
                }
            }
        }
        next += 1;
    }
    trimmed_end(cast, at, next)
}

/// Without the final stop, unless it stands inside quotation marks.
pub(super) fn trimmed_end(cast: &Cast, start: TokenId, end: TokenId) -> TokenId {
    let words = &cast.mentions.words;
    let mut end = end;
    while end > start && matches!(words.before(end), "." | "," | ";" | ":" | "—" | "–" | "--") {
        end -= 1;
    }
    end
}

/// Where the clause that ends a sentence with its cue begins: after a leading conjunction.
pub(super) fn clause_start(cast: &Cast, start: TokenId) -> TokenId {
    let words = &cast.mentions.words;
    let mut at = start;
    while matches!(
        words.lower(at),
        "but" | "and" | "however" | "meanwhile" | "," | "—"
    ) {
        at += 1;
    }
    at
}

/// Whether nothing but time, place and occasion follows until the sentence ends.
pub(super) fn closes_sentence(cast: &Cast, at: TokenId, end: TokenId) -> bool {
    let words = &cast.mentions.words;
    let rest = at..end;
    if rest.clone().all(|t| !words.is_word(t)) {
        return true;
    }
    let short = rest.len() <= 14;
    let adverbial = matches!(
        words.lower(at),
        "on" | "in"
            | "at"
            | "during"
            | "after"
            | "before"
            | "late"
            | "earlier"
            | "later"
            | "yesterday"
            | "today"
            | "to"
            | "."
            | "via"
            | "through"
            | "by"
            | "following"
            | "of"
            | "about"
            | "as"
            | "while"
            | "when"
    ) || cast.mentions.times.iter().any(|t| t.tokens.start == at);
    short && adverbial && !rest.clone().any(|t| words.lower(t) == "that")
}

/// "pledged to …", "urged X to …".
pub(super) fn infinitive(
    cast: &mut Cast,
    cues: &[Cue],
    cue: &Cue,
    sentence: &Range<TokenId>,
) -> Option<Content> {
    let start = cue.tokens.end;
    if cast.mentions.words.lower(start) == "that" {
        let end = clause_end(cast, cues, start + 1, sentence.end);
        return (end > start + 2).then(|| Content::of(start + 1..end, "clause-after-that", None));
    }
    let mut at = start;
    let mut addressee = None;
    let mut timed = at;
    if matches!(cast.mentions.words.lower(timed), "on" | "in" | "late") {
        timed += 1;
    }
    if let Some(time) = cast.mentions.times.iter().find(|t| t.tokens.start == timed) {
        at = time.tokens.end;
    }
    if cast.mentions.words.lower(at) != "to" && cast.mentions.words.lower(at) != "not" {
        let pronoun = matches!(cast.mentions.words.lower(at), "him" | "her" | "them" | "it");
        let tokens = if pronoun {
            at..at + 1
        } else {
            party_from(cast, at, sentence.end)?.tokens
        };
        at = tokens.end;
        addressee = Some(tokens);
    }
    let words = &cast.mentions.words;
    let negated = words.lower(at) == "not" && words.lower(at + 1) == "to";
    if words.lower(at) != "to" && !negated {
        return None;
    }
    if !words.is_word(at + 1)
        || words.is_capital(at + 1)
        || matches!(
            words.lower(at + 1),
            "the" | "a" | "his" | "her" | "an" | "its" | "their"
        )
    {
        return None;
    }
    let end = clause_end(cast, cues, at, sentence.end);
    (end > at + 1).then(|| Content::of(at..end, "infinitive", addressee))
}
