//! Who met whom, where and when, and whether it has happened.

use std::ops::Range;

use jiff::civil::Date;

use super::circumstance::{
    date_of, evidence_span, noun_status, past_circumstances, phone_near, place_at, places_in,
    verb_status,
};
use super::clause::is_people_noun;
use super::coreference::{Cast, EntityIndex};
use super::joining::{family, find_same, is_crowd, is_event, is_real, join, settle_place};
use super::occasion::{
    LIGHT_VERBS, arranged_by, counted_parties, drawn_from, is_arranging, is_body, is_body_noun,
    is_body_of, is_generic, is_idiom, is_show, is_titled, light_verb_above, light_verb_before,
    modifiers_of, opened_subject, spoken_at, status_above, takes_place, theme_of, told_at, told_by,
};
use super::participant::{
    expand, is_infinitive, main_party, merge, more_parties, parties_from, subject_in_tree,
    subject_of, subjects_of, surer, with_leaders, with_names_before,
};
use super::party::main_subject;
use super::rule::confidence;
use super::{Confidence, EntityKind, EventDate, Evidence, MeetingKind, MeetingStatus};

use crate::annotation::{Deprel, Upos, Xpos};
use crate::document::{Quotation, TokenId};
use crate::lexicon::{CountryCode, TitleKind};
use crate::mention::{EventPart, EventWord, PieceKind, Tense, Words, precedes_verb};

/// A meeting while its article is being read; several mentions of one are joined.
#[derive(Clone, Debug)]
pub struct MeetingDraft {
    pub kind: MeetingKind,
    pub participants: Vec<EntityIndex>,
    /// Places from most specific to most general, as pieces.
    pub location: Vec<usize>,
    pub country: Option<CountryCode>,
    pub date: Option<EventDate>,
    pub status: MeetingStatus,
    pub evidence: Vec<Evidence>,
    /// "the meeting", "Monday's talks": speaks of an event told elsewhere.
    pub(super) is_definite: bool,
    /// Nothing in the words says how real the event is.
    pub(super) is_weak: bool,
    /// A verb of holding says who is there: "the leaders held talks".
    pub(super) is_held: bool,
    /// The event is told elsewhere and this mention says who else was there.
    pub(super) adds_parties: bool,
    /// Words of the noun phrase that tell the event from others: "climate", "party".
    pub(super) modifiers: Vec<String>,
    /// The nouns that speak of the event: "summit", "talks".
    pub(super) nouns: Vec<&'static str>,
    /// How many parties its words count: three for "a trilateral summit".
    pub(super) count: Option<usize>,
    /// Where the event is spoken of.
    pub(super) at: TokenId,
}

/// Finds the meetings of an article, in order of their first mention.
pub fn find_meetings(cast: &mut Cast, published: Option<Date>) -> Vec<MeetingDraft> {
    let events: Vec<EventWord> = cast.mentions.events.clone();
    let mut drafts: Vec<MeetingDraft> = Vec::new();
    for event in &events {
        if let Some(draft) = read_event(cast, &events, event, published) {
            let second = second_of(cast, event, &draft, published);
            drafts.push(draft);
            drafts.extend(second);
        }
    }
    for i in 0..drafts.len() {
        if let Some(places) = visited(cast, &drafts, &drafts[i]) {
            drafts[i].location = places;
        }
    }
    let mut joined: Vec<MeetingDraft> = Vec::new();
    for mut draft in drafts {
        complete_count(cast, &joined, &mut draft);
        match find_same(cast, &joined, &draft) {
            Some(i) => join(cast, &mut joined[i], draft),
            None => joined.push(draft),
        }
    }
    for meeting in &mut joined {
        // Places are where one meets; countries meet, towns do not.
        meeting
            .participants
            .retain(|p| cast.drafts[*p].kind != EntityKind::Place);
    }
    for meeting in joined.iter_mut().filter(|m| is_real(m.status)) {
        // One mention told of it as a plan.
        meeting.date = meeting
            .date
            .filter(|date| published.is_none_or(|published| date.bounds().0 <= published));
    }
    joined.retain(|m| is_event(cast, m));
    for meeting in &mut joined {
        settle_place(cast, meeting);
    }
    joined
}

