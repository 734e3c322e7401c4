//! The words of time: weekdays, months, units, numbers, feasts. Must not know how they combine.

use jiff::civil::Weekday;

use super::meaning::{Amount, Feast, Hour, Season, Unit};
use crate::document::TokenId;
use crate::mention::words::Words;

pub fn weekday_named(words: &Words, at: TokenId) -> Option<Weekday> {
    if !words.is_capital(at) {
        return None;
    }
    Some(match words.lower(at).trim_end_matches('.') {
        "monday" | "mondays" => Weekday::Monday,
        "tuesday" | "tues" | "tuesdays" => Weekday::Tuesday,
        "wednesday" | "wednesdays" => Weekday::Wednesday,
        "thursday" | "thurs" | "thursdays" => Weekday::Thursday,
        "friday" | "fridays" => Weekday::Friday,
        "saturday" | "saturdays" => Weekday::Saturday,
        "sunday" | "sundays" => Weekday::Sunday,
        _ => return None,
    })
}

pub fn month_named(words: &Words, at: TokenId) -> Option<i8> {
    let word = words.word(at);
    let tail = word
        .strip_prefix("mid-")
        .or_else(|| word.strip_prefix("Mid-"))
        .unwrap_or(word);
    if !words.is_word(at) || !tail.starts_with(char::is_uppercase) {
        return None;
    }
    let lower = words.lower(at);
    let lower = lower.strip_prefix("mid-").unwrap_or(lower);
    let month = match lower.trim_end_matches('.') {
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
    // April, June, August and Jan are names only beside another name.
    let is_named =
        words.is_capital(at + 1) || at > 0 && words.is_capital(at - 1) && !words.is_initial(at - 1);
    let unsure = match lower {
        "may" | "march" | "mar" => true,
        "april" | "june" | "august" | "sep" | "dec" | "jan" | "feb" => is_named,
        _ => false,
    };
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
                | "through"
                | "between"
                | "for"
                | "each"
                | "every"
        );
    (!unsure || beside || words.word(at).len() != tail.len()).then_some(month)
}

/// "11", "11th": the number that a token of digits begins with.
pub fn number(words: &Words, at: TokenId) -> Option<i16> {
    let word = words.lower(at);
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ordinal = &word[digits.len()..];
    matches!(ordinal, "" | "st" | "nd" | "rd" | "th").then(|| digits.parse().ok())?
}

pub fn day_number(words: &Words, at: TokenId) -> Option<i8> {
    let spoken = match words.lower(at) {
        "fifth" => Some(5),
        "sixth" => Some(6),
        "seventh" => Some(7),
        "eighth" => Some(8),
        "ninth" => Some(9),
        "tenth" => Some(10),
        "fifteenth" => Some(15),
        "twentieth" => Some(20),
        lower => ordinal(lower),
    };
    if spoken.is_some() {
        return spoken;
    }
    number(words, at)
        .filter(|n| (1..=31).contains(n))
        .and_then(|n| i8::try_from(n).ok())
}

pub fn year_number(words: &Words, at: TokenId) -> Option<i16> {
    let word = words.lower(at);
    (word.len() == 4)
        .then(|| word.parse().ok())?
        .filter(|n| (1500..=2100).contains(n))
}

/// "nineteen ninety-six", "two thousand", "twenty ten".
pub fn spoken_year(words: &Words, at: TokenId) -> Option<(i16, TokenId)> {
    let hundreds = match words.lower(at) {
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "two" if words.lower(at + 1) == "thousand" => return Some((2000, at + 2)),
        _ => return None,
    };
    let (n, end) = small_number(words, at + 1)?;
    let rest = i16::try_from(n).ok().filter(|n| (10..100).contains(n))?;
    Some((hundreds * 100 + rest, end))
}

pub fn unit_named(lower: &str) -> Option<Unit> {
    Some(match lower {
        "second" | "seconds" => Unit::Second,
        "minute" | "minutes" | "mins" => Unit::Minute,
        "hour" | "hours" | "hrs" => Unit::Hour,
        "day" | "days" => Unit::Day,
        "week" | "weeks" => Unit::Week,

        "month" | "months" => Unit::Month,
        "quarter" | "quarters" => Unit::Quarter,
        "year" | "years" => Unit::Year,
        "decade" | "decades" => Unit::Decade,
        "century" | "centuries" => Unit::Century,
        _ => return None,
    })
}

pub fn season_named(lower: &str) -> Option<Season> {
    Some(match lower {
        "spring" => Season::Spring,
        "summer" => Season::Summer,
        "fall" | "autumn" => Season::Fall,
        "winter" => Season::Winter,
        _ => return None,
    })
}

pub fn part_of_day(lower: &str) -> Option<Hour> {
    Some(match lower {
        "morning" | "mornings" => Hour::Morning,
        "afternoon" | "afternoons" | "mid-afternoon" => Hour::Afternoon,
        "evening" | "evenings" => Hour::Evening,
        "night" | "nights" => Hour::Night,
        _ => return None,
    })
}

pub fn ordinal(lower: &str) -> Option<i8> {
    Some(match lower {
        "first" | "1st" => 1,
        "second" | "2nd" => 2,
        "third" | "3rd" => 3,
        "fourth" | "4th" => 4,
        _ => return None,
    })
}

