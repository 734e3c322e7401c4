//! `newsgraph query`

use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use comfy_table::{ContentArrangement, Table, presets};
use newsgraph::export::{self, ExportFormat, Prefixes};
use newsgraph::graph::{Base, PREFIXES};
use newsgraph::store::{Store, StoreError};
use oxigraph::model::{GraphName, Quad, Term, Variable};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryResults, QuerySolutionIter};

use super::output::Output;
use super::source::SourceArgs;
use super::{Outcome, message, page, syntax};

/// Ask the graph in SPARQL 1.1
#[derive(clap::Args)]
#[command(
    after_help = "Prefixes such as ng:, schema:, org:, prov:, rdfs: need no declaration. The default \
    graph holds what all articles say together; GRAPH ?article { … } what one says.\n\
    Example: newsgraph query 'SELECT ?name ?role { ?r org:member/rdfs:label ?name; org:role/skos:prefLabel ?role }'"
)]
pub struct Args {
    /// SELECT, ASK, CONSTRUCT or DESCRIBE; - reads it from standard input
    #[arg(value_name = "SPARQL", required_unless_present = "file")]
    sparql: Option<String>,

    /// Read the query from a file
    #[arg(long, short = 'F', value_name = "FILE", conflicts_with = "sparql")]
    file: Option<PathBuf>,

    #[command(flatten)]
    source: SourceArgs,

    /// Default: table on a terminal and csv elsewhere, turtle for graphs
    #[arg(long, short)]
    format: Option<Format>,

    /// File to write instead of stdout
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
}

/// How answers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Csv,
    Tsv,
    /// SPARQL results in JSON
    Json,
    /// SPARQL results in XML
    Xml,
    Turtle,
    Ntriples,
    Nquads,
    Trig,
    Rdfxml,
    Jsonld,
}

impl Format {
    fn results(self) -> Option<QueryResultsFormat> {
        Some(match self {
            Format::Csv => QueryResultsFormat::Csv,
            Format::Tsv => QueryResultsFormat::Tsv,
            Format::Json => QueryResultsFormat::Json,
            Format::Xml => QueryResultsFormat::Xml,
            _ => return None,
        })
    }

    fn graph(self) -> Option<ExportFormat> {
        Some(match self {
            Format::Turtle => ExportFormat::Turtle,
            Format::Ntriples => ExportFormat::NTriples,
            Format::Nquads => ExportFormat::NQuads,
            Format::Trig => ExportFormat::TriG,
            Format::Rdfxml => ExportFormat::RdfXml,
            Format::Jsonld => ExportFormat::JsonLd,
            _ => return None,
        })
    }

    fn name(self) -> String {
        self.to_possible_value()
            .map(|v| v.get_name().to_owned())
            .unwrap_or_default()
    }
}

/// The prefixes and the base under which this store's terms are written.
pub fn prefixes(store: &Store) -> Prefixes {
    Prefixes::new(PREFIXES.iter().copied()).with_base(store.base().as_str())
}

pub fn run(args: Args) -> Result<Outcome> {
    let sparql = text(&args)?;
    let mut output = Output::new(args.output.as_deref())?;
    let (store, outcome) = args.source.open()?;
    let results = match store.query(&sparql) {
        Err(StoreError::Syntax {
            line,
            column,
            message,
        }) => {
            bail!(syntax::explain(
                &sparql,
                args.file.as_deref(),
                line,
                column,
                &message
            ))
        }
        results => results?,
    };
    match results {
        QueryResults::Solutions(solutions) => {
            let format = args.format.unwrap_or(match output.is_terminal() {
                true => Format::Table,
                false => Format::Csv,
            });
            write_solutions(solutions, &sparql, format, &store, &mut output)?;
        }
        QueryResults::Boolean(answer) => match args.format {
            None | Some(Format::Table) => writeln!(output, "{answer}")?,
            Some(format) => {
                let serializer = QueryResultsSerializer::from_format(solution_format(format)?);
                serializer.serialize_boolean_to_writer(&mut output, answer)?;
                writeln!(output)?;
            }
        },
        QueryResults::Graph(triples) => {
            let format = args.format.unwrap_or(Format::Turtle);
            let Some(format) = format.graph() else {
                bail!(
                    "the answer is a graph, which cannot be written as {}\nhint: --format turtle, \
                     ntriples, nquads, trig, rdfxml or jsonld",
                    format.name()
                );
            };
            let quads: Vec<Quad> = triples
                .map(|triple| Ok(triple?.in_graph(GraphName::DefaultGraph)))
                .collect::<Result<_>>()?;
            export::write_rdf(quads, format, &prefixes(&store), &mut output)?;
        }
    }
    output.finish()?;
    Ok(outcome)
}

