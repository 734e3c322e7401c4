//! Where and when a meeting is, and how real.

use std::ops::Range;

use jiff::civil::Date;

use super::clause::is_people_noun;
use super::coreference::{Cast, EntityIndex};
use super::occasion::is_titled;
use super::{EventDate, MeetingStatus};
use crate::annotation::{Deprel, Upos, Xpos};
use crate::document::TokenId;
use crate::mention::{CueClass, CueForm, EventPart, EventWord, PieceKind, Tense, TimeValue, Words};

pub(super) fn phone_near(cast: &Cast, at: TokenId, end: TokenId) -> bool {
    let words = &cast.mentions.words;
    (at..(at + 14).min(end)).any(|t| {
        matches!(words.lower(t), "phone" | "telephone" | "videoconference")
            || words.lower(t) == "video"
                && matches!(words.lower(t + 1), "call" | "link" | "conference")
    })
}

/// A place phrase that begins at `at`: the pieces and the token after it.
pub(super) fn place_at(cast: &Cast, at: TokenId, end: TokenId) -> Option<(Vec<usize>, TokenId)> {
    let mentions = cast.mentions;
    let words = &mentions.words;
    let mut next = at;
    while next < (at + 4).min(end)
        // "The Hague" has its article.
        && mentions.piece_from(next).is_none()
        && matches!(
            words.lower(next),
            "the"
                | "a"
                | "an"
                | "his"
                | "her"
                | "their"
                | "capital"
                | "city"
                | "of"
                | "nearby"
                | "southern"
                | "northern"
                | "eastern"
                | "western"
                | "resort"
        )
    {
        next += 1;
    }
    // "at the Ministry of Health": the house of a body.
    let houses = matches!(words.before(at), "at" | "inside");
    let is_place = |p: &usize| {
        let kind = mentions.pieces[*p].kind;
        // "at the Republican convention": a body's event, not its house.
        let end = mentions.pieces[*p].tokens.end;
        kind.is_place()
            || houses && kind == PieceKind::Organization && words.upos(end) != Upos::Noun
    };
    let mut found = Vec::new();
    while let Some(p) = mentions.piece_from(next).filter(is_place) {
        // "Chile's coast", "the Chile-Peru border"
        if matches!(words.lower(mentions.pieces[p].tokens.end), "'s" | "-" | "–") {
            break;
        }
        found.push(p);
        next = mentions.pieces[p].tokens.end;
        let joined = match words.lower(next) {
            "," => 1,
            "in" | "of" | "at" | "on" => {
                if words.lower(next + 1) == "the" {
                    2
                } else {
                    1
                }
            }
            _ => 0,
        };
        if joined == 0
            || mentions
                .piece_from(next + joined)
                .is_none_or(|q| !mentions.pieces[q].kind.is_place())
        {
            break;
        }
        next += joined;
    }
    (!found.is_empty()).then_some((found, next))
}

/// The token behind "on Monday in Oslo", "at his office", "privately": what may stand between a verb
/// and those whom it is about.
pub(super) fn past_circumstances(cast: &Cast, at: TokenId, end: TokenId) -> TokenId {
    let words = &cast.mentions.words;
    let mut next = at;
    while next < end {
        let opens = matches!(words.lower(next), "on" | "in" | "at" | "inside");
        let inner = next + usize::from(opens);
        let time = cast.mentions.times.iter().find(|t| t.tokens.start == inner);
        if let Some(time) = time {
            next = time.tokens.end;
        } else if let Some((_, after)) = opens.then(|| place_at(cast, inner, end)).flatten() {
            next = after;
        } else if let Some(after) = opens.then(|| past_room(words, inner)).flatten() {
            next = after;
        } else if words.lower(next) == "here" || words.upos(next) == Upos::Adv {
            next += 1;
        } else {
            break;
        }
    }
    next.min(end)
}

