//! Expressions seen from another day: "last week", "two years ago", "the day before", "now". Must
//! not know what day it is.

use super::clock::with_part_of_day;
use super::dating::{Direction, TimeValue};
use super::expression::Found;
use super::meaning::{Amount, Hour, Meaning, Point, Unit, YearOf, YearPart};
use super::vocabulary::{amount, part_of_day, season_named, unit_named};
use crate::document::TokenId;
use crate::mention::words::Words;

pub fn relative_at(words: &Words, at: TokenId) -> Option<Found> {
    today(words, at)
        .or_else(|| day_beside(words, at))
        .or_else(|| turned(words, at))
        .or_else(|| counted(words, at))
        .or_else(|| reference(words, at))
}

fn today(words: &Words, at: TokenId) -> Option<Found> {
    (words.lower(at) == "tonight").then(|| Found {
        meaning: Meaning::Point(Point::Date(TimeValue::Days(0)), Some(Hour::Night)),
        ..Found::date(at..at + 1, TimeValue::Days(0))
    })
}

/// "the day before yesterday", "the day after", "a day later".
fn day_beside(words: &Words, at: TokenId) -> Option<Found> {
    let the = usize::from(words.lower(at) == "the");
    if words.lower(at + the) != "day" {
        return None;
    }
    let step = match words.lower(at + the + 1) {
        "before" => -1,
        "after" => 1,
        _ => return None,
    };
    let next = at + the + 2;
    Some(match (words.lower(next), step) {
        ("yesterday", -1) => Found::point(next + 1, Point::Date(TimeValue::Days(-2))),
        ("tomorrow", 1) => Found::point(next + 1, Point::Date(TimeValue::Days(2))),
        ("," | "." | "in" | "at" | "and" | "that" | "", _) if the == 1 => {
            Found::point(next, Point::FromMention(step, Unit::Day))
        }
        _ => return None,
    })
}

/// Where a word turns to: from publication or from the date last mentioned, and how far.
#[derive(Clone, Copy)]
enum Turn {
    Published(i32),
    Mentioned(i32),
}

/// "last week", "this morning", "the past two months", "the following year", "recent years".
fn turned(words: &Words, at: TokenId) -> Option<Found> {
    let the = matches!(words.lower(at), "the" | "these" | "its");
    let at_turn = at + usize::from(the && words.lower(at) != "these");
    let (turn, mut next) = match (words.lower(at_turn), words.lower(at_turn + 1)) {
        ("this", "past") => (Turn::Published(-1), at_turn + 2),
        ("this", "coming") => (Turn::Published(1), at_turn + 2),
        ("last" | "past", _) => (Turn::Published(-1), at_turn + 1),
        ("next", "day" | "morning" | "night") if the => (Turn::Mentioned(1), at_turn + 1),
        ("next" | "coming", _) => (Turn::Published(1), at_turn + 1),
        ("this" | "current", _) => (Turn::Published(0), at_turn + 1),
        ("previous" | "preceding", _) if the => (Turn::Mentioned(-1), at_turn + 1),
        ("previous", _) => (Turn::Published(-1), at_turn + 1),
        ("following", _) if the => (Turn::Mentioned(1), at_turn + 1),
        ("same", _) if the => (Turn::Mentioned(0), at_turn + 1),
        ("that", "same") => (Turn::Mentioned(0), at_turn + 2),
        ("that", _) => (Turn::Mentioned(0), at_turn + 1),
        ("recent", unit) if unit.ends_with('s') && unit_named(unit).is_some() => {
            return Some(Found::undated(at_turn + 2, Meaning::Past));
        }
        ("these", "days") => return Some(Found::undated(at_turn + 2, Meaning::Present)),
        _ => return None,
    };
    next += usize::from(words.lower(next) == "full" || words.lower(next) == "fiscal");
    // "This Week" is a programme.
    if words.is_capital(next) {
        return None;
    }
    if let Some(found) = turned_part(words, turn, next) {
        return Some(with_time_words(found, at, words));
    }
    let lower = words.lower(next);
    if let Some(unit) = unit_named(lower) {
        if lower.ends_with('s') {
            return plural(words.lower(at_turn), unit, next);
        }
        return Some(with_time_words(
            unit_of(turn, unit, next + 1, the)?,
            at,
            words,
        ));
    }
    // "the past two months", "the next few days": a length of time.
    let Turn::Published(1 | -1) = turn else {
        return None;
    };
    let (count, after) = amount(words, next).filter(|_| !matches!(lower, "a" | "an"))?;
    let after = after + usize::from(matches!(words.lower(after), "full" | "or" | "more"));
    let unit = unit_named(words.lower(after))?;
    Some(Found::undated(after + 1, Meaning::Duration(count, unit)))
}

