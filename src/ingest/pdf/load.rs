//! Opening a PDF: cross-reference repair and passwords are lopdf's work, what goes wrong is told in Dutch.

use super::elements::{self, Elements};
use super::{locks, objects, quiet};
use crate::ingest::{Limits, Unreadable};
use lopdf::xref::XrefRecovery;
use lopdf::{Dictionary, Document, Error, LoadOptions, ObjectId};

/// An opened document.
pub(super) struct Opened<'b> {
    /// Its objects.
    pub doc: Document,
    /// Elements of its structure tree that are not among these.
    pub elements: Elements<'b>,
    /// Its pages in order, as far as the limit allows.
    pub pages: Vec<ObjectId>,
    /// How many pages it has.
    pub count: usize,
    /// How many pages it says to have, if that is more.
    pub promised: Option<usize>,
    /// Its table of objects or of pages was lost and had to be made anew.
    pub repaired: bool,
}

/// Opens a PDF.
///
/// # Errors
/// [`Unreadable::Encrypted`] if it needs a password, [`Unreadable::Damaged`] if nothing can be made of it.
pub(super) fn open<'b>(bytes: &'b [u8], limits: &Limits) -> Result<Opened<'b>, Unreadable> {
    let options = LoadOptions::with_max_decompressed_size(limits.content_bytes.max(1 << 20));
    let damaged = |why: &str| Unreadable::Damaged(why.to_string());
    let (freed, elements) = elements::apart(bytes).unzip();
    let load = |bytes: &[u8]| match quiet::guarded(|| Document::load_mem_with_options(bytes, options.clone())) {
        None => Err(damaged("de opbouw is onleesbaar")),
        Some(Err(error)) => Err(explain(&error)),
        Some(Ok(doc)) => Ok(doc),
    };
    let locked = |doc: &mut Document| doc.trailer.has(b"Encrypt") && quiet::guarded(|| doc.decrypt("").is_ok()) != Some(true);
    let mut doc = load(freed.as_deref().unwrap_or(bytes))?;
    if locked(&mut doc) {
        let mended = quiet::guarded(|| locks::mended(bytes, &doc)).flatten().ok_or(Unreadable::Encrypted)?;
        doc = load(&mended)?;
        if locked(&mut doc) {
            return Err(Unreadable::Encrypted);
        }
    }
    let all: Vec<ObjectId> = quiet::guarded(|| doc.page_iter().collect()).unwrap_or_default();
    let lost = all.is_empty();
    let found: Vec<ObjectId> = if lost { loose_pages(&doc) } else { all };
    if found.is_empty() {
        return Err(damaged("er zijn geen pagina's in te vinden"));
    }
    let count = found.len();
    let promised = doc.catalog().ok().and_then(|c| objects::dict(&doc, c, b"Pages")).and_then(|p| objects::integer(&doc, p, b"Count"));
    Ok(Opened {
        pages: found.into_iter().take(limits.pages).collect(),
        count,
        promised: promised.and_then(|p| usize::try_from(p).ok()).filter(|p| *p > count),
        repaired: lost || doc.xref_recovery == Some(XrefRecovery::Reconstructed),
        elements: elements.unwrap_or_default(),
        doc,
    })
}

/// Page objects that no page tree leads to, in the order of their numbers.
fn loose_pages(doc: &Document) -> Vec<ObjectId> {
    doc.objects.iter().filter(|(_, o)| o.as_dict().is_ok_and(|d: &Dictionary| d.has_type(b"Page"))).map(|(id, _)| *id).collect()
}

/// Why lopdf could not open it.
fn explain(error: &Error) -> Unreadable {
    let why = match error {
        Error::InvalidPassword | Error::Decryption(_) | Error::UnsupportedSecurityHandler(_) => return Unreadable::Encrypted,
        Error::Decompress(_) => "een onderdeel is uitgepakt groter dan de grens",
        Error::Xref(_) | Error::MissingXrefEntry | Error::InvalidOffset(_) => "de inhoudstabel van het bestand ontbreekt of klopt niet",
        Error::RecursionLimit | Error::ReferenceLimit | Error::ReferenceCycle(_) => "onderdelen verwijzen in een kring naar elkaar",
        _ => "de opbouw is onleesbaar",
    };
    Unreadable::Damaged(why.to_string())
}
