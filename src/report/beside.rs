//! What stands beside a verdict, in columns: what analysts judged, what changed since an earlier run, what was set aside.

use super::words;
use crate::engine::outcome::ElementOutcome;
use crate::run::{DossierRun, Judgement};
use jiff::civil::Date;

/// What stands beside the verdict on one element; empty where there is nothing. Not yet harmless.
#[derive(Debug, Default, PartialEq)]
pub struct Beside {
    /// What analysts judged.
    pub verdict: String,
    /// Their initials.
    pub initials: String,
    /// Why they did.
    pub reason: String,
    /// Whether their judgement is that of the tool, and still fits.
    pub fit: String,
    /// What became of it since the earlier run.
    pub change: String,
    /// Why it is set aside, and whether that still holds.
    pub waiver: String,
    /// Until which day.
    pub until: Option<Date>,
    /// For the column `kenmerk` of oordelen.csv.
    pub fingerprint: String,
}

/// What stands beside the verdict on an element.
pub fn beside(dossier: &DossierRun, framework: &str, element: &ElementOutcome) -> Beside {
    // Two analysts may judge one element.
    let judged = |told: fn(&Judgement) -> String| dossier.judgements_of(&element.id).map(told).collect::<Vec<_>>().join(" | ");
    let waiver = dossier.waiver_of(&element.id);
    Beside {
        verdict: judged(|j| j.verdict.label().to_owned()),
        initials: judged(|j| j.initials.clone()),
        reason: judged(|j| j.reason.clone()),
        fit: judged(|j| words::fit(&j.fit)),
        change: dossier.change_of(framework, &element.id).map(|c| words::change(c, element.verdict)).unwrap_or_default(),
        waiver: waiver.map(words::waiver).unwrap_or_default(),
        until: waiver.and_then(|w| w.until),
        fingerprint: dossier.fingerprint(framework, &element.id),
    }
}
