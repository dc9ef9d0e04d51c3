//! Structure of PDF pages, from runs laid out by hand: columns, notes, tables, broken paragraphs, running heads, contents, footnotes.

use plantoets::document::{BlockKind, Document, Span, build};
use plantoets::ingest::{Content, Geometry, Mark, OutlineEntry, Page, PageState, Rect, Role, Run, Source, Tag};
use proptest::prelude::*;

/// Lays words out on one line: every letter half an em, a space a quarter.
struct Sheet {
    page: Page,
}

impl Sheet {
    fn new(number: u32) -> Sheet {
        Sheet { page: Page { number, geometry: Geometry::default(), state: PageState::Read, ..Page::default() } }
    }

    fn styled(mut self, x: f32, base: f32, size: f32, bold: bool, text: &str) -> Sheet {
        let mut at = x;
        for word in text.split(' ').filter(|w| !w.is_empty()) {
            let width = word.chars().count() as f32 * 0.5 * size;
            let rect = Rect { x0: at, y0: base - 0.8 * size, x1: at + width, y1: base + 0.2 * size };
            self.page.runs.push(Run { text: word.into(), rect, size, bold, angle: 0, spaced: false, ..Run::default() });
            at += width + 0.25 * size;
        }
        self
    }

    fn line(self, x: f32, base: f32, text: &str) -> Sheet {
        self.styled(x, base, 10.0, false, text)
    }

    /// Marks what was laid out since run `from` as an element.
    fn tagged(mut self, from: usize, element: u32) -> Sheet {
        self.page.runs[from..].iter_mut().for_each(|run| run.mark = Mark::Tagged(element));
        self
    }

    /// Lines under each other, 13 points apart.
    fn lines(mut self, x: f32, base: f32, lines: &[&str]) -> Sheet {
        for (i, line) in lines.iter().enumerate() {
            self = self.line(x, base + 13.0 * i as f32, line);
        }
        self
    }

    fn rule(mut self, x0: f32, y: f32, x1: f32) -> Sheet {
        self.page.rules.push(Rect { x0, y0: y, x1, y1: y + 0.5 });
        self
    }

    fn turned(mut self, angle: i16, text: &str) -> Sheet {
        let rect = Rect { x0: 100.0, y0: 200.0, x1: 400.0, y1: 600.0 };
        self.page.runs.push(Run { text: text.into(), rect, size: 80.0, bold: true, angle, spaced: false, ..Run::default() });
        self
    }
}

fn read(pages: Vec<Sheet>) -> Document {
    read_with(pages, Vec::new())
}

fn read_with(pages: Vec<Sheet>, outline: Vec<OutlineEntry>) -> Document {
    let content = Content::Pages(pages.into_iter().map(|s| s.page).collect());
    let doc = build(&Source { content, outline, tags: Vec::new(), warnings: Vec::new(), partial: false });
    check(&doc);
    doc
}

fn read_tagged(pages: Vec<Sheet>, tags: Vec<Tag>) -> Document {
    let content = Content::Pages(pages.into_iter().map(|s| s.page).collect());
    let doc = build(&Source { content, outline: Vec::new(), tags, warnings: Vec::new(), partial: false });
    check(&doc);
    doc
}

fn shape(doc: &Document) -> Vec<String> {
    doc.blocks
        .iter()
        .map(|b| {
            let kind = match b.kind {
                BlockKind::Heading(n) => format!("h{n}"),
                other => format!("{other:?}"),
            };
            format!("{kind}: {}", doc.slice(b.span))
        })
        .collect()
}

/// What holds for every document.
fn check(doc: &Document) {
    let mut end = 0;
    for (i, b) in doc.blocks.iter().enumerate() {
        assert!(b.span.start >= end && b.span.end as usize <= doc.text.len() && !b.span.is_empty(), "span of block {i}");
        assert!(!doc.slice(b.span).contains('\n'));
        end = b.span.end;
        assert!(b.section < doc.sections.len());
        assert!(b.lead.is_none_or(|l| l < doc.blocks.len() && l != i));
        for c in &b.cells {
            assert!(b.span.contains(c.span));
            let _ = (doc.slice(c.span), c.head.map(|h| doc.slice(h)));
        }
        // Every byte stands on a line.
        let mut at = b.span.start;
        for l in doc.lines.iter().filter(|l| b.span.overlaps(l.span)) {
            assert_eq!(l.span.start, at, "gap in the lines of block {i}");
            at = l.span.end;
        }
        assert_eq!(at, b.span.end, "end of the lines of block {i}");
        assert!(!doc.places(b.span).is_empty());
        assert!(doc.section_path(b.section).len() <= doc.sections.len());
    }
    for pair in doc.lines.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start);
    }
    for s in &doc.sections {
        assert!(s.parent.is_none_or(|p| p < doc.sections.len()));
        let _ = doc.slice(s.span);
    }
}

