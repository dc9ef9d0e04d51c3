//! Figures in sentences. Numbers, things counted and years stand in a row; each number takes the thing and the year that belong to it
//! by their order: "in 2014 drie klachten, in 2015 geen", "van 63 (2014-2015) naar 49 (2015-2016)".

use super::context::{Context, Contexts};
use super::cues::{At, Cue, Cues};
use super::numbers::{self, Counted, Num};
use super::years::{self, FigureYear, YearAt};
use super::{Figure, Measure, SchoolKind, Text};
use crate::document::Span;
use crate::facts::{Quantity, TimeUnit};
use crate::language::Status;

/// What a block has told so far, for the sentences after it.
#[derive(Default)]
struct Told {
    year: Option<FigureYear>,
    /// Things counted, and the words for a share.
    cues: Cues,
    /// Where the figures of this block begin.
    from: usize,
}

/// Reads the sentences of a block.
pub(super) fn read(text: &Text, contexts: &mut Contexts, block: usize, figures: &mut Vec<Figure>) {
    let sentences = text.language.sentences_of(block);
    let subject = sentences.clone().any(|s| text.subjects.get(s).copied().unwrap_or(false));
    if text.facts.numbers_in(text.doc.blocks[block].span).is_empty() && !subject {
        return;
    }
    let context = contexts.of(text, block);
    if context.closed || !(subject || context.cues.any(|c| c.is_head() || c.is_kind())) {
        return;
    }
    let mut told = Told { from: figures.len(), ..Told::default() };
    for sentence in sentences {
        Sentence::new(text, &context, &told, sentence, contexts.report_year).read(&mut told, figures);
    }
}

struct Sentence<'a> {
    text: &'a Text<'a>,
    context: &'a Context,
    index: usize,
    span: Span,
    cues: Cues,
    years: Vec<YearAt>,
    numbers: Vec<Num>,
    /// Things counted, in order; with what a heading or the sentence before lends.
    things: Vec<At>,
    lent: Cues,
    deelname: bool,
    absence: bool,
    /// Year at hand when the sentence names none.
    at_hand: Option<FigureYear>,
    /// Only years since which is counted.
    cumulative: bool,
}

