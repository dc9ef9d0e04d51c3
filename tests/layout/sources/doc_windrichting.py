"""LibreOffice from .docx, tagged: a newsletter-like report in three columns, drop cap, quote in a frame that the text gives way to, shaded boxes, a table whose cells merge."""

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from in_html import hyphenated
from in_office import TAGGED, Word, libreoffice
from model import Cell, Doc


class Newsletter(Word):
    """Also knows drop caps, frames and shaded paragraphs."""

    def frame(self, paragraph, attributes):
        paragraph._p.get_or_add_pPr().insert(0, parse_xml(f"<w:framePr {nsdecls('w')} {attributes}/>"))

    def build(self):
        nodes, self.doc.nodes = self.doc.nodes, []
        for node in nodes:
            if node.kind == "paragraph" and node.style == "drop":
                cap = self.file.add_paragraph(style="Lopend")
                run = cap.add_run(node.text[0])
                run.font.size = Pt(44)
                self.frame(cap, 'w:dropCap="drop" w:lines="3" w:wrap="around" w:vAnchor="text" w:hAnchor="text"')
                self.file.add_paragraph(hyphenated(node.text[1:]), style="Lopend")
            elif node.flow:
                paragraph = self.file.add_paragraph(style="Kader")
                paragraph.add_run(node.text).bold = True if node.kind == "heading" else None
            elif node.kind == "paragraph" and not node.style:
                self.run(self.file.add_paragraph(style="Lopend"), hyphenated(node.text))
            elif node.kind == "aside" and node.style == "quote":
                paragraph = self.file.add_paragraph(style="Citaat")
                paragraph.add_run(node.text)
                self.frame(paragraph, 'w:w="2700" w:hSpace="142" w:vSpace="113" w:wrap="around" w:vAnchor="text" w:hAnchor="page" w:x="4650" w:y="1500"')
            else:
                self.doc.nodes = [node]
                super().build()
        self.doc.nodes = nodes


def build():
    d = Doc("windrichting", "LibreOffice (DOCX), tagged", ["three columns", "title over three columns", "justified with hyphens", "drop cap", "pull quote in a frame that text gives way to", "shaded box with its own heading", "bold headings at the size of the body",
            "headings without numbers", "two columns", "table with rules", "merged cells", "cells of several lines", "nested lists", "colofon on the last page", "tagged"], "words_b.txt")  # fmt: skip
    d.furniture = ["Windrichting", "nieuws en jaarverslag"]
    d.title("Uit welke hoek de wind waait", "big")
    d.title("Windrichting, jaarverslag 2017 in krantvorm", "sub")
    d.raw("columns 3")
    d.h(1, "Een man met een hesje", "Kop")
    d.p("@reportage", "drop")
    d.ps("reportage", "reportage", "reportage")
    d.h(1, "Stilte op bestelling", "Kop")
    d.ps("reportage", "reportage", "aanbod", "aanbod")
    d.flow = "box1"
    d.h(2, "Zo meld je een zorg")
    d.p("Bel tussen acht en vijf. Noem de school en je eigen naam; de naam van het kind komt later.")
    d.p("Buiten die uren spreekt een bandje je toe, en wordt er de volgende ochtend teruggebeld.")
    d.flow = ""
    d.h(1, "De oudste is zevenentachtig", "Kop")
    d.ps("aanbod", "aanbod", "aanbod")
    d.h(1, "Wie beslist er nu?", "Kop")
    d.ps("loket", "loket", "loket")
    d.raw("columns 1")
    d.h(1, "Wat wij afspraken en wat ervan terechtkwam", "Heading 1")
    d.p("In de tabel staan de afspraken uit de kerstvergadering, met de stand aan het einde van het jaar.")
    d.table([
        [Cell("Afspraak", rows=2), Cell("Stand", 2), Cell("Toelichting", rows=2)],
        ["juli", "december"],
        ["Nieuwe busroutes", "nee", "ja", "Na een zomer met veel telefoontjes rijden er nu acht routes in plaats van vijf"],
        ["Ouderpunt in elke gemeente", "twee", "drie", "Een vierde punt wacht op een sleutel"],
        [Cell("Kaart voor buiten", rows=2), "proef", "alle scholen", "Ontworpen door leerlingen"],
        ["", "misbruik: geen", "Wordt jaarlijks bekeken"],
        [Cell("Studiedag over mislukkingen, op verzoek van drie scholen", 3), "Gehouden in november"],
    ], head=2, style="rules", widths=[28, 14, 18, 40])  # fmt: skip
    d.h(1, "Over geld en mensen", "Heading 1")
    d.raw("columns 2")
    d.h(2, "Geld", "Kop")
    d.ps("begroting", "begroting", "begroting")
    d.aside("Doorgeefluiken, dat zijn wij", "quote")
    d.ps("begroting", "begroting")
    d.h(2, "Mensen", "Kop")
    d.ps("personeel", "personeel", "personeel")
    d.p("Wat begeleiders nodig hebben, volgens henzelf:")
    d.ul(["minder scholen per persoon;", ("een plek om te zitten, met:", ["een deur die dicht kan,", "een stopcontact;"]), "iemand die vraagt hoe het gaat."])
    d.ps("toezicht", "toezicht")
    d.raw("columns 1")
    d.p("Colofon: Windrichting is een samenwerkingsverband van elf besturen. Redactie en opmaak door het bureau in Drachten, drukwerk door leerlingen van het praktijkonderwijs. Oplage: vierhonderd.", "Klein")
    return d


def render(d, work):
    word = Newsletter(d)
    file, section = word.file, word.section
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(2)
    for name, size in (("Lopend", 9), ("Kop", 9), ("Kader", 8.5), ("Citaat", 14), ("Klein", 7), ("Table Text", 9), ("Table Head", 9)):
        style = file.styles.add_style(name, 1)
        style.font.name, style.font.size = "Caladea" if name == "Lopend" else "Lato", Pt(size)
        style.paragraph_format.space_after = Pt(4 if name != "Kop" else 0)
        style.paragraph_format.line_spacing = 1.1
    file.styles["Lopend"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    file.styles["Kop"].font.bold = file.styles["Table Head"].font.bold = True
    file.styles["Kop"].paragraph_format.keep_with_next = True
    file.styles["Kop"].paragraph_format.space_before = Pt(6)
    file.styles["Citaat"].font.italic = True
    file.styles["Citaat"].font.color.rgb = RGBColor(0xA0, 0x40, 0x20)
    file.styles["Klein"].paragraph_format.space_before = Pt(18)
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), "E3ECD5")
    file.styles["Kader"].element.get_or_add_pPr().append(shade)
    file.styles["Kader"].paragraph_format.space_after = Pt(0)
    for name, size in (("Title", 34), ("Subtitle", 13), ("Heading 1", 18)):
        style = file.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Lato", Pt(size), RGBColor(0x25, 0x45, 0x10)
        style.element.rPr.rFonts.attrib.clear()
        style.element.rPr.rFonts.set(qn("w:ascii"), "Lato")
    head = section.header.paragraphs[0]
    head.text = "Windrichting\t\tnieuws en jaarverslag"
    head.runs[0].font.size = Pt(8)
    word.build()
    return libreoffice(word.saved(work / "doc.docx"), work, TAGGED)
