//! How many took part in a meeting, as the article counts them. Must not know who they are.

use std::ops::Range;

use super::clause::is_people_noun;
use super::coreference::Cast;
use super::meeting::MeetingDraft;
use super::{Attendance, MeetingKind};
use crate::annotation::{Deprel, Xpos};
use crate::document::{Span, TokenId};
use crate::mention::{Words, count};

/// Numbers that the words around them make vague are taken for a tenth more or less.
const TENTH: u32 = 10;

/// The counts of those whom a meeting's own words name as its parties; the first of each kind.
pub(super) fn attendance(cast: &Cast, meeting: &MeetingDraft) -> Vec<Attendance> {
    let words = &cast.mentions.words;
    let mut found: Vec<Attendance> = Vec::new();
    for evidence in &meeting.evidence {
        let anchors = anchors(cast, &tokens_of(cast, evidence.span));
        let Some(&first) = anchors.first() else {
            continue;
        };
        let sentence = words.sentence(first);
        for number in sentence.filter(|t| words.deprel(*t) == Deprel::Nummod) {
            let counted = count_at(cast, &anchors, number);
            let is_new = |new: &Attendance| found.iter().all(|old| old.counted != new.counted);
            found.extend(counted.filter(is_new));
        }
    }
    found
}

/// The tokens that begin in a stretch of the text.
pub(super) fn tokens_of(cast: &Cast, span: Span) -> Range<TokenId> {
    let tokens = &cast.mentions.words.document.tokens;
    let at = |byte: usize| tokens.partition_point(|t| t.span.start < byte);
    at(span.start)..at(span.end)
}

/// The words that a meeting's parties depend on: its verb or noun, the verb that holds it, "attended
/// by". Places are what is visited.
fn anchors(cast: &Cast, tokens: &Range<TokenId>) -> Vec<TokenId> {
    let words = &cast.mentions.words;
    let mut anchors = Vec::new();
    for event in &cast.mentions.events {
        if !tokens.contains(&event.tokens.start) || event.kind == MeetingKind::Visit {
            continue;
        }
        let last = event.tokens.end - 1;
        anchors.extend(event.tokens.clone());
        if words.deprel(last) == Deprel::Obj {
            anchors.extend(words.head(last));
        }
        let participles = words.annotation.children_with(last, Deprel::Acl);
        let brings = |t: &TokenId| matches!(words.lower(*t), "attended" | "joined" | "gathering");
        anchors.extend(participles.filter(brings));
    }
    anchors
}

/// What the number at `at` counts, if that takes part in the event.
fn count_at(cast: &Cast, anchors: &[TokenId], at: TokenId) -> Option<Attendance> {
    let words = &cast.mentions.words;
    let noun = words.head(at)?;
    let is_country = matches!(words.lower(noun), "countries" | "nations" | "states");
    let is_head = words.lower(noun) == "heads" && words.reads(noun + 1, &["of"]);
    let is_titled = cast.mentions.titles.iter().any(|t| t.core.contains(&noun));
    if words.xpos(noun) != Xpos::Nns
        || !(is_country || is_head || is_titled || is_people_noun(words.lower(noun)))
    {
        return None;
    }
    let case = |t: TokenId| {
        let mut cases = words.annotation.children_with(t, Deprel::Case);
        cases.next().map_or("", |case| words.lower(case))
    };
    // "leaders of seven countries": whose they are counts them.
    let owner = words
        .head(noun)
        .filter(|_| is_country && matches!(case(noun), "of" | "from"))
        .filter(|head| is_people_noun(words.lower(*head)));
    let mut party = owner.unwrap_or(noun);
    if words.deprel(party) == Deprel::Conj {
        party = words.head(party)?;
    }
    let takes_part = match words.deprel(party) {
        Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj => true,
        Deprel::Obl | Deprel::OblAgent | Deprel::Nmod => matches!(
            case(party),
            "with" | "by" | "between" | "among" | "of" | "alongside" | "including"
        ),
        _ => false,
    };
    let is_linked = takes_part
        && words
            .head(party)
            .is_some_and(|head| anchors.contains(&head));
    // "Some 40 ministers met in Oslo", read as those whom somebody met.
    let acts = |t: &TokenId| {
        let of_state = noun..noun + if is_head { 3 } else { 1 };
        let describes = |head: TokenId| head == party || of_state.contains(&head);
        words.deprel(*t) == Deprel::Acl && words.head(*t).is_some_and(describes)
    };
    (is_linked || anchors.iter().any(acts))
        .then(|| counted(words, at, noun, owner.unwrap_or(at)))
        .flatten()
}

