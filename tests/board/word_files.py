"""Awkward Word files, each made here: python-docx, and raw XML for what it does not write."""

import io
import struct
import zipfile
import zlib
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm

W = nsdecls("w")


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def put(paragraph: Any, xml: str) -> None:
    paragraph._p.append(parse_xml(xml))


def notes_part(document: Any, kind: str, notes: dict[str, str]) -> None:
    """Footnotes or comments with these words, by id."""
    item = {"footnotes": "footnote", "comments": "comment"}[kind]
    rows = "".join(
        f'<w:{item} w:id="{number}" w:author="A"><w:p><w:r><w:t>{said}</w:t></w:r></w:p></w:{item}>'
        for number, said in notes.items()
    )
    for relation in document.part.rels.values():
        if relation.reltype == getattr(RELATIONSHIP_TYPE, kind.upper()):
            raise AssertionError("the template has one already")
    kind_of = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    blob = f'<?xml version="1.0"?><w:{kind} {W}>{rows}</w:{kind}>'.encode()
    part = Part(PackURI(f"/word/{kind}.xml"), kind_of, blob, document.part.package)
    document.part.relate_to(part, getattr(RELATIONSHIP_TYPE, kind.upper()))


def plain() -> bytes:
    """Headings, numbered paragraphs, recommendations, lists, a table with a caption, links, emphasis."""
    document = Document()
    document.add_paragraph("Letters", style="Title")
    document.add_heading("Recommendations", 1)
    document.add_paragraph("Agree the trial.", style="List Number")
    document.add_paragraph("Note the cost.", style="List Number")
    document.add_heading("Why", 1)
    paragraph = document.add_paragraph("1.\tIt is ")
    paragraph.add_run("bold").bold = True
    paragraph.add_run(" and ")
    paragraph.add_run("new").italic = True
    paragraph.add_run(": ")
    address = document.part.relate_to("https://example.org/a (b)", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    r = nsdecls("r")
    put(paragraph, f'<w:hyperlink {W} {r} r:id="{address}"><w:r><w:t>the page</w:t></w:r></w:hyperlink>')
    document.add_paragraph("a * b_c [d] <e>")
    document.add_paragraph("- no list, but it looks so")
    document.add_heading("Figures", 2)
    document.add_paragraph("Sums of the year", style="Caption")
    table(document, [["Name", "Sum"], ["A | B", "£5"]])
    return saved(document)


def table(document: Any, rows: list[list[str]]) -> Any:
    made = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, said in zip(made.add_row().cells, row, strict=True):
            cell.text = said
    return made


def tracked_changes() -> bytes:
    document = Document()
    paragraph = document.add_paragraph("It costs ")
    put(paragraph, f'<w:del {W} w:id="1" w:author="A"><w:r><w:delText>£5</w:delText></w:r></w:del>')
    put(paragraph, f'<w:ins {W} w:id="2" w:author="A"><w:r><w:t>£6</w:t></w:r></w:ins>')
    put(paragraph, f'<w:moveFrom {W} w:id="3" w:author="A"><w:r><w:t> gone</w:t></w:r></w:moveFrom>')
    put(paragraph, f'<w:moveTo {W} w:id="4" w:author="A"><w:r><w:t> a year.</w:t></w:r></w:moveTo>')
    return saved(document)


def footnotes() -> bytes:
    document = Document()
    notes_part(document, "footnotes", {"2": "From the report of 2021."})
    paragraph = document.add_paragraph("It was found")
    put(paragraph, f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>')
    put(paragraph, f"<w:r {W}><w:t>.</w:t></w:r>")
    return saved(document)


def merged_cells() -> bytes:
    document = Document()
    made = table(document, [["Year", "First", "Second"], ["2021", "1", "2"], ["2022", "3", "4"]])
    made.cell(0, 1).merge(made.cell(0, 2))
    made.cell(1, 0).merge(made.cell(2, 0))
    inner = made.cell(2, 2).add_table(1, 1)
    inner.cell(0, 0).text = "within"
    return saved(document)


def nested_lists() -> bytes:
    document = Document()
    document.add_paragraph("The team will:")
    document.add_paragraph("ask", style="List Bullet")
    for text, level in (("the councils", 1), ("each of them", 2), ("listen", 0)):
        paragraph = document.add_paragraph(text, style="List Bullet")
        properties = paragraph._p.get_or_add_pPr()
        style_number = document.styles["List Bullet"].element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        number = style_number.get(qn("w:val"))
        properties.append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'))
    document.add_heading("After", 1)
    document.add_paragraph("a list with nothing before it", style="List Bullet")
    return saved(document)


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def pictures() -> bytes:
    document = Document()
    document.add_paragraph("Before.")
    document.add_picture(io.BytesIO(png()), width=Cm(1))
    for shape in document.element.body.iter(qn("wp:docPr")):
        shape.set("descr", "A chart of calls")
    return saved(document)


def skipped_headings() -> bytes:
    document = Document()
    document.add_heading("First", 3)
    document.add_heading("Second", 1)
    document.add_heading("Third", 4)
    document.add_paragraph("Text.")
    return saved(document)


def empty() -> bytes:
    document = Document()
    document.add_paragraph("  ")
    return saved(document)


def huge_table() -> bytes:
    row = "<w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>"
    document = Document()
    document.add_paragraph("Before.")
    document.element.body.append(parse_xml(f"<w:tbl {W}>{row * 1500}</w:tbl>"))
    return saved(document)


def welsh_letters() -> bytes:
    document = Document()
    document.add_heading("Ŵy, ŷd a thŷ", 1)
    document.add_paragraph("Ŵyn â’r tô: „dyfyniad” – ac ẃ.\u00a0Diwedd\u200b.")
    return saved(document)


def boxes_and_comments() -> bytes:
    document = Document()
    document.add_paragraph("Text with ").add_run("a comment")
    paragraph = document.paragraphs[0]
    if hasattr(document, "add_comment"):
        document.add_comment(paragraph.runs, text="Is this so?", author="A")
    else:
        notes_part(document, "comments", {"0": "Is this so?"})
        put(paragraph, f'<w:r {W}><w:commentReference w:id="0"/></w:r>')
    box = f"<w:r {W}><w:pict><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    put(document.add_paragraph("Beside it"), box)
    document.sections[0].header.paragraphs[0].text = "Draft 3"
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    put(document.add_paragraph("So "), f"<m:oMath {math}><m:r><m:t>a=b</m:t></m:r></m:oMath>")
    return saved(document)


def repacked(content: bytes, changed: dict[str, bytes]) -> bytes:
    """The file with these parts put in or in the place of its own."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, said in changed.items():
            new.writestr(name, said)
    return stream.getvalue()


def bomb() -> bytes:
    return repacked(empty(), {"word/media/image1.bin": b"\0" * 30_000_000})


def entities() -> bytes:
    xml = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'
    return repacked(empty(), {"word/document.xml": xml})


def macros() -> bytes:
    return repacked(empty(), {"word/vbaProject.bin": b"x"})


def damaged() -> bytes:
    return repacked(empty(), {"word/document.xml": b"<w:document"})


def no_word() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("a.txt", "x")
    return stream.getvalue()
