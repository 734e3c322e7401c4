//! Tokens per second of each stage on a fixed text of our own, and the time to load the model.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use newsgraph::annotation::{Annotator, conllu};
use newsgraph::document::{Document, tokenize};

/// Sentences written for this bench, with the variety that news has.
const TEXT: &str = include_str!("annotation.txt");

const MODEL: &[u8] = include_bytes!("../models/annotation.bin");

fn stages(criterion: &mut Criterion) {
    let text = TEXT.repeat(20);
    let document = Document::new(&text, &[]);
    let annotator = Annotator::embedded();
    let annotation = annotator.annotate(&document);
    // Nothing is unpacked: the model's weights are read where they stand.
    criterion.bench_function("annotation/load the model", |b| {
        b.iter(|| Annotator::from_bytes(black_box(MODEL)).expect("a whole model"));
    });
    let mut group = criterion.benchmark_group("annotation");
    group.throughput(Throughput::Elements(document.tokens.len() as u64));
    group.bench_function("tokens", |b| b.iter(|| tokenize(black_box(&text))));
    group.bench_function("document", |b| {
        b.iter(|| Document::new(black_box(&text), &[]))
    });
    group.bench_function("tags", |b| b.iter(|| annotator.tags(black_box(&document))));
    group.bench_function("names", |b| {
        b.iter(|| annotator.names(black_box(&document)))
    });
    group.bench_function("tags, tree, names", |b| {
        b.iter(|| annotator.annotate(black_box(&document)))
    });
    group.bench_function("conllu", |b| {
        b.iter(|| conllu::write("bench", black_box(&document), &annotation, &[]));
    });
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
