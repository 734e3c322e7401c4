//! The words before a title: status, seniority, field, country and body.

use std::ops::Range;

use super::{Finder, TitlePhrase};
use crate::annotation::{Upos, Xpos};
use crate::document::TokenId;
use crate::fact::RoleStatus;
use crate::lexicon::{self, ModifierEffect};
use crate::mention::name::PieceKind;

impl Finder<'_> {
    /// Reads modifiers, country and body to the left; returns where the role's own words begin.
    pub(super) fn left(&self, phrase: &mut TitlePhrase, sentence: Range<TokenId>) -> TokenId {
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
    pub(super) fn describes(&self, at: TokenId, title: TokenId) -> bool {
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
}
