//! The arguments, with their help in Dutch. Which formats there are is asked of the lists of formats.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;
use plantoets::dossier::KINDS;
use plantoets::engine::outcome::DocumentKind;
use plantoets::eval::{self, Part};
use plantoets::report::{self, Format};
use plantoets::run::Level;
use std::path::PathBuf;

const EXIT_CODES: &str = "\
Afsluitcodes:
  0  geen bevindingen op het gekozen niveau
  1  bevindingen op het gekozen niveau (zie --fail-on)
  2  verkeerd gebruik, of een fout in een dossier.toml of regelbestand
  3  een document is niet te lezen; de andere zijn wel gemeld
  130  afgebroken met Ctrl-C; wat klaar is, staat in de map
Bij meer dan een reden geldt het hoogste nummer.";

/// Toetst ondersteuningsplannen en jaarverslagen van samenwerkingsverbanden passend onderwijs aan
/// de normen van de inspectie, en laat bij elk oordeel zien waar het staat.
#[derive(Parser, Debug)]
#[command(name = "plantoets", version, after_help = EXIT_CODES)]
pub struct Arguments {
    /// Kleuren: auto, altijd of nooit. Standaard auto; NO_COLOR zet ze uit
    #[arg(long, global = true, value_name = "WANNEER", default_value = "auto", value_parser = colour())]
    pub color: Colour,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Toets documenten aan de normen
    Check(Box<CheckArguments>),
    /// Leg uit wat een element vraagt, wat telt en wat niet
    Explain(ExplainArguments),
    /// Toon of beproef de regels
    Checks(ChecksArguments),
    /// Laat zien wat er in een document gelezen is
    Text(TextArguments),
    /// Houd de oordelen tegen truth.json of tegen fragmenten met een etiket, of wat er gelezen is tegen etiketten
    Eval(EvalArguments),
    /// What the program starts itself with, to read and judge in a process of its own.
    #[command(name = plantoets::batch::COMMAND, hide = true)]
    Worker,
}

/// Which rules.
#[derive(Args, Debug)]
pub struct RuleArguments {
    /// Gebruik de regels in deze map in plaats van die van het programma
    #[arg(long, value_name = "MAP")]
    pub checks: Option<PathBuf>,
    /// Pas dit kader toe; mag vaker
    #[arg(long = "framework", value_name = "ID", value_delimiter = ',')]
    pub frameworks: Vec<String>,
    /// Alleen deze normen of elementen, zoals N3, N3.b of N1,N2; mag vaker
    #[arg(long = "norm", value_name = "NORM", value_delimiter = ',')]
    pub norms: Vec<String>,
}

