//! Who takes part in a meeting: the parties that its clause and its noun phrase name.

use std::ops::Range;

use super::EntityKind;
use super::clause::{Party, is_people_noun};
use super::coreference::{Cast, EntityIndex};
use super::grammar;
use super::party::{party_from, past_quantifier};
use crate::annotation::{Deprel, Upos, Xpos};
use crate::document::TokenId;
use crate::mention::{PieceKind, Words};

/// The parties that the tree gives a verb for its subject, with those joined to it: "the prime
/// minister and opposition leaders met".
pub(super) fn subject_in_tree(cast: &mut Cast, verb: TokenId) -> Vec<EntityIndex> {
    let words = &cast.mentions.words;
    let Some((head, _)) = grammar::subject_of(words, verb) else {
        return Vec::new();
    };
    // "a number of ministers": those who are counted.
    let start = words.annotation.subtree(head).start;
    let counted = past_quantifier(words, start) > head;
    let head = counted
        .then(|| words.annotation.children_with(head, Deprel::Nmod).next())
        .flatten()
        .unwrap_or(head);
    let mut heads = vec![head];
    heads.extend(words.annotation.children_with(head, Deprel::Conj));
    let mut found = Vec::new();
    for head in heads {
        // "Lund, not Moe, visited"
        let start = cast.phrase_start(head);
        if matches!(cast.mentions.words.before(start), "not" | "unlike") {
            continue;
        }
        if let Some(party) = cast.party_of(head) {
            let more = expand(cast, party);
            merge(&mut found, more);
        }
    }
    found
}

/// Of the parties by word order and those by the tree, the surer: the tree where it alone has
/// persons, or names more parties beside the same.
pub(super) fn surer(
    cast: &Cast,
    by_order: Vec<EntityIndex>,
    by_tree: Vec<EntityIndex>,
) -> Vec<EntityIndex> {
    let persons = |parties: &[EntityIndex]| {
        parties
            .iter()
            .filter(|p| cast.drafts[**p].kind == EntityKind::Person)
            .count()
    };
    let holds_all = by_order.iter().all(|p| by_tree.contains(p));
    let more =
        persons(&by_tree) > persons(&by_order) || holds_all && by_tree.len() > by_order.len();
    let agrees = holds_all || persons(&by_order) == 0;
    if by_order.is_empty() || more && agrees {
        by_tree
    } else {
        by_order
    }
}

/// The subject of a verb; that of an infinitive after a name in a prepositional phrase is the
/// sentence's: "left the talks with Moe to call Berg".
pub(super) fn subject_of(
    cast: &mut Cast,
    verb: TokenId,
    sentence: &Range<TokenId>,
) -> Option<Party> {
    let party = cast.subject_before(verb);
    if !is_infinitive(&cast.mentions.words, verb) {
        return party;
    }
    let words = &cast.mentions.words;
    let governed = party.as_ref().is_none_or(|p| {
        let other = matches!(
            words.before(p.tokens.start),
            "other" | "several" | "some" | "top"
        );
        let start = p.tokens.start - usize::from(other);
        p.entities.is_empty() && p.tokens.len() == 1
            || matches!(
                words.before(start),
                "with"
                    | "of"
                    | "for"
                    | "in"
                    | "between"
                    | "by"
                    | "from"
                    | "on"
                    | "at"
                    | "after"
                    | "and"
                    | "'s"
            )
            || words.before(start) == "to"
    });
    if governed {
        main_party(cast, sentence, verb).or(party)
    } else {
        party
    }
}

/// A group with the names that stand before it in a list: "where *Berg, Kovac and ministers*
/// gathered".
pub(super) fn with_names_before(cast: &mut Cast, party: Party) -> Vec<EntityIndex> {
    let start = party.tokens.start;
    let is_unnamed = party.entities.is_empty();
    let list = expand(cast, party);
    let words = &cast.mentions.words;
    if !is_unnamed || words.before(start) != "and" {
        return list;
    }
    let sentence = words.sentence(start).start;
    let mut end = start - 1;
    let mut names = Vec::new();
    while let Some(name) = name_until(cast, end, sentence) {
        end = name.tokens.start;
        names.splice(0..0, name.entities);
        if cast.mentions.words.before(end) != "," {
            break;
        }
    }
    // "met Berg and ministers gathered": the names belong to another verb.
    let words = &cast.mentions.words;
    if end > sentence && words.upos(end - 1) == Upos::Verb {
        return list;
    }
    merge(&mut names, list);
    names
}

