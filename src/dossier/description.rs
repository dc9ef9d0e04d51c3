//! `dossier.toml`: the types as written, and the faults in it with line and caret.

use super::error::{FileError, nearest};
use super::{DocumentEntry, Dossier, KINDS, Samenwerkingsverband, Sector, Waived, day, number, register};
use crate::engine::outcome::DocumentKind;
use jiff::civil::Date;
use serde::Deserialize;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use toml::Spanned;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Description {
    samenwerkingsverband: Option<Verband>,
    #[serde(default)]
    document: Vec<Entry>,
    register: Option<Register>,
    #[serde(default)]
    vrijstelling: Vec<Vrijstelling>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Verband {
    naam: Option<String>,
    nummer: Option<Spanned<String>>,
    sector: Option<Spanned<String>>,
    #[serde(default)]
    gemeenten: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    bestand: Spanned<String>,
    soort: Option<Spanned<String>>,
    ontvangen: Option<Spanned<toml::Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Register {
    scholen: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vrijstelling {
    element: Spanned<String>,
    reden: Spanned<String>,
    tot: Option<Spanned<toml::Value>>,
}

/// Faults collected while a description is read.
struct Faults<'a> {
    path: &'a str,
    text: &'a str,
    list: Vec<FileError>,
}

impl Faults<'_> {
    fn add(&mut self, span: Range<usize>, message: impl Into<String>, hint: impl Into<String>) {
        let (path, text) = (self.path.to_owned(), self.text.to_owned());
        self.list.push(FileError { path, text, span, message: message.into(), hint: Some(hint.into()) });
    }
}

/// Reads the description of the dossier in `folder`. `path` is the description as shown, `shown` the folder as shown.
/// Without a `[[document]]` the documents are left to the caller.
pub fn parse(path: &str, shown: &str, folder: &Path, text: &str) -> Result<Dossier, Vec<FileError>> {
    let mut faults = Faults { path, text, list: Vec::new() };
    let description: Description = match toml::from_str(text) {
        Ok(description) => description,
        Err(error) => {
            let (message, hint) = dutch(&error, text);
            faults.add(error.span().unwrap_or(0..0), message, hint);
            return Err(faults.list);
        }
    };
    let samenwerkingsverband = verband(description.samenwerkingsverband.unwrap_or_default(), &mut faults);
    let documents = description.document.iter().filter_map(|e| document(e, folder, &mut faults)).collect();
    let mut schools = None;
    if let Some(given) = description.register
        && let Some(file) = inside(&given.scholen, folder, &mut faults)
    {
        match std::fs::read(&file) {
            Ok(bytes) => match register::parse(&format!("{shown}/{}", given.scholen.get_ref()), &bytes) {
                Ok(read) => schools = Some(read),
                Err(error) => faults.list.push(*error),
            },
            Err(error) => faults.add(given.scholen.span(), super::find::io_message(&error), "verbeter de naam of haal [register] weg"),
        }
    }
    let waivers = waivers(description.vrijstelling, &mut faults);
    if faults.list.is_empty() {
        let description = if waivers.is_empty() { String::new() } else { text.to_owned() };
        Ok(Dossier { path: shown.to_owned(), samenwerkingsverband, documents, register: schools, waivers, description })
    } else {
        Err(faults.list)
    }
}

fn verband(given: Verband, faults: &mut Faults) -> Samenwerkingsverband {
    let nummer = given.nummer.as_ref().and_then(|n| {
        let nummer = number::normalise(n.get_ref());
        if nummer.is_none() {
            let message = format!("'{}' is geen nummer van een samenwerkingsverband", n.get_ref());
            faults.add(n.span(), message, "schrijf PO of VO en vier cijfers, bijvoorbeeld \"PO3099\"");
        }
        nummer
    });
    let by_number = nummer.as_deref().and_then(Sector::of_number);
    let sector = given.sector.as_ref().and_then(|s| match s.get_ref().to_lowercase().as_str() {
        "po" => Some(Sector::Po),
        "vo" => Some(Sector::Vo),
        other => {
            faults.add(s.span(), format!("'{other}' is geen sector"), "schrijf \"po\" of \"vo\"");
            None
        }
    });
    if let (Some(a), Some(b), Some(place)) = (sector, by_number, &given.sector)
        && a != b
    {
        faults.add(place.span(), "de sector is een andere dan die van het nummer", "verbeter de sector of het nummer");
    }
    Samenwerkingsverband { naam: given.naam, nummer, sector: sector.or(by_number), gemeenten: given.gemeenten }
}

fn document(entry: &Entry, folder: &Path, faults: &mut Faults) -> Option<DocumentEntry> {
    let kind = entry.soort.as_ref().and_then(|s| kind(s, faults));
    let ontvangen = entry.ontvangen.as_ref().and_then(|d| date(d, faults));
    let file = inside(&entry.bestand, folder, faults)?;
    Some(DocumentEntry { path: super::shown(Path::new(entry.bestand.get_ref())), file, kind, ontvangen })
}

fn waivers(given: Vec<Vrijstelling>, faults: &mut Faults) -> Vec<Waived> {
    let mut waivers: Vec<Waived> = Vec::new();
    for one in given {
        let (element, reason) = (one.element.get_ref().trim(), one.reden.get_ref().trim());
        if reason.is_empty() {
            faults.add(one.reden.span(), "deze vrijstelling heeft geen reden", "schrijf waarom deze bevinding niet meetelt");
        }
        if waivers.iter().any(|w| w.element.eq_ignore_ascii_case(element)) {
            let message = format!("voor '{element}' staat er al een vrijstelling");
            faults.add(one.element.span(), message, "haal een van de twee weg");
        }
        let until = one.tot.as_ref().and_then(|d| date(d, faults));
        waivers.push(Waived { element: element.to_owned(), reason: reason.to_owned(), until, span: one.element.span() });
    }
    waivers
}

fn kind(given: &Spanned<String>, faults: &mut Faults) -> Option<DocumentKind> {
    let lower = given.get_ref().to_lowercase();
    let found = KINDS.iter().find(|(name, _)| *name == lower).map(|(_, kind)| *kind);
    if found.is_none() {
        let hint = match nearest(&lower, KINDS.iter().map(|(name, _)| *name)) {
            Some(name) => format!("bedoelde u \"{name}\"?"),
            None => "kies uit \"ondersteuningsplan\", \"jaarverslag\" en \"bijlage\"".to_owned(),
        };
        faults.add(given.span(), format!("'{}' is geen soort document", given.get_ref()), hint);
    }
    found
}

fn date(given: &Spanned<toml::Value>, faults: &mut Faults) -> Option<Date> {
    let written = match given.get_ref() {
        toml::Value::Datetime(d) if d.time.is_none() => d.to_string(),
        toml::Value::String(s) => s.clone(),
        _ => String::new(),
    };
    let date = day::day(&written);
    if date.is_none() {
        faults.add(given.span(), "dit is geen datum", "schrijf jaar, maand en dag, zonder aanhalingstekens: 2014-04-24");
    }
    date
}

/// The file, when it lies inside the folder; a link that leads out of it is refused too.
fn inside(given: &Spanned<String>, folder: &Path, faults: &mut Faults) -> Option<PathBuf> {
    let name = given.get_ref();
    let path = Path::new(name);
    let hint = "zet het bestand in de map van het dossier en noem het van daaruit";
    if name.trim().is_empty() {
        faults.add(given.span(), "hier ontbreekt de naam van een bestand", hint);
        return None;
    }
    if name.contains('\\') {
        faults.add(given.span(), "een pad met \\ wordt niet gelezen", "schrijf / tussen mapnamen");
        return None;
    }
    if !path.components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir)) || name.contains(':') {
        faults.add(given.span(), "dit bestand ligt buiten de map van het dossier", hint);
        return None;
    }
    let file = folder.join(path);
    if let (Ok(real), Ok(home)) = (file.canonicalize(), folder.canonicalize())
        && !real.starts_with(&home)
    {
        faults.add(given.span(), "dit bestand is een verwijzing naar buiten de map van het dossier", hint);
        return None;
    }
    Some(file)
}

