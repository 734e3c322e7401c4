//! How real a meeting is: held, planned, proposed, cancelled or denied. Must not know
//! who takes part.

use std::ops::Range;

use jiff::civil::Date;

use super::circumstance::date_of;
use super::coreference::Cast;
use super::joining::is_real;
use super::{EventDate, MeetingStatus};
use crate::annotation::{Deprel, Upos, Xpos};
use crate::document::TokenId;
use crate::mention::{CueClass, CueForm, EventWord, PieceKind};

/// Verbs by which an event does not come about.
pub(super) const UNDONE: &[&str] = &[
    "cancelled",
    "canceled",
    "postponed",
    "scrapped",
    "shelved",
    "aborted",
    "cancel",
    "postpone",
];

/// How real the event is, from the verb group that ends at `verb`.
pub(super) fn verb_status(cast: &Cast, verb: TokenId, sentence: &Range<TokenId>) -> MeetingStatus {
    let words = &cast.mentions.words;
    // "will call on the king and meet Lund": one "will" for both.
    if words.deprel(verb) == Deprel::Conj
        && words.xpos(verb) == Xpos::Vb
        && words.before(verb) != "to"
        && let Some(first) = words.head(verb)
        && first < verb
        && words.xpos(first) == Xpos::Vb
        && sentence.contains(&first)
    {
        return verb_status(cast, first, sentence);
    }
    let from = verb.saturating_sub(9).max(sentence.start);
    let mut group: Vec<&str> = Vec::new();
    for t in (from..verb).rev() {
        let lower = words.lower(t);
        if matches!(
            lower,
            "," | ";" | "that" | "." | "“" | "\"" | "which" | "who" | ":"
        ) {
            break;
        }
        // "To Lam hosted": a name is no "to".
        let is_name = cast.mentions.piece_at(t);
        let is_name = is_name.is_some_and(|p| cast.mentions.pieces[p].kind == PieceKind::Person);
        group.push(if is_name { "" } else { lower });
    }
    let has = |list: &[&str]| group.iter().any(|w| list.contains(w));
    let near = |list: &[&str]| group.iter().take(5).any(|w| list.contains(w));
    let before = words.before(verb);
    let infinitive = group.iter().take(2).any(|w| *w == "to");
    let put_off = words.reads(verb, &["put", "off"]);
    if put_off || has(UNDONE) || UNDONE.contains(&words.lower(verb)) {
        return MeetingStatus::Cancelled;
    }
    let denied = cast.mentions.cues.iter().any(|c| {
        c.class == CueClass::Deny
            && c.tokens.start >= sentence.start
            && c.tokens.end < verb
            && (c.tokens.end..verb).any(|t| words.lower(t) == "that")
    });
    if denied {
        return MeetingStatus::Denied;
    }
    let instead = (from..verb).any(|t| words.reads(t, &["instead", "of"]));
    if instead || near(&["not", "n't", "never"]) && !infinitive {
        return MeetingStatus::Denied;
    }
    if near(&["refused", "declined", "denied"]) {
        return MeetingStatus::Denied;
    }
    // "ruled out meeting", "is considering visiting"
    if before == "out" && words.before(verb - 1).starts_with("rul") {
        return MeetingStatus::Denied;
    }
    if matches!(before, "considering" | "about" | "suggested" | "proposed") {
        return MeetingStatus::Proposed;
    }
    // "there are no plans to meet"
    if infinitive && has(&["no"]) && near(&["plan", "plans", "intention"]) {
        return MeetingStatus::Denied;
    }
    // "said he would meet": announced, as "will" in his words.
    if near(&["would"]) && is_announced(cast, verb, sentence) {
        return MeetingStatus::Planned;
    }
    // "to stop Lund from visiting": a visit that is only at issue.
    let kept = before == "from"
        && has(&[
            "stop",
            "stopped",
            "prevent",
            "prevented",
            "keep",
            "kept",
            "bar",
            "barred",
            "block",
            "blocked",
            "ban",
            "banned",
            "deter",
            "dissuade",
            "discourage",
        ]);
    if kept || near(&["would", "could", "may", "might", "if", "should", "can"]) {
        return MeetingStatus::Proposed;
    }
    if near(&["will", "'ll", "scheduled", "due", "shall", "slated", "set"]) {
        return MeetingStatus::Planned;
    }
    if infinitive {
        if near(&[
            "wants",
            "want",
            "wanted",
            "offered",
            "hopes",
            "hope",
            "hoped",
            "ready",
            "willing",
            "asked",
            "urged",
            "invited",
            "propose",
            "proposed",
            "readiness",
            "like",
            "possible",
            "possibility",
            "desire",
        ]) {
            return MeetingStatus::Proposed;
        }
        return MeetingStatus::Planned;
    }
    let own = words.lower(verb);
    let be = if matches!(before, "also" | "now" | "currently" | "still") {
        words.before(verb - 1)
    } else {
        before
    };
    if own.ends_with("ing") && matches!(be, "is" | "are") {
        return MeetingStatus::Ongoing;
    }
    let base = matches!(
        own,
        "meet"
            | "hold"
            | "visit"
            | "host"
            | "receive"
            | "gather"
            | "attend"
            | "call"
            | "confer"
            | "have"
            | "pay"
            | "make"
            | "join"
    );
    if base
        && !near(&["they", "did", "leaders", "ministers", "officials"])
        && !infinitive
        && has(&["let", "if", "should"])
    {
        return MeetingStatus::Proposed;
    }
    MeetingStatus::Held
}

