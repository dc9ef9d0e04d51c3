//! The algorithms on the words of `checks/taal`: the smallest sentence that shows each.

use super::*;
use crate::document::{Block, BlockKind, Section};
use std::sync::LazyLock;

/// The word files as path and source.
static FILES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let read = |name: &str| {
        let path = format!("{}/checks/taal/{name}.toml", env!("CARGO_MANIFEST_DIR"));
        let source = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
        (format!("checks/taal/{name}.toml"), source)
    };
    ["afkortingen", "zinsbouw", "status", "rollen", "concepten"].map(read).to_vec()
});

fn builder() -> LexiconBuilder {
    let mut builder = LexiconBuilder::default();
    for (path, source) in FILES.iter() {
        builder.add_file(path, source).unwrap_or_else(|e| panic!("{e}: {}", &source[e.span.clone()]));
    }
    builder
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| builder().finish().unwrap_or_else(|e| panic!("{e}")));

/// A document of blocks written one a line: "# heading", "- item", "a | b" row, "> contents line", else a paragraph. Items after a
/// paragraph ending in a colon have it as lead.
pub(super) fn document(text: &str) -> Document {
    let mut doc = Document {
        sections: vec![Section { heading: None, level: 0, parent: None, span: Span::new(0, 0), annex: false }],
        ..Document::default()
    };
    let (mut section, mut lead) = (0, None);
    for line in text.lines() {
        let (kind, body) = match line.split_once(' ') {
            Some((marks, rest)) if !marks.is_empty() && marks.bytes().all(|b| b == b'#') => (BlockKind::Heading(marks.len() as u8), rest),
            Some(("-", rest)) => (BlockKind::ListItem, rest),
            Some((">", rest)) => (BlockKind::Contents, rest),
            _ if line.contains(" | ") => (BlockKind::TableRow, line),
            _ => (BlockKind::Paragraph, line),
        };
        if !doc.text.is_empty() {
            doc.text.push('\n');
        }
        let start = doc.text.len();
        doc.text.push_str(body);
        let index = doc.blocks.len();
        if let BlockKind::Heading(level) = kind {
            let mut parent = section;
            while doc.sections[parent].level >= level {
                parent = doc.sections[parent].parent.unwrap_or(0);
            }
            doc.sections.push(Section { heading: Some(index), level, parent: Some(parent), span: Span::new(start, start), annex: false });
            section = doc.sections.len() - 1;
        }
        if kind == BlockKind::Paragraph {
            lead = body.ends_with(':').then_some(index);
        }
        let block_lead = (kind == BlockKind::ListItem || kind == BlockKind::TableRow).then_some(lead).flatten();
        doc.blocks.push(Block { kind, span: Span::new(start, doc.text.len()), section, cells: Vec::new(), group: None, lead: block_lead });
    }
    doc
}

fn sentences(text: &str) -> Vec<String> {
    let doc = document(text);
    analyse(&doc, &LEXICON).sentences.iter().map(|s| doc.slice(s.span).to_owned()).collect()
}

#[test]
fn the_words_compile() {
    assert!(LEXICON.size() > 500);
}

