//! The report as JSON Lines: per dossier one line, each a whole report of that dossier by the contract and the schema of `json.rs`. Many
//! dossiers can so be read one by one.

use super::harmless::harmless_json;
use super::json;
use super::style::Style;
use super::{Format, OverviewFile};
use crate::run::Run;

/// The format.
pub const FORMAT: Format<Run> = Format { name: "jsonl", about: "als json, een regel per dossier", render };

/// Its name in a folder of reports.
pub const RESULTS: &str = "resultaten.jsonl";

/// The same as a file of the overview.
pub const FILE: OverviewFile = OverviewFile { name: RESULTS, render: |run| Ok(render(run, Style::PLAIN).into_bytes()) };

fn render(run: &Run, _: Style) -> String {
    run.dossiers.iter().map(|dossier| harmless_json(&json::line(run, dossier)).into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;
    use serde_json::Value;

    #[test]
    fn every_dossier_is_a_line_that_is_valid_by_the_schema() {
        let schema: Value = serde_json::from_str(&json::schema()).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let mut run = samples::run();
        run.dossiers.extend(samples::run().dossiers);
        run.dossiers[1].path = "map/tweede".into();
        let text = render(&run, Style::COLOURED);
        assert!(text.ends_with("}\n"));
        let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert!(lines.iter().all(|line| validator.is_valid(line)));
        let paths: Vec<_> = lines.iter().map(|line| line["dossiers"][0]["path"].as_str().unwrap()).collect();
        assert_eq!(paths, ["map/voorbeeld", "map/tweede"]);
        let whole: Value = serde_json::from_str(&(json::FORMAT.render)(&run, Style::PLAIN)).unwrap();
        assert_eq!(lines[1]["dossiers"][0], whole["dossiers"][1]);
        assert_eq!(lines[1]["tool"], whole["tool"]);
    }

    #[test]
    fn hostile_words_break_no_line_and_stay_what_they_were() {
        let poison = "\n\r\u{2028}\u{85}\x1b[2J\u{9b}\u{202e}\"]]><script>";
        let mut run = samples::run();
        samples::poison(&mut run, poison);
        let text = render(&run, Style::PLAIN);
        assert_eq!(text.matches('\n').count(), 1);
        assert!(!text.contains(['\r', '\u{2028}', '\u{85}', '\x1b', '\u{9b}', '\u{202e}']), "{text:?}");
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["dossiers"][0]["path"], format!("map/voorbeeld{poison}"));
    }
}
