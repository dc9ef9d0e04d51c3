//! `plantoets explain` and `plantoets checks`, and the rules for the other commands.

use super::Exit;
use super::args::{ChecksCommand, ExplainArguments, RuleArguments};
use super::output::{self, Messages};
use plantoets::dossier::nearest;
use plantoets::examples;
use plantoets::pipeline::{Options, Rules};
use plantoets::report;
use plantoets::run::{Framework, Selection};
use std::path::Path;

/// The rules; None when they hold a fault, which has then been told.
pub fn load(folder: Option<&Path>, messages: &Messages) -> Option<Rules> {
    Rules::load(folder).map_err(|faults| faults.iter().for_each(|fault| messages.fault(fault))).ok()
}

/// The frameworks asked for; None when one is unknown, which has then been told.
pub fn frameworks(rules: &Rules, asked: &[String], messages: &Messages) -> Option<Vec<Framework>> {
    let known = || rules.checks().frameworks.iter().map(|f| f.id.as_str()).collect::<Vec<_>>().join(", ");
    rules.frameworks(asked).map_err(|name| messages.error(&format!("onbekend kader '{name}'; kies uit {}", known()))).ok()
}

/// Whether every word of the selection takes some element; if not, that has been told.
pub fn known(rules: &Rules, selection: &Selection, messages: &Messages) -> bool {
    let elements = rules.elements();
    let ids = elements.iter().map(|(id, _)| id.as_str());
    let idle = selection.idle(ids.clone());
    for word in &idle {
        let meant = nearest(word, ids.clone()).map(|id| format!("; bedoelde u {id}?")).unwrap_or_default();
        messages.error(&format!("'{word}' is geen norm of element{meant} (plantoets checks list toont ze alle)"));
    }
    idle.is_empty()
}

/// The frameworks that a run asks for; None when they, or the elements asked for, are not known, which has then been told.
pub fn asked(rules: &Rules, options: &Options, messages: &Messages) -> Option<Vec<Framework>> {
    let Options { selection, explain, .. } = options;
    let frameworks = frameworks(rules, &options.frameworks, messages)?;
    (known(rules, selection, messages) && within(rules, &frameworks, selection, explain, messages)).then_some(frameworks)
}

/// Whether every word of `explain` takes some element, and one that is reported; if not, that has been told.
pub fn within(rules: &Rules, frameworks: &[Framework], selection: &Selection, explain: &Selection, messages: &Messages) -> bool {
    if !known(rules, explain, messages) {
        return false;
    }
    let asked = rules.checks().frameworks.iter().filter(|f| frameworks.iter().any(|a| a.id == f.id));
    let reported = asked.flat_map(|f| &f.norms).flat_map(|n| &n.elements).map(|e| e.id.as_str()).filter(|id| selection.takes(id));
    let idle = explain.idle(reported);
    for word in &idle {
        messages.error(&format!("'{word}' bij --explain valt buiten --norm of --framework; noem het daar ook"));
    }
    idle.is_empty()
}

/// `plantoets explain`.
pub fn explain(a: &ExplainArguments, messages: &Messages) -> anyhow::Result<Exit> {
    let Some(rules) = load(a.checks.as_deref(), messages) else { return Ok(Exit::Misuse) };
    let selection = Selection::new([&a.element]);
    if !known(&rules, &selection, messages) {
        return Ok(Exit::Misuse);
    }
    let style = messages.report_style(None);
    let elements = rules.elements();
    let chosen = elements.iter().filter(|(id, _)| selection.takes(id)).filter_map(|(id, _)| rules.explanation(id));
    let texts: Vec<_> = chosen.map(|e| report::explanation(&e, style)).collect();
    output::write(&texts.join("\n"), None)?;
    Ok(Exit::Clean)
}

/// `plantoets checks`.
pub fn checks(command: &ChecksCommand, messages: &Messages) -> anyhow::Result<Exit> {
    match command {
        ChecksCommand::List(a) => list(a, messages),
        ChecksCommand::Test(a) => test(a, messages),
    }
}

/// Frameworks, norms and elements, each on a line.
fn list(a: &RuleArguments, messages: &Messages) -> anyhow::Result<Exit> {
    let Some(rules) = load(a.checks.as_deref(), messages) else { return Ok(Exit::Misuse) };
    let selection = Selection::new(&a.norms);
    let Some(asked) = frameworks(&rules, &a.frameworks, messages) else { return Ok(Exit::Misuse) };
    if !known(&rules, &selection, messages) {
        return Ok(Exit::Misuse);
    }
    let mut text = String::new();
    for framework in rules.checks().frameworks.iter().filter(|f| asked.iter().any(|a| a.id == f.id)) {
        text += &format!("{} ({})\n", framework.title, framework.id);
        for norm in framework.norms.iter().filter(|n| n.elements.iter().any(|e| selection.takes(&e.id))) {
            text += &format!("  {} {}\n", norm.id, norm.title);
            let elements = norm.elements.iter().filter(|e| selection.takes(&e.id));
            text.extend(elements.map(|e| format!("    {:<6} {}\n", e.id, e.title)));
        }
    }
    output::write(&report::harmless_lines(&text), None)?;
    Ok(Exit::Clean)
}

fn test(a: &RuleArguments, messages: &Messages) -> anyhow::Result<Exit> {
    let Some(rules) = load(a.checks.as_deref(), messages) else { return Ok(Exit::Misuse) };
    let selection = Selection::new(&a.norms);
    if frameworks(&rules, &a.frameworks, messages).is_none() || !known(&rules, &selection, messages) {
        return Ok(Exit::Misuse);
    }
    let (mut run, mut failures) = (0, Vec::new());
    for framework in rules.checks().frameworks.iter().filter(|f| a.frameworks.is_empty() || a.frameworks.contains(&f.id)) {
        for element in framework.norms.iter().flat_map(|n| &n.elements).filter(|e| selection.takes(&e.id)) {
            run += element.examples().len();
            failures.extend((1..=element.examples().len()).filter_map(|n| examples::run(rules.checks(), framework, element, n)));
        }
    }
    let mut text = String::new();
    for f in &failures {
        text += &format!("{} voorbeeld {}: {} en niet {}\n", f.element, f.number, f.got.label(), f.expected.label());
        text += &format!("    {}\n    {}\n", f.text.split_whitespace().collect::<Vec<_>>().join(" "), f.message);
    }
    text += &format!("{run} voorbeelden, {} met het gegeven oordeel, {} anders\n", run - failures.len(), failures.len());
    output::write(&report::harmless_lines(&text), None)?;
    Ok(if failures.is_empty() { Exit::Clean } else { Exit::Findings })
}
