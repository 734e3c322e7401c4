//! Where a name can begin and end, and how a run of capitalised words is cut into pieces.

use std::ops::Range;

use super::{Piece, PieceKind, head_kind, is_headline, is_particle, label_at, label_kind};
use crate::annotation::{NameLabel, NameSpan, Upos};
use crate::document::TokenId;
use crate::lexicon::{self, CountryCode, Epithet, TitleKind};
use crate::mention::event::precedes_verb;
use crate::mention::gazetteer::{Entry, Gazetteer};
use crate::mention::starter::{COMPOUND_TAILS, STARTERS};
use crate::mention::words::Words;

pub(super) struct Finder<'a> {
    pub(super) words: &'a Words<'a>,
    pub(super) labels: &'a [NameSpan],
    pub(super) gazetteer: &'static Gazetteer,
    pub(super) pieces: Vec<Piece>,
    /// Whether the sentence that is read capitalises its common words too.
    pub(super) is_headline: bool,
}

impl Finder<'_> {
    pub(super) fn sentence(&mut self, sentence: Range<TokenId>) {
        self.is_headline = is_headline(self.words, sentence.clone());
        let mut at = sentence.start;
        while at < sentence.end {
            at = if self.begins_name(at) {
                self.run(at, sentence.end)
            } else if let Some((end, title)) = self.title_at(at, sentence.end)
                && !self.is_verb(at)
            {
                self.push(at..end, title_piece(title), None);
                end
            } else {
                at + 1
            };
        }
    }

    pub(super) fn label_at(&self, at: TokenId) -> Option<&NameSpan> {
        label_at(self.labels, at)
    }

    /// "Lund *Replies To* Moe": a word of a headline that has its capital for being there.
    fn is_common_in_headline(&self, at: TokenId) -> bool {
        let words = self.words;
        let lower = words.lower(at);
        self.is_headline
            && lexicon::given_name(lower).is_none()
            && !is_particle(lower)
            && (STARTERS.contains(&lower)
                || lexicon::epithet(lower) == Some(Epithet::HeadlineVerb)
                || matches!(
                    words.upos(at),
                    Upos::Verb
                        | Upos::Aux
                        | Upos::Pron
                        | Upos::Det
                        | Upos::Adp
                        | Upos::Adv
                        | Upos::Sconj
                        | Upos::Cconj
                        | Upos::Part
                ))
            && !self.is_known_phrase(at)
    }

    /// "New Jersey": a known name of several words begins here, though the first is a common one.
    fn is_known_phrase(&self, at: TokenId) -> bool {
        let words = self.words;
        self.gazetteer.matches(words, at).any(|(until, entry)| {
            until > at + 1
                && !matches!(entry, Entry::Title(_))
                && (at..until).all(|t| words.is_capital(t))
        })
    }

    /// "will host the summit", "refused to captain them": a verb that is a title too.
    fn is_verb(&self, at: TokenId) -> bool {
        let words = self.words;
        let before = words.before(at);
        words.upos(at) == Upos::Verb
            && (precedes_verb(before) || matches!(before, "shall" | "does" | "do" | "'ll"))
    }

    pub(super) fn push(
        &mut self,
        tokens: Range<TokenId>,
        kind: PieceKind,
        country: Option<CountryCode>,
    ) {
        debug_assert!(
            self.pieces
                .last()
                .is_none_or(|p| p.tokens.end <= tokens.start)
        );
        self.pieces.push(Piece {
            tokens,
            kind,
            country,
        });
    }

    pub(super) fn title_at(&self, at: TokenId, end: TokenId) -> Option<(TokenId, TitleKind)> {
        self.gazetteer
            .matches(self.words, at)
            .find_map(|(until, entry)| match entry {
                Entry::Title(title) if until <= end => Some((until, title)),
                _ => None,
            })
    }

    /// A month or a day of the week, not the given name of "Jan Moe".
    pub(super) fn is_calendar(&self, at: TokenId) -> bool {
        let words = self.words;
        let is_person = self
            .label_at(at)
            .is_some_and(|n| n.label == NameLabel::Person && n.tokens.len() > 1);
        is_calendar(words.lower(at))
            && !(is_person
                && words.is_capital(at + 1)
                && lexicon::given_name(words.lower(at)).is_some())
    }

    /// Whether a capitalised run of name tokens can begin here.
    fn begins_name(&self, at: TokenId) -> bool {
        let words = self.words;
        if !words.is_capital(at) || words.document.tokens[at].span.is_empty() {
            return false;
        }
        if words.lower(at).starts_with('\'') || self.is_common_in_headline(at) {
            return false;
        }
        if !words.is_initial(at) {
            return words.word(at) != "I" && !self.is_calendar(at);
        }
        let lower = words.lower(at);
        // "US officials": no pronoun, though "us" is one.
        let is_acronym = words.word(at).len() > 1
            && words.word(at).chars().all(char::is_uppercase)
            && words.word(at + 1).chars().any(char::is_lowercase);
        let is_name =
            is_acronym || !matches!(lower, "the" | "a" | "an") && self.is_known_phrase(at);
        if STARTERS.contains(&lower) && !is_name {
            return false;
        }
        let next_is_name = words.is_capital(at + 1) && !words.lower(at + 1).starts_with('\'');
        let is_known = self
            .gazetteer
            .matches(words, at)
            .any(|(_, e)| !matches!(e, Entry::Title(_)))
            || lexicon::given_name(lower).is_some();
        if is_known {
            return words.seen_lower(lower) <= words.seen_capital(lower) || next_is_name;
        }
        words.seen_capital(lower) > words.seen_lower(lower)
            || next_is_name
            || words.is_bound(at + 1) && words.lower(at + 1) == "-" && words.is_capital(at + 2)
            || self
                .label_at(at)
                .is_some_and(|n| label_kind(n.label).is_some())
            || lower.chars().filter(|c| c.is_alphabetic()).count() > 1
                && words
                    .word(at)
                    .chars()
                    .all(|c| c.is_uppercase() || !c.is_alphabetic())
    }

    /// The end of the capitalised run that begins at `at`.
    pub(super) fn run_end(&self, at: TokenId, end: TokenId) -> TokenId {
        let words = self.words;
        let mut next = at + 1;
        while next < end {
            let is_hyphen = matches!(words.lower(next), "-" | "‐" | "‑")
                && words.is_bound(next)
                && words.is_bound(next + 1)
                && next + 1 < end
                && words.is_word(next + 1)
                && !COMPOUND_TAILS.contains(&words.lower(next + 1));
            if is_hyphen && (words.is_capital(next + 1) || self.is_lower_tail(next)) {
                next += 2;
            } else if words.is_capital(next)
                && words.word(next) != "I"
                && !self.is_calendar(next)
                && !self.is_common_in_headline(next)
            {
                next += 1;
            } else if words.lower(next) == "and" && self.joins_body(next, end)
                || self.owns_body(next, end)
            {
                next += 2;
            } else if is_particle(words.lower(next)) || words.lower(next) == "&" {
                let mut after = next + 1;
                while after < end && (is_particle(words.lower(after)) || words.lower(after) == "-")
                {
                    after += 1;
                }
                if after < end && words.is_capital(after) {
                    next = after + 1
                } else {
                    break;
                }
            } else {
                break;
            }
        }
        next
    }

    /// "Economic and Cultural Office": both words belong to the body's name.
    fn joins_body(&self, and: TokenId, end: TokenId) -> bool {
        let words = self.words;
        if !lexicon::is_portfolio_word(words.before(and)) || !words.is_capital(and - 1) {
            return false;
        }
        let mut next = and + 1;
        while next < end && words.is_capital(next) && next < and + 5 {
            if next > and + 1 && head_kind(words.lower(next)) == Some(PieceKind::Organization) {
                return true;
            }
            next += 1;
        }
        false
    }

    /// "Workers' Federation", "People's Party": those whom the body is for.
    fn owns_body(&self, clitic: TokenId, end: TokenId) -> bool {
        let words = self.words;
        let many = match words.lower(clitic) {
            "'" => words.before(clitic).ends_with('s'),
            "'s" => matches!(
                words.before(clitic),
                "people" | "women" | "children" | "men" | "veterans" | "workers" | "nation"
            ),
            _ => false,
        };
        many && words.is_bound(clitic)
            && words.is_capital(clitic - 1)
            && (clitic + 1..end.min(clitic + 5))
                .take_while(|t| words.is_capital(*t))
                .any(|t| head_kind(words.lower(t)) == Some(PieceKind::Organization))
    }

    /// "Seo-jin": a lower-case second syllable belongs to the name, unless a lexicon knows the
    /// first part as something else.
    fn is_lower_tail(&self, hyphen: TokenId) -> bool {
        self.gazetteer
            .matches(self.words, hyphen - 1)
            .all(|(end, _)| end > hyphen)
            && self.title_at(hyphen + 1, hyphen + 2).is_none()
    }

    /// Cuts the run that begins at `at` into pieces; returns the token after it.
    fn run(&mut self, at: TokenId, sentence_end: TokenId) -> TokenId {
        let words = self.words;
        let mut end = self.run_end(at, sentence_end);
        let mut next = at;
        let mut buffer: Option<TokenId> = None;
        while next < end {
            if let Some((until, kind, country)) =
                self.headed(buffer.unwrap_or(next), next, end, sentence_end)
            {
                let start = buffer.take().unwrap_or(next);
                self.push(start..until, kind, country);
                next = until;
                end = if next < end {
                    end
                } else {
                    self.continued(next, sentence_end)
                };
                continue;
            }
            let Some((until, entry)) = self.best_match(next, sentence_end, buffer) else {
                // "US-China talks": the hyphen parts two names.
                if buffer.is_none() && matches!(words.lower(next), "-" | "‐" | "‑" | "–") {
                    next += 1;
                    continue;
                }
                buffer.get_or_insert(next);
                next += 1;
                continue;
            };
            if let Entry::Title(title) = entry {
                // "Reza Amir Hosseini", "Saeed bin Sultan": a name's part, not a title.
                let inside = buffer.is_some_and(|b| b < next)
                    && words.is_capital(next)
                    && matches!(
                        title,
                        TitleKind::Royal
                            | TitleKind::Rank
                            | TitleKind::Occupation
                            | TitleKind::Honorific
                    )
                    && self.pieces.last().is_none_or(|p| p.tokens.end <= next)
                    && !matches!(words.before(next), "-")
                    && !lexicon::is_portfolio_word(words.before(next))
                    && (title != TitleKind::Occupation || self.in_person_label(next));
                // "Rachel Reeves", "James Baker": a surname that is a title too.
                let surname = until == next + 1
                    && words.is_capital(next)
                    && buffer.is_some_and(|b| {
                        b + 1 == next && lexicon::given_name(words.lower(b)).is_some()
                    })
                    && !words.is_capital(until);
                // "Gov. Dean Alvarez": a given name that is a title too.
                let given = until == next + 1
                    && buffer.is_none()
                    && lexicon::given_name(words.lower(next)).is_some()
                    && words.is_capital(until)
                    && lexicon::given_name(words.lower(until)).is_none()
                    && !words.lower(until).ends_with('s')
                    && (self.in_person_label(next)
                        || self.pieces.last().is_some_and(|p| {
                            p.tokens.end == next
                                && matches!(p.kind, PieceKind::Title | PieceKind::Honorific)
                        }));
                if given {
                    buffer = Some(next);
                }
                let inside = inside || surname || given;
                if inside {
                    next = until;
                    continue;
                }
                // "Acting Prime Minister": a status before the title, no portfolio.
                if buffer.is_some_and(|b| {
                    (b..next).all(|t| {
                        matches!(
                            lexicon::title_modifier(words.lower(t)),
                            Some(
                                lexicon::ModifierEffect::Status(_) | lexicon::ModifierEffect::Drop
                            )
                        )
                    })
                }) {
                    buffer = None;
                }
                let start = self.portfolio_start(buffer, next, title);
                while self
                    .pieces
                    .last()
                    .is_some_and(|p| p.tokens.start >= start && p.tokens.end > start)
                {
                    self.pieces.pop();
                }
                match buffer {
                    Some(b) if start > b => self.flush(b..start),
                    _ => {}
                }
                buffer = None;
                let until = self.with_portfolio(until, sentence_end);
                let start = self
                    .pieces
                    .last()
                    .map_or(start, |p| start.max(p.tokens.end));
                self.push(start..until, title_piece(title), None);
                next = until;
            } else {
                if let Some(b) = buffer.take() {
                    self.flush(b..next);
                }
                let (kind, country) = entry_piece(entry);
                self.push(next..until, kind, country);
                next = until;
            }
            if next >= end {
                end = self.continued(next, sentence_end);
            }
        }
        if let Some(b) = buffer {
            self.flush(b..next.min(end));
        }
        next
    }

    /// After a phrase that left its run ("Secretary of State | Antony Blinken"), the run goes on.
    fn continued(&self, next: TokenId, end: TokenId) -> TokenId {
        let goes_on = next < end
            && self.words.is_capital(next)
            && !self.is_common_in_headline(next)
            && !self.is_calendar(next)
            && !self.words.lower(next).starts_with('\'');
        if goes_on {
            self.run_end(next, end)
        } else {
            next
        }
    }

    /// The longest lexicon phrase at `at` that can stand here.
    pub(super) fn best_match(
        &self,
        at: TokenId,
        end: TokenId,
        buffer: Option<TokenId>,
    ) -> Option<(TokenId, Entry)> {
        let words = self.words;
        if at > 0 && words.before(at) == "-" && words.is_bound(at) && buffer.is_some() {
            return None;
        }
        self.gazetteer.matches(words, at).find(|(until, entry)| {
            if *until > end {
                return false;
            }
            // "Al Kuwait-": a phrase never ends inside a hyphenated name; "EU-Nigeria" are two.
            let pair = words.word(at).chars().all(|c| c.is_uppercase() || c == '.')
                || self
                    .gazetteer
                    .matches(words, until + 1)
                    .any(|(_, e)| matches!(e, Entry::Country(_) | Entry::Demonym(_)));
            let cut = words.lower(*until) == "-"
                && words.is_bound(*until)
                && words.is_capital(until + 1)
                && !pair
                && matches!(entry, Entry::Place(_) | Entry::Organization { .. });
            // "Foreign Affairs Minister": a portfolio, though a magazine has the name.
            let portfolio = matches!(entry, Entry::Organization { .. })
                && (at..*until).all(|t| lexicon::is_portfolio_word(words.lower(t)))
                && self.minister_follows(*until, end);
            let single = *until == at + 1;
            let next_unknown = words.is_capital(*until)
                && self.gazetteer.matches(words, *until).next().is_none()
                && head_kind(words.lower(*until)).is_none()
                && !is_calendar(words.lower(*until));
            let is_given = single && lexicon::given_name(words.lower(at)).is_some();
            let name_like =
                matches!(entry, Entry::Country(_) | Entry::Place(_)) && is_given && next_unknown;
            let after_given = buffer
                .is_some_and(|b| at - b <= 2 && lexicon::given_name(words.lower(b)).is_some())
                && matches!(
                    entry,
                    Entry::Place(_) | Entry::Country(_) | Entry::Organization { .. }
                )
                && single;
            // "Peru Kallpa Wasi": the recogniser sees a longer body.
            let longer_body = matches!(entry, Entry::Country(_) | Entry::Place(_))
                && self.label_at(at).is_some_and(|n| {
                    n.label == NameLabel::Organization
                        && n.tokens.start == at
                        && n.tokens.end > *until
                        && words.is_capital(*until)
                        && next_unknown
                });
            let person_label = matches!(
                entry,
                Entry::Place(_)
                    | Entry::Country(_)
                    | Entry::Organization { .. }
                    | Entry::Facility(_)
            ) && single
                && (is_given || self.title_at(*until, end).is_none())
                && self
                    .label_at(at)
                    .is_some_and(|n| n.label == NameLabel::Person && n.tokens.len() > 1);
            // "Veterans of the Pacific War": people in the name of their body.
            let members = matches!(entry, Entry::Title(_))
                && words.is_capital(at)
                && words.lower(at).ends_with('s')
                && self.label_at(at).is_some_and(|n| {
                    n.label == NameLabel::Organization
                        && n.tokens.start < at
                        && n.tokens.end > *until
                });
            let is_rank_inside = matches!(entry, Entry::Title(TitleKind::Occupation))
                && buffer.is_some()
                && *until < end
                && words.is_capital(at)
                && lexicon::given_name(words.lower(at)).is_some();
            !cut && !portfolio
                && !longer_body
                && !members
                && !name_like
                && !after_given
                && !person_label
                && !is_rank_inside
        })
    }

    /// Whether the recogniser sees a person's name around a token.
    fn in_person_label(&self, at: TokenId) -> bool {
        self.label_at(at)
            .is_some_and(|n| n.label == NameLabel::Person && n.tokens.len() > 1)
    }
}

