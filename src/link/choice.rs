//! Which of the candidates that fit an entity it is, if any; and no candidate for two entities.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::NamedNode;

use super::evidence::{Candidate, Fit, Judgement, Subject};
use crate::fact::Confidence;
use crate::identity::Link;

/// How many times more doubtful all others have to be than the one that is chosen.
const CLEAR: f32 = 2.0;
/// Nothing is quite sure.
const MOST_CONFIDENCE: f32 = 0.99;

/// Why an entity has no link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unlinked {
    /// Several fit equally well, or one fits several entities equally well.
    Ambiguous,
    /// One bears the name, and too little else speaks for it.
    Unsure,
    /// One bears the name, and is somebody else.
    Contradicted,
    /// Nobody bears the name.
    Unknown,
}

impl Unlinked {
    /// In the order in which they are told.
    pub const ALL: [Self; 4] = [
        Self::Ambiguous,
        Self::Unsure,
        Self::Contradicted,
        Self::Unknown,
    ];

    /// The word that summaries use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ambiguous => "ambiguous",
            Self::Unsure => "not sure enough",
            Self::Contradicted => "contradicted",
            Self::Unknown => "not found",
        }
    }
}

/// What an entity is linked to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice {
    pub target: NamedNode,
    pub doubt: f32,
    pub evidence: Vec<String>,
}

/// What became of the entities that were looked up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// By entity.
    pub links: Vec<Link>,
    pub unlinked: BTreeMap<NamedNode, Unlinked>,
}

impl Outcome {
    /// How many entities have no link for this reason.
    pub fn count(&self, why: Unlinked) -> usize {
        self.unlinked
            .values()
            .filter(|other| **other == why)
            .count()
    }

    /// Puts the choices of all entities together: what two claim is the one's that it fits clearly
    /// better, or nobody's.
    pub(super) fn of(found: Vec<(NamedNode, Result<Choice, Unlinked>)>, source: &str) -> Self {
        let mut outcome = Self::default();
        let mut claims: BTreeMap<NamedNode, Vec<(NamedNode, Choice)>> = BTreeMap::new();
        for (entity, choice) in found {
            match choice {
                Ok(choice) => {
                    let claimants = claims.entry(choice.target.clone()).or_default();
                    claimants.push((entity, choice));
                }
                Err(why) => _ = outcome.unlinked.insert(entity, why),
            }
        }
        for (_, mut claimants) in claims {
            claimants.sort_by(|(a_entity, a), (b_entity, b)| {
                a.doubt
                    .total_cmp(&b.doubt)
                    .then_with(|| a_entity.cmp(b_entity))
            });
            let is_clear = match claimants.as_slice() {
                [first, second, ..] => second.1.doubt >= CLEAR * first.1.doubt,
                _ => true,
            };
            let kept = usize::from(is_clear).min(claimants.len());
            for (entity, _) in claimants.drain(kept..) {
                outcome.unlinked.insert(entity, Unlinked::Ambiguous);
            }
            outcome
                .links
                .extend(claimants.into_iter().map(|(entity, choice)| Link {
                    entity,
                    target: choice.target,
                    source: source.to_owned(),
                    confidence: Confidence::new((1.0 - choice.doubt).min(MOST_CONFIDENCE)),
                    reason: choice.evidence.join("; "),
                    countries: BTreeSet::new(),
                }));
        }
        outcome.links.sort_by(|a, b| a.entity.cmp(&b.entity));
        outcome
    }
}

/// The candidate that an entity is. Rows of one IRI are one candidate.
pub(super) fn choose(
    subject: &Subject<'_>,
    candidates: Vec<Candidate>,
    least: Confidence,
) -> Result<Choice, Unlinked> {
    let judged = candidates
        .into_iter()
        .map(|candidate| (subject.judge(&candidate), candidate.iri));
    let mut fits: Vec<(Fit, NamedNode)> = Vec::new();
    let mut none = Unlinked::Unknown;
    for (judgement, iri) in judged {
        match judgement {
            Judgement::Fits(fit) => fits.push((fit, iri)),
            Judgement::Contradicted => none = Unlinked::Contradicted,
            Judgement::Other => {}
        }
    }
    select(fits, least).unwrap_or(Err(none))
}

