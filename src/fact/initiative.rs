//! Who began a meeting, as the article says: who called whom, at whose request they met.
//! Must not know what other meetings the article tells of.

use std::ops::Range;

use super::attendance::tokens_of;
use super::coreference::{Cast, EntityIndex};
use super::meeting::MeetingDraft;
use super::participant::subject_in_tree;
use super::party::party_from;
use super::role::RoleDraft;
use super::{EntityKind, MeetingKind};
use crate::annotation::Deprel;
use crate::document::{Span, TokenId};
use crate::lexicon::{self, CountryCode};
use crate::mention::{EventPart, PieceKind, Words};

/// Words after "at the" and before "of" for what began a meeting.
const CAUSES: &[&str] = &[
    "request",
    "initiative",
    "invitation",
    "behest",
    "instigation",
];
/// Verbs of beginning one.
const BEGINS: &[&str] = &["initiated", "requested"];

/// The participant who began a meeting, with the words that say so. None, where the article gives
/// two.
pub(super) fn initiative(
    cast: &mut Cast,
    roles: &[RoleDraft],
    meeting: &MeetingDraft,
) -> Option<(EntityIndex, Span)> {
    let mut found: Option<(EntityIndex, Span)> = None;
    for evidence in &meeting.evidence {
        let tokens = tokens_of(cast, evidence.span);
        let began =
            called(cast, meeting, &tokens).or_else(|| caused(cast, roles, meeting, &tokens));
        match (&found, began) {
            (Some((known, _)), Some((began, _))) if *known != began => return None,
            (None, began) => found = began,
            _ => {}
        }
    }
    found
}

/// "*Lund* called Moe", "*Lund* placed a call to Moe", "a call from *Lund*".
fn called(
    cast: &mut Cast,
    meeting: &MeetingDraft,
    tokens: &Range<TokenId>,
) -> Option<(EntityIndex, Span)> {
    if meeting.kind != MeetingKind::Call {
        return None;
    }
    let calls: Vec<_> = cast
        .mentions
        .events
        .iter()
        .filter(|e| e.kind == MeetingKind::Call && tokens.contains(&e.tokens.start))
        .map(|e| (e.part, e.tokens.clone(), e.lemma))
        .collect();
    for (part, event, lemma) in calls {
        let caller = match part {
            EventPart::Verb if matches!(lemma, "call" | "phone" | "telephone" | "dial") => {
                let words = &cast.mentions.words;
                let is_passive = words
                    .annotation
                    .children(event.start)
                    .iter()
                    .any(|c| matches!(words.deprel(*c), Deprel::NsubjPass | Deprel::AuxPass));
                match is_passive {
                    true => None,
                    false => only(meeting, subject_in_tree(cast, event.start)),
                }
            }
            EventPart::Verb => None,
            EventPart::Noun => placed(cast, meeting, &event),
        };
        if let Some(caller) = caller {
            let document = cast.mentions.words.document;
            return Some((caller, document.span(tokens.clone())));
        }
    }
    None
}

/// "a call from *Lund*", "*Lund*’s call to Moe", "*Lund* made a call to Moe".
fn placed(cast: &mut Cast, meeting: &MeetingDraft, event: &Range<TokenId>) -> Option<EntityIndex> {
    let words = &cast.mentions.words;
    let sentence = words.sentence(event.start);
    if words.lower(event.end) == "from" {
        let party = party_from(cast, event.end + 1, sentence.end)?;
        return only(meeting, party.entities);
    }
    if words.lower(event.end) != "to" {
        return None;
    }
    if let Some(owner) = words
        .annotation
        .children_with(event.end - 1, Deprel::NmodPoss)
        .next()
    {
        let party = cast.party_of(owner)?;
        return only(meeting, party.entities);
    }
    let verb = words.head(event.end - 1)?;
    let places = matches!(
        words.lower(verb),
        "made" | "makes" | "make" | "placed" | "places" | "place" | "put"
    );
    let is_object = words.deprel(event.end - 1) == Deprel::Obj;
    (places && is_object)
        .then(|| subject_in_tree(cast, verb))
        .and_then(|subject| only(meeting, subject))
}

