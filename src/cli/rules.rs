//! `plantoets explain` and `plantoets checks`, and the rules for the other commands.

use super::Exit;
use super::args::{ChecksCommand, ExplainArguments};
use super::output::{self, Messages};
use plantoets::checks::{Checks, Element, Framework, Norm};
use plantoets::dossier::nearest;
use plantoets::report::{self, Example, Explanation};
use plantoets::run::{self, Selection};
use plantoets::{examples, report::harmless_lines};
use std::fmt::Write as _;
use std::path::Path;

/// The rules of the program or of a folder; None when they hold a fault, which has then been told.
pub fn load(folder: Option<&Path>, messages: &Messages) -> Option<Checks> {
    let loaded = match folder {
        Some(folder) => Checks::load(folder),
        None => Checks::embedded(),
    };
    let base = folder.map_or("checks".to_owned(), plantoets::dossier::shown);
    loaded.map_err(|faults| faults.iter().for_each(|fault| messages.rule_fault(&base, fault))).ok()
}

/// The frameworks asked for, or all; None when one is unknown, which has then been told.
pub fn frameworks(checks: &Checks, asked: &[String], messages: &Messages) -> Option<Vec<run::Framework>> {
    let head = |f: &Framework| run::Framework { id: f.id.clone(), title: f.title.clone(), digest: f.digest.clone() };
    if asked.is_empty() {
        return Some(checks.frameworks.iter().map(head).collect());
    }
    let mut heads: Vec<run::Framework> = Vec::new();
    for id in asked {
        let Some(framework) = checks.framework(id) else {
            let known: Vec<_> = checks.frameworks.iter().map(|f| f.id.as_str()).collect();
            messages.error(&format!("onbekend kader '{id}'; kies uit {}", known.join(", ")));
            return None;
        };
        if !heads.iter().any(|h| h.id == *id) {
            heads.push(head(framework));
        }
    }
    Some(heads)
}

/// Whether every word of the selection takes some element; if not, that has been told.
pub fn known(checks: &Checks, selection: &Selection, messages: &Messages) -> bool {
    let ids: Vec<&str> = elements(checks).map(|(_, _, e)| e.id.as_str()).collect();
    let idle = selection.idle(ids.iter().copied());
    for word in &idle {
        let meant = nearest(word, ids.iter().copied()).map(|id| format!("; bedoelde u {id}?")).unwrap_or_default();
        messages.error(&format!("'{word}' is geen norm of element{meant} (plantoets checks list toont ze alle)"));
    }
    idle.is_empty()
}

fn elements(checks: &Checks) -> impl Iterator<Item = (&Framework, &Norm, &Element)> {
    checks.frameworks.iter().flat_map(|f| f.norms.iter().flat_map(move |n| n.elements.iter().map(move |e| (f, n, e))))
}

/// `plantoets explain`.
pub fn explain(a: &ExplainArguments, messages: &Messages) -> anyhow::Result<Exit> {
    let Some(checks) = load(a.checks.as_deref(), messages) else { return Ok(Exit::Misuse) };
    let selection = Selection::new([&a.element]);
    if !known(&checks, &selection, messages) {
        return Ok(Exit::Misuse);
    }
    let style = messages.report_style(None);
    let chosen = elements(&checks).filter(|(_, _, e)| selection.takes(&e.id));
    let texts: Vec<_> = chosen.map(|(f, n, e)| report::explanation(&explanation(f, n, e), style)).collect();
    output::write(&texts.join("\n"), None)?;
    Ok(Exit::Clean)
}

fn explanation(f: &Framework, n: &Norm, e: &Element) -> Explanation {
    // Examples meant for showing come first.
    let (shown, others): (Vec<_>, Vec<_>) = e.examples.iter().partition(|x| x.show);
    let example = |x: &plantoets::checks::ExampleFile| Example { text: x.text.clone(), verdict: x.verdict };
    Explanation {
        id: e.id.clone(),
        title: e.title.clone(),
        norm: format!("{} {}", n.id, n.title),
        framework: f.title.clone(),
        asks: e.asks.clone(),
        clause: e.clause.clone(),
        counts: e.counts.clone(),
        not_counts: e.not_counts.clone(),
        hint: e.hint.clone(),
        examples: shown.into_iter().chain(others).map(example).collect(),
    }
}

/// `plantoets checks`.
pub fn checks(command: &ChecksCommand, messages: &Messages) -> anyhow::Result<Exit> {
    let (ChecksCommand::List(a) | ChecksCommand::Test(a)) = command;
    let Some(checks) = load(a.checks.as_deref(), messages) else { return Ok(Exit::Misuse) };
    let selection = Selection::new(&a.norms);
    let Some(frameworks) = frameworks(&checks, &a.frameworks, messages) else { return Ok(Exit::Misuse) };
    if !known(&checks, &selection, messages) {
        return Ok(Exit::Misuse);
    }
    let chosen: Vec<_> = elements(&checks).filter(|(f, _, e)| frameworks.iter().any(|h| h.id == f.id) && selection.takes(&e.id)).collect();
    let (text, exit) = match command {
        ChecksCommand::List(_) => (list(&chosen), Exit::Clean),
        ChecksCommand::Test(_) => test(&checks, &chosen),
    };
    output::write(&harmless_lines(&text), None)?;
    Ok(exit)
}

/// Frameworks, norms and elements, each on a line.
fn list(chosen: &[(&Framework, &Norm, &Element)]) -> String {
    let mut out = String::new();
    let (mut framework, mut norm) = ("", "");
    for (f, n, e) in chosen {
        if f.id != framework {
            writeln!(out, "{}{} ({})", if framework.is_empty() { "" } else { "\n" }, f.title, f.id).expect("writing to a string");
            (framework, norm) = (&f.id, "");
        }
        if n.id != norm {
            writeln!(out, "  {} {}", n.id, n.title).expect("writing to a string");
            norm = &n.id;
        }
        writeln!(out, "    {:<6} {}", e.id, e.title).expect("writing to a string");
    }
    out
}

/// Runs the examples of the elements; tells those that get another verdict than they must.
fn test(checks: &Checks, chosen: &[(&Framework, &Norm, &Element)]) -> (String, Exit) {
    let mut out = String::new();
    let (mut all, mut wrong) = (0, 0);
    for (framework, _, element) in chosen {
        for number in 1..=element.examples.len() {
            all += 1;
            if let Some(failure) = examples::run(checks, framework, element, number) {
                wrong += 1;
                let (expected, got) = (failure.expected.label(), failure.got.label());
                writeln!(out, "{} voorbeeld {number}: {got} en niet {expected}", failure.element).expect("writing to a string");
                writeln!(out, "    tekst:   {}", failure.text.trim()).expect("writing to a string");
                writeln!(out, "    oordeel: {}", failure.message).expect("writing to a string");
                writeln!(out, "    bestand: {}", element.path).expect("writing to a string");
            }
        }
    }
    writeln!(out, "{all} voorbeelden van {} elementen, {wrong} met een ander oordeel dan verwacht", chosen.len())
        .expect("writing to a string");
    (out, if wrong == 0 { Exit::Clean } else { Exit::Findings })
}
