"""Text boxes drawn with cairo: a box breaks its own lines and stacks its blocks from the top."""

import cairocffi


class Sheets:
    """Sheets of one size in centimetres, written to a PDF."""

    def __init__(self, path, width, height):
        self.unit = 72 / 2.54
        self.height = height
        surface = cairocffi.PDFSurface(str(path), width * self.unit, height * self.unit)
        self.surface, self.cairo = surface, cairocffi.Context(surface)

    def font(self, family, size, bold=False, italic=False):
        weight = cairocffi.FONT_WEIGHT_BOLD if bold else cairocffi.FONT_WEIGHT_NORMAL
        self.cairo.select_font_face(family, cairocffi.FONT_SLANT_ITALIC if italic else cairocffi.FONT_SLANT_NORMAL, weight)
        self.cairo.set_font_size(size)

    def lines(self, text, width):
        lines, line = [], ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if line and self.cairo.text_extents(longer)[4] > width:
                lines.append(line)
                longer = word
            line = longer
        return lines + [line]

    def ground(self, x, y, width, height, colour):
        self.cairo.set_source_rgb(*colour)
        self.cairo.rectangle(x * self.unit, y * self.unit, width * self.unit, height * self.unit)
        self.cairo.fill()

    def box(self, x, y, width, blocks):
        """Draws blocks of (text, family, size, bold, colour, indent mark, space after) from the top; returns where it ended."""
        x, y, width = x * self.unit, y * self.unit, width * self.unit
        for text, family, size, bold, colour, mark, after in blocks:
            self.font(family, size, bold)
            self.cairo.set_source_rgb(*colour)
            indent = size * 1.3 if mark else 0
            for at, line in enumerate(self.lines(text, width - indent)):
                y += size * 1.3
                if mark and at == 0:
                    self.cairo.move_to(x, y)
                    self.cairo.show_text(mark)
                self.cairo.move_to(x + indent, y)
                self.cairo.show_text(line)
            y += after
        return y / self.unit

    def rule(self, x1, y1, x2, y2):
        self.cairo.set_source_rgb(0.3, 0.3, 0.3)
        self.cairo.set_line_width(0.7)
        self.cairo.move_to(x1 * self.unit, y1 * self.unit)
        self.cairo.line_to(x2 * self.unit, y2 * self.unit)
        self.cairo.stroke()

    def next(self):
        self.cairo.show_page()
