"""Nodes as HTML, and the producers that print HTML: Chromium and WeasyPrint."""

import html as escape
import os
import subprocess
from pathlib import Path

import pyphen

from model import Cell

DUTCH = pyphen.Pyphen(lang="nl_NL", left=3, right=3)


def hyphenated(text):
    """With soft hyphens, for producers that have no Dutch patterns of their own."""
    return " ".join(DUTCH.inserted(word, "\u00ad") if word.isalpha() and len(word) > 6 else word for word in text.split(" "))


def inline(text, soft=False):
    text = escape.escape(hyphenated(text) if soft else text, quote=False).replace("\n", "<br>")
    while "**" in text:
        text = text.replace("**", "<b>", 1).replace("**", "</b>", 1)
    return text


def figure(style):
    """A drawing without words: bars, a row of dots, or a plain panel."""
    if style == "bars":
        bars = "".join(f'<rect x="{10 + 30 * i}" y="{100 - h}" width="20" height="{h}" fill="#4a7"/>' for i, h in enumerate((30, 45, 60, 50, 72, 88, 64)))
        return f'<svg width="240" height="110" viewBox="0 0 240 110">{bars}<path d="M5 100H230" stroke="#333"/></svg>'
    if style == "dots":
        dots = "".join(f'<circle cx="{20 + 40 * (i % 6)}" cy="{20 + 40 * (i // 6)}" r="{6 + i}" fill="#c63" opacity=".7"/>' for i in range(12))
        return f'<svg width="250" height="90" viewBox="0 0 250 90">{dots}</svg>'
    return '<svg width="100%" height="120" viewBox="0 0 300 120" preserveAspectRatio="none"><rect width="300" height="120" fill="#9bc"/><path d="M0 90L80 40L150 85L210 30L300 100V120H0Z" fill="#587"/></svg>'


def table(node):
    head, body = [], []
    for at, row in enumerate(node.rows):
        tag = "th" if at < node.head else "td"
        cells = ""
        for cell in row:
            cell = cell if isinstance(cell, Cell) else Cell(cell)
            span = (f" colspan={cell.cols}" if cell.cols > 1 else "") + (f" rowspan={cell.rows}" if cell.rows > 1 else "")
            number = " class=n" if cell.text.strip("€ ").replace(".", "").replace(",", "").replace("%", "").replace("-", "").strip().isdigit() else ""
            cells += f"<{tag}{span}{number}>{inline(cell.text)}</{tag}>"
        (head if at < node.head else body).append(f"<tr>{cells}</tr>")
    columns = "<colgroup>" + "".join(f'<col style="width:{w}%">' for w in node.widths) + "</colgroup>" if node.widths else ""
    return f'<table class="{node.style}">{columns}' + (f"<thead>{''.join(head)}</thead>" if head else "") + f"<tbody>{''.join(body)}</tbody></table>"


def body(doc, soft=False, heading=None):
    """The nodes as HTML; `heading` may give headings another tag (for the tag tree of a careless template)."""
    out, opened = [], []

    def close(depth):
        while len(opened) > depth:
            out.append(f"</li></{opened.pop()}>")

    for node in doc.nodes:
        if node.kind == "item":
            if len(opened) > node.depth + 1:
                close(node.depth + 1)
            if len(opened) == node.depth + 1:
                out.append("</li>")
            else:
                opened.append("ol" if node.ordered else "ul")
                out.append(f"<{opened[-1]}>")
            out.append(f"<li>{inline(node.text, soft)}")
            continue
        close(0)
        style = f' class="{node.style}"' if node.style else ""
        if node.kind == "raw":
            out.append(node.text)
        elif node.kind == "title":
            out.append(f'<div class="title {node.style}">{inline(node.text)}</div>')
        elif node.kind == "heading":
            tag = heading(node) if heading else f"h{node.level}"
            text = inline(node.text)
            first, _, rest = text.partition(" ")
            if rest and first[0].isdigit() or rest and first[1:2] == "." and first[2:].isdigit():
                text = f'<span class="no">{first}</span> {rest}'
            out.append(f'<{tag} id="h{doc.nodes.index(node)}" class="{node.style} l{node.level}">{text}</{tag}>')
        elif node.kind == "paragraph":
            parts = node.parts()
            text = inline(parts[0], soft)
            if node.style == "drop":
                text = f'<span class="cap">{text[0]}</span>{text[1:]}'
            for note, after in zip(parts[1::2], parts[2::2]):
                text += f'<span class="fn">{inline(note)}</span>' + inline(after, soft)
            out.append(f"<p{style}>{text}</p>")
        elif node.kind == "aside":
            out.append(f'<aside class="{node.style}">{inline(node.text)}</aside>')
        elif node.kind == "caption":
            out.append(f'<div class="caption">{inline(node.text)}</div>')
        elif node.kind == "figure":
            out.append(f'<div class="figure">{figure(node.style)}</div>')
        elif node.kind == "table":
            out.append(table(node))
        elif node.kind == "toc":
            for entry in doc.entries(node):
                out.append(
                    f'<div class="toc t{entry.level}"><a href="#h{doc.nodes.index(entry)}"><span class="tt">{inline(entry.text)}</span>'
                    f'<span class="dots"></span><span class="pp">{entry.page or ""}</span></a></div>'
                )
    close(0)
    return "\n".join(out)


def page(doc, css, soft=False, heading=None):
    return (
        f'<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>{doc.name}</title><style>{BASE}{css}</style></head>'
        f"<body>{body(doc, soft, heading)}</body></html>"
    )


BASE = """
.toc a { display: flex; color: inherit; text-decoration: none; overflow: hidden } .toc .dots { flex: 1; overflow: hidden; white-space: nowrap; height: 1.3em }
.toc .pp { margin-left: .4em } h1, h2, h3, h4 { break-after: avoid } p { orphans: 2; widows: 2 } .n { text-align: right }
table { border-collapse: collapse } tr { break-inside: avoid }
"""


LEADERS = """<script>for (const d of document.querySelectorAll('.dots')) {
  while (d.scrollWidth <= d.clientWidth && d.textContent.length < 400) d.textContent += ' .';
  d.textContent = d.textContent.slice(0, -2); }</script>"""


def chromium(source, work, tagged=True):
    page, pdf = work / "page.html", work / "page.pdf"
    page.write_text(source.replace("</body>", LEADERS + "</body>"), encoding="utf-8")
    args = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={work / 'profile'}"]
    if not tagged:
        args.append("--disable-pdf-tagging")
    subprocess.run(args + [f"--print-to-pdf={pdf}", f"file://{page}"], check=True, capture_output=True, timeout=120)
    return pdf


def weasyprint(source, work, variant=None):
    import weasyprint as engine

    pdf = Path(work) / "weasy.pdf"
    os.environ["SOURCE_DATE_EPOCH"] = "1700000000"
    engine.HTML(string=source).write_pdf(str(pdf), pdf_variant=variant, pdf_identifier=b"plantoets-layout")
    return pdf
