"""The demonstration's posts: invented, marked, with a picture that is drawn here."""

import struct
import zlib
from datetime import timedelta
from typing import Any

from django.utils import timezone

from wlga_portal.kernel.pictures import PNG, checked

from .actions import picture_add, post_advance, post_create
from .loading import texts
from .models import Post, Project, Tag

WALL, NOTES = (226, 232, 230), ((244, 181, 44), (31, 122, 77), (13, 95, 95), (181, 101, 11))
WIDE, HIGH, NOTE, GAP = 660, 260, 60, 20


def part(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def wall() -> bytes:
    """A PNG of three rows of coloured notes on a wall."""
    lines = bytearray()
    for y in range(HIGH):
        row, lines_of_note = divmod(y - GAP, NOTE + GAP)
        lines += b"\0"
        for x in range(WIDE):
            column, within = divmod(x - GAP, NOTE + GAP)
            noted = 0 <= row < 3 and lines_of_note < NOTE and column >= 0 and within < NOTE
            lines += bytes(NOTES[0 if row == 0 else (row * 5 + column * 3) % 4] if noted else WALL)
    header = struct.pack(">IIBBBBB", WIDE, HIGH, 8, 2, 0, 0, 0)
    return PNG + part(b"IHDR", header) + part(b"IDAT", zlib.compress(bytes(lines))) + part(b"IEND", b"")


def load_posts(demo: dict[str, Any], people: dict[str, Any]) -> None:
    """Load `demo["posts"]` in the transaction of the demonstration's plan."""
    tags = {
        fact["slug"]["en"]: Tag.objects.create(
            slug_en=fact["slug"]["en"], slug_cy=fact["slug"]["cy"], **texts(fact, title="title")
        )
        for fact in demo["posts"]["tags"]
    }
    for fact in demo["posts"]["posts"]:
        load_post(fact, tags, people)


def load_post(fact: dict[str, Any], tags: dict[str, Tag], people: dict[str, Any]) -> None:
    post = Post(is_demo=True, **texts(fact, title="title", summary="summary", body="body"))
    writer = people[fact["by"][0]]
    post_create(
        post,
        by=writer,
        authors=[people[slug] for slug in fact["by"]],
        tags=[tags[slug] for slug in fact["tags"]],
        projects=list(Project.objects.filter(slug_en__in=fact["projects"])),
        why="loaded for the demonstration",
    )
    Post.objects.filter(pk=post.pk).update(slug_en=fact["slug"]["en"], slug_cy=fact["slug"]["cy"])
    if fact["picture"]:
        picture_add(post, checked(wall()), alt=(fact["picture"]["en"], fact["picture"]["cy"]), by=writer)
    if fact["published_in_days"] is not None:
        post_advance(post, "publish", by=writer)
        moment = timezone.now() + timedelta(days=fact["published_in_days"])
        Post.objects.filter(pk=post.pk).update(published_at=moment)
