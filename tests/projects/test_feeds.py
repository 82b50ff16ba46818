"""Atom feeds: whole, in one language, with ids that stay, of all projects and of each; nothing that is not public."""

import xml.etree.ElementTree as ElementTree
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.factories.people import person
from tests.factories.posts import PictureFactory, PostAuthorFactory, PostFactory, PostProjectFactory, PostTagFactory
from tests.factories.projects import ProjectFactory, StatusUpdateFactory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
ALL, WELSH = "/en/projects/working-in-the-open/feed.atom", "/cy/prosiectau/gweithio-yn-agored/ffrwd.atom"


@pytest.fixture(autouse=True)
def address(settings):
    settings.BASE_URL = "https://portal.example.org"


def published(days: int = 0, **fields: Any) -> Any:
    return PostFactory(status="published", published_at=timezone.now() - timedelta(days=days), **fields)


def feed(client: Any, path: str) -> Any:
    answer = client.get(path)
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def titles(found: Any) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in found.iter(f"{ATOM}entry")]


def test_the_feed_of_all_has_posts_and_updates_newest_first(client):
    project = ProjectFactory(title_en="Maps", title_cy="Mapiau", slug_en="maps")
    update = StatusUpdateFactory(project=project, text_en="It is <here>.", text_cy="Mae <yma>.", internal="A secret")
    post = published(2, title_en="Learnt", title_cy="Dysgu", body_en="![](picture:1)\n\nWords.")
    PictureFactory(post=post, number=1, alt_en="A wall")
    PostAuthorFactory(post=post, user=person(name="Lowri Writer"))
    PostTagFactory(post=post)
    PostFactory(title_en="In work")
    found = feed(client, ALL)
    assert titles(found) == ["Maps: Green", "Learnt"]
    said, written = found.iter(f"{ATOM}entry")
    assert said.findtext(f"{ATOM}id") == f"tag:portal.example.org,2026:update/{update.pk}"
    assert "A secret" not in ElementTree.tostring(found, "unicode")
    assert "<p>It is &lt;here&gt;.</p>" in (said.findtext(f"{ATOM}summary") or "")
    link = said.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"https://portal.example.org/en/projects/maps/#update-{update.pk}"
    assert written.findtext(f"{ATOM}author/{ATOM}name") == "Lowri Writer"
    summary = written.findtext(f"{ATOM}summary") or ""
    assert 'src="https://portal.example.org/en/projects/' in summary
    assert 'alt="A wall"' in summary
    assert found.find(f"{ATOM}entry/{ATOM}category") is not None
    assert found.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert found.findtext(f"{ATOM}updated") == update.at.isoformat()


def test_the_welsh_feed_is_welsh_and_its_entries_keep_their_ids(client):
    StatusUpdateFactory(project=ProjectFactory(title_en="Maps", title_cy="Mapiau"))
    published(1, title_en="Learnt", title_cy="Dysgu")
    english, welsh = feed(client, ALL), feed(client, WELSH)
    assert titles(welsh) == ["Mapiau: Gwyrdd", "Dysgu"]
    assert welsh.findtext(f"{ATOM}title") == "Gweithio’n agored"
    ids = [[entry.findtext(f"{ATOM}id") for entry in one.iter(f"{ATOM}entry")] for one in (english, welsh)]
    assert ids[0] == ids[1]
    assert english.findtext(f"{ATOM}id") != welsh.findtext(f"{ATOM}id")


def test_a_projects_feed_has_its_own_posts_and_updates_alone(client):
    here, there = ProjectFactory(slug_en="here", slug_cy="yma"), ProjectFactory()
    wrong = StatusUpdateFactory(project=here, confidence="red")
    StatusUpdateFactory(project=here, confidence="amber", corrects=wrong)
    StatusUpdateFactory(project=there)
    PostProjectFactory(post=published(1, title_en="About here"), project=here)
    PostProjectFactory(post=PostFactory(title_en="In work"), project=here)
    published(title_en="About nothing")
    assert titles(feed(client, "/en/projects/here/feed.atom")) == [f"{here.title_en}: Amber", "About here"]
    assert 'href="/en/projects/here/feed.atom"' in client.get("/en/projects/here/").content.decode()
    assert client.get("/cy/prosiectau/yma/ffrwd.atom").status_code == 200
    assert client.get("/en/projects/nowhere/feed.atom").status_code == 404


def test_what_the_demonstration_says_is_in_no_feed_but_its_own(client, settings):
    project = ProjectFactory(slug_en="invented", is_demo=True)
    StatusUpdateFactory(project=project)
    PostProjectFactory(post=published(is_demo=True), project=project)
    settings.DEMO = True
    assert titles(feed(client, ALL)) == []
    assert len(titles(feed(client, "/en/projects/invented/feed.atom"))) == 2
    settings.DEMO = False
    assert client.get("/en/projects/invented/feed.atom").status_code == 404


def test_a_feed_costs_the_same_for_one_entry_and_for_thirty(client, django_assert_num_queries):
    def one() -> None:
        post = published()
        PostTagFactory(post=post)
        PostAuthorFactory(post=post)
        PictureFactory(post=post)
        StatusUpdateFactory()

    one()
    with django_assert_num_queries(5):
        client.get(ALL)
    for _number in range(29):
        one()
    with django_assert_num_queries(5):
        assert len(titles(feed(client, ALL))) == 40
