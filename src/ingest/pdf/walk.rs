//! The walk over a page's operators: text state and matrices to words, paths to rules (ISO 32000-1, 8.4 and 9.3 to 9.4).
//!
//! Every walk has an end: a budget of operators and of decompressed bytes for the page, a depth for forms, no form inside
//! itself, and a deadline.

use super::fonts::{Cache, Font, Text};
use super::geometry::{self, IDENTITY, Matrix, apply, multiply};
use super::lexer::{Lexer, Operand, Operands};
use super::rules::{Paint, Rules};
use super::words::{Style, Words};
use super::{annotations, objects, streams, structure};
use crate::ingest::{Geometry, Limits, Mark, Rect, Run};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Instant;

/// Forms within forms.
const MAX_DEPTH: usize = 16;
/// Saved graphics states; deeper ones are counted and not kept.
const MAX_STATES: usize = 512;
/// Stretches of marked content told apart on a page.
const MAX_MARKS: usize = 100_000;
/// Operators between two looks at the clock.
const CLOCK_INTERVAL: usize = 1024;
/// Share of the page that a picture must cover to make it a scan.
const SCAN_COVER: f64 = 0.5;

/// What all pages of a document share.
pub(super) struct Shared<'a> {
    /// The document.
    pub doc: &'a Document,
    /// Its fonts.
    pub fonts: Cache<'a>,
    /// Layers that are switched off (8.11.4).
    pub layers_off: HashSet<ObjectId>,
    /// What the fields of forms fall back on (12.7.2).
    pub field_resources: Option<&'a Dictionary>,
    /// Bounds.
    pub limits: Limits,
    /// When to stop.
    pub deadline: Option<Instant>,
}

/// What was found on a page.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The words.
    pub runs: Vec<Run>,
    /// The stretches of marked content that the marks of the words count in.
    pub marks: Vec<structure::Place>,
    /// The lines and boxes.
    pub rules: Vec<Rect>,
    /// It draws something other than text.
    pub draws: bool,
    /// Glyphs shown.
    pub glyphs: usize,
    /// Glyphs whose text is not known.
    pub unknown: usize,
    /// Why it could not be read wholly, in Dutch.
    pub damage: Option<&'static str>,
}

/// The graphics state, as far as text and rules need it.
#[derive(Clone, Copy)]
struct State {
    ctm: Matrix,
    text: Matrix,
    line: Matrix,
    /// Index into [`Walk::fonts`].
    font: Option<usize>,
    size: f64,
    char_spacing: f64,
    word_spacing: f64,
    scale: f64,
    leading: f64,
    rise: f64,
    mode: u8,
    line_width: f64,
    white_fill: bool,
    white_stroke: bool,
}

impl State {
    fn new(ctm: Matrix) -> State {
        State {
            ctm,
            text: IDENTITY,
            line: IDENTITY,
            font: None,
            size: 1.0,
            char_spacing: 0.0,
            word_spacing: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
            line_width: 1.0,
            white_fill: false,
            white_stroke: false,
        }
    }
}

