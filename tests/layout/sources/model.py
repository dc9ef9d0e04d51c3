"""One document: its blocks in reading order, from which both the printed page and the truth are made.

A document is a list of nodes. Most are blocks of content; a `raw` node belongs to one producer (an opening
of a column section, a page break) and never reaches the truth. A renderer turns the nodes into the language
of its producer, the PDF comes back, and `truth` looks up on which sheet each block begins.
"""

import copy
import json
import random
import re
import subprocess
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

SOURCES = Path(__file__).absolute().parent
PLACES = "Gouda Zutphen Hoorn Meppel Tiel Goes Venray Weert Sneek Assen Drachten Ede Houten Oss Veendam Putten Culemborg Borne".split()
FOOTNOTE = re.compile(r"\^\[(.*?)\]", re.S)


class Words:
    """The paragraphs of a words file by subject; each is given out once per document, its gaps filled in."""

    def __init__(self, file, seed):
        self.random = random.Random(seed)
        self.places = PLACES[:]
        self.random.shuffle(self.places)
        self.next_place = 0
        self.subjects = {}
        subject = None
        for line in (SOURCES / file).read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                subject = self.subjects.setdefault(line[2:].strip(), [])
            elif line.strip():
                subject.append(line.strip())

    def take(self, subject):
        return self.fill(self.subjects[subject].pop(0))

    def fill(self, text):
        def place(_):
            self.next_place += 1
            return self.places[self.next_place % len(self.places)]

        def number(match):
            value = self.random.randint(int(match[1]), int(match[2]))
            return f"{value // 1000}.{value % 1000:03d}" if value >= 1000 else str(value)

        return re.sub(r"\{n:(\d+)-(\d+)\}", number, re.sub(r"\{m\}", place, text))


@dataclass
class Cell:
    """A cell that covers more than one column or row."""

    text: str
    cols: int = 1
    rows: int = 1


@dataclass
class Node:
    kind: str
    text: str = ""
    level: int = 0
    rows: list = field(default_factory=list)
    head: int = 0
    flow: str = ""
    style: str = ""
    ordered: bool = False
    depth: int = 0
    number: int = 0
    widths: list = None
    page: int = 0

    def parts(self):
        """The running text and the footnotes called in it, by turns: text, note, text, note, …, text."""
        return FOOTNOTE.split(self.text)

    def grid(self):
        """The rows with a merged cell in its first place and the places it covers left empty."""
        wide = sum(cell.cols if isinstance(cell, Cell) else 1 for cell in self.rows[0])
        grid = [[None] * wide for _ in self.rows]
        for at, row in enumerate(self.rows):
            for cell in row:
                cell = cell if isinstance(cell, Cell) else Cell(cell)
                column = grid[at].index(None)
                for y in range(cell.rows):
                    for x in range(cell.cols):
                        grid[at + y][column + x] = ""
                grid[at][column] = plain(cell.text)
        assert all(cell is not None for row in grid for cell in row), grid
        return grid


def plain(text):
    """The text as it is read: no soft hyphens, line breaks as spaces, no footnotes, no emphasis marks."""
    text = FOOTNOTE.sub("", text).replace("\u00ad", "").replace("**", "")
    return " ".join(text.split())


