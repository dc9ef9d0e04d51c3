#!/usr/bin/env python3
"""Makes the labelled set: every `sources/doc_*.py` gives a document, printed to NAME.pdf with its truth in NAME.json.

Usage: LAYOUT_FONTS=FOLDER make.py [NAME …]. Not run by CI; README.md says what has to be installed.
"""

import importlib
import os
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).absolute().parent
sys.path.insert(0, str(HERE / "sources"))

from model import save  # noqa: E402


def main():
    wanted = sys.argv[1:]
    fonts = os.environ["LAYOUT_FONTS"]
    settings = Path(tempfile.mkdtemp()) / "fonts.conf"
    settings.write_text(f'<fontconfig><include>/etc/fonts/fonts.conf</include><dir>{fonts}</dir></fontconfig>', encoding="utf-8")
    os.environ["FONTCONFIG_FILE"] = str(settings)
    for source in sorted((HERE / "sources").glob("doc_*.py")):
        name = source.stem[4:].replace("_", "-")
        if wanted and name not in wanted:
            continue
        module = importlib.import_module(source.stem)
        doc = module.build()
        assert doc.name == name, (doc.name, name)
        with tempfile.TemporaryDirectory() as work:
            pdf = module.render(doc, Path(work))
            if any(node.kind == "toc" for node in doc.nodes):
                doc.truth(pdf)
                pdf = module.render(doc, Path(work))
            complaints = save(doc, pdf, HERE)
        size = (HERE / f"{name}.pdf").stat().st_size // 1024
        print(f"{name}: {size} KB" + "".join(f"\n  {line}" for line in complaints))


main()
