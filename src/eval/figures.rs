//! Figures against labelled fragments and against `truth.json`: what was told (measure, year, value, unit) and what we read.

use super::bank::{Part, markdown};
use super::score::share;
use crate::engine::outcome::{DocumentKind, FactSheet};
use crate::facts::{Figure, FigureUnit, Measure};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt;

/// A figure as labelled or read.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Told {
    /// Name of the measure ("klachten").
    pub measure: String,
    /// "2016" or "2016-2017".
    pub year: String,
    /// How many.
    pub value: f64,
    /// "leerlingen", "aantal" or "%".
    pub unit: String,
}

impl From<&Figure> for Told {
    fn from(f: &Figure) -> Told {
        Told { measure: f.measure.name().to_owned(), year: f.year.to_string(), value: f.value, unit: f.unit.name().to_owned() }
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} {} {} {}", self.measure, self.year, self.value, self.unit)
    }
}

/// A labelled fragment: all figures a text tells.
#[derive(Clone, Debug, Deserialize)]
pub struct FigureFragment {
    /// "prose", "list" or "table".
    #[serde(default)]
    pub kind: String,
    /// "plan" or "jaarverslag".
    #[serde(default)]
    pub doc: String,
    /// The heading above it.
    #[serde(default)]
    pub heading: Option<String>,
    /// The words.
    pub text: String,
    /// What they tell.
    pub figures: Vec<Told>,
    /// Where it stands: "figures.jsonl:12".
    #[serde(skip)]
    pub place: String,
}

impl FigureFragment {
    /// As a small Markdown document.
    pub fn markdown(&self) -> String {
        markdown(self.heading.as_deref(), &self.kind, &self.text)
    }

    /// The kind of the document it would stand in.
    pub fn document_kind(&self) -> DocumentKind {
        if self.doc == "jaarverslag" { DocumentKind::Jaarverslag } else { DocumentKind::Ondersteuningsplan }
    }
}

/// The figure fragments of one file; lines without `figures` are of another kind and left out.
pub fn figure_fragments(name: &str, text: &str, part: Option<Part>) -> Result<Vec<FigureFragment>, String> {
    let mut out = Vec::new();
    for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        if part.is_some_and(|p| n % p.of != p.number - 1) {
            continue;
        }
        let place = format!("{name}:{}", n + 1);
        let fault = |e: serde_json::Error| format!("{place} is geen fragment ({e}); verbeter de regel");
        let value: Value = serde_json::from_str(line).map_err(fault)?;
        if value.get("figures").is_some() {
            let fragment: FigureFragment = serde_json::from_value(value).map_err(fault)?;
            out.push(FigureFragment { place, ..fragment });
        }
    }
    Ok(out)
}

/// Counts of one measure.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct FigureScore {
    /// Told.
    pub truth: usize,
    /// Read by us.
    pub ours: usize,
    /// Both.
    pub both: usize,
    /// both / ours.
    pub precision: Option<f64>,
    /// both / truth.
    pub recall: Option<f64>,
}

/// A text of which other figures were read than it tells.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FigureMiss {
    /// Fragment or dossier.
    pub place: String,
    /// Told, not read.
    pub lost: Vec<String>,
    /// Read, not told.
    pub wrong: Vec<String>,
    /// The words; empty for a dossier.
    pub text: String,
}

/// Scores of figures.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct FigureScores {
    /// Over all measures.
    pub overall: FigureScore,
    /// Per measure, by name.
    pub measures: BTreeMap<String, FigureScore>,
    /// What went wrong.
    pub misses: Vec<FigureMiss>,
}

impl FigureScores {
    /// Scores fragments with what was read in each.
    pub fn of<'a>(pairs: impl IntoIterator<Item = (&'a FigureFragment, Vec<Figure>)>) -> FigureScores {
        let mut scores = FigureScores::default();
        for (fragment, ours) in pairs {
            let ours: Vec<Told> = ours.iter().map(Told::from).collect();
            scores.add(&fragment.place, &fragment.text, &fragment.figures, &ours);
        }
        scores.close();
        scores
    }

    /// Adds a dossier: the measures that its truth gives.
    pub(super) fn add_dossier(&mut self, path: &str, truth: &Map<String, Value>, ours: &FactSheet) {
        let truth = told(truth);
        let given = |m: &str| truth.iter().any(|t| t.measure == m);
        let mut read: Vec<Told> = Vec::new();
        for fact in &ours.figures {
            let told = Told::from(&fact.value);
            let share = truth.iter().any(|t| t.measure == told.measure && t.unit == told.unit);
            if given(&told.measure) && share && !read.contains(&told) {
                read.push(told);
            }
        }
        self.add(path, "", &truth, &read);
    }

    fn add(&mut self, place: &str, text: &str, truth: &[Told], ours: &[Told]) {
        let mut left: Vec<&Told> = ours.iter().collect();
        let mut lost = Vec::new();
        for t in truth {
            let at = left.iter().position(|o| o.measure == t.measure && o.year == t.year && o.unit == t.unit && near(o.value, t.value));
            let score = self.measures.entry(t.measure.clone()).or_default();
            score.truth += 1;
            match at {
                Some(i) => {
                    score.both += 1;
                    left.remove(i);
                }
                None => lost.push(t.to_string()),
            }
        }
        for o in ours {
            self.measures.entry(o.measure.clone()).or_default().ours += 1;
        }
        if !(lost.is_empty() && left.is_empty()) {
            let wrong = left.iter().map(|o| o.to_string()).collect();
            self.misses.push(FigureMiss { place: place.to_owned(), lost, wrong, text: text.to_owned() });
        }
    }

    /// Works out the shares.
    pub(super) fn close(&mut self) {
        let mut all = FigureScore::default();
        for score in self.measures.values_mut() {
            all.truth += score.truth;
            all.ours += score.ours;
            all.both += score.both;
            score.close();
        }
        all.close();
        self.overall = all;
    }
}