/// What holds for the places of any span of any document.
fn check_places(doc: &Document, pages: &[Page], span: Span) {
    let places = doc.places(span);
    assert!(places.windows(2).all(|p| p[0].page < p[1].page), "in the order of the pages: {places:?}");
    // A span that shares a byte with a block stands somewhere, and only there.
    let lines: Vec<_> = doc.lines.iter().filter(|l| l.span.overlaps(span)).collect();
    let mut on: Vec<u32> = lines.iter().map(|l| l.page).collect();
    on.sort_unstable();
    on.dedup();
    assert_eq!(places.iter().map(|p| p.page).collect::<Vec<_>>(), on);
    for place in &places {
        let info = &doc.pages[place.page as usize - 1];
        assert_eq!(place.page_label, info.label);
        assert_eq!(Some(place.line), lines.iter().find(|l| l.page == place.page).map(|l| l.line));
        let Some([x0, y0, x1, y1]) = place.bbox else { continue };
        let [left, bottom, right, top] = info.geometry.visible;
        // A page of nonsense has no inside.
        let sound = left < right && bottom < top;
        let inside = left <= x0 && x0 <= x1 && x1 <= right && bottom <= y0 && y0 <= y1 && y1 <= top;
        assert!(inside || !sound, "on the page: {place:?}");
    }
    // What is read on a line is drawn under its box.
    let letters = |text: &str| -> Vec<char> { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    for line in lines {
        let Some(r) = line.rect else { continue };
        let under = |run: &&Run| run.rect.x0 <= r.x1 && r.x0 <= run.rect.x1 && run.rect.y0 <= r.y1 && r.y0 <= run.rect.y1;
        let mut drawn: Vec<char> = pages[line.page as usize - 1].runs.iter().filter(under).flat_map(|run| letters(&run.text)).collect();
        for letter in letters(doc.slice(line.span)) {
            let at = drawn.iter().position(|d| *d == letter);
            assert!(at.is_some(), "{letter:?} of {:?} is not under {r:?}", doc.slice(line.span));
            drawn.swap_remove(at.unwrap_or_default());
        }
    }
}

const LEFT: [&str; 5] = [
    "Het bestuur van het verband komt elk",
    "kwartaal bijeen en bespreekt dan de",
    "voortgang van het plan en de cijfers",
    "van de scholen in de regio. De raad",
    "ziet toe op de besteding van alle",
];
const RIGHT: [&str; 5] = [
    "middelen en legt daarover aan elk",
    "van de leden verantwoording af. Dat",
    "gebeurt in een openbaar verslag dat",
    "elk jaar in juni verschijnt en dat",
    "op de website wordt gezet.",
];

#[test]
fn two_columns_make_one_paragraph() {
    let doc = read(vec![Sheet::new(1).lines(50.0, 100.0, &LEFT).lines(310.0, 100.0, &RIGHT)]);
    assert_eq!(shape(&doc), [format!("Paragraph: {} {}", LEFT.join(" "), RIGHT.join(" "))]);
    let place = &doc.places(doc.blocks[0].span)[0];
    assert_eq!((place.page, place.line), (1, 1));
}

#[test]
fn a_title_over_the_columns_and_a_table_between_them() {
    let sheet = Sheet::new(1)
        .styled(50.0, 70.0, 24.0, true, "Zo werken wij hier samen aan")
        .lines(50.0, 110.0, &LEFT)
        .lines(310.0, 100.0, &RIGHT)
        .rule(50.0, 190.0, 500.0)
        .styled(52.0, 203.0, 9.0, true, "Orgaan")
        .styled(300.0, 203.0, 9.0, true, "Taak")
        .rule(50.0, 207.0, 500.0)
        .styled(52.0, 220.0, 9.0, false, "Raad")
        .styled(300.0, 220.0, 9.0, false, "toezicht")
        .rule(50.0, 224.0, 500.0)
        .styled(52.0, 237.0, 9.0, false, "Bestuur")
        .styled(300.0, 237.0, 9.0, false, "leiding")
        .rule(50.0, 241.0, 500.0)
        .lines(
            50.0,
            265.0,
            &["Na de tabel gaat het stuk gewoon in", "twee kolommen verder met nog meer", "tekst over de gang van zaken hier."],
        )
        .lines(
            310.0,
            265.0,
            &["Ook rechts staat nog een stuk tekst", "dat pas daarna gelezen moet worden", "omdat het in de tweede kolom staat."],
        );
    let doc = read(vec![sheet]);
    let shape = shape(&doc);
    let at = |start: &str| shape.iter().position(|s| s.contains(start)).unwrap_or_else(|| panic!("{start}: {shape:#?}"));
    assert_eq!(at("Zo werken"), 0);
    assert!(shape[at("Het bestuur van")].contains("van alle middelen en legt"), "{shape:#?}");
    assert!(
        at("Het bestuur van") < at("Orgaan | Taak") && at("Bestuur | leiding") < at("Na de tabel") && at("Na de tabel") < at("Ook rechts"),
        "{shape:#?}"
    );
    assert!(shape[at("Orgaan")].starts_with("TableHead"));
    let row = &doc.blocks[at("Raad | toezicht")];
    assert_eq!(row.cells[1].head.map(|h| doc.slice(h)), Some("Taak"));
}

#[test]
fn a_side_note_stands_after_its_paragraph() {
    let sheet = Sheet::new(1)
        .lines(
            50.0,
            100.0,
            &[
                "De eerste alinea gaat over de gang van zaken in het verband en",
                "loopt over twee volle regels door tot het einde van de alinea.",
            ],
        )
        .lines(
            50.0,
            134.0,
            &[
                "De tweede alinea staat er onder en gaat verder met het verhaal",
                "dat ook weer op twee regels van de bladzijde past en eindigt.",
            ],
        )
        .styled(420.0, 102.0, 7.0, false, "Let op: de statuten zijn")
        .styled(420.0, 111.0, 7.0, false, "te vinden op de website.");
    assert_eq!(
        shape(&read(vec![sheet])),
        [
            "Paragraph: De eerste alinea gaat over de gang van zaken in het verband en loopt over twee volle regels door tot het einde van de alinea.",
            "Aside: Let op: de statuten zijn te vinden op de website.",
            "Paragraph: De tweede alinea staat er onder en gaat verder met het verhaal dat ook weer op twee regels van de bladzijde past en eindigt.",
        ]
    );
}

#[test]
fn a_paragraph_goes_on_over_the_page_past_running_heads() {
    let body = [
        "Dit is een regel van een alinea die lang doorloopt en",
        "daarna op de volgende bladzijde zal worden afgemaakt",
        "zodat de zin daar pas eindigt, met een afgebroken woord als samenwerkings-",
    ];
    let page = |n: u32| {
        Sheet::new(n).styled(50.0, 40.0, 8.0, false, "Ondersteuningsplan 2014-2018").styled(
            280.0,
            810.0,
            8.0,
            false,
            &format!("pagina {n} van 3"),
        )
    };
    let doc = read(vec![
        page(1).lines(50.0, 700.0, &body),
        page(2).lines(50.0, 80.0, &["verband dat doorgaat."]),
        page(3).lines(50.0, 80.0, &["Een laatste bladzijde met wat tekst erop."]),
    ]);
    assert_eq!(doc.blocks.len(), 2, "{:?}", shape(&doc));
    assert!(doc.text.contains("als samenwerkingsverband dat doorgaat."), "{}", doc.text);
    assert_eq!(doc.pages[1].label.as_deref(), Some("2"));
    assert_eq!(doc.pages[1].running, ["Ondersteuningsplan 2014-2018", "pagina 2 van 3"]);
    let places = doc.places(doc.blocks[0].span);
    assert_eq!(places.iter().map(|p| p.page).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn first_lines_that_return_on_some_pages_are_no_running_heads() {
    let code =
        ["de stap begint met een vraag", "daarna volgt het gesprek", "dan komt het besluit", "en ten slotte de evaluatie", "zo gaat het"];
    let other =
        ["wie meedoet leest dit eerst", "en tekent aan het eind", "want zo is het afgesproken", "door alle besturen samen", "in mei"];
    let page =
        |n: u32, lines: &[&str]| Sheet::new(n).lines(50.0, 60.0, lines).line(50.0, 400.0, &format!("Gewone tekst van bladzijde {n}."));
    let doc = read((1..=9).map(|n| page(n, if n % 3 == 0 { &code } else { &other[..5] })).collect());
    let kept = doc.blocks.iter().filter(|b| doc.slice(b.span).contains("daarna volgt het gesprek")).count();
    assert_eq!(kept, 3, "{:?}", shape(&doc));
}

#[test]
fn the_last_line_of_a_paragraph_is_no_caption_of_the_table_below_it() {
    let paragraph = ["Een lange eerste regel van deze alinea loopt hier verder en", "gaat op de volgende regel door (zie bijlage 2)"];
    let page = |paragraph: [&str; 2]| {
        let sheet = Sheet::new(1).line(60.0, 100.0, paragraph[0]).line(60.0, 116.0, paragraph[1]);
        let sheet = sheet.line(60.0, 128.0, "Jaar").line(200.0, 128.0, "Aantal").line(330.0, 128.0, "Deel");
        let sheet = sheet.line(60.0, 142.0, "2013").line(200.0, 142.0, "12").line(330.0, 142.0, "3");
        sheet.line(60.0, 156.0, "2014").line(200.0, 156.0, "14").line(330.0, 156.0, "5")
    };
    let read_one = |paragraph| shape(&read(vec![page(paragraph)]));
    assert_eq!(read_one(paragraph)[0], format!("Paragraph: {}", paragraph.join(" ")));
    let named = ["Een lange eerste regel van deze alinea is hier uit.", "Leerlingen per jaar"];
    assert_eq!(read_one(named)[..2], [format!("Paragraph: {}", named[0]), format!("Caption: {}", named[1])]);
}

#[test]
fn numbered_paragraphs_between_a_rule_and_a_table_are_no_rows() {
    let cells = |sheet: Sheet, base: f32, texts: [&str; 3]| {
        sheet.line(54.0, base, texts[0]).line(250.0, base, texts[1]).line(400.0, base, texts[2]).rule(50.0, base + 5.0, 500.0)
    };
    let page = Sheet::new(1)
        .styled(50.0, 100.0, 14.0, true, "4 Opdracht en doelen")
        .rule(50.0, 106.0, 500.0)
        .line(50.0, 130.0, "4.1")
        .line(90.0, 130.0, "De vereniging heeft tot opdracht dat elk kind onderwijs ontvangt.")
        .line(50.0, 150.0, "4.2")
        .line(90.0, 150.0, "Het bestuur stelt de doelen vast. Elk jaar volgt een verslag.")
        .rule(50.0, 165.0, 500.0);
    let page = cells(page, 180.0, ["Doel", "Nu", "Straks"]);
    let page = cells(page, 200.0, ["Thuiszitters", "12", "6"]);
    let page = cells(page, 220.0, ["Wachtenden", "30", "10"]);
    // The rule under the next heading is as wide as the table.
    let page = page.styled(50.0, 250.0, 14.0, true, "5 Geld").rule(50.0, 256.0, 500.0).line(50.0, 280.0, "De begroting volgt.");
    let doc = read(vec![page]);
    let shape = shape(&doc);
    assert!(shape.iter().any(|s| s == "h1: 5 Geld"), "{shape:?}");
    assert!(shape.iter().any(|s| s == "TableRow: Thuiszitters | 12 | 6"), "{shape:?}");
    assert!(shape.iter().filter(|s| s.contains("4.1") || s.contains("4.2")).all(|s| !s.starts_with("Table")), "{shape:?}");
    assert!(shape[0].starts_with("h1"), "{shape:?}");
}

#[test]
fn cells_of_several_lines() {
    let sheet = Sheet::new(1)
        .rule(50.0, 90.0, 450.0)
        .line(52.0, 103.0, "Orgaan")
        .line(200.0, 103.0, "Taak")
        .line(380.0, 103.0, "Keer")
        .rule(50.0, 107.0, 450.0)
        .line(52.0, 120.0, "Algemene")
        .line(200.0, 120.0, "stelt het plan vast en de")
        .line(380.0, 120.0, "vier")
        .line(52.0, 132.0, "ledenvergadering van het")
        .line(200.0, 132.0, "begroting voor een heel jaar")
        .line(52.0, 144.0, "Bestuur")
        .line(200.0, 144.0, "leidt")
        .line(380.0, 144.0, "tien")
        .rule(50.0, 148.0, 450.0);
    let doc = read(vec![sheet]);
    assert_eq!(
        shape(&doc),
        [
            "TableHead: Orgaan | Taak | Keer",
            "TableRow: Algemene ledenvergadering van het | stelt het plan vast en de begroting voor een heel jaar | vier",
            "TableRow: Bestuur | leidt | tien"
        ]
    );
}

#[test]
fn a_form_without_rules() {
    let sheet = Sheet::new(1)
        .line(50.0, 100.0, "Aan:")
        .line(150.0, 100.0, "het bestuur van het verband")
        .line(50.0, 113.0, "Datum:")
        .line(150.0, 113.0, "9 april 2014")
        .line(50.0, 126.0, "Betreft:")
        .line(150.0, 126.0, "instemming");
    assert_eq!(
        shape(&read(vec![sheet])),
        ["TableRow: Aan: | het bestuur van het verband", "TableRow: Datum: | 9 april 2014", "TableRow: Betreft: | instemming"]
    );
}

#[test]
fn contents_lines_and_numbered_headings() {
    let doc = read(vec![
        Sheet::new(1)
            .styled(50.0, 80.0, 16.0, true, "Inhoud")
            .line(50.0, 110.0, "1 Inleiding.................................. 2")
            .line(62.0, 125.0, "1.1 Doel..................................... 2")
            .line(50.0, 140.0, "Bijlage A Kaart.............................. 3"),
        Sheet::new(2)
            .styled(50.0, 80.0, 16.0, true, "1 Inleiding")
            .lines(50.0, 110.0, &["Dit is het begin van een alinea die over meer dan", "een regel loopt en dan eindigt."])
            .styled(50.0, 150.0, 12.0, true, "1.1 Doel")
            .lines(50.0, 170.0, &["Het doel is dat alle leerlingen in de regio een plek", "krijgen die bij hen past."]),
        Sheet::new(3).styled(50.0, 80.0, 16.0, true, "Bijlage A Kaart").lines(
            50.0,
            110.0,
            &["Hier staat een kaart van de regio waar het plan over", "gaat."],
        ),
    ]);
    let shape = shape(&doc);
    assert_eq!(shape[1..4], ["Contents: 1 Inleiding 2", "Contents: 1.1 Doel 2", "Contents: Bijlage A Kaart 3"]);
    assert_eq!((shape[4].as_str(), shape[6].as_str(), shape[8].as_str()), ("h1: 1 Inleiding", "h2: 1.1 Doel", "h1: Bijlage A Kaart"));
    assert_eq!(doc.section_path(doc.blocks[7].section), ["1 Inleiding", "1.1 Doel"]);
    assert!(doc.sections[doc.blocks[9].section].annex && !doc.sections[doc.blocks[7].section].annex);
}

#[test]
fn a_footnote_leaves_the_sentence() {
    let sheet = Sheet::new(1)
        .lines(
            50.0,
            600.0,
            &[
                "Het verband is opgericht bij akte van de notaris",
                "en ingeschreven in het register. Daarna kwam de raad",
                "bijeen voor een eerste vergadering in de regio.",
            ],
        )
        .styled(209.0, 609.0, 6.0, false, "1")
        .styled(50.0, 760.0, 8.0, false, "1 Akte van 11 september 2013, notaris te Venray.");
    let doc = read(vec![sheet]);
    assert_eq!(shape(&doc).last().map(String::as_str), Some("Footnote: Akte van 11 september 2013, notaris te Venray."));
    assert!(doc.text.contains("in het register. Daarna kwam"), "{}", doc.text);
}

#[test]
fn lists_with_hanging_text_and_private_bullets() {
    let sheet = Sheet::new(1)
        .lines(50.0, 100.0, &["De raad van toezicht heeft de volgende taken en doet die:"])
        .line(60.0, 116.0, "\u{F0B7}")
        .lines(75.0, 116.0, &["toezien op de besteding van alle gelden die het", "verband ontvangt;"])
        .line(60.0, 145.0, "\u{F0B7}")
        .lines(75.0, 145.0, &["de accountant benoemen."]);
    let doc = read(vec![sheet]);
    assert_eq!(
        shape(&doc),
        [
            "Paragraph: De raad van toezicht heeft de volgende taken en doet die:",
            "ListItem: toezien op de besteding van alle gelden die het verband ontvangt;",
            "ListItem: de accountant benoemen."
        ]
    );
    assert_eq!((doc.blocks[1].lead, doc.blocks[2].lead), (Some(0), Some(0)));
}

#[test]
fn a_watermark_stands_apart() {
    let doc = read(vec![Sheet::new(1).turned(48, "CONCEPT").lines(50.0, 100.0, &LEFT)]);
    assert!(!doc.text.contains("CONCEPT"));
    assert_eq!(doc.pages[0].running, ["CONCEPT"]);
}

#[test]
fn a_page_without_text_is_told() {
    let mut scan = Sheet::new(1);
    scan.page.state = PageState::NoText;
    let doc = read(vec![scan, Sheet::new(2).lines(50.0, 100.0, &LEFT)]);
    assert_eq!(doc.pages.iter().map(|p| p.without_text).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn a_page_read_by_ocr_is_told_with_its_places() {
    let mut scan = Sheet::new(1).lines(50.0, 100.0, &LEFT);
    scan.page.state = PageState::Ocr;
    let doc = read(vec![scan, Sheet::new(2).line(50.0, 100.0, "Bijlage bij het plan")]);
    assert_eq!(doc.pages.iter().map(|p| (p.ocr, p.without_text)).collect::<Vec<_>>(), [(true, false), (false, false)]);
    let places: Vec<(u32, bool)> = doc.blocks.iter().flat_map(|b| doc.places(b.span)).map(|p| (p.page, p.ocr)).collect();
    assert!(places.contains(&(1, true)) && places.contains(&(2, false)) && places.iter().all(|p| p.1 == (p.0 == 1)), "{places:?}");
}

#[test]
fn a_crooked_page_reads_as_a_straight_one_and_its_places_lie_on_it() {
    // A table of which the right column, 400 points from the left, lies a line lower: by 0.04 over the width of the page.
    let straight =
        || Sheet::new(1).lines(60.0, 300.0, &["Januari", "Februari", "Maart", "April"]).lines(460.0, 300.0, &["101", "202", "303", "404"]);
    let mut crooked = straight();
    crooked.page.skew = 0.04;
    let middle = crooked.page.geometry.view_size().0 / 2.0;
    for run in &mut crooked.page.runs {
        let down = 0.04 * ((run.rect.x0 + run.rect.x1) / 2.0 - middle);
        (run.rect.y0, run.rect.y1) = (run.rect.y0 + down, run.rect.y1 + down);
    }
    let runs = crooked.page.runs.clone();
    let geometry = crooked.page.geometry;
    let doc = read(vec![crooked]);
    assert_eq!(doc.text, read(vec![straight()]).text);
    assert!(doc.text.contains("Maart | 303"), "{}", doc.text);
    let row = doc.blocks.iter().find(|b| doc.slice(b.span) == "Maart | 303").expect("the row");
    let bbox = doc.places(row.span)[0].bbox.expect("a box");
    for run in runs.iter().filter(|r| ["Maart", "303"].contains(&r.text.as_str())) {
        let [x0, y0, x1, y1] = geometry.to_user(run.rect);
        assert!(bbox[0] <= x0 + 0.6 && bbox[1] <= y0 + 0.6 && bbox[2] >= x1 - 0.6 && bbox[3] >= y1 - 0.6, "{bbox:?} around {run:?}");
    }
}

fn any_number() -> impl Strategy<Value = f32> {
    prop_oneof![8 => 0.0f32..900.0, 1 => -1.0e9f32..1.0e9, 1 => prop::sample::select(vec![f32::NAN, f32::INFINITY, -0.0, 0.0, f32::MIN])]
}

fn any_run() -> impl Strategy<Value = Run> {
    let text = prop_oneof![
        6 => prop::sample::select(vec!["De", "raad", "samenwerkings-", "verband.", "1", "1.2", "•", "–", "Tabel", "2014", "........", "Bijlage", "12", "be-", "en", "\u{AD}", "\u{F0B7}", "a)"]).prop_map(String::from),
        1 => "\\PC{0,12}",
        1 => any::<String>(),
    ];
    (text, any_number(), any_number(), any_number(), any_number(), any::<bool>(), prop_oneof![9 => Just(0i16), 1 => any::<i16>()]).prop_map(
        |(text, x, y, w, size, bold, angle)| {
            // Half of the runs on a grid, so that lines and columns come about.
            let (x, y) = if bold { (x, y) } else { ((x / 40.0).round() * 40.0, (y / 13.0).round() * 13.0) };
            Run {
                text,
                rect: Rect { x0: x, y0: y, x1: x + w.min(60.0), y1: y + 10.0 },
                size: if bold { size } else { 10.0 },
                bold,
                angle,
                ..Run::default()
            }
        },
    )
}

fn any_page() -> impl Strategy<Value = Page> {
    let rule = (any_number(), any_number(), any_number(), any_number()).prop_map(|(x0, y0, x1, y1)| Rect { x0, y0, x1, y1 });
    (
        prop::collection::vec(any_run(), 0..60),
        prop::collection::vec(rule, 0..12),
        any_number(),
        prop::sample::select(vec![0u16, 90, 180, 270, 45]),
    )
        .prop_map(|(runs, rules, width, rotate)| Page {
            number: 1,
            geometry: Geometry { visible: [0.0, 0.0, width, 842.0], rotate },
            runs,
            rules,
            ..Page::default()
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_runs_give_a_sound_document(mut pages in prop::collection::vec(any_page(), 0..4)) {
        for (i, page) in pages.iter_mut().enumerate() {
            page.number = i as u32 + 1;
        }
        check(&build(&Source { content: Content::Pages(pages), outline: Vec::new(), tags: Vec::new(), warnings: Vec::new(), partial: false }));
    }

    #[test]
    fn any_range_has_its_places(mut pages in prop::collection::vec(any_page(), 1..4), ranges in prop::collection::vec((0.0..1.0f64, 0.0..1.0f64), 1..8)) {
        for (i, page) in pages.iter_mut().enumerate() {
            page.number = i as u32 + 1;
        }
        let content = Content::Pages(pages.clone());
        let doc = build(&Source { content, outline: Vec::new(), tags: Vec::new(), warnings: Vec::new(), partial: false });
        for (start, length) in ranges {
            // Anywhere, also inside a letter and past the end.
            let start = (start * doc.text.len() as f64) as usize;
            check_places(&doc, &pages, Span::new(start, start + (length * 60.0) as usize));
        }
        doc.blocks.iter().for_each(|b| check_places(&doc, &pages, b.span));
    }

    #[test]
    fn any_range_of_a_text_has_its_lines(texts in prop::collection::vec("[a-zA-Z|#*•.:-]{0,9}( [a-zë]{1,9}){0,4}", 0..20), markdown: bool, start in 0..200usize, length in 0..80usize) {
        let count = texts.len() as u32;
        let lines = texts.into_iter().enumerate().map(|(i, text)| plantoets::ingest::Line { number: i as u32 + 1, text }).collect();
        let doc = build(&Source { content: Content::Lines { markdown, lines }, outline: Vec::new(), tags: Vec::new(), warnings: Vec::new(), partial: false });
        let places = doc.places(Span::new(start, start + length));
        assert_eq!(places.is_empty(), !doc.lines.iter().any(|l| l.span.overlaps(Span::new(start, start + length))));
        assert!(places.len() <= 1 && places.iter().all(|p| p.page == 1 && p.bbox.is_none() && (1..=count).contains(&p.line)));
    }

    #[test]
    fn any_lines_give_a_sound_document(texts in prop::collection::vec("[a-zA-Z0-9|#*•–.:;()\\- \t_`>\u{AD}ë]{0,30}", 0..30), markdown: bool) {
        let lines = texts.into_iter().enumerate().map(|(i, text)| plantoets::ingest::Line { number: i as u32 + 1, text }).collect();
        check(&build(&Source { content: Content::Lines { markdown, lines }, outline: Vec::new(), tags: Vec::new(), warnings: Vec::new(), partial: false }));
    }
}

#[test]
fn columns_whose_lines_stand_at_other_heights_stay_apart() {
    let title = Sheet::new(1).line(50.0, 84.0, "Een inleiding die over de beide kolommen van deze bladzijde loopt en dus breed is.");
    let doc = read(vec![title.lines(50.0, 104.0, &LEFT).lines(310.0, 108.0, &RIGHT)]);
    assert_eq!(shape(&doc)[1], format!("Paragraph: {} {}", LEFT.join(" "), RIGHT.join(" ")));
}

#[test]
fn a_quote_across_columns_does_not_break_them() {
    let upper = Sheet::new(1).lines(50.0, 100.0, &LEFT).lines(
        310.0,
        100.0,
        &["zij voor de scholen doen, en bij wie een", "ouder terecht kan. Dat geldt voor elke"],
    );
    let sheet = upper
        .styled(150.0, 190.0, 18.0, false, "Niemand leert geheel alleen")
        .lines(50.0, 220.0, &["middelen en legt uit hoe dat gaat en wat"])
        .lines(310.0, 220.0, &["school, hoe klein die ook is, en voor", "elk bestuur dat meedoet."]);
    let doc = read(vec![sheet]);
    let text = format!(
        "{} middelen en legt uit hoe dat gaat en wat zij voor de scholen doen, en bij wie een ouder terecht kan. Dat geldt voor elke school, hoe klein die ook is, en voor elk bestuur dat meedoet.",
        LEFT.join(" ")
    );
    assert_eq!(shape(&doc), [format!("Paragraph: {text}"), "Aside: Niemand leert geheel alleen".to_owned()]);
}

#[test]
fn a_quote_between_rules_heads_nothing() {
    let text = |sheet: Sheet, y: f32| sheet.lines(50.0, y, &LEFT);
    let sheet = text(Sheet::new(1).styled(50.0, 60.0, 20.0, true, "Samen verder"), 90.0)
        .rule(50.0, 160.0, 230.0)
        .styled(50.0, 182.0, 14.0, true, "Wie wacht leert geduld")
        .rule(50.0, 192.0, 230.0);
    let doc = read(vec![text(text(sheet, 220.0).styled(50.0, 310.0, 14.0, true, "Geld en goed bestuur"), 330.0)]);
    let short: Vec<String> = shape(&doc).into_iter().filter(|b| !b.starts_with("Paragraph")).collect();
    assert_eq!(short, ["h1: Samen verder", "Aside: Wie wacht leert geduld", "h1: Geld en goed bestuur"]);
}

#[test]
fn a_heading_below_columns_heads_what_is_below_it() {
    let sheet = Sheet::new(1).lines(50.0, 100.0, &LEFT).lines(310.0, 100.0, &RIGHT).styled(50.0, 190.0, 10.0, true, "Financiën");
    let wide = "Het geld gaat voor het grootste deel naar de scholen, en de rest naar wat zij samen doen.";
    let doc = read(vec![sheet.line(50.0, 206.0, wide)]);
    assert_eq!(shape(&doc)[1..], ["h1: Financiën".to_owned(), format!("Paragraph: {wide}")]);
}

#[test]
fn an_initial_belongs_to_the_first_line_beside_it() {
    let sheet = Sheet::new(1).styled(50.0, 113.0, 28.0, false, "H").lines(
        67.0,
        100.0,
        &["et bestuur van het verband komt elk kwartaal", "bijeen en bespreekt dan de voortgang", "van het plan en de cijfers."],
    );
    let doc = read(vec![sheet]);
    assert_eq!(doc.text, "Het bestuur van het verband komt elk kwartaal bijeen en bespreekt dan de voortgang van het plan en de cijfers.");
}

#[test]
fn page_numbers_may_come_first_in_a_contents_list() {
    let mut sheet = Sheet::new(1).styled(50.0, 60.0, 10.0, true, "Inhoud");
    for (i, (number, title)) in [("2", "Aanleiding"), ("2", "Opdracht"), ("3", "Geld"), ("5", "Slot")].into_iter().enumerate() {
        let y = 80.0 + 14.0 * i as f32;
        sheet = sheet.line(50.0, y, number).line(90.0, y, title);
    }
    let doc = read(vec![sheet]);
    assert_eq!(shape(&doc), ["h1: Inhoud", "Contents: Aanleiding 2", "Contents: Opdracht 2", "Contents: Geld 3", "Contents: Slot 5"]);
}

fn tag(role: Role, parent: Option<u32>) -> Tag {
    Tag { role, parent, row_span: 1, column_span: 1 }
}

/// A page with two headings in the type of the text, tagged as asked; all of it has a tag.
fn headed(first: u32, second: u32, text: u32) -> Sheet {
    let mut sheet = Sheet::new(1);
    let mut y = 60.0;
    for (element, title) in [(first, "Waarom wij dit doen"), (second, "Wie ervoor betaalt")] {
        let from = sheet.page.runs.len();
        sheet = sheet.styled(50.0, y, 12.0, true, title).tagged(from, element);
        let from = sheet.page.runs.len();
        sheet = sheet.lines(50.0, y + 20.0, &LEFT).lines(50.0, y + 85.0, &RIGHT).tagged(from, text);
        y += 180.0;
    }
    sheet
}

#[test]
fn headings_have_the_level_of_their_tags() {
    let tags = vec![tag(Role::Heading(1), None), tag(Role::Heading(2), None), tag(Role::Paragraph, None)];
    let levels = |doc: &Document| shape(doc).into_iter().filter(|b| b.starts_with('h')).map(|b| b[..2].to_owned()).collect::<Vec<_>>();
    // One heading above all others is the title: the next is a chapter.
    assert_eq!(levels(&read_tagged(vec![headed(0, 1, 2)], tags.clone())), ["h1", "h1"]);
    let more = |sheet: Sheet| {
        let from = sheet.page.runs.len();
        sheet.styled(50.0, 430.0, 12.0, true, "Wat er nog volgt").tagged(from, 0).lines(50.0, 450.0, &LEFT)
    };
    assert_eq!(levels(&read_tagged(vec![more(headed(0, 1, 2))], tags.clone())), ["h1", "h2", "h1"]);
    // Tags that call the text a heading are not believed.
    assert_eq!(levels(&read_tagged(vec![more(headed(2, 2, 0))], tags)), ["h1", "h1", "h1"]);
}

#[test]
fn a_running_foot_that_the_tags_leave_out_is_no_text() {
    let sheet = Sheet::new(1).lines(50.0, 100.0, &LEFT);
    let from = sheet.page.runs.len();
    let mut sheet = sheet.line(50.0, 810.0, "Versie voor de leden");
    sheet.page.runs[from..].iter_mut().for_each(|run| run.mark = Mark::Artifact);
    let doc = read_tagged(vec![sheet], Vec::new());
    assert_eq!((doc.blocks.len(), doc.pages[0].running.as_slice()), (1, &["Versie voor de leden".to_owned()][..]));
    // Text in the middle of the page stays, whatever its tag.
    let mut sheet = Sheet::new(1).lines(50.0, 100.0, &LEFT).lines(50.0, 300.0, &LEFT).line(50.0, 500.0, "Dit hoort erbij.");
    sheet.page.runs.iter_mut().rev().take(3).for_each(|run| run.mark = Mark::Artifact);
    assert!(read_tagged(vec![sheet], Vec::new()).text.ends_with("Dit hoort erbij."));
}

/// Three rows of two cells, the last in two lines, each with its own tag: table, rows and cells in that order.
fn cells(columns: [f32; 2]) -> (Sheet, Vec<Tag>) {
    let mut tags = vec![tag(Role::Table, None)];
    let mut sheet = Sheet::new(1);
    let rows = [["Doel", "Middel"], ["Korter", "Een loket"], ["Beter", "Een tweede"]];
    for (r, row) in rows.iter().enumerate() {
        tags.push(tag(Role::Row, Some(0)));
        let row_tag = tags.len() as u32 - 1;
        for (c, text) in row.iter().enumerate() {
            let from = sheet.page.runs.len();
            sheet = sheet.line(columns[c], 100.0 + 16.0 * r as f32, text);
            if (r, c) == (2, 1) {
                sheet = sheet.line(columns[c], 144.0, "deskundige");
            }
            sheet = sheet.tagged(from, tags.len() as u32);
            tags.push(tag(if r == 0 { Role::HeadCell } else { Role::Cell }, Some(row_tag)));
        }
    }
    (sheet, tags)
}

#[test]
fn a_table_is_read_by_its_tags_where_the_page_bears_them_out() {
    let (sheet, tags) = cells([50.0, 200.0]);
    let expected = ["TableHead: Doel | Middel", "TableRow: Korter | Een loket", "TableRow: Beter | Een tweede deskundige"];
    assert_eq!(shape(&read_tagged(vec![sheet], tags)), expected);
    // Cells that stand in the other order than the tags say: the page is right.
    let (sheet, tags) = cells([200.0, 50.0]);
    assert!(shape(&read_tagged(vec![sheet], tags))[0].ends_with("Middel | Doel"));
}

#[test]
fn a_word_that_a_page_breaks_stands_on_both() {
    let first =
        Sheet::new(1).lines(50.0, 700.0, &["Het bestuur van het verband komt elk jaar", "bijeen en bespreekt dan met alle school-"]);
    let second = Sheet::new(2).lines(50.0, 60.0, &["besturen de voortgang van het plan en de", "cijfers van de regio in dat jaar."]);
    let doc = read(vec![first, second]);
    let at = doc.text.find("schoolbesturen").expect("one word");
    let places = doc.places(Span::new(at, at + "schoolbesturen".len()));
    assert_eq!(places.iter().map(|p| (p.page, p.line)).collect::<Vec<_>>(), [(1, 2), (2, 1)]);
    assert_eq!(doc.places(Span::new(at, at + "school".len())).len(), 1);
}

#[test]
fn a_row_that_a_page_breaks_is_one_row() {
    let rules = |mut sheet: Sheet, ys: &[f32]| {
        for y in ys {
            sheet = sheet.rule(50.0, *y, 450.0);
        }
        for x in [50.0, 200.0, 450.0] {
            sheet.page.rules.push(Rect { x0: x, y0: ys[0], x1: x + 0.5, y1: ys[ys.len() - 1] });
        }
        sheet
    };
    let first = Sheet::new(1).line(54.0, 700.0, "Thema").line(204.0, 700.0, "Afspraak").line(54.0, 720.0, "Vervoer").line(
        204.0,
        720.0,
        "Ritten van hooguit een uur voor",
    );
    let second = Sheet::new(2).line(204.0, 60.0, "kinderen onder de acht").line(54.0, 80.0, "Zorg").line(204.0, 80.0, "Overleg per wijk");
    let doc = read(vec![rules(first, &[688.0, 706.0, 726.0]), rules(second, &[48.0, 66.0, 86.0])]);
    let rows: Vec<String> = shape(&doc);
    assert!(rows.contains(&"TableRow: Vervoer | Ritten van hooguit een uur voor kinderen onder de acht".to_owned()), "{rows:?}");
    let row = doc.blocks.iter().find(|b| doc.slice(b.span).starts_with("Vervoer")).expect("the row");
    assert_eq!(doc.places(row.span).iter().map(|p| p.page).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn a_hyphen_drawn_wide_of_its_word_belongs_to_it() {
    let mut sheet = Sheet::new(1).line(50.0, 100.0, "plaat").line(50.0, 113.0, "sing");
    let rect = Rect { x0: 76.5, y0: 92.0, x1: 80.0, y1: 102.0 };
    sheet.page.runs.push(Run { text: "-".into(), rect, size: 10.0, bold: false, angle: 0, spaced: true, ..Run::default() });
    assert_eq!(shape(&read(vec![sheet])), ["Paragraph: plaatsing"]);
}

#[test]
fn a_drawn_space_parts_words_that_touch() {
    let mut sheet = Sheet::new(1).line(50.0, 100.0, "het");
    for (x, spaced, text) in [(65.0, true, "onder"), (90.0, false, "steunings"), (135.0, false, "plan"), (136.0, false, "plan.")] {
        let rect = Rect { x0: x, y0: 92.0, x1: x + 5.0 * text.len() as f32, y1: 102.0 };
        sheet.page.runs.push(Run { text: text.into(), rect, size: 10.0, bold: false, angle: 0, spaced, ..Run::default() });
    }
    // The last is drawn over the one before it.
    assert_eq!(shape(&read(vec![sheet])), ["Paragraph: het ondersteuningsplan plan."]);
}

#[test]
fn very_many_runs_take_no_time() {
    let mut sheet = Sheet::new(1);
    for i in 0..100_000u32 {
        let (x, y) = ((i % 100) as f32 * 5.9, (i / 100) as f32 * 0.8);
        sheet.page.runs.push(Run {
            text: "x".into(),
            rect: Rect { x0: x, y0: y, x1: x + 2.0, y1: y + 2.0 },
            size: 2.0,
            bold: false,
            angle: 0,
            spaced: false,
            ..Run::default()
        });
    }
    let start = std::time::Instant::now();
    let _ = build(&Source {
        content: Content::Pages(vec![sheet.page]),
        outline: Vec::new(),
        tags: Vec::new(),
        warnings: Vec::new(),
        partial: false,
    });
    assert!(start.elapsed().as_secs() < 10);
}
