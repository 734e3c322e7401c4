//! Headlines and sub-headlines within a text.

use super::layout::{Paragraph, ends_sentence};

const LONGEST: usize = 160;
const MOST_WORDS: usize = 22;

/// Whether the paragraph `index` is a headline: a short line that is no sentence, between
/// finished paragraphs. `is_first`: no prose stands before it.
pub(super) fn is_headline(
    text: &str,
    paragraphs: &[Paragraph],
    index: usize,
    is_first: bool,
) -> bool {
    let line = paragraphs[index].span.of(text);
    let Some(next) = paragraphs.get(index + 1) else {
        return false;
    };
    if line.starts_with('#') && line.trim_start_matches('#').starts_with(' ') {
        return line.len() <= LONGEST * 2;
    }
    if !is_title_like(line) {
        return false;
    }
    let asks = line.ends_with(['?', '!']) && is_first && index == 0;
    let open = !ends_sentence(line) && !line.ends_with([',', ';', '-', '–', '—', '…']);
    if !open && !asks {
        return false;
    }
    // A line that breaks off within a sentence goes on with a small letter.
    let next = next.span.of(text);
    if next.starts_with(char::is_lowercase) {
        return false;
    }
    if is_first {
        return next.len() > line.len() || paragraphs[index].blank_after;
    }
    let before = paragraphs[index - 1].span.of(text);
    ends_sentence(before) || is_title_like(before)
}

/// Short, begins like a title, and is no quotation, list item, label or unfinished statement.
pub(super) fn is_title_like(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let first = line.trim_start_matches(['‘', '“', '\'', '"', '*', '«', '#', ' ', '(']);
    let begins = first.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let is_item = line.starts_with(['-', '•', '–', '—', '·', '|', '(', '[', '{', '@']);
    // `“So be it,” he said` lacks its stop only by an oversight.
    let quotes = [",”", ",\"", ",’ ", ",' ", "”,", "\",", ".” ", ".\" "]
        .iter()
        .any(|q| line.contains(q));
    (2..=MOST_WORDS).contains(&words) && line.len() <= LONGEST && begins && !is_item && !quotes
}

/// A headline without the marks that Markdown puts around it.
pub(super) fn bare(line: &str) -> &str {
    line.trim_start_matches('#').trim().trim_matches(['*', '_'])
}

#[cfg(test)]
mod tests {
    use super::super::layout::paragraphs;
    use super::*;

    fn headlines(text: &str) -> Vec<&str> {
        let all = paragraphs(text, 0);
        (0..all.len())
            .filter(|i| is_headline(text, &all, *i, *i == 0))
            .map(|i| all[i].span.of(text))
            .collect()
    }

    #[test]
    fn first_and_sub_headlines() {
        let text = "Ministers meet in Oslo\n\nThe ministers met on Monday.\n\nWho pays ‘the bill’\n\nThe talks went on.";
        assert_eq!(
            headlines(text),
            ["Ministers meet in Oslo", "Who pays ‘the bill’"]
        );
        assert_eq!(
            headlines("Will they meet?\n\nThey may, he said."),
            ["Will they meet?"]
        );
        assert_eq!(
            headlines("# Talks in Oslo\n\nThey met.\n"),
            ["# Talks in Oslo"]
        );
    }

    #[test]
    fn sentences_and_broken_lines_are_none() {
        for text in [
            "They met.\n\nThey left.",
            "They met.\n\n“So be it,” he said\n\nThey left.",
            "They met.\n\nThe minister of\n\nfinance left.",
            "They met.\n\nThe deal covers:\n\nGrain.",
            "They met.\n\n- Grain and oil\n\nThey left.",
            "They met.\n\nThe last line has no stop",
        ] {
            assert_eq!(headlines(text), [""; 0], "{text}");
        }
    }
}
