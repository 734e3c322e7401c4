//! What expressions of time say as TIMEX3: type and value, resolved against the day of publication
//! and the dates mentioned before. Must not know which words say it, but for the "and" of two days.
//!
//! Without a day of publication what is relative keeps unknown digits (`XXXX-WXX-1`) or has no value.

use std::fmt::Write as _;
use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::dating::{Direction, Tense, TimeValue};
use super::expression::Expression;
use super::meaning::{Amount, Feast, Hour, Meaning, Point, Round, Season, Unit, YearOf, YearPart};
use super::tense::tense_at;
use crate::document::TokenId;
use crate::fact::EventDate;
use crate::mention::words::Words;

/// The type of a TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimexKind {
    Date,
    Time,
    Duration,
    Set,
}

impl TimexKind {
    pub fn name(self) -> &'static str {
        match self {
            TimexKind::Date => "DATE",
            TimexKind::Time => "TIME",
            TimexKind::Duration => "DURATION",
            TimexKind::Set => "SET",
        }
    }
}

/// An expression with its type and value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timex {
    pub tokens: Range<TokenId>,
    pub kind: TimexKind,
    /// Empty where the article does not tell.
    pub value: String,
}

/// The expressions of a document as TIMEX3, in the same order.
pub fn timexes(words: &Words, expressions: &[Expression], published: Option<Date>) -> Vec<Timex> {
    let mut reader = Reader {
        published,
        mentioned: None,
        day: None,
        sentence: 0,
        day_sentence: 0,
        quarter: None,
    };
    let mut found = Vec::with_capacity(expressions.len());
    for expression in expressions {
        let tense = tense_at(words, &expression.tokens);
        reader.sentence = words.sentence_index(expression.tokens.start);
        let (kind, value) = reader.read(expression.meaning, tense);
        let timex = |tokens: Range<TokenId>, value: &str| Timex {
            tokens,
            kind,
            value: value.to_owned(),
        };
        let tokens = expression.tokens.clone();
        let and = tokens.clone().find(|t| words.lower(*t) == "and");
        // "May 3 and 4" are two days.
        if let (Some(and), Some((first, last))) = (and, value.split_once('/')) {
            found.push(timex(tokens.start..and, first));
            found.push(timex(and + 1..tokens.end, last));
        } else {
            found.push(timex(tokens, &value));
        }
    }
    found
}

/// A stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Stretch {
    Date(EventDate),
    /// The week of this Monday.
    Week(Date),
    /// The weekend of the week of this Monday.
    Weekend(Date),
    Part(i16, YearPart),
    /// By its first year.
    Decade(i16),
    Century(i16),
}

/// Goes through the text and remembers the dates it has met.
struct Reader {
    published: Option<Date>,
    /// The first day of what was last mentioned.
    mentioned: Option<Date>,
    /// The day last mentioned.
    day: Option<Date>,
    /// The sentence that is read, and the one in which `day` was mentioned.
    sentence: usize,
    day_sentence: usize,
    /// The quarter last mentioned: its year and number.
    quarter: Option<(i16, i8)>,
}

impl Reader {
    fn read(&mut self, meaning: Meaning, tense: Option<Tense>) -> (TimexKind, String) {
        match meaning {
            Meaning::Past => (TimexKind::Date, "PAST_REF".to_owned()),
            Meaning::Present => (TimexKind::Date, "PRESENT_REF".to_owned()),
            Meaning::Future => (TimexKind::Date, "FUTURE_REF".to_owned()),
            Meaning::Duration(count, unit) => (TimexKind::Duration, duration(count, unit)),
            Meaning::Set(round) => (TimexKind::Set, set_value(round)),
            Meaning::Hour(hour) => {
                // Of a day just mentioned, or else of today.
                let mentioned = self.day.filter(|_| self.sentence <= self.day_sentence + 1);
                let day = mentioned.or(self.published);
                let date = day.map_or_else(|| "XXXX-XX-XX".to_owned(), |day| day.to_string());
                (TimexKind::Time, date + &hour_value(hour))
            }
            Meaning::Point(point, hour) => self.point(point, hour, tense),
        }
    }

    fn point(
        &mut self,
        point: Point,
        hour: Option<Hour>,
        tense: Option<Tense>,
    ) -> (TimexKind, String) {
        let stretch = self.stretch(point, tense);
        // What was reached from a date mentioned before is not the next one's beginning.
        if let Some(stretch) = stretch
            && !matches!(
                point,
                Point::FromMention(..) | Point::SameQuarter(_) | Point::YearEnd
            )
        {
            self.remember(stretch);
        }
        let date = stretch.map_or_else(|| unresolved(point), shown);
        match hour {
            Some(hour) if date.is_empty() => {
                (TimexKind::Time, "XXXX-XX-XX".to_owned() + &hour_value(hour))
            }
            Some(hour) => (TimexKind::Time, date + &hour_value(hour)),
            None => (TimexKind::Date, date),
        }
    }