/// The person whose name ends before `end`, or before the comma there.
fn name_until(cast: &mut Cast, end: TokenId, floor: TokenId) -> Option<Party> {
    let mentions = cast.mentions;
    let end = end - usize::from(end > floor && mentions.words.before(end) == ",");
    let piece = mentions.piece_until(end)?;
    let is_name = mentions.pieces[piece].kind == PieceKind::Person;
    is_name.then(|| cast.party_until(end, floor)).flatten()
}

/// "to meet", "to formally meet".
pub(super) fn is_infinitive(words: &Words, verb: TokenId) -> bool {
    (verb.saturating_sub(2)..verb).any(|t| words.lower(t) == "to")
}

/// The persons that a sentence is about before a token: none governed by a preposition.
pub(super) fn subjects_of(
    cast: &mut Cast,
    sentence: &Range<TokenId>,
    before: TokenId,
) -> Vec<EntityIndex> {
    let mentions = cast.mentions;
    let words = &mentions.words;
    let mut found = Vec::new();
    for p in mentions.pieces_in(sentence.start..before) {
        let piece = &mentions.pieces[p];
        let start = cast.phrase_start(piece.tokens.start);
        let governed = matches!(
            words.before(start),
            "with"
                | "of"
                | "by"
                | "between"
                | "after"
                | "to"
                | "against"
                | "under"
                | "for"
                | "from"
                | "in"
                | "on"
                | "over"
        );
        if piece.kind == PieceKind::Person
            && !governed
            && words.lower(piece.tokens.end) != "'s"
            && let Some(entity) = cast.entity_of_piece(p).filter(|e| !found.contains(e))
        {
            found.push(entity);
        }
    }
    found
}

pub(super) fn main_party(
    cast: &mut Cast,
    sentence: &Range<TokenId>,
    before: TokenId,
) -> Option<Party> {
    let mentions = cast.mentions;
    let words = &mentions.words;
    for at in sentence.start..before {
        if words
            .document
            .quotation_of(at)
            .is_some_and(|q| q.tokens.len() > 4)
        {
            continue;
        }
        if matches!(words.lower(at), "he" | "she") {
            let entities = cast.pronoun(at).into_iter().collect();
            return Some(Party {
                tokens: at..at + 1,
                entities,
            });
        }
        let Some(p) = mentions.piece_from(at) else {
            continue;
        };
        let piece = &mentions.pieces[p];
        if piece.kind != PieceKind::Person || words.lower(piece.tokens.end) == "'s" {
            continue;
        }
        let start = cast.phrase_start(at);
        if matches!(
            words.before(start),
            "with" | "of" | "by" | "between" | "after" | "to" | "against" | "under" | "for"
        ) {
            continue;
        }
        let end = piece.tokens.end;
        let mut party = cast.party_until(end, sentence.start)?;
        // "Lund and the prime minister discussed": both.
        if cast.mentions.words.lower(end) == "and"
            && let Some(other) = party_from(cast, end + 1, before)
            && party.tokens.end == end
        {
            party.tokens.end = other.tokens.end;
            merge(&mut party.entities, other.entities);
        }
        return Some(party);
    }
    None
}

