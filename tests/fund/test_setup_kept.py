"""Nothing that is typed into a round's set-up is lost: drafts, the language switch, two people at one form."""

import pytest

from accounts.roles import Role
from fund.models import Question, Round
from tests.factories.fund import QuestionFactory, RoundFactory
from tests.factories.people import person

from .conftest import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def one_round():
    return RoundFactory(published_at=None, guidance_en="Old", guidance_cy="Hen")


@pytest.fixture
def people(signed_in):
    """Two fund managers, signed in."""
    return [signed_in(person(Role.FUND_MANAGER)) for _two in range(2)]


def filled(client, address, **changes):
    """What the browser sends of the form as it stands, with these changes."""
    form = client.get(address).context["form"]
    data = {}
    for name, field in form.fields.items():
        value = form[name].value()
        if value not in (None, "", False):
            data[name] = "on" if value is True else str(field.prepare_value(value))
    data["version"] = client.get(address).context["version"]
    return data | changes


def test_what_is_typed_is_kept_for_its_writer_alone_until_it_is_saved_or_thrown_away(people, one_round):
    mine, other = people
    address = url("round_edit", slug=one_round.slug_en)
    data = filled(mine, address, guidance_en="Typed and not saved")
    kept = mine.post(address, data, headers={"Accept": "application/json"})
    assert kept.json() == {"saved": True}
    page = mine.get(address).content.decode()
    assert "Typed and not saved" in page
    assert "is here again" in page
    assert "Typed and not saved" not in other.get(address).content.decode()
    one_round.refresh_from_db()
    assert one_round.guidance_en == "Old"
    mine.post(address, {"discard": "1"})
    assert "Typed and not saved" not in mine.get(address).content.decode()
    mine.post(address, data, headers={"Accept": "application/json"})
    assert mine.post(address, data).status_code == 302
    assert "is here again" not in mine.get(address).content.decode()
    one_round.refresh_from_db()
    assert one_round.guidance_en == "Typed and not saved"


def test_a_new_round_and_a_new_part_are_kept_too_and_the_switch_takes_the_text_along(people, one_round):
    mine = people[0]
    for address in (url("round_new"), url("topic_add", slug=one_round.slug_en)):
        answer = mine.post(address, {"name_en": "Half a name", "_switch": "cy"})
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/cy/")
        assert "Half a name" in mine.get(answer.headers["Location"]).content.decode()
    assert not one_round.topics.exists()


def test_two_people_change_different_fields_and_both_stand(people, one_round):
    mine, other = people
    address = url("round_edit", slug=one_round.slug_en)
    first, second = filled(mine, address, guidance_en="Mine"), filled(other, address, guidance_cy="Eu testun nhw")
    assert other.post(address, second).status_code == 302
    assert mine.post(address, first).status_code == 302
    one_round.refresh_from_db()
    assert (one_round.guidance_en, one_round.guidance_cy) == ("Mine", "Eu testun nhw")


def test_two_people_change_the_same_field_and_the_second_sees_both_texts(people, one_round):
    mine, other = people
    address = url("round_edit", slug=one_round.slug_en)
    first, second = filled(mine, address, guidance_en="Mine"), filled(other, address, guidance_en="Theirs")
    assert other.post(address, second).status_code == 302
    clash = mine.post(address, first)
    assert clash.status_code == 409
    page = clash.content.decode()
    assert "Mine" in page
    assert "Theirs" in page
    assert Round.objects.get(pk=one_round.pk).guidance_en == "Theirs"
    assert "Mine" in mine.get(address).content.decode()  # kept as a draft
    again = mine.post(address, first | {"version": clash.context["version"]})
    assert again.status_code == 302
    assert Round.objects.get(pk=one_round.pk).guidance_en == "Mine"


def test_the_same_holds_for_questions_and_for_the_dates_of_stages(people, one_round):
    mine, other = people
    question = QuestionFactory(round=one_round, guidance_en="Old", guidance_cy="Hen")
    address = url("question_edit", slug=one_round.slug_en, pk=question.pk)
    first, second = filled(mine, address, word_limit="90"), filled(other, address, word_limit="80", guidance_en="New")
    assert other.post(address, second).status_code == 302
    assert mine.post(address, first).status_code == 409
    stands = Question.objects.get(pk=question.pk)
    assert (stands.word_limit, stands.guidance_en) == (80, "New")

    address = url("stages_edit", slug=one_round.slug_en)
    opens, closes = {"opens_statements": "2030-05-01T09:00"}, {"closes_statements": "2030-06-01T12:00"}
    seen = mine.get(address).context["version"]
    assert other.post(address, opens | closes | {"version": seen}).status_code == 302
    later = {"closes_statements": "2030-07-01T12:00"}
    clash = mine.post(address, opens | later | {"version": seen})
    assert clash.status_code == 409
    assert one_round.stages.get().closes_at.month == 6
    assert mine.post(address, opens | later | {"version": clash.context["version"]}).status_code == 302
    assert one_round.stages.get().closes_at.month == 7


def test_a_form_without_its_marks_is_saved_as_it_is(people, one_round):
    address = url("round_edit", slug=one_round.slug_en)
    for marks in ("", "nonsense", "[]"):
        data = filled(people[0], address, guidance_en=f"With {marks}") | {"version": marks}
        assert people[0].post(address, data).status_code == 302
        one_round.refresh_from_db()
        assert one_round.guidance_en == f"With {marks}".strip()
