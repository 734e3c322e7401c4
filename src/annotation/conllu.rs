//! CoNLL-U: reads documents with their tokens, sentences and trees, and prints annotations.

use std::fmt::Write as _;
use std::ops::Range;

use super::{Annotation, Deprel, NameTag, TokenAnnotation, Upos, Xpos};
use crate::document::{CodePoints, Document, Span, Token, TokenId, TokenKind};

/// A document read from CoNLL-U.
#[derive(Clone, Debug)]
pub struct ConlluDocument {
    /// What `# newdoc id =` says.
    pub id: Option<String>,
    /// The text put together again from the tokens, with the file's tokens and sentences.
    pub document: Document,
    /// The file's multiword tokens, each the range of its words.
    pub multiwords: Vec<Range<TokenId>>,
    /// The file's own annotation; unknown labels are read as `X`, `XX`, `dep`.
    pub annotation: Annotation,
}

/// A line that is not CoNLL-U.
#[derive(Debug, thiserror::Error)]
#[error(
    "line {line}: expected {expected}, found {found:?}\nhint: CoNLL-U has ten columns separated by tabs, see https://universaldependencies.org/format.html"
)]
pub struct ConlluError {
    /// From 1.
    pub line: usize,
    pub expected: &'static str,
    pub found: String,
}

#[derive(Default)]
struct Reading {
    id: Option<String>,
    text: String,
    tokens: Vec<Token>,
    sentences: Vec<Range<TokenId>>,
    paragraphs: Vec<TokenId>,
    multiwords: Vec<Range<TokenId>>,
    annotations: Vec<TokenAnnotation>,
    space: bool,
    /// The line of a head that its sentence does not have.
    lost_head: Option<(usize, String)>,
    /// Line and place of the heads of the open sentence.
    heads: Vec<(usize, TokenId)>,
    /// Words still to come of an open multiword token, and the end of its text.
    multiword: Option<(usize, usize)>,
}

impl Reading {
    fn finish(mut self) -> Option<ConlluDocument> {
        self.close_sentence();
        if self.tokens.is_empty() {
            return None;
        }
        let document =
            Document::from_tokens(self.text, self.tokens, &self.sentences, &self.paragraphs);
        Some(ConlluDocument {
            id: self.id,
            document,
            multiwords: self.multiwords,
            annotation: Annotation::new(self.annotations),
        })
    }

    fn close_sentence(&mut self) {
        let start = self.sentences.last().map_or(0, |s| s.end);
        if self.tokens.len() > start {
            self.sentences.push(start..self.tokens.len());
        }
        let lost = self
            .heads
            .drain(..)
            .find(|head| head.1 >= self.tokens.len());
        if let Some((line, head)) = lost {
            self.lost_head = Some((line, (head + 1 - start).to_string()));
        }
        self.multiword = None;
    }

    fn gap(&mut self) {
        if self.space && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push(' ');
        }
        self.space = true;
    }
}

