//! The report as Markdown, for a page or a letter: a table of norms, then the findings with what the documents say.

use super::Format;
use super::harmless::harmless;
use super::style::Style;
use super::words::{self, CLOSING, count, kind_name, pages, place_and_section, tally, title};
use crate::engine::outcome::{ElementOutcome, Evidence, FrameworkOutcome};
use crate::run::{DocumentRun, DossierRun, Judgement, ReadStatus, Run, Waiver, WaiverState};

/// The format.
pub const FORMAT: Format<Run> = Format { name: "markdown", about: "om op te nemen in een stuk of webpagina", render };

fn render(run: &Run, _: Style) -> String {
    let mut page = Page(String::new());
    page.list(run.remarks.iter().cloned().chain(words::gone(&run.gone)));
    for dossier in &run.dossiers {
        page.dossier(run, dossier);
    }
    page.line(CLOSING);
    page.0
}

struct Page(String);

impl Page {
    fn line(&mut self, text: &str) {
        self.0.push_str(text);
        self.0.push('\n');
    }

    /// A block with an empty line after it.
    fn block(&mut self, text: &str) {
        self.line(text);
        self.0.push('\n');
    }

    /// A list of things to know; nothing when there are none.
    fn list(&mut self, texts: impl Iterator<Item = String>) {
        let before = self.0.len();
        texts.for_each(|text| self.line(&format!("- Let op: {}", plain(&text))));
        if self.0.len() > before {
            self.0.push('\n');
        }
    }

    fn dossier(&mut self, run: &Run, dossier: &DossierRun) {
        self.block(&format!("# {}", plain(&title(dossier))));
        self.block(&format!("Dossier: {}", plain(&dossier.path)));
        for document in &dossier.documents {
            self.document(document);
        }
        self.0.push('\n');
        let told = |w: &Waiver| format!("vrijstelling van {}: {}", w.element, words::waiver(w));
        let waivers = dossier.waivers.iter().filter(|w| w.state != WaiverState::Holds).map(told);
        self.list(dossier.warnings.iter().cloned().chain(waivers));
        for framework in &dossier.outcome.frameworks {
            let verdict = framework.verdict.map(|v| format!(" — {}", v.label())).unwrap_or_default();
            self.block(&format!("## {}{verdict}", plain(run.framework_title(framework))));
            self.norms(framework);
            self.block(&tally(framework));
        }
        if let Some(changes) = words::changes(dossier) {
            self.block(&changes);
        }
        self.judgements(dossier);
        let mut findings = dossier.findings().peekable();
        self.block(if findings.peek().is_some() { "## Bevindingen" } else { "Geen bevindingen." });
        for (framework, element) in findings {
            self.finding(framework, element, dossier);
        }
    }

    /// Of all elements: those that are no finding have no place of their own.
    fn judgements(&mut self, dossier: &DossierRun) {
        if dossier.judgements.is_empty() {
            return;
        }
        self.block("## Oordelen van analisten");
        self.line("| Element | plantoets | Analist | Paraaf | Reden | Past |");
        self.line("|---|---|---|---|---|---|");
        for judgement in &dossier.judgements {
            let now = dossier.element(&judgement.element).map_or("", |(_, e)| e.verdict.label());
            let Judgement { element, verdict, reason, initials, fit } = judgement;
            let cells =
                [plain(element), now.to_owned(), verdict.label().to_owned(), plain(initials), plain(reason), plain(&words::fit(fit))];
            self.line(&format!("| {} |", cells.join(" | ")));
        }
        self.0.push('\n');
    }

    fn document(&mut self, document: &DocumentRun) {
        let name = plain(&document.path);
        let kind = document.kind.map_or("soort niet herkend", kind_name);
        let pages_read = count(document.pages, "bladzijde", "bladzijden");
        match document.status {
            ReadStatus::Unreadable => {
                self.line(&format!("- **{name}**: **niet gelezen**: {}", plain(document.error.as_deref().unwrap_or(""))));
            }
            ReadStatus::Partial => self.line(&format!("- **{name}**: {kind}, {pages_read}, **ten dele gelezen**")),
            ReadStatus::Read => self.line(&format!("- **{name}**: {kind}, {pages_read}")),
        }
        if !document.pages_without_text.is_empty() {
            let which = if document.pages_without_text.len() == 1 { "bladzijde" } else { "bladzijden" };
            self.line(&format!("  - Let op: zonder leesbare tekst: {which} {}", pages(&document.pages_without_text)));
        }
        for warning in &document.warnings {
            self.line(&format!("  - Let op: {}", plain(warning)));
        }
    }

