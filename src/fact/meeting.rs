//! Who met whom, where and when, and whether it has happened.

use std::ops::Range;

use jiff::civil::Date;

use super::clause::{Party, is_people_noun};
use super::coreference::{Cast, EntityIndex};
use super::statement::party_from;
use super::{Confidence, EntityKind, EventDate, Evidence, MeetingKind, MeetingStatus};

use crate::document::TokenId;
use crate::lexicon::CountryCode;
use crate::mention::{CueClass, CueForm, EventPart, EventWord, PieceKind, Tense, TimeValue};

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
    /// Days from another event, for "three days after".
    after_days: Option<i32>,
    /// "the meeting", "Monday's talks": speaks of an event told elsewhere.
    is_definite: bool,
    /// Nothing in the words says how real the event is.
    is_weak: bool,
    /// A verb of holding says who is there: "the leaders held talks".
    is_held: bool,
    /// The event is told elsewhere and this mention says who else was there.
    adds_parties: bool,
    /// Where the event is spoken of.
    at: TokenId,
}

/// Finds the meetings of an article, in order of their first mention.
pub fn find_meetings(cast: &mut Cast, published: Option<Date>) -> Vec<MeetingDraft> {
    let events: Vec<EventWord> = cast.mentions.events.clone();
    let mut drafts: Vec<MeetingDraft> = Vec::new();
    for event in &events {
        if let Some(draft) = read_event(cast, &events, event, published) {
            drafts.push(draft);
        }
    }
    let mut joined: Vec<MeetingDraft> = Vec::new();
    for draft in drafts {
        match find_same(cast, &joined, &draft) {
            Some(i) => join(&mut joined[i], draft),
            None => joined.push(draft),
        }
    }
    joined.retain(|m| is_event(cast, m));
    for meeting in &mut joined {
        settle_place(cast, meeting);
    }
    joined
}

/// Verbs that hold an event noun as their object: "held talks".
const LIGHT_VERBS: &[&str] = &[
    "held",
    "hold",
    "holds",
    "holding",
    "had",
    "have",
    "has",
    "having",
    "chaired",
    "chairs",
    "chair",
    "convened",
    "hosted",
    "hosts",
    "host",
    "hosting",
    "attended",
    "attend",
    "attends",
    "attending",
    "joined",
    "join",
    "concluded",
    "began",
    "begin",
    "begins",
    "started",
    "paid",
    "pay",
    "pays",
    "paying",
    "made",
    "make",
    "makes",
    "resumed",
    "resume",
    "opened",
    "conducted",
    "cancelled",
    "canceled",
    "postponed",
    "scrapped",
    "cancel",
    "postpone",
    "kicked",
    "took",
    "led",
    "leads",
    "finished",
    "ended",
    "addressed",
    "skipped",
    "left",
    "arranged",
    "arrange",
    "organized",
    "organised",
    "scheduled",
    "held",
    "planned",
    "addresses",
    "addressing",
    "participated",
];

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
    if document
        .quotation_of(at)
        .is_some_and(|q| q.tokens.len() > 6)
    {
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
    if matches!(lemma, "hold" | "attend" | "convene")
        || lemma == "host" && noun_follows(cast, events, event)
    {
        return None;
    }
    let words = &cast.mentions.words;
    let gerund = words.lower(at).ends_with("ing");
    let passive = matches!(words.before(at), "was" | "were" | "been" | "being")
        && matches!(lemma, "receive" | "host" | "greet" | "visit");
    let subject = if gerund
        && !matches!(
            words.before(at),
            "is" | "are" | "was" | "were" | "be" | "been"
        ) {
        main_party(cast, sentence, at)
    } else {
        subject_of(cast, at, sentence)
    };
    let mut parties = subject.map(|p| expand(cast, p)).unwrap_or_default();
    let mut next = event.tokens.end;
    let mut by_phone = false;
    let words = &cast.mentions.words;
    if lemma == "speak" || lemma == "talk" {
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
        if !by_phone || !with && parties.len() < 2 {
            return None;
        }
        if !with {
            next = sentence.end;
        }
    }
    // "met on Monday with", "met privately with".
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
    if words.lower(next) == "by" && passive {
        next += 1;
    }
    if lemma == "discuss" {
        let persons = parties
            .iter()
            .filter(|e| cast.drafts[**e].kind == EntityKind::Person)
            .count();
        if persons < 2 {
            return None;
        }
        next = sentence.end;
    }
    let place_object = event.kind == MeetingKind::Visit;
    let (object, end) = parties_from(cast, next.min(sentence.end), sentence.end);
    let words = &cast.mentions.words;
    if event.kind == MeetingKind::Call && object.is_empty() && !(by_phone && parties.len() >= 2) {
        return None;
    }
    if matches!(
        lemma,
        "receive" | "greet" | "host" | "dial" | "phone" | "call" | "telephone"
    ) && !object.iter().any(|e| {
        let kind = cast.drafts[*e].kind;
        kind == EntityKind::Person
            || lemma == "dial"
            || event.kind != MeetingKind::Call
                && matches!(kind, EntityKind::Group | EntityKind::Organization)
    }) {
        return None;
    }
    let mut places: Vec<usize> = Vec::new();
    if place_object {
        let p = cast
            .mentions
            .pieces_in(next..(next + 6).min(sentence.end))
            .find(|p| cast.mentions.pieces[*p].kind.is_place())?;
        let preceded = cast.mentions.pieces[p].tokens.start;
        if (next..preceded).any(|t| {
            !matches!(
                words.lower(t),
                "the" | "to" | "in" | "," | "neighboring" | "neighbouring"
            )
        }) {
            return None;
        }
        places.push(p);
        parties.truncate(4);
    } else {
        merge(&mut parties, object);
    }
    let end = end.max(next).min(sentence.end);
    more_parties(cast, end, sentence.end, &mut parties);
    places.extend(places_in(cast, at, sentence));
    let status = verb_status(cast, at, sentence);
    let (date, after_days) = date_of(cast, event, sentence, published, status);
    let kind = if by_phone {
        MeetingKind::Call
    } else {
        event.kind
    };
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
            confidence: Confidence::new(0.7),
        }],
        after_days,
        is_definite: false,
        is_weak: false,
        is_held: true,
        adds_parties: false,
        at,
    })
}

