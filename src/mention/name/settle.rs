//! What the rest of the document says of the pieces that were found: parts joined, words taken off
//! that are no part of a name, unknown names settled.

use std::collections::{BTreeMap, BTreeSet};

use super::{Piece, PieceKind, head_kind, is_common_word, is_headline, is_particle, label_at};
use crate::annotation::{Deprel, NameLabel, NameSpan, Upos};
use crate::document::TokenId;
use crate::lexicon::{self, CountryCode, Epithet};
use crate::mention::starter::STARTERS;
use crate::mention::words::Words;

/// "Republican Ida Lund", "Crooked Ida Lund", "Ida Lund Says": a word before the given name that
/// is none, a headline's verb behind the name.
pub(super) fn strip_epithets(words: &Words, pieces: &mut [Piece]) {
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
        let describes = lexicon::epithet(words.lower(first)) == Some(Epithet::Party)
            || lexicon::is_portfolio_word(words.lower(first))
            || full.contains(&words.text(first + 1..piece.tokens.end))
            || matches!(words.upos(first), Upos::Adj | Upos::Noun | Upos::Adv);
        if describes && !opens_name(first) && opens_name(first + 1) {
            piece.tokens.start += 1;
        }
        let last = words.lower(piece.tokens.end - 1);
        if piece.tokens.len() >= 3 && lexicon::epithet(last) == Some(Epithet::HeadlineVerb) {
            piece.tokens.end -= 1;
        }
    }
}

/// "Ida Lund Invited", "Missed Chance": common words of a headline at the ends of a person's name,
/// which have their capital for being there.
pub(super) fn trim_in_headlines(words: &Words, labels: &[NameSpan], pieces: &mut [Piece]) {
    let is_common = |at: TokenId| {
        let lower = words.lower(at);
        lexicon::given_name(lower).is_none()
            && !is_particle(lower)
            && (is_common_word(lower) || lexicon::epithet(lower).is_some())
    };
    let mut headline = (0..0, false);
    for piece in pieces.iter_mut() {
        let tokens = &mut piece.tokens;
        if !headline.0.contains(&tokens.start) {
            let sentence = words.sentence(tokens.start);
            headline = (sentence.clone(), is_headline(words, sentence));
        }
        let is_seen = label_at(labels, tokens.start)
            .is_some_and(|n| n.label == NameLabel::Person && n.tokens == *tokens);
        if piece.kind != PieceKind::Person || is_seen && tokens.len() == 2 || !headline.1 {
            continue;
        }
        if tokens.clone().all(is_common) {
            piece.kind = PieceKind::Unknown;
            continue;
        }
        let is_given = |at: TokenId| lexicon::given_name(words.lower(at)).is_some();
        // "Ida Young" keeps her family name.
        while tokens.len() > 1
            && is_common(tokens.end - 1)
            && (tokens.len() > 2 || !is_given(tokens.start))
        {
            tokens.end -= 1;
        }
        while tokens.len() > 1 && is_common(tokens.start) {
            tokens.start += 1;
        }
    }
}

