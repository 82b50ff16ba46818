"""What happened since a person was here last.

`@happened` on `() -> Iterable[News]` gives the newest of what everybody may see; it is read once for all readers.
`@happened_to(where="table WHERE …")` on `(user, since) -> Iterable[News]` gives what is for this person; it is asked
only if there is such a row (`%(person)s`, `%(since)s`), which one query says of all, together with *what needs you*.
Both are registered in an app's `panels.py`, or in a module that it imports.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from .unchanged import while_unchanged

NEWEST = 10  # that each teller of what is public gives at most


@dataclass(frozen=True, slots=True)
class News:
    """Something that happened: when, what, the page that tells more, and of what it is."""

    at: datetime
    text: str
    url: str
    detail: str = ""


Teller = Callable[[], Iterable[News]]
OwnTeller = Callable[[Any, datetime], Iterable[News]]
_public: list[Teller] = []
_own: list[tuple[OwnTeller, str]] = []


def happened(teller: Teller) -> Teller:
    """Register what tells of things that everybody may see."""
    _public.append(teller)
    return teller


def happened_to(*, where: str) -> Callable[[OwnTeller], OwnTeller]:
    """Register what tells of a person's own things; `where` is as wide as what it finds."""

    def register(teller: OwnTeller) -> OwnTeller:
        _own.append((teller, where))
        return teller

    return register


def looks() -> list[str]:
    """What the quick look asks for."""
    return [where for _teller, where in _own]


def news_of(user: Any, since: datetime, *, there: Collection[str], seen: str) -> list[News]:
    """All that happened since then, the newest first. `there`: the looks that found a row; `seen`: the snapshot."""
    public = while_unchanged(("news", get_language()), lambda: [one for teller in _public for one in teller()], seen)
    own = [one for teller, where in _own if where in there for one in teller(user, since)]
    told = {(one.url, one.text): one for one in sorted([*public, *own], key=lambda one: one.at) if one.at > since}
    return sorted(told.values(), key=lambda one: one.at, reverse=True)