    fn remember(&mut self, stretch: Stretch) {
        match stretch {
            Stretch::Date(EventDate::Day(day)) => {
                self.day = Some(day);
                self.day_sentence = self.sentence;
                self.mentioned = Some(day);
            }
            Stretch::Date(date) => self.mentioned = Some(date.bounds().0),
            Stretch::Week(monday) | Stretch::Weekend(monday) => self.mentioned = Some(monday),
            Stretch::Part(year, part) => {
                if let YearPart::Quarter(n) = part {
                    self.quarter = Some((year, n));
                }
                let month = match part {
                    YearPart::Quarter(n) => n * 3 - 2,
                    YearPart::Half(n) => n * 6 - 5,
                    YearPart::Season(season) => first_month(season),
                };
                self.mentioned = Date::new(year, month, 1).ok();
            }
            Stretch::Decade(_) | Stretch::Century(_) => {}
        }
    }

    fn stretch(&self, point: Point, tense: Option<Tense>) -> Option<Stretch> {
        Some(match point {
            Point::Date(TimeValue::MonthDay(month, day, until, Direction::Unmarked)) => {
                Stretch::Date(self.month_day(month, day, until, tense)?)
            }
            Point::Date(TimeValue::Weeks(n)) => Stretch::Week(monday_of(self.published?, n)?),
            Point::Date(value) => {
                Stretch::Date(value.resolve(self.published, tense.unwrap_or(Tense::Past))?)
            }
            Point::Relative(n, unit) => shifted(self.published?, n, unit)?,
            Point::FromMention(-1, Unit::Year) if self.quarter.is_some() => {
                return self.stretch(Point::SameQuarter(-1), tense);
            }
            Point::FromMention(n, unit) => {
                let mentioned = if unit == Unit::Day {
                    self.day
                } else {
                    self.mentioned
                };
                shifted(mentioned.or(self.published)?, n, unit)?
            }
            Point::Decade(year) => Stretch::Decade(year),
            Point::Century(n) => Stretch::Century(n),
            Point::Part(part, year) => self.part(part, year, tense)?,
            Point::Weekend(n) => {
                let today = self.published?;
                // On a Monday "the weekend" is the one just over, on a Friday the coming one.
                let begun = today.weekday().to_monday_zero_offset() < 4;
                let back = i32::from(n == 0 && tense != Some(Tense::Future) && begun);
                Stretch::Weekend(monday_of(today, n - back)?)
            }
            Point::Feast(feast, year) => {
                Stretch::Date(EventDate::Day(self.feast(feast, year, tense)?))
            }
            Point::WeekOf(value) => match self.stretch(Point::Date(value), tense)? {
                Stretch::Date(date) => Stretch::Week(monday_of(date.bounds().0, 0)?),
                _ => return None,
            },
            Point::MonthOf(month, day, years) => {
                let year = self.year(years)?;
                Stretch::Date(match day {
                    Some(day) => EventDate::Day(Date::new(year, month, day).ok()?),
                    None => EventDate::Month(year, month),
                })
            }
            Point::YearEnd => Stretch::Date(EventDate::Day(self.published?.last_of_year())),
            Point::SameQuarter(years) => match self.quarter {
                Some((year, n)) => {
                    let year = i16::try_from(i32::from(year) + years).ok()?;
                    Stretch::Part(year, YearPart::Quarter(n))
                }
                None if years != 0 => Stretch::Date(EventDate::Year(self.year(years)?)),
                None => shifted(self.published?, -1, Unit::Quarter)?,
            },
        })
    }

    /// A month or a day of it without a year: the nearest, though one against the tense has to be
    /// much nearer.
    fn month_day(
        &self,
        month: i8,
        day: Option<i8>,
        until: Option<i8>,
        tense: Option<Tense>,
    ) -> Option<EventDate> {
        let today = self.published?;
        let of_year = |year: i16| {
            let first = Date::new(year, month, day.unwrap_or(1)).ok()?;
            Some(match (day, until) {
                (None, _) => EventDate::Month(year, month),
                (Some(_), None) => EventDate::Day(first),
                (Some(_), Some(last)) => {
                    EventDate::Interval(first, Date::new(year, month, last).ok()?)
                }
            })
        };
        (today.year() - 1..=today.year() + 1)
            .filter_map(of_year)
            .min_by_key(|date| distance(date.bounds(), today, tense))
    }

