"""PDFs put together, pages turned, as a secretary with a merge tool does it."""

import pikepdf


def parts(doc, marker="--- annex"):
    """The document as two or more that share its nodes: each `raw` node with the marker begins another."""
    out = [[]]
    for node in doc.nodes:
        if node.kind == "raw" and node.text == marker:
            out.append([])
        else:
            out[-1].append(node)
    return [doc.part(nodes) for nodes in out]


def merged(pdfs, out):
    file = pikepdf.new()
    for pdf in pdfs:
        with pikepdf.open(pdf) as source:
            file.pages.extend(source.pages)
    file.save(out, deterministic_id=True)
    return out


def turned(pdf, out):
    """The landscape pages as portrait sheets with turned content and /Rotate 90, as scanners and some printers leave them."""
    with pikepdf.open(pdf) as file:
        for page in file.pages:
            _, _, width, height = (float(n) for n in page.mediabox)
            if width > height:
                page.contents_add(f"q 0 1 -1 0 {height} 0 cm".encode(), prepend=True)
                page.contents_add(b"Q")
                page.obj.MediaBox = pikepdf.Array([0, 0, height, width])
                for box in ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox"):
                    if box in page.obj:
                        del page.obj[box]
                page.obj.Rotate = 90
        file.save(out, deterministic_id=True)
    return out
