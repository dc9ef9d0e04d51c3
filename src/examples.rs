//! Running the examples that stand in the element files: each is a document of its own, with the verdict it must get.

use crate::checks::{Checks, Element, ExampleFile, Framework};
use crate::document;
use crate::engine::outcome::{DocumentKind, ElementOutcome, Verdict};
use crate::engine::{Analysed, Input, School, assess_only};
use crate::facts;
use crate::ingest::{Content, Line, Source};
use crate::language;

/// An example that got another verdict than it must.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// The element.
    pub element: String,
    /// Which example of the element, from 1.
    pub number: usize,
    /// The verdict it must get.
    pub expected: Verdict,
    /// The verdict it got.
    pub got: Verdict,
    /// Why.
    pub message: String,
    /// The beginning of its text.
    pub text: String,
}

/// A small text document as the pipeline would see it.
pub fn analyse_text(checks: &Checks, heading: Option<&str>, text: &str, kind: DocumentKind) -> Analysed {
    let mut lines: Vec<String> = Vec::new();
    if let Some(h) = heading {
        lines.push(format!("# {h}"));
        lines.push(String::new());
    }
    lines.extend(text.lines().map(str::to_string));
    let lines = lines.into_iter().enumerate().map(|(i, text)| Line { number: i as u32 + 1, text }).collect();
    let source = Source {
        content: Content::Lines { markdown: true, lines },
        outline: Vec::new(),
        tags: Vec::new(),
        warnings: Vec::new(),
        partial: false,
    };
    analyse(checks, &source, 0, kind, None)
}

/// From a source to an analysed document.
pub fn analyse(checks: &Checks, source: &Source, index: usize, kind: DocumentKind, received: Option<jiff::civil::Date>) -> Analysed {
    let document = document::build(source);
    let language = language::analyse(&document, &checks.lexicon);
    let context = facts::Context::default();
    let facts = facts::find(&document, &language.tokens, &language.vocabulary, &checks.gazetteer, &context);
    Analysed { index, kind, received, document, language, facts }
}

/// The outcome of an element on an example.
pub fn outcome(checks: &Checks, framework: &Framework, element: &Element, example: &ExampleFile) -> Option<ElementOutcome> {
    let kind = example.document.unwrap_or(DocumentKind::Ondersteuningsplan);
    let dossier = example.dossier.clone().unwrap_or_default();
    let mut analysed = analyse_text(checks, example.heading.as_deref(), &example.text, kind);
    analysed.received = dossier.ontvangen.as_deref().and_then(|d| d.parse().ok());
    let school = |row: &String| {
        let mut f = row.split(';').map(|s| s.trim().to_string());
        School {
            brin: f.next().unwrap_or_default(),
            naam: f.next().unwrap_or_default(),
            bevoegd_gezag: f.next().unwrap_or_default(),
            swv: f.next().unwrap_or_default(),
        }
    };
    let input = Input {
        fragment: true,
        nummer: dossier.nummer,
        gemeenten: dossier.gemeenten,
        documents: vec![analysed],
        register: (!dossier.register.is_empty()).then(|| dossier.register.iter().map(school).collect()),
        ..Input::default()
    };
    let mut all = assess_only(&input, checks, &[&framework.id], &|id| id == element.id);
    all.frameworks.pop()?.elements.into_iter().find(|e| e.id == element.id)
}

/// Runs one example; None if it gets the verdict it must.
pub fn run(checks: &Checks, framework: &Framework, element: &Element, number: usize) -> Option<Failure> {
    let example = element.examples().get(number - 1)?;
    let got = outcome(checks, framework, element, example)?;
    (got.verdict != example.verdict).then(|| Failure {
        element: element.id.clone(),
        number,
        expected: example.verdict,
        got: got.verdict,
        message: got.message,
        text: example.text.chars().take(160).collect(),
    })
}
