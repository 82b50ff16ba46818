"""The index is kept true: what changed is put anew by the worker, and all of it each night.

Between a change and its indexing a row is not found (`SearchDue`); who may find it is asked of the row itself. So the
index may be late, but never says what was withdrawn, nor to whom it is not open.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection, transaction

from wlga_portal.kernel.bilingual import LANGUAGES
from wlga_portal.kernel.searching import SOURCES, Source

from ..models import SearchDue, SearchText, SearchWord
from .index import Document, put
from .kinds import KINDS

BATCH = 200
LOCK = 7_301_947  # of the one who writes the index: two would undo each other's rows
PUBLIC, KNOWN = "public", "signed-in"


def documents_of(source: Source, row: Any) -> Iterator[Document]:
    """A row as it can be found, in each language in which it has a title."""
    told = source.tell(row)
    if told is None:
        return
    urls = told.addresses()
    for language in LANGUAGES:
        if title := getattr(told.title, language).strip():
            yield Document(
                key=f"{source.name}:{row.pk}", language=language, title=title, text=getattr(told.text, language),
                kind=source.kind, url=urls[language], day=told.day, councils=told.councils,
                audience=(PUBLIC,) if told.for_all else (KNOWN,), source=source.name, row_id=row.pk,
            )  # fmt: skip


def every() -> Iterator[Document]:
    """Everything that can be found."""
    for source in SOURCES.values():
        for row in source.rows().order_by("pk").iterator(chunk_size=BATCH):
            yield from documents_of(source, row)


def alone() -> None:
    """Wait until nobody else writes the index; until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def settle() -> int:
    """Put what changed; how many rows that were."""
    done = 0
    while True:
        with transaction.atomic():
            alone()
            due = list(SearchDue.objects.order_by("pk")[:BATCH])
            SearchDue.objects.filter(pk__in=[one.pk for one in due]).delete()
            rows = {(one.source, one.row_id) for one in due}
            for name in sorted({source for source, _row in rows}):
                renew(name, [row for source, row in rows if source == name])
        done += len(rows)
        if len(due) < BATCH:
            return done


def renew(name: str, ids: Iterable[int]) -> None:
    """Put these rows of one source anew; those that are there no more go."""
    SearchText.objects.filter(source=name, row_id__in=ids).delete()
    if source := SOURCES.get(name):
        put(document for row in source.rows().filter(pk__in=ids) for document in documents_of(source, row))


def rebuild() -> int:
    """Make the whole index anew, in one transaction; how many texts it has."""
    count = 0
    with transaction.atomic():
        alone()
        SearchDue.objects.all().delete()
        SearchText.objects.all().delete()
        SearchWord.objects.all().delete()
        documents = every()
        while some := list(islice(documents, BATCH)):
            put(some)
            count += len(some)
    return count


def differences() -> list[str]:
    """What the index says otherwise than the rows do, apart from what is due: a line for each text."""
    due = set(SearchDue.objects.values_list("source", "row_id"))
    columns = ("title", "text", "url", "day", "kind", "councils", "audience")
    kept = {(one.key, one.language): one for one in SearchText.objects.defer("vector").iterator()}
    said = []
    for document in every():
        one = kept.pop((document.key, document.language), None)
        if (document.source, document.row_id) in due:
            continue
        if one is None:
            said.append(f"missing: {document.key} {document.language}")
        elif any(plain(getattr(one, name)) != plain(getattr(document, name)) for name in columns):
            said.append(f"changed: {document.key} {document.language}")
    said += [f"gone: {key} {one.language}" for (key, _), one in kept.items() if (one.source, one.row_id) not in due]
    return sorted(said)


def offered_kinds() -> list[str]:
    """The kinds of what the areas offer, in the order of `KINDS`."""
    offered = {source.kind for source in SOURCES.values()}
    return [kind for kind in KINDS if kind in offered]


def plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
