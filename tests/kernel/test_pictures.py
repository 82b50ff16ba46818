"""Uploaded pictures: known by their content, written anew without what is not the picture."""

import struct
import zlib

import pytest
from django.core.exceptions import ValidationError

from wlga_portal.kernel import pictures
from wlga_portal.kernel.pictures import JPEG, PNG, checked


def part(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(
    width=3, height=2, *, depth=8, colour=2, interlaced=0, lines=None, extra=b"", packing=0, start=b"", end=True
) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, colour, packing, 0, interlaced)
    if lines is None:
        lines = b"".join(b"\0" + b"\x10" * (width * 3) for _ in range(height))
    tail = part(b"IEND", b"") if end else b""
    return PNG + start + part(b"IHDR", header) + extra + part(b"IDAT", zlib.compress(lines)) + tail


def segment(marker: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def exif(turned: int, order: str = ">") -> bytes:
    """A camera's note with which way is up and a place."""
    mark = b"MM\0*" if order == ">" else b"II*\0"
    rows = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, turned, 0) + struct.pack(f"{order}HHII", 0x8825, 4, 1, 99)
    return b"Exif\0\0" + mark + struct.pack(f"{order}IH", 8, 2) + rows + b"the place"


def jpeg(width=20, height=10, *, note=b"", frame=0xC0, scan=b"\x01\xff\x00\x02\xff\xd0\x03", tail=b"") -> bytes:
    size = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\0"
    return (
        b"\xff\xd8"
        + segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
        + (segment(0xE1, note) if note else b"")
        + segment(0xFE, b"a comment with a name")
        + segment(0xDB, b"\0" + b"\x01" * 64)
        + segment(frame, size)
        + segment(0xC4, b"\0" * 17)
        + segment(0xDA, b"\x01\x01\0\0\x3f\0")
        + scan
        + b"\xff\xd9"
        + tail
    )


def refused(content: bytes) -> str:
    with pytest.raises(ValidationError) as caught:
        checked(content)
    return str(caught.value.code)


def test_a_png_keeps_what_draws_it_and_nothing_else():
    extra = part(b"gAMA", b"\0\0\xb1\x8f") + part(b"tEXt", b"Author\0Somebody") + part(b"eXIf", b"the place")
    found = checked(png(extra=extra) + b"<script>after the end</script>")
    assert (found.kind, found.width, found.height) == ("png", 3, 2)
    assert found.content == png(extra=part(b"gAMA", b"\0\0\xb1\x8f"))
    assert checked(found.content) == found


@pytest.mark.parametrize(("width", "height", "lines"), [(1, 1, 4), (3, 2, 1 * 4 + 1 * 4 + 1 * 4 + 1 * 10), (8, 8, 207)])
def test_an_interlaced_png_is_measured_by_its_passes(width, height, lines):
    assert checked(png(width, height, interlaced=1, lines=b"\0" * lines)).width == width
    assert refused(png(width, height, interlaced=1, lines=b"\0" * (lines + 1))) == "broken"


@pytest.mark.parametrize(("colour", "depth", "line"), [(0, 1, 2), (3, 4, 3), (4, 8, 7), (6, 16, 25), (2, 8, 10)])
def test_the_lines_of_a_png_are_as_long_as_its_header_says(colour, depth, line):
    assert checked(png(3, 1, colour=colour, depth=depth, lines=b"\0" * line)).height == 1
    assert refused(png(3, 1, colour=colour, depth=depth, lines=b"\0" * (line - 1))) == "broken"


@pytest.mark.parametrize(
    "content",
    [
        png()[:-3],
        png(end=False),
        png().replace(b"IDAT", b"IDAX"),
        png(extra=part(b"CODE", b"x")),
        png(extra=part(b"IHDR", b"\0" * 13)),
        png(start=part(b"gAMA", b"\0\0\xb1\x8f")),
        png(depth=3),
        png(packing=1),
        png(interlaced=2),
        png(0, 2),
        PNG,
        PNG
        + part(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
        + part(b"IDAT", b"no zip")
        + part(b"IEND", b""),
        PNG + part(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)) + part(b"IEND", b""),
    ],
)
def test_a_damaged_png_is_refused(content):
    assert refused(content) == "broken"


def test_a_png_that_unpacks_to_more_than_it_says_is_refused_early():
    bomb = png(1, 1, lines=b"\0" * 30_000_000)
    assert len(bomb) < 40_000
    assert refused(bomb) == "broken"


def test_a_jpeg_keeps_its_lines_and_which_way_is_up_and_nothing_else():
    found = checked(jpeg(note=exif(6), tail=b"after the end"))
    assert (found.kind, found.width, found.height) == ("jpeg", 10, 20)  # turned
    for secret in (b"the place", b"a comment", b"JFIF", b"after the end"):
        assert secret not in found.content
    assert b"\x01\xff\x00\x02\xff\xd0\x03\xff\xd9" in found.content
    assert checked(found.content) == found
    assert checked(jpeg(note=exif(3, "<"))).width == 20


@pytest.mark.parametrize(
    "note", [b"http://ns.adobe.com/xap", b"Exif\0\0XX", b"Exif\0\0MM\0*\0\0\xff\xff", exif(1), exif(77), exif(6)[:20]]
)
def test_a_note_that_says_nothing_of_the_way_up_turns_nothing(note):
    found = checked(jpeg(note=note))
    assert (found.width, found.height) == (20, 10)
    assert b"Exif" not in found.content


@pytest.mark.parametrize(
    "content",
    [
        JPEG,
        jpeg()[:-2],
        jpeg()[:40],
        jpeg(frame=0xC9),  # a coding that browsers do not draw
        jpeg(scan=b"\x01\x02\xff\x01"),
        jpeg(0, 10),
        b"\xff\xd8" + segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x01\xff\xd9",
        b"\xff\xd8" + segment(0xC0, struct.pack(">BHHB", 8, 1, 1, 1)) + b"\xff\xd9",
        b"\xff\xd8\xff\xe0\0\x01",
        b"\xff\xd8\xff\xff\xff\xe0\0\x02\x00",
    ],
)
def test_a_damaged_jpeg_is_refused(content):
    assert refused(content) == "broken"


def test_padding_between_the_segments_of_a_jpeg_is_passed_over():
    padded = jpeg().replace(b"\xff\xdb", b"\xff\xff\xdb", 1).replace(b"\x02\xff\xd0", b"\x02\xff\xff\xd0", 1)
    assert checked(padded).width == 20


@pytest.mark.parametrize(
    "content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", b"MZ\x90", b"", b"%PDF-1.7"]
)
def test_other_kinds_are_refused_by_their_content(content):
    assert refused(content) == "kind"


def test_what_is_too_large_is_refused():
    assert refused(b"\0" * (pictures.LARGEST + 1)) == "large"
    assert refused(png(12_001, 1, lines=b"")) == "pixels"
    assert refused(jpeg(12_000, 12_000)) == "pixels"
