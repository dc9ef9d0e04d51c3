//! Learns the weights of `checks/taal/gewichten.tsv` from labelled fragments and documents (see `plantoets::learning`).
//!
//! ```text
//! cargo run --release --example learn -- --fragments tests/fragments --documents samples --write checks/taal/gewichten.tsv
//! ```

use clap::Parser;
use plantoets::checks::Test;
use plantoets::engine::outcome::DocumentKind;
use plantoets::eval::{Fragment, MARKDOWN, Part, fragments};
use plantoets::learning::{self, Data, Labelled, Settings, cross, learn};
use plantoets::pipeline::{Options, Rules};
use plantoets::weighing::Model;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// Learns the weights of the elements that weigh their evidence.
#[derive(Parser)]
struct Arguments {
    /// Fragments to learn from: files *.jsonl, or folders with them.
    #[arg(long)]
    fragments: Vec<PathBuf>,
    /// The same, but of which `--leave-out` keeps a part unseen.
    #[arg(long)]
    bank: Vec<PathBuf>,
    /// Documents to learn from: folders with a document and a truth.json, or folders of such folders.
    #[arg(long)]
    documents: Vec<PathBuf>,
    /// Leaves this part of the bank unseen, such as 3/4: the third of four parts.
    #[arg(long)]
    leave_out: Option<Part>,
    /// Tells how well weights do on fragments and on documents that they were not learnt from.
    #[arg(long)]
    cross_check: bool,
    /// With `--cross-check`: tells what went wrong.
    #[arg(long)]
    misses: bool,
    /// Writes the file of weights.
    #[arg(long)]
    write: Option<PathBuf>,
    /// The rules whose words describe the passages.
    #[arg(long, default_value = "checks")]
    checks: PathBuf,
    /// Times that all samples are seen.
    #[arg(long, default_value_t = learning::EPOCHS)]
    epochs: usize,
    /// Pull of the shared weights towards zero.
    #[arg(long, default_value_t = learning::L2)]
    l2: f32,
    /// Pull of the weights of one element, and of the topic, towards zero.
    #[arg(long, default_value_t = learning::L2_OWN)]
    l2_own: f32,
    /// Length of the first steps.
    #[arg(long, default_value_t = learning::RATE)]
    rate: f32,
    /// What a fragment about something else counts as a counter-example.
    #[arg(long, default_value_t = learning::NEGATIVES)]
    negatives: f32,
    /// What a passage of a document counts.
    #[arg(long, default_value_t = learning::DOCUMENT)]
    doc_weight: f32,
    /// A feature has weights of its own for an element when it stands in so many samples labelled for it.
    #[arg(long, default_value_t = learning::LEAST)]
    least: u32,
    /// Times that counter-examples are looked for.
    #[arg(long, default_value_t = learning::ROUNDS)]
    rounds: usize,
    /// Orders in which the samples are learnt from; the mean of what is learnt counts.
    #[arg(long, default_value_t = learning::ORDERS)]
    orders: usize,
}

fn main() -> anyhow::Result<()> {
    let a = Arguments::parse();
    let settings = Settings {
        epochs: a.epochs,
        l2: a.l2,
        l2_own: a.l2_own,
        rate: a.rate,
        negatives: a.negatives,
        document: a.doc_weight,
        least: a.least,
        rounds: a.rounds,
        orders: a.orders,
    };
    let rules = Rules::load(Some(&a.checks)).map_err(|faults| anyhow::anyhow!("{faults:?}"))?;
    let mut all = Vec::new();
    for (paths, unseen) in [(&a.fragments, None), (&a.bank, a.leave_out)] {
        for path in files(paths) {
            let (name, text) = (path.file_name().unwrap_or_default().to_string_lossy(), std::fs::read_to_string(&path)?);
            let read = |part| fragments(&name, &text, part).map_err(anyhow::Error::msg);
            let left: HashSet<String> = match unseen {
                Some(part) => read(Some(part))?.into_iter().map(|f| f.place).collect(),
                None => HashSet::new(),
            };
            all.extend(read(None)?.into_iter().filter(|f| !left.contains(&f.place)));
        }
    }
    all.extend(examples(&rules));
    let folders = folders(&a.documents)?;
    let labelled: Vec<Labelled> = folders.iter().map(|f| Labelled::in_folder(f)).filter_map(Result::transpose).collect::<Result<_, _>>()?;
    let data = Data::gather(&all, labelled, &rules, &Options::default(), &settings);
    eprintln!("{} fragments, {} elements, {} documents", data.fragments, data.elements.len(), data.papers.len());
    eprintln!("{} samples, {} features", data.samples.len(), data.names.len());
    if a.cross_check {
        cross_check(&data, &settings, a.misses);
    }
    if let Some(path) = &a.write {
        std::fs::write(path, learn(&data, &|_| false, &settings).written(&data))?;
        let model = Model::parse(&std::fs::read_to_string(path)?)?;
        eprintln!("{} elements written", model.elements.len());
    }
    Ok(())
}

fn cross_check(data: &Data, settings: &Settings, misses: bool) {
    let tell = |lines: &[String]| lines.iter().filter(|_| misses).for_each(|line| println!("{line}"));
    let folds = cross::folds(data, settings);
    tell(&folds.misses);
    print!("{folds}");
    let left_out = cross::writers_left_out(data, settings);
    left_out.papers.iter().for_each(|paper| tell(&paper.misses));
    print!("{left_out}");
}

/// The examples of the elements with rules: what these were written for. Those of the others stand among the fragments.
fn examples(rules: &Rules) -> Vec<Fragment> {
    let elements = rules.checks().frameworks.iter().flat_map(|f| &f.norms).flat_map(|n| &n.elements);
    let ruled = elements.filter(|e| !matches!(e.test, Test::Weighed { .. } | Test::Register));
    ruled
        .flat_map(|e| {
            e.examples().iter().filter(|x| x.dossier.is_none()).map(|x| Fragment {
                element: e.id.clone(),
                verdict: x.verdict,
                kind: MARKDOWN.into(),
                doc: if x.document == Some(DocumentKind::Jaarverslag) { "jaarverslag" } else { "plan" }.into(),
                heading: x.heading.clone(),
                text: x.text.clone(),
                why: String::new(),
                place: format!("{} voorbeeld", e.id),
            })
        })
        .collect()
}

/// The files named, and those *.jsonl in the folders named; sorted.
fn files(paths: &[PathBuf]) -> Vec<PathBuf> {
    let within = |p: &PathBuf| std::fs::read_dir(p).into_iter().flatten().flatten().map(|e| e.path()).collect::<Vec<_>>();
    let (folders, mut files): (Vec<&PathBuf>, Vec<PathBuf>) =
        (paths.iter().filter(|p| p.is_dir()).collect(), paths.iter().filter(|p| !p.is_dir()).cloned().collect());
    files.extend(folders.into_iter().flat_map(within).filter(|p| p.extension().is_some_and(|x| x == "jsonl")));
    files.sort();
    files
}

/// The folders with a truth, sorted.
fn folders(paths: &[PathBuf]) -> std::io::Result<Vec<PathBuf>> {
    let labelled = |p: &Path| p.join("truth.json").is_file();
    let mut folders = Vec::new();
    for p in paths {
        if labelled(p) {
            folders.push(p.clone());
        } else {
            folders.extend(std::fs::read_dir(p)?.flatten().map(|e| e.path()).filter(|p| labelled(p)));
        }
    }
    folders.sort();
    Ok(folders)
}
