"""Nodes as XSL-FO, printed by Apache FOP with tags and artifacts."""

import os
import re
import subprocess
from xml.sax.saxutils import escape

from model import Cell

NUMBER = re.compile(r"((?:[A-Z]\.)?\d[\d.]*) (.*)", re.S)


def inline(text):
    text = escape(text).replace("\n", "<fo:block/>")
    return re.sub(r"\*\*(.+?)\*\*", r'<fo:inline font-weight="bold">\1</fo:inline>', text)


def table(node, look):
    wide = len(node.grid()[0])
    widths = node.widths or [100 // wide] * wide
    out = ['<fo:table table-layout="fixed" width="100%" space-after="4mm"' + (' table-omit-header-at-break="true"' if "once" in node.style else "") + ">"]
    out += [f'<fo:table-column column-width="proportional-column-width({w})"/>' for w in widths]
    for part, rows in (("header", node.rows[: node.head]), ("body", node.rows[node.head :])):
        if not rows:
            continue
        out.append(f"<fo:table-{part}>")
        for row in rows:
            out.append('<fo:table-row keep-together.within-page="always">')
            for cell in row:
                cell = cell if isinstance(cell, Cell) else Cell(cell)
                span = f' number-columns-spanned="{cell.cols}"' * (cell.cols > 1) + f' number-rows-spanned="{cell.rows}"' * (cell.rows > 1)
                out.append(f'<fo:table-cell {look["head" if part == "header" else "cell"]}{span}><fo:block>{inline(cell.text)}</fo:block></fo:table-cell>')
            out.append("</fo:table-row>")
        out.append(f"</fo:table-{part}>")
    return "".join(out) + "</fo:table>"


def body(doc, look):
    """`look` gives the attributes of each kind of block, by style or by kind and level."""
    out, notes, depth = [], 0, 0
    for node in doc.nodes:
        target = node.depth + 1 if node.kind == "item" else 0
        while depth > target:
            out.append("</fo:list-block>" + ("</fo:list-item-body></fo:list-item>" if depth > 1 else ""))
            depth -= 1
        if node.kind == "item":
            if depth < target:
                if depth:
                    # The list below is held in the body of the item before it, which is opened again.
                    out[-1] = out[-1].removesuffix("</fo:list-item-body></fo:list-item>")
                out.append('<fo:list-block provisional-distance-between-starts="6mm" provisional-label-separation="2mm" space-after="1mm">')
                depth += 1
            mark = f"{node.number}." if node.ordered else "•" if node.depth == 0 else "–"
            out.append(
                f'<fo:list-item space-after=".6mm"><fo:list-item-label end-indent="label-end()"><fo:block>{mark}</fo:block></fo:list-item-label>'
                f'<fo:list-item-body start-indent="body-start()"><fo:block>{inline(node.text)}</fo:block></fo:list-item-body></fo:list-item>'
            )
        elif node.kind == "raw":
            out.append(node.text)
        elif node.kind == "heading":
            key = node.style or f"h{node.level}"
            number = NUMBER.fullmatch(node.text)
            text = f'{number[1]}<fo:leader leader-length="4mm" leader-pattern="space"/>{inline(number[2])}' if number else inline(node.text)
            marker = f'<fo:marker marker-class-name="chapter">{inline(node.text)}</fo:marker>' if node.level == 1 else ""
            out.append(f'<fo:block role="H{node.level}" keep-with-next.within-page="always" {look[key]}>{marker}{text}</fo:block>')
        elif node.kind == "paragraph":
            parts = node.parts()
            text = inline(parts[0])
            for note, after in zip(parts[1::2], parts[2::2]):
                notes += 1
                mark = f'<fo:inline font-size="65%" baseline-shift="super">{notes}</fo:inline>'
                text += f'<fo:footnote>{mark}<fo:footnote-body><fo:block {look["footnote"]}>{mark} {inline(note)}</fo:block></fo:footnote-body></fo:footnote>{inline(after)}'
            out.append(f'<fo:block {look[node.style or "p"]}>{text}</fo:block>')
        elif node.kind == "table":
            out.append(table(node, {"head": look["th"], "cell": look["td"]}))
        elif node.kind == "toc":
            for entry in doc.entries(node):
                out.append(f'<fo:block text-align-last="justify" {look[f"toc{entry.level}"]}>{inline(entry.text)} <fo:leader leader-pattern="dots"/> {entry.page}</fo:block>')
        else:
            out.append(f"<fo:block {look[node.style or node.kind]}>{inline(node.text)}</fo:block>")
    while depth:
        out.append("</fo:list-block>" + ("</fo:list-item-body></fo:list-item>" if depth > 1 else ""))
        depth -= 1
    return "\n".join(out)


def fop(source, work, tagged=True):
    (work / "doc.fo").write_text(source, encoding="utf-8")
    fonts = "".join(f'<directory recursive="true">{folder}</directory>' for folder in (os.environ["LAYOUT_FONTS"], "/usr/share/fonts/truetype/liberation"))
    (work / "fop.xconf").write_text(f'<fop version="1.0"><renderers><renderer mime="application/pdf"><fonts>{fonts}</fonts></renderer></renderers></fop>', encoding="utf-8")
    pdf = work / "fop.pdf"
    args = ["fop"] + (["-a"] if tagged else []) + ["-c", str(work / "fop.xconf"), "-l", "nl", "-fo", str(work / "doc.fo"), "-pdf", str(pdf)]
    done = subprocess.run(args, capture_output=True, timeout=180)
    if not pdf.exists() or b"SEVERE" in done.stderr:
        raise RuntimeError(done.stderr.decode()[-2500:])
    return pdf
