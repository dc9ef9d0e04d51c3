//! From rule files to [`Rules`]: names resolved, words registered with the lexicon, dates parsed; all errors gathered with their place.
//! The build script compiles the program's own; those of a folder are compiled when they are loaded.

use super::files::{CheckError, Files, RuleFile};
use super::model::{AspectFile, ElementFile, ExamplesFile, FrameworkFile, NormFile, PatternFile, PatternVerdict};
use super::rules::{Aspect, ConceptSet, Element, FactName, Framework, Norm, Participants, Pattern, Rules, Slot, Test, Without};
use crate::facts::Gazetteer;
use crate::language::{LexiconBuilder, WordFields};
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use std::ops::Range;
use toml::Spanned;

/// Words of one meaning.
const FIELDS: &str = "taal/woordvelden.toml";

/// The weights that `examples/learn.rs` writes.
pub const WEIGHTS: &str = "taal/gewichten.tsv";

/// Where the examples of an element begin; they stand last.
const EXAMPLES: &str = "\n[[example]]";

/// Gathers errors so that an author sees them all at once.
struct Compiler {
    errors: Vec<CheckError>,
    lexicon: LexiconBuilder,
    words: usize,
    /// Names of the concepts in `taal/`, for "bedoelt u".
    concepts: Vec<String>,
}

/// Compiles the rules in files; their weights are read apart.
pub fn compile(files: &Files) -> Result<Rules, Vec<CheckError>> {
    let mut c = Compiler { errors: Vec::new(), lexicon: LexiconBuilder::default(), words: 0, concepts: Vec::new() };
    let mut gazetteer = None;
    let mut fields = WordFields::default();
    for f in files.0.iter().filter(|f| f.path.starts_with("taal/") && f.path != WEIGHTS) {
        if f.path == "taal/gemeenten.toml" {
            match Gazetteer::load(&f.source) {
                Ok(g) => gazetteer = Some(g),
                Err(e) => c.error(f, None, e.to_string(), None),
            }
        } else if f.path == FIELDS {
            match WordFields::parse(&f.source) {
                Ok(w) => fields = w,
                Err(e) => c.error(f, None, e, None),
            }
        } else {
            c.concepts.extend(f.source.lines().filter_map(|l| Some(l.trim().strip_prefix("[concept.")?.strip_suffix(']')?.to_string())));
            if let Err(e) = c.lexicon.add_file(&f.path, &f.source) {
                c.error(f, Some(e.span), e.message, None);
            }
        }
    }
    // Rules over words that did not load would only repeat the error.
    if !c.errors.is_empty() {
        return Err(c.errors);
    }
    let mut frameworks = Vec::new();
    for f in files.0.iter().filter(|f| f.path.ends_with("/framework.toml")) {
        if let Some(fw) = c.framework(f, files) {
            frameworks.push(fw);
        }
    }
    let Compiler { mut errors, lexicon, .. } = c;
    let lexicon = match lexicon.finish() {
        Ok(l) => l,
        Err(e) => {
            let source_text = files.0.iter().find(|f| f.path == e.path).map(|f| f.source.clone()).unwrap_or_default();
            errors.push(CheckError { path: e.path, source_text, span: Some(e.span), message: e.message, hint: None });
            return Err(errors);
        }
    };
    if gazetteer.is_none() && errors.is_empty() {
        errors.push(CheckError {
            path: "taal/gemeenten.toml".into(),
            source_text: String::new(),
            span: None,
            message: "de lijst van gemeenten ontbreekt".into(),
            hint: None,
        });
    }
    match gazetteer {
        Some(gazetteer) if errors.is_empty() => Ok(Rules { lexicon, gazetteer, fields, frameworks }),
        _ => Err(errors),
    }
}

impl Compiler {
    fn error(&mut self, f: &RuleFile, span: Option<Range<usize>>, message: impl Into<String>, hint: Option<String>) {
        self.errors.push(CheckError { path: f.path.clone(), source_text: f.source.clone(), span, message: message.into(), hint });
    }

