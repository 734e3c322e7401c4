//! Lengths of time and what comes round again: "three days", "a two-year term", "daily", "every
//! Monday". Must not know dates.

use super::expression::Found;
use super::meaning::{Amount, Meaning, Round, Unit};
use super::vocabulary::{amount, month_named, part_of_day, unit_named, weekday_named, year_number};
use crate::document::TokenId;
use crate::mention::words::Words;

/// Words between a number and its unit: "two full days".
const BETWEEN: &[&str] = &[
    "full",
    "more",
    "straight",
    "consecutive",
    "additional",
    "solid",
    "long",
    "trading",
    "business",
    "working",
    "calendar",
];

/// Words before "a year" that make it a length and not a rate ("$5 a year").
const BEFORE_LENGTH: &[&str] = &[
    "for",
    "in",
    "within",
    "over",
    "than",
    "about",
    "nearly",
    "almost",
    "after",
    "during",
    "least",
    "around",
    "every",
    "lasted",
    "took",
    "takes",
    "take",
    "last",
    "roughly",
    "approximately",
    "spent",
    "half",
    "as",
];

pub fn length_at(words: &Words, at: TokenId) -> Option<Found> {
    round(words, at)
        .or_else(|| counted(words, at, false))
        .or_else(|| first_of(words, at))
        .or_else(|| bare(words, at))
}

/// A length or a distance after "about", "more than", …
pub fn measured(words: &Words, at: TokenId) -> Option<Found> {
    super::relative::counted(words, at)
        .filter(|found| {
            !matches!(
                found.meaning,
                Meaning::Past | Meaning::Present | Meaning::Future
            )
        })
        .or_else(|| counted(words, at, true))
}

/// Whether a unit of time begins here, as in "2000 years".
pub fn is_measure(words: &Words, at: TokenId) -> bool {
    unit_named(words.lower(at)).is_some()
}

/// "three days", "two-year", "a week" where that is a length; never an age.
fn counted(words: &Words, at: TokenId, is_measured: bool) -> Option<Found> {
    let (count, mut next) = amount(words, at)?;
    let asks = words.before(at) == "how";
    let is_of_age = words.before(at) == "aged"
        || words.before(at) == "of" && at > 1 && words.lower(at - 2) == "age";
    if asks || is_of_age {
        return None;
    }
    let is_article = matches!(words.lower(at), "a" | "an") && next == at + 1;
    let hyphen = words.lower(next) == "-";
    next += usize::from(hyphen);
    if !hyphen && BETWEEN.contains(&words.lower(next)) {
        next += 1;
    }
    let unit = unit_named(words.lower(next))?;
    // "60 Minutes" is a programme.
    if words.is_capital(next) && !words.is_initial(next) {
        return None;
    }
    // "the 1988 quarter" is of that year.
    if year_number(words, at).is_some() && !words.lower(next).ends_with('s') {
        return None;
    }
    let after = next + 1;
    let is_age = words.lower(after) == "old"
        || words.lower(after) == "-" && words.lower(after + 1) == "old"
        || words.reads(after, &["of", "age"]);
    if is_age || matches!(words.lower(at), "many" | "numerous" if unit < Unit::Day) {
        return None;
    }
    if is_article {
        if unit == Unit::Second || unit == Unit::Quarter {
            return None;
        }
        let is_length = is_measured || BEFORE_LENGTH.contains(&words.before(at));
        if !is_length {
            let is_rate = at > 0 && is_rated(words, at - 1) && unit >= Unit::Day;
            let rate = Meaning::Set(Round::Every(Amount::ONE, unit));
            return is_rate.then(|| Found::undated(after, rate));
        }
    }
    if unit == Unit::Second && !words.lower(next).ends_with('s') || unit == Unit::Quarter && hyphen
    {
        return None;
    }
    let half = words.reads(after, &["and", "a", "half"]);
    let (count, end) = match (half, count) {
        (true, Amount::Halves(n)) => (Amount::Halves(n + 1), after + 3),
        _ => (count, after),
    };
    Some(Found::undated(end, Meaning::Duration(count, unit)))
}

/// Whether the token can be what there is so much of a day or a year: "flights", "million", "%".
fn is_rated(words: &Words, at: TokenId) -> bool {
    let lower = words.lower(at);
    let is_plural =
        words.is_word(at) && lower.len() > 3 && lower.ends_with('s') && !words.is_capital(at);
    is_plural
        || lower.starts_with(|c: char| c.is_ascii_digit())
        || matches!(
            lower,
            "%" | "million" | "billion" | "percent" | "once" | "twice"
        )
}

/// "the first nine months", "the two weeks".
fn first_of(words: &Words, at: TokenId) -> Option<Found> {
    if words.lower(at) != "the" {
        return None;
    }
    let next = at + 1 + usize::from(matches!(words.lower(at + 1), "first" | "latest" | "final"));
    counted(words, next, false).filter(|_| !matches!(words.lower(next), "a" | "an"))
}

/// "for weeks", "in years": a plural without a number, after a preposition.
fn bare(words: &Words, at: TokenId) -> Option<Found> {
    let lower = words.lower(at);
    let unit = unit_named(lower).filter(|u| *u != Unit::Second && *u != Unit::Quarter)?;
    let is_length = matches!(
        words.before(at),
        "for" | "in" | "within" | "over" | "after" | "several"
    );
    (lower.ends_with('s') && is_length && words.lower(at + 1) != "of")
        .then(|| Found::undated(at + 1, Meaning::Duration(Amount::Unknown, unit)))
}

/// "daily", "every two years", "each Thursday", "Tuesday nights", "twice a week".
fn round(words: &Words, at: TokenId) -> Option<Found> {
    let set = |end, round| Some(Found::undated(end, Meaning::Set(round)));
    let lower = words.lower(at);
    if !words.is_capital(at) || words.is_initial(at) {
        let unit = match lower {
            "daily" => Some(Unit::Day),
            "weekly" => Some(Unit::Week),
            "monthly" => Some(Unit::Month),
            "hourly" => Some(Unit::Hour),
            "annually" | "yearly" => Some(Unit::Year),
            _ => None,
        };
        if let Some(unit) = unit {
            return set(at + 1, Round::Every(Amount::ONE, unit));
        }
    }
    if matches!(lower, "once" | "twice" | "times") && words.lower(at + 1) == "a" {
        let unit = unit_named(words.lower(at + 2)).filter(|u| *u >= Unit::Day)?;
        return set(at + 3, Round::Every(Amount::ONE, unit));
    }
    if !matches!(lower, "every" | "each") {
        return None;
    }
    let next = at + 1;
    if let Some(day) = weekday_named(words, next) {
        let part = part_of_day(words.lower(next + 1));
        let end = next + 1 + usize::from(part.is_some());
        return set(end, Round::Weekday(day.to_monday_one_offset(), part));
    }
    if let Some(month) = month_named(words, next) {
        return set(next + 1, Round::Month(month));
    }
    if part_of_day(words.lower(next)).is_some() {
        return set(next + 1, Round::Every(Amount::ONE, Unit::Day));
    }
    let (count, next) = match words.lower(next) {
        "other" => (Amount::whole(2), next + 1),
        _ => amount(words, next).unwrap_or((Amount::ONE, next)),
    };
    set(
        next + 1,
        Round::Every(count, unit_named(words.lower(next))?),
    )
}
