//! Text for people: wrapped, indented, with bold headings on a terminal.

use std::io::{self, Write};

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
            true => writeln!(self.writer, "\u{1b}[1m{text}\u{1b}[0m"),
            false => writeln!(self.writer, "{text}"),
        }
    }

    /// A paragraph whose lines stand `indent` columns in, the later ones two more.
    pub fn text(&mut self, indent: usize, text: &str) -> io::Result<()> {
        let mut line = String::new();
        let mut margin = indent;
        for word in text.split_whitespace() {
            let width = line.chars().count() + 1 + word.chars().count();
            if !line.is_empty() && margin + width > self.width {
                writeln!(self.writer, "{:margin$}{line}", "")?;
                line.clear();
                margin = indent + 2;
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        writeln!(self.writer, "{:margin$}{line}", "")
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

    #[test]
    fn paragraphs_are_wrapped_with_a_hanging_indent() {
        let mut page = Page {
            writer: Vec::new(),
            width: 14,
            is_styled: false,
        };
        page.text(2, "one two three four").unwrap();
        let out = String::from_utf8(page.finish().unwrap()).unwrap();
        assert_eq!(out, "  one two\n    three four\n");
    }

    #[test]
    fn counts_are_english() {
        assert_eq!(count(1, "article"), "1 article");
        assert_eq!(count(0, "article"), "0 articles");
        assert_eq!(count(2, "entity"), "2 entities");
        assert_eq!(count(2, "day"), "2 days");
    }
}
