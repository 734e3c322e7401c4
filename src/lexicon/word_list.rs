//! Words of reporting and of meeting, heads of names, and what the finders ask of titles.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::CountryCode;
use super::title::{Modifier, Title, modifier, title, title_head};
use crate::fact::{MeetingKind, RoleStatus};

/// A verb that reports words, from `cues.csv`.
#[derive(Clone, Debug)]
pub struct CueWord {
    pub lemma: &'static str,
    /// say, tell, ask, call, urge, deny or quote.
    pub class: &'static str,
    /// Whether a clause without "that" can follow.
    pub takes_bare_clause: bool,
    /// Irregular forms; empty for a regular verb.
    pub forms: Vec<&'static str>,
}

/// The verbs that report words.
pub fn cues() -> impl Iterator<Item = CueWord> {
    super::rows(include_str!("../../lexicons/cues.csv")).map(|row| CueWord {
        lemma: row[0],
        class: row[1],
        takes_bare_clause: row[2] == "yes",
        forms: super::values(row[3]).collect(),
    })
}

/// Whether a word in capitals stands for a thing, not for a body, or is a common word.
///
/// ```
/// use newsgraph::lexicon::is_thing_in_capitals;
/// assert!(is_thing_in_capitals("DNA") && !is_thing_in_capitals("NATO"));
/// ```
pub fn is_thing_in_capitals(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        super::rows(include_str!("../../lexicons/capital_words.csv"))
            .map(|row| row[0])
            .collect()
    });
    WORDS.contains(word)
}

/// What words come through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediumKind {
    /// A text or recording: "in a letter".
    Message,
    /// Where somebody speaks: "at a rally".
    Occasion,
    /// What carries words: "on her website".
    Channel,
}

/// The kind of medium that a noun in lower case names, from `media.csv`.
///
/// ```
/// use newsgraph::lexicon::{MediumKind, medium_kind};
/// assert_eq!(medium_kind("speeches"), Some(MediumKind::Occasion));
/// assert_eq!(medium_kind("garden"), None);
/// ```
pub fn medium_kind(noun: &str) -> Option<MediumKind> {
    static KINDS: LazyLock<HashMap<&str, MediumKind>> = LazyLock::new(|| {
        let mut kinds = HashMap::new();
        for row in super::rows(include_str!("../../lexicons/media.csv")) {
            let kind = match row[1] {
                "message" => MediumKind::Message,
                "occasion" => MediumKind::Occasion,
                _ => MediumKind::Channel,
            };
            kinds.insert(row[0], kind);
            kinds.extend(super::values(row[2]).map(|form| (form, kind)));
        }
        kinds
    });
    KINDS.get(noun).copied()
}

/// A word for an event in which parties come together, from `meeting_words.csv`.
#[derive(Clone, Debug)]
pub struct MeetingWord {
    pub lemma: &'static str,
    pub is_verb: bool,
    pub kind: MeetingKind,
    /// Whether it is such an event only with a party beside it.
    pub needs_party: bool,
    /// All its forms, lower case.
    pub forms: Vec<&'static str>,
}

/// The words for events in which parties come together.
pub fn meeting_words() -> &'static [MeetingWord] {
    static WORDS: LazyLock<Vec<MeetingWord>> = LazyLock::new(|| {
        super::rows(include_str!("../../lexicons/meeting_words.csv"))
            .map(|row| MeetingWord {
                lemma: row[0],
                is_verb: row[1] == "verb",
                kind: match row[2] {
                    "call" => MeetingKind::Call,
                    "visit" => MeetingKind::Visit,
                    "conference" => MeetingKind::Conference,
                    _ => MeetingKind::Meeting,
                },
                needs_party: row[3] == "party",
                forms: super::values(row[4]).collect(),
            })
            .collect()
    });
    &WORDS
}

/// Last words of names with the kind of thing they tell: organization, facility, place, event.
pub fn name_heads() -> impl Iterator<Item = (&'static str, &'static str)> {
    super::rows(include_str!("../../lexicons/name_heads.csv")).map(|row| (row[0], row[1]))
}

/// Whether a common noun heads names of bodies: "ministry", "association".
pub fn is_organization_head(lower: &str) -> bool {
    static HEADS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        name_heads()
            .filter(|(_, kind)| *kind == "organization")
            .map(|(word, _)| word)
            .collect()
    });
    HEADS.contains(lower)
}