/// Arguments of `check`.
#[derive(Args, Debug)]
#[command(after_help = EXIT_CODES)]
pub struct CheckArguments {
    /// Documenten, mappen met een dossier.toml, of mappen met zulke mappen
    #[arg(value_name = "PAD", required = true)]
    pub paths: Vec<PathBuf>,
    /// Which form.
    #[arg(
        long,
        value_name = "VORM",
        help = listed("Vorm van het verslag", report::FORMATS),
        value_parser = names(report::FORMATS)
    )]
    pub format: Option<String>,
    /// Schrijf het verslag in dit bestand: helemaal, of niet. Met een map, zoals rapport/, komt daar een overzicht met een
    /// bladzijde per dossier
    #[arg(long, short, value_name = "BESTAND OF MAP")]
    pub output: Option<PathBuf>,
    /// Lees gescande pagina's met tesseract, dat daarvoor geïnstalleerd moet zijn, met het taalmodel nld. Wat zo gelezen is, staat er overal
    /// bij: het kan fouten bevatten
    #[arg(long)]
    pub ocr: bool,
    /// Soort van de documenten: ondersteuningsplan, jaarverslag of bijlage; anders wordt die herkend
    #[arg(long, value_name = "SOORT", value_parser = kind())]
    pub kind: Option<DocumentKind>,
    /// Zeg waarom dit element, zoals N3.b, zijn oordeel kreeg; mag vaker. Met text komt dat in de plaats van het verslag, met json
    /// en jsonl komt het erbij; de andere vormen hebben het niet
    #[arg(long, value_name = "ELEMENT", value_delimiter = ',')]
    pub explain: Vec<String>,
    /// Oordelen van analisten: een lijst swv;element;oordeel;reden;paraaf;kenmerk. Ze komen naast die van plantoets te staan; het bestand
    /// wordt alleen gelezen. Zonder deze optie telt oordelen.csv boven in de map
    #[arg(long = "oordelen", value_name = "BESTAND")]
    pub judgements: Option<PathBuf>,
    /// Een eerder verslag (json, jsonl, of de map van een eerder overzicht): zegt welke bevindingen nieuw, weg of hetzelfde zijn. Verandert
    /// de afsluitcode niet
    #[arg(long, value_name = "VERSLAG")]
    pub baseline: Option<PathBuf>,
    /// De dag die als vandaag geldt, voor regels en vrijstellingen die er een nodig hebben
    #[arg(long, value_name = "JJJJ-MM-DD", value_parser = date)]
    pub peildatum: Option<Date>,
    /// Vanaf welk oordeel op een wettelijk vereiste de afsluitcode 1 is: geen, strijdig, ontbreekt (standaard) of onzeker. Wat een
    /// vrijstelling heeft telt niet mee; een verlopen vrijstelling telt altijd, behalve bij geen
    #[arg(long, value_name = "NIVEAU", default_value = "ontbreekt", value_parser = level())]
    pub fail_on: Level,
    #[command(flatten)]
    pub rules: RuleArguments,
    #[command(flatten)]
    pub batch: BatchArguments,
}

/// Arguments of `check` for a folder of reports.
#[derive(Args, Debug)]
#[command(next_help_heading = "Opties voor een map met verslagen")]
pub struct BatchArguments {
    /// Beelden van bladzijden bij de vindplaatsen: bewijs (standaard: de bladzijden waar iets staat) of geen
    #[arg(long, alias = "pages", value_name = "WELKE", default_value = "bewijs", value_parser = pictures(), action = clap::ArgAction::Set)]
    pub bladen: bool,
    /// Zoveel werkprocessen; standaard een per processorkern
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub workers: Option<u16>,
    /// Zoveel seconden voor het lezen van een document; wat langer duurt, geldt als niet te lezen. Standaard 60, met --ocr 900
    #[arg(long, value_name = "SECONDEN", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub tijd_per_document: Option<u64>,
    /// Zoveel MiB geheugen voor een werkproces; een document dat meer vraagt, geldt als niet te lezen. Standaard 600
    #[arg(long, value_name = "MIB", default_value = "600", value_parser = clap::value_parser!(u64).range(200..=65_536))]
    pub geheugen: u64,
    /// Bewaar in deze map wat gelezen en beoordeeld is, voor een volgende keer; standaard in de map van het systeem daarvoor
    #[arg(long, value_name = "MAP", conflicts_with = "no_cache")]
    pub cache: Option<PathBuf>,
    /// Bewaar niets en gebruik niets van een vorige keer
    #[arg(long)]
    pub no_cache: bool,
}

/// Arguments of `explain`.
#[derive(Args, Debug)]
pub struct ExplainArguments {
    /// Het element, zoals N3.b, of een norm, zoals N3
    #[arg(value_name = "ELEMENT")]
    pub element: String,
    /// Gebruik de regels in deze map in plaats van die van het programma
    #[arg(long, value_name = "MAP")]
    pub checks: Option<PathBuf>,
}

/// Arguments of `checks`.
#[derive(Args, Debug)]
pub struct ChecksArguments {
    /// What to do with the rules.
    #[command(subcommand)]
    pub command: ChecksCommand,
}

/// What to do with the rules.
#[derive(Subcommand, Debug)]
pub enum ChecksCommand {
    /// Toon alle elementen
    List(RuleArguments),
    /// Beproef de regels op hun eigen voorbeelden
    Test(RuleArguments),
}

