"""Chromium, its tag tree made all P: a jaarverslag in three columns with boxes, a flow around a box and headings told by type."""

import pikepdf

from in_html import chromium, page
from model import Doc

CSS = """
@page { size: A4; margin: 16mm 14mm 18mm; @bottom-left { content: counter(page) "   TOLBRUG IN BEELD"; font: 7.5pt Lato; color: #46507a } }
@page :first { @bottom-left { content: none } }
body { font: 8.8pt/1.45 "Open Sans"; margin: 0; color: #222 } p { margin: 0 0 2.2mm }
.cover { height: 255mm; background: #46507a; color: white; margin: -2mm; padding: 2mm 10mm; box-sizing: border-box } .big { font: 54pt/1 Lato; margin-top: 80mm } .sub { font: 18pt Lato; margin-top: 8mm }
.cols { columns: 3; column-gap: 6mm; text-align: justify; hyphens: manual } .big2 { }
h1 { font: bold 24pt/1.1 Lato; color: #46507a; margin: 0 0 4mm; break-before: page } h1.run { break-before: auto; margin-top: 8mm }
h2 { font: bold 8.8pt/1.45 "Open Sans"; margin: 3mm 0 0; text-align: left } p.lead { font-size: 11.5pt; width: 130mm; margin-bottom: 5mm }
.box { background: #e8e4f4; padding: 4mm; break-inside: avoid; margin: 2mm 0 4mm; text-align: left } .box h2 { font: bold 11pt Lato; color: #46507a; margin: 0 0 1.5mm }
.around { float: right; width: 62mm; border: 1.2pt solid #46507a; margin-right: 1pt !important; padding: 3mm 4mm; margin: 1mm 0 3mm 6mm; font-size: 8.8pt } .around h2 { margin: 0 0 1mm; font: bold 10.5pt Lato }
.wide p { font-size: 9.5pt } aside.quote { font: italic 14pt/1.3 Lato; color: #b0562f; margin: 3mm 0; text-align: left; break-inside: avoid }
table { width: 100%; font-size: 9pt; margin: 1mm 0 5mm } td, th { padding: 1.6mm 3mm 1.6mm 0; text-align: left; vertical-align: top } th { color: #46507a } td.n, th.n { text-align: right }
.caption { font-weight: bold; font-size: 8.5pt }
"""


def build():
    d = Doc("tolbrug", "Chromium, tags changed with pikepdf", ["three columns", "justified with hyphens", "coloured box with its own heading", "text around a framed box", "pull quote", "bold headings at the size of the body",
            "title over all columns", "table without rules", "cells of several lines", "cover", "tags lie: everything is P"], "words_a.txt")  # fmt: skip
    d.furniture = ["TOLBRUG IN BEELD"]
    d.raw('<div class="cover">')
    d.title("Tolbrug in beeld", "big")
    d.title("Jaarbericht 2020", "sub")
    d.raw("</div>")
    d.h(1, "De rekening en het resultaat")
    d.p("Wat kwam er binnen, waar ging het heen en wat hebben leerlingen daarvan gezien? Drie kolommen, geen jargon.", "lead")
    d.raw('<div class="cols">')
    d.h(2, "Minder uit Den Haag")
    d.ps("geld", "geld")
    d.h(2, "Naar de klas")
    d.ps("geld", "geld")
    d.aside("Vier cent van elke euro blijft op kantoor", "quote")
    d.h(2, "Krimp en groei")
    d.ps("cijfers", "cijfers")
    d.raw('<div class="box">')
    d.flow = "box1"
    d.h(2, "Even rekenen")
    d.p("Een dag begeleiding kost ongeveer 520 euro. Voor het bedrag van een grote kopieermachine kan een kind dus anderhalf jaar lang elke week een ochtend hulp krijgen.")
    d.p("De machine hebben wij laten staan in de winkel.")
    d.flow = ""
    d.raw("</div>")
    d.h(2, "Wie de lat legt")
    d.ps("kwaliteit", "kwaliteit", "kwaliteit")
    d.h(2, "Bezoek van de inspectie")
    d.ps("kwaliteit", "kwaliteit")
    d.raw("</div>")
    d.h(1, "Op bezoek bij de kleuters")
    d.raw('<div class="wide"><div class="around">')
    d.flow = "box2"
    d.h(2, "Zo werkt de kijkgroep")
    d.p("Eén ochtend per week spelen acht kinderen samen met een specialist en hun eigen juf.")
    d.p("Na zes weken ligt er een plan dat op een half velletje past.")
    d.flow = ""
    d.raw("</div>")
    d.ps("jonge", "jonge", "jonge", "basis", "basis", "basis")
    d.raw("</div>")
    d.h(1, "Wat we beloofden", "run")
    d.p("In het najaar beloofden we de ondersteuningsplanraad vijf dingen. Hieronder staat hoe ver we zijn gekomen.")
    d.caption("Beloften en stand van zaken op 31 december")
    d.table([
        ["Belofte", "Hoe ver", "Wat nog komt"],
        ["Een vaste contactpersoon voor elke school", "Gelukt op alle scholen behalve twee, waar een vacature openstaat", "Invulling vóór de voorjaarsvakantie"],
        ["Wachttijd korter dan zes weken", "Gemiddeld vijf weken en twee dagen", "Aandacht voor verhuizingen halverwege een procedure"],
        ["Ouderondersteuner", "Begonnen in mei, spreekuur op twee plaatsen", "Derde plek in de noordelijke wijken"],
        ["Minder papier", "Drie formulieren zijn er één geworden", ""],
        ["Bezoek aan elke school", "Uitgesteld", "Nieuwe ronde vanaf september, te beginnen bij de kleinste scholen"],
    ], widths=[28, 38, 34])  # fmt: skip
    return d


def render(d, work):
    pdf = chromium(page(d, CSS, soft=True), work)
    out = work / "flat.pdf"
    with pikepdf.open(pdf) as file:
        for obj in file.objects:
            if isinstance(obj, pikepdf.Dictionary) and "/S" in obj and "/P" in obj and "/K" in obj and str(obj["/S"]) not in ("/Document", "/P"):
                obj["/S"] = pikepdf.Name("/P")
        file.save(out, deterministic_id=True)
    return out
