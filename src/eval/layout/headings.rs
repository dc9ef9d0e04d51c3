//! F1 of headings: the same words at the same level, and the same with the level ignored. A title is neither right nor wrong.

use super::align::{Alignment, plain};
use super::{Label, LabelKind, LayoutDocument, shortened};
use crate::document::{BlockKind, Document};

/// Scores the headings of a document.
pub(super) fn score(document: &Document, label: &Label, aligned: &Alignment, scored: &mut LayoutDocument) {
    // Most of its words stand in a title.
    let is_title = |block: usize| {
        let own: Vec<Option<usize>> = aligned.ours.iter().filter(|w| w.block == block).map(|w| w.truth).collect();
        let in_title = own.iter().flatten().filter(|t| label.blocks[aligned.block_of[**t]].kind == LabelKind::Title).count();
        in_title * 2 > own.len()
    };
    let mut ours: Vec<(String, u8, &str)> = Vec::new();
    for (b, block) in document.blocks.iter().enumerate() {
        if let BlockKind::Heading(level) = block.kind
            && !is_title(b)
        {
            ours.push((plain(document.slice(block.span)), level, document.slice(block.span)));
        }
    }
    let mut truth: Vec<(String, u8, &str)> =
        label.blocks.iter().filter(|b| b.kind == LabelKind::Heading).map(|b| (plain(&b.text), b.level, b.text.as_str())).collect();
    let score = &mut scored.score;
    (score.headings_truth, score.headings_ours) = (truth.len(), ours.len());
    truth.retain(|t| match ours.iter().position(|o| (&o.0, o.1) == (&t.0, t.1)) {
        Some(at) => {
            ours.remove(at);
            score.headings_right += 1;
            false
        }
        None => true,
    });
    score.headings_found = score.headings_right;
    for t in truth {
        match ours.iter().position(|o| o.0 == t.0) {
            Some(at) => {
                let ours = ours.remove(at);
                score.headings_found += 1;
                scored.headings.push(format!("niveau {} en niet {}: “{}”", t.1, ours.1, shortened(t.2)));
            }
            None => scored.headings.push(format!("niet als kop gelezen: “{}” (niveau {})", shortened(t.2), t.1)),
        }
    }
    scored.headings.extend(ours.iter().map(|o| format!("geen kop, wel zo gelezen: “{}” (niveau {})", shortened(o.2), o.1)));
}
