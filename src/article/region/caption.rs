//! Photo captions and their credits.

use super::super::RegionKind;
use super::Marks;
use super::credit::{bracketed_tail, is_agency};
use super::layout::ends_sentence;
use crate::document::Span;

/// Whether a text names a photo's maker or source: `Jane Doe/AFP via Getty Images`, `AP Photo/…`,
/// `Photo: …`, `File photo`.
pub(super) fn is_photo_credit(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "getty",
        "photo",
        "photos",
        "photograph",
        "photographer",
        "image",
        "images",
        "courtesy",
        "handout",
        "shutterstock",
        "istock",
        "screengrab",
        "screenshot",
        "alamy",
        "nurphoto",
        "wikimedia",
        "flickr",
        "afp-yonhap",
        "anadolu",
        "epa-efe",
        "photographed",
        "unsplash",
        "pixabay",
        "wikipedia",
        "supplied",
        "picture",
        "pictures",
        "pic",
    ];
    const SPEECH: &[&str] = &[
        "said", "says", "told", "reported", "reports", "was", "is", "were", "are", "has", "had",
    ];
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.is_empty() || words.len() > 16 || text.contains(['“', '"', ';']) {
        return false;
    }
    if words.iter().any(|w| SPEECH.contains(&w.as_str())) {
        return false;
    }
    let slash_agency = text.split(['/', '|']).skip(1).any(|part| {
        let part = part.trim();
        is_agency(part) || is_agency(part.split([' ', ',']).next().unwrap_or(""))
    }) || text
        .split(['/', '|'])
        .next()
        .is_some_and(|first| text.contains('/') && is_agency(first.trim()));
    let via = text
        .split(" via ")
        .nth(1)
        .is_some_and(|v| is_agency(v.trim()) || v.starts_with("Getty"));
    let named = words.iter().any(|w| WORDS.contains(&w.as_str()));
    let agency_photo = text.starts_with("AP ") || text.starts_with("Reuters ");
    slash_agency || via || (named && (words.len() <= 12)) || (agency_photo && named)
}

/// How a credit begins that follows its caption without brackets.
const CREDIT_MARKS: &[&str] = &[
    "Photo: ",
    "Photo by ",
    "Photos by ",
    "Photos: ",
    "Photo courtesy",
    "Photograph: ",
    "Photograph by ",
    "Picture: ",
    "Image: ",
    "Image credit",
    "Image courtesy",
    "Photo credit",
    "Photo Credit",
    "Credit: ",
    "CREDIT: ",
    "PHOTO: ",
    "Pic: ",
    "REUTERS/",
    "AP Photo",
    "AFP PHOTO",
    "AFP Photo",
    "AFP photo",
    "EPA/",
    "File photo",
    "File Photo",
    "FILE PHOTO",
    "KUNA photo",
    "Getty Images",
    "Handout via",
    "© ",
];

/// Captions are no longer than this, in words.
const CAPTION_WORDS: usize = 70;

/// The length of what sites put before a caption when a page is copied with its controls.
fn caption_lead(paragraph: &str) -> Option<usize> {
    const LEADS: &[&str] = &[
        "Image caption ",
        "Media caption ",
        "Video caption ",
        "Enlarge this image toggle caption ",
        "Facebook Twitter Pinterest ",
        "Caption: ",
        "CAPTION: ",
        "Photo caption: ",
    ];
    if let Some(lead) = LEADS.iter().find(|lead| paragraph.starts_with(**lead)) {
        return Some(lead.len());
    }
    let owned =
        paragraph.starts_with("Image copyright ") || paragraph.starts_with("Image source, ");
    let at = paragraph
        .find("Image caption ")
        .filter(|at| owned && *at <= 80)?;
    Some(at + "Image caption ".len())
}

/// Whether a line is a caption, by its credit or by what stands before it.
pub(super) fn is_caption(line: &str) -> bool {
    mark_caption(&mut Marks::new(line, Span::new(0, line.len())), false)
}

