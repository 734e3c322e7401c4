//! IRIs: readable, deterministic, safe for any name, and never one for two things.

use std::fmt;
use std::fmt::Write as _;
use std::str::FromStr;

use oxigraph::model::NamedNode;

use crate::fact::EntityKind;
use crate::lexicon::CountryCode;

/// The IRI under which all instances are named. Absolute; ends in `/`.
///
/// ```
/// use newsgraph::graph::Base;
/// let base: Base = "https://example.org/news/".parse().unwrap();
/// assert_eq!(base.article("a b.txt").as_str(), "https://example.org/news/article/a%20b.txt");
/// assert_eq!(base.short("https://example.org/news/country/DE"), "country/DE");
/// assert!("news/".parse::<Base>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Base(String);

/// Text that cannot be a [`Base`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected an absolute IRI that ends in “/” as the base, found “{found}”\n\
     hint: for example --base https://example.org/news/"
)]
pub struct InvalidBase {
    found: String,
}

impl Base {
    /// The base where none is given.
    pub const DEFAULT: &str = "https://w3id.org/newsgraph/id/";

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The IRI without the base: `person/friedrich-merz`. An IRI elsewhere stays whole.
    pub fn short<'a>(&self, iri: &'a str) -> &'a str {
        iri.strip_prefix(self.as_str()).unwrap_or(iri)
    }

    /// The IRI of a path that is made of unreserved characters, `%XX` and `/`.
    pub(crate) fn node(&self, path: impl fmt::Display) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{path}", self.0))
    }

    /// The IRI of the article with this id, and of its graph. Any id will do.
    pub fn article(&self, id: &str) -> NamedNode {
        self.node(format_args!("article/{}", escape(id)))
    }

    /// The IRI of the graph of users' corrections.
    pub fn journal(&self) -> NamedNode {
        self.node("journal")
    }

    /// The IRI of the graph that keeps, while a large change is written, what is still to be
    /// removed; there at no other time.
    pub fn redo(&self) -> NamedNode {
        self.node("redo")
    }

    /// The IRI of a user's correction.
    pub(crate) fn correction(&self, number: usize) -> NamedNode {
        self.node(format_args!("correction/{number}"))
    }

    /// The number in an IRI made by [`correction`](Self::correction).
    pub(crate) fn correction_number(&self, iri: &str) -> Option<usize> {
        let path = iri.strip_prefix(self.as_str())?;
        path.strip_prefix("correction/")?.parse().ok()
    }

    /// The IRI of the graph of links to what things are called outside.
    pub fn links(&self) -> NamedNode {
        self.node("links")
    }

    /// The IRI of the link of an entity that `source` gives: `link/people.csv/person/ann-lee`.
    pub(crate) fn link(&self, source: &str, entity: &NamedNode) -> NamedNode {
        let source = escape(source).replace('/', "%2F");
        self.node(format_args!(
            "link/{source}/{}",
            self.short(entity.as_str())
        ))
    }

    /// The IRI of a country: `country/DE`.
    pub fn country(&self, code: CountryCode) -> NamedNode {
        self.node(format_args!("country/{code}"))
    }

    /// The code in an IRI made by [`country`](Self::country).
    pub fn country_code(&self, iri: &str) -> Option<CountryCode> {
        iri.strip_prefix(self.as_str())?
            .strip_prefix("country/")?
            .parse()
            .ok()
    }

    /// The IRI of what a role is, whoever holds it: `concept/foreign-minister`.
    pub fn concept(&self, role: &str) -> NamedNode {
        self.node(format_args!("concept/{}", name_key(role)))
    }

    /// The IRI of an office, whoever holds it: `post/chancellor_DE`. Nothing for a role of no
    /// known body or country.
    pub fn post(
        &self,
        role: &str,
        organization: Option<&str>,
        country: Option<CountryCode>,
    ) -> Option<NamedNode> {
        let scope = Scope::new(organization, country);
        (!scope.is_empty())
            .then(|| self.node(format_args!("post/{}_{}", name_key(role), scope.path())))
    }

    /// The IRI of a canonical entity; `part` tells namesakes apart.
    pub(crate) fn entity(&self, kind: EntityKind, key: &str, part: Option<&str>) -> NamedNode {
        match part {
            None => self.node(format_args!("{kind}/{key}")),
            Some(part) => self.node(format_args!("{kind}/{key}_{part}")),
        }
    }
}

