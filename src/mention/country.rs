//! Countries that a lexicon gives to a name which other things bear too: believed where the article speaks
//! of the country, or of none.

use std::collections::BTreeSet;

use super::name::{Piece, PieceKind};
use super::words::Words;
use crate::lexicon::{self, City, CountryCode, OrganizationKind};

/// A town of the name that is smaller than this part of the largest is not meant.
const SMALLEST_SHARE: u32 = 6;
/// The letters of an acronym at most.
const ACRONYM: usize = 5;

/// Doubts the countries of towns, acronyms and bodies named after their task alone, if the article
/// speaks of other countries and not of theirs. "Manchester" is in the United States if they are what
/// the article speaks of; "DFA" is the Philippines' foreign ministry in news of Manila, and else unknown.
pub(super) fn doubt_namesakes(words: &Words, pieces: &mut [Piece]) {
    let doubts: Vec<Option<Doubt>> = pieces.iter().map(|p| doubt(words, p)).collect();
    let spoken_of: BTreeSet<CountryCode> = pieces
        .iter()
        .zip(&doubts)
        .filter(|(_, doubt)| doubt.is_none())
        .filter_map(|(piece, _)| piece.country)
        .collect();
    if spoken_of.is_empty() {
        return;
    }
    let located = located_names(words, pieces);
    for (piece, doubt) in pieces.iter_mut().zip(doubts) {
        let Some(doubt) = doubt else { continue };
        if piece.country.is_none_or(|c| spoken_of.contains(&c)) {
            continue;
        }
        match doubt {
            Doubt::Body => piece.country = None,
            Doubt::Town(city) => {
                if let Some(country) = namesake(city, &spoken_of) {
                    piece.country = Some(country);
                } else if city.population < lexicon::LARGE_TOWN && !located.contains(city.name) {
                    piece.country = None;
                }
            }
        }
    }
}

/// What may bear the name of something else.
#[derive(Clone, Copy)]
enum Doubt {
    Body,
    Town(&'static City),
}

fn doubt(words: &Words, piece: &Piece) -> Option<Doubt> {
    let name = words.text(piece.tokens.clone());
    match piece.kind {
        PieceKind::Place => {
            let city = lexicon::city_named(&name)?;
            lexicon::capital_of(city.name)
                .is_none()
                .then_some(Doubt::Town(city))
        }
        PieceKind::Seat => {
            let is_common = lexicon::is_generic_body(&name.to_lowercase());
            is_common.then_some(Doubt::Body)
        }
        PieceKind::Organization => {
            let is_acronym = name.len() <= ACRONYM && name.bytes().all(|b| b.is_ascii_uppercase());
            let is_namesake = match lexicon::organization_named(&name).map(|body| body.kind) {
                Some(OrganizationKind::Company) => false,
                Some(OrganizationKind::Public) => !name.split(' ').any(tells_country),
                _ => is_acronym || lexicon::is_generic_body(&name.to_lowercase()),
            };
            is_namesake.then_some(Doubt::Body)
        }
        _ => None,
    }
}

/// The one country spoken of that has a town of the name too, not much smaller.
fn namesake(city: &City, spoken_of: &BTreeSet<CountryCode>) -> Option<CountryCode> {
    let others: BTreeSet<CountryCode> = lexicon::geo_places_named(city.name)
        .filter(|place| place.population >= city.population / SMALLEST_SHARE)
        .map(|place| place.country)
        .filter(|country| spoken_of.contains(country))
        .collect();
    others.first().copied().filter(|_| others.len() == 1)
}

/// Names that stand behind "in" or "at" somewhere, as people's do not.
fn located_names(words: &Words, pieces: &[Piece]) -> BTreeSet<String> {
    pieces
        .iter()
        .filter(|p| p.kind == PieceKind::Place && p.tokens.start > 0)
        .filter(|p| {
            matches!(
                words.lower(p.tokens.start - 1),
                "in" | "at" | "near" | "outside"
            )
        })
        .map(|p| words.text(p.tokens.clone()))
        .collect()
}

fn tells_country(word: &str) -> bool {
    let is_country = lexicon::country_named(word).or_else(|| lexicon::demonym(word));
    is_country.or_else(|| lexicon::city_country(word)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::NameSpan;
    use crate::document::Document;
    use crate::mention::name::find_pieces;

    fn country(text: &str, name: &str) -> Option<String> {
        let document = Document::new(text, &[]);
        let words = Words::new(&document);
        let mut pieces = find_pieces(&words, &[] as &[NameSpan]);
        doubt_namesakes(&words, &mut pieces);
        let piece = pieces
            .iter()
            .find(|p| words.text(p.tokens.clone()) == name)?;
        Some(
            piece
                .country
                .map_or("none".to_owned(), |c| c.as_str().to_owned()),
        )
    }

    #[test]
    fn a_namesake_needs_its_country() {
        let there = "Officials in Manila said the DFA had called the ambassador.";
        assert_eq!(country(there, "DFA").as_deref(), Some("PH"));
        let elsewhere = "Officials in Texas said the DFA had called its members.";
        assert_eq!(country(elsewhere, "DFA").as_deref(), Some("none"));
        let town = "Voters went to Manchester in the United States.";
        assert_eq!(country(town, "Manchester").as_deref(), Some("US"));
        let alone = "The DFA had called the ambassador.";
        assert_eq!(country(alone, "DFA").as_deref(), Some("PH"));
    }
}