/// A toml error as message and hint in Dutch.
pub fn dutch(error: &toml::de::Error, text: &str) -> (String, String) {
    let message = error.message();
    let ticked: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    if message.starts_with("unknown field") || message.starts_with("unknown variant") {
        let what = if message.starts_with("unknown field") { "sleutel" } else { "waarde" };
        if let [given, known @ ..] = ticked.as_slice() {
            let list = known.join(", ");
            let hint = match nearest(given, known.iter().copied()) {
                Some(name) => format!("bedoelde u '{name}'? (bekend zijn hier: {list})"),
                None if known.is_empty() => "haal haar weg: hier horen geen sleutels".to_owned(),
                None => format!("bekend zijn hier: {list}"),
            };
            return (format!("onbekende {what} '{given}'"), hint);
        }
    }
    if message.starts_with("missing field")
        && let [name, ..] = ticked.as_slice()
    {
        return (format!("hier ontbreekt '{name}'"), format!("voeg een regel toe die begint met: {name} ="));
    }
    if let Some((found, wanted)) = message.strip_prefix("invalid type: ").and_then(|m| m.split_once(", expected ")) {
        return (format!("hier staat {}", type_name(found)), format!("schrijf hier {}", type_name(wanted)));
    }
    if message.starts_with("invalid value") || message.starts_with("invalid length") {
        return ("deze waarde kan hier niet".to_owned(), "controleer de waarde op deze regel".to_owned());
    }
    if message.contains("duplicate key") {
        return ("deze sleutel staat er twee keer".to_owned(), "haal een van de twee weg".to_owned());
    }
    if is_odd_date(error, text) {
        return ("dit is geen geldige datum of getal".to_owned(), "schrijf een datum als 2014-04-24".to_owned());
    }
    ("dit is geen geldige TOML".to_owned(), "controleer aanhalingstekens, haken en het =-teken op deze regel".to_owned())
}

