//! Figures of the risk parameters of the supervision framework: what was counted, of which year, how many, in which unit, and where it
//! stands. From running text, lists and tables. The words are those of `checks/taal/cijfers.toml`.
//!
//! ```text
//! cues      which words say what of a figure
//! years     years and school years
//! context   what headings, captions and leads lend to what stands below
//! numbers   the numbers of a sentence with what they count
//! prose     sentences: which number is of which measure and year
//! tables    rows: the same, from row label, column head and caption
//! ```

mod context;
mod cues;
mod numbers;
mod prose;
mod tables;
#[cfg(test)]
mod tests;
mod years;

pub use cues::FigureWords;
pub use years::FigureYear;

use super::Facts;
use crate::document::{BlockKind, Document, Span};
use crate::language::{Language, Lexicon, Role};
use context::Contexts;
use cues::Cue;

/// What was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Measure {
    /// Thuiszitters, absolute and relative absence together or not told apart.
    ThuiszittersTotaal,
    /// Pupils of school age without a school.
    ThuiszittersAbsoluut,
    /// Pupils with a school, absent for more than four weeks.
    ThuiszittersRelatief,
    /// Share or number of pupils in speciaal basisonderwijs.
    DeelnameSbo,
    /// In speciaal onderwijs.
    DeelnameSo,
    /// In voortgezet speciaal onderwijs.
    DeelnameVso,
    /// Into a special kind of school.
    Instroom,
    /// Out of one.
    Uitstroom,
    /// Toelaatbaarheidsverklaringen given.
    Tlv,
    /// Complaints.
    Klachten,
    /// Objections.
    Bezwaren,
    /// Disputes.
    Geschillen,
    /// Schools under aangepast toezicht.
    ScholenAangepastToezicht,
}

impl Measure {
    /// All, in the order of reports.
    pub const ALL: [Measure; 13] = [
        Measure::ThuiszittersTotaal,
        Measure::ThuiszittersAbsoluut,
        Measure::ThuiszittersRelatief,
        Measure::DeelnameSbo,
        Measure::DeelnameSo,
        Measure::DeelnameVso,
        Measure::Instroom,
        Measure::Uitstroom,
        Measure::Tlv,
        Measure::Klachten,
        Measure::Bezwaren,
        Measure::Geschillen,
        Measure::ScholenAangepastToezicht,
    ];

    /// Its name in JSON and in labels.
    pub fn name(self) -> &'static str {
        match self {
            Measure::ThuiszittersTotaal => "thuiszitters_totaal",
            Measure::ThuiszittersAbsoluut => "thuiszitters_absoluut",
            Measure::ThuiszittersRelatief => "thuiszitters_relatief",
            Measure::DeelnameSbo => "deelname_sbo",
            Measure::DeelnameSo => "deelname_so",
            Measure::DeelnameVso => "deelname_vso",
            Measure::Instroom => "instroom",
            Measure::Uitstroom => "uitstroom",
            Measure::Tlv => "tlv",
            Measure::Klachten => "klachten",
            Measure::Bezwaren => "bezwaren",
            Measure::Geschillen => "geschillen",
            Measure::ScholenAangepastToezicht => "scholen_aangepast_toezicht",
        }
    }

    /// What it is called, in Dutch.
    pub fn label(self) -> &'static str {
        match self {
            Measure::ThuiszittersTotaal => "thuiszitters",
            Measure::ThuiszittersAbsoluut => "absoluut verzuim",
            Measure::ThuiszittersRelatief => "relatief verzuim",
            Measure::DeelnameSbo => "deelname sbo",
            Measure::DeelnameSo => "deelname so",
            Measure::DeelnameVso => "deelname vso",
            Measure::Instroom => "instroom",
            Measure::Uitstroom => "uitstroom",
            Measure::Tlv => "tlv's",
            Measure::Klachten => "klachten",
            Measure::Bezwaren => "bezwaren",
            Measure::Geschillen => "geschillen",
            Measure::ScholenAangepastToezicht => "scholen onder aangepast toezicht",
        }
    }

    /// The measure of a cue; a kind of school stands for its share.
    fn of(cue: Cue) -> Option<Measure> {
        Some(match cue {
            Cue::Thuis | Cue::Totaal => Measure::ThuiszittersTotaal,
            Cue::Absoluut => Measure::ThuiszittersAbsoluut,
            Cue::Relatief => Measure::ThuiszittersRelatief,
            Cue::Sbo => Measure::DeelnameSbo,
            Cue::So => Measure::DeelnameSo,
            Cue::Vso => Measure::DeelnameVso,
            Cue::Instroom => Measure::Instroom,
            Cue::Uitstroom => Measure::Uitstroom,
            Cue::Tlv => Measure::Tlv,
            Cue::Klacht | Cue::Klachtenregeling => Measure::Klachten,
            Cue::Bezwaar | Cue::Bezwaarcommissie => Measure::Bezwaren,
            Cue::Geschil | Cue::Geschillencommissie => Measure::Geschillen,
            Cue::Toezicht => Measure::ScholenAangepastToezicht,
            _ => return None,
        })
    }

    /// Whether it may be told in per cent.
    fn is_share(self) -> bool {
        matches!(self, Measure::DeelnameSbo | Measure::DeelnameSo | Measure::DeelnameVso | Measure::Instroom | Measure::Uitstroom)
    }
}

