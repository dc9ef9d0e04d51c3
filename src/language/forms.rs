//! Forms: what one looks for in a text, as it is written in the rule files.
//!
//! A form is what one looks for: tokens separated by spaces, matched on their normal form (lower case, diacritics folded).
//!
//! ```text
//! ondersteuningsplanraad          also "ondersteunings-planraad", "OndersteuningsPlanRaad", "ondersteunings-plan-raad"
//! op overeenstemming gericht overleg    also "op-overeenstemming-gericht-overleg", and written as one word
//! a/b/c                           alternatives for one token; \/ is a slash itself
//! instem*  *stemming  *stem*      begin, end or inside of a word (three letters at least)
//! =MR                             exactly these capitals
//! #                               any number
//! woord?  de/het?                 may be absent
//! stemde ... in$                  up to twelve tokens between, never over ; : | or a sentence's end; ...20 widens it
//! in$                             a verb's particle: something must end here (a mark, the sentence) or one of the words that may follow one
//! ^als                            first word of its sentence
//! !plan van aanpak                exception: cancels the matches of this list that it overlaps
//! @opr                            all that the concept opr matches
//! …                               a row of dots itself
//! ```

use super::scan;
use super::table::{Form, PatternKind, Step, Table};
use rustc_hash::FxHashMap;

/// Gathers forms into a [`Table`].
#[derive(Default)]
pub(super) struct TableBuilder {
    patterns: Vec<(PatternKind, String)>,
    /// Per text and kind.
    pattern_ids: FxHashMap<String, [Option<u32>; 6]>,
    slots: Vec<Vec<u32>>,
    /// Per pattern the slot that holds it alone.
    single: Vec<Option<u32>>,
    slot_ids: FxHashMap<Vec<u32>, u32>,
    steps: Vec<Step>,
    forms: Vec<Form>,
}

/// One step of a form as written: alternatives, each of one or more tokens.
enum RawStep {
    Gap(u8),
    /// Alternatives of one token each, already interned.
    Slot(Step),
    Token {
        alternatives: Vec<Vec<(PatternKind, String)>>,
        optional: bool,
        particle: bool,
    },
}

const MAX_STEPS: usize = 24;
const MAX_VARIANTS: usize = 64;
const GAP: u8 = 12;

impl TableBuilder {
    /// Adds a form of an owner; `joined`: also written as one word.
    pub(super) fn add(&mut self, owner: u16, form: &str, joined: bool) -> Result<(), String> {
        let (except, body) = match form.strip_prefix('!') {
            Some(rest) => (true, rest),
            None => (false, form),
        };
        let (initial, body) = match body.strip_prefix('^') {
            Some(rest) => (true, rest),
            None => (false, body),
        };
        let mut raw = Vec::new();
        for word in body.split_whitespace() {
            raw.push(match self.plain_step(word) {
                Some(step) => RawStep::Slot(step),
                None => parse_step(word)?,
            });
        }
        match (raw.first(), raw.last()) {
            (None, _) => return Err("lege vorm; schrijf een of meer woorden".into()),
            (Some(RawStep::Gap(_)), _) | (_, Some(RawStep::Gap(_))) => {
                return Err("een vorm begint of eindigt niet met \"...\"; laat de puntjes weg".into());
            }
            _ => {}
        }
        let is_optional =
            |s: &RawStep| matches!(s, RawStep::Token { optional: true, .. } | RawStep::Slot(Step::Token { optional: true, .. }));
        if raw.iter().all(|s| matches!(s, RawStep::Gap(_)) || is_optional(s)) {
            return Err("een vorm moet ten minste één woord zonder \"?\" hebben".into());
        }
        let optional_start = raw.first().is_some_and(is_optional);
        let variants = self.expand(&raw)?;
        for steps in variants {
            if joined && !except {
                self.add_joined(owner, &steps, initial);
            }
            if optional_start {
                let skip = steps.iter().position(|s| !matches!(s, Step::Token { optional: true, .. })).unwrap_or(0);
                for from in 1..=skip {
                    self.push_form(owner, except, initial, &steps[from..]);
                }
            }
            self.push_form(owner, except, initial, &steps);
        }
        Ok(())
    }

