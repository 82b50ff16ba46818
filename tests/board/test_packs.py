"""The papers of a meeting: listed for their reader, and as one tagged PDF that holds what each person may read."""

import subprocess
import sys
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from board.actions.notes import stop_mark
from board.actions.packs import pack_ask, pack_make, packs_drop, packs_tidy
from board.editions import latest
from board.models import Lateness, Pack, Paper
from board.pack_words import Words
from board.packs import contents_for, pack_pdf
from tests.buckets import names
from tests.factories.board import AgendaItemFactory, BlockFactory, PersonFactory, SeatFactory
from tests.factories.reading import PackFactory
from wlga_portal.kernel.queue import run_jobs

pytestmark = pytest.mark.django_db
OUTLOUD = Path(sys.executable).parent / "outloud"
VISITOR = AnonymousUser()
TEXT = (
    "Plain, **bold**, *slanted*, [the portal](/en/board/), [below](#p2), [nowhere](#p99) and [away](https://example.org/).\n\n"
    "- one\n- two\n  1. inner",
    "Plaen, **trwm**, [y porth](/cy/bwrdd/), [isod](#p2).\n\n- un\n- dau\n  1. mewnol",
)
CELLS = {
    "cells_en": "Council | Calls\nCardiff | 1,200\nNewport | 800",
    "cells_cy": "Cyngor | Galwadau\nCaerdydd | 1,200\nCasnewydd | 800",
}


