//! Passages made concrete: quote, place, section; facts of the dossier; and small words for messages.

use super::candidate::Candidate;
use super::dating::Attached;
use super::outcome::{Evidence, Fact, FactSheet};
use super::{Analysed, Context, Input};
use crate::checks::Checks;
use crate::document::Span;
use crate::facts::Told;
use crate::language::Status;
use jiff::civil::Date;

/// Longest quote in characters.
const QUOTE: usize = 300;

/// A day in Dutch: "12 april 2022".
pub(super) fn day(d: Date) -> String {
    const MONTHS: [&str; 12] =
        ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"];
    format!("{} {} {}", d.day(), MONTHS[d.month() as usize - 1], d.year())
}

/// The days it may have been, as one says it: "op 12 april 2022", "tussen 21 april 2022 en 30 april 2022".
pub(super) fn when(d: &Attached) -> String {
    match d.exact() {
        Some(one) => format!("op {}", day(one)),
        None => format!("tussen {} en {}", day(d.from), day(d.to)),
    }
}

/// A candidate as evidence.
pub(super) fn of(context: &Context, c: &Candidate) -> Evidence {
    let doc = &context.input.documents[c.document];
    let why = match c.lack {
        Some(l) => format!("{} ({l})", c.name),
        None => c.name.to_string(),
    };
    let mut e = quote(doc, c.span, c.act.span, why);
    e.status = c.status;
    e
}

/// A span as evidence.
pub(super) fn passage(doc: &Analysed, span: Span, why: &str) -> Evidence {
    quote(doc, span, span, why.to_string())
}

/// The sentence around a span.
pub(super) fn sentence_around(doc: &Analysed, span: Span) -> Span {
    let i = doc.language.sentences.partition_point(|s| s.span.end <= span.start);
    doc.language.sentences.get(i).filter(|s| s.span.overlaps(span)).map_or(span, |s| s.span.join(span))
}

/// Quotes a span, cut around what matters when it is long.
fn quote(doc: &Analysed, span: Span, matters: Span, why: String) -> Evidence {
    let text = doc.document.slice(span);
    let at = if span.contains(matters) { (matters.start - span.start) as usize } else { 0 };
    let (from, to) = window(text, at);
    let mut words = text[from..to].split_whitespace().collect::<Vec<_>>().join(" ");
    if from > 0 {
        words.insert(0, '…');
    }
    if to < text.len() {
        words.push('…');
    }
    let shown = Span { start: span.start + from as u32, end: span.start + to as u32 };
    let block = doc.document.block_at(span.start);
    let section = doc.document.blocks.get(block).map_or(0, |b| b.section);
    Evidence {
        document: doc.index,
        places: doc.document.places(shown),
        section: doc.document.section_path(section).into_iter().map(|s| s.split_whitespace().collect::<Vec<_>>().join(" ")).collect(),
        quote: words,
        status: Status::Asserted,
        why,
    }
}

/// A window of at most [`QUOTE`] bytes around `at`, on word borders.
fn window(text: &str, at: usize) -> (usize, usize) {
    if text.len() <= QUOTE {
        return (0, text.len());
    }
    let border = |mut i: usize, forward: bool| {
        while i > 0 && i < text.len() && !(text.is_char_boundary(i) && text[i..].starts_with(' ')) {
            if forward { i += 1 } else { i -= 1 }
        }
        i.min(text.len())
    };
    let from = if at < QUOTE / 2 { 0 } else { border(at - QUOTE / 2, true) };
    let to = border((from + QUOTE).min(text.len()), false);
    if to > from { (from, to) } else { (0, text.len()) }
}

/// Facts that do not come from a test: name, number, legal form, municipalities, day of receipt.
pub(super) fn dossier_facts(input: &Input, checks: &Checks, facts: &mut FactSheet) {
    let given = |v: &Option<String>| v.clone().map(|value| Fact { value, evidence: None });
    let first = |f: &dyn Fn(&Analysed) -> Option<(String, Span)>, why: &str| {
        input.documents.iter().find_map(|d| f(d).map(|(value, span)| Fact { value, evidence: Some(passage(d, span, why)) }))
    };
    facts.naam = first(&|d| d.facts.name.as_ref().map(|n| (n.name.clone(), n.span)), "de naam").or_else(|| given(&input.naam));
    // The dossier may give the same name in full ("Stichting …"): then that is the name, and the document the place.
    if let (Some(found), Some(full)) = (facts.naam.as_mut(), &input.naam)
        && full.to_lowercase().contains(&found.value.to_lowercase())
    {
        found.value.clone_from(full);
    }
    facts.nummer = first(&|d| own_number(d).map(|n| (n.number.to_string(), n.span)), "het nummer").or_else(|| given(&input.nummer));
    // A form that stands only in the name is no statement of it.
    let told = |d: &Analysed| d.facts.legal_form.filter(|f| f.told > Told::Named);
    facts.rechtsvorm = first(&|d| told(d).map(|f| (f.form.as_str().to_string(), f.span)), "de rechtsvorm");
    facts.ontvangen = input
        .documents
        .iter()
        .filter(|d| d.kind == super::outcome::DocumentKind::Ondersteuningsplan)
        .find_map(|d| d.received.map(|value| Fact { value, evidence: None }));
    for d in &input.documents {
        facts.figures.extend(d.facts.figures.iter().map(|f| {
            let evidence = Some(quote(d, sentence_around(d, f.span), f.span, f.measure.label().to_string()));
            Fact { value: *f, evidence }
        }));
    }
    facts.figures.sort_by_key(|f| (f.value.measure, f.value.kind, f.value.year, f.value.unit));
    for d in &input.documents {
        for &m in &d.facts.region {
            let value = checks.gazetteer.name(m).to_string();
            let at = d.facts.municipalities.iter().find(|f| f.municipality == m).map(|f| f.span);
            if !facts.gemeenten.iter().any(|g| g.value == value) {
                let evidence = at.map(|span| passage(d, sentence_around(d, span), "gemeente van de regio"));
                facts.gemeenten.push(Fact { value, evidence });
            }
        }
    }
}

/// Where the document gives the number of its own samenwerkingsverband.
fn own_number(d: &Analysed) -> Option<&crate::facts::SwvNumberFact> {
    d.facts.swv_numbers.iter().find(|n| Some(n.number) == d.facts.swv_number)
}
