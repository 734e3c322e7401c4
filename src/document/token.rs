//! Tokens as Universal Dependencies cuts English: clitics and hyphens apart, `U.S.` whole.

use super::Span;

/// A word, number or mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    pub span: Span,
    pub kind: TokenKind,
}

/// The shape of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Has a letter.
    Word,
    /// Begins with a digit and has no letters but an ordinal's or a unit's.
    Number,
    /// A URL, an e-mail address or an @name.
    Address,
    /// Everything else, one mark a token (an ellipsis or a dash of several is one).
    Mark,
}

impl TokenKind {
    /// The kind of a token by its text alone.
    pub fn of(text: &str) -> Self {
        if address(text) == Some(text.len()) {
            TokenKind::Address
        } else if text.starts_with(|c: char| c.is_ascii_digit()) {
            TokenKind::Number
        } else if text.contains(char::is_alphanumeric) {
            TokenKind::Word
        } else {
            TokenKind::Mark
        }
    }
}

/// Auxiliaries whose negation is often written without its apostrophe: `dont`.
const UNMARKED_NEGATIONS: &[&str] = &[
    "do", "did", "does", "have", "had", "is", "was", "would", "could", "should", "ca", "are",
    "were",
];

/// Whether two neighbouring words are the parts of one: `did|n't`, `can|not`, `gon|na`.
pub fn is_contraction(first: &str, second: &str) -> bool {
    let (first, second) = (first.to_lowercase(), second.to_lowercase());
    matches!(second.as_str(), "n't" | "n’t")
        || matches!(
            (first.as_str(), second.as_str()),
            ("can", "not")
                | ("gon" | "wan", "na")
                | ("got" | "out" | "lot", "ta")
                | ("gim" | "lem", "me")
        )
        || second == "nt" && UNMARKED_NEGATIONS.contains(&first.as_str())
}

/// Abbreviations that keep their full stop. Lower case, without it.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "st", "jr", "sr", "gen", "col", "lt", "maj", "capt", "cmdr",
    "sgt", "brig", "adm", "rear", "sen", "sens", "rep", "reps", "gov", "govs", "gens", "pres",
    "rev", "hon", "amb", "atty", "supt", "insp", "det", "messrs", "mme", "mlle", "msgr", "fr",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon",
    "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "inc", "corp", "ltd", "co",
    "bros", "vs", "etc", "no", "nos", "vol", "dept", "est", "approx", "cf", "ft", "mt", "ave",
    "blvd", "rd", "ariz", "calif", "colo", "conn", "del", "fla", "ga", "ill", "ind", "kan", "ky",
    "la", "md", "mass", "mich", "minn", "miss", "mo", "mont", "neb", "nev", "okla", "ore", "pa",
    "tenn", "tex", "vt", "va", "wash", "wis", "wyo",
];

/// Abbreviations that are also words: they keep their full stop only before a capital or digit
/// that cannot begin a sentence by itself.
const ALSO_WORDS: &[&str] = &[
    "no", "co", "mar", "mon", "sat", "sun", "wed", "ill", "ind", "mass", "miss", "ore", "wash",
    "fr", "rear", "la", "pa", "del", "fri", "det", "hon", "ga", "md", "mo", "est", "rep", "reps",
];

/// First parts that a hyphen does not cut off.
const PREFIXES: &[&str] = &[
    "co", "e", "non", "pre", "post", "anti", "re", "mid", "sub", "multi", "semi", "un", "intra",
    "inter", "counter", "de", "bi", "tri", "vis",
];

/// Cuts a text into tokens. Whatever is not in a token is white space or a control character.
///
/// ```
/// use newsgraph::document::tokenize;
/// let text = "Trump’s ex-aide can't spend $5.2m.";
/// let words: Vec<&str> = tokenize(text).iter().map(|t| t.span.of(text)).collect();
/// assert_eq!(words, ["Trump", "’s", "ex", "-", "aide", "ca", "n't", "spend", "$", "5.2", "m", "."]);
/// ```
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    for chunk in text.split_inclusive(|c: char| is_gap(c)) {
        let end = at + chunk.trim_end_matches(is_gap).len();
        if end > at {
            Cutter {
                text,
                end,
                tokens: &mut tokens,
            }
            .cut(at);
        }
        at += chunk.len();
    }
    tokens
}

fn is_gap(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}')
}

/// Cuts one stretch without spaces.
struct Cutter<'a> {
    text: &'a str,
    end: usize,
    tokens: &'a mut Vec<Token>,
}

