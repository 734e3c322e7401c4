//! Which statements make one claim: of one speaker, in the same or nearly the same words.

use std::collections::BTreeSet;

use oxigraph::model::NamedNode;

use super::cluster::{Edge, clusters};
use super::meeting::last_segment;
use super::wording::{Agreement, Wording};
use crate::graph::record::StatementRecord;
use crate::graph::{Base, article_of, digest};

/// Days within which one statement is reported in other words; later it was said again.
const DAYS: i32 = 3;
const DIGITS: usize = 12;

/// A statement with what it is compared by.
pub(super) struct Said {
    pub record: StatementRecord,
    /// The canonical speaker; for a group, which is each article's own, its name.
    pub speaker: Option<String>,
    /// For whom the speaker speaks: bodies, canonical, and the government of the country of an
    /// office ("seat/RU").
    pub bodies: BTreeSet<String>,
    /// The government that the speaker itself is the seat of.
    pub seat: Option<String>,
    pub published: Option<jiff::civil::Date>,
    pub wording: Wording,
}

/// How two statements are one, if they are.
pub(super) fn relation(a: &Said, b: &Said) -> Option<Agreement> {
    let (Some(x), Some(y)) = (&a.speaker, &b.speaker) else {
        return None;
    };
    let speaks_for = |a: &Said, who: &String, b: &Said| {
        let for_seat = b.seat.as_ref().is_some_and(|seat| a.bodies.contains(seat));
        a.bodies.contains(who) || for_seat
    };
    let agreement = a.wording.agrees(&b.wording)?;
    // A body and its spokesman: their words have to tell that they are one.
    if x != y && !(agreement >= Agreement::Part && (speaks_for(a, y, b) || speaks_for(b, x, a))) {
        return None;
    }
    // An article that says something like it again says something else.
    let is_again = article_of(&a.record.node) == article_of(&b.record.node);
    if is_again && agreement < Agreement::Part {
        return None;
    }
    let is_then = match (a.published, b.published) {
        (Some(x), Some(y)) => (x - y).get_days().abs() <= DAYS,
        _ => false,
    };
    let is_enough = agreement == Agreement::Stretch || is_then;
    is_enough.then_some(agreement)
}

/// Days on which other articles can report what an article of this day reports.
pub(super) fn days_around(day: jiff::civil::Date) -> impl Iterator<Item = String> {
    (-DAYS..=DAYS).filter_map(move |n| {
        let span = jiff::Span::new().try_days(n).ok()?;
        Some(day.checked_add(span).ok()?.to_string())
    })
}

/// The claims that these statements make: for each its statements, the first to report it first.
pub(super) fn assign<'a>(said: &[&'a Said], edges: &[Edge<Agreement>]) -> Vec<Vec<&'a Said>> {
    // Chained claims are several: more than half of all pairs have to agree.
    let is_one = |a: &[usize], b: &[usize], linked: usize| 2 * linked > a.len() * b.len();
    clusters(said.len(), edges, is_one)
        .into_iter()
        .map(|members| {
            let mut members: Vec<&Said> = members.into_iter().map(|i| said[i]).collect();
            members
                .sort_by(|a, b| (a.published, &a.record.node).cmp(&(b.published, &b.record.node)));
            members
        })
        .collect()
}

/// The canonical IRI of the claim that a statement makes alone.
pub(super) fn iri(said: &Said, base: &Base) -> NamedNode {
    let who = said.speaker.as_deref().unwrap_or("unnamed");
    let key = said.record.node.as_str();
    base.node(format_args!(
        "claim/{}~{}",
        last_segment(base.short(who)),
        digest(key, DIGITS)
    ))
}
