//! Words for events and for people in one article, with what is compared of them.

use std::collections::BTreeSet;

use super::detect;
use super::words::Words;
use crate::annotation::{Annotator, Deprel, NameLabel, Upos, Xpos};
use crate::document::{CodePoints, Span, TokenId};
use crate::fact::{EntityKind, Facts};
use crate::graph::name::spelling;
use crate::lexicon::{EventFamily, event_family};

/// What a mention stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// Something that happens.
    Action,
    /// A person, several, or a body of people.
    Human,
}

impl Slot {
    pub const ALL: [Slot; 2] = [Slot::Action, Slot::Human];

    /// The name that records use.
    pub const fn name(self) -> &'static str {
        match self {
            Slot::Action => "action",
            Slot::Human => "human",
        }
    }
}

/// A mention whose place is known beforehand; Unicode code points, end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GivenMention {
    pub start: usize,
    pub end: usize,
    pub slot: Slot,
}

/// Where the mentions of an article come from.
#[derive(Clone, Copy, Debug)]
pub enum MentionSource<'a> {
    /// None are asked for.
    Nowhere,
    /// They are found in the text.
    Text,
    /// Their places are known.
    Given(&'a [GivenMention]),
}

/// How a mention refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Name,
    Noun,
    Verb,
    Pronoun,
}

/// A word for an event or for people.
#[derive(Clone, Debug)]
pub struct Mention {
    pub slot: Slot,
    /// Unicode code points, end exclusive.
    pub start: usize,
    pub end: usize,
    pub(super) form: Form,
    /// Number of its sentence in the article, from 0.
    pub(super) sentence: usize,
    pub(super) lemma: String,
    pub(super) family: Option<EventFamily>,
    /// The class of words that its head is used like; 0: not known.
    pub(super) class: u16,
    pub(super) text: String,
    pub(super) is_plural: bool,
    /// The entity of the article that it stands for.
    pub(super) entity: Option<usize>,
    /// Words of names that it has, or that what it stands for has elsewhere in the article.
    pub(super) names: BTreeSet<String>,
    /// Nouns that the article uses for the one named here: "singer" in "singer Ada Lund".
    pub(super) called: BTreeSet<String>,
    pub(super) inside: BTreeSet<String>,
    /// What hangs on it, and for a participant what it hangs on.
    pub(super) around: BTreeSet<String>,
    pub(super) beside: BTreeSet<String>,
    pub(super) subject: BTreeSet<String>,
    pub(super) object: BTreeSet<String>,
    pub(super) numbers: BTreeSet<String>,
}

impl Mention {
    /// All words that are weighed when mentions are compared.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let sets = [
            &self.inside,
            &self.around,
            &self.beside,
            &self.subject,
            &self.object,
            &self.names,
            &self.called,
        ];
        let all = sets.into_iter().flatten().map(String::as_str);
        all.chain([self.lemma.as_str()])
    }

    /// The family's word, or its own.
    pub(super) fn base(&self) -> &str {
        self.family.map_or(&self.lemma, |family| family.base)
    }
}

/// The mentions whose places are given, in order; one of an empty span is left out.
pub(super) fn given_mentions(
    words: &Words,
    points: &CodePoints,
    facts: &Facts,
    given: &[GivenMention],
) -> Vec<Mention> {
    let text = &words.document.text;
    let mut bytes: Vec<usize> = text.char_indices().map(|(byte, _)| byte).collect();
    bytes.push(text.len());
    let byte = |point: usize| bytes.get(point).copied().unwrap_or(text.len());
    let reader = MentionReader::new(words, points, facts);
    let mut given = given.to_vec();
    given.sort_unstable();
    given.dedup();
    given
        .iter()
        .filter(|g| g.start < g.end)
        .filter_map(|g| reader.read(Span::new(byte(g.start), byte(g.end)), g.slot))
        .collect()
}

/// The mentions that the words, tags and names of an article suggest.
pub(super) fn find_mentions(words: &Words, points: &CodePoints, facts: &Facts) -> Vec<Mention> {
    let reader = MentionReader::new(words, points, facts);
    let spans = detect::find(words);
    spans
        .into_iter()
        .filter_map(|(span, slot)| reader.read(span, slot))
        .collect()
}

