//! Reading small documents made on the spot, through the door that users come in by.

use crate::ingest::{Content, Limits, Page, PageState, Run, Source, Unreadable, read};
use lopdf::{Dictionary, Document, EncryptionState, EncryptionVersion, Object, ObjectId, Permissions, Stream, dictionary};
use proptest::prelude::*;
use std::time::Duration;

/// A document in the making: every page has Helvetica as /F, bold Helvetica as /B.
pub(in crate::ingest) struct Draft {
    doc: Document,
    tree: ObjectId,
    pages: Vec<ObjectId>,
    objects: Dictionary,
    fonts: Dictionary,
    catalog: Dictionary,
}

fn name(text: &str) -> Object {
    Object::Name(text.as_bytes().to_vec())
}

pub(in crate::ingest) fn boxed(values: [i64; 4]) -> Object {
    Object::Array(values.map(Object::Integer).to_vec())
}

impl Draft {
    pub(in crate::ingest) fn new() -> Draft {
        let mut doc = Document::with_version("1.5");
        let tree = doc.new_object_id();
        let font = |base: &str| {
            dictionary! {
                "Type" => name("Font"), "Subtype" => name("Type1"), "BaseFont" => name(base), "Encoding" => name("WinAnsiEncoding")
            }
        };
        let fonts = dictionary! { "F" => font("Helvetica"), "B" => font("Helvetica-Bold") };
        Draft { doc, tree, pages: Vec::new(), objects: Dictionary::new(), fonts, catalog: Dictionary::new() }
    }

    /// Adds a page of 200 by 100 points with more entries.
    pub(in crate::ingest) fn page_with(mut self, content: &str, more: Dictionary) -> Draft {
        let content = self.doc.add_object(Stream::new(Dictionary::new(), content.as_bytes().to_vec()));
        let mut page = dictionary! {
            "Type" => name("Page"), "Parent" => self.tree, "Contents" => content, "MediaBox" => boxed([0, 0, 200, 100])
        };
        // Not `extend`, which keeps the box that is there.
        more.into_iter().for_each(|(key, value)| page.set(key, value));
        self.pages.push(self.doc.add_object(page));
        self
    }

    pub(in crate::ingest) fn page(self, content: &str) -> Draft {
        self.page_with(content, Dictionary::new())
    }

    /// A form XObject of that name, for all pages.
    pub(in crate::ingest) fn form(mut self, key: &str, content: &str, more: Dictionary) -> Draft {
        let mut dict = dictionary! { "Type" => name("XObject"), "Subtype" => name("Form"), "BBox" => boxed([0, 0, 200, 100]) };
        dict.extend(&more);
        let id = self.doc.add_object(Stream::new(dict, content.as_bytes().to_vec()));
        self.objects.set(key, id);
        self
    }

    pub(in crate::ingest) fn finish(mut self) -> Document {
        let resources = self.doc.add_object(dictionary! { "Font" => self.fonts, "XObject" => self.objects });
        let kids: Vec<Object> = self.pages.iter().map(|id| Object::Reference(*id)).collect();
        let count = kids.len() as i64;
        self.doc.objects.insert(
            self.tree,
            Object::Dictionary(dictionary! { "Type" => name("Pages"), "Kids" => kids, "Count" => count, "Resources" => resources }),
        );
        self.catalog.set("Type", name("Catalog"));
        self.catalog.set("Pages", self.tree);
        let catalog = self.doc.add_object(self.catalog);
        self.doc.trailer.set("Root", catalog);
        self.doc
    }

    pub(in crate::ingest) fn bytes(self) -> Vec<u8> {
        saved(self.finish())
    }

    fn read(self) -> Source {
        pdf(&self.bytes())
    }
}

pub(in crate::ingest) fn saved(mut doc: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).expect("saves");
    bytes
}

/// As [`encrypted`], with the dictionary in the trailer itself.
fn encrypted_in_trailer(user_password: &str) -> Vec<u8> {
    let bytes = encrypted(user_password);
    let at = |needle: &[u8], from: usize| bytes[from..].windows(needle.len()).position(|w| w == needle).map(|n| n + from);
    let entry = at(b"/Encrypt ", 0).expect("an entry");
    let number = bytes[entry + 9..].split(|b| *b == b' ').next().expect("a number");
    let object = at(&[b"\n", number, b" 0 obj"].concat(), 0).expect("the dictionary");
    let (from, to) = (at(b"<<", object).expect("its beginning"), at(b"endobj", object).expect("its end"));
    let end = entry + 9 + number.len() + b" 0 R".len();
    [&bytes[..entry], b"/Encrypt ", bytes[from..to].trim_ascii(), &bytes[end..]].concat()
}

fn pdf(bytes: &[u8]) -> Source {
    read("plan.pdf", bytes, &Limits::default()).expect("readable")
}

