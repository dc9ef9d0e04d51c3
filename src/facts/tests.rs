//! Table-driven: the smallest text that shows each notation, and its look-alikes.

use super::*;
use crate::document::{Block, BlockKind, Cell, Section};
use crate::language::tokens::tokenise;
use std::sync::LazyLock;

static GAZETTEER: LazyLock<Gazetteer> =
    LazyLock::new(|| Gazetteer::load(include_str!("../../checks/taal/gemeenten.toml")).expect("gazetteer"));

/// Blocks by line; "# " opens a heading, "* " a list item, "| " a table row.
fn document(text: &str) -> Document {
    let mut doc = Document {
        sections: vec![Section { heading: None, level: 0, parent: None, span: Span::default(), annex: false }],
        ..Document::default()
    };
    let mut section = 0;
    for line in text.split('\n') {
        let (kind, line) = match line.split_at_checked(2) {
            Some(("# ", rest)) => (BlockKind::Heading(1), rest),
            Some(("* ", rest)) => (BlockKind::ListItem, rest),
            Some(("| ", rest)) => (BlockKind::TableRow, rest),
            _ => (BlockKind::Paragraph, line),
        };
        if !doc.text.is_empty() {
            doc.text.push('\n');
        }
        let start = doc.text.len();
        doc.text.push_str(line);
        let span = Span::new(start, doc.text.len());
        if let BlockKind::Heading(level) = kind {
            section = doc.sections.len();
            doc.sections.push(Section { heading: Some(doc.blocks.len()), level, parent: Some(0), span, annex: false });
        }
        let mut cells = Vec::new();
        if kind == BlockKind::TableRow {
            let mut at = start;
            for cell in line.split(" | ") {
                cells.push(Cell { span: Span::new(at, at + cell.len()), head: None });
                at += cell.len() + 3;
            }
        }
        let group = (kind == BlockKind::TableRow).then_some(1);
        doc.blocks.push(Block { kind, span, section, cells, group, lead: None });
    }
    doc
}

fn facts_with(text: &str, context: &Context) -> (Document, Facts) {
    let doc = document(text);
    let (tokens, vocabulary) = tokenise(&doc);
    let facts = find(&doc, &tokens, &vocabulary, &GAZETTEER, context);
    (doc, facts)
}

fn facts(text: &str) -> (Document, Facts) {
    facts_with(text, &Context::default())
}

fn when(w: When) -> String {
    let mark = |inferred| if inferred { "~" } else { "" };
    match w {
        When::Day { date, inferred } => format!("{}{date}", mark(inferred)),
        When::Range { from, to, inferred } => format!("{}{from}..{to}", mark(inferred)),
        When::DayMonth { month, day } => format!("--{month:02}-{day:02}"),
    }
}

fn dates(text: &str) -> String {
    facts(text).1.dates.iter().map(|d| when(d.when)).collect::<Vec<_>>().join(" ")
}

