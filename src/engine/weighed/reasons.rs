//! What a passage's shares are made of: its features with their weights, under the names that a reader knows them by.
//!
//! A feature's weight is what it adds to "the passage is about this" and to the verdict looked at as against the other verdicts, these taken
//! together in the proportion that they have in this passage: so much the odds go up or down with it, on a logarithmic scale.

use super::super::considered::{Considered, Ground, GroundKind, MOST, Shares, Weighed as Passage, quoted, until};
use super::*;
use crate::engine::outcome::ElementOutcome;
use crate::weighing::Feature;
use crate::weighing::features::Kindred;
use crate::weighing::model::CLASSES;
use std::collections::HashMap;

/// So many grounds are named for a passage, and so many against it.
const NAMED_FOR: usize = 8;
const NAMED_AGAINST: usize = 5;
/// And none of less weight.
const SMALL: f32 = 0.1;
/// Words of so many letters are told of together.
const SHORT: usize = 3;

/// A share as whole percents, never rounded up: 39,9% does not reach 40%.
fn percent(share: f32) -> u8 {
    (share * 100.0 + 0.001).clamp(0.0, 100.0) as u8
}

/// A threshold and what is held against it, with so many decimals that they differ.
fn beside(threshold: f32, share: f32) -> (String, String) {
    if percent(threshold) != percent(share) {
        return (format!("{}%", percent(threshold)), format!("{}%", percent(share)));
    }
    let tenths = |v: f32| format!("{:.1}%", v * 100.0).replace('.', ",");
    (tenths(threshold), tenths(share))
}

pub(in crate::engine) fn considered(context: &Context, e: &Element, outcome: &ElementOutcome) -> Considered {
    let toward = if outcome.verdict == Verdict::Contradicted { Verdict::Contradicted } else { Verdict::Found };
    let mut out = Considered { passages: Vec::new(), more: 0, toward, compared: Vec::new(), steps: Vec::new() };
    let Some((element, weights)) = all(context, e) else {
        out.compared.push("de gewichten kennen dit element niet".into());
        return out;
    };
    let top = |class: usize| weights.iter().map(|w| w.shares[class]).fold(0.0, f32::max);
    let (found, weak, contradicted) = (top(0), top(1), top(2));
    let deciding = match outcome.verdict {
        Verdict::Found => Some(0),
        Verdict::Contradicted => Some(2),
        Verdict::Weak => Some(usize::from(weak >= found)),
        _ => None,
    };
    // The passage that decides, then the strongest in any verdict; where nothing speaks for any, those most about it.
    let strength = |w: &Weight| w.shares[..3].iter().copied().fold(0.0, f32::max);
    let mut sorted: Vec<&Weight> = weights.iter().collect();
    sorted.sort_by(|a, b| {
        let by = strength(b).total_cmp(&strength(a)).then(b.topic.total_cmp(&a.topic));
        by.then((a.document, a.passage).cmp(&(b.document, b.passage)))
    });
    if let Some(class) = deciding
        && let Some(first) = best(&weights, class).first()
        && let Some(at) = sorted.iter().position(|w| (w.document, w.passage) == (first.document, first.passage))
    {
        sorted[..=at].rotate_right(1);
    }
    let class = CLASSES.iter().position(|v| *v == toward).unwrap_or(0);
    // A sentence is also weighed by itself and with the next: of those that overlap the strongest is told of.
    let sentences = |w: &Weight| &context.weighed[w.document].passages[w.passage].sentences;
    let mut told: Vec<&Weight> = Vec::new();
    for w in &sorted {
        if out.passages.len() == MOST {
            break;
        }
        let own = sentences(w);
        if told.iter().any(|t| t.document == w.document && sentences(t).start < own.end && own.start < sentences(t).end) {
            continue;
        }
        let passage = context.weighed[w.document].passage(context.checks, w, element, class);
        if !out.passages.iter().any(|p| p.evidence.quote == passage.evidence.quote) {
            out.passages.push(passage);
            told.push(w);
        }
    }
    let part = |w: &Weight, of: &Weight| {
        let (a, b) = (sentences(w), sentences(of));
        w.document == of.document && a.start < a.end && a.len() < b.len() && b.start <= a.start && a.end <= b.end
    };
    let whole = sorted.iter().filter(|w| !sorted.iter().any(|o| part(w, o))).count();
    out.more = whole.saturating_sub(out.passages.len());
    // The share that leads enough over the strongest trace.
    let lead = logistic(LEAD + AGAINST * odds(weak));
    let (f, best) = beside(lead, found);
    let [c, k, n] = [CONTRADICTED, WEAK, NEARLY].map(percent);
    let ladder = [
        (Verdict::Contradicted, format!("vanaf {c}%, en meer dan voor aangetroffen; de hoogste haalt {}%", percent(contradicted))),
        (Verdict::Found, format!("vanaf {f}, nu de sterkste aanwijzing {}% haalt; de hoogste haalt {best}", percent(weak))),
        (Verdict::Weak, format!("vanaf {k}% onzeker of {n}% aangetroffen; de hoogste halen {}% en {}%", percent(weak), percent(found))),
        (Verdict::Missing, "geen enkele passage haalt een van deze grenzen".into()),
    ];
    out.steps = until(ladder, outcome.verdict);
    out
}