    /// Reads a part of a file.
    fn parse<T: DeserializeOwned>(&mut self, f: &RuleFile, part: Range<usize>) -> Option<T> {
        match toml::from_str(&f.source[part.clone()]) {
            Ok(v) => Some(v),
            Err(e) => {
                let (message, hint) = crate::dossier::dutch_toml(&e, &f.source[part.clone()]);
                self.error(f, e.span().map(|s| s.start + part.start..s.end + part.start), message, Some(hint));
                None
            }
        }
    }

    fn framework(&mut self, f: &RuleFile, files: &Files) -> Option<Framework> {
        let file: FrameworkFile = self.parse(f, 0..f.source.len())?;
        let id = f.path.trim_end_matches("/framework.toml").to_string();
        let mut norms = Vec::new();
        for folder in &file.norms {
            let prefix = format!("{id}/{}/", folder.as_ref());
            let path = format!("{prefix}norm.toml");
            let Some(norm) = files.0.iter().find(|n| n.path == path) else {
                self.error(f, Some(folder.span()), format!("er is geen bestand {path}"), None);
                continue;
            };
            norms.extend(self.norm(norm, &prefix, files));
        }
        let digest = super::digest::digest(&id, files.iter());
        let aspects = if self.errors.is_empty() { self.aspects(f, file.aspect, &norms) } else { Vec::new() };
        let fw = Framework { id, title: file.title, source: file.source, digest, norms, aspects };
        // An element that did not load is told itself, not once more by those that refer to it.
        if self.errors.is_empty() {
            self.references(f, &fw);
        }
        Some(fw)
    }

    /// Norms of aspects must exist, and stand in one aspect only.
    fn aspects(&mut self, f: &RuleFile, files: Vec<AspectFile>, norms: &[Norm]) -> Vec<Aspect> {
        let mut taken: Vec<String> = Vec::new();
        let mut aspects = Vec::new();
        for file in files {
            for norm in &file.norms {
                let id = norm.as_ref();
                if !norms.iter().any(|n| n.id == *id) {
                    let hint = nearest(id, &norms.iter().map(|n| n.id.clone()).collect::<Vec<_>>()).map(|n| format!("bedoelt u \"{n}\"?"));
                    self.error(f, Some(norm.span()), format!("het aspect \"{}\" noemt norm {id}, maar die bestaat niet", file.title), hint);
                } else if taken.contains(id) {
                    let hint = Some("laat haar bij één aspect staan".to_string());
                    self.error(f, Some(norm.span()), format!("norm {id} staat bij twee aspecten"), hint);
                }
                taken.push(id.clone());
            }
            aspects.push(Aspect { title: file.title, norms: file.norms.into_iter().map(Spanned::into_inner).collect() });
        }
        aspects
    }

    /// Elements that other elements refer to must exist.
    fn references(&mut self, f: &RuleFile, fw: &Framework) {
        let ids: Vec<&str> = fw.norms.iter().flat_map(|n| &n.elements).map(|e| e.id.as_str()).collect();
        for e in fw.norms.iter().flat_map(|n| &n.elements) {
            let refers: Vec<&String> = match &e.test {
                Test::Order { first, then } => vec![first, then],
                Test::Deadline { of: Some(of), .. } | Test::Participants(Participants { of, .. }) | Test::Weighed { same_as: Some(of) } => {
                    vec![of]
                }
                _ => vec![],
            };
            for r in refers {
                if !ids.contains(&r.as_str()) {
                    self.error(f, None, format!("{} verwijst naar {r}, maar dat element bestaat niet", e.path), None);
                }
            }
        }
    }

