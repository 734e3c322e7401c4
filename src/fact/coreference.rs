//! Who the names, pronouns and noun phrases of one article speak of.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::home::Home;
use super::{EntityKind, RoleStatus};
use crate::annotation::Deprel;
use crate::document::{Span, TokenId};
use crate::lexicon::{self, CountryCode, Gender, TitleKind};
use crate::mention::{Cue, Mentions, Piece, PieceKind, TitlePhrase, Words};

/// Index of an entity while one article is being read.
pub type EntityIndex = usize;

/// An entity while its article is being read.
#[derive(Clone, Debug)]
pub struct Draft {
    pub kind: EntityKind,
    pub name: String,
    pub forms: Vec<String>,
    pub country: Option<CountryCode>,
    pub mentions: Vec<Span>,
    pub gender: Option<Gender>,
    /// Lower-case parts of the fullest name.
    parts: Vec<String>,
    /// Tokens at which the entity is named, in order.
    pub at: Vec<TokenId>,
}

/// The entities of one article and which mention is which.
pub struct Cast<'m, 'd> {
    pub mentions: &'m Mentions<'d>,
    pub drafts: Vec<Draft>,
    /// The entity of each piece.
    of_piece: Vec<Option<EntityIndex>>,
    /// The person that a title phrase without a name refers to: "the Ukrainian president".
    of_title: Vec<Option<EntityIndex>>,
    /// The country that an article without other words is about.
    pub home: Option<CountryCode>,
    /// Whether the outlet or the dateline tells that country.
    pub home_is_told: bool,
}

impl<'m, 'd> Cast<'m, 'd> {
    pub fn new(mentions: &'m Mentions<'d>, home: Option<Home>) -> Self {
        let mut cast = Self {
            mentions,
            drafts: Vec::new(),
            of_piece: vec![None; mentions.pieces.len()],
            of_title: vec![None; mentions.titles.len()],
            home: home.map(|h| h.country),
            home_is_told: home.is_some_and(|h| h.is_told),
        };
        cast.persons();
        cast.others();
        cast.titles();
        cast
    }

    fn words(&self) -> &'m Words<'d> {
        &self.mentions.words
    }

    pub fn entity_of_piece(&self, piece: usize) -> Option<EntityIndex> {
        self.of_piece[piece]
    }

    pub fn entity_of_title(&self, title: usize) -> Option<EntityIndex> {
        self.of_title[title]
    }

    /// The entity named at a token.
    pub fn entity_at(&self, token: TokenId) -> Option<EntityIndex> {
        self.mentions.piece_at(token).and_then(|p| self.of_piece[p])
    }

    /// The entity of a country, if the article names it.
    pub fn country(&self, code: CountryCode) -> Option<EntityIndex> {
        self.drafts
            .iter()
            .position(|d| d.kind == EntityKind::Country && d.country == Some(code))
    }

    /// The entity of an unnamed group, made at need.
    pub fn group(&mut self, tokens: Range<TokenId>) -> EntityIndex {
        let name = self.words().text(tokens.clone());
        let span = self.words().document.span(tokens.clone());
        if let Some(body) = self.body_meant(&tokens) {
            self.drafts[body].mentions.push(span);
            self.drafts[body].at.push(tokens.start);
            return body;
        }
        let known = self
            .drafts
            .iter()
            .position(|d| d.kind == EntityKind::Group && d.name.eq_ignore_ascii_case(&name));
        let index = known.unwrap_or_else(|| self.add(EntityKind::Group, name, Vec::new(), None));
        if !self.drafts[index].mentions.contains(&span) {
            self.drafts[index].mentions.push(span);
            self.drafts[index].at.push(tokens.start);
        }
        index
    }

    /// "the two leaders", "both ministers": the two persons whom the last sentence with just two
    /// speaks of.
    pub fn pair_meant(&self, tokens: &Range<TokenId>) -> Vec<EntityIndex> {
        const ALONE: &[&str] = &[
            "leaders",
            "ministers",
            "presidents",
            "officials",
            "sides",
            "men",
            "women",
            "two",
            "pair",
            "diplomats",
            "chiefs",
        ];
        let words = self.words();
        let text: Vec<&str> = tokens.clone().map(|t| words.lower(t)).collect();
        let definite = match text.as_slice() {
            ["the", noun] => matches!(
                *noun,
                "leaders" | "ministers" | "presidents" | "two" | "pair"
            ),
            ["the" | "these", "two", noun] | ["both", noun] | ["two", noun] => ALONE.contains(noun),
            ["both"] => true,
            ["the" | "both", .., "heads", "of", "state" | "government"] => text.len() <= 5,
            _ => false,
        };
        if definite {
            self.pair_before(tokens.start)
        } else {
            Vec::new()
        }
    }

