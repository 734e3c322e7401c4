//! The words around an event: verbs that hold it, idioms and habits that are none, whose it is and
//! what tells it from others. Knows nothing of the meetings that are made of them.

use std::ops::Range;

use super::clause::{Party, is_people_noun};
use super::coreference::{Cast, EntityIndex};
use super::grammar::subject_of as subject_of_verb;
use super::participant::{expand, main_party, subject_in_tree};
use super::party::party_from;
use super::status::verb_status;
use super::{EntityKind, MeetingKind, MeetingStatus};
use crate::annotation::{Deprel, Upos, Xpos};
use crate::document::TokenId;
use crate::mention::{CueForm, EventPart, Words};

/// Verbs that hold an event noun as their object: "held talks".
pub(super) const LIGHT_VERBS: &[&str] = &[
    "held",
    "hold",
    "holds",
    "holding",
    "had",
    "have",
    "has",
    "having",
    "chaired",
    "chairs",
    "chair",
    "convened",
    "hosted",
    "hosts",
    "host",
    "hosting",
    "attended",
    "attend",
    "attends",
    "attending",
    "joined",
    "join",
    "concluded",
    "began",
    "begin",
    "begins",
    "started",
    "effected",
    "undertook",
    "undertake",
    "undertakes",
    "undertaking",
    "paid",
    "pay",
    "pays",
    "paying",
    "made",
    "make",
    "makes",
    "resumed",
    "resume",
    "opened",
    "conducted",
    "cancelled",
    "canceled",
    "postponed",
    "scrapped",
    "cancel",
    "postpone",
    "kicked",
    "took",
    "led",
    "leads",
    "finished",
    "ended",
    "addressed",
    "skipped",
    "left",
    "arranged",
    "arrange",
    "organized",
    "organised",
    "scheduled",
    "planned",
    "addresses",
    "addressing",
    "participated",
    "received",
    "receives",
    "presided",
    "presides",
    "co-chaired",
    "co-hosted",
    "wrapped",
    "put",
    "inaugurated",
    "embark",
    "embarks",
    "embarked",
];

/// "her book tour", "a guided tour": no journey to somebody.
pub(super) fn is_show(words: &Words, noun: TokenId) -> bool {
    words.lower(noun).starts_with("tour")
        && matches!(
            words.before(noun),
            "book"
                | "bus"
                | "speaking"
                | "concert"
                | "farewell"
                | "guided"
                | "walking"
                | "virtual"
                | "media"
                | "promotional"
                | "comedy"
                | "apology"
                | "listening"
                | "music"
        )
}

/// Whether a noun is the head of a title: "received *the president* of".
pub(super) fn is_titled(cast: &Cast, noun: TokenId) -> bool {
    cast.mentions.titles.iter().any(|t| t.core.contains(&noun))
}

/// "The talks took place", "a meeting was held".
pub(super) fn takes_place(cast: &Cast, noun: TokenId) -> bool {
    let words = &cast.mentions.words;
    let phrase = words.annotation.subtree(noun);
    if (noun..phrase.end).any(|t| words.lower(t) == "held" && words.xpos(t) == Xpos::Vbn) {
        return true;
    }
    matches!(words.deprel(noun), Deprel::Nsubj | Deprel::NsubjPass)
        && words.head(noun).is_some_and(|verb| {
            matches!(
                words.lower(verb),
                "held"
                    | "convened"
                    | "began"
                    | "begin"
                    | "begins"
                    | "opened"
                    | "opens"
                    | "started"
                    | "concluded"
                    | "ended"
                    | "resumed"
                    | "continued"
            ) || matches!(
                words.lower(verb),
                "took" | "take" | "takes" | "taken" | "taking"
            ) && words.lower(verb + 1) == "place"
        })
}

/// "was met with protests", "meet them head on", "met its targets": no meeting of people.
pub(super) fn is_idiom(cast: &Cast, verb: TokenId) -> bool {
    let words = &cast.mentions.words;
    let children = words.annotation.children(verb);
    let passive = children.iter().any(|c| words.deprel(*c) == Deprel::AuxPass);
    let of_thing = |object: TokenId| {
        let named = cast.mentions.piece_at(object).is_some();
        let is_time = cast
            .mentions
            .times
            .iter()
            .any(|t| t.tokens.contains(&object));
        words.upos(object) == Upos::Noun
            && !named
            && !is_time
            && !is_people_noun(words.lower(object))
            && !is_titled(cast, object)
            && words.xpos(object) != Xpos::Nnp
            && matches!(
                words.lower(object),
                "target"
                    | "targets"
                    | "goal"
                    | "goals"
                    | "need"
                    | "needs"
                    | "demand"
                    | "demands"
                    | "deadline"
                    | "deadlines"
                    | "requirement"
                    | "requirements"
                    | "standard"
                    | "standards"
                    | "challenge"
                    | "challenges"
                    | "criteria"
                    | "expectations"
                    | "obligations"
                    | "conditions"
                    | "costs"
                    | "end"
                    | "fate"
                    | "death"
                    | "moment"
                    | "threshold"
                    | "definition"
                    | "commitments"
                    | "objectives"
                    | "quota"
            )
    };
    let objects = words.annotation.children_with(verb, Deprel::Obj);
    let head_on = (verb..verb + 6)
        .any(|t| words.reads(t, &["head", "on"]) || words.reads(t, &["head", "-", "on"]));
    passive && words.lower(verb + 1) == "with" || head_on || objects.into_iter().any(of_thing)
}

