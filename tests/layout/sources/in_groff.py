"""Nodes as groff with the ms macros; tables by tbl; PostScript made PDF by Ghostscript."""

import subprocess

from model import Cell


def inline(text):
    lines = text.replace("\\", "\\e").replace("**", "").split("\n")
    return "\n.br\n".join("\\&" + line if line[:1] in ".'" else line for line in lines)


def table(node):
    """Columns as wide as `widths` says (in tenths of an inch); every cell a text block."""
    spec, rows = [], []
    grid = node.grid()
    for y, row in enumerate(node.rows):
        keys, cells, x = [], [], 0
        while x < len(grid[0]):
            above = y and any(isinstance(c, Cell) and c.rows > 1 and c.text for c in node.rows[y - 1]) and grid[y][x] == "" and x == 0
            keys.append("^" if above else ("lB" if y < node.head else "l") + f"w({node.widths[x] / 10}i)")
            x += 1
        x = 0
        for cell in row:
            cell = cell if isinstance(cell, Cell) else Cell(cell)
            while keys[x] == "^":
                cells.append("")
                x += 1
            cells.append("T{\n" + inline(cell.text) + "\nT}" if len(cell.text) > 12 and cell.cols == 1 else inline(cell.text))
            for span in range(1, cell.cols):
                keys[x + span] = "s"
            x += cell.cols
        spec.append(" ".join(keys))
        rows.append("\t".join(cells))
    options = "allbox;" if "rules" in node.style else ""
    begin = ".TS H" if "repeat" in node.style else ".TS"
    head = rows[: node.head] + ([".TH"] if "repeat" in node.style else [])
    text = begin + "\n" + (options + "\n" if options else "") + "\n".join(spec[:-1] + [spec[-1] + "."]) + "\n"
    return ".LP\n" + text + "\n".join(head + rows[node.head :]) + "\n.TE"


def body(doc):
    out, before = [], None
    for node in doc.nodes:
        if before and before.kind == "item":
            for _ in range(before.depth - (node.depth if node.kind == "item" else 0)):
                out.append(".RE")
        if node.kind == "raw":
            out.append(node.text)
        elif node.kind == "title":
            out.append(f".{node.style}\n{inline(node.text)}")
        elif node.kind == "heading":
            out.append(f".SH {node.level}\n{inline(node.text)}" if not node.style else f".{node.style}\n{inline(node.text)}")
        elif node.kind == "paragraph":
            parts = node.parts()
            text = inline(parts[0])
            for note, after in zip(parts[1::2], parts[2::2]):
                text += "\\**\n.FS\n" + inline(note) + "\n.FE" + ("\n" + inline(after.strip()) if after.strip() else "")
            out.append(f".{node.style or 'LP'}\n{text}")
        elif node.kind == "item":
            if node.depth > (before.depth if before and before.kind == "item" else 0):
                out.append(".RS")
            mark = f"{node.number}." if node.ordered else "\\(bu" if node.depth == 0 else "\\(en"
            out.append(f".IP {mark} 3\n{inline(node.text)}")
        elif node.kind == "aside":
            out.append(f".{node.style}B\n{inline(node.text)}\n.{node.style}E")
        elif node.kind == "caption":
            out.append(f".CAP\n{inline(node.text)}")
        elif node.kind == "figure":
            out.append(".DRAW")
        elif node.kind == "table":
            out.append(table(node))
        elif node.kind == "toc":
            for entry in doc.entries(node):
                out.append(f".ENTRY {entry.level} \"{inline(entry.text)}\" {entry.page}")
        before = node
    return "\n".join(out) + "\n"


def postscript(source, work, macros="ms"):
    (work / "doc.roff").write_text(source, encoding="utf-8")
    done = subprocess.run(["groff", "-K", "utf8", "-t", f"-m{macros}", "-Tps", "-dpaper=a4", "-P-pa4", str(work / "doc.roff")], capture_output=True)
    if done.stderr:
        print(done.stderr.decode()[:1500])
    (work / "doc.ps").write_bytes(done.stdout)
    return work / "doc.ps"


def distilled(source, work, *more):
    """A PDF by Ghostscript from PostScript or from another PDF."""
    pdf = work / "distilled.pdf"
    args = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", "-dCompatibilityLevel=1.5", "-sPAPERSIZE=a4", *more]
    subprocess.run(args + [f"-sOutputFile={pdf}", str(source)], check=True, capture_output=True)
    return pdf
