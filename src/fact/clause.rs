//! Who does what in a clause, as far as word order tells.

use std::ops::Range;

use super::coreference::{Cast, EntityIndex};
use crate::annotation::{Upos, Xpos};
use crate::document::TokenId;
use crate::mention::PieceKind;

/// A noun phrase that stands as a party: a name, a title, a pronoun or an unnamed group.
#[derive(Clone, Debug, PartialEq)]
pub struct Party {
    pub tokens: Range<TokenId>,
    /// The named entities it speaks of; none for an unnamed group.
    pub entities: Vec<EntityIndex>,
}

/// Words between a subject and its verb.
const BETWEEN: &[&str] = &[
    "also",
    "later",
    "earlier",
    "then",
    "has",
    "have",
    "had",
    "is",
    "was",
    "were",
    "are",
    "be",
    "been",
    "repeatedly",
    "now",
    "again",
    "previously",
    "already",
    "just",
    "once",
    "still",
    "further",
    "first",
    "only",
    "subsequently",
    "simply",
    "all",
    "both",
    "each",
    "himself",
    "herself",
    "themselves",
    "did",
    "does",
    "do",
    "not",
    "n't",
    "never",
    "often",
    "always",
    "recently",
    "reportedly",
    "even",
    "publicly",
    "privately",
    "separately",
    "strongly",
    "briefly",
    "immediately",
    "quickly",
    "in",
    "turn",
    "additionally",
    "meanwhile",
    "however",
    "therefore",
    "correctly",
    "clearly",
    "will",
    "would",
    "could",
    "can",
    "may",
    "might",
    "should",
    "must",
    "to",
    "being",
    "went",
    "on",
    "respectively",
    "jointly",
    "personally",
    "finally",
    "eventually",
    "specifically",
    "explicitly",
    "openly",
    "famously",
    "today",
    "initially",
    "consistently",
    "rightly",
    "long",
    "soon",
    "next",
    "last",
    "plans",
    "planned",
    "planning",
    "wants",
    "wanted",
    "agreed",
    "expected",
    "set",
    "due",
    "scheduled",
    "ready",
    "hopes",
    "hoped",
    "decided",
    "intends",
    "intended",
    "slated",
    "able",
    "willing",
    "keen",
    "continued",
    "continues",
    "began",
    "refused",
    "declined",
    "likely",
    "hoping",
];

const BREAKS: &[&str] = &[
    "but", "that", "while", "when", "as", "after", "before", "if", "because", "although", "though",
    "since", "until", "where", "which", "whether", "than", "so", "unless", "what", "how", "why",
];

/// Words that open a noun phrase.
fn opens_phrase(lower: &str) -> bool {
    matches!(
        lower,
        "the"
            | "a"
            | "an"
            | "his"
            | "her"
            | "their"
            | "its"
            | "one"
            | "some"
            | "several"
            | "many"
            | "another"
            | "these"
            | "those"
    )
}

