//! The tables of a store, one typed row a piece of evidence, ordered by article and start.
//! Offsets are Unicode code points of the article's text, end exclusive.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphNameRef, NamedNode, NamedOrBlankNode};
use oxigraph::store::StorageError;

use super::{Store, StoreError};
use crate::fact::{Confidence, EntityKind, MeetingKind, MeetingStatus, RoleStatus, StatementKind};
use crate::graph::record::{
    Context, MeetingRecord, MentionRecord, Node, RoleRecord, Source, SpanRecord, StatementRecord,
    canonical,
};
use crate::graph::vocab::{ng, oa, prov, rdf, rdfs, schema, skos};
use crate::graph::{article_of, class_of, id_within};
use crate::identity::Link;
use crate::lexicon::CountryCode;

/// A row of `articles.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleRow {
    /// The article's id.
    pub article: String,
    pub title: Option<String>,
    pub publisher: Option<String>,
    /// ISO 8601 day.
    pub date: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    pub words: usize,
    /// IRI of the article and of its named graph.
    pub graph: NamedNode,
}

/// A row of `entities.csv`: one canonical entity of the default graph.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityRow {
    pub entity: NamedNode,
    pub kind: EntityKind,
    pub name: String,
    pub aliases: Vec<String>,
    pub country: Option<CountryCode>,
    /// Its IRIs under other names, and those that it has elsewhere.
    pub same_as: Vec<NamedNode>,
    /// IRIs that it shares with namesakes, under which they were one; in no table.
    pub split_from: Vec<NamedNode>,
    /// What it is called elsewhere, with what speaks for it; in no table.
    pub links: Vec<Link>,
    /// Number of articles that speak of it.
    pub articles: usize,
    /// Number of places in them.
    pub mentions: usize,
}

/// A row of `roles.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleRow {
    pub article: String,
    /// The canonical person.
    pub entity: NamedNode,
    /// Fullest name in this article.
    pub person: String,
    pub role: String,
    /// As the article names it.
    pub organization: Option<String>,
    pub country: Option<CountryCode>,
    pub status: RoleStatus,
    pub start: usize,
    pub end: usize,
    /// The words between `start` and `end`.
    pub evidence: String,
    /// The text around them; in no table.
    pub context: Context,
    pub confidence: Confidence,
    pub rule: String,
    /// Independent sources of the fact in the default graph.
    pub witnesses: usize,
    /// Conflicts that the fact is a side of.
    pub conflicts: usize,
}

/// A row of `meetings.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct MeetingRow {
    pub article: String,
    /// Unique in the article: `meeting-1`.
    pub meeting_id: String,
    pub kind: MeetingKind,
    /// Fullest names in this article, in order of first mention.
    pub participants: Vec<String>,
    /// Their canonical entities, in the same order.
    pub participant_entities: Vec<NamedNode>,
    /// As the article names them, from most specific to most general.
    pub location: Vec<String>,
    pub country: Option<CountryCode>,
    /// EDTF.
    pub date: Option<String>,
    pub status: MeetingStatus,
    pub start: usize,
    pub end: usize,
    /// The words between `start` and `end`.
    pub evidence: String,
    /// The text around them; in no table.
    pub context: Context,
    pub confidence: Confidence,
    pub rule: String,
    /// Independent sources of the fact in the default graph.
    pub witnesses: usize,
    /// Conflicts that the fact is a side of.
    pub conflicts: usize,
}

/// A row of `statements.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementRow {
    pub article: String,
    /// Unique in the article: `statement-1`.
    pub statement_id: String,
    /// The canonical speaker.
    pub entity: Option<NamedNode>,
    /// Fullest name of the speaker in this article.
    pub speaker: Option<String>,
    /// The mention that stands as the speaker: "he".
    pub speaker_text: Option<String>,
    pub kind: StatementKind,
    /// The spans' words, joined by a space.
    pub content: String,
    pub content_spans: Vec<(usize, usize)>,
    pub cue: Option<String>,
    pub addressee: Option<String>,
    pub medium: Option<String>,
    pub via: Option<String>,
    pub start: usize,
    pub end: usize,
    /// The words between `start` and `end`: the content, who says it and how; in no table.
    pub evidence: String,
    /// The text around them; in no table.
    pub context: Context,
    pub confidence: Confidence,
    pub rule: String,
    /// Independent sources of the fact in the default graph.
    pub witnesses: usize,
    /// Conflicts that the fact is a side of.
    pub conflicts: usize,
}

/// Why an entity of an article is a canonical one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhyRow {
    /// The article's id.
    pub article: String,
    /// Its fullest name for the entity.
    pub name: String,
    /// `None`: it has the same name.
    pub reason: Option<String>,
}

