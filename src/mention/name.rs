//! Names and titles: capitalised runs cut into persons, bodies, places, peoples and titles.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::LazyLock;

use super::event::precedes_verb;
use super::gazetteer::{Entry, Gazetteer};
use super::starter::{COMPOUND_TAILS, STARTERS};
use super::words::Words;
use crate::annotation::{Deprel, NameLabel, NameSpan, Upos};
use crate::document::TokenId;
use crate::lexicon::{self, CountryCode, TitleKind};

/// A stretch of tokens that names or titles something.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    pub tokens: Range<TokenId>,
    pub kind: PieceKind,
    /// The country that the piece is, lies in or belongs to, where a lexicon knows.
    pub country: Option<CountryCode>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PieceKind {
    Person,
    Organization,
    /// A news agency or outlet.
    Outlet,
    /// A social medium.
    Platform,
    Country,
    Place,
    Facility,
    /// A government's seat that also stands for the government: "Kremlin".
    Seat,
    /// "German", "Germans".
    Demonym,
    /// "Europe", "European".
    Supranational,
    Event,
    /// A title: "Foreign Minister", "spokesman".
    Title,
    /// A form of address that is no office: "Mr.", "His Majesty", "Sheikh".
    Honorific,
    /// Capitalised, and nothing says what it is.
    Unknown,
}

impl PieceKind {
    /// Whether such a thing can act and speak.
    pub const fn is_body(self) -> bool {
        matches!(
            self,
            PieceKind::Organization | PieceKind::Outlet | PieceKind::Seat
        )
    }

    pub const fn is_place(self) -> bool {
        matches!(
            self,
            PieceKind::Country | PieceKind::Place | PieceKind::Facility | PieceKind::Seat
        )
    }
}

/// Kinds of things that the last word of a name tells.
fn head_kind(lower: &str) -> Option<PieceKind> {
    static HEADS: LazyLock<HashMap<String, PieceKind>> = LazyLock::new(|| {
        lexicon::name_heads()
            .map(|(word, kind)| {
                let kind = match kind {
                    "organization" => PieceKind::Organization,
                    "facility" => PieceKind::Facility,
                    "place" => PieceKind::Place,
                    _ => PieceKind::Event,
                };
                (word.to_owned(), kind)
            })
            .collect()
    });
    HEADS.get(lower).copied()
}

/// Lower-case parts inside a person's name.
fn is_particle(word: &str) -> bool {
    lexicon::is_name_particle(word)
}

/// The names and titles of a document, in order, not overlapping. `labels` give the trained
/// recogniser's view, which decides where no lexicon does.
pub fn find_pieces(words: &Words, labels: &[NameSpan]) -> Vec<Piece> {
    let mut finder = Finder {
        words,
        labels,
        gazetteer: Gazetteer::embedded(),
        pieces: Vec::new(),
    };
    for sentence in &words.document.sentences {
        if sentence
            .region
            .is_none_or(crate::article::RegionKind::is_prose)
        {
            finder.sentence(sentence.tokens.clone());
        }
    }
    let mut pieces = finder.pieces;
    for piece in &mut pieces {
        // "U.N. headquarters": where the body sits.
        if piece.kind == PieceKind::Organization && words.lower(piece.tokens.end) == "headquarters"
        {
            piece.kind = PieceKind::Facility;
            piece.tokens.end += 1;
            piece.country = None;
        }
    }
    settle_unknown(words, labels, &mut pieces);
    settle_titled(words, &mut pieces);
    join_name_parts(words, &mut pieces);
    strip_epithets(words, &mut pieces);
    join_titles(words, &mut pieces);
    split_pairs(words, &mut pieces);
    explain_acronyms(words, &mut pieces);
    pieces
}

