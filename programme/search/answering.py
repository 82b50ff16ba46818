"""Answering a question: the texts that share its words, those alone that this person may see, the best first.

First the texts that have every word; where they are few, those that have some as well. Of each candidate the row that
it was made from is asked whether this person may see it, by the same `visible_to` as its page, in the same query; what
changed since it was indexed is left out.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models.expressions import RawSQL

from wlga_portal.kernel.searching import SOURCES

from .finding import MOST, Group, by_index, groups_of
from .keeping import KNOWN, PUBLIC
from .words import telling, words_of

FEW = 5  # below so many that have every word, those that have some are looked at as well
WORDS = 12  # of a question; the rest is left out
# A long text's vector is kept packed: `ts_filter`, which keeps all of it, unpacks it once for all that is asked of it.
UNPACKED = "SELECT id, key, language, day, ts_filter(vector, '{a,b,c,d}') AS words"
# Read once for all candidates; as NOT EXISTS it would be looked up for each of them.
NOT_DUE = (
    " AND (source, row_id) NOT IN (SELECT due.source, due.row_id FROM programme_searchdue AS due"
    " WHERE (due.source, due.row_id) IN (SELECT found.source, found.row_id FROM found))"
)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """By what a question is narrowed: `council` is an organisation's id, `year` that of the date, `language` that in
    which the words stand."""

    kind: str = ""
    council: int | None = None
    year: int | None = None
    language: str = ""

    def conditions(self) -> tuple[str, list[Any]]:
        """SQL that follows other conditions, and its parameters."""
        said: list[tuple[str, list[Any]]] = []
        if self.kind:
            said.append(("kind = %s", [self.kind]))
        if self.council is not None:
            said.append(("councils && ARRAY[%s]::bigint[]", [self.council]))
        if self.year is not None:
            said.append(("day BETWEEN %s AND %s", [date(self.year, 1, 1), date(self.year, 12, 31)]))
        if self.language:
            said.append(("language = %s", [self.language]))
        return "".join(f" AND {sql}" for sql, _ in said), [one for _, parameters in said for one in parameters]


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that was found. `places`: which of its words, counted from 1, those of its title first. `other_…`: what it
    is called in the other language, and where; '' where it has no other."""

    key: str
    language: str
    kind: str
    title: str
    text: str
    url: str
    day: date | None
    councils: list[int]
    other_title: str
    other_url: str
    places: list[int]
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits of one page; `total` of all pages, of at most `MOST` candidates; `more`: there were more candidates."""

    hits: list[Hit]
    total: int = 0
    more: bool = False


def find(question: str, language: str, *, audience: Collection[str] = (PUBLIC,), limit: int = 20) -> list[Hit]:
    """The best texts for a question that carry one of these tokens, whatever row they were made from."""
    return answer(question, language, audience=audience, limit=limit).hits


def search(
    question: str, language: str, *, reader: Any, narrowed: Narrowed | None = None, limit: int = 20, start: int = 0
) -> Answer:
    """What this person finds. Five queries at most, whatever is asked."""
    narrowed = narrowed or Narrowed()
    rights = list(rights_of(reader, narrowed.kind))
    audience = (PUBLIC, KNOWN) if reader.is_authenticated else (PUBLIC,)
    return answer(question, language, audience=audience, narrowed=narrowed, rights=rights, limit=limit, start=start)


def rights_of(reader: Any, kind: str) -> Iterator[tuple[str, list[Any]]]:
    """Of each source the SQL that gives, of the candidates, the rows that this person may see."""
    for source in SOURCES.values():
        if kind and source.kind != kind:
            continue
        candidates = RawSQL("SELECT row_id FROM found WHERE source = %s", [source.name])
        seen = source.visible(reader).filter(pk__in=candidates).order_by().values("pk")
        try:
            sql, parameters = seen.query.get_compiler(connection=connection).as_sql()
        except EmptyResultSet:
            continue
        rows = f"SELECT %s::text AS source, one.row_id FROM ({sql}) AS one (row_id)"  # noqa: S608  Django's own SQL
        yield rows, [source.name, *parameters]


def answer(
    question: str,
    language: str,
    *,
    audience: Collection[str],
    narrowed: Narrowed | None = None,
    rights: list[tuple[str, list[Any]]] | None = None,
    limit: int,
    start: int = 0,
) -> Answer:
    """`rights` None: the tokens alone decide."""
    words = list(dict.fromkeys(telling(words_of(question), language)[:WORDS]))
    if not words or rights == []:
        return Answer([])
    asked = Question(groups_of(words, language, audience), language, audience, narrowed or Narrowed(), rights)
    found = asked.answer("&", limit, start)
    if found.total < FEW and len(asked.groups) > 1:
        found = asked.answer("|", limit, start)
    return found


@dataclass(frozen=True, slots=True)
class Question:
    """A question made ready for the database."""

    groups: list[Group]
    language: str
    audience: Collection[str]
    narrowed: Narrowed
    rights: list[tuple[str, list[Any]]] | None

    def candidates(self, sign: str) -> tuple[str, list[Any]]:
        """At most `MOST` texts with every word (`&`); with `|` as many again that have some."""
        conditions, narrowing = self.narrowed.conditions()
        columns = "id, key, language, vector, day, source, row_id"
        having = f"vector @@ %s::tsquery AND audience && %s::varchar[]{conditions}"
        one = f"(SELECT {columns} FROM programme_searchtext WHERE {having} LIMIT {MOST})"  # noqa: S608  no text of a person
        every = [self.joined("&"), [*self.audience], *narrowing]
        if sign == "&":
            return one, every
        rest = one.replace(having, f"{having} AND NOT vector @@ %s::tsquery")
        return f"{one} UNION ALL {rest}", [*every, self.joined("|"), [*self.audience], *narrowing, self.joined("&")]

    def joined(self, sign: str) -> str:
        return f" {sign} ".join(group.query for group in self.groups)

    def answer(self, sign: str, limit: int, start: int) -> Answer:
        found, parameters = self.candidates(sign)
        allowed, seen = "", "found"
        if self.rights is not None:
            allowed = f", allowed AS ({' UNION ALL '.join(sql for sql, _ in self.rights)})"
            seen = f"found JOIN allowed USING (source, row_id) WHERE true{NOT_DUE}"
            parameters += [one for _, own in self.rights for one in own]
        score = " + ".join(
            "%s::float8 * CASE WHEN words @@ %s::tsquery THEN 1.6::float8 WHEN words @@ %s::tsquery THEN 1 ELSE 0 END"
            for _ in self.groups
        )
        parameters += [part for group in self.groups for part in (group.weight, group.in_title, group.query)]
        parameters += [self.language, self.joined("|"), self.language, limit, start, self.keys()]
        sql = f"""
            WITH found AS MATERIALIZED ({found}){allowed}, scored AS (
                SELECT id, key, language, day, ({score}) * CASE WHEN language = %s THEN 1.1 ELSE 1 END
                    + 0.5 * ts_rank_cd('{{0.2, 0.4, 0.6, 1}}', words, %s::tsquery, 1) AS score
                FROM ({UNPACKED} FROM {seen} OFFSET 0) AS unpacked
            ), best AS (
                SELECT DISTINCT ON (key) id, key, day, score FROM scored ORDER BY key, score DESC, language = %s DESC
            ), shown AS (
                SELECT id, score, count(*) OVER () AS total, (SELECT count(*) FROM found) AS candidates
                FROM best ORDER BY score DESC, day DESC NULLS LAST, key LIMIT %s OFFSET %s
            )
            SELECT total, candidates, own.key, own.language, own.kind, own.title, own.text, own.url, own.day,
                own.councils, coalesce(other.title, ''), coalesce(other.url, ''), ARRAY(
                    SELECT DISTINCT place FROM unnest(own.vector) AS word, unnest(word.positions) AS place
                    WHERE word.lexeme = ANY(%s) ORDER BY place
                ), score
            FROM shown JOIN programme_searchtext AS own USING (id)
            LEFT JOIN programme_searchtext AS other ON other.key = own.key AND other.language <> own.language
            ORDER BY score DESC, own.day DESC NULLS LAST, own.key"""  # noqa: S608  no text of a person in it
        with connection.cursor() as cursor:
            rows = by_index(cursor, sql, parameters)
        if not rows:
            return Answer([])
        return Answer([Hit(*row[2:]) for row in rows], rows[0][0], rows[0][1] >= MOST)

    def keys(self) -> list[str]:
        return sorted(set().union(*(group.keys for group in self.groups)))
