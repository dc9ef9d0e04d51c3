"""A Typst plan, a sheet out of Calc and a groff annex, merged: each with its own page numbers, the sheet turned by /Rotate 270 and with its head repeated."""

import pikepdf

from in_calc import calc
from in_groff import body as groff_body
from in_groff import distilled, postscript
from in_typst import compile
from merge import merged, parts
from model import Doc

TYPST = """
#set text(font: "Open Sans", size: 9.5pt, lang: "nl")
#set page(paper: "a4", margin: (x: 30mm, y: 28mm), header: [#text(8pt)[Getijde VO #h(1fr) plan 2025-2029]], footer: [#text(8pt)[#h(1fr) #context counter(page).display() #h(1fr)]])
#set par(leading: .75em, spacing: 1.1em)
#show heading.where(level: 1): it => { v(4mm); text(16pt, weight: "bold", it.body); v(1mm) }
#show heading.where(level: 2): it => { v(1mm); text(9.5pt, weight: "bold", it.body) }
#let cover-title(style, body) = if style == "big" { text(24pt, weight: "bold", body) } else { text(12pt, body) }
#let aside(style, body) = block(stroke: 1pt, inset: 3mm, width: 100%, body)
#let entry(level, page, body) = block(above: 2mm, below: 0mm, [#h(5mm * (level - 1)) #body #box(width: 1fr, repeat[.]) #page])
#set enum(numbering: "1)")
"""
GROFF = r""".P1
.nr PS 10.5
.nr VS 13.5
.nr PO 2.8c
.nr LL 15.4c
.nr HM 2.5c
.nr HY 0
.ds LH Bijlage 3
.ds CH
.ds RH B3-%
.ds CF
.nh
.de EEN
.LP
.ps 15
.vs 18
.ft B
..
.de TWEE
.LP
.ne 3
.ft B
..
"""


def build():
    d = Doc("getijde", "Typst, LibreOffice Calc and groff (Ghostscript), merged with pikepdf", ["three producers in one file", "numbered headings", "bold headings at the size of the body", "contents list with dotted leaders", "annexes with their own numbering", "annexes with their own page numbers",
            "spreadsheet printed with its grid", "table over pages, head repeated", "cells of several lines", "landscape pages by /Rotate 270", "framed text box", "numbered lists", "footnotes"], "words_b.txt")  # fmt: skip
    d.furniture = ["Getijde VO plan 2025-2029", "Bijlage 2 inzet per school", "Bijlage 3", "blad", "B3-"]
    d.title("Eb en vloed", "big")
    d.raw("#v(1mm)")
    d.title("Ondersteuningsplan Getijde VO, 2025-2029", "sub")
    d.h(1, "Inhoud")
    d.toc(1)
    d.h(1, "1 Wat er verandert")
    d.ps("opdracht", "opdracht", "opdracht")
    d.h(2, "1.1 Nieuwe leerlingen")
    d.ps("instroom", "instroom")
    d.p("@instroom^[Kinderen zonder vaste woonplaats zijn niet meegeteld.]")
    d.h(2, "1.2 Oude vragen")
    d.ps("wijk", "wijk")
    d.aside("Over busjes staat in dit plan met opzet niets. Daarover gaat een eigen nota.", "frame")
    d.h(1, "2 Wat wij doen")
    d.h(2, "2.1 Op school")
    d.ps("aanbod", "aanbod", "aanbod", "aanbod")
    d.h(2, "2.2 Bij het loket")
    d.ps("loket", "loket", "loket")
    d.ol(["Bellen mag altijd.", "Schrijven mag ook, maar duurt langer.", "Langskomen is het leukst."])
    d.h(1, "3 Wat het kost")
    d.ps("begroting", "begroting", "begroting", "begroting")
    d.raw("--- annex")
    d.h(1, "Bijlage 2 Inzet van begeleiders per school")
    d.p("Opgave van de scholen over schooljaar 2024/2025. Uren per week, tenzij anders vermeld.")
    rng = d.words.random
    rows = [["School", "Plaats", "Uren", "Waarvan in de klas", "Wat er gebeurt", "Opmerkingen van de school"]]
    what = "gesprekken met leerlingen die dreigen uit te vallen|begeleiding van mentoren|hulp bij plannen|rustplek in de pauze, met spelletjes en thee|samen met jeugdhulp een spreekuur op donderdag|rekenen".split("|")
    said = "|te weinig, vooral in de derde klas|prima zo||graag dezelfde persoon houden; wisselen kost een half jaar|".split("|")
    for at, name in enumerate("Vloedlijn,De Geul,Het Wad,Schelpencollege,De Priel,Zandbank,De Kwelder,Hoogwater,Het Sas,Zeegat,De Plaat,Strandgaper,Het Zilt,Slikken,De Dam,Springtij,Lamsoor,De Kreek,Doodtij,Zeekraal,De Schor,Het Kustlicht,De Boei,Wantij,Eiland,Overtoom".split(",")):
        hours = rng.randint(9, 48)
        rows.append([name, d.words.fill("{m}"), str(hours), str(rng.randint(3, hours)), what[at % 6], said[at % 6]])
    d.table(rows)
    d.raw("--- annex")
    d.h(1, "Bijlage 3 Hoe het plan tot stand kwam", "EEN")
    d.h(2, "3.a Gesprekken", "TWEE")
    d.ps("ouders", "ouders", "ouders")
    d.h(2, "3.b Besluit", "TWEE")
    d.ps("toezicht", "toezicht", "einde", "einde")
    return d


def render(d, work):
    main, sheet, annex = parts(d)
    first = compile(TYPST, main, work)
    heading, line, table = sheet.nodes
    second = calc("Bijlage 2 inzet per school", [("big", heading.text), ("line", line.text), ("line", "")], table, (3.4, 2.8, 1.5, 2.2, 8, 7.6), work, foot="blad")
    turned = work / "turned.pdf"
    with pikepdf.open(second) as file:
        for page in file.pages:
            _, _, width, height = (float(n) for n in page.mediabox)
            page.contents_add(f"q 0 -1 1 0 0 {width} cm".encode(), prepend=True)
            page.contents_add(b"Q")
            page.obj.MediaBox = pikepdf.Array([0, 0, height, width])
            page.obj.Rotate = 270
        file.save(turned, deterministic_id=True)
    third = distilled(postscript(GROFF + groff_body(annex), work), work)
    return merged([first, turned, third], work / "merged.pdf")