    fn norms(&mut self, framework: &FrameworkOutcome) {
        self.line("| Norm | Titel | Wettelijk | Oordeel |");
        self.line("|---|---|---|---|");
        for (aspect, norms) in framework.norms_by_aspect() {
            if let Some(aspect) = aspect {
                self.line(&format!("| | **{}** | | **{}** |", plain(&aspect.title), aspect.verdict.label()));
            }
            for norm in norms {
                let statutory = if norm.statutory { "ja" } else { "nee" };
                self.line(&format!("| {} | {} | {statutory} | {} |", plain(&norm.id), plain(&norm.title), norm.verdict.label()));
            }
        }
        self.0.push('\n');
    }

    fn finding(&mut self, framework: &FrameworkOutcome, element: &ElementOutcome, dossier: &DossierRun) {
        let documents = &dossier.documents;
        self.block(&format!("### {} {} — {}", plain(&element.id), plain(&element.title), element.verdict.label()));
        self.block(&plain(&element.message));
        let waiver = dossier.waiver_of(&element.id).map(|w| ("Vrijstelling", words::waiver(w)));
        let change = dossier.change_of(&framework.framework, &element.id);
        let change = change.map(|c| ("Sinds vorig verslag", words::change(c, element.verdict)));
        for (name, text) in waiver.into_iter().chain(change) {
            self.block(&format!("**{name}:** {}", plain(&text)));
        }
        for evidence in &element.evidence {
            self.passage(evidence, documents);
        }
        if !element.nearest.is_empty() {
            self.block("Dichtstbij:");
            for evidence in &element.nearest {
                self.passage(evidence, documents);
            }
        }
        let rest = [("Plaats", element.belongs.as_deref()), ("Aanvulling", element.hint.as_deref()), ("Grondslag", Some(&*element.clause))];
        let rest: Vec<_> = rest.into_iter().filter_map(|(name, text)| Some((name, text.filter(|t| !t.is_empty())?))).collect();
        for (name, text) in &rest {
            self.line(&format!("- **{name}:** {}", plain(text)));
        }
        if !rest.is_empty() {
            self.0.push('\n');
        }
    }

    fn passage(&mut self, evidence: &Evidence, documents: &[DocumentRun]) {
        self.line(&format!("> “{}”", plain(&evidence.quote)));
        self.line(">");
        self.block(&format!("> — {}: {}", plain_place(&place_and_section(evidence, documents)), plain(&evidence.why)));
    }
}

/// Words as words: on one line, and with what Markdown or HTML would act on escaped.
fn plain(text: &str) -> String {
    plain_place(&harmless(text))
}

