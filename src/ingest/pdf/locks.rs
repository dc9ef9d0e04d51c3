//! Encryption that asks for no password, and that lopdf does not see through: the bytes are mended before they are read again.

use lopdf::{Dictionary, Document, Object, StringFormat};
use std::io::Write as _;

/// Deepest nesting of an encryption dictionary: those of crypt filters lie three deep.
const DEPTH: u32 = 8;
/// The name of the entry, as it stands in a file.
const ENTRY: &[u8] = b"/Encrypt";

/// A document that could not be decrypted, mended; None if only a password helps.
pub(super) fn mended(bytes: &[u8], doc: &Document) -> Option<Vec<u8>> {
    // Places in a file count from its header, as lopdf does.
    let start = bytes.windows(5).position(|w| w == b"%PDF-")?;
    let bytes = &bytes[start..];
    let entry = doc.trailer.get(b"Encrypt").ok()?;
    match entry.as_dict() {
        Ok(direct) if locks_text(direct) => with_object(bytes, doc, direct),
        Ok(_) => Some(without_entry(bytes)),
        Err(_) => (!locks_text(doc.get_encrypted().ok()?)).then(|| without_entry(bytes)),
    }
}

/// Whether text is encrypted; else it is attachments only (ISO 32000-1, 7.6.5: the filters for streams and strings are Identity).
fn locks_text(encrypt: &Dictionary) -> bool {
    let identity = |key: &[u8]| encrypt.get(key).and_then(Object::as_name).is_ok_and(|name| name == b"Identity");
    let filters = encrypt.get(b"V").and_then(Object::as_i64).is_ok_and(|v| v >= 4);
    !(filters && identity(b"StmF") && identity(b"StrF"))
}

/// The bytes with the entry under a name that says nothing, so that every place in the file stays what it is.
fn without_entry(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for at in 0..out.len().saturating_sub(ENTRY.len()) {
        // Not "/EncryptMetadata".
        if out[at..].starts_with(ENTRY) && !out[at + ENTRY.len()].is_ascii_alphanumeric() {
            out[at + 1] = b'x';
        }
    }
    out
}

/// The bytes with an update behind them, in which the dictionary that stood in the trailer is an object: lopdf follows only a reference.
fn with_object(bytes: &[u8], doc: &Document, encrypt: &Dictionary) -> Option<Vec<u8>> {
    let size = doc.trailer.get(b"Size").and_then(Object::as_i64).ok().and_then(|s| u32::try_from(s).ok()).unwrap_or(0);
    let number = doc.max_id.checked_add(1)?.max(size);
    let mut out = bytes.to_vec();
    out.push(b'\n');
    let object = out.len();
    write!(out, "{number} 0 obj\n").ok()?;
    write_dictionary(encrypt, &mut out, DEPTH)?;
    let xref = out.len() + b"\nendobj\n".len();
    write!(out, "\nendobj\nxref\n{number} 1\n{object:010} 00000 n \ntrailer\n").ok()?;
    let mut trailer = Dictionary::new();
    for key in [&b"Root"[..], b"Info", b"ID"] {
        if let Ok(value) = doc.trailer.get(key) {
            trailer.set(key, value.clone());
        }
    }
    trailer.set("Size", i64::from(number) + 1);
    trailer.set("Prev", i64::try_from(doc.xref_start).ok()?);
    trailer.set("Encrypt", (number, 0));
    write_dictionary(&trailer, &mut out, DEPTH)?;
    write!(out, "\nstartxref\n{xref}\n%%EOF\n").ok()?;
    Some(out)
}

fn write_dictionary(dict: &Dictionary, out: &mut Vec<u8>, depth: u32) -> Option<()> {
    out.extend_from_slice(b"<<");
    for (key, value) in dict {
        write_value(&Object::Name(key.clone()), out, depth)?;
        out.push(b' ');
        write_value(value, out, depth.checked_sub(1)?)?;
    }
    out.extend_from_slice(b">>");
    Some(())
}

/// Writes a value of such a dictionary; None if it is nothing that stands in one.
fn write_value(value: &Object, out: &mut Vec<u8>, depth: u32) -> Option<()> {
    match value {
        Object::Boolean(b) => write!(out, "{b}").ok(),
        Object::Integer(n) => write!(out, "{n}").ok(),
        Object::Reference((number, generation)) => write!(out, "{number} {generation} R").ok(),
        Object::Name(name) => {
            out.push(b'/');
            name.iter()
                .try_for_each(|b| if b.is_ascii_alphanumeric() { write!(out, "{}", *b as char) } else { write!(out, "#{b:02X}") })
                .ok()
        }
        Object::String(bytes, StringFormat::Literal | StringFormat::Hexadecimal) => {
            out.push(b'<');
            bytes.iter().try_for_each(|b| write!(out, "{b:02X}")).ok()?;
            out.push(b'>');
            Some(())
        }
        Object::Array(values) => {
            out.push(b'[');
            for value in values {
                write_value(value, out, depth.checked_sub(1)?)?;
                out.push(b' ');
            }
            out.push(b']');
            Some(())
        }
        Object::Dictionary(dict) => write_dictionary(dict, out, depth.checked_sub(1)?),
        _ => None,
    }
}
