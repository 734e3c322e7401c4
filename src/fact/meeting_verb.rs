//! A meeting told by a verb: "met", "received", "flew to". Knows nothing of the mentions before it.

use std::ops::Range;

use jiff::civil::Date;

use super::circumstance::{date_of, evidence_span, phone_near};
use super::clause::is_people_noun;
use super::coreference::{Cast, EntityIndex};
use super::joining::{is_crowd, is_real};
use super::meeting::MeetingDraft;
use super::occasion::{is_body, is_generic, is_idiom, is_titled, opened_subject};
use super::participant::{
    is_infinitive, main_party, merge, more_parties, parties_from, subject_in_tree, subject_of,
    surer, with_leaders, with_names_before,
};
use super::place::{can_be_visited, past_circumstances, place_at, place_joined, where_held};
use super::rule::confidence;
use super::status::{timetabled, to_come, verb_status};
use super::{Confidence, EntityKind, Evidence, MeetingKind};
use crate::annotation::{Deprel, Upos, Xpos};
use crate::document::TokenId;
use crate::lexicon::TitleKind;
use crate::mention::{EventPart, EventWord, PieceKind, Tense, Words, precedes_verb};

pub(super) fn read_verb(
    cast: &mut Cast,
    events: &[EventWord],
    event: &EventWord,
    sentence: &Range<TokenId>,
    published: Option<Date>,
) -> Option<MeetingDraft> {
    let at = event.tokens.start;
    let lemma = event.lemma;
    // "held a meeting": the noun tells it.
    let convenes_it = lemma == "convene"
        && cast
            .mentions
            .words
            .annotation
            .children_with(at, Deprel::Obj)
            .next()
            .is_some();
    if matches!(lemma, "hold" | "attend")
        || convenes_it
        || matches!(lemma, "host" | "receive" | "greet" | "welcome")
            && noun_follows(cast, events, event)
    {
        return None;
    }
    let words = &cast.mentions.words;
    let gerund = words.lower(at).ends_with("ing");
    let passive = matches!(words.before(at), "was" | "were" | "been" | "being")
        && matches!(lemma, "receive" | "host" | "greet" | "welcome" | "visit");
    let subject = if gerund
        && !matches!(
            words.before(at),
            "is" | "are" | "was" | "were" | "be" | "been"
        ) {
        main_party(cast, sentence, at).or_else(|| opened_subject(cast, at, sentence))
    } else {
        subject_of(cast, at, sentence)
    };
    let by_order = subject
        .map(|p| with_names_before(cast, p))
        .unwrap_or_default();
    let by_tree = subject_in_tree(cast, at);
    let in_tree = by_tree.clone();
    // "They first met in Oslo": the two told of before.
    let words = &cast.mentions.words;
    let opens = words.lower(words.opening(sentence.start)) == "they";
    let by_order = if opens && lemma == "meet" && by_order.is_empty() {
        cast.pair_before(sentence.start)
    } else {
        by_order
    };
    let words = &cast.mentions.words;
    let has_person = |parties: &[EntityIndex]| {
        parties
            .iter()
            .any(|e| cast.drafts[*e].kind == EntityKind::Person)
    };
    // "thanked Lund for visiting"
    let thanked = (gerund && words.before(at) == "for")
        .then(|| cast.mentions.piece_until(at - 1))
        .flatten()
        .filter(|p| cast.mentions.pieces[*p].kind == PieceKind::Person)
        .and_then(|p| cast.entity_of_piece(p));
    // "kept Lund from visiting": the first name of the sentence is only a guess.
    let is_guess = (gerund || is_infinitive(words, at))
        && (has_person(&by_tree)
            || !by_tree.is_empty() && by_order.len() < 2 && !has_person(&by_order));
    let mut parties = if let Some(thanked) = thanked {
        vec![thanked]
    } else if is_guess {
        by_tree
    } else {
        surer(cast, by_order, by_tree)
    };
    let words = &cast.mentions.words;
    let is_example = gerund
        && matches!(
            words.before(at),
            "including" | "as" | "like" | "of" | "against" | "not" | "avoid"
        );
    // "a parcel leaving for Oslo": who leaves is not the first name of the sentence.
    let leaves = matches!(
        lemma,
        "leave" | "leave for" | "depart for" | "head to" | "land in" | "touch down in"
    );
    let is_own = matches!(
        words.before(at),
        "is" | "are" | "was" | "were" | "be" | "been"
    );
    // "the emir of Qatar, left Lima for Doha" behind another subject
    let is_subject = in_tree.is_empty() || parties.iter().any(|p| in_tree.contains(p));
    let travels = is_subject && parties.iter().any(|p| holds_office(cast, *p));
    if leaves && (gerund && !is_own || !travels) {
        return None;
    }
    if is_example || is_generic(cast, at, sentence) || lemma == "meet" && is_idiom(cast, at) {
        return None;
    }
    let mut next = event.tokens.end;
    let mut by_phone = false;
    let words = &cast.mentions.words;
    if matches!(lemma, "speak" | "talk") {
        by_phone = phone_near(cast, next, sentence.end);
        while next < sentence.end
            && matches!(
                words.lower(next),
                "by" | "over" | "on" | "the" | "phone" | "telephone" | "directly" | "via" | "video"
            )
        {
            next += 1;
        }
        let with = matches!(words.lower(next), "with" | "to");
        // Office holders who speak to each other call or meet; others just talk.
        if !by_phone {
            let object = if with {
                parties_from(cast, next + 1, sentence.end).0
            } else {
                Vec::new()
            };
            let all: Vec<EntityIndex> = parties.iter().chain(&object).copied().collect();
            let is_alone = with && object.len() == 1 && parties.len() == 1;
            if !is_alone || !all.iter().all(|p| holds_office(cast, *p)) {
                return None;
            }
            by_phone = true;
        }
        if !with && parties.len() < 2 {
            return None;
        }
        next = if with { next + 1 } else { sentence.end };
    }
    if lemma == "call on" && is_appeal(words, event, sentence) {
        return None;
    }
    // "met in Oslo on Monday with", "received at his office Ida Lund".
    let after = past_circumstances(cast, next, sentence.end);
    let receives = matches!(lemma, "receive" | "host" | "greet" | "welcome");
    if words.lower(after) == "with" || after > next && receives {
        next = after;
    }
    let mut with = next;
    while with < (next + 7).min(sentence.end)
        && !matches!(
            words.lower(with),
            "with" | "," | "." | "to" | "and" | "that"
        )
        && cast.mentions.piece_from(with).is_none()
    {
        with += 1;
    }
    if words.lower(with) == "with" {
        next = with + 1;
    }
    if words.lower(after) == "by" && passive {
        next = after + 1;
    }
    if lemma == "discuss" {
        let persons = parties
            .iter()
            .filter(|e| cast.drafts[**e].kind == EntityKind::Person)
            .count();
        if persons < 2 {
            return None;
        }
        by_phone = phone_near(cast, next, sentence.end);
        next = sentence.end;
    }
    if lemma == "gather" && is_gathering(cast, at, next, &parties) {
        return None;
    }
    // "will receive the G7 plan": what is received is no guest.
    let is_thing = receives
        && words.annotation.children_with(at, Deprel::Obj).any(|o| {
            let lower = words.lower(o);
            let is_paper = matches!(
                lower,
                "letter" | "report" | "statement" | "document" | "study"
            );
            words.upos(o) == Upos::Noun
                && (is_paper || !is_people_noun(lower) && !is_titled(cast, o))
        });
    if is_thing && !passive {
        return None;
    }
    if lemma == "leave" {
        // "left Lima on Friday for Oslo"
        let (_, after) = place_at(cast, next, sentence.end)?;
        let purpose = past_circumstances(cast, after, sentence.end);
        next = (words.lower(purpose) == "for").then_some(purpose + 1)?;
    }
    let place_object = event.kind == MeetingKind::Visit;
    let (object, end) = parties_from(cast, next.min(sentence.end), sentence.end);
    // "met officials", by whom nobody can tell: half a meeting.
    let unnamed = |parties: &[EntityIndex]| {
        parties
            .iter()
            .all(|e| cast.drafts[*e].kind == EntityKind::Group)
    };
    if parties.is_empty() && !object.is_empty() && unnamed(&object) && !place_object {
        return None;
    }
    let words = &cast.mentions.words;
    if event.kind == MeetingKind::Call && object.is_empty() && !(by_phone && parties.len() >= 2) {
        return None;
    }
    if (receives || matches!(lemma, "dial" | "phone" | "call" | "call on" | "telephone"))
        && !object.iter().any(|e| {
            let kind = cast.drafts[*e].kind;
            // "host the leaders of Chile and Peru"
            let of_people = (next..next + 3).any(|t| is_people_noun(cast.mentions.words.lower(t)));
            kind == EntityKind::Person
                || kind == EntityKind::Country && of_people
                || lemma == "dial"
                || matches!(lemma, "telephone" | "phone" | "call on") && is_titled(cast, end - 1)
                || event.kind != MeetingKind::Call
                    && matches!(kind, EntityKind::Group | EntityKind::Organization)
        })
    {
        return None;
    }
    // "to meet the target": one who meets nobody.
    let has_object = words
        .annotation
        .children_with(at, Deprel::Obj)
        .next()
        .is_some();
    let plural = parties
        .iter()
        .any(|p| cast.is_plural(*p) || !has_object && is_body(cast, *p));
    if matches!(
        lemma,
        "meet" | "negotiate" | "confer" | "huddle" | "sit down" | "convene"
    ) && object.is_empty()
        && parties.len() < 2
        && (!plural || lemma == "negotiate")
    {
        return None;
    }
    let mut places: Vec<usize> = Vec::new();
    if place_object {
        let p = cast
            .mentions
            .pieces_in(next..(next + 6).min(sentence.end))
            .find(|p| can_be_visited(cast.mentions.pieces[*p].kind))?;
        let preceded = cast.mentions.pieces[p].tokens.start;
        if (next..preceded).any(|t| {
            !matches!(
                words.lower(t),
                "the" | "to" | "in" | "," | "neighboring" | "neighbouring"
            )
        }) {
            return None;
        }
        let (chain, mut end) = place_at(cast, preceded, sentence.end)
            .unwrap_or_else(|| (vec![p], cast.mentions.pieces[p].tokens.end));
        places.extend(chain);
        // "visited Chad, Niger and Mali"
        while let Some((more, next)) = place_joined(cast, end, sentence.end) {
            places.extend(more);
            end = next;
        }
        parties.truncate(4);
    } else {
        merge(&mut parties, object);
    }
    let end = end.max(next).min(sentence.end);
    more_parties(cast, end, sentence.end, &mut parties);
    with_leaders(cast, sentence, &mut parties);
    let kind = if by_phone {
        MeetingKind::Call
    } else {
        event.kind
    };
    if places.is_empty() {
        places.extend(where_held(cast, kind, at, sentence));
    }
    if is_bare_welcome(cast, lemma, &parties, &places) {
        return None;
    }
    let status = verb_status(cast, at, sentence);
    let date = date_of(cast, event, sentence, published, status);
    let (status, date) = timetabled(cast, event, at, published, (status, date));
    let status = to_come(status, date, published);
    let span = evidence_span(cast, event, sentence, &parties);
    Some(MeetingDraft {
        kind,
        participants: parties,
        location: places,
        country: None,
        date,
        status,
        evidence: vec![Evidence {
            span,
            rule: "meeting-verb",
            confidence: Confidence::new(confidence("meeting-verb")),
        }],
        is_definite: false,
        is_weak: false,
        is_held: true,
        adds_parties: false,
        modifiers: Vec::new(),
        nouns: Vec::new(),
        count: None,
        at,
    })
}

