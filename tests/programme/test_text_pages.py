"""Pages of plain text, feedback, and the addresses without a language."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from programme.models import PageFeedback
from programme.views.pages import NAMES, PAGES

WELSH = {
    "accessibility": "/cy/hygyrchedd/",
    "privacy": "/cy/preifatrwydd/",
    "cookies": "/cy/cwcis/",
    "help": "/cy/cymorth/",
    "contact": "/cy/cysylltu/",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_text_page_has_the_same_parts_in_both_languages(name):
    sides = [(PAGES / f"{name}.{language}.md").read_text(encoding="utf-8") for language in ("en", "cy")]
    shapes = [re.findall(r"^(#+|-|\d+\.|\|)", side, flags=re.MULTILINE) for side in sides]
    assert shapes[0] == shapes[1]
    numbers = [sorted(re.findall(r"\d+", side)) for side in sides]
    assert numbers[0] == numbers[1]


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_a_text_page_is_public_in_both_languages_and_links_to_its_other_side(name, client: Client):
    english = client.get(f"/en/{name}/").content.decode()
    welsh = client.get(WELSH[name]).content.decode()
    assert '<html lang="en"' in english
    assert '<html lang="cy"' in welsh
    assert WELSH[name] in english
    assert f"/en/{name}/" in welsh
    assert 'class="govuk-heading-xl"' in english


def test_the_pages_say_how_long_a_session_lasts_as_the_portal_keeps_it(settings):
    assert (settings.SESSION_COOKIE_AGE, settings.SESSION_LONGEST_SECONDS) == (4 * 3600, 24 * 3600)
    for name, language, idle, longest in (
        ("cookies", "en", "four hours pass in which you ask for nothing", "a day after signing in at the latest"),
        ("cookies", "cy", "bedair awr fynd heibio heb ichi ofyn am ddim", "diwrnod ar ôl mewngofnodi fan bellaf"),
        ("privacy", "en", "four hours pass in which you ask for nothing", "a day at most"),
        ("privacy", "cy", "bedair awr fynd heibio heb ichi ofyn am ddim", "ddiwrnod ar y mwyaf"),
    ):
        said = (PAGES / f"{name}.{language}.md").read_text(encoding="utf-8")
        assert idle in said
        assert longest in said


@pytest.mark.django_db
def test_each_cell_of_a_table_says_its_column_for_small_screens(client: Client):
    page = client.get(WELSH["cookies"]).content.decode()
    assert page.count('data-label="Cwci"') == page.count('data-label="Hyd nes"') == 3
    assert "portal-table--stack" in page


@pytest.mark.django_db
def test_links_in_a_text_page_lead_to_the_page_in_its_language(client: Client):
    assert 'href="/cy/cysylltu/"' in client.get(WELSH["privacy"]).content.decode()
    assert "mailto:digital@example.org" in client.get("/en/contact/").content.decode()


@pytest.mark.django_db
def test_anybody_can_say_whether_a_page_was_clear(client: Client):
    answer = client.post(
        "/cy/oedd-y-dudalen-yn-glir/", {"path": "/cy/cymorth/", "clear": "no", "comment": "Yn rhy hir"}
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, "/cy/oedd-y-dudalen-yn-glir/diolch/")
    kept = PageFeedback.objects.get()
    assert (kept.path, kept.language, kept.clear, kept.comment) == ("/cy/cymorth/", "cy", False, "Yn rhy hir")
    assert kept.at <= timezone.now()
    assert "Diolch" in client.get(answer.headers["Location"]).content.decode()


@pytest.mark.django_db
def test_feedback_without_an_answer_gets_a_sentence_and_keeps_the_comment(client: Client):
    answer = client.post("/en/was-this-page-clear/", {"path": "/en/", "comment": "Half a thought"})
    page = answer.content.decode()
    assert "Half a thought" in page
    assert "govuk-error-summary" in page
    assert not PageFeedback.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["https://example.com/", "//example.com/", "javascript:alert(1)"])
def test_an_address_elsewhere_is_not_kept_with_the_feedback(path, client: Client):
    client.post("/en/was-this-page-clear/", {"path": path, "clear": "yes"})
    assert PageFeedback.objects.get().path == "/"


@pytest.mark.django_db
def test_the_addresses_without_a_language_answer(client: Client):
    robots = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in robots
    security = client.get("/.well-known/security.txt").content.decode()
    expires = re.search(r"Expires: (\S+)", security)
    assert expires is not None
    assert timezone.datetime.fromisoformat(expires.group(1)) > timezone.now()
    assert "Preferred-Languages: cy, en" in security


@pytest.mark.django_db
def test_the_sitemap_gives_each_page_in_both_languages(client: Client):
    sitemap = client.get("/sitemap.xml").content.decode()
    assert "<loc>http://testserver/cy/hygyrchedd/</loc>" in sitemap.replace("https://", "http://")
    assert 'hreflang="en"' in sitemap
    assert 'hreflang="cy"' in sitemap


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accepts", "language"), [("cy", "cy"), ("cy-GB,en;q=0.5", "cy"), ("en-GB", "en"), ("fr", "en")]
)
def test_the_bare_address_leads_to_the_language_that_the_browser_asks_for(accepts, language, client: Client):
    answer = client.get("/", headers={"Accept-Language": accepts})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/{language}/")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "about"),
    [
        ("/en/help/", "The digital programme of local government in Wales: board, projects, fund and training."),
        ("/cy/prosiectau/", "Cynllun cyflawni digidol cynghorau Cymru: prosiectau, statws a chanlyniadau."),
        ("/en/training/", "Digital courses and sessions for officers of the Welsh councils, and how many took part."),
    ],
)  # fmt: skip
def test_a_page_tells_a_search_engine_what_its_area_is_about(path, about, client: Client):
    page = client.get(path, follow=True).content.decode()
    assert re.findall(r'<meta name="description" content="([^"]*)">', page) == [about]
