//! What stands beside a verdict, in words: what analysts judged, what changed since an earlier run, what was set aside.

use crate::engine::outcome::ElementOutcome;
use crate::run::{Change, ChangeKind, DossierRun, Fit, Judgement, WaiverState};
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
    /// Why it is set aside.
    pub waiver: String,
    /// Until which day.
    pub until: Option<Date>,
}

/// What stands beside the verdict on an element.
pub fn beside(dossier: &DossierRun, framework: &str, element: &ElementOutcome) -> Beside {
    let joined = |part: fn(&Judgement) -> &str| dossier.judgements_of(&element.id).map(part).collect::<Vec<_>>().join("; ");
    let waiver = dossier.waiver_of(&element.id);
    Beside {
        verdict: joined(|j| j.verdict.label()),
        initials: joined(|j| &j.initials),
        reason: joined(|j| &j.reason),
        fit: joined(fit),
        change: dossier.change_of(framework, &element.id).map(|c| change(c, element)).unwrap_or_default(),
        waiver: waiver.map(|w| format!("{}{}", state(w.state), w.reason)).unwrap_or_default(),
        until: waiver.and_then(|w| w.until),
    }
}

fn fit(judgement: &Judgement) -> &str {
    match &judgement.fit {
        Fit::Agrees => "gelijk",
        Fit::Differs => "wijkt af",
        Fit::Outdated(why) => why,
    }
}

fn change(change: &Change, element: &ElementOutcome) -> String {
    let kind = match change.kind {
        ChangeKind::New => "nieuw",
        ChangeKind::Gone => "niet meer",
        ChangeKind::Same => "gebleven",
    };
    match change.was.filter(|was| *was != element.verdict) {
        Some(was) => format!("{kind} (was {})", was.label()),
        None => kind.to_owned(),
    }
}

fn state(state: WaiverState) -> &'static str {
    match state {
        WaiverState::Holds => "",
        WaiverState::Expired => "verlopen: ",
        WaiverState::Idle => "niet nodig: ",
    }
}