impl FigureScore {
    fn close(&mut self) {
        self.precision = share(self.both, self.ours);
        self.recall = share(self.both, self.truth);
    }
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-6
}

/// The figures of `facts` in a `truth.json`: `thuiszitters` by year and kind of absence, the others by year; shares in per cent.
fn told(facts: &Map<String, Value>) -> Vec<Told> {
    let percent = FigureUnit::Procent.name();
    let number = FigureUnit::Aantal.name();
    let pupils = FigureUnit::Leerlingen.name();
    let mut all = Vec::new();
    let mut add = |measure: Measure, year: &str, value: &Value, unit: &str| {
        // "3 jaar" names no year.
        let named = year.split('-').all(|y| y.len() == 4 && y.parse::<u16>().is_ok());
        if let Some(value) = value.as_f64().filter(|_| named) {
            all.push(Told { measure: measure.name().to_owned(), year: year.to_owned(), value, unit: unit.to_owned() });
        }
    };
    let years = |key: &str| facts.get(key).and_then(Value::as_object).into_iter().flatten();
    for (year, parts) in years("thuiszitters") {
        for (part, measure) in [
            ("absoluut", Measure::ThuiszittersAbsoluut),
            ("relatief", Measure::ThuiszittersRelatief),
            ("totaal", Measure::ThuiszittersTotaal),
        ] {
            add(measure, year, parts.get(part).unwrap_or(&Value::Null), pupils);
        }
    }
    for (key, measure, unit) in [
        ("deelname_sbo", Measure::DeelnameSbo, percent),
        ("deelname_so", Measure::DeelnameSo, percent),
        ("aandeel_vso", Measure::DeelnameVso, percent),
        ("klachten", Measure::Klachten, number),
        ("bezwaren", Measure::Bezwaren, number),
        ("geschillen", Measure::Geschillen, number),
    ] {
        for (year, value) in years(key) {
            add(measure, year, value, unit);
        }
    }
    for (kind, shares) in years("deelname_pct") {
        let measure = match kind.as_str() {
            "sbo" => Measure::DeelnameSbo,
            "so" | "so_cluster_3_4" => Measure::DeelnameSo,
            "vso" => Measure::DeelnameVso,
            _ => continue,
        };
        for (year, value) in shares.as_object().into_iter().flatten() {
            add(measure, year, value, percent);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_figure_is_right_when_measure_year_value_and_unit_are() {
        let told = |year: &str, value: f64| Told { measure: "klachten".into(), year: year.into(), value, unit: "aantal".into() };
        let mut scores = FigureScores::default();
        scores.add("x:1", "tekst", &[told("2015", 2.0), told("2016", 1.0)], &[told("2016", 1.0), told("2017", 2.0)]);
        scores.close();
        assert_eq!((scores.overall.precision, scores.overall.recall), (Some(0.5), Some(0.5)));
        assert_eq!(scores.misses[0].lost, ["klachten 2015 2 aantal"]);
        assert_eq!(scores.misses[0].wrong, ["klachten 2017 2 aantal"]);
    }

    #[test]
    fn a_truth_gives_figures_by_year() {
        let truth = json!({
            "thuiszitters": {"2012-2013": {"absoluut": 11, "totaal": 53}},
            "deelname_pct": {"vso": {"2012": 3.41}},
            "bezwaren": {"2019-2021": 5, "2022": 1},
            "klachten": {"3 jaar": 5}
        });
        let all: Vec<String> = told(truth.as_object().unwrap()).iter().map(Told::to_string).collect();
        assert_eq!(
            all,
            [
                "thuiszitters_absoluut 2012-2013 11 leerlingen",
                "thuiszitters_totaal 2012-2013 53 leerlingen",
                "bezwaren 2019-2021 5 aantal",
                "bezwaren 2022 1 aantal",
                "deelname_vso 2012 3.41 %",
            ]
        );
    }

    #[test]
    fn lines_without_figures_are_left_out() {
        let lines = "{\"element\": \"N1.a\", \"verdict\": \"found\", \"text\": \"x\"}\n{\"figures\": [], \"kind\": \"prose\", \"text\": \"y\", \"heading\": \"Kop\"}\n";
        let all = figure_fragments("f.jsonl", lines, None).unwrap();
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].place.as_str(), all[0].markdown().as_str()), ("f.jsonl:2", "# Kop\n\ny\n\n"));
    }
}
