//! Expressions and what they mean, on sentences made up for it.

use jiff::civil::date;

use super::*;
use crate::document::Document;

/// The first expression's text and its date, seen from Tuesday 19 August 2025.
fn read(text: &str, tense: Tense) -> (String, Option<String>) {
    let document = Document::new(text, &[]);
    let words = Words::new(&document);
    let times = dating_times(&find_expressions(&words));
    let first = times
        .first()
        .unwrap_or_else(|| panic!("no time in {text:?}"));
    let date = first.value.resolve(Some(date(2025, 8, 19)), tense);
    (
        words.text(first.tokens.clone()),
        date.map(|d| d.to_string()),
    )
}

#[track_caller]
fn past(text: &str, words: &str, date: &str) {
    assert_eq!(
        read(text, Tense::Past),
        (words.to_owned(), Some(date.to_owned()))
    );
}

#[track_caller]
fn future(text: &str, words: &str, date: &str) {
    assert_eq!(
        read(text, Tense::Future),
        (words.to_owned(), Some(date.to_owned()))
    );
}

#[test]
fn weekdays_follow_the_tense() {
    past("They met on Monday.", "Monday", "2025-08-18");
    past("They met on Tuesday.", "Tuesday", "2025-08-19");
    past("They met on Friday night.", "Friday night", "2025-08-15");
    past(
        "They met last Tuesday.",
        "last Tuesday".trim_start_matches("last "),
        "2025-08-12",
    );
    future("They will meet on Friday.", "Friday", "2025-08-22");
    future(
        "He visits from Monday to Thursday.",
        "Monday to Thursday",
        "2025-08-25/2025-08-28",
    );
}

#[test]
fn dates_with_and_without_a_year() {
    past("on Aug. 15", "Aug. 15", "2025-08-15");
    past("on 26 July 2022", "26 July 2022", "2022-07-26");
    past(
        "on Monday July 25, 2022,",
        "Monday July 25, 2022",
        "2022-07-25",
    );
    past("in February", "February", "2025-02");
    past("in December", "December", "2024-12");
    past("in May 2016", "May 2016", "2016-05");
    past("in 2019", "2019", "2019");
    future("for Sept. 3 to 5", "Sept. 3 to 5", "2025-09-03/2025-09-05");
}

#[test]
fn words_relative_to_publication() {
    past("He left yesterday.", "yesterday", "2025-08-18");
    past("two days ago", "two days ago", "2025-08-17");
    past("last week", "last week", "2025-08-11/2025-08-17");
    future("next year", "next year", "2026");
}

#[test]
fn without_a_day_of_publication_nothing_is_guessed() {
    let document = Document::new("They met on Monday.", &[]);
    let words = Words::new(&document);
    assert_eq!(
        dating_times(&find_expressions(&words))[0]
            .value
            .resolve(None, Tense::Past),
        None
    );
}

#[test]
fn may_and_march_are_words_too() {
    let document = Document::new("They may march on.", &[]);
    assert!(find_expressions(&Words::new(&document)).is_empty());
}