/// The token behind "his office", "the presidential palace": a house without a name.
fn past_room(words: &Words, at: TokenId) -> Option<TokenId> {
    let determined = matches!(
        words.lower(at),
        "his" | "her" | "their" | "its" | "the" | "a" | "an"
    );
    let noun = (at + 1..at + 4).find(|t| is_room(words.lower(*t)))?;
    let inside = (at + 1..noun).all(|t| words.is_word(t) && words.upos(t) != Upos::Verb);
    (determined && inside).then_some(noun + 1)
}

fn is_room(lower: &str) -> bool {
    matches!(
        lower,
        "office"
            | "offices"
            | "residence"
            | "headquarters"
            | "palace"
            | "ministry"
            | "hotel"
            | "chambers"
            | "home"
            | "airport"
            | "premises"
            | "secretariat"
            | "capital"
            | "city"
            | "embassy"
    )
}

/// Offices that are held in a place: "the envoy in Lima" need not be met there.
fn is_post(noun: &str) -> bool {
    matches!(
        noun,
        "ambassador"
            | "ambassadors"
            | "envoy"
            | "envoys"
            | "consul"
            | "attaché"
            | "representative"
            | "representatives"
            | "coordinator"
            | "correspondent"
            | "director"
            | "head"
            | "chief"
            | "commander"
            | "bishop"
            | "nuncio"
            | "diplomat"
            | "diplomats"
    )
}

/// Whether a place belongs to a verb whose clause the event is not in: "The meeting told members to
/// stay in Lahore".
fn is_elsewhere(cast: &Cast, place: usize, event: TokenId) -> bool {
    let words = &cast.mentions.words;
    let tokens = &cast.mentions.pieces[place].tokens;
    let head = tokens
        .clone()
        .find(|t| words.head(*t).is_none_or(|h| !tokens.contains(&h)));
    let Some(verb) = head.and_then(|head| {
        let mut above = words.annotation.ancestors(head);
        // "with the visiting premier at the palace"
        above.find(|t| *t == event || words.upos(*t) == Upos::Verb && words.lower(*t) != "visiting")
    }) else {
        return false;
    };
    let holds = matches!(
        words.lower(verb),
        "held" | "hosted" | "convened" | "scheduled" | "planned" | "set" | "took" | "take"
    );
    !holds && !words.annotation.is_under(event, verb) && !words.annotation.is_under(verb, event)
}

/// Whether the tree hangs a place on a noun that is neither the event nor people nor where the event
/// is: "to avert a strike *in Lille*".
fn is_of_noun(cast: &Cast, place: usize, event: TokenId) -> bool {
    let mentions = cast.mentions;
    let words = &mentions.words;
    let tokens = &mentions.pieces[place].tokens;
    let above = |from: &Range<TokenId>| {
        let mut heads = from
            .clone()
            .filter(|t| words.head(*t).is_some_and(|h| !from.contains(&h)));
        heads.next().and_then(|t| Some((t, words.head(t)?)))
    };
    let Some((own, mut noun)) = above(tokens) else {
        return false;
    };
    // "at the Springfield courthouse": the house's own place in the tree.
    if words.deprel(own) == Deprel::Compound {
        match words.head(noun) {
            Some(head) => noun = head,
            None => return false,
        }
    }
    // "a hearing on the attacks on Chileans in Lima": what it is about is there.
    let themes = |t: &TokenId| {
        if is_stretch(words, *t) {
            return false;
        }
        let mut cases = words.annotation.children_with(*t, Deprel::Case);
        cases.any(|case| matches!(words.lower(case), "on" | "about" | "over" | "against"))
    };
    let mut path = words.annotation.ancestors(own).take_while(|t| *t != event);
    let is_time = |t: TokenId| mentions.times.iter().any(|time| time.tokens.contains(&t));
    if words.annotation.is_under(own, event)
        && path.any(|t| t > event && words.upos(t) != Upos::Verb && !is_time(t) && themes(&t))
    {
        return true;
    }
    let is_common = |t: TokenId| {
        let is_event = mentions.events.iter().any(|e| e.tokens.contains(&t));
        let lower = words.lower(t);
        words.upos(t) == Upos::Noun
            && !(is_event || is_time(t) || is_titled(cast, t) || is_people_noun(lower))
            && mentions.piece_at(t).is_none()
            && !is_room(lower)
            && !is_stretch(words, t)
    };
    // "at his club in Palm Beach": what the event is at is itself there.
    let is_at = words
        .annotation
        .children_with(noun, Deprel::Case)
        .any(|case| words.lower(case) == "at");
    let is_own = is_at || words.head(noun) == Some(event) && words.deprel(noun) == Deprel::Obl;
    // "on the sidelines of a funeral in Rome": there they meet.
    let is_beside = (event..noun).any(|t| matches!(words.lower(t), "sidelines" | "margins"));
    !is_beside && noun > event && noun < tokens.start && !is_own && is_common(noun)
}