/// "is required to meet at least once a year", "meets every week": no single event.
pub(super) fn is_generic(cast: &Cast, verb: TokenId, sentence: &Range<TokenId>) -> bool {
    let words = &cast.mentions.words;
    let before = verb.saturating_sub(4).max(sentence.start)..verb;
    let after = verb..sentence.end.min(verb + 10);
    let required = before
        .clone()
        .any(|t| matches!(words.lower(t), "required" | "obliged" | "supposed"));
    let regular = before.chain(after).any(|t| {
        matches!(
            words.lower(t),
            "regularly" | "annually" | "often" | "frequently" | "routinely" | "usually" | "weekly"
        ) || matches!(words.lower(t), "once" | "twice") && words.lower(t + 1) == "a"
            || words.lower(t) == "every"
                && matches!(
                    words.lower(t + 1),
                    "year" | "month" | "week" | "day" | "two"
                )
    });
    required || regular && words.xpos(verb) != Xpos::Vbd
}

/// A body whose members meet: "the cabinet met".
pub(super) fn is_body(cast: &Cast, party: EntityIndex) -> bool {
    let draft = &cast.drafts[party];
    // "the board of the league": the noun before the body.
    let mut noun = draft.name.split(" of ");
    let noun = noun.next().unwrap_or_default();
    let head = noun.rsplit(' ').next().unwrap_or_default();
    match draft.kind {
        EntityKind::Organization => true,
        EntityKind::Group => is_body_noun(&head.to_lowercase()),
        _ => false,
    }
}

pub(super) fn is_body_noun(lower: &str) -> bool {
    matches!(
        lower,
        "cabinet"
            | "committee"
            | "council"
            | "commission"
            | "parliament"
            | "senate"
            | "assembly"
            | "board"
            | "panel"
            | "taskforce"
            | "politburo"
            | "leadership"
            | "bloc"
            | "alliance"
            | "coalition"
            | "caucus"
            | "government"
            | "parties"
    )
}

/// Where those begin whom an event draws: "attracting *farmers*", ", bringing together *mayors*".
pub(super) fn drawn_from(words: &Words, at: TokenId) -> Option<TokenId> {
    let verb = at + usize::from(words.lower(at) == ",");
    match words.lower(verb) {
        "attracting" | "gathering" | "drawing" | "uniting" => Some(verb + 1),
        "bringing" if words.lower(verb + 1) == "together" => Some(verb + 2),
        _ => None,
    }
}

/// How many parties the noun phrase of an event says it has: "a *trilateral* summit", "*one-on-one*
/// talks".
pub(super) fn counted_parties(cast: &Cast, phrase: Range<TokenId>) -> Option<usize> {
    const COUNTS: &[(usize, &[&str])] = &[
        (2, &["bilateral", "bilaterals", "one-on-one", "two-way"]),
        (
            3,
            &["trilateral", "trilat", "trilats", "tripartite", "three-way"],
        ),
        (
            4,
            &["quadrilateral", "quadripartite", "four-way", "four-party"],
        ),
    ];
    let words = &cast.mentions.words;
    let text = words.text(phrase).to_lowercase();
    let mut parts = text
        .split_whitespace()
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()));
    parts.find_map(|word| {
        let (count, _) = COUNTS.iter().find(|(_, forms)| forms.contains(&word))?;
        Some(*count)
    })
}

/// The nouns and names between a determiner and its event: what tells it from other events.
pub(super) fn modifiers_of(cast: &Cast, phrase: Range<TokenId>) -> Vec<String> {
    let words = &cast.mentions.words;
    phrase
        .filter(|t| matches!(words.upos(*t), Upos::Noun))
        .filter(|t| {
            !cast
                .mentions
                .times
                .iter()
                .any(|time| time.tokens.contains(t))
        })
        .map(|t| words.lower(t).to_owned())
        .collect()
}

