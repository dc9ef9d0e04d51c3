//! The test that every school which the register gives to this samenwerkingsverband stands in the document, by BRIN or by name (TK N1).

use super::evidence;
use super::outcome::{Evidence, Verdict};
use super::{Context, Judgement, School};
use crate::checks::Element;
use crate::document::{BlockKind, Span};

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
        .or_else(|| context.input.documents.iter().find_map(|d| d.facts.swv_number.as_ref().map(|n| n.to_string())));
    let own: Vec<&School> = match &nummer {
        Some(n) => register.iter().filter(|s| plain(&s.swv).replace(' ', "") == plain(n).replace(' ', "")).collect(),
        None => register.iter().collect(),
    };
    if own.is_empty() {
        return Judgement::new(Verdict::NotTestable, "Het register bevat geen scholen van dit samenwerkingsverband.");
    }
    let docs: Vec<_> = context.input.documents.iter().filter(|d| super::candidate::may_show(e, d.kind)).collect();
    let texts: Vec<(&super::Analysed, Vec<(Span, String)>)> = docs.iter().map(|d| (*d, blocks(d))).collect();
    let mut seen: Vec<(usize, Span)> = Vec::new();
    let mut lacking: Vec<String> = Vec::new();
    for school in &own {
        let brin = docs.iter().enumerate().find_map(|(i, d)| {
            let at = d.facts.brins.iter().find(|b| b.as_str().eq_ignore_ascii_case(school.brin.get(..4).unwrap_or(&school.brin)))?;
            Some((i, block_of(d, at.span)))
        });
        let name = plain(&school.naam);
        let named = || {
            texts.iter().enumerate().find_map(|(i, (_, blocks))| {
                let with = blocks.iter().find(|(_, t)| holds(t, &name))?;
                Some((i, with.0))
            })
        };
        match brin.or_else(|| if name.len() > 2 { named() } else { None }) {
            Some(at) => seen.push(at),
            None => lacking.push(format!("{} ({})", school.naam, school.brin)),
        }
    }
    // The place where most of them stand, shown by its first school.
    let section = |(i, span): &(usize, Span)| (*i, docs[*i].document.blocks[docs[*i].document.block_at(span.start)].section);
    let most = seen.iter().max_by_key(|s| (seen.iter().filter(|o| section(o) == section(s)).count(), std::cmp::Reverse(s.1)));
    let first = most.and_then(|m| seen.iter().filter(|s| section(s) == section(m)).min_by_key(|s| s.1));
    let evidence: Vec<Evidence> =
        first.map(|(i, span)| evidence::passage(docs[*i], *span, "scholen in het document")).into_iter().collect();
    if lacking.is_empty() {
        return Judgement::new(Verdict::Found, format!("Alle {} scholen uit het register staan in het document.", own.len()))
            .with(evidence);
    }
    if seen.is_empty() {
        return Judgement::new(Verdict::Missing, e.missing.clone());
    }
    let shown: Vec<&str> = lacking.iter().take(12).map(String::as_str).collect();
    let more = if lacking.len() > 12 { format!(" en nog {}", lacking.len() - 12) } else { String::new() };
    let verb = if lacking.len() == 1 { "ontbreekt" } else { "ontbreken" };
    let message = format!("Van de {} scholen uit het register {verb} er {}: {}{more}.", own.len(), lacking.len(), shown.join("; "));
    Judgement::new(Verdict::Contradicted, message).with(evidence)
}

/// The text of every block made plain; a contents list names no schools.
fn blocks(doc: &super::Analysed) -> Vec<(Span, String)> {
    let text = |b: &crate::document::Block| (b.span, plain(doc.document.slice(b.span)));
    doc.document.blocks.iter().filter(|b| b.kind != BlockKind::Contents).map(text).collect()
}

/// Whether a text holds a name as whole words.
fn holds(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(i, n)| {
        let before = text[..i].chars().next_back().is_none_or(|c| c == ' ');
        before && text[i + n.len()..].chars().next().is_none_or(|c| c == ' ')
    })
}

fn block_of(doc: &super::Analysed, span: Span) -> Span {
    doc.document.blocks[doc.document.block_at(span.start)].span
}

#[cfg(test)]
mod tests {
    use super::{holds, plain};

    #[test]
    fn names_are_compared_without_marks_and_as_whole_words() {
        assert_eq!(plain("  De Meent-Oost, locatie É. "), "de meent oost locatie e");
        assert!(holds("02kv de wissel boxmeer", "de wissel"));
        assert!(!holds("de wisselaar", "de wissel"));
    }
}
