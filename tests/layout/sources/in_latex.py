"""Nodes as LaTeX (pdflatex); numbers of headings are part of their text, so that print and truth are one."""

import os
import re
import subprocess

from model import Cell

ESCAPES = {"\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}", "€": r"\texteuro{}", "\n": r"\\ "}


def inline(text):
    text = "".join(ESCAPES.get(c, c) for c in text)
    return re.sub(r"\*\*(.+?)\*\*", r"\\textbf{\1}", text)


def table(node):
    """A longtable with the columns given in `widths` (percent of the line); the head is repeated unless the style says `once`."""
    widths = [f"p{{{w / 100 * 0.9:.3f}\\linewidth}}" for w in node.widths]
    rules = "rules" in node.style
    spec = "|" + "|".join(widths) + "|" if rules else "".join(widths)
    line = r"\hline" if rules else ""
    covered, lines = {}, []
    for y, row in enumerate(node.rows):
        cells, x = [], 0
        for cell in row:
            while covered.get((y, x)):
                cells.append("")
                x += 1
            cell = cell if isinstance(cell, Cell) else Cell(cell)
            text = inline(cell.text)
            text = rf"\textbf{{{text}}}" if y < node.head and text else text
            if cell.cols > 1:
                total = sum(node.widths[x : x + cell.cols]) / 100 * 0.9
                edge = "|" if rules else ""
                text = rf"\multicolumn{{{cell.cols}}}{{{edge if x == 0 else ''}p{{{total:.3f}\linewidth}}{edge}}}{{{text}}}"
            for below in range(1, cell.rows):
                covered[y + below, x] = True
            cells.append(text)
            x += cell.cols
        while covered.get((y, x)):
            cells.append("")
            x += 1
        end = line
        if rules and any(covered.get((y + 1, c)) for c in range(len(widths))):
            end = "".join(rf"\cline{{{c + 1}-{c + 1}}}" for c in range(len(widths)) if not covered.get((y + 1, c)))
        lines.append(" & ".join(cells) + r" \\ " + end)
        if y + 1 == node.head:
            if not rules:
                lines[-1] += r"\addlinespace[2pt]" if "bare" in node.style else r"\midrule"
            if "once" not in node.style:
                lines.append(r"\endhead")
    top, bottom = ("", "") if "bare" in node.style else (line or r"\toprule", "" if rules else r"\bottomrule")
    return "{\\raggedright\\footnotesize\\begin{longtable}{" + spec + "}" + top + "\n" + "\n".join(lines) + bottom + "\\end{longtable}}\n"


def body(doc, headings):
    """`headings` gives per level the command before a heading's text."""
    out, opened = [], []
    for node in doc.nodes:
        if node.kind == "item":
            while len(opened) > node.depth + 1:
                out.append(rf"\end{{{opened.pop()}}}")
            if len(opened) < node.depth + 1:
                opened.append("enumerate" if node.ordered else "itemize")
                out.append(rf"\begin{{{opened[-1]}}}")
            out.append(rf"\item {inline(node.text)}")
            continue
        while opened:
            out.append(rf"\end{{{opened.pop()}}}")
        if node.kind == "raw":
            out.append(node.text)
        elif node.kind == "title":
            out.append(rf"\covertitle{node.style}{{{inline(node.text)}}}")
        elif node.kind == "heading":
            number = re.match(r"((?:[A-Z]\.)?[\d.]+) (.*)", node.text)
            text = rf"{number[1]}\hspace{{.8em}}{inline(number[2])}" if number else inline(node.text)
            out.append(rf"{headings[node.level - 1]}{{{text}}}")
        elif node.kind == "paragraph":
            parts = node.parts()
            text = inline(parts[0])
            for note, after in zip(parts[1::2], parts[2::2]):
                text += rf"\footnote{{{inline(note)}}}" + inline(after)
            out.append((rf"{{\{node.style} {text}\par}}" if node.style else text) + "\n")
        elif node.kind == "aside":
            out.append(rf"\aside{node.style}{{{inline(node.text)}}}%")
        elif node.kind == "caption":
            out.append(rf"\legend{{{inline(node.text)}}}")
        elif node.kind == "figure":
            out.append(r"\drawing")
        elif node.kind == "table":
            out.append(table(node))
        elif node.kind == "toc":
            for entry in doc.entries(node):
                out.append(rf"\entry{'i' * entry.level}{{{inline(entry.text)}}}{{{entry.page}}}")
    while opened:
        out.append(rf"\end{{{opened.pop()}}}")
    return "\n".join(out)


def pdflatex(source, work):
    (work / "doc.tex").write_text(source, encoding="utf-8")
    env = os.environ | {"SOURCE_DATE_EPOCH": "1700000000", "FORCE_SOURCE_DATE": "1"}
    for _ in range(3):
        done = subprocess.run(["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "doc.tex"], cwd=work, env=env, capture_output=True)
        if done.returncode:
            raise RuntimeError(done.stdout.decode("latin-1")[-1500:])
    return work / "doc.pdf"