    /// The two persons whom the last sentence with just two names speaks of.
    pub fn pair_before(&self, token: TokenId) -> Vec<EntityIndex> {
        let words = self.words();
        let here = words.sentence_index(token);
        for back in 0..5 {
            let Some(index) = here.checked_sub(back) else {
                break;
            };
            let sentence = words.document.sentences[index].tokens.clone();
            let end = if back == 0 { token } else { sentence.end };
            let mut persons: Vec<EntityIndex> = self
                .persons_in(sentence.start..end, None)
                .into_iter()
                .map(|(e, _)| e)
                .collect();
            persons.sort_by_key(|e| {
                let first = self.drafts[*e].at.iter().find(|at| sentence.contains(at));
                first.copied()
            });
            persons.dedup();
            let mut distinct = Vec::new();
            for person in persons {
                if !distinct.contains(&person) {
                    distinct.push(person);
                }
            }
            if distinct.len() == 2 {
                return distinct;
            }
        }
        Vec::new()
    }

    /// "the committee" after "the Food Security Committee": the last body named whose head it is.
    fn body_meant(&self, tokens: &Range<TokenId>) -> Option<EntityIndex> {
        let words = self.words();
        let definite = tokens.len() == 2
            && matches!(words.lower(tokens.start), "the" | "this" | "that")
            && !words.is_capital(tokens.start + 1);
        if !definite {
            return None;
        }
        self.body_headed(words.lower(tokens.start + 1), tokens.start)
    }

    /// The last body named before a token whose name's head is this noun in lower case.
    pub(super) fn body_headed(&self, noun: &str, before: TokenId) -> Option<EntityIndex> {
        let words = self.words();
        (0..self.mentions.pieces.len()).rev().find_map(|p| {
            let piece = &self.mentions.pieces[p];
            let heads = piece.tokens.clone().any(|t| {
                words.lower(t) == noun
                    && (t + 1 == piece.tokens.end
                        || matches!(words.lower(t + 1), "of" | "for" | "on"))
            });
            (piece.tokens.end <= before
                && piece.kind == PieceKind::Organization
                && piece.tokens.len() > 1
                && heads)
                .then(|| self.of_piece[p])?
        })
    }

    fn add(
        &mut self,
        kind: EntityKind,
        name: String,
        parts: Vec<String>,
        country: Option<CountryCode>,
    ) -> EntityIndex {
        self.drafts.push(Draft {
            kind,
            name,
            forms: Vec::new(),
            country,
            mentions: Vec::new(),
            gender: None,
            parts,
            at: Vec::new(),
        });
        self.drafts.len() - 1
    }

    fn mention(&mut self, entity: EntityIndex, piece: usize) {
        let tokens = self.mentions.pieces[piece].tokens.clone();
        let text = self.words().text(tokens.clone());
        let span = self.words().document.span(tokens.clone());
        let draft = &mut self.drafts[entity];
        if text != draft.name && !draft.forms.contains(&text) {
            draft.forms.push(text);
        }
        draft.mentions.push(span);
        draft.at.push(tokens.start);
        self.of_piece[piece] = Some(entity);
    }

