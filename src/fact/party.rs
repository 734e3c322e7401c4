//! Noun phrases read from left to right: who stands at a token, and whom a sentence is about.

use std::ops::Range;

use super::clause::Party;
use super::coreference::{Cast, EntityIndex};
use crate::annotation::{Upos, Xpos};
use crate::document::TokenId;
use crate::mention::{PieceKind, Words};

pub(super) fn speakers_of(cast: &mut Cast, party: &Party) -> Vec<EntityIndex> {
    if party.entities.is_empty() {
        cast.entity_of(party).into_iter().collect()
    } else {
        party.entities.clone()
    }
}

/// The subject of a sentence: its first noun phrase that can act, outside quotations.
pub(super) fn main_subject(
    cast: &mut Cast,
    sentence: &Range<TokenId>,
    before: TokenId,
) -> Option<Party> {
    let mentions = cast.mentions;
    let words = &mentions.words;
    let mut at = sentence.start;
    while at < before {
        if let Some(q) = words.document.quotation_of(at) {
            at = q.tokens.end.max(at + 1);
            continue;
        }
        let lower = words.lower(at);
        if matches!(lower, "he" | "she" | "they") {
            let entities = cast.pronoun(at).into_iter().collect();
            return Some(Party {
                tokens: at..at + 1,
                entities,
            });
        }
        if let Some(p) = mentions.piece_from(at) {
            let piece = &mentions.pieces[p];
            let possessive = words.lower(piece.tokens.end) == "'s";
            let start = cast.phrase_start(piece.tokens.start);
            let governed = matches!(
                words.before(start),
                "in" | "at"
                    | "from"
                    | "on"
                    | "with"
                    | "of"
                    | "by"
                    | "after"
                    | "for"
                    | "to"
                    | "between"
                    | "despite"
                    | "against"
            );
            let acts = match piece.kind {
                PieceKind::Person => true,
                kind => kind.is_body() || kind == PieceKind::Country,
            };
            // "NATO Secretary General Ida Lund": who bears the title.
            let borne = mentions.titles.iter().find(|t| {
                t.rule == "title-before-name" && t.tokens.contains(&at) && !t.core.contains(&at)
            });
            let holder = borne.and_then(|t| t.holders.first());
            let end = holder.map(|h| mentions.pieces[*h].tokens.end);
            if let Some(end) = end.filter(|end| !governed && words.lower(*end) != "'s") {
                return cast.party_until(end, sentence.start);
            }
            if acts && !possessive && !governed {
                let entities = cast.entity_of_piece(p).into_iter().collect();
                return Some(Party {
                    tokens: start..piece.tokens.end,
                    entities,
                });
            }
            if let Some(t) = mentions
                .titles
                .iter()
                .position(|t| t.core.start == at && t.holders.is_empty())
            {
                let title = &mentions.titles[t];
                let opens =
                    |d| d <= sentence.start + 8 && (d == 0 || words.xpos(d - 1) != Xpos::In);
                if title.determiner.is_some_and(opens) {
                    let start = title.determiner.unwrap_or(title.tokens.start);
                    let entities = cast.entity_of_title(t).into_iter().collect();
                    return Some(Party {
                        tokens: start..title.tokens.end,
                        entities,
                    });
                }
            }
            at = piece.tokens.end;
            continue;
        }
        if super::clause::is_people_noun(lower)
            && words.lower(at + 1) != "'s"
            && !matches!(
                lower,
                "one" | "some" | "many" | "several" | "two" | "three" | "both"
            )
        {
            // "in an interview with this reporter": no subject.
            let party = cast.party_until(at + 1, sentence.start);
            let words = &mentions.words;
            let is_governed =
                |p: &Party| p.tokens.start > 0 && words.xpos(p.tokens.start - 1) == Xpos::In;
            if !party.as_ref().is_some_and(is_governed) {
                return party;
            }
        }
        at += 1;
    }
    None
}

