//! The numbers of a sentence with what they count: "drie geschillen", "44 leerlingen", "2,3%", "geen klachten". What is no figure by its
//! place ("artikel 5", "1 op de 40", "boven de 30") is left out.

use super::Text;
use super::cues::{At, Cue, Cues};
use super::years::YearAt;
use crate::document::Span;
use crate::facts::Quantity;
use crate::language::Kind;
use std::ops::Range;

/// What stands after a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Counted {
    /// The very thing: "drie geschillen".
    Thing(Cue),
    /// Pupils.
    Pupils,
    /// Schools.
    Schools,
    /// Times, cases, those who lodge something.
    Times,
    /// Nothing: "waren het er 12".
    Bare,
    /// Something else: "212 gesprekken".
    Other,
    /// A part: "vijf van hen".
    Part,
}

/// A number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Num {
    pub span: Span,
    pub value: f64,
    pub percent: bool,
    /// "geen", "nihil".
    pub none: bool,
    pub counted: Counted,
}

/// How many words may stand between a number and what it counts.
const ADJECTIVES: usize = 4;

/// Prepositions, articles, auxiliaries and the like: after one of them a number counts nothing by itself. Too frequent for the lexicon.
const FUNCTION_WORDS: &[&str] = &[
    "aan",
    "al",
    "als",
    "bij",
    "binnen",
    "dan",
    "dat",
    "de",
    "deze",
    "die",
    "dit",
    "door",
    "dus",
    "elk",
    "en",
    "er",
    "gedurende",
    "gold",
    "had",
    "hadden",
    "hebben",
    "heeft",
    "het",
    "hoger",
    "ieder",
    "in",
    "is",
    "kwam",
    "kwamen",
    "lager",
    "maar",
    "meer",
    "met",
    "minder",
    "na",
    "naar",
    "namens",
    "nog",
    "of",
    "om",
    "onder",
    "ook",
    "op",
    "over",
    "pas",
    "per",
    "reeds",
    "sinds",
    "slechts",
    "te",
    "tegen",
    "tijdens",
    "tot",
    "tussen",
    "uit",
    "van",
    "vanuit",
    "via",
    "volgens",
    "voor",
    "waaronder",
    "waarvan",
    "waren",
    "was",
    "weer",
    "werd",
    "werden",
    "worden",
    "wordt",
    "zich",
    "zijn",
    "bleef",
    "bleven",
];

/// Whether a word is one of them.
pub(super) fn is_function_word(norm: &str) -> bool {
    norm.len() <= 9 && FUNCTION_WORDS.contains(&norm)
}

/// The numbers of a sentence, in order.
pub(super) fn of(text: &Text, sentence: usize, cues: &Cues, years: &[YearAt]) -> Vec<Num> {
    let s = &text.language.sentences[sentence];
    let tokens = s.tokens.start as usize..s.tokens.end as usize;
    let reader = Reader { text, cues, tokens };
    let mut all = Vec::new();
    for n in text.facts.numbers_in(s.span) {
        let (value, percent) = match n.quantity {
            Quantity::Number(v) => (v, false),
            Quantity::Percent(v) => (v, true),
            Quantity::Term { .. } | Quantity::Euro(_) => continue,
        };
        if years.iter().any(|y| y.span.overlaps(n.span)) || reader.is_no_count(n.span) {
            continue;
        }
        all.push(Num { span: n.span, value, percent, none: false, counted: reader.counted(n.span, percent) });
    }
    for none in cues.0.iter().filter(|a| a.cue == Cue::Nul) {
        // "geen enkele" holds "geen".
        let inside = cues.0.iter().any(|a| a.cue == Cue::Nul && a.span != none.span && a.span.contains(none.span));
        if !inside && !all.iter().any(|n| n.span.overlaps(none.span)) {
            let counted = reader.counted(none.span, false);
            all.push(Num { span: none.span, value: 0.0, percent: false, none: true, counted });
        }
    }
    all.sort_by_key(|n| n.span);
    // "drie van de 62 scholen": three schools; of pupils and cases the whole is what was counted.
    for i in 1..all.len() {
        let gap = text.doc.text.get(all[i - 1].span.end as usize..all[i].span.start as usize).unwrap_or("").trim();
        if all[i - 1].counted == Counted::Part && all[i].counted == Counted::Schools && matches!(gap, "van de" | "van onze") {
            all[i - 1].counted = Counted::Schools;
            all[i].counted = Counted::Other;
        }
    }
    all.retain(|n| !matches!(n.counted, Counted::Other | Counted::Part));
    // "respectievelijk 2, 1 en 4 bezwaren": all are of what the last one counts, if there is a year for each.
    if all.len() == years.len() && all.len() > 1 {
        for i in (0..all.len().saturating_sub(1)).rev() {
            let gap = text.doc.text.get(all[i].span.end as usize..all[i + 1].span.start as usize).unwrap_or("");
            if all[i].counted == Counted::Bare && matches!(gap.trim(), "," | "en" | ", en") {
                all[i].counted = all[i + 1].counted;
            }
        }
    }
    all
}

struct Reader<'a> {
    text: &'a Text<'a>,
    cues: &'a Cues,
    tokens: Range<usize>,
}

