"""pdfTeX in Times, two justified columns for the whole document: footnotes in columns, a drop cap, wide aligned tables, a landscape page under /Rotate."""

from in_latex import body, pdflatex
from model import Cell, Doc

TEMPLATE = r"""\documentclass[10pt,a4paper,twocolumn]{article}
\usepackage[T1]{fontenc}\usepackage[utf8]{inputenc}\usepackage{mathptmx,textcomp}\usepackage[dutch]{babel}
\usepackage[a4paper,margin=20mm,top=26mm,bottom=26mm,columnsep=8mm]{geometry}
\usepackage{longtable,booktabs,fancyhdr,array,graphicx,xcolor,pdflscape}
\pagestyle{fancy}\fancyhf{}\fancyhead[C]{\footnotesize Jaarverslag Kruispad 2015}\fancyfoot[R]{\footnotesize\thepage}\renewcommand{\headrulewidth}{0pt}
\setlength{\parindent}{3mm}\setlength{\headheight}{13pt}\raggedbottom
\newcommand{\covertitlebig}[1]{\parbox{\textwidth}{\centering\fontsize{26}{30}\selectfont\bfseries #1}\par\bigskip}
\newcommand{\covertitlesub}[1]{{\centering\large #1\par}\bigskip\bigskip}
\newcommand{\asidequote}[1]{\par\medskip\noindent\rule{\linewidth}{1pt}\par\noindent{\Large\itshape\raggedright #1\par}\noindent\rule{\linewidth}{1pt}\par\medskip}
\newcommand{\asidebox}[1]{\par\medskip\noindent\colorbox{black!12}{\parbox{.94\linewidth}{\small\setlength{\parindent}{0pt}#1}}\par\medskip}
\newcommand{\legend}[1]{\par\noindent{\small\textbf{#1}\par}\nopagebreak}
\newcommand{\kop}[1]{\par\medskip\noindent{\bfseries\raggedright #1\par}\nopagebreak\noindent\ignorespaces}
\newcommand{\hoofd}[1]{\par\bigskip\noindent{\large\bfseries\raggedright #1\par}\nopagebreak\smallskip\noindent\ignorespaces}
\newcommand{\drawing}{\par\noindent\textcolor{black!25}{\rule{\linewidth}{30mm}}\par\nopagebreak}
\newcommand{\drop}{}\renewcommand{\arraystretch}{1.25}
\begin{document}
"""


