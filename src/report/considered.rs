//! Why an element got its verdict, as text: the passages that were considered, what counted, what tipped the decision.

use super::frame::wrap;
use super::harmless::harmless;
use super::style::{Paint, Style};
use super::words::{count, place_and_section};
use crate::engine::considered::{Considered, Ground, GroundKind, Weighed};
use crate::engine::outcome::{ElementOutcome, Verdict};
use crate::run::DocumentRun;
use std::collections::BTreeMap;

const WIDTH: usize = 100;

/// What was considered for an element; lines end in a newline.
pub fn considered(element: &ElementOutcome, c: &Considered, documents: &[DocumentRun], style: Style) -> String {
    let title = style.paint(Paint::Strong, &harmless(&format!("{} {}", element.id, element.title)));
    let mut out = format!("{title} — {}\n", style.verdict(element.verdict));
    lines(&mut out, "  ", "", &element.message);
    if !c.compared.is_empty() {
        out += &format!("\n  {}\n", style.paint(Paint::Strong, "Vergeleken"));
        c.compared.iter().for_each(|text| lines(&mut out, "  ", "- ", text));
    }
    out += &match (c.passages.len(), c.more) {
        (0, _) => format!("\n  {}\n", style.paint(Paint::Strong, "Geen passage kwam in aanmerking.")),
        (n, 0) => format!("\n  {}\n", style.paint(Paint::Strong, &format!("Bekeken: {}", count(n, "passage", "passages")))),
        (n, more) => format!("\n  {}\n", style.paint(Paint::Strong, &format!("Bekeken: {} passages; de sterkste {n}", n + more))),
    };
    for (n, w) in c.passages.iter().enumerate() {
        passage(&mut out, n + 1, w, c.toward, documents, style);
    }
    if c.passages.iter().any(|w| w.shares.is_some()) {
        let scale = format!("+0,7 verdubbelt ongeveer de kans op “{}” tegenover de rest, -0,7 halveert haar.", c.toward.label());
        out.push('\n');
        lines(&mut out, "  ", "", &scale);
    }
    if !c.steps.is_empty() {
        out += &format!("\n  {}\n", style.paint(Paint::Strong, "Wat de doorslag gaf"));
        for step in &c.steps {
            let mark = if step.holds { "→ " } else { "  " };
            lines(&mut out, "  ", mark, &format!("{}: {}", step.verdict.label(), step.text));
        }
    }
    out
}

fn passage(out: &mut String, number: usize, w: &Weighed, toward: Verdict, documents: &[DocumentRun], style: Style) {
    let of = w.of.as_ref().map(|id| format!(" (bij {})", harmless(id))).unwrap_or_default();
    *out += &format!("\n  {number}. {}{of}\n", place_and_section(&w.evidence, documents));
    lines(out, "     ", "", &format!("“{}”", w.evidence.quote));
    if w.sentences > 1 {
        *out += &format!("     uit een passage van {} zinnen\n", w.sentences);
    }
    match &w.shares {
        Some(s) => {
            let shares = [(Verdict::Found, s.found), (Verdict::Weak, s.weak), (Verdict::Contradicted, s.contradicted)];
            let shares = shares.map(|(v, share)| format!("{} {share}%", v.label())).join(", ");
            *out += &format!("     {shares}, geen van drieën {}%; over het onderwerp {}%\n", s.missing, s.topic);
        }
        None if w.verdict == Verdict::Missing => *out += "     telt niet mee\n",
        None => *out += &format!("     op zichzelf: {}\n", w.verdict.label()),
    }
    let weighed = w.shares.is_some();
    for (pro, name) in [(true, "voor"), (false, "tegen")] {
        let mut kinds: BTreeMap<GroundKind, Vec<String>> = BTreeMap::new();
        for g in w.grounds.iter().filter(|g| g.pro == pro) {
            kinds.entry(g.kind).or_default().push(ground(g));
        }
        if kinds.is_empty() {
            continue;
        }
        let head = if weighed { format!("{name} “{}”", toward.label()) } else { name.to_owned() };
        *out += &format!("     {}\n", style.paint(if pro { Paint::Good } else { Paint::Bad }, &head));
        for (kind, all) in kinds {
            lines(out, "       ", "", &format!("{}: {}", label(kind), all.join("; ")));
        }
    }
    if let Some((n, sum)) = w.small {
        *out += &format!("     en {} samen {}\n", count(n, "lichter kenmerk", "lichtere kenmerken"), weight(sum));
    }
}

fn ground(g: &Ground) -> String {
    match g.weight {
        Some(w) => format!("{} {}", g.what, weight(w)),
        None => g.what.clone(),
    }
}

/// "+1,3".
fn weight(w: f32) -> String {
    let text = format!("{w:+.1}").replace('.', ",");
    if text == "-0,0" { "+0,0".to_owned() } else { text }
}

fn label(kind: GroundKind) -> &'static str {
    match kind {
        GroundKind::Pattern => "herkend als",
        GroundKind::Word => "woorden",
        GroundKind::Beside => "daarbij",
        GroundKind::Field => "woordvelden",
        GroundKind::Concept => "begrippen",
        GroundKind::Heading => "in de kop",
        GroundKind::Status => "hoe het gezegd is",
        GroundKind::Date => "datum",
        GroundKind::Form => "vorm en cijfers",
        GroundKind::Lack => "wat eraan schort",
        GroundKind::Start => "vertrekpunt",
    }
}

/// The text, made harmless and wrapped under itself.
fn lines(out: &mut String, indent: &str, mark: &str, text: &str) {
    let hang = " ".repeat(mark.chars().count());
    for (n, line) in wrap(&harmless(text), WIDTH - indent.len() - hang.len()).iter().enumerate() {
        *out += &format!("{indent}{}{line}\n", if n == 0 { mark } else { &hang });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn weights_have_a_decimal_comma_and_a_sign() {
        assert_eq!([1.26, -2.1, 0.0, -0.04].map(weight), ["+1,3", "-2,1", "+0,0", "+0,0"]);
    }

    #[test]
    fn a_passage_tells_what_counted_for_and_against() {
        let run = samples::run();
        let dossier = &run.dossiers[0];
        let element = &dossier.outcome.frameworks[0].elements[1];
        let text = considered(element, &samples::considered("\x1b[31m"), &dossier.documents, Style::PLAIN);
        for wanted in [
            "N3.b instemming ondersteuningsplanraad — onzeker\n",
            "  - de planperiode: onbekend\n",
            "Bekeken: 8 passages; de sterkste 1\n",
            "  1. plan.pdf, p. 5 (gedrukt 4) · 5.2 Instemming (bij N3.a)\n",
            "     aangetroffen 12%, onzeker 70%, strijdig 1%, geen van drieën 9%; over het onderwerp 92%\n",
            "     voor “aangetroffen”\n       woorden: \"instemt\" +1,3; \"raad\" +0,4\n",
            "     tegen “aangetroffen”\n       hoe het gezegd is: \"verwacht␛[31m\" (voornemen) -2,1\n",
            "     en 41 lichtere kenmerken samen +0,6\n",
            "    aangetroffen: vanaf 40%; de hoogste haalt 12%\n  → onzeker: vanaf 35%; de hoogste haalt 70%\n",
        ] {
            assert!(text.contains(wanted), "{wanted}\n{text}");
        }
        assert!(!text.contains('\x1b'), "{text:?}");
    }
}
