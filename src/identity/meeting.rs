//! Which meetings are one: of one kind, with the same parties or most of them, on a day and in a
//! place that can be one, and equally real. What was announced and what took place are two, linked.

use std::collections::BTreeSet;

use jiff::civil::Date;
use oxigraph::model::NamedNode;

use super::cluster::{Edge, clusters};
use crate::fact::MeetingStatus;
use crate::graph::key::family;
use crate::graph::record::MeetingRecord;
use crate::graph::{Base, article_of, digest};

/// Days between two articles that can mean one meeting without its date.
const NEAR: i32 = 7;
/// Days after an article within which a meeting takes place that it announces without a date.
const AHEAD: i32 = 31;
/// Hexadecimal digits that keep what one article alone says apart.
const DIGITS: usize = 12;

/// A meeting with canonical parties and place.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub record: MeetingRecord,
    /// People and bodies; countries only where there are no two of these.
    pub parties: BTreeSet<NamedNode>,
    /// Names of groups, which are each article's own: "european-leaders".
    pub groups: BTreeSet<String>,
    /// From the place itself to all that contain it.
    pub places: BTreeSet<NamedNode>,
    pub published: Option<Date>,
    /// First and last day that its date can mean; none, if it is a plan for a day gone by.
    pub days: Option<(Date, Date)>,
}

/// How real a meeting is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reality {
    /// It took or takes place.
    Real,
    /// It is to take place.
    Coming,
    /// It did or will not.
    Off,
}

pub(super) const fn reality(status: MeetingStatus) -> Reality {
    match status {
        MeetingStatus::Held | MeetingStatus::Ongoing => Reality::Real,
        MeetingStatus::Planned | MeetingStatus::Proposed => Reality::Coming,
        MeetingStatus::Cancelled | MeetingStatus::Denied => Reality::Off,
    }
}

impl Event {
    /// The days of a record, as far as they can be meant.
    pub fn days_of(record: &MeetingRecord, published: Option<Date>) -> Option<(Date, Date)> {
        let (first, last) = record.days.as_ref()?;
        let (first, last): (Date, Date) = (first.parse().ok()?, last.parse().ok()?);
        let is_past = published.is_some_and(|published| last < published);
        (!is_past || reality(record.status) != Reality::Coming).then_some((first, last))
    }

    fn is_exact(&self) -> bool {
        self.days.is_some_and(|(first, last)| first == last)
    }
}

/// How two meetings of different articles belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// They are one; the greater, the surer.
    One(Sure),
    /// The first announces the second.
    Announces,
    /// The second announces the first.
    Realises,
}

/// What makes two meetings one; the greater, the surer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sure {
    pub time: Time,
    pub has_place: bool,
    pub has_parties: bool,
}

/// How well two dates go together; the greater, the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Time {
    /// One or both have no date, but their articles are of about one time.
    Open,
    /// One is less exact.
    Coarse,
    Same,
}

/// How two meetings belong together, if they do.
pub(super) fn relation(a: &Event, b: &Event) -> Option<Relation> {
    // An article that speaks of two means two: rounds of talks stay apart.
    let is_other = article_of(&a.record.node) == article_of(&b.record.node)
        || family(a.record.kind) != family(b.record.kind);
    if is_other {
        return None;
    }
    let time = time(a, b)?;
    let place = place(a, b)?;
    let shared = a.parties.intersection(&b.parties).count();
    let groups = a.groups.intersection(&b.groups).count();
    let is_equal = a.parties == b.parties;
    let is_within = a.parties.is_subset(&b.parties) || b.parties.is_subset(&a.parties);
    let has_parties = shared + groups >= 2 && shared > 0;
    // One party is known by the place alone: "she visited Oslo".
    let is_visit =
        shared == 1 && is_equal && groups == 0 && time != Time::Open && place == Some(true);
    if !has_parties && !is_visit {
        return None;
    }
    let sure = Sure {
        time,
        has_place: place == Some(true),
        has_parties: is_equal,
    };
    match (reality(a.record.status), reality(b.record.status)) {
        (Reality::Real, Reality::Real) | (Reality::Off, Reality::Off) => {
            let all = a.parties.len() + b.parties.len() - shared;
            let fits = match time {
                Time::Same => is_within || place == Some(true) || 2 * shared >= all,
                Time::Coarse => is_within,
                Time::Open => is_equal || is_within && place == Some(true),
            };
            // Days apart and places unknown to each other: two meetings.
            let is_there = place != Some(false) || time == Time::Same && is_within;
            (fits && is_there).then_some(Relation::One(sure))
        }
        // Two and two with a third are two plans.
        (Reality::Coming, Reality::Coming) => {
            (is_equal && place != Some(false)).then_some(Relation::One(sure))
        }
        // Talks that go on and are to go on are one process.
        (Reality::Coming, Reality::Real) | (Reality::Real, Reality::Coming)
            if is_equal && is_process(a) && is_process(b) =>
        {
            Some(Relation::One(sure))
        }
        (Reality::Coming, Reality::Real) => {
            (is_equal && comes_true(a, b)).then_some(Relation::Announces)
        }
        (Reality::Real, Reality::Coming) => {
            (is_equal && comes_true(b, a)).then_some(Relation::Realises)
        }
        _ => None,
    }
}

