"""The index is made from the rows, says so when it differs, and is made anew."""

from unittest.mock import MagicMock

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from programme import tasks
from programme.models import SearchDue, SearchText, SearchWord
from programme.search import keeping, watching
from programme.search.kinds import KINDS
from tests.factories.people import CouncilFactory
from tests.factories.posts import PostFactory
from tests.factories.programme import SearchDueFactory, SearchTextFactory, SearchWordFactory
from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.searching import SOURCES, joined, unmarked

pytestmark = pytest.mark.django_db


def test_every_kind_has_a_name_and_every_source_says_what_it_watches():
    assert {source.kind for source in SOURCES.values()} <= set(KINDS)
    assert keeping.offered_kinds() == [kind for kind in KINDS if kind in {one.kind for one in SOURCES.values()}]
    for source in SOURCES.values():
        assert source.rows().model._meta.db_table in {one.model._meta.db_table for one in source.watch}, source.name


def test_the_database_watches_what_is_declared():
    assert watching.standing(connection) == {(table, name) for table, name, _sql in watching.declared()}


def test_the_index_is_made_anew_and_differences_are_named(capsys):
    post = PostFactory(title_en="A note about letterboxes", title_cy="Nodyn am flychau post")
    SearchTextFactory(source="projects.post", row_id=999_999, key="projects.post:999999")
    SearchWordFactory(word="erasedname")
    call_command("index_search")
    assert f"{SearchText.objects.count()} texts can be found." in capsys.readouterr().out
    assert SearchText.objects.filter(key=f"projects.post:{post.pk}").count() == 2
    assert not SearchWord.objects.filter(word="erasedname").exists()
    call_command("index_search", "--check")
    SearchText.objects.filter(key=f"projects.post:{post.pk}", language="cy").delete()
    SearchText.objects.filter(key=f"projects.post:{post.pk}", language="en").update(text="other")
    SearchTextFactory(source="projects.post", row_id=999_999, key="projects.post:999999")
    with pytest.raises(CommandError) as said:
        call_command("index_search", "--check")
    key = f"projects.post:{post.pk}"
    assert str(said.value).splitlines() == [
        f"changed: {key} en",
        "gone: projects.post:999999 en",
        f"missing: {key} cy",
    ]
    PostFactory()
    type(post).objects.filter(pk=post.pk).update(summary_en="Another")
    assert f"changed: {key} en" not in keeping.differences()  # it is due: the worker will put it
    call_command("index_search", "--due")
    assert not SearchDue.objects.exists()


def test_the_worker_puts_what_is_due_and_lets_go_what_is_there_no_more():
    council = CouncilFactory()
    SearchDueFactory(source="not.offered")
    gone = SearchTextFactory(source="projects.post", row_id=999_999, key="projects.post:999999")
    SearchDueFactory(source="projects.post", row_id=999_999)
    tasks.search_settle(timestamp=0)
    assert SearchText.objects.filter(source="organisations.council", row_id=council.pk).count() == 2
    assert not SearchText.objects.filter(pk=gone.pk).exists()
    assert str(SearchDueFactory(source="a.b", row_id=3)) == "a.b:3"
    tasks.search_rebuild(timestamp=0)
    assert not SearchDue.objects.exists()


def test_triggers_that_are_declared_no_more_are_dropped_and_missing_ones_made(monkeypatch):
    said: list[str] = []

    known = sorted((table, name) for table, name, _sql in watching.declared())
    database = MagicMock()
    database.cursor.return_value.__enter__.return_value.execute.side_effect = said.append
    database.introspection.table_names.return_value = [*{one[0] for one in known}, "programme_searchdue"]
    monkeypatch.setattr(watching, "connections", {"default": database})
    monkeypatch.setattr(watching, "standing", lambda _connection: {*known[1:], ("projects_post", "search_due_old")})
    watching.watch_all()
    assert said[1:] == [
        "DROP TRIGGER search_due_old ON projects_post",
        next(sql for table, name, sql in watching.declared() if (table, name) == known[0]),
    ]
    database.introspection.table_names.return_value = []
    said.clear()
    watching.watch_all()
    assert said == []


def test_texts_are_joined_by_language_and_lose_their_markup():
    assert joined(Text("a", "b"), {"en": "", "cy": "c"}, "d") == Text("a\nd", "b\nc\nd")
    assert unmarked(Text("**Bold** & [link](https://example.org)", "")) == Text("Bold & link", "")
