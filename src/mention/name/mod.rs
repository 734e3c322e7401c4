//! Names and titles: capitalised runs cut into persons, bodies, places, peoples and titles.

mod body;
mod classify;
mod portfolio;
mod run;
mod settle;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use self::run::Finder;
use self::settle::{
    explain_acronyms, join_compass, join_name_parts, join_titles, settle_titled, settle_unknown,
    split_affiliations, split_pairs, strip_epithets, trim_in_headlines,
};
use super::gazetteer::Gazetteer;
use super::starter::STARTERS;
use super::words::Words;
use crate::annotation::{NameLabel, NameSpan, Upos};
use crate::document::TokenId;
use crate::lexicon::{self, CountryCode, Epithet};

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
        is_headline: false,
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
    split_affiliations(words, &mut pieces);
    join_compass(words, &mut pieces);
    settle_unknown(words, labels, &mut pieces);
    settle_titled(words, &mut pieces);
    join_name_parts(words, &mut pieces);
    strip_epithets(words, &mut pieces);
    trim_in_headlines(words, labels, &mut pieces);
    join_titles(words, &mut pieces);
    split_pairs(words, &mut pieces);
    explain_acronyms(words, &mut pieces);
    pieces
}

/// Whether the news has a word, in some form of it, that is no name.
fn is_common_word(lower: &str) -> bool {
    let known = |stem: &str| lexicon::share_of_articles(stem) > 0.0;
    ["", "s", "es", "ed", "d", "ly", "ing"]
        .iter()
        .any(|end| lower.strip_suffix(end).is_some_and(known))
        || lower
            .strip_suffix("ies")
            .is_some_and(|stem| known(&format!("{stem}y")))
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

/// Whether a sentence has capitals as headlines have: on nearly all its words, verbs among them.
fn is_headline(words: &Words, sentence: Range<TokenId>) -> bool {
    let all = || sentence.clone().filter(|t| words.is_word(*t));
    let capitals = all().filter(|t| words.is_capital(*t));
    let (count, capital) = (all().count(), capitals.clone().count());
    let is_plain = |t: TokenId| {
        let lower = words.lower(t);
        !words.is_initial(t)
            && (matches!(words.upos(t), Upos::Verb | Upos::Aux | Upos::Pron)
                || lexicon::epithet(lower) == Some(Epithet::HeadlineVerb)
                || STARTERS.contains(&lower))
    };
    count >= 5 && capital * 4 >= count * 3 && capitals.into_iter().any(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    #[test]
    fn common_words_in_any_form() {
        for word in ["companies", "company", "announces", "charged"] {
            assert!(is_common_word(word), "{word}");
        }
        for word in ["lund", "adeyemi", "petrovic"] {
            assert!(!is_common_word(word), "{word}");
        }
    }

    #[test]
    fn headlines_capitalise_what_is_no_name() {
        let is_head = |text: &str| {
            let document = Document::new(text, &[]);
            is_headline(&Words::new(&document), 0..document.tokens.len())
        };
        assert!(is_head("Lund Says She Will Not Run After All"));
        assert!(!is_head(
            "Foreign Minister Ida Lund, Norwegian Labour Party"
        ));
        assert!(!is_head("Lund says that she will not run"));
    }
}
