"""What is left of a withdrawn paper for those who work on it goes too, once one of the two people asks for it."""

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from board.actions import paper_correct, paper_step
from board.actions.removals import words_remove
from board.actions.withdrawals import withdrawal_ask, withdrawal_decide
from board.models import Block, Paper, Removal
from tests.factories.board import BlockFactory
from tests.factories.board_day import recommended
from tests.factories.writing import (
    AcceptanceFactory,
    CommentFactory,
    RemovalFactory,
    WithdrawalFactory,
)
from wlga_portal.kernel.history import event_model
from wlga_portal.kernel.versions import save_draft
from wlga_portal.kernel.workflow import Refused

pytestmark = pytest.mark.django_db
SECRET = "Jones"
REASON = ("It held personal data.", "Roedd yn cynnwys data personol.")


@pytest.fixture
def paper(people):
    """A published paper that says the name wherever it can."""
    said = {"title_en": f"Mrs {SECRET}", "title_cy": f"Mrs {SECRET} cy", "summary_en": SECRET, "summary_cy": SECRET}
    made = people.paper((f"About {SECRET}.", f"Am {SECRET}."), slug_en="mrs-jones", slug_cy="mrs-jones-cy", **said)
    texts = {"text_en": f"Ask {SECRET}.", "text_cy": f"Gofyn i {SECRET}."}
    asked = BlockFactory(paper=made, position=2, kind="recommendation", **texts)
    made.implications.filter(kind="staff").update(text_en=SECRET, text_cy=SECRET)
    settled = {"resolved_by": people.author, "resolved_at": timezone.now()}
    root = CommentFactory(paper=made, uid=asked.uid, text=f"Who is {SECRET}?", by=people.clearer, **settled)
    CommentFactory(paper=made, uid=asked.uid, text=f"{SECRET} is.", parent=root)
    AcceptanceFactory(paper=made, said=f"{SECRET} differs", reason=SECRET)
    save_draft(people.author, f"board.block:{asked.pk}", {"text_en": SECRET})
    save_draft(people.author, f"board.word:{made.pk}", {"text_en": SECRET})
    save_draft(people.author, f"board.implication:{made.pk}:staff", {"text_en": SECRET})
    for event, by in (("submit", people.author), ("clear", people.clearer), ("publish", people.secretary)):
        paper_step(Paper.objects.get(pk=made.pk), event, by=by)
    made.refresh_from_db()
    edition = made.editions.get()
    edition.paper = made
    recommended(edition, asked)
    return made


def withdrawn(people, paper):
    [one] = withdrawal_ask(paper, list(paper.editions.all()), by=people.secretary, reason=REASON)
    return withdrawal_decide(one, "confirm", by=people.clearer)


def tables_that_say(word):
    """Every table of the board, its history, and of what the kernel keeps for it, that has the word in any row."""
    models = [*apps.get_app_config("board").get_models(), *apps.get_app_config("kernel").get_models()]
    found = set()
    with connection.cursor() as cursor:
        for table in sorted({model._meta.db_table for model in models}):
            cursor.execute(f'SELECT count(*) FROM "{table}" AS one WHERE one::text ILIKE %s', [f"%{word}%"])
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def test_no_row_and_no_history_says_a_word_of_a_withdrawn_paper_any_more(people, paper):
    held = tables_that_say(SECRET)
    assert {"board_paperevent", "board_blockevent", "board_commentevent", "board_outcome", "kernel_draft"} <= held
    withdrawal = withdrawn(people, paper)
    assert {"board_block", "board_blockevent", "board_comment", "board_acceptance"} <= tables_that_say(SECRET)
    made = words_remove(withdrawal, by=people.clearer)
    assert tables_that_say(SECRET) == set()
    paper.refresh_from_db()
    assert (paper.title.en, paper.title.cy) == ("Withdrawn paper", "Papur a dynnwyd yn ôl")
    assert (paper.slug_en, paper.slug_cy) == ("withdrawn-paper", "papur-a-dynnwyd-yn-ol")
    assert paper.editions.get().sha256
    assert event_model(Block)._base_manager.filter(paper_id=paper.pk).count() > 1  # who did what when stays
    assert str(made) == f"{withdrawal}: {made.at}"
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():  # the triggers stand again
        Paper.objects.filter(pk=paper.pk).update(title_en="Other")


def test_where_a_later_edition_is_read_its_words_and_their_history_stay(people, paper):
    withdrawal = withdrawn(people, paper)
    paper_correct(paper, by=people.secretary, why="names a person")
    Block.objects.filter(paper=paper).update(text_en="A resident.", text_cy="Preswylydd.")
    new = {"title_en": "A case", "title_cy": "Achos", "summary_en": "", "summary_cy": ""}
    Paper.objects.filter(pk=paper.pk).update(**new, correction_en="A name is out.", correction_cy="Tynnwyd enw.")
    paper.implications.update(text_en="None.", text_cy="Dim.")
    late = CommentFactory(paper=paper, text="Good now.", by=people.clearer)
    words_remove(withdrawal, by=people.secretary)  # while it is corrected: what is written stays
    assert list(paper.blocks.values_list("text_en", flat=True)) == ["A resident.", "A resident."]
    assert list(paper.comments.all()) == [late]
    paper.refresh_from_db()
    assert (paper.slug_en, paper.slug_cy) == ("a-case", "achos")
    assert tables_that_say(SECRET) == set()
    words = event_model(Block)._base_manager.filter(paper_id=paper.pk).values_list("text_en", flat=True)
    assert set(words) == {"", "A resident."}


def test_the_two_people_alone_take_words_out_once_both_have_withdrawn_it(people, paper, browse):
    [asked] = withdrawal_ask(paper, list(paper.editions.all()), by=people.secretary, reason=REASON)
    url = reverse("board:withdrawal_words", kwargs={"pk": asked.pk})
    assert browse(people.secretary).get(url).status_code == 403
    withdrawal = withdrawal_decide(asked, "confirm", by=people.clearer)
    roles = ("secretary", "clearer", "translator", "author", "member", "officer", "stranger")
    seen = {name: browse(getattr(people, name)).get(url).status_code for name in roles}
    assert seen == {"secretary": 200, "clearer": 200} | dict.fromkeys(roles[2:], 403)
    assert browse(None).get(url).status_code == 302
    with pytest.raises(Refused, match="two people"):
        words_remove(withdrawal, by=people.translator)
    with pytest.raises(IntegrityError, match="by those who withdrew them"), transaction.atomic():
        RemovalFactory(withdrawal=withdrawal, by=people.translator)
    with pytest.raises(IntegrityError, match="by those who withdrew them"), transaction.atomic():
        RemovalFactory(withdrawal=WithdrawalFactory(edition__paper=paper, edition__number=7))
    page = withdrawal.get_absolute_url()
    assert url in browse(people.clearer).get(page).content.decode()
    assert url not in browse(people.author).get(page).content.decode()
    answer = browse(people.clearer).post(url)
    assert (answer.status_code, answer["Location"]) == (302, page)
    shown = browse(people.secretary).get(page).content.decode()
    assert "Taken out by" in shown
    assert people.clearer.name in shown
    assert "Taken out by" not in browse(None).get(page).content.decode()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Removal.objects.update(by=people.secretary)
