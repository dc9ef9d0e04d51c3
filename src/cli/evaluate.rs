//! `plantoets eval`.

use super::args::EvalArguments;
use super::output::{self, Messages};
use super::{Exit, rules};
use anyhow::{Context as _, anyhow};
use plantoets::document::Document;
use plantoets::dossier::{self, DocumentEntry, Dossier};
use plantoets::eval::layout::{self, Label, LayoutScores};
use plantoets::eval::{self, BankScores, FigureFragment, FigureScores, Scores, Truth};
use plantoets::learning::{Data, Labelled, Settings, cross};
use plantoets::pipeline::{self, Options, Rules};
use plantoets::report;
use plantoets::run::{DossierRun, Selection};
use std::path::{Path, PathBuf};

const TRUTH: &str = "truth.json";

/// Compares with `truth.json`, with the labels of fragments, or with the labels of a document's layout.
pub fn run(a: &EvalArguments, messages: &Messages) -> anyhow::Result<Exit> {
    let Some(mut rules) = rules::load(a.rules.checks.as_deref(), messages) else { return Ok(Exit::Misuse) };
    let selection = Selection::new(&a.rules.norms);
    if rules::frameworks(&rules, &a.rules.frameworks, messages).is_none() || !rules::known(&rules, &selection, messages) {
        return Ok(Exit::Misuse);
    }
    let options = Options { frameworks: a.rules.frameworks.clone(), selection: selection.clone(), ..Options::default() };
    let style = messages.report_style(a.output.as_deref());
    let banks = banks(&a.paths);
    if a.leave_one_out && !banks.is_empty() {
        return Err(anyhow!("--leave-one-out laat dossiers weg; noem mappen met een {TRUTH}, en fragmenten met --fragments"));
    }
    let labels = labels(&a.paths)?;
    let text = if !labels.is_empty() {
        let read = labels.iter().map(|(file, _)| document(file, &options)).collect::<anyhow::Result<Vec<_>>>()?;
        let named = labels.iter().zip(&read).map(|((_, label), (name, document))| (name.as_str(), document, label));
        let scores = LayoutScores::of(named);
        (report::format(layout::LAYOUT_FORMATS, &a.format).expect("clap lets only known formats through").render)(&scores, style)
    } else if banks.is_empty() {
        let pairs = dossiers(&a.paths, messages)?;
        let runs = match a.leave_one_out {
            true => left_out(&pairs, &a.fragments, &mut rules, &options, messages)?,
            false => pairs.iter().map(|(dossier, _)| pipeline::run(dossier, &rules, &options)).collect(),
        };
        let truths = pairs.iter().map(|(_, truth)| truth);
        let scores = Scores { leave_one_out: a.leave_one_out, ..eval::score(runs.iter().zip(truths), &selection) };
        (report::format(eval::FORMATS, &a.format).expect("clap lets only known formats through").render)(&scores, style)
    } else {
        let fragments = per_file(&banks, |name, text| eval::fragments(name, text, a.part))?;
        let chosen: Vec<_> = fragments.iter().filter(|f| selection.takes(&f.element)).collect();
        let verdicts: Vec<_> =
            chosen.iter().map(|f| pipeline::fragment(&f.markdown(), f.document_kind(), &f.element, &rules, &options)).collect();
        let mut scores = BankScores::of(chosen.into_iter().zip(verdicts), &selection);
        let figures = per_file(&banks, |name, text| eval::figure_fragments(name, text, a.part))?;
        let read = |f: &FigureFragment| pipeline::figures(&f.markdown(), f.document_kind(), &rules, &options);
        scores.figures = FigureScores::of(figures.iter().map(|f| (f, read(f))));
        (report::format(eval::BANK_FORMATS, &a.format).expect("clap lets only known formats through").render)(&scores, style)
    };
    output::write(&text, a.output.as_deref())?;
    Ok(Exit::Clean)
}

