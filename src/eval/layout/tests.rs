use super::*;
use crate::document;
use crate::ingest::{Content, Line, Source};

/// A document as read from Markdown.
fn read(markdown: &str) -> Document {
    let lines = markdown.lines().zip(1..).map(|(text, number)| Line { number, text: text.to_owned() }).collect();
    let content = Content::Lines { markdown: true, lines };
    document::build(&Source { content, outline: Vec::new(), tags: Vec::new(), warnings: Vec::new(), partial: false })
}

fn label(blocks: serde_json::Value) -> Label {
    Label::parse(&serde_json::json!({ "blocks": blocks }).to_string()).expect("it has blocks").expect("blocks as they should be")
}

fn scored(markdown: &str, blocks: serde_json::Value) -> LayoutDocument {
    let (document, label) = (read(markdown), label(blocks));
    LayoutScores::of([("x.pdf", &document, &label)]).documents.remove(0)
}

fn paragraphs() -> serde_json::Value {
    serde_json::json!([
        {"kind": "paragraph", "text": "het eerste stuk gaat over scholen"},
        {"kind": "aside", "text": "opzij staat een korte noot"},
        {"kind": "paragraph", "text": "daarna spreekt iemand van ouders"},
        {"kind": "paragraph", "text": "ten slotte komt geld ter sprake"}
    ])
}

#[test]
fn an_aside_may_stand_between_any_two_blocks() {
    let order = |text: &str| (scored(text, paragraphs()).score.pairs_right, scored(text, paragraphs()).score.pairs);
    let (first, aside) = ("het eerste stuk gaat over scholen", "opzij staat een korte noot");
    let (second, third) = ("daarna spreekt iemand van ouders", "ten slotte komt geld ter sprake");
    assert_eq!(order(&[first, aside, second, third].join("\n\n")), (3, 3));
    assert_eq!(order(&[first, second, aside, third].join("\n\n")), (3, 3));
    assert_eq!(order(&[aside, first, second, third].join("\n\n")), (3, 3));
    assert_eq!(order(&[first, third, aside, second].join("\n\n")), (1, 3));
    // In the middle of a block it stands in the way.
    assert_eq!(order("het eerste stuk\n\nopzij staat een korte noot\n\ngaat over scholen\n\ndaarna spreekt iemand van ouders"), (1, 5));
}

#[test]
fn what_is_left_out_counts_as_wrong() {
    let score = scored("het eerste stuk gaat over scholen\n\ndaarna spreekt iemand van ouders", paragraphs()).score;
    assert_eq!((score.pairs_right, score.pairs), (1, 1 + 1 + 2));
    assert_eq!((score.words_read, score.words), (11, 22));
}

#[test]
fn lines_go_on_where_the_last_one_ended() {
    let blocks =
        serde_json::json!([{"kind": "paragraph", "text": "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien"}]);
    let right = scored("een twee drie vier vijf\nzes zeven acht negen\ntien elf twaalf dertien veertien", blocks.clone());
    assert_eq!((right.score.pairs_right, right.score.pairs), (2, 2));
    let wrong = scored("een twee drie vier vijf\ntien elf twaalf dertien veertien\nzes zeven acht negen", blocks);
    assert_eq!((wrong.score.pairs_right, wrong.score.pairs), (0, 2));
    assert_eq!(wrong.order[0], "p. 1: na “een twee drie vier vijf” komt “tien elf twaalf dertien veertien”");
}

#[test]
fn lines_of_no_label_are_counted_apart() {
    let blocks =
        serde_json::json!([{"kind": "paragraph", "text": "scholen werken samen"}, {"kind": "paragraph", "text": "ouders praten mee"}]);
    let score = scored("scholen werken samen\n\nConcept versie\n\nouders praten mee", blocks).score;
    assert_eq!((score.pairs_right, score.pairs, score.strange), (1, 1, 1));
}

#[test]
fn blocks_of_a_flow_stay_together() {
    let blocks = serde_json::json!([
        {"kind": "paragraph", "text": "voor het kader"},
        {"kind": "paragraph", "text": "in het vak een", "flow": "kader"},
        {"kind": "paragraph", "text": "binnen dat vak twee", "flow": "kader"},
        {"kind": "paragraph", "text": "na afloop verder"}
    ]);
    let right = |text: &str| scored(text, blocks.clone()).score.pairs_right;
    assert_eq!(right("voor het kader\n\nin het vak een\n\nbinnen dat vak twee\n\nna afloop verder"), 3);
    assert_eq!(right("voor het kader\n\nna afloop verder\n\nin het vak een\n\nbinnen dat vak twee"), 3);
    assert_eq!(right("voor het kader\n\nin het vak een\n\nna afloop verder\n\nbinnen dat vak twee"), 2);
}

#[test]
fn headings_count_by_words_and_level() {
    let blocks = serde_json::json!([
        {"kind": "title", "text": "Samen verder"},
        {"kind": "heading", "level": 1, "text": "1 Inleiding"},
        {"kind": "heading", "level": 2, "text": "1.1 Doel"},
        {"kind": "heading", "level": 1, "text": "2 Geld"}
    ]);
    let scored = scored("# Samen verder\n\n# 1 Inleiding\n\n# 1.1 Doel\n\n2 Geld\n\n# Extra", blocks);
    let s = &scored.score;
    assert_eq!((s.headings_truth, s.headings_ours, s.headings_right, s.headings_found), (3, 3, 1, 2));
    assert_eq!((s.headings, s.headings_without_level), (Some(0.3333), Some(0.6667)));
    assert_eq!(
        scored.headings,
        ["niveau 2 en niet 1: “1.1 Doel”", "niet als kop gelezen: “2 Geld” (niveau 1)", "geen kop, wel zo gelezen: “Extra” (niveau 1)"]
    );
}

#[test]
fn cells_count_by_their_neighbours() {
    let blocks = serde_json::json!([{"kind": "table", "rows": [["Gemeente", "Leer-lingen", "Scholen"], ["Gouda", "1.234", "8"], ["Zuidplas", "", "5"]]}]);
    let right =
        scored("| Gemeente | Leerlingen | Scholen |\n|---|---|---|\n| Gouda | 1.234 | 8 |\n| Zuidplas |  | 5 |", blocks.clone()).score;
    assert_eq!((right.cells_truth, right.cells_ours, right.cells_right), (10, 10, 10));
    assert_eq!((right.pairs_right, right.pairs), (2, 2));
    let merged = scored("| Gemeente | Leerlingen | Scholen |\n|---|---|---|\n| Gouda | 1.234 8 |  |\n| Zuidplas |  | 5 |", blocks);
    // Lost: the four pairs of 1.234 and 8; "Scholen" above "5" is new.
    assert_eq!((merged.score.cells_ours, merged.score.cells_right), (8, 5));
    assert!(merged.cells.contains(&"gemist: “1.234” met rechts “8”".to_owned()), "{:?}", merged.cells);
}

#[test]
fn other_json_is_no_label() {
    assert!(Label::parse("{\"kind\": \"ondersteuningsplan\"}").is_none());
    assert!(Label::parse("geen json").is_none());
    assert!(Label::parse("{\"blocks\": [{\"kind\": \"iets\"}]}").expect("it has blocks").is_err());
}