/// The entities of a party; an unnamed one becomes a group if it is of people.
pub(super) fn expand(cast: &mut Cast, party: Party) -> Vec<EntityIndex> {
    if !party.entities.is_empty() {
        return party.entities;
    }
    let pair = cast.pair_meant(&party.tokens);
    if !pair.is_empty() {
        return pair;
    }
    let words = &cast.mentions.words;
    // "a delegation of the Fund": the noun before the body.
    let is_inner =
        |t: &TokenId| matches!(words.lower(*t), "of" | "from") && *t > party.tokens.start;
    let head = party
        .tokens
        .clone()
        .find(is_inner)
        .unwrap_or(party.tokens.end);
    let last = words.lower(head - 1).to_owned();
    if party.tokens.len() == 1
        && matches!(
            last.as_str(),
            "they" | "it" | "we" | "i" | "you" | "he" | "she" | "two" | "both"
        )
    {
        return Vec::new();
    }
    if is_people_noun(&last)
        && !matches!(
            last.as_str(),
            "sides"
                | "two"
                | "both"
                | "one"
                | "side"
                | "some"
                | "nation"
                | "country"
                | "nations"
                | "countries"
                | "states"
                | "statement"
                | "report"
                | "reports"
                | "letter"
                | "study"
                | "document"
                | "group"
                | "several"
                | "many"
                | "others"
        )
        || cast.mentions.titles.iter().any(|t| {
            let whole = party.tokens.contains(&t.core.start) && t.tokens.end == party.tokens.end;
            t.core.end == head || whole
        })
    {
        let mut tokens = party.tokens;
        while matches!(
            cast.mentions.words.lower(tokens.start),
            "the" | "a" | "an" | "some" | "several" | "all" | "top" | "both"
        ) && tokens.len() > 1
        {
            tokens.start += 1;
        }
        // "leaders in the East Hall": where they are is no part of who they are.
        let words = &cast.mentions.words;
        if let Some(place) = (tokens.start + 1..tokens.end).find(|t| {
            matches!(
                words.lower(*t),
                "in" | "at" | "inside" | "outside" | "during"
            )
        }) {
            tokens.end = place;
        }
        while tokens.len() > 1 && cast.mentions.words.xpos(tokens.end - 1) == Xpos::Vbn {
            tokens.end -= 1;
        }
        return vec![cast.group(tokens)];
    }
    Vec::new()
}

pub(super) fn merge(parties: &mut Vec<EntityIndex>, more: Vec<EntityIndex>) {
    for entity in more {
        if !parties.contains(&entity) {
            parties.push(entity);
        }
    }
}

/// A list of parties that begins at `at`: "A, B and a group of C"; and the token after it.
pub(super) fn parties_from(
    cast: &mut Cast,
    at: TokenId,
    end: TokenId,
) -> (Vec<EntityIndex>, TokenId) {
    let mut found = Vec::new();
    let mut next = at;
    // "between Lund and her counterpart was": there are two.
    let takes_two = cast.mentions.words.before(at) == "between";
    loop {
        let words = &cast.mentions.words;
        next = past_quantifier(words, next);
        while matches!(
            words.lower(next),
            "both"
                | "the"
                | "a"
                | "an"
                | "his"
                | "her"
                | "their"
                | "its"
                | "then"
                | "visiting"
                | "other"
                | "some"
                | "top"
                | "long"
                | "-"
                | "ruling"
                | "fellow"
                | "also"
        ) && next < end
        {
            next += 1;
        }
        let Some(mut party) =
            joint_counterparts(cast, next, end).or_else(|| party_from(cast, next, end))
        else {
            break;
        };
        // "fans' groups", "the nurses' leaders": whose people they are.
        let after = party.tokens.end + 1;
        let words = &cast.mentions.words;
        if party.entities.is_empty()
            && matches!(words.lower(after - 1), "'s" | "'")
            && let Some(noun) = (after..after + 3).find(|t| is_people_noun(words.lower(*t)))
            && (after..noun).all(|t| matches!(words.upos(t), Upos::Adj | Upos::Noun))
        {
            party.tokens.end = noun + 1;
        }
        let states = states_of(cast, party.tokens.clone());
        if party.entities.is_empty() && states.is_none() {
            if let Some(named) = named_counterpart(cast, party.tokens.end, end) {
                party = named;
            } else {
                party.tokens.end = end.min(with_body(cast, &party.tokens));
            }
        }
        let until = party.tokens.end;
        let words = &cast.mentions.words;
        if matches!(words.lower(until), "'s" | "'") {
            break;
        }
        let last = party.tokens.end;
        let mut more = states.map_or_else(|| expand(cast, party), |state| vec![state]);
        // "talks between Lima and Santiago": the states that are ruled from there.
        if takes_two && let Some(state) = ruled_from(cast, next, last) {
            more = vec![state];
        }
        if more.is_empty() {
            break;
        }
        let only_place = more
            .iter()
            .all(|e| cast.drafts[*e].kind == EntityKind::Place);
        if only_place {
            break;
        }
        merge(&mut found, more);
        next = skip_aside(cast, past_home(cast, until), end);
        let words = &cast.mentions.words;
        let joined = match words.lower(next) {
            "and" => 1,
            "," if words.lower(next + 1) == "and" => 2,
            "," => 1,
            _ => 0,
        };
        if joined == 0 {
            break;
        }
        // A comma or "and" may begin a new clause instead.
        let goes_on = cast.mentions.piece_from(next + joined).is_some()
            || matches!(
                words.lower(next + joined),
                "the" | "a" | "an" | "his" | "her" | "other" | "their" | "three" | "two"
            )
            || is_people_noun(words.lower(next + joined + 1))
            || is_people_noun(words.lower(next + joined))
            || party_from(cast, next + joined, end)
                .is_some_and(|p| is_people_noun(cast.mentions.words.before(p.tokens.end)));
        let verb_follows = party_from(cast, next + joined, end).is_some_and(|p| {
            let words = &cast.mentions.words;
            words.lower(next) == ","
                && joined == 1
                && cast
                    .mentions
                    .cues
                    .iter()
                    .any(|c| c.tokens.start == p.tokens.end)
                || matches!(
                    words.lower(p.tokens.end),
                    "was"
                        | "were"
                        | "had"
                        | "would"
                        | "will"
                        | "is"
                        | "are"
                        | "said"
                        | "has"
                        | "have"
                )
        });
        let is_second = takes_two && found.len() == 1 && words.lower(next) == "and";
        if !is_second && (!goes_on || verb_follows) {
            break;
        }
        next += joined;
    }
    (found, next)
}

