//! Structure of PDF pages, from runs laid out by hand: columns, notes, tables, broken paragraphs, running heads, contents, footnotes.

use plantoets::document::{BlockKind, Document, build};
use plantoets::ingest::{Content, Geometry, OutlineEntry, Page, PageState, Rect, Run, Source};
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
            self.page.runs.push(Run { text: word.into(), rect, size, bold, angle: 0, spaced: false });
            at += width + 0.25 * size;
        }
        self
    }

    fn line(self, x: f32, base: f32, text: &str) -> Sheet {
        self.styled(x, base, 10.0, false, text)
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
        self.page.runs.push(Run { text: text.into(), rect, size: 80.0, bold: true, angle, spaced: false });
        self
    }
}

fn read(pages: Vec<Sheet>) -> Document {
    read_with(pages, Vec::new())
}

fn read_with(pages: Vec<Sheet>, outline: Vec<OutlineEntry>) -> Document {
    let content = Content::Pages(pages.into_iter().map(|s| s.page).collect());
    let doc = build(&Source { content, outline, warnings: Vec::new(), partial: false });
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
                spaced: false,
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
        check(&build(&Source { content: Content::Pages(pages), outline: Vec::new(), warnings: Vec::new(), partial: false }));
    }

    #[test]
    fn any_lines_give_a_sound_document(texts in prop::collection::vec("[a-zA-Z0-9|#*•–.:;()\\- \t_`>\u{AD}ë]{0,30}", 0..30), markdown: bool) {
        let lines = texts.into_iter().enumerate().map(|(i, text)| plantoets::ingest::Line { number: i as u32 + 1, text }).collect();
        check(&build(&Source { content: Content::Lines { markdown, lines }, outline: Vec::new(), warnings: Vec::new(), partial: false }));
    }
}

#[test]
fn a_hyphen_drawn_wide_of_its_word_belongs_to_it() {
    let mut sheet = Sheet::new(1).line(50.0, 100.0, "plaat").line(50.0, 113.0, "sing");
    let rect = Rect { x0: 76.5, y0: 92.0, x1: 80.0, y1: 102.0 };
    sheet.page.runs.push(Run { text: "-".into(), rect, size: 10.0, bold: false, angle: 0, spaced: true });
    assert_eq!(shape(&read(vec![sheet])), ["Paragraph: plaatsing"]);
}

#[test]
fn a_drawn_space_parts_words_that_touch() {
    let mut sheet = Sheet::new(1).line(50.0, 100.0, "het");
    for (x, spaced, text) in [(65.0, true, "onder"), (90.0, false, "steunings"), (135.0, false, "plan"), (136.0, false, "plan.")] {
        let rect = Rect { x0: x, y0: 92.0, x1: x + 5.0 * text.len() as f32, y1: 102.0 };
        sheet.page.runs.push(Run { text: text.into(), rect, size: 10.0, bold: false, angle: 0, spaced });
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
        });
    }
    let start = std::time::Instant::now();
    let _ = build(&Source { content: Content::Pages(vec![sheet.page]), outline: Vec::new(), warnings: Vec::new(), partial: false });
    assert!(start.elapsed().as_secs() < 10);
}
