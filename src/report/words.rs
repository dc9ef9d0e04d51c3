//! Dutch words and places shared by the renderers.

use super::harmless::harmless;
use crate::engine::outcome::{DocumentKind, Evidence, FrameworkOutcome, Verdict};
use crate::facts::{Figure, FigureUnit};
use crate::language::Status;
use crate::run::{Change, ChangeKind, DocumentRun, DossierRun, Fit, Judgement, Waiver, WaiverState};
use jiff::civil::Date;

/// The last line of a report for reading.
pub const CLOSING: &str = "plantoets wijst aan wat de documenten laten zien en waar. Of aan de wet is voldaan, beoordeelt een mens.";

/// "Stichting Voorbeeld (PO3099)": what a dossier is called, as it came, so not yet harmless.
pub fn title(dossier: &DossierRun) -> String {
    let facts = &dossier.outcome.facts;
    let naam = dossier.naam.as_deref().or(facts.naam.as_ref().map(|f| f.value.as_str()));
    let nummer = dossier.nummer.as_deref().or(facts.nummer.as_ref().map(|f| f.value.as_str()));
    match (naam, nummer) {
        (Some(naam), Some(nummer)) => format!("{naam} ({nummer})"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => dossier.path.clone(),
    }
}

/// "Samen 3 elementen: 2 aangetroffen, 1 onzeker."
pub fn tally(framework: &FrameworkOutcome) -> String {
    let each: Vec<_> = framework.tally().into_iter().filter(|(_, n)| *n > 0).map(|(v, n)| format!("{n} {}", v.label())).collect();
    // "1 n.v.t." brings its own full stop.
    format!("Samen {}: {}.", count(framework.elements.len(), "element", "elementen"), each.join(", ").trim_end_matches('.'))
}

/// "aangetroffen (AB): zie de notulen — anders dan plantoets", as it came, so not yet harmless.
pub fn judgement(judgement: &Judgement) -> String {
    let initials = if judgement.initials.is_empty() { String::new() } else { format!(" ({})", judgement.initials) };
    let reason = if judgement.reason.is_empty() { String::new() } else { format!(": {}", judgement.reason) };
    format!("{}{initials}{reason} — {}", judgement.verdict.label(), fit(&judgement.fit))
}

/// "anders dan plantoets": how a judgement stands to what is found now.
pub fn fit(fit: &Fit) -> String {
    match fit {
        Fit::Agrees => "gelijk aan plantoets".to_owned(),
        Fit::Differs => "anders dan plantoets".to_owned(),
        Fit::Outdated(why) => format!("past niet meer: {why}"),
    }
}

/// "telt niet mee, tot en met 31 december 2026: de raad is nieuw", as it came, so not yet harmless.
pub fn waiver(waiver: &Waiver) -> String {
    let until = waiver.until.map(|day| format!("tot en met {}", date(day)));
    let reason = &waiver.reason;
    match (waiver.state, until) {
        (WaiverState::Holds, Some(until)) => format!("telt niet mee, {until}: {reason}"),
        (WaiverState::Holds, None) => format!("telt niet mee: {reason}"),
        (WaiverState::Expired, until) => {
            format!("verlopen, gold {}: {reason}. Verleng haar in dossier.toml of haal haar weg", until.unwrap_or_default())
        }
        (WaiverState::Idle, _) => format!("niet nodig, er is geen bevinding: {reason}. Haal haar weg uit dossier.toml"),
    }
}

/// "nieuw, was aangetroffen": what became of the finding on an element that has this verdict now.
pub fn change(change: &Change, now: Verdict) -> String {
    let was = change.was.map(|was| format!("was {}", was.label()));
    match change.kind {
        ChangeKind::New => format!("nieuw, {}", was.unwrap_or_else(|| "stond niet in het vorige verslag".to_owned())),
        ChangeKind::Gone => format!("weg, {}", was.unwrap_or_default()),
        ChangeKind::Same if change.was == Some(now) => "hetzelfde".to_owned(),
        ChangeKind::Same => format!("nog steeds, {}", was.unwrap_or_default()),
    }
}

/// "Sinds het vorige verslag: 2 bevindingen nieuw, 1 weg, 12 gebleven."; None without a baseline.
pub fn changes(dossier: &DossierRun) -> Option<String> {
    let [(_, new), (_, gone), (_, same)] = dossier.change_tally()?;
    Some(format!("Sinds het vorige verslag: {} nieuw, {gone} weg, {same} gebleven.", count(new, "bevinding", "bevindingen")))
}

/// "Wel in het vorige verslag en niet in dit: map/weg."; None when nothing is gone. As it came, so not yet harmless.
pub fn gone(paths: &[String]) -> Option<String> {
    let (shown, more) = paths.split_at(paths.len().min(10));
    let more = if more.is_empty() { String::new() } else { format!(" en {}", count(more.len(), "ander dossier", "andere dossiers")) };
    (!shown.is_empty()).then(|| format!("Wel in het vorige verslag en niet in dit: {}{more}.", shown.join(", ")))
}

/// "15 april 2014".
pub fn date(date: Date) -> String {
    const MONTHS: [&str; 12] =
        ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"];
    format!("{} {} {}", date.day(), MONTHS[date.month() as usize - 1], date.year())
}

/// "15-04-2014".
pub fn day(date: Date) -> String {
    format!("{:02}-{:02}-{:04}", date.day(), date.month(), date.year())
}

/// How a passage is meant.
pub fn said(status: Status) -> &'static str {
    match status {
        Status::Asserted => "als feit",
        Status::Negated => "ontkend",
        Status::NotYet => "nog niet",
        Status::Intended => "voornemen",
        Status::Required => "eis of regel",
        Status::Quoted => "aangehaald",
        Status::Conditional => "onder voorwaarde",
        Status::Former => "over een andere tijd",
    }
}

