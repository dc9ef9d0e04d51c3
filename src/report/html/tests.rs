//! The pages as text: what they tell, in which order, and that words of a document stay words.

use super::{FILE, FORMAT, dossier_page};
use crate::document::Span;
use crate::engine::outcome::{Fact, Verdict};
use crate::facts::{Figure, FigureUnit, FigureYear, Measure};
use crate::ingest::Geometry;
use crate::report::{Style, samples};
use crate::run::{Change, ChangeKind, Fit, Judgement, Picture, Run, Waiver, WaiverState};
use jiff::civil::date;

fn figure(value: f64) -> Fact<Figure> {
    let (measure, year, unit) = (Measure::ThuiszittersTotaal, FigureYear::School(2013), FigureUnit::Leerlingen);
    Fact { value: Figure { span: Span::default(), measure, kind: None, year, value, unit }, evidence: None }
}

/// A batch of three dossiers, of which the first has all that a batch can add.
fn batch() -> Run {
    let mut run = samples::run();
    let one = run.dossiers[0].clone();
    run.dossiers = ["po3099", "po3100", "po3101"].map(|page| crate::run::DossierRun { page: page.into(), ..one.clone() }).into();
    for (dossier, value) in run.dossiers.iter_mut().zip([4.0, 9.0, 2.0]) {
        dossier.outcome.facts.figures.push(figure(value));
    }
    let judgement = |element: &str, verdict, fit| {
        let (reason, initials) = ("Staat in de bijlage.".to_owned(), "AB".to_owned());
        Judgement { element: element.into(), verdict, reason, initials, fit }
    };
    let change = |element: &str, kind, was| Change { framework: "toezichtkader-2013".into(), element: element.into(), kind, was };
    let first = &mut run.dossiers[0];
    first.warnings.push("swv.csv en dossier.toml verschillen".into());
    first.judgements = vec![
        judgement("N3.b", Verdict::Found, Fit::Differs),
        judgement("N3.c", Verdict::Missing, Fit::Outdated("de passage is er niet meer".into())),
    ];
    first.waivers.push(Waiver {
        element: "N3.d".into(),
        reason: "komt na".into(),
        until: Some(date(2014, 9, 1)),
        state: WaiverState::Expired,
    });
    first.changes = Some(vec![
        change("N3.b", ChangeKind::New, Some(Verdict::Found)),
        change("N3.a", ChangeKind::Gone, Some(Verdict::Missing)),
        change("N3.c", ChangeKind::Same, Some(Verdict::Missing)),
    ]);
    let geometry = Geometry { visible: [0.0, 0.0, 600.0, 800.0], rotate: 0 };
    first.pictures.push(Picture { document: 0, page: 4, source: "po3099/1-4.png".into(), size: (750, 1000), geometry });
    run.remarks.push("notitie.odt is geen document dat plantoets leest".into());
    run.gone.push("map/vertrokken".into());
    run
}

fn index(run: &Run) -> String {
    String::from_utf8((FILE.render)(run).unwrap()).unwrap()
}

/// What is between tags, with tags as one space.
fn words(page: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in page[page.find("<body").unwrap()..page.rfind("<script>").unwrap()].chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                out.push(' ');
            }
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// These stand in the text in this order.
fn in_order(text: &str, wanted: &[&str]) {
    let mut from = 0;
    for want in wanted {
        let at = text[from..].find(want).unwrap_or_else(|| panic!("{want}\nnot after {from} in\n{text}"));
        from += at + want.len();
    }
}

