//! What is always true of an annotation; used by the tests and by `fuzz/`.

use newsgraph::annotation::{Annotation, Deprel};
use newsgraph::document::Document;

/// One root a sentence, every word reaches it, nothing leaves the sentence; names do not either.
pub fn check(document: &Document, annotation: &Annotation) {
    assert_eq!(document.tokens.len(), annotation.tokens.len());
    let mut end = 0;
    for token in &document.tokens {
        assert!(
            token.span.start >= end,
            "tokens are in order and do not overlap"
        );
        assert!(!token.span.of(&document.text).is_empty());
        end = token.span.end;
    }
    let mut next = 0;
    for sentence in &document.sentences {
        assert_eq!(sentence.tokens.start, next, "sentences tile the tokens");
        next = sentence.tokens.end;
        let roots = sentence
            .tokens
            .clone()
            .filter(|&id| annotation.head(id).is_none())
            .count();
        assert_eq!(roots, 1, "in {:?}", sentence.span.of(&document.text));
        let mut reached = 0;
        let mut open: Vec<usize> = sentence
            .tokens
            .clone()
            .filter(|&id| annotation.head(id).is_none())
            .collect();
        while let Some(id) = open.pop() {
            assert!(sentence.tokens.contains(&id));
            assert_eq!(
                annotation.tokens[id].deprel == Deprel::Root,
                annotation.head(id).is_none()
            );
            reached += 1;
            open.extend_from_slice(annotation.children(id));
        }
        assert_eq!(
            reached,
            sentence.tokens.len(),
            "every word hangs under the root"
        );
    }
    assert_eq!(next, document.tokens.len());
    for name in &annotation.names {
        assert_eq!(
            document.sentence_of(name.tokens.start),
            document.sentence_of(name.tokens.end - 1)
        );
    }
}