/// A walk over one page.
struct Walk<'a, 's> {
    shared: &'s Shared<'a>,
    words: Words,
    rules: Rules,
    state: State,
    fonts: Vec<(usize, Arc<Font<'a>>)>,
    page_area: f64,
    operators: usize,
    bytes: usize,
    draws: bool,
    pictured: f64,
    damage: Option<&'static str>,
    /// The resources of the page and of the forms being walked.
    resources: Vec<&'a Dictionary>,
    /// Forms being walked, by their place in memory.
    inside: Vec<*const Dictionary>,
    /// The marked content around.
    layers: Vec<Layer>,
    /// How many of those are.
    off: usize,
    /// The page or form in which stretches of marked content are numbered.
    scope: Option<ObjectId>,
    /// The stretches met.
    marks: Vec<structure::Place>,
    stop: bool,
}

/// Marked content (14.6).
#[derive(Clone, Copy)]
struct Layer {
    /// A layer that is switched off.
    off: bool,
    /// What it says that stands in it, if it does.
    mark: Mark,
}

/// Walks over a page and its annotations.
pub(super) fn page<'a>(shared: &Shared<'a>, id: ObjectId, page: &'a Dictionary, geometry: Geometry) -> Found {
    let (width, height) = geometry.view_size();
    let mut walk = Walk {
        shared,
        words: Words::new(geometry),
        rules: Rules::new(geometry),
        state: State::new(IDENTITY),
        fonts: Vec::new(),
        page_area: f64::from(width) * f64::from(height),
        operators: shared.limits.operators,
        bytes: shared.limits.content_bytes,
        draws: false,
        pictured: 0.0,
        damage: None,
        resources: Vec::new(),
        inside: Vec::new(),
        layers: Vec::new(),
        off: 0,
        scope: Some(id),
        marks: Vec::new(),
        stop: false,
    };
    walk.resources.extend(geometry::inherited(shared.doc, page, b"Resources").and_then(objects::as_dict));
    let content = walk.page_content(page);
    walk.content(&content);
    for appearance in annotations::appearances(shared.doc, page) {
        walk.words.end_word();
        walk.state = State::new(appearance.matrix);
        walk.resources.clear();
        walk.resources.extend(shared.field_resources);
        walk.scope = None;
        walk.form(appearance.form, None);
    }
    let (glyphs, unknown) = (walk.words.glyphs, walk.words.unknown);
    if walk.words.overflow {
        walk.damage = Some("de pagina heeft meer tekst dan een pagina kan hebben");
    }
    Found {
        runs: walk.words.finish(walk.pictured >= SCAN_COVER * walk.page_area),
        marks: walk.marks,
        rules: walk.rules.finish(),
        draws: walk.draws,
        glyphs,
        unknown,
        damage: walk.damage,
    }
}

