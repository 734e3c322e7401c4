//! The words that say a fact, in the words of the article around them.

use std::io::{self, Write};

use newsgraph::graph::CONTEXT;
use newsgraph::store::Context;

use super::page::{Page, Run};

/// A fact's words and where they stand: `…before >>words<< after…  [article.txt 12–40]`.
pub fn write(
    page: &mut Page<impl Write>,
    words: &str,
    context: &Context,
    (article, start, end): (&str, usize, usize),
) -> io::Result<()> {
    let before = before(&context.before);
    let after = after(&context.after);
    let place = format!("  [{article} {start}–{end}]");
    let runs = [
        Run::Plain(&before),
        Run::Marked(words),
        Run::Plain(&after),
        Run::Plain(&place),
    ];
    page.runs(4, &runs)
}

/// The whole words before a fact's, as far as they stand in the same paragraph. A single line
/// break ends none: many texts are wrapped.
fn before(kept: &str) -> String {
    let lines: Vec<&str> = kept.split('\n').collect();
    match blank_lines(&lines).next_back() {
        Some(blank) => lines[blank + 1..].join("\n"),
        None if is_cut(kept) => {
            let (_, whole) = kept.split_once(char::is_whitespace).unwrap_or_default();
            format!("…{}", whole.trim_start())
        }
        None => kept.to_owned(),
    }
}

/// The whole words after a fact's, as far as they stand in the same paragraph.
fn after(kept: &str) -> String {
    let lines: Vec<&str> = kept.split('\n').collect();
    match blank_lines(&lines).next() {
        Some(blank) => lines[..blank].join("\n"),
        None if is_cut(kept) => {
            let (whole, _) = kept.rsplit_once(char::is_whitespace).unwrap_or_default();
            format!("{}…", whole.trim_end())
        }
        None => kept.to_owned(),
    }
}

/// The blank lines; of the first and the last one, only a part is known.
fn blank_lines(lines: &[&str]) -> impl DoubleEndedIterator<Item = usize> {
    (1..lines.len().saturating_sub(1)).filter(|i| lines[*i].trim().is_empty())
}

/// Whether the text goes on beyond what the store keeps of it.
fn is_cut(kept: &str) -> bool {
    kept.chars().count() >= CONTEXT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_is_cut_at_word_ends() {
        assert_eq!(
            before("nistry spokesperson Lior Haiat. "),
            "…spokesperson Lior Haiat. "
        );
        assert_eq!(
            after(", for coffee that morning at the"),
            ", for coffee that morning at…"
        );
        assert_eq!(before("https://a.org/2024/10/18/talks/ "), "…");
        assert_eq!(after(" https://a.org/2024/10/18/talks/"), "…");
        assert_eq!(before("https://a.org/2024/10/18/talks/“"), "…");
        assert_eq!(after("https://a.org/2024/10/18/talks/“"), "…");
    }

    #[test]
    fn context_ends_with_its_paragraph() {
        assert_eq!(before("diplomat denied it.\n\nIn Paris, "), "In Paris, ");
        assert_eq!(before("and remained in place.\n \n"), "");
        assert_eq!(after(".\n\nOn the eve of the summit, lea"), ".");
        assert_eq!(after("\n\nFrom Belfast Mr Biden flew to"), "");
        assert_eq!(
            before("hancellor Scholz met the\nFrench "),
            "…Scholz met the\nFrench "
        );
        assert_eq!(
            after(" met French\nPresident Emmanuel M"),
            " met French\nPresident Emmanuel…"
        );
    }

    #[test]
    fn context_that_ends_with_the_text_is_whole() {
        assert_eq!(before("The German "), "The German ");
        assert_eq!(after(" on Monday."), " on Monday.");
        assert_eq!(before(""), "");
        assert_eq!(after(""), "");
    }

    #[test]
    fn words_stand_in_their_context() {
        let context = Context {
            before: "y.\n\nIn Riga, ".to_owned(),
            after: ", she told reporters on Thursday".to_owned(),
        };
        let mut page = Page::new(Vec::new(), false);
        write(&mut page, "they\nmet", &context, ("a.txt", 12, 20)).unwrap();
        write(
            &mut page,
            "they met",
            &Context::default(),
            ("a.txt", 12, 20),
        )
        .unwrap();
        let out = String::from_utf8(page.finish().unwrap()).unwrap();
        assert_eq!(
            out,
            "    In Riga, >>they met<<, she told reporters on… [a.txt 12–20]\n    \
             >>they met<< [a.txt 12–20]\n"
        );
    }
}
