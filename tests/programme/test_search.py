"""Texts are found as people type, by those who may, at a constant cost."""

import itertools
import json
import random
import statistics
import time

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from programme.models import SearchDue, SearchText, SearchWord
from programme.search import index
from programme.search.answering import Narrowed, find, search
from programme.search.finding import distance
from programme.search.index import Document, put
from projects.models import Post
from tests.factories.people import person
from tests.factories.posts import PostFactory
from tests.factories.programme import SearchTextFactory, SearchWordFactory

pytestmark = pytest.mark.django_db
LETTERS = "Llythyrau clir am y dreth gyngor", "Cyhoeddir pob llythyr yng Nghaerdydd."


def document(key: str, title: str, text: str = "", language: str = "en", **more: object) -> Document:
    return Document(key, language, title, text, **more)  # type: ignore[arg-type]  # as each test says


def found(question: str, language: str = "en", **more: object) -> list[str]:
    return [hit.key for hit in find(question, language, **more)]  # type: ignore[arg-type]  # likewise


@pytest.fixture(autouse=True)
def texts():
    put(
        [
            document("letters", *LETTERS, language="cy"),
            document("letters-en", "Clear letters about council tax", "Every letter goes out in Cardiff."),
            document("badges", "Blue badge applications", "People wait for a parking permit."),
            document("minutes", "Minutes of the board", "The board agreed the delivery plan for Swansea and Newport."),
        ]
    )


def test_a_mutated_and_a_plural_word_find_each_other():
    assert found("trethi", "cy") == ["letters"]
    assert found("lythyrau", "cy") == ["letters"]
    assert found("Caerdydd", "cy")[0] == "letters"


def test_english_is_stemmed_and_small_words_do_not_matter():
    assert found("parking permits") == ["badges"]
    assert found("the minute of boards") == ["minutes"]


def test_a_council_is_found_by_either_name():
    assert set(found("Cardiff")) == {"letters", "letters-en"}
    assert set(found("i Gaerdydd", "cy")) == {"letters", "letters-en"}
    assert found("Abertawe", "cy") == found("Casnewydd", "cy") == ["minutes"]


@pytest.mark.parametrize("question", ["aplications", "applicatoins", "badgess", "bleu badges", "parkng"])
def test_small_mistakes_are_forgiven(question):
    assert found(question)[0] == "badges"


def test_who_has_every_word_stands_before_who_has_some_and_a_title_before_a_text():
    put([document("plan", "The delivery plan"), document("talk", "Talking", "A word about the delivery plan.")])
    assert found("delivery plan")[:2] == ["plan", "talk"]
    assert found("delivery of badges")[0] in {"badges", "plan", "talk", "minutes"}


def test_nobody_finds_what_is_not_for_them():
    put([document("secret", "A restricted item about refuse", audience=("board:1", "user:7"))])
    assert found("refuse") == []
    assert found("refuse", audience=["public", "user:8"]) == []
    assert found("refuse", audience=["public", "user:7"]) == ["secret"]


def test_a_text_that_is_put_again_takes_the_place_of_the_first():
    put([document("badges", "Green badges", "Nothing about the other colour.")])
    assert found("green") == ["badges"]
    assert found("permit") == []
    assert SearchText.objects.filter(key="badges").count() == 1


@pytest.mark.parametrize("question", ["", "  ", "?!", "zzzzqqq", "'); DROP TABLE", "a:* & !b", "\\", "’", "x" * 5000])
def test_nonsense_finds_nothing_and_harms_nothing(question):
    assert found(question) == []
    assert SearchText.objects.count() == 4


def test_any_question_costs_five_queries_at_most():
    for question in ("letters", "lettrs abuot cuoncil txa", "Caerdydd Abertawe Casnewydd " * 5, "never heard words"):
        with CaptureQueriesContext(connection) as queries:
            find(question, "en")
        assert len(queries) <= 5, question


def test_letters_apart():
    pairs = {("ab", "ab"): 0, ("ab", "ba"): 1, ("abc", "ac"): 1, ("ab", "abc"): 1, ("kitten", "sitting"): 3}
    assert {pair: distance(*pair) for pair in pairs} == pairs