/// "met Lund in Oslo on Monday *and Moe in Lima on Friday*", "travels to Oslo on Monday *and to Lima
/// on Friday*": the second event of a verb that is said once.
pub(super) fn second_of(
    cast: &mut Cast,
    event: &EventWord,
    first: &MeetingDraft,
    published: Option<Date>,
) -> Option<MeetingDraft> {
    if event.part != EventPart::Verb || !matches!(event.lemma, "meet" | "visit" | "travel to") {
        return None;
    }
    let sentence = cast.mentions.words.sentence(event.tokens.start);
    let from = event.tokens.end;
    let behind_circumstance = |t: TokenId| {
        let is_time = cast.mentions.times.iter().any(|time| time.tokens.end == t);
        let place = cast
            .mentions
            .piece_until(t)
            .map(|p| &cast.mentions.pieces[p]);
        let is_in = |start: TokenId| matches!(cast.mentions.words.before(start), "in" | "at");
        let is_place = place.is_some_and(|p| p.kind.is_place() && is_in(p.tokens.start));
        is_time || is_place
    };
    let and = (from..sentence.end.min(from + 24))
        .find(|t| cast.mentions.words.lower(*t) == "and" && behind_circumstance(*t))?;
    let is_visit = event.kind == MeetingKind::Visit;
    let mut second = first.clone();
    let words = &cast.mentions.words;
    let mut next = and + 1;
    if is_visit {
        next += usize::from(words.lower(next) == "to");
        let (places, after) = place_at(cast, next, sentence.end)?;
        second.location = places;
        next = after;
    } else {
        let host: Vec<EntityIndex> = first.participants.first().copied().into_iter().collect();
        let (others, after) = parties_from(cast, next, sentence.end);
        let is_person = |e: &EntityIndex| cast.drafts[*e].kind == EntityKind::Person;
        if others.is_empty() || !others.iter().all(is_person) {
            return None;
        }
        second.participants = host;
        merge(&mut second.participants, others);
        next = after;
        second.location = Vec::new();
    }
    let is_present = matches!(
        cast.mentions.words.xpos(event.tokens.start),
        Xpos::Vbz | Xpos::Vbp
    );
    let mut told = 0;
    loop {
        let words = &cast.mentions.words;
        let opens = matches!(words.lower(next), "in" | "at" | "on");
        let inner = next + usize::from(opens);
        let times = cast.mentions.times_in(inner..sentence.end);
        let time = times.first().filter(|t| t.tokens.start == inner);
        if let Some(time) = time {
            let is_past = is_real(first.status) && !is_present;
            let tense = if is_past { Tense::Past } else { Tense::Future };
            second.date = time.value.resolve(published, tense);
            second.status = to_come(second.status, second.date, published);
            next = time.tokens.end;
        } else if let Some((places, after)) =
            opens.then(|| place_at(cast, inner, sentence.end)).flatten()
        {
            second.location = places;
            next = after;
        } else {
            break;
        }
        told += 1;
    }
    let is_apart = !cast.mentions.words.is_finite(next) && told > 0;
    second.at = and;
    let document = cast.mentions.words.document;
    let span = document.span(event.tokens.start..next.min(sentence.end));
    for evidence in &mut second.evidence {
        evidence.span = span;
    }
    is_apart.then_some(second)
}

