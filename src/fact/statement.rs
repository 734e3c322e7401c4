//! Who said what: quotations and reported clauses with their speakers.

use std::collections::BTreeMap;
use std::ops::Range;

use super::clause::Party;
use super::coreference::{Cast, EntityIndex};
use super::grammar::{clause_of, whole_phrase};
use super::medium::{introduced, kind_of, medium_at, medium_in, outlet_from, past_carrier, via_in};
use super::party::{party_from, speakers_of};
use super::quoted::{
    chain, continue_over_paragraphs, quote_after_cue, quote_ending_before,
    quote_opening_next_sentence,
};
use super::reported::{
    addressee_at, begins_clause, clause_end, clause_start, closes_sentence, infinitive,
    over_adverbials, trimmed_end,
};
use super::rule::confidence;
use super::speaker::{
    author_of, by_tree, inverted_is_far, is_elided, is_inside_subject, issuer_of, order_is_body,
    reporting_cue, source_named,
};
use super::unsaid::{is_negated, is_participle, is_refused, is_title_ahead};
use super::{Confidence, Evidence, StatementKind};
use crate::annotation::{Upos, Xpos};
use crate::article::RegionKind;
use crate::document::{Span, TokenId};
use crate::lexicon::{self, MediumKind};
use crate::mention::{Cue, CueClass, CueForm, PieceKind, Words};

/// A statement while its article is being read.
#[derive(Clone, Debug)]
pub struct StatementDraft {
    pub speaker: Option<EntityIndex>,
    /// All speakers of a joint statement.
    pub speakers: Vec<EntityIndex>,
    pub speaker_text: Option<Range<TokenId>>,
    /// The speaker's whole noun phrase, also where the cue's own subject is left out.
    pub source: Option<Range<TokenId>>,
    pub kind: StatementKind,
    pub content: Vec<Range<TokenId>>,
    pub cue: Option<Range<TokenId>>,
    pub addressee: Option<Range<TokenId>>,
    pub medium: Option<Range<TokenId>>,
    pub via: Option<Range<TokenId>>,
    pub evidence: Evidence,
}

/// Finds the statements of an article, in order of the text.
pub fn find_statements(cast: &mut Cast) -> Vec<StatementDraft> {
    let mut finder = Finder {
        found: Vec::new(),
        used_quotes: BTreeMap::new(),
        speakers: BTreeMap::new(),
    };
    let cues: Vec<Cue> = cast.mentions.cues.clone();
    for (i, cue) in cues.iter().enumerate() {
        finder.read(cast, &cues, i, cue);
    }
    let mut found = finder.found;
    continue_over_paragraphs(cast, &mut found);
    found.sort_by_key(|s| {
        (
            s.content.first().map_or(0, |c| c.start),
            s.cue.as_ref().map_or(0, |c| c.start),
        )
    });
    carry_media(cast, &mut found);
    found
}

/// Words that go on by the same medium: "In a letter, she refused. “I cannot,” she wrote."
fn carry_media(cast: &mut Cast, found: &mut [StatementDraft]) {
    let mut carried = false;
    for i in 0..found.len() {
        let words = &cast.mentions.words;
        let (before, rest) = found.split_at(i);
        let statement = &rest[0];
        let (Some(speaker), Some(first)) = (statement.speaker, statement.content.first()) else {
            carried = false;
            continue;
        };
        let goes_on = statement.cue.as_ref().is_some_and(|c| {
            matches!(
                words.lower(c.start),
                "added" | "adds" | "continued" | "continues" | "wrote" | "concluded"
            )
        });
        let is_open =
            statement.medium.is_none() && (goes_on || statement.kind == StatementKind::Direct);
        let here = words.sentence_index(first.start);
        let previous = before.last().filter(|p| {
            let last = p.content.last().map_or(0, |c| c.end - 1);
            p.speaker == Some(speaker) && words.sentence_index(last) + 1 == here
        });
        let medium = match previous {
            _ if !is_open => None,
            Some(p) => p.medium.clone().filter(|_| !carried),
            None => here.checked_sub(1).and_then(|index| {
                let sentence = words.document.sentences[index].tokens.clone();
                introduced(cast, &sentence, speaker)
            }),
        };
        carried = medium.is_some();
        if carried {
            found[i].medium = medium;
        }
    }
}