fn text(args: &Args) -> Result<String> {
    let from_stdin = || -> Result<String> {
        let mut text = String::new();
        if io::stdin().is_terminal() {
            message::say("reading the query from the terminal; end with Ctrl-D");
        }
        io::stdin()
            .read_to_string(&mut text)
            .context("cannot read the query from stdin")?;
        Ok(text)
    };
    match (&args.sparql, &args.file) {
        (Some(text), _) if text == "-" => from_stdin(),
        (Some(text), _) => Ok(text.clone()),
        (None, Some(path)) if path == Path::new("-") => from_stdin(),
        (None, Some(path)) => std::fs::read_to_string(path)
            .with_context(|| format!("cannot read the query in {}", path.display())),
        (None, None) => bail!("no query given\nhint: newsgraph query 'SELECT …', or --file FILE"),
    }
}

fn solution_format(format: Format) -> Result<QueryResultsFormat> {
    format.results().with_context(|| {
        format!(
            "the answer is no graph and cannot be written as {}\nhint: --format table, csv, tsv, \
             json or xml, or ask with CONSTRUCT",
            format.name()
        )
    })
}

fn write_solutions(
    solutions: QuerySolutionIter<'_>,
    sparql: &str,
    format: Format,
    store: &Store,
    output: &mut Output,
) -> Result<()> {
    if format != Format::Table {
        solution_format(format)?;
    }
    let variables = solutions.variables().to_vec();
    let mut rows: Vec<Vec<Option<Term>>> = solutions
        .map(|solution| Ok(solution?.values().to_vec()))
        .collect::<Result<_>>()?;
    if !is_ordered(sparql) {
        rows.sort_by_cached_key(|row| {
            row.iter()
                .map(|t| t.as_ref().map(Term::to_string))
                .collect::<Vec<_>>()
        });
    }
    if format == Format::Table {
        return Ok(write_table(&variables, &rows, store, output)?);
    }
    let mut serializer = QueryResultsSerializer::from_format(solution_format(format)?)
        .serialize_solutions_to_writer(&mut *output, variables.clone())?;
    for row in &rows {
        let bound = variables.iter().zip(row);
        serializer.serialize(
            bound.filter_map(|(name, term)| Some((name.as_ref(), term.as_ref()?.as_ref()))),
        )?;
    }
    serializer.finish()?;
    if matches!(format, Format::Json | Format::Xml) {
        writeln!(output)?;
    }
    Ok(())
}

/// Whether the order of the answers is the query's own. Where it is not, it is ours to choose.
fn is_ordered(sparql: &str) -> bool {
    let words: Vec<String> = sparql
        .split_whitespace()
        .map(str::to_ascii_lowercase)
        .collect();
    words
        .windows(2)
        .any(|pair| pair[0].ends_with("order") && pair[1].starts_with("by"))
}

fn write_table(
    variables: &[Variable],
    rows: &[Vec<Option<Term>>],
    store: &Store,
    output: &mut Output,
) -> io::Result<()> {
    let prefixes = prefixes(store);
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_FULL_CONDENSED)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_header(variables.iter().map(Variable::as_str));
    if !output.is_terminal() {
        table.set_width(120);
    }
    for row in rows {
        table.add_row(
            row.iter()
                .map(|term| cell(term.as_ref(), &prefixes, store.base())),
        );
    }
    writeln!(output, "{table}")?;
    message::say(page::count(rows.len(), "row"));
    Ok(())
}

/// A term as people read it: the words of a literal, the end of an IRI under the base.
fn cell(term: Option<&Term>, prefixes: &Prefixes, base: &Base) -> String {
    match term {
        None => String::new(),
        Some(Term::Literal(literal)) => literal.value().to_owned(),
        Some(Term::NamedNode(node)) if base.short(node.as_str()) != node.as_str() => {
            base.short(node.as_str()).to_owned()
        }
        Some(term) => prefixes.term(term),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_query_says_whether_its_answers_are_ordered() {
        assert!(is_ordered("SELECT * { ?s ?p ?o }\nORDER  BY ?s"));
        assert!(is_ordered("select * {?s ?p ?o}order by(?s)"));
        assert!(!is_ordered("SELECT ?order { ?order ?by ?o }"));
    }
}
