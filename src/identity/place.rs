//! Which place of GeoNames a canonical place is. Each article votes: what it says of region and
//! country decides between namesakes, and where it says nothing, the number of people does, if one
//! namesake is far larger than all others. Nine articles in ten have to agree.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use oxigraph::model::NamedNode;

use super::outside::Link;
use super::update::Update;
use crate::fact::{Confidence, EntityKind};
use crate::graph::name_key;
use crate::graph::record::{EntityRecord, Source};
use crate::lexicon::{self, CountryCode, GeoKind, GeoPlace, Region, SMALLEST_CITY};

/// What links from the table of places name as their source.
const SOURCE: &str = "geonames";
/// How many times larger than its namesakes a place is that is meant where nothing else is said.
const DOMINANT: u32 = 5;
/// Nothing tells for certain which place a name means.
const MOST_CONFIDENCE: f32 = 0.98;

/// The IRI of a place in GeoNames, as its RDF names it.
pub(super) fn geonames_iri(id: u32) -> NamedNode {
    NamedNode::new_unchecked(format!("https://sws.geonames.org/{id}/"))
}

/// What an article says of where a place is.
#[derive(Clone, Debug, Default)]
struct Surroundings {
    /// Keys of regions that contain it.
    regions: BTreeSet<String>,
    /// Countries that contain it, or contain one of its regions.
    countries: BTreeSet<CountryCode>,
    /// The country that the name alone suggests.
    told: Option<CountryCode>,
}

/// A place with what speaks for it.
struct Vote {
    place: GeoPlace,
    confidence: f32,
    reason: String,
}

/// The regions with postal codes by the keys of their names.
fn coded_regions(key: &str) -> &'static [Region] {
    static REGIONS: LazyLock<HashMap<String, Vec<Region>>> = LazyLock::new(|| {
        let mut regions: HashMap<String, Vec<Region>> = HashMap::new();
        for region in lexicon::regions().filter(|region| !region.code.is_empty()) {
            for name in std::iter::once(region.name).chain(region.aliases.iter().copied()) {
                regions
                    .entry(name_key(name))
                    .or_default()
                    .push(region.clone());
            }
        }
        regions
    });
    REGIONS.get(key).map_or(&[], Vec::as_slice)
}

/// The place that an article means by a name; `None`: it may mean several, or none that is known.
fn vote(name: &str, around: &Surroundings) -> Option<Vote> {
    let mut places: Vec<GeoPlace> = lexicon::geo_places_named(name).collect();
    let in_region = |place: &GeoPlace, key: &String| {
        coded_regions(key)
            .iter()
            .any(|region| region.country == place.country && region.code == place.region)
    };
    let regions: Vec<&String> = around
        .regions
        .iter()
        .filter(|key| !coded_regions(key).is_empty())
        .collect();
    // What only repeats the country of the largest city of the name says nothing new.
    let usual = lexicon::city_country(name);
    let told = around.told.filter(|told| Some(*told) != usual);
    let stated: BTreeSet<CountryCode> = match around.countries.is_empty() {
        true => told.into_iter().collect(),
        false => around.countries.clone(),
    };
    if stated.len() > 1 {
        return None;
    }
    let country = stated.first().copied();
    if let Some(country) = country {
        places.retain(|place| place.country == country);
    }
    places.retain(|place| regions.iter().all(|key| in_region(place, key)));
    if let Some(state) = places.iter().find(|place| place.kind == GeoKind::Region) {
        return (around.told == Some(state.country)).then(|| Vote {
            place: state.clone(),
            confidence: MOST_CONFIDENCE,
            reason: format!("the state of this name in {}", state.country.name()),
        });
    }
    places.sort_by(|a, b| b.population.cmp(&a.population).then(a.id.cmp(&b.id)));
    let (first, rest) = places.split_first()?;
    let rival = rest.first().map(|place| place.population);
    let is_told_apart = !regions.is_empty() || country.is_some();
    if !is_told_apart && around.told.is_some_and(|told| told != first.country) {
        return None;
    }
    // Of smaller towns of the name the table does not know.
    let unknown = if is_told_apart { 1 } else { SMALLEST_CITY };
    let most = rival.unwrap_or(0).max(unknown);
    if first.population < DOMINANT.saturating_mul(most) {
        return None;
    }
    let share = f64::from(first.population) / (f64::from(first.population) + f64::from(most));
    let within = match (regions.first(), country) {
        (Some(_), _) => format!(" in {}, {}", first.region, first.country),
        (None, Some(country)) => format!(" in {}", country.name()),
        (None, None) => String::new(),
    };
    let people = grouped(first.population);
    let reason = match rival {
        Some(rival) => format!(
            "the largest city of this name{within}, {people} people; the next has {}",
            grouped(rival)
        ),
        None => format!("the only city of this name{within}, {people} people"),
    };
    Some(Vote {
        place: first.clone(),
        #[expect(clippy::cast_possible_truncation, reason = "a share, from 0 to 1")]
        confidence: (share as f32).min(MOST_CONFIDENCE),
        reason,
    })
}

