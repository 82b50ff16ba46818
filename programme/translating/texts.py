"""The worklist: every text of every kind that a translator sees, in one statement.

Each kind is one branch of a UNION; a branch takes the texts of its rows apart. So the list costs as many queries
for one text as for a thousand.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any, overload

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import BooleanField, Case, CharField, F, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from wlga_portal.kernel.bilingual import Text, page_language
from wlga_portal.kernel.history import event_models

from .kinds import AREAS, Kind, kinds


class State(models.TextChoices):
    """What a text waits for. One that is reviewed waits for nothing."""

    MISSING = "missing", pgettext_lazy("translation", "Missing")
    STALE = "stale", pgettext_lazy("translation", "Out of date")
    UNREVIEWED = "unreviewed", pgettext_lazy("translation", "Not reviewed")
    REVIEWED = "reviewed", pgettext_lazy("translation", "Reviewed")


COLOURS = {"missing": "red", "stale": "orange", "unreviewed": "yellow", "reviewed": "green"}
SORTS = {"since": "since", "words": "words", "area": "area", "state": "state", "place": "place"}


class Direction(models.TextChoices):
    """Into which language a text goes: that which is missing or behind, else the one it was not first written in."""

    CY = "cy", _("English to Welsh")
    EN = "en", _("Welsh to English")


def digest(text: str) -> str:
    """A short sign of a text, to see whether it is still the same."""
    return sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of the worklist. `kept`: its words are frozen, and only its mark may change."""

    kind: str
    name: str
    pk: int
    place: Text
    en: str
    cy: str
    kept: bool
    target: str
    state: str
    words: int
    since: datetime | None

    @property
    def area(self) -> Any:
        return AREAS[self.kind.partition(".")[0]]

    @property
    def label(self) -> Any:
        return kinds()[self.kind].name(self.name).label

    @property
    def source(self) -> str:
        return "en" if self.target == "cy" else "cy"

    @property
    def said(self) -> str:
        """The side from which it is translated."""
        return self.en if self.target == "cy" else self.cy

    @property
    def translated(self) -> str:
        return self.cy if self.target == "cy" else self.en

    @property
    def key(self) -> str:
        """Its name in a file that is taken out: with a sign of the translation that it had then."""
        return f"{self.kind}-{self.pk}-{self.name}-{self.target}-{digest(self.translated)}"

    @property
    def both(self) -> str:
        """A sign of both sides: what a translator compared."""
        return digest(f"{digest(self.en)}{digest(self.cy)}")

    def get_absolute_url(self) -> str:
        named = {"kind": self.kind, "pk": self.pk, "name": self.name, "to": self.target}
        return reverse("programme:translating_text", kwargs=named)


@dataclass(frozen=True, slots=True)
class Sum:
    """How many texts are in a state, and how many words there are to translate from."""

    state: str
    texts: int
    words: int

    @property
    def note(self) -> str:
        return ngettext("%(count)s word", "%(count)s words", self.words) % {"count": f"{self.words:,}"}


# What each branch gives, and what is worked out from it.
TEXTS = """
WITH texts AS (
SELECT *, CASE WHEN (en = '') <> (cy = '') THEN 'missing' WHEN mark IN ('stale_en', 'stale_cy') THEN 'stale'
    WHEN mark = 'reviewed' THEN 'reviewed' ELSE 'unreviewed' END AS state,
    CASE WHEN cy = '' THEN 'cy' WHEN en = '' THEN 'en' WHEN mark = 'stale_cy' THEN 'cy' WHEN mark = 'stale_en' THEN 'en'
    WHEN first = 'cy' THEN 'en' ELSE 'cy' END AS target
FROM ({branches}) AS every WHERE en <> '' OR cy <> ''
), counted AS (
SELECT *, cardinality(regexp_split_to_array(btrim(CASE WHEN target = 'cy' THEN en ELSE cy END), '\\s+')) AS words
FROM texts)
"""
ENTRIES = """
SELECT kind, name, pk, place_en, place_cy, en, cy, kept, target, state, words, since
FROM counted WHERE {where} ORDER BY {order}
"""


