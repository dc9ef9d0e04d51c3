//! The report as JSON, schema version 1. Own structs, so that the engine's types can change without changing what others read.

use super::Format;
use super::style::Style;
use crate::dossier::Sector;
use crate::engine::considered::{self, GroundKind};
use crate::engine::outcome::{self, DocumentKind, Verdict};
use crate::facts;
use crate::language::Status;
use crate::run::{self, ChangeKind, DocumentRun, DossierRun, ReadStatus, Run, WaiverState};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

/// The format.
pub const FORMAT: Format<Run> = Format { name: "json", about: "voor verwerking, met schema", render };

/// Goes up when something a reader relied on changes.
pub const SCHEMA_VERSION: u32 = 1;

/// The JSON Schema of this format.
pub fn schema() -> String {
    let schema = schemars::schema_for!(Check);
    serde_json::to_string_pretty(&schema).expect("a schema is JSON") + "\n"
}

fn render(run: &Run, _: Style) -> String {
    serde_json::to_string_pretty(&Check::of(run)).expect("strings and numbers are JSON") + "\n"
}

/// Report of `plantoets check`.
#[derive(Serialize, JsonSchema)]
struct Check<'a> {
    /// Version of this form.
    schema_version: u32,
    /// The program.
    tool: Tool,
    /// The frameworks applied.
    frameworks: Vec<Framework<'a>>,
    /// The dossiers, in the order given.
    dossiers: Vec<Dossier<'a>>,
    /// What a user should know of the run as a whole, in Dutch.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    remarks: &'a [String],
    /// With a baseline: paths of the dossiers that it has and this run has not.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    gone: &'a [String],
}

/// The program that wrote the report.
#[derive(Serialize, JsonSchema)]
pub(super) struct Tool {
    /// Its name.
    name: &'static str,
    /// Its version.
    version: &'static str,
}

pub(super) const TOOL: Tool = Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };

/// A framework that was applied.
#[derive(Serialize, JsonSchema)]
struct Framework<'a> {
    /// Its id.
    id: &'a str,
    /// Digest of its rule files: the same digest, the same rules.
    digest: &'a str,
}

/// All documents of one samenwerkingsverband for one round.
#[derive(Serialize, JsonSchema)]
struct Dossier<'a> {
    /// Path as given, `/` between folders.
    path: &'a str,
    /// As the dossier describes it.
    samenwerkingsverband: Samenwerkingsverband<'a>,
    /// Its documents.
    documents: Vec<Document<'a>>,
    /// What was read in the documents.
    facts: Facts<'a>,
    /// Where those facts stand, in their order; facts that the dossier gave have no place.
    fact_places: Vec<FactPlace<'a>>,
    /// Verdict per framework of which all was asked for.
    frameworks: Vec<FrameworkVerdict<'a>>,
    /// Verdict per aspect of a framework of which every norm was asked for.
    aspects: Vec<Aspect<'a>>,
    /// Verdict per norm.
    norms: Vec<Norm<'a>>,
    /// Verdict per element, in the framework's order.
    elements: Vec<Element<'a>>,
    /// What a user should know of the dossier as a whole, in Dutch.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    warnings: &'a [String],
    /// What analysts judged; it stands beside the verdicts and changes none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    judgements: Vec<Judgement<'a>>,
    /// Findings that do not count for the exit code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    waivers: Vec<Waiver<'a>>,
}

/// What an analyst judged.
#[derive(Serialize, JsonSchema)]
struct Judgement<'a> {
    /// The element; of one that is not in the report as the analyst wrote it.
    element: &'a str,
    /// The analyst's verdict.
    verdict: Verdict,
    /// Why.
    reason: &'a str,
    /// Whose.
    initials: &'a str,
    /// How it stands to the verdict and evidence of now.
    fit: Fit,
    /// Why it no longer fits, in Dutch.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a str>,
}

/// How a judgement stands to the verdict and evidence of now.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Fit {
    /// The same verdict.
    Agrees,
    /// Another verdict on the same evidence.
    Differs,
    /// It no longer fits.
    Outdated,
}

/// A finding that does not count.
#[derive(Serialize, JsonSchema)]
struct Waiver<'a> {
    /// The element.
    element: &'a str,
    /// Why.
    reason: &'a str,
    /// The last day it holds; null without an end.
    until: Option<String>,
    /// What it does.
    state: WaiverState,
}

