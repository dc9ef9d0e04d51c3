//! Colours, only where they are wanted.

use crate::engine::outcome::Verdict;

/// Whether and how text is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    coloured: bool,
}

/// What a piece of text is, for its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// A heading or name.
    Strong,
    /// Less important.
    Faint,
    /// Good.
    Good,
    /// Doubtful.
    Doubt,
    /// Bad.
    Bad,
}

impl Style {
    /// Without colours.
    pub const PLAIN: Style = Style { coloured: false };
    /// With colours.
    pub const COLOURED: Style = Style { coloured: true };

    /// Whether there are colours.
    pub fn is_coloured(self) -> bool {
        self.coloured
    }

    /// The text in its colour.
    pub fn paint(self, paint: Paint, text: &str) -> String {
        let code = match paint {
            Paint::Strong => "1",
            Paint::Faint => "2",
            Paint::Good => "32",
            Paint::Doubt => "33",
            Paint::Bad => "31",
        };
        if self.coloured { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// The label of a verdict in its colour.
    pub fn verdict(self, verdict: Verdict) -> String {
        let paint = match verdict {
            Verdict::Found => Paint::Good,
            Verdict::Weak => Paint::Doubt,
            Verdict::Missing | Verdict::Contradicted => Paint::Bad,
            Verdict::NotTestable | Verdict::NotApplicable => Paint::Faint,
        };
        self.paint(paint, verdict.label())
    }
}
