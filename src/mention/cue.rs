//! Cues: the verbs and phrases that report words.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::words::Words;
use crate::annotation::{Deprel, Xpos};
use crate::document::TokenId;
use crate::lexicon;

/// A word or phrase that attributes what is said to somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    pub tokens: Range<TokenId>,
    pub class: CueClass,
    /// Whether a clause without "that" can follow.
    pub takes_bare_clause: bool,
    pub form: CueForm,
}

/// What a cue is followed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CueClass {
    /// A clause: "said that".
    Say,
    /// Somebody and then a clause: "told reporters that".
    Tell,
    /// A question: "asked whether".
    Ask,
    /// Somebody or something and a description: "called it “a breakthrough”".
    Call,
    /// An infinitive: "pledged to".
    Urge,
    /// A denial: "denied that".
    Deny,
    /// Only a quotation: "continued".
    Quote,
    /// "according to".
    According,
}

/// The verb's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CueForm {
    Past,
    Present,
    Gerund,
    Base,
    /// No verb: "according to".
    None,
}

struct Form {
    rest: Vec<String>,
    class: CueClass,
    bare: bool,
    form: CueForm,
}

/// Whether a lower-case word can begin a cue.
pub(super) fn may_begin(lower: &str) -> bool {
    lower == "according" || forms().contains_key(lower)
}

/// Forms by their first word, longest first.
fn forms() -> &'static HashMap<String, Vec<Form>> {
    static FORMS: LazyLock<HashMap<String, Vec<Form>>> = LazyLock::new(|| {
        let mut forms: HashMap<String, Vec<Form>> = HashMap::new();
        for cue in lexicon::cues() {
            let class = match cue.class {
                "say" => CueClass::Say,
                "tell" => CueClass::Tell,
                "ask" => CueClass::Ask,
                "call" => CueClass::Call,
                "urge" => CueClass::Urge,
                "deny" => CueClass::Deny,
                _ => CueClass::Quote,
            };
            let mut add = |text: &str, form| {
                let mut parts = text.split(' ').map(str::to_owned);
                let Some(first) = parts.next() else { return };
                let list = forms.entry(first).or_default();
                list.push(Form {
                    rest: parts.collect(),
                    class,
                    bare: cue.takes_bare_clause,
                    form,
                });
            };
            add(cue.lemma, CueForm::Base);
            if cue.forms.is_empty() {
                let (past, present, gerund) = inflect(cue.lemma);
                add(&past, CueForm::Past);
                add(&present, CueForm::Present);
                add(&gerund, CueForm::Gerund);
            }
            for form in &cue.forms {
                let head = form.split(' ').next().unwrap_or(form);
                let kind = if head.ends_with("ing") {
                    CueForm::Gerund
                } else if head.ends_with('s') {
                    CueForm::Present
                } else {
                    CueForm::Past
                };
                add(form, kind);
            }
        }
        for list in forms.values_mut() {
            list.sort_by_key(|f| std::cmp::Reverse(f.rest.len()));
        }
        forms
    });
    &FORMS
}

/// Past, third person and gerund of a regular verb; a particle stays where it is.
fn inflect(lemma: &str) -> (String, String, String) {
    let (verb, tail) = lemma.split_once(' ').map_or((lemma, ""), |(v, t)| (v, t));
    let consonant_y = verb.ends_with('y')
        && !verb.ends_with("ay")
        && !verb.ends_with("ey")
        && !verb.ends_with("oy");
    let (past, present, gerund) = if let Some(stem) = verb.strip_suffix('e') {
        (format!("{verb}d"), format!("{verb}s"), format!("{stem}ing"))
    } else if consonant_y {
        let stem = &verb[..verb.len() - 1];
        (
            format!("{stem}ied"),
            format!("{stem}ies"),
            format!("{verb}ing"),
        )
    } else if verb.ends_with(['s', 'x']) || verb.ends_with("sh") || verb.ends_with("ch") {
        (
            format!("{verb}ed"),
            format!("{verb}es"),
            format!("{verb}ing"),
        )
    } else {
        (
            format!("{verb}ed"),
            format!("{verb}s"),
            format!("{verb}ing"),
        )
    };
    let with = |form: String| {
        if tail.is_empty() {
            form
        } else {
            format!("{form} {tail}")
        }
    };
    (with(past), with(present), with(gerund))
}

/// Finds the cues of a document, in order.
pub fn find_cues(words: &Words) -> Vec<Cue> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some(cue) = cue_at(words, at) {
            at = cue.tokens.end;
            found.push(cue);
        } else {
            at += 1;
        }
    }
    found
}

fn cue_at(words: &Words, at: TokenId) -> Option<Cue> {
    if words.reads(at, &["according", "to"]) {
        return Some(Cue {
            tokens: at..at + 2,
            class: CueClass::According,
            takes_bare_clause: true,
            form: CueForm::None,
        });
    }
    let forms = forms().get(words.lower(at))?;
    let form = forms.iter().find(|f| {
        f.rest
            .iter()
            .enumerate()
            .all(|(i, w)| words.lower(at + 1 + i) == w)
    })?;
    if words.is_capital(at) && !words.is_initial(at) {
        return None;
    }
    is_verb(words, at, form.form).then(|| Cue {
        tokens: at..at + 1 + form.rest.len(),
        class: form.class,
        takes_bare_clause: form.bare,
        form: form.form,
    })
}

/// Whether a form that may be a noun or an adjective is a verb here.
fn is_verb(words: &Words, at: TokenId, form: CueForm) -> bool {
    let tag = words.xpos(at);
    match form {
        CueForm::Base => matches!(tag, Xpos::Vb | Xpos::Vbp),
        CueForm::Present => tag == Xpos::Vbz,
        CueForm::Past => {
            // "an estimated 300 people", "the alleged thief": an adjective.
            let describes = tag == Xpos::Vbn && words.deprel(at) == Deprel::Amod;
            matches!(tag, Xpos::Vbd | Xpos::Vbn) && !describes
                || matches!(words.lower(at), "said" | "told")
        }
        // The tagger takes some for nouns: "in a tweet, writing “…”".
        CueForm::Gerund => {
            tag == Xpos::Vbg
                || at > 0
                    && !matches!(
                        words.xpos(at - 1),
                        Xpos::Dt | Xpos::Jj | Xpos::In | Xpos::Pos | Xpos::PrpPoss | Xpos::Nn
                    )
        }
        CueForm::None => true,
    }
}
