"""Chromium, tagged: one column with three depths of numbered headings, as a text of law; tables with rules over pages."""

from in_html import chromium, page
from model import Cell, Doc

CSS = """
@page { size: A4; margin: 26mm 24mm 24mm 30mm; @top-left { content: "SWV Lindeveld PO"; font: 8pt Liberation Sans; color: #555 }
  @top-right { content: "Ondersteuningsplan 2022-2026"; font: 8pt Liberation Sans; color: #555 } @bottom-right { content: "Pagina " counter(page) " van " counter(pages); font: 8pt Liberation Sans } }
@page :first { @top-left { content: none } @top-right { content: none } @bottom-right { content: none } }
body { font: 10.5pt/1.4 "Liberation Sans"; margin: 0 } p { margin: 0 0 8pt }
.title.big { font-size: 30pt; font-weight: bold; margin: 70mm 0 6mm; color: #14506e } .title.sub { font-size: 15pt; margin-bottom: 60mm }
.colofon { font-size: 7.5pt; line-height: 1.35; width: 75mm } .new { break-before: page }
h1 { font-size: 17pt; color: #14506e; margin: 18pt 0 8pt } h2 { font-size: 13pt; margin: 14pt 0 5pt } h3 { font-size: 10.5pt; margin: 10pt 0 3pt }
h1 .no, h2 .no, h3 .no { display: inline-block; min-width: 13mm } h1.fresh { break-before: page }
.toc { margin: 1.5mm 0 } .toc.t2 { margin-left: 8mm } .toc.t1 { font-weight: bold; margin-top: 3mm }
table { width: 99.7%; font-size: 9pt; margin: 4pt 0 10pt } th, td { border: .6pt solid #444; padding: 3pt 5pt; vertical-align: top; text-align: left } th { background: #dde8ee } td.n, th.n { text-align: right }
.caption { font-size: 8.5pt; font-style: italic; margin: 6pt 0 2pt } ul, ol { margin: 0 0 8pt; padding-left: 7mm }
"""


def build():
    d = Doc("lindeveld", "Chromium", ["one column", "numbered headings to three levels", "contents list with leaders", "table with rules", "merged cells", "table over pages, head repeated",
            "nested lists", "running heads and feet", "cover", "colofon on the cover", "tagged"], "words_a.txt")  # fmt: skip
    d.furniture = ["SWV Lindeveld PO", "Ondersteuningsplan 2022-2026", "Pagina van"]
    d.title("Ondersteuningsplan 2022-2026", "big")
    d.title("Samenwerkingsverband Lindeveld primair onderwijs", "sub")
    d.add("aside", "Vastgesteld door het bestuur op 14 april 2022, na instemming van de ondersteuningsplanraad op 7 april 2022.\nUitgave: bureau Lindeveld, Stationsplein 3, Meppel. Overnemen mag met bronvermelding.", style="colofon")
    d.raw('<div class="new"></div>')
    d.h(1, "Inhoud")
    d.toc(2)
    d.h(1, "1 Inleiding", "fresh")
    d.ps("waarom", "waarom")
    d.h(2, "1.1 Wettelijk kader")
    d.ps("wet")
    d.h(3, "1.1.1 Zorgplicht")
    d.ps("wet")
    d.h(3, "1.1.2 Ontwikkelingsperspectief")
    d.ps("wet")
    d.h(2, "1.2 Leeswijzer")
    d.p("Hoofdstuk 2 beschrijft wat scholen zelf bieden. In hoofdstuk 3 staat de weg naar extra hulp, in hoofdstuk 4 het geld. Het stuk is zo opgebouwd dat ieder hoofdstuk los te lezen is.")
    d.h(1, "2 Wat scholen bieden")
    d.h(2, "2.1 Basisondersteuning")
    d.ps("basis", "basis")
    d.p("Een school heeft haar basisondersteuning op orde wanneer:")
    d.ul([
        ("er een intern begeleider is met voldoende uren, die", ["de groepsbesprekingen leidt,", "de contacten met jeugdhulp onderhoudt en", "nieuwe collega's inwerkt;"]),
        "afspraken over pesten, dyslexie en medicijnen op papier staan;",
        "ouders weten bij wie zij met een vraag terechtkunnen.",
    ])  # fmt: skip
    d.h(2, "2.2 Extra ondersteuning")
    d.ps("extra")
    d.h(3, "2.2.1 Soorten arrangementen")
    d.ps("extra")
    d.caption("Tabel 1. Arrangementen naar duur en inzet")
    d.table([
        ["Soort", "Duur", Cell("Inzet per week", 2), "Beslist door"],
        ["Licht", "tot 10 weken", "1 uur", "consulent", "school"],
        [Cell("Midden", rows=2), "half jaar", "3 uur", "begeleider van het bureau", "ondersteuningsteam, na overleg met de ouders"],
        ["heel schooljaar", "2 uur", "begeleider en assistent", "ondersteuningsteam"],
        ["Zwaar", "heel schooljaar", "6 uur of meer", "vaste begeleider naast de leerling", "commissie van het bureau"],
    ])  # fmt: skip
    d.h(3, "2.2.2 Aanvragen")
    d.ps("extra", "extra")
    d.h(1, "3 De weg naar passende hulp")
    d.h(2, "3.1 Stappen")
    d.ol([
        "Leraar en ouders bespreken wat zij zien.",
        "De intern begeleider vraagt de consulent mee te denken.",
        "Het ondersteuningsteam legt vast wat er gebeurt en wie dat doet.",
        "Na een half jaar wordt de aanpak bijgesteld of beëindigd.",
    ])  # fmt: skip
    d.h(2, "3.2 Toelaatbaarheid")
    d.ps("route", "route")
    d.h(1, "4 Middelen")
    d.ps("geld")
    d.h(2, "4.1 Scholen en bedragen")
    d.caption("Tabel 2. Bedrag per school in het schooljaar 2022/2023, in euro")
    names = "De Wilg,Het Palet,Sint Joris,De Ark,De Springplank,Het Nest,De Vlieger,Klavertje Vier,Op de Brink,De Horizon,De Zandloper,Het Kompas,De Regenboog,De Kastanje,De Wegwijzer,Rehoboth,De Meander,Het Mozaïek,De Kameleon,De Eikelaar,De Bron,Het Anker,De Lantaarn,De Zevensprong,De Korenaar,Dorpsschool Oost,De Hoeksteen,De Tweeklank".split(",")
    rng = d.words.random
    rows = [["School", "Plaats", "Leerlingen", "Bedrag"]]
    for name in names:
        count = rng.randint(61, 412)
        rows.append([name, d.words.fill("{m}"), str(count), f"{count * 214 // 1000}.{count * 214 % 1000:03d}"])
    d.table(rows)
    d.h(2, "4.2 Reserve")
    d.ps("geld", "geld")
    return d


def render(d, work):
    return chromium(page(d, CSS), work)