    /// Full names first, so that a surname that comes earlier finds its person.
    fn persons(&mut self) {
        let words = self.words();
        let pieces: &[Piece] = &self.mentions.pieces;
        let persons: Vec<usize> = (0..pieces.len())
            .filter(|p| pieces[*p].kind == PieceKind::Person)
            .collect();
        let parts_of = |p: usize| -> Vec<String> {
            pieces[p]
                .tokens
                .clone()
                .map(|t| fold(words.lower(t)))
                .filter(|w| w != "-")
                .collect()
        };
        let mut full: Vec<usize> = persons
            .iter()
            .copied()
            .filter(|p| parts_of(*p).len() > 1)
            .collect();
        full.sort_by_key(|p| std::cmp::Reverse(parts_of(*p).len()));
        for p in &full {
            let parts = parts_of(*p);
            if self.drafts.iter().any(|d| is_form_of(&parts, &d.parts)) {
                continue;
            }
            let name = words.text(pieces[*p].tokens.clone());
            let index = self.add(EntityKind::Person, name, parts, None);
            self.drafts[index].gender = self.gender_of(*p);
        }
        for p in persons {
            let parts = parts_of(p);
            let mut candidates: Vec<EntityIndex> = (0..self.drafts.len())
                .filter(|d| is_form_of(&parts, &self.drafts[*d].parts))
                .collect();
            if candidates.is_empty() {
                candidates = self.with_given_name(p, &parts);
            }
            self.keep_holders(p, &parts, &mut candidates);
            let chosen = match candidates.as_slice() {
                [] => {
                    let name = words.text(pieces[p].tokens.clone());
                    self.add(EntityKind::Person, name, parts, None)
                }
                [one] => *one,
                several => self.choose(p, &parts, several),
            };
            if self.drafts[chosen].gender.is_none() {
                self.drafts[chosen].gender = self.gender_of(p);
            }
            self.mention(chosen, p);
        }
        self.drop_unmentioned();
    }

    /// The people whom the article also calls by their given name alone, which no other's family
    /// name is: "Ida" after "Ida Lund". An office stands before family names.
    fn with_given_name(&self, piece: usize, parts: &[String]) -> Vec<EntityIndex> {
        let [name] = parts else { return Vec::new() };
        if self.role_before(piece).is_some() {
            return Vec::new();
        }
        let gender = self.gender_of(piece);
        let is_called = |draft: &Draft| {
            matches!(draft.parts.as_slice(), [given, _, ..] if given == name)
                && (gender.is_none() || draft.gender.is_none() || gender == draft.gender)
        };
        (0..self.drafts.len())
            .filter(|d| is_called(&self.drafts[*d]))
            .collect()
    }

    /// "President Berg" is whom the world knows as that, and not Anna Berg of the same article, if the
    /// article does not give her the office.
    fn keep_holders(&self, piece: usize, parts: &[String], candidates: &mut Vec<EntityIndex>) {
        let ([name], Some(role)) = (parts, self.role_before(piece)) else {
            return;
        };
        if lexicon::office_holder_country(name, &role).is_none() {
            return;
        }
        let is_given_office = |draft: EntityIndex| {
            self.mentions.titles.iter().any(|title| {
                same_office(&title.role, &role)
                    && title.holders.iter().any(|h| self.names(*h, draft))
            })
        };
        candidates.retain(|d| {
            let full = &self.drafts[*d].name;
            is_given_office(*d) || lexicon::office_holder_country(full, &role).is_some()
        });
    }

    /// Drafts whose every mention went to another candidate.
    fn drop_unmentioned(&mut self) {
        let keep: Vec<bool> = self.drafts.iter().map(|d| !d.mentions.is_empty()).collect();
        let mut place = Vec::new();
        let mut next = 0;
        for kept in &keep {
            place.push(next);
            next += usize::from(*kept);
        }
        let mut kept = keep.iter();
        self.drafts.retain(|_| *kept.next().unwrap_or(&true));
        for entity in self.of_piece.iter_mut().flatten() {
            *entity = place[*entity];
        }
    }

    /// Of several people with one name part, the one that titles and nearness speak for.
    fn choose(&self, piece: usize, parts: &[String], several: &[EntityIndex]) -> EntityIndex {
        let start = self.mentions.pieces[piece].tokens.start;
        let exact: Vec<EntityIndex> = several
            .iter()
            .copied()
            .filter(|d| self.drafts[*d].parts == parts)
            .collect();
        if let [one] = exact.as_slice() {
            return *one;
        }
        let role = self.role_before(piece);
        let score = |d: EntityIndex| {
            let draft = &self.drafts[d];
            let holds = role.as_ref().is_some_and(|role| {
                self.mentions.titles.iter().any(|t| {
                    same_office(&t.role, role)
                        && t.holders
                            .iter()
                            .any(|h| self.of_piece[*h] == Some(d) || self.names(*h, d))
                })
            });
            let others = role.is_some()
                && !holds
                && self.mentions.titles.iter().any(|t| {
                    t.kind != TitleKind::Honorific && t.holders.iter().any(|h| self.names(*h, d))
                });
            let is_surname = draft.parts.last().map(String::as_str)
                == parts.last().map(String::as_str)
                || is_family_first(&draft.parts);
            let last = draft.at.iter().rev().find(|at| **at < start).copied();
            let is_near = last.is_some_and(|at| start - at < 60);
            (
                holds,
                !others,
                is_surname,
                is_near,
                last.is_some(),
                draft.at.len().min(3),
                last,
            )
        };
        several
            .iter()
            .copied()
            .max_by_key(|d| (score(*d), std::cmp::Reverse(*d)))
            .unwrap_or(several[0])
    }