/// "at the request of *Lund*", "on *Lund*’s initiative", "initiated by *the Norwegian side*": in the
/// sentence that speaks of the meeting, after it.
fn caused(
    cast: &mut Cast,
    roles: &[RoleDraft],
    meeting: &MeetingDraft,
    tokens: &Range<TokenId>,
) -> Option<(EntityIndex, Span)> {
    let mentions = cast.mentions;
    let words = &mentions.words;
    let sentence = words.sentence(tokens.start);
    // Another event in between is what they mean.
    let starts = mentions.events.iter().map(|e| e.tokens.start);
    let next = starts
        .filter(|start| *start >= tokens.end && *start < sentence.end)
        .min();
    let end = next.unwrap_or(sentence.end);
    for at in tokens.start..end {
        let lower = words.lower(at);
        let is_cause = CAUSES.contains(&lower);
        let who = if is_cause && words.lower(at + 1) == "of" {
            at + 2..sentence.end
        } else if is_cause && matches!(words.before(at), "'s" | "'") {
            let is_link = |t: &TokenId| matches!(words.lower(*t), "at" | "on" | "upon");
            let Some(start) = (sentence.start..at).rev().find(is_link) else {
                continue;
            };
            start + 1..at - 1
        } else if BEGINS.contains(&lower) && words.lower(at + 1) == "by" {
            at + 2..sentence.end
        } else {
            continue;
        };
        let span = words.document.span(tokens.start..at + 1);
        let Some((entity, piece)) = somebody(cast, roles, meeting, &who) else {
            continue;
        };
        let end = mentions.pieces[piece].tokens.end;
        let until = words.document.span(at..end.max(at + 1));
        return Some((entity, span.to(until)));
    }
    None
}

/// The participant whom the words from `who` on mean, by name or as the side of a country: "the
/// Norwegian side", "Oslo", "the Kremlin". With the piece that tells.
fn somebody(
    cast: &mut Cast,
    roles: &[RoleDraft],
    meeting: &MeetingDraft,
    who: &Range<TokenId>,
) -> Option<(EntityIndex, usize)> {
    const REACH: usize = 6;
    let mentions = cast.mentions;
    let end = who.end.min(who.start + REACH);
    let party = party_from(cast, who.start, who.end);
    let piece = mentions.pieces_in(who.start..end).next()?;
    // "at Lund’s request": a family name alone, whatever it was taken for.
    let whole = mentions
        .piece_until(who.end)
        .filter(|whole| *whole == piece);
    let bearer = whole.and_then(|piece| {
        let name = mentions.words.text(mentions.pieces[piece].tokens.clone());
        let bears = |p: &&EntityIndex| {
            let draft = &cast.drafts[**p];
            draft.kind == EntityKind::Person && draft.name.split(' ').next_back() == Some(&name)
        };
        meeting.participants.iter().find(bears).copied()
    });
    let named = match bearer.or_else(|| whole.and_then(|piece| cast.entity_of_piece(piece))) {
        Some(entity) => vec![entity],
        None => party.map(|party| party.entities).unwrap_or_default(),
    };
    if let Some(named) = only(meeting, named) {
        return Some((named, piece));
    }
    let country = side_of(&mentions.words, cast, piece)?;
    let speaks_for = |entity: EntityIndex| {
        cast.drafts[entity].kind == EntityKind::Country
            && cast.drafts[entity].country == Some(country)
            || roles
                .iter()
                .any(|r| r.person == entity && r.country == Some(country))
    };
    let sides: Vec<EntityIndex> = meeting
        .participants
        .iter()
        .copied()
        .filter(|p| speaks_for(*p))
        .collect();
    match sides.as_slice() {
        [side] => Some((*side, piece)),
        _ => None,
    }
}

/// The country for which a demonym, a capital or a seat of government stands.
fn side_of(words: &Words, cast: &Cast, piece: usize) -> Option<CountryCode> {
    let piece = &cast.mentions.pieces[piece];
    match piece.kind {
        PieceKind::Demonym | PieceKind::Country | PieceKind::Seat => piece.country,
        PieceKind::Place => lexicon::capital_of(&words.text(piece.tokens.clone())),
        _ => None,
    }
}

/// The only one of these who takes part, where somebody else does too.
fn only(meeting: &MeetingDraft, parties: Vec<EntityIndex>) -> Option<EntityIndex> {
    match parties.as_slice() {
        [party] if meeting.participants.contains(party) && meeting.participants.len() > 1 => {
            Some(*party)
        }
        _ => None,
    }
}
