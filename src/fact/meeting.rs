//! Who met whom, where and when, and whether it has happened: the words for events in the order of
//! the article, each read by its part of speech, and those that speak of one event joined.

use jiff::civil::Date;

use super::coreference::{Cast, EntityIndex};
use super::joining::{family, find_same, is_event, is_real, join, settle_place};
use super::meeting_noun::read_noun;
use super::meeting_verb::{read_verb, second_of};
use super::participant::merge;
use super::{EntityKind, EventDate, Evidence, MeetingKind, MeetingStatus};
use crate::document::{Quotation, TokenId};
use crate::lexicon::CountryCode;
use crate::mention::{EventPart, EventWord};

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
