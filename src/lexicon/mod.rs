//! Owns the typed word lists read from `lexicons/*.csv`, which are embedded in the binary.
//! Must not know any text being read.
//!
//! Every table is parsed when it is first asked for. Look-ups that are about names keep case
//! (`US` is a country, `us` is not); those about common nouns (titles, kinship) ignore it.

mod country;
mod event_family;
mod geonames;
mod office_holder;
mod organization;
mod person_name;
mod place;
mod seat;
mod title;
mod word_list;

pub use country::{Country, CountryCode, capital_of, countries, country, country_named, demonym};
pub use event_family::{EventFamily, event_family, share_of_articles};
pub use geonames::{GeoKind, GeoPlace, SMALLEST_CITY, geo_places, geo_places_named, geonames_of};
pub use office_holder::office_holder_country;
pub use organization::{
    Organization, OrganizationKind, is_generic_body, organization_named, organizations,
};
pub use person_name::{
    given_name, given_name_variant, is_family_name_first, is_name_article, is_name_particle,
};
pub use place::{
    City, LARGE_TOWN, Region, SupranationalRegion, cities, city_country, city_named, regions,
    supranational_regions,
};
pub use seat::{Seat, SeatKind, seat, seats};
pub use title::title_forms;
pub use title::{
    Gender, Modifier, Title, TitleKind, TitleScope, is_portfolio, is_title_head, modifier, title,
};
pub use word_list::{
    CueWord, Epithet, MediumKind, MeetingWord, ModifierEffect, OfficeVerb, cues, epithet,
    is_local_office, is_office_verb, is_organization_head, is_portfolio_word, is_thing_in_capitals,
    may_have_office, medium_kind, meeting_words, name_heads, singular_title, title_country,
    title_ending, title_kin, title_modifier,
};

/// The rows of an embedded table, without its header, cells sliced from the table itself.
///
/// Comments start with `#`. A cell may stand in quotation marks, but cannot hold any. A row whose
/// cells do not match the header is skipped: the table's own test fails for it.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let mut lines = table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let columns = lines.next().map_or(0, |header| cells(header).len());
    lines.map(cells).filter(move |row| row.len() == columns)
}

fn cells(line: &'static str) -> Vec<&'static str> {
    let mut cells = Vec::with_capacity(8);
    let mut rest = line;
    loop {
        let (cell, after) = match rest.strip_prefix('"').and_then(|r| r.split_once('"')) {
            Some((cell, after)) => (cell, after.strip_prefix(',')),
            None => match rest.split_once(',') {
                Some((cell, after)) => (cell, Some(after)),
                None => (rest, None),
            },
        };
        cells.push(cell);
        match after {
            Some(after) => rest = after,
            None => return cells,
        }
    }
}

/// A cell with several values, separated by `|`.
pub(crate) fn list(cell: &str) -> Vec<String> {
    values(cell).map(str::to_owned).collect()
}

/// The values of a cell, separated by `|`.
pub(crate) fn values(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|')
        .map(str::trim)
        .filter(|value| !value.is_empty())
}

/// A name as the tables spell it: straight apostrophes, single spaces, no article before it.
pub(crate) fn name_key(name: &str) -> std::borrow::Cow<'_, str> {
    let name = name.trim();
    let name = name
        .strip_prefix("the ")
        .or_else(|| name.strip_prefix("The "))
        .unwrap_or(name);
    let clean = |c: char| !matches!(c, '’' | '‘' | '\n' | '\t' | '\u{a0}');
    if name.chars().all(clean) && !name.contains("  ") {
        return name.into();
    }
    let straight = name.replace(['’', '‘'], "'");
    straight
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .into()
}

/// Common nouns as look-ups compare them: lower case, hyphens as spaces, straight apostrophes.
pub(crate) fn noun_key(words: &str) -> String {
    let mut key = String::with_capacity(words.len());
    for c in words.trim().chars() {
        match c {
            '’' | '‘' => key.push('\''),
            '-' | '‑' | '–' => space(&mut key),
            c if c.is_whitespace() => space(&mut key),
            c => key.extend(c.to_lowercase()),
        }
    }
    fn space(key: &mut String) {
        if !key.ends_with(' ') {
            key.push(' ');
        }
    }
    key
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// What every table promises: complete rows, in byte order of the first cell, none twice, no
    /// blanks around values, no curly apostrophes.
    pub(crate) fn check_table(table: &'static str, columns: usize) -> Vec<Vec<&'static str>> {
        assert!(table.ends_with('\n') && !table.contains('\r'));
        let lines = table.lines().filter(|line| !line.starts_with('#')).count();
        let rows: Vec<_> = rows(table).collect();
        assert_eq!(rows.len() + 1, lines, "a row does not match the header");
        for row in &rows {
            assert_eq!(row.len(), columns, "{row:?}");
            assert!(!row[0].is_empty(), "{row:?}");
            for cell in row {
                assert!(!cell.contains('"') && !cell.contains('’'), "{row:?}");
                for value in cell.split('|') {
                    assert_eq!(value, value.trim(), "{row:?}");
                    assert!(
                        !value.is_empty() || cell.is_empty(),
                        "empty value in {row:?}"
                    );
                }
                let mut seen: Vec<&str> = values(cell).collect();
                seen.sort_unstable();
                assert!(
                    seen.windows(2).all(|w| w[0] != w[1]),
                    "value twice in {row:?}"
                );
            }
        }
        for pair in rows.windows(2) {
            assert!(
                pair[0][0] < pair[1][0],
                "{:?} before {:?}",
                pair[0][0],
                pair[1][0]
            );
        }
        rows
    }

    #[test]
    fn quoted_cells_are_read() {
        assert_eq!(cells("a,\"b, c\",,d"), ["a", "b, c", "", "d"]);
        assert_eq!(cells("\"a\""), ["a"]);
        assert_eq!(cells(",x,"), ["", "x", ""]);
    }

    #[test]
    fn keys() {
        assert_eq!(name_key("the  Côte d’Ivoire"), "Côte d'Ivoire");
        assert_eq!(noun_key("Vice-President"), "vice president");
        assert_eq!(noun_key("minister  of\nstate"), "minister of state");
    }
}
