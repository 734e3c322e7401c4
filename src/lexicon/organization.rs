//! Bodies known by name: international bodies, parties, outlets, agencies, platforms, companies.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::CountryCode;

const GENERIC: &str = include_str!("../../lexicons/generic_bodies.csv");

/// What kind of body it is, as far as reading news needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrganizationKind {
    /// A newspaper, broadcaster or news agency.
    Outlet,
    /// A social medium.
    Platform,
    Company,
    /// A part of a state: a ministry, an agency, a court, a force.
    Public,
    Other,
}

/// A body of `organizations.csv`.
#[derive(Clone, Debug)]
pub struct Organization {
    pub name: &'static str,
    pub aliases: Vec<&'static str>,
    pub acronym: Option<&'static str>,
    pub kind: OrganizationKind,
    /// None for international bodies.
    pub country: Option<CountryCode>,
}

/// The bodies of the table.
pub fn organizations() -> impl Iterator<Item = Organization> {
    super::rows(include_str!("../../lexicons/organizations.csv")).map(|row| Organization {
        name: row[0],
        aliases: super::values(row[1]).collect(),
        acronym: Some(row[2]).filter(|a| !a.is_empty()),
        kind: match row[3] {
            "outlet" | "agency" => OrganizationKind::Outlet,
            "platform" => OrganizationKind::Platform,
            "company" => OrganizationKind::Company,
            "government" | "court" | "police" | "military" => OrganizationKind::Public,
            _ => OrganizationKind::Other,
        },
        country: row[4].parse().ok(),
    })
}

/// The body that a name, a further name or an acronym means, if it means only one; an article before
/// it is ignored, case is not.
///
/// ```
/// use newsgraph::lexicon::organization_named;
/// assert_eq!(organization_named("EU").unwrap().name, "European Union");
/// assert!(organization_named("table").is_none());
/// ```
pub fn organization_named(name: &str) -> Option<&'static Organization> {
    static INDEX: LazyLock<HashMap<&'static str, Option<Organization>>> = LazyLock::new(|| {
        let mut index: HashMap<&'static str, Option<Organization>> = HashMap::new();
        for body in organizations() {
            let forms = std::iter::once(body.name)
                .chain(body.aliases.iter().copied())
                .chain(body.acronym);
            for form in forms {
                index
                    .entry(form)
                    .and_modify(|known| {
                        // Several bodies: the form alone means none of them.
                        if known.as_ref().is_some_and(|k| k.name != body.name) {
                            *known = None;
                        }
                    })
                    .or_insert_with(|| Some(body.clone()));
            }
        }
        // A full name means its body, whatever else it abbreviates.
        for body in organizations() {
            index.insert(body.name, Some(body));
        }
        index
    });
    INDEX.get(super::name_key(name).as_ref())?.as_ref()
}

/// Whether bodies of many countries bear this name (lower case), so that it needs its country.
///
/// ```
/// use newsgraph::lexicon::is_generic_body;
/// assert!(is_generic_body("parliament") && !is_generic_body("knesset"));
/// ```
pub fn is_generic_body(lower: &str) -> bool {
    static NAMES: LazyLock<HashSet<&'static str>> =
        LazyLock::new(|| super::rows(GENERIC).map(|row| row[0]).collect());
    NAMES.contains(lower)
}

#[cfg(test)]
mod tests {
    #[test]
    fn table_is_sound() {
        let rows =
            super::super::tests::check_table(include_str!("../../lexicons/organizations.csv"), 5);
        super::super::tests::check_table(super::GENERIC, 1);
        assert_eq!(rows.len(), super::organizations().count());
        for row in rows {
            let code = row[4];
            assert!(
                code.is_empty()
                    || code
                        .parse()
                        .is_ok_and(|c| super::super::country(c).is_some()),
                "{row:?}"
            );
        }
    }
}
