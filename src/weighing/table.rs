//! The weights as a table of bytes in which a feature is found without reading the rest. The build script packs
//! `checks/taal/gewichten.tsv` into it with this same file, so that the program need not read a megabyte of text at every start; for
//! `--checks` it is packed when loading.
//!
//! ```text
//! seven u32      how many bytes of elements, slots, rows, full rows, weights, bytes of names; the greatest weight of a full row, its sign apart
//! elements       their ids, a space between them
//! slots          u32 each: one more than a row, where the hash of its name points; 0 is empty
//! rows           u32 begin of its name, u32 its first weight, five i16: shared weights; one row more closes the last
//! full rows      the first rows weigh for many elements: three i16 for each element in turn, which add up fast
//! weights        of the other rows: u16 element, three i16: about, shown, topic; per row in order of element
//! names          one after the other
//! ```
//!
//! Numbers are little-endian; weights are whole hundredths.

use std::borrow::Cow;
use std::collections::HashMap;

/// Bytes of a row.
const ROW: usize = 18;
/// Bytes of the weights of one element.
const WEIGHT: usize = 8;
/// Bytes of the weights of one element in a full row.
const FULL: usize = 6;
/// Parts.
const SIZES: usize = 6;
/// Numbers at the beginning.
const HEAD: usize = SIZES + 1;

/// A packed file of weights.
#[derive(Clone, Debug)]
pub struct Table {
    bytes: Cow<'static, [u8]>,
    /// Where each part begins: elements, slots, rows, full rows, weights, names.
    at: [usize; SIZES],
    /// How many rows are full.
    full: usize,
    /// Bytes of a full row.
    width: usize,
    /// So many full rows add up in sixteen bits, whatever they are.
    most: usize,
}

/// Sums per element that are being added up: about, shown, topic.
#[derive(Clone, Debug, Default)]
pub struct Adding {
    sums: Vec<[i32; 3]>,
    /// What is still to be added: sixteen bits add up twice as fast.
    small: Vec<[i16; 3]>,
    /// How many rows are in there.
    rows: usize,
}

impl Adding {
    /// Begins anew.
    fn clear(&mut self, elements: usize) {
        self.sums.clear();
        self.sums.resize(elements, [0; 3]);
        self.small.clear();
        self.small.resize(elements, [0; 3]);
        self.rows = 0;
    }

    /// All that was added.
    pub fn sums(&mut self) -> &[[i32; 3]] {
        if self.rows > 0 {
            let both = self.sums.as_flattened_mut().iter_mut().zip(self.small.as_flattened_mut());
            both.for_each(|(sum, small)| *sum += i32::from(std::mem::take(small)));
            self.rows = 0;
        }
        &self.sums
    }
}

/// What a feature weighs for one element, in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnWeights {
    /// Which element.
    pub element: u16,
    /// About, shown, topic.
    pub weights: [i16; 3],
}