/// Runs a table and tells all failures at once.
fn table(cases: &[(&str, &str)], f: impl Fn(&str) -> String) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|&(text, want)| (text, want, f(text)))
        .filter(|(_, want, got)| want != got)
        .map(|(text, want, got)| format!("{text:?}\n   want {want}\n    got {got}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn dates_in_every_notation() {
    table(
        &[
            ("1 april 2014", "2014-04-01"),
            ("op donderdag 10 april 2014 stemde", "2014-04-10"),
            ("d.d. 12-3-14", "2014-03-12"),
            ("12/3/2014", "2014-03-12"),
            ("12.03.2014", "2014-03-12"),
            ("2014-03-12", "2014-03-12"),
            ("2014/03/12", "2014-03-12"),
            ("1 apr. '14", "2014-04-01"),
            ("29 maart '22", "2022-03-29"),
            ("29 maart ’22", "2022-03-29"),
            ("24 mrt. 2022", "2022-03-24"),
            ("3 sept 2013", "2013-09-03"),
            ("3 sept. 2013", "2013-09-03"),
            ("14 febr. 2018", "2018-02-14"),
            ("5 Mei 2014", "2014-05-05"),
            ("7 OKTOBER 2015", "2015-10-07"),
            ("de twaalfde maart 2014", "2014-03-12"),
            ("De eenentwintigste april 2022", "2022-04-21"),
            ("eenentwintig april tweeduizendtweeëntwintig", "2022-04-21"),
            ("drie september tweeduizend dertien", "2013-09-03"),
            ("zeventien oktober tweeduizend en dertien", "2013-10-17"),
            ("éénendertig juli tweeduizendachttien", "2018-07-31"),
            ("12e maart 2014", "2014-03-12"),
            ("de 1ste mei 2014", "2014-05-01"),
            ("de 8ste april 2014", "2014-04-08"),
            ("1 en 8 april 2014", "2014-04-01 2014-04-08"),
            ("1, 8 en 15 april 2014", "2014-04-01 2014-04-08 2014-04-15"),
            ("10/11 april 2014", "2014-04-10 2014-04-11"),
            ("8 t/m 10 april 2014", "2014-04-08 2014-04-10"),
            ("10 april", "--04-10"),
            ("op 12 mrt. werd", "--03-12"),
            ("april 2014", "2014-04-01..2014-04-30"),
            ("apr. 2014", "2014-04-01..2014-04-30"),
            ("april '14", "2014-04-01..2014-04-30"),
            ("2e helft april 2014", "2014-04-16..2014-04-30"),
            ("tweede helft van april 2014", "2014-04-16..2014-04-30"),
            ("begin april 2014", "2014-04-01..2014-04-10"),
            ("half april 2014", "2014-04-11..2014-04-20"),
            ("medio april 2014", "2014-04-11..2014-04-20"),
            ("eind februari 2014", "2014-02-21..2014-02-28"),
            ("eerste week van april 2014", "2014-04-01..2014-04-07"),
            ("voorjaar 2014", "2014-03-01..2014-06-30"),
            ("het najaar van 2016", "2016-09-01..2016-12-31"),
            ("winter 2013", "2013-12-01..2014-02-28"),
            ("zomer '15", "2015-06-01..2015-08-31"),
            ("eind 2013", "2013-10-01..2013-12-31"),
            ("tweede helft van 2014", "2014-07-01..2014-12-31"),
            ("het vierde kwartaal van 2015", "2015-10-01..2015-12-31"),
            ("1-2-'14", "2014-02-01"),
            ("1\u{2011}11\u{2011}2013", "2013-11-01"),
            ("1–11–2013", "2013-11-01"),
            ("12 - 3 - 2014", "2014-03-12"),
            ("12-mrt-14", "2014-03-12"),
            ("10-april-2014", "2014-04-10"),
            ("d.d.12-03-2014", "2014-03-12"),
            ("dd. 12.3.14", "2014-03-12"),
            ("Datum: 12.3.14", "2014-03-12"),
            ("(15-4-2014)", "2014-04-15"),
            ("sept. – nov. 2021", "2021-09-01..2021-09-30 2021-11-01..2021-11-30"),
            ("december/januari 2014", "2013-12-01..2013-12-31 2014-01-01..2014-01-31"),
            ("maart en april 2014", "2014-03-01..2014-03-31 2014-04-01..2014-04-30"),
            ("11 maart, 2014", "2014-03-11"),
            ("op 16 april 14.", "2014-04-16"),
            ("16 april 14.00 uur", "--04-16"),
            ("10 april 14 leerlingen", "--04-10"),
            ("29 februari 2016", "2016-02-29"),
            ("01-08-2014/31-07-2016", "2014-08-01 2016-07-31"),
            ("15 april 2014.", "2014-04-15"),
            ("april 2014-2018", "2014-04-01..2014-04-30"),
        ],
        dates,
    );
}

#[test]
fn what_only_looks_like_a_date() {
    table(
        &[
            ("artikel 18a lid 2", ""),
            ("artikel 18a, lid 2.1.3", ""),
            ("paragraaf 2.1.3", ""),
            ("2.1.3 De regio", ""),
            ("2.1.13 De regio", ""),
            ("hoofdstuk 3.12.14", ""),
            ("06-12345678", ""),
            ("0348-12 34 56", ""),
            ("030-12-34-567", ""),
            ("€ 1.500", ""),
            ("1.500 leerlingen", ""),
            ("12.500.000", ""),
            ("schooljaar 2014-2015", ""),
            ("2014-2018", ""),
            ("2014/2015", ""),
            ("12-16 jarigen", ""),
            ("3-4 keer", ""),
            ("pagina 3 van 12", ""),
            ("KvK 59012876", ""),
            ("versie 2.0", ""),
            ("versie 1.2.2014", ""),
            ("VO-25-07", ""),
            ("PO 26-05", ""),
            ("32-1-2014", ""),
            ("12-13-2014", ""),
            ("30 februari 2014", ""),
            ("1-2-3-2014", ""),
            ("besluit 2018-07", ""),
            ("de mei- en junivergadering", ""),
            ("3 Jan Ligthartscholen", ""),
            ("een april", ""),
            ("12 maartens", ""),
            ("week 12", ""),
            ("nr. 12.03.14", ""),
            ("IBAN NL12 0203 2014", ""),
            ("2-4-6", ""),
            ("jaarlijks in april", ""),
            ("45 april 2014", "2014-04-01..2014-04-30"),
        ],
        dates,
    );
}

#[test]
fn the_year_comes_from_what_stands_near() {
    table(
        &[
            // The sentence.
            ("Op 10 april stemde de raad in en op 15 april 2014 stelde het bestuur vast.", "~2014-04-10 2014-04-15"),
            ("Het concept van 12 december 2013 is op 10 januari besproken.", "2013-12-12 ~2014-01-10"),
            ("In het schooljaar 2021-2022 kwam de raad op 5 oktober en op 8 maart bijeen.", "~2021-10-05 ~2022-03-08"),
            // The block.
            ("Het overleg was op 19 maart 2014. De raad bracht op 11 april advies uit.", "2014-03-19 ~2014-04-11"),
            // Rows of a table.
            (
                "| 16 maart 2022 | overleg\n| dinsdag 12 april | vergadering van de OPR\n| 21 april 2022 | besluit",
                "2022-03-16 ~2022-04-12 2022-04-21",
            ),
            // Headings.
            ("# Besluiten OPR 2021-2022\n| 5 okt. | reglement\n| 29 mrt. | instemming", "~2021-10-05 ~2022-03-29"),
            ("# Vergaderingen in 2015\nDe raad sprak op 3 juni met het bestuur.", "~2015-06-03"),
            ("# Vergaderschema 2021\n5 feb: thema; 10 dec: begroting 2022", "~2021-02-05 ~2021-12-10"),
            ("# Jaarverslag 2015\nOp 3 juni was er overleg.", "--06-03"),
            // The same day elsewhere.
            ("# Een\nOp woensdag 9 april 2014 was er overleg.\n# Twee\nGesprek met gemeenten: 9 april. ", "2014-04-09 ~2014-04-09"),
            // The blocks around.
            ("Op 6 mei 2014 stelde het bestuur vast.\nOp dinsdag 13 mei boog de raad zich erover.", "2014-05-06 ~2014-05-13"),
            ("De raad stemde op 8 april in.\nHet bestuur besloot op 16 april 2014.", "~2014-04-08 2014-04-16"),
            // A weekday corrects.
            ("Sinds 1 augustus 2014 geldt dit. Op donderdag 10 april kwam de raad bijeen.", "2014-08-01 ~2014-04-10"),
            // Every year.
            ("Sinds 2 mei 2014 leveren scholen vóór 1 oktober van elk jaar een lijst.", "2014-05-02 --10-01"),
            ("Op 2 mei 2014 besloten. Peildatum 1 juli.", "2014-05-02 --07-01"),
            ("eind maart besproken, op 3 april 2014 vastgesteld", "~2014-03-21..2014-03-31 2014-04-03"),
            // Counted from another day.
            ("Op 6 mei 2014 stelde het bestuur vast. Een week later stemde de raad in.", "2014-05-06 ~2014-05-13"),
            (
                "De raad stemde op 12 april 2022 in. Negen dagen later, op 21 april 2022, stelde de vergadering vast.",
                "2022-04-12 2022-04-21",
            ),
            ("Op 12 april 2022 stemde de raad in; het besluit viel negen dagen later.", "2022-04-12 ~2022-04-21"),
            ("Op 12 april 2022 is vastgesteld; twee weken eerder, op 29 maart, stemde de raad in.", "2022-04-12 ~2022-03-29"),
            (
                "Op 15 april 2014 vastgesteld; de raad van toezicht hechtte er diezelfde avond zijn goedkeuring aan.",
                "2014-04-15 ~2014-04-15",
            ),
            ("Akte van 11 september 2013; de inschrijving volgde een dag later.", "2013-09-11 ~2013-09-12"),
            ("Op 30 april 2014 kwam het plan; de dag erna ging het naar de inspectie.", "2014-04-30 ~2014-05-01"),
            ("| Datum | 9 april 2014\nGisteren hebben wij gestemd.", "2014-04-09 ~2014-04-08"),
            ("Boxmeer, 9 april 2014\nGisteren hebben wij gestemd.", "2014-04-09 ~2014-04-08"),
            ("Gisteren hebben wij gestemd.", ""),
            ("Binnen zes weken later", ""),
        ],
        dates,
    );
    let hint = Context { year_hint: Some(2014), ..Context::default() };
    assert_eq!(when(facts_with("Op 10 april stemde de raad in.", &hint).1.dates[0].when), "~2014-04-10");
    let (_, f) = facts_with("Op 10 april 2012 en 3 mei.", &hint);
    assert_eq!(when(f.dates[1].when), "~2012-05-03");
}

#[test]
fn a_date_spans_what_it_says() {
    for (text, want) in [
        ("op donderdag 10 april 2014 stemde", "10 april 2014"),
        ("d.d. 12-3-14.", "12-3-14"),
        ("op 12 mrt. werd", "12 mrt"),
        ("2e helft april 2014", "2e helft april 2014"),
    ] {
        let (doc, f) = facts(text);
        assert_eq!(doc.slice(f.dates[0].span), want);
    }
}

fn periods(text: &str) -> String {
    let mark = |p: &PeriodFact| format!("{}{}{}..{}", if p.exact { "" } else { "~" }, if p.single_year { "1:" } else { "" }, p.from, p.to);
    facts(text).1.periods.iter().map(mark).collect::<Vec<_>>().join(" ")
}

#[test]
fn periods_in_every_notation() {
    table(
        &[
            ("1 augustus 2014 tot en met 31 juli 2018", "2014-08-01..2018-07-31"),
            ("van 1 augustus 2014 t/m 31 juli 2018", "2014-08-01..2018-07-31"),
            ("van 1 augustus 2014 tot 1 augustus 2016", "2014-08-01..2016-07-31"),
            ("van 1 augustus 2014 tot 31 juli 2018", "2014-08-01..2018-07-31"),
            ("01-08-2014 – 31-07-2016", "2014-08-01..2016-07-31"),
            ("01-08-2014 t/m 31-07-2016", "2014-08-01..2016-07-31"),
            ("1-8-2014 - 1-8-2018", "2014-08-01..2018-07-31"),
            ("van 1 augustus tot en met 31 juli 2018", "1:2017-08-01..2018-07-31"),
            ("2014-2018", "~2014-08-01..2018-07-31"),
            ("2014 – 2018", "~2014-08-01..2018-07-31"),
            ("2014/2018", "~2014-08-01..2018-07-31"),
            ("2014 tot en met 2018", "~2014-08-01..2018-07-31"),
            ("2014 tot 2018", "~2014-08-01..2018-07-31"),
            ("2014-'18", "~2014-08-01..2018-07-31"),
            ("ondersteuningsplan 2014-18", "~2014-08-01..2018-07-31"),
            ("2014-2019", "~2014-08-01..2019-07-31"),
            ("kalenderjaren 2014 tot en met 2017", "~2014-01-01..2017-12-31"),
            ("schooljaren 2014-2015 tot en met 2017-2018", "~2014-08-01..2018-07-31"),
            ("schooljaar 2014/2015 tot en met schooljaar 2017/2018", "~2014-08-01..2018-07-31"),
            ("de schooljaren 2014/15 t/m 2017/18", "~2014-08-01..2018-07-31"),
            ("augustus 2022 tot en met juli 2026", "2022-08-01..2026-07-31"),
            ("augustus 2022 – juli 2026", "2022-08-01..2026-07-31"),
            ("van augustus 2022 tot augustus 2026", "2022-08-01..2026-07-31"),
            ("schooljaar 2021/2022", "~1:2021-08-01..2022-07-31"),
            ("2021-2022", "~1:2021-08-01..2022-07-31"),
            ("2021-22", "~1:2021-08-01..2022-07-31"),
            ("'14-'15", "~1:2014-08-01..2015-07-31"),
            ("schooljaar 21/22", "~1:2021-08-01..2022-07-31"),
            ("21|22", "~1:2021-08-01..2022-07-31"),
            ("schooljaar 17-18", "~1:2017-08-01..2018-07-31"),
            ("| jaar | 17/18 | 18/19", "~1:2017-08-01..2018-07-31 ~1:2018-08-01..2019-07-31"),
            ("vier schooljaren, te beginnen op 1 augustus 2026", "2026-08-01..2030-07-31"),
            ("voor de duur van vier jaar vanaf 1 augustus 2022", "2022-08-01..2026-07-31"),
            ("met ingang van 1 augustus 2014 voor een periode van 4 jaar", "2014-08-01..2018-07-31"),
            ("gaat in op 1 augustus 2014 en heeft een looptijd van vijf jaar", "2014-08-01..2019-07-31"),
            ("1 januari 2017 tot 1 januari 2020", "2017-01-01..2019-12-31"),
            ("van 1 januari 2014 tot en met 31 december 2014", "1:2014-01-01..2014-12-31"),
            ("gaat in op 1 augustus 2014 en loopt tot en met 31 juli 2018", "2014-08-01..2018-07-31"),
            ("in de jaren 2015 tot en met 2017 zijn drie bezwaren behandeld", "~2015-01-01..2017-12-31"),
            ("het plan besloeg de jaren 2014 tot en met 2018", "~2014-08-01..2018-07-31"),
            ("(2014-2015-2016)", "~2014-08-01..2016-07-31"),
            ("verslagjaar 2015", "~1:2015-01-01..2015-12-31"),
            ("Jaarverslag 2023", "~1:2023-01-01..2023-12-31"),
            // Not periods.
            ("besluit 2018-07", ""),
            ("12-16 jaar", ""),
            ("17-18 leerlingen", ""),
            ("2013 en 2014", ""),
            ("tel. 0348-2014-2018", ""),
            ("1.2014-2018.3", ""),
            ("op 1 april 2014 besproken; op 1 mei 2016 vastgesteld", ""),
            ("van 1 april 2014 tot 3 april 2014", ""),
            ("2018-2014", ""),
            ("op 1 augustus 2014 was de school vier jaar oud", ""),
            ("1990-2040", ""),
        ],
        periods,
    );
}

#[test]
fn the_period_of_the_plan_is_told_from_others() {
    let plan = |text: &str| facts(text).1.plan_period.map_or("none".to_string(), |p| format!("{}..{}", p.period.from, p.period.to));
    table(
        &[
            ("# Ondersteuningsplan 2014-2018\nTekst.", "2014-08-01..2018-07-31"),
            (
                "# Ondersteuningsplan 2018-2022\nTekst.\n# Terugblik op 2014-2018\nIn de periode 2014-2018 is veel bereikt.",
                "2018-08-01..2022-07-31",
            ),
            ("| Looptijd van dit plan | 1 augustus 2014 tot en met 31 juli 2018\nMeerjarenbegroting 2014-2019", "2014-08-01..2018-07-31"),
            ("# Ondersteuningsplan 2017-2020\nDe looptijd van dit plan is 1 januari 2017 tot 1 januari 2020.", "2017-01-01..2019-12-31"),
            ("Dit plan geldt van 1 augustus 2014 tot 1 augustus 2019.", "2014-08-01..2019-07-31"),
            ("Dit plan bestrijkt vier schooljaren, van 2014-2015 tot en met 2017-2018.", "2014-08-01..2018-07-31"),
            (
                "Het vorige ondersteuningsplan 2014-2018 is geëvalueerd. Dit ondersteuningsplan loopt van augustus 2018 tot en met juli 2022.",
                "2018-08-01..2022-07-31",
            ),
            ("Het ondersteuningsplan heeft een geldigheid voor de duur van vier jaar vanaf 1 augustus 2022.", "2022-08-01..2026-07-31"),
            (
                "# Jaarverslag 2015\nIn 2015 werkten wij met het ondersteuningsplan 2014-2018.\nMeerjarenbegroting 2016-2020",
                "2014-08-01..2018-07-31",
            ),
            (
                "| Verslagperiode | 1 januari tot en met 31 december 2019\nIn het verslagjaar was het plan voor de schooljaren 2018-2019 tot en \
                 met 2021-2022 van kracht.",
                "2018-08-01..2022-07-31",
            ),
            ("In 2022 gold het ondersteuningsplan 2021-2025 (1 augustus 2021 tot en met 31 juli 2025).", "2021-08-01..2025-07-31"),
            ("Boekjaar: 1 januari 2021 tot en met 31 december 2021. Het plan ging in 2020 naar de inspectie.", "none"),
            // School years told with other verbs; what ran is no longer in force; a line of the cover.
            ("Dit plan begint op 1 augustus 2020 en wordt pas op 31 juli 2026 afgesloten.", "2020-08-01..2026-07-31"),
            ("We beginnen op 1 augustus 2022 en zijn klaar op 31 juli 2026.", "2022-08-01..2026-07-31"),
            (
                "# Samen leren\nVan 1 augustus 2018 tot 1 augustus 2022\nDit plan is het tweede. Het eerste plan gold voor de jaren 2014 tot 2018.",
                "2018-08-01..2022-07-31",
            ),
            ("Hoe ging het de vorige keer? Het plan 2016-2020 werd op 24 mei 2016 vastgesteld.", "none"),
            ("De meerjarenbegroting 2014-2018 staat in de bijlage.", "none"),
            ("In het schooljaar 2014-2015 begint het.", "none"),
            ("De huurovereenkomst is aangegaan voor de periode 2014-2018.", "none"),
            ("De zittingsduur van de voorzitter loopt van 2018 tot 2022.", "none"),
            ("Elke school maakt een schoolplan 2019-2023.", "none"),
            (
                "Dit plan treedt in werking met ingang van 1 augustus 2016 en vervalt van rechtswege op 31 juli 2020.",
                "2016-08-01..2020-07-31",
            ),
            ("| Plan | Ondersteuningsplan\n| Van | 1-8-2020\n| Tot en met | 31-7-2025", "2020-08-01..2025-07-31"),
            ("Dit plan is bedoeld voor de schooljaren '16-'17, '17-'18, '18-'19 en '19-'20.", "2016-08-01..2020-07-31"),
            ("Ondersteuningsplan: van de zomer van 2022 tot de zomer van 2026", "2022-08-01..2026-07-31"),
        ],
        plan,
    );
}

#[test]
fn numbers_terms_and_amounts() {
    let show = |text: &str| {
        let one = |n: &NumberFact| match n.quantity {
            Quantity::Number(x) => format!("{x}"),
            Quantity::Term { from, to, unit } if from == to => format!("{to} {unit:?}"),
            Quantity::Term { from, to, unit } => format!("{from}-{to} {unit:?}"),
            Quantity::Euro(x) => format!("€{x}"),
            Quantity::Percent(x) => format!("{x}%"),
        };
        facts(text).1.numbers.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    table(
        &[
            ("elf besturen", "11"),
            ("eenentwintig", "21"),
            ("negenentachtig", "89"),
            ("67 scholen", "67"),
            ("9.100 leerlingen", "9100"),
            ("1.234.567", "1234567"),
            ("honderdvijf", "105"),
            ("tweehonderddertig", "230"),
            ("één school", "1"),
            ("een school", ""),
            ("binnen zes weken", "6 Week"),
            ("tien schooldagen", "10 SchoolDay"),
            ("binnen een week", "1 Week"),
            ("een half jaar", "0.5 Year"),
            ("anderhalf jaar", "1.5 Year"),
            ("vier tot zes weken", "4-6 Week"),
            ("4-6 weken", "4-6 Week"),
            ("twee à drie maanden", "2-3 Month"),
            ("€ 206,00 per leerling", "€206"),
            ("€4.000,-", "€4000"),
            ("€ 6.634,52", "€6634.52"),
            ("250.000 euro", "€250000"),
            ("€ 41 miljoen", "€41000000"),
            ("184 miljoen euro", "€184000000"),
            ("€ 1,2 mln.", "€1200000"),
            ("96,3 %", "96.3%"),
            ("3,5 procent", "3.5%"),
            ("vijf procent", "5%"),
            ("een factor 0,035", "0.035"),
            ("op 1 april 2014 waren er 12", "12"),
            ("2014-2018", ""),
            ("PO2605 en 02KV", ""),
            ("vierde", ""),
            ("zesde lid", ""),
        ],
        show,
    );
    for (word, n) in [
        ("eenentwintig", 21),
        ("negenennegentig", 99),
        ("tweeduizendtweeentwintig", 2022),
        ("negentienhonderdvijfentachtig", 1985),
        ("duizend", 1000),
        ("honderdeen", 101),
    ] {
        assert_eq!(cardinal(word), Some(n), "{word}");
    }
    for word in ["eens", "achter", "vierkant", "tweede", "enkele", "eenen", "honderdhonderd", "zeventigen", "negentienhonderdduizend", ""] {
        assert_eq!(cardinal(word), None, "{word}");
    }
    for (word, n) in [("eerste", 1), ("derde", 3), ("achtste", 8), ("twaalfde", 12), ("eenendertigste", 31)] {
        assert_eq!(ordinal(word), Some(n), "{word}");
    }
}

fn municipalities(text: &str) -> String {
    let letter = |u| match u {
        Usage::Enumerated => "E",
        Usage::Plain => "",
        Usage::PlaceOfAct => "@",
        Usage::PartOfName => "N",
    };
    facts(text)
        .1
        .municipalities
        .iter()
        .map(|m| format!("{}{}", letter(m.usage), GAZETTEER.name(m.municipality)))
        .collect::<Vec<_>>()
        .join("; ")
}

#[test]
fn municipalities_and_what_they_are_named_for() {
    table(
        &[
            ("de gemeenten Gorinchem, Leerdam en Zederik", "EGorinchem; ELeerdam; EZederik"),
            ("de gemeente Mill en St. Hubert", "Mill en Sint Hubert"),
            ("Mill en Sint Hubert en St. Anthonis", "EMill en Sint Hubert; ESint Anthonis"),
            ("in Den Bosch en 's-Hertogenbosch", "E's-Hertogenbosch; E's-Hertogenbosch"),
            ("in ’s-Gravenhage of Den Haag", "EDen Haag; EDen Haag"),
            ("de gemeente Bergen (L)", "Bergen (L)"),
            ("Bergen (NH) en Alkmaar", "EBergen (NH); EAlkmaar"),
            ("de gemeenten Bergen, Gennep en Venray", "EBergen (L); EGennep; EVenray"),
            ("de gemeente Bergen op Zoom", "Bergen op Zoom"),
            ("gemeente Nuenen c.a.", "Nuenen, Gerwen en Nederwetten"),
            ("gemeente Nuenen, Gerwen en Nederwetten", "Nuenen, Gerwen en Nederwetten"),
            ("Súdwest-Fryslân, De Fryske Marren en Noardeast-Fryslân", "ESúdwest-Fryslân; EDe Fryske Marren; ENoardeast-Fryslân"),
            ("de Friese Meren", "De Fryske Marren"),
            ("de wethouders van de Ronde Venen", "De Ronde Venen"),
            ("Alphen a/d Rijn", "Alphen aan den Rijn"),
            ("CAPELLE AAN DEN IJSSEL", "Capelle aan den IJssel"),
            ("Hendrik-Ido-Ambacht", "Hendrik-Ido-Ambacht"),
            ("Horst aan de Maas, Peel en Maas", "EHorst aan de Maas; EPeel en Maas"),
            // Ordinary words.
            ("Best een uitdaging", ""),
            ("Haren zijn lang", ""),
            ("Grave fouten", ""),
            ("in groepen met een beperking", ""),
            ("de gemeente Best", "Best"),
            ("wij werken in Best", "Best"),
            ("Best, Oirschot en Eindhoven", "EBest; EOirschot; EEindhoven"),
            ("Wethouder van Weert", "Weert"),
            ("Goes: de wethouder was erbij", "Goes"),
            // Names, persons, provinces.
            ("Stichting Openbaar Onderwijs Zutphen", "NZutphen"),
            ("het Raamdal College Cuijk", "NCuijk"),
            ("in Oost-Groningen", "NGroningen"),
            ("provincie Utrecht", "NUtrecht"),
            ("mevrouw J. van Breda", "NBreda"),
            ("mevrouw J. van Deurne", ""),
            ("de heer Stein", ""),
            // Places of acts.
            ("notaris te Boxmeer", "@Boxmeer"),
            ("gevestigd in Woerden", "@Woerden"),
            ("het stadhuis van Gorinchem", "@Gorinchem"),
            ("Boxmeer, voorjaar 2014", "@Boxmeer"),
            ("Turfwal 8, Hoogeveen", "@Hoogeveen"),
            ("* Woerden;\n* Oudewater;\n* Montfoort.", "EWoerden; EOudewater; EMontfoort"),
            ("| Woerden | ja\n| Oudewater | nee", "Woerden; Oudewater"),
        ],
        municipalities,
    );
}

#[test]
fn every_municipality_has_its_years() {
    let g = &*GAZETTEER;
    let count = |y: i16| g.all().iter().filter(|m| m.since.is_none_or(|s| s <= y) && m.until.is_none_or(|u| u > y)).count();
    // The numbers of the CBS on 1 January (Weesp left on 24 March 2022; it counts from then).
    for (year, n) in [
        (2013, 408),
        (2014, 403),
        (2015, 393),
        (2016, 390),
        (2017, 388),
        (2018, 380),
        (2019, 355),
        (2020, 355),
        (2021, 352),
        (2022, 344),
        (2023, 342),
        (2024, 342),
    ] {
        assert_eq!(count(year), n, "{year}");
    }
    let one = |s: &str| {
        let found = g.lookup(s);
        assert_eq!(found.len(), 1, "{s}");
        found[0]
    };
    assert_eq!(g.name(g.get(one("Boxmeer")).unwrap().successors[0]), "Land van Cuijk");
    assert!(!g.exists(one("Land van Cuijk"), 2014));
    assert!(g.exists(one("Boxmeer"), 2014) && !g.exists(one("Boxmeer"), 2024));
}

#[test]
fn spellings_are_compared() {
    let g = &*GAZETTEER;
    for (a, b, want) in [
        ("Mill en Sint Hubert", "Mill en St. Hubert", true),
        ("Sint Anthonis", "st. anthonis", true),
        ("Bergen", "Bergen (L)", true),
        ("Bergen (L.)", "Bergen (Limburg)", true),
        ("Bergen (NH)", "Bergen (L)", false),
        ("Den Bosch", "'s-Hertogenbosch", true),
        ("’s-Hertogenbosch", "'s Hertogenbosch", true),
        ("gemeente Woerden", "Woerden", true),
        ("Nuenen", "Nuenen c.a.", true),
        ("De Friese Meren", "De Fryske Marren", true),
        ("Sudwest Fryslan", "Súdwest-Fryslân", true),
        ("Bergen op Zoom", "Bergen", false),
        ("Ergenshuizen", "ergenshuizen", true),
        ("Ergenshuizen", "Woerden", false),
    ] {
        assert_eq!(g.same(a, b), want, "{a} / {b}");
    }
}

#[test]
fn a_wrong_gazetteer_says_so() {
    for (toml, word) in [
        ("[huidig]\nA = 3", "sequence"),
        ("[huidig]\nA = [\"B\"]\n[varianten]\nC = [\"D\"]", "C"),
        ("[huidig]\nA = [\"B\"]\n[sinds]\nx = [\"B\"]", "x"),
        ("[nu]", "nu"),
    ] {
        let e = Gazetteer::load(toml).unwrap_err().to_string();
        assert!(e.contains(word), "{e}");
    }
}

#[test]
fn the_region_as_the_document_gives_it() {
    let region = |text: &str| facts(text).1.region.iter().map(|&m| GAZETTEER.name(m)).collect::<Vec<_>>().join("; ");
    table(
        &[
            ("Werkgebied: gemeenten Gorinchem, Hardinxveld-Giessendam en West Betuwe.", "Gorinchem; Hardinxveld-Giessendam; West Betuwe"),
            (
                "De regio omvat drie gemeenten: Zutphen als stedelijk hart, de dorpen van Lochem en, op de Veluwe, Epe. Het bureau zit in Arnhem.",
                "Zutphen; Lochem; Epe",
            ),
            (
                "Hunzedal beslaat de gemeenten Aa en Hunze, Assen en Tynaarlo.\nScholen staan in Roden, Emmen en Groningen.",
                "Aa en Hunze; Assen; Tynaarlo",
            ),
            ("Stichting Openbaar Onderwijs Zutphen en Stichting Katholiek Onderwijs Epe doen mee.", ""),
            ("De gemeenten Bergen, Gennep, Venray liggen geheel in ons gebied.", "Bergen (L); Gennep; Venray"),
            ("Tot de regio behoren de gemeenten:\n* Woerden\n* Oudewater\n* Montfoort", "Woerden; Oudewater; Montfoort"),
        ],
        region,
    );
}

#[test]
fn numbers_of_samenwerkingsverbanden() {
    let show = |text: &str| facts(text).1.swv_numbers.iter().map(|n| n.number.to_string()).collect::<Vec<_>>().join(" ");
    table(
        &[
            ("PO2814", "PO2814"),
            ("(PO 26-05)", "PO2605"),
            ("VO-25-07", "VO2507"),
            ("SWV PO 30 06", "PO3006"),
            ("SWV 30.06, primair onderwijs", "PO3006"),
            ("samenwerkingsverband 3006 voor voortgezet onderwijs", "VO3006"),
            ("swvvo2801", "VO2801"),
            ("VO 2801", "VO2801"),
            ("po3002 / vo2203", "PO3002 VO2203"),
            ("swvpo3103", "PO3103"),
            ("PO0001", "PO0001"),
            ("PO 25.97 · Zutphen", "PO2597"),
            ("PO 1814", ""),
            ("in het VO 2014 leerlingen", ""),
            ("PO 2814.50", ""),
            ("VO 25", ""),
            ("30.06 procent", ""),
        ],
        show,
    );
    assert_eq!(SwvNumber::parse("vo 25-07").unwrap().to_string(), "VO2507");
    assert_eq!(SwvNumber::parse("niets"), None);
    let (_, f) = facts("Nummer PO2814\nWij werken samen met VO2801 in PO2814.");
    assert_eq!(f.swv_number.unwrap().to_string(), "PO2814");
}

#[test]
fn codes_of_schools_and_the_handelsregister() {
    let show = |text: &str| {
        let f = facts(text).1;
        let brins = f.brins.iter().map(|b| b.as_str().to_string()).chain(f.kvk.iter().map(|k| k.number.to_string()));
        brins.collect::<Vec<_>>().join(" ")
    };
    table(
        &[
            ("02KV Maas- en Peelcollege", "02KV"),
            ("27ZQ, 31QA en 01QY", "27ZQ 31QA 01QY"),
            ("brin 19KB01", "19KB"),
            ("BRIN: 10KM", "10KM"),
            ("10KM verderop", ""),
            ("12e plaats, 18a", ""),
            ("02kv", ""),
            ("102KV", ""),
            ("02KVA", ""),
            ("handelsregister Kamer van Koophandel nummer 58990124", "58990124"),
            ("KvK: 59012876", "59012876"),
            ("bedrag 59012876", ""),
        ],
        show,
    );
}

#[test]
fn the_legal_form_of_the_samenwerkingsverband() {
    let show = |text: &str| {
        facts(text).1.legal_form.map_or("none".into(), |f| {
            format!(
                "{}{}{}",
                f.form.as_str(),
                if f.excluded_liability { " U.A." } else { "" },
                match f.told {
                    Told::Stated => "!",
                    Told::Referred => "?",
                    Told::Named => "",
                }
            )
        })
    };
    table(
        &[
            ("Het samenwerkingsverband is een stichting.", "stichting!"),
            ("Het samenwerkingsverband heeft de rechtsvorm van een stichting en is gevestigd te Hoogeveen.", "stichting!"),
            ("| Rechtsvorm | vereniging met volledige rechtsbevoegdheid", "vereniging!"),
            ("Het samenwerkingsverband is georganiseerd als een vereniging.", "vereniging!"),
            ("Het samenwerkingsverband heeft de vorm van een coöperatie met uitgesloten aansprakelijkheid.", "coöperatie U.A.!"),
            ("De rechtsvorm is die van een coöperatie waarvan de schoolbesturen lid zijn.", "coöperatie!"),
            ("Coöperatie Passend VO Drierivieren U.A. is ons samenwerkingsverband. De rechtsvorm is een coöperatie.", "coöperatie U.A.!"),
            ("Stichting Samenwerkingsverband Passend Onderwijs Merwelanden", "stichting"),
            ("In de beginfase was het samenwerkingsverband een vereniging. Nu is het samenwerkingsverband een stichting.", "stichting!"),
            ("Het samenwerkingsverband is een vereniging. In 2027 onderzoekt het de omvorming tot stichting.", "vereniging!"),
            ("De besturen hebben een vereniging opgericht.", "vereniging!"),
            ("De wet laat kiezen tussen een stichting, een vereniging of een coöperatie.", "none"),
            ("Leden zijn Stichting Openbaar Onderwijs Zutphen en Vereniging voor Christelijk Onderwijs.", "none"),
            ("Het bestuur van de stichting komt vier keer bijeen.", "stichting?"),
            ("Met negen schoolbesturen zetten wij een stichting op.", "stichting!"),
            ("Gekozen is destijds voor de coöperatie, omdat die vorm de leden zeggenschap laat houden.", "coöperatie!"),
            ("Voor schulden zijn de besturen niet aansprakelijk, aangezien het om een zelfstandige stichting gaat.", "stichting!"),
            ("De voorkeur van de besturen gaat uit naar een coöperatie.", "none"),
            ("We onderzoeken of een andere rechtsvorm, bijvoorbeeld een stichting, beter past.", "none"),
            ("Ouders hebben een vereniging opgericht.", "none"),
            ("Het samenwerkingsverband is geen vereniging.", "none"),
        ],
        show,
    );
}

#[test]
fn another_legal_person_is_not_the_samenwerkingsverband() {
    let show = |text: &str| {
        let (doc, f) = facts(text);
        f.others.iter().map(|o| doc.slice(*o).to_string()).collect::<Vec<_>>().join(" / ")
    };
    table(
        &[
            (
                "In 2019 richtten vier besturen de Stichting Opdc De Start op.",
                "In 2019 richtten vier besturen de Stichting Opdc De Start op.",
            ),
            (
                "Stichting De Brug werkt hier ook. Wij huren er een lokaal. Die stichting is in 2017 opgericht.",
                "Stichting De Brug werkt hier ook. / Die stichting is in 2017 opgericht.",
            ),
            ("De coöperatie is opgericht door Stichting Noord, Vereniging Het Baken en Stichting Zuid.", ""),
            ("De stichting is opgericht door Stichting Noord.", ""),
            ("Wij zijn een stichting en werken samen met Stichting Leergeld.", ""),
            ("Stichting Samenwerkingsverband PO Vechtdal is opgericht in 2013. Zij heeft een bestuur.", ""),
            ("De stichting heeft in 2018 Stichting Zomerschool opgericht.", "De stichting heeft in 2018 Stichting Zomerschool opgericht."),
            // Other verbanden, names written small, other things founded.
            (
                "# Stichting Samenwerkingsverband PO Vechtdal\nHet naastgelegen verband De Linde is een vereniging; met haar ruilen wij.",
                "Het naastgelegen verband De Linde is een vereniging; / met haar ruilen wij.",
            ),
            (
                "# Stichting Samenwerkingsverband PO Vechtdal\nTot 2014 waren er twee verbanden. Het verband De Zes Molens was een stichting.",
                "Het verband De Zes Molens was een stichting.",
            ),
            (
                "# Stichting Samenwerkingsverband PO Vechtdal\nNaast ons is er de stichting Kind Dichtbij. Die is in 2011 opgericht.",
                "Naast ons is er de stichting Kind Dichtbij. / Die is in 2011 opgericht.",
            ),
            (
                "# Stichting Samenwerkingsverband PO Vechtdal\nIn 2020 is het Kenniscentrum Oost opgericht. De akte van die vereniging is van 2020.",
                "In 2020 is het Kenniscentrum Oost opgericht. / De akte van die vereniging is van 2020.",
            ),
            ("# Stichting Samenwerkingsverband PO Vechtdal\nAnders dan het verband Zuid zijn wij een stichting.", ""),
            ("# Stichting Samenwerkingsverband PO Vechtdal\nIn dat verband is in 2013 de stichting Vechtdal opgericht.", ""),
        ],
        show,
    );
}

#[test]
fn the_founding_of_the_samenwerkingsverband() {
    let show = |text: &str| facts(text).1.founding.map_or("none".into(), |f| when(f.date.when));
    table(
        &[
            ("Zij is op 3 september 2013 bij notariële akte in Gorinchem opgericht.", "2013-09-03"),
            ("Zij is bij notariële akte van 24 september 2013 opgericht.", "2013-09-24"),
            ("De oprichtingsakte is op 29 oktober 2013 bij een notaris in Zutphen gepasseerd.", "2013-10-29"),
            ("De oprichtingsakte is verleden op 11 september 2013; de inschrijving volgde een dag later.", "2013-09-11"),
            ("| Akte van oprichting | 17-10-2013, notaris te Boxmeer", "2013-10-17"),
            ("Het verband is in het leven geroepen op 3 september 2013.", "2013-09-03"),
            ("De akte daarvan passeerde op 23 september 2013 bij een notaris te Gorinchem.", "2013-09-23"),
            ("Oprichtingsakte en statuten van 18 oktober 2013; handelsregister nummer 58990124.", "2013-10-18"),
            ("Twaalf besturen richtten op 3 oktober 2013 de vereniging op die het budget beheert.", "2013-10-03"),
            ("Een akte d.d. 27 september 2013 waarbij het samenwerkingsverband in het leven is geroepen.", "2013-09-27"),
            ("De stichting ontstond bij akte van 11 maart 2014.", "2014-03-11"),
            ("Op 12 september 2013 is in Zwijndrecht het ouderpunt opgericht.", "none"),
            ("De akte van ontbinding van het oude verband werd op 18 juni 2013 bij de notaris getekend.", "none"),
            ("Uiterlijk 1 november 2013 moest een rechtspersoon zijn opgericht.", "none"),
            ("De statuten zijn gewijzigd op 3 maart 2016.", "none"),
            ("Het plan is op 15 april 2014 vastgesteld.", "none"),
            ("De vereniging is opgericht bij notariële akte van [datum navragen bij notaris].", "none"),
        ],
        show,
    );
}

#[test]
fn the_name_of_the_samenwerkingsverband() {
    let show = |text: &str| facts(text).1.name.map_or("none".into(), |n| n.name);
    table(
        &[
            (
                "# Ondersteuningsplan 2014-2018\nStichting Samenwerkingsverband Passend Primair Onderwijs Merwelanden\nPO2899",
                "Stichting Samenwerkingsverband Passend Primair Onderwijs Merwelanden",
            ),
            (
                "Vereniging Samenwerkingsverband passend primair onderwijs Grenswetering",
                "Vereniging Samenwerkingsverband passend primair onderwijs Grenswetering",
            ),
            (
                "| Naam | Coöperatie Samenwerkingsverband Voortgezet Onderwijs Hunzedal U.A.",
                "Coöperatie Samenwerkingsverband Voortgezet Onderwijs Hunzedal U.A.",
            ),
            (
                "Ondersteuningsplan van de Stichting Passend Onderwijs Primair IJsselbroek",
                "Stichting Passend Onderwijs Primair IJsselbroek",
            ),
            (
                "Samenwerkingsverband Passend Onderwijs Primair IJsselbroek\nPO 25.97",
                "Samenwerkingsverband Passend Onderwijs Primair IJsselbroek",
            ),
            ("Samenwerkingsverband Passend Onderwijs IJsselbroek PO 25.97", "Samenwerkingsverband Passend Onderwijs IJsselbroek"),
            ("Het Samenwerkingsverband VO Maasheggen is een vereniging.", "Samenwerkingsverband VO Maasheggen"),
            ("Coöperatie Passend VO Drierivieren U.A.", "Coöperatie Passend VO Drierivieren U.A."),
            ("De Wet passend onderwijs vraagt veel.", "none"),
            ("Het samenwerkingsverband zorgt voor leerlingen.", "none"),
        ],
        show,
    );
}

#[test]
fn lookups_find_what_lies_inside() {
    let (doc, f) = facts("Op 1 april 2014 in Woerden. Op 2 mei 2014 in Montfoort met 12 scholen.");
    let second = Span::new(doc.text.find("Op 2").unwrap(), doc.text.len());
    assert_eq!(f.dates_in(second).len(), 1);
    assert_eq!(f.municipalities_in(second).len(), 1);
    assert_eq!(f.numbers_in(second).len(), 1);
    let woerden = f.municipalities[0].span;
    assert_eq!(when(f.nearest_date(woerden).unwrap().when), "2014-04-01");
    assert_eq!(f.nearest_date(second).map(|d| when(d.when)), Some("2014-05-02".into()));
    assert!(Facts::default().nearest_date(second).is_none());
}

mod hostile {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str) {
        let (doc, f) = facts(text);
        let mut spans: Vec<Span> = f.dates.iter().map(|d| d.span).collect();
        spans.extend(f.periods.iter().map(|p| p.span));
        spans.extend(f.numbers.iter().map(|n| n.span));
        spans.extend(f.municipalities.iter().map(|m| m.span));
        spans.extend(f.swv_numbers.iter().map(|n| n.span));
        spans.extend(f.brins.iter().map(|b| b.span));
        spans.extend(f.name.iter().map(|n| n.span));
        spans.extend(f.legal_form.iter().map(|l| l.span));
        spans.extend(f.founding.iter().map(|x| x.span));
        spans.extend(f.plan_period.iter().flat_map(|p| p.evidence.iter().copied()));
        for s in spans {
            assert!(!s.is_empty() && doc.text.get(s.range()).is_some(), "{s:?} in {text:?}");
        }
        for p in &f.periods {
            assert!(p.from <= p.to);
        }
        assert!(f.dates.is_sorted_by_key(|d| d.span) && f.periods.is_sorted_by_key(|p| p.span));
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in "\\PC{0,200}") {
            check(&text);
        }

        #[test]
        fn words_of_the_trade_in_any_order_are_survived(words in proptest::collection::vec(prop::sample::select(vec![
            "1", "31", "99", "2014", "2018", "14", "4294967296", "april", "mrt", "Jan", ".", ",", "-", "/", "'", "\n", "\n# ", "\n| ", "\n* ", " | ", "tot", "en", "met", "t/m", "schooljaar", "vier", "jaar", "een", "week", "later", "helft", "van", "eind",
            "gemeenten", "Bergen", "op", "Zoom", "(L)", "Mill", "St.", "Hubert", "te", "'s-Hertogenbosch", "Nuenen", "c.a.", "PO", "30", "06", "swv", "02KV", "de", "stichting", "Stichting", "Samenwerkingsverband", "is", "U.A.", "€", "%", "miljoen", "duizend", "eerste", "gisteren", "Datum", "elk", "opgericht", "akte", "looptijd", "plan", "(", ")", "\u{ad}", "één", "2014-2018", "regio", "omvat"
        ]), 0..60), glue in proptest::collection::vec(any::<bool>(), 60)) {
            let mut text = String::new();
            for (w, g) in words.iter().zip(glue) {
                if !g { text.push(' '); }
                text.push_str(w);
            }
            check(&text);
        }
    }
}

#[test]
fn endless_tables_take_linear_time() {
    // A hundred thousand dates, names and forms in one block without a stop: seconds would mean a quadratic search.
    let text = "akte 1 april Best stichting opgericht 2014-2018 tot 3 mei 2014 elk ".repeat(20_000);
    let start = std::time::Instant::now();
    let (_, f) = facts(&text);
    assert_eq!(f.dates.len(), 40_000);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
