//! What annotations draw on a page: fields of forms, typed text, stamps (ISO 32000-1, 12.5).

use super::geometry::{IDENTITY, Matrix, apply};
use super::objects;
use lopdf::{Dictionary, Document, Object, Stream};

/// Annotations looked at on one page.
const MAX_ANNOTATIONS: usize = 5000;
/// Flags of annotations that do not show on screen: Hidden and NoView (table 165).
const NOT_SHOWN: i64 = 2 | 32;
/// Kinds whose appearance is an icon, a mark on other text or nothing.
const WITHOUT_TEXT: [&[u8]; 13] = [
    b"Text",
    b"Popup",
    b"Link",
    b"Highlight",
    b"Underline",
    b"Squiggly",
    b"StrikeOut",
    b"Caret",
    b"FileAttachment",
    b"Sound",
    b"Movie",
    b"Screen",
    b"PrinterMark",
];

/// The appearance of an annotation.
pub(super) struct Appearance<'a> {
    /// From the form's box, transformed by the form's own matrix, to user space.
    pub matrix: Matrix,
    /// What it draws.
    pub form: &'a Stream,
}

/// The appearances of the annotations on a page that show text.
pub(super) fn appearances<'a>(doc: &'a Document, page: &'a Dictionary) -> Vec<Appearance<'a>> {
    let list = objects::array(doc, page, b"Annots").unwrap_or_default();
    let all = list.iter().take(MAX_ANNOTATIONS).filter_map(|a| objects::resolve(doc, a)).filter_map(objects::as_dict);
    all.filter_map(|annotation| appearance(doc, annotation)).collect()
}

fn appearance<'a>(doc: &'a Document, annotation: &'a Dictionary) -> Option<Appearance<'a>> {
    if objects::integer(doc, annotation, b"F").unwrap_or(0) & NOT_SHOWN != 0 {
        return None;
    }
    if objects::name(doc, annotation, b"Subtype").is_some_and(|kind| WITHOUT_TEXT.contains(&kind)) {
        return None;
    }
    let form = match objects::get(doc, objects::dict(doc, annotation, b"AP")?, b"N")? {
        Object::Stream(form) => form,
        Object::Dictionary(states) => objects::stream(doc, states, objects::name(doc, annotation, b"AS")?)?,
        _ => return None,
    };
    // 12.5.5, algorithm 8.1: the transformed box is fitted to the annotation's rectangle.
    let rect: [f64; 4] = objects::numbers(doc, annotation, b"Rect")?;
    let bbox: [f64; 4] = objects::numbers(doc, &form.dict, b"BBox")?;
    let matrix = objects::numbers(doc, &form.dict, b"Matrix").unwrap_or(IDENTITY);
    let corners = [(bbox[0], bbox[1]), (bbox[2], bbox[1]), (bbox[0], bbox[3]), (bbox[2], bbox[3])].map(|(x, y)| apply(&matrix, x, y));
    let low = |pick: fn(&(f64, f64)) -> f64| corners.iter().map(pick).fold(f64::MAX, f64::min);
    let high = |pick: fn(&(f64, f64)) -> f64| corners.iter().map(pick).fold(f64::MIN, f64::max);
    let (x0, x1, y0, y1) = (low(|p| p.0), high(|p| p.0), low(|p| p.1), high(|p| p.1));
    if x1 <= x0 || y1 <= y0 {
        return None;
    }
    let (sx, sy) = ((rect[2] - rect[0]).abs() / (x1 - x0), (rect[3] - rect[1]).abs() / (y1 - y0));
    Some(Appearance { matrix: [sx, 0.0, 0.0, sy, rect[0].min(rect[2]) - sx * x0, rect[1].min(rect[3]) - sy * y0], form })
}
