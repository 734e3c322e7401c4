//! Who holds which office of which country or body.

use std::ops::Range;

use super::coreference::{Cast, EntityIndex};
use super::rule::confidence;
use super::{Confidence, EntityKind, Evidence, RoleStatus};
use crate::document::TokenId;
use crate::lexicon::{self, CountryCode, TitleKind, TitleScope};
use crate::mention::{PieceKind, TitlePhrase, is_diplomat};

/// A role while its article is being read.
#[derive(Clone, Debug)]
pub struct RoleDraft {
    pub person: EntityIndex,
    pub role: String,
    pub organization: Option<Range<TokenId>>,
    pub country: Option<CountryCode>,
    pub status: RoleStatus,
    /// Whether the country is only the one that the article takes for granted.
    is_inferred: bool,
    pub evidence: Vec<Evidence>,
}

/// Finds the roles of an article, in order of the text, and gives persons the countries that
/// their offices tell.
pub fn find_roles(cast: &mut Cast) -> Vec<RoleDraft> {
    let mut roles: Vec<RoleDraft> = Vec::new();
    for title in &cast.mentions.titles {
        for holder in &title.holders {
            let Some(person) = cast.entity_of_piece(*holder) else {
                continue;
            };
            if cast.drafts[person].kind != EntityKind::Person {
                continue;
            }
            if let Some(role) = read(cast, title, person, *holder) {
                add(&mut roles, role);
            }
        }
    }
    drop_ranks(&mut roles);
    keep_one_holder(cast, &mut roles);
    spread_countries(cast, &mut roles);
    let mut roles = merged(roles);
    drop_shortened(&mut roles);
    roles
}

fn read(cast: &Cast, title: &TitlePhrase, person: EntityIndex, holder: usize) -> Option<RoleDraft> {
    let words = &cast.mentions.words;
    let entry = lexicon::title_ending(&title.role);
    let mut country = title.country;
    let mut role = title.role.clone();
    if matches!(
        role.as_str(),
        "counterpart" | "counterparts" | "opposite number"
    ) {
        role = counterpart_role(cast, title, person)?;
    }
    if let Some(patron) = title.patron.and_then(|p| cast.entity_of_piece(p)) {
        country = country
            .or(cast.drafts[patron].country)
            .or_else(|| country_of(cast, patron));
    }
    if let (None, Some(body)) = (country, &title.organization) {
        country = cast
            .entity_at(body.start)
            .and_then(|e| cast.drafts[e].country);
    }
    if title.organization.is_none() {
        // "the French leader" elsewhere in the article.
        country = country.or(cast.drafts[person].country);
    }
    if title.organization.is_none() {
        country = country.or_else(|| lexicon::title_country(&role));
    }
    let is_office = entry
        .as_ref()
        .is_none_or(|t| t.scope == TitleScope::National || t.kind == TitleKind::Office);
    let is_abroad = title
        .organization
        .as_ref()
        .is_some_and(|o| is_international(&words.text(o.clone())));
    let mut organization = title.organization.clone();
    let speaks = role.starts_with("spokes");
    if let (true, None, None) = (speaks, &organization, country) {
        // "Norway's Foreign Ministry denied it, said spokesperson Kari Moe."
        if let Some((body, of)) = body_before(cast, title) {
            country = of;
            organization = Some(body);
        }
    }
    if country.is_none() && organization.is_none() && is_office {
        country = lexicon::office_holder_country(&cast.drafts[person].name, &role);
    }
    let mut is_inferred = false;
    // A firm or a society that the article names may be anywhere.
    let is_placed = cast.home_is_told
        || organization
            .as_ref()
            .is_none_or(|o| o.clone().any(|t| is_public_body(words.lower(t))));
    // "The ambassador" of whom an article of her host country speaks is not its own.
    let is_sent = is_diplomat(&role) && title.determiner.is_some();
    if country.is_none() && is_office && is_placed && !is_abroad && !speaks && !is_sent {
        country = cast
            .home
            .filter(|home| lexicon::may_have_office(*home, &role));
        is_inferred = country.is_some();
    }
    let holder_tokens = cast.mentions.pieces[holder].tokens.clone();
    let range =
        title.tokens.start.min(holder_tokens.start)..title.tokens.end.max(holder_tokens.end);
    // Ranks and royal titles are often mere forms of address.
    let confidence = match title.kind {
        TitleKind::Rank | TitleKind::Royal => 0.6,
        _ => confidence(title.rule),
    };
    Some(RoleDraft {
        person,
        role,
        organization,
        country,
        status: title.status,
        is_inferred,
        evidence: vec![Evidence {
            span: words.document.span(range),
            rule: title.rule,
            confidence: Confidence::new(confidence),
        }],
    })
}

