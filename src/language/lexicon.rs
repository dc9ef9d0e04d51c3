//! The words: `checks/taal/*.toml` (but for the municipalities, which are facts) read and compiled into tables that `matching`
//! runs over a document.
//!
//! # Forms
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

use super::matching::{Form, Step, Table};
use super::status::{Below, Direction, Scope};
use super::{ConceptId, Role, Status, tokens};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use toml::Spanned;

/// What is wrong with a word file, and where. The message is Dutch, for the analyst who edits it.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{path}: {message}")]
pub struct LexiconError {
    /// The file, as given.
    pub path: String,
    /// Bytes in its source.
    pub span: Range<usize>,
    /// What is wrong and what to do.
    pub message: String,
}

/// What is wrong with one form of a list given to [`LexiconBuilder::add_forms`].
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{message}")]
pub struct FormError {
    /// Which form of the list.
    pub index: usize,
    /// What is wrong and what to do, in Dutch.
    pub message: String,
}

/// Classes of words that the sentence and status algorithms need; the words are listed in `zinsbouw.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum WordClass {
    /// Opens a clause wherever it stands (omdat, waarin).
    Subordinator,
    /// Opens a clause after a comma (die, wat).
    AfterComma,
    /// "dat": opens a clause unless a preposition stands before it.
    That,
    /// Opens a clause always (maar).
    Adversative,
    /// Opens a clause between two finite verbs (en, of).
    Coordinator,
    /// A finite verb.
    Finite,
    /// A finite auxiliary of the perfect or the past passive (heeft, is, werd).
    PastAuxiliary,
    /// The same, but also an infinitive (hebben, zijn).
    PluralAuxiliary,
    /// Modal and future verbs, after which "hebben" and "zijn" are infinitives.
    Modal,
    /// A verb in the past tense.
    Preterite,
    /// A past participle that its form does not show.
    Participle,
    /// Looks like a participle but reports no event (bevoegd, gepland).
    NotParticiple,
    /// Prepositions.
    Preposition,
    /// Opens a clause whose status hangs on the main clause (nadat, voordat).
    Dependent,
    /// Names of months and seasons.
    Month,
    /// Is followed by a letter that is no initial (cluster C).
    Lettered,
    /// May follow a separated particle ("in met", "vast en").
    AfterParticle,
}

/// A set of [`WordClass`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Classes(u32);

impl Classes {
    pub(super) fn has(self, class: WordClass) -> bool {
        self.0 & (1 << class as u32) != 0
    }
    fn add(&mut self, class: WordClass) {
        self.0 |= 1 << class as u32;
    }
}

/// A group of triggers: words that give what stands in their scope a status.
#[derive(Clone, Debug)]
pub struct TriggerGroup {
    /// Its name in the file ("bevoegdheid").
    pub name: String,
    /// The status it gives; `asserted` cancels weak and inherited triggers.
    pub status: Status,
    pub(super) direction: Direction,
    pub(super) scope: Scope,
    pub(super) below: Below,
    pub(super) weak: bool,
    pub(super) with_date: Option<Status>,
    pub(super) stop: Vec<String>,
    pub(super) unless: Vec<String>,
}

/// Where the forms of a role are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RolePlace {
    /// They make up a heading.
    Heading,
    /// They open a block.
    Start,
    /// Anywhere in a block.
    Anywhere,
    /// Sentences that speak in these terms (only under such a heading).
    Speaks,
    /// Sentences that speak of the writer's own doings.
    Own,
}

#[derive(Clone, Debug)]
pub(super) struct RoleRule {
    pub(super) role: Role,
    /// Sub-sections too.
    pub(super) inherit: bool,
    /// Only blocks that speak in its terms.
    pub(super) only_speaking: bool,
}

/// To what a form belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    Concept(u16),
    Trigger(u16),
    Role(u16, RolePlace),
}

#[derive(Clone, Debug)]
struct Concept {
    name: String,
    label: String,
    forms: Vec<String>,
}

/// The compiled words.
#[derive(Clone, Debug)]
pub struct Lexicon {
    concepts: Vec<Concept>,
    by_name: HashMap<String, u16>,
    pub(super) owners: Vec<Owner>,
    /// Per concept those that include it, directly or not.
    pub(super) includers: Vec<Vec<u16>>,
    pub(super) table: Table,
    pub(super) triggers: Vec<TriggerGroup>,
    pub(super) roles: Vec<RoleRule>,
    pub(super) classes: HashMap<String, Classes>,
    /// Without the last full stop; true when a sentence may end on it.
    pub(super) abbreviations: HashMap<String, bool>,
}