    fn norm(&mut self, f: &RuleFile, prefix: &str, files: &Files) -> Option<Norm> {
        let file: NormFile = self.parse(f, 0..f.source.len())?;
        let mut elements = Vec::new();
        for e in files.0.iter().filter(|e| e.path.starts_with(prefix) && !e.path.ends_with("/norm.toml")) {
            let name = &e.path[prefix.len()..];
            match name.split_once('-') {
                Some((letter, _)) if letter.len() == 1 && letter.as_bytes()[0].is_ascii_lowercase() => {
                    let id = format!("{}.{letter}", file.id);
                    elements.extend(self.element(e, id));
                }
                _ => self.error(e, None, "de naam van een elementbestand is letter-naam.toml, bijvoorbeeld b-instemming.toml", None),
            }
        }
        if elements.is_empty() && self.errors.is_empty() {
            self.error(f, None, "deze norm heeft geen elementen", None);
        }
        let NormFile { id, title, clause, asks, statutory } = file;
        Some(Norm { id, title, clause, asks: asks.trim().into(), statutory, elements })
    }

    fn element(&mut self, f: &RuleFile, id: String) -> Option<Element> {
        let (rule, examples) = parts(&f.source);
        let file: ElementFile = self.parse(f, rule)?;
        let examples: ExamplesFile = self.parse(f, examples)?;
        let test = self.test(f, &file.test);
        let patterns = file.pattern.iter().map(|p| self.pattern(f, p)).collect();
        let belongs = self.set(f, &file.belongs.headings);
        let plan_starts_until = file.applies.as_ref().and_then(|a| self.date(f, &a.plan_starts_until));
        Some(Element {
            id,
            path: f.path.clone(),
            title: file.title,
            clause: file.clause,
            documents: file.documents,
            asks: file.asks.trim().into(),
            counts: file.counts.trim().into(),
            not_counts: file.not_counts.trim().into(),
            missing: file.missing.trim().into(),
            hint: file.hint.trim().into(),
            belongs,
            belongs_text: file.belongs.text.trim().into(),
            belongs_words: file.belongs.headings.into_inner(),
            plan_starts_until,
            test,
            patterns,
            examples: examples.example.into(),
        })
    }

    fn test(&mut self, f: &RuleFile, t: &super::model::Test) -> Test {
        match t {
            super::model::Test::Statement(s) => Test::Statement {
                date: s.date,
                date_until: s.date_until.as_ref().and_then(|d| self.date(f, d)),
                not_after: s.not_after.as_ref().and_then(|d| self.date(f, d)),
                all: s.all.as_ref().map(|a| self.set(f, a)),
                of_this_plan: s.of_this_plan,
                fact: s.fact.as_ref().and_then(|n| self.fact(f, n)),
            },
            super::model::Test::Order(o) => Test::Order { first: o.first.as_ref().clone(), then: o.then.as_ref().clone() },
            super::model::Test::Deadline(d) => Test::Deadline {
                of: d.of.as_ref().map(|s| s.as_ref().clone()),
                dossier_received: d.dossier_received,
                day_itself_weak: d.day_itself_weak,
                fact: d.fact.as_ref().and_then(|n| self.fact(f, n)),
            },
            super::model::Test::Duration(d) => Test::Duration { years: d.years },
            super::model::Test::Participants(p) => Test::Participants(Participants {
                of: p.of.as_ref().clone(),
                takes_part: self.set(f, &p.takes_part),
                region: self.set(f, &p.region),
                refers_back: self.set(f, &p.refers_back),
                all: self.set(f, &p.all),
                some: self.set(f, &p.some),
                report: self.set(f, &p.report),
            }),
            super::model::Test::Register(_) => Test::Register,
            super::model::Test::Weighed(w) => Test::Weighed { same_as: w.same_as.as_ref().map(|s| s.as_ref().clone()) },
        }
    }