    /// A quarter, half or season in its year.
    fn part(&self, part: YearPart, year: YearOf, tense: Option<Tense>) -> Option<Stretch> {
        let year = match year {
            YearOf::Given(year) => year,
            YearOf::Shifted(n) => self.year(n)?,
            YearOf::Open(direction) => {
                let today = self.published?;
                let first = match part {
                    YearPart::Quarter(n) => n * 3 - 2,
                    YearPart::Half(n) => n * 6 - 5,
                    YearPart::Season(season) => first_month(season),
                };
                let last = first + 2;
                let nearest = || {
                    (today.year() - 1..=today.year() + 1).min_by_key(|year| {
                        let begin = Date::new(*year, first, 1).unwrap_or(today);
                        let end = Date::new(*year, last, 1).unwrap_or(today).last_of_month();
                        distance((begin, end), today, tense)
                    })
                };
                match direction {
                    Direction::Past if today.month() > last => today.year(),
                    Direction::Past => today.year() - 1,
                    Direction::Future if today.month() < first => today.year(),
                    Direction::Future => today.year() + 1,
                    Direction::Unmarked => nearest()?,
                }
            }
        };
        Some(Stretch::Part(year, part))
    }

    /// The day of a feast: the nearest one that fits.
    fn feast(&self, feast: Feast, year: YearOf, tense: Option<Tense>) -> Option<Date> {
        let (direction, today) = match year {
            YearOf::Given(year) => return feast_day(feast, year),
            YearOf::Shifted(n) => return feast_day(feast, self.year(n)?),
            YearOf::Open(direction) => (direction, self.published?),
        };
        let mut days =
            (today.year() - 1..=today.year() + 1).filter_map(|year| feast_day(feast, year));
        match direction {
            Direction::Past => days.rfind(|day| *day < today),
            Direction::Future => days.find(|day| *day > today),
            Direction::Unmarked => days.min_by_key(|day| distance((*day, *day), today, tense)),
        }
    }

    fn year(&self, shift: i32) -> Option<i16> {
        i16::try_from(i32::from(self.published?.year()) + shift).ok()
    }
}

/// How far a stretch of days is from publication, with what lies against the tense farther.
fn distance((first, last): (Date, Date), today: Date, tense: Option<Tense>) -> i32 {
    // In tenths. Where no verb tells, what is over is still likelier than what is to come.
    let (back, ahead) = match tense {
        Some(Tense::Past) => (10, 40),
        Some(Tense::Future) => (40, 10),
        None => (10, 25),
    };
    let days = |from: Date, to: Date| to.since(from).map_or(100_000, |span| span.get_days());
    if first > today {
        days(today, first) * ahead
    } else if last < today {
        days(last, today) * back
    } else {
        0
    }
}

fn monday_of(day: Date, weeks: i32) -> Option<Date> {
    let back = i32::from(day.weekday().to_monday_zero_offset());
    day.checked_add((weeks * 7 - back).days()).ok()
}

/// So many units from a day, as coarse as the unit.
fn shifted(from: Date, n: i32, unit: Unit) -> Option<Stretch> {
    let year = |n: i32| {
        i16::try_from(i32::from(from.year()) + n)
            .ok()
            .filter(|y| *y > 0)
    };
    Some(match unit {
        Unit::Second | Unit::Minute | Unit::Hour => Stretch::Date(EventDate::Day(from)),
        Unit::Day => Stretch::Date(EventDate::Day(from.checked_add(n.days()).ok()?)),
        Unit::Week => Stretch::Week(monday_of(from, n)?),
        Unit::Month => {
            let month = from.first_of_month().checked_add(n.months()).ok()?;
            Stretch::Date(EventDate::Month(month.year(), month.month()))
        }
        Unit::Quarter => {
            let month = from.first_of_month().checked_add((n * 3).months()).ok()?;
            Stretch::Part(month.year(), YearPart::Quarter((month.month() + 2) / 3))
        }
        Unit::Year => Stretch::Date(EventDate::Year(year(n)?)),
        Unit::Decade => Stretch::Decade(year(n * 10)? / 10 * 10),
        Unit::Century => Stretch::Century(year(n * 100)? / 100),
    })
}

/// Winter begins in the year that it is named after, in January, as news counts.
fn first_month(season: Season) -> i8 {
    match season {
        Season::Winter => 1,
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Fall => 9,
    }
}

