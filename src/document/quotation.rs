//! Quotations: what stands between quotation marks.

use std::ops::Range;

use super::{Paragraph, Sentence, Span, Token, TokenId, TokenKind};

/// A stretch between quotation marks, marks included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    pub span: Span,
    pub tokens: Range<TokenId>,
    /// Index of the quotation that encloses this one.
    pub inside: Option<usize>,
    /// Whether a closing mark ends it; one that goes on in the next paragraph has none.
    pub closed: bool,
    /// Index of the quotation in the paragraph before that this one continues.
    pub continues: Option<usize>,
}

#[derive(Clone, Copy, PartialEq)]
enum Style {
    Double,
    Single,
    Guillemet,
}

struct Open {
    token: TokenId,
    style: Style,
}

/// Pairs quotation marks, curly, straight or guillemets, paragraph by paragraph. A quotation
/// without a closing mark runs to the end of its paragraph if the next paragraph opens with a
/// mark again, else to the end of its sentence.
pub(super) fn find(
    text: &str,
    tokens: &[Token],
    paragraphs: &[Paragraph],
    sentences: &[Sentence],
) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    let mut carried: Option<usize> = None;
    for (p, paragraph) in paragraphs.iter().enumerate() {
        let range = sentences[paragraph.sentences.start].tokens.start
            ..sentences[paragraph.sentences.end - 1].tokens.end;
        let first = found.len();
        let mut open: Vec<Open> = Vec::new();
        for at in range.clone() {
            if tokens[at].kind != TokenKind::Mark {
                continue;
            }
            let Some((style, side)) = side(text, tokens, at, range.clone(), &open) else {
                continue;
            };
            if side == Side::Open {
                // A second double mark while one is open: the first never closed.
                if let Some(i) = open.iter().position(|o| o.style == style) {
                    let unclosed = open.drain(i..).next();
                    if let Some(unclosed) = unclosed {
                        let end = end_of_sentence(sentences, unclosed.token).min(at);
                        push(&mut found, tokens, unclosed.token..end, false);
                    }
                }
                open.push(Open { token: at, style });
            } else if let Some(i) = open.iter().rposition(|o| o.style == style) {
                let start = open[i].token;
                open.truncate(i);
                push(&mut found, tokens, start..at + 1, true);
            }
        }
        if let Some(last) = open.into_iter().find(|o| o.style != Style::Single) {
            let goes_on = paragraphs.get(p + 1).is_some_and(|next| {
                let token = sentences[next.sentences.start].tokens.start;
                matches!(
                    tokens[token].span.of(text),
                    "“" | "\"" | "«" | "„" | "''" | "``" | "‘‘"
                )
            });
            let end = if goes_on {
                range.end
            } else {
                end_of_sentence(sentences, last.token)
            };
            let at = found.len();
            push(&mut found, tokens, last.token..end, false);
            // A mark alone is no quotation.
            if goes_on && found.len() > at {
                link(&mut found, first, carried, range.start);
                carried = Some(at);
                continue;
            }
        }
        link(&mut found, first, carried.take(), range.start);
    }
    found.sort_by_key(|q| (q.tokens.start, std::cmp::Reverse(q.tokens.end)));
    nest(&mut found);
    found
}

/// Links the quotation that opens a paragraph to the one it continues.
fn link(found: &mut [Quotation], first: usize, carried: Option<usize>, start: TokenId) {
    if let Some(carried) = carried {
        let from = found[carried].tokens.start;
        if let Some(next) = found[first..].iter_mut().find(|q| q.tokens.start == start) {
            // Resolved to an index once the order is final.
            next.continues = Some(from);
        }
    }
}

fn push(found: &mut Vec<Quotation>, tokens: &[Token], range: Range<TokenId>, closed: bool) {
    if range.end > range.start + 1 {
        let span = tokens[range.start].span.to(tokens[range.end - 1].span);
        found.push(Quotation {
            span,
            tokens: range,
            inside: None,
            closed,
            continues: None,
        });
    }
}

