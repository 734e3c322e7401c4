//! The fields of government before and after a title: "Ports and Fisheries Minister".

use super::PieceKind;
use super::run::Finder;
use crate::annotation::NameLabel;
use crate::document::TokenId;
use crate::lexicon::{self, Epithet, TitleKind};
use crate::mention::gazetteer::Entry;

impl Finder<'_> {
    /// Where a title begins when unknown capitalised words before it are its portfolio.
    pub(super) fn portfolio_start(
        &self,
        buffer: Option<TokenId>,
        title: TokenId,
        kind: TitleKind,
    ) -> TokenId {
        let words = self.words;
        let mut start = title;
        if matches!(kind, TitleKind::Office | TitleKind::Occupation)
            && words.is_capital(title)
            && let Some(b) = buffer
        {
            let known = self.label_at(b).is_some_and(|n| {
                !n.tokens.contains(&title)
                    && matches!(
                        n.label,
                        NameLabel::Person
                            | NameLabel::Location
                            | NameLabel::Organization
                            | NameLabel::Norp
                    )
            });
            // "Democrat Senator Ida Lund"
            let is_party = lexicon::epithet(words.lower(b)) == Some(Epithet::Party);
            let person = (lexicon::given_name(words.lower(b)).is_some() || known || is_party)
                && !lexicon::is_portfolio_word(words.lower(b));
            if !person {
                start = b;
            }
        }
        start = self.portfolio_before(start, title);
        // "Ports and Fisheries Minister"
        while start >= 2
            && start < title
            && start >= self.words.sentence(title).start + 2
            && matches!(words.before(start), "and" | "&")
            && words.is_capital(start - 2)
            && lexicon::is_portfolio_word(words.lower(start - 2))
        {
            start -= 2;
        }
        while start >= 1
            && start < title
            && words.is_capital(start - 1)
            && lexicon::is_portfolio_word(words.lower(start - 1))
            && self.pieces.last().is_none_or(|p| p.tokens.end < start)
        {
            start -= 1;
        }
        start
    }

    /// "*Natural Resources* and Environment Minister": where the first fields of a portfolio begin,
    /// though they were taken for a body; `start` where there are none.
    fn portfolio_before(&self, start: TokenId, title: TokenId) -> TokenId {
        let words = self.words;
        let and = if matches!(words.lower(start), "and" | "&") && start < title {
            start
        } else if start > 0 && matches!(words.before(start), "and" | "&") {
            start - 1
        } else {
            return start;
        };
        let is_field =
            |t: TokenId| words.is_capital(t) && lexicon::is_portfolio_word(words.lower(t));
        if and + 1 == title || !is_field(and + 1) {
            return start;
        }
        let first = words.sentence(title).start;
        let mut at = and;
        while at > first && is_field(at - 1) {
            at -= 1;
        }
        if at == and { start } else { at }
    }

    /// The end of a title with the portfolio that follows it: "Minister of Economy and Finance".
    pub(super) fn with_portfolio(&self, until: TokenId, end: TokenId) -> TokenId {
        let words = self.words;
        let mut next = until;
        if !matches!(words.lower(next), "of" | "for" | "on") {
            return until;
        }
        next += 1;
        if words.lower(next) == "the" {
            next += 1;
        }
        let first = next;
        // "Speaker of the National Assembly": a body, no portfolio.
        if self
            .headed(first, first, self.run_end(first, end), end)
            .is_some_and(|(_, kind, _)| kind == PieceKind::Organization)
        {
            return until;
        }
        loop {
            let from = next;
            while next < end
                && self.is_portfolio(next, end)
                && (words.is_capital(next) || next == first)
                && !self
                    .best_match(next, end, None)
                    .is_some_and(|(until, entry)| match entry {
                        Entry::Country(_) => true,
                        // "Minister for Foreign Affairs", though a magazine has the name.
                        Entry::Organization { .. } => {
                            !(next..until).all(|t| lexicon::is_portfolio_word(words.lower(t)))
                        }
                        _ => false,
                    })
            {
                next += 1;
            }
            if next == from {
                // Nothing after the last conjunction.
                return if from == first { until } else { from - 1 };
            }
            // "Environment, Water, and Agriculture"
            let and = if words.lower(next) == "," && words.lower(next + 1) == "and" {
                next + 1
            } else {
                next
            };
            let closes = words.lower(and) == "and" && self.closes_portfolio(and + 1);
            let joins = matches!(words.lower(and), "and" | "," | "&")
                && and + 1 < end
                && words.is_capital(and + 1)
                && (self.is_portfolio(and + 1, end) || closes);
            if !joins {
                return next;
            }
            next = and + 1;
            if closes && !self.is_portfolio(next, end) {
                return next + 1;
            }
        }
    }

    /// "Minister of Health and *Prevention*": a last unknown word that names nothing else.
    fn closes_portfolio(&self, at: TokenId) -> bool {
        let words = self.words;
        words.is_capital(at)
            && !words.is_capital(at + 1)
            && self.label_at(at).is_none()
            && lexicon::given_name(words.lower(at)).is_none()
            && self.gazetteer.matches(words, at).next().is_none()
            && words.xpos(at) != crate::annotation::Xpos::Nnps
    }

    /// Whether a word belongs to a portfolio: a known one, or one that leads to a known one
    /// ("*Scientific* Research") and begins no person's name.
    fn is_portfolio(&self, at: TokenId, end: TokenId) -> bool {
        let words = self.words;
        if lexicon::is_portfolio_word(words.lower(at)) {
            return true;
        }
        let leads = at + 1 < end
            && words.is_capital(at)
            && words.is_capital(at + 1)
            && lexicon::is_portfolio_word(words.lower(at + 1));
        leads
            && lexicon::given_name(words.lower(at)).is_none()
            && self
                .label_at(at)
                .is_none_or(|n| n.label != NameLabel::Person)
            && self.gazetteer.matches(words, at).next().is_none()
    }
}