def build():
    d = Doc("kruispad", "pdfTeX", ["two columns", "title over two columns", "bold headings at the size of the body", "headings of two lines", "footnotes in columns", "drop cap", "pull quote in a column", "coloured box in a column", "justified with hyphens",
            "figure with caption", "table without rules", "table over pages, head repeated", "cells of several lines", "landscape page by /Rotate", "nested lists", "running heads and feet"], "words_b.txt")  # fmt: skip
    d.furniture = ["Jaarverslag Kruispad 2015"]
    d.raw(r"\twocolumn[\vspace*{4mm}")
    d.title("Op de kruising van vier gemeenten", "big")
    d.title("Jaarverslag 2015 van samenwerkingsverband Kruispad", "sub")
    d.raw("]")
    d.h(1, "Wat ons dit jaar bezighield en wat wij lieten liggen")
    d.p("@reportage", "drop")
    d.ps("reportage", "reportage")
    d.h(2, "In de wijk")
    d.ps("wijk", "wijk")
    d.p("@wijk^[Het buurthuis staat aan de Singel en is overdag geopend.]")
    d.aside("Zij horen elkaar bellen en schuiven vanzelf aan", "quote")
    d.ps("wijk")
    d.h(2, "Op school")
    d.ps("aanbod", "aanbod")
    d.p("@aanbod^[De namen van de locaties staan in het overzicht achterin.]")
    d.ps("aanbod", "aanbod")
    d.aside("Wie een trajectklas wil bekijken, kan op de eerste vrijdag van de maand binnenlopen. Aanmelden hoeft niet, wel even je jas ophangen.", "box")
    d.h(1, "Hoe het liep met leerlingen die wisselden van school")
    d.ps("doorstroom", "doorstroom", "doorstroom")
    d.figure()
    d.caption("Figuur 1. Het schoolplein na de verbouwing")
    d.h(2, "Nieuwkomers")
    d.ps("instroom", "instroom")
    d.p("Drie regels hielpen daarbij:")
    d.ul(["vraag eerst hoe iemand heet;", ("geef een kind iets te doen:", ["een plant,", "een bel,", "een tafel om te dekken;"]), "wacht met toetsen tot na de herfst."])
    d.ps("instroom")
    d.h(1, "Ons geld")
    d.ps("begroting", "begroting", "begroting", "begroting", "begroting")
    d.h(2, "Toezicht")
    d.ps("toezicht", "toezicht", "toezicht")
    d.h(2, "Jongeren en ouders")
    d.ps("leerlingstem", "leerlingstem", "leerlingstem", "ouders", "ouders", "ouders", "ouders")
    d.raw(r"\onecolumn")
    d.h(1, "Tellen en wegen")
    d.ps("loket", "loket", "loket", "loket", "loket", "opdracht", "opdracht", "opdracht", "opdracht", "telling", "telling", "telling", "onderzoek", "onderzoek", "onderzoek", "onderzoek")
    d.h(1, "Overzicht van locaties")
    rng = d.words.random
    rows = [["Locatie", "Plaats", "Kinderen", "Wat er bijzonder is"]]
    special = ["", "moestuin met een eigen markt op vrijdag", "muzieklokaal; op dinsdag zingen alle groepen samen met een koor van ouderen uit de flat aan de overkant", "trajectklas", "", "spoedplek in de zomer", "samen met de bibliotheek onder één dak"]
    for at, name in enumerate("Noorderlicht,De Zuidwester,Oostpoort,Westhof,Middelpunt,De Viersprong,Kompasroos,Het Knooppunt,De Rotonde,Zebrapad,De Oversteek,Zijstraat,De Wissel,Tweesprong,Het Plein,De Singel,Halte 6,De Berm,Voorrang,De Stoep,Het Fietspad,De Bocht,Kruidenlaan,De Afslag,Het Tankstation,De Vluchtheuvel,Wegwijs,Bermbloem,De Route,Klinkerweg".split(",")):
        rows.append([name, d.words.fill("{m}"), str(rng.randint(40, 410)), special[at % 7]])
    d.table(rows, style="bare", widths=[22, 16, 12, 50])
    d.raw(r"\begin{landscape}")
    d.h(1, "Doelen en stand van zaken")
    d.caption("Tabel 1. Wat wij ons voornamen, wat wij deden en wat er volgt")
    d.table([
        ["Voornemen", "Wie", "Gedaan in 2015", "Stand", "Vervolg in 2016", "Kosten"],
        ["Loket op één plek", "bureau", "verhuizing, nieuwe telefooncentrale, alle scholen bezocht", "klaar", "evaluatie na een jaar", "41.000"],
        ["Kortere route", "commissie", "tweede advies per telefoon", "loopt", "proef met beeldbellen voor gezinnen die ver weg wonen", "0"],
        ["Jongerenraad", "jongeren zelf", "acht bijeenkomsten, twee adviezen", "loopt", "", "3.250"],
        [Cell("Samen met gemeenten", cols=2), "overleg in maart en oktober; grensteam opgericht", "loopt", "plan voor gebouwen", "18.900"],
        ["Scholing", "scholen", "studiedag in november", "klaar", "traditie maken van mislukkingen", "12.480"],
    ], style="rules", widths=[17, 13, 29, 9, 22, 10])  # fmt: skip
    d.p("De kosten zijn exclusief uren van medewerkers. Een lege plek betekent dat er nog niets is besloten.")
    d.raw(r"\end{landscape}\twocolumn")
    d.h(1, "Slot")
    d.ps("einde", "einde", "personeel", "personeel")
    return d


def render(d, work):
    source = TEMPLATE + body(d, (r"\hoofd", r"\kop")) + "\n\\end{document}\n"
    # The drop cap: the first letter over two lines, the text beside it.
    at = source.index(r"{\drop ") + len(r"{\drop ")
    letter, rest = source[at], source[at + 1 :]
    cap = rf"\noindent\hangindent=8mm\hangafter=-2\smash{{\hskip-8mm\lower.85\baselineskip\hbox to 8mm{{\fontsize{{27}}{{27}}\selectfont\bfseries {letter}\hss}}}}"
    return pdflatex(source[:at] + cap + rest, work)
