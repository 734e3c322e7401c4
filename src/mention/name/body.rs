//! Names of bodies whose last word tells their kind, with what follows it: "Ministry of the
//! Sea and Fisheries".

use super::run::{Finder, is_calendar};
use super::{PieceKind, head_kind};
use crate::annotation::NameLabel;
use crate::document::TokenId;
use crate::lexicon::{self, CountryCode, TitleKind};
use crate::mention::gazetteer::Entry;

impl Finder<'_> {
    /// A name whose last word tells its kind: "General Intelligence Department". `start` is where
    /// its unknown words begin, `at` the token looked at.
    pub(super) fn headed(
        &self,
        start: TokenId,
        at: TokenId,
        end: TokenId,
        sentence_end: TokenId,
    ) -> Option<(TokenId, PieceKind, Option<CountryCode>)> {
        let words = self.words;
        let mut head = None;
        let mut country = None;
        let mut next = at;
        let first_is_title = self.title_at(at, end).is_some();
        while next < end {
            if let Some(kind) = head_kind(words.lower(next)).filter(|_| words.is_capital(next)) {
                let alone = next == start;
                // "Bank of Norway": a head with a name for its complement.
                let of_name = alone
                    && kind == PieceKind::Organization
                    && self.complement(next + 1, sentence_end) > next + 1;
                // "Rep. Park": a title and a surname that is a head too.
                let after_title = kind != PieceKind::Organization
                    && (start..next).any(|t| {
                        // "South Korean Foreign Minister Park Jin"
                        (t == start || words.is_capital(next + 1))
                            && self
                                .title_at(t, end)
                                .is_some_and(|(until, _)| until == next)
                    });
                let alone = alone || after_title;
                if !alone || of_name {
                    head = Some((next, kind));
                }
            } else if let Some((until, entry)) = self.best_match(next, end, None) {
                match entry {
                    Entry::Title(t)
                        if (!matches!(t, TitleKind::Royal | TitleKind::Rank)
                            || first_is_title && next == at)
                        // "Prime Minister's Office" is another matter: the clitic ends the run.
                        && !self.is_inside_headed(until, end) =>
                    {
                        break;
                    }
                    Entry::Country(c) | Entry::Demonym(c) => country = country.or(Some(c)),
                    Entry::Organization { country: c, .. } => country = country.or(c),
                    _ => {}
                }
                if until > next + 1 && !matches!(entry, Entry::Title(_)) {
                    // A known name of its own; a head may still follow it.
                    next = until;
                    continue;
                }
            }
            next += 1;
        }
        let (head, kind) = head?;
        country = country.or_else(|| self.country_named(start));
        // "Ports Administration Minister": a portfolio, no body.
        if lexicon::is_portfolio_word(words.lower(head))
            && self.minister_follows(head + 1, sentence_end)
        {
            return None;
        }
        // A whole known phrase needs no head, unless the head lies beyond it.
        if let Some((until, entry)) = self.best_match(at, sentence_end, None)
            && until > head
            && !matches!(entry, Entry::Title(_))
        {
            return None;
        }
        let mut until = head + 1;
        if kind == PieceKind::Organization || kind == PieceKind::Event {
            until = self.complement(until, sentence_end);
            country = self.country_in_complement(head + 1, until).or(country);
        }
        // "the Conference of Catholic Bishops said": the recogniser sees a body of members.
        let is_body = kind == PieceKind::Event
            && words.before(until).ends_with('s')
            && until > head + 1
            && self
                .label_at(start)
                .is_some_and(|n| n.label == NameLabel::Organization && n.tokens.contains(&head));
        let kind = if is_body {
            PieceKind::Organization
        } else {
            kind
        };
        Some((until, kind, country))
    }

    pub(super) fn minister_follows(&self, at: TokenId, end: TokenId) -> bool {
        self.title_at(at, end).is_some_and(|(until, _)| {
            matches!(
                self.words.before(until),
                "minister" | "ministers" | "secretary"
            )
        })
    }

    /// Whether a title is part of a longer headed name: "General | Assembly", "General |
    /// Intelligence Service", "Transport Workers | ' Union".
    fn is_inside_headed(&self, until: TokenId, end: TokenId) -> bool {
        let words = self.words;
        let part = |t: &TokenId| {
            words.lower(*t) == "'"
                || words.is_capital(*t)
                    && lexicon::given_name(words.lower(*t)).is_none()
                    && self
                        .label_at(*t)
                        .is_none_or(|n| n.label != NameLabel::Person)
        };
        let adjacent = words.is_capital(until) && head_kind(words.lower(until)).is_some();
        until < end
            && (adjacent
                || (until..end.min(until + 3))
                    .take_while(part)
                    .any(|t| head_kind(words.lower(t)) == Some(PieceKind::Organization)))
    }

    /// "of the Sea and Fisheries" after a body's head: the token after it.
    fn complement(&self, at: TokenId, end: TokenId) -> TokenId {
        let words = self.words;
        if !matches!(words.lower(at), "of" | "for" | "on" | "against") {
            return at;
        }
        let mut next = at + 1;
        if words.lower(next) == "the" {
            next += 1;
        }
        if next >= end || !words.is_capital(next) || is_calendar(words.lower(next)) {
            return at;
        }
        let first = next;
        next = self.complement_run(first, end);
        while matches!(words.lower(next), "and" | "," | "of")
            && words.is_capital(next + 1)
            && lexicon::is_portfolio_word(words.lower(next + 1))
            && next + 1 < end
        {
            let after = self.complement_run(next + 1, end);
            if after == next + 1 {
                break;
            }
            next = after;
        }
        if next == first { at } else { next }
    }

    /// Capitalised words of a complement, stopping before a person's name.
    fn complement_run(&self, at: TokenId, end: TokenId) -> TokenId {
        let words = self.words;
        let mut next = at;
        while next < end && words.is_capital(next) && !words.lower(next).starts_with('\'') {
            let begins_person = next > at
                && !lexicon::is_portfolio_word(words.lower(next))
                && words.is_capital(next + 1)
                && (lexicon::given_name(words.lower(next)).is_some()
                    || self
                        .label_at(next)
                        .is_some_and(|n| n.label == NameLabel::Person && n.tokens.start == next));
            // "Conference of Catholic Bishops": people whose body it is, not a title before a name.
            let members = words.lower(next).ends_with('s') && !words.is_capital(next + 1);
            if begins_person || self.title_at(next, end).is_some() && next > at && !members {
                break;
            }
            if let Some((until, _)) = self
                .best_match(next, end, None)
                .filter(|(_, e)| !matches!(e, Entry::Title(_)))
            {
                next = until;
            } else {
                next += 1;
            }
        }
        next
    }

    /// The country or people that is named at a token.
    pub(super) fn country_named(&self, at: TokenId) -> Option<CountryCode> {
        self.gazetteer
            .matches(self.words, at)
            .find_map(|(until, entry)| match entry {
                Entry::Country(country) => Some(country),
                // No region's: "Norman", "Bavarian".
                Entry::Demonym(_) => lexicon::demonym(&self.words.text(at..until)),
                _ => None,
            })
    }

    /// "League *of Danish Anglers*", "Institute *of Peru*": the country in a body's complement
    /// from `at` to `until`; none in "Centre of Japan Studies".
    fn country_in_complement(&self, at: TokenId, until: TokenId) -> Option<CountryCode> {
        let words = self.words;
        if words.lower(at) != "of" || at >= until {
            return None;
        }
        let first = at + if words.lower(at + 1) == "the" { 2 } else { 1 };
        let last = words.before(until);
        let is_field = matches!(
            last,
            "studies" | "affairs" | "history" | "language" | "literature"
        );
        self.country_named(first).filter(|_| !is_field)
    }
}