/// Nouns of people in the plural or the singular that can act without a name.
pub fn is_people_noun(lower: &str) -> bool {
    const NOUNS: &[&str] = &[
        "leader",
        "leaders",
        "official",
        "officials",
        "minister",
        "ministers",
        "delegate",
        "delegates",
        "delegation",
        "delegations",
        "representative",
        "representatives",
        "counterpart",
        "counterparts",
        "ally",
        "allies",
        "lawmaker",
        "lawmakers",
        "diplomat",
        "diplomats",
        "envoy",
        "envoys",
        "negotiator",
        "negotiators",
        "presidents",
        "president",
        "chief",
        "chiefs",
        "expert",
        "experts",
        "source",
        "sources",
        "adviser",
        "advisers",
        "advisor",
        "advisors",
        "aide",
        "aides",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "spokespeople",
        "team",
        "government",
        "governments",
        "ministry",
        "administration",
        "party",
        "parties",
        "opposition",
        "group",
        "groups",
        "analyst",
        "analysts",
        "observer",
        "observers",
        "activist",
        "activists",
        "resident",
        "residents",
        "witness",
        "witnesses",
        "report",
        "reports",
        "statement",
        "company",
        "authorities",
        "authority",
        "police",
        "prosecutor",
        "prosecutors",
        "lawyer",
        "lawyers",
        "military",
        "army",
        "court",
        "judge",
        "doctor",
        "doctors",
        "researcher",
        "researchers",
        "scientist",
        "scientists",
        "people",
        "man",
        "woman",
        "men",
        "women",
        "member",
        "members",
        "senator",
        "senators",
        "governor",
        "governors",
        "mayor",
        "mayors",
        "journalist",
        "journalists",
        "reporter",
        "reporters",
        "europeans",
        "americans",
        "family",
        "father",
        "mother",
        "son",
        "daughter",
        "wife",
        "husband",
        "brother",
        "sister",
        "widow",
        "agency",
        "department",
        "office",
        "commission",
        "committee",
        "council",
        "organization",
        "organisation",
        "association",
        "union",
        "bank",
        "newspaper",
        "media",
        "outlet",
        "outlets",
        "network",
        "study",
        "survey",
        "poll",
        "document",
        "documents",
        "letter",
        "senate",
        "parliament",
        "cabinet",
        "house",
        "campaign",
        "critics",
        "supporters",
        "economists",
        "economist",
        "investigators",
        "investigator",
        "commander",
        "commanders",
        "general",
        "generals",
        "soldiers",
        "workers",
        "students",
        "survivors",
        "farmers",
        "owner",
        "owners",
        "manager",
        "director",
        "executive",
        "executives",
        "secretary",
        "ambassador",
        "ambassadors",
        "candidate",
        "candidates",
        "king",
        "queen",
        "prince",
        "princess",
        "pope",
        "bishop",
        "two",
        "three",
        "both",
        "sides",
        "side",
        "one",
        "ones",
        "others",
        "some",
        "many",
        "several",
        "nation",
        "nations",
        "country",
        "countries",
        "states",
        "bloc",
        "regime",
        "kingdom",
        "businessmen",
        "businesspeople",
        "investors",
        "traders",
        "fans",
        "coach",
        "player",
        "players",
        "neighbors",
        "neighbours",
        "relatives",
        "parents",
        "teachers",
        "teacher",
        "professor",
        "professors",
        "politician",
        "politicians",
        "rebels",
        "militants",
        "fighters",
        "troops",
        "forces",
        "speaker",
        "chairman",
        "chairwoman",
        "chair",
        "commissioner",
        "activists",
        "lawmaker",
        "premier",
        "chancellor",
        "board",
        "leadership",
        "management",
        "colleague",
        "colleagues",
        "families",
        "victims",
        "refugees",
        "migrants",
        "protesters",
        "veterans",
        "clerics",
        "elders",
        "employees",
        "entrepreneurs",
        "stakeholders",
        "donors",
        "creditors",
        "mediators",
        "inspectors",
        "legislators",
        "councillors",
        "parliamentarians",
        "heads",
        "bosses",
        "couple",
        "duo",
        "trio",
        "pair",
    ];
    NOUNS.contains(&lower)
}

/// Whether a plural noun of people ends before `end`: "both countries' foreign *ministers*".
fn is_plural_office(cast: &Cast, end: TokenId) -> bool {
    let words = &cast.mentions.words;
    let is_plural =
        |noun: TokenId| words.xpos(noun) == Xpos::Nns || words.lower(noun).ends_with('s');
    // "the finance *ministers of Chile and Peru*"
    let mut titles = cast.mentions.titles.iter();
    let titled = titles.any(|t| t.tokens.end == end && is_plural(t.core.end - 1));
    titled || end > 0 && is_plural(end - 1) && is_people_noun(words.before(end))
}

impl Cast<'_, '_> {
    /// The noun phrase that is the subject of the verb at `verb`, to its left in its sentence.
    pub fn subject_before(&mut self, verb: TokenId) -> Option<Party> {
        let words = &self.mentions.words;
        let sentence = words.sentence(verb);
        let mut at = verb;
        let mut steps = 0;
        while at > sentence.start && steps < 8 {
            if let Some(time) = self.mentions.times.iter().find(|t| t.tokens.end == at) {
                at = time.tokens.start;
                if matches!(words.before(at), "on" | "in" | "late" | "early" | "since") {
                    at -= 1;
                }
                steps += 1;
                continue;
            }
            let before = words.before(at);
            let adverb = BETWEEN.contains(&before)
                || before.len() > 4
                    && before.ends_with("ly")
                    && !matches!(
                        before,
                        "family" | "ally" | "assembly" | "italy" | "reply" | "july" | "monopoly"
                    );
            if !adverb || self.mentions.piece_until(at).is_some() {
                break;
            }
            at -= 1;
            steps += 1;
        }
        if at <= sentence.start {
            return None;
        }
        self.party_until(at, sentence.start)
    }

