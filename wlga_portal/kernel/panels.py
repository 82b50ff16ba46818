"""What a higher app shows on the pages of a lower one: registered here, drawn there.

`@panel("organisations.council", order=20)` on `(request, thing) -> Panel | None`; the page calls `panels_for`.
`@shared_panel("programme.front", order=20)` is for one that many readers see alike: it is drawn once, and again when
something has changed.
`@needs` on `(user) -> Iterable[Need]` feeds *what needs you*; with `@needs(where="table WHERE …")` the finder is asked
only if there is such a row, which one query says of all finders. Both are registered in an app's `panels.py`, which the
kernel imports when Django is ready.
"""

from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, overload

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from .unchanged import snapshot, while_unchanged


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a page: a heading and a template with its context."""

    heading: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    html: SafeString | None = None  # where it is drawn already


@dataclass(frozen=True, slots=True)
class Press:
    """A button that does what is needed: what it says, the address that it is sent to, and with what.

    The address is that of the thing's own page, with its guard and its answer; the front page follows it.
    """

    label: str
    url: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Need:
    """Something that waits for a person; `due` orders the list (None comes last). `press` does it at once."""

    text: str
    url: str
    due: date | datetime | None = None
    detail: str = ""
    lang: str = ""
    press: Press | None = None

    @property
    def overdue(self) -> bool:
        if self.due is None:
            return False
        if isinstance(self.due, datetime):
            return self.due < timezone.now()
        return self.due < timezone.localdate()


Drawer = Callable[[HttpRequest, Any], Panel | None]
Reader = Callable[[Any], Hashable]
Finder = Callable[[Any], Iterable[Need]]
_panels: dict[str, list[tuple[int, Drawer]]] = {}
_readers: dict[Drawer, Reader] = {}
_needs: list[tuple[Finder, str]] = []


def panel(place: str, *, order: int = 50) -> Callable[[Drawer], Drawer]:
    """Show a panel at `place` (`<app>.<noun>`), lower orders first."""

    def register(drawer: Drawer) -> Drawer:
        _panels.setdefault(place, []).append((order, drawer))
        return drawer

    return register


def everybody(_user: Any) -> Hashable:
    """All readers see the same."""
    return None


def shared_panel(place: str, *, order: int = 50, reader: Reader = everybody) -> Callable[[Drawer], Drawer]:
    """Show a panel that is the same for all for whom `reader(user)` is the same, and that hangs on nothing else of the
    request than that, the language and the database."""

    def register(drawer: Drawer) -> Drawer:
        _readers[drawer] = reader
        return panel(place, order=order)(drawer)

    return register


def panels_for(place: str, request: HttpRequest, thing: Any, seen: str | None = None) -> list[Panel]:
    """The panels at `place` that have something to show to this person; `seen`: the snapshot, where it is known."""
    drawers = [drawer for _order, drawer in sorted(_panels.get(place, []), key=lambda pair: pair[0])]
    if seen is None:
        seen = snapshot() if any(drawer in _readers for drawer in drawers) else ""

    def shown(drawer: Drawer) -> Panel | None:
        if drawer not in _readers:
            return drawer(request, thing)
        key = (drawer, getattr(thing, "pk", None), _readers[drawer](request.user), get_language())
        return while_unchanged(key, lambda: drawn(drawer(request, thing)), seen)

    return [found for drawer in drawers if (found := shown(drawer)) is not None]


def drawn(panel: Panel | None) -> Panel | None:
    """A panel with its HTML, which knows of no reader."""
    if panel is None:
        return None
    html = render_to_string(panel.template, {"demo": settings.DEMO, **panel.context})
    return replace(panel, html=html)


@overload
def needs(finder: Finder) -> Finder: ...
@overload
def needs(*, where: str) -> Callable[[Finder], Finder]: ...
def needs(finder: Finder | None = None, *, where: str = "") -> Any:
    """Register what an app knows to wait for a person.

    `where` is SQL of a table and a condition, with `%(person)s` for the user's key: wide enough that a row is there
    whenever the finder finds something, and cheap. Most people have nothing of most kinds.
    """

    def register(found: Finder) -> Finder:
        _needs.append((found, where))
        return found

    return register(finder) if finder is not None else register


def quoted(values: Iterable[str]) -> str:
    """Words of the code's own as SQL: 'draft', 'invited'."""
    return ", ".join(f"'{value}'" for value in sorted(values))


def there(looks: Iterable[str], **values: Any) -> set[str]:
    """Those of these looks (SQL of a table and a condition) that find a row, in one query."""
    asked = list(dict.fromkeys(looks))
    if not asked:
        return set()
    with connection.cursor() as cursor:
        found = ", ".join(f"EXISTS(SELECT 1 FROM {where})" for where in asked)  # noqa: S608  conditions of the apps
        cursor.execute(f"SELECT {found}", values)
        return {where for where, one in zip(asked, cursor.fetchone(), strict=True) if one}


def looks() -> list[str]:
    """What the quick look asks for."""
    return [where for _finder, where in _needs if where]


def worth_asking(user: Any, found: Collection[str] | None = None) -> list[Finder]:
    """The finders that may have something for this person; `found`: what the quick look found, where it was made."""
    if user.pk is None:
        return [finder for finder, _where in _needs]
    if found is None:
        found = there(looks(), person=user.pk)
    return [finder for finder, where in _needs if not where or where in found]


def needs_of(user: Any, found: Collection[str] | None = None) -> list[Need]:
    """Everything that waits for this person, by deadline."""
    waiting = [need for finder in worth_asking(user, found) for need in finder(user)]
    return sorted(waiting, key=lambda need: (need.due is None, _moment(need.due), need.text))


def _moment(due: date | datetime | None) -> str:
    if due is None:
        return ""
    return timezone.localtime(due).isoformat() if isinstance(due, datetime) else f"{due.isoformat()}T23:59"