/// Digits in groups of three: 8,961,989.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The place that nearly all articles mean.
fn elected(votes: Vec<Option<Vote>>) -> Option<Vote> {
    let all = votes.len();
    let mut by_place: BTreeMap<u32, (usize, Vote)> = BTreeMap::new();
    for vote in votes.into_iter().flatten() {
        match by_place.entry(vote.place.id) {
            std::collections::btree_map::Entry::Vacant(free) => {
                free.insert((1, vote));
            }
            std::collections::btree_map::Entry::Occupied(mut known) => {
                let (count, best) = known.get_mut();
                *count += 1;
                let order = vote.confidence.total_cmp(&best.confidence);
                if order.then_with(|| best.reason.cmp(&vote.reason)).is_gt() {
                    *best = vote;
                }
            }
        }
    }
    let (count, mut vote) = by_place.into_values().max_by_key(|(count, _)| *count)?;
    if 10 * count < 9 * all {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "articles are fewer than 2^24")]
    let share = count as f32 / all as f32;
    vote.confidence *= share;
    Some(vote)
}

impl<S: Source> Update<'_, S> {
    /// The place of GeoNames that a canonical place is, if that is no guess.
    pub(super) fn place_link(
        &self,
        canonical: &NamedNode,
        members: &[EntityRecord],
    ) -> Result<Option<Link>, S::Error> {
        let mut votes = Vec::with_capacity(members.len());
        for member in members {
            votes.push(vote(&member.name, &self.surroundings(member)?));
        }
        Ok(elected(votes).map(|vote| Link {
            entity: canonical.clone(),
            target: geonames_iri(vote.place.id),
            source: SOURCE.to_owned(),
            confidence: Confidence::new(vote.confidence),
            reason: vote.reason,
            countries: BTreeSet::new(),
        }))
    }

    fn surroundings(&self, place: &EntityRecord) -> Result<Surroundings, S::Error> {
        let mut around = Surroundings {
            told: place.country,
            ..Surroundings::default()
        };
        let usual = lexicon::city_country(&place.name);
        let mut repeated = None;
        for outer in &place.contained_in {
            if let Some(code) = self.base.country_code(outer.as_str()) {
                // A meeting's country may be taken from its place's name.
                match Some(code) == usual {
                    true => repeated = usual,
                    false => _ = around.countries.insert(code),
                }
            } else if let Some(outer) = EntityRecord::read(self.local(outer)?.as_ref(), self.base) {
                around.countries.extend(outer.country);
                if outer.kind == EntityKind::Place {
                    around.regions.insert(name_key(&outer.name));
                }
            }
        }
        // An article that has two places of the name as one contradicts itself.
        if !around.countries.is_empty() {
            around.countries.extend(repeated);
        }
        Ok(around)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(regions: &[&str], countries: &[&str], told: &str) -> Surroundings {
        Surroundings {
            regions: regions.iter().map(|name| name_key(name)).collect(),
            countries: countries
                .iter()
                .filter_map(|code| code.parse().ok())
                .collect(),
            told: told.parse().ok(),
        }
    }

    fn id(name: &str, around: &Surroundings) -> Option<u32> {
        vote(name, around).map(|vote| vote.place.id)
    }

    #[test]
    fn the_far_largest_namesake_is_meant_where_nothing_is_said() {
        let nothing = Surroundings::default();
        assert_eq!(id("London", &nothing), Some(2_643_743));
        assert_eq!(id("Paris", &around(&[], &[], "FR")), Some(2_988_507));
        assert_eq!(id("Kiev", &nothing), id("Kyiv", &nothing));
        for open in ["Springfield", "Valencia", "Cambridge", "Nowhere", ""] {
            assert_eq!(id(open, &nothing), None, "{open}");
        }
    }

    #[test]
    fn what_an_article_says_overrides_the_number_of_people() {
        assert_eq!(
            id("London", &around(&["Ontario"], &["CA"], "GB")),
            Some(6_058_560)
        );
        assert_eq!(id("London", &around(&[], &["CA"], "GB")), Some(6_058_560));
        assert_eq!(
            id("Paris", &around(&["Texas"], &["US"], "FR")),
            Some(4_717_560)
        );
        assert_eq!(
            id("Springfield", &around(&["Illinois"], &["US"], "US")),
            Some(4_250_542)
        );
        assert_eq!(id("Valencia", &around(&[], &["ES"], "VE")), Some(2_509_954));
        assert_eq!(id("Texas", &around(&[], &[], "US")), Some(4_736_286));
    }

    #[test]
    fn what_contradicts_is_no_place() {
        assert_eq!(id("Paris", &around(&["Texas"], &["US", "FR"], "FR")), None);
        assert_eq!(id("London", &around(&["Texas"], &["US"], "GB")), None);
        assert_eq!(id("Lyon", &around(&[], &["DE"], "FR")), None);
        assert_eq!(id("Springfield", &around(&[], &["US"], "US")), None);
    }

    #[test]
    fn nearly_all_articles_have_to_agree() {
        let votes = |french: usize, texan: usize| {
            let texas = around(&["Texas"], &["US"], "FR");
            let mut votes: Vec<_> = (0..french)
                .map(|_| vote("Paris", &Surroundings::default()))
                .collect();
            votes.extend((0..texan).map(|_| vote("Paris", &texas)));
            elected(votes).map(|vote| vote.place.id)
        };
        assert_eq!(votes(10, 1), Some(2_988_507));
        assert_eq!(votes(3, 1), None);
        assert_eq!(votes(0, 2), Some(4_717_560));
    }
}