/// What a verdict means.
pub fn meaning(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Found => "Het document laat het zelf zien, als gedaan of als vast beleid.",
        Verdict::Weak => "Er is alleen een spoor: een voornemen, een eis, of een deel van wat gevraagd is. Kijk zelf.",
        Verdict::Missing => "Niet gevonden in de documenten waarin het mag staan.",
        Verdict::Contradicted => "Het document zegt het tegendeel, of een datum of volgorde past niet bij de norm.",
        Verdict::NotTestable => "Wat het kan laten zien, is niet aangeleverd of heeft geen leesbare tekst.",
        Verdict::NotApplicable => "De norm geldt niet voor deze periode of sector.",
    }
}

/// "14", "2,83%", with a decimal comma.
pub fn figure_value(figure: &Figure) -> String {
    number(figure.value, figure.unit)
}

/// As [`figure_value`], of a number that was worked out from figures.
pub fn number(value: f64, unit: FigureUnit) -> String {
    let digits = if value.fract() == 0.0 { format!("{value}") } else { format!("{value:.2}") };
    let digits = if digits.contains('.') { digits.trim_end_matches('0').replace('.', ",") } else { digits };
    match unit {
        FigureUnit::Procent => format!("{digits}%"),
        FigureUnit::Leerlingen | FigureUnit::Aantal => digits,
    }
}

/// "ondersteuningsplan".
pub fn kind_name(kind: DocumentKind) -> &'static str {
    crate::dossier::KINDS.iter().find(|(_, k)| *k == kind).map_or("document", |(name, _)| name)
}

/// "document.pdf, p. 4 (gedrukt 3)"; in a text file "notitie.txt, regel 12".
pub fn place(evidence: &Evidence, documents: &[DocumentRun]) -> String {
    let name = documents.get(evidence.document).map_or("", |d| d.path.as_str());
    let mut out = harmless(name).into_owned();
    let (Some(first), Some(last)) = (evidence.places.first(), evidence.places.last()) else { return out };
    if first.bbox.is_none() && first.page == 1 && last.page == 1 {
        return format!("{out}, regel {}", first.line);
    }
    out += &if first.page == last.page { format!(", p. {}", first.page) } else { format!(", p. {}-{}", first.page, last.page) };
    match (&first.page_label, &last.page_label) {
        (Some(a), Some(b)) if a != b => out += &format!(" (gedrukt {}-{})", harmless(a), harmless(b)),
        (Some(a), _) if *a != first.page.to_string() => out += &format!(" (gedrukt {})", harmless(a)),
        _ => {}
    }
    out += by_ocr(evidence);
    out
}

/// ", gelezen met OCR", behind a place where words may be wrong; elsewhere nothing.
pub fn by_ocr(evidence: &Evidence) -> &'static str {
    if evidence.by_ocr() { ", gelezen met OCR" } else { "" }
}

/// The place, and the innermost section around it.
pub fn place_and_section(evidence: &Evidence, documents: &[DocumentRun]) -> String {
    match evidence.section.last() {
        Some(section) => format!("{} · {}", place(evidence, documents), cut(&harmless(section), 60)),
        None => place(evidence, documents),
    }
}

/// At most `width` characters, cut at a word border with "…".
pub fn cut(text: &str, width: usize) -> String {
    let text = text.trim();
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let end = text.char_indices().nth(width.saturating_sub(1)).map_or(text.len(), |(n, _)| n);
    let head = &text[..end];
    let head = head.rfind(' ').filter(|n| *n > end / 2).map_or(head, |n| &head[..n]);
    format!("{}…", head.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '…')))
}

/// "1 bladzijde", "2 bladzijden".
pub fn count(n: usize, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}

/// "4, 7-9": page numbers with ranges.
pub fn pages(numbers: &[u32]) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while at < numbers.len() {
        let from = at;
        while at + 1 < numbers.len() && numbers[at + 1] == numbers[at] + 1 {
            at += 1;
        }
        out.push(if from == at { numbers[at].to_string() } else { format!("{}-{}", numbers[from], numbers[at]) });
        at += 1;
    }
    out.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_told_with_ranges() {
        assert_eq!(pages(&[4, 7, 8, 9, 12]), "4, 7-9, 12");
        assert_eq!(pages(&[]), "");
    }

    #[test]
    fn dossiers_that_are_gone_are_told_and_not_all_of_many() {
        let paths = |n: usize| (0..n).map(|n| format!("d{n}")).collect::<Vec<_>>();
        assert_eq!(gone(&[]), None);
        assert_eq!(gone(&paths(2)).as_deref(), Some("Wel in het vorige verslag en niet in dit: d0, d1."));
        assert!(gone(&paths(11)).unwrap().ends_with(", d9 en 1 ander dossier."));
    }

    #[test]
    fn cutting_keeps_words_whole() {
        assert_eq!(cut("het plan is vastgesteld", 40), "het plan is vastgesteld");
        assert_eq!(cut("het plan is vastgesteld door het bestuur", 25), "het plan is vastgesteld…");
        assert_eq!(cut("ééééééééééé", 5), "éééé…");
    }
}
