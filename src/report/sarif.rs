//! The findings as SARIF 2.1.0, which code hosts and viewers of findings read. A rule is an element; a PDF has no lines, so page and box stand
//! as properties of the place.

use super::Format;
use super::harmless::{harmless, harmless_json};
use super::json::rounded;
use super::style::Style;
use super::words::{self, place, title};
use crate::engine::outcome::{ElementOutcome, Evidence, FrameworkOutcome, Verdict};
use crate::run::{ChangeKind, DossierRun, ReadStatus, Rule, Run, WaiverState};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// The format.
pub const FORMAT: Format<Run> = Format { name: "sarif", about: "bevindingen als SARIF 2.1.0", render };

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

fn render(run: &Run, _: Style) -> String {
    let rules: Vec<_> = run.frameworks.iter().flat_map(|f| f.rules.iter().map(move |r| (f.id.as_str(), r))).collect();
    let index = |framework: &str, id: &str| rules.iter().position(|(f, r)| *f == framework && r.id == id);
    let results = run.dossiers.iter().flat_map(|d| told(d).map(move |(f, e)| (d, f, e)));
    let results: Vec<_> = results.map(|(d, f, e)| result(d, f, e, index(&f.framework, &e.id))).collect();
    let of_run = run.remarks.iter().cloned().chain(words::gone(&run.gone)).map(|text| notification("note", &text, None));
    let of_dossiers = run.dossiers.iter().flat_map(notifications);
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": "nl",
                "rules": rules.iter().map(|(framework, rule)| descriptor(framework, rule)).collect::<Vec<_>>(),
            }},
            "language": "nl",
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": !run.dossiers.iter().any(DossierRun::has_unreadable),
                "toolExecutionNotifications": of_run.chain(of_dossiers).collect::<Vec<_>>(),
            }],
            "results": results,
        }],
    });
    harmless_json(&(serde_json::to_string_pretty(&log).expect("strings and numbers are JSON") + "\n")).into_owned()
}

/// The findings, and those that are gone since the baseline.
fn told(dossier: &DossierRun) -> impl Iterator<Item = (&FrameworkOutcome, &ElementOutcome)> {
    let all = dossier.outcome.frameworks.iter().flat_map(|f| f.elements.iter().map(move |e| (f, e)));
    all.filter(|(f, e)| e.verdict.is_finding() || dossier.change_of(&f.framework, &e.id).is_some())
}

fn descriptor(framework: &str, rule: &Rule) -> Value {
    let asks = rule.asks.split_whitespace().collect::<Vec<_>>().join(" ");
    let help = [asks.clone(), if rule.clause.is_empty() { String::new() } else { format!("Grondslag: {}", rule.clause) }];
    let help = help.into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join("\n\n");
    let help = if help.is_empty() { rule.title.clone() } else { help };
    json!({
        "id": rule.id,
        "shortDescription": {"text": message(&rule.title)},
        "fullDescription": {"text": message(if asks.is_empty() { &rule.title } else { &asks })},
        "help": {"text": help.lines().map(message).collect::<Vec<_>>().join("\n")},
        "defaultConfiguration": {"level": level(Verdict::Missing, rule.statutory)},
        "properties": {"kader": framework, "norm": rule.norm, "grondslag": rule.clause, "wettelijk": rule.statutory},
    })
}

/// How heavy a finding is: what a statutory norm asks and is not there, weighs most.
fn level(verdict: Verdict, statutory: bool) -> &'static str {
    match (verdict, statutory) {
        (Verdict::Missing | Verdict::Contradicted, true) => "error",
        (Verdict::Missing | Verdict::Contradicted, false) | (Verdict::Weak, true) => "warning",
        (Verdict::Weak, false) => "note",
        (Verdict::Found | Verdict::NotTestable | Verdict::NotApplicable, _) => "none",
    }
}

