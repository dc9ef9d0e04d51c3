"""WeasyPrint without tags: a jaarbericht with big figures in blocks, headings in capitals in a bar, contents in two columns, a chapter tab up the edge, a watermark."""

from in_html import page, weasyprint
from model import Doc

CSS = """
@page { size: A4; margin: 22mm 32mm 22mm 20mm; background: white; @bottom-right { content: "pagina " counter(page); font: 8pt Lato; color: #7a4a86 } }
body { font: 9.8pt/1.45 Lato; margin: 0 } p { margin: 0 0 2.3mm } .edge { position: fixed; right: -55mm; top: 90mm; width: 60mm; height: 6mm; transform: rotate(90deg); font: bold 8pt Lato; color: white; background: #7a4a86; text-align: center; padding-top: 1.5mm } .big { font: bold 30pt/1.1 Lato; color: #7a4a86 } .sub { font-size: 12pt; margin: 2mm 0 8mm }
h1 { font: bold 15pt/1.3 Lato; letter-spacing: .06em; color: #7a4a86; border-left: 4mm solid #7a4a86; padding-left: 4mm; margin: 8mm 0 3mm; break-after: avoid } h2 { font: bold 9.8pt/1.45 Lato; color: white; background: #7a4a86; padding: .6mm 2mm; margin: 4mm 0 1.5mm; break-after: avoid }
.contents { columns: 2; column-gap: 8mm; margin-bottom: 6mm } .toc a { display: block } .toc .dots, .toc .pp { display: none } .toc a::after { content: leader('. ') target-counter(attr(href), page) }
.figures { display: flex; gap: 5mm; margin: 4mm 0 5mm } .figures aside { flex: 1; background: #efe4f2; padding: 4mm 3mm; text-align: center; font-size: 8.5pt } .figures aside b { font-size: 25pt; line-height: 1.15; color: #7a4a86 }
.side { float: right; width: 50mm; border: .8pt solid #7a4a86; border-radius: 3mm; padding: 3mm; margin: 1mm 0 3mm 5mm } .side p { font-size: 8.6pt } .side h2 { background: none; color: #7a4a86; padding: 0; margin: 0 0 1mm }
table { width: 100%; font-size: 9pt; margin: 1mm 0 4mm } td { padding: 1.2mm 3mm 1.2mm 0; vertical-align: top } th { text-align: left; padding: 1.2mm 3mm 1.2mm 0; border-bottom: 1.2pt solid #7a4a86 } tr:nth-child(even) td { background: #f5eef7 } td.n { text-align: right } .caption { font-size: 8.5pt; font-weight: bold; margin-top: 3mm }
.small { font-size: 7pt; margin-top: 8mm } ul { margin: 0 0 2.3mm; padding-left: 5mm }
"""


def build():
    d = Doc("sterrenveld", "WeasyPrint, without tags", ["one column", "big figures in blocks side by side", "headings in spaced capitals", "headings white on a coloured bar", "contents list in two columns", "box with its own heading that text flows around",
            "table with banded rows", "cells of several lines", "text up the edge of the page", "lists", "colofon on the last page"], "words_b.txt")  # fmt: skip
    d.furniture = ["STERRENVELD 2016", "pagina"]
    d.raw('<div class="edge">STERRENVELD 2016</div>')
    d.title("Elk kind een ster, elke ster een plek", "big")
    d.title("Jaarbericht 2016 van samenwerkingsverband Sterrenveld", "sub")
    d.h(1, "WAT STAAT WAAR")
    d.raw('<div class="contents">')
    d.toc(2)
    d.raw("</div>")
    d.h(1, "HET JAAR IN CIJFERS")
    d.raw('<div class="figures">')
    for number, text in (("84%", "van de ouders zou ons aanraden aan de buren"), ("19", "dagen tussen vraag en eerste gesprek"), ("412", "leerlingen met een plan op maat")):
        d.aside(f"**{number}**\n{text}", "kpi")
    d.raw("</div>")
    d.ps("telling", "telling", "telling")
    d.h(2, "Wie wisselde van school")
    d.ps("doorstroom", "doorstroom")
    d.h(1, "DE MENSEN")
    d.h(2, "Ouders")
    d.ps("ouders")
    d.raw('<div class="side">')
    d.flow = "box1"
    d.h(2, "Ouderpunt")
    d.p("Thee staat klaar op dinsdag en donderdag.")
    d.p("Een afspraak maken mag, maar niemand kijkt er raar van op als je zomaar binnenloopt.")
    d.flow = ""
    d.raw("</div>")
    d.ps("ouders", "ouders", "ouders")
    d.h(2, "Jongeren")
    d.ps("leerlingstem", "leerlingstem", "leerlingstem")
    d.h(2, "Begeleiders")
    d.ps("personeel", "personeel", "personeel")
    d.h(1, "HET WERK")
    d.h(2, "Onderzoek")
    d.ps("onderzoek", "onderzoek", "onderzoek", "onderzoek")
    d.h(2, "Wat er af is")
    d.caption("Plannen uit 2015 en hoe het ermee staat")
    d.table([
        ["Plan", "Stand", "Uitleg", "Kosten"],
        ["Dashboard voor directeuren", "af", "iedereen ziet ieders cijfers, wat even wennen was", "38.200"],
        ["Schrijfmiddag", "af", "met taart", "640"],
        ["Zomerbegeleiding", "half", "in juli wel, in augustus nog niet, omdat niemand wilde ruilen", "11.900"],
        ["Kamer in het buurthuis", "af", "", "0"],
        ["Visitaties", "uitgesteld", "de eerste drie zijn gepland voor het voorjaar", "5.150"],
        ["Kaart voor buiten", "af", "bedacht en getekend door leerlingen, gedrukt door een ouder met een drukkerij", "275"],
    ], widths=[25, 14, 46, 15])  # fmt: skip
    d.p("Drie dingen bleven liggen:")
    d.ul(["een gebouw voor de trajectklas;", "minder scholen per begeleider;", "rust in de tweede week van september."])
    d.h(1, "HET GELD")
    d.ps("begroting", "begroting", "begroting", "begroting", "begroting")
    d.h(2, "Toezicht")
    d.ps("toezicht", "toezicht", "toezicht")
    d.p("Sterrenveld, kamer 12 van het buurthuis te Goes. Gemaakt in maart 2017 door het bureau, nagelezen door twee ouders en een conciërge.", "small")
    return d


def render(d, work):
    return weasyprint(page(d, CSS), work)
