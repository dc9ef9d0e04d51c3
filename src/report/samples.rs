//! A run made by hand, for the tests of the renderers.

use crate::document::Place;
use crate::dossier::Sector;
use crate::engine::considered::{Considered, Ground, GroundKind, Shares, Step, Weighed};
use crate::engine::outcome::*;
use crate::language::Status;
use crate::run::{Change, ChangeKind, DocumentRun, DossierRun, Fit, Framework, Judgement, ReadStatus, Rule, Run, Waiver, WaiverState};
use jiff::civil::date;

/// A passage on a page of the plan.
pub fn evidence(page: u32, quote: &str, status: Status, why: &str) -> Evidence {
    let place = Place { page, page_label: Some((page - 1).to_string()), line: 12, bbox: Some([72.04, 500.0, 523.333, 512.5]), ocr: false };
    let section = vec!["5 Totstandkoming".to_owned(), "5.2 Instemming".to_owned()];
    Evidence { document: 0, places: vec![place], section, quote: quote.to_owned(), status, why: why.to_owned() }
}

/// An element of N3.
pub fn element(id: &str, title: &str, verdict: Verdict) -> ElementOutcome {
    ElementOutcome {
        id: id.to_owned(),
        norm: id.split('.').next().unwrap().to_owned(),
        title: title.to_owned(),
        clause: "WMS art. 14a".to_owned(),
        verdict,
        message: format!("Wat er is met {title}."),
        hint: None,
        belongs: None,
        evidence: Vec::new(),
        nearest: Vec::new(),
        by: Reading::First,
        considered: None,
    }
}

/// Two documents, of which one cannot be read, and one norm with an element of each verdict.
pub fn run() -> Run {
    let adopted = evidence(4, "Het bestuur heeft het plan op 15 april 2014 vastgesteld.", Status::Asserted, "datum en orgaan");
    let intended = evidence(5, "De raad stemt naar verwachting in mei met het plan in.", Status::Intended, "voornemen: nog niet gebeurd");
    let elements = vec![
        ElementOutcome { evidence: vec![adopted.clone()], ..element("N3.a", "vaststelling", Verdict::Found) },
        ElementOutcome {
            evidence: vec![intended.clone()],
            hint: Some("Noem de datum waarop de ondersteuningsplanraad heeft ingestemd.".to_owned()),
            belongs: Some("5.2 Instemming".to_owned()),
            ..element("N3.b", "instemming ondersteuningsplanraad", Verdict::Weak)
        },
        ElementOutcome { nearest: vec![intended], ..element("N3.c", "volgorde", Verdict::Missing) },
        element("N3.d", "looptijd ten hoogste vier jaar", Verdict::Contradicted),
        element("N3.e", "uit het register", Verdict::NotTestable),
        element("N3.f", "buiten de periode", Verdict::NotApplicable),
    ];
    let norms = vec![NormOutcome { id: "N3".into(), title: "Ondersteuningsplan".into(), statutory: true, verdict: Verdict::Weak }];
    let facts = FactSheet {
        vaststelling: Some(Fact { value: date(2014, 4, 15), evidence: Some(adopted) }),
        oogo: vec![Fact { value: date(2014, 3, 19), evidence: None }],
        plan_period: Some(Fact { value: (date(2014, 8, 1), date(2018, 7, 31)), evidence: None }),
        gemeenten: vec![Fact { value: "Epe".into(), evidence: None }],
        ..FactSheet::default()
    };
    let verdict = Verdict::Contradicted;
    let aspects = vec![AspectOutcome { title: "Naleving".into(), norms: vec!["N3".into()], verdict }];
    let frameworks = vec![FrameworkOutcome { framework: "toezichtkader-2013".into(), verdict: Some(verdict), aspects, norms, elements }];
    let plan = DocumentRun {
        path: "plan.pdf".into(),
        kind: Some(DocumentKind::Ondersteuningsplan),
        sha256: Some("00".repeat(32)),
        status: ReadStatus::Partial,
        error: None,
        pages: 27,
        pages_without_text: vec![4, 7, 8],
        pages_by_ocr: Vec::new(),
        warnings: vec!["bladzijde 9 is beschadigd".into()],
    };
    let broken = DocumentRun::unreadable("kapot.pdf", None, None, "het bestand is leeg (0 bytes); lever het document opnieuw aan".into());
    let rule = |e: &ElementOutcome| Rule {
        id: e.id.clone(),
        norm: e.norm.clone(),
        statutory: true,
        title: e.title.clone(),
        asks: format!("Vraagt om {}.", e.title),
        clause: e.clause.clone(),
    };
    let rules = frameworks[0].elements.iter().map(rule).collect();
    Run {
        frameworks: vec![Framework { id: "toezichtkader-2013".into(), title: "Toezichtkader 2013".into(), digest: "abc".into(), rules }],
        dossiers: vec![DossierRun {
            path: "map/voorbeeld".into(),
            naam: Some("Stichting Voorbeeld".into()),
            nummer: Some("PO3099".into()),
            sector: Some(Sector::Po),
            documents: vec![plan, broken],
            outcome: Outcome { facts, frameworks },
            page: String::new(),
            warnings: Vec::new(),
            judgements: Vec::new(),
            waivers: Vec::new(),
            changes: None,
            pictures: Vec::new(),
        }],
        ..Run::default()
    }
}

