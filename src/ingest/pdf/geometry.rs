//! Page boxes and matrices (ISO 32000-1, 7.7.3.3, 8.3 and 14.11.2).

use super::objects;
use crate::ingest::Geometry;
use lopdf::{Dictionary, Document, Object};

/// Levels of the page tree that are climbed for an inherited attribute.
const MAX_TREE_DEPTH: usize = 64;
/// A4 in points, for a page that has no box.
const A4: [f64; 4] = [0.0, 0.0, 595.276, 841.89];

/// A transformation [a b c d e f]: x' = a x + c y + e, y' = b x + d y + f.
pub(super) type Matrix = [f64; 6];

/// The transformation that changes nothing.
pub(super) const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// `first` and then `second` ("first x second" in the specification).
pub(super) fn multiply(first: &Matrix, second: &Matrix) -> Matrix {
    let [a, b, c, d, e, f] = *first;
    let [g, h, i, j, k, l] = *second;
    [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l]
}

/// The point (x, y) through `m`.
pub(super) fn apply(m: &Matrix, x: f64, y: f64) -> (f64, f64) {
    (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
}

/// An attribute of a page, from its nearest ancestor if the page itself has none.
pub(super) fn inherited<'a>(doc: &'a Document, page: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    let mut node = page;
    for _ in 0..MAX_TREE_DEPTH {
        if let Some(value) = objects::get(doc, node, key) {
            return Some(value);
        }
        node = objects::dict(doc, node, b"Parent")?;
    }
    None
}

/// The visible box and rotation of a page: MediaBox and CropBox intersected; A4 if they make no sense.
pub(super) fn of_page(doc: &Document, page: &Dictionary) -> Geometry {
    let turns = inherited(doc, page, b"Rotate").and_then(objects::number).unwrap_or(0.0);
    from_boxes(page_box(doc, page, b"MediaBox"), page_box(doc, page, b"CropBox"), turns)
}

/// The same from the boxes and the rotation in degrees.
pub(in crate::ingest) fn from_boxes(media: Option<[f64; 4]>, crop: Option<[f64; 4]>, turns: f64) -> Geometry {
    let media = media.unwrap_or(A4);
    let crop = crop.unwrap_or(media);
    let both = [media[0].max(crop[0]), media[1].max(crop[1]), media[2].min(crop[2]), media[3].min(crop[3])];
    let visible = if both[2] - both[0] >= 1.0 && both[3] - both[1] >= 1.0 { both } else { media };
    let rotate = ((turns / 90.0).round() as i64).rem_euclid(4) as u16 * 90;
    Geometry { visible: visible.map(|v| v as f32), rotate }
}

/// A box with its corners in order, at least a point wide and high.
fn page_box(doc: &Document, page: &Dictionary, key: &[u8]) -> Option<[f64; 4]> {
    let Some(Object::Array(values)) = inherited(doc, page, key) else { return None };
    let mut corner = [0.0; 4];
    for (slot, value) in corner.iter_mut().zip(values.get(..4)?) {
        *slot = objects::resolve(doc, value).and_then(objects::number)?;
    }
    upright(corner)
}

/// A box with its corners in order; None if it is less than a point wide or high.
pub(in crate::ingest) fn upright([a, b, c, d]: [f64; 4]) -> Option<[f64; 4]> {
    let out = [a.min(c), b.min(d), a.max(c), b.max(d)];
    (out[2] - out[0] >= 1.0 && out[3] - out[1] >= 1.0).then_some(out)
}
