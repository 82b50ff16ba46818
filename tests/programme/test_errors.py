"""The error pages, as a browser gets them: in the language of the address, and in both where it names none."""

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from programme.views import front

pytestmark = pytest.mark.django_db
RAISED = {400: BadRequest(), 403: PermissionDenied(), 404: Http404(), 500: RuntimeError(), 503: OperationalError()}
BOTH_ALWAYS = {500, 503}  # drawn without the request, which may be what failed


@pytest.fixture(params=RAISED)
def broken(request, monkeypatch, settings):
    """The front page fails as the status says; the browser takes the answer that a person would get."""
    settings.DEBUG = False

    def fail(*_arguments: object, **_more: object) -> None:
        raise RAISED[request.param]

    monkeypatch.setattr(front, "page", fail)
    return request.param


def languages(content: str) -> list[str]:
    return [code for code in ("cy", "en") if f'<div lang="{code}">' in content]


@pytest.mark.parametrize("language", ["en", "cy"])
def test_an_error_page_has_its_status_and_the_language_of_its_address(broken, language):
    answer = Client(raise_request_exception=False).get(f"/{language}/")
    content = answer.content.decode()
    assert answer.status_code == broken
    assert languages(content) == (["cy", "en"] if broken in BOTH_ALWAYS else [language])
    assert content.count("<h1") == 1
    assert "<script>" not in content


@pytest.mark.parametrize("path", ["/nothing-here/", "/en-gb/", "/admin/"])
def test_an_address_without_a_language_gets_both_welsh_first(path, settings):
    settings.DEBUG = False
    answer = Client().get(path)
    content = answer.content.decode()
    assert answer.status_code == 404
    assert languages(content) == ["cy", "en"]
    assert content.index('<div lang="cy">') < content.index('<div lang="en">')


@pytest.mark.parametrize(("language", "other"), [("en", "cy"), ("cy", "en")])
def test_an_address_that_there_is_not_is_told_in_its_language_alone(language, other):
    answer = Client().get(f"/{language}/nothing-here/")
    assert answer.status_code == 404
    assert languages(answer.content.decode()) == [language]
    assert f'<html lang="{language}"' in answer.content.decode()


def test_a_form_without_its_token_is_refused_in_the_language_of_its_address():
    with override("cy"):
        path = reverse("account_request_login_code")
    answer = Client(enforce_csrf_checks=True).post(path, {"email": "a@example.org"})
    assert answer.status_code == 403
    assert languages(answer.content.decode()) == ["cy"]
