//! Who said it: the subject of a cue by word order and by the tree, and whom "they", "the statement"
//! and other words for a speaker stand for. Must not know what is said.

use std::ops::Range;

use super::clause::Party;
use super::coreference::{Cast, EntityIndex};
use super::grammar::subject_of;
use super::medium::quoted_as;
use super::party::{main_subject, party_from, speakers_of};
use super::statement::Finder;
use super::unsaid::is_hidden;
use crate::annotation::{Deprel, Upos, Xpos};
use crate::document::TokenId;
use crate::lexicon::{self, MediumKind};
use crate::mention::{Cue, CueClass, CueForm, PieceKind, Words};

impl Finder {
    /// "said Merz" after a quotation or a clause.
    pub(super) fn inverted_subject(
        &self,
        cast: &mut Cast,
        cue: &Cue,
        sentence: &Range<TokenId>,
        after_quote: bool,
    ) -> Option<Party> {
        let words = &cast.mentions.words;
        let before = words.before(cue.tokens.start);
        // "“…,” Lund told the paper": the subject stands before.
        if after_quote
            && !matches!(
                before,
                "," | "”" | "\"" | "»" | "’" | "'" | "—" | "–" | "also" | "later" | "then"
            )
        {
            return None;
        }
        let follows = after_quote
            || matches!(before, "," | "”" | "\"" | "»" | "’" | "'" | "—" | "–")
            || cue.tokens.start == sentence.start && words.xpos(cue.tokens.start) == Xpos::Vbd;
        if !follows
            || !matches!(cue.form, CueForm::Past | CueForm::Present)
            || cue.class == CueClass::Call
        {
            return None;
        }
        let at = cue.tokens.end;
        party_from(cast, at, sentence.end).filter(|p| {
            // "…, said that" is no inversion; neither is an addressee: "…, told reporters".
            let words = &cast.mentions.words;
            // "…, said the plan was dead": the subject of what she said.
            let acts = !after_quote && words.is_finite(p.tokens.end);
            // "…, urged the board to act", "…, announced the deal": what the verb is about.
            let told = || (sentence.start..cue.tokens.start).any(|t| words.is_finite(t));
            let speaks = after_quote
                || matches!(cue.class, CueClass::Say | CueClass::Quote)
                    && (cast.can_speak(p) || told());
            p.tokens.start < sentence.end && cue.class != CueClass::Tell && !acts && speaks
        })
    }

    /// The subject to the left, or the one that an elided subject continues.
    pub(super) fn subject(
        &self,
        cast: &mut Cast,
        cues: &[Cue],
        index: usize,
        cue: &Cue,
        sentence: &Range<TokenId>,
    ) -> (Option<Party>, Vec<EntityIndex>) {
        let words = &cast.mentions.words;
        let start = cue.tokens.start;
        let before = words.before(start).to_owned();
        let mut anchor = start;
        while anchor > sentence.start
            && matches!(
                words.before(anchor),
                "also" | "then" | "later" | "further" | "again" | "has" | "had" | "have" | "to"
            )
        {
            anchor -= 1;
        }
        let coordinated = matches!(words.before(anchor), "and" | "but" | "or")
            && !matches!(before.as_str(), "who");
        if let Some(party) = quoted_as(cast, cue, sentence) {
            let speakers = self.speakers(cast, &party);
            return (Some(party), speakers);
        }
        let words = &cast.mentions.words;
        if cue.form == CueForm::Gerund
            || coordinated
            || words.before(anchor) == "," && cue.form != CueForm::Base
        {
            if cue.form == CueForm::Gerund {
                // "with Merz saying"
                if let Some(p) = cast.mentions.piece_until(anchor).filter(|p| {
                    let kind = cast.mentions.pieces[*p].kind;
                    kind == PieceKind::Person || kind.is_body()
                }) {
                    let first = cast.phrase_start(cast.mentions.pieces[p].tokens.start);
                    if matches!(words.before(first), "with") {
                        let party = cast.party_until(anchor, sentence.start);
                        let speakers = party
                            .as_ref()
                            .map(|p| speakers_of(cast, p))
                            .unwrap_or_default();
                        return (party, speakers);
                    }
                }
            }
            // "The head of the central bank, Ida Lund, said"
            let held = (words.before(anchor) == ",")
                .then(|| cast.mentions.piece_until(anchor - 1))
                .flatten()
                .filter(|p| {
                    let mut titles = cast.mentions.titles.iter();
                    let piece = &cast.mentions.pieces[*p];
                    let is_aside =
                        piece.kind == PieceKind::Person && words.before(piece.tokens.start) == ",";
                    is_aside
                        || titles.any(|t| t.rule == "title-before-name" && t.holders.contains(p))
                });
            if held.is_some()
                && let Some(party) = cast.subject_before(start)
                && let [_] = party.entities.as_slice()
            {
                let speakers = party.entities.clone();
                return (Some(party), speakers);
            }
            // The last cue of this sentence spoke for the same subject.
            let previous = cues[..index]
                .iter()
                .rev()
                .take_while(|c| c.tokens.start >= sentence.start)
                .find_map(|c| {
                    self.speakers
                        .get(&c.tokens.start)
                        .filter(|_| c.class != CueClass::According)
                });
            if let Some((party, speakers)) = previous
                && !speakers.is_empty()
            {
                return (party.clone(), speakers.clone());
            }
            if (coordinated || cue.form == CueForm::Gerund || words.before(anchor) == ",")
                && let Some(party) = main_subject(cast, sentence, start)
            {
                let speakers = speakers_of(cast, &party);
                return (Some(party), speakers);
            }
        }
        let party = cast.subject_before(start);
        let speakers = party
            .as_ref()
            .map(|p| self.speakers(cast, p))
            .unwrap_or_default();
        (party, speakers)
    }

