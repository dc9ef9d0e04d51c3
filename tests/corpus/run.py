#!/usr/bin/env python3
"""Compares the words that plantoets reads in PDFs with those that pdftotext reads.

    tests/corpus/run.py FOLDER [--program target/release/plantoets] [--output table.tsv] [--only TEXT]

Every PDF under FOLDER is read by `plantoets text --format json`, one process per file, two at a time, with a limit on time and
memory, and by poppler's `pdftotext -bbox` and `pdftoppm`. Needs poppler-utils, and nothing from outside the standard library.
The corpora are public test files of PDF libraries (see README.md beside this file); they are never kept in this repository.
"""

import argparse
import collections
import html
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import unicodedata
from concurrent.futures import ThreadPoolExecutor

SECONDS = 20
MEMORY = 4 << 20  # KiB of address space
LIMITED = ["sh", "-c", 'ulimit -v %d; exec "$@"' % MEMORY, "sh"]
ENOUGH_WORDS = 50
GOOD = 0.9
EXIT_READ, EXIT_UNREADABLE = 0, 3

IDEOGRAPHS = "\u2e80-\u2fdf\u3005-\u30ff\u3100-\u318f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
WORD = re.compile(f"[{IDEOGRAPHS}]|[^\\W_{IDEOGRAPHS}]+")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
HYPHENS = "-\u00ad\u2010\u2011"


def words(text):
    """Letters and digits, compatibility forms taken apart; ideographs one by one, for nobody agrees on their words."""
    text = "".join(c for c in text if c not in "\u00ad\u200b\u200c\u200d\u200e\u200f\ufeff\u0640")
    return WORD.findall(unicodedata.normalize("NFKC", text))


def run(command):
    """Exit code (None: no end in time), standard output and error."""
    try:
        done = subprocess.run(LIMITED + command, capture_output=True, timeout=SECONDS)
        return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    except subprocess.TimeoutExpired:
        return None, "", ""


def read_by_us(program, path):
    """What became of the file, its words, its warnings."""
    code, out, err = run([program, "text", "--format", "json", path])
    if code is None:
        return "hang", [], 0, "no end within %d s" % SECONDS
    if code < 0:
        return "abort", [], 0, "signal %d" % -code
    if "panicked" in err or "fout in plantoets" in err:
        found = re.search(r"panicked at (.*)", err)
        return "panic", [], 0, found.group(1) if found else "unknown place"
    if code == EXIT_UNREADABLE:
        return "unreadable", [], 0, err.strip().splitlines()[-1] if err.strip() else ""
    if code != EXIT_READ:
        return "abort", [], 0, "exit code %d: %s" % (code, err.strip())
    reading = json.loads(out)
    texts = [text for page in reading["pages"] for text in page["running"]]
    texts += [block["text"] for block in reading["blocks"]]
    items = sum(block["kind"] == "list_item" for block in reading["blocks"])
    outcome = "partial" if reading["partial"] else "read"
    return outcome, [w for text in texts for w in words(text)], items, "; ".join(reading["warnings"])


BOX = re.compile(r'<page |<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>')


def read_by_poppler(path):
    """Its words, each with its page and box and whether it stands for part of a word that a hyphen broke."""
    code, out, _ = run(["pdftotext", "-bbox", "-cropbox", "-enc", "UTF-8", path, "-"])
    if code != 0:
        return None
    page, found = 0, []
    for match in BOX.finditer(out):
        if match.group(5) is None:
            page += 1
            continue
        text = html.unescape(match.group(5))
        box = [float(match.group(i)) for i in range(1, 5)]
        parts = words(text)
        for n, word in enumerate(parts):
            broken = n == len(parts) - 1 and text[-1:] in HYPHENS
            found.append((word, page, box, broken))
    return found


def read_in_drawing_order(path):
    """Poppler's words as they are drawn, without its reading of the layout."""
    code, out, _ = run(["pdftotext", "-raw", "-cropbox", "-enc", "UTF-8", path, "-"])
    found = []
    for line in out.splitlines() if code == 0 else []:
        parts = words(line)
        found += [(word, 0, None, n == len(parts) - 1 and line.rstrip()[-1:] in HYPHENS) for n, word in enumerate(parts)]
    return found


