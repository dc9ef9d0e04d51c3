//! An element: its verdict, why, what analysts said of it, its passages with the images of their pages, and what a writer can add.

use super::dossier::View;
use super::words::{chip, class, heading, judgement, waiver};
use crate::engine::considered::manner;
use crate::engine::outcome::{ElementOutcome, Evidence, Verdict};
use crate::report::words::place;
use crate::run::{Change, ChangeKind, Picture, Rule};
use maud::{Markup, html};

impl View<'_> {
    /// Findings stand open, the rest is folded.
    pub(super) fn element(&self, framework: &str, element: &ElementOutcome, level: u8) -> Markup {
        let dossier = self.dossier;
        let open = element.verdict.is_finding() || element.verdict == Verdict::NotTestable;
        let rule = self.frameworks.iter().filter(|f| f.id == framework).flat_map(|f| &f.rules).find(|r| r.id == element.id);
        let change = dossier.change_of(framework, &element.id);
        html! {
            article class={ "element " (class(element.verdict)) } id=(self.id(&element.id)) {
                details open[open] data-finding[element.verdict.is_finding()] {
                    summary {
                        (heading(level, html! { span.id { (element.id) } " " (element.title) }))
                        span.marks {
                            @if change.is_some_and(|c| c.kind == ChangeKind::New) { span.tag { "nieuw" } " " }
                            @if dossier.judgements_of(&element.id).next().is_some() { span.tag { "oordeel van analist" } " " }
                            @if let Some(page) = first_page(element) { span.page { (page) } " " }
                            (chip(element.verdict))
                        }
                    }
                    div.body { (self.told(element, rule, change)) }
                }
            }
        }
    }

    fn told(&self, element: &ElementOutcome, rule: Option<&Rule>, change: Option<&Change>) -> Markup {
        let shown = element.verdict == Verdict::Found && !element.evidence.is_empty();
        let asks = rule.map(|r| r.asks.as_str()).filter(|a| !a.is_empty());
        html! {
            @if !element.message.is_empty() && !shown { p.message { (element.message) } }
            @for judged in self.dossier.judgements_of(&element.id) { (judgement(judged)) }
            @if let Some(waived) = self.dossier.waiver_of(&element.id) { (waiver(waived)) }
            @if let Some(change) = change { (changed(change)) }
            (self.passages(&element.evidence))
            @if !element.nearest.is_empty() {
                p.label { "Dichtstbij" }
                (self.passages(&element.nearest))
            }
            @if element.hint.is_some() || element.belongs.is_some() {
                div.hint {
                    p.label { "Wat u kunt toevoegen" }
                    @if let Some(hint) = &element.hint { p { (hint) } }
                    @if let Some(belongs) = &element.belongs { p { span.quiet { "Plaats: " } (belongs) } }
                }
            }
            @if asks.is_some() || !element.clause.is_empty() {
                dl.asked {
                    @if let Some(asks) = asks { div { dt { "Gevraagd" } dd { (asks) } } }
                    @if !element.clause.is_empty() { div { dt { "Grondslag" } dd { (element.clause) } } }
                }
            }
        }
    }

    fn passages(&self, passages: &[Evidence]) -> Markup {
        html! { @if !passages.is_empty() { ol.passages { @for e in passages { li { (self.passage(e)) } } } } }
    }

    /// The words, where they stand and how they are said, beside the image of their page.
    pub(super) fn passage(&self, evidence: &Evidence) -> Markup {
        html! {
            div.passage {
                div.words {
                    blockquote { p { "“" (evidence.quote) "”" } }
                    p.place {
                        (place(evidence, &self.dossier.documents))
                        @if !evidence.section.is_empty() { span.section { " · " (evidence.section.join(" › ")) } }
                    }
                    p.quiet { (manner(evidence.status)) @if !evidence.why.is_empty() { " · " (evidence.why) } }
                }
                @if let Some(picture) = self.dossier.picture_of(evidence) { (self.picture(picture, evidence)) }
            }
        }
    }

    /// The page, small; unfolded it is as wide as the text.
    fn picture(&self, picture: &Picture, evidence: &Evidence) -> Markup {
        let (width, height) = picture.size;
        let share = |v: f32| format!("{:.2}%", v * 100.0);
        let marks = evidence.places.iter().filter(|p| p.page == picture.page).filter_map(|p| p.bbox).map(|bbox| picture.mark(bbox));
        let name = self.dossier.documents.get(picture.document).map_or("", |d| d.path.as_str());
        html! {
            details.sheet {
                summary {
                    span.paper {
                        img loading="lazy" decoding="async" width=(width) height=(height) src=(picture.source)
                            alt={ "Bladzijde " (picture.page) " van " (name) ", met de passage gemarkeerd" };
                        svg aria-hidden="true" {
                            @for [x, y, w, h] in marks { rect.mark x=(share(x)) y=(share(y)) width=(share(w)) height=(share(h)) rx="2"; }
                        }
                    }
                    span.zoom { span.more { "vergroot" } span.less { "verklein" } " p. " (picture.page) }
                }
                @if !picture.source.starts_with("data:") {
                    p { a href=(picture.source) { "Open de afbeelding van bladzijde " (picture.page) } }
                }
            }
        }
    }
}

/// "p. 4": where the strongest passage stands.
fn first_page(element: &ElementOutcome) -> Option<String> {
    let place = element.evidence.first()?.places.first()?;
    Some(if place.bbox.is_none() && place.page == 1 { format!("regel {}", place.line) } else { format!("p. {}", place.page) })
}

fn changed(change: &Change) -> Markup {
    let was = change.was.map(|v| format!(" (was {})", v.label())).unwrap_or_default();
    html! {
        p.note.changed {
            @match change.kind {
                ChangeKind::New => { strong { "Nieuw" } " sinds de vorige keer" (was) "." },
                ChangeKind::Gone => { strong { "Geen bevinding meer" } " sinds de vorige keer" (was) "." },
                ChangeKind::Same => { "Ook de vorige keer een bevinding" (was) "." },
            }
        }
    }
}