    /// Whether a piece is the full name of a draft.
    fn names(&self, piece: usize, draft: EntityIndex) -> bool {
        let words = self.words();
        let parts: Vec<String> = self.mentions.pieces[piece]
            .tokens
            .clone()
            .map(|t| fold(words.lower(t)))
            .filter(|w| w != "-")
            .collect();
        self.drafts[draft].parts == parts
    }

    fn role_before(&self, piece: usize) -> Option<String> {
        self.mentions
            .titles
            .iter()
            .find(|t| t.rule == "title-before-name" && t.holders.contains(&piece))
            .map(|t| t.role.clone())
    }

    fn gender_of(&self, piece: usize) -> Option<Gender> {
        let words = self.words();
        let tokens = self.mentions.pieces[piece].tokens.clone();
        let honorific = self.mentions.piece_until(tokens.start).and_then(|p| {
            let before = &self.mentions.pieces[p];
            matches!(before.kind, PieceKind::Honorific | PieceKind::Title)
                .then(|| lexicon::title_ending(&words.text(before.tokens.clone())))?
                .and_then(|t| t.gender)
        });
        honorific.or_else(|| {
            let hyphenated = words.lower(tokens.start + 1) == "-";
            if hyphenated {
                None
            } else {
                lexicon::given_name(words.lower(tokens.start))
            }
        })
    }

    fn others(&mut self) {
        let words = self.words();
        let mut known: BTreeMap<(EntityKind, String), EntityIndex> = BTreeMap::new();
        for p in 0..self.mentions.pieces.len() {
            let piece = &self.mentions.pieces[p];
            let kind = match piece.kind {
                PieceKind::Organization
                | PieceKind::Outlet
                | PieceKind::Platform
                | PieceKind::Seat => EntityKind::Organization,
                PieceKind::Country => EntityKind::Country,
                PieceKind::Place | PieceKind::Facility => EntityKind::Place,
                _ => continue,
            };
            let text = words.text(piece.tokens.clone());
            let name = match (kind, piece.country) {
                (EntityKind::Country, Some(code)) => code.name().to_owned(),
                _ => text.clone(),
            };
            let key = (kind, fold(&name.to_lowercase()));
            let index = match known.get(&key) {
                Some(index) => *index,
                None => {
                    let index = self.add(kind, name, Vec::new(), piece.country);
                    known.insert(key, index);
                    index
                }
            };
            self.mention(index, p);
            // "the African Union (AU)"
            let open = piece.tokens.end;
            let acronym = open + 1;
            if words.lower(open) == "(" && words.lower(open + 2) == ")" && words.is_capital(acronym)
            {
                let short = fold(words.lower(acronym));
                known.entry((kind, short)).or_insert(index);
            }
        }
    }

    /// Gives title phrases without a name their person.
    fn titles(&mut self) {
        for t in 0..self.mentions.titles.len() {
            let title = &self.mentions.titles[t];
            if let [holder] = title.holders.as_slice() {
                self.of_title[t] = self.of_piece[*holder];
            } else if title.holders.is_empty() && !title.is_plural {
                let definite = title
                    .determiner
                    .is_some_and(|d| matches!(self.words().lower(d), "the" | "this" | "that"));
                if definite {
                    self.of_title[t] = self.holder_of(title);
                    if let (Some(person), Some(country)) = (self.of_title[t], title.country) {
                        self.drafts[person].country.get_or_insert(country);
                    }
                }
            }
        }
        for t in 0..self.mentions.titles.len() {
            let title = &self.mentions.titles[t];
            if let (true, Some(person)) = (title.holders.is_empty(), self.of_title[t]) {
                let span = self.words().document.span(title.tokens.clone());
                self.drafts[person].mentions.push(span);
                self.drafts[person].at.push(title.core.start);
            }
        }
        for draft in &mut self.drafts {
            draft.mentions.sort_unstable();
            draft.at.sort_unstable();
        }
    }

