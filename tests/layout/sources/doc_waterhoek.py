"""WeasyPrint: two justified columns with hyphens under a title over both, pull quotes, drop caps and creative headings."""

from in_html import page, weasyprint
from model import Doc

CSS = """
@page { size: A4; margin: 20mm 18mm 22mm; @bottom-center { content: counter(page); font: bold 9pt Lato; color: #c2452d } @bottom-left { content: "Waterhoek vertelt | jaarverslag 2021"; font: 7.5pt Lato; color: #888 } }
@page cover { margin: 0; background: #f2d8c0; @bottom-center { content: none } @bottom-left { content: none } }
body { font: 9.5pt/1.42 "EB Garamond 12", "EB Garamond"; text-align: justify; hyphens: auto; margin: 0 } p { margin: 0; text-indent: 4mm } h3 + p, h2 + p, p.first, p.drop { text-indent: 0 }
.cover { page: cover; height: 257mm; padding: 40mm 20mm 0 } .cover .title { font-family: Lato; text-align: left; hyphens: none } .big { font-size: 46pt; line-height: 1.05; font-weight: 900; color: #c2452d; width: 150mm } .sub { font-size: 17pt; margin-top: 10mm }
h1 { font: bold 25pt/1.15 Lato; color: #c2452d; text-align: left; hyphens: none; margin: 0 0 5mm; break-before: page; column-span: all }
h2 { font: italic 14pt/1.2 "EB Garamond 12"; color: #333; text-align: left; hyphens: none; margin: 5mm 0 1.5mm; break-after: avoid }
.cols { columns: 2; column-gap: 8mm } p.intro { font-size: 12pt; font-weight: bold; text-align: left; hyphens: none; margin-bottom: 5mm; text-indent: 0 }
aside.quote { font: bold 15pt/1.25 Lato; color: #1f6f78; text-align: left; hyphens: none; border-top: 2pt solid #1f6f78; border-bottom: 2pt solid #1f6f78; padding: 3mm 0; margin: 4mm 0; break-inside: avoid }
p.drop .cap { display: block; float: left; font: 37pt/27pt Lato; margin: 1.2mm 1.5mm 0 0; text-indent: 0; color: #c2452d }
.figure svg { width: 100%; display: block; margin-top: 3mm } .caption { font: 7.5pt Lato; text-align: left; margin: 1mm 0 4mm; color: #555 }
ul { padding-left: 4mm; margin: 1.5mm 0 }
.colofon { font: 7pt/1.4 Lato; text-align: left; hyphens: none } h1.small { font-size: 11pt; break-before: auto; margin: 30mm 0 2mm }
"""


def build():
    d = Doc("waterhoek", "WeasyPrint", ["title over two columns", "two columns", "justified with hyphens", "pull quote in a column", "drop caps", "creative headings without numbers",
            "headings of two lines", "figure with caption", "cover with large title", "colofon on the last page"], "words_a.txt")  # fmt: skip
    d.furniture = ["Waterhoek vertelt | jaarverslag 2021"]
    d.raw('<div class="cover">')
    d.title("Waterhoek vertelt", "big")
    d.title("Jaarverslag 2021 van het samenwerkingsverband in de Waterhoek", "sub")
    d.raw("</div>")
    d.h(1, "Een jaar waarin de deuren soms dicht zaten en toch open bleven")
    d.p("Lessen achter een scherm, ramen open in januari en ouders op het plein: zo zag dit jaar eruit. Vijf verhalen over wat er ondertussen wél lukte.", "intro")
    d.raw('<div class="cols">')
    d.p("@verhalen", "drop")
    d.ps("verhalen", "leraren", "leraren")
    d.aside("Niemand zucht als ik een som nog een keer wil horen", "quote")
    d.h(2, "Wie er niet was, werd gemist en gebeld")
    d.ps("thuiszitters", "thuiszitters", "thuiszitters")
    d.figure("hills")
    d.caption("Foto: het uitzicht vanaf de opbouwklas, gezien door een leerling met een waskrijtje")
    d.ps("thuiszitters")
    d.h(2, "Busjes, buren en een brief aan de wethouder over te lange routes")
    d.ps("gemeente", "gemeente", "gemeente", "gemeente")
    d.p("Wat we van dit jaar meenemen:")
    d.ul(["bellen voordat het derde verzuimbriefje er ligt;", "een gesprek is korter dan een formulier;", "zeg het ook als iets gewoon goed gaat."])
    d.raw("</div>")
    d.h(1, "Geld dat aankomt waar de kinderen zitten")
    d.raw('<div class="cols">')
    d.p("@geld", "drop")
    d.ps("geld", "geld")
    d.aside("Een bonnetje zegt niets, een leraar wel", "quote")
    d.ps("geld", "geld")
    d.h(2, "Wat kinderen ervan merkten")
    d.ps("kwaliteit", "kwaliteit", "kwaliteit")
    d.h(2, "Kleine stoelen, grote vragen")
    d.ps("jonge", "jonge", "jonge")
    d.raw("</div>")
    d.h(1, "Colofon", "small")
    d.p("Samenstelling en redactie: bureau Waterhoek, met dank aan alle scholen. Vormgeving en druk in eigen beheer, oplage driehonderd.\nWaterhoek, postbus 12, Goes. Vragen over dit verslag mogen ook per briefkaart.", "colofon")
    return d


def render(d, work):
    return weasyprint(page(d, CSS), work)
