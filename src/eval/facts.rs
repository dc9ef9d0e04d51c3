//! Facts of a dossier against the truth.

use super::overlap::fold;
use crate::dossier::normalise_number;
use crate::engine::outcome::{Fact, FactSheet};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;

/// How one fact did over all dossiers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FactScore {
    /// Its key in `facts`.
    pub key: &'static str,
    /// Dossiers where it was right.
    pub right: usize,
    /// Dossiers whose truth has it.
    pub total: usize,
    /// Where it was not.
    pub wrong: Vec<WrongFact>,
}

/// A fact that was not right.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WrongFact {
    /// The dossier.
    pub dossier: String,
    /// What people read.
    pub truth: Value,
    /// What the program read.
    pub ours: Value,
}

/// The facts compared, in the order of the report.
pub const KEYS: [&str; 11] = [
    "naam",
    "nummer",
    "rechtsvorm",
    "oprichting",
    "vaststelling",
    "instemming_opr",
    "oogo",
    "inzending",
    "ontvangen",
    "plan_period",
    "gemeenten",
];

/// Adds one dossier to the scores, which are in the order of [`KEYS`].
pub fn add(scores: &mut [FactScore], dossier: &str, truth: &serde_json::Map<String, Value>, ours: &FactSheet) {
    for score in scores {
        let Some(wanted) = truth.get(score.key) else { continue };
        let ours = value(score.key, ours);
        score.total += 1;
        if same(score.key, wanted, &ours, truth) {
            score.right += 1;
        } else {
            score.wrong.push(WrongFact { dossier: dossier.to_owned(), truth: wanted.clone(), ours });
        }
    }
}

/// Scores without a dossier yet.
pub fn empty() -> Vec<FactScore> {
    KEYS.map(|key| FactScore { key, right: 0, total: 0, wrong: Vec::new() }).to_vec()
}

fn value(key: &str, facts: &FactSheet) -> Value {
    let text = |f: &Option<Fact<String>>| f.as_ref().map_or(Value::Null, |f| f.value.clone().into());
    let day = |f: &Option<Fact<Date>>| f.as_ref().map_or(Value::Null, |f| f.value.to_string().into());
    match key {
        "naam" => text(&facts.naam),
        "nummer" => text(&facts.nummer),
        "rechtsvorm" => text(&facts.rechtsvorm),
        "oprichting" => day(&facts.oprichting),
        "vaststelling" => day(&facts.vaststelling),
        "instemming_opr" => day(&facts.instemming_opr),
        "oogo" => facts.oogo.iter().map(|f| f.value.to_string()).collect(),
        "inzending" => day(&facts.inzending),
        "ontvangen" => day(&facts.ontvangen),
        "plan_period" => facts.plan_period.as_ref().map_or(Value::Null, |f| vec![f.value.0.to_string(), f.value.1.to_string()].into()),
        "gemeenten" => facts.gemeenten.iter().map(|f| f.value.clone()).collect(),
        _ => Value::Null,
    }
}

fn same(key: &str, truth: &Value, ours: &Value, all: &serde_json::Map<String, Value>) -> bool {
    let folded = |v: &Value| v.as_str().map(fold);
    match key {
        "naam" => {
            let variants = all.get("naam_varianten").and_then(Value::as_array).into_iter().flatten();
            folded(truth) == folded(ours) || ours.is_string() && variants.map(folded).any(|v| v == folded(ours))
        }
        "nummer" => truth.as_str().map(normalise_number) == ours.as_str().map(normalise_number),
        "rechtsvorm" => {
            let form = |v: &Value| folded(v).map(|f| f.strip_suffix("ua").unwrap_or(&f).to_owned());
            form(truth) == form(ours)
        }
        "gemeenten" => municipalities(truth) == municipalities(ours),
        "oogo" => dates(truth) == dates(ours),
        _ => truth == ours,
    }
}

/// "Bergen (L)" and "Bergen" are one.
fn municipalities(list: &Value) -> BTreeSet<String> {
    let names = list.as_array().into_iter().flatten().filter_map(Value::as_str);
    names.map(|name| fold(name.split('(').next().unwrap_or(name))).collect()
}

fn dates(list: &Value) -> BTreeSet<&str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn facts_are_compared_as_a_reader_would() {
        let all = json!({"naam_varianten": ["SWV Epe"]});
        let all = all.as_object().unwrap();
        let is = |key: &str, truth: Value, ours: Value| same(key, &truth, &ours, all);
        assert!(is("naam", json!("Stichting SWV Één"), json!("stichting swv een")));
        assert!(is("naam", json!("Stichting SWV Epe e.o."), json!("SWV Epe")));
        assert!(!is("naam", json!("A"), Value::Null));
        assert!(is("nummer", json!("PO3099"), json!("PO 30-99")));
        assert!(is("rechtsvorm", json!("coöperatie U.A."), json!("coöperatie")));
        assert!(is("gemeenten", json!(["Bergen (L)", "Epe"]), json!(["Epe", "Bergen"])));
        assert!(is("oogo", json!([]), json!([])));
        assert!(is("vaststelling", Value::Null, Value::Null));
        assert!(!is("vaststelling", json!("2014-04-15"), json!("2014-04-16")));
        assert!(is("plan_period", json!(["2014-08-01", "2018-07-31"]), json!(["2014-08-01", "2018-07-31"])));
    }
}
