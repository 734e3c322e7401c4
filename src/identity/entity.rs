//! Which entities of one block are one. A block holds what can be one at all: persons of one family
//! name, bodies of one key, places of one name. Every decision is a function of the block's set.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::NamedNode;

use super::person;
use crate::fact::EntityKind;
use crate::graph::name::BodyName;
use crate::graph::record::EntityRecord;
use crate::graph::{Base, article_of, digest, name_key};
use crate::lexicon::CountryCode;

/// Hexadecimal digits that tell things apart of which nothing else is known.
const DIGITS: usize = 8;
/// People in common that outweigh a country and a role that differ: one of them was misread.
const CIRCLE: usize = 3;
/// How many times larger than all others a part is, to take in those of which nothing is known.
const DOMINANT: usize = 3;

/// What tells entities of one name apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Features {
    pub countries: BTreeSet<CountryCode>,
    /// Keys of role titles.
    pub roles: BTreeSet<String>,
    /// The other people whom the article names in full, by the digest of their names' keys.
    pub company: BTreeSet<u64>,
}

impl Features {
    pub fn is_empty(&self) -> bool {
        self.countries.is_empty() && self.roles.is_empty()
    }

    pub fn shares_with(&self, other: &Self) -> bool {
        !self.countries.is_disjoint(&other.countries) || !self.roles.is_disjoint(&other.roles)
    }

    /// Known to be different: for a person, two countries could be a slip of the pen where the
    /// role is the same.
    pub fn contradicts(&self, other: &Self, kind: EntityKind) -> bool {
        let differ = |a: bool, b: bool, disjoint: bool| !a && !b && disjoint;
        let countries = differ(
            self.countries.is_empty(),
            other.countries.is_empty(),
            self.countries.is_disjoint(&other.countries),
        );
        let roles = differ(
            self.roles.is_empty(),
            other.roles.is_empty(),
            self.roles.is_disjoint(&other.roles),
        );
        countries && (kind != EntityKind::Person || roles && self.company_with(other) < CIRCLE)
    }

    /// How many people both are named with.
    pub fn company_with(&self, other: &Self) -> usize {
        let (few, many) = match self.company.len() <= other.company.len() {
            true => (&self.company, &other.company),
            false => (&other.company, &self.company),
        };
        few.iter().filter(|key| many.contains(*key)).count()
    }

    pub fn absorb(&mut self, mut other: Self) {
        if self.company.len() < other.company.len() {
            std::mem::swap(&mut self.company, &mut other.company);
        }
        self.countries.extend(other.countries);
        self.roles.extend(other.roles);
        self.company.extend(other.company);
    }

    /// What a namesake's IRI is told apart by.
    fn part(&self) -> Option<String> {
        let country = self.countries.first().map(CountryCode::to_string);
        country.or_else(|| self.roles.first().cloned())
    }
}

/// A key as a number, so that large sets of keys are compared fast (FNV-1a).
pub(super) fn number(key: &str) -> u64 {
    key.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// An entity of an article with what tells it apart.
pub(super) type Member = (EntityRecord, Features);

/// What the entities of a block stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Assignment {
    /// Each with the reason, where it is another than the name.
    pub links: BTreeMap<NamedNode, (NamedNode, Option<String>)>,
    /// IRIs that a canonical entity would have under another of its names.
    pub same_as: BTreeMap<NamedNode, BTreeSet<NamedNode>>,
    /// IRIs that an entity would have by one of its names, were it not for namesakes.
    pub split_from: BTreeMap<NamedNode, BTreeSet<NamedNode>>,
}

impl Assignment {
    /// The canonical entity that has this IRI, or would have it under another of its names.
    pub fn named(&self, iri: &NamedNode) -> Option<NamedNode> {
        if self.same_as.contains_key(iri) {
            return Some(iri.clone());
        }
        let mut others = self.same_as.iter();
        others
            .find(|(_, names)| names.contains(iri))
            .map(|(entity, _)| entity.clone())
    }

    /// Makes two entities one, which keeps the first one's IRI.
    pub fn merge(&mut self, into: &NamedNode, other: &NamedNode, reason: &str) {
        for (iri, why) in self.links.values_mut().filter(|(iri, _)| iri == other) {
            *iri = into.clone();
            *why = Some(reason.to_owned());
        }
        let names = self.same_as.remove(other).unwrap_or_default();
        let own = self.same_as.entry(into.clone()).or_default();
        own.extend(names);
        own.insert(other.clone());
        let shared = self.split_from.remove(other).unwrap_or_default();
        self.split_from
            .entry(into.clone())
            .or_default()
            .extend(shared);
    }

