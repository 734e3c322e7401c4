//! Days of publication, as news sites, feeds and wires write them.

use jiff::civil::Date;

/// A day of which the year, or the day itself, may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PartialDay {
    pub year: Option<i16>,
    pub month: i8,
    pub day: Option<i8>,
}

impl PartialDay {
    /// The day, if it is complete.
    pub fn date(self) -> Option<Date> {
        Date::new(self.year?, self.month, self.day?).ok()
    }

    /// The day, with what is missing taken from `other` where both agree in all that both give.
    pub fn completed_by(self, other: PartialDay) -> Option<Date> {
        let agree = self.month == other.month
            && (self.year.is_none() || other.year.is_none() || self.year == other.year)
            && (self.day.is_none() || other.day.is_none() || self.day == other.day);
        let both = PartialDay {
            year: self.year.or(other.year),
            month: self.month,
            day: self.day.or(other.day),
        };
        agree.then(|| both.date()).flatten()
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The number of a month's English name or its abbreviation (`Aug`, `Aug.`, `Sept.`).
pub(super) fn month_of(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    if word.len() < 3 {
        return None;
    }
    let by_name = MONTHS
        .iter()
        .position(|m| *m == word || (word.len() == 3 && m.starts_with(&word)));
    let index = if word == "sept" { Some(8) } else { by_name };
    index.map(|i| i as i8 + 1)
}

/// Whether a word is the name of a weekday or its abbreviation.
pub(super) fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    DAYS.iter().any(|d| {
        *d == word || (matches!(word.len(), 3..=5) && d.starts_with(&word) && word != "sund")
    })
}

/// A year in which news that is read here can have appeared.
fn year_of(digits: &str) -> Option<i16> {
    let year: i16 = (digits.len() == 4).then(|| digits.parse().ok())??;
    (1900..2100).contains(&year).then_some(year)
}

/// A day of a month, with or without an ordinal ending: `19`, `19th`.
fn day_of(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &word[digits.len()..];
    let ordinal = ["", "st", "nd", "rd", "th"].contains(&ending.to_ascii_lowercase().as_str());
    let day: i8 = (ordinal && matches!(digits.len(), 1 | 2)).then(|| digits.parse().ok())??;
    (1..=31).contains(&day).then_some(day)
}

/// Reads a field that holds a point in time: ISO 8601, RFC 2822, seconds or milliseconds since
/// 1970, `19 Aug 2025`, `August 19, 2025`, with or without a time of day.
///
/// The day is the one written, in whatever time zone it was written. `None` where the text does
/// not tell one day: `03/04/2025` is April to some and March to others.
pub(super) fn parse_day(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() > 200 {
        return None;
    }
    numeric_day(text).or_else(|| named_day(text).and_then(PartialDay::date))
}

/// `2025-08-19…`, `2025/08/19`, `20250819`, `20250819T…`, `1755590400`, `19.08.2025`, `8/19/2025`.
fn numeric_day(text: &str) -> Option<Date> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (head, rest) = text.split_at(digits);
    match (digits, rest.chars().next()) {
        (10, None) => from_epoch(head.parse().ok()?),
        (13, None) => from_epoch(head.parse::<i64>().ok()? / 1000),
        (10, Some('.')) if rest[1..].bytes().all(|b| b.is_ascii_digit()) => {
            from_epoch(head.parse().ok()?)
        }
        (8 | 12 | 14, None | Some('T' | 't' | ' ' | 'Z')) => compact_day(head),
        (4, Some('-' | '/' | '.')) => {
            let mut parts = text.splitn(3, ['-', '/', '.']);
            let year = year_of(parts.next()?)?;
            let month: i8 = two_digits(parts.next()?)?;
            let last = parts.next()?;
            let length = last.bytes().take_while(u8::is_ascii_digit).count();
            let after = last[length..].chars().next();
            if !matches!(after, None | Some('T' | 't' | ' ' | 'Z' | ',' | '+')) {
                return None;
            }
            Date::new(year, month, two_digits(&last[..length])?).ok()
        }
        (1 | 2, Some('-' | '/' | '.')) => {
            let end = text.find([' ', ',', 'T']).unwrap_or(text.len());
            let mut parts = text[..end].split(['-', '/', '.']);
            let (a, b) = (two_digits(parts.next()?)?, two_digits(parts.next()?)?);
            let year = year_of(parts.next()?)?;
            if parts.next().is_some() {
                return None;
            }
            // A dot is only ever written between day and month.
            match (a, b) {
                _ if a == b => Date::new(year, a, b).ok(),
                _ if rest.starts_with('.') || a > 12 => Date::new(year, b, a).ok(),
                _ if b > 12 => Date::new(year, a, b).ok(),
                _ => None,
            }
        }
        _ => None,
    }
}

