//! The shape of the rule files: what a rule author may write, and nothing more. `checks/README.md` explains it to authors.
//!
//! Every struct refuses unknown keys, so that a typo is an error with a place and never a silent no-op.

use crate::engine::verdict::{DocumentKind, Verdict};
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// `checks/<framework>/framework.toml`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrameworkFile {
    /// Dutch title.
    pub title: String,
    /// Where the framework was published.
    pub source: String,
    /// First day it was in force.
    pub valid_from: String,
    /// Last day it was in force, if it ended.
    pub valid_to: Option<String>,
    /// Folder names of the norms, in the framework's order.
    pub norms: Vec<Spanned<String>>,
    /// Its aspects; each norm stands in at most one.
    #[serde(default)]
    pub aspect: Vec<AspectFile>,
}

/// A quality aspect of a framework.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AspectFile {
    /// Dutch title ("1 Resultaten").
    pub title: String,
    /// Ids of its norms.
    pub norms: Vec<Spanned<String>>,
}

/// `checks/<framework>/<norm>/norm.toml`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NormFile {
    /// "N3".
    pub id: String,
    /// Dutch title.
    pub title: String,
    /// The clause of the law or framework.
    pub clause: String,
    /// What the norm asks, in plain Dutch.
    pub asks: String,
    /// A statutory requirement (TK 4.1) rather than an indicator.
    pub statutory: bool,
}

/// `checks/<framework>/<norm>/<letter>-<name>.toml`: one element. Its id is the norm's id, a full stop, and the letter.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElementFile {
    /// Short Dutch title.
    pub title: String,
    /// The clause it rests on.
    pub clause: String,
    /// The kinds of document that may show it.
    pub documents: Vec<DocumentKind>,
    /// What is asked, in plain Dutch.
    pub asks: String,
    /// What counts, in plain Dutch.
    pub counts: String,
    /// What does not count, in plain Dutch.
    pub not_counts: String,
    /// One sentence for a report when nothing shows it.
    pub missing: String,
    /// What a writer can add.
    pub hint: String,
    /// Where it would belong.
    pub belongs: Belongs,
    /// When it applies; always if left out.
    pub applies: Option<Applies>,
    /// The kind of test.
    pub test: Test,
    /// What can show it.
    #[serde(default)]
    pub pattern: Vec<PatternFile>,
}

/// The rest of that file, from the first `[[example]]` on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExamplesFile {
    /// Texts with the verdict they must get.
    pub example: Vec<ExampleFile>,
}

/// Where an element would belong in a document.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Belongs {
    /// Words of headings under which it usually stands.
    pub headings: Spanned<Vec<String>>,
    /// The place in words, for documents without such a heading.
    pub text: String,
}

/// When an element applies.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Applies {
    /// Not to plans that start after this day (ISO).
    pub plan_starts_until: Spanned<String>,
}

/// The kinds of test: a small closed vocabulary, one file each in `engine/`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Test {
    /// A statement shows it.
    Statement(StatementTest),
    /// One dated act comes on or before another.
    Order(OrderTest),
    /// A dated act comes before 1 May preceding the plan period.
    Deadline(DeadlineTest),
    /// The plan period spans at most so many years.
    Duration(DurationTest),
    /// Every municipality of the region takes part.
    Participants(ParticipantsTest),
    /// Every school of the register stands in the document.
    Register(RegisterTest),
    /// Passages are weighed with the weights of `taal/gewichten.tsv`.
    Weighed(WeighedTest),
}

/// Whether a statement needs a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateNeed {
    /// No.
    #[default]
    None,
    /// Without one the verdict is weak.
    Required,
}

/// See [`Test::Statement`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementTest {
    /// Whether it needs a date.
    #[serde(default)]
    pub date: DateNeed,
    /// It needs one only for plans that start on or before this day (ISO).
    pub date_until: Option<Spanned<String>>,
    /// Contradicted by a date after this day (ISO); the day itself is in time.
    pub not_after: Option<Spanned<String>>,
    /// Words that say that it holds for all; without one in a statement in time, another that is too late breaks the norm.
    pub all: Option<Spanned<Vec<String>>>,
    /// The statement is an act in the making of this plan: its date must fit the plan's round.
    #[serde(default)]
    pub of_this_plan: bool,
    /// The name of the fact that its date is ("vaststelling").
    pub fact: Option<Spanned<String>>,
}

/// See [`Test::Order`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderTest {
    /// Element whose act must come first.
    pub first: Spanned<String>,
    /// Element whose act must come on the same day or later.
    pub then: Spanned<String>,
}

/// See [`Test::Deadline`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeadlineTest {
    /// Element whose act must be in time; left out: the element's own patterns.
    pub of: Option<Spanned<String>>,
    /// The day the dossier gives as received counts too.
    #[serde(default)]
    pub dossier_received: bool,
    /// An act on 1 May itself is weak rather than contradicted (TK 4.3).
    #[serde(default)]
    pub day_itself_weak: bool,
    /// The name of the fact that its date is.
    pub fact: Option<Spanned<String>>,
}

/// See [`Test::Duration`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DurationTest {
    /// At most so many years.
    pub years: u8,
}

