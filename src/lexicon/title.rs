//! Titles that people bear: offices, ranks, occupations, royal titles, forms of address; and the
//! words around them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::noun_key;

const TITLES: &str = include_str!("../../lexicons/titles.csv");
const PORTFOLIOS: &str = include_str!("../../lexicons/portfolios.csv");
const MODIFIERS: &str = include_str!("../../lexicons/modifiers.csv");

/// Grammatical gender of the person that a word names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gender {
    Male,
    Female,
    /// Borne by women and men.
    Either,
}

impl Gender {
    pub(super) fn read(cell: &str) -> Option<Self> {
        match cell {
            "m" => Some(Self::Male),
            "f" => Some(Self::Female),
            "u" => Some(Self::Either),
            _ => None,
        }
    }
}

/// What kind of title it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TitleKind {
    /// A post in a state, body or company: "foreign minister", "chairman".
    Office,
    /// What someone does: "farmer", "analyst".
    Occupation,
    /// Of armed forces and police: "general", "inspector".
    Rank,
    /// Of monarchs, their houses and nobility: "king", "crown prince".
    Royal,
    /// A form of address that is no role: "Mr", "Dr", "Sheikh".
    Honorific,
}

/// What a bare country or demonym before the title says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TitleScope {
    /// The office is the state's: "German chancellor".
    National,
    /// The office is of some body, which may be in that country: "German chairman".
    Body,
    /// The person is of that country: "German actor".
    Any,
}

/// A title, singular and in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    pub name: Cow<'static, str>,
    pub kind: TitleKind,
    pub scope: TitleScope,
    /// Known where the word itself tells: "spokeswoman", "king".
    pub gender: Option<Gender>,
    /// Whether the form looked up is a plural.
    pub plural: bool,
}

struct Row {
    name: &'static str,
    kind: TitleKind,
    scope: TitleScope,
    gender: Option<Gender>,
}

struct Titles {
    rows: Vec<Row>,
    /// [`noun_key`] of the singular and plural to the row and whether it is the plural.
    forms: HashMap<String, (usize, bool)>,
    /// As written: "Gen.", "CEO".
    abbreviations: HashMap<&'static str, usize>,
    /// Plurals of abbreviations: "Sens.".
    plural_abbreviations: HashMap<String, usize>,
    /// Words that can end an unlisted title, singular and plural, to whether it is the plural.
    heads: HashMap<String, (usize, bool)>,
}

static TABLE: LazyLock<Titles> = LazyLock::new(|| {
    let mut table = Titles {
        rows: Vec::new(),
        forms: HashMap::new(),
        abbreviations: HashMap::new(),
        plural_abbreviations: HashMap::new(),
        heads: HashMap::new(),
    };
    for row in super::rows(TITLES) {
        let Some((kind, scope)) = kind(row[2]).zip(scope(row[4])) else {
            continue;
        };
        let at = table.rows.len();
        let singular = noun_key(row[0]);
        let plural = if row[1].is_empty() {
            plural(&singular)
        } else {
            noun_key(row[1])
        };
        if row[5] == "yes" {
            table.heads.insert(plural.clone(), (at, true));
            table.heads.insert(singular.clone(), (at, false));
        }
        if kind != TitleKind::Honorific {
            table.forms.entry(plural).or_insert((at, true));
        }
        table.forms.insert(singular, (at, false));
        for short in super::values(row[6]) {
            table.abbreviations.insert(short, at);
            if let Some(stem) = short.strip_suffix('.').filter(|s| takes_plural(s, kind)) {
                table.plural_abbreviations.insert(format!("{stem}s."), at);
            }
        }
        table.rows.push(Row {
            name: row[0],
            kind,
            scope,
            gender: Gender::read(row[3]),
        });
    }
    table
});

/// Whether an abbreviation without its full stop has a plural of its own: "Sen", not "Dr", "Lt".
fn takes_plural(stem: &str, kind: TitleKind) -> bool {
    kind != TitleKind::Honorific
        && stem.len() >= 3
        && stem.ends_with(char::is_lowercase)
        && stem.chars().all(char::is_alphabetic)
}

fn kind(cell: &str) -> Option<TitleKind> {
    Some(match cell {
        "office" => TitleKind::Office,
        "occupation" => TitleKind::Occupation,
        "rank" => TitleKind::Rank,
        "royal" => TitleKind::Royal,
        "honorific" => TitleKind::Honorific,
        _ => return None,
    })
}

fn scope(cell: &str) -> Option<TitleScope> {
    Some(match cell {
        "national" => TitleScope::National,
        "body" => TitleScope::Body,
        "any" => TitleScope::Any,
        _ => return None,
    })
}

/// The regular plural: of the word before the first preposition, else of the last.
fn plural(singular: &str) -> String {
    let words: Vec<&str> = singular.split(' ').collect();
    let head = words
        .iter()
        .skip(1)
        .position(|w| {
            matches!(
                *w,
                "of" | "for" | "in" | "at" | "to" | "without" | "and" | "on"
            )
        })
        .unwrap_or(words.len() - 1);
    let word = words[head];
    let formed = match word.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if word.ends_with(['s', 'x', 'z']) || word.ends_with("ch") || word.ends_with("sh") => {
            format!("{word}es")
        }
        _ => format!("{word}s"),
    };
    let mut plural: Vec<&str> = words;
    plural[head] = &formed;
    plural.join(" ")
}

