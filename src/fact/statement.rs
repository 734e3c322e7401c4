//! Who said what: quotations and reported clauses with their speakers.

use std::collections::BTreeMap;
use std::ops::Range;

use super::clause::Party;
use super::coreference::{Cast, EntityIndex};
use super::{Confidence, Evidence, StatementKind};
use crate::article::RegionKind;
use crate::document::{Span, TokenId};
use crate::mention::{Cue, CueClass, CueForm, PieceKind};

/// A statement while its article is being read.
#[derive(Clone, Debug)]
pub struct StatementDraft {
    pub speaker: Option<EntityIndex>,
    /// All speakers of a joint statement.
    pub speakers: Vec<EntityIndex>,
    pub speaker_text: Option<Range<TokenId>>,
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
    found
}

/// A quotation that goes on in the next paragraph without a cue of its own belongs to the statement
/// that ends the paragraph before.
fn continue_over_paragraphs(cast: &Cast, found: &mut [StatementDraft]) {
    let words = &cast.mentions.words;
    let document = words.document;
    let used: Vec<TokenId> = found
        .iter()
        .flat_map(|s| s.content.iter().map(|c| c.start))
        .collect();
    for statement in found.iter_mut() {
        let Some(last) = statement.content.last().cloned() else {
            continue;
        };
        if document
            .quotation_of(last.start)
            .is_none_or(|q| q.tokens.start != last.start)
        {
            continue;
        }
        let end = statement
            .cue
            .as_ref()
            .map_or(last.end, |c| c.end.max(last.end));
        let mut paragraph = document.paragraph_of(document.sentence_of(end - 1));
        // Only what closes its paragraph can go on in the next.
        let rest = document.sentences[document.paragraphs[paragraph].sentences.end - 1]
            .tokens
            .end;
        let last_sentence =
            document.sentence_of(end - 1) + 1 == document.paragraphs[paragraph].sentences.end;
        if !last_sentence || rest > end + 25 {
            continue;
        }
        while let Some(next) = document.paragraphs.get(paragraph + 1) {
            let tokens = document.sentences[next.sentences.start].tokens.start
                ..document.sentences[next.sentences.end - 1].tokens.end;
            let whole = document.quotations.iter().find(|q| {
                q.inside.is_none() && q.tokens.start == tokens.start && q.tokens.end >= tokens.end
            });
            let Some(quotation) = whole.filter(|q| !used.contains(&q.tokens.start)) else {
                break;
            };
            statement.content.push(quotation.tokens.clone());
            statement.evidence.span = statement.evidence.span.to(quotation.span);
            paragraph += 1;
        }
    }
}

/// What was said, and how it was found.
struct Content {
    parts: Vec<Range<TokenId>>,
    rule: &'static str,
    confidence: f32,
    addressee: Option<Range<TokenId>>,
}

impl Content {
    fn of(
        part: Range<TokenId>,
        rule: &'static str,
        confidence: f32,
        addressee: Option<Range<TokenId>>,
    ) -> Self {
        Self {
            parts: once(part),
            rule,
            confidence,
            addressee,
        }
    }
}

/// A list of one part.
fn once(part: Range<TokenId>) -> Vec<Range<TokenId>> {
    std::iter::once(part).collect()
}

