//! What an expression of time means, before it is resolved. Must not know any text.

use super::dating::{Direction, TimeValue};

/// A unit of time, from the shortest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// How many: "2 1/2" is 2 and a half.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    Halves(i32),
    /// "several", "a few", "two to three".
    Unknown,
}

impl Amount {
    pub const ONE: Amount = Amount::Halves(2);

    pub fn whole(n: i32) -> Self {
        Amount::Halves(n.saturating_mul(2))
    }

    /// The number, rounded down; `None` where it is unknown.
    pub fn number(self) -> Option<i32> {
        match self {
            Amount::Halves(n) => Some(n / 2),
            Amount::Unknown => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Season {
    Spring,
    Summer,
    Fall,
    Winter,
}

/// A part of a year that has a number or a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearPart {
    Quarter(i8),
    Half(i8),
    Season(Season),
}

/// The year to which a part of a year or a feast belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearOf {
    Given(i16),
    /// So many years from publication: "last year's".
    Shifted(i32),
    /// As direction and tense say.
    Open(Direction),
}

/// A part of the day, or a time of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hour {
    Morning,
    Afternoon,
    Evening,
    Night,
    /// Hour from 0 to 24, and minute if the words have one.
    Clock(i8, Option<i8>),
}

/// A day that is known by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feast {
    /// Month and day.
    Fixed(i8, i8),
    /// The nth such weekday (Monday 0) of a month, -1 the last.
    Nth(i8, i8, i8),
    /// The Tuesday after the first Monday of November.
    ElectionDay,
    /// So many days from Easter Sunday.
    Easter(i32),
}

/// Where on the calendar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Point {
    /// What facts use as well.
    Date(TimeValue),
    /// So many units from publication: "a decade ago".
    Relative(i32, Unit),
    /// So many units from the date last mentioned: "two years earlier"; 0 is that one itself.
    FromMention(i32, Unit),
    /// First year of a decade: "the 1990s".
    Decade(i16),
    /// Its number less one: 19 is the twentieth.
    Century(i16),
    Part(YearPart, YearOf),
    /// So many weekends from publication.
    Weekend(i32),
    Feast(Feast, YearOf),
    /// The week that holds the day.
    WeekOf(TimeValue),
    /// The quarter last mentioned, so many years on: "the quarter", "the year-ago period".
    SameQuarter(i32),
    /// The last day of the running year.
    YearEnd,
    /// A month, perhaps with a day, of the year so many from publication: "March last year".
    MonthOf(i8, Option<i8>, i32),
}

/// What comes round again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Round {
    /// "daily", "every two years".
    Every(Amount, Unit),
    /// "every Monday morning": weekday from 1.
    Weekday(i8, Option<Hour>),
    /// "each July".
    Month(i8),
}

/// What an expression means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Meaning {
    Point(Point, Option<Hour>),
    /// A part of the day or a clock time of a day named elsewhere: "at 10 p.m.".
    Hour(Hour),
    Duration(Amount, Unit),
    Set(Round),
    /// "recently", "in recent years".
    Past,
    /// "now", "currently".
    Present,
    /// "in the future".
    Future,
}
