//! The overview of a batch: what could not be read first, then who falls short where, by norm, by figure, and what people said of it.

use super::facts::figure_name;
use super::plot;
use super::words::{class, findings, judgement, legend, link, sign, waiver, weight};
use crate::engine::outcome::{FrameworkOutcome, NormOutcome, Verdict};
use crate::report::words::{count, number};
use crate::run::{ChangeKind, DossierRun, Fit, Framework, Judgement, Run, Spread};
use maud::{Markup, html};

/// What the page is called.
pub(super) fn title(run: &Run) -> String {
    format!("Overzicht van {}", count(run.dossiers.len(), "dossier", "dossiers"))
}

/// What stands on the page.
pub(super) fn contents(run: &Run) -> Markup {
    let parts = [
        ("ongelezen", "Niet gelezen", run.dossiers.iter().any(DossierRun::has_unreadable)),
        ("opmerkingen", "Opmerkingen", has_remarks(run)),
        ("matrix", "Dossiers en normen", true),
        ("normen", "Per norm", true),
        ("cijfers", "Cijfers", !run.spreads().is_empty()),
        ("oordelen", "Oordelen van analisten", run.dossiers.iter().any(|d| !d.judgements.is_empty() || !d.waivers.is_empty())),
        ("veranderd", "Sinds de vorige keer", run.changes_together().is_some()),
    ];
    html! { ul.parts { @for (id, name, _) in parts.into_iter().filter(|(.., there)| *there) { li { a href={ "#" (id) } { (name) } } } } }
}

fn has_remarks(run: &Run) -> bool {
    !run.remarks.is_empty() || run.dossiers.iter().any(|d| !d.warnings.is_empty() || d.documents.iter().any(|doc| !doc.warnings.is_empty()))
}

/// What was run.
pub(super) fn head(run: &Run, title: &str) -> Markup {
    let documents = run.dossiers.iter().map(|d| d.documents.len()).sum();
    html! {
        h1 { (title) }
        p.meta {
            span { (count(documents, "document", "documenten")) }
            @for framework in &run.frameworks {
                span { (framework.title) " (regels " code { (framework.digest.chars().take(12).collect::<String>()) } ")" }
            }
        }
    }
}

pub(super) fn overview(run: &Run) -> Markup {
    html! {
        @if let Some(asked) = run.broken_off {
            div.alarm role="note" {
                p { strong { "Deze controle is afgebroken." } " Van de " (count(asked, "dossier", "dossiers")) " staan er hier "
                    (run.dossiers.len()) ". "
                    "Geef dezelfde opdracht nog eens: wat klaar is, wordt niet overgedaan." }
            }
        }
        (unreadable(run))
        (remarks(run))
        section #matrix {
            h2 { "Dossiers en normen" }
            (legend())
            @for framework in &run.frameworks { (matrix(run, framework)) }
        }
        section #normen {
            h2 { "Per norm" }
            p { "Bij hoeveel dossiers er een bevinding is, en van welke soort. Vouw een norm open om te zien wat hij vraagt." }
            @for framework in &run.frameworks { (norms(run, framework)) }
        }
        (figures(run))
        (judgements(run))
        (changes(run))
    }
}

fn name(n: usize, dossier: &DossierRun) -> Markup {
    html! { a href=(link(n, dossier, "")) { (dossier.title()) } @if let Some(number) = dossier.number() { " " span.quiet { (number) } } }
}