    /// The person whose titled name stands elsewhere in the article.
    fn holder_of(&self, wanted: &TitlePhrase) -> Option<EntityIndex> {
        let start = wanted.core.start;
        let is_leader = matches!(
            wanted.role.as_str(),
            "leader" | "head of state" | "president"
        );
        let mut best: Option<((bool, bool, bool, usize), EntityIndex)> = None;
        for title in &self.mentions.titles {
            for holder in &title.holders {
                let Some(person) = self.of_piece[*holder] else {
                    continue;
                };
                if title.status == RoleStatus::Former && wanted.status != RoleStatus::Former {
                    continue;
                }
                let exact = same_office(&title.role, &wanted.role);
                let leads = wanted.role == "leader" && is_leader && is_leading(&title.role);
                let short = title.role.ends_with(&format!(" {}", wanted.role))
                    || title.role.starts_with(&format!("{} ", wanted.role));
                if !exact && !leads && !short {
                    continue;
                }
                let known =
                    || lexicon::office_holder_country(&self.drafts[person].name, &title.role);
                let country = title.country.or(self.drafts[person].country).or_else(known);
                if let (Some(a), Some(b)) = (wanted.country, country)
                    && a != b
                {
                    continue;
                }
                let last = self.drafts[person]
                    .at
                    .iter()
                    .rev()
                    .find(|at| **at < start)
                    .copied();
                // A leader of no stated country may be that country's, if spoken of before.
                if wanted.country.is_some()
                    && country.is_none()
                    && !exact
                    && (last.is_none() || !leads)
                {
                    continue;
                }
                let same_country = wanted.country.is_some() && wanted.country == country;
                let home = wanted.country.is_none() && country.is_some() && country == self.home;
                let same = title.role == wanted.role;
                // Where one is "President Lund" and others "the Chilean president", "the
                // president" is Lund.
                let ours = wanted.country.is_none() && self.is_at_home(person, &wanted.role);
                let key = (
                    last.is_some(),
                    same_country || home || ours,
                    same,
                    last.unwrap_or(0),
                );
                if best.as_ref().is_none_or(|(b, _)| key > *b) {
                    best = Some((key, person));
                }
            }
        }
        best.map(|(_, person)| person)
    }

    /// Whether the article gives a person this office without ever saying of which country.
    fn is_at_home(&self, person: EntityIndex, role: &str) -> bool {
        let mut named = self.mentions.titles.iter().filter(|title| {
            let mut holders = title.holders.iter();
            same_office(&title.role, role) && holders.any(|h| self.of_piece[*h] == Some(person))
        });
        let country = |title: &TitlePhrase| title.country.is_none();
        named.clone().next().is_some() && named.all(country)
    }

    /// The person or group that a pronoun at `token` speaks of.
    pub fn pronoun(&self, token: TokenId) -> Option<EntityIndex> {
        let words = self.words();
        let gender = match words.lower(token) {
            "he" | "him" | "his" | "himself" => Some(Gender::Male),
            "she" | "her" | "hers" | "herself" => Some(Gender::Female),
            "they" | "them" | "their" => None,
            _ => return None,
        };
        gender?;
        let fits = |e: EntityIndex| {
            let draft = &self.drafts[e];
            draft.kind == EntityKind::Person
                && (matches!(draft.gender, None | Some(Gender::Either)) || draft.gender == gender)
        };
        let here = words.sentence_index(token);
        let quoted = words.document.quotation_of(token).map(|q| q.tokens.clone());
        if let Some(ahead) = self.subject_ahead(token, fits) {
            return Some(ahead);
        }
        // "The plan came from Moe, he added": who says so is told of before the sentence.
        let first = usize::from(self.closes_report(token));
        for back in first..6 {
            let Some(index) = here.checked_sub(back) else {
                break;
            };
            let sentence = words.document.sentences[index].tokens.clone();
            let range = sentence.start..if back == 0 { token } else { sentence.end };
            let mut candidates = self.persons_in(range.clone(), quoted.as_ref());
            candidates.retain(|(e, _)| fits(*e));
            if back > 0
                && quoted.is_none()
                && let Some(same) =
                    self.subject_pronoun(range.clone(), words.lower(token), &candidates)
            {
                return self.pronoun(same);
            }
            if back == 0 {
                // The subject of the clause that this one hangs on.
                if let Some((e, _)) = candidates.first() {
                    return Some(*e);
                }
            } else if let Some((e, _)) = candidates.first() {
                return Some(*e);
            }
        }
        None
    }

