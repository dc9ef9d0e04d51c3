"""LibreOffice from .docx, untagged: an ugly Word document with bold headings at body size, a table over pages with its head once, annexes."""

from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from in_office import UNTAGGED, Word, libreoffice
from model import Cell, Doc


def build():
    d = Doc("groenedijk", "LibreOffice (DOCX)", ["one column", "bold headings at the size of the body", "contents list with dotted leaders", "table over pages, head once", "table with rules", "merged cells over columns and rows",
            "cells of several lines", "nested lists", "annexes with their own numbering", "section in two columns", "running heads and feet", "table without rules"], "words_a.txt")  # fmt: skip
    d.furniture = ["Ondersteuningsplan SWV Groenedijk DEFINITIEF versie 3", "pagina"]
    d.title("Ondersteuningsplan SWV Groenedijk", "big")
    d.title("2016 – 2020, definitieve versie na OPR", "sub")
    d.h(1, "Inhoud", "Kop los")
    d.toc(1)
    d.raw("new_page")
    d.h(1, "Inleiding", "Kop")
    d.ps("waarom", "waarom", "waarom")
    d.h(1, "Missie en visie", "Kop")
    d.ps("kwaliteit", "kwaliteit")
    d.p("Wij werken vanuit vier gedachten:")
    d.ul(["dichtbij als het kan, verder weg als het moet;", ("ouders zijn partner, dat wil zeggen:", ["zij zitten vanaf het eerste gesprek aan tafel,", "zij krijgen het verslag binnen een week;"]), "geen kind tussen wal en schip;", "wat we afspreken, doen we ook."])
    d.h(1, "Wat scholen bieden", "Kop")
    d.ps("basis", "basis", "basis", "basis")
    d.h(2, "Jonge kinderen", "Kop klein")
    d.ps("jonge", "jonge")
    d.h(2, "Meer dan de basis", "Kop klein")
    d.ps("extra", "extra", "extra", "extra", "extra")
    d.h(1, "Afspraken per onderwerp", "Kop")
    d.p("De tabel geeft per onderwerp de afspraak, wie erover gaat en wanneer het klaar is.")
    d.table([
        ["Onderwerp", "Afspraak", "Wie", "Wanneer"],
        [Cell("Toelating", rows=2), "Scholen melden een nieuwe aanmelding met extra vragen binnen vijf werkdagen", "directeur", "doorlopend"],
        ["Een afwijzing wordt altijd eerst besproken met de consulent", "directeur, consulent", "doorlopend"],
        ["Dossier", "Alle scholen gebruiken hetzelfde systeem voor overdracht; papieren mappen verdwijnen", "bureau", "2017"],
        ["Scholing", "Jaarlijks een middag over gedrag, taal of rekenen, naar keuze van de scholen zelf", "werkgroep", "ieder najaar"],
        ["Hoogbegaafdheid", "Plusgroep in drie plaatsen, vervoer door ouders", "", "2018"],
        [Cell("Jeugdhulp", rows=3), "Vast aanspreekpunt per wijk", "gemeenten", "2016"],
        ["Spreekuur op scholen met meer dan tweehonderd leerlingen", "jeugdteam", "2017"],
        ["Gezamenlijk onderzoek naar wachttijden bij de behandelaars van angst en somberheid", "gemeenten, bureau", "2018"],
        [Cell("Wat niet is afgesproken, blijft de zaak van het afzonderlijke bestuur", 3), "n.v.t."],
        ["Vervoer", "Ritten korter dan drie kwartier voor kinderen onder de acht", "gemeenten", "2019"],
        ["Medisch handelen", "Protocol met handtekening van ouders, school en jeugdarts", "school", "bij inschrijving"],
        ["Terugkeer", "Van iedere leerling in het speciaal onderwijs wordt jaarlijks bekeken of terugkeer kan", "speciale school", "voor 1 maart"],
        ["Klachten", "Eerst praten, dan schrijven; een brief wordt in elk geval binnen veertien dagen beantwoord", "directeur bureau", "doorlopend"],
    ], style="rules once", widths=[21, 43, 20, 16])  # fmt: skip
    d.p("Afspraken zonder naam zijn nog niet verdeeld; dat gebeurt in de vergadering van oktober.")
    d.h(1, "Toewijzing", "Kop")
    d.ps("route", "route", "route", "route")
    d.h(1, "Stemmen uit de scholen", "Kop")
    d.raw("columns 2")
    d.ps("verhalen", "verhalen", "verhalen", "verhalen", "verhalen")
    d.raw("columns 1")
    d.h(1, "Financiën", "Kop")
    d.ps("geld", "geld", "geld")
    d.h(1, "Bestuur", "Kop")
    d.ps("bestuur", "bestuur", "bestuur", "bestuur")
    d.raw("new_page")
    d.h(1, "Bijlage A: samenstelling van de gremia", "Kop")
    d.h(2, "A.1 Bestuur", "Kop klein")
    d.p("Het bestuur komt acht keer per jaar bijeen. De zetels zijn als volgt verdeeld.")
    d.table([["Openbaar onderwijs", "drie zetels", "Hoorn"], ["Katholiek onderwijs", "twee zetels", "Goes"], ["Protestants-christelijk onderwijs", "twee zetels", "Sneek en Drachten"], ["Speciaal onderwijs", "één zetel", ""]], head=0, widths=[45, 25, 30])
    d.h(2, "A.2 Ondersteuningsplanraad", "Kop klein")
    d.p("De raad telt twaalf leden. Aftredende leden zijn eenmaal herkiesbaar, en wie overstapt naar een andere regio levert zijn zetel in.")
    d.h(1, "Bijlage B: lijst van afkortingen", "Kop")
    d.table([["Afkorting", "Betekenis"], ["ib", "intern begeleider"], ["opp", "ontwikkelingsperspectief"], ["sbo", "speciaal basisonderwijs"], ["tlv", "toelaatbaarheidsverklaring"]], style="rules", widths=[25, 75])
    return d


def styles(word):
    file = word.file
    section = word.section
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = "Carlito", Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    for name, after, keep in (("Kop", 2, True), ("Kop klein", 0, True), ("Kop los", 2, True), ("Table Text", 1, False), ("Table Head", 1, True), ("Contents 1", 2, False)):
        style = file.styles.add_style(name, 1)
        style.base_style = normal
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.keep_with_next = keep
    for name in ("Kop", "Kop los"):
        file.styles[name].font.bold = True
        file.styles[name].paragraph_format.space_before = Pt(12)
    file.styles["Kop klein"].font.italic = file.styles["Kop klein"].font.bold = True
    file.styles["Table Head"].font.bold = True
    file.styles["Table Text"].font.size = file.styles["Table Head"].font.size = Pt(10)
    file.styles["Contents 1"].paragraph_format.tab_stops.add_tab_stop(Cm(16), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    title = file.styles["Title"]
    title.font.name, title.font.size, title.font.color.rgb = "Carlito", Pt(26), RGBColor(0x1F, 0x60, 0x30)
    title.element.rPr.rFonts.attrib.clear()
    title.element.rPr.rFonts.set(qn("w:ascii"), "Carlito")
    section.header.paragraphs[0].text = "Ondersteuningsplan SWV Groenedijk\tDEFINITIEF versie 3"
    foot = section.footer.paragraphs[0]
    foot.text = "pagina "
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = foot.add_run()
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def render(d, work):
    word = Word(d)
    styles(word)
    word.build()
    return libreoffice(word.saved(work / "doc.docx"), work, UNTAGGED)
