//! From the smallest text on: what a text tells, as "measure year value unit".

use super::Figure;
use crate::engine::outcome::DocumentKind;
use crate::pipeline::{Options, Rules, figures};
use std::sync::LazyLock;

static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::load(None).expect("the rules"));

fn told(markdown: &str) -> Vec<String> {
    let shown = |f: &Figure| format!("{} {} {} {}", f.measure.name(), f.year, f.value, f.unit.name());
    figures(markdown, DocumentKind::Ondersteuningsplan, &RULES, &Options::default()).iter().map(shown).collect()
}

#[track_caller]
fn tells(markdown: &str, wanted: &[&str]) {
    let (mut ours, mut wanted) = (told(markdown), wanted.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>());
    ours.sort();
    wanted.sort();
    assert_eq!(ours, wanted, "{markdown}");
}

#[test]
fn a_number_a_thing_and_a_year() {
    tells("In 2016 waren er 41 thuiszitters.", &["thuiszitters_totaal 2016 41 leerlingen"]);
    tells("Het aantal thuiszitters bedroeg in 2016/17 veertig.", &["thuiszitters_totaal 2016-2017 40 leerlingen"]);
    tells("In 2018 is één klacht ingediend.", &["klachten 2018 1 aantal"]);
    tells("In schooljaar 14-15 gaven wij 119 tlv's af.", &["tlv 2014-2015 119 aantal"]);
    tells("Op 1 oktober 2014 bezocht 2,9% van de leerlingen het sbo.", &["deelname_sbo 2014 2.9 %"]);
    tells("In 2013 stonden twee scholen onder aangepast toezicht.", &["scholen_aangepast_toezicht 2013 2 aantal"]);
    tells("Er zijn 41 thuiszitters.", &[]);
    tells("Het plan geldt van 2014 tot 2018.", &[]);
}

#[test]
fn none_is_a_number() {
    tells("In 2020 zijn geen klachten ontvangen.", &["klachten 2020 0 aantal"]);
    tells("Tegen ons zijn in 2020 en 2021 geen klachten ingediend.", &["klachten 2020 0 aantal", "klachten 2021 0 aantal"]);
    tells("In 2014 stond geen van onze scholen onder aangepast toezicht.", &["scholen_aangepast_toezicht 2014 0 aantal"]);
    tells("In 2015 waren er twee bezwaren. Geschillen waren er niet.", &["bezwaren 2015 2 aantal", "geschillen 2015 0 aantal"]);
}

#[test]
fn each_number_has_its_own_year() {
    tells(
        "Het totaal van de thuiszitters daalde van 63 (2014-2015) naar 49 (2015-2016).",
        &["thuiszitters_totaal 2014-2015 63 leerlingen", "thuiszitters_totaal 2015-2016 49 leerlingen"],
    );
    tells("In 2014 waren er drie geschillen, in 2015 geen.", &["geschillen 2014 3 aantal", "geschillen 2015 0 aantal"]);
    tells(
        "In 2013, 2014 en 2015 telden wij respectievelijk 30, 28 en 21 thuiszitters.",
        &["thuiszitters_totaal 2013 30 leerlingen", "thuiszitters_totaal 2014 28 leerlingen", "thuiszitters_totaal 2015 21 leerlingen"],
    );
    tells(
        "In 2017 waren er 12 bezwaren, een jaar later 9, tegen 15 in 2016.",
        &["bezwaren 2017 12 aantal", "bezwaren 2018 9 aantal", "bezwaren 2016 15 aantal"],
    );
    tells("Zowel in 2015 als in 2016 waren er vijf klachten.", &["klachten 2015 5 aantal", "klachten 2016 5 aantal"]);
    tells("In de jaren 2019 tot en met 2021 kwamen vijf bezwaren binnen.", &["bezwaren 2019-2021 5 aantal"]);
    tells(
        "Tussen 2015 en 2017 daalde het aantal thuiszitters van 40 naar 22.",
        &["thuiszitters_totaal 2015 40 leerlingen", "thuiszitters_totaal 2017 22 leerlingen"],
    );
}