impl Titles {
    fn title(&self, (at, plural): (usize, bool)) -> Title {
        let row = &self.rows[at];
        Title {
            name: row.name.into(),
            kind: row.kind,
            scope: row.scope,
            gender: row.gender,
            plural,
        }
    }
}

/// Every form of every listed title (singular, plural, abbreviation) with its title.
pub fn title_forms() -> impl Iterator<Item = (&'static str, Title)> {
    let forms = TABLE
        .forms
        .iter()
        .map(|(form, found)| (form.as_str(), TABLE.title(*found)));
    let short = TABLE
        .abbreviations
        .iter()
        .map(|(form, at)| (*form, TABLE.title((*at, false))));
    let shorts = TABLE
        .plural_abbreviations
        .iter()
        .map(|(form, at)| (form.as_str(), TABLE.title((*at, true))));
    forms.chain(short).chain(shorts)
}

/// The title that these words are: listed, or made of a head and a portfolio ("deputy minister
/// for oil and gas"). Case, hyphens and number do not count; abbreviations count as written.
///
/// Words of status and praise do not belong to a title: take them off with [`modifier`].
///
/// ```
/// use newsgraph::lexicon::title;
/// assert_eq!(title("Vice-President").unwrap().name, "vice president");
/// assert_eq!(title("Gen.").unwrap().name, "general");
/// assert_eq!(title("Deputy Oil Minister").unwrap().name, "deputy oil minister");
/// assert_eq!(title("former president"), None);
/// ```
pub fn title(words: &str) -> Option<Title> {
    if let Some(at) = TABLE.plural_abbreviations.get(words.trim()) {
        return Some(TABLE.title((*at, true)));
    }
    if let Some(at) = TABLE.abbreviations.get(words.trim()) {
        return Some(TABLE.title((*at, false)));
    }
    let key = noun_key(words);
    if let Some(found) = TABLE.forms.get(&key) {
        return Some(TABLE.title(*found));
    }
    ministerial(&key)
}

/// Seniority that may stand before the title of a minister or secretary.
const DEPUTIES: &[&str] = &[
    "first deputy",
    "deputy",
    "vice",
    "assistant",
    "junior",
    "shadow",
    "state",
    "union",
    "federal",
];

/// Titles of ministers and secretaries whose portfolio is in the table.
fn ministerial(key: &str) -> Option<Title> {
    let (deputy, rest) = DEPUTIES
        .iter()
        .find_map(|d| {
            key.strip_prefix(d)?
                .strip_prefix(' ')
                .map(|rest| (*d, rest))
        })
        .unwrap_or(("", key));
    let (head, plural, portfolio_first, portfolio) = HEADS.iter().find_map(|(one, many)| {
        for (form, plural) in [(*one, false), (*many, true)] {
            if let Some(portfolio) = rest.strip_suffix(form).and_then(|p| p.strip_suffix(' ')) {
                return Some((*one, plural, true, portfolio));
            }
            let after = rest.strip_prefix(form).and_then(|r| r.strip_prefix(' '));
            if let Some(portfolio) = after.and_then(|r| {
                r.strip_prefix("of ")
                    .or_else(|| r.strip_prefix("for "))
                    .or(r.strip_prefix("in charge of "))
            }) {
                return Some((*one, plural, false, portfolio));
            }
        }
        None
    })?;
    if !is_portfolio(portfolio) {
        return None;
    }
    let singular = match plural {
        false => key.to_owned(),
        true if portfolio_first => [deputy, portfolio, head].join(" ").trim().to_owned(),
        true => {
            let link = rest.split(' ').nth(head.split(' ').count()).unwrap_or("of");
            [deputy, head, link, portfolio].join(" ").trim().to_owned()
        }
    };
    Some(Title {
        name: singular.into(),
        kind: TitleKind::Office,
        scope: TitleScope::National,
        gender: None,
        plural,
    })
}

/// Heads that take a portfolio, longest first, singular and plural.
const HEADS: &[(&str, &str)] = &[
    (
        "parliamentary under secretary of state",
        "parliamentary under secretaries of state",
    ),
    ("parliamentary secretary", "parliamentary secretaries"),
    ("secretary of state", "secretaries of state"),
    ("minister of state", "ministers of state"),
    ("state minister", "state ministers"),
    ("under secretary", "under secretaries"),
    ("undersecretary", "undersecretaries"),
    ("state secretary", "state secretaries"),
    ("secretary", "secretaries"),
    ("minister", "ministers"),
    ("commissioner", "commissioners"),
    ("spokesperson", "spokespeople"),
];

/// Whether these words are a field of government: "foreign affairs", "oil and gas".
pub fn is_portfolio(words: &str) -> bool {
    static FIELDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
        super::rows(PORTFOLIOS)
            .map(|row| noun_key(row[0]))
            .collect()
    });
    let key = noun_key(words);
    let key = key.strip_prefix("the ").unwrap_or(&key);
    FIELDS.contains(key)
        || key
            .split_once(" and ")
            .is_some_and(|(a, b)| FIELDS.contains(a) && FIELDS.contains(b))
}