/// Whether a word occurs in a field of government: "foreign", "affairs".
pub fn is_portfolio_word(lower: &str) -> bool {
    static WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        super::rows(include_str!("../../lexicons/portfolios.csv"))
            .flat_map(|row| row[0].split([' ', '-']).collect::<Vec<_>>())
            .filter(|word| !matches!(*word, "and" | "of" | "the" | "for" | "in"))
            .collect()
    });
    WORDS.contains(lower)
}

/// The title that the words are or end in: "budget adviser" ends in "adviser".
pub fn title_ending(words: &str) -> Option<Title> {
    title(words).or_else(|| title_head(words.rsplit([' ', '-']).next()?))
}

/// The singular of a title in the plural; `None` for one that is no plural.
pub fn singular_title(lower: &str) -> Option<String> {
    if let Some(found) = title(lower) {
        return found.plural.then(|| found.name.into_owned());
    }
    let (rest, last) = lower.rsplit_once(' ')?;
    let head = title_head(last).filter(|t| t.plural)?;
    Some(format!("{rest} {}", head.name))
}

/// What news also calls the office of a title by: the words before the head, and the class of the
/// head; "premier" and "prime minister" have one.
///
/// ```
/// use newsgraph::lexicon::title_kin;
/// assert_eq!(title_kin("premier"), title_kin("prime minister"));
/// assert_eq!(title_kin("fisheries aide"), Some(("fisheries", "adviser")));
/// assert_eq!(title_kin("goalkeeper"), None);
/// ```
pub fn title_kin(lower: &str) -> Option<(&str, &'static str)> {
    static HEADS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
        let forms = |row: Vec<&'static str>| {
            let head = row[0];
            let kin = super::values(row[1]).map(move |form| (form, head));
            std::iter::once((head, head)).chain(kin).collect::<Vec<_>>()
        };
        super::rows(include_str!("../../lexicons/title_kin.csv"))
            .flat_map(forms)
            .collect()
    });
    std::iter::once(0)
        .chain(lower.match_indices(' ').map(|(at, _)| at + 1))
        .find_map(|at| Some((lower[..at].trim_end(), *HEADS.get(&lower[at..])?)))
}

/// What a verb says of somebody and an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OfficeVerb {
    /// Its object comes into it: "appointed Lund minister".
    Appoint,
    /// Before "as", its subject holds it or comes into it: "serves".
    Enter,
    /// Before "as", its subject leaves it: "resigned".
    Leave,
    /// Its subject comes into it after its object: "succeeded Moe as minister".
    Succeed,
}

impl OfficeVerb {
    fn read(cell: &str) -> Option<Self> {
        Some(match cell {
            "appoint" => Self::Appoint,
            "enter" => Self::Enter,
            "leave" => Self::Leave,
            "succeed" => Self::Succeed,
            _ => return None,
        })
    }
}

const OFFICE_VERBS: &str = include_str!("../../lexicons/office_verbs.csv");

/// Whether a word, as it stands in the text but in lower case, says this of somebody and an office.
///
/// ```
/// use newsgraph::lexicon::{OfficeVerb, is_office_verb};
/// assert!(is_office_verb("appointed", OfficeVerb::Appoint));
/// assert!(!is_office_verb("greeted", OfficeVerb::Appoint));
/// ```
pub fn is_office_verb(lower: &str, verb: OfficeVerb) -> bool {
    static VERBS: LazyLock<HashSet<(&'static str, OfficeVerb)>> = LazyLock::new(|| {
        super::rows(OFFICE_VERBS)
            .flat_map(|row| {
                super::values(row[1])
                    .filter_map(move |class| Some((row[0], OfficeVerb::read(class)?)))
            })
            .collect()
    });
    VERBS.contains(&(lower, verb))
}

/// What a word that no name has tells beside one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Epithet {
    /// The party of the person: "Republican Ida Lund".
    Party,
    /// What a headline says of the person: "Ida Lund Says".
    HeadlineVerb,
}

const EPITHETS: &str = include_str!("../../lexicons/name_epithets.csv");

