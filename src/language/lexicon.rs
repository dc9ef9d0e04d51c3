//! The words of `checks/taal/*.toml` (but for the municipalities, which are facts) as the program uses them: tables that `matching` runs
//! over a document. [`super::LexiconBuilder`] makes them out of the files.

use super::table::Table;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// How a statement is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Stated as fact or as standing policy.
    Asserted,
    /// Denied ("geen", "nooit", "heeft niet ingestemd").
    Negated,
    /// Denied for now ("nog niet", "is er nog geen"): a plan for later.
    NotYet,
    /// Future, plan, proposal, hope, or a placeholder left open.
    Intended,
    /// Law, rule, procedure, competence ("heeft instemmingsrecht", "dient", "wordt eens per vier jaar vastgesteld door").
    Required,
    /// A quotation or paraphrase of what law or inspectie asks, or someone's words.
    Quoted,
    /// Depends on something ("indien", "onder voorbehoud van").
    Conditional,
    /// Said of another time: the previous plan, the former verband.
    Former,
}

/// What a block is by its content and place, found from headings and form with the words of `checks/taal/rollen.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Running text.
    Body,
    /// A heading.
    Heading,
    /// Contents list.
    Contents,
    /// Glossary or list of abbreviations.
    Glossary,
    /// Literature list, further reading.
    Literature,
    /// What the law or the inspectie asks, as a section or box of its own ("Wat de wet van ons vraagt"); cross-tables of legal demands.
    LegalText,
    /// Instructions of a template, forms to fill in.
    Template,
    /// Colofon, cover.
    Colofon,
}

/// A concept of the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConceptId(pub u16);

/// On which side of the trigger the statement stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Direction {
    /// The trigger comes before the statement.
    Before,
    /// The trigger comes after it.
    After,
    /// Either.
    #[default]
    Both,
}

/// How far a trigger reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Scope {
    /// The statement it shares words with ("ter instemming").
    Own,
    /// Its clause.
    #[default]
    Clause,
    /// Its sentence.
    Sentence,
    /// So many tokens within its clause.
    Window(u8),
    /// Nothing in its own block: only what stands below.
    Below,
}

/// Whether a trigger in a heading or in the lead of a list reaches what stands below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Below {
    /// From a lead, not from a heading.
    #[default]
    Lead,
    /// From both.
    Heading,
    /// From neither.
    No,
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Classes(u32);

impl Classes {
    pub(super) fn has(self, class: WordClass) -> bool {
        self.0 & (1 << class as u32) != 0
    }
    pub(super) fn add(&mut self, class: WordClass) {
        self.0 |= 1 << class as u32;
    }
}

/// A group of triggers: words that give what stands in their scope a status.
#[derive(Clone, Debug, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct RoleRule {
    pub(super) role: Role,
    /// Sub-sections too.
    pub(super) inherit: bool,
    /// Only blocks that speak in its terms.
    pub(super) only_speaking: bool,
}

/// To what a form belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Owner {
    Concept(u16),
    Trigger(u16),
    Role(u16, RolePlace),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Concept {
    pub(super) name: String,
    pub(super) label: String,
    /// As written, one per line: they are only shown.
    pub(super) forms: String,
}

/// The compiled words.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Lexicon {
    pub(super) concepts: Vec<Concept>,
    pub(super) by_name: FxHashMap<String, u16>,
    pub(super) owners: Vec<Owner>,
    /// Per concept those that include it, directly or not.
    pub(super) includers: Vec<Vec<u16>>,
    pub(super) table: Table,
    pub(super) triggers: Vec<TriggerGroup>,
    pub(super) roles: Vec<RoleRule>,
    pub(super) classes: FxHashMap<String, Classes>,
    /// Without the last full stop; true when a sentence may end on it.
    pub(super) abbreviations: FxHashMap<String, bool>,
}

impl Lexicon {
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
    pub fn forms(&self, id: ConceptId) -> impl Iterator<Item = &str> {
        self.concepts[id.0 as usize].forms.lines()
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