/// Reads CoNLL-U. Empty nodes are left out; a file without `# newdoc` is one document.
///
/// # Errors
/// If a line is neither empty nor a comment nor has ten columns with a sound id and head.
pub fn read(text: &str) -> Result<Vec<ConlluDocument>, ConlluError> {
    let mut documents = Vec::new();
    let mut reading = Reading::default();
    for (number, line) in text.lines().enumerate() {
        let fail = |expected, found: &str| ConlluError {
            line: number + 1,
            expected,
            found: found.chars().take(60).collect(),
        };
        if line.trim().is_empty() {
            close(&mut reading)?;
            continue;
        }
        if let Some(comment) = line.strip_prefix('#') {
            let comment = comment.trim();
            if let Some(rest) = comment.strip_prefix("newdoc") {
                close(&mut reading)?;
                documents.extend(std::mem::take(&mut reading).finish());
                reading.id = rest
                    .trim()
                    .strip_prefix("id")
                    .and_then(|r| r.trim().strip_prefix('='))
                    .map(|id| id.trim().to_owned());
            } else if comment == "newpar" || comment.starts_with("newpar ") {
                close(&mut reading)?;
                if !reading.text.is_empty() {
                    reading.text.push_str("\n\n");
                    reading.paragraphs.push(reading.tokens.len());
                }
            }
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        if columns.len() != 10 {
            return Err(fail("ten columns", line));
        }
        let glued = columns[9].split('|').any(|m| m == "SpaceAfter=No");
        if columns[0].contains('.') {
            continue;
        }
        if let Some((from, to)) = columns[0].split_once('-') {
            let (Ok(from), Ok(to)) = (from.parse::<usize>(), to.parse::<usize>()) else {
                return Err(fail("a range of ids", columns[0]));
            };
            reading.gap();
            let start = reading.tokens.len();
            reading.text.push_str(columns[1]);
            reading.space = !glued;
            let words = (to + 1).saturating_sub(from).max(1);
            reading.multiwords.push(start..start + words);
            reading.multiword = Some((words, reading.text.len() - columns[1].len()));
            continue;
        }
        let sentence_start = reading.sentences.last().map_or(0, |s| s.end);
        let id: usize = columns[0]
            .parse()
            .map_err(|_| fail("a word's id", columns[0]))?;
        if sentence_start + id != reading.tokens.len() + 1 {
            return Err(fail("ids counting up from 1", columns[0]));
        }
        let head = match columns[6] {
            "_" | "0" => None,
            head => Some(
                head.parse::<usize>()
                    .map_err(|_| fail("a head's id", columns[6]))?,
            ),
        };
        let span = match reading.multiword.take() {
            Some((left, from)) => {
                let end = reading.text.len();
                let rest = &reading.text[from..];
                let cut = if left == 1 {
                    end
                } else if rest.starts_with(columns[1]) {
                    from + columns[1].len()
                } else {
                    let count = columns[1].chars().count();
                    from + rest
                        .char_indices()
                        .nth(count)
                        .map_or(rest.len(), |(i, _)| i)
                };
                reading.multiword = (left > 1).then_some((left - 1, cut));
                Span::new(from, cut)
            }
            None => {
                reading.gap();
                let from = reading.text.len();
                reading.text.push_str(columns[1]);
                reading.space = !glued;
                Span::new(from, reading.text.len())
            }
        };
        if let Some(head) = head {
            reading.heads.push((number + 1, sentence_start + head - 1));
        }
        reading.tokens.push(Token {
            span,
            kind: TokenKind::of(columns[1]),
        });
        reading.annotations.push(TokenAnnotation {
            upos: columns[3].parse().unwrap_or(Upos::X),
            xpos: columns[4].parse().unwrap_or(Xpos::Xx),
            lemma: columns[2].to_owned(),
            head: head.map(|h| sentence_start + h - 1),
            deprel: deprel(columns[7]),
            name: name_tag(columns[9]),
        });
    }
    close(&mut reading)?;
    documents.extend(reading.finish());
    Ok(documents)
}

/// Ends a sentence.
fn close(reading: &mut Reading) -> Result<(), ConlluError> {
    reading.close_sentence();
    match reading.lost_head.take() {
        Some((line, found)) => Err(ConlluError {
            line,
            expected: "heads inside their sentence",
            found,
        }),
        None => Ok(()),
    }
}

fn deprel(text: &str) -> Deprel {
    text.parse()
        .or_else(|_| text.split(':').next().unwrap_or("").parse())
        .unwrap_or(Deprel::Dep)
}

fn name_tag(misc: &str) -> NameTag {
    let tag = misc.split('|').find_map(|m| m.strip_prefix("NER="));
    match tag.and_then(|t| t.split_once('-')) {
        Some(("B", label)) => label.parse().map_or(NameTag::Outside, NameTag::Begin),
        Some(("I", label)) => label.parse().map_or(NameTag::Outside, NameTag::Inside),
        _ => NameTag::Outside,
    }
}

/// Which tokens are written together as one word: `did|n't`, `Kyiv|'s`, `can|not`.
pub fn multiwords(document: &Document, annotation: &Annotation) -> Vec<Range<TokenId>> {
    let mut found: Vec<Range<TokenId>> = Vec::new();
    for id in 1..document.tokens.len() {
        let (word, before) = (document.word(id), document.word(id - 1));
        let rest = word.strip_prefix(['\'', '’']);
        let is_clitic = document.is_glued(id)
            && document.tokens[id - 1].kind != TokenKind::Mark
            && (rest.is_some_and(|r| r.starts_with(char::is_alphabetic))
                || annotation.tokens[id].xpos == Xpos::Pos
                || document.tokens[id].kind == TokenKind::Word
                    && document.tokens[id - 1].kind == TokenKind::Word
                    && crate::document::is_contraction(before, word));
        if !is_clitic {
            continue;
        }
        match found.last_mut() {
            Some(last) if last.end == id => last.end = id + 1,
            _ => found.push(id - 1..id + 1),
        }
    }
    found
}

/// Prints a document as CoNLL-U, with `NER=`, `start=` and `end=` (code points of the text, end
/// exclusive) in the last column. `multiwords` are ranges of words to be shown as one token.
pub fn write(
    id: &str,
    document: &Document,
    annotation: &Annotation,
    multiwords: &[Range<TokenId>],
) -> String {
    let points = CodePoints::new(&document.text);
    let mut out = String::with_capacity(document.tokens.len() * 64);
    let _ = writeln!(out, "# newdoc id = {}", id.replace(['\n', '\r'], " "));
    let mut paragraphs = document
        .paragraphs
        .iter()
        .map(|p| p.sentences.start)
        .peekable();
    let mut ranges = multiwords.iter().peekable();
    for (number, sentence) in document.sentences.iter().enumerate() {
        if paragraphs.next_if_eq(&number).is_some() {
            out.push_str("# newpar\n");
        }
        let text = sentence.span.of(&document.text).replace(['\n', '\r'], " ");
        let _ = writeln!(out, "# sent_id = {}\n# text = {text}", number + 1);
        let first = sentence.tokens.start;
        for id in sentence.tokens.clone() {
            let span = document.tokens[id].span;
            let glued = |id: TokenId| document.is_glued(id + 1) && id + 1 < sentence.tokens.end;
            let mut inside = false;
            while ranges.peek().is_some_and(|r| r.end <= id) {
                ranges.next();
            }
            if let Some(range) = ranges.peek().filter(|r| r.contains(&id)) {
                inside = id + 1 < range.end;
                if range.start == id && range.end <= sentence.tokens.end {
                    let whole = span.to(document.tokens[range.end - 1].span);
                    let misc = if glued(range.end - 1) {
                        "SpaceAfter=No"
                    } else {
                        "_"
                    };
                    let _ = writeln!(
                        out,
                        "{}-{}\t{}\t_\t_\t_\t_\t_\t_\t_\t{misc}",
                        id - first + 1,
                        range.end - first,
                        whole.of(&document.text)
                    );
                }
            }
            let token = &annotation.tokens[id];
            let (start, end) = points.span(span);
            let _ = write!(
                out,
                "{}\t{}\t{}\t{}\t{}\t_\t{}\t{}\t_\tNER={}|start={start}|end={end}",
                id - first + 1,
                span.of(&document.text),
                if token.lemma.is_empty() {
                    "_"
                } else {
                    &token.lemma
                },
                token.upos,
                token.xpos,
                token.head.map_or(0, |h| h - first + 1),
                token.deprel,
                token.name,
            );
            out.push_str(if glued(id) && !inside {
                "|SpaceAfter=No\n"
            } else {
                "\n"
            });
        }
        out.push('\n');
    }
    out
}