@dataclass(frozen=True)
class Worklist(Sequence[Entry]):
    """The texts that a translator sees, narrowed and ordered; a page of it is read when it is asked for."""

    user: Any
    wanted: dict[str, Any] = field(default_factory=dict)
    sort: str = ""
    _sums: list[list[Sum]] = field(default_factory=list)
    model: None = None  # a filter set asks for it

    def all(self) -> "Worklist":
        return self

    def narrowed(self, wanted: dict[str, Any]) -> "Worklist":
        """`area`, `state` (one, `waiting` for all but the reviewed, or `every`), `to`, `since`, `until`, `least`,
        `most`, `q`, `rows` (the ids of rows by kind), `name`, and `open`: without frozen words."""
        return replace(self, wanted=wanted, _sums=[])

    def branches(self) -> tuple[str, list[Any]]:
        """One SELECT for each kind that is asked for, and its parameters."""
        area, some = self.wanted.get("area"), self.wanted.get("rows")
        parts, parameters = [], []
        for key, kind in kinds().items():
            if (area and kind.area != area) or (some is not None and key not in some):
                continue
            rows = kind.seen(self.user)
            if some is not None:
                rows = rows.filter(pk__in=some[key])
            try:
                sql, given = branch(kind, rows)
            except EmptyResultSet:  # the demonstration's alone, where it is not shown
                continue
            parts.append(sql)
            parameters += given
        return " UNION ALL ".join(parts) or NOTHING, parameters

    def where(self) -> tuple[str, list[Any]]:
        wanted, found, given = self.wanted, [], []
        plain = {
            "name": "name = %s",
            "to": "target = %s",
            "since": "since >= %s",
            "least": "words >= %s",
            "most": "words <= %s",
        }
        for name, condition in plain.items():
            if wanted.get(name) not in {None, ""}:
                found.append(condition)
                given.append(wanted[name])
        if isinstance(wanted.get("until"), date):
            found.append("since < %s::date + 1")
            given.append(wanted["until"])
        state = wanted.get("state") or "waiting"
        if state != "every":
            found.append("state <> 'reviewed'" if state == "waiting" else "state = %s")
            given += [] if state == "waiting" else [state]
        if wanted.get("open"):
            found.append("NOT kept")
        if wanted.get("q"):
            found.append("(strpos(lower(en), lower(%s)) > 0 OR strpos(lower(cy), lower(%s)) > 0)")
            given += [wanted["q"]] * 2
        return " AND ".join(found) or "true", given

    def read(self, tail: str) -> list[tuple[Any, ...]]:
        sql, given = self.branches()
        where, more = self.where()
        statement = TEXTS.replace("{branches}", sql) + tail.replace("{where}", where)
        with connection.cursor() as cursor:
            cursor.execute(statement, [*given, *more])
            return list(cursor.fetchall())

    def sums(self) -> list[Sum]:
        """Texts and words by state, in the order of the states: one query for all."""
        if not self._sums:
            rows = self.read("SELECT state, count(*), sum(words)::int FROM counted WHERE {where} GROUP BY state")
            by_state = {state: Sum(state, texts, words) for state, texts, words in rows}
            self._sums.append([by_state[state] for state in State.values if state in by_state])
        return self._sums[0]

    def __len__(self) -> int:
        return sum(one.texts for one in self.sums())

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> list[Entry]: ...

    def __getitem__(self, index: int | slice) -> Entry | list[Entry]:
        if isinstance(index, int):
            return self.entries(index, index + 1)[0]
        return self.entries(index.start or 0, index.stop)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries(0, None))

    def entries(self, start: int, stop: int | None) -> list[Entry]:
        limit = f" LIMIT {stop - start:d}" if stop is not None else ""
        tail = ENTRIES.replace("{order}", self.order()) + f"{limit} OFFSET {start:d}"
        return [
            Entry(kind, name, pk, Text(place_en, place_cy), *rest)
            for kind, name, pk, place_en, place_cy, *rest in self.read(tail)
        ]

    def order(self) -> str:
        """As asked, else what is missing or out of date first, and within it what has waited longest."""
        usual = "array_position(ARRAY['missing','stale','unreviewed','reviewed'], state), since NULLS LAST"
        column = SORTS.get(self.sort.removeprefix("-"))
        own = f"{column} {'DESC' if self.sort.startswith('-') else 'ASC'} NULLS LAST, " if column else ""
        if column == "place":
            own = own.replace("place", f"place_{page_language()}", 1)
        return f"{own}{usual}, kind, pk, name"


