"""Typst without tags: two justified columns under a title over both, pull quotes over the gap, drop caps, a table that is only aligned."""

from in_typst import compile
from model import Doc

TEMPLATE = """
#set text(font: "EB Garamond 12", size: 10.5pt, lang: "nl", hyphenate: true)
#set page(paper: "a4", margin: (x: 20mm, top: 22mm, bottom: 24mm), footer: context [#h(1fr) #text(9pt, font: "Lato")[#counter(page).display() | Oeverzicht 2022]])
#set par(justify: true, leading: .6em, spacing: .6em, first-line-indent: 4mm)
#show heading.where(level: 2): it => block(above: 4mm, below: 1.8mm, text(12pt, font: "Lato", weight: "bold", fill: rgb("#8a2f5c"), { set par(justify: false, first-line-indent: 0mm); it.body }))
#show heading.where(level: 3): it => block(above: 3mm, below: 1mm, text(10.5pt, style: "italic", it.body))
#let headline(body) = place(top, scope: "parent", float: true, clearance: 6mm, block(width: 100%, { set par(justify: false, first-line-indent: 0mm, leading: .35em); set text(26pt, font: "Lato", weight: "bold", fill: rgb("#8a2f5c"), hyphenate: false); show heading: set text(26pt); body }))
#let cover-title(style, body) = if style == "big" { text(44pt, font: "Lato", weight: "bold", par(justify: false, leading: .3em, body)) } else { text(16pt, font: "Lato", body) }
#let aside(style, body) = if style == "wide" { place(auto, scope: "parent", float: true, clearance: 5mm, block(width: 100%, inset: (x: 25mm, y: 4mm), stroke: (y: 1pt + rgb("#8a2f5c")), align(center, text(16pt, font: "Lato", style: "italic", body)))) } else if style == "small" { text(7.5pt, font: "Lato", body) } else {
  block(width: 100%, fill: rgb("#f3e4ec"), inset: 3.5mm, above: 3mm, below: 3mm, text(9pt, font: "Lato", par(justify: false, first-line-indent: 0mm, body))) }
#let legend(body) = block(above: 2mm, below: 3mm, text(8pt, font: "Lato", par(justify: false, first-line-indent: 0mm, body)))
#let drawing = block(width: 100%, height: 34mm, fill: gradient.linear(rgb("#c9d8d0"), rgb("#8fb0a0")), above: 3mm, below: 1mm)
#let drop(letter, body) = { place(dy: -1.2mm, text(33pt, font: "Lato", fill: rgb("#8a2f5c"), letter)); body }
#set table(stroke: none, inset: (x: 0mm, y: 1.1mm), column-gutter: 5mm)
#show table: set text(8.8pt, font: "Lato")
#show table: set par(justify: false, first-line-indent: 0mm)
#let plain(body) = par(first-line-indent: 0mm, body)
"""


def build():
    d = Doc("oeverzicht", "Typst, without tags", ["two columns", "title over two columns", "headings of two lines", "headings without numbers", "justified with hyphens", "pull quote over two columns", "coloured box in a column",
            "table without rules over both columns", "cells of several lines", "figure with caption in a column", "cover with large title", "colofon on the last page", "numbered lists"], "words_b.txt")  # fmt: skip
    d.furniture = ["Oeverzicht 2022", "|"]
    d.raw("#v(70mm)")
    d.title("Alles stroomt, behalve soms een kind", "big")
    d.raw("#v(8mm)")
    d.title("Oeverzicht, jaarverslag 2022", "sub")
    d.raw("#set page(columns: 2)\n#headline[")
    d.h(1, "Van tien voor half negen tot het licht uitgaat op school")
    d.raw("]")
    d.ps("reportage", "reportage", "reportage")
    d.h(2, "Niet gokken, langsgaan")
    d.ps("reportage", "reportage", "reportage")
    d.aside("Hij mist, zegt hij, vooral randen", "wide")
    d.h(2, "Ouders eerst, en dan pas de rest van de tafel")
    d.ps("ouders", "ouders")
    d.aside("Ouderpunt: iedere dinsdag en donderdag van negen tot twaalf, zonder afspraak.", "box")
    d.ps("ouders", "ouders")
    d.h(2, "Wat jongeren vroegen")
    d.ps("leerlingstem", "leerlingstem")
    d.figure()
    d.caption("De ligplek van de jongerenraad, nagetekend")
    d.ps("leerlingstem")
    d.p("Hun drie wensen voor volgend jaar, in hun volgorde:")
    d.ol(["later beginnen op maandag;", "geen gesprekken op de gang;", "één volwassene die alles al weet."])
    d.raw("#pagebreak()\n#headline[")
    d.h(1, "De rekening van een gewoon jaar")
    d.raw("]")
    d.ps("begroting", "begroting", "begroting")
    d.h(2, "Een raad op kleine stoelen")
    d.ps("toezicht", "toezicht", "toezicht")
    d.h(2, "Wat we onderzochten")
    d.ps("onderzoek", "onderzoek", "onderzoek", "onderzoek")
    d.h(2, "Mensen die het doen")
    d.ps("personeel", "personeel", "personeel")
    d.h(2, "Over de grens van de wijk")
    d.ps("wijk", "wijk", "wijk", "wijk")
    d.raw("#place(bottom, scope: \"parent\", float: true, clearance: 6mm, [")
    d.caption("Waar het geld heen ging, in duizenden euro's, met een toelichting van de scholen zelf")
    d.table([
        ["Waarvoor", "Begroot", "Besteed", "Toelichting"],
        ["Lichte hulp", "1.420", "1.388", "Scholen gaven aan dat assistenten moeilijk te vinden waren"],
        ["Zware hulp", "960", "1.105", "Meer leerlingen met een zorgvraag; drie van hen kwamen in de loop van het jaar"],
        ["Loket", "310", "309", ""],
        ["Onderzoek", "85", "22", "Begint in januari"],
        ["Vervanging", "140", "233", "Ziekte, en een lange winter"],
    ], widths=[3, 2, 2, 7])  # fmt: skip
    d.raw("])")
    d.nodes[-3].flow = d.nodes[-2].flow = "table"
    d.raw("#v(4mm)")
    d.aside("Oeverzicht is een samenwerkingsverband voor passend onderwijs. Redactie: het bureau, met pen van een oud-leraar. Contact via de scholen of per post naar de Kade te Sneek.", "small")
    return d


def render(d, work):
    return compile(TEMPLATE, d, work, tagged=False)