impl Default for Base {
    fn default() -> Self {
        Self(Self::DEFAULT.to_owned())
    }
}

impl FromStr for Base {
    type Err = InvalidBase;

    fn from_str(text: &str) -> Result<Self, InvalidBase> {
        let is_fit =
            text.ends_with('/') && !text.contains(['#', '?']) && NamedNode::new(text).is_ok();
        if is_fit {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidBase {
                found: text.to_owned(),
            })
        }
    }
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Body and country of a role, as far as known, as keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Scope {
    pub organization: Option<String>,
    pub country: Option<CountryCode>,
}

impl Scope {
    pub fn new(organization: Option<&str>, country: Option<CountryCode>) -> Self {
        Self {
            organization: organization.map(name_key),
            country,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.organization.is_none() && self.country.is_none()
    }

    /// Whether `other` says all that this says, and maybe more.
    pub fn is_within(&self, other: &Self) -> bool {
        (self.organization.is_none() || self.organization == other.organization)
            && (self.country.is_none() || self.country == other.country)
    }

    /// `nato`, `DE`, `kremlin_RU`, `-`: keys are lower case, codes upper case.
    pub fn path(&self) -> String {
        match (&self.organization, self.country) {
            (None, None) => "-".to_owned(),
            (Some(organization), None) => organization.clone(),
            (None, Some(country)) => country.to_string(),
            (Some(organization), Some(country)) => format!("{organization}_{country}"),
        }
    }
}

/// The IRI of something in an article: `<article>#meeting-1`.
pub(crate) fn within(article: &NamedNode, id: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{}#{}", article.as_str(), escape(id)))
}

/// The article that an IRI made by [`within`] belongs to.
pub(crate) fn article_of(local: &NamedNode) -> NamedNode {
    let iri = local.as_str();
    NamedNode::new_unchecked(iri.split_once('#').map_or(iri, |(article, _)| article))
}

/// The id that [`within`] was given.
pub(crate) fn id_within(local: &NamedNode) -> String {
    unescape(local.as_str().split_once('#').map_or("", |(_, id)| id))
}

/// Percent-encodes all but unreserved characters and `/`. `.` and `..` as whole segments would
/// be lost when the IRI is resolved, so they are encoded too.
fn escape(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for (i, segment) in id.split('/').enumerate() {
        if i > 0 {
            out.push('/');
        }
        let is_dots = matches!(segment, "." | "..");
        for byte in segment.bytes() {
            match byte {
                b'.' if is_dots => out.push_str("%2E"),
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    out.push(char::from(byte));
                }
                _ => {
                    let _ = write!(out, "%{byte:02X}");
                }
            }
        }
    }
    out
}

