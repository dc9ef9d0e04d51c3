#!/usr/bin/env python3
"""Opens matrix.xlsx of a report folder with openpyxl, and says what is not as an analyst needs it.

    check.py REPORT

Needs openpyxl (pip install openpyxl). Reads resultaten.jsonl beside it, if it is there, and compares what it counts.
"""

import datetime
import json
import pathlib
import sys

import openpyxl

VERDICTS = {"aangetroffen", "onzeker", "ontbreekt", "strijdig", "niet toetsbaar", "n.v.t."}
LEADING = 7  # columns of the matrix before the elements
FIRST = 6  # row of the first samenwerkingsverband
LINKS = 65_530  # that Excel opens

faults = []


def expect(what, holds):
    if not holds:
        faults.append(what)


def rows(sheet, head=1):
    names = [c.value for c in sheet[head]]
    return [dict(zip(names, (c.value for c in row))) for row in sheet.iter_rows(min_row=head + 1)]


def matrix(sheet, folder):
    expect("Matrix: het filter staat niet op de koppen", sheet.auto_filter.ref and sheet.auto_filter.ref.startswith("A5:"))
    expect("Matrix: koppen en namen blijven niet in beeld", sheet.freeze_panes == "C6")
    expect("Matrix: niet liggend", sheet.page_setup.orientation == "landscape")
    expect("Matrix: koppen niet op elke bladzijde", sheet.print_title_rows == "$3:$5" and sheet.print_title_cols == "$A:$B")
    lines = [r for r in sheet.iter_rows(min_row=FIRST) if any(c.value is not None for c in r)]
    cells = [c for r in lines for c in r[LEADING:] if c.value is not None]
    unknown = {c.value for c in cells if c.value.split("\n")[0] not in VERDICTS}
    expect(f"Matrix: onbekende oordelen {unknown}", not unknown)
    fills = {}
    for c in cells:
        fills.setdefault(c.value.split("\n")[0], set()).add(c.fill.fgColor.rgb if c.fill.fill_type else None)
    expect(f"Matrix: een oordeel heeft niet steeds dezelfde kleur {fills}", all(len(f) == 1 for f in fills.values()))
    expect("Matrix: twee oordelen met dezelfde kleur", len({next(iter(f)) for f in fills.values()}) == len(fills))
    counts = [c for r in lines for c in r[2:LEADING]]
    expect("Matrix: aantallen zijn geen getallen", all(isinstance(c.value, (int, float)) for c in counts))
    for r in lines:
        found = sum(c.value is not None and c.value.split("\n")[0] in {"onzeker", "ontbreekt", "strijdig"} for c in r[LEADING:])
        expect(f"Matrix: {r[1].value} telt {r[3].value} bevindingen, de rij heeft er {found}", r[3].value == found)
    expect("Matrix: meer koppelingen dan Excel opent", len(sheet._hyperlinks) <= LINKS)
    linked = [c for c in cells if c.hyperlink]
    expect("Matrix: een deel van de oordelen heeft geen koppeling", len(linked) in (0, len(cells)))
    for r in lines:
        link = r[1].hyperlink
        if link:
            expect(f"Matrix: {link.target} bestaat niet", "/" not in link.target and (folder / link.target).is_file())
    return len(lines), {c.coordinate: c.hyperlink.location for c in linked}, [c.value for c in sheet[5]][LEADING:]


def evidence(book, links, heads):
    sheet = book["Bewijs"]
    expect("Bewijs: geen filter", sheet.auto_filter.ref and sheet.auto_filter.ref.startswith("A1:"))
    expect("Bewijs: koppen blijven niet in beeld", sheet.freeze_panes == "E2")
    expect("Bewijs: een rij staat niet op twee bladzijden naast elkaar", sheet.page_setup.pageOrder == "overThenDown")
    for row in rows(sheet):
        page = row["Bladzijde"]
        expect(f"Bewijs: bladzijde {page!r} is geen getal", page is None or isinstance(page, (int, float)))
        expect(f"Bewijs: passage {row['Passage']!r}", row["Passage"] in ("bewijs", "dichtstbij", "geen"))
        expect(f"Bewijs: {row['Element']} zonder citaat", row["Citaat"] or row["Passage"] == "geen")
        expect(f"Bewijs: {row['Vrij t/m']!r} is geen datum", isinstance(row["Vrij t/m"], (datetime.datetime, type(None))))
    main = book["Matrix"]
    for at, to in links.items():
        name, cell = to.split("!")
        target = book[name][cell]
        cell = main[at]
        wanted = heads[cell.column - 1 - LEADING].split(" ")[0]
        same = main.cell(cell.row, 2).value == book[name].cell(target.row, 2).value
        expect(f"Matrix {at}: wijst naar {target.value} in plaats van {wanted}", target.value == wanted and same)


def facts(sheet):
    dates = {"oprichting", "overleg met gemeenten", "instemming ondersteuningsplanraad", "vaststelling", "inzending", "ontvangst"}
    for row in sheet.iter_rows(min_row=2):
        name, value = row[2].value, row[4]
        if name in dates or (name or "").startswith("planperiode"):
            old = isinstance(value.value, str) and int(value.value[-4:]) < 1900
            expect(f"Feiten: {name} {value.value!r} is geen datum", isinstance(value.value, datetime.datetime) or old)
            expect(f"Feiten: {name} als {value.number_format}", old or value.number_format == "dd-mm-yyyy")
        if row[5].value:
            expect(f"Feiten: {name} {value.value!r} is geen getal", isinstance(value.value, (int, float)))


def contract(folder, book, dossiers):
    """The counts of the JSON Lines beside it."""
    file = folder / "resultaten.jsonl"
    if not file.is_file():
        return
    reports = [json.loads(line)["dossiers"][0] for line in file.read_text(encoding="utf-8").splitlines()]
    expect(f"Matrix: {dossiers} rijen voor {len(reports)} dossiers", dossiers == len(reports))
    passages = sum(max(1, len(e["evidence"]) + len(e["nearest"])) for r in reports for e in r["elements"])
    expect(f"Bewijs: {book['Bewijs'].max_row - 1} rijen voor {passages} passages", book["Bewijs"].max_row - 1 == passages)
    unread = {d["path"] for r in reports for d in r["documents"] if d["status"] == "unreadable"}
    told = [r["Document"] for r in rows(book["Onleesbaar"]) if r["Wat"] == "niet gelezen"]
    expect("Onleesbaar: er ontbreekt een document", all(any(t.endswith(u) for t in told) for u in unread))
    digests = {d["sha256"] for r in reports for d in r["documents"] if d["sha256"]}
    listed = {c.value for c in book["Regels"]["G"]}
    expect("Regels: er ontbreekt een SHA-256", digests <= listed)


def main():
    folder = pathlib.Path(sys.argv[1])
    book = openpyxl.load_workbook(folder / "matrix.xlsx")
    expect(f"bladen: {book.sheetnames}", book.sheetnames == ["Matrix", "Bewijs", "Feiten", "Onleesbaar", "Regels"])
    dossiers, links, heads = matrix(book["Matrix"], folder)
    evidence(book, links, heads)
    facts(book["Feiten"])
    contract(folder, book, dossiers)
    formulas = [c.coordinate for s in book for r in s.iter_rows() for c in r if c.data_type == "f"]
    expect(f"formules: {formulas[:5]}", not formulas)
    for fault in faults[:40]:
        print(fault)
    print(f"{folder / 'matrix.xlsx'}: {dossiers} dossiers, {len(heads)} elementen, {book['Bewijs'].max_row - 1} passages, {len(faults)} fouten")
    sys.exit(bool(faults))


main()
