//! The engine on the smallest texts that show a point of its own; what the rules find is tested by the examples in the rule files.

use plantoets::checks::{Checks, Files};
use plantoets::document::PageInfo;
use plantoets::engine::outcome::{DocumentKind, Outcome, Verdict};
use plantoets::engine::{Input, aggregate, assess, assess_only};
use plantoets::examples::analyse_text;

fn checks() -> Checks {
    Checks::embedded().unwrap_or_else(|e| panic!("{e:?}"))
}

fn verdict(outcome: &Outcome, id: &str) -> Verdict {
    outcome.frameworks.iter().flat_map(|f| &f.elements).find(|e| e.id == id).map(|e| e.verdict).expect("every element is reported")
}

#[test]
fn what_a_page_without_text_may_hold_is_not_called_missing() {
    let checks = checks();
    let text = "# Ondersteuningsplan 2022-2026\n\nWij helpen alle leerlingen.\n\n# Bijlage 2 Instemming ondersteuningsplanraad\n";
    let mut plan = analyse_text(&checks, None, text, DocumentKind::Ondersteuningsplan);
    let seen = assess(&Input { documents: vec![plan], ..Input::default() }, &checks, &["toezichtkader-2013"]);
    assert_ne!(verdict(&seen, "N3.b"), Verdict::NotTestable);
    plan = analyse_text(
        &checks,
        None,
        &text.replace("Instemming ondersteuningsplanraad", "Instemmingsbrief"),
        DocumentKind::Ondersteuningsplan,
    );
    plan.document.pages.push(PageInfo { number: 2, without_text: true, ..PageInfo::default() });
    let unseen = assess(&Input { documents: vec![plan], ..Input::default() }, &checks, &["toezichtkader-2013"]);
    let element = unseen.frameworks[0].elements.iter().find(|e| e.id == "N3.b").expect("reported");
    assert!(matches!(element.verdict, Verdict::NotTestable | Verdict::Weak), "{}", element.message);
    assert_eq!(verdict(&unseen, "N2.a"), Verdict::Missing, "the heading above the page does not speak of the legal form");
}

#[test]
fn a_plan_cannot_be_tested_on_a_jaarverslag_alone() {
    let checks = checks();
    let report = analyse_text(&checks, None, "In 2015 werkten wij aan het plan 2014-2018.", DocumentKind::Jaarverslag);
    let outcome = assess(&Input { documents: vec![report], ..Input::default() }, &checks, &["toezichtkader-2013"]);
    assert_eq!(verdict(&outcome, "N3.d"), Verdict::NotTestable);
    assert_eq!(verdict(&outcome, "N3.a"), Verdict::Missing);
}

#[test]
fn an_unreadable_plan_makes_its_elements_not_testable() {
    let checks = checks();
    let input = Input { unreadable: vec![DocumentKind::Ondersteuningsplan], ..Input::default() };
    let outcome = assess(&input, &checks, &["toezichtkader-2013"]);
    let element = outcome.frameworks[0].elements.iter().find(|e| e.id == "N3.a").expect("reported");
    assert_eq!(element.verdict, Verdict::NotTestable);
    assert!(element.message.contains("niet te lezen"), "{}", element.message);
}

#[test]
fn every_element_of_the_framework_is_reported_in_its_order() {
    let checks = checks();
    let outcome = assess(&Input::default(), &checks, &["toezichtkader-2013"]);
    let ids: Vec<&str> = outcome.frameworks[0].elements.iter().map(|e| e.id.as_str()).collect();
    // N1-N5, the indicators of the three quality aspects, the questions of the risk model: toezichtkader-2013.md.
    let letters = [
        ("N1", 3),
        ("N2", 3),
        ("N3", 4),
        ("N4", 2),
        ("N5", 4),
        ("1.1", 2),
        ("1.2", 4),
        ("1.3", 5),
        ("1.4", 2),
        ("1.5", 4),
        ("1.6", 4),
        ("2.1", 6),
        ("2.2", 4),
        ("2.3", 3),
        ("2.4", 6),
        ("2.5", 5),
        ("2.6", 5),
        ("3.1", 3),
        ("3.2", 5),
        ("3.3", 1),
        ("3.4", 2),
        ("3.5", 2),
        ("3.6", 3),
        ("R5", 9),
    ];
    let expected: Vec<String> = letters.iter().flat_map(|(n, m)| ('a'..).take(*m).map(move |l| format!("{n}.{l}"))).collect();
    assert_eq!(expected.len(), 91);
    assert_eq!(ids, expected);
}

