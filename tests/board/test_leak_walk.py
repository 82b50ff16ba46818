"""Rare words planted in a restricted paper, and every address of the board opened as every person: pages, feeds, files,
packs, searches, history. Each word is found by those alone who may read it, and what holds it is kept by no cache."""

import itertools
import re
import uuid
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from pypdf import PdfReader

from accounts.models import User
from board.actions import paper_create, paper_move, paper_publish
from board.actions.notes import note_save
from board.actions.packs import pack_ask
from board.editions import latest
from board.models import AgendaItem, Block, Implication, ImplicationKind, Meeting
from board.noting import Said
from programme.loading import read_facts
from tests.factories.board import BlockFactory
from tests.factories.board_day import ActionFactory, recommended
from tests.factories.writing import CommentFactory
from tests.walk import client_of, opened, walk
from wlga_portal.kernel.queue import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
PAPER, COMMENT, NOTE, FOUND = "Zebradillo", "Wombatine", "Quaggamar", "numbats"
READERS = {"board-member", "secretariat", "clearer", "translator", "author"}
MAKERS = READERS - {"board-member"}
SLUGS = [row["slug"] for row in read_facts()["demo"]["people"]]
WALKS = {
    None: "/cy/",
    "officer-torfaen": "/en/",
    "board-member": "/cy/",
    "team": "/en/",
}  # who walks on
ITEM = {"title_en": "A closed matter", "title_cy": "Mater caeedig", "restricted": True,
        "reason_en": "It names a person.", "reason_cy": "Mae'n enwi person."}  # fmt: skip


class Planted:
    """A restricted paper of the demonstration's coming meeting that says the words everywhere it can."""

    def __init__(self) -> None:
        people = {user.demo_slug: user for user in User.objects.exclude(demo_slug=None)}
        self.meeting = Meeting.objects.get(slug_en="coming-meeting")
        self.item = AgendaItem.objects.create(meeting=self.meeting, position=40, kind="decision", **ITEM)
        said = f"{FOUND} {PAPER}"
        self.paper = paper_create(
            self.item, by=people["secretariat"], authors=[people["author"]], purpose="decision",
            title=(f"{said} en", f"{said} cy"), summary=(said, said),
        )  # fmt: skip
        kinds = ("heading", "paragraph", "table", "figure", "recommendation")
        for position, kind in enumerate(kinds, 1):
            cells = f"{said} | Calls\nOne | 1" if kind in ("table", "figure") else ""
            level = 2 if kind == "heading" else None
            texts = {"text_en": f"{said} {kind}", "text_cy": f"{said} {kind}", "cells_en": cells, "cells_cy": cells}
            BlockFactory(paper=self.paper, position=position, kind=kind, level=level, **texts)
        for one in ImplicationKind:
            Implication.objects.update_or_create(
                paper=self.paper, kind=one, defaults={"none": True, "text_en": said, "text_cy": said}
            )
        asked: Block = self.paper.blocks.get(kind="recommendation")
        for event, who in (("submit", "author"), ("clear", "clearer")):
            paper_move(self.paper, event, by=people[who])
        paper_publish(self.paper, by=people["secretariat"])
        self.paper.refresh_from_db()
        self.edition = latest(self.paper)
        assert self.edition is not None
        self.edition.paper = self.paper
        self.comment = CommentFactory(paper=self.paper, uid=asked.uid, text=COMMENT, by=people["clearer"])
        self.outcome = recommended(self.edition, asked, result="changed", detail_en=said, detail_cy=said)
        self.action = ActionFactory(item=self.item, outcome=self.outcome, text_en=said, text_cy=said)
        note_save(self.edition, asked.uid, by=people["board-member"], language="en", said=Said(NOTE), version=0)
        for language in ("en", "cy"):
            pack_ask(self.meeting, by=people["board-member"], language=language, large=False)
            pack_ask(self.meeting, by=people["officer-torfaen"], language=language, large=False)
        run_jobs()
        self.uid: uuid.UUID = asked.uid

    def candidates(self, name: str) -> list[Any]:
        """What the part of an address may be, so that it leads to what is planted."""
        blocks = self.paper.blocks.values_list("pk", flat=True)
        return {
            "slug": [self.paper.slug_en, self.meeting.slug_en, self.meeting.board.slug_en],
            "pk": sorted({self.outcome.pk, self.action.pk, self.comment.pk, *blocks}),
            "number": [1], "uid": [self.uid], "position": [40], "language": ["en", "cy"], "size": ["standard"],
            "kind": ["finance"], "event": ["correct", "call"], "key": ["x" * 40], "token": ["x"],
        }.get(name, [])  # fmt: skip

    def addresses(self) -> list[str]:
        """Every address of the board with these parts, and every page that finds words."""
        urls: set[str] = set()
        found = get_resolver().reverse_dict
        for prefix, (_, resolver) in get_resolver().namespace_dict.items():
            if prefix != "board":
                continue
            found = resolver.reverse_dict
            for view in {key for key in found if isinstance(key, str)}:
                names = sorted({name for possible in found.getlist(view) for name in possible[0][0][1]})
                for parts in itertools.product(*(self.candidates(name) for name in names)):
                    urls.add(reverse(f"board:{view}", kwargs=dict(zip(names, parts, strict=True))))
        slug = {"slug": self.meeting.slug}
        for name, parts in (
            ("find_page", {}), ("pack_page", slug), ("paper_list", {}), ("outcome_list", {}), ("action_list", {}),
        ):  # fmt: skip
            urls.add(reverse(f"board:{name}", kwargs=parts) + f"?q={FOUND}")
        urls |= {
            reverse("programme:search") + f"?q={FOUND}",
            reverse("board:meeting_device", kwargs=slug) + "?restricted=1",
        }
        return sorted(urls | {"/en/", "/sitemap.xml", "/worker.js", "/worker/withdrawn.json"})


