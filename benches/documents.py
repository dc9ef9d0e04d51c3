#!/usr/bin/env python3
"""Makes plans of about 20, 60 and 150 pages out of the text of the samples, each printed by LibreOffice, Chromium, WeasyPrint and Typst, to
measure on.

    cargo build --release && python3 benches/documents.py FOLDER

Needs soffice (libreoffice-writer), chromium, weasyprint, the Python package typst and pdfinfo (poppler-utils). A program that is not there is
passed over.
"""
import glob
import html
import json
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PLANTOETS = os.path.join(ROOT, "target/release/plantoets")
PAGES = [20, 60, 150]
STYLE = (
    "<style>@page { size: A4; margin: 25mm } body { font-family: 'Liberation Sans', sans-serif; font-size: 10.5pt; line-height: 1.4 }"
    " table { border-collapse: collapse } td, th { border: 0.5pt solid; padding: 1mm 2mm; text-align: left }</style>"
)


def blocks():
    """All blocks of all samples, the longest plan first, as HTML."""
    for file in sorted(glob.glob(os.path.join(ROOT, "samples/*/document.pdf")), key=lambda f: ("g06" not in f, f)):
        read = subprocess.run([PLANTOETS, "text", file, "--format", "json"], stdout=subprocess.PIPE, check=True)
        for block in json.loads(read.stdout)["blocks"]:
            text = html.escape(block["text"])
            if block["kind"] == "heading":
                yield f"<h{min(len(block['section']), 4) or 1}>{text}</h{min(len(block['section']), 4) or 1}>"
            elif block["kind"] in ("table_row", "table_head"):
                tag = "th" if block["kind"] == "table_head" else "td"
                cells = "".join(f"<{tag}>{html.escape(cell['text'])}</{tag}>" for cell in block.get("cells") or [{"text": block["text"]}])
                yield f"<table><tr>{cells}</tr></table>"
            elif block["kind"] == "list_item":
                yield f"<ul><li>{text}</li></ul>"
            elif block["kind"] != "contents":
                yield f"<p>{text}</p>"


def page(parts):
    """One page of HTML; neighbouring rows and items are one table and one list."""
    body = re.sub(r"</table>\s*<table>|</ul>\s*<ul>", "", "\n".join(parts))
    return f'<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>Ondersteuningsplan</title>{STYLE}</head><body>{body}</body></html>'


def libreoffice(source, target):
    folder = os.path.dirname(target)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": True}
    subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--infilter=HTML (StarWriter)",
                    "--convert-to", "pdf:writer_pdf_Export", "--outdir", folder, source], **quiet)
    os.replace(os.path.splitext(source)[0] + ".pdf", target)


def chromium(source, target):
    subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={target}", source],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


def weasyprint(source, target):
    subprocess.run(["weasyprint", source, target], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


def typst(source, target):
    import typst as printer

    with open(source, encoding="utf-8") as page:
        body = page.read().partition("<body>")[2]
    plain = lambda text: re.sub(r"([^\w\s])", r"\\\1", html.unescape(text))
    parts = ['#set page(paper: "a4", margin: 25mm)', '#set text(font: "Liberation Sans", size: 10.5pt, lang: "nl")']
    for tag, inside in re.findall(r"<(h\d|p|ul|table)>(.*?)</\1>", body, re.S):
        if tag == "ul":
            parts.append("\n".join(f"- {plain(item)}" for item in re.findall(r"<li>(.*?)</li>", inside, re.S)))
        elif tag == "table":
            rows = [re.findall(r"<t[hd]>(.*?)</t[hd]>", row, re.S) for row in re.findall(r"<tr>(.*?)</tr>", inside, re.S)]
            width = max(map(len, rows))
            cells = [f"[{plain(cell)}]" for row in rows for cell in row + [""] * (width - len(row))]
            parts.append(f"#table(columns: {width}, {', '.join(cells)})")
        else:
            parts.append("=" * int(tag[1]) + " " + plain(inside) if tag[0] == "h" else plain(inside))
    written = os.path.splitext(source)[0] + ".typ"
    with open(written, "w", encoding="utf-8") as out:
        out.write("\n\n".join(parts))
    printer.compile(written, output=target)


def pages(file):
    return int(re.search(r"Pages:\s+(\d+)", subprocess.run(["pdfinfo", file], stdout=subprocess.PIPE, text=True, check=True).stdout)[1])


def main():
    folder = os.path.abspath(sys.argv[1])
    os.makedirs(folder, exist_ok=True)
    parts = list(blocks())
    for make in [libreoffice, chromium, weasyprint, typst]:
        name = make.__name__
        for wanted in PAGES:
            source, target = os.path.join(folder, "source.html"), os.path.join(folder, f"{name}-{wanted}.pdf")
            count = int(len(parts) * wanted / 200)
            for _ in range(4):
                # As many blocks as are needed, over again if the samples have too few.
                with open(source, "w", encoding="utf-8") as out:
                    out.write(page((parts * (1 + count // len(parts)))[:count]))
                try:
                    make(source, target)
                except (FileNotFoundError, ImportError) as missing:
                    print(f"{name} is not there: {missing}", flush=True)
                    break
                got = pages(target)
                if got == wanted:
                    break
                count = int(count * wanted / got)
            if os.path.exists(target):
                print(f"{target}: {pages(target)} pages", flush=True)


main()
