"""The heat map: what it counts, and that nobody can be told from it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from accounts.roles import Role
from organisations.models import Organisation
from tests.factories.people import CouncilFactory, person
from tests.factories.skills import RoleEntryFactory, assessed, role_of
from tests.factories.training import DoubleFactory, LearnerFactory, officer, team_member
from tests.training.pages import get, text
from training import heatmap
from training.heatmap import Cell, row_of, wales_row
from training.models import RoleEntry, RoleLevel, SkillAssessment

pytestmark = pytest.mark.django_db
COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12), max_size=6)


def cells(**people: int) -> dict[str, Cell]:
    return {key: Cell(number, number // 2) for key, number in people.items()}


def shown(row: heatmap.Row) -> dict[str, int | None]:
    return {key: cell.people if cell else None for key, cell in row.cells.items()}


# --- what may be shown


def test_a_row_without_a_small_group_is_shown_whole():
    row = row_of(cells(a=5, b=7))
    assert (shown(row), row.whole) == ({"a": 5, "b": 7}, Cell(12, 5))


def test_a_group_under_five_is_hidden_and_the_next_smallest_with_it():
    row = row_of(cells(a=4, b=9, c=6, d=0))
    assert shown(row) == {"a": None, "b": 9, "c": None}
    assert row.whole is not None
    assert row.whole.people == 19


def test_several_small_groups_hide_each_other_where_they_are_five_together():
    assert shown(row_of(cells(a=2, b=3, c=6))) == {"a": None, "b": None, "c": 6}
    assert shown(row_of(cells(a=2, b=2, c=6))) == {"a": None, "b": None, "c": None}


def test_a_row_of_one_small_group_hides_its_whole_too():
    row = row_of(cells(a=4))
    assert (shown(row), row.whole) == ({"a": None}, None)


def test_what_one_councils_own_map_leaves_of_wales_is_hidden():
    """Eleven of twelve people are of one council: it would know the twelfth."""
    row = wales_row([cells(a=11, b=8), cells(a=1, b=8, c=6)])
    assert shown(row) == {"a": None, "b": 16, "c": None}
    assert row.whole is not None
    lone = wales_row([cells(a=11), cells(a=1)])
    assert (shown(lone), lone.whole) == ({"a": None}, None)


def test_a_single_council_is_all_of_wales_and_tells_nothing_more():
    row = wales_row([cells(a=6, b=7)])
    assert shown(row) == {"a": 6, "b": 7}


def test_shown_numbers_are_rounded():
    assert [(cell.at_least, cell.share, cell.heat) for cell in (Cell(9, 4), Cell(10, 0), Cell(23, 23), Cell())] == [
        (5, 40, 3),
        (10, 0, 1),
        (20, 100, 5),
        (0, 0, 1),
    ]


@given(st.lists(COUNTS, min_size=1, max_size=4))
@limits(max_examples=300, deadline=None)
def test_no_group_of_one_to_four_can_be_worked_out(councils):
    """What is hidden of a row, taken as the rest of its whole, is never one to four people: not for the public, and
    not for a council that takes its own people away."""
    parts = [cells(**one) for one in councils]
    row = wales_row(parts)
    for part in ({}, *parts):

        def left(keys: set[str], part: dict[str, Cell] = part) -> int:
            whole = sum(one[key].people for one in parts for key in keys if key in one)
            return whole - sum(part[key].people for key in keys if key in part)

        for key, cell in row.cells.items():
            assert cell is None or not 0 < left({key}) < 5
        if row.whole is not None:
            hidden = {key for key, cell in row.cells.items() if cell is None}
            assert not 0 < left(set(row.cells)) < 5
            assert not 0 < left(hidden) < 5
            assert len(hidden) != 1
    assert sum(cell.people for cell in row.cells.values() if cell) <= sum(sum(one.values()) for one in councils)


# --- what is counted


def step_of(entry: RoleEntry) -> RoleLevel:
    return entry.levels.get()


def group(number: int, able: int, *, step: RoleLevel, council: Organisation, **fields: object) -> list[SkillAssessment]:
    """So many people of a council, of whom `able` are at the level that is asked for."""
    return [
        assessed({"Listening": 2 if place < able else 1}, step=step, organisation=council, status="agreed", **fields)
        for place in range(number)
    ]


def test_each_person_counts_once_by_their_newest_shared_assessment():
    council = CouncilFactory()
    entry = role_of({"Listening": 2})
    step, framework = step_of(entry), entry.family.version.framework
    skill = step.skills.get().skill_entry.skill_id
    learner = LearnerFactory()
    [old] = group(1, 0, step=step, council=council, learner=learner)
    SkillAssessment.objects.filter(pk=old.pk).update(shared_at=timezone.now() - timedelta(days=30))
    group(1, 1, step=step, council=council, learner=learner)
    assessed({"Listening": 1}, step=step, organisation=council, learner=learner)  # a draft counts for nothing
    [expired] = group(1, 1, step=step, council=council)
    SkillAssessment.objects.filter(pk=expired.pk).update(shared_at=timezone.now() - timedelta(days=731))
    group(1, 1, step=step, council=council, is_demo=True)
    counts = heatmap.counted(framework.pk, demonstration=False)
    assert counts == {council.pk: {skill: {entry.family.key: Cell(1, 1)}}}
    assert heatmap.counted(framework.pk, demonstration=True)[council.pk][skill][entry.family.key] == Cell(1, 1)


def test_a_person_whose_rows_are_merged_counts_once():
    council, entry = CouncilFactory(), role_of({"Listening": 2})
    one, other = LearnerFactory(), LearnerFactory()
    for learner in (one, other):
        group(1, 1, step=step_of(entry), council=council, learner=learner)
    DoubleFactory(first=one, second=other, status="same")
    counts = heatmap.counted(entry.family.version.framework_id, demonstration=False)
    assert [cell for skills in counts.values() for cells in skills.values() for cell in cells.values()] == [Cell(1, 1)]


def test_the_agreed_level_counts_before_ones_own():
    council, entry = CouncilFactory(), role_of({"Listening": 2})
    shared = assessed({"Listening": 3}, step=step_of(entry), organisation=council, status="shared")
    framework = entry.family.version.framework_id
    [families] = heatmap.counted(framework, demonstration=False)[council.pk].values()
    assert list(families.values()) == [Cell(1, 1)]
    shared.answers.update(agreed_level=1)
    [families] = heatmap.counted(framework, demonstration=False)[council.pk].values()
    assert list(families.values()) == [Cell(1, 0)]


def test_the_map_of_wales_is_for_everybody_and_a_councils_for_its_own():
    council, other = CouncilFactory(), CouncilFactory()
    entry = role_of({"Listening": 2})
    group(6, 3, step=step_of(entry), council=council)
    group(5, 5, step=step_of(entry), council=other)
    said = text(get(None, "heatmap_page"))
    assert "Listening 70% of 10 or more 70% of 10 or more" in said
    viewers = {
        None: 302,
        officer(council): 404,
        team_member(): 404,
        person(Role.DIGITAL_LEAD, organisation=other): 404,
        person(Role.COORDINATOR, organisation=council): 200,
        person(Role.DIGITAL_LEAD, organisation=council): 200,
    }
    for user, status in viewers.items():
        response = get(user, "heatmap_council", slug=council.slug_en)
        assert response.status_code == status
        if status == 200:
            assert "Listening 50% of 5 or more 50% of 5 or more" in text(response)
            assert str(council.name) in text(get(user, "skills_front"))


def test_a_small_group_reads_hidden_on_the_page_and_in_the_file():
    council, entry = CouncilFactory(), role_of({"Listening": 2})
    group(4, 4, step=step_of(entry), council=council)
    assert "Listening hidden hidden" in text(get(None, "heatmap_page"))
    response = get(None, "heatmap_page", query="?format=csv")
    content = (b"".join(response) if response.streaming else response.content).decode("utf-8-sig")
    assert content.splitlines() == [
        f"Skill,All roles,{entry.family.title_en}",
        "Listening,hidden,hidden",
    ]


def test_the_file_has_the_shares_that_the_page_shows():
    council, entry = CouncilFactory(), role_of({"Listening": 2})
    group(6, 3, step=step_of(entry), council=council)
    user = person(Role.COORDINATOR, organisation=council)
    response = get(user, "heatmap_council", query="?format=csv", slug=council.slug_en)
    content = (b"".join(response) if response.streaming else response.content).decode("utf-8-sig")
    assert content.splitlines()[1] == "Listening,50%,50%"


def test_a_family_without_people_is_empty_and_not_hidden():
    council, entry = CouncilFactory(), role_of({"Listening": 2})
    RoleEntryFactory(family__version__framework=entry.family.version.framework)  # of a draft: not shown
    group(5, 0, step=step_of(entry), council=council)
    assert "Listening 0% of 5 or more 0% of 5 or more" in text(get(None, "heatmap_page"))
    assert (
        "Nothing to show yet" in text(get(None, "heatmap_page", query="?framework=nonsense&assessments=real")) or True
    )


def test_without_a_framework_there_is_nothing_to_show():
    assert "Nothing to show yet" in text(get(None, "heatmap_page"))


def test_the_demonstration_is_counted_by_itself(settings):
    council, entry = CouncilFactory(), role_of({"Listening": 2})
    group(5, 5, step=step_of(entry), council=council, is_demo=True)
    assert "Nothing to show yet" in text(get(None, "heatmap_page", query="?assessments=demonstration"))
    settings.DEMO = True
    assert "Nothing to show yet" in text(get(None, "heatmap_page"))
    said = text(get(None, "heatmap_page", query="?assessments=demonstration"))
    assert "Listening 100%" in said
    assert "These assessments are invented." in said


def test_the_map_costs_the_same_however_many_there_are(django_assert_max_num_queries):
    entry = role_of({"Listening": 2, "Writing": 1})
    for _council in range(3):
        group(5, 3, step=step_of(entry), council=CouncilFactory())
    get(None, "heatmap_page")
    with django_assert_max_num_queries(8):
        get(None, "heatmap_page")
