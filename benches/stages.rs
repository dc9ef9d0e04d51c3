//! Time per stage on one sample plan (two columns, tables, twenty pages): `cargo bench`.

use divan::Bencher;
use plantoets::checks::Checks;
use plantoets::document::{self, Document};
use plantoets::engine::outcome::DocumentKind;
use plantoets::engine::{Input, assess};
use plantoets::ingest::{self, Limits, Source};
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
fn assess_elements(bencher: Bencher) {
    let (source, rules) = (source(), rules());
    let input =
        Input { documents: vec![examples::analyse(&rules, &source, 0, DocumentKind::Ondersteuningsplan, None)], ..Input::default() };
    bencher.bench(|| assess(&input, &rules, &["toezichtkader-2013"]));
}
