//! Says where a query goes wrong, for people.
//!
//! The parser tells the furthest place it looked at and what it looked for there. Where it looked
//! for keywords, that place is a keyword's length behind the fault, so the stretch between is
//! what gets marked.

use std::ops::Range;
use std::path::Path;

use newsgraph::graph::PREFIXES;

/// Line and column (from 1) of the fault, what it is, the line with the place marked, a hint.
pub fn explain(
    sparql: &str,
    file: Option<&Path>,
    line: usize,
    column: usize,
    message: &str,
) -> String {
    let text: Vec<char> = sparql.chars().collect();
    let end = offset(&text, line, column);
    let fault = Fault::find(&text, end, message);
    let (line, column) = position(&text, fault.span.start);
    let place = file.map_or("query".to_owned(), |path| path.display().to_string());
    let shown = sparql.lines().nth(line - 1).unwrap_or_default();
    let number = line.to_string();
    let margin = " ".repeat(number.len());
    // Tabs stay tabs, so that the mark stands under its place.
    let before: String = shown
        .chars()
        .take(column - 1)
        .map(|c| if c == '\t' { '\t' } else { ' ' })
        .collect();
    let room = (shown.chars().count() + 1).saturating_sub(column);
    let mark = "^".repeat(fault.span.len().min(room).max(1));
    let hint = fault
        .hint
        .map_or(String::new(), |hint| format!("\nhint: {hint}"));
    format!(
        "{place}:{line}:{column}: {}\n {number} | {shown}\n {margin} | {before}{mark}{hint}",
        fault.problem
    )
}

struct Fault {
    /// In characters of the query.
    span: Range<usize>,
    problem: String,
    hint: Option<String>,
}

impl Fault {
    fn find(text: &[char], end: usize, message: &str) -> Self {
        let at = |span: Range<usize>, problem: &str| Self {
            span,
            problem: problem.to_owned(),
            hint: None,
        };
        let expected = message
            .strip_prefix("expected one of ")
            .or_else(|| message.strip_prefix("expected "));
        let Some(expected) = expected else {
            return at(end..end + 1, message);
        };
        if expected.contains("Prefix not found") {
            return Self::prefix(text, end);
        }
        let words: Vec<&str> = expected.split(", ").collect();
        if words.contains(&"\"\\\"\"") || words.contains(&"\"'\"") {
            return at(
                end..end + 1,
                "expected the end of the text in quotation marks",
            );
        }
        let keywords: Vec<&str> = words.into_iter().filter(|word| is_keyword(word)).collect();
        let length = keywords.iter().map(|word| word.len()).max().unwrap_or(0);
        let mut start = end.saturating_sub(length);
        while start < end && text.get(start).is_some_and(|c| c.is_whitespace()) {
            start += 1;
        }
        let span = start..end.max(start + 1);
        if text[..start.min(text.len())]
            .iter()
            .all(|c| c.is_whitespace())
        {
            return Self {
                hint: Some(
                    "newsgraph only reads: updates such as INSERT are not for it".to_owned(),
                ),
                ..at(span, "expected SELECT, ASK, CONSTRUCT or DESCRIBE")
            };
        }
        let count = |sign: char| text.iter().filter(|c| **c == sign).count();
        let hint = (count('{') > count('}')).then(|| "a `{` has no `}`".to_owned());
        match keywords.as_slice() {
            // What may follow a pattern is said with its longest keywords only.
            [_, ..] if keywords.contains(&"SERVICE") => Self {
                hint,
                ..at(span, "expected a pattern, `.` or `}`")
            },
            [one] => Self {
                hint,
                ..at(span, &format!("expected {one}"))
            },
            _ if start >= text.len() => Self {
                hint,
                ..at(span, "the query ends too early")
            },
            _ => Self {
                hint,
                ..at(span, "the query cannot go on like this")
            },
        }
    }

    /// A name whose prefix nobody declared ends at or before `end`.
    fn prefix(text: &[char], end: usize) -> Self {
        let is_name = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '%');
        let before = &text[..end.min(text.len())];
        let start = before
            .iter()
            .rposition(|c| !is_name(c))
            .map_or(0, |at| at + 1);
        let name: String = before[start..].iter().collect();
        let prefix = name.split(':').next().unwrap_or_default();
        let known: Vec<String> = PREFIXES
            .iter()
            .map(|(name, _)| format!("{name}:"))
            .collect();
        Self {
            span: start..start + prefix.chars().count() + 1,
            problem: format!("unknown prefix `{prefix}:`"),
            hint: Some(format!(
                "declare it with PREFIX {prefix}: <IRI>; known without that: {}",
                known.join(" ")
            )),
        }
    }
}

fn is_keyword(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase())
}

fn offset(text: &[char], line: usize, column: usize) -> usize {
    let starts = text
        .iter()
        .enumerate()
        .filter(|(_, c)| **c == '\n')
        .map(|(at, _)| at + 1);
    let start = std::iter::once(0)
        .chain(starts)
        .nth(line.saturating_sub(1))
        .unwrap_or(text.len());
    (start + column.saturating_sub(1)).min(text.len())
}

/// Line and column, from 1.
fn position(text: &[char], offset: usize) -> (usize, usize) {
    let before = &text[..offset.min(text.len())];
    let start = before
        .iter()
        .rposition(|c| *c == '\n')
        .map_or(0, |at| at + 1);
    (
        before.iter().filter(|c| **c == '\n').count() + 1,
        before.len() - start + 1,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use newsgraph::graph::Base;
    use newsgraph::store::{Store, StoreError};

    fn explained(sparql: &str) -> String {
        let store = Store::in_memory(Base::default()).unwrap();
        match store.query(sparql) {
            Err(StoreError::Syntax {
                line,
                column,
                message,
            }) => explain(sparql, None, line, column, &message),
            Err(error) => panic!("{error}"),
            Ok(_) => panic!("{sparql} is no fault"),
        }
    }

    #[test]
    fn faults_are_marked_where_they_are() {
        for (sparql, expected) in [
            (
                "SELECT *\n\t{ ?s a foo:Bar }",
                "query:2:9: unknown prefix `foo:`\n 2 | \t{ ?s a foo:Bar }\n   | \t       ^^^^\n\
                 hint: declare it with PREFIX foo: <IRI>; known without that: ng:",
            ),
            (
                "SELEC * { ?s ?p ?o }",
                "query:1:1: expected SELECT, ASK, CONSTRUCT or DESCRIBE\n 1 | SELEC *",
            ),
            (
                "SELECT * { ?s ?p ?o\nLIMIT 3",
                "query:2:1: expected a pattern, `.` or `}`\n 2 | LIMIT 3\n   | ^^^^^^^\nhint: a `{` has no `}`",
            ),
            (
                "SELECT ?x { ?s ?p ?o } GROUP ?x",
                "query:1:30: expected BY\n 1 | SELECT ?x { ?s ?p ?o } GROUP ?x\n   |                              ^^",
            ),
            (
                "SELECT * { ?s ?p \"abc }",
                "query:1:24: expected the end of the text in quotation marks\n",
            ),
            (
                "",
                "query:1:1: expected SELECT, ASK, CONSTRUCT or DESCRIBE\n 1 | \n   | ^",
            ),
            (
                "DELETE WHERE { ?s ?p ?o }",
                "query:1:1: expected SELECT, ASK, CONSTRUCT or DESCRIBE",
            ),
        ] {
            let message = explained(sparql);
            assert!(
                message.starts_with(expected),
                "{message}\nis not\n{expected}"
            );
        }
    }
}