#[test]
fn a_norm_is_as_bad_as_its_worst_applicable_element() {
    use Verdict::{Contradicted, Found, Missing, NotApplicable, NotTestable, Weak};
    let of = |v: &[Verdict]| aggregate(v.iter().copied());
    assert_eq!(of(&[Found, Weak, Contradicted, Missing]), Contradicted);
    assert_eq!(of(&[Found, Weak, Missing]), Missing);
    assert_eq!(of(&[Found, Weak, NotTestable]), Weak);
    assert_eq!(of(&[Found, NotTestable, NotApplicable]), Found);
    assert_eq!(of(&[NotTestable, NotApplicable]), NotTestable);
    assert_eq!(of(&[NotApplicable, NotApplicable]), NotApplicable);
}

#[test]
fn aspects_and_frameworks_are_as_bad_as_their_worst_norm() {
    let checks = checks();
    let outcome = assess(&Input::default(), &checks, &["toezichtkader-2013"]);
    let framework = &outcome.frameworks[0];
    let titles: Vec<&str> = framework.aspects.iter().map(|a| a.title.as_str()).collect();
    assert_eq!(titles, ["Naleving", "1 Resultaten", "2 Management en organisatie", "3 Kwaliteitszorg", "Risicomodel"]);
    let named: Vec<&String> = framework.aspects.iter().flat_map(|a| &a.norms).collect();
    assert_eq!(named, framework.norms.iter().map(|n| &n.id).collect::<Vec<_>>(), "every norm stands in one aspect, in order");
    for a in &framework.aspects {
        let worst = aggregate(framework.elements.iter().filter(|e| a.norms.contains(&e.norm)).map(|e| e.verdict));
        assert_eq!(a.verdict, worst, "{}", a.title);
    }
    assert_eq!(framework.verdict, Some(aggregate(framework.elements.iter().map(|e| e.verdict))));
    let part = assess_only(&Input::default(), &checks, &["toezichtkader-2013"], &|id| id.starts_with("R5") || id == "N1.a");
    let part = &part.frameworks[0];
    assert_eq!(part.verdict, None, "not over all norms");
    assert_eq!(part.aspects.iter().map(|a| a.title.as_str()).collect::<Vec<_>>(), ["Risicomodel"]);
}

#[test]
fn an_aspect_with_a_wrong_norm_is_told_with_its_place() {
    let changed = |from: &str, to: &str| {
        let files = Files::embedded();
        let text = |path: &str, text: &str| if path.ends_with("/framework.toml") { text.replace(from, to) } else { text.to_owned() };
        let given: Vec<_> = files.iter().map(|(path, t)| (path.to_owned(), text(path, t))).collect();
        Checks::from_files(Files::given(given)).err().expect("a fault").remove(0)
    };
    let unknown = changed("norms = [\"R5\"]", "norms = [\"R9\"]");
    assert!(unknown.message.contains("norm R9") && unknown.span.is_some(), "{unknown:?}");
    let twice = changed("norms = [\"R5\"]", "norms = [\"R5\", \"N1\"]");
    assert!(twice.message.contains("twee aspecten"), "{twice:?}");
}

/// An element that is asked for by itself gets what it gets among all others, and so does its norm.
#[test]
fn what_is_not_asked_for_changes_nothing() {
    let checks = checks();
    let text = "De ondersteuningsplanraad heeft op 12 april 2022 ingestemd met het ondersteuningsplan 2022-2026. Het bestuur stelde het vast op \
                20 april 2022.\n\n# Extra ondersteuning\n\nElke school heeft een begeleider; drie steunpunten en een sbo vangen de rest op.\n";
    let plan = || analyse_text(&checks, Some("Hoe het plan tot stand kwam"), text, DocumentKind::Ondersteuningsplan);
    let input = Input { documents: vec![plan()], ..Input::default() };
    let all = assess(&input, &checks, &["toezichtkader-2013"]);
    for whole in &all.frameworks[0].elements {
        let one = assess_only(&input, &checks, &["toezichtkader-2013"], &|id| id == whole.id);
        assert_eq!(one.facts, all.facts, "{}", whole.id);
        assert_eq!(one.frameworks[0].elements.iter().collect::<Vec<_>>(), [whole]);
        let norm = all.frameworks[0].norms.iter().find(|n| n.id == whole.norm);
        assert_eq!(one.frameworks[0].norms.iter().collect::<Vec<_>>(), norm.into_iter().collect::<Vec<_>>());
    }
}