/// Marks the credit of a photo caption; returns whether the paragraph is one.
pub(super) fn mark_caption(marks: &mut Marks<'_>, is_last: bool) -> bool {
    let text = marks.text;
    let rest = marks.rest();
    let lead = caption_lead(rest.of(text));
    if let Some(length) = lead {
        marks.fill(
            Span::new(rest.start, rest.start + length),
            RegionKind::Credit,
        );
    }
    let rest = marks.rest();
    let words = rest.of(text);
    let is_short =
        |head: &str| head.split_whitespace().take(CAPTION_WORDS + 1).count() <= CAPTION_WORDS;
    if let Some(group) = bracketed_tail(words) {
        let inner = group.of(words).trim_end_matches(['.', ' ']);
        let inner = &inner[1..inner.len() - 1];
        let head = words[..group.start].trim_end();
        let finished = ends_sentence(head);
        let photo = is_photo_credit(inner);
        if photo || (finished && is_agency(inner)) {
            let credit = Span::new(rest.start + group.start, rest.start + group.end);
            marks.fill(credit, RegionKind::Credit);
            return (photo || !is_last) && is_short(head);
        }
    }
    if let Some(start) = credit_start(words) {
        let head = words[..start].trim_end();
        let tail = words[start..].trim_start_matches([' ', '|', '–', '—', '-', '/']);
        if tail.split_whitespace().count() <= 14 && is_short(head) && !head.is_empty() {
            marks.fill(Span::new(rest.start + start, rest.end), RegionKind::Credit);
            return true;
        }
    }
    let is_file = ["FILE", "File", "FILE PHOTO", "File photo"]
        .iter()
        .any(|file| {
            let after = words.strip_prefix(file).map(str::trim_start);
            after.is_some_and(|rest| rest.starts_with(['-', '–', '—', ':']))
        });
    (lead.is_some() || is_file) && is_short(words)
}

/// Where the credit begins that ends a text without brackets, with the dash or bar before it.
fn credit_start(text: &str) -> Option<usize> {
    let starts = CREDIT_MARKS.iter().filter_map(|mark| {
        let at = text.rfind(mark)?;
        let head = text[..at].trim_end();
        let bare = head.trim_end_matches(['|', '–', '—', '-', '/', '(', '[']);
        let separated = bare.len() < head.len() || ends_sentence(head);
        let spoken = text[at..].contains(['“', '”', '"']);
        (separated && !spoken && !bare.is_empty()).then_some(bare.trim_end().len())
    });
    starts.min()
}

/// Whether a line and the caption after it describe one photo: mostly the same names and words.
pub(super) fn is_same_scene(line: &str, caption: &str) -> bool {
    const MOST_WORDS: usize = 40;
    let content = |text: &str| {
        let mut words: Vec<String> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.chars().count() >= 4)
            .map(str::to_lowercase)
            .collect();
        words.sort();
        words.dedup();
        words
    };
    if line.split_whitespace().count() > MOST_WORDS || line.contains(['“', '”', '"']) {
        return false;
    }
    let (a, b) = (content(line), content(caption));
    let shared = a.iter().filter(|w| b.binary_search(w).is_ok()).count();
    shared > 0 && shared * 2 >= a.len().min(b.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caption(paragraph: &str) -> (bool, Vec<&str>) {
        let mut marks = Marks::new(paragraph, Span::new(0, paragraph.len()));
        let is_caption = mark_caption(&mut marks, false);
        (
            is_caption,
            marks
                .into_regions()
                .iter()
                .map(|r| r.span.of(paragraph))
                .collect(),
        )
    }

    #[test]
    fn captions_with_their_credits() {
        for (text, credit) in [
            (
                "The ministers shake hands in Oslo on Monday.",
                "(Jane Doe/AFP via Getty Images)",
            ),
            (
                "The ministers shake hands in Oslo on Monday.",
                "(AP Photo/Jane Doe)",
            ),
            (
                "The ministers shake hands in Oslo on Monday.",
                "(John Roe /Reuters)",
            ),
            ("The ministers shake hands in Oslo", "[Jane Doe/AP Photo]"),
            ("The ministers shake hands in Oslo.", "Photo: Jane Doe"),
            ("The ministers shake hands in Oslo", "| Photo Credit: AP"),
            ("OSLO: The ministers shake hands.", "— Photo by Jane Doe"),
            ("The ministers in Oslo.", "REUTERS/Jane Doe"),
            ("The ministers in Oslo.", "(Photo courtesy of the ministry)"),
        ] {
            let paragraph = format!("{text} {credit}");
            assert_eq!(caption(&paragraph), (true, vec![credit]), "{paragraph}");
        }
    }

    #[test]
    fn captions_with_what_sites_put_before_them() {
        for (lead, text) in [
            ("Image caption", "The ministers shook hands"),
            (
                "Image copyright Getty Images Image caption",
                "The ministers shook hands",
            ),
            ("Facebook Twitter Pinterest", "The ministers shake hands."),
        ] {
            assert_eq!(caption(&format!("{lead} {text}")), (true, vec![lead]));
        }
    }

    #[test]
    fn prose_with_brackets_is_no_caption() {
        for paragraph in [
            "The Liberal Democratic Party (LDP).",
            "He spoke to the Associated Press (AP).",
            "They met the speaker (see the report by the committee).",
            "The minister (who was in Oslo at the time) left.",
            "The talks failed (again)",
            "The photo shows the ministers, he said.",
        ] {
            assert_eq!(caption(paragraph), (false, vec![]), "{paragraph}");
        }
    }
}
