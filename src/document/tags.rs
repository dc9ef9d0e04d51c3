//! What the structure of a tagged PDF says, and how far it is believed.
//!
//! Tags are a claim of the program that wrote the file, and some lie: all is a paragraph, text is a heading, the order is turned round. So the
//! geometry of the page stays the judge. Tags are heard where they can be held against it: a running head stands at the edge of the page, a table
//! has cells beside and below each other (`tables`), headings are few and short and mostly look like headings.

use super::sheet::Sheet;
use crate::ingest::{Mark, Role, Tag};

/// Columns of a table that are told apart.
const MAX_COLUMNS: usize = 200;

/// What the tags say of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Said {
    /// It has a tag.
    pub tagged: bool,
    /// It is no part of the text.
    pub artifact: bool,
    /// Level of the heading that it stands in; 0 when in none.
    pub heading: u8,
    /// Number of the heading, list item or cell that it stands in; 0 when in none.
    pub element: u32,
    /// It stands in a list item.
    pub item: bool,
    /// Cell of a table that it stands in: index into [`Tags::cells`], and one.
    pub cell: u32,
}

/// A cell of a table, by its tags.
#[derive(Clone, Copy, Debug)]
pub(super) struct CellTag {
    /// Number of the table.
    pub table: u32,
    /// Row and column, from 0.
    pub row: u32,
    pub column: u16,
    /// Columns it spans.
    pub span: u16,
    /// A head of a column or row.
    pub head: bool,
}

/// A table as far as it is filled.
#[derive(Default)]
struct Filling {
    rows: u32,
    /// For each column, how many rows its cell takes from the row being filled on.
    taken: Vec<u16>,
    /// The first column that may be free.
    next: usize,
}

impl Filling {
    /// The column of the next cell of the row: the first that no cell above reaches into.
    fn place(&mut self, cell: &Tag) -> u16 {
        while self.taken.get(self.next).is_some_and(|rows| *rows > 0) {
            self.next += 1;
        }
        let column = self.next.min(MAX_COLUMNS);
        self.next = (column + usize::from(cell.column_span)).min(MAX_COLUMNS);
        self.taken.resize(self.taken.len().max(self.next), 0);
        self.taken[column.min(self.next)..self.next].fill(cell.row_span);
        column as u16
    }
}

/// The tags of a document.
#[derive(Default)]
pub(super) struct Tags {
    said: Vec<Said>,
    /// The cells of all tables.
    pub cells: Vec<CellTag>,
}

impl Tags {
    /// Reads the elements, parents before children.
    pub(super) fn new(tags: &[Tag]) -> Tags {
        let mut out = Tags { said: Vec::with_capacity(tags.len()), cells: Vec::new() };
        let mut tables: Vec<Filling> = Vec::new();
        let mut in_table: Vec<Option<usize>> = Vec::with_capacity(tags.len());
        for (i, tag) in tags.iter().enumerate() {
            let parent = tag.parent.map(|p| p as usize).filter(|p| *p < i);
            let mut said = parent.map_or_else(Said::default, |p| out.said[p]);
            let mut table = parent.and_then(|p| in_table[p]);
            said.tagged = true;
            let number = i as u32 + 1;
            match tag.role {
                Role::Artifact => said.artifact = true,
                Role::Heading(level) => (said.heading, said.element) = (level.max(1), number),
                Role::Item => (said.item, said.element) = (true, number),
                Role::Table => {
                    table = Some(tables.len());
                    said.cell = 0;
                    tables.push(Filling::default());
                }
                Role::Row => {
                    if let Some(table) = table.map(|t| &mut tables[t]) {
                        table.taken.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
                        table.rows += 1;
                        table.next = 0;
                    }
                }
                Role::Cell | Role::HeadCell => {
                    if let Some((number_of_table, table)) = table.map(|t| (t, &mut tables[t])).filter(|t| t.1.rows > 0) {
                        let column = table.place(tag);
                        let head = tag.role == Role::HeadCell;
                        out.cells.push(CellTag { table: number_of_table as u32, row: table.rows - 1, column, span: tag.column_span, head });
                        said.cell = out.cells.len() as u32;
                        said.element = number;
                    }
                }
                _ => {}
            }
            out.said.push(said);
            in_table.push(table);
        }
        out
    }

    /// What they say of a mark.
    pub(super) fn say(&self, mark: Mark) -> Said {
        match mark {
            Mark::None => Said::default(),
            Mark::Artifact => Said { tagged: true, artifact: true, ..Said::default() },
            Mark::Tagged(at) => self.said.get(at as usize).copied().unwrap_or_default(),
        }
    }
}

/// Whether the headings that the tags name can be believed: most text has a tag, and the headings are several, few beside the text, and short.
pub(super) fn name_headings(sheets: &[Sheet]) -> bool {
    const LONGEST: usize = 90;
    let (mut all, mut tagged, mut heading, mut count, mut last) = (0usize, 0usize, 0usize, 0usize, 0);
    for word in sheets.iter().flat_map(|s| &s.words) {
        let letters = word.text.len();
        all += letters;
        tagged += if word.said.tagged { letters } else { 0 };
        if word.said.heading > 0 {
            heading += letters;
            count += usize::from(word.said.element != last);
            last = word.said.element;
        }
    }
    count >= 2 && tagged * 10 >= all * 7 && heading * 6 <= all && heading <= count * LONGEST
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(role: Role, parent: Option<u32>) -> Tag {
        Tag { role, parent, row_span: 1, column_span: 1 }
    }

    #[test]
    fn cells_stand_where_the_spans_leave_room() {
        // A cell over two rows, one over two columns; below them two cells.
        let tags = [
            tag(Role::Table, None),
            tag(Role::Row, Some(0)),
            Tag { row_span: 2, ..tag(Role::HeadCell, Some(1)) },
            Tag { column_span: 2, ..tag(Role::HeadCell, Some(1)) },
            tag(Role::Row, Some(0)),
            tag(Role::Cell, Some(4)),
            tag(Role::Cell, Some(4)),
            tag(Role::Row, Some(0)),
            tag(Role::Cell, Some(7)),
        ];
        let read = Tags::new(&tags);
        let places: Vec<(u32, u16)> = read.cells.iter().map(|c| (c.row, c.column)).collect();
        assert_eq!(places, [(0, 0), (0, 1), (1, 1), (1, 2), (2, 0)]);
        assert_eq!((read.say(Mark::Tagged(6)).cell, read.say(Mark::Tagged(4)).cell), (4, 0));
    }

    #[test]
    fn what_stands_in_an_element_is_said_of_what_is_in_it() {
        let tags = [tag(Role::Heading(2), None), tag(Role::Other, Some(0)), tag(Role::Paragraph, None), tag(Role::Cell, Some(2))];
        let read = Tags::new(&tags);
        assert_eq!((read.say(Mark::Tagged(1)).heading, read.say(Mark::Tagged(2)).heading), (2, 0));
        // A cell outside a table is none.
        assert_eq!((read.say(Mark::Tagged(3)).cell, read.say(Mark::Tagged(99))), (0, Said::default()));
        assert!(read.say(Mark::Artifact).artifact);
    }
}