fn pages(source: &Source) -> &[Page] {
    match &source.content {
        Content::Pages(pages) => pages,
        Content::Lines { .. } => &[],
    }
}

fn runs(source: &Source) -> Vec<&Run> {
    pages(source).iter().flat_map(|p| &p.runs).collect()
}

fn texts(source: &Source) -> Vec<&str> {
    runs(source).iter().map(|r| r.text.as_str()).collect()
}

fn close(a: f32, b: f32) -> bool {
    (a - b).abs() < 0.05
}

#[test]
fn words_have_their_places() {
    let source = Draft::new().page("BT /F 10 Tf 20 50 Td (Het plan) Tj /B 10 Tf 0 -20 Td (Doel) Tj ET").read();
    assert_eq!(texts(&source), ["Het", "plan", "Doel"]);
    assert_eq!((source.warnings.len(), source.partial, source.outline.len()), (0, false, 0));
    let [het, plan, doel] = runs(&source)[..] else { panic!("three words") };
    assert!(close(het.rect.x0, 20.0) && close(het.rect.y1, 52.0) && close(het.rect.y0, 42.0), "{het:?}");
    // Helvetica: H 722, e 556, t and space 278.
    assert!(close(het.rect.x1, 35.56) && close(plan.rect.x0, 38.34), "{het:?} {plan:?}");
    assert!(close(doel.rect.y1, 72.0) && doel.bold && !het.bold && close(doel.size, 10.0) && doel.angle == 0);
}

#[test]
fn the_spacing_of_two_letters_is_a_space_and_that_of_a_word_is_not() {
    let source = Draft::new()
        .page("BT /F 10 Tf 20 50 Td (versla) Tj 2.8 Tc 26.67 0 Td (gv) Tj 0 Tc 13.3 0 Td (an) Tj 2 Tc 20 0 Td (PLAN) Tj ET")
        .read();
    assert_eq!(texts(&source), ["verslag", "van", "PLAN"]);
}

#[test]
fn gaps_make_words_and_kerning_does_not() {
    let source = Draft::new().page("BT /F 10 Tf 10 50 Td [(Jaar)31(verslag)-375(2015)] TJ 3 Tw (a b) Tj ET").read();
    assert_eq!(texts(&source), ["Jaarverslag", "2015a", "b"]);
    // Letter spacing is no white space, a jump is.
    let source =
        Draft::new().page("BT /F 10 Tf 3 Tc 10 50 Td (PLAN A) Tj 0 Tc 1 0 0 1 100 50 Tm (x) Tj 1 0 0 1 105 50 Tm (y) Tj ET").read();
    assert_eq!(texts(&source), ["PLAN", "A", "xy"]);
}

#[test]
fn spaces_are_told_however_close_the_words_stand() {
    let spaced = |source: &Source| runs(source).iter().map(|r| (r.text.clone(), r.spaced)).collect::<Vec<_>>();
    let word = |text: &str, spaced| (text.to_string(), spaced);
    // Helvetica: e 556, n 556.
    let source = Draft::new().page("BT /F 10 Tf 10 50 Td (een ) Tj ET BT /F 10 Tf 28 50 Td (plan) Tj ET").read();
    assert_eq!(spaced(&source), [word("een", false), word("plan", true)]);
    // A space that is taken back is none (Chromium's soft hyphens), nor is one without width, nor a change of face.
    let source = Draft::new().page("BT /F 10 Tf 10 50 Td (een) Tj 16.68 0 Td ( ) Tj 0 0 Td (heid) Tj ET").read();
    assert_eq!(spaced(&source), [word("een", false), word("heid", false)]);
    let source = Draft::new().page("BT /F 10 Tf -2.5 Tw 10 50 Td (een s) Tj /B 10 Tf (tuk) Tj ET").read();
    assert_eq!(spaced(&source), [word("een", false), word("s", false), word("tuk", false)]);
    // In condensed text white space is condensed, too; what is drawn elsewhere has none before it.
    let source = Draft::new().page("BT /F 10 Tf 0.7 0 0 1 10 50 Tm [(het)-150(plan)] TJ 1 0 0 1 10 20 Tm (weg) Tj ET").read();
    assert_eq!(spaced(&source), [word("het", false), word("plan", true), word("weg", false)]);
}