/// The places that the clause of an event names after "in" or "at".
pub(super) fn places_in(cast: &Cast, event: TokenId, sentence: &Range<TokenId>) -> Vec<usize> {
    let words = &cast.mentions.words;
    // "is in Cairo, where he met": the place that the clause describes.
    let described = (event.saturating_sub(10).max(sentence.start)..event)
        .rev()
        .find(|t| words.lower(*t) == "where")
        .and_then(|t| {
            let end = if words.before(t) == "," { t - 1 } else { t };
            let is_place = |p: &usize| cast.mentions.pieces[*p].kind.is_place();
            // "is in Davos for the forum, where he met"
            let by_tree = || {
                let verb = words.annotation.ancestors(t).find(|v| {
                    words.deprel(*v) == Deprel::AclRelcl && words.head(*v).is_some_and(|h| h < t)
                })?;
                cast.mentions.piece_at(words.head(verb)?)
            };
            cast.mentions
                .piece_until(end)
                .filter(is_place)
                .or_else(|| by_tree().filter(is_place))
        });
    let described = described.map(|p| {
        // "is in Minsk, Belarus, where"
        let start = cast.mentions.pieces[p].tokens.start;
        let within = (words.before(start) == ",")
            .then(|| cast.mentions.piece_until(start - 1))
            .flatten()
            .filter(|q| cast.mentions.pieces[*q].kind.is_place());
        within.into_iter().chain([p]).collect()
    });
    let mut best: Option<(usize, Vec<usize>)> = described.map(|places| (3, places));
    let mut at = sentence.start;
    while at < sentence.end {
        let prep = matches!(words.lower(at), "in" | "at" | "inside" | "outside");
        if prep
            && !words
                .document
                .quotation_of(at)
                .is_some_and(|q| q.tokens.len() > 6 && !q.tokens.contains(&event))
            && let Some((places, next)) = place_at(cast, at + 1, sentence.end)
        {
            let distance = if at >= event {
                at - event
            } else {
                (event - at) * 2
            };
            // "a meeting that was planned in Riga": the event's own clause.
            let own = |t: TokenId| {
                words.head(t).is_some_and(|verb| {
                    let of_event = words.head(verb) == Some(event)
                        || matches!(
                            words.lower(verb),
                            "scheduled" | "planned" | "held" | "hosted"
                        );
                    words.deprel(verb) == Deprel::AclRelcl && of_event
                })
            };
            let stops = (event.min(at)..event.max(at)).any(|t| {
                !own(t)
                    && matches!(
                        words.lower(t),
                        ";" | "that" | "who" | "which" | "said" | "says" | "where"
                    )
            }) || at < event && (at..event).any(|t| words.lower(t) == "before");
            // "ambassador in Baghdad": of the office.
            let of_office = cast.mentions.titles.iter().any(|t| {
                let noun = words.lower(t.core.end - 1);
                let ends = t.core.end == at || t.tokens.end == at;
                // "host leaders at Lancaster House": no office is held there.
                let is_general =
                    matches!(noun, "leaders" | "officials" | "ministers" | "executives")
                        || words.lower(at) == "in" && t.holders.is_empty() && !is_post(noun);
                ends && is_post(noun) || t.tokens.contains(&(at + 1)) && !is_general
            });
            // "war in Ukraine", "troops in Syria": the place of something else.
            let governed = of_office
                || at > 0
                    && matches!(
                        words.before(at),
                        "war"
                            | "conflict"
                            | "fighting"
                            | "ceasefire"
                            | "troops"
                            | "crisis"
                            | "peace"
                            | "situation"
                            | "forces"
                            | "stability"
                            | "invasion"
                            | "killing"
                            | "elections"
                            | "election"
                            | "violence"
                            | "developments"
                            | "truce"
                            | "accredited"
                            | "based"
                            | "mission"
                            | "embassy"
                    );
            if distance <= 26
                && !is_elsewhere(cast, places[0], event)
                && !is_of_noun(cast, places[0], event)
                && !stops
                && !governed
                && best.as_ref().is_none_or(|(d, _)| distance < *d)
            {
                best = Some((distance, places));
            }
            at = next;
            continue;
        }
        at += 1;
    }
    best.map(|(_, places)| places).unwrap_or_default()
}

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
    let tense = match status {
        MeetingStatus::Planned | MeetingStatus::Proposed => Tense::Future,
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
        if is_of_other(cast, t, event) {
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
fn is_stretch(words: &Words, noun: TokenId) -> bool {
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

/// Verbs by which an event does not come about.
const UNDONE: &[&str] = &[
    "cancelled",
    "canceled",
    "postponed",
    "scrapped",
    "shelved",
    "aborted",
    "cancel",
    "postpone",
];

/// How real the event is, from the verb group that ends at `verb`.
pub(super) fn verb_status(cast: &Cast, verb: TokenId, sentence: &Range<TokenId>) -> MeetingStatus {
    let words = &cast.mentions.words;
    // "will call on the king and meet Lund": one "will" for both.
    if words.deprel(verb) == Deprel::Conj
        && words.xpos(verb) == Xpos::Vb
        && words.before(verb) != "to"
        && let Some(first) = words.head(verb)
        && first < verb
        && words.xpos(first) == Xpos::Vb
        && sentence.contains(&first)
    {
        return verb_status(cast, first, sentence);
    }
    let from = verb.saturating_sub(9).max(sentence.start);
    let mut group: Vec<&str> = Vec::new();
    for t in (from..verb).rev() {
        let lower = words.lower(t);
        if matches!(
            lower,
            "," | ";" | "that" | "." | "“" | "\"" | "which" | "who" | ":"
        ) {
            break;
        }
        // "To Lam hosted": a name is no "to".
        let is_name = cast.mentions.piece_at(t);
        let is_name = is_name.is_some_and(|p| cast.mentions.pieces[p].kind == PieceKind::Person);
        group.push(if is_name { "" } else { lower });
    }
    let has = |list: &[&str]| group.iter().any(|w| list.contains(w));
    let near = |list: &[&str]| group.iter().take(5).any(|w| list.contains(w));
    let before = words.before(verb);
    let infinitive =
        group.first() == Some(&"to") || before == "to" || group.iter().take(2).any(|w| *w == "to");
    let put_off = words.reads(verb, &["put", "off"]);
    if put_off || has(UNDONE) || UNDONE.contains(&words.lower(verb)) {
        return MeetingStatus::Cancelled;
    }
    let denied = cast.mentions.cues.iter().any(|c| {
        c.class == CueClass::Deny
            && c.tokens.start >= sentence.start
            && c.tokens.end < verb
            && (c.tokens.end..verb).any(|t| words.lower(t) == "that")
    });
    if denied {
        return MeetingStatus::Denied;
    }
    let instead = (from..verb).any(|t| words.reads(t, &["instead", "of"]));
    if instead || near(&["not", "n't", "never"]) && !infinitive {
        return MeetingStatus::Denied;
    }
    if near(&["refused", "declined", "denied"]) {
        return MeetingStatus::Denied;
    }
    // "ruled out meeting", "is considering visiting"
    if before == "out" && words.before(verb - 1).starts_with("rul") {
        return MeetingStatus::Denied;
    }
    if matches!(before, "considering" | "about" | "suggested" | "proposed") {
        return MeetingStatus::Proposed;
    }
    // "there are no plans to meet"
    if infinitive && has(&["no"]) && near(&["plan", "plans", "intention"]) {
        return MeetingStatus::Denied;
    }
    // "said he would meet": announced, as "will" in his words.
    if near(&["would"]) && is_announced(cast, verb, sentence) {
        return MeetingStatus::Planned;
    }
    // "to stop Lund from visiting": a visit that is only at issue.
    let kept = before == "from"
        && has(&[
            "stop",
            "stopped",
            "prevent",
            "prevented",
            "keep",
            "kept",
            "bar",
            "barred",
            "block",
            "blocked",
            "ban",
            "banned",
            "deter",
            "dissuade",
            "discourage",
        ]);
    if kept || near(&["would", "could", "may", "might", "if", "should", "can"]) {
        return MeetingStatus::Proposed;
    }
    if near(&["will", "'ll", "scheduled", "due", "shall", "slated", "set"]) {
        return MeetingStatus::Planned;
    }
    if infinitive {
        if near(&[
            "wants",
            "want",
            "wanted",
            "offered",
            "hopes",
            "hope",
            "hoped",
            "ready",
            "willing",
            "asked",
            "urged",
            "invited",
            "propose",
            "proposed",
            "readiness",
            "refused",
            "like",
            "possible",
            "possibility",
            "desire",
        ]) {
            return MeetingStatus::Proposed;
        }
        return MeetingStatus::Planned;
    }
    let own = words.lower(verb);
    let be = if matches!(before, "also" | "now" | "currently" | "still") {
        words.before(verb - 1)
    } else {
        before
    };
    if own.ends_with("ing") && matches!(be, "is" | "are") {
        return MeetingStatus::Ongoing;
    }
    let base = matches!(
        own,
        "meet"
            | "hold"
            | "visit"
            | "host"
            | "receive"
            | "gather"
            | "attend"
            | "call"
            | "confer"
            | "have"
            | "pay"
            | "make"
            | "join"
    );
    if base
        && !near(&["they", "did", "leaders", "ministers", "officials"])
        && !infinitive
        && has(&["let", "if", "should"])
    {
        return MeetingStatus::Proposed;
    }
    MeetingStatus::Held
}

/// "*said on Monday he would* meet": whether somebody is told to have said that it will be so.
fn is_announced(cast: &Cast, verb: TokenId, sentence: &Range<TokenId>) -> bool {
    let words = &cast.mentions.words;
    let Some(would) = (verb.saturating_sub(3)..verb).find(|t| words.lower(*t) == "would") else {
        return false;
    };
    let only_adverbs =
        (would + 1..verb).all(|t| matches!(words.upos(t), Upos::Adv) && words.lower(t) != "like");
    let cue = cast.mentions.cues.iter().rev().find(|c| {
        sentence.contains(&c.tokens.start) && c.tokens.end <= would && c.form == CueForm::Past
    });
    let Some(cue) = cue.filter(|_| only_adverbs) else {
        return false;
    };
    let announces = matches!(
        words.lower(cue.tokens.start),
        "said" | "announced" | "confirmed" | "told" | "stated" | "revealed" | "added"
    );
    let open = (cue.tokens.end..sentence.end.min(verb + 10)).any(|t| {
        matches!(
            words.lower(t),
            "if" | "unless" | "whether" | "should" | "could" | "not" | "only" | "when" | "until"
        )
    });
    announces && would - cue.tokens.end < 14 && !open
}

/// "If the talks take place", "a session, including her, could follow", "could lead to talks": how
/// real the verb of happening beside an event says it is.
fn modal_above(cast: &Cast, noun: TokenId) -> Option<MeetingStatus> {
    const HAPPENING: &[&str] = &[
        "follow", "follows", "happen", "happens", "take", "takes", "be", "come", "comes", "occur",
        "occurs", "held",
    ];
    const BRINGING: &[&str] = &["lead", "pave", "result", "culminate", "open"];
    let words = &cast.mentions.words;
    let modal = |word: &str| match word {
        "if" | "unless" | "could" | "would" | "may" | "might" | "should" | "can" => {
            Some(MeetingStatus::Proposed)
        }
        "will" | "shall" => Some(MeetingStatus::Planned),
        _ => None,
    };
    // The tree often loses the verb behind an aside.
    let closes = (words.lower(noun + 1) == ",")
        .then(|| (noun + 2..noun + 10).find(|t| words.lower(*t) == ","))
        .flatten();
    if let Some(close) = closes
        && HAPPENING.contains(&words.lower(close + 2))
    {
        return modal(words.lower(close + 1));
    }
    let verb = words
        .annotation
        .ancestors(noun)
        .find(|t| words.upos(*t) == Upos::Verb)?;
    let is_subject = matches!(words.deprel(noun), Deprel::Nsubj | Deprel::NsubjPass);
    // "would take place before a summit": that one is as uncertain.
    let is_beside = words
        .annotation
        .children(noun)
        .iter()
        .any(|c| *c < noun && matches!(words.lower(*c), "before" | "after"));
    let happens = (is_subject || is_beside) && HAPPENING.contains(&words.lower(verb))
        || verb < noun && BRINGING.contains(&words.lower(verb));
    let before = words
        .annotation
        .children(verb)
        .iter()
        .filter(|c| **c < verb);
    happens
        .then(|| before.filter_map(|c| modal(words.lower(*c))).next())
        .flatten()
}

/// How real an event is that stands as a noun without a verb of holding.
pub(super) fn noun_status(
    cast: &Cast,
    start: TokenId,
    end: TokenId,
    sentence: &Range<TokenId>,
) -> MeetingStatus {
    let words = &cast.mentions.words;
    let left = start.saturating_sub(7).max(sentence.start)..start;
    let right = end..(end + 12).min(sentence.end);
    let any = |range: Range<TokenId>, list: &[&str]| {
        range.clone().any(|t| {
            list.contains(&words.lower(t))
                && !(t + 1..start.min(range.end)).any(|u| matches!(words.lower(u), "," | ";" | "."))
        })
    };
    if any(
        left.clone(),
        &[
            "avoided", "avoids", "rejected", "rejects", "refused", "refuses", "declined", "shunned",
        ],
    ) || left.clone().any(|t| words.reads(t, &["ruled", "out"]))
    {
        return MeetingStatus::Denied;
    }
    // "There are no plans for a meeting."
    if left
        .clone()
        .any(|t| words.lower(t) == "no" && words.lower(t + 1).starts_with("plan"))
    {
        return MeetingStatus::Denied;
    }
    // "is due in Oslo for talks"
    let is_awaited = |t: TokenId| match words.lower(t) {
        "due" => words.lower(t + 1) != "to",
        "expected" => matches!(words.lower(t + 1), "in" | "at"),
        _ => false,
    };
    if left.clone().any(is_awaited) {
        return MeetingStatus::Planned;
    }
    // "A meeting with Lund that was planned for Monday was called off."
    let undone = words.head(end - 1).is_some_and(|verb| {
        words.deprel(end - 1) == Deprel::NsubjPass
            && (UNDONE.contains(&words.lower(verb)) || words.reads(verb, &["called", "off"]))
    });
    if undone {
        return MeetingStatus::Cancelled;
    }
    if let Some(status) = modal_above(cast, end - 1) {
        return status;
    }
    let agrees = left
        .clone()
        .any(|t| matches!(words.lower(t), "agreed" | "decided" | "vowed" | "pledged"));
    // "agreed on it after the talks": by then they had been held.
    let over = matches!(
        words.before(start),
        "after" | "following" | "since" | "during" | "at"
    ) && !left.clone().any(|t| {
        matches!(words.lower(t), "will" | "would" | "expected")
            // "agreed on Monday to sign it after the talks": these have been.
            || words.lower(t) == "to" && !agrees
    });
    if over {
        return MeetingStatus::Held;
    }
    let being = |participles: &[&str]| {
        right
            .clone()
            .take(8)
            .any(|t| words.lower(t) == "being" && participles.contains(&words.lower(t + 1)))
    };
    if being(&[
        "mulled",
        "considered",
        "weighed",
        "discussed",
        "floated",
        "proposed",
    ]) {
        return MeetingStatus::Proposed;
    }
    if being(&[
        "planned",
        "arranged",
        "organised",
        "organized",
        "prepared",
        "scheduled",
    ]) {
        return MeetingStatus::Planned;
    }
    let asks = |word: &str| word.starts_with("call") || matches!(word, "asked" | "ask" | "asking");
    let called_for = left
        .clone()
        .any(|t| asks(words.lower(t)) && words.lower(t + 1) == "for");
    if called_for {
        return MeetingStatus::Proposed;
    }
    if any(left.clone(), UNDONE) || any(left.clone(), &["called"]) && !any(left.clone(), &["for"]) {
        return MeetingStatus::Cancelled;
    }
    if any(
        left.clone(),
        &[
            "arrange",
            "arranging",
            "arrangements",
            "plans",
            "planned",
            "planning",
            "agreed",
            "announced",
            "set",
            "schedule",
            "begin",
            "organize",
            "organise",
            "preparations",
            "preparing",
            "prepare",
        ],
    ) {
        return MeetingStatus::Planned;
    }
    if any(
        left.clone(),
        &[
            "proposed",
            "possibility",
            "idea",
            "offered",
            "suggested",
            "hopes",
            "hope",
            "hoped",
            "broker",
            "urged",
            "toward",
            "towards",
            "prospect",
            "prospects",
            "possible",
            "possibly",
            "potentially",
            "seek",
            "seeking",
            "wants",
            "want",
            "push",
            "calls",
            "call",
            "demanded",
            "requested",
            "request",
            "sought",
            "seeks",
            "propose",
        ],
    ) {
        return MeetingStatus::Proposed;
    }
    let off = right
        .clone()
        .any(|t| UNDONE.contains(&words.lower(t)) || words.reads(t, &["called", "off"]));
    let stops = right
        .clone()
        .find(|t| matches!(words.lower(*t), "," | ";" | "but"));
    if off && stops.is_none() {
        return MeetingStatus::Cancelled;
    }
    let mut verb = end;
    while verb < right.end {
        if words.is_capital(verb) {
            verb += 1;
            continue;
        }
        match words.lower(verb) {
            "will" | "is" | "are"
                if words.lower(verb) == "will"
                    || matches!(
                        words.lower(verb + 1),
                        "to" | "scheduled" | "expected" | "due" | "planned" | "set" | "slated"
                    ) =>
            {
                return MeetingStatus::Planned;
            }
            "would" | "could" | "might" | "may" | "should" | "can" => {
                return MeetingStatus::Proposed;
            }
            "was" | "were" | "had" | "came" | "ended" | "took" | "followed" | "has" | "have" => {
                break;
            }
            "," | ";" | "." => break,
            _ => verb += 1,
        }
    }
    MeetingStatus::Held
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