/// "the summit *of the Americas*", "the conference *on Libya*": what tells it from other events.
pub(super) fn theme_of(cast: &Cast, end: TokenId) -> Option<String> {
    let words = &cast.mentions.words;
    let opens = matches!(words.lower(end), "of" | "on" | "for" | "about");
    let at = end + 1 + usize::from(words.lower(end + 1) == "the");
    let is_time = cast.mentions.times.iter().any(|t| t.tokens.contains(&at));
    (opens && !is_time && words.is_capital(at)).then(|| words.lower(at).to_owned())
}

/// "In talks with Lund, Moe presented …": the subject of the sentence that the event opens.
pub(super) fn opened_subject(
    cast: &mut Cast,
    start: TokenId,
    sentence: &Range<TokenId>,
) -> Option<Party> {
    let words = &cast.mentions.words;
    if start > words.opening(sentence.start) + 2 {
        return None;
    }
    let root = (start..sentence.end).find(|t| words.head(*t).is_none())?;
    let by_tree = subject_of_verb(words, root)
        .filter(|(head, own)| *own && (start..*head).any(|t| words.lower(t) == ","));
    if let Some((head, _)) = by_tree {
        return cast.party_of(head);
    }
    let comma = (start..sentence.end)
        .find(|t| words.lower(*t) == "," && !(start..*t).any(|t| words.is_finite(t)))?;
    party_from(cast, comma + 1, sentence.end).filter(|p| !p.entities.is_empty())
}

/// "hoped to broker a summit with", "discussed the possibility of a meeting with": whoever brings
/// an event about, by the tree.
pub(super) fn arranged_by(cast: &mut Cast, noun: TokenId) -> Vec<EntityIndex> {
    let words = &cast.mentions.words;
    let mut above = words.annotation.ancestors(noun).take(4);
    let is_object = |t: TokenId| {
        matches!(
            words.deprel(t),
            Deprel::Obj | Deprel::Nmod | Deprel::Obl | Deprel::Xcomp | Deprel::Acl
        )
    };
    let Some(verb) = above
        .find(|t| words.upos(*t) == Upos::Verb)
        .filter(|_| is_object(noun))
    else {
        return Vec::new();
    };
    let subject = subject_of_verb(words, verb).map(|(head, _)| head);
    let sentence = words.sentence(noun);
    // "said Monday she hoped": the tree takes the day for the subject.
    let is_time = |t: TokenId| {
        cast.mentions
            .times
            .iter()
            .any(|time| time.tokens.contains(&t))
    };
    if subject.is_some_and(|subject| !is_time(subject)) {
        return subject_in_tree(cast, verb);
    }
    let party = main_party(cast, &sentence, noun);
    party.map(|party| expand(cast, party)).unwrap_or_default()
}

/// "told a meeting of mayors that": who speaks to a meeting is there.
pub(super) fn told_by(cast: &mut Cast, noun: TokenId) -> Option<Party> {
    let words = &cast.mentions.words;
    let verb = words.head(noun)?;
    let tells = matches!(words.lower(verb), "told" | "addressed" | "briefed")
        && matches!(words.deprel(noun), Deprel::Obj | Deprel::Iobj);
    let (head, _) = tells.then(|| subject_of_verb(words, verb))??;
    cast.party_of(head)
}

/// "In a call on Sunday, *Lund urged Moe*", "*told Moe* during a meeting": who speaks there, and to
/// whom.
pub(super) fn told_at(cast: &mut Cast, start: TokenId, noun: TokenId) -> Vec<EntityIndex> {
    const TELLING: &[&str] = &[
        "told",
        "urged",
        "asked",
        "assured",
        "thanked",
        "congratulated",
        "informed",
        "briefed",
        "warned",
        "reminded",
        "pressed",
        "invited",
        "praised",
        "commended",
    ];
    let words = &cast.mentions.words;
    if !matches!(words.before(start), "in" | "during") {
        return Vec::new();
    }
    let mut above = words.annotation.ancestors(noun).take(3);
    let Some(verb) = above.find(|t| TELLING.contains(&words.lower(*t))) else {
        return Vec::new();
    };
    let object = words
        .annotation
        .children(verb)
        .iter()
        .copied()
        .find(|c| matches!(words.deprel(*c), Deprel::Obj | Deprel::Iobj) && *c > verb);
    let Some(party) = object.and_then(|object| cast.party_of(object)) else {
        return Vec::new();
    };
    let mut parties = subject_in_tree(cast, verb);
    if parties.is_empty() {
        let sentence = cast.mentions.words.sentence(noun);
        let speaker = opened_subject(cast, start, &sentence);
        parties = speaker.map(|s| expand(cast, s)).unwrap_or_default();
    }
    for hearer in expand(cast, party) {
        if !parties.contains(&hearer) {
            parties.push(hearer);
        }
    }
    let is_named = |e: &EntityIndex| {
        matches!(
            cast.drafts[*e].kind,
            EntityKind::Person | EntityKind::Country | EntityKind::Organization
        )
    };
    parties.retain(is_named);
    if parties.len() < 2 {
        Vec::new()
    } else {
        parties
    }
}