fn unescape(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digit = |b: Option<u8>| b.and_then(|b| char::from(b).to_digit(16)).unwrap_or(0);
            let (high, low) = (digit(bytes.next()), digit(bytes.next()));
            out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
        } else {
            out.push(byte);
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The first `digits` hexadecimal digits of a text's BLAKE3 hash.
pub(crate) fn digest(text: &str, digits: usize) -> String {
    let mut hex = blake3::hash(text.as_bytes()).to_hex().to_string();
    hex.truncate(digits);
    hex
}

/// Longest key that is kept whole.
const KEY_LENGTH: usize = 80;

/// The form of a name under which equal names are found and which IRIs contain: lower case,
/// Latin diacritics folded, initials joined, words joined by `-`. Always of `a-z 0-9 - ~`;
/// what cannot be written so without mixing up names ends in `~` and a hash.
///
/// ```
/// use newsgraph::graph::name_key;
/// assert_eq!(name_key("J. D. Vance"), name_key("JD Vance"));
/// assert_eq!(name_key("Péter Szijjártó"), "peter-szijjarto");
/// assert_ne!(name_key("李"), name_key("里"));
/// ```
pub fn name_key(name: &str) -> String {
    let folded = fold(name);
    if folded.is_empty() {
        return format!("~{}", digest(name, 8));
    }
    if folded.is_ascii() && folded.len() <= KEY_LENGTH {
        return folded;
    }
    let mut readable = fold(&deunicode::deunicode(&folded));
    readable.retain(|c| c.is_ascii());
    readable.truncate(KEY_LENGTH - 20);
    format!("{}~{}", readable.trim_matches('-'), digest(&folded, 12))
}

/// Words in lower case without diacritics, joined by `-`; letters of other scripts stay.
fn fold(name: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for c in name.chars() {
        match c {
            // Inside a word these separate nothing: O’Brien, combining marks, soft hyphens.
            '\''
            | '’'
            | '‘'
            | 'ʼ'
            | '`'
            | '´'
            | '\u{ad}'
            | '\u{300}'..='\u{36f}'
            | '\u{200b}'..='\u{200d}' => {}
            c if c.is_ascii_alphanumeric() => word.push(c.to_ascii_lowercase()),
            '\u{80}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' if c.is_alphabetic() => {
                let plain = deunicode::deunicode_char(c).unwrap_or("");
                word.extend(
                    plain
                        .chars()
                        .filter(char::is_ascii_alphanumeric)
                        .map(|c| c.to_ascii_lowercase()),
                );
            }
            c if c.is_alphanumeric() => word.extend(c.to_lowercase()),
            _ => words.extend((!word.is_empty()).then(|| std::mem::take(&mut word))),
        }
    }
    words.extend((!word.is_empty()).then_some(word));

    let mut key = String::new();
    let mut after_initial = false;
    for word in words {
        let is_initial = word.len() == 1 && word.as_bytes()[0].is_ascii_alphabetic();
        let joins = is_initial && after_initial;
        if !key.is_empty() && !joins {
            key.push('-');
        }
        key.push_str(&word);
        after_initial = is_initial;
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_fold_what_is_one_name_and_keep_apart_what_is_not() {
        for (a, b) in [
            ("Volodymyr Zelenskyy", "VOLODYMYR  ZELENSKYY"),
            ("J.D. Vance", "JD Vance"),
            ("U.S.", "US"),
            ("Sean O’Brien", "Sean O'Brien"),
            ("Jens-Christian Wagner", "Jens Christian Wagner"),
            ("Lula da Silva", "Lula da Silva\u{ad}"),
            ("José", "Jose\u{301}"),
        ] {
            assert_eq!(name_key(a), name_key(b), "{a} / {b}");
        }
        for (a, b) in [
            ("Зеленский", "Зеленская"),
            ("…", "!"),
            ("李", "里"),
            ("A B", "A Bc"),
        ] {
            assert_ne!(name_key(a), name_key(b), "{a} / {b}");
        }
        let long = "word ".repeat(60);
        assert!(name_key(&long).len() <= KEY_LENGTH);
        assert_ne!(name_key(&long), name_key(&format!("{long}more")));
    }

    #[test]
    fn any_id_gives_a_valid_iri_that_gives_the_id_back() {
        let base = Base::default();
        for id in [
            "a.txt",
            "a b/c%20.txt",
            "..",
            "x/../y",
            "日本.html",
            "<\">|{}",
            "",
            "a#b?c",
        ] {
            let article = base.article(id);
            assert!(NamedNode::new(article.as_str()).is_ok(), "{article}");
            let local = within(&article, id);
            assert!(NamedNode::new(local.as_str()).is_ok(), "{local}");
            assert_eq!(id_within(&local), id);
            assert_eq!(article_of(&local), article);
        }
        assert_ne!(base.article("a b"), base.article("a%20b"));
    }

    #[test]
    fn posts_of_bodies_and_of_countries_are_not_mixed_up() {
        let base = Base::default();
        let germany = "DE".parse().ok();
        assert_ne!(
            base.post("head", Some("DE"), None),
            base.post("head", None, germany)
        );
        assert_eq!(base.post("head", None, None), None);
    }

    #[test]
    fn a_base_that_cannot_hold_instances_is_refused() {
        for text in [
            "",
            "news",
            "https://example.org/x",
            "https://example.org/#",
            "https://e x/",
        ] {
            assert!(text.parse::<Base>().is_err(), "{text}");
        }
    }
}
