//! Holds verdicts and facts against what people read in the same documents (`truth.json`) and against labelled fragments (`*.jsonl`), so
//! that a rule author sees what to mend; and order, headings and tables as read against labels (`layout`). Compares; never runs the engine
//! itself.

mod bank;
mod facts;
mod figures;
pub mod layout;
mod overlap;
mod render;
mod score;
mod truth;

pub use bank::{Bank, BankScores, Fragment, MARKDOWN, Part, fragments};
pub use facts::FactScore;
pub use figures::{FigureFragment, FigureMiss, FigureScore, FigureScores, figure_fragments};
pub use render::{BANK_FORMATS, FORMATS};
pub use score::{DossierScore, ElementScore, Miss, Score, Scores, score};
pub use truth::{Truth, TruthError};