    /// The noun phrase that ends before token `end`.
    pub fn party_until(&mut self, end: TokenId, floor: TokenId) -> Option<Party> {
        let mentions = self.mentions;
        let words = &mentions.words;
        if end <= floor {
            return None;
        }
        let last = words.before(end);
        match last {
            "he" | "she" => {
                let entity = self.pronoun(end - 1);
                return Some(Party {
                    tokens: end - 1..end,
                    entities: entity.into_iter().collect(),
                });
            }
            "they" | "it" | "we" | "i" | "you" => {
                return Some(Party {
                    tokens: end - 1..end,
                    entities: Vec::new(),
                });
            }
            "who" => {
                let at = if words.before(end - 1) == "," {
                    end - 2
                } else {
                    end - 1
                };
                return self.party_until(at, floor);
            }
            "," | ")" | "—" | "–" => return self.party_before_aside(end - 1, floor),
            _ => {}
        }
        if let Some(p) = mentions.piece_until(end) {
            let piece = &mentions.pieces[p];
            let start = match piece.kind {
                PieceKind::Person => Some(self.phrase_start(piece.tokens.start)),
                PieceKind::Title | PieceKind::Honorific => None,
                PieceKind::Demonym | PieceKind::Supranational
                    if words.lower(piece.tokens.end - 1).ends_with('s') =>
                {
                    None
                }
                PieceKind::Demonym | PieceKind::Supranational | PieceKind::Event => None,
                _ => Some(piece.tokens.start),
            };
            if let Some(mut start) = start {
                if words.before(start) == "the"
                    || words.before(start) == "'s" && piece.kind.is_body()
                {
                    let possessive = words.before(start) == "'s";
                    let owner = possessive
                        .then(|| mentions.piece_until(start - 1))
                        .flatten();
                    start = match owner {
                        Some(o) => mentions.pieces[o].tokens.start,
                        None if possessive => start,
                        None => start - 1,
                    };
                }
                let start = start.max(floor);
                // "Lund, not Moe, visited"
                let is_other = words.before(start) == "not" && start >= floor + 3;
                if is_other && words.before(start - 1) == "," {
                    return self.party_until(start - 2, floor);
                }
                // The name may close a longer noun phrase: "officials in Kyiv", "advisers to Trump".
                if let Some(longer) = self.noun_phrase_over(start, end, floor) {
                    return Some(longer);
                }
                let mut entities: Vec<EntityIndex> =
                    self.entity_at(piece.tokens.start).into_iter().collect();
                let mut from = start;
                if matches!(words.before(start), "and" | ",")
                    && entities.len() == 1
                    && let Some((first, more)) = self.joined_before(start, floor)
                {
                    entities.splice(0..0, more);
                    from = first;
                }
                return Some(Party {
                    tokens: from..end,
                    entities,
                });
            }
        }
        if let Some(t) = mentions
            .titles
            .iter()
            .position(|t| t.tokens.end == end && t.holders.is_empty())
        {
            let title = &mentions.titles[t];
            let start = title.determiner.unwrap_or(title.tokens.start).max(floor);
            let entities: Vec<EntityIndex> = self.entity_of_title(t).into_iter().collect();
            let mut start = start;
            while start > floor
                && title.determiner.is_none()
                && matches!(
                    words.before(start),
                    "one"
                        | "two"
                        | "three"
                        | "four"
                        | "five"
                        | "some"
                        | "several"
                        | "many"
                        | "another"
                        | "senior"
                        | "top"
                        | "unnamed"
                        | "both"
                )
            {
                start -= 1;
            }
            if title.patron.is_none() || title.determiner.is_some() {
                return Some(Party {
                    tokens: start..end,
                    entities,
                });
            }
            let start = mentions.pieces[title.patron.unwrap_or(0)].tokens.start;
            return Some(Party {
                tokens: start..end,
                entities,
            });
        }
        self.plain_phrase(end, floor)
    }