/// As [`plain`], of text that is harmless already.
fn plain_place(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    let text = text.trim();
    for (at, c) in text.char_indices() {
        let rest = &text[at..];
        // At the start of a line a list, or a line under a heading.
        let list = at == 0 && matches!(c, '-' | '+' | '=')
            || matches!(c, '.' | ')')
                && at > 0
                && text[..at].bytes().all(|b| b.is_ascii_digit())
                && !rest[1..].starts_with(|n: char| n.is_alphanumeric());
        // Some readers make a link of a bare address, of "@name" and of "#12".
        let link = rest.starts_with("://")
            || c == '.' && before.eq_ignore_ascii_case(&'w')
            || c == '@'
            || c == ':' && rest[1..].starts_with(|n: char| n.is_ascii_alphabetic());
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '|' | '~' | '$' | '#' | '!' | '^' => out.extend(['\\', c]),
            c if link || list => out.extend(['\\', c]),
            c => out.push(c),
        }
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn the_report_has_a_table_of_norms_and_the_findings_with_quotes() {
        let text = render(&samples::run(), Style::COLOURED);
        for wanted in [
            "# Stichting Voorbeeld (PO3099)\n\nDossier: map/voorbeeld\n\n- **plan.pdf**: ondersteuningsplan, 27 bladzijden, **ten dele gelezen**\n",
            "- **kapot.pdf**: **niet gelezen**: het bestand is leeg (0 bytes); lever het document opnieuw aan\n",
            "## Toezichtkader 2013 — strijdig\n\n| Norm | Titel | Wettelijk | Oordeel |\n|---|---|---|---|\n| | **Naleving** | | **strijdig** |\n| N3 | Ondersteuningsplan | ja | onzeker |\n",
            "### N3.b instemming ondersteuningsplanraad — onzeker\n\n",
            "> “De raad stemt naar verwachting in mei met het plan in.”\n>\n> — plan.pdf, p. 5 (gedrukt 4) · 5.2 Instemming: voornemen: nog niet gebeurd\n",
            "Dichtstbij:\n\n> “De raad",
            "- **Plaats:** 5.2 Instemming\n- **Aanvulling:** Noem de datum",
            "- **Grondslag:** WMS art. 14a\n\n",
            "beoordeelt een mens.\n",
        ] {
            assert!(text.contains(wanted), "{wanted}\n{text}");
        }
        assert!(!text.contains("### N3.a") && !text.contains("### N3.e") && !text.contains("\n\n\n"), "{text}");
        assert!(!text.to_lowercase().contains("voldoet"), "{text}");
    }

    #[test]
    fn what_is_given_beside_the_documents_is_told() {
        let text = render(&samples::run_with_lists(), Style::PLAIN);
        for wanted in [
            "- Let op: Wel in het vorige verslag en niet in dit: map/weg.\n\n# Stichting Voorbeeld",
            "\n\n- Let op: naam: swv.csv zegt",
            "- Let op: vrijstelling van N3.b: verlopen",
            "Sinds het vorige verslag: 1 bevinding nieuw, 1 weg, 2 gebleven.\n\n## Oordelen van analisten\n\n| Element |",
            "| N3.b | onzeker | aangetroffen | AB | zie de notulen | anders dan plantoets |\n",
            "\n\n**Vrijstelling:** telt niet mee, tot en met 31 december 2026: de raad is nieuw\n\n**Sinds vorig verslag:** hetzelfde\n\n",
        ] {
            assert!(text.contains(wanted), "{wanted}\n{text}");
        }
        assert!(!text.contains("\n\n\n"), "{text}");
    }

    #[test]
    fn signs_of_markdown_and_html_are_only_signs() {
        assert_eq!(plain("a|b *c* _d_ `e` ~f~ \\"), r"a\|b \*c\* \_d\_ \`e\` \~f\~ \\");
        assert_eq!(plain("![x](http://y)"), r"\!\[x\](http\://y)");
        assert_eq!(plain("<script>&lt;"), "&lt;script&gt;&amp;lt;");
        assert_eq!(plain("www.x.nl, a@b.nl, #12, mailto:x"), r"www\.x.nl, a\@b.nl, \#12, mailto\:x");
        assert_eq!([plain("- a"), plain("=="), plain("1. a"), plain("1) a"), plain("1.1")], [r"\- a", r"\==", r"1\. a", r"1\) a", "1.1"]);
        assert_eq!(plain("een plan (2014-2018): vier jaar. Eén!"), r"een plan (2014-2018): vier jaar. Eén\!");
    }

    #[test]
    fn hostile_words_make_no_structure() {
        let lines = render(&samples::run_with_lists(), Style::PLAIN).lines().count();
        for poison in [
            "\n\n# kop\n| a |\n",
            "<script>alert(1)</script>",
            "[x](javascript:alert(1))",
            "\n```\n<!--",
            "\x1b[2J\u{9b}\u{202e}",
            "]]>|=cmd|",
        ] {
            let mut run = samples::run_with_lists();
            samples::poison(&mut run, poison);
            let text = render(&run, Style::PLAIN);
            let unescaped = text.replace(r"\]", "");
            assert!(!text.contains("<script") && !unescaped.contains("](") && !text.contains("<!--") && !text.contains("```"), "{text}");
            assert!(!text.contains(['\x1b', '\u{9b}', '\u{202e}']), "{text:?}");
            assert!(!text.lines().any(|l| l.trim_start_matches(['>', ' ']).starts_with("# kop") || l.starts_with("| a")), "{text}");
            // A warning more for each of the two documents, a place for two elements that had none.
            assert_eq!(text.lines().count(), lines + 4, "{text}");
        }
    }
}