/// Reads mentions of one article.
struct MentionReader<'a> {
    words: &'a Words<'a>,
    points: &'a CodePoints,
    /// Spans of the mentions of entities, in order, with the number of the entity.
    entities: Vec<(Span, usize)>,
    names: Vec<BTreeSet<String>>,
    /// The words of each entity's name as written, in small letters.
    full_names: Vec<Vec<String>>,
    called: Vec<BTreeSet<String>>,
}

impl<'a> MentionReader<'a> {
    fn new(words: &'a Words<'a>, points: &'a CodePoints, facts: &Facts) -> Self {
        let is_party = |kind| {
            matches!(
                kind,
                EntityKind::Person | EntityKind::Organization | EntityKind::Group
            )
        };
        let mut reader = Self {
            words,
            points,
            entities: Vec::new(),
            names: vec![BTreeSet::new(); facts.entities.len()],
            full_names: vec![Vec::new(); facts.entities.len()],
            called: vec![BTreeSet::new(); facts.entities.len()],
        };
        for (number, entity) in facts.entities.iter().enumerate() {
            if !is_party(entity.kind) {
                continue;
            }
            if entity.kind != EntityKind::Group {
                reader.names[number] = name_words(&entity.name);
                let lower = entity.name.to_lowercase();
                reader.full_names[number] = lower.split_whitespace().map(str::to_owned).collect();
            }
            for span in &entity.mentions {
                reader.entities.push((*span, number));
                let nouns = reader.nouns_of(*span);
                reader.called[number].extend(nouns);
            }
        }
        for role in &facts.roles {
            let person = facts.entities.iter().position(|e| e.id == role.person);
            if let (Some(person), Some(head)) = (person, role.role.split(' ').next_back()) {
                reader.called[person].insert(head.to_owned());
            }
        }
        reader
            .entities
            .sort_unstable_by_key(|(span, n)| (span.start, span.end, *n));
        reader
    }

    /// Nouns beside a name that tell what the one named is.
    fn nouns_of(&self, span: Span) -> Vec<String> {
        let words = self.words;
        let Some(head) = words.head_of(span) else {
            return Vec::new();
        };
        let tokens = words.tokens_of(span);
        let tells = |deprel| {
            matches!(
                deprel,
                Deprel::Appos | Deprel::Compound | Deprel::NmodDesc | Deprel::Flat
            )
        };
        let mut found = Vec::new();
        for &child in words.annotation.children(head) {
            if !tokens.contains(&child)
                && tells(words.deprel(child))
                && words.upos(child) == Upos::Noun
            {
                found.push(words.lemma(child).to_owned());
            }
        }
        if let Some(above) = words.annotation.head(head)
            && !tokens.contains(&above)
            && tells(words.deprel(head))
            && words.upos(above) == Upos::Noun
        {
            found.push(words.lemma(above).to_owned());
        }
        found
    }

    /// The words of tokens that say something; for a pronoun the name that it stands for.
    fn meant(&self, tokens: impl IntoIterator<Item = TokenId>) -> BTreeSet<String> {
        let tokens: Vec<TokenId> = tokens.into_iter().collect();
        let mut found = self.words.content(tokens.iter().copied());
        for &token in &tokens {
            if self.words.upos(token) == Upos::Pron
                && let Some(entity) = self.entity_at(token)
            {
                found.extend(self.full_names[entity].iter().cloned());
            }
        }
        found
    }

    /// The entity whose mention holds a token; of several the one with the shortest.
    fn entity_at(&self, token: TokenId) -> Option<usize> {
        let span = self.words.document.tokens[token].span;
        let end = self
            .entities
            .partition_point(|(s, _)| s.start <= span.start);
        self.entities[..end]
            .iter()
            .rev()
            .take(8)
            .filter(|(s, _)| s.overlaps(span))
            .min_by_key(|(s, _)| s.len())
            .map(|(_, number)| *number)
    }

