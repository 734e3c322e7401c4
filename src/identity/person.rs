//! Which persons of one family name are one.
//!
//! Full names first: the same letters up to transliteration are one person, unless country and role
//! contradict; short forms, middle names and initials need something in common, and only one who
//! fits. Then family names alone: each joins the only person who fits by role, country and company.

use std::collections::{BTreeMap, BTreeSet};

use super::entity::{Cluster, Features, Member, namesakes, parts};
use crate::fact::EntityKind;
use crate::graph::name::{Match, PersonName};
use crate::graph::record::EntityRecord;
use crate::graph::{article_of, name_key};
use crate::lexicon::{given_name, given_name_variant};

/// What a family name alone has to have in common with a person.
const ENOUGH: usize = 2;
/// People that two articles have in common who both name somebody by the family name alone.
const COMPANY: usize = 2;

/// A name as articles give it, with those who bear it.
struct Form<'a> {
    name: PersonName,
    members: Vec<&'a Member>,
}

/// A person so far: a cluster and its names.
struct Person<'a> {
    cluster: Cluster<'a>,
    names: Vec<PersonName>,
    /// Keys of the names.
    forms: BTreeSet<String>,
    label: String,
}

impl<'a> Person<'a> {
    fn absorb(&mut self, other: Self, why: Match) {
        let (label, mut cluster) = (&self.label, other.cluster);
        for (record, reason) in &mut cluster.members {
            reason.get_or_insert_with(|| because(why, &record.name, label));
        }
        self.cluster.absorb(cluster);
        self.names.extend(other.names);
        self.forms.extend(other.forms);
    }

    fn matches(&self, other: &Self) -> Option<Match> {
        let mut worst = None;
        for a in &self.names {
            for b in &other.names {
                worst = worst.max(Some(a.matches(b)?));
            }
        }
        worst
    }
}

/// Why a name stands for a person of another.
fn because(why: Match, name: &str, of: &str) -> String {
    match why {
        Match::Spelling => format!("“{name}” is a spelling of “{of}”"),
        Match::Variant => format!("“{name}” is a form of “{of}”"),
        Match::Middle => format!("“{name}” and “{of}” differ in a middle name only"),
        Match::Initial => format!("“{name}” and “{of}” differ in initials only"),
        Match::Family => format!("“{name}” is the family name of “{of}”"),
    }
}

/// What two have in common: the office most, then the country and the people around.
fn support(a: &Features, b: &Features) -> usize {
    let shares_role = !a.roles.is_disjoint(&b.roles);
    let shares_country = !a.countries.is_disjoint(&b.countries);
    3 * usize::from(shares_role) + usize::from(shares_country) + a.company_with(b).min(3)
}

/// The persons of one family name. `members` are sorted.
pub(super) fn clusters<'a>(members: &[&'a Member]) -> Vec<Cluster<'a>> {
    let mut forms: BTreeMap<String, Form<'a>> = BTreeMap::new();
    for member in members {
        forms
            .entry(name_key(&member.0.name))
            .or_insert_with(|| Form {
                name: PersonName::read(&member.0.name),
                members: Vec::new(),
            })
            .members
            .push(member);
    }
    let (single, full): (Vec<_>, Vec<_>) = forms
        .into_iter()
        .partition(|(_, form)| form.name.is_single());
    let mut persons: Vec<Person<'a>> = Vec::new();
    for (key, form) in full {
        for cluster in namesakes(&form.members, EntityKind::Person) {
            let label = best_name(&cluster);
            persons.push(Person {
                cluster,
                names: vec![form.name.clone()],
                forms: BTreeSet::from([key.clone()]),
                label,
            });
        }
    }
    let persons = join(persons, |why, _, _| why == Match::Spelling);
    let persons = join_supported(persons);
    let is_alone = persons.is_empty();
    let (mut clusters, left) =
        join_singles(persons, single.into_iter().map(|(_, form)| form).collect());
    clusters.extend(singles(&left, is_alone));
    clusters
}