/// All tables of a store.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tables {
    pub articles: Vec<ArticleRow>,
    pub entities: Vec<EntityRow>,
    pub roles: Vec<RoleRow>,
    pub meetings: Vec<MeetingRow>,
    pub statements: Vec<StatementRow>,
}

impl Store {
    /// All tables. For a large store rather ask article by article, with
    /// [`tables_of`](Self::tables_of).
    pub fn tables(&self) -> Result<Tables, StoreError> {
        let mut tables = Tables {
            entities: self.entities()?,
            ..Tables::default()
        };
        let conflicts = self.conflicts_by_thing()?;
        for article in self.articles()? {
            let rows = self.rows_of(&article, &conflicts)?;
            tables.articles.push(article);
            tables.roles.extend(rows.roles);
            tables.meetings.extend(rows.meetings);
            tables.statements.extend(rows.statements);
        }
        Ok(tables)
    }

    /// The roles, meetings and statements of one article. Looks for the conflicts of the whole
    /// store, which is the larger part of the work.
    pub fn tables_of(&self, article: &ArticleRow) -> Result<Tables, StoreError> {
        self.rows_of(article, &self.conflicts_by_thing()?)
    }

    /// The number of conflicts that each canonical thing is a side of.
    fn conflicts_by_thing(&self) -> Result<BTreeMap<NamedNode, usize>, StoreError> {
        let mut count = BTreeMap::new();
        for conflict in self.conflicts()? {
            let things: BTreeSet<NamedNode> =
                conflict.sides.into_iter().map(|side| side.thing).collect();
            for thing in things {
                *count.entry(thing).or_default() += 1;
            }
        }
        Ok(count)
    }

    /// Why each article's entity is this canonical one; ordered by article.
    pub fn why(&self, entity: &NamedNode) -> Result<Vec<WhyRow>, StoreError> {
        let default = Some(GraphNameRef::DefaultGraph);
        let link = Some(prov::SPECIALIZATION_OF);
        let mut rows = Vec::new();
        for local in self
            .quads
            .subjects(link, entity.as_ref().into(), default)?
            .iter()
        {
            let article = article_of(local);
            let graph = GraphNameRef::from(article.as_ref());
            let own = self.quads.node(local, graph)?;
            let id = self.quads.node(&article, graph)?.text(schema::IDENTIFIER);
            let node = self.quads.node(local, GraphNameRef::DefaultGraph)?;
            rows.push(WhyRow {
                article: id.unwrap_or_default(),
                name: own.text(rdfs::LABEL).unwrap_or_default(),
                reason: node.text(ng::REASON),
            });
        }
        rows.sort_by(|a, b| (&a.article, &a.name).cmp(&(&b.article, &b.name)));
        Ok(rows)
    }

    fn rows_of(
        &self,
        article: &ArticleRow,
        conflicts: &BTreeMap<NamedNode, usize>,
    ) -> Result<Tables, StoreError> {
        let reader = Reader::new(self, article, conflicts)?;
        Ok(Tables {
            articles: vec![article.clone()],
            entities: Vec::new(),
            roles: reader.roles()?,
            meetings: reader.meetings()?,
            statements: reader.statements()?,
        })
    }

    /// The articles, by id.
    pub fn articles(&self) -> Result<Vec<ArticleRow>, StoreError> {
        let mut rows = Vec::new();
        for name in self.quads.named_graphs() {
            let NamedOrBlankNode::NamedNode(graph) = name? else {
                continue;
            };
            let mut node = Node::new(graph.clone());
            let properties = [
                schema::IDENTIFIER,
                schema::HEADLINE,
                schema::PUBLISHER,
                schema::DATE_PUBLISHED,
                schema::URL,
                schema::IN_LANGUAGE,
                schema::WORD_COUNT,
            ];
            for property in properties {
                let within = Some(GraphNameRef::from(graph.as_ref()));
                for quad in Source::quads(&self.quads, Some(&graph), Some(property), None, within) {
                    node.push(quad?);
                }
            }
            let Some(article) = node.text(schema::IDENTIFIER) else {
                continue;
            };
            rows.push(ArticleRow {
                article,
                title: node.text(schema::HEADLINE),
                publisher: node.text(schema::PUBLISHER),
                date: node.text(schema::DATE_PUBLISHED),
                url: node.text(schema::URL),
                language: node.text(schema::IN_LANGUAGE),
                words: node
                    .text(schema::WORD_COUNT)
                    .and_then(|n| n.parse().ok())
                    .unwrap_or(0),
                graph,
            });
        }
        rows.sort_by(|a, b| a.article.cmp(&b.article));
        Ok(rows)
    }

