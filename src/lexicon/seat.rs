//! Seats of government and state bodies: names by which news means a state.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::CountryCode;

const TABLE: &str = include_str!("../../lexicons/seats.csv");

/// What a name of this table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SeatKind {
    /// A house, street or hill that speaks for the body in it: "Kremlin", "Downing Street".
    Seat,
    /// A state body: "Bundestag", "FBI", "State Department".
    Body,
    /// A room, house or base where people meet, which does not itself speak: "Oval Office".
    Facility,
}

/// A name by which news means a government, a body of it, or a place of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    pub name: &'static str,
    pub country: CountryCode,
    pub kind: SeatKind,
    /// The body in its usual name: "MI6" is the "Secret Intelligence Service". None for a facility.
    pub organization: Option<&'static str>,
}

/// All of the table, ordered by name.
pub fn seats() -> &'static [Seat] {
    static SEATS: LazyLock<Vec<Seat>> = LazyLock::new(|| {
        super::rows(TABLE)
            .filter_map(|row| {
                let kind = match row[2] {
                    "seat" => SeatKind::Seat,
                    "body" => SeatKind::Body,
                    "facility" => SeatKind::Facility,
                    _ => return None,
                };
                Some(Seat {
                    name: row[0],
                    country: row[1].parse().ok()?,
                    kind,
                    organization: Some(row[3]).filter(|o| !o.is_empty()),
                })
            })
            .collect()
    });
    &SEATS
}

/// The seat or state body of this name; an article before it is ignored, case is not.
///
/// ```
/// use newsgraph::lexicon::seat;
/// assert_eq!(seat("the Kremlin").unwrap().country.name(), "Russia");
/// assert_eq!(seat("MI6").unwrap().organization, Some("Secret Intelligence Service"));
/// ```
pub fn seat(name: &str) -> Option<&'static Seat> {
    static INDEX: LazyLock<HashMap<&'static str, &'static Seat>> =
        LazyLock::new(|| seats().iter().map(|s| (s.name, s)).collect());
    INDEX.get(super::name_key(name).as_ref()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_sound() {
        let rows = super::super::tests::check_table(TABLE, 4);
        assert_eq!(seats().len(), rows.len());
        for seat in seats() {
            assert!(super::super::country(seat.country).is_some(), "{seat:?}");
            let facility = seat.kind == SeatKind::Facility;
            assert_eq!(facility, seat.organization.is_none(), "{seat:?}");
            assert_eq!(seat.name, super::super::name_key(seat.name), "{seat:?}");
        }
    }

    #[test]
    fn seats_speak_for_their_state() {
        for (name, country, kind) in [
            ("White House", "United States", SeatKind::Seat),
            ("10 Downing Street", "United Kingdom", SeatKind::Seat),
            ("Élysée", "France", SeatKind::Seat),
            ("Oval Office", "United States", SeatKind::Facility),
            ("Verkhovna Rada", "Ukraine", SeatKind::Body),
            ("the FBI", "United States", SeatKind::Body),
        ] {
            let seat = seat(name).unwrap_or_else(|| panic!("{name} is missing"));
            assert_eq!((seat.country.name(), seat.kind), (country, kind), "{name}");
        }
        assert_eq!(seat("diet"), None);
    }
}