/// The state, if the article names it, of the town named at `at..end`.
fn ruled_from(cast: &Cast, at: TokenId, end: TokenId) -> Option<EntityIndex> {
    let piece = &cast.mentions.pieces[cast.mentions.piece_from(at)?];
    let is_town = piece.kind == PieceKind::Place && piece.tokens.end == end;
    is_town
        .then(|| piece.country.and_then(|c| cast.country(c)))
        .flatten()
}

/// "her *French and German counterparts*": people of several countries.
fn joint_counterparts(cast: &Cast, at: TokenId, end: TokenId) -> Option<Party> {
    let mentions = cast.mentions;
    let words = &mentions.words;
    let demonym = |t: TokenId| {
        let piece = &mentions.pieces[mentions.piece_from(t)?];
        // "US and Chilean officials"
        let is_short = matches!(words.lower(t), "us" | "u.s." | "uk" | "u.k." | "eu");
        (piece.kind == PieceKind::Demonym || is_short).then_some(piece.tokens.end)
    };
    let mut next = demonym(at)?;
    let mut several = false;
    loop {
        let joined = match words.lower(next) {
            "and" => 1,
            "," if words.lower(next + 1) == "and" => 2,
            "," => 1,
            _ => break,
        };
        next = demonym(next + joined)?;
        several = true;
    }
    let noun = (next..end.min(next + 4)).find(|t| is_people_noun(words.lower(*t)))?;
    let is_plural = words.xpos(noun) == Xpos::Nns;
    let inside = (next..noun).all(|t| matches!(words.upos(t), Upos::Adj | Upos::Noun));
    (several && is_plural && inside).then_some(Party {
        tokens: at..noun + 1,
        entities: Vec::new(),
    })
}

