"""Typst, tagged with artifacts: notes in the margin, merged cells, a landscape page, footnotes, figures, headings without numbers."""

from in_typst import compile
from model import Cell, Doc

TEMPLATE = """
#set text(font: "Carlito", size: 10.5pt, lang: "nl")
#set page(paper: "a4", margin: (left: 22mm, right: 60mm, top: 26mm, bottom: 24mm),
  header: context if counter(page).get().first() > 1 [#text(8pt, fill: gray)[Kraanvogel #h(1fr) jaarverslag 2023]],
  footer: context if counter(page).get().first() > 1 [#text(8pt)[bladzijde #counter(page).display()]])
#set par(leading: .62em, spacing: .95em)
#show heading.where(level: 1): it => { v(5mm); text(19pt, weight: "bold", fill: rgb("#0a6b5e"), it.body); v(2mm) }
#show heading.where(level: 2): it => { v(2mm); text(12.5pt, style: "italic", weight: "bold", it.body); v(.5mm) }
#set table(stroke: .5pt + gray, inset: 4pt)
#show table: set text(9pt)
#show table.cell.where(y: 0): strong
#let cover-title(style, body) = if style == "big" { v(55mm); text(40pt, weight: "bold", fill: rgb("#0a6b5e"), par(leading: .4em, body)) } else { text(16pt, body) }
#let aside(style, body) = if style == "note" { place(right, dx: 44mm, block(width: 38mm, text(8pt, fill: rgb("#0a6b5e"), body))) } else {
  block(fill: rgb("#e3f1ee"), inset: 4mm, width: 100%, body) }
#let legend(body) = text(8.5pt, style: "italic", body)
#let drawing = block(width: 100%, height: 32mm, fill: rgb("#eef"), align(bottom, stack(dir: ltr, spacing: 5mm, ..(12, 20, 15, 27, 24, 30).map(h => rect(width: 10mm, height: h * 1mm, fill: rgb("#0a6b5e"))))))
#let small(body) = text(7.5pt, body)
"""


def build():
    d = Doc("kraanvogel", "Typst", ["one column", "side notes in the margin", "headings without numbers", "footnotes", "figure with caption", "merged cells", "landscape page with a wide table",
            "coloured box", "colofon on the cover", "cover", "tagged, running heads as artifacts"], "words_a.txt")  # fmt: skip
    d.furniture = ["Kraanvogel jaarverslag 2023", "bladzijde"]
    d.title("Over leerlingen die wij bijna kwijt waren", "big")
    d.raw("#v(6mm)")
    d.title("Jaarverslag 2023 van samenwerkingsverband Kraanvogel", "sub")
    d.raw("#v(1fr)")
    d.add("aside", "Kraanvogel is een samenwerkingsverband voor basisscholen. Dit verslag is vastgesteld op 21 mei 2024.\nTekst en cijfers: het bureau. Foto's: geen, uit respect voor de kinderen.", style="colofon")
    d.raw("#pagebreak()")
    d.h(1, "Thuis aan de keukentafel")
    d.p("@thuiszitters")
    d.aside("Vrijstelling: een besluit van de leerplichtambtenaar dat een kind niet naar school hoeft.")
    d.p("@thuiszitters^[Geteld worden leerlingen die langer dan vier weken zonder geldige reden afwezig zijn.]")
    d.ps("thuiszitters")
    d.h(2, "Terug, maar dan anders")
    d.ps("thuiszitters")
    d.aside("De opbouwklas telt ten hoogste negen leerlingen en twee begeleiders.")
    d.p("@verhalen")
    d.caption("Figuur 1. Leerlingen die na een jaar weer volledig naar school gingen, per kwartaal")
    d.figure()
    d.p("De figuur laat zien dat het herstel schoksgewijs gaat. Na een vakantie zakt de lijn, en daarna duurt het ongeveer zes weken voordat de winst terug is.")
    d.h(1, "Samen met de wethouder")
    d.ps("gemeente", "gemeente", "gemeente")
    d.aside("Afspraak: een school meldt een thuiszitter binnen vijf dagen, een gemeente wijst binnen vijf dagen een regisseur aan.", "box")
    d.p("@gemeente^[Cijfers van het eerste halfjaar; de tweede telling volgt in maart.]")
    d.h(2, "Voor wie thuis ziek is")
    d.ps("jonge", "jonge")
    d.raw("#page(flipped: true, margin: 20mm)[")
    d.h(1, "Alles op een rij")
    d.caption("Tabel 1. Leerlingen, arrangementen en verklaringen per gemeente, peildatum 1 februari 2023")
    rng = d.words.random
    rows = [[Cell("Gemeente", rows=2), Cell("Leerlingen", 2), Cell("Arrangementen", 3), Cell("Verklaringen", 2)], ["onderbouw", "bovenbouw", "licht", "midden", "zwaar", "sbo", "so"]]
    for town in ("Goes", "Tiel", "Hoorn", "Assen", "Ede", "Borne", "Weert"):
        rows.append([town] + [str(rng.randint(*span)) for span in ((410, 990), (300, 999), (11, 60), (9, 44), (2, 19), (10, 48), (12, 39))])
    rows.append([Cell("Buiten de regio", 3), "4", "1", "", "6", "13"])
    d.table(rows, head=2, widths=[3, 2, 2, 2, 2, 2, 2, 2])
    d.p("In Weert ligt het aantal verklaringen hoger doordat daar een woonvoorziening staat. De cijfers van Borne zijn voorlopig.")
    d.raw("]")
    d.h(1, "Wat wij onszelf beloven")
    d.ps("kwaliteit", "kwaliteit")
    d.h(2, "Geen kind zonder plek")
    d.ps("kwaliteit", "slot")
    d.p("Voor volgend jaar staan deze zaken op de agenda:")
    d.ul(["een tweede opbouwklas, liefst op fietsafstand;", ("korter wachten op een onderzoek, met:", ["een eigen psycholoog op dinsdag,", "een belspreekuur voor ouders;"]), "minder formulieren."])
    return d


def render(d, work):
    return compile(TEMPLATE, d, work)
