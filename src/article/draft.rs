//! An article as its file or record gives it, before its text is looked at.

use jiff::civil::Date;

use super::metadata::Row;
use super::{Article, Place, Region, day, language, region};

/// What a file or record says outright.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    pub place: Place,
    /// The record's own id.
    pub id: Option<String>,
    /// Its number among the records of its file, from 1; `None` for a file that is one article.
    pub number: Option<u64>,
    pub text: String,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub author: Option<String>,
    pub date: Option<Date>,
    pub url: Option<String>,
    /// As declared; the text decides.
    pub language: Option<String>,
    /// Captions and headings that a page's markup gives, in order.
    pub regions: Vec<Region>,
    pub notes: Vec<String>,
}

impl Draft {
    pub fn new(place: Place) -> Self {
        Self {
            place,
            ..Self::default()
        }
    }
}

/// What no date means for the facts, in the words of an article's notes.
const NO_DATE: &str = "no publication date: relative dates stay unresolved";

impl Draft {
    /// Reads the text's own head, dateline and regions and settles what is known from where.
    ///
    /// What the file or record says goes before `row`, its row of the metadata, and this before
    /// what URL, dateline and layout suggest. Nothing is guessed beyond these.
    pub fn into_article(self, id: String, row: Option<Row>) -> Article {
        let row = row.unwrap_or_default();
        let marked = region::mark(&self.text, &self.regions);
        let header = marked.header;
        let mut notes = self.notes;
        let url = self.url.or(header.url).or(row.url);

        let own_date = self.date.or(header.date);
        if let (Some(own), Some(other)) = (own_date, row.date)
            && own != other
        {
            notes.push(format!(
                "publication date {own} is the article's own; the metadata say {other}"
            ));
        }
        let date = own_date.or(row.date).or_else(|| {
            let in_url = url.as_deref().and_then(day::day_in_url);
            let (date, source) = match (in_url, marked.dateline_day) {
                (Some(url), _) if url.date().is_some() => (url.date(), "the URL"),
                (_, Some(line)) if line.date().is_some() => (line.date(), "the dateline"),
                (Some(url), Some(line)) => (line.completed_by(url), "the dateline and the URL"),
                _ => (None, ""),
            };
            if date.is_some() {
                notes.push(format!("publication date taken from {source}"));
            }
            date
        });
        if date.is_none() {
            notes.push(NO_DATE.to_owned());
        }

        let prose = &self.text[marked.prose_start.unwrap_or(0)..];
        let language = language::recognise(prose)
            .or_else(|| self.language.as_deref().and_then(language::declared));
        let publisher = self
            .publisher
            .or(header.publisher)
            .or(row.publisher)
            .or(marked.site)
            .or_else(|| url.as_deref().and_then(host).map(str::to_owned));
        Article {
            id,
            title: self
                .title
                .or(header.title)
                .or(row.title)
                .or(header.headline),
            publisher,
            author: self.author.or(header.author),
            date,
            url,
            language: language.map(|l| l.code.to_owned()),
            regions: marked.regions,
            notes,
            text: self.text,
        }
    }
}

/// The host that a URL names, without `www.`.
fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (host.contains('.') && !host.contains(char::is_whitespace)).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TEXT: &str = "https://www.a.org/2022/06/talks/\n\nOSLO, Jun 15 - The ministers of both countries met on Monday.";

    fn article(draft: Draft, row: Option<Row>) -> Article {
        draft.into_article("a".to_owned(), row)
    }

    fn draft(text: &str) -> Draft {
        Draft {
            text: text.to_owned(),
            ..Draft::default()
        }
    }

    #[test]
    fn the_record_goes_before_the_metadata_and_these_before_url_and_dateline() {
        let row = Row {
            date: Some(date(2022, 6, 16)),
            publisher: Some("Example".to_owned()),
            ..Row::default()
        };
        let found = article(draft(TEXT), None);
        assert_eq!(found.date, Some(date(2022, 6, 15)));
        assert_eq!(found.publisher.as_deref(), Some("a.org"));
        assert_eq!(
            found.notes,
            ["publication date taken from the dateline and the URL"]
        );

        let found = article(draft(TEXT), Some(row.clone()));
        assert_eq!(found.date, Some(date(2022, 6, 16)));
        assert_eq!(found.publisher.as_deref(), Some("Example"));
        assert!(found.notes.is_empty());

        let own = Draft {
            date: Some(date(2022, 6, 17)),
            ..draft(TEXT)
        };
        let found = article(own, Some(row));
        assert_eq!(found.date, Some(date(2022, 6, 17)));
        assert!(
            found.notes[0].contains("the metadata say 2022-06-16"),
            "{:?}",
            found.notes
        );
    }

    #[test]
    fn a_day_without_a_year_is_no_date() {
        let found = article(
            draft("OSLO, Jun 15 - The ministers of both countries met on Monday."),
            None,
        );
        assert_eq!(found.date, None);
        assert_eq!(found.notes, [NO_DATE]);
    }

    #[test]
    fn the_first_line_is_the_title_unless_one_is_given() {
        let text = "Ministers meet\n\nThe ministers met in Oslo on Monday.";
        assert_eq!(
            article(draft(text), None).title.as_deref(),
            Some("Ministers meet")
        );
        let row = Row {
            title: Some("Talks".to_owned()),
            ..Row::default()
        };
        assert_eq!(
            article(draft(text), Some(row)).title.as_deref(),
            Some("Talks")
        );
    }
}
