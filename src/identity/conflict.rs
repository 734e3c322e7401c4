//! Where articles disagree.

use oxigraph::model::NamedNode;

/// In what two articles differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    Date,
    Location,
    Participants,
    Status,
    Country,
}

/// Two articles give different values for one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// "Friedrich Merz: chancellor", "meeting of Donald Trump and Vladimir Putin".
    pub about: String,
    pub aspect: Aspect,
    /// Two sides, one a value; ordered by value.
    pub sides: Vec<Side>,
}

/// One value and who gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    pub value: String,
    /// The canonical role or meeting in the default graph.
    pub thing: NamedNode,
    /// The article's id.
    pub article: String,
    /// The words, verbatim.
    pub words: String,
    /// Where they stand, in code points of the article's text, end exclusive.
    pub span: (usize, usize),
}
