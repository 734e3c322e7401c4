//! Time expressions and the days they mean, seen from the day of publication.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::words::Words;
use crate::document::TokenId;
use crate::fact::EventDate;

/// A time expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Time {
    pub tokens: Range<TokenId>,
    pub value: TimeValue,
}

/// What a time expression says, before it is resolved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TimeValue {
    /// A date that needs no other: "July 11, 2022", "in 2019".
    Full(EventDate),
    /// A weekday, with the direction its words give.
    Weekday(Weekday, Direction),
    /// From one weekday to another: "from Monday to Thursday".
    Weekdays(Weekday, Weekday),
    /// A month and perhaps a day without a year; the second day ends an interval.
    MonthDay(i8, Option<i8>, Option<i8>, Direction),
    /// So many days from publication: today 0, yesterday -1.
    Days(i32),
    /// So many weeks from publication: "last week" -1.
    Weeks(i32),
    Months(i32),
    Years(i32),
    /// So many days before or after another event: "three days after".
    AfterEvent(i32),
    /// "the following day", "the next day".
    Vague,
}

/// Where in time an expression points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Past,
    Future,
    /// As the tense of its clause says.
    Unmarked,
}

/// The tense of the clause that a time expression dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    Past,
    Future,
}

impl TimeValue {
    /// The date meant, seen from the day of publication. `None` where that is not known and
    /// needed, or where the words are too vague.
    pub fn resolve(self, published: Option<Date>, tense: Tense) -> Option<EventDate> {
        let seen_from = |f: &dyn Fn(Date) -> Option<EventDate>| published.and_then(f);
        match self {
            TimeValue::Full(date) => Some(date),
            TimeValue::Weekday(day, direction) => {
                seen_from(&|today| Some(EventDate::Day(weekday(today, day, direction, tense)?)))
            }
            TimeValue::Weekdays(first, last) => seen_from(&|today| {
                let from = weekday(today, first, Direction::Unmarked, tense)?;
                let to = (0..7).find_map(|n| {
                    let day = from.checked_add(n.days()).ok()?;
                    (day.weekday() == last).then_some(day)
                })?;
                Some(EventDate::Interval(from, to))
            }),
            TimeValue::MonthDay(month, day, until, direction) => {
                seen_from(&|today| month_day(today, month, day, until, direction, tense))
            }
            TimeValue::Days(n) => {
                seen_from(&|today| Some(EventDate::Day(today.checked_add(n.days()).ok()?)))
            }
            TimeValue::Weeks(n) => seen_from(&|today| {
                let monday =
                    today.checked_sub(i32::from(today.weekday().to_monday_zero_offset()).days());
                let monday = monday.ok()?.checked_add((n * 7).days()).ok()?;
                Some(EventDate::Interval(
                    monday,
                    monday.checked_add(6.days()).ok()?,
                ))
            }),
            TimeValue::Months(n) => seen_from(&|today| {
                let day = today.first_of_month().checked_add(n.months()).ok()?;
                Some(EventDate::Month(day.year(), day.month()))
            }),
            TimeValue::Years(n) => seen_from(&|today| {
                Some(EventDate::Year(
                    i16::try_from(i32::from(today.year()) + n).ok()?,
                ))
            }),
            TimeValue::AfterEvent(_) | TimeValue::Vague => None,
        }
    }
}

/// The nearest such weekday: up to and including today in the past, after today in the future.
fn weekday(today: Date, day: Weekday, direction: Direction, tense: Tense) -> Option<Date> {
    let back = (i32::from(today.weekday().to_monday_zero_offset())
        - i32::from(day.to_monday_zero_offset()))
    .rem_euclid(7);
    let ahead = (7 - back) % 7;
    let days = match (direction, tense) {
        (Direction::Past, _) => -(if back == 0 { 7 } else { back }),
        (Direction::Future, _) => {
            if ahead == 0 {
                7
            } else {
                ahead
            }
        }
        (Direction::Unmarked, Tense::Past) => -back,
        (Direction::Unmarked, Tense::Future) => ahead,
    };
    today.checked_add(days.days()).ok()
}