impl Reader<'_> {
    fn norm(&self, i: usize) -> &str {
        if self.tokens.contains(&i) { self.text.language.norm(i as u32) } else { "" }
    }

    fn kind(&self, i: usize) -> Option<Kind> {
        self.tokens.contains(&i).then(|| self.text.language.tokens[i].kind)
    }

    /// The first token at or after a byte.
    fn at(&self, byte: u32) -> usize {
        let tokens = &self.text.language.tokens[self.tokens.clone()];
        self.tokens.start + tokens.partition_point(|t| t.span.start < byte)
    }

    /// A cue that starts at a token, the most telling first.
    fn cue(&self, i: usize) -> Option<&At> {
        let start = self.text.language.tokens.get(i).filter(|_| self.tokens.contains(&i))?.span.start;
        let rank = |c: Cue| match c {
            Cue::Deel => 0,
            c if c.is_head() => 1,
            c if c.is_kind() => 2,
            Cue::Leerlingen => 3,
            Cue::Scholen => 4,
            Cue::Keer => 5,
            Cue::Vreemd => 6,
            Cue::Kaal => 7,
            _ => 9,
        };
        self.cues.0.iter().filter(|a| a.span.start == start && rank(a.cue) < 9).min_by_key(|a| rank(a.cue))
    }

    /// Its place says that it counts nothing: a numbering, a bound, a difference, a ratio.
    fn is_no_count(&self, span: Span) -> bool {
        let i = self.at(span.start);
        let j = self.at(span.end);
        // "1 op de 40", "een op elke 40".
        let ratio = |a: usize| self.norm(a) == "op" && matches!(self.norm(a + 1), "de" | "elke" | "iedere");
        if ratio(j) || (i >= self.tokens.start + 2 && ratio(i - 2)) || self.norm(j) == ":" && self.kind(j + 1) == Some(Kind::Number) {
            return true;
        }
        // Joined to a letter or another number: "18a", "3.2.1", "12-14 jaar".
        if matches!(self.norm(j), "a" | "b" | "jaar" | "jarigen" | "jarige" | "e" | "euro" | "fte" | "uur") {
            return true;
        }
        // "vijf meer dan een jaar eerder", "drie klachten minder".
        let compared = |a: usize| matches!(self.norm(a), "meer" | "minder" | "hoger" | "lager" | "extra" | "procentpunt" | "procentpunten");
        if compared(j) || (compared(j + 1) && self.norm(j + 2) == "dan") {
            return true;
        }
        if i > self.tokens.start && matches!(self.norm(i - 1), "\u{20ac}" | "eur" | "euro") {
            return true;
        }
        // "tussen vier en twaalf": the second bound.
        if i >= self.tokens.start + 3 && self.norm(i - 1) == "en" && self.norm(i - 3) == "tussen" {
            return true;
        }
        // "gedaald met 3".
        if self.cues.has(Cue::Verandering) && i > self.tokens.start && self.norm(i - 1) == "met" {
            return true;
        }
        let near = |a: &At| a.span.end <= span.start && self.at(a.span.end) + 1 >= i;
        self.cues.0.iter().any(|a| matches!(a.cue, Cue::Grens | Cue::Verschil) && near(a))
    }

    fn counted(&self, span: Span, percent: bool) -> Counted {
        let first = self.at(span.end);
        let mut plain = 0;
        let mut of = false;
        let mut i = first;
        while i < self.tokens.end && i < first + ADJECTIVES + 3 {
            let here = |c| if percent { Counted::Bare } else { c };
            match self.kind(i) {
                Some(Kind::Number) => return if of { Counted::Part } else { Counted::Bare },
                Some(Kind::Mark) if matches!(self.norm(i), "'" | "\"" | "+" | "*") => {}
                Some(Kind::Mark) => break,
                _ => match self.cue(i) {
                    Some(a) if a.cue == Cue::Deel => return if i == first || plain == 0 { Counted::Part } else { Counted::Other },
                    Some(a) if a.cue.is_head() => {
                        // "13 procent van de bezwaren".
                        return if percent && !a.cue.is_flow() {
                            if of { Counted::Other } else { Counted::Bare }
                        } else {
                            here(Counted::Thing(a.cue))
                        };
                    }
                    Some(a) if a.cue.is_kind() => {
                        // "2% van de sbo-leerlingen" is a share of those.
                        if percent && of {
                            return Counted::Other;
                        }
                        if self.text.doc.slice(a.span).ends_with("school") || self.text.doc.slice(a.span).ends_with("scholen") {
                            return here(Counted::Schools);
                        }
                        let after = self.at(a.span.end);
                        match self.cue(after).map(|b| b.cue) {
                            Some(Cue::Leerlingen) => return here(Counted::Pupils),
                            Some(Cue::Scholen) => return here(Counted::Schools),
                            _ => return here(Counted::Bare),
                        }
                    }
                    Some(a) if a.cue == Cue::Leerlingen => return here(Counted::Pupils),
                    Some(a) if a.cue == Cue::Scholen => return here(Counted::Schools),
                    Some(a) if a.cue == Cue::Keer => return here(Counted::Times),
                    Some(a) if a.cue == Cue::Vreemd => return Counted::Other,
                    _ if self.norm(i) == "van" && plain == 0 => of = true,
                    _ if of && matches!(self.norm(i), "de" | "het" | "onze" | "ons" | "alle" | "eigen") => {}
                    _ if matches!(self.norm(i), "nieuwe" | "nieuw") => {}
                    Some(a) if a.cue == Cue::Kaal => break,
                    _ if is_function_word(self.norm(i)) => break,
                    _ if matches!(self.norm(i), "een" | "geen" | "elke" | "iedere") => break,
                    _ => plain += 1,
                },
            }
            i += 1;
        }
        // "is er een voorgelegd": nothing follows that could be counted.
        let er = self.norm(self.at(span.start).wrapping_sub(1)) == "er";
        if percent || plain == 0 || er { Counted::Bare } else { Counted::Other }
    }
}
