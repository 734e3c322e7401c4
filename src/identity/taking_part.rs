//! Where articles differ in who began a meeting and in how many took part. Must not know how the
//! articles' meetings became one.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphNameRef, NamedNode};

use super::conflict::{Aspect, Conflict, Event, Finder, Side, default_graph};
use crate::graph::record::{AttendanceRecord, Source, SpanRecord, canonical};
use crate::graph::vocab::schema;

impl<S: Source> Finder<'_, S> {
    /// Who called whom: on one day one side for one article and another for another, each a
    /// participant for both.
    pub(super) fn initiators(&self, events: &[Event]) -> Result<Vec<Conflict>, S::Error> {
        let mut told: BTreeMap<(&NamedNode, &str), Vec<(&Event, NamedNode)>> = BTreeMap::new();
        for event in events {
            let record = &event.member.record;
            let day = record.days.as_ref().filter(|(first, last)| first == last);
            if let (Some(by), Some((day, _))) = (&record.initiator, day)
                && let Some(by) = canonical(self.source, by)?
            {
                let known = told.entry((&event.member.thing, day)).or_default();
                known.push((event, by));
            }
        }
        let mut conflicts = Vec::new();
        for ((thing, _), told) in told {
            let by: BTreeSet<&NamedNode> = told.iter().map(|(_, by)| by).collect();
            let take_part = |event: &Event| by.iter().all(|by| event.participants.contains(*by));
            if by.len() < 2 || !told.iter().all(|(event, _)| take_part(event)) {
                continue;
            }
            let mut sides = Vec::new();
            for (event, by) in &told {
                if let Some(span) = &event.member.record.initiator_span {
                    sides.extend(self.side_at(self.label(by)?, event, span)?);
                }
            }
            conflicts.push(self.of_meeting(thing, Aspect::Initiator, sides)?);
        }
        Ok(conflicts)
    }

    /// Numbers of one kind of participants that cannot both be so.
    pub(super) fn numbers(&self, events: &[Event]) -> Result<Vec<Conflict>, S::Error> {
        let mut told: BTreeMap<(&NamedNode, String), Vec<(&Event, AttendanceRecord)>> =
            BTreeMap::new();
        for event in events {
            let graph = GraphNameRef::from(event.member.article.as_ref());
            for node in &event.member.record.attendance {
                let node = self.source.node(node, graph)?;
                if let Some(count) = AttendanceRecord::read(&node) {
                    let key = (&event.member.thing, count.counted.clone());
                    told.entry(key).or_default().push((event, count));
                }
            }
        }
        let mut conflicts = Vec::new();
        for ((thing, _), told) in told {
            let is_less = |a: &AttendanceRecord, b: &AttendanceRecord| {
                a.most.is_some_and(|most| most < b.least)
            };
            let mut sides = Vec::new();
            for (event, count) in &told {
                let differs = |(other, theirs): &(&Event, AttendanceRecord)| {
                    other.member.article != event.member.article
                        && (is_less(count, theirs) || is_less(theirs, count))
                };
                if told.iter().any(differs) {
                    sides.extend(self.side_at(count.label.clone(), event, &count.span)?);
                }
            }
            if sides.len() > 1 {
                conflicts.push(self.of_meeting(thing, Aspect::Number, sides)?);
            }
        }
        Ok(conflicts)
    }

    fn of_meeting(
        &self,
        thing: &NamedNode,
        aspect: Aspect,
        mut sides: Vec<Side>,
    ) -> Result<Conflict, S::Error> {
        sides.sort_by(|a, b| (&a.value, &a.article).cmp(&(&b.value, &b.article)));
        Ok(Conflict {
            about: self.label(thing)?,
            aspect,
            sides,
        })
    }

    /// What an article says of a meeting in the words of a span.
    fn side_at(
        &self,
        value: String,
        event: &Event,
        span: &NamedNode,
    ) -> Result<Option<Side>, S::Error> {
        let member = &event.member;
        let graph = GraphNameRef::from(member.article.as_ref());
        let span = SpanRecord::read(self.source.node(span, graph)?.as_ref());
        let article = self.source.node(&member.article, default_graph())?;
        Ok(span.map(|span| Side {
            value,
            thing: member.thing.clone(),
            article: article.text(schema::IDENTIFIER).unwrap_or_default(),
            words: span.words,
            span: (span.start, span.end),
        }))
    }
}
