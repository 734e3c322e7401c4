//! Expressions and what they mean, on sentences made up for it.

use jiff::civil::date;

use super::*;
use crate::document::Document;
use crate::mention::Words;

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

/// The expressions of a text written on Wednesday 8 May 2013, each with type and value.
#[track_caller]
fn timex(text: &str, expected: &[(&str, &str, &str)]) {
    let document = Document::new(text, &[]);
    let words = Words::new(&document);
    let found = timexes(&words, &find_expressions(&words), Some(date(2013, 5, 8)));
    let found: Vec<(String, &str, String)> = found
        .into_iter()
        .map(|t| (words.text(t.tokens), t.kind.name(), t.value))
        .collect();
    let found: Vec<(&str, &str, &str)> = found
        .iter()
        .map(|(text, kind, value)| (text.as_str(), *kind, value.as_str()))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn parts_of_the_year_have_their_own_values() {
    timex(
        "Sales fell in the third quarter of 2011 and in the first half of 2012.",
        &[
            ("the third quarter of 2011", "DATE", "2011-Q3"),
            ("the first half of 2012", "DATE", "2012-H1"),
        ],
    );
    timex(
        "The bridge was closed last summer and early this week.",
        &[
            ("last summer", "DATE", "2012-SU"),
            ("early this week", "DATE", "2013-W19"),
        ],
    );
    timex(
        "It grew in last year's fourth quarter, then over the weekend.",
        &[
            ("last year's fourth quarter", "DATE", "2012-Q4"),
            ("the weekend", "DATE", "2013-W18-WE"),
        ],
    );
}

#[test]
fn years_decades_and_centuries() {
    timex(
        "In 1984 and the 1990s, not in the 19th century.",
        &[
            ("1984", "DATE", "1984"),
            ("the 1990s", "DATE", "199X"),
            ("the 19th century", "DATE", "18"),
        ],
    );
    timex(
        "He left in nineteen seventy-two, in mid-2009 and on 2010-03-05.",
        &[
            ("nineteen seventy-two", "DATE", "1972"),
            ("mid-2009", "DATE", "2009"),
            ("2010-03-05", "DATE", "2010-03-05"),
        ],
    );
    timex("The farm sold 2012 lambs.", &[]);
}

#[test]
fn lengths_of_time_are_durations() {
    timex(
        "The strike lasted two and a half years, then 36 hours and several weeks.",
        &[
            ("two and a half years", "DURATION", "P2Y6M"),
            ("36 hours", "DURATION", "PT36H"),
            ("several weeks", "DURATION", "PXW"),
        ],
    );
    timex(
        "A three-day visit ended more than a decade of silence.",
        &[
            ("three-day", "DURATION", "P3D"),
            ("more than a decade", "DURATION", "P10Y"),
        ],
    );
    timex(
        "The past two months were wet.",
        &[("The past two months", "DURATION", "P2M")],
    );
}

#[test]
fn ages_are_not_times() {
    timex("The 12-year-old girl and a man 40 years old waited.", &[]);
    timex("A boy aged 8 years, at the age of four months.", &[]);
}

#[test]
fn what_comes_round_again_is_a_set() {
    timex(
        "Buses run daily, every Monday and twice a week, each year.",
        &[
            ("daily", "SET", "P1D"),
            ("every Monday", "SET", "XXXX-WXX-1"),
            ("twice a week", "SET", "P1W"),
            ("each year", "SET", "P1Y"),
        ],
    );
}

#[test]
fn vague_words_refer_to_past_present_and_future() {
    timex(
        "They recently moved, currently rent and think of the future.",
        &[
            ("recently", "DATE", "PAST_REF"),
            ("currently", "DATE", "PRESENT_REF"),
            ("the future", "DATE", "FUTURE_REF"),
        ],
    );
    timex(
        "In recent years prices rose now and then.",
        &[("recent years", "DATE", "PAST_REF")],
    );
}

#[test]
fn hours_and_parts_of_the_day_are_times() {
    timex(
        "The train left at 7:15 p.m. on Monday, after noon, and came this morning.",
        &[
            ("7:15 p.m. on Monday", "TIME", "2013-05-06T19:15"),
            ("noon", "TIME", "2013-05-06T12:00"),
            ("this morning", "TIME", "2013-05-08TMO"),
        ],
    );
    timex(
        "It was heard last night and on Sunday evening.",
        &[
            ("last night", "TIME", "2013-05-07TNI"),
            ("Sunday evening", "TIME", "2013-05-05TEV"),
        ],
    );
}

#[test]
fn distances_count_from_publication_or_from_what_was_mentioned() {
    timex(
        "Two years ago and five days ago.",
        &[
            ("Two years ago", "DATE", "2011"),
            ("five days ago", "DATE", "2013-05-03"),
        ],
    );
    timex(
        "She was born on June 3, 1970. Two years later they moved; the next day it rained.",
        &[
            ("June 3, 1970", "DATE", "1970-06-03"),
            ("Two years later", "DATE", "1972"),
            ("the next day", "DATE", "1970-06-04"),
        ],
    );
}

#[test]
fn a_month_without_a_year_is_the_nearest_that_fits_the_verb() {
    timex(
        "The court will sit in September.",
        &[("September", "DATE", "2013-09")],
    );
    timex(
        "The court sat in September.",
        &[("September", "DATE", "2012-09")],
    );
    timex(
        "It sat in July last year and sits again on May 20 and 21.",
        &[
            ("July last year", "DATE", "2012-07"),
            ("May 20", "DATE", "2013-05-20"),
            ("21", "DATE", "2013-05-21"),
        ],
    );
}

#[test]
fn a_weekday_follows_the_words_around_it() {
    timex(
        "He planned to return on Friday.",
        &[("Friday", "DATE", "2013-05-10")],
    );
    timex(
        "He returned on Friday.",
        &[("Friday", "DATE", "2013-05-03")],
    );
    timex(
        "They may decide as early as Tuesday.",
        &[("Tuesday", "DATE", "2013-05-14")],
    );
    timex(
        "Everyone feared Tuesday's vote.",
        &[("Tuesday", "DATE", "2013-05-07")],
    );
    timex(
        "She will win Tuesday's vote.",
        &[("Tuesday", "DATE", "2013-05-14")],
    );
}

#[test]
fn an_hour_belongs_to_the_day_just_mentioned_or_to_today() {
    timex(
        "The fire began on Sunday. It was out by 6 a.m. Nobody was hurt. A new one began at 9 p.m.",
        &[
            ("Sunday", "DATE", "2013-05-05"),
            ("6 a.m.", "TIME", "2013-05-05T06:00"),
            ("9 p.m.", "TIME", "2013-05-08T21:00"),
        ],
    );
}

#[test]
fn names_that_have_a_word_of_time_are_no_times() {
    timex("She reads USA Today and hopes for the future of coal.", &[]);
}

#[test]
fn a_day_of_another_year() {
    timex(
        "It closed on June 16th of last year.",
        &[("June 16th of last year", "DATE", "2012-06-16")],
    );
}

#[test]
fn a_weekday_of_a_week_and_a_day_in_words() {
    timex(
        "They meet on Friday next week and not on Tuesday of this week.",
        &[
            ("Friday next week", "DATE", "2013-05-17"),
            ("Tuesday of this week", "DATE", "2013-05-07"),
        ],
    );
    timex(
        "The fair opened on the first of March, 2010.",
        &[("first of March, 2010", "DATE", "2010-03-01")],
    );
    future(
        "They will meet on Friday next week.",
        "Friday next week",
        "2025-08-29",
    );
}

#[test]
fn feasts_have_days() {
    timex(
        "Shops closed on Thanksgiving and Good Friday.",
        &[
            ("Thanksgiving", "DATE", "2012-11-22"),
            ("Good Friday", "DATE", "2013-03-29"),
        ],
    );
}

#[test]
fn lengths_sets_and_vague_words_date_no_event() {
    let text = "For three days they recently met daily in the third quarter.";
    let document = Document::new(text, &[]);
    let words = Words::new(&document);
    assert_eq!(dating_times(&find_expressions(&words)), []);
}

#[test]
fn without_a_day_of_publication_only_known_digits_are_given() {
    let document = Document::new("On Monday, in June, and last week.", &[]);
    let words = Words::new(&document);
    let values: Vec<String> = timexes(&words, &find_expressions(&words), None)
        .into_iter()
        .map(|t| t.value)
        .collect();
    assert_eq!(values, ["XXXX-WXX-1", "XXXX-06", ""]);
}
