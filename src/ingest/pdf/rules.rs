//! Paths to rules: the lines and boxes that frame tables and text (ISO 32000-1, 8.5).

use crate::ingest::{Geometry, Rect};

/// Rules kept of one page.
const MAX_RULES: usize = 5000;
/// Rules looked at for one the same.
const RECENT: usize = 16;
/// Points kept of one path; what has more is a drawing.
const MAX_POINTS: usize = 10_000;
/// How far from level or upright a line may be, in points.
const SLANT: f32 = 0.3;
/// Share of the page that makes a box its background.
const BACKGROUND: f32 = 0.9;

/// Collects the rules of one page.
pub(super) struct Rules {
    geometry: Geometry,
    size: (f32, f32),
    points: Vec<(f32, f32)>,
    lines: Vec<Line>,
    rules: Vec<Rect>,
}

/// One piece of a path: its points from `start` up to the next piece.
#[derive(Clone, Copy)]
struct Line {
    start: usize,
    closed: bool,
    curved: bool,
}

/// How a path is painted.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Paint {
    /// Filled, with something else than white.
    pub fill: bool,
    /// Stroked, with something else than white.
    pub stroke: bool,
    /// Width of the stroke in points.
    pub width: f32,
}

impl Rules {
    /// For a page.
    pub fn new(geometry: Geometry) -> Self {
        Rules { geometry, size: geometry.view_size(), points: Vec::new(), lines: Vec::new(), rules: Vec::new() }
    }

    /// Starts a piece at (x, y) in user space.
    pub fn move_to(&mut self, (x, y): (f64, f64)) {
        if self.points.len() < MAX_POINTS {
            self.lines.push(Line { start: self.points.len(), closed: false, curved: false });
            self.points.push(self.geometry.to_view(x as f32, y as f32));
        }
    }

    /// A straight line to (x, y).
    pub fn line_to(&mut self, (x, y): (f64, f64)) {
        if self.lines.is_empty() {
            self.move_to((x, y));
        } else if self.points.len() < MAX_POINTS {
            self.points.push(self.geometry.to_view(x as f32, y as f32));
        }
    }

    /// A curve to (x, y).
    pub fn curve_to(&mut self, to: (f64, f64)) {
        self.line_to(to);
        if let Some(line) = self.lines.last_mut() {
            line.curved = true;
        }
    }

    /// Back to the start of the piece.
    pub fn close(&mut self) {
        if let Some(line) = self.lines.last_mut() {
            line.closed = true;
        }
    }

    /// A rectangle by its corners in order.
    pub fn rectangle(&mut self, corners: [(f64, f64); 4]) {
        let [first, rest @ ..] = corners;
        self.move_to(first);
        rest.into_iter().for_each(|corner| self.line_to(corner));
        self.close();
    }

    /// Ends the path without painting it.
    pub fn clear(&mut self) {
        self.points.clear();
        self.lines.clear();
    }

    /// Paints the path and ends it. True if this shows on the page.
    pub fn paint(&mut self, paint: Paint) -> bool {
        let (lines, points) = (std::mem::take(&mut self.lines), std::mem::take(&mut self.points));
        let mut shows = false;
        if paint.fill || paint.stroke {
            for (i, line) in lines.iter().enumerate() {
                let end = lines.get(i + 1).map_or(points.len(), |next| next.start);
                shows |= self.piece(&points[line.start..end], *line, paint);
            }
        }
        (self.lines, self.points) = (lines, points);
        self.clear();
        shows
    }

    fn piece(&mut self, points: &[(f32, f32)], line: Line, paint: Paint) -> bool {
        if line.curved {
            return true;
        }
        let closed = line.closed || paint.fill;
        if let Some(rect) = rectangle(points).filter(|_| closed) {
            return self.add(rect);
        }
        if paint.stroke {
            let half = paint.width / 2.0;
            let close = line.closed.then(|| Some((*points.last()?, *points.first()?))).flatten();
            let mut shows = false;
            for (a, b) in points.windows(2).map(|w| (w[0], w[1])).chain(close) {
                let level = (a.1 - b.1).abs() <= SLANT;
                let upright = (a.0 - b.0).abs() <= SLANT;
                let (mut x0, mut x1, mut y0, mut y1) = (a.0.min(b.0), a.0.max(b.0), a.1.min(b.1), a.1.max(b.1));
                if level && !upright {
                    (y0, y1) = (y0 - half, y1 + half);
                } else if upright && !level {
                    (x0, x1) = (x0 - half, x1 + half);
                } else {
                    shows |= !level;
                    continue;
                }
                shows |= self.add(Rect { x0, y0, x1, y1 });
            }
            return shows;
        }
        points.len() > 2
    }

    /// Keeps what of `rect` is on the page. True unless nothing is, or it is the page's background.
    fn add(&mut self, rect: Rect) -> bool {
        let (width, height) = self.size;
        let r = Rect { x0: rect.x0.max(0.0), y0: rect.y0.max(0.0), x1: rect.x1.min(width), y1: rect.y1.min(height) };
        let (w, h) = (r.x1 - r.x0, r.y1 - r.y0);
        if !(w >= 0.0 && h >= 0.0 && w.max(h) > 0.0) || w * h > BACKGROUND * width * height {
            return false;
        }
        // Cells and their rows are often filled twice.
        let known = self.rules.iter().rev().take(RECENT).any(|known| *known == r);
        if self.rules.len() < MAX_RULES && w.max(h) >= 1.0 && !known {
            self.rules.push(r);
        }
        true
    }

    /// The rules of the page, in order of drawing.
    pub fn finish(self) -> Vec<Rect> {
        self.rules
    }
}

/// The box of points that make a rectangle with level and upright sides.
fn rectangle(points: &[(f32, f32)]) -> Option<Rect> {
    let corners = match points {
        [a, rest @ .., z] if rest.len() == 3 && (a.0 - z.0).abs() <= SLANT && (a.1 - z.1).abs() <= SLANT => &points[..4],
        _ if points.len() == 4 => points,
        _ => return None,
    };
    let straight = |i: usize| {
        let (a, b) = (corners[i], corners[(i + 1) % 4]);
        ((a.0 - b.0).abs() <= SLANT, (a.1 - b.1).abs() <= SLANT)
    };
    let sides = [straight(0), straight(1), straight(2), straight(3)];
    let turned = |upright_first: bool| {
        sides.iter().enumerate().all(|(i, (upright, level))| if (i % 2 == 0) == upright_first { *upright } else { *level })
    };
    if !turned(true) && !turned(false) {
        return None;
    }
    let fold = |pick: fn(&(f32, f32)) -> f32, best: fn(f32, f32) -> f32| corners.iter().map(pick).reduce(best);
    Some(Rect { x0: fold(|p| p.0, f32::min)?, y0: fold(|p| p.1, f32::min)?, x1: fold(|p| p.0, f32::max)?, y1: fold(|p| p.1, f32::max)? })
}
