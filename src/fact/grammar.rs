//! What the dependency tree tells of a verb: its subject, and the words of a noun phrase.

use std::ops::Range;

use super::EntityKind;
use super::clause::{Party, is_people_noun};
use super::coreference::{Cast, EntityIndex};
use crate::annotation::{Deprel, Upos, Xpos};
use crate::document::TokenId;
use crate::mention::{Cue, PieceKind, Words};

/// The most steps from a verb to the one whose subject it shares.
const MOST_STEPS: usize = 6;

/// The head of the noun phrase that is the subject of the verb at `verb`: its own, or that of the
/// verb it is coordinated with, depends on as an adverbial, or opens ("went on to say"). Whether it
/// is its own comes second.
pub(super) fn subject_of(words: &Words, verb: TokenId) -> Option<(TokenId, bool)> {
    let mut at = verb;
    for _ in 0..MOST_STEPS {
        if let Some(subject) = own_subject(words, at) {
            return Some((subject, at == verb));
        }
        let head = words.head(at)?;
        match words.deprel(at) {
            // "her decision to meet him": whose decision it is.
            Deprel::Acl if words.before(at) == "to" => {
                let owner = words
                    .annotation
                    .children_with(head, Deprel::NmodPoss)
                    .next()?;
                return Some((owner, false));
            }
            // "the man saying so": whom the participle describes.
            Deprel::Acl | Deprel::AclRelcl => return Some((head, false)),
            // "urged Lund to go", "kept Lund from going": the object of the one is the subject of
            // the other.
            Deprel::Xcomp | Deprel::Advcl if controller(words, head, at).is_some() => {
                return controller(words, head, at).map(|object| (object, false));
            }
            Deprel::Conj => {
                // "Asked of Moe, Lund turned and said": the nearest of those joined to one verb.
                let joined = words.annotation.children_with(head, Deprel::Conj);
                let nearest = joined
                    .filter(|c| *c < at)
                    .filter_map(|c| own_subject(words, c))
                    .last();
                if nearest.is_some() {
                    return nearest.map(|subject| (subject, false));
                }
                at = head;
            }
            Deprel::Advcl | Deprel::Xcomp | Deprel::Parataxis | Deprel::Ccomp => {
                at = head;
            }
            _ => return None,
        }
    }
    None
}

/// The object of a verb that is the subject of the infinitive or the "from …ing" after it.
fn controller(words: &Words, verb: TokenId, dependent: TokenId) -> Option<TokenId> {
    let adverbial = words.deprel(dependent) == Deprel::Advcl;
    let prevents = words
        .annotation
        .children(dependent)
        .iter()
        .any(|c| *c < dependent && words.lower(*c) == "from");
    // The object of a verb of influence acts, however the tree hangs the infinitive.
    let influences = words.before(dependent) == "to" && is_influence(words.lower(verb));
    if adverbial && !prevents && !influences {
        return None;
    }
    words.annotation.children(verb).iter().copied().find(|c| {
        *c < dependent && *c > verb && matches!(words.deprel(*c), Deprel::Obj | Deprel::Iobj)
    })
}

fn is_influence(verb: &str) -> bool {
    [
        "persuad", "convinc", "urg", "press", "ask", "invit", "order", "encourag", "forc", "allow",
        "push", "instruct", "advis", "compel", "authori", "task", "dispatch", "nudg", "lobb",
    ]
    .iter()
    .any(|stem| verb.starts_with(stem))
        || matches!(verb, "tell" | "told" | "sent" | "send" | "sending" | "got")
}

fn own_subject(words: &Words, verb: TokenId) -> Option<TokenId> {
    words
        .annotation
        .children(verb)
        .iter()
        .copied()
        .find(|c| {
            matches!(
                words.deprel(*c),
                Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter
            )
        })
        // "X, who said": the noun that the clause describes.
        .map(|subject| {
            let relative = matches!(words.lower(subject), "who" | "which" | "that")
                && words.deprel(verb) == Deprel::AclRelcl;
            words.head(verb).filter(|_| relative).unwrap_or(subject)
        })
}

