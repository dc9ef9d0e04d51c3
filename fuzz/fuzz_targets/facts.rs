//! A text to sentences, dates, periods, numbers, municipalities and figures.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plantoets::checks::Checks;
use plantoets::{document, dossier, facts, ingest, language};
use std::sync::LazyLock;

static CHECKS: LazyLock<Checks> = LazyLock::new(|| Checks::embedded().expect("the rules of the program are sound"));

fuzz_target!(|text: &str| {
    let _ = (facts::cardinal(text), facts::ordinal(text), dossier::normalise_number(text));
    let Ok(source) = ingest::read("plan.md", text.as_bytes(), &ingest::Limits::default()) else { return };
    let document = document::build(&source);
    let language = language::analyse(&document, &CHECKS.lexicon);
    let found = facts::find(&document, &language.tokens, &language.vocabulary, &CHECKS.gazetteer, &facts::Context::default());
    let _ = facts::find_figures(&document, &language, &CHECKS.lexicon, &found, &CHECKS.figures);
});
