"""Nodes as Typst. A template defines `note`, `quote-box`, `cover-title` and the show rules; this writes the calls."""

import json
import os

import typst

from model import Cell


def string(text):
    return "#" + json.dumps(text, ensure_ascii=False)


def inline(text):
    out = []
    for at, line in enumerate(text.split("\n")):
        out += ["#linebreak()"] if at else []
        for turn, part in enumerate(line.split("**")):
            out += [f"#strong[{string(part)}]" if turn % 2 else string(part)] if part else []
    return "".join(out)


def table(node):
    def cell(at):
        at = at if isinstance(at, Cell) else Cell(at)
        return f"table.cell(colspan: {at.cols}, rowspan: {at.rows})[{inline(at.text)}]"

    wide = len(node.grid()[0])
    columns = ", ".join(f"{w}fr" for w in node.widths) if node.widths else ", ".join(["auto"] * wide)
    head = [cell(at) for row in node.rows[: node.head] for at in row]
    body = [cell(at) for row in node.rows[node.head :] for at in row]
    repeat = "false" if "once" in node.style else "true"
    parts = [f"columns: ({columns},)"] + (["table.header(repeat: " + repeat + ", " + ", ".join(head) + ")"] if head else []) + body
    return f"#table({', '.join(parts)})"


def body(doc):
    out = []
    for node in doc.nodes:
        if node.kind == "raw":
            out.append(node.text)
        elif node.kind == "title":
            out.append(f"#cover-title(\"{node.style}\")[{inline(node.text)}]")
        elif node.kind == "heading":
            out.append(f"#heading(level: {node.level})[{inline(node.text)}]")
        elif node.kind == "paragraph":
            parts = node.parts()
            text = inline(parts[0])
            for note, after in zip(parts[1::2], parts[2::2]):
                text += f"#footnote[{inline(note)}]" + inline(after)
            out.append(f"#{node.style}[{text}]" if node.style else text)
        elif node.kind == "item":
            mark = "+" if node.ordered else "-"
            out.append("  " * node.depth + f"{mark} {inline(node.text)}")
        elif node.kind == "aside":
            out.append(f'#aside("{node.style}")[{inline(node.text)}]')
        elif node.kind == "caption":
            out.append(f"#legend[{inline(node.text)}]")
        elif node.kind == "figure":
            out.append("#drawing")
        elif node.kind == "table":
            out.append(table(node))
        elif node.kind == "toc":
            for entry in doc.entries(node):
                out.append(f"#entry({entry.level}, {entry.page})[{inline(entry.text)}]")
        out.append("\n" if node.kind == "item" else "\n\n")
    return "".join(out)


def compile(template, doc, work, tagged=True):
    source, pdf = work / "doc.typ", work / "typst.pdf"
    source.write_text(template + body(doc), encoding="utf-8")
    more = {} if tagged else {"pdf_tags": False}
    typst.compile(str(source), output=str(pdf), font_paths=["/usr/share/fonts", os.environ["LAYOUT_FONTS"]], timestamp=1700000000, **more)
    return pdf