    /// Whether a pronoun and its cue close the sentence that they report: "…, he said."
    fn closes_report(&self, pronoun: TokenId) -> bool {
        let words = self.words();
        let after = pronoun + 2;
        let is_cue = |c: &Cue| c.tokens.start == pronoun + 1 && c.tokens.end == after;
        let is_participle =
            |c: &Cue| c.tokens.start == after + 1 && c.form == crate::mention::CueForm::Gerund;
        let closes = matches!(words.lower(after), "." | "")
            || words.lower(after) == "," && self.mentions.cues.iter().any(is_participle);
        matches!(words.before(pronoun), "," | "”" | "\"")
            && closes
            && self.mentions.cues.iter().any(is_cue)
    }

    /// The "he" that is the subject of a sentence, before all persons it names: who goes on being
    /// spoken of.
    fn subject_pronoun(
        &self,
        sentence: Range<TokenId>,
        like: &str,
        named: &[(EntityIndex, TokenId)],
    ) -> Option<TokenId> {
        let words = self.words();
        let subject = match like {
            "he" | "him" | "his" | "himself" => "he",
            _ => "she",
        };
        let first_name = named.iter().map(|(_, at)| *at).min();
        sentence
            .take_while(|t| first_name.is_none_or(|first| *t < first))
            .find(|t| {
                words.lower(*t) == subject
                    && words.document.quotation_of(*t).is_none()
                    && matches!(words.deprel(*t), Deprel::Nsubj | Deprel::NsubjPass)
            })
    }

    /// "During her visit, Soto said": whom a pronoun in the phrase that opens a sentence speaks of,
    /// if that is the subject behind the comma.
    fn subject_ahead(
        &self,
        pronoun: TokenId,
        fits: impl Fn(EntityIndex) -> bool,
    ) -> Option<EntityIndex> {
        const OPENERS: &[&str] = &[
            "in",
            "on",
            "at",
            "during",
            "after",
            "before",
            "upon",
            "following",
            "despite",
            "with",
            "for",
            "since",
            "as",
            "throughout",
            "amid",
            "fresh",
        ];
        let words = self.words();
        let sentence = words.sentence(pronoun);
        let opening = words.opening(sentence.start);
        let opens =
            pronoun > opening && pronoun <= opening + 3 && OPENERS.contains(&words.lower(opening));
        if !opens || words.document.quotation_of(pronoun).is_some() {
            return None;
        }
        let comma = (pronoun..sentence.end.min(pronoun + 20))
            .find(|t| words.lower(*t) == "," && !(pronoun..*t).any(|t| words.is_finite(t)))?;
        let ahead = comma + 1..sentence.end.min(comma + 16);
        let (entity, at) = self.persons_in(ahead.clone(), None).into_iter().next()?;
        let direct = (ahead.start..at).all(|t| {
            !words.is_finite(t) && !matches!(words.lower(t), "he" | "she" | "they" | "of" | "'s")
        });
        (direct && fits(entity)).then_some(entity)
    }

