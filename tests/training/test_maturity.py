"""Maturity assessments: who answers, who agrees, who sees the result, and what it adds up to."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.roles import Role
from organisations.models import Organisation
from tests.factories.maturity import answered, assessed, question_set
from tests.factories.people import BodyFactory, CouncilFactory, person
from tests.training.pages import get, post, signed_in, text
from training import actions, maturity
from training.demo_maturity import load_maturity
from training.models import MaturityAnswer, MaturityAssessment, MaturityQuestion, MaturitySet, Sharing
from training.panels_maturity import assessments_to_agree
from wlga_portal.kernel.versions import load_draft
from wlga_portal.kernel.workflow import NotAllowed, Refused, WrongState

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> MaturitySet:
    return question_set()


def lead_of(council: Organisation) -> Any:
    return person(Role.DIGITAL_LEAD, organisation=council)


def officer_of(council: Organisation) -> Any:
    return person(Role.OFFICER, organisation=council)


def answer_url(answer: MaturityAnswer, name: str = "maturity_answer") -> str:
    return reverse(f"training:{name}", kwargs={"pk": answer.assessment_id, "code": answer.question.code})


def first(assessment: MaturityAssessment) -> MaturityAnswer:
    return assessment.answers.select_related("question").order_by("question__theme__order", "question__order")[0]


def sent(answer: MaturityAnswer, **changes: Any) -> dict[str, Any]:
    return {
        "level": answer.level or "", "aim": answer.aim or "", "evidence": answer.evidence, "version": answer.version,
        **changes,
    }  # fmt: skip


# --- Starting ---------------------------------------------------------------------------------------
def test_people_of_a_council_start_its_assessment_and_the_second_opens_the_first(council, made):
    page = post(officer_of(council), "maturity_start", {"council": council.pk, "language": "cy"})
    assessment = MaturityAssessment.objects.get()
    assert page["Location"] == assessment.get_absolute_url()
    assert (assessment.organisation, assessment.question_set, assessment.language) == (council, made, "cy")
    assert assessment.answers.count() == 4
    again = post(lead_of(council), "maturity_start", {"council": council.pk, "language": "en"})
    assert again["Location"] == assessment.get_absolute_url()
    assert MaturityAssessment.objects.count() == 1


def test_who_has_several_councils_says_which(made):
    one, other = CouncilFactory(), CouncilFactory()
    user = officer_of(one)
    from tests.factories.people import MembershipFactory

    MembershipFactory(user=user, organisation=other, role=Role.OFFICER)
    assert str(other.name) in text(get(user, "maturity_start"))
    post(user, "maturity_start", {"council": other.pk, "language": "en"})
    assert MaturityAssessment.objects.get().organisation == other
    stranger = post(user, "maturity_start", {"council": CouncilFactory().pk, "language": "en"})
    assert stranger.status_code == 200
    assert MaturityAssessment.objects.count() == 1


def test_nobody_starts_an_assessment_of_another_council(council, made):
    for user in (officer_of(CouncilFactory()), person(Role.TEAM, organisation=BodyFactory())):
        with pytest.raises(NotAllowed):
            actions.maturity_start(council=council, language="en", by=user)
    assert get(person(Role.TEAM, organisation=BodyFactory()), "maturity_start").status_code == 403
    assert get(None, "maturity_start").status_code == 302
    assert not MaturityAssessment.objects.exists()


def test_without_a_question_set_the_page_says_so(council):
    user = officer_of(council)
    assert "There is no question set yet." in text(get(user, "maturity_front"))
    page = post(user, "maturity_start", {"council": council.pk, "language": "en"})
    assert "There is no question set yet." in text(page)


# --- Answering together -------------------------------------------------------------------------------
def test_an_answer_is_saved_and_the_next_question_follows(council, made):
    assessment = answered(council, made, [None] * 4)
    MaturityAnswer.objects.bulk_create(
        MaturityAnswer(assessment=assessment, question=question) for question in MaturityQuestion.objects.of_set(made)
    )
    answer = first(assessment)
    client = signed_in(officer_of(council))
    page = client.get(answer_url(answer))
    assert "Level 3 looks like this." in text(page)
    reply = client.post(answer_url(answer), sent(answer, level="3", aim="4", evidence="Page 12.", next="1"))
    assert reply["Location"].endswith("/answers/question-1-2/")
    answer.refresh_from_db()
    assert (answer.level, answer.aim, answer.evidence) == (3, 4, "Page 12.")
    reply = client.post(answer_url(answer), sent(answer, level="2"))
    assert reply["Location"] == assessment.get_absolute_url()
    assert "Who changed this answer" in text(client.get(answer_url(answer)))
    assert "1 of 4 questions are answered" in text(client.get(assessment.get_absolute_url()))


def test_two_people_change_different_parts_and_both_stay(council, made):
    answer = first(answered(council, made, [1, 1, 1, 1]))
    seen = sent(answer)
    one, other = signed_in(officer_of(council)), signed_in(lead_of(council))
    assert one.post(answer_url(answer), seen | {"level": "4"}).status_code == 302
    assert other.post(answer_url(answer), seen | {"evidence": "Page 7."}).status_code == 302
    answer.refresh_from_db()
    assert (answer.level, answer.evidence) == (4, "Page 7.")


def test_two_people_change_the_same_part_and_the_second_sees_both(council, made):
    answer = first(answered(council, made, [1, 1, 1, 1]))
    seen = sent(answer)
    one, other = signed_in(officer_of(council)), signed_in(lead_of(council))
    one.post(answer_url(answer), seen | {"evidence": "The first words."})
    clash = other.post(answer_url(answer), seen | {"evidence": "The second words."})
    assert clash.status_code == 409
    assert "The first words." in text(clash)
    assert "The second words." in text(clash)
    answer.refresh_from_db()
    assert answer.evidence == "The first words."


def test_what_is_typed_is_kept_for_its_writer_alone_until_saved_or_thrown_away(council, made):
    answer = first(answered(council, made, [1, 1, 1, 1]))
    writer, colleague = officer_of(council), officer_of(council)
    client = signed_in(writer)
    reply = client.post(answer_url(answer, "maturity_draft"), sent(answer, level="5", evidence="Half a sent"))
    assert set(reply.json()) == {"saved_at"}
    assert "Half a sent" in text(client.get(answer_url(answer)))
    assert "Half a sent" not in text(signed_in(colleague).get(answer_url(answer)))
    answer.refresh_from_db()
    assert answer.level == 1
    client.post(answer_url(answer, "maturity_discard"))
    assert "Half a sent" not in text(client.get(answer_url(answer)))
    client.post(answer_url(answer, "maturity_draft"), sent(answer, evidence="Again"))
    client.post(answer_url(answer), sent(answer, evidence="Again"))
    assert load_draft(writer, f"training.maturity_answer:{answer.pk}") is None


def test_the_language_switch_keeps_what_was_typed(council, made):
    answer = first(answered(council, made, [1, 1, 1, 1]))
    client = signed_in(officer_of(council))
    reply = client.post(answer_url(answer), sent(answer, evidence="Typed.", _switch="cy"))
    assert reply["Location"].startswith("/cy/hyfforddiant/aeddfedrwydd/")
    assert "Typed." in text(client.get(reply["Location"]))


def test_too_many_words_are_told_and_stay(council, made):
    answer = first(answered(council, made, [1, 1, 1, 1]))
    page = signed_in(officer_of(council)).post(answer_url(answer), sent(answer, evidence="word " * 201))
    assert "Use 200 words or fewer" in text(page)
    assert "word word" in text(page)


# --- Agreeing -----------------------------------------------------------------------------------------
def test_the_digital_lead_agrees_when_every_question_is_answered_and_it_is_frozen(council, made):
    assessment = answered(council, made, [1, 2, 3, 4])
    lead = lead_of(council)
    MaturityAnswer.objects.filter(pk=first(assessment).pk).update(level=None)
    assert "Answer every question" in text(get(lead, "maturity_agree", pk=assessment.pk))
    with pytest.raises(WrongState, match="every question"):
        actions.maturity_agree(assessment=assessment, sharing="own", in_spread=False, by=lead)
    page = post(lead, "maturity_agree", {"sharing": "own"}, pk=assessment.pk)
    assert "Answer every question" in text(page)
    MaturityAnswer.objects.filter(pk=first(assessment).pk).update(level=2)
    post(lead, "maturity_agree", {"sharing": "team", "in_spread": "on"}, pk=assessment.pk)
    assessment.refresh_from_db()
    assert (assessment.status, assessment.agreed_by, assessment.sharing) == ("agreed", lead, "team")
    assert assessment.in_spread
    answer = first(assessment)
    page = signed_in(officer_of(council)).post(answer_url(answer), sent(answer, level="5"))
    assert "no longer open" in text(page)
    answer.refresh_from_db()
    assert answer.level == 2


@pytest.mark.parametrize("name", ["maturity_agree", "maturity_drop", "maturity_share"])
def test_only_the_councils_digital_lead_agrees_drops_and_shares(council, made, name):
    assessment = answered(council, made, [1, 1, 1, 1])
    people = {
        "anonymous": None, "lead": lead_of(council), "officer": officer_of(council),
        "lead elsewhere": lead_of(CouncilFactory()), "team": person(Role.TEAM, organisation=BodyFactory()),
        "no role": person(),
    }  # fmt: skip
    statuses = {who: get(user, name, pk=assessment.pk).status_code for who, user in people.items()}
    assert statuses == {
        "anonymous": 302, "lead": 200, "officer": 403, "lead elsewhere": 404, "team": 404, "no role": 404,
    }  # fmt: skip
    for who in ("officer", "team", "lead elsewhere"):
        with pytest.raises(NotAllowed):
            actions.maturity_agree(assessment=assessment, sharing="own", in_spread=False, by=people[who])
        with pytest.raises(NotAllowed):
            actions.maturity_drop(assessment=assessment, why="No time.", by=people[who])
        with pytest.raises(NotAllowed):
            actions.maturity_share(assessment=assessment, sharing="public", in_spread=True, by=people[who])


def test_an_assessment_that_is_dropped_says_why_and_leaves_room_for_another(council, made):
    assessment = answered(council, made, [1, 1, 1, 1])
    lead = lead_of(council)
    assert "Enter “Reason”." in text(post(lead, "maturity_drop", {"why": ""}, pk=assessment.pk))
    client = signed_in(lead)
    url = reverse("training:maturity_drop", kwargs={"pk": assessment.pk})
    assert "The assessment is dropped." in text(client.post(url, {"why": "Too early."}, follow=True))
    assert actions.maturity_start(council=council, language="en", by=lead) != assessment
    assert "cannot be done now" in text(client.post(url, {"why": "Again."}))
    assert client.get(assessment.get_absolute_url()).status_code == 200


# --- Who sees it ----------------------------------------------------------------------------------------
def readers(council: Organisation) -> dict[str, Any]:
    return {
        "anonymous": None, "no role": person(), "own": officer_of(council), "other council": lead_of(CouncilFactory()),
        "team": person(Role.TEAM, organisation=BodyFactory()),
        "assessor": person(Role.ASSESSOR, organisation=BodyFactory()),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sharing", "seen_by"),
    [
        (Sharing.OWN, {"own"}),
        (Sharing.TEAM, {"own", "team"}),
        (Sharing.COUNCILS, {"own", "team", "other council"}),
        (Sharing.PUBLIC, {"anonymous", "no role", "own", "other council", "team", "assessor"}),
    ],
)
def test_a_result_is_seen_by_those_whom_the_council_chose(council, made, sharing, seen_by):
    assessment = assessed(council, made, [1, 2, 3, 4], sharing=sharing)
    for who, user in readers(council).items():
        client = signed_in(user)
        for name in ("maturity_page", "maturity_csv"):
            status = client.get(reverse(f"training:{name}", kwargs={"pk": assessment.pk})).status_code
            assert status == (200 if who in seen_by else 404), (who, name)
        listed = str(council.name) in text(client.get(reverse("training:maturity_front")))
        assert listed == (who in seen_by), who


def test_an_open_assessment_is_the_councils_alone_whatever_it_will_choose(council, made):
    assessment = answered(council, made, [1, 1, 1, 1], sharing=Sharing.PUBLIC)
    for who, user in readers(council).items():
        status = get(user, "maturity_page", pk=assessment.pk).status_code
        assert status == (200 if who == "own" else 404), who
        answer = first(assessment)
        status = signed_in(user).get(answer_url(answer)).status_code
        assert status == (200 if who == "own" else 404 if user else 302), who


def test_the_council_may_choose_again(council, made):
    assessment = assessed(council, made, [1, 2, 3, 4], sharing=Sharing.PUBLIC, in_spread=True)
    stranger = lead_of(CouncilFactory())
    assert get(stranger, "maturity_page", pk=assessment.pk).status_code == 200
    post(lead_of(council), "maturity_share", {"sharing": "own"}, pk=assessment.pk)
    assert get(stranger, "maturity_page", pk=assessment.pk).status_code == 404
    assessment.refresh_from_db()
    assert not assessment.in_spread


def test_others_read_neither_the_choice_nor_who_agreed(council, made):
    assessment = assessed(council, made, [1, 2, 3, 4], sharing=Sharing.PUBLIC)
    assert "Who sees our result" in text(get(officer_of(council), "maturity_page", pk=assessment.pk))
    page = text(get(None, "maturity_page", pk=assessment.pk))
    assert "Who sees our result" not in page
    assert "Agreed by" not in page


def test_the_demonstrations_assessments_are_there_in_demonstration_mode_alone(council, made, settings):
    assessment = assessed(council, made, [1, 2, 3, 4], sharing=Sharing.PUBLIC, is_demo=True)
    settings.DEMO = False
    assert get(None, "maturity_page", pk=assessment.pk).status_code == 404
    settings.DEMO = True
    assert "Demonstration" in text(get(None, "maturity_page", pk=assessment.pk))


# --- What it adds up to ---------------------------------------------------------------------------------
def test_the_level_of_a_theme_is_the_mean_of_its_answers(council, made):
    assessment = assessed(council, made, [1, 2, 3, 5])
    rows = maturity.result(assessment, [], {})
    assert [(row.number, row.theme.code, row.now) for row in rows] == [(1, "theme-1", 1.5), (2, "theme-2", 4.0)]


def test_earlier_assessments_stand_beside_it_even_by_another_number_of_the_question_set(council, made):
    older = question_set(themes=1)
    last_year = assessed(council, older, [1, 1], agreed_at=timezone.now() - timedelta(days=365))
    assessment = assessed(council, made, [2, 2, 4, 4])
    rows = maturity.result(assessment, [last_year], {})
    assert [row.earlier for row in rows] == [(1.0,), (None,)]
    page = text(get(officer_of(council), "maturity_page", pk=assessment.pk))
    assert "not asked" in page
    assert (
        f'href="{last_year.get_absolute_url()}"'
        in get(officer_of(council), "maturity_page", pk=assessment.pk).content.decode()
    )


def test_a_stranger_sees_only_those_earlier_ones_that_were_opened(council, made):
    assessed(council, made, [1, 1, 1, 1], agreed_at=timezone.now() - timedelta(days=400), sharing=Sharing.OWN)
    assessment = assessed(council, made, [2, 2, 4, 4], sharing=Sharing.PUBLIC)
    page = get(None, "maturity_csv", pk=assessment.pk).content.decode("utf-8-sig")
    assert page.splitlines()[0].count(",") == 1  # the theme and this one


def others(made: MaturitySet, levels: list[int], **fields: Any) -> None:
    for level in levels:
        assessed(CouncilFactory(), made, [level] * 4, in_spread=True, **fields)


def test_four_other_councils_make_no_spread_and_five_do(council, made):
    assessment = assessed(council, made, [1, 1, 1, 1], in_spread=True)
    others(made, [2, 3, 3, 4])
    assert maturity.spread(assessment) == {}
    officer = officer_of(council)
    assert "once 5 of them are counted" in text(get(officer, "maturity_page", pk=assessment.pk))
    others(made, [5])
    assert maturity.spread(assessment) == {
        "theme-1": maturity.Middle(3.0, 3.0, 4.0), "theme-2": maturity.Middle(3.0, 3.0, 4.0),
    }  # fmt: skip
    page = text(get(officer, "maturity_page", pk=assessment.pk))
    assert "3 to 4" in page


def test_the_spread_counts_of_each_council_its_newest_if_it_lets_it(council, made):
    assessment = assessed(council, made, [1, 1, 1, 1])
    others(made, [3, 3, 3, 3])
    fifth = CouncilFactory()
    assessed(fifth, made, [5] * 4, in_spread=True, agreed_at=timezone.now() - timedelta(days=300))
    assert maturity.spread(assessment)["theme-1"].upper == 3.0
    assessed(fifth, made, [5] * 4, in_spread=False)  # its newest is not to be counted, and an older one not instead
    assert maturity.spread(assessment) == {}


def test_the_spread_is_of_others_never_of_open_dropped_or_invented_ones_and_is_rounded_to_halves(council, made):
    assessment = assessed(council, made, [5, 5, 5, 5], in_spread=True)
    others(made, [2, 2, 2])
    others(made, [5, 5, 5], is_demo=True)
    answered(CouncilFactory(), made, [2] * 4, in_spread=True)
    answered(CouncilFactory(), made, [2] * 4, in_spread=True, status="open")
    assert maturity.spread(assessment) == {}
    others(made, [2, 3])
    found = maturity.spread(assessment)["theme-1"]
    assert found == maturity.Middle(2.0, 2.0, 2.0)
    for levels in ([1, 2, 2, 2],):
        assessed(CouncilFactory(), made, levels, in_spread=True)
    assert all(value * 2 == int(value * 2) for value in (found.lower, found.middle, found.upper))


def test_the_spread_stands_beside_ones_own_result_alone(council, made):
    assessment = assessed(council, made, [1, 1, 1, 1], in_spread=True, sharing=Sharing.PUBLIC)
    others(made, [2, 3, 3, 4, 5])
    assert "middle half" in text(get(officer_of(council), "maturity_page", pk=assessment.pk))
    for user in (None, lead_of(CouncilFactory()), person(Role.TEAM, organisation=BodyFactory())):
        assert "middle half" not in text(get(user, "maturity_page", pk=assessment.pk))


def test_results_that_one_may_read_are_listed_by_name_without_any_level(made):
    for name, level in (("Zeta", 5), ("Alpha", 1), ("Mid", 3)):
        assessed(CouncilFactory(name_en=name), made, [level] * 4, sharing=Sharing.PUBLIC)
    page = text(get(None, "maturity_front"))
    assert page.index("Alpha,") < page.index("Mid,") < page.index("Zeta,")
    assert "never put in an order" in page


def test_the_radar_has_its_sentence_its_table_and_its_data(council, made):
    assessment = assessed(council, made, [1, 2, 4, 5])
    client = signed_in(officer_of(council))
    page = client.get(assessment.get_absolute_url()).content.decode()
    assert 'role="img"' in page
    assert "<polygon" in page
    assert "style=" not in page
    assert "highest for 2. Theme" in page
    assert "The figures as a table" in page
    with override("cy"):
        page = client.get(assessment.get_absolute_url()).content.decode()
    assert "Lefel pob thema" in page
    url = reverse("training:maturity_csv", kwargs={"pk": assessment.pk})
    lines = client.get(url).content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert lines[1].endswith(",1.5")


@pytest.mark.parametrize("councils", [1, 30])
def test_pages_cost_the_same_for_one_council_and_for_thirty(councils, django_assert_max_num_queries):
    made = question_set(themes=1 if councils == 1 else 5, questions=1 if councils == 1 else 6)
    levels = [1] * MaturityQuestion.objects.of_set(made).count()
    own = CouncilFactory()
    for number in range(councils):
        assessed(CouncilFactory() if number else own, made, levels, sharing=Sharing.PUBLIC, in_spread=True)
    client = signed_in(officer_of(own))
    for name, parts in (
        ("maturity_front", None),
        ("maturity_set", {"number": made.number}),
    ):
        with django_assert_max_num_queries(12):
            assert client.get(reverse(f"training:{name}", kwargs=parts)).status_code == 200
    with django_assert_max_num_queries(25):
        assert client.get(MaturityAssessment.objects.order_by("pk")[0].get_absolute_url()).status_code == 200


def test_an_action_refuses_where_there_is_no_set_or_it_is_no_longer_open(council):
    with pytest.raises(Refused):
        actions.maturity_start(council=council, language="en", by=officer_of(council))


def test_a_link_changes_nothing(council, made):
    answer = first(answered(council, made, [1, 1, 1, 1]))
    client: Client = signed_in(lead_of(council))
    for name in ("maturity_draft", "maturity_discard"):
        assert client.get(answer_url(answer, name)).status_code == 405


def test_without_a_question_set_the_demonstration_has_no_assessment():
    load_maturity({})
    assert not MaturityAssessment.objects.exists()


# --- Elsewhere ------------------------------------------------------------------------------------------
def on_the_page_of(council: Organisation, user: Any) -> str:
    with override("en"):
        return text(signed_in(user).get(council.get_absolute_url()))


def test_a_councils_page_leads_to_what_its_reader_may_see(council, made):
    assessed(council, made, [1, 2, 3, 4], sharing=Sharing.TEAM)
    answered(council, made, [None] * 4)
    assert on_the_page_of(council, officer_of(council)).count("Assessment ") == 2
    assert on_the_page_of(council, person(Role.TEAM, organisation=BodyFactory())).count("Assessment ") == 1
    for user in (None, officer_of(CouncilFactory())):
        assert "Digital maturity" not in on_the_page_of(council, user)


def test_the_digital_lead_is_told_once_every_question_is_answered(council, made):
    lead = lead_of(council)
    assessment = answered(council, made, [1, 2, 3, 4])
    [need] = list(assessments_to_agree(lead))
    assert need.url == reverse("training:maturity_agree", kwargs={"pk": assessment.pk})
    assert need.detail == str(council.name)
    assert list(assessments_to_agree(officer_of(council))) == []
    assert list(assessments_to_agree(lead_of(CouncilFactory()))) == []
    MaturityAnswer.objects.filter(pk=first(assessment).pk).update(level=None)
    assert list(assessments_to_agree(lead)) == []
