"""LibreOffice from a flat OpenDocument text, tagged: law-like headings, footnotes, frames in the margin, a section in two columns, a landscape page."""

from in_office import TAGGED, Flat, flat, libreoffice, page_layout, paragraph_style
from model import Cell, Doc

FACE = 'style:font-name="Caladea" fo:font-family="Caladea"'
SANS = 'style:font-name="Carlito" fo:font-family="Carlito"'
HEAD = 'fo:keep-with-next="always"'
LEADER = '<style:tab-stop style:position="{at}cm" style:type="right" style:leader-style="dotted" style:leader-text="."/>'
STYLES = (
    paragraph_style("Body", f'{FACE} fo:font-size="10.5pt"', 'fo:margin-bottom="0.22cm" fo:line-height="125%"')
    + paragraph_style("Item", parent="Body", paragraph='fo:margin-bottom="0.08cm"')
    + paragraph_style("H1", f'{SANS} fo:font-size="18pt" fo:font-weight="bold" fo:color="#7a1f3d"', f'{HEAD} fo:margin-top="0.8cm" fo:margin-bottom="0.3cm"', tabs='<style:tab-stop style:position="1.3cm"/>')
    + paragraph_style("H1fresh", parent="H1", paragraph='fo:break-before="page" fo:margin-top="0cm" fo:margin-bottom="0.3cm"', tabs='<style:tab-stop style:position="1.3cm"/>')
    + paragraph_style("H1land", parent="H1", master="Land", tabs='<style:tab-stop style:position="1.3cm"/>')
    + paragraph_style("H1port", parent="H1", master="Standard", tabs='<style:tab-stop style:position="1.3cm"/>')
    + paragraph_style("H2", f'{SANS} fo:font-size="13pt" fo:font-weight="bold"', f'{HEAD} fo:margin-top="0.5cm" fo:margin-bottom="0.15cm"', tabs='<style:tab-stop style:position="1.3cm"/>')
    + paragraph_style("H3", f'{SANS} fo:font-size="10.5pt" fo:font-weight="bold" fo:font-style="italic"', f'{HEAD} fo:margin-top="0.3cm" fo:margin-bottom="0.1cm"', tabs='<style:tab-stop style:position="1.3cm"/>')
    + paragraph_style("Titlebig", f'{SANS} fo:font-size="32pt" fo:font-weight="bold" fo:color="#7a1f3d"', 'fo:margin-top="7cm"')
    + paragraph_style("Titlesub", f'{SANS} fo:font-size="15pt"', 'fo:margin-top="0.6cm"')
    + paragraph_style("Toc1", f'{SANS} fo:font-size="10.5pt" fo:font-weight="bold"', 'fo:margin-top="0.2cm"', tabs=LEADER.format(at=13.2))
    + paragraph_style("Toc2", f'{SANS} fo:font-size="10.5pt"', 'fo:margin-left="0.6cm"', tabs=LEADER.format(at=12.6))
    + paragraph_style("Asidenote", f'{SANS} fo:font-size="8pt" fo:color="#555555"')
    + paragraph_style("Asideframe", f'{SANS} fo:font-size="9.5pt"', 'fo:border="0.8pt solid #7a1f3d" fo:padding="0.25cm" fo:margin-top="0.3cm" fo:margin-bottom="0.4cm"')
    + paragraph_style("Asidecolofon", f'{SANS} fo:font-size="7.5pt"', 'fo:margin-top="9cm"')
    + paragraph_style("Legend", f'{SANS} fo:font-size="9pt" fo:font-style="italic"', f'{HEAD} fo:margin-bottom="0.1cm"')
    + paragraph_style("Footnote", f'{FACE} fo:font-size="8.5pt"', 'fo:margin-left="0.4cm" fo:text-indent="-0.4cm"')
    + paragraph_style("TableText", f'{SANS} fo:font-size="9pt"')
    + paragraph_style("TableHead", f'{SANS} fo:font-size="9pt" fo:font-weight="bold"')
    + paragraph_style("Run", f'{SANS} fo:font-size="8pt" fo:color="#777777"', tabs='<style:tab-stop style:position="13.2cm" style:type="right"/>')
)
AUTOMATIC = (
    page_layout("PL", margins="1.8cm 5.6cm 1.8cm 2.2cm")
    + page_layout("PLland", "29.7cm 21cm", "1.8cm 2cm 1.8cm 2cm")
    + page_layout("PLcover", foot=False)
    + '<style:style style:name="Two" style:family="section"><style:section-properties><style:columns fo:column-count="2" fo:column-gap="0.7cm"><style:column style:rel-width="1*" fo:end-indent="0.35cm"/><style:column style:rel-width="1*" fo:start-indent="0.35cm"/></style:columns></style:section-properties></style:style>'
    '<style:style style:name="Table" style:family="table"><style:table-properties style:rel-width="100%" table:align="margins" fo:margin-bottom="0.4cm"/></style:style>'
    '<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #555555" fo:padding="0.1cm"/></style:style>'
    '<style:style style:name="HeadCell" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #555555" fo:padding="0.1cm" fo:background-color="#ecd9df"/></style:style>'
    '<style:style style:name="frnote" style:family="graphic" style:parent-style-name="Frame"><style:graphic-properties draw:fill="none" draw:stroke="none" style:wrap="run-through" style:run-through="foreground" style:vertical-pos="from-top" style:vertical-rel="paragraph" style:horizontal-pos="from-left" style:horizontal-rel="paragraph" fo:border="none" fo:padding="0cm"/></style:style>'
)
MASTERS = (
    '<style:master-page style:name="Cover" style:page-layout-name="PLcover" style:next-style-name="Standard"/>'
    '<style:master-page style:name="Standard" style:page-layout-name="PL"><style:header><text:p text:style-name="Run">Hoge Heide primair onderwijs</text:p></style:header><style:footer><text:p text:style-name="Run">Plan 2026-2030<text:tab/><text:page-number text:select-page="current">0</text:page-number></text:p></style:footer></style:master-page>'
    '<style:master-page style:name="Land" style:page-layout-name="PLland"><style:header><text:p text:style-name="Run">Hoge Heide primair onderwijs</text:p></style:header><style:footer><text:p text:style-name="Run">Plan 2026-2030<text:tab/><text:page-number text:select-page="current">0</text:page-number></text:p></style:footer></style:master-page>'
)