#[test]
fn each_number_has_its_own_thing() {
    tells(
        "In 2021 waren er één bezwaar, nul geschillen en zes klachten.",
        &["bezwaren 2021 1 aantal", "geschillen 2021 0 aantal", "klachten 2021 6 aantal"],
    );
    tells(
        "In 2019-2020 waren er 31 thuiszitters: 9 absoluut en 22 relatief.",
        &[
            "thuiszitters_totaal 2019-2020 31 leerlingen",
            "thuiszitters_absoluut 2019-2020 9 leerlingen",
            "thuiszitters_relatief 2019-2020 22 leerlingen",
        ],
    );
    tells("De deelname aan het sbo was in 2019 2,4%, die aan het so 1,6%.", &["deelname_sbo 2019 2.4 %", "deelname_so 2019 1.6 %"]);
    tells(
        "Op 1 februari 2023 bezochten 331 kinderen een sbo-school (2,4%) en 247 een so-school (1,8%).",
        &["deelname_sbo 2023 331 leerlingen", "deelname_sbo 2023 2.4 %", "deelname_so 2023 247 leerlingen", "deelname_so 2023 1.8 %"],
    );
    tells(
        "De instroom in het vso bedroeg in 2014 58 leerlingen, de uitstroom 9.",
        &["instroom 2014 58 leerlingen", "uitstroom 2014 9 leerlingen"],
    );
}

#[test]
fn parts_bounds_and_differences_are_no_figures() {
    tells("In 2016 waren er 12 thuiszitters. Vijf van hen zijn geplaatst.", &["thuiszitters_totaal 2016 12 leerlingen"]);
    tells("In 2016 waren er 12 thuiszitters, 3 meer dan een jaar eerder.", &["thuiszitters_totaal 2016 12 leerlingen"]);
    tells("Boven 30 thuiszitters in 2016 is sprake van een knelpunt.", &[]);
    tells("In 2014 bezocht 1 op de 40 leerlingen het sbo.", &[]);
    tells("Voor een bezwaar geldt in 2014 een termijn van zes weken.", &[]);
    tells("Sinds 2014 zijn 96 thuiszitters geholpen.", &[]);
    tells("In 2016 voerden wij 12 gesprekken over thuiszitters.", &[]);
    tells("Een tlv categorie 3 kost in 2021 € 24.300.", &[]);
}

#[test]
fn figures_of_others_goals_and_forecasts_do_not_count() {
    tells("Landelijk waren er in 2014 3.254 thuiszitters.", &[]);
    tells("Landelijk was de deelname aan het sbo 2,4% in 2015, bij ons 2,9%.", &["deelname_sbo 2015 2.9 %"]);
    tells("De gemeente Epe telde in 2015 negen thuiszitters.", &[]);
    tells("Wij willen het aantal thuiszitters in 2018 terugbrengen tot 5.", &[]);
    tells("In de begroting voor 2022 stonden 350 tlv's, het werden er 372.", &["tlv 2022 372 aantal"]);
    tells("# Streefcijfers\n\nIn 2018: 5 thuiszitters.", &[]);
}

#[test]
fn headings_and_leads_lend_what_and_when() {
    tells(
        "# Thuiszitters\n\nIn 2017: 6 leerlingen absoluut, 8 leerlingen relatief.",
        &["thuiszitters_absoluut 2017 6 leerlingen", "thuiszitters_relatief 2017 8 leerlingen"],
    );
    tells(
        "# Thuiszitters\n\n- 2014-2015: 23\n- 2015-2016: 19\n",
        &["thuiszitters_totaal 2014-2015 23 leerlingen", "thuiszitters_totaal 2015-2016 19 leerlingen"],
    );
    tells("# Verslagjaar 2021\n\nEr waren dit verslagjaar twee klachten.", &["klachten 2021 2 aantal"]);
    tells("# Cijfers 2019\n\n- Klachten: 1\n- Bezwaren: geen\n", &["klachten 2019 1 aantal", "bezwaren 2019 0 aantal"]);
}

