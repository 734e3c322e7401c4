//! Words in capitals that the recogniser of names takes for bodies, for most such words are: "DNA", "TV",
//! "World War II".

use super::name::{Piece, PieceKind};
use super::words::Words;
use crate::lexicon;

/// Unnames abbreviations of things, numerals and single letters.
pub(super) fn unname_things(words: &Words, pieces: &mut [Piece]) {
    for piece in pieces.iter_mut() {
        let word = words.word(piece.tokens.start);
        let is_body = matches!(
            piece.kind,
            PieceKind::Organization | PieceKind::Place | PieceKind::Person
        ) && piece.tokens.len() == 1
            && piece.country.is_none();
        if is_body && (lexicon::is_thing_in_capitals(word) || is_numeral(word)) {
            piece.kind = PieceKind::Unknown;
        }
    }
}

/// Letters of Roman numbers below fifty; not "I", a word, and no family name ("XI" in a headline).
fn is_numeral(word: &str) -> bool {
    word.len() > 1
        && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
        && !lexicon::is_family_name_first(&word.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    #[test]
    fn things_are_no_bodies() {
        let document = Document::new("DNA of NDP II was no VLE of XI .", &[]);
        let words = Words::new(&document);
        let piece = |at: usize| Piece {
            tokens: at..at + 1,
            kind: PieceKind::Organization,
            country: None,
        };
        let mut pieces: Vec<Piece> = [0, 2, 3, 6, 8].map(piece).into();
        unname_things(&words, &mut pieces);
        let kept: Vec<&str> = pieces
            .iter()
            .filter(|p| p.kind == PieceKind::Organization)
            .map(|p| words.word(p.tokens.start))
            .collect();
        assert_eq!(kept, ["NDP", "VLE", "XI"]);
    }
}