    /// Takes the entities of another block in.
    pub fn extend(&mut self, other: Self) {
        self.links.extend(other.links);
        for (iri, names) in other.same_as {
            self.same_as.entry(iri).or_default().extend(names);
        }
        for (iri, shared) in other.split_from {
            self.split_from.entry(iri).or_default().extend(shared);
        }
    }
}

/// One thing of a block: its members with the reason why each belongs to it.
#[derive(Clone, Debug, Default)]
pub(super) struct Cluster<'a> {
    pub features: Features,
    pub members: Vec<(&'a EntityRecord, Option<String>)>,
    /// Nothing tells what it is: its IRI is not to be anything's but its own.
    pub is_unknown: bool,
}

impl<'a> Cluster<'a> {
    pub fn new((record, features): &'a Member) -> Self {
        Self {
            features: features.clone(),
            members: vec![(record, None)],
            is_unknown: false,
        }
    }

    pub fn absorb(&mut self, mut other: Self) {
        self.features.absorb(other.features);
        if self.members.len() < other.members.len() {
            std::mem::swap(&mut self.members, &mut other.members);
        }
        self.members.extend(other.members);
    }

    /// The number of articles that speak of it.
    pub fn articles(&self) -> usize {
        self.members
            .iter()
            .map(|(record, _)| article_of(&record.node))
            .collect::<BTreeSet<_>>()
            .len()
    }

    fn first(&self) -> Option<&NamedNode> {
        self.members.iter().map(|(record, _)| &record.node).min()
    }
}

/// Gives each entity of one block its canonical IRI. A function of the set: order does not matter.
pub(super) fn assign(members: &[Member], base: &Base) -> Assignment {
    let mut members: Vec<&Member> = members.iter().collect();
    members.sort_by(|a, b| a.0.node.cmp(&b.0.node));
    let Some((first, _)) = members.first() else {
        return Assignment::default();
    };
    let kind = first.kind;
    match kind {
        // "European leaders" of two articles need not be the same leaders.
        EntityKind::Group => each(&members, |record| {
            let part = digest(record.node.as_str(), DIGITS);
            base.entity(kind, &name_key(&record.name), Some(&part))
        }),
        EntityKind::Country => each(&members, |record| {
            let key = name_key(&record.name);
            record
                .country
                .map_or_else(|| base.entity(kind, &key, None), |code| base.country(code))
        }),
        EntityKind::Person => {
            let clusters = person::clusters(&members);
            name(kind, clusters, base, person::best_key)
        }
        EntityKind::Organization => {
            let body = BodyName::read(&first.name);
            let key = |cluster: &Cluster<'_>| match cluster.features.countries.first() {
                Some(country) if body.is_generic => format!("{}_{country}", body.key),
                _ => body.key.clone(),
            };
            name(kind, bodies(&members, body.is_generic), base, key)
        }
        EntityKind::Place => {
            let key = name_key(&first.name);
            name(kind, namesakes(&members, kind), base, |_| key.clone())
        }
    }
}

fn each(members: &[&Member], iri: impl Fn(&EntityRecord) -> NamedNode) -> Assignment {
    let links = members
        .iter()
        .map(|(record, _)| (record.node.clone(), (iri(record), None)));
    Assignment {
        links: links.collect(),
        ..Assignment::default()
    }
}

/// Bodies of one key. Those of a name that many countries have are apart without their country.
fn bodies<'a>(members: &[&'a Member], is_generic: bool) -> Vec<Cluster<'a>> {
    if !is_generic {
        return namesakes(members, EntityKind::Organization);
    }
    let mut clusters: BTreeMap<Result<CountryCode, &NamedNode>, Cluster<'a>> = BTreeMap::new();
    for member in members {
        let country = member.1.countries.first().copied();
        let mut cluster = Cluster::new(member);
        cluster.is_unknown = country.is_none();
        match clusters.entry(country.ok_or(&member.0.node)) {
            std::collections::btree_map::Entry::Occupied(mut known) => {
                known.get_mut().absorb(cluster)
            }
            std::collections::btree_map::Entry::Vacant(free) => {
                free.insert(cluster);
            }
        }
    }
    clusters.into_values().collect()
}