    /// The entities that articles speak of, by kind and IRI.
    pub fn entities(&self) -> Result<Vec<EntityRow>, StoreError> {
        let default = Some(GraphNameRef::DefaultGraph);
        let mut rows = Vec::new();
        for &kind in EntityKind::ALL {
            let class = class_of(kind);
            for entity in self
                .quads
                .subjects(Some(rdf::TYPE), class.into(), default)?
                .iter()
            {
                let node = self.quads.node(entity, GraphNameRef::DefaultGraph)?;
                let articles = node.iris(ng::REPORTED_IN).len();
                let Some(name) = node.text(rdfs::LABEL).filter(|_| articles > 0) else {
                    continue;
                };
                let mut mentions = 0;
                let link = Some(prov::SPECIALIZATION_OF);
                for local in self
                    .quads
                    .subjects(link, entity.as_ref().into(), default)?
                    .iter()
                {
                    let refers = Some(ng::REFERS_TO);
                    mentions += self
                        .quads
                        .subjects(refers, local.as_ref().into(), None)?
                        .len();
                }
                let (same_as, links) = self.same_as(entity)?;
                let country = node.iri(ng::COUNTRY).unwrap_or_else(|| entity.clone());
                rows.push(EntityRow {
                    kind,
                    name,
                    aliases: node.texts(skos::ALT_LABEL),
                    country: self.base().country_code(country.as_str()),
                    same_as,
                    split_from: node.iris(ng::SPLIT_FROM),
                    links,
                    articles,
                    mentions,
                    entity: entity.clone(),
                });
            }
        }
        Ok(rows)
    }
}

/// One article's graph, by subject.
struct Reader<'a> {
    store: &'a Store,
    article: &'a ArticleRow,
    nodes: BTreeMap<NamedNode, Node>,
    /// Where each entity is first spoken of.
    first: BTreeMap<NamedNode, usize>,
    conflicts: &'a BTreeMap<NamedNode, usize>,
}

impl<'a> Reader<'a> {
    fn new(
        store: &'a Store,
        article: &'a ArticleRow,
        conflicts: &'a BTreeMap<NamedNode, usize>,
    ) -> Result<Self, StorageError> {
        let mut nodes: BTreeMap<NamedNode, Node> = BTreeMap::new();
        let graph = Some(GraphNameRef::from(article.graph.as_ref()));
        for quad in Source::quads(&store.quads, None, None, None, graph) {
            let quad = quad?;
            if let NamedOrBlankNode::NamedNode(subject) = &quad.subject {
                nodes
                    .entry(subject.clone())
                    .or_insert_with(|| Node::new(subject.clone()))
                    .push(quad);
            }
        }
        let mut first: BTreeMap<NamedNode, usize> = BTreeMap::new();
        for node in nodes.values() {
            let Some(span) = SpanRecord::read(node) else {
                continue;
            };
            for entity in node.iris(ng::REFERS_TO) {
                let start = first.entry(entity).or_insert(span.start);
                *start = span.start.min(*start);
            }
        }
        Ok(Self {
            store,
            article,
            nodes,
            first,
            conflicts,
        })
    }

    fn name(&self, entity: &NamedNode) -> Option<String> {
        self.nodes.get(entity)?.text(rdfs::LABEL)
    }

    fn canonical(&self, entity: &NamedNode) -> Result<Option<NamedNode>, StorageError> {
        canonical(&self.store.quads, entity)
    }

    /// Witnesses and conflicts of what a fact is in the default graph.
    fn support(&self, fact: &NamedNode) -> Result<(usize, usize), StorageError> {
        let Some(thing) = self.canonical(fact)? else {
            return Ok((0, 0));
        };
        let node = self.store.quads.node(&thing, GraphNameRef::DefaultGraph)?;
        let witnesses = node.text(ng::WITNESSES).and_then(|n| n.parse().ok());
        let conflicts = self.conflicts.get(&thing).copied().unwrap_or(0);
        Ok((witnesses.unwrap_or(0), conflicts))
    }

    fn span(&self, selector: &NamedNode) -> Option<SpanRecord> {
        SpanRecord::read(self.nodes.get(selector)?)
    }

    /// The places where a fact stands, in order of the text.
    fn mentions(&self, evidence: &[NamedNode]) -> Vec<MentionRecord> {
        let mut mentions: Vec<MentionRecord> = evidence
            .iter()
            .filter_map(|iri| {
                let node = self.nodes.get(iri)?;
                MentionRecord::read(node, self.nodes.get(&node.iri(oa::HAS_SELECTOR)?)?)
            })
            .collect();
        mentions.sort_by(|a, b| (&a.span, &a.rule).cmp(&(&b.span, &b.rule)));
        mentions
    }