/// Sentences are written with ¦ between them.
#[test]
fn sentences_end_where_they_end() {
    for case in [
        "De OPR stemde in.¦Het bestuur stelde vast.",
        "Vastgesteld d.d. 3 april 2014 door het bestuur.",
        "Zie art. 18a van de wet.¦Daarin staat het.",
        "Onder andere, o.a. de OPR, is gehoord.",
        "Het plan (zie bijl. 3) is vastgesteld.",
        "Mr. Jansen en dr. P. de Vries tekenden.¦Daarna was het klaar.",
        "Namens het bestuur, J.P. Balk, voorzitter.",
        "De St. Jozefschool doet mee.",
        "I.s.m. de gemeenten is het opgesteld.",
        "Van 1 t/m 31 mei.¦Daarna niet meer.",
        "Op 12. 3. 2014 stemde de OPR in.",
        "Op 12.3.2014 stemde de OPR in.",
        "Het bedrag is € 10.400 in 2014.¦Dat is meer.",
        "Het percentage was 3.5 in dat jaar.",
        "Is het plan vastgesteld?¦Ja.",
        "Goed gedaan!¦Nu verder.",
        "Wij doen drie dingen: meten, weten en verbeteren.",
        "Het plan is vastgesteld; de OPR stemde in.",
        "Hij zei: \"Het is goed.\"¦Daarna tekende hij.",
        "\"Wat nu?\" vroeg de raad.",
        "De raad stemde in (zie bijlage 3).¦Het bestuur volgde.",
        "(Dit is een zin.)¦Dit ook.",
        "Er zijn scholen, besturen enz.¦Het bestuur beslist.",
        "Er zijn scholen, besturen enz. in de regio.",
        "Het plan loopt tot 31 juli 2018.¦Daarna komt een nieuw plan.",
        "Het is klaar in 2014.¦12 scholen doen mee.",
        "Zie www.swv.nl voor meer.",
        "Mail naar info@swv.nl.¦Wij antwoorden.",
        "Het plan is vastgesteld.Het bestuur tekende.",
        "3. De OPR stemt in.",
        "1.2. Doel van dit plan",
        "Op 1 april jl. stemde de OPR in.",
        "Het overleg was op 1 april jl.¦Het bestuur tekende.",
        "Dit geldt voor cluster C.¦Andere leerlingen volgen later.",
        "Het plan wordt ... aangevuld.",
        "Vastgesteld op ...... 2014 door het bestuur.",
        "Het duurt nog even...¦Daarna volgt de rest.",
        "Nr. 12 en nr. 14 vervallen.",
        "Max. 6 weken, d.w.z. 30 werkdagen.",
        "De bijdrage is 3 mln. euro.",
        "'s-Hertogenbosch doet mee.¦'s Avonds is er overleg.",
        "Het bestuur tekent.¦'t Gooi volgt.",
        "Het plan is klaar.¦– Bijlage 1 ook.",
        "Er waren 12 leden.¦8 stemden voor.",
        "De heer A. Bos (vz.) tekende.",
        "Dat kost 50 %.¦Dat is veel.",
        "Het bestuur heeft het plan vastgesteld.¦de OPR stemde in.",
        "Bijeenkomst van jan. 2014 over het plan.",
    ] {
        let expected: Vec<&str> = case.split('¦').collect();
        let text = if case.contains("vastgesteld.Het") { case.to_owned() } else { case.replace('¦', " ") };
        let expected = if case.contains("vastgesteld.Het") { vec!["Het plan is vastgesteld.", "Het bestuur tekende."] } else { expected };
        assert_eq!(sentences(&text), expected);
    }
}

#[test]
fn joined_particulars_fall_apart() {
    let text = "Plaats: raadhuis Assen Tijd: dinsdag 11 maart 2014, 10.00 uur Stuk: plan, versie 3 (concept)";
    assert_eq!(sentences(text), ["Plaats: raadhuis Assen", "Tijd: dinsdag 11 maart 2014, 10.00 uur", "Stuk: plan, versie 3 (concept)"]);
    // A label of more words, and a colon in running text, split nothing.
    assert_eq!(sentences("Besluit AB: 24 maart 2020"), ["Besluit AB: 24 maart 2020"]);
    assert_eq!(sentences("Wij vroegen de OPR: stemt u in?").len(), 1);
}

#[test]
fn a_block_and_a_row_end_a_sentence() {
    assert_eq!(
        sentences("# Vaststelling\nHet plan\n- eerste punt\nOPR | stemt in. Dan verder. | 3 april"),
        ["Vaststelling", "Het plan", "eerste punt", "OPR | stemt in. Dan verder. | 3 april"]
    );
}

#[test]
fn a_text_without_stops_is_cut() {
    let lengths: Vec<usize> = sentences(&"woord ".repeat(1000)).iter().map(|s| s.split_whitespace().count()).collect();
    assert_eq!(lengths, [400, 400, 200]);
}

#[test]
fn clauses_open_at_subordinators_verbs_and_cells() {
    for case in [
        "De OPR stemde in,¦nadat de gemeenten hadden gesproken.",
        "Het bestuur stelt vast;¦de OPR stemt in.",
        "De wet bepaalt¦dat het bestuur vaststelt.",
        "In dat jaar stemde de OPR in.",
        "Als de OPR instemt,¦stelt het bestuur het plan vast.",
        "De OPR,¦die uit ouders bestaat,¦stemde in.",
        "De OPR heeft,¦hoewel de gemeenten dat niet wilden,¦op 3 april ingestemd.",
        "De OPR heeft ingestemd¦en het bestuur heeft vastgesteld.",
        "Ouders en leraren stemden in.",
        "Het plan is vastgesteld¦en zal worden verzonden.",
        "OPR |¦instemming |¦3 april",
        "De OPR stemde niet in,¦maar adviseerde wel.",
        "Drie dingen:¦meten en weten.",
        "De scholen zijn sinds 1 november 2013 aangesloten.",
    ] {
        let expected: Vec<&str> = case.split('¦').collect();
        let doc = document(&case.replace('¦', " "));
        let language = analyse(&doc, &LEXICON);
        let clauses: Vec<&str> = language.sentences[0].clauses.iter().map(|&c| doc.slice(c).trim_end()).collect();
        assert_eq!(clauses, expected);
    }
}