def fonts_without_meaning(path):
    """Whether there are embedded fonts of which the file does not say what their codes mean."""
    _, out, _ = run(["pdffonts", path])
    rows = [line.split() for line in out.splitlines()[2:]]
    # Name, kind (one to three words), encoding, embedded, subset, has Unicode, object and generation.
    return any(row[-5:-2][0] == "yes" and row[-3] == "no" and row[-6] in ("Identity-H", "Identity-V", "Custom", "Builtin") for row in rows if len(row) > 7)


def compare(ours, theirs, items):
    """F1 and what is left over on both sides. Words that a line end broke are joined where we have them as one; the mark of
    a list item, which is no part of our text, is not missed."""
    extra = collections.Counter(ours)
    missing = []
    n = 0
    while n < len(theirs):
        word = theirs[n][0]
        joined = word + theirs[n + 1][0] if theirs[n][3] and n + 1 < len(theirs) else None
        if joined and extra[joined] > 0 and not (extra[word] and extra[theirs[n + 1][0]]):
            extra[joined] -= 1
            extra["\0"] -= 1
            n += 2
            continue
        if extra[word] > 0:
            extra[word] -= 1
        else:
            missing.append(theirs[n])
        n += 1
    del extra["\0"]
    unmatched = sum(extra.values())
    marks = [w for w in missing if len(w[0]) == 1 or (w[0].isdigit() and len(w[0]) <= 2)]
    forgiven = min(items, len(marks))
    matched = len(theirs) - len(missing)
    f1 = f1_of(matched, unmatched, len(missing) - forgiven)
    return f1, missing, +extra


def f1_of(matched, extra, missing):
    return 2 * matched / (2 * matched + extra + missing) if matched or extra or missing else 1.0


def letter_f1(ours, theirs):
    a, b = collections.Counter("".join(ours)), collections.Counter("".join(theirs))
    both = sum((a & b).values())
    return f1_of(both, sum(a.values()) - both, sum(b.values()) - both)


def pages_as_drawn(path, numbers):
    """Grey images of pages at 72 dots per inch, by number: width, height, bytes."""
    images = {}
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            target = os.path.join(folder, "page")
            run(["pdftoppm", "-gray", "-cropbox", "-r", "72", "-singlefile", "-f", str(number), "-l", str(number), path, target])
            try:
                with open(target + ".pgm", "rb") as file:
                    data = file.read()
                os.remove(target + ".pgm")
            except OSError:
                continue
            head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
            if head:
                images[number] = (int(head.group(1)), int(head.group(2)), data[head.end():])
    return images


def is_drawn(word, images):
    """Whether there is anything to be seen in the box of a word."""
    _, page, (x0, y0, x1, y1), _ = word
    if page not in images:
        return True
    width, height, pixels = images[page]
    left, right = max(0, int(x0)), min(width, int(x1) + 1)
    seen = set()
    for y in range(max(0, int(y0)), min(height, int(y1) + 1)):
        seen.update(pixels[y * width + left:y * width + right])
    return bool(seen) and max(seen) - min(seen) > 24


def reason(path, ours, theirs, items, missing, extra, warnings):
    """A true reason why the words differ, by what can be measured; None if there is none."""
    if "is tekst niet te lezen" in warnings and fonts_without_meaning(path):
        return "font without meaning: the file does not say which letters they are; plantoets says so, pdftotext shows codes"
    turned = [w[::-1] if RIGHT_TO_LEFT.search(w) else w for w in ours]
    if turned != ours and compare(turned, theirs, items)[0] >= GOOD:
        return "right to left: plantoets keeps the order in which the letters stand"
    if compare(ours, read_in_drawing_order(path), items)[0] >= GOOD:
        return "pdftotext against itself: in drawing order (-raw) it reads what plantoets reads"
    lengths = [statistics.mean(len(w) for w in side) if side else 0 for side in ([w[0] for w in missing], list(extra.elements()))]
    if letter_f1(ours, [w[0] for w in theirs]) >= 0.97 and lengths[0] < 3 and lengths[1] >= 2 * lengths[0]:
        return "fragments: pdftotext breaks up words that are slanted or upright; the letters are the same"
    images = pages_as_drawn(path, sorted({w[1] for w in missing})[:20])
    visible = [w for w in theirs if is_drawn(w, images)]
    if len(visible) < len(theirs) and compare(ours, visible, items)[0] >= GOOD:
        return "unseen text: pdftotext reads what the page does not show"
    return None


