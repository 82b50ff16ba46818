"""Finding words in papers and decisions, in both languages: PostgreSQL's full text over words that are folded here.

PostgreSQL knows no Welsh. So each word is folded before it is kept and before it is sought: accents off, a Welsh
initial mutation undone, a common ending off. A passage is kept for each block of a paper's latest edition; nothing is
found in a paper that the reader may not see, because `Passage.visible_to` asks `Paper.visible_to`.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db import transaction
from django.db.models import F, Q, Value
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString

from .markup import block_html, inline_html
from .models import BlockKind, Edition, Meeting, Outcome, Passage
from .wording import place_label

WORD = re.compile(r"\w+", re.UNICODE)
LONGEST_QUERY = 200  # characters
MOST = 50  # passages of one answer
AROUND = 12  # words of a passage before the first that was found
SHOWN = 40  # words of a passage that an answer shows
# What stands at the head of a Welsh word, and the letter that all its mutations share with it here. A "g" that the
# soft mutation drops cannot be known.
HEADS = (
    ("ngh", "c"), ("mh", "p"), ("nh", "t"), ("ng", "c"), ("ch", "c"), ("ph", "p"), ("th", "t"), ("dd", "t"),
    ("ll", "l"), ("rh", "r"), ("p", "p"), ("b", "p"), ("m", "p"), ("f", "p"), ("t", "t"), ("d", "t"), ("c", "c"),
    ("g", "c"),
)  # fmt: skip
ENDINGS = {"en": ("ing", "ies", "ed", "es", "s"), "cy": ("iadau", "iau", "au", "ion", "oedd", "ydd", "ed", "on")}
STEM = 4  # letters that an ending leaves


def folded(word: str, language: str) -> str:
    """A word as all its forms share it."""
    plain = "".join(one for one in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(one))
    if language == "cy":
        plain = unmutated(plain)
    for ending in ENDINGS[language]:
        if plain.endswith(ending) and len(plain) - len(ending) >= STEM:
            return plain[: -len(ending)]
    return plain


def unmutated(word: str) -> str:
    """A Welsh word with the first letter that all its mutations share."""
    if len(word) < STEM:
        return word
    return next((shared + word[len(head) :] for head, shared in HEADS if word.startswith(head)), word)


def folded_text(text: str, language: str) -> str:
    return " ".join(folded(word, language) for word in WORD.findall(text))


# --- Keeping ----------------------------------------------------------------------------------------
def plain(markup: str, *, line: bool = False) -> str:
    """The words of a text without its Markdown."""
    drawn = inline_html(markup) if line else block_html(markup)
    return " ".join(html.unescape(strip_tags(drawn)).split())


def words_of(block: dict[str, Any], language: str) -> str:
    """All words of a block in one language; what only the other has stands under the other."""
    said = plain(block["text"][language], line=block["kind"] in (BlockKind.HEADING, BlockKind.TABLE, BlockKind.FIGURE))
    table = block["table"] or {"columns": [], "rows": []}
    cells = [plain(cell[language], line=True) for row in (table["columns"], *table["rows"]) for cell in row]
    return " ".join(part for part in (said, *cells) if part)


def keep_passages(edition: Edition) -> None:
    """The words of an edition take the place of those of the edition before it."""
    data = edition.data
    rows = []
    for language in ("en", "cy"):
        fronts = [data["title"], data["summary"], *(one["text"] for one in data.get("implications", []))]
        front = " ".join(text[language] for text in fronts if text[language])
        texts = [("", front), *((block["anchor"], words_of(block, language)) for block in data["blocks"])]
        rows += [
            Passage(
                paper_id=edition.paper_id, edition=edition, anchor=anchor, position=position, language=language,
                text=text, words=SearchVector(Value(folded_text(text, language)), config="simple"),
            )
            for position, (anchor, text) in enumerate(texts)
            if text
        ]  # fmt: skip
    with transaction.atomic():
        Passage.objects.filter(paper_id=edition.paper_id).delete()
        Passage.objects.bulk_create(rows)


def keep_missing() -> int:
    """Passages of the editions that have none, and none of what is withdrawn or superseded by a later edition."""
    Passage.objects.exclude(edition__in=Edition.objects.standing().current()).delete()
    missing = Edition.objects.standing().current().exclude(pk__in=Passage.objects.values("edition"))
    for edition in missing:
        keep_passages(edition)
    return len(missing)


# --- Asking -----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Found:
    """One place where the words stand: a block of a paper, or a decision."""

    title: Any
    place: str
    url: str
    snippet: SafeString
    lang: str


def asked_words(text: str) -> list[str]:
    return WORD.findall(text[:LONGEST_QUERY])


def query_for(words: Iterable[str], language: str) -> SearchQuery:
    """All of the words, the last one perhaps not yet typed to its end."""
    known = [folded(word, language) for word in words]
    return SearchQuery(" & ".join([*known[:-1], f"{known[-1]}:*"]), config="simple", search_type="raw")


def find_passages(user: Any, text: str, *, language: str, meeting: Meeting | None = None) -> tuple[list[Found], bool]:
    """The best passages in papers that this person may read, and whether there are more.

    A block that has the words in both languages is named once, in the page's.
    """
    words = asked_words(text)
    if not words:
        return [], False
    papers = Passage.objects.visible_to(user)
    if meeting:
        papers = papers.filter(paper__meeting=meeting)
    rows: list[Passage] = []
    for one in (language, "cy" if language == "en" else "en"):
        query = query_for(words, one)
        found = papers.filter(language=one, words=query).annotate(rank=SearchRank(F("words"), query))
        order = ("paper__number", "position") if meeting else ("-rank", "-paper__day", "position")
        rows += found.select_related("paper").defer("words").order_by(*order, "pk")[: MOST + 1]
    seen: set[tuple[int, str]] = set()
    best = []
    for row in rows:
        if (row.paper_id, row.anchor) not in seen:
            seen.add((row.paper_id, row.anchor))
            best.append(found_passage(row, words, language))
    return best[:MOST], len(best) > MOST


def found_passage(row: Passage, words: list[str], language: str) -> Found:
    url = row.paper.get_absolute_url() + (f"#{row.anchor}" if row.anchor else "")
    lang = "" if row.language == language else row.language
    return Found(row.paper.said, place_of(row.anchor), url, snippet(row.text, words, row.language), lang)


def place_of(anchor: str) -> str:
    """ "Paragraph 12", or '' for the front of the paper."""
    kinds = {"p": "paragraph", "r": "recommendation", "t": "table", "f": "figure", "s": "heading"}
    return place_label(kinds[anchor[0]], int(anchor[1:])) if anchor else ""


def snippet(text: str, words: list[str], language: str) -> SafeString:
    """Some words of a text around the first that was found, those that were found marked."""
    wanted = [folded(word, language) for word in words]

    def hit(part: str) -> bool:
        known = [folded(word, language) for word in WORD.findall(part)]
        return any(word in wanted or word.startswith(wanted[-1]) for word in known)

    parts = text.split()
    first = next((place for place, part in enumerate(parts) if hit(part)), 0)
    start = max(0, first - AROUND)
    shown = parts[start : start + SHOWN]
    marked = [format_html("<mark>{}</mark>", part) if hit(part) else part for part in shown]
    drawn = format_html_join(" ", "{}", ((part,) for part in marked))
    before, after = ("… " if start else ""), (" …" if start + SHOWN < len(parts) else "")
    return format_html("{}{}{}", before, drawn, after)


def forms_of(word: str) -> Iterator[str]:
    """A word with each head that a Welsh mutation may give it; for texts that are not kept folded."""
    plain_word = word.lower()
    yield plain_word
    head, shared = next(((head, shared) for head, shared in HEADS if plain_word.startswith(head)), ("", ""))
    if head and len(plain_word) >= STEM:
        yield from (other + plain_word[len(head) :] for other, group in HEADS if group == shared and other != head)


def find_decisions(user: Any, text: str, *, language: str) -> list[Found]:
    """Decisions with all of the words, in either language, the latest first."""
    words = asked_words(text)
    if not words:
        return []
    raw = " & ".join("(" + " | ".join(f"{form}:*" for form in forms_of(word)) + ")" for word in words)
    standing = Q(edition=None) | Q(edition__withdrawn_at=None)  # what was withdrawn is found by no word of it
    vector = SearchVector("words_en", "words_cy", "detail_en", "detail_cy", config="simple")
    found = (
        Outcome.objects.visible_to(user)
        .filter(standing)
        .annotate(vector=vector)
        .filter(vector=SearchQuery(raw, config="simple", search_type="raw"))
    )
    return [decision(one, words, language) for one in found.with_place().latest_first()[:MOST]]


def decision(one: Outcome, words: list[str], language: str) -> Found:
    text = one.words
    said = text.cy if language == "cy" and text.cy else text.en or text.cy
    meeting = one.item.meeting
    return Found(meeting, one.get_result_display(), one.get_absolute_url(), snippet(plain(said), words, language), "")
