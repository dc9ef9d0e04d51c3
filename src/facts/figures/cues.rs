//! The words that tell a figure: which concept of `checks/taal/cijfers.toml` is which cue, and the cues of a sentence in text order.

use crate::document::Span;
use crate::language::{ConceptId, Language, Lexicon};

/// What a word says of the figures near it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    // What is counted.
    Thuis,
    Absoluut,
    Relatief,
    Totaal,
    Tlv,
    Klacht,
    Klachtenregeling,
    Bezwaar,
    Bezwaarcommissie,
    Geschil,
    Geschillencommissie,
    Toezicht,
    Instroom,
    Uitstroom,
    // Kinds of school.
    Sbo,
    So,
    Vso,
    Deelname,
    // In what it is counted.
    Leerlingen,
    Scholen,
    Keer,
    Nul,
    // What makes it something else.
    Ander,
    Eigen,
    Doel,
    Feit,
    Deel,
    Grens,
    Verschil,
    Verandering,
    Vreemd,
    Telwerk,
    Geld,
    // Years and reference.
    Anafoor,
    JaarLater,
    JaarEerder,
    DitJaar,
    ElkJaar,
    Sinds,
    Kaal,
}

const NAMES: [(&str, Cue); 40] = [
    ("cijfer_thuis", Cue::Thuis),
    ("cijfer_absoluut", Cue::Absoluut),
    ("cijfer_relatief", Cue::Relatief),
    ("cijfer_totaal", Cue::Totaal),
    ("cijfer_tlv", Cue::Tlv),
    ("cijfer_klacht", Cue::Klacht),
    ("cijfer_klachtenregeling", Cue::Klachtenregeling),
    ("cijfer_bezwaar", Cue::Bezwaar),
    ("cijfer_bezwaarcommissie", Cue::Bezwaarcommissie),
    ("cijfer_geschil", Cue::Geschil),
    ("cijfer_geschillencommissie", Cue::Geschillencommissie),
    ("cijfer_toezicht", Cue::Toezicht),
    ("cijfer_instroom", Cue::Instroom),
    ("cijfer_uitstroom", Cue::Uitstroom),
    ("cijfer_sbo", Cue::Sbo),
    ("cijfer_so", Cue::So),
    ("cijfer_vso", Cue::Vso),
    ("cijfer_deelname", Cue::Deelname),
    ("cijfer_leerlingen", Cue::Leerlingen),
    ("cijfer_scholen", Cue::Scholen),
    ("cijfer_keer", Cue::Keer),
    ("cijfer_nul", Cue::Nul),
    ("cijfer_ander", Cue::Ander),
    ("cijfer_eigen", Cue::Eigen),
    ("cijfer_doel", Cue::Doel),
    ("cijfer_feit", Cue::Feit),
    ("cijfer_deel", Cue::Deel),
    ("cijfer_grens", Cue::Grens),
    ("cijfer_verschil", Cue::Verschil),
    ("cijfer_verandering", Cue::Verandering),
    ("cijfer_vreemd", Cue::Vreemd),
    ("cijfer_telwerk", Cue::Telwerk),
    ("cijfer_geld", Cue::Geld),
    ("cijfer_anafoor", Cue::Anafoor),
    ("cijfer_jaar_later", Cue::JaarLater),
    ("cijfer_jaar_eerder", Cue::JaarEerder),
    ("cijfer_dit_jaar", Cue::DitJaar),
    ("cijfer_elk_jaar", Cue::ElkJaar),
    ("cijfer_sinds", Cue::Sinds),
    ("cijfer_kaal", Cue::Kaal),
];

impl Cue {
    /// Names what a number counts.
    pub(super) fn is_head(self) -> bool {
        matches!(
            self,
            Cue::Thuis
                | Cue::Absoluut
                | Cue::Relatief
                | Cue::Tlv
                | Cue::Klacht
                | Cue::Klachtenregeling
                | Cue::Bezwaar
                | Cue::Bezwaarcommissie
                | Cue::Geschil
                | Cue::Geschillencommissie
                | Cue::Toezicht
                | Cue::Instroom
                | Cue::Uitstroom
        )
    }

    /// A kind of school.
    pub(super) fn is_kind(self) -> bool {
        matches!(self, Cue::Sbo | Cue::So | Cue::Vso)
    }