    /// The persons spoken of in a range, outside quotations other than `inside`, subjects first.
    fn persons_in(
        &self,
        range: Range<TokenId>,
        inside: Option<&Range<TokenId>>,
    ) -> Vec<(EntityIndex, TokenId)> {
        let words = self.words();
        let mut found = Vec::new();
        let mut oblique = Vec::new();
        for at in range {
            let elsewhere = words
                .document
                .quotation_of(at)
                .is_some_and(|q| inside.is_none_or(|i| *i != q.tokens));
            if elsewhere {
                continue;
            }
            let entity = match self.mentions.piece_from(at) {
                Some(p) => self.of_piece[p].map(|e| (e, self.mentions.pieces[p].tokens.clone())),
                None => self
                    .mentions
                    .titles
                    .iter()
                    .position(|t| t.core.start == at && t.holders.is_empty())
                    .and_then(|t| {
                        self.of_title[t].map(|e| (e, self.mentions.titles[t].tokens.clone()))
                    }),
            };
            let Some((entity, tokens)) = entity else {
                continue;
            };
            if self.drafts[entity].kind != EntityKind::Person {
                continue;
            }
            // "Trump's advisers", "with Putin": not what the sentence is about.
            let start = self.phrase_start(tokens.start);
            let governed = matches!(
                words.before(start),
                "with"
                    | "of"
                    | "to"
                    | "by"
                    | "for"
                    | "from"
                    | "between"
                    | "against"
                    | "on"
                    | "about"
                    | "over"
                    | "under"
                    | "alongside"
                    | "including"
            );
            let possessive = words.lower(tokens.end) == "'s" || words.lower(tokens.end) == "'";
            if governed || possessive {
                oblique.push((entity, at))
            } else {
                found.push((entity, at))
            }
        }
        found.extend(oblique);
        found
    }

    /// Where the noun phrase that ends in this name begins, with its titles.
    pub fn phrase_start(&self, start: TokenId) -> TokenId {
        let title = self
            .mentions
            .titles
            .iter()
            .filter(|t| {
                t.holders
                    .iter()
                    .any(|h| self.mentions.pieces[*h].tokens.start == start)
            })
            .filter(|t| t.rule == "title-before-name")
            .map(|t| t.determiner.unwrap_or(t.tokens.start))
            .min();
        let mut at = title.unwrap_or(start).min(start);
        while let Some(p) = self.mentions.piece_until(at) {
            if !matches!(
                self.mentions.pieces[p].kind,
                PieceKind::Honorific | PieceKind::Title
            ) {
                break;
            }
            at = self.mentions.pieces[p].tokens.start;
        }
        at
    }
}

fn is_leading(role: &str) -> bool {
    matches!(
        role,
        "president"
            | "prime minister"
            | "premier"
            | "chancellor"
            | "king"
            | "queen"
            | "emir"
            | "leader"
            | "supreme leader"
            | "taoiseach"
            | "sultan"
            | "prince"
            | "crown prince"
    )
}

/// Whether two roles name one office: equal, or one is the other with more words.
fn same_office(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (a, b): (BTreeSet<&str>, BTreeSet<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let shared = a.intersection(&b).count();
    shared > 0 && (shared == a.len() || shared == b.len()) && a.len().abs_diff(b.len()) <= 1
}

/// Whether the parts are a form of the fuller name: all of them in it, in order, and among them
/// its last part, or its first where the family name comes first or only the first is used.
fn is_form_of(parts: &[String], full: &[String]) -> bool {
    if parts.len() > full.len() {
        return false;
    }
    if parts == full || same_spelling(parts, full) {
        return true;
    }
    let mut rest = full.iter();
    let in_order = parts.iter().all(|p| rest.any(|f| f == p));
    if !in_order {
        return false;
    }
    match (parts.last(), full.last()) {
        (Some(a), Some(b)) if a == b => true,
        _ if is_family_first(full) => parts[0] == full[0],
        // Arabic and royal usage: "Abdullah" for "Abdullah bin Zayed", or a middle name alone.
        _ => parts.len() == 1 && full.len() >= 3 || parts.len() > 1,
    }
}

/// Two spellings of one full name: same first part, last parts that differ by a letter or two.
fn same_spelling(a: &[String], b: &[String]) -> bool {
    let ([first_a, .., last_a], [first_b, .., last_b]) = (a, b) else {
        return false;
    };
    a.len() == b.len()
        && first_a == first_b
        && last_a.len() > 5
        && last_b.len() > 5
        && last_a.chars().take(5).eq(last_b.chars().take(5))
        && last_a.len().abs_diff(last_b.len()) <= 1
}

fn is_family_first(parts: &[String]) -> bool {
    parts.len() >= 2 && lexicon::is_family_name_first(&parts[0])
}

/// Lower case without diacritics.
fn fold(lower: &str) -> String {
    if lower.is_ascii() {
        lower.to_owned()
    } else {
        deunicode::deunicode(lower).to_lowercase()
    }
}
