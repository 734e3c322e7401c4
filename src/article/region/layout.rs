//! Lines and paragraphs, as far as marking needs them.

use crate::document::Span;

/// A block of text, without spaces at its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub span: Span,
    /// Whether a blank line, or the end of the text, comes after it.
    pub blank_after: bool,
}

/// `span` without white space at its ends.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let part = span.of(text);
    let start = span.end - part.trim_start().len();
    Span::new(start, start + part.trim().len())
}

const BREAKS: [char; 4] = ['\n', '\r', '\u{2028}', '\u{2029}'];

/// The lines of `text` from `start` on that are not blank, each with whether a blank line, or the
/// end of the text, comes after it.
pub(super) fn lines(text: &str, start: usize) -> impl Iterator<Item = Paragraph> + '_ {
    let mut at = start;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let begin = at + (rest.len() - rest.trim_start().len());
        if begin >= text.len() {
            return None;
        }
        let end = text[begin..].find(BREAKS).map_or(text.len(), |i| begin + i);
        let after = &text[end..];
        let gap = &after[..after.len() - after.trim_start().len()];
        let blank_after = end + gap.len() >= text.len() || breaks_in(gap) > 1;
        at = end;
        Some(Paragraph {
            span: trim(text, Span::new(begin, end)),
            blank_after,
        })
    })
}

/// Counts line breaks, CR LF as one.
fn breaks_in(gap: &str) -> usize {
    gap.matches(BREAKS).count() - gap.matches("\r\n").count()
}

/// Whether a line ends as a sentence does.
pub(super) fn ends_sentence(line: &str) -> bool {
    let bare = line.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', '*', '_']);
    bare.ends_with(['.', '!', '?', '…', ':', '。'])
}

/// Paragraphs from `start` on: lines, or blocks between blank lines where lines are broken to fit
/// a width.
pub(super) fn paragraphs(text: &str, start: usize) -> Vec<Paragraph> {
    let lines: Vec<Paragraph> = lines(text, start).collect();
    if !is_hard_wrapped(text, &lines) {
        return lines;
    }
    let mut blocks: Vec<Paragraph> = Vec::new();
    let mut open = false;
    for line in lines {
        match blocks.last_mut().filter(|_| open) {
            Some(block) => {
                *block = Paragraph {
                    span: block.span.to(line.span),
                    ..line
                }
            }
            None => blocks.push(line),
        }
        open = !line.blank_after;
    }
    blocks
}

/// Whether lines are broken within sentences: many lines that another follows directly are no
/// sentence's end, and none is long.
fn is_hard_wrapped(text: &str, lines: &[Paragraph]) -> bool {
    let inner: Vec<&str> = lines
        .iter()
        .filter(|l| !l.blank_after)
        .map(|l| l.span.of(text))
        .collect();
    let open = inner.iter().filter(|l| !ends_sentence(l)).count();
    inner.len() >= 3 && open * 5 > inner.len() * 2 && inner.iter().all(|l| l.len() <= 160)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        paragraphs(text, 0)
            .iter()
            .map(|p| p.span.of(text))
            .collect()
    }

    #[test]
    fn lines_are_paragraphs_whatever_ends_them() {
        assert_eq!(
            texts(" One.\r\n\r\nTwo. \rThree.\n"),
            ["One.", "Two.", "Three."]
        );
        let blank: Vec<bool> = lines("a\r\nb\n\nc", 0).map(|l| l.blank_after).collect();
        assert_eq!(blank, [false, true, true]);
    }

    #[test]
    fn hard_wrapped_lines_join() {
        let text = "The minister said on\nMonday that the talks\nwould go on until all\nsides agree.\n\nHe left.";
        assert_eq!(texts(text).len(), 2);
    }
}
