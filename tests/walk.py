"""Walks the portal as a person would: every link and form that their pages show."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any
from unittest.mock import patch
from urllib.parse import urljoin, urlsplit

from django.template.backends.django import Template
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils.translation import override

from accounts.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SAMPLES_OF_A_VIEW = 2  # pages of one view that a walk visits: more would show the same again


class Links(HTMLParser):
    """The addresses on a page: of links, and of forms."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: list[str] = []
        self.forms: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        if tag == "a" and values.get("href"):
            self.pages.append(values["href"] or "")
        if tag == "form" and (values.get("action") or values.get("method") == "post"):
            self.forms.append(values.get("action") or "")
        if values.get("data-draft"):
            self.forms.append(values["data-draft"] or "")
        if tag in {"button", "input"} and values.get("formaction"):
            self.forms.append(values["formaction"] or "")


def view_name(path: str) -> str | None:
    """`fund:bid_edit`, or None for an address that is not the portal's own; each address in its own language."""
    try:
        with override("cy" if path.startswith("/cy/") else "en"):
            return resolve(path).view_name
    except Resolver404:
        return None


def client_of(person: str | None) -> Client:
    """A browser signed in as this person of the demonstration, or not at all."""
    client = Client()
    if person:
        client.force_login(User.objects.get(demo_slug=person), backend=BACKEND)
    return client


@contextmanager
def unrendered() -> Iterator[None]:
    """Pages are answered and not drawn: for who may open what the status says it all, and drawing costs the most."""
    with patch.object(Template, "render", lambda _self, *_context: ""):
        yield


def opened(client: Client, path: str) -> Any:
    """The answer of an address with its `body`; a file is read to its end, which closes it."""
    answer: Any = client.get(path)
    answer.body = answer.getvalue() if answer.streaming else answer.content
    return answer


def walk(
    client: Client, start: str, look: Callable[[str, Any], object] = lambda _path, _answer: None
) -> tuple[dict[str, int], set[str]]:
    """Each address that the pages link to, with the status that it answered, and the addresses of their forms.

    `look` is called with each address and its answer.
    """
    queue, seen, forms = deque([start]), {start: 0}, set()
    visits: dict[str, int] = {}
    language = start[:4]
    while queue:
        path = queue.popleft()
        answer = opened(client, path)
        look(path, answer)
        seen[path] = answer.status_code
        if answer.status_code != 200 or "text/html" not in answer.headers.get("Content-Type", ""):
            continue
        links = Links()
        links.feed(answer.content.decode())
        forms.update(urlsplit(urljoin(path, action)).path for action in links.forms)
        for link in links.pages:
            parts = urlsplit(urljoin(path, link))
            name = None if parts.netloc else view_name(parts.path)
            if name is None or not parts.path.startswith(language) or parts.path in seen:
                continue
            visits[name] = visits.get(name, 0) + 1
            if visits[name] <= SAMPLES_OF_A_VIEW:
                seen[parts.path] = 0
                queue.append(parts.path)
    return seen, forms