#[test]
fn spacing_spreads_letters_or_parts_words() {
    // Spread letters, then close ones with spacing where a word ends: "(ew)" is the end of a word and the begin of the next.
    let source = Draft::new()
        .page("BT /F 10 Tf 10 50 Td 3 Tc (SAMEN) Tj 0 -20 Td 0 Tc (meer z) Tj 2.5 Tc (org) Tj -2.5 0 Td 0 Tc (ewoon) Tj ET")
        .page("BT /F 10 Tf 10 50 Td (moo) Tj 2.5 Tc (ie) Tj ET")
        .page("BT /F 10 Tf 10 50 Td (vo) Tj 2.5 Tc (rae) Tj -2.5 0 Td 0 Tc (en plan) Tj ET")
        .read();
    let all = texts(&source);
    assert!(all.contains(&"SAMEN"), "{all:?}");
    let moo: Vec<&str> = pages(&source)[1].runs.iter().map(|r| r.text.as_str()).collect();
    assert_eq!(moo, ["mooi", "e"]);
}

#[test]
fn letters_drawn_by_hand_have_the_size_they_have() {
    let mut draft = Draft::new();
    let glyph = draft.doc.add_object(Stream::new(Dictionary::new(), b"5 0 0 0 5 7 d1 0 0 5 7 re f".to_vec()));
    let numbers = |list: &[f32]| list.iter().map(|v| Object::Real(*v)).collect::<Vec<_>>();
    let encoding = dictionary! { "Differences" => vec![97.into(), name("a"), name("b")] };
    draft.fonts.set(
        "T",
        dictionary! {
            "Type" => name("Font"), "Subtype" => name("Type3"), "FontBBox" => boxed([0, 0, 5, 10]),
            "FontMatrix" => numbers(&[0.005, 0.0, 0.0, 0.005, 0.0, 0.0]), "CharProcs" => dictionary! { "a" => glyph, "b" => glyph },
            "Encoding" => encoding, "FirstChar" => 97, "LastChar" => 98, "Widths" => vec![5.into(), 5.into()]
        },
    );
    let mut without_box = draft.fonts.get(b"T").and_then(Object::as_dict).expect("there").clone();
    without_box.set("FontBBox", boxed([0; 4]));
    draft.fonts.set("W", without_box);
    // Letters of 5 points wide with 3 points between two of them; the size says 200.
    let source = draft.page("BT /T 200 Tf 10 50 Td [(ab)-15(a)] TJ ET BT /W 200 Tf 10 20 Td [(ab)-15(a)] TJ ET").read();
    assert_eq!(texts(&source), ["ab", "a", "ab", "a"]);
    assert!(close(runs(&source)[2].size, 10.0), "{:?}", runs(&source)[2]);
    assert!(close(runs(&source)[0].size, 10.0) && close(runs(&source)[0].rect.y1, 52.0), "{:?}", runs(&source)[0]);
}

#[test]
fn quotes_move_to_the_next_line() {
    let source = Draft::new().page("BT /F 10 Tf 12 TL 10 80 Td (een) Tj (twee) ' 1 0 (drie) \" T* (vier) Tj ET").read();
    assert_eq!(texts(&source), ["een", "twee", "drie", "vier"]);
    let tops: Vec<f32> = runs(&source).iter().map(|r| r.rect.y1 - 22.0).collect();
    assert!(tops.iter().zip([0.0, 12.0, 24.0, 36.0]).all(|(a, b)| close(*a, b)), "{tops:?}");
}

#[test]
fn a_turned_page_reads_as_displayed() {
    // Text that runs up the unrotated page, on a page turned a quarter clockwise.
    let turned = dictionary! { "Rotate" => 90 };
    let source = Draft::new().page_with("BT /F 10 Tf 0 1 -1 0 50 20 Tm (Plan) Tj ET", turned).read();
    let run = runs(&source)[0];
    assert_eq!((run.angle, pages(&source)[0].geometry.rotate, pages(&source)[0].geometry.view_size()), (0, 90, (100.0, 200.0)));
    assert!(close(run.rect.x0, 20.0) && close(run.rect.y1, 52.0), "{run:?}");
    let upright = Draft::new().page("BT /F 10 Tf 0 1 -1 0 50 20 Tm (Plan) Tj ET").read();
    assert_eq!(runs(&upright)[0].angle, 90);
}

#[test]
fn text_outside_the_visible_box_is_left_out() {
    let cropped = dictionary! { "CropBox" => boxed([0, 0, 200, 60]) };
    let source = Draft::new().page_with("BT /F 10 Tf 10 80 Td (weg) Tj 0 -40 Td (blijft) Tj 500 0 Td (weg) Tj ET", cropped).read();
    assert_eq!(texts(&source), ["blijft"]);
    assert!(close(runs(&source)[0].rect.y1, 22.0));
}

#[test]
fn forms_have_their_own_matrix_and_end_somewhere() {
    let moved = dictionary! { "Matrix" => vec![2.into(), 0.into(), 0.into(), 2.into(), 10.into(), 20.into()] };
    let source = Draft::new()
        .form("X", "BT /F 5 Tf 1 1 Td (vorm) Tj ET", moved)
        .page("q 1 0 0 1 5 0 cm /X Do Q BT /F 10 Tf 10 80 Td (na) Tj ET")
        .read();
    assert_eq!(texts(&source), ["vorm", "na"]);
    let run = runs(&source)[0];
    assert!(close(run.rect.x0, 17.0) && close(run.rect.y1, 80.0) && close(run.size, 10.0), "{run:?}");
}