    fn read(&self, span: Span, slot: Slot) -> Option<Mention> {
        let words = self.words;
        let head = words.head_of(span)?;
        let tokens = words.tokens_of(span);
        let lemma = words.full_lemma(head);
        let sentence = words.document.sentence_of(head);
        let others = words.document.sentences[sentence].tokens.clone();
        let arguments = self.arguments(head, slot);
        let phrase = |at: TokenId| words.phrase(at).into_iter();
        let around = arguments
            .iter()
            .flat_map(|&(_, at)| phrase(at))
            .filter(|id| !tokens.contains(id));
        let of = |is_asked: fn(Deprel) -> bool| {
            let asked = arguments.iter().filter(|(deprel, _)| is_asked(*deprel));
            self.meant(asked.flat_map(|&(_, at)| phrase(at)))
        };
        let form = form_of(words, head, slot);
        let entity = Some(slot)
            .filter(|slot| *slot == Slot::Human)
            .and_then(|_| self.entity_at(head));
        let text = span.of(&words.document.text);
        let mut names = match form {
            Form::Name => name_words(text),
            _ => BTreeSet::new(),
        };
        let mut called = BTreeSet::new();
        if let Some(number) = entity {
            names.extend(self.names[number].iter().cloned());
            called.extend(self.called[number].iter().cloned());
        }
        if slot == Slot::Human {
            called.extend(self.nouns_of(span));
        }
        let is_number = |id: &TokenId| words.upos(*id) == Upos::Num;
        let children = words.annotation.children(head).iter().copied();
        let numbers = tokens.clone().chain(children).filter(is_number);
        let (start, end) = self.points.span(span);
        let mut inside = words.content(tokens.clone());
        if inside.is_empty() {
            inside.insert(lemma.clone());
        }
        Some(Mention {
            slot,
            start,
            end,
            form,
            sentence,
            family: event_family(&lemma).filter(|_| slot == Slot::Action),
            class: Annotator::embedded().class_of(words.lemma(head)),
            text: text.to_lowercase(),
            is_plural: is_plural(words, head),
            entity,
            names,
            called,
            around: self.meant(around),
            beside: words.content(others.filter(|id| !tokens.contains(id))),
            subject: of(|deprel| deprel == Deprel::Nsubj),
            object: of(|deprel| matches!(deprel, Deprel::Obj | Deprel::NsubjPass)),
            numbers: numbers.map(|id| words.lemma(id).to_owned()).collect(),
            inside,
            lemma,
        })
    }

    /// Words in relation to a head, with the relation.
    fn arguments(&self, head: TokenId, slot: Slot) -> Vec<(Deprel, TokenId)> {
        let words = self.words;
        let mut found: Vec<(Deprel, TokenId)> = words
            .annotation
            .children(head)
            .iter()
            .map(|&child| (words.deprel(child), child))
            .filter(|(deprel, _)| {
                matches!(
                    deprel.universal(),
                    "nsubj" | "obj" | "iobj" | "obl" | "nmod" | "compound" | "amod"
                )
            })
            .collect();
        let Some(above) = words.annotation.head(head) else {
            return found;
        };
        let own = words.deprel(head);
        let hangs = matches!(own.universal(), "acl" | "amod" | "compound" | "nmod");
        if hangs || slot == Slot::Human && words.upos(above) == Upos::Verb {
            found.push((Deprel::Dep, above));
        }
        let has_subject = found.iter().any(|(deprel, _)| deprel.is_subject());
        if matches!(own, Deprel::Xcomp | Deprel::Advcl | Deprel::Conj) && !has_subject {
            found.extend(
                words
                    .annotation
                    .children_with(above, Deprel::Nsubj)
                    .map(|s| (Deprel::Nsubj, s)),
            );
        }
        found
    }
}

fn form_of(words: &Words, head: TokenId, slot: Slot) -> Form {
    let is_named = words.annotation.name_of(head).is_some_and(|name| {
        !matches!(
            name.label,
            NameLabel::Date | NameLabel::Money | NameLabel::Norp
        )
    });
    match words.upos(head) {
        Upos::Pron | Upos::Det => Form::Pronoun,
        Upos::Verb | Upos::Aux if slot == Slot::Action => Form::Verb,
        Upos::Propn if slot == Slot::Human => Form::Name,
        _ if slot == Slot::Human && is_named => Form::Name,
        _ => Form::Noun,
    }
}

fn is_plural(words: &Words, head: TokenId) -> bool {
    matches!(words.xpos(head), Xpos::Nns | Xpos::Nnps)
        || matches!(
            words.lemma(head),
            "they" | "we" | "their" | "them" | "us" | "our"
        )
}

/// The words of a name as spellings of it share them.
fn name_words(name: &str) -> BTreeSet<String> {
    let lower = name.to_lowercase().replace("'s", "").replace("’s", "");
    lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 1)
        .filter(|word| !matches!(*word, "the" | "of" | "and" | "mr" | "mrs" | "ms" | "dr"))
        .map(spelling)
        .collect()
}