fn two_digits(text: &str) -> Option<i8> {
    matches!(text.len(), 1 | 2).then(|| text.parse().ok())?
}

fn compact_day(digits: &str) -> Option<Date> {
    let year = year_of(digits.get(..4)?)?;
    Date::new(
        year,
        digits.get(4..6)?.parse().ok()?,
        digits.get(6..8)?.parse().ok()?,
    )
    .ok()
}

fn from_epoch(seconds: i64) -> Option<Date> {
    let timestamp = jiff::Timestamp::from_second(seconds).ok()?;
    Some(timestamp.to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// A day with its month's name, anywhere in a short text. `None` if there is none, or several.
pub(super) fn named_day(text: &str) -> Option<PartialDay> {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric() && c != ':')
        .filter(|w| !w.is_empty())
        .collect();
    let mut months = (0..words.len()).filter(|i| month_of(words[*i]).is_some());
    let at = months.next()?;
    if months.next().is_some() {
        return None;
    }
    let month = month_of(words[at])?;
    let year_after = |i: usize| words.get(i).and_then(|w| year_of(w));
    let before = at.checked_sub(1).and_then(|i| day_of(words[i]));
    let after = words.get(at + 1).and_then(|w| day_of(w));
    let (day, year) = match (before, after) {
        // `18-19 August` and `August 18 19` name more than one day.
        (Some(_), Some(_)) => return None,
        (Some(day), None) => {
            if at >= 2 && day_of(words[at - 2]).is_some() && !words[at - 2].contains(':') {
                return None;
            }
            (
                day,
                year_after(at + 1).or_else(|| last_year(&words[at + 1..])),
            )
        }
        (None, Some(day)) => (
            day,
            year_after(at + 2).or_else(|| last_year(&words[at + 2..])),
        ),
        (None, None) => return None,
    };
    Some(PartialDay {
        year,
        month,
        day: Some(day),
    })
}

/// The year of `Tue Aug 19 10:00:00 +0000 2025`: the last word.
fn last_year(words: &[&str]) -> Option<i16> {
    words.last().and_then(|w| year_of(w))
}

/// Whether a line is nothing but a date, perhaps with a label, a weekday and a time of day, or
/// beside a byline: `Published: Tuesday, August 19, 2025 at 10:32 AM EDT`,
/// `Xinhua | Updated: 2025-08-19 17:52`.
pub(super) fn parse_date_line(line: &str) -> Option<Date> {
    if line.len() > 120 {
        return None;
    }
    let mut days = line
        .split(['|', '•', '·'])
        .filter_map(|part| plain_date_line(part.trim()));
    let beside = |part: &str| part.split_whitespace().count() <= 6 && !part.ends_with('.');
    let day = days.next()?;
    let is_one = days.all(|other| other == day);
    (is_one
        && line
            .split(['|', '•', '·'])
            .all(|part| plain_date_line(part.trim()).is_some() || beside(part)))
    .then_some(day)
}

fn plain_date_line(line: &str) -> Option<Date> {
    const ALLOWED: &[&str] = &[
        "published",
        "posted",
        "updated",
        "last",
        "modified",
        "first",
        "date",
        "dated",
        "on",
        "at",
        "am",
        "pm",
        "a",
        "p",
        "m",
        "utc",
        "gmt",
        "est",
        "edt",
        "et",
        "ist",
        "bst",
        "cet",
        "cest",
        "pst",
        "pdt",
        "jst",
        "kst",
        "sgt",
        "hkt",
        "sast",
        "eat",
        "wat",
        "time",
        "local",
        "t",
        "z",
        "h",
        "hrs",
        "st",
        "nd",
        "rd",
        "th",
        "of",
        "publication",
        "issued",
        "release",
        "released",
    ];
    if line.len() > 80 {
        return None;
    }
    let mut words = line
        .split(|c: char| !c.is_alphabetic())
        .filter(|w| !w.is_empty());
    let plain = words.all(|w| {
        month_of(w).is_some() || is_weekday(w) || ALLOWED.contains(&w.to_ascii_lowercase().as_str())
    });
    if !plain {
        return None;
    }
    let start = line.find(|c: char| c.is_ascii_digit())?;
    numeric_day(&line[start..]).or_else(|| parse_day(line))
}

/// What a URL says of the day of publication, if unmistakably: `/2022/07/14/`, `/2022-07-14-`,
/// `/2022/jul/14/`, `/2022-07/14/`, `/20220714/`, `ud=20220725000417`, or only `/2022/07/`.
pub(super) fn day_in_url(url: &str) -> Option<PartialDay> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.find(['/', '?']).map_or("", |i| &path[i..]);
    let segments: Vec<&str> = path
        .split(['/', '?', '&'])
        .filter(|s| !s.is_empty())
        .collect();
    let full = |date: Date| PartialDay {
        year: Some(date.year()),
        month: date.month(),
        day: Some(date.day()),
    };
    let mut month_only = None;
    for (i, segment) in segments.iter().enumerate() {
        let next = segments.get(i + 1).copied().unwrap_or("");
        if let Some(year) = year_of(segment) {
            let month = two_digits(next).filter(|_| next.bytes().all(|b| b.is_ascii_digit()));
            if let Some(month) = month
                .or_else(|| month_of(next))
                .filter(|m| (1..=12).contains(m))
            {
                let day = segments.get(i + 2).copied().unwrap_or("");
                // `/2022/07/14/` and `/2022/07/14-slug`, but not `/2022/07/14th-summit`.
                let length = day.bytes().take_while(u8::is_ascii_digit).count();
                let ends = matches!(day[length..].chars().next(), None | Some('-' | '_' | '.'));
                match two_digits(&day[..length]).filter(|_| ends && length == 2 || day.len() == 1) {
                    Some(day) if Date::new(year, month, day).is_ok() => {
                        return Some(PartialDay {
                            year: Some(year),
                            month,
                            day: Some(day),
                        });
                    }
                    _ => {
                        month_only = month_only.or(Some(PartialDay {
                            year: Some(year),
                            month,
                            day: None,
                        }))
                    }
                }
            } else if next.len() == 4
                && next.bytes().all(|b| b.is_ascii_digit())
                && let Some(date) = compact_day(&format!("{segment}{next}"))
            {
                return Some(full(date));
            }
        }
        if let Some(date) = dashed_day(segment, next) {
            return Some(full(date));
        }
        if let Some(date) = day_in_number(segment, i + 1 == segments.len()) {
            return Some(full(date));
        }
    }
    month_only
}

