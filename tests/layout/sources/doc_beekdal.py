"""WeasyPrint, distilled once more by Ghostscript: numbered chapters, a pull quote between two columns, a framed box with a flow of its own, aligned tables."""

from in_groff import distilled
from in_html import page, weasyprint
from model import Doc

CSS = """
@page { size: A4; margin: 22mm 20mm 20mm; @top-center { content: "Beekdal / verslag 2019"; font: 7.5pt "Open Sans"; color: #555 } @bottom-right { content: counter(page); font: 9pt "Open Sans" } }
@page :first { @top-center { content: none } @bottom-right { content: none } }
body { font: 9.6pt/1.42 "Open Sans"; margin: 0; font-variant-ligatures: none } p { margin: 0 0 2.2mm }
.big { font-size: 40pt; font-weight: bold; line-height: 1.1; color: #7b5a1e; margin-top: 55mm } .sub { font-size: 15pt; margin-top: 5mm } .break { break-before: page }
h1 { font-size: 19pt; line-height: 1.15; color: #7b5a1e; margin: 6mm 0 3mm } h1 .no { font-weight: normal } h2 { font-size: 11.5pt; margin: 4mm 0 1mm }
.pair { position: relative; margin-top: 2mm; text-align: justify; hyphens: auto } .left { float: left; width: 80mm } .right { float: right; width: 80mm } .pair:after { content: ""; display: block; clear: both }
.up { width: 0; height: 44mm } .hole { width: 22mm; height: 32mm } .left .up, .left .hole { float: right; clear: right } .right .up, .right .hole { float: left; clear: left }
aside.mid { position: absolute; left: 62mm; top: 47mm; width: 46mm; font: bold 13pt/1.25 "Open Sans"; text-align: center; color: #7b5a1e; hyphens: none }
.frame { border: .8pt solid #7b5a1e; padding: 4mm 5mm; margin: 4mm 0; background: #faf4e6; break-inside: avoid } .frame h2 { margin-top: 0 }
table { width: 100%; margin: 1mm 0 5mm; font-size: 8.8pt } td, th { text-align: left; vertical-align: top; padding: 1mm 4mm 1mm 0 } th { font-weight: normal; font-style: italic } td.n, th.n { text-align: right } table.long thead { display: table-row-group }
.caption { font-size: 8.5pt; font-weight: bold } ol, ul { margin: 0 0 2mm; padding-left: 6mm } .colofon { font-size: 7pt; color: #444 }
"""


def build():
    d = Doc("beekdal", "WeasyPrint, Ghostscript", ["numbered chapters", "two columns", "pull quote between two columns", "title over two columns", "framed box with its own heading", "table without rules", "cells of several lines",
            "table over pages, head once", "justified with hyphens", "cover", "colofon on the last page", "numbered lists"], "words_a.txt")  # fmt: skip
    d.furniture = ["Beekdal / verslag 2019"]
    d.title("Tussen beek en dal", "big")
    d.title("Jaarverslag 2019, samenwerkingsverband Beekdal", "sub")
    d.raw('<div class="break"></div>')
    d.h(1, "1 Wat dit jaar anders maakte dan alle vorige jaren bij elkaar")
    d.p("Voor het eerst sinds de oprichting daalde het aantal leerlingen dat naar een speciale school ging. Hoe dat komt weten we maar voor een deel.")
    d.raw('<div class="pair"><div class="left"><div class="up"></div><div class="hole"></div>')
    d.ps("cijfers", "cijfers")
    d.ps("cijfers", "cijfers", "basis")
    d.raw('</div><div class="right"><div class="up"></div><div class="hole"></div>')
    d.ps("basis", "basis")
    d.ps("basis", "basis", "leraren")
    d.raw("</div>")
    d.aside("Minder kinderen in de bus, meer kinderen in de buurt", "mid")
    d.raw("</div>")
    d.h(1, "2 Doelen en wat ervan kwam")
    d.ps("kwaliteit", "kwaliteit")
    d.raw('<div class="frame">')
    d.flow = "box1"
    d.h(2, "Wat betekent op orde?")
    d.p("Een doel is op orde als drie mensen die er niet over gaan, onafhankelijk van elkaar zeggen dat zij er iets van gemerkt hebben.")
    d.p("Dat is streng. Het voorkomt dat wij onszelf een schouderklop geven voor een mooi document.")
    d.flow = ""
    d.raw("</div>")
    d.h(2, "2.1 Zes doelen langs de meetlat")
    d.caption("Doelen, wat wij deden en wat het opleverde")
    d.table([
        ["Doel", "Wat we deden", "Wat het opleverde"],
        ["Kortere wachttijd", "Een tweede gedragswetenschapper aangenomen", "Van negen naar vijf weken, behalve in december"],
        ["Ouders eerder aan tafel", "Uitnodiging gaat uit voordat de school iets invult; wie niet kan, wordt gebeld", "Bij vier van de vijf gesprekken waren beide ouders aanwezig"],
        ["Rust in de onderbouw", "Extra handen in groep 1 en 2", ""],
        ["Thuiszitters terug", "Opbouwklas in een boerderij", "Zeven leerlingen gaan weer, twee nog niet"],
        ["Plusgroep voor iedereen", "Geen, door gebrek aan leraren", "Verschoven naar het volgende jaar"],
        ["Scholing", "Vier middagen over taal", "Tevreden deelnemers, maar nog weinig te zien in de klas"],
    ], widths=[24, 38, 38])  # fmt: skip
    d.p("Over het derde doel lopen de meningen uiteen. De handen kwamen er wel, maar op maandag waren zij vaak ziek.")
    d.h(2, "2.2 De volgorde voor volgend jaar")
    d.ol(["Eerst de invalpool voor assistenten, samen met de buurregio.", "Daarna een besluit over de plusgroep.", "Ten slotte een andere manier om te meten."])
    d.h(1, "3 Leden en leerlingen")
    d.ps("bestuur", "bestuur", "bestuur")
    d.caption("Leerlingen per school op 1 oktober 2019")
    rng = d.words.random
    names = "De Wilgenroos,Sint Willibrord,De Leerkring,Het Veldhuis,De Kiem,De Populier,Het Talent,De Vuurvogel,De Lindehof,De Bongerd,Het Kofschip,De Trampoline,Op Weg,De Toermalijn,Het Duin,Het Vlot,De Esdoorn,De Klimop,De Vuurtoren,De Windroos,Het Startblok,De Golfbreker,Eben Haëzer,De Appelgaard,De Stelberg,Triangel".split(",")
    rows = [["School", "Plaats", "Leerlingen", "Waarvan extra hulp"]] + [[n, d.words.fill("{m}"), str(rng.randint(58, 430)), str(rng.randint(3, 41))] for n in names]
    d.table(rows, style="long", widths=[34, 26, 20, 20])
    d.h(1, "4 Slot")
    d.ps("slot", "slot")
    d.p("Colofon. Tekst: bureau Beekdal. Opmaak: een ouder die dat graag doet. Gedrukt op gerecycled papier door een sociale werkplaats in Putten.", "colofon")
    return d


def render(d, work):
    return distilled(weasyprint(page(d, CSS), work), work)
