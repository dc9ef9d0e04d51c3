//! `plantoets check` with a folder for output: all dossiers of a round, a page each and an overview.

use super::args::CheckArguments;
use super::lists::{self, Waivers};
use super::output::Messages;
use super::progress::Progress;
use super::{Exit, check, rules};
use anyhow::{Context as _, anyhow};
use plantoets::batch::{self, Bounds, Cache, Settings};
use plantoets::dossier::shown;
use plantoets::run::{DossierRun, Framework, Run};
use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes that the cache may hold.
const CACHE: u64 = 2 << 30;
/// So many unreadable documents are named in the closing line.
const NAMED: usize = 10;

/// The folder of reports, when that is what is asked for: `--output` is a folder or is written like one, or a folder is checked and `--output`
/// has no extension.
pub fn folder(a: &CheckArguments) -> Option<&Path> {
    let output = a.output.as_deref()?;
    let written_so = output.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]);
    let plain = output.extension().is_none() && !output.is_file() && a.format.is_none() && a.paths.iter().any(|p| p.is_dir());
    (output.is_dir() || written_so || plain).then_some(output)
}

/// Assesses all and writes the folder of reports.
pub fn run(a: &CheckArguments, output: &Path, messages: &Messages) -> anyhow::Result<Exit> {
    if a.format.is_some() {
        return Err(anyhow!(
            "--format kan niet samen met een map bij --output: daar komen alle vormen in. Laat --format weg, of noem een bestand"
        ));
    }
    let options = check::options(a)?;
    let Some(rules) = rules::load(a.rules.checks.as_deref(), messages) else { return Ok(Exit::Misuse) };
    let Some(frameworks) = rules::asked(&rules, &options, messages) else { return Ok(Exit::Misuse) };
    let settings = Settings {
        output,
        rules: &rules,
        checks: a.rules.checks.as_deref(),
        frameworks,
        options: &options,
        workers: a.batch.workers.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from),
        bounds: Bounds { seconds: check::seconds(a).as_secs(), mebibytes: a.batch.geheugen },
        cache: cache(a)?,
        pictures: a.batch.bladen,
    };
    let gathered = batch::gather(&a.paths, &rules.checks().gazetteer);
    for problem in &gathered.problems {
        messages.problem(problem);
    }
    let mut exit = if gathered.problems.is_empty() { Exit::Clean } else { Exit::Misuse };
    if gathered.dossiers.is_empty() && gathered.loose.is_empty() {
        if gathered.problems.is_empty() {
            messages.error("hier staan geen documenten: geen dossier.toml en geen PDF. Noem een andere map, of noem het bestand zelf");
        }
        return Ok(Exit::Misuse);
    }
    match lists::waivers(&gathered.dossiers, &rules, a, messages) {
        Waivers::Fit => {}
        Waivers::Strange => exit = Exit::Misuse,
        Waivers::Undated => return Ok(Exit::Misuse),
    }
    let Some(beside) = lists::Beside::read(a, &settings.frameworks, messages) else { return Ok(Exit::Misuse) };
    exit = exit.max(if beside.faulty { Exit::Misuse } else { Exit::Clean });
    let beside = Beside { lists: Mutex::new(beside), frameworks: &settings.frameworks };
    let stop = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&stop);
    ctrlc::set_handler(move || told.store(true, Ordering::Relaxed)).context("Ctrl-C is niet af te vangen")?;

    let progress = if io::stderr().is_terminal() { Progress::shown(settings.workers) } else { Progress::hidden() };
    let ended = batch::run(gathered, &settings, &beside, &progress, &stop);
    progress.end();
    let ended = ended.map_err(|why| anyhow!(why))?;
    for why in &ended.unwritten {
        messages.error(why);
    }
    let run = &ended.run;
    exit = exit.max(if ended.unwritten.is_empty() { Exit::Clean } else { Exit::Misuse });
    messages.say(&closing(run, output));
    for dossier in &run.dossiers {
        exit = exit.max(if dossier.has_unreadable() { Exit::Unreadable } else { Exit::Clean });
        exit = exit.max(if dossier.has_findings(a.fail_on) { Exit::Findings } else { Exit::Clean });
    }
    Ok(if run.broken_off.is_some() { Exit::BrokenOff } else { exit })
}

/// What people gave, for dossiers that are done in any order.
struct Beside<'a> {
    lists: Mutex<lists::Beside>,
    frameworks: &'a [Framework],
}

impl batch::Beside for Beside<'_> {
    fn put(&self, dossier: &mut DossierRun) {
        self.lists.lock().unwrap_or_else(PoisonError::into_inner).put(dossier, self.frameworks);
    }

    fn close(&self, run: &mut Run) {
        self.lists.lock().unwrap_or_else(PoisonError::into_inner).close(run);
    }
}

fn cache(a: &CheckArguments) -> anyhow::Result<Cache> {
    let folder = match &a.batch.cache {
        Some(folder) => Some(folder.clone()),
        None if a.batch.no_cache => None,
        None => batch::usual_folder(),
    };
    match folder {
        Some(folder) => Ok(Cache::at(folder, CACHE)),
        None => Cache::temporary().context("er is geen tijdelijke map te maken"),
    }
}

/// "12 dossiers beoordeeld; 1 document is niet te lezen: a/b.pdf. Het overzicht staat in rapport/index.html."
fn closing(run: &Run, output: &Path) -> String {
    let count = |n: usize, one: &str, more: &str| format!("{n} {}", if n == 1 { one } else { more });
    let dossiers = run.dossiers.len();
    let mut line = match run.broken_off {
        Some(of) => {
            format!("Afgebroken: {dossiers} van de {} beoordeeld; dezelfde opdracht gaat hier verder", count(of, "dossier", "dossiers"))
        }
        None => format!("{} beoordeeld", count(dossiers, "dossier", "dossiers")),
    };
    let unreadable: Vec<String> = run.dossiers.iter().flat_map(|d| d.unreadable().map(|u| d.path_of(u))).collect();
    if !unreadable.is_empty() {
        let named = unreadable.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
        let more = unreadable.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" en nog {more}") } else { String::new() };
        line += &format!("; {} niet te lezen: {named}{more}", count(unreadable.len(), "document is", "documenten zijn"));
    }
    format!("{line}. Het overzicht staat in {}", shown(&output.join("index.html")))
}
