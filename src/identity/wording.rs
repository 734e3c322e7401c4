//! Whether two wordings are of one statement: the same words, some of them, or nearly the same.
//!
//! Words are compared by their stems, so that tense and spelling make no difference. Names and the
//! small words of grammar alone say nothing: everybody says them.

use std::collections::BTreeSet;

use crate::graph::name::spelling;

/// Words that stand in any sentence.
const GRAMMAR: &str = " a about after against all also among an and any are as at be been before being \
    between but by can could did do does during even for from had has have he her here him his how i if \
    in into is it its just may me might more most much my no not of on only or our out over own said say \
    says she should so some still such than that the their them then there these they this those through \
    to told too under until up us very was we were what when where which while who whom whose why will \
    with within without would you your ";

/// Verbs whose past has another stem.
const IRREGULAR: [(&str, &str); 24] = [
    ("began", "begin"),
    ("begun", "begin"),
    ("broke", "break"),
    ("brought", "bring"),
    ("built", "build"),
    ("came", "come"),
    ("chose", "choose"),
    ("fell", "fall"),
    ("felt", "feel"),
    ("found", "find"),
    ("gave", "give"),
    ("given", "give"),
    ("went", "go"),
    ("gone", "go"),
    ("held", "hold"),
    ("kept", "keep"),
    ("knew", "know"),
    ("left", "leave"),
    ("lost", "lose"),
    ("made", "make"),
    ("met", "meet"),
    ("sent", "send"),
    ("took", "take"),
    ("won", "win"),
];

/// Numbers in words, which tell statements apart as figures do.
const NUMBERS: &str = " two three four five six seven eight nine ten eleven twelve dozen twenty thirty \
    forty fifty hundred thousand million billion trillion ";

struct Word {
    stem: String,
    is_name: bool,
    is_grammar: bool,
}

/// The words of a statement as they are compared.
pub(super) struct Wording {
    words: Vec<Word>,
    /// Stems of what stands in quotation marks, each stretch for itself.
    quoted: Vec<Vec<String>>,
    content: BTreeSet<String>,
    names: BTreeSet<String>,
    numbers: BTreeSet<String>,
}

/// How two wordings agree; the greater, the more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Agreement {
    /// The same numbers and names, and words about them.
    Figures,
    /// Most words of the one are in the other.
    Words,
    /// Some words in a row, which make most of the shorter one.
    Part,
    /// A longer stretch, whenever it was said.
    Stretch,
}

impl Wording {
    pub fn read(text: &str) -> Self {
        let mut words = Vec::new();
        let mut is_start = true;
        for token in text.split(|c: char| {
            c.is_whitespace() || matches!(c, '—' | '–' | '-' | '/' | '…' | '[' | ']')
        }) {
            let bare = token.trim_matches(|c: char| !c.is_alphanumeric() && c != '$');
            let opens = token.starts_with(['“', '‘', '"', '\'', '(']);
            if !bare.is_empty() {
                let is_capital = bare.chars().next().is_some_and(char::is_uppercase) && bare != "I";
                words.push(word(bare, is_capital && !is_start && !opens));
            }
            is_start = token.ends_with(['.', '!', '?', '”', '"', ',', ':', '’'])
                && !bare.is_empty()
                || is_start && bare.is_empty();
        }
        let of = |is_asked: fn(&Word) -> bool| -> BTreeSet<String> {
            words
                .iter()
                .filter(|w| is_asked(w))
                .map(|w| w.stem.clone())
                .collect()
        };
        Self {
            quoted: quoted(text),
            content: of(|w| !w.is_name && !w.is_grammar),
            names: of(|w| w.is_name),
            numbers: of(|w| is_number(&w.stem)),
            words,
        }
    }