fn month_day(
    today: Date,
    month: i8,
    day: Option<i8>,
    until: Option<i8>,
    direction: Direction,
    tense: Tense,
) -> Option<EventDate> {
    let of_year = |year: i16| Date::new(year, month, day.unwrap_or(1)).ok();
    let this = of_year(today.year())?;
    let is_future = match direction {
        Direction::Past => false,
        Direction::Future => true,
        Direction::Unmarked => tense == Tense::Future,
    };
    // A month without a day can be the running one.
    let (early, late) = if day.is_none() {
        (this, this.last_of_month())
    } else {
        (this, this)
    };
    let year = if is_future && late < today {
        // "on Aug. 15" of an event told in a future-looking clause may still lie just behind.
        if today.since(late).ok()?.get_days() <= 14 {
            today.year()
        } else {
            today.year() + 1
        }
    } else if !is_future && early > today {
        if day.is_some() && early.since(today).ok()?.get_days() <= 31 {
            today.year()
        } else {
            today.year() - 1
        }
    } else {
        today.year()
    };
    match (day, until) {
        (Some(_), Some(last)) => Some(EventDate::Interval(
            of_year(year)?,
            Date::new(year, month, last).ok()?,
        )),
        (Some(_), None) => Some(EventDate::Day(of_year(year)?)),
        (None, _) => Some(EventDate::Month(year, month)),
    }
}

/// Finds the time expressions of a document, in order, not overlapping.
pub fn find_times(words: &Words) -> Vec<Time> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match time_at(words, at) {
            Some((end, value)) if end > at => {
                found.push(Time {
                    tokens: at..end,
                    value,
                });
                at = end;
            }
            _ => at += 1,
        }
    }
    found
}

fn time_at(words: &Words, at: TokenId) -> Option<(TokenId, TimeValue)> {
    let lower = words.lower(at);
    if let Some(day) = weekday_named(words, at) {
        return Some(weekday_at(words, at, day));
    }
    if let Some(month) = month_named(words, at) {
        return month_at(words, at, month);
    }
    if let Some(found) = day_month(words, at) {
        return Some(found);
    }
    let found = match lower {
        "today" | "tonight" => (1, TimeValue::Days(0)),
        "yesterday" => (1, TimeValue::Days(-1)),
        "tomorrow" => (1, TimeValue::Days(1)),
        "last" | "previous" | "past" => (2, period(words.lower(at + 1), -1)?),
        "next" | "coming" => (2, period(words.lower(at + 1), 1)?),
        "this" => (2, period(words.lower(at + 1), 0)?),
        "earlier" | "later" if words.lower(at + 1) == "this" => {
            (3, period(words.lower(at + 2), 0)?)
        }
        _ => {
            return counted(words, at)
                .or_else(|| iso_date(words, at))
                .or_else(|| year(words, at));
        }
    };
    Some((at + found.0, found.1))
}

fn period(unit: &str, n: i32) -> Option<TimeValue> {
    Some(match unit {
        "week" => TimeValue::Weeks(n),
        "month" => TimeValue::Months(n),
        "year" => TimeValue::Years(n),
        "night" if n < 0 => TimeValue::Days(-1),
        "morning" | "afternoon" | "evening" if n == 0 => TimeValue::Days(0),
        _ => return None,
    })
}

fn weekday_named(words: &Words, at: TokenId) -> Option<Weekday> {
    if !words.is_capital(at) {
        return None;
    }
    Some(match words.lower(at).trim_end_matches('.') {
        "monday" | "mondays" => Weekday::Monday,
        "tuesday" | "tues" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" | "thurs" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun" if words.word(at).ends_with('.') => {
            return None;
        }
        _ => return None,
    })
}

fn weekday_at(words: &Words, at: TokenId, day: Weekday) -> (TokenId, TimeValue) {
    // "Monday July 26, 2022": the date says more.
    let date = if words.lower(at + 1) == "," {
        at + 2
    } else {
        at + 1
    };
    if let Some(month) = month_named(words, date)
        && let Some((end, value)) = month_at(words, date, month)
        && !matches!(value, TimeValue::MonthDay(_, None, _, _))
    {
        return (end, value);
    }
    if let Some((end, value)) = day_month(words, date) {
        return (end, value);
    }
    if matches!(
        words.lower(at + 1),
        "to" | "through" | "until" | "till" | "-" | "–"
    ) && let Some(last) = weekday_named(words, at + 2)
    {
        return (at + 3, TimeValue::Weekdays(day, last));
    }
    let direction = match words.before(at) {
        "last" | "past" | "previous" => Direction::Past,
        "next" | "coming" => Direction::Future,
        _ => Direction::Unmarked,
    };
    let mut end = at + 1;
    if matches!(
        words.lower(end),
        "morning" | "afternoon" | "evening" | "night"
    ) {
        end += 1;
    }
    (end, TimeValue::Weekday(day, direction))
}