#[test]
fn the_overview_tells_what_went_wrong_first() {
    let mut run = batch();
    run.broken_off = Some(7);
    let page = index(&run);
    let wanted = [
        "Overzicht van 3 dossiers",
        "6 documenten Toezichtkader 2013 (regels abc )",
        "Van de 7 dossiers staan er hier 3.",
        "3 bestanden zijn niet gelezen",
        "map/voorbeeld/kapot.pdf Stichting Voorbeeld PO3099 het bestand is leeg (0 bytes); lever het document opnieuw aan",
        "Opmerkingen notitie.odt is geen document",
        "swv.csv en dossier.toml verschillen",
        "Dossiers en normen",
        "Naleving",
        "3 ~ 3 * onzeker, 3 bevindingen, met oordeel van een analist",
        "Per norm",
        "N3 Ondersteuningsplan wettelijk 3 van 3",
        "3 onzeker ~ 3 onzeker N3.a vaststelling : Vraagt om vaststelling.",
        "thuiszitters 2013-2014, leerlingen",
        "3 van de 3 dossiers geven dit cijfer.",
        "4 2 van 3",
        "2 oordelen, waarvan 1 niet meer past",
        "Past niet meer: de passage is er niet meer",
        "Verlopen vrijstelling (tot en met 1 september 2014) : komt na",
        "Nieuw: 1 bevinding . Geen bevinding meer: 1 . Hetzelfde: 1 .",
        "map/vertrokken",
        "beoordeelt een mens.",
    ];
    in_order(&words(&page), &wanted);
    assert!(page.contains("href=\"po3099.html#N3\"") && page.contains("href=\"#norm-N3\"") && page.contains("id=\"norm-N3\""));
    assert!(!index(&samples::run()).contains("id=\"veranderd\""), "without a baseline nothing is said of changes");
}

#[test]
fn the_dossier_page_tells_verdict_reason_place_and_advice() {
    let run = batch();
    let page = dossier_page(&run.frameworks, &run.dossiers[0]);
    let wanted = [
        "Stichting Voorbeeld PO3099 primair onderwijs map/voorbeeld",
        "← Overzicht",
        "1 bestand is niet gelezen kapot.pdf : het bestand is leeg (0 bytes); lever het document opnieuw aan",
        "In het kort",
        "3 bevindingen bij de wettelijke normen ~ onzeker N3.b",
        "1 nieuw: N3.b",
        "plan.pdf ondersteuningsplan 27 ten dele gelezen Zonder leesbare tekst: bladzijde 4, 7-8 bladzijde 9 is beschadigd",
        "vóór 1 mei 2014",
        "overleg met gemeenten (OOGO) 19 maart 2014",
        "vaststelling 15 april 2014 plan.pdf, p. 4 (gedrukt 3)",
        "planperiode 1 augustus 2014 tot en met 31 juli 2018",
        "thuiszitters 2013-2014 4",
        "Toezichtkader 2013 ✕ strijdig",
        "N3.a vaststelling p. 4 ✓ aangetroffen",
        "Geen bevinding meer sinds de vorige keer (was ontbreekt)",
        "“Het bestuur heeft het plan op 15 april 2014 vastgesteld.”",
        "vergroot verklein p. 4",
        "N3.b instemming ondersteuningsplanraad nieuw oordeel van analist p. 5 ~ onzeker",
        "Oordeel van AB: ✓ aangetroffen Staat in de bijlage.",
        "De analist oordeelt anders op hetzelfde bewijs.",
        "plan.pdf, p. 5 (gedrukt 4) · 5 Totstandkoming › 5.2 Instemming voornemen · voornemen: nog niet gebeurd",
        "Wat u kunt toevoegen Noem de datum",
        "Plaats: 5.2 Instemming",
        "Grondslag WMS art. 14a",
        "Dichtstbij",
    ];
    let text = words(&page);
    in_order(&text, &wanted);
    assert!(!text.to_lowercase().contains("voldoet"));
    for anchor in ["id=\"N3\"", "id=\"N3.a\"", "id=\"N3.f\"", "href=\"index.html\""] {
        assert_eq!(page.matches(anchor).count(), 1, "{anchor}");
    }
    let open = |id: &str| page.split(&format!("id=\"{id}\">")).nth(1).unwrap().starts_with("<details open");
    assert_eq!(["N3.a", "N3.b", "N3.c", "N3.d", "N3.e", "N3.f"].map(open), [false, true, true, true, true, false]);
}

