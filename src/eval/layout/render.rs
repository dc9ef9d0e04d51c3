//! Scores of labelled documents as text and JSON.

use super::{LayoutScore, LayoutScores};
use crate::eval::render::{json, percent};
use crate::report::{Format, Paint, Style, harmless};
use std::fmt::Write as _;

/// The formats for scores of documents with labels for their layout.
pub const LAYOUT_FORMATS: &[Format<LayoutScores>] = &[
    Format { name: "text", about: "om te lezen", render: text },
    Format { name: "json", about: "voor verwerking", render: |scores, _| json(scores) },
];

/// What went wrong of one kind in one document, as far as it is shown.
const SHOWN: usize = 12;

fn text(scores: &LayoutScores, style: Style) -> String {
    let mut out = String::new();
    let wide = scores.documents.iter().map(|d| d.name.chars().count()).max().unwrap_or_default().max("document".len());
    writeln!(out, "  {:<wide$}  volgorde   koppen  zonder niveau  tabellen  gelezen  losse regels", "document")
        .expect("writing to a string");
    for (name, score) in scores.documents.iter().map(|d| (d.name.as_str(), &d.score)).chain([("samen", &scores.overall)]) {
        out += &harmless(&format!("  {name:<wide$}"));
        out += &row(score);
    }
    for document in &scores.documents {
        let kinds = [("volgorde", &document.order), ("koppen", &document.headings), ("tabellen", &document.cells)];
        if kinds.iter().all(|k| k.1.is_empty()) {
            continue;
        }
        write!(out, "\n{}\n", style.paint(Paint::Strong, &harmless(&document.name))).expect("writing to a string");
        for (kind, faults) in kinds.into_iter().filter(|k| !k.1.is_empty()) {
            writeln!(out, "  {kind}").expect("writing to a string");
            for fault in faults.iter().take(SHOWN) {
                writeln!(out, "    {}", harmless(fault)).expect("writing to a string");
            }
            if faults.len() > SHOWN {
                writeln!(out, "    en nog {}", faults.len() - SHOWN).expect("writing to a string");
            }
        }
    }
    out
}

fn row(s: &LayoutScore) -> String {
    format!(
        "{:>10}{:>9}{:>15}{:>10}{:>9}{:>14}\n",
        percent(s.order),
        percent(s.headings),
        percent(s.headings_without_level),
        percent(s.cells),
        percent(s.read),
        s.strange
    )
}