#[test]
fn forms_inside_themselves_are_drawn_once() {
    let source = Draft::new()
        .form("X", "BT /F 10 Tf 10 50 Td (x) Tj ET /Y Do /X Do", Dictionary::new())
        .form("Y", "BT /F 10 Tf 50 50 Td (y) Tj ET /X Do", Dictionary::new())
        .page("/X Do")
        .read();
    assert_eq!(texts(&source), ["x", "y"]);
}

#[test]
fn forms_that_multiply_stay_within_the_budget() {
    let mut draft = Draft::new();
    for i in 0..15 {
        draft = draft.form(&format!("X{i}"), &format!("/X{0} Do ", i + 1).repeat(10), Dictionary::new());
    }
    let bytes = draft.form("X15", "BT /F 1 Tf (x) Tj ET", Dictionary::new()).page("/X0 Do").bytes();
    let source = read("plan.pdf", &bytes, &Limits { operators: 50_000, ..Limits::default() }).expect("readable");
    assert!(source.partial && matches!(pages(&source)[0].state, PageState::Damaged(_)));
    assert_eq!(source.warnings, ["pagina 1 is niet (helemaal) gelezen: de pagina heeft meer tekenopdrachten dan de grens"]);
}

#[test]
fn bold_by_drawing_twice_is_one_bold_word() {
    let source = Draft::new().page("BT /F 10 Tf 10 50 Td (kop tekst) Tj ET BT /F 10 Tf 10.3 50 Td (kop) Tj ET").read();
    assert_eq!(texts(&source), ["kop", "tekst"]);
    assert!(runs(&source)[0].bold && !runs(&source)[1].bold);
    let letters = Draft::new().page("BT /F 10 Tf 10 50 Td (i) Tj 1 0 0 1 10.2 50 Tm (i) Tj 1 0 0 1 12.3 50 Tm (n) Tj ET").read();
    assert_eq!(texts(&letters), ["in"]);
    // A large letter may be moved further.
    let large = Draft::new().page("BT /F 20 Tf 10 50 Td (K) Tj 1 0 0 1 10.6 50.4 Tm (K) Tj 1 0 0 1 24 50 Tm (o) Tj ET").read();
    assert_eq!(texts(&large), ["Ko"]);
}

#[test]
fn the_text_layer_of_a_scan_counts_without_visible_text_only() {
    let hidden = "BT 3 Tr /F 10 Tf 10 50 Td (onzichtbare laag) Tj ET ";
    assert_eq!(texts(&Draft::new().page(hidden).read()), ["onzichtbare", "laag"]);
    let both = hidden.to_string() + "BT 0 Tr /F 10 Tf 10 20 Td (zichtbaar) Tj ET";
    assert_eq!(texts(&Draft::new().page(&both).read()), ["zichtbaar"]);
    let scan = "q 200 0 0 100 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q ".to_string() + &both;
    assert_eq!(texts(&Draft::new().page(&scan).read()), ["onzichtbare", "laag", "zichtbaar"]);
}

#[test]
fn accents_and_ligatures_become_letters() {
    let mut draft = Draft::new();
    let differences = vec![1.into(), name("fi"), name("uni0133"), name("f_f")];
    let encoding = dictionary! { "Type" => name("Encoding"), "BaseEncoding" => name("WinAnsiEncoding"), "Differences" => differences };
    draft.fonts.set(
        "L",
        dictionary! { "Type" => name("Font"), "Subtype" => name("Type1"), "BaseFont" => name("Times-Roman"), "Encoding" => encoding },
    );
    let source =
        draft.page("BT /L 10 Tf 10 50 Td (\\001nanci\\353n w\\002ze e\\003ect co) Tj [(\\250) 400 (o)] TJ (rdinatie) Tj ET").read();
    assert_eq!(texts(&source), ["financiën", "wijze", "effect", "coördinatie"]);
}

#[test]
fn rules_are_lines_and_boxes_without_background() {
    let content = "0 0 200 100 re f 1 0 0 RG 10 20 m 110 20 l S 10 30 50 20 re S 0.5 g 10 60 0.5 30 re f 1 g 20 60 5 5 re f 5 5 m 9 9 l S 0 0 9 9 re n";
    let source = Draft::new().page(content).read();
    let page = &pages(&source)[0];
    let rules: Vec<[f32; 4]> = page.rules.iter().map(|r| [r.x0, r.y0, r.x1, r.y1]).collect();
    assert_eq!(rules, [[10.0, 79.5, 110.0, 80.5], [10.0, 50.0, 60.0, 70.0], [10.0, 10.0, 10.5, 40.0]]);
    assert_eq!(page.state, PageState::NoText);
}

