//! Decompression of content, bounded, and honest about data that breaks off (ISO 32000-1, 7.4).

use flate2::{Decompress, FlushDecompress, Status};
use lopdf::{DecompressError, Error, Object, Stream};
use std::borrow::Cow;

/// Output made room for at a time, in bytes.
const STEP: usize = 64 << 10;

/// A decompressed stream.
pub(super) struct Unpacked {
    /// Its bytes, as far as they could be had.
    pub bytes: Vec<u8>,
    /// Nothing is missing.
    pub whole: bool,
}

/// Decompresses `stream` to `limit` bytes at most; `None` if it would be larger.
///
/// lopdf does the same but keeps silent about compressed data that is corrupt or cut off, so that half a page looks like a
/// whole one. The plain kind of stream, which content nearly always is, is therefore unpacked here.
pub(super) fn unpack(stream: &Stream, limit: usize) -> Option<Unpacked> {
    let stream = &*spelled_out(stream);
    let plain = stream.filters().is_ok_and(|f| f == [b"FlateDecode".as_slice()]) && !stream.dict.has(b"DecodeParms");
    if plain
        && let [method, flags, data @ ..] = stream.content.as_slice()
        && method & 0x0f == 8
        && (u16::from(*method) << 8 | u16::from(*flags)) % 31 == 0
        && flags & 0x20 == 0
    {
        return inflate(data, limit);
    }
    match stream.get_plain_content_with_limit(limit) {
        Ok(bytes) => Some(Unpacked { whole: !bytes.is_empty() || stream.content.is_empty(), bytes }),
        Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => None,
        Err(_) => Some(Unpacked { bytes: Vec::new(), whole: false }),
    }
}

/// The bytes of a stream that is read whole or not at all, `limit` at most.
pub(super) fn whole(stream: &Stream, limit: usize) -> Option<Vec<u8>> {
    spelled_out(stream).get_plain_content_with_limit(limit).ok()
}

/// The stream with the names of its filters in full. The short ones are for inline images only (table 92), but other streams
/// have them, too, and readers take them.
fn spelled_out(stream: &Stream) -> Cow<'_, Stream> {
    let full = |name: &[u8]| {
        Some(match name {
            b"A85" => "ASCII85Decode",
            b"AHx" => "ASCIIHexDecode",
            b"Fl" => "FlateDecode",
            b"LZW" => "LZWDecode",
            b"RL" => "RunLengthDecode",
            _ => return None,
        })
    };
    let Ok(names) = stream.filters() else { return Cow::Borrowed(stream) };
    if !names.iter().any(|name| full(name).is_some()) {
        return Cow::Borrowed(stream);
    }
    let names: Vec<Object> = names.iter().map(|name| Object::Name(full(name).map_or(name.to_vec(), |n| n.as_bytes().to_vec()))).collect();
    let mut stream = stream.clone();
    stream.dict.set("Filter", names);
    Cow::Owned(stream)
}

/// Deflated data without zlib's header. Its checksum is left alone: some writers get it wrong, and the text is there.
fn inflate(data: &[u8], limit: usize) -> Option<Unpacked> {
    let mut bytes = Vec::with_capacity(data.len().saturating_mul(4).min(limit).clamp(64, 4 << 20));
    let mut inflater = Decompress::new(false);
    loop {
        let done = usize::try_from(inflater.total_in()).unwrap_or(usize::MAX);
        let before = (done, bytes.len());
        let status = inflater.decompress_vec(data.get(done..).unwrap_or_default(), &mut bytes, FlushDecompress::None);
        if bytes.len() > limit {
            return None;
        }
        match status {
            Ok(Status::StreamEnd) => return Some(Unpacked { bytes, whole: true }),
            Err(_) => return Some(Unpacked { bytes, whole: false }),
            Ok(_) if bytes.len() == bytes.capacity() => bytes.reserve(STEP.max(bytes.len() / 2)),
            Ok(_) if (usize::try_from(inflater.total_in()).unwrap_or(usize::MAX), bytes.len()) == before => {
                return Some(Unpacked { bytes, whole: false });
            }
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::{Dictionary, Object};

    fn compressed(content: &[u8]) -> Stream {
        let mut stream = Stream::new(Dictionary::new(), content.to_vec());
        stream.compress().expect("compresses");
        assert!(stream.dict.get(b"Filter").is_ok_and(|f| *f == Object::Name(b"FlateDecode".to_vec())));
        stream
    }

    #[test]
    fn whole_and_broken_data_are_told_apart() {
        let text = b"BT (beleid) Tj ET ".repeat(20_000);
        let stream = compressed(&text);
        let unpacked = unpack(&stream, 1 << 20).expect("fits");
        assert!(unpacked.whole && unpacked.bytes == text);
        let mut cut = stream.clone();
        cut.content.truncate(stream.content.len() / 2);
        let unpacked = unpack(&cut, 1 << 20).expect("fits");
        assert!(!unpacked.whole && !unpacked.bytes.is_empty() && text.starts_with(&unpacked.bytes));
    }

    #[test]
    fn short_names_of_filters_are_known() {
        let mut stream = compressed(&b"BT (beleid) Tj ET ".repeat(100));
        stream.dict.set("Filter", vec![Object::Name(b"Fl".to_vec())]);
        assert_eq!(unpack(&stream, 1 << 20).expect("fits").bytes.len(), 1800);
        assert_eq!(whole(&stream, 1 << 20).expect("fits").len(), 1800);
    }

    #[test]
    fn a_wrong_checksum_loses_nothing() {
        let text = b"BT (beleid) Tj ET ".repeat(100);
        let mut stream = compressed(&text);
        *stream.content.last_mut().expect("not empty") ^= 1;
        let unpacked = unpack(&stream, 1 << 20).expect("fits");
        assert!(unpacked.whole && unpacked.bytes == text);
    }

    #[test]
    fn what_grows_too_large_is_refused() {
        assert!(unpack(&compressed(&vec![b' '; 2 << 20]), 1 << 20).is_none());
        assert!(unpack(&Stream::new(Dictionary::new(), vec![b' '; 200]), 100).is_none());
    }
}
