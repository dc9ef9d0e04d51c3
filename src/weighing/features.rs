//! A passage described by features that have a name a reader understands.

use super::passages::Passage;
use crate::checks::Checks;
use crate::document::{BlockKind, Document};
use crate::engine::outcome::DocumentKind;
use crate::facts::{Facts, Quantity};
use crate::language::{Assertion, Kind, Language, Lexicon, Role, Sentence, Status, WordFields};
use crate::parallel;
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

/// What a feature is about. The letter is its prefix in the file of weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kindred {
    /// A word, by its stem.
    Word,
    /// A word of the heading.
    HeadWord,
    /// The beginning of a long word.
    Begin,
    /// The end of a long word.
    End,
    /// A word field.
    Field,
    /// The same, in the heading.
    HeadField,
    /// a word field among the first words of its sentence: what is spoken of.
    Opening,
    /// A concept of `checks/taal`.
    Concept,
    /// The same, in the heading.
    HeadConcept,
    /// A trigger of an assertion status.
    Trigger,
    /// The same, in the heading or the lead.
    HeadTrigger,
    /// Form and facts; see [`Shape`].
    Shape,
}

impl Kindred {
    /// All, in order.
    pub const ALL: [Kindred; 12] = [
        Kindred::Word,
        Kindred::HeadWord,
        Kindred::Begin,
        Kindred::End,
        Kindred::Field,
        Kindred::HeadField,
        Kindred::Opening,
        Kindred::Concept,
        Kindred::HeadConcept,
        Kindred::Trigger,
        Kindred::HeadTrigger,
        Kindred::Shape,
    ];

    /// How its features are named in the file of weights.
    pub const fn prefix(self) -> &'static str {
        match self {
            Kindred::Word => "w:",
            Kindred::HeadWord => "k:",
            Kindred::Begin => "b:",
            Kindred::End => "e:",
            Kindred::Field => "v:",
            Kindred::HeadField => "kv:",
            Kindred::Opening => "o:",
            Kindred::Concept => "c:",
            Kindred::HeadConcept => "kc:",
            Kindred::Trigger => "t:",
            Kindred::HeadTrigger => "kt:",
            Kindred::Shape => "s:",
        }
    }
}

/// What a passage looks like and holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u32)]
#[expect(missing_docs, reason = "SHAPES gives each its Dutch name, in this order")]
pub enum Shape {
    Always,
    Table,
    List,
    Prose,
    NoHeading,
    HeadingOnly,
    Jaarverslag,
    Contents,
    Glossary,
    Literature,
    LegalText,
    Template,
    Short,
    Long,
    Date,
    Dates,
    Period,
    Periods,
    Number,
    Numbers,
    ManyNumbers,
    Term,
    Terms,
    Euro,
    Euros,
    Percent,
    Years,
    ManyYears,
    Municipality,
    Municipalities,
    OtherSpeaks,
    AllAsserted,
    SomeAsserted,
    NoneAsserted,
    Negated,
    NotYet,
    Intended,
    Required,
    Quoted,
    Conditional,
    Former,
    LastAsserted,
    Past,
    Dated,
    Question,
    Leader,
    Bracket,
}

/// Names of [`Shape`], in its order.
pub(crate) const SHAPES: [&str; 47] = [
    "altijd",
    "tabel",
    "lijst",
    "tekst",
    "geen-kop",
    "kop-alleen",
    "jaarverslag",
    "inhoudsopgave",
    "begrippenlijst",
    "literatuur",
    "wettekst",
    "sjabloon",
    "kort",
    "lang",
    "datum",
    "datums",
    "periode",
    "periodes",
    "getal",
    "getallen",
    "veel-getallen",
    "termijn",
    "termijnen",
    "bedrag",
    "bedragen",
    "procent",
    "jaartallen",
    "veel-jaartallen",
    "gemeente",
    "gemeenten",
    "ander-spreekt",
    "alles-als-feit",
    "iets-als-feit",
    "niets-als-feit",
    "ontkend",
    "nog-niet",
    "voornemen",
    "regel",
    "aangehaald",
    "voorwaarde",
    "vroeger",
    "slot-als-feit",
    "verleden-tijd",
    "gedagtekend",
    "vraag",
    "puntjes",
    "haken",
];

/// A feature: its kind, and a number that says which ([`Describer::name`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Feature(pub Kindred, pub u32);

impl Feature {
    /// By this they are in order, as a whole number compares fast.
    fn key(&self) -> u64 {
        (self.0 as u64) << 32 | u64::from(self.1)
    }
}

/// The features of a passage, each once, sorted.
pub type Features = Vec<Feature>;