def test_a_text_and_a_word_stand_once_in_a_language():
    text, word = SearchTextFactory(), SearchWordFactory()
    for name, again in {
        "search_text_once": lambda: SearchTextFactory(key=text.key),
        "search_word_once": lambda: SearchWordFactory(word=word.word),
    }.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            again()
    assert (str(text), str(word)) == (f"{text.key} (en)", word.word)


# --- The measure
def test_the_labelled_file_is_answered_as_is_aimed_for_and_nothing_stays(capsys):
    call_command("evaluate_search", "tests/data/search.yaml")
    said = json.loads(capsys.readouterr().out)
    assert said["queries"] >= 120
    assert said["right_first"] >= 0.9
    assert said["right_in_5"] >= 0.98
    assert all(set(one) == {"q", "language", "expect", "found"} for one in said["failed"])
    assert set(SearchText.objects.values_list("key", flat=True)) == {"letters", "letters-en", "badges", "minutes"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "cannot be read"),
        ("documents: 3", "no file of documents"),
        ("documents: []\nqueries: [{q: a, language: en, expect: [x]}]", "does not have: x"),
        ("documents: [{id: 1, language: fr, title: a, text: b}]\nqueries: []", "other than en and cy: fr"),
    ],
)
def test_a_file_that_cannot_be_used_gets_a_sentence(tmp_path, content, sentence):
    if content is not None:
        (tmp_path / "file.yaml").write_text(content)
    with pytest.raises(CommandError, match=sentence):
        call_command("evaluate_search", tmp_path / "file.yaml")


@pytest.mark.deep(minutes=1)
@pytest.mark.django_db(transaction=True)
def test_a_hundred_thousand_texts_are_searched_in_time(owner_connection):
    """Under 50 ms, as the median of many, with rights and with filters too; the words are spread as in real texts, few
    common and many rare. A tenth of the rows is open to the team alone."""
    chance = random.Random(1)
    vocabulary = [
        f"{a}{b}{c}" for a in ("bra", "cel", "dor", "fin", "gal") for b in ("mo", "ni", "ta", "vel") for c in range(250)
    ]
    weights = [1 / (place + 1) for place in range(len(vocabulary))]
    SearchWord.objects.bulk_create(SearchWord(word=word, language="en") for word in vocabulary)
    for start in range(0, 50_000, 2_500):
        made = Post.objects.bulk_create(
            PostFactory.build(status="published" if number % 10 else "draft", published_at=timezone.now(), week=None)
            for number in range(start, start + 2_500)
        )
        rows = []
        for post, language in itertools.product(made, ("en", "cy")):
            words = chance.choices(vocabulary, weights, k=60)
            vector = index.vector_of(words[:6], words[6:], {word: frozenset({word}) for word in words}, "en")
            rows.append(
                SearchText(
                    source="projects.post", row_id=post.pk, key=f"projects.post:{post.pk}", language=language,
                    kind="post", title=" ".join(words[:6]), text=" ".join(words[6:]), audience=["public"],
                    councils=[chance.randrange(22)], vector=vector,
                )
            )  # fmt: skip
        SearchText.objects.bulk_create(rows)
    SearchDue.objects.all().delete()
    owner_connection.execute("VACUUM ANALYZE")
    team, nobody = person(Role.TEAM), AnonymousUser()
    for reader, narrowed in ((nobody, Narrowed()), (team, Narrowed()), (nobody, Narrowed(kind="post", council=3))):
        times = []
        for _ in range(30):
            question = " ".join(chance.choices(vocabulary, weights, k=chance.choice((1, 2, 3))))
            began = time.perf_counter()
            search(question, "en", reader=reader, narrowed=narrowed)
            times.append((time.perf_counter() - began) * 1000)
        print(f"{reader}, {narrowed}: median {statistics.median(times):.1f} ms, slowest {max(times):.1f} ms")
        assert statistics.median(times) < 250  # far above the aim: the machine may be busy with other tests
