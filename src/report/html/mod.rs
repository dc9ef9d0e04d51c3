//! Pages for a browser: the overview of a batch, the page of a dossier, and one page of a single check. Each is one file that needs
//! nothing else but the images of pages, is read without script, and prints.
//!
//! ```text
//! page      what every page has: head, policy, landmarks; where text is made harmless, once
//! overview  the page of a batch: unreadable files, matrix, norms, figures, judgements, changes
//! dossier   the page of a dossier: documents, facts, figures, norms
//! facts     the days, other facts and figures of a dossier
//! element   an element with its passages and the images of their pages
//! plot      the drawings: date line, bars, how a figure lies over the group
//! words     signs and small pieces that the others share
//! ```
//!
//! Text is escaped by `maud`, which knows no other way in. Images of pages are shown by their path; there is no link into the PDF, because
//! a report does not know where the documents lie seen from its folder.

mod dossier;
mod element;
mod facts;
mod overview;
mod page;
mod plot;
#[cfg(test)]
mod tests;
mod words;

use super::style::Style;
use super::words::{count, title};
use super::{Format, OverviewFile};
use crate::run::{DossierRun, Framework, Run};
use maud::{Markup, html};
use page::{Kind, Page};

/// The format of a single check.
pub const FORMAT: Format<Run> = Format { name: "html", about: "een bladzijde om te lezen en te delen", render };

/// The overview of a batch.
pub const FILE: OverviewFile = OverviewFile { name: "index.html", render: |run| Ok(index(run).into_bytes()) };

/// The page of one dossier of a batch, to be kept under [`DossierRun::page`] next to the overview.
pub fn dossier_page(frameworks: &[Framework], dossier: &DossierRun) -> String {
    one(frameworks, dossier)
}

fn index(run: &Run) -> String {
    let title = overview::title(run);
    Page {
        title: &title,
        kind: Kind::Overview,
        head: overview::head(run, &title),
        nav: overview::contents(run),
        main: overview::overview(run),
    }
    .render()
}

fn render(run: &Run, _: Style) -> String {
    match run.dossiers.as_slice() {
        [dossier] => one(&run.frameworks, dossier),
        dossiers => several(run, dossiers),
    }
}

fn one(frameworks: &[Framework], dossier: &DossierRun) -> String {
    let view = dossier::View { frameworks, dossier, prefix: String::new(), level: 1 };
    Page { title: &title(dossier), kind: Kind::Dossier, head: view.head(), nav: view.contents(), main: view.dossier() }.render()
}

/// The overview, and below it every dossier.
fn several(run: &Run, dossiers: &[DossierRun]) -> String {
    let heading = format!("Verslag van {}", count(dossiers.len(), "dossier", "dossiers"));
    let view = |n: usize, dossier| dossier::View { frameworks: &run.frameworks, dossier, prefix: words::prefix(n), level: 2 };
    let main: Markup = html! {
        (overview::overview(run))
        @for (n, dossier) in dossiers.iter().enumerate() { (view(n, dossier).part()) }
    };
    Page { title: &heading, kind: Kind::Overview, head: overview::head(run, &heading), nav: overview::contents(run), main }.render()
}
