"""Apache FOP, tagged with artifacts: chapters, paragraphs and articles as in a regulation, a running head that changes, a landscape annex, tables over pages."""

from in_fo import body, fop
from model import Cell, Doc

FONT = 'font-family="Liberation Serif"'
LOOK = {
    "big": 'font-size="25pt" font-weight="bold" space-before="60mm" space-before.conditionality="retain" text-align="center"',
    "sub": 'font-size="14pt" text-align="center" space-before="8mm"',
    "colofon": 'font-size="8pt" space-before="95mm" space-before.conditionality="retain" text-align="center"',
    "h1": 'font-size="16pt" font-weight="bold" space-before="9mm" space-after="3mm"',
    "new": 'font-size="16pt" font-weight="bold" space-after="3mm" break-before="page"',
    "h2": 'font-size="12pt" font-weight="bold" space-before="5mm" space-after="1.5mm"',
    "h3": 'font-size="10.5pt" font-weight="bold" font-style="italic" space-before="3mm" space-after="1mm"',
    "p": 'space-after="2.2mm" text-align="justify"',
    "caption": 'font-size="9pt" font-style="italic" space-before="2mm" space-after="1mm" keep-with-next.within-page="always"',
    "frame": 'border="0.7pt solid black" padding="3mm" margin-left="3mm" margin-right="3mm" space-before="3mm" space-after="4mm" font-size="10pt"',
    "footnote": 'font-size="8.5pt" line-height="11pt"',
    "toc1": 'font-weight="bold" space-before="2mm"',
    "toc2": 'start-indent="6mm"',
    "toc3": 'start-indent="12mm" font-size="9.5pt"',
    "th": 'border="0.5pt solid #333" padding="1.2mm" background-color="#e6e6e6" font-weight="bold" font-size="9pt"',
    "td": 'border="0.5pt solid #333" padding="1.2mm" font-size="9pt"',
}
MASTERS = """<fo:layout-master-set>
<fo:simple-page-master master-name="cover" page-width="210mm" page-height="297mm" margin="25mm"><fo:region-body/></fo:simple-page-master>
<fo:simple-page-master master-name="up" page-width="210mm" page-height="297mm" margin="14mm 27mm 12mm 27mm"><fo:region-body margin-top="14mm" margin-bottom="14mm"/><fo:region-before extent="8mm"/><fo:region-after extent="8mm"/></fo:simple-page-master>
<fo:simple-page-master master-name="wide" page-width="297mm" page-height="210mm" margin="14mm 20mm 12mm 20mm"><fo:region-body margin-top="12mm" margin-bottom="12mm"/><fo:region-before extent="8mm"/><fo:region-after extent="8mm"/></fo:simple-page-master>
</fo:layout-master-set>"""
STATIC = """<fo:static-content flow-name="xsl-region-before"><fo:block role="artifact" font-size="8pt" border-bottom="0.4pt solid black" text-align-last="justify">Reglement Duinroos<fo:leader leader-pattern="space"/><fo:retrieve-marker retrieve-class-name="chapter"/></fo:block></fo:static-content>
<fo:static-content flow-name="xsl-region-after"><fo:block role="artifact" font-size="9pt" text-align="center"><fo:page-number/></fo:block></fo:static-content>"""


