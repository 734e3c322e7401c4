//! Datelines: the place, day and agency that open a report.

use super::super::day::{PartialDay, is_weekday, named_day, parse_day};
use super::credit::is_agency;
use super::layout::{Paragraph, ends_sentence};

/// A dateline at the head of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dateline {
    /// Bytes from the start of the paragraph to the end of the separator.
    pub length: usize,
    pub day: Option<PartialDay>,
}

/// How much must speak for a dateline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// A place and a dash or colon will do: the first paragraph of prose.
    Any,
    /// `NAME:` opens speeches here.
    NoColon,
    /// A day or an agency must stand with the place: prose came before.
    OnlyWires,
}

/// No dateline is longer, in bytes.
const LONGEST: usize = 120;

/// Whether several paragraphs open with `NAME:`, so that the first does not name a place.
pub(super) fn is_transcript(text: &str, paragraphs: &[Paragraph]) -> bool {
    let opens = |p: &&Paragraph| {
        let words = p.span.of(text);
        let colon = words.bytes().take(40).position(|b| b == b':').unwrap_or(0);
        let name = words.get(..colon).unwrap_or("");
        !name.is_empty() && name.split_whitespace().count() <= 4 && is_place(name)
    };
    paragraphs.iter().filter(opens).take(2).count() == 2
}

/// Finds the dateline that opens a paragraph.
pub(super) fn find(paragraph: &str, trust: Trust) -> Option<Dateline> {
    separators(paragraph).take(3).find_map(|separator| {
        let head = &paragraph[..separator.start];
        let rest = paragraph[separator.end..].trim_start();
        let reading = read_head(head.trim())?;
        is_enough(reading, &separator, head.trim(), rest, trust).then_some(Dateline {
            length: separator.end,
            day: reading.day,
        })
    })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Dash,
    Colon,
}

struct Separator {
    mark: Mark,
    start: usize,
    end: usize,
}

/// Dashes and colons near the head of a paragraph that can close a dateline.
fn separators(paragraph: &str) -> impl Iterator<Item = Separator> + '_ {
    let mut head_end = paragraph.len().min(LONGEST);
    while !paragraph.is_char_boundary(head_end) {
        head_end -= 1;
    }
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = paragraph.get(at..head_end)?;
            let offset = rest.find(['-', '–', '—', '―', ':'])?;
            let start = at + offset;
            let run = paragraph[start..]
                .find(|c| !matches!(c, '-' | '–' | '—' | '―' | ':'))
                .map_or(paragraph.len(), |i| start + i);
            at = run;
            let token = &paragraph[start..run];
            let spaced_before = paragraph[..start].ends_with(char::is_whitespace);
            let spaced_after =
                run == paragraph.len() || paragraph[run..].starts_with(char::is_whitespace);
            let mark = match token {
                ":" if spaced_after => Mark::Colon,
                // A hyphen between two words joins them.
                "-" | "–"
                    if spaced_before || (spaced_after && paragraph[..start].ends_with(')')) =>
                {
                    Mark::Dash
                }
                "--" | "---" | "—" | "―" | "——" => Mark::Dash,
                _ => continue,
            };
            let blank = paragraph[..start].trim().is_empty();
            if !blank {
                return Some(Separator {
                    mark,
                    start,
                    end: run,
                });
            }
        }
    })
}

/// What stands before the separator.
#[derive(Clone, Copy, Debug)]
struct Reading {
    place: Place,
    day: Option<PartialDay>,
    has_date: bool,
    has_agency: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    None,
    /// `WASHINGTON`, `ST. LOUIS`, `AUSTIN, Texas`.
    Capitals,
    /// `Berlin/New Delhi`, `Rio de Janeiro`.
    Name,
    /// `Nordic News`: only with a day.
    Other,
}

fn read_head(head: &str) -> Option<Reading> {
    let mut reading = Reading {
        place: Place::None,
        day: None,
        has_date: false,
        has_agency: false,
    };
    let mut rest = head;
    while let Some(open) = rest.rfind('(').filter(|_| rest.ends_with(')')) {
        let inner = rest[open + 1..rest.len() - 1].trim();
        if let Some(day) = day_alone(inner) {
            reading.day = Some(day);
            reading.has_date = true;
        } else if is_agency_like(inner) {
            reading.has_agency = true;
        } else {
            return None;
        }
        rest = rest[..open].trim_end();
    }
    let (place, date) = split_date(rest);
    if let Some(date) = date {
        reading.day = reading.day.or(Some(date));
        reading.has_date = true;
    }
    // `MOSCOW. August 18. INTERFAX -`
    let place = place.trim_end_matches([',', ' ', ';']);
    reading.place = if place.is_empty() {
        Place::None
    } else if is_in_capitals(place) {
        Place::Capitals
    } else if is_place(place) {
        Place::Name
    } else if place.split_whitespace().count() <= 5
        && !place.contains(['.', '!', '?', '"', '“', '('])
    {
        Place::Other
    } else {
        return None;
    };
    Some(reading)
}