    /// Who speaks as a party: those whom a pronoun or a general noun stands for, else the party.
    pub(super) fn speakers(&self, cast: &mut Cast, party: &Party) -> Vec<EntityIndex> {
        // Somebody whose name is spelled as a pronoun: "You said".
        let piece = cast.mentions.piece_until(party.tokens.end);
        let named = piece.filter(|_| party.tokens.len() == 1 && party.entities.is_empty());
        if let Some(entity) = named.and_then(|p| cast.entity_of_piece(p)) {
            return vec![entity];
        }
        let meant = self.they(cast, party);
        if meant.is_empty() {
            speakers_of(cast, party)
        } else {
            meant
        }
    }

    /// "they", "the two", "it": the last who spoke, if they fit.
    pub(super) fn they(&self, cast: &Cast, party: &Party) -> Vec<EntityIndex> {
        let pair = cast.pair_meant(&party.tokens);
        if !pair.is_empty() {
            return pair;
        }
        if let Some(author) = author_of(cast, &party.tokens) {
            return vec![author];
        }
        let words = &cast.mentions.words;
        let definite = matches!(
            words.lower(party.tokens.start),
            "the" | "this" | "that" | "they" | "it"
        );
        match words.lower(party.tokens.end - 1) {
            // "The statement said": of those who made it.
            "statement" | "communiqué" | "communique" | "letter" | "declaration" | "post"
                if definite =>
            {
                let noun = words.lower(party.tokens.end - 1);
                self.found
                    .iter()
                    .rev()
                    .find(|s| {
                        s.medium
                            .as_ref()
                            .is_some_and(|m| m.clone().any(|t| words.lower(t) == noun))
                    })
                    .map(|s| s.speakers.clone())
                    .unwrap_or_default()
            }
            "official" | "officials"
                if definite
                    && party.tokens.len() <= 3
                    && words.lower(party.tokens.end - 1) == "official" =>
            {
                self.found
                    .iter()
                    .rev()
                    .map(|s| s.speakers.clone())
                    .find(|s| {
                        s.iter()
                            .any(|e| cast.drafts[*e].kind == super::EntityKind::Person)
                    })
                    .unwrap_or_default()
            }
            "they" => {
                let plural = |speakers: &&Vec<EntityIndex>| {
                    speakers.len() > 1 || speakers.iter().any(|s| cast.is_plural(*s))
                };
                let before = self.speakers.range(..party.tokens.start).rev();
                let last = before.clone().next().map(|(_, (_, s))| s);
                last.filter(plural)
                    .or_else(|| before.map(|(_, (_, s))| s).take(4).find(plural))
                    .or(last)
                    .cloned()
                    .unwrap_or_default()
            }
            "it" => self
                .speakers
                .range(..party.tokens.start)
                .rev()
                .take(4)
                .map(|(_, (_, speakers))| speakers)
                .find(|s| {
                    let is_person = |e: &EntityIndex| {
                        cast.drafts[*e].kind == super::EntityKind::Person || cast.is_plural(*e)
                    };
                    s.len() == 1 && !s.iter().any(is_person)
                })
                .cloned()
                .unwrap_or_default(),
            _ => Vec::new(),
        }
    }
}

