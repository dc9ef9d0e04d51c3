"""A LibreOffice plan and a Chromium annex merged: own page numbers, a landscape page with /Rotate, tables that go on with the head repeated."""

from docx.shared import Cm, Pt

from in_html import chromium, page
from in_office import UNTAGGED, Word, libreoffice
from merge import merged, parts, turned
from model import Cell, Doc

CSS = """
@page { size: A4; margin: 20mm; @top-right { content: "Bijlagen bij het plan van Veerpont"; font: 8pt "Liberation Serif" } @bottom-center { content: "bijlage, blad " counter(page); font: 8pt "Liberation Serif" } }
@page wide { size: A4 landscape; margin: 18mm } .wide { page: wide }
body { font: 10pt/1.4 "Liberation Serif"; margin: 0 } p { margin: 0 0 2mm } h1 { font-size: 15pt; margin: 0 0 3mm } h1.next { break-before: page } h2 { font-size: 12pt; margin: 4mm 0 1mm } h3 { font-size: 10pt; margin: 3mm 0 1mm }
table { width: 99.7%; font-size: 8.5pt; margin: 1mm 0 3mm } td, th { border: .5pt solid #777; padding: 1.2mm 1.5mm; vertical-align: top; text-align: left } th { background: #eee } td.n { text-align: right } .caption { font-style: italic; font-size: 9pt }
"""


def build():
    d = Doc("veerpont", "LibreOffice (DOCX) and Chromium, merged with pikepdf", ["one column", "numbered headings", "annexes with their own numbering", "annex with its own page numbers", "landscape page by /Rotate",
            "table over pages, head repeated", "table with rules", "merged cells", "cells of several lines", "numbered lists", "two producers in one file"], "words_a.txt")  # fmt: skip
    d.furniture = ["Veerpont – ondersteuningsplan vo 2020-2024", "Bijlagen bij het plan van Veerpont", "bijlage, blad"]
    d.title("Over de rivier heen", "big")
    d.title("Ondersteuningsplan Veerpont 2020-2024", "sub")
    d.h(1, "1. Waarom samen")
    d.ps("waarom", "waarom", "waarom")
    d.h(1, "2. Wat leerlingen mogen verwachten")
    d.h(2, "2.1. Op elke school")
    d.ps("basis", "basis")
    d.ol(["Een mentor die je kent.", "Een plek waar je tot rust kunt komen.", "Een plan als het niet lukt, binnen vier weken."])
    d.h(2, "2.2. Op sommige scholen")
    d.ps("extra", "extra", "extra")
    d.h(1, "3. Als een leerling uitvalt")
    d.ps("thuiszitters", "thuiszitters", "thuiszitters")
    d.h(1, "4. Geld en verantwoording")
    d.ps("geld", "geld", "geld", "kwaliteit")
    d.raw("--- annex")
    d.h(1, "Bijlage A. Overleg en besluiten")
    d.h(2, "A.1. Kalender")
    d.p("Het overleg loopt volgens een vaste kalender. Wie een punt wil inbrengen, meldt dat een week van tevoren bij het bureau.")
    d.table([
        ["Maand", "Wat", "Met wie"],
        ["September", "Start van het jaar, vaststellen van de werkgroepen", "alle scholen"],
        ["Oktober", Cell("Telling van leerlingen en arrangementen", 2)],
        [Cell("November", rows=2), "Begroting in concept", "bestuur"],
        ["Bespreking van de begroting", "ondersteuningsplanraad"],
        ["Februari", "Tweede telling en bijstelling van bedragen", "bestuur, controller"],
        ["Mei", "Jaarverslag", "bestuur, accountant, raad"],
    ])  # fmt: skip
    d.h(2, "A.2. Overleg met gemeenten")
    d.ps("gemeente", "gemeente", "gemeente")
    d.raw('<div class="wide">')
    d.h(1, "Bijlage B. Scholen en hun aanbod", "next")
    d.caption("Overzicht B.1: aanbod per school, opgave van de scholen zelf")
    rng = d.words.random
    rows = [["School", "Plaats", "Leerlingen", "Specialiteit", "Ruimten", "Contact", "Sinds"]]
    things = "begeleiding bij autisme, in een kleine groep met twee vaste gezichten|dyslexie|leerlingen met een lichamelijke beperking; het gebouw heeft een lift en brede deuren|schakelklas voor nieuwkomers|meer- en hoogbegaafdheid, met vakken op een hoger niveau|angst en verzuim, opbouw in halve dagen|rekenen|praktijkvakken vanaf het eerste jaar, samen met bedrijven in de haven|rouw en verlies|slechtziende leerlingen, met de landelijke instelling".split("|")
    rooms = "stilteruimte|time-outlokaal en tuin|geen|twee kleine lokalen op de begane grond|huiskamer|werkplaats".split("|")
    names = "Rivierlyceum,Oevercollege,Vakschool Zuid,De Steiger,Sint Lambertus,De Pont,Het Baken,De Landing,Kadeschool,De Ree,Vmbo aan het Water,De Strekdam,Het Tij,Maaslandhof,De Uiterwaard,Brugschool,De Loods,Ankerpunt,Het Gemaal,De Zeilmakerij".split(",")
    for at, name in enumerate(names):
        rows.append([name, d.words.fill("{m}"), str(rng.randint(210, 1390)), things[at % 10] if at < 10 else ("zie de website" if at % 3 else ""), rooms[at % 6], ("zorgcoördinator", "teamleider onderbouw", "leerlingbegeleider")[at % 3], str(rng.randint(2009, 2020))])
    d.table(rows, widths=[15, 11, 9, 31, 15, 13, 6])
    d.p("Scholen zonder specialiteit nemen op dit moment deel aan een onderzoek naar wat hun leerlingen missen.")
    d.raw("</div>")
    d.h(1, "Bijlage C. Begrippen", "next")
    d.p("**Handelingsdeel.** Het stuk van het ontwikkelingsperspectief waarin staat wat de school doet.")
    d.p("**Verevening.** Het gelijk verdelen van middelen over de regio's, naar het aantal leerlingen.")
    return d


def render(d, work):
    main, annex = parts(d)
    word = Word(main)
    section = word.section
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    word.file.styles["Normal"].font.name, word.file.styles["Normal"].font.size = "Liberation Serif", Pt(11.5)
    section.header.paragraphs[0].text = "Veerpont – ondersteuningsplan vo 2020-2024"
    section.footer.paragraphs[0].text = ""
    word.build()
    first = libreoffice(word.saved(work / "doc.docx"), work, UNTAGGED)
    second = turned(chromium(page(annex, CSS), work, tagged=False), work / "turned.pdf")
    return merged([first, second], work / "merged.pdf")
