"""MuPDF stories placed in free rectangles: a wide text column with notes in the left margin, then two columns with a pull quote between them."""

import io
import os

import pymupdf

from in_html import body
from model import Doc

CSS = """
@font-face { font-family: sans; src: url(OpenSans-Regular.ttf) } @font-face { font-family: sans; font-weight: bold; src: url(OpenSans-Bold.ttf) }
body { font-family: sans; font-size: 9.5pt; line-height: 1.4; margin: 0 } p { margin: 0 0 5pt 0 } h1 { font-size: 20pt; line-height: 1.15; color: #4b6b1a; margin: 10pt 0 6pt 0 } h2 { font-size: 9.5pt; margin: 7pt 0 1pt 0 }
.big { font-size: 34pt; line-height: 1.1; font-weight: bold; color: #4b6b1a } .sub { font-size: 14pt } aside { font-size: 7.5pt; color: #4b6b1a } aside.quote { font-size: 15pt; font-weight: bold; text-align: center; line-height: 1.2 }
.caption { font-size: 8pt; font-weight: bold; margin: 4pt 0 2pt 0 } td, th { font-size: 8.5pt; padding: 2pt 6pt 2pt 0; text-align: left; vertical-align: top } table { width: 100% } .colofon { font-size: 6.5pt }
ul, ol { margin: 0 0 5pt 0; padding-left: 14pt } .justify p { text-align: justify }
"""


def build():
    d = Doc("vlinderdal", "MuPDF (PyMuPDF stories)", ["one column", "side notes in the left margin", "two columns", "pull quote between two columns", "title over two columns", "bold headings at the size of the body", "headings without numbers",
            "table without rules", "cells of several lines", "table over pages, head once", "numbered and bulleted lists", "cover", "colofon on the cover"], "words_b.txt")  # fmt: skip
    d.furniture = ["Vlinderdal, plan 2021-2025"]
    d.raw("cover")
    d.title("Klein beginnen, ver komen", "big")
    d.title("Ondersteuningsplan Vlinderdal 2021-2025", "sub")
    d.raw("colofon")
    d.add("aside", "Uitgave van Vlinderdal te Ede, maart 2021. Aan dit plan werkten veertig mensen mee, onder wie elf ouders. Beeld ontbreekt met opzet.", style="colofon")
    d.raw("main")
    d.h(1, "Waar wij voor staan")
    d.ps("opdracht", "opdracht", "opdracht")
    d.h(2, "Drie keuzes")
    d.ps("opdracht", "opdracht")
    d.h(2, "Meten zonder meetlat")
    d.ps("onderzoek", "onderzoek", "onderzoek")
    d.h(1, "Wie hulp zoekt, begint hier")
    d.ps("loket", "loket", "loket")
    d.ol(["Bel of mail het loket.", "Vertel wat er speelt; papieren komen later.", "Spreek af wie er belt, en wanneer."])
    d.ps("loket", "loket")
    d.raw("notes")
    d.aside("De woorden huis, thuis en buurt komen in dit plan zevenentwintig keer voor.")
    d.aside("Lees ook het onderzoek van de lector, op te halen bij het bureau.")
    d.aside("Het loket is open van acht tot vijf.")
    d.raw("head")
    d.h(1, "Wij bellen eerst, en schrijven dan pas een brief aan de ouders")
    d.raw("pair")
    d.ps("ouders", "ouders", "ouders", "ouders", "leerlingstem", "leerlingstem", "leerlingstem")
    d.h(2, "Nieuw in de straat")
    d.ps("instroom", "instroom", "instroom")
    d.h(2, "En weer verder")
    d.ps("doorstroom", "doorstroom", "doorstroom", "personeel", "personeel", "personeel")
    d.raw("quote")
    d.aside("Mijn hond weet meer dan mijn dossier", "quote")
    d.raw("tables")
    d.h(1, "Wat het kost en wat het geeft")
    d.ps("begroting", "begroting")
    d.caption("Overzicht 1. Voorzieningen en wat scholen ervan vinden")
    d.table([
        ["Voorziening", "Waarvoor", "Wat scholen zeggen"],
        ["Trajectklas", "opvang in de ochtend, begeleiding naar de eigen groep", "onmisbaar, maar op maandag te vol"],
        ["Taalbrigade", "lezen met vrijwilligers", ""],
        ["Spoedplek", "een week op adem komen, met een plan voor daarna", "mooi, en hopelijk nooit nodig"],
        ["Grensteam", "gezinnen op de rand van twee gemeenten", "eindelijk"],
    ], widths=[24, 40, 36])  # fmt: skip
    d.h(2, "Bedrag per school")
    rng = d.words.random
    rows = [["School", "Plaats", "Leerlingen", "Eerste deel", "Tweede deel"]]
    for name in "Citroenvlinder,Het Koolwitje,Dagpauwoog,De Atalanta,Landkaartje,Icarus,Het Zandoogje,De Rups,Distelveld,De Pop,Kleine Vos,Oranjetip,Het Blauwtje,De Heivlinder,Vuurvlinder,De Parelmoer,Aurelia,Bont Dikkopje,De Nachtpauw,Sint Jan,Het Hooibeestje,De Page,Morgenrood,De Eikenpage,Het Bruin,De Spiegel,Gentiaan,De Zilverstreep".split(","):
        count = rng.randint(70, 380)
        rows.append([name, d.words.fill("{m}"), str(count), f"{count * 61 // 1000}.{count * 61 % 1000:03d}", f"{count * 34 // 1000}.{count * 34 % 1000:03d}"])
    d.table(rows, widths=[28, 22, 16, 17, 17])
    d.h(2, "Tot slot")
    d.ps("einde", "einde")
    return d


