//! Positions in an article's text.

use std::fmt;
use std::ops::Range;

/// A stretch of an article's text in **bytes** of its UTF-8, end exclusive, both ends on
/// character boundaries. Files and tables give Unicode code points instead: see [`CodePoints`].
///
/// ```
/// use newsgraph::document::Span;
/// let span = Span::new(0, 5);
/// assert_eq!(span.of("Merz, said"), "Merz,");
/// assert!(span.contains(Span::new(1, 3)));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    /// A span from `start` to `end` (bytes, end exclusive).
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The text of the span.
    ///
    /// # Panics
    /// If the span does not lie in `text` on character boundaries: it belongs to another text.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `offset` lies inside.
    pub const fn covers(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that contains both.
    pub fn to(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// Converts byte offsets of one text to Unicode code points, the unit of all outputs.
///
/// ```
/// use newsgraph::document::{CodePoints, Span};
/// let text = "“Yes,” he said";
/// let points = CodePoints::new(text);
/// let said = text.find("said").unwrap();
/// assert_eq!(points.span(Span::new(said, said + 4)), (10, 14));
/// ```
#[derive(Clone, Debug)]
pub struct CodePoints {
    /// For each block of 64 bytes, the number of code points that start before it.
    blocks: Vec<usize>,
    text: String,
}

impl CodePoints {
    const BLOCK: usize = 64;

    pub fn new(text: &str) -> Self {
        let mut blocks = Vec::with_capacity(text.len() / Self::BLOCK + 1);
        let mut count = 0;
        for (i, byte) in text.bytes().enumerate() {
            if i % Self::BLOCK == 0 {
                blocks.push(count);
            }
            count += usize::from(!Self::is_continuation(byte));
        }
        Self {
            blocks,
            text: text.to_owned(),
        }
    }

    const fn is_continuation(byte: u8) -> bool {
        byte & 0b1100_0000 == 0b1000_0000
    }

    /// The number of code points before the byte `offset`.
    pub fn offset(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        let block = offset / Self::BLOCK;
        let (start, before) = match self.blocks.get(block) {
            Some(before) => (block * Self::BLOCK, *before),
            None => match self.blocks.last() {
                Some(before) => ((self.blocks.len() - 1) * Self::BLOCK, *before),
                None => (0, 0),
            },
        };
        let rest = &self.text.as_bytes()[start..offset];
        before + rest.iter().filter(|b| !Self::is_continuation(**b)).count()
    }

    /// A span's start and end in code points, end exclusive.
    pub fn span(&self, span: Span) -> (usize, usize) {
        (self.offset(span.start), self.offset(span.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_counting_chars() {
        let text = "“Größe” – 日本 🎉 ".repeat(40);
        let points = CodePoints::new(&text);
        for (count, (offset, _)) in text.char_indices().enumerate() {
            assert_eq!(points.offset(offset), count);
        }
        assert_eq!(points.offset(text.len()), text.chars().count());
    }
}