fn month_named(words: &Words, at: TokenId) -> Option<i8> {
    if !words.is_capital(at) {
        return None;
    }
    let month = match words.lower(at).trim_end_matches('.') {
        "january" | "jan" => 1,
        "february" | "feb" => 2,
        "march" | "mar" => 3,
        "april" | "apr" => 4,
        "may" => 5,
        "june" | "jun" => 6,
        "july" | "jul" => 7,
        "august" | "aug" => 8,
        "september" | "sept" | "sep" => 9,
        "october" | "oct" => 10,
        "november" | "nov" => 11,
        "december" | "dec" => 12,
        _ => return None,
    };
    // May and March are words and names too: a number or a preposition must stand beside them.
    let unsure = matches!(
        words.lower(at),
        "may" | "march" | "april" | "june" | "august" | "mar"
    );
    let beside = number(words, at + 1).is_some()
        || number(words, at.wrapping_sub(1)).is_some()
        || matches!(
            words.before(at),
            "in" | "since"
                | "last"
                | "next"
                | "this"
                | "until"
                | "by"
                | "of"
                | "late"
                | "early"
                | "mid"
                | "-"
                | "from"
                | "to"
                | "before"
                | "after"
                | "during"
        );
    (!unsure || beside).then_some(month)
}

fn number(words: &Words, at: TokenId) -> Option<i16> {
    let word = words.lower(at);
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ordinal = &word[digits.len()..];
    matches!(ordinal, "" | "st" | "nd" | "rd" | "th").then(|| digits.parse().ok())?
}

fn day_number(words: &Words, at: TokenId) -> Option<i8> {
    number(words, at)
        .filter(|n| (1..=31).contains(n))
        .and_then(|n| i8::try_from(n).ok())
}

fn year_number(words: &Words, at: TokenId) -> Option<i16> {
    let word = words.lower(at);
    (word.len() == 4)
        .then(|| word.parse().ok())?
        .filter(|n| (1800..=2100).contains(n))
}

/// A year after a date, with or without a comma: its number and the token after it.
fn year_after(words: &Words, at: TokenId) -> Option<(i16, TokenId)> {
    let at = if words.lower(at) == "," { at + 1 } else { at };
    if let Some(year) = year_number(words, at) {
        return Some((year, at + 1));
    }
    None
}

/// "July", "July 11", "July 11, 2022", "July 2022", "July 27-29", "March this year".
fn month_at(words: &Words, at: TokenId, month: i8) -> Option<(TokenId, TimeValue)> {
    let direction = match words.before(at) {
        "last" => Direction::Past,
        "next" => Direction::Future,
        _ => Direction::Unmarked,
    };
    if let Some(day) = day_number(words, at + 1).filter(|_| year_number(words, at + 1).is_none()) {
        let mut end = at + 2;
        let mut until = None;
        if matches!(words.lower(end), "-" | "–" | "to" | "and" | "through")
            && let Some(last) = day_number(words, end + 1).filter(|last| *last > day)
            && (words.lower(end) != "and" || last == day + 1)
        {
            until = Some(last);
            end += 2;
        }
        return Some(match year_after(words, end) {
            Some((year, end)) => {
                let first = Date::new(year, month, day).ok()?;
                let date = match until {
                    Some(last) => EventDate::Interval(first, Date::new(year, month, last).ok()?),
                    None => EventDate::Day(first),
                };
                (end, TimeValue::Full(date))
            }
            None => (end, TimeValue::MonthDay(month, Some(day), until, direction)),
        });
    }
    let of = if words.lower(at + 1) == "of" {
        at + 2
    } else {
        at + 1
    };
    if let Some((year, end)) = year_after(words, of).filter(|(_, end)| *end <= of + 1) {
        return Some((end, TimeValue::Full(EventDate::Month(year, month))));
    }
    if words.lower(of) == "this" && words.lower(of + 1) == "year" {
        return Some((
            of + 2,
            TimeValue::MonthDay(month, None, None, Direction::Unmarked),
        ));
    }
    if words.lower(of) == "last" && words.lower(of + 1) == "year" {
        return Some((
            of + 2,
            TimeValue::MonthDay(month, None, None, Direction::Past),
        ));
    }
    Some((at + 1, TimeValue::MonthDay(month, None, None, direction)))
}

