//! The tokens of a content stream (ISO 32000-1, 7.2 and 7.8.2).
//!
//! A reader of its own rather than a general object parser: a page has some tens of thousands of operators, mostly with two
//! numbers or one short string, and this one keeps them in two buffers that are used again for every operator. It knows no
//! errors: what is no token is skipped, so that damage costs an operator and not the rest of the page. Nothing recurses.

use std::ops::Range;

/// Operands kept for one operator; more than any sensible TJ array has.
const MAX_OPERANDS: usize = 200_000;

/// An operand, arrays and dictionaries flattened between their brackets.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Operand {
    /// A number.
    Number(f64),
    /// A string: where its bytes stand in [`Operands::bytes`].
    Text(Range<u32>),
    /// A name without its slash: where its bytes stand in [`Operands::bytes`].
    Name(Range<u32>),
    /// `[`.
    Open,
    /// `]`.
    Close,
    /// `<<`, `>>`, `true`, `false` or `null`.
    Other,
}

/// The operands before an operator.
#[derive(Debug, Default)]
pub(super) struct Operands {
    /// In order.
    pub items: Vec<Operand>,
    bytes: Vec<u8>,
}

impl Operands {
    /// The bytes of a string or name.
    pub fn bytes(&self, range: &Range<u32>) -> &[u8] {
        self.bytes.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    /// The last `N` operands, if they are all numbers.
    pub fn numbers<const N: usize>(&self) -> Option<[f64; N]> {
        let tail = self.items.last_chunk::<N>()?;
        let mut out = [0.0; N];
        for (slot, item) in out.iter_mut().zip(tail) {
            match item {
                Operand::Number(v) => *slot = *v,
                _ => return None,
            }
        }
        Some(out)
    }

    /// The first name.
    pub fn first_name(&self) -> Option<&[u8]> {
        self.items.iter().find_map(|item| match item {
            Operand::Name(r) => Some(self.bytes(r)),
            _ => None,
        })
    }

    /// The last name.
    pub fn last_name(&self) -> Option<&[u8]> {
        self.items.iter().rev().find_map(|item| match item {
            Operand::Name(r) => Some(self.bytes(r)),
            _ => None,
        })
    }

    /// The number behind a key of a dictionary.
    pub fn number_at(&self, key: &[u8]) -> Option<f64> {
        self.items.windows(2).find_map(|pair| match pair {
            [Operand::Name(name), Operand::Number(value)] if self.bytes(name) == key => Some(*value),
            _ => None,
        })
    }

    fn clear(&mut self) {
        self.items.clear();
        self.bytes.clear();
    }

    fn push(&mut self, item: Operand) {
        if self.items.len() < MAX_OPERANDS {
            self.items.push(item);
        }
    }

    fn end(&self) -> u32 {
        u32::try_from(self.bytes.len()).unwrap_or(u32::MAX)
    }
}

/// Reads one content stream.
pub(super) struct Lexer<'c> {
    content: &'c [u8],
    at: usize,
}

/// What a byte is: white space, a delimiter or a regular character (7.2.2).
pub(super) const REGULAR: u8 = 0;
/// White space.
pub(super) const SPACE: u8 = 1;
const DELIMITER: u8 = 2;
static CLASS: [u8; 256] = {
    let mut table = [REGULAR; 256];
    let mut i = 0;
    let spaces = *b"\0\t\n\x0c\r ";
    while i < spaces.len() {
        table[spaces[i] as usize] = SPACE;
        i += 1;
    }
    let delimiters = *b"()<>[]{}/%";
    i = 0;
    while i < delimiters.len() {
        table[delimiters[i] as usize] = DELIMITER;
        i += 1;
    }
    table
};

/// [`REGULAR`], [`SPACE`] or neither.
pub(super) fn class(byte: u8) -> u8 {
    CLASS[byte as usize]
}

impl<'c> Lexer<'c> {
    /// From the start of `content`, which is already decompressed.
    pub fn new(content: &'c [u8]) -> Self {
        Lexer { content, at: 0 }
    }