fn find(forms: &[&str], text: &str) -> Vec<String> {
    let mut builder = builder();
    let forms: Vec<String> = forms.iter().map(|f| f.to_string()).collect();
    let id = builder.add_forms("proef", &forms).unwrap();
    let lexicon = builder.finish().unwrap();
    let doc = document(text);
    let language = analyse(&doc, &lexicon);
    language.mentions.iter().filter(|m| m.concept == id).map(|m| doc.slice(m.span).to_owned()).collect()
}

#[test]
fn forms_match_what_they_say() {
    let cases: &[(&[&str], &str, &[&str])] = &[
        (&["planraad"], "De planraad en de Planraad.", &["planraad", "Planraad"]),
        (&["ondersteuningsplanraad"], "De ondersteunings-planraad.", &["ondersteunings-planraad"]),
        (&["ondersteuningsplanraad"], "De OndersteuningsPlanRaad.", &["OndersteuningsPlanRaad"]),
        (&["ondersteuningsplanraad"], "De Ondersteunings-Plan-Raad.", &["Ondersteunings-Plan-Raad"]),
        (&["ondersteuningsplanraad"], "De onder\u{ad}steuningsplan\u{ad}raad.", &["onder\u{ad}steuningsplan\u{ad}raad"]),
        (&["op overeenstemming gericht overleg"], "Het op-overeenstemming-gericht-overleg.", &["op-overeenstemming-gericht-overleg"]),
        (&["algemene ledenvergadering"], "De algemeneledenvergadering.", &["algemeneledenvergadering"]),
        (&["directeur-bestuurder"], "De directeur bestuurder, de directeurbestuurder.", &["directeur bestuurder", "directeurbestuurder"]),
        (&["=MR"], "De MR van mr. Bos, de Mr en de MR-leden.", &["MR", "MR"]),
        (&["=RvT"], "De RvT, niet de RVT.", &["RvT"]),
        (&["=SOP"], "De SOP's.", &["SOP's"]),
        (&["instem*"], "Zij heeft instemmingsrecht en wil instemmen.", &["instemmingsrecht", "instemmen"]),
        (&["*stemming"], "Afstemming, stemming, stemmingen.", &["Afstemming", "stemming"]),
        (&["*stem*"], "Instemmen, bestemming, plan.", &["Instemmen", "bestemming"]),
        (&["stemde ... in$"], "De OPR stemde op 3 april 2014 in met het plan.", &["stemde op 3 april 2014 in"]),
        (&["stemde ... in$"], "De OPR stemde in de vergadering van mei tegen.", &[]),
        (&["stemde ... in$"], "De OPR stemde in de vergadering van mei in.", &["stemde in de vergadering van mei in"]),
        (&["stemde ... in"], "De OPR stemde. Zij gaat in beroep.", &[]),
        (&["stemde ... in"], "De OPR stemde; zij gaat in beroep.", &[]),
        (&["stemde ... in"], "Zij stemde een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien in.", &[]),
        (
            &["stemde ...20 in"],
            "Zij stemde een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien in.",
            &["stemde een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien in"],
        ),
        (&["boog/bogen zich over"], "Zij bogen zich over het plan.", &["bogen zich over"]),
        (&["boog/bogen ... zich over"], "Boog de raad zich over het plan?", &["Boog de raad zich over"]),
        (&["# scholen"], "Wij tellen 63 scholen.", &["63 scholen"]),
        (&["artikel 18a"], "Artikel 18a en artikel 18 a.", &["Artikel 18a", "artikel 18 a"]),
        (&["instemming van de/het? opr"], "Instemming van OPR, instemming van de OPR.", &["Instemming van OPR", "instemming van de OPR"]),
        (&["^als"], "Als het kan, dan als bijlage.", &["Als"]),
        (&["plan", "!plan van aanpak"], "Het plan is een plan van aanpak.", &["plan"]),
        (&["@opr", "raad"], "De OPR is een raad.", &["OPR", "raad"]),
        (&["b&w"], "B&W, b & w.", &["B&W", "b & w"]),
        (&["d.d."], "Besluit d.d. 3 april.", &["d.d."]),
        (&["t\\/m"], "Van 1 t/m 3.", &["t/m"]),
        (&["het plan", "plan"], "Het plan en een plan.", &["Het plan", "plan"]),
        (&["coördinator"], "De coordinator en de coördinator.", &["coordinator", "coördinator"]),
        (&["plan"], "De plan-lezer, het conceptplan, het deel-plan.", &["plan", "plan"]),
        (&["vast te stellen/leggen"], "Om vast te leggen.", &["vast te leggen"]),
        (&["…"], "Op ..... 2014.", &["....."]),
        (&["een zeer lange vorm"], "Een zeer lange. Vorm.", &[]),
        (&["opr instemming"], "OPR | instemming | d.d.", &[]),
    ];
    for (forms, text, expected) in cases {
        assert_eq!(find(forms, text), *expected, "{forms:?} in {text}");
    }
}

