"""The registry of texts is read from the models: none can be forgotten, and none leaks."""

import pytest
from django.db import connection

from accounts.roles import Role
from programme.translating.kinds import PUBLIC, kept_in_both, kinds, owner_of, rows_seen, written_once
from programme.translating.texts import Worklist
from tests.factories.fund import EnquiryFactory, RoundFactory
from tests.factories.people import CouncilFactory, person
from tests.factories.posts import PostFactory
from tests.factories.projects import ProjectFactory, RiskFactory
from wlga_portal.kernel.history import event_models

pytestmark = pytest.mark.django_db


def test_every_model_with_texts_in_both_languages_is_in_the_worklist_or_is_written_once():
    models = list(kept_in_both())
    assert len(models) > 60
    missing = {model._meta.label_lower for model in models if not written_once(model)} - set(kinds())
    assert missing == set()
    assert set(kinds()) - {model._meta.label_lower for model in models} == {"fund.translatedtext"}


def test_each_kind_says_who_may_see_it():
    """By its own rule, by what it belongs to, or because it is written down that everybody may."""
    translator = person(Role.TRANSLATOR, organisation=CouncilFactory())
    silent = [
        key
        for key, kind in kinds().items()
        if rows_seen(kind.model, translator).query.is_empty() and owner_of(kind.model) is None and key not in PUBLIC
    ]
    assert silent == []


def test_each_text_is_one_line_of_one_statement(django_assert_num_queries):
    translator = person(Role.TRANSLATOR, organisation=CouncilFactory())
    assert translator.roles  # read before the queries are counted
    rows = Worklist(translator, {"state": "every"})
    with django_assert_num_queries(1):
        rows.sums()
    with django_assert_num_queries(1):
        list(rows)


def test_the_history_of_each_kind_that_has_one_is_found_by_its_row():
    """`since` asks the history for each line: without an index a long list would take minutes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_indexes WHERE indexdef LIKE '%%(pgh_obj_id)%%'")
        indexed = {name for (name,) in cursor.fetchall()}
    tables = {event_models()[kind.model]._meta.db_table for kind in kinds().values() if kind.model in event_models()}
    assert len(tables) > 50
    assert tables - indexed == set()


def test_a_translator_sees_what_is_for_the_public_and_what_waits_for_both_languages():
    translator = person(Role.TRANSLATOR, organisation=CouncilFactory())
    RiskFactory(title_en="Shown", title_cy="Dangosir", is_public=True)
    RiskFactory(title_en="Of the team", title_cy="Y tîm", is_public=False)
    PostFactory(title_en="Draft news", title_cy="")
    RoundFactory(name_en="Set up now", name_cy="Nawr", published_at=None)
    EnquiryFactory(question_en="May we?", question_cy="", asked="A private word")
    seen = {text for one in Worklist(translator, {"state": "every"}) for text in (one.en, one.cy)}
    assert {"Shown", "Draft news", "Set up now", "May we?"} <= seen
    assert not {"Of the team", "A private word"} & seen


def test_what_the_demonstration_made_up_is_not_in_the_worklist_of_the_real_programme(settings):
    settings.DEMO = False
    translator = person(Role.TRANSLATOR, organisation=CouncilFactory())
    ProjectFactory(title_en="Made up", title_cy="Dychmygol", is_demo=True)
    ProjectFactory(title_en="Real", title_cy="Go iawn")
    assert [one.en for one in Worklist(translator, {"area": "projects"})] == ["Real"]
