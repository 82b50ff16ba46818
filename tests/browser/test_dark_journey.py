"""Dark and light: the pictures of every kind can be seen in both, and whole pages pass axe in the dark, in each
language."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Page

from tests.browser.conftest import Site

pytestmark = pytest.mark.journey
CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
languages = pytest.mark.parametrize("language", ["en", "cy"])


def address(name: str, language: str, **parts: Any) -> str:
    with override(language):
        return reverse(name, kwargs=parts or None)


def slug_of(site: Site, language: str, rest: str) -> str:
    """The slug of the first row that this SQL finds."""
    return str(site.rows(f"SELECT thing.slug_{language} FROM {rest} LIMIT 1")[0][0])


def with_pictures(site: Site, language: str) -> dict[str, str]:
    """A page of each kind of picture."""
    family = slug_of(site, language, "projects_project thing JOIN projects_lineage l ON l.later_id = thing.id")
    return {
        "map, bars, plans and years": address("programme:front", language),
        "lines, shares and areas": address("kernel:component_gallery", language),
        "projects over time": address("projects:portfolio_timeline", language) + "?plan=demonstration-plan",
        "a family of projects": address("projects:project_lineage", language, slug=family),
        "a radar": address("training:maturity_example", language, number=1),
        "the figures of a year": address("training:demonstration", language),
        "scores": address(
            "fund:panel_page", language, slug={"en": "demonstration-sift", "cy": "didoli-enghreifftiol"}[language],
            stage="sift",
        ),
        "awards": address("fund:award_list", language),
    }  # fmt: skip


@pytest.mark.parametrize("scheme", ["dark", "light"])
@languages
def test_every_mark_and_every_word_of_a_picture_stands_out_from_what_is_below_it(
    site: Site, page: Page, language: str, scheme: Any
) -> None:
    site.sign_in(page, "fund-manager", language)
    page.emulate_media(color_scheme=scheme)
    faults: list[str] = []
    for kind, path in with_pictures(site, language).items():
        page.goto(site.url + path)
        told = page.evaluate(CONTRAST)
        assert (told["texts"] > 0, told["marks"] > 0) == (True, True), f"{kind}: {path} shows no picture"
        faults += [f"{kind}: {fault}" for fault in told["faults"]]
    assert not faults, "\n".join(faults)


@languages
def test_pictures_are_dark_where_the_page_is_and_white_on_paper_and_in_light(
    site: Site, page: Page, language: str
) -> None:
    page.goto(f"{site.url}/{language}/")
    grounds = {}
    for name, media in {
        "dark": {"color_scheme": "dark"},
        "light": {"color_scheme": "light"},
        "paper": {"color_scheme": "dark", "media": "print"},
    }.items():
        page.emulate_media(**{"media": "screen", **media})  # type: ignore[arg-type]  # the names that it knows
        grounds[name] = {
            page.locator(place).first.evaluate("one => getComputedStyle(one).backgroundColor")
            for place in (".portal-tile-map", ".portal-chart")
        }
    assert grounds["dark"] == {"rgb(15, 23, 22)"}  # the page's own
    assert grounds["light"] == grounds["paper"] == {"rgb(255, 255, 255)"}


@languages
def test_whole_pages_pass_in_the_dark(site: Site, page: Page, language: str) -> None:
    council = slug_of(site, language, "organisations_organisation thing WHERE thing.slug_en = 'torfaen'")
    page.emulate_media(color_scheme="dark")
    for path in (
        address("programme:front", language),
        address("organisations:organisation_page", language, slug=council),
        address("projects:project_list", language),
        address("programme:team_page", language),
    ):
        site.open(page, path)
    site.sign_in(page, "team", language)
    site.check(page)
    site.open(page, address("programme:team_add", language))