/// "Republican Ida Lund", "Crooked Ida Lund", "Ida Lund Says": a word before the given name that
/// is none, a headline's verb behind the name.
fn strip_epithets(words: &Words, pieces: &mut [Piece]) {
    const PARTIES: &[&str] = &[
        "republican",
        "democrat",
        "democratic",
        "conservative",
        "liberal",
        "labour",
        "socialist",
        "libertarian",
        "independent",
        "progressive",
        "communist",
        "tory",
    ];
    const VERBS: &[&str] = &[
        "says",
        "said",
        "tells",
        "calls",
        "slams",
        "urges",
        "vows",
        "warns",
        "denies",
        "claims",
        "asks",
        "announces",
        "wants",
        "accuses",
        "backs",
        "rejects",
    ];
    let opens_name = |at: TokenId| {
        let lower = words.lower(at);
        lexicon::given_name(lower).is_some() || lexicon::is_family_name_first(lower)
    };
    let full: BTreeSet<String> = pieces
        .iter()
        .filter(|p| p.kind == PieceKind::Person && p.tokens.len() >= 2)
        .map(|p| words.text(p.tokens.clone()))
        .collect();
    for piece in pieces.iter_mut() {
        if piece.kind != PieceKind::Person || piece.tokens.len() < 3 {
            continue;
        }
        let first = piece.tokens.start;
        let describes = PARTIES.contains(&words.lower(first))
            || lexicon::is_portfolio_word(words.lower(first))
            || full.contains(&words.text(first + 1..piece.tokens.end))
            || matches!(words.upos(first), Upos::Adj | Upos::Noun | Upos::Adv);
        if describes && !opens_name(first) && opens_name(first + 1) {
            piece.tokens.start += 1;
        }
        if piece.tokens.len() >= 3 && VERBS.contains(&words.lower(piece.tokens.end - 1)) {
            piece.tokens.end -= 1;
        }
    }
}

/// "chief engineer", "Peasant leader": a title that describes the lower-case one after it.
fn join_titles(words: &Words, pieces: &mut Vec<Piece>) {
    let mut at = 0;
    while at + 1 < pieces.len() {
        let (first, second) = (&pieces[at], &pieces[at + 1]);
        let describes = first.kind == PieceKind::Title
            && matches!(second.kind, PieceKind::Title | PieceKind::Honorific)
            && first.tokens.end == second.tokens.start
            && first.tokens.len() == 1
            && !words.is_capital(second.tokens.start)
            && (!words.is_capital(first.tokens.start) || words.is_initial(first.tokens.start))
            && !words.lower(first.tokens.start).ends_with('s');
        if describes {
            pieces[at + 1].tokens.start = pieces[at].tokens.start;
            pieces[at + 1].kind = PieceKind::Title;
            pieces.remove(at);
        } else {
            at += 1;
        }
    }
}

/// "a Berg-Orlov summit": two surnames that stand elsewhere too are two persons.
fn split_pairs(words: &Words, pieces: &mut Vec<Piece>) {
    let surnames: BTreeSet<&str> = pieces
        .iter()
        .filter(|p| p.kind == PieceKind::Person && !has_hyphen(words, p))
        .map(|p| words.lower(p.tokens.end - 1))
        .collect();
    let mut at = 0;
    while at < pieces.len() {
        let tokens = pieces[at].tokens.clone();
        let pair = pieces[at].kind == PieceKind::Person
            && tokens.len() == 3
            && has_hyphen(words, &pieces[at])
            && surnames.contains(words.lower(tokens.start))
            && surnames.contains(words.lower(tokens.end - 1));
        if pair {
            let mut second = pieces[at].clone();
            pieces[at].tokens.end = tokens.start + 1;
            second.tokens.start = tokens.end - 1;
            pieces.insert(at + 1, second);
        }
        at += 1;
    }
}

fn has_hyphen(words: &Words, piece: &Piece) -> bool {
    piece
        .tokens
        .clone()
        .any(|t| matches!(words.lower(t), "-" | "–"))
}

/// "the Harbour People's Party (HPP)": what the article says an acronym is, no lexicon gainsays.
fn explain_acronyms(words: &Words, pieces: &mut [Piece]) {
    let mut meant: BTreeMap<String, (PieceKind, Option<CountryCode>)> = BTreeMap::new();
    for piece in pieces.iter() {
        let open = piece.tokens.end;
        let short = words.word(open + 1);
        let defined = piece.tokens.len() > 1
            && words.lower(open) == "("
            && words.lower(open + 2) == ")"
            && (2..=8).contains(&short.len())
            && short.chars().filter(|c| c.is_uppercase()).count() >= 2;
        if defined && (piece.kind.is_body() || piece.kind == PieceKind::Unknown) {
            meant.insert(short.to_owned(), (PieceKind::Organization, piece.country));
        }
    }
    for piece in pieces.iter_mut().filter(|p| p.tokens.len() == 1) {
        if let Some((kind, country)) = meant.get(words.word(piece.tokens.start)) {
            piece.kind = *kind;
            piece.country = *country;
        }
    }
}