#[test]
fn a_part_of_a_known_word_is_no_mention() {
    let doc = document("De ondersteuningsplan-raad stemde in.");
    let language = analyse(&doc, &LEXICON);
    let seen: Vec<&str> = language.mentions.iter().map(|m| LEXICON.name(m.concept)).collect();
    assert_eq!(seen, ["opr", "instemmen"]);
}

#[test]
fn an_including_concept_is_mentioned_too() {
    let doc = document("Het AB vergadert.");
    let language = analyse(&doc, &LEXICON);
    let seen: Vec<&str> = language.mentions.iter().map(|m| LEXICON.name(m.concept)).collect();
    assert_eq!(seen, ["algemeen_bestuur", "bestuur", "swv_orgaan"]);
}

#[test]
fn mistakes_in_a_word_file_are_shown_where_they_are() {
    for (source, at, message) in [
        ("[concept.a]\nlabel = \"a\"\nforms = [\"x*\"]", "\"x*\"", "drie letters"),
        ("[concept.a]\nlabel = \"a\"\nforms = [\"... in\"]", "\"... in\"", "begint of eindigt niet"),
        ("[concept.a]\nlabel = \"a\"\nforms = [\"\"]", "\"\"", "lege vorm"),
        ("[concept.a]\nlabel = \"a\"\nforms = [\"ab*cd\"]", "\"ab*cd\"", "alleen aan het begin of het eind"),
        ("[concept.a]\nlabel = \"a\"\nforms = [\"a ...99 b\"]", "\"a ...99 b\"", "getal van 1 tot 60"),
        ("[concept.a]\nlabel = \"a\"\nforms = [\"@zoek\"]", "\"@zoek\"", "geen begrip"),
        ("[concept.plan]\nlabel = \"a\"\nforms = []\nincludes = [\"plam\"]", "\"plam\"", "bedoelt u \"plan\""),
        ("[concept.a]\nlabel = \"a\"\nform = []", "form", "onbekende sleutel"),
        ("[concept.a]\nforms = []", "[concept.a]", "ontbreekt"),
        ("[trigger.a]\nstatus = \"ontkend\"\nforms = []", "\"ontkend\"", "onbekende waarde"),
        ("[words]\nfinite = [\"is er\"]", "\"is er\"", "niet één woord"),
    ] {
        let error = Lexicon::compile(&[("a.toml", source)]).err().unwrap_or_else(|| panic!("{source}"));
        assert!(error.message.contains(message), "{source}: {}", error.message);
        assert!(source[error.span.clone()].contains(at) || at.contains(&source[error.span.clone()]), "{source}: {:?}", error.span);
    }
}

#[test]
fn a_mistake_in_a_list_names_its_form() {
    let mut builder = LexiconBuilder::default();
    let error = builder.add_forms("a", &["goed".into(), "x*".into()]).unwrap_err();
    assert_eq!(error.index, 1);
    let error = builder.add_forms("b", &["@onbekend".into()]).unwrap_err();
    assert_eq!((error.index, error.message.as_str()), (0, "er is geen begrip \"onbekend\""));
}

