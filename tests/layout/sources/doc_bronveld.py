"""reportlab, one frame per page whose paragraphs are written last to first: numbered headings, notes in the left margin, tables with merged cells over pages."""

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Frame, Paragraph

from in_reportlab import flowable, register
from model import Cell, Doc

PAGE = (210 * mm, 297 * mm)


def build():
    d = Doc("bronveld", "reportlab", ["one column", "numbered headings to three levels", "contents list with dotted leaders", "side notes in the left margin", "table over pages, head once", "table with rules", "merged cells over columns and rows",
            "cells of several lines", "coloured box", "nested lists", "annexes with their own numbering", "running heads and feet", "content stream from last to first", "colofon on the last page"], "words_b.txt")  # fmt: skip
    d.furniture = ["Bronveld | concept 0.9", "blad"]
    d.title("Ondersteuningsplan Bronveld", "big")
    d.title("concept voor de ondersteuningsplanraad, planperiode 2019-2023", "sub")
    d.h(1, "Inhoud")
    d.toc(2)
    d.h(1, "1 Waartoe dit plan dient")
    d.ps("opdracht", "opdracht", "opdracht")
    d.h(2, "1.1 Afspraken tussen besturen")
    d.aside("Statuten: zie de website, onder Over ons.")
    d.ps("recht", "recht")
    d.h(3, "1.1.1 Gegevens")
    d.ps("recht")
    d.h(3, "1.1.2 Geschillen")
    d.aside("De arbiter wordt per geval benoemd.")
    d.ps("recht", "recht")
    d.h(2, "1.2 Onderzoek")
    d.ps("onderzoek", "onderzoek", "onderzoek")
    d.h(1, "2 Wat wij samen doen")
    d.h(2, "2.1 Voor kinderen")
    d.ps("aanbod", "aanbod", "aanbod")
    d.p("Voor een overstap gelden vier regels:")
    d.ol(["De oude school belt de nieuwe.", ("De ouders krijgen vooraf:", ["het dossier op papier,", "een naam en een nummer;"]), "Er is een kennismaking in de klas.", "Na zes weken wordt teruggebeld."])
    d.h(2, "2.2 Voor ouders")
    d.aside("Ouderpunt: Kerkstraat 8 in Veendam.")
    d.ps("ouders", "ouders", "ouders")
    d.aside("Ouders kunnen op elk moment vragen om een ander gezicht aan tafel. Een reden is niet nodig.", "box")
    d.h(2, "2.3 Met gemeenten")
    d.ps("wijk", "wijk", "wijk", "wijk")
    d.h(2, "2.4 Voor nieuwkomers")
    d.ps("instroom", "instroom", "instroom")
    d.h(1, "3 Planning")
    d.p("De planning loopt over vier schooljaren. Een grijs vak boven een rij geeft het thema aan.")
    rows = [["Thema en stap", "Wie", "Wanneer", "Resultaat"]]
    themes = [
        ("Thema taal", [("Brigade uitbreiden", "bureau", "najaar", "vijf nieuwe vrijwilligers in elke kern"), ("Leeslijst kiezen", "scholen", "winter", ""), ("Toets afstemmen", "scholen", "lente", "overal hetzelfde moment van afname, ook in de kleuterbouw")]),
        ("Thema gedrag", [("Kaart voor buiten", "jongeren", "direct", "op alle scholen"), ("Scholing conciërges", "bureau", "zomer", "dertig deelnemers"), ("Opvang bij spoed", "loket", "najaar", "binnen een etmaal")]),
        ("Thema gebouwen", [("Inventarisatie", "gemeenten", "winter", "lijst van lege lokalen met huurprijs en staat van onderhoud"), ("Plan", "gemeenten, besturen", "zomer", "besluit in alle raden"), ("Uitvoering", "gemeenten", "later", "")]),
        ("Thema mensen", [("Coaches werven", "besturen", "lente", "acht"), ("Uitleen regelen", "bureau", "lente", "contract van één bladzijde"), ("Verzuim verlagen", "bureau", "elk jaar", "onder de vijf procent")]),
    ]
    for theme, steps in themes:
        rows.append([Cell(theme, 4)])
        for step, by, when, result in steps:
            rows.append([step, by, when, result])
    rows[2] = ["Brigade uitbreiden", Cell("bureau en scholen", rows=2), "najaar", "vijf nieuwe vrijwilligers in elke kern"]
    rows[3] = ["Leeslijst kiezen", "winter", ""]
    d.table(rows, style="once", widths=[28, 22, 16, 34])
    d.ps("personeel")
    d.h(1, "4 Geld")
    d.aside("Bedragen in dit hoofdstuk zijn inclusief btw.")
    d.ps("begroting", "begroting", "begroting", "begroting")
    d.h(1, "Bijlage I Begrippen")
    d.h(2, "I.1 Kort verklaard")
    d.p("**Trajectklas.** Ruimte waar leerlingen de dag beginnen en kunnen terugkomen.")
    d.p("**Loket.** De plaats waar iedere vraag binnenkomt, van school of van ouders.")
    d.h(1, "Bijlage II Toezicht")
    d.ps("toezicht", "toezicht")
    d.p("Bronveld, Kerkstraat 6, Veendam. Dit concept is gemaakt op gewoon papier en vervalt zodra het plan is vastgesteld.", "colofon")
    return d


