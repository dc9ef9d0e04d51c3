//! What was read in a document, as text: pages, headings, roles, kinds.

use super::harmless::harmless;
use super::style::{Paint, Style};
use super::words::{count, kind_name, pages};
use super::{Format, Reading};
use crate::document::BlockKind;
use crate::language::Role;
use std::fmt::Write as _;

/// The format.
pub const FORMAT: Format<Reading> = Format { name: "text", about: "om te lezen", render };

fn render(reading: &Reading, style: Style) -> String {
    let document = &reading.document;
    let mut out = format!("{}\n", style.paint(Paint::Strong, &harmless(&reading.path)));
    let kind = reading.kind.map_or("soort niet herkend", kind_name);
    let part = if reading.partial { ", ten dele gelezen" } else { "" };
    out += &format!("{kind}, {}{part}\n", count(document.pages.len(), "bladzijde", "bladzijden"));
    let without: Vec<u32> = document.pages.iter().filter(|p| p.without_text).map(|p| p.number).collect();
    if !without.is_empty() {
        out += &format!("Zonder leesbare tekst: {}\n", pages(&without));
    }
    for warning in &reading.warnings {
        out += &format!("Let op: {}\n", harmless(warning));
    }
    let mut page = 0;
    for (n, block) in document.blocks.iter().enumerate() {
        let at = document.places(block.span).first().map_or(page, |p| p.page);
        if at != page {
            page = at;
            let info = document.pages.get((page as usize).saturating_sub(1));
            let label = info.and_then(|p| p.label.as_deref()).map(|l| format!(" (gedrukt {})", harmless(l))).unwrap_or_default();
            let ocr = if info.is_some_and(|p| p.ocr) { ", gelezen met OCR" } else { "" };
            let head = style.paint(Paint::Strong, &format!("── bladzijde {page}{label}{ocr} ──"));
            write!(out, "\n{head}\n").expect("writing to a string");
            for running in info.iter().flat_map(|p| &p.running) {
                writeln!(out, "{:<14}{}", "kop/voet", style.paint(Paint::Faint, &harmless(running))).expect("writing to a string");
            }
        }
        let role = reading.roles.get(n).copied().map(role_name).filter(|r| !r.is_empty());
        let tag = match role {
            Some(role) => format!("{} [{role}]", kind_of(block.kind)),
            None => kind_of(block.kind),
        };
        let text = harmless(document.slice(block.span));
        let text = if matches!(block.kind, BlockKind::Heading(_)) { style.paint(Paint::Strong, &text) } else { text.into_owned() };
        writeln!(out, "{tag:<13} {text}").expect("writing to a string");
    }
    out
}

fn kind_of(kind: BlockKind) -> String {
    match kind {
        BlockKind::Heading(level) => format!("kop {level}"),
        BlockKind::Paragraph => "alinea".to_owned(),
        BlockKind::ListItem => "opsomming".to_owned(),
        BlockKind::TableHead => "tabelkop".to_owned(),
        BlockKind::TableRow => "tabelrij".to_owned(),
        BlockKind::Caption => "bijschrift".to_owned(),
        BlockKind::Footnote => "voetnoot".to_owned(),
        BlockKind::Aside => "kantlijn".to_owned(),
        BlockKind::Contents => "inhoud".to_owned(),
    }
}

/// The role, where it says more than the kind.
fn role_name(role: Role) -> &'static str {
    match role {
        Role::Body | Role::Heading | Role::Contents => "",
        Role::Glossary => "begrippen",
        Role::Literature => "literatuur",
        Role::LegalText => "wettekst",
        Role::Template => "sjabloon",
        Role::Colofon => "colofon",
    }
}
