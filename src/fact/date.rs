//! Dates of events, as exact as the text is.

use std::fmt;

use jiff::civil::Date;

/// A date, or an interval of days, no finer and no coarser than the text gives it.
///
/// Displays as EDTF (ISO 8601-2) level 0.
///
/// ```
/// use jiff::civil::date;
/// use newsgraph::fact::EventDate;
/// assert_eq!(EventDate::Month(2025, 2).to_string(), "2025-02");
/// assert_eq!(EventDate::Day(date(2025, 8, 18)).to_string(), "2025-08-18");
/// assert_eq!(EventDate::Month(2024, 2).bounds(), (date(2024, 2, 1), date(2024, 2, 29)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventDate {
    Day(Date),
    /// Year and month (1 to 12).
    Month(i16, i8),
    Year(i16),
    /// First and last day, both within it.
    Interval(Date, Date),
}

impl EventDate {
    /// The first and the last day that the date can mean.
    pub fn bounds(self) -> (Date, Date) {
        match self {
            EventDate::Day(day) => (day, day),
            EventDate::Month(year, month) => {
                let first = Date::new(year, month, 1).unwrap_or(Date::ZERO);
                (first, first.last_of_month())
            }
            EventDate::Year(year) => {
                let first = Date::new(year, 1, 1).unwrap_or(Date::ZERO);
                (first, first.last_of_year())
            }
            EventDate::Interval(first, last) => (first, last),
        }
    }

    /// Whether both can speak of one day: one lies within the other.
    pub fn is_compatible(self, other: EventDate) -> bool {
        let ((a, b), (c, d)) = (self.bounds(), other.bounds());
        (a <= c && d <= b) || (c <= a && b <= d)
    }
}

impl fmt::Display for EventDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EventDate::Day(day) => write!(f, "{day}"),
            EventDate::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            EventDate::Year(year) => write!(f, "{year:04}"),
            EventDate::Interval(first, last) => write!(f, "{first}/{last}"),
        }
    }
}