/// What was said, and how it was found.
pub(super) struct Content {
    pub(super) parts: Vec<Range<TokenId>>,
    pub(super) rule: &'static str,
    pub(super) addressee: Option<Range<TokenId>>,
}

impl Content {
    pub(super) fn of(
        part: Range<TokenId>,
        rule: &'static str,
        addressee: Option<Range<TokenId>>,
    ) -> Self {
        Self {
            parts: once(part),
            rule,
            addressee,
        }
    }
}

/// A list of one part.
fn once(part: Range<TokenId>) -> Vec<Range<TokenId>> {
    std::iter::once(part).collect()
}

/// What things go by, which nobody says: "according to need".
const RULES: [&str; 16] = [
    "age",
    "circumstances",
    "custom",
    "date",
    "dates",
    "income",
    "law",
    "merit",
    "need",
    "needs",
    "plan",
    "plans",
    "protocol",
    "schedule",
    "size",
    "tradition",
];

/// A noun phrase without its article.
fn undetermined(words: &Words, phrase: Range<TokenId>) -> Range<TokenId> {
    let determined = words.upos(phrase.start) == Upos::Det && phrase.len() > 1;
    phrase.start + usize::from(determined)..phrase.end
}

/// Whether quoted words that are no clause are what a cue reports: "announced the “first week of free ferries”".
fn leads_to_quotation(words: &Words, cue: &Cue) -> bool {
    let first = cue.tokens.end;
    let opens = |t: TokenId| {
        let quotation = words.document.quotation_of(t);
        quotation.is_some_and(|q| q.tokens.start == t && q.tokens.len() > 3)
    };
    let at = (first..first + 4).find(|t| opens(*t));
    let modifies = |t: TokenId| {
        matches!(
            words.upos(t),
            Upos::Det | Upos::Adj | Upos::Num | Upos::Part
        ) || words.xpos(t) == Xpos::PrpPoss
            || words.lower(t) == "of"
    };
    let upholds = words.lower(cue.tokens.start).starts_with("maintain");
    cue.class == CueClass::Say && !upholds && at.is_some_and(|at| (first..at).all(modifies))
}

/// Verbs of saying that take an infinitive: "claimed to have won".
const TO_WITHOUT_ADDRESSEE: [&str; 2] = ["claim", "promis"];

pub(super) struct Finder {
    pub(super) found: Vec<StatementDraft>,
    /// Quotations that a statement has, by index, with the statement.
    used_quotes: BTreeMap<usize, usize>,
    /// The speaker of each cue read so far, by the cue's first token.
    pub(super) speakers: BTreeMap<TokenId, (Option<Party>, Vec<EntityIndex>)>,
}

