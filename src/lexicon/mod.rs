//! Owns the typed word lists read from `lexicons/*.csv`, which are embedded in the binary.
//! Must not know any text being read.

mod country;

pub use country::{Country, CountryCode, countries, country};

/// The rows of an embedded table, without its header. A malformed row fails the table's own
/// test, so it is skipped here.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = csv::StringRecord> {
    csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .flexible(false)
        .from_reader(table.as_bytes())
        .into_records()
        .filter_map(Result::ok)
}

/// A cell with several values, separated by `|`.
pub(crate) fn list(cell: &str) -> Vec<String> {
    cell.split('|')
        .map(str::trim)
        .filter(|v| !v.is_empty())
        .map(str::to_owned)
        .collect()
}
