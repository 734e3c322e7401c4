//! Which parts of an article's text are not its own prose.

mod boilerplate;
mod caption;
mod credit;
mod dateline;
mod header;
mod headline;
mod layout;

use super::day::PartialDay;
use super::{Region, RegionKind};
use crate::document::Span;
use layout::Paragraph;

pub(super) use header::Header;

/// What the marked parts of a text are and what they say of the article.
#[derive(Debug, Default)]
pub(super) struct Marked {
    /// In order, not overlapping.
    pub regions: Vec<Region>,
    pub header: Header,
    /// The day that the dateline gives, as far as it does.
    pub dateline_day: Option<PartialDay>,
    /// The site that a last line such as `{Example.com}` names.
    pub site: Option<String>,
    /// Where the article's own prose begins, in bytes; `None` if there is none.
    pub prose_start: Option<usize>,
}

/// Longer paragraphs are prose, whatever they begin with: bounds the work on a huge one.
const LONGEST_MARKED: usize = 700;

/// Marks `text`. `known` are the captions and headings that a page's markup gives, in order.
pub(super) fn mark(text: &str, known: &[Region]) -> Marked {
    let header = header::read(text, known);
    let mut marked = Marked {
        regions: header.regions.clone(),
        ..Marked::default()
    };
    let paragraphs = layout::paragraphs(text, header.end);
    let is_transcript = dateline::is_transcript(text, &paragraphs);
    let mut classes: Vec<Class> = Vec::with_capacity(paragraphs.len());
    let mut dateline_found = false;
    let mut known = known.iter().peekable();
    for (i, paragraph) in paragraphs.iter().enumerate() {
        while known
            .peek()
            .is_some_and(|k| k.span.end <= paragraph.span.start)
        {
            known.next();
        }
        let given = known
            .peek()
            .filter(|k| k.span.overlaps(paragraph.span))
            .map(|k| k.kind);
        let mut marks = Marks::new(text, paragraph.span);
        let seen_prose = marked.prose_start.is_some();
        if !dateline_found && i < 12 && given.is_none_or(|k| k == RegionKind::Caption) {
            let trust = match (seen_prose, is_transcript) {
                (true, _) => dateline::Trust::OnlyWires,
                (false, true) => dateline::Trust::NoColon,
                (false, false) => dateline::Trust::Any,
            };
            if let Some(found) = dateline::find(paragraph.span.of(text), trust) {
                let start = paragraph.span.start;
                marks.fill(Span::new(start, start + found.length), RegionKind::Dateline);
                marked.dateline_day = found.day;
                dateline_found = true;
            }
        }
        let context = Context {
            is_first: !seen_prose,
            is_last: i + 1 == paragraphs.len(),
            index: i,
            given,
        };
        let class = classify(text, &paragraphs, context, &mut marks, &mut marked.site);
        if class == Class::Prose {
            marked.prose_start.get_or_insert(paragraph.span.start);
        }
        classes.push(class);
        marked.regions.extend(marks.into_regions());
        mark_alternative_text(text, &paragraphs[..=i], &mut classes, &mut marked.regions);
    }
    marked.header = header;
    marked
}

/// What a paragraph as a whole is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Prose,
    Headline,
    Caption,
    Other,
}

/// Where a paragraph stands.
#[derive(Clone, Copy)]
struct Context {
    /// No prose stands before it.
    is_first: bool,
    is_last: bool,
    index: usize,
    /// What the markup says it is.
    given: Option<RegionKind>,
}

