//! The days that expressions of time give to events, seen from the day of publication. Must not know
//! any words.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::fact::EventDate;

/// What a time expression says, before it is resolved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TimeValue {
    /// A date that needs no other: "July 11, 2022", "in 2019".
    Full(EventDate),
    /// A weekday, with the direction its words give.
    Weekday(Weekday, Direction),
    /// A weekday of the week so many from this one: "Friday next week".
    DayOfWeek(Weekday, i32),
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
            TimeValue::DayOfWeek(day, weeks) => seen_from(&|today| {
                let days = i32::from(day.to_monday_zero_offset())
                    - i32::from(today.weekday().to_monday_zero_offset());
                let day = today.checked_add((days + weeks * 7).days()).ok()?;
                Some(EventDate::Day(day))
            }),
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
            TimeValue::AfterEvent(_) => None,
        }
    }
}

/// The nearest such weekday: up to and including today in the past, after today in the future.
pub(super) fn weekday(
    today: Date,
    day: Weekday,
    direction: Direction,
    tense: Tense,
) -> Option<Date> {
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
