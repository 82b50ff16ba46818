"""Reading with no connection: what a device may keep, of whom, how long, and what the portal tells its worker."""

import json
from datetime import timedelta

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import timezone

from board.actions import paper_publish, paper_step
from board.actions.notes import note_save
from board.device import kept_until, person_key
from board.models import AgendaItem, Edition, Note
from board.noting import Said
from tests.factories.board import AgendaItemFactory, PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db
NOWHERE = "00000000-0000-4000-8000-000000000000"


def listing(client, meeting, query=""):
    return client.get(reverse("board:meeting_device", kwargs={"slug": meeting.slug}) + query)


def urls(answer):
    return [page["url"] for page in answer.json()["pages"]]


def seat(people, paper, **fields):
    return SeatFactory(board=paper.board, person=PersonFactory(user=people.member, public_name=""), **fields)


def second(people, paper, **fields):
    """Another published paper at the same meeting."""
    item = AgendaItemFactory(meeting=paper.meeting, **fields)
    return people.published(("Two.", "Dau."), agenda_item=item)


def test_a_meeting_is_kept_with_its_pages_papers_and_notes_in_both_languages(people, browse):
    paper = people.published()
    answer = listing(browse(people.stranger), paper.meeting)
    slug, meeting = paper.meeting.slug_en, paper.meeting.slug_cy
    assert urls(answer) == [
        f"/en/board/meetings/{slug}/",
        f"/en/board/meetings/{slug}/papers/",
        "/en/board/notes/",
        f"/en/board/papers/{paper.slug_en}/",
        f"/cy/bwrdd/cyfarfodydd/{meeting}/",
        f"/cy/bwrdd/cyfarfodydd/{meeting}/papurau/",
        "/cy/bwrdd/nodiadau/",
        f"/cy/bwrdd/papurau/{paper.slug_cy}/",
    ]
    assert answer.json()["person"] == person_key(people.stranger)
    assert answer.json()["meeting"]["url"]["cy"] == f"/cy/bwrdd/cyfarfodydd/{meeting}/papurau/"
    hashes = {page["sha256"] for page in answer.json()["pages"]}
    assert hashes == {"", Edition.objects.get(paper=paper).sha256}
    assert answer["Cache-Control"] == "private, no-store"


def test_a_visitor_keeps_nothing(people, browse):
    assert listing(browse(None), people.published().meeting).status_code == 302


def test_restricted_papers_are_kept_only_where_they_may_be_read_and_were_asked_for(people, browse):
    paper = people.published()
    hidden = second(people, paper, restricted=True, reason_en="Names.", reason_cy="Enwau.")
    seat(people, paper)
    url = hidden.get_absolute_url()
    assert url not in urls(listing(browse(people.member), paper.meeting))
    assert url in urls(listing(browse(people.member), paper.meeting, "?restricted=1"))
    assert url not in urls(listing(browse(people.stranger), paper.meeting, "?restricted=1"))
    page = browse(people.member).get(reverse("board:pack_page", kwargs={"slug": paper.meeting.slug}))
    assert "Keep the 1 restricted paper too" in page.content.decode()
    page = browse(people.stranger).get(reverse("board:pack_page", kwargs={"slug": paper.meeting.slug}))
    assert "data-device-restricted" not in page.content.decode()


def test_a_page_has_another_key_once_an_edition_a_note_or_the_agenda_changed(people, browse):
    paper = people.published()

    def keys():
        return {page["url"]: page["key"] for page in listing(browse(people.member), paper.meeting).json()["pages"]}

    first = keys()
    assert keys() == first
    edition = Edition.objects.get(paper=paper)
    block = edition.data["blocks"][0]["uid"]
    note_save(edition, block, by=people.member, language="en", said=Said("Ask."), version=0)
    noted = keys()
    changed = {url for url in first if first[url] != noted[url]}
    assert paper.get_absolute_url() in changed
    assert "/en/board/notes/" in changed
    note_save(edition, block, by=people.stranger, language="en", said=Said("Not mine."), version=0)
    assert keys() == noted
    AgendaItem.objects.filter(pk=paper.agenda_item_id).update(title_en="Renamed")
    renamed = keys()
    assert {url for url in noted if noted[url] != renamed[url]} == {
        f"/en/board/meetings/{paper.meeting.slug_en}/",
        f"/en/board/meetings/{paper.meeting.slug_en}/papers/",
        f"/cy/bwrdd/cyfarfodydd/{paper.meeting.slug_cy}/",
        f"/cy/bwrdd/cyfarfodydd/{paper.meeting.slug_cy}/papurau/",
    }