#[test]
fn blank_pages_and_pages_without_text_are_told_apart() {
    let source = Draft::new()
        .page("")
        .page("q 200 0 0 100 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q")
        .page("1 g 0 0 200 100 re f")
        .page("10 10 50 50 re f")
        .page("BT /F 10 Tf 10 50 Td (tekst) Tj ET")
        .page("10 10 50 50 re f")
        .page("BT /Nergens 10 Tf 10 50 Td (tekst) Tj ET")
        .read();
    use PageState::{Blank, NoText, Read};
    let states: Vec<&PageState> = pages(&source).iter().map(|p| &p.state).collect();
    assert_eq!(states, [&Blank, &NoText, &Blank, &NoText, &Read, &NoText, &NoText]);
    assert!(!source.partial);
    assert_eq!(
        source.warnings,
        [
            "pagina's 2, 4 en 6 hebben geen tekstlaag; lees het met --ocr, of laat het met OCR omzetten en probeer het opnieuw",
            "op pagina 7 is tekst niet te lezen (het lettertype zegt niet welke letters het zijn); \
             lees het met --ocr, of laat het met OCR omzetten en probeer het opnieuw"
        ]
    );
}

#[test]
fn fields_show_their_text_and_hidden_ones_do_not() {
    let mut draft = Draft::new();
    let field = |doc: &mut Document, text: &str, subtype: &str, flags: i64| {
        let resources = dictionary! { "Font" => dictionary! {
            "F" => dictionary! { "Type" => name("Font"), "Subtype" => name("Type1"), "BaseFont" => name("Helvetica") }
        } };
        let dict = dictionary! { "Subtype" => name("Form"), "BBox" => boxed([0, 0, 50, 10]), "Resources" => resources };
        let form = doc.add_object(Stream::new(dict, format!("BT /F 8 Tf 1 2 Td ({text}) Tj ET").into_bytes()));
        doc.add_object(dictionary! {
            "Type" => name("Annot"), "Subtype" => name(subtype), "F" => flags, "Rect" => boxed([20, 30, 70, 40]),
            "AP" => dictionary! { "N" => form }
        })
    };
    let annotations: Vec<Object> = [("veld", "Widget", 4), ("geheim", "Widget", 2), ("notitie", "Text", 0), ("getypt", "FreeText", 0)]
        .map(|(text, kind, flags)| Object::Reference(field(&mut draft.doc, text, kind, flags)))
        .to_vec();
    let source = draft.page_with("", dictionary! { "Annots" => annotations }).read();
    assert_eq!(texts(&source), ["veld", "getypt"]);
    assert!(close(runs(&source)[0].rect.x0, 21.0) && close(runs(&source)[0].rect.y1, 69.6));
}

#[test]
fn layers_that_are_off_do_not_show() {
    let mut draft = Draft::new();
    let off = draft.doc.add_object(dictionary! { "Type" => name("OCG"), "Name" => Object::string_literal("concept") });
    draft.catalog.set("OCProperties", dictionary! { "OCGs" => vec![off.into()], "D" => dictionary! { "OFF" => vec![off.into()] } });
    let fonts = draft.fonts.clone();
    let own = dictionary! { "Resources" => dictionary! { "Font" => fonts, "Properties" => dictionary! { "L" => off } } };
    let source = draft.page_with("BT /F 10 Tf 10 50 Td /OC /L BDC (concept) Tj EMC ( definitief) Tj ET", own).read();
    assert_eq!(texts(&source), ["definitief"]);
}

#[test]
fn page_labels_follow_the_number_tree() {
    let mut draft = Draft::new();
    let deep = draft.doc.new_object_id();
    let ranges = vec![2.into(), dictionary! { "S" => name("D"), "P" => Object::string_literal("A-"), "St" => 5 }.into()];
    draft.doc.objects.insert(deep, Object::Dictionary(dictionary! { "Nums" => ranges, "Kids" => vec![Object::Reference(deep)] }));
    let first = dictionary! { "Nums" => vec![0.into(), dictionary! { "S" => name("r") }.into()] };
    draft.catalog.set("PageLabels", dictionary! { "Kids" => vec![first.into(), deep.into()] });
    let source = draft.page("").page("").page("").page("").read();
    let labels: Vec<&str> = pages(&source).iter().filter_map(|p| p.label.as_deref()).collect();
    assert_eq!(labels, ["i", "ii", "A-5", "A-6"]);
}

