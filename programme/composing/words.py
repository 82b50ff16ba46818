"""Words of composed sentences in both languages at once: counts of things, lists, days, months, sums, places."""

import csv
import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.formats import date_format

from organisations.models import Organisation
from wlga_portal.kernel.bilingual import Text, in_both
from wlga_portal.kernel.wording import pounds

from . import welsh

GLOSSARY = Path(__file__).resolve().parent.parent / "facts" / "glossary.csv"
ENGLISH_PLURALS = {"criterion": "criteria", "backlog": "backlogs"}
# a noun whose tail says of whom it speaks has another tail after two or more
TAILS = {"peth i'w gyflawni": "peth i'w cyflawni", "maen prawf": "maen prawf"}


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun with its plurals; `several`: the Welsh singular after two or more, where that differs."""

    en: str
    en_plural: str
    cy: str
    cy_plural: str
    feminine: bool = False
    several: str = ""
    measure: bool = False  # of time: in the singular after any number

    def counted(self, number: int) -> Text:
        """ "3 bids", "3 chais"."""
        english = self.en if number == 1 else self.en_plural
        if self.cy == "blwyddyn":
            return Text(f"{number:,} {english}", f"{number:,} {welsh.years(number)}")
        singular = self.several if self.several and number > 1 else self.cy
        if self.measure and number > 10:
            return Text(f"{number:,} {english}", f"{number:,} {self.cy}")
        follows = welsh.after_number(number, singular, self.cy_plural, feminine=self.feminine)
        return Text(f"{number:,} {english}", f"{number:,} {follows}")


# what the glossary does not hold, because the interface has no need of it
OTHERS = [
    Noun("month", "months", "mis", "misoedd", measure=True),
    Noun("week", "weeks", "wythnos", "wythnosau", feminine=True, measure=True),
    Noun("topic", "topics", "pwnc", "pynciau"),
    Noun("officer", "officers", "swyddog", "swyddogion"),
    Noun("item", "items", "eitem", "eitemau", feminine=True),
    Noun("digital practitioner", "digital practitioners", "ymarferydd digidol", "ymarferwyr digidol"),
    Noun("region", "regions", "rhanbarth", "rhanbarthau"),
]


def english_plural(word: str) -> str:
    """ "delivery plans", "learning opportunities", "criteria"."""
    if word in ENGLISH_PLURALS:
        return ENGLISH_PLURALS[word]
    if word.endswith("y") and word[-2] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"


@functools.cache
def nouns() -> dict[str, Noun]:
    """The glossary's nouns and the others, by their English."""
    found = {noun.en: noun for noun in OTHERS}
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["term_cy"] and row["plural_cy"]:
                found[row["term_en"]] = Noun(
                    row["term_en"],
                    english_plural(row["term_en"]),
                    row["term_cy"],
                    row["plural_cy"],
                    row["gender"] == "f",
                    TAILS.get(row["term_cy"], ""),
                )
    return found


def counted(number: int, noun: str) -> Text:
    """A number of things. Raises KeyError for a noun that the grammar does not know."""
    return nouns()[noun].counted(number)


def listed(names: Iterable[Text]) -> Text:
    """ "Cardiff and Swansea", "Caerdydd ac Abertawe"."""
    found = list(names)
    return Text(listed_en([one.en for one in found]), welsh.listed([one.cy for one in found]))


def listed_en(names: Sequence[str]) -> str:
    return "".join(names) if len(names) < 2 else f"{', '.join(names[:-1])} and {names[-1]}"


def day(on: date) -> Text:
    """ "28 October 2022", "28 Hydref 2022"."""
    return in_both(lambda: date_format(on, "DATE_FORMAT"))


def on_day(on: date) -> Text:
    """ "on 28 October 2022", "ar 28 Hydref 2022"."""
    said = day(on)
    return Text(f"on {said.en}", f"ar {said.cy}")


def month(of: str) -> Text:
    """ "September 2021", "Medi 2021" of `2021-09`."""
    first = date.fromisoformat(f"{of}-01")
    return in_both(lambda: date_format(first, "F Y"))


def in_month(of: str) -> Text:
    """ "in September 2021", "ym mis Medi 2021"."""
    said = month(of)
    return Text(f"in {said.en}", f"ym mis {said.cy}")


def money(pence: int) -> Text:
    """ "£790,000" in both."""
    said = str(pounds(pence))
    return Text(said, said)


def number(value: int) -> Text:
    """ "1,000" in both."""
    return Text(f"{value:,}", f"{value:,}")


def in_place(organisation: Organisation) -> Text:
    """ "in Cardiff", "yng Nghaerdydd"."""
    return in_both(lambda: organisation.in_place)
