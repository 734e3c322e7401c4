//! The formats of export.

use std::fmt;

use oxigraph::io::RdfFormat;

/// A format in which a graph, or a picture or tables of it, can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// The default graph: what all articles say together.
    Turtle,
    /// The default graph and the named graph of each article.
    TriG,
    NQuads,
    NTriples,
    RdfXml,
    JsonLd,
    /// A picture for Graphviz.
    Dot,
    Svg,
    /// The tables, into a folder.
    Csv,
}

impl ExportFormat {
    pub const ALL: &'static [ExportFormat] = &[
        ExportFormat::Turtle,
        ExportFormat::TriG,
        ExportFormat::NQuads,
        ExportFormat::NTriples,
        ExportFormat::RdfXml,
        ExportFormat::JsonLd,
        ExportFormat::Dot,
        ExportFormat::Svg,
        ExportFormat::Csv,
    ];

    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            ExportFormat::Turtle => "turtle",
            ExportFormat::TriG => "trig",
            ExportFormat::NQuads => "nquads",
            ExportFormat::NTriples => "ntriples",
            ExportFormat::RdfXml => "rdfxml",
            ExportFormat::JsonLd => "jsonld",
            ExportFormat::Dot => "dot",
            ExportFormat::Svg => "svg",
            ExportFormat::Csv => "csv",
        }
    }

    /// The usual ending of a file's name, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            ExportFormat::Turtle => "ttl",
            ExportFormat::TriG => "trig",
            ExportFormat::NQuads => "nq",
            ExportFormat::NTriples => "nt",
            ExportFormat::RdfXml => "rdf",
            ExportFormat::JsonLd => "jsonld",
            ExportFormat::Dot => "dot",
            ExportFormat::Svg => "svg",
            ExportFormat::Csv => "csv",
        }
    }

    /// The format that a file's ending stands for.
    pub fn from_extension(extension: &str) -> Option<Self> {
        let extension = extension.to_ascii_lowercase();
        let found = Self::ALL
            .iter()
            .copied()
            .find(|f| f.extension() == extension);
        found.or(match extension.as_str() {
            "gv" => Some(ExportFormat::Dot),
            "xml" => Some(ExportFormat::RdfXml),
            "json" => Some(ExportFormat::JsonLd),
            _ => None,
        })
    }

    /// The RDF syntax, for the formats that are one.
    pub fn rdf(self) -> Option<RdfFormat> {
        Some(match self {
            ExportFormat::Turtle => RdfFormat::Turtle,
            ExportFormat::TriG => RdfFormat::TriG,
            ExportFormat::NQuads => RdfFormat::NQuads,
            ExportFormat::NTriples => RdfFormat::NTriples,
            ExportFormat::RdfXml => RdfFormat::RdfXml,
            ExportFormat::JsonLd => RdfFormat::JsonLd {
                profile: oxigraph::io::JsonLdProfileSet::empty(),
            },
            ExportFormat::Dot | ExportFormat::Svg | ExportFormat::Csv => return None,
        })
    }
}

impl fmt::Display for ExportFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