    /// How two wordings agree, if they do.
    pub fn agrees(&self, other: &Self) -> Option<Agreement> {
        let fewer = self.content.len().min(other.content.len());
        let shared = self.content.intersection(&other.content).count();
        if shared < 2 {
            return None;
        }
        let all = self.content.len() + other.content.len() - shared;
        let (run, content) = self.longest_run(other);
        let is_most = |part: usize, percent: usize| 100 * part >= percent * fewer;
        if run >= 7 && content >= 4 {
            return Some(Agreement::Stretch);
        }
        let is_part = is_most(content, 66)
            || is_most(content, 50) && shared >= 3
            || run >= 6 && is_most(shared, 50) && shared >= 3;
        if run >= 4 && content >= 2 && is_part {
            return Some(Agreement::Part);
        }
        let is_same = shared >= 3 && is_most(shared, 75) && 2 * shared >= all
            || shared >= 4 && is_most(shared, 70) && run >= 4
            || run >= 3 && content >= 2 && is_most(shared, 66) && 10 * shared >= 3 * all;
        if is_same {
            return Some(Agreement::Words);
        }
        let numbers = self.numbers.intersection(&other.numbers).count();
        let names = self.names.intersection(&other.names).count();
        let is_of_figures = numbers > 0 && names > 0 && shared + names >= numbers + 3;
        is_of_figures.then_some(Agreement::Figures)
    }

    /// Whether this says what the other says and as much again.
    pub fn holds(&self, other: &Self) -> bool {
        let shared = self.content.intersection(&other.content).count();
        2 * shared >= other.content.len() && self.content.len() >= 2 * other.content.len()
    }

    /// Whether what both have as quotations differs: words that the one has in the middle of what
    /// it quotes, and the other has otherwise. Quoting less is no difference. What only agrees in
    /// figures is told in other words altogether.
    pub fn differs(&self, other: &Self) -> bool {
        if self.agrees(other) == Some(Agreement::Figures) {
            return true;
        }
        self.quoted
            .iter()
            .any(|a| other.quoted.iter().any(|b| are_misquoted(a, b)))
    }

    /// The longest stretch of words that both have: the words, and how many of them are neither
    /// names nor grammar.
    fn longest_run(&self, other: &Self) -> (usize, usize) {
        let mut best = (0, 0);
        let mut before = vec![(0_usize, 0_usize); other.words.len() + 1];
        for a in &self.words {
            let mut now = vec![(0, 0); other.words.len() + 1];
            for (j, b) in other.words.iter().enumerate() {
                if a.stem == b.stem {
                    let (content, run) = before[j];
                    let counts = !a.is_grammar && !a.is_name && !b.is_name;
                    now[j + 1] = (content + usize::from(counts), run + 1);
                    best = best.max(now[j + 1]);
                }
            }
            before = now;
        }
        (best.1, best.0)
    }
}

/// The stems of the words in quotation marks; `[…]` and `…` end a stretch, for there words were
/// left out or put in.
fn quoted(text: &str) -> Vec<Vec<String>> {
    let mut stretches = Vec::new();
    // Every second part stands in marks; marks that do not close end with the text.
    for quotation in text.split(['“', '”', '"']).skip(1).step_by(2) {
        for part in quotation
            .split(['[', ']', '…'])
            .flat_map(|part| part.split("..."))
        {
            let stems: Vec<String> = part
                .split_whitespace()
                .map(|token| word(token.trim_matches(|c: char| !c.is_alphanumeric()), false).stem)
                .filter(|stem| !stem.is_empty())
                .collect();
            if !stems.is_empty() {
                stretches.push(stems);
            }
        }
    }
    stretches
}

/// Whether two quotations are of one sentence, and one has other words within it: they have a
/// stretch of four words in common, and beside it both go on differently.
fn are_misquoted(a: &[String], b: &[String]) -> bool {
    const COMMON: usize = 4;
    let (mut best, mut at) = (0, (0, 0));
    for i in 0..a.len() {
        for j in 0..b.len() {
            let run = a[i..]
                .iter()
                .zip(&b[j..])
                .take_while(|(x, y)| x == y)
                .count();
            if run > best {
                (best, at) = (run, (i, j));
            }
        }
    }
    let before = at.0 > 0 && at.1 > 0;
    let after = at.0 + best < a.len() && at.1 + best < b.len();
    best >= COMMON && (before || after)
}