def build():
    d = Doc("duinroos", "Apache FOP, tagged", ["one column", "numbered headings to three levels", "chapters named with a word and a number", "contents list with dotted leaders to three levels", "footnotes", "framed text box",
            "table over pages, head repeated", "table with rules", "merged cells", "landscape page with a wide table", "running head that changes", "nested lists", "annexes with their own numbering", "cover", "colofon on the cover", "tagged, running heads as artifacts"], "words_b.txt")  # fmt: skip
    d.furniture = ["Reglement Duinroos"]
    d.title("Ondersteuningsplan en reglement", "big")
    d.title("Samenwerkingsverband Duinroos, 2023-2027", "sub")
    d.add("aside", "Vastgesteld op 2 mei 2023 door het bestuur van Duinroos, kantoorhoudend te Hoorn. Tekst: werkgroep plan. Dit stuk vervangt het plan van 2019 en treedt in werking op 1 augustus 2023.", style="colofon")
    d.raw("--- up")
    d.h(1, "Inhoud")
    d.toc(3)
    d.h(1, "Hoofdstuk 1. Uitgangspunten", "new")
    d.h(2, "1.1 Opdracht")
    d.ps("opdracht", "opdracht")
    d.h(2, "1.2 Recht en regels")
    d.h(3, "1.2.1 Aangesloten besturen")
    d.ps("recht")
    d.p("@recht^[De statuten zijn op te vragen bij de notaris te Hoorn en liggen ter inzage op kantoor.]")
    d.h(3, "1.2.2 Gegevens van leerlingen")
    d.ps("recht", "recht")
    d.h(1, "Hoofdstuk 2. Aanbod")
    d.h(2, "2.1 In de klas")
    d.ps("aanbod", "aanbod")
    d.p("Iedere school zorgt ten minste voor:")
    d.ul([("een plan bij zorgen over lezen, bestaande uit:", ["een meting in oktober en maart,", "drie kwartier extra oefening per week;"]), "een rustige werkplek;", "een leraar die gesprekken met ouders voorbereidt."])
    d.h(2, "2.2 Buiten de klas")
    d.ps("aanbod", "aanbod", "aanbod")
    d.aside("In dit hoofdstuk staat school voor vestiging: een bestuur met drie gebouwen heeft drie scholen.", "frame")
    d.h(1, "Hoofdstuk 3. Toewijzing")
    d.h(2, "3.1 Loket")
    d.ps("loket", "loket")
    d.p("@loket^[Woensdagen in schoolvakanties uitgezonderd.]")
    d.h(2, "3.2 Termijnen")
    d.ps("loket", "loket")
    d.caption("Tabel 1. Termijnen en bevoegdheden")
    rows = [["Handeling", "Door wie", "Binnen", "Opmerking"]]
    acts = "Aanvraag indienen;Ontvangst bevestigen;Stukken aanvullen;Schoolbezoek;Eerste deskundigenadvies;Tweede deskundigenadvies;Ouders horen;Leerling horen;Besluit nemen;Besluit toezenden;Plaatsing regelen;Evaluatie op school;Verlenging aanvragen;Terugplaatsing bespreken;Bezwaar indienen;Advies op bezwaar;Nieuw besluit;Dossier sluiten"
    who = "school;loket;school en ouders;consulent;psycholoog;arts;commissie;commissie".split(";")
    span = "geen termijn;2 werkdagen;10 werkdagen;3 weken;4 weken;4 weken;5 weken;5 weken;6 weken".split(";")
    more = {2: "termijn van het besluit staat zolang stil", 5: "mag telefonisch, mits er een verslag van wordt gemaakt", 7: "vanaf twaalf jaar altijd, jonger als het kind dat wil", 13: "ieder jaar, ook als niemand erom vraagt", 16: "door andere leden dan die het eerste besluit namen"}
    for at, act in enumerate(acts.split(";")):
        rows.append([act, who[at % len(who)], span[at % len(span)], more.get(at, "")])
    d.table(rows, widths=[28, 20, 17, 35])
    d.h(1, "Hoofdstuk 4. Middelen")
    d.ps("begroting", "begroting", "begroting", "begroting")
    d.raw("--- wide")
    d.h(1, "Bijlage A. Voorzieningen en kosten")
    d.caption("Overzicht A.1. Plaatsen en prijs per voorziening, bedragen in euro per leerling per jaar")
    d.table([
        [Cell("Voorziening", rows=2), Cell("Plaatsen", 2), Cell("Kosten per leerling", 3), Cell("Bijzonderheden", rows=2)],
        ["2023", "2024", "personeel", "ruimte", "vervoer"],
        ["Trajectklas Hoorn", "12", "14", "7.850", "610", "", "vervoer door ouders"],
        ["Trajectklas Meppel", "10", "10", "8.120", "540", "1.275", "samen met de buurregio, die de helft van het personeel betaalt en in ruil daarvoor vijf plaatsen krijgt"],
        ["Taalbrigade", Cell("naar behoefte", 2), "95", "", "", "vrijwilligers"],
        ["Spoedplek", "3", "3", "14.300", "1.980", "2.410", ""],
    ], head=2, widths=[20, 9, 9, 12, 10, 10, 30])  # fmt: skip
    d.p("Voor de spoedplek geldt een opslag wanneer een leerling langer dan zes weken blijft.")
    d.raw("--- up")
    d.h(1, "Bijlage B. Samenstelling van de raad")
    d.h(2, "B.1 Leden")
    d.ps("toezicht", "toezicht")
    d.h(2, "B.2 Werkwijze")
    d.ps("toezicht")
    return d


def render(d, work):
    text = body(d, LOOK)
    parts = text.split("--- ")
    sequences = []
    for at, part in enumerate(parts):
        master, _, flow = part.partition("\n") if at else ("cover", "", part)
        static = STATIC if at else ""
        sequences.append(f'<fo:page-sequence master-reference="{master}" xml:lang="nl">{static}<fo:flow flow-name="xsl-region-body">{flow}</fo:flow></fo:page-sequence>')
    source = f'<?xml version="1.0" encoding="UTF-8"?><fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" {FONT} font-size="10.5pt" line-height="14pt" xml:lang="nl">{MASTERS}{"".join(sequences)}</fo:root>'
    return fop(source, work)