/// Where the clause that a verb reports begins, by the tree: "noted on Friday [that] *sales fell*".
pub(super) fn clause_of(words: &Words, cue: &Cue) -> Option<TokenId> {
    let clause = words
        .annotation
        .children_with(cue.tokens.start, Deprel::Ccomp)
        .find(|c| *c >= cue.tokens.end)?;
    let mut start = words.annotation.subtree(clause).start;
    if words.lower(start) == "that" {
        start += 1;
    }
    if !words.is_word(start) && words.document.quotation_of(start).is_none() {
        return None;
    }
    let apart = (cue.tokens.end..start).all(|t| {
        words.lower(t) != "," && !words.is_finite(t) && words.document.quotation_of(t).is_none()
    });
    let finite = (start..clause + 1).any(|t| words.is_finite(t));
    (apart && finite && start >= cue.tokens.end).then_some(start)
}

/// The words of the noun phrase around a head, without what follows it.
pub(super) fn phrase_of(words: &Words, head: TokenId) -> Range<TokenId> {
    let mut start = head;
    let mut end = head + 1;
    for &child in words.annotation.children(head) {
        let part = matches!(
            words.deprel(child),
            Deprel::Det
                | Deprel::DetPredet
                | Deprel::Amod
                | Deprel::Compound
                | Deprel::Nummod
                | Deprel::NmodPoss
                | Deprel::NmodDesc
                | Deprel::Advmod
                | Deprel::Flat
        );
        if !part {
            continue;
        }
        let subtree = words.annotation.subtree(child);
        if child < head {
            start = start.min(subtree.start);
        } else if words.deprel(child) == Deprel::Flat {
            end = end.max(subtree.end);
        }
    }
    start..end
}

/// A subject's noun phrase with what stands beside it: "Ada Lund, a lawyer who knows both".
pub(super) fn whole_phrase(
    words: &Words,
    cue: &Cue,
    in_tree: Option<(TokenId, bool)>,
    party: Range<TokenId>,
) -> Range<TokenId> {
    let subject = in_tree
        .map(|(head, _)| head)
        .filter(|head| party.contains(head));
    let Some(head) = subject.filter(|h| words.upos(*h) != Upos::Pron) else {
        return party;
    };
    let subtree = words.annotation.subtree(head);
    let mut start = subtree.start.min(party.start);
    while start < party.start && matches!(words.lower(start), "," | "—" | "–" | "but" | "and") {
        start += 1;
    }
    let mut end = subtree.end.max(party.end);
    while end > party.end && !words.is_word(end - 1) && words.lower(end - 1) != ")" {
        end -= 1;
    }
    let whole = start..end;
    let apart = whole.end <= cue.tokens.start || whole.start >= cue.tokens.end;
    if apart && whole.len() < 40 {
        whole
    } else {
        party
    }
}

impl Cast<'_, '_> {
    /// Whether a party is somebody: named, a pronoun, people or a body.
    pub(super) fn can_speak(&self, party: &Party) -> bool {
        let words = &self.mentions.words;
        let last = party.tokens.end - 1;
        !party.entities.is_empty()
            || matches!(
                words.lower(last),
                "he" | "she" | "they" | "we" | "i" | "who"
            )
            || is_people_noun(words.lower(last))
            || self
                .mentions
                .titles
                .iter()
                .any(|t| t.core.end == party.tokens.end)
    }

    /// Whether an unnamed group is of several: "26 lawmakers", "European leaders".
    pub(super) fn is_plural(&self, entity: EntityIndex) -> bool {
        let draft = &self.drafts[entity];
        let words = &self.mentions.words;
        draft.kind == EntityKind::Group
            && draft.at.iter().any(|at| {
                let sentence = words.sentence(*at);
                let is_noun = |t: TokenId| words.upos(t) == Upos::Noun;
                (*at..sentence.end)
                    .find(|t| is_noun(*t) && !is_noun(t + 1))
                    .is_some_and(|t| words.xpos(t) == Xpos::Nns)
            })
    }

