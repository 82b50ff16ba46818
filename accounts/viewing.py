"""Seeing the portal as another person sees it: read only, with a bar on every page that says so.

The session names a `Viewing`. Each request asks anew whether it holds: the consent, the administrator's role, the
person's account. While it holds, the request is the person's; but nothing is sent, the account's own pages are closed,
and the database takes no write from the page.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .actions.viewing import viewing_end
from .models import Viewing
from .rules import person_manage

logger = logging.getLogger(__name__)
KEY = "viewing"  # in the administrator's session
END = "viewing_end"  # the one view that may be sent to
CLOSED = ("accounts.views.", "allauth.")  # a person's account is their own


def viewing_of(request: HttpRequest) -> Viewing | None:
    """What this browser's administrator looks at, if it still holds; one that does not is ended."""
    pk = request.session.get(KEY)
    if pk is None:
        return None
    row = Viewing.objects.select_related("consent__user").filter(pk=pk).first()
    own = row is not None and request.user.is_authenticated and row.by_id == request.user.pk
    if row is not None and own:
        holds = row.ended_at is None and row.consent.is_open and row.consent.user.is_active
        if holds and person_manage(request.user):
            return row
        viewing_end(row, by=request.user)
    del request.session[KEY]
    return None


class ViewingMiddleware:
    """Makes a request that of the person who is looked at. It stands behind all that counts and limits requests."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        viewing = viewing_of(request)
        if viewing is None:
            return self.get_response(request)
        viewer, person = request.user, viewing.consent.user
        request.viewing = viewing  # type: ignore[attr-defined]  # read below and by base.html
        request.user = person
        logger.info("seen as another person: viewing %s, person %s, by %s", viewing.pk, person.pk, viewer.pk)
        try:
            response = self.get_response(request)
        finally:
            request.user = viewer  # what stands outside counts, keeps and logs for the administrator
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], arguments: Any, named: dict[str, Any]
    ) -> HttpResponse | None:
        """The page itself, drawn in a transaction that reads only."""
        if not hasattr(request, "viewing") or view.__name__ == END:
            return None
        if request.method not in {"GET", "HEAD"} or view.__module__.startswith(CLOSED):
            return refused(request)
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION READ ONLY")
                return view(request, *arguments, **named)
        except DatabaseError as error:
            if getattr(error.__cause__, "sqlstate", "") != "25006":  # a write in a transaction that reads only
                raise
            return refused(request)


def refused(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/viewing_refused.html", status=403)