    /// "X, the minister of Y, said": the noun phrase before an aside that ends at token `comma`.
    fn party_before_aside(&mut self, comma: TokenId, floor: TokenId) -> Option<Party> {
        let words = &self.mentions.words;
        let close = words.lower(comma).to_owned();
        let mut at = comma;
        let limit = comma.saturating_sub(40).max(floor);
        // "Ida Lund, a cousin of the late mayor, …, said": who opens the sentence.
        if close == "," {
            let opening = (floor..(floor + 12).min(comma)).find(|t| words.lower(*t) == ",");
            let named = opening
                .and_then(|c| self.mentions.piece_until(c))
                .filter(|p| {
                    self.mentions.pieces[*p].kind == PieceKind::Person
                        && self.phrase_start(self.mentions.pieces[*p].tokens.start) <= floor + 1
                });
            if let (Some(c), Some(_)) = (opening, named) {
                let spoken = self.mentions.cues.iter().any(|cue| {
                    cue.tokens.start > c
                        && cue.tokens.end <= comma
                        && matches!(cue.form, crate::mention::CueForm::Past)
                });
                if !spoken
                    && matches!(
                        words.lower(c + 1),
                        "a" | "an" | "the" | "who" | "his" | "her"
                    )
                {
                    return self.party_until(c, floor);
                }
            }
        }
        if close == ","
            && let Some(party) = self.named_in_aside(comma, floor)
        {
            return Some(party);
        }
        while at > limit {
            at -= 1;
            let lower = words.lower(at);
            let opens = match close.as_str() {
                ")" => lower == "(",
                "," => lower == ",",
                dash => lower == dash,
            };
            if !opens {
                continue;
            }
            // "the foreign minister, Ida Lund, said": the name is the aside.
            let named = self.mentions.piece_from(at + 1).filter(|p| {
                let piece = &self.mentions.pieces[*p];
                close == "," && piece.kind == PieceKind::Person && piece.tokens.end == comma
            });
            let titled = || {
                let titles = &self.mentions.titles;
                titles.iter().any(|t| {
                    let holds = named.is_some_and(|p| t.holders.contains(&p));
                    t.tokens.end == at || t.core.end == at || holds && t.tokens.end < at
                })
            };
            // "the secretary of the teachers union, Ida Lund, said"
            let described = || {
                let is_noun = words.upos(at - 1) == Upos::Noun;
                is_noun
                    && (floor..at)
                        .any(|t| matches!(words.lower(t), "the" | "a" | "an" | "his" | "her"))
            };
            if named.is_some() && (titled() || described()) {
                return self.party_until(comma, floor);
            }
            // "Two members of the council, Ida Lund and Carl Berg, said": they are the aside.
            let listed = close == "," && self.mentions.piece_from(at + 1).is_some();
            if listed
                && let Some(party) = self.party_until(comma, floor)
                && party.entities.len() > 1
                && party.tokens.start == at + 1
            {
                return Some(party);
            }
            let piece = self.mentions.piece_until(at);
            let party = match piece.map(|p| self.mentions.pieces[p].kind) {
                Some(PieceKind::Person) => self.party_until(at, floor),
                Some(kind) if kind.is_body() || kind == PieceKind::Country => {
                    self.party_until(at, floor)
                }
                _ if close == ")" => self.party_until(at, floor),
                _ => None,
            };
            if party.is_some() {
                return party;
            }
        }
        None
    }

    /// "The Chilean and Peruvian foreign ministers, *Ola Lund and Ida Moe*, met": those whom an aside
    /// that ends at token `comma` names behind a plural office.
    fn named_in_aside(&self, comma: TokenId, floor: TokenId) -> Option<Party> {
        let words = &self.mentions.words;
        let is_person = |p: &usize| self.mentions.pieces[*p].kind == PieceKind::Person;
        let mut start = comma;
        let mut persons: Vec<EntityIndex> = Vec::new();
        loop {
            let piece = self.mentions.piece_until(start).filter(is_person)?;
            persons.insert(0, self.entity_of_piece(piece)?);
            start = self.phrase_start(self.mentions.pieces[piece].tokens.start);
            match words.before(start) {
                "and" => start -= 1,
                "," if persons.len() > 1 && is_plural_office(self, start - 1) => break,
                "," => {}
                _ => return None,
            }
            start -= usize::from(words.before(start) == ",");
            if start <= floor {
                return None;
            }
        }
        Some(Party {
            tokens: start..comma,
            entities: persons,
        })
    }

    /// The names joined to the one that begins at `start`: "Trump and Putin".
    fn joined_before(&self, start: TokenId, floor: TokenId) -> Option<(TokenId, Vec<EntityIndex>)> {
        let words = &self.mentions.words;
        let mut at = start;
        let mut found = Vec::new();
        let mut first = None;
        while at > floor && matches!(words.before(at), "and" | ",") {
            let mut end = at - 1;
            if words.before(end) == "," {
                end -= 1;
            }
            let Some(p) = self.mentions.piece_until(end) else {
                break;
            };
            // "Lund of Norway and Moe of Chile": the one, not where she is from.
            let start = self.mentions.pieces[p].tokens.start;
            let bearer = (words.before(start) == "of")
                .then(|| self.mentions.piece_until(start - 1))
                .flatten()
                .filter(|q| self.mentions.pieces[*q].kind == PieceKind::Person);
            let p = bearer.unwrap_or(p);
            let piece = &self.mentions.pieces[p];
            if !matches!(
                piece.kind,
                PieceKind::Person | PieceKind::Country | PieceKind::Organization
            ) {
                break;
            }
            let Some(entity) = self.entity_of_piece(p) else {
                break;
            };
            // "Japan, the United States and Chile"
            let mut opens = self.phrase_start(piece.tokens.start);
            opens -= usize::from(words.before(opens) == "the" && opens > floor);
            // "In Norway, Lund and Moe met": where they did.
            let is_place = matches!(words.before(opens), "in" | "at" | "from" | "near");
            if is_place && words.before(at) == "," {
                break;
            }
            found.insert(0, entity);
            at = opens;
            first = Some(at);
        }
        // A comma alone may part a list from the clause before it: one "and" must be there.
        let has_and = (first?..start).any(|t| words.lower(t) == "and");
        has_and.then_some((first?, found))
    }

