//! Every rule that finds facts: what it reads, an example, and how often it is right.
//!
//! The confidence of a rule is the share of its facts that were right on the development
//! articles and, for statements, on the development part of PolNeAR too, rounded to 0.05
//! (`scripts/confidence`; `BENCHMARKS.md` has the counts and which few were set by judgement). So
//! of many facts with confidence 0.8 about 80 % hold.

/// A way in which the text tells a fact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// As evidence names it: `title-before-name`.
    pub name: &'static str,
    /// role, meeting or statement.
    pub finds: &'static str,
    /// The construction, in a sentence.
    pub reads: &'static str,
    /// A sentence that it reads.
    pub example: &'static str,
    /// The share of its facts that hold.
    pub confidence: f32,
}

/// The rules, by what they find and in order of their names.
pub const RULES: &[Rule] = &[
    Rule {
        name: "meeting-noun",
        finds: "meeting",
        reads: "a word for an event as a noun, with the parties that its phrase, its verb and its sentence name",
        example: "Ida Lund held talks with Karl Weber in Oslo on Monday.",
        confidence: 0.45,
    },
    Rule {
        name: "meeting-verb",
        finds: "meeting",
        reads: "a verb of meeting, calling or visiting with its subject and object",
        example: "Ida Lund met Karl Weber in Oslo.",
        confidence: 0.5,
    },
    Rule {
        name: "heads-body",
        finds: "role",
        reads: "a verb of leading between a person and a body",
        example: "Ida Lund, who heads the Harbour Authority, resigned.",
        confidence: 0.75,
    },
    Rule {
        name: "title-after-name",
        finds: "role",
        reads: "a title beside the name, after a comma or in brackets",
        example: "Ida Lund, the Norwegian fisheries minister, resigned.",
        confidence: 0.8,
    },
    Rule {
        name: "title-before-name",
        finds: "role",
        reads: "a title before the name, with its country, body and status",
        example: "Former Norwegian Fisheries Minister Ida Lund resigned.",
        confidence: 0.95,
    },
    Rule {
        name: "title-copula",
        finds: "role",
        reads: "a title that a verb says of a name: is, was named, resigned as, succeeded as",
        example: "Ida Lund was appointed fisheries minister.",
        confidence: 0.75,
    },
    Rule {
        name: "title-list",
        finds: "role",
        reads: "a title in the plural before a list of names",
        example: "Lawmakers such as Ida Moe and Per Dahl left.",
        confidence: 0.9,
    },
    Rule {
        name: "according-to",
        finds: "statement",
        reads: "a clause with “according to” somebody before or after it",
        example: "According to Ida Lund, the port will close.",
        confidence: 0.7,
    },
    Rule {
        name: "called",
        finds: "statement",
        reads: "a verb of calling or describing with quoted words",
        example: "Ida Lund called the plan “a farce”.",
        confidence: 0.65,
    },
    Rule {
        name: "clause-after-cue",
        finds: "statement",
        reads: "a clause without “that” right after a verb of saying",
        example: "Ida Lund said the port would close.",
        confidence: 0.8,
    },
    Rule {
        name: "clause-after-that",
        finds: "statement",
        reads: "a clause with “that” after a verb of saying",
        example: "Ida Lund told reporters that the port would close.",
        confidence: 0.85,
    },
    Rule {
        name: "clause-around-cue",
        finds: "statement",
        reads: "a clause that a verb of saying parts in two",
        example: "The port, Ida Lund said, would close.",
        confidence: 0.85,
    },
    Rule {
        name: "clause-before-cue",
        finds: "statement",
        reads: "a clause before a verb of saying that ends the sentence",
        example: "The port will close, Ida Lund said.",
        confidence: 0.7,
    },
    Rule {
        name: "clause-in-tree",
        finds: "statement",
        reads: "a clause that the dependency tree hangs on a verb of saying, behind its addressee or adverbials",
        example: "Ida Moe told the young people of the town the port would close.",
        confidence: 0.75,
    },
    Rule {
        name: "infinitive",
        finds: "statement",
        reads: "an infinitive after a verb of urging, asking or promising",
        example: "Ida Lund urged the port to close.",
        confidence: 0.55,
    },
    Rule {
        name: "participle-first",
        finds: "statement",
        reads: "a participle of saying that opens the sentence of its subject",
        example: "Calling the plan “a farce”, Ida Lund left.",
        confidence: 0.75,
    },
    Rule {
        name: "quotation-after-cue",
        finds: "statement",
        reads: "a quotation right after a verb of saying",
        example: "Ida Lund said: “The port will close.”",
        confidence: 0.85,
    },
    Rule {
        name: "quotation-before-cue",
        finds: "statement",
        reads: "a quotation right before a verb of saying and its subject",
        example: "“The port will close,” said Ida Lund.",
        confidence: 0.9,
    },
];

/// The rule of this name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|r| r.name == name)
}

/// How sure a rule is.
pub(super) fn confidence(name: &str) -> f32 {
    rule(name).map_or(0.5, |r| r.confidence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;

    #[test]
    fn every_rule_reads_its_example() {
        for rule in RULES {
            let facts = crate::pipeline::read(&Article::from_text("example.txt", rule.example));
            let found = facts
                .roles
                .iter()
                .flat_map(|r| &r.evidence)
                .chain(facts.meetings.iter().flat_map(|m| &m.evidence))
                .chain(facts.statements.iter().map(|s| &s.evidence))
                .any(|e| e.rule == rule.name);
            assert!(found, "{}: {}", rule.name, rule.example);
        }
    }

    #[test]
    fn rules_are_in_order() {
        let keys: Vec<_> = RULES.iter().map(|r| (r.finds, r.name)).collect();
        assert!(keys.is_sorted());
    }
}
