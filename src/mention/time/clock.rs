//! Clock times and parts of the day, with the day beside them. Must not know which day it is.

use super::calendar;
use super::dating::TimeValue;
use super::expression::Found;
use super::meaning::{Hour, Meaning, Point};
use super::vocabulary::part_of_day;
use crate::document::TokenId;
use crate::mention::words::Words;

/// "10 p.m. EST Wednesday", "noon", "7:15 p.m.", "4 in the morning".
pub fn clock_at(words: &Words, at: TokenId) -> Option<Found> {
    let (hour, end) = hour_at(words, at)?;
    let day = match words.lower(end) {
        "," | "on" => end + 1,
        _ => end,
    };
    let alone = Found::undated(end, Meaning::Hour(hour));
    let Some(found) = calendar::day_at(words, day) else {
        // "noon" and "midnight" without a day are as often figures of speech.
        let is_word = words.is_word(at);
        return (!is_word
            || matches!(words.before(at), "at" | "until" | "by" | "before" | "after"))
        .then_some(alone);
    };
    let Meaning::Point(point, None) = found.meaning else {
        return Some(alone);
    };
    Some(Found {
        meaning: Meaning::Point(point, Some(hour)),
        ..found
    })
}

fn hour_at(words: &Words, at: TokenId) -> Option<(Hour, TokenId)> {
    let lower = words.lower(at);
    match lower {
        "noon" | "midday" => return Some((Hour::Clock(12, Some(0)), at + 1)),
        "midnight" => return Some((Hour::Clock(24, Some(0)), at + 1)),
        _ => {}
    }
    let (hour, minute) = match lower.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, Some(minute.parse::<i8>().ok()?)),
        Some(_) => return None,
        None => (lower, None),
    };
    let hour: i8 = hour.parse().ok().filter(|h| (0..=24).contains(h))?;
    if minute.is_some_and(|m| !(0..60).contains(&m)) {
        return None;
    }
    let (hour, end) = match words.lower(at + 1) {
        "a.m." | "a.m" | "am" if hour <= 12 => (hour % 12, at + 2),
        "p.m." | "p.m" | "pm" if hour <= 12 => (hour % 12 + 12, at + 2),
        "o'clock" => (hour, at + 2),
        "in" if words.reads(at + 2, &["the", "morning"]) && hour <= 12 => (hour % 12, at + 4),
        "in" if words.lower(at + 2) == "the"
            && matches!(words.lower(at + 3), "afternoon" | "evening")
            && hour <= 12 =>
        {
            (hour % 12 + 12, at + 4)
        }
        // "17:30 GMT": a score of a game has no zone.
        _ if lower.contains(':') && zone_end(words, at + 1) > at + 1 => (hour, at + 1),
        _ => return None,
    };
    Some((Hour::Clock(hour, minute), zone_end(words, end)))
}

/// The token after a time zone: "EST", "GMT", "local time".
fn zone_end(words: &Words, at: TokenId) -> TokenId {
    match words.word(at) {
        "EST" | "EDT" | "CST" | "CDT" | "PST" | "PDT" | "ET" | "GMT" | "UTC" | "BST" | "CET" => {
            at + 1
        }
        "local" if words.lower(at + 1) == "time" => at + 2,
        "Eastern" | "Pacific" | "Central" if words.lower(at + 1) == "time" => at + 2,
        _ => at,
    }
}

/// Adds the part of the day that follows a day: "Monday morning".
pub fn with_part_of_day(words: &Words, found: Found) -> Found {
    let Meaning::Point(point, None) = found.meaning else {
        return found;
    };
    match part_of_day(words.lower(found.end)) {
        Some(part) if !matches!(point, Point::Date(TimeValue::Weekdays(..))) => Found {
            end: found.end + 1,
            meaning: Meaning::Point(point, Some(part)),
            time: found.time.map(|mut time| {
                time.tokens.end += 1;
                time
            }),
        },
        _ => found,
    }
}
