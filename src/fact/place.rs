//! Where a meeting is. Must not know who takes part.

use std::ops::Range;

use super::MeetingKind;
use super::circumstance::is_stretch;
use super::clause::is_people_noun;
use super::coreference::Cast;
use super::occasion::is_titled;
use crate::annotation::{Deprel, Upos};
use crate::document::TokenId;
use crate::mention::{PieceKind, Words};

/// The places of an event's clause; who calls is in a room, and not where the clause says something
/// else is.
pub(super) fn where_held(
    cast: &Cast,
    kind: MeetingKind,
    event: TokenId,
    sentence: &Range<TokenId>,
) -> Vec<usize> {
    let mut places = places_in(cast, event, sentence);
    let in_room = |p: &usize| {
        let piece = &cast.mentions.pieces[*p];
        piece.kind == PieceKind::Facility && piece.tokens.start > event
    };
    if kind == MeetingKind::Call && !places.iter().any(in_room) {
        places.clear();
    }
    places
}

/// The places that the clause of an event names after "in" or "at".
pub(super) fn places_in(cast: &Cast, event: TokenId, sentence: &Range<TokenId>) -> Vec<usize> {
    let words = &cast.mentions.words;
    // "is in Cairo, where he met": the place that the clause describes.
    let described = (event.saturating_sub(10).max(sentence.start)..event)
        .rev()
        .find(|t| words.lower(*t) == "where")
        .and_then(|t| {
            let end = if words.before(t) == "," { t - 1 } else { t };
            let is_place = |p: &usize| cast.mentions.pieces[*p].kind.is_place();
            // "is in Davos for the forum, where he met"
            let by_tree = || {
                let verb = words.annotation.ancestors(t).find(|v| {
                    words.deprel(*v) == Deprel::AclRelcl && words.head(*v).is_some_and(|h| h < t)
                })?;
                cast.mentions.piece_at(words.head(verb)?)
            };
            cast.mentions
                .piece_until(end)
                .filter(is_place)
                .or_else(|| by_tree().filter(is_place))
        });
    let described = described.map(|p| {
        // "is in Minsk, Belarus, where"
        let start = cast.mentions.pieces[p].tokens.start;
        let within = (words.before(start) == ",")
            .then(|| cast.mentions.piece_until(start - 1))
            .flatten()
            .filter(|q| cast.mentions.pieces[*q].kind.is_place());
        within.into_iter().chain([p]).collect()
    });
    let mut best: Option<(usize, Vec<usize>)> = described.map(|places| (3, places));
    let mut at = sentence.start;
    while at < sentence.end {
        let prep = matches!(words.lower(at), "in" | "at" | "inside" | "outside");
        if prep
            && !words
                .document
                .quotation_of(at)
                .is_some_and(|q| q.tokens.len() > 6 && !q.tokens.contains(&event))
            && let Some((places, next)) = place_at(cast, at + 1, sentence.end)
        {
            let distance = if at >= event {
                at - event
            } else {
                (event - at) * 2
            };
            // "a meeting that was planned in Riga": the event's own clause.
            let own = |t: TokenId| {
                words.head(t).is_some_and(|verb| {
                    let of_event = words.head(verb) == Some(event)
                        || matches!(
                            words.lower(verb),
                            "scheduled" | "planned" | "held" | "hosted"
                        );
                    words.deprel(verb) == Deprel::AclRelcl && of_event
                })
            };
            let stops = (event.min(at)..event.max(at)).any(|t| {
                !own(t)
                    && matches!(
                        words.lower(t),
                        ";" | "that" | "who" | "which" | "said" | "says" | "where"
                    )
            }) || at < event && (at..event).any(|t| words.lower(t) == "before");
            // "ambassador in Baghdad": of the office.
            let of_office = cast.mentions.titles.iter().any(|t| {
                let noun = words.lower(t.core.end - 1);
                let ends = t.core.end == at || t.tokens.end == at;
                // "host leaders at Lancaster House": no office is held there.
                let is_general =
                    matches!(noun, "leaders" | "officials" | "ministers" | "executives")
                        || words.lower(at) == "in" && t.holders.is_empty() && !is_post(noun);
                ends && is_post(noun) || t.tokens.contains(&(at + 1)) && !is_general
            });
            // "war in Ukraine", "troops in Syria": the place of something else.
            let governed = of_office
                || at > 0
                    && matches!(
                        words.before(at),
                        "war"
                            | "conflict"
                            | "fighting"
                            | "ceasefire"
                            | "troops"
                            | "crisis"
                            | "peace"
                            | "situation"
                            | "forces"
                            | "stability"
                            | "invasion"
                            | "killing"
                            | "elections"
                            | "election"
                            | "violence"
                            | "developments"
                            | "truce"
                            | "accredited"
                            | "based"
                            | "mission"
                            | "embassy"
                    );
            if distance <= 26
                && !is_elsewhere(cast, places[0], event)
                && !is_of_noun(cast, places[0], event)
                && !stops
                && !governed
                && best.as_ref().is_none_or(|(d, _)| distance < *d)
            {
                best = Some((distance, places));
            }
            at = next;
            continue;
        }
        at += 1;
    }
    best.map(|(_, places)| places).unwrap_or_default()
}