#[test]
fn outlines_end_even_when_they_run_in_a_circle() {
    let mut draft = Draft::new().page("").page("");
    let (a, b, c, root) = (draft.doc.new_object_id(), draft.doc.new_object_id(), draft.doc.new_object_id(), draft.doc.new_object_id());
    let to = |page: ObjectId| vec![page.into(), name("XYZ"), Object::Null, 70.into(), Object::Null];
    let entry = |title: &str, more: Dictionary| {
        let mut dict = dictionary! { "Title" => lopdf::text_string(title) };
        dict.extend(&more);
        Object::Dictionary(dict)
    };
    let pages = draft.pages.clone();
    draft.doc.objects.insert(a, entry("Inleiding", dictionary! { "Dest" => to(pages[0]), "First" => c, "Next" => b }));
    draft.doc.objects.insert(b, entry("Coördinatie", dictionary! { "Dest" => Object::string_literal("doel"), "Next" => a }));
    let action = dictionary! { "S" => name("GoTo"), "D" => vec![pages[1].into(), name("Fit")] };
    draft.doc.objects.insert(c, entry("Doel", dictionary! { "A" => action, "First" => a }));
    draft.doc.objects.insert(root, Object::Dictionary(dictionary! { "First" => a, "Last" => b }));
    draft.catalog.set("Outlines", root);
    draft
        .catalog
        .set("Names", dictionary! { "Dests" => dictionary! { "Names" => vec![Object::string_literal("doel"), to(pages[1]).into()] } });
    let source = draft.read();
    let outline: Vec<(u8, &str, Option<u32>, Option<f32>)> =
        source.outline.iter().map(|e| (e.depth, e.title.as_str(), e.page, e.y)).collect();
    assert_eq!(outline, [(0, "Inleiding", Some(1), Some(30.0)), (1, "Doel", Some(2), None), (0, "Coördinatie", Some(2), Some(30.0))]);
}

/// A document that opens with this password.
pub(in crate::ingest) fn encrypted(user_password: &str) -> Vec<u8> {
    let mut doc = Draft::new().page("BT /F 10 Tf 10 50 Td (geheim plan) Tj ET").finish();
    doc.trailer.set("ID", vec![Object::string_literal("0123456789abcdef"), Object::string_literal("0123456789abcdef")]);
    let permissions = Permissions::all();
    let version = EncryptionVersion::V2 { document: &doc, owner_password: "eigenaar", user_password, key_length: 128, permissions };
    let state = EncryptionState::try_from(version).expect("valid");
    doc.encrypt(&state).expect("encrypts");
    saved(doc)
}

#[test]
fn a_password_is_told_and_an_empty_one_is_no_bar() {
    assert_eq!(texts(&pdf(&encrypted(""))), ["geheim", "plan"]);
    assert_eq!(read("plan.pdf", &encrypted("wachtwoord"), &Limits::default()).unwrap_err(), Unreadable::Encrypted);
}