/// Arguments of `text`.
#[derive(Args, Debug)]
pub struct TextArguments {
    /// Het document
    #[arg(value_name = "BESTAND")]
    pub file: PathBuf,
    /// Lees gescande pagina's met tesseract, dat daarvoor geïnstalleerd moet zijn, met het taalmodel nld
    #[arg(long)]
    pub ocr: bool,
    /// Vorm: text (standaard) of json (met vakken)
    #[arg(long, value_name = "VORM", default_value = report::READING_FORMATS[0].name, value_parser = names(report::READING_FORMATS))]
    pub format: String,
    /// Schrijf naar dit bestand: helemaal, of niet
    #[arg(long, short, value_name = "BESTAND")]
    pub output: Option<PathBuf>,
}

/// Arguments of `eval`.
#[derive(Args, Debug)]
pub struct EvalArguments {
    /// Mappen met een truth.json, mappen met zulke mappen, fragmenten (*.jsonl), of PDF's met een etiket voor volgorde, koppen en tabellen
    /// ernaast (NAAM.json bij NAAM.pdf)
    #[arg(value_name = "PAD", required = true)]
    pub paths: Vec<PathBuf>,
    /// Vorm: text (standaard) of json
    #[arg(long, value_name = "VORM", default_value = eval::FORMATS[0].name, value_parser = names(eval::FORMATS))]
    pub format: String,
    /// Alleen dit deel van de fragmenten, zoals 1/2: het eerste van twee delen
    #[arg(long, value_name = "N/M", value_parser = clap::value_parser!(Part))]
    pub part: Option<Part>,
    /// Leer de gewichten voor elk dossier opnieuw, zonder dat dossier, en beoordeel het daarmee: de eerlijke score
    #[arg(long)]
    pub leave_one_out: bool,
    /// Fragmenten om bij --leave-one-out van te leren: een bestand *.jsonl of een map ermee; mag vaker
    #[arg(long, value_name = "MAP", requires = "leave_one_out")]
    pub fragments: Vec<PathBuf>,
    /// Schrijf naar dit bestand: helemaal, of niet
    #[arg(long, short, value_name = "BESTAND")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub rules: RuleArguments,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

fn names<T>(formats: &'static [Format<T>]) -> PossibleValuesParser {
    PossibleValuesParser::new(formats.iter().map(|f| f.name))
}

/// "Vorm: text (standaard: om te lezen), json (voor verwerking)".
fn listed<T>(what: &str, formats: &'static [Format<T>]) -> String {
    let each = formats.iter().enumerate().map(|(n, f)| format!("{} ({}{})", f.name, if n == 0 { "standaard: " } else { "" }, f.about));
    format!("{what}: {}", each.collect::<Vec<_>>().join(", "))
}

fn one_of<T: Clone + Send + Sync + 'static>(values: &'static [(&'static str, T)]) -> impl TypedValueParser<Value = T> {
    let parser = PossibleValuesParser::new(values.iter().map(|(name, _)| *name));
    parser.map(|given| values.iter().find(|(name, _)| *name == given).map(|(_, value)| value.clone()).expect("one of the values"))
}

fn colour() -> impl TypedValueParser<Value = Colour> {
    one_of(&[("auto", Colour::Auto), ("altijd", Colour::Always), ("nooit", Colour::Never)])
}

fn kind() -> impl TypedValueParser<Value = DocumentKind> {
    one_of(&KINDS)
}

fn level() -> impl TypedValueParser<Value = Level> {
    one_of(&[("geen", Level::None), ("strijdig", Level::Contradicted), ("ontbreekt", Level::Missing), ("onzeker", Level::Weak)])
}

/// Whether to draw pages; in English too.
fn pictures() -> impl TypedValueParser<Value = bool> {
    let parser = PossibleValuesParser::new([PossibleValue::new("bewijs").alias("evidence"), PossibleValue::new("geen").alias("none")]);
    parser.map(|given| matches!(given.as_str(), "bewijs" | "evidence"))
}

fn date(given: &str) -> Result<Date, String> {
    given.parse().map_err(|_| "schrijf jaar, maand en dag, zoals 2014-05-01".to_owned())
}
