//! Words for meetings, calls, visits and conferences.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::name::{Piece, PieceKind};
use super::words::Words;
use crate::annotation::{Deprel, Upos, Xpos};
use crate::document::TokenId;
use crate::fact::MeetingKind;
use crate::lexicon;

/// A word or phrase that speaks of an event in which parties come together.
#[derive(Clone, Debug, PartialEq)]
pub struct EventWord {
    pub tokens: Range<TokenId>,
    pub part: EventPart,
    pub kind: MeetingKind,
    /// Whether it is an event only with a person or body beside it: "call", "session".
    pub needs_party: bool,
    pub lemma: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventPart {
    Verb,
    Noun,
}

struct Form {
    rest: Vec<String>,
    word: &'static lexicon::MeetingWord,
}

fn forms() -> &'static HashMap<String, Vec<Form>> {
    static FORMS: LazyLock<HashMap<String, Vec<Form>>> = LazyLock::new(|| {
        let mut forms: HashMap<String, Vec<Form>> = HashMap::new();
        for word in lexicon::meeting_words() {
            for text in &word.forms {
                let tokens = crate::document::tokenize(text);
                let mut parts = tokens.iter().map(|t| t.span.of(text).to_owned());
                let Some(first) = parts.next() else { continue };
                forms.entry(first).or_default().push(Form {
                    rest: parts.collect(),
                    word,
                });
            }
        }
        for list in forms.values_mut() {
            // Longer forms first; of one form, the verb, which asks more of its context.
            list.sort_by_key(|f| (std::cmp::Reverse(f.rest.len()), !f.word.is_verb));
        }
        forms
    });
    &FORMS
}

/// Whether a lower-case word can begin a word for an event.
pub(super) fn may_begin(lower: &str) -> bool {
    forms().contains_key(lower)
}

/// Finds the event words of a document, in order, not overlapping. Words inside names count only
/// where the name is that of an event.
pub fn find_events(words: &Words, pieces: &[Piece]) -> Vec<EventWord> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let piece = pieces[pieces.partition_point(|p| p.tokens.end <= at)..]
            .first()
            .filter(|p| p.tokens.contains(&at));
        let in_name =
            piece.is_some_and(|p| !matches!(p.kind, PieceKind::Event | PieceKind::Unknown));
        let hit = forms().get(words.lower(at)).and_then(|list| {
            list.iter().find(|f| {
                let end = at + 1 + f.rest.len();
                let reads = f
                    .rest
                    .iter()
                    .enumerate()
                    .all(|(i, w)| words.lower(at + 1 + i) == w);
                reads
                    && if f.word.is_verb {
                        is_verb(words, at, end)
                    } else {
                        is_noun(words, at, end)
                    }
            })
        });
        match hit {
            Some(form) if !in_name => {
                let end = at + 1 + form.rest.len();
                found.push(EventWord {
                    tokens: at..end,
                    part: if form.word.is_verb {
                        EventPart::Verb
                    } else {
                        EventPart::Noun
                    },
                    kind: form.word.kind,
                    needs_party: form.word.needs_party,
                    lemma: form.word.lemma,
                });
                at = end;
            }
            _ => at += 1,
        }
    }
    found
}

/// "called her opponent a champion", "called Lund “weak”": a name for somebody, no call.
fn is_naming(words: &Words, at: TokenId) -> bool {
    let children = words.annotation.children(at);
    // "a salesman called Ivan Lund", "a letter calling Lund unfit"
    let is_label =
        |c: &TokenId| *c > at && words.deprel(*c) == Deprel::Xcomp && words.upos(*c) != Upos::Verb;
    let is_clause = words.deprel(at) == Deprel::Acl;
    if is_clause && (words.xpos(at) == Xpos::Vbn || children.iter().any(is_label)) {
        return true;
    }
    let has = |deprel: Deprel| {
        children
            .iter()
            .any(|c| *c > at && words.deprel(*c) == deprel)
    };
    let mut end = at + 1;
    while words.is_capital(end) {
        end += 1;
    }
    // "called its chairman, Ola Lund, “driven”"
    let is_quoted = (at + 2..at + 14).any(|t| {
        matches!(words.lower(t), "“" | "\"" | "''" | "``")
            && words.before(t) == ","
            && words.before(t - 1) != "said"
    });
    if is_quoted && has(Deprel::Obj) {
        return true;
    }
    // "called Moe, his rival, a founder", "called Moe onto the stage"
    let aside = (words.lower(end) == ",")
        .then(|| (end + 1..end + 10).find(|t| words.lower(*t) == ","))
        .flatten();
    let then = aside.map_or(end, |comma| comma + 1);
    has(Deprel::Obj) && has(Deprel::Xcomp)
        || end > at + 1
            && matches!(
                words.lower(then),
                "a" | "an"
                    | "his"
                    | "her"
                    | "their"
                    | "the"
                    | "one"
                    | "onto"
                    | "up"
                    | "“"
                    | "\""
                    | "‘"
                    | "'"
                    | "''"
                    | "``"
            )
}