fn classify(
    text: &str,
    paragraphs: &[Paragraph],
    context: Context,
    marks: &mut Marks<'_>,
    site: &mut Option<String>,
) -> Class {
    let paragraph = paragraphs[context.index];
    let words = paragraph.span.of(text);
    if words.len() > LONGEST_MARKED {
        if context.is_last || words.ends_with([')', ']', '}']) {
            credit::mark_tail(marks, context.is_last);
        }
        return Class::Prose;
    }
    if let Some(name) = boilerplate::site_name(words) {
        site.get_or_insert_with(|| name.to_owned());
        marks.fill(paragraph.span, RegionKind::Boilerplate);
        return Class::Other;
    }
    if boilerplate::is_boilerplate(words) {
        marks.fill(paragraph.span, RegionKind::Boilerplate);
        return Class::Other;
    }
    if credit::is_credit(
        words,
        context.index < 6 && context.is_first,
        context.is_last,
    ) {
        marks.fill(paragraph.span, RegionKind::Credit);
        return Class::Other;
    }
    let is_caption =
        context.given == Some(RegionKind::Caption) || caption::mark_caption(marks, context.is_last);
    if is_caption {
        if context.given == Some(RegionKind::Caption) {
            caption::mark_caption(marks, false);
        }
        marks.fill(paragraph.span, RegionKind::Caption);
        return Class::Caption;
    }
    credit::mark_tail(marks, context.is_last);
    boilerplate::mark_tail(marks);
    let is_headline = context.given == Some(RegionKind::Headline)
        || headline::is_headline(text, paragraphs, context.index, context.is_first);
    if is_headline && marks.is_untouched() {
        marks.fill(paragraph.span, RegionKind::Headline);
        return Class::Headline;
    }
    Class::Prose
}

/// Marks a line that says what the captioned photo after it shows, as pages give it to those who
/// cannot see the photo: nearly the same words as the caption, without its credit.
fn mark_alternative_text(
    text: &str,
    paragraphs: &[Paragraph],
    classes: &mut [Class],
    regions: &mut Vec<Region>,
) {
    let &[.., before, last] = paragraphs else {
        return;
    };
    let &[.., Class::Prose, Class::Caption] = &*classes else {
        return;
    };
    let first_own = regions.partition_point(|r| r.span.end <= last.span.start);
    let has_credit = regions[first_own..]
        .iter()
        .any(|r| r.kind == RegionKind::Credit);
    let is_clean = regions[..first_own]
        .last()
        .is_none_or(|r| r.span.end <= before.span.start);
    if has_credit && is_clean && caption::is_same_scene(before.span.of(text), last.span.of(text)) {
        regions.insert(
            first_own,
            Region {
                span: before.span,
                kind: RegionKind::Caption,
            },
        );
        let index = classes.len() - 2;
        classes[index] = Class::Caption;
    }
}

/// The marks of one paragraph, in order and not overlapping.
struct Marks<'a> {
    text: &'a str,
    paragraph: Span,
    regions: Vec<Region>,
}

impl<'a> Marks<'a> {
    fn new(text: &'a str, paragraph: Span) -> Self {
        Self {
            text,
            paragraph,
            regions: Vec::new(),
        }
    }

    fn is_untouched(&self) -> bool {
        self.regions.is_empty()
    }

    /// The paragraph up to the first mark at its end, without spaces at either end; what is left
    /// to look at.
    fn rest(&self) -> Span {
        let mut rest = self.paragraph;
        for region in self.regions.iter().rev() {
            if region.span.end >= layout::trim(self.text, rest).end {
                rest.end = region.span.start.max(rest.start);
            }
        }
        for region in &self.regions {
            if region.span.start <= layout::trim(self.text, rest).start {
                rest.start = region.span.end.min(rest.end);
            }
        }
        layout::trim(self.text, rest)
    }

    /// Marks what of `span` is not marked yet, without spaces at the ends of each part.
    fn fill(&mut self, span: Span, kind: RegionKind) {
        let mut parts = Vec::new();
        let mut start = span.start;
        for region in &self.regions {
            if region.span.start >= span.end {
                break;
            }
            if region.span.start > start {
                parts.push(Span::new(start, region.span.start));
            }
            start = start.max(region.span.end);
        }
        if start < span.end {
            parts.push(Span::new(start, span.end));
        }
        let trimmed = parts.into_iter().map(|part| layout::trim(self.text, part));
        self.regions.extend(
            trimmed
                .filter(|p| !p.is_empty())
                .map(|span| Region { span, kind }),
        );
        self.regions.sort_by_key(|r| r.span);
    }

    fn into_regions(self) -> Vec<Region> {
        self.regions
    }
}