class Doc:
    def __init__(self, name, producer, shows, words, seed=None):
        self.name, self.producer, self.shows = name, producer, shows
        self.words = Words(words, seed or name)
        self.nodes = []
        self.furniture = []
        self.flow = ""

    def add(self, kind, text="", **more):
        text = self.words.fill(text) if text else ""
        node = Node(kind, text, flow=more.pop("flow", self.flow), **more)
        self.nodes.append(node)
        return node

    def raw(self, text):
        self.nodes.append(Node("raw", text))

    def title(self, text, style=""):
        self.add("title", text, style=style)

    def h(self, level, text, style=""):
        self.add("heading", text, level=level, style=style)

    def p(self, text, style=""):
        """A paragraph: its text, or `@subject` for the next of that subject; `@subject+…` appends."""
        self.add("paragraph", self.say(text), style=style)

    def ps(self, *subjects):
        for subject in subjects:
            self.p("@" + subject)

    def say(self, text):
        return re.sub(r"@(\w+)", lambda m: self.words.take(m[1]), text)

    def ul(self, items, ordered=False, depth=0):
        """A list; an item is its text, or a pair of its text and the items below it (a tuple of two lists nothing)."""
        for number, item in enumerate(items, 1):
            text, below = item if isinstance(item, tuple) else (item, None)
            self.add("item", self.say(text), ordered=ordered, depth=depth, number=number)
            if below:
                self.ul(below, False, depth + 1)

    def ol(self, items):
        self.ul(items, ordered=True)

    def aside(self, text, style="note"):
        self.add("aside", self.say(text), style=style)

    def caption(self, text):
        self.add("caption", text)

    def figure(self, style="bars"):
        """A drawing without words."""
        self.nodes.append(Node("figure", style=style))

    def table(self, rows, head=1, style="", widths=None):
        self.add("table", rows=rows, head=head, style=style, widths=widths)

    def toc(self, levels=2):
        """The contents list; the headings it lists are those that follow."""
        self.nodes.append(Node("toc", level=levels))

    def entries(self, toc):
        after = self.nodes[self.nodes.index(toc) + 1 :]
        return [n for n in after if n.kind == "heading" and n.level <= toc.level and not n.flow]

    def part(self, nodes):
        """Some of the nodes, to be printed by themselves; a contents list among them is still that of the whole."""
        part = copy.copy(self)
        part.nodes, part.entries = nodes, self.entries
        return part

    def blocks(self):
        """The blocks of the truth, without pages: pairs of a node and what is said about it."""
        for node in self.nodes:
            if node.kind in ("raw", "figure"):
                continue
            if node.kind == "toc":
                for entry in self.entries(node):
                    yield Node("contents", entry.text), {"kind": "contents", "text": plain(entry.text)}
                continue
            said = {"kind": node.kind}
            if node.flow:
                said["flow"] = node.flow
            if node.kind == "heading":
                said["level"] = node.level
            if node.kind == "table":
                said |= {"rows": node.grid(), "head_rows": node.head}
            else:
                said["text"] = plain(node.text)
            yield node, said
            for note in node.parts()[1::2]:
                yield Node("footnote", note), {"kind": "footnote", "text": plain(note)}

    def truth(self, pdf):
        """The truth with the page of each block, found by its first letters; also a list of what could not be found."""
        pages = page_texts(pdf)
        found, lost = [], []
        for node, said in self.blocks():
            found.append([node, said, candidates(said, pages)])
        floor = 1
        for at, (node, said, where) in enumerate(found):
            if said["kind"] == "heading" or not where:
                continue
            later = [page for page in where if page >= floor] if not said.get("flow") else where
            said["page"] = later[0] if later else where[0]
            if said["kind"] in ("paragraph", "item", "table") and not said.get("flow"):
                floor = said["page"]
        floor = 1
        for at, (node, said, where) in enumerate(found):
            if said["kind"] == "heading":
                following = (s["page"] for _, s, _ in found[at + 1 :] if "page" in s and s["kind"] in ("paragraph", "item", "table", "contents"))
                ceiling = next(following, len(pages))
                fit = [page for page in where if floor <= page <= ceiling]
                if fit:
                    said["page"] = fit[-1]
            if "page" not in said:
                lost.append(str(said)[:150])
                said["page"] = floor
            elif not said.get("flow") and said["kind"] in ("paragraph", "item", "table", "heading"):
                floor = said["page"]
            node.page = said["page"]
        order = ("page", "kind", "level", "flow", "text", "rows", "head_rows")
        blocks = [{key: said[key] for key in order if key in said} for _, said, _ in found]
        return {"producer": self.producer, "shows": self.shows, "furniture": self.furniture, "blocks": blocks}, lost