    /// One of the two flows.
    pub(super) fn is_flow(self) -> bool {
        matches!(self, Cue::Instroom | Cue::Uitstroom)
    }

    /// Thuiszitters or a part of them.
    pub(super) fn is_absence(self) -> bool {
        matches!(self, Cue::Thuis | Cue::Absoluut | Cue::Relatief)
    }

    /// What a sentence must hold to be looked at.
    fn is_subject(self) -> bool {
        self.is_head() || self.is_kind()
    }
}

/// Which concept is which cue.
#[derive(Clone, Debug, Default)]
pub struct FigureWords {
    by_concept: Vec<Option<Cue>>,
}

impl FigureWords {
    /// Finds the concepts by name; Err with those that are missing.
    pub fn new(lexicon: &Lexicon) -> Result<FigureWords, Vec<&'static str>> {
        let mut by_concept = vec![None; lexicon.concepts().count()];
        let mut missing = Vec::new();
        for (name, cue) in NAMES {
            match lexicon.concept(name).and_then(|id| by_concept.get_mut(id.0 as usize)) {
                Some(slot) => *slot = Some(cue),
                None => missing.push(name),
            }
        }
        if missing.is_empty() { Ok(FigureWords { by_concept }) } else { Err(missing) }
    }

    fn cue(&self, concept: ConceptId) -> Option<Cue> {
        self.by_concept.get(concept.0 as usize).copied().flatten()
    }

    /// Per sentence whether it speaks of something counted.
    pub(super) fn subjects(&self, language: &Language) -> Vec<bool> {
        let mut subjects = vec![false; language.sentences.len()];
        for mention in &language.mentions {
            if self.cue(mention.concept).is_some_and(Cue::is_subject)
                && let Some(slot) = subjects.get_mut(mention.sentence as usize)
            {
                *slot = true;
            }
        }
        subjects
    }

    /// The cues of a sentence.
    pub(super) fn of(&self, language: &Language, sentence: usize) -> Cues {
        let mut all: Vec<At> = Vec::new();
        for m in language.mentions_of(sentence) {
            if let Some(cue) = self.cue(m.concept) {
                all.push(At { cue, span: m.head, whole: m.span });
            }
        }
        // What stands inside a longer word of its own sort says nothing by itself ("speciaal onderwijs" in "voortgezet speciaal onderwijs").
        let longer = |a: &At, b: &At| b.whole != a.whole && b.whole.contains(a.whole) && b.span.contains(a.span);
        let rival =
            |a: Cue, b: Cue| (a.is_kind() && b.is_kind()) || (a.is_absence() && b.is_absence()) || a == b || (a.is_flow() && b.is_flow());
        let kept: Vec<At> = all.iter().filter(|a| !all.iter().any(|b| rival(a.cue, b.cue) && longer(a, b))).copied().collect();
        Cues(kept)
    }
}

/// A cue with its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct At {
    pub cue: Cue,
    /// Its first part, where it is split ("zaten … thuis").
    pub span: Span,
    /// All of it.
    pub whole: Span,
}

/// The cues of a sentence, in text order.
#[derive(Clone, Debug, Default)]
pub(super) struct Cues(pub Vec<At>);

impl Cues {
    /// Whether there is such a cue.
    pub fn has(&self, cue: Cue) -> bool {
        self.0.iter().any(|a| a.cue == cue)
    }

    /// Whether some cue passes.
    pub fn any(&self, test: impl Fn(Cue) -> bool) -> bool {
        self.0.iter().any(|a| test(a.cue))
    }

    /// Cues that start in a span.
    pub fn within(&self, span: Span) -> impl DoubleEndedIterator<Item = &At> {
        self.0.iter().filter(move |a| span.start <= a.span.start && a.span.start < span.end)
    }

    /// Only those that start in a span.
    pub fn inside(&self, span: Span) -> Cues {
        Cues(self.within(span).copied().collect())
    }

    /// The last of two cues before a place: true for the first named.
    pub fn latest_is(&self, first: Cue, second: Cue, before: u32) -> Option<bool> {
        self.0.iter().rfind(|a| (a.cue == first || a.cue == second) && a.span.end <= before).map(|a| a.cue == first)
    }
}
