"""The question set of the repository: whole, in both languages, and never changed once it is loaded."""

from typing import Any

import pytest
import yaml

from projects.models import Project
from tests.training.pages import get, text
from training import loading_maturity
from training.loading_maturity import FOLDER, Changed, load_question_sets, load_set, read
from training.models import Maturity, MaturityEvidence, MaturityQuestion, MaturitySet, MaturityTheme, SkillEntry, Stream

pytestmark = pytest.mark.django_db
DATA = read(FOLDER / "council-1.yaml")
SIDES = {"en", "cy"}


def texts(value: Any) -> list[dict[str, str]]:
    """Every text of the file."""
    if isinstance(value, dict) and set(value) == SIDES:
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [found for part in parts for found in texts(part)]


def test_there_are_eight_themes_thirty_questions_and_five_described_levels_for_each():
    load_question_sets()
    [made] = MaturitySet.objects.all()
    assert (made.code, made.number) == ("council", 1)
    assert MaturityTheme.objects.count() == 8
    assert MaturityQuestion.objects.count() == 30
    assert MaturityEvidence.objects.count() == 150
    for question in MaturityQuestion.objects.of_set(made).prefetch_related("levels"):
        assert [one.level for one in question.levels.all()] == list(Maturity.values), question.code
        assert len({one.text_en for one in question.levels.all()}) == 5
        assert len({one.text_cy for one in question.levels.all()}) == 5
        assert question.skills


def test_every_text_is_in_both_languages_and_neither_is_a_copy():
    found = [one for one in texts(DATA) if one is not DATA["changes"]]
    assert len(found) > 200
    for one in found:
        assert one["en"].strip(), one
        assert one["cy"].strip(), one
    same = [one["en"] for one in found if one["en"] == one["cy"]]
    assert same == ["Data"]


def test_loading_again_changes_nothing_and_a_changed_number_is_refused():
    load_question_sets()
    load_question_sets()
    assert MaturitySet.objects.count() == 1
    with pytest.raises(Changed, match="council 1 was changed"):
        load_set({**DATA, "title": {"en": "Another", "cy": "Arall"}})
    load_set({**DATA, "example": None})  # the example is not of the set
    following = load_set({**DATA, "number": 2, "changes": {"en": "One word.", "cy": "Un gair."}})
    assert MaturitySet.objects.newest() == following


def test_every_question_of_the_example_is_answered_and_marked_as_an_example():
    load_question_sets()
    example = DATA["example"]
    codes = {question["code"] for theme in DATA["themes"] for question in theme["questions"]}
    assert set(example["answers"]) == codes
    assert {level for level, _aim, _evidence in example["answers"].values()} <= set(Maturity.values)
    for language, url, marked in (
        ("en", "/en/training/maturity/questions/1/example/", "Example: this council does not exist."),
        ("cy", "/cy/hyfforddiant/aeddfedrwydd/cwestiynau/1/enghraifft/", "Enghraifft: nid yw’r cyngor hwn yn bodoli."),
    ):
        from django.test import Client

        page = Client().get(url)
        assert marked in text(page)
        assert example["council"][language] in text(page)
        assert "<polygon" in page.content.decode()


def test_a_set_without_an_example_has_no_page_of_one():
    load_set({**DATA, "number": 9})
    assert get(None, "maturity_example", number=9).status_code == 404
    assert "A filled-in example" not in text(get(None, "maturity_set", number=9))
    assert get(None, "maturity_set", number=4).status_code == 404


def test_the_page_of_a_set_shows_every_level_and_the_other_numbers():
    load_question_sets()
    load_set({**DATA, "number": 2, "changes": {"en": "One word.", "cy": "Un gair."}})
    page = text(get(None, "maturity_set", number=1))
    for theme in DATA["themes"]:
        for question in theme["questions"]:
            assert question["levels"][4]["en"] in page
    assert "One word." in text(get(None, "maturity_set", number=2))
    assert "/maturity/questions/2/" in get(None, "maturity_set", number=1).content.decode()


@pytest.mark.usefixtures("loaded")
def test_what_the_themes_name_is_there():
    projects = set(Project.objects.values_list("slug_en", flat=True))
    streams = set(Stream.objects.values_list("slug_en", flat=True))
    for theme in DATA["themes"]:
        assert set(theme["projects"]) <= projects, theme["code"]
        assert set(theme["streams"]) <= streams, theme["code"]
    named = {key for theme in DATA["themes"] for question in theme["questions"] for key in question["skills"]}
    known = set(SkillEntry.objects.values_list("skill__key", flat=True))
    assert named <= known


def test_the_file_is_plain_yaml():
    assert yaml.safe_load((FOLDER / "council-1.yaml").read_text("utf-8")) == DATA
    assert loading_maturity.example_of(MaturitySet(code="council", number=1)) == DATA["example"]
