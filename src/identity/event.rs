//! Which meetings are one, and which statements make one claim.

use oxigraph::model::NamedNode;

use crate::fact::{MeetingKind, StatementKind};
use crate::graph::record::{MeetingRecord, StatementRecord};
use crate::graph::{Base, digest, name_key};

/// Fewest words that make two quotations one claim: "Yes" is said often.
const WORDS: usize = 4;
/// Hexadecimal digits that keep what one article alone says apart.
const DIGITS: usize = 12;

/// Meetings and conferences are one family: an article's summit is another's talks.
pub(super) const fn family(kind: MeetingKind) -> &'static str {
    match kind {
        MeetingKind::Meeting | MeetingKind::Conference => "meeting",
        MeetingKind::Call => "call",
        MeetingKind::Visit => "visit",
    }
}

/// The canonical IRI of a meeting whose participants and place are given as canonical.
pub(super) fn meeting_iri(
    meeting: &MeetingRecord,
    participants: &[NamedNode],
    place: Option<&NamedNode>,
    base: &Base,
) -> NamedNode {
    let mut participants: Vec<&str> = participants
        .iter()
        .map(|p| base.short(p.as_str()))
        .collect();
    participants.sort_unstable();
    participants.dedup();
    let place = match participants.len() {
        1 => place.map(|p| base.short(p.as_str())),
        _ => None,
    };
    let is_distinctive = meeting.date.is_some() && (participants.len() > 1 || place.is_some());
    let family = family(meeting.kind);
    let date = meeting
        .date
        .as_deref()
        .unwrap_or("undated")
        .replace('/', "--");
    let mut key = format!(
        "{family}|{date}|{}|{}",
        meeting.status,
        participants.join("|")
    );
    if let Some(place) = place {
        key = format!("{key}|{place}");
    }
    if !is_distinctive {
        key = format!("{key}|{}", meeting.node.as_str());
    }
    let names: Vec<&str> = participants
        .iter()
        .take(2)
        .map(|p| last_segment(p))
        .collect();
    let readable = names.join("_");
    base.node(format_args!(
        "meeting/{family}_{date}_{readable}~{}",
        digest(&key, DIGITS)
    ))
}

/// The canonical IRI of what a statement claims.
pub(super) fn claim_iri(
    statement: &StatementRecord,
    speaker: Option<&NamedNode>,
    base: &Base,
) -> NamedNode {
    let words: Vec<String> = statement
        .text
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(name_key)
        .collect();
    let is_distinctive = statement.kind == StatementKind::Direct && words.len() >= WORDS;
    let who = speaker.map_or("unnamed", |iri| base.short(iri.as_str()));
    let key = match speaker {
        Some(_) if is_distinctive => format!("{who}|{}", words.join(" ")),
        _ => format!("{who}|{}", statement.node.as_str()),
    };
    base.node(format_args!(
        "claim/{}~{}",
        last_segment(who),
        digest(&key, DIGITS)
    ))
}

fn last_segment(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
