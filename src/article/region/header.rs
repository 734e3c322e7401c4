//! What whoever collected a text, or its site, put before it: a URL, `date 2025-08-19`, labelled
//! lines, Markdown front matter, lines that are only a date or a byline.

use jiff::civil::Date;

use super::super::day::{parse_date_line, parse_day};
use super::super::{Region, RegionKind};
use super::layout::{self, Paragraph, ends_sentence};
use super::{caption, credit, headline};
use crate::document::Span;

/// What the head of a text says, and where it ends.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Header {
    pub url: Option<String>,
    /// As a label gives it.
    pub title: Option<String>,
    /// A first line that reads like one.
    pub headline: Option<String>,
    pub publisher: Option<String>,
    pub author: Option<String>,
    pub date: Option<Date>,
    /// In order, not overlapping.
    pub regions: Vec<Region>,
    /// Where the rest of the text begins, in bytes.
    pub end: usize,
}

/// Nothing that belongs to the head stands below so many lines.
const MOST_LINES: usize = 12;

/// Reads the head of `text`; `known` are the captions and headings that markup gives.
pub(super) fn read(text: &str, known: &[Region]) -> Header {
    let mut header = Header::default();
    let start = front_matter(text, &mut header).unwrap_or(0);
    header.end = start;
    let lines: Vec<Paragraph> = layout::lines(text, start).take(MOST_LINES).collect();
    let mut has_headline = false;
    for (i, line) in lines.iter().enumerate() {
        let words = line.span.of(text);
        let is_caption = |k: &Region| k.kind == RegionKind::Caption && k.span.overlaps(line.span);
        if known.iter().take(MOST_LINES).any(is_caption) {
            break;
        }
        if words.len() > 1000 && !words.starts_with("date ") {
            break;
        }
        let mark = |header: &mut Header, span: Span, kind: RegionKind| {
            header.regions.push(Region { span, kind });
            header.end = span.end;
        };
        if let Some(url) = url_line(words) {
            header.url.get_or_insert_with(|| url.to_owned());
            mark(&mut header, line.span, RegionKind::Header);
        } else if let Some((length, date)) = date_prefix(words) {
            header.date = header.date.or(Some(date));
            let span = Span::new(line.span.start, line.span.start + length);
            mark(&mut header, span, RegionKind::Header);
            if length < words.len() {
                break;
            }
        } else if let Some(value) = labelled(words).filter(|l| l.fill(&mut header)) {
            let value_start = line.span.end - value.value.len();
            if value.label == Label::Title {
                mark(
                    &mut header,
                    Span::new(line.span.start, value_start),
                    RegionKind::Header,
                );
                trim_last(text, &mut header);
                mark(
                    &mut header,
                    Span::new(value_start, line.span.end),
                    RegionKind::Headline,
                );
            } else {
                mark(&mut header, line.span, RegionKind::Header);
            }
        } else if let Some(date) = parse_date_line(words) {
            let is_update = words.to_ascii_lowercase().contains("updated");
            if !is_update || header.date.is_none() {
                header.date = Some(date);
            }
            mark(&mut header, line.span, RegionKind::Header);
        } else if credit::is_byline(words) {
            header
                .author
                .get_or_insert_with(|| credit::byline_name(words).to_owned());
            mark(&mut header, line.span, RegionKind::Credit);
        } else if !has_headline && is_headline_of(text, &lines[i..]) {
            header
                .headline
                .get_or_insert_with(|| headline::bare(words).to_owned());
            has_headline = true;
            mark(&mut header, line.span, RegionKind::Headline);
        } else {
            break;
        }
    }
    header
}

/// Leaves the spaces between a label and its value unmarked.
fn trim_last(text: &str, header: &mut Header) {
    if let Some(last) = header.regions.last_mut() {
        last.span = layout::trim(text, last.span);
    }
}