/// The subject of a cue; "sent a letter urging", "issued a statement that said": who made the message.
pub(super) fn issuer_of(words: &Words, cue: TokenId) -> Option<(TokenId, bool)> {
    let (head, own) = subject_of(words, cue)?;
    let is_message = lexicon::medium_kind(words.lower(head)) == Some(MediumKind::Message);
    let describes = matches!(words.deprel(cue), Deprel::Acl | Deprel::AclRelcl);
    if is_message && describes && words.deprel(head) == Deprel::Obj && head < cue {
        let maker = words.head(head).and_then(|verb| subject_of(words, verb));
        return maker
            .map(|(subject, _)| (subject, false))
            .or(Some((head, own)));
    }
    Some((head, own))
}

/// Who made the message that a noun phrase names: "a police statement", "the Finance Ministry's
/// letter", "a statement by the court".
pub(super) fn author_of(cast: &Cast, phrase: &Range<TokenId>) -> Option<EntityIndex> {
    let words = &cast.mentions.words;
    let noun = phrase.clone().find(|t| {
        lexicon::medium_kind(words.lower(*t)) == Some(MediumKind::Message)
            && matches!(words.upos(*t), Upos::Noun)
    })?;
    let is_plain = |t: TokenId| words.xpos(t) != Xpos::In;
    let acts = |p: &usize| {
        let piece = &cast.mentions.pieces[*p];
        // "Lund's office": not hers.
        let owned = piece.tokens.end + 1;
        let owns = words.lower(owned - 1) == "'s"
            && words.upos(owned) == Upos::Noun
            && lexicon::medium_kind(words.lower(owned)).is_none();
        (piece.kind == PieceKind::Person || piece.kind.is_body()) && !owns
    };
    let mut before = cast.mentions.pieces_in(phrase.start..noun);
    if let Some(owner) = before
        .find(|p| acts(p))
        .filter(|_| (phrase.start..noun).all(is_plain))
    {
        return cast.entity_of_piece(owner);
    }
    let made = words.lower(noun + 1);
    let from = noun + 2 + usize::from(words.lower(noun + 2) == "the");
    if matches!(made, "by" | "from") {
        let maker = cast.mentions.piece_from(from).filter(acts);
        return maker.and_then(|p| cast.entity_of_piece(p));
    }
    let modifier = noun.checked_sub(1).filter(|t| *t >= phrase.start)?;
    cast.body_headed(words.lower(modifier), phrase.start)
}

/// Who is named at `at`, also as "him" or "her".
pub(super) fn source_named(cast: &mut Cast, at: TokenId, end: TokenId) -> Option<Party> {
    if matches!(cast.mentions.words.lower(at), "him" | "her")
        && matches!(cast.mentions.words.lower(at + 1), "," | ".")
    {
        let entities = cast.pronoun(at).into_iter().collect();
        return Some(Party {
            tokens: at..at + 1,
            entities,
        });
    }
    party_from(cast, at, end)
}

/// "Lund said the board erred, adding": the cue whose clause holds what the tree takes for the
/// subject of a participle; the board is only spoken of.
pub(super) fn reporting_cue(cast: &Cast, cue: &Cue, subject: TokenId) -> Option<TokenId> {
    let words = &cast.mentions.words;
    let verb = cue.tokens.start;
    let sentence = words.sentence(verb);
    let participle = cue.form == CueForm::Gerund && words.before(verb) == ",";
    if !participle || subject >= verb {
        return None;
    }
    let cues = &cast.mentions.cues;
    let near = cues.partition_point(|c| c.tokens.start < subject);
    cues[..near]
        .iter()
        .rev()
        .take_while(|c| c.tokens.start >= sentence.start)
        .find(|c| c.form == CueForm::Past && c.tokens.end <= subject)
        .map(|c| c.tokens.start)
}

