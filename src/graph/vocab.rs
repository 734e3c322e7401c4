//! The terms that graphs are written in, one constant a term.

/// Prefixes that every query may use without declaring them and that Turtle is written with.
pub const PREFIXES: &[(&str, &str)] = &[];