/// The fact rules know these words without what stands before them.
fn with_time_words(found: Found, at: TokenId, words: &Words) -> Found {
    let Found { end, meaning, .. } = found;
    let Meaning::Point(Point::Date(value), _) = meaning else {
        return found;
    };
    let dates = matches!(
        words.lower(at),
        "last" | "previous" | "past" | "next" | "coming" | "this"
    );
    if dates {
        Found::undated(end, meaning).dating(at..end, value)
    } else {
        found
    }
}

/// "this morning", "last night", "last fall", "this weekend", "last quarter".
fn turned_part(words: &Words, turn: Turn, next: TokenId) -> Option<Found> {
    let lower = words.lower(next);
    let direction = |n| match n {
        -1 => Direction::Past,
        1 => Direction::Future,
        _ => Direction::Unmarked,
    };
    match turn {
        Turn::Published(n) => {
            if let Some(part) = part_of_day(lower) {
                let days = TimeValue::Days(if n == 1 { return None } else { n });
                let meaning = Meaning::Point(Point::Date(days), Some(part));
                return Some(Found::undated(next + 1, meaning));
            }
            if lower == "weekend" {
                return Some(Found::point(next + 1, Point::Weekend(n)));
            }
            if let Some(season) = season_named(lower) {
                let year = match (n, words.lower(next + 1)) {
                    (0, _) => YearOf::Shifted(0),
                    _ => YearOf::Open(direction(n)),
                };
                return Some(Found::point(
                    next + 1,
                    Point::Part(YearPart::Season(season), year),
                ));
            }
            None
        }
        Turn::Mentioned(n) => {
            let part = part_of_day(lower)?;
            let point = Point::FromMention(n, Unit::Day);
            Some(Found::undated(next + 1, Meaning::Point(point, Some(part))))
        }
    }
}

/// "last week": the unit itself, so far from here.
fn unit_of(turn: Turn, unit: Unit, end: TokenId, the: bool) -> Option<Found> {
    let point = match turn {
        Turn::Mentioned(n) if unit >= Unit::Day => Point::FromMention(n, unit),
        Turn::Published(n) => match unit {
            Unit::Week => Point::Date(TimeValue::Weeks(n)),
            Unit::Month => Point::Date(TimeValue::Months(n)),
            Unit::Year => Point::Date(TimeValue::Years(n)),
            Unit::Quarter => Point::Relative(n, Unit::Quarter),
            Unit::Decade | Unit::Century | Unit::Day | Unit::Hour if n != 0 && the => {
                return Some(Found::undated(end, Meaning::Duration(Amount::ONE, unit)));
            }
            Unit::Decade | Unit::Century if n == 0 => Point::Relative(n, unit),
            _ => return None,
        },
        Turn::Mentioned(_) => return None,
    };
    Some(Found::point(end, point))
}

/// "coming weeks", "past years": too vague for a number.
fn plural(turn: &str, unit: Unit, at: TokenId) -> Option<Found> {
    let meaning = match turn {
        "past" => Meaning::Past,
        "coming" | "next" | "future" => Meaning::Duration(Amount::Unknown, unit),
        _ => return None,
    };
    Some(Found::undated(at + 1, meaning))
}