/// "his counterpart, *Gen. Ola Lund*", "the ministers, *Ola Lund and Ida Moe*": whom the aside names.
fn named_counterpart(cast: &mut Cast, at: TokenId, end: TokenId) -> Option<Party> {
    let words = &cast.mentions.words;
    // "her counterpart from Norway, Ola Lund"
    let of_country = cast.mentions.piece_until(at).and_then(|p| {
        let piece = &cast.mentions.pieces[p];
        let is_from = matches!(words.before(piece.tokens.start), "from" | "in" | "of");
        (piece.kind == PieceKind::Country && is_from).then(|| piece.tokens.start - 1)
    });
    let noun = words.before(of_country.unwrap_or(at));
    let is_counterpart = matches!(noun, "counterpart" | "colleague");
    let is_titled = cast.mentions.titles.iter().any(|t| t.core.end == at);
    let is_one = matches!(words.xpos(at - 1), Xpos::Nn | Xpos::Nnp);
    let are_several = words.xpos(at - 1) == Xpos::Nns && is_people_noun(words.before(at));
    let names_one = is_counterpart || is_titled && is_one;
    if !(names_one || are_several) || words.lower(at) != "," {
        return None;
    }
    let party = party_from(cast, at + 1, end)?;
    let is_person = |e: &EntityIndex| cast.drafts[*e].kind == EntityKind::Person;
    let is_name = !party.entities.is_empty() && party.entities.iter().all(is_person);
    let named = cast.mentions.piece_until(party.tokens.end);
    let is_named = named.is_some_and(|p| cast.mentions.pieces[p].kind == PieceKind::Person);
    // "met the mayor, Lund and Moe": a list.
    let words = &cast.mentions.words;
    let is_listed = !is_counterpart && words.lower(party.tokens.end) == "and";
    let fits = if are_several {
        party.entities.len() > 1
    } else {
        party.entities.len() == 1 && !is_listed
    };
    (is_name && is_named && fits).then_some(party)
}

/// The end of a group with the body or the people that it is of: "families *of the victims*", "a
/// delegation *from the World Bank*".
fn with_body(cast: &Cast, party: &Range<TokenId>) -> TokenId {
    const LONGEST: usize = 8;
    let mentions = cast.mentions;
    let words = &mentions.words;
    let head = party.end - 1;
    let opens =
        matches!(words.lower(party.end), "of" | "from") && is_people_noun(words.lower(head));
    if !opens {
        return party.end;
    }
    let start = party.end + 1;
    let inner = start + usize::from(matches!(words.lower(start), "the" | "a" | "an"));
    if let Some(p) = mentions.piece_from(inner) {
        let piece = &mentions.pieces[p];
        let is_owner = words.lower(piece.tokens.end) == "'s";
        let is_whole = words.upos(piece.tokens.end) != Upos::Noun;
        if (piece.kind.is_body() || piece.kind.is_place()) && is_whole && !is_owner {
            return past_places(cast, piece.tokens.end);
        }
    }
    let noun = words
        .annotation
        .children_with(head, Deprel::Nmod)
        .find(|noun| *noun > head);
    let Some(noun) = noun.filter(|noun| words.upos(*noun) == Upos::Noun) else {
        return party.end;
    };
    let phrase = grammar::phrase_of(words, noun);
    let fits = phrase.start == start && phrase.end - start <= LONGEST;
    if fits { phrase.end } else { party.end }
}

/// The token behind "Chad, Niger and Mali" once the first place has been read.
fn past_places(cast: &Cast, after_first: TokenId) -> TokenId {
    let mentions = cast.mentions;
    let words = &mentions.words;
    let mut end = after_first;
    loop {
        let joined = match words.lower(end) {
            "and" => 1,
            "," if words.lower(end + 1) == "and" => 2,
            "," => 1,
            _ => return end,
        };
        let is_place = |p: &usize| mentions.pieces[*p].kind == PieceKind::Country;
        match mentions.piece_from(end + joined).filter(is_place) {
            Some(p) => end = mentions.pieces[p].tokens.end,
            None => return end,
        }
    }
}

/// "a delegation, *led by Lund*", "headed by": who leads those who come.
pub(super) fn with_leaders(
    cast: &mut Cast,
    sentence: &Range<TokenId>,
    parties: &mut Vec<EntityIndex>,
) {
    let groups = parties.iter().filter(|p| {
        matches!(
            cast.drafts[**p].kind,
            EntityKind::Group | EntityKind::Organization
        )
    });
    let starts: Vec<TokenId> = groups
        .flat_map(|p| cast.drafts[*p].at.iter().copied())
        .filter(|at| sentence.contains(at))
        .collect();
    for start in starts {
        let words = &cast.mentions.words;
        let end = sentence.end.min(start + 14);
        let led = (start..end)
            .find(|t| words.reads(*t, &["led", "by"]) || words.reads(*t, &["headed", "by"]));
        let Some(led) = led.filter(|led| !(start..*led).any(|t| words.is_finite(t))) else {
            continue;
        };
        let (leaders, _) = parties_from(cast, led + 2, sentence.end);
        merge(parties, leaders);
    }
}

