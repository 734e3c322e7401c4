//! HTML pages: the article's text without the page around it, and what its markup declares.

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};
use encoding_rs::Encoding;
use serde_json::{Map, Value};

use super::draft::Draft;
use super::record::name_in;
use super::{ReadErrorKind, Region, RegionKind};
use crate::document::Span;

/// The encoding that a page declares in its first bytes.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let at = head.find("charset=").or_else(|| head.find("encoding="))?;
    let value = head[at..]
        .split_once('=')?
        .1
        .trim_start_matches(['"', '\'', ' ']);
    let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':'));
    Encoding::for_label(&value.as_bytes()[..end.unwrap_or(value.len())])
}

/// Elements nested deeper than this are no article's.
const DEEPEST: i64 = 800;

/// Fills a draft from a page: its text, paragraphs separated by blank lines, and its metadata.
pub(super) fn fill(html: &str, draft: &mut Draft) -> Result<(), ReadErrorKind> {
    if is_too_deep(html) {
        return Err(ReadErrorKind::NoTextInPage);
    }
    let document = Document::from(html);
    let declared = Declared::of(&document);
    let mut prose = Prose::default();
    let mut page_title = None;
    // News in brief is short: a page is not searched again for more text than this.
    let config = Config {
        disable_json_ld: true,
        char_threshold: 200,
        ..Config::default()
    };
    if let Ok(mut readability) = Readability::with_document(document.clone(), None, Some(config))
        && let Ok(article) = readability.parse()
    {
        page_title = Some(article.title.to_string());
        let content = Document::from(article.content.as_ref());
        prose.read(&content.root());
        draft.author = article.byline.as_ref().and_then(|b| clean(b));
    }
    if !prose.has_sentence() {
        prose = Prose::default();
        document
            .select("script, style, noscript, nav, header, footer, aside, form")
            .remove();
        for paragraph in document.select("p, h2, h3, blockquote, figcaption").nodes() {
            prose.read(paragraph);
        }
    }
    if !prose.has_sentence() {
        return Err(ReadErrorKind::NoTextInPage);
    }
    draft.text = prose.text;
    draft.regions = prose.regions;
    draft.publisher = declared.publisher;
    draft.author = declared.author.or(draft.author.take());
    draft.author = draft
        .author
        .take()
        .map(|a| a.trim_start_matches("By ").to_owned());
    draft.title = declared.title.or(page_title.filter(|t| !t.is_empty()));
    if let (Some(title), Some(publisher)) = (&mut draft.title, &draft.publisher) {
        strip_site(title, publisher);
    }
    draft.url = declared.url;
    draft.language = declared.language;
    if let Some(date) = declared.date {
        draft.set_date(&date);
    }
    Ok(())
}

