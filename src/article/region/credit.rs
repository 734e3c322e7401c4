//! Who wrote, helped or passed on: credits, bylines, agencies' signatures.

use super::super::RegionKind;
use super::Marks;
use super::caption::is_photo_credit;
use super::layout::ends_sentence;
use crate::document::Span;

/// News agencies as they sign, and `Agencies`.
const AGENCIES: &[&str] = &[
    "AA",
    "AAP",
    "ACN",
    "AFP",
    "AGI",
    "ANA",
    "ANI",
    "ANP",
    "ANSA",
    "ANTARA",
    "AP",
    "APA",
    "APP",
    "APS",
    "Agence France-Presse",
    "Agencies",
    "Agency",
    "Agerpres",
    "Anadolu",
    "Anadolu Agency",
    "Antara",
    "Associated Press",
    "Azertac",
    "BBC",
    "BNA",
    "BSS",
    "BTA",
    "Belga",
    "Bernama",
    "Bloomberg",
    "CMC",
    "CNA",
    "CNN",
    "CNS",
    "CTK",
    "Central News Agency",
    "DPA",
    "DW",
    "EFE",
    "GNA",
    "HINA",
    "IANS",
    "INA",
    "IPS",
    "IRNA",
    "ISNA",
    "Interfax",
    "Interfax-Ukraine",
    "JIJI",
    "Jiji",
    "Jiji Press",
    "KCNA",
    "KUNA",
    "Kyodo",
    "Kyodo News",
    "LUSA",
    "Lusa",
    "MAP",
    "MENA",
    "MTI",
    "MNA",
    "NAMPA",
    "NAN",
    "NNA",
    "NPR",
    "ONA",
    "PA",
    "PANA",
    "PAP",
    "PNA",
    "PTI",
    "Petra",
    "QNA",
    "RFE/RL",
    "RIA",
    "RIA Novosti",
    "Reuters",
    "SAnews",
    "SPA",
    "SUNA",
    "Sputnik",
    "TASS",
    "TNS",
    "TT",
    "Tanjug",
    "Tass",
    "The Associated Press",
    "UNB",
    "UNI",
    "UPI",
    "Ukrinform",
    "VNA",
    "VOA",
    "WAFA",
    "WAM",
    "Wires",
    "Xinhua",
    "Xinhua News Agency",
    "Yonhap",
    "dpa",
    "with agencies",
    "with inputs from agencies",
];

/// Whether a text is the name of an agency, or several joined by `/` or commas.
pub(super) fn is_agency(text: &str) -> bool {
    let known = |name: &str| {
        let name = name.trim();
        AGENCIES.contains(&name)
            || AGENCIES
                .iter()
                .any(|a| a.len() > 4 && a.eq_ignore_ascii_case(name))
    };
    known(text) || (text.contains(['/', ',', '+']) && text.split(['/', ',', '+']).all(known))
}

/// How paragraphs begin that say who wrote or helped, in small letters.
const OPENINGS: &[&str] = &[
    "reporting by ",
    "additional reporting by ",
    "additional reporting",
    "writing by ",
    "written by ",
    "editing by ",
    "edited by ",
    "compiled by ",
    "translated by ",
    "translation by ",
    "reported by ",
    "photo by ",
    "photos by ",
    "photo: ",
    "photos: ",
    "photo credit",
    "photo courtesy",
    "photograph: ",
    "photograph by ",
    "photographs by ",
    "picture: ",
    "pictures: ",
    "image: ",
    "image credit",
    "images: ",
    "image courtesy",
    "credit: ",
    "pic: ",
    "video by ",
    "graphic by ",
    "illustration by ",
    "illustration: ",
    "this article was written by",
    "this story was written by",
    "this report was written by",
    "this article was compiled",
    "this story was compiled",
    "this article was contributed",
    "this article was produced",
    "with inputs from",
    "with input from",
    "with files from",
    "with reporting by",
    "with additional reporting",
    "with agency",
    "with agencies",
    "source: ",
    "sources: ",
    "contact the ",
    "contact the reporter",
    "the writer is ",
    "the author is ",
    "the reporter can be reached",
    "© getty",
    "file photo by",
];

/// How paragraphs end that thank those who helped, in small letters.
const ENDINGS: &[&str] = &[
    "contributed to this report",
    "contributed to this story",
    "contributed to this article",
    "contributed reporting",
    "contributed to the report",
    "contributed.",
    "contributed to this dispatch",
];

