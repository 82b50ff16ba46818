"""What is published is frozen: the database refuses, as the application's own role, whatever the code does."""

import hashlib
import json
import threading

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from board.actions import block_add, paper_abandon, paper_correct, paper_publish, paper_step
from board.models import Block, Edition, Paper
from tests.factories.board import BlockFactory, PaperFactory
from wlga_portal.kernel.bilingual import mark_reviewed
from wlga_portal.kernel.workflow import Refused

pytestmark = pytest.mark.django_db


def refuses(write, error=IntegrityError, match="frozen"):
    def whole() -> None:
        with transaction.atomic():
            write()

    with pytest.raises(error, match=match):
        whole()


@pytest.fixture
def paper(people):
    return people.published(("One.", "Un."), ("Two.", "Dau."))


def test_the_tests_run_as_the_applications_own_role(settings):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0] == settings.APP_DATABASE["USER"]


@pytest.mark.parametrize("status", ["published", "superseded"])
def test_a_block_of_a_published_paper_cannot_be_changed_added_or_deleted(people, paper, status):
    if status == "superseded":
        paper_step(paper, "supersede", by=people.secretary, why="another took its place")
    block = paper.blocks.first()
    refuses(lambda: Block.objects.filter(pk=block.pk).update(text_en="Other."))
    refuses(lambda: Block.objects.filter(pk=block.pk).update(position=99))
    refuses(lambda: BlockFactory(paper=paper))
    refuses(block.delete)


def test_a_block_cannot_be_moved_into_or_out_of_a_published_paper(paper):
    draft = BlockFactory()
    refuses(lambda: Block.objects.filter(pk=draft.pk).update(paper=paper))
    refuses(lambda: Block.objects.filter(paper=paper).update(paper=draft.paper, position=500))


def test_raw_sql_cannot_switch_the_trigger_off(paper):
    def raw() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL pgtrigger.ignore = '{board_block:frozen_with_its_paper}'")
            cursor.execute("UPDATE board_block SET text_en = 'x' WHERE paper_id = %s", [paper.pk])

    refuses(raw)
    refuses(lambda: connection.cursor().execute("ALTER TABLE board_block DISABLE TRIGGER ALL"), DatabaseError, "owner")


def test_the_front_of_a_published_paper_cannot_be_changed(paper):
    for name, value in (("title_en", "x"), ("summary_cy", "x"), ("purpose", "information"), ("dated", "2022-01-01")):
        refuses(lambda name=name, value=value: Paper.objects.filter(pk=paper.pk).update(**{name: value}))


def test_a_translator_may_still_mark_a_published_text_as_reviewed(people, paper):
    block = paper.blocks.first()
    mark_reviewed(block, "text", by=people.translator)
    block.refresh_from_db()
    assert block.text.mark == "reviewed"


def test_an_edition_is_never_changed_and_never_deleted(paper):
    edition = paper.editions.get()
    refuses(lambda: Edition.objects.filter(pk=edition.pk).update(content="{}"), DatabaseError, "permission denied")
    refuses(edition.delete, DatabaseError, "permission denied")
    refuses(lambda: Paper.objects.filter(pk=paper.pk).delete(), IntegrityError, "protected")


def test_the_hash_is_of_the_very_bytes_and_people_stand_in_them_by_id(people, paper):
    edition = paper.editions.get()
    assert edition.sha256 == hashlib.sha256(edition.content.encode()).hexdigest()
    data = json.loads(edition.content)
    assert json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")) == edition.content
    assert data["authors"] == [{"user": people.author.pk}]
    assert data["cleared_by"] == [{"user": people.clearer.pk}]
    assert people.author.name not in edition.content
    assert [(block["anchor"], block["text"]) for block in data["blocks"]] == [
        ("p1", {"en": "One.", "cy": "Un."}),
        ("p2", {"en": "Two.", "cy": "Dau."}),
    ]


