//! What speaks for and against an entity being a row of a table, and how much is left to doubt.
//!
//! Doubt starts with how well the names agree, and each thing that agrees leaves a share of it;
//! confidence is one minus doubt. The numbers are chosen so that of a person or a place no name
//! alone is enough, and that a name with its country or its office is.

use std::collections::BTreeSet;

use oxigraph::model::NamedNode;

use crate::fact::EntityKind;
use crate::graph::name::{BodyName, Given, Match, PersonName};
use crate::graph::name_key;
use crate::lexicon::{self, CountryCode, TitleKind};
use crate::store::Profile;

/// A row of a table, or an answer of a service: what an entity may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub iri: NamedNode,
    pub kind: EntityKind,
    pub label: String,
    pub aliases: Vec<String>,
    pub countries: BTreeSet<CountryCode>,
    pub description: String,
}

/// How well one candidate fits.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Judgement {
    /// It bears another name.
    Other,
    /// It bears the name, but is somebody else.
    Contradicted,
    Fits(Fit),
}

/// A candidate that fits, with what speaks for it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fit {
    /// From 0 to 1.
    pub doubt: f32,
    /// In words.
    pub evidence: Vec<String>,
    /// Whether the names are the same, letter for letter up to case and accents.
    pub is_same_name: bool,
}

/// Left of doubt by a country that agrees.
const COUNTRY: f32 = 0.4;
/// By a description with the title of a role.
const ROLE: f32 = 0.3;
/// By a description of somebody who may well hold the role: "politician".
const CALLING: f32 = 0.85;
/// What a description that knows none of a person's roles adds.
const OTHER_CALLING: f32 = 2.5;
/// By a description with the region of a place.
const REGION: f32 = 0.5;

/// Callings of those who hold an office.
const POLITICAL: [&str; 12] = [
    "politician",
    "statesman",
    "stateswoman",
    "diplomat",
    "official",
    "lawmaker",
    "legislator",
    "minister",
    "president",
    "senator",
    "leader",
    "monarch",
];
/// Words before a title that make it another one.
const DEPUTIES: [&str; 6] = ["vice", "deputy", "assistant", "shadow", "under", "acting"];

/// An entity as it is compared.
pub(super) struct Subject<'a> {
    profile: &'a Profile,
    persons: Vec<PersonName>,
    bodies: BTreeSet<String>,
    is_generic: bool,
    keys: BTreeSet<String>,
}

impl<'a> Subject<'a> {
    pub fn new(profile: &'a Profile) -> Self {
        let forms = || std::iter::once(&profile.name).chain(&profile.aliases);
        let is = |kind| profile.kind == kind;
        let persons = forms()
            .filter(|_| is(EntityKind::Person))
            .map(|form| PersonName::read(form))
            .filter(|name| !name.is_single())
            .collect();
        let bodies: Vec<BodyName> = forms()
            .filter(|_| is(EntityKind::Organization))
            .map(|form| BodyName::read(form))
            .collect();
        Self {
            profile,
            persons,
            is_generic: bodies.iter().any(|body| body.is_generic),
            bodies: bodies.into_iter().map(|body| body.key).collect(),
            keys: forms().map(|form| name_key(form)).collect(),
        }
    }

    /// Compares with one candidate.
    pub fn judge(&self, candidate: &Candidate) -> Judgement {
        if candidate.kind != self.profile.kind {
            return Judgement::Other;
        }
        let Some(mut fit) = self.name(candidate) else {
            return Judgement::Other;
        };
        let told = countries_of(candidate);
        let own = &self.profile.countries;
        if candidate.kind != EntityKind::Country && !own.is_empty() && !told.is_empty() {
            let Some(shared) = own.intersection(&told).next() else {
                return Judgement::Contradicted;
            };
            fit.doubt *= COUNTRY;
            fit.evidence.push(format!("country {}", shared.name()));
        }
        match candidate.kind {
            EntityKind::Person if self.is_contradicted(candidate) => {
                return Judgement::Contradicted;
            }
            EntityKind::Person => self.roles(candidate, &mut fit),
            EntityKind::Place => self.regions(candidate, &mut fit),
            _ => {}
        }
        fit.doubt = fit.doubt.min(1.0);
        Judgement::Fits(fit)
    }

    /// How well the names agree; `None`: they do not.
    fn name(&self, candidate: &Candidate) -> Option<Fit> {
        let fit = |doubt, words: &str, is_same_name| {
            Some(Fit {
                doubt,
                evidence: vec![words.to_owned()],
                is_same_name,
            })
        };
        let forms = || std::iter::once(&candidate.label).chain(&candidate.aliases);
        let is_same = forms().any(|form| self.keys.contains(&name_key(form)));
        match candidate.kind {
            EntityKind::Person => self.person(candidate),
            EntityKind::Organization => {
                let same = forms()
                    .map(|form| (form, BodyName::read(form)))
                    .find(|(_, body)| self.bodies.contains(&body.key));
                let (form, body) = same?;
                if self.is_generic || body.is_generic {
                    return fit(0.45, "a name that bodies of many countries bear", is_same);
                }
                if lexicon::organization_named(form).is_some() {
                    return fit(0.1, "a well-known body", is_same);
                }
                match body.key.contains('-') {
                    true => fit(0.18, "the same name", is_same),
                    false => fit(0.3, "the same single word", is_same),
                }
            }
            EntityKind::Place if is_same => fit(0.3, "the same name", true),
            EntityKind::Country => {
                let code = forms().find_map(|form| lexicon::country_named(form))?;
                let own = self.profile.countries.contains(&code);
                own.then(|| fit(0.01, "the same country", true))?
            }
            EntityKind::Place | EntityKind::Group => None,
        }
    }