/// "met Lund in Oslo on Monday *and Moe in Lima on Friday*", "travels to Oslo on Monday *and to Lima
/// on Friday*": the second event of a verb that is said once.
fn second_of(
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
        let time = cast.mentions.times.iter().find(|t| t.tokens.start == inner);
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

/// "A meeting of the two that could lead to a trilateral summit with Lund": who else a counted
/// meeting has, from the meeting told just before.
fn complete_count(cast: &Cast, told: &[MeetingDraft], meeting: &mut MeetingDraft) {
    const NEAR: usize = 300;
    let Some(count) = meeting.count.filter(|count| *count > 2) else {
        return;
    };
    let is_named = |p: &EntityIndex| {
        matches!(
            cast.drafts[*p].kind,
            EntityKind::Person | EntityKind::Organization | EntityKind::Country
        )
    };
    let own: Vec<EntityIndex> = meeting
        .participants
        .iter()
        .copied()
        .filter(is_named)
        .collect();
    if own.len() >= count {
        return;
    }
    // "the three leaders would have a trilat": the one told before.
    let is_real_too = |other: &&MeetingDraft| is_real(other.status) == is_real(meeting.status);
    let again = told
        .iter()
        .rev()
        .filter(|_| own.is_empty())
        .filter(is_real_too);
    let again = again
        .filter(|other| meeting.at.abs_diff(other.at) < NEAR)
        .find(|other| other.count == Some(count) && !other.participants.is_empty());
    if let Some(other) = again {
        meeting.participants = other.participants.clone();
        return;
    }
    let with = told.iter().rev().find_map(|other| {
        let mut all: Vec<EntityIndex> = other
            .participants
            .iter()
            .copied()
            .filter(is_named)
            .collect();
        let is_near = meeting.at.abs_diff(other.at) < NEAR;
        merge(&mut all, own.clone());
        // Presidents meet presidents, and states meet states.
        let kind = |p: &EntityIndex| cast.drafts[*p].kind == EntityKind::Person;
        let is_even = all.iter().all(kind) || !all.iter().any(kind);
        (is_near && is_even && all.len() == count && other.count != Some(count)).then_some(all)
    });
    if let Some(all) = with {
        meeting.participants = all;
    }
}

/// "On his visit to Chad, he met", "will travel to Kyiv for talks": who goes somewhere to meet
/// somebody meets him there.
fn visited(cast: &Cast, drafts: &[MeetingDraft], meeting: &MeetingDraft) -> Option<Vec<usize>> {
    if family(meeting.kind) != family(MeetingKind::Meeting) || !meeting.location.is_empty() {
        return None;
    }
    let words = &cast.mentions.words;
    let sentence = words.sentence(meeting.at);
    let visit = drafts.iter().rev().find(|visit| {
        let between = visit.at.min(meeting.at)..visit.at.max(meeting.at);
        // "met Moe during a visit to Chad"
        let is_during = visit.at > meeting.at
            && (visit.at.saturating_sub(4)..visit.at).any(|t| words.lower(t) == "during");
        // "is travelling to Chad, where he will meet"
        let is_where = between.clone().any(|t| words.lower(t) == "where");
        visit.kind == MeetingKind::Visit
            && !visit.location.is_empty()
            && sentence.contains(&visit.at)
            && (visit.at < meeting.at || is_during)
            && (is_where || is_real(visit.status) == is_real(meeting.status))
            && visit.participants.iter().any(|p| meeting.participants.contains(p))
            && visit.date.zip(meeting.date).is_none_or(|(a, b)| a.is_compatible(b))
            // "who visited Chad last year, met him": two stories.
            && !between.clone().any(|t| matches!(words.lower(t), "after" | "before" | "last" | "said"))
    })?;
    Some(visit.location.clone())
}

fn read_event(
    cast: &mut Cast,
    events: &[EventWord],
    event: &EventWord,
    published: Option<Date>,
) -> Option<MeetingDraft> {
    let words = &cast.mentions.words;
    let document = words.document;
    let at = event.tokens.start;
    let sentence_index = words.sentence_index(at);
    let region = document.sentences[sentence_index].region;
    if region.is_some_and(|r| !r.is_prose()) {
        return None;
    }
    // "“began the arrangements for a meeting” between the two": quoted up to the noun only.
    let is_quoted = |q: &Quotation| q.tokens.len() > 6 && event.tokens.end + 1 < q.tokens.end;
    if document.quotation_of(at).is_some_and(is_quoted) {
        return None;
    }
    let sentence = document.sentences[sentence_index].tokens.clone();
    match event.part {
        EventPart::Verb => read_verb(cast, events, event, &sentence, published),
        EventPart::Noun => read_noun(cast, event, &sentence, published),
    }
}

fn read_verb(
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
    // "kept Lund from visiting": the first name of the sentence is only a guess.
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
    // "a boat leaving for Malta": who leaves is not the first name of the sentence.
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

/// The places of an event's clause; who calls is in a room, and not where the clause says something
/// else is.
fn where_held(
    cast: &Cast,
    kind: MeetingKind,
    event: TokenId,
    sentence: &Range<TokenId>,
) -> Vec<usize> {
    let mut places = places_in(cast, event, sentence);
    let in_room = |p: &usize| {
        let piece = &cast.mentions.pieces[*p];
        piece.kind == PieceKind::Facility && piece.tokens.start > event
    };
    if kind == MeetingKind::Call && !places.iter().any(in_room) {
        places.clear();
    }
    places
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

/// "visited the Lund Hospital": a place, or a body in its house.
fn can_be_visited(kind: PieceKind) -> bool {
    kind.is_place() || kind == PieceKind::Organization
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

/// "and Mali", ", Niger": the next of several places that are visited.
fn place_joined(cast: &Cast, at: TokenId, end: TokenId) -> Option<(Vec<usize>, TokenId)> {
    let words = &cast.mentions.words;
    let joined = match words.lower(at) {
        "and" => 1,
        "," if words.lower(at + 1) == "and" => 2,
        "," => 1,
        _ => return None,
    };
    let next = at + joined;
    let next = next + usize::from(matches!(words.lower(next), "to" | "then"));
    let (places, after) = place_at(cast, next, end)?;
    // "visited Oslo, and Lima said": a clause of its own.
    let acts = words.is_finite(after) || words.lower(after) == "'s";
    (!acts).then_some((places, after))
}

/// "is travelling to Oslo on Friday", "meets Lund next week": the present with a day to come is a plan.
fn timetabled(
    cast: &Cast,
    event: &EventWord,
    verb: TokenId,
    published: Option<Date>,
    told: (MeetingStatus, Option<EventDate>),
) -> (MeetingStatus, Option<EventDate>) {
    let words = &cast.mentions.words;
    let is_present = match words.xpos(verb) {
        Xpos::Vbz | Xpos::Vbp => true,
        // "meets", read for a noun
        Xpos::Nns => true,
        Xpos::Vbg => told.0 == MeetingStatus::Ongoing,
        _ => false,
    };
    if !is_present || !is_real(told.0) || told.1.is_none() {
        return told;
    }
    let sentence = words.sentence(event.tokens.start);
    let planned = MeetingStatus::Planned;
    let ahead = date_of(cast, event, &sentence, published, planned)
        .filter(|date| published.is_some_and(|p| date.bounds().0 > p));
    ahead.map_or(told, |date| (planned, Some(date)))
}

/// "talks with *Lund and his ministers*": one person at most, so that somebody else met them.
fn is_one_side(cast: &Cast, parties: &[EntityIndex]) -> bool {
    let mut named = parties
        .iter()
        .filter(|p| cast.drafts[**p].kind != EntityKind::Group);
    parties.len() == 1 || named.next().is_some() && named.next().is_none()
}

/// "their Dec. 28 meeting" in an article of December 10: what the words do not say, the date does.
fn to_come(
    status: MeetingStatus,
    date: Option<EventDate>,
    published: Option<Date>,
) -> MeetingStatus {
    let is_ahead = date.is_some_and(|date| published.is_some_and(|p| date.bounds().0 > p));
    match status {
        MeetingStatus::Held if is_ahead => MeetingStatus::Planned,
        status => status,
    }
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

fn read_noun(
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
        match words.lower(next) {
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
            "with" | "between" | "among" | "involving" | "including" | "alongside" => {
                let (more, end) = parties_from(cast, next + 1, sentence.end);
                if more.is_empty() {
                    break;
                }
                found_list = true;
                is_among |= matches!(words.lower(next), "between" | "among");
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
                    // "a meeting of benches with the speaker"
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
            // "paid a courtesy call on the king", "a courtesy visit to Lund"
            "on" | "to" if matches!(event.lemma, "courtesy call" | "courtesy visit") => {
                let (more, end) = parties_from(cast, next + 1, sentence.end);
                if more.is_empty() {
                    break;
                }
                found_list = true;
                merge(&mut parties, more);
                next = end;
            }
            // "received a call from Lund"
            "from"
                if !found_list
                    && (event.kind == MeetingKind::Call || event.lemma.starts_with("courtesy")) =>
            {
                let (more, end) = parties_from(cast, next + 1, sentence.end);
                if more.is_empty() {
                    break;
                }
                found_list = true;
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
                while words.lower(next) == "and" {
                    match mentions
                        .piece_from(next + 1)
                        .filter(|q| mentions.pieces[*q].kind.is_place())
                    {
                        Some(q) => {
                            places.push(q);
                            next = mentions.pieces[q].tokens.end;
                        }
                        None => break,
                    }
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
    let mut status_at = at;
    if let Some(verb) = verb {
        status_at = verb;
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
    let undone = match verb {
        Some(verb) => Some(verb_status(cast, verb, sentence)),
        None => Some(noun_status(cast, start, event.tokens.end, sentence)),
    };
    if undone == Some(MeetingStatus::Cancelled) {
        planned = undone;
    }
    let status = planned.unwrap_or_else(|| match verb {
        Some(_) => verb_status(cast, status_at, sentence),
        None => noun_status(cast, start, event.tokens.end, sentence),
    });
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
        is_held: verb.is_some() || is_held_by || is_body || has_guests || takes_place(cast, at),
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
