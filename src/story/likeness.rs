//! How likely two mentions stand for one event, or for the same people.
//!
//! Pairs fall into classes by what their own words have in common. Within a class each feature
//! has a weight (`models/coreference.csv`), learned from ECB+; the sum is the logarithm of the odds.

use super::mention::{Form, Mention, Slot};
use super::rarity::{Rarity, WordId};
use super::weights::Weights;

/// What is compared, in the order of the columns of a [`Pair`].
pub(super) const FEATURES: [&str; 34] = [
    "always",
    "sentences share words",
    "surroundings share words",
    "surroundings and sentences share words",
    "articles are alike",
    "one article",
    "one sentence",
    "nearness in one article",
    "subjects share words",
    "subjects differ",
    "objects share words",
    "objects differ",
    "nothing around",
    "rarity of the word",
    "share of articles with the word",
    "one is a word of speech",
    "both are words of speech",
    "speech, surroundings share words",
    "speech, sentences share words",
    "one is an empty verb",
    "numbers agree",
    "numbers differ",
    "own words are shared",
    "own words in the other's sentence",
    "verb and noun",
    "both begin their articles",
    "used alike",
    "one spelling",
    "one plural",
    "one entity of the article",
    "two entities of the article",
    "names share words",
    "names differ",
    "one is called what the other is",
];

/// What the words of two mentions have in common, the closest first.
pub(super) const CLASSES: [(Slot, &str); 13] = [
    (Slot::Action, "one family"),
    (Slot::Action, "one sense"),
    (Slot::Action, "one beginning"),
    (Slot::Action, "a pronoun"),
    (Slot::Action, "other words"),
    (Slot::Human, "one name"),
    (Slot::Human, "part of a name"),
    (Slot::Human, "two names"),
    (Slot::Human, "one noun"),
    (Slot::Human, "two nouns"),
    (Slot::Human, "name and noun"),
    (Slot::Human, "two pronouns"),
    (Slot::Human, "a pronoun"),
];

/// Verbs and nouns of reporting, which one article has many of.
const SPEECH: [&str; 15] = [
    "say",
    "tell",
    "announce",
    "report",
    "add",
    "state",
    "claim",
    "reply",
    "think",
    "know",
    "declare",
    "confirm",
    "statement",
    "announcement",
    "explain",
];

/// Verbs that mean little without their object.
const EMPTY: [&str; 14] = [
    "be", "have", "do", "make", "get", "take", "go", "come", "give", "it", "that", "this",
    "happen", "occur",
];

/// Two mentions as the weights see them.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    /// Index into [`CLASSES`].
    pub class: usize,
    pub features: [f32; FEATURES.len()],
}

impl Pair {
    /// The probability that both stand for the same, from 0 to 1.
    pub fn probability(&self, weights: &Weights) -> f32 {
        let row = &weights.pairs[self.class];
        let odds: f32 = self.features.iter().zip(row).map(|(x, w)| x * w).sum();
        1.0 / (1.0 + (-odds).exp())
    }
}

/// A mention with its words as numbers, in order.
pub(super) struct Look<'a> {
    pub mention: &'a Mention,
    /// Index of its article.
    pub article: usize,
    word: Option<WordId>,
    inside: Vec<WordId>,
    around: Vec<WordId>,
    beside: Vec<WordId>,
    subject: Vec<WordId>,
    object: Vec<WordId>,
    names: Vec<WordId>,
    called: Vec<WordId>,
}

impl<'a> Look<'a> {
    pub fn new(mention: &'a Mention, article: usize, rarity: &Rarity) -> Self {
        let numbers = |words: &std::collections::BTreeSet<String>| {
            words.iter().filter_map(|w| rarity.number(w)).collect()
        };
        Self {
            mention,
            article,
            word: rarity.number(&mention.lemma),
            inside: numbers(&mention.inside),
            around: numbers(&mention.around),
            beside: numbers(&mention.beside),
            subject: numbers(&mention.subject),
            object: numbers(&mention.object),
            names: numbers(&mention.names),
            called: numbers(&mention.called),
        }
    }
}

/// What a story says of a pair beyond the two mentions.
pub(super) struct Setting<'a> {
    pub rarity: &'a Rarity,
    /// How alike the articles of the two are.
    pub articles: f32,
    /// The share of the story's articles that have the rarer of the two words.
    pub spread: f32,
}