/// A place phrase that begins at `at`: the pieces and the token after it.
pub(super) fn place_at(cast: &Cast, at: TokenId, end: TokenId) -> Option<(Vec<usize>, TokenId)> {
    let mentions = cast.mentions;
    let words = &mentions.words;
    let mut next = at;
    while next < (at + 4).min(end)
        // "The Hague" has its article.
        && mentions.piece_from(next).is_none()
        && matches!(
            words.lower(next),
            "the"
                | "a"
                | "an"
                | "his"
                | "her"
                | "their"
                | "capital"
                | "city"
                | "of"
                | "nearby"
                | "southern"
                | "northern"
                | "eastern"
                | "western"
                | "resort"
        )
    {
        next += 1;
    }
    // "at the Ministry of Health": the house of a body.
    let houses = matches!(words.before(at), "at" | "inside");
    let is_place = |p: &usize| {
        let kind = mentions.pieces[*p].kind;
        // "at the Republican convention": a body's event, not its house.
        let end = mentions.pieces[*p].tokens.end;
        kind.is_place()
            || houses && kind == PieceKind::Organization && words.upos(end) != Upos::Noun
    };
    let mut found = Vec::new();
    while next < end
        && let Some(p) = mentions.piece_from(next).filter(is_place)
    {
        // "Chile's coast", "the Chile-Peru border"
        if matches!(words.lower(mentions.pieces[p].tokens.end), "'s" | "-" | "–") {
            break;
        }
        found.push(p);
        next = mentions.pieces[p].tokens.end;
        let joined = match words.lower(next) {
            "," => 1,
            "in" | "of" | "at" | "on" => {
                if words.lower(next + 1) == "the" {
                    2
                } else {
                    1
                }
            }
            _ => 0,
        };
        if joined == 0
            || next + joined >= end
            || mentions
                .piece_from(next + joined)
                .is_none_or(|q| !mentions.pieces[q].kind.is_place())
        {
            break;
        }
        next += joined;
    }
    (!found.is_empty()).then_some((found, next))
}

/// "and Mali", ", Niger": the next of several places that are visited.
pub(super) fn place_joined(
    cast: &Cast,
    at: TokenId,
    end: TokenId,
) -> Option<(Vec<usize>, TokenId)> {
    let words = &cast.mentions.words;
    let joined = match words.lower(at) {
        "and" => 1,
        "," if words.lower(at + 1) == "and" => 2,
        "," => 1,
        _ => return None,
    };
    let next = at + joined;
    let next = next + usize::from(matches!(words.lower(next), "to" | "then"));
    let (places, after) = place_at(cast, next, end)?;
    // "visited Oslo, and Lima said": a clause of its own.
    let acts = words.lower(at) == "," && words.is_finite(after) || words.lower(after) == "'s";
    (!acts).then_some((places, after))
}

/// "visited the Lund Hospital": a place, or a body in its house.
pub(super) fn can_be_visited(kind: PieceKind) -> bool {
    kind.is_place() || kind == PieceKind::Organization
}

/// The token behind "on Monday in Oslo", "at his office", "privately": what may stand between a verb
/// and those whom it is about.
pub(super) fn past_circumstances(cast: &Cast, at: TokenId, end: TokenId) -> TokenId {
    let words = &cast.mentions.words;
    let mut next = at;
    while next < end {
        let opens = matches!(words.lower(next), "on" | "in" | "at" | "inside");
        let inner = next + usize::from(opens);
        let time = cast.mentions.times.iter().find(|t| t.tokens.start == inner);
        if let Some(time) = time {
            next = time.tokens.end;
        } else if let Some((_, after)) = opens.then(|| place_at(cast, inner, end)).flatten() {
            next = after;
        } else if let Some(after) = opens.then(|| past_room(words, inner)).flatten() {
            next = after;
        } else if words.lower(next) == "here" || words.upos(next) == Upos::Adv {
            next += 1;
        } else {
            break;
        }
    }
    next.min(end)
}

/// The token behind "his office", "the presidential palace": a house without a name.
fn past_room(words: &Words, at: TokenId) -> Option<TokenId> {
    let determined = matches!(
        words.lower(at),
        "his" | "her" | "their" | "its" | "the" | "a" | "an"
    );
    let noun = (at + 1..at + 4).find(|t| is_room(words.lower(*t)))?;
    let inside = (at + 1..noun).all(|t| words.is_word(t) && words.upos(t) != Upos::Verb);
    (determined && inside).then_some(noun + 1)
}

