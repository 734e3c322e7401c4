//! Several mentions of one meeting joined, and what is too little to be one left out.

use super::coreference::{Cast, EntityIndex};
use super::meeting::MeetingDraft;
use super::participant::merge;
use super::{EntityKind, EventDate, MeetingKind, MeetingStatus};
use crate::mention::PieceKind;

pub(super) fn family(kind: MeetingKind) -> u8 {
    match kind {
        MeetingKind::Meeting | MeetingKind::Conference => 0,
        MeetingKind::Call => 1,
        MeetingKind::Visit => 2,
    }
}

pub(super) fn is_real(status: MeetingStatus) -> bool {
    matches!(status, MeetingStatus::Held | MeetingStatus::Ongoing)
}

/// The event told before that this mention speaks of.
pub(super) fn find_same(cast: &Cast, joined: &[MeetingDraft], new: &MeetingDraft) -> Option<usize> {
    let mut best: Option<((u8, usize), usize)> = None;
    for (i, old) in joined.iter().enumerate() {
        if family(old.kind) != family(new.kind) {
            continue;
        }
        if !can_count(cast, old, new) || is_apart(cast, old, new) || is_apart(cast, new, old) {
            continue;
        }
        let shared = new
            .participants
            .iter()
            .filter(|p| is_among(cast, **p, &old.participants))
            .count();
        let same_parties = !new.participants.is_empty()
            && new.participants.len() == old.participants.len()
            && shared == new.participants.len();
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
            // "the visit to Chad follows a visit to Mali"
            if family(new.kind) == 2 && !same_visit(cast, old, new) {
                continue;
            }
            // "the convention" is not the meeting told before.
            if !old.participants.is_empty()
                && new
                    .nouns
                    .iter()
                    .any(|n| is_telling(n) && !old.nouns.contains(n))
            {
                continue;
            }
            // "the climate conference" is not the talks told before, which nobody called so.
            if new.modifiers.iter().any(|m| !old.modifiers.contains(m)) && new.at > old.at + 12 {
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

/// Whether two persons by themselves in a room of their own are apart from the round in the house:
/// "in the Oval Office" before "at the White House with the ministers".
fn is_apart(cast: &Cast, two: &MeetingDraft, round: &MeetingDraft) -> bool {
    let pieces = &cast.mentions.pieces;
    let is_pair = two.participants.len() == 2
        && two
            .participants
            .iter()
            .all(|p| cast.drafts[*p].kind == EntityKind::Person);
    let mut rooms = two.location.iter();
    let has_room = rooms.any(|p| {
        pieces[*p].kind == PieceKind::Facility
            && round
                .location
                .iter()
                .all(|q| place_key(cast, *p) != place_key(cast, *q))
    });
    is_pair && has_room && round.participants.len() > 2 && !round.location.is_empty()
}

/// Whether two mentions can be of one meeting by the number of parties that they count: a trilateral
/// summit is not the bilateral one, nor a meeting of two.
fn can_count(cast: &Cast, old: &MeetingDraft, new: &MeetingDraft) -> bool {
    let named = |draft: &MeetingDraft| {
        let parties = draft.participants.iter();
        parties
            .filter(|p| cast.drafts[**p].kind != EntityKind::Group)
            .count()
    };
    let fits = |count: usize, other: &MeetingDraft| match named(other) {
        0 => true,
        n if count > 2 => n >= count,
        n => n <= count,
    };
    match (old.count, new.count) {
        (Some(a), Some(b)) => a == b,
        (Some(count), None) => fits(count, new),
        (None, Some(count)) => fits(count, old),
        (None, None) => true,
    }
}

/// Whether a noun says what kind of gathering it is, so that it speaks of no other kind.
fn is_telling(noun: &str) -> bool {
    matches!(
        noun,
        "convention"
            | "congress"
            | "conference"
            | "forum"
            | "symposium"
            | "ceremony"
            | "hearing"
            | "session"
            | "roundtable"
            | "plenary"
            | "workshop"
            | "seminar"
            | "general assembly"
            | "press conference"
            | "news conference"
            | "dinner"
            | "luncheon"
            | "reception"
            | "banquet"
    )
}

pub(super) fn same_visit(cast: &Cast, old: &MeetingDraft, new: &MeetingDraft) -> bool {
    old.location.is_empty()
        || new.location.is_empty()
        || new.location.iter().any(|p| {
            old.location
                .iter()
                .any(|q| place_key(cast, *p) == place_key(cast, *q))
        })
}

pub(super) fn place_key(cast: &Cast, piece: usize) -> String {
    cast.mentions
        .words
        .text(cast.mentions.pieces[piece].tokens.clone())
        .to_lowercase()
}

/// Whether a party is one of these; "the European delegation" is "European leaders" told again.
fn is_among(cast: &Cast, party: EntityIndex, parties: &[EntityIndex]) -> bool {
    let stem = group_stem(cast, party);
    parties
        .iter()
        .any(|other| *other == party || stem.is_some() && group_stem(cast, *other) == stem)
}

/// The name that a group goes by, whatever its people are called: "european" for "seven European
/// leaders" and "the Europeans".
fn group_stem(cast: &Cast, party: EntityIndex) -> Option<String> {
    let draft = &cast.drafts[party];
    let is_group = draft.kind == EntityKind::Group;
    let mut words = draft.name.split(' ').filter(|_| is_group);
    let name = words.find(|word| word.starts_with(char::is_uppercase))?;
    Some(name.strip_suffix('s').unwrap_or(name).to_lowercase())
}

pub(super) fn join(cast: &Cast, old: &mut MeetingDraft, new: MeetingDraft) {
    let more = new.participants.into_iter();
    let more = more
        .filter(|p| !is_among(cast, *p, &old.participants))
        .collect();
    merge(&mut old.participants, more);
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
    for modifier in new.modifiers {
        if !old.modifiers.contains(&modifier) {
            old.modifiers.push(modifier);
        }
    }
    old.nouns.extend(new.nouns);
    old.count = old.count.or(new.count);
    old.is_held |= new.is_held;
    old.evidence.extend(new.evidence);
}

/// Whether enough is known to call it an event.
pub(super) fn is_event(cast: &Cast, meeting: &MeetingDraft) -> bool {
    // "The Herald sat down with her": an interview.
    let is_outlet = |p: &usize| {
        cast.drafts[*p].at.iter().any(|at| {
            cast.mentions.piece_from(*at).is_some_and(|i| {
                cast.mentions.pieces[i].kind == PieceKind::Outlet
                    && cast.entity_of_piece(i) == Some(*p)
            })
        })
    };
    // "an exchange with reporters": the press asks.
    let is_press = |p: &&usize| {
        let name = cast.drafts[**p].name.to_lowercase();
        ["reporters", "journalists", "newsmen"]
            .iter()
            .any(|noun| name.ends_with(noun))
    };
    let press = meeting.participants.iter().filter(is_press).count();
    if press > 0 && meeting.participants.len() - press < 2 {
        return false;
    }
    let is_writer = |p: &usize| {
        let name = cast.drafts[*p].name.to_lowercase();
        name.starts_with("my ") || name.starts_with("our ") || name.starts_with("your ")
    };
    let has_person = meeting
        .participants
        .iter()
        .any(|p| cast.drafts[*p].kind == EntityKind::Person);
    if !has_person && is_game(cast, meeting) {
        return false;
    }
    if meeting
        .participants
        .iter()
        .any(|p| is_outlet(p) || is_writer(p))
    {
        return false;
    }
    let named = meeting
        .participants
        .iter()
        .any(|p| cast.drafts[*p].kind != EntityKind::Group);
    match meeting.kind {
        MeetingKind::Visit => {
            // "his trip": of a journey to nowhere nothing is known.
            let nowhere = meeting.location.is_empty()
                && meeting.date.is_none()
                && meeting.nouns.iter().any(|n| matches!(*n, "trip" | "tour"));
            !meeting.participants.is_empty()
                && !nowhere
                && (named
                    || !meeting.location.is_empty()
                        && !meeting.participants.iter().all(|p| is_crowd(cast, *p)))
        }
        MeetingKind::Conference => {
            let told = meeting.location.len().min(1) + usize::from(meeting.date.is_some());
            meeting.participants.len() >= 2
                || named && told > 0
                || !meeting.participants.is_empty() && told > 1
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

/// Whether a party is people of no office: "thousands of fans", "the witness".
pub(super) fn is_crowd(cast: &Cast, party: EntityIndex) -> bool {
    const CROWDS: &[&str] = &[
        "people",
        "protesters",
        "supporters",
        "fans",
        "families",
        "family",
        "relatives",
        "media",
        "residents",
        "students",
        "workers",
        "survivors",
        "reporters",
        "journalists",
        "police",
        "migrants",
        "refugees",
        "women",
        "woman",
        "men",
        "man",
        "activists",
        "witness",
        "witnesses",
        "victims",
        "farmers",
        "parents",
        "couple",
    ];
    let draft = &cast.drafts[party];
    let mut words = draft.name.split(' ');
    draft.kind == EntityKind::Group
        && words.any(|word| CROWDS.contains(&word.to_lowercase().as_str()))
}

/// Teams that meet for a game.
fn is_game(cast: &Cast, meeting: &MeetingDraft) -> bool {
    let words = &cast.mentions.words;
    words.sentence(meeting.at).any(|t| {
        matches!(
            words.lower(t),
            "match"
                | "game"
                | "final"
                | "finals"
                | "semi-final"
                | "semi-finals"
                | "semifinal"
                | "semifinals"
                | "quarterfinal"
                | "quarterfinals"
                | "tournament"
                | "league"
                | "championship"
                | "championships"
                | "playoff"
                | "playoffs"
                | "fixture"
                | "fixtures"
                | "kickoff"
                | "squad"
                | "coach"
                | "goalkeeper"
                | "cup"
                | "play-off"
                | "training"
        )
    })
}

/// Orders the places from specific to general, drops doubles, and finds the country.
pub(super) fn settle_place(cast: &Cast, meeting: &mut MeetingDraft) {
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
    // "the Élysée" beside "the Élysée Palace"
    let keys = seen;
    meeting.location.retain(|p| {
        let key = place_key(cast, *p) + " ";
        !keys.iter().any(|other| other.starts_with(&key))
    });
    meeting.location.sort_by_key(rank);
    meeting.location.truncate(4);
    let mut countries = meeting.location.iter().filter_map(|p| pieces[*p].country);
    meeting.country = countries.next();
    if meeting.kind == MeetingKind::Visit && countries.any(|c| Some(c) != meeting.country) {
        meeting.country = None;
    }
}
