//! Which entities of one name are one.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::NamedNode;

use crate::fact::EntityKind;
use crate::graph::record::EntityRecord;
use crate::graph::{Base, digest, name_key};
use crate::lexicon::CountryCode;

/// What tells entities of one name apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Features {
    pub countries: BTreeSet<CountryCode>,
    /// Keys of role titles.
    pub roles: BTreeSet<String>,
}

impl Features {
    fn is_empty(&self) -> bool {
        self.countries.is_empty() && self.roles.is_empty()
    }

    fn shares_with(&self, other: &Self) -> bool {
        !self.countries.is_disjoint(&other.countries) || !self.roles.is_disjoint(&other.roles)
    }

    /// Known to be different: for a person, two countries could be a slip of the pen where the
    /// role is the same.
    fn contradicts(&self, other: &Self, kind: EntityKind) -> bool {
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
        countries && (kind != EntityKind::Person || roles)
    }

    fn absorb(&mut self, other: Self) {
        self.countries.extend(other.countries);
        self.roles.extend(other.roles);
    }

    /// What a namesake's IRI is told apart by.
    fn part(&self) -> Option<String> {
        let country = self.countries.first().map(CountryCode::to_string);
        country.or_else(|| self.roles.first().cloned())
    }
}

/// Gives each entity of one key its canonical IRI. A function of the set: order does not matter.
///
/// Entities that share a country or a role are one. If no two of the parts so found contradict
/// each other, all are one; else the parts stay apart, and those of which nothing is known are
/// one more.
pub(super) fn assign(
    members: &[(EntityRecord, Features)],
    base: &Base,
) -> BTreeMap<NamedNode, NamedNode> {
    let Some((first, _)) = members.first() else {
        return BTreeMap::new();
    };
    let kind = first.kind;
    let key = name_key(&first.name);
    match kind {
        // "European leaders" of two articles need not be the same leaders.
        EntityKind::Group => members
            .iter()
            .map(|(record, _)| {
                let part = digest(record.node.as_str(), 8);
                (record.node.clone(), base.entity(kind, &key, Some(&part)))
            })
            .collect(),
        EntityKind::Country => members
            .iter()
            .map(|(record, _)| {
                let iri = record
                    .country
                    .map_or_else(|| base.entity(kind, &key, None), |code| base.country(code));
                (record.node.clone(), iri)
            })
            .collect(),
        EntityKind::Person | EntityKind::Organization | EntityKind::Place => {
            let parts = parts(members);
            let is_split = parts
                .iter()
                .enumerate()
                .any(|(i, (a, _))| parts[i + 1..].iter().any(|(b, _)| a.contradicts(b, kind)));
            parts
                .into_iter()
                .flat_map(|(features, nodes)| {
                    let part = is_split.then(|| features.part()).flatten();
                    let iri = base.entity(kind, &key, part.as_deref());
                    nodes.into_iter().map(move |node| (node, iri.clone()))
                })
                .collect()
        }
    }
}

/// The members in parts that share a country or a role, directly or through others.
fn parts(members: &[(EntityRecord, Features)]) -> Vec<(Features, Vec<NamedNode>)> {
    let mut parts: Vec<(Features, Vec<NamedNode>)> = Vec::new();
    for (record, features) in members {
        let mut features = features.clone();
        let mut nodes = vec![record.node.clone()];
        let mut apart = Vec::new();
        for (other, others) in parts {
            let is_one = features.shares_with(&other) || (features.is_empty() && other.is_empty());
            if is_one {
                features.absorb(other);
                nodes.extend(others);
            } else {
                apart.push((other, others));
            }
        }
        apart.push((features, nodes));
        parts = apart;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(n: usize, country: &str, role: &str) -> (EntityRecord, Features) {
        let record = EntityRecord {
            node: NamedNode::new_unchecked(format!("https://example.org/{n}#person-john-smith")),
            kind: EntityKind::Person,
            name: "John Smith".to_owned(),
            aliases: Vec::new(),
            country: None,
            key: "person/john-smith".to_owned(),
            job_titles: Vec::new(),
            contained_in: Vec::new(),
        };
        let features = Features {
            countries: country.parse().into_iter().collect(),
            roles: (!role.is_empty())
                .then(|| role.to_owned())
                .into_iter()
                .collect(),
        };
        (record, features)
    }

    fn iris(members: &[(EntityRecord, Features)]) -> Vec<String> {
        let base = Base::default();
        let assigned = assign(members, &base);
        members
            .iter()
            .map(|(r, _)| base.short(assigned[&r.node].as_str()).to_owned())
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
}