def test_what_belongs_on_a_device_costs_the_same_for_one_paper_and_for_many(
    people, browse, django_assert_max_num_queries
):
    paper = people.published()
    client = browse(people.member)
    for _number in range(5):
        second(people, paper)
    with django_assert_max_num_queries(16):
        assert len(urls(listing(client, paper.meeting))) == 18


def test_copies_end_with_the_term_and_after_half_a_year_without_contact(people):
    paper = people.published()
    today = timezone.localdate()
    assert kept_until(people.stranger, paper.meeting) == today + timedelta(days=183)
    term = seat(people, paper, ends=today + timedelta(days=20))
    assert kept_until(people.member, paper.meeting) == today + timedelta(days=20)
    term.ends = None
    term.save()
    assert kept_until(people.member, paper.meeting) == today + timedelta(days=183)


def test_each_page_says_whose_it_is_by_a_key_that_says_nothing_else(people, browse):
    url = people.published().get_absolute_url()
    assert browse(people.member).get(url)["Portal-Person"] == person_key(people.member)
    assert person_key(people.member) != person_key(people.stranger)
    assert people.member.email not in browse(people.member).get(url)["Portal-Person"]
    assert "Portal-Person" not in browse(None).get(url)


def test_the_worker_is_served_from_the_root_for_every_page(client):
    answer = client.get("/worker.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
    first, rest = answer.content.decode().split("\n", 1)
    known = json.loads(first.removeprefix("const ADDRESSES = ").rstrip(";"))
    assert known == {
        "offline": {"en": "/en/board/no-connection/", "cy": "/cy/bwrdd/dim-cysylltiad/"},
        "withdrawn": "/worker/withdrawn.json",
    }
    assert rest.startswith("// The worker")


@pytest.mark.parametrize(
    ("url", "title"), [("/en/board/no-connection/", "No connection"), ("/cy/bwrdd/dim-cysylltiad/", "Dim cysylltiad")]
)
def test_the_page_without_a_connection_is_the_same_for_everybody(people, browse, url, title):
    assert title in browse(None).get(url).content.decode()


@pytest.mark.parametrize(
    ("language", "name", "start"),
    [("en", "WLGA digital programme", "/en/board/"), ("cy", "Rhaglen ddigidol CLlLC", "/cy/bwrdd/")],
)
def test_the_portal_can_be_installed_in_each_language(client, language, name, start):
    url = f"/{language}/portal.webmanifest"
    assert f'<link rel="manifest" href="{url}">' in client.get(start).content.decode()
    answer = client.get(url)
    said = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert (said["lang"], said["name"], said["start_url"], said["display"]) == (language, name, start, "standalone")
    assert {icon["sizes"] for icon in said["icons"]} == {"192x192", "512x512"}
    for icon in ("icon-192.png", "icon-512.png", "icon-maskable-512.png"):
        assert finders.find(f"img/{icon}")


def test_signing_out_clears_the_device(people, browse):
    client = browse(people.member)
    assert "Clear-Site-Data" not in client.get("/en/account/sign-out/")
    assert client.post("/en/account/sign-out/")["Clear-Site-Data"] == '"storage"'
    client = browse(people.member)
    assert client.post(reverse("accounts:session_end_all"))["Clear-Site-Data"] == '"storage"'


def test_a_note_written_offline_on_a_paragraph_that_is_gone_arrives_beside_its_edition(people, browse):
    paper = people.published(("Stays.", "Yn aros."), ("Goes.", "Yn mynd."))
    old = Edition.objects.get(paper=paper)
    uid = old.data["blocks"][1]["uid"]
    paper_step(paper, "correct", by=people.secretary, why="One paragraph too many.")
    paper.refresh_from_db()
    paper.blocks.get(uid=uid).delete()
    paper.correction = ("One paragraph less.", "Un paragraff yn llai.")
    paper.save()
    paper_step(paper, "submit", by=people.author)
    paper_step(paper, "clear", by=people.clearer)
    paper.refresh_from_db()
    paper_publish(paper, by=people.secretary)
    url = reverse("board:note_edit", kwargs={"slug": paper.slug, "uid": uid})
    client = browse(people.member)
    assert client.get(url).status_code == 404
    answer = client.post(url, {"text": "Why this?", "version": "0"}, headers={"Accept": "application/json"})
    assert answer.json()["clashed"] is False
    assert Note.objects.get(user=people.member).edition == old
    page = client.get(paper.get_absolute_url()).content.decode()
    assert "Your notes on paragraphs that are no longer in this edition" in page
    assert "Why this?" in page
    gone = reverse("board:note_edit", kwargs={"slug": paper.slug, "uid": NOWHERE})
    assert client.post(gone, {"text": "No."}).status_code == 404
