//! The page of a dossier, in the order in which an analyst asks: what could not be read, what is the matter, what was delivered, when
//! things happened, which figures there are, and then norm by norm.

use super::plot;
use super::words::{chip, class, findings, heading, judgement, legend, sign, waiver};
use crate::dossier::Sector;
use crate::engine::outcome::{ElementOutcome, FrameworkOutcome, NormOutcome};
use crate::report::words::{count, kind_name, pages};
use crate::run::{ChangeKind, DocumentRun, DossierRun, Framework, ReadStatus};
use maud::{Markup, html};

/// A dossier on a page.
pub(super) struct View<'a> {
    pub frameworks: &'a [Framework],
    pub dossier: &'a DossierRun,
    /// What its ids begin with.
    pub prefix: String,
    /// Level of its heading.
    pub level: u8,
}

impl View<'_> {
    pub(super) fn id(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    pub(super) fn to(&self, name: &str) -> String {
        format!("#{}{name}", self.prefix)
    }

    /// The dossier, for beside the page.
    pub(super) fn contents(&self) -> Markup {
        let d = self.dossier;
        html! {
            @if !d.page.is_empty() { p.up { a href="index.html" { "← Overzicht" } } }
            ul.parts {
                li { a href=(self.to("kort")) { "In het kort" } }
                li { a href=(self.to("documenten")) { "Documenten" } }
                li { a href=(self.to("feiten")) { "Feiten" } }
                @if !d.outcome.facts.figures.is_empty() { li { a href=(self.to("cijfers")) { "Cijfers" } } }
            }
            @for framework in &d.outcome.frameworks {
                @for (aspect, norms) in framework.norms_by_aspect() {
                    @if let Some(aspect) = aspect { p.label { (aspect.title) } }
                    ul.norms {
                        @for norm in norms {
                            li {
                                a href=(self.to(&norm.id)) {
                                    span class={ "dot " (class(norm.verdict)) } aria-hidden="true" { (sign(norm.verdict)) }
                                    span.id { (norm.id) }
                                    span.title { (norm.title) }
                                    span.sr { ", " (norm.verdict.label()) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Whose dossier it is.
    pub(super) fn head(&self) -> Markup {
        let d = self.dossier;
        html! {
            (heading(self.level, html! { (d.title()) }))
            p.meta {
                @if let Some(number) = d.number() { span { (number) } }
                @if let Some(sector) = d.sector { span { (sector_name(sector)) } }
                span { (d.path) }
            }
        }
    }

    pub(super) fn dossier(&self) -> Markup {
        let d = self.dossier;
        html! {
            (self.unreadable())
            (self.short())
            (self.documents())
            (self.facts())
            (self.figures())
            @for framework in &d.outcome.frameworks { (self.framework(framework)) }
        }
    }

    /// A dossier as part of a page of several.
    pub(super) fn part(&self) -> Markup {
        html! { article.part id=(self.id("")) { div.top { (self.head()) } (self.dossier()) } }
    }

    pub(super) fn section(&self, id: &str, title: &str, content: Markup) -> Markup {
        html! { section id=(self.id(id)) { (heading(self.level + 1, html! { (title) })) (content) } }
    }

    fn unreadable(&self) -> Markup {
        let broken: Vec<&DocumentRun> = self.dossier.unreadable().collect();
        let told = html! {
            div.alarm {
                (heading(self.level + 1, html! { (count(broken.len(), "bestand is", "bestanden zijn")) " niet gelezen" }))
                ul { @for document in &broken { li { strong { (document.path) } ": " (document.error.as_deref().unwrap_or("")) } } }
                p { "Wat alleen daarin staat, telt hier niet mee." }
            }
        };
        if broken.is_empty() {
            html! {}
        } else {
            told
        }
    }

    /// How many of each verdict, what needs attention first, and what stands apart.
    fn short(&self) -> Markup {
        let d = self.dossier;
        let statutory: Vec<&ElementOutcome> = d.findings().filter(|(f, e)| f.is_statutory(e)).map(|(_, e)| e).collect();
        let others = d.findings().count() - statutory.len();
        let content = html! {
            @for framework in &d.outcome.frameworks {
                @let tally = framework.tally();
                div.tally {
                    @if d.outcome.frameworks.len() > 1 { p.label { (self.framework_title(framework)) } }
                    (plot::bar(&tally))
                    ul.counts { @for (verdict, n) in tally.into_iter().filter(|(_, n)| *n > 0) { li { (chip(verdict)) " " b { (n) } } } }
                }
            }
            @if statutory.is_empty() {
                p { "Bij de wettelijke normen zijn er geen bevindingen." }
            } @else {
                p.label { (findings(statutory.len())) " bij de wettelijke normen" }
                ul.findings {
                    @for element in &statutory {
                        li { (chip(element.verdict)) " " a href=(self.to(&element.id)) { (element.id) " " (element.title) } }
                    }
                }
            }
            @if others > 0 { p { "Bij de andere normen: " (findings(others)) "." } }
            @for warning in &d.warnings { p.note.warned { strong { "Let op: " } (warning) } }
            (self.apart())
            details.key { summary { "Wat de tekens betekenen" } (legend()) }
        };
        self.section("kort", "In het kort", content)
    }

    /// Judgements, waivers and changes since the baseline, each with a way to its element.
    fn apart(&self) -> Markup {
        let d = self.dossier;
        let changes = |kind| d.changes.iter().flatten().filter(move |c| c.kind == kind);
        let to = |id: &str| html! { a href=(self.to(id)) { (id) } };
        html! {
            @if d.changes.is_some() {
                p.label { "Sinds de vorige keer" }
                ul.changes {
                    @for (kind, name) in [(ChangeKind::New, "nieuw"), (ChangeKind::Gone, "geen bevinding meer"), (ChangeKind::Same, "hetzelfde")] {
                        @let all: Vec<_> = changes(kind).collect();
                        li { b { (all.len()) } " " (name) @if !all.is_empty() { ": " @for c in all { (to(&c.element)) " " } } }
                    }
                }
            }
            @if !d.judgements.is_empty() {
                p.label { "Oordelen van analisten" }
                ul.apart { @for j in &d.judgements { li { (to(&j.element)) (judgement(j)) } } }
            }
            @if !d.waivers.is_empty() {
                p.label { "Vrijstellingen" }
                ul.apart { @for w in &d.waivers { li { (to(&w.element)) (waiver(w)) } } }
            }
        }
    }

    fn documents(&self) -> Markup {
        let row = |document: &DocumentRun| {
            html! {
                tr {
                    th scope="row" { (document.path) }
                    td { (document.kind.map_or("soort niet herkend", kind_name)) }
                    td.number { @if document.status != ReadStatus::Unreadable { (document.pages) } }
                    td {
                        @match document.status {
                            ReadStatus::Read => "gelezen",
                            ReadStatus::Partial => { strong { "ten dele gelezen" } },
                            ReadStatus::Unreadable => { strong { "niet gelezen" } ": " (document.error.as_deref().unwrap_or("")) },
                        }
                        @if !document.pages_without_text.is_empty() {
                            p.quiet { "Zonder leesbare tekst: bladzijde " (pages(&document.pages_without_text)) }
                        }
                        @for warning in &document.warnings { p.quiet { (warning) } }
                    }
                }
            }
        };
        let table = html! {
            div.scroll role="region" tabindex="0" aria-label="Tabel van documenten" {
                table {
                    caption.sr { "De documenten van dit dossier" }
                    thead { tr { th scope="col" { "Bestand" } th scope="col" { "Soort" } th.number scope="col" { "Blz." } th scope="col" { "Gelezen" } } }
                    tbody { @for document in &self.dossier.documents { (row(document)) } }
                }
            }
        };
        self.section("documenten", "Documenten", table)
    }

    fn framework(&self, framework: &FrameworkOutcome) -> Markup {
        html! {
            section.framework {
                (heading(self.level + 1, html! {
                    (self.framework_title(framework))
                    @if let Some(verdict) = framework.verdict { " " (chip(verdict)) }
                }))
                div.tools hidden {
                    button type="button" value="findings" { "Alleen bevindingen open" }
                    button type="button" value="all" { "Alles open" }
                    button type="button" value="none" { "Alles dicht" }
                }
                @for (aspect, norms) in framework.norms_by_aspect() {
                    @let level = self.level + 2;
                    @if let Some(aspect) = aspect {
                        (heading(level, html! { span.aspect { (aspect.title) } " " (chip(aspect.verdict)) }))
                    }
                    @for norm in norms { (self.norm(framework, norm, level + u8::from(aspect.is_some()))) }
                }
            }
        }
    }

    fn norm(&self, framework: &FrameworkOutcome, norm: &NormOutcome, level: u8) -> Markup {
        html! {
            section.norm id=(self.id(&norm.id)) {
                (heading(level, html! {
                    span.id { (norm.id) } " " (norm.title) " " (chip(norm.verdict))
                    @if norm.statutory { " " span.tag { "wettelijk" } }
                }))
                @for element in framework.elements_of(&norm.id) { (self.element(&framework.framework, element, level + 1)) }
            }
        }
    }

    fn framework_title<'a>(&'a self, outcome: &'a FrameworkOutcome) -> &'a str {
        self.frameworks.iter().find(|f| f.id == outcome.framework).map_or(&outcome.framework, |f| &f.title)
    }
}

fn sector_name(sector: Sector) -> &'static str {
    match sector {
        Sector::Po => "primair onderwijs",
        Sector::Vo => "voortgezet onderwijs",
    }
}
