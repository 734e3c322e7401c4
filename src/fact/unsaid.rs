//! What looks like a report and is none: refusals, negations, passives without an agent, titles. Must
//! not know who speaks.

use std::ops::Range;

use super::coreference::Cast;
use super::reported::begins_clause;
use crate::annotation::{Deprel, Xpos};
use crate::document::TokenId;
use crate::mention::{Cue, CueClass, CueForm, Words};

/// "asked not to be named", "requested anonymity": about the telling, not told.
pub(super) fn is_hidden(words: &Words, cue: TokenId) -> bool {
    let asks = ["ask", "request", "insist", "speak", "spoke"];
    let after = cue + 1..cue + 5;
    let unnamed = words.lower(cue + 1) == "not"
        && after
            .clone()
            .any(|t| matches!(words.lower(t), "named" | "identified" | "quoted"));
    let anonymous = after
        .clone()
        .any(|t| matches!(words.lower(t), "anonymity" | "anonymous"));
    asks.iter().any(|a| words.lower(cue).starts_with(a)) && (unnamed || anonymous)
}

/// "refused to pledge", "declined to comment", "would do well to say": nothing was said.
pub(super) fn is_refused(words: &Words, cue: TokenId) -> bool {
    is_hidden(words, cue)
        || words.before(cue) == "to"
            && words.head(cue).is_some_and(|above| {
                let lower = words.lower(above);
                let refuses = matches!(
                    lower,
                    "refused"
                        | "refuses"
                        | "refusing"
                        | "declined"
                        | "declines"
                        | "failed"
                        | "fails"
                );
                let forgoes = matches!(lower, "refuse" | "decline" | "fail" | "avoid" | "hesitate");
                refuses || forgoes || lower == "do" && words.lower(above + 1) == "well"
            })
}

/// "did not announce", "would not say": nothing was said.
pub(super) fn is_negated(words: &Words, cue: &Cue) -> bool {
    let verb = cue.tokens.start;
    (verb.saturating_sub(5)..verb)
        .rev()
        .take_while(|t| words.is_word(*t) && !matches!(words.lower(*t), "and" | "but" | "only"))
        .any(|t| {
            let negates = matches!(words.lower(t), "not" | "n't" | "never");
            negates && words.head(t) == Some(verb)
        })
}

/// "a plan dubbed “Dawn”", "was once asked", "it was revealed": what stands before the verb did not
/// speak.
pub(super) fn is_participle(words: &Words, cue: &Cue) -> bool {
    let verb = cue.tokens.start;
    let before = words.before(verb);
    let auxiliary = || {
        let children = &words.annotation;
        let is_marked = children.children_with(verb, Deprel::AuxPass).next();
        is_marked.is_some() || matches!(before, "was" | "were" | "been" | "being" | "is" | "are")
    };
    let reduced = || {
        let after = words.lower(cue.tokens.end);
        let fits = match cue.class {
            CueClass::Call => matches!(after, "as" | "by" | "of" | "the" | "“" | "\""),
            CueClass::Ask => matches!(after, "about" | "by"),
            class => class == CueClass::Tell,
        };
        words.xpos(verb) == Xpos::Vbn && words.deprel(verb) == Deprel::Acl && fits
    };
    let lacks_subject = matches!(before, "when" | "if" | "once" | "as" | "unless");
    cue.form == CueForm::Past
        && cue.class != CueClass::Quote
        && (lacks_subject || reduced() || auxiliary())
}

/// "About “Night Ferry,” Lund said it was her last": a title ahead of what was said.
pub(super) fn is_title_ahead(
    cast: &Cast,
    cue: &Cue,
    quotation: &Range<TokenId>,
    end: TokenId,
) -> bool {
    let words = &cast.mentions.words;
    let before = words.before(quotation.start);
    let inside = before == "'s" || quotation.start > 0 && words.is_word(quotation.start - 1);
    let says = cue.takes_bare_clause && begins_clause(cast, cue.tokens.end, end)
        || matches!(words.lower(cue.tokens.end), "that" | "whether" | "by");
    let reports = matches!(cue.class, CueClass::Say | CueClass::Ask);
    inside && says && quotation.len() < 9 && reports
}