def squeeze(text):
    """Only the letters and digits, so that spaces, line ends and hyphens play no part."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def page_texts(pdf):
    """Per page its squeezed text, in the order of the content stream and in the order of the page."""
    out = []
    for option in ("-raw", "-enc"):
        args = ["pdftotext", option] + (["UTF-8"] if option == "-enc" else ["-enc", "UTF-8"]) + [str(pdf), "-"]
        text = subprocess.run(args, capture_output=True, check=True).stdout.decode("utf-8")
        out.append([squeeze(page) for page in text.split("\f")[:-1]])
    return [a + " " + b for a, b in zip(*out)]


def candidates(said, pages):
    """The pages on which the block may begin, by ever shorter beginnings."""
    if said["kind"] == "table":
        cells = [squeeze(cell) for row in said["rows"][:3] for cell in row if len(squeeze(cell)) > 2]
        hits = [sum(cell in page for cell in cells) for page in pages]
        return [at + 1 for at, hit in enumerate(hits) if hit == max(hits) and hit > len(cells) * 0.6]
    key = squeeze(said["text"])
    for length in (40, 25, 14, 8):
        # A drop cap may stand apart from the rest of its word.
        hits = [at + 1 for at, page in enumerate(pages) if key[:length] in page or length > 14 and key[1:length] in page]
        if hits:
            return hits
        if len(key) <= length // 2:
            break
    return []


def check(truth, pdf):
    """What a reader would stumble over: words of the truth that are not on their page, words of the page that the truth lacks."""
    pages = page_texts(pdf)
    complaints = []
    for block in truth["blocks"]:
        texts = [cell for row in block.get("rows", []) for cell in row] or [block["text"]]
        here = " ".join(pages[block["page"] - 1 : block["page"] + (3 if "rows" in block else 1)])
        missing = [word for text in texts for word in text.split() if squeeze(word) not in here]
        if missing:
            complaints.append(f"p{block['page']} {block['kind']}: not there: {missing[:6]}")
    known = set()
    for block in truth["blocks"]:
        for text in [cell for row in block.get("rows", []) for cell in row] or [block["text"]]:
            known.update(squeeze(word) for word in text.split())
    for text in truth["furniture"]:
        known.update(squeeze(word) for word in text.split())
    whole = "".join(sorted(known))
    output = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, check=True).stdout.decode("utf-8")
    output = re.sub(r"\.{4,}", " ", output)
    output = re.sub(r"[-\u00ad\u2010\u0002]\n", "", output)
    for at, page in enumerate(output.split("\f")):
        page = re.sub(r"(?<=[^\W\d])[.,:]?\d{1,2}\b|\b\d{1,2}(?=[^\W\d])", "", page)
        strange = [w for w in page.split() if squeeze(w) and squeeze(w) not in known and squeeze(w) not in whole and not squeeze(w).isdigit()]
        if strange:
            complaints.append(f"p{at + 1}: on the page but not in the truth: {strange[:12]}")
    return complaints


def save(doc, pdf, out):
    """Writes the PDF and its truth; returns the complaints."""
    truth, lost = doc.truth(pdf)
    lines = [f' "{key}": {json.dumps(truth[key], ensure_ascii=False)}' for key in ("producer", "shows", "furniture")]
    blocks = ",\n".join("  " + json.dumps(block, ensure_ascii=False) for block in truth["blocks"])
    (out / f"{doc.name}.json").write_text("{" + ",\n".join(lines)[1:] + ',\n "blocks": [\n' + blocks + "\n ]}\n", encoding="utf-8")
    (out / f"{doc.name}.pdf").write_bytes(Path(pdf).read_bytes())
    return [f"lost {text}" for text in lost] + check(truth, pdf)
