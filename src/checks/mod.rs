//! The rules: loading and compiling `checks/**`, with errors that name file, line and column.
//!
//! Rule files are data ([`model`]); [`Checks`] is what the engine runs. The embedded copy is the one in this repository; `--checks DIR`
//! reads another.

mod compile;
mod digest;
mod embedded;
mod files;
pub mod model;
mod rules;

use crate::facts::{FigureWords, Gazetteer};
use crate::language::{ConceptId, Lexicon, WordFields};
use crate::weighing::Model;
pub use files::{CheckError, Files};
pub use model::{Answer, DateNeed, ExampleFile, PatternVerdict, Reach};
pub use rules::{Aspect, ConceptSet, Element, FactName, Framework, Norm, Participants, Pattern, Rules, Slot, Test, Without};

/// All rules, compiled.
pub struct Checks {
    /// The words of Dutch and of the field.
    pub lexicon: Lexicon,
    /// The municipalities.
    pub gazetteer: Gazetteer,
    /// The words of the figures.
    pub figures: FigureWords,
    /// The frameworks, by id.
    pub frameworks: Vec<Framework>,
    /// Concepts that the engine itself needs by name.
    pub known: Known,
    /// Words of one meaning.
    pub fields: WordFields,
    /// Weights of the features of passages, for the elements that weigh their evidence.
    pub model: Model,
}

/// Concepts that the engine names itself; all must exist in `checks/taal/`.
pub struct Known {
    /// The plan.
    pub plan: ConceptId,
    /// The jaarverslag.
    pub jaarverslag: ConceptId,
    /// Words that make a date beside them a term, a deadline or the day a plan takes effect, not the day of an act.
    pub termijn_van_plan: ConceptId,
    /// What says of a name that it is an organisation's.
    pub organisatie: ConceptId,
    /// Names that are no school board's.
    pub geen_bestuursnaam: ConceptId,
}

impl Checks {
    /// The rules embedded in the program.
    pub fn embedded() -> Result<Checks, Vec<CheckError>> {
        Checks::new(embedded::rules(), embedded::weights())
    }

    /// The rules of a folder.
    pub fn load(folder: &std::path::Path) -> Result<Checks, Vec<CheckError>> {
        Checks::from_files(Files::read(folder)?)
    }

    /// Rules from given files.
    pub fn from_files(files: Files) -> Result<Checks, Vec<CheckError>> {
        let weights = files.0.iter().find(|f| f.path == compile::WEIGHTS);
        let model = weights.map_or(Ok(Model::default()), |f| {
            let hint = Some("maak het bestand opnieuw met examples/learn.rs".into());
            let error = |message| CheckError { path: f.path.clone(), source_text: f.source.clone(), span: None, message, hint };
            Model::parse(&f.source).map_err(|e| error(e.to_string()))
        });
        match (compile::compile(&files), model) {
            (Ok(rules), Ok(model)) => Checks::new(rules, model),
            (rules, model) => Err(rules.err().into_iter().flatten().chain(model.err()).collect()),
        }
    }

    /// Looks up the words that the program needs by name.
    fn new(rules: Rules, model: Model) -> Result<Checks, Vec<CheckError>> {
        let Rules { lexicon, gazetteer, fields, frameworks } = rules;
        let mut missing = Vec::new();
        let mut need = |name| {
            lexicon.concept(name).unwrap_or_else(|| {
                missing.push(name);
                ConceptId(0)
            })
        };
        let known = Known {
            plan: need("plan"),
            jaarverslag: need("jaarverslag"),
            termijn_van_plan: need("termijn_van_plan"),
            organisatie: need("organisatie"),
            geen_bestuursnaam: need("geen_bestuursnaam"),
        };
        let figures = FigureWords::new(&lexicon).unwrap_or_else(|names| {
            missing.extend(names);
            FigureWords::default()
        });
        if missing.is_empty() {
            return Ok(Checks { lexicon, gazetteer, figures, frameworks, known, fields, model });
        }
        let error = |name| CheckError {
            path: "taal".into(),
            source_text: String::new(),
            span: None,
            message: format!("het begrip \"{name}\" ontbreekt in de map taal; het programma heeft het nodig"),
            hint: Some(format!("voeg [concept.{name}] met forms toe")),
        };
        Err(missing.into_iter().map(error).collect())
    }

    /// A framework by its id.
    pub fn framework(&self, id: &str) -> Option<&Framework> {
        self.frameworks.iter().find(|f| f.id == id)
    }

    /// An element by its id, in the first framework that has it.
    pub fn element(&self, id: &str) -> Option<(&Framework, &Norm, &Element)> {
        self.frameworks
            .iter()
            .find_map(|f| f.norms.iter().find_map(|n| n.elements.iter().find(|e| e.id.eq_ignore_ascii_case(id)).map(|e| (f, n, e))))
    }
}