impl Finder {
    fn read(&mut self, cast: &mut Cast, cues: &[Cue], index: usize, cue: &Cue) {
        let words = &cast.mentions.words;
        let document = words.document;
        let sentence_index = words.sentence_index(cue.tokens.start);
        let sentence = document.sentences[sentence_index].tokens.clone();
        if document.sentences[sentence_index]
            .region
            .is_some_and(|r| r != RegionKind::Caption)
        {
            return;
        }
        if document
            .quotation_of(cue.tokens.start)
            .is_some_and(|q| q.tokens.len() > 4)
        {
            return;
        }
        if cue.class == CueClass::According {
            self.according(cast, cues, cue, sentence);
            return;
        }
        if is_refused(words, cue.tokens.start) || is_negated(words, cue) {
            return;
        }
        let is_passive = is_participle(words, cue);
        let agent = (is_passive && words.lower(cue.tokens.end) == "by")
            .then(|| party_from(cast, cue.tokens.end + 1, sentence.end))
            .flatten();
        if is_passive && agent.is_none() {
            return;
        }
        let words = &cast.mentions.words;
        // "“It is in the registry,” the letter went on": who is spoken of does not speak.
        let in_tree = issuer_of(words, cue.tokens.start).filter(|(head, _)| {
            let quotation = document.quotation_of(*head);
            quotation.is_none_or(|q| q.tokens.len() < 5 || q.tokens.contains(&cue.tokens.start))
        });
        let quote_before = quote_ending_before(cast, cue, in_tree, sentence.start);
        if cue.form == CueForm::Gerund && cue.tokens.start <= sentence.start + 1 {
            self.opening_participle(cast, cues, cue, &sentence);
            return;
        }
        let inverted =
            agent.or_else(|| self.inverted_subject(cast, cue, &sentence, quote_before.is_some()));
        let (party, speakers, speaker_end) = match inverted {
            Some(party) => {
                let end = party.tokens.end;
                let speakers = speakers_of(cast, &party);
                (Some(party), speakers, end)
            }
            None => {
                let (party, speakers) = self.subject(cast, cues, index, cue, &sentence);
                (party, speakers, cue.tokens.end)
            }
        };
        let inside = party
            .as_ref()
            .is_some_and(|p| is_inside_subject(cast, cue, in_tree, p));
        let order = party.as_ref().filter(|_| !inside);
        let by_tree = in_tree
            .filter(|_| !is_passive)
            .and_then(|subject| by_tree(cast, cue, subject, order));
        let is_body = order_is_body(cast, party.as_ref());
        if inside && by_tree.is_none() && !is_body {
            return;
        }
        let goes_on = in_tree
            .filter(|(_, own)| !own)
            .and_then(|(head, _)| reporting_cue(cast, cue, head))
            .and_then(|before| self.speakers.get(&before).cloned());
        let (party, speakers, speaker_end, own) = match by_tree {
            _ if goes_on.is_some() => {
                let (party, speakers) = goes_on.unwrap_or_default();
                (party, speakers, cue.tokens.end, false)
            }
            Some((tree, own)) => {
                let speakers = self.speakers(cast, &tree);
                let end = if tree.tokens.start > cue.tokens.start {
                    tree.tokens.end
                } else {
                    cue.tokens.end
                };
                (Some(tree), speakers, end, own)
            }
            None => (party, speakers, speaker_end, false),
        };
        // "You said so": the one who is asked.
        let outside = party.as_ref().is_some_and(|p| {
            let words = &cast.mentions.words;
            p.tokens.len() == 1 && words.lower(p.tokens.start) == "you"
        });
        if speakers.is_empty() && (party.is_none() || outside) {
            return;
        }
        self.speakers
            .insert(cue.tokens.start, (party.clone(), speakers.clone()));
        let content = self.content(
            cast,
            cues,
            cue,
            &party,
            speaker_end,
            &sentence,
            quote_before,
        );
        let Some(content) = content else {
            return;
        };
        let Content {
            parts,
            rule,
            addressee,
        } = content;
        let elided = party
            .as_ref()
            .is_some_and(|p| p.tokens.start > cue.tokens.start && inverted_is_far(p, cue))
            || !own && is_elided(cast, cue, &party);
        let speaker_text = party.as_ref().filter(|_| !elided).map(|p| p.tokens.clone());
        let source = party.map(|p| whole_phrase(&cast.mentions.words, cue, in_tree, p.tokens));
        self.push(
            cast,
            speakers,
            speaker_text,
            source,
            parts,
            Some(cue.tokens.clone()),
            addressee,
            rule,
            &sentence,
        );
    }