    fn person(&self, candidate: &Candidate) -> Option<Fit> {
        let theirs = full_names(candidate);
        let pairs = self
            .persons
            .iter()
            .flat_map(|own| theirs.iter().filter_map(|other| own.matches(other)));
        let best = pairs.filter(|found| *found != Match::Family).min()?;
        // A family name alone has the same key too, and does not count.
        let forms = std::iter::once(&candidate.label).chain(&candidate.aliases);
        let is_same = best == Match::Spelling
            && forms
                .filter(|form| !PersonName::read(form).is_single())
                .any(|form| self.keys.contains(&name_key(form)));
        let (doubt, words) = match best {
            Match::Spelling if is_same => (0.25, "the same name"),
            Match::Spelling => (0.28, "the same name in another spelling"),
            Match::Variant => (0.4, "a variant of the given name"),
            Match::Middle => (0.35, "one leaves a middle name out"),
            Match::Initial | Match::Family => (0.55, "an initial for the given name"),
        };
        Some(Fit {
            doubt,
            evidence: vec![words.to_owned()],
            is_same_name: is_same,
        })
    }

    /// Whether the fullest names of one family name have middle names that are not one's. “Jr.”
    /// that one of them leaves out contradicts nothing, nor do names in other scripts.
    fn is_contradicted(&self, candidate: &Candidate) -> bool {
        let fullest = |names: &[PersonName], like: &PersonName| {
            let same = names
                .iter()
                .filter(|name| (&name.family, &name.suffix) == (&like.family, &like.suffix))
                .filter(|name| is_latin(name));
            same.max_by_key(|name| name.given.len()).cloned()
        };
        let theirs = full_names(candidate);
        self.persons.iter().any(|name| {
            let pair = fullest(&self.persons, name).zip(fullest(&theirs, name));
            pair.is_some_and(|(own, other)| own.matches(&other).is_none())
        })
    }

    fn roles(&self, candidate: &Candidate, fit: &mut Fit) {
        let roles = &self.profile.roles;
        if roles.is_empty() || candidate.description.trim().is_empty() {
            return;
        }
        let words: Vec<String> = candidate
            .description
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(name_key)
            .collect();
        if let Some(role) = roles.iter().find(|role| has_title(&words, role)) {
            fit.doubt *= ROLE;
            fit.evidence.push(format!("described as {role}"));
            return;
        }
        let is_office = |role: &String| {
            lexicon::title(role).is_some_and(|title| title.kind == TitleKind::Office)
        };
        let calling = POLITICAL
            .iter()
            .find(|calling| words.iter().any(|word| word == *calling));
        match calling.filter(|_| roles.iter().any(is_office)) {
            Some(calling) => {
                fit.doubt *= CALLING;
                fit.evidence.push(format!("described as {calling}"));
            }
            None => {
                fit.doubt *= OTHER_CALLING;
                fit.evidence.push("described as something else".to_owned());
            }
        }
    }

    fn regions(&self, candidate: &Candidate, fit: &mut Fit) {
        let description = format!("-{}-", name_key(&candidate.description));
        let region = self.profile.regions.iter().find(|region| {
            let key = name_key(region);
            description.contains(&format!("-{key}-"))
        });
        if let Some(region) = region {
            fit.doubt *= REGION;
            fit.evidence.push(format!("in {region}"));
        }
    }
}

/// Whether a name was written in Latin letters: keys of others end in a hash.
fn is_latin(name: &PersonName) -> bool {
    let is_plain = |given: &Given| !matches!(given, Given::Name(name) if name.contains('~'));
    !name.family.contains('~') && name.given.iter().all(is_plain)
}

/// The candidate's names of two words and more.
fn full_names(candidate: &Candidate) -> Vec<PersonName> {
    std::iter::once(&candidate.label)
        .chain(&candidate.aliases)
        .map(|form| PersonName::read(form))
        .filter(|name| !name.is_single())
        .collect()
}

/// The countries that a candidate's table gives, or its description names.
fn countries_of(candidate: &Candidate) -> BTreeSet<CountryCode> {
    if !candidate.countries.is_empty() {
        return candidate.countries.clone();
    }
    let words: Vec<&str> = candidate
        .description
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '\'' | '’' | '-'))
        .filter(|word| !word.is_empty())
        .collect();
    let mut countries = BTreeSet::new();
    for start in 0..words.len() {
        for length in (1..=3.min(words.len() - start)).rev() {
            let name = words[start..start + length].join(" ");
            let name = name.trim_end_matches('.');
            if let Some(country) = lexicon::country_named(name).or_else(|| lexicon::demonym(name)) {
                countries.insert(country);
                break;
            }
        }
    }
    countries
}

