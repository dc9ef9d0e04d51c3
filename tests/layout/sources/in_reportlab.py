"""Nodes as reportlab flowables, and frames that are placed freely on a page and written in any order."""

import os
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Frame, Paragraph, Table, TableStyle

from model import Cell


def register(**fonts):
    """Fonts by name, each a file name somewhere under the fonts folders."""
    folders = [Path(os.environ["LAYOUT_FONTS"]), Path("/usr/share/fonts")]
    for name, file in fonts.items():
        found = next(path for folder in folders for path in sorted(folder.rglob(file)))
        pdfmetrics.registerFont(TTFont(name, str(found)))


def inline(text):
    text = escape(text).replace("\n", "<br/>")
    while "**" in text:
        text = text.replace("**", "<b>", 1).replace("**", "</b>", 1)
    return text


def table(node, styles, width, options):
    grid = node.grid()
    spans, y = [], 0
    for y, row in enumerate(node.rows):
        x = 0
        for cell in row:
            while any(a <= x <= c and b <= y <= d for (a, b), (c, d) in spans):
                x += 1
            cell = cell if isinstance(cell, Cell) else Cell(cell)
            if cell.cols > 1 or cell.rows > 1:
                spans.append(((x, y), (x + cell.cols - 1, y + cell.rows - 1)))
            x += cell.cols
    cells = [[Paragraph(inline(text), styles["th" if y < node.head else "td"]) if text else "" for text in row] for y, row in enumerate(grid)]
    widths = [width * w / 100 for w in node.widths] if node.widths else None
    style = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 3), ("RIGHTPADDING", (0, 0), (-1, -1), 5), ("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 3)]
    style += [("SPAN", a, b) for a, b in spans] + options
    return Table(cells, widths, repeatRows=0 if "once" in node.style else node.head, style=TableStyle(style), hAlign="LEFT", spaceAfter=9)


def flowable(node, styles, width, options=()):
    """The flowable of one node; styles are looked up by the node's style, or by its kind and level."""
    if node.kind == "table":
        return table(node, styles, width, list(options))
    key = node.style or {"heading": f"h{node.level}", "paragraph": "p", "item": f"item{node.depth}"}.get(node.kind, node.kind)
    if node.kind == "item":
        mark = f"{node.number}." if node.ordered else "•" if node.depth == 0 else "–"
        return Paragraph(inline(node.text), styles[key], bulletText=mark)
    return Paragraph(inline(node.text), styles[key])


def pour(canvas, flowables, frames):
    """Fills the frames (x, y, width, height) in turn; returns the drawing code of each and what is left over."""
    pieces = []
    left = list(flowables)
    for x, y, width, height in frames:
        before = len(canvas._code)
        canvas.saveState()
        frame = Frame(x, y, width, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
        frame.addFromList(left, canvas)
        if left:
            parts = frame.split(left[0], canvas)
            if len(parts) > 1 and frame.add(parts[0], canvas):
                left[0:1] = parts[1:]
        canvas.restoreState()
        pieces.append(canvas._code[before:])
        del canvas._code[before:]
    return pieces, left
