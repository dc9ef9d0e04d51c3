"""A table as a LibreOffice Calc sheet, printed with its grid: the annex that comes out of a spreadsheet."""

import os
import subprocess
from xml.sax.saxutils import escape


def calc(name, lines, table, widths, work, landscape=True, foot="Pagina"):
    """Prints lines of text in the first column, and below them the table (its rows as a grid) with borders."""
    columns = "".join(f'<table:table-column table:style-name="co{at}"/>' for at in range(len(widths)))
    styles = "".join(f'<style:style style:name="co{at}" style:family="table-column"><style:table-column-properties style:column-width="{w}cm"/></style:style>' for at, w in enumerate(widths))
    rows = ""
    for style, text in lines:
        rows += f'<table:table-row table:style-name="ro"><table:table-cell table:style-name="{style}" office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell></table:table-row>'
    rows += "<table:table-header-rows>" if table.head else ""
    for at, row in enumerate(table.grid()):
        style = "head" if at < table.head else "cell"
        rows += '<table:table-row table:style-name="ro">' + "".join(f'<table:table-cell table:style-name="{style}" office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>' for cell in row) + "</table:table-row>"
        rows += "</table:table-header-rows>" if table.head and at + 1 == table.head else ""
    width, height, turn = ("29.7cm", "21cm", "landscape") if landscape else ("21cm", "29.7cm", "portrait")

    def cell(name, more, text=""):
        return f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties {more}/><style:text-properties fo:font-family="Liberation Sans" {text}/></style:style>'

    source = work / "sheet.fods"
    source.write_text(
        f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles>{styles}
<style:page-layout style:name="PL"><style:page-layout-properties fo:page-width="{width}" fo:page-height="{height}" style:print-orientation="{turn}" fo:margin="1.8cm"/><style:header-style><style:header-footer-properties fo:min-height="0.7cm"/></style:header-style><style:footer-style><style:header-footer-properties fo:min-height="0.7cm"/></style:footer-style></style:page-layout>
<style:style style:name="ro" style:family="table-row"><style:table-row-properties style:use-optimal-row-height="true"/></style:style>
<style:style style:name="ta" style:family="table" style:master-page-name="M"/>
{cell("big", 'fo:wrap-option="no-wrap"', 'fo:font-size="14pt" fo:font-weight="bold"')}{cell("line", 'fo:wrap-option="no-wrap"', 'fo:font-size="9pt"')}
{cell("head", 'fo:wrap-option="wrap" fo:border="0.5pt solid #000000" fo:background-color="#dddddd" style:vertical-align="top"', 'fo:font-size="9pt" fo:font-weight="bold"')}
{cell("cell", 'fo:wrap-option="wrap" fo:border="0.5pt solid #000000" style:vertical-align="top"', 'fo:font-size="9pt"')}
</office:automatic-styles>
<office:master-styles><style:master-page style:name="M" style:page-layout-name="PL"><style:header><text:p>{escape(name)}</text:p></style:header><style:footer><text:p>{foot} <text:page-number>1</text:page-number></text:p></style:footer></style:master-page></office:master-styles>
<office:body><office:spreadsheet><table:table table:name="{escape(name)}" table:style-name="ta">{columns}{rows}</table:table></office:spreadsheet></office:body></office:document>""",
        encoding="utf-8",
    )
    env = os.environ | {"SOURCE_DATE_EPOCH": "1700000000"}
    subprocess.run(["soffice", f"-env:UserInstallation=file://{work / 'office'}", "--headless", "--convert-to", "pdf:calc_pdf_Export", "--outdir", str(work / "calc"), str(source)], check=True, capture_output=True, env=env, timeout=180)
    return work / "calc" / "sheet.pdf"
