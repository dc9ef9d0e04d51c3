//! `plantoets check`.

use super::args::CheckArguments;
use super::lists::{self, Beside, Waivers};
use super::output::{self, Messages};
use super::{Exit, batch, rules};
use plantoets::dossier;
use plantoets::ingest::{Limits, Missing, Ocr};
use plantoets::parallel;
use plantoets::pipeline::{self, Options};
use plantoets::report;
use plantoets::run::{Run, Selection};
use std::time::Duration;

/// Time for one document with pages to be read by OCR: a scan of two hundred pages on one processor core.
pub const OCR_TIME: Duration = Duration::from_secs(900);

/// Finds the dossiers, assesses each, reports all.
pub fn run(a: CheckArguments, messages: &Messages) -> anyhow::Result<Exit> {
    if let Some(folder) = batch::folder(&a) {
        return batch::run(&a, folder, messages);
    }
    parallel::inside(|| assess(a, messages))
}

fn assess(a: CheckArguments, messages: &Messages) -> anyhow::Result<Exit> {
    let options = options(&a)?;
    // The rules load while the first dossier is read.
    let ((found, mut first), loaded) = parallel::both(
        || {
            let found = dossier::find(&a.paths);
            let first = found.dossiers.first().map(|d| pipeline::read_dossier(d, &options));
            (found, first)
        },
        || rules::load(a.rules.checks.as_deref(), messages),
    );
    let Some(rules) = loaded else { return Ok(Exit::Misuse) };
    let Some(frameworks) = rules::asked(&rules, &options, messages) else { return Ok(Exit::Misuse) };
    for problem in &found.problems {
        messages.problem(problem);
    }
    let mut exit = if found.problems.is_empty() { Exit::Clean } else { Exit::Misuse };
    if found.dossiers.is_empty() {
        return Ok(exit);
    }
    match lists::waivers(&found.dossiers, &rules, &a, messages) {
        Waivers::Fit => {}
        Waivers::Strange => exit = Exit::Misuse,
        Waivers::Undated => return Ok(Exit::Misuse),
    }
    let Some(mut beside) = Beside::read(&a, &frameworks, messages) else { return Ok(Exit::Misuse) };
    exit = exit.max(if beside.faulty { Exit::Misuse } else { Exit::Clean });

    let mut run = Run { frameworks, ..Run::default() };
    for (n, dossier) in found.dossiers.iter().enumerate() {
        messages.progress(n + 1, found.dossiers.len(), &dossier.path);
        let documents = first.take().unwrap_or_else(|| pipeline::read_dossier(dossier, &options));
        let mut done = pipeline::assess(dossier, documents, &rules, &options);
        beside.put(&mut done, &run.frameworks);
        for document in &done.documents {
            if let Some(error) = &document.error {
                messages.error(&format!("{}: {error}", done.path_of(document)));
            }
        }
        exit = exit.max(if done.has_unreadable() { Exit::Unreadable } else { Exit::Clean });
        exit = exit.max(if done.has_findings(a.fail_on) { Exit::Findings } else { Exit::Clean });
        run.dossiers.push(done);
    }
    beside.close(&mut run);
    let format = a.format.as_deref().map_or(Some(&report::FORMATS[0]), |name| report::format(report::FORMATS, name));
    let format = format.expect("clap lets only known formats through");
    let text = (format.render)(&run, messages.report_style(a.output.as_deref()));
    output::write(&text, a.output.as_deref())?;
    // The process ends here, and what it holds with it: no need to give that back piece by piece.
    std::mem::forget((run, rules, found));
    Ok(exit)
}

/// What the arguments ask of a run; Err with what is not installed that they need.
pub fn options(a: &CheckArguments) -> Result<Options, Missing> {
    let ocr = a.ocr.then(Ocr::find).transpose()?;
    let limits = Limits { time: seconds(a), ..Limits::default() };
    Ok(Options {
        frameworks: a.rules.frameworks.clone(),
        selection: Selection::new(&a.rules.norms),
        explain: Selection::new(&a.explain),
        kind: a.kind,
        peildatum: a.peildatum,
        limits,
        ocr,
    })
}

/// Time for one document.
pub fn seconds(a: &CheckArguments) -> Duration {
    a.batch.tijd_per_document.map_or(if a.ocr { OCR_TIME } else { Limits::default().time }, Duration::from_secs)
}