/// Whether a description has all words of a title, and not those of a deputy.
fn has_title(words: &[String], role: &str) -> bool {
    let key = name_key(role);
    let title: Vec<&str> = key
        .split('-')
        .filter(|word| !matches!(*word, "of" | "the" | "and" | "for"))
        .collect();
    let is_own = |at: usize| match at.checked_sub(1).map(|before| words[before].as_str()) {
        Some(before) => !DEPUTIES.contains(&before) || title.contains(&before),
        None => true,
    };
    let says = |part: &&str| {
        words
            .iter()
            .enumerate()
            .any(|(at, word)| word == part && is_own(at))
    };
    !title.is_empty() && title.iter().all(says)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::link) fn profile(name: &str, countries: &[&str], roles: &[&str]) -> Profile {
        Profile {
            entity: NamedNode::new_unchecked(format!(
                "https://n.example/person/{}",
                name_key(name)
            )),
            kind: EntityKind::Person,
            name: name.to_owned(),
            aliases: Vec::new(),
            countries: countries
                .iter()
                .filter_map(|code| code.parse().ok())
                .collect(),
            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
            regions: BTreeSet::new(),
        }
    }

    pub(in crate::link) fn row(
        n: usize,
        label: &str,
        country: &str,
        description: &str,
    ) -> Candidate {
        Candidate {
            iri: NamedNode::new_unchecked(format!("https://w.example/Q{n}")),
            kind: EntityKind::Person,
            label: label.to_owned(),
            aliases: Vec::new(),
            countries: country.parse().into_iter().collect(),
            description: description.to_owned(),
        }
    }

    fn confidence(profile: &Profile, row: &Candidate) -> Option<f32> {
        match Subject::new(profile).judge(row) {
            Judgement::Fits(fit) => Some(1.0 - fit.doubt),
            _ => None,
        }
    }

    fn links(profile: &Profile, row: &Candidate) -> bool {
        confidence(profile, row).is_some_and(|sure| sure >= 0.8)
    }

    #[test]
    fn a_name_needs_a_country_or_an_office() {
        let smith = row(1, "Ann Smith", "GB", "British politician");
        assert!(!links(&profile("Ann Smith", &[], &[]), &smith));
        assert!(links(&profile("Ann Smith", &["GB"], &[]), &smith));
        assert!(!links(&profile("Ann Smith", &["US"], &[]), &smith));
        assert!(!links(&profile("Ann Smith", &[], &["mayor"]), &smith));
        let mayor = row(2, "Ann Smith", "", "mayor of a town");
        assert!(links(&profile("Ann Smith", &[], &["mayor"]), &mayor));
    }

    #[test]
    fn spellings_are_one_name_and_initials_need_more() {
        let row = row(
            1,
            "Volodymyr Zelenskyy",
            "UA",
            "President of Ukraine since 2019",
        );
        assert!(links(&profile("Volodymyr Zelensky", &["UA"], &[]), &row));
        assert!(!links(&profile("V. Zelensky", &["UA"], &[]), &row));
        assert!(links(
            &profile("V. Zelensky", &["UA"], &["president"]),
            &row
        ));
        assert_eq!(
            confidence(&profile("Zelensky", &["UA"], &["president"]), &row),
            None
        );
    }

    #[test]
    fn another_calling_is_another_person() {
        let cricketer = row(1, "John Smith", "GB", "English cricketer");
        assert!(!links(
            &profile("John Smith", &["GB"], &["trade minister"]),
            &cricketer
        ));
        assert!(links(&profile("John Smith", &["GB"], &[]), &cricketer));
        let deputy = row(2, "John Smith", "", "deputy mayor of a town");
        assert!(!links(&profile("John Smith", &[], &["mayor"]), &deputy));
    }

    #[test]
    fn middle_names_that_differ_contradict() {
        let mut row = row(1, "John Paul Smith", "GB", "");
        row.aliases = vec!["John Smith".to_owned()];
        let mut profile = profile("John Robert Smith", &["GB"], &[]);
        profile.aliases = vec!["John Smith".to_owned()];
        assert_eq!(Subject::new(&profile).judge(&row), Judgement::Contradicted);
        row.label = "John Smith".to_owned();
        row.aliases = vec!["John Paul Smith Jr.".to_owned(), "约翰 史密斯".to_owned()];
        assert!(links(&profile, &row));
    }

    #[test]
    fn a_name_in_another_script_contradicts_nothing() {
        let mut row = row(1, "Xi Jinping", "CN", "");
        row.aliases = vec!["习近平".to_owned()];
        assert!(links(&profile("Xi Jinping", &["CN"], &[]), &row));
    }

    #[test]
    fn a_description_tells_the_country_too() {
        let told = |description| countries_of(&row(1, "A B", "", description));
        assert_eq!(told("German politician"), told("chancellor of Germany"));
        assert_eq!(
            told("South Korean novelist").first().map(|c| c.name()),
            Some("South Korea")
        );
        assert!(told("novelist and us pioneer").is_empty());
    }
}
