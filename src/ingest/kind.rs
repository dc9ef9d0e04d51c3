//! What a file is, by its content first and its name second.

/// A file format as far as reading goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A PDF.
    Pdf,
    /// Text that can be read as lines.
    Text {
        /// Named `.md` or `.markdown`.
        markdown: bool,
    },
    /// Anything else: what it looks like, in Dutch, with its article.
    Other(&'static str),
}

/// First bytes that say what a file is.
const MAGIC: [(&[u8], &str); 12] = [
    (b"\x89PNG\r\n\x1a\n", "een PNG-afbeelding"),
    (b"\xff\xd8\xff", "een JPEG-afbeelding"),
    (b"GIF8", "een GIF-afbeelding"),
    (b"II*\0", "een TIFF-afbeelding"),
    (b"MM\0*", "een TIFF-afbeelding"),
    (b"BM", "een BMP-afbeelding"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "een oud Office-bestand (doc, xls of ppt)"),
    (b"{\\rtf", "een RTF-document"),
    (b"%!PS", "een PostScript-bestand"),
    (b"7z\xbc\xaf\x27\x1c", "een 7z-bestand"),
    (b"Rar!", "een rar-bestand"),
    (b"\x1f\x8b", "een gzip-bestand"),
];

/// Where a PDF header may start: the first 1024 bytes.
const HEADER_WINDOW: usize = 1024;
/// How much of a file's beginning is judged to tell text from binary data.
const TEXT_WINDOW: usize = 64 << 10;

/// Recognises `bytes`; `file_name` only tells text from Markdown and keeps text of other kinds out.
pub(super) fn recognise(file_name: &str, bytes: &[u8]) -> Kind {
    if bytes.starts_with(b"%PDF-") {
        return Kind::Pdf;
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Kind::Other(zip_kind(bytes));
    }
    // Two letters are not enough to call something a bitmap: the third to sixth byte are its size.
    let bitmap = |magic: &[u8]| magic != b"BM" || bytes.get(6..10) == Some(&[0; 4]);
    if let Some((_, found)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic) && bitmap(magic)) {
        return Kind::Other(found);
    }
    if contains(&bytes[..bytes.len().min(HEADER_WINDOW)], b"%PDF-") {
        return Kind::Pdf;
    }
    let extension = file_name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    let markdown = matches!(extension.as_str(), "md" | "markdown");
    let head = &bytes[..bytes.len().min(TEXT_WINDOW)];
    let text = looks_like_text(head);
    // A PDF behind a letter or the head of a web server: text that only speaks of PDFs does not say that it is one.
    if contains(head, b"%PDF-") && (extension == "pdf" || !text) {
        return Kind::Pdf;
    }
    if !text {
        return Kind::Other("een onbekend soort bestand");
    }
    if !markdown && looks_like_html(bytes) {
        return Kind::Other("een HTML-pagina");
    }
    match extension.as_str() {
        "md" | "markdown" | "txt" | "text" | "" => Kind::Text { markdown },
        _ => Kind::Other("een tekstbestand met een andere extensie dan .txt of .md"),
    }
}

/// Which office format a zip file holds, by the names of its members.
fn zip_kind(bytes: &[u8]) -> &'static str {
    // Members are named in the local headers from the start and again in the directory at the end.
    let head = &bytes[..bytes.len().min(256 << 10)];
    let tail = &bytes[bytes.len().saturating_sub(256 << 10)..];
    let has = |name: &[u8]| contains(head, name) || contains(tail, name);
    if has(b"word/document") {
        "een Word-document (docx)"
    } else if has(b"xl/workbook") {
        "een Excel-bestand (xlsx)"
    } else if has(b"ppt/presentation") {
        "een PowerPoint-presentatie (pptx)"
    } else if has(b"opendocument.text") {
        "een OpenDocument-tekst (odt)"
    } else {
        "een zip-bestand"
    }
}

/// No bytes that text does not have. UTF-16 is text by its byte order mark alone.
fn looks_like_text(head: &[u8]) -> bool {
    head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") || {
        let control = head.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31 | 127)).count();
        !head.contains(&0) && control * 100 <= head.len()
    }
}

/// Whether the first tag is that of a web page.
fn looks_like_html(bytes: &[u8]) -> bool {
    let head = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = head[..head.len().min(1024)].trim_ascii_start().to_ascii_lowercase();
    head.starts_with(b"<!doctype html") || head.starts_with(b"<html") || (head.starts_with(b"<?xml") && contains(&head, b"<html"))
}

/// Whether `needle` occurs in `hay`.
fn contains(hay: &[u8], needle: &[u8]) -> bool {
    hay.windows(needle.len()).any(|w| w == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_goes_before_the_name() {
        assert_eq!(recognise("plan.txt", b"%PDF-1.4\n"), Kind::Pdf);
        assert_eq!(recognise("plan.pdf", b"junk\r\n%PDF-1.4\n"), Kind::Pdf);
        let letter = [&[b' '; 2000][..], b"\n%PDF-1.4\n"].concat();
        assert_eq!(recognise("plan.pdf", &letter), Kind::Pdf);
        assert_eq!(recognise("plan.txt", &letter), Kind::Text { markdown: false });
        assert_eq!(recognise("plan", &[&letter[..], &[0, 1, 2]].concat()), Kind::Pdf);
        assert_eq!(recognise("plan.pdf", b"\x89PNG\r\n\x1a\n...."), Kind::Other("een PNG-afbeelding"));
        assert_eq!(recognise("plan.pdf", b"PK\x03\x04....word/document.xml"), Kind::Other("een Word-document (docx)"));
        assert_eq!(recognise("plan.pdf", b"PK\x03\x04....other"), Kind::Other("een zip-bestand"));
        assert_eq!(recognise("plan.pdf", b"\n<!DOCTYPE html><html>"), Kind::Other("een HTML-pagina"));
        assert_eq!(recognise("plan.pdf", b"\x00\x01\x02\x03"), Kind::Other("een onbekend soort bestand"));
    }

    #[test]
    fn text_is_told_from_markdown_by_name() {
        assert_eq!(recognise("plan.txt", b"Beleid"), Kind::Text { markdown: false });
        assert_eq!(recognise("PLAN.MD", b"# Beleid"), Kind::Text { markdown: true });
        assert_eq!(recognise("plan.markdown", b"# Beleid"), Kind::Text { markdown: true });
        assert_eq!(recognise("plan.txt", b"BM is een afkorting"), Kind::Text { markdown: false });
        assert_eq!(recognise("plan.txt", b"\xff\xfeB\0"), Kind::Text { markdown: false });
        assert!(matches!(recognise("plan.pdf", b"Beleid"), Kind::Other(_)));
    }
}