#[test]
fn the_image_of_a_page_carries_the_mark_where_the_words_are() {
    let run = batch();
    let page = dossier_page(&run.frameworks, &run.dossiers[0]);
    assert!(page.contains("loading=\"lazy\" decoding=\"async\" width=\"750\" height=\"1000\" src=\"po3099/1-4.png\""), "{page}");
    assert!(page.contains("<rect class=\"mark\" x=\"12.01%\" y=\"35.94%\" width=\"75.22%\" height=\"1.56%\""), "{page}");
    assert_eq!(page.matches("<img").count(), 2, "once with the fact, once with the element; page 5 has no image");
}

#[test]
fn a_single_check_links_within_its_page() {
    let mut run = samples::run();
    let page = (FORMAT.render)(&run, Style::COLOURED);
    assert!(page.contains("id=\"N3.b\"") && !page.contains("index.html") && page.ends_with("</html>\n"));
    run.dossiers.push(run.dossiers[0].clone());
    let page = (FORMAT.render)(&run, Style::PLAIN);
    for there in ["href=\"#d1-\"", "id=\"d1-\"", "href=\"#d2-N3\"", "id=\"d2-N3\"", "id=\"d2-N3.b\""] {
        assert!(page.contains(there), "{there}");
    }
    let mut ids: Vec<&str> = page.split(" id=\"").skip(1).map(|rest| &rest[..rest.find('"').unwrap()]).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "every id once");
}

#[test]
fn hostile_words_make_no_markup_and_hide_nothing() {
    let tags = |page: &str| page.matches('<').count();
    let plain = batch();
    for poison in [
        "<script>alert(1)</script>",
        "\"onload=\"alert(1)",
        "' x='",
        "]]>-->",
        "</style></details></main>",
        "\x1b[2J\0\u{9b}\u{202e}\u{200b}",
        "&lt;b&gt;",
    ] {
        let mut run = batch();
        samples::poison(&mut run, poison);
        let first = &mut run.dossiers[0];
        for text in first.judgements.iter_mut().flat_map(|j| [&mut j.reason, &mut j.initials]) {
            text.push_str(poison);
        }
        first.waivers[0].reason.push_str(poison);
        first.warnings[0].push_str(poison);
        run.remarks[0].push_str(poison);
        run.gone[0].push_str(poison);
        // The same with words that are no markup at all: the poison may add text to the page, and not one tag.
        let mut mild = plain.clone();
        samples::poison(&mut mild, "mild");
        for (poisoned, mild) in [
            (index(&run), index(&mild)),
            (dossier_page(&run.frameworks, &run.dossiers[0]), dossier_page(&mild.frameworks, &mild.dossiers[0])),
            ((FORMAT.render)(&run, Style::PLAIN), (FORMAT.render)(&mild, Style::PLAIN)),
        ] {
            assert_eq!(tags(&poisoned), tags(&mild), "{poison:?}");
            assert_eq!(poisoned.matches('"').count(), mild.matches('"').count(), "{poison:?}");
            assert!(!poisoned.contains(['\x1b', '\0', '\u{9b}', '\u{202e}', '\u{200b}']), "{poison:?}");
            assert!(!poisoned.contains("&amp;amp;"), "escaped once");
        }
    }
}

#[test]
fn style_and_script_pass_unchanged_under_the_policy() {
    let page = dossier_page(&batch().frameworks, &batch().dossiers[0]);
    assert!(page.contains(&format!("<style>{}</style>", super::page::CSS)));
    assert!(page.contains(&format!("<script>{}</script>", super::page::SCRIPT)));
    assert!(page.contains("default-src &apos;none&apos;") || page.contains("default-src 'none'"));
    for outside in ["http:", "https:", "//www", "@import", "url(", " style=", "onclick"] {
        assert!(!page.contains(outside), "{outside}");
    }
}
