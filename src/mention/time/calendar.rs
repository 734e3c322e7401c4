//! Dates of the calendar: weekdays, months, days, years, quarters, seasons, feasts. Must not know
//! what day it is.

use jiff::civil::{Date, Weekday};

use super::clock::with_part_of_day;
use super::dating::{Direction, TimeValue};
use super::expression::Found;
use super::length::is_measure;
use super::meaning::{Meaning, Point, YearOf, YearPart};
use super::vocabulary::{
    day_number, feast, month_named, ordinal, season_named, spoken_year, weekday_named, year_number,
};
use crate::document::TokenId;
use crate::fact::EventDate;
use crate::mention::words::Words;

/// The calendar date that begins at a token.
pub fn calendar_at(words: &Words, at: TokenId) -> Option<Found> {
    directed(words, at)
        .or_else(|| month_of(words, at))
        .or_else(|| day_at(words, at).map(|found| with_part_of_day(words, found)))
        .or_else(|| week_of(words, at))
        .or_else(|| part_of_year(words, at))
        .or_else(|| named_feast(words, at))
        .or_else(|| decade(words, at))
        .or_else(|| century(words, at))
        .or_else(|| year(words, at))
}

/// A weekday, a month, a day of a month, a date in digits.
pub fn day_at(words: &Words, at: TokenId) -> Option<Found> {
    let (end, value) = if let Some(day) = weekday_named(words, at) {
        weekday_at(words, at, day)
    } else if let Some(month) = month_named(words, at) {
        month_at(words, at, month)?
    } else if let Some(found) = day_month(words, at) {
        found
    } else if let Some(found) = in_digits(words, at) {
        found
    } else {
        // "Tomorrow Group" and "USA Today" are names.
        if words.is_capital(at) && !words.is_initial(at) {
            return None;
        }
        let days = match words.lower(at) {
            "today" => 0,
            "yesterday" => -1,
            "tomorrow" => 1,
            _ => return None,
        };
        (at + 1, TimeValue::Days(days))
    };
    Some(Found::date(at..end, value))
}

