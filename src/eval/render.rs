//! Scores as text and JSON.

use super::bank::BankScores;
use super::facts::FactScore;
use super::figures::FigureScores;
use super::score::{Confusion, Miss, Score, Scores};
use crate::engine::outcome::Verdict;
use crate::report::{Format, Paint, Style, harmless};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The formats for scores of dossiers.
pub const FORMATS: &[Format<Scores>] = &[
    Format { name: "text", about: "om te lezen", render: text },
    Format { name: "json", about: "voor verwerking", render: |scores, _| json(&Kept::of(scores)) },
];

/// The formats for scores of fragments.
pub const BANK_FORMATS: &[Format<BankScores>] = &[
    Format { name: "text", about: "om te lezen", render: bank_text },
    Format { name: "json", about: "voor verwerking", render: |scores, _| json(scores) },
];

/// Elements, and fragments of an element, shown among the worst.
const WORST: usize = 20;

/// Keys in the order of the alphabet, so that two scores differ only where they do.
pub(super) fn json<T: Serialize>(scores: &T) -> String {
    let mut value = serde_json::to_value(scores).expect("strings and numbers are JSON");
    value.sort_all_objects();
    serde_json::to_string_pretty(&value).expect("strings and numbers are JSON") + "\n"
}

/// Scores of dossiers as JSON, with structs of its own: elements and dossiers by name.
#[derive(Serialize)]
struct Kept<'a> {
    leave_one_out: bool,
    overall: &'a Score,
    elements: BTreeMap<&'a str, KeptElement<'a>>,
    dossiers: BTreeMap<&'a str, &'a Score>,
    /// Elements with misses, the worst first.
    worst: &'a [String],
    confusion: &'a [Confusion],
    facts: BTreeMap<&'a str, &'a FactScore>,
    figures: &'a FigureScores,
}

#[derive(Serialize)]
struct KeptElement<'a> {
    score: &'a Score,
    misses: &'a [Miss],
}

impl<'a> Kept<'a> {
    fn of(s: &'a Scores) -> Kept<'a> {
        Kept {
            leave_one_out: s.leave_one_out,
            overall: &s.overall,
            elements: s.elements.iter().map(|e| (e.id.as_str(), KeptElement { score: &e.score, misses: &e.misses })).collect(),
            dossiers: s.dossiers.iter().map(|d| (d.path.as_str(), &d.score)).collect(),
            worst: &s.worst,
            confusion: &s.confusion,
            facts: s.facts.iter().map(|f| (f.key, f)).collect(),
            figures: &s.figures,
        }
    }
}

pub(super) fn percent(share: Option<f64>) -> String {
    share.map_or("-".to_owned(), |s| format!("{:.1}%", s * 100.0))
}

fn verdict(v: Option<Verdict>) -> &'static str {
    v.map_or("niet gemeld", Verdict::label)
}

fn text(scores: &Scores, style: Style) -> String {
    let mut out = String::new();
    let head = |name: &str| format!("\n{}\n", style.paint(Paint::Strong, name));
    let s = &scores.overall;
    writeln!(out, "{} dossiers, {} toetsbare elementen", scores.dossiers.len(), s.testable).expect("writing to a string");
    if scores.leave_one_out {
        out += "elk dossier beoordeeld met gewichten die zonder dat dossier geleerd zijn\n";
    }
    let rows = [
        ("oordeel precies gelijk", s.exact_share, s.exact, s.testable),
        ("aangetroffen: precisie", s.precision, s.found_both, s.found_ours),
        ("aangetroffen: volledigheid", s.recall, s.found_both, s.found_truth),
        ("schijnvondsten aangenomen", s.decoy_share, s.decoys_accepted, s.decoys),
        ("vindplaats op een juiste bladzijde", s.place_share, s.placed_right, s.placed),
    ];
    for (name, value, part, whole) in rows {
        writeln!(out, "  {name:<36}{:>7}  ({part} van {whole})", percent(value)).expect("writing to a string");
    }

    out += &head("Per element");
    out += "  element   gelijk   precisie  volledig  schijn  vindplaats\n";
    for e in &scores.elements {
        out += &row(&format!("{:<8}", e.id), &e.score);
    }

    if scores.leave_one_out {
        out += &head("Per dossier");
        let wide = scores.dossiers.iter().map(|d| d.path.chars().count()).max().unwrap_or_default().max("dossier".len());
        writeln!(out, "  {:<wide$}  gelijk   precisie  volledig  schijn  vindplaats", "dossier").expect("writing to a string");
        for d in &scores.dossiers {
            out += &row(&harmless(&format!("{:<wide$}", d.path)), &d.score);
        }
    }

    out += &head("Oordelen: waarheid (regels) tegen plantoets (kolommen)");
    let columns: Vec<Option<Verdict>> = Verdict::ALL.into_iter().map(Some).chain([None]).collect();
    let title: String = columns.iter().map(|c| format!("{:>15}", verdict(*c))).collect();
    writeln!(out, "  {:<15}{title}", "").expect("writing to a string");
    for truth in Verdict::ALL {
        let count = |ours: Option<Verdict>| scores.confusion.iter().find(|c| c.truth == truth && c.ours == ours).map_or(0, |c| c.count);
        let cells: String = columns.iter().map(|c| format!("{:>15}", count(*c))).collect();
        writeln!(out, "  {:<15}{cells}", truth.label()).expect("writing to a string");
    }

    out += &head("Gegevens");
    for fact in scores.facts.iter().filter(|f| f.total > 0) {
        writeln!(out, "  {:<16}{} van {}", fact.key, fact.right, fact.total).expect("writing to a string");
        for wrong in &fact.wrong {
            let line = format!("{}: waarheid {}, plantoets {}", wrong.dossier, wrong.truth, wrong.ours);
            writeln!(out, "      {}", harmless(&line)).expect("writing to a string");
        }
    }

    if !scores.figures.measures.is_empty() {
        out += &head("Cijfers");
        out += &figures_text(&scores.figures);
    }

    out += &head("Slechtste elementen");
    for id in scores.worst.iter().take(WORST) {
        let Some(element) = scores.elements.iter().find(|e| e.id == *id) else { continue };
        writeln!(out, "  {id}").expect("writing to a string");
        for miss in &element.misses {
            let line = format!("{}: {} en niet {}. {}", miss.dossier, miss.truth.label(), verdict(miss.ours), miss.message);
            writeln!(out, "      {}", harmless(line.trim())).expect("writing to a string");
            if !miss.note.is_empty() {
                writeln!(out, "        waarheid: {}", harmless(&miss.note)).expect("writing to a string");
            }
            for decoy in &miss.decoys {
                writeln!(out, "        schijnvondst {}", harmless(decoy)).expect("writing to a string");
            }
        }
    }
    out
}