/// The samenwerkingsverband as `dossier.toml` gives it.
#[derive(Serialize, JsonSchema)]
struct Samenwerkingsverband<'a> {
    /// Name.
    naam: Option<&'a str>,
    /// Number, in the spelling PO3099.
    nummer: Option<&'a str>,
    /// Sector.
    sector: Option<Sector>,
}

/// A document.
#[derive(Serialize, JsonSchema)]
struct Document<'a> {
    /// Path relative to the dossier.
    path: &'a str,
    /// Its kind: as given, else as recognised.
    kind: Option<DocumentKind>,
    /// SHA-256 of its bytes; null when there were none.
    sha256: Option<&'a str>,
    /// How much was read.
    status: ReadStatus,
    /// Why nothing was read.
    error: Option<&'a str>,
    /// Number of pages.
    pages: usize,
    /// Pages, from 1, without a text layer.
    pages_without_text: &'a [u32],
    /// Pages, from 1, without a text layer that were read by OCR: what they say may be wrong.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pages_by_ocr: &'a [u32],
    /// What a user should know of the reading.
    warnings: &'a [String],
}

/// What was read in the documents or given by the dossier. Days are ISO 8601; null when it was not found.
#[derive(Serialize, JsonSchema)]
struct Facts<'a> {
    /// Name of the samenwerkingsverband.
    naam: Option<&'a str>,
    /// Its number.
    nummer: Option<&'a str>,
    /// Legal form.
    rechtsvorm: Option<&'a str>,
    /// Founding.
    oprichting: Option<String>,
    /// Adoption of the plan.
    vaststelling: Option<String>,
    /// Consent of the ondersteuningsplanraad.
    instemming_opr: Option<String>,
    /// Dates of the overleg with the municipalities.
    oogo: Vec<String>,
    /// Sent to the inspectie, by the text.
    inzending: Option<String>,
    /// Received by the inspectie, by the dossier.
    ontvangen: Option<String>,
    /// First and last day of the plan period.
    plan_period: Option<[String; 2]>,
    /// Municipalities of the region.
    gemeenten: Vec<&'a str>,
    /// Figures of the risk parameters, by measure and year. Two documents, or two places, may tell different ones.
    figures: Vec<Figure<'a>>,
}

/// A figure of a risk parameter.
#[derive(Serialize, JsonSchema)]
struct Figure<'a> {
    /// What was counted: "thuiszitters_totaal", "thuiszitters_absoluut", "thuiszitters_relatief", "deelname_sbo", "deelname_so",
    /// "deelname_vso", "instroom", "uitstroom", "tlv", "klachten", "bezwaren", "geschillen", "scholen_aangepast_toezicht".
    measure: &'static str,
    /// For a flow or a toelaatbaarheidsverklaring the kind of school, where it is named: "sbo", "so", "vso".
    school_kind: Option<&'static str>,
    /// A calendar year ("2016"), a school year ("2016-2017"), or years taken together ("2019-2021").
    year: String,
    /// How many.
    value: f64,
    /// Of what: "leerlingen", "aantal" (of documents, cases, schools), "%" (of the pupils).
    unit: &'static str,
    /// Where it stands; in a table the row.
    evidence: Option<Evidence<'a>>,
}

/// Where a fact stands.
#[derive(Serialize, JsonSchema)]
struct FactPlace<'a> {
    /// Its key in `facts`.
    fact: &'static str,
    /// Where it stands.
    evidence: Evidence<'a>,
}

/// Verdict on a framework: the worst of its norms.
#[derive(Serialize, JsonSchema)]
struct FrameworkVerdict<'a> {
    /// Its id.
    id: &'a str,
    /// The verdict.
    verdict: Verdict,
}

/// Verdict on an aspect, such as "1 Resultaten": the worst of its norms.
#[derive(Serialize, JsonSchema)]
struct Aspect<'a> {
    /// Dutch title.
    title: &'a str,
    /// Its framework.
    framework: &'a str,
    /// Ids of its norms.
    norms: &'a [String],
    /// The verdict.
    verdict: Verdict,
}

/// Verdict on a norm: the worst of its applicable elements.
#[derive(Serialize, JsonSchema)]
struct Norm<'a> {
    /// Its id.
    id: &'a str,
    /// Its framework.
    framework: &'a str,
    /// The verdict.
    verdict: Verdict,
}