/// "will travel to Oslo for talks", "to meet on the sidelines of the summit": an event in the
/// phrase of a verb of coming together is as real as what the verb says.
pub(super) fn status_above(
    cast: &Cast,
    start: TokenId,
    noun: TokenId,
    sentence: &Range<TokenId>,
) -> Option<MeetingStatus> {
    let words = &cast.mentions.words;
    let within = matches!(
        words.before(start),
        "for" | "at" | "in" | "on" | "of" | "during"
    );
    if !within {
        return None;
    }
    let verb = cast.mentions.events.iter().rev().find(|e| {
        e.part == EventPart::Verb
            && sentence.contains(&e.tokens.start)
            && e.tokens.end <= start
            && start - e.tokens.end < 14
    })?;
    let at = verb.tokens.start;
    let mut above = noun;
    // "travel to Oslo next week for talks": what one comes for, wherever the tree hangs it.
    let purpose = words.before(start) == "for" && verb.kind == MeetingKind::Visit;
    let governs = purpose
        || (0..5).any(|_| match words.head(above) {
            Some(head) => {
                above = head;
                head == at
            }
            None => false,
        });
    governs.then(|| verb_status(cast, at, sentence))
}

/// "said Lund during a meeting": who speaks at a meeting is there.
pub(super) fn spoken_at(cast: &mut Cast, start: TokenId) -> Option<Party> {
    let words = &cast.mentions.words;
    let cues = &cast.mentions.cues;
    let cue = cues.iter().rev().find(|c| {
        c.tokens.start < start
            && start - c.tokens.start < 8
            && words.sentence(start).contains(&c.tokens.start)
            && c.form == CueForm::Past
    })?;
    let verb = cue.tokens.start;
    let (head, _) = subject_of_verb(words, verb)?;
    let beside = head.abs_diff(verb) < 8;
    let party = cast.party_of(head).filter(|_| beside)?;
    let is_person = party
        .entities
        .iter()
        .all(|e| cast.drafts[*e].kind == EntityKind::Person);
    (is_person && !party.entities.is_empty()).then_some(party)
}

pub(super) fn is_arranging(verb: &str) -> bool {
    ["arrang", "schedul", "plan", "organi"]
        .iter()
        .any(|stem| verb.starts_with(stem))
}

/// "meeting of the Security Council": a session of a body.
pub(super) fn is_body_of(cast: &Cast, at: TokenId) -> bool {
    let words = &cast.mentions.words;
    let at = if words.lower(at) == "the" { at + 1 } else { at };
    cast.mentions.piece_from(at).is_none() && !(at..at + 4).any(|t| is_people_noun(words.lower(t)))
}

/// The verb of holding or taking part that the tree puts over an event's noun: "took part, with
/// delegates from Norway, in the talks".
pub(super) fn light_verb_above(cast: &Cast, noun: TokenId) -> Option<TokenId> {
    let words = &cast.mentions.words;
    let governs = matches!(words.deprel(noun), Deprel::Obj | Deprel::Obl);
    words
        .head(noun)
        .filter(|h| governs && *h < noun && noun - h < 30)
        // "if talks take place, a summit could": the tree's slip.
        .filter(|h| words.deprel(noun) != Deprel::Obj || (*h..noun).all(|t| words.lower(t) != ","))
        .filter(|h| {
            matches!(
                words.lower(*h),
                "participated"
                    | "participate"
                    | "participates"
                    | "took"
                    | "takes"
                    | "attended"
                    | "attends"
                    | "joined"
                    | "held"
                    | "holds"
                    | "hosted"
                    | "hosts"
            )
        })
}

/// The verb whose object the noun phrase from `start` is.
pub(super) fn light_verb_before(
    cast: &Cast,
    start: TokenId,
    sentence: &Range<TokenId>,
) -> Option<TokenId> {
    let words = &cast.mentions.words;
    let mut at = start;
    for _ in 0..4 {
        if at <= sentence.start {
            return None;
        }
        at -= 1;
        let lower = words.lower(at);
        if LIGHT_VERBS.contains(&lower) {
            return Some(at);
        }
        if !matches!(
            lower,
            "in" | "off"
                | "over"
                | "part"
                | "at"
                | "a"
                | "on"
                | "separate"
                | "several"
                | "up"
                | "the"
                | "to"
                | "with"
        ) {
            return None;
        }
    }
    None
}