    /// The common case without detours: small letters, `a/b`, `*` at an end, `?` and `$`.
    fn plain_step(&mut self, word: &str) -> Option<Step> {
        let plain = |b: u8| b.is_ascii_lowercase() || matches!(b, b'/' | b'*' | b'?' | b'$');
        if !word.bytes().all(plain) {
            return None;
        }
        let (word, optional) = word.strip_suffix('?').map_or((word, false), |w| (w, true));
        let (word, particle) = word.strip_suffix('$').map_or((word, false), |w| (w, true));
        let mut patterns = Vec::with_capacity(1);
        for alternative in word.split('/') {
            let (lead, inner) = alternative.strip_prefix('*').map_or((false, alternative), |w| (true, w));
            let (trail, inner) = inner.strip_suffix('*').map_or((false, inner), |w| (true, w));
            let starred = lead || trail;
            if inner.is_empty() || (starred && inner.len() < 3) || !inner.bytes().all(|b| b.is_ascii_lowercase()) {
                return None;
            }
            let kind = match (lead, trail) {
                (true, true) => PatternKind::Infix,
                (true, false) => PatternKind::Suffix,
                (false, true) => PatternKind::Prefix,
                (false, false) => PatternKind::Exact,
            };
            patterns.push(self.pattern(kind, inner));
        }
        Some(Step::Token { slot: self.slot(patterns), optional, particle })
    }

    /// Sequences of steps, one per choice among alternatives of several tokens; alternatives of one token share a slot.
    fn expand(&mut self, raw: &[RawStep]) -> Result<Vec<Vec<Step>>, String> {
        let mut variants: Vec<Vec<Step>> = vec![Vec::with_capacity(raw.len())];
        let simple = |s: &RawStep| match s {
            RawStep::Gap(max) => Some(Step::Gap(*max)),
            RawStep::Slot(step) => Some(*step),
            RawStep::Token { .. } => None,
        };
        for step in raw {
            if let Some(step) = simple(step) {
                variants.iter_mut().for_each(|v| v.push(step));
                continue;
            }
            let mut branches: Vec<Vec<Step>> = Vec::new();
            match step {
                RawStep::Gap(_) | RawStep::Slot(_) => {}
                RawStep::Token { alternatives, optional, particle } => {
                    let (optional, particle) = (*optional, *particle);
                    let mut single = Vec::new();
                    for alternative in alternatives {
                        match alternative.as_slice() {
                            [one] => single.push(self.pattern(one.0, &one.1)),
                            many => {
                                let mut branch = Vec::new();
                                for (i, p) in many.iter().enumerate() {
                                    let id = self.pattern(p.0, &p.1);
                                    let slot = self.slot(vec![id]);
                                    let last = i + 1 == many.len();
                                    branch.push(Step::Token { slot, optional: optional && many.len() == 1, particle: particle && last });
                                }
                                branches.push(branch);
                            }
                        }
                    }
                    if optional && !branches.is_empty() {
                        branches.push(Vec::new());
                    }
                    if !single.is_empty() {
                        let slot = self.slot(single);
                        branches.push(vec![Step::Token { slot, optional, particle }]);
                    }
                }
            }
            if variants.len() * branches.len() > MAX_VARIANTS {
                return Err("deze vorm heeft te veel varianten; verdeel haar over meer vormen".into());
            }
            variants = match branches.as_slice() {
                [one] => {
                    variants.iter_mut().for_each(|v| v.extend_from_slice(one));
                    variants
                }
                _ => variants.iter().flat_map(|v| branches.iter().map(move |b| [v.as_slice(), b.as_slice()].concat())).collect(),
            };
        }
        if variants.iter().any(|v| v.len() > MAX_STEPS) {
            return Err(format!("deze vorm is te lang (meer dan {MAX_STEPS} woorden)"));
        }
        Ok(variants)
    }

    /// "algemene ledenvergadering" also as one word, as broken extraction may give it.
    fn add_joined(&mut self, owner: u16, steps: &[Step], initial: bool) {
        if !(2..=5).contains(&steps.len()) {
            return;
        }
        let mut word = String::new();
        for step in steps {
            let Step::Token { slot, optional: false, particle: false } = *step else { return };
            let [pattern] = self.slots[slot as usize].as_slice() else { return };
            let (PatternKind::Exact, text) = &self.patterns[*pattern as usize] else { return };
            word.push_str(text);
        }
        if word.len() >= 10 && word.bytes().all(|b| b.is_ascii_alphabetic()) {
            let id = self.pattern(PatternKind::Exact, &word);
            let slot = self.slot(vec![id]);
            self.push_form(owner, false, initial, &[Step::Token { slot, optional: false, particle: false }]);
        }
    }

    fn push_form(&mut self, owner: u16, except: bool, initial: bool, steps: &[Step]) {
        let from = self.steps.len() as u32;
        self.steps.extend_from_slice(steps);
        self.forms.push(Form { owner, except, initial, steps: from..self.steps.len() as u32 });
    }

