//! A statement's parts as corpora of attributions cut them (PARC 3, PolNeAR): the source with what
//! stands beside it, the cue with its auxiliaries, the content with its "that".

use std::ops::Range;

use super::statement::StatementDraft;
use crate::annotation::{Upos, Xpos};
use crate::document::TokenId;
use crate::mention::Words;

/// The cue with the auxiliaries, negations and adverbs before it: "has repeatedly said".
pub(super) fn cue_phrase(words: &Words, cue: &Range<TokenId>) -> Range<TokenId> {
    let floor = words.sentence(cue.start).start;
    let is_verb = words.upos(cue.start) == Upos::Verb;
    let mut start = cue.start;
    while is_verb && start > floor {
        let before = start - 1;
        let belongs = match words.upos(before) {
            Upos::Aux => true,
            Upos::Part => words.xpos(before) != Xpos::Pos,
            Upos::Adv => words.xpos(before) != Xpos::Wrb,
            _ => false,
        };
        if !belongs {
            break;
        }
        start = before;
    }
    start..cue.end
}

/// The content with the "that" before it, and with the one who is asked to act: "urged [them to
/// go]".
pub(super) fn content_phrases(words: &Words, draft: &StatementDraft) -> Vec<Range<TokenId>> {
    let mut parts = draft.content.clone();
    if let Some(first) = parts.first_mut() {
        if words.before(first.start) == "that" {
            first.start -= 1;
        }
        let asked = draft
            .addressee
            .as_ref()
            .filter(|a| a.end == first.start && words.lower(first.start) == "to");
        if let Some(asked) = asked {
            first.start = asked.start;
        }
    }
    parts
}
