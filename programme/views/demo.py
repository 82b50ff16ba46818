"""The demonstration: ready people, and signing in as one of them. Only where `PORTAL_DEMO` is set."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from accounts.roles import Role
from programme.loading import read_facts
from wlga_portal.kernel.bilingual import Text, page_language
from wlga_portal.kernel.screens import page, screen

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def only_in_demonstration() -> None:
    if not settings.DEMO:
        raise Http404


@screen(public=True, methods=("GET", "HEAD"))
def demo_people(request: HttpRequest) -> HttpResponse:
    """Who can be signed in as, what each one does here, and in which language they read."""
    only_in_demonstration()
    descriptions = {row["slug"]: row["description"] for row in read_facts()["demo"]["people"]}
    users = User.objects.exclude(demo_slug=None).prefetch_related("memberships__organisation").order_by("pk")
    people = [
        {
            "user": user,
            "description": Text(**descriptions[str(user.demo_slug)]),
            "memberships": [
                {"role": Role(membership.role).label, "organisation": membership.organisation.name}
                for membership in user.memberships.all()
            ],
        }
        for user in users
        if user.demo_slug in descriptions
    ]
    return page(request, "programme/demo_people.html", {"people": people})


@screen(public=True, methods=("POST",))
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as the person whose slug is in `person`, and go to the front page."""
    only_in_demonstration()
    user: Any = get_object_or_404(User, demo_slug=request.POST.get("person", ""))
    login(request, user, backend=BACKEND)
    with override(page_language()):
        return redirect(reverse("programme:front"))