/// Entities of one name in parts that share a country, a role or a circle of people. If no two
/// parts contradict each other, all are one; else those of which nothing is known go with the part
/// whose people they share, or with one that dominates, or are one more.
pub(super) fn namesakes<'a>(members: &[&'a Member], kind: EntityKind) -> Vec<Cluster<'a>> {
    let is_one = |a: &Features, b: &Features| {
        a.shares_with(b)
            || (a.is_empty() && b.is_empty())
            || a.contradicts(b, kind) && a.company_with(b) >= CIRCLE
    };
    let mut parts = parts(members, is_one);
    let is_split = parts.iter().enumerate().any(|(i, a)| {
        parts[i + 1..]
            .iter()
            .any(|b| a.features.contradicts(&b.features, kind))
    });
    if !is_split {
        let Some(mut all) = parts.pop() else {
            return parts;
        };
        parts.into_iter().for_each(|part| all.absorb(part));
        return vec![all];
    }
    let Some(at) = parts.iter().position(|part| part.features.is_empty()) else {
        return parts;
    };
    let unknown = parts.remove(at);
    let mut left: Vec<(&EntityRecord, Option<String>)> = Vec::new();
    let mut left_features = Features::default();
    let sizes: Vec<usize> = parts.iter().map(Cluster::articles).collect();
    let dominant = (0..parts.len()).find(|&i| {
        let others: usize = sizes.iter().sum::<usize>() - sizes[i];
        sizes[i] > 1 && sizes[i] >= DOMINANT * others
    });
    let known: BTreeMap<&NamedNode, &Features> = members
        .iter()
        .map(|(record, features)| (&record.node, features))
        .collect();
    let before: Vec<Features> = parts.iter().map(|part| part.features.clone()).collect();
    for (record, reason) in unknown.members {
        let features = known[&record.node];
        let company: Vec<usize> = before
            .iter()
            .map(|part| features.company_with(part))
            .collect();
        let most = company.iter().copied().max().unwrap_or(0);
        let nearest = company.iter().position(|&n| n == most && n > 0);
        let is_clear = company.iter().filter(|&&n| n == most).count() == 1;
        match nearest.filter(|_| is_clear).or(dominant) {
            Some(part) => parts[part].members.push((record, reason)),
            None => {
                left.push((record, reason));
                left_features.absorb(features.clone());
            }
        }
    }
    if !left.is_empty() {
        parts.push(Cluster {
            features: left_features,
            members: left,
            is_unknown: false,
        });
    }
    parts
}

/// The members in parts that go together, directly or through others.
pub(super) fn parts<'a>(
    members: &[&'a Member],
    is_one: impl Fn(&Features, &Features) -> bool,
) -> Vec<Cluster<'a>> {
    let mut parts: Vec<Cluster<'a>> = Vec::new();
    for member in members {
        let mut cluster = Cluster::new(member);
        let mut apart = Vec::with_capacity(parts.len() + 1);
        for other in parts {
            if is_one(&cluster.features, &other.features) {
                cluster.absorb(other);
            } else {
                apart.push(other);
            }
        }
        apart.push(cluster);
        parts = apart;
    }
    parts
}

