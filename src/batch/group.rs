//! Which loose documents belong together: those that bear the same number of a samenwerkingsverband, else the same name.

use crate::dossier::{DocumentEntry, Dossier, name_key, shown};
use crate::pipeline::Identity;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// Words that stand in the name of any samenwerkingsverband: those alone name none.
const COMMON: [&str; 14] =
    ["passend", "onderwijs", "primair", "voortgezet", "speciaal", "po", "vo", "pvo", "regio", "regionaal", "de", "het", "van", "in"];

/// A loose document and of whom it says it is.
#[derive(Clone, Debug)]
pub struct Loose {
    /// The file.
    pub file: PathBuf,
    /// Of whom.
    pub identity: Identity,
}

/// Documents that belong together.
#[derive(Debug)]
pub struct Group {
    /// As a dossier.
    pub dossier: Dossier,
    /// The number and name they bear, as the first that has one gives it.
    pub identity: Identity,
    /// How they came together: a Dutch sentence.
    pub how: String,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum By {
    Number(String),
    Name(String),
    /// Nothing: its place in the list.
    Itself(usize),
}

/// Groups documents; the groups come in the order of their first document.
pub fn group(loose: &[Loose]) -> Vec<Group> {
    // A document with a name only goes with the number that alone bears this name.
    let mut numbers: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for l in loose {
        if let (Some(name), Some(number)) = (name(l), &l.identity.nummer) {
            let of = numbers.entry(name).or_default();
            if !of.contains(&number.as_str()) {
                of.push(number);
            }
        }
    }
    let by = |n: usize, l: &Loose| match (&l.identity.nummer, name(l)) {
        (Some(number), _) => By::Number(number.clone()),
        (None, Some(name)) => match numbers.get(&name).map(Vec::as_slice) {
            Some([number]) => By::Number((*number).to_owned()),
            _ => By::Name(name),
        },
        (None, None) => By::Itself(n),
    };
    let mut order: Vec<By> = Vec::new();
    let mut members: BTreeMap<By, Vec<&Loose>> = BTreeMap::new();
    for (n, l) in loose.iter().enumerate() {
        let by = by(n, l);
        if !members.contains_key(&by) {
            order.push(by.clone());
        }
        members.entry(by).or_default().push(l);
    }
    order.iter().map(|by| made(by, &members[by])).collect()
}

fn made(by: &By, members: &[&Loose]) -> Group {
    let home = common(members);
    let documents = members.iter().map(|l| {
        let path = shown(l.file.strip_prefix(&home).unwrap_or(&l.file));
        DocumentEntry { path, file: l.file.clone(), kind: None, ontvangen: None }
    });
    let dossier = match members {
        [one] => Dossier::of_file(&one.file),
        _ => Dossier { path: shown(&home), documents: documents.collect(), ..Dossier::default() },
    };
    let nummer = members.iter().find_map(|l| l.identity.nummer.clone());
    let naam = members.iter().find_map(|l| l.identity.naam.clone());
    let identity = Identity { nummer, naam };
    let count = members.len();
    let how = match (by, count) {
        (By::Number(number), 1) => format!("Dit document heeft geen dossier.toml; in het document staat het nummer {number}."),
        (By::Number(number), _) => {
            format!("Deze {count} documenten hebben geen dossier.toml; ze horen bij elkaar door het nummer {number} of de naam daarbij.")
        }
        (By::Name(_), 1) => "Dit document heeft geen dossier.toml; in het document staat een naam en geen nummer.".to_owned(),
        (By::Name(_), _) => format!(
            "Deze {count} documenten hebben geen dossier.toml; ze horen bij elkaar door de naam {}. Controleer dat: een nummer staat er niet in.",
            identity.naam.as_deref().unwrap_or_default()
        ),
        (By::Itself(_), _) => {
            "Dit document heeft geen dossier.toml en er is geen nummer of naam in gevonden; daarom staat het alleen.".to_owned()
        }
    };
    Group { dossier, identity, how }
}

/// The name by what spellings of it share; None when that tells it from no other.
fn name(l: &Loose) -> Option<String> {
    let key = name_key(l.identity.naam.as_deref()?);
    key.split(' ').any(|word| !word.is_empty() && !COMMON.contains(&word)).then_some(key)
}

/// The deepest folder around all.
fn common(members: &[&Loose]) -> PathBuf {
    let mut folders = members.iter().map(|l| l.file.parent().unwrap_or(Path::new("")).components().collect::<Vec<Component>>());
    let first = folders.next().unwrap_or_default();
    let depth = folders.fold(first.len(), |depth, other| first.iter().zip(&other).take(depth).take_while(|(a, b)| a == b).count());
    first[..depth].iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Number and name of "a/b.pdf PO3099 De Brug"; "-" is none.
    fn loose(line: &str) -> Loose {
        let mut parts = line.splitn(3, ' ');
        let mut part = || parts.next().filter(|p| *p != "-").map(str::to_owned);
        Loose { file: part().unwrap().into(), identity: Identity { nummer: part(), naam: part() } }
    }

    fn grouped(lines: &[&str]) -> Vec<String> {
        let all: Vec<Loose> = lines.iter().map(|l| loose(l)).collect();
        let shown = |g: Group| {
            let documents: Vec<String> = g.dossier.documents.into_iter().map(|d| d.path).collect();
            format!("{}: {}", g.dossier.path, documents.join(" "))
        };
        group(&all).into_iter().map(shown).collect()
    }

    #[test]
    fn the_number_brings_together() {
        let lines = ["in/a/plan.pdf PO3099 De Brug", "in/b.pdf VO1001 De Brug", "in/c/d/verslag.pdf PO3099 Brug"];
        assert_eq!(grouped(&lines), ["in: a/plan.pdf c/d/verslag.pdf", "in/b.pdf: b.pdf"]);
    }

    #[test]
    fn else_the_name_does() {
        let lines = ["in/a.pdf - Stichting De Brûg", "in/b.pdf - Samenwerkingsverband de brug", "in/c.pdf - De Brug VO"];
        assert_eq!(grouped(&lines), ["in: a.pdf b.pdf", "in/c.pdf: c.pdf"]);
    }

    #[test]
    fn a_name_goes_with_the_number_that_alone_bears_it() {
        let lines = ["in/a.pdf - De Brug", "in/b.pdf PO3099 De Brug"];
        assert_eq!(grouped(&lines), ["in: a.pdf b.pdf"]);
        let lines = ["in/a.pdf - De Brug", "in/b.pdf PO3099 De Brug", "in/c.pdf VO3099 De Brug"];
        assert_eq!(grouped(&lines), ["in/a.pdf: a.pdf", "in/b.pdf: b.pdf", "in/c.pdf: c.pdf"]);
    }

    #[test]
    fn what_says_nothing_stands_alone() {
        let lines = ["a.pdf - -", "b.pdf - -", "c.pdf - Stichting Passend Onderwijs", "d.pdf - Passend Onderwijs"];
        assert_eq!(grouped(&lines), ["a.pdf: a.pdf", "b.pdf: b.pdf", "c.pdf: c.pdf", "d.pdf: d.pdf"]);
    }

    #[test]
    fn it_is_said_how_they_came_together() {
        let how = |lines: &[&str]| group(&lines.iter().map(|l| loose(l)).collect::<Vec<_>>()).remove(0).how;
        assert!(
            how(&["a.pdf PO3099", "b.pdf PO3099"])
                .starts_with("Deze 2 documenten hebben geen dossier.toml; ze horen bij elkaar door het nummer PO3099")
        );
        assert!(how(&["a.pdf - De Brug", "b.pdf - De Brug"]).contains("door de naam De Brug. Controleer dat"));
        assert!(how(&["a.pdf - -"]).contains("staat het alleen"));
    }
}
