//! Title phrases: a title with the country, body, status and complement that its words give, and
//! the names that it stands beside.

mod before;
mod complement;
mod holder;
mod office_verb;

use std::ops::Range;

use super::name::{Piece, PieceKind};
use super::words::Words;
use crate::annotation::{Deprel, Upos};
use crate::document::TokenId;
use crate::fact::RoleStatus;
use crate::lexicon::{self, CountryCode, TitleKind};

/// A title as the text has it.
#[derive(Clone, Debug, PartialEq)]
pub struct TitlePhrase {
    /// From the first modifier, country or body to the end of the complement.
    pub tokens: Range<TokenId>,
    /// The title's own words.
    pub core: Range<TokenId>,
    /// The role: lower case, without body and status, with its portfolio.
    pub role: String,
    pub status: RoleStatus,
    pub country: Option<CountryCode>,
    /// The body in which the role is held, as the text names it.
    pub organization: Option<Range<TokenId>>,
    /// The person that the role serves: "Putin adviser". Index into the pieces.
    pub patron: Option<usize>,
    /// Those who hold it, by the words beside it. Indices into the pieces.
    pub holders: Vec<usize>,
    /// How the holders stand to the title: the rule's name.
    pub rule: &'static str,
    pub is_plural: bool,
    /// A rank or a form of royal address rather than an office.
    pub kind: TitleKind,
    /// "the", "a", "his": the word before, where it is one.
    pub determiner: Option<TokenId>,
}

/// Finds the title phrases among the pieces of a document, in order.
pub fn find_titles(words: &Words, pieces: &[Piece]) -> Vec<TitlePhrase> {
    let finder = Finder { words, pieces };
    let mut found: Vec<TitlePhrase> = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        if piece.kind == PieceKind::Title
            && let Some(phrase) = finder.phrase(i)
        {
            let more = finder.further_groups(&phrase);
            found.push(phrase);
            found.extend(more);
        }
    }
    finder.share_holders(&mut found);
    finder.drop_served(&mut found);
    found.extend(finder.headed_bodies());
    found.sort_by_key(|t| (t.core.start, t.core.end));
    found
}

struct Finder<'a> {
    words: &'a Words<'a>,
    pieces: &'a [Piece],
}

impl Finder<'_> {
    fn piece_from(&self, at: TokenId) -> Option<usize> {
        let i = self.pieces.partition_point(|p| p.tokens.start < at);
        (self.pieces.get(i)?.tokens.start == at).then_some(i)
    }

    fn piece_until(&self, end: TokenId) -> Option<usize> {
        let i = self.pieces.partition_point(|p| p.tokens.end < end);
        (self.pieces.get(i)?.tokens.end == end).then_some(i)
    }

    fn phrase(&self, index: usize) -> Option<TitlePhrase> {
        let words = self.words;
        let core = self.pieces[index].tokens.clone();
        if self.ends_compound(core.start) || self.is_adjective(&core) {
            return None;
        }
        let sentence = words.sentence(core.start);
        let entry = lexicon::title_ending(&words.text(core.clone()));
        let kind = entry.map_or(TitleKind::Office, |t| t.kind);
        let mut phrase = TitlePhrase {
            tokens: core.clone(),
            core: core.clone(),
            role: String::new(),
            status: RoleStatus::Current,
            country: None,
            organization: None,
            patron: None,
            holders: Vec::new(),
            rule: "",
            is_plural: false,
            kind,
            determiner: None,
        };
        let role_start = self.left(&mut phrase, sentence.clone());
        let (singular, is_plural) = singular_role(&words.text(role_start..core.end));
        phrase.role = singular;
        phrase.is_plural = is_plural;
        let is_former = phrase.status == RoleStatus::Former;
        if let Some(office) = candidate_office(&phrase.role).filter(|_| !is_former) {
            phrase.role = office;
            phrase.status = RoleStatus::Candidate;
        }
        // Every president of a republic is its president.
        if let Some(office) = phrase.role.strip_suffix(" of the republic") {
            phrase.role = office.to_owned();
        }
        self.right(&mut phrase, sentence.clone());
        self.find_holders(&mut phrase, sentence);
        Some(phrase)
    }

    /// "front-runner": a title that ends a compound of common words is none.
    fn ends_compound(&self, start: TokenId) -> bool {
        let words = self.words;
        if start < 2 || words.before(start) != "-" || !words.is_bound(start) {
            return false;
        }
        let first = words.lower(start - 2);
        !words.is_capital(start)
            && !words.is_capital(start - 2)
            && words.is_bound(start - 1)
            && lexicon::title_modifier(first).is_none()
            && lexicon::title(first).is_none()
            && !lexicon::is_portfolio_word(first)
    }

    /// "a major donor", "fellow Democrats": a word that is a title elsewhere describes what follows.
    fn is_adjective(&self, core: &Range<TokenId>) -> bool {
        let words = self.words;
        let next = core.end;
        let is_name = self.piece_from(next).is_some_and(|p| {
            self.pieces[p].kind == PieceKind::Person && self.pieces[p].tokens.len() > 1
        });
        core.len() == 1
            && !words.is_capital(core.start)
            && words.upos(core.start) == Upos::Adj
            && matches!(words.upos(next), Upos::Noun | Upos::Propn | Upos::Adj)
            && !is_name
    }

    /// "the chief guest": a title that only describes the noun after it.
    fn describes_noun(&self, phrase: &TitlePhrase) -> bool {
        let words = self.words;
        let last = phrase.core.end - 1;
        phrase.tokens.end == phrase.core.end
            && words.upos(last + 1) == Upos::Noun
            && !words.is_capital(last + 1)
            && matches!(words.deprel(last), Deprel::Compound | Deprel::Amod)
    }
}