pub(super) fn is_calendar(lower: &str) -> bool {
    matches!(
        lower.trim_end_matches('.'),
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "january"
            | "february"
            | "april"
            | "july"
            | "september"
            | "october"
            | "november"
            | "december"
            | "jan"
            | "feb"
            | "aug"
            | "sept"
            | "sep"
            | "oct"
            | "nov"
            | "dec"
            | "mondays"
            | "tuesdays"
            | "wednesdays"
            | "thursdays"
            | "fridays"
    )
}

fn title_piece(kind: TitleKind) -> PieceKind {
    if kind == TitleKind::Honorific {
        PieceKind::Honorific
    } else {
        PieceKind::Title
    }
}

fn entry_piece(entry: Entry) -> (PieceKind, Option<CountryCode>) {
    match entry {
        Entry::Country(c) => (PieceKind::Country, Some(c)),
        Entry::Demonym(c) => (PieceKind::Demonym, Some(c)),
        Entry::Place(c) => (PieceKind::Place, c),
        Entry::Supranational { .. } => (PieceKind::Supranational, None),
        Entry::Seat(c) => (PieceKind::Seat, Some(c)),
        Entry::Facility(c) => (PieceKind::Facility, c),
        Entry::Organization {
            country,
            is_platform: true,
            ..
        } => (PieceKind::Platform, country),
        Entry::Organization {
            country,
            is_outlet: true,
            ..
        } => (PieceKind::Outlet, country),
        Entry::Organization { country, .. } => (PieceKind::Organization, country),
        Entry::Title(title) => (title_piece(title), None),
    }
}