/// The status of the text between [ and ] (brackets removed), in the last block that has them.
fn status_of(text: &str) -> Assertion {
    let (open, close) = (text.find('⟦').unwrap(), text.find('⟧').unwrap());
    let plain = text.replace(['⟦', '⟧'], "");
    let marked = &text[open + '⟦'.len_utf8()..close];
    let doc = document(&plain);
    let lines_before = text[..open].rsplit_once('\n').map_or("", |(before, _)| before);
    let from = document(lines_before).text.len();
    let start = from + doc.text[from..].find(marked).unwrap();
    let language = analyse(&doc, &LEXICON);
    let sentence = language.sentence_at(start as u32) as u32;
    language.status(&doc, &LEXICON, sentence, Span::new(start, start + marked.len()))
}

fn status_cases() -> &'static [(&'static str, Status)] {
    use Status::*;
    include!("status_cases.in")
}

#[test]
fn statements_have_their_status() {
    let cases = status_cases();
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let a = status_of(text);
        if a.status != *expected {
            let group = a.group.map(|g| LEXICON.trigger_group(g).name.clone());
            wrong.push(format!("{text}\n    is {:?} by {group:?}, not {expected:?}", a.status));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn blocks_have_their_role() {
    for (text, expected) in [
        ("# Begrippenlijst\nOPR: ondersteuningsplanraad.", Role::Glossary),
        ("# Bijlage 3: Lijst van afkortingen\nOPR | raad", Role::Glossary),
        ("# Woorden die wij gebruiken\nZorgplicht: plicht van een bestuur.", Role::Glossary),
        ("# Begrippen\n## Letter A\nArrangement: hulp.", Role::Glossary),
        ("# Basisondersteuning\nWij bieden basisondersteuning.", Role::Body),
        ("# Literatuur\nEen dekkend aanbod (2013).", Role::Literature),
        ("# Verder lezen\nEen dekkend aanbod.", Role::Literature),
        ("# Referentiekader\nWij volgen het referentiekader.", Role::Body),
        ("# Inhoudsopgave\n5.1 OOGO", Role::Contents),
        ("5.1 OOGO met de gemeenten ...... 28", Role::Contents),
        ("> 5.1 OOGO", Role::Contents),
        ("# Colofon\nAkkoord OPR d.d. 18-03-2014.", Role::Colofon),
        ("# Wat de wet van ons vraagt\nHet samenwerkingsverband stelt eens per vier jaar een plan vast.", Role::LegalText),
        ("# Wettelijk kader\nDe wet bepaalt dat het plan wordt vastgesteld.", Role::LegalText),
        ("# Wettelijk kader\nOns samenwerkingsverband is op 3 april 2013 opgericht als stichting.", Role::Body),
        ("# Wettelijk kader\nDe wet vraagt:\n- een plan voor vier jaar", Role::LegalText),
        ("# Invulinstructie\nHet plan telt tien hoofdstukken.", Role::Template),
        ("Beschrijf hier hoe het overleg verliep.", Role::Template),
        ("[Noem hier de gemeenten.]", Role::Template),
        ("Vul in: de aanvraag duurt [aantal] weken.", Role::Template),
        ("De OPR heeft op [datum] ingestemd.", Role::Body),
        ("Wij beschrijven hier het overleg.", Role::Body),
        (
            "OPR – ondersteuningsplanraad\nSWV – samenwerkingsverband\nTLV – toelaatbaarheidsverklaring\nRvT – raad van toezicht",
            Role::Glossary,
        ),
        ("# Verdeelmodel\nWij kozen het schoolmodel.", Role::Body),
        ("# Organisatie\nWij zijn een stichting.", Role::Body),
    ] {
        let doc = document(text);
        let language = analyse(&doc, &LEXICON);
        assert_eq!(language.roles.last(), Some(&expected), "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_can_be_analysed(text in "([a-zA-Zé.,;:|!?\\[\\] \n-]{0,80}(De OPR stemde op 3\\. april|niet|, dat|Als |d\\.d\\. |\\.\\.\\.)?){0,6}") {
        let doc = document(&text);
        let language = analyse(&doc, &LEXICON);
        for (i, s) in language.sentences.iter().enumerate() {
            assert_eq!(s.clauses.first().map(|c| c.start), Some(s.span.start));
            assert_eq!(s.clauses.last().map(|c| c.end), Some(s.span.end));
            language.status(&doc, &LEXICON, i as u32, s.span);
        }
        assert_eq!(language.roles.len(), doc.blocks.len());
    }
}

#[test]
fn a_mark_without_a_letter_is_survived() {
    let doc = document("Het plan \u{301} is er.");
    assert_eq!(analyse(&doc, &LEXICON).sentences.len(), 1);
}
