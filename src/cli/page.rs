//! Text for people: wrapped, indented, with bold headings on a terminal.

use std::io::{self, Write};

const BOLD: &str = "\u{1b}[1m";
const NORMAL: &str = "\u{1b}[0m";

/// A stretch of a paragraph.
#[derive(Clone, Copy)]
pub enum Run<'a> {
    Plain(&'a str),
    /// Bold, or between `>>` and `<<` where there is no bold type.
    Marked(&'a str),
}

/// A character and whether it is bold.
type Glyph = (char, bool);

/// Writes lines no longer than its width.
pub struct Page<W> {
    writer: W,
    width: usize,
    is_styled: bool,
}

impl<W: Write> Page<W> {
    /// `is_terminal`: fit the terminal and use bold type, unless `NO_COLOR` is set.
    pub fn new(writer: W, is_terminal: bool) -> Self {
        let table = comfy_table::Table::new();
        let width = if is_terminal {
            table.width().unwrap_or(100)
        } else {
            100
        };
        Self {
            writer,
            width: usize::from(width).clamp(40, 120),
            is_styled: is_terminal && std::env::var_os("NO_COLOR").is_none(),
        }
    }

    /// A heading, with a blank line before it.
    pub fn heading(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.writer)?;
        self.title(text)
    }

    pub fn title(&mut self, text: &str) -> io::Result<()> {
        match self.is_styled {
            true => writeln!(self.writer, "{BOLD}{text}{NORMAL}"),
            false => writeln!(self.writer, "{text}"),
        }
    }

    /// A paragraph whose lines stand `indent` columns in, the later ones two more.
    pub fn text(&mut self, indent: usize, text: &str) -> io::Result<()> {
        self.runs(indent, &[Run::Plain(text)])
    }

    /// A paragraph some of whose words are marked.
    pub fn runs(&mut self, indent: usize, runs: &[Run<'_>]) -> io::Result<()> {
        let glyphs: Vec<Glyph> = runs.iter().flat_map(|run| self.glyphs(*run)).collect();
        let words = glyphs.split(|(c, _)| c.is_whitespace());
        let mut line: Vec<Glyph> = Vec::new();
        let mut margin = indent;
        for word in words.filter(|word| !word.is_empty()) {
            if !line.is_empty() && margin + line.len() + 1 + word.len() > self.width {
                self.line(margin, &line)?;
                line.clear();
                margin = indent + 2;
            }
            if let (Some((_, left)), Some((_, right))) = (line.last(), word.first()) {
                let is_bold = *left && *right;
                line.push((' ', is_bold));
            }
            line.extend_from_slice(word);
        }
        self.line(margin, &line)
    }

    fn glyphs(&self, run: Run<'_>) -> Vec<Glyph> {
        match run {
            Run::Plain(text) => text.chars().map(|c| (c, false)).collect(),
            Run::Marked(text) if self.is_styled => text.chars().map(|c| (c, true)).collect(),
            Run::Marked(text) => format!(">>{text}<<").chars().map(|c| (c, false)).collect(),
        }
    }

    /// One line. Bold ends with it, because a pager may forget it there.
    fn line(&mut self, margin: usize, line: &[Glyph]) -> io::Result<()> {
        write!(self.writer, "{:margin$}", "")?;
        for run in line.chunk_by(|(_, left), (_, right)| left == right) {
            let text: String = run.iter().map(|(c, _)| c).collect();
            match run[0].1 {
                true => write!(self.writer, "{BOLD}{text}{NORMAL}")?,
                false => write!(self.writer, "{text}")?,
            }
        }
        writeln!(self.writer)
    }

    pub fn finish(mut self) -> io::Result<W> {
        self.writer.flush()?;
        Ok(self.writer)
    }
}

/// "1 article", "2 articles".
pub fn count(number: usize, singular: &str) -> String {
    match (number, singular.strip_suffix('y')) {
        (1, _) => format!("1 {singular}"),
        (n, Some(stem)) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{n} {stem}ies"),
        (n, _) => format!("{n} {singular}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(is_styled: bool, runs: &[Run<'_>]) -> String {
        let mut page = Page {
            writer: Vec::new(),
            width: 14,
            is_styled,
        };
        page.runs(2, runs).unwrap();
        String::from_utf8(page.finish().unwrap()).unwrap()
    }

    #[test]
    fn paragraphs_are_wrapped_with_a_hanging_indent() {
        assert_eq!(
            printed(false, &[Run::Plain("one two three four")]),
            "  one two\n    three four\n"
        );
    }

    #[test]
    fn marks_are_characters_where_there_is_no_bold_type() {
        let runs = [Run::Plain("(“a "), Run::Marked("b cd"), Run::Plain(", d")];
        assert_eq!(printed(false, &runs), "  (“a >>b\n    cd<<, d\n");
    }

    #[test]
    fn bold_type_takes_no_room_and_ends_with_its_line() {
        let runs = [
            Run::Plain("one "),
            Run::Marked("two three four"),
            Run::Plain("."),
        ];
        assert_eq!(
            printed(true, &runs),
            "  one \u{1b}[1mtwo\u{1b}[0m\n    \u{1b}[1mthree\u{1b}[0m\n    \u{1b}[1mfour\u{1b}[0m.\n"
        );
    }

    #[test]
    fn counts_are_english() {
        assert_eq!(count(1, "article"), "1 article");
        assert_eq!(count(0, "article"), "0 articles");
        assert_eq!(count(2, "entity"), "2 entities");
        assert_eq!(count(2, "day"), "2 days");
    }
}
