//! A meeting told by a noun: "talks with", "a visit to", "the summit". Knows nothing of the mentions
//! before it.

use std::ops::Range;

use jiff::civil::Date;

use super::circumstance::{date_of, evidence_span, phone_near};
use super::coreference::{Cast, EntityIndex};
use super::meeting::MeetingDraft;
use super::occasion::{
    LIGHT_VERBS, arranged_by, counted_parties, drawn_from, is_arranging, is_body_noun, is_body_of,
    is_show, is_titled, light_verb_above, light_verb_before, modifiers_of, opened_subject,
    spoken_at, status_above, takes_place, theme_of, told_at, told_by,
};
use super::participant::{
    expand, main_party, merge, more_parties, parties_from, subject_in_tree, subject_of,
    subjects_of, surer, with_leaders,
};
use super::party::main_subject;
use super::place::{can_be_visited, place_at, place_joined, where_held};
use super::rule::confidence;
use super::status::{noun_status, timetabled, to_come, verb_status};
use super::{Confidence, EntityKind, Evidence, MeetingKind, MeetingStatus};
use crate::annotation::Upos;
use crate::document::TokenId;
use crate::mention::{EventPart, EventWord, PieceKind};

pub(super) fn read_noun(
    cast: &mut Cast,
    event: &EventWord,
    sentence: &Range<TokenId>,
    published: Option<Date>,
) -> Option<MeetingDraft> {
    let mentions = cast.mentions;
    let words = &mentions.words;
    let at = event.tokens.start;
    // "trilateral talks": the noun tells it.
    let is_adjective = mentions.events.iter().any(|e| {
        e.part == EventPart::Noun
            && e.tokens.start == event.tokens.end
            && matches!(words.upos(at), Upos::Adj)
    });
    if is_adjective || is_show(words, at) {
        return None;
    }
    let mut parties: Vec<EntityIndex> = Vec::new();
    let mut places: Vec<usize> = Vec::new();
    let mut is_definite = false;
    let mut planned = None;
    let mut is_body = false;
    let mut is_pair = false;
    let mut start = at;
    // Left inside the noun phrase, to the determiner.
    while start > sentence.start {
        let before = start - 1;
        let lower = words.lower(before);
        if let Some(p) = mentions.piece_until(start) {
            let piece = &mentions.pieces[p];
            let hyphenated = matches!(words.before(piece.tokens.start), "-" | "–")
                || matches!(words.lower(piece.tokens.end), "-" | "–");
            match piece.kind {
                kind if kind.is_place() => places.push(p),
                // "the NATO summit", "a Diet session": whose it is.
                PieceKind::Organization if event.kind != MeetingKind::Visit => {
                    parties.extend(cast.entity_of_piece(p));
                    is_body = true;
                }
                PieceKind::Title | PieceKind::Honorific => break,
                PieceKind::Person if !hyphenated => break,
                _ => {}
            }
            // "US-China talks", "a Berg-Orlov summit": the two whom a hyphen joins.
            let joined = piece.tokens.start >= 2
                && matches!(words.before(piece.tokens.start), "-" | "–")
                && words.is_bound(piece.tokens.start);
            let other = joined
                .then(|| mentions.piece_until(piece.tokens.start - 1))
                .flatten();
            if let Some(q) = other {
                for side in [q, p] {
                    let party = match mentions.pieces[side].kind {
                        PieceKind::Demonym => {
                            let country = mentions.pieces[side].country;
                            country.and_then(|c| cast.country(c))
                        }
                        _ => cast.entity_of_piece(side),
                    };
                    parties.extend(party.filter(|e| !parties.contains(e)));
                }
                places.retain(|place| *place != p);
                is_pair = true;
                start = mentions.pieces[q].tokens.start;
                continue;
            }
            start = piece.tokens.start;
            continue;
        }
        if matches!(lower, "'s" | "'") {
            let owner_end = before;
            if let Some(time) = mentions.times.iter().find(|t| t.tokens.end == owner_end) {
                start = time.tokens.start;
                is_definite = true;
                break;
            }
            if let Some(party) = cast.party_until(owner_end, sentence.start) {
                let is_owner = !party.entities.is_empty()
                    || words.is_capital(owner_end - 1)
                    || is_titled(cast, owner_end - 1);
                if is_owner {
                    start = party.tokens.start;
                    parties = expand(cast, party);
                }
            }
            is_definite = true;
            break;
        }
        if let Some(time) = mentions.times.iter().find(|t| t.tokens.end == start) {
            start = time.tokens.start;
            continue;
        }
        match lower {
            "his" | "her" | "their" => {
                if lower != "their" {
                    parties.extend(cast.pronoun(before));
                }
                start = before;
                is_definite = true;
                break;
            }
            "the" | "this" | "that" | "these" | "those" => {
                start = before;
                is_definite = true;
                break;
            }
            "a" | "an" | "any" | "another" | "no" | "its" => {
                if lower == "no" {
                    planned = Some(MeetingStatus::Denied);
                }
                start = before;
                break;
            }
            "planned" | "upcoming" | "scheduled" | "forthcoming" | "announced" => {
                planned = Some(MeetingStatus::Planned)
            }
            "possible" | "potential" | "proposed" | "hypothetical" | "eventual" => {
                planned = Some(MeetingStatus::Proposed)
            }
            "cancelled" | "canceled" | "scrapped" | "postponed" => {
                planned = Some(MeetingStatus::Cancelled)
            }
            "ongoing" | "continuing" => planned = Some(MeetingStatus::Ongoing),
            _ => {}
        }
        let is_ordinal = ["th", "st", "nd", "rd"]
            .iter()
            .any(|end| lower.ends_with(end));
        if !words.is_word(before)
            && !is_ordinal
            && lower != "-"
            && !matches!(lower, "“" | "”" | "\"")
            || matches!(
                lower,
                "of" | "in"
                    | "at"
                    | "for"
                    | "to"
                    | "with"
                    | "and"
                    | "after"
                    | "before"
                    | "during"
                    | "on"
                    | "from"
                    | "by"
                    | "that"
                    | "when"
                    | "as"
                    | "held"
                    | "hold"
                    | "holding"
                    | "had"
                    | "have"
                    | "resume"
                    | "resuming"
                    | "begin"
                    | "continue"
                    | "attend"
                    | "hosted"
                    | "following"
            )
            || LIGHT_VERBS.contains(&lower)
            || before + 8 < at
        {
            break;
        }
        start = before;
    }
    // "a day of talks", "the latest round of negotiations": of which there were several.
    let counts = matches!(
        words.before(start.saturating_sub(1)),
        "day" | "days" | "hours" | "week" | "weeks" | "round" | "rounds" | "series"
    );
    if words.before(start) == "of" && counts && start >= sentence.start + 3 {
        start -= 2;
        while start > sentence.start
            && (matches!(words.before(start), "a" | "the")
                || matches!(words.upos(start - 1), Upos::Adj | Upos::Num))
        {
            start -= 1;
        }
    }
    // "on the sidelines of the conference": where others meet.
    let is_beside = words.before(start) == "of"
        && matches!(words.before(start - 1), "sidelines" | "margins" | "fringes");
    if is_beside && is_definite && parties.is_empty() && places.is_empty() {
        return None;
    }
    if event.kind == MeetingKind::Visit && places.is_empty() {
        places = led_to(cast, event.tokens.end, sentence.end);
    }
    let has_by_owner = !parties.is_empty();
    let mut found_list = is_pair;
    // "talks among diplomats": those who act elsewhere in the sentence were not there.
    let mut is_among = false;
    let mut is_held_by = false;
    // Those whom "attended by" adds to a meeting told elsewhere.
    let mut guests: Vec<EntityIndex> = Vec::new();
    // Right: "with B", "between A and B", "of A and B", "to PLACE".
    let mut next = event.tokens.end;
    next += usize::from(words.lower(next) == "”" || words.lower(next) == "\"");
    let mut guard = 0;
    while next < sentence.end && guard < 6 {
        guard += 1;
        let lower = words.lower(next);
        // "paid a courtesy call on the king", "a courtesy visit to Lund"
        let is_courtesy = matches!(event.lemma, "courtesy call" | "courtesy visit")
            && matches!(lower, "on" | "to");
        // "received a call from Lund"
        let is_sent = lower == "from"
            && !found_list
            && (event.kind == MeetingKind::Call || event.lemma.starts_with("courtesy"));
        match lower {
            // "hosted a dinner for the visiting minister"
            "for" if matches!(event.lemma, "dinner" | "luncheon" | "banquet" | "reception") => {
                let (more, end) = parties_from(cast, next + 1, sentence.end);
                if more.is_empty() {
                    break;
                }
                merge(&mut parties, more);
                next = end;
            }
            "," if words.lower(next + 1) == "including" || words.lower(next + 1) == "involving" => {
                next += 1;
            }
            _ if is_courtesy
                || is_sent
                || matches!(
                    lower,
                    "with" | "between" | "among" | "involving" | "including" | "alongside"
                ) =>
            {
                let (more, end) = parties_from(cast, next + 1, sentence.end);
                if more.is_empty() {
                    break;
                }
                found_list = true;
                is_among |= matches!(lower, "between" | "among");
                merge(&mut parties, more);
                next = end;
            }
            "of" | "by" if !found_list => {
                let (more, end) = parties_from(cast, next + 1, sentence.end);
                let people = more
                    .iter()
                    .all(|e| cast.drafts[*e].kind != EntityKind::Place);
                let words = &cast.mentions.words;
                if more.is_empty()
                    || !people
                    || words.lower(next) == "of" && is_body_of(cast, next + 1)
                {
                    // "a meeting of boards with the chair"
                    let with = (next + 2..sentence.end.min(next + 5)).find(|t| {
                        words.lower(*t) == "with" && (next + 1..*t).all(|t| words.is_word(t))
                    });
                    match with {
                        Some(with) => {
                            next = with;
                            continue;
                        }
                        None => break,
                    }
                }
                merge(&mut parties, more);
                next = end;
            }
            "to" if event.kind == MeetingKind::Visit => {
                let p = mentions
                    .pieces_in(next + 1..(next + 4).min(sentence.end))
                    .find(|p| can_be_visited(mentions.pieces[*p].kind))
                    // "to the Chile-Peru border"
                    .filter(|p| !matches!(words.lower(mentions.pieces[*p].tokens.end), "-" | "–"));
                let Some(p) = p else { break };
                places.push(p);
                next = mentions.pieces[p].tokens.end;
                // "a visit to Chad, Niger and Mali"
                while let Some((more, after)) = place_joined(cast, next, sentence.end) {
                    places.extend(more);
                    next = after;
                }
            }
            "in" | "at" | "on" | "here" | "outside" => {
                if let Some(time) = mentions.times.iter().find(|t| t.tokens.start == next + 1) {
                    next = time.tokens.end;
                } else if let Some((_, end)) = place_at(cast, next + 1, sentence.end) {
                    next = end;
                } else {
                    break;
                }
            }
            // "a conference in Riga, attracting researchers from Chile"
            "," | "attracting" | "gathering" | "drawing" | "bringing" | "uniting"
                if let Some(start) = drawn_from(words, next) =>
            {
                let (more, end) = parties_from(cast, start, sentence.end);
                if more.is_empty() {
                    break;
                }
                merge(&mut guests, more);
                next = end;
            }
            "," => {
                let attended = (next + 1..(next + 12).min(sentence.end))
                    .find(|t| words.reads(*t, &["attended", "by"]));
                match attended {
                    Some(t) => next = t,
                    None => break,
                }
            }
            "attended" if words.lower(next + 1) == "by" => {
                let (more, end) = parties_from(cast, next + 2, sentence.end);
                merge(&mut guests, more);
                next = end.max(next + 2);
            }
            // "a meeting planned for Monday in Oslo between"
            "planned" | "scheduled" | "set" | "due" if words.lower(next + 1) == "for" => {
                let time = mentions.times.iter().find(|t| t.tokens.start == next + 2);
                match time {
                    Some(time) => next = time.tokens.end,
                    None => break,
                }
            }
            "held" | "hosted" | "led" | "chaired" | "organized" | "organised" => {
                if words.lower(next + 1) == "by" {
                    let (more, end) = parties_from(cast, next + 2, sentence.end);
                    is_held_by = !more.is_empty();
                    merge(&mut parties, more);
                    next = end.max(next + 2);
                } else {
                    next += 1;
                }
            }
            _ if mentions.times.iter().any(|t| t.tokens.start == next) => {
                next = mentions
                    .times
                    .iter()
                    .find(|t| t.tokens.start == next)
                    .map_or(next + 1, |t| t.tokens.end);
            }
            _ => break,
        }
    }
    // The verb that holds it: "Trump and Putin held talks", "X will attend the summit".
    let verb = light_verb_before(cast, start, sentence).or_else(|| light_verb_above(cast, at));
    if let Some(verb) = verb {
        let by_order = subject_of(cast, verb, sentence).or_else(|| {
            cast.mentions
                .words
                .lower(verb)
                .ends_with("ing")
                .then(|| main_party(cast, sentence, verb))
                .flatten()
        });
        let by_order = by_order.map(|s| expand(cast, s)).unwrap_or_default();
        let mut by_tree = subject_in_tree(cast, verb);
        // "the ministry is arranging talks": who arranges need not be there.
        let words = &cast.mentions.words;
        let arranges = is_arranging(words.lower(verb));
        if arranges {
            by_tree.clear();
        }
        let by_order = if arranges && words.before(verb) == "to" {
            Vec::new()
        } else {
            by_order
        };
        let mut all = surer(cast, by_order, by_tree);
        merge(&mut all, std::mem::take(&mut parties));
        parties = all;
    } else if (is_one_side(cast, &parties)
        // "flew to Oslo for talks with Lund and Moe"
        || cast.mentions.words.before(start) == "for"
            && (event.tokens.end..next).any(|t| cast.mentions.words.lower(t) == "with"))
        && found_list
        && !is_among
        && !has_by_owner
        && let Some(subject) = main_party(cast, sentence, start)
            .or_else(|| opened_subject(cast, start, sentence))
            .or_else(|| told_by(cast, at))
    {
        let subject = expand(cast, subject);
        let before_noun = subject
            .iter()
            .all(|s| !parties.contains(s) && cast.drafts[*s].kind == EntityKind::Person);
        if before_noun {
            let mut all = subject;
            merge(&mut all, std::mem::take(&mut parties));
            parties = all;
        }
    }
    let has_guests = !guests.is_empty();
    // "signed it at a ceremony attended by Lund": they were there too.
    if has_guests
        && !is_definite
        && matches!(cast.mentions.words.before(start), "at" | "during" | "in")
        && let Some(party) = main_party(cast, sentence, start)
    {
        let hosts = expand(cast, party);
        merge(&mut parties, hosts);
    }
    // "The talks were hosted by Lund and attended by Moe": told elsewhere.
    let is_hosted = is_held_by && !has_by_owner && !found_list && verb.is_none();
    let added = is_definite && (parties.is_empty() || is_hosted) && has_guests;
    merge(&mut parties, guests);
    // "they said after a meeting in Tokyo": those whom the sentence is about.
    let opens = matches!(
        cast.mentions.words.before(start),
        "after" | "before" | "during" | "following"
    );
    if parties.is_empty() && opens && !is_definite && event.kind == MeetingKind::Meeting {
        let subjects = subjects_of(cast, sentence, start);
        if subjects.len() >= 2 {
            parties = subjects;
        }
    }
    // "The cabinet approved it in a meeting chaired by Lund": whose meeting it is.
    let within = matches!(cast.mentions.words.before(start), "in" | "during" | "at");
    if is_held_by
        && within
        && parties.len() == 1
        && let Some(party) = main_subject(cast, sentence, start)
    {
        let body = expand(cast, party);
        if body
            .iter()
            .all(|b| cast.drafts[*b].kind == EntityKind::Organization)
        {
            merge(&mut parties, body);
        }
    }
    // "added Lund during a cabinet meeting": the body and who speaks there.
    let words = &cast.mentions.words;
    if event.kind != MeetingKind::Visit && parties.is_empty() && !is_definite {
        let body = (start..at).rev().find(|t| is_body_noun(words.lower(*t)));
        let speaker = within.then(|| spoken_at(cast, start)).flatten();
        if body.is_some() || speaker.is_some() {
            let mut all = speaker.map(|s| expand(cast, s)).unwrap_or_default();
            if let Some(body) = body {
                let group = cast.group(body..body + 1);
                merge(&mut all, vec![group]);
            }
            parties = all;
        }
    }
    if parties.is_empty() && matches!(event.kind, MeetingKind::Meeting | MeetingKind::Call) {
        parties = told_at(cast, start, at);
    }
    let count = counted_parties(cast, start..event.tokens.end);
    // "Berg hoped to broker a trilateral summit with Orlov and Lund": she is the third.
    if count.is_some_and(|count| parties.len() < count && parties.len() + 2 >= count) {
        let third = arranged_by(cast, at);
        let mut all = parties.clone();
        merge(&mut all, third);
        if Some(all.len()) == count {
            parties = all;
        }
    }
    let on_visit = event.kind == MeetingKind::Visit && parties.is_empty();
    if on_visit && !places.is_empty()
        || on_visit && (start..at).len() < 4 && cast.mentions.words.before(start) == "on"
    {
        let verb = cast.mentions.words.before(start) == "on";
        let party = if verb && matches!(cast.mentions.words.before(start - 1), "is" | "was" | "are")
        {
            cast.subject_before(start - 2)
        } else {
            main_party(cast, sentence, start).or_else(|| opened_subject(cast, start, sentence))
        };
        if let Some(party) = party {
            parties = expand(cast, party);
            parties.retain(|e| cast.drafts[*e].kind == EntityKind::Person);
        }
    }
    more_parties(cast, next, sentence.end, &mut parties);
    with_leaders(cast, sentence, &mut parties);
    if places.is_empty() || event.kind != MeetingKind::Visit {
        places.extend(where_held(cast, event.kind, at, sentence));
    }
    let words = &cast.mentions.words;
    // "cancelled a planned trip", "a planned trip was cancelled"
    let told = match verb {
        Some(verb) => verb_status(cast, verb, sentence),
        None => noun_status(cast, start, event.tokens.end, sentence),
    };
    if told == MeetingStatus::Cancelled {
        planned = Some(told);
    }
    let status = planned.unwrap_or(told);
    let status = match (status, verb) {
        (MeetingStatus::Held, None) if planned.is_none() => {
            status_above(cast, start, at, sentence).unwrap_or(status)
        }
        _ => status,
    };
    let date = date_of(cast, event, sentence, published, status);
    let status = match date {
        // A noun in a tense-less place: its date tells.
        Some(date)
            if verb.is_none()
                && planned.is_none()
                && published.is_some_and(|p| date.bounds().1 < p)
                && status == MeetingStatus::Planned =>
        {
            MeetingStatus::Held
        }
        _ => status,
    };
    let (status, date) = match verb {
        Some(verb) => timetabled(cast, event, verb, published, (status, date)),
        None => (status, date),
    };
    let status = to_come(status, date, published);
    let mut kind = event.kind;
    if count.is_some() && kind == MeetingKind::Conference {
        kind = MeetingKind::Meeting;
    }
    let end = event.tokens.end;
    if kind == MeetingKind::Meeting
        && ((start..at).any(|t| matches!(words.lower(t), "phone" | "telephone"))
            || matches!(words.lower(end), "by" | "over" | "via")
                && phone_near(cast, end, sentence.end.min(end + 4)))
    {
        kind = MeetingKind::Call;
    }
    if matches!(event.lemma, "news conference" | "press conference") && parties.len() < 2 {
        return None;
    }
    if event.needs_party && parties.is_empty() && !is_definite {
        return None;
    }
    // "consultation with traders was important": none in particular.
    if matches!(event.lemma, "consultation" | "dialogue") && start == at && verb.is_none() {
        return None;
    }
    let span = evidence_span(cast, event, sentence, &parties);
    let mut modifiers = modifiers_of(cast, start..at);
    if !found_list {
        modifiers.extend(theme_of(cast, event.tokens.end));
    }
    // "talks between French and Chilean officials": both sides in one noun phrase.
    let is_joint = is_among
        && parties
            .iter()
            .any(|p| cast.drafts[*p].name.contains(" and "));
    Some(MeetingDraft {
        kind,
        participants: parties,
        location: places,
        country: None,
        date,
        status,
        evidence: vec![Evidence {
            span,
            rule: "meeting-noun",
            confidence: Confidence::new(confidence("meeting-noun")),
        }],
        is_definite: is_definite && !found_list,
        is_weak: verb.is_none()
            && planned.is_none()
            && date.is_none()
            && status == MeetingStatus::Held
            && !is_definite,
        is_held: verb.is_some()
            || is_joint
            || is_held_by
            || is_body
            || has_guests
            || takes_place(cast, at),
        adds_parties: added
            || is_definite
                && verb.is_some_and(|v| {
                    matches!(
                        cast.mentions.words.lower(v),
                        "attended" | "attend" | "joined" | "attending" | "addressed"
                    )
                }),
        modifiers,
        nouns: vec![event.lemma],
        count,
        at,
    })
}

/// "talks with *Lund and his ministers*": one person at most, so that somebody else met them.
fn is_one_side(cast: &Cast, parties: &[EntityIndex]) -> bool {
    let mut named = parties
        .iter()
        .filter(|p| cast.drafts[**p].kind != EntityKind::Group);
    parties.len() == 1 || named.next().is_some() && named.next().is_none()
}

/// "a tour that will *take him to Chad and Mali*": the places of a journey.
fn led_to(cast: &Cast, from: TokenId, end: TokenId) -> Vec<usize> {
    let words = &cast.mentions.words;
    let to = (from..end.min(from + 14)).find(|t| {
        matches!(words.lower(*t), "take" | "takes" | "took" | "taking")
            && matches!(words.lower(t + 1), "him" | "her" | "them")
            && words.lower(t + 2) == "to"
    });
    let Some((mut places, mut next)) = to.and_then(|to| place_at(cast, to + 3, end)) else {
        return Vec::new();
    };
    while let Some((more, after)) = place_joined(cast, next, end) {
        places.extend(more);
        next = after;
    }
    places
}