fn row(name: &str, s: &Score) -> String {
    format!(
        "  {name}{:>8}{:>11}{:>10}{:>8}{:>12}\n",
        percent(s.exact_share),
        percent(s.precision),
        percent(s.recall),
        format!("{}/{}", s.decoys_accepted, s.decoys),
        percent(s.place_share),
    )
}

/// Per measure, then what went wrong.
fn figures_text(scores: &FigureScores) -> String {
    let mut out = String::new();
    writeln!(out, "  {:<28}{:>9}{:>9}{:>10}{:>10}", "maat", "waarheid", "gelezen", "precisie", "volledig").expect("writing to a string");
    let rows = scores.measures.iter().map(|(name, s)| (name.as_str(), s)).chain([("samen", &scores.overall)]);
    for (name, s) in rows {
        let shares = (percent(s.precision), percent(s.recall));
        writeln!(out, "  {name:<28}{:>9}{:>9}{:>10}{:>10}", s.truth, s.ours, shares.0, shares.1).expect("writing to a string");
    }
    for miss in &scores.misses {
        let part = |name: &str, all: &[String]| if all.is_empty() { String::new() } else { format!(" {name}: {}.", all.join("; ")) };
        let line = format!("{}:{}{}", miss.place, part("gemist", &miss.lost), part("onterecht", &miss.wrong));
        writeln!(out, "  {}", harmless(&line)).expect("writing to a string");
        if !miss.text.is_empty() {
            writeln!(out, "      {}", harmless(&miss.text)).expect("writing to a string");
        }
    }
    out
}

fn bank_text(scores: &BankScores, style: Style) -> String {
    let mut out = String::new();
    let head = |name: &str| format!("\n{}\n", style.paint(Paint::Strong, name));
    if !scores.figures.measures.is_empty() {
        out += &head("Cijfers");
        out += &figures_text(&scores.figures);
        if scores.overall.fragments == 0 {
            return out;
        }
        out += "\n";
    }
    writeln!(out, "  element  fragmenten   gelijk  precisie  volledig      F1").expect("writing to a string");
    let rows = scores.elements.iter().map(|(id, b)| (id.as_str(), b)).chain([("samen", &scores.overall)]);
    for (id, b) in rows {
        let cells = [percent(b.exact_share), percent(b.precision), percent(b.recall), percent(b.f1)];
        writeln!(out, "  {id:<8}{:>11}{:>9}{:>10}{:>10}{:>8}", b.fragments, cells[0], cells[1], cells[2], cells[3])
            .expect("writing to a string");
    }
    out += &head("Anders dan het etiket");
    for miss in &scores.misses {
        let line = format!("{} {}: {} en niet {}. {}", miss.place, miss.element, miss.truth.label(), verdict(miss.ours), miss.why);
        writeln!(out, "  {}", harmless(line.trim())).expect("writing to a string");
        writeln!(out, "      {}", harmless(&miss.text)).expect("writing to a string");
    }
    out
}
