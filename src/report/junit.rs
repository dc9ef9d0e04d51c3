//! The verdicts as JUnit XML, which build servers show: a suite per dossier and norm, a case per element, and a suite for the documents.

use super::Format;
use super::harmless::harmless;
use super::style::Style;
use super::words::{self, place_and_section, title};
use crate::engine::outcome::{ElementOutcome, Evidence, FrameworkOutcome, NormOutcome, Verdict};
use crate::run::{DossierRun, ReadStatus, Run, WaiverState};
use std::fmt::Write as _;

/// The format.
pub const FORMAT: Format<Run> = Format { name: "junit", about: "als toetsuitslag voor een bouwstraat", render };

fn render(run: &Run, _: Style) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"plantoets\">\n");
    for dossier in &run.dossiers {
        documents(&mut out, dossier);
        for framework in &dossier.outcome.frameworks {
            for norm in &framework.norms {
                suite(&mut out, run, dossier, framework, norm);
            }
        }
    }
    out + "</testsuites>\n"
}

/// What becomes of an element. A trace fails nothing, as with the exit code, but is not passed over in silence; nor does what a waiver sets
/// aside, while a waiver that has expired is a finding by itself.
#[derive(PartialEq)]
enum Shown {
    Passed,
    Failed,
    Skipped,
}

fn shown_as(dossier: &DossierRun, element: &ElementOutcome) -> Shown {
    match (dossier.waiver_of(&element.id).map(|w| w.state), element.verdict) {
        (Some(WaiverState::Expired), _) => Shown::Failed,
        (Some(WaiverState::Holds), _) => Shown::Skipped,
        (_, Verdict::Found) => Shown::Passed,
        (_, Verdict::Missing | Verdict::Contradicted) => Shown::Failed,
        (_, Verdict::Weak | Verdict::NotTestable | Verdict::NotApplicable) => Shown::Skipped,
    }
}

fn documents(out: &mut String, dossier: &DossierRun) {
    let unreadable = dossier.unreadable().count();
    let name = text(&format!("{}: documenten", title(dossier)));
    let total = dossier.documents.len();
    put(out, &format!("  <testsuite name=\"{name}\" tests=\"{total}\" failures=\"0\" errors=\"{unreadable}\" skipped=\"0\">"));
    for document in &dossier.documents {
        let opening = case(&dossier.path, "documenten", &format!("{} lezen", document.path));
        match document.status {
            ReadStatus::Unreadable => {
                let error = text(document.error.as_deref().unwrap_or(""));
                put(out, &format!("{opening}>"));
                put(out, &format!("      <error message=\"niet gelezen\" type=\"niet gelezen\">{error}</error>"));
                put(out, "    </testcase>");
            }
            ReadStatus::Read | ReadStatus::Partial if document.warnings.is_empty() => put(out, &format!("{opening}/>")),
            ReadStatus::Read | ReadStatus::Partial => {
                let warnings: Vec<_> = document.warnings.iter().map(|w| format!("Let op: {}", text(w))).collect();
                put(out, &format!("{opening}>"));
                put(out, &format!("      <system-out>{}</system-out>", warnings.join("\n")));
                put(out, "    </testcase>");
            }
        }
    }
    put(out, "  </testsuite>");
}

fn suite(out: &mut String, run: &Run, dossier: &DossierRun, framework: &FrameworkOutcome, norm: &NormOutcome) {
    let count = |shown: Shown| framework.elements_of(&norm.id).filter(|e| shown_as(dossier, e) == shown).count();
    let (tests, failures, skipped) = (framework.elements_of(&norm.id).count(), count(Shown::Failed), count(Shown::Skipped));
    let name = text(&format!("{}: {} {}", title(dossier), norm.id, norm.title));
    let counts = format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\"");
    put(out, &format!("  <testsuite name=\"{name}\" {counts}>"));
    put(out, "    <properties>");
    let statutory = if norm.statutory { "ja" } else { "nee" };
    let properties = [
        ("dossier", dossier.path.as_str()),
        ("kader", run.framework_title(framework)),
        ("wettelijk", statutory),
        ("oordeel", norm.verdict.label()),
    ];
    for (name, value) in properties {
        put(out, &format!("      <property name=\"{name}\" value=\"{}\"/>", text(value)));
    }
    put(out, "    </properties>");
    for element in framework.elements_of(&norm.id) {
        let opening = case(&dossier.path, &norm.id, &format!("{} {}", element.id, element.title));
        put(out, &format!("{opening}>"));
        let label = element.verdict.label();
        let message = text(&format!("{label}: {}", element.message));
        let told = told(framework, element, dossier);
        match shown_as(dossier, element) {
            Shown::Passed => put(out, &format!("      <system-out>{told}</system-out>")),
            Shown::Failed => put(out, &format!("      <failure message=\"{message}\" type=\"{label}\">{told}</failure>")),
            Shown::Skipped => {
                put(out, &format!("      <skipped message=\"{message}\"/>"));
                put(out, &format!("      <system-out>{told}</system-out>"));
            }
        }
        put(out, "    </testcase>");
    }
    put(out, "  </testsuite>");
}

/// `<testcase …`, still open.
fn case(dossier: &str, class: &str, name: &str) -> String {
    // Build servers cut a class at its full stops: those of a path and of a norm are none.
    let class = format!("{}.{}", dossier.replace('.', "·"), class.replace('.', "·"));
    format!("    <testcase classname=\"{}\" name=\"{}\"", text(&class), text(name))
}

