//! `newsgraph export`

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use newsgraph::export::{self, ExportFormat};
use newsgraph::network::Network;
use newsgraph::store::Store;

use super::output::{Output, unwritable};
use super::source::SourceArgs;
use super::{Outcome, message, page, show};

/// Write the graph as RDF, tables or a picture
#[derive(clap::Args)]
#[command(
    after_help = "turtle, ntriples and rdfxml hold what all articles say together; trig, nquads \
    and jsonld also the graph of each article. dot and svg are pictures of persons, bodies, places \
    and meetings."
)]
pub struct Args {
    #[command(flatten)]
    source: SourceArgs,

    /// Default: by the ending of --output, else turtle
    #[arg(long, short)]
    format: Option<Format>,

    /// File to write, - for stdout; for csv a folder [default: -, for csv newsgraph-tables]
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,

    /// dot, svg: only what is near this person, organisation, place or country
    #[arg(long, value_name = "NAME")]
    focus: Option<String>,

    /// dot, svg: how many edges away from --focus
    #[arg(long, value_name = "N", default_value_t = 1, requires = "focus")]
    hops: usize,

    /// dot, svg: at most so many nodes, the most connected ones
    #[arg(long, value_name = "N", default_value_t = 60)]
    limit: usize,
}

/// An [`ExportFormat`] on the command line.
#[derive(Clone, Copy)]
pub struct Format(pub ExportFormat);

const FORMATS: [Format; ExportFormat::ALL.len()] = {
    let mut formats = [Format(ExportFormat::Turtle); ExportFormat::ALL.len()];
    let mut i = 0;
    while i < formats.len() {
        formats[i] = Format(ExportFormat::ALL[i]);
        i += 1;
    }
    formats
};

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &FORMATS
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.name()))
    }
}

pub fn run(args: Args) -> Result<Outcome> {
    let output = args.output.as_deref();
    let format = match args.format {
        Some(Format(format)) => format,
        None => by_extension(output)?,
    };
    let is_picture = matches!(format, ExportFormat::Dot | ExportFormat::Svg);
    if args.focus.is_some() && !is_picture {
        bail!("--focus is for pictures\nhint: add --format svg or --format dot");
    }
    // A place that cannot be written is found before the work, not after it.
    let folder = output.unwrap_or(Path::new("newsgraph-tables"));
    if format == ExportFormat::Csv {
        if folder == Path::new("-") {
            bail!("the tables are five files\nhint: give a folder with --output");
        }
        std::fs::create_dir_all(folder).with_context(|| unwritable(folder))?;
    }
    let writer = match format {
        ExportFormat::Csv => None,
        _ => Some(Output::new(output)?),
    };
    let (store, outcome) = args.source.open()?;
    let Some(mut writer) = writer else {
        write_tables(&store, folder)?;
        return Ok(outcome);
    };
    if is_picture {
        let network = network(&store, &args)?;
        let title = title(&args, &network);
        match format {
            ExportFormat::Dot => export::write_dot(&network, &title, &mut writer)?,
            _ => export::write_svg(&network, &title, &mut writer)?,
        }
    } else {
        let keeps_graphs = format.rdf().is_some_and(|rdf| rdf.supports_datasets());
        let quads = if keeps_graphs {
            store.quads()?
        } else {
            store.default_graph()?
        };
        export::write_rdf(quads, format, &super::query::prefixes(&store), &mut writer)?;
    }
    writer.finish()?;
    Ok(outcome)
}

fn by_extension(output: Option<&Path>) -> Result<ExportFormat> {
    let Some(path) = output.filter(|p| *p != Path::new("-")) else {
        return Ok(ExportFormat::Turtle);
    };
    path.extension()
        .and_then(|extension| ExportFormat::from_extension(&extension.to_string_lossy()))
        .with_context(|| {
            format!(
                "no format known by the ending of {}\nhint: add --format",
                path.display()
            )
        })
}

fn write_tables(store: &Store, folder: &Path) -> Result<()> {
    let tables = store.tables()?;
    export::write_tables(&tables, folder).with_context(|| unwritable(folder))?;
    message::say(format_args!(
        "{}, {}, {} of roles, {} of meetings, {} of statements in {}",
        page::count(tables.articles.len(), "article"),
        page::count(tables.entities.len(), "entity"),
        page::count(tables.roles.len(), "row"),
        page::count(tables.meetings.len(), "row"),
        page::count(tables.statements.len(), "row"),
        folder.display()
    ));
    Ok(())
}

fn network(store: &Store, args: &Args) -> Result<Network> {
    let whole = Network::of(store)?;
    let Some(name) = &args.focus else {
        return Ok(whole.most_connected(args.limit));
    };
    let tables = store.tables()?;
    let entity = show::find_one(&tables.entities, name, store.base())?;
    let Some(node) = whole.find(entity.entity.as_str()) else {
        bail!(
            "no fact speaks of {}\nhint: `newsgraph show` tells what is known",
            entity.name
        );
    };
    let near = whole.around(&[node], args.hops);
    let centre: Vec<_> = near.find(entity.entity.as_str()).into_iter().collect();
    Ok(near.most_connected_with(args.limit, &centre))
}

fn title(args: &Args, network: &Network) -> String {
    let edges = network.graph().edge_count();
    let around = args
        .focus
        .as_ref()
        .map_or(String::new(), |name| format!(" around {name}"));
    format!("newsgraph{around}: {} nodes, {edges} edges", network.len())
}
