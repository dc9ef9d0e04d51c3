//! Time per stage on one sample plan (two columns, tables, twenty pages): `cargo bench`.

use divan::Bencher;
use plantoets::checks::Checks;
use plantoets::document::{self, Document};
use plantoets::engine::outcome::DocumentKind;
use plantoets::engine::{Input, assess_only};
use plantoets::ingest::{self, Limits, Source};
use plantoets::weighing::passages::passages;
use plantoets::weighing::{Describer, Passage};
use plantoets::{examples, facts, language};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const PLAN: &str = "samples/g05-drierivieren-vo-2022/document.pdf";

fn main() {
    divan::main();
}

fn bytes() -> Vec<u8> {
    std::fs::read(PLAN).expect("the sample is in the repository")
}

fn source() -> Source {
    ingest::read(PLAN, &bytes(), &Limits::default()).expect("the sample can be read")
}

fn structure() -> Document {
    document::build(&source())
}

fn rules() -> Checks {
    Checks::embedded().unwrap_or_else(|e| panic!("{e:?}"))
}

#[divan::bench]
fn load_rules() -> Checks {
    rules()
}

#[divan::bench]
fn load_examples() -> usize {
    let rules = rules();
    let elements = rules.frameworks.iter().flat_map(|f| &f.norms).flat_map(|n| &n.elements);
    elements.map(|e| e.examples().len()).sum()
}

#[divan::bench]
fn read_pdf(bencher: Bencher) {
    let bytes = bytes();
    bencher.bench(|| ingest::read(PLAN, &bytes, &Limits::default()));
}

#[divan::bench]
fn build_structure(bencher: Bencher) {
    let source = source();
    bencher.bench(|| document::build(&source));
}

#[divan::bench]
fn analyse_language(bencher: Bencher) {
    let (document, rules) = (structure(), rules());
    bencher.bench(|| language::analyse(&document, &rules.lexicon));
}

#[divan::bench]
fn find_facts(bencher: Bencher) {
    let (document, rules) = (structure(), rules());
    let language = language::analyse(&document, &rules.lexicon);
    let context = facts::Context::default();
    bencher.bench(|| facts::find(&document, &language.tokens, &language.vocabulary, &rules.gazetteer, &context));
}

#[divan::bench]
fn weigh_passages(bencher: Bencher) {
    let (source, rules) = (source(), rules());
    let plan = examples::analyse(&rules, &source, 0, DocumentKind::Ondersteuningsplan, None);
    bencher.bench(|| {
        let describer = Describer::new(&plan.document, &plan.language, &plan.facts, &rules, plan.kind);
        let reader = rules.model.reader(&describer, &rules.lexicon, &rules.fields);
        let sums = |p: &Passage| reader.sum(&describer.features(p));
        passages(&plan.document, &plan.language).iter().map(sums).collect::<Vec<_>>()
    });
}

#[divan::bench(args = ["N1.a", "N", ""])]
fn assess_elements(bencher: Bencher, asked: &str) {
    let (source, rules) = (source(), rules());
    let input =
        Input { documents: vec![examples::analyse(&rules, &source, 0, DocumentKind::Ondersteuningsplan, None)], ..Input::default() };
    bencher.bench(|| assess_only(&input, &rules, &["toezichtkader-2013"], &|id| id.starts_with(asked)));
}