impl Cutter<'_> {
    fn push(&mut self, start: usize, end: usize, kind: TokenKind) {
        self.tokens.push(Token {
            span: Span::new(start, end),
            kind,
        });
    }

    fn rest(&self, at: usize) -> &str {
        &self.text[at..self.end]
    }

    fn cut(&mut self, mut at: usize) {
        while at < self.end {
            let c = self.text[at..].chars().next().unwrap_or(' ');
            at = if is_gap(c) {
                at + c.len_utf8()
            } else if let Some(length) = address(self.rest(at)) {
                self.push(at, at + length, TokenKind::Address);
                at + length
            } else if c.is_ascii_digit() {
                self.number(at)
            } else if c.is_alphabetic() || c.is_numeric() {
                self.word(at)
            } else {
                self.mark(at, c)
            };
        }
    }

    fn number(&mut self, at: usize) -> usize {
        let bytes = self.rest(at).as_bytes();
        let mut length = 0;
        while length < bytes.len() {
            let inner = matches!(bytes[length], b'.' | b',' | b':' | b'/')
                && bytes.get(length + 1).is_some_and(u8::is_ascii_digit);
            if !bytes[length].is_ascii_digit() && !inner {
                break;
            }
            length += 1;
        }
        if let Some(phone) = phone(self.rest(at)) {
            self.push(at, at + phone, TokenKind::Number);
            return at + phone;
        }
        let suffix: String = self
            .rest(at + length)
            .chars()
            .take_while(|c| c.is_alphanumeric())
            .collect();
        let keeps = matches!(
            suffix.to_ascii_lowercase().as_str(),
            "st" | "nd" | "rd" | "th" | "s"
        ) || (!suffix.is_empty() && suffix.chars().any(|c| c.is_ascii_digit()));
        if keeps {
            length += suffix.len();
        }
        self.push(at, at + length, TokenKind::Number);
        at + length
    }

    fn word(&mut self, at: usize) -> usize {
        if let Some(length) = self.dotted(at) {
            self.push(at, at + length, TokenKind::Word);
            return at + length;
        }
        let rest = self.rest(at);
        let mut length = 0;
        let mut chars = rest.char_indices().peekable();
        while let Some((i, c)) = chars.next() {
            let next = chars.peek().map(|p| p.1);
            let joins = matches!(c, '\'' | '’' | '.' | '&' | '_')
                && next.is_some_and(char::is_alphanumeric)
                && i > 0
                && match c {
                    '\'' | '’' => !is_clitic(&rest[i..]),
                    // `irc.example.net`, `report.pdf`; but `said.The` is two sentences.
                    '.' => {
                        next.is_some_and(char::is_lowercase)
                            && rest[..i]
                                .chars()
                                .next_back()
                                .is_some_and(char::is_alphanumeric)
                            && is_file_or_host(&rest[i + 1..])
                    }
                    _ => true,
                };
            let mark = matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}');
            if !c.is_alphanumeric() && !joins && !mark {
                break;
            }
            length = i + c.len_utf8();
        }
        let length = length.max(rest.chars().next().map_or(1, char::len_utf8));
        let word = &rest[..length];
        let after = &rest[length..];
        let is_platform = word == "X" && self.follows_on();
        if after.starts_with('.') && !is_platform && keeps_stop(word, &self.text[at + length + 1..])
        {
            self.push(at, at + length + 1, TokenKind::Word);
            return at + length + 1;
        }
        if after.starts_with('-')
            && PREFIXES.contains(&word.to_lowercase().as_str())
            && after[1..].starts_with(char::is_alphabetic)
        {
            let tail: usize = after[1..]
                .chars()
                .take_while(|c| c.is_alphanumeric())
                .map(char::len_utf8)
                .sum();
            self.push(at, at + length + 1 + tail, TokenKind::Word);
            return at + length + 1 + tail;
        }
        let length = word.len();
        self.split_negation(at, length)
    }

    /// `ca|n't`, `can|not`, `gon|na`.
    fn split_negation(&mut self, at: usize, length: usize) -> usize {
        let word = &self.text[at..at + length];
        let lower = word.to_lowercase();
        let cut = if lower == "cannot"
            || matches!(
                lower.as_str(),
                "gonna" | "wanna" | "gotta" | "outta" | "gimme" | "lemme"
            ) {
            Some(3)
        } else if lower
            .strip_suffix("nt")
            .is_some_and(|l| UNMARKED_NEGATIONS.contains(&l))
        {
            Some(length - 2)
        } else if lower.ends_with("n't") && length > 3 {
            Some(length - 3)
        } else if lower.ends_with("n’t") && length > 5 {
            Some(length - 5)
        } else {
            None
        };
        match cut {
            Some(cut) if self.text.is_char_boundary(at + cut) => {
                self.push(at, at + cut, TokenKind::Word);
                self.push(at + cut, at + length, TokenKind::Word);
            }
            _ => self.push(at, at + length, TokenKind::Word),
        }
        at + length
    }

    /// `U.S.`, `J.D.`, `a.m.`, an initial `J.`: the length, if such a thing begins here.
    fn dotted(&self, at: usize) -> Option<usize> {
        let bytes = self.rest(at).as_bytes();
        let mut length = 0;
        while length + 1 < bytes.len()
            && bytes[length].is_ascii_alphabetic()
            && bytes[length + 1] == b'.'
        {
            length += 2;
        }
        let followed_by_letter = bytes.get(length).is_some_and(u8::is_ascii_alphanumeric);
        match length {
            0 => None,
            2 if !bytes[0].is_ascii_uppercase() || bytes[0] == b'I' && followed_by_letter => None,
            // "a post on X." ends a sentence.
            2 if self.ends_paragraph(at + 2) || bytes[0] == b'X' && self.follows_on() => None,
            _ if followed_by_letter && length == 2 => Some(2),
            // `U.S` without its last stop.
            _ if followed_by_letter
                && !bytes.get(length + 1).is_some_and(u8::is_ascii_alphanumeric) =>
            {
                Some(length + 1)
            }
            _ if followed_by_letter => Some(length),
            _ => Some(length),
        }
    }

    /// Whether nothing but closing marks stands between a place and the end of its line.
    fn ends_paragraph(&self, at: usize) -> bool {
        let rest = self
            .rest(at)
            .trim_start_matches(['”', '’', '"', '\'', ')', ' ']);
        rest.is_empty() || rest.starts_with(['\n', '\r'])
    }

    /// Whether the last word is "on" or "via", which no initial follows.
    fn follows_on(&self) -> bool {
        let last = self.tokens.last().map(|token| token.span.of(self.text));
        matches!(last, Some("on" | "via" | "On"))
    }

    fn mark(&mut self, at: usize, c: char) -> usize {
        let rest = self.rest(at);
        if matches!(c, '\'' | '’') && !self.tokens.is_empty() {
            let glued = self
                .tokens
                .last()
                .is_some_and(|t| t.span.end == at && t.kind != TokenKind::Mark);
            // Some outlets set the clitic apart: "Peru’ s".
            let tail = &rest[c.len_utf8()..];
            let is_apart = tail.starts_with(' ')
                && tail[1..].starts_with(char::is_lowercase)
                && is_clitic(tail);
            let apart = usize::from(is_apart);
            if glued && (is_clitic(rest) || apart > 0) {
                let length = c.len_utf8()
                    + apart
                    + rest[c.len_utf8() + apart..]
                        .chars()
                        .take_while(|c| c.is_alphabetic())
                        .map(char::len_utf8)
                        .sum::<usize>();
                self.push(at, at + length, TokenKind::Word);
                return at + length;
            }
        }
        let length = run_of_marks(rest, c);
        self.push(at, at + length, TokenKind::Mark);
        at + length
    }
}

