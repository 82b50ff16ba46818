"""Frameworks: the one that the portal brings, files in and out, versions and what moved between them."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.roles import Role
from tests.factories.people import BodyFactory, person
from tests.factories.skills import CourseSkillFactory, FrameworkFactory, assessed, learner_with_account
from tests.factories.training import CourseFactory, officer, team_member
from tests.training.pages import get, post, signed_in, text
from training.actions import frameworks as actions
from training.frameworks import (
    HEADER,
    changes_between,
    csv_rows,
    document_of,
    load_supplied,
    read_csv,
    supplied,
)
from training.gaps import pathway_of
from training.models import (
    Framework,
    FrameworkRole,
    FrameworkVersion,
    RoleEntry,
    Skill,
    SkillEntry,
)
from wlga_portal.kernel.workflow import Refused

pytestmark = pytest.mark.django_db

# the header of the UK government's own file: both level descriptions by one name
UK = (
    "role family,role,role description,role level,level description,skill,skill description,skill level,"
    "level description,role type"
)
LINES = (
    "Data,Data analyst,Answers questions.,Data analyst,Alone.,Modelling,Making models.,Working,Make it.,Specialist",
    "Data,Data analyst,Answers questions.,Data analyst,Alone.,Writing,Putting it in words.,awareness,Read it.,",
    "Data,Data analyst,Answers questions.,Senior data analyst,Leads.,Modelling,Making models.,Practitioner,Teach it.,",
    "Design,Designer,Draws.,Designer,Draws well.,Writing,Putting it in words.,Expert,Set the style.,",
)


def file_of(*lines: str, header: str = UK) -> bytes:
    return "\n".join([header, *lines]).encode()


def as_csv(rows: object) -> bytes:
    target = io.StringIO()
    csv.writer(target).writerows(rows)  # type: ignore[arg-type]  # rows of texts
    return target.getvalue().encode()


def imported(framework: Framework, content: bytes, name: str = "1", origin: str = "outside") -> FrameworkVersion:
    document, faults = read_csv(content)
    assert faults == []
    return actions.version_import(
        framework=framework, document=document, name=name, origin=origin, source="", by=team_member()
    )


def published(framework: Framework, content: bytes, name: str = "1") -> FrameworkVersion:
    version = imported(framework, content, name)
    return actions.version_publish(version=version, by=team_member())


# --- what the portal brings


def test_the_framework_for_local_government_is_whole_and_in_both_languages():
    document = supplied()
    assert len(document.families) >= 6
    assert len(document.roles) >= 12
    assert len(document.skills) >= 20
    assert document.in_both
    for skill in document.skills.values():
        assert sorted(skill.levels) == [1, 2, 3, 4], skill.title.en
    for role in document.roles.values():
        assert role.kind.whole
        assert len(role.steps) >= 2, role.title.en
        assert all(step.skills for step in role.steps.values())


def test_a_level_of_a_role_of_the_supplied_framework_never_asks_for_less_than_the_one_before():
    for role in supplied().roles.values():
        before: dict[str, int] = {}
        for step in role.steps.values():
            assert all(step.skills.get(key, 0) >= level for key, level in before.items()), step.title.en
            before = step.skills


def test_no_two_texts_of_the_supplied_framework_are_the_same_in_both_languages():
    texts = list(supplied().texts())
    assert [text.en for text in texts if text.en == text.cy] == []
    assert all("'" not in text.cy for text in texts)


def test_loading_publishes_the_framework_once():
    load_supplied()
    load_supplied()
    version = FrameworkVersion.objects.get()
    assert (version.status, version.number, version.origin) == ("published", 1, "own")
    assert document_of(version).fingerprint == supplied().fingerprint


# --- files


def test_a_file_in_the_shape_of_the_uk_government_is_read():
    document, faults = read_csv(file_of(*LINES))
    assert faults == []
    assert list(document.families) == ["data", "design"]
    analyst = document.roles["data-analyst"]
    assert (analyst.description.en, analyst.kind.en) == ("Answers questions.", "Specialist")
    assert {key: step.skills for key, step in analyst.steps.items()} == {
        "data-analyst": {"modelling": 2, "writing": 1},
        "senior-data-analyst": {"modelling": 3},
    }
    assert analyst.steps["senior-data-analyst"].description.en == "Leads."
    assert {level: one.en for level, one in document.skills["writing"].levels.items()} == {
        1: "Read it.",
        4: "Set the style.",
    }


def test_a_written_file_is_read_back_as_the_same_document():
    document = supplied()
    again, faults = read_csv(as_csv(csv_rows(document)))
    assert faults == []
    assert again.fingerprint == document.fingerprint
    assert again.in_both


def test_a_stored_document_is_read_back_as_the_same():
    version = imported(FrameworkFactory(), as_csv(csv_rows(supplied())))
    assert document_of(version).fingerprint == supplied().fingerprint == version.fingerprint


@pytest.mark.parametrize(
    ("content", "line", "sentence"),
    [
        (b"\xff\xfe", 0, "not UTF-8"),
        (b"role,skill\na,b", 1, "columns are missing: role family"),
        (file_of(), 0, "holds no role"),
        (file_of(LINES[0].replace("Data analyst,Answers", ",Answers")), 2, "“role” is empty"),
        (file_of(LINES[0], LINES[1].replace("Writing", "")), 3, "“skill” is empty"),
        (file_of(LINES[0].replace("Working", "Master")), 2, "“Master” is no level of a skill"),
        (file_of(LINES[0].replace("Modelling", "M" * 161)), 2, "longer than 160"),
        (file_of(LINES[0], LINES[0]), 3, "asks for the skill “Modelling” a second time"),
        (file_of(LINES[0], LINES[2].replace("Making models.", "Other.")), 3, "other words here: “Making models.”"),
        (file_of(LINES[0], LINES[2].replace("Data,", "Other,", 1)), 3, "in another family too: “Data”"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_by_its_line(content, line, sentence):
    _document, faults = read_csv(content)
    assert [fault.line for fault in faults] == [line]
    assert sentence in faults[0].sentence


def test_a_file_with_too_many_lines_is_refused(monkeypatch):
    monkeypatch.setattr("training.frameworks.reading.MOST_LINES", 3)
    _document, faults = read_csv(file_of(*LINES))
    assert [(fault.line, fault.sentence) for fault in faults] == [(4, "The file has more than 3 lines.")]


def test_a_cell_that_is_too_large_for_a_spreadsheet_is_a_fault():
    _document, faults = read_csv(file_of("x" * 200_000))
    assert [fault.sentence for fault in faults] == ["The file is not CSV that can be read."]


# --- versions


def test_the_same_file_twice_changes_nothing():
    framework = FrameworkFactory()
    published(framework, file_of(*LINES))
    with pytest.raises(Refused, match="says the same as version 1"):
        imported(framework, file_of(*LINES), "2")
    assert framework.versions.count() == 1


def test_a_name_is_used_once_and_one_draft_is_open_at_a_time():
    framework = FrameworkFactory()
    imported(framework, file_of(*LINES))
    with pytest.raises(Refused, match="There is a version 1 already"):
        imported(framework, file_of(*LINES[:2]), "1")
    with pytest.raises(Refused, match="There is a draft already"):
        imported(framework, file_of(*LINES[:2]), "2")


def test_a_new_version_keeps_old_assessments_readable_and_shows_what_moved():
    framework, learner = FrameworkFactory(), learner_with_account()
    first = published(framework, file_of(*LINES))
    step = RoleEntry.objects.get(family__version=first, title_en="Data analyst").levels.get(key="data-analyst")
    assessment = assessed({"Modelling": 1, "Writing": 1}, step=step, user=learner.user, status="agreed")
    second = published(
        framework,
        file_of(
            *(line.replace("Modelling", "Models") for line in LINES[:3]),
            LINES[3].replace("Set the style.", "Set all styles."),
            "Data,Data analyst,,Data analyst,,Speaking,,Working,Speak up.,",
        ),
        "2",
    )
    moved = changes_between(document_of(first), document_of(second))
    assert [title.en for title in moved.skills_new.values()] == ["Models", "Speaking"]
    assert [title.en for title in moved.skills_gone.values()] == ["Modelling"]
    assert [title.en for title in moved.skills_reworded] == ["Writing"]
    assert {(one.skill, one.before, one.after) for one in moved.asked_of("data-analyst", "data-analyst")} == {
        ("modelling", 2, None),
        ("models", None, 2),
        ("speaking", None, 2),
    }
    said = text(get(learner.user, "assessment_page", pk=assessment.pk))
    assert "Modelling" in said
    assert "This assessment keeps the words of version 1." in said
    assert "Speaking not asked for Working" in said
    old = get(None, "role_page", slug="data-analyst", query="?version=1")
    assert "These are the words of version 1" in text(old)
    assert "Modelling" in text(old)
    assert "Modelling" not in text(get(None, "role_page", slug="data-analyst"))
    assert "Modelling" in text(get(None, "framework_version", slug=framework.slug_en, number=1))


def test_a_renamed_skill_and_role_keep_what_belongs_to_them():
    framework = FrameworkFactory()
    first = published(framework, file_of(*LINES))
    skill = Skill.objects.get(framework=framework, key="modelling")
    taught = CourseSkillFactory(skill=skill, level=3)
    draft = imported(
        framework,
        file_of(*(line.replace("Modelling", "Models").replace(",Designer,Draws.", ",Drawer,Draws.") for line in LINES)),
        "2",
    )
    user = team_member()
    said = text(get(user, "framework_renames", slug=framework.slug_en, number=2))
    assert "Models" in said
    response = post(
        user,
        "framework_renames",
        {"skill:models": "modelling", "role:drawer": "designer"},
        slug=framework.slug_en,
        number=2,
    )
    assert response.status_code == 302
    moved = changes_between(document_of(first), document_of(draft))
    assert [(old.en, new.en) for old, new in moved.skills_renamed] == [("Modelling", "Models")]
    assert [(old.en, new.en) for old, new in moved.roles_renamed] == [("Designer", "Drawer")]
    assert not moved.skills_new
    assert not moved.asked
    assert not Skill.objects.filter(key="models").exists()
    assert not FrameworkRole.objects.filter(key="drawer").exists()
    actions.version_publish(version=draft, by=user)
    entry = RoleEntry.objects.get(family__version=draft, title_en="Data analyst")
    [(_first, climbs), *_more] = pathway_of(entry)
    assert [(climb.entry.title.en, climb.courses) for climb in climbs] == [("Models", [taught]), ("Writing", [])]
    # the next file is matched by its titles
    third = imported(framework, file_of(*(line.replace("Modelling", "Models") for line in LINES), LINES[3].replace(
        "Designer", "Writer")), "3")  # fmt: skip
    assert SkillEntry.objects.get(version=third, title_en="Models").skill == skill


def test_two_skills_of_one_version_are_not_joined():
    framework = FrameworkFactory()
    version = imported(framework, file_of(*LINES))
    skills = {skill.key: skill for skill in Skill.objects.filter(framework=framework)}
    with pytest.raises(Refused, match="has both"):
        actions.skill_join(version=version, new=skills["modelling"], old=skills["writing"], by=team_member())


def test_a_version_written_here_is_published_in_both_languages_alone():
    framework, user = FrameworkFactory(), team_member()
    version = imported(framework, file_of(*LINES), origin="own")
    with pytest.raises(Refused, match="lacks its English or its Welsh"):
        actions.version_publish(version=version, by=user)
    client = signed_in(user)
    address = reverse("training:framework_publish", kwargs={"slug": framework.slug_en, "number": 1})
    assert "lacks its English or its Welsh" in text(client.post(address, follow=True))
    assert not framework.versions.published().exists()


def test_a_discarded_draft_takes_what_only_it_had():
    framework, user = FrameworkFactory(), team_member()
    published(framework, file_of(*LINES))
    imported(framework, file_of(*LINES, LINES[3].replace("Designer", "Writer").replace("Writing", "Rhyming")), "2")
    assert get(user, "framework_discard", slug=framework.slug_en, number=2).status_code == 200
    assert post(user, "framework_discard", slug=framework.slug_en, number=2).status_code == 302
    assert framework.versions.count() == 1
    assert not Skill.objects.filter(key="rhyming").exists()
    assert not FrameworkRole.objects.filter(key="writer").exists()
    said = text(signed_in(user).post(
        reverse("training:framework_discard", kwargs={"slug": framework.slug_en, "number": 1}), follow=True
    ))  # fmt: skip
    assert "published and changes no more" in said
    assert framework.versions.count() == 1


# --- the team's screens


def upload(content: bytes, **fields: str) -> dict[str, object]:
    file = SimpleUploadedFile("framework.csv", content, content_type="text/csv")
    return {"file": file, "name": "1", "origin": "outside", "source": "", **fields}


def test_the_team_makes_a_framework_brings_in_a_file_and_publishes_it():
    user = team_member()
    assert get(user, "framework_create").status_code == 200
    response = post(user, "framework_create", {"title_en": "Abroad", "title_cy": "Dramor"})
    assert response["Location"] == "/en/training/skills/frameworks/abroad/import/"
    assert "Role family" in text(signed_in(user).get(response["Location"]))
    assert "No version is published yet" in text(get(user, "framework_page", slug="abroad"))
    assert get(None, "framework_page", slug="abroad").status_code == 404
    wrong = post(
        user, "framework_import", upload(file_of(*LINES, LINES[0].replace("Working", "Master"))), slug="abroad"
    )
    said = text(wrong)
    assert "1 fault in the file" in said
    assert "6 “Master” is no level" in said
    assert not FrameworkVersion.objects.exists()
    assert "larger than 5 MB" in text(
        post(user, "framework_import", upload(b"x" * (5 * 1024 * 1024 + 1)), slug="abroad")
    )
    response = post(user, "framework_import", upload(file_of(*LINES)), slug="abroad")
    assert response["Location"] == "/en/training/skills/frameworks/abroad/1/"
    assert "Publish this version" in text(signed_in(user).get(response["Location"]))
    assert get(None, "framework_version", slug="abroad", number=1).status_code == 404
    assert get(None, "role_page", slug="data-analyst").status_code == 404
    again = post(user, "framework_import", upload(file_of(*LINES)), slug="abroad")
    assert "says the same as version 1" in text(again)
    assert post(user, "framework_publish", slug="abroad", number=1).status_code == 302
    assert get(None, "framework_version", slug="abroad", number=1).status_code == 200
    said = text(get(None, "framework_page", slug="abroad"))
    assert "Published by somebody else" in said
    assert "Modelling" in said


def test_there_is_nothing_to_rename_in_a_first_version():
    user, framework = team_member(), FrameworkFactory()
    imported(framework, file_of(*LINES))
    assert get(user, "framework_renames", slug=framework.slug_en, number=1).status_code == 302


def test_a_framework_in_english_alone_says_so_on_a_welsh_page():
    framework = FrameworkFactory()
    published(framework, file_of(*LINES))
    page = signed_in(None).get(f"/cy/hyfforddiant/sgiliau/fframweithiau/{framework.slug_cy}/").content.decode()
    assert '<span lang="en">Modelling</span>' in page


def test_the_file_of_a_version_is_the_one_that_is_read():
    load_supplied()
    response = get(None, "framework_file", slug="local-government", number=1)
    content = b"".join(response) if response.streaming else response.content
    document, faults = read_csv(content)
    assert faults == []
    assert document.fingerprint == supplied().fingerprint
    assert content.decode("utf-8-sig").startswith(",".join(HEADER))


def test_who_keeps_frameworks_and_says_what_courses_teach(settings):
    settings.DEMO = True
    framework, course = FrameworkFactory(), CourseFactory()
    published(framework, file_of(*LINES))
    draft = imported(framework, file_of(*LINES[:2]), "2")
    of_the_demonstration = person(Role.TEAM, organisation=BodyFactory(), demo_slug="team", email="team@example.org")
    for user, status in ((None, 302), (officer(), 403), (of_the_demonstration, 403), (team_member(), 200)):
        assert get(user, "framework_create").status_code == (200 if user == of_the_demonstration else status)
        assert get(user, "framework_import", slug=framework.slug_en).status_code == status
        assert get(user, "course_skills", slug=course.slug_en).status_code == status
    for user, status in ((None, 302), (officer(), 404), (of_the_demonstration, 403)):
        for name in ("framework_publish", "framework_discard", "framework_renames"):
            assert post(user, name, slug=framework.slug_en, number=draft.number).status_code == status
    draft.refresh_from_db()
    assert draft.status == "draft"


# --- what a course teaches


def test_the_team_states_what_a_course_teaches_and_pages_lead_to_it():
    framework, course, user = FrameworkFactory(), CourseFactory(), team_member()
    published(framework, file_of(*LINES))
    modelling, writing = (Skill.objects.get(framework=framework, key=key) for key in ("modelling", "writing"))
    said = text(get(user, "course_skills", slug=course.slug_en))
    assert "Another skill (1)" in said
    said = text(post(user, "course_skills", {"skill-1": modelling.pk, "up-to-2": "1"}, slug=course.slug_en))
    assert "Choose up to which level it is taught." in said
    assert "Choose the skill." in said
    data = {"skill-1": modelling.pk, "up-to-1": "3", "skill-2": writing.pk, "up-to-2": "1"}
    assert post(user, "course_skills", data, slug=course.slug_en).status_code == 302
    assert "Modelling : up to level: Practitioner" in text(get(None, "course_page", slug=course.slug_en))
    data = {f"level-{modelling.pk}": "2", f"level-{writing.pk}": "0"}
    post(user, "course_skills", data, slug=course.slug_en)
    assert list(course.skills.values_list("skill__key", "level")) == [("modelling", 2)]
    assert str(course.title) in text(get(None, "skill_page", slug=modelling.slug_en))
    assert str(course.title) in text(get(None, "role_page", slug="data-analyst"))


def test_a_pathway_names_the_courses_that_lead_from_level_to_level():
    framework = FrameworkFactory()
    version = published(framework, file_of(*LINES))
    modelling = Skill.objects.get(framework=framework, key="modelling")
    low, high = CourseSkillFactory(skill=modelling, level=2), CourseSkillFactory(skill=modelling, level=3)
    entry = RoleEntry.objects.get(family__version=version, title_en="Data analyst")
    told = [
        (str(step.title), [(str(one.entry.title), one.before, one.after, one.courses) for one in climbs])
        for step, climbs in pathway_of(entry)
    ]
    assert told == [
        ("Data analyst", [("Modelling", 0, 2, [low, high]), ("Writing", 0, 1, [])]),
        ("Senior data analyst", [("Modelling", 2, 3, [high])]),
    ]


@pytest.mark.parametrize("name", ["framework_page", "role_page", "skill_page"])
def test_a_page_of_a_framework_costs_the_same_however_large_it_is(name, django_assert_max_num_queries):
    framework = FrameworkFactory()
    lines = list(LINES)
    lines += [LINES[3].replace("Writing", f"Craft {number}").replace("Set the style.", "Do.") for number in range(30)]
    lines += [LINES[3].replace("Designer", f"Role {number}") for number in range(30)]
    published(framework, file_of(*lines))
    slug = {"framework_page": framework.slug_en, "role_page": "designer", "skill_page": "writing"}[name]
    get(None, name, slug=slug)
    with django_assert_max_num_queries(12):
        get(None, name, slug=slug)


def test_a_version_that_there_is_not_shows_the_newest_and_nonsense_too():
    framework = FrameworkFactory()
    published(framework, file_of(*LINES))
    assert get(None, "skill_page", slug="writing", query="?version=9").status_code == 404
    assert get(None, "skill_page", slug="writing", query="?version=x").status_code == 200