#[test]
fn a_table_of_children_without_school_parts_them_by_inscription() {
    tells(
        "# Hoeveel zijn het er?\n\nTabel 1. Kinderen zonder onderwijs\n\n| Schooljaar | Nergens ingeschreven | Ingeschreven, niet op school | Samen |\n|---|---|---|---|\n| 2018-2019 | 5 | 14 | 19 |\n",
        &[
            "thuiszitters_absoluut 2018-2019 5 leerlingen",
            "thuiszitters_relatief 2018-2019 14 leerlingen",
            "thuiszitters_totaal 2018-2019 19 leerlingen",
        ],
    );
}

#[test]
fn absolute_and_relative_in_whole_numbers_are_thuiszitters() {
    let table = |relative: &str| {
        format!(
            "# Weg, maar niet uit beeld\n\n| Schooljaar | Absoluut | Relatief | Samen |\n|---|---|---|---|\n| 2021-2022 | 12 | {relative} | 49 |\n"
        )
    };
    let three = [
        "thuiszitters_absoluut 2021-2022 12 leerlingen",
        "thuiszitters_relatief 2021-2022 37 leerlingen",
        "thuiszitters_totaal 2021-2022 49 leerlingen",
    ];
    tells(&table("37"), &three);
    tells(&table("3,7%"), &[]);
}

#[test]
fn tables_by_row_and_by_column() {
    tells(
        "# Thuiszitters\n\n| | 2013 | 2014 |\n|---|---|---|\n| Absoluut verzuim | 7 | 6 |\n| Relatief verzuim | 13 | 11 |\n| Totaal | 20 | 17 |\n",
        &[
            "thuiszitters_absoluut 2013 7 leerlingen",
            "thuiszitters_absoluut 2014 6 leerlingen",
            "thuiszitters_relatief 2013 13 leerlingen",
            "thuiszitters_relatief 2014 11 leerlingen",
            "thuiszitters_totaal 2013 20 leerlingen",
            "thuiszitters_totaal 2014 17 leerlingen",
        ],
    );
    tells(
        "# Deelname\n\n| Jaar | sbo | landelijk sbo | so |\n|---|---|---|---|\n| 1-10-2012 | 3,1 | 2,6 | 1,7 |\n",
        &["deelname_sbo 2012 3.1 %", "deelname_so 2012 1.7 %"],
    );
    tells(
        "# Afgegeven tlv's\n\n| Schooljaar | aantal |\n|---|---|\n| 14-15 | 119 |\n| 15-16 | 126 |\n",
        &["tlv 2014-2015 119 aantal", "tlv 2015-2016 126 aantal"],
    );
    tells(
        "# Kengetallen 2015\n\n| Klachten | 1 |\n|---|---|\n| Geschillen | geen |\n",
        &["klachten 2015 1 aantal", "geschillen 2015 0 aantal"],
    );
}

#[test]
fn rows_that_narrow_the_count_are_left_out() {
    tells(
        "# Thuiszitters per gemeente, 2014-2015\n\n| Gemeente | aantal |\n|---|---|\n| Epe | 3 |\n| Heerde | 2 |\n| Totaal | 5 |\n",
        &["thuiszitters_totaal 2014-2015 5 leerlingen"],
    );
    tells(
        "# Resultaten 2016\n\n| Indicator | norm | realisatie |\n|---|---|---|\n| Thuiszitters | 10 | 14 |\n",
        &["thuiszitters_totaal 2016 14 leerlingen"],
    );
    tells("# Meerjarenbegroting\n\n| | 2014 | 2015 |\n|---|---|---|\n| Aanpak thuiszitters | 85 | 90 |\n", &[]);
}

#[test]
fn hostile_text_does_no_harm() {
    for text in [
        "thuiszitters 9999999999999999999999 2016",
        "2016-2017-2018-2019 tlv 12",
        "| 2016 | thuiszitters\n|---|\n| | | | |\n| thuiszitters |",
        "€ 2016 klachten (((( 2016 )))) geen geen geen",
        "'14-'15 klachten: – ; 2045 tot en met",
        "bézwáren ２０１６ één\u{301} klacht",
    ] {
        told(text);
        told(&format!("# {text}\n\n{text}"));
    }
    told(&"12 klachten in 2016, ".repeat(400));
}
