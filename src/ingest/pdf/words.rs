//! Glyphs to words: what is drawn next to each other in one style, without white space, is one [`Run`].

use super::fonts::Text;
use crate::ingest::{Geometry, Mark, Rect, Run};
use unicode_normalization::UnicodeNormalization;

/// Words kept of one page; a page in the smallest print has some three thousand.
const MAX_RUNS: usize = 200_000;
/// Longest word in bytes; more is a string of garbage.
const MAX_RUN_BYTES: usize = 2000;
/// A gap of this many em or more is white space.
const GAP: f64 = 0.13;
/// Letters less than this many em apart stand close. In a word that has such letters, and only there, spacing after a letter
/// (the operator Tc) of [`WIDE`] em or more is white space: some programs part words by it, as others spread letters.
const CLOSE: f64 = 0.06;
/// See [`CLOSE`].
const WIDE: f64 = 0.18;
/// Going back this many em or more starts a new word.
const BACK: f64 = -0.6;
/// Leaving the baseline by this many em starts a new word.
const OFF_BASELINE: f64 = 0.35;
/// Text is a copy of the same text if both are drawn within this distance, in points.
const COPY_DISTANCE: f32 = 0.5;
/// A letter is a copy of the one before it if it is drawn within this many em of it.
const LETTER_COPY: f64 = 0.08;
/// A space character that leaves less than this, in em, is none: some programs set one where a word may be broken, and go on where it
/// began.
const MIN_SPACE: f64 = 0.1;
/// Copies looked at for one word.
const MAX_COPIES: usize = 32;

/// How glyphs are drawn. Directions are unit vectors in user space.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Style {
    /// Effective size in points.
    pub size: f64,
    /// What an em measures along the line: less than the size in condensed text.
    pub em: f64,
    /// The way the text runs.
    pub along: (f64, f64),
    /// The way letters stand up.
    pub up: (f64, f64),
    /// Which face.
    pub face: u64,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Drawn invisibly, as the text layer of a scan is.
    pub hidden: bool,
}

impl Style {
    /// Whether a word may go on from one to the other.
    fn continues(&self, other: &Style) -> bool {
        self.face == other.face
            && self.bold == other.bold
            && self.hidden == other.hidden
            && (self.size - other.size).abs() <= 0.02 * self.size
            && self.along.0 * other.along.0 + self.along.1 * other.along.1 > 0.999
    }
}

/// The word being put together.
struct Word {
    text: String,
    start: (f64, f64),
    end: (f64, f64),
    /// Where the last glyph began, and where its text begins in `text`.
    last: (f64, f64),
    last_text: usize,
    style: Style,
    /// Holds combining marks, to be composed.
    marks: bool,
    /// White space stands before it.
    spaced: bool,
    mark: Mark,
    /// Points left free after its last glyph by spacing.
    spacing: f64,
    /// Its letters, or those before it on the line, stand close.
    close: bool,
}

/// Collects the words of one page.
pub(super) struct Words {
    geometry: Geometry,
    size: (f32, f32),
    word: Option<Word>,
    /// Where the last white space began, if no word has begun since.
    space: Option<(f64, f64)>,
    runs: Vec<Run>,
    hidden: Vec<bool>,
    spare: String,
    /// The marked content that what is drawn now stands in.
    pub mark: Mark,
    /// Glyphs shown, and those among them without known text.
    pub glyphs: usize,
    /// See `glyphs`.
    pub unknown: usize,
    /// The page has more words than are kept.
    pub overflow: bool,
}

impl Words {
    /// For a page.
    pub fn new(geometry: Geometry) -> Self {
        Words {
            geometry,
            size: geometry.view_size(),
            word: None,
            space: None,
            runs: Vec::new(),
            hidden: Vec::new(),
            spare: String::new(),
            mark: Mark::None,
            glyphs: 0,
            unknown: 0,
            overflow: false,
        }
    }

