//! The terms that graphs are written in: one module a vocabulary, one constant a term.
//!
//! `ontology/newsgraph.ttl` defines the terms of [`ng`] and how they are aligned with the others;
//! a test compares the two.

use oxigraph::model::NamedNodeRef;

pub use oxigraph::model::vocab::{rdf, rdfs, xsd};

/// Prefixes that every query may use without declaring them and that Turtle is written with.
pub const PREFIXES: &[(&str, &str)] = &[
    ("ng", ng::NAMESPACE),
    ("oa", oa::NAMESPACE),
    ("org", org::NAMESPACE),
    ("owl", owl::NAMESPACE),
    ("prov", prov::NAMESPACE),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", schema::NAMESPACE),
    ("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"),
    ("sh", sh::NAMESPACE),
    ("skos", skos::NAMESPACE),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// Declares a vocabulary: its namespace, its terms and the list of them.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $module:ident = $namespace:literal {
        $($(#[$tmeta:meta])* $term:ident = $local:literal),+ $(,)?
    }) => {
        $(#[$meta])*
        pub mod $module {
            use super::NamedNodeRef;

            pub const NAMESPACE: &str = $namespace;

            $($(#[$tmeta])*
            pub const $term: NamedNodeRef<'_> =
                NamedNodeRef::new_unchecked(concat!($namespace, $local));)+

            /// Every term above.
            pub const ALL: &[NamedNodeRef<'_>] = &[$($term),+];
        }
    };
}

vocabulary! {
    /// The project's own vocabulary.
    ng = "https://w3id.org/newsgraph/ns#" {
        /// Class: an article as read; also the name of its graph.
        ARTICLE = "Article",
        /// Class: where an article says a fact, in which words, found by which rule.
        MENTION = "Mention",
        /// Class: a person holds, held or will hold a role.
        ROLE_HOLDING = "RoleHolding",
        /// Class: two or more parties come together, or talk directly, or mean to.
        MEETING = "Meeting",
        /// Class: a meeting by telephone or video.
        CALL = "Call",
        /// Class: a party goes to see another.
        VISIT = "Visit",
        /// Class: a summit, conference or other gathering of many.
        CONFERENCE = "Conference",
        /// Class: words or their sense that an article attributes to somebody.
        STATEMENT = "Statement",
        /// Class: unnamed people or bodies spoken of as one.
        GROUP = "Group",
        /// From a fact to its [`MENTION`]s.
        EVIDENCE = "evidence",
        /// How sure the rule, or all witnesses together, are; 0 to 1.
        CONFIDENCE = "confidence",
        /// Name of the rule that found a mention.
        RULE = "rule",
        /// From a stretch of text to the entity that it names or refers to.
        REFERS_TO = "refersTo",
        /// Number of independent sources of a fact.
        WITNESSES = "witnesses",
        /// From what articles say together to each article that says it.
        REPORTED_IN = "reportedIn",
        /// Folded name under which things are compared across articles.
        KEY = "key",
        /// BLAKE3 hash of what an article's graph is made from.
        CONTENT_HASH = "contentHash",
        /// Sketch of an article's text, by which reprints are told.
        TEXT_SKETCH = "textSketch",
        /// Why things of several articles are one.
        REASON = "reason",
        /// From an entity to an IRI that it would have by its name alone and shares with namesakes.
        SPLIT_FROM = "splitFrom",
        /// From a meeting that is planned to the same one as it took place.
        ANNOUNCES = "announces",
        /// From a meeting that took place to its announcement.
        REALISES = "realises",
        /// Class: what a user says that the program got wrong.
        CORRECTION = "Correction",
        /// What a correction does: merge, split or forget.
        ACTION = "action",
        /// From a correction to what it is about.
        CORRECTS = "corrects",
        /// From a correction that merges to the second entity.
        MERGED_WITH = "mergedWith",
        /// Class: that an entity is what somebody else names by another IRI.
        LINK = "Link",
        /// From a link to the entity.
        LINKS = "links",
        /// From a link to the IRI elsewhere.
        LINKED_TO = "linkedTo",
        /// Whose table or service a link comes from.
        LINK_SOURCE = "linkSource",
        /// Author as the article names them.
        BYLINE = "byline",
        /// Trained model that an extraction used.
        MODEL = "model",
        /// Whether a role is held, a meeting took place.
        STATUS = "status",
        /// Kind of a meeting or of a statement.
        KIND = "kind",
        /// Sovereign country of a role, meeting, body or place.
        COUNTRY = "country",
        /// The post that a role holding fills.
        POST = "post",
        /// Date of an article that says that the role is held.
        ATTESTED_ON = "attestedOn",
        /// The body of a role as the article names it.
        ORGANIZATION_NAME = "organizationName",
        /// Who takes part in a meeting.
        PARTICIPANT = "participant",
        /// Most specific place of a meeting.
        LOCATION = "location",
        /// Places of a meeting as the article names them, most specific first, joined by `|`.
        LOCATION_NAME = "locationName",
        /// Who began a meeting: who called, at whose request they met.
        INITIATOR = "initiator",
        /// Where an article says who began a meeting.
        INITIATOR_SPAN = "initiatorSpan",
        /// Class: how many of a kind took part in a meeting, as an article says.
        ATTENDANCE = "Attendance",
        /// How many took part.
        HAS_ATTENDANCE = "hasAttendance",
        /// Who or what is counted: "european leaders", "countries".
        COUNTED = "counted",
        /// The least that a number with its words can mean.
        AT_LEAST = "atLeast",
        /// The most; none for "more than 30".
        AT_MOST = "atMost",
        /// EDTF date or interval of a meeting.
        DATE = "date",
        /// Who says it.
        SPEAKER = "speaker",
        /// The mention that stands as the speaker.
        SPEAKER_TEXT = "speakerText",
        /// The role holding in which the article names the speaker.
        SPEAKER_AS = "speakerAs",
        /// Where the words of a statement stand.
        CONTENT_SPAN = "contentSpan",
        /// The word that attributes the words.
        CUE = "cue",
        /// To whom it is said.
        ADDRESSEE = "addressee",
        /// To whom it is said, as the article has it.
        ADDRESSEE_TEXT = "addresseeText",
        /// Channel or occasion of a statement.
        MEDIUM = "medium",
        /// Outlet or agency that the article names as its source.
        VIA = "via",
        /// The same, as the article has it.
        VIA_TEXT = "viaText",
        /// From a statement to the claim that it makes.
        EXPRESSES = "expresses",
    }
}

vocabulary! {
    /// <https://schema.org/>
    schema = "https://schema.org/" {
        PERSON = "Person",
        ORGANIZATION = "Organization",
        PLACE = "Place",
        COUNTRY = "Country",
        CLAIM = "Claim",
        /// Id of an article.
        IDENTIFIER = "identifier",
        HEADLINE = "headline",
        PUBLISHER = "publisher",
        DATE_PUBLISHED = "datePublished",
        URL = "url",
        IN_LANGUAGE = "inLanguage",
        WORD_COUNT = "wordCount",
        /// What an article or a statement speaks of.
        MENTIONS = "mentions",
        /// A title that a person holds now.
        JOB_TITLE = "jobTitle",
        /// Title of a role holding.
        ROLE_NAME = "roleName",
        START_DATE = "startDate",
        END_DATE = "endDate",
        CONTAINED_IN_PLACE = "containedInPlace",
        /// Words of a statement or claim.
        TEXT = "text",
        SOFTWARE_VERSION = "softwareVersion",
    }
}

vocabulary! {
    /// W3C Organization Ontology.
    org = "http://www.w3.org/ns/org#" {
        POST = "Post",
        MEMBER = "member",
        ROLE = "role",
        ORGANIZATION = "organization",
    }
}

vocabulary! {
    /// W3C Provenance Ontology.
    prov = "http://www.w3.org/ns/prov#" {
        ACTIVITY = "Activity",
        SOFTWARE_AGENT = "SoftwareAgent",
        USED = "used",
        WAS_ASSOCIATED_WITH = "wasAssociatedWith",
        WAS_GENERATED_BY = "wasGeneratedBy",
        /// From what stands in one article to the one thing that it speaks of.
        SPECIALIZATION_OF = "specializationOf",
    }
}

vocabulary! {
    /// W3C Web Annotation.
    oa = "http://www.w3.org/ns/oa#" {
        TEXT_POSITION_SELECTOR = "TextPositionSelector",
        TEXT_QUOTE_SELECTOR = "TextQuoteSelector",
        HAS_SOURCE = "hasSource",
        HAS_SELECTOR = "hasSelector",
        /// First code point.
        START = "start",
        /// Code point after the last.
        END = "end",
        EXACT = "exact",
        PREFIX = "prefix",
        SUFFIX = "suffix",
    }
}

vocabulary! {
    /// W3C SKOS.
    skos = "http://www.w3.org/2004/02/skos/core#" {
        CONCEPT = "Concept",
        PREF_LABEL = "prefLabel",
        ALT_LABEL = "altLabel",
        /// ISO 3166-1 alpha-2 code of a country.
        NOTATION = "notation",
    }
}

vocabulary! {
    /// W3C OWL.
    owl = "http://www.w3.org/2002/07/owl#" {
        SAME_AS = "sameAs",
    }
}

vocabulary! {
    /// W3C Shapes Constraint Language: what the store's check reads.
    sh = "http://www.w3.org/ns/shacl#" {
        TARGET_CLASS = "targetClass",
        PROPERTY = "property",
        PATH = "path",
        INVERSE_PATH = "inversePath",
        MIN_COUNT = "minCount",
        MAX_COUNT = "maxCount",
        DATATYPE = "datatype",
        CLASS = "class",
        NODE_KIND = "nodeKind",
        IRI = "IRI",
        IN = "in",
        PATTERN = "pattern",
        MIN_INCLUSIVE = "minInclusive",
        MAX_INCLUSIVE = "maxInclusive",
        LESS_THAN_OR_EQUALS = "lessThanOrEquals",
    }
}