@pytest.fixture
def folder(settings, tmp_path):
    """Files of packs go where this test alone looks."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def meeting(people):
    """A meeting with an open paper of every kind of block, and a restricted one."""
    open_item = AgendaItemFactory(position=1, title_en="Open item", title_cy="Eitem agored", minutes=20)
    paper = people.paper(
        TEXT, ("Two.", "Dau."), agenda_item=open_item, number=1, title_en="Letters", title_cy="Llythyrau"
    )
    for position, (kind, level) in enumerate([("heading", 3), ("heading", 2), ("recommendation", None)], 3):
        words = {"text_en": f"{kind} {level}", "text_cy": f"{kind} {level}"}
        BlockFactory(paper=paper, position=position, kind=kind, level=level, **words)
    for position, kind in enumerate(("table", "figure"), 6):
        BlockFactory(paper=paper, position=position, kind=kind, text_en="Calls", text_cy="Galwadau", **CELLS)
    closed = {"restricted": True, "reason_en": "Names a person.", "reason_cy": "Yn enwi person."}
    names = {"title_en": "Closed item", "title_cy": "Eitem gaeedig"}
    item = AgendaItemFactory(meeting=open_item.meeting, position=2, **names, **closed)
    names = {"title_en": "Secret", "title_cy": "Cudd"}
    secret = people.paper(("Xylophones.", "Seiloffonau."), agenda_item=item, number=2, **names)
    for one in (paper, secret):
        publish(people, one)
    SeatFactory(board=paper.board, person=PersonFactory(user=people.member, public_name=""))
    return open_item.meeting


def publish(people, paper):
    from board.actions import paper_publish, paper_step
    from board.actions.parity import parity_accept
    from board.parity import open_mismatches

    paper_step(paper, "submit", by=people.author)
    paper_step(paper, "clear", by=people.clearer)
    for one in open_mismatches(paper):  # links that lead nowhere stand in one language alone
        parity_accept(paper, one.key, by=people.secretary, reason="As it should be.")
    paper_publish(paper, by=people.secretary)


def words_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace("\u00a0", " ")


def sizes_of(pdf):
    """The sizes of its letters, in points."""
    sizes = set()
    for page in PdfReader(BytesIO(pdf)).pages:
        page.extract_text(
            visitor_text=lambda text, _c, tm, _f, size: text.strip() and sizes.add(round(size * abs(tm[3])))
        )
    return sizes


def content(pack):
    with pack.file.open("rb") as file:
        return file.read()


def url(meeting, name, **parts):
    return reverse(f"board:{name}", kwargs={"slug": meeting.slug, **parts})


def asked_for(meeting, by, language="en", large=False):
    pack = pack_ask(meeting, by=by, language=language, large=large)
    run_jobs()
    pack.refresh_from_db()
    return pack


@pytest.mark.parametrize(
    ("language", "large"),
    [
        pytest.param("en", False, id="English"),
        pytest.param("cy", True, id="Welsh, large"),
        pytest.param("en", True, id="English, large", marks=pytest.mark.deep),
        pytest.param("cy", False, id="Welsh", marks=pytest.mark.deep),
    ],
)
def test_the_pack_has_no_fault_of_pdf_ua(people, meeting, tmp_path, language, large):
    path = tmp_path / "pack.pdf"
    path.write_bytes(pack_pdf(contents_for(people.member, meeting), language, large=large))
    done = subprocess.run([OUTLOUD, path], capture_output=True, text=True)
    assert "0 error(s)" in done.stdout, done.stdout


def test_the_pack_has_a_cover_contents_bookmarks_numbers_and_links(people, meeting, settings):
    reader = PdfReader(BytesIO(pack_pdf(contents_for(VISITOR, meeting), "en", large=False)))
    pages = [page.extract_text().replace("\u00a0", " ") for page in reader.pages]
    assert pages[0].startswith(str(meeting))
    assert "Contents" in pages[1]
    assert [one["/Title"] for one in reader.outline if not isinstance(one, list)] == ["Agenda", "Paper 1: Letters"]
    text = "\n".join(pages)
    for said in ("1.1", "1.2", "Recommendation 1", "Table 1", "Figure 1", f"Page 1 of {len(pages)}", "20 minutes"):
        assert said in text, said
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    links = [note["/A"].get("/URI") for note in notes if "/A" in note]
    paper = Paper.objects.get(title_en="Letters")
    assert f"{settings.BASE_URL}{paper.get_absolute_url()}#p1" in links
    assert "https://example.org/" in links
    assert f"{settings.BASE_URL}/en/board/" in links


def test_a_paragraph_has_the_same_number_in_both_languages(meeting):
    for language in ("en", "cy"):
        text = words_of(pack_pdf(contents_for(VISITOR, meeting), language, large=False))
        assert ("Two." if language == "en" else "Dau.") in text.split("1.2")[1][:12]


def test_large_print_is_larger_and_the_same_pack_is_the_same_bytes(meeting):
    contents = contents_for(VISITOR, meeting)
    small, large = (pack_pdf(contents, "en", large=large) for large in (False, True))
    assert 11 in sizes_of(small)
    assert 18 not in sizes_of(small)
    assert min(sizes_of(large)) >= 15  # the foot of the page
    assert 18 in sizes_of(large)
    assert small == pack_pdf(contents, "en", large=False)


def test_a_restricted_paper_is_in_the_pack_of_those_who_may_read_it_alone(people, meeting, folder):
    public, own = asked_for(meeting, VISITOR), asked_for(meeting, people.member)
    assert public.key != own.key
    text = words_of(content(public))
    assert "Closed item" in text
    assert "Names a person." in text
    assert "Xylophones" not in text
    assert "Secret" not in text
    text = words_of(content(own))
    assert "Xylophones" in text
    assert "It is for you alone" in text


def test_each_person_fetches_the_pack_of_what_they_may_read(people, meeting, browse, folder):
    asked_for(meeting, people.member)
    address = url(meeting, "pack_file", language="en", size="standard")
    assert browse(None).get(address).status_code == 404
    assert browse(people.stranger).get(address).status_code == 404
    answer = browse(people.member).get(address)
    assert "Xylophones" in words_of(b"".join(answer.streaming_content))
    assert "no-store" in answer.headers["Cache-Control"]
    same = browse(people.secretary).get(address)  # may read the same papers: the same file
    assert "Xylophones" in words_of(b"".join(same.streaming_content))
    for parts in ({"language": "fr", "size": "standard"}, {"language": "en", "size": "huge"}):
        assert browse(None).get(url(meeting, "pack_file", **parts)).status_code == 404


def test_a_pack_is_made_once_for_all_who_may_read_the_same(people, meeting, browse, folder):
    page = url(meeting, "pack_page")
    visitor, other = browse(None), browse(people.stranger)
    assert "Make the PDF" in visitor.get(page).content.decode()
    for browser in (visitor, other, visitor):
        answer = browser.post(url(meeting, "pack_create"), {"language": "en", "size": "standard"})
        assert answer.headers["Location"] == f"{page}#pdf"
    assert "A PDF is being made." in visitor.get(page).content.decode()
    assert visitor.get(page, headers={"Accept": "application/json"}).json() == {"unfinished": 1}
    assert [job.name for job in run_jobs() if job.name == "board.make_pack"] == ["board.make_pack"]
    assert visitor.get(page, headers={"Accept": "application/json"}).json() == {"unfinished": 0}
    pack = Pack.objects.get()
    assert (pack.status, pack.pages) == ("done", len(PdfReader(BytesIO(content(pack))).pages))
    assert url(meeting, "pack_file", language="en", size="standard") in other.get(page).content.decode()
    assert visitor.post(url(meeting, "pack_create"), {"language": "xx", "size": "standard"}).status_code == 404


def test_a_new_edition_or_another_agenda_is_another_pack(people, meeting, folder):
    first = asked_for(meeting, VISITOR)
    item = meeting.items.get(position=1)
    item.title = ("Renamed", "Ailenwyd")
    item.save()
    second = asked_for(meeting, VISITOR)
    assert first.key != second.key
    assert asked_for(meeting, VISITOR) == second


def test_a_pack_whose_papers_changed_before_it_was_made_is_not_made(people, meeting, folder):
    pack = pack_ask(meeting, by=VISITOR, language="en", large=False)
    item = meeting.items.get(position=1)
    item.title = ("Renamed", "Ailenwyd")
    item.save()
    run_jobs()
    assert not Pack.objects.filter(pk=pack.pk).exists()
    pack_make(pack.pk)  # its job comes again: nothing happens


def test_a_pack_that_failed_says_why_and_is_tried_again(people, meeting, folder, browse, monkeypatch):
    from board.actions import packs
    from wlga_portal.kernel.pdf import PdfProblem

    def fails(*_args, **_options):
        raise PdfProblem(["The figure is broken."])

    with monkeypatch.context() as patched:
        patched.setattr(packs, "pack_pdf", fails)
        assert asked_for(meeting, VISITOR).status == "failed"
    assert "The figure is broken." in browse(None).get(url(meeting, "pack_page")).content.decode()
    assert asked_for(meeting, VISITOR).status == "done"


def test_packs_go_with_a_withdrawn_edition_and_after_their_time(people, meeting, folder):
    public, own = asked_for(meeting, VISITOR), asked_for(meeting, people.member)
    files = [Path(pack.file.path) for pack in (public, own)]
    packs_drop(latest(Paper.objects.get(title_en="Secret")))
    run_jobs()
    assert [file.exists() for file in files] == [True, False]
    Pack.objects.update(created_at=timezone.now() - timedelta(days=91))
    packs_tidy()
    run_jobs()
    assert [file.exists() for file in files] == [False, False]
    assert not Pack.objects.exists()


def test_the_list_says_what_is_new_late_changed_and_noted(people, meeting, browse):
    paper = Paper.objects.get(title_en="Letters")
    due = paper.day - timedelta(days=1)
    Lateness.objects.create(paper=paper, due=due, reason_en="Figures came late.", reason_cy="Hwyr.")
    stop_mark(latest(paper), by=people.secretary, uid=None)
    names = {"title_en": "Later", "title_cy": "Wedyn"}
    late = people.published(("New.", "Newydd."), agenda_item=paper.agenda_item, number=3, **names)
    page = browse(people.secretary).get(url(meeting, "pack_page")).content.decode()
    assert page.count("New since you last read") == 1
    assert page.index("New since you last read") > page.index(late.get_absolute_url())
    assert page.count("Late paper") == 1
    assert "Figures came late." in page
    assert "You last read it on" in page
    assert "New since you last read" not in browse(None).get(url(meeting, "pack_page")).content.decode()


def test_the_page_costs_the_same_with_two_papers_and_with_thirty(people, meeting, browse, django_assert_num_queries):
    mine, item = browse(people.member), meeting.items.get(position=1)
    for count in (0, 28):
        for number in range(count):
            people.published(("A.", "B."), agenda_item=item, number=10 + number)
        mine.get(url(meeting, "pack_page"))
        with django_assert_num_queries(10):
            mine.get(url(meeting, "pack_page"))


def test_a_meeting_without_papers_says_so(people, browse):
    paper = people.paper()
    assert "No paper to read yet" in browse(None).get(url(paper.meeting, "pack_page")).content.decode()


def test_markdown_becomes_parts_of_a_document():
    words = Words("paper1-7", {"p2"})
    parts = words.blocks("a **b** [c](#p2) [d](#p9) [e](javascript:1)\n\n1. x\n\n   y\n   - z")
    assert [part["type"] for part in parts] == ["paragraph", "list"]
    assert [(run["text"], run["bold"], run["link"]) for run in parts[0]["text"]][:4] == [
        ("a ", False, None), ("b", True, None), (" ", False, None), ("c", False, "#paper1-7-p2"),
    ]  # fmt: skip
    assert parts[1]["ordered"]
    assert [run if isinstance(run, str) else run["text"] for run in parts[1]["items"][0]["text"]] == ["x", " ", "y"]
    assert parts[1]["items"][0]["items"][0]["text"][0]["text"] == "z"


BROKEN = {
    "pack_made_once": lambda: PackFactory(key=PackFactory().key),
    "pack_language_known": lambda: PackFactory(language="fr"),
    "pack_status_known": lambda: PackFactory(status="lost"),
    "pack_done_has_a_file": lambda: PackFactory(status="done"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BROKEN[name]()


def test_the_page_says_how_large_a_pack_is_without_asking_the_store_of_files(meeting, folder, browse):
    key = contents_for(VISITOR, meeting).key("en", large=False)
    done = {"status": "done", "size_bytes": 2048, "pages": 3, "made_at": timezone.now()}
    PackFactory(meeting=meeting, key=key, file="packs/that/is/not/there.pdf", **done)
    page = browse(None).get(url(meeting, "pack_page")).content.decode().replace("\xa0", " ")
    assert "English (PDF, 2.0 KB, 3 pages)" in page


@pytest.mark.deep
def test_a_pack_is_written_into_a_bucket_and_fetched_from_it(people, meeting, bucket, browse):
    with bucket.stopped():
        pack = pack_ask(meeting, by=VISITOR, language="en", large=False)
        assert [ran.status for ran in run_jobs(swallow=True)] == ["todo"]
        assert browse(None).get(url(meeting, "pack_page")).status_code == 200
    run_jobs(ahead=True)
    pack.refresh_from_db()
    assert pack.status == "done"
    address = url(meeting, "pack_file", language="en", size="standard")
    served = b"".join(browse(None).get(address).streaming_content)
    assert served == content(pack)
    assert len(served) == pack.size_bytes
    assert "Letters" in words_of(served)
    with bucket.stopped():
        assert browse(None).get(address).status_code == 503
        assert browse(None).get(url(meeting, "pack_page")).status_code == 200
    packs_drop(latest(Paper.objects.get(title_en="Letters")))
    run_jobs()
    assert names() == []