    fn roles(&self) -> Result<Vec<RoleRow>, StorageError> {
        let mut rows = Vec::new();
        for node in self.nodes.values() {
            let Some(role) = RoleRecord::read(node, self.store.base()) else {
                continue;
            };
            let (Some(entity), Some(person)) =
                (self.canonical(&role.person)?, self.name(&role.person))
            else {
                continue;
            };
            let (witnesses, conflicts) = self.support(&role.node)?;
            for mention in self.mentions(&role.evidence) {
                rows.push(RoleRow {
                    article: self.article.article.clone(),
                    entity: entity.clone(),
                    person: person.clone(),
                    role: role.role.clone(),
                    organization: role.organization.clone(),
                    country: role.country,
                    status: role.status,
                    start: mention.span.start,
                    end: mention.span.end,
                    evidence: mention.span.words,
                    context: mention.context,
                    confidence: mention.confidence,
                    rule: mention.rule,
                    witnesses,
                    conflicts,
                });
            }
        }
        rows.sort_by(|a, b| {
            (
                a.start,
                a.end,
                &a.person,
                &a.role,
                a.status,
                &a.organization,
            )
                .cmp(&(
                    b.start,
                    b.end,
                    &b.person,
                    &b.role,
                    b.status,
                    &b.organization,
                ))
        });
        Ok(rows)
    }

    fn meetings(&self) -> Result<Vec<MeetingRow>, StorageError> {
        let mut rows = Vec::new();
        for node in self.nodes.values() {
            let Some(meeting) = MeetingRecord::read(node, self.store.base()) else {
                continue;
            };
            let mut locals = meeting.participants.clone();
            locals.sort_by_key(|local| {
                (
                    self.first.get(local).copied().unwrap_or(usize::MAX),
                    local.clone(),
                )
            });
            let mut participants = Vec::new();
            let mut participant_entities = Vec::new();
            for local in &locals {
                if let (Some(name), Some(entity)) = (self.name(local), self.canonical(local)?) {
                    participants.push(name);
                    participant_entities.push(entity);
                }
            }
            let (witnesses, conflicts) = self.support(&meeting.node)?;
            for mention in self.mentions(&meeting.evidence) {
                rows.push(MeetingRow {
                    article: self.article.article.clone(),
                    meeting_id: id_within(&node.iri),
                    kind: meeting.kind,
                    participants: participants.clone(),
                    participant_entities: participant_entities.clone(),
                    location: meeting.location_names.clone(),
                    country: meeting.country,
                    date: meeting.date.clone(),
                    status: meeting.status,
                    start: mention.span.start,
                    end: mention.span.end,
                    evidence: mention.span.words,
                    context: mention.context,
                    confidence: mention.confidence,
                    rule: mention.rule,
                    witnesses,
                    conflicts,
                });
            }
        }
        rows.sort_by(|a, b| (a.start, a.end, &a.meeting_id).cmp(&(b.start, b.end, &b.meeting_id)));
        Ok(rows)
    }

    fn statements(&self) -> Result<Vec<StatementRow>, StorageError> {
        let mut rows = Vec::new();
        for node in self.nodes.values() {
            let Some(statement) = StatementRecord::read(node) else {
                continue;
            };
            let Some(mention) = self.mentions(&statement.evidence).into_iter().next() else {
                continue;
            };
            let spans: BTreeSet<(usize, usize)> = statement
                .content
                .iter()
                .filter_map(|selector| self.span(selector))
                .map(|span| (span.start, span.end))
                .collect();
            let entity = match &statement.speaker {
                Some(speaker) => self.canonical(speaker)?,
                None => None,
            };
            let (witnesses, conflicts) = self.support(&statement.node)?;
            rows.push(StatementRow {
                article: self.article.article.clone(),
                statement_id: id_within(&node.iri),
                entity,
                speaker: statement
                    .speaker
                    .as_ref()
                    .and_then(|speaker| self.name(speaker)),
                speaker_text: statement.speaker_text,
                kind: statement.kind,
                content: statement.text,
                content_spans: spans.into_iter().collect(),
                cue: statement.cue,
                addressee: statement.addressee_text,
                medium: statement.medium,
                via: statement.via_text,
                start: mention.span.start,
                end: mention.span.end,
                evidence: mention.span.words,
                context: mention.context,
                confidence: mention.confidence,
                rule: mention.rule,
                witnesses,
                conflicts,
            });
        }
        rows.sort_by(|a, b| {
            let key = |row: &StatementRow| {
                (
                    row.content_spans.first().copied(),
                    row.start,
                    row.statement_id.clone(),
                )
            };
            key(a).cmp(&key(b))
        });
        Ok(rows)
    }
}