def test_a_publication_that_fails_leaves_neither_edition_nor_status(people, monkeypatch):
    paper = people.cleared()
    monkeypatch.setattr("wlga_portal.kernel.models.StatusChange.record", lambda *_a, **_k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        paper_publish(paper, by=people.secretary)
    paper.refresh_from_db()
    assert (paper.status, paper.editions.count()) == ("cleared", 0)


def test_a_correction_is_a_new_edition_and_the_old_one_stays(people, paper):
    first = paper.editions.get()
    paper_correct(paper, by=people.secretary, why="a wrong figure")
    paper.refresh_from_db()
    block = paper.blocks.first()
    block.text = ("One, corrected.", "Un, wedi'i gywiro.")
    block.save()
    paper.correction = ("The figure of paragraph 1.", "Ffigur paragraff 1.")
    paper.save()
    for event, by in (("submit", people.author), ("clear", people.clearer), ("publish", people.secretary)):
        paper_step(paper, event, by=by)
    editions = list(paper.editions.order_by("number"))
    assert [edition.number for edition in editions] == [1, 2]
    assert editions[0].content == first.content
    said = [edition.data["blocks"][0] for edition in editions]
    assert said[0]["uid"] == said[1]["uid"]
    assert (said[0]["text"]["en"], said[1]["text"]["en"]) == ("One.", "One, corrected.")


def test_a_correction_that_is_given_up_brings_the_words_of_the_edition_back(people):
    paper = people.paper(("One.", "Un."), ("Two.", "Dau."))
    table = BlockFactory(paper=paper, kind="table", text_en="Sums", text_cy="Symiau", position=3)
    Block.objects.filter(pk=table.pk).update(cells_en="Name | Sum\nA \\| B | 2", cells_cy="Enw | Swm\nA \\| B | 2")
    for event, by in (("submit", people.author), ("clear", people.clearer), ("publish", people.secretary)):
        paper_step(paper, event, by=by)
    before = paper.editions.get().data
    paper_correct(paper, by=people.secretary, why="a wrong figure")
    paper.refresh_from_db()
    kept, gone = paper.blocks.order_by("position")[:2]
    Block.objects.filter(pk=kept.pk).update(text_en="Other.")
    gone.delete()
    block_add(paper, by=people.secretary, kind="heading")
    Paper.objects.filter(pk=paper.pk).update(title_en="Other", summary_en="Other")
    paper_abandon(paper, by=people.secretary)
    paper.refresh_from_db()
    from board.editions import content_of

    assert content_of(paper) == before
    assert paper.status == "published"
    assert paper.blocks.order_by("position").first().pk == kept.pk
    assert paper.editions.count() == 1


def test_a_paper_that_was_never_published_has_nothing_to_go_back_to(people):
    from board.actions import restore

    with pytest.raises(Refused):
        paper_abandon(people.paper(), by=people.secretary)
    with pytest.raises(ValueError, match="never published"):
        restore(PaperFactory())


@pytest.mark.django_db(transaction=True)
def test_no_word_slips_in_between_a_publication_and_its_edition(people):
    """A writer that comes while the edition is being frozen waits, and is refused once it is."""
    from board.actions import papers as actions

    paper = people.cleared()
    block = paper.blocks.get()
    frozen, said = threading.Event(), []

    def write() -> None:
        try:
            frozen.wait(10)
            with transaction.atomic():
                Block.objects.filter(pk=block.pk).update(text_en="Slipped in.")
        except IntegrityError as error:
            said.append(str(error))
        finally:
            connections.close_all()

    thread = threading.Thread(target=write)
    original = actions.freeze

    def slow(row, *, by):
        made = original(row, by=by)
        frozen.set()
        thread.join(0.3)
        assert thread.is_alive()
        return made

    actions.freeze = slow
    try:
        thread.start()
        paper_publish(paper, by=people.secretary)
    finally:
        actions.freeze = original
    thread.join(10)
    assert "frozen" in said[0]
    block.refresh_from_db()
    assert block.text_en == paper.editions.get().data["blocks"][0]["text"]["en"] == "One."