/// Verdict on an element.
#[derive(Serialize, JsonSchema)]
struct Element<'a> {
    /// Its id.
    id: &'a str,
    /// Its norm.
    norm: &'a str,
    /// Its framework.
    framework: &'a str,
    /// Dutch title.
    title: &'a str,
    /// The verdict.
    verdict: Verdict,
    /// What is the matter, in Dutch.
    message: &'a str,
    /// What a writer can add, in Dutch.
    hint: Option<&'a str>,
    /// The passages the verdict rests on, strongest first.
    evidence: Vec<Evidence<'a>>,
    /// The nearest passages, for missing and weak.
    nearest: Vec<Evidence<'a>>,
    /// Short hash of the verdict and what it rests on: for the column `kenmerk` of oordelen.csv.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    fingerprint: String,
    /// What became of the finding; only with a baseline, and only if it is or was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<Change>,
    /// The passages that were considered, the strongest first; only with `--explain`.
    #[serde(skip_serializing_if = "Option::is_none")]
    considered: Option<Vec<Considered<'a>>>,
    /// What tipped the decision; only with `--explain`.
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<Decision<'a>>,
}

/// What became of a finding since the baseline.
#[derive(Serialize, JsonSchema)]
struct Change {
    /// New, gone or the same.
    kind: ChangeKind,
    /// The verdict then; null when the dossier or element was not there.
    was: Option<Verdict>,
}

/// A passage that was considered.
#[derive(Serialize, JsonSchema)]
struct Considered<'a> {
    /// Its place and words.
    passage: Evidence<'a>,
    /// The element to which it belongs, when that is another one on which this leans.
    of: Option<&'a str>,
    /// So many sentences were read together; the quote is the one that says most.
    sentences: usize,
    /// What it shows by itself; "missing": nothing.
    verdict: Verdict,
    /// Its shares, where evidence is weighed.
    shares: Option<Shares>,
    /// What counted: what was for it, then what was against.
    grounds: Vec<Ground<'a>>,
    /// The weights too small to name.
    small: Option<Small>,
}

/// Shares of a passage, in whole percents, rounded down.
#[derive(Serialize, JsonSchema)]
struct Shares {
    /// Shows the element.
    found: u8,
    /// A trace of it.
    weak: u8,
    /// The opposite.
    contradicted: u8,
    /// About it, and none of these.
    missing: u8,
    /// About what the element asks.
    topic: u8,
}

/// Something that counted.
#[derive(Serialize, JsonSchema)]
struct Ground<'a> {
    /// What it is.
    kind: GroundKind,
    /// For the verdict in `decision.toward`, or against it.
    #[serde(rename = "for")]
    pro: bool,
    /// In Dutch; words of the document stand in quotation marks.
    what: &'a str,
    /// How heavily it counts, where evidence is weighed: a difference in log odds.
    weight: Option<f64>,
}

/// Weights too small to name.
#[derive(Serialize, JsonSchema)]
struct Small {
    /// How many.
    count: usize,
    /// Together.
    weight: f64,
}

/// What tipped the decision.
#[derive(Serialize, JsonSchema)]
struct Decision<'a> {
    /// The verdict for and against which grounds count.
    toward: Verdict,
    /// How many more passages were considered.
    more: usize,
    /// What was compared, in Dutch.
    compared: &'a [String],
    /// The steps up to the one that held.
    steps: Vec<Step<'a>>,
}

/// A step of the decision.
#[derive(Serialize, JsonSchema)]
struct Step<'a> {
    /// The verdict it leads to.
    verdict: Verdict,
    /// What it asks and what there was, in Dutch.
    text: &'a str,
    /// Whether it held.
    holds: bool,
}

/// A passage with its place.
#[derive(Serialize, JsonSchema)]
struct Evidence<'a> {
    /// The document, as in `documents`.
    document: &'a str,
    /// Page, from 1, on which it begins.
    page: Option<u32>,
    /// Printed label of that page.
    page_label: Option<&'a str>,
    /// Line on that page, from 1; in a text file the line of the file.
    line: Option<u32>,
    /// Box of what stands on that page: x0, y0, x1, y1 in PDF points, origin at the lower left of the unrotated page.
    bbox: Option<[f64; 4]>,
    /// The words were read by OCR and may be wrong; look at the page itself. Absent when they were not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    ocr: bool,
    /// Headings around it, from the outermost in.
    section: &'a [String],
    /// The words.
    quote: &'a str,
    /// How it is said.
    status: Status,
    /// What makes it count, or why it does not, in Dutch.
    why: &'a str,
}