/// How real an event is that stands as a noun without a verb of holding.
pub(super) fn noun_status(
    cast: &Cast,
    start: TokenId,
    end: TokenId,
    sentence: &Range<TokenId>,
) -> MeetingStatus {
    let words = &cast.mentions.words;
    let left = start.saturating_sub(7).max(sentence.start)..start;
    let right = end..(end + 12).min(sentence.end);
    let any = |range: Range<TokenId>, list: &[&str]| {
        range.clone().any(|t| {
            list.contains(&words.lower(t))
                && !(t + 1..start.min(range.end)).any(|u| matches!(words.lower(u), "," | ";" | "."))
        })
    };
    if any(
        left.clone(),
        &[
            "avoided", "avoids", "rejected", "rejects", "refused", "refuses", "declined", "shunned",
        ],
    ) || left.clone().any(|t| words.reads(t, &["ruled", "out"]))
    {
        return MeetingStatus::Denied;
    }
    // "There are no plans for a meeting."
    if left
        .clone()
        .any(|t| words.lower(t) == "no" && matches!(words.lower(t + 1), "plan" | "plans"))
    {
        return MeetingStatus::Denied;
    }
    // "is due in Oslo for talks"
    let is_awaited = |t: TokenId| match words.lower(t) {
        "due" => words.lower(t + 1) != "to",
        "expected" => matches!(words.lower(t + 1), "in" | "at"),
        _ => false,
    };
    if left.clone().any(is_awaited) {
        return MeetingStatus::Planned;
    }
    // "A meeting with Lund that was planned for Monday was called off."
    let undone = words.head(end - 1).is_some_and(|verb| {
        words.deprel(end - 1) == Deprel::NsubjPass
            && (UNDONE.contains(&words.lower(verb)) || words.reads(verb, &["called", "off"]))
    });
    if undone {
        return MeetingStatus::Cancelled;
    }
    if let Some(status) = modal_above(cast, end - 1) {
        return status;
    }
    let agrees = left
        .clone()
        .any(|t| matches!(words.lower(t), "agreed" | "decided" | "vowed" | "pledged"));
    // "agreed on it after the talks": by then they had been held.
    let over = matches!(
        words.before(start),
        "after" | "following" | "since" | "during" | "at"
    ) && !left.clone().any(|t| {
        matches!(words.lower(t), "will" | "would" | "expected")
            // "agreed on Monday to sign it after the talks": these have been.
            || words.lower(t) == "to" && !agrees
    });
    if over {
        return MeetingStatus::Held;
    }
    let being = |participles: &[&str]| {
        right
            .clone()
            .take(8)
            .any(|t| words.lower(t) == "being" && participles.contains(&words.lower(t + 1)))
    };
    if being(&[
        "mulled",
        "considered",
        "weighed",
        "discussed",
        "floated",
        "proposed",
    ]) {
        return MeetingStatus::Proposed;
    }
    if being(&[
        "planned",
        "arranged",
        "organised",
        "organized",
        "prepared",
        "scheduled",
    ]) {
        return MeetingStatus::Planned;
    }
    let asks = |word: &str| word.starts_with("call") || matches!(word, "asked" | "ask" | "asking");
    let called_for = left
        .clone()
        .any(|t| asks(words.lower(t)) && words.lower(t + 1) == "for");
    if called_for {
        return MeetingStatus::Proposed;
    }
    if any(left.clone(), UNDONE) || any(left.clone(), &["called"]) && !any(left.clone(), &["for"]) {
        return MeetingStatus::Cancelled;
    }
    if any(
        left.clone(),
        &[
            "arrange",
            "arranging",
            "arrangements",
            "plans",
            "planned",
            "planning",
            "agreed",
            "announced",
            "set",
            "schedule",
            "begin",
            "organize",
            "organise",
            "preparations",
            "preparing",
            "prepare",
        ],
    ) {
        return MeetingStatus::Planned;
    }
    if any(
        left.clone(),
        &[
            "proposed",
            "possibility",
            "idea",
            "offered",
            "suggested",
            "hopes",
            "hope",
            "hoped",
            "broker",
            "urged",
            "toward",
            "towards",
            "prospect",
            "prospects",
            "possible",
            "possibly",
            "potentially",
            "seek",
            "seeking",
            "wants",
            "want",
            "push",
            "calls",
            "call",
            "demanded",
            "requested",
            "request",
            "sought",
            "seeks",
            "propose",
        ],
    ) {
        return MeetingStatus::Proposed;
    }
    let off = right
        .clone()
        .any(|t| UNDONE.contains(&words.lower(t)) || words.reads(t, &["called", "off"]));
    let stops = right
        .clone()
        .find(|t| matches!(words.lower(*t), "," | ";" | "but"));
    if off && stops.is_none() {
        return MeetingStatus::Cancelled;
    }
    let mut verb = end;
    while verb < right.end {
        if words.is_capital(verb) {
            verb += 1;
            continue;
        }
        match words.lower(verb) {
            "will" | "is" | "are"
                if words.lower(verb) == "will"
                    || matches!(
                        words.lower(verb + 1),
                        "to" | "scheduled" | "expected" | "due" | "planned" | "set" | "slated"
                    ) =>
            {
                return MeetingStatus::Planned;
            }
            "would" | "could" | "might" | "may" | "should" | "can" => {
                return MeetingStatus::Proposed;
            }
            "was" | "were" | "had" | "came" | "ended" | "took" | "followed" | "has" | "have" => {
                break;
            }
            "," | ";" | "." => break,
            _ => verb += 1,
        }
    }
    MeetingStatus::Held
}

