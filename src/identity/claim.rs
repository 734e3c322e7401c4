//! Which statements make one claim: of one speaker, in the same or nearly the same words.

use std::collections::{BTreeMap, BTreeSet};

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

/// One thing said, by those who report it.
pub(super) struct Claim<'a> {
    /// The statements that are this claim's first of all, the first to report it first.
    pub own: Vec<&'a Said>,
    /// Statements that say this among other things.
    pub wider: Vec<&'a Said>,
}

/// The claims that these statements make.
pub(super) fn assign<'a>(said: &[&'a Said], edges: &[Edge<Agreement>]) -> Vec<Claim<'a>> {
    // Chained claims are several: more than half of all pairs have to agree.
    let is_one = |a: &[usize], b: &[usize], linked: usize| 2 * linked > a.len() * b.len();
    let parts = clusters(said.len(), edges, is_one);
    let mut part_of = vec![0; said.len()];
    for (number, members) in parts.iter().enumerate() {
        members.iter().for_each(|&i| part_of[i] = number);
    }
    // A quotation of several sentences, of which others report one: it is of both claims.
    let mut wider: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
    for edge in edges
        .iter()
        .filter(|edge| part_of[edge.a] != part_of[edge.b])
    {
        for (whole, part) in [(edge.a, edge.b), (edge.b, edge.a)] {
            if said[whole].wording.holds(&said[part].wording) {
                *wider
                    .entry(part_of[part])
                    .or_default()
                    .entry(whole)
                    .or_default() += 1;
            }
        }
    }
    let sort = |members: &mut Vec<&Said>| {
        members.sort_by(|a, b| (a.published, &a.record.node).cmp(&(b.published, &b.record.node)));
    };
    let claim = |(number, members): (usize, &Vec<usize>)| {
        let holding = wider.get(&number).into_iter().flatten();
        let holding = holding.filter(|(_, linked)| 2 * **linked > members.len());
        let mut claim = Claim {
            own: members.iter().map(|&i| said[i]).collect(),
            wider: holding.map(|(&i, _)| said[i]).collect(),
        };
        sort(&mut claim.own);
        sort(&mut claim.wider);
        claim
    };
    parts.iter().enumerate().map(claim).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::StatementKind;

    fn said(article: &str, text: &str) -> Said {
        let node = NamedNode::new_unchecked(format!("https://example.org/{article}#statement-1"));
        Said {
            record: StatementRecord {
                node,
                label: String::new(),
                kind: StatementKind::Direct,
                speaker: None,
                speaker_text: None,
                text: text.to_owned(),
                content: Vec::new(),
                cue: None,
                addressee: None,
                addressee_text: None,
                medium: None,
                via: None,
                via_text: None,
                mentions: Vec::new(),
                evidence: Vec::new(),
            },
            speaker: Some("https://example.org/person/ann-lee".to_owned()),
            bodies: BTreeSet::new(),
            seat: None,
            published: "2025-05-10".parse().ok(),
            wording: Wording::read(text),
        }
    }

    #[test]
    fn a_long_quotation_is_of_each_claim_that_others_report_alone() {
        let all = [
            said(
                "a",
                "“The old harbour will open again before the frost. Nobody has to leave the northern islands this winter.”",
            ),
            said("b", "“The old harbour will open again before the frost”"),
            said(
                "c",
                "“Nobody has to leave the northern islands this winter”",
            ),
        ];
        let mut edges = Vec::new();
        for (a, b) in [(0, 1), (0, 2), (1, 2)] {
            if let Some(strength) = relation(&all[a], &all[b]) {
                edges.push(Edge { strength, a, b });
            }
        }
        let said: Vec<&Said> = all.iter().collect();
        let claims = assign(&said, &edges);
        let articles = |members: &[&Said]| -> Vec<String> {
            let name = |said: &&Said| article_of(&said.record.node).as_str()[20..].to_owned();
            members.iter().map(name).collect()
        };
        let found: Vec<_> = claims
            .iter()
            .map(|claim| (articles(&claim.own), articles(&claim.wider)))
            .collect();
        let names =
            |names: &[&str]| -> Vec<String> { names.iter().map(|&n| n.to_owned()).collect() };
        assert_eq!(
            found,
            [
                (names(&["a", "b"]), names(&[])),
                (names(&["c"]), names(&["a"]))
            ]
        );
    }
}