/// Talks of states or bodies, whoever speaks for them, that have no day of their own.
fn is_process(event: &Event) -> bool {
    let is_person = |party: &NamedNode| party.as_str().contains("/person/");
    let is_open = !matches!(
        event.record.status,
        MeetingStatus::Held | MeetingStatus::Cancelled | MeetingStatus::Denied
    );
    is_open && event.days.is_none() && !event.parties.iter().any(is_person)
}

/// Whether what `plan` announces can have taken place as `held`.
fn comes_true(plan: &Event, held: &Event) -> bool {
    let (Some(announced), Some((first, last))) = (plan.published, held.days) else {
        return false;
    };
    let is_ahead = last >= announced && (first - announced).get_days() <= AHEAD;
    let knew = held
        .published
        .is_none_or(|published| published >= announced);
    is_ahead && knew && (plan.days.is_some() || held.is_exact())
}

/// How the dates go together; `None`: they do not.
fn time(a: &Event, b: &Event) -> Option<Time> {
    match (a.days, b.days) {
        (Some(x), Some(y)) => {
            let overlaps = x.0 <= y.1 && y.0 <= x.1;
            let same = a.is_exact() && x == y;
            overlaps.then_some(if same { Time::Same } else { Time::Coarse })
        }
        (x, y) => {
            let near = (a.published? - b.published?).get_days().abs() <= NEAR;
            // What lies further back is another occasion.
            let published = a.published.max(b.published)?;
            let is_recent = x
                .or(y)
                .is_none_or(|(_, last)| (published - last).get_days() <= AHEAD);
            (near && is_recent).then_some(Time::Open)
        }
    }
}

/// Whether two places can be one: `None`, if they cannot; else whether they are, as far as known.
fn place(a: &Event, b: &Event) -> Option<Option<bool>> {
    if let (Some(x), Some(y)) = (a.record.country, b.record.country)
        && x != y
    {
        return None;
    }
    if a.places.is_empty() || b.places.is_empty() {
        return Some(None);
    }
    let is_country = |place: &&NamedNode| place.as_str().contains("/country/");
    let inner = |event: &Event| -> BTreeSet<NamedNode> {
        event
            .places
            .iter()
            .filter(|p| !is_country(p))
            .cloned()
            .collect()
    };
    let (x, y) = (inner(a), inner(b));
    if x.is_empty() || y.is_empty() {
        return Some(None);
    }
    if !x.is_disjoint(&y) {
        return Some(Some(true));
    }
    (x.len() < 2 || y.len() < 2).then_some(Some(false))
}

/// The meetings that these are: for each its members, the first to be reported first.
pub(super) fn assign<'a>(events: &[&'a Event], edges: &[Edge<Sure>]) -> Vec<Vec<&'a Event>> {
    let is_one = |a: &[usize], b: &[usize], linked: usize| {
        // Of one article at most one; and most pairs have to go together.
        let is_free = a.iter().all(|&i| {
            let article = article_of(&events[i].record.node);
            b.iter()
                .all(|&j| article_of(&events[j].record.node) != article)
        });
        let can_be = a
            .iter()
            .all(|&i| b.iter().all(|&j| is_possible(events[i], events[j])));
        is_free && can_be && 2 * linked >= a.len() * b.len()
    };
    clusters(events.len(), edges, is_one)
        .into_iter()
        .map(|members| {
            let mut members: Vec<&Event> = members.into_iter().map(|i| events[i]).collect();
            members
                .sort_by(|a, b| (a.published, &a.record.node).cmp(&(b.published, &b.record.node)));
            members
        })
        .collect()
}

/// Whether nothing tells that two are not one.
fn is_possible(a: &Event, b: &Event) -> bool {
    let is_then = match (a.days, b.days) {
        (Some(x), Some(y)) => x.0 <= y.1 && y.0 <= x.1,
        _ => true,
    };
    is_then && place(a, b).is_some()
}

