"""WeasyPrint PDF/UA with right tags: contents with leaders, two columns with footnotes across the foot, figures, merged cells, heads and feet as artifacts."""

from in_html import page, weasyprint
from model import Cell, Doc

CSS = """
@page { size: A4; margin: 24mm 20mm 26mm; @top-left { content: "Het Baken"; font: 8pt Carlito; color: #555 } @top-right { content: string(chapter); font: 8pt Carlito; color: #555 } @bottom-center { content: counter(page); font: 9pt Carlito } @footnote { margin-top: 2mm } }
@page :first { @top-left { content: none } @top-right { content: none } @bottom-center { content: none } }
body { font: 10.5pt/1.36 Carlito; margin: 0 } p { margin: 0 0 2mm } .cols { columns: 2; column-gap: 9mm; text-align: justify; hyphens: auto }
.big { font: bold 33pt/1.15 Carlito; color: #1d3f72; margin-top: 60mm } .sub { font-size: 15pt } .break { break-before: page }
h1 { font: bold 19pt/1.2 Carlito; color: #1d3f72; margin: 8mm 0 3mm; string-set: chapter content(); text-align: left; hyphens: none } h1.new { break-before: page; margin-top: 0 } h2 { font: bold 12pt/1.25 Carlito; color: #1d3f72; margin: 4mm 0 1mm; text-align: left; hyphens: none }
.toc a { display: block } .toc .dots, .toc .pp { display: none } .toc a::after { content: leader('.') " " target-counter(attr(href), page) } .toc.t2 { margin-left: 6mm } .toc.t1 { font-weight: bold; margin-top: 2mm }
.fn { float: footnote; font-size: 8.5pt; line-height: 1.25; text-align: left } .fn::footnote-call { font-size: 65%; vertical-align: super; line-height: 0 }
aside.frame { border: 1pt solid #1d3f72; padding: 3mm 4mm; margin: 3mm 0; text-align: left; hyphens: none; font-size: 10pt; break-inside: avoid } .figure svg { width: 100% } .caption { font: italic 9pt Carlito; margin: 1mm 0 2mm; text-align: left; hyphens: none }
table { width: 100%; font-size: 9.2pt; margin-bottom: 4mm } th, td { border: .5pt solid #1d3f72; padding: 1.2mm 2mm; vertical-align: top; text-align: left } th { background: #1d3f72; color: white } td.n { text-align: right } ul, ol { margin: 0 0 2mm; padding-left: 6mm } .colofon { font-size: 7.5pt; margin-top: 12mm }
"""


def build():
    d = Doc("hetbaken", "WeasyPrint PDF/UA", ["numbered headings", "contents list with dotted leaders", "title over two columns", "two columns", "justified with hyphens", "footnotes", "framed text box", "figure with caption",
            "table with rules", "merged cells over columns and rows", "nested lists", "running head that changes", "cover", "colofon on the last page", "tagged, running heads as artifacts"], "words_b.txt")  # fmt: skip
    d.furniture = ["Het Baken", "Inhoud"]
    d.title("Een licht dat niet te fel is", "big")
    d.title("Ondersteuningsplan voortgezet onderwijs Het Baken 2020-2024", "sub")
    d.h(1, "Inhoud", "new")
    d.toc(2)
    d.h(1, "1 Koers voor vier jaar, met ruimte voor tegenwind", "new")
    d.ps("opdracht")
    d.raw('<div class="cols">')
    d.h(2, "1.1 Bedoeling")
    d.ps("opdracht", "opdracht", "opdracht")
    d.h(2, "1.2 Bestuurlijke afspraken")
    d.ps("recht", "recht")
    d.p("@recht^[Met uitzondering van gegevens die de wet langer laat bewaren.]")
    d.aside("Een bestuur dat het niet eens is met een besluit, zegt dat in de vergadering en niet daarna.", "frame")
    d.ps("recht", "recht")
    d.h(2, "1.3 Samen met de wijk")
    d.ps("wijk", "wijk", "wijk")
    d.raw("</div>")
    d.h(1, "2 Doorgaande lijnen")
    d.p("Scholen nemen leerlingen aan, en laten ze weer gaan. Tussen die twee momenten ligt het meeste werk.")
    d.raw('<div class="cols">')
    d.h(2, "2.1 Naar binnen")
    d.ps("instroom", "instroom", "instroom")
    d.figure("bars")
    d.caption("Figuur 1. Aanmeldingen per maand in het schooljaar 2018/2019")
    d.h(2, "2.2 Naar buiten")
    d.ps("doorstroom", "doorstroom", "doorstroom")
    d.p("Voor iedere leerling die vertrekt ligt klaar:")
    d.ol([("een map met daarin", ["het laatste rapport,", "een brief van de mentor;"]), "een afspraak in de eerste schoolweek;", "het nummer van de begeleider."])
    d.raw("</div>")
    d.h(1, "3 Wie beslist waarover", "new")
    d.p("Onderstaand schema is het kortste stuk van dit plan en het langst besproken.")
    d.p("@loket^[Het loket is er voor alle scholen, ook voor die van buiten de regio.]")
    d.p("@loket^[Zie de jaarrekening, bladzijde zestien, voor wat dat kost; de bedragen daar zijn inclusief de uren van de school.] Wie dat te veel vindt, mag een voorstel doen.")
    d.caption("Tabel 1. Besluiten en rollen")
    d.table([
        [Cell("Besluit", rows=2), Cell("Rol", 3), Cell("Opmerking", rows=2)],
        ["stelt voor", "beslist", "wordt gehoord"],
        ["Plan", "directeur", "leden", "raad, gemeenten", "om de vier jaar"],
        ["Begroting", "directeur", Cell("leden en toezicht, ieder voor het eigen deel", 2), "ieder najaar"],
        [Cell("Plaatsing", rows=2), "school", "commissie", "ouders, leerling", "gewone weg"],
        ["loket", "directeur", "", "bij spoed, achteraf te melden aan de commissie"],
        ["Benoemingen", "toezicht", "toezicht", "raad", ""],
    ], head=2)  # fmt: skip
    d.ps("loket", "loket")
    d.h(1, "4 Geld en toezicht", "new")
    d.ps("begroting")
    d.raw('<div class="cols">')
    d.ps("begroting", "begroting", "begroting")
    d.ps("toezicht", "toezicht")
    d.raw("</div>")
    d.p("Het Baken, Havenstraat 1 te Hoorn. Vastgesteld in juni 2020. Met dank aan de leerlingen die alle moeilijke woorden rood onderstreepten.", "colofon")
    return d


def render(d, work):
    return weasyprint(page(d, CSS), work, "pdf/ua-1")
