//! Where articles disagree.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use oxigraph::model::{GraphNameRef, NamedNode, NamedNodeRef};

use super::place::geonames_iri;
use crate::fact::{MeetingStatus, RoleStatus};
use crate::graph::key::family;
use crate::graph::record::{
    MeetingRecord, MentionRecord, Node, RoleRecord, Source, SpanRecord, canonical,
};
use crate::graph::vocab::{ng, owl, prov, rdf, rdfs, schema};
use crate::graph::{Base, article_of, list_of, name_key};
use crate::lexicon::{self, GeoKind};

/// Days between two dates that two articles can mean one meeting by; further apart there were two.
const DAYS: i32 = 2;

/// Whether a word says that an office is no longer held.
fn is_past_word(lower: &str) -> bool {
    use lexicon::ModifierEffect::Status;
    let effect = lexicon::title_modifier(lower);
    lower == "formerly"
        || matches!(
            effect,
            Some(Status(RoleStatus::Former | RoleStatus::Deceased))
        )
}

/// In what articles differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    Date,
    Location,
    Participants,
    Status,
    Country,
    /// How a person's name is spelt.
    Name,
    /// By which title an office goes.
    Title,
    /// The words of a quotation.
    Wording,
    /// Through what something was said.
    Medium,
    /// Who began a meeting: who called whom.
    Initiator,
    /// How many took part in a meeting.
    Number,
}

impl Aspect {
    /// The name that tables and messages use.
    pub const fn name(self) -> &'static str {
        match self {
            Aspect::Date => "date",
            Aspect::Location => "location",
            Aspect::Participants => "participants",
            Aspect::Status => "status",
            Aspect::Country => "country",
            Aspect::Name => "name",
            Aspect::Title => "title",
            Aspect::Wording => "wording",
            Aspect::Medium => "medium",
            Aspect::Initiator => "initiator",
            Aspect::Number => "number",
        }
    }
}

impl fmt::Display for Aspect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Articles give different values for one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// "Friedrich Merz: chancellor", "meeting of Donald Trump and Vladimir Putin, 2025-08-15".
    pub about: String,
    pub aspect: Aspect,
    /// At least two values; ordered by value, then article.
    pub sides: Vec<Side>,
}

/// One value and one article that gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    pub value: String,
    /// The canonical role or meeting in the default graph.
    pub thing: NamedNode,
    /// The article's id.
    pub article: String,
    /// The words, verbatim.
    pub words: String,
    /// Where they stand, in code points of the article's text, end exclusive.
    pub span: (usize, usize),
}

/// Finds where articles disagree about a person, a role, a meeting or a statement; ordered by what
/// it is about.
///
/// Not telling something is no disagreement, nor is telling less, nor a change that came between
/// two articles: a meeting planned in one and held in a later one.
pub fn conflicts<S: Source>(source: &S, base: &Base) -> Result<Vec<Conflict>, S::Error> {
    let finder = Finder { source, base };
    let mut conflicts = finder.roles()?;
    conflicts.extend(finder.titles()?);
    conflicts.extend(finder.ranks()?);
    conflicts.extend(finder.names()?);
    conflicts.extend(finder.meetings()?);
    conflicts.extend(finder.claims()?);
    conflicts.sort_by(|a, b| {
        let key = |c: &Conflict| {
            let sides: Vec<_> = c
                .sides
                .iter()
                .map(|s| (s.value.clone(), s.article.clone(), s.span))
                .collect();
            (c.about.clone(), c.aspect, sides)
        };
        key(a).cmp(&key(b))
    });
    conflicts.dedup();
    Ok(conflicts)
}

pub(super) struct Finder<'a, S> {
    pub source: &'a S,
    pub base: &'a Base,
}

/// A role holding or meeting of one article, with its canonical thing and its article's day.
pub(super) struct Member<R> {
    pub record: R,
    pub thing: NamedNode,
    pub article: NamedNode,
    published: Option<String>,
}