/// Whether elements are nested so deep that building their tree would take too long.
fn is_too_deep(html: &str) -> bool {
    let bytes = html.as_bytes();
    let (mut depth, mut deepest) = (0i64, 0i64);
    for at in memchr::memchr_iter(b'<', bytes) {
        match bytes.get(at + 1) {
            Some(b'/') => depth = (depth - 1).max(0),
            Some(b) if b.is_ascii_alphabetic() => {
                let name_end = bytes[at + 1..]
                    .iter()
                    .position(|b| !b.is_ascii_alphanumeric());
                let name = &bytes[at + 1..at + 1 + name_end.unwrap_or(0)];
                const VOID: &[&[u8]] = &[
                    b"br", b"img", b"meta", b"link", b"input", b"hr", b"source", b"p", b"li",
                    b"wbr", b"area", b"path", b"td", b"tr", b"option", b"dd", b"dt",
                ];
                if !VOID.iter().any(|v| v.eq_ignore_ascii_case(name)) {
                    depth += 1;
                }
            }
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest > DEEPEST
}

/// `Talks in Oslo | Example News` without the site's name.
fn strip_site(title: &mut String, publisher: &str) {
    for separator in [" | ", " - ", " – ", " — ", " :: "] {
        if let Some((head, tail)) = title.rsplit_once(separator)
            && tail.trim().eq_ignore_ascii_case(publisher.trim())
        {
            *title = head.trim().to_owned();
            return;
        }
    }
}

/// The text of elements as paragraphs.
#[derive(Default)]
struct Prose {
    text: String,
    regions: Vec<Region>,
    line: String,
}

impl Prose {
    /// Reads what is below `root`, without recursion: pages nest as deep as they like.
    fn read(&mut self, root: &NodeRef<'_>) {
        let mut kinds: Vec<Option<RegionKind>> = vec![kind_of(root)];
        let mut node = root.first_child();
        let mut depth = 0usize;
        while let Some(current) = node {
            let skipped = is_skipped(&current);
            if current.is_text() && !skipped {
                self.push(&current.text());
            } else if is_break(&current) {
                self.line.push('\n');
            } else if is_block(&current) {
                self.flush(kinds.last().copied().flatten());
            }
            if !skipped && let Some(child) = current.first_child() {
                kinds.push(kind_of(&current).or(kinds.last().copied().flatten()));
                depth += 1;
                node = Some(child);
                continue;
            }
            let mut up = current;
            loop {
                if let Some(next) = up.next_sibling() {
                    node = Some(next);
                    break;
                }
                if depth == 0 {
                    node = None;
                    break;
                }
                let Some(parent) = up.parent() else {
                    node = None;
                    break;
                };
                let kind = kinds.pop().flatten();
                depth -= 1;
                if is_block(&parent) {
                    self.flush(kind);
                }
                up = parent;
            }
        }
        self.flush(kinds.first().copied().flatten());
    }

    /// Whether any paragraph is more than a menu's word or a button.
    fn has_sentence(&self) -> bool {
        self.text.split("\n\n").any(|p| {
            let ends = p
                .trim_end_matches(['"', '”', '’', ')'])
                .ends_with(['.', '!', '?', '…', '。']);
            p.chars().count() >= 25 && ends
        })
    }

    fn push(&mut self, text: &str) {
        self.line.extend(text.chars().map(|c| {
            if matches!(c, '\n' | '\r' | '\t') {
                ' '
            } else {
                c
            }
        }));
    }

    /// Ends a paragraph; line breaks within it separate paragraphs too.
    fn flush(&mut self, kind: Option<RegionKind>) {
        for part in std::mem::take(&mut self.line).split('\n') {
            let mut words = part
                .split([' ', '\u{200b}'])
                .filter(|w| !w.is_empty())
                .peekable();
            if words.peek().is_none() {
                continue;
            }
            if !self.text.is_empty() {
                self.text.push_str("\n\n");
            }
            let start = self.text.len();
            while let Some(word) = words.next() {
                self.text.push_str(word);
                if words.peek().is_some() {
                    self.text.push(' ');
                }
            }
            let span = Span::new(start, self.text.len());
            self.regions.extend(kind.map(|kind| Region { span, kind }));
        }
    }
}

fn name_of(node: &NodeRef<'_>) -> String {
    node.node_name().map(|n| n.to_string()).unwrap_or_default()
}

fn kind_of(node: &NodeRef<'_>) -> Option<RegionKind> {
    match name_of(node).as_str() {
        "figcaption" => Some(RegionKind::Caption),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(RegionKind::Headline),
        _ => None,
    }
}

fn is_skipped(node: &NodeRef<'_>) -> bool {
    node.is_comment()
        || matches!(
            name_of(node).as_str(),
            "script"
                | "style"
                | "noscript"
                | "template"
                | "svg"
                | "iframe"
                | "button"
                | "form"
                | "head"
        )
}

fn is_break(node: &NodeRef<'_>) -> bool {
    matches!(name_of(node).as_str(), "br" | "hr")
}

fn is_block(node: &NodeRef<'_>) -> bool {
    matches!(
        name_of(node).as_str(),
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "li"
            | "ul"
            | "ol"
            | "blockquote"
            | "pre"
            | "figure"
            | "figcaption"
            | "table"
            | "tr"
            | "td"
            | "th"
            | "dl"
            | "dt"
            | "dd"
            | "header"
            | "footer"
            | "aside"
            | "address"
            | "body"
            | "html"
            | "details"
            | "summary"
    )
}

/// What a page declares of its article.
#[derive(Debug, Default)]
struct Declared {
    title: Option<String>,
    publisher: Option<String>,
    author: Option<String>,
    date: Option<String>,
    url: Option<String>,
    language: Option<String>,
}

impl Declared {
    fn of(document: &Document) -> Self {
        let linked = linked_data(document);
        let of_linked = |key: &str| {
            linked
                .as_ref()
                .and_then(|object| name_in(object.get(key)?))
                .and_then(|v| clean(&v))
        };
        let meta = |names: &[&str]| names.iter().find_map(|name| meta_of(document, name));
        let address = |url: String| {
            (url.starts_with("http://") || url.starts_with("https://")).then_some(url)
        };
        let canonical = document
            .select("link[rel=canonical]")
            .attr("href")
            .and_then(|h| clean(&h));
        Self {
            title: of_linked("headline")
                .or_else(|| meta(&["og:title", "twitter:title", "parsely-title", "dc.title"])),
            publisher: of_linked("publisher")
                .or_else(|| {
                    meta(&[
                        "og:site_name",
                        "dc.publisher",
                        "publisher",
                        "application-name",
                    ])
                })
                .filter(|p| !p.starts_with("http")),
            author: of_linked("author")
                .or_else(|| {
                    meta(&[
                        "author",
                        "article:author",
                        "parsely-author",
                        "dc.creator",
                        "sailthru.author",
                        "byl",
                    ])
                })
                .filter(|a| !a.starts_with("http")),
            date: of_linked("datePublished")
                .or_else(|| {
                    meta(&[
                        "article:published_time",
                        "og:published_time",
                        "datepublished",
                        "date",
                        "pubdate",
                        "publishdate",
                        "publish-date",
                        "publish_date",
                        "dc.date.issued",
                        "dcterms.created",
                        "dc.date",
                        "sailthru.date",
                        "parsely-pub-date",
                        "article.published",
                        "article:published",
                        "cxenseparse:recs:publishtime",
                        "publication_date",
                        "last-published",
                    ])
                })
                .or_else(|| of_linked("dateCreated"))
                .or_else(|| time_element(document)),
            url: canonical
                .and_then(address)
                .or_else(|| meta(&["og:url"]).and_then(address))
                .or_else(|| of_linked("url").and_then(address))
                .or_else(|| of_linked("mainEntityOfPage").and_then(address)),
            language: document
                .select("html")
                .attr("lang")
                .and_then(|l| clean(&l))
                .or_else(|| of_linked("inLanguage")),
        }
    }
}

/// The content of `<meta name=…>`, `<meta property=…>` or `<meta itemprop=…>`.
fn meta_of(document: &Document, name: &str) -> Option<String> {
    for element in document.select("meta[content]").nodes() {
        let named = ["property", "name", "itemprop"]
            .iter()
            .filter_map(|key| element.attr(key))
            .any(|value| value.trim().eq_ignore_ascii_case(name));
        if named && let Some(content) = element.attr("content").and_then(|c| clean(&c)) {
            return Some(content);
        }
    }
    None
}

/// The time that is marked as that of publication, else the only one, else the first of the article.
fn time_element(document: &Document) -> Option<String> {
    const MARKED: &[&str] = &[
        "[itemprop=datePublished]",
        "time[pubdate]",
        "time[class*=publi]",
        "time.entry-date",
        "time[class*=date]",
        "article header time[datetime]",
        "header time[datetime]",
        "article time[datetime]",
        "main time[datetime]",
        "time[datetime]",
    ];
    for selector in MARKED {
        let selection = document.select(selector);
        let Some(element) = selection.nodes().first() else {
            continue;
        };
        let value = element.attr("datetime").or_else(|| element.attr("content"));
        let value = value.unwrap_or_else(|| element.text());
        if let Some(value) = clean(&value) {
            return Some(value);
        }
    }
    None
}

/// The object in a page's JSON-LD that describes the article.
fn linked_data(document: &Document) -> Option<Map<String, Value>> {
    let mut best: Option<Map<String, Value>> = None;
    for script in document.select("script[type*='ld+json']").nodes() {
        let Some(value) = lenient_json(&script.text()) else {
            continue;
        };
        let mut open = vec![value];
        while let Some(value) = open.pop() {
            match value {
                // Last in, first out: the first of a list is looked at first.
                Value::Array(items) => open.extend(items.into_iter().rev()),
                Value::Object(mut object) => {
                    if is_article(&object) {
                        let dated = object.contains_key("datePublished");
                        if best
                            .as_ref()
                            .is_none_or(|b| dated && !b.contains_key("datePublished"))
                        {
                            best = Some(object);
                        }
                        continue;
                    }
                    for key in ["mainEntity", "@graph"] {
                        open.extend(object.remove(key));
                    }
                }
                _ => {}
            }
        }
    }
    best
}

fn is_article(object: &Map<String, Value>) -> bool {
    let is_type = |value: &Value| {
        value.as_str().is_some_and(|t| {
            let t = t.rsplit(['/', '#', ':']).next().unwrap_or(t);
            t.ends_with("Article") || matches!(t, "BlogPosting" | "LiveBlogPosting" | "Report")
        })
    };
    match object.get("@type") {
        Some(Value::Array(types)) => types.iter().any(is_type),
        Some(value) => is_type(value),
        None => false,
    }
}

/// Reads JSON as sites write it: in comments, with line breaks in strings.
fn lenient_json(text: &str) -> Option<Value> {
    let start = text.find(['{', '['])?;
    let end = text.rfind(['}', ']'])?;
    let body = text.get(start..=end)?;
    serde_json::from_str(body).ok().or_else(|| {
        let plain: String = body
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        serde_json::from_str(&plain).ok()
    })
}

/// A value without spaces around it and without character references; `None` if nothing is left.
fn clean(value: &str) -> Option<String> {
    let plain = if value.contains('&') && value.contains(';') {
        Document::fragment(value.replace('<', "&lt;"))
            .text()
            .to_string()
    } else {
        value.to_owned()
    };
    let words: Vec<&str> = plain.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Place;
    use jiff::civil::date;

    const BODY: &str = "<article><h1>Ministers meet in Oslo</h1>
        <figure><img src=a.jpg><figcaption>The ministers shake hands. (Jane Doe/AFP)</figcaption></figure>
        <p>The foreign ministers of both countries met in Oslo on Monday, the ministry said in a statement
        which it sent out late in the evening, after the guests had left the capital for the airport.</p>
        <h2>Grain and oil</h2>
        <p>They spoke of grain,<br><br>of oil &amp; gas, and of the war, which had entered its third year.</p>
        <p>“We will meet again,” the <b>foreign</b> minister told reporters after the talks had ended on
        Monday. The talks had been planned for months, and both sides had sent large delegations.</p>
        <p>A spokesman said that the next meeting, for which a date has not been set, would be held in
        the autumn, and that both governments, their experts and their embassies would prepare it.</p>
        </article>";

    fn read(head: &str, body: &str) -> Result<Draft, ReadErrorKind> {
        let mut draft = Draft::new(Place::default());
        let html = format!(
            "<!doctype html><html lang=en-GB><head>{head}</head><body><nav><a href=/>Home</a></nav>{body}<footer>© Example</footer></body></html>"
        );
        fill(&html, &mut draft).map(|()| draft)
    }

    #[test]
    fn text_is_the_articles_with_blank_lines_between_paragraphs() {
        let draft = read("<title>Ministers meet in Oslo</title>", BODY).expect("a page with text");
        assert!(
            draft
                .text
                .contains("airport.\n\nGrain and oil\n\nThey spoke of grain,\n\nof oil & gas, and"),
            "{}",
            draft.text
        );
        assert!(draft.text.contains("the foreign minister told"));
        assert!(
            !draft.text.contains("Home") && !draft.text.contains("©"),
            "{}",
            draft.text
        );
        let of = |kind| {
            draft
                .regions
                .iter()
                .filter(|r| r.kind == kind)
                .map(|r| r.span.of(&draft.text))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            of(RegionKind::Caption),
            ["The ministers shake hands. (Jane Doe/AFP)"]
        );
        assert!(of(RegionKind::Headline).contains(&"Grain and oil"));
    }

    #[test]
    fn linked_data_in_a_graph() {
        let head = r#"<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
            {"@type": "WebSite", "name": "Site"},
            {"@type": ["NewsArticle"], "headline": "Ministers &amp; envoys meet", "datePublished": "2025-08-19T10:00:00+02:00",
             "author": [{"@type": "Person", "name": "Jane Doe"}, {"name": "John Roe"}], "publisher": {"name": "Example News"},
             "mainEntityOfPage": {"@id": "https://a.org/1"}}]}</script><meta property="og:title" content="Other"/>"#;
        let draft = read(head, BODY).expect("a page with text");
        assert_eq!(draft.title.as_deref(), Some("Ministers & envoys meet"));
        assert_eq!(draft.date, Some(date(2025, 8, 19)));
        assert_eq!(draft.author.as_deref(), Some("Jane Doe, John Roe"));
        assert_eq!(draft.publisher.as_deref(), Some("Example News"));
        assert_eq!(draft.url.as_deref(), Some("https://a.org/1"));
    }

    #[test]
    fn linked_data_in_a_list_with_line_breaks_in_strings() {
        let head = "<script type='application/ld+json'>[{\"@type\":\"BreadcrumbList\"},{\"@type\":\"ReportageNewsArticle\",\"headline\":\"Ministers\n meet\",\"datePublished\":\"2025-08-19\"}]</script>";
        let draft = read(head, BODY).expect("a page with text");
        assert_eq!(draft.title.as_deref(), Some("Ministers meet"));
        assert_eq!(draft.date, Some(date(2025, 8, 19)));
    }

    #[test]
    fn tags_of_the_head_and_time_elements() {
        let head = r#"<title>Talks | Example News</title><meta property="og:title" content="Talks | Example News">
            <meta property="og:site_name" content="Example News"><meta name="author" content="By Jane Doe">
            <meta property="article:published_time" content="2025-08-19T10:00:00Z"><link rel="canonical" href="https://a.org/1">"#;
        let draft = read(head, BODY).expect("a page with text");
        assert_eq!(draft.title.as_deref(), Some("Talks"));
        assert_eq!(draft.author.as_deref(), Some("Jane Doe"));
        assert_eq!(draft.date, Some(date(2025, 8, 19)));
        assert_eq!(draft.url.as_deref(), Some("https://a.org/1"));
        let body = BODY.replace(
            "</h1>",
            "</h1><time datetime=\"2025-08-18T09:00\">Monday</time>",
        );
        assert_eq!(
            read("<title>Talks in Oslo</title>", &body)
                .expect("text")
                .date,
            Some(date(2025, 8, 18))
        );
    }

    #[test]
    fn a_page_without_text_is_an_error() {
        assert!(matches!(
            read("", "<script>var a = 1;</script>"),
            Err(ReadErrorKind::NoTextInPage)
        ));
        let deep = format!("{}x{}", "<div>".repeat(50_000), "</div>".repeat(50_000));
        assert!(matches!(read("", &deep), Err(ReadErrorKind::NoTextInPage)));
    }

    #[test]
    fn declared_encodings() {
        assert_eq!(
            declared_encoding(b"<meta charset=\"iso-8859-1\">").map(Encoding::name),
            Some("windows-1252")
        );
        assert_eq!(
            declared_encoding(b"<meta charset=utf-8>").map(Encoding::name),
            Some("UTF-8")
        );
        assert_eq!(declared_encoding(b"<p>"), None);
    }
}