    fn pattern(&mut self, kind: PatternKind, text: &str) -> u32 {
        if let Some(Some(id)) = self.pattern_ids.get(text).map(|ids| ids[kind as usize]) {
            return id;
        }
        let id = self.patterns.len() as u32;
        self.patterns.push((kind, text.to_owned()));
        self.single.push(None);
        self.pattern_ids.entry(text.to_owned()).or_default()[kind as usize] = Some(id);
        id
    }

    fn slot(&mut self, mut patterns: Vec<u32>) -> u32 {
        if let [one] = patterns.as_slice() {
            let next = self.slots.len() as u32;
            let id = *self.single[*one as usize].get_or_insert(next);
            if id == next {
                self.slots.push(patterns);
            }
            return id;
        }
        patterns.sort_unstable();
        patterns.dedup();
        if let Some(&id) = self.slot_ids.get(&patterns) {
            return id;
        }
        let id = self.slots.len() as u32;
        self.slots.push(patterns.clone());
        self.slot_ids.insert(patterns, id);
        id
    }

    pub(super) fn finish(self) -> Table {
        Table::build(&self.patterns, &self.slots, self.steps, self.forms)
    }
}

fn parse_step(word: &str) -> Result<RawStep, String> {
    if let Some(width) = word.strip_prefix("...") {
        let max = match width {
            "" => GAP,
            n => n.parse().ok().filter(|n| (1..=60).contains(n)).ok_or("na \"...\" hoort niets of een getal van 1 tot 60")?,
        };
        return Ok(RawStep::Gap(max));
    }
    let (word, optional) = match word.strip_suffix('?').filter(|w| !w.is_empty()) {
        Some(w) => (w, true),
        None => (word, false),
    };
    let (word, particle) = match word.strip_suffix('$').filter(|w| !w.is_empty()) {
        Some(w) => (w, true),
        None => (word, false),
    };
    let mut alternatives = Vec::new();
    for alternative in split_alternatives(word) {
        alternatives.push(parse_alternative(&alternative)?);
    }
    Ok(RawStep::Token { alternatives, optional, particle })
}

fn split_alternatives(word: &str) -> Vec<String> {
    if word == "/" {
        return vec!["/".into()];
    }
    let mut parts = vec![String::new()];
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek() == Some(&'/') => {
                chars.next();
                parts.iter_mut().last().expect("never empty").push('/');
            }
            '/' => parts.push(String::new()),
            _ => parts.iter_mut().last().expect("never empty").push(c),
        }
    }
    parts
}

fn parse_alternative(text: &str) -> Result<Vec<(PatternKind, String)>, String> {
    if text == "#" {
        return Ok(vec![(PatternKind::Number, String::new())]);
    }
    if let Some(surface) = text.strip_prefix('=').filter(|s| !s.is_empty()) {
        let parts: Vec<&str> = surface.split('-').filter(|p| !p.is_empty()).collect();
        if scan::norms(surface).len() != parts.len() {
            return Err(format!("\"={surface}\": na \"=\" hoort één woord van alleen letters"));
        }
        return Ok(parts.into_iter().map(|p| (PatternKind::Case, p.to_owned())).collect());
    }
    let (lead, inner) = match text.strip_prefix('*') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (trail, inner) = match inner.strip_suffix('*') {
        Some(rest) => (true, rest),
        None => (false, inner),
    };
    if inner.contains('*') {
        return Err(format!("\"{text}\": een * staat alleen aan het begin of het eind van een woord"));
    }
    let simple = !inner.is_empty() && inner.bytes().all(|b| b.is_ascii_lowercase());
    let norms = if simple { vec![(inner.to_owned(), false)] } else { scan::norms(inner) };
    if norms.is_empty() {
        return Err(format!("\"{text}\": hier ontbreekt een woord"));
    }
    if (lead || trail) && inner.chars().count() < 3 {
        return Err(format!("\"{text}\": schrijf ten minste drie letters bij een *"));
    }
    let last = norms.len() - 1;
    Ok(norms
        .into_iter()
        .enumerate()
        .map(|(i, (norm, _))| {
            let kind = match (lead && i == 0, trail && i == last) {
                _ if norm.len() < 3 => PatternKind::Exact,
                (true, true) => PatternKind::Infix,
                (true, false) => PatternKind::Suffix,
                (false, true) => PatternKind::Prefix,
                (false, false) => PatternKind::Exact,
            };
            (kind, norm)
        })
        .collect())
}