/// As [`run`], with what people give beside the documents: judgements, waivers, a baseline.
pub fn run_with_lists() -> Run {
    let mut run = run();
    run.remarks = vec!["oordelen.csv, regel 9: 'PO3001' is geen nummer, naam of pad van een dossier in dit verslag.".into()];
    run.gone = vec!["map/weg".into()];
    let dossier = &mut run.dossiers[0];
    dossier.warnings = vec!["naam: swv.csv zegt 'Een' (regel 2) en dossier.toml 'Twee'; dossier.toml geldt.".into()];
    let judgement = |element: &str, verdict, fit| Judgement {
        element: element.into(),
        verdict,
        reason: "zie de notulen".into(),
        initials: "AB".into(),
        fit,
    };
    dossier.judgements = vec![
        judgement("N3.b", Verdict::Found, Fit::Differs),
        judgement("N3.a", Verdict::Found, Fit::Outdated("het bewijs is veranderd sinds dit oordeel".into())),
        judgement("N3.f", Verdict::NotApplicable, Fit::Agrees),
    ];
    let waiver = |element: &str, until, state| Waiver { element: element.into(), reason: "de raad is nieuw".into(), until, state };
    dossier.waivers = vec![
        waiver("N3.c", Some(date(2026, 12, 31)), WaiverState::Holds),
        waiver("N3.b", Some(date(2014, 5, 1)), WaiverState::Expired),
        waiver("N3.a", None, WaiverState::Idle),
    ];
    let change =
        |element: &str, kind, was| Change { framework: "toezichtkader-2013".into(), element: element.into(), kind, was: Some(was) };
    dossier.changes = Some(vec![
        change("N3.a", ChangeKind::Gone, Verdict::Missing),
        change("N3.b", ChangeKind::Same, Verdict::Missing),
        change("N3.c", ChangeKind::Same, Verdict::Missing),
        change("N3.d", ChangeKind::New, Verdict::Found),
    ]);
    run
}

/// What was considered for an intention to consent.
pub fn considered(poison: &str) -> Considered {
    let ground = |kind, what: &str, weight: f32| Ground { kind, pro: weight > 0.0, what: what.to_owned(), weight: Some(weight) };
    let step = |verdict, text: &str, holds| Step { verdict, text: text.to_owned(), holds };
    let mut evidence = evidence(5, "De raad stemt naar verwachting in mei met het plan in.", Status::Intended, "voornemen");
    evidence.quote.push_str(poison);
    let grounds = vec![
        ground(GroundKind::Word, "\"instemt\"", 1.26),
        ground(GroundKind::Word, "\"raad\"", 0.4),
        ground(GroundKind::Status, &format!("\"verwacht{}\" (voornemen)", poison), -2.1),
    ];
    let passage = Weighed {
        evidence,
        of: Some("N3.a".into()),
        sentences: 3,
        verdict: Verdict::Weak,
        shares: Some(Shares { found: 12, weak: 70, contradicted: 1, missing: 9, topic: 92 }),
        grounds,
        small: Some((41, 0.6)),
    };
    let steps =
        vec![step(Verdict::Found, "vanaf 40%; de hoogste haalt 12%", false), step(Verdict::Weak, "vanaf 35%; de hoogste haalt 70%", true)];
    Considered { passages: vec![passage], more: 7, toward: Verdict::Found, compared: vec!["de planperiode: onbekend".into()], steps }
}

/// Puts `poison` into every text that comes from a document or a file name.
pub fn poison(run: &mut Run, poison: &str) {
    run.remarks.iter_mut().chain(&mut run.gone).for_each(|text| text.push_str(poison));
    for dossier in &mut run.dossiers {
        dossier.path.push_str(poison);
        dossier.naam.as_mut().unwrap().push_str(poison);
        for judgement in &mut dossier.judgements {
            judgement.reason.push_str(poison);
            judgement.initials.push_str(poison);
        }
        dossier.waivers.iter_mut().for_each(|w| w.reason.push_str(poison));
        dossier.warnings.iter_mut().for_each(|w| w.push_str(poison));
        for document in &mut dossier.documents {
            document.path.push_str(poison);
            document.warnings.push(poison.to_owned());
            document.error.iter_mut().for_each(|e| e.push_str(poison));
        }
        for element in dossier.outcome.frameworks.iter_mut().flat_map(|f| &mut f.elements) {
            element.message.push_str(poison);
            element.belongs = Some(poison.to_owned());
            for e in element.evidence.iter_mut().chain(&mut element.nearest) {
                e.quote.push_str(poison);
                e.why.push_str(poison);
                e.section.push(poison.to_owned());
                e.places[0].page_label = Some(poison.to_owned());
            }
        }
        for name in &mut dossier.outcome.facts.gemeenten {
            name.value.push_str(poison);
        }
    }
}