/// How many of what the number at `at` with the plural `noun` tells; its words begin at `from` at
/// the latest.
fn counted(words: &Words, at: TokenId, noun: TokenId, from: TokenId) -> Option<Attendance> {
    let start =
        (at.saturating_sub(2)..=at).find(|t| count(words, *t).is_some_and(|(_, end)| end > at))?;
    let (number, next) = count(words, start)?;
    // "two of the leaders", "five other leaders": a part of more.
    let is_part = |t: TokenId| {
        let lower = words.lower(t);
        !words.is_word(t) && lower != "-"
            || matches!(
                lower,
                "of" | "other" | "more" | "additional" | "further" | "fellow" | "the"
            )
    };
    if next > noun || (next..noun).any(is_part) {
        return None;
    }
    let mut stop = noun + 1;
    if words.lower(noun) == "heads" {
        stop += 2;
        if matches!(words.lower(stop), "and" | "or") {
            stop += 1 + usize::from(words.lower(stop + 1) == "of");
            stop += usize::from(words.lower(stop) == "government");
        }
    }
    let mut name: Vec<String> = (next..stop).map(|t| words.lower(t).to_owned()).collect();
    if let Some(noun) = name.last_mut()
        && matches!(noun.as_str(), "nations" | "states")
    {
        "countries".clone_into(noun);
    }
    let quantifier = quantifier_start(words, start);
    let vague = words.text(quantifier..start).to_lowercase();
    let (least, most) = bounds(&vague, words.lower(start), number);
    Some(Attendance {
        counted: name.join(" "),
        least,
        most,
        span: words.document.span(quantifier.min(from)..stop),
    })
}

/// Where the words begin that make a number vague: "*more than* 30".
fn quantifier_start(words: &Words, at: TokenId) -> TokenId {
    let floor = words.sentence(at).start;
    let reads = |start: usize, wanted: &[&str]| start >= floor && words.reads(start, wanted);
    for (length, phrases) in [
        (3, &[&["as", "many", "as"][..]][..]),
        (
            2,
            &[
                &["more", "than"][..],
                &["fewer", "than"],
                &["less", "than"],
                &["at", "least"],
                &["up", "to"],
                &["close", "to"],
            ],
        ),
        (
            1,
            &[
                &["some"][..],
                &["about"],
                &["around"],
                &["roughly"],
                &["approximately"],
                &["nearly"],
                &["almost"],
                &["over"],
                &["under"],
            ],
        ),
    ] {
        if at >= length && phrases.iter().any(|phrase| reads(at - length, phrase)) {
            return at - length;
        }
    }
    at
}

/// The least and the most that a number with the words before it can mean.
fn bounds(quantifier: &str, first: &str, number: u32) -> (u32, Option<u32>) {
    let tenth = number / TENTH;
    match quantifier.trim() {
        "more than" | "over" | "at least" => (number, None),
        "fewer than" | "less than" | "under" | "up to" | "as many as" => (1, Some(number)),
        "nearly" | "almost" | "close to" => (number - tenth, Some(number)),
        "" if first != "a" => (number, Some(number)),
        // "a dozen" is as vague as "some 40".
        _ => (number - tenth, Some(number + tenth)),
    }
}
