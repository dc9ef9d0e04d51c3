//! Labelled fragments: each line of a `*.jsonl` file is a small document that shows one element or only seems to.

use super::figures::FigureScores;
use super::score::share;
use crate::engine::outcome::{DocumentKind, Verdict};
use crate::run::Selection;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A labelled fragment.
#[derive(Clone, Debug, Deserialize)]
pub struct Fragment {
    /// The element it was written for.
    pub element: String,
    /// Its verdict, as if the document held nothing else.
    pub verdict: Verdict,
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
    /// Why.
    #[serde(default)]
    pub why: String,
    /// Where it stands: "n.jsonl:12".
    #[serde(skip)]
    pub place: String,
}

/// One part of M: lines whose number leaves N-1 when divided by M. So a part can be kept unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which, from 1.
    pub number: usize,
    /// Of how many.
    pub of: usize,
}

impl std::str::FromStr for Part {
    type Err = String;

    fn from_str(given: &str) -> Result<Part, String> {
        let numbers = given.split_once('/').and_then(|(n, m)| Some((n.trim().parse().ok()?, m.trim().parse().ok()?)));
        match numbers {
            Some((number, of)) if number >= 1 && number <= of => Ok(Part { number, of }),
            _ => Err(format!("'{given}' is geen deel; schrijf bijvoorbeeld 1/2 (het eerste van twee delen)")),
        }
    }
}

/// The fragments of one file. Lines without an element are of another kind and left out; a line that is no JSON is an error.
pub fn fragments(name: &str, text: &str, part: Option<Part>) -> Result<Vec<Fragment>, String> {
    let mut out = Vec::new();
    for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        if part.is_some_and(|p| n % p.of != p.number - 1) {
            continue;
        }
        let place = format!("{name}:{}", n + 1);
        let fault = |e: serde_json::Error| format!("{place} is geen fragment ({e}); verbeter de regel");
        let value: serde_json::Value = serde_json::from_str(line).map_err(fault)?;
        if value.get("element").is_some() {
            let fragment: Fragment = serde_json::from_value(value).map_err(fault)?;
            out.push(Fragment { place, ..fragment });
        }
    }
    Ok(out)
}

/// The kind of a fragment whose text is Markdown already.
pub const MARKDOWN: &str = "markdown";

impl Fragment {
    /// As a small Markdown document.
    pub fn markdown(&self) -> String {
        markdown(self.heading.as_deref(), &self.kind, &self.text)
    }

    /// The kind of the document it would stand in.
    pub fn document_kind(&self) -> DocumentKind {
        if self.doc == "jaarverslag" { DocumentKind::Jaarverslag } else { DocumentKind::Ondersteuningsplan }
    }
}

/// A fragment as a small Markdown document.
pub(super) fn markdown(heading: Option<&str>, kind: &str, text: &str) -> String {
    let mut out = String::new();
    if let Some(heading) = heading {
        write!(out, "# {heading}\n\n").expect("writing to a string");
    }
    if kind == MARKDOWN {
        out.push_str(text);
        return out;
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    for (n, line) in lines.enumerate() {
        // An outer bar frames the row; a lone one at the start stands after an empty cell.
        let line = line.strip_prefix('|').and_then(|l| l.strip_suffix('|')).map_or(line, str::trim);
        let cells = line.split('|').count();
        match kind {
            "table" if line.contains('|') => {
                writeln!(out, "| {line} |").expect("writing to a string");
                if n == 0 {
                    writeln!(out, "|{}", "---|".repeat(cells)).expect("writing to a string");
                }
            }
            "list" if n > 0 && !line.starts_with(['-', '*', '•', '–']) && !numbered(line) => {
                writeln!(out, "- {line}").expect("writing")
            }
            "list" => writeln!(out, "{line}").expect("writing to a string"),
            _ => write!(out, "{line}\n\n").expect("writing to a string"),
        }
    }
    out
}

fn numbered(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < line.len() && rest.starts_with(['.', ')'])
}

/// How one element did over its fragments: found against the rest.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Bank {
    /// Fragments.
    pub fragments: usize,
    /// With the very verdict of the label.
    pub exact: usize,
    /// Labelled found, found by us.
    pub true_found: usize,
    /// Labelled otherwise, found by us.
    pub false_found: usize,
    /// Labelled found, not found by us.
    pub lost: usize,
    /// exact / fragments.
    pub exact_share: Option<f64>,
    /// true_found / (true_found + false_found).
    pub precision: Option<f64>,
    /// true_found / (true_found + lost).
    pub recall: Option<f64>,
    /// Harmonic mean of the two.
    pub f1: Option<f64>,
}