/// The length of a telephone number such as `303-832-8160` at the start of `rest`.
fn phone(rest: &str) -> Option<usize> {
    let end = rest
        .bytes()
        .take(20)
        .take_while(|b| b.is_ascii_digit() || *b == b'-')
        .count();
    let groups: Vec<usize> = rest[..end].split('-').map(str::len).collect();
    let sound = matches!(groups.as_slice(), [3, 3, 4] | [1, 3, 3, 4] | [3, 4]);
    (sound && !rest[end..].starts_with(char::is_alphanumeric)).then_some(end)
}

/// Whether what follows a dot inside a word is a file's ending or a part of a host's name.
fn is_file_or_host(rest: &str) -> bool {
    let part: String = rest
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric())
        .collect();
    let goes_on = rest[part.len()..].starts_with('.')
        && rest[part.len() + 1..].starts_with(|c: char| c.is_ascii_lowercase());
    goes_on && part.len() > 1
        || matches!(
            part.as_str(),
            "com"
                | "org"
                | "net"
                | "edu"
                | "gov"
                | "uk"
                | "co"
                | "io"
                | "info"
                | "eu"
                | "tv"
                | "fm"
                | "pdf"
                | "doc"
                | "docx"
                | "htm"
                | "html"
                | "jpg"
                | "png"
                | "xls"
                | "txt"
                | "zip"
        )
}

/// The length of a run of marks that is one token: an ellipsis, a rule, `?!`, `''`, an emoticon.
fn run_of_marks(rest: &str, first: char) -> usize {
    let run = |set: &[char]| -> usize {
        rest.chars()
            .take_while(|c| set.contains(c))
            .map(char::len_utf8)
            .sum()
    };
    const FACES: &[&str] = &[
        ":-)", ";-)", ":-(", ":-D", ":)", ";)", ":(", ":D", "=)", ":/", "<3",
    ];
    if let Some(face) = FACES.iter().find(|f| rest.starts_with(**f))
        && rest[face.len()..]
            .chars()
            .next()
            .is_none_or(|c| !c.is_alphanumeric() && c != '/')
    {
        return face.len();
    }
    match first {
        '.' | '!' | '?' => run(&['.', '!', '?']),
        '-' | '=' | '*' | '_' | '~' | '#' | '+' => run(&['-', '=', '*', '_', '~', '#', '+']),
        '<' | '>' | '$' | '–' | '—' => run(&[first]),
        // Double quotation marks typed with single ones: ''so''.
        '\'' | '`' | '’' | '‘' if rest[first.len_utf8()..].starts_with(first) => {
            2 * first.len_utf8()
        }
        _ => first.len_utf8(),
    }
}

