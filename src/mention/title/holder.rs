//! Who holds a title, by the names beside it.

use std::ops::Range;

use super::{Finder, TitlePhrase};
use crate::annotation::{Upos, Xpos};
use crate::document::TokenId;
use crate::fact::RoleStatus;
use crate::lexicon::{self, TitleKind};
use crate::mention::name::PieceKind;

impl Finder<'_> {
    pub(super) fn find_holders(&self, phrase: &mut TitlePhrase, sentence: Range<TokenId>) {
        if self.before_name(phrase, &sentence) || self.describes_noun(phrase) {
            return;
        }
        if !self.after_name(phrase, &sentence) {
            self.by_verb(phrase, &sentence);
        }
    }

    /// "German Chancellor Friedrich Merz", "the Minister of Ports, Ida Lund,".
    fn before_name(&self, phrase: &mut TitlePhrase, sentence: &Range<TokenId>) -> bool {
        let words = self.words;
        let mut at = phrase.tokens.end;
        let mut comma = false;
        // Only a title at the very left of its noun phrase may be parted from its name.
        let definite = phrase
            .determiner
            .is_some_and(|d| matches!(words.lower(d), "the" | "these" | "those"))
            || self.is_owned(phrase);
        let long = words.is_capital(phrase.core.start) && phrase.tokens.end > phrase.core.end;
        // "A spokesman for the ministry, Ida Lund, said"
        let indefinite = phrase.tokens.end > phrase.core.end
            && phrase
                .determiner
                .is_some_and(|d| matches!(words.lower(d), "a" | "an") && words.before(d) != ",");
        if definite {
            at = self.past_complement(at);
        }
        if words.lower(at) == "," && words.is_capital(at + 1) && (definite || long || indefinite) {
            comma = true;
            at += 1;
        }
        while let Some(p) = self.piece_from(at) {
            let piece = &self.pieces[p];
            match piece.kind {
                PieceKind::Honorific | PieceKind::Title
                    if !comma || piece.kind == PieceKind::Honorific =>
                {
                    at = piece.tokens.end;
                    if words.lower(at) == "of" {
                        return false;
                    }
                }
                PieceKind::Person => {
                    let after = words.lower(piece.tokens.end);
                    let closes =
                        !comma || after == "," || !indefinite && matches!(after, "." | "and" | ")");
                    if piece.tokens.start >= sentence.end || !closes {
                        return false;
                    }
                    phrase.holders.push(p);
                    phrase.rule = "title-before-name";
                    self.body_after(phrase, piece.tokens.end);
                    let one_of = phrase
                        .determiner
                        .is_some_and(|d| d >= 2 && words.reads(d - 2, &["one", "of"]));
                    if phrase.is_plural && !one_of {
                        phrase.holders.extend(self.coordinated(p));
                    }
                    return true;
                }
                _ => return false,
            }
        }
        // "11 lawmakers including A and B"
        if phrase.is_plural
            && matches!(
                words.lower(at),
                "including" | "include" | "included" | ":" | "like" | "--" | "—" | "–"
            )
            || words.reads(at, &["such", "as"])
        {
            let at = if words.lower(at) == "such" {
                at + 2
            } else {
                at + 1
            };
            if let Some(p) = self
                .piece_from(at)
                .filter(|p| self.pieces[*p].kind == PieceKind::Person)
            {
                phrase.holders.push(p);
                phrase.holders.extend(self.coordinated(p));
                if let Some(last) = phrase.holders.last() {
                    self.body_after(phrase, self.pieces[*last].tokens.end);
                }
                phrase.rule = "title-list";
                return true;
            }
        }
        false
    }

    /// "the head *of the rescue agency*, Ida Lund,": the token after words that say what of, which
    /// no list knows; where they began, if no name follows.
    fn past_complement(&self, at: TokenId) -> TokenId {
        const MOST: usize = 6;
        let words = self.words;
        if !matches!(words.lower(at), "of" | "for" | "at") {
            return at;
        }
        let is_plain = |t: &TokenId| {
            let upos = words.upos(*t);
            matches!(upos, Upos::Noun | Upos::Adj | Upos::Det | Upos::Adp) && !words.is_capital(*t)
        };
        let end = (at + 1..at + 1 + MOST).find(|t| !is_plain(t)).unwrap_or(at);
        let is_named = words.lower(end) == ","
            && self
                .piece_from(end + 1)
                .is_some_and(|p| self.pieces[p].kind == PieceKind::Person);
        if is_named { end } else { at }
    }

    /// "the company's chief executive", "Chile's president", "his spokesman".
    fn is_owned(&self, phrase: &TitlePhrase) -> bool {
        let words = self.words;
        let start = phrase.tokens.start;
        matches!(
            words.before(start),
            "'s" | "his" | "her" | "their" | "its" | "our"
        ) || (start..phrase.core.start).any(|t| words.lower(t) == "'s")
    }

    /// "Rep. Ida Lund of the ruling Harbour Party": the body after the name.
    fn body_after(&self, phrase: &mut TitlePhrase, at: TokenId) {
        let words = self.words;
        // "Sen. Ida Lund, R-Ohio," and "Rep. Ida Lund (D-Calif.)" sit in one parliament only.
        let has_seat = matches!(words.lower(at), "," | "(")
            && matches!(words.lower(at + 1), "r" | "d" | "i")
            && words.lower(at + 2) == "-"
            && words.is_capital(at + 3);
        if has_seat {
            phrase.country = phrase.country.or("US".parse().ok());
            return;
        }
        let Some(p) = self.body_piece(phrase, at) else {
            return;
        };
        if phrase.organization.is_some() {
            return;
        }
        match self.pieces[p].kind {
            PieceKind::Organization => phrase.organization = Some(self.pieces[p].tokens.clone()),
            // "Senator Ida Lund of Ohio", "President Luis Arancibia of Peru"
            PieceKind::Country | PieceKind::Place if words.lower(at) == "of" => {
                phrase.country = phrase.country.or(self.pieces[p].country);
            }
            _ => {}
        }
    }

    /// The piece after "of" and the like behind a name: its body, country or place.
    fn body_piece(&self, phrase: &TitlePhrase, at: TokenId) -> Option<usize> {
        let words = self.words;
        let preposition = words.lower(at);
        if !matches!(preposition, "of" | "from") && (preposition != "at" || !phrase.is_plural) {
            return None;
        }
        let mut next = at + 1;
        while matches!(
            words.lower(next),
            "the" | "ruling" | "opposition" | "main" | "governing"
        ) {
            next += 1;
        }
        self.piece_from(next).filter(|p| {
            matches!(
                self.pieces[*p].kind,
                PieceKind::Organization | PieceKind::Country | PieceKind::Place
            )
        })
    }

    /// "MPs A and B of the Harbour Party and C of the Hill Party", "Ministers A of Chad and B of
    /// Peru": the groups after the first.
    pub(super) fn further_groups(&self, phrase: &TitlePhrase) -> Vec<TitlePhrase> {
        let words = self.words;
        let mut groups = Vec::new();
        let mut last = phrase.clone();
        while last.is_plural
            && let Some(end) = last.holders.last().map(|h| self.pieces[*h].tokens.end)
            && let Some(body) = self.body_piece(&last, end)
        {
            let mut at = self.pieces[body].tokens.end;
            let start = at;
            while matches!(words.lower(at), "," | "and") {
                at += 1;
            }
            let next = self
                .piece_from(at)
                .filter(|p| at > start && self.pieces[*p].kind == PieceKind::Person);
            let Some(first) = next else { break };
            let mut group = phrase.clone();
            group.holders = vec![first];
            group.holders.extend(self.coordinated(first));
            let end = group
                .holders
                .last()
                .map_or(at, |h| self.pieces[*h].tokens.end);
            let Some(own) = self.body_piece(&group, end) else {
                break;
            };
            match self.pieces[own].kind {
                PieceKind::Organization => group.organization = None,
                _ => group.country = self.pieces[own].country,
            }
            self.body_after(&mut group, end);
            groups.push(group.clone());
            last = group;
        }
        groups
    }

    /// The persons joined to this one by commas and "and", without titles of their own.
    fn coordinated(&self, first: usize) -> Vec<usize> {
        let words = self.words;
        let mut found = Vec::new();
        let mut last = first;
        loop {
            let mut at = self.pieces[last].tokens.end;
            let start = at;
            while matches!(words.lower(at), "," | "and") {
                at += 1;
            }
            if at == start {
                return found;
            }
            match self.piece_from(at) {
                Some(p) if self.pieces[p].kind == PieceKind::Person => {
                    found.push(p);
                    last = p;
                }
                _ => return found,
            }
        }
    }

    /// "Merz, 69, the German chancellor", "X, who was president until 2020".
    fn after_name(&self, phrase: &mut TitlePhrase, sentence: &Range<TokenId>) -> bool {
        let words = self.words;
        let mut at = phrase.determiner.unwrap_or(phrase.tokens.start);
        let mut past = false;
        // Adjectives that no lexicon knows, back to the determiner: "a veteran opposition leader".
        if phrase.determiner.is_none() {
            for back in 1..=4 {
                let Some(d) = at.checked_sub(back) else { break };
                if d < sentence.start
                    || !words.is_word(d) && words.lower(d) != "-"
                    || words.is_capital(d)
                    || words.xpos(d) == Xpos::In
                {
                    break;
                }
                if matches!(words.lower(d), "a" | "an" | "the" | "his" | "her" | "its") {
                    at = d;
                    phrase.determiner = Some(d);
                    break;
                }
            }
        }
        let adverb = words.before(at);
        let once = matches!(adverb, "once" | "formerly" | "previously");
        if at > sentence.start
            && (once || matches!(adverb, "currently" | "also" | "now" | "then" | "as"))
        {
            past = once;
            at -= 1;
        }
        let verb = words.before(at).to_owned();
        if at > sentence.start + 1 && words.lower(at - 2) == "who" {
            match verb.as_str() {
                "is" | "serves" | "served" | "became" | "was" | "remains" => {
                    past = matches!(verb.as_str(), "was" | "served");
                    at -= 2;
                }
                _ => {}
            }
        }
        if words.before(at) != ","
            && words.before(at) != "("
            && words.before(at) != "–"
            && words.before(at) != "—"
        {
            return false;
        }
        let mut comma = at - 1;
        if comma > sentence.start + 1
            && words.lower(comma - 1).parse::<u8>().is_ok()
            && words.before(comma - 1) == ","
        {
            comma -= 2;
        }
        // "(R-Texas)", "(游錫堃)" between name and comma.
        if words.before(comma) == ")" {
            let mut open = comma - 1;
            while open > sentence.start && words.lower(open) != "(" {
                open -= 1;
            }
            comma = open;
        }
        let Some(p) = self
            .piece_until(comma)
            .filter(|p| self.pieces[*p].kind == PieceKind::Person)
        else {
            return false;
        };
        // A list of titled people: the comma parts two of them.
        let starts_list = words.is_capital(phrase.core.start)
            && phrase.determiner.is_none()
            && self.reaches_person(phrase.core.end, sentence.end);
        // "…, the king said": a subject, no apposition; "…, the king's adviser": another title.
        let ends = words.lower(phrase.tokens.end);
        let goes_on = words.is_word(phrase.tokens.end)
            && phrase.determiner.is_some_and(|d| words.lower(d) == "the")
            && !matches!(
                ends,
                "of" | "for"
                    | "in"
                    | "at"
                    | "to"
                    | "and"
                    | "who"
                    | "from"
                    | "on"
                    | "with"
                    | "since"
                    | "until"
                    | "as"
                    | "during"
                    | "under"
            );
        let acts = goes_on
            || phrase.determiner.is_some()
                && matches!(
                    words.lower(phrase.tokens.end),
                    "said"
                        | "says"
                        | "told"
                        | "added"
                        | "'s"
                        | "wrote"
                        | "went"
                        | "is"
                        | "was"
                        | "has"
                        | "had"
                        | "will"
                        | "also"
                        | "would"
                );
        let all = phrase.is_plural && phrase.determiner.is_some_and(|d| words.lower(d) == "the");
        if starts_list || acts || all {
            return false;
        }
        phrase.holders.push(p);
        phrase.rule = "title-after-name";
        if past && phrase.status == RoleStatus::Current {
            phrase.status = RoleStatus::Former;
        }
        true
    }

    /// Whether only words of titles and names lie before the next person's name.
    fn reaches_person(&self, from: TokenId, end: TokenId) -> bool {
        let words = self.words;
        let mut at = from;
        while at < end && at < from + 16 {
            if let Some(p) = self.piece_from(at) {
                if self.pieces[p].kind == PieceKind::Person {
                    return true;
                }
                at = self.pieces[p].tokens.end;
            } else if words.is_capital(at)
                || matches!(
                    words.lower(at),
                    "of" | "the" | "for" | "and" | "to" | "-" | "in" | "on" | "&"
                )
            {
                at += 1;
            } else {
                return false;
            }
        }
        false
    }

    /// "A spokesman for the prime minister, Ida Lund,": she is the spokesman alone.
    pub(super) fn drop_served(&self, titles: &mut [TitlePhrase]) {
        for i in 1..titles.len() {
            let (head, tail) = titles.split_at_mut(i);
            let served = &mut tail[0];
            let serves = |title: &TitlePhrase| {
                title.core.end <= served.core.start
                    && title.tokens.end >= served.core.end
                    && title.holders.iter().any(|h| served.holders.contains(h))
            };
            if head.iter().any(serves) {
                served.holders.clear();
            }
        }
    }

    /// Titles joined by "and" before a name share it: "Deputy Prime Minister and Foreign Minister
    /// Samir Qandil"; so do titles joined after a name.
    pub(super) fn share_holders(&self, titles: &mut [TitlePhrase]) {
        let words = self.words;
        for i in (0..titles.len().saturating_sub(1)).rev() {
            let (head, tail) = titles.split_at_mut(i + 1);
            let (first, second) = (&mut head[i], &tail[0]);
            let gap = first.tokens.end..second.determiner.unwrap_or(second.tokens.start);
            let joined = gap.start < gap.end
                && gap
                    .clone()
                    .all(|t| matches!(words.lower(t), "and" | "," | "&"))
                && (gap.clone().any(|t| matches!(words.lower(t), "and" | "&"))
                    || second.status != RoleStatus::Current && second.determiner.is_none());
            if joined
                && first.holders.is_empty()
                && second.rule == "title-before-name"
                && !second.is_plural
            {
                first.holders = second.holders.clone();
                first.rule = second.rule;
                first.country = first.country.or(second.country);
            }
        }
        for i in 1..titles.len() {
            let (head, tail) = titles.split_at_mut(i);
            let (first, second) = (&head[i - 1], &mut tail[0]);
            let gap = first.tokens.end..second.determiner.unwrap_or(second.tokens.start);
            let joined = gap.start < gap.end
                && gap
                    .clone()
                    .all(|t| matches!(words.lower(t), "and" | "," | "&" | "also"));
            if joined
                && second.holders.is_empty()
                && matches!(first.rule, "title-after-name" | "title-copula")
            {
                second.holders = first.holders.clone();
                second.rule = first.rule;
                second.country = second.country.or(first.country);
            }
        }
    }

    /// "X, who heads the association of survivors": a verb instead of a title.
    pub(super) fn headed_bodies(&self) -> Vec<TitlePhrase> {
        let words = self.words;
        let mut found = Vec::new();
        for at in 2..words.len() {
            let role = match words.lower(at) {
                "heads" | "headed" => "head",
                "leads" | "led" => "leader",
                "chairs" | "chaired" => "chair",
                _ => continue,
            };
            // "who heads", "who has headed", "who headed"; a past tense alone tells of an event.
            let has = matches!(words.before(at), "has" | "have");
            let from = if has { at - 1 } else { at };
            let is_past = words.lower(at).ends_with('d') && !has;
            let relative = from >= 2 && words.before(from) == "who" && words.lower(from - 2) == ",";
            if !relative && (has || words.lower(at).ends_with('d')) {
                continue;
            }
            let end = if relative { from - 2 } else { at };
            let mut comma = end;
            if comma > 2
                && words.lower(comma - 1).parse::<u8>().is_ok()
                && words.lower(comma - 2) == ","
            {
                comma -= 2;
            }
            let Some(p) = self
                .piece_until(comma)
                .filter(|p| self.pieces[*p].kind == PieceKind::Person)
            else {
                continue;
            };
            let sentence = words.sentence(at);
            let mut phrase = TitlePhrase {
                tokens: at..at + 1,
                core: at..at + 1,
                role: role.to_owned(),
                status: if is_past {
                    RoleStatus::Former
                } else {
                    RoleStatus::Current
                },
                country: None,
                organization: None,
                patron: None,
                holders: vec![p],
                rule: "heads-body",
                is_plural: false,
                kind: TitleKind::Office,
                determiner: None,
            };
            let mut next = at + 1;
            while matches!(
                words.lower(next),
                "the" | "a" | "an" | "his" | "her" | "company" | "firm" | "group"
            ) {
                next += 1;
            }
            let until = self.complement(&mut phrase, "of", next, sentence.end);
            // "leads the Harbour Party poll", "leads Ohio Sen. Moe": a lead in numbers.
            let is_body = phrase.organization.as_ref().is_some_and(|body| {
                let named = self.piece_from(body.start);
                let named = named.is_some_and(|p| self.pieces[p].kind.is_body());
                named
                    || body
                        .clone()
                        .any(|t| lexicon::is_organization_head(words.lower(t)))
            });
            let goes_on = matches!(words.upos(until), Upos::Noun | Upos::Propn | Upos::Adj);
            if is_body && !goes_on && until > at + 1 {
                phrase.tokens.end = until;
                found.push(phrase);
            }
        }
        found
    }
}