    /// "Calling the plan a “fence”, Lund told reporters …": content up to the comma
    /// before the main clause, whose subject speaks.
    fn opening_participle(
        &mut self,
        cast: &mut Cast,
        cues: &[Cue],
        cue: &Cue,
        sentence: &Range<TokenId>,
    ) {
        let start = cue.tokens.end;
        let mut comma = start;
        let found = loop {
            let words = &cast.mentions.words;
            while comma < sentence.end && words.lower(comma) != "," {
                comma += 1;
            }
            if comma >= sentence.end {
                break None;
            }
            let quoted = words.document.quotation_of(comma).is_some();
            if let Some(party) = party_from(cast, comma + 1, sentence.end).filter(|_| !quoted) {
                let words = &cast.mentions.words;
                let verb = words.is_finite(party.tokens.end)
                    || cues
                        .iter()
                        .any(|c| c.tokens.start == party.tokens.end && c.form != CueForm::Gerund);
                if verb && !party.entities.is_empty() {
                    break Some(party);
                }
            }
            comma += 1;
        };
        let Some(party) = found else { return };
        let words = &cast.mentions.words;
        let start = if words.lower(start) == "that" {
            start + 1
        } else {
            start
        };
        let says = matches!(cue.class, CueClass::Say | CueClass::Deny | CueClass::Ask)
            && begins_clause(cast, start, comma);
        let quotes = words
            .document
            .quotations
            .iter()
            .any(|q| q.inside.is_none() && q.tokens.start >= start && q.tokens.end <= comma);
        if comma <= start + 1 || !(says || quotes && cue.class == CueClass::Call) {
            return;
        }
        let speakers = speakers_of(cast, &party);
        self.push(
            cast,
            speakers,
            None,
            Some(party.tokens),
            once(start..comma),
            Some(cue.tokens.clone()),
            None,
            "participle-first",
            sentence,
        );
    }

