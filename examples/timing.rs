use plantoets::checks::Checks;
use plantoets::engine::outcome::DocumentKind;
use std::time::Instant;
fn main() {
    let t = Instant::now();
    let rules = plantoets::pipeline::Rules::load(None).ok().unwrap();
    println!("load all {:?}", t.elapsed());
    let text = std::fs::read_to_string("checks/taal/gewichten.tsv").unwrap();
    for _ in 0..3 { let t = Instant::now(); let m = plantoets::weighing::Model::parse(&text).unwrap(); println!("parse weights {:?} {}", t.elapsed(), m.elements.len()); }
    let checks: &Checks = rules.checks();
    for d in ["g01", "g05"] {
        let bytes = std::fs::read(format!("/work/shared/gold/{d}/document.pdf")).unwrap();
        for _ in 0..3 {
            let t = Instant::now();
            let source = plantoets::ingest::read("document.pdf", &bytes, &Default::default()).unwrap();
            let t1 = t.elapsed();
            let document = plantoets::document::build(&source);
            let t2 = t.elapsed();
            let language = plantoets::language::analyse(&document, &checks.lexicon);
            let t3 = t.elapsed();
            let facts = plantoets::facts::find(&document, &language.tokens, &language.vocabulary, &checks.gazetteer, &Default::default());
            let t4 = t.elapsed();
            let describer = plantoets::weighing::Describer::new(&document, &language, &facts, checks, DocumentKind::Ondersteuningsplan);
            let t5 = t.elapsed();
            let reader = checks.model.reader(&describer, &checks.lexicon);
            let t6 = t.elapsed();
            let ps = plantoets::weighing::passages::passages(&document, &language);
            let fs: Vec<_> = ps.iter().map(|p| describer.features(p)).collect();
            let t7 = t.elapsed();
            let n: usize = fs.iter().map(|f| reader.sum(f).own.len()).sum();
            let t8 = t.elapsed();
            println!("{d} read {t1:?} struct {:?} lang {:?} facts {:?} describer {:?} reader {:?} features {:?} sums {:?} passages {} {n}", t2 - t1, t3 - t2, t4 - t3, t5 - t4, t6 - t5, t7 - t6, t8 - t7, ps.len());
            let input = plantoets::engine::Input { documents: vec![plantoets::engine::Analysed { index: 0, kind: DocumentKind::Ondersteuningsplan, received: None, document, language, facts }], ..Default::default() };
            let t = Instant::now();
            plantoets::engine::assess(&input, checks, &["toezichtkader-2013"]);
            println!("   assess {:?}", t.elapsed());
        }
    }
}
