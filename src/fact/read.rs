//! Puts the facts of one article together.

use std::collections::BTreeMap;

use super::attendance::attendance;
use super::attribution::{content_phrases, cue_phrase};
use super::coreference::{Cast, Draft, EntityIndex};
use super::home::home_country;
use super::initiative::initiative;
use super::meeting::{MeetingDraft, find_meetings};
use super::role::{RoleDraft, find_roles};
use super::statement::{StatementDraft, find_statements};
use super::{
    Attendance, Attribution, Entity, EntityId, EntityKind, Facts, Initiative, Meeting, NameMention,
    Place, RoleHolding, Statement, StatementKind, TimeMention,
};
use crate::article::Article;
use crate::document::Span;
use crate::mention::{Mentions, PieceKind};

/// Reads the facts of an article from its mentions.
pub fn read(article: &Article, mentions: &Mentions) -> Facts {
    let mut cast = Cast::new(mentions, home_country(article, mentions));
    let roles = find_roles(&mut cast);
    let mut statements = find_statements(&mut cast);
    let meetings: Vec<Told> = find_meetings(&mut cast, article.date)
        .into_iter()
        .map(|draft| Told {
            initiative: initiative(&mut cast, &roles, &draft),
            attendance: attendance(&cast, &draft),
            draft,
        })
        .collect();
    for statement in &mut statements {
        join_speakers(&mut cast, statement);
    }
    mention_pronouns(&mut cast);
    mention_first_persons(&mut cast, &statements);
    let ids = entity_ids(&cast.drafts);
    let mut facts = Facts {
        entities: entities(&cast.drafts, &ids),
        roles: roles.into_iter().map(|r| role(&cast, &ids, r)).collect(),
        meetings: number(meetings, |m, n| meeting(&cast, &ids, m, n)),
        statements: number(statements, |s, n| statement(&cast, &ids, s, n)),
        times: times(article, mentions),
        names: names(mentions),
        notes: Vec::new(),
    };
    if article.date.is_none() {
        facts
            .notes
            .push("no publication date: relative dates stay unresolved".to_owned());
    }
    facts
}

/// A meeting with what its words say of it beside the facts that joined them.
struct Told {
    draft: MeetingDraft,
    initiative: Option<(EntityIndex, Span)>,
    attendance: Vec<Attendance>,
}

/// The pronouns of a person are mentions too.
fn mention_pronouns(cast: &mut Cast) {
    let words = &cast.mentions.words;
    for token in 0..words.len() {
        let is_personal = matches!(
            words.lower(token),
            "he" | "she" | "him" | "her" | "his" | "hers" | "himself" | "herself"
        );
        if let Some(entity) = is_personal.then(|| cast.pronoun(token)).flatten() {
            let span = words.document.span(token..token + 1);
            cast.drafts[entity].mentions.push(span);
        }
    }
}

/// "I" between quotation marks is who says it.
fn mention_first_persons(cast: &mut Cast, statements: &[StatementDraft]) {
    let words = &cast.mentions.words;
    for statement in statements {
        let Some(speaker) = statement.speaker else {
            continue;
        };
        let is_person = cast.drafts[speaker].kind == EntityKind::Person;
        if !is_person || statement.kind != StatementKind::Direct {
            continue;
        }
        for token in statement.content.iter().cloned().flatten() {
            if matches!(words.lower(token), "i" | "me" | "my" | "mine" | "myself") {
                let span = words.document.span(token..token + 1);
                cast.drafts[speaker].mentions.push(span);
            }
        }
    }
}

fn number<D, F>(drafts: Vec<D>, make: impl Fn(D, usize) -> F) -> Vec<F> {
    drafts
        .into_iter()
        .zip(1..)
        .map(|(draft, n)| make(draft, n))
        .collect()
}

/// A statement of several speakers is one of them all.
fn join_speakers(cast: &mut Cast, statement: &mut StatementDraft) {
    if statement.speakers.len() < 2 {
        return;
    }
    let names: Vec<String> = statement
        .speakers
        .iter()
        .map(|s| cast.drafts[*s].name.clone())
        .collect();
    let name = names.join(" and ");
    let known = cast
        .drafts
        .iter()
        .position(|d| d.kind == EntityKind::Group && d.name == name);
    let index = known.unwrap_or_else(|| {
        let mut group = cast.drafts[statement.speakers[0]].clone();
        group.kind = EntityKind::Group;
        group.name = name;
        group.forms.clear();
        group.mentions.clear();
        group.at.clear();
        group.country = None;
        cast.drafts.push(group);
        cast.drafts.len() - 1
    });
    if let Some(tokens) = &statement.speaker_text {
        let span = cast.mentions.words.document.span(tokens.clone());
        if !cast.drafts[index].mentions.contains(&span) {
            cast.drafts[index].mentions.push(span);
        }
    }
    statement.speaker = Some(index);
}