/// `'s`, `’re`, … at the start of `rest`, which begins with the apostrophe.
fn is_clitic(rest: &str) -> bool {
    let tail: String = rest
        .chars()
        .skip(1)
        .take_while(|c| c.is_alphanumeric())
        .collect();
    matches!(
        tail.to_lowercase().as_str(),
        "s" | "re" | "ve" | "ll" | "d" | "m"
    )
}

/// Whether the stop after `word` belongs to it, given what follows the stop.
fn keeps_stop(word: &str, after: &str) -> bool {
    let lower = word.to_lowercase();
    let next = after.chars().find(|c| !c.is_whitespace());
    if !ABBREVIATIONS.contains(&lower.as_str()) {
        return word.chars().count() == 1
            && word.chars().all(char::is_uppercase)
            && word != "I"
            && after.starts_with([' ', '\u{a0}'])
            && next.is_some_and(char::is_uppercase);
    }
    if ALSO_WORDS.contains(&lower.as_str()) {
        return word.starts_with(char::is_uppercase)
            && after.starts_with([' ', '\u{a0}'])
            && next.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
            || lower == "no" && next.is_some_and(|c| c.is_ascii_digit());
    }
    true
}

/// The length of a URL, an e-mail address or an @name at the start of `rest`.
fn address(rest: &str) -> Option<usize> {
    let lower: String = rest
        .chars()
        .take(8)
        .collect::<String>()
        .to_ascii_lowercase();
    let is_url =
        lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("www.");
    let is_handle = (rest.starts_with('@') || rest.starts_with('#'))
        && rest[1..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
    if is_handle {
        let tail: usize = rest[1..]
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .map(char::len_utf8)
            .sum();
        return Some(1 + tail);
    }
    if is_url {
        let end = rest
            .find(['"', '”', '<', '>', '“', '|'])
            .unwrap_or(rest.len());
        return Some(
            rest[..end]
                .trim_end_matches(['.', ',', ')', ';', ':', '!', '?', '\''])
                .len()
                .max(4),
        );
    }
    let at = rest.bytes().take(64).position(|b| b == b'@')?;
    let name_ok = at > 0
        && rest.as_bytes()[..at]
            .iter()
            .all(|b| b.is_ascii_alphanumeric() || b"._%+-".contains(b));
    let host: usize = rest[at + 1..]
        .bytes()
        .take_while(|b| b.is_ascii_alphanumeric() || b".-".contains(b))
        .count();
    let host = rest[at + 1..at + 1 + host].trim_end_matches(['.', '-']);
    (name_ok && host.contains('.')).then_some(at + 1 + host.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokenize(text).iter().map(|t| t.span.of(text)).collect()
    }

    #[test]
    fn abbreviations_and_initials_keep_their_stop() {
        assert_eq!(
            words("Sen. J.D. Vance of the U.S."),
            ["Sen.", "J.D.", "Vance", "of", "the", "U.S."]
        );
        assert_eq!(words("on Aug. 15."), ["on", "Aug.", "15", "."]);
        assert_eq!(
            words("George W. Bush said no."),
            ["George", "W.", "Bush", "said", "no", "."]
        );
        assert_eq!(words("at 5 a.m. on"), ["at", "5", "a.m.", "on"]);
    }

    #[test]
    fn clitics_and_hyphens_are_cut() {
        assert_eq!(words("Kyiv’s"), ["Kyiv", "’s"]);
        assert_eq!(words("We’re, can’t"), ["We", "’re", ",", "ca", "n’t"]);
        assert_eq!(words("Secretary-General"), ["Secretary", "-", "General"]);
        assert_eq!(words("O’Brien’s"), ["O’Brien", "’s"]);
        assert_eq!(words("‘trilat’ with"), ["‘", "trilat", "’", "with"]);
    }

    #[test]
    fn marks_numbers_and_addresses() {
        assert_eq!(
            words("$90,000.50 (25%)"),
            ["$", "90,000.50", "(", "25", "%", ")"]
        );
        assert_eq!(
            words("see https://a.b/c?d=1."),
            ["see", "https://a.b/c?d=1", "."]
        );
        assert_eq!(words("the 20th—no…"), ["the", "20th", "—", "no", "…"]);
    }
}
