//! Who met whom, where and when, and whether it has happened.

use std::ops::Range;

use jiff::civil::Date;

use super::circumstance::{
    date_of, evidence_span, noun_status, phone_near, place_at, places_in, verb_status,
};
use super::clause::is_people_noun;
use super::coreference::{Cast, EntityIndex};
use super::joining::{family, find_same, is_event, is_real, join, settle_place};
use super::occasion::{
    LIGHT_VERBS, arranged_by, counted_parties, drawn_from, is_arranging, is_body, is_body_noun,
    is_body_of, is_generic, is_idiom, is_titled, light_verb_above, light_verb_before, modifiers_of,
    opened_subject, spoken_at, status_above, takes_place, theme_of, told_by,
};
use super::participant::{
    expand, is_infinitive, main_party, merge, more_parties, parties_from, subject_in_tree,
    subject_of, subjects_of, surer, with_names_before,
};
use super::party::main_subject;
use super::rule::confidence;
use super::{Confidence, EntityKind, EventDate, Evidence, MeetingKind, MeetingStatus};

use crate::annotation::{Deprel, Upos};
use crate::document::{Quotation, TokenId};
use crate::lexicon::{CountryCode, TitleKind};
use crate::mention::{EventPart, EventWord, PieceKind};

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
            drafts.push(draft);
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
        let between = visit.at..meeting.at;
        visit.kind == MeetingKind::Visit
            && !visit.location.is_empty()
            && sentence.contains(&visit.at)
            && visit.at < meeting.at
            && is_real(visit.status) == is_real(meeting.status)
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
    if matches!(lemma, "hold" | "attend" | "convene")
        || matches!(lemma, "host" | "receive" | "greet") && noun_follows(cast, events, event)
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
    let by_order = subject
        .map(|p| with_names_before(cast, p))
        .unwrap_or_default();
    let by_tree = subject_in_tree(cast, at);
    // "kept Lund from visiting": the first name of the sentence is only a guess.
    let words = &cast.mentions.words;
    let has_person = |parties: &[EntityIndex]| {
        parties
            .iter()
            .any(|e| cast.drafts[*e].kind == EntityKind::Person)
    };
    let is_guess = (gerund || is_infinitive(words, at))
        && (has_person(&by_tree)
            || !by_tree.is_empty() && by_order.len() < 2 && !has_person(&by_order));
    let mut parties = if is_guess {
        by_tree
    } else {
        surer(cast, by_order, by_tree)
    };
    let words = &cast.mentions.words;
    let is_example = gerund && matches!(words.before(at), "including" | "as" | "like" | "of");
    if is_example || is_generic(cast, at, sentence) || lemma == "meet" && is_idiom(cast, at) {
        return None;
    }
    let mut next = event.tokens.end;
    let mut by_phone = false;
    let words = &cast.mentions.words;
    if lemma == "speak" {
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
        by_phone = phone_near(cast, next, sentence.end);
        next = sentence.end;
    }
    // "gathered around the stage", "survivors gathered in Oslo": no meeting.
    if lemma == "gather"
        && (matches!(words.lower(next), "around" | "round" | "outside")
            || words.deprel(at) == Deprel::Acl)
    {
        return None;
    }
    // "will receive the G7 plan": what is received is no guest.
    let is_thing = matches!(lemma, "receive" | "greet" | "host")
        && words.annotation.children_with(at, Deprel::Obj).any(|o| {
            words.upos(o) == Upos::Noun && !is_people_noun(words.lower(o)) && !is_titled(cast, o)
        });
    if is_thing && !passive {
        return None;
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
    if matches!(
        lemma,
        "receive" | "greet" | "host" | "dial" | "phone" | "call" | "telephone"
    ) && !object.iter().any(|e| {
        let kind = cast.drafts[*e].kind;
        // "host the leaders of Chile and Peru"
        let of_people = (next..next + 3).any(|t| is_people_noun(cast.mentions.words.lower(t)));
        kind == EntityKind::Person
            || kind == EntityKind::Country && of_people
            || lemma == "dial"
            || event.kind != MeetingKind::Call
                && matches!(kind, EntityKind::Group | EntityKind::Organization)
    }) {
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
        "meet" | "negotiate" | "confer" | "huddle" | "sit down"
    ) && object.is_empty()
        && parties.len() < 2
        && !plural
    {
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
        match place_at(cast, preceded, sentence.end) {
            Some((chain, _)) => places.extend(chain),
            None => places.push(p),
        }
        parties.truncate(4);
    } else {
        merge(&mut parties, object);
    }
    let end = end.max(next).min(sentence.end);
    more_parties(cast, end, sentence.end, &mut parties);
    if places.is_empty() {
        places.extend(places_in(cast, at, sentence));
    }
    let status = verb_status(cast, at, sentence);
    let date = date_of(cast, event, sentence, published, status);
    let status = to_come(status, date, published);
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
    if is_adjective {
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
    let has_by_owner = !parties.is_empty();
    let mut found_list = is_pair;
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
    let added = is_definite && parties.is_empty() && has_guests;
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
    if places.is_empty() || event.kind != MeetingKind::Visit {
        places.extend(places_in(cast, at, sentence));
    }
    let words = &cast.mentions.words;
    // "cancelled a planned trip"
    let undone = verb.map(|v| verb_status(cast, v, sentence));
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