/// Joins persons whose names go together as asked, the most reported first.
fn join<'a>(
    mut persons: Vec<Person<'a>>,
    is_asked: impl Fn(Match, &Features, &Features) -> bool,
) -> Vec<Person<'a>> {
    persons.sort_by_key(|person| std::cmp::Reverse(person.cluster.members.len()));
    let mut joined: Vec<Person<'a>> = Vec::new();
    for person in persons {
        let found = joined.iter().position(|known| {
            let (a, b) = (&known.cluster.features, &person.cluster.features);
            // Namesakes were told apart before.
            known.forms.is_disjoint(&person.forms)
                && known
                    .matches(&person)
                    .is_some_and(|why| is_asked(why, a, b))
                && !a.contradicts(b, EntityKind::Person)
        });
        match found {
            Some(at) => joined[at].absorb(person, Match::Spelling),
            None => joined.push(person),
        }
    }
    joined
}

/// Joins a name to the one person it leaves open, where something else speaks for it too.
fn join_supported(mut persons: Vec<Person<'_>>) -> Vec<Person<'_>> {
    persons.sort_by_key(|person| std::cmp::Reverse(person.cluster.members.len()));
    // From the names that say least, so that what they join is still to be joined on.
    for level in [Match::Variant, Match::Middle, Match::Initial] {
        let mut at = persons.len();
        while at > 0 {
            at -= 1;
            let Some(to) = only_fit(&persons, at, level) else {
                continue;
            };
            let person = persons.remove(at);
            persons[to].absorb(person, level);
        }
    }
    persons
}

/// The one person that the person `at` can be by their names, if what they have in common says so.
fn only_fit(persons: &[Person<'_>], at: usize, level: Match) -> Option<usize> {
    let own = &persons[at];
    let fits: Vec<(usize, usize)> = (0..persons.len())
        .filter(|&i| i != at)
        .filter_map(|i| {
            let other = &persons[i];
            let why = own.matches(other).filter(|why| *why <= level)?;
            let (a, b) = (&own.cluster.features, &other.cluster.features);
            (why > Match::Spelling && !a.contradicts(b, EntityKind::Person))
                .then(|| (support(a, b), i))
        })
        .collect();
    let best = fits
        .iter()
        .map(|(support, _)| *support)
        .max()
        .filter(|&best| best > 0)?;
    let mut found = fits.iter().filter(|(support, _)| *support == best);
    let (_, to) = found.next()?;
    // Earlier persons are more reported; joining them to a later one is the later one's turn.
    (found.next().is_none() && *to < at).then_some(*to)
}

/// Joins family names that stand alone, each to the only person who fits.
fn join_singles<'a>(
    persons: Vec<Person<'a>>,
    forms: Vec<Form<'a>>,
) -> (Vec<Cluster<'a>>, Vec<&'a Member>) {
    let mut left = Vec::new();
    let called: Vec<usize> = persons
        .iter()
        .map(|person| called_by_family(&person.cluster))
        .collect();
    let most_called = called.iter().copied().max().unwrap_or(0);
    let articles: Vec<BTreeSet<_>> = persons
        .iter()
        .map(|p| {
            p.cluster
                .members
                .iter()
                .map(|(r, _)| article_of(&r.node))
                .collect()
        })
        .collect();
    let mut joins: Vec<Vec<(&'a EntityRecord, Option<String>)>> = vec![Vec::new(); persons.len()];
    for (member, is_son) in forms.into_iter().flat_map(|form| {
        let is_son = form.name.suffix.is_some();
        form.members.into_iter().map(move |member| (member, is_son))
    }) {
        let (record, features) = member;
        let article = article_of(&record.node);
        let is_given = is_weak(&name_key(&record.name));
        let mut fits: Vec<(usize, usize)> = Vec::new();
        for (i, person) in persons.iter().enumerate() {
            let other = &person.cluster.features;
            // The article itself names that person otherwise.
            let is_another = articles[i].contains(&article)
                || is_son
                || features.contradicts(other, EntityKind::Person)
                || is_other_office(features, other)
                || is_given && !features.shares_with(other);
            if !is_another {
                let is_called = called[i] > 0 && called[i] == most_called;
                fits.push((support(features, other) + usize::from(is_called), i));
            }
        }
        fits.sort_unstable_by(|a, b| b.cmp(a));
        match fits.as_slice() {
            [(best, i)] if *best >= ENOUGH => {
                joins[*i].push((record, Some(why_family(record, features, &persons[*i]))))
            }
            [(best, i), (second, _), ..] if *best >= ENOUGH && best > second => {
                joins[*i].push((record, Some(why_family(record, features, &persons[*i]))));
            }
            _ => left.push(member),
        }
    }
    let clusters = persons
        .into_iter()
        .zip(joins)
        .map(|(person, joins)| {
            let mut cluster = person.cluster;
            cluster.members.extend(joins);
            cluster
        })
        .collect();
    (clusters, left)
}

/// Whether a name that stands alone tells little: a given name, or the rest of a longer one.
fn is_weak(key: &str) -> bool {
    key.len() < 3 || given_name(key).is_some() || given_name_variant(key).is_some()
}

/// Both are known to hold offices, and no office is the same: "First Lady Carter" is not the
/// president.
fn is_other_office(a: &Features, b: &Features) -> bool {
    !a.roles.is_empty() && !b.roles.is_empty() && a.roles.is_disjoint(&b.roles)
}

/// The number of articles that also call the person by the family name alone.
fn called_by_family(cluster: &Cluster<'_>) -> usize {
    let is_family = |alias: &String| !alias.contains(' ');
    cluster
        .members
        .iter()
        .filter(|(record, _)| record.aliases.iter().any(is_family))
        .count()
}

fn why_family(record: &EntityRecord, features: &Features, person: &Person<'_>) -> String {
    let other = &person.cluster.features;
    let mut common: Vec<String> = Vec::new();
    common.extend(
        features
            .roles
            .intersection(&other.roles)
            .take(1)
            .map(|role| role.replace('-', " ")),
    );
    common.extend(
        features
            .countries
            .intersection(&other.countries)
            .take(1)
            .map(|c| c.name().to_owned()),
    );
    match features.company_with(other) {
        0 => {}
        1 => common.push("one person in common".to_owned()),
        n => common.push(format!("{n} people in common")),
    }
    if common.is_empty() {
        common.push("often called so".to_owned());
    }
    format!(
        "{}: the only one who fits ({})",
        because(Match::Family, &record.name, &person.label),
        common.join(", ")
    )
}

/// Single names that no full name fits. A name that stands alone everywhere is a full name of its
/// own; a family or given name needs more in common.
fn singles<'a>(members: &[&'a Member], is_alone: bool) -> Vec<Cluster<'a>> {
    let mut forms: BTreeMap<String, Vec<&'a Member>> = BTreeMap::new();
    for member in members {
        forms
            .entry(name_key(&member.0.name))
            .or_default()
            .push(member);
    }
    let mut clusters = Vec::new();
    for (key, members) in forms {
        if is_alone && !is_weak(&key) {
            clusters.extend(namesakes(&members, EntityKind::Person));
            continue;
        }
        // People with one given name have much company in common.
        let is_given = is_weak(&key);
        let is_one = |a: &Features, b: &Features| {
            !a.roles.is_disjoint(&b.roles) && !a.contradicts(b, EntityKind::Person)
                || !is_given && a.company_with(b) >= COMPANY && !is_other_office(a, b)
        };
        clusters.extend(parts(&members, is_one).into_iter().map(|mut cluster| {
            cluster.is_unknown = cluster.features.is_empty();
            cluster
        }));
    }
    clusters
}

