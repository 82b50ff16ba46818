"""Uploaded pictures: PNG and JPEG read part by part and written anew without what is not the picture.

What a file is comes from its content, never from its name. Every part is checked (a PNG's sums and the size of its
unpacked lines; a JPEG's segments to its end) and only those that a browser needs to draw it are kept: no place, no
camera, no text, nothing after the end. A JPEG keeps which way is up. Other kinds are refused: SVG can hold script.
"""

import struct
import zlib
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LARGEST = 8 * 1024 * 1024  # bytes of a file
WIDEST = 12_000  # pixels of a side
MOST_PIXELS = 40_000_000
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"IDAT", b"IEND"}
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # values of one pixel, by a PNG's colour type
DEPTHS = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}
FRAMES = {0xC0, 0xC1, 0xC2}  # baseline, extended and progressive JPEG: what browsers draw
TABLES = {0xC4, 0xDB, 0xDD}
CONTENT_TYPES = {"png": "image/png", "jpeg": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class Checked:
    """A picture that was read to its end: `kind` is png or jpeg, the sides in pixels, `content` written anew."""

    kind: str
    width: int
    height: int
    content: bytes


class Broken(Exception):
    """The bytes are not a whole picture of their kind."""


def checked(content: bytes) -> Checked:
    """The picture in these bytes. Raises ValidationError with a sentence: too large, another kind, or damaged."""
    if len(content) > LARGEST:
        raise ValidationError(_("The file is too large: at most 8 MB."), code="large")
    try:
        if content.startswith(PNG):
            found = png(content)
        elif content.startswith(JPEG):
            found = jpeg(content)
        else:
            raise ValidationError(_("Choose a picture of the kind PNG or JPEG."), code="kind")
    except (Broken, struct.error, IndexError, zlib.error) as error:
        raise ValidationError(_("This file is damaged or is not a picture."), code="broken") from error
    return found


def sides(width: int, height: int) -> tuple[int, int]:
    """The sides of a picture. Raises Broken for none, ValidationError for too many pixels."""
    if not width or not height:
        raise Broken
    if max(width, height) > WIDEST or width * height > MOST_PIXELS:
        raise ValidationError(_("The picture has too many pixels: make it smaller."), code="pixels")
    return width, height


# --- PNG ------------------------------------------------------------------------------------------
def png(content: bytes) -> Checked:
    place, parts = len(PNG), [PNG]
    seen: list[bytes] = []
    packed = bytearray()
    while not seen or seen[-1] != b"IEND":
        length, name = struct.unpack_from(">I4s", content, place)
        data = content[place + 8 : place + 8 + length]
        (total,) = struct.unpack_from(">I", content, place + 8 + length)
        if len(data) != length or zlib.crc32(name + data) != total or (not seen and name != b"IHDR"):
            raise Broken
        if name not in PNG_KEPT and name[:1].isupper():
            raise Broken  # a part without which it cannot be drawn, and that no browser knows
        if name == b"IDAT":
            packed += data
        if name in PNG_KEPT:
            parts.append(content[place : place + 12 + length])
        if name == b"IHDR":
            if seen:
                raise Broken
            width, height, lines = header(data)
        seen.append(name)
        place += 12 + length
    if inflated(bytes(packed), lines) != lines:
        raise Broken
    return Checked("png", width, height, b"".join(parts))


def header(data: bytes) -> tuple[int, int, int]:
    """Width, height and the bytes of all lines unpacked; an interlaced picture has some more, for its seven passes."""
    width, height, depth, colour, packing, filtering, interlaced = struct.unpack(">IIBBBBB", data)
    if depth not in DEPTHS.get(colour, ()) or packing or filtering or interlaced > 1:
        raise Broken
    sides(width, height)
    passes = (
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
        if interlaced
        else [(0, 0, 1, 1)]
    )
    total = 0
    for left, top, across, down in passes:
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            total += rows * (1 + -(-columns * depth * SAMPLES[colour] // 8))
    return width, height, total


def inflated(packed: bytes, limit: int) -> int:
    """How many bytes these unpack to, a piece at a time; no more than one above `limit` is unpacked."""
    unpacker, count = zlib.decompressobj(), 0
    for place in range(0, len(packed), 16_384):
        count += len(unpacker.decompress(packed[place : place + 16_384], limit - count + 1))
        if count > limit:
            return count
    if not unpacker.eof:
        raise Broken
    return count


# --- JPEG -----------------------------------------------------------------------------------------
def jpeg(content: bytes) -> Checked:
    place, parts = 2, [content[:2]]
    size, turned, scanned = None, 0, False
    while True:
        if content[place] != 0xFF:
            raise Broken
        marker = content[place + 1]
        if marker == 0xFF:  # padding
            place += 1
            continue
        if marker == 0xD9:
            break
        (length,) = struct.unpack_from(">H", content, place + 2)
        end = place + 2 + length
        if length < 2 or end > len(content):
            raise Broken
        segment = content[place:end]
        place = end
        if marker in FRAMES:
            height, width = struct.unpack_from(">HH", segment, 5)
            size = sides(width, height)
            parts.append(segment)
        elif marker in TABLES or marker == 0xEE:  # 0xEE says how the colours are to be read
            parts.append(segment)
        elif marker == 0xE1:
            turned = turned or orientation(segment[4:])
        elif marker == 0xDA:
            if size is None:
                raise Broken
            stop = after_scan(content, end)
            parts.append(segment + content[end:stop])
            place, scanned = stop, True
        elif not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            raise Broken
    if size is None or not scanned:
        raise Broken
    if 2 <= turned <= 8:
        parts.insert(1, upright(turned))
    return Checked("jpeg", *(size[::-1] if 5 <= turned <= 8 else size), b"".join(parts) + b"\xff\xd9")


def after_scan(content: bytes, place: int) -> int:
    """Where the coded lines end: at a marker that is no stuffed zero and no restart."""
    while True:
        place = content.find(b"\xff", place)
        if place < 0:
            raise Broken
        following = content[place + 1]
        if following != 0 and not 0xD0 <= following <= 0xD7 and following != 0xFF:
            return place
        place += 1 if following == 0xFF else 2


def orientation(data: bytes) -> int:
    """Which way is up (1 to 8) by the camera's note; 0 where it says nothing that can be read."""
    if not data.startswith(b"Exif\0\0"):
        return 0
    note = data[6:]
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(note[:4])
    if order is None:
        return 0
    try:
        (first,) = struct.unpack_from(f"{order}I", note, 4)
        (count,) = struct.unpack_from(f"{order}H", note, first)
        for number in range(count):
            name, kind, _many, value = struct.unpack_from(f"{order}HHIH", note, first + 2 + 12 * number)
            if name == 0x0112 and kind == 3:
                return value if 1 <= value <= 8 else 0
    except struct.error:
        return 0
    return 0


def upright(turned: int) -> bytes:
    """A camera's note that says which way is up and nothing else."""
    note = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, turned, 0, 0)
    return struct.pack(">BBH", 0xFF, 0xE1, len(note) + 2) + note