/// "gathered around the stage", "fans gathered in Oslo", "gather support": no meeting.
fn is_gathering(cast: &Cast, verb: TokenId, next: TokenId, parties: &[EntityIndex]) -> bool {
    let words = &cast.mentions.words;
    let gathers_things = words
        .annotation
        .children_with(verb, Deprel::Obj)
        .any(|o| words.upos(o) == Upos::Noun && !is_people_noun(words.lower(o)));
    // A sentence whose root is a noun has its verb read for a participle.
    let described = words
        .head(verb)
        .filter(|_| words.deprel(verb) == Deprel::Acl);
    let is_participle = described.is_some_and(|noun| words.head(noun).is_some());
    matches!(words.lower(next), "around" | "round" | "outside")
        || is_participle
        || gathers_things
        || !parties.is_empty() && parties.iter().all(|p| is_crowd(cast, *p))
}

/// "called on the minister to resign", "calls on Lima": an appeal, no call at somebody's house.
fn is_appeal(words: &Words, event: &EventWord, sentence: &Range<TokenId>) -> bool {
    const FOR_A_TALK: &[&str] = &[
        "discuss",
        "brief",
        "congratulate",
        "bid",
        "pay",
        "present",
        "convey",
        "express",
        "review",
    ];
    let is_told = matches!(words.xpos(event.tokens.start), Xpos::Vbd | Xpos::Vbn)
        || precedes_verb(words.before(event.tokens.start));
    let asks = |t: TokenId| {
        let verb = (t + 1..t + 4).find(|v| words.xpos(*v) == Xpos::Vb);
        let to_do = words.lower(t) == "to"
            && verb.is_some_and(|verb| !FOR_A_TALK.contains(&words.lower(verb)));
        to_do || matches!(words.lower(t), "for" | "not" | "that")
    };
    !is_told || (event.tokens.end..sentence.end.min(event.tokens.end + 16)).any(asks)
}

