//! Who has held the offices of a country's top: the country of "President Adamu Bello", where the
//! text takes it for granted.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use super::CountryCode;

struct Holder {
    /// Lower-case parts of the name without diacritics and particles, in order.
    parts: Vec<String>,
    country: CountryCode,
    office: &'static str,
}

/// The holders by the last part and by the first part of each spelling of their names.
fn holders() -> &'static HashMap<String, Vec<Holder>> {
    static HOLDERS: LazyLock<HashMap<String, Vec<Holder>>> = LazyLock::new(|| {
        let mut holders: HashMap<String, Vec<Holder>> = HashMap::new();
        for row in super::rows(include_str!("../../lexicons/office_holders.csv")) {
            let Ok(country) = row[2].parse() else {
                continue;
            };
            for name in std::iter::once(row[0]).chain(super::values(row[1])) {
                let parts = name_parts(name);
                let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
                    continue;
                };
                let keys: BTreeSet<String> = [first.clone(), last.clone()].into();
                for key in keys {
                    holders.entry(key).or_default().push(Holder {
                        parts: parts.clone(),
                        country,
                        office: row[3],
                    });
                }
            }
        }
        holders
    });
    &HOLDERS
}

/// The country of which somebody of this name holds or held a top office, if there is but one.
///
/// A full name is enough (first and last part agree, what stands between may be left out); a single
/// surname needs the office too.
///
/// ```
/// use newsgraph::lexicon::office_holder_country;
/// let country = |name, role| office_holder_country(name, role).map(|c| c.name());
/// assert_eq!(country("Angela Merkel", "leader"), Some("Germany"));
/// assert_eq!(country("Merkel", "chancellor"), Some("Germany"));
/// assert_eq!(country("Merkel", "goalkeeper"), None);
/// ```
pub fn office_holder_country(name: &str, role: &str) -> Option<CountryCode> {
    if !is_of_state(role) {
        return None;
    }
    let parts = name_parts(name);
    let last = parts.last()?;
    let found: BTreeSet<CountryCode> = if let [single] = parts.as_slice() {
        let same_office = |h: &&Holder| h.office == office_of(role);
        let is_surname = |h: &&Holder| h.parts.len() > 1 || h.parts.first() == Some(single);
        holders()
            .get(single)?
            .iter()
            .filter(same_office)
            .filter(is_surname)
            .map(|h| h.country)
            .collect()
    } else {
        holders()
            .get(last)
            .into_iter()
            .chain(parts.first().and_then(|first| holders().get(first)))
            .flatten()
            .filter(|h| is_same_name(&parts, &h.parts))
            .map(|h| h.country)
            .collect()
    };
    match found.len() {
        1 => found.first().copied(),
        _ => None,
    }
}

/// Whether a role can be one of a country's top, so that a director of the same name is not meant.
fn is_of_state(role: &str) -> bool {
    const HEADS: &[&str] = &[
        "minister",
        "president",
        "premier",
        "leader",
        "king",
        "queen",
        "emir",
        "sultan",
        "prince",
        "princess",
        "emperor",
        "secretary",
        "chancellor",
        "speaker",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "pope",
        "ruler",
        "taoiseach",
        "monarch",
        "chief",
        "executive",
        "lady",
        "head",
        "governor",
    ];
    role.split([' ', '-']).any(|word| HEADS.contains(&word))
}

/// The office as the table names it.
fn office_of(role: &str) -> &str {
    match role {
        "king" | "queen" | "emir" | "sultan" | "emperor" | "prince" | "grand duke" | "pope" => {
            "monarch"
        }
        "premier" | "taoiseach" => "prime minister",
        "defense minister" => "defence minister",
        "minister of foreign affairs" | "external affairs minister" | "foreign secretary" => {
            "foreign minister"
        }
        "minister of finance" => "finance minister",
        "minister of defence" | "minister of defense" => "defence minister",
        "interior minister" | "minister of interior" | "home minister" => "interior minister",
        _ => role,
    }
}

/// Whether one name is the other with parts between its first and last left out.
fn is_same_name(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() < 2 || short.first() != long.first() {
        return false;
    }
    // Names of three and more parts are often cut after the second: "Mohamed bin Zayed".
    let ends = short.last() == long.last() || short.len() >= 2 && long.starts_with(short);
    let mut rest = long.iter();
    ends && short.iter().all(|p| rest.any(|q| q == p))
}

fn name_parts(name: &str) -> Vec<String> {
    deunicode::deunicode(name)
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .map(|part| part.replace('\'', ""))
        .filter(|part| {
            !part.is_empty()
                && !matches!(part.as_str(), "al" | "el" | "bin" | "ibn" | "ben" | "de")
                && !matches!(
                    part.as_str(),
                    "king" | "queen" | "prince" | "princess" | "pope" | "sheikh" | "emperor"
                )
                && !part.chars().all(|c| matches!(c, 'i' | 'v' | 'x'))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_country_an_office_and_years() {
        let mut count = 0;
        for row in super::super::rows(include_str!("../../lexicons/office_holders.csv")) {
            assert!(row[2].parse::<CountryCode>().is_ok(), "{row:?}");
            assert!(!row[0].is_empty() && !row[3].is_empty(), "{row:?}");
            assert!(row[4].parse::<u16>().is_ok(), "{row:?}");
            assert!(
                row[5].is_empty() || row[5].parse::<u16>().is_ok(),
                "{row:?}"
            );
            count += 1;
        }
        assert!(count > 3_000, "{count}");
    }

    #[test]
    fn a_name_of_two_countries_tells_none() {
        assert_eq!(office_holder_country("Fernández", "president"), None);
    }
}