/// Whether the first of `lines` is a headline: by its look, or as a byline or date follows it.
fn is_headline_of(text: &str, lines: &[Paragraph]) -> bool {
    let line = lines[0].span.of(text);
    let next = lines.get(1).map_or("", |l| l.span.of(text));
    let is_headed = parse_date_line(next).is_some() || credit::is_byline(next);
    let looks = headline::is_headline(text, lines, 0, true)
        || (is_headed && headline::is_title_like(line) && !line.ends_with(','));
    looks && !line.contains("://") && !caption::is_caption(line)
}

/// A line that is nothing but a URL, perhaps with a label.
fn url_line(line: &str) -> Option<&str> {
    let bare = match line.split_once(' ') {
        Some((label, rest)) => {
            let label = label.trim_end_matches(':').to_ascii_lowercase();
            ["url", "link", "source", "original", "from"]
                .contains(&label.as_str())
                .then(|| rest.trim())?
        }
        None => line
            .trim_start_matches(['<', '('])
            .trim_end_matches(['>', ')']),
    };
    let host = bare
        .strip_prefix("https://")
        .or_else(|| bare.strip_prefix("http://"));
    let host = host.or_else(|| bare.strip_prefix("www."))?;
    (host.contains('.') && !bare.contains(char::is_whitespace)).then_some(bare)
}

/// The length of `date 2025-08-19` at the head of a line, and its day.
fn date_prefix(line: &str) -> Option<(usize, Date)> {
    let head = line.get(..4).filter(|h| h.eq_ignore_ascii_case("date"))?;
    let rest = &line[head.len()..];
    let value = rest.trim_start_matches([' ', '\t', ':', '=']);
    let day = value.get(..10)?;
    let closed = !value[10..].starts_with(|c: char| c.is_ascii_digit());
    let is_iso = day.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if value.len() == rest.len() || !closed || !is_iso {
        return None;
    }
    Some((line.len() - value.len() + 10, parse_day(day)?))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    Title,
    Date,
    Publisher,
    Author,
    Url,
}

struct Labelled<'a> {
    label: Label,
    value: &'a str,
}

/// `Title: …`, `Published: …`, `Source: …`.
fn labelled(line: &str) -> Option<Labelled<'_>> {
    let (label, value) = line.split_once(':')?;
    let label = match label.trim().to_ascii_lowercase().as_str() {
        "title" | "headline" => Label::Title,
        "date" | "published" | "publication date" | "date published" | "pubdate" => Label::Date,
        "publisher" | "source" | "publication" | "outlet" | "newspaper" => Label::Publisher,
        "author" | "authors" | "byline" => Label::Author,
        "url" | "link" => Label::Url,
        _ => return None,
    };
    let value = value.trim();
    (!value.is_empty() && value.len() <= 300).then_some(Labelled { label, value })
}

impl Labelled<'_> {
    /// Whether the value is one that such a label has; if so, keeps it.
    fn fill(&self, header: &mut Header) -> bool {
        let short = self.value.len() <= 80 && !ends_sentence(self.value);
        let keep = |slot: &mut Option<String>| {
            slot.get_or_insert_with(|| self.value.to_owned());
        };
        match self.label {
            Label::Title => keep(&mut header.title),
            Label::Publisher if short => keep(&mut header.publisher),
            Label::Author if short => keep(&mut header.author),
            Label::Url if self.value.contains('.') && !self.value.contains(' ') => {
                keep(&mut header.url)
            }
            Label::Date => match parse_day(self.value) {
                Some(date) => header.date = header.date.or(Some(date)),
                None => return false,
            },
            _ => return false,
        }
        true
    }
}