    /// The content of a cue, with the rule that found it and the addressee.
    #[allow(clippy::too_many_arguments)]
    fn content(
        &mut self,
        cast: &mut Cast,
        cues: &[Cue],
        cue: &Cue,
        party: &Option<Party>,
        speaker_end: TokenId,
        sentence: &Range<TokenId>,
        quote_before: Option<usize>,
    ) -> Option<Content> {
        let words = &cast.mentions.words;
        let document = words.document;
        let left = party
            .as_ref()
            .map_or(cue.tokens.start, |p| p.tokens.start.min(cue.tokens.start));
        if self.is_passed_on(cast, cue, party.as_ref(), sentence) {
            return None;
        }
        let words = &cast.mentions.words;
        // "… “a farce,” implying that it was": the words before belong to another cue.
        let own_clause = cue.form == CueForm::Gerund && words.lower(cue.tokens.end) == "that";
        let quote_before = quote_before
            .filter(|_| !own_clause)
            .filter(|q| !is_title_ahead(cast, cue, &document.quotations[*q].tokens, sentence.end));
        if let Some(quote) = quote_before.filter(|q| !self.used_quotes.contains_key(q)) {
            let mut content = chain(cast, quote);
            self.used_quotes.insert(quote, self.found.len());
            let (addressee, _) = addressee_at(cast, cue, sentence.end);
            // "…,” he said. “…”": what follows directly is the same statement.
            if let Some(next) =
                quote_after_cue(cast, speaker_end.max(cue.tokens.end), sentence, cues)
                && !self.used_quotes.contains_key(&next)
            {
                self.used_quotes.insert(next, self.found.len());
                content.extend(chain(cast, next));
            }
            return Some(Content {
                parts: content,
                rule: "quotation-before-cue",
                addressee,
            });
        }
        let (addressee, after) = addressee_at(cast, cue, sentence.end);
        let after = after.max(speaker_end);
        // A quotation that begins right after the cue.
        let mut at = after;
        if let Some((_, medium_end)) = medium_at(cast, at, sentence.end) {
            at = past_carrier(cast, medium_end, sentence.end);
        }
        at = over_adverbials(cast, at, sentence.end);
        while matches!(words.lower(at), "," | ":" | "that") {
            at += 1;
        }
        let opens = document
            .quotations
            .iter()
            .position(|q| q.tokens.start == at && q.inside.is_none());
        if let Some(quote) = opens.filter(|_| cue.class != CueClass::Call) {
            let tokens = document.quotations[quote].tokens.clone();
            let is_whole = tokens.end + 2 >= sentence.end
                || matches!(words.before(tokens.end.saturating_sub(1)), "." | "!" | "?")
                || matches!(words.lower(tokens.end), "," | ".")
                    && words.lower(at.saturating_sub(1)) != "that"
                || document.quotations[quote].tokens.end >= sentence.end;
            if is_whole && !self.used_quotes.contains_key(&quote) {
                self.used_quotes.insert(quote, self.found.len());
                let mut content = chain(cast, quote);
                // A second quotation in the same paragraph without a cue of its own goes on.
                if tokens.end >= sentence.end
                    && let Some(next) = quote_opening_next_sentence(cast, tokens.end, cues)
                    && self.used_quotes.insert(next, self.found.len()).is_none()
                {
                    content.extend(chain(cast, next));
                }
                // "When the gates closed, Ms. Berg said, “we went home.”": one sentence of hers.
                let begun = clause_start(cast, sentence.start);
                let goes_on = words.word(at + 1).starts_with(char::is_lowercase)
                    && words.before(left) == ","
                    && left > begun + 2
                    && words.lower(at.saturating_sub(1)) != "that"
                    && !cues.iter().any(|c| (begun..left).contains(&c.tokens.start));
                if goes_on {
                    content.insert(0, begun..left - 1);
                }
                return Some(Content {
                    parts: content,
                    rule: "quotation-after-cue",
                    addressee,
                });
            }
        }
        // "The plan is dead, she went on."
        let ends = words.before(left) == ","
            && !(cue.tokens.end.max(speaker_end)..sentence.end).any(|t| words.is_word(t));
        match cue.class {
            CueClass::Call => self.called(cast, speaker_end.max(cue.tokens.end), sentence),
            CueClass::Quote if !ends => None,
            CueClass::Urge => infinitive(cast, cues, cue, sentence),
            _ => {
                // "appealed that decision": a determiner opens no clause.
                let opens = |t: TokenId| {
                    words.lower(t) == "that"
                        && (words.xpos(t) != Xpos::Dt || words.lower(t + 1) == "the")
                };
                let explicit = opens(after) || at > 0 && opens(at - 1);
                // "questioned a man who": a relative clause is no question.
                let relative = words.lower(at) == "who" && addressee.is_some();
                let inverted = speaker_end > cue.tokens.end;
                let question = !relative
                    && !inverted
                    && matches!(
                        words.lower(at),
                        "whether" | "if" | "why" | "how" | "what" | "when" | "where" | "who"
                    )
                    && matches!(cue.class, CueClass::Ask | CueClass::Tell | CueClass::Say);
                // ", hinting at more": what a comma parts from its cue is no content of it.
                let parted = words.lower(after) == ",";
                let bare = cue.takes_bare_clause
                    && !parted
                    && !inverted
                    && begins_clause(cast, at, sentence.end)
                    || addressee.is_some()
                        && cue.class == CueClass::Tell
                        && begins_clause(cast, at, sentence.end);
                let claims = TO_WITHOUT_ADDRESSEE
                    .iter()
                    .any(|v| words.lower(cue.tokens.start).starts_with(v));
                let to = words.lower(at) == "to"
                    && (matches!(cue.class, CueClass::Tell | CueClass::Ask) && addressee.is_some()
                        || claims && words.xpos(at + 1) == Xpos::Vb);
                let participle = cue.form == CueForm::Gerund
                    && cue.class == CueClass::Say
                    && begins_clause(cast, at, sentence.end);
                if explicit || question || bare || to || participle {
                    let end = clause_end(cast, cues, at, sentence.end);
                    if end > at {
                        let rule = if explicit {
                            "clause-after-that"
                        } else {
                            "clause-after-cue"
                        };
                        return Some(Content::of(at..end, rule, addressee));
                    }
                }
                if let Some(start) = clause_of(words, cue).filter(|_| speaker_end <= cue.tokens.end)
                {
                    let end = clause_end(cast, cues, start, sentence.end);
                    if end > start + 1 {
                        return Some(Content::of(start..end, "clause-in-tree", addressee));
                    }
                }
                // "…, the Czech Senate said."
                let tail = speaker_end.max(cue.tokens.end);
                let told = clause_start(cast, sentence.start)..left.saturating_sub(1);
                let hangs = matches!(words.xpos(told.start), Xpos::In | Xpos::Wrb)
                    && !told.clone().any(|t| words.lower(t) == ",");
                let is_clause = told.len() > 2
                    && !hangs
                    && told.clone().any(|t| words.is_finite(t))
                    && party.as_ref().is_some_and(|p| cast.can_speak(p));
                // "…, he added, would go on": the clause is parted, its verb comes after.
                let goes_on = words.lower(tail) == "," && words.is_finite(tail + 1);
                let closes = closes_sentence(cast, tail, sentence.end) || is_clause && !goes_on;
                if closes
                    && cue.form != CueForm::Gerund
                    && words.before(left) == ","
                    && left > sentence.start + 3
                {
                    let start = clause_start(cast, sentence.start);
                    return Some(Content::of(start..left - 1, "clause-before-cue", addressee));
                }
                // A clause parted by its cue: "That meeting, he added, would take place".
                let parted = words.before(left) == ","
                    && words.lower(speaker_end.max(cue.tokens.end)) == ","
                    && left > sentence.start + 1
                    && cue.form != CueForm::Gerund;
                if parted {
                    let rest = speaker_end.max(cue.tokens.end) + 1;
                    let end = clause_end(cast, cues, rest, sentence.end);
                    let start = clause_start(cast, sentence.start);
                    // "…, said Ida Lund, a lawyer": who she is, no more of her words.
                    let describes =
                        speaker_end > cue.tokens.end && !(rest..end).any(|t| words.is_finite(t));
                    if describes && start < left - 1 {
                        let told = Content::of(start..left - 1, "clause-before-cue", addressee);
                        return Some(told);
                    }
                    if end > rest && start < left - 1 {
                        return Some(Content {
                            parts: vec![start..left, rest..end],
                            rule: "clause-around-cue",
                            addressee,
                        });
                    }
                }
                // "reported “clear signs” of fraud", "stressed the “great need” for it".
                let quotes = speaker_end <= cue.tokens.end && leads_to_quotation(words, cue);
                if quotes {
                    self.called(cast, cue.tokens.end, sentence)
                } else {
                    None
                }
            }
        }
    }