fn is_room(lower: &str) -> bool {
    matches!(
        lower,
        "office"
            | "offices"
            | "residence"
            | "headquarters"
            | "palace"
            | "ministry"
            | "hotel"
            | "chambers"
            | "home"
            | "airport"
            | "premises"
            | "secretariat"
            | "capital"
            | "city"
            | "embassy"
    )
}

/// Offices that are held in a place: "the envoy in Lima" need not be met there.
fn is_post(noun: &str) -> bool {
    matches!(
        noun,
        "ambassador"
            | "ambassadors"
            | "envoy"
            | "envoys"
            | "consul"
            | "attaché"
            | "representative"
            | "representatives"
            | "coordinator"
            | "correspondent"
            | "director"
            | "bishop"
            | "nuncio"
            | "diplomat"
            | "diplomats"
    )
}

/// Whether a place belongs to a verb whose clause the event is not in: "The meeting told members to
/// stay in Lahore".
fn is_elsewhere(cast: &Cast, place: usize, event: TokenId) -> bool {
    let words = &cast.mentions.words;
    let tokens = &cast.mentions.pieces[place].tokens;
    let head = tokens
        .clone()
        .find(|t| words.head(*t).is_none_or(|h| !tokens.contains(&h)));
    let Some(verb) = head.and_then(|head| {
        let mut above = words.annotation.ancestors(head);
        // "with the visiting premier at the palace"
        above.find(|t| *t == event || words.upos(*t) == Upos::Verb && words.lower(*t) != "visiting")
    }) else {
        return false;
    };
    let holds = matches!(
        words.lower(verb),
        "held" | "hosted" | "convened" | "scheduled" | "planned" | "set" | "took" | "take"
    );
    !holds && !words.annotation.is_under(event, verb) && !words.annotation.is_under(verb, event)
}

/// Whether the tree hangs a place on a noun that is neither the event nor people nor where the event
/// is: "to avert a strike *in Lille*".
fn is_of_noun(cast: &Cast, place: usize, event: TokenId) -> bool {
    let mentions = cast.mentions;
    let words = &mentions.words;
    let tokens = &mentions.pieces[place].tokens;
    // "talks over the map in the Cedar Palace": people meet in such rooms, whatever it is about.
    if is_room(words.lower(tokens.end - 1)) {
        return false;
    }
    let above = |from: &Range<TokenId>| {
        let mut heads = from
            .clone()
            .filter(|t| words.head(*t).is_some_and(|h| !from.contains(&h)));
        heads.next().and_then(|t| Some((t, words.head(t)?)))
    };
    let Some((own, mut noun)) = above(tokens) else {
        return false;
    };
    // "at the Springfield courthouse": the house's own place in the tree.
    if words.deprel(own) == Deprel::Compound {
        match words.head(noun) {
            Some(head) => noun = head,
            None => return false,
        }
    }
    // "a debate on the raids on Finns in Oslo": what it is about is there.
    let themes = |t: &TokenId| {
        if is_stretch(words, *t) || mentions.piece_at(*t).is_some() {
            return false;
        }
        let mut cases = words.annotation.children_with(*t, Deprel::Case);
        cases.any(|case| matches!(words.lower(case), "on" | "about" | "over" | "against"))
    };
    let mut path = words.annotation.ancestors(own).take_while(|t| *t != event);
    let is_time = |t: TokenId| mentions.times.iter().any(|time| time.tokens.contains(&t));
    if words.annotation.is_under(own, event)
        && path.any(|t| t > event && words.upos(t) != Upos::Verb && !is_time(t) && themes(&t))
    {
        return true;
    }
    let is_common = |t: TokenId| {
        let is_event = mentions.events.iter().any(|e| e.tokens.contains(&t));
        let lower = words.lower(t);
        words.upos(t) == Upos::Noun
            && !(is_event || is_time(t) || is_titled(cast, t) || is_people_noun(lower))
            && mentions.piece_at(t).is_none()
            && !is_room(lower)
            && !is_stretch(words, t)
    };
    // "at his club in Palm Beach": what the event is at is itself there.
    let is_at = words
        .annotation
        .children_with(noun, Deprel::Case)
        .any(|case| words.lower(case) == "at");
    let governor = words.head(noun);
    let is_own = is_at && governor.is_none_or(|head| !is_common(head))
        || governor == Some(event) && words.deprel(noun) == Deprel::Obl;
    // "at the firm's conference keynote in Lille": the event's own noun.
    let is_whole = words.annotation.is_under(event, noun);
    // "on the sidelines of a funeral in Rome": there they meet.
    let is_beside = (event..noun).any(|t| matches!(words.lower(t), "sidelines" | "margins"));
    !is_beside && !is_whole && noun > event && noun < tokens.start && !is_own && is_common(noun)
}
