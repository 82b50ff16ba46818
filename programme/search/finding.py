"""Answering a question: the texts that share its words, the best first.

Each word of the question is a group of keys. First the texts that have all groups; where they are few, those that have
some, the rarer the word the better. A word that stands nowhere is taken for the nearest one that does. The name of a
council stands for its name in the other language too.
"""

import csv
import functools
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from ..loading import FACTS
from .index import keys_of
from .words import telling, words_of

MOST = 2_000  # texts that are ranked for one question
FEW = 5  # below so many that have every word, those that have some are looked at as well
WORDS = 12  # of a question; the rest is left out
NEAREST = 3  # known words in the place of one that is not known
SHORTEST, LONG = 4, 7  # letters: shorter words are taken as they are; in longer ones two letters may be wrong
MANY = 5_000  # beyond so many texts, more make no word rarer


@dataclass(frozen=True, slots=True)
class Group:
    """What one word of a question may stand as, and how much it tells."""

    keys: frozenset[str]
    weight: float = 1.0

    @property
    def query(self) -> str:
        return "(" + "|".join(f"'{key}'" for key in sorted(self.keys)) + ")"

    @property
    def in_title(self) -> str:
        return "(" + "|".join(f"'{key}':A" for key in sorted(self.keys)) + ")"


@dataclass(frozen=True, slots=True)
class Hit:
    key: str
    language: str
    title: str
    score: float


@functools.cache
def other_names() -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    """The words of each council's name, and those of its name in the other language."""
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    with (FACTS / "councils.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            en, cy = (tuple(words_of(row[name])) for name in ("name_en", "name_cy"))
            en, cy = tuple(telling(list(en), "en")), tuple(telling(list(cy), "cy"))
            if en != cy:
                found.setdefault(en, []).append(cy)
                found.setdefault(cy, []).append(en)
    return found


def keys_in_both(words: Collection[str]) -> dict[str, frozenset[str]]:
    """The keys of words whose language is not known: those of both."""
    en, cy = keys_of(words, "en"), keys_of(words, "cy")
    return {word: en[word] | cy[word] for word in words}


def groups_of(words: list[str], language: str) -> list[Group]:
    """A group for each word; a council's name in the other language stands beside the words of the name."""
    own = keys_of(words, language)
    extra: dict[str, set[str]] = {}
    surfaces = {word: own[word] for word in words}
    for name, others in other_names().items():
        place = position_of(name, words, surfaces)
        if place is not None:
            for other in others:
                other_keys = keys_in_both(other)
                for index, word in enumerate(words[place : place + len(name)]):
                    into = other[min(index, len(other) - 1)]
                    extra.setdefault(word, set()).update(other_keys[into])
    near = nearest(unknown(own), language)
    found = keys_of([one for close in near.values() for one in close], language)
    for word, close in near.items():
        extra.setdefault(word, set()).update(*(found[one] for one in close))
    return [Group(own[word] | extra.get(word, set())) for word in dict.fromkeys(words)]


def position_of(name: tuple[str, ...], words: list[str], keys: dict[str, frozenset[str]]) -> int | None:
    """Where a name stands in a question, in any of its forms."""
    for place in range(len(words) - len(name) + 1):
        if all(part in keys[word] for part, word in zip(name, words[place:], strict=False)):
            return place
    return None


def unknown(keys: Mapping[str, frozenset[str]]) -> list[str]:
    """The words of which no text has a key. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked FROM unnest(%s::text[]) AS asked WHERE EXISTS"
            " (SELECT 1 FROM programme_searchtext WHERE vector @@ quote_literal(asked)::tsquery)",
            [sorted({key for own in keys.values() for key in own})],
        )
        known = {row[0] for row in cursor.fetchall()}
    return [word for word, own in keys.items() if not own & known]


def nearest(words: list[str], language: str) -> dict[str, list[str]]:
    """For each word the known ones that differ by one letter (by two in long words), the nearest first. One query."""
    wanted = [word for word in words if len(word) >= SHORTEST]
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT mine, word, language = %s FROM unnest(%s::text[]) AS mine, LATERAL (SELECT word, language"
            " FROM programme_searchword WHERE word %% mine ORDER BY similarity(word, mine) DESC LIMIT 60) AS known",
            [language, wanted],
        )
        rows = cursor.fetchall()
    close: dict[str, list[tuple[int, bool, str]]] = {}
    for mine, other, own in rows:
        apart = distance(mine, other)
        if apart <= (1 if len(mine) < LONG else 2):
            close.setdefault(mine, []).append((apart, not own, other))
    return {mine: [other for _apart, _strange, other in sorted(found)[:NEAREST]] for mine, found in close.items()}


def distance(one: str, other: str) -> int:
    """Letters to add, take away, change or swap with the next (Damerau, restricted)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, start=1):
        now = [i]
        for j, right in enumerate(other, start=1):
            cost = min(row[j] + 1, now[j - 1] + 1, row[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, before[j - 2] + 1)
            now.append(cost)
        before, row = row, now
    return row[-1]


def weighted(groups: list[Group]) -> list[Group]:
    """With what each tells: much where few texts have it. One query, which counts no further than it must."""
    counted = "(SELECT count(*) FROM (SELECT 1 FROM programme_searchtext{} LIMIT %s) AS one)"
    counts = ", ".join([counted.format(""), *(counted.format(" WHERE vector @@ %s::tsquery") for _ in groups)])
    parameters = [MANY, *(part for group in groups for part in (group.query, MOST))]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}", parameters)
        total, *found = cursor.fetchone()
    return [
        Group(group.keys, math.log(1 + (total - count + 0.5) / (count + 0.5)))
        for group, count in zip(groups, found, strict=True)
    ]


