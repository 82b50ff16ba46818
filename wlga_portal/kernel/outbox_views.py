"""The demonstration's outbox: the mail that would have been sent, so that anybody can read their code."""

import re
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse

from .screens import page, screen
from .service_models import OutboxMessage

PER_PAGE = 30
LINK = re.compile(r"(https?://\S+)")


def find_nothing_unless_demonstration() -> None:
    if not settings.DEMO:
        raise Http404


@screen(public=True, methods=("GET", "HEAD"))
def outbox_list(request: HttpRequest) -> HttpResponse:
    """All mail of the demonstration, the newest first."""
    find_nothing_unless_demonstration()
    shown = Paginator(OutboxMessage.objects.all(), PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "kernel/outbox_list.html", {"page_obj": shown})


def find_message(request: HttpRequest, number: int) -> Any:
    find_nothing_unless_demonstration()
    return OutboxMessage.objects.get(pk=number)


@screen(public=True, find=find_message, methods=("GET", "HEAD"))
def outbox_message(request: HttpRequest, message: OutboxMessage) -> HttpResponse:
    """One mail: its text, with its links."""
    lines = [LINK.split(line) for line in message.text.splitlines()]
    return page(request, "kernel/outbox_message.html", {"message": message, "lines": lines})