/// What stands before the first error of the toml reader on its line, when that looks like a date or number it could not read.
fn is_odd_date(error: &toml::de::Error, text: &str) -> bool {
    let at = error.span().map_or(0, |s| s.start.min(text.len()));
    let start = text.get(..at).and_then(|head| head.rfind('\n')).map_or(0, |n| n + 1);
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
    line.split_once('=').is_some_and(|(_, value)| value.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}

fn type_name(english: &str) -> &'static str {
    let names = [
        ("string", "tekst tussen aanhalingstekens"),
        ("integer", "een getal"),
        ("floating point", "een getal"),
        ("boolean", "true of false"),
        ("sequence", "een lijst tussen [ en ]"),
        ("map", "een tabel"),
        ("struct", "een tabel met sleutels ([naam] op een eigen regel)"),
        ("datetime", "een datum"),
    ];
    names.iter().find(|(word, _)| english.contains(word)).map_or("iets anders", |(_, dutch)| dutch)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Dossier, Vec<FileError>> {
        parse("map/dossier.toml", "map", Path::new("map"), text)
    }

    #[test]
    fn a_whole_description_is_read() {
        let dossier = read(
            "[samenwerkingsverband]\nnaam = \"A\"\nnummer = \"po 30-99\"\ngemeenten = [\"B\"]\n\
             [[document]]\nbestand = \"./a/plan.pdf\"\nsoort = \"Ondersteuningsplan\"\nontvangen = 2014-04-24\n",
        )
        .unwrap();
        assert_eq!(dossier.samenwerkingsverband.nummer.as_deref(), Some("PO3099"));
        assert_eq!(dossier.samenwerkingsverband.sector, Some(Sector::Po));
        assert_eq!(dossier.documents[0].path, "a/plan.pdf");
        assert_eq!(dossier.documents[0].kind, Some(DocumentKind::Ondersteuningsplan));
        assert_eq!(dossier.documents[0].ontvangen, Some(jiff::civil::date(2014, 4, 24)));
    }

    #[test]
    fn faults_carry_place_and_advice() {
        let cases = [
            ("[[document]]\nbestant = \"a.pdf\"\n", "onbekende sleutel 'bestant'", "bedoelde u 'bestand'", "bestant"),
            ("[verband]\n", "onbekende sleutel 'verband'", "samenwerkingsverband", "verband"),
            ("[[document]]\nsoort = \"bijlage\"\n", "ontbreekt 'bestand'", "bestand", ""),
            ("[samenwerkingsverband]\nnaam = 3\n", "hier staat een getal", "tekst", "3"),
            ("[samenwerkingsverband]\ngemeenten = \"Epe\"\n", "hier staat tekst", "een lijst", "\"Epe\""),
            ("[samenwerkingsverband]\nnummer = \"PO1\"\n", "geen nummer", "PO3099", "\"PO1\""),
            ("[samenwerkingsverband]\nsector = \"mbo\"\n", "geen sector", "\"po\"", "\"mbo\""),
            ("[samenwerkingsverband]\nnummer = \"PO3099\"\nsector = \"vo\"\n", "een andere", "sector", "\"vo\""),
            ("[[document]]\nbestand = \"a.pdf\"\nsoort = \"plan\"\n", "geen soort", "ondersteuningsplan", "\"plan\""),
            ("[[document]]\nbestand = \"a.pdf\"\nontvangen = \"morgen\"\n", "geen datum", "2014-04-24", "\"morgen\""),
            ("[[document]]\nbestand = \"a.pdf\"\nontvangen = 2014-02-31\n", "geen geldige datum", "2014-04-24", ""),
            ("[[document]]\nbestand = \"../a.pdf\"\n", "buiten de map", "map van het dossier", "\"../a.pdf\""),
            ("[[document]]\nbestand = \"/etc/passwd\"\n", "buiten de map", "map van het dossier", "\"/etc/passwd\""),
            ("[[document]]\nbestand = 'a\\b.pdf'\n", "\\", "schrijf /", "'a\\b.pdf'"),
            ("[[vrijstelling]]\nelement = \"N3.b\"\n", "ontbreekt 'reden'", "reden =", ""),
            ("[[vrijstelling]]\nelement = \"N3.b\"\nreden = \" \"\n", "geen reden", "waarom", "\" \""),
            ("[[vrijstelling]]\nelement = \"N3.b\"\nreden = \"x\"\ntot = \"ooit\"\n", "geen datum", "2014-04-24", "\"ooit\""),
            (
                "[[vrijstelling]]\nelement = \"N3.b\"\nreden = \"x\"\n[[vrijstelling]]\nelement = 'n3.B'\nreden = \"x\"\n",
                "staat er al",
                "haal een",
                "'n3.B'",
            ),
            ("naam = \n", "geen geldige TOML", "=-teken", ""),
            ("[samenwerkingsverband]\nnaam = \"a\"\nnaam = \"b\"\n", "twee keer", "weg", ""),
        ];
        for (text, message, hint, at) in cases {
            let errors = read(text).unwrap_err();
            let error = &errors[0];
            assert!(error.message.contains(message), "{text}: {}", error.message);
            assert!(error.hint.as_deref().unwrap().contains(hint), "{text}: {:?}", error.hint);
            if !at.is_empty() {
                assert_eq!(&text[error.span.clone()], at, "{text}");
            }
        }
    }

    #[test]
    fn waivers_are_read() {
        let text = "[[vrijstelling]]\nelement = \"N3.b\"\nreden = \" de raad is nieuw \"\ntot = 2026-12-31\n\
                    [[vrijstelling]]\nelement = \"N3.c\"\nreden = \"x\"\n";
        let dossier = read(text).unwrap();
        let [first, second] = &dossier.waivers[..] else { panic!("{:?}", dossier.waivers) };
        let shown = (first.element.as_str(), first.reason.as_str(), first.until);
        assert_eq!(shown, ("N3.b", "de raad is nieuw", Some(jiff::civil::date(2026, 12, 31))));
        assert_eq!(second.until, None);
        assert_eq!(dossier.waiver_faults(["N3.b", "n3.C"]), []);
        let faults = dossier.waiver_faults(["N3.a", "N3.b"]);
        assert_eq!(faults.len(), 1);
        assert_eq!(&faults[0].text[faults[0].span.clone()], "\"N3.c\"");
        assert_eq!((faults[0].path.as_str(), faults[0].message.as_str()), ("map/dossier.toml", "'N3.c' is geen element"));
        assert!(faults[0].hint.as_deref().unwrap().starts_with("bedoelde u N3."), "{:?}", faults[0].hint);
        assert_eq!(read("").unwrap().description, "");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_folder_is_refused() {
        let root = tempfile::tempdir().unwrap();
        let home = root.path().join("dossier");
        std::fs::create_dir(&home).unwrap();
        std::fs::write(root.path().join("geheim.txt"), "x").unwrap();
        std::os::unix::fs::symlink(root.path().join("geheim.txt"), home.join("plan.txt")).unwrap();
        let errors = parse("d/dossier.toml", "d", &home, "[[document]]\nbestand = \"plan.txt\"\n").unwrap_err();
        assert!(errors[0].message.contains("verwijzing"), "{}", errors[0].message);
    }
}