/// In which unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum FigureUnit {
    /// Pupils.
    Leerlingen,
    /// A number of documents, cases or schools.
    Aantal,
    /// Per cent of the pupils.
    Procent,
}

impl FigureUnit {
    /// Its name in JSON and in labels.
    pub fn name(self) -> &'static str {
        match self {
            FigureUnit::Leerlingen => "leerlingen",
            FigureUnit::Aantal => "aantal",
            FigureUnit::Procent => "%",
        }
    }
}

/// A kind of school that a flow or a tlv is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum SchoolKind {
    /// Speciaal basisonderwijs.
    Sbo,
    /// Speciaal onderwijs.
    So,
    /// Voortgezet speciaal onderwijs.
    Vso,
}

impl SchoolKind {
    /// "sbo", "so", "vso".
    pub fn name(self) -> &'static str {
        match self {
            SchoolKind::Sbo => "sbo",
            SchoolKind::So => "so",
            SchoolKind::Vso => "vso",
        }
    }

    fn of(cue: Cue) -> Option<SchoolKind> {
        match cue {
            Cue::Sbo => Some(SchoolKind::Sbo),
            Cue::So => Some(SchoolKind::So),
            Cue::Vso => Some(SchoolKind::Vso),
            _ => None,
        }
    }
}

/// A figure in the text.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Figure {
    /// The number.
    pub span: Span,
    /// What was counted.
    pub measure: Measure,
    /// For a flow or a tlv the kind of school, where one is named.
    pub kind: Option<SchoolKind>,
    /// Of which year.
    pub year: FigureYear,
    /// How many.
    pub value: f64,
    /// Of what.
    pub unit: FigureUnit,
}

impl Figure {
    /// A figure that can be true: whole unless a share, shares of a size that a region knows.
    fn sound(span: Span, measure: Measure, kind: Option<SchoolKind>, year: FigureYear, value: f64, percent: bool) -> Option<Figure> {
        let unit = match measure {
            _ if percent => FigureUnit::Procent,
            Measure::ThuiszittersTotaal | Measure::ThuiszittersAbsoluut | Measure::ThuiszittersRelatief => FigureUnit::Leerlingen,
            _ if measure.is_share() => FigureUnit::Leerlingen,
            _ => FigureUnit::Aantal,
        };
        let kind = kind.filter(|_| matches!(measure, Measure::Instroom | Measure::Uitstroom | Measure::Tlv));
        let fits = match unit {
            FigureUnit::Procent => measure.is_share() && value <= 25.0,
            _ => value.fract() == 0.0 && value < 1e6,
        };
        (fits && value >= 0.0).then_some(Figure { span, measure, kind, year, value, unit })
    }

    /// What makes two figures say the same.
    fn key(&self) -> (Measure, Option<SchoolKind>, FigureYear, FigureUnit, u64) {
        (self.measure, self.kind, self.year, self.unit, self.value.to_bits())
    }
}

/// What the finders look at.
struct Text<'a> {
    doc: &'a Document,
    language: &'a Language,
    lexicon: &'a Lexicon,
    facts: &'a Facts,
    words: &'a FigureWords,
    /// Per sentence whether it names something counted.
    subjects: Vec<bool>,
}

/// All figures of a document, in text order; what is said twice stands where it is said first.
pub fn find(doc: &Document, language: &Language, lexicon: &Lexicon, facts: &Facts, words: &FigureWords) -> Vec<Figure> {
    let subjects = words.subjects(language);
    if !subjects.contains(&true) {
        return Vec::new();
    }
    let text = Text { doc, language, lexicon, facts, words, subjects };
    let mut contexts = Contexts::new(&text);
    let mut figures: Vec<Figure> = Vec::new();
    let mut at = 0;
    while at < doc.blocks.len() {
        let block = &doc.blocks[at];
        let end = match block.kind {
            BlockKind::TableHead | BlockKind::TableRow => tables::end(doc, at),
            _ => at + 1,
        };
        if readable(language.roles.get(at).copied()) {
            match block.kind {
                BlockKind::TableHead | BlockKind::TableRow => tables::read(&text, &mut contexts, at..end, &mut figures),
                BlockKind::Heading(_) | BlockKind::Contents | BlockKind::Caption => {}
                BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Footnote | BlockKind::Aside => {
                    prose::read(&text, &mut contexts, at, &mut figures);
                }
            }
        }
        at = end.max(at + 1);
    }
    // A report, or a plan, tells of later years only what is expected.
    if let Some(last) = contexts.report_year.or_else(|| context::plan_year(&text)) {
        figures.retain(|f| f.year.first() <= last.first());
    }
    let mut seen = std::collections::HashSet::new();
    figures.retain(|f| seen.insert(f.key()));
    figures.sort_by_key(|f| f.span);
    figures
}

/// Not a contents list, a glossary, the law's words or a form.
fn readable(role: Option<Role>) -> bool {
    matches!(role, None | Some(Role::Body | Role::Heading))
}
