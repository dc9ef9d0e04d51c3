"""groff with ms macros, PostScript made PDF by Ghostscript: a title over two columns, bold headings at body size, a table that is only aligned."""

from in_groff import body, distilled, postscript
from model import Doc

TEMPLATE = r""".nr PS 10
.nr VS 12.5
.nr PO 2.2c
.nr LL 16.6c
.nr HM 2.4c
.nr FM 2.2c
.nr HY 0
.ds LH Noorderspoor VO
.ds CH
.ds RH Verslag over 2016
.ds CF - % -
.fam H
.nh
.de BIG
.LP
.ps 24
.vs 28
.ft B
.sp 2
.ce 2
..
.de SUB
.ft R
.ps 12
.vs 15
.ce 2
..
.de CAP
.LP
.I
..
.de KOP
.LP
.ne 4
.ft B
..
.de QUOB
.LP
.ps 13
.vs 16
.ft BI
.in 0.3i
..
.de QUOE
.in 0
.LP
..
"""


def build():
    d = Doc("noorderspoor", "groff, Ghostscript", ["title over two columns", "two columns", "bold headings at the size of the body", "pull quote in a column", "footnotes in columns", "table without rules",
            "cells of several lines", "nested lists", "one column between columns", "running heads and feet"], "words_a.txt")  # fmt: skip
    d.furniture = ["Noorderspoor VO", "Verslag over 2016"]
    d.title("Noorderspoor: verslag van een tussenjaar", "BIG")
    d.title("Samenwerkingsverband voor voortgezet onderwijs, vastgesteld in mei 2017", "SUB")
    d.raw(".LP\n.2C")
    d.h(1, "Vooraf", "KOP")
    d.ps("waarom", "waarom")
    d.p("@waarom^[Het vorige plan is op te vragen bij de administratie.]")
    d.h(1, "Brugklas", "KOP")
    d.ps("overgang", "overgang", "overgang")
    d.aside("Een warme overdracht is geen luxe maar huiswerk", "QUO")
    d.ps("verhalen", "verhalen")
    d.h(1, "Personeel", "KOP")
    d.ps("leraren", "leraren")
    d.p("@leraren^[De coaches krijgen hiervoor veertig uur per jaar.]")
    d.ps("leraren")
    d.h(1, "Verzuim", "KOP")
    d.ps("thuiszitters", "thuiszitters")
    d.p("Drie afspraken gelden sinds januari op iedere locatie:")
    d.ul(["de mentor belt op de eerste dag;", ("na vijf dagen volgt een gesprek, waarbij aanwezig zijn:", ["de ouders en de leerling,", "de leerlingbegeleider,", "zo nodig de jeugdarts;"]), "na vier weken komt het kind op de verzuimtafel."])
    d.ps("thuiszitters", "thuiszitters")
    d.h(1, "Gemeenten", "KOP")
    d.ps("gemeente", "gemeente", "gemeente", "gemeente")
    d.h(1, "Bestuur en toezicht", "KOP")
    d.ps("bestuur", "bestuur", "bestuur", "bestuur")
    d.h(1, "Van aanvraag tot besluit", "KOP")
    d.ps("route", "route", "route", "route", "route")
    d.raw(".1C")
    d.h(1, "Cijfers op een rij", "KOP")
    d.p("De tabel zet de drie locaties naast elkaar. Leerlingen die tijdens het jaar verhuisden zijn geteld bij de school waar zij op 1 oktober stonden.")
    d.caption("Tabel 1. Locaties, leerlingen en wat er speelde")
    d.table([
        ["Locatie", "Leerlingen", "Extra hulp", "Wat er speelde"],
        ["Havenkade", "1.204", "88", "Verbouwing van het stiltelokaal, waardoor begeleiding vijf weken in de kantine plaatsvond"],
        ["Spoorlaan", "873", "64", "Nieuwe teamleider sinds de herfst"],
        ["Kloosterhof", "455", "71", "Samen met het praktijkonderwijs is een schakelklas begonnen voor twaalf leerlingen uit het tweede leerjaar"],
        ["Tussenvoorziening", "38", "38", "Verhuisd"],
    ], widths=[13, 9, 9, 26])  # fmt: skip
    d.raw(".2C")
    d.h(1, "Inkomsten", "KOP")
    d.ps("geld", "geld", "geld")
    d.h(1, "Vooruitblik", "KOP")
    d.ps("slot", "kwaliteit", "kwaliteit", "slot")
    return d


def render(d, work):
    return distilled(postscript(TEMPLATE + body(d), work), work)