impl<R> Member<R> {
    /// How many days after this one's article the other's was published, if both days are known.
    pub fn days_until(&self, other: &Self) -> Option<i32> {
        let day = |m: &Self| m.published.as_ref()?.parse::<jiff::civil::Date>().ok();
        Some((day(other)? - day(self)?).get_days())
    }
}

/// A fact of an article that stands somewhere in its text.
pub(super) trait Told {
    fn evidence(&self) -> &[NamedNode];
}

impl Told for RoleRecord {
    fn evidence(&self) -> &[NamedNode] {
        &self.evidence
    }
}

impl Told for MeetingRecord {
    fn evidence(&self) -> &[NamedNode] {
        &self.evidence
    }
}

/// A meeting with canonical participants and place.
pub(super) struct Event {
    pub member: Member<MeetingRecord>,
    pub participants: BTreeSet<NamedNode>,
    /// Whether others took part who are not named: the list is open.
    has_others: bool,
    /// Canonical, from the place itself to all that contain it.
    places: BTreeSet<NamedNode>,
    /// The numbers in GeoNames of the cities among these.
    cities: BTreeSet<u32>,
}

impl<S: Source> Finder<'_, S> {
    pub(super) fn members<R>(
        &self,
        class: NamedNodeRef<'_>,
        read: impl Fn(&Node) -> Option<R>,
    ) -> Result<Vec<Member<R>>, S::Error> {
        let default = Some(GraphNameRef::DefaultGraph);
        let mut members = Vec::new();
        for thing in self
            .source
            .subjects(Some(rdf::TYPE), class.into(), default)?
            .iter()
        {
            let link = Some(prov::SPECIALIZATION_OF);
            for node in self
                .source
                .subjects(link, thing.as_ref().into(), default)?
                .iter()
            {
                let article = article_of(node);
                let graph = GraphNameRef::from(article.as_ref());
                if let Some(record) = read(self.source.node(node, graph)?.as_ref()) {
                    let published = self
                        .source
                        .node(&article, default_graph())?
                        .text(schema::DATE_PUBLISHED);
                    let thing = thing.clone();
                    members.push(Member {
                        record,
                        thing,
                        article,
                        published,
                    });
                }
            }
        }
        Ok(members)
    }

    fn roles(&self) -> Result<Vec<Conflict>, S::Error> {
        let members = self.members(ng::ROLE_HOLDING, |node| RoleRecord::read(node, self.base))?;
        let mut blocks: BTreeMap<(NamedNode, String), Vec<&Member<RoleRecord>>> = BTreeMap::new();
        for member in &members {
            if let Some(person) = canonical(self.source, &member.record.person)? {
                blocks
                    .entry((person, name_key(&member.record.role)))
                    .or_default()
                    .push(member);
            }
        }
        let mut conflicts = Vec::new();
        for ((person, _), block) in blocks {
            let name = self.label(&person)?;
            let about = format!("{name}: {}", block[0].record.role);
            // What an article leaves to be understood is not what it says.
            let mut held = Vec::new();
            for member in &block {
                if is_held(member.record.status) && self.says_country(member)? {
                    held.push(*member);
                }
            }
            let countries = values(&held, |role| match &role.organization {
                None => role.country.map(|code| code.name().to_owned()),
                Some(_) => None,
            });
            conflicts.extend(self.conflict(&about, Aspect::Country, &countries)?);
            let mut scopes: BTreeMap<_, Vec<_>> = BTreeMap::new();
            for member in block {
                scopes
                    .entry(member.record.scope())
                    .or_default()
                    .push(member);
            }
            for block in scopes.values() {
                let about = block[0]
                    .record
                    .label
                    .replace(&format!(" ({})", block[0].record.status), "");
                let told = self.contradicting(block)?;
                let statuses = values(&told, |role| Some(role.status.name().to_owned()));
                conflicts.extend(self.conflict(&about, Aspect::Status, &statuses)?);
            }
        }
        Ok(conflicts)
    }

    /// Those of one office of one person that cannot both be so: held, though an article that is no
    /// younger has it as given up; acting in one, not in another of the time.
    fn contradicting<'m>(
        &self,
        block: &[&'m Member<RoleRecord>],
    ) -> Result<Vec<&'m Member<RoleRecord>>, S::Error> {
        let mut told = BTreeSet::new();
        for (i, a) in block.iter().enumerate() {
            for (j, b) in block.iter().enumerate() {
                if is_against(a, b) && self.says_more(a)? && self.is_told_as_held(a)? {
                    told.extend([i, j]);
                }
            }
        }
        Ok(told.into_iter().map(|i| block[i]).collect())
    }

    /// Whether an article has an office as held, and not in words that speak of the past.
    pub(super) fn is_told_as_held(&self, member: &Member<RoleRecord>) -> Result<bool, S::Error> {
        let words = self.longest(member, &member.record.evidence)?;
        let is_past = words.is_some_and(|span| {
            let mut words = span.words.split(|c: char| !c.is_alphanumeric());
            words.any(|word| is_past_word(&word.to_lowercase()))
        });
        Ok(is_held(member.record.status) && !is_past)
    }

    /// Whether the words of a role holding name its country.
    fn says_country(&self, member: &Member<RoleRecord>) -> Result<bool, S::Error> {
        let Some(country) = member.record.country.and_then(lexicon::country) else {
            return Ok(false);
        };
        let words = self.longest(member, &member.record.evidence)?;
        let words = words.map(|span| format!(" {} ", name_key(&span.words).replace('-', " ")));
        let names = country.aliases.iter().chain(&country.demonyms);
        let mut names = names.chain([&country.name]).map(|name| name_key(name));
        Ok(words.is_some_and(|words| {
            names.any(|name| words.contains(&format!(" {} ", name.replace('-', " "))))
        }))
    }

    /// Whether the words of a role holding are more than a title before a name, which is said of
    /// former holders too ("President Lund decided then") and says of no country.
    fn says_more(&self, member: &Member<RoleRecord>) -> Result<bool, S::Error> {
        let graph = GraphNameRef::from(member.article.as_ref());
        let person = self.source.node(&member.record.person, graph)?;
        let name = person.text(rdfs::LABEL).unwrap_or_default();
        let count = |text: &str| text.split_whitespace().count();
        let words = self.longest(member, &member.record.evidence)?;
        let plain = count(&name) + count(&member.record.role);
        Ok(words.is_some_and(|span| count(&span.words) > plain))
    }

    fn meetings(&self) -> Result<Vec<Conflict>, S::Error> {
        let mut events = Vec::new();
        for member in self.members(ng::MEETING, |node| MeetingRecord::read(node, self.base))? {
            let mut participants = BTreeSet::new();
            let mut has_others = false;
            for local in &member.record.participants {
                let graph = GraphNameRef::from(member.article.as_ref());
                if self.source.node(local, graph)?.is_a(ng::GROUP) {
                    has_others = true;
                } else {
                    participants.extend(canonical(self.source, local)?);
                }
            }
            let place = match &member.record.location {
                Some(place) => canonical(self.source, place)?,
                None => None,
            };
            let places = self.containers(place)?;
            let mut cities = BTreeSet::new();
            for place in &places {
                cities.extend(self.city(place)?);
            }
            events.push(Event {
                member,
                participants,
                has_others,
                places,
                cities,
            });
        }
        let mut pairs = BTreeSet::new();
        let mut by_participant: BTreeMap<&NamedNode, Vec<usize>> = BTreeMap::new();
        for (i, event) in events.iter().enumerate() {
            for participant in &event.participants {
                by_participant.entry(participant).or_default().push(i);
            }
        }
        for together in by_participant.values() {
            for (n, &i) in together.iter().enumerate() {
                pairs.extend(together[n + 1..].iter().map(|&j| (i, j)));
            }
        }
        let mut conflicts = self.plans(&events)?;
        conflicts.extend(self.initiators(&events)?);
        conflicts.extend(self.numbers(&events)?);
        for (i, j) in pairs {
            let (a, b) = (&events[i], &events[j]);
            for aspect in differences(a, b) {
                let is_kept = aspect != Aspect::Date
                    || (!self.tells_of_both(a, &events, b) && !self.tells_of_both(b, &events, a));
                if is_kept {
                    conflicts.push(self.event_conflict(aspect, a, b)?);
                }
            }
        }
        Ok(conflicts)
    }

    /// How firm one plan is: decided for one article, a wish for another.
    fn plans(&self, events: &[Event]) -> Result<Vec<Conflict>, S::Error> {
        let mut things: BTreeMap<&NamedNode, Vec<&Member<MeetingRecord>>> = BTreeMap::new();
        for event in events {
            things
                .entry(&event.member.thing)
                .or_default()
                .push(&event.member);
        }
        let mut conflicts = Vec::new();
        for (thing, members) in things {
            if members
                .iter()
                .any(|member| took_place(member.record.status))
            {
                continue;
            }
            let statuses = values(&members, |meeting| Some(meeting.status.name().to_owned()));
            conflicts.extend(self.conflict(&self.label(thing)?, Aspect::Status, &statuses)?);
        }
        Ok(conflicts)
    }

    /// Whether the article of `a` speaks of another meeting that is just `b`: then there were two.
    fn tells_of_both(&self, a: &Event, events: &[Event], b: &Event) -> bool {
        events.iter().any(|other| {
            other.member.article == a.member.article
                && other.participants == b.participants
                && other.member.record.days == b.member.record.days
        })
    }

    /// A place with all that it is known to lie in.
    fn containers(&self, place: Option<NamedNode>) -> Result<BTreeSet<NamedNode>, S::Error> {
        let mut places = BTreeSet::new();
        let mut open: Vec<NamedNode> = place.into_iter().collect();
        while let Some(place) = open.pop() {
            if places.insert(place.clone()) {
                let node = self.source.node(&place, default_graph())?;
                open.extend(node.iris(schema::CONTAINED_IN_PLACE));
            }
        }
        Ok(places)
    }

    /// The number in GeoNames of a place that is a city.
    fn city(&self, place: &NamedNode) -> Result<Option<u32>, S::Error> {
        let node = self.source.node(place, default_graph())?;
        let Some(name) = node.text(rdfs::LABEL) else {
            return Ok(None);
        };
        let linked = node.iris(owl::SAME_AS);
        let cities = lexicon::geo_places_named(&name)
            .filter(|geo| geo.kind == GeoKind::City)
            .map(|geo| geo.id);
        Ok(cities
            .into_iter()
            .find(|id| linked.contains(&geonames_iri(*id))))
    }

    fn event_conflict(&self, aspect: Aspect, a: &Event, b: &Event) -> Result<Conflict, S::Error> {
        let mut who = Vec::new();
        for participant in a.participants.intersection(&b.participants) {
            who.push(self.label(participant)?);
        }
        let who: Vec<&str> = who.iter().map(String::as_str).collect();
        let kind = family(a.member.record.kind);
        let mut about = format!("{kind} of {}", list_of(&who));
        if aspect != Aspect::Date
            && let Some(date) = &a.member.record.date
        {
            about = format!("{about}, {date}");
        }
        let mut sides = Vec::new();
        for event in [a, b] {
            let record = &event.member.record;
            let value = match aspect {
                Aspect::Date => record.date.clone().unwrap_or_default(),
                Aspect::Location => {
                    let mut names = record.location_names.clone();
                    let country = record.country.map(|c| c.name().to_owned());
                    names.extend(country.filter(|name| !record.location_names.contains(name)));
                    names.join(", ")
                }
                Aspect::Participants => {
                    let mut names = Vec::new();
                    for participant in &event.participants {
                        names.push(self.label(participant)?);
                    }
                    names.join(", ")
                }
                Aspect::Status => record.status.name().to_owned(),
                _ => record.country.map_or("", |c| c.name()).to_owned(),
            };
            sides.extend(self.side(value, &event.member, &record.evidence)?);
        }
        sides.sort_by(|a, b| (&a.value, &a.article).cmp(&(&b.value, &b.article)));
        Ok(Conflict {
            about,
            aspect,
            sides,
        })
    }

    /// A conflict, if different articles give different values and none gives all.
    pub(super) fn conflict<R: Told>(
        &self,
        about: &str,
        aspect: Aspect,
        values: &BTreeMap<String, Vec<&Member<R>>>,
    ) -> Result<Option<Conflict>, S::Error> {
        let articles = |members: &[&Member<R>]| -> BTreeSet<NamedNode> {
            members.iter().map(|m| m.article.clone()).collect()
        };
        let mut sets = values.values().map(|members| articles(members));
        let Some(first) = sets.next() else {
            return Ok(None);
        };
        let common = sets.fold(first, |a, b| a.intersection(&b).cloned().collect());
        if values.len() < 2 || !common.is_empty() {
            return Ok(None);
        }
        let mut sides = Vec::new();
        for (value, members) in values {
            for member in members {
                sides.extend(self.side(value.clone(), member, member.record.evidence())?);
            }
        }
        Ok(Some(Conflict {
            about: about.to_owned(),
            aspect,
            sides,
        }))
    }

    /// The longest of the words that say a fact: they tell most.
    fn longest<R>(
        &self,
        member: &Member<R>,
        evidence: &[NamedNode],
    ) -> Result<Option<SpanRecord>, S::Error> {
        let mut mentions = Vec::new();
        for iri in evidence {
            mentions.extend(MentionRecord::find(self.source, iri, &member.article)?);
        }
        let length = |span: &SpanRecord| span.words.chars().count();
        let spans = mentions.into_iter().map(|m| m.span);
        Ok(spans.min_by(|a, b| length(b).cmp(&length(a)).then_with(|| a.cmp(b))))
    }

    fn side<R>(
        &self,
        value: String,
        member: &Member<R>,
        evidence: &[NamedNode],
    ) -> Result<Option<Side>, S::Error> {
        let Some(first) = self.longest(member, evidence)? else {
            return Ok(None);
        };
        let article = self.source.node(&member.article, default_graph())?;
        Ok(Some(Side {
            value,
            thing: member.thing.clone(),
            article: article.text(schema::IDENTIFIER).unwrap_or_default(),
            words: first.words,
            span: (first.start, first.end),
        }))
    }

    pub(super) fn label(&self, thing: &NamedNode) -> Result<String, S::Error> {
        let node = self.source.node(thing, default_graph())?;
        Ok(node
            .text(rdfs::LABEL)
            .unwrap_or_else(|| self.base.short(thing.as_str()).to_owned()))
    }
}