/// The office that a candidate stands for: "presidential candidate".
fn candidate_office(role: &str) -> Option<String> {
    let field = role
        .strip_suffix(" candidate")
        .or_else(|| role.strip_suffix(" nominee"))?;
    let office = match field.rsplit(' ').next()? {
        "presidential" => "president",
        "mayoral" => "mayor",
        "gubernatorial" => "governor",
        "ministerial" => "prime minister",
        _ => return None,
    };
    let office = if field.starts_with("vice") {
        format!("vice {office}")
    } else {
        office.to_owned()
    };
    Some(office)
}

/// A role's words in lower case and singular, and whether they were plural.
fn singular_role(text: &str) -> (String, bool) {
    // Abbreviations: "Maj. Gen.", "Pol Col", "Rep.".
    if let Some(title) = lexicon::title(text).filter(|title| {
        text.contains('.') || text.contains(' ') && title.kind == TitleKind::Rank && !title.plural
    }) {
        return (title.name.into_owned(), title.plural);
    }
    // "State Sen."
    if let Some((first, last)) = text.rsplit_once(' ')
        && last.ends_with('.')
        && let Some(title) = lexicon::title(last)
    {
        return (
            format!("{} {}", first.to_lowercase(), title.name),
            title.plural,
        );
    }
    let lower = text.to_lowercase().replace('’', "'");
    match lexicon::singular_title(&lower) {
        Some(singular) => (singular, true),
        None => (lower, false),
    }
}
/// Whether a role is that of one whom a country sends to another.
pub fn is_diplomat(role: &str) -> bool {
    matches!(
        role.rsplit(' ').next(),
        Some(
            "ambassador"
                | "envoy"
                | "emissary"
                | "consul"
                | "consul-general"
                | "commissioner-general"
        )
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_singular_and_in_full() {
        for (text, role, is_plural) in [
            ("State Sen.", "state senator", false),
            ("Sens.", "senator", true),
            ("Maj. Gen.", "major general", false),
            ("Pol Col", "police colonel", false),
            ("foreign ministers", "foreign minister", true),
            ("MP", "mp", false),
        ] {
            assert_eq!(singular_role(text), (role.to_owned(), is_plural), "{text}");
        }
    }

    #[test]
    fn candidates_stand_for_an_office() {
        assert_eq!(
            candidate_office("vice presidential nominee").as_deref(),
            Some("vice president")
        );
        assert_eq!(candidate_office("democratic candidate"), None);
    }
}
