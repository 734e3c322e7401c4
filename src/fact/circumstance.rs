//! When a meeting is, and the words around it that are its evidence.

use std::ops::Range;

use jiff::civil::Date;

use super::coreference::{Cast, EntityIndex};
use super::status::UNDONE;
use super::{EventDate, MeetingStatus};
use crate::annotation::{Deprel, Upos, Xpos};
use crate::document::TokenId;
use crate::mention::{CueClass, CueForm, EventPart, EventWord, Tense, TimeValue, Words};

/// The date that the sentence gives the event.
pub(super) fn date_of(
    cast: &Cast,
    event: &EventWord,
    sentence: &Range<TokenId>,
    published: Option<Date>,
    status: MeetingStatus,
) -> Option<EventDate> {
    let words = &cast.mentions.words;
    let at = event.tokens.start;
    // "will not meet him on Friday"
    let floor = at.saturating_sub(4).max(sentence.start);
    let is_ahead = (floor..at).any(|t| matches!(words.lower(t), "will" | "wo"));
    let tense = match status {
        MeetingStatus::Planned | MeetingStatus::Proposed => Tense::Future,
        MeetingStatus::Denied if is_ahead => Tense::Future,
        _ => Tense::Past,
    };
    let mut best: Option<(usize, TimeValue)> = None;
    for time in cast.mentions.times_in(sentence.clone()) {
        let t = &time.tokens;
        if words
            .document
            .quotation_of(t.start)
            .is_some_and(|q| !q.tokens.contains(&at))
        {
            continue;
        }
        let between = t.end.min(event.tokens.end)..t.start.max(at);
        let other_event = cast.mentions.events.iter().any(|e| {
            e.part == EventPart::Noun
                && e.tokens != event.tokens
                && between.contains(&e.tokens.start)
        });
        // "discussed it in a call on Friday": one event by verb and noun.
        if event.lemma != "discuss" && is_of_other(cast, t, event) {
            continue;
        }
        let possessed = words.lower(t.end) == "'s";
        let possesses_this =
            possessed && !other_event && (t.end + 1..at + 1).len() <= 5 && t.end < at;
        if possessed && !possesses_this {
            continue;
        }
        if is_of_clause(cast, t, at) {
            continue;
        }
        // "left on Monday for Oslo, where he will meet": the day of the journey.
        let journey = (t.end..at).any(|u| words.lower(u) == "where")
            && (sentence.start..t.start).any(|u| words.xpos(u) == Xpos::Vbd);
        if tense == Tense::Future && journey {
            continue;
        }
        // "The court heard on Tuesday that he met her": when it was said.
        if words.lower(t.end) == "that" && at > t.end {
            continue;
        }
        let opening = t.start <= sentence.start + 2;
        // "the war since 2022", "the election on Sunday": another thing's date.
        let ends = matches!(
            time.value,
            TimeValue::Weekdays(..) | TimeValue::MonthDay(_, _, Some(_), _)
        );
        let is_since = |word: &str| matches!(word, "since" | "until" | "till" | "from") && !ends;
        let since = is_since(words.before(t.start))
            || words.before(t.start) == "of"
                && (t.start.saturating_sub(4)..t.start).any(|t| is_since(words.lower(t)));
        // "would be their first meeting since the war broke out in 2022"
        let began = t.start.saturating_sub(12).max(event.tokens.end)..t.start;
        let since = since || !ends && began.clone().any(|u| words.lower(u) == "since");
        // "the 1995 crisis", "the 2016 election": part of another thing's name.
        let of_other = t.clone().any(|u| {
            let head = words.head(u).filter(|h| !t.contains(h));
            matches!(
                words.deprel(u),
                Deprel::Compound | Deprel::Nummod | Deprel::Amod
            ) && head.is_some_and(|h| h > u && !event.tokens.contains(&h) && h.abs_diff(at) > 1)
        }) && !matches!(time.value, TimeValue::Weekdays(..));
        // "the elections of 2023"
        let of_noun = words.before(t.start) == "of" && t.start > sentence.start + 1 && {
            let noun = t.start - 2;
            words.upos(noun) == Upos::Noun
                && !event.tokens.contains(&noun)
                && !is_stretch(words, noun)
        };
        if since || of_other || of_noun {
            continue;
        }
        // "told reporters on Tuesday that they would meet": when it was said.
        let of_speech = cast.mentions.cues.iter().any(|c| {
            let opens = c.tokens.end <= t.start
                && t.start < c.tokens.end + 5
                && at > t.end
                && (t.end..at)
                    .any(|u| matches!(words.lower(u), "that" | "he" | "she" | "," | "they"));
            let parts = t.end <= c.tokens.start && c.tokens.end <= at;
            matches!(c.form, CueForm::Past | CueForm::Present)
                && c.class != CueClass::Quote
                && (opens || parts)
        });
        if of_speech && !possesses_this {
            continue;
        }
        // "was postponed on Friday": when it was called off.
        let undoes = t.start - usize::from(matches!(words.before(t.start), "on" | "to" | "until"));
        if UNDONE.contains(&words.before(undoes)) || words.before(undoes) == "off" {
            continue;
        }
        let distance = t.start.abs_diff(at);
        let mut cost =
            distance + if other_event { 12 } else { 0 } + if opening { 0 } else { distance / 2 };
        // "called him on Monday before a summit on Friday"
        let parts = (t.end..at).any(|u| matches!(words.lower(u), "before" | "after" | "ahead"));
        cost += if parts { 12 } else { 0 };
        if possesses_this {
            cost = 0;
        }
        if cost > 34 {
            continue;
        }
        if best.as_ref().is_none_or(|(c, _)| cost < *c) {
            best = Some((cost, time.value));
        }
    }
    let (_, value) = best?;
    let date = value.resolve(published, tense);
    // "could meet for the first time since 2019": a year gone by dates no plan.
    let is_gone = |date: &EventDate| published.is_some_and(|p| date.bounds().1 < p);
    if tense == Tense::Future && date.as_ref().is_some_and(is_gone) {
        return None;
    }
    match (status, published) {
        // What was cancelled may lie on either side: the nearer one.
        (MeetingStatus::Cancelled, Some(published)) => {
            let distance = |date: &EventDate| {
                let days = date.bounds().0.since(published).map_or(0, |s| s.get_days());
                days.abs()
            };
            let other = value.resolve(Some(published), Tense::Future);
            date.into_iter().chain(other).min_by_key(distance)
        }
        _ => date,
    }
}