/// "last Tuesday", "next May", "this past Friday": the words before say which one.
fn directed(words: &Words, at: TokenId) -> Option<Found> {
    let the = usize::from(words.lower(at) == "the");
    let (direction, next) = match (words.lower(at + the), words.lower(at + the + 1)) {
        ("this", "past") => (Direction::Past, at + the + 2),
        ("this", "coming") => (Direction::Future, at + the + 2),
        ("last" | "past" | "previous", _) => (Direction::Past, at + the + 1),
        ("next" | "coming", _) => (Direction::Future, at + the + 1),
        ("this", _) => (Direction::Unmarked, at + the + 1),
        _ => return None,
    };
    let (end, value) = if let Some(day) = weekday_named(words, next) {
        let (end, value) = weekday_at(words, next, day);
        match value {
            TimeValue::Weekday(day, Direction::Unmarked) => {
                (end, TimeValue::Weekday(day, direction))
            }
            other => (end, other),
        }
    } else {
        let (end, value) = month_at(words, next, month_named(words, next)?)?;
        match value {
            TimeValue::MonthDay(month, day, until, Direction::Unmarked) => {
                (end, TimeValue::MonthDay(month, day, until, direction))
            }
            other => (end, other),
        }
    };
    let found = Found::date(next..end, value);
    Some(with_part_of_day(words, found))
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
    // "Monday of next week", "Friday last week"
    let of = at + 1 + usize::from(words.lower(at + 1) == "of");
    let weeks = match words.lower(of) {
        "last" => Some(-1),
        "this" => Some(0),
        "next" => Some(1),
        _ => None,
    };
    if let Some(weeks) = weeks.filter(|_| words.lower(of + 1) == "week") {
        return (of + 2, TimeValue::DayOfWeek(day, weeks));
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
    (at + 1, TimeValue::Weekday(day, direction))
}

/// A year after a date, with or without a comma: its number and the token after it.
fn year_after(words: &Words, at: TokenId) -> Option<(i16, TokenId)> {
    let at = if words.lower(at) == "," { at + 1 } else { at };
    if let Some(year) = year_number(words, at) {
        return Some((year, at + 1));
    }
    spoken_year(words, at)
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
    if let Some((year, end)) = year_after(words, of).filter(|(_, end)| *end <= of + 4) {
        return Some((end, TimeValue::Full(EventDate::Month(year, month))));
    }
    Some((at + 1, TimeValue::MonthDay(month, None, None, direction)))
}

/// "11 July", "the 11th of July 2022".
fn day_month(words: &Words, at: TokenId) -> Option<(TokenId, TimeValue)> {
    let day = day_number(words, at)?;
    let mut next = at + 1;
    let mut until = None;
    // "10-February-2006"
    if words.lower(next) == "-"
        && let Some(month) = month_named(words, next + 1)
        && words.lower(next + 2) == "-"
        && let Some(year) = year_number(words, next + 3)
    {
        let date = Date::new(year, month, day).ok()?;
        return Some((next + 4, TimeValue::Full(EventDate::Day(date))));
    }
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

/// "2022-07-25", "2022/07/25", "7/25/2022" (month first where that is possible).
fn in_digits(words: &Words, at: TokenId) -> Option<(TokenId, TimeValue)> {
    if let Some(year) = year_number(words, at)
        && words.lower(at + 1) == "-"
        && words.lower(at + 3) == "-"
    {
        let month: i8 = words.lower(at + 2).parse().ok()?;
        let day: i8 = words.lower(at + 4).parse().ok()?;
        let date = Date::new(year, month, day).ok()?;
        return Some((at + 5, TimeValue::Full(EventDate::Day(date))));
    }
    let parts: Vec<i16> = words
        .lower(at)
        .split(['/', '-'])
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let [a, b, c] = parts.as_slice() else {
        return None;
    };
    let date = |year: i16, month: i16, day: i16| {
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    let full = match c {
        0..50 => c + 2000,
        50..100 => c + 1900,
        _ => *c,
    };
    let date = if *a > 1000 {
        date(*a, *b, *c)?
    } else {
        date(full, *a, *b).or_else(|| date(full, *b, *a))?
    };
    Some((at + 1, TimeValue::Full(EventDate::Day(date))))
}

/// "March this year", "July of last year", "June 5 last year".
fn month_of(words: &Words, at: TokenId) -> Option<Found> {
    let month = month_named(words, at)?;
    let day = day_number(words, at + 1);
    let next = at + 1 + usize::from(day.is_some());
    let of = next + usize::from(words.lower(next) == "of");
    let (shift, _) = year_shift(words, of)?;
    let direction = match shift {
        -1 => Direction::Past,
        0 => Direction::Unmarked,
        _ => Direction::Future,
    };
    let value = TimeValue::MonthDay(month, day, None, direction);
    let found = Found::point(of + 2, Point::MonthOf(month, day, shift));
    Some(found.dating(at..of + 2, value))
}

/// "the week of March 6".
fn week_of(words: &Words, at: TokenId) -> Option<Found> {
    let the = usize::from(words.lower(at) == "the");
    if !words.reads(at + the, &["week", "of"]) {
        return None;
    }
    let found = day_at(words, at + the + 2)?;
    match found.meaning {
        Meaning::Point(Point::Date(value), None) => {
            Some(Found::point(found.end, Point::WeekOf(value)))
        }
        _ => None,
    }
}

/// "the third quarter of 1984", "last year's first half", "the 1988 second quarter", "last fall",
/// "summer 2011".
fn part_of_year(words: &Words, at: TokenId) -> Option<Found> {
    let mut next = at + usize::from(matches!(words.lower(at), "the" | "its" | "their"));
    let mut year = None;
    if let Some(n) = year_number(words, next) {
        (year, next) = (Some(YearOf::Given(n)), next + 1);
    } else if let Some((shift, end)) = year_shift(words, next) {
        (year, next) = (Some(YearOf::Shifted(shift)), end);
    }
    next += usize::from(words.lower(next) == "fiscal");
    next += usize::from(words.lower(next) == "-");
    let part = if let Some(n) = ordinal(words.lower(next)) {
        next += 1;
        next += usize::from(words.lower(next) == "-");
        let part = match words.lower(next) {
            "quarter" => YearPart::Quarter(n),
            "half" if n <= 2 && words.lower(next + 1) == "of" => YearPart::Half(n),
            "half" if n <= 2 && year.is_some() => YearPart::Half(n),
            _ => return None,
        };
        next += 1;
        part
    } else {
        let season = season_named(words.lower(next))?;
        next += 1;
        // "fall" and "spring" are verbs, and seasons of sports have other words around them.
        let is_told = matches!(
            words.before(next - 1),
            "last" | "this" | "next" | "past" | "the"
        ) || matches!(
            words.before(next - 1),
            "in" | "since" | "early" | "late" | "of" | "mid"
        ) || year.is_some()
            || year_number(words, next).is_some();
        if !is_told || words.is_capital(next - 1) && year_number(words, next).is_none() {
            return None;
        }
        YearPart::Season(season)
    };
    if year.is_none() {
        let of = next + usize::from(matches!(words.lower(next), "of" | ","));
        if let Some((n, end)) = year_number(words, of)
            .map(|n| (n, of + 1))
            .or(spoken_year(words, of))
        {
            (year, next) = (Some(YearOf::Given(n)), end);
        } else if let Some((shift, end)) = year_shift(words, of) {
            (year, next) = (Some(YearOf::Shifted(shift)), end);
        }
    }
    if matches!(part, YearPart::Half(_)) && year.is_none() {
        return None;
    }
    let year = year.unwrap_or(YearOf::Open(Direction::Unmarked));
    Some(Found::point(next, Point::Part(part, year)))
}

/// "last year", "this year's", "next year": years from publication, and the token after it.
fn year_shift(words: &Words, at: TokenId) -> Option<(i32, TokenId)> {
    let shift = match words.lower(at) {
        "last" => -1,
        "this" => 0,
        "next" => 1,
        _ => return None,
    };
    (words.lower(at + 1) == "year")
        .then(|| (shift, at + 2 + usize::from(words.lower(at + 2) == "'s")))
}

fn named_feast(words: &Words, at: TokenId) -> Option<Found> {
    let (direction, next) = match words.lower(at) {
        "last" => (Direction::Past, at + 1),
        "next" => (Direction::Future, at + 1),
        _ => (Direction::Unmarked, at),
    };
    let (feast, end) = feast(words, next)?;
    Some(match year_after(words, end) {
        Some((year, end)) => Found::point(end, Point::Feast(feast, YearOf::Given(year))),
        None => Found::point(end, Point::Feast(feast, YearOf::Open(direction))),
    })
}

/// "the 1990s", "the '80s", "the nineties".
fn decade(words: &Words, at: TokenId) -> Option<Found> {
    let start = at + usize::from(words.lower(at) == "the");
    let mut next = start;
    next += usize::from(matches!(words.lower(next), "'" | "‘" | "’"));
    let lower = words.lower(next);
    let digits = lower.trim_start_matches(['\'', '’', '‘']).strip_suffix('s');
    let digits = digits.map(|d| d.trim_end_matches('\''));
    let marked = next > start || lower.starts_with(['\'', '’', '‘']);
    let first = match (
        digits.map(str::len),
        digits.and_then(|d| d.parse::<i16>().ok()),
    ) {
        (Some(4), Some(year)) if year % 10 == 0 && (1500..=2100).contains(&year) => year,
        (Some(2), Some(year)) if year % 10 == 0 && (marked || start > at) => {
            if year < 30 {
                2000 + year
            } else {
                1900 + year
            }
        }
        _ if start > at || matches!(words.before(at), "early" | "late" | "mid" | "-") => {
            match words.lower(next) {
                "fifties" => 1950,
                "sixties" => 1960,
                "seventies" => 1970,
                "eighties" => 1980,
                "nineties" => 1990,
                _ => return None,
            }
        }
        _ => return None,
    };
    Some(Found::point(next + 1, Point::Decade(first)))
}

/// "the 19th century".
fn century(words: &Words, at: TokenId) -> Option<Found> {
    let next = at + usize::from(words.lower(at) == "the");
    let digits = words
        .lower(next)
        .strip_suffix("th")
        .or(words.lower(next).strip_suffix("st"));
    let n: i16 = match words.lower(next) {
        "nineteenth" => 19,
        "twentieth" => 20,
        _ => digits?.parse().ok()?,
    };
    let end = next + 1 + usize::from(words.lower(next + 1) == "-");
    (words.lower(end) == "century").then(|| Found::point(end + 1, Point::Century(n - 1)))
}

/// "in 2019", "fiscal 1989", "1948": a year. Only one after a preposition dates an event.
fn year(words: &Words, at: TokenId) -> Option<Found> {
    let the_year = usize::from(words.lower(at) == "the") * 2;
    let is_called = the_year > 0 && words.lower(at + 1) == "year";
    let fiscal = usize::from(words.lower(at) == "fiscal");
    let next = match (is_called, fiscal) {
        (true, _) => at + the_year,
        (_, n) => at + n,
    };
    let mid = words
        .lower(next)
        .strip_prefix("mid-")
        .and_then(|y| y.parse::<i16>().ok());
    if let Some(year) = mid.filter(|y| (1500..=2100).contains(y)) {
        let value = TimeValue::Full(EventDate::Year(year));
        return Some(Found::point(next + 1, Point::Date(value)));
    }
    let Some(year) = year_number(words, next) else {
        // "nineteen eighty": a year where a year can stand.
        let (year, end) = spoken_year(words, next)?;
        let is_year = is_called
            || words.lower(next) == "nineteen"
            || matches!(words.before(next), "in" | "since" | "of" | "by" | "until");
        let value = TimeValue::Full(EventDate::Year(year));
        return is_year.then(|| Found::point(end, Point::Date(value)));
    };
    let is_part = words.before(next) == "-"
        && next > 1
        && matches!(words.lower(next - 2), "early" | "mid" | "late");
    let before = if is_part { "mid" } else { words.before(next) };
    let dates = matches!(
        before,
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
    let counts = matches!(
        before,
        "$" | "£" | "€" | "#" | "no." | "than" | "about" | "some" | "/" | "+"
    ) || is_measure(words, next + 1)
        || matches!(
            words.lower(next + 1),
            "people" | "percent" | "%" | "per" | "-" | "/"
        ) && !dates
        || !dates && before == "-";
    // "sold 2012 lambs", but "its 2012 results"
    let counted = words.lower(next + 1);
    let is_owned = matches!(
        before,
        "'s" | "'" | "its" | "his" | "her" | "their" | "our" | "this"
    );
    let counts = counts
        || counted.len() > 3 && counted.ends_with('s') && words.is_word(next + 1) && !is_owned;
    if counts && !dates && !is_called {
        return None;
    }
    let value = TimeValue::Full(EventDate::Year(year));
    let found = Found::point(next + 1, Point::Date(value));
    Some(if dates && next == at {
        found.dating(next..next + 1, value)
    } else {
        found
    })
}
