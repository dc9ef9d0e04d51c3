"""reportlab: story pages as from a page-layout program, frames placed freely and written to the content stream in a scrambled order."""

from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from in_reportlab import flowable, pour, register
from model import Doc

PAGE = (210 * mm, 297 * mm)


def build():
    d = Doc("molenrand", "reportlab", ["three columns", "title over all columns", "pull quote between columns", "coloured box with its own heading", "figure with caption", "text around a picture", "headings told by type only",
            "headings of two lines", "justified with hyphens", "cover with large title", "colofon on the cover", "content stream in a scrambled order"], "words_a.txt")  # fmt: skip
    d.furniture = ["MOLENRAND MAGAZINE", "jaarverslag 2024"]

    def page(name):
        d.raw(name)

    page("cover")
    d.title("Wie draait de wieken?", "big")
    d.title("Jaarverslag 2024 in verhalen", "sub")
    d.add("aside", "Molenrand, samenwerkingsverband voor passend onderwijs. Uitgegeven in mei 2025 in een oplage van honderd stuks. Niets uit dit verslag is geheim; kopiëren mag altijd.", style="colofon")
    page("one")
    d.h(1, "Een school die de deur openhield toen het tochtte")
    d.p("Aan de rand van een nieuwbouwwijk staat een school zonder hek. Wij liepen er een dag mee en schreven op wat we zagen.", "intro")
    page("columns")
    d.ps("verhalen")
    d.ps("verhalen", "verhalen", "verhalen")
    d.h(2, "Koffie met de conciërge")
    d.ps("verhalen", "verhalen", "leraren", "leraren")
    d.h(2, "Wat er niet in het rooster past")
    d.ps("leraren", "jonge", "jonge", "jonge", "basis", "basis", "basis", "basis")
    d.p("Van deze dag namen wij drie dingen mee terug naar kantoor:")
    d.ul(["een hek is ook maar een mening;", "wie vroeg begint met kijken hoeft later minder te schrijven;", "de beste overlegtafel is een zandbak."])
    page("quote")
    d.aside("Een kind dat schopt, zegt ook iets", "quote")
    page("two")
    d.h(1, "Cijfers met een gezicht")
    page("columns")
    d.ps("cijfers", "cijfers")
    d.h(2, "De prijs van een plek")
    d.ps("geld", "geld", "geld", "geld")
    d.h(2, "Minder wachten, meer lopen door de gangen van andere scholen")
    d.ps("kwaliteit", "kwaliteit", "kwaliteit", "kwaliteit")
    d.h(2, "Wie er thuiszat")
    d.ps("thuiszitters", "thuiszitters", "thuiszitters")
    page("box")
    d.flow = "box1"
    d.h(2, "Rekenhulp", "boxhead")
    d.p("Tel het aantal leerlingen met een arrangement, deel dat door alle leerlingen van de school en vermenigvuldig met honderd.", "boxtext")
    d.p("Kom je boven de acht uit? Dan komt de consulent graag een ochtend langs.", "boxtext")
    d.flow = ""
    page("caption")
    d.add("caption", "De oude molen bij de sluis, getekend door groep vijf", flow="picture")
    page("three")
    d.h(1, "En nu verder")
    page("columns")
    d.ps("overgang", "overgang", "overgang")
    d.h(2, "Op de agenda")
    d.ps("bestuur", "bestuur", "bestuur", "route", "route")
    d.h(2, "Tot ziens op het plein")
    d.ps("slot", "slot")
    return d


def styles():
    def style(name, font, size, lead, **more):
        return ParagraphStyle(name, fontName=font, fontSize=size, leading=lead, **more)

    blue = colors.HexColor("#14487a")
    body = {"alignment": TA_JUSTIFY, "hyphenationLang": "nl_NL", "hyphenationMinWordLength": 7, "uriWasteReduce": 0}
    return {
        "big": style("big", "LatoB", 52, 56, textColor=colors.white),
        "sub": style("sub", "Lato", 20, 26, textColor=colors.white),
        "colofon": style("colofon", "Lato", 7, 9, textColor=colors.white),
        "h1": style("h1", "LatoB", 27, 31, textColor=blue, spaceAfter=7),
        "h2": style("h2", "LatoB", 11.5, 14, textColor=blue, spaceBefore=7, spaceAfter=1),
        "p": style("p", "Serif", 9.3, 12.6, spaceAfter=4, **body),
        "intro": style("intro", "LatoI", 13, 17),
        "item0": style("item0", "Serif", 9.3, 12.6, leftIndent=10, bulletIndent=1, spaceAfter=2),
        "quote": style("quote", "LatoI", 17, 21, textColor=blue, alignment=1),
        "boxhead": style("boxhead", "LatoB", 11.5, 15),
        "boxtext": style("boxtext", "Lato", 8.8, 12, spaceAfter=4),
        "caption": style("caption", "LatoI", 7.5, 9.5),
    }