/// Whether a whole paragraph is a credit. `may_be_byline`: near the head, before any prose.
pub(super) fn is_credit(paragraph: &str, may_be_byline: bool, is_last: bool) -> bool {
    let inner = bracketed(paragraph).unwrap_or(paragraph).trim();
    if inner.len() > 400 {
        return false;
    }
    let line = inner.to_lowercase();
    // `Written by hand, …` is prose: a name stands after `by`.
    let opens = OPENINGS.iter().any(|o| {
        line.starts_with(o)
            && (!o.ends_with("by ")
                || inner
                    .get(o.len()..)
                    .is_some_and(|name| name.starts_with(char::is_uppercase)))
    });
    let label = line.find(':').is_some_and(|i| i <= 30);
    let long = inner.split_whitespace().count() > if label { 30 } else { 25 };
    let ends = line.trim_end_matches(['.', ' ']);
    let thanks = ENDINGS
        .iter()
        .any(|e| ends.ends_with(e.trim_end_matches('.')))
        && inner.starts_with(|c: char| c.is_uppercase())
        && !inner.contains(['“', '"']);
    let dashed = paragraph.trim_start_matches(['-', '–', '—', ' ', '/', '|']);
    let signed = (dashed.len() < paragraph.len() || inner.len() < paragraph.len() || is_last)
        && is_agency(
            dashed
                .trim_end_matches('.')
                .trim_matches(['(', ')', '[', ']']),
        );
    (opens && !long && !inner.contains(['“', '”']))
        || (thanks && inner.len() <= 300)
        || signed
        || (may_be_byline && is_byline(paragraph))
        || (is_photo_credit(inner) && (inner.len() < paragraph.len() || starts_as_credit(inner)))
}

fn starts_as_credit(line: &str) -> bool {
    const STARTS: &[&str] = &[
        "AP Photo",
        "REUTERS/",
        "AFP/",
        "Getty Images",
        "EPA/",
        "AFP Photo",
        "Photo ",
        "Image copyright ",
        "©",
    ];
    const MOST_WORDS: usize = 6;
    line == "Photo"
        || (STARTS.iter().any(|s| line.starts_with(s))
            && line.split_whitespace().count() <= MOST_WORDS
            && !ends_sentence(line))
}

/// Whether a line is a byline: `By Jane Doe`, `BY JANE DOE, Staff Writer`, `By Jane Doe and John Roe | AP`.
pub(super) fn is_byline(line: &str) -> bool {
    let Some(name) = strip_by(line) else {
        return false;
    };
    let words: Vec<&str> = name.split_whitespace().collect();
    let small = [
        "and",
        "of",
        "for",
        "in",
        "the",
        "de",
        "van",
        "von",
        "al",
        "bin",
        "da",
        "del",
        "der",
        "staff",
        "writer",
        "correspondent",
        "&",
        "|",
        "-",
        "–",
        "—",
        "with",
        "at",
        "reporter",
        "editor",
    ];
    let named = words.iter().all(|w| {
        let core = w.trim_matches(|c: char| !c.is_alphanumeric() && c != '&' && c != '|');
        core.is_empty()
            || core.starts_with(char::is_uppercase)
            || small.contains(&core.to_lowercase().as_str())
            || w.contains('@')
    });
    (1..=14).contains(&words.len())
        && named
        && words[0].starts_with(char::is_uppercase)
        && (!line.ends_with(['.', '?', '!', ':', ',']) || line.ends_with("Jr."))
        && !line.contains(['“', '"', ';', '?'])
        && !words[0].chars().any(|c| c.is_ascii_digit())
        && super::super::day::month_of(words[0]).is_none()
        && !super::super::day::is_weekday(words[0])
}

fn strip_by(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(['*', '_', ' ', '|', '-', '–', '—']);
    let rest = ["By ", "BY ", "by ", "By: ", "Written by "]
        .iter()
        .find_map(|b| line.strip_prefix(b))?;
    Some(rest.trim_end_matches(['*', '_']).trim())
}

/// The name in a byline, without what the writer is.
pub(super) fn byline_name(line: &str) -> &str {
    let name = strip_by(line).unwrap_or(line);
    name.split([',', '|', '–', '—'])
        .next()
        .unwrap_or(name)
        .trim()
}

