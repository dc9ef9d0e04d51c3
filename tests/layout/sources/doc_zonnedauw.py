"""cairo: a jaarverslag as slides, text boxes placed on landscape sheets, a table, columns of boxes."""

from in_cairo import Sheets
from model import Doc

INK, RED, GROUND = (0.1, 0.1, 0.1), (0.65, 0.2, 0.1), (0.96, 0.9, 0.77)
LOOK = {
    "big": ("Lato", 40, True, RED, 4),
    "sub": ("Lato", 18, False, INK, 0),
    "h1": ("Lato", 26, True, RED, 0),
    "h2": ("Lato", 15, True, RED, 2),
    "paragraph": ("Carlito", 12.5, False, INK, 6),
    "item": ("Carlito", 14, False, INK, 4),
    "caption": ("Carlito", 10, False, INK, 0),
    "quote": ("Lato", 19, True, RED, 0),
    "note": ("Carlito", 8, False, INK, 0),
}


def build():
    d = Doc("zonnedauw", "cairo", ["slides on landscape sheets", "text boxes side by side", "three boxes as columns", "headings without numbers", "lists", "table with rules", "pull quote", "coloured boxes", "colofon on the last sheet"], "words_b.txt")
    d.furniture = ["Zonnedauw jaarbericht 2023"]

    def slide():
        d.raw("slide")

    def box(x, y, w, h, style=""):
        d.raw(f"box {x} {y} {w} {h} {style}")

    slide()
    box(2, 4, 24, 4)
    d.title("Licht op kleine dingen", "big")
    box(2, 8.5, 20, 2)
    d.title("Jaarbericht 2023 van samenwerkingsverband Zonnedauw", "sub")
    slide()
    box(1.5, 1, 25, 2)
    d.h(1, "Het jaar in het kort")
    box(1.5, 3.4, 12, 11)
    d.ps("opdracht", "opdracht", "telling")
    box(14.5, 3.4, 12, 11)
    d.ul(["twee trajectklassen erbij;", "een ouderpunt in Borne;", "achttien dagen sneller een besluit;", "één klacht, en die was terecht."])
    d.p("Wat niet lukte staat op het laatste blad. Wij vonden dat het ook hoort bij een jaarbericht.")
    slide()
    box(1.5, 1, 25, 2)
    d.h(1, "Drie verhalen van één school")
    for heading in ("Half negen", "Elf uur", "Donker"):
        box(1.5 + 8.5 * ("Half negen", "Elf uur", "Donker").index(heading), 3.4, 8, 10.6, "ground")
        d.h(2, heading)
        d.ps("reportage", "reportage")
    slide()
    box(1.5, 1, 25, 2)
    d.h(1, "Leerlingen naar soort onderwijs")
    box(1.5, 3.2, 20, 1)
    d.caption("Telling op 1 februari, alle gemeenten samen")
    d.raw("table 1.5 4.4 17")
    d.table([
        ["Soort onderwijs", "2021", "2022", "2023"],
        ["Basisonderwijs", "9.412", "9.380", "9.351"],
        ["Speciaal basisonderwijs", "287", "291", "274"],
        ["Speciaal onderwijs", "203", "", "211"],
        ["Thuis zonder vrijstelling", "14", "17", "9"],
    ], widths=[40, 20, 20, 20])  # fmt: skip
    box(19.5, 4.4, 7, 8, "ground")
    d.aside("Drie gingen er heen, drie kwamen er terug", "quote")
    box(1.5, 10, 17, 4)
    d.ps("telling", "telling")
    slide()
    box(1.5, 1, 25, 2)
    d.h(1, "Wat we anders gaan doen")
    box(1.5, 3.4, 16, 9)
    d.ps("personeel", "personeel", "leerlingstem")
    box(18.5, 3.4, 8, 8, "ground")
    d.aside("@einde", "paragraph")
    box(1.5, 13.2, 20, 1)
    d.p("Zonnedauw jaagt geen record na. Samenstelling: het bureau te Assen, maart 2024.", "note")
    return d


def render(d, work):
    pdf = work / "out.pdf"
    sheets = Sheets(pdf, 28, 15.75)
    slides, at = [], None
    for node in d.nodes:
        word = node.text.split(" ") if node.kind == "raw" else []
        if word[:1] == ["slide"]:
            slides.append([])
        elif word[:1] == ["box"]:
            slides[-1].append(([float(n) for n in word[1:5]], word[5:6] == ["ground"], []))
        elif word[:1] == ["table"]:
            at = [float(n) for n in word[1:]]
        elif node.kind == "table":
            slides[-1].append((at, False, node))
        else:
            slides[-1][-1][2].append(node)
    for number, boxes in enumerate(slides, 1):
        if number > 1:
            sheets.box(1.5, 14.8, 20, [("Zonnedauw jaarbericht 2023", "Carlito", 8, False, INK, "", 0)])
        # The order in the file is not that of reading: the foot comes first, the heading last.
        for place, ground, inside in boxes[1:] + boxes[:1]:
            if not isinstance(inside, list):
                table(sheets, place, inside)
                continue
            x, y, width, height = place
            if ground:
                sheets.ground(x, y, width, height, GROUND)
                x, y, width = x + 0.3, y + 0.2, width - 0.6
            blocks = []
            for node in inside:
                key = node.style if node.style in LOOK else f"h{node.level}" if node.kind == "heading" else node.kind
                family, size, bold, colour, after = LOOK[key]
                blocks.append((node.text, family, size, bold, colour, "•" if node.kind == "item" else "", after))
            end = sheets.box(x, y, width, blocks)
            assert end < y + height + 0.3, (node.text, end, y + height)
        sheets.next()
    sheets.surface.finish()
    return pdf


def table(sheets, place, node):
    x, y, width = place
    edges = [x]
    for part in node.widths:
        edges.append(edges[-1] + width * part / 100)
    sheets.rule(x, y, edges[-1], y)
    top = y
    for number, row in enumerate(node.grid()):
        for cell, left in zip(row, edges):
            sheets.box(left + 0.15, y + 0.08, 10, [(cell, "Carlito", 12, number < node.head, INK, "", 0)])
        y += 0.9
        sheets.rule(x, y, edges[-1], y)
    for edge in edges:
        sheets.rule(edge, top, edge, y)