def text_of(answer: Any) -> str:
    """All that a file or page says, as letters."""
    body = answer.body
    kind = answer.headers.get("Content-Type", "")
    if kind == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)
    if zipfile.is_zipfile(BytesIO(body)):
        with zipfile.ZipFile(BytesIO(body)) as parts:
            body = b"".join(parts.read(name) for name in parts.namelist() if name.endswith(".xml"))
    return body.decode(errors="replace")


def leaks_of(url: str, answer: Any, words: dict[str, bool]) -> tuple[list[str], int]:
    """The words that this answer tells and may not (or lets a cache keep), and how many it tells rightly."""
    faults, met = [], 0
    if answer.status_code >= 500:
        faults.append(f"{url} answers {answer.status_code}")
    said = text_of(answer) + str(answer.headers.items())
    for word, may in words.items():
        if re.search(word, said, re.IGNORECASE):
            met += 1
            if not may:
                faults.append(f"{word} at {url}")
            elif "no-store" not in answer.headers.get("Cache-Control", ""):
                faults.append(f"{word} may be cached at {url}")
    return faults, met


def leaks(client: Client, urls: list[str], words: dict[str, bool]) -> tuple[list[str], int]:
    """The same of all these addresses."""
    found = [leaks_of(url, opened(client, url), words) for url in urls]
    return [fault for faults, _met in found for fault in faults], sum(met for _faults, met in found)


def may_see(person: str | None) -> dict[str, bool]:
    return {PAPER: person in READERS, COMMENT: person in MAKERS, NOTE: person == "board-member"}


@pytest.fixture
def planted(settings, tmp_path):
    settings.DEMO, settings.MEDIA_ROOT = True, tmp_path
    return Planted()


@pytest.mark.deep(minutes=2)
@pytest.mark.parametrize("people", [SLUGS[::3], SLUGS[1::3], [None, *SLUGS[2::3]]], ids=["one", "two", "three"])
def test_planted_words_are_found_by_those_alone_who_may_read_them(planted, people):
    urls = planted.addresses()
    assert len(urls) > 100
    assert reverse("board:paper_page", kwargs={"slug": planted.paper.slug}) in urls
    faults = []
    for person in people:
        client, words = client_of(person), may_see(person)
        wrong, met = leaks(client, urls, words)
        assert met >= (10 if person == "board-member" else 0)
        if person in WALKS:  # every page to which the portal leads
            walk(client, WALKS[person], look=lambda path, answer, wrong=wrong, words=words: wrong.extend(
                leaks_of(path, answer, words)[0]
            ))  # fmt: skip
        faults += [f"{person}: {fault}" for fault in wrong]
    assert faults == []
