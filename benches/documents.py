#!/usr/bin/env python3
"""Makes plans of about 20, 60 and 150 pages out of the text of the samples, each printed by LibreOffice, Chromium and WeasyPrint, to measure on.

    cargo build --release && python3 benches/documents.py FOLDER

Needs soffice (libreoffice-writer), chromium, weasyprint and pdfinfo (poppler-utils).
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


def pages(file):
    return int(re.search(r"Pages:\s+(\d+)", subprocess.run(["pdfinfo", file], stdout=subprocess.PIPE, text=True, check=True).stdout)[1])


def main():
    folder = os.path.abspath(sys.argv[1])
    os.makedirs(folder, exist_ok=True)
    parts = list(blocks())
    for name, make in [("libreoffice", libreoffice), ("chromium", chromium), ("weasyprint", weasyprint)]:
        for wanted in PAGES:
            source, target = os.path.join(folder, "source.html"), os.path.join(folder, f"{name}-{wanted}.pdf")
            count = int(len(parts) * wanted / 200)
            for _ in range(4):
                # As many blocks as are needed, over again if the samples have too few.
                with open(source, "w", encoding="utf-8") as out:
                    out.write(page((parts * (1 + count // len(parts)))[:count]))
                make(source, target)
                got = pages(target)
                if got == wanted:
                    break
                count = int(count * wanted / got)
            print(f"{target}: {got} pages", flush=True)


main()