/// "member of *the Ruling Council Ida Lund*": the person named right behind the body.
fn member_named(cast: &Cast, at: TokenId, end: TokenId) -> Option<usize> {
    let mentions = cast.mentions;
    let mut next = at + usize::from(mentions.words.lower(at) == "the");
    let body = next;
    while next < end.min(at + 10) {
        let p = mentions.piece_from(next)?;
        let piece = &mentions.pieces[p];
        if piece.kind == PieceKind::Person {
            return (next > body).then_some(p);
        }
        let is_title = matches!(piece.kind, PieceKind::Title | PieceKind::Honorific);
        if !(piece.kind.is_place() || piece.kind.is_body() || is_title && next > body) {
            return None;
        }
        next = piece.tokens.end;
    }
    None
}

/// The token behind "a number of", "dozens of", which only count what follows.
pub(super) fn past_quantifier(words: &Words, at: TokenId) -> TokenId {
    let noun = at + usize::from(matches!(words.lower(at), "a" | "an" | "the"));
    let counts = matches!(
        words.lower(noun),
        "number"
            | "host"
            | "dozens"
            | "hundreds"
            | "thousands"
            | "scores"
            | "handful"
            | "couple"
            | "range"
            | "variety"
            | "majority"
            | "series"
            | "several"
            | "some"
            | "many"
    ) || words.lower(noun) == "group" && words.upos(noun) == Upos::Noun;
    if counts && words.lower(noun + 1) == "of" {
        noun + 2
    } else {
        at
    }
}

