"""pdfTeX: justified with hyphens, numbered headings, contents with dotted leaders, notes in the margin, a table over pages whose head stands once, annexes."""

from in_latex import body, pdflatex
from model import Cell, Doc

TEMPLATE = r"""\documentclass[10pt,a4paper]{article}
\usepackage[utf8]{inputenc}\usepackage{textcomp}\usepackage[dutch]{babel}
\usepackage[a4paper,left=25mm,right=55mm,top=27mm,bottom=28mm,marginparwidth=38mm,marginparsep=5mm]{geometry}
\usepackage{longtable,booktabs,fancyhdr,array,graphicx,xcolor,multicol,pdflscape}
\pagestyle{fancy}\fancyhf{}\fancyhead[L]{\footnotesize Zilverschoon}\fancyhead[R]{\footnotesize Ondersteuningsplan 2014--2018}\fancyfoot[C]{\thepage}
\setlength{\parindent}{0pt}\setlength{\parskip}{6pt plus 1pt}\setlength{\LTpre}{4pt}\setlength{\LTpost}{6pt}\setlength{\headheight}{14pt}
\newcommand{\covertitlebig}[1]{{\centering\Huge\bfseries #1\par}\bigskip}\newcommand{\covertitlesub}[1]{{\centering\Large #1\par}\bigskip}
\newcommand{\asidenote}[1]{\marginpar{\raggedright\footnotesize\itshape #1}}
\newcommand{\asideframe}[1]{\begin{center}\fbox{\parbox{.9\linewidth}{#1}}\end{center}}
\newcommand{\legend}[1]{{\footnotesize\textit{#1}\par}}
\newcommand{\entryi}[2]{\noindent\textbf{#1\dotfill #2}\par}\newcommand{\entryii}[2]{\noindent\hspace*{6mm}#1\dotfill #2\par}
\renewcommand{\arraystretch}{1.25}
\begin{document}\thispagestyle{empty}
"""


def build():
    d = Doc("zilverschoon", "pdfTeX", ["one column", "numbered headings to three levels", "justified with hyphens", "contents list with dotted leaders", "side notes in the margin", "footnotes", "framed text box",
            "table over pages, head once", "table with rules and cells of several lines", "merged cells", "annexes with their own numbering", "running heads and feet"], "words_a.txt")  # fmt: skip
    d.furniture = ["Zilverschoon Ondersteuningsplan 2014–2018"]
    d.raw(r"\vspace*{20mm}")
    d.title("Zilverschoon", "big")
    d.title("Ondersteuningsplan 2014–2018 voor het basisonderwijs", "sub")
    d.raw(r"\vspace{12mm}")
    d.h(1, "Inhoudsopgave")
    d.toc(2)
    d.raw(r"\newpage")
    d.h(1, "1 Opdracht en kader")
    d.h(2, "1.1 Aanleiding")
    d.ps("waarom", "waarom")
    d.aside("De telling van 1 oktober ligt ter inzage op het bureau.")
    d.p("@waarom^[De cijfers zijn afkomstig uit de administratie van de besturen en zijn niet door een accountant bekeken.]")
    d.h(2, "1.2 Taken")
    d.h(3, "1.2.1 Wat de wet opdraagt")
    d.ps("wet", "wet")
    d.h(3, "1.2.2 Wat wij eraan toevoegen")
    d.ps("leraren", "leraren")
    d.aside("Artikel 18a, zesde lid, somt de taken op.")
    d.ps("wet")
    d.h(1, "2 Inrichting")
    d.h(2, "2.1 Vereniging")
    d.ps("bestuur", "bestuur", "bestuur")
    d.aside("Besluiten over meer dan vijftigduizend euro neemt het bestuur alleen samen met de toezichthouder.", "frame")
    d.h(2, "2.2 Medezeggenschap en klachten")
    d.p("@bestuur^[Het reglement is vastgesteld op 3 december 2013 en geldt voor onbepaalde tijd.]")
    d.ps("bestuur")
    d.h(1, "3 Toewijzing")
    d.h(2, "3.1 De stappen")
    d.ps("route", "route", "route")
    d.h(2, "3.2 Wie waarover gaat")
    d.p("Bij elke stap hoort iemand die hem zet en een tijd waarbinnen dat gebeurt. Het schema hieronder hangt in iedere teamkamer.")
    d.table([
        ["Stap", "Verantwoordelijk", "Termijn"],
        ["Gesprek met de ouders, verslag in het dossier van de leerling", "leraar", "binnen twee weken na de eerste zorg"],
        ["Ondersteuningsteam", "intern begeleider, met de consulent erbij als de school daarom vraagt", "vijf keer per jaar"],
        [Cell("Aanvraag", rows=2), "directeur van de school", "op elk moment"],
        ["commissie van drie deskundigen", "besluit binnen zes weken"],
        [Cell("Bezwaar: zie het reglement achter dit plan", 2), "zes weken na het besluit"],
    ], style="rules", widths=[30, 40, 30])  # fmt: skip
    d.ps("route", "route")
    d.h(1, "4 Bekostiging")
    d.h(2, "4.1 Inzet op de scholen")
    d.ps("extra", "extra", "extra", "extra", "extra", "extra")
    d.h(2, "4.2 Verdeling")
    d.ps("geld", "geld", "geld")
    d.caption("Tabel 1. Meerjarenbegroting, bedragen maal duizend euro")
    rng = d.words.random
    posts = "Lichte ondersteuning;Zware ondersteuning;Schoolmaatschappelijk werk;Verevening;Contributie van de leden;Consulenten;Gedragswetenschappers;Administratie;Huisvesting;Scholing van leraren;Plusgroepen;Leesklas;Opbouwklas;Ouderondersteuner;Onderzoek door derden;Vervoer tussen locaties;Communicatie en website;Ondersteuningsplanraad;Toezicht;Accountant;Verzekeringen;Afschrijving;Onvoorzien;Overdracht speciaal onderwijs;Overdracht speciaal basisonderwijs;Groeiregeling;Terugplaatsing".split(";")
    rows = [["Post", "2014", "2015", "2016", "2017"]]
    for post in posts:
        start = rng.randint(18, 940)
        rows.append([post] + [str(start + step * rng.randint(-4, 9)) for step in range(4)])
    d.table(rows, style="once", widths=[44, 13, 13, 13, 13])
    d.ps("geld", "geld")
    d.raw(r"\newpage")
    d.h(1, "Bijlage A Begrippen")
    d.h(2, "A.1 Onderwijs")
    d.p("**Arrangement.** Een pakket van begeleiding, materiaal of tijd waarmee een leerling op zijn eigen school verder kan.")
    d.p("**Schoolprofiel.** De beschrijving van wat een school aan ondersteuning biedt en wat nog ontwikkeld wordt.")
    d.h(2, "A.2 Zorg")
    d.p("**Verzuimtafel.** Maandelijks overleg van school, leerplicht, jeugdarts en bureau over leerlingen die langdurig afwezig zijn.")
    d.p("**Wijkteam.** Medewerkers van de gemeente bij wie een gezin met vragen over opvoeden terechtkan.")
    d.h(1, "Bijlage B Aangesloten besturen")
    d.ul(["Stichting De Zeven Bruggen, Culemborg", "Vereniging voor openbaar onderwijs Tielerwaard-Zuid", "Stichting Katholiek Onderwijs Sint Barbara, Oss", "Protestants-christelijke schoolvereniging De Rank, Ede"])
    return d


def render(d, work):
    source = TEMPLATE + body(d, (r"\section*", r"\subsection*", r"\subsubsection*")) + "\n\\end{document}\n"
    return pdflatex(source, work)
