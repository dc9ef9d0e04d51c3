"""fpdf2: a plain report by a small program, in two and three text columns, bold headings at body size, tables with and without rules."""

import datetime
import os
from pathlib import Path

from fpdf import FPDF

from in_fpdf import table, write
from model import Cell, Doc

LOOK = {
    "title": ("B", 20, 9, 2),
    "heading": ("B", 10, 5, 1),
    "h1": ("B", 10, 5, 1),
    "h2": ("I", 10, 5, 0.5),
    "paragraph": ("", 10, 5, 2),
    "item": ("", 10, 5, 0.6),
    "caption": ("I", 8.5, 4.5, 1),
    "aside": ("", 9, 4.6, 3),
    "colofon": ("", 7, 3.6, 0),
}


class Report(FPDF):
    def header(self):
        self.set_font(style="", size=8)
        self.cell(0, 5, "Sluiskwartier", align="L")
        self.cell(0, 5, "JAARVERSLAG 2018", align="R", new_x="LMARGIN", new_y="NEXT")
        self.ln(6)

    def footer(self):
        self.set_y(-15)
        self.set_font(style="", size=8)
        self.cell(0, 5, f"- {self.page_no()} -", align="C")


def build():
    d = Doc("sluiskwartier", "fpdf2", ["bold headings at the size of the body", "two columns", "three columns", "title over the columns", "table with rules", "table without rules", "merged cells", "cells of several lines",
            "table over pages, head once", "coloured box", "nested lists", "running heads and feet", "colofon on the last page"], "words_b.txt")  # fmt: skip
    d.furniture = ["Sluiskwartier JAARVERSLAG 2018"]
    d.title("Verslag van het Sluiskwartier over 2018")
    d.h(1, "Vooraf")
    d.ps("opdracht", "opdracht")
    d.h(1, "Wat er speelde")
    d.p("Het jaar begon met een brand in een kelder en eindigde met een prijs voor het mooiste schoolplein. Daartussen lag gewoon werk, en daarover gaat dit verslag.")
    d.ul(["Er kwamen twee trajectklassen bij.", ("Drie besturen ruilden van rol:", ["het eerste werd voorzitter,", "het tweede nam de commissie over;"]), "De begroting sloot voor het eerst in jaren."])
    d.raw("columns 2")
    d.h(1, "Aan de deur")
    d.ps("reportage", "reportage", "reportage")
    d.h(1, "Aan de telefoon")
    d.ps("loket", "loket", "loket", "loket", "loket")
    d.h(1, "Aan tafel")
    d.ps("ouders", "ouders", "ouders", "ouders")
    d.raw("end")
    d.h(1, "Wie waarvoor")
    d.p("De taken zijn verdeeld over de leden. Waar geen naam staat, doet het bureau het.")
    d.table([
        ["Taak", "Trekker", "Aantal dagen", "Opmerking"],
        [Cell("Scholing", rows=2), "openbaar", "12", "drie bijeenkomsten zijn verzet wegens sneeuw"],
        ["katholiek", "9", ""],
        ["Loket", "", "210", "hele jaar open, ook in de meivakantie"],
        [Cell("Niet toegewezen, door bureau gedaan", 2), "31", "vooral vragen over vervoer en over leerlingen die van buiten de regio komen"],
        ["Trajectklas", "algemeen bijzonder", "44", "twee leraren, samen één baan"],
    ], widths=[20, 24, 16, 40])  # fmt: skip
    d.h(1, "Geld")
    d.ps("begroting", "begroting", "begroting", "begroting")
    d.aside("Een dag is zeven uur. Reistijd telt niet mee, koffie wel.", "box")
    d.raw("columns 3")
    d.h(1, "Jongeren")
    d.ps("leerlingstem", "leerlingstem", "leerlingstem")
    d.h(1, "Mensen")
    d.ps("personeel", "personeel", "personeel")
    d.h(1, "Wijk")
    d.ps("wijk", "wijk", "wijk")
    d.raw("end")
    d.h(1, "Leerlingen per vestiging")
    d.caption("Telling van 1 oktober, zonder leerlingen met een vrijstelling")
    rng = d.words.random
    rows = [["Vestiging", "Plaats", "2017", "2018"]]
    for name in "Sluisschool,De Kolk,Het Verlaat,De Schutkolk,Peilschaal,Kade 9,De Sluiswachter,Balkengat,De Ebdeur,Vloeddeur,De Duiker,Het Gemaal Oost,De Kwel,Wachterslaan,Brugzicht,De Boezem,De Wetering,Zijlroede,Het Rak,De Spui,Waterkering,De Polder,Dijkstoel,Heemraad".split(","):
        before = rng.randint(80, 390)
        rows.append([name, d.words.fill("{m}"), str(before), str(before + rng.randint(-22, 25))])
    d.table(rows, style="bare once", widths=[34, 30, 18, 18])
    d.h(1, "Slotwoord")
    d.ps("einde", "einde")
    d.p("Samengesteld door het bureau Sluiskwartier, Wetering 4 te Tiel. Verslagjaar 2018, uitgegeven in juni 2019. Fouten graag melden, complimenten ook.", "colofon")
    return d


def render(d, work):
    pdf = Report(format="A4")
    pdf.set_creation_date(datetime.datetime(2019, 6, 1, tzinfo=datetime.timezone.utc))
    pdf.set_margins(22, 18, 22)
    pdf.set_auto_page_break(True, 20)
    folder = Path(os.environ["LAYOUT_FONTS"])
    for style, name in (("", "Carlito-Regular"), ("B", "Carlito-Bold"), ("I", "Carlito-Italic")):
        pdf.add_font("Carlito", style, str(next(folder.rglob(name + ".ttf"))))
    pdf.set_font("Carlito", size=10)
    pdf.add_page()
    columns = None
    for node in d.nodes:
        if node.kind == "raw" and node.text.startswith("columns"):
            if node.text[-1] == "3":
                # Columns end where a page would: the foot of the page is raised for as long as they last.
                pdf.add_page()
                pdf.set_auto_page_break(True, 146)
            columns = pdf.text_columns(ncols=int(node.text[-1]), gutter=7, text_align="J" if node.text[-1] == "2" else "L", line_height=1.25)
            columns.__enter__()
        elif node.kind == "raw":
            columns.__exit__(None, None, None)
            columns = None
            if pdf.b_margin > 100:
                pdf.set_auto_page_break(True, 20)
                pdf.set_xy(pdf.l_margin, 158)
            else:
                pdf.add_page()
        elif columns:
            style, size, _, _ = LOOK["h1" if node.kind == "heading" else "paragraph"]
            pdf.set_font(style=style, size=size if node.kind == "heading" else 9.5)
            with columns.paragraph(bottom_margin=0.5 if node.kind == "heading" else 2.2, top_margin=2 if node.kind == "heading" else 0) as paragraph:
                paragraph.write(node.text)
        elif node.kind == "table":
            table(pdf, node, 9, 5)
        elif node.style == "box":
            pdf.set_fill_color(222, 234, 244)
            pdf.set_font(size=9.5)
            pdf.multi_cell(0, 6, node.text, fill=True, padding=3, new_x="LMARGIN", new_y="NEXT")
            pdf.ln(5)
        else:
            write(pdf, node, LOOK)
    out = work / "out.pdf"
    pdf.output(str(out))
    return out