/// "two days ago", "three weeks later", "three days after", "a day earlier", "years ago".
pub fn counted(words: &Words, at: TokenId) -> Option<Found> {
    let (count, mut next) = match amount(words, at) {
        Some(found) => found,
        None if words.lower(at).ends_with('s') => (Amount::Unknown, at),
        None => return None,
    };
    if matches!(words.lower(next), "full" | "more") {
        next += 1;
    }
    let unit = unit_named(words.lower(next))?;
    let end = next + 2;
    let relation = words.lower(next + 1);
    let n = count.number().filter(|n| (1..1000).contains(n));
    let tokens = at..end;
    let from_now = relation == "from" && words.lower(end) == "now";
    if from_now {
        let n = n?;
        return Some(Found::point(end + 1, from_publication(n, unit)?));
    }
    match relation {
        "ago" => Some(match n {
            None => Found::undated(end, Meaning::Past),
            Some(n) => {
                let point = from_publication(-n, unit)?;
                // Results are compared with those of the quarter a year before.
                if n == 1 && unit == Unit::Year {
                    let found = Found::point(end, Point::SameQuarter(-1));
                    return Some(found.dating(tokens, TimeValue::Years(-1)));
                }
                match point {
                    Point::Date(value) => Found::date(tokens, value),
                    _ => Found::point(end, point),
                }
            }
        }),
        "earlier" | "later" => {
            let n = n?;
            let signed = if relation == "earlier" { -n } else { n };
            let unit_there = if unit == Unit::Decade {
                Unit::Year
            } else {
                unit
            };
            let signed = if unit == Unit::Decade {
                signed * 10
            } else {
                signed
            };
            if unit < Unit::Day {
                return None;
            }
            let found = Found::point(end, Point::FromMention(signed, unit_there));
            Some(match from_publication(-n, unit) {
                Some(Point::Date(value)) if relation == "earlier" => found.dating(tokens, value),
                _ => found,
            })
        }
        "after" | "before" => {
            let days = match unit {
                Unit::Day => n?,
                Unit::Week => n? * 7,
                _ => return None,
            };
            let days = if relation == "after" { days } else { -days };
            Some(
                Found::undated(end - 1, Meaning::Duration(count, unit))
                    .dating(tokens, TimeValue::AfterEvent(days)),
            )
        }
        _ => None,
    }
}

fn from_publication(n: i32, unit: Unit) -> Option<Point> {
    Some(match unit {
        Unit::Day => Point::Date(TimeValue::Days(n)),
        Unit::Week => Point::Date(TimeValue::Weeks(n)),
        Unit::Month => Point::Date(TimeValue::Months(n)),
        Unit::Year => Point::Date(TimeValue::Years(n)),
        Unit::Quarter => Point::Relative(n, unit),
        Unit::Decade => Point::Relative(n * 10, Unit::Year),
        Unit::Century => Point::Relative(n * 100, Unit::Year),
        Unit::Second | Unit::Minute | Unit::Hour => return None,
    })
}

/// The running year, month or week, after "the end of the".
pub fn of_running(words: &Words, at: TokenId) -> Option<Point> {
    Some(match words.lower(at) {
        "week" => Point::Date(TimeValue::Weeks(0)),
        "month" => Point::Date(TimeValue::Months(0)),
        "year" => Point::Date(TimeValue::Years(0)),
        "decade" => Point::Relative(0, Unit::Decade),
        "century" => Point::Century(20),
        _ => return None,
    })
}

/// "now", "currently", "recently", "the future", "the weekend".
fn reference(words: &Words, at: TokenId) -> Option<Found> {
    let the = usize::from(words.lower(at) == "the");
    let next = at + the;
    let end = next + 1;
    let meaning = match words.lower(next) {
        "quarter" if the == 1 && words.lower(end) != "of" => {
            return Some(Found::point(end, Point::SameQuarter(0)));
        }
        "latest" if the == 1 && matches!(words.lower(end), "quarter" | "period") => {
            return Some(Found::point(end + 1, Point::SameQuarter(0)));
        }
        "year" if words.lower(end) == "-" && matches!(words.lower(end + 1), "ago" | "earlier") => {
            let quarter = matches!(words.lower(end + 2), "quarter" | "period");
            let end = end + 2 + usize::from(quarter);
            return Some(Found::point(end, Point::SameQuarter(-1)));
        }
        "year" if words.lower(end) == "-" && words.lower(end + 1) == "end" => {
            return Some(Found::point(end + 2, Point::YearEnd));
        }
        "weekend" if the == 1 => return Some(Found::point(end, Point::Weekend(0))),
        // "the future of coal" is no time.
        "future" if the == 1 && words.lower(end) != "of" => Meaning::Future,
        "near" if words.lower(end) == "future" => {
            return Some(Found::undated(end + 1, Meaning::Future));
        }
        "past" if the == 1 && words.before(at) == "in" => Meaning::Past,
        "now"
            if the == 0
                && !matches!(words.lower(end), "that" | "-")
                && !(words.lower(end) == "and"
                    && matches!(words.lower(end + 1), "then" | "again")) =>
        {
            Meaning::Present
        }
        "right" if words.lower(end) == "now" => {
            return Some(Found::undated(end + 1, Meaning::Present));
        }
        "currently" | "nowadays" => Meaning::Present,
        "recently" => Meaning::Past,
        _ => return None,
    };
    Some(with_part_of_day(words, Found::undated(end, meaning)))
}
