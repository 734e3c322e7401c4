//! Countries, states and cities with their numbers in GeoNames, namesakes among them.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::CountryCode;

const TABLE: &str = include_str!("../../lexicons/geonames.csv");

/// The fewest people of a city in the table: what is smaller is not known here.
pub const SMALLEST_CITY: u32 = 15_000;

/// What a place of the table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GeoKind {
    Country,
    /// A state of the United States.
    Region,
    City,
}

/// A place as GeoNames knows it.
#[derive(Clone, Debug)]
pub struct GeoPlace {
    /// Its number: `https://sws.geonames.org/ID/`.
    pub id: u32,
    pub kind: GeoKind,
    pub name: &'static str,
    pub aliases: Vec<&'static str>,
    pub country: CountryCode,
    /// Code of the state or province as in [`Region`](super::Region), in the US and Canada; else
    /// empty.
    pub region: &'static str,
    /// People; zero: not known.
    pub population: u32,
}

/// The places of `geonames.csv`. Reads some thirty thousand rows: ask for one name with
/// [`geo_places_named`].
pub fn geo_places() -> impl Iterator<Item = GeoPlace> {
    super::rows(TABLE).filter_map(|row| place(&row))
}

/// The states and cities of this name, whatever its case and accents; countries not.
///
/// ```
/// use newsgraph::lexicon::geo_places_named;
/// assert!(geo_places_named("Springfield").count() > 5);
/// assert_eq!(geo_places_named("SAO PAULO").count(), 1);
/// ```
pub fn geo_places_named(name: &str) -> impl Iterator<Item = GeoPlace> {
    // Only where a name may stand is kept; what stands there is read when it is asked for.
    static LINES: LazyLock<HashMap<u64, Vec<&'static str>>> = LazyLock::new(|| {
        let mut lines: HashMap<u64, Vec<&'static str>> = HashMap::with_capacity(40_000);
        let rows = TABLE
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
        for line in rows {
            let mut cells = line.split(',').skip(1);
            let kind = cells.next();
            // A name with a comma stands in quotation marks.
            let names: Vec<&str> = match line.contains('"') {
                true => super::cells(line).into_iter().skip(2).take(2).collect(),
                false => cells.take(2).collect(),
            };
            if kind != Some("country") {
                for name in names.into_iter().flat_map(super::values) {
                    let lines = lines.entry(number(name)).or_default();
                    if lines.last() != Some(&line) {
                        lines.push(line);
                    }
                }
            }
        }
        lines
    });
    let letters: Vec<char> = letters(name).collect();
    let found = LINES.get(&number(name)).into_iter().flatten();
    found
        .filter_map(|line| place(&super::cells(line)))
        .filter(move |place| {
            let mut names = std::iter::once(place.name).chain(place.aliases.iter().copied());
            !letters.is_empty() && names.any(|name| self::letters(name).eq(letters.iter().copied()))
        })
}

/// The letters and digits of a name in lower case, without accents.
fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars().flat_map(|c| {
        let plain = match c.is_ascii() {
            true => None,
            false => deunicode::deunicode_char(c),
        };
        let own = plain.is_none().then_some(c);
        own.into_iter()
            .chain(plain.unwrap_or("").chars())
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
    })
}

/// The letters as a number (FNV-1a).
fn number(name: &str) -> u64 {
    letters(name).fold(0xcbf2_9ce4_8422_2325, |hash, c| {
        (hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn place(row: &[&'static str]) -> Option<GeoPlace> {
    Some(GeoPlace {
        id: row[0].parse().ok()?,
        kind: match row[1] {
            "country" => GeoKind::Country,
            "region" => GeoKind::Region,
            "city" => GeoKind::City,
            _ => return None,
        },
        name: row[2],
        aliases: super::values(row[3]).collect(),
        country: row[4].parse().ok()?,
        region: row[5],
        population: row[6].parse().ok()?,
    })
}

/// The number of a country in GeoNames.
///
/// ```
/// use newsgraph::lexicon::{country_named, geonames_of};
/// assert_eq!(geonames_of(country_named("Germany").unwrap()), Some(2_921_044));
/// ```
pub fn geonames_of(country: CountryCode) -> Option<u32> {
    // The rows of countries are few and found without reading the others.
    static COUNTRIES: LazyLock<HashMap<CountryCode, u32>> = LazyLock::new(|| {
        TABLE
            .lines()
            .filter(|line| line.contains(",country,"))
            .filter_map(|line| {
                let row = place(&super::cells(line))?;
                Some((row.country, row.id))
            })
            .collect()
    });
    COUNTRIES.get(&country).copied()
}

#[cfg(test)]
mod tests {
    use super::super::{countries, regions, tests::check_table};
    use super::*;

    #[test]
    fn the_table_is_sound() {
        let rows = check_table(TABLE, 7);
        assert_eq!(rows.len(), geo_places().count());
        for place in geo_places().filter(|place| place.kind == GeoKind::City) {
            assert!(place.population >= SMALLEST_CITY, "{place:?}");
        }
    }

    #[test]
    fn every_country_has_a_number_of_its_own() {
        let ids: Vec<u32> = countries()
            .iter()
            .map(|country| geonames_of(country.code).unwrap_or_else(|| panic!("{country:?}")))
            .collect();
        let distinct: std::collections::BTreeSet<&u32> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len());
    }

    #[test]
    fn regions_have_the_codes_of_their_table() {
        let known: Vec<_> = regions().map(|r| (r.country, r.code)).collect();
        for place in geo_places().filter(|place| !place.region.is_empty()) {
            let code = (place.country, place.region);
            assert!(known.contains(&code) || place.region == "PR", "{place:?}");
        }
    }
}
