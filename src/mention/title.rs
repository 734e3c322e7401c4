//! Title phrases: a title with the country, body, status and complement that its words give, and
//! the names that it stands beside.

use std::ops::Range;

use super::name::{Piece, PieceKind};
use super::words::Words;
use crate::annotation::{Deprel, Upos, Xpos};
use crate::document::TokenId;
use crate::fact::RoleStatus;
use crate::lexicon::{self, CountryCode, ModifierEffect, TitleKind};

/// A title as the text has it.
#[derive(Clone, Debug, PartialEq)]
pub struct TitlePhrase {
    /// From the first modifier, country or body to the end of the complement.
    pub tokens: Range<TokenId>,
    /// The title's own words.
    pub core: Range<TokenId>,
    /// The role: lower case, without body and status, with its portfolio.
    pub role: String,
    pub status: RoleStatus,
    pub country: Option<CountryCode>,
    /// The body in which the role is held, as the text names it.
    pub organization: Option<Range<TokenId>>,
    /// The person that the role serves: "Putin adviser". Index into the pieces.
    pub patron: Option<usize>,
    /// Those who hold it, by the words beside it. Indices into the pieces.
    pub holders: Vec<usize>,
    /// How the holders stand to the title: the rule's name.
    pub rule: &'static str,
    pub is_plural: bool,
    /// A rank or a form of royal address rather than an office.
    pub kind: TitleKind,
    /// "the", "a", "his": the word before, where it is one.
    pub determiner: Option<TokenId>,
}

/// Finds the title phrases among the pieces of a document, in order.
pub fn find_titles(words: &Words, pieces: &[Piece]) -> Vec<TitlePhrase> {
    let finder = Finder { words, pieces };
    let mut found: Vec<TitlePhrase> = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        if piece.kind == PieceKind::Title
            && let Some(phrase) = finder.phrase(i)
        {
            let more = finder.further_groups(&phrase);
            found.push(phrase);
            found.extend(more);
        }
    }
    finder.share_holders(&mut found);
    finder.drop_served(&mut found);
    found.extend(finder.headed_bodies());
    found.sort_by_key(|t| (t.core.start, t.core.end));
    found
}

pub(super) struct Finder<'a> {
    pub(super) words: &'a Words<'a>,
    pub(super) pieces: &'a [Piece],
}