/// The canonical IRI of the meeting that one article speaks of alone.
pub(super) fn iri(event: &Event, base: &Base) -> NamedNode {
    let family = family(event.record.kind);
    let date = event
        .record
        .date
        .as_deref()
        .unwrap_or("undated")
        .replace('/', "--");
    let names: Vec<&str> = event
        .parties
        .iter()
        .take(2)
        .map(|p| last_segment(base.short(p.as_str())))
        .collect();
    let readable = names.join("_");
    let own = digest(event.record.node.as_str(), DIGITS);
    base.node(format_args!("meeting/{family}_{date}_{readable}~{own}"))
}

/// Why a meeting of an article is the one that `first` is.
pub(super) fn reason(event: &Event, first: &Event) -> String {
    let mut why = vec![
        if event.parties == first.parties {
            "the same parties"
        } else {
            "most parties the same"
        }
        .to_owned(),
    ];
    match (&event.record.date, &first.record.date) {
        (Some(a), Some(b)) if a == b => why.push(format!("on {a}")),
        (Some(a), Some(b)) => why.push(format!("{a} can be {b}")),
        _ => why.push("reported at one time".to_owned()),
    }
    if place(event, first) == Some(Some(true)) {
        why.push("in one place".to_owned());
    }
    why.join(", ")
}

pub(super) fn last_segment(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::MeetingKind;

    fn event(
        article: &str,
        parties: &[&str],
        place: &str,
        date: &str,
        status: MeetingStatus,
    ) -> Event {
        let node = |iri: &str| NamedNode::new_unchecked(format!("https://example.org/{iri}"));
        let days = match date {
            "" => None,
            month if month.len() == 7 => Some((format!("{month}-01"), format!("{month}-28"))),
            day => Some((day.to_owned(), day.to_owned())),
        };
        let record = MeetingRecord {
            node: node(&format!("{article}#meeting-1")),
            label: String::new(),
            kind: MeetingKind::Meeting,
            status,
            participants: Vec::new(),
            location: None,
            location_names: Vec::new(),
            country: None,
            date: (!date.is_empty()).then(|| date.to_owned()),
            days,
            initiator: None,
            initiator_span: None,
            attendance: Vec::new(),
            evidence: Vec::new(),
        };
        let published = "2025-05-10".parse().ok();
        Event {
            days: Event::days_of(&record, published),
            record,
            parties: parties.iter().map(|p| node(p)).collect(),
            groups: BTreeSet::new(),
            places: (!place.is_empty())
                .then(|| node(place))
                .into_iter()
                .collect(),
            published,
        }
    }

    fn are_one(a: &Event, b: &Event) -> bool {
        matches!(relation(a, b), Some(Relation::One(_)))
    }

    #[test]
    fn one_meeting_told_more_and_less_exactly() {
        use MeetingStatus::{Held, Planned, Proposed};
        let day = event("a", &["ann", "bo"], "oslo", "2025-05-08", Held);
        assert!(are_one(
            &day,
            &event("b", &["ann", "bo"], "", "2025-05", Held)
        ));
        assert!(are_one(
            &day,
            &event("b", &["ann", "bo", "cy"], "", "2025-05-08", Held)
        ));
        assert!(are_one(&day, &event("b", &["ann", "bo"], "", "", Held)));
        let plan = event("a", &["ann", "bo"], "", "", Planned);
        assert!(are_one(
            &plan,
            &event("b", &["ann", "bo"], "", "", Proposed)
        ));
    }

    #[test]
    fn what_are_several_meetings() {
        use MeetingStatus::{Held, Planned};
        let day = event("a", &["ann", "bo"], "oslo", "2025-05-08", Held);
        for other in [
            event("a", &["ann", "bo"], "oslo", "2025-05-08", Held),
            event("b", &["ann", "bo"], "oslo", "2025-05-07", Held),
            event("b", &["ann", "cy"], "oslo", "2025-05-08", Held),
            event("b", &["ann", "bo"], "rome", "", Held),
            event("b", &["ann", "bo"], "oslo", "2025-05-08", Planned),
        ] {
            assert!(!are_one(&day, &other), "{other:?}");
        }
        let two = event("a", &["ann", "bo"], "", "", Planned);
        assert!(!are_one(
            &two,
            &event("b", &["ann", "bo", "cy"], "", "", Planned)
        ));
    }

    #[test]
    fn a_plan_is_linked_to_what_came_of_it() {
        use MeetingStatus::{Held, Planned};
        let mut plan = event("a", &["ann", "bo"], "", "2025-05-08", Planned);
        plan.published = "2025-05-01".parse().ok();
        plan.days = Event::days_of(&plan.record, plan.published);
        let held = event("b", &["ann", "bo"], "", "2025-05-08", Held);
        assert_eq!(relation(&plan, &held), Some(Relation::Announces));
        assert_eq!(relation(&held, &plan), Some(Relation::Realises));
    }
}