/// "met Lund, who came *on Sunday*", "Lund, who is visiting Chile, spoke *on Sunday*": whether a
/// relative clause parts a time from an event.
fn is_of_clause(cast: &Cast, time: &Range<TokenId>, event: TokenId) -> bool {
    let words = &cast.mentions.words;
    let clause_of = |t: TokenId| {
        let mut path = std::iter::once(t).chain(words.annotation.ancestors(t));
        path.find(|v| words.deprel(*v) == Deprel::AclRelcl)
    };
    let (of_time, of_event) = (clause_of(time.start), clause_of(event));
    let tells = |verb: TokenId| {
        words.head(verb) == Some(event)
            || matches!(
                words.lower(verb),
                "scheduled" | "planned" | "held" | "hosted" | "due" | "set" | "take" | "took"
            )
    };
    match (of_time, of_event) {
        (Some(a), Some(b)) => a != b && !tells(a),
        (Some(verb), None) => !tells(verb),
        (None, Some(_)) => time.start > event,
        (None, None) => false,
    }
}

/// Nouns that a date completes: "the evening of May 3".
pub(super) fn is_stretch(words: &Words, noun: TokenId) -> bool {
    matches!(
        words.lower(noun),
        "day"
            | "morning"
            | "afternoon"
            | "evening"
            | "night"
            | "week"
            | "weekend"
            | "month"
            | "end"
            | "beginning"
            | "start"
            | "middle"
            | "summer"
            | "winter"
            | "spring"
            | "autumn"
            | "fall"
            | "half"
            | "quarter"
            | "days"
            | "weeks"
            | "months"
    )
}

/// "a friendlier tone than the visit *in February*", "the *February* encounter": whether the noun
/// of another event stands right beside a time.
fn is_of_other(cast: &Cast, time: &Range<TokenId>, event: &EventWord) -> bool {
    let words = &cast.mentions.words;
    let opens = matches!(words.before(time.start), "in" | "on" | "of");
    let before = time.start - usize::from(opens && time.start > 0);
    cast.mentions.events.iter().any(|other| {
        let is_beside = other.tokens.end == before && opens
            || time.end <= other.tokens.start
                && other.tokens.start <= time.end + 1
                && (time.end..other.tokens.start).all(|t| words.upos(t) == Upos::Adj);
        other.part == EventPart::Noun && other.tokens != event.tokens && is_beside
    })
}

pub(super) fn phone_near(cast: &Cast, at: TokenId, end: TokenId) -> bool {
    let words = &cast.mentions.words;
    (at..(at + 14).min(end)).any(|t| {
        matches!(words.lower(t), "phone" | "telephone" | "videoconference")
            || words.lower(t) == "video"
                && matches!(words.lower(t + 1), "call" | "link" | "conference")
    })
}

pub(super) fn evidence_span(
    cast: &Cast,
    event: &EventWord,
    sentence: &Range<TokenId>,
    parties: &[EntityIndex],
) -> crate::document::Span {
    let document = cast.mentions.words.document;
    let mut range = event.tokens.clone();
    for party in parties {
        for at in &cast.drafts[*party].at {
            if sentence.contains(at) && at.abs_diff(event.tokens.start) < 30 {
                let start = document.tokens[*at].span.start;
                let group = cast.drafts[*party].mentions.iter();
                let group = group.filter(|m| m.start == start).map(|m| m.end).max();
                let end = match cast.mentions.piece_at(*at) {
                    Some(p) => cast.mentions.pieces[p].tokens.end,
                    None => group.map_or(at + 1, |end| {
                        document.tokens.partition_point(|t| t.span.start < end)
                    }),
                };
                range = range.start.min(cast.phrase_start(*at))..range.end.max(end);
            }
        }
    }
    document.span(range.start.max(sentence.start)..range.end.min(sentence.end))
}