    fn fact(&mut self, f: &RuleFile, name: &Spanned<String>) -> Option<FactName> {
        match name.as_ref().as_str() {
            "vaststelling" => Some(FactName::Vaststelling),
            "instemming_opr" => Some(FactName::InstemmingOpr),
            "oogo" => Some(FactName::Oogo),
            "inzending" => Some(FactName::Inzending),
            "oprichting" => Some(FactName::Oprichting),
            other => {
                let hint = "kies uit vaststelling, instemming_opr, oogo, inzending, oprichting";
                self.error(f, Some(name.span()), format!("\"{other}\" is geen bekend feit"), Some(hint.into()));
                None
            }
        }
    }

    fn date(&mut self, f: &RuleFile, d: &Spanned<String>) -> Option<Date> {
        match d.as_ref().parse() {
            Ok(date) => Some(date),
            Err(_) => {
                self.error(f, Some(d.span()), format!("\"{}\" is geen datum", d.as_ref()), Some("schrijf jjjj-mm-dd".into()));
                None
            }
        }
    }

    fn pattern(&mut self, f: &RuleFile, p: &PatternFile) -> Pattern {
        Pattern {
            name: p.name.clone(),
            act: self.set(f, &p.act),
            with: p
                .with
                .iter()
                .map(|s| Slot { any: self.set(f, &s.any), within: s.within, within_plan: s.within_plan.unwrap_or(s.within), only: s.only })
                .collect(),
            without: p
                .without
                .iter()
                .map(|w| Without {
                    any: self.set(f, &w.any),
                    within: w.within,
                    unless: w.unless.as_ref().map(|u| self.set(f, u)).unwrap_or_default(),
                    carried: w.carried,
                })
                .collect(),
            verdict: p.verdict.unwrap_or(PatternVerdict::Found),
            denied: p.denied,
            standing: p.standing,
            names: p.names.unwrap_or(0),
            municipalities: p.municipalities.unwrap_or(0),
            dateless: p.dateless,
            rows: p.rows,
            own: p.own,
            answer: p.answer,
            weight: p.weight.unwrap_or(1.0),
        }
    }

    /// A word list: "@naam" is a concept of `taal/`, anything else a form of its own.
    fn set(&mut self, f: &RuleFile, list: &Spanned<Vec<String>>) -> ConceptSet {
        let mut set = ConceptSet::default();
        let mut forms = Vec::new();
        for item in list.as_ref() {
            match item.strip_prefix('@') {
                None => forms.push(item.clone()),
                Some(name) => match self.lexicon.concept(name) {
                    Some(id) => set.insert(id),
                    None => {
                        let hint = nearest(name, &self.concepts).map(|n| format!("bedoelt u \"@{n}\"?"));
                        let at = f.source[list.span()].find(item.as_str()).map_or(list.span(), |i| {
                            let start = list.span().start + i;
                            start..start + item.len()
                        });
                        self.error(f, Some(at), format!("het begrip \"{item}\" bestaat niet in de map taal"), hint);
                    }
                },
            }
        }
        if !forms.is_empty() {
            self.words += 1;
            match self.lexicon.add_forms(&format!("{}#{}", f.path, self.words), &forms) {
                Ok(id) => set.insert(id),
                Err(e) => {
                    let at = forms.get(e.index).and_then(|form| Some(list.span().start + f.source[list.span()].find(form.as_str())?));
                    let span = at.map_or(list.span(), |start| start..start + forms[e.index].len());
                    self.error(f, Some(span), e.message, None)
                }
            }
        }
        set
    }
}

/// Where the rule of an element file stands, and where its examples.
pub fn parts(source: &str) -> (Range<usize>, Range<usize>) {
    let from = source.find(EXAMPLES).map_or(source.len(), |at| at + 1);
    (0..from, from..source.len())
}

/// The known name most like a mistyped one.
fn nearest<'a>(name: &str, known: &'a [String]) -> Option<&'a String> {
    known
        .iter()
        .map(|k| (strsim::normalized_damerau_levenshtein(name, k), k))
        .filter(|(like, _)| *like >= 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, k)| k)
}