#[test]
fn what_is_no_pdf_is_said_to_be_what_it_is() {
    let limits = Limits::default();
    assert_eq!(read("leeg.pdf", b"", &limits).unwrap_err(), Unreadable::Empty);
    let found = |name: &str, bytes: &[u8]| match read(name, bytes, &limits) {
        Err(Unreadable::NotADocument { found }) => found,
        other => format!("{other:?}"),
    };
    assert_eq!(found("plan.pdf", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "een PNG-afbeelding");
    assert_eq!(found("plan.docx", b"PK\x03\x04 [Content_Types].xml word/document.xml"), "een Word-document (docx)");
    assert!(matches!(read("plan.pdf", b"%PDF-1.4\nniets", &limits), Err(Unreadable::Damaged(_))));
    let small = Limits { bytes: 10, ..limits };
    assert!(matches!(read("plan.pdf", b"%PDF-1.4\nniets", &small), Err(Unreadable::TooLarge(_))));
}

#[test]
fn limits_leave_out_and_say_so() {
    let bytes = Draft::new().page("").page("BT /F 10 Tf 10 50 Td (twee) Tj ET").page("").bytes();
    let source = read("plan.pdf", &bytes, &Limits { pages: 2, ..Limits::default() }).expect("readable");
    assert_eq!((pages(&source).len(), source.partial), (2, true));
    assert_eq!(source.warnings, ["alleen de eerste 2 van de 3 pagina's zijn gelezen"]);
    let source = read("plan.pdf", &bytes, &Limits { time: Duration::ZERO, ..Limits::default() }).expect("readable");
    assert_eq!(source.warnings, ["pagina's 1-3 zijn niet (helemaal) gelezen: niet gelezen: de leestijd was op"]);
    let source = read("plan.pdf", &bytes, &Limits { content_bytes: 10, ..Limits::default() }).expect("readable");
    assert_eq!(source.warnings, ["pagina 2 is niet (helemaal) gelezen: de inhoud is groter dan de grens voor een pagina"]);
}

#[test]
fn a_page_that_is_not_there_does_not_cost_the_others() {
    let mut draft = Draft::new().page("BT /F 10 Tf 10 50 Td (een) Tj ET");
    let nowhere = draft.doc.new_object_id();
    draft.pages.push(nowhere);
    let source = draft.page("BT /F 10 Tf 10 50 Td (drie) Tj ET").read();
    assert_eq!(texts(&source), ["een", "drie"]);
    assert_eq!(source.warnings, ["pagina 2 is niet (helemaal) gelezen: de pagina ontbreekt in het bestand"]);
    assert!(source.partial);
}

#[test]
fn a_truncated_file_gives_what_is_left() {
    let mut draft = Draft::new();
    for i in 0..20 {
        draft = draft.page(&format!("BT /F 10 Tf 10 50 Td (pagina {i}) Tj ET"));
    }
    let bytes = draft.bytes();
    for part in 1..20 {
        match read("plan.pdf", &bytes[..bytes.len() * part / 20], &Limits::default()) {
            Ok(source) => assert!(!source.warnings.is_empty(), "{part}"),
            Err(error) => assert!(matches!(error, Unreadable::Damaged(_)), "{part}: {error}"),
        }
    }
    // Only the table at the end is gone: everything can be had.
    let cut = bytes.windows(9).rposition(|w| w == b"startxref").expect("has one");
    assert_eq!(texts(&pdf(&bytes[..cut])).len(), 40);
}

#[test]
fn threads_change_nothing() {
    let mut draft = Draft::new();
    for i in 0..30 {
        draft = draft.page(&format!("BT /F 10 Tf 10 50 Td (pagina {i}) Tj /B 9 Tf 0 -20 Td (kop {i}) Tj ET"));
    }
    let bytes = draft.bytes();
    let with = |threads| format!("{:?}", read("plan.pdf", &bytes, &Limits { threads, ..Limits::default() }));
    assert!(with(1) == with(2) && with(2) == with(7) && with(0) == with(1));
}

#[test]
fn a_composite_font_reads_through_its_cmap() {
    let mut draft = Draft::new();
    let cmap = "1 begincodespacerange <0000> <ffff> endcodespacerange 2 beginbfchar <0003> <0020> <0010> <00660066> endbfchar \
                1 beginbfrange <0041> <005a> <0061> endbfrange";
    let to_unicode = draft.doc.add_object(Stream::new(Dictionary::new(), cmap.as_bytes().to_vec()));
    let widths: Vec<Object> = vec![3.into(), vec![Object::Integer(300)].into(), 65.into(), 90.into(), 600.into()];
    let descendant = dictionary! {
        "Type" => name("Font"), "Subtype" => name("CIDFontType2"), "BaseFont" => name("ABCDEF+Open-Bold"), "DW" => 500, "W" => widths
    };
    draft.fonts.set(
        "C",
        dictionary! {
            "Type" => name("Font"), "Subtype" => name("Type0"), "BaseFont" => name("ABCDEF+Open-Bold"), "Encoding" => name("Identity-H"),
            "DescendantFonts" => vec![descendant.into()], "ToUnicode" => to_unicode
        },
    );
    let source = draft.page("BT /C 10 Tf 10 50 Td <00410042000300430010> Tj ET").read();
    assert_eq!(texts(&source), ["ab", "cff"]);
    let [ab, cff] = runs(&source)[..] else { panic!("two words") };
    assert!(close(ab.rect.x1, 22.0) && close(cff.rect.x0, 25.0) && close(cff.rect.x1, 36.0) && ab.bold, "{ab:?} {cff:?}");
}

#[test]
fn a_composite_font_reads_through_an_encoding_that_is_only_named() {
    let mut draft = Draft::new();
    let descendant = |ordering: &str| {
        let system = dictionary! {
            "Registry" => Object::string_literal("Adobe"), "Ordering" => Object::string_literal(ordering), "Supplement" => 2
        };
        // Glyph 34 of the Japanese collection is A.
        let widths: Vec<Object> = vec![34.into(), 34.into(), 600.into()];
        dictionary! {
            "Type" => name("Font"), "Subtype" => name("CIDFontType0"), "BaseFont" => name("X"), "CIDSystemInfo" => system, "W" => widths
        }
    };
    for (key, encoding, ordering) in [("C", "GBK-EUC-H", "GB1"), ("J", "Identity-H", "Japan1"), ("U", "UniJIS-UTF16-H", "Japan1")] {
        let font = dictionary! {
            "Type" => name("Font"), "Subtype" => name("Type0"), "BaseFont" => name("X"), "Encoding" => name(encoding),
            "DescendantFonts" => vec![descendant(ordering).into()]
        };
        draft.fonts.set(key, font);
    }
    let source = draft.page("BT /C 10 Tf 10 70 Td <41D6D0> Tj 0 -20 Td /J 10 Tf <00220022> Tj 0 -20 Td /U 10 Tf <00414E2D> Tj ET").read();
    assert_eq!(texts(&source), ["A中", "AA", "A中"]);
    assert!(close(runs(&source)[1].rect.x1, 22.0), "{:?}", runs(&source)[1]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is drawn, reading it ends, with finite places on the page.
    #[test]
    fn any_content_is_read(tokens in prop::collection::vec(prop::sample::select(vec![
        "q", "Q", "BT", "ET", "(tekst)", "<0041>", "/F", "/X", "/None", "10", "-1e9", "0", "0.5", "99999999999", "[", "]", "<<", ">>", "Tj", "TJ",
        "'", "\"", "Tf", "Td", "TD", "Tm", "T*", "cm", "re", "m", "l", "c", "h", "f", "S", "b*", "n", "Do", "gs", "Tr", "Tz", "Tc", "Tw", "TL", "Ts",
        "w", "BI", "ID", "EI", "BDC", "EMC", "(", ")", "%", "\n", "\0", "g", "rg", "k", "sh", "d0",
    ]), 0..400)) {
        let source = Draft::new().form("X", "BT /F 9 Tf (x) Tj ET /X Do", Dictionary::new()).page(&tokens.join(" ")).read();
        for run in runs(&source) {
            prop_assert!(run.rect.x0.is_finite() && run.rect.y1.is_finite() && run.size.is_finite() && !run.text.is_empty());
        }
        for rule in &pages(&source)[0].rules {
            prop_assert!(rule.x0 >= 0.0 && rule.y0 >= 0.0 && rule.x1 <= 200.0 && rule.y1 <= 100.0);
        }
    }

    /// A damaged file is read, or refused, and never more than that.
    #[test]
    fn any_damage_is_survived(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20), cut in any::<prop::sample::Index>()) {
        let labels = dictionary! { "Nums" => vec![0.into(), dictionary! { "S" => name("r") }.into()] };
        let mut draft = Draft::new();
        draft.catalog.set("PageLabels", labels);
        let mut bytes = draft.form("X", "BT /F 9 Tf (x) Tj ET", Dictionary::new()).page("/X Do BT /F 10 Tf 10 50 Td (een) Tj ET").page("").bytes();
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        let _ = read("plan.pdf", &bytes, &Limits::default());
        bytes.truncate(cut.index(bytes.len()));
        let _ = read("plan.pdf", &bytes, &Limits::default());
    }
}

#[test]
fn an_encryption_dictionary_may_stand_in_the_trailer() {
    assert_eq!(texts(&pdf(&encrypted_in_trailer(""))), ["geheim", "plan"]);
    let behind = [&b"Geachte heer,\n"[..], &encrypted_in_trailer("")].concat();
    assert_eq!(texts(&pdf(&behind)), ["geheim", "plan"]);
    assert_eq!(read("plan.pdf", &encrypted_in_trailer("wachtwoord"), &Limits::default()).err(), Some(Unreadable::Encrypted));
}

#[test]
fn of_a_document_whose_attachments_are_encrypted_the_text_is_read() {
    let filter = |streams: &str, strings: &str| {
        let mut doc = Draft::new().page("BT /F 10 Tf 10 50 Td (open plan) Tj ET").finish();
        let filter = dictionary! { "CFM" => name("AESV2"), "AuthEvent" => name("EFOpen"), "Length" => 16 };
        let secret = || Object::string_literal("01234567890123456789012345678901");
        let encrypt = doc.add_object(dictionary! {
            "Filter" => name("Standard"), "V" => 4, "R" => 4, "Length" => 128, "P" => -4, "O" => secret(), "U" => secret(),
            "CF" => dictionary! { "StdCF" => filter }, "StmF" => name(streams), "StrF" => name(strings), "EFF" => name("StdCF"),
            "EncryptMetadata" => false,
        });
        doc.trailer.set("Encrypt", encrypt);
        doc.trailer.set("ID", vec![Object::string_literal("0123456789abcdef"), Object::string_literal("0123456789abcdef")]);
        read("plan.pdf", &saved(doc), &Limits::default())
    };
    assert_eq!(filter("Identity", "Identity").map(|source| texts(&source).join(" ")), Ok("open plan".to_owned()));
    assert_eq!(filter("StdCF", "Identity").err(), Some(Unreadable::Encrypted));
}

#[test]
fn a_header_may_stand_far_behind_something_else() {
    let bytes = Draft::new().page("BT /F 10 Tf 10 50 Td (plan) Tj ET").bytes();
    let behind = [&[b'-'; 3000][..], b"\n", &bytes].concat();
    assert_eq!(texts(&pdf(&behind)), ["plan"]);
}
