//! A run made by hand, for the tests of the renderers.

use crate::document::Place;
use crate::dossier::Sector;
use crate::engine::considered::{Considered, Ground, GroundKind, Shares, Step, Weighed};
use crate::engine::outcome::*;
use crate::language::Status;
use crate::run::{
    Change, ChangeKind, DocumentRun, DossierRun, Fit, Framework, Judgement, ReadStatus, Rule, Run, Waiver, WaiverState,
};
use jiff::civil::date;

/// A passage on a page of the plan.
pub fn evidence(page: u32, quote: &str, status: Status, why: &str) -> Evidence {
    let place = Place { page, page_label: Some((page - 1).to_string()), line: 12, bbox: Some([72.04, 500.0, 523.333, 512.5]) };
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

/// The same, with what people gave: a judgement, a waiver and a baseline; a page of its own, and remarks.
pub fn run_with_lists() -> Run {
    let mut run = run();
    let dossier = &mut run.dossiers[0];
    dossier.page = "po3099".into();
    let judgement = |element: &str, verdict, reason: &str, fit| Judgement {
        element: element.into(),
        verdict,
        reason: reason.into(),
        initials: "AB".into(),
        fit,
    };
    dossier.judgements = vec![
        judgement("N3.a", Verdict::Found, "Gezien.", Fit::Agrees),
        judgement("N3.b", Verdict::Found, "Zie de bijlage.", Fit::Differs),
        judgement("N3.d", Verdict::Weak, "Leest anders.", Fit::Outdated("het bewijs is veranderd sinds dit oordeel".into())),
    ];
    let until = Some(date(2014, 12, 31));
    dossier.waivers = vec![Waiver { element: "N3.b".into(), reason: "Toegezegd.".into(), until, state: WaiverState::Holds }];
    let change = |element: &str, kind, was| Change { framework: "toezichtkader-2013".into(), element: element.into(), kind, was };
    dossier.changes = Some(vec![
        change("N3.b", ChangeKind::Same, Some(Verdict::Missing)),
        change("N3.c", ChangeKind::New, None),
        change("N3.a", ChangeKind::Gone, Some(Verdict::Weak)),
    ]);
    dossier.warnings = vec!["De naam in swv.csv is anders.".into()];
    run.remarks = vec!["notities.docx is geen document dat plantoets leest.".into()];
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
    for dossier in &mut run.dossiers {
        dossier.path.push_str(poison);
        dossier.naam.as_mut().unwrap().push_str(poison);
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