/// Reads front matter between two lines `---`; returns where it ends.
fn front_matter(text: &str, header: &mut Header) -> Option<usize> {
    const MOST: usize = 60;
    let mut lines = layout::lines(text, 0).take(MOST);
    let first = lines.next().filter(|l| l.span.of(text) == "---")?;
    let mut found = Header::default();
    for line in lines {
        let words = line.span.of(text);
        if words == "---" {
            let span = first.span.to(line.span);
            *header = found;
            header.regions.push(Region {
                span,
                kind: RegionKind::Header,
            });
            return Some(span.end);
        }
        // Front matter is `key: value`, or the items of a list under a key.
        if !words.contains(':') && !words.starts_with(['-', '#']) {
            return None;
        }
        if let Some(l) = labelled(words) {
            let value = l.value.trim_matches(['"', '\'']);
            Labelled { value, ..l }.fill(&mut found);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn kinds(text: &str) -> Vec<(RegionKind, &str)> {
        read(text, &[])
            .regions
            .iter()
            .map(|r| (r.kind, r.span.of(text)))
            .collect()
    }

    #[test]
    fn a_url_and_a_date_before_the_text() {
        use RegionKind::Header;
        let text = "https://a.org/2022/07/14/talks\r\n\r\nThe ministers met.";
        assert_eq!(kinds(text), [(Header, "https://a.org/2022/07/14/talks")]);
        assert_eq!(
            read(text, &[]).url.as_deref(),
            Some("https://a.org/2022/07/14/talks")
        );

        let text = " date 2025-08-19 The ministers met. They left.\n\nMore.";
        assert_eq!(kinds(text), [(Header, "date 2025-08-19")]);
        let header = read(text, &[]);
        assert_eq!((header.date, header.end), (Some(date(2025, 8, 19)), 16));
    }

    #[test]
    fn labels_headline_byline_and_date_line() {
        use RegionKind::{Credit, Header, Headline};
        let text = "Title: Ministers meet\nSource: Example News\nDate: 19 Aug 2025\n\nThey met.";
        assert_eq!(
            kinds(text),
            [
                (Header, "Title:"),
                (Headline, "Ministers meet"),
                (Header, "Source: Example News"),
                (Header, "Date: 19 Aug 2025"),
            ]
        );
        assert_eq!(read(text, &[]).publisher.as_deref(), Some("Example News"));

        let wiki = read(
            "Will the ministers meet in Oslo?\nMarch 06, 2008\nThe ministers met.",
            &[],
        );
        assert_eq!(wiki.date, Some(date(2008, 3, 6)));
        assert_eq!(
            wiki.headline.as_deref(),
            Some("Will the ministers meet in Oslo?")
        );

        let text = "Ministers meet in Oslo\n\nBy Jane Doe\n\nPublished August 19, 2025\n\nThe ministers met on Monday.";
        assert_eq!(
            kinds(text),
            [
                (Headline, "Ministers meet in Oslo"),
                (Credit, "By Jane Doe"),
                (Header, "Published August 19, 2025"),
            ]
        );
        let header = read(text, &[]);
        assert_eq!(header.author.as_deref(), Some("Jane Doe"));
        assert_eq!(header.headline.as_deref(), Some("Ministers meet in Oslo"));
        assert_eq!(header.date, Some(date(2025, 8, 19)));
    }

    #[test]
    fn front_matter_of_markdown() {
        let text =
            "---\ntitle: \"Ministers meet\"\ndate: 2025-08-19\ntags:\n- oslo\n---\n\nThey met.";
        let header = read(text, &[]);
        assert_eq!(header.title.as_deref(), Some("Ministers meet"));
        assert_eq!(header.date, Some(date(2025, 8, 19)));
        assert_eq!(&text[header.end..], "\n\nThey met.");
        assert!(
            read("---\nThey met in Oslo.\n---\n", &[])
                .regions
                .is_empty()
        );
    }

    #[test]
    fn prose_is_no_header() {
        for text in [
            "The date 2025-08-19 was set.",
            "Source: people who know of it said so.",
            "Date: the sides have not agreed on one.",
            "date palms grow there.",
            "See https://a.org for more.",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }
}
