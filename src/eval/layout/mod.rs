//! Reading order, headings and tables of a document held against labels: a file `NAME.json` beside `NAME.pdf` lists the blocks of the document
//! as a careful reader would read them.
//!
//! ```text
//! align     our words to the words of the labels
//! order     share of neighbouring lines that follow each other rightly
//! headings  F1 of headings, with and without their level
//! tables    F1 of neighbouring cells
//! render    the scores as text
//! ```

mod align;
mod headings;
mod order;
mod render;
mod tables;

use super::score::share;
use crate::document::Document;
use align::Alignment;
pub use render::LAYOUT_FORMATS;
use serde::{Deserialize, Serialize};

/// What a block of a label is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LabelKind {
    /// A heading, with a level.
    Heading,
    /// A title on a cover: read as a heading or not, neither is wrong.
    Title,
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    Item,
    /// A side note, pull quote or box.
    Aside,
    /// A caption.
    Caption,
    /// A footnote.
    Footnote,
    /// A line of a contents list.
    Contents,
    /// A table.
    Table,
}

/// A block of a label.
#[derive(Clone, Debug, Deserialize)]
pub struct LabelBlock {
    /// What it is.
    pub kind: LabelKind,
    /// Of a heading: from 1.
    #[serde(default)]
    pub level: u8,
    /// Its words, with hyphenation undone.
    #[serde(default)]
    pub text: String,
    /// Of a table: its rows of cells; a cell that a merged cell covers is empty.
    #[serde(default)]
    pub rows: Vec<Vec<String>>,
    /// Blocks with the same name are ordered among themselves only.
    #[serde(default)]
    pub flow: Option<String>,
}

/// What a document holds according to a reader: its blocks in reading order.
#[derive(Clone, Debug, Deserialize)]
pub struct Label {
    /// The blocks.
    pub blocks: Vec<LabelBlock>,
}

impl Label {
    /// A label file; None when the JSON is something else.
    pub fn parse(json: &str) -> Option<Result<Label, serde_json::Error>> {
        let value: serde_json::Value = serde_json::from_str(json).ok()?;
        value.get("blocks").is_some().then(|| serde_json::from_value(value))
    }
}

/// Counts over one document or several, and the shares that follow from them; a share over nothing is None.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LayoutScore {
    /// Neighbouring lines in our text, and lines of the labels that are not in it.
    pub pairs: usize,
    /// Of those, where the second line goes on where the first ended.
    pub pairs_right: usize,
    /// Words of the labels.
    pub words: usize,
    /// Of those, read as part of the text.
    pub words_read: usize,
    /// Lines in our text that no label has: running heads, decoration.
    pub strange: usize,
    /// Headings of the labels, titles aside.
    pub headings_truth: usize,
    /// Our headings, titles aside.
    pub headings_ours: usize,
    /// With the same words and level.
    pub headings_right: usize,
    /// With the same words.
    pub headings_found: usize,
    /// Neighbouring cells of the labels.
    pub cells_truth: usize,
    /// Our neighbouring cells.
    pub cells_ours: usize,
    /// Neighbours in both.
    pub cells_right: usize,
    /// pairs_right / pairs.
    pub order: Option<f64>,
    /// words_read / words.
    pub read: Option<f64>,
    /// Harmonic mean of precision and recall of headings with their level.
    pub headings: Option<f64>,
    /// The same with the level ignored.
    pub headings_without_level: Option<f64>,
    /// Harmonic mean of precision and recall of neighbouring cells.
    pub cells: Option<f64>,
}

impl LayoutScore {
    fn close(&mut self) {
        self.order = share(self.pairs_right, self.pairs);
        self.read = share(self.words_read, self.words);
        self.headings = share(2 * self.headings_right, self.headings_truth + self.headings_ours);
        self.headings_without_level = share(2 * self.headings_found, self.headings_truth + self.headings_ours);
        self.cells = share(2 * self.cells_right, self.cells_truth + self.cells_ours);
    }

    fn add(&mut self, other: &LayoutScore) {
        self.pairs += other.pairs;
        self.pairs_right += other.pairs_right;
        self.words += other.words;
        self.words_read += other.words_read;
        self.strange += other.strange;
        self.headings_truth += other.headings_truth;
        self.headings_ours += other.headings_ours;
        self.headings_right += other.headings_right;
        self.headings_found += other.headings_found;
        self.cells_truth += other.cells_truth;
        self.cells_ours += other.cells_ours;
        self.cells_right += other.cells_right;
    }
}

/// The score of one document, and what went wrong in it, in Dutch.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LayoutDocument {
    /// Name of the file.
    pub name: String,
    /// The counts.
    pub score: LayoutScore,
    /// Where the order breaks.
    pub order: Vec<String>,
    /// Headings lost, added, or at another level.
    pub headings: Vec<String>,
    /// Neighbouring cells lost or added.
    pub cells: Vec<String>,
}

/// Scores over labelled documents.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LayoutScores {
    /// Over all documents: of the counts taken together.
    pub overall: LayoutScore,
    /// Per document, in the order given.
    pub documents: Vec<LayoutDocument>,
}

impl LayoutScores {
    /// Scores documents against their labels.
    pub fn of<'a>(documents: impl IntoIterator<Item = (&'a str, &'a Document, &'a Label)>) -> LayoutScores {
        let mut scores = LayoutScores::default();
        for (name, document, label) in documents {
            let mut scored = LayoutDocument { name: name.to_owned(), ..LayoutDocument::default() };
            let aligned = Alignment::of(document, label);
            order::score(document, label, &aligned, &mut scored);
            headings::score(document, label, &aligned, &mut scored);
            tables::score(document, label, &mut scored);
            scored.score.close();
            scores.overall.add(&scored.score);
            scores.documents.push(scored);
        }
        scores.overall.close();
        scores
    }
}

/// The first words of a text, for a message.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 48;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests;