impl<'a> Sentence<'a> {
    fn new(text: &'a Text, context: &'a Context, told: &Told, index: usize, report: Option<FigureYear>) -> Sentence<'a> {
        let s = &text.language.sentences[index];
        let cues = text.words.of(text.language, index);
        let written = years::scan(text.language, s.tokens.start as usize..s.tokens.end as usize, false);
        let numbers = numbers::of(text, index, &cues, &written);
        let mut made = Sentence {
            text,
            context,
            index,
            span: s.span,
            cues,
            years: Vec::new(),
            numbers,
            things: Vec::new(),
            lent: Cues::default(),
            deelname: false,
            absence: false,
            at_hand: told.year.or(context.year).or(report),
            cumulative: false,
        };
        made.years(&written, told.year.or(context.year).or(report));
        made.things(told);
        made
    }

    /// The years that figures may be of, those told by "een jaar later" and "dat jaar" included.
    fn years(&mut self, written: &[YearAt], before: Option<FigureYear>) {
        let sinds = |y: &YearAt| {
            let start = self.cues.0.iter().rfind(|a| a.cue == Cue::Sinds && a.span.end <= y.span.start)?;
            let between = self.text.doc.text.get(start.span.end as usize..y.span.start as usize)?;
            Some(
                between.len() < 40
                    && !between.contains(',')
                    && !between.contains("schooljaar")
                    && !written.iter().any(|o| o.span.start > start.span.start && o.span.end < y.span.start),
            )
        };
        let compared = |y: &YearAt| {
            let from = (y.span.start as usize).saturating_sub(40).max(self.span.start as usize);
            let near = self.text.doc.text.get(from..y.span.start as usize).unwrap_or("");
            ["vergeleken met", "vergelijking met", "opzichte van", "t.o.v."].iter().any(|w| near.contains(w))
        };
        let written = &self.pairs(written);
        let kept: Vec<YearAt> = written.iter().filter(|y| !sinds(y).unwrap_or(false) && !compared(y)).copied().collect();
        self.cumulative = written.iter().any(|y| sinds(y).unwrap_or(false)) && kept.is_empty();
        let mut all = kept;
        for a in &self.cues.0 {
            let known = all.iter().rfind(|y| y.span.end <= a.span.start).map(|y| y.year).or(before);
            let year = match a.cue {
                Cue::JaarLater => known.map(|y| y.shifted(1)),
                Cue::JaarEerder => known.map(|y| y.shifted(-1)),
                Cue::DitJaar => known,
                _ => None,
            };
            // "in het verslagjaar 2016" names it itself.
            let named = written.iter().any(|y| y.span.start >= a.span.start && y.span.start <= a.span.end + 2);
            if let Some(year) = year.filter(|_| !named) {
                all.push(YearAt { span: a.span, year });
            }
        }
        all.sort_by_key(|y| y.span);
        self.years = all;
    }

    /// "van 2014 tot 2018 van 1,83 naar 1,52": the two ends, each with its number.
    fn pairs(&self, written: &[YearAt]) -> Vec<YearAt> {
        let change = self.numbers.len() == 2 && self.between(self.numbers[0].span.end, self.numbers[1].span.start).contains("naar");
        let split = |y: &YearAt| match y.year {
            FigureYear::Span(a, b) if change => vec![
                YearAt { span: Span { end: y.span.start + 4, ..y.span }, year: FigureYear::Calendar(a) },
                YearAt { span: Span { start: y.span.end - 4, ..y.span }, year: FigureYear::Calendar(b) },
            ],
            _ => vec![*y],
        };
        written.iter().flat_map(split).collect()
    }

    /// What is counted here, and what is lent from above or before.
    fn things(&mut self, told: &Told) {
        let years_on = self.cues.any(|c| matches!(c, Cue::JaarLater | Cue::JaarEerder));
        let bare = self.numbers.iter().all(|n| n.percent || n.counted == Counted::Bare);
        let anaphor = self.cues.has(Cue::Anafoor) || (years_on && bare);
        let own_subject = self.cues.any(|c| c.is_head() || c.is_kind());
        self.deelname = self.cues.has(Cue::Deelname) || self.context.cues.has(Cue::Deelname) || (anaphor && told.cues.has(Cue::Deelname));
        let above = self.context.absence || told.cues.any(Cue::is_absence);
        self.absence = self.cues.any(Cue::is_absence) || above;
        // A flow is one of pupils between kinds of school; that of teachers is another matter.
        let kinds = self.cues.any(Cue::is_kind) || self.context.cues.any(Cue::is_kind) || told.cues.any(Cue::is_kind);
        let mut things: Vec<At> = self.cues.0.iter().filter(|a| a.cue.is_head() || a.cue.is_kind()).copied().collect();
        things.retain(|a| !a.cue.is_flow() || kinds);
        // "relatief" and "totaal" alone need something they qualify.
        things.retain(|a| {
            !matches!(a.cue, Cue::Absoluut | Cue::Relatief)
                || self.absence_word(a)
                || above
                || self.cues.has(Cue::Thuis)
                || self.cues.has(Cue::Leerlingen)
        });
        if self.absence && !things.iter().any(|a| !a.cue.is_absence() && !a.cue.is_kind()) {
            things.extend(self.cues.0.iter().filter(|a| a.cue == Cue::Totaal));
            things.sort_by_key(|a| a.span);
        }
        // "het vso" in a sentence on flows or tlv's says whose, not what; so in a section on flows, unless it speaks of shares itself.
        let heads = |c: &Cues| c.any(|c| c.is_flow() || c == Cue::Tlv);
        let flow_above = !things.iter().any(|a| a.cue.is_head()) && heads(&self.context.cues) && !self.says_share();
        if things.iter().any(|a| a.cue.is_flow() || a.cue == Cue::Tlv) || flow_above {
            things.retain(|a| !a.cue.is_kind());
        } else if !self.deelname {
            things.retain(|a| !a.cue.is_kind());
        }
        self.things = things;
        let label = self.is_label();
        let parts = |c: Cue| matches!(c, Cue::Absoluut | Cue::Relatief | Cue::Totaal);
        if self.things.iter().all(|a| parts(a.cue)) && !self.things.is_empty() {
            self.lent.0.extend(self.context.cues.0.iter().filter(|a| a.cue == Cue::Thuis));
        } else if !self.things.iter().any(|a| a.cue != Cue::Totaal) {
            let here = |c: &Cue| c.is_head() || c.is_kind();
            if flow_above && own_subject || label {
                let from: Vec<At> = self.context.cues.0.iter().filter(|a| here(&a.cue)).copied().collect();
                let flows = from.iter().any(|a| a.cue.is_flow() || a.cue == Cue::Tlv);
                let only = |a: &&At| !flows || a.cue.is_head();
                self.lent.0.extend(from.iter().filter(only).filter(|a| !a.cue.is_kind() || self.deelname));
            }
            let words = self.text.doc.slice(self.span);
            let heading = &self.context.cues;
            if self.lent.0.is_empty() && told.cues.0.is_empty() && ["het er ", "dat er "].iter().any(|w| words.contains(w)) {
                self.lent.0.extend(heading.0.iter().filter(|a| a.cue.is_head() && !a.cue.is_flow()));
            }
            if self.lent.0.is_empty() && anaphor {
                self.lent.0.extend(told.cues.0.iter().filter(|a| here(&a.cue)));
            }
        }
    }

    fn absence_word(&self, a: &At) -> bool {
        let words = self.text.doc.slice(a.whole);
        words.contains(' ') || words.contains("verzuim")
    }

    fn says_share(&self) -> bool {
        let words = self.text.doc.slice(self.span);
        words.contains("eelname") || words.contains("aandeel")
    }

    /// "2017: 14 leerlingen", "In 2017: 14", "2016 – 12": a label of one line under a heading that says what is counted.
    fn is_label(&self) -> bool {
        let Some(first) = self.years.first() else { return false };
        let before = self.text.doc.text.get(self.span.start as usize..first.span.start as usize).unwrap_or("");
        let after = self.text.doc.text.get(first.span.end as usize..self.span.end as usize).unwrap_or("");
        before.len() <= 24 && (after.trim_start().starts_with([':', '=', '–', '-']) || after.split_whitespace().count() <= 3)
    }

    /// Adds the figures of this sentence.
    fn read(&mut self, told: &mut Told, figures: &mut Vec<Figure>) {
        let summed = self.cumulative || (self.cues.has(Cue::Telwerk) && self.years.len() < 2);
        if !summed && !self.cues.has(Cue::Vreemd) {
            let mut used = vec![false; self.things.len()];
            let mut picked: Vec<Option<Cue>> = (0..self.numbers.len()).map(|i| self.thing(i, &mut used)).collect();
            for (slot, n) in picked.iter_mut().zip(&self.numbers) {
                if slot.is_some_and(|cue| self.is_some(n, cue) || self.is_term(n, cue) || self.is_of_another(n)) {
                    *slot = None;
                }
            }
            let years = self.assign_years(&picked);
            for (i, n) in self.numbers.iter().enumerate() {
                let Some(cue) = picked[i] else { continue };
                for &year in &years[i] {
                    if let Some(figure) = self.figure(n, i, cue, year) {
                        self.add(n, figure, told.from, figures);
                    }
                }
            }
        }
        if let Some(last) = self.years.last() {
            told.year = Some(last.year);
        }
        if self.cues.any(|c| c.is_head() || c.is_kind()) {
            told.cues =
                Cues(self.cues.0.iter().filter(|a| a.cue.is_head() || a.cue.is_kind() || a.cue == Cue::Deelname).copied().collect());
        }
    }

    fn figure(&self, n: &Num, index: usize, cue: Cue, year: FigureYear) -> Option<Figure> {
        let measure = Measure::of(cue)?;
        let previous = index.checked_sub(1).and_then(|p| self.numbers.get(p));
        let word = || {
            let words = self.text.doc.slice(self.span);
            words.contains("percentage") || words.contains("procent") || (self.context.percent && words.len() < 80)
        };
        let bare_share = measure.is_share() && n.counted == Counted::Bare && !n.none && !n.percent;
        let after_count = previous.is_some_and(|p| p.counted == Counted::Pupils);
        let percent = n.percent || (bare_share && (n.value.fract() != 0.0 || (n.value <= 25.0 && word()))) && !after_count;
        let kinds: Vec<Cue> = self.cues.0.iter().map(|a| a.cue).filter(|c| c.is_kind()).collect();
        let kind = match kinds.as_slice() {
            [one] => SchoolKind::of(*one),
            [] => {
                let above: Vec<Cue> = self.context.cues.0.iter().map(|a| a.cue).filter(|c| c.is_kind()).collect();
                if let [one] = above.as_slice() { SchoolKind::of(*one) } else { None }
            }
            _ => None,
        };
        let range = matches!(year, FigureYear::Span(..));
        if range && !matches!(measure, Measure::Klachten | Measure::Bezwaren | Measure::Geschillen) {
            return None;
        }
        Figure::sound(n.span, measure, kind, year, n.value, percent)
    }

    /// A total takes the place of its parts; a part does not stand beside the whole.
    fn add(&self, n: &Num, figure: Figure, from: usize, figures: &mut Vec<Figure>) {
        let same = |f: &Figure| f.measure == figure.measure && f.year == figure.year && f.unit == figure.unit;
        let total = self.cues.0.iter().any(|a| a.cue == Cue::Totaal && a.span.end <= n.span.start && n.span.start - a.span.end <= 6);
        let from = from.min(figures.len());
        if total {
            let mut at = 0;
            figures.retain(|f| {
                at += 1;
                at <= from || !same(f) || f.value >= figure.value
            });
        } else if !figure.measure.is_share() && figures[from..].iter().any(|f| same(f) && f.value >= figure.value) {
            return;
        }
        figures.push(figure);
    }

    /// Start of the next number, end of the one before.
    fn bounds(&self, i: usize) -> (u32, u32) {
        let before = i.checked_sub(1).and_then(|p| self.numbers.get(p)).map_or(self.span.start, |n| n.span.end);
        let after = self.numbers.get(i + 1).map_or(self.span.end, |n| n.span.start);
        (before, after)
    }

    fn between(&self, from: u32, to: u32) -> &str {
        self.text.doc.text.get(from as usize..to as usize).unwrap_or("")
    }

    /// Whether a number so counted may be of a thing.
    fn fits(&self, n: &Num, cue: Cue) -> bool {
        if n.percent {
            return cue.is_kind() || cue.is_flow();
        }
        match n.counted {
            Counted::Pupils if cue == Cue::Tlv => self.between(self.span.start, n.span.start).trim_end().to_lowercase().ends_with("voor"),
            Counted::Pupils => cue.is_absence() || cue == Cue::Totaal || cue.is_flow() || cue.is_kind(),
            Counted::Schools => cue == Cue::Toezicht,
            Counted::Times => matches!(
                cue,
                Cue::Klacht | Cue::Klachtenregeling | Cue::Bezwaar | Cue::Bezwaarcommissie | Cue::Geschil | Cue::Geschillencommissie
            ),
            Counted::Bare => !matches!(cue, Cue::Klachtenregeling | Cue::Bezwaarcommissie | Cue::Geschillencommissie) || n.none,
            _ => false,
        }
    }

    /// What a number counts.
    fn thing(&self, i: usize, used: &mut [bool]) -> Option<Cue> {
        let n = self.numbers.get(i)?;
        let (left, right) = self.bounds(i);
        // "35 leerlingen, 17 absoluut": what follows without a pause qualifies.
        let qualifies = |c: Cue| matches!(c, Cue::Absoluut | Cue::Relatief | Cue::Totaal);
        let is_used = used.to_vec();
        let mut take = |k: usize| {
            used[k] = true;
            Some(self.things[k].cue)
        };
        let tight = self.things.iter().find(|a| a.span.start >= n.span.end && a.span.start < right);
        let paused = |a: &At| self.between(n.span.end, a.span.start).contains([',', ';', '(', ':']);
        let words = |a: &At| self.between(n.span.end, a.span.start).split_whitespace().count();
        let qualifier = tight.filter(|a| qualifies(a.cue) && !paused(a) && words(a) <= 4 && !n.percent && self.absence);
        match n.counted {
            Counted::Thing(Cue::Thuis) => {
                return Some(qualifier.map_or(Cue::Thuis, |a| if a.cue == Cue::Totaal { Cue::Thuis } else { a.cue }));
            }
            Counted::Thing(cue) if self.things.iter().any(|a| a.cue == cue) => return Some(cue),
            Counted::Thing(_) | Counted::Other | Counted::Part => return None,
            _ => {}
        }
        if let Some(a) = qualifier.filter(|a| self.fits(n, a.cue)) {
            return Some(a.cue);
        }
        let fits = |a: &At| self.fits(n, a.cue);
        let part = self.is_part(n, left);
        let between = |a: &At| a.span.start >= left && a.span.end <= n.span.start;
        let before = self.things.iter().rposition(|a| fits(a) && between(a)).filter(|&k| !is_used[k]);
        if let (Some(k), false) = (before, part) {
            return take(k);
        }
        let follows = |a: &At| a.span.start >= n.span.end && a.span.start < right && a.cue != Cue::Totaal;
        let after = self.things.iter().position(|a| fits(a) && follows(a));
        if let Some(k) = after.filter(|&k| self.reaches(n, &self.things[k], right, part)) {
            return take(k);
        }
        if part {
            return None;
        }
        let earlier = self.things.iter().rfind(|a| fits(a) && a.span.end <= n.span.start);
        if let Some(a) = earlier {
            // A later number of the same thing: of another year, or the end of a change.
            let gap = self.between(left, n.span.start);
            let fresh = self.years.iter().any(|y| y.span.start >= left && y.span.start < right);
            let linked = gap
                .split_whitespace()
                .last()
                .is_some_and(|w| matches!(w, "naar" | "tot" | "tegen" | "was" | "waren" | "er" | "op" | "en" | "nog"));
            return (fresh || linked || n.percent).then_some(a.cue);
        }
        if n.none && n.counted != Counted::Bare {
            return None;
        }
        let lent: Vec<Cue> = self.lent.0.iter().map(|a| a.cue).filter(|&c| self.fits(n, c)).collect();
        lent.last().copied()
    }

    /// Whether a number may be of a thing named after it.
    fn reaches(&self, n: &Num, thing: &At, right: u32, part: bool) -> bool {
        let gap = self.between(n.span.end, thing.span.start);
        // "11 (absoluut 3, relatief 8)": what stands after a pause and before the next number is that one's.
        let to_next = self.between(thing.whole.end.min(right), right);
        let next = right < self.span.end && gap.contains([',', '(', ':']) && !to_next.contains([',', ')', ';']) && to_next.len() < 12;
        let wider = thing.cue.is_kind()
            && !n.percent
            && ["basisscho", "basisonderwijs en", "regulier", "voortgezet onderwijs en"].iter().any(|w| gap.contains(w));
        let whole = part && !(thing.cue.is_absence() || thing.cue == Cue::Tlv);
        !(gap.contains(';') || next || wider || whole)
    }

    /// Of a kind of school, "voor negen kinderen" and "van de 402 leerlingen die" are some of its pupils, not all.
    fn is_some(&self, n: &Num, cue: Cue) -> bool {
        let before = self.between(self.span.start, n.span.start).to_lowercase();
        let words: Vec<&str> = before.split_whitespace().collect();
        cue.is_kind() && !n.percent && matches!(words.as_slice(), [.., "van", "de"] | [.., "voor" | "bij"])
    }

    /// "een termijn van vier weken, voor een bezwaar zes": the number is of weeks too.
    fn is_term(&self, n: &Num, cue: Cue) -> bool {
        // Not "een jaar later".
        let years = |unit| matches!(unit, TimeUnit::Year | TimeUnit::SchoolYear);
        let term = |q| matches!(q, Quantity::Term { unit, .. } if !years(unit));
        let terms = self.text.facts.numbers_in(self.span).iter().any(|f| term(f.quantity));
        terms && n.counted == Counted::Bare && !n.none && !cue.is_absence() && !cue.is_kind() && !cue.is_flow()
    }

    /// A part of what was counted before: "onder wie 18", "van de 16 verzuimers zijn er 12 geplaatst".
    fn is_part(&self, n: &Num, left: u32) -> bool {
        let deel = self.cues.0.iter().any(|a| a.cue == Cue::Deel && a.span.end <= n.span.start);
        let of_these = self.numbers.iter().take_while(|m| m.span.start < n.span.start).any(|m| {
            let before = self.between(self.span.start, m.span.start).to_lowercase();
            let words: Vec<&str> = before.split_whitespace().collect();
            matches!(words.as_slice(), [.., "van", "de" | "deze" | "die"])
        });
        let all = self.between(left, n.span.start).split_whitespace().last().is_some_and(|w| matches!(w, "alle" | "beide" | "elk"));
        deel || of_these || all
    }

    /// Figures of another body, goals, plans.
    fn is_of_another(&self, n: &Num) -> bool {
        let clause_end = {
            let rest = self.between(n.span.end, self.span.end);
            n.span.end + rest.find([',', ';']).unwrap_or(rest.len()) as u32
        };
        let after = |c: Cue| self.cues.0.iter().any(|a| a.cue == c && a.span.start >= n.span.end && a.span.end <= clause_end);
        let other = self.cues.latest_is(Cue::Ander, Cue::Eigen, n.span.start).unwrap_or_else(|| after(Cue::Ander) && !after(Cue::Eigen));
        let goal = self.cues.latest_is(Cue::Doel, Cue::Feit, n.span.start).unwrap_or_else(|| after(Cue::Doel) && !after(Cue::Feit));
        if other || goal || self.text.facts.is_of_another(n.span) {
            return true;
        }
        if self.cues.latest_is(Cue::Feit, Cue::Doel, n.span.start) == Some(true) {
            return false;
        }
        let said = self.text.language.status(self.text.doc, self.text.lexicon, self.index as u32, n.span);
        // "Eind 2013" is a plan for most acts; a count has a year.
        let by_year = said.trigger.is_some_and(|t| self.years.iter().any(|y| y.span.overlaps(t)));
        matches!(said.status, Status::Intended | Status::Conditional) && !by_year
    }

    /// The years of each number; more than one when it is told of each of them.
    fn assign_years(&self, picked: &[Option<Cue>]) -> Vec<Vec<FigureYear>> {
        let live: Vec<usize> = (0..self.numbers.len()).filter(|&i| picked[i].is_some()).collect();
        if let Some(zipped) = self.zipped(picked, &live) {
            return zipped;
        }
        let mut used = vec![false; self.years.len()];
        let mut out = vec![Vec::new(); self.numbers.len()];
        for (k, &i) in live.iter().enumerate() {
            let n = &self.numbers[i];
            let left = k.checked_sub(1).map_or(self.span.start, |p| self.numbers[live[p]].span.end);
            let right = live.get(k + 1).map_or(self.span.end, |&p| self.numbers[p].span.start);
            let next = self.years.iter().position(|y| y.span.start >= n.span.end && y.span.start < right);
            let gap = |y: usize| self.between(n.span.end, self.years[y].span.start);
            let bracket = next.filter(|&y| gap(y).contains('(') && !gap(y).contains(')'));
            let before: Vec<usize> = (0..self.years.len())
                .filter(|&y| !used[y] && self.years[y].span.start >= left && self.years[y].span.end <= n.span.start)
                .collect();
            let earlier = (0..self.years.len()).rev().find(|&y| self.years[y].span.end <= n.span.start);
            let chosen = if let Some(y) = bracket {
                vec![y]
            } else if before.len() > 1 && (n.none || self.cues.has(Cue::ElkJaar)) {
                before
            } else if let Some(&y) = before.last() {
                vec![y]
            } else if let Some(y) = next.filter(|&y| earlier.is_none() || !gap(y).contains([',', ';'])) {
                vec![y]
            } else {
                earlier.or_else(|| self.years.iter().position(|y| y.span.start >= n.span.end)).into_iter().collect()
            };
            for &y in &chosen {
                used[y] = true;
            }
            out[i] = chosen.iter().map(|&y| self.years[y].year).collect();
            // "in beide jaren" of a sentence before is more than the year at hand.
            if chosen.is_empty() && !self.cues.has(Cue::ElkJaar) {
                out[i].extend(self.at_hand);
            }
        }
        out
    }

    /// "in 2014, 2015 en 2016 respectievelijk 12, 9 en 7": as many years in a row as numbers of one thing.
    fn zipped(&self, picked: &[Option<Cue>], live: &[usize]) -> Option<Vec<Vec<FigureYear>>> {
        let (&first, &last) = (live.first()?, live.last()?);
        let same = live.iter().all(|&i| picked[i] == picked[first]);
        if live.len() < 2 || live.len() != self.years.len() || !same {
            return None;
        }
        let (low, high) = (self.numbers[first].span.start, self.numbers[last].span.end);
        let before = self.years.iter().all(|y| y.span.end <= low);
        let after = self.years.iter().all(|y| y.span.start >= high);
        if !before && !after {
            return None;
        }
        let mut out = vec![Vec::new(); self.numbers.len()];
        for (&i, y) in live.iter().zip(&self.years) {
            out[i].push(y.year);
        }
        Some(out)
    }
}