/// A number in words below a hundred: "twenty-five".
fn small_number(words: &Words, at: TokenId) -> Option<(i32, TokenId)> {
    let lower = words.lower(at);
    let tens = match lower {
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => return unit_number(lower).map(|n| (n, at + 1)),
    };
    let ones = if words.lower(at + 1) == "-" {
        at + 2
    } else {
        at + 1
    };
    match unit_number(words.lower(ones)).filter(|n| *n < 10) {
        Some(n) => Some((tens + n, ones + 1)),
        None => Some((tens, at + 1)),
    }
}

fn unit_number(lower: &str) -> Option<i32> {
    Some(match lower {
        "one" => 1,
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
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        _ => return None,
    })
}

/// How many, and the token after it: "three", "2 1/2", "a couple of", "several", "6 or 7".
pub fn amount(words: &Words, at: TokenId) -> Option<(Amount, TokenId)> {
    let lower = words.lower(at);
    let vague = match lower {
        "several" | "few" | "many" | "numerous" => Some(at + 1),
        "a" if matches!(words.lower(at + 1), "few") => Some(at + 2),
        "a" if words.lower(at + 1) == "good" && words.lower(at + 2) == "many" => Some(at + 3),
        _ => None,
    };
    if let Some(end) = vague {
        return Some((Amount::Unknown, end));
    }
    if lower == "a" && words.lower(at + 1) == "couple" || lower == "couple" {
        let next = if lower == "a" { at + 2 } else { at + 1 };
        let next = next + usize::from(words.lower(next) == "of");
        return Some((Amount::whole(2), next));
    }
    if lower == "half" && matches!(words.lower(at + 1), "a" | "an") {
        return Some((Amount::Halves(1), at + 2));
    }
    if matches!(lower, "a" | "an") {
        return match words.lower(at + 1) {
            "hundred" => Some((Amount::whole(100), at + 2)),
            "dozen" => Some((Amount::whole(12), at + 2)),
            "half" if words.lower(at + 2) == "-" => Some((Amount::Halves(1), at + 3)),
            _ => Some((Amount::ONE, at + 1)),
        };
    }
    let (first, end) = plain_amount(words, at)?;
    let joined = matches!(words.lower(end), "to" | "or" | "-" | "–" | "and");
    if joined
        && let Some((second, after)) = plain_amount(words, end + 1)
        && second.number() > first.number()
        && words.lower(end) != "and"
    {
        return Some((Amount::Unknown, after));
    }
    Some((first, end))
}

/// A number in digits or words.
fn plain_amount(words: &Words, at: TokenId) -> Option<(Amount, TokenId)> {
    let lower = words.lower(at);
    if lower.starts_with(|c: char| c.is_ascii_digit()) {
        if let Some((whole, half)) = lower.split_once('.') {
            let n: i32 = whole.parse().ok().filter(|n| *n < 10_000)?;
            return match half {
                "5" => Some((Amount::Halves(n * 2 + 1), at + 1)),
                _ => Some((Amount::Unknown, at + 1)),
            };
        }
        let n: i32 = lower
            .replace(',', "")
            .parse()
            .ok()
            .filter(|n| *n < 10_000)?;
        return Some(match words.lower(at + 1) {
            "1/2" | "½" => (Amount::Halves(n * 2 + 1), at + 2),
            _ => (Amount::whole(n), at + 1),
        });
    }
    let (n, end) = small_number(words, at)?;
    Some(match words.lower(end) {
        "hundred" => (Amount::whole(n * 100), end + 1),
        "thousand" => (Amount::whole(n * 1000), end + 1),
        "and" if words.lower(end + 1) == "a" && words.lower(end + 2) == "half" => {
            (Amount::Halves(n * 2 + 1), end + 3)
        }
        _ => (Amount::whole(n), end),
    })
}

/// "Christmas Eve", "Thanksgiving", "New Year's Day": the feast and the token after it.
pub fn feast(words: &Words, at: TokenId) -> Option<(Feast, TokenId)> {
    if !words.is_capital(at) {
        return None;
    }
    let next = words.lower(at + 1);
    let with_day = |end: TokenId| end + usize::from(words.lower(end) == "day");
    Some(match words.lower(at) {
        "christmas" if next == "eve" => (Feast::Fixed(12, 24), at + 2),
        "christmas" => (Feast::Fixed(12, 25), with_day(at + 1)),
        "new" if next == "year" && words.reads(at + 2, &["'s", "eve"]) => {
            (Feast::Fixed(12, 31), at + 4)
        }
        "new" if next == "year" && words.reads(at + 2, &["'s", "day"]) => {
            (Feast::Fixed(1, 1), at + 4)
        }
        "valentine" if words.reads(at + 1, &["'s", "day"]) => (Feast::Fixed(2, 14), at + 3),
        "halloween" => (Feast::Fixed(10, 31), at + 1),
        "veterans" if next == "day" => (Feast::Fixed(11, 11), at + 2),
        "independence" if next == "day" && words.before(at) == "u.s." => {
            (Feast::Fixed(7, 4), at + 2)
        }
        "thanksgiving" => (Feast::Nth(11, 3, 4), with_day(at + 1)),
        "election" if next == "day" && words.is_capital(at + 1) => (Feast::ElectionDay, at + 2),
        "labor" if next == "day" => (Feast::Nth(9, 0, 1), at + 2),
        "memorial" if next == "day" => (Feast::Nth(5, 0, -1), at + 2),
        "easter" => (
            Feast::Easter(i32::from(next == "monday")),
            at + 1 + usize::from(matches!(next, "sunday" | "monday")),
        ),
        "good" if next == "friday" && words.is_capital(at + 1) => (Feast::Easter(-2), at + 2),
        _ => return None,
    })
}
