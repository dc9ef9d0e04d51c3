"""Chromium without tags: a regulation with articles and numbered leden, spaced capitals on a band, contents with the number in front, a watermark, text up the edge."""

from in_html import chromium, page
from model import Cell, Doc

CSS = """
@page { size: A4; margin: 25mm 30mm 22mm 25mm; @right-middle { content: "Reglement Kloosterveld, versie voor de leden"; writing-mode: vertical-rl; font: 7.5pt "Liberation Sans"; color: #777 } @bottom-center { content: "blz. " counter(page); font: 8.5pt "Liberation Serif" } }
body { font: 11pt/1.35 "Liberation Serif"; margin: 0 } p { margin: 0 0 2.4mm }
.mark { position: fixed; top: 105mm; left: 5mm; font: bold 82pt "Liberation Sans"; color: rgba(0, 0, 0, .07); transform: rotate(-50deg) }
.big { font: bold 20pt/1.2 "Liberation Sans"; margin: 4mm 0 1mm } .sub { font: 11pt "Liberation Sans"; margin-bottom: 6mm }
h1 { font: bold 12pt/1.3 "Liberation Sans"; letter-spacing: .1em; color: white; background: #3b3b5c; padding: 1.6mm 3mm; margin: 7mm 0 3mm } h2 { font: bold 11pt/1.35 "Liberation Serif"; margin: 4mm 0 1mm } h2 .no { margin-right: 0 }
.toc { margin: .6mm 0 } .toc a { flex-direction: row-reverse; justify-content: flex-end } .toc .dots { display: none } .toc .pp { width: 9mm; margin: 0 } .toc .tt { flex: none } .toc.t2 { padding-left: 9mm }
ol { margin: 0 0 2.4mm; padding-left: 8mm } ul { list-style: lower-alpha; margin: 0; padding-left: 7mm } li { margin-bottom: .8mm }
table { width: 99.6%; font-size: 10pt; margin: 2mm 0 4mm } td, th { border: .6pt solid black; padding: 1mm 1.5mm; text-align: left; vertical-align: top } .caption { break-after: avoid; font-style: italic; font-size: 10pt } aside.frame { border: .6pt dashed black; padding: 2.5mm 3mm; margin: 3mm 0; font-size: 10pt }
"""


def build():
    d = Doc("kloosterveld", "Chromium, without tags", ["one column", "articles with numbered leden", "headings in spaced capitals on a coloured band", "bold headings at the size of the body", "contents list with the page number in front",
            "numbered lists with letters below", "table with rules", "merged cells", "framed text box", "watermark", "text up the edge of the page", "running feet"], "words_a.txt")  # fmt: skip
    d.furniture = ["CONCEPT", "Reglement Kloosterveld, versie voor de leden", "blz."]
    d.raw('<div class="mark">CONCEPT</div>')
    d.title("Reglement samenwerkingsverband Kloosterveld", "big")
    d.title("bijlage bij het ondersteuningsplan 2021-2025", "sub")
    d.h(1, "INHOUD")
    d.toc(2)
    d.h(1, "HOOFDSTUK I ALGEMEEN")
    d.h(2, "Artikel 1 Begripsbepalingen")
    d.p("In dit reglement wordt verstaan onder:")
    d.ul(["bestuur: het bestuur van de vereniging Kloosterveld;", "leerling: ieder die op een van de scholen is ingeschreven;", "raad: de ondersteuningsplanraad, bedoeld in de wet."])
    d.h(2, "Artikel 2 Reikwijdte")
    d.ol(["Dit reglement geldt voor alle aangesloten scholen, met uitzondering van het verenigingsbureau.", "Het treedt in de plaats van eerdere afspraken, ook wanneer die mondeling zijn gemaakt.", "Afwijken kan slechts nadat de raad daarover is gehoord."])
    d.ps("wet")
    d.h(1, "HOOFDSTUK II TOELATING EN TOEWIJZING")
    d.h(2, "Artikel 3 Aanmelding")
    d.ps("wet", "wet")
    d.ol([("De school stuurt bij een aanvraag mee:", ["het ontwikkelingsperspectief;", "de zienswijze van de ouders;", "een verslag van wat eerder is geprobeerd."]), "Ontbreekt een stuk, dan krijgt de school tien dagen om het alsnog te sturen."])
    d.h(2, "Artikel 4 Advies van deskundigen")
    d.ps("route", "route", "route")
    d.h(2, "Artikel 5 Bezwaar")
    d.ps("wet")
    d.aside("Toelichting: een bezwaar schort het besluit niet op. De leerling kan dus alvast beginnen op de nieuwe school.", "frame")
    d.h(1, "HOOFDSTUK III BESTUUR EN MIDDELEN")
    d.h(2, "Artikel 6 Samenstelling")
    d.ps("bestuur", "bestuur")
    d.caption("Overzicht van zetels en termijnen")
    d.table([
        ["Geleding", "Zetels", "Termijn", "Herbenoeming"],
        ["Openbaar onderwijs", "3", Cell("vier jaar", rows=3), "eenmaal"],
        ["Bijzonder onderwijs", "4", "eenmaal"],
        ["Speciaal onderwijs", "2", "tweemaal, wegens het kleine aantal kandidaten"],
        [Cell("Waarnemers zonder stem, op uitnodiging van de voorzitter", 3), "n.v.t."],
    ])  # fmt: skip
    d.h(2, "Artikel 7 Besluitvorming")
    d.ol(["Besluiten worden genomen met gewone meerderheid, tenzij de statuten anders bepalen.", "Bij gelijke stemmen beslist de voorzitter, nadat hij iedereen nog een keer heeft laten spreken.", "Over personen wordt schriftelijk gestemd."])
    d.ps("bestuur", "bestuur")
    d.h(2, "Artikel 8 Verdeling van middelen")
    d.ps("geld", "geld", "geld", "geld")
    d.h(1, "HOOFDSTUK IV SLOTBEPALINGEN")
    d.h(2, "Artikel 9 Klachten")
    d.ps("bestuur")
    d.h(2, "Artikel 10 Inwerkingtreding")
    d.p("Dit reglement treedt in werking op de dag na vaststelling en vervalt van rechtswege op 31 juli 2025.")
    return d


def render(d, work):
    return chromium(page(d, CSS), work, tagged=False)