/// Readable ids, unique in the article.
fn entity_ids(drafts: &[Draft]) -> Vec<EntityId> {
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    drafts
        .iter()
        .map(|draft| {
            let slug = slug(&draft.name);
            let id = format!(
                "{}-{}",
                draft.kind,
                if slug.is_empty() { "unnamed" } else { &slug }
            );
            let count = used.entry(id.clone()).or_default();
            *count += 1;
            EntityId(if *count == 1 {
                id
            } else {
                format!("{id}-{count}")
            })
        })
        .collect()
}

fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in deunicode::deunicode(name).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if matches!(c, '\'' | '.') {
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    slug.chars().take(80).collect()
}

fn entities(drafts: &[Draft], ids: &[EntityId]) -> Vec<Entity> {
    drafts
        .iter()
        .zip(ids)
        .map(|(draft, id)| {
            let mut mentions = draft.mentions.clone();
            mentions.sort_unstable();
            mentions.dedup();
            Entity {
                id: id.clone(),
                kind: draft.kind,
                name: draft.name.clone(),
                aliases: draft.forms.clone(),
                country: draft.country,
                mentions,
            }
        })
        .collect()
}

fn role(cast: &Cast, ids: &[EntityId], draft: RoleDraft) -> RoleHolding {
    let entity = draft
        .organization
        .as_ref()
        .and_then(|o| cast.entity_at(o.start));
    RoleHolding {
        person: ids[draft.person].clone(),
        role: draft.role,
        organization: draft.organization.map(|o| cast.body_name(o)),
        organization_entity: entity.map(|e| ids[e].clone()),
        country: draft.country,
        status: draft.status,
        evidence: draft.evidence,
    }
}

fn meeting(cast: &Cast, ids: &[EntityId], told: Told, n: usize) -> Meeting {
    let draft = told.draft;
    let pieces = &cast.mentions.pieces;
    let location = draft
        .location
        .iter()
        .filter_map(|p| {
            let entity: EntityIndex = cast.entity_of_piece(*p)?;
            let name = cast.mentions.words.text(pieces[*p].tokens.clone());
            Some(Place {
                name,
                entity: ids[entity].clone(),
            })
        })
        .collect();
    Meeting {
        id: format!("meeting-{n}"),
        kind: draft.kind,
        participants: draft.participants.iter().map(|p| ids[*p].clone()).collect(),
        location,
        country: draft.country,
        date: draft.date,
        status: draft.status,
        initiative: told.initiative.map(|(by, span)| Initiative {
            by: ids[by].clone(),
            span,
        }),
        attendance: told.attendance,
        evidence: draft.evidence,
    }
}

fn statement(cast: &Cast, ids: &[EntityId], draft: StatementDraft, n: usize) -> Statement {
    let document = cast.mentions.words.document;
    let span = |tokens: std::ops::Range<usize>| document.span(tokens);
    let words = &cast.mentions.words;
    let attribution = Attribution {
        source: draft.source.clone().map(span),
        cue: draft.cue.as_ref().map(|c| span(cue_phrase(words, c))),
        content: content_phrases(words, &draft)
            .into_iter()
            .map(span)
            .collect(),
    };
    let mut spoken_of: Vec<EntityIndex> = Vec::new();
    for part in &draft.content {
        for p in cast.mentions.pieces_in(part.clone()) {
            if let Some(entity) = cast.entity_of_piece(p)
                && !spoken_of.contains(&entity)
            {
                spoken_of.push(entity);
            }
        }
    }
    Statement {
        id: format!("statement-{n}"),
        speaker: draft.speaker.map(|s| ids[s].clone()),
        speaker_text: draft.speaker_text.map(span),

        kind: draft.kind,
        content: draft.content.into_iter().map(span).collect(),
        cue: draft.cue.map(span),
        addressee: draft.addressee.map(span),
        medium: draft.medium.map(span),
        via: draft.via.map(span),
        attribution,
        mentions: spoken_of.into_iter().map(|e| ids[e].clone()).collect(),
        evidence: draft.evidence,
    }
}

fn times(article: &Article, mentions: &Mentions) -> Vec<TimeMention> {
    mentions
        .timexes(article.date)
        .into_iter()
        .map(|timex| TimeMention {
            span: mentions.words.document.span(timex.tokens),
            kind: timex.kind.name(),
            value: timex.value,
        })
        .collect()
}

fn names(mentions: &Mentions) -> Vec<NameMention> {
    mentions
        .pieces
        .iter()
        .filter_map(|piece| {
            let label = match piece.kind {
                PieceKind::Person => "PERSON",
                PieceKind::Organization
                | PieceKind::Outlet
                | PieceKind::Platform
                | PieceKind::Seat => "ORG",
                PieceKind::Country | PieceKind::Place => "LOC",
                PieceKind::Facility => "FAC",
                PieceKind::Demonym | PieceKind::Supranational => "NORP",
                PieceKind::Event => "EVENT",
                _ => return None,
            };
            Some(NameMention {
                span: mentions.words.document.span(piece.tokens.clone()),
                label,
            })
        })
        .collect()
}
