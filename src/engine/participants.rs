//! The test that every municipality of the region took part in the OOGO (TK N5): with the dossier's list each of those, else those that the
//! document itself gives.

use super::candidate::Candidate;
use super::evidence;
use super::outcome::{Evidence, Verdict};
use super::reach::View;
use super::{Context, Judgement};
use crate::checks::{ConceptSet, Element, PatternVerdict, Reach};
use crate::document::{BlockKind, Span};
use crate::facts::Usage;

/// Municipalities named around an act: in its sentence and the neighbours, in the table or list it stands in or introduces.
fn around(view: &View, c: &Candidate) -> Vec<(u32, Span)> {
    let doc = view.doc;
    let s = view.sentence(c.sentence);
    let blocks = &doc.document.blocks;
    let own = view.of_block(s.block);
    let mut spans: Vec<Span> = Vec::new();
    let from = c.sentence.saturating_sub(2).max(own.start);
    let to = (c.sentence + 3).min(own.end);
    spans.extend((from..to).map(|n| view.sentence(n).span));
    // The list or table that this block belongs to, or that follows it.
    let is_item =
        |i: usize| matches!(blocks[i].kind, BlockKind::ListItem | BlockKind::TableRow | BlockKind::TableHead | BlockKind::Caption);
    if is_item(s.block) && matches!(blocks[s.block].kind, BlockKind::Caption) || !is_item(s.block) {
        let mut i = s.block + 1;
        let mut paragraphs = 0;
        while i < blocks.len() && blocks[i].section == blocks[s.block].section && i < s.block + 40 {
            if is_item(i) {
                spans.push(blocks[i].span);
            } else if matches!(blocks[i].kind, BlockKind::Heading(_)) || !spans.is_empty() && paragraphs >= 1 {
                break;
            } else {
                paragraphs += 1;
            }
            i += 1;
        }
    } else if matches!(blocks[s.block].kind, BlockKind::ListItem | BlockKind::TableRow) {
        spans.push(blocks[s.block].span);
    }
    let mut named = Vec::new();
    for span in spans {
        named.extend(
            doc.facts
                .municipalities_in(span)
                .iter()
                .filter(|m| matches!(m.usage, Usage::Enumerated | Usage::Plain))
                .map(|m| (m.municipality, m.span)),
        );
    }
    named
}

/// In a table of attendance a row that says "nee" or "afwezig" is an absence.
fn absent_rows(view: &View, c: &Candidate) -> Vec<Span> {
    let doc = view.doc;
    let section = doc.document.blocks[view.sentence(c.sentence).block].section;
    let mut out = Vec::new();
    for b in doc.document.blocks.iter().filter(|b| b.section == section && b.kind == BlockKind::TableRow) {
        let no = b.cells.iter().any(|cell| {
            let text = doc.document.slice(cell.span).trim().to_lowercase();
            matches!(text.as_str(), "nee" | "neen" | "afwezig" | "niet aanwezig" | "verhinderd" | "-" | "niet")
                && cell.head.is_none_or(|h| {
                    let head = doc.document.slice(h).to_lowercase();
                    head.contains("aanw") || head.contains("deelg") || head.contains("verteg")
                })
        });
        if no && !doc.facts.municipalities_in(b.span).is_empty() {
            out.push(b.span);
        }
    }
    out
}

pub(super) fn judge(context: &Context, e: &Element, of: &str) -> Judgement {
    let meeting = context.of(of);
    let own = context.of(&e.id);
    if let Some(c) = own.iter().find(|c| c.worth == PatternVerdict::Contradicted) {
        return Judgement::new(Verdict::Contradicted, format!("Niet alle gemeenten deden mee: {}.", c.name))
            .with(vec![evidence::of(context, c)]);
    }
    let held: Vec<&Candidate> = own.iter().chain(meeting).filter(|c| c.is_found()).collect();
    let planned: Vec<&Candidate> = own.iter().chain(meeting).filter(|c| c.worth == PatternVerdict::Weak).collect();
    let (acts, done) = if held.is_empty() { (planned, false) } else { (held, true) };
    let gazetteer = &context.checks.gazetteer;
    let mut named: Vec<(u32, Evidence)> = Vec::new();
    let mut absences: Vec<Evidence> = Vec::new();
    let mut whole = true;
    let unwhole = {
        let mut set = ConceptSet::default();
        set.insert(context.checks.known.onvolledig);
        set
    };
    for c in &acts {
        let doc = &context.input.documents[c.document];
        let view = &context.views[c.document];
        for (m, span) in around(view, c) {
            if !named.iter().any(|(n, _)| *n == m) {
                let sentence = evidence::sentence_around(doc, span);
                named.push((m, evidence::passage(doc, sentence, "genoemd bij het overleg")));
            }
        }
        whole &= view.nearest(&unwhole, c.sentence, c.act.head, Reach::Near).is_none();
        absences.extend(absent_rows(view, c).into_iter().map(|s| evidence::passage(doc, s, "niet aanwezig")));
    }
    let expected: Vec<String> = context.input.gemeenten.clone();
    let is_named = |g: &String| named.iter().any(|(m, _)| gazetteer.means(*m, g));
    let lacking: Vec<&String> = expected.iter().filter(|g| !is_named(g)).collect();
    let mut quotes: Vec<Evidence> = Vec::new();
    for (_, q) in &named {
        if !quotes.iter().any(|o| o.quote == q.quote) && quotes.len() < 5 {
            quotes.push(q.clone());
        }
    }
    if quotes.is_empty() {
        quotes.extend(acts.first().map(|c| evidence::of(context, c)));
    }
    if !absences.is_empty() && done {
        return Judgement::new(Verdict::Contradicted, "Volgens het document was een gemeente niet bij het overleg.").with(absences);
    }
    if acts.is_empty() {
        return Judgement::new(Verdict::Missing, e.missing.clone());
    }
    if !done {
        if named.is_empty() && !own.iter().any(|c| c.worth == PatternVerdict::Weak) && !mentions_gemeenten(context, &acts) {
            return Judgement::new(Verdict::Missing, e.missing.clone());
        }
        return Judgement::new(Verdict::Weak, "De gemeenten worden genoemd bij een overleg dat niet als gevoerd is beschreven.")
            .with(quotes);
    }
    if !expected.is_empty() {
        if lacking.is_empty() {
            return Judgement::new(Verdict::Found, format!("Alle {} gemeenten van de regio zijn bij het overleg genoemd.", expected.len()))
                .with(quotes);
        }
        let names = lacking.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(", ");
        let message = if named.is_empty() {
            format!("De gemeenten zijn bij het overleg niet bij naam genoemd ({names}).")
        } else {
            format!("Bij het overleg niet genoemd: {names}.")
        };
        return Judgement::new(Verdict::Weak, message).with(quotes);
    }
    if named.is_empty() {
        return Judgement::new(Verdict::Weak, "De gemeenten zijn bij het overleg niet bij naam genoemd.").with(quotes);
    }
    if !whole {
        return Judgement::new(Verdict::Weak, "Alleen een deel van de gemeenten is genoemd.").with(quotes);
    }
    Judgement::new(Verdict::Found, format!("{} gemeenten zijn bij het overleg genoemd.", named.len())).with(quotes)
}

fn mentions_gemeenten(context: &Context, acts: &[&Candidate]) -> bool {
    let mut set = ConceptSet::default();
    set.insert(context.checks.known.gemeente);
    acts.iter().any(|c| context.views[c.document].nearest(&set, c.sentence, c.act.head, Reach::Near).is_some())
}
