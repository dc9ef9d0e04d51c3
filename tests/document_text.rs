//! Text and Markdown files: blocks, cells, places.

use plantoets::document::{BlockKind, Document, build};
use plantoets::ingest::{Content, Line, Source};

fn read(text: &str, markdown: bool) -> Document {
    let lines = text.lines().enumerate().map(|(i, l)| Line { number: i as u32 + 1, text: l.to_string() }).collect();
    build(&Source {
        content: Content::Lines { markdown, lines },
        outline: Vec::new(),
        tags: Vec::new(),
        warnings: Vec::new(),
        partial: false,
    })
}

fn kind(kind: BlockKind) -> String {
    match kind {
        BlockKind::Heading(n) => format!("h{n}"),
        other => format!("{other:?}"),
    }
}

fn shape(doc: &Document) -> Vec<String> {
    doc.blocks.iter().map(|b| format!("{}: {}", kind(b.kind), doc.slice(b.span))).collect()
}

#[test]
fn plain_text_with_headings_and_broken_words() {
    let doc = read(
        "Ondersteuningsplan 2014-2018\n\n1. Inleiding\n\nHet samenwerkings-\nverband be-\nen verwerkt de aanvragen.\n\n1.1 Doel\n\nTekst.\n\nBijlage A. Begrippen\n\nWoorden.\n",
        false,
    );
    assert_eq!(
        shape(&doc),
        [
            "h1: Ondersteuningsplan 2014-2018",
            "h1: 1. Inleiding",
            "Paragraph: Het samenwerkingsverband be- en verwerkt de aanvragen.",
            "h2: 1.1 Doel",
            "Paragraph: Tekst.",
            "h1: Bijlage A. Begrippen",
            "Paragraph: Woorden."
        ]
    );
    let place = &doc.places(doc.blocks[2].span)[0];
    assert_eq!((place.page, place.line, place.bbox), (1, 5, None));
    let at = doc.text.find("verwerkt").unwrap();
    assert_eq!(doc.places(plantoets::document::Span::new(at, at + 8))[0].line, 7);
    assert!(doc.sections.last().unwrap().annex);
    assert_eq!(doc.section_path(doc.blocks[4].section), ["1. Inleiding", "1.1 Doel"]);
}

#[test]
fn a_single_sentence_is_a_paragraph() {
    assert_eq!(shape(&read("De OPR stemt in", false)), ["Paragraph: De OPR stemt in"]);
    assert_eq!(shape(&read("De OPR heeft op\n3 april 2014 ingestemd.", false)), ["Paragraph: De OPR heeft op 3 april 2014 ingestemd."]);
}

#[test]
fn lists_with_their_lead() {
    let doc = read(
        "De taken zijn:\n- toewijzen van\n  middelen;\n- adviseren.\n\n☑ Ingestemd\n☐ Niet ingestemd\n1. een\n2. twee\na) drie\n",
        false,
    );
    assert_eq!(
        shape(&doc),
        [
            "Paragraph: De taken zijn:",
            "ListItem: toewijzen van middelen;",
            "ListItem: adviseren.",
            "ListItem: Ingestemd",
            "ListItem: Niet ingestemd",
            "ListItem: een",
            "ListItem: twee",
            "ListItem: drie"
        ]
    );
    assert_eq!(doc.blocks[2].lead, Some(0));
    assert_eq!(doc.blocks[1].group, doc.blocks[2].group);
}

#[test]
fn tables() {
    for text in [
        "Tabel 1. Cijfers\n\n| Jaar | Aantal |\n|---|---:|\n| 2013 | 12 |\n| 2014 | 14 |\n",
        "Tabel 1. Cijfers\n\nJaar | Aantal\n2013 | 12\n2014 | 14\n",
    ] {
        let doc = read(text, true);
        assert_eq!(shape(&doc), ["Caption: Tabel 1. Cijfers", "TableHead: Jaar | Aantal", "TableRow: 2013 | 12", "TableRow: 2014 | 14"]);
        let cell = doc.blocks[3].cells[1];
        assert_eq!((doc.slice(cell.span), cell.head.map(|h| doc.slice(h))), ("14", Some("Aantal")));
        assert_eq!(doc.blocks[3].lead, Some(0));
        assert_eq!(doc.blocks[0].group, doc.blocks[3].group);
    }
}

#[test]
fn forms_and_short_lines_stand_apart() {
    let doc = read(
        "Aan       Inspectie van het Onderwijs\nDatum     9 april 2014\n\nDatum: 9 april 2014\nPlaats: Almere\n\nAlmere\nDronten\nUrk\n",
        false,
    );
    assert_eq!(
        shape(&doc),
        [
            "TableRow: Aan | Inspectie van het Onderwijs",
            "TableRow: Datum | 9 april 2014",
            "Paragraph: Datum: 9 april 2014",
            "Paragraph: Plaats: Almere",
            "Paragraph: Almere",
            "Paragraph: Dronten",
            "Paragraph: Urk"
        ]
    );
}

#[test]
fn markdown_marks_are_undone() {
    let doc = read("# Plan\n\nHet **bestuur** van [SWV](https://x.nl) stelt\n_vast_.[^1]\n\nTitel\n-----\n\n[^1]: Zie bijlage.\n", true);
    assert_eq!(shape(&doc), ["h1: Plan", "Paragraph: Het bestuur van SWV stelt vast.", "h2: Titel", "Footnote: Zie bijlage."]);
}