/// Each dossier judged with weights learnt from the others and from fragments.
fn left_out(
    pairs: &[(Dossier, Truth)],
    fragments: &[PathBuf],
    rules: &mut Rules,
    options: &Options,
    messages: &Messages,
) -> anyhow::Result<Vec<DossierRun>> {
    let files = banks(fragments);
    if files.is_empty() && !fragments.is_empty() {
        return Err(anyhow!("bij --fragments staan geen fragmenten (*.jsonl)"));
    }
    let fragments = per_file(&files, |name, text| eval::fragments(name, text, None))?;
    let settings = Settings::default();
    let labelled = pairs.iter().map(|(dossier, truth)| Labelled::of_dossier(dossier, truth));
    let data = Data::gather(&fragments, labelled, rules, options, &settings);
    let groups: Vec<Vec<u16>> = (0..pairs.len() as u16).map(|d| vec![d]).collect();
    let ready = |n: usize| messages.progress(n, groups.len(), "geleerd zonder een dossier");
    let weights = cross::without_each(&data, &settings, &groups, &|learner| learner.written(&data), &ready);
    let judge = |((dossier, _), weights): (&(Dossier, Truth), &String)| {
        rules.weigh_with(weights)?;
        Ok(pipeline::run(dossier, rules, options))
    };
    pairs.iter().zip(&weights).map(judge).collect()
}

/// The dossiers that have a truth beside them.
fn dossiers(paths: &[PathBuf], messages: &Messages) -> anyhow::Result<Vec<(Dossier, Truth)>> {
    let found = dossier::find(paths);
    found.problems.iter().for_each(|problem| messages.problem(problem));
    let mut pairs = Vec::new();
    for dossier in found.dossiers {
        let Some(folder) = dossier.documents.first().and_then(|d| d.file.parent()) else { continue };
        let own = Path::new(&dossier.path).join(TRUTH);
        let file = if own.is_file() { own } else { folder.join(TRUTH) };
        if file.is_file() {
            pairs.push((dossier, Truth::read(&file)?));
        }
    }
    if pairs.is_empty() {
        return Err(anyhow!("hier staat geen dossier met een {TRUTH} ernaast; noem een map die er een heeft, of een bestand *.jsonl"));
    }
    Ok(pairs)
}

/// The PDFs among the paths and in the folders that have labels for their layout beside them, sorted by name within a folder.
fn labels(paths: &[PathBuf]) -> anyhow::Result<Vec<(PathBuf, Label)>> {
    let mut found = Vec::new();
    for file in files(paths, "pdf") {
        let beside = file.with_extension("json");
        let Ok(json) = std::fs::read_to_string(&beside) else { continue };
        if let Some(label) = Label::parse(&json) {
            let fault = || format!("{} beschrijft geen blokken zoals het hoort", beside.display());
            found.push((file, label.with_context(fault)?));
        }
    }
    Ok(found)
}

/// A document as read, and its name.
fn document(file: &Path, options: &Options) -> anyhow::Result<(String, Document)> {
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let entry = DocumentEntry { path: name.clone(), file: file.to_owned(), kind: None, ontvangen: None };
    let read = pipeline::read(&entry, options);
    let document = read.document.ok_or_else(|| anyhow!("{name}: {}", read.shown.error.unwrap_or_default()))?;
    Ok((name, document))
}

/// The files with fragments among the paths and in the folders, sorted by name within a folder.
fn banks(paths: &[PathBuf]) -> Vec<PathBuf> {
    files(paths, "jsonl")
}

/// The files with an extension among the paths and in the folders, sorted by name within a folder.
fn files(paths: &[PathBuf], extension: &str) -> Vec<PathBuf> {
    let walk = |path: &PathBuf| {
        walkdir::WalkDir::new(path).max_depth(1).sort_by_file_name().into_iter().flatten().map(walkdir::DirEntry::into_path)
    };
    paths.iter().flat_map(walk).filter(|p| p.is_file() && p.extension().is_some_and(|e| e == extension)).collect()
}

/// What each file holds, taken together.
fn per_file<T>(files: &[PathBuf], read: impl Fn(&str, &str) -> Result<Vec<T>, String>) -> anyhow::Result<Vec<T>> {
    let mut all = Vec::new();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let text = std::fs::read_to_string(file).with_context(|| format!("{name} is niet te lezen"))?;
        all.extend(read(&name, &text).map_err(|message| anyhow!(message))?);
    }
    Ok(all)
}
