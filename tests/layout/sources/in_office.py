"""Nodes as a flat OpenDocument text or as .docx, and LibreOffice to print them."""

import os
import re
import subprocess
from xml.sax.saxutils import escape

from in_html import hyphenated
from model import Cell

NUMBER = re.compile(r"((?:[A-Z]\.)?\d[\d.]*) (.*)", re.S)


def libreoffice(source, work, options=""):
    """Prints with LibreOffice, in a profile of its own."""
    target = "pdf:writer_pdf_Export" + (":" + options if options else "")
    env = os.environ | {"SOURCE_DATE_EPOCH": "1700000000"}
    args = ["soffice", f"-env:UserInstallation=file://{work / 'office'}", "--headless", "--convert-to", target, "--outdir", str(work / "out"), str(source)]
    subprocess.run(args, check=True, capture_output=True, env=env, timeout=180)
    return work / "out" / (source.stem + ".pdf")


TAGGED = '{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
UNTAGGED = '{"UseTaggedPDF":{"type":"boolean","value":"false"}}'


class Flat:
    """The body of a flat OpenDocument text. `soft` puts in soft hyphens."""

    def __init__(self, doc, soft=False):
        self.doc, self.soft = doc, soft
        self.notes = 0
        self.frames = 0
        self.tables = 0

    def inline(self, text):
        text = escape(hyphenated(text) if self.soft else text).replace("\n", "<text:line-break/>")
        return re.sub(r"\*\*(.+?)\*\*", r'<text:span text:style-name="Bold">\1</text:span>', text)

    def running(self, node):
        parts = node.parts()
        text = self.inline(parts[0])
        for note, after in zip(parts[1::2], parts[2::2]):
            self.notes += 1
            text += (
                f'<text:note text:note-class="footnote"><text:note-citation>{self.notes}</text:note-citation><text:note-body>'
                f'<text:p text:style-name="Footnote">{self.inline(note)}</text:p></text:note-body></text:note>{self.inline(after)}'
            )
        return text

    def frame(self, style, inside):
        """A frame: its width and place are the template's, by style."""
        self.frames += 1
        place = self.places[style]
        return (
            f'<draw:frame draw:name="f{self.frames}" draw:style-name="fr{style}" text:anchor-type="paragraph" {place} draw:z-index="{self.frames}">'
            f'<draw:text-box fo:min-height="0.4cm">{inside}</draw:text-box></draw:frame>'
        )

    def table(self, node):
        self.tables += 1
        wide = len(node.grid()[0])
        widths = node.widths or [100 // wide] * wide
        name = f"T{self.tables}"
        out = [f'<table:table table:name="{name}" table:style-name="Table">'] + [f'<table:table-column table:style-name="Col{w}"/>' for w in widths]
        covered = set()
        for y, row in enumerate(node.rows):
            if y == 0 and node.head and "once" not in node.style:
                out.append("<table:table-header-rows>")
            out.append("<table:table-row>")
            cells = iter(row)
            x = 0
            while x < wide:
                if (y, x) in covered:
                    out.append("<table:covered-table-cell/>")
                    x += 1
                    continue
                cell = next(cells)
                cell = cell if isinstance(cell, Cell) else Cell(cell)
                style = "HeadCell" if y < node.head else "Cell"
                span = f' table:number-columns-spanned="{cell.cols}"' if cell.cols > 1 else ""
                span += f' table:number-rows-spanned="{cell.rows}"' if cell.rows > 1 else ""
                text = "TableHead" if y < node.head else "TableText"
                out.append(f'<table:table-cell table:style-name="{style}{node.style.replace("once", "").strip()}"{span} office:value-type="string"><text:p text:style-name="{text}">{self.inline(cell.text)}</text:p></table:table-cell>')
                covered |= {(y + j, x + i) for j in range(cell.rows) for i in range(cell.cols)} - {(y, x)}
                x += 1
            out.append("</table:table-row>")
            if y + 1 == node.head and "once" not in node.style:
                out.append("</table:table-header-rows>")
        return "".join(out) + "</table:table>"

    def body(self, places=None):
        self.places = places or {}
        out, depth, held = [], 0, ""
        for node in self.doc.nodes:
            target = node.depth + 1 if node.kind == "item" else 0
            while depth > target:
                out.append("</text:list-item></text:list>")
                depth -= 1
            if node.kind == "item":
                if depth == target:
                    out.append("</text:list-item>")
                else:
                    out.append(f'<text:list text:style-name="{"Numbers" if node.ordered else "Bullets"}">')
                    depth += 1
                out.append(f'<text:list-item><text:p text:style-name="Item">{self.inline(node.text)}</text:p>')
            elif node.kind == "raw":
                out.append(node.text)
            elif node.kind == "title":
                out.append(f'<text:p text:style-name="Title{node.style}">{self.inline(node.text)}</text:p>')
            elif node.kind == "heading":
                number = NUMBER.fullmatch(node.text)
                text = f"{number[1]}<text:tab/>{self.inline(number[2])}" if number else self.inline(node.text)
                tag = "p" if node.style.startswith("Plain") else "h"
                level = f' text:outline-level="{node.level}"' if tag == "h" else ""
                out.append(f'<text:{tag} text:style-name="{node.style or "H" + str(node.level)}"{level}>{held}{text}</text:{tag}>')
                held = ""
            elif node.kind == "paragraph":
                out.append(f'<text:p text:style-name="{node.style or "Body"}">{held}{self.running(node)}</text:p>')
                held = ""
            elif node.kind == "aside" and node.style in self.places:
                held += self.frame(node.style, f'<text:p text:style-name="Aside{node.style}">{self.inline(node.text)}</text:p>')
            elif node.kind == "aside":
                out.append(f'<text:p text:style-name="Aside{node.style}">{self.inline(node.text)}</text:p>')
            elif node.kind == "caption":
                out.append(f'<text:p text:style-name="Legend">{self.inline(node.text)}</text:p>')
            elif node.kind == "table":
                out.append(self.table(node))
            elif node.kind == "toc":
                for entry in self.doc.entries(node):
                    out.append(f'<text:p text:style-name="Toc{entry.level}">{self.inline(entry.text)}<text:tab/>{entry.page}</text:p>')
        out += ["</text:list-item></text:list>"] * depth
        return "\n".join(out)


def paragraph_style(name, text="", paragraph="", tabs="", parent="", master="", more=""):
    tabs = f"<style:tab-stops>{tabs}</style:tab-stops>" if tabs else ""
    return (
        f'<style:style style:name="{name}" style:family="paragraph"{f" style:parent-style-name={chr(34)}{parent}{chr(34)}" if parent else ""}'
        f'{f" style:master-page-name={chr(34)}{master}{chr(34)}" if master else ""}{more}>'
        f"<style:paragraph-properties {paragraph}>{tabs}</style:paragraph-properties><style:text-properties {text}/></style:style>"
    )


def flat(styles, automatic, masters, body):
    """The whole flat file; Dutch, with the usual list styles and a column style for each percentage."""
    columns = "".join(f'<style:style style:name="Col{w}" style:family="table-column"><style:table-column-properties style:rel-column-width="{w * 100}*"/></style:style>' for w in range(5, 80))
    level = '<text:list-level-style-{kind} text:level="{n}" {mark}><style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-0.5cm" fo:margin-left="{left}cm"/></style:list-level-properties></text:list-level-style-{kind}>'
    bullets = "".join(level.format(kind="bullet", n=n, mark=f'text:bullet-char="{c}"', left=n * 0.6) for n, c in ((1, "•"), (2, "–"), (3, "▪")))
    numbers = "".join(level.format(kind="number", n=n, mark=f'style:num-format="{c}" style:num-suffix="."', left=n * 0.6) for n, c in ((1, "1"), (2, "a")))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles>
<style:default-style style:family="paragraph"><style:text-properties fo:language="nl" fo:country="NL" fo:hyphenate="false"/></style:default-style>
<style:style style:name="Bold" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Frame" style:family="graphic"><style:graphic-properties draw:fill="none" draw:stroke="none" fo:border="none"/></style:style>
{styles}
<text:list-style style:name="Bullets">{bullets}</text:list-style><text:list-style style:name="Numbers">{numbers}</text:list-style>
<text:notes-configuration text:note-class="footnote" style:num-format="1" text:start-value="0" text:footnotes-position="page" text:citation-body-style-name="Super"/>
<style:style style:name="Super" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
</office:styles>
<office:automatic-styles>{columns}{automatic}</office:automatic-styles>
<office:master-styles>{masters}</office:master-styles>
<office:body><office:text>{body}</office:text></office:body></office:document>"""


def page_layout(name, size="21cm 29.7cm", margins="2.5cm 2.5cm 2.5cm 2.5cm", foot=True):
    width, height = size.split()
    top, right, bottom, left = margins.split()
    turned = ' style:print-orientation="landscape"' if width > height else ""
    gap = '<style:header-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-bottom="0.4cm"/></style:header-style><style:footer-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-top="0.4cm"/></style:footer-style>'
    return f'<style:page-layout style:name="{name}"><style:page-layout-properties fo:page-width="{width}" fo:page-height="{height}"{turned} fo:margin-top="{top}" fo:margin-right="{right}" fo:margin-bottom="{bottom}" fo:margin-left="{left}"/>{gap if foot else ""}</style:page-layout>'


class Word:
    """A .docx as people make it: python-docx with its default template, changed by the document's own `style` function."""

    def __init__(self, doc):
        import docx

        self.doc = doc
        self.file = docx.Document()
        self.section = self.file.sections[0]

    def run(self, paragraph, text):
        for at, part in enumerate(text.split("**")):
            for line, piece in enumerate(part.split("\n")):
                run = paragraph.add_run(piece)
                run.bold = True if at % 2 else None
                if line + 1 < len(part.split("\n")):
                    run.add_break()

    def columns(self, count, gap=400):
        """A new section on the same page with this many columns."""
        from docx.enum.section import WD_SECTION

        section = self.file.add_section(WD_SECTION.CONTINUOUS)
        cols = section._sectPr.xpath("./w:cols")[0]
        cols.set(W + "num", str(count))
        cols.set(W + "space", str(gap))

    def landscape(self, turned):
        from docx.enum.section import WD_ORIENT, WD_SECTION

        section = self.file.add_section(WD_SECTION.NEW_PAGE)
        if (section.page_width > section.page_height) != turned:
            section.page_width, section.page_height = section.page_height, section.page_width
        section.orientation = WD_ORIENT.LANDSCAPE if turned else WD_ORIENT.PORTRAIT

    def table(self, node):
        from docx.oxml import OxmlElement

        grid = node.grid()
        table = self.file.add_table(len(grid), len(grid[0]))
        table.style = "Table Grid" if "rules" in node.style else "Normal Table"
        for y, row in enumerate(node.rows):
            x = 0
            for cell in row:
                while (y, x) in table_covered(node, y):
                    x += 1
                cell = cell if isinstance(cell, Cell) else Cell(cell)
                target = table.cell(y, x)
                if cell.cols > 1 or cell.rows > 1:
                    target = target.merge(table.cell(y + cell.rows - 1, x + cell.cols - 1))
                paragraph = target.paragraphs[0]
                paragraph.style = self.file.styles["Table Head" if y < node.head else "Table Text"]
                self.run(paragraph, cell.text)
                x += cell.cols
            if y < node.head and "once" not in node.style:
                table.rows[y]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        if node.widths:
            table.autofit = False
            wide = self.section.page_width - self.section.left_margin - self.section.right_margin
            for at, width in enumerate(node.widths):
                table.columns[at].width = int(wide * width / 100)
            for row in table.rows:
                for at, width in enumerate(node.widths):
                    row.cells[at].width = int(wide * width / 100)

    def build(self):
        for node in self.doc.nodes:
            if node.kind == "raw":
                getattr(self, node.text.split()[0])(*[int(n) for n in node.text.split()[1:]])
            elif node.kind == "title":
                self.run(self.file.add_paragraph(style="Title" if node.style == "big" else "Subtitle"), node.text)
            elif node.kind == "heading":
                self.run(self.file.add_paragraph(style=node.style or f"Heading {node.level}"), node.text.replace(" ", "\t", 1) if NUMBER.fullmatch(node.text) else node.text)
            elif node.kind == "paragraph":
                self.run(self.file.add_paragraph(style=node.style or "Normal"), node.text)
            elif node.kind == "item":
                kind = "List Number" if node.ordered else "List Bullet"
                self.run(self.file.add_paragraph(style=kind + (f" {node.depth + 1}" if node.depth else "")), node.text)
            elif node.kind == "aside":
                self.run(self.file.add_paragraph(style="Aside " + node.style), node.text)
            elif node.kind == "caption":
                self.run(self.file.add_paragraph(style="Caption"), node.text)
            elif node.kind == "table":
                self.table(node)
            elif node.kind == "toc":
                for entry in self.doc.entries(node):
                    self.run(self.file.add_paragraph(style=f"Contents {entry.level}"), f"{entry.text}\t{entry.page}")

    def new_page(self):
        self.file.add_page_break()

    def saved(self, path):
        import datetime

        self.file.core_properties.created = self.file.core_properties.modified = datetime.datetime(2020, 1, 1)
        self.file.save(str(path))
        return path


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def table_covered(node, row):
    """The places of the row that a merged cell above or to the left covers."""
    covered = set()
    for y in range(row + 1):
        x = 0
        for cell in node.rows[y]:
            while (y, x) in covered:
                x += 1
            cell = cell if isinstance(cell, Cell) else Cell(cell)
            covered |= {(y + j, x + i) for j in range(cell.rows) for i in range(cell.cols)} - {(y, x)}
            x += cell.cols
    return covered