/// "*said on Monday he would* meet": whether somebody is told to have said that it will be so.
fn is_announced(cast: &Cast, verb: TokenId, sentence: &Range<TokenId>) -> bool {
    let words = &cast.mentions.words;
    let Some(would) = (verb.saturating_sub(3)..verb).find(|t| words.lower(*t) == "would") else {
        return false;
    };
    let only_adverbs =
        (would + 1..verb).all(|t| matches!(words.upos(t), Upos::Adv) && words.lower(t) != "like");
    let cue = cast.mentions.cues.iter().rev().find(|c| {
        sentence.contains(&c.tokens.start) && c.tokens.end <= would && c.form == CueForm::Past
    });
    let Some(cue) = cue.filter(|_| only_adverbs) else {
        return false;
    };
    let announces = matches!(
        words.lower(cue.tokens.start),
        "said" | "announced" | "confirmed" | "told" | "stated" | "revealed" | "added"
    );
    let open = (cue.tokens.end..sentence.end.min(verb + 10)).any(|t| {
        matches!(
            words.lower(t),
            "if" | "unless" | "whether" | "should" | "could" | "not" | "only" | "when" | "until"
        )
    });
    announces && would - cue.tokens.end < 14 && !open
}

/// "If the talks take place", "a session, including her, could follow", "could lead to talks": how
/// real the verb of happening beside an event says it is.
fn modal_above(cast: &Cast, noun: TokenId) -> Option<MeetingStatus> {
    const HAPPENING: &[&str] = &[
        "follow", "follows", "happen", "happens", "take", "takes", "be", "come", "comes", "occur",
        "occurs", "held",
    ];
    const BRINGING: &[&str] = &["lead", "pave", "result", "culminate", "open"];
    let words = &cast.mentions.words;
    let modal = |word: &str| match word {
        "if" | "unless" | "could" | "would" | "may" | "might" | "should" | "can" => {
            Some(MeetingStatus::Proposed)
        }
        "will" | "shall" => Some(MeetingStatus::Planned),
        _ => None,
    };
    // The tree often loses the verb behind an aside.
    let closes = (words.lower(noun + 1) == ",")
        .then(|| (noun + 2..noun + 10).find(|t| words.lower(*t) == ","))
        .flatten();
    if let Some(close) = closes
        && HAPPENING.contains(&words.lower(close + 2))
    {
        return modal(words.lower(close + 1));
    }
    let verb = words
        .annotation
        .ancestors(noun)
        .find(|t| words.upos(*t) == Upos::Verb)?;
    let is_subject = matches!(words.deprel(noun), Deprel::Nsubj | Deprel::NsubjPass);
    // "would take place before a summit": that one is as uncertain.
    let is_beside = words
        .annotation
        .children(noun)
        .iter()
        .any(|c| *c < noun && matches!(words.lower(*c), "before" | "after"));
    let happens = (is_subject || is_beside) && HAPPENING.contains(&words.lower(verb))
        || verb < noun && BRINGING.contains(&words.lower(verb));
    let before = words
        .annotation
        .children(verb)
        .iter()
        .filter(|c| **c < verb);
    happens
        .then(|| before.filter_map(|c| modal(words.lower(*c))).next())
        .flatten()
}