fn is_number(stem: &str) -> bool {
    stem.chars().any(|c| c.is_ascii_digit()) || NUMBERS.contains(&format!(" {stem} "))
}

fn word(bare: &str, is_name: bool) -> Word {
    let mut lower: String = bare.to_lowercase().replace('’', "'");
    for ending in ["'s", "s'", "n't", "'ll", "'re", "'ve", "'d", "'m"] {
        if let Some(start) = lower.strip_suffix(ending) {
            lower.truncate(start.len());
            break;
        }
    }
    lower.retain(char::is_alphanumeric);
    let is_grammar = GRAMMAR.contains(&format!(" {lower} "));
    let stem = if is_name {
        spelling(&lower)
    } else {
        stem(&lower)
    };
    Word {
        stem,
        is_name,
        is_grammar,
    }
}

/// A word without its commonest endings; British and American spellings end alike.
fn stem(lower: &str) -> String {
    if NUMBERS.contains(&format!(" {lower} ")) {
        return lower.to_owned();
    }
    let verb = IRREGULAR.iter().find(|(past, _)| *past == lower);
    let mut stem = verb.map_or(lower, |(_, verb)| *verb);
    for ending in ["ing", "ed", "es", "s", "ly", "ment"] {
        if let Some(start) = stem.strip_suffix(ending).filter(|start| start.len() >= 3) {
            stem = start;
            break;
        }
    }
    let stem = stem
        .strip_suffix('e')
        .filter(|s| s.len() >= 3)
        .unwrap_or(stem);
    match stem.strip_suffix('c') {
        Some(start) if start.len() >= 3 => format!("{start}s"),
        _ => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agree(a: &str, b: &str) -> Option<Agreement> {
        let (a, b) = (Wording::read(a), Wording::read(b));
        let found = a.agrees(&b);
        assert_eq!(found, b.agrees(&a));
        found
    }

    #[test]
    fn wordings_of_one_statement() {
        for (a, b) in [
            (
                "“The harbour will open again before the first frost,”",
                "the harbour will open again before the first frost",
            ),
            (
                "“I believe the harbour will open”",
                "“I believe the [old] harbour will open. We shall see.”",
            ),
            (
                "the ferries are the “last line of supply”",
                "ferries remained the “last line of supply”.",
            ),
            (
                "terms could be agreed within 12 weeks",
                "the terms could be fixed within 12 weeks",
            ),
        ] {
            assert!(agree(a, b).is_some(), "{a} / {b}");
        }
    }

    #[test]
    fn quotations_differ_in_words_not_in_length() {
        let differ = |a: &str, b: &str| Wording::read(a).differs(&Wording::read(b));
        let whole = "“We shall open the old harbour before the frost, as hard as it is.”";
        assert!(!differ(whole, "“We shall open the old harbour”"));
        assert!(!differ(
            whole,
            "“We shall open [the port] before the frost”"
        ));
        assert!(differ(
            whole,
            "“We shall open the old harbour before the winter, as hard as it is.”"
        ));
        assert!(!differ(
            whole,
            "they would open the old harbour before winter"
        ));
    }

    #[test]
    fn statements_on_one_subject_are_not_one() {
        for (a, b) in [
            (
                "the harbour will open in spring",
                "the harbour was built by the Danes",
            ),
            ("“quite useful lunch”", "“a quite dull lunch”"),
            (
                "he will meet Ann Carter in Oslo",
                "Ann Carter in Oslo was ill",
            ),
        ] {
            assert_eq!(agree(a, b), None, "{a} / {b}");
        }
    }
}
