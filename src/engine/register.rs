//! The test that every school which the register gives to this samenwerkingsverband stands in the document, by BRIN or by name (TK N1).

use super::evidence;
use super::outcome::{Evidence, Verdict};
use super::{Context, Judgement, School};
use crate::checks::Element;
use crate::document::Span;

/// Lower case, letters and digits only, single spaces: for comparing names.
fn plain(s: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut out = String::with_capacity(s.len());
    for c in s.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.trim().to_string()
}

pub(super) fn judge(context: &Context, e: &Element) -> Judgement {
    let Some(register) = &context.input.register else {
        return Judgement::new(Verdict::NotTestable, "Er is geen register van scholen meegeleverd.");
    };
    let nummer = context
        .input
        .nummer
        .clone()
        .or_else(|| context.input.documents.iter().find_map(|d| d.facts.swv_number.as_ref().map(|f| f.number.to_string())));
    let own: Vec<&School> = match &nummer {
        Some(n) => register.iter().filter(|s| plain(&s.swv).replace(' ', "") == plain(n).replace(' ', "")).collect(),
        None => register.iter().collect(),
    };
    if own.is_empty() {
        return Judgement::new(Verdict::NotTestable, "Het register bevat geen scholen van dit samenwerkingsverband.");
    }
    let docs: Vec<_> = context.input.documents.iter().filter(|d| super::candidate::may_show(e, d.kind)).collect();
    let mut first: Option<Evidence> = None;
    let mut lacking: Vec<String> = Vec::new();
    let texts: Vec<String> = docs.iter().map(|d| format!(" {} ", plain(&d.document.text))).collect();
    for school in &own {
        let brin =
            docs.iter().find_map(|d| d.facts.brins.iter().find(|b| b.as_str().eq_ignore_ascii_case(&school.brin)).map(|b| (*d, b.span)));
        let name = format!(" {} ", plain(&school.naam));
        match brin {
            Some((doc, span)) => {
                if first.is_none() {
                    first = Some(evidence::passage(doc, block_of(doc, span), "scholen in het document"));
                }
            }
            None if name.len() > 4 && texts.iter().any(|t| t.contains(&name)) => {}
            None => lacking.push(format!("{} ({})", school.naam, school.brin)),
        }
    }
    let evidence: Vec<Evidence> = first.into_iter().collect();
    if lacking.is_empty() {
        return Judgement::new(Verdict::Found, format!("Alle {} scholen uit het register staan in het document.", own.len()))
            .with(evidence);
    }
    let shown: Vec<&str> = lacking.iter().take(12).map(String::as_str).collect();
    let more = if lacking.len() > 12 { format!(" en nog {}", lacking.len() - 12) } else { String::new() };
    let message = format!("Van de {} scholen uit het register ontbreken er {}: {}{more}.", own.len(), lacking.len(), shown.join("; "));
    Judgement::new(Verdict::Contradicted, message).with(evidence)
}

fn block_of(doc: &super::Analysed, span: Span) -> Span {
    doc.document.blocks[doc.document.block_at(span.start)].span
}