/// The body that a title's sentence is about, with its country.
fn body_before(cast: &Cast, title: &TitlePhrase) -> Option<(Range<TokenId>, Option<CountryCode>)> {
    let words = &cast.mentions.words;
    let sentence = words.sentence(title.core.start);
    let index = cast
        .mentions
        .pieces_in(sentence.start..title.tokens.start)
        .find(|p| {
            let piece = &cast.mentions.pieces[*p];
            let governed = matches!(
                words.before(piece.tokens.start),
                "of" | "in"
                    | "with"
                    | "to"
                    | "by"
                    | "for"
                    | "a"
                    | "an"
                    | "from"
                    | "on"
                    | "at"
                    | "and"
            );
            matches!(piece.kind, PieceKind::Organization | PieceKind::Seat) && !governed
        })?;
    let piece = &cast.mentions.pieces[index];
    let owner_end = match words.before(piece.tokens.start) {
        "'s" | "'" => piece.tokens.start - 1,
        _ => piece.tokens.start,
    };
    let owner = cast
        .mentions
        .piece_until(owner_end)
        .and_then(|o| cast.mentions.pieces[o].country);
    Some((piece.tokens.clone(), piece.country.or(owner)))
}

/// Words in the names of a state's own bodies.
fn is_public_body(lower: &str) -> bool {
    matches!(
        lower,
        "ministry"
            | "department"
            | "service"
            | "services"
            | "agency"
            | "authority"
            | "court"
            | "police"
            | "army"
            | "navy"
            | "forces"
            | "parliament"
            | "assembly"
            | "senate"
            | "house"
            | "commission"
            | "council"
            | "committee"
            | "bureau"
            | "office"
            | "directorate"
            | "secretariat"
            | "cabinet"
            | "government"
            | "presidency"
            | "guard"
            | "board"
    )
}

/// Whether a body's name says that it is of no single country.
fn is_international(name: &str) -> bool {
    let lower = name.to_lowercase().replace('.', "");
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    words.iter().any(|w| {
        matches!(
            *w,
            "international"
                | "world"
                | "global"
                | "united"
                | "european"
                | "african"
                | "africa"
                | "asian"
                | "arab"
                | "nato"
                | "un"
                | "eu"
                | "europe"
                | "atlantic"
                | "pacific"
                | "asia"
                | "opec"
                | "commonwealth"
                | "who"
                | "imf"
                | "union"
                | "nations"
                | "gulf"
                | "american"
                | "caribbean"
                | "islamic"
                | "transatlantic"
                | "interpol"
                | "unesco"
                | "unicef"
                | "unhcr"
        )
    })
}

/// "his Irish counterpart": the office of the one he is counterpart to.
fn counterpart_role(cast: &Cast, title: &TitlePhrase, person: EntityIndex) -> Option<String> {
    let sentence = cast.mentions.words.sentence(title.core.start);
    cast.mentions
        .titles
        .iter()
        .filter(|t| t.core.start < title.core.start && !t.holders.is_empty())
        .filter(|t| t.core.start >= sentence.start)
        .filter(|t| {
            t.holders
                .iter()
                .all(|h| cast.entity_of_piece(*h) != Some(person))
        })
        .map(|t| t.role.clone())
        .next_back()
}

/// The country of a person's office elsewhere in the article.
fn country_of(cast: &Cast, person: EntityIndex) -> Option<CountryCode> {
    cast.mentions
        .titles
        .iter()
        .filter(|t| {
            t.holders
                .iter()
                .any(|h| cast.entity_of_piece(*h) == Some(person))
        })
        .find_map(|t| t.country)
}

fn add(roles: &mut Vec<RoleDraft>, role: RoleDraft) {
    let same = roles.iter_mut().find(|r| {
        r.person == role.person
            && r.role == role.role
            && r.status == role.status
            && (r.organization.is_none()
                || role.organization.is_none()
                || r.organization == role.organization)
            && (r.country.is_none() || role.country.is_none() || r.country == role.country)
    });
    match same {
        Some(known) => {
            known.organization = known.organization.clone().or(role.organization);
            if known.country.is_none() || known.is_inferred && !role.is_inferred {
                known.country = role.country.or(known.country);
                known.is_inferred = role.is_inferred;
            }
            known.evidence.extend(role.evidence);
        }
        None => roles.push(role),
    }
}