impl Finder<'_> {
    fn piece_from(&self, at: TokenId) -> Option<usize> {
        let i = self.pieces.partition_point(|p| p.tokens.start < at);
        (self.pieces.get(i)?.tokens.start == at).then_some(i)
    }

    pub(super) fn piece_until(&self, end: TokenId) -> Option<usize> {
        let i = self.pieces.partition_point(|p| p.tokens.end < end);
        (self.pieces.get(i)?.tokens.end == end).then_some(i)
    }

    fn phrase(&self, index: usize) -> Option<TitlePhrase> {
        let words = self.words;
        let core = self.pieces[index].tokens.clone();
        if self.ends_compound(core.start) || self.is_adjective(&core) {
            return None;
        }
        let sentence = words.sentence(core.start);
        let entry = lexicon::title_ending(&words.text(core.clone()));
        let kind = entry.map_or(TitleKind::Office, |t| t.kind);
        let mut phrase = TitlePhrase {
            tokens: core.clone(),
            core: core.clone(),
            role: String::new(),
            status: RoleStatus::Current,
            country: None,
            organization: None,
            patron: None,
            holders: Vec::new(),
            rule: "",
            is_plural: false,
            kind,
            determiner: None,
        };
        let role_start = self.left(&mut phrase, sentence.clone());
        let (singular, is_plural) = singular_role(&words.text(role_start..core.end));
        phrase.role = singular;
        phrase.is_plural = is_plural;
        let is_former = phrase.status == RoleStatus::Former;
        if let Some(office) = candidate_office(&phrase.role).filter(|_| !is_former) {
            phrase.role = office;
            phrase.status = RoleStatus::Candidate;
        }
        // Every president of a republic is its president.
        if let Some(office) = phrase.role.strip_suffix(" of the republic") {
            phrase.role = office.to_owned();
        }
        self.right(&mut phrase, sentence.clone());
        self.find_holders(&mut phrase, sentence);
        Some(phrase)
    }

    /// "front-runner": a title that ends a compound of common words is none.
    fn ends_compound(&self, start: TokenId) -> bool {
        let words = self.words;
        if start < 2 || words.before(start) != "-" || !words.is_bound(start) {
            return false;
        }
        let first = words.lower(start - 2);
        !words.is_capital(start)
            && !words.is_capital(start - 2)
            && words.is_bound(start - 1)
            && lexicon::title_modifier(first).is_none()
            && lexicon::title(first).is_none()
            && !lexicon::is_portfolio_word(first)
    }

    /// "a major donor", "fellow Democrats": a word that is a title elsewhere describes what follows.
    fn is_adjective(&self, core: &Range<TokenId>) -> bool {
        let words = self.words;
        let next = core.end;
        let is_name = self.piece_from(next).is_some_and(|p| {
            self.pieces[p].kind == PieceKind::Person && self.pieces[p].tokens.len() > 1
        });
        core.len() == 1
            && !words.is_capital(core.start)
            && words.upos(core.start) == Upos::Adj
            && matches!(words.upos(next), Upos::Noun | Upos::Propn | Upos::Adj)
            && !is_name
    }

    /// "the chief guest": a title that only describes the noun after it.
    fn describes_noun(&self, phrase: &TitlePhrase) -> bool {
        let words = self.words;
        let last = phrase.core.end - 1;
        phrase.tokens.end == phrase.core.end
            && words.upos(last + 1) == Upos::Noun
            && !words.is_capital(last + 1)
            && matches!(words.deprel(last), Deprel::Compound | Deprel::Amod)
    }

    /// Reads modifiers, country and body to the left; returns where the role's own words begin.
    fn left(&self, phrase: &mut TitlePhrase, sentence: Range<TokenId>) -> TokenId {
        let words = self.words;
        let mut start = phrase.core.start;
        let mut role_start = start;
        loop {
            if start <= sentence.start {
                break;
            }
            // The hyphen of "ex-minister".
            let step = if words.before(start) == "-" && words.is_bound(start) {
                2
            } else {
                1
            };
            if start < sentence.start + step {
                break;
            }
            let at = start - step;
            let lower = words.lower(at);
            // "*deputy* homeland security adviser", "*chief* sports officer"
            let is_rank = lexicon::title_modifier(lower) == Some(ModifierEffect::Part);
            let is_break = |p: usize| match self.pieces[p].kind {
                PieceKind::Unknown => false,
                PieceKind::Title => !is_rank || self.pieces[p].tokens.len() > 1,
                _ => true,
            };
            if self.piece_until(at + 1).is_some_and(is_break) {
                break;
            }
            match lexicon::title_modifier(lower) {
                // "late night host"
                Some(ModifierEffect::Status(RoleStatus::Deceased))
                    if words.lower(start) == "night" =>
                {
                    role_start = at;
                }
                Some(ModifierEffect::Status(status)) => {
                    if phrase.status == RoleStatus::Current {
                        phrase.status = status;
                    }
                }
                // "the first female minister" holds no office called "first".
                Some(ModifierEffect::Part) if role_start > start => {}
                Some(ModifierEffect::Part) => role_start = at,
                Some(ModifierEffect::Drop) => {}
                // "pro-government MP": a compound says nothing of the role.
                None if !words.is_capital(at)
                    && words.before(at) == "-"
                    && words.is_bound(at)
                    && at >= sentence.start + 2
                    && !words.is_capital(at - 2) =>
                {
                    start = at - 2;
                    continue;
                }
                None if lexicon::is_portfolio_word(lower)
                    && !words.is_capital(at)
                    && step == 1
                    && words.upos(at) != Upos::Verb =>
                {
                    role_start = at;
                }
                None if step == 2 && words.is_capital(at) => {
                    role_start = at;
                }
                None if step == 1 && self.describes(at, phrase.core.start) => role_start = at,
                None => break,
            }
            start = at;
        }
        phrase.tokens.start = start;
        self.prefix(phrase, sentence.start);
        role_start
    }

    /// Whether a word before a title tells what the title is about: a noun or an adjective of
    /// relation ("agricultural", "diplomatic"), not one of quality.
    fn describes(&self, at: TokenId, title: TokenId) -> bool {
        let words = self.words;
        let lower = words.lower(at);
        let relation = ["al", "ic", "ary"]
            .iter()
            .any(|ending| lower.len() > 5 && lower.ends_with(ending));
        (!words.is_capital(at) || words.is_initial(at))
            && !words.is_capital(title)
            && match words.xpos(at) {
                // "a ministry spokesman": whose he is, no kind of spokesman.
                Xpos::Nn => !lexicon::is_organization_head(lower),
                Xpos::Jj => relation,
                _ => false,
            }
    }

    /// Country and body before the title: "Czech Senate president", "Russia's foreign minister".
    fn prefix(&self, phrase: &mut TitlePhrase, sentence_start: TokenId) {
        let words = self.words;
        for _ in 0..3 {
            let mut end = phrase.tokens.start;
            let possessive = matches!(words.before(end), "'s" | "'");
            if possessive {
                end -= 1;
            }
            let hyphenated = words.before(end) == "-" && words.is_bound(end);
            if hyphenated {
                end -= 1;
            }
            // "Harbour Party (HP) Legislator": the acronym between the body and its title.
            if words.before(end) == ")" && end >= sentence_start + 4 && words.lower(end - 3) == "("
            {
                end -= 3;
            }
            let Some(p) = (end > sentence_start)
                .then(|| self.piece_until(end))
                .flatten()
            else {
                if possessive {
                    self.common_owner(phrase, end, sentence_start);
                }
                break;
            };
            let piece = &self.pieces[p];
            match piece.kind {
                PieceKind::Demonym | PieceKind::Country => {
                    phrase.country = phrase.country.or(piece.country);
                }
                PieceKind::Seat => {
                    phrase.country = phrase.country.or(piece.country);
                    phrase.organization.get_or_insert(piece.tokens.clone());
                }
                PieceKind::Organization | PieceKind::Outlet | PieceKind::Platform => {
                    phrase.country = phrase.country.or(piece.country);
                    phrase.organization.get_or_insert(piece.tokens.clone());
                }
                PieceKind::Place | PieceKind::Facility => {
                    phrase.country = phrase.country.or(piece.country);
                    if lexicon::is_local_office(&words.text(phrase.core.clone()).to_lowercase()) {
                        phrase.organization.get_or_insert(piece.tokens.clone());
                    }
                }
                PieceKind::Supranational => {}
                PieceKind::Unknown if !possessive && words.is_capital(piece.tokens.start) => {
                    if piece.tokens.len() > 1
                        || words
                            .word(piece.tokens.start)
                            .chars()
                            .all(char::is_uppercase)
                    {
                        phrase.organization.get_or_insert(piece.tokens.clone());
                    }
                }
                // "named Ida Lund minister"
                PieceKind::Person
                    if !possessive
                        && lexicon::is_office_verb(
                            words.before(piece.tokens.start),
                            lexicon::OfficeVerb::Appoint,
                        ) =>
                {
                    break;
                }
                PieceKind::Person => {
                    phrase.patron = Some(p);
                    phrase.tokens.start = piece.tokens.start;
                    break;
                }
                _ => break,
            }
            phrase.tokens.start = piece.tokens.start;
            // Modifiers may stand before the country too: "former Czech Senate president".
            while phrase.tokens.start > sentence_start {
                let step = if words.before(phrase.tokens.start) == "-" {
                    2
                } else {
                    1
                };
                if phrase.tokens.start < sentence_start + step {
                    break;
                }
                let at = phrase.tokens.start - step;
                match lexicon::title_modifier(words.lower(at)) {
                    Some(ModifierEffect::Status(status)) => {
                        if phrase.status == RoleStatus::Current {
                            phrase.status = status;
                        }
                    }
                    Some(ModifierEffect::Drop) => {}
                    _ => break,
                }
                phrase.tokens.start = at;
            }
        }
        if phrase.tokens.start > sentence_start
            && matches!(
                words.before(phrase.tokens.start),
                "the"
                    | "a"
                    | "an"
                    | "his"
                    | "her"
                    | "their"
                    | "its"
                    | "our"
                    | "my"
                    | "this"
                    | "that"
                    | "these"
                    | "those"
            )
        {
            phrase.determiner = Some(phrase.tokens.start - 1);
        }
    }

    /// "the Norwegian army's spokesman": a body in common words that owns the title and ends at
    /// `end`, with the country before it.
    fn common_owner(&self, phrase: &mut TitlePhrase, end: TokenId, sentence_start: TokenId) {
        const MOST: usize = 4;
        let words = self.words;
        let is_plain =
            |t: &TokenId| !words.is_capital(*t) && matches!(words.upos(*t), Upos::Noun | Upos::Adj);
        let from = end.saturating_sub(MOST).max(sentence_start);
        let start = (from..end).rev().take_while(is_plain).last().unwrap_or(end);
        let owner = self.piece_until(start).filter(|p| {
            start < end
                && matches!(
                    self.pieces[*p].kind,
                    PieceKind::Demonym | PieceKind::Country
                )
        });
        let Some(owner) = owner else { return };
        let piece = &self.pieces[owner];
        phrase.country = phrase.country.or(piece.country);
        if self.body_end(start) == Some(end) {
            phrase.organization.get_or_insert(piece.tokens.start..end);
        }
        phrase.tokens.start = piece.tokens.start;
    }

    /// Reads what follows the title: status, portfolio, body, country.
    fn right(&self, phrase: &mut TitlePhrase, sentence: Range<TokenId>) {
        let words = self.words;
        let mut at = phrase.core.end;
        if words.lower(at) == "-" && matches!(words.lower(at + 1), "elect" | "designate") {
            phrase.status = RoleStatus::Elect;
            at += 2;
            phrase.tokens.end = at;
        }
        for _ in 0..2 {
            // "Ida Lund, the Director Northern Seed Foundation": the body without a preposition.
            if let Some(p) = self.piece_from(at).filter(|p| {
                self.pieces[*p].kind == PieceKind::Organization
                    && words.is_capital(phrase.core.start)
                    && matches!(words.lower(self.pieces[*p].tokens.end), "," | ".")
            }) {
                phrase
                    .organization
                    .get_or_insert(self.pieces[p].tokens.clone());
                phrase.tokens.end = self.pieces[p].tokens.end;
                return;
            }
            let preposition = words.lower(at);
            let charge = words.reads(at, &["in", "charge", "of"]);
            if !charge
                && !matches!(
                    preposition,
                    "of" | "for" | "to" | "at" | "in" | "with" | "on" | "from"
                )
                || at >= sentence.end
            {
                return;
            }
            let mut next = at + if charge { 3 } else { 1 };
            while matches!(
                words.lower(next),
                "the"
                    | "a"
                    | "an"
                    | "his"
                    | "her"
                    | "its"
                    | "ruling"
                    | "opposition"
                    | "main"
                    | "country"
                    | "'s"
                    | "city"
                    | "state"
                    | "republic"
                    | "company"
                    | "firm"
                    | "newspaper"
                    | "group"
                    | "party"
                    | "agency"
                    | "both"
            ) && !words.is_capital(next)
            {
                next += 1;
            }
            let end = self.complement(phrase, preposition, next, sentence.end);
            if end == at {
                return;
            }
            phrase.tokens.end = end;
            at = end;
        }
    }

    /// One complement that begins at `next`; returns the token after it, or where it would have
    /// begun if there is none.
    fn complement(
        &self,
        phrase: &mut TitlePhrase,
        preposition: &str,
        next: TokenId,
        end: TokenId,
    ) -> TokenId {
        let words = self.words;
        let none = phrase.tokens.end;
        // "the ambassador in Rome" is accredited there, and of another country.
        let preposition = match preposition {
            "in" if is_diplomat(&phrase.role) => "to",
            preposition => preposition,
        };
        let Some(p) = self.piece_from(next) else {
            return self
                .plain_complement(phrase, preposition, next, end)
                .unwrap_or(none);
        };
        let piece = &self.pieces[p];
        let body = piece.tokens.clone();
        match piece.kind {
            // "the special envoy for Chad": where he is sent.
            PieceKind::Country if preposition == "for" && is_diplomat(&phrase.role) => {}
            PieceKind::Country if matches!(preposition, "of" | "in" | "for") => {
                phrase.country = phrase.country.or(piece.country);
            }
            // "an adviser to Ukraine's president", "an aide to Chilean President Ida Lund"
            PieceKind::Country | PieceKind::Demonym
                if (preposition == "to"
                    || preposition == "for" && phrase.role.starts_with("spokes"))
                    && let Some((role, patron, until)) = self.served(body.end) =>
            {
                if preposition == "to" {
                    phrase.role = format!("{} to the {role}", phrase.role);
                }
                phrase.country = phrase.country.or(piece.country);
                phrase.patron = phrase.patron.or(patron);
                return until;
            }
            PieceKind::Country if preposition == "to" => {}
            PieceKind::Organization | PieceKind::Outlet | PieceKind::Seat | PieceKind::Platform
                if matches!(
                    preposition,
                    "of" | "for" | "at" | "with" | "from" | "to" | "in"
                ) =>
            {
                // An envoy to a body is not of that body; an adviser to one works for it.
                let advises = matches!(
                    words.lower(phrase.core.end - 1),
                    "adviser" | "advisor" | "consultant" | "counsel" | "aide"
                );
                let preposition = if advises { "of" } else { preposition };
                if preposition != "to" && phrase.organization.is_some() && preposition == "for" {
                    phrase.role = format!(
                        "{} for the {}",
                        phrase.role,
                        words.text(body.clone()).to_lowercase()
                    );
                } else if preposition != "to" {
                    phrase.organization.get_or_insert(body.clone());
                    phrase.country = phrase.country.or(piece.country);
                }
            }
            PieceKind::Place | PieceKind::Facility => {
                if preposition == "of" {
                    phrase.organization.get_or_insert(body.clone());
                }
                if preposition != "to" {
                    phrase.country = phrase.country.or(piece.country);
                }
            }
            // "director for Knowledge Management and Evaluation": a field, part of the role.
            PieceKind::Unknown | PieceKind::Event
                if preposition == "on" || preposition == "for" && !self.works_for(phrase) =>
            {
                let mut until = body.end;
                while words.lower(until) == "and" && until + 1 < end && words.is_capital(until + 1)
                {
                    let Some(q) = self.piece_from(until + 1) else {
                        break;
                    };
                    if !matches!(self.pieces[q].kind, PieceKind::Unknown | PieceKind::Event) {
                        break;
                    }
                    until = self.pieces[q].tokens.end;
                }
                phrase.role = format!(
                    "{} {} {}",
                    phrase.role,
                    preposition,
                    words.text(body.start..until).to_lowercase()
                );
                return until;
            }
            PieceKind::Unknown | PieceKind::Event
                if matches!(preposition, "of" | "at" | "with" | "for") =>
            {
                phrase.organization.get_or_insert(body.clone());
            }
            // "candidate for governor": the office is what counts.
            PieceKind::Title
                if preposition == "for"
                    && matches!(phrase.role.as_str(), "candidate" | "nominee" | "contender") =>
            {
                phrase.role = singular_role(&words.text(body.clone())).0;
                phrase.status = RoleStatus::Candidate;
                return body.end;
            }
            // "chairman of President Ida Lund's council"
            PieceKind::Title
                if preposition == "of"
                    && words.before(body.start) == "of"
                    && self
                        .piece_from(body.end)
                        .is_some_and(|q| self.pieces[q].kind == PieceKind::Person) =>
            {
                return none;
            }
            PieceKind::Title
                if matches!(preposition, "to" | "of")
                    || preposition == "for" && phrase.role.starts_with("spokes") =>
            {
                // "Director of the Office of the King": the body's own complement.
                if let Some(office) = phrase
                    .organization
                    .clone()
                    .filter(|o| o.end == none && preposition == "of")
                {
                    phrase.organization = Some(office.start..body.end);
                    return body.end;
                }
                // "adviser to the president": whom the role serves is part of it.
                let head = lexicon::title_ending(&words.text(phrase.core.clone()))
                    .is_some_and(|t| matches!(t.kind, TitleKind::Office | TitleKind::Occupation));
                if head && preposition == "to" {
                    let served = singular_role(&words.text(body.clone())).0;
                    phrase.role = format!("{} to the {served}", phrase.role);
                }
                let mut until = body.end;
                // "an adviser to President Ida Lund": whom the role serves, not who holds it; "Senior
                // Adviser to the President Ida Lund" may be she.
                if let Some(patron) = self.piece_from(until).filter(|q| {
                    words.before(body.start) == preposition
                        && self.pieces[*q].kind == PieceKind::Person
                }) {
                    phrase.patron = phrase.patron.or(Some(patron));
                    return self.pieces[patron].tokens.end;
                }
                if words.reads(until, &["of", "the", "republic"]) {
                    until += 3;
                }
                return until;
            }
            // "a spokeswoman for the Norwegian foreign ministry"
            PieceKind::Demonym | PieceKind::Supranational if self.body_end(body.end).is_some() => {
                let until = self.body_end(body.end).unwrap_or(body.end);
                phrase.organization.get_or_insert(body.start..until);
                phrase.country = phrase.country.or(piece.country);
                return until;
            }
            // "the Norwegian Harbour Party"
            PieceKind::Demonym
                if let Some(q) = self.piece_from(body.end)
                    && self.pieces[q].kind == PieceKind::Organization =>
            {
                let until = self.pieces[q].tokens.end;
                phrase.organization.get_or_insert(body.start..until);
                phrase.country = phrase.country.or(piece.country);
                return until;
            }
            PieceKind::Demonym if matches!(preposition, "of" | "for") => {
                phrase.country = phrase.country.or(piece.country);
            }
            // "regional director for Africa"
            PieceKind::Supranational if matches!(preposition, "for" | "of" | "in") => {}
            _ => return none,
        }
        // "the Alliance for X" and "the Party 's Committee" go on.
        let mut until = body.end;
        if matches!(words.lower(until), "'s" | "'")
            && let Some(q) = self.piece_from(until + 1)
            && self.pieces[q].kind == PieceKind::Organization
        {
            until = self.pieces[q].tokens.end;
            phrase.organization = Some(body.start..until);
        }
        if words.lower(until) == "(" && words.lower(until + 2) == ")" {
            until += 3;
        }
        until
    }

    /// Whether a role is done for somebody: a spokesman, a reporter; not a director, who may be
    /// "for Programmes".
    fn works_for(&self, phrase: &TitlePhrase) -> bool {
        let head = phrase.role.rsplit(' ').next().unwrap_or_default();
        phrase.role.starts_with("spokes")
            || matches!(
                head,
                "reporter" | "correspondent" | "lawyer" | "lobbyist" | "columnist" | "writer"
            )
    }

    /// The office that stands at `at` after a country, who holds it where that is said, and the token
    /// after both: "'s president", "President Ida Lund".
    fn served(&self, at: TokenId) -> Option<(String, Option<usize>, TokenId)> {
        let words = self.words;
        let start = at + usize::from(words.lower(at) == "'s");
        let title = self.piece_from(start)?;
        let tokens = self.pieces[title].tokens.clone();
        if self.pieces[title].kind != PieceKind::Title {
            return None;
        }
        let patron = self
            .piece_from(tokens.end)
            .filter(|p| self.pieces[*p].kind == PieceKind::Person);
        // "the envoy to Peruvian ministers"
        if start == at && patron.is_none() {
            return None;
        }
        let until = patron.map_or(tokens.end, |p| self.pieces[p].tokens.end);
        Some((singular_role(&words.text(tokens)).0, patron, until))
    }

    /// Where the name of a body in common words ends that begins at `at`: "foreign ministry".
    fn body_end(&self, at: TokenId) -> Option<TokenId> {
        const MOST: usize = 4;
        let words = self.words;
        let is_head = |t: &TokenId| {
            let lower = words.lower(*t);
            lexicon::is_organization_head(lower) || lexicon::is_generic_body(lower)
        };
        let noun = (at..at + MOST).find(is_head)?;
        let is_plain = |t: TokenId| !words.is_capital(t) && words.is_word(t);
        (at..=noun).all(is_plain).then_some(noun + 1)
    }

    /// A complement without a name: "for knowledge management", "of the association of survivors".
    fn plain_complement(
        &self,
        phrase: &mut TitlePhrase,
        preposition: &str,
        next: TokenId,
        end: TokenId,
    ) -> Option<TokenId> {
        let words = self.words;
        let mut until = next;
        while until < end && until < next + 12 {
            let lower = words.lower(until);
            let stops = !words.is_word(until) && lower != "-"
                || matches!(
                    lower,
                    "who"
                        | "which"
                        | "that"
                        | "said"
                        | "says"
                        | "told"
                        | "is"
                        | "was"
                        | "has"
                        | "had"
                        | "will"
                        | "as"
                        | "after"
                        | "when"
                        | "added"
                )
                // "professor of law at the University of Oslo": a field, and where.
                || until > next && lower == "at"
                || self.piece_from(until).is_some_and(|p| {
                    matches!(self.pieces[p].kind, PieceKind::Person | PieceKind::Title)
                });
            if stops {
                break;
            }
            until += 1;
        }
        while until > next
            && matches!(
                words.before(until),
                "of" | "in" | "and" | "for" | "the" | "at" | "-" | "on"
            )
        {
            until -= 1;
        }
        if until == next {
            return None;
        }
        let first = words.lower(next);
        let field = self.field_end(next, until);
        let is_body_word = lexicon::is_organization_head(words.before(field));
        let is_field =
            field == until && (field > next + 1 && !is_body_word || takes_field(&phrase.role));
        let has_body = (next..until).any(|t| lexicon::is_organization_head(words.lower(t)));
        if has_body && !is_field && matches!(preposition, "of" | "at" | "for" | "with") {
            let body = self.named_in(next, until);
            phrase.organization.get_or_insert(body.clone());
            return Some(body.end);
        }
        if preposition == "on" && until - next <= 4 && words.lower(until) == "," {
            phrase.role = format!(
                "{} on {}",
                phrase.role,
                words.text(next..until).to_lowercase()
            );
            return Some(until);
        }
        // "director of the Harbour Centre for media and society": the body's field.
        if matches!(preposition, "of" | "for" | "on")
            && phrase
                .organization
                .as_ref()
                .is_none_or(|o| o.start < phrase.core.start)
            && lexicon::is_portfolio_word(first)
        {
            let stop = field;
            phrase.role = format!(
                "{} {} {}",
                phrase.role,
                preposition,
                words.text(next..stop).to_lowercase()
            );
            return Some(stop);
        }
        None
    }

    /// Where the field of an office ends that begins at `next`: "population, refugees, and
    /// migration", "public and governmental affairs".
    fn field_end(&self, next: TokenId, until: TokenId) -> TokenId {
        let words = self.words;
        let is_field = |t: TokenId| lexicon::is_portfolio_word(words.lower(t));
        let is_plain = |t: TokenId| {
            words.is_word(t)
                && !words.is_capital(t)
                && matches!(words.upos(t), Upos::Noun | Upos::Adj)
        };
        let mut end = next;
        let mut at = next;
        // The list may go on past a comma that ends what was read as one phrase.
        let last = words.sentence(next).end;
        while at < last {
            let lower = words.lower(at);
            if is_field(at) {
                at += 1;
                end = at;
            } else if at < until && matches!(lower, "the" | "of") {
                at += 1;
            } else if matches!(lower, "and" | "&" | ",") {
                let mut item = at + 1;
                if lower == "," && words.lower(item) == "and" {
                    item += 1;
                }
                let mut after = item;
                while after < last && is_plain(after) {
                    after += 1;
                }
                let known = (item..after).any(is_field);
                let closes = lower == "and" || item > at + 1;
                if after == item || !known && !(closes && after == item + 1 && end > next) {
                    break;
                }
                // "…, refugees, …": an item of a list only where the list goes on.
                if lower == "," && item == at + 1 && !matches!(words.lower(after), "," | "and") {
                    break;
                }
                at = after;
                end = after;
            } else if end > next && is_plain(at) && words.upos(at) == Upos::Noun {
                // "foreign policy *studies*"
                at += 1;
                end = at;
            } else {
                break;
            }
        }
        end
    }

    /// The name in "the advocacy group Harbour Watch", the whole phrase where it has none; without
    /// what says where the body is and what it does.
    fn named_in(&self, next: TokenId, until: TokenId) -> Range<TokenId> {
        let words = self.words;
        let named = (next + 1..until).find_map(|t| {
            let p = self.piece_from(t)?;
            let piece = &self.pieces[p];
            let is_body = piece.kind.is_body() || piece.kind == PieceKind::Unknown;
            (is_body && piece.tokens.end <= until).then(|| piece.tokens.clone())
        });
        if let Some(mut named) = named {
            // "Harbour Watch All Norway", "Citizens for Ohio"
            loop {
                let end = named.end;
                if words.is_capital(end) {
                    named.end += 1;
                } else if matches!(words.lower(end), "for" | "of") && words.is_capital(end + 1) {
                    named.end += 2;
                } else {
                    break;
                }
            }
            let describes = |t: TokenId| {
                !words.is_capital(t)
                    && (words.lower(t) == "-"
                        || matches!(words.upos(t), Upos::Noun | Upos::Adj | Upos::Verb))
                    && !words.is_finite(t)
            };
            if (next..named.start).all(describes) {
                return named;
            }
        }
        let stops = |t: &TokenId| {
            matches!(words.lower(*t), "in" | "whose" | "where" | "near" | "based")
                || matches!(words.xpos(*t), Xpos::Vbg | Xpos::Vbd | Xpos::Vbz)
                    && words.upos(*t) == Upos::Verb
        };
        let end = (next + 1..until).find(stops).unwrap_or(until);
        let has_body = (next..end).any(|t| lexicon::is_organization_head(words.lower(t)));
        next..if has_body { end } else { until }
    }

    fn find_holders(&self, phrase: &mut TitlePhrase, sentence: Range<TokenId>) {
        if self.before_name(phrase, &sentence) || self.describes_noun(phrase) {
            return;
        }
        if !self.after_name(phrase, &sentence) {
            self.by_verb(phrase, &sentence);
        }
    }

    /// "German Chancellor Friedrich Merz", "the Minister of Ports, Ida Lund,".
    fn before_name(&self, phrase: &mut TitlePhrase, sentence: &Range<TokenId>) -> bool {
        let words = self.words;
        let mut at = phrase.tokens.end;
        let mut comma = false;
        // Only a title at the very left of its noun phrase may be parted from its name.
        let definite = phrase
            .determiner
            .is_some_and(|d| matches!(words.lower(d), "the" | "these" | "those"))
            || self.is_owned(phrase);
        let long = words.is_capital(phrase.core.start) && phrase.tokens.end > phrase.core.end;
        // "A spokesman for the ministry, Ida Lund, said"
        let indefinite = phrase.tokens.end > phrase.core.end
            && phrase
                .determiner
                .is_some_and(|d| matches!(words.lower(d), "a" | "an") && words.before(d) != ",");
        if definite {
            at = self.past_complement(at);
        }
        if words.lower(at) == "," && words.is_capital(at + 1) && (definite || long || indefinite) {
            comma = true;
            at += 1;
        }
        while let Some(p) = self.piece_from(at) {
            let piece = &self.pieces[p];
            match piece.kind {
                PieceKind::Honorific | PieceKind::Title
                    if !comma || piece.kind == PieceKind::Honorific =>
                {
                    at = piece.tokens.end;
                    if words.lower(at) == "of" {
                        return false;
                    }
                }
                PieceKind::Person => {
                    let after = words.lower(piece.tokens.end);
                    let closes =
                        !comma || after == "," || !indefinite && matches!(after, "." | "and" | ")");
                    if piece.tokens.start >= sentence.end || !closes {
                        return false;
                    }
                    phrase.holders.push(p);
                    phrase.rule = "title-before-name";
                    self.body_after(phrase, piece.tokens.end);
                    let one_of = phrase
                        .determiner
                        .is_some_and(|d| d >= 2 && words.reads(d - 2, &["one", "of"]));
                    if phrase.is_plural && !one_of {
                        phrase.holders.extend(self.coordinated(p));
                    }
                    return true;
                }
                _ => return false,
            }
        }
        // "11 lawmakers including A and B"
        if phrase.is_plural
            && matches!(
                words.lower(at),
                "including" | "include" | "included" | ":" | "like" | "--" | "—" | "–"
            )
            || words.reads(at, &["such", "as"])
        {
            let at = if words.lower(at) == "such" {
                at + 2
            } else {
                at + 1
            };
            if let Some(p) = self
                .piece_from(at)
                .filter(|p| self.pieces[*p].kind == PieceKind::Person)
            {
                phrase.holders.push(p);
                phrase.holders.extend(self.coordinated(p));
                if let Some(last) = phrase.holders.last() {
                    self.body_after(phrase, self.pieces[*last].tokens.end);
                }
                phrase.rule = "title-list";
                return true;
            }
        }
        false
    }

    /// "the head *of the rescue agency*, Ida Lund,": the token after words that say what of, which
    /// no list knows; where they began, if no name follows.
    fn past_complement(&self, at: TokenId) -> TokenId {
        const MOST: usize = 6;
        let words = self.words;
        if !matches!(words.lower(at), "of" | "for" | "at") {
            return at;
        }
        let is_plain = |t: &TokenId| {
            let upos = words.upos(*t);
            matches!(upos, Upos::Noun | Upos::Adj | Upos::Det | Upos::Adp) && !words.is_capital(*t)
        };
        let end = (at + 1..at + 1 + MOST).find(|t| !is_plain(t)).unwrap_or(at);
        let is_named = words.lower(end) == ","
            && self
                .piece_from(end + 1)
                .is_some_and(|p| self.pieces[p].kind == PieceKind::Person);
        if is_named { end } else { at }
    }

    /// "the company's chief executive", "Chile's president", "his spokesman".
    fn is_owned(&self, phrase: &TitlePhrase) -> bool {
        let words = self.words;
        let start = phrase.tokens.start;
        matches!(
            words.before(start),
            "'s" | "his" | "her" | "their" | "its" | "our"
        ) || (start..phrase.core.start).any(|t| words.lower(t) == "'s")
    }

    /// "Rep. Ida Lund of the ruling Harbour Party": the body after the name.
    fn body_after(&self, phrase: &mut TitlePhrase, at: TokenId) {
        let words = self.words;
        // "Sen. Ida Lund, R-Ohio," and "Rep. Ida Lund (D-Calif.)" sit in one parliament only.
        let has_seat = matches!(words.lower(at), "," | "(")
            && matches!(words.lower(at + 1), "r" | "d" | "i")
            && words.lower(at + 2) == "-"
            && words.is_capital(at + 3);
        if has_seat {
            phrase.country = phrase.country.or("US".parse().ok());
            return;
        }
        let Some(p) = self.body_piece(phrase, at) else {
            return;
        };
        if phrase.organization.is_some() {
            return;
        }
        match self.pieces[p].kind {
            PieceKind::Organization => phrase.organization = Some(self.pieces[p].tokens.clone()),
            // "Senator Ida Lund of Ohio", "President Luis Arancibia of Peru"
            PieceKind::Country | PieceKind::Place if words.lower(at) == "of" => {
                phrase.country = phrase.country.or(self.pieces[p].country);
            }
            _ => {}
        }
    }

    /// The piece after "of" and the like behind a name: its body, country or place.
    fn body_piece(&self, phrase: &TitlePhrase, at: TokenId) -> Option<usize> {
        let words = self.words;
        let preposition = words.lower(at);
        if !matches!(preposition, "of" | "from") && (preposition != "at" || !phrase.is_plural) {
            return None;
        }
        let mut next = at + 1;
        while matches!(
            words.lower(next),
            "the" | "ruling" | "opposition" | "main" | "governing"
        ) {
            next += 1;
        }
        self.piece_from(next).filter(|p| {
            matches!(
                self.pieces[*p].kind,
                PieceKind::Organization | PieceKind::Country | PieceKind::Place
            )
        })
    }

    /// "MPs A and B of the Harbour Party and C of the Hill Party", "Ministers A of Chad and B of
    /// Peru": the groups after the first.
    fn further_groups(&self, phrase: &TitlePhrase) -> Vec<TitlePhrase> {
        let words = self.words;
        let mut groups = Vec::new();
        let mut last = phrase.clone();
        while last.is_plural
            && let Some(end) = last.holders.last().map(|h| self.pieces[*h].tokens.end)
            && let Some(body) = self.body_piece(&last, end)
        {
            let mut at = self.pieces[body].tokens.end;
            let start = at;
            while matches!(words.lower(at), "," | "and") {
                at += 1;
            }
            let next = self
                .piece_from(at)
                .filter(|p| at > start && self.pieces[*p].kind == PieceKind::Person);
            let Some(first) = next else { break };
            let mut group = phrase.clone();
            group.holders = vec![first];
            group.holders.extend(self.coordinated(first));
            let end = group
                .holders
                .last()
                .map_or(at, |h| self.pieces[*h].tokens.end);
            let Some(own) = self.body_piece(&group, end) else {
                break;
            };
            match self.pieces[own].kind {
                PieceKind::Organization => group.organization = None,
                _ => group.country = self.pieces[own].country,
            }
            self.body_after(&mut group, end);
            groups.push(group.clone());
            last = group;
        }
        groups
    }

    /// The persons joined to this one by commas and "and", without titles of their own.
    fn coordinated(&self, first: usize) -> Vec<usize> {
        let words = self.words;
        let mut found = Vec::new();
        let mut last = first;
        loop {
            let mut at = self.pieces[last].tokens.end;
            let start = at;
            while matches!(words.lower(at), "," | "and") {
                at += 1;
            }
            if at == start {
                return found;
            }
            match self.piece_from(at) {
                Some(p) if self.pieces[p].kind == PieceKind::Person => {
                    found.push(p);
                    last = p;
                }
                _ => return found,
            }
        }
    }

    /// "Merz, 69, the German chancellor", "X, who was president until 2020".
    fn after_name(&self, phrase: &mut TitlePhrase, sentence: &Range<TokenId>) -> bool {
        let words = self.words;
        let mut at = phrase.determiner.unwrap_or(phrase.tokens.start);
        let mut past = false;
        // Adjectives that no lexicon knows, back to the determiner: "a veteran opposition leader".
        if phrase.determiner.is_none() {
            for back in 1..=4 {
                let Some(d) = at.checked_sub(back) else { break };
                if d < sentence.start
                    || !words.is_word(d) && words.lower(d) != "-"
                    || words.is_capital(d)
                    || words.xpos(d) == Xpos::In
                {
                    break;
                }
                if matches!(words.lower(d), "a" | "an" | "the" | "his" | "her" | "its") {
                    at = d;
                    phrase.determiner = Some(d);
                    break;
                }
            }
        }
        let adverb = words.before(at);
        let once = matches!(adverb, "once" | "formerly" | "previously");
        if at > sentence.start
            && (once || matches!(adverb, "currently" | "also" | "now" | "then" | "as"))
        {
            past = once;
            at -= 1;
        }
        let verb = words.before(at).to_owned();
        if at > sentence.start + 1 && words.lower(at - 2) == "who" {
            match verb.as_str() {
                "is" | "serves" | "served" | "became" | "was" | "remains" => {
                    past = matches!(verb.as_str(), "was" | "served");
                    at -= 2;
                }
                _ => {}
            }
        }
        if words.before(at) != ","
            && words.before(at) != "("
            && words.before(at) != "–"
            && words.before(at) != "—"
        {
            return false;
        }
        let mut comma = at - 1;
        if comma > sentence.start + 1
            && words.lower(comma - 1).parse::<u8>().is_ok()
            && words.before(comma - 1) == ","
        {
            comma -= 2;
        }
        // "(R-Texas)", "(游錫堃)" between name and comma.
        if words.before(comma) == ")" {
            let mut open = comma - 1;
            while open > sentence.start && words.lower(open) != "(" {
                open -= 1;
            }
            comma = open;
        }
        let Some(p) = self
            .piece_until(comma)
            .filter(|p| self.pieces[*p].kind == PieceKind::Person)
        else {
            return false;
        };
        // A list of titled people: the comma parts two of them.
        let starts_list = words.is_capital(phrase.core.start)
            && phrase.determiner.is_none()
            && self.reaches_person(phrase.core.end, sentence.end);
        // "…, the king said": a subject, no apposition; "…, the king's adviser": another title.
        let ends = words.lower(phrase.tokens.end);
        let goes_on = words.is_word(phrase.tokens.end)
            && phrase.determiner.is_some_and(|d| words.lower(d) == "the")
            && !matches!(
                ends,
                "of" | "for"
                    | "in"
                    | "at"
                    | "to"
                    | "and"
                    | "who"
                    | "from"
                    | "on"
                    | "with"
                    | "since"
                    | "until"
                    | "as"
                    | "during"
                    | "under"
            );
        let acts = goes_on
            || phrase.determiner.is_some()
                && matches!(
                    words.lower(phrase.tokens.end),
                    "said"
                        | "says"
                        | "told"
                        | "added"
                        | "'s"
                        | "wrote"
                        | "went"
                        | "is"
                        | "was"
                        | "has"
                        | "had"
                        | "will"
                        | "also"
                        | "would"
                );
        let all = phrase.is_plural && phrase.determiner.is_some_and(|d| words.lower(d) == "the");
        if starts_list || acts || all {
            return false;
        }
        phrase.holders.push(p);
        phrase.rule = "title-after-name";
        if past && phrase.status == RoleStatus::Current {
            phrase.status = RoleStatus::Former;
        }
        true
    }

    /// Whether only words of titles and names lie before the next person's name.
    fn reaches_person(&self, from: TokenId, end: TokenId) -> bool {
        let words = self.words;
        let mut at = from;
        while at < end && at < from + 16 {
            if let Some(p) = self.piece_from(at) {
                if self.pieces[p].kind == PieceKind::Person {
                    return true;
                }
                at = self.pieces[p].tokens.end;
            } else if words.is_capital(at)
                || matches!(
                    words.lower(at),
                    "of" | "the" | "for" | "and" | "to" | "-" | "in" | "on" | "&"
                )
            {
                at += 1;
            } else {
                return false;
            }
        }
        false
    }

    /// "A spokesman for the prime minister, Ida Lund,": she is the spokesman alone.
    fn drop_served(&self, titles: &mut [TitlePhrase]) {
        for i in 1..titles.len() {
            let (head, tail) = titles.split_at_mut(i);
            let served = &mut tail[0];
            let serves = |title: &TitlePhrase| {
                title.core.end <= served.core.start
                    && title.tokens.end >= served.core.end
                    && title.holders.iter().any(|h| served.holders.contains(h))
            };
            if head.iter().any(serves) {
                served.holders.clear();
            }
        }
    }

    /// Titles joined by "and" before a name share it: "Deputy Prime Minister and Foreign Minister
    /// Samir Qandil"; so do titles joined after a name.
    fn share_holders(&self, titles: &mut [TitlePhrase]) {
        let words = self.words;
        for i in (0..titles.len().saturating_sub(1)).rev() {
            let (head, tail) = titles.split_at_mut(i + 1);
            let (first, second) = (&mut head[i], &tail[0]);
            let gap = first.tokens.end..second.determiner.unwrap_or(second.tokens.start);
            let joined = gap.start < gap.end
                && gap
                    .clone()
                    .all(|t| matches!(words.lower(t), "and" | "," | "&"))
                && (gap.clone().any(|t| matches!(words.lower(t), "and" | "&"))
                    || second.status != RoleStatus::Current && second.determiner.is_none());
            if joined
                && first.holders.is_empty()
                && second.rule == "title-before-name"
                && !second.is_plural
            {
                first.holders = second.holders.clone();
                first.rule = second.rule;
                first.country = first.country.or(second.country);
            }
        }
        for i in 1..titles.len() {
            let (head, tail) = titles.split_at_mut(i);
            let (first, second) = (&head[i - 1], &mut tail[0]);
            let gap = first.tokens.end..second.determiner.unwrap_or(second.tokens.start);
            let joined = gap.start < gap.end
                && gap
                    .clone()
                    .all(|t| matches!(words.lower(t), "and" | "," | "&" | "also"));
            if joined
                && second.holders.is_empty()
                && matches!(first.rule, "title-after-name" | "title-copula")
            {
                second.holders = first.holders.clone();
                second.rule = first.rule;
                second.country = second.country.or(first.country);
            }
        }
    }

    /// "X, who heads the association of survivors": a verb instead of a title.
    fn headed_bodies(&self) -> Vec<TitlePhrase> {
        let words = self.words;
        let mut found = Vec::new();
        for at in 2..words.len() {
            let role = match words.lower(at) {
                "heads" | "headed" => "head",
                "leads" | "led" => "leader",
                "chairs" | "chaired" => "chair",
                _ => continue,
            };
            // "who heads", "who has headed", "who headed"; a past tense alone tells of an event.
            let has = matches!(words.before(at), "has" | "have");
            let from = if has { at - 1 } else { at };
            let is_past = words.lower(at).ends_with('d') && !has;
            let relative = words.before(from) == "who" && words.lower(from - 2) == ",";
            if !relative && (has || words.lower(at).ends_with('d')) {
                continue;
            }
            let end = if relative { from - 2 } else { at };
            let mut comma = end;
            if comma > 2
                && words.lower(comma - 1).parse::<u8>().is_ok()
                && words.lower(comma - 2) == ","
            {
                comma -= 2;
            }
            let Some(p) = self
                .piece_until(comma)
                .filter(|p| self.pieces[*p].kind == PieceKind::Person)
            else {
                continue;
            };
            let sentence = words.sentence(at);
            let mut phrase = TitlePhrase {
                tokens: at..at + 1,
                core: at..at + 1,
                role: role.to_owned(),
                status: if is_past {
                    RoleStatus::Former
                } else {
                    RoleStatus::Current
                },
                country: None,
                organization: None,
                patron: None,
                holders: vec![p],
                rule: "heads-body",
                is_plural: false,
                kind: TitleKind::Office,
                determiner: None,
            };
            let mut next = at + 1;
            while matches!(
                words.lower(next),
                "the" | "a" | "an" | "his" | "her" | "company" | "firm" | "group"
            ) {
                next += 1;
            }
            let until = self.complement(&mut phrase, "of", next, sentence.end);
            // "leads the Harbour Party poll", "leads Ohio Sen. Moe": a lead in numbers.
            let is_body = phrase.organization.as_ref().is_some_and(|body| {
                let named = self.piece_from(body.start);
                let named = named.is_some_and(|p| self.pieces[p].kind.is_body());
                named
                    || body
                        .clone()
                        .any(|t| lexicon::is_organization_head(words.lower(t)))
            });
            let goes_on = matches!(words.upos(until), Upos::Noun | Upos::Propn | Upos::Adj);
            if is_body && !goes_on && until > at + 1 {
                phrase.tokens.end = until;
                found.push(phrase);
            }
        }
        found
    }
}