fn result(dossier: &DossierRun, framework: &FrameworkOutcome, element: &ElementOutcome, rule: Option<usize>) -> Value {
    let text = format!("{} {} — {}: {}", element.id, element.title, element.verdict.label(), element.message);
    let here = |e: &Evidence| location(dossier, e, "");
    // Without a passage the finding is about the dossier.
    let whole = || json!({"physicalLocation": {"artifactLocation": {"uri": uri(&dossier.path)}}});
    let locations = element.evidence.first().map_or_else(whole, here);
    let others = element.evidence.iter().skip(1).map(|e| location(dossier, e, ""));
    let related: Vec<_> = others.chain(element.nearest.iter().map(|e| location(dossier, e, "dichtstbij: "))).collect();
    let mut result = json!({
        "ruleId": element.id,
        "level": level(element.verdict, framework.is_statutory(element)),
        "message": {"text": message(&text)},
        "locations": [locations],
        "relatedLocations": related,
        "partialFingerprints": {"dossierElement/v1": format!("{}#{}/{}", dossier.path, framework.framework, element.id)},
        "properties": {
            "dossier": dossier.path,
            "samenwerkingsverband": title(dossier),
            "oordeel": element.verdict.label(),
            "aanvulling": element.hint,
            "plaats": element.belongs,
        },
    });
    if let Some(rule) = rule {
        result["ruleIndex"] = rule.into();
    }
    // A severity of "none" belongs to what is no failure.
    match element.verdict {
        Verdict::Missing | Verdict::Contradicted | Verdict::Weak => {}
        Verdict::Found => result["kind"] = "pass".into(),
        Verdict::NotTestable => result["kind"] = "open".into(),
        Verdict::NotApplicable => result["kind"] = "notApplicable".into(),
    }
    if let Some(change) = dossier.change_of(&framework.framework, &element.id) {
        result["baselineState"] = match change.kind {
            ChangeKind::New => "new",
            ChangeKind::Gone => "absent",
            ChangeKind::Same if change.was == Some(element.verdict) => "unchanged",
            ChangeKind::Same => "updated",
        }
        .into();
    }
    if let Some(waiver) = dossier.waiver_of(&element.id).filter(|w| w.state == WaiverState::Holds) {
        let why = message(&words::waiver(waiver));
        result["suppressions"] = json!([{"kind": "external", "status": "accepted", "justification": why}]);
    }
    let judgements: Vec<_> = dossier.judgements_of(&element.id).map(words::judgement).collect();
    if !judgements.is_empty() {
        result["properties"]["oordeelAnalist"] = judgements.into();
    }
    result
}

fn location(dossier: &DossierRun, evidence: &Evidence, what: &str) -> Value {
    let document = dossier.documents.get(evidence.document);
    let path = document.map_or_else(|| dossier.path.clone(), |d| dossier.path_of(d));
    let mut physical = json!({"artifactLocation": {"uri": uri(&path)}});
    if let Some(place) = evidence.places.first() {
        match place.bbox {
            Some(bbox) => {
                physical["properties"] = json!({"bladzijde": place.page, "gedrukteBladzijde": place.page_label, "vak": rounded(bbox)});
                if evidence.by_ocr() {
                    physical["properties"]["gelezenMetOcr"] = true.into();
                }
            }
            None => physical["region"] = json!({"startLine": place.line.max(1), "snippet": {"text": evidence.quote}}),
        }
    }
    let told = place(evidence, &dossier.documents);
    let mut location = json!({
        "physicalLocation": physical,
        "message": {"text": message(&format!("{told}: “{}” ({what}{})", evidence.quote, evidence.why))},
    });
    if let Some(section) = evidence.section.last() {
        location["logicalLocations"] = json!([{"name": section, "fullyQualifiedName": evidence.section.join(" > ")}]);
    }
    location
}

/// What a user should know of a dossier and of the reading of its documents.
fn notifications(dossier: &DossierRun) -> Vec<Value> {
    let waivers = dossier.waivers.iter().filter(|w| w.state != WaiverState::Holds);
    let waivers = waivers.map(|w| format!("vrijstelling van {}: {}", w.element, words::waiver(w)));
    let own = dossier.warnings.iter().cloned().chain(waivers).map(|text| notification("warning", &text, Some(&dossier.path)));
    let documents = dossier.documents.iter().flat_map(|document| {
        let path = dossier.path_of(document);
        let error = document.error.iter().filter(|_| document.status == ReadStatus::Unreadable).map(|e| format!("niet gelezen: {e}"));
        let error = error.map(|text| notification("error", &text, Some(&path)));
        error.chain(document.warnings.iter().map(|text| notification("warning", text, Some(&path)))).collect::<Vec<_>>()
    });
    own.chain(documents).collect()
}

fn notification(level: &str, text: &str, path: Option<&str>) -> Value {
    let mut notification = json!({"level": level, "message": {"text": message(text)}});
    if let Some(path) = path {
        notification["locations"] = json!([{"physicalLocation": {"artifactLocation": {"uri": uri(path)}}}]);
    }
    notification
}

/// Plain text in a message: braces stand for an argument there, and "[…](…)" for a link.
fn message(text: &str) -> String {
    harmless(text).replace('{', "{{").replace('}', "}}").replace("](", "] (")
}

