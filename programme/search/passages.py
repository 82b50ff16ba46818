"""The passage of a text in which the words of a question stand, with the words marked."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from .words import ATTACHED, LONGEST, WORD

SHOWN = 36  # words of a passage
BEFORE = 8  # of them before the first that was found


def spans_of(text: str) -> Iterator[tuple[int, int]]:
    """Where each of `words_of(text, joined=True)` stands; the parts of a word with hyphens stand where it stands."""
    bare = ATTACHED.sub(lambda found: " " * len(found.group()), text)
    for match in WORD.finditer(bare):
        if "-" not in (word := match.group()):  # nearly every word
            if len(word) <= LONGEST:
                yield match.span()
            continue
        parts = [part for part in word.split("-") if len(part) <= LONGEST]
        yield from [match.span()] * (len(parts) + (len(parts) > 1))


def marked(text: str, places: set[int]) -> SafeString:
    """The whole text with its words of these places (from 1) marked."""
    return drawn(text, list(spans_of(text)), places, 0, len(text))


def drawn(text: str, spans: list[tuple[int, int]], places: set[int], start: int, end: int) -> SafeString:
    """A part of a text with the words of these places marked."""
    parts: list[SafeString] = []
    done = start
    for span in dict.fromkeys(spans[place - 1] for place in sorted(places) if place <= len(spans)):
        if span[0] >= done and span[1] <= end:
            parts += [conditional_escape(text[done : span[0]]), format_html("<mark>{}</mark>", text[slice(*span)])]
            done = span[1]
    return format_html_join("", "{}", ((part,) for part in [*parts, text[done:end]]))


def split(title: str, text: str, places: list[int]) -> tuple[set[int], set[int]]:
    """The places of the words in the title, and those in the text, each counted from 1."""
    size = sum(1 for _ in spans_of(title))
    return {place for place in places if place <= size}, {place - size for place in places if place > size}


def thickest(found: list[int]) -> int:
    """Of these places, in their order, the one after which most of them stand close together; 1 if there is none."""

    def close(place: int) -> int:
        return bisect_left(found, place + SHOWN - BEFORE) - bisect_left(found, place)

    return max(found, key=lambda place: (close(place), -place), default=1)


def passage(text: str, places: set[int]) -> SafeString:
    """The part of a text with the most of the words; its beginning where they stand in the title alone."""
    first = thickest(sorted(places))
    spans = list(islice(spans_of(text), first + SHOWN + 1))  # what stands after the passage is not looked at
    if not spans:
        return conditional_escape("")
    if first > len(spans):  # a place beyond the text: an index of before
        first = thickest(sorted(place for place in places if place <= len(spans)))
    begin = max(0, first - 1 - BEFORE)
    stop = min(len(spans), begin + SHOWN)
    start, end = (0 if begin == 0 else spans[begin][0]), (len(text) if stop == len(spans) else spans[stop - 1][1])
    shown = drawn(text, spans, places, start, end)
    return format_html("{}{}{}", "… " if begin else "", shown, " …" if stop < len(spans) else "")
