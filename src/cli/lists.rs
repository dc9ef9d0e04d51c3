//! What people give beside the documents of `plantoets check`: their judgements, an earlier report, waivers.

use super::args::CheckArguments;
use super::output::Messages;
use plantoets::baseline::Baseline;
use plantoets::dossier::{self, Dossier, JUDGEMENT_LIST, JudgementList};
use plantoets::pipeline::Rules;
use plantoets::run::{DossierRun, Framework, Run};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Judgements and an earlier report, and what became of them so far.
pub struct Beside {
    judgements: Vec<(JudgementList, BTreeSet<usize>)>,
    baseline: Option<(Baseline, BTreeSet<usize>)>,
    /// Some row was at fault; that has been told.
    pub faulty: bool,
}

impl Beside {
    /// Reads what the arguments name, and the list of judgements at the top of a folder. None when something named cannot be used, which
    /// has then been told.
    pub fn read(a: &CheckArguments, frameworks: &[Framework], messages: &Messages) -> Option<Beside> {
        let mut beside = Beside { judgements: Vec::new(), baseline: None, faulty: false };
        let at_top = || a.paths.iter().map(|folder| folder.join(JUDGEMENT_LIST)).filter(|file| file.is_file());
        let files: Vec<PathBuf> = a.judgements.clone().map_or_else(|| at_top().collect(), |file| vec![file]);
        for file in files {
            let path = dossier::shown(&file);
            let bytes = std::fs::read(&file).map_err(|e| messages.error(&format!("{path}: {}", dossier::io_message(&e)))).ok()?;
            let (list, faults) = JudgementList::read(&path, &bytes);
            faults.iter().for_each(|fault| messages.fault(fault));
            beside.faulty |= !faults.is_empty();
            beside.judgements.push((list, BTreeSet::new()));
        }
        if let Some(path) = &a.baseline {
            let read = Baseline::load(path).and_then(|b| b.fits(frameworks).map(|()| b));
            let read = read.map_err(|why| messages.error(&format!("--baseline {}: {why}", dossier::shown(path)))).ok()?;
            beside.baseline = Some((read, BTreeSet::new()));
        }
        Some(beside)
    }

    /// Puts on a dossier what is about it.
    pub fn put(&mut self, dossier: &mut DossierRun, frameworks: &[Framework]) {
        for (list, taken) in &mut self.judgements {
            taken.extend(dossier.judge(list, frameworks));
        }
        if let Some((baseline, met)) = &mut self.baseline {
            met.extend(baseline.compare_dossier(dossier));
        }
    }

    /// Tells of the run what only shows when all dossiers are done.
    pub fn close(&self, run: &mut Run) {
        for (list, taken) in &self.judgements {
            run.remarks.extend(list.told(taken));
        }
        if let Some((baseline, met)) = &self.baseline {
            run.gone = baseline.gone(met);
            run.remarks.extend(baseline.remark(&run.frameworks));
        }
    }
}

/// How the waivers of the dossiers stand to the rules and to the day of today.
pub enum Waivers {
    /// They can be used.
    Fit,
    /// Some are on what is no element; that has been told, and the others can be used.
    Strange,
    /// Some have a last day and there is no today; that has been told.
    Undated,
}

/// Whether the waivers of these dossiers can be used.
pub fn waivers(dossiers: &[Dossier], rules: &Rules, a: &CheckArguments, messages: &Messages) -> Waivers {
    if a.peildatum.is_none()
        && let Some((dossier, waiver)) = dossiers.iter().find_map(|d| Some((d, d.waivers.iter().find(|w| w.until.is_some())?)))
    {
        messages.error(&format!(
            "{}: de vrijstelling van {} heeft een laatste dag; zeg met --peildatum JJJJ-MM-DD welke dag het vandaag is",
            dossier.path, waiver.element
        ));
        return Waivers::Undated;
    }
    let elements = rules.elements();
    let faults: Vec<_> = dossiers.iter().flat_map(|d| d.waiver_faults(elements.iter().map(|(id, _)| id.as_str()))).collect();
    faults.iter().for_each(|fault| messages.fault(fault));
    if faults.is_empty() { Waivers::Fit } else { Waivers::Strange }
}
