//! The label sets: parts of speech, dependency relations, kinds of names.

use std::fmt;
use std::str::FromStr;

/// Declares an enum whose variants have one written form each.
macro_rules! labels {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $($(#[$doc])* $variant),+ }

        impl $name {
            /// Every label, in the order of the enum.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The label as it is written in files.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownLabel;

            fn from_str(text: &str) -> Result<Self, UnknownLabel> {
                match text {
                    $($text => Ok($name::$variant),)+
                    _ => Err(UnknownLabel(text.to_owned())),
                }
            }
        }
    };
}

/// A label that the set does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown label {0:?}")]
pub struct UnknownLabel(pub String);

labels! {
    /// Universal part of speech.
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET",
        Intj = "INTJ", Noun = "NOUN", Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN",
        Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X",
    }
}

impl Upos {
    /// Noun or proper noun.
    pub const fn is_noun(self) -> bool {
        matches!(self, Upos::Noun | Upos::Propn)
    }
}

labels! {
    /// Penn Treebank tag, as the English UD treebanks have them.
    Xpos {
        Add = "ADD", Afx = "AFX", Cc = "CC", Cd = "CD", Dt = "DT", Ex = "EX", Fw = "FW",
        Gw = "GW", Hyph = "HYPH", In = "IN", Jj = "JJ", Jjr = "JJR", Jjs = "JJS", Ls = "LS",
        Md = "MD", Nfp = "NFP", Nn = "NN", Nnp = "NNP", Nnps = "NNPS", Nns = "NNS", Pdt = "PDT",
        Pos = "POS", Prp = "PRP", PrpPoss = "PRP$", Rb = "RB", Rbr = "RBR", Rbs = "RBS",
        Rp = "RP", Sym = "SYM", To = "TO", Uh = "UH", Vb = "VB", Vbd = "VBD", Vbg = "VBG",
        Vbn = "VBN", Vbp = "VBP", Vbz = "VBZ", Wdt = "WDT", Wp = "WP", WpPoss = "WP$",
        Wrb = "WRB", Xx = "XX", Comma = ",", Stop = ".", Colon = ":", OpenQuote = "``",
        CloseQuote = "''", OpenBracket = "-LRB-", CloseBracket = "-RRB-", Dollar = "$",
    }
}

impl Xpos {
    /// A form of a verb that can head a finite clause by itself: past, present, modal.
    pub const fn is_finite(self) -> bool {
        matches!(self, Xpos::Vbd | Xpos::Vbp | Xpos::Vbz | Xpos::Md)
    }
}

labels! {
    /// UD dependency relation with its English subtype.
    Deprel {
        Root = "root", Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl",
        AdvclRelcl = "advcl:relcl", Advmod = "advmod", Amod = "amod", Appos = "appos",
        Aux = "aux", AuxPass = "aux:pass", Case = "case", Cc = "cc", CcPreconj = "cc:preconj",
        Ccomp = "ccomp", Compound = "compound", CompoundPrt = "compound:prt", Conj = "conj",
        Cop = "cop", Csubj = "csubj", CsubjOuter = "csubj:outer", CsubjPass = "csubj:pass",
        Dep = "dep", Det = "det", DetPredet = "det:predet", Discourse = "discourse",
        Dislocated = "dislocated", Expl = "expl", Fixed = "fixed", Flat = "flat",
        Goeswith = "goeswith", Iobj = "iobj", List = "list", Mark = "mark", Nmod = "nmod",
        /// A title or descriptor before a name: "*President* Biden".
        NmodDesc = "nmod:desc",
        NmodPoss = "nmod:poss",
        /// A noun phrase as adverbial of a noun, without preposition.
        NmodUnmarked = "nmod:unmarked",
        Nsubj = "nsubj", NsubjOuter = "nsubj:outer", NsubjPass = "nsubj:pass", Nummod = "nummod",
        Obj = "obj", Obl = "obl", OblAgent = "obl:agent",
        /// A noun phrase as adverbial, without preposition: "met *Tuesday*".
        OblUnmarked = "obl:unmarked",
        Orphan = "orphan", Parataxis = "parataxis", Punct = "punct", Reparandum = "reparandum",
        Vocative = "vocative",
        /// Open clausal complement, whose subject is found above: "wants to *go*".
        Xcomp = "xcomp",
    }
}

impl Deprel {
    /// The relation without its subtype.
    pub fn universal(self) -> &'static str {
        let text = self.as_str();
        text.split_once(':')
            .map_or(text, |(universal, _)| universal)
    }

    /// Subject of any kind: nominal or clausal, active or passive.
    pub const fn is_subject(self) -> bool {
        matches!(
            self,
            Deprel::Nsubj
                | Deprel::NsubjPass
                | Deprel::NsubjOuter
                | Deprel::Csubj
                | Deprel::CsubjPass
                | Deprel::CsubjOuter
        )
    }

    /// `flat`, `compound` or `fixed`: the dependent is part of its head's name or word.
    pub const fn is_inside_name(self) -> bool {
        matches!(
            self,
            Deprel::Flat | Deprel::Compound | Deprel::Fixed | Deprel::Goeswith
        )
    }
}

labels! {
    /// What a name names.
    NameLabel {
        Person = "PERSON",
        /// A body: company, party, ministry, team, newspaper.
        Organization = "ORG",
        /// A country, city, region, river, mountain.
        Location = "LOC",
        /// A building, port, road.
        Facility = "FAC",
        /// Nationality, religion, political conviction: "Chinese", "Muslims".
        Norp = "NORP",
        Date = "DATE",
        Money = "MONEY",
        Product = "PRODUCT",
        /// An event, a work, a law, a disease.
        Miscellaneous = "MISC",
    }
}

/// Whether a token begins a name, goes on with it, or stands outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum NameTag {
    #[default]
    Outside,
    Begin(NameLabel),
    Inside(NameLabel),
}

impl NameTag {
    pub const fn label(self) -> Option<NameLabel> {
        match self {
            NameTag::Outside => None,
            NameTag::Begin(label) | NameTag::Inside(label) => Some(label),
        }
    }
}

impl fmt::Display for NameTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NameTag::Outside => f.write_str("O"),
            NameTag::Begin(label) => write!(f, "B-{label}"),
            NameTag::Inside(label) => write!(f, "I-{label}"),
        }
    }
}