/// Whether a role is one of a field, which is no body: "minister of energy", "professor of
/// government".
fn takes_field(role: &str) -> bool {
    matches!(
        role.rsplit(' ').next(),
        Some(
            "minister"
                | "secretary"
                | "commissioner"
                | "professor"
                | "lecturer"
                | "scholar"
                | "student"
        )
    )
}

/// The office that a candidate stands for: "presidential candidate".
fn candidate_office(role: &str) -> Option<String> {
    let field = role
        .strip_suffix(" candidate")
        .or_else(|| role.strip_suffix(" nominee"))?;
    let office = match field.rsplit(' ').next()? {
        "presidential" => "president",
        "mayoral" => "mayor",
        "gubernatorial" => "governor",
        "ministerial" => "prime minister",
        _ => return None,
    };
    let office = if field.starts_with("vice") {
        format!("vice {office}")
    } else {
        office.to_owned()
    };
    Some(office)
}

/// A role's words in lower case and singular, and whether they were plural.
fn singular_role(text: &str) -> (String, bool) {
    // Abbreviations: "Maj. Gen.", "Pol Col", "Rep.".
    if let Some(title) = lexicon::title(text).filter(|title| {
        text.contains('.') || text.contains(' ') && title.kind == TitleKind::Rank && !title.plural
    }) {
        return (title.name.into_owned(), title.plural);
    }
    // "State Sen."
    if let Some((first, last)) = text.rsplit_once(' ')
        && last.ends_with('.')
        && let Some(title) = lexicon::title(last)
    {
        return (
            format!("{} {}", first.to_lowercase(), title.name),
            title.plural,
        );
    }
    let lower = text.to_lowercase().replace('’', "'");
    match lexicon::singular_title(&lower) {
        Some(singular) => (singular, true),
        None => (lower, false),
    }
}
/// Whether a role is that of one whom a country sends to another.
pub fn is_diplomat(role: &str) -> bool {
    matches!(
        role.rsplit(' ').next(),
        Some(
            "ambassador"
                | "envoy"
                | "emissary"
                | "consul"
                | "consul-general"
                | "commissioner-general"
        )
    )
}