/// Describes the passages of one document. Words are numbered per document, by their stems.
pub struct Describer<'a> {
    document: &'a Document,
    language: &'a Language,
    facts: &'a Facts,
    lexicon: &'a Lexicon,
    fields: &'a WordFields,
    kind: DocumentKind,
    /// Stems, beginnings and ends, each once.
    stems: Vec<String>,
    /// Per stem as which kinds of feature it occurs, a bit for each.
    occurs: Vec<u16>,
    /// Per norm of the vocabulary: its stem.
    stem_of: Vec<u32>,
    /// Per norm: beginning and end of a long word.
    parts_of: Vec<Option<(u32, u32)>>,
    /// Per norm: its word fields.
    fields_of: Vec<Vec<u16>>,
    /// Per concept whether it has a name of its own; lists of words inside a rule have none.
    named: Vec<bool>,
    /// Per sentence how it is meant.
    meant: Vec<Assertion>,
}

/// Words of at least so many letters are also known by how they begin and end.
const LONG: usize = 9;
/// So many tokens open a sentence.
const OPENING: usize = 5;
/// So many letters.
const PART: usize = 6;

impl<'a> Describer<'a> {
    /// For one document.
    pub fn new(document: &'a Document, language: &'a Language, facts: &'a Facts, checks: &'a Checks, kind: DocumentKind) -> Describer<'a> {
        let lexicon = &checks.lexicon;
        let stemmer = Stemmer::create(Algorithm::Dutch);
        let mut ids: FxHashMap<String, u32> = FxHashMap::default();
        let mut stems: Vec<String> = Vec::new();
        let mut intern = |s: &str| match ids.get(s) {
            Some(&id) => id,
            None => {
                let id = stems.len() as u32;
                ids.insert(s.to_owned(), id);
                stems.push(s.to_owned());
                id
            }
        };
        let status = |i: usize, s: &Sentence| language.status(document, lexicon, i as u32, s.span);
        let (meant, words) = parallel::both(
            || parallel::halves(&language.sentences, status),
            || parallel::halves(&language.vocabulary, |_, norm| (stemmer.stem(norm), checks.fields.of(norm))),
        );
        let mut stem_of = Vec::with_capacity(words.len());
        let mut parts_of = Vec::with_capacity(words.len());
        let mut fields_of = Vec::with_capacity(words.len());
        for (norm, (stem, fields)) in language.vocabulary.iter().zip(words) {
            stem_of.push(intern(&stem));
            let long = norm.len() >= LONG && norm.bytes().all(|b| b.is_ascii_alphabetic());
            parts_of.push(long.then(|| (intern(&norm[..PART]), intern(&norm[norm.len() - PART..]))));
            fields_of.push(fields);
        }
        let mut occurs = vec![0; stems.len()];
        let mut occur = |stem: u32, kind: Kindred| occurs[stem as usize] |= 1 << kind as u16;
        for (stem, parts) in stem_of.iter().zip(&parts_of) {
            occur(*stem, Kindred::Word);
            if let Some((begin, end)) = parts {
                occur(*begin, Kindred::Begin);
                occur(*end, Kindred::End);
            }
        }
        for block in document.sections.iter().filter_map(|s| s.heading) {
            for s in &language.sentences[language.sentences_of(block)] {
                let tokens = &language.tokens[s.tokens.start as usize..s.tokens.end as usize];
                tokens.iter().for_each(|t| occur(stem_of[t.norm as usize], Kindred::HeadWord));
            }
        }
        let named = lexicon.concepts().map(|c| !lexicon.name(c).contains('#')).collect();
        let fields = &checks.fields;
        Describer { document, language, facts, lexicon, fields, kind, stems, occurs, stem_of, parts_of, fields_of, named, meant }
    }

    /// The stems by number; nothing for one that does not occur as this kind of feature.
    pub fn stems(&self, kind: Kindred) -> impl Iterator<Item = Option<&str>> {
        self.stems.iter().zip(&self.occurs).map(move |(stem, occurs)| (occurs >> kind as u16 & 1 == 1).then_some(stem.as_str()))
    }

    /// The features of a word by itself.
    pub fn of_word(&self, norm: u32) -> impl Iterator<Item = Feature> {
        let parts = self.parts_of[norm as usize].map(|(begin, end)| [Feature(Kindred::Begin, begin), Feature(Kindred::End, end)]);
        let fields = self.fields_of[norm as usize].iter().map(|f| Feature(Kindred::Field, u32::from(*f)));
        std::iter::once(Feature(Kindred::Word, self.stem_of[norm as usize])).chain(parts.into_iter().flatten()).chain(fields)
    }

    /// The features of what a sentence says, whatever its form and place.
    pub fn said(&self, sentence: usize) -> Features {
        let mut out = Features::new();
        self.words(sentence, &mut out);
        self.concepts(sentence, Kindred::Concept, &mut out);
        self.triggers(sentence, Kindred::Trigger, &mut out);
        out.retain(|f| f.0 != Kindred::Shape);
        out.sort_unstable_by_key(Feature::key);
        out.dedup();
        out
    }

    /// The name of a feature, as it stands in the file of weights.
    pub fn name(&self, f: Feature) -> String {
        let what = match f.0 {
            Kindred::Concept | Kindred::HeadConcept => self.lexicon.name(crate::language::ConceptId(f.1 as u16)),
            Kindred::Trigger | Kindred::HeadTrigger => &self.lexicon.trigger_group(f.1 as u16).name,
            Kindred::Field | Kindred::HeadField | Kindred::Opening => self.fields.name(f.1 as u16),
            Kindred::Shape => SHAPES[f.1 as usize],
            _ => &self.stems[f.1 as usize],
        };
        format!("{}{what}", f.0.prefix())
    }

    /// The features of a passage.
    pub fn features(&self, passage: &Passage) -> Features {
        let mut out: Features = Vec::with_capacity(128);
        self.gather(passage, &mut out);
        out.sort_unstable_by_key(Feature::key);
        out.dedup();
        out
    }

    /// The features of a passage in the place of others, in any order, some of them more than once.
    pub fn gather(&self, passage: &Passage, out: &mut Features) {
        out.clear();
        let mut shape = |s: Shape| out.push(Feature(Kindred::Shape, s as u32));
        shape(Shape::Always);
        self.shapes(passage, &mut shape);
        let sentences = || passage.sentences.clone();
        for s in sentences().chain(passage.leads.iter().flat_map(|&b| self.language.sentences_of(b))) {
            self.words(s, out);
        }
        for s in sentences() {
            self.concepts(s, Kindred::Concept, out);
            self.triggers(s, Kindred::Trigger, out);
        }
        for (i, b) in passage.heading.iter().map(|&h| (0, h)).chain(passage.leads.iter().map(|&l| (1, l))) {
            for s in self.language.sentences_of(b) {
                if i == 0 {
                    let tokens = &self.language.sentences[s].tokens;
                    for t in &self.language.tokens[tokens.start as usize..tokens.end as usize] {
                        if t.kind == Kind::Word {
                            out.extend(self.fields_of[t.norm as usize].iter().map(|f| Feature(Kindred::HeadField, u32::from(*f))));
                            out.push(Feature(Kindred::HeadWord, self.stem_of[t.norm as usize]));
                        }
                    }
                    self.concepts(s, Kindred::HeadConcept, out);
                }
                self.triggers(s, Kindred::HeadTrigger, out);
            }
        }
    }

    fn concepts(&self, sentence: usize, kind: Kindred, out: &mut Features) {
        let named = self.language.mentions_of(sentence).iter().filter(|m| self.named[usize::from(m.concept.0)]);
        out.extend(named.map(|m| Feature(kind, u32::from(m.concept.0))));
    }

    fn triggers(&self, sentence: usize, kind: Kindred, out: &mut Features) {
        let t = &self.language.sentences[sentence].triggers;
        let triggers = &self.language.triggers[t.start as usize..t.end as usize];
        out.extend(triggers.iter().map(|t| Feature(kind, u32::from(t.group))));
    }

    fn words(&self, sentence: usize, out: &mut Features) {
        let tokens = &self.language.sentences[sentence].tokens;
        for (n, t) in self.language.tokens[tokens.start as usize..tokens.end as usize].iter().enumerate() {
            match t.kind {
                Kind::Word => {
                    let stem = self.stem_of[t.norm as usize];
                    out.push(Feature(Kindred::Word, stem));
                    for &f in &self.fields_of[t.norm as usize] {
                        out.push(Feature(Kindred::Field, u32::from(f)));
                        if n < OPENING {
                            out.push(Feature(Kindred::Opening, u32::from(f)));
                        }
                    }
                    if let Some((begin, end)) = self.parts_of[t.norm as usize] {
                        out.push(Feature(Kindred::Begin, begin));
                        out.push(Feature(Kindred::End, end));
                    }
                }
                Kind::Number => {}
                Kind::Mark => {
                    let norm = self.language.vocabulary[t.norm as usize].as_str();
                    match norm {
                        "?" => out.push(Feature(Kindred::Shape, Shape::Question as u32)),
                        "[" | "…" => out.push(Feature(Kindred::Shape, Shape::Bracket as u32)),
                        _ if norm.len() >= 3 && norm.starts_with(['.', '_']) => out.push(Feature(Kindred::Shape, Shape::Leader as u32)),
                        _ => {}
                    }
                }
            }
        }
    }

    fn shapes(&self, passage: &Passage, put: &mut impl FnMut(Shape)) {
        if self.kind == DocumentKind::Jaarverslag {
            put(Shape::Jaarverslag);
        }
        if passage.heading.is_none() {
            put(Shape::NoHeading);
        }
        if passage.sentences.is_empty() {
            put(Shape::HeadingOnly);
            return;
        }
        let sentences = &self.language.sentences[passage.sentences.clone()];
        let first = sentences[0].block;
        match self.document.blocks[first].kind {
            BlockKind::TableHead | BlockKind::TableRow => put(Shape::Table),
            BlockKind::ListItem => put(Shape::List),
            _ => {
                let last = sentences[sentences.len() - 1].block;
                put(match self.document.blocks[last].kind {
                    BlockKind::TableRow => Shape::Table,
                    BlockKind::ListItem => Shape::List,
                    _ => Shape::Prose,
                });
            }
        }
        for s in sentences {
            match self.language.roles[s.block] {
                Role::Contents => put(Shape::Contents),
                Role::Glossary => put(Shape::Glossary),
                Role::Literature => put(Shape::Literature),
                Role::LegalText => put(Shape::LegalText),
                Role::Template => put(Shape::Template),
                _ => {}
            }
        }
        let words: usize = sentences.iter().map(|s| s.tokens.len()).sum();
        if words < 20 {
            put(Shape::Short);
        }
        if words > 70 {
            put(Shape::Long);
        }
        self.facts_of(sentences, put);
        self.status_of(passage, put);
    }

    fn facts_of(&self, sentences: &[crate::language::Sentence], put: &mut impl FnMut(Shape)) {
        let (mut dates, mut periods, mut numbers, mut terms, mut euros, mut percents, mut municipalities) = (0, 0, 0, 0, 0, 0, 0);
        let mut years: Vec<&str> = Vec::new();
        for s in sentences {
            dates += self.facts.dates_in(s.span).len();
            periods += self.facts.periods_in(s.span).len();
            municipalities += self.facts.municipalities_in(s.span).len();
            for n in self.facts.numbers_in(s.span) {
                match n.quantity {
                    Quantity::Number(_) => numbers += 1,
                    Quantity::Term { .. } => terms += 1,
                    Quantity::Euro(_) => euros += 1,
                    Quantity::Percent(_) => percents += 1,
                }
            }
            for t in &self.language.tokens[s.tokens.start as usize..s.tokens.end as usize] {
                let norm = self.language.vocabulary[t.norm as usize].as_str();
                if t.kind == Kind::Number && norm.len() == 4 && (norm.starts_with("20") || norm.starts_with("19")) && !years.contains(&norm)
                {
                    years.push(norm);
                }
            }
            if self.facts.is_of_another(s.span) {
                put(Shape::OtherSpeaks);
            }
        }
        let counted = [
            (dates, 1, Shape::Date),
            (dates, 2, Shape::Dates),
            (periods, 1, Shape::Period),
            (periods, 2, Shape::Periods),
            (numbers, 1, Shape::Number),
            (numbers, 3, Shape::Numbers),
            (numbers, 8, Shape::ManyNumbers),
            (terms, 1, Shape::Term),
            (terms, 2, Shape::Terms),
            (euros, 1, Shape::Euro),
            (euros, 3, Shape::Euros),
            (percents, 1, Shape::Percent),
            (years.len(), 2, Shape::Years),
            (years.len(), 3, Shape::ManyYears),
            (municipalities, 1, Shape::Municipality),
            (municipalities, 2, Shape::Municipalities),
        ];
        counted.into_iter().filter(|(n, least, _)| n >= least).for_each(|(_, _, s)| put(s));
    }

    fn status_of(&self, passage: &Passage, put: &mut impl FnMut(Shape)) {
        let (mut asserted, mut all) = (0, 0);
        for i in passage.sentences.clone() {
            let a = self.meant[i];
            all += 1;
            if a.status == Status::Asserted {
                asserted += 1;
                if i + 1 == passage.sentences.end {
                    put(Shape::LastAsserted);
                }
            }
            put(match a.status {
                Status::Asserted => Shape::SomeAsserted,
                Status::Negated => Shape::Negated,
                Status::NotYet => Shape::NotYet,
                Status::Intended => Shape::Intended,
                Status::Required => Shape::Required,
                Status::Quoted => Shape::Quoted,
                Status::Conditional => Shape::Conditional,
                Status::Former => Shape::Former,
            });
            if a.past {
                put(Shape::Past);
            }
            if a.dated {
                put(Shape::Dated);
            }
        }
        if asserted == all {
            put(Shape::AllAsserted);
        }
        if asserted == 0 {
            put(Shape::NoneAsserted);
        }
    }
}