struct Finder {
    found: Vec<StatementDraft>,
    /// Quotations that a statement has, by index, with the statement.
    used_quotes: BTreeMap<usize, usize>,
    /// The speaker of each cue read so far, by the cue's first token.
    speakers: BTreeMap<TokenId, (Option<Party>, Vec<EntityIndex>)>,
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
        let passive = matches!(
            words.before(cue.tokens.start),
            "was" | "were" | "been" | "being" | "is" | "are"
        ) && cue.form == CueForm::Past;
        if passive
            && matches!(
                cue.class,
                CueClass::Urge | CueClass::Call | CueClass::Tell | CueClass::Ask
            )
        {
            return;
        }
        let quote_before = quote_ending_before(cast, cue, sentence.start);
        if cue.form == CueForm::Gerund && cue.tokens.start <= sentence.start + 1 {
            self.opening_participle(cast, cues, cue, &sentence);
            return;
        }
        let inverted = self.inverted_subject(cast, cue, &sentence, quote_before.is_some());
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
        if party.is_none() && speakers.is_empty() && cue.form != CueForm::Gerund {
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
            confidence,
            addressee,
        } = content;
        let elided = party
            .as_ref()
            .is_some_and(|p| p.tokens.start > cue.tokens.start && inverted_is_far(p, cue))
            || is_elided(cast, cue, &party);
        let speaker_text = party.as_ref().filter(|_| !elided).map(|p| p.tokens.clone());
        self.push(
            cast,
            speakers,
            speaker_text,
            parts,
            Some(cue.tokens.clone()),
            addressee,
            rule,
            confidence,
            &sentence,
        );
    }

    /// "Calling Ireland an “important partner”, Kishida told reporters …": content up to the comma
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
                let verb = is_finite_verb(words.lower(party.tokens.end), "")
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
            once(start..comma),
            Some(cue.tokens.clone()),
            None,
            "participle-first",
            0.7,
            sentence,
        );
    }

    /// "said Merz" after a quotation or a clause.
    fn inverted_subject(
        &self,
        cast: &mut Cast,
        cue: &Cue,
        sentence: &Range<TokenId>,
        after_quote: bool,
    ) -> Option<Party> {
        let words = &cast.mentions.words;
        let before = words.before(cue.tokens.start);
        // "“…,” Muziga told IPS": the subject stands before.
        if after_quote
            && !matches!(
                before,
                "," | "”" | "\"" | "»" | "’" | "'" | "—" | "–" | "also" | "later" | "then"
            )
        {
            return None;
        }
        let follows =
            after_quote || matches!(before, "," | "”" | "\"" | "»" | "’" | "'" | "—" | "–");
        if !follows
            || !matches!(cue.form, CueForm::Past | CueForm::Present)
            || cue.class == CueClass::Call
        {
            return None;
        }
        let at = cue.tokens.end;
        party_from(cast, at, sentence.end).filter(|p| {
            // "…, said that" is no inversion; neither is an addressee: "…, told reporters".
            p.tokens.start < sentence.end && cue.class != CueClass::Tell
        })
    }

    /// The subject to the left, or the one that an elided subject continues.
    fn subject(
        &self,
        cast: &mut Cast,
        cues: &[Cue],
        index: usize,
        cue: &Cue,
        sentence: &Range<TokenId>,
    ) -> (Option<Party>, Vec<EntityIndex>) {
        let words = &cast.mentions.words;
        let start = cue.tokens.start;
        let before = words.before(start).to_owned();
        let mut anchor = start;
        while anchor > sentence.start
            && matches!(
                words.before(anchor),
                "also" | "then" | "later" | "further" | "again" | "has" | "had" | "have" | "to"
            )
        {
            anchor -= 1;
        }
        let coordinated = matches!(words.before(anchor), "and" | "but" | "or")
            && !matches!(before.as_str(), "who");
        if cue.form == CueForm::Gerund
            || coordinated
            || words.before(anchor) == "," && cue.form != CueForm::Base
        {
            if cue.form == CueForm::Gerund {
                // "with Merz saying"
                if let Some(p) = cast.mentions.piece_until(anchor).filter(|p| {
                    let kind = cast.mentions.pieces[*p].kind;
                    kind == PieceKind::Person || kind.is_body()
                }) {
                    let first = cast.phrase_start(cast.mentions.pieces[p].tokens.start);
                    if matches!(words.before(first), "with") {
                        let party = cast.party_until(anchor, sentence.start);
                        let speakers = party
                            .as_ref()
                            .map(|p| speakers_of(cast, p))
                            .unwrap_or_default();
                        return (party, speakers);
                    }
                }
            }
            // The last cue of this sentence spoke for the same subject.
            let previous = cues[..index]
                .iter()
                .rev()
                .take_while(|c| c.tokens.start >= sentence.start)
                .find_map(|c| {
                    self.speakers
                        .get(&c.tokens.start)
                        .filter(|_| c.class != CueClass::According)
                });
            if let Some((party, speakers)) = previous
                && !speakers.is_empty()
            {
                return (party.clone(), speakers.clone());
            }
            if (coordinated || cue.form == CueForm::Gerund || words.before(anchor) == ",")
                && let Some(party) = main_subject(cast, sentence, start)
            {
                let speakers = speakers_of(cast, &party);
                return (Some(party), speakers);
            }
        }
        let party = cast.subject_before(start);
        let mut speakers = party
            .as_ref()
            .map(|p| self.they(cast, p))
            .unwrap_or_default();
        if let (true, Some(party)) = (speakers.is_empty(), &party) {
            speakers = speakers_of(cast, party);
        }
        (party, speakers)
    }

    /// "they", "the two", "it": the last who spoke, if they fit.
    fn they(&self, cast: &Cast, party: &Party) -> Vec<EntityIndex> {
        let words = &cast.mentions.words;
        let definite = matches!(
            words.lower(party.tokens.start),
            "the" | "this" | "that" | "they" | "it"
        );
        match words.lower(party.tokens.end - 1) {
            // "The statement said": of those who made it.
            "statement" | "communiqué" | "communique" | "letter" | "declaration" | "post"
                if definite =>
            {
                let noun = words.lower(party.tokens.end - 1);
                self.found
                    .iter()
                    .rev()
                    .find(|s| {
                        s.medium
                            .as_ref()
                            .is_some_and(|m| m.clone().any(|t| words.lower(t) == noun))
                    })
                    .map(|s| s.speakers.clone())
                    .unwrap_or_default()
            }
            "official" | "officials"
                if definite
                    && party.tokens.len() <= 3
                    && words.lower(party.tokens.end - 1) == "official" =>
            {
                self.found
                    .iter()
                    .rev()
                    .map(|s| s.speakers.clone())
                    .find(|s| {
                        s.iter()
                            .any(|e| cast.drafts[*e].kind == super::EntityKind::Person)
                    })
                    .unwrap_or_default()
            }
            "they" | "it" => self
                .speakers
                .range(..party.tokens.start)
                .next_back()
                .map(|(_, (_, speakers))| speakers.clone())
                .unwrap_or_default(),
            _ => Vec::new(),
        }
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
                confidence: 0.9,
                addressee,
            });
        }
        let (addressee, after) = addressee_at(cast, cue, sentence.end);
        let after = after.max(speaker_end);
        // A quotation that begins right after the cue.
        let mut at = after;
        if let Some((_, medium_end)) = medium_at(cast, at, sentence.end) {
            at = medium_end;
        }
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
                return Some(Content {
                    parts: content,
                    rule: "quotation-after-cue",
                    confidence: 0.9,
                    addressee,
                });
            }
        }
        match cue.class {
            CueClass::Call => self.called(cast, cue, sentence),
            CueClass::Quote => None,
            CueClass::Urge => infinitive(cast, cues, cue, sentence),
            _ => {
                let explicit =
                    words.lower(after) == "that" || words.lower(at.saturating_sub(1)) == "that";
                let question =
                    matches!(
                        words.lower(at),
                        "whether" | "if" | "why" | "how" | "what" | "when" | "where" | "who"
                    ) && matches!(cue.class, CueClass::Ask | CueClass::Tell | CueClass::Say);
                let bare = cue.takes_bare_clause && begins_clause(cast, at, sentence.end)
                    || addressee.is_some()
                        && cue.class == CueClass::Tell
                        && begins_clause(cast, at, sentence.end);
                let to = words.lower(at) == "to"
                    && matches!(cue.class, CueClass::Tell | CueClass::Ask)
                    && addressee.is_some();
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
                        return Some(Content::of(
                            at..end,
                            rule,
                            if explicit { 0.85 } else { 0.7 },
                            addressee,
                        ));
                    }
                }
                // "…, the Czech Senate said."
                let closes = closes_sentence(cast, speaker_end.max(cue.tokens.end), sentence.end);
                if closes
                    && cue.form != CueForm::Gerund
                    && words.before(left) == ","
                    && left > sentence.start + 3
                {
                    let start = clause_start(cast, sentence.start);
                    // "X said …, the agency IRNA reported": how X's words came, not the agency's.
                    let outlet = party.as_ref().and_then(|p| {
                        cast.mentions
                            .pieces_in(p.tokens.clone())
                            .find(|q| cast.mentions.pieces[*q].kind == PieceKind::Outlet)
                    });
                    let reported = self.found.iter_mut().filter(|s| {
                        s.cue
                            .as_ref()
                            .is_some_and(|c| c.start >= start && c.end <= left)
                    });
                    if let Some(outlet) = outlet {
                        let mut any = false;
                        for statement in reported {
                            statement.via = Some(cast.mentions.pieces[outlet].tokens.clone());
                            any = true;
                        }
                        if any {
                            return None;
                        }
                    }
                    return Some(Content::of(
                        start..left - 1,
                        "clause-before-cue",
                        0.75,
                        addressee,
                    ));
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
                    if end > rest && start < left - 1 {
                        return Some(Content {
                            parts: vec![start..left, rest..end],
                            rule: "clause-around-cue",
                            confidence: 0.7,
                            addressee,
                        });
                    }
                }
                None
            }
        }
    }

    /// "called it “a breakthrough”", "described the talks as “very good”".
    fn called(&mut self, cast: &Cast, cue: &Cue, sentence: &Range<TokenId>) -> Option<Content> {
        let words = &cast.mentions.words;
        let document = words.document;
        let start = cue.tokens.end;
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
            end = clause_end(cast, &cast.mentions.cues, tokens.end, sentence.end).max(tokens.end);
        }
        Some(Content::of(
            start..end.min(sentence.end),
            "called",
            0.75,
            None,
        ))
    }

    /// "According to Tass, …" and "…, according to officials".
    fn according(&mut self, cast: &mut Cast, cues: &[Cue], cue: &Cue, sentence: Range<TokenId>) {
        let words = &cast.mentions.words;
        let document = words.document;
        if words.is_empty() || document.quotation_of(cue.tokens.start).is_some() {
            return;
        }
        let Some(party) = party_from(cast, cue.tokens.end, sentence.end) else {
            return;
        };
        let speakers = speakers_of(cast, &party);
        let first = cue.tokens.start <= sentence.start + 1
            || matches!(words.before(cue.tokens.start), "but" | "and")
                && cue.tokens.start <= sentence.start + 2;
        let content = if first {
            let mut at = party.tokens.end;
            while at < sentence.end && words.lower(at) != "," {
                at += 1;
            }
            let end = trimmed_end(cast, at + 1, sentence.end);
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
            Some(party.tokens),
            once(content),
            Some(cue.tokens.clone()),
            None,
            "according-to",
            0.8,
            &sentence,
        );
    }

    #[allow(clippy::too_many_arguments)]
    fn push(
        &mut self,
        cast: &Cast,
        speakers: Vec<EntityIndex>,
        speaker_text: Option<Range<TokenId>>,
        content: Vec<Range<TokenId>>,
        cue: Option<Range<TokenId>>,
        addressee: Option<Range<TokenId>>,
        rule: &'static str,
        confidence: f32,
        sentence: &Range<TokenId>,
    ) {
        let words = &cast.mentions.words;
        let document = words.document;
        let kind = kind_of(cast, &content);
        let outer = cue.clone().unwrap_or(content[0].clone());
        let medium = medium_in(cast, sentence, &content);
        let via = via_in(cast, sentence, outer.start);
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
            confidence * 0.6
        } else {
            confidence
        };
        self.found.push(StatementDraft {
            speaker: speakers.first().copied(),
            speakers,
            speaker_text,
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

fn inverted_is_far(party: &Party, cue: &Cue) -> bool {
    party.tokens.start > cue.tokens.end + 2
}

/// Whether the speaker's words stand with another verb: participles and coordinated verbs.
fn is_elided(cast: &Cast, cue: &Cue, party: &Option<Party>) -> bool {
    let words = &cast.mentions.words;
    let Some(party) = party else { return true };
    if party.tokens.start >= cue.tokens.end {
        return false;
    }
    let gap = party.tokens.end..cue.tokens.start;
    if cue.form == CueForm::Gerund {
        return !gap.is_empty();
    }
    gap.len() > 6 && gap.clone().any(|t| matches!(words.lower(t), "and" | "but"))
        || gap
            .clone()
            .any(|t| cast.mentions.cues.iter().any(|c| c.tokens.start == t))
}

fn speakers_of(cast: &mut Cast, party: &Party) -> Vec<EntityIndex> {
    if party.entities.is_empty() {
        cast.entity_of(party).into_iter().collect()
    } else {
        party.entities.clone()
    }
}

/// The subject of a sentence: its first noun phrase that can act, outside quotations.
fn main_subject(cast: &mut Cast, sentence: &Range<TokenId>, before: TokenId) -> Option<Party> {
    let mentions = cast.mentions;
    let words = &mentions.words;
    let mut at = sentence.start;
    while at < before {
        if let Some(q) = words.document.quotation_of(at) {
            at = q.tokens.end.max(at + 1);
            continue;
        }
        let lower = words.lower(at);
        if matches!(lower, "he" | "she" | "they") {
            let entities = cast.pronoun(at).into_iter().collect();
            return Some(Party {
                tokens: at..at + 1,
                entities,
            });
        }
        if let Some(p) = mentions.piece_from(at) {
            let piece = &mentions.pieces[p];
            let possessive = words.lower(piece.tokens.end) == "'s";
            let start = cast.phrase_start(piece.tokens.start);
            let governed = matches!(
                words.before(start),
                "in" | "at"
                    | "from"
                    | "on"
                    | "with"
                    | "of"
                    | "by"
                    | "after"
                    | "for"
                    | "to"
                    | "between"
                    | "despite"
                    | "against"
            );
            let acts = match piece.kind {
                PieceKind::Person => true,
                kind => kind.is_body() || kind == PieceKind::Country,
            };
            if acts && !possessive && !governed {
                let entities = cast.entity_of_piece(p).into_iter().collect();
                return Some(Party {
                    tokens: start..piece.tokens.end,
                    entities,
                });
            }
            if let Some(t) = mentions
                .titles
                .iter()
                .position(|t| t.core.start == at && t.holders.is_empty())
            {
                let title = &mentions.titles[t];
                if title.determiner.is_some_and(|d| d <= sentence.start + 8) {
                    let start = title.determiner.unwrap_or(title.tokens.start);
                    let entities = cast.entity_of_title(t).into_iter().collect();
                    return Some(Party {
                        tokens: start..title.tokens.end,
                        entities,
                    });
                }
            }
            at = piece.tokens.end;
            continue;
        }
        if super::clause::is_people_noun(lower)
            && !matches!(
                lower,
                "one" | "some" | "many" | "several" | "two" | "three" | "both"
            )
        {
            return cast.party_until(at + 1, sentence.start);
        }
        at += 1;
    }
    None
}

/// The noun phrase that begins at `at`: a name with its titles, a pronoun, or plain words.
pub(super) fn party_from(cast: &mut Cast, at: TokenId, end: TokenId) -> Option<Party> {
    let mentions = cast.mentions;
    let words = &mentions.words;
    if at >= end {
        return None;
    }
    if matches!(words.lower(at), "he" | "she" | "they") {
        let entities = cast.pronoun(at).into_iter().collect();
        return Some(Party {
            tokens: at..at + 1,
            entities,
        });
    }
    let determined = matches!(
        words.lower(at),
        "the"
            | "a"
            | "an"
            | "one"
            | "his"
            | "her"
            | "its"
            | "their"
            | "some"
            | "several"
            | "two"
            | "multiple"
            | "local"
            | "senior"
            | "many"
    );
    let mut next = at;
    let mut best: Option<Party> = None;
    while next < end && next < at + 14 {
        let Some(p) = mentions.piece_at(next) else {
            let lower = words.lower(next);
            let goes_on = words.is_word(next)
                && !matches!(
                    lower,
                    "that"
                        | "who"
                        | "which"
                        | "and"
                        | "but"
                        | "in"
                        | "on"
                        | "at"
                        | "as"
                        | "after"
                        | "while"
                        | "when"
                        | "by"
                        | "with"
                        | "because"
                        | "of"
                        | "for"
                        | "to"
                        | "is"
                        | "was"
                        | "has"
                        | "had"
                        | "if"
                        | "from"
                        | "during"
                        | "it"
                        | "would"
                        | "will"
                        | "were"
                        | "are"
                )
                || matches!(lower, "-" | "'s");
            if !goes_on {
                break;
            }
            if super::clause::is_people_noun(lower) {
                best = Some(Party {
                    tokens: at..next + 1,
                    entities: Vec::new(),
                });
            }
            next += 1;
            continue;
        };
        let piece = &mentions.pieces[p];
        next = piece.tokens.end;
        match piece.kind {
            PieceKind::Person => {
                if words.lower(next) == "'s" {
                    next += 1;
                    continue;
                }
                let mut entities: Vec<EntityIndex> = cast.entity_of_piece(p).into_iter().collect();
                let mut until = next;
                if words.lower(next) == "and"
                    && let Some(q) = mentions
                        .piece_from(next + 1)
                        .filter(|q| mentions.pieces[*q].kind == PieceKind::Person)
                {
                    entities.extend(cast.entity_of_piece(q));
                    until = mentions.pieces[q].tokens.end;
                }
                return Some(Party {
                    tokens: at..until,
                    entities,
                });
            }
            PieceKind::Title => {
                if let Some(t) = mentions
                    .titles
                    .iter()
                    .position(|t| t.core == piece.tokens && t.holders.is_empty())
                {
                    let entities = cast.entity_of_title(t).into_iter().collect();
                    let until = mentions.titles[t].tokens.end.max(next);
                    best = Some(Party {
                        tokens: at..until,
                        entities,
                    });
                    if mentions.piece_from(next).is_none() {
                        return best;
                    }
                }
            }
            PieceKind::Organization
            | PieceKind::Outlet
            | PieceKind::Seat
            | PieceKind::Country
            | PieceKind::Platform => {
                let entities = cast.entity_of_piece(p).into_iter().collect();
                best = Some(Party {
                    tokens: at..next,
                    entities,
                });
                if words.lower(next) == "'s" {
                    next += 1;
                    continue;
                }
            }
            _ => {
                best = best.or(determined.then(|| Party {
                    tokens: at..next,
                    entities: Vec::new(),
                }));
            }
        }
    }
    best.or_else(|| {
        (determined && next > at + 1).then(|| Party {
            tokens: at..next,
            entities: Vec::new(),
        })
    })
}

/// The quotation that ends right before the cue and its subject: `“…,” Merz said`.
fn quote_ending_before(cast: &Cast, cue: &Cue, floor: TokenId) -> Option<usize> {
    let words = &cast.mentions.words;
    let document = words.document;
    let mut best = None;
    for (i, quote) in document.quotations.iter().enumerate() {
        if quote.inside.is_some() || quote.tokens.end > cue.tokens.start {
            continue;
        }
        let near = quote.tokens.end + 14 >= cue.tokens.start;
        let same_paragraph = document.paragraph_of(document.sentence_of(quote.tokens.end - 1))
            == document.paragraph_of(document.sentence_of(cue.tokens.start));
        if !near || !same_paragraph {
            continue;
        }
        // Only the subject stands between.
        let between = quote.tokens.end..cue.tokens.start;
        let inner_end = words.before(quote.tokens.end.saturating_sub(1));
        let marked = matches!(inner_end, "," | "?" | "!" | "." | "—" | "…" | "...")
            || words.lower(quote.tokens.end) == ",";
        let in_sentence = quote.tokens.end > floor;
        let plain = between.clone().all(|t| {
            !matches!(
                words.lower(t),
                "." | ";" | ":" | "“" | "\"" | "and" | "but" | "that" | "which" | "while"
            ) && !cast.mentions.cues.iter().any(|c| c.tokens.start == t)
        });
        if marked && plain && in_sentence {
            best = Some(i);
        }
    }
    best
}

/// The quotation that goes on right after the cue's clause: `he said. “…”`.
fn quote_after_cue(
    cast: &Cast,
    after: TokenId,
    sentence: &Range<TokenId>,
    cues: &[Cue],
) -> Option<usize> {
    let words = &cast.mentions.words;
    let document = words.document;
    let mut at = after;
    // The rest of the cue's clause: ", calling it …", "of Putin and Zelensky", "in a statement".
    while at < sentence.end && !matches!(words.lower(at), "“" | "\"" | "«") {
        if cues
            .iter()
            .any(|c| c.tokens.start == at && c.form != CueForm::Gerund)
        {
            return None;
        }
        at += 1;
    }
    if at < sentence.end {
        return document
            .quotations
            .iter()
            .position(|q| q.tokens.start == at && q.inside.is_none() && q.tokens.len() > 5);
    }
    quote_opening_next_sentence(cast, sentence.end, cues)
}

/// The quotation that opens the next sentence of the paragraph and has no cue of its own.
fn quote_opening_next_sentence(cast: &Cast, at: TokenId, cues: &[Cue]) -> Option<usize> {
    let document = cast.mentions.words.document;
    let words = &cast.mentions.words;
    let sentence = document.sentence_of(at);
    if at >= document.tokens.len()
        || document.sentences.get(sentence)?.tokens.start != at
        || document.paragraph_of(sentence) != document.paragraph_of(document.sentence_of(at - 1))
    {
        return None;
    }
    let quote = document
        .quotations
        .iter()
        .position(|q| q.tokens.start == at && q.inside.is_none())?;
    let end = document.quotations[quote].tokens.end;
    let last = document.sentence_of(end - 1);
    let closes = document.sentences[last].tokens.end;
    let own_cue = cues.iter().any(|c| (end..closes).contains(&c.tokens.start))
        || !matches!(words.before(end.saturating_sub(1)), "." | "!" | "?" | "…");
    (!own_cue).then_some(quote)
}

/// A quotation with those that continue it in the paragraphs after it and before it.
fn chain(cast: &Cast, quote: usize) -> Vec<Range<TokenId>> {
    let quotations = &cast.mentions.words.document.quotations;
    let mut first = quote;
    while let Some(before) = quotations[first].continues {
        first = before;
    }
    let mut parts = vec![quotations[first].tokens.clone()];
    let mut last = first;
    while let Some(next) = quotations.iter().position(|q| q.continues == Some(last)) {
        parts.push(quotations[next].tokens.clone());
        last = next;
    }
    parts
}

/// Who is told, and the token after: "told reporters in Kyiv".
fn addressee_at(cast: &mut Cast, cue: &Cue, end: TokenId) -> (Option<Range<TokenId>>, TokenId) {
    let words = &cast.mentions.words;
    let mut at = cue.tokens.end;
    let to = words.lower(at) == "to" && matches!(cue.class, CueClass::Say | CueClass::Quote);
    if cue.class == CueClass::Say && !to
        || matches!(cue.class, CueClass::Call | CueClass::Urge | CueClass::Deny)
    {
        return (None, at);
    }
    if cue.class == CueClass::Quote && !to {
        return (None, at);
    }
    if to {
        at += 1;
    }
    if matches!(
        words.lower(at),
        "that" | "“" | "\"" | "," | ":" | "whether" | "if" | "how" | "why"
    ) {
        return (None, at);
    }
    let pronoun = matches!(
        words.lower(at),
        "him" | "her" | "them" | "me" | "us" | "it" | "you"
    );
    let party = if pronoun {
        Some(at..at + 1)
    } else {
        party_from(cast, at, end).map(|p| p.tokens).or_else(|| {
            let words = &cast.mentions.words;
            words.is_word(at).then(|| at..at + 1)
        })
    };
    let Some(mut tokens) = party else {
        return (None, at);
    };
    let words = &cast.mentions.words;
    let last = tokens
        .end
        .checked_sub(1)
        .and_then(|t| cast.mentions.piece_at(t));
    let adjective = last.is_some_and(|p| {
        matches!(
            cast.mentions.pieces[p].kind,
            PieceKind::Demonym | PieceKind::Supranational
        )
    });
    // "told Estonian public radio": the noun that the adjective belongs to.
    let mut noun = tokens.end;
    while adjective
        && noun < tokens.end + 4
        && words.is_word(noun)
        && !words.is_capital(noun)
        && !matches!(
            words.lower(noun),
            "that"
                | "in"
                | "on"
                | "at"
                | "he"
                | "she"
                | "they"
                | "it"
                | "the"
                | "to"
                | "whether"
                | "if"
        )
    {
        noun += 1;
    }
    tokens.end = noun;
    let words = &cast.mentions.words;
    while words.lower(tokens.end) == "and" && words.is_word(tokens.end + 1) {
        let from = tokens.end + 1;
        match party_from(cast, from, end) {
            Some(p) => tokens.end = p.tokens.end,
            None => break,
        }
    }
    let words = &cast.mentions.words;
    // The rest up to the clause: "reporters outside the White House that".
    let mut next = tokens.end;
    let limit = (next + 14).min(end);
    while next < limit
        && !matches!(
            words.lower(next),
            "that"
                | "“"
                | "\""
                | ","
                | ":"
                | "whether"
                | "to"
                | "if"
                | "."
                | "how"
                | "why"
                | "he"
                | "she"
                | "they"
                | "it"
                | "the"
        )
    {
        next += 1;
    }
    let reached = next < limit
        && matches!(
            words.lower(next),
            "that"
                | "“"
                | "\""
                | ","
                | ":"
                | "whether"
                | "to"
                | "if"
                | "he"
                | "she"
                | "they"
                | "it"
                | "the"
                | "how"
                | "why"
        );
    let place = matches!(
        words.lower(tokens.end),
        "in" | "at" | "outside" | "on" | "during" | "after" | "before" | "by" | "late" | "earlier"
    ) || cast
        .mentions
        .times
        .iter()
        .any(|t| t.tokens.start == tokens.end);
    let next = if reached && place && words.lower(next) != "the" {
        next
    } else {
        tokens.end
    };
    if to && tokens.is_empty() {
        return (None, cue.tokens.end);
    }
    (Some(tokens), next)
}

/// Whether a clause begins at `at`: a subject and, soon after, a verb.
fn begins_clause(cast: &Cast, at: TokenId, end: TokenId) -> bool {
    let words = &cast.mentions.words;
    if at + 1 >= end {
        return false;
    }
    let lower = words.lower(at);
    if matches!(
        lower,
        "he" | "she"
            | "it"
            | "they"
            | "there"
            | "we"
            | "i"
            | "you"
            | "this"
            | "that"
            | "these"
            | "those"
            | "such"
            | "no"
            | "if"
            | "when"
            | "while"
    ) {
        return true;
    }
    if matches!(
        lower,
        "on" | "in"
            | "at"
            | "by"
            | "for"
            | "of"
            | "with"
            | "to"
            | "as"
            | "from"
            | "about"
            | ","
            | "."
            | "and"
            | "but"
            | "during"
            | "after"
            | "before"
            | "earlier"
            | "later"
            | "last"
            | "so"
            | "not"
            | "late"
    ) {
        // "said on Monday the talks would go on", "said after the talks that".
        return false;
    }
    let limit = (at + 18).min(end);
    (at + 1..limit).any(|t| is_finite_verb(words.lower(t), words.before(t)))
}

/// Finite verbs that can be told without a tagger, or a regular past form.
fn is_finite_verb(lower: &str, before: &str) -> bool {
    matches!(
        lower,
        "is" | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "had"
            | "will"
            | "would"
            | "can"
            | "could"
            | "may"
            | "might"
            | "should"
            | "must"
            | "did"
            | "does"
            | "do"
            | "'s"
            | "'re"
            | "'ll"
            | "'ve"
            | "'d"
            | "went"
            | "came"
            | "took"
            | "made"
            | "got"
            | "gave"
            | "began"
            | "became"
            | "held"
            | "led"
            | "met"
            | "told"
            | "said"
            | "saw"
            | "wants"
            | "needs"
            | "remains"
            | "shall"
            | "ca"
            | "wo"
            | "felt"
            | "left"
            | "won"
            | "lost"
            | "knew"
            | "thought"
            | "kept"
            | "brought"
            | "plans"
    ) && !(lower == "'s" && before.is_empty())
        || lower.len() > 4
            && lower.ends_with("ed")
            && !matches!(before, "the" | "a" | "an" | "of" | "by")
}

/// Where a reported clause that begins at `at` ends.
fn clause_end(cast: &Cast, cues: &[Cue], at: TokenId, end: TokenId) -> TokenId {
    let words = &cast.mentions.words;
    let mut next = at;
    while next < end {
        // Closing quotation marks and brackets go with their content.
        let quoted = words
            .document
            .quotation_of(next)
            .is_some_and(|q| q.tokens.start >= at);
        if !quoted {
            if words.lower(next) == ";" {
                break;
            }
            if words.lower(next) == "," {
                let follows = next + 1;
                let gerund = cues.iter().any(|c| {
                    (c.tokens.start == follows
                        || c.tokens.start == follows + 1
                            && matches!(words.lower(follows), "while" | "before" | "also"))
                        && c.form == CueForm::Gerund
                });
                let according = words.reads(follows, &["according", "to"]);
                // ", Lee said, “…”": another's words begin.
                let other = cues.iter().any(|c| {
                    (follows + 1..follows + 9).contains(&c.tokens.start)
                        && matches!(c.form, CueForm::Past | CueForm::Present)
                        && matches!(c.class, CueClass::Say | CueClass::Tell | CueClass::Ask)
                        && (matches!(words.lower(c.tokens.end), "," | ":" | "“" | "\"" | "that")
                            || c.class == CueClass::Tell)
                        && (follows..c.tokens.start).all(|t| {
                            !matches!(
                                words.lower(t),
                                "," | "that" | "who" | "which" | "and" | "but"
                            )
                        })
                        && (cast
                            .mentions
                            .piece_from(follows)
                            .is_some_and(|p| cast.mentions.pieces[p].kind != PieceKind::Demonym)
                            || matches!(words.lower(follows), "he" | "she"))
                });
                let but = matches!(words.lower(follows), "but" | "and")
                    && cues.iter().any(|c| {
                        (follows + 1..follows + 5).contains(&c.tokens.start)
                            && matches!(c.form, CueForm::Past | CueForm::Present)
                            && matches!(
                                words.before(c.tokens.start),
                                "he" | "she" | "they" | "but" | "and" | "also"
                            )
                    });
                // ", he said": the cue stands in the middle or at the end.
                let inner = cues.iter().any(|c| {
                    (follows + 1..follows + 8).contains(&c.tokens.start)
                        && matches!(c.form, CueForm::Past | CueForm::Present)
                        && c.class == CueClass::Say
                        && closes_sentence(cast, c.tokens.end, end)
                });
                if gerund || according || but || inner || other {
                    break;
                }
            }
            if matches!(words.lower(next), "and" | "but") && next >= at + 2 {
                let follows = next + 1;
                let coordinated = cues.iter().any(|c| {
                    (c.tokens.start == follows
                        || c.tokens.start == follows + 1
                            && matches!(
                                words.lower(follows),
                                "also" | "then" | "instead" | "he" | "she"
                            ))
                        && matches!(c.form, CueForm::Past)
                        && (c.class != CueClass::Quote)
                });
                if coordinated {
                    break;
                }
            }
        }
        next += 1;
    }
    trimmed_end(cast, at, next)
}

/// Without the final stop, unless it stands inside quotation marks.
fn trimmed_end(cast: &Cast, start: TokenId, end: TokenId) -> TokenId {
    let words = &cast.mentions.words;
    let mut end = end;
    while end > start && matches!(words.before(end), "." | "," | ";" | ":" | "—" | "–" | "--") {
        end -= 1;
    }
    end
}

/// Where the clause that ends a sentence with its cue begins: after a leading conjunction.
fn clause_start(cast: &Cast, start: TokenId) -> TokenId {
    let words = &cast.mentions.words;
    let mut at = start;
    while matches!(
        words.lower(at),
        "but" | "and" | "however" | "meanwhile" | "," | "—"
    ) {
        at += 1;
    }
    at
}

/// Whether nothing but time, place and occasion follows until the sentence ends.
fn closes_sentence(cast: &Cast, at: TokenId, end: TokenId) -> bool {
    let words = &cast.mentions.words;
    let rest = at..end;
    if rest.clone().all(|t| !words.is_word(t)) {
        return true;
    }
    let short = rest.len() <= 14;
    let adverbial = matches!(
        words.lower(at),
        "on" | "in"
            | "at"
            | "during"
            | "after"
            | "before"
            | "late"
            | "earlier"
            | "later"
            | "yesterday"
            | "today"
            | "to"
            | "."
            | "via"
            | "through"
            | "by"
            | "following"
            | "of"
            | "about"
            | "as"
            | "while"
            | "when"
    ) || cast.mentions.times.iter().any(|t| t.tokens.start == at);
    short && adverbial && !rest.clone().any(|t| words.lower(t) == "that")
}

/// "pledged to …", "urged X to …".
fn infinitive(
    cast: &mut Cast,
    cues: &[Cue],
    cue: &Cue,
    sentence: &Range<TokenId>,
) -> Option<Content> {
    let start = cue.tokens.end;
    if cast.mentions.words.lower(start) == "that" {
        let end = clause_end(cast, cues, start + 1, sentence.end);
        return (end > start + 2)
            .then(|| Content::of(start + 1..end, "clause-after-that", 0.8, None));
    }
    let mut at = start;
    let mut addressee = None;
    let mut timed = at;
    if matches!(cast.mentions.words.lower(timed), "on" | "in" | "late") {
        timed += 1;
    }
    if let Some(time) = cast.mentions.times.iter().find(|t| t.tokens.start == timed) {
        at = time.tokens.end;
    }
    if cast.mentions.words.lower(at) != "to" && cast.mentions.words.lower(at) != "not" {
        let pronoun = matches!(cast.mentions.words.lower(at), "him" | "her" | "them" | "it");
        let tokens = if pronoun {
            at..at + 1
        } else {
            party_from(cast, at, sentence.end)?.tokens
        };
        at = tokens.end;
        addressee = Some(tokens);
    }
    let words = &cast.mentions.words;
    let negated = words.lower(at) == "not" && words.lower(at + 1) == "to";
    if words.lower(at) != "to" && !negated {
        return None;
    }
    if !words.is_word(at + 1)
        || words.is_capital(at + 1)
        || matches!(
            words.lower(at + 1),
            "the" | "a" | "his" | "her" | "an" | "its" | "their"
        )
    {
        return None;
    }
    let end = clause_end(cast, cues, at, sentence.end);
    (end > at + 1).then(|| Content::of(at..end, "infinitive", 0.65, addressee))
}

/// Whether all, none or some of the content's words stand in quotation marks.
fn kind_of(cast: &Cast, content: &[Range<TokenId>]) -> StatementKind {
    let words = &cast.mentions.words;
    let (mut inside, mut outside) = (0, 0);
    for part in content {
        for t in part.clone().filter(|t| words.is_word(*t)) {
            let quoted = words
                .document
                .quotation_of(t)
                .is_some_and(|q| q.tokens.len() > 2);
            if quoted { inside += 1 } else { outside += 1 }
        }
    }
    match (inside, outside) {
        (_, 0) => StatementKind::Direct,
        (0, _) => StatementKind::Indirect,
        _ => StatementKind::Mixed,
    }
}

const MEDIUM_NOUNS: &[&str] = &[
    "post",
    "posts",
    "statement",
    "interview",
    "letter",
    "speech",
    "tweet",
    "tweets",
    "report",
    "video",
    "message",
    "article",
    "briefing",
    "address",
    "op-ed",
    "release",
    "memo",
    "email",
    "e-mail",
    "conference",
    "podcast",
    "column",
    "essay",
    "testimony",
    "filing",
    "affidavit",
    "communiqué",
    "communique",
    "broadcast",
    "editorial",
    "remarks",
    "note",
    "declaration",
];

/// A medium that begins at `at`: "in a post on Truth Social", "on X", "in a statement".
fn medium_at(cast: &Cast, at: TokenId, end: TokenId) -> Option<(Range<TokenId>, TokenId)> {
    let words = &cast.mentions.words;
    if !matches!(
        words.lower(at),
        "in" | "on" | "at" | "via" | "during" | "through" | "by"
    ) {
        return None;
    }
    if let Some(p) = cast
        .mentions
        .piece_from(at + 1)
        .filter(|p| cast.mentions.pieces[*p].kind == PieceKind::Platform)
    {
        let tokens = cast.mentions.pieces[p].tokens.clone();
        return Some((tokens.clone(), tokens.end));
    }
    let mut next = at + 1;
    let limit = (at + 9).min(end);
    while next < limit && (words.is_word(next) || words.lower(next) == "-") {
        let lower = words.lower(next);
        if MEDIUM_NOUNS.contains(&lower) {
            let mut start = at + 1;
            while matches!(
                words.lower(start),
                "a" | "an" | "the" | "his" | "her" | "its" | "their" | "another"
            ) {
                start += 1;
            }
            let mut tokens = start..next + 1;
            let mut until = next + 1;
            if matches!(words.lower(until), "on" | "with" | "to" | "from")
                && let Some(p) = cast.mentions.piece_from(until + 1).filter(|p| {
                    matches!(
                        cast.mentions.pieces[*p].kind,
                        PieceKind::Platform | PieceKind::Outlet
                    )
                })
            {
                let piece = &cast.mentions.pieces[p];
                let named = piece.tokens.clone();
                let is_platform = piece.kind == PieceKind::Platform;
                tokens = if is_platform {
                    named.clone()
                } else {
                    tokens.start..named.end
                };
                until = named.end;
            }
            return Some((tokens, until));
        }
        if matches!(lower, "and" | "that" | "of" | "with" | "to" | "by") {
            return None;
        }
        next += 1;
    }
    None
}

/// The medium that a sentence names outside the content.
fn medium_in(
    cast: &Cast,
    sentence: &Range<TokenId>,
    content: &[Range<TokenId>],
) -> Option<Range<TokenId>> {
    sentence
        .clone()
        .filter(|t| !content.iter().any(|c| c.contains(t)))
        .find_map(|t| medium_at(cast, t, sentence.end))
        .map(|(tokens, _)| tokens)
}

/// The outlet that "according to" names in the sentence, for words that somebody else said.
fn via_in(cast: &Cast, sentence: &Range<TokenId>, cue: TokenId) -> Option<Range<TokenId>> {
    let words = &cast.mentions.words;
    let at = sentence
        .clone()
        .find(|t| words.reads(*t, &["according", "to"]) && *t != cue)?;
    cast.mentions
        .pieces_in(at + 2..(at + 9).min(sentence.end))
        .find(|p| cast.mentions.pieces[*p].kind == PieceKind::Outlet)
        .map(|p| cast.mentions.pieces[p].tokens.clone())
}
