//! Graphs in the standard RDF formats, sorted, so that the same graph gives the same bytes.

use std::io::Write;

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::Quad;

use super::turtle::{Prefixes, write_pretty};
use super::{ExportError, ExportFormat};

/// Writes quads in an RDF format.
///
/// Formats without named graphs get the default graph alone: what all articles say together.
///
/// # Errors
/// [`ExportError::Io`] from the writer; [`ExportError::NotRdf`] for a format that is none.
pub fn write_rdf(
    mut quads: Vec<Quad>,
    format: ExportFormat,
    prefixes: &Prefixes,
    mut writer: impl Write,
) -> Result<(), ExportError> {
    let format = format.rdf().ok_or(ExportError::NotRdf(format))?;
    if !format.supports_datasets() {
        quads.retain(|quad| quad.graph_name.is_default_graph());
    }
    if matches!(format, RdfFormat::Turtle | RdfFormat::TriG) {
        write_pretty(&quads, prefixes, &mut writer)?;
        return Ok(writer.flush()?);
    }
    quads.sort_by_cached_key(|quad| {
        [
            quad.graph_name.to_string(),
            quad.subject.to_string(),
            quad.predicate.to_string(),
            quad.object.to_string(),
        ]
    });
    quads.dedup();
    let mut serializer = RdfSerializer::from_format(format);
    for (name, iri) in prefixes.iter() {
        serializer = serializer
            .with_prefix(name, iri)
            .map_err(|source| ExportError::Prefix {
                name: name.to_owned(),
                source,
            })?;
    }
    let mut serializer = serializer.for_writer(writer);
    for quad in &quads {
        if format.supports_datasets() {
            serializer.serialize_quad(quad)?;
        } else {
            serializer.serialize_triple(quad.as_ref())?;
        }
    }
    Ok(serializer.finish()?.flush()?)
}