def render(d, work):
    named, stories = None, {}
    for node in d.nodes:
        if node.kind == "raw":
            named = stories.setdefault(node.text, [])
        else:
            named.append(node)
    archive = pymupdf.Archive(os.path.join(os.environ["LAYOUT_FONTS"], "truetype/open-sans"))

    def story(nodes, name=""):
        return pymupdf.Story(f'<body class="{name}">{body(d.part(nodes))}</body>', user_css=CSS, archive=archive)

    mm = 72 / 25.4
    media = pymupdf.Rect(0, 0, 210 * mm, 297 * mm)
    buffer = io.BytesIO()
    writer = pymupdf.DocumentWriter(buffer)

    def box(x, y, w, h):
        return pymupdf.Rect(x * mm, y * mm, (x + w) * mm, (y + h) * mm)

    def page(*pieces):
        """One page: stories with their boxes; says whether each still has more."""
        device = writer.begin_page(media)
        more = []
        for told, where in pieces:
            over, _ = told.place(where)
            told.draw(device)
            more.append(over)
        writer.end_page()
        return more

    page((story(stories["cover"]), box(30, 90, 150, 90)), (story(stories["colofon"]), box(30, 250, 60, 30)))
    main = story(stories["main"])
    notes = [story([note]) for note in stories["notes"]]
    over = page((main, box(62, 25, 128, 232)), (notes[0], box(18, 60, 36, 40)), (notes[1], box(18, 150, 36, 40)))
    if over[0]:
        page((main, box(62, 25, 128, 232)), (notes[2], box(18, 32, 36, 40)))
    pair = story(stories["pair"], "justify")
    head = story(stories["head"])
    left, right = 20, 108.5
    page((head, box(20, 22, 170, 30)), (pair, box(left, 56, 81.5, 70)), (pair, box(left, 126, 60, 46)), (pair, box(left, 172, 81.5, 90)), (pair, box(right, 56, 81.5, 70)), (pair, box(right + 21.5, 126, 60, 46)), (pair, box(right, 172, 81.5, 90)), (story(stories["quote"]), box(84, 130, 42, 40)))
    tables = story(stories["tables"])
    while page((tables, box(22, 24, 166, 236)))[0]:
        pass
    writer.close()
    pdf = pymupdf.open("pdf", buffer.getvalue())
    for number, sheet in enumerate(pdf, 1):
        if number > 1:
            sheet.insert_text((20 * mm, 285 * mm), f"Vlinderdal, plan 2021-2025    {number}", fontsize=8)
    pdf.subset_fonts()
    pdf.set_metadata({})
    out = work / "mupdf.pdf"
    pdf.save(str(out), garbage=3, deflate=True, no_new_id=True)
    return out