/// `2022-07-14-slug`, `slug-2022-07-14`, or `2022-07` with `14` as the next segment.
fn dashed_day(segment: &str, next: &str) -> Option<Date> {
    let iso = |text: &str| {
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 10
            && bytes.iter().enumerate().all(|(i, b)| match i {
                4 | 7 => *b == b'-' || *b == b'_',
                _ => b.is_ascii_digit(),
            });
        let year = year_of(text.get(..4)?)?;
        shaped.then(|| Date::new(year, text[5..7].parse().ok()?, text[8..].parse().ok()?).ok())?
    };
    let stem = segment.split('.').next().unwrap_or(segment);
    let value = stem.rsplit('=').next().unwrap_or(stem);
    if let Some(date) = value.get(..10).and_then(iso) {
        let after = value[10..].chars().next();
        if matches!(after, None | Some('-' | '_' | 'T')) {
            return Some(date);
        }
    }
    if let Some(start) = stem.len().checked_sub(10).filter(|s| *s > 0) {
        let before = stem.as_bytes()[start - 1];
        if matches!(before, b'-' | b'_')
            && let Some(date) = stem.get(start..).and_then(iso)
        {
            return Some(date);
        }
    }
    let (year, month) = segment.split_once('-')?;
    let month = (month.len() == 2).then(|| two_digits(month))??;
    let day = next
        .get(..2)
        .filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
    let alone = next.len() == 2 || !next.as_bytes()[2].is_ascii_digit();
    alone.then(|| Date::new(year_of(year)?, month, two_digits(day)?).ok())?
}