/// "11 July", "the 11th of July 2022".
fn day_month(words: &Words, at: TokenId) -> Option<(TokenId, TimeValue)> {
    let day = day_number(words, at)?;
    let mut next = at + 1;
    let mut until = None;
    if matches!(words.lower(next), "-" | "–" | "to") {
        until = day_number(words, next + 1).filter(|last| *last > day);
        if until.is_some() {
            next += 2;
        }
    }
    if words.lower(next) == "of" {
        next += 1;
    }
    let month = month_named(words, next)?;
    Some(match year_after(words, next + 1) {
        Some((year, end)) => {
            let first = Date::new(year, month, day).ok()?;
            let date = match until {
                Some(last) => EventDate::Interval(first, Date::new(year, month, last).ok()?),
                None => EventDate::Day(first),
            };
            (end, TimeValue::Full(date))
        }
        None => (
            next + 1,
            TimeValue::MonthDay(month, Some(day), until, Direction::Unmarked),
        ),
    })
}

/// "2022-07-25".
fn iso_date(words: &Words, at: TokenId) -> Option<(TokenId, TimeValue)> {
    let year = year_number(words, at)?;
    let month: i8 = words.lower(at + 2).parse().ok()?;
    let day: i8 = words.lower(at + 4).parse().ok()?;
    let dashes = words.lower(at + 1) == "-" && words.lower(at + 3) == "-";
    let date = Date::new(year, month, day).ok()?;
    dashes.then_some((at + 5, TimeValue::Full(EventDate::Day(date))))
}

/// "in 2019", "since 2014": a bare year after a preposition.
fn year(words: &Words, at: TokenId) -> Option<(TokenId, TimeValue)> {
    let year = year_number(words, at)?;
    let dated = matches!(
        words.before(at),
        "in" | "since"
            | "until"
            | "of"
            | "from"
            | "to"
            | "by"
            | "during"
            | "late"
            | "early"
            | "the"
            | "("
            | "before"
            | "after"
    );
    dated.then_some((at + 1, TimeValue::Full(EventDate::Year(year))))
}

/// "two days ago", "three weeks later", "three days after", "days after", "a day earlier".
fn counted(words: &Words, at: TokenId) -> Option<(TokenId, TimeValue)> {
    let (n, mut next) = match spelled_number(words.lower(at)) {
        Some(n) => (n, at + 1),
        None => (
            words
                .lower(at)
                .parse::<i32>()
                .ok()
                .filter(|n| (1..1000).contains(n))?,
            at + 1,
        ),
    };
    if words.lower(next) == "full" {
        next += 1;
    }
    let unit = words.lower(next).trim_end_matches('s');
    let end = next + 2;
    let days = match unit {
        "day" => n,
        "week" => n * 7,
        _ => 0,
    };
    match (words.lower(next + 1), unit) {
        ("ago" | "earlier", "day") => Some((end, TimeValue::Days(-n))),
        ("ago" | "earlier", "week") => Some((end, TimeValue::Weeks(-n))),
        ("ago" | "earlier", "month") => Some((end, TimeValue::Months(-n))),
        ("ago" | "earlier", "year") => Some((end, TimeValue::Years(-n))),
        ("after", "day" | "week") => Some((end, TimeValue::AfterEvent(days))),
        ("before", "day" | "week") => Some((end, TimeValue::AfterEvent(-days))),
        _ => None,
    }
}

fn spelled_number(word: &str) -> Option<i32> {
    Some(match word {
        "a" | "an" | "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::document::Document;

    /// The first expression's text and its date, seen from Tuesday 19 August 2025.
    fn read(text: &str, tense: Tense) -> (String, Option<String>) {
        let document = Document::new(text, &[]);
        let words = Words::new(&document);
        let times = find_times(&words);
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
        assert_eq!(find_times(&words)[0].value.resolve(None, Tense::Past), None);
    }

    #[test]
    fn may_and_march_are_words_too() {
        let document = Document::new("They may march on.", &[]);
        assert!(find_times(&Words::new(&document)).is_empty());
    }
}
