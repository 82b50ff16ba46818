"""Writing texts into the index: one row for each text and language, and the distinct words of all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection

from ..models import SearchText, SearchWord
from . import welsh
from .words import STOP, words_of

LONGEST = 16_000  # positions in a text that PostgreSQL tells apart
PLACES = 24  # of a word in a text: more make it no more telling, and the vector of a long paper large
AT_ONCE = 500
KEPT = 200_000  # stems in memory
_stems: dict[str, str] = {}  # of English words, as PostgreSQL gives them


@dataclass(frozen=True, slots=True)
class Document:
    """A text to be found. `audience` are the tokens of those who may find it (`public`, `role:team`, `user:7`, …)."""

    key: str
    language: str
    title: str
    text: str
    kind: str = ""
    url: str = ""
    day: date | None = None
    councils: tuple[int, ...] = ()
    audience: tuple[str, ...] = ("public",)
    source: str = ""
    row_id: int | None = None


def keys_of(words: Iterable[str], language: str) -> Mapping[str, frozenset[str]]:
    """The keys of folded words. One query at most, for English words that were not met before."""
    wanted = set(words)
    if language == "cy":
        return {word: welsh.keys(word) for word in wanted}
    missing = [word for word in wanted if word not in _stems]
    if missing:
        with connection.cursor() as cursor:
            cursor.execute("SELECT word, ts_lexize('english_stem', word) FROM unnest(%s::text[]) AS word", [missing])
            remember(cursor.fetchall())
    return {word: frozenset({word, _stems[word]}) for word in wanted}


def remember(stems: Iterable[tuple[str, list[str] | None]]) -> None:
    """The stems of English words, as PostgreSQL gave them."""
    if len(_stems) > KEPT:
        _stems.clear()
    _stems.update({word: (stem or [word])[0] for word, stem in stems})


def vector_of(title: list[str], text: list[str], keys: Mapping[str, frozenset[str]], language: str) -> str:
    """The text of a tsvector: each key with the positions and weights of its words (A in the title)."""
    places: dict[str, list[str]] = {}
    for place, word in enumerate([*title, *text][:LONGEST], start=1):
        if word in STOP[language] and place > len(title):
            continue
        weight = "A" if place <= len(title) else "D"
        for key in keys[word]:
            found = places.setdefault(key, [])
            if len(found) < PLACES:
                found.append(f"{place}{weight}")
    return " ".join(f"'{key}':{','.join(where)}" for key, where in places.items())


def put(documents: Iterable[Document]) -> None:
    """Put texts into the index, in the place of those of the same key and language."""
    rows: list[SearchText] = []
    met: set[tuple[str, str]] = set()
    for one in documents:
        title, text = words_of(one.title, joined=True), words_of(one.text, joined=True)
        keys = keys_of({*title, *text}, one.language)
        met.update((one.language, word) for word in keys)
        rows.append(
            SearchText(
                key=one.key, language=one.language, kind=one.kind, url=one.url, title=one.title, text=one.text,
                day=one.day, councils=list(one.councils), audience=list(one.audience), source=one.source,
                row_id=one.row_id, vector=vector_of(title, text, keys, one.language),
            )
        )  # fmt: skip
    SearchWord.objects.bulk_create(
        [SearchWord(word=word, language=language) for language, word in sorted(met)],
        ignore_conflicts=True,
        batch_size=AT_ONCE,
    )
    SearchText.objects.bulk_create(
        rows,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["key", "language"],
        update_fields=["source", "row_id", "kind", "url", "title", "text", "day", "councils", "audience", "vector"],
    )