    /// The party whose noun phrase has its head at `head`.
    pub(super) fn party_of(&mut self, head: TokenId) -> Option<Party> {
        let mentions = self.mentions;
        let words = &mentions.words;
        let lower = words.lower(head);
        if matches!(lower, "he" | "she" | "his" | "her") {
            return Some(Party {
                tokens: head..head + 1,
                entities: self.pronoun(head).into_iter().collect(),
            });
        }
        if words.upos(head) == Upos::Pron {
            return matches!(lower, "they" | "it" | "we" | "i" | "you" | "who").then_some(Party {
                tokens: head..head + 1,
                entities: Vec::new(),
            });
        }
        // "U.N. chief Ida Lund" with the body for its head: the one who bears the title.
        let borne = mentions.titles.iter().find(|t| {
            t.rule == "title-before-name" && t.tokens.contains(&head) && !t.core.contains(&head)
        });
        if let Some(holder) = borne.and_then(|t| t.holders.first()) {
            let end = mentions.pieces[*holder].tokens.end;
            return self.party_until(end, words.sentence(head).start);
        }
        if let Some(p) = mentions.piece_at(head) {
            let piece = &mentions.pieces[p];
            let acts = piece.kind == PieceKind::Person
                || piece.kind == PieceKind::Country
                || piece.kind.is_body();
            if acts {
                return self.party_until(piece.tokens.end, words.sentence(head).start);
            }
        }
        let phrase = phrase_of(words, head);
        // "The head of the central bank, Ida Lund, said": who holds the title.
        let title = mentions.titles.iter().find(|t| t.core.contains(&head));
        if let Some(title) = title.filter(|t| t.rule == "title-before-name")
            && let [holder] = title.holders.as_slice()
        {
            let end = mentions.pieces[*holder].tokens.end;
            return Some(Party {
                tokens: phrase.start.min(head)..end,
                entities: self.entity_of_piece(*holder).into_iter().collect(),
            });
        }
        // "A senior officer, Monir Hossain, said": the name beside the noun.
        let named = words.annotation.subtree(head).find_map(|t| {
            let p = mentions.piece_from(t)?;
            let piece = &mentions.pieces[p];
            let beside = piece
                .tokens
                .clone()
                .any(|t| words.deprel(t) == Deprel::Appos)
                && matches!(words.before(self.phrase_start(t)), "," | "—" | "–");
            (t > head && beside && piece.kind == PieceKind::Person).then_some(p)
        });
        if let Some(p) = named {
            let entities: Vec<EntityIndex> = self.entity_of_piece(p).into_iter().collect();
            return Some(Party {
                tokens: phrase.start..mentions.pieces[p].tokens.end,
                entities,
            });
        }
        if let Some(t) = mentions
            .titles
            .iter()
            .position(|t| t.core.contains(&head) && t.holders.is_empty())
        {
            let entities = self.entity_of_title(t).into_iter().collect();
            return Some(Party {
                tokens: phrase,
                entities,
            });
        }
        // "German Chancellor Karl Weber" with the title for its head: the one who bears it.
        let borne = mentions
            .titles
            .iter()
            .find(|t| t.core.contains(&head) && t.rule == "title-before-name");
        if let Some(holder) = borne.and_then(|t| t.holders.first()) {
            let end = mentions.pieces[*holder].tokens.end;
            return self.party_until(end, words.sentence(head).start);
        }
        matches!(words.upos(head), Upos::Noun | Upos::Propn | Upos::Num)
            .then_some(Party {
                tokens: phrase,
                entities: Vec::new(),
            })
            .filter(|_| words.xpos(head) != Xpos::Xx)
    }
}
