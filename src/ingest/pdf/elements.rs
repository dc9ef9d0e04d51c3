//! Elements of the structure tree, which need not be parsed as other objects are. A browser writes one for every piece of a line: of a plan of 150
//! pages twelve thousand of its thirteen thousand objects, and to parse these takes longer than to read all pages. Marked as free in the table
//! of objects, they are passed over.
//!
//! Only what is as it should be is touched: one plain table at the end of the file, entries of twenty bytes that lead to an object of that number,
//! and elements that say so in their first words. Everything else is left to lopdf as it is.

use std::ops::Range;

/// Fewer are parsed: it takes longer to copy the file.
const FEW: usize = 200;
/// The end of a file within which the place of its table is told.
const TAIL: usize = 1024;
/// Bytes of an entry of the table (ISO 32000-1, 7.5.4).
const ENTRY: usize = 20;

/// The file with its structure elements marked free; None if it has few or is not plain enough.
pub(super) fn freed(bytes: &[u8]) -> Option<Vec<u8>> {
    let entries = entries(bytes).filter(|all| all.len() >= FEW)?;
    let mut freed = bytes.to_vec();
    for entry in entries {
        freed[entry + 17] = b'f';
    }
    Some(freed)
}

/// Where the entries of structure elements stand in the last table.
fn entries(bytes: &[u8]) -> Option<Vec<usize>> {
    let tail = bytes.len().saturating_sub(TAIL);
    let start = tail + find(&bytes[tail..], b"startxref", true)?;
    let (table, _) = number(bytes, after_space(bytes, start + b"startxref".len()))?;
    if !bytes.starts_with(b"%PDF-") || !bytes.get(table..)?.starts_with(b"xref") {
        return None;
    }
    let mut found = Vec::new();
    let mut at = after_space(bytes, table + b"xref".len());
    while let Some((first, end)) = number(bytes, at) {
        let (count, end) = number(bytes, after_space(bytes, end))?;
        at = after_space(bytes, end);
        for n in 0..count {
            let (offset, generation, used) = entry(bytes.get(at..at + ENTRY)?)?;
            if used && is_element(bytes, offset, first.checked_add(n)?, generation) {
                found.push(at);
            }
            at += ENTRY;
        }
        at = after_space(bytes, at);
    }
    // Where part of the objects is told of elsewhere, or locked, free may mean something else.
    let trailer = bytes.get(at..start).filter(|rest| rest.starts_with(b"trailer"))?;
    let plain = [b"/XRefStm".as_slice(), b"/Encrypt"].iter().all(|key| find(trailer, key, false).is_none());
    plain.then_some(found)
}

/// Offset, generation and whether it is in use.
fn entry(bytes: &[u8]) -> Option<(usize, usize, bool)> {
    let digits = |range: Range<usize>| number(&bytes[range.clone()], 0).filter(|(_, end)| *end == range.len()).map(|(value, _)| value);
    let used = match bytes[17] {
        b'n' => true,
        b'f' => false,
        _ => return None,
    };
    let spaced = bytes[10] == b' ' && bytes[16] == b' ' && bytes[18..].iter().all(u8::is_ascii_whitespace);
    spaced.then_some((digits(0..10)?, digits(11..16)?, used))
}

/// "12 0 obj <</Type /StructElem".
fn is_element(bytes: &[u8], offset: usize, id: usize, generation: usize) -> bool {
    let words = || {
        let (found, at) = number(bytes, offset)?;
        let (found_generation, mut at) = number(bytes, after_space(bytes, at))?;
        for word in [b"obj".as_slice(), b"<<", b"/Type", b"/StructElem"] {
            at = after_space(bytes, at);
            at += bytes.get(at..)?.starts_with(word).then_some(word.len())?;
        }
        let ends = bytes.get(at).is_some_and(|b| b.is_ascii_whitespace() || b"/<>[](){}%".contains(b));
        Some((found, found_generation) == (id, generation) && ends)
    };
    words() == Some(true)
}

fn after_space(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|b| b.is_ascii_whitespace()).count()
}

/// The whole number at a place, and where it ends.
fn number(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let digits = bytes.get(at..)?.iter().take_while(|b| b.is_ascii_digit()).count();
    let value = bytes[at..at + digits].iter().try_fold(0usize, |v, d| v.checked_mul(10)?.checked_add(usize::from(d - b'0')));
    value.filter(|_| digits > 0).map(|value| (value, at + digits))
}

/// Where the words stand, first or last.
fn find(bytes: &[u8], words: &[u8], last: bool) -> Option<usize> {
    let mut windows = bytes.windows(words.len());
    if last { windows.rposition(|w| w == words) } else { windows.position(|w| w == words) }
}