pub(super) const fn default_graph() -> GraphNameRef<'static> {
    GraphNameRef::DefaultGraph
}

const fn is_held(status: RoleStatus) -> bool {
    matches!(status, RoleStatus::Current | RoleStatus::Acting)
}

/// Whether `a` has an office as held that `b` has as given up, and did before or at the time; or as
/// acting for which `b` of about the time has no such word. Without the days of both nobody knows
/// whether it is news.
fn is_against(a: &Member<RoleRecord>, b: &Member<RoleRecord>) -> bool {
    const DAYS_OF_ONE_TIME: i32 = 7;
    let Some(later) = a.days_until(b) else {
        return false;
    };
    match (a.record.status, b.record.status) {
        (RoleStatus::Current | RoleStatus::Acting, RoleStatus::Former | RoleStatus::Deceased) => {
            later <= 1
        }
        (RoleStatus::Current, RoleStatus::Acting) => later.abs() <= DAYS_OF_ONE_TIME,
        _ => false,
    }
}

/// The members by the value that they give, each article once a value.
pub(super) fn values<'m, R>(
    members: &[&'m Member<R>],
    value: impl Fn(&R) -> Option<String>,
) -> BTreeMap<String, Vec<&'m Member<R>>> {
    let mut values: BTreeMap<String, Vec<&'m Member<R>>> = BTreeMap::new();
    for member in members.iter().copied() {
        if let Some(value) = value(&member.record) {
            let given = values.entry(value).or_default();
            if !given.iter().any(|m| m.article == member.article) {
                given.push(member);
            }
        }
    }
    values
}

