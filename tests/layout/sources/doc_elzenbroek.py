"""WeasyPrint PDF/UA whose tag tree lies: its parts in the wrong order and body text tagged as headings. Side notes in the margin."""

import pikepdf

from in_html import page, weasyprint
from model import Cell, Doc

CSS = """
@page { size: A4; margin: 24mm 62mm 24mm 22mm; @top-right { content: "Plan Elzenbroek VO"; font: 8pt "Liberation Serif"; color: #666 } @bottom-right { content: counter(page); font: 9pt "Liberation Serif" } }
body { font: 11pt/1.38 "Liberation Serif"; margin: 0 } p { margin: 0 0 2.6mm }
.big { font-size: 26pt; font-weight: bold; text-align: center; margin: 6mm 0 2mm } .sub { text-align: center; font-size: 13pt; margin-bottom: 10mm }
h1 { font-size: 15pt; margin: 7mm 0 2mm; font-weight: bold; border-bottom: .7pt solid black } h2 { font-size: 11pt; font-weight: bold; margin: 4mm 0 .5mm }
aside.note { float: right; clear: right; width: 42mm; margin: 0 -50mm 3mm 0; font: 8.3pt/1.3 "Liberation Sans"; color: #30547a; border-left: 2pt solid #30547a; padding-left: 2mm; break-inside: avoid }
aside.frame { border: 1pt solid #000; padding: 3mm 4mm; margin: 3mm 0; font-size: 10pt }
.fn { float: footnote; font-size: 8.5pt; line-height: 1.25 } table { width: 100%; font-size: 9.5pt; margin: 2mm 0 4mm } td, th { border-bottom: .5pt solid #999; padding: 1.2mm 2mm 1.2mm 0; text-align: left; vertical-align: top } thead th { border-bottom: 1.2pt solid #000 } td.n, th.n { text-align: right }
.caption { break-after: avoid; font-size: 9pt; font-style: italic } ol, ul { margin: 0 0 2.6mm; padding-left: 7mm }
"""


def build():
    d = Doc("elzenbroek", "WeasyPrint PDF/UA, tags changed with pikepdf", ["one column", "side notes in the margin", "framed text box", "footnotes", "bold headings at the size of the body", "table with rules",
            "merged cells", "numbered and bulleted lists", "tags lie: order turned round, body text tagged as headings"], "words_a.txt")  # fmt: skip
    d.furniture = ["Plan Elzenbroek VO"]
    d.title("Elzenbroek: het plan in gewone woorden", "big")
    d.title("Ondersteuningsplan voortgezet onderwijs 2018-2022", "sub")
    d.h(1, "Waar we vandaan komen")
    d.aside("Het vorige plan staat nog tot de zomer op de website, onder archief.")
    d.ps("waarom", "waarom")
    d.p("@waarom^[De telling gebeurt elk jaar op 1 februari; tot en met 2021 was dat 1 oktober.]")
    d.h(2, "Een regio in beweging")
    d.aside("Kijk voor de kaart van wijken en scholen op de binnenkant van het omslag.")
    d.ps("waarom", "waarom", "waarom")
    d.h(1, "Wat iedere school in huis heeft")
    d.ps("basis")
    d.h(2, "Profielen")
    d.p("@basis^[Zie de regeling schoolprofielen, vastgesteld in de ledenvergadering van november.]")
    d.aside("Een profiel telt vier bladzijden en wordt om het jaar herzien.")
    d.ps("basis")
    d.aside("Let op: een school mag een leerling niet weigeren omdat het profiel iets niet noemt. De zorgplicht gaat altijd voor.", "frame")
    d.h(2, "Handen in de klas")
    d.ps("leraren", "leraren", "leraren", "leraren")
    d.h(1, "De stap naar een andere school")
    d.ps("overgang", "overgang", "overgang")
    d.h(2, "Wie doet wat")
    d.ol(["De mentor nodigt uit.", "Ouders nemen mee wat zij belangrijk vinden, ook als dat geen papier is.", "De decaan bewaakt de termijnen."])
    d.caption("Overzicht van leerlingen die van school wisselden")
    d.table([
        [Cell("Van", rows=2), Cell("Naar", 3)],
        ["mbo", "praktijkonderwijs", "vso"],
        ["Brugklas", "0", "14", "9"],
        ["Tweede klas", "3", "11", "17"],
        ["Bovenbouw", "58", "2", "12"],
        [Cell("Van buiten de regio, alle leerjaren samen", 2), "6", "5"],
    ], head=2)  # fmt: skip
    d.p("Wat opvalt in het overzicht is de piek na de tweede klas. Scholen stellen een moeilijk gesprek vaak een jaar uit, in de hoop dat het vanzelf beter gaat.")
    d.h(1, "Tot besluit")
    d.ps("slot", "slot")
    return d


def render(d, work):
    pdf = weasyprint(page(d, CSS), work, "pdf/ua-1")
    out = work / "lie.pdf"
    with pikepdf.open(pdf) as file:
        paragraphs = 0
        for obj in file.objects:
            if isinstance(obj, pikepdf.Dictionary) and "/S" in obj and "/P" in obj and "/K" in obj:
                kind = str(obj["/S"])
                if kind == "/P":
                    paragraphs += 1
                    if paragraphs % 3 == 0:
                        obj["/S"] = pikepdf.Name("/H1")
                elif kind in ("/H1", "/H2"):
                    obj["/S"] = pikepdf.Name("/P")
                if kind in ("/Div", "/Document", "/NonStruct") and isinstance(obj["/K"], pikepdf.Array) and len(obj["/K"]) > 8:
                    obj["/K"] = pikepdf.Array(list(obj["/K"])[::-1])
        file.save(out, deterministic_id=True)
    return out