impl Weighed<'_> {
    fn passage(&self, checks: &Checks, w: &Weight, element: usize, class: usize) -> Passage {
        let [found, weak, contradicted, missing] = w.shares.map(percent);
        let most = (0..4).max_by(|a, b| w.shares[*a].total_cmp(&w.shares[*b])).unwrap_or(3);
        let (grounds, small) = self.grounds(w.passage, element, class, checks);
        Passage {
            evidence: self.evidence(checks, w, element, true),
            of: None,
            sentences: self.passages[w.passage].sentences.len(),
            verdict: if w.topic < 0.5 { Verdict::Missing } else { CLASSES[most] },
            shares: Some(Shares { found, weak, contradicted, missing, topic: percent(w.topic) }),
            grounds,
            small,
        }
    }

    /// What counts for a class in a passage, and what against it; how many small ones there are, and their sum.
    fn grounds(&self, passage: usize, element: usize, class: usize, checks: &Checks) -> (Vec<Ground>, Option<(usize, f32)>) {
        let p = &self.passages[passage];
        let features = self.describer.features(p);
        // The other classes in the proportion they have here.
        let mut others = self.reader.sum(&features).logits(element);
        others[class] = f32::NEG_INFINITY;
        let others = softmax(others);
        let weight = |f: Feature| -> f32 {
            let alone = self.reader.sum(&[f]);
            let z = alone.logits(element);
            let rest: f32 = (0..4).filter(|c| *c != class).map(|c| others[c] * z[c]).sum();
            alone.topic(element) + z[class] - rest
        };
        let names = self.names(p, checks);
        // Features that a reader knows by one name are one ground.
        let mut found: Vec<((GroundKind, String), f32)> = vec![((GroundKind::Start, "zo begint elke passage".into()), self.prior)];
        for f in features.iter().copied() {
            let w = weight(f);
            let name = names.get(&f).cloned().unwrap_or_else(|| self.plain_name(f, checks));
            match found.iter_mut().find(|(n, _)| *n == name) {
                Some((_, sum)) => *sum += w,
                None => found.push((name, w)),
            }
        }
        found.retain(|(_, w)| *w != 0.0);
        found.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
        let (mut grounds, mut left) = (Vec::new(), [NAMED_FOR, NAMED_AGAINST]);
        let mut small = (0, 0.0);
        for ((kind, what), w) in found {
            let room = &mut left[usize::from(w < 0.0)];
            if kind == GroundKind::Start || w.abs() >= SMALL && *room > 0 {
                *room -= usize::from(kind != GroundKind::Start);
                grounds.push(Ground { kind, pro: w > 0.0, what, weight: Some(w) });
            } else {
                small = (small.0 + 1, small.1 + w);
            }
        }
        grounds.sort_by_key(|g| !g.pro);
        (grounds, (small.0 > 0).then_some(small))
    }

    /// What a reader calls the features that stand in the words of a passage: the words themselves.
    fn names(&self, p: &crate::weighing::Passage, checks: &Checks) -> HashMap<Feature, (GroundKind, String)> {
        let language = &self.doc.language;
        let slice = |span| quoted(self.doc.document.slice(span));
        let mut out: HashMap<Feature, (GroundKind, String)> = HashMap::new();
        let body = p.sentences.clone().chain(p.leads.iter().flat_map(|&b| language.sentences_of(b)));
        let head = p.heading.into_iter().flat_map(|h| language.sentences_of(h));
        for (s, heading) in body.map(|s| (s, false)).chain(head.map(|s| (s, true))) {
            let sentence = &language.sentences[s];
            for t in language.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize].iter().filter(|t| t.kind == Kind::Word) {
                // Words of one stem go by the first.
                let features: Vec<Feature> = self.describer.of_word(t.norm).collect();
                let own = |f: &Feature| match (heading, f.0) {
                    (true, Kindred::Word) => Some(Feature(Kindred::HeadWord, f.1)),
                    (false, Kindred::Word | Kindred::Begin | Kindred::End) => Some(*f),
                    _ => None,
                };
                let kind = if heading { GroundKind::Heading } else { GroundKind::Word };
                let stem = features.iter().find_map(own).and_then(|f| out.get(&f).cloned());
                // "de", "en" and "of" count like all words, and mean nothing by themselves.
                let short = language.vocabulary[t.norm as usize].chars().count() <= SHORT;
                let name = stem.unwrap_or_else(|| (kind, if short { "woordjes van hooguit drie letters".into() } else { slice(t.span) }));
                for f in features.iter().filter_map(own) {
                    out.entry(f).or_insert_with(|| name.clone());
                }
            }
            for t in &language.triggers[sentence.triggers.start as usize..sentence.triggers.end as usize] {
                let group = checks.lexicon.trigger_group(t.group).name.replace('_', " ");
                let kindred = if heading { Kindred::HeadTrigger } else { Kindred::Trigger };
                let place = if heading { " in de kop" } else { "" };
                let name = (GroundKind::Status, format!("{} ({group}){place}", slice(t.span)));
                out.entry(Feature(kindred, u32::from(t.group))).or_insert(name);
            }
        }
        out
    }

    /// What a reader calls a feature that is not one word of the passage.
    fn plain_name(&self, f: Feature, checks: &Checks) -> (GroundKind, String) {
        let name = self.describer.name(f);
        let name = name.strip_prefix(f.0.prefix()).unwrap_or(&name);
        let spaced = || name.replace(['_', '-'], " ");
        let label = || checks.lexicon.label(crate::language::ConceptId(f.1 as u16));
        match f.0 {
            Kindred::Word | Kindred::Begin | Kindred::End => (GroundKind::Word, format!("\"{name}\"")),
            Kindred::HeadWord => (GroundKind::Heading, format!("\"{name}\"")),
            Kindred::Field | Kindred::Opening => (GroundKind::Field, format!("\"{}\"", spaced())),
            Kindred::HeadField => (GroundKind::Heading, format!("veld \"{}\"", spaced())),
            Kindred::Concept => (GroundKind::Concept, label().to_string()),
            Kindred::HeadConcept => (GroundKind::Heading, format!("begrip {}", label())),
            Kindred::Trigger => (GroundKind::Status, spaced()),
            Kindred::HeadTrigger => (GroundKind::Status, format!("{} in de kop of de inleidende regel", spaced())),
            Kindred::Shape => shape(name),
        }
    }
}