    /// "Lund said …, the agency Tass reported": how her words came, not the agency's own.
    fn is_passed_on(
        &mut self,
        cast: &Cast,
        cue: &Cue,
        party: Option<&Party>,
        sentence: &Range<TokenId>,
    ) -> bool {
        let words = &cast.mentions.words;
        let Some(party) = party.filter(|p| p.tokens.end <= cue.tokens.start) else {
            return false;
        };
        let mut left = party.tokens.start;
        while left > sentence.start && words.upos(left - 1) == Upos::Noun && words.is_word(left - 1)
        {
            left -= 1;
        }
        let reports = cue.class == CueClass::Say
            && matches!(cue.form, CueForm::Past | CueForm::Present)
            && matches!(words.before(left), "," | "”" | "\"")
            && closes_sentence(cast, cue.tokens.end, sentence.end);
        let outlet = outlet_from(cast, left, party.tokens.end).filter(|_| reports);
        let mut said = self.found.iter_mut().filter(|s| {
            let before = |c: &Range<TokenId>| c.start >= sentence.start && c.end <= left;
            s.cue.as_ref().is_some_and(before) && s.content.last().is_some_and(before)
        });
        match (outlet, said.next_back()) {
            (Some(outlet), Some(statement)) => {
                statement.via = Some(outlet);
                true
            }
            _ => false,
        }
    }