def build():
    d = Doc("hogeheide", "LibreOffice (ODF), tagged", ["one column", "numbered headings to three levels", "contents list with dotted leaders", "side notes in the margin", "footnotes", "section in two columns",
            "numbered and bulleted lists, nested", "framed text box", "landscape page with a wide table", "merged cells", "table with rules", "cover", "colofon on the cover", "tagged"], "words_a.txt")  # fmt: skip
    d.furniture = ["Hoge Heide primair onderwijs", "Plan 2026-2030"]
    d.title("Plan voor ieder kind een plek", "big")
    d.title("Samenwerkingsverband Hoge Heide, 2026-2030", "sub")
    d.aside("Dit plan is een uitgave van het bureau Hoge Heide in Assen. Versie voor de ondersteuningsplanraad, februari 2026.\nFoto omslag: leerling van groep zes. Druk: repro van het roc.", "colofon")
    d.h(1, "Inhoudsopgave", "H1fresh")
    d.toc(2)
    d.h(1, "1 Uitgangspunten", "H1fresh")
    d.h(2, "1.1 Aanleiding")
    d.ps("waarom")
    d.aside("De telling loopt van 1 februari tot en met 31 januari.")
    d.ps("waarom", "waarom")
    d.h(2, "1.2 De wet")
    d.p("@wet^[Artikel 18a, achtste lid, van de Wet op het primair onderwijs.]")
    d.h(3, "1.2.1 Plichten van het bestuur")
    d.aside("Een bestuur kan zijn zorgplicht niet overdragen.")
    d.p("@wet^[Vrije dagen tellen mee, schoolvakanties niet.]")
    d.h(3, "1.2.2 Rechten van ouders")
    d.ps("wet", "wet")
    d.h(1, "2 Wat scholen doen")
    d.h(2, "2.1 Basis op orde")
    d.ps("basis", "basis", "basis")
    d.ol([("Elke school heeft:", ["een intern begeleider,", "een protocol voor medicijnen en"]), ("ieder bestuur heeft:", ["een invalpool,", "een vertrouwenspersoon."]), "Het bureau heeft een telefoon die altijd wordt opgenomen."])
    d.aside("Twijfelt een leraar, dan mag hij zonder formulier de consulent bellen. Een vraag stellen kost nooit punten.", "frame")
    d.h(2, "2.2 Ervaringen")
    d.raw('<text:section text:style-name="Two" text:name="S1">')
    d.ps("verhalen", "verhalen", "verhalen", "verhalen", "verhalen", "verhalen")
    d.raw("</text:section>")
    d.h(2, "2.3 Samenwerking met jeugdhulp")
    d.ps("gemeente", "gemeente")
    d.aside("Per wijkteam is een vaste jeugdhulpverlener aangewezen.")
    d.p("@gemeente^[De overeenkomst is in te zien op het gemeentehuis.]")
    d.h(2, "2.4 Leraren")
    d.ps("leraren", "leraren", "leraren", "leraren")
    d.h(2, "2.5 Van basisschool naar voortgezet onderwijs")
    d.ps("overgang", "overgang", "overgang")
    d.h(1, "3 Overzicht van voorzieningen", "H1land")
    d.caption("Tabel 1. Voorzieningen naar plaats, doelgroep en omvang")
    d.table([
        ["Voorziening", "Plaats", "Voor wie", Cell("Plaatsen 2026", 2), "Samen met"],
        [Cell("Opbouwklas", rows=2), "Assen", "leerlingen die langer dan een kwartaal thuis waren", "9", "2 per week vrij", "leerplicht, jeugdarts"],
        ["Meppel", "leerlingen uit de bovenbouw die niet meer durven", "8", "vol", "jeugdteam"],
        ["Leesklas", "Veendam", "hardnekkige leesproblemen", "14", "wachtlijst van drie", "dyslexiecentrum"],
        ["Plusgroep", "op elf scholen", "wie meer aankan dan de klas geeft", Cell("geen maximum", 2), "voortgezet onderwijs"],
        ["Onderwijs-zorgklas", "Drachten", "onderwijs en behandeling onder één dak", "8", "1 plaats vrij", "zorgaanbieder en gemeente, ieder voor de helft van de kosten"],
    ], widths=[17, 14, 28, 10, 13, 18])  # fmt: skip
    d.p("De plaatsen gelden per 1 augustus. Een voorziening die een jaar lang minder dan half gevuld is, wordt opnieuw bekeken.")
    d.h(1, "4 Geld", "H1port")
    d.ps("geld", "geld", "geld")
    d.aside("Bedragen zijn afgerond op duizend euro.")
    d.ps("geld", "geld")
    return d


def render(d, work):
    writer = Flat(d)
    body = writer.body({"note": 'svg:width="3.9cm" svg:x="13.7cm" svg:y="0cm"'})
    body = body.replace('<text:p text:style-name="Titlebig">', '<text:p text:style-name="Cover1">', 1)
    styles = STYLES + paragraph_style("Cover1", parent="Titlebig", paragraph='fo:margin-top="7cm"', master="Cover")
    source = work / "doc.fodt"
    source.write_text(flat(styles, AUTOMATIC, MASTERS, body), encoding="utf-8")
    return libreoffice(source, work, TAGGED)
