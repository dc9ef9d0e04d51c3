#!/usr/bin/env python3
"""Forms of the rules that occur in exactly one of the documents of this repository.

A form that only one document uses may have been taken from that document: then it is right where it was found and idle everywhere else. This
lists such forms, so that a reviewer can say of each why it is general Dutch; `forms_of_one_sample.md` keeps what was said.

    cargo build
    python3 tests/forms_of_one_sample.py              forms by group, with their document
    python3 tests/forms_of_one_sample.py --new        only those that forms_of_one_sample.md does not name; exit code 1 when there are
    python3 tests/forms_of_one_sample.py --program target/release/plantoets

Looks at the concepts, triggers and roles of checks/taal and at the word lists of the rule files; municipalities, word fields and the learnt
weights are left out. Matching is a little coarser than that of the program (hyphens and full stops inside a word are dropped; exceptions
are counted as forms of their own), which is enough to know where a form comes from.
"""

import argparse
import functools
import re
import subprocess
import sys
import tomllib
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "tests" / "forms_of_one_sample.md"
LEFT_OUT = {"gemeenten.toml", "woordvelden.toml", "afkortingen.toml", "zinsbouw.toml"}
LABEL = 14  # columns that `plantoets text` puts before the words of a block


def fold(text):
    """Without diacritics, hyphens, apostrophes and the full stops inside a word."""
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = text.replace("\u00ad", "").replace("’", "'")
    return re.sub(r"(?<=\w)[-'.](?=\w)|(?<=\b\w)\.(?= |$)", "", text)


def words(program, document):
    """What the program reads in a document: one line per sentence or cell, words apart by one space."""
    done = subprocess.run([program, "text", document], capture_output=True, text=True, check=True)
    lines = []
    for line in done.stdout.splitlines()[1:]:
        for part in re.split(r"[.;:?!|]+(?=\s|$)", fold(line[LABEL:])):
            tokens = re.findall(r"\w+|%", part)
            if tokens:
                lines.append(" " + " ".join(tokens) + " ")
    return "\n".join(lines)


def alternative(text):
    exact = text.startswith("=")
    text = text.lstrip("=^").rstrip("$")
    begins, ends = text.endswith("*"), text.startswith("*")
    core = re.escape("".join(re.findall(r"\w", fold(text.strip("*")))))
    core = r"\d+" if text == "#" else core
    if not core:
        return None
    core = (r"\w*" if ends else "") + core + (r"\w*" if begins else "")
    return f"(?-i:{core})" if exact else core


def expression(form, concepts, inside=()):
    """A form as a regular expression over the lines of `words`; None when nothing is left of it."""
    out = ""
    for token in form.lstrip("!").split():
        gap = re.fullmatch(r"\.\.\.(\d*)", token)
        if gap:
            out += r"(?:\w+ ){0,%s}?" % (gap[1] or "12")
            continue
        optional, token = token.endswith("?"), token.rstrip("?")
        parts = []
        for part in re.split(r"(?<!\\)/", token):
            if part.startswith("@"):
                name = part[1:]
                if name in inside or name not in concepts:
                    continue
                found = [expression(f, concepts, inside + (name,)) for f in concepts[name] if not f.startswith("!")]
                parts += [f for f in found if f]
            else:
                one = alternative(part.replace("\\/", "/"))
                parts += [one + " "] if one else []
        if parts:
            out += "(?:" + "|".join(parts) + ")" + ("?" if optional else "")
    return out or None


def lists(value, path=()):
    """All lists of strings inside a table, with the keys that lead there."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from lists(inner, path + (key,))
    elif isinstance(value, list):
        if value and all(isinstance(v, str) for v in value):
            yield path, value
        else:
            for inner in value:
                yield from lists(inner, path)


def groups():
    """Name of a concept or element, with its forms."""
    found = {}
    for file in sorted((ROOT / "checks" / "taal").glob("*.toml")):
        if file.name in LEFT_OUT:
            continue
        for path, forms in lists(tomllib.loads(file.read_text(encoding="utf-8"))):
            found.setdefault(f"{file.stem}: {path[1] if len(path) > 1 else path[0]}", []).extend(forms)
    for file in sorted((ROOT / "checks").glob("*/*/?-*.toml")):
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        kept = {key: table.get(key, {}) for key in ("belongs", "test", "pattern")}
        for _, forms in lists(kept):
            name = f"{file.parent.name}.{file.name[0]}"
            found.setdefault(name, []).extend(f for f in forms if not f.startswith("@") and "-" not in f[:1])
    return {name: list(dict.fromkeys(forms)) for name, forms in found.items()}


def concepts():
    found = {}
    for file in (ROOT / "checks" / "taal").glob("*.toml"):
        for name, table in tomllib.loads(file.read_text(encoding="utf-8")).get("concept", {}).items():
            found[name] = table.get("forms", [])
    return found


def documents(program):
    files = [*ROOT.glob("samples/*/document.*"), *ROOT.glob("tests/documents/*/document.*"), *ROOT.glob("tests/unseen/*/document.*")]
    return {file.parent.name: words(program, file) for file in sorted(files)}


def once(texts):
    """Per group the forms that occur in one document, with that document."""
    known = concepts()

    @functools.cache
    def where(form):
        pattern = expression(form, known)
        if pattern is None or form.startswith("@"):
            return ()
        compiled = re.compile("(?<= )" + pattern, re.IGNORECASE)
        found = []
        for name, text in texts.items():
            if compiled.search(text):
                found.append(name)
                if len(found) > 1:
                    break
        return tuple(found)

    out = {}
    for group, forms in groups().items():
        alone = [(form, where(form)[0]) for form in forms if len(where(form)) == 1]
        if alone:
            out[group] = alone
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program", default=ROOT / "target" / "debug" / "plantoets")
    parser.add_argument("--new", action="store_true", help="only forms that forms_of_one_sample.md does not name")
    asked = parser.parse_args()
    kept = KEPT.read_text(encoding="utf-8") if asked.new and KEPT.is_file() else ""
    found = once(documents(asked.program))
    said = 0
    for group, forms in found.items():
        forms = [(form, document) for form, document in forms if f"`{form}`" not in kept]
        if forms:
            print(f"{group}: " + ", ".join(f"`{form}` {document}" for form, document in forms))
            said += len(forms)
    print(f"{said} forms in {len(found)} groups", file=sys.stderr)
    return 1 if asked.new and said else 0


if __name__ == "__main__":
    sys.exit(main())
