//! From word files to a [`Lexicon`]. The build script uses this file too, so that the program starts with its words compiled; for
//! `--checks` they are compiled when loading.

use super::forms::TableBuilder;
use super::lexicon::{
    Below, Classes, Concept, Direction, Lexicon, Owner, Role, RolePlace, RoleRule, Scope, Status, TriggerGroup, WordClass,
};
use super::{ConceptId, scan};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;
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

impl Lexicon {
    /// Reads and compiles word files, each as path and source.
    pub fn compile(files: &[(&str, &str)]) -> Result<Lexicon, LexiconError> {
        let mut builder = LexiconBuilder::default();
        for (path, source) in files {
            builder.add_file(path, source)?;
        }
        builder.finish()
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
    by_name: FxHashMap<String, u16>,
    owners: Vec<Owner>,
    entry_of: FxHashMap<u16, u16>,
    table: TableBuilder,
    triggers: Vec<TriggerGroup>,
    roles: Vec<RoleRule>,
    classes: FxHashMap<String, Classes>,
    abbreviations: FxHashMap<String, bool>,
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
                .new_concept(&name, c.label, &c.forms.iter().map(|f| f.get_ref().clone()).collect::<Vec<_>>())
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
                let norm = scan::fold(a.get_ref().trim_end_matches('.'));
                self.abbreviations.insert(norm, may_end);
            }
        }
        for (class, words) in raw.words {
            for w in words {
                let norms = scan::norms(w.get_ref());
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
        let id = self.new_concept(name, name.to_owned(), forms).map_err(at(0))?;
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

    fn new_concept(&mut self, name: &str, label: String, forms: &[String]) -> Result<u16, String> {
        if self.by_name.contains_key(name) {
            return Err(format!("het begrip \"{name}\" bestaat al; voeg de vormen daar toe of kies een andere naam"));
        }
        let id = u16::try_from(self.concepts.len()).map_err(|_| "er zijn te veel begrippen (meer dan 65.535)".to_owned())?;
        self.by_name.insert(name.to_owned(), id);
        self.concepts.push(Concept { name: name.to_owned(), label, forms: forms.join("\n") });
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

fn unknown_concept(name: &str, known: &FxHashMap<String, u16>) -> String {
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
