"""Chromium, its tags as a careless web template gives them: headings hang in the left margin and are tagged P, first paragraphs are tagged as headings."""

from in_html import chromium, page
from model import Cell, Doc

CSS = """
@page { size: A4; margin: 20mm 18mm 20mm; @bottom-left { content: "Lage Weide"; font: 8pt Lato; color: #777 } @bottom-right { content: counter(page); font: 8pt Lato; color: #777 } }
body { font: 10pt/1.45 Lato; margin: 0 } p, h4 { margin: 0 0 2.4mm } h4 { font: inherit }
.big { font: bold 38pt/1.1 Lato; margin-top: 30mm; color: #006a8e } .sub { font-size: 14pt; margin: 4mm 0 150mm } .colofon { font-size: 7.5pt; width: 90mm } .break { break-before: page }
.chapter { font: bold 22pt/1.15 Lato; color: #006a8e; margin: 0 0 5mm; break-before: page; break-after: avoid } .chapter.run { break-before: auto; margin-top: 8mm }
.row { display: grid; grid-template-columns: 42mm 1fr; column-gap: 6mm; margin-bottom: 2mm } .hang { font: bold 10pt/1.45 Lato; color: #006a8e; text-align: right; margin: 0 } .row .col { grid-column: 2 }
.around { float: left; width: 60mm; background: #d9eef4; padding: 4mm; margin: 1mm 5mm 2mm 0 } .around .boxhead { font-weight: bold; margin-bottom: 1mm } .full:after { content: ""; display: block; clear: both }
table { width: 100%; font-size: 9pt; margin-bottom: 4mm } td, th { text-align: left; vertical-align: top; padding: 1.4mm 4mm 1.4mm 0 } th { color: #006a8e } td.n, th.n { text-align: right } table.lines td { border-top: .5pt solid #bbb } table.lines th { border: 0 }
.caption { font-size: 8.5pt; color: #555 } aside.quote { font: italic 17pt/1.3 Lato; color: #006a8e; margin: 4mm 0 4mm 48mm; break-inside: avoid } ul, ol { margin: 0 0 2.4mm; padding-left: 5mm }
.figure svg { width: 100%; display: block }
"""


def build():
    d = Doc("lageweide", "Chromium", ["headings beside the text, in the left margin", "headings without numbers", "text around a coloured box", "pull quote", "figure with caption", "table without rules", "table with rules between rows only", "merged cells",
            "cells of several lines", "table over pages, head repeated", "nested lists", "cover with large title", "colofon on the cover", "tags lie: headings are P, first paragraphs are headings"], "words_b.txt")  # fmt: skip
    d.furniture = ["Lage Weide"]
    d.title("Ruimte voor wie anders loopt", "big")
    d.title("Plan van samenwerkingsverband Lage Weide, 2024-2028", "sub")
    d.add("aside", "Lage Weide is een stichting van negen schoolbesturen. Dit plan werd vastgesteld op 15 april 2024. Opmaak door een stagiair, met dank aan haar geduld.", style="colofon")

    def row(heading, *paragraphs):
        d.raw('<div class="row">')
        d.h(2, heading, "hang")
        d.raw('<div class="col">')
        for at, text in enumerate(paragraphs):
            d.p(text, "lead" if at == 0 else "")
        d.raw("</div></div>")

    d.h(1, "Waar het om draait", "chapter")
    row("Opdracht", "@opdracht", "@opdracht")
    row("Dichtbij", "@opdracht", "@opdracht")
    row("Wat kinderen zeggen", "@leerlingstem", "@leerlingstem", "@leerlingstem")
    d.aside("Wie gewend is te vragen, vraagt", "quote")
    row("Wat onderzoek zegt", "@onderzoek", "@onderzoek", "@onderzoek")
    d.h(1, "Een gewone dag", "chapter")
    d.raw('<div class="full"><div class="around">')
    d.flow = "box1"
    d.h(2, "Acht afspraken", "boxhead")
    d.p("Veiligheid, lezen, rekenen, gedrag, medicijnen, ouders, registratie, overgang. Op elke school hetzelfde.")
    d.p("De inspecteur krijgt dezelfde lijst als de ouders.")
    d.flow = ""
    d.raw("</div>")
    d.ps("aanbod", "aanbod", "aanbod", "aanbod", "reportage", "reportage")
    d.raw("</div>")
    d.figure("hills")
    d.caption("De weide achter het schoolplein in Putten, getekend met krijt")
    d.h(1, "Wie doet wat", "chapter run")
    d.p("Per onderwerp is er één trekker. Die belt, regelt en vertelt hoe het ging.")
    d.table([
        ["Onderwerp", "Trekker", "Eerste stap", "Klaar als"],
        ["Busjes", "gemeenten", "routes natellen", "geen kind langer dan een uur onderweg is"],
        ["Taalbrigade", "bibliotheek", "oproep in het huis-aan-huisblad", "elke kern drie vrijwilligers heeft die ook in de zomer komen"],
        ["Gebouwen", "", "", "er een lijst ligt"],
        ["Coaches", "besturen", "gesprek met de opleiding over stages en uren", "acht mensen begonnen zijn"],
    ], widths=[18, 18, 28, 36])  # fmt: skip
    d.h(1, "Hulp vragen", "chapter")
    row("Het loket", "@loket", "@loket")
    row("De commissie", "@loket", "@loket", "@loket")
    d.raw('<div class="row">')
    d.h(2, "Wat wij van scholen vragen", "hang")
    d.raw('<div class="col">')
    d.p("Drie dingen, en meer niet:", "lead")
    d.ul(["een gesprek met de ouders vóór de aanvraag;", ("een verslag waarin staat:", ["wat er is geprobeerd,", "hoe lang,", "wat het kind ervan vond;"]), "een telefoonnummer dat wordt opgenomen."])
    d.raw("</div></div>")
    row("Ouders", "@ouders", "@ouders", "@ouders")
    d.h(1, "Bedragen en scholen", "chapter run")
    d.caption("Bedragen voor 2024 in euro, naar vestiging")
    rng = d.words.random
    rows = [[Cell("Vestiging", rows=2), Cell("Kinderen", 2), Cell("Bedrag", 2)], ["onderbouw", "bovenbouw", "augustus", "februari"]]
    for name in "De Grutto,Kievitsnest,Het Weiland,De Sloot,Boterbloem,Madelief,De Knotwilg,Pinksterbloem,Het Hek,De Koe,Zuring,De Tureluur,Het Riet,De Vlonder,Waterlelie,De Haas,Paardenbloem,Het Hooi,De Hooiberg,De Wulp,Smeerwortel,De Ringslang,De Leeuwerik,Het Maaiveld,Klaver,De Greppel".split(","):
        low, high = rng.randint(30, 190), rng.randint(30, 190)
        rows.append([name, str(low), str(high)] + [f"{(low + high) * k // 1000}.{(low + high) * k % 1000:03d}" for k in (74, 38)])
    rows.append([Cell("Nog niet verdeeld", 3), "12.000", ""])
    d.table(rows, head=2, style="lines", widths=[36, 16, 16, 16, 16])
    d.p("De verdeling in februari hangt af van het gesprek. Wat overblijft gaat naar het volgende jaar.")
    return d


def render(d, work):
    source = page(d, CSS, heading=lambda node: "p")
    source = source.replace('class="chapter l1"', 'class="chapter"')
    while '<p class="lead">' in source:
        before, after = source.split('<p class="lead">', 1)
        text, after = after.split("</p>", 1)
        source = f"{before}<h4>{text}</h4>{after}"
    return chromium(source, work)