/// The one that fits clearly better than all others; `None`: nothing fits at all.
pub(super) fn select(
    mut fits: Vec<(Fit, NamedNode)>,
    least: Confidence,
) -> Option<Result<Choice, Unlinked>> {
    fits.sort_by(|(a, a_iri), (b, b_iri)| {
        a.doubt
            .total_cmp(&b.doubt)
            .then_with(|| a_iri.cmp(b_iri))
            .then_with(|| a.evidence.cmp(&b.evidence))
    });
    let mut fits = fits.into_iter();
    let (best, target) = fits.next()?;
    let mut rivals: BTreeMap<NamedNode, f32> = BTreeMap::new();
    for (fit, iri) in fits.filter(|(_, iri)| *iri != target) {
        rivals.entry(iri).or_insert(fit.doubt);
    }
    if rivals.values().any(|doubt| *doubt < CLEAR * best.doubt) {
        return Some(Err(Unlinked::Ambiguous));
    }
    let mut evidence = best.evidence;
    let shares: f32 = rivals.values().map(|doubt| best.doubt / doubt).sum();
    let doubt = best.doubt * (1.0 + shares);
    evidence.push(match rivals.len() {
        0 => "the only one of the name".to_owned(),
        1 => "clearly better than one namesake".to_owned(),
        n => format!("clearly better than {n} namesakes"),
    });
    if 1.0 - doubt < least.get() {
        return Some(Err(Unlinked::Unsure));
    }
    Some(Ok(Choice {
        target,
        doubt,
        evidence,
    }))
}

#[cfg(test)]
mod tests {
    use super::super::evidence::tests::{profile, row};
    use super::*;

    fn chosen(countries: &[&str], roles: &[&str], rows: &[Candidate]) -> Result<String, Unlinked> {
        let profile = profile("John Smith", countries, roles);
        let subject = Subject::new(&profile);
        let least = super::super::LEAST_CONFIDENCE;
        choose(&subject, rows.to_vec(), least).map(|choice| choice.target.as_str()[18..].to_owned())
    }

    #[test]
    fn namesakes_are_told_apart_or_left_alone() {
        let british = row(1, "John Smith", "GB", "British politician, mayor of a town");
        let american = row(2, "John Smith", "US", "American politician");
        let other = row(3, "John Smith", "GB", "British politician");
        let both = [british.clone(), american.clone()];
        assert_eq!(chosen(&["GB"], &[], &both), Ok("Q1".to_owned()));
        assert_eq!(chosen(&["US"], &[], &both), Ok("Q2".to_owned()));
        assert_eq!(chosen(&["FR"], &[], &both), Err(Unlinked::Contradicted));
        assert_eq!(chosen(&[], &[], &both), Err(Unlinked::Ambiguous));
        let three = [british, american, other];
        assert_eq!(chosen(&["GB"], &[], &three), Err(Unlinked::Ambiguous));
        assert_eq!(chosen(&["GB"], &["mayor"], &three), Ok("Q1".to_owned()));
        assert_eq!(chosen(&["GB"], &["mayor"], &[]), Err(Unlinked::Unknown));
    }

    #[test]
    fn a_row_given_twice_is_no_rival_of_itself() {
        let row = row(1, "John Smith", "GB", "");
        assert_eq!(
            chosen(&["GB"], &[], &[row.clone(), row]),
            Ok("Q1".to_owned())
        );
    }

    #[test]
    fn what_two_entities_claim_is_the_clearly_better_ones_or_nobodys() {
        let choice = |doubt| {
            Ok(Choice {
                target: NamedNode::new_unchecked("https://w.example/Q1"),
                doubt,
                evidence: Vec::new(),
            })
        };
        let entity = |n| NamedNode::new_unchecked(format!("https://n.example/{n}"));
        let kept = |a, b| {
            let found = vec![(entity(1), choice(a)), (entity(2), choice(b))];
            let outcome = Outcome::of(found, "t");
            outcome
                .links
                .iter()
                .map(|link| link.entity.clone())
                .collect::<Vec<_>>()
        };
        assert!(kept(0.1, 0.12).is_empty());
        assert_eq!(kept(0.03, 0.1), [entity(1)]);
    }
}