/// "the leaders of *Chile* and Peru": of several states' people each state is a party.
fn states_of(cast: &Cast, party: Range<TokenId>) -> Option<EntityIndex> {
    let mentions = cast.mentions;
    let words = &mentions.words;
    let is_country = |p: &usize| mentions.pieces[*p].kind == PieceKind::Country;
    let state = mentions.piece_until(party.end).filter(is_country)?;
    let start = mentions.pieces[state].tokens.start;
    let is_of = words.before(start - usize::from(words.before(start) == "the")) == "of";
    let joined = match words.lower(party.end) {
        "and" => 1,
        "," if words.lower(party.end + 1) == "and" => 2,
        "," => 1,
        _ => return None,
    };
    let next = party.end + joined + usize::from(words.lower(party.end + joined) == "the");
    let is_list = mentions.piece_from(next).filter(is_country).is_some();
    let is_people = |t: TokenId| is_people_noun(words.lower(t)) && words.lower(t).ends_with('s');
    let is_people = party.clone().any(is_people);
    (start > party.start && is_of && is_list && is_people)
        .then(|| cast.entity_of_piece(state))
        .flatten()
}

/// The token behind "of Chile", "(R-Texas)" after a name that ends at `at`.
fn past_home(cast: &Cast, at: TokenId) -> TokenId {
    let mentions = cast.mentions;
    let words = &mentions.words;
    let is_person = |p: usize| mentions.pieces[p].kind == PieceKind::Person;
    if !mentions.piece_until(at).is_some_and(is_person) {
        return at;
    }
    if words.lower(at) == "(" {
        return (at + 1..at + 6)
            .find(|t| words.lower(*t) == ")")
            .map_or(at, |t| t + 1);
    }
    let inner = at + 1 + usize::from(words.lower(at + 1) == "the");
    let home = matches!(words.lower(at), "of" | "from")
        .then(|| mentions.piece_from(inner))
        .flatten()
        .filter(|p| mentions.pieces[*p].kind.is_place() || mentions.pieces[*p].kind.is_body());
    home.map_or(at, |p| mentions.pieces[p].tokens.end)
}

/// After "X, the minister of Y," the token behind the aside.
pub(super) fn skip_aside(cast: &Cast, at: TokenId, end: TokenId) -> TokenId {
    let words = &cast.mentions.words;
    if words.lower(at) != "," {
        return at;
    }
    let title =
        cast.mentions.titles.iter().find(|t| {
            t.rule == "title-after-name" && t.determiner.unwrap_or(t.tokens.start) == at + 1
        });
    match title {
        Some(t) if t.tokens.end < end => {
            if words.lower(t.tokens.end) == "," {
                t.tokens.end + 1
            } else {
                t.tokens.end
            }
        }
        _ => at,
    }
}

/// "alongside European leaders", "along with Z", "in the presence of", "under the chairmanship of".
pub(super) fn more_parties(
    cast: &mut Cast,
    from: TokenId,
    end: TokenId,
    parties: &mut Vec<EntityIndex>,
) {
    let mut at = from;
    while at < end {
        let words = &cast.mentions.words;
        let opens = match words.lower(at) {
            "alongside" => Some(at + 1),
            "along" if words.lower(at + 1) == "with" => Some(at + 2),
            "together" if words.lower(at + 1) == "with" => Some(at + 2),
            "attended" | "joined" if words.lower(at + 1) == "by" => Some(at + 2),
            "presence" | "chairmanship" | "chair" | "participation" | "leadership"
                if words.lower(at + 1) == "of" =>
            {
                Some(at + 2)
            }
            "chaired" | "accompanied" | "presided" if words.reads(at + 1, &["by"]) => Some(at + 2),
            "presided" if words.reads(at + 1, &["over", "by"]) => Some(at + 3),
            _ => None,
        };
        if let Some(start) = opens {
            let (more, next) = parties_from(cast, start, end);
            merge(parties, more);
            at = next.max(start);
        } else {
            at += 1;
        }
    }
}