fn unreadable(run: &Run) -> Markup {
    let broken: Vec<_> = run.dossiers.iter().enumerate().flat_map(|(n, d)| d.unreadable().map(move |doc| (n, d, doc))).collect();
    if broken.is_empty() {
        return html! {};
    }
    html! {
        section.alarm #ongelezen {
            h2 { (count(broken.len(), "bestand is", "bestanden zijn")) " niet gelezen" }
            p { "Wat alleen daarin staat, telt nergens mee. Lever het bestand opnieuw aan en geef dezelfde opdracht nog eens." }
            div.scroll role="region" tabindex="0" aria-label="Tabel van bestanden die niet gelezen zijn" {
                table {
                    caption.sr { "Bestanden die niet gelezen zijn" }
                    thead { tr { th scope="col" { "Bestand" } th scope="col" { "Dossier" } th scope="col" { "Reden en wat te doen" } } }
                    tbody {
                        @for (n, d, document) in &broken {
                            tr {
                                th scope="row" { (d.path_of(document)) }
                                td { (name(*n, d)) }
                                td { (document.error.as_deref().unwrap_or("")) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn remarks(run: &Run) -> Markup {
    if !has_remarks(run) {
        return html! {};
    }
    html! {
        section #opmerkingen {
            h2 { "Opmerkingen" }
            ul {
                @for remark in &run.remarks { li { (remark) } }
                @for (n, d) in run.dossiers.iter().enumerate() {
                    @for warning in &d.warnings { li { (name(n, d)) ": " (warning) } }
                    @for document in &d.documents {
                        @for warning in &document.warnings { li { (name(n, d)) ": " (document.path) ": " (warning) } }
                    }
                }
            }
        }
    }
}

fn outcome<'a>(dossier: &'a DossierRun, framework: &Framework) -> Option<&'a FrameworkOutcome> {
    dossier.outcome.frameworks.iter().find(|f| f.framework == framework.id)
}

/// A row per dossier, a column per norm. The script adds sorting and filtering by what the cells carry in `data-v`.
fn matrix(run: &Run, framework: &Framework) -> Markup {
    let Some(first) = run.dossiers.first().and_then(|d| outcome(d, framework)) else { return html! {} };
    let aspects = first.norms_by_aspect();
    let norms: Vec<&NormOutcome> = aspects.iter().flat_map(|(_, norms)| norms.iter().copied()).collect();
    let starts: Vec<&str> = aspects.iter().filter_map(|(_, norms)| norms.first().map(|n| n.id.as_str())).collect();
    let edge = |id: &str| starts.contains(&id);
    html! {
        div.matrix {
            form.filter hidden {
                label { span { "Naam of nummer" } input type="search" name="name" autocomplete="off"; }
                label {
                    span { "Norm" }
                    select name="norm" {
                        option value="" { "alle normen" }
                        @for n in &norms { option value=(n.id) { (n.id) " " (n.title) } }
                    }
                }
                label {
                    span { "Oordeel" }
                    select name="verdict" {
                        option value="" { "elk oordeel" }
                        @for v in Verdict::ALL { option value=(weight(v)) { (v.label()) } }
                    }
                }
                p role="status" {}
            }
            div.scroll.tall role="region" tabindex="0" aria-label={ "Matrix van dossiers en normen, " (framework.title) } {
                table {
                    caption {
                        (framework.title) ": per dossier en norm het oordeel, met het aantal bevindingen bij de elementen; "
                        "* waar een analist een oordeel gaf"
                    }
                    thead {
                        tr.groups {
                            td colspan="2" {}
                            @for (aspect, norms) in &aspects {
                                @let title = aspect.map(|a| a.title.as_str());
                                th scope="colgroup" colspan=(norms.len()) title=[title] {
                                    // Over one norm there is no room for the words: its own head says what it is.
                                    span.sr[norms.len() == 1] { (title.unwrap_or("")) }
                                }
                            }
                        }
                        tr.heads {
                            th scope="col" data-sort="text" { span { "Dossier" } }
                            th scope="col" data-sort="down" { span title="Aantal bevindingen" { "Bev." } }
                            @for norm in &norms {
                                th.edge[edge(&norm.id)] scope="col" data-sort="down" {
                                    a href={ "#norm-" (norm.id) } title=(norm.title) { (norm.id) }
                                }
                            }
                        }
                    }
                    tbody {
                        @for (n, dossier) in run.dossiers.iter().enumerate() {
                            @let total = dossier.findings().filter(|(f, _)| f.framework == framework.id).count();
                            tr {
                                th scope="row" {
                                    (name(n, dossier))
                                    @if dossier.has_unreadable() { " " span.tag.bad { "niet alles gelezen" } }
                                }
                                td.number data-v=(total) { (total) }
                                @for norm in &norms { (cell(n, dossier, framework, norm, edge(&norm.id))) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn cell(n: usize, dossier: &DossierRun, framework: &Framework, norm: &NormOutcome, edge: bool) -> Markup {
    let own = outcome(dossier, framework).and_then(|f| Some((f, f.norms.iter().find(|own| own.id == norm.id)?)));
    let Some((framework, own)) = own else { return html! { td.edge[edge] data-v="-1" {} } };
    let found = framework.elements_of(&norm.id).filter(|e| e.verdict.is_finding()).count();
    let judged = framework.elements_of(&norm.id).any(|e| dossier.judgements_of(&e.id).next().is_some());
    html! {
        td.edge[edge] data-v=(weight(own.verdict)) data-n=(norm.id) {
            a class={ "cell " (class(own.verdict)) } href=(link(n, dossier, &norm.id)) title={ (norm.id) ": " (own.verdict.label()) } {
                span aria-hidden="true" { (sign(own.verdict)) @if found > 0 { b { (found) } } @if judged { i { "*" } } }
                span.sr {
                    (own.verdict.label())
                    @if found > 0 { ", " (findings(found)) }
                    @if judged { ", met oordeel van een analist" }
                }
            }
        }
    }
}

/// Per norm how many dossiers have which verdict, and what it asks.
fn norms(run: &Run, framework: &Framework) -> Markup {
    let all = run.norms_together(&framework.id);
    html! {
        @for (norm, tally) in &all {
            @let short: usize = tally.iter().filter(|(v, _)| v.is_finding()).map(|(_, n)| n).sum();
            details.asks id={ "norm-" (norm.id) } {
                summary {
                    h3 { span.id { (norm.id) } " " (norm.title) @if norm.statutory { " " span.tag { "wettelijk" } } }
                    span.much { b { (short) } " van " (run.dossiers.len()) }
                    (plot::bar(tally))
                    span.counts { @for (verdict, n) in tally.iter().filter(|(_, n)| *n > 0) { span { (n) " " (verdict.label()) } " " } }
                }
                ul { @for rule in framework.rules.iter().filter(|r| r.norm == norm.id) {
                    li {
                        b { (rule.id) " " (rule.title) }
                        @if !rule.asks.is_empty() { ": " (rule.asks) }
                        @if !rule.clause.is_empty() { " " span.quiet { (rule.clause) } }
                    }
                } }
            }
        }
    }
}

fn figures(run: &Run) -> Markup {
    let spreads = run.spreads();
    if spreads.is_empty() {
        return html! {};
    }
    html! {
        section #cijfers {
            h2 { "Cijfers van de risicoparameters" }
            p { "Zoals de documenten ze geven, van het laatste jaar dat ten minste de helft van wie het cijfer geeft, noemt. "
                "Elke stip is een dossier; het vlak is de middelste helft, de streep de mediaan. "
                "Een cijfer zegt pas iets naast de omvang van de regio." }
            @for spread in &spreads { (figure(run, spread)) }
        }
    }
}

fn figure(run: &Run, spread: &Spread) -> Markup {
    let name_of_it = figure_name(spread.measure, spread.kind);
    let told = |v: f64| number(v, spread.unit);
    let n = spread.values.len();
    let about = match spread.quartiles() {
        Some([q1, median, q3]) => format!("Mediaan {}; de middelste helft ligt van {} tot {}.", told(median), told(q1), told(q3)),
        None => "Te weinig dossiers voor een mediaan.".to_owned(),
    };
    let given =
        format!("{n} van de {} {} dit cijfer.", count(run.dossiers.len(), "dossier", "dossiers"), if n == 1 { "geeft" } else { "geven" });
    html! {
        div.figure {
            h3 { (name_of_it) " " span.quiet { (spread.year.to_string()) ", " (spread.unit.name()) } }
            (plot::strip(run, spread, &format!("{name_of_it} {}: {about}", spread.year)))
            p { (about) " " (given)
                @if spread.elsewhere > 0 { " Alleen over een ander jaar: " (spread.elsewhere) "." } }
            details {
                summary { "Alle waarden" }
                div.scroll role="region" tabindex="0" aria-label={ "Waarden van " (name_of_it) } {
                    table {
                        caption.sr { (name_of_it) " " (spread.year.to_string()) ", van laag naar hoog" }
                        thead {
                            tr {
                                th scope="col" { "Dossier" }
                                th.number scope="col" { "Waarde" }
                                th.number scope="col" { "Plaats, van laag naar hoog" }
                            }
                        }
                        tbody {
                            @for (i, v) in &spread.values {
                                tr {
                                    th scope="row" { (name(*i, &run.dossiers[*i])) }
                                    td.number { (told(*v)) }
                                    td.number { (spread.rank(*v)) " van " (n) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn judgements(run: &Run) -> Markup {
    let all: Vec<_> = run.dossiers.iter().enumerate().flat_map(|(n, d)| d.judgements.iter().map(move |j| (n, d, j))).collect();
    let waivers: Vec<_> = run.dossiers.iter().enumerate().flat_map(|(n, d)| d.waivers.iter().map(move |w| (n, d, w))).collect();
    if all.is_empty() && waivers.is_empty() {
        return html! {};
    }
    let (outdated, fitting): (Vec<_>, Vec<_>) = all.iter().partition(|(.., j)| matches!(j.fit, Fit::Outdated(_)));
    let list = |some: Vec<&(usize, &DossierRun, &Judgement)>| {
        html! {
            ul.apart { @for (n, d, j) in some { li { (name(*n, d)) " " a href=(link(*n, d, &j.element)) { (j.element) } (judgement(j)) } } }
        }
    };
    html! {
        section #oordelen {
            h2 { "Oordelen van analisten" }
            p {
                (count(all.len(), "oordeel", "oordelen")) ", waarvan " (outdated.len()) " niet meer "
                (if outdated.len() == 1 { "past" } else { "passen" }) " bij wat er nu gevonden is."
            }
            @if !outdated.is_empty() { h3 { "Past niet meer" } (list(outdated)) }
            @if !fitting.is_empty() { details { summary { "De andere oordelen" } (list(fitting)) } }
            @if !waivers.is_empty() {
                h3 { "Vrijstellingen" }
                ul.apart { @for (n, d, w) in &waivers { li {
                    (name(*n, d)) " " a href=(link(*n, d, &w.element)) { (w.element) } (waiver(w))
                } } }
            }
        }
    }
}

fn changes(run: &Run) -> Markup {
    let Some([(_, new), (_, gone), (_, same)]) = run.changes_together() else { return html! {} };
    let ids = |n: usize, d: &DossierRun, kind: ChangeKind| {
        html! { @for c in d.changes.iter().flatten().filter(|c| c.kind == kind) { a.id href=(link(n, d, &c.element)) { (c.element) } " " } }
    };
    let moved = |d: &DossierRun| d.changes.iter().flatten().any(|c| c.kind != ChangeKind::Same);
    html! {
        section #veranderd {
            h2 { "Sinds de vorige keer" }
            p { "Nieuw: " b { (findings(new)) } ". Geen bevinding meer: " b { (gone) } ". Hetzelfde: " b { (same) } "." }
            @if !run.gone.is_empty() {
                h3 { "Dossiers die er niet meer bij zijn" }
                ul { @for path in &run.gone { li { (path) } } }
            }
            @if new + gone > 0 {
                div.scroll role="region" tabindex="0" aria-label="Tabel van veranderingen" {
                    table {
                        caption.sr { "Per dossier wat nieuw is en wat geen bevinding meer is" }
                        thead { tr { th scope="col" { "Dossier" } th scope="col" { "Nieuw" } th scope="col" { "Geen bevinding meer" } } }
                        tbody {
                            @for (n, d) in run.dossiers.iter().enumerate().filter(|(_, d)| moved(d)) {
                                tr {
                                    th scope="row" { (name(n, d)) }
                                    td { (ids(n, d, ChangeKind::New)) }
                                    td { (ids(n, d, ChangeKind::Gone)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