/// In what two meetings of different articles, which can be one, contradict each other.
fn differences(a: &Event, b: &Event) -> Vec<Aspect> {
    let (x, y) = (&a.member.record, &b.member.record);
    let shared = a.participants.intersection(&b.participants).count();
    if a.member.article == b.member.article || shared < 2 || family(x.kind) != family(y.kind) {
        return Vec::new();
    }
    let (Some(a_days), Some(b_days)) = (days(x), days(y)) else {
        return Vec::new();
    };
    let mut aspects = Vec::new();
    let is_one_day = a_days.0 <= b_days.1 && b_days.0 <= a_days.1;
    if is_one_day {
        if is_elsewhere(a, b) {
            aspects.push(Aspect::Location);
        }
        let is_closed = !a.has_others && !b.has_others;
        if is_closed
            && !a.participants.is_subset(&b.participants)
            && !b.participants.is_subset(&a.participants)
        {
            aspects.push(Aspect::Participants);
        }
        if is_contradicted(&a.member, &b.member) || is_contradicted(&b.member, &a.member) {
            aspects.push(Aspect::Status);
        }
    } else if a_days.0 == a_days.1 && b_days.0 == b_days.1 && a.participants == b.participants {
        let apart = (a_days.0 - b_days.0).get_days().abs();
        if apart <= DAYS && took_place(x.status) == took_place(y.status) {
            aspects.push(Aspect::Date);
        }
    }
    aspects
}