def guess(ours, theirs, missing, extra, warnings):
    """What kind of difference it is."""
    if any(RIGHT_TO_LEFT.search(w[0]) for w in missing[:200]):
        return "right to left"
    if not ours:
        return "nothing read: " + warnings
    alike = letter_f1(ours, [w[0] for w in theirs])
    if alike >= 0.97:
        return "spaces: the same letters in other words"
    lost, more = len(missing), sum(extra.values())
    if lost > 3 * more:
        return "missing words"
    if more > 3 * lost:
        return "more words"
    return "other letters (%.2f alike)" % alike


def judge(program, folder, path):
    outcome, ours, items, warnings = read_by_us(program, path)
    theirs = read_by_poppler(path)
    row = {"file": os.path.relpath(path, folder), "outcome": outcome, "words": None if theirs is None else len(theirs), "f1": None, "why": "", "note": warnings}
    if theirs is None or len(theirs) < ENOUGH_WORDS:
        return row
    row["f1"], missing, extra = compare(ours, theirs, items)
    if row["f1"] < GOOD:
        row["left"] = [w[0] for w in missing[:25]], list(extra)[:25]
        row["why"] = reason(path, ours, theirs, items, missing, extra, warnings) or ""
        row["guess"] = guess(ours, theirs, missing, extra, warnings)
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--program", default="target/release/plantoets")
    parser.add_argument("--output", help="a table of all files, tab separated")
    parser.add_argument("--only", default="", help="files whose path holds one of these texts, with commas between them")
    parser.add_argument("--worst", type=int, default=60, help="how many of the worst files to list")
    parser.add_argument("--left", action="store_true", help="show words that are left over on both sides")
    asked = parser.parse_args()
    paths = sorted(os.path.join(d, f) for d, _, files in os.walk(asked.folder) for f in files if f.lower().endswith(".pdf"))
    paths = [p for p in paths if any(part in p for part in asked.only.split(","))]
    with ThreadPoolExecutor(2) as pool:
        rows = list(pool.map(lambda path: judge(asked.program, asked.folder, path), paths))

    print("files: %d" % len(rows))
    for outcome, count in collections.Counter(r["outcome"] for r in rows).most_common():
        print("  %-11s %d" % (outcome, count))
    for row in rows:
        if row["outcome"] in ("panic", "abort", "hang"):
            print("  %s: %s %s" % (row["outcome"], row["file"], row["note"]))
    scored = [r for r in rows if r["f1"] is not None]
    if not scored:
        return
    low = [r for r in scored if r["f1"] < GOOD]
    unexplained = [r for r in low if not r["why"]]
    print("files in which pdftotext reads %d words or more: %d" % (ENOUGH_WORDS, len(scored)))
    print("  F1 median %.4f, mean %.4f" % (statistics.median(r["f1"] for r in scored), statistics.mean(r["f1"] for r in scored)))
    print("  under %.1f: %d (%.1f%%)" % (GOOD, len(low), 100 * len(low) / len(scored)))
    for why, count in collections.Counter(r["why"] for r in low if r["why"]).most_common():
        print("    %4d  %s" % (count, why))
    print("  read well or with a true reason: %.2f%%" % (100 - 100 * len(unexplained) / len(scored)))
    print("without a reason, by kind:")
    for kind, count in collections.Counter(r["guess"] for r in unexplained).most_common():
        print("    %4d  %s" % (count, kind))
    for row in sorted(unexplained, key=lambda r: (r["f1"], r["file"]))[:asked.worst]:
        print("%.3f %6d %-10s %s [%s] %s" % (row["f1"], row["words"], row["outcome"], row["file"], row["guess"], row["note"][:100]))
        if asked.left:
            print("        missing: %s" % " ".join(row["left"][0]))
            print("        extra:   %s" % " ".join(row["left"][1]))
    if asked.output:
        with open(asked.output, "w", encoding="utf-8") as file:
            print("file\toutcome\twords\tf1\treason\tguess\tnote", file=file)
            for r in rows:
                f1 = "" if r["f1"] is None else "%.4f" % r["f1"]
                print("\t".join(str(v) for v in (r["file"], r["outcome"], r["words"], f1, r["why"], r.get("guess", ""), r["note"])), file=file)


if __name__ == "__main__":
    sys.exit(main())
