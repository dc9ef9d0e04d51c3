//! The facts of a dossier: its days on a line, then each fact with the passage it comes from; and its figures.

use super::dossier::View;
use super::plot::{self, Day};
use crate::engine::outcome::{Evidence, Fact, FactSheet};
use crate::facts::{Figure, Measure, SchoolKind};
use crate::report::words::{date, figure_value, place};
use jiff::civil::{Date, date as civil};
use maud::{Markup, html};

impl View<'_> {
    pub(super) fn facts(&self) -> Markup {
        let facts = &self.dossier.outcome.facts;
        let days = days(facts);
        // The plan must be with the inspectie before 1 May of the year in which it begins.
        let limit = facts.plan_period.as_ref().map(|f| civil(f.value.0.year(), 5, 1));
        let content = html! {
            @if days.is_empty() { p { "In de documenten zijn geen data gevonden van overleg, instemming, vaststelling of inzending." } }
            @else { (plot::date_line(&days.iter().map(|(day, _)| *day).collect::<Vec<_>>(), limit)) }
            dl.facts {
                @for (day, evidence) in &days { (self.fact(day.name, &date(day.date), *evidence)) }
                @if let Some(limit) = limit { (self.fact("inzending volgens de wet vóór", &date(limit), None)) }
                @if let Some(f) = &facts.plan_period {
                    (self.fact("planperiode", &format!("{} tot en met {}", date(f.value.0), date(f.value.1)), f.evidence.as_ref()))
                }
                @if let Some(f) = &facts.rechtsvorm { (self.fact("rechtsvorm", &f.value, f.evidence.as_ref())) }
                @if let Some(f) = &facts.oprichting { (self.fact("opgericht", &date(f.value), f.evidence.as_ref())) }
                @if !facts.gemeenten.is_empty() {
                    div { dt { "gemeenten" } dd { (facts.gemeenten.iter().map(|f| f.value.as_str()).collect::<Vec<_>>().join(", ")) } }
                }
            }
        };
        self.section("feiten", "Feiten", content)
    }

    /// A fact; unfolded, the passage it comes from.
    fn fact(&self, name: &str, value: &str, evidence: Option<&Evidence>) -> Markup {
        html! {
            div {
                dt { (name) }
                dd {
                    @if let Some(evidence) = evidence {
                        details.source {
                            summary { (value) " " span.quiet { (place(evidence, &self.dossier.documents)) } }
                            (self.passage(evidence))
                        }
                    } @else { (value) }
                }
            }
        }
    }

    pub(super) fn figures(&self) -> Markup {
        let mut all: Vec<&Fact<Figure>> = self.dossier.outcome.facts.figures.iter().collect();
        if all.is_empty() {
            return html! {};
        }
        let key = |f: &Fact<Figure>| (f.value.measure, f.value.kind, f.value.unit);
        all.sort_by_key(|f| (key(f), f.value.year));
        let row = |group: &[&Fact<Figure>], n: usize, f: &Fact<Figure>| {
            html! {
                tr {
                    @if n == 0 { th scope="rowgroup" rowspan=(group.len()) { (figure_name(f.value.measure, f.value.kind)) } }
                    td { (f.value.year.to_string()) }
                    td.number { (figure_value(&f.value)) }
                    td {
                        @if let Some(e) = &f.evidence {
                            details.source { summary { (place(e, &self.dossier.documents)) } (self.passage(e)) }
                        }
                    }
                }
            }
        };
        let table = html! {
            div.scroll role="region" tabindex="0" aria-label="Tabel van cijfers" {
                table.figures {
                    caption.sr { "Cijfers van de risicoparameters, met hun vindplaats" }
                    thead {
                        tr { th scope="col" { "Wat" } th scope="col" { "Jaar" } th.number scope="col" { "Waarde" } th scope="col" { "Vindplaats" } }
                    }
                    @for group in all.chunk_by(|a, b| key(a) == key(b)) {
                        tbody { @for (n, f) in group.iter().enumerate() { (row(group, n, f)) } }
                    }
                }
            }
        };
        self.section("cijfers", "Cijfers", table)
    }
}

/// "instroom vso", "thuiszitters".
pub(super) fn figure_name(measure: Measure, kind: Option<SchoolKind>) -> String {
    kind.map_or_else(|| measure.label().to_owned(), |kind| format!("{} {}", measure.label(), kind.name()))
}

/// The days that matter for the norms, in order, each with where it is told.
fn days(facts: &FactSheet) -> Vec<(Day, Option<&Evidence>)> {
    let day = |name, short, f: &Fact<Date>| Day { date: f.value, name, short };
    let once = [
        ("instemming ondersteuningsplanraad", "instemming OPR", &facts.instemming_opr),
        ("vaststelling", "vaststelling", &facts.vaststelling),
        ("inzending", "inzending", &facts.inzending),
        ("ontvangst door de inspectie", "ontvangst", &facts.ontvangen),
    ];
    let once = once.into_iter().filter_map(|(name, short, fact)| Some((name, short, fact.as_ref()?)));
    let all = facts.oogo.iter().map(|f| ("overleg met gemeenten (OOGO)", "OOGO", f)).chain(once);
    let mut days: Vec<_> = all.map(|(name, short, fact)| (day(name, short, fact), fact.evidence.as_ref())).collect();
    days.sort_by_key(|(day, _)| day.date);
    days
}
