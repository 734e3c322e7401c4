//! Bodies known by name: international bodies, parties, outlets, agencies, platforms, companies.

use super::CountryCode;

/// What kind of body it is, as far as reading news needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrganizationKind {
    /// A newspaper, broadcaster or news agency.
    Outlet,
    /// A social medium.
    Platform,
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
            _ => OrganizationKind::Other,
        },
        country: row[4].parse().ok(),
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn table_is_sound() {
        let rows =
            super::super::tests::check_table(include_str!("../../lexicons/organizations.csv"), 5);
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