/// The report of one dossier, by the same contract, on one line.
pub(super) fn line(run: &Run, dossier: &DossierRun) -> String {
    serde_json::to_string(&Check::over(run, std::slice::from_ref(dossier))).expect("strings and numbers are JSON") + "\n"
}

impl<'a> Check<'a> {
    fn of(run: &'a Run) -> Self {
        Check { remarks: &run.remarks, gone: &run.gone, ..Check::over(run, &run.dossiers) }
    }

    fn over(run: &'a Run, dossiers: &'a [DossierRun]) -> Self {
        Check {
            schema_version: SCHEMA_VERSION,
            tool: TOOL,
            frameworks: run.frameworks.iter().map(|f| Framework { id: &f.id, digest: &f.digest }).collect(),
            dossiers: dossiers.iter().map(Dossier::of).collect(),
            remarks: &[],
            gone: &[],
        }
    }
}

impl<'a> Dossier<'a> {
    fn of(dossier: &'a DossierRun) -> Self {
        let documents = &dossier.documents;
        let frameworks = &dossier.outcome.frameworks;
        Dossier {
            path: &dossier.path,
            samenwerkingsverband: Samenwerkingsverband {
                naam: dossier.naam.as_deref(),
                nummer: dossier.nummer.as_deref(),
                sector: dossier.sector,
            },
            documents: documents.iter().map(Document::of).collect(),
            facts: Facts::of(&dossier.outcome.facts, documents),
            fact_places: fact_places(&dossier.outcome.facts, documents),
            frameworks: frameworks.iter().filter_map(|f| Some(FrameworkVerdict { id: &f.framework, verdict: f.verdict? })).collect(),
            aspects: frameworks
                .iter()
                .flat_map(|f| {
                    let aspect = |a: &'a outcome::AspectOutcome| Aspect {
                        title: &a.title,
                        framework: &f.framework,
                        norms: &a.norms,
                        verdict: a.verdict,
                    };
                    f.aspects.iter().map(aspect)
                })
                .collect(),
            norms: frameworks
                .iter()
                .flat_map(|f| f.norms.iter().map(|n| Norm { id: &n.id, framework: &f.framework, verdict: n.verdict }))
                .collect(),
            elements: frameworks.iter().flat_map(|f| f.elements.iter().map(|e| Element::of(e, &f.framework, dossier))).collect(),
            warnings: &dossier.warnings,
            judgements: dossier.judgements.iter().map(Judgement::of).collect(),
            waivers: dossier.waivers.iter().map(Waiver::of).collect(),
        }
    }
}

impl<'a> Judgement<'a> {
    fn of(judgement: &'a run::Judgement) -> Self {
        let (fit, why) = match &judgement.fit {
            run::Fit::Agrees => (Fit::Agrees, None),
            run::Fit::Differs => (Fit::Differs, None),
            run::Fit::Outdated(why) => (Fit::Outdated, Some(why.as_str())),
        };
        let run::Judgement { element, verdict, reason, initials, .. } = judgement;
        Judgement { element, verdict: *verdict, reason, initials, fit, why }
    }
}

impl<'a> Waiver<'a> {
    fn of(waiver: &'a run::Waiver) -> Self {
        let until = waiver.until.map(|day| day.to_string());
        Waiver { element: &waiver.element, reason: &waiver.reason, until, state: waiver.state }
    }
}

impl<'a> Document<'a> {
    fn of(document: &'a DocumentRun) -> Self {
        Document {
            path: &document.path,
            kind: document.kind,
            sha256: document.sha256.as_deref(),
            status: document.status,
            error: document.error.as_deref(),
            pages: document.pages,
            pages_without_text: &document.pages_without_text,
            pages_by_ocr: &document.pages_by_ocr,
            warnings: &document.warnings,
        }
    }
}

impl<'a> Facts<'a> {
    fn of(facts: &'a outcome::FactSheet, documents: &'a [DocumentRun]) -> Self {
        let text = |given: &'a Option<outcome::Fact<String>>| given.as_ref().map(|g| g.value.as_str());
        let day = |given: &Option<outcome::Fact<Date>>| given.as_ref().map(|g| g.value.to_string());
        Facts {
            naam: text(&facts.naam),
            nummer: text(&facts.nummer),
            rechtsvorm: text(&facts.rechtsvorm),
            oprichting: day(&facts.oprichting),
            vaststelling: day(&facts.vaststelling),
            instemming_opr: day(&facts.instemming_opr),
            oogo: facts.oogo.iter().map(|g| g.value.to_string()).collect(),
            inzending: day(&facts.inzending),
            ontvangen: day(&facts.ontvangen),
            plan_period: facts.plan_period.as_ref().map(|g| [g.value.0.to_string(), g.value.1.to_string()]),
            gemeenten: facts.gemeenten.iter().map(|g| g.value.as_str()).collect(),
            figures: facts.figures.iter().map(|f| Figure::of(f, documents)).collect(),
        }
    }
}

