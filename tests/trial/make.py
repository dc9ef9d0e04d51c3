#!/usr/bin/env python3
"""Makes a batch to try the program on: dossiers copied from the samples under other names, each document with bytes of its own.

    python3 tests/trial/make.py FOLDER [--count 160] [--poison]

The same call makes the same bytes. With --poison ten of the dossiers get a document that is damaged, hostile or odd; the others stay
as they are without it.
"""
import argparse
import hashlib
import pathlib
import re
import shutil
import struct
import sys
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
LOOSE = 6
"""So many of the dossiers are a PDF without a description."""


def sources():
    """The folders that are copied: those of which the description names a PDF."""
    folders = sorted((ROOT / "samples").iterdir()) + sorted((ROOT / "tests/documents").iterdir())
    return [f for f in folders if (f / "document.pdf").is_file() and '"document.pdf"' in (f / "dossier.toml").read_text("utf-8")]


def fresh(source, n):
    """The document with bytes that no other copy has: a comment behind the end changes nothing that is read."""
    return (source / "document.pdf").read_bytes() + f"\n% afschrift {n}\n".encode()


def make(folder, count, poison):
    """Fills the folder; returns per dossier its path in the folder and the poison in it, if any."""
    from_where = sources()
    folder.mkdir(parents=True)
    made = []
    rows = []
    for n in range(count - LOOSE):
        source = from_where[n % len(from_where)]
        home = folder / f"{n + 1:03d}-{source.name}"
        shutil.copytree(source, home, ignore=shutil.ignore_patterns("truth.json", "document.*"))
        description = (home / "dossier.toml").read_text("utf-8")
        sector = re.search(r'nummer = "(PO|VO)', description)
        number = f"{sector[1] if sector else 'PO'}{4000 + n}"
        description = re.sub(r'nummer = "[^"]*"', f'nummer = "{number}"', description, count=1)
        description = re.sub(r'naam = "([^"]*)"', rf'naam = "\1 {n + 1}"', description, count=1)
        (home / "dossier.toml").write_text(description, "utf-8")
        (home / "document.pdf").write_bytes(fresh(source, n))
        made.append((home, None))
        if n % 15 == 0:
            # A day that the description need not give, written as people do; and a name that needs another alphabet than ASCII.
            rows.append(f"{number};Samenwerkingsverband Súdwest {n + 1};;;{1 + n % 28}-5-2014")
    for n, source in enumerate(from_where[:LOOSE]):
        file = folder / "los" / f"plan {n + 1}.pdf"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(fresh(source, count + n))
        made.append((file, None))
    (folder / "swv.csv").write_bytes("\r\n".join(["nummer;naam;sector;gemeenten;ontvangen", *rows, ""]).encode("cp1252"))
    if poison:
        described = count - LOOSE
        victims = [described * (2 * n + 1) // (2 * len(POISONS)) for n in range(len(POISONS))]
        for at, (name, brew) in zip(victims, POISONS.items()):
            home = made[at][0]
            file = home / "document.pdf"
            bytes_before = file.read_bytes()
            if name == "pad met spaties en é":
                file.unlink()
                file = home / "map één" / "plan é (definitief) 2.pdf"
                file.parent.mkdir()
                description = (home / "dossier.toml").read_text("utf-8")
                (home / "dossier.toml").write_text(description.replace("document.pdf", f"{file.parent.name}/{file.name}"), "utf-8")
            file.write_bytes(brew(bytes_before))
            made[at] = (home, name)
    return made


# Small PDFs, object by object.


def pdf(objects, trailer=b"", stray=b""):
    """A PDF of numbered objects, the first of which is the catalog."""
    out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    out += stray
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer % {b"start": start}, start)
    return bytes(out)


def stream(data, more=b""):
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), more, data)


def page(content, resources=b"", more=b""):
    """Catalog, tree, a page with font /F, its content."""
    return [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % more,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> %s >> >>" % resources,
        content,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]


WORDS = b"BT /F 11 Tf 60 700 Td (De ondersteuningsplanraad stemde op 14 april 2014 in met het plan.) Tj ET"