struct Finder<'a> {
    words: &'a Words<'a>,
    labels: &'a [NameSpan],
    gazetteer: &'static Gazetteer,
    pieces: Vec<Piece>,
}

impl Finder<'_> {
    fn sentence(&mut self, sentence: Range<TokenId>) {
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

    fn label_at(&self, at: TokenId) -> Option<&NameSpan> {
        label_at(self.labels, at)
    }

    /// "will host the summit", "refused to captain them": a verb that is a title too.
    fn is_verb(&self, at: TokenId) -> bool {
        let words = self.words;
        let before = words.before(at);
        words.upos(at) == Upos::Verb
            && (precedes_verb(before) || matches!(before, "shall" | "does" | "do" | "'ll"))
    }

    fn push(&mut self, tokens: Range<TokenId>, kind: PieceKind, country: Option<CountryCode>) {
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

    fn title_at(&self, at: TokenId, end: TokenId) -> Option<(TokenId, TitleKind)> {
        self.gazetteer
            .matches(self.words, at)
            .find_map(|(until, entry)| match entry {
                Entry::Title(title) if until <= end => Some((until, title)),
                _ => None,
            })
    }

    /// Whether a capitalised run of name tokens can begin here.
    fn begins_name(&self, at: TokenId) -> bool {
        let words = self.words;
        if !words.is_capital(at) || words.document.tokens[at].span.is_empty() {
            return false;
        }
        if words.lower(at).starts_with('\'') {
            return false;
        }
        if !words.is_initial(at) {
            return words.word(at) != "I" && !is_calendar(words.lower(at));
        }
        let lower = words.lower(at);
        // "US officials": no pronoun, though "us" is one.
        let is_acronym = words.word(at).len() > 1
            && words.word(at).chars().all(char::is_uppercase)
            && words.word(at + 1).chars().any(char::is_lowercase);
        // "New Jersey", "New York Times": the word is part of a known name.
        let opens_known = || {
            let is_name = |entry: Entry| match entry {
                Entry::Place(_) | Entry::Country(_) => true,
                Entry::Organization { .. } => lower != "the",
                _ => false,
            };
            let mut known = self.gazetteer.matches(words, at);
            known.any(|(end, entry)| end > at + 1 && is_name(entry))
        };
        if STARTERS.contains(&lower) && !is_acronym && !opens_known() {
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
    fn run_end(&self, at: TokenId, end: TokenId) -> TokenId {
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
                && !is_calendar(words.lower(next))
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
                let inside = inside || surname;
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
            && !is_calendar(self.words.lower(next))
            && !self.words.lower(next).starts_with('\'');
        if goes_on {
            self.run_end(next, end)
        } else {
            next
        }
    }

    /// The longest lexicon phrase at `at` that can stand here.
    fn best_match(
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
            // "Bangladesh Mahila Parishad": the recogniser sees a longer body.
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

    /// A name whose last word tells its kind: "General Intelligence Department". `start` is where
    /// its unknown words begin, `at` the token looked at.
    fn headed(
        &self,
        start: TokenId,
        at: TokenId,
        end: TokenId,
        sentence_end: TokenId,
    ) -> Option<(TokenId, PieceKind, Option<CountryCode>)> {
        let words = self.words;
        let mut head = None;
        let mut country = None;
        let mut next = at;
        let first_is_title = self.title_at(at, end).is_some();
        while next < end {
            if let Some(kind) = head_kind(words.lower(next)).filter(|_| words.is_capital(next)) {
                let alone = next == start;
                // "Bank of Norway": a head with a name for its complement.
                let of_name = alone
                    && kind == PieceKind::Organization
                    && self.complement(next + 1, sentence_end) > next + 1;
                // "Rep. Park": a title and a surname that is a head too.
                let after_title = kind != PieceKind::Organization
                    && (start..next).any(|t| {
                        // "South Korean Foreign Minister Park Jin"
                        (t == start || words.is_capital(next + 1))
                            && self
                                .title_at(t, end)
                                .is_some_and(|(until, _)| until == next)
                    });
                let alone = alone || after_title;
                if !alone || of_name {
                    head = Some((next, kind));
                }
            } else if let Some((until, entry)) = self.best_match(next, end, None) {
                match entry {
                    Entry::Title(t)
                        if (!matches!(t, TitleKind::Royal | TitleKind::Rank)
                            || first_is_title && next == at)
                        // "Prime Minister's Office" is another matter: the clitic ends the run.
                        && !self.is_inside_headed(until, end) =>
                    {
                        break;
                    }
                    Entry::Country(c) | Entry::Demonym(c) => country = country.or(Some(c)),
                    Entry::Organization { country: c, .. } => country = country.or(c),
                    _ => {}
                }
                if until > next + 1 && !matches!(entry, Entry::Title(_)) {
                    // A known name of its own; a head may still follow it.
                    next = until;
                    continue;
                }
            }
            next += 1;
        }
        let (head, kind) = head?;
        // "Local Administration Minister": a portfolio, no body.
        if lexicon::is_portfolio_word(words.lower(head))
            && self.minister_follows(head + 1, sentence_end)
        {
            return None;
        }
        // A whole known phrase needs no head, unless the head lies beyond it.
        if let Some((until, entry)) = self.best_match(at, sentence_end, None)
            && until > head
            && !matches!(entry, Entry::Title(_))
        {
            return None;
        }
        let mut until = head + 1;
        if kind == PieceKind::Organization || kind == PieceKind::Event {
            until = self.complement(until, sentence_end);
        }
        // "the Conference of Catholic Bishops said": the recogniser sees a body of members.
        let is_body = kind == PieceKind::Event
            && words.before(until).ends_with('s')
            && until > head + 1
            && self
                .label_at(start)
                .is_some_and(|n| n.label == NameLabel::Organization && n.tokens.contains(&head));
        let kind = if is_body {
            PieceKind::Organization
        } else {
            kind
        };
        Some((until, kind, country))
    }

    fn minister_follows(&self, at: TokenId, end: TokenId) -> bool {
        self.title_at(at, end).is_some_and(|(until, _)| {
            matches!(
                self.words.before(until),
                "minister" | "ministers" | "secretary"
            )
        })
    }

    /// Whether a title is part of a longer headed name: "General | Assembly", "General |
    /// Intelligence Service", "Transport Workers | ' Union".
    fn is_inside_headed(&self, until: TokenId, end: TokenId) -> bool {
        let words = self.words;
        let part = |t: &TokenId| {
            words.lower(*t) == "'"
                || words.is_capital(*t)
                    && lexicon::given_name(words.lower(*t)).is_none()
                    && self
                        .label_at(*t)
                        .is_none_or(|n| n.label != NameLabel::Person)
        };
        let adjacent = words.is_capital(until) && head_kind(words.lower(until)).is_some();
        until < end
            && (adjacent
                || (until..end.min(until + 3))
                    .take_while(part)
                    .any(|t| head_kind(words.lower(t)) == Some(PieceKind::Organization)))
    }

    /// "of the Interior and Safety" after a body's head: the token after it.
    fn complement(&self, at: TokenId, end: TokenId) -> TokenId {
        let words = self.words;
        if !matches!(words.lower(at), "of" | "for" | "on" | "against") {
            return at;
        }
        let mut next = at + 1;
        if words.lower(next) == "the" {
            next += 1;
        }
        if next >= end || !words.is_capital(next) || is_calendar(words.lower(next)) {
            return at;
        }
        let first = next;
        next = self.complement_run(first, end);
        while matches!(words.lower(next), "and" | "," | "of")
            && words.is_capital(next + 1)
            && lexicon::is_portfolio_word(words.lower(next + 1))
            && next + 1 < end
        {
            let after = self.complement_run(next + 1, end);
            if after == next + 1 {
                break;
            }
            next = after;
        }
        if next == first { at } else { next }
    }

    /// Capitalised words of a complement, stopping before a person's name.
    fn complement_run(&self, at: TokenId, end: TokenId) -> TokenId {
        let words = self.words;
        let mut next = at;
        while next < end && words.is_capital(next) && !words.lower(next).starts_with('\'') {
            let begins_person = next > at
                && !lexicon::is_portfolio_word(words.lower(next))
                && words.is_capital(next + 1)
                && (lexicon::given_name(words.lower(next)).is_some()
                    || self
                        .label_at(next)
                        .is_some_and(|n| n.label == NameLabel::Person && n.tokens.start == next));
            // "Conference of Catholic Bishops": people whose body it is, not a title before a name.
            let members = words.lower(next).ends_with('s') && !words.is_capital(next + 1);
            if begins_person || self.title_at(next, end).is_some() && next > at && !members {
                break;
            }
            if let Some((until, _)) = self
                .best_match(next, end, None)
                .filter(|(_, e)| !matches!(e, Entry::Title(_)))
            {
                next = until;
            } else {
                next += 1;
            }
        }
        next
    }

    /// Where a title begins when unknown capitalised words before it are its portfolio.
    fn portfolio_start(&self, buffer: Option<TokenId>, title: TokenId, kind: TitleKind) -> TokenId {
        let words = self.words;
        let mut start = title;
        if matches!(kind, TitleKind::Office | TitleKind::Occupation)
            && words.is_capital(title)
            && let Some(b) = buffer
        {
            let known = self.label_at(b).is_some_and(|n| {
                !n.tokens.contains(&title)
                    && matches!(
                        n.label,
                        NameLabel::Person
                            | NameLabel::Location
                            | NameLabel::Organization
                            | NameLabel::Norp
                    )
            });
            let person = (lexicon::given_name(words.lower(b)).is_some() || known)
                && !lexicon::is_portfolio_word(words.lower(b));
            if !person {
                start = b;
            }
        }
        // "Interior and Safety Minister"
        while start >= 2
            && start < title
            && start >= self.words.sentence(title).start + 2
            && matches!(words.before(start), "and" | "&")
            && words.is_capital(start - 2)
            && lexicon::is_portfolio_word(words.lower(start - 2))
        {
            start -= 2;
        }
        while start >= 1
            && start < title
            && words.is_capital(start - 1)
            && lexicon::is_portfolio_word(words.lower(start - 1))
            && self.pieces.last().is_none_or(|p| p.tokens.end < start)
        {
            start -= 1;
        }
        start
    }

    /// The end of a title with the portfolio that follows it: "Minister of Economy and Finance".
    fn with_portfolio(&self, until: TokenId, end: TokenId) -> TokenId {
        let words = self.words;
        let mut next = until;
        if !matches!(words.lower(next), "of" | "for" | "on") {
            return until;
        }
        next += 1;
        if words.lower(next) == "the" {
            next += 1;
        }
        let first = next;
        // "Speaker of the National Assembly": a body, no portfolio.
        if self
            .headed(first, first, self.run_end(first, end), end)
            .is_some_and(|(_, kind, _)| kind == PieceKind::Organization)
        {
            return until;
        }
        loop {
            let from = next;
            while next < end
                && self.is_portfolio(next, end)
                && (words.is_capital(next) || next == first)
                && !matches!(
                    self.best_match(next, end, None),
                    Some((_, Entry::Country(_) | Entry::Organization { .. }))
                )
            {
                next += 1;
            }
            if next == from {
                // Nothing after the last conjunction.
                return if from == first { until } else { from - 1 };
            }
            // "Environment, Water, and Agriculture"
            let and = if words.lower(next) == "," && words.lower(next + 1) == "and" {
                next + 1
            } else {
                next
            };
            let closes = words.lower(and) == "and" && self.closes_portfolio(and + 1);
            let joins = matches!(words.lower(and), "and" | "," | "&")
                && and + 1 < end
                && words.is_capital(and + 1)
                && (self.is_portfolio(and + 1, end) || closes);
            if !joins {
                return next;
            }
            next = and + 1;
            if closes && !self.is_portfolio(next, end) {
                return next + 1;
            }
        }
    }

    /// "Minister of Health and *Prevention*": a last unknown word that names nothing else.
    fn closes_portfolio(&self, at: TokenId) -> bool {
        let words = self.words;
        words.is_capital(at)
            && !words.is_capital(at + 1)
            && self.label_at(at).is_none()
            && lexicon::given_name(words.lower(at)).is_none()
            && self.gazetteer.matches(words, at).next().is_none()
            && words.xpos(at) != crate::annotation::Xpos::Nnps
    }

    /// Whether a word belongs to a portfolio: a known one, or one that leads to a known one
    /// ("*Scientific* Research") and begins no person's name.
    fn is_portfolio(&self, at: TokenId, end: TokenId) -> bool {
        let words = self.words;
        if lexicon::is_portfolio_word(words.lower(at)) {
            return true;
        }
        let leads = at + 1 < end
            && words.is_capital(at)
            && words.is_capital(at + 1)
            && lexicon::is_portfolio_word(words.lower(at + 1));
        leads
            && lexicon::given_name(words.lower(at)).is_none()
            && self
                .label_at(at)
                .is_none_or(|n| n.label != NameLabel::Person)
            && self.gazetteer.matches(words, at).next().is_none()
    }

    /// Classifies unknown capitalised tokens.
    fn flush(&mut self, tokens: Range<TokenId>) {
        let tokens = self.trimmed(tokens);
        if tokens.is_empty() {
            return;
        }
        let kind = self.classify(tokens.clone());
        self.push(tokens, kind, None);
    }

    /// Without a sentence's ordinary first word, hyphens and conjunctions at the ends.
    fn trimmed(&self, tokens: Range<TokenId>) -> Range<TokenId> {
        let words = self.words;
        let mut tokens = tokens;
        while tokens.end > tokens.start && matches!(words.lower(tokens.end - 1), "-" | "&" | "and")
        {
            tokens.end -= 1;
        }
        while tokens.end > tokens.start && matches!(words.lower(tokens.start), "-" | "&") {
            tokens.start += 1;
        }
        let ordinary = tokens.len() >= 3
            && words.is_initial(tokens.start)
            && lexicon::given_name(words.lower(tokens.start)).is_none()
            && lexicon::given_name(words.lower(tokens.start + 1)).is_some();
        if ordinary {
            tokens.start += 1;
        }
        tokens
    }

    fn classify(&self, tokens: Range<TokenId>) -> PieceKind {
        let words = self.words;
        let first = words.lower(tokens.start);
        let follows_title = self.pieces.last().is_some_and(|p| {
            p.tokens.end == tokens.start
                && matches!(p.kind, PieceKind::Title | PieceKind::Honorific)
        });
        let is_acronym = tokens.len() == 1
            && words
                .word(tokens.start)
                .chars()
                .filter(|c| c.is_uppercase())
                .count()
                >= 2
            && !words.word(tokens.start).chars().any(char::is_lowercase);
        // "Queen City", "Commander-in-Chief Forum": the last word tells that it is nobody.
        let last = head_kind(words.lower(tokens.end - 1)).filter(|_| tokens.len() == 1);
        if let Some(kind) =
            last.filter(|_| follows_title && self.label(tokens.clone()) != Some(PieceKind::Person))
        {
            return kind;
        }
        if follows_title && !is_acronym {
            return PieceKind::Person;
        }
        if is_acronym {
            return PieceKind::Organization;
        }
        if let Some(kind) = self.label(tokens.clone()) {
            return kind;
        }
        let has_initial = tokens
            .clone()
            .skip(1)
            .any(|t| words.word(t).len() == 2 && words.word(t).ends_with('.'))
            || words.word(tokens.start).contains('.') && tokens.len() > 1;
        let has_particle = tokens.clone().any(|t| is_particle(words.lower(t)));
        let is_given = lexicon::given_name(first).is_some();
        let is_family_first =
            lexicon::is_family_name_first(first) && tokens.len() >= 2 && tokens.len() <= 4;
        let determined = matches!(words.before(tokens.start), "the" | "a" | "an");
        let ordinary = tokens
            .clone()
            .any(|t| words.seen_lower(words.lower(t)) > 0 && !is_particle(words.lower(t)));
        if tokens.len() == 1 {
            return PieceKind::Unknown;
        }
        let mut score = 0;
        score += if is_given { 2 } else { 0 };
        score +=
            i32::from(has_initial) * 2 + i32::from(has_particle) + i32::from(is_family_first) * 2;
        score += i32::from((2..=4).contains(&tokens.len()));
        score -= i32::from(determined) * 3 + i32::from(ordinary) * 2;
        score += i32::from(self.has_person_context(tokens.clone())) * 2;
        score += i32::from(self.follows_titled_comma(tokens.start)) * 2;
        if score >= 2 {
            PieceKind::Person
        } else {
            PieceKind::Unknown
        }
    }

    /// What the trained recogniser says, where its span fits.
    fn label(&self, tokens: Range<TokenId>) -> Option<PieceKind> {
        let name = self
            .label_at(tokens.start)
            .or_else(|| self.label_at(tokens.end - 1))?;
        let overlap = name
            .tokens
            .end
            .min(tokens.end)
            .saturating_sub(name.tokens.start.max(tokens.start));
        (overlap * 2 >= tokens.len()).then(|| label_kind(name.label))?
    }

    /// "the French ambassador to Kenya, Luc Berthelot": a title's noun phrase and a comma before it.
    fn follows_titled_comma(&self, at: TokenId) -> bool {
        let words = self.words;
        at > 0
            && words.before(at) == ","
            && self.pieces.iter().rev().take(3).any(|p| {
                p.kind == PieceKind::Title
                    && p.tokens.end + 8 > at
                    && !(p.tokens.end..at - 1).any(|t| matches!(words.lower(t), "," | "." | "and"))
            })
    }

    /// An age after it, or a verb of saying beside it.
    fn has_person_context(&self, tokens: Range<TokenId>) -> bool {
        let words = self.words;
        let age = words.lower(tokens.end) == ","
            && words
                .lower(tokens.end + 1)
                .parse::<u8>()
                .is_ok_and(|n| (10..=110).contains(&n))
            && words.lower(tokens.end + 2) == ",";
        let said = |at: TokenId| {
            matches!(
                words.lower(at),
                "said" | "says" | "told" | "added" | "wrote" | "who"
            )
        };
        let who = words.lower(tokens.end) == "," && words.lower(tokens.end + 1) == "who";
        age || who
            || said(tokens.end)
            || tokens.start > 0
                && matches!(
                    words.before(tokens.start),
                    "said" | "says" | "added" | "wrote"
                )
    }
}

/// The recognised name that holds a token.
fn label_at(labels: &[NameSpan], at: TokenId) -> Option<&NameSpan> {
    let i = labels.partition_point(|n| n.tokens.end <= at);
    labels.get(i).filter(|n| n.tokens.contains(&at))
}

fn label_kind(label: NameLabel) -> Option<PieceKind> {
    Some(match label {
        NameLabel::Person => PieceKind::Person,
        NameLabel::Organization => PieceKind::Organization,
        NameLabel::Location => PieceKind::Place,
        NameLabel::Facility => PieceKind::Facility,
        _ => return None,
    })
}

fn is_calendar(lower: &str) -> bool {
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

/// "Amir Hosseini" of one whose full name is Reza Amir Hosseini: what looks like a title
/// is part of the name.
fn join_name_parts(words: &Words, pieces: &mut Vec<Piece>) {
    let full: Vec<Vec<&str>> = pieces
        .iter()
        .filter(|p| p.kind == PieceKind::Person && p.tokens.len() >= 3)
        .map(|p| p.tokens.clone().map(|t| words.lower(t)).collect())
        .collect();
    let mut at = 0;
    while at + 1 < pieces.len() {
        let (first, second) = (&pieces[at], &pieces[at + 1]);
        // "Vesela | Ilieva": an unknown first name that was taken for something else.
        let split = first.tokens.end == second.tokens.start
            && second.kind == PieceKind::Person
            && second.tokens.len() == 1
            && first.tokens.len() == 1
            && first.country.is_none()
            && matches!(
                first.kind,
                PieceKind::Place | PieceKind::Unknown | PieceKind::Person
            );
        if split {
            pieces[at + 1].tokens.start = pieces[at].tokens.start;
            pieces.remove(at);
            continue;
        }
        let adjacent = first.tokens.end == second.tokens.start
            && matches!(first.kind, PieceKind::Title | PieceKind::Honorific)
            && second.kind == PieceKind::Person;
        let both: Vec<&str> = (first.tokens.start..second.tokens.end)
            .map(|t| words.lower(t))
            .collect();
        let inside = adjacent
            && full
                .iter()
                .any(|name| name.len() > both.len() && name.windows(both.len()).any(|w| w == both));
        if inside {
            pieces[at + 1].tokens.start = pieces[at].tokens.start;
            pieces.remove(at);
        } else {
            at += 1;
        }
    }
}

/// Decides single and unknown names by the rest of the document: a surname alone is the person
/// whose full name stands elsewhere; a name after "in" is a place.
fn settle_unknown(words: &Words, labels: &[NameSpan], pieces: &mut [Piece]) {
    let mut parts: BTreeSet<String> = BTreeSet::new();
    let mut whole: BTreeMap<String, PieceKind> = BTreeMap::new();
    for piece in pieces.iter() {
        if piece.kind == PieceKind::Person {
            parts.extend(piece.tokens.clone().map(|t| words.lower(t).to_owned()));
        }
        if !matches!(
            piece.kind,
            PieceKind::Unknown | PieceKind::Title | PieceKind::Honorific
        ) {
            whole
                .entry(words.text(piece.tokens.clone()))
                .or_insert(piece.kind);
        }
    }
    let families = families_alone(words, pieces);
    for piece in pieces.iter_mut() {
        let tokens = piece.tokens.clone();
        if piece.kind == PieceKind::Place && families.contains(&words.text(tokens.clone())) {
            piece.kind = PieceKind::Person;
            piece.country = None;
            continue;
        }
        let doubtful = matches!(piece.kind, PieceKind::Unknown)
            || matches!(piece.kind, PieceKind::Place | PieceKind::Organization)
                && piece.country.is_none()
                && tokens.len() == 1
                && words.word(tokens.start).chars().any(char::is_lowercase);
        if !doubtful {
            continue;
        }
        let is_part = tokens.clone().all(|t| {
            parts.contains(words.lower(t)) || words.lower(t) == "-" || is_particle(words.lower(t))
        });
        let before = words.before(tokens.start);
        piece.kind = if is_part && !matches!(before, "the") {
            PieceKind::Person
        } else if piece.kind != PieceKind::Unknown {
            piece.kind
        } else if let Some(kind) = whole.get(&words.text(tokens.clone())) {
            *kind
        } else if matches!(before, "in" | "near" | "from")
            && label_at(labels, tokens.start).is_none()
        {
            PieceKind::Place
        } else {
            PieceKind::Unknown
        };
    }
}

/// "Pope Leo", "President Jan Nowak": what stands between a title and its end is a person's name,
/// whatever else bears it.
fn settle_titled(words: &Words, pieces: &mut [Piece]) {
    let is_title = |piece: &Piece, before: TokenId| {
        matches!(piece.kind, PieceKind::Title | PieceKind::Honorific)
            && piece.tokens.end == before
            && words.is_capital(before - 1)
    };
    let mut at = 1;
    while at < pieces.len() {
        let (title, start) = (&pieces[at - 1], pieces[at].tokens.start);
        let is_town = pieces[at].kind == PieceKind::Place && pieces[at].tokens.len() == 1;
        // "Mason City" is a town.
        let is_head = head_kind(words.lower(start)).is_some();
        if is_town && !is_head && is_title(title, start) {
            pieces[at].kind = PieceKind::Person;
            pieces[at].country = None;
        }
        // A first name that no list knows, before the family name.
        let is_single = pieces[at].kind == PieceKind::Person && pieces[at].tokens.len() == 1;
        let first = start.saturating_sub(1);
        let is_free = !pieces[at - 1].tokens.contains(&first);
        if is_single && is_free && words.is_capital(first) && is_title(&pieces[at - 1], first) {
            pieces[at].tokens.start = first;
        }
        at += 1;
    }
}

/// Family names of persons of the article that are names of towns too, where nothing in it speaks
/// of the town: "Anna Bergen … Bergen said".
fn families_alone(words: &Words, pieces: &[Piece]) -> BTreeSet<String> {
    let is_person = |p: &&Piece| p.kind == PieceKind::Person && p.tokens.len() > 1;
    let mut families: BTreeSet<String> = pieces
        .iter()
        .filter(is_person)
        .map(|p| words.word(p.tokens.end - 1).to_owned())
        .collect();
    for piece in pieces.iter().filter(|p| p.kind == PieceKind::Place) {
        let at = piece.tokens.start;
        let is_there = matches!(
            words.before(at),
            "in" | "near"
                | "from"
                | "to"
                | "at"
                | "of"
                | "outside"
                | "around"
                | "toward"
                | "towards"
                | "into"
                | "through"
                | "across"
                | "the"
        );
        // "Bergen, Norway", "the Bergen mayor"
        let next = piece.tokens.end;
        let is_town = words.lower(next) == ","
            && pieces.iter().any(|p| {
                p.tokens.start == next + 1
                    && matches!(p.kind, PieceKind::Country | PieceKind::Place)
            });
        let is_modifier = matches!(words.deprel(at), Deprel::Compound | Deprel::Amod);
        if is_there || is_town || is_modifier {
            families.remove(&words.text(piece.tokens.clone()));
        }
    }
    families
}