impl<'a> Figure<'a> {
    fn of(fact: &'a outcome::Fact<facts::Figure>, documents: &'a [DocumentRun]) -> Self {
        let figure = &fact.value;
        Figure {
            measure: figure.measure.name(),
            school_kind: figure.kind.map(facts::SchoolKind::name),
            year: figure.year.to_string(),
            value: figure.value,
            unit: figure.unit.name(),
            evidence: fact.evidence.as_ref().map(|e| Evidence::of(e, documents)),
        }
    }
}

fn fact_places<'a>(facts: &'a outcome::FactSheet, documents: &'a [DocumentRun]) -> Vec<FactPlace<'a>> {
    fn place<T>(fact: &outcome::Fact<T>) -> Option<&outcome::Evidence> {
        fact.evidence.as_ref()
    }
    let single = [
        ("naam", facts.naam.as_ref().and_then(place)),
        ("nummer", facts.nummer.as_ref().and_then(place)),
        ("rechtsvorm", facts.rechtsvorm.as_ref().and_then(place)),
        ("oprichting", facts.oprichting.as_ref().and_then(place)),
        ("vaststelling", facts.vaststelling.as_ref().and_then(place)),
        ("instemming_opr", facts.instemming_opr.as_ref().and_then(place)),
        ("inzending", facts.inzending.as_ref().and_then(place)),
        ("plan_period", facts.plan_period.as_ref().and_then(place)),
    ];
    let several = facts.oogo.iter().map(|f| ("oogo", place(f))).chain(facts.gemeenten.iter().map(|f| ("gemeenten", place(f))));
    single.into_iter().chain(several).filter_map(|(fact, e)| e.map(|e| FactPlace { fact, evidence: Evidence::of(e, documents) })).collect()
}

impl<'a> Element<'a> {
    fn of(element: &'a outcome::ElementOutcome, framework: &'a str, dossier: &'a DossierRun) -> Self {
        let documents = &dossier.documents;
        Element {
            id: &element.id,
            norm: &element.norm,
            framework,
            title: &element.title,
            verdict: element.verdict,
            message: &element.message,
            hint: element.hint.as_deref(),
            evidence: element.evidence.iter().map(|e| Evidence::of(e, documents)).collect(),
            nearest: element.nearest.iter().map(|e| Evidence::of(e, documents)).collect(),
            fingerprint: dossier.fingerprint(framework, &element.id),
            change: dossier.change_of(framework, &element.id).map(|c| Change { kind: c.kind, was: c.was }),
            considered: element.considered.as_ref().map(|c| c.passages.iter().map(|w| Considered::of(w, documents)).collect()),
            decision: element.considered.as_ref().map(Decision::of),
        }
    }
}

impl<'a> Considered<'a> {
    fn of(weighed: &'a considered::Weighed, documents: &'a [DocumentRun]) -> Self {
        let shares = |s: &considered::Shares| Shares {
            found: s.found,
            weak: s.weak,
            contradicted: s.contradicted,
            missing: s.missing,
            topic: s.topic,
        };
        let ground = |g: &'a considered::Ground| Ground { kind: g.kind, pro: g.pro, what: &g.what, weight: g.weight.map(hundredths) };
        Considered {
            passage: Evidence::of(&weighed.evidence, documents),
            of: weighed.of.as_deref(),
            sentences: weighed.sentences,
            verdict: weighed.verdict,
            shares: weighed.shares.as_ref().map(shares),
            grounds: weighed.grounds.iter().map(ground).collect(),
            small: weighed.small.map(|(count, weight)| Small { count, weight: hundredths(weight) }),
        }
    }
}

impl<'a> Decision<'a> {
    fn of(c: &'a considered::Considered) -> Self {
        let steps = c.steps.iter().map(|s| Step { verdict: s.verdict, text: &s.text, holds: s.holds });
        Decision { toward: c.toward, more: c.more, compared: &c.compared, steps: steps.collect() }
    }
}

/// Without a tail of digits that mean nothing.
fn hundredths(weight: f32) -> f64 {
    (f64::from(weight) * 100.0).round() / 100.0
}