    /// "called it “a breakthrough”", "described the talks as “very good”".
    fn called(
        &mut self,
        cast: &Cast,
        start: TokenId,
        sentence: &Range<TokenId>,
    ) -> Option<Content> {
        let words = &cast.mentions.words;
        let document = words.document;

        let quote = document.quotations.iter().position(|q| {
            q.inside.is_none()
                && q.tokens.start >= start
                && q.tokens.start < (start + 22).min(sentence.end)
        })?;
        let tokens = document.quotations[quote].tokens.clone();
        let between = (start..tokens.start).any(|t| {
            matches!(words.lower(t), "," | ";" | "that" | "but") && t + 1 != tokens.start
                || cast
                    .mentions
                    .cues
                    .iter()
                    .any(|c| c.tokens.start == t && c.class != CueClass::Quote)
        });
        if between || self.used_quotes.contains_key(&quote) {
            return None;
        }
        self.used_quotes.insert(quote, self.found.len());
        let mut end = tokens.end;
        // What belongs to the quoted words: "a “breakthrough” in the talks".
        if !matches!(words.before(end.saturating_sub(1)), "," | "." | "!" | "?") {
            end = clause_end(cast, &cast.mentions.cues, start, sentence.end).max(tokens.end);
        }
        // "called it “a disgrace” in a post on X": through what, not what.
        if let Some(at) = (tokens.end..end).find(|t| medium_at(cast, *t, end).is_some()) {
            end = at;
        }
        Some(Content::of(start..end.min(sentence.end), "called", None))
    }

    /// "According to Tass, …" and "…, according to officials".
    fn according(&mut self, cast: &mut Cast, cues: &[Cue], cue: &Cue, sentence: Range<TokenId>) {
        let words = &cast.mentions.words;
        let document = words.document;
        if words.is_empty() || document.quotation_of(cue.tokens.start).is_some() {
            return;
        }
        let Some(party) = source_named(cast, cue.tokens.end, sentence.end) else {
            return;
        };
        let words = &cast.mentions.words;
        // "a tax of 3%, according to income": by what, not by whose words.
        if !cast.can_speak(&party) && RULES.contains(&words.before(party.tokens.end)) {
            return;
        }
        let speakers = self.speakers(cast, &party);
        let words = &cast.mentions.words;
        // "…, while, according to Lund, the talks went on": what follows is hers.
        let inserted = words.before(cue.tokens.start) == ","
            && words.lower(party.tokens.end) == ","
            && matches!(
                words.before(cue.tokens.start - 1),
                "while" | "that" | "and" | "but" | "because" | "which" | "who" | "as"
            );
        let first = inserted
            || cue.tokens.start <= sentence.start + 1
            || matches!(words.before(cue.tokens.start), "but" | "and")
                && cue.tokens.start <= sentence.start + 2;
        let content = if first {
            let mut at = party.tokens.end;
            while at < sentence.end && words.lower(at) != "," {
                at += 1;
            }
            let end = if inserted {
                clause_end(cast, cues, at + 1, sentence.end)
            } else {
                trimmed_end(cast, at + 1, sentence.end)
            };
            (at + 1 < end).then(|| at + 1..end)
        } else if words.before(cue.tokens.start) == ","
            || closes_sentence(cast, party.tokens.end, sentence.end)
        {
            let start = clause_start(cast, sentence.start);
            let mut end = cue.tokens.start;
            if words.before(end) == "," {
                end -= 1;
            }
            (start < end).then_some(start..end)
        } else {
            None
        };
        let Some(content) = content else { return };
        // An agency that reports somebody else's words is how they came, not who said them.
        let is_outlet = cast
            .mentions
            .pieces_in(party.tokens.clone())
            .any(|p| cast.mentions.pieces[p].kind == PieceKind::Outlet);
        let inner = cues.iter().any(|c| {
            content.contains(&c.tokens.start)
                && c.class != CueClass::According
                && c.form != CueForm::Gerund
                && matches!(c.class, CueClass::Say | CueClass::Tell)
        });
        self.speakers
            .insert(cue.tokens.start, (Some(party.clone()), speakers.clone()));
        if is_outlet && inner {
            return;
        }
        if document.quotations.iter().any(|q| {
            q.inside.is_none() && q.tokens.start == content.start && q.tokens.end + 1 >= content.end
        }) && let Some(q) = document
            .quotations
            .iter()
            .position(|q| q.tokens.start == content.start)
            && self.used_quotes.contains_key(&q)
        {
            return;
        }
        self.push(
            cast,
            speakers,
            Some(party.tokens.clone()),
            Some(party.tokens),
            once(content),
            Some(cue.tokens.clone()),
            None,
            "according-to",
            &sentence,
        );
    }