/// A fragment with another verdict than its label.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FragmentMiss {
    /// "n.jsonl:12".
    pub place: String,
    /// Its element.
    pub element: String,
    /// The label.
    pub truth: Verdict,
    /// Ours; None when the element was not reported.
    pub ours: Option<Verdict>,
    /// The words.
    pub text: String,
    /// Why the label is what it is.
    pub why: String,
}

/// Scores over labelled fragments.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct BankScores {
    /// Over all.
    pub overall: Bank,
    /// Per element, by id.
    pub elements: BTreeMap<String, Bank>,
    /// What went wrong, in the order of the files.
    pub misses: Vec<FragmentMiss>,
    /// Figures, over the fragments that are labelled with them.
    pub figures: FigureScores,
}

impl BankScores {
    /// Scores fragments with our verdict on each one's element.
    pub fn of<'a>(pairs: impl IntoIterator<Item = (&'a Fragment, Option<Verdict>)>, selection: &Selection) -> BankScores {
        let mut scores = BankScores::default();
        for (fragment, ours) in pairs.into_iter().filter(|(f, _)| selection.takes(&f.element)) {
            let element = scores.elements.entry(fragment.element.clone()).or_default();
            for bank in [element, &mut scores.overall] {
                bank.add(fragment.verdict, ours);
            }
            if ours != Some(fragment.verdict) {
                scores.misses.push(FragmentMiss {
                    place: fragment.place.clone(),
                    element: fragment.element.clone(),
                    truth: fragment.verdict,
                    ours,
                    text: fragment.text.clone(),
                    why: fragment.why.clone(),
                });
            }
        }
        scores.elements.values_mut().for_each(Bank::close);
        scores.overall.close();
        scores
    }
}

impl Bank {
    fn add(&mut self, truth: Verdict, ours: Option<Verdict>) {
        self.fragments += 1;
        self.exact += usize::from(ours == Some(truth));
        match (truth == Verdict::Found, ours == Some(Verdict::Found)) {
            (true, true) => self.true_found += 1,
            (false, true) => self.false_found += 1,
            (true, false) => self.lost += 1,
            (false, false) => {}
        }
    }

    fn close(&mut self) {
        self.exact_share = share(self.exact, self.fragments);
        self.precision = share(self.true_found, self.true_found + self.false_found);
        self.recall = share(self.true_found, self.true_found + self.lost);
        self.f1 = share(2 * self.true_found, 2 * self.true_found + self.false_found + self.lost);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = r#"{"element": "N1.a", "verdict": "found", "kind": "table", "doc": "plan", "heading": "Ons verband", "text": "Gemeente | Bestuur\nEpe | X", "why": "w"}
{"element": "N1.a", "verdict": "weak", "kind": "list", "doc": "jaarverslag", "heading": null, "text": "Wij zijn:\nA\n- B\n1. C"}
{"figures": [], "text": "x"}
"#;

    #[test]
    fn fragments_become_documents() {
        let all = fragments("n.jsonl", LINES, None).unwrap();
        assert_eq!(all.len(), 2);
        assert_eq!(all[0].markdown(), "# Ons verband\n\n| Gemeente | Bestuur |\n|---|---|\n| Epe | X |\n");
        assert_eq!(all[1].markdown(), "Wij zijn:\n- A\n- B\n1. C\n");
        assert_eq!(all[1].place, "n.jsonl:2");
        assert_eq!(all[1].document_kind(), DocumentKind::Jaarverslag);
        assert!(fragments("n.jsonl", "{", None).unwrap_err().starts_with("n.jsonl:1 is geen fragment"));
    }

    #[test]
    fn parts_divide_the_lines() {
        let part = |p: &str| fragments("n", LINES, Some(p.parse().unwrap())).unwrap().len();
        assert_eq!((part("1/2"), part("2/2"), part("1/1")), (1, 1, 2));
        for wrong in ["0/2", "3/2", "1", "a/b"] {
            assert!(wrong.parse::<Part>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn found_against_the_rest() {
        let all = fragments("n", LINES, None).unwrap();
        let ours = [Some(Verdict::Found), Some(Verdict::Found)];
        let scores = BankScores::of(all.iter().zip(ours), &Selection::default());
        assert_eq!((scores.overall.precision, scores.overall.recall, scores.overall.f1), (Some(0.5), Some(1.0), Some(0.6667)));
        assert_eq!(scores.misses.len(), 1);
    }
}
