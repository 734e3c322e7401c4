//! Lines that a site puts into every article: links, sharing, subscriptions, rights.

use super::super::RegionKind;
use super::Marks;
use super::credit::bracketed_tail;
use crate::document::Span;

/// How such lines begin, in small letters, and prose hardly ever.
const OPENINGS: &[&str] = &[
    "read more",
    "read also",
    "also read",
    "read next",
    "read the full",
    "read full story",
    "read:",
    "must read",
    "related:",
    "related article",
    "related stories",
    "related story",
    "see also",
    "more on this",
    "more:",
    "watch:",
    "watch |",
    "listen:",
    "listen to this",
    "click here",
    "tap here",
    "sign up",
    "subscribe to our",
    "subscribe now",
    "follow us",
    "follow our",
    "follow @",
    "find us on",
    "like us on",
    "join us on",
    "join our",
    "join the conversation",
    "share this",
    "share on",
    "share via",
    "print this",
    "email this",
    "tweet this",
    "download our",
    "download the app",
    "get the latest",
    "stay up to date with",
    "stay informed",
    "for more news",
    "to read more",
    "to subscribe",
    "story continues below",
    "article continues",
    "continue reading",
    "editor's pick",
    "editor’s pick",
    "editors' picks",
    "don't miss",
    "don’t miss",
    "you may also like",
    "you might also like",
    "support our journalism",
    "support independent",
    "become a member",
    "all rights reserved",
    "(c) 19",
    "(c) 20",
    "© ",
    "©19",
    "©20",
    "copyright ©",
    "copyright 19",
    "copyright 20",
    "terms of use",
    "privacy policy",
    "this article originally appeared",
    "this article first appeared",
    "this story originally appeared",
    "this story was originally published",
    "this article was originally published",
    "this article was first published",
    "this story was first published",
    "this is a developing story",
    "this is a breaking news story",
    "this material may not be published",
    "tags:",
    "topics:",
    "keywords:",
    "leave a comment",
    "view comments",
    "back to top",
    "please enable",
    "if you have a story",
    "have a tip",
    "whatsapp:",
    "e-mail:",
    "email:",
    "photo gallery",
];

/// How such lines begin, and prose too: only without a full stop, or as a label with a colon.
const COMMON_OPENINGS: &[&str] = &[
    "advertisement",
    "sponsored",
    "promoted",
    "recommended",
    "trending",
    "comments",
    "loading",
    "donate",
    "copyright",
    "watch now",
    "stay tuned",
    "more from",
    "more stories",
    "most popular",
    "most read",
    "in pictures",
    "related news",
    "related topics",
    "related content",
    "filed under",
    "for more stories",
    "for the latest",
    "follow the latest",
    "read our",
    "see more",
];

/// Words anywhere in a short line that make it such a line.
const MARKERS: &[&str] = &[
    "all rights reserved",
    "click here",
    "sign up for our",
    "subscribe to our",
    "our newsletter",
    "follow us on",
    "download the app",
    "may not be reproduced",
    "terms and conditions",
    "©",
];

const LONGEST: usize = 300;
const MOST_WORDS: usize = 25;

/// Whether a whole paragraph is such a line.
pub(super) fn is_boilerplate(paragraph: &str) -> bool {
    if paragraph.len() > LONGEST {
        return false;
    }
    let line = opening(paragraph);
    if line.split_whitespace().count() > MOST_WORDS {
        return false;
    }
    let opens = |list: &[&str]| {
        list.iter()
            .any(|o| line.starts_with(o) && is_whole_word(&line, o.len()))
    };
    let is_label = line.find(':').is_some_and(|i| i <= 40);
    let is_sentence = line.ends_with(['.', '!', '?', '”', '"']);
    let quotes = line.contains(['“', '"']);
    opens(OPENINGS)
        || (opens(COMMON_OPENINGS) && (is_label || !is_sentence))
        || (!quotes && MARKERS.iter().any(|m| line.contains(m)))
}

/// The paragraph in small letters without what decorates its beginning.
fn opening(paragraph: &str) -> String {
    paragraph
        .trim_start_matches([
            '*', '>', '»', '•', '-', '–', '—', '|', '[', '(', '_', ' ', '→', '►', '▶',
        ])
        .to_lowercase()
}

/// Whether no letter follows but a plural's `s`.
fn is_whole_word(line: &str, end: usize) -> bool {
    let after = &line[end..];
    !line[..end].ends_with(char::is_alphabetic)
        || !after
            .strip_prefix('s')
            .unwrap_or(after)
            .starts_with(char::is_alphabetic)
}

/// The name in a line that is nothing but `{Example.com}`.
pub(super) fn site_name(paragraph: &str) -> Option<&str> {
    let name = paragraph.strip_prefix('{')?.strip_suffix('}')?.trim();
    let (host, ending) = name.rsplit_once('.')?;
    let sound = |s: &str| {
        s.chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '.'))
    };
    let is_host = !host.is_empty()
        && sound(host)
        && (2..=10).contains(&ending.len())
        && ending.chars().all(|c| c.is_ascii_alphabetic());
    is_host.then_some(name)
}

/// Marks `(Read more: …)`, `[Also read: …]` and `{Example.com}` at the end of a paragraph.
pub(super) fn mark_tail(marks: &mut Marks<'_>) {
    let rest = marks.rest();
    let Some(group) = bracketed_tail(rest.of(marks.text)) else {
        return;
    };
    let span = Span::new(rest.start + group.start, rest.start + group.end);
    let words = span.of(marks.text);
    if site_name(words).is_some() || (words.len() > 2 && is_boilerplate(&words[1..words.len() - 1]))
    {
        marks.fill(span, RegionKind::Boilerplate);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_site() {
        for line in [
            "Read more: Ministers meet in Oslo",
            "READ MORE: Ministers meet in Oslo",
            "Also Read | Ministers meet in Oslo",
            "Click here to subscribe",
            "Sign up for our morning newsletter.",
            "Follow us on Twitter",
            "© 2022 Example News. All rights reserved.",
            "Copyright 2022 Example News",
            "Advertisement",
            "Related stories:",
            "(Read also: Talks go on)",
        ] {
            assert!(is_boilerplate(line), "{line}");
        }
    }

    #[test]
    fn prose_that_begins_alike() {
        for line in [
            "Comments by the minister drew criticism on Monday.",
            "Sponsored by Norway, the talks went on until Friday.",
            "Trending towards a deal, the sides met again.",
            "Reading the bill aloud, the speaker paused.",
            "Seeing also to the needs of refugees, the minister left.",
            "“Click here,” the minister said.",
            "Donated grain arrived on Monday.",
        ] {
            assert!(!is_boilerplate(line), "{line}");
        }
    }

    #[test]
    fn site_names() {
        assert_eq!(site_name("{Example.com}"), Some("Example.com"));
        assert_eq!(site_name("{see below}"), None);
        assert_eq!(site_name("Example.com"), None);
    }
}