def render(d, work):
    register(Lato="Lato-Regular.ttf", LatoB="Lato-Bold.ttf", LatoI="Lato-Italic.ttf", Serif="Caladea-Regular.ttf")
    look = styles()
    stories = []
    for node in d.nodes:
        if node.kind == "raw":
            stories.append((node.text, []))
        else:
            stories[-1][1].append(flowable(node, look, 170 * mm))
    stories = iter(stories)
    pdf = work / "out.pdf"
    canvas = Canvas(str(pdf), pagesize=PAGE, invariant=1)

    def take(*frames):
        name, story = next(stories)
        pieces, left = pour(canvas, story, frames)
        assert not left, (name, len(left))
        return pieces

    def finish(pieces, order, number):
        for at in order:
            canvas._code.extend(pieces[at])
        if number:
            canvas.setFillColor(colors.black)
            canvas.setFont("Lato", 7.5)
            canvas.drawString(20 * mm, 10 * mm, "MOLENRAND MAGAZINE")
            canvas.drawRightString(190 * mm, 10 * mm, f"jaarverslag 2024    {number}")
        canvas.showPage()

    def column(at, y, height):
        return (20 * mm + at * 58.5 * mm, y * mm, 53 * mm, height * mm)

    canvas.setFillColor(colors.HexColor("#14487a"))
    canvas.rect(0, 0, *PAGE, stroke=0, fill=1)
    _, story = next(stories)
    pieces = []
    for flow, frame in zip(story, ((20 * mm, 150 * mm, 160 * mm, 60 * mm), (20 * mm, 120 * mm, 160 * mm, 20 * mm), (20 * mm, 15 * mm, 70 * mm, 25 * mm))):
        pieces += pour(canvas, [flow], [frame])[0]
    finish(pieces, (2, 0, 1), 0)
    # Page 2: head and intro over three columns; a quote between the second and the third, which both give way to it.
    pieces = take((20 * mm, 234 * mm, 170 * mm, 43 * mm))
    pieces += take(column(0, 20, 208), (78.5 * mm, 140 * mm, 53 * mm, 88 * mm), (78.5 * mm, 20 * mm, 53 * mm, 72 * mm), (137 * mm, 140 * mm, 53 * mm, 88 * mm), (137 * mm, 20 * mm, 53 * mm, 72 * mm))
    pieces += take((80 * mm, 96 * mm, 108 * mm, 34 * mm))
    canvas.setStrokeColor(colors.HexColor("#14487a"))
    canvas.line(80 * mm, 134 * mm, 188 * mm, 134 * mm)
    canvas.line(80 * mm, 108 * mm, 188 * mm, 108 * mm)
    finish(pieces, (4, 6, 2, 0, 5, 1, 3), 2)
    # Page 3: a picture across the foot of the first two columns, a box at the head of the third.
    pieces = take((20 * mm, 250 * mm, 170 * mm, 27 * mm))
    pieces += take(column(0, 92, 152), column(1, 92, 152), column(2, 20, 160))
    canvas.setFillColor(colors.HexColor("#f6e3b4"))
    canvas.rect(135 * mm, 186 * mm, 57 * mm, 60 * mm, stroke=0, fill=1)
    pieces += take((139 * mm, 190 * mm, 49 * mm, 52 * mm))
    canvas.setFillColor(colors.HexColor("#a9c4d9"))
    canvas.rect(20 * mm, 30 * mm, 111.5 * mm, 55 * mm, stroke=0, fill=1)
    pieces += take((20 * mm, 20 * mm, 111.5 * mm, 8 * mm))
    finish(pieces, (3, 5, 4, 1, 2, 0), 3)
    pieces = take((20 * mm, 250 * mm, 170 * mm, 27 * mm))
    pieces += take(column(0, 140, 100), column(1, 140, 100), column(2, 140, 100))
    finish(pieces, (2, 3, 0, 1), 4)
    canvas.save()
    return pdf