NOTHING = (
    "SELECT ''::text AS kind, '' AS area, '' AS name, 0::bigint AS pk, '' AS place_en, '' AS place_cy, '' AS first,"
    " ''::text AS en, ''::text AS cy, ''::text AS mark, false AS kept, NULL::timestamptz AS since WHERE false"
)


def branch(kind: Kind, rows: models.QuerySet[Any]) -> tuple[str, list[Any]]:
    """The SELECT of one kind: each row as often as it has texts. Its columns are named by their place."""
    columns: list[Any] = ["pk"]
    annotations: dict[str, Any] = {"first_": as_text(kind.first)}
    for side, path in zip(("en", "cy"), kind.place or (None, None), strict=True):
        annotations[f"place_{side}_"] = as_text(F(path) if path else Value(""))
    for number, name in enumerate(kind.names):
        kept = kind.kept(name.name)
        annotations[f"en_{number}_"] = F(name.en)
        annotations[f"cy_{number}_"] = F(name.cy)
        annotations[f"mark_{number}_"] = as_text(F(name.mark) if name.mark else Value("unreviewed"))
        constant = isinstance(kept, Value)
        annotations[f"kept_{number}_"] = (
            Case(When(Value(value=True), then=kept), output_field=BooleanField())
            if constant
            else Case(When(kept, then=Value(value=True)), default=Value(value=False), output_field=BooleanField())
        )
    query = rows.order_by().annotate(**annotations).values_list(*columns, *annotations)
    sql, given = query.query.sql_with_params()
    named = ", ".join(f'"{one}"' for one in ["pk", *annotations])
    values = ", ".join(
        f"('{name.name}', s.en_{number}_, s.cy_{number}_, s.mark_{number}_, s.kept_{number}_)"
        for number, name in enumerate(kind.names)
    )
    return (
        f"SELECT '{kind.key}' AS kind, '{kind.area}' AS area, t.name, s.pk::bigint, s.place_en_ AS place_en,"  # noqa: S608  names of models and columns
        f" s.place_cy_ AS place_cy, s.first_ AS first, t.en::text, t.cy::text, t.mark, t.kept, {since(kind)} AS since"
        f" FROM ({sql}) AS s({named}) CROSS JOIN LATERAL (VALUES {values}) AS t(name, en, cy, mark, kept)"
    ), list(given)


def as_text(expression: Any) -> Any:
    return Cast(expression, CharField())


def since(kind: Kind) -> str:
    """When both sides first said what they say now, by the history; nothing where none is kept."""
    events = event_models().get(kind.model)
    if events is None:
        return "NULL::timestamptz"
    table = events._meta.db_table
    cases = " ".join(
        f"WHEN '{name.name}' THEN (SELECT min(e.pgh_created_at) FROM {table} AS e WHERE e.pgh_obj_id = s.pk"  # noqa: S608  likewise
        f" AND e.{name.en} = t.en AND e.{name.cy} = t.cy)"
        for name in kind.names
    )
    return f"CASE t.name {cases} END"