/// A path as a relative reference: all but letters, digits and some signs in percents.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(byte.into()),
            byte => write!(out, "%{byte:02X}").expect("writing to a string"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    fn log(run: &Run) -> Value {
        serde_json::from_str(&render(run, Style::COLOURED)).unwrap()
    }

    #[test]
    fn findings_are_results_with_their_rule_level_and_place() {
        let log = log(&samples::run());
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert_eq!(rules.len(), 6);
        assert_eq!(rules[1]["help"]["text"], "Vraagt om instemming ondersteuningsplanraad.\n\nGrondslag: WMS art. 14a");
        assert_eq!(rules[1]["properties"]["grondslag"], "WMS art. 14a");
        let results = run["results"].as_array().unwrap();
        let shown: Vec<_> = results.iter().map(|r| format!("{} {}", r["ruleId"].as_str().unwrap(), r["level"].as_str().unwrap())).collect();
        assert_eq!(shown, ["N3.b warning", "N3.c error", "N3.d error"]);
        assert!(results.iter().all(|r| rules[r["ruleIndex"].as_u64().unwrap() as usize]["id"] == r["ruleId"]));
        let place = &results[0]["locations"][0];
        assert_eq!(place["physicalLocation"]["artifactLocation"]["uri"], "map/voorbeeld/plan.pdf");
        let properties = json!({"bladzijde": 5, "gedrukteBladzijde": "4", "vak": [72.04, 500.0, 523.33, 512.5]});
        assert_eq!(place["physicalLocation"]["properties"], properties);
        assert_eq!(place["logicalLocations"][0]["fullyQualifiedName"], "5 Totstandkoming > 5.2 Instemming");
        assert_eq!(results[1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "map/voorbeeld");
        assert!(results[1]["relatedLocations"][0]["message"]["text"].as_str().unwrap().contains("(dichtstbij: voornemen"));
        assert_eq!(run["invocations"][0]["executionSuccessful"], false);
        assert_eq!(run["invocations"][0]["toolExecutionNotifications"][1]["level"], "error");
    }

    #[test]
    fn changes_waivers_and_judgements_are_told_in_the_words_of_sarif() {
        let log = log(&samples::run_with_lists());
        let run = &log["runs"][0];
        let results = run["results"].as_array().unwrap();
        let shown = results.iter().map(|r| format!("{} {}", r["ruleId"].as_str().unwrap(), r["baselineState"].as_str().unwrap()));
        assert_eq!(shown.collect::<Vec<_>>(), ["N3.a absent", "N3.b updated", "N3.c unchanged", "N3.d new"]);
        assert_eq!((&results[0]["kind"], &results[0]["level"]), (&json!("pass"), &json!("none")));
        assert!(results[1].get("kind").is_none() && results[1].get("suppressions").is_none());
        let waiver = json!({
            "kind": "external", "status": "accepted",
            "justification": "telt niet mee, tot en met 31 december 2026: de raad is nieuw",
        });
        assert_eq!(results[2]["suppressions"], json!([waiver]));
        assert_eq!(results[1]["properties"]["oordeelAnalist"][0], "aangetroffen (AB): zie de notulen — anders dan plantoets");
        let notifications = run["invocations"][0]["toolExecutionNotifications"].as_array().unwrap();
        let levels: Vec<_> = notifications.iter().map(|n| n["level"].as_str().unwrap()).collect();
        assert_eq!(levels, ["note", "note", "warning", "warning", "warning", "warning", "error"]);
    }

    #[test]
    fn a_text_file_has_lines_and_no_box() {
        let mut run = samples::run();
        run.dossiers[0].outcome.frameworks[0].elements[1].evidence[0].places[0].bbox = None;
        let physical = &log(&run)["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(physical["region"]["startLine"], 12);
        assert!(physical.get("properties").is_none());
    }

    #[test]
    fn what_weighs_by_verdict_and_law() {
        let mut run = samples::run();
        run.dossiers[0].outcome.frameworks[0].norms[0].statutory = false;
        let log = log(&run);
        let levels: Vec<_> = log["runs"][0]["results"].as_array().unwrap().iter().map(|r| r["level"].clone()).collect();
        assert_eq!(levels, ["note", "warning", "warning"]);
    }

    #[test]
    fn hostile_words_are_only_words() {
        for poison in ["<script>]]>\"=cmd|", "\x1b[2J\u{9b}\u{202e}\u{2028}", "[x](javascript:1){0}", "\n../../ é%?#://"] {
            let mut run = samples::run_with_lists();
            samples::poison(&mut run, poison);
            let text = render(&run, Style::PLAIN);
            assert!(!text.contains(['\x1b', '\u{9b}', '\u{202e}', '\u{2028}']), "{text:?}");
            let log: Value = serde_json::from_str(&text).unwrap();
            let result = &log["runs"][0]["results"][0];
            let message = result["message"]["text"].as_str().unwrap();
            assert!(!message.contains("](") && !message.replace("{{", "").contains('{'), "{message}");
            let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
            assert!(uri.is_ascii() && !uri.contains([' ', ':', '?', '#', '<', '"', '\n']), "{uri}");
        }
        assert_eq!(uri("map/één plan.pdf"), "map/%C3%A9%C3%A9n%20plan.pdf");
    }
}