/// "chief engineer", "Peasant leader": a title that describes the lower-case one after it.
pub(super) fn join_titles(words: &Words, pieces: &mut Vec<Piece>) {
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
pub(super) fn split_pairs(words: &Words, pieces: &mut Vec<Piece>) {
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
pub(super) fn explain_acronyms(words: &Words, pieces: &mut [Piece]) {
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

/// "Amir Hosseini" of one whose full name is Reza Amir Hosseini: what looks like a title
/// is part of the name.
pub(super) fn join_name_parts(words: &Words, pieces: &mut Vec<Piece>) {
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

/// "North Florida", "eastern Oslo": a point of the compass belongs to the place after it.
pub(super) fn join_compass(words: &Words, pieces: &mut Vec<Piece>) {
    let mut at = 1;
    while at < pieces.len() {
        let (first, second) = (&pieces[at - 1], &pieces[at]);
        let is_compass = first.tokens.len() == 1
            && first.kind == PieceKind::Place
            && matches!(
                words.lower(first.tokens.start),
                "north"
                    | "south"
                    | "east"
                    | "west"
                    | "northern"
                    | "southern"
                    | "eastern"
                    | "western"
                    | "central"
            );
        if is_compass && second.kind == PieceKind::Place && first.tokens.end == second.tokens.start
        {
            let start = first.tokens.start;
            pieces[at].tokens.start = start;
            pieces.remove(at - 1);
        } else {
            at += 1;
        }
    }
}

/// "R-Iowa", "D-N.Y.": a party and a state, of which the state is a name.
pub(super) fn split_affiliations(words: &Words, pieces: &mut [Piece]) {
    for piece in pieces.iter_mut() {
        let start = piece.tokens.start;
        let is_party = matches!(words.word(start), "R" | "D" | "I") && words.word(start + 1) == "-";
        if is_party && piece.tokens.len() > 2 {
            piece.tokens.start += 2;
            piece.kind = PieceKind::Place;
            piece.country = "US".parse().ok();
        }
    }
}

/// Decides single and unknown names by the rest of the document: a surname alone is the person
/// whose full name stands elsewhere; a name after "in" is a place.
pub(super) fn settle_unknown(words: &Words, labels: &[NameSpan], pieces: &mut [Piece]) {
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
pub(super) fn settle_titled(words: &Words, pieces: &mut [Piece]) {
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
        let is_free = !pieces[at - 1].tokens.contains(&first)
            && !STARTERS.contains(&words.lower(first))
            && !matches!(words.upos(first), Upos::Adp | Upos::Det | Upos::Verb);
        if is_single && is_free && words.is_capital(first) && is_title(&pieces[at - 1], first) {
            pieces[at].tokens.start = first;
        }
        at += 1;
    }
}

/// Family names of persons of the article that are names of towns too, where the article does not speak
/// of the town: "Anna Bergen … Bergen said".
fn families_alone(words: &Words, pieces: &[Piece]) -> BTreeSet<String> {
    let is_person = |p: &&Piece| p.kind == PieceKind::Person && p.tokens.len() > 1;
    let families: BTreeSet<&str> = pieces
        .iter()
        .filter(is_person)
        .map(|p| words.word(p.tokens.end - 1))
        .collect();
    // How often it is a town's, certainly and perhaps, and how often the name stands there.
    let mut counts: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    for (at, piece) in pieces.iter().enumerate() {
        let name = words.word(piece.tokens.start);
        let is_town = piece.kind == PieceKind::Place && piece.tokens.len() == 1;
        if is_town && families.contains(name) {
            let (certain, perhaps) = stands_for_town(words, piece, pieces.get(at + 1));
            let count = counts.entry(name).or_default();
            count.0 += usize::from(certain);
            count.1 += usize::from(certain || perhaps);
            count.2 += 1;
        }
    }
    counts
        .into_iter()
        .filter(
            |(name, (certain, perhaps, all))| match lexicon::city_named(name) {
                Some(city) if city.population >= lexicon::LARGE_TOWN => *perhaps == 0,
                _ => certain * 3 < *all,
            },
        )
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// Whether the words around a name say that it is a town's: "in Bergen", "Bergen, Norway" for certain; perhaps
/// "from Bergen", "the Bergen mayor", which could be said of a person too.
fn stands_for_town(words: &Words, piece: &Piece, following: Option<&Piece>) -> (bool, bool) {
    let (at, next) = (piece.tokens.start, piece.tokens.end);
    let before = words.before(at);
    let is_inside = matches!(
        before,
        "in" | "near" | "outside" | "around" | "into" | "through" | "across"
    );
    let is_of_country = words.lower(next) == ","
        && following.is_some_and(|p| {
            p.tokens.start == next + 1 && matches!(p.kind, PieceKind::Country | PieceKind::Place)
        });
    let is_there = matches!(
        before,
        "from" | "to" | "at" | "of" | "toward" | "towards" | "the"
    );
    let is_modifier = matches!(words.deprel(at), Deprel::Compound | Deprel::Amod);
    (is_inside || is_of_country, is_there || is_modifier)
}