impl<'a> Evidence<'a> {
    fn of(evidence: &'a outcome::Evidence, documents: &'a [DocumentRun]) -> Self {
        let place = evidence.places.first();
        Evidence {
            document: documents.get(evidence.document).map_or("", |d| &d.path),
            page: place.map(|p| p.page),
            page_label: place.and_then(|p| p.page_label.as_deref()),
            line: place.map(|p| p.line),
            bbox: place.and_then(|p| p.bbox).map(rounded),
            ocr: evidence.by_ocr(),
            section: &evidence.section,
            quote: &evidence.quote,
            status: evidence.status,
            why: &evidence.why,
        }
    }
}

/// To a hundredth of a point.
pub(super) fn rounded(bbox: [f32; 4]) -> [f64; 4] {
    bbox.map(|v| (f64::from(v) * 100.0).round() / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn the_json_has_the_shape_of_the_contract() {
        let value: serde_json::Value = serde_json::from_str(&render(&samples::run(), Style::PLAIN)).unwrap();
        assert_eq!(value["schema_version"], 1);
        assert_eq!(value["tool"]["name"], "plantoets");
        let dossier = &value["dossiers"][0];
        assert_eq!(dossier["samenwerkingsverband"]["sector"], "po");
        assert_eq!(dossier["documents"][1]["status"], "unreadable");
        assert_eq!(dossier["facts"]["vaststelling"], "2014-04-15");
        assert_eq!(dossier["facts"]["plan_period"], serde_json::json!(["2014-08-01", "2018-07-31"]));
        assert_eq!(dossier["norms"][0]["verdict"], "weak");
        let evidence = &dossier["elements"][1]["evidence"][0];
        assert_eq!(evidence["document"], "plan.pdf");
        assert_eq!(evidence["page_label"], "4");
        assert_eq!(evidence["bbox"], serde_json::json!([72.04, 500.0, 523.33, 512.5]));
        assert_eq!(evidence["status"], "intended");
    }

    #[test]
    fn what_is_given_beside_the_documents_is_told_and_valid_by_the_schema() {
        let value: serde_json::Value = serde_json::from_str(&render(&samples::run_with_lists(), Style::PLAIN)).unwrap();
        let dossier = &value["dossiers"][0];
        let judgement = |element: &str, verdict: &str, fit: &str| serde_json::json!({"element": element, "verdict": verdict, "reason": "zie de notulen", "initials": "AB", "fit": fit});
        assert_eq!(dossier["judgements"][0], judgement("N3.b", "found", "differs"));
        assert_eq!(dossier["judgements"][1]["why"], "het bewijs is veranderd sinds dit oordeel");
        let waiver = serde_json::json!({"element": "N3.c", "reason": "de raad is nieuw", "until": "2026-12-31", "state": "holds"});
        assert_eq!(dossier["waivers"][0], waiver);
        assert_eq!(dossier["elements"][1]["change"], serde_json::json!({"kind": "same", "was": "missing"}));
        assert!(dossier["elements"][5].get("change").is_none());
        assert_eq!((dossier["warnings"].as_array().unwrap().len(), value["gone"][0].as_str().unwrap()), (1, "map/weg"));
        assert_eq!(value["remarks"].as_array().unwrap().len(), 1);
        let schema: serde_json::Value = serde_json::from_str(&schema()).unwrap();
        let faults = jsonschema::validator_for(&schema).unwrap().iter_errors(&value).map(|e| e.to_string()).collect::<Vec<_>>();
        assert!(faults.is_empty(), "{faults:?}");
    }

    #[test]
    fn what_is_written_is_valid_by_the_schema() {
        let schema: serde_json::Value = serde_json::from_str(&schema()).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let mut run = samples::run();
        run.dossiers[0].outcome.frameworks[0].elements[1].considered = Some(samples::considered(""));
        let mut value: serde_json::Value = serde_json::from_str(&render(&run, Style::PLAIN)).unwrap();
        let elements = &value["dossiers"][0]["elements"];
        assert_eq!(elements[1]["considered"][0]["grounds"][0]["weight"], 1.26);
        assert_eq!(elements[1]["decision"]["steps"][1]["holds"], true);
        assert!(elements[0].get("considered").is_none() && elements[0].get("decision").is_none());
        assert!(validator.iter_errors(&value).next().is_none());
        value["dossiers"][0]["norms"][0]["verdict"] = "goed".into();
        assert!(!validator.is_valid(&value));
    }
}
