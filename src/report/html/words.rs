//! Signs and small pieces that the pages share.

use crate::engine::outcome::Verdict;
use crate::report::words::count;
use crate::run::{DossierRun, Fit, Judgement, Waiver, WaiverState};
use maud::{Markup, html};

/// The class that gives a verdict its colour.
pub(super) fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Found => "v-found",
        Verdict::Weak => "v-weak",
        Verdict::Missing => "v-missing",
        Verdict::Contradicted => "v-contradicted",
        Verdict::NotTestable => "v-untested",
        Verdict::NotApplicable => "v-none",
    }
}

/// The sign of a verdict: told apart by shape, without colour.
pub(super) fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Found => "✓",
        Verdict::Weak => "~",
        Verdict::Missing => "○",
        Verdict::Contradicted => "✕",
        Verdict::NotTestable => "?",
        Verdict::NotApplicable => "–",
    }
}

/// From what needs least attention to what needs most, for sorting.
pub(super) fn weight(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::NotApplicable => 0,
        Verdict::Found => 1,
        Verdict::NotTestable => 2,
        Verdict::Weak => 3,
        Verdict::Missing => 4,
        Verdict::Contradicted => 5,
    }
}

/// A verdict in sign, word and colour.
pub(super) fn chip(verdict: Verdict) -> Markup {
    html! { span class={ "chip " (class(verdict)) } { span aria-hidden="true" { (sign(verdict)) } " " (verdict.label()) } }
}

/// The signs and what they mean.
pub(super) fn legend() -> Markup {
    let means = |verdict| match verdict {
        Verdict::Found => "het document zegt het zelf, als gedaan of als vast beleid",
        Verdict::Weak => "alleen een spoor: een voornemen, een vage vermelding, een open plek",
        Verdict::Missing => "niets gevonden waar het kan staan",
        Verdict::Contradicted => "het document zegt het tegendeel, of een datum of volgorde botst met de norm",
        Verdict::NotTestable => "wat het kan laten zien, is niet aangeleverd of bevat geen tekst",
        Verdict::NotApplicable => "buiten de periode of sector van de norm",
    };
    html! {
        dl.legend {
            @for verdict in Verdict::ALL { div { dt { (chip(verdict)) } dd { (means(verdict)) } } }
        }
    }
}

/// A heading of that level.
pub(super) fn heading(level: u8, content: Markup) -> Markup {
    html! {
        @match level {
            1 => h1 { (content) },
            2 => h2 { (content) },
            3 => h3 { (content) },
            4 => h4 { (content) },
            5 => h5 { (content) },
            _ => h6 { (content) },
        }
    }
}

/// What the ids of a dossier begin with on a page of several; counted from 0.
pub(super) fn prefix(n: usize) -> String {
    format!("d{}-", n + 1)
}

/// A link to a place on the page of a dossier: in a batch a file of its own, else further down this page.
pub(super) fn link(n: usize, dossier: &DossierRun, anchor: &str) -> String {
    match dossier.page.as_str() {
        "" => format!("#{}{anchor}", prefix(n)),
        page if anchor.is_empty() => format!("{page}.html"),
        page => format!("{page}.html#{anchor}"),
    }
}

/// Tells what an analyst judged.
pub(super) fn judgement(judgement: &Judgement) -> Markup {
    html! {
        div.note.judged {
            p {
                strong { "Oordeel van " (if judgement.initials.is_empty() { "een analist" } else { &judgement.initials }) ":" } " "
                (chip(judgement.verdict))
                @if !judgement.reason.is_empty() { " " (judgement.reason) }
            }
            p.quiet {
                @match &judgement.fit {
                    Fit::Agrees => "Hetzelfde als wat plantoets nu ziet.",
                    Fit::Differs => "De analist oordeelt anders op hetzelfde bewijs.",
                    Fit::Outdated(why) => { strong { "Past niet meer: " } (why) },
                }
            }
        }
    }
}

/// Tells of a finding that is set aside.
pub(super) fn waiver(waiver: &Waiver) -> Markup {
    html! {
        div.note.waived {
            p {
                strong {
                    @match waiver.state {
                        WaiverState::Holds => "Vrijstelling",
                        WaiverState::Expired => "Verlopen vrijstelling",
                        WaiverState::Idle => "Vrijstelling zonder bevinding",
                    }
                    @if let Some(until) = waiver.until { " (tot en met " (crate::report::words::date(until)) ")" }
                }
                @if !waiver.reason.is_empty() { ": " (waiver.reason) }
            }
        }
    }
}

/// "1 bevinding", "3 bevindingen".
pub(super) fn findings(n: usize) -> String {
    count(n, "bevinding", "bevindingen")
}
