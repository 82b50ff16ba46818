"""What the database refuses of frameworks and assessments."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from tests.factories.skills import (
    CourseSkillFactory,
    FrameworkFactory,
    FrameworkRoleFactory,
    FrameworkVersionFactory,
    RoleEntryFactory,
    RoleFamilyFactory,
    RoleLevelFactory,
    RoleSkillFactory,
    SkillAnswerFactory,
    SkillAssessmentFactory,
    SkillEntryFactory,
    SkillFactory,
    SkillLevelFactory,
    assessed,
    learner_with_account,
    published,
    role_of,
)
from tests.factories.training import officer
from training.models import FrameworkVersion, SkillAnswer, SkillAssessment
from wlga_portal.kernel.history import event_model

pytestmark = pytest.mark.django_db


def refused(name: str, factory: Any, /, **fields: Any) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        factory(**fields)


def test_a_framework_is_titled_in_both_languages():
    refused("framework_titled_in_both", FrameworkFactory, title_cy="")


def test_a_version_has_a_number_a_name_and_a_content_of_its_own():
    one = FrameworkVersionFactory()
    for name, field in (
        ("framework_version_number_unique", "number"),
        ("framework_version_name_unique", "name"),
        ("framework_version_says_something_new", "fingerprint"),
    ):
        refused(name, FrameworkVersionFactory, framework=one.framework, **{field: getattr(one, field)})
    refused("framework_version_origin_known", FrameworkVersionFactory, origin="found")
    refused("framework_version_status_known", FrameworkVersionFactory, status="lost")
    refused("framework_version_published_has_its_day", FrameworkVersionFactory, status="published")


def test_a_version_says_each_thing_once():
    family = RoleFamilyFactory()
    refused("role_family_once_a_version", RoleFamilyFactory, version=family.version, key=family.key)
    entry = RoleEntryFactory()
    refused("role_entry_once_a_family", RoleEntryFactory, family=entry.family, role=entry.role)
    step = RoleLevelFactory()
    refused("role_level_once_a_role", RoleLevelFactory, entry=step.entry, key=step.key)
    role, skill, told = FrameworkRoleFactory(), SkillFactory(), SkillEntryFactory()
    refused("framework_role_key_unique", FrameworkRoleFactory, framework=role.framework, key=role.key)
    refused("skill_key_unique", SkillFactory, framework=skill.framework, key=skill.key)
    refused("skill_entry_once_a_version", SkillEntryFactory, version=told.version, skill=told.skill)
    level, asked = SkillLevelFactory(), RoleSkillFactory()
    refused("skill_level_described_once", SkillLevelFactory, entry=level.entry)
    refused("role_skill_asked_once", RoleSkillFactory, role_level=asked.role_level, skill_entry=asked.skill_entry)
    taught = CourseSkillFactory()
    refused("course_skill_taught_once", CourseSkillFactory, course=taught.course, skill=taught.skill)


@pytest.mark.parametrize("level", [0, 5])
def test_there_are_four_levels(level):
    refused("skill_level_known", SkillLevelFactory, level=level)
    refused("role_skill_level_known", RoleSkillFactory, level=level)
    refused("course_skill_level_known", CourseSkillFactory, level=level)


def test_an_answer_is_one_of_five_levels_and_there_is_one_for_a_skill():
    answer = SkillAnswerFactory(own_level=0, agreed_level=4)
    refused("skill_answer_once_a_skill", SkillAnswerFactory, assessment=answer.assessment,
            skill_entry=answer.skill_entry)  # fmt: skip
    refused("skill_answer_own_level_known", SkillAnswerFactory, own_level=5)
    refused("skill_answer_agreed_level_known", SkillAnswerFactory, agreed_level=5)


def test_one_assessment_is_open_at_a_time_and_a_shared_one_has_its_manager_and_days():
    open_one = SkillAssessmentFactory()
    refused("skill_assessment_one_open_at_a_time", SkillAssessmentFactory, learner=open_one.learner)
    whole = {"manager": officer(), "shared_at": timezone.now()}
    refused("skill_assessment_status_known", SkillAssessmentFactory, status="lost", **whole)
    refused("skill_assessment_shared_with_somebody", SkillAssessmentFactory, status="shared", manager=officer())
    refused("skill_assessment_agreed_on_a_day", SkillAssessmentFactory, agreed_at=timezone.now())


def test_nobody_agrees_their_own_assessment():
    learner = learner_with_account()
    with pytest.raises(IntegrityError, match="nobody agrees their own assessment"):
        SkillAssessmentFactory(learner=learner, manager=learner.user)


def test_the_levels_of_an_agreed_assessment_stay_and_its_texts_may_be_emptied():
    step = role_of({"Listening": 2}).levels.get()
    assessment = assessed({"Listening": 1}, step=step, status="agreed")
    answers = SkillAnswer.objects.filter(assessment=assessment)
    for change in ({"own_level": 3}, {"agreed_level": 3}):
        with pytest.raises(IntegrityError, match="this assessment is agreed"), transaction.atomic():
            answers.update(**change)
    with pytest.raises(IntegrityError, match="this assessment is agreed"), transaction.atomic():
        SkillAssessment.objects.filter(pk=assessment.pk).update(status="draft", agreed_at=None)
    assert answers.update(example="", note="") == 1


def test_the_texts_of_an_answer_are_in_no_history():
    columns = {field.name for field in event_model(SkillAnswer)._meta.get_fields()}
    assert {"own_level", "agreed_level"} <= columns
    assert not {"example", "note"} & columns


def test_a_published_version_changes_no_more():
    entry = role_of({"Listening": 2})
    version, step = entry.family.version, entry.levels.get()
    asked = step.skills.get()
    told = asked.skill_entry
    rows: list[Any] = [entry.family, entry, step, told, told.levels.first(), asked]
    for row in rows:
        column = "title_en" if hasattr(row, "title_en") else "level" if row is asked else "description_en"
        with pytest.raises(IntegrityError, match="is published"), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**{column: 4 if column == "level" else "Other"})
        with pytest.raises(IntegrityError, match="is published"), transaction.atomic():
            type(row).objects.filter(pk=row.pk).delete()
    with pytest.raises(IntegrityError, match="is published"), transaction.atomic():
        SkillEntryFactory(version=version)
    for change in ({"status": "draft", "published_at": None}, {"name": "other"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            FrameworkVersion.objects.filter(pk=version.pk).update(**change)


@pytest.mark.parametrize(
    "broken",
    [
        lambda version: RoleFamilyFactory(version=version, title_cy=""),
        lambda version: RoleEntryFactory(family__version=version, description_cy=""),
        lambda version: RoleLevelFactory(entry__family__version=version, title_en=""),
        lambda version: SkillEntryFactory(version=version, description_en=""),
        lambda version: SkillLevelFactory(entry__version=version, description_cy=""),
    ],
)
def test_what_is_written_here_is_published_in_both_languages_and_what_comes_from_outside_need_not_be(broken):
    version = FrameworkVersionFactory()
    broken(version)
    with pytest.raises(IntegrityError, match="lacks a language"), transaction.atomic():
        published(version)
    FrameworkVersion.objects.filter(pk=version.pk).update(origin="outside")
    assert published(version).is_published