    /// The next operator with its operands in `operands`; `None` at the end. `ID` stands for a whole inline image: its data
    /// and `EI` are skipped.
    pub fn next(&mut self, operands: &mut Operands) -> Option<&'c [u8]> {
        operands.clear();
        loop {
            let byte = *self.content.get(self.at)?;
            match byte {
                b'0'..=b'9' | b'+' | b'-' | b'.' => self.number(operands),
                b'(' => self.literal(operands),
                b'<' if self.content.get(self.at + 1) == Some(&b'<') => {
                    operands.push(Operand::Other);
                    self.at += 2;
                }
                b'<' => self.hexadecimal(operands),
                b'/' => self.name(operands),
                b'[' => self.single(operands, Operand::Open),
                b']' => self.single(operands, Operand::Close),
                b'>' => self.single(operands, Operand::Other),
                b'%' => self.comment(),
                b')' | b'{' | b'}' => self.at += 1,
                _ if class(byte) == SPACE => self.at += 1,
                _ => {
                    let word = self.word();
                    match word {
                        b"true" | b"false" | b"null" => operands.push(Operand::Other),
                        b"ID" => {
                            self.skip_image();
                            return Some(word);
                        }
                        _ => return Some(word),
                    }
                }
            }
        }
    }

    fn single(&mut self, operands: &mut Operands, item: Operand) {
        operands.push(item);
        self.at += 1;
    }

    fn comment(&mut self) {
        let rest = &self.content[self.at..];
        self.at += rest.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(rest.len());
    }

    fn word(&mut self) -> &'c [u8] {
        let rest = &self.content[self.at..];
        let end = rest.iter().position(|b| class(*b) != REGULAR).unwrap_or(rest.len()).max(1);
        self.at += end;
        &rest[..end]
    }

    /// Signs, digits and one point; what follows (a second sign or point, letters) belongs to a broken number and is left out.
    fn number(&mut self, operands: &mut Operands) {
        const POWERS: [f64; 10] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
        let mut at = self.at;
        let mut negative = false;
        while let Some(sign @ (b'+' | b'-')) = self.content.get(at) {
            negative |= *sign == b'-';
            at += 1;
        }
        let (mut value, mut digits, mut decimals, mut point) = (0u64, 0, 0, false);
        while let Some(&byte) = self.content.get(at) {
            match byte {
                b'0'..=b'9' => {
                    if digits < 15 && decimals < 9 {
                        value = value * 10 + u64::from(byte - b'0');
                        digits += usize::from(value > 0);
                        decimals += usize::from(point);
                    } else if !point {
                        // Beyond what pages measure; kept in range so that it is refused as too large.
                        value = value.saturating_mul(10).min(1 << 60);
                    }
                }
                b'.' if !point => point = true,
                _ => break,
            }
            at += 1;
        }
        // A number ends at white space or a delimiter, except where an operator follows at once ("0.5w").
        while self.content.get(at).is_some_and(|b| matches!(b, b'0'..=b'9' | b'+' | b'-' | b'.')) {
            at += 1;
        }
        self.at = at;
        let value = value as f64 / POWERS[decimals.min(9)];
        operands.push(Operand::Number(if negative { -value } else { value }.clamp(-1e9, 1e9)));
    }

    fn name(&mut self, operands: &mut Operands) {
        self.at += 1;
        let start = operands.end();
        while let Some(&byte) = self.content.get(self.at).filter(|b| class(**b) == REGULAR) {
            let escaped = (byte == b'#')
                .then(|| Some(hex_digit(*self.content.get(self.at + 1)?)? << 4 | hex_digit(*self.content.get(self.at + 2)?)?))
                .flatten();
            self.at += if escaped.is_some() { 3 } else { 1 };
            operands.bytes.push(escaped.unwrap_or(byte));
        }
        operands.push(Operand::Name(start..operands.end()));
    }

    fn hexadecimal(&mut self, operands: &mut Operands) {
        self.at += 1;
        let start = operands.end();
        let mut high = None;
        while let Some(&byte) = self.content.get(self.at) {
            self.at += 1;
            if byte == b'>' {
                break;
            }
            if let Some(digit) = hex_digit(byte) {
                match high.take() {
                    None => high = Some(digit),
                    Some(h) => operands.bytes.push(h << 4 | digit),
                }
            }
        }
        if let Some(h) = high {
            operands.bytes.push(h << 4);
        }
        operands.push(Operand::Text(start..operands.end()));
    }

    fn literal(&mut self, operands: &mut Operands) {
        self.at += 1;
        let start = operands.end();
        let mut depth = 1usize;
        while let Some(&byte) = self.content.get(self.at) {
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                b'\\' => {
                    self.escape(&mut operands.bytes);
                    continue;
                }
                b'\r' => {
                    self.at += usize::from(self.content.get(self.at) == Some(&b'\n'));
                    operands.bytes.push(b'\n');
                    continue;
                }
                _ => {}
            }
            operands.bytes.push(byte);
        }
        operands.push(Operand::Text(start..operands.end()));
    }

    /// After a backslash (7.3.4.2, table 3).
    fn escape(&mut self, out: &mut Vec<u8>) {
        let Some(&byte) = self.content.get(self.at) else { return };
        self.at += 1;
        match byte {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'\n' => {}
            b'\r' => self.at += usize::from(self.content.get(self.at) == Some(&b'\n')),
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    match self.content.get(self.at) {
                        Some(&d @ b'0'..=b'7') => value = value << 3 | u32::from(d - b'0'),
                        _ => break,
                    }
                    self.at += 1;
                }
                out.push(value as u8);
            }
            other => out.push(other),
        }
    }

    /// Past the data of an inline image and its `EI`, which must stand alone and be followed by what looks like content
    /// (8.9.7): the data may hold the two letters by chance.
    fn skip_image(&mut self) {
        let mut at = self.at + 1;
        while let Some(found) = self.content.get(at..).and_then(|rest| rest.windows(2).position(|w| w == b"EI")) {
            let (start, end) = (at + found, at + found + 2);
            let alone = start == 0 || class(self.content[start - 1]) == SPACE;
            let after = &self.content[end..self.content.len().min(end + 12)];
            let closed = after.first().is_none_or(|b| class(*b) != REGULAR);
            if alone && closed && after.iter().all(|b| matches!(b, b'\t' | b'\n' | b'\r' | b' '..=b'~')) {
                self.at = end;
                return;
            }
            at = start + 2;
        }
        self.at = self.content.len();
    }
}

