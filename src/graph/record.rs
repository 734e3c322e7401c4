//! Reads facts back from quads.