/// Gives each cluster an IRI of its own and each member its link.
fn name(
    kind: EntityKind,
    clusters: Vec<Cluster<'_>>,
    base: &Base,
    key: impl Fn(&Cluster<'_>) -> String,
) -> Assignment {
    let mut by_key: BTreeMap<String, Vec<&Cluster<'_>>> = BTreeMap::new();
    for cluster in &clusters {
        by_key.entry(key(cluster)).or_default().push(cluster);
    }
    let mut named: Vec<(NamedNode, &Cluster<'_>)> = Vec::new();
    for (key, clusters) in &by_key {
        let mut count: BTreeMap<Option<String>, usize> = BTreeMap::new();
        let is_one = clusters.len() == 1;
        let part = |cluster: &Cluster<'_>| {
            if is_one {
                None
            } else {
                cluster.features.part().filter(|_| !cluster.is_unknown)
            }
        };
        for cluster in clusters {
            *count.entry(part(cluster)).or_default() += 1;
        }
        for cluster in clusters {
            let mut part = part(cluster);
            if count[&part] > 1 || cluster.is_unknown && !is_one {
                let own = digest(cluster.first().map_or("", |node| node.as_str()), DIGITS);
                part = Some(part.map_or_else(|| own.clone(), |part| format!("{part}_{own}")));
            }
            named.push((base.entity(kind, key, part.as_deref()), cluster));
        }
    }
    let taken: BTreeSet<&NamedNode> = named.iter().map(|(iri, _)| iri).collect();
    // A form that several clusters bear means none of them alone.
    let mut bearers: BTreeMap<String, BTreeSet<&NamedNode>> = BTreeMap::new();
    for (iri, cluster) in &named {
        for (record, _) in &cluster.members {
            bearers
                .entry(name_key(&record.name))
                .or_default()
                .insert(iri);
        }
    }
    let mut assignment = Assignment::default();
    for (form, bearers) in &bearers {
        let other = base.entity(kind, form, None);
        if let (1, Some(&iri)) = (bearers.len(), bearers.first())
            && !taken.contains(&other)
        {
            assignment
                .same_as
                .entry(iri.clone())
                .or_default()
                .insert(other);
        } else if bearers.len() > 1 {
            for &iri in bearers.iter().filter(|iri| ***iri != other) {
                let shared = assignment.split_from.entry(iri.clone()).or_default();
                shared.insert(other.clone());
            }
        }
    }
    for (iri, cluster) in &named {
        assignment.same_as.entry(iri.clone()).or_default();
        for (record, reason) in &cluster.members {
            assignment
                .links
                .insert(record.node.clone(), (iri.clone(), reason.clone()));
        }
    }
    assignment
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::identity) fn named(
        n: usize,
        name: &str,
        country: &str,
        role: &str,
        company: &[&str],
    ) -> Member {
        let key = name_key(name);
        let record = EntityRecord {
            node: NamedNode::new_unchecked(format!("https://example.org/{n}#person-{key}")),
            kind: EntityKind::Person,
            name: name.to_owned(),
            aliases: Vec::new(),
            country: None,
            key: String::new(),
            job_titles: Vec::new(),
            contained_in: Vec::new(),
        };
        let features = Features {
            countries: country.parse().into_iter().collect(),
            roles: (!role.is_empty())
                .then(|| role.to_owned())
                .into_iter()
                .collect(),
            company: company.iter().map(|name| number(&name_key(name))).collect(),
        };
        (record, features)
    }

    fn member(n: usize, country: &str, role: &str) -> Member {
        named(n, "John Smith", country, role, &[])
    }

    pub(in crate::identity) fn iris(members: &[Member]) -> Vec<String> {
        let base = Base::default();
        let assigned = assign(members, &base);
        members
            .iter()
            .map(|(r, _)| base.short(assigned.links[&r.node].0.as_str()).to_owned())
            .collect()
    }

    #[test]
    fn one_name_is_one_person_unless_country_and_role_contradict() {
        let mut members = vec![
            member(1, "DE", "chancellor"),
            member(2, "", "party-leader"),
            member(3, "", ""),
        ];
        assert_eq!(iris(&members), ["person/john-smith"; 3]);
        // Another country, the same role: somebody misread the country.
        members.push(member(4, "FR", "chancellor"));
        assert_eq!(iris(&members), ["person/john-smith"; 4]);
        members.push(member(5, "GB", "mayor"));
        assert_eq!(
            iris(&members),
            [
                "person/john-smith_DE",
                "person/john-smith_party-leader",
                "person/john-smith",
                "person/john-smith_DE",
                "person/john-smith_GB"
            ]
        );
    }

    #[test]
    fn a_later_member_joins_two_parts_whatever_the_order() {
        let members = vec![
            member(1, "DE", "x"),
            member(2, "FR", "y"),
            member(3, "DE", "y"),
            member(4, "", ""),
        ];
        let expected = ["person/john-smith"; 4];
        assert_eq!(iris(&members), expected);
        let reversed: Vec<_> = members.into_iter().rev().collect();
        assert_eq!(iris(&reversed), expected);
    }

    #[test]
    fn the_people_around_outweigh_a_misread_office() {
        let circle = ["Ann Lee", "Bo Ray", "Cy Fox"];
        let members = vec![
            named(1, "John Smith", "DE", "chancellor", &circle),
            named(2, "John Smith", "GB", "mayor", &circle),
        ];
        assert_eq!(iris(&members), ["person/john-smith"; 2]);
    }
}