impl Lexicon {
    /// Reads and compiles word files, each as path and source.
    pub fn compile(files: &[(&str, &str)]) -> Result<Lexicon, LexiconError> {
        let mut builder = LexiconBuilder::default();
        for (path, source) in files {
            builder.add_file(path, source)?;
        }
        builder.finish()
    }

    /// The concept of a name.
    pub fn concept(&self, name: &str) -> Option<ConceptId> {
        self.by_name.get(name).map(|&i| ConceptId(i))
    }

    /// Its name in the files.
    pub fn name(&self, id: ConceptId) -> &str {
        &self.concepts[id.0 as usize].name
    }

    /// What it is called, for people.
    pub fn label(&self, id: ConceptId) -> &str {
        &self.concepts[id.0 as usize].label
    }

    /// Its forms as written.
    pub fn forms(&self, id: ConceptId) -> &[String] {
        &self.concepts[id.0 as usize].forms
    }

    /// All concepts, in order of definition.
    pub fn concepts(&self) -> impl Iterator<Item = ConceptId> + '_ {
        (0..self.concepts.len()).map(|i| ConceptId(i as u16))
    }

    /// The trigger group behind an [`super::Assertion`].
    pub fn trigger_group(&self, group: u16) -> &TriggerGroup {
        &self.triggers[group as usize]
    }

    /// How many trigger groups there are.
    pub fn trigger_groups(&self) -> usize {
        self.triggers.len()
    }

    /// How many forms were compiled, variants included.
    pub fn size(&self) -> usize {
        self.table.forms.len()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    concept: BTreeMap<Spanned<String>, RawConcept>,
    #[serde(default)]
    trigger: BTreeMap<Spanned<String>, RawTrigger>,
    #[serde(default)]
    role: BTreeMap<Spanned<String>, RawRole>,
    #[serde(default)]
    abbreviation: RawAbbreviations,
    #[serde(default)]
    words: BTreeMap<WordClass, Vec<Spanned<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConcept {
    label: String,
    forms: Vec<Spanned<String>>,
    #[serde(default)]
    includes: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTrigger {
    status: Status,
    #[serde(default)]
    direction: Direction,
    #[serde(default)]
    scope: Scope,
    #[serde(default)]
    below: Below,
    #[serde(default)]
    weak: bool,
    with_date: Option<Status>,
    #[serde(default)]
    stop: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    forms: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRole {
    role: Role,
    #[serde(default)]
    inherit: bool,
    #[serde(default)]
    headings: Vec<Spanned<String>>,
    #[serde(default)]
    starts: Vec<Spanned<String>>,
    #[serde(default)]
    anywhere: Vec<Spanned<String>>,
    #[serde(default)]
    speaks: Vec<Spanned<String>>,
    #[serde(default)]
    own: Vec<Spanned<String>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAbbreviations {
    /// Never end a sentence.
    #[serde(default)]
    inner: Vec<Spanned<String>>,
    /// End a sentence when a capital follows.
    #[serde(default)]
    either: Vec<Spanned<String>>,
}

/// Gathers word files and lists of forms into a [`Lexicon`].
#[derive(Default)]
pub struct LexiconBuilder {
    concepts: Vec<Concept>,
    by_name: HashMap<String, u16>,
    owners: Vec<Owner>,
    entry_of: HashMap<u16, u16>,
    table: TableBuilder,
    triggers: Vec<TriggerGroup>,
    roles: Vec<RoleRule>,
    classes: HashMap<String, Classes>,
    abbreviations: HashMap<String, bool>,
    /// Concept, the name it includes, and where that was said.
    includes: Vec<(u16, String, Place)>,
}

#[derive(Clone)]
struct Place {
    path: String,
    span: Range<usize>,
}

impl Place {
    fn error(&self, message: String) -> LexiconError {
        LexiconError { path: self.path.clone(), span: self.span.clone(), message }
    }
}

impl LexiconBuilder {
    /// Adds a word file.
    pub fn add_file(&mut self, path: &str, source: &str) -> Result<(), LexiconError> {
        let raw: RawFile = toml::from_str(source).map_err(|e| LexiconError {
            path: path.into(),
            span: e.span().unwrap_or(0..0),
            message: dutch(e.message()),
        })?;
        let place = |span: Range<usize>| Place { path: path.into(), span };
        for (name, c) in raw.concept {
            let (span, name) = (name.span(), name.into_inner());
            let id = self
                .new_concept(&name, c.label, c.forms.iter().map(|f| f.get_ref().clone()).collect())
                .map_err(|m| place(span).error(m))?;
            for form in &c.forms {
                self.concept_form(id, form.get_ref(), || place(form.span())).map_err(|m| place(form.span()).error(m))?;
            }
            for include in c.includes {
                let span = include.span();
                self.includes.push((id, include.into_inner(), place(span)));
            }
        }
        for (name, t) in raw.trigger {
            let id = self.triggers.len() as u16;
            self.triggers.push(TriggerGroup {
                name: name.into_inner(),
                status: t.status,
                direction: t.direction,
                scope: t.scope,
                below: t.below,
                weak: t.weak,
                with_date: t.with_date,
                stop: t.stop,
                unless: t.unless,
            });
            self.add_owned(Owner::Trigger(id), &t.forms, path)?;
        }
        for r in raw.role.into_values() {
            let id = self.roles.len() as u16;
            self.roles.push(RoleRule { role: r.role, inherit: r.inherit, only_speaking: !r.speaks.is_empty() });
            for (at, forms) in [
                (RolePlace::Heading, &r.headings),
                (RolePlace::Start, &r.starts),
                (RolePlace::Anywhere, &r.anywhere),
                (RolePlace::Speaks, &r.speaks),
                (RolePlace::Own, &r.own),
            ] {
                if !forms.is_empty() {
                    self.add_owned(Owner::Role(id, at), forms, path)?;
                }
            }
        }
        for (list, may_end) in [(raw.abbreviation.inner, false), (raw.abbreviation.either, true)] {
            for a in list {
                let norm = tokens::fold(a.get_ref().trim_end_matches('.'));
                self.abbreviations.insert(norm, may_end);
            }
        }
        for (class, words) in raw.words {
            for w in words {
                let norms = tokens::norms(w.get_ref());
                let [(norm, _)] = norms.as_slice() else {
                    return Err(place(w.span()).error(format!("\"{}\" is niet één woord; hier horen losse woorden", w.get_ref())));
                };
                self.classes.entry(norm.clone()).or_default().add(class);
            }
        }
        Ok(())
    }

    /// Adds a list of forms as a concept of its own. `name` must be new; concepts of files that the forms refer to must have been added.
    pub fn add_forms(&mut self, name: &str, forms: &[String]) -> Result<ConceptId, FormError> {
        let at = |index: usize| move |message: String| FormError { index, message };
        let id = self.new_concept(name, name.to_owned(), forms.to_vec()).map_err(at(0))?;
        for (index, form) in forms.iter().enumerate() {
            if let Some(other) = form.strip_prefix('@')
                && !self.by_name.contains_key(other)
            {
                return Err(at(index)(unknown_concept(other, &self.by_name)));
            }
            let place = || Place { path: name.to_owned(), span: 0..0 };
            self.concept_form(id, form, place).map_err(at(index))?;
        }
        Ok(ConceptId(id))
    }

    /// The concept of a name, if it was added.
    pub fn concept(&self, name: &str) -> Option<ConceptId> {
        self.by_name.get(name).map(|&i| ConceptId(i))
    }

    /// Compiles all that was added.
    pub fn finish(self) -> Result<Lexicon, LexiconError> {
        let mut direct: Vec<Vec<u16>> = vec![Vec::new(); self.concepts.len()];
        for (concept, included, place) in &self.includes {
            let Some(&id) = self.by_name.get(included) else {
                return Err(place.error(unknown_concept(included, &self.by_name)));
            };
            direct[id as usize].push(*concept);
        }
        let includers = (0..direct.len()).map(|i| closure(&direct, i as u16)).collect();
        Ok(Lexicon {
            concepts: self.concepts,
            by_name: self.by_name,
            owners: self.owners,
            includers,
            table: self.table.finish(),
            triggers: self.triggers,
            roles: self.roles,
            classes: self.classes,
            abbreviations: self.abbreviations,
        })
    }

    fn new_concept(&mut self, name: &str, label: String, forms: Vec<String>) -> Result<u16, String> {
        if self.by_name.contains_key(name) {
            return Err(format!("het begrip \"{name}\" bestaat al; voeg de vormen daar toe of kies een andere naam"));
        }
        let id = u16::try_from(self.concepts.len()).map_err(|_| "er zijn te veel begrippen (meer dan 65.535)".to_owned())?;
        self.by_name.insert(name.to_owned(), id);
        self.concepts.push(Concept { name: name.to_owned(), label, forms });
        let entry = self.new_owner(Owner::Concept(id));
        self.entry_of.insert(id, entry);
        Ok(id)
    }

    fn new_owner(&mut self, owner: Owner) -> u16 {
        self.owners.push(owner);
        (self.owners.len() - 1) as u16
    }

    fn concept_form(&mut self, concept: u16, form: &str, place: impl Fn() -> Place) -> Result<(), String> {
        if let Some(other) = form.strip_prefix('@') {
            self.includes.push((concept, other.to_owned(), place()));
            return Ok(());
        }
        let entry = self.entry_of[&concept];
        self.table.add(entry, form, true)
    }

    fn add_owned(&mut self, owner: Owner, forms: &[Spanned<String>], path: &str) -> Result<(), LexiconError> {
        let entry = self.new_owner(owner);
        for form in forms {
            self.table.add(entry, form.get_ref(), false).map_err(|message| LexiconError {
                path: path.into(),
                span: form.span(),
                message,
            })?;
        }
        Ok(())
    }
}

fn unknown_concept(name: &str, known: &HashMap<String, u16>) -> String {
    let near = known.keys().map(|k| (strsim::jaro_winkler(name, k), k)).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)));
    match near.filter(|(score, _)| *score > 0.8) {
        Some((_, k)) => format!("er is geen begrip \"{name}\"; bedoelt u \"{k}\"?"),
        None => format!("er is geen begrip \"{name}\""),
    }
}

fn closure(direct: &[Vec<u16>], from: u16) -> Vec<u16> {
    let mut all: Vec<u16> = Vec::new();
    let mut todo = direct[from as usize].clone();
    while let Some(id) = todo.pop() {
        if id != from && !all.contains(&id) {
            all.push(id);
            todo.extend(&direct[id as usize]);
        }
    }
    all.sort_unstable();
    all
}

/// The messages of the TOML reader that an analyst is likely to meet, in Dutch.
fn dutch(message: &str) -> String {
    if let Some(rest) = message.strip_prefix("unknown field ") {
        let (field, expected) = rest.split_once(", expected ").unwrap_or((rest, ""));
        let expected = expected.trim_start_matches("one of ").replace(" or ", ", ");
        return format!("onbekende sleutel {field}; hier mag staan: {expected}");
    }
    if let Some(rest) = message.strip_prefix("unknown variant ") {
        let (value, expected) = rest.split_once(", expected ").unwrap_or((rest, ""));
        let expected = expected.trim_start_matches("one of ").replace(" or ", ", ");
        return format!("onbekende waarde {value}; hier mag staan: {expected}");
    }
    if let Some(field) = message.strip_prefix("missing field ") {
        return format!("de sleutel {field} ontbreekt");
    }
    if let Some(rest) = message.strip_prefix("duplicate key") {
        return format!("deze sleutel staat er al{rest}");
    }
    format!("dit is geen geldige TOML: {}", message.trim())
}

/// How a token is recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum PatternKind {
    Exact,
    /// Exact on the surface, found by its norm.
    Case,
    Prefix,
    Suffix,
    Infix,
    Number,
}

#[derive(Default)]
struct TableBuilder {
    patterns: Vec<(PatternKind, String)>,
    /// Per text and kind.
    pattern_ids: HashMap<String, [Option<u32>; 6]>,
    slots: Vec<Vec<u32>>,
    /// Per pattern the slot that holds it alone.
    single: Vec<Option<u32>>,
    slot_ids: HashMap<Vec<u32>, u32>,
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
    fn add(&mut self, owner: u16, form: &str, joined: bool) -> Result<(), String> {
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

    fn finish(self) -> Table {
        Table::build(self.patterns, &self.slots, self.steps, self.forms)
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
        if tokens::norms(surface).len() != parts.len() {
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
    let norms = if simple { vec![(inner.to_owned(), false)] } else { tokens::norms(inner) };
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