fn is_enough(
    reading: Reading,
    separator: &Separator,
    head: &str,
    rest: &str,
    trust: Trust,
) -> bool {
    let wire = reading.has_date || reading.has_agency;
    let dash = separator.mark == Mark::Dash;
    let goes_on = rest.is_empty() || rest.starts_with(|c: char| !c.is_lowercase());
    match reading.place {
        Place::None => goes_on && dash && reading.has_agency,
        Place::Capitals if wire => goes_on,
        Place::Name if reading.has_agency => goes_on,
        Place::Name | Place::Other if reading.has_date => {
            goes_on && dash && trust != Trust::OnlyWires
        }
        _ if trust == Trust::OnlyWires || !goes_on || is_label(head) => false,
        Place::Other => false,
        Place::Capitals if dash => true,
        Place::Capitals => {
            trust == Trust::Any && rest.starts_with(|c: char| c.is_uppercase() || c == '“')
        }
        // Only a place's name: what follows must be a sentence, not the rest of a headline.
        Place::Name => {
            let sentence = rest.split_whitespace().take(6).count() == 6
                && ends_sentence(rest)
                && rest.starts_with(char::is_uppercase)
                && !["I ", "We ", "I’", "I'", "We’", "We'", "You "]
                    .iter()
                    .any(|w| rest.starts_with(w));
            let length = head.split([' ', '/']).filter(|w| !w.is_empty()).count();
            let shaped = separator_is_spaced(separator, dash);
            sentence && shaped && length <= 5 && (dash || trust == Trust::Any)
        }
    }
}

/// A colon always is; a dash after a mere name must not be glued to it.
fn separator_is_spaced(separator: &Separator, dash: bool) -> bool {
    !dash || separator.end > separator.start
}

/// Splits `WASHINGTON, Aug 18, 2025` into place and day.
fn split_date(text: &str) -> (&str, Option<PartialDay>) {
    let words: Vec<(usize, &str)> = text
        .split([' ', ',', '\u{a0}'])
        .filter(|w| !w.is_empty())
        .map(|w| (w.as_ptr() as usize - text.as_ptr() as usize, w))
        .collect();
    // The longest tail that is a day and nothing else.
    for (start, _) in &words {
        let tail = &text[*start..];
        if words.iter().filter(|(s, _)| s >= start).count() > 5 {
            continue;
        }
        if let Some(day) = day_alone(tail) {
            return (&text[..*start], Some(day));
        }
    }
    (text, None)
}

/// A day and nothing else, perhaps with its weekday: `Aug. 18`, `Monday, 18 August 2025`, `2025-08-18`.
fn day_alone(text: &str) -> Option<PartialDay> {
    let text = text.trim().trim_end_matches('.');
    if text.len() > 40 {
        return None;
    }
    let plain = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .all(|w| {
            super::super::day::month_of(w).is_some()
                || is_weekday(w)
                || w.starts_with(|c: char| c.is_ascii_digit()) && w.len() <= 4
        });
    if !plain {
        return None;
    }
    named_day(text).or_else(|| {
        let date = parse_day(text)?;
        Some(PartialDay {
            year: Some(date.year()),
            month: date.month(),
            day: Some(date.day()),
        })
    })
}

/// `Reuters`, `AFP`, `Xinhua`, `Example News Agency`, `UN News`.
fn is_agency_like(text: &str) -> bool {
    let words = text.split([' ', '/']).filter(|w| !w.is_empty()).count();
    (1..=5).contains(&words)
        && text.len() <= 50
        && (is_agency(text) || text.starts_with(char::is_uppercase) || text.contains('.'))
        && !text.contains([':', ';', '“', '"'])
}

/// Whether the first part is in capital letters: `NEW YORK`, `AUSTIN, Texas`, `KYIV/MOSCOW`.
fn is_in_capitals(text: &str) -> bool {
    let first = text
        .split([',', ' ', '.'])
        .find(|w| !w.is_empty())
        .unwrap_or("");
    let letters = || first.chars().filter(|c| c.is_alphabetic());
    let capital = letters().count() >= 2 && letters().all(|c| !c.is_lowercase());
    capital && text.split_whitespace().count() <= 7 && (is_place(text) || is_all_capitals(text))
}

fn is_all_capitals(text: &str) -> bool {
    !text.chars().any(char::is_lowercase) && !text.contains(['!', '?', '"', '“'])
}

/// Whether a text is shaped like the name of a place, or of a few: capitalised words and the small
/// words within names.
fn is_place(text: &str) -> bool {
    const SMALL: &[&str] = &[
        "of", "the", "de", "la", "el", "al", "and", "on", "du", "del", "in", "upon", "aboard",
        "near", "d’", "da", "do", "dos", "es",
    ];
    let mut words = text
        .split([' ', '/', ',', '\u{a0}'])
        .filter(|w| !w.is_empty())
        .peekable();
    if words
        .peek()
        .is_none_or(|w| !w.starts_with(char::is_uppercase))
    {
        return false;
    }
    let count = words.clone().count();
    let named = words.all(|w| {
        let core = w.trim_matches(['.', '\'', '’']);
        (core.starts_with(char::is_uppercase) || SMALL.contains(&core))
            && core
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.' | '‘'))
    });
    // A stop within ends a sentence, except after an abbreviation such as `St.` or `U.S.`.
    let stops = text.rsplit(". ").skip(1).all(|part| {
        let last = part.rsplit([' ', '/']).next().unwrap_or("");
        last.chars().count() <= 3 || is_all_capitals(text)
    });
    named && stops && count <= 7
}