def styles():
    def style(name, font, size, lead, **more):
        return ParagraphStyle(name, fontName=font, fontSize=size, leading=lead, **more)

    return {
        "big": style("big", "SansB", 22, 27, spaceAfter=4),
        "sub": style("sub", "Sans", 11, 14, spaceAfter=14),
        "h1": style("h1", "SansB", 15, 19, spaceBefore=14, spaceAfter=5, keepWithNext=1),
        "h2": style("h2", "SansB", 11.5, 15, spaceBefore=8, spaceAfter=2, keepWithNext=1),
        "h3": style("h3", "SansI", 10, 13, spaceBefore=5, spaceAfter=1, keepWithNext=1),
        "p": style("p", "Sans", 10, 14, spaceAfter=5),
        "item0": style("item0", "Sans", 10, 14, leftIndent=14, bulletIndent=2, spaceAfter=2),
        "item1": style("item1", "Sans", 10, 14, leftIndent=28, bulletIndent=16, spaceAfter=2),
        "note": style("note", "SansI", 7.8, 10, textColor=colors.HexColor("#7a3b00")),
        "box": style("box", "Sans", 9.5, 13, backColor=colors.HexColor("#ece7dc"), borderPadding=6, spaceBefore=14, spaceAfter=12),
        "th": style("th", "SansB", 8.8, 11.5),
        "td": style("td", "Sans", 8.8, 11.5),
        "colofon": style("colofon", "Sans", 7, 9, spaceBefore=30),
        "toc": style("toc", "Sans", 10, 14),
    }


def render(d, work):
    register(Sans="LiberationSans-Regular.ttf", SansB="LiberationSans-Bold.ttf", SansI="LiberationSans-Italic.ttf")
    from reportlab.pdfbase.pdfmetrics import registerFontFamily, stringWidth

    registerFontFamily("Sans", normal="Sans", bold="SansB", italic="SansI", boldItalic="SansB")
    look = styles()
    rules = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#d5d5d5"))]
    left, width = 55 * mm, 130 * mm
    pdf = work / "out.pdf"
    canvas = Canvas(str(pdf), pagesize=PAGE, invariant=1)
    state = {"page": 0, "pieces": [], "frame": None}

    def new_page():
        if state["page"]:
            for piece in reversed(state["pieces"]):
                canvas._code.extend(piece)
            canvas.setFont("Sans", 8)
            canvas.drawString(left, 285 * mm, "Bronveld | concept 0.9")
            canvas.drawRightString(left + width, 12 * mm, f"blad {state['page']}")
            canvas.showPage()
        state.update(page=state["page"] + 1, pieces=[], frame=Frame(left, 22 * mm, width, 255 * mm, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0))

    def put(flow):
        """Adds to the page, captured as a piece of its own; what does not fit goes to the next page."""
        while flow is not None:
            before = len(canvas._code)
            canvas.saveState()
            frame, rest = state["frame"], None
            if not frame.add(flow, canvas):
                split = frame.split(flow, canvas)
                if len(split) > 1:
                    frame.add(split[0], canvas)
                    rest = split[1]
                else:
                    rest = flow
            canvas.restoreState()
            state["pieces"].append(canvas._code[before:])
            del canvas._code[before:]
            if rest is not None:
                new_page()
            flow = rest

    new_page()
    for node in d.nodes:
        if node.kind == "toc":
            for entry in d.entries(node):
                indent = 6 * mm * (entry.level - 1)
                dots = (width - indent - stringWidth(entry.text + str(entry.page), "Sans", 10) - 3 * mm) / stringWidth(" .", "Sans", 10)
                style = ParagraphStyle("t", parent=look["toc"], leftIndent=indent)
                put(Paragraph(f"{entry.text}{' .' * int(dots)} {entry.page}", style))
        elif node.kind == "aside" and node.style == "note":
            frame = state["frame"]
            before = len(canvas._code)
            note = flowable(node, look, width)
            _, height = note.wrap(36 * mm, 100 * mm)
            note.drawOn(canvas, 12 * mm, frame._y - height - 3)
            state["pieces"].append(canvas._code[before:])
            del canvas._code[before:]
        else:
            if node.kind == "heading" and state["frame"]._y < 60 * mm:
                new_page()
            grey = [("BACKGROUND", (0, y), (-1, y), colors.HexColor("#eeeeee")) for y, row in enumerate(node.rows) if len(row) == 1]
            put(flowable(node, look, width, rules + grey))
    new_page()
    canvas.save()
    return pdf
