//! What an element asks, for `plantoets explain`.

use super::frame::wrap;
use super::harmless::harmless;
use super::style::{Paint, Style};
use crate::engine::outcome::Verdict;

/// What an element's rule file says of it, for a reader.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explanation {
    /// "N3.b".
    pub id: String,
    /// Dutch title.
    pub title: String,
    /// Title of its norm.
    pub norm: String,
    /// Title of its framework.
    pub framework: String,
    /// What it asks.
    pub asks: String,
    /// The clause it rests on.
    pub clause: String,
    /// What counts.
    pub counts: String,
    /// What does not.
    pub not_counts: String,
    /// What a writer can add.
    pub hint: String,
    /// Examples, with the verdict each has.
    pub examples: Vec<Example>,
}

/// An example of an element's rule file.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The text.
    pub text: String,
    /// The verdict it has.
    pub verdict: Verdict,
}

const WIDTH: usize = 92;

/// The explanation as text.
pub fn explanation(e: &Explanation, style: Style) -> String {
    let mut out = format!("{}\n", style.paint(Paint::Strong, &harmless(&format!("{} {}", e.id, e.title))));
    out += &format!("{}\n", harmless(&format!("Norm {} · {}", e.norm, e.framework)));
    let parts = [
        ("Wat wordt gevraagd", &e.asks),
        ("Grondslag", &e.clause),
        ("Wat telt", &e.counts),
        ("Wat niet telt", &e.not_counts),
        ("Wat een schrijver kan toevoegen", &e.hint),
    ];
    for (name, text) in parts.into_iter().filter(|(_, text)| !text.trim().is_empty()) {
        out += &format!("\n{}\n", style.paint(Paint::Strong, name));
        out += &paragraphs(text);
    }
    let counts = e.examples.iter().find(|x| x.verdict == Verdict::Found);
    let not = e.examples.iter().find(|x| x.verdict != Verdict::Found);
    for (name, example) in [("Voorbeeld dat telt", counts), ("Voorbeeld dat niet telt", not)] {
        let Some(example) = example else { continue };
        out += &format!("\n{} ({})\n", style.paint(Paint::Strong, name), style.verdict(example.verdict));
        out += &paragraphs(&example.text);
    }
    out
}

/// Paragraphs wrapped; items of a list and rows of a table keep a line of their own.
fn paragraphs(text: &str) -> String {
    let mut blocks: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines().map(str::trim) {
        let alone = line.starts_with(['-', '*', '|']) || line.contains(" | ");
        match blocks.last_mut() {
            Some(block) if open && !alone && !line.is_empty() => *block += &format!(" {line}"),
            _ if line.is_empty() => {}
            _ => blocks.push(line.to_owned()),
        }
        open = !line.is_empty() && !line.contains(" | ");
    }
    blocks.iter().flat_map(|block| wrap(&harmless(block), WIDTH)).map(|line| format!("  {line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_explanation_has_an_example_of_both() {
        let e = Explanation {
            id: "N3.b".into(),
            title: "instemming".into(),
            asks: "Heeft de raad\ningestemd?\n- een\n- twee\nen nog\na | b\nc".into(),
            examples: vec![
                Example { text: "De raad stemt in mei in.".into(), verdict: Verdict::Weak },
                Example { text: "De raad stemde op 10 april 2014 in.".into(), verdict: Verdict::Found },
            ],
            ..Explanation::default()
        };
        let text = explanation(&e, Style::PLAIN);
        assert!(text.contains("Voorbeeld dat telt (aangetroffen)\n  De raad stemde op 10 april 2014 in.\n"), "{text}");
        assert!(text.contains("Voorbeeld dat niet telt (onzeker)\n  De raad stemt in mei in.\n"), "{text}");
        assert!(text.contains("  Heeft de raad ingestemd?\n  - een\n  - twee en nog\n  a | b\n  c\n"), "{text}");
        assert!(!text.contains("Grondslag"), "{text}");
    }
}
