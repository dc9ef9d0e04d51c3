//! The report as text, for reading at a terminal.

use super::considered::considered;
use super::frame::passage;
use super::harmless::harmless;
use super::style::{Paint, Style};
use super::words::{self, CLOSING, count, cut, date, figure_value, kind_name, pages, place, place_and_section, tally, title};
use super::{Format, frame};
use crate::engine::outcome::{AspectOutcome, ElementOutcome, Evidence, Fact, FactSheet, FrameworkOutcome, NormOutcome, Verdict};
use crate::facts::Figure;
use crate::parallel;
use crate::run::{DocumentRun, DossierRun, ReadStatus, Run, WaiverState};
use jiff::civil::Date;
use std::fmt::Write as _;

/// The format.
pub const FORMAT: Format<Run> = Format { name: "text", about: "om te lezen", render };

const INDENT: &str = "        ";
const WIDTH: usize = 100;

fn render(run: &Run, style: Style) -> String {
    let mut page = Page { out: String::new(), style };
    page.remarks(run);
    for dossier in &run.dossiers {
        page.dossier(run, dossier);
    }
    page.line(CLOSING);
    page.out
}

struct Page {
    out: String,
    style: Style,
}

impl Page {
    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// One empty line, never two.
    fn space(&mut self) {
        if !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// "  Naam  text", wrapped under itself.
    fn field(&mut self, indent: &str, name: &str, text: &str) {
        let width = WIDTH.saturating_sub(indent.len() + name.len() + 1);
        let hang = " ".repeat(name.chars().count() + 1);
        for (n, line) in frame::wrap(text, width).iter().enumerate() {
            let head = if n == 0 { format!("{} ", self.style.paint(Paint::Strong, name)) } else { hang.clone() };
            writeln!(self.out, "{indent}{head}{line}").expect("writing to a string");
        }
    }

    fn remarks(&mut self, run: &Run) {
        for remark in run.remarks.iter().cloned().chain(words::gone(&run.gone)) {
            self.field("", "Let op:", &harmless(&remark));
        }
        if !self.out.is_empty() {
            self.space();
        }
    }

    fn dossier(&mut self, run: &Run, dossier: &DossierRun) {
        let facts = &dossier.outcome.facts;
        let title = harmless(&title(dossier)).into_owned();
        let rule = "═".repeat(title.chars().count().min(WIDTH));
        self.line(&self.style.paint(Paint::Strong, &title));
        self.line(&rule);
        self.line(&format!("Dossier: {}", harmless(&dossier.path)));
        let (unreadable, read): (Vec<_>, Vec<_>) = dossier.documents.iter().partition(|d| d.status == ReadStatus::Unreadable);
        for document in unreadable.into_iter().chain(read) {
            self.document(document);
        }
        // Who asks why gets that answer, and not the whole report again.
        let why: Vec<_> = dossier.why().collect();
        if !why.is_empty() {
            for (element, c) in why {
                self.space();
                self.out.push_str(&considered(element, c, &dossier.documents, self.style));
            }
            self.space();
            return;
        }
        for warning in &dossier.warnings {
            self.field("  ", "Let op:", &harmless(warning));
        }
        for waiver in dossier.waivers.iter().filter(|w| w.state != WaiverState::Holds) {
            let told = format!("vrijstelling van {}: {}", waiver.element, words::waiver(waiver));
            self.field("  ", "Let op:", &harmless(&told));
        }
        self.facts(facts, &dossier.documents);
        for framework in &dossier.outcome.frameworks {
            self.space();
            let title = self.style.paint(Paint::Strong, &harmless(run.framework_title(framework)));
            let verdict = framework.verdict.map(|v| format!(" — {}", self.style.verdict(v))).unwrap_or_default();
            self.line(&format!("{title}{verdict}"));
            let style = self.style;
            let elements = parallel::map(&framework.elements, |element| {
                let mut page = Page { out: String::new(), style };
                page.element(framework, element, dossier);
                (element.norm.as_str(), page.out)
            });
            for (aspect, norms) in framework.norms_by_aspect() {
                if let Some(aspect) = aspect {
                    self.aspect(aspect);
                }
                for norm in norms {
                    self.norm(norm);
                    self.out.extend(elements.iter().filter(|(id, _)| *id == norm.id).map(|(_, drawn)| drawn.as_str()));
                }
            }
            self.space();
            self.line(&tally(framework));
        }
        if let Some(changes) = words::changes(dossier) {
            self.line(&changes);
        }
        self.space();
    }

    fn document(&mut self, document: &DocumentRun) {
        let name = self.style.paint(Paint::Strong, &harmless(&document.path));
        let kind = document.kind.map_or("soort niet herkend", kind_name);
        match document.status {
            ReadStatus::Unreadable => {
                let error = harmless(document.error.as_deref().unwrap_or("")).into_owned();
                self.line(&format!("  {name}: {}", self.style.paint(Paint::Bad, "niet gelezen")));
                self.field("    ", "Reden:", &error);
                return;
            }
            ReadStatus::Partial => {
                let part = self.style.paint(Paint::Doubt, "ten dele gelezen");
                self.line(&format!("  {name}: {kind}, {}, {part}", count(document.pages, "bladzijde", "bladzijden")));
            }
            ReadStatus::Read => self.line(&format!("  {name}: {kind}, {}", count(document.pages, "bladzijde", "bladzijden"))),
        }
        if !document.pages_without_text.is_empty() {
            let which = if document.pages_without_text.len() == 1 { "bladzijde" } else { "bladzijden" };
            self.field("    ", "Let op:", &format!("zonder leesbare tekst: {which} {}", pages(&document.pages_without_text)));
        }
        for warning in &document.warnings {
            self.field("    ", "Let op:", &harmless(warning));
        }
    }

    fn facts(&mut self, facts: &FactSheet, documents: &[DocumentRun]) {
        let day = |fact: &Option<Fact<Date>>| fact.as_ref().map(|f| date(f.value));
        let oogo = (!facts.oogo.is_empty()).then(|| facts.oogo.iter().map(|f| date(f.value)).collect::<Vec<_>>().join(" en "));
        let dates = [
            ("overleg met gemeenten", oogo),
            ("instemming ondersteuningsplanraad", day(&facts.instemming_opr)),
            ("vaststelling", day(&facts.vaststelling)),
            ("inzending", day(&facts.inzending)),
            ("ontvangst", day(&facts.ontvangen)),
        ];
        let dates: Vec<_> = dates.into_iter().filter_map(|(name, value)| value.map(|v| format!("{name} {v}"))).collect();
        if !dates.is_empty() {
            self.field("  ", "Data:", &dates.join("; "));
        }
        if let Some(period) = &facts.plan_period {
            self.field("  ", "Planperiode:", &format!("{} tot en met {}", date(period.value.0), date(period.value.1)));
        }
        if let Some(form) = &facts.rechtsvorm {
            let founded = facts.oprichting.as_ref().map(|f| format!(", opgericht {}", date(f.value))).unwrap_or_default();
            self.field("  ", "Rechtsvorm:", &format!("{}{founded}", harmless(&form.value)));
        }
        if !facts.gemeenten.is_empty() {
            let names: Vec<_> = facts.gemeenten.iter().map(|f| harmless(&f.value).into_owned()).collect();
            self.field("  ", "Gemeenten:", &names.join(", "));
        }
        self.figures(&facts.figures, documents);
    }

    /// Per measure one line: year and value, then the pages.
    fn figures(&mut self, figures: &[Fact<Figure>], documents: &[DocumentRun]) {
        if figures.is_empty() {
            return;
        }
        self.line(&format!("  {}", self.style.paint(Paint::Strong, "Cijfers:")));
        let alike = |a: &Fact<Figure>, b: &Fact<Figure>| {
            (a.value.measure, a.value.kind, a.value.unit) == (b.value.measure, b.value.kind, b.value.unit)
        };
        // In the order of the sheet: by measure, kind, year; the shares of a measure after its counts.
        let mut left: Vec<&Fact<Figure>> = figures.iter().collect();
        while let Some(&first) = left.first() {
            let (line, rest): (Vec<_>, Vec<_>) = left.into_iter().partition(|f| alike(f, first));
            left = rest;
            let years: Vec<String> = line.iter().map(|f| format!("{} {}", f.value.year, figure_value(&f.value))).collect();
            let mut places: Vec<String> = Vec::new();
            for place in line.iter().filter_map(|f| f.evidence.as_ref()).map(|e| place(e, documents)) {
                if !places.contains(&place) {
                    places.push(place);
                }
            }
            let kind = first.value.kind.map(|k| format!(" {}", k.name())).unwrap_or_default();
            let name = format!("{}{kind}:", first.value.measure.label());
            self.field("    ", &name, &format!("{} ({})", years.join("; "), places.join("; ")));
        }
    }

    fn aspect(&mut self, aspect: &AspectOutcome) {
        self.space();
        let name = harmless(&aspect.title).into_owned();
        let line = "─".repeat(name.chars().count().min(WIDTH));
        self.line(&format!("{} — {}", self.style.paint(Paint::Strong, &name), self.style.verdict(aspect.verdict)));
        self.line(&line);
    }

    fn norm(&mut self, norm: &NormOutcome) {
        self.space();
        let name = self.style.paint(Paint::Strong, &harmless(&format!("{} {}", norm.id, norm.title)));
        self.line(&format!("{name} — {}", self.style.verdict(norm.verdict)));
    }

    fn element(&mut self, framework: &FrameworkOutcome, element: &ElementOutcome, dossier: &DossierRun) {
        let documents = &dossier.documents;
        let gap = " ".repeat(15usize.saturating_sub(element.verdict.label().chars().count()));
        let (id, title) = (harmless(&element.id), harmless(&element.title));
        self.line(&format!("  {id:<6}{}{gap}{title}", self.style.verdict(element.verdict)));
        self.beside(framework, element, dossier);
        match element.verdict {
            // Shown by the dossier alone: the message says how.
            Verdict::Found if element.evidence.is_empty() => self.field(INDENT, "Want:", &harmless(&element.message)),
            Verdict::Found => self.passages(element.evidence.get(..1).unwrap_or(&[]), 0, documents),
            Verdict::NotTestable | Verdict::NotApplicable => self.field(INDENT, "Want:", &harmless(&element.message)),
            Verdict::Weak | Verdict::Missing | Verdict::Contradicted => {
                self.finding(element, documents);
                self.space();
            }
        }
    }

    /// What people gave beside the documents, for this element.
    fn beside(&mut self, framework: &FrameworkOutcome, element: &ElementOutcome, dossier: &DossierRun) {
        for judgement in dossier.judgements_of(&element.id) {
            self.field(INDENT, "Oordeel analist:", &harmless(&words::judgement(judgement)));
        }
        if let Some(waiver) = dossier.waiver_of(&element.id) {
            self.field(INDENT, "Vrijstelling:", &harmless(&words::waiver(waiver)));
        }
        if let Some(change) = dossier.change_of(&framework.framework, &element.id) {
            self.field(INDENT, "Sinds vorig verslag:", &words::change(change, element.verdict));
        }
    }

    fn finding(&mut self, element: &ElementOutcome, documents: &[DocumentRun]) {
        for line in frame::wrap(&harmless(&element.message), WIDTH - INDENT.len()) {
            self.line(&format!("{INDENT}{line}"));
        }
        self.passages(&element.evidence, 2, documents);
        if !element.nearest.is_empty() {
            self.line(&format!("{INDENT}{}", self.style.paint(Paint::Strong, "Dichtstbij:")));
            let framed = usize::from(element.evidence.is_empty());
            self.passages(&element.nearest, framed, documents);
        }
        if let Some(belongs) = &element.belongs {
            self.field(INDENT, "Plaats:", &harmless(belongs));
        }
        if let Some(hint) = &element.hint {
            self.field(INDENT, "Aanvulling:", &harmless(hint));
        }
        if !element.clause.is_empty() {
            self.field(INDENT, "Grondslag:", &harmless(&element.clause));
        }
    }

    /// The first `framed` passages in a frame, the others in a line.
    fn passages(&mut self, passages: &[Evidence], framed: usize, documents: &[DocumentRun]) {
        for (n, evidence) in passages.iter().enumerate() {
            if n < framed {
                self.out.push_str(&passage(&place_and_section(evidence, documents), &evidence.quote, &evidence.why, INDENT, self.style));
            } else {
                let line = format!("{INDENT}{}", self.short(evidence, documents));
                self.line(&line);
            }
        }
    }

    /// "document.pdf, p. 4: “de woorden …”".
    fn short(&self, evidence: &Evidence, documents: &[DocumentRun]) -> String {
        let place = place(evidence, documents);
        let room = WIDTH.saturating_sub(INDENT.len() + place.chars().count() + 4).max(40);
        format!("{place}: “{}”", cut(&harmless(&evidence.quote), room))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn the_report_shows_findings_with_place_reason_and_advice() {
        let text = render(&samples::run(), Style::PLAIN);
        for wanted in [
            "Stichting Voorbeeld (PO3099)",
            "kapot.pdf: niet gelezen",
            "Toezichtkader 2013 — strijdig\n\nNaleving — strijdig\n────────\n",
            "N3 Ondersteuningsplan — onzeker",
            "  N3.a  aangetroffen   vaststelling\n        plan.pdf, p. 4 (gedrukt 3): “Het bestuur heeft het plan op 15 april 2014 vastgesteld.”\n",
            "plan.pdf, p. 5 (gedrukt 4) · 5.2 Instemming",
            "voornemen: nog niet gebeurd",
            "Grondslag: WMS art. 14a",
            "Aanvulling:",
            "beoordeelt een mens",
        ] {
            assert!(text.contains(wanted), "{wanted}\n{text}");
        }
        let lower = text.to_lowercase();
        assert!(!lower.contains("voldoet"), "{text}");
        assert!(lower.find("kapot.pdf").unwrap() < lower.find("plan.pdf:").unwrap(), "unreadable documents come first");
    }

    #[test]
    fn what_is_given_beside_the_documents_stands_with_its_element() {
        let text = render(&samples::run_with_lists(), Style::PLAIN);
        for wanted in [
            "Let op: oordelen.csv, regel 9: 'PO3001' is geen nummer",
            "Let op: Wel in het vorige verslag en niet in dit: map/weg.\n\nStichting Voorbeeld",
            "  Let op: naam: swv.csv zegt 'Een'",
            "  Let op: vrijstelling van N3.b: verlopen, gold tot en met 1 mei 2014: de raad is nieuw.",
            "  Let op: vrijstelling van N3.a: niet nodig",
            "        Oordeel analist: aangetroffen (AB): zie de notulen — anders dan plantoets\n        Vrijstelling: verlopen",
            "        Oordeel analist: aangetroffen (AB): zie de notulen — past niet meer: het bewijs is veranderd",
            "        Vrijstelling: telt niet mee, tot en met 31 december 2026: de raad is nieuw\n        Sinds vorig verslag: hetzelfde\n",
            "        Sinds vorig verslag: nog steeds, was ontbreekt\n",
            "        Sinds vorig verslag: nieuw, was aangetroffen\n",
            "        Sinds vorig verslag: weg, was ontbreekt\n",
            "Sinds het vorige verslag: 1 bevinding nieuw, 1 weg, 2 gebleven.\n",
        ] {
            assert!(text.contains(wanted), "{wanted}\n{text}");
        }
    }

    #[test]
    fn hostile_words_do_nothing_to_a_terminal() {
        let mut run = samples::run_with_lists();
        samples::poison(&mut run, "\x1b]0;x\x07\u{202e}");
        let text = render(&run, Style::PLAIN);
        assert!(!text.contains(['\x1b', '\x07', '\u{202e}']), "{text:?}");
        assert!(render(&run, Style::COLOURED).contains("\x1b[33m"));
        assert!(!render(&run, Style::COLOURED).contains("\x1b]0"));
    }
}