/// The subject that the tree gives, where it is surer than the one that word order gave, and
/// whether it is the cue's own.
pub(super) fn by_tree(
    cast: &mut Cast,
    cue: &Cue,
    (head, own): (TokenId, bool),
    order: Option<&Party>,
) -> Option<(Party, bool)> {
    let words = &cast.mentions.words;
    let verb = cue.tokens.start;
    let finite = matches!(cue.form, CueForm::Past | CueForm::Present)
        || words
            .annotation
            .children(verb)
            .iter()
            .any(|c| words.is_finite(*c));
    let tree = cast.party_of(head)?;
    let overlaps =
        order.is_some_and(|o| o.tokens.start < tree.tokens.end && tree.tokens.start < o.tokens.end);
    if overlaps {
        return None;
    }
    let speaks = cast.can_speak(&tree);
    let words = &cast.mentions.words;
    let is_named =
        |party: &Party| !party.entities.is_empty() || words.upos(party.tokens.start) == Upos::Pron;
    let surer = match order {
        None => speaks,
        // "Though Berg is against it, the aides say": another verb stands between.
        Some(order)
            if own
                && cast.can_speak(order)
                && order.tokens.end + 2 >= verb
                && has_verb_between(words, head, verb) =>
        {
            false
        }
        // "The aide to the mayor, Ida Lund, said": the name is the aside of the subject.
        Some(order)
            if own
                && head < order.tokens.start
                && order.entities.len() == 1
                && words.before(order.tokens.start) == ","
                && words.lower(order.tokens.end) == ","
                && order.tokens.end + 1 == verb =>
        {
            false
        }
        Some(order) if own => finite && speaks && (is_named(&tree) || !is_named(order)),
        Some(order) => speaks && (finite && !cast.can_speak(order) || !finite && !is_named(order)),
    };
    surer.then_some((tree, own))
}

/// Whether a finite verb that does not belong to the subject stands between it and its verb.
fn has_verb_between(words: &Words, subject: TokenId, verb: TokenId) -> bool {
    let own = words.annotation.subtree(subject);
    (subject..verb.saturating_sub(1)).any(|t| words.is_finite(t) && !own.contains(&t))
}

/// "Bodies such as the Harbour Union call …": the body inside the subject can speak for it.
pub(super) fn order_is_body(cast: &Cast, party: Option<&Party>) -> bool {
    party.is_some_and(|p| {
        !p.entities.is_empty()
            && p.entities
                .iter()
                .all(|e| cast.drafts[*e].kind == super::EntityKind::Organization)
    })
}

/// "Aides of the mayor say …", "A search in the valley revealed …": the nearest name only belongs
/// to the subject.
pub(super) fn is_inside_subject(
    cast: &Cast,
    cue: &Cue,
    in_tree: Option<(TokenId, bool)>,
    party: &Party,
) -> bool {
    let words = &cast.mentions.words;
    let Some((head, true)) = in_tree else {
        return false;
    };
    head < party.tokens.start
        && party.tokens.end <= cue.tokens.start
        && words.annotation.subtree(head).contains(&party.tokens.start)
        && matches!(
            words.xpos(party.tokens.start - 1),
            Xpos::In | Xpos::Dt | Xpos::To
        )
}

pub(super) fn inverted_is_far(party: &Party, cue: &Cue) -> bool {
    party.tokens.start > cue.tokens.end + 2
}

/// Whether the speaker's words stand with another verb: participles and coordinated verbs.
pub(super) fn is_elided(cast: &Cast, cue: &Cue, party: &Option<Party>) -> bool {
    let words = &cast.mentions.words;
    let Some(party) = party else { return true };
    if party.tokens.start >= cue.tokens.end {
        return false;
    }
    let gap = party.tokens.end..cue.tokens.start;
    if cue.form == CueForm::Gerund {
        return !gap.is_empty();
    }
    gap.len() > 6 && gap.clone().any(|t| matches!(words.lower(t), "and" | "but"))
        || gap.clone().any(|t| {
            let starts = cast.mentions.cues.iter().any(|c| c.tokens.start == t);
            starts && !is_hidden(&cast.mentions.words, t)
        })
}
