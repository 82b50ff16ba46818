"""Self-assessment, a manager's agreement, gaps and the courses that close them."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import Membership, User
from accounts.roles import Role
from organisations.models import Organisation
from tests.factories.people import CouncilFactory, person
from tests.factories.skills import CourseSkillFactory, assessed, role_of
from tests.factories.training import (
    BookingFactory,
    CourseFactory,
    LearnerFactory,
    SessionFactory,
    close_register,
    held,
    officer,
    team_member,
)
from tests.training.pages import get, post, signed_in, text
from training.actions import assessments as actions
from training.gaps import lines_of, next_step
from training.models import Learner, RoleLevel, SkillAnswer, SkillAssessment
from training.panels_skills import assessments_to_agree, assessments_to_finish
from training.states import BookingStatus
from wlga_portal.kernel.queue import run_jobs
from wlga_portal.kernel.versions import load_draft
from wlga_portal.kernel.workflow import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def step() -> RoleLevel:
    return role_of({"Listening": 2, "Writing": 3}).levels.get()


@pytest.fixture
def own(council: Organisation) -> User:
    return officer(council, name="Own Person")


@pytest.fixture
def manager(council: Organisation) -> User:
    return officer(council, name="The Manager")


def answers_of(assessment: SkillAssessment) -> dict[str, SkillAnswer]:
    return {answer.skill_entry.title_en: answer for answer in assessment.answers.select_related("skill_entry")}


def shared(step: RoleLevel, own: User, manager: User, **levels: int) -> SkillAssessment:
    return assessed(levels or {"Listening": 2, "Writing": 1}, step=step, user=own, manager=manager, status="shared")


# --- the way through


def test_a_person_assesses_their_skills_and_the_manager_agrees(step, own, manager, council):
    assert "You have not assessed your skills yet." in text(get(own, "assessment_own"))
    page = get(own, "assessment_create", query=f"?level={step.pk}").content.decode()
    assert re.search(rf'<option[^>]* value="{step.pk}"[^>]* selected', page), re.findall("<option[^>]*>", page)
    response = post(own, "assessment_create", {"council": council.pk, "step": step.pk})
    assessment = SkillAssessment.objects.get()
    assert response["Location"] == f"/en/training/my-skills/{assessment.pk}/levels/"
    said = text(get(own, "assessment_edit", pk=assessment.pk))
    assert "Asked for: Practitioner" in said
    assert "You know of it." in said
    told = answers_of(assessment)
    data = {f"level-{told['Listening'].pk}": "2", f"example-{told['Listening'].pk}": "I asked residents."}
    post(own, "assessment_edit", data, pk=assessment.pk)
    assert "1 skill has no level yet." in text(get(own, "assessment_page", pk=assessment.pk))
    said = text(post(own, "assessment_share", {"manager": manager.pk}, pk=assessment.pk))
    assert "Choose a level for each skill first." in said
    data |= {f"level-{told['Writing'].pk}": "1"}
    post(own, "assessment_edit", data, pk=assessment.pk)
    assert get(manager, "assessment_page", pk=assessment.pk).status_code == 404
    assert post(own, "assessment_share", {"manager": manager.pk}, pk=assessment.pk).status_code == 302
    run_jobs()
    assert [message.to for message in mail.outbox] == [[manager.email]]
    assert "Own Person sent you a skills assessment" in mail.outbox[0].subject
    assert [need.url for need in assessments_to_agree(manager)] == [assessment.get_absolute_url()]
    assert "1 assessment waits for your agreement" in text(get(manager, "skills_front"))
    assert "Own Person" in text(get(manager, "assessment_agree_list"))
    assert "I asked residents." in text(get(manager, "assessment_page", pk=assessment.pk))
    said = text(get(manager, "assessment_agree", pk=assessment.pk))
    assert "Says: Awareness. Asked for: Practitioner." in said
    data = {f"level-{told['Listening'].pk}": "2", f"level-{told['Writing'].pk}": "2"}
    said = text(post(manager, "assessment_agree", data, pk=assessment.pk))
    assert "Say why your level is not the person’s own." in said
    data |= {f"note-{told['Writing'].pk}": "The report was good."}
    assert post(manager, "assessment_agree", data, pk=assessment.pk).status_code == 302
    assessment.refresh_from_db()
    assert assessment.is_agreed
    assert {title: one.agreed_level for title, one in answers_of(assessment).items()} == {"Listening": 2, "Writing": 2}
    said = text(get(own, "assessment_page", pk=assessment.pk))
    assert "Working: The report was good." in said
    assert "Now: Working. Asked for: Practitioner." in said
    run_jobs()
    assert "The Manager agreed your skills" in mail.outbox[-1].subject
    assert "cannot be done now" in text(post(manager, "assessment_agree", data, pk=assessment.pk))


def test_what_is_typed_and_not_saved_is_kept_for_its_person_alone(step, own, manager):
    assessment = assessed({}, step=step, user=own)
    answer = answers_of(assessment)["Writing"]
    typed = {f"level-{answer.pk}": "3", f"example-{answer.pk}": "I wrote a guide.", "level-0": "1"}
    assert re.fullmatch(r'{"saved_at": "\d\d:\d\d:\d\d"}', post(own, "assessment_draft", typed, pk=assessment.pk).text)
    answer.refresh_from_db()
    assert (answer.own_level, answer.example) == (None, "")
    page = get(own, "assessment_edit", pk=assessment.pk).content.decode()
    assert "I wrote a guide." in page
    chosen = [tag for tag in re.findall(r"<input[^>]*>", page) if f'"level-{answer.pk}"' in tag and "checked" in tag]
    assert ['value="3"' in tag for tag in chosen] == [True]
    assert "The page holds an answer of yours that is not saved yet" in page
    assert post(manager, "assessment_draft", typed, pk=assessment.pk).status_code == 404
    assert post(own, "assessment_discard", pk=assessment.pk)["Location"].endswith("/levels/")
    assert "I wrote a guide." not in get(own, "assessment_edit", pk=assessment.pk).content.decode()


def test_changing_the_language_keeps_what_is_typed_and_saving_ends_the_draft(step, own):
    assessment = assessed({}, step=step, user=own)
    answer = answers_of(assessment)["Writing"]
    typed = {f"level-{answer.pk}": "3", f"example-{answer.pk}": "I wrote a guide."}
    client = signed_in(own)
    address = f"/en/training/my-skills/{assessment.pk}/levels/"
    reply = client.post(address, typed | {"_switch": "cy"})
    assert reply["Location"].startswith("/cy/")
    assert "I wrote a guide." in client.get(reply["Location"]).content.decode()
    client.post(address, typed)
    answer.refresh_from_db()
    assert (answer.own_level, answer.example) == (3, "I wrote a guide.")
    assert load_draft(own, actions.draft_key(assessment)) is None


def test_a_manager_gives_it_back_with_a_reason(step, own, manager):
    assessment = shared(step, own, manager)
    assert get(manager, "assessment_return", pk=assessment.pk).status_code == 200
    assert "Enter “Reason”" in text(post(manager, "assessment_return", {}, pk=assessment.pk))
    assert post(manager, "assessment_return", {"why": "Look again at writing."}, pk=assessment.pk).status_code == 302
    run_jobs()
    assert "Look again at writing." in mail.outbox[0].body
    said = text(get(own, "assessment_page", pk=assessment.pk))
    assert "The Manager gave it back: Look again at writing." in said
    assert get(manager, "assessment_page", pk=assessment.pk).status_code == 404
    assert [need.text for need in assessments_to_finish(own)] == [f"Finish your skills assessment: {step.title}"]


def test_a_return_that_comes_too_late_is_refused(step, own, manager, monkeypatch):
    assessment = shared(step, own, manager)
    actions.assessment_agree(
        assessment=assessment,
        levels={answer.pk: (answer.own_level or 0, "") for answer in assessment.answers.all()},
        by=manager,
    )
    assert "cannot be done now" in text(post(manager, "assessment_return", {"why": "Late."}, pk=assessment.pk))


def test_a_person_takes_it_back_changes_it_and_deletes_it(step, own, manager):
    assessment = shared(step, own, manager)
    assert get(own, "assessment_withdraw", pk=assessment.pk).status_code == 405
    assert get(own, "assessment_edit", pk=assessment.pk).status_code == 302
    assert post(own, "assessment_delete", pk=assessment.pk).status_code == 302
    assert SkillAssessment.objects.filter(pk=assessment.pk).exists()  # the manager has it
    assert post(own, "assessment_withdraw", pk=assessment.pk).status_code == 302
    assert get(manager, "assessment_page", pk=assessment.pk).status_code == 404
    client = signed_in(own)
    again = client.post(f"/en/training/my-skills/{assessment.pk}/take-back/", follow=True)
    assert "cannot be done now" in text(again)
    assert get(own, "assessment_edit", pk=assessment.pk).status_code == 200
    assert get(own, "assessment_delete", pk=assessment.pk).status_code == 200
    assert post(own, "assessment_delete", pk=assessment.pk)["Location"] == "/en/training/my-skills/"
    assert not SkillAnswer.objects.exists()


def test_one_assessment_is_open_at_a_time(step, own, council):
    assessed({}, step=step, user=own)
    said = text(post(own, "assessment_create", {"council": council.pk, "step": step.pk}))
    assert "You have an assessment open already." in said


def test_a_note_is_asked_for_by_the_action_too(step, own, manager):
    assessment = shared(step, own, manager)
    with pytest.raises(Refused, match="Say why"):
        actions.assessment_agree(
            assessment=assessment, levels={answer.pk: (4, "") for answer in assessment.answers.all()}, by=manager
        )
    assert not SkillAnswer.objects.exclude(agreed_level=None).exists()


# --- who


def test_an_assessment_is_its_persons_and_the_managers_with_whom_it_was_shared(step, own, manager, council):
    assessment = shared(step, own, manager)
    viewers = {
        None: 302,
        own: 200,
        manager: 200,
        officer(council): 404,
        person(Role.COORDINATOR, organisation=council): 404,
        person(Role.DIGITAL_LEAD, organisation=council): 404,
        officer(): 404,
        team_member(): 404,
    }
    for user, status in viewers.items():
        assert get(user, "assessment_page", pk=assessment.pk).status_code == status
        for name in ("assessment_edit", "assessment_share", "assessment_delete"):
            expected = {None: {302}, own: {200, 302}}.get(user, {404})
            assert get(user, name, pk=assessment.pk).status_code in expected, name
        for name in ("assessment_agree", "assessment_return"):
            expected = {None: {302}, manager: {200}}.get(user, {404})
            assert get(user, name, pk=assessment.pk).status_code in expected, name
    assert post(officer(council), "assessment_withdraw", pk=assessment.pk).status_code == 404
    assert get(team_member(), "assessment_own").status_code == 403


def test_a_manager_who_left_the_council_sees_nothing_more(step, own, manager):
    assessment = shared(step, own, manager)
    gone = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(user=manager).update(starts=gone, ends=gone)
    assert get(User.objects.get(pk=manager.pk), "assessment_page", pk=assessment.pk).status_code == 404


def test_the_manager_is_chosen_among_the_councils_own_staff(step, own, manager, council):
    assessment = assessed({"Listening": 1, "Writing": 1}, step=step, user=own)
    member = person(Role.BOARD_MEMBER, organisation=council)
    page = text(get(own, "assessment_share", pk=assessment.pk))
    assert "The Manager" in page
    for user in (own, officer(), member):
        response = post(own, "assessment_share", {"manager": user.pk}, pk=assessment.pk)
        assert response.status_code == 200
    assessment.refresh_from_db()
    assert assessment.status == "draft"


def test_who_belongs_to_two_councils_says_for_which(step, own, council):
    other = CouncilFactory()
    Membership.objects.create(user=own, organisation=other, role=Role.OFFICER)
    user = User.objects.get(pk=own.pk)
    assert "For which council" in text(get(user, "assessment_create"))
    post(user, "assessment_create", {"council": other.pk, "step": step.pk})
    assert SkillAssessment.objects.get().organisation == other


# --- gaps


def test_gaps_are_shown_widest_first_with_the_courses_that_close_them(step, own):
    assessment = assessed({"Listening": 1, "Writing": 0}, step=step, user=own)
    skills = {title: answer.skill_entry.skill for title, answer in answers_of(assessment).items()}
    short = CourseSkillFactory(skill=skills["Writing"], level=1)
    full = CourseSkillFactory(skill=skills["Writing"], level=3)
    CourseSkillFactory(skill=skills["Listening"], level=1)  # teaches nothing new
    hidden = CourseSkillFactory(skill=skills["Listening"], level=2, course=CourseFactory(is_demo=True))
    session = SessionFactory(course=short.course)
    SessionFactory(course=short.course, starts_at=session.starts_at + timedelta(days=7))
    lines = lines_of(assessment)
    assert [(str(line.entry.title), line.is_gap) for line in lines] == [("Writing", True), ("Listening", True)]
    assert [(offer.taught, offer.closes, offer.session) for offer in lines[0].offers] == [
        (short, False, session),
        (full, True, None),
    ]
    assert lines[1].offers == []
    assert next_step(lines) == lines[0].offers[0]
    said = text(get(own, "assessment_page", pk=assessment.pk))
    assert f"{short.course.title} (up to level: Awareness) Part of the way Next session" in said
    assert f"{full.course.title} (up to level: Practitioner) Closes the gap No session is open" in said
    assert str(hidden.course.title) not in said
    for name in ("front", "skills_front"):
        assert f"What is next for you {'' if name == 'front' else 'Your newest assessment:'}" in text(get(own, name))
        assert f"{short.course.title} (up to level: Awareness)" in text(get(own, name))
    assert "What is next for you" not in text(get(officer(), "front"))


def test_a_course_that_one_has_attended_is_no_next_step(step, own):
    assessment = assessed({"Listening": 2, "Writing": 0}, step=step, user=own)
    skill = answers_of(assessment)["Writing"].skill_entry.skill
    been, next_one = (CourseSkillFactory(skill=skill, level=level) for level in (1, 2))
    session = held(course=been.course)
    learner = Learner.objects.get(user=own)
    BookingFactory(session=session, learner=learner, status=BookingStatus.ATTENDED)
    close_register(session)
    lines = lines_of(assessment)
    assert [offer.attended for offer in lines[0].offers] == [True, False]
    found = next_step(lines)
    assert found is not None
    assert found.taught == next_one
    assert "You have been there" in text(get(own, "assessment_page", pk=assessment.pk))


def test_no_gap_reads_so(step, own):
    assessment = assessed({"Listening": 4, "Writing": 3}, step=step, user=own)
    said = text(get(own, "assessment_page", pk=assessment.pk))
    assert "There is no gap" in said
    assert "No course is waiting for you now." in text(get(own, "skills_front"))


def test_the_agreed_level_decides_what_a_gap_is(step, own, manager):
    assessment = shared(step, own, manager, Listening=2, Writing=3)
    levels = {answer.pk: (1, "Not yet." if answer.own_level != 1 else "") for answer in assessment.answers.all()}
    actions.assessment_agree(assessment=assessment, levels=levels, by=manager)
    assert [line.is_gap for line in lines_of(assessment)] == [True, True]


# --- lists


def test_a_page_and_a_list_cost_the_same_however_much_there_is(own, manager, django_assert_max_num_queries):
    step = role_of({f"Skill{number}": 2 for number in range(20)}).levels.get()
    assessment = assessed({f"Skill{number}": 0 for number in range(20)}, step=step, user=own)
    for answer in answers_of(assessment).values():
        session = SessionFactory(course=CourseSkillFactory(skill=answer.skill_entry.skill).course)
        BookingFactory(session=session)
    client, other = signed_in(own), signed_in(manager)
    client.get(assessment.get_absolute_url())
    with django_assert_max_num_queries(14):
        client.get(assessment.get_absolute_url())
    for _number in range(30):
        assessed({}, step=step, learner=LearnerFactory(), organisation=assessment.organisation,
                 manager=manager, status="shared")  # fmt: skip
    other.get("/en/training/my-team-skills/")
    with django_assert_max_num_queries(12):
        assert "30 assessments" in text(other.get("/en/training/my-team-skills/"))