/// The message, the passages and the advice, escaped.
fn told(framework: &FrameworkOutcome, element: &ElementOutcome, dossier: &DossierRun) -> String {
    let documents = &dossier.documents;
    let passage = |what: &str, e: &Evidence| text(&format!("{what}{}: “{}” ({})", place_and_section(e, documents), e.quote, e.why));
    let mut lines = vec![text(&element.message)];
    lines.extend(dossier.waiver_of(&element.id).map(|w| text(&format!("Vrijstelling: {}", words::waiver(w)))));
    let change = dossier.change_of(&framework.framework, &element.id);
    lines.extend(change.map(|c| text(&format!("Sinds vorig verslag: {}", words::change(c, element.verdict)))));
    lines.extend(dossier.judgements_of(&element.id).map(|j| text(&format!("Oordeel analist: {}", words::judgement(j)))));
    lines.extend(element.evidence.iter().map(|e| passage("", e)));
    lines.extend(element.nearest.iter().map(|e| passage("Dichtstbij: ", e)));
    for (name, value) in
        [("Plaats", element.belongs.as_deref()), ("Aanvulling", element.hint.as_deref()), ("Grondslag", Some(&*element.clause))]
    {
        lines.extend(value.filter(|v| !v.is_empty()).map(|v| format!("{name}: {}", text(v))));
    }
    lines.join("\n")
}

fn put(out: &mut String, line: &str) {
    writeln!(out, "{line}").expect("writing to a string");
}

/// For an attribute or between tags: on one line, without what XML forbids or takes for its own.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in harmless(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    /// The names of the tags in order, when they are well nested and hold nothing XML forbids.
    fn tags(xml: &str) -> Vec<String> {
        let (mut open, mut names) = (Vec::new(), Vec::new());
        let body = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").expect("a declaration");
        for (n, part) in body.split('<').enumerate() {
            let Some((tag, words)) = part.split_once('>') else {
                assert_eq!((n, part), (0, ""), "a tag that does not end");
                continue;
            };
            assert!(!words.contains(['>', '"', '\'']) && tag.matches('"').count() % 2 == 0, "{part}");
            for entity in part.split('&').skip(1) {
                assert!(["lt;", "gt;", "amp;", "quot;", "apos;"].iter().any(|e| entity.starts_with(e)), "{part}");
            }
            if let Some(closed) = tag.strip_prefix('/') {
                assert_eq!(open.pop().as_deref(), Some(closed));
                continue;
            }
            let name = tag.split([' ', '/']).next().unwrap().to_owned();
            if !tag.ends_with('/') {
                open.push(name.clone());
            }
            names.push(name);
        }
        assert!(open.is_empty(), "{open:?}");
        assert!(!xml.contains(|c: char| c.is_control() && c != '\n' || matches!(c, '\u{fffe}' | '\u{ffff}')), "{xml:?}");
        names
    }

    #[test]
    fn a_norm_is_a_suite_and_an_element_a_case() {
        let xml = render(&samples::run(), Style::COLOURED);
        let names = tags(&xml);
        let count = |name: &str| names.iter().filter(|n| *n == name).count();
        let counts = ["testsuites", "testsuite", "testcase", "failure", "skipped", "error"].map(count);
        assert_eq!(counts, [1, 2, 8, 2, 3, 1], "{xml}");
        for wanted in [
            "<testsuite name=\"Stichting Voorbeeld (PO3099): documenten\" tests=\"2\" failures=\"0\" errors=\"1\" skipped=\"0\">",
            "<error message=\"niet gelezen\" type=\"niet gelezen\">het bestand is leeg",
            "<testsuite name=\"Stichting Voorbeeld (PO3099): N3 Ondersteuningsplan\" tests=\"6\" failures=\"2\" errors=\"0\" skipped=\"3\">",
            "<testcase classname=\"map/voorbeeld.N3\" name=\"N3.b instemming ondersteuningsplanraad\">\n      <skipped message=\"onzeker: Wat er is",
            "<failure message=\"ontbreekt: Wat er is met volgorde.\" type=\"ontbreekt\">Wat er is met volgorde.\nDichtstbij: plan.pdf, p. 5 (gedrukt 4) · 5.2 Instemming: “De raad",
            "Grondslag: WMS art. 14a</failure>",
        ] {
            assert!(xml.contains(wanted), "{wanted}\n{xml}");
        }
    }

    #[test]
    fn what_is_waived_is_skipped_and_an_expired_waiver_fails() {
        let xml = render(&samples::run_with_lists(), Style::PLAIN);
        tags(&xml);
        for wanted in [
            "tests=\"6\" failures=\"2\" errors=\"0\" skipped=\"3\"",
            "name=\"N3.b instemming ondersteuningsplanraad\">\n      <failure message=\"onzeker: ",
            "\nVrijstelling: verlopen, gold tot en met 1 mei 2014: de raad is nieuw. Verleng",
            "name=\"N3.c volgorde\">\n      <skipped ",
            "\nSinds vorig verslag: nieuw, was aangetroffen",
            "\nOordeel analist: aangetroffen (AB): zie de notulen — anders dan plantoets",
        ] {
            assert!(xml.contains(wanted), "{wanted}\n{xml}");
        }
    }

    #[test]
    fn hostile_words_make_no_markup() {
        let plain = tags(&render(&samples::run_with_lists(), Style::PLAIN));
        for poison in
            ["<script>alert('1')</script>", "]]>&lt;&#0;\"/>", "\x1b[2J\0\u{9b}\u{202e}", "\u{ffff}\u{fffe}\n=cmd|", "--><!-- <![CDATA["]
        {
            let mut run = samples::run_with_lists();
            samples::poison(&mut run, poison);
            let xml = render(&run, Style::PLAIN);
            let mut names = tags(&xml);
            assert!(!xml.contains(['\u{202e}', '\u{9b}', '\x1b']), "{xml:?}");
            assert_eq!(names.len(), plain.len(), "{xml}");
            names.dedup();
            assert!(!names.contains(&"script".to_owned()));
        }
    }
}
