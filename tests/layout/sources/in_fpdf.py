"""Nodes drawn with fpdf2: plain pages as a small program makes them."""

from model import Cell


def write(pdf, node, look):
    """One node at the cursor, over the whole width; `look` gives (style, size, line, space after) by kind or style."""
    key = node.style if node.style in look else {"heading": f"h{node.level}"}.get(node.kind, node.kind)
    style, size, line, after = look[key]
    pdf.set_font(style=style, size=size)
    if node.kind == "heading" and pdf.will_page_break(4 * line):
        pdf.add_page()
    if node.kind == "item":
        left = pdf.l_margin
        pdf.set_x(left + 5 + 6 * node.depth)
        pdf.cell(5, line, f"{node.number}." if node.ordered else "•" if node.depth == 0 else "–")
        pdf.multi_cell(0, line, node.text, align="L", new_x="LMARGIN", new_y="NEXT")
    else:
        pdf.multi_cell(0, line, node.text, align="C" if node.kind == "title" else "L", new_x="LMARGIN", new_y="NEXT", markdown=True)
    pdf.ln(after)


def table(pdf, node, size, line):
    from fpdf.fonts import FontFace

    pdf.set_font(style="", size=size)
    ruled = "bare" not in node.style
    more = {"borders_layout": "ALL" if ruled else "NONE", "line_height": line, "text_align": "LEFT", "width": pdf.epw, "first_row_as_headings": node.head > 0, "repeat_headings": 0 if "once" in node.style else 1}
    if node.widths:
        more["col_widths"] = tuple(node.widths)
    if node.head:
        more["headings_style"] = FontFace(emphasis="BOLD", fill_color=(225, 225, 225) if ruled else None)
    with pdf.table(**more) as drawn:
        for row in node.rows:
            line_ = drawn.row()
            for cell in row:
                cell = cell if isinstance(cell, Cell) else Cell(cell)
                line_.cell(cell.text, colspan=cell.cols, rowspan=cell.rows)
    pdf.ln(3)