/// The noun phrase that begins at `at`: a name with its titles, a pronoun, or plain words.
pub(super) fn party_from(cast: &mut Cast, at: TokenId, end: TokenId) -> Option<Party> {
    let mentions = cast.mentions;
    let words = &mentions.words;
    if at >= end {
        return None;
    }
    if matches!(words.lower(at), "he" | "she" | "they") {
        let entities = cast.pronoun(at).into_iter().collect();
        return Some(Party {
            tokens: at..at + 1,
            entities,
        });
    }
    let determined = matches!(
        words.lower(at),
        "the"
            | "a"
            | "an"
            | "one"
            | "his"
            | "her"
            | "its"
            | "their"
            | "some"
            | "several"
            | "two"
            | "multiple"
            | "local"
            | "senior"
            | "many"
    );
    let mut next = at;
    let mut best: Option<Party> = None;
    while next < end && next < at + 14 {
        let Some(p) = mentions.piece_at(next) else {
            let lower = words.lower(next);
            let after_body = mentions
                .piece_until(next)
                .is_some_and(|p| mentions.pieces[p].kind == PieceKind::Organization);
            let of_people = lower == "of"
                && next > at
                && (after_body
                    || super::clause::is_people_noun(words.before(next))
                    || mentions.titles.iter().any(|t| t.core.end == next));
            if of_people && let Some(named) = member_named(cast, next + 1, end) {
                let tokens = at..mentions.pieces[named].tokens.end;
                let entities = cast.entity_of_piece(named).into_iter().collect();
                return Some(Party { tokens, entities });
            }
            let goes_on = words.is_word(next)
                && !matches!(
                    lower,
                    "that"
                        | "who"
                        | "which"
                        | "and"
                        | "but"
                        | "in"
                        | "on"
                        | "at"
                        | "as"
                        | "after"
                        | "while"
                        | "when"
                        | "by"
                        | "with"
                        | "because"
                        | "of"
                        | "for"
                        | "to"
                        | "is"
                        | "was"
                        | "has"
                        | "had"
                        | "if"
                        | "from"
                        | "during"
                        | "it"
                        | "would"
                        | "will"
                        | "were"
                        | "are"
                )
                || matches!(lower, "-" | "'s");
            // "told Radio Lund the talks failed": a determiner begins another noun phrase.
            let another = next > at
                && matches!(words.xpos(next), Xpos::Dt | Xpos::PrpPoss | Xpos::Prp)
                && !matches!(words.before(next), "all" | "both" | "-");
            let leaves = matches!(
                words.xpos(next),
                Xpos::In | Xpos::To | Xpos::Wdt | Xpos::Wp | Xpos::Wrb | Xpos::Cc | Xpos::Vb
            );
            if !goes_on || another || leaves || words.is_finite(next) {
                break;
            }
            if super::clause::is_people_noun(lower) {
                best = Some(Party {
                    tokens: at..next + 1,
                    entities: Vec::new(),
                });
            }
            next += 1;
            continue;
        };
        let piece = &mentions.pieces[p];
        next = piece.tokens.end;
        match piece.kind {
            PieceKind::Person => {
                if words.lower(next) == "'s" {
                    next += 1;
                    continue;
                }
                let mut entities: Vec<EntityIndex> = cast.entity_of_piece(p).into_iter().collect();
                let mut until = next;
                if words.lower(next) == "and"
                    && let Some(q) = mentions
                        .piece_from(next + 1)
                        .filter(|q| mentions.pieces[*q].kind == PieceKind::Person)
                {
                    entities.extend(cast.entity_of_piece(q));
                    until = mentions.pieces[q].tokens.end;
                }
                return Some(Party {
                    tokens: at..until,
                    entities,
                });
            }
            PieceKind::Title => {
                // "the prime minister, Ida Lund": who bears the title.
                let borne = mentions.titles.iter().find(|t| {
                    t.core == piece.tokens && t.rule == "title-before-name" && !t.holders.is_empty()
                });
                if let Some(last) = borne.and_then(|t| t.holders.last()) {
                    let holders = borne.map(|t| t.holders.clone()).unwrap_or_default();
                    let until = mentions.pieces[*last].tokens.end;
                    return Some(Party {
                        tokens: at..until,
                        entities: holders
                            .into_iter()
                            .filter_map(|h| cast.entity_of_piece(h))
                            .collect(),
                    });
                }
                // "the private sector": a word of another noun.
                let modifies = words.upos(next) == Upos::Noun && mentions.piece_at(next).is_none();
                if let Some(t) = mentions
                    .titles
                    .iter()
                    .position(|t| t.core == piece.tokens && t.holders.is_empty())
                    .filter(|_| !modifies)
                {
                    let entities = cast.entity_of_title(t).into_iter().collect();
                    let until = mentions.titles[t].tokens.end.max(next);
                    best = Some(Party {
                        tokens: at..until,
                        entities,
                    });
                    if mentions.piece_from(next).is_none() {
                        return best;
                    }
                }
            }
            PieceKind::Organization
            | PieceKind::Outlet
            | PieceKind::Seat
            | PieceKind::Country
            | PieceKind::Platform => {
                let entities = cast.entity_of_piece(p).into_iter().collect();
                best = Some(Party {
                    tokens: at..next,
                    entities,
                });
                if words.lower(next) == "'s" {
                    next += 1;
                    continue;
                }
            }
            _ => {
                best = best.or(determined.then(|| Party {
                    tokens: at..next,
                    entities: Vec::new(),
                }));
            }
        }
    }
    best.or_else(|| {
        (determined && next > at + 1).then(|| Party {
            tokens: at..next,
            entities: Vec::new(),
        })
    })
    .map(|party| with_knowledge(&mentions.words, party, end))
}

/// "two people *familiar with the talks*": how those who are not named know what they tell.
fn with_knowledge(words: &Words, party: Party, end: TokenId) -> Party {
    let at = party.tokens.end;
    let knows = matches!(words.lower(at), "familiar" | "close" | "briefed" | "privy")
        && matches!(words.lower(at + 1), "with" | "to" | "on" | "about");
    if !knows || !party.entities.is_empty() {
        return party;
    }
    let last = (at + 2..end.min(at + 9))
        .take_while(|t| {
            let goes_on = matches!(
                words.upos(*t),
                Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Part
            );
            goes_on || words.xpos(*t) == Xpos::PrpPoss
        })
        .last();
    Party {
        tokens: party.tokens.start..last.map_or(at, |t| t + 1),
        ..party
    }
}