/// See [`Test::Participants`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParticipantsTest {
    /// Element that shows the meeting.
    pub of: Spanned<String>,
    /// Words of taking part: a sentence with one speaks of the meeting.
    pub takes_part: Spanned<Vec<String>>,
    /// Words that describe the region: names beside them are no participants, unless taking part is said too.
    pub region: Spanned<Vec<String>>,
    /// Words that point back at names just given ("alle drie", "haar college").
    pub refers_back: Spanned<Vec<String>>,
    /// Words that say that those named are all there are.
    pub all: Spanned<Vec<String>>,
    /// Words that say that they are not.
    pub some: Spanned<Vec<String>>,
    /// Words of the heading of a report of the meeting or a list of those present.
    pub report: Spanned<Vec<String>>,
}

/// See [`Test::Weighed`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeighedTest {
    /// An element with patterns that asks the same: what these see counts here too, where the weights see nothing or only a trace.
    pub same_as: Option<Spanned<String>>,
}

/// See [`Test::Register`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterTest {}

/// How far from the act something may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// In the same clause (in a table: the same cell).
    Clause,
    /// In the same sentence (in a table: the same row).
    Sentence,
    /// In a neighbouring sentence of the same block, the column heads, the caption, or the line that introduces the list.
    Near,
    /// In the same paragraph, list or table.
    Block,
    /// In a heading above it.
    Heading,
    /// In the same section.
    Section,
    /// Anywhere in the document.
    Document,
}

/// Words of which at least one must stand within reach.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlotFile {
    /// Forms, or concepts as "@naam".
    pub any: Spanned<Vec<String>>,
    /// How far away at most.
    pub within: Reach,
    /// How far away at most in an ondersteuningsplan, where "the plan" is what the whole document is about.
    pub within_plan: Option<Reach>,
    /// Only at that very step: with `within = "heading"` in a heading, and not in the text below it.
    #[serde(default)]
    pub only: bool,
}

/// Words that rule a pattern out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithoutFile {
    /// Forms, or concepts as "@naam".
    pub any: Spanned<Vec<String>>,
    /// How far away at most.
    pub within: Reach,
    /// They do not, if one of these stands at least as near.
    pub unless: Option<Spanned<Vec<String>>>,
    /// A sentence that opens by pointing back ("Dat", "Daarover") is about what the sentence before it is about: they may stand there too.
    #[serde(default)]
    pub carried: bool,
}

/// One way in which documents show an element.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PatternFile {
    /// What it means, in Dutch; shown to the user as the reason.
    pub name: String,
    /// The word that carries the statement, usually the verb. Its assertion status is the statement's.
    pub act: Spanned<Vec<String>>,
    /// What must stand with it.
    #[serde(default)]
    pub with: Vec<SlotFile>,
    /// What must not.
    #[serde(default)]
    pub without: Vec<WithoutFile>,
    /// What it is worth when asserted.
    pub verdict: Option<PatternVerdict>,
    /// What it is worth when denied; left out: nothing.
    pub denied: Option<PatternVerdict>,
    /// Present-tense rules ("wordt vastgesteld door") count as asserted: for standing policy.
    #[serde(default)]
    pub standing: bool,
    /// At least so many different names of organisations in its sentence, the column under it, or the list, table or text it introduces.
    pub names: Option<u8>,
    /// At least so many municipalities within reach of a sentence.
    pub municipalities: Option<u8>,
    /// Needs no date even where the test asks one.
    #[serde(default)]
    pub dateless: bool,
    /// Only in a table row or list item, where few words say much.
    #[serde(default)]
    pub rows: bool,
    /// Said of the legal person of the samenwerkingsverband: not in a sentence about another that is named there or just before.
    #[serde(default)]
    pub own: bool,
    /// How it answers an element that asks the same ([`WeighedTest::same_as`]); a denial turns it round.
    #[serde(default)]
    pub answer: Answer,
    /// Strength against other patterns; 1.0 if left out.
    pub weight: Option<f32>,
}

/// How a pattern that shows an element answers one that asks the same for a yes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It says so.
    #[default]
    Yes,
    /// It says that it is not so: "there was no agreement" tells the outcome.
    No,
    /// It leaves that open.
    Open,
}

/// What a pattern can be worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PatternVerdict {
    /// Shows the element.
    Found,
    /// A trace of it.
    Weak,
    /// The opposite.
    Contradicted,
}

/// A text with the verdict it must get, as if a document held nothing else.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleFile {
    /// The verdict.
    pub verdict: Verdict,
    /// The text: paragraphs, lists ("- …") and tables ("a | b") as in a text file.
    pub text: String,
    /// The heading above it.
    pub heading: Option<String>,
    /// The kind of document; a plan if left out.
    pub document: Option<DocumentKind>,
    /// What the dossier says.
    pub dossier: Option<ExampleDossier>,
    /// Shown by `plantoets explain`.
    #[serde(default)]
    pub show: bool,
}

/// What the dossier of an example says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleDossier {
    /// Day of receipt by the inspectie (ISO).
    pub ontvangen: Option<String>,
    /// Municipalities of the region.
    #[serde(default)]
    pub gemeenten: Vec<String>,
    /// Number of the samenwerkingsverband.
    pub nummer: Option<String>,
    /// Register rows: "brin;naam;bevoegd_gezag;swv".
    #[serde(default)]
    pub register: Vec<String>,
}