    /// Adds a glyph that runs from `from` to `to` on the baseline, in user space; `spacing` (points) is what is left free
    /// after every glyph alike, which is no white space.
    pub fn glyph(&mut self, text: &Text, from: (f64, f64), to: (f64, f64), spacing: f64, style: &Style) {
        self.glyphs += 1;
        match text {
            Text::Unknown => {
                self.unknown += 1;
                self.end_word();
            }
            Text::One(c) => self.character(*c, from, to, spacing, style),
            Text::Many(s) if s.contains(char::is_whitespace) => {
                // Where the parts stand is not known: in equal steps.
                let count = s.chars().count() as f64;
                let at = |i: f64| (from.0 + (to.0 - from.0) * i / count, from.1 + (to.1 - from.1) * i / count);
                for (i, c) in s.chars().enumerate() {
                    self.character(c, at(i as f64), at(i as f64 + 1.0), spacing, style);
                }
            }
            Text::Many(s) => {
                if self.place(from, style, None) {
                    return;
                }
                if let Some(word) = &mut self.word {
                    word.last_text = word.text.len();
                    word.text.push_str(s);
                    word.marks |= s.chars().any(is_mark);
                    word.end = (to.0 + spacing * style.along.0, to.1 + spacing * style.along.1);
                    word.spacing = spacing;
                }
            }
        }
    }

    /// Counts glyphs that no text is known of.
    pub fn unreadable(&mut self, glyphs: usize) {
        self.glyphs += glyphs;
        self.unknown += glyphs;
        self.end_word();
    }

    fn character(&mut self, c: char, from: (f64, f64), to: (f64, f64), spacing: f64, style: &Style) {
        if c == ' ' || (c > '~' && c.is_whitespace()) {
            self.end_word();
            self.space = Some(from);
            return;
        }
        if matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}') {
            return;
        }
        if self.place(from, style, Some(c)) {
            return;
        }
        if let Some(word) = &mut self.word {
            word.last_text = word.text.len();
            word.text.push(c);
            word.marks |= c > '~' && is_mark(c);
            word.end = (to.0 + spacing * style.along.0, to.1 + spacing * style.along.1);
            word.spacing = spacing;
        }
    }

    /// Makes sure that there is a word the glyph at `from` belongs to. True if the glyph is done with: it repeats the one
    /// before it, or it went together with an accent drawn before it.
    fn place(&mut self, from: (f64, f64), style: &Style, c: Option<char>) -> bool {
        let (mut spaced, mut close) = (false, false);
        if let Some(word) = &mut self.word {
            let (dx, dy) = (from.0 - word.end.0, from.1 - word.end.1);
            let along = dx * word.style.along.0 + dy * word.style.along.1;
            let off = (dy * word.style.along.0 - dx * word.style.along.1).abs();
            let size = word.style.size;
            let em = word.style.em.min(size);
            let gap = GAP * em;
            let free = along + word.spacing;
            let parted = word.close && word.spacing > 0.0 && free >= WIDE * em;
            let continues = along < gap && !parted && along > BACK * size && off < OFF_BASELINE * size;
            if along < -0.15 * size {
                let moved = (from.0 - word.last.0).abs() + (from.1 - word.last.1).abs();
                if let Some(c) = c {
                    let last = &word.text[word.last_text..];
                    if moved <= (LETTER_COPY * size).max(0.7 * f64::from(COPY_DISTANCE)) && last.chars().eq([c]) {
                        return true;
                    }
                    if continues
                        && c.is_alphabetic()
                        && word.style.continues(style)
                        && let Some(mark) = last.chars().next().and_then(combining)
                    {
                        word.text.truncate(word.last_text);
                        word.text.push(match c {
                            'ı' => 'i',
                            'ȷ' => 'j',
                            c => c,
                        });
                        word.text.push(mark);
                        word.marks = true;
                        return true;
                    }
                }
            }
            if continues && word.style.continues(style) && word.text.len() < MAX_RUN_BYTES {
                word.last = from;
                word.close |= free < CLOSE * em;
                return false;
            }
            close = parted;
            spaced = (along >= gap || parted) && along < size && off < OFF_BASELINE * size && !word.text.ends_with(is_hyphen);
            self.end_word();
        }
        if let Some((x, y)) = self.space.take() {
            let (dx, dy) = (from.0 - x, from.1 - y);
            let along = dx * style.along.0 + dy * style.along.1;
            spaced |= along >= MIN_SPACE * style.em && along < 2.0 * style.size && dx.hypot(dy) < 2.0 * style.size;
        }
        let text = std::mem::take(&mut self.spare);
        self.word = Some(Word {
            text,
            start: from,
            end: from,
            last: from,
            last_text: 0,
            style: *style,
            marks: false,
            spaced,
            mark: self.mark,
            spacing: 0.0,
            close,
        });
        false
    }

    /// Ends the word being put together.
    pub fn end_word(&mut self) {
        let Some(word) = self.word.take() else { return };
        self.keep(&word);
        self.spare = word.text;
        self.spare.clear();
    }

    fn keep(&mut self, word: &Word) {
        if self.runs.len() >= MAX_RUNS {
            self.overflow = true;
            return;
        }
        let Style { size, up, along, bold, italic, hidden, .. } = word.style;
        let mut rect = Rect { x0: f32::MAX, y0: f32::MAX, x1: f32::MIN, y1: f32::MIN };
        for (x, y) in [word.start, word.end] {
            for em in [-0.2 * size, 0.8 * size] {
                let (vx, vy) = self.geometry.to_view((x + em * up.0) as f32, (y + em * up.1) as f32);
                rect = Rect { x0: rect.x0.min(vx), y0: rect.y0.min(vy), x1: rect.x1.max(vx), y1: rect.y1.max(vy) };
            }
        }
        let (width, height) = self.size;
        let (mx, my) = ((rect.x0 + rect.x1) / 2.0, (rect.y0 + rect.y1) / 2.0);
        // Also false for what is not a number.
        if !(mx >= 0.0 && mx <= width && my >= 0.0 && my <= height) {
            return;
        }
        let degrees = along.1.atan2(along.0).to_degrees().round() as i32 - i32::from(self.geometry.rotate);
        let angle = match degrees.rem_euclid(360) {
            a if a > 180 => a - 360,
            a => a,
        };
        let text = if word.marks { word.text.nfc().collect() } else { word.text.as_str().to_owned() };
        self.runs.push(Run { text, rect, size: size as f32, bold, italic, angle: angle as i16, spaced: word.spaced, mark: word.mark });
        self.hidden.push(hidden);
    }

    /// The words of the page: copies left out, and of visible and invisible text what belongs there. An invisible layer
    /// counts if there is no visible text, or if the page is a picture (`pictured`) with less visible than invisible text
    /// (a scan with a stamp).
    pub fn finish(mut self, pictured: bool) -> Vec<Run> {
        self.end_word();
        let invisible = self.hidden.iter().filter(|h| **h).count();
        if invisible > 0 {
            let visible = self.runs.len() - invisible;
            if !(visible == 0 || (pictured && visible < invisible)) {
                let mut hidden = self.hidden.iter();
                self.runs.retain(|_| !hidden.next().copied().unwrap_or(false));
            }
        }
        drop_copies(&mut self.runs);
        self.runs
    }
}