fn days(meeting: &MeetingRecord) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
    let (first, last) = meeting.days.as_ref()?;
    Some((first.parse().ok()?, last.parse().ok()?))
}

const fn took_place(status: MeetingStatus) -> bool {
    matches!(status, MeetingStatus::Held | MeetingStatus::Ongoing)
}

/// Whether two places cannot be one: in different countries or cities, or each known to lie in
/// something that has nothing to do with the other.
fn is_elsewhere(a: &Event, b: &Event) -> bool {
    if let (Some(x), Some(y)) = (a.member.record.country, b.member.record.country)
        && x != y
    {
        return true;
    }
    if !a.cities.is_empty() && !b.cities.is_empty() {
        return a.cities.is_disjoint(&b.cities);
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
    x.len() > 1 && y.len() > 1 && x.is_disjoint(&y)
}

/// Whether `a` says that the meeting took or takes place and `b` that it did or will not; or
/// `b`, published after the day, that it is still to come.
fn is_contradicted(a: &Member<MeetingRecord>, b: &Member<MeetingRecord>) -> bool {
    use MeetingStatus::{Cancelled, Denied, Planned, Proposed};
    let is_off = matches!(b.record.status, Cancelled | Denied);
    if took_place(a.record.status) {
        let is_still_to_come = matches!(b.record.status, Planned | Proposed)
            && b.published
                .as_ref()
                .zip(b.record.days.as_ref())
                .is_some_and(|(p, d)| *p > d.1);
        return is_off || is_still_to_come;
    }
    // Planned in an older article and cancelled since is news, no contradiction.
    let is_since = a
        .published
        .as_ref()
        .zip(b.published.as_ref())
        .is_none_or(|(a, b)| a < b);
    matches!(a.record.status, Planned | Proposed) && is_off && !is_since
}
