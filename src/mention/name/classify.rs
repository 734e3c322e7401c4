//! What capitalised words are that no lexicon knows.

use std::ops::Range;

use super::run::Finder;
use super::{PieceKind, head_kind, is_common_word, is_particle, label_kind};
use crate::document::TokenId;
use crate::lexicon::{self, Epithet};

impl Finder<'_> {
    /// Classifies unknown capitalised tokens.
    pub(super) fn flush(&mut self, tokens: Range<TokenId>) {
        let tokens = self.trimmed(tokens);
        if tokens.is_empty() {
            return;
        }
        let kind = self.classify(tokens.clone());
        // "Peru Boxing Federation"
        let country = (kind == PieceKind::Organization && tokens.len() > 1)
            .then(|| self.country_named(tokens.start))
            .flatten();
        self.push(tokens, kind, country);
    }

    /// Without a sentence's ordinary first word, hyphens and conjunctions at the ends.
    fn trimmed(&self, tokens: Range<TokenId>) -> Range<TokenId> {
        let words = self.words;
        let mut tokens = tokens;
        while tokens.end > tokens.start && matches!(words.lower(tokens.end - 1), "-" | "&" | "and")
        {
            tokens.end -= 1;
        }
        while tokens.end > tokens.start && matches!(words.lower(tokens.start), "-" | "&") {
            tokens.start += 1;
        }
        let ordinary = tokens.len() >= 3
            && words.is_initial(tokens.start)
            && lexicon::given_name(words.lower(tokens.start)).is_none()
            && lexicon::given_name(words.lower(tokens.start + 1)).is_some();
        if ordinary {
            tokens.start += 1;
        }
        tokens
    }

    fn classify(&self, tokens: Range<TokenId>) -> PieceKind {
        let words = self.words;
        let first = words.lower(tokens.start);
        let follows_title = self.pieces.last().is_some_and(|p| {
            p.tokens.end == tokens.start
                && matches!(p.kind, PieceKind::Title | PieceKind::Honorific)
        });
        let is_acronym = tokens.len() == 1
            && words
                .word(tokens.start)
                .chars()
                .filter(|c| c.is_uppercase())
                .count()
                >= 2
            && !words.word(tokens.start).chars().any(char::is_lowercase);
        // "King Square", "Admiral Forum": the last word tells that it is nobody.
        let is_party = |t: TokenId| lexicon::epithet(words.lower(t)) == Some(Epithet::Party);
        // "her fellow Democrats", "the Late Night Sitting": common words after a title.
        let is_common = |t: TokenId| {
            let lower = words.lower(t);
            is_party(t) || is_common_word(lower) && words.word(t).len() > 3
        };
        let is_titled = self
            .pieces
            .last()
            .is_some_and(|p| p.tokens.end == tokens.start && p.kind == PieceKind::Title);
        if (is_titled && tokens.clone().all(is_common)
            || tokens.len() == 1 && is_party(tokens.start))
            && self.label(tokens.clone()) != Some(PieceKind::Person)
        {
            return self.label(tokens).unwrap_or(PieceKind::Unknown);
        }
        let last = head_kind(words.lower(tokens.end - 1)).filter(|_| tokens.len() == 1);
        if let Some(kind) =
            last.filter(|_| follows_title && self.label(tokens.clone()) != Some(PieceKind::Person))
        {
            return kind;
        }
        if follows_title && !is_acronym {
            return PieceKind::Person;
        }
        if is_acronym {
            return PieceKind::Organization;
        }
        if let Some(kind) = self.label(tokens.clone()) {
            return kind;
        }
        let has_initial = tokens
            .clone()
            .skip(1)
            .any(|t| words.word(t).len() == 2 && words.word(t).ends_with('.'))
            || words.word(tokens.start).contains('.') && tokens.len() > 1;
        let has_particle = tokens.clone().any(|t| is_particle(words.lower(t)));
        let is_given = lexicon::given_name(first).is_some();
        let is_family_first =
            lexicon::is_family_name_first(first) && tokens.len() >= 2 && tokens.len() <= 4;
        let determined = matches!(words.before(tokens.start), "the" | "a" | "an");
        let ordinary = tokens
            .clone()
            .any(|t| words.seen_lower(words.lower(t)) > 0 && !is_particle(words.lower(t)));
        if tokens.len() == 1 {
            return PieceKind::Unknown;
        }
        let mut score = 0;
        score += if is_given { 2 } else { 0 };
        score +=
            i32::from(has_initial) * 2 + i32::from(has_particle) + i32::from(is_family_first) * 2;
        score += i32::from((2..=4).contains(&tokens.len()));
        score -= i32::from(determined) * 3 + i32::from(ordinary) * 2;
        score += i32::from(self.has_person_context(tokens.clone())) * 2;
        score += i32::from(self.follows_titled_comma(tokens.start)) * 2;
        if score >= 2 {
            PieceKind::Person
        } else {
            PieceKind::Unknown
        }
    }

    /// What the trained recogniser says, where its span fits.
    fn label(&self, tokens: Range<TokenId>) -> Option<PieceKind> {
        let name = self
            .label_at(tokens.start)
            .or_else(|| self.label_at(tokens.end - 1))?;
        let overlap = name
            .tokens
            .end
            .min(tokens.end)
            .saturating_sub(name.tokens.start.max(tokens.start));
        (overlap * 2 >= tokens.len()).then(|| label_kind(name.label))?
    }

    /// "the French ambassador to Kenya, Luc Berthelot": a title's noun phrase and a comma before it.
    fn follows_titled_comma(&self, at: TokenId) -> bool {
        let words = self.words;
        at > 0
            && words.before(at) == ","
            && self.pieces.iter().rev().take(3).any(|p| {
                p.kind == PieceKind::Title
                    && p.tokens.end + 8 > at
                    && !(p.tokens.end..at - 1).any(|t| matches!(words.lower(t), "," | "." | "and"))
            })
    }

    /// An age after it, or a verb of saying beside it.
    fn has_person_context(&self, tokens: Range<TokenId>) -> bool {
        let words = self.words;
        let age = words.lower(tokens.end) == ","
            && words
                .lower(tokens.end + 1)
                .parse::<u8>()
                .is_ok_and(|n| (10..=110).contains(&n))
            && words.lower(tokens.end + 2) == ",";
        let said = |at: TokenId| {
            matches!(
                words.lower(at),
                "said" | "says" | "told" | "added" | "wrote" | "who"
            )
        };
        let who = words.lower(tokens.end) == "," && words.lower(tokens.end + 1) == "who";
        age || who
            || said(tokens.end)
            || tokens.start > 0
                && matches!(
                    words.before(tokens.start),
                    "said" | "says" | "added" | "wrote"
                )
    }
}
