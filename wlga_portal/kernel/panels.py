"""What a higher app shows on the pages of a lower one: registered here, drawn there.

`@panel("organisations.council", order=20)` on `(request, thing) -> Panel | None`; the page calls `panels_for`.
`@needs` on `(user) -> Iterable[Need]` feeds *what needs you*. Both are registered in an app's `panels.py`, which the
kernel imports when Django is ready.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a page: a heading and a template with its context."""

    heading: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Need:
    """Something that waits for a person; `due` orders the list (None comes last)."""

    text: str
    url: str
    due: date | datetime | None = None
    detail: str = ""
    lang: str = ""

    @property
    def overdue(self) -> bool:
        if self.due is None:
            return False
        if isinstance(self.due, datetime):
            return self.due < timezone.now()
        return self.due < timezone.localdate()


Drawer = Callable[[HttpRequest, Any], Panel | None]
Finder = Callable[[Any], Iterable[Need]]
_panels: dict[str, list[tuple[int, Drawer]]] = {}
_needs: list[Finder] = []


def panel(place: str, *, order: int = 50) -> Callable[[Drawer], Drawer]:
    """Show a panel at `place` (`<app>.<noun>`), lower orders first."""

    def register(drawer: Drawer) -> Drawer:
        _panels.setdefault(place, []).append((order, drawer))
        return drawer

    return register


def panels_for(place: str, request: HttpRequest, thing: Any) -> list[Panel]:
    """The panels at `place` that have something to show to this person."""
    drawers = sorted(_panels.get(place, []), key=lambda pair: pair[0])
    return [shown for _order, drawer in drawers if (shown := drawer(request, thing)) is not None]


def needs(finder: Finder) -> Finder:
    """Register what an app knows to wait for a person."""
    _needs.append(finder)
    return finder


def needs_of(user: Any) -> list[Need]:
    """Everything that waits for this person, by deadline."""
    found = [need for finder in _needs for need in finder(user)]
    return sorted(found, key=lambda need: (need.due is None, _moment(need.due), need.text))


def _moment(due: date | datetime | None) -> str:
    if due is None:
        return ""
    return timezone.localtime(due).isoformat() if isinstance(due, datetime) else f"{due.isoformat()}T23:59"