def find(question: str, language: str, *, audience: Collection[str] = ("public",), limit: int = 20) -> list[Hit]:
    """The best texts for a question, one for each key; those of the question's language come before equals.

    Six queries at most, whatever is asked.
    """
    words = telling(words_of(question), language)[:WORDS]
    if not words:
        return []
    best: dict[str, Hit] = {}
    for hit in ranked(weighted(groups_of(words, language)), language, audience, 2 * limit):
        best.setdefault(hit.key, hit)
    return list(best.values())[:limit]


def ranked(groups: list[Group], language: str, audience: Collection[str], limit: int) -> list[Hit]:
    """The texts that have every word, and where they are few those that have some, by the weights of what they have."""
    score = " + ".join(
        "%s * CASE WHEN vector @@ %s::tsquery THEN 1.6 WHEN vector @@ %s::tsquery THEN 1 ELSE 0 END" for _ in groups
    )
    every, some = (sign.join(group.query for group in groups) for sign in (" & ", " | "))
    parameters: list[Any] = [every, list(audience), some, list(audience)]
    parameters += [part for group in groups for part in (group.weight, group.in_title, group.query)]
    columns = "id, key, language, title, vector, day"
    sql = f"""
        WITH having_all AS (
            SELECT {columns} FROM programme_searchtext WHERE vector @@ %s::tsquery AND audience && %s LIMIT {MOST}
        ), having_some AS (
            SELECT {columns} FROM programme_searchtext
            WHERE (SELECT count(*) FROM having_all) < {FEW} AND vector @@ %s::tsquery AND audience && %s LIMIT {MOST}
        )
        SELECT key, language, title,
            ({score}) * CASE WHEN language = %s THEN 1.1 ELSE 1 END
            + 0.5 * ts_rank_cd('{{0.2, 0.4, 0.6, 1}}', vector, %s::tsquery, 1) AS score
        FROM (SELECT * FROM having_all UNION SELECT * FROM having_some) AS candidates
        ORDER BY score DESC, day DESC NULLS LAST, key LIMIT %s"""  # noqa: S608  no text of a person in it
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, language, some, limit])
        return [Hit(key, found, title, float(points)) for key, found, title, points in cursor.fetchall()]
