"""What surrounds every page: titles, languages, areas, error pages."""

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from tests.kernel.markup import outline
from wlga_portal.kernel import context
from wlga_portal.kernel.forms import PortalForm, WordsField


def draw(source: str, *, path: str = "/en/x/", **given: object) -> str:
    given.setdefault("request", RequestFactory().get(path))
    return engines["django"].from_string(source).render(given)


class Short(PortalForm):
    text = WordsField(words=2, label="Text")


def test_the_title_of_a_page_says_that_its_form_has_errors():
    source = "{% error_prefix %}"
    assert draw(source, form=Short({"text": "one two three"})) == "Error: "
    assert draw(source, form=Short({"text": "one two"})) == ""
    assert draw(source, form=Short()) == ""
    formset = forms.formset_factory(Short)
    bad = formset({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-text": "one two three"})
    assert draw(source, rows=bad) == "Error: "
    with override("cy"):
        assert draw(source, form=Short({"text": ""})) == "Gwall: "


def test_the_frame_links_the_page_in_both_languages_and_marks_the_area():
    drawn = render_to_string("base.html", {"demonstration": True}, RequestFactory().get("/en/components/?phase=alpha"))
    assert '<html lang="en"' in drawn
    assert 'hreflang="cy" href="http://127.0.0.1:8000/cy/cydrannau/?phase=alpha"' in drawn
    assert 'rel="canonical" href="http://127.0.0.1:8000/en/components/?phase=alpha"' in drawn
    assert "Demonstration: invented data" in drawn
    assert '<a class="govuk-language-navigation__link" href="/cy/cydrannau/?phase=alpha"' in drawn


def test_the_language_switch_is_a_button_of_the_form_where_what_is_typed_must_be_saved_first():
    drawn = render_to_string("base.html", {"switch_saves": True}, RequestFactory().get("/en/components/"))
    assert 'form="page-form" name="_switch" value="cy"' in drawn
    assert 'rel="alternate" lang="cy"' not in drawn
    buttons = re.findall(r'<button type="submit" form="page-form"[^>]*>', drawn)  # Enter in a field presses the first
    assert ["_switch" in button for button in buttons] == [False, True]


def test_an_area_is_marked_where_one_is_in_it():
    known = dict.fromkeys(context.AREAS, "") | {"fund:front": "/en/fund/", "board:front": "/en/board/"}
    marks = {
        path: [area.current for area in context.areas(RequestFactory().get(path), known)]
        for path in ("/en/fund/", "/en/fund/bids/", "/en/")
    }
    assert marks == {"/en/fund/": ["", "page"], "/en/fund/bids/": ["", "true"], "/en/": ["", ""]}
    assert context.find("nowhere:at_all") == ""


def test_the_time_that_is_left_of_a_session_counts_from_its_beginning(settings, time_machine):
    settings.SESSION_COOKIE_AGE = 3600
    request = RequestFactory().get("/en/")
    request.session = {}
    assert context.Page(request).session_seconds() == 3600
    time_machine.move_to("2026-11-23 09:00:00", tick=False)
    context.begin(request.session)
    time_machine.move_to("2026-11-23 09:10:00", tick=False)
    assert context.Page(request).session_seconds() == 3000
    time_machine.move_to("2026-11-23 19:10:00", tick=False)
    assert context.Page(request).session_seconds() == 1


@pytest.mark.parametrize("code", ["400", "403", "404"])
def test_an_error_page_speaks_the_language_of_its_address_or_both_welsh_first(code):
    welsh = render_to_string(f"{code}.html", {}, RequestFactory().get("/cy/x/"))
    both = render_to_string(f"{code}.html", {}, RequestFactory().get("/x/"))
    assert '<div lang="cy">' in welsh
    assert '<div lang="en">' not in welsh
    assert both.index('<div lang="cy">') < both.index('<div lang="en">')
    assert both.count("<h1") == 1


@pytest.mark.parametrize("code", ["500", "503"])
def test_the_pages_of_a_broken_portal_need_no_request_and_come_in_both_languages(code):
    drawn = render_to_string(f"{code}.html", {})
    assert drawn.index('<div lang="cy">') < drawn.index('<div lang="en">')
    assert '<html lang="cy"' in drawn
    assert '<span>CLlLC / <span lang="en">WLGA</span></span></a>' in drawn


def test_a_form_whose_token_is_gone_says_how_to_keep_what_was_typed():
    drawn = render_to_string("403.html", {"csrf": True}, RequestFactory().get("/en/x/"))
    assert "what you typed should still be there" in drawn
    assert "The form could not be sent" in drawn


def test_the_gallery_shows_every_component_in_demonstration_mode_only(client, settings):
    settings.DEMO = False
    assert client.get("/en/components/").status_code == 404
    settings.DEMO = True
    english, welsh = client.get("/en/components/"), client.get("/cy/cydrannau/?q=x")
    assert (english.status_code, welsh.status_code) == (200, 200)
    assert "Mae’r cyngor wedi cytuno" in welsh.content.decode()


def test_the_page_that_a_load_balancer_shows_says_what_the_portal_says():
    kept = Path(settings.BASE_DIR, "static/503.html").read_text("utf-8")
    assert outline(kept) == outline(render_to_string("503.html", {}))
