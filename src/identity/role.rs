//! Which role holdings are one.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::NamedNode;

use crate::graph::record::RoleRecord;
use crate::graph::{Base, Scope, name_key};

impl RoleRecord {
    pub(super) fn scope(&self) -> Scope {
        Scope::new(self.organization.as_deref(), self.country)
    }
}

/// Gives each role holding its canonical IRI. `members` are role holdings with their canonical
/// persons, among them all of these persons with these titles and statuses.
///
/// "NATO secretary-general" and "secretary-general" of one person are one holding, if no other
/// body has that person as its secretary-general.
pub(super) fn assign(
    members: &[(RoleRecord, NamedNode)],
    base: &Base,
) -> BTreeMap<NamedNode, NamedNode> {
    let block = |(role, person): &(RoleRecord, NamedNode)| {
        (person.clone(), name_key(&role.role), role.status)
    };
    let mut scopes: BTreeMap<_, BTreeSet<Scope>> = BTreeMap::new();
    for member in members {
        scopes
            .entry(block(member))
            .or_default()
            .insert(member.0.scope());
    }
    members
        .iter()
        .map(|member| {
            let block = block(member);
            let own = member.0.scope();
            let scope = fullest(&own, &scopes[&block]);
            let (person, role, status) = block;
            let person = base.short(person.as_str());
            let person = person
                .strip_prefix("person/")
                .unwrap_or(person)
                .replace('/', ".");
            let path = scope.path();
            let iri = base.node(format_args!("role/{person}/{role}/{path}/{status}"));
            (member.0.node.clone(), iri)
        })
        .collect()
}

/// The one scope that says all that `own` says and that no other goes beyond; `own`, if there
/// are several.
fn fullest<'a>(own: &'a Scope, all: &'a BTreeSet<Scope>) -> &'a Scope {
    let mut tops = all.iter().filter(|scope| {
        own.is_within(scope) && !all.iter().any(|s| s != *scope && scope.is_within(s))
    });
    match (tops.next(), tops.next()) {
        (Some(top), None) => top,
        _ => own,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(organization: &str, country: &str) -> Scope {
        let organization = (!organization.is_empty()).then_some(organization);
        Scope::new(organization, country.parse().ok())
    }

    #[test]
    fn a_title_alone_joins_the_only_fuller_one() {
        let (bare, nato, kremlin) = (scope("", ""), scope("NATO", ""), scope("Kremlin", "RU"));
        let one = BTreeSet::from([bare.clone(), nato.clone()]);
        assert_eq!(fullest(&bare, &one), &nato);
        let two = BTreeSet::from([bare.clone(), nato.clone(), kremlin.clone()]);
        assert_eq!(fullest(&bare, &two), &bare);
        let russia = scope("", "RU");
        assert_eq!(
            fullest(
                &russia,
                &BTreeSet::from([nato, kremlin.clone(), russia.clone()])
            ),
            &kremlin
        );
    }
}