/// The subject of a verb; that of an infinitive after a name in a prepositional phrase is the
/// sentence's: "paused his meeting with Zelensky to call Putin".
fn subject_of(cast: &mut Cast, verb: TokenId, sentence: &Range<TokenId>) -> Option<Party> {
    let party = cast.subject_before(verb);
    let words = &cast.mentions.words;
    let is_infinitive = (verb.saturating_sub(2)..verb).any(|t| words.lower(t) == "to");
    if !is_infinitive {
        return party;
    }
    let governed = party.as_ref().is_none_or(|p| {
        p.entities.is_empty() && p.tokens.len() == 1
            || matches!(
                words.before(p.tokens.start),
                "with"
                    | "of"
                    | "for"
                    | "in"
                    | "between"
                    | "by"
                    | "from"
                    | "on"
                    | "at"
                    | "after"
                    | "and"
                    | "'s"
            )
            || words.before(p.tokens.start) == "to" && !words.before(p.tokens.start).is_empty()
    });
    if governed {
        main_party(cast, sentence, verb).or(party)
    } else {
        party
    }
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
    let mut parties: Vec<EntityIndex> = Vec::new();
    let mut places: Vec<usize> = Vec::new();
    let mut is_definite = false;
    let mut planned = None;
    let mut is_body = false;
    let mut start = at;
    // Left inside the noun phrase, to the determiner.
    while start > sentence.start {
        let before = start - 1;
        let lower = words.lower(before);
        if let Some(p) = mentions.piece_until(start) {
            let piece = &mentions.pieces[p];
            match piece.kind {
                kind if kind.is_place() => places.push(p),
                // "the NATO summit", "a Diet session": whose it is.
                PieceKind::Organization if event.kind != MeetingKind::Visit => {
                    parties.extend(cast.entity_of_piece(p));
                    is_body = true;
                }
                PieceKind::Title | PieceKind::Honorific => break,
                PieceKind::Person => break,
                _ => {}
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
                let is_owner = !party.entities.is_empty() || words.is_capital(owner_end - 1);
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
        if !words.is_word(before) && lower != "-" && !matches!(lower, "“" | "”" | "\"")
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
    let has_by_owner = !parties.is_empty();
    let mut is_held_by = false;
    // Those whom "attended by" adds to a meeting told elsewhere.
    let mut guests: Vec<EntityIndex> = Vec::new();
    // Right: "with B", "between A and B", "of A and B", "to PLACE".
    let mut next = event.tokens.end;
    let mut found_list = false;
    let mut guard = 0;
    while next < sentence.end && guard < 6 {
        guard += 1;
        match words.lower(next) {
            "with" | "between" | "among" | "involving" | "alongside" => {
                let (more, end) = parties_from(cast, next + 1, sentence.end);
                if more.is_empty() {
                    break;
                }
                found_list = true;
                merge(&mut parties, more);
                next = end;
            }
            "of" | "by" if !found_list => {
                let (more, end) = parties_from(cast, next + 1, sentence.end);
                let people = more
                    .iter()
                    .all(|e| cast.drafts[*e].kind != EntityKind::Place);
                if more.is_empty()
                    || !people
                    || words.lower(next) == "of" && is_body_of(cast, next + 1)
                {
                    break;
                }
                merge(&mut parties, more);
                next = end;
            }
            "to" if event.kind == MeetingKind::Visit => {
                let p = mentions
                    .pieces_in(next + 1..(next + 4).min(sentence.end))
                    .find(|p| mentions.pieces[*p].kind.is_place());
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
                let until = words.lower(next);
                let _ = until;
                if let Some(time) = mentions.times.iter().find(|t| t.tokens.start == next + 1) {
                    next = time.tokens.end;
                } else if let Some((_, end)) = place_at(cast, next + 1, sentence.end) {
                    next = end;
                } else {
                    break;
                }
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
    let verb = light_verb_before(cast, start, sentence);
    let mut status_at = at;
    if let Some(verb) = verb {
        status_at = verb;
        let light_subject = subject_of(cast, verb, sentence).or_else(|| {
            cast.mentions
                .words
                .lower(verb)
                .ends_with("ing")
                .then(|| main_party(cast, sentence, verb))
                .flatten()
        });
        if let Some(subject) = light_subject {
            let subject = expand(cast, subject);
            let mut all = subject;
            merge(&mut all, std::mem::take(&mut parties));
            parties = all;
        }
    } else if parties.len() == 1 && !has_by_owner && !found_list {
        // "talks with Mawlawi" alone: the one who speaks of it takes part.
    } else if parties.len() == 1
        && found_list
        && !has_by_owner
        && let Some(subject) = main_party(cast, sentence, start)
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
    let added = is_definite && parties.is_empty() && !guests.is_empty();
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
    let on_visit = event.kind == MeetingKind::Visit && parties.is_empty();
    if on_visit && !places.is_empty()
        || on_visit && (start..at).len() < 4 && cast.mentions.words.before(start) == "on"
    {
        let verb = cast.mentions.words.before(start) == "on";
        let party = if verb && matches!(cast.mentions.words.before(start - 1), "is" | "was" | "are")
        {
            cast.subject_before(start - 2)
        } else {
            main_party(cast, sentence, start)
        };
        if let Some(party) = party {
            parties = expand(cast, party);
            parties.retain(|e| cast.drafts[*e].kind == EntityKind::Person);
        }
    }
    more_parties(cast, next, sentence.end, &mut parties);
    places.extend(places_in(cast, at, sentence));
    let words = &cast.mentions.words;
    let status = planned.unwrap_or_else(|| match verb {
        Some(_) => verb_status(cast, status_at, sentence),
        None => noun_status(cast, start, event.tokens.end, sentence),
    });
    let (date, after_days) = date_of(cast, event, sentence, published, status);
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
    let mut kind = event.kind;
    if kind == MeetingKind::Meeting
        && (start..at).any(|t| matches!(words.lower(t), "phone" | "telephone"))
    {
        kind = MeetingKind::Call;
    }
    if matches!(event.lemma, "news conference" | "press conference") && parties.len() < 2 {
        return None;
    }
    if event.needs_party && parties.is_empty() && !is_definite {
        return None;
    }
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
            rule: "meeting-noun",
            confidence: Confidence::new(0.6),
        }],
        after_days,
        is_definite: is_definite && !found_list,
        is_weak: verb.is_none()
            && planned.is_none()
            && date.is_none()
            && status == MeetingStatus::Held
            && !is_definite,
        is_held: verb.is_some() || is_held_by || is_body,
        adds_parties: added
            || is_definite
                && verb.is_some_and(|v| {
                    matches!(
                        cast.mentions.words.lower(v),
                        "attended" | "attend" | "joined" | "attending" | "addressed"
                    )
                }),
        at,
    })
}

/// "meeting of the Security Council": a session of a body.
fn is_body_of(cast: &Cast, at: TokenId) -> bool {
    let words = &cast.mentions.words;
    let at = if words.lower(at) == "the" { at + 1 } else { at };
    cast.mentions.piece_from(at).is_none() && !(at..at + 4).any(|t| is_people_noun(words.lower(t)))
}

/// The verb whose object the noun phrase from `start` is.
fn light_verb_before(cast: &Cast, start: TokenId, sentence: &Range<TokenId>) -> Option<TokenId> {
    let words = &cast.mentions.words;
    let mut at = start;
    for _ in 0..4 {
        if at <= sentence.start {
            return None;
        }
        at -= 1;
        let lower = words.lower(at);
        if LIGHT_VERBS.contains(&lower) {
            return Some(at);
        }
        if !matches!(
            lower,
            "in" | "off"
                | "part"
                | "at"
                | "a"
                | "on"
                | "separate"
                | "several"
                | "up"
                | "the"
                | "to"
                | "with"
        ) {
            return None;
        }
    }
    None
}

/// The persons that a sentence is about before a token: none governed by a preposition.
fn subjects_of(cast: &mut Cast, sentence: &Range<TokenId>, before: TokenId) -> Vec<EntityIndex> {
    let mentions = cast.mentions;
    let words = &mentions.words;
    let mut found = Vec::new();
    for p in mentions.pieces_in(sentence.start..before) {
        let piece = &mentions.pieces[p];
        let start = cast.phrase_start(piece.tokens.start);
        let governed = matches!(
            words.before(start),
            "with"
                | "of"
                | "by"
                | "between"
                | "after"
                | "to"
                | "against"
                | "under"
                | "for"
                | "from"
                | "in"
                | "on"
                | "over"
        );
        if piece.kind == PieceKind::Person
            && !governed
            && words.lower(piece.tokens.end) != "'s"
            && let Some(entity) = cast.entity_of_piece(p).filter(|e| !found.contains(e))
        {
            found.push(entity);
        }
    }
    found
}

fn main_party(cast: &mut Cast, sentence: &Range<TokenId>, before: TokenId) -> Option<Party> {
    let mentions = cast.mentions;
    let words = &mentions.words;
    for at in sentence.start..before {
        if words
            .document
            .quotation_of(at)
            .is_some_and(|q| q.tokens.len() > 4)
        {
            continue;
        }
        if matches!(words.lower(at), "he" | "she") {
            let entities = cast.pronoun(at).into_iter().collect();
            return Some(Party {
                tokens: at..at + 1,
                entities,
            });
        }
        let Some(p) = mentions.piece_from(at) else {
            continue;
        };
        let piece = &mentions.pieces[p];
        if piece.kind != PieceKind::Person || words.lower(piece.tokens.end) == "'s" {
            continue;
        }
        let start = cast.phrase_start(at);
        if matches!(
            words.before(start),
            "with" | "of" | "by" | "between" | "after" | "to" | "against" | "under" | "for"
        ) {
            continue;
        }
        return cast.party_until(piece.tokens.end, sentence.start);
    }
    None
}

/// The entities of a party; an unnamed one becomes a group if it is of people.
fn expand(cast: &mut Cast, party: Party) -> Vec<EntityIndex> {
    if !party.entities.is_empty() {
        return party.entities;
    }
    let words = &cast.mentions.words;
    let last = words.lower(party.tokens.end - 1).to_owned();
    if party.tokens.len() == 1
        && matches!(
            last.as_str(),
            "they" | "it" | "we" | "i" | "you" | "he" | "she" | "two" | "both"
        )
    {
        return Vec::new();
    }
    if is_people_noun(&last)
        && !matches!(
            last.as_str(),
            "sides"
                | "two"
                | "both"
                | "one"
                | "side"
                | "some"
                | "nation"
                | "country"
                | "nations"
                | "countries"
                | "states"
                | "statement"
                | "report"
                | "reports"
                | "letter"
                | "study"
                | "document"
                | "group"
                | "several"
                | "many"
                | "others"
        )
        || cast
            .mentions
            .titles
            .iter()
            .any(|t| t.core.end == party.tokens.end)
    {
        let mut tokens = party.tokens;
        while matches!(
            cast.mentions.words.lower(tokens.start),
            "the" | "a" | "an" | "some" | "several" | "all" | "top" | "both"
        ) && tokens.len() > 1
        {
            tokens.start += 1;
        }
        return vec![cast.group(tokens)];
    }
    Vec::new()
}

fn merge(parties: &mut Vec<EntityIndex>, more: Vec<EntityIndex>) {
    for entity in more {
        if !parties.contains(&entity) {
            parties.push(entity);
        }
    }
}

/// A list of parties that begins at `at`: "A, B and a group of C"; and the token after it.
fn parties_from(cast: &mut Cast, at: TokenId, end: TokenId) -> (Vec<EntityIndex>, TokenId) {
    let mut found = Vec::new();
    let mut next = at;
    loop {
        let words = &cast.mentions.words;
        while matches!(
            words.lower(next),
            "both"
                | "the"
                | "a"
                | "an"
                | "his"
                | "her"
                | "their"
                | "its"
                | "then"
                | "visiting"
                | "other"
                | "some"
                | "top"
                | "long"
                | "-"
                | "ruling"
                | "fellow"
                | "also"
        ) && next < end
        {
            next += 1;
        }
        let Some(party) = party_from(cast, next, end) else {
            break;
        };
        let until = party.tokens.end;
        let words = &cast.mentions.words;
        if matches!(words.lower(until), "'s" | "'") {
            break;
        }
        let more = expand(cast, party);
        if more.is_empty() {
            break;
        }
        let only_place = more
            .iter()
            .all(|e| cast.drafts[*e].kind == EntityKind::Place);
        if only_place {
            break;
        }
        merge(&mut found, more);
        next = skip_aside(cast, until, end);
        let words = &cast.mentions.words;
        let joined = match words.lower(next) {
            "and" => 1,
            "," if words.lower(next + 1) == "and" => 2,
            "," => 1,
            _ => 0,
        };
        if joined == 0 {
            break;
        }
        // A comma or "and" may begin a new clause instead.
        let goes_on = cast.mentions.piece_from(next + joined).is_some()
            || matches!(
                words.lower(next + joined),
                "the" | "a" | "an" | "his" | "her" | "other" | "their" | "three" | "two"
            )
            || is_people_noun(words.lower(next + joined + 1))
            || is_people_noun(words.lower(next + joined));
        let verb_follows = party_from(cast, next + joined, end).is_some_and(|p| {
            let words = &cast.mentions.words;
            words.lower(next) == ","
                && joined == 1
                && cast
                    .mentions
                    .cues
                    .iter()
                    .any(|c| c.tokens.start == p.tokens.end)
                || matches!(
                    words.lower(p.tokens.end),
                    "was" | "were" | "had" | "would" | "will" | "is" | "are" | "said"
                )
        });
        if !goes_on || verb_follows {
            break;
        }
        next += joined;
    }
    (found, next)
}

/// After "X, the minister of Y," the token behind the aside.
fn skip_aside(cast: &Cast, at: TokenId, end: TokenId) -> TokenId {
    let words = &cast.mentions.words;
    if words.lower(at) != "," {
        return at;
    }
    let title =
        cast.mentions.titles.iter().find(|t| {
            t.rule == "title-after-name" && t.determiner.unwrap_or(t.tokens.start) == at + 1
        });
    match title {
        Some(t) if t.tokens.end < end => {
            if words.lower(t.tokens.end) == "," {
                t.tokens.end + 1
            } else {
                t.tokens.end
            }
        }
        _ => at,
    }
}

/// "alongside European leaders", "along with Z", "in the presence of", "and accompanied by".
fn more_parties(cast: &mut Cast, from: TokenId, end: TokenId, parties: &mut Vec<EntityIndex>) {
    let mut at = from;
    while at < end {
        let words = &cast.mentions.words;
        let opens = match words.lower(at) {
            "alongside" => Some(at + 1),
            "along" if words.lower(at + 1) == "with" => Some(at + 2),
            "together" if words.lower(at + 1) == "with" => Some(at + 2),
            "attended" if words.lower(at + 1) == "by" => Some(at + 2),
            "presence" if words.lower(at + 1) == "of" => Some(at + 2),
            _ => None,
        };
        if let Some(start) = opens {
            let (more, next) = parties_from(cast, start, end);
            merge(parties, more);
            at = next.max(start);
        } else {
            at += 1;
        }
    }
}

fn phone_near(cast: &Cast, at: TokenId, end: TokenId) -> bool {
    let words = &cast.mentions.words;
    (at..(at + 14).min(end)).any(|t| matches!(words.lower(t), "phone" | "telephone"))
}

/// A place phrase that begins at `at`: the pieces and the token after it.
fn place_at(cast: &Cast, at: TokenId, end: TokenId) -> Option<(Vec<usize>, TokenId)> {
    let mentions = cast.mentions;
    let words = &mentions.words;
    let mut next = at;
    while next < (at + 4).min(end)
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
    let mut found = Vec::new();
    while let Some(p) = mentions
        .piece_from(next)
        .filter(|p| mentions.pieces[*p].kind.is_place())
    {
        if words.lower(mentions.pieces[p].tokens.end) == "'s" {
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

/// The places that the clause of an event names after "in" or "at".
fn places_in(cast: &Cast, event: TokenId, sentence: &Range<TokenId>) -> Vec<usize> {
    let words = &cast.mentions.words;
    let mut best: Option<(usize, Vec<usize>)> = None;
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
            let stops = (event.min(at)..event.max(at)).any(|t| {
                matches!(
                    words.lower(t),
                    ";" | "that" | "who" | "which" | "said" | "says" | "where"
                )
            });
            // "war in Ukraine", "troops in Syria": the place of something else.
            let governed = at > 0
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
                );
            if distance <= 26
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
fn date_of(
    cast: &Cast,
    event: &EventWord,
    sentence: &Range<TokenId>,
    published: Option<Date>,
    status: MeetingStatus,
) -> (Option<EventDate>, Option<i32>) {
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
        let possessed = words.lower(t.end) == "'s";
        let possesses_this = possessed && (t.end + 1..at + 1).len() <= 5 && t.end < at;
        if possessed && !possesses_this {
            continue;
        }
        let opening = t.start <= sentence.start + 2;
        // "the war since 2022", "the election on Sunday": another thing's date.
        let ends = matches!(
            time.value,
            TimeValue::Weekdays(..) | TimeValue::MonthDay(_, _, Some(_), _)
        );
        let since = matches!(words.before(t.start), "since" | "until" | "till" | "from") && !ends;
        if since {
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
        let distance = t.start.abs_diff(at);
        let mut cost =
            distance + if other_event { 12 } else { 0 } + if opening { 0 } else { distance / 2 };
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
    match best {
        Some((_, TimeValue::AfterEvent(days))) => (None, Some(days)),
        Some((_, value)) => (value.resolve(published, tense), None),
        None => (None, None),
    }
}

/// How real the event is, from the verb group that ends at `verb`.
fn verb_status(cast: &Cast, verb: TokenId, sentence: &Range<TokenId>) -> MeetingStatus {
    let words = &cast.mentions.words;
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
        group.push(lower);
    }
    let has = |list: &[&str]| group.iter().any(|w| list.contains(w));
    let near = |list: &[&str]| group.iter().take(5).any(|w| list.contains(w));
    let before = words.before(verb);
    let infinitive =
        group.first() == Some(&"to") || before == "to" || group.iter().take(2).any(|w| *w == "to");
    let undone = &[
        "cancelled",
        "canceled",
        "postponed",
        "scrapped",
        "cancel",
        "postpone",
    ];
    if has(undone) || undone.contains(&words.lower(verb)) {
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
    if near(&["not", "n't", "never"]) && !infinitive {
        return MeetingStatus::Denied;
    }
    if near(&["refused", "declined", "denied"]) {
        return MeetingStatus::Denied;
    }
    if near(&["would", "could", "may", "might", "if", "should", "can"]) {
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
    if own.ends_with("ing") && matches!(before, "is" | "are") {
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

/// How real an event is that stands as a noun without a verb of holding.
fn noun_status(
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
        &["cancelled", "canceled", "scrapped", "postponed", "called"],
    ) && !any(left.clone(), &["for"])
    {
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
            "resuming",
            "possible",
            "seek",
            "seeking",
            "wants",
            "want",
            "push",
            "calls",
            "call",
            "demanded",
            "requested",
            "propose",
        ],
    ) {
        return MeetingStatus::Proposed;
    }
    let off = right.clone().any(|t| {
        matches!(
            words.lower(t),
            "cancelled" | "canceled" | "scrapped" | "postponed"
        ) || words.reads(t, &["called", "off"])
    });
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

fn evidence_span(
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
                let end = cast
                    .mentions
                    .piece_at(*at)
                    .map_or(at + 1, |p| cast.mentions.pieces[p].tokens.end);
                range = range.start.min(cast.phrase_start(*at))..range.end.max(end);
            }
        }
    }
    document.span(range.start.max(sentence.start)..range.end.min(sentence.end))
}

fn family(kind: MeetingKind) -> u8 {
    match kind {
        MeetingKind::Meeting | MeetingKind::Conference => 0,
        MeetingKind::Call => 1,
        MeetingKind::Visit => 2,
    }
}

fn is_real(status: MeetingStatus) -> bool {
    matches!(status, MeetingStatus::Held | MeetingStatus::Ongoing)
}

/// The event told before that this mention speaks of.
fn find_same(cast: &Cast, joined: &[MeetingDraft], new: &MeetingDraft) -> Option<usize> {
    let mut best: Option<((u8, usize), usize)> = None;
    for (i, old) in joined.iter().enumerate() {
        if family(old.kind) != family(new.kind) {
            continue;
        }
        let same_parties = !new.participants.is_empty()
            && new.participants.len() == old.participants.len()
            && new
                .participants
                .iter()
                .all(|p| old.participants.contains(p));
        if is_real(old.status) != is_real(new.status)
            && !(new.participants.is_empty() && new.is_definite)
            && !((new.is_weak || old.is_weak) && same_parties)
        {
            continue;
        }
        if let (Some(a), Some(b)) = (old.date, new.date)
            && !a.is_compatible(b)
        {
            continue;
        }

        let shared = new
            .participants
            .iter()
            .filter(|p| old.participants.contains(p))
            .count();
        let score = if new.adds_parties && shared == 0 {
            // "all attended the Washington meeting"
            if !is_real(old.status) {
                continue;
            }
            1 + u8::from(old.date.is_some())
        } else if new.participants.is_empty() {
            if !new.is_definite && new.location.is_empty() {
                continue;
            }
            let same_place = new.location.iter().any(|p| {
                old.location
                    .iter()
                    .any(|q| place_key(cast, *p) == place_key(cast, *q))
            });
            let same_date = new.date.is_some() && old.date.is_some();
            1 + u8::from(same_place) * 2 + u8::from(same_date) * 2
        } else if old.participants.is_empty() {
            let near = new.at.abs_diff(old.at) < 120;
            if !near {
                continue;
            }
            1
        } else {
            let smaller = new.participants.len().min(old.participants.len());
            let inside = shared == smaller;
            let dated = new.date.is_some() && old.date.is_some();
            let close = new.at.abs_diff(old.at) < 60;
            let enough = shared >= 2 && inside
                || inside
                    && smaller == 1
                    && (dated || close || new.is_definite)
                    && family(new.kind) != 2
                || shared >= 2 && shared * 2 >= smaller && dated;
            if !enough {
                continue;
            }
            if family(new.kind) == 2 && !same_visit(cast, old, new) {
                continue;
            }
            2 + u8::from(shared >= 2) * 2
                + u8::from(dated) * 2
                + u8::from(new.participants.len() == old.participants.len())
        };
        let key = (score, i);
        if best.as_ref().is_none_or(|(b, _)| key >= *b) {
            best = Some((key, i));
        }
    }
    best.map(|(_, i)| i)
}

fn same_visit(cast: &Cast, old: &MeetingDraft, new: &MeetingDraft) -> bool {
    old.location.is_empty()
        || new.location.is_empty()
        || new.location.iter().any(|p| {
            old.location
                .iter()
                .any(|q| place_key(cast, *p) == place_key(cast, *q))
        })
}

fn place_key(cast: &Cast, piece: usize) -> String {
    cast.mentions
        .words
        .text(cast.mentions.pieces[piece].tokens.clone())
        .to_lowercase()
}

fn join(old: &mut MeetingDraft, new: MeetingDraft) {
    merge(&mut old.participants, new.participants);
    for place in new.location {
        if !old.location.contains(&place) {
            old.location.push(place);
        }
    }
    old.date = match (old.date, new.date) {
        (Some(a), Some(b)) => {
            // The narrower of two that fit.
            let width = |d: EventDate| d.bounds().1.since(d.bounds().0).map_or(0, |s| s.get_days());
            Some(if width(b) < width(a) { b } else { a })
        }
        (a, b) => a.or(b),
    };
    old.after_days = old.after_days.or(new.after_days);
    if new.kind == MeetingKind::Conference
        && old.kind == MeetingKind::Meeting
        && old.participants.is_empty()
    {
        old.kind = new.kind;
    }
    if old.is_weak && !new.is_weak {
        old.status = new.status;
        old.is_weak = false;
    }
    old.is_held |= new.is_held;
    old.evidence.extend(new.evidence);
}

/// Whether enough is known to call it an event.
fn is_event(cast: &Cast, meeting: &MeetingDraft) -> bool {
    let named = meeting
        .participants
        .iter()
        .any(|p| cast.drafts[*p].kind != EntityKind::Group);
    match meeting.kind {
        MeetingKind::Visit => {
            !meeting.participants.is_empty() && (named || !meeting.location.is_empty())
        }
        MeetingKind::Conference => {
            meeting.participants.len() >= 2
                || named && (!meeting.location.is_empty() || meeting.date.is_some())
        }
        _ => {
            let told = meeting.location.len() + usize::from(meeting.date.is_some());
            let is_group = meeting.is_held
                && (!named
                    || told > 0
                        && meeting
                            .participants
                            .iter()
                            .all(|p| cast.drafts[*p].kind != EntityKind::Person));
            meeting.participants.len() >= 2
                || !meeting.participants.is_empty()
                    && (told > 0 && meeting.evidence.len() > 1 || is_group)
        }
    }
}

/// Orders the places from specific to general, drops doubles, and finds the country.
fn settle_place(cast: &Cast, meeting: &mut MeetingDraft) {
    let pieces = &cast.mentions.pieces;
    let rank = |p: &usize| match pieces[*p].kind {
        PieceKind::Facility => 0,
        PieceKind::Seat => 1,
        PieceKind::Place => 2,
        _ => 3,
    };
    let mut seen: Vec<String> = Vec::new();
    meeting.location.retain(|p| {
        let key = place_key(cast, *p);
        let new = !seen.contains(&key);
        seen.push(key);
        new
    });
    meeting.location.sort_by_key(rank);
    meeting.location.truncate(4);
    let mut countries = meeting.location.iter().filter_map(|p| pieces[*p].country);
    meeting.country = countries.next();
    if meeting.kind == MeetingKind::Visit && countries.any(|c| Some(c) != meeting.country) {
        meeting.country = None;
    }
}