/// Leaves out text drawn again (nearly) at its own place, which is how some programs make letters bold or give them a
/// shadow. A copy that is displaced makes the first one bold.
fn drop_copies(runs: &mut Vec<Run>) {
    let mut order: Vec<(u64, f32, u32)> = (0u32..).zip(runs.iter()).map(|(i, r)| (hash(r.text.as_bytes()), r.rect.x0, i)).collect();
    order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut copies: Vec<(u32, u32)> = Vec::new();
    for (k, &(key, x, i)) in order.iter().enumerate() {
        for &(other_key, other_x, j) in order[k + 1..].iter().take(MAX_COPIES) {
            if other_key != key || other_x - x > COPY_DISTANCE {
                break;
            }
            let (a, b) = (&runs[i as usize], &runs[j as usize]);
            let same = (a.rect.y0 - b.rect.y0).abs() <= COPY_DISTANCE && (a.size - b.size).abs() < 0.05 * a.size && a.angle == b.angle;
            if same && a.text == b.text {
                copies.push((i.min(j), i.max(j)));
            }
        }
    }
    if copies.is_empty() {
        return;
    }
    let mut dropped = vec![false; runs.len()];
    for &(first, copy) in &copies {
        let (first, copy) = (first as usize, copy as usize);
        let moved = (runs[first].rect.x0 - runs[copy].rect.x0).abs() + (runs[first].rect.y0 - runs[copy].rect.y0).abs();
        runs[first].bold |= runs[copy].bold || moved > 0.1;
        dropped[copy] = true;
    }
    let mut dropped = dropped.into_iter();
    runs.retain(|_| !dropped.next().unwrap_or(false));
}

/// Whether a word may go on after it without white space: a hyphen stands close to what follows or wide of it.
fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{ad}' | '\u{2010}' | '\u{2011}')
}

/// Combining marks that fonts give as glyphs of their own.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// The combining form of an accent drawn as a character of its own.
fn combining(accent: char) -> Option<char> {
    Some(match accent {
        '`' | '\u{2cb}' => '\u{300}',
        '´' => '\u{301}',
        '^' | 'ˆ' => '\u{302}',
        '~' | '˜' => '\u{303}',
        '¨' => '\u{308}',
        'ˇ' => '\u{30c}',
        '¸' => '\u{327}',
        _ => return None,
    })
}

/// A quick hash (FNV-1a), the same on every run.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}