fn feast_day(feast: Feast, year: i16) -> Option<Date> {
    match feast {
        Feast::Fixed(month, day) => Date::new(year, month, day).ok(),
        Feast::Nth(month, weekday, n) => {
            let first = Date::new(year, month, 1).ok()?;
            first
                .nth_weekday_of_month(n, Weekday::from_monday_zero_offset(weekday).ok()?)
                .ok()
        }
        Feast::ElectionDay => {
            let monday = feast_day(Feast::Nth(11, 0, 1), year)?;
            monday.tomorrow().ok()
        }
        Feast::Easter(days) => easter(year)?.checked_add(days.days()).ok(),
    }
}

/// Easter Sunday of the Gregorian calendar (the algorithm of Meeus, Jones and Butcher).
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

fn shown(stretch: Stretch) -> String {
    match stretch {
        Stretch::Date(date) => date.to_string(),
        Stretch::Week(monday) => week(monday),
        Stretch::Weekend(monday) => week(monday) + "-WE",
        Stretch::Part(year, part) => format!("{year:04}-{}", part_name(part)),
        Stretch::Decade(year) => format!("{:03}X", year / 10),
        Stretch::Century(n) => format!("{n:02}"),
    }
}

fn week(monday: Date) -> String {
    let week = monday.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

fn part_name(part: YearPart) -> String {
    match part {
        YearPart::Quarter(n) => format!("Q{n}"),
        YearPart::Half(n) => format!("H{n}"),
        YearPart::Season(Season::Spring) => "SP".to_owned(),
        YearPart::Season(Season::Summer) => "SU".to_owned(),
        YearPart::Season(Season::Fall) => "FA".to_owned(),
        YearPart::Season(Season::Winter) => "WI".to_owned(),
    }
}

/// The digits that are known without a day of publication.
fn unresolved(point: Point) -> String {
    match point {
        Point::Date(TimeValue::Weekday(day, _)) => {
            format!("XXXX-WXX-{}", day.to_monday_one_offset())
        }
        Point::Date(TimeValue::MonthDay(month, None, ..)) => format!("XXXX-{month:02}"),
        Point::Date(TimeValue::MonthDay(month, Some(day), None, _)) => {
            format!("XXXX-{month:02}-{day:02}")
        }
        Point::Part(part, _) => format!("XXXX-{}", part_name(part)),
        Point::Feast(Feast::Fixed(month, day), _) => format!("XXXX-{month:02}-{day:02}"),
        _ => String::new(),
    }
}

fn hour_value(hour: Hour) -> String {
    match hour {
        Hour::Morning => "TMO".to_owned(),
        Hour::Afternoon => "TAF".to_owned(),
        Hour::Evening => "TEV".to_owned(),
        Hour::Night => "TNI".to_owned(),
        Hour::Clock(hour, minute) => format!("T{hour:02}:{:02}", minute.unwrap_or(0)),
    }
}

/// "P3D", "PT5H", "P2Y6M", "PXM".
fn duration(count: Amount, unit: Unit) -> String {
    let (letter, times, lower) = match unit {
        Unit::Second => ("S", 1, None),
        Unit::Minute => ("M", 1, Some((30, "S"))),
        Unit::Hour => ("H", 1, Some((30, "M"))),
        Unit::Day => ("D", 1, Some((12, "H"))),
        Unit::Week => ("W", 1, None),
        Unit::Month => ("M", 1, None),
        Unit::Quarter => ("Q", 1, None),
        Unit::Year => ("Y", 1, Some((6, "M"))),
        Unit::Decade => ("Y", 10, None),
        Unit::Century => ("Y", 100, None),
    };
    let time = if unit <= Unit::Hour { "T" } else { "" };
    let Amount::Halves(halves) = count else {
        let letter = match unit {
            Unit::Decade => "E",
            Unit::Century => "C",
            _ => letter,
        };
        return format!("P{time}X{letter}");
    };
    let whole = halves.saturating_mul(times) / 2;
    let mut value = format!("P{time}");
    if whole > 0 || halves % 2 == 0 {
        let _ = write!(value, "{whole}{letter}");
    }
    if halves.saturating_mul(times) % 2 == 1 {
        match lower {
            Some((rest, smaller)) => {
                let mark = if unit == Unit::Day { "T" } else { "" };
                let _ = write!(value, "{mark}{rest}{smaller}");
            }
            None => {
                value = format!("P{time}{whole}.5{letter}");
            }
        }
    }
    value
}

fn set_value(round: Round) -> String {
    match round {
        Round::Every(count, unit) => duration(count, unit),
        Round::Weekday(day, part) => {
            format!("XXXX-WXX-{day}{}", part.map(hour_value).unwrap_or_default())
        }
        Round::Month(month) => format!("XXXX-{month:02}"),
    }
}