/// Compares two mentions of one slot.
pub(super) fn compare(a: &Look, b: &Look, setting: &Setting) -> Pair {
    let (m, n) = (a.mention, b.mention);
    let shared = |x: &[WordId], y: &[WordId]| shared(x, y, setting.rarity);
    let flag = |is_so: bool| f32::from(u8::from(is_so));
    let differ =
        |x: &[WordId], y: &[WordId]| flag(!x.is_empty() && !y.is_empty() && !is_common(x, y));
    let is_one_article = a.article == b.article;
    let beside = shared(&a.beside, &b.beside);
    let around = shared(&a.around, &b.around);
    let across = shared(&a.around, &b.beside).max(shared(&a.beside, &b.around));
    let speech = [m, n].map(|x| SPEECH.contains(&x.lemma.as_str()));
    let is_speech = speech[0] || speech[1];
    let is_empty = |x: &Mention| EMPTY.contains(&x.lemma.as_str());
    let is_numbered = !m.numbers.is_empty() && !n.numbers.is_empty();
    let is_same_number = is_numbered && !m.numbers.is_disjoint(&n.numbers);
    let has_entities = is_one_article && m.entity.is_some() && n.entity.is_some();
    let is_called = |x: &Look, y: &Look| {
        x.word
            .is_some_and(|word| y.called.binary_search(&word).is_ok())
            && x.mention.form != Form::Name
    };
    let distance = m.sentence.abs_diff(n.sentence) as f32;
    let word = a.word.map_or(0.0, |word| setting.rarity.worth(word));
    let features = [
        1.0,
        beside,
        around,
        across,
        setting.articles,
        flag(is_one_article),
        flag(is_one_article && m.sentence == n.sentence),
        flag(is_one_article) / (1.0 + distance),
        shared(&a.subject, &b.subject),
        differ(&a.subject, &b.subject),
        shared(&a.object, &b.object),
        differ(&a.object, &b.object),
        flag(a.around.is_empty() || b.around.is_empty()),
        flag(m.lemma == n.lemma) * word / 5.0,
        setting.spread,
        flag(speech[0] != speech[1]),
        flag(speech[0] && speech[1]),
        flag(is_speech) * around,
        flag(is_speech) * beside,
        flag(is_empty(m) || is_empty(n)),
        flag(is_same_number),
        flag(is_numbered && !is_same_number),
        shared(&a.inside, &b.inside),
        shared(&a.inside, &b.beside).max(shared(&b.inside, &a.beside)),
        flag((m.form == Form::Verb) != (n.form == Form::Verb)),
        flag(m.sentence <= 1 && n.sentence <= 1),
        flag(m.class != 0 && m.class == n.class),
        flag(m.text == n.text || m.lemma == n.lemma),
        flag(m.is_plural != n.is_plural),
        flag(has_entities && m.entity == n.entity),
        flag(has_entities && m.entity != n.entity),
        shared(&a.names, &b.names),
        differ(&a.names, &b.names),
        flag(is_called(a, b) || is_called(b, a)),
    ];
    Pair {
        class: class_of(m, n),
        features,
    }
}

/// Words by which a mention is found among many: mentions without a common one are not compared
/// in a story of many mentions.
pub(super) fn keys(look: &Look) -> Vec<String> {
    let mention = look.mention;
    let mut keys = vec![mention.base().to_owned()];
    if let Some(family) = mention.family {
        keys.extend(
            family
                .senses
                .split('|')
                .map(|sense| format!("sense {sense}")),
        );
    }
    keys.extend(mention.names.iter().map(|name| format!("name {name}")));
    keys.extend(mention.inside.iter().cloned());
    keys.extend(mention.called.iter().cloned());
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn class_of(a: &Mention, b: &Mention) -> usize {
    let name = match a.slot {
        Slot::Action => event_class(a, b),
        Slot::Human => human_class(a, b),
    };
    let found = CLASSES.iter().position(|class| *class == (a.slot, name));
    found.unwrap_or(CLASSES.len() - 1)
}

fn event_class(a: &Mention, b: &Mention) -> &'static str {
    let is_sense = matches!((a.family, b.family), (Some(x), Some(y)) if x.shares_sense(y));
    let beginning = a.lemma.bytes().zip(b.lemma.bytes());
    if a.form == Form::Pronoun || b.form == Form::Pronoun {
        "a pronoun"
    } else if a.base() == b.base() || a.text == b.text {
        "one family"
    } else if is_sense {
        "one sense"
    } else if beginning.take_while(|(x, y)| x == y).count() >= 5 {
        "one beginning"
    } else {
        "other words"
    }
}

fn human_class(a: &Mention, b: &Mention) -> &'static str {
    match (a.form, b.form) {
        (Form::Pronoun, Form::Pronoun) => "two pronouns",
        (Form::Pronoun, _) | (_, Form::Pronoun) => "a pronoun",
        (Form::Name, Form::Name) if a.names == b.names || a.text == b.text => "one name",
        (Form::Name, Form::Name) if !a.names.is_disjoint(&b.names) => "part of a name",
        (Form::Name, Form::Name) => "two names",
        (Form::Name, _) | (_, Form::Name) => "name and noun",
        _ if a.lemma == b.lemma => "one noun",
        _ => "two nouns",
    }
}

/// How much two sets of words share, each word as rare as it is: 0 nothing, 1 all.
fn shared(a: &[WordId], b: &[WordId], rarity: &Rarity) -> f32 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let weight = |word: &WordId| rarity.worth(*word).powi(2);
    let common: f32 = a
        .iter()
        .filter(|word| b.binary_search(word).is_ok())
        .map(weight)
        .sum();
    if common == 0.0 {
        return 0.0;
    }
    let length = |words: &[WordId]| words.iter().map(weight).sum::<f32>();
    common / (length(a) * length(b)).sqrt()
}

fn is_common(a: &[WordId], b: &[WordId]) -> bool {
    a.iter().any(|word| b.binary_search(word).is_ok())
}