/// "welcomed the team": only a guest who is received somewhere meets the host.
fn is_bare_welcome(cast: &Cast, lemma: &str, parties: &[EntityIndex], places: &[usize]) -> bool {
    let is_person = |p: &&EntityIndex| cast.drafts[**p].kind == EntityKind::Person;
    lemma == "welcome" && (places.is_empty() || parties.iter().filter(is_person).count() < 2)
}

/// Whether the article calls a person by an office.
fn holds_office(cast: &Cast, party: EntityIndex) -> bool {
    let mut titles = cast.mentions.titles.iter();
    cast.drafts[party].kind == EntityKind::Person
        && titles.any(|title| {
            let is_office = !matches!(title.kind, TitleKind::Occupation | TitleKind::Honorific);
            let mut holders = title.holders.iter();
            is_office && holders.any(|h| cast.entity_of_piece(*h) == Some(party))
        })
}

fn noun_follows(cast: &Cast, events: &[EventWord], verb: &EventWord) -> bool {
    let words = &cast.mentions.words;
    let end = verb.tokens.end;
    events.iter().any(|e| {
        e.part == EventPart::Noun
            && (end..end + 6).contains(&e.tokens.start)
            && (end..e.tokens.start).all(|t| words.is_word(t) || words.lower(t) == "-")
            && cast
                .mentions
                .pieces_in(end..e.tokens.start)
                .all(|p| cast.mentions.pieces[p].kind != PieceKind::Person)
    })
}