/// FNV-1a, over a prefix and a word as if they were one.
fn hash(prefix: &str, word: &str) -> u32 {
    prefix.bytes().chain(word.bytes()).fold(0x811c_9dc5, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

impl Table {
    /// The table in bytes that [`pack`] made; None if they are not.
    pub fn new(bytes: Cow<'static, [u8]>) -> Option<Table> {
        let size = |i: usize| Some(u32::from_le_bytes(bytes.get(i * 4..i * 4 + 4)?.try_into().ok()?) as usize);
        let elements = ids(bytes.get(HEAD * 4..HEAD * 4 + size(0)?)?).count();
        let (full, width) = (size(3)?, elements * FULL);
        let sizes = [size(0)?, size(1)? * 4, (size(2)? + 1) * ROW, full * width, size(4)? * WEIGHT];
        let most = (i16::MAX as usize / size(SIZES)?.max(1)).max(1);
        let mut at = [HEAD * 4; SIZES];
        for (i, size) in sizes.into_iter().enumerate() {
            at[i + 1] = at[i] + size;
        }
        (bytes.len() == at[5] + size(5)? && size(1)?.is_power_of_two()).then_some(Table { bytes, at, full, width, most })
    }

    /// Ids of the elements.
    pub fn elements(&self) -> impl Iterator<Item = &str> {
        ids(&self.bytes[self.at[0]..self.at[1]])
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        (self.at[3] - self.at[2]) / ROW - 1
    }

    /// The row of a feature, by the two parts of its name.
    pub fn find(&self, prefix: &str, word: &str) -> Option<usize> {
        let mask = (self.at[2] - self.at[1]) / 4 - 1;
        let mut slot = hash(prefix, word) as usize & mask;
        loop {
            let row = (self.u32(self.at[1] + slot * 4) as usize).checked_sub(1)?;
            let (from, to) = (self.u32(self.row(row)) as usize, self.u32(self.row(row + 1)) as usize);
            let name = &self.bytes[self.at[5] + from..self.at[5] + to];
            if name.strip_prefix(prefix.as_bytes()) == Some(word.as_bytes()) {
                return Some(row);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// What a row weighs for all elements, in hundredths: per class, and for the topic.
    pub fn shared(&self, row: usize) -> [i16; 5] {
        let row = &self.bytes[self.row(row) + 8..self.row(row + 1)];
        std::array::from_fn(|i| i16::from_le_bytes([row[i * 2], row[i * 2 + 1]]))
    }

    /// Sums of none of the rows, in the place of others.
    pub fn begin(&self, adding: &mut Adding) {
        adding.clear(self.width / FULL);
    }

    /// Adds what a row weighs for single elements.
    pub fn add_own(&self, row: usize, adding: &mut Adding) {
        match self.full_bytes(row) {
            Some(own) => {
                if adding.rows == self.most {
                    adding.sums();
                }
                let add = |(sum, weight): (&mut i16, &[u8; 2])| *sum = sum.wrapping_add(i16::from_le_bytes(*weight));
                adding.small.as_flattened_mut().iter_mut().zip(own.as_chunks().0).for_each(add);
                adding.rows += 1;
            }
            None => {
                for own in self.own_bytes(row).iter().map(own_weights) {
                    adding.sums[usize::from(own.element)].iter_mut().zip(own.weights).for_each(|(sum, w)| *sum += i32::from(w));
                }
            }
        }
    }

    /// What a row weighs for one element: about, shown, topic.
    pub fn own_of(&self, row: usize, element: u16) -> Option<[i16; 3]> {
        if let Some(own) = self.full_bytes(row) {
            let own: &[u8; FULL] = own.as_chunks().0.get(usize::from(element))?;
            return Some(std::array::from_fn(|i| i16::from_le_bytes([own[i * 2], own[i * 2 + 1]])));
        }
        let own = self.own_bytes(row);
        own.binary_search_by_key(&element, |o| own_weights(o).element).ok().map(|i| own_weights(&own[i]).weights)
    }

    fn full_bytes(&self, row: usize) -> Option<&[u8]> {
        let from = self.at[3] + row * self.width;
        (row < self.full).then(|| &self.bytes[from..from + self.width])
    }

    fn own_bytes(&self, row: usize) -> &[[u8; WEIGHT]] {
        let [from, to] = [row, row + 1].map(|r| self.at[4] + self.u32(self.row(r) + 4) as usize * WEIGHT);
        self.bytes[from..to].as_chunks().0
    }

    fn row(&self, row: usize) -> usize {
        self.at[2] + row * ROW
    }

    fn u32(&self, at: usize) -> u32 {
        u32::from_le_bytes(self.bytes[at..at + 4].try_into().expect("four bytes"))
    }
}

/// The ids in their bytes.
fn ids(bytes: &[u8]) -> impl Iterator<Item = &str> {
    std::str::from_utf8(bytes).unwrap_or_default().split(' ').filter(|id| !id.is_empty())
}

fn own_weights([e, f, a, b, s, h, t, o]: &[u8; WEIGHT]) -> OwnWeights {
    let weights = [i16::from_le_bytes([*a, *b]), i16::from_le_bytes([*s, *h]), i16::from_le_bytes([*t, *o])];
    OwnWeights { element: u16::from_le_bytes([*e, *f]), weights }
}

/// A row as written: its name, shared weights, and own weights.
type Line<'t> = (&'t str, [i16; 5], Vec<OwnWeights>);

/// Packs a file of weights: per line a feature, its shared weights (four verdicts, then topic), and per element about, shown and topic, apart
/// by tabs. Err: the line, from 1, and what is wrong with it, in Dutch.
pub fn pack(text: &str) -> Result<Vec<u8>, (usize, &'static str)> {
    let mut elements = "";
    let mut ids: HashMap<&str, u16> = HashMap::new();
    let mut lines: Vec<Line> = Vec::new();
    for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
        match line.split_once('\t') {
            Some(("elementen", all)) => {
                elements = all;
                ids = all.split(' ').zip(0..).collect();
            }
            Some((name, rest)) => {
                let (shared, own) = parse(rest, &ids).map_err(|message| (n + 1, message))?;
                lines.push((name, shared, own));
            }
            None => return Err((n + 1, "de gewichten ontbreken")),
        }
    }
    // A row that weighs for more than a quarter of the elements is full.
    let (full, other): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|(_, _, own)| own.len() * 4 > ids.len());
    Ok(packed(elements, ids.len(), &full, &other))
}

fn parse(line: &str, ids: &HashMap<&str, u16>) -> Result<([i16; 5], Vec<OwnWeights>), &'static str> {
    let number = |s: &str| s.parse::<i16>().map_err(|_| "hier hoort een geheel getal");
    let (shared, own) = line.split_once('\t').unwrap_or((line, ""));
    let mut all = [0; 5];
    for (i, v) in shared.split(' ').enumerate() {
        *all.get_mut(i).ok_or("hier staan te veel getallen")? = number(v)?;
    }
    let mut owns = Vec::new();
    for own in own.split(' ').filter(|o| !o.is_empty()) {
        let mut parts = own.split(['=', '/']);
        let element = *parts.next().and_then(|id| ids.get(id)).ok_or("dit element staat niet bovenaan")?;
        let mut next = || parts.next().filter(|p| !p.is_empty()).map_or(Ok(0), number);
        owns.push(OwnWeights { element, weights: [next()?, next()?, next()?] });
    }
    owns.sort_by_key(|o| o.element);
    Ok((all, owns))
}

fn packed(elements: &str, width: usize, full: &[Line], other: &[Line]) -> Vec<u8> {
    let lines: Vec<&Line> = full.iter().chain(other).collect();
    let mut slots = vec![0u32; (lines.len() * 2 + 1).next_power_of_two()];
    let (mut rows, mut weights, mut names) = (Vec::new(), Vec::new(), String::new());
    let mut count = 0u32;
    let end = ("", [0; 5], Vec::new());
    for (row, (name, shared, own)) in lines.iter().copied().chain([&end]).enumerate() {
        rows.extend((names.len() as u32).to_le_bytes());
        rows.extend(count.to_le_bytes());
        rows.extend(shared.iter().flat_map(|v| v.to_le_bytes()));
        if row == lines.len() {
            break;
        }
        let mut slot = hash("", name) as usize & (slots.len() - 1);
        while slots[slot] != 0 {
            slot = (slot + 1) & (slots.len() - 1);
        }
        slots[slot] = row as u32 + 1;
        for o in own.iter().filter(|_| row >= full.len()) {
            weights.extend(o.element.to_le_bytes());
            weights.extend(o.weights.iter().flat_map(|v| v.to_le_bytes()));
        }
        count += if row < full.len() { 0 } else { own.len() as u32 };
        names.push_str(name);
    }
    let mut whole = vec![[0i16; 3]; full.len() * width];
    for (row, (_, _, own)) in full.iter().enumerate() {
        own.iter().for_each(|o| whole[row * width + usize::from(o.element)] = o.weights);
    }
    let greatest = whole.as_flattened().iter().map(|w| usize::from(w.unsigned_abs())).max().unwrap_or(0);
    let sizes = [elements.len(), slots.len(), lines.len(), full.len(), count as usize, names.len(), greatest];
    let mut out: Vec<u8> = sizes.iter().flat_map(|n| (*n as u32).to_le_bytes()).collect();
    out.extend(elements.bytes());
    out.extend(slots.iter().flat_map(|s| s.to_le_bytes()));
    out.extend(rows);
    out.extend(whole.as_flattened().iter().flat_map(|w| w.to_le_bytes()));
    out.extend(weights);
    out.extend(names.bytes());
    out
}