/// The value of a hexadecimal digit.
pub(super) fn hex_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every operator with its operands written out.
    fn tokens(content: &[u8]) -> Vec<String> {
        let mut lexer = Lexer::new(content);
        let mut operands = Operands::default();
        let mut out = Vec::new();
        while let Some(op) = lexer.next(&mut operands) {
            let mut line = String::new();
            for item in &operands.items {
                line += &match item {
                    Operand::Number(v) => format!("{v} "),
                    Operand::Text(r) => format!("({}) ", String::from_utf8_lossy(operands.bytes(r))),
                    Operand::Name(r) => format!("/{} ", String::from_utf8_lossy(operands.bytes(r))),
                    Operand::Open => "[ ".to_string(),
                    Operand::Close => "] ".to_string(),
                    Operand::Other => "- ".to_string(),
                };
            }
            out.push(line + &String::from_utf8_lossy(op));
        }
        out
    }

    #[test]
    fn operators_with_operands() {
        assert_eq!(
            tokens(b"BT /F1 12 Tf% comment\n[(a)-3.50<4142>]TJ 1 0 0 -.5 +7 8. Tm T*(x)' ET"),
            ["BT", "/F1 12 Tf", "[ (a) -3.5 (AB) ] TJ", "1 0 0 -0.5 7 8 Tm", "T*", "(x) '", "ET"]
        );
    }

    #[test]
    fn strings_and_names() {
        assert_eq!(
            tokens(
                br"(a\(b\)(c)\\\101\12x\
y) Tj"
            ),
            ["(a(b)(c)\\A\nxy) Tj"]
        );
        assert_eq!(tokens(b"(a\r\nb) Tj <4> Tj <41 4G2> Tj"), ["(a\nb) Tj", "(@) Tj", "(AB) Tj"]);
        assert_eq!(tokens(b"/A#20B/C#zz gs"), ["/A B /C#zz gs"]);
    }

    #[test]
    fn odd_numbers() {
        assert_eq!(tokens(b"--5 1.2.3 4-5 0.00-41 1e 99999999999999999999 w"), ["-5 1.2 4 0 1 e", "1000000000 w"]);
        assert_eq!(tokens(b"0.123456789123 0.000001 .5 w"), ["0.123456789 0.000001 0.5 w"]);
    }

    #[test]
    fn an_inline_image_is_one_operator() {
        assert_eq!(tokens(b"BI /W 1 ID \x00EI\xff xEI EI Q 1 w"), ["BI", "/W 1 ID", "Q", "1 w"]);
        assert_eq!(tokens(b"BI ID no end"), ["BI", "ID"]);
    }

    #[test]
    fn rubbish_is_skipped() {
        assert_eq!(tokens(b")}{ q <</A[1]>> BDC (open"), ["q", "- /A [ 1 ] - - BDC"]);
    }
}