/// The text within the brackets that enclose a whole paragraph.
fn bracketed(paragraph: &str) -> Option<&str> {
    let pairs = [('(', ')'), ('[', ']'), ('{', '}')];
    let bare = paragraph.trim_end_matches('.');
    pairs.iter().find_map(|(open, close)| {
        let inner = bare.strip_prefix(*open)?.strip_suffix(*close)?;
        (!inner.contains(*open)).then_some(inner)
    })
}

/// The group in brackets that ends a text, perhaps before a full stop; in bytes of `text`.
pub(super) fn bracketed_tail(text: &str) -> Option<Span> {
    let bare = text.trim_end_matches(['.', ' ']);
    let (open, close) = match bare.chars().next_back()? {
        ')' => ('(', ')'),
        ']' => ('[', ']'),
        '}' => ('{', '}'),
        _ => return None,
    };
    let mut depth = 0usize;
    for (i, c) in bare.char_indices().rev().take(300) {
        if c == close {
            depth += 1;
        } else if c == open {
            depth -= 1;
            if depth == 0 {
                return Some(Span::new(i, text.len()));
            }
        }
    }
    None
}

/// Marks `(Reuters)`, `— AFP`, `(This article was written by …)` at the end of a paragraph.
pub(super) fn mark_tail(marks: &mut Marks<'_>, is_last: bool) {
    let rest = marks.rest();
    let words = rest.of(marks.text);
    if let Some(group) = bracketed_tail(words) {
        let inner = group.of(words).trim_end_matches(['.', ' ']);
        let inner = &inner[1..inner.len() - 1];
        let finished = ends_sentence(words[..group.start].trim_end());
        if finished
            && (is_agency(inner) || is_credit(inner, false, false) || is_photo_credit(inner))
        {
            marks.fill(
                Span::new(rest.start + group.start, rest.start + group.end),
                RegionKind::Credit,
            );
        }
        return;
    }
    // `… he said. — AFP`
    let Some((at, dash)) = words
        .char_indices()
        .rev()
        .take(48)
        .find(|(_, c)| matches!(c, '-' | '–' | '—' | '/'))
    else {
        return;
    };
    let start = words[..at]
        .trim_end_matches(['-', '–', '—', '/', ' '])
        .len();
    let head = &words[..start];
    let name = words[at + dash.len_utf8()..].trim().trim_end_matches('.');
    let signed = is_agency(name)
        || (is_last
            && (2..=6).contains(&name.len())
            && name.chars().all(|c| c.is_ascii_uppercase()));
    if start > 0 && ends_sentence(head) && signed {
        marks.fill(Span::new(rest.start + start, rest.end), RegionKind::Credit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_lines_that_credit() {
        for line in [
            "(This article was written by Jane Doe and John Roe.)",
            "(Reporting by Jane Doe; Editing by John Roe)",
            "Reporting by Jane Doe in Oslo; editing by John Roe",
            "Photo: Jane Doe",
            "- Reuters",
            "— AFP",
            "(With inputs from agencies)",
            "Jane Doe in Oslo contributed to this report.",
            "(AP)",
            "AP Photo/Jane Doe",
        ] {
            assert!(is_credit(line, false, false), "{line}");
        }
        assert!(is_credit("By Jane Doe", true, false));
    }

    #[test]
    fn sentences_that_begin_alike_do_not() {
        for line in [
            "By Monday the talks had failed.",
            "By Friday",
            "By then the minister had left",
            "Written by hand, the letter reached Oslo.",
            "Norway contributed to the fund.",
            "Reuters reported that the ministers met.",
            "Images show burning wreckage in the wooded area",
            "Getty Images sued the company over its photos on Monday.",
        ] {
            assert!(!is_credit(line, true, false), "{line}");
        }
    }

    #[test]
    fn agencies_sign_at_the_end() {
        let tail = |text: &str| {
            let mut marks = Marks::new(text, Span::new(0, text.len()));
            mark_tail(&mut marks, true);
            marks
                .into_regions()
                .first()
                .map(|r| r.span.of(text).to_owned())
        };
        assert_eq!(tail("They met, he said. — AFP").as_deref(), Some("— AFP"));
        assert_eq!(
            tail("They met, he said. (Reuters)").as_deref(),
            Some("(Reuters)")
        );
        assert_eq!(tail("They met, he said – WAM"), None);
        assert_eq!(tail("They met the press (Reuters)"), None);
        assert_eq!(tail("He took the east-west line."), None);
    }
}
