//! Two toy elements, for the tests: absence (1.5.a) and the independence of internal supervision (2.6.a).

use super::{Data, Labelled, Settings};
use crate::engine::outcome::DocumentKind;
use crate::eval::Fragment;
use crate::pipeline::{Options, Rules};

const ABSENCE: [&str; 4] = [
    "Wij volgen het verzuim van leerlingen en zoeken thuiszitters op met een verzuimteam.",
    "Ons verzuimteam belt elke week met scholen over verzuim van leerlingen en met thuiszitters.",
    "Voor thuiszitters en bij verzuim zet het verzuimteam een trajectbegeleider in.",
    "Het verzuimteam bespreekt verzuim en thuiszitters met de ouders van leerlingen.",
];

const SUPERVISION: [&str; 4] = [
    "De onafhankelijke raad van toezicht bestaat uit toezichthouders die geen bestuurder zijn.",
    "Onze toezichthouders zijn onafhankelijk; de raad van toezicht kent geen bestuurder als lid.",
    "De raad van toezicht houdt onafhankelijk toezicht; toezichthouders komen van buiten.",
    "Onafhankelijke toezichthouders vormen de raad van toezicht van de stichting.",
];

const OTHER: [&str; 4] = [
    "Verzuim is volgens de wet elke afwezigheid zonder verlof.",
    "In de bijlage staat het schoolbestand met adressen.",
    "Een raad van toezicht is volgens de wet mogelijk.",
    "De schoolgids verschijnt in augustus bij elke vestiging.",
];

/// Fragments of both elements, a document that shows the first, and one that shows neither.
pub fn data() -> Data {
    let line = |element: &str, verdict: &str, text: &str| {
        let value = serde_json::json!({"element": element, "verdict": verdict, "kind": "prose", "doc": "plan", "text": text});
        value.to_string() + "\n"
    };
    let mut lines = String::new();
    for (element, found) in [("1.5.a", ABSENCE), ("2.6.a", SUPERVISION)] {
        lines.extend(found.iter().map(|t| line(element, "found", t)));
        lines.extend(OTHER.iter().map(|t| line(element, "missing", t)));
    }
    let fragments: Vec<Fragment> = crate::eval::fragments("toys.jsonl", &lines, None).expect("fragments");
    let quote = "zoekt thuiszitters op met een verzuimteam";
    let decoy = "volgens de statuten kan de stichting toezichthouders benoemen";
    let document = |name: &str, text: String, truth: serde_json::Value| Labelled {
        name: name.to_owned(),
        truth: serde_json::from_value(truth).expect("a truth"),
        files: vec![("document.md".to_owned(), text.into_bytes(), DocumentKind::Ondersteuningsplan)],
    };
    let labelled = [
        document(
            "a1",
            format!("# Verzuim\n\nHet verband {quote}.\n\n# Toezicht\n\nMaar {decoy}.\n"),
            serde_json::json!({
                "elements": {"1.5.a": {"verdict": "found", "evidence": [{"page": 1, "quote": quote}]}, "2.6.a": {"verdict": "missing"}},
                "decoys": [{"element": "2.6.a", "page": 1, "quote": decoy}]
            }),
        ),
        document(
            "b1",
            "# Scholen\n\nOok een school heeft een verzuimteam voor verzuim van leerlingen en thuiszitters.\n".to_owned(),
            serde_json::json!({"elements": {"1.5.a": {"verdict": "missing"}, "2.6.a": {"verdict": "missing"}}}),
        ),
    ];
    let rules = Rules::load(None).unwrap_or_else(|_| panic!("the rules load"));
    Data::gather(&fragments, labelled, &rules, &Options::default(), &Settings::default())
}
