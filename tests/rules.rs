//! Every example of every element file is a test of its own: `cargo test --test rules N3.b` runs those of one element.

use libtest_mimic::{Arguments, Failed, Trial};
use plantoets::checks::Checks;
use plantoets::examples;
use std::sync::Arc;

fn main() {
    let arguments = Arguments::from_args();
    let checks = match Checks::embedded() {
        Ok(checks) => Arc::new(checks),
        Err(errors) => {
            errors.iter().for_each(|e| eprintln!("{e}"));
            std::process::exit(1);
        }
    };
    let mut trials = Vec::new();
    for (f, framework) in checks.frameworks.iter().enumerate() {
        for element in framework.norms.iter().flat_map(|n| &n.elements) {
            for (i, example) in element.examples().iter().enumerate() {
                let (checks, id, number) = (Arc::clone(&checks), element.id.clone(), i + 1);
                let name = format!("{id} example {number} {}", example.verdict.label());
                trials.push(Trial::test(name, move || {
                    let framework = &checks.frameworks[f];
                    let element = framework.norms.iter().flat_map(|n| &n.elements).find(|e| e.id == id).ok_or("no such element")?;
                    match examples::run(&checks, framework, element, number) {
                        None => Ok(()),
                        Some(x) => {
                            Err(Failed::from(format!("must be {}, got {}: {}\n{}", x.expected.label(), x.got.label(), x.message, x.text)))
                        }
                    }
                }));
            }
        }
    }
    // An example must be able to fail: one of each verdict, asked for another, is seen to fail.
    for (f, framework) in checks.frameworks.iter().enumerate() {
        for element in framework.norms.iter().flat_map(|n| &n.elements) {
            let (checks, id) = (Arc::clone(&checks), element.id.clone());
            trials.push(Trial::test(format!("{id} examples can fail"), move || {
                use plantoets::engine::outcome::Verdict;
                let framework = &checks.frameworks[f];
                let element = framework.norms.iter().flat_map(|n| &n.elements).find(|e| e.id == id).ok_or("no such element")?;
                let verdicts: std::collections::HashSet<Verdict> = element.examples().iter().map(|e| e.verdict).collect();
                if verdicts.len() < 2 {
                    return Err("all its examples have the same verdict: a rule that always says so would pass".into());
                }
                let Some(example) = element.examples().first() else { return Err("no examples".into()) };
                let got = examples::outcome(&checks, framework, element, example).ok_or("no outcome")?.verdict;
                let flipped = if example.verdict == Verdict::Missing { Verdict::Found } else { Verdict::Missing };
                if got == flipped { Err("got the flipped verdict".into()) } else { Ok(()) }
            }));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}