/// The name as most articles write it; of equals the last of the alphabet, where accents are.
fn best_name(cluster: &Cluster<'_>) -> String {
    let mut count: BTreeMap<&String, usize> = BTreeMap::new();
    for (record, _) in &cluster.members {
        *count.entry(&record.name).or_default() += 1;
    }
    let best = count.into_iter().max_by_key(|(_, n)| *n);
    best.map(|(name, _)| name.clone()).unwrap_or_default()
}

/// The key of the name that most articles use in full; of equals the first of the alphabet.
pub(super) fn best_key(cluster: &Cluster<'_>) -> String {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for (record, _) in &cluster.members {
        *count.entry(name_key(&record.name)).or_default() += 1;
    }
    let is_full = |key: &String| key.contains('-');
    let has_full = count.keys().any(is_full);
    count
        .into_iter()
        .filter(|(key, _)| !has_full || is_full(key))
        .max_by(|(a, n), (b, m)| n.cmp(m).then_with(|| b.cmp(a)))
        .map(|(key, _)| key)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::entity::tests::{iris, named};

    #[test]
    fn spellings_of_one_name_are_one_person() {
        let members = [
            named(1, "Petro Olenskyy", "UA", "president", &[]),
            named(2, "Petro Olenskiy", "", "", &[]),
            named(3, "Petro Olenskyy", "", "", &[]),
            named(4, "Petro Olenska", "", "", &[]),
        ];
        let olenskyy = "person/petro-olenskyy";
        assert_eq!(
            iris(&members),
            [olenskyy, olenskyy, olenskyy, "person/petro-olenska"]
        );
    }

    #[test]
    fn a_family_name_joins_the_only_one_who_fits() {
        let members = [
            named(1, "Ann Carter", "US", "president", &["Bo Ray"]),
            named(2, "Cy Carter", "US", "first-gentleman", &["Bo Ray"]),
            named(3, "Carter", "US", "president", &[]),
            named(4, "Carter", "", "", &[]),
        ];
        assert_eq!(
            iris(&members),
            [
                "person/ann-carter",
                "person/cy-carter",
                "person/ann-carter",
                "person/carter"
            ]
        );
        // The people around can be enough; one of them is not.
        let members = [
            named(1, "Ann Carter", "", "", &["Bo Ray", "Di Low"]),
            named(2, "Carter", "", "", &["Bo Ray", "Di Low"]),
            named(3, "Carter", "", "", &["Di Low"]),
        ];
        assert_eq!(
            iris(&members),
            ["person/ann-carter", "person/ann-carter", "person/carter"]
        );
    }

    #[test]
    fn short_forms_and_initials_need_something_in_common() {
        let members = [
            named(1, "Robert Carter", "GB", "mayor", &[]),
            named(2, "Bob Carter", "GB", "", &[]),
            named(3, "R. Carter", "", "mayor", &[]),
            named(4, "Bob Carter", "GB", "", &[]),
            named(5, "Rita Carter", "GB", "", &[]),
        ];
        let one = iris(&members);
        assert!(one[..4].iter().all(|iri| *iri == one[0]), "{one:?}");
        let members = [
            named(1, "Robert Carter", "", "", &[]),
            named(2, "R. Carter", "", "", &[]),
        ];
        assert_eq!(iris(&members), ["person/robert-carter", "person/r-carter"]);
    }

    #[test]
    fn a_son_is_not_his_father() {
        let members = [
            named(1, "Ann Carter", "US", "president", &[]),
            named(2, "Ann Carter Jr.", "US", "president", &[]),
        ];
        assert_eq!(
            iris(&members),
            ["person/ann-carter", "person/ann-carter-jr"]
        );
    }

    #[test]
    fn single_names_stay_apart_where_nothing_joins_them() {
        // A name that stands alone everywhere is a name of its own.
        let members = [
            named(1, "Pelanda", "", "", &[]),
            named(2, "Pelanda", "", "", &[]),
        ];
        assert_eq!(iris(&members), ["person/pelanda"; 2]);
        let members = [
            named(1, "Maria", "", "", &[]),
            named(2, "Maria", "", "", &[]),
        ];
        let two = iris(&members);
        assert_ne!(two[0], two[1]);
    }
}