/// What a reader calls a form or a fact of a passage; degrees of one thing go by one name.
fn shape(name: &str) -> (GroundKind, String) {
    use GroundKind::{Form, Start, Status};
    let (kind, what) = match name {
        "altijd" => (Start, "zo begint elke passage"),
        "tabel" => (Form, "een tabel"),
        "lijst" => (Form, "een lijst"),
        "tekst" => (Form, "lopende tekst"),
        "geen-kop" => (Form, "geen kop erboven"),
        "kop-alleen" => (Form, "een kop zonder tekst eronder"),
        "jaarverslag" => (Form, "staat in een jaarverslag"),
        "inhoudsopgave" => (Form, "in een inhoudsopgave"),
        "begrippenlijst" => (Form, "in een begrippenlijst"),
        "literatuur" => (Form, "in een literatuurlijst"),
        "wettekst" => (Form, "weergave van wat de wet vraagt"),
        "sjabloon" => (Form, "een sjabloon"),
        "kort" => (Form, "een korte passage"),
        "lang" => (Form, "een lange passage"),
        "datum" | "datums" => (Form, "data"),
        "periode" | "periodes" => (Form, "periodes"),
        "getal" | "getallen" | "veel-getallen" => (Form, "getallen"),
        "termijn" | "termijnen" => (Form, "termijnen"),
        "bedrag" | "bedragen" => (Form, "bedragen"),
        "procent" => (Form, "percentages"),
        "jaartallen" | "veel-jaartallen" => (Form, "jaartallen"),
        "gemeente" | "gemeenten" => (Form, "namen van gemeenten"),
        "ander-spreekt" => (Form, "gaat over een ander"),
        "vraag" => (Form, "een vraag"),
        "puntjes" => (Form, "een open plek (puntjes)"),
        "haken" => (Form, "haken of weglatingspunten"),
        "alles-als-feit" => (Status, "alles als feit gezegd"),
        "iets-als-feit" => (Status, "iets als feit gezegd"),
        "niets-als-feit" => (Status, "niets als feit gezegd"),
        "slot-als-feit" => (Status, "de laatste zin als feit gezegd"),
        "ontkend" => (Status, "ontkend"),
        "nog-niet" => (Status, "nog niet gebeurd"),
        "voornemen" => (Status, "een voornemen"),
        "regel" => (Status, "een regel of bevoegdheid"),
        "aangehaald" => (Status, "woorden van wet of inspectie"),
        "voorwaarde" => (Status, "onder voorwaarde"),
        "vroeger" => (Status, "over een andere tijd"),
        "verleden-tijd" => (Status, "verleden tijd"),
        "gedagtekend" => (Status, "met dag of maand"),
        other => return (Form, other.replace('-', " ")),
    };
    (kind, what.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weighing::features::SHAPES;

    #[test]
    fn a_share_is_never_rounded_up_to_a_threshold() {
        assert_eq!((percent(0.3499), percent(0.35), percent(0.2), percent(1.0)), (34, 35, 20, 100));
        assert_eq!(beside(0.694, 0.691), ("69,4%".into(), "69,1%".into()));
        assert_eq!(beside(0.5, 0.83), ("50%".into(), "83%".into()));
    }

    #[test]
    fn every_shape_has_a_name_for_readers() {
        for name in SHAPES {
            assert!(!shape(name).1.contains('-'), "{name}");
        }
    }
}