/// Whether a title that is not listed can end in this word: "adviser" in "budget adviser".
pub fn is_title_head(word: &str) -> bool {
    title_head(word).is_some()
}

/// The title that the head of an unlisted title is by itself.
pub fn title_head(word: &str) -> Option<Title> {
    TABLE
        .heads
        .get(&noun_key(word))
        .map(|found| TABLE.title(*found))
}

/// What a word before a title says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modifier {
    /// Holds it now: "outgoing", "sitting".
    Current,
    /// Held it: "former", "ex", "then", "ousted".
    Former,
    /// "acting", "interim", "caretaker".
    Acting,
    /// "incoming".
    Elect,
    /// "would-be".
    Candidate,
    /// "late", "slain".
    Deceased,
    /// Belongs to the title: "deputy", "senior".
    Part,
    /// Says nothing of the role: "veteran", "embattled".
    Drop,
}

/// What this word says of the title after it. Case and hyphens do not count.
pub fn modifier(word: &str) -> Option<Modifier> {
    static WORDS: LazyLock<HashMap<String, Modifier>> = LazyLock::new(|| {
        super::rows(MODIFIERS)
            .filter_map(|row| Some((noun_key(row[0]), read_modifier(row[1])?)))
            .collect()
    });
    WORDS.get(&noun_key(word)).copied()
}

fn read_modifier(cell: &str) -> Option<Modifier> {
    Some(match cell {
        "current" => Modifier::Current,
        "former" => Modifier::Former,
        "acting" => Modifier::Acting,
        "elect" => Modifier::Elect,
        "candidate" => Modifier::Candidate,
        "deceased" => Modifier::Deceased,
        "part" => Modifier::Part,
        "drop" => Modifier::Drop,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_table;
    use super::*;

    /// Read by the training of the model, which learns that relatives are no titles.
    const KINSHIP: &str = include_str!("../../lexicons/kinship.csv");

    #[test]
    fn tables_are_sound() {
        for row in check_table(TITLES, 7) {
            assert_eq!(row[0], row[0].to_lowercase(), "{row:?}");
            assert!(kind(row[2]).is_some() && scope(row[4]).is_some(), "{row:?}");
            assert!(matches!(row[3], "" | "m" | "f"), "{row:?}");
            assert!(matches!(row[5], "" | "yes"), "{row:?}");
        }
        for row in check_table(PORTFOLIOS, 1) {
            assert_eq!(row[0], row[0].to_lowercase());
        }
        for row in check_table(MODIFIERS, 2) {
            assert!(read_modifier(row[1]).is_some(), "{row:?}");
        }
        for row in check_table(KINSHIP, 3) {
            assert!(
                matches!(row[2], "" | "m" | "f") && !row[1].is_empty(),
                "{row:?}"
            );
            assert!(
                !TABLE.forms.contains_key(&noun_key(row[0])),
                "{} is a title",
                row[0]
            );
        }
    }

    #[test]
    fn no_title_twice_and_no_abbreviation_of_two() {
        let mut keys: Vec<String> = TABLE.rows.iter().map(|row| noun_key(row.name)).collect();
        keys.sort_unstable();
        assert!(
            keys.windows(2).all(|w| w[0] != w[1]),
            "{:?}",
            keys.windows(2).find(|w| w[0] == w[1])
        );
        let mut shorts: Vec<&str> = super::super::rows(TITLES)
            .flat_map(|row| super::super::values(row[6]))
            .collect();
        shorts.sort_unstable();
        assert!(shorts.windows(2).all(|w| w[0] != w[1]));
    }

    #[test]
    fn titles_in_every_form() {
        for (text, name, plural) in [
            ("Attorneys General", "attorney general", true),
            ("secretary general", "secretary-general", false),
            ("spokesmen", "spokesman", true),
            ("Members of Parliament", "member of parliament", true),
            ("foreign ministers", "foreign minister", true),
            ("Ministers of Oil and Gas", "minister of oil and gas", true),
            ("Minister for Women", "minister for women", false),
            (
                "Deputy Minister of Ports and Fisheries",
                "deputy minister of ports and fisheries",
                false,
            ),
            ("CEO", "ceo", false),
            ("Sens.", "senator", true),
        ] {
            let title = title(text).unwrap_or_else(|| panic!("{text} is no title"));
            assert_eq!(
                (title.name.as_ref(), title.plural),
                (name, plural),
                "{text}"
            );
        }
        for text in [
            "survivor",
            "suspect",
            "wife",
            "minister of silly walks",
            "pm",
            "former",
        ] {
            assert_eq!(title(text), None, "{text}");
        }
    }

    #[test]
    fn what_stands_before_a_title() {
        assert_eq!(modifier("ex"), Some(Modifier::Former));
        assert_eq!(modifier("Long-time"), Some(Modifier::Drop));
        assert_eq!(modifier("Acting"), Some(Modifier::Acting));
        assert_eq!(modifier("purple"), None);
    }
}
