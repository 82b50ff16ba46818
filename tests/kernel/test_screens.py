"""Every view stands behind one guard."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import get_resolver
from django.utils.translation import override

from accounts.roles import Role
from projects.models import Project
from tests.factories.people import person
from tests.factories.projects import ProjectFactory
from wlga_portal.kernel.screens import languages_of, page, screen, set_languages


def request(method: str = "GET", path: str = "/en/projects/", **query: str) -> Any:
    made = RequestFactory().generic(
        method, path, QUERY_STRING="&".join(f"{key}={value}" for key, value in query.items())
    )
    made.user = AnonymousUser()
    return made


def show(_request: HttpRequest, *found: Any, **url: Any) -> HttpResponse:
    return HttpResponse(repr((found, url)))


def test_a_screen_says_who_may_see_it():
    with pytest.raises(ValueError, match="names a rule or finds its object"):
        screen()


def test_only_a_public_screen_asks_for_no_sign_in():
    assert screen(public=True)(show).login_required is False
    assert getattr(screen(may=bool)(show), "login_required", True) is True
    assert screen(public=True)(show).__name__ == "show"


def test_a_method_that_is_not_named_is_405():
    guarded = screen(public=True, methods=("POST",))(show)
    response = guarded(request())
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert guarded(request("POST")).status_code == 200
    assert guarded.guard.methods == ("POST",)


def test_a_rule_without_an_object_is_asked_of_the_person():
    assert screen(may=lambda user: True)(show)(request(), year="2022").content == b"((), {'year': '2022'})"
    with pytest.raises(PermissionDenied):
        screen(may=lambda user: False)(show)(request())


def test_the_object_is_found_before_the_rule_is_asked():
    asked = []

    def may(user: Any, found: str) -> bool:
        asked.append(found)
        return False

    def nothing(request: HttpRequest, slug: str) -> str:
        raise Http404

    with pytest.raises(Http404):
        screen(find=nothing, may=may)(show)(request(), slug="a")
    assert asked == []
    with pytest.raises(PermissionDenied):
        screen(find=lambda request, slug: slug.upper(), may=may)(show)(request(), slug="a")
    assert asked == ["A"]


def test_the_view_gets_the_object_in_the_place_of_its_address():
    guarded = screen(find=lambda request, slug: slug.upper())(show)
    assert guarded(request(), slug="a").content == b"(('A',), {})"


@pytest.mark.django_db
def test_an_object_that_is_not_there_is_404():
    guarded = screen(find=lambda request, pk: Project.objects.get(pk=pk), may=lambda user, found: True)(show)
    with pytest.raises(Http404):
        guarded(request(), pk=0)


@pytest.mark.django_db
def test_the_language_switch_gets_both_addresses_and_keeps_the_query():
    project = ProjectFactory(slug_en="maps", slug_cy="mapiau")
    asked = request(path="/en/projects/maps/", as_at="2026-11-01")
    set_languages(asked, project)
    assert languages_of(asked) == {
        "en": "/en/projects/maps/?as_at=2026-11-01",
        "cy": "/cy/prosiectau/mapiau/?as_at=2026-11-01",
    }


def test_the_language_switch_translates_the_words_of_other_addresses():
    assert languages_of(request(path="/en/projects/")) == {"en": "/en/projects/", "cy": "/cy/prosiectau/"}


def test_an_address_that_is_the_same_in_both_languages_is_given_as_text():
    asked = request(path="/robots.txt")
    set_languages(asked, "/robots.txt")
    assert languages_of(asked) == {"en": "/robots.txt", "cy": "/robots.txt"}


def test_a_page_is_drawn_at_once_with_its_status():
    made = request()
    made.session = {}
    response = page(made, "components/notification.html", {"content": "Saved", "kind": "success"}, status=409)
    assert (response.status_code, response.is_rendered) == (409, True)
    assert b"Saved" in response.content


def views(patterns: Any, names: tuple[str, ...] = ()) -> Any:
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from views(pattern.url_patterns, (*names, str(pattern.app_name or "")))
        else:
            yield names, pattern.callback


OWN = ("programme", "board", "fund", "training", "projects", "accounts", "organisations", "wlga_portal")


def test_every_view_of_the_portal_is_a_screen():
    unguarded = [
        f"{callback.__module__}.{callback.__name__}"
        for _names, callback in views(get_resolver().url_patterns)
        if callback.__module__.split(".")[0] in OWN and not hasattr(callback, "guard")
    ]
    assert unguarded == []


@pytest.mark.django_db
def test_a_person_of_no_role_and_a_stranger_get_the_same_from_a_team_screen(client):
    project = ProjectFactory()
    with override("en"):
        address = f"{project.get_absolute_url()}edit/"
    assert client.get(address).status_code == 302
    client.force_login(person(Role.OFFICER), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(address).status_code == 403
    client.force_login(person(Role.TEAM), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(address).status_code == 200