/// A day as the head of a number of 14 or more digits, which no counter reaches, or of 8 digits as
/// a folder or as the value of a parameter called date. A number of 8 digits elsewhere may be a
/// counter.
fn day_in_number(segment: &str, is_last: bool) -> Option<Date> {
    let named = segment
        .split_once('=')
        .is_some_and(|(k, _)| k.to_ascii_lowercase().contains("date"));
    let bytes = segment.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let length = bytes[at..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count();
        let whole = length == segment.len() && !is_last || named;
        if (14..=20).contains(&length) || (length == 8 && whole) {
            let date = compact_day(&segment[at..at + 8]);
            if date.is_some_and(|d| d.year() >= 1990 && d.year() < 2060) {
                return date;
            }
        }
        at += length.max(1);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn fields_are_read_in_the_ways_dumps_write_them() {
        let day = Some(date(2025, 8, 19));
        for text in [
            "2025-08-19",
            "2025-08-19T23:59:00+09:00",
            "2025-08-19T08:00:00Z",
            "2025-08-19 10:00:00",
            "2025/08/19",
            "20250819",
            "20250819T101500Z",
            "20250819101500",
            "1755590400",
            "1755590400000",
            "Tue, 19 Aug 2025 10:00:00 GMT",
            "Tue Aug 19 10:00:00 +0000 2025",
            "19 Aug 2025",
            "19th August 2025, 10:15",
            "19-Aug-2025",
            "August 19, 2025",
            "Aug. 19, 2025 5:04 p.m. ET",
            "Tuesday, August 19, 2025",
            "8/19/2025",
            "19/08/2025",
            "19.08.2025",
            "Published on August 19, 2025 at 5pm",
        ] {
            assert_eq!(parse_day(text), day, "{text}");
        }
    }

    #[test]
    fn what_tells_no_single_day_is_none() {
        for text in [
            "",
            "yesterday",
            "03/04/2025",
            "2025",
            "2025-08",
            "August 2025",
            "19 August",
            "2025-02-30",
            "18-19 August 2025",
            "12345678",
            "2025-08-191",
            "August 18, September 2, 2025",
            "0001-01-01",
        ] {
            assert_eq!(parse_day(text), None, "{text}");
        }
    }

    #[test]
    fn date_lines_hold_nothing_else() {
        let day = Some(date(2025, 8, 19));
        assert_eq!(parse_date_line("August 19, 2025"), day);
        assert_eq!(
            parse_date_line("Published: Tuesday, Aug. 19, 2025 at 10:32 AM EDT"),
            day
        );
        assert_eq!(parse_date_line("Xinhua | Updated: 2025-08-19 17:52"), day);
        assert_eq!(parse_date_line("Updated 2025-08-19 10:32"), day);
        assert_eq!(parse_date_line("Trump met Putin on August 19, 2025"), None);
        assert_eq!(parse_date_line("August 2025"), None);
    }

    #[test]
    fn urls_that_say_the_day() {
        let day = |y, m, d| {
            Some(PartialDay {
                year: Some(y),
                month: m,
                day: Some(d),
            })
        };
        for (url, expected) in [
            ("https://a.org/2022/07/14/the-talks/", day(2022, 7, 14)),
            (
                "https://a.org/News/archives/2022/07/16/2003700045",
                day(2022, 7, 16),
            ),
            (
                "https://a.org/world/2022-07-14-talks.html",
                day(2022, 7, 14),
            ),
            (
                "https://a.org/world/talks-in-oslo-2022-07-14/",
                day(2022, 7, 14),
            ),
            ("https://a.org/world/2022/jul/14/talks", day(2022, 7, 14)),
            ("https://a.cn/2022-07/14/c_1310.htm", day(2022, 7, 14)),
            ("https://a.cn/n3/2022/0714/c90000-1.html", day(2022, 7, 14)),
            (
                "https://a.kr/view.php?ud=20220725000417&np=1",
                day(2022, 7, 25),
            ),
            ("https://a.kr/view/AEN20220725001500315", day(2022, 7, 25)),
            ("https://a.org/20220714/talks", day(2022, 7, 14)),
            ("https://a.org/show?date=20220714", day(2022, 7, 14)),
            (
                "https://a.org/2022/06/farmers-hope/",
                Some(PartialDay {
                    year: Some(2022),
                    month: 6,
                    day: None,
                }),
            ),
        ] {
            assert_eq!(day_in_url(url), expected, "{url}");
        }
    }

    #[test]
    fn urls_that_do_not() {
        for url in [
            "https://a.org/articles/14512345",
            "https://a.org/news/world-europe-20121029",
            "https://a.org/article/20110425",
            "https://a.org/article/3140000/leaders-agree",
            "https://a.org/news/460000/2022-in-review",
            "https://a.org/2022/world",
            "https://a.org/view/0009286300092863",
            "https://20220714000000.org/",
            "https://a.org/2022/13/40/x",
        ] {
            assert_eq!(day_in_url(url), None, "{url}");
        }
    }

    #[test]
    fn halves_complete_each_other_only_where_they_agree() {
        let june = PartialDay {
            year: Some(2022),
            month: 6,
            day: None,
        };
        let day = PartialDay {
            year: None,
            month: 6,
            day: Some(15),
        };
        assert_eq!(day.completed_by(june), Some(date(2022, 6, 15)));
        assert_eq!(PartialDay { month: 7, ..day }.completed_by(june), None);
    }
}