/// What a lower-case word beside a name tells, where it is no part of it.
///
/// ```
/// use newsgraph::lexicon::{Epithet, epithet};
/// assert_eq!(epithet("republicans"), Some(Epithet::Party));
/// assert_eq!(epithet("lund"), None);
/// ```
pub fn epithet(lower: &str) -> Option<Epithet> {
    static WORDS: LazyLock<HashMap<&'static str, Epithet>> = LazyLock::new(|| {
        super::rows(EPITHETS)
            .filter_map(|row| Some((row[0], read_epithet(row[1])?)))
            .collect()
    });
    WORDS.get(lower).copied()
}

fn read_epithet(cell: &str) -> Option<Epithet> {
    Some(match cell {
        "party" => Epithet::Party,
        "headline verb" => Epithet::HeadlineVerb,
        _ => return None,
    })
}

/// Whether a title is of a city, district or state, so that a place before it is its body.
pub fn is_local_office(lower: &str) -> bool {
    let head = lower.rsplit(' ').next().unwrap_or(lower);
    matches!(
        head,
        "mayor"
            | "governor"
            | "prefect"
            | "councillor"
            | "councilor"
            | "councilman"
            | "councilwoman"
            | "alderman"
            | "sheriff"
            | "bishop"
            | "archbishop"
            | "premier"
    )
}

/// What a word before a title does to the role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModifierEffect {
    Status(RoleStatus),
    /// Belongs to the role: "deputy".
    Part,
    /// Says nothing of it: "veteran".
    Drop,
}

/// What this word before a title does to the role.
pub fn title_modifier(word: &str) -> Option<ModifierEffect> {
    Some(match modifier(word)? {
        Modifier::Current | Modifier::Drop => ModifierEffect::Drop,
        Modifier::Former => ModifierEffect::Status(RoleStatus::Former),
        Modifier::Acting => ModifierEffect::Status(RoleStatus::Acting),
        Modifier::Elect => ModifierEffect::Status(RoleStatus::Elect),
        Modifier::Candidate => ModifierEffect::Status(RoleStatus::Candidate),
        Modifier::Deceased => ModifierEffect::Status(RoleStatus::Deceased),
        Modifier::Part => ModifierEffect::Part,
    })
}

/// The country whose office a title is even where none is named: "secretary of state" without
/// more is that of the United States.
pub fn title_country(role: &str) -> Option<CountryCode> {
    static COUNTRIES: LazyLock<HashMap<&'static str, CountryCode>> = LazyLock::new(|| {
        super::rows(include_str!("../../lexicons/title_countries.csv"))
            .filter_map(|row| Some((row[0], row[1].parse().ok()?)))
            .collect()
    });
    COUNTRIES.get(role).copied()
}

/// Whether a country may have an office: no bare "prime minister" is one of the United States.
pub fn may_have_office(country: CountryCode, role: &str) -> bool {
    static MISSING: LazyLock<HashMap<CountryCode, Vec<&'static str>>> = LazyLock::new(|| {
        super::rows(include_str!("../../lexicons/governments.csv"))
            .filter_map(|row| Some((row[0].parse().ok()?, super::values(row[1]).collect())))
            .collect()
    });
    let lacks = |office: &&str| {
        role == *office
            || role.ends_with(*office) && !(*office == "president" && role.starts_with("vice"))
            || *office == "minister" && role.starts_with("minister ")
    };
    !MISSING
        .get(&country)
        .is_some_and(|offices| offices.iter().any(lacks))
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_table;
    use super::*;

    #[test]
    fn tables_are_sound() {
        for row in check_table(OFFICE_VERBS, 2) {
            assert!(
                super::super::values(row[1]).all(|class| OfficeVerb::read(class).is_some()),
                "{row:?}"
            );
        }
        for row in check_table(EPITHETS, 2) {
            assert!(read_epithet(row[1]).is_some(), "{row:?}");
        }
        check_table(include_str!("../../lexicons/capital_words.csv"), 1);
    }

    #[test]
    fn media() {
        for row in check_table(include_str!("../../lexicons/media.csv"), 3) {
            assert!(
                matches!(row[1], "message" | "occasion" | "channel"),
                "{row:?}"
            );
            let forms = super::super::values(row[2]);
            for form in std::iter::once(row[0]).chain(forms) {
                assert_eq!(form, form.to_lowercase());
                assert_eq!(medium_kind(form), medium_kind(row[0]));
            }
        }
        assert_eq!(medium_kind("tweets"), Some(MediumKind::Message));
        assert_eq!(medium_kind("Tweets"), None);
    }
}