    /// A longer noun phrase with a noun of people that ends in the name at `start..end`.
    fn noun_phrase_over(&mut self, start: TokenId, end: TokenId, floor: TokenId) -> Option<Party> {
        let words = &self.mentions.words;
        if !matches!(
            words.before(start),
            "in" | "of" | "from" | "to" | "for" | "at" | "with" | "the" | "including"
        ) {
            return None;
        }
        let party = self.plain_phrase(start - 1, floor)?;
        let head = words.lower(party.tokens.end - 1);
        let is_head = is_people_noun(head)
            || self
                .mentions
                .titles
                .iter()
                .any(|t| t.core.end == party.tokens.end);
        (is_head && party.tokens.len() <= 8).then_some(Party {
            tokens: party.tokens.start..end,
            entities: party.entities,
        })
    }

    /// An unnamed noun phrase that ends before `end`: "one source", "European diplomats".
    fn plain_phrase(&mut self, end: TokenId, floor: TokenId) -> Option<Party> {
        let words = &self.mentions.words;
        if end <= floor || !words.is_word(end - 1) {
            return None;
        }
        let head = words.lower(end - 1);
        let cue_like = self.mentions.cues.iter().any(|c| c.tokens.end == end);
        let is_head = is_people_noun(head)
            || self.mentions.titles.iter().any(|t| t.core.end == end)
            || self.mentions.piece_until(end).is_some_and(|p| {
                matches!(
                    self.mentions.pieces[p].kind,
                    PieceKind::Demonym | PieceKind::Supranational
                )
            });
        if cue_like && !is_head {
            return None;
        }
        let mut start = end;
        while start > floor && end - start < 10 {
            let lower = words.before(start);
            let breaks = words.is_finite(start - 1)
                || words.xpos(start - 1) == Xpos::Prp
                || !words.is_word(start - 1)
                    && !matches!(lower, "-" | "&" | "%")
                    && words.lower(start - 1).parse::<f64>().is_err()
                || BREAKS.contains(&lower)
                || self.mentions.cues.iter().any(|c| c.tokens.end == start);
            if breaks {
                break;
            }
            start -= 1;
            if (opens_phrase(lower) || matches!(lower, "our" | "my"))
                && !matches!(
                    words.before(start),
                    "of" | "in" | "for" | "from" | "at" | "with" | "to"
                )
            {
                break;
            }
        }
        while start < end
            && matches!(
                words.lower(start),
                "and"
                    | "or"
                    | "in"
                    | "of"
                    | "to"
                    | "with"
                    | "for"
                    | "by"
                    | "on"
                    | "at"
                    | "from"
                    | "-"
            )
        {
            start += 1;
        }
        if start >= end {
            return None;
        }
        let starts_clause = start == floor
            || !words.is_word(start - 1)
            || BREAKS.contains(&words.before(start))
            || matches!(words.before(start), "and" | "or");
        let determined = opens_phrase(words.lower(start))
            || matches!(words.lower(start), "two" | "three" | "both");
        (is_head && end - start <= 10
            || starts_clause && end - start <= 5
            || determined && end - start <= 6)
            .then(|| Party {
                tokens: start..end,
                entities: Vec::new(),
            })
    }

    /// The entity that stands for a party, an unnamed one made at need.
    pub fn entity_of(&mut self, party: &Party) -> Option<EntityIndex> {
        if let [entity, ..] = party.entities.as_slice() {
            return Some(*entity);
        }
        let words = &self.mentions.words;
        if party.tokens.len() == 1 {
            let lower = words.lower(party.tokens.start);
            if matches!(
                lower,
                "he" | "she" | "they" | "it" | "we" | "i" | "you" | "who"
            ) {
                return None;
            }
        }
        Some(self.group(party.tokens.clone()))
    }
}