fn nest(found: &mut [Quotation]) {
    let mut stack: Vec<usize> = Vec::new();
    for i in 0..found.len() {
        while stack
            .last()
            .is_some_and(|&top| found[top].tokens.end < found[i].tokens.end)
        {
            stack.pop();
        }
        found[i].inside = stack.last().copied();
        stack.push(i);
    }
    for i in 0..found.len() {
        if let Some(start) = found[i].continues {
            found[i].continues = found
                .iter()
                .position(|q| q.tokens.start == start && q.inside.is_none());
        }
    }
}

fn end_of_sentence(sentences: &[Sentence], token: TokenId) -> TokenId {
    sentences[sentences.partition_point(|s| s.tokens.end <= token)]
        .tokens
        .end
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Open,
    Close,
}

/// Whether the mark at `at` opens or closes a quotation.
fn side(
    text: &str,
    tokens: &[Token],
    at: TokenId,
    paragraph: Range<TokenId>,
    open: &[Open],
) -> Option<(Style, Side)> {
    let mark = tokens[at].span.of(text);
    let before = at > paragraph.start && tokens[at - 1].span.end == tokens[at].span.start;
    let after = at + 1 < paragraph.end && tokens[at].span.end == tokens[at + 1].span.start;
    let is_open = |style| open.iter().any(|o| o.style == style);
    match mark {
        // Some outlets close an opening guillemet with a curly mark.
        "«" => Some((Style::Guillemet, Side::Open)),
        "»" => Some((Style::Guillemet, Side::Close)),
        "“" | "„" => Some((Style::Double, Side::Open)),
        "”" if !is_open(Style::Double) && is_open(Style::Guillemet) => {
            Some((Style::Guillemet, Side::Close))
        }
        "”" => Some((Style::Double, Side::Close)),
        "``" | "‘‘" => Some((Style::Double, Side::Open)),
        "\"" | "''" | "’’" => {
            let side = match (before, after) {
                _ if !is_open(Style::Double) => {
                    if before && !after && tokens[at - 1].kind != TokenKind::Mark {
                        return None;
                    }
                    Side::Open
                }
                (false, true) if !before => {
                    // An opening mark while one is open: only where a space precedes.
                    Side::Open
                }
                _ => Side::Close,
            };
            Some((Style::Double, side))
        }
        "‘" => Some((Style::Single, Side::Open)),
        "’" => is_open(Style::Single).then_some((Style::Single, Side::Close)),
        "'" if !before && after => Some((Style::Single, Side::Open)),
        "'" if is_open(Style::Single) && before => Some((Style::Single, Side::Close)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Document;

    fn quotations(text: &str) -> Vec<String> {
        let document = Document::new(text, &[]);
        document
            .quotations
            .iter()
            .map(|q| q.span.of(text).to_owned())
            .collect()
    }

    #[test]
    fn curly_straight_and_guillemets_pair() {
        assert_eq!(quotations("“Yes,” he said. “No.”"), ["“Yes,”", "“No.”"]);
        assert_eq!(
            quotations("\"Yes,\" he said. \"No.\""),
            ["\"Yes,\"", "\"No.\""]
        );
        assert_eq!(quotations("«Yes,» he said."), ["«Yes,»"]);
    }

    #[test]
    fn two_single_marks_are_a_double_one() {
        assert_eq!(
            quotations("''Yes,'' Ms. Lund said. ``It's the players' choice.''"),
            ["''Yes,''", "``It's the players' choice.''"]
        );
    }

    #[test]
    fn nested_single_marks() {
        let text = "“He said, ‘Sure, it’s fine,’ and left,” she said.";
        let document = Document::new(text, &[]);
        assert_eq!(document.quotations.len(), 2);
        assert_eq!(document.quotations[1].inside, Some(0));
    }

    #[test]
    fn marks_alone_are_no_quotation() {
        assert!(quotations("\"\n\n\"").is_empty());
    }

    #[test]
    fn a_quotation_over_paragraphs_is_linked() {
        let text = "“We begin here.\n\n“And we end,” he said.";
        let document = Document::new(text, &[]);
        assert_eq!(document.quotations.len(), 2);
        assert!(!document.quotations[0].closed);
        assert_eq!(document.quotations[1].continues, Some(0));
    }
}