/// "to call", "will visit": the verb of a form that is also a noun.
fn is_noun(words: &Words, at: TokenId, end: TokenId) -> bool {
    if !matches!(
        words.lower(at),
        "call"
            | "visit"
            | "talk"
            | "tour"
            | "trip"
            | "calls"
            | "visits"
            | "conference"
            | "audience"
            | "exchange"
            | "chat"
            | "lunch"
            | "breakfast"
    ) {
        return true;
    }
    // "in exchange for", "an exchange of fire", "the stock exchange": no talk.
    if words.lower(at) == "exchange" {
        let is_of_things = at > 0 && words.deprel(at - 1) == Deprel::Compound;
        return words.lower(end) == "with" && words.upos(at) == Upos::Noun && !is_of_things;
    }
    // "told the audience": listeners; "an audience with the pope": a meeting.
    if words.lower(at) == "audience" {
        return words.lower(end) == "with"
            || matches!(words.before(at), "private" | "papal" | "royal")
            || at >= 2
                && words.before(at) == "an"
                && matches!(
                    words.lower(at - 2),
                    "held" | "granted" | "had" | "in" | "during"
                );
    }
    let before = words.before(at);
    let verbal = precedes_verb(before) || matches!(before, "he" | "she");
    let objects = matches!(
        words.lower(end),
        "him" | "her" | "it" | "them" | "the" | "a"
    ) || matches!(words.lower(end), "for" | "on")
        && matches!(words.lower(at), "call" | "calls");
    !verbal && !objects
}

/// Words after which a form that is also a noun is a verb.
pub fn precedes_verb(before: &str) -> bool {
    matches!(
        before,
        "to" | "will"
            | "would"
            | "can"
            | "could"
            | "may"
            | "might"
            | "must"
            | "should"
            | "not"
            | "n't"
            | "did"
            | "they"
            | "we"
            | "i"
            | "you"
            | "who"
    )
}

fn is_verb(words: &Words, at: TokenId, end: TokenId) -> bool {
    let before = words.before(at);
    if !matches!(words.upos(at), Upos::Verb | Upos::Noun | Upos::Propn)
        || words.upos(at) == Upos::Propn && !words.is_initial(at)
    {
        return false;
    }
    // "Meet the winner": an order to the reader.
    if words.is_initial(at) && words.xpos(at) == Xpos::Vb {
        return false;
    }
    let after = words.lower(at + 1);
    let determined = matches!(
        before,
        "the"
            | "a"
            | "an"
            | "this"
            | "that"
            | "his"
            | "her"
            | "its"
            | "their"
            | "'s"
            | "of"
            | "phone"
            | "official"
            | "first"
            | "any"
    );
    match words.lower(at) {
        "call" | "called" | "calls" | "calling" if end == at + 1 => {
            !determined
                && !matches!(
                    after,
                    "for"
                        | "on"
                        | "it"
                        | "the"
                        | "a"
                        | "an"
                        | "out"
                        | "off"
                        | "this"
                        | "that"
                        | "into"
                        | "“"
                        | "\""
                        | "in"
                        | "his"
                        | "her"
                        | "their"
                        | "its"
                        | "by"
                        | "upon"
                )
                && !is_naming(words, at)
        }
        "visit" | "meet" | "host" | "dial" | "phone" | "tour" | "telephone" => {
            !determined
                && (precedes_verb(before)
                    || matches!(before, "do" | "does" | "and" | "also" | "'ll")
                    || before.len() > 4 && before.ends_with("ly")
                    || before.ends_with('s') && before.len() > 3
                    || at > 0 && words.is_capital(at - 1) && words.lower(at) == "meet")
        }
        "visits" => !determined && at > 0 && words.is_capital(at - 1),
        "meeting" => {
            // A gerund: "after meeting the Russian leader", "is meeting with".
            !determined
                && (matches!(
                    before,
                    "after"
                        | "before"
                        | "by"
                        | "is"
                        | "are"
                        | "was"
                        | "were"
                        | "been"
                        | "for"
                        | "upon"
                        | "than"
                        | "despite"
                        | "while"
                        | "when"
                        | "without"
                        | "from"
                        | "consistently"
                        | "be"
                        | "out"
                        | "about"
                        | "considering"
                        | "suggested"
                        | "proposed"
                ) && (words.is_capital(at + 1)
                    || matches!(
                        after,
                        "with" | "the" | "his" | "her" | "in" | "at" | "their"
                    )))
        }
        _ => true,
    }
}
