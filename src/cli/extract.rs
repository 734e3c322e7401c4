//! `newsgraph extract`

use std::io::Write;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use newsgraph::annotation::{Annotator, conllu};
use newsgraph::article::Article;
use newsgraph::document::Document;
use newsgraph::export::{self, ExportFormat, Record};
use newsgraph::graph::{self, Program};
use rayon::prelude::*;

use super::given::{Given, GivenArgs};
use super::input::ReadingArgs;
use super::output::Output;
use super::{Outcome, input, together};

/// Read articles and print what is found in each, without a store
#[derive(clap::Args)]
pub struct Args {
    /// Files, folders, patterns in quotes, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,

    /// How far to go
    #[arg(long, default_value = "fact")]
    stage: Stage,

    /// Default: jsonl; conllu for annotation, nq for triple
    #[arg(long, short)]
    format: Option<Format>,

    /// File to write instead of stdout
    #[arg(long, short, value_name = "PATH")]
    output: Option<std::path::PathBuf>,

    #[command(flatten)]
    given: GivenArgs,

    #[command(flatten)]
    reading: ReadingArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Stage {
    /// Paragraphs, sentences, tokens, quotations
    Document,
    /// Part of speech, lemma, dependency tree, names; keeps the tokens of CoNLL-U files
    Annotation,
    /// Names, times and quotations at their places
    Mention,
    /// Entities, roles, meetings, statements
    Fact,
    /// The article's graph
    Triple,
    /// Stories, and the mentions of one event or of the same people across all articles
    Identity,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One JSON object an article
    Jsonl,
    /// One token a line
    Conllu,
    /// N-Quads
    Nq,
    Trig,
}

/// What to print of each article.
#[derive(Clone, Copy)]
enum Print {
    Document,
    Annotation,
    Mentions,
    Facts,
    Graph(ExportFormat),
    Identity,
}

fn choose(stage: Stage, format: Option<Format>) -> Result<Print> {
    Ok(match (stage, format) {
        (Stage::Document, None | Some(Format::Jsonl)) => Print::Document,
        (Stage::Annotation, None | Some(Format::Conllu)) => Print::Annotation,
        (Stage::Mention, None | Some(Format::Jsonl)) => Print::Mentions,
        (Stage::Fact, None | Some(Format::Jsonl)) => Print::Facts,
        (Stage::Triple, None | Some(Format::Nq)) => Print::Graph(ExportFormat::NQuads),
        (Stage::Triple, Some(Format::Trig)) => Print::Graph(ExportFormat::TriG),
        (Stage::Identity, None | Some(Format::Jsonl)) => Print::Identity,
        (stage, Some(format)) => {
            let name = |value: Option<clap::builder::PossibleValue>| {
                value.map(|v| v.get_name().to_owned()).unwrap_or_default()
            };
            bail!(
                "stage {} has no format {}\nhint: document, mention, fact, identity: jsonl; \
                 annotation: conllu; triple: nq, trig",
                name(stage.to_possible_value()),
                name(format.to_possible_value())
            )
        }
    })
}

pub fn run(args: Args) -> Result<Outcome> {
    let print = choose(args.stage, args.format)?;
    let pool = args.reading.pool()?;
    let mut output = Output::new(args.output.as_deref())?;
    if matches!(print, Print::Annotation) && args.inputs.iter().all(|input| is_conllu(input)) {
        annotate_tokens(&args.inputs, &pool, &mut output)?;
        output.finish()?;
        return Ok(Outcome::Done);
    }
    if matches!(print, Print::Identity) {
        let given = Given::read(&args.given, &args.inputs)?;
        let (readings, outcome) = together::read(&args.reading, &args.inputs, Some(&given))?;
        together::write_chains(&readings, &pool, &mut output)?;
        output.finish()?;
        return Ok(outcome);
    }
    args.given.refuse("--stage identity")?;
    let batch_size = 16 * pool.current_num_threads();
    let outcome = input::for_each_batch(&args.reading, &args.inputs, batch_size, |batch| {
        let printed: Vec<Result<Vec<u8>>> = pool.install(|| {
            batch
                .par_iter()
                .map(|a| text_of(a, print, &args.reading))
                .collect()
        });
        for bytes in printed {
            output.write_all(&bytes?)?;
        }
        Ok(())
    })?;
    output.finish()?;
    Ok(outcome)
}

fn text_of(article: &Article, print: Print, reading: &ReadingArgs) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    match print {
        Print::Document => {
            let document = Document::from_article(article);
            writeln!(out, "{}", Record::new(article).document(&document))?;
        }
        Print::Annotation => {
            let document = Document::from_article(article);
            let annotation = Annotator::embedded().annotate(&document);
            let multiwords = conllu::multiwords(&document, &annotation);
            out.extend(conllu::write(&article.id, &document, &annotation, &multiwords).bytes());
        }
        Print::Mentions => {
            let document = Document::from_article(article);
            let facts = reading.facts(article);
            writeln!(out, "{}", Record::new(article).mentions(&document, &facts))?;
        }
        Print::Facts => {
            writeln!(
                out,
                "{}",
                Record::new(article).facts(&reading.facts(article))
            )?;
        }
        // Needs all articles: printed by `together`.
        Print::Identity => {}
        Print::Graph(format) => {
            let base = reading.base.clone().unwrap_or_default();
            let facts = reading.facts(article);
            let graph = graph::build(article, &facts, &base, &Program::this(None));
            let prefixes = export::Prefixes::new(graph::PREFIXES.iter().copied());
            export::write_rdf(
                graph.quads,
                format,
                &prefixes.with_base(base.as_str()),
                &mut out,
            )?;
        }
    }
    Ok(out)
}

fn is_conllu(input: &str) -> bool {
    input.ends_with(".conllu")
}

/// Annotates the tokens and sentences of CoNLL-U files, so that the model can be measured on
/// tokens that are right.
fn annotate_tokens(inputs: &[String], pool: &rayon::ThreadPool, output: &mut Output) -> Result<()> {
    for input in inputs {
        let text =
            std::fs::read_to_string(input).with_context(|| format!("cannot read {input}"))?;
        let documents = conllu::read(&text).with_context(|| input.clone())?;
        let printed: Vec<String> = pool.install(|| {
            documents
                .par_iter()
                .map(|given| {
                    let annotation = Annotator::embedded().annotate(&given.document);
                    let id = given.id.as_deref().unwrap_or(input);
                    conllu::write(id, &given.document, &annotation, &given.multiwords)
                })
                .collect()
        });
        for text in printed {
            output.write_all(text.as_bytes())?;
        }
    }
    Ok(())
}
