"""groff with its own PDF device: one column, numbered headings, footnotes, a ruled table over pages whose head returns, an annex."""

import subprocess

from in_groff import body
from model import Doc

TEMPLATE = r""".nr PS 11
.nr VS 14
.nr PO 3c
.nr LL 15c
.nr HM 2.6c
.nr FM 2.4c
.nr HY 0
.ds LH
.ds CH Klaverblad \(em ondersteuningsplan
.ds RH
.ds LF versie mei 2017
.ds CF
.ds RF %
.nh
.de BIG
.LP
.sp 14
.ps 28
.vs 32
.ft B
.ce 3
..
.de SUB
.LP
.sp 1
.ps 13
.vs 16
.ce 2
..
.de CAP
.LP
.ft I
.ps 10
..
.de FRAMEB
.B1
.LP
..
.de FRAMEE
.B2
.LP
..
.de EEN
.LP
.sp 1
.ne 5
.ps 16
.vs 20
.ft B
..
.de TWEE
.LP
.ne 4
.ps 12.5
.ft B
..
.de DRIE
.LP
.ne 4
.ft BI
..
.de ENTRY
.br
.in \\n[.i]u
.ta 14.8cR
.lc .
\\$2\a\\$3
.br
..
"""


def build():
    d = Doc("klaverblad", "groff (PDF device)", ["one column", "numbered headings to three levels", "contents list with dotted leaders", "footnotes", "framed text box", "table with rules", "table over pages, head repeated", "cells of several lines",
            "numbered and bulleted lists, nested", "annexes with their own numbering", "running heads and feet", "cover"], "words_b.txt")  # fmt: skip
    d.furniture = ["Klaverblad — ondersteuningsplan", "versie mei 2017"]
    d.title("Vier blaadjes, één steel", "BIG")
    d.title("Ondersteuningsplan van samenwerkingsverband Klaverblad, 2017-2021", "SUB")
    d.raw(".bp\n.LP")
    d.h(1, "Inhoud", "EEN")
    d.raw(".LP")
    d.toc(2)
    d.raw(".bp")
    d.h(1, "1. Opdracht", "EEN")
    d.h(2, "1.1. Waar we voor staan", "TWEE")
    d.ps("opdracht", "opdracht")
    d.p("@opdracht^[Dichtbij en thuisnabij betekenen in dit plan hetzelfde.]")
    d.h(2, "1.2. Regels", "TWEE")
    d.h(3, "1.2.1. Aansluiting", "DRIE")
    d.ps("recht", "recht")
    d.h(3, "1.2.2. Inzage en geschil", "DRIE")
    d.p("@recht^[De wettelijke bewaartermijn gaat voor wanneer die langer is.]")
    d.ps("recht", "recht")
    d.h(1, "2. Uitvoering", "EEN")
    d.h(2, "2.1. Het loket", "TWEE")
    d.ps("loket", "loket", "loket", "loket")
    d.aside("Wie belt, hoeft niet te weten of zijn vraag bij het loket hoort. Dat zoekt het loket uit.", "FRAME")
    d.h(2, "2.2. Jonge kinderen en nieuwkomers", "TWEE")
    d.ps("instroom", "instroom", "instroom")
    d.ol(["Kennismaken voordat er een dossier is.", ("Vier weken meekijken, waarbij gelet wordt op:", ["spel,", "taal,", "slapen en eten;"]), "Samen besluiten wat volgt."])
    d.h(2, "2.3. Rooster van overleg", "TWEE")
    d.caption("Tabel 1. Wie overlegt wanneer, en waarover")
    rows = [["Overleg", "Wanneer", "Waarover"]]
    subjects = "cijfers van het kwartaal en wat daaraan opvalt;leerlingen die langer dan een maand thuis zijn;begroting;klachten en wat ervan te leren valt;busjes, routes en wachttijden, met de vervoerder aan tafel;overstap;scholing van begeleiders;alles wat blijft liggen;nieuwe wijken en waar kinderen daar naar school gaan".split(";")
    for at, name in enumerate("Ledenvergadering,Raad van toezicht,Ondersteuningsplanraad,Directeurenkring,Kring intern begeleiders,Wethoudersoverleg,Ambtelijk overleg,Verzuimtafel,Commissie,Consulentenoverleg,Ouderpunt,Jongerenraad,Vervoersoverleg,Kring voorschool,Kring praktijkonderwijs,Bureau-overleg,Werkgroep gebouwen,Werkgroep taal,Kring conciërges,Avond van het plan".split(",")):
        rows.append([name, ("vier keer per jaar", "elke maand", "wekelijks", "in mei en november", "naar behoefte")[at % 5], subjects[at % 9] if at < 9 else ("zie jaarplan" if at % 2 else "")])
    d.table(rows, style="rules repeat", widths=[17, 13, 23])
    d.h(1, "3. Middelen en toezicht", "EEN")
    d.ps("begroting", "begroting", "begroting")
    d.h(2, "3.1. Toezicht", "TWEE")
    d.ps("toezicht", "toezicht", "toezicht")
    d.raw(".bp")
    d.h(1, "Bijlage 1. Afkortingen", "EEN")
    d.p("Afkortingen staan alleen in deze bijlage; in het plan zelf zijn ze voluit geschreven.")
    d.ul(["so: speciaal onderwijs", "pro: praktijkonderwijs", "swv: samenwerkingsverband", "mr: medezeggenschapsraad"])
    d.h(1, "Bijlage 2. Zo kwam dit plan tot stand", "EEN")
    d.h(2, "B2.1. Gesprekken", "TWEE")
    d.ps("onderzoek", "onderzoek")
    d.h(2, "B2.2. Besluiten", "TWEE")
    d.ps("einde", "einde")
    return d


def render(d, work):
    (work / "doc.roff").write_text(TEMPLATE + body(d), encoding="utf-8")
    done = subprocess.run(["groff", "-K", "utf8", "-t", "-ms", "-Tpdf", "-P-pa4", str(work / "doc.roff")], capture_output=True)
    if done.stderr:
        print(done.stderr.decode()[:800])
    pdf = work / "out.pdf"
    pdf.write_bytes(done.stdout)
    return pdf