    #[allow(clippy::too_many_arguments)]
    fn push(
        &mut self,
        cast: &Cast,
        speakers: Vec<EntityIndex>,
        speaker_text: Option<Range<TokenId>>,
        source: Option<Range<TokenId>>,
        content: Vec<Range<TokenId>>,
        cue: Option<Range<TokenId>>,
        addressee: Option<Range<TokenId>>,
        rule: &'static str,
        sentence: &Range<TokenId>,
    ) {
        let words = &cast.mentions.words;
        let document = words.document;
        let kind = kind_of(cast, &content);
        let outer = cue.clone().unwrap_or(content[0].clone());
        let shares_subject = speaker_text.is_none();
        // "told a news conference": where, not whom.
        let is_medium = |t: &TokenId, kind| lexicon::medium_kind(words.lower(*t)) == Some(kind);
        let held = addressee
            .clone()
            .filter(|a| is_medium(&(a.end - 1), MediumKind::Occasion))
            .map(|a| undetermined(words, a));
        let addressee = addressee.filter(|_| held.is_none());
        // "the ministry's statement said": what its author speaks by.
        let author_noun = |tokens: &Range<TokenId>| {
            let author = author_of(cast, tokens).filter(|a| speakers.contains(a))?;
            let noun = tokens.clone().find(|t| is_medium(t, MediumKind::Message))?;
            (cast.drafts[author].name != words.text(tokens.clone())).then_some(noun..noun + 1)
        };
        let told_by = source.as_ref().and_then(author_noun);
        let medium = held
            .or(told_by)
            .or_else(|| medium_in(cast, sentence, &outer, shares_subject, &content));
        let via = via_in(cast, sentence, outer.start, &content);
        let mut span: Span = document.span(outer);
        for part in &content {
            span = span.to(document.span(part.clone()));
        }
        if let Some(text) = &speaker_text {
            let text_span = document.span(text.clone());
            if text_span.start.abs_diff(span.start) < 2000 {
                span = span.to(text_span);
            }
        }
        let confidence = if speakers.is_empty() {
            confidence(rule) * 0.6
        } else {
            confidence(rule)
        };
        self.found.push(StatementDraft {
            speaker: speakers.first().copied(),
            speakers,
            speaker_text,
            source,
            kind,
            content,
            cue,
            addressee,
            medium,
            via,
            evidence: Evidence {
                span,
                rule,
                confidence: Confidence::new(confidence),
            },
        });
    }
}
