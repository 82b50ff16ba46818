"""The page of the search, and the box in the header."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programme.models import SearchText
from programme.search.index import Document, put
from tests.factories.people import CouncilFactory, person
from tests.factories.posts import PostFactory

pytestmark = pytest.mark.django_db
EN, CY = "/en/search/", "/cy/chwilio/"


def posts(number: int, **more: object) -> None:
    """So many published posts about letterboxes, in both languages, in the index."""
    for place in range(number):
        post = PostFactory(status="published", published_at="2024-05-06T10:00Z")
        for language, title, text in (
            ("en", f"Letterbox {place}", "Each letterbox <b>opens</b> downwards."),
            ("cy", f"Blwch llythyrau {place}", "Mae pob blwch yn agor at i lawr."),
        ):
            put(
                [
                    Document(
                        f"projects.post:{post.pk}", language, title, text, kind="post", source="projects.post",
                        row_id=post.pk, url=f"/{language}/projects/posts/{post.slug_en}/", **more,
                    )
                ]
            )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM programme_searchdue")


def put_all_alike() -> None:
    """The same words in every text, so that the date alone orders them."""
    SearchText.objects.filter(language="en").update(title="Letterbox", text="downwards", vector="'downwards':2D")


def costs(queries: CaptureQueriesContext) -> int:
    """How many queries; without the one that counts how often an address asks, which is not the search's."""
    return sum("accounts_limit" not in query["sql"] for query in queries.captured_queries)


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_every_page_has_the_box_in_its_language(client):
    for page, action, label in (("/en/help/", EN, "Search the portal"), ("/cy/cymorth/", CY, "Chwilio’r porth")):
        said = text_of(client.get(page))
        assert f'role="search" aria-label="{label}" method="get" action="{action}"' in said
        assert f'for="portal-search">{label}</label>' in said
        assert 'id="portal-search" name="q" type="search" maxlength="200" autocomplete="off">' in said  # and no word
    for page in (EN, CY):  # it has its own: one is enough
        assert text_of(client.get(page)).count('name="q"') == 1


def test_a_result_says_its_kind_date_council_and_passage_and_offers_the_other_language(client):
    council = CouncilFactory()
    posts(1, councils=(council.pk,), day="2024-05-06")
    said = text_of(client.get(EN, {"q": "letterboxes"}))
    assert '<h2 class="govuk-heading-m" id="results">1 result</h2>' in said
    assert '<span lang="en"><mark>Letterbox</mark> 0</span>' in said
    assert "Post of the team" in said
    assert "<span>6 May 2024</span>" in said
    assert f"<span>{council.name.en}</span>" in said
    assert 'lang="en">Each <mark>letterbox</mark> &lt;b&gt;opens&lt;/b&gt; downwards.</p>' in said
    assert 'In Welsh: <a class="govuk-link" href="/cy/projects/posts/' in said
    assert "Blwch llythyrau 0</a>" in said
    welsh = text_of(client.get(CY, {"q": "letterboxes"}))
    assert "1 canlyniad</h2>" in welsh
    assert '<span lang="en"><mark>Letterbox</mark> 0</span>' in welsh
    assert 'href="/cy/projects/posts/' in welsh


@pytest.mark.parametrize(
    ("narrowed", "count"),
    [({"kind": "post"}, 1), ({"kind": "bid"}, 0), ({"year": "2024"}, 1), ({"year": "2023"}, 0), ({"language": "en"}, 1),
     ({"language": "cy"}, 0)],
)  # fmt: skip
def test_results_are_narrowed_by_kind_year_and_language(client, narrowed, count):
    posts(1, day="2024-05-06")
    assert len(client.get(EN, {"q": "letterbox", **narrowed}).context.get("found", [])) == count


def test_results_are_narrowed_by_council(client):
    mine, other = CouncilFactory(), CouncilFactory()
    posts(1, councils=(mine.pk,))
    assert len(client.get(EN, {"q": "letterbox", "council": mine.pk}).context["found"]) == 1
    assert client.get(EN, {"q": "letterbox", "council": other.pk}).context["found"] == []
    said = text_of(client.get(EN, {"q": "letterbox", "council": other.pk}))
    assert "Nothing was found" in said
    assert 'href="?q=letterbox">Search in everything</a>' in said


