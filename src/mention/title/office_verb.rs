//! Owns which verbs say of somebody that they hold an office, come into it or leave it. Must not
//! know who anybody is.

use std::ops::Range;

use super::{Finder, TitlePhrase};
use crate::document::TokenId;
use crate::fact::RoleStatus;
use crate::lexicon::{self, OfficeVerb};
use crate::mention::name::PieceKind;

impl Finder<'_> {
    /// Finds who holds a title that a verb gives them.
    pub(super) fn by_verb(&self, phrase: &mut TitlePhrase, sentence: &Range<TokenId>) {
        let found = self
            .appointed(phrase, sentence)
            .or_else(|| self.in_or_out(phrase, sentence))
            .or_else(|| self.copula(phrase, sentence))
            .filter(|(holder, _)| !self.is_supposed(*holder, sentence));
        let Some((holder, status)) = found else {
            return;
        };
        phrase.holders.push(holder);
        phrase.rule = "title-copula";
        if let (Some(status), RoleStatus::Current) = (status, phrase.status) {
            phrase.status = status;
        }
    }

    /// "if Lund is our president": no fact.
    fn is_supposed(&self, holder: usize, sentence: &Range<TokenId>) -> bool {
        const MOST: usize = 4;
        let words = self.words;
        let start = self.pieces[holder].tokens.start;
        let from = start.saturating_sub(MOST).max(sentence.start);
        let is_open = |t: TokenId| matches!(words.lower(t), "if" | "unless" | "whether");
        (from..start)
            .any(|t| is_open(t) && !(t..start).any(|c| words.lower(c) == "," || words.is_finite(c)))
    }

    /// Where the noun phrase of a title begins: "*his* defence minister", "*the next* president".
    fn phrase_start(&self, phrase: &TitlePhrase, sentence: &Range<TokenId>) -> TokenId {
        let words = self.words;
        let mut at = phrase.determiner.unwrap_or(phrase.tokens.start);
        while at > sentence.start
            && matches!(
                words.before(at),
                "his" | "her" | "its" | "their" | "the" | "a" | "an"
            )
        {
            at -= 1;
        }
        at
    }

    /// The person whose name ends at `end` and stands in no prepositional phrase.
    fn person_until(&self, end: TokenId) -> Option<usize> {
        let piece = self.piece_until(end)?;
        let start = self.pieces[piece].tokens.start;
        let before = self.words.before(start);
        // ", and Lund succeeded him": a clause of its own.
        let is_joined = before == "and" && self.words.before(start - 1) != ",";
        let is_governed =
            is_joined || matches!(before, "of" | "with" | "for" | "by" | "to" | "from");
        (self.pieces[piece].kind == PieceKind::Person && !is_governed).then_some(piece)
    }

    /// "named Ida Lund (as, to be) defence minister", "succeeded Per Moe as minister".
    fn appointed(
        &self,
        phrase: &TitlePhrase,
        sentence: &Range<TokenId>,
    ) -> Option<(usize, Option<RoleStatus>)> {
        let words = self.words;
        let start = self.phrase_start(phrase, sentence);
        let mut at = start;
        if words.before(at) == "as" {
            at -= 1;
        } else if at >= sentence.start + 2 && words.reads(at - 2, &["to", "be"]) {
            at -= 2;
        }
        let object = self.person_until(at)?;
        let verb = words.before(self.pieces[object].tokens.start);
        if lexicon::is_office_verb(verb, OfficeVerb::Appoint) {
            // "would choose Lund as minister"
            let before = words.before(self.pieces[object].tokens.start - 1);
            let is_open = matches!(
                before,
                "would" | "could" | "should" | "might" | "may" | "not" | "can"
            );
            return (!is_open).then_some((object, None));
        }
        if !lexicon::is_office_verb(verb, OfficeVerb::Succeed) || at == start {
            return None;
        }
        let mut subject = self.pieces[object].tokens.start.checked_sub(1)?;
        while subject > sentence.start
            && matches!(
                words.before(subject),
                "has" | "had" | "will" | "who" | "," | "then" | "later"
            )
        {
            subject -= 1;
        }
        let status = words.before(subject + 1) == "will";
        self.person_until(subject)
            .map(|subject| (subject, status.then_some(RoleStatus::Elect)))
    }

    /// "took office as president", "stepped down as minister", "was sacked as coach".
    fn in_or_out(
        &self,
        phrase: &TitlePhrase,
        sentence: &Range<TokenId>,
    ) -> Option<(usize, Option<RoleStatus>)> {
        const MOST: usize = 7;
        let words = self.words;
        let start = self.phrase_start(phrase, sentence);
        if words.before(start) != "as" || start < sentence.start + 2 {
            return None;
        }
        let verb = words.before(start - 1);
        let status = match verb {
            _ if lexicon::is_office_verb(verb, OfficeVerb::Leave) => Some(RoleStatus::Former),
            // "too old for Lund to serve as judge"
            "serve" if words.before(start - 2) == "to" && words.before(start - 3) != "on" => {
                return None;
            }
            _ if lexicon::is_office_verb(verb, OfficeVerb::Enter) => None,
            _ => return None,
        };
        // The nearest name before the verb, past its auxiliaries and an aside.
        let mut at = start - 2;
        for _ in 0..MOST {
            if at <= sentence.start {
                return None;
            }
            if let Some(person) = self.person_until(at) {
                // "will take over as coach"
                let is_ahead = status.is_none() && words.reads(at, &["will"]);
                return Some((person, is_ahead.then_some(RoleStatus::Elect).or(status)));
            }
            let is_between = matches!(
                words.before(at),
                "was"
                    | "were"
                    | "has"
                    | "had"
                    | "have"
                    | "been"
                    | "is"
                    | "who"
                    | ","
                    | "took"
                    | "takes"
                    | "take"
                    | "sworn"
                    | "stepped"
                    | "steps"
                    | "stepping"
                    | "will"
                    | "to"
                    | "once"
                    | "later"
                    | "then"
                    | "also"
                    | "abruptly"
                    | "taking"
                    | "being"
                    | "previously"
            );
            if !is_between {
                return None;
            }
            at -= 1;
        }
        None
    }

    /// "Merz is the chancellor of Germany", "Khan was named prime minister".
    fn copula(
        &self,
        phrase: &TitlePhrase,
        sentence: &Range<TokenId>,
    ) -> Option<(usize, Option<RoleStatus>)> {
        let words = self.words;
        let mut at = phrase.determiner.unwrap_or(phrase.tokens.start);
        if at > sentence.start && words.before(at) == "as" {
            at -= 1;
        }
        let indefinite = matches!(words.lower(at), "a" | "an");
        let mut verbs = 0;
        let mut status = None;
        // "was elected mayor": the participle is no word of the title.
        let mut is_copula = words.lower(phrase.tokens.start) == "elected";
        while at > sentence.start && verbs < 5 {
            match words.before(at) {
                "is" | "serves" | "remains" | "becomes" | "became" | "named" | "appointed"
                | "elected" | "sworn" | "re-elected" | "reelected" | "reappointed" | "chosen" => {
                    is_copula = true;
                }
                // "is (set) to become mayor"
                "become"
                    if words.before(at - 1) == "to"
                        && matches!(
                            words.before(at - 2),
                            "is" | "are" | "set" | "due" | "poised"
                        )
                        && !indefinite =>
                {
                    status = Some(RoleStatus::Elect);
                    is_copula = true;
                }
                // "will be a leader": a hope, no office that waits.
                "become" | "be"
                    if at > sentence.start + 1 && words.before(at - 1) == "will" && !indefinite =>
                {
                    status = Some(RoleStatus::Elect);
                    is_copula = true;
                }
                "been" if !is_copula => {
                    status = (at > sentence.start + 1 && words.before(at - 1) == "had")
                        .then_some(RoleStatus::Former);
                    is_copula = true;
                }
                "was" | "served" => {
                    if !is_copula {
                        status = Some(RoleStatus::Former);
                    }
                    is_copula = true;
                }
                "to" | "set" | "due" if status == Some(RoleStatus::Elect) => {}
                "been" | "has" | "had" | "in" | "also" | "currently" | "then" | "now" | "later"
                | "being" | "who" | "will" => {}
                "," if words.lower(at) == "who" => {}
                _ => break,
            }
            verbs += 1;
            at -= 1;
        }
        is_copula.then_some(())?;
        Some((self.person_until(at)?, status))
    }
}
