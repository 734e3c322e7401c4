//! Cities, regions and regions of several countries.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::CountryCode;

/// A city: GeoNames, the most populous of its name.
#[derive(Clone, Debug)]
pub struct City {
    pub name: &'static str,
    /// Other spellings.
    pub aliases: Vec<&'static str>,
    pub country: CountryCode,
    pub population: u32,
}

/// The name of a city with fewer people than this may as well be a person's or a thing's.
pub const LARGE_TOWN: u32 = 300_000;

/// The cities of `places.csv`.
pub fn cities() -> impl Iterator<Item = City> {
    super::rows(include_str!("../../lexicons/places.csv")).filter_map(|row| {
        Some(City {
            name: row[0],
            aliases: super::values(row[1]).collect(),
            country: row[2].parse().ok()?,
            population: row[3].parse().ok()?,
        })
    })
}

/// The most populous city of this name; case counts.
pub fn city_named(name: &str) -> Option<&'static City> {
    static CITIES: LazyLock<HashMap<&'static str, City>> =
        LazyLock::new(|| cities().map(|city| (city.name, city)).collect());
    CITIES.get(name)
}

/// The country of the most populous city of this name; case counts.
pub fn city_country(name: &str) -> Option<CountryCode> {
    city_named(name).map(|city| city.country)
}

/// A first-level region of a country: state, province, Land.
#[derive(Clone, Debug)]
pub struct Region {
    pub name: &'static str,
    pub country: CountryCode,
    pub aliases: Vec<&'static str>,
    pub demonyms: Vec<&'static str>,
    /// Postal code, in the US and Canada; else empty.
    pub code: &'static str,
}

/// The regions of `regions.csv`.
pub fn regions() -> impl Iterator<Item = Region> {
    super::rows(include_str!("../../lexicons/regions.csv")).filter_map(|row| {
        Some(Region {
            name: row[0],
            country: row[1].parse().ok()?,
            aliases: super::values(row[2]).collect(),
            demonyms: super::values(row[4]).collect(),
            code: row[3],
        })
    })
}

/// A continent or another region that is of no single country.
#[derive(Clone, Debug)]
pub struct SupranationalRegion {
    pub name: &'static str,
    pub aliases: Vec<&'static str>,
    pub demonyms: Vec<&'static str>,
}

/// The regions of `supranational.csv`.
pub fn supranational_regions() -> impl Iterator<Item = SupranationalRegion> {
    super::rows(include_str!("../../lexicons/supranational.csv")).map(|row| SupranationalRegion {
        name: row[0],
        aliases: super::values(row[2]).collect(),
        demonyms: super::values(row[3]).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_table;

    #[test]
    fn tables_are_sound() {
        let cities = check_table(include_str!("../../lexicons/places.csv"), 4);
        assert_eq!(cities.len(), super::cities().count());
        let regions = check_table(include_str!("../../lexicons/regions.csv"), 5);
        assert_eq!(regions.len(), super::regions().count());
        check_table(include_str!("../../lexicons/supranational.csv"), 4);
    }
}