def truncated(whole):
    return whole[: len(whole) * 2 // 5]


def zip_bomb(_):
    """A page of a gibibyte of white space, deflated twice: some kilobytes."""
    outer = zlib.compressobj(9)
    inner = zlib.compressobj(1)
    blank = b" " * (1 << 20)
    packed = b"".join(outer.compress(inner.compress(blank)) for _ in range(1024)) + outer.compress(inner.flush()) + outer.flush()
    return pdf(page(stream(packed, b"/Filter [/FlateDecode /FlateDecode]")))


def deep_nesting(_):
    """Arrays in arrays, and forms that draw the next form, thousands deep."""
    depth = 5000
    nested = b"[" * 100_000 + b"]" * 100_000
    objects = page(stream(WORDS + b" /X Do " + nested + b" Do"), b"/XObject << /X 6 0 R >>", b"/Diep " + nested)
    for n in range(depth):
        link = b"/Resources << /XObject << /X %d 0 R >> >>" % (7 + n) if n + 1 < depth else b""
        objects.append(stream(b"q 1 0 0 1 0 0 cm /X Do Q", b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] " + link))
    return pdf(objects)


def xref_loop(_):
    """A table of objects that names itself as its forerunner, and a tree of pages that comes back to its root."""
    objects = page(stream(WORDS))
    objects[1] = b"<< /Type /Pages /Kids [2 0 R 3 0 R 2 0 R] /Count 3 /Parent 2 0 R >>"
    return pdf(objects, b"/Prev %(start)d")


def picture_named_pdf(_):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes((x ^ y) & 255 for x in range(64)) for y in range(64))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 64, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def scanned(_):
    """A page that is one picture."""
    width, height = 620, 877
    rows = b"".join(bytes(255 if (x * 7 + y * 13) % 31 else 0 for x in range(width)) for y in range(height))
    about = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode"
    image = stream(zlib.compress(rows), about % (width, height))
    return pdf([*page(stream(b"q 595 0 0 842 0 0 cm /I Do Q"), b"/XObject << /I 6 0 R >>"), image])


def rc4(key, data):
    s = list(range(256))
    j = 0
    for i in range(256):
        j = (j + s[i] + key[i % len(key)]) & 255
        s[i], s[j] = s[j], s[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) & 255
        j = (j + s[i]) & 255
        s[i], s[j] = s[j], s[i]
        out.append(byte ^ s[(s[i] + s[j]) & 255])
    return bytes(out)


def locked(user_password):
    """Encrypted as of old: RC4 with 40 bits (ISO 32000-1, 7.6.3, revision 2)."""
    pad = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    owner = rc4(hashlib.md5((b"eigenaar" + pad)[:32]).digest()[:5], (user_password + pad)[:32])
    permissions, name = -4, hashlib.md5(b"plan").digest()
    key = hashlib.md5((user_password + pad)[:32] + owner + struct.pack("<i", permissions) + name).digest()[:5]
    objects = page(b"")
    content = rc4(hashlib.md5(key + struct.pack("<I", 4)[:3] + b"\0\0").digest()[:10], WORDS)
    objects[3] = stream(content)
    lock = (permissions, owner.hex().encode(), rc4(key, pad).hex().encode())
    objects.append(b"<< /Filter /Standard /V 1 /R 2 /P %d /O <%s> /U <%s> >>" % lock)
    return pdf(objects, b"/Encrypt %d 0 R /ID [<%s> <%s>]" % (len(objects), name.hex().encode(), name.hex().encode()))


POISONS = {
    "afgekapt": truncated,
    "versleuteld, zonder wachtwoord te openen": lambda _: locked(b""),
    "zipbom": zip_bomb,
    "diep genest": deep_nesting,
    "inhoudstabel in een kring": xref_loop,
    "leeg": lambda _: b"",
    "een PNG": picture_named_pdf,
    "met een wachtwoord": lambda _: locked(b"geheim"),
    "gescand": scanned,
    "pad met spaties en é": lambda whole: whole,
}
"""What is put in the place of a document: from the document that was there."""


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--count", type=int, default=160, help="number of dossiers")
    arguments.add_argument("--poison", action="store_true", help="spoil ten of them")
    given = arguments.parse_args()
    if given.folder.exists():
        sys.exit(f"{given.folder} is there already")
    for path, poison in make(given.folder, given.count, given.poison):
        if poison:
            print(f"{path.name}: {poison}")


if __name__ == "__main__":
    main()
