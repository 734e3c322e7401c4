//! The words after a title: what it is of, for, to and at.

use std::ops::Range;

use super::{Finder, TitlePhrase, is_diplomat, singular_role};
use crate::annotation::{Upos, Xpos};
use crate::document::TokenId;
use crate::fact::RoleStatus;
use crate::lexicon::{self, TitleKind};
use crate::mention::name::PieceKind;

impl Finder<'_> {
    /// Reads what follows the title: status, portfolio, body, country.
    pub(super) fn right(&self, phrase: &mut TitlePhrase, sentence: Range<TokenId>) {
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
    pub(super) fn complement(
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
            // "director for Fleet Renewal and Repair": a field, part of the role.
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
            // "sales director for Asia"
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
    pub(super) fn body_end(&self, at: TokenId) -> Option<TokenId> {
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
        // "head of the Harbour Institute for trade and industry": the body's field.
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
    /// migration", "rural and coastal development".
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
                let joins = known || closes && after == item + 1 && end > next;
                if after == item || !joins {
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
            let stop = words.sentence(next).end;
            while named.end < stop {
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