def test_nothing_asked_nothing_found_and_too_much_asked_each_get_their_help(client):
    empty = text_of(client.get(EN))
    assert "What can be found" in empty
    assert "Ask with no more" not in empty
    assert "What can be found" in text_of(client.get(EN, {"q": "  "}))
    nothing = text_of(client.get(EN, {"q": "zzzz"}))
    assert "Nothing was found" in nothing
    assert "Some papers and bids are found only by those who are signed in" in nothing
    long = text_of(client.get(EN, {"q": "x" * 201}))
    assert "Ask with no more than 200 characters." in long
    assert "govuk-error-summary" in long
    assert "Dim ond" not in text_of(client.get(CY, {"q": "x" * 201}))


def test_a_cost_of_six_queries_at_one_and_at_thirty_results_whatever_is_asked(client):
    posts(1)
    with CaptureQueriesContext(connection) as one:
        assert client.get(EN, {"q": "letterbox downwards"}).context["page_obj"].paginator.count == 1
    posts(29)
    with CaptureQueriesContext(connection) as thirty:
        assert client.get(EN, {"q": "letterbox downwards"}).context["page_obj"].paginator.count == 30
    assert costs(thirty) <= costs(one) <= 6
    with CaptureQueriesContext(connection) as mistaken:
        client.get(EN, {"q": "leterbox dwonwards Caerdydd unheardof"})
    assert costs(mistaken) <= 6


def test_pages_follow_each_other_and_one_that_is_not_shows_the_first(client):
    posts(21)
    first = client.get(EN, {"q": "letterbox"})
    assert "21 results: 1 to 20 shown" in text_of(first)
    second = client.get(EN, {"q": "letterbox", "page": "2"})
    assert len(second.context["found"]) == 1
    assert not {one.hit.key for one in first.context["found"]} & {one.hit.key for one in second.context["found"]}
    assert client.get(EN, {"q": "letterbox", "page": "90"}).context["page_obj"].number == 1
    assert client.get(EN, {"q": "letterbox", "page": "x"}).status_code == 200


def test_among_equals_the_latest_comes_first(client):
    for day in ("2021-03-01", "2024-03-01", "2022-03-01"):
        posts(1, day=day)
    put_all_alike()
    found = client.get(EN, {"q": "downwards"}).context["found"]
    assert [one.hit.day.year for one in found] == [2024, 2022, 2021]


def test_above_so_many_candidates_it_says_over(client, monkeypatch):
    posts(6)
    for module in ("programme.search.answering", "programme.views.search"):
        monkeypatch.setattr(f"{module}.MOST", 5)
    monkeypatch.setattr("programme.views.search.PER_PAGE", 2)
    assert "Over 5 texts have these words. The best are shown: 5 results: 1 to 2 shown" in text_of(
        client.get(EN, {"q": "letterbox"})
    )


def test_a_page_for_a_person_is_kept_nowhere_and_only_read(client):
    signed_in = Client()
    signed_in.force_login(person(), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "no-store" in signed_in.get(EN, {"q": "x"}).headers["Cache-Control"]
    assert "no-store" not in client.get(EN, {"q": "x"}).headers["Cache-Control"]
    assert client.post(EN).status_code == 405
    assert reverse("programme:search") == EN


def test_a_text_in_one_language_leads_to_the_page_in_the_readers(client):
    post = PostFactory(status="published", published_at="2024-05-06T10:00Z")
    put(
        [
            Document(
                f"projects.post:{post.pk}",
                "cy",
                "Blwch",
                "",
                kind="post",
                source="projects.post",
                row_id=post.pk,
                url="/cy/cymorth/",
            )
        ]
    )
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM programme_searchdue")
    (one,) = client.get(EN, {"q": "blwch"}).context["found"]
    assert (one.url, one.elsewhere) == ("/en/help/", "")
