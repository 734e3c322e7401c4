//! The journal of corrections as JSON Lines, one object a correction, its IRIs without the base:
//! what one store writes, another reads.

use oxigraph::model::NamedNode;
use serde_json::{Value, json};

use crate::graph::Base;
use crate::identity::{Action, Content, Correction, Recorded};

/// Numbers up to this one are kept, so that there is always a next.
const MOST: u64 = u32::MAX as u64;

/// A line that is no correction. A column counts bytes, from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    #[error("column {column}: malformed JSON: {message}")]
    Malformed { column: usize, message: String },
    #[error(
        "expected {expected}, found {found}\n\
         hint: such as {{\"action\":\"merge\",\"of\":[\"person/ann-lee\"],\"with\":\"person/a-lee\"}}"
    )]
    Unexpected {
        expected: &'static str,
        found: String,
    },
}

/// A correction as a line, without the line's end.
///
/// ```
/// use newsgraph::graph::Base;
/// use newsgraph::identity::{Content, Correction};
/// use newsgraph::store::{line_of, read_line};
/// let base = Base::default();
/// let line = r#"{"number":2,"action":"split","of":["person/ann-lee"],"with":null}"#;
/// let read = read_line(line, &base).unwrap();
/// let Content { action, of, with } = read.content;
/// let number = read.number.unwrap();
/// let correction = Correction { number, action, of, with, keys: Default::default() };
/// assert_eq!(line_of(&correction, &base), line);
/// ```
pub fn line_of(correction: &Correction, base: &Base) -> String {
    let short = |iri: &NamedNode| base.short(iri.as_str()).to_owned();
    let of: Vec<String> = correction.of.iter().map(short).collect();
    json!({
        "number": correction.number,
        "action": correction.action.name(),
        "of": of,
        "with": correction.with.as_ref().map(short),
    })
    .to_string()
}

/// The correction that a line tells. `number` may be left out, `with` where nothing is merged.
///
/// # Errors
/// [`LineError`], for what is no JSON object or no correction.
pub fn read_line(line: &str, base: &Base) -> Result<Recorded, LineError> {
    let value: Value = serde_json::from_str(line).map_err(|error| {
        let message = error.to_string();
        let (message, _) = message.split_once(" at line").unwrap_or((&message, ""));
        LineError::Malformed {
            column: error.column(),
            message: message.to_owned(),
        }
    })?;
    if !value.is_object() {
        return Err(unexpected("an object", &value));
    }
    let name = value["action"].as_str();
    let action = Action::ALL
        .into_iter()
        .find(|action| Some(action.name()) == name)
        .ok_or_else(|| unexpected("merge, split or forget as the action", &value["action"]))?;
    let number = match &value["number"] {
        Value::Null => None,
        number => match number.as_u64() {
            Some(n @ 1..=MOST) => usize::try_from(n).ok(),
            _ => return Err(unexpected("a number from 1 as the number", number)),
        },
    };
    let of = of_what(action, &value["of"], base)?;
    let with = match (action, &value["with"]) {
        (Action::Merge, with) => {
            let iri = iri(with, base);
            let expected = "the IRI of an entity as `with` of a merge";
            Some(iri.ok_or_else(|| unexpected(expected, with))?)
        }
        (_, Value::Null) => None,
        (_, with) => return Err(unexpected("nothing as `with` but of a merge", with)),
    };
    if with.is_some() && with == of.first().cloned() {
        return Err(unexpected("another entity as `with`", &value["with"]));
    }
    let content = Content { action, of, with };
    Ok(Recorded { number, content })
}

/// What is corrected: one entity, or facts of articles.
fn of_what(action: Action, value: &Value, base: &Base) -> Result<Vec<NamedNode>, LineError> {
    let expected = match action {
        Action::Forget => "a list of facts of articles (article/a.txt#meeting-1) as `of`",
        Action::Merge | Action::Split => "a list of one entity as `of`",
    };
    let list = value.as_array().map_or(&[][..], Vec::as_slice);
    let iris: Option<Vec<NamedNode>> = list.iter().map(|value| iri(value, base)).collect();
    let mut iris = iris.unwrap_or_default();
    iris.sort();
    iris.dedup();
    let is_local = |iri: &NamedNode| iri.as_str().contains('#');
    let fits = match action {
        Action::Forget => !iris.is_empty() && iris.iter().all(is_local),
        Action::Merge | Action::Split => iris.len() == 1 && !is_local(&iris[0]),
    };
    fits.then_some(iris)
        .ok_or_else(|| unexpected(expected, value))
}

fn iri(value: &Value, base: &Base) -> Option<NamedNode> {
    let text = value.as_str().filter(|text| !text.is_empty())?;
    let whole = match text.starts_with(base.as_str()) {
        true => text.to_owned(),
        false => format!("{base}{text}"),
    };
    NamedNode::new(whole).ok()
}

fn unexpected(expected: &'static str, found: &Value) -> LineError {
    let found = match found {
        Value::Null => "none".to_owned(),
        found => found.to_string(),
    };
    LineError::Unexpected { expected, found }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(line: &str) -> String {
        let error = read_line(line, &Base::default()).expect_err(line);
        let message = error.to_string();
        message
            .split_once('\n')
            .map_or(message.clone(), |(first, _)| first.to_owned())
    }

    #[test]
    fn a_line_says_what_is_wrong_with_it() {
        for (line, expected) in [
            (
                r#"{"action":"merge""#,
                "column 17: malformed JSON: EOF while parsing an object",
            ),
            ("[]", "expected an object, found []"),
            (
                "{}",
                "expected merge, split or forget as the action, found none",
            ),
            (
                r#"{"action":"rename","of":["person/a"]}"#,
                "expected merge, split or forget as the action, found \"rename\"",
            ),
            (
                r#"{"action":"split","of":[]}"#,
                "expected a list of one entity as `of`, found []",
            ),
            (
                r#"{"action":"split","of":["article/a#person-b"]}"#,
                "expected a list of one entity as `of`, found [\"article/a#person-b\"]",
            ),
            (
                r#"{"action":"split","of":["person/a b"]}"#,
                "expected a list of one entity as `of`, found [\"person/a b\"]",
            ),
            (
                r#"{"action":"merge","of":["person/a"]}"#,
                "expected the IRI of an entity as `with` of a merge, found none",
            ),
            (
                r#"{"action":"merge","of":["person/a"],"with":"person/a"}"#,
                "expected another entity as `with`, found \"person/a\"",
            ),
            (
                r#"{"action":"split","of":["person/a"],"with":"person/b"}"#,
                "expected nothing as `with` but of a merge, found \"person/b\"",
            ),
            (
                r#"{"action":"forget","of":["meeting/x"]}"#,
                "expected a list of facts of articles (article/a.txt#meeting-1) as `of`, found [\"meeting/x\"]",
            ),
            (
                r#"{"number":0,"action":"split","of":["person/a"]}"#,
                "expected a number from 1 as the number, found 0",
            ),
        ] {
            assert_eq!(error(line), expected);
        }
    }

    #[test]
    fn whole_iris_and_short_ones_are_the_same() {
        let base = Base::default();
        let whole = format!(r#"{{"action":"split","of":["{base}person/a"]}}"#);
        let short = r#"{"action":"split","of":["person/a"],"with":null}"#;
        assert_eq!(read_line(&whole, &base), read_line(short, &base));
    }
}