/// Roles that became the same once their countries were known.
fn merged(roles: Vec<RoleDraft>) -> Vec<RoleDraft> {
    let mut distinct = Vec::new();
    for role in roles {
        add(&mut distinct, role);
    }
    distinct
}

/// Offices that one person at a time holds: of several whose country is only inferred, the one
/// that the article speaks of most keeps it, and none does beside one whose country is stated.
fn keep_one_holder(cast: &Cast, roles: &mut [RoleDraft]) {
    let single = |r: &RoleDraft| {
        r.organization.is_none()
            && r.status == RoleStatus::Current
            && matches!(
                r.role.as_str(),
                "president"
                    | "vice president"
                    | "prime minister"
                    | "premier"
                    | "chancellor"
                    | "king"
                    | "foreign minister"
                    | "defence minister"
                    | "defense minister"
                    | "leader"
                    | "finance minister"
            )
    };
    let claims: Vec<(String, Option<CountryCode>, EntityIndex, bool)> = roles
        .iter()
        .filter(|r| single(r))
        .map(|r| (r.role.clone(), r.country, r.person, r.is_inferred))
        .collect();
    for role in roles.iter_mut().filter(|r| r.is_inferred && single(r)) {
        let weight = |person: EntityIndex| {
            (
                cast.drafts[person].mentions.len(),
                std::cmp::Reverse(person),
            )
        };
        let beaten = claims.iter().any(|(other, country, person, inferred)| {
            *person != role.person
                && *other == role.role
                && *country == role.country
                && (!inferred || weight(*person) > weight(role.person))
        });
        if beaten {
            role.country = None;
        }
    }
}

/// A rank before the name of one whose office stands beside it is a form of address.
fn drop_ranks(roles: &mut Vec<RoleDraft>) {
    let offices: Vec<EntityIndex> = roles
        .iter()
        .filter(|r| !is_rank(&r.role))
        .map(|r| r.person)
        .collect();
    roles.retain(|r| !is_rank(&r.role) || !offices.contains(&r.person));
}

fn is_rank(role: &str) -> bool {
    lexicon::title(role).is_some_and(|t| matches!(t.kind, TitleKind::Rank | TitleKind::Honorific))
}

/// A person's national office tells the country of the person and of bare repetitions.
fn spread_countries(cast: &mut Cast, roles: &mut [RoleDraft]) {
    let stated: Vec<(EntityIndex, CountryCode)> = cast
        .mentions
        .titles
        .iter()
        .filter(|t| t.country.is_some() && t.kind != TitleKind::Honorific)
        .flat_map(|t| {
            t.holders
                .iter()
                .filter_map(|h| Some((cast.entity_of_piece(*h)?, t.country?)))
        })
        .collect();
    for role in roles.iter_mut() {
        if let Some((_, country)) = stated.iter().find(|(p, _)| *p == role.person) {
            let borrowed = role.country.is_none()
                || role.country == cast.home
                    && !cast.mentions.titles.iter().any(|t| {
                        t.role == role.role
                            && t.country == role.country
                            && t.holders
                                .iter()
                                .any(|h| cast.entity_of_piece(*h) == Some(role.person))
                    });
            if borrowed && (role.organization.is_none() || role.country.is_none()) {
                role.country = Some(*country);
            }
        }
        let draft = &mut cast.drafts[role.person];
        draft.country = draft.country.or(role.country);
    }
}

/// "Minister Kwon" after "Unification Minister Kwon" says nothing new.
fn drop_shortened(roles: &mut Vec<RoleDraft>) {
    let all: Vec<(EntityIndex, String, RoleStatus)> = roles
        .iter()
        .map(|r| (r.person, r.role.clone(), r.status))
        .collect();
    roles.retain(|r| {
        !all.iter().any(|(person, role, _)| {
            *person == r.person
                && role.len() > r.role.len()
                && r.role.split(' ').all(|w| role.split(' ').any(|v| v == w))
                && role.split(' ').next_back() == r.role.split(' ').next_back()
                && r.organization.is_none()
        })
    });
}

impl Cast<'_, '_> {
    /// The name of a body as the article gives it.
    pub fn body_name(&self, tokens: Range<TokenId>) -> String {
        self.mentions.words.text(tokens)
    }
}
