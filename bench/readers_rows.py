"""A meeting with long papers and the members who read them: python -m bench.readers_rows [pack] prints JSON."""

import json
import os
import random
import sys
import time
from datetime import date
from datetime import time as clock
from typing import Any

import django

READERS = 50
PAPERS = 9
PARAGRAPHS = 450  # of 60 words each: 60 pages of 450 words (board/length.py)
NOTED = 12  # notes of each reader on the first paper
SLUG = "readers"


def fill() -> None:
    """The board's meeting with its papers, each with notes of every reader on the first; made once."""
    from django.utils.timezone import localdate

    from accounts.models import Membership, User
    from accounts.roles import Role
    from bench.generate import pair
    from board.actions.notes import note_save
    from board.editions import freeze
    from board.models import AgendaItem, Block, Board, Meeting, Paper, Person, Seat
    from board.noting import Said
    from board.states import MeetingStatus, PaperStatus
    from organisations.models import Organisation

    chance = random.Random(4)
    board = Board.objects.filter(is_demo=False).order_by("pk")[0]
    users = [
        User.objects.create(email=f"reader{number}@bench.example.org", name=f"Reader {number}", language="en")
        for number in range(READERS)
    ]
    council = Organisation.objects.councils().order_by("pk")[0]
    for position, user in enumerate(users, 100):
        Membership.objects.create(user=user, role=Role.BOARD_MEMBER, organisation=council, starts=localdate())
        person = Person.objects.create(user=user)
        Seat.objects.create(
            board=board, person=person, role_en="Member", role_cy="Aelod", role_kind="member",
            starts=localdate(), position=position,
        )  # fmt: skip
    meeting = Meeting.objects.create(
        board=board, date=date(2030, 1, 15), starts_at=clock(10), place_en="Cardiff", place_cy="Caerdydd",
        status=MeetingStatus.CALLED, slug_en=SLUG, slug_cy="darllenwyr",
    )  # fmt: skip
    for number in range(1, PAPERS + 1):
        item = AgendaItem.objects.create(
            meeting=meeting, position=number, kind="decision", minutes=20, **pair("title", chance, 5)
        )
        paper = Paper.objects.create(
            board=board, meeting=meeting, agenda_item=item, number=number, purpose="decision",
            slug_en=f"readers-{number}", slug_cy=f"darllenwyr-{number}",
            **pair("title", chance, 5), **pair("summary", chance, 20),
        )  # fmt: skip
        blocks = [{"kind": "recommendation", **pair("text", chance, 20)}]
        for place in range(PARAGRAPHS):
            if place % 15 == 0:
                blocks.append({"kind": "heading", "level": 2, **pair("text", chance, 5)})
            blocks.append({"kind": "paragraph", **pair("text", chance, 60)})
        Block.objects.bulk_create(Block(paper=paper, position=at, **said) for at, said in enumerate(blocks, 1))
        edition = freeze(paper, by=users[0])
        Paper.objects.filter(pk=paper.pk).update(status=PaperStatus.PUBLISHED)
        if number == 1:
            noted = [block["uid"] for block in edition.data["blocks"] if block["kind"] == "paragraph"][:NOTED]
            for user in users:
                for uid in noted:
                    note_save(edition, uid, by=user, language="en", said=Said("A note."), version=0)


def listed() -> dict[str, Any]:
    """A session of each reader, the pages that they open, and the long paper."""
    from django.conf import settings
    from django.urls import reverse
    from django.utils.translation import override

    from accounts.models import User
    from bench.pages import session_cookie
    from board.models import Meeting, Paper

    meeting = Meeting.objects.get(slug_en=SLUG)
    papers = list(Paper.objects.filter(meeting=meeting).order_by("number"))
    pages = []
    for language in ("en", "cy"):
        with override(language):
            pages += [meeting.get_absolute_url(), reverse("board:pack_page", kwargs={"slug": meeting.slug})]
            pages += [paper.get_absolute_url() for paper in papers[:3]]
            pages += [reverse("board:outcome_list"), reverse("board:note_list")]
    readers = User.objects.filter(email__startswith="reader", email__endswith="@bench.example.org").order_by("pk")
    cookies = [f"{settings.SESSION_COOKIE_NAME}={session_cookie(user)}" for user in readers]
    with override("en"):
        return {"cookies": cookies, "pages": pages, "paper": papers[0].get_absolute_url()}


def pack() -> dict[str, Any]:
    """The whole pack in each language: pages, and the seconds that it took to make."""
    from io import BytesIO

    from pypdf import PdfReader

    from accounts.models import User
    from board.models import Meeting
    from board.packs import contents_for, pack_pdf

    meeting, reader = Meeting.objects.get(slug_en=SLUG), User.objects.get(email="reader0@bench.example.org")
    found = {}
    for language in ("en", "cy"):
        began = time.perf_counter()
        made = pack_pdf(contents_for(reader, meeting), language, large=False)
        seconds = round(time.perf_counter() - began, 2)
        found[language] = {"pages": len(PdfReader(BytesIO(made)).pages), "seconds": seconds}
    return found


def main() -> None:
    from board.models import Meeting

    if not Meeting.objects.filter(slug_en=SLUG).exists():
        fill()
    print(json.dumps(pack() if "pack" in sys.argv else listed()))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    main()