impl<'a> Walk<'a, '_> {
    fn damaged(&mut self, why: &'static str) {
        self.damage.get_or_insert(why);
    }

    /// The decompressed content of a page, its streams one after the other (7.8.2).
    fn page_content(&mut self, page: &'a Dictionary) -> Vec<u8> {
        let doc = self.shared.doc;
        let mut content = Vec::new();
        let Ok(entry) = page.get(b"Contents") else { return content };
        let parts = match objects::resolve(doc, entry) {
            Some(Object::Array(parts)) => parts.as_slice(),
            Some(Object::Null) => return content,
            _ => std::slice::from_ref(entry),
        };
        for part in parts {
            match objects::resolve(doc, part) {
                Some(Object::Stream(stream)) => match self.decompress(stream) {
                    Some(bytes) if content.is_empty() => content = bytes,
                    Some(bytes) => {
                        content.push(b'\n');
                        content.extend_from_slice(&bytes);
                    }
                    None => {}
                },
                Some(Object::Null) => {}
                _ => self.damaged("een deel van de inhoud ontbreekt in het bestand"),
            }
        }
        content
    }

    /// A stream's content, taken from the page's budget of bytes.
    fn decompress(&mut self, stream: &Stream) -> Option<Vec<u8>> {
        let Some(unpacked) = streams::unpack(stream, self.bytes) else {
            self.damaged("de inhoud is groter dan de grens voor een pagina");
            return None;
        };
        if !unpacked.whole {
            self.damaged("een deel van de inhoud is niet uit te pakken");
        }
        self.bytes = self.bytes.saturating_sub(unpacked.bytes.len());
        Some(unpacked.bytes)
    }

    /// The resource of that name, of the innermost form or page that has it: some forms count on what is around them.
    fn resource(&self, category: &[u8], name: &[u8]) -> Option<&'a Object> {
        let doc = self.shared.doc;
        self.resources.iter().rev().find_map(|r| objects::dict(doc, r, category)?.get(name).ok())
    }

    /// The same, references followed.
    fn resource_dict(&self, category: &[u8], name: &[u8]) -> Option<&'a Dictionary> {
        objects::resolve(self.shared.doc, self.resource(category, name)?).and_then(objects::as_dict)
    }

    /// Takes an operator from the budget; false if the walk must stop.
    fn allowed(&mut self) -> bool {
        if self.operators == 0 {
            self.damaged("de pagina heeft meer tekenopdrachten dan de grens");
            self.stop = true;
        } else {
            self.operators -= 1;
            if self.operators.is_multiple_of(CLOCK_INTERVAL) && self.shared.deadline.is_some_and(|d| Instant::now() >= d) {
                self.damaged("de leestijd was op");
                self.stop = true;
            }
        }
        !self.stop
    }

    fn content(&mut self, content: &[u8]) {
        let mut lexer = Lexer::new(content);
        let mut operands = Operands::default();
        let mut saved: Vec<State> = Vec::new();
        let mut unsaved = 0usize;
        let layers = self.layers.len();
        while let Some(operator) = lexer.next(&mut operands) {
            if !self.allowed() {
                break;
            }
            match operator {
                b"q" if saved.len() < MAX_STATES => saved.push(self.state),
                b"q" => unsaved += 1,
                b"Q" if unsaved > 0 => unsaved -= 1,
                b"Q" => {
                    if let Some(state) = saved.pop() {
                        self.state = state;
                    }
                }
                b"Do" => {
                    if let Some(name) = operands.first_name() {
                        self.object(name);
                    }
                }
                b"Tf" => {
                    if let Some([size]) = operands.numbers() {
                        self.state.size = size;
                    }
                    if let Some(name) = operands.first_name() {
                        self.font(self.resource_dict(b"Font", name));
                    }
                }
                b"gs" => {
                    if let Some(state) = operands.first_name().and_then(|name| self.resource_dict(b"ExtGState", name)) {
                        self.graphics_state(state);
                    }
                }
                b"BMC" => {
                    let mark = self.mark(&operands);
                    self.enter(false, mark);
                }
                b"BDC" => {
                    let layer = operands.last_name().filter(|_| operands.first_name() == Some(b"OC"));
                    let off = layer.and_then(|name| self.resource(b"Properties", name)).is_some_and(|layer| self.is_off(layer));
                    let mark = self.mark(&operands);
                    self.enter(off, mark);
                }
                b"EMC" => self.leave(layers),
                _ => self.operator(operator, &operands),
            }
        }
        if let Some(first) = saved.into_iter().next() {
            self.state = first;
        }
        while self.layers.len() > layers {
            self.leave(layers);
        }
        self.rules.clear();
    }

    /// The operators that need no resources.
    fn operator(&mut self, operator: &[u8], operands: &Operands) {
        let state = &mut self.state;
        let point = |[x, y]: [f64; 2], ctm: &Matrix| apply(ctm, x, y);
        match operator {
            b"Tj" => self.show_last(operands),
            b"TJ" => self.show_array(operands),
            b"Td" => {
                if let Some([x, y]) = operands.numbers() {
                    self.next_line(x, y);
                }
            }
            b"TD" => {
                if let Some([x, y]) = operands.numbers() {
                    state.leading = -y;
                    self.next_line(x, y);
                }
            }
            b"Tm" => {
                if let Some(m) = operands.numbers() {
                    state.text = m;
                    state.line = m;
                }
            }
            b"T*" => self.next_line(0.0, -self.state.leading),
            b"'" => {
                self.next_line(0.0, -self.state.leading);
                self.show_last(operands);
            }
            b"\"" => {
                if let Some([Operand::Number(word), Operand::Number(char), Operand::Text(_)]) = operands.items.last_chunk() {
                    state.word_spacing = *word;
                    state.char_spacing = *char;
                }
                self.next_line(0.0, -self.state.leading);
                self.show_last(operands);
            }
            b"BT" => {
                state.text = IDENTITY;
                state.line = IDENTITY;
            }
            b"Tc" => set(&mut state.char_spacing, operands),
            b"Tw" => set(&mut state.word_spacing, operands),
            b"TL" => set(&mut state.leading, operands),
            b"Ts" => set(&mut state.rise, operands),
            b"w" => set(&mut state.line_width, operands),
            b"Tz" => {
                set(&mut state.scale, operands);
                if !operands.items.is_empty() {
                    state.scale /= 100.0;
                }
            }
            b"Tr" => {
                if let Some([mode]) = operands.numbers() {
                    state.mode = mode as u8;
                }
            }
            b"cm" => {
                if let Some(m) = operands.numbers() {
                    state.ctm = multiply(&m, &state.ctm);
                }
            }
            b"m" => {
                if let Some(p) = operands.numbers() {
                    self.rules.move_to(point(p, &state.ctm));
                }
            }
            b"l" => {
                if let Some(p) = operands.numbers() {
                    self.rules.line_to(point(p, &state.ctm));
                }
            }
            b"c" | b"v" | b"y" => {
                if let Some(p) = operands.numbers() {
                    self.rules.curve_to(point(p, &state.ctm));
                }
            }
            b"h" => self.rules.close(),
            b"re" => {
                if let Some([x, y, w, h]) = operands.numbers() {
                    self.rules.rectangle([[x, y], [x + w, y], [x + w, y + h], [x, y + h]].map(|p| point(p, &state.ctm)));
                }
            }
            b"n" => self.rules.clear(),
            b"S" => self.paint(false, true),
            b"s" => {
                self.rules.close();
                self.paint(false, true);
            }
            b"f" | b"F" | b"f*" => self.paint(true, false),
            b"B" | b"B*" => self.paint(true, true),
            b"b" | b"b*" => {
                self.rules.close();
                self.paint(true, true);
            }
            b"g" | b"rg" => state.white_fill = all(operands, 1.0),
            b"k" => state.white_fill = all(operands, 0.0),
            b"sc" | b"scn" => state.white_fill = operands.items.len() != 4 && all(operands, 1.0),
            b"cs" => state.white_fill = false,
            b"G" | b"RG" => state.white_stroke = all(operands, 1.0),
            b"K" => state.white_stroke = all(operands, 0.0),
            b"SC" | b"SCN" => state.white_stroke = operands.items.len() != 4 && all(operands, 1.0),
            b"CS" => state.white_stroke = false,
            b"ID" => self.picture(),
            b"sh" => self.draws |= self.shown(),
            _ => {}
        }
    }

    /// Whether no layer that is switched off is around.
    fn shown(&self) -> bool {
        self.off == 0
    }

    /// What marked content says of itself; what is around it when it says nothing.
    fn mark(&mut self, operands: &Operands) -> Mark {
        if operands.first_name() == Some(b"Artifact") {
            return Mark::Artifact;
        }
        let listed = || {
            let name = operands.last_name().filter(|_| operands.items.len() == 2)?;
            objects::integer(self.shared.doc, self.resource_dict(b"Properties", name)?, b"MCID")
        };
        let number = operands.number_at(b"MCID").map(|n| n as i64).or_else(listed);
        match (self.scope, number) {
            (Some(scope), Some(number)) if self.marks.len() < MAX_MARKS => {
                self.marks.push((scope, number));
                Mark::Tagged(u32::try_from(self.marks.len() - 1).unwrap_or(u32::MAX))
            }
            _ => self.words.mark,
        }
    }

    /// Begins marked content.
    fn enter(&mut self, off: bool, mark: Mark) {
        self.layers.push(Layer { off, mark });
        self.off += usize::from(off);
        self.words.mark = mark;
    }

    /// Ends the innermost marked content, if it began after the `outer` that were around before.
    fn leave(&mut self, outer: usize) {
        if self.layers.len() > outer
            && let Some(layer) = self.layers.pop()
        {
            self.off -= usize::from(layer.off);
            self.words.mark = self.layers.last().map_or(Mark::None, |l| l.mark);
        }
    }

    /// Whether an optional content group, or every group of a membership dictionary, is switched off.
    fn is_off(&self, layer: &'a Object) -> bool {
        let off = &self.shared.layers_off;
        let is_off = |object: &Object| object.as_reference().is_ok_and(|id| off.contains(&id));
        if off.is_empty() {
            return false;
        }
        let groups = objects::resolve(self.shared.doc, layer).and_then(objects::as_dict).and_then(|d| d.get(b"OCGs").ok());
        is_off(layer)
            || match groups {
                Some(Object::Array(list)) => !list.is_empty() && list.iter().all(is_off),
                Some(group) => is_off(group),
                None => false,
            }
    }

    fn paint(&mut self, fill: bool, stroke: bool) {
        let s = &self.state;
        if !self.shown() {
            self.rules.clear();
            return;
        }
        let width = s.line_width * (s.ctm[0] * s.ctm[3] - s.ctm[1] * s.ctm[2]).abs().sqrt();
        let paint = Paint { fill: fill && !s.white_fill, stroke: stroke && !s.white_stroke, width: width.clamp(0.1, 1000.0) as f32 };
        self.draws |= self.rules.paint(paint);
    }

    /// An image fills the unit square (8.9.5).
    fn picture(&mut self) {
        if self.shown() {
            let m = &self.state.ctm;
            self.draws = true;
            self.pictured += (m[0] * m[3] - m[1] * m[2]).abs();
        }
    }

    fn object(&mut self, name: &[u8]) {
        let doc = self.shared.doc;
        let Some(object) = self.resource(b"XObject", name) else { return };
        let Some(Object::Stream(stream)) = objects::resolve(doc, object) else { return };
        match objects::name(doc, &stream.dict, b"Subtype") {
            Some(b"Form") => {
                let saved = self.state;
                self.form(stream, object.as_reference().ok());
                self.state = saved;
            }
            Some(b"Image") => self.picture(),
            _ => {}
        }
    }

    /// Walks over a form (8.10). Leaves the state behind as the form left it.
    fn form(&mut self, form: &'a Stream, id: Option<ObjectId>) {
        let this = std::ptr::from_ref(&form.dict);
        if self.inside.len() >= MAX_DEPTH || self.inside.contains(&this) || self.stop {
            return;
        }
        if form.dict.get(b"OC").is_ok_and(|layer| self.is_off(layer)) {
            return;
        }
        let Some(content) = self.decompress(form) else { return };
        if let Some(matrix) = objects::numbers(self.shared.doc, &form.dict, b"Matrix") {
            self.state.ctm = multiply(&matrix, &self.state.ctm);
        }
        let around = self.resources.len();
        let scope = self.scope;
        if id.is_some() && form.dict.has(b"StructParents") {
            self.scope = id;
        }
        self.inside.push(this);
        self.resources.extend(objects::dict(self.shared.doc, &form.dict, b"Resources"));
        self.content(&content);
        self.resources.truncate(around);
        self.scope = scope;
        self.inside.pop();
    }

    fn graphics_state(&mut self, entries: &'a Dictionary) {
        if let Some(width) = objects::real(self.shared.doc, entries, b"LW") {
            self.state.line_width = width;
        }
        if let Some([font, size]) = objects::array(self.shared.doc, entries, b"Font") {
            self.font(objects::resolve(self.shared.doc, font).and_then(objects::as_dict));
            self.state.size = objects::number(size).unwrap_or(self.state.size);
        }
    }

    fn font(&mut self, dict: Option<&'a Dictionary>) {
        let Some(dict) = dict else {
            self.state.font = None;
            return;
        };
        let place = std::ptr::from_ref(dict) as usize;
        let known = self.fonts.iter().position(|(p, _)| *p == place);
        self.state.font = Some(known.unwrap_or_else(|| {
            self.fonts.push((place, self.shared.fonts.get(dict)));
            self.fonts.len() - 1
        }));
    }

    fn next_line(&mut self, x: f64, y: f64) {
        let state = &mut self.state;
        state.line = multiply(&[1.0, 0.0, 0.0, 1.0, x, y], &state.line);
        state.text = state.line;
    }

    fn show_last(&mut self, operands: &Operands) {
        if let Some(Operand::Text(range)) = operands.items.last() {
            self.show(operands.bytes(range));
        }
    }

    fn show_array(&mut self, operands: &Operands) {
        for item in &operands.items {
            match item {
                Operand::Text(range) => self.show(operands.bytes(range)),
                Operand::Number(back) => {
                    let state = &mut self.state;
                    advance(&mut state.text, -back / 1000.0 * state.size * state.scale);
                }
                _ => {}
            }
        }
    }

    /// Shows a string (9.4.3, 9.4.4).
    fn show(&mut self, shown: &[u8]) {
        let Some((_, font)) = self.state.font.and_then(|i| self.fonts.get(i)) else {
            // Text in a font that the file does not have: that there is text is all that is known.
            self.words.unreadable(shown.len());
            return;
        };
        let state = &mut self.state;
        let visible = self.off == 0;
        let base = multiply(&state.text, &state.ctm);
        let (width, height) = (base[0].hypot(base[1]), base[2].hypot(base[3]));
        let unit = |x: f64, y: f64, length: f64, sign: f64| if length > 0.0 { (sign * x / length, sign * y / length) } else { (sign, 0.0) };
        let size = height * state.size.abs() * f64::from(font.em);
        // Text with an outline of some width has been made bold that way.
        let outlined = state.mode == 2 && state.line_width * width >= 0.015 * size;
        let style = Style {
            size: if size.is_finite() && size > 0.0 { size } else { 1.0 },
            em: width * (state.size * state.scale).abs() * f64::from(font.em),
            along: unit(base[0], base[1], width, (state.size * state.scale).signum()),
            up: unit(base[2], base[3], height, state.size.signum()),
            face: font.face,
            bold: font.bold || outlined,
            italic: font.italic,
            hidden: matches!(state.mode, 3 | 7),
        };
        let spacing = if state.char_spacing > 0.0 && state.char_spacing <= 0.5 * state.size.abs() {
            state.char_spacing * state.scale.abs() * width
        } else {
            0.0
        };
        let (rise_x, rise_y) = (base[2] * state.rise + base[4], base[3] * state.rise + base[5]);
        let place = |x: f64| (base[0] * x + rise_x, base[1] * x + rise_y);
        let mut x = 0.0;
        let words = &mut self.words;
        font.for_each_glyph(shown, |glyph| {
            let end = x + f64::from(glyph.width) * state.size * state.scale;
            let space = if glyph.space { state.word_spacing * state.scale } else { 0.0 };
            if visible {
                let white = if matches!(glyph.text, Text::One(' ')) { space } else { 0.0 };
                words.glyph(glyph.text, place(x), place(end + white), spacing, &style);
            }
            x = end + space + state.char_spacing * state.scale;
        });
        advance(&mut state.text, x);
    }
}

/// Moves along the text line by `x`, in unscaled text space.
fn advance(text: &mut Matrix, x: f64) {
    text[4] += x * text[0];
    text[5] += x * text[1];
}

/// Sets a value to the last number.
fn set(value: &mut f64, operands: &Operands) {
    if let Some([v]) = operands.numbers() {
        *value = v;
    }
}

/// Whether there are numbers and all are `value`: white in the colour space that has it there.
fn all(operands: &Operands, value: f64) -> bool {
    !operands.items.is_empty() && operands.items.iter().all(|item| *item == Operand::Number(value))
}