/// "is travelling to Oslo on Friday", "meets Lund next week": the present with a day to come is a plan.
pub(super) fn timetabled(
    cast: &Cast,
    event: &EventWord,
    verb: TokenId,
    published: Option<Date>,
    told: (MeetingStatus, Option<EventDate>),
) -> (MeetingStatus, Option<EventDate>) {
    let words = &cast.mentions.words;
    let is_present = match words.xpos(verb) {
        Xpos::Vbz | Xpos::Vbp => true,
        // "meets", read for a noun
        Xpos::Nns => true,
        Xpos::Vbg => told.0 == MeetingStatus::Ongoing,
        _ => false,
    };
    // A caption tells of the past in the present.
    let index = words.sentence_index(event.tokens.start);
    if words.document.sentences[index].region.is_some() {
        return told;
    }
    // "meet on Friday" in the news of a Friday: today.
    let is_today = |date: EventDate| published.is_some_and(|p| date.bounds().1 >= p);
    if !is_present || !is_real(told.0) || told.1.is_none_or(is_today) {
        return told;
    }
    let sentence = words.sentence(event.tokens.start);
    let planned = MeetingStatus::Planned;
    let ahead = date_of(cast, event, &sentence, published, planned)
        .filter(|date| published.is_some_and(|p| date.bounds().0 > p));
    ahead.map_or(told, |date| (planned, Some(date)))
}

/// "their Dec. 28 meeting" in an article of December 10: what the words do not say, the date does.
pub(super) fn to_come(
    status: MeetingStatus,
    date: Option<EventDate>,
    published: Option<Date>,
) -> MeetingStatus {
    let is_ahead = date.is_some_and(|date| published.is_some_and(|p| date.bounds().0 > p));
    match status {
        MeetingStatus::Held if is_ahead => MeetingStatus::Planned,
        status => status,
    }
}