/// Words before a dash or colon that name a kind of text, not a place.
fn is_label(head: &str) -> bool {
    const LABELS: &[&str] = &[
        "update",
        "updated",
        "breaking",
        "analysis",
        "opinion",
        "explainer",
        "explained",
        "exclusive",
        "live",
        "editorial",
        "watch",
        "video",
        "photo",
        "photos",
        "interview",
        "factbox",
        "timeline",
        "note",
        "editor",
        "correction",
        "corrected",
        "clarification",
        "warning",
        "question",
        "answer",
        "q",
        "a",
        "review",
        "profile",
        "obituary",
        "comment",
        "commentary",
        "column",
        "letter",
        "letters",
        "summary",
        "background",
        "podcast",
        "file",
        "caption",
        "credit",
        "source",
        "sources",
        "report",
        "reporter",
        "moderator",
        "host",
        "president",
        "minister",
        "the",
        "mr",
        "mrs",
        "ms",
        "dr",
        "gallery",
        "insight",
        "focus",
        "special",
        "feature",
        "highlights",
        "key",
        "sport",
        "sports",
        "politics",
        "world",
        "business",
        "economy",
        "health",
        "national",
        "local",
        "news",
        "top",
        "one",
        "two",
        "three",
    ];
    let first = head
        .split(|c: char| !c.is_alphanumeric())
        .find(|w| !w.is_empty())
        .unwrap_or("");
    LABELS.contains(&first.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dateline(paragraph: &str) -> Option<&str> {
        find(paragraph, Trust::Any).map(|d| &paragraph[..d.length])
    }

    const PROSE: &str = " The ministers of both countries met again on Monday.";

    #[test]
    fn the_forms_that_papers_and_wires_use() {
        for head in [
            "WASHINGTON, Aug 18 (Reuters) -",
            "WASHINGTON, Aug. 18, 2025 (AFP) —",
            "WASHINGTON (AP) —",
            "PARIS (AP) —",
            "NEW YORK —",
            "AUSTIN, Texas (AP) —",
            "NAIROBI, Jun 15 2022 (IPS) -",
            "Nordic News, 26 June -",
            "Berlin/New Delhi:",
            "ANKARA –",
            "BEIRUT —",
            "MUSCAT:",
            "Windhoek –",
            "Rio de Janeiro, 18 August 2025 –",
            "BEIJING, Aug. 18 (Xinhua) --",
            "MOSCOW. Aug 18 (Interfax) –",
            "GENEVA (18 August 2025) –",
            "Berlin (dpa) -",
            "(Reuters) -",
            "Aug 18 (UPI) --",
            "ST. LOUIS (AP) —",
            "ABOARD AIR FORCE ONE (AP) —",
            "JERUSALEM/GAZA, Monday, Aug 18 -",
        ] {
            let paragraph = format!("{head}{PROSE}");
            assert_eq!(dateline(&paragraph), Some(head), "{paragraph}");
        }
        assert_eq!(
            dateline("NAGOYA--Ministers of the region met."),
            Some("NAGOYA--")
        );
    }

    #[test]
    fn their_days() {
        let day = |text: &str| find(&format!("{text}{PROSE}"), Trust::Any).and_then(|d| d.day);
        let expected = PartialDay {
            year: Some(2022),
            month: 6,
            day: Some(15),
        };
        assert_eq!(day("NAIROBI, Jun 15 2022 (IPS) -"), Some(expected));
        assert_eq!(day("GENEVA (15 June 2022) –"), Some(expected));
        assert_eq!(
            day("ROME, June 15 (ANSA) -"),
            Some(PartialDay {
                year: None,
                ..expected
            })
        );
        assert_eq!(day("ROME (ANSA) -"), None);
    }

    #[test]
    fn sentences_with_a_dash_or_colon_are_none() {
        for paragraph in [
            "President Trump — who met Putin — left on Monday after the talks.",
            "The ministers met – again – on Monday, they said.",
            "Trump said: The talks went well and we will meet again.",
            "UPDATE: The ministers met again on Monday in the capital.",
            "Ukraine: What we know so far",
            "Donald Trump: I will meet him again soon, as I said.",
            "U.S.-led talks went on in the capital on Monday.",
            "Breaking - The ministers of both countries met again on Monday.",
            "The talks (which began on Monday) - the first since May - went on.",
        ] {
            assert_eq!(dateline(paragraph), None, "{paragraph}");
        }
    }

    #[test]
    fn later_paragraphs_need_a_day_or_an_agency() {
        let later = |head: &str| find(&format!("{head}{PROSE}"), Trust::OnlyWires).is_some();
        assert!(later("WASHINGTON, Aug 18 (Reuters) -"));
        assert!(!later("Windhoek –"));
        assert!(!later("TRUMP:"));
    }
}
