"""No English of the interface reaches a Welsh page: no text there is the English of a text that has a Welsh side."""

from html.parser import HTMLParser

import pytest

from tests.walk import client_of, walk
from tools.catalogues import CATALOGUES, read, singular_of, strings_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
SIGNED_IN = ["secretariat", "team", "fund-manager", "officer-torfaen", "admin"]
PEOPLE = [None, *(pytest.param(person, marks=pytest.mark.deep) for person in SIGNED_IN)]
OWN_NAMES = {"English"}  # of a language, in that language
FILE_WORDS = {"yes", "no", "Authority"}  # what the demonstration's file of attendance holds, shown as it stands
VOID = {"meta", "link", "input", "br", "img", "hr", "source", "wbr", "path", "rect", "circle", "line", "use"}
READ_ALOUD = {"aria-label", "alt", "title", "placeholder", "data-label"}


class Texts(HTMLParser):
    """The texts of a page that stand in its own language: outside what another `lang` marks, scripts and code."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[bool] = []  # for each open element: whether its words are of another language, or no words
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        apart = bool(self.open and self.open[-1]) or tag in {"script", "style", "code"}
        if values.get("lang"):
            apart = values["lang"] != "cy"
        if not apart:
            self.found |= {" ".join(str(values[name]).split()) for name in READ_ALOUD & values.keys()}
        if tag not in VOID:
            self.open.append(apart)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and not self.open[-1] and data.strip():
            self.found.add(" ".join(data.split()))


@pytest.fixture(autouse=True)
def demonstration(settings):
    """As `make run` serves it."""
    settings.DEMO = True


def english_only() -> set[str]:
    """The English of every text that reads otherwise in Welsh, whatever its context, and that is Welsh of no other."""
    messages = [message for name in CATALOGUES for (context, _id), message in read(name).items() if context != "url"]
    english = {singular_of(message) for message in messages if singular_of(message) not in strings_of(message)}
    return english - {text for message in messages for text in strings_of(message)} - OWN_NAMES - FILE_WORDS


@pytest.mark.parametrize("person", PEOPLE)
def test_no_welsh_page_says_a_text_of_the_interface_in_english(person):
    english, faults = english_only(), []
    assert len(english) > 1500

    def look(path, answer):
        if answer.status_code == 200 and "text/html" in answer.headers.get("Content-Type", ""):
            texts = Texts()
            texts.feed(answer.body.decode())
            faults.extend(f"{path}: {text}" for text in texts.found & english)

    walk(client_of(person), "/cy/", look=look)
    assert faults == [], "\n".join(faults)
