"""A composed paper: made, followed, edited, cleared, published, and held against the data afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from board.actions import paper_correct, paper_publish, paper_step
from board.models import Block, Board, Paper
from fund.models import Round
from organisations.models import Organisation
from programme.composing import changes, known, showing
from programme.composing.actions import changes_seen, follow, follow_all, update_compose
from programme.composing.changes import since_the_board, waiting
from programme.models import BoundValue, Composition
from projects.models import Project, StatusUpdate
from tests.board.conftest import signed_in
from tests.factories.people import person
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import NotAllowed, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
STARTS, ENDS = date(2022, 4, 1), date(2022, 10, 28)


@pytest.fixture
def secretary() -> Any:
    return person(Role.SECRETARIAT, organisation=Organisation.objects.councils().first())


@pytest.fixture
def clearer() -> Any:
    return person(Role.CLEARER, organisation=Organisation.objects.councils().first())


@pytest.fixture
def composition(secretary: Any) -> Composition:
    board = Board.objects.get(is_demo=False)
    return update_compose(board, by=secretary, starts=STARTS, ends=ENDS, drafted_in="cy")


def real_round() -> Round:
    return Round.objects.get(is_demo=False)


def budget_of(pence: int) -> None:
    with audited(by=None, why="the budget was corrected"):
        Round.objects.filter(pk=real_round().pk).update(budget_pence=pence)


def budget_block(composition: Composition) -> Block:
    row = composition.blocks.get(key=f"fund-{real_round().pk}.money")
    return Block.objects.get(paper=composition.paper, uid=row.uid)


def budget_value(composition: Composition) -> BoundValue:
    return BoundValue.objects.get(block__composition=composition, block__key__endswith=".money", name="budget")


def clear(composition: Composition, secretary: Any, clearer: Any) -> None:
    paper_step(composition.paper, "submit", by=secretary)
    paper_step(composition.paper, "clear", by=clearer)
    composition.paper.refresh_from_db()


def test_a_draft_of_ordinary_blocks_is_composed_in_both_languages(composition: Composition, secretary: Any) -> None:
    paper = composition.paper
    assert (paper.kind, paper.status, paper.drafted_in, paper.dated) == ("report", "draft", "cy", ENDS)
    assert paper.title.en == "WLGA Digital Leadership Board: update, 1 April 2022 to 28 October 2022"
    assert paper.title.cy == "Bwrdd Arweinyddiaeth Ddigidol CLlLC: diweddariad, 1 Ebrill 2022 i 28 Hydref 2022"
    assert [one.user for one in paper.credits.all()] == [secretary]
    blocks = list(paper.blocks.order_by("position"))
    assert [block.position for block in blocks] == list(range(1, len(blocks) + 1))
    assert {block.kind for block in blocks} == {"heading", "paragraph", "table", "recommendation"}
    assert all(block.text.en and block.text.cy for block in blocks)
    assert composition.blocks.count() == len(blocks)


def test_a_value_shows_its_rows_the_day_it_was_true_and_since_when_it_is_known(composition: Composition) -> None:
    value, round_ = budget_value(composition), real_round()
    assert (value.en, value.cy) == ("£1,000,000", "£1,000,000")
    assert value.rows == [["fund.round", round_.pk]]
    assert value.true_on == date(2022, 10, 28)
    assert value.known_at == known.known_at([("fund.round", round_.pk)])["fund.round", round_.pk]
    (row,) = known.shown([("fund.round", round_.pk)]).values()
    assert row == {"kind": "Round", "name": str(round_), "url": round_.get_absolute_url()}


def test_nobody_else_composes(clearer: Any) -> None:
    with pytest.raises(NotAllowed):
        update_compose(Board.objects.get(is_demo=False), by=clearer, starts=STARTS, ends=ENDS, drafted_in="en")
    assert not Composition.objects.filter(composed_by=clearer).exists()


def test_until_clearance_the_paper_follows_the_data_and_marks_what_changed(
    composition: Composition, secretary: Any
) -> None:
    assert waiting(composition) == []
    assert follow(composition, by=secretary) == 0
    budget_of(120_000_000)
    (change,) = waiting(composition)
    assert (change.was, change.now) != (None, None)
    assert follow(composition, by=secretary) == 1
    value, block = budget_value(composition), budget_block(composition)
    assert (value.was.cy, value.said.cy) == ("£1,000,000", "£1,200,000")
    assert "£1,200,000" in block.text.en
    assert "£1,200,000" in block.text.cy
    assert waiting(composition) == []
    budget_of(130_000_000)
    assert follow_all() == 1
    assert budget_value(composition).was.en == "£1,000,000"  # what the writer saw last
    changes_seen(composition, by=secretary)
    assert budget_value(composition).changed_at is None


def test_words_that_a_writer_made_their_own_get_the_figure_alone(composition: Composition, secretary: Any) -> None:
    block = budget_block(composition)
    Block.objects.filter(pk=block.pk).update(text_en="There is £1,000,000 to give.")
    budget_of(120_000_000)
    follow(composition, by=secretary)
    block.refresh_from_db()
    assert block.text.en == "There is £1,200,000 to give."
    assert block.text.cy.startswith("Cyllideb ar gyfer 2022-23: £1,200,000.")


def test_a_figure_that_stands_twice_in_own_words_is_left_to_the_writer(
    composition: Composition, secretary: Any
) -> None:
    block, own = budget_block(composition), "From £1,000,000 to £1,000,000."
    Block.objects.filter(pk=block.pk).update(text_en=own)
    budget_of(120_000_000)
    follow(composition, by=secretary)
    block.refresh_from_db()
    assert block.text.en == own


def test_what_is_new_in_the_data_comes_after_its_neighbour_and_what_went_goes(
    composition: Composition, secretary: Any
) -> None:
    before = composition.paper.blocks.count()
    round_ = real_round()
    with audited(by=None, why="prepared again"):
        Round.objects.filter(pk=round_.pk).update(published_at=None)
    follow(composition, by=secretary)
    keys = list(composition.blocks.values_list("key", flat=True))
    assert "fund.none" in keys
    assert not [key for key in keys if key.startswith("fund-")]
    assert composition.paper.blocks.count() < before
    positions = list(composition.paper.blocks.order_by("position").values_list("position", flat=True))
    assert len(positions) == len(set(positions))
    none = composition.blocks.get(key="fund.none")
    said = [one.text.en for one in composition.paper.blocks.order_by("position")]
    place = said.index(none.text_en)
    assert said[place - 1] == "The fund"
    assert said[place + 1] == "Training"


def test_a_block_that_a_writer_took_out_stays_out(composition: Composition, secretary: Any) -> None:
    budget_block(composition).delete()
    budget_of(120_000_000)
    follow(composition, by=secretary)
    assert not Block.objects.filter(paper=composition.paper, text_en__contains="Budget for").exists()
    assert budget_value(composition).en == "£1,200,000"


def test_old_figures_are_not_cleared_and_cleared_ones_are_frozen(
    composition: Composition, secretary: Any, clearer: Any
) -> None:
    paper_step(composition.paper, "submit", by=secretary)
    budget_of(120_000_000)
    with pytest.raises(Refused, match="Bring it up to date first"):
        paper_step(composition.paper, "clear", by=clearer)
    follow(composition, by=clearer)
    paper_step(composition.paper, "clear", by=clearer)
    composition.paper.refresh_from_db()
    assert not composition.follows
    budget_of(140_000_000)
    with pytest.raises(Refused, match="no longer follow"):
        follow(composition, by=secretary)
    assert follow_all() == 0
    assert budget_value(composition).en == "£1,200,000"


def test_after_publication_it_says_what_has_changed_since_the_board_saw_it(
    composition: Composition, secretary: Any, clearer: Any
) -> None:
    clear(composition, secretary, clearer)
    paper_publish(composition.paper, by=secretary)
    composition.paper.refresh_from_db()
    assert since_the_board(composition)[0] == []
    budget_of(150_000_000)
    ((change,), seen_at) = since_the_board(composition)
    assert (change.was and change.was.en, change.now and change.now.en) == ("£1,000,000", "£1,500,000")
    assert seen_at == composition.paper.editions.get().published_at


def test_the_composed_paper_has_no_gap_and_says_the_same_in_both_languages(
    composition: Composition, secretary: Any, clearer: Any
) -> None:
    from board.gaps import gaps_of

    assert [str(gap) for gap in gaps_of(composition.paper)] == []


def test_who_may_open_and_press_what(composition: Composition, secretary: Any, clearer: Any) -> None:
    slug = composition.paper.slug_en
    home, follows = f"/en/updates/{slug}/", f"/en/updates/{slug}/follow/"
    officer = person(Role.OFFICER, organisation=Organisation.objects.councils().first())
    assert signed_in(None).get("/en/updates/compose/").status_code == 302
    assert signed_in(clearer).get("/en/updates/compose/").status_code == 403
    assert signed_in(officer).get(home).status_code == 404
    assert signed_in(officer).post(follows).status_code == 404
    assert signed_in(None).get(f"{home}what-has-changed/").status_code == 404
    assert signed_in(clearer).get(home).status_code == 200
    assert signed_in(clearer).post(follows).status_code == 403  # a draft is its writers'
    assert signed_in(secretary).post(follows).status_code == 302
    assert signed_in(secretary).post(f"{home}seen/").status_code == 302
    clear(composition, secretary, clearer)
    assert signed_in(secretary).post(follows).status_code == 403


def test_the_secretariat_composes_from_a_page_and_sees_where_each_figure_comes_from(secretary: Any) -> None:
    client = signed_in(secretary)
    assert "/en/updates/compose/" in client.get("/en/board/papers/in-preparation/").content.decode()
    board = Board.objects.get(is_demo=False)
    days = {f"{name}_{part}": value for name, day in (("starts", STARTS), ("ends", ENDS))
            for part, value in (("day", day.day), ("month", day.month), ("year", day.year))}  # fmt: skip
    wrong = client.post("/en/updates/compose/", {"board": board.pk, "language": "en", **days, "ends_year": 2021})
    assert "The last day comes before the first." in wrong.content.decode()
    later = client.post("/en/updates/compose/", {"board": board.pk, "language": "en", **days, "ends_year": 2090})
    assert "not still to come" in later.content.decode()
    answer = client.post("/en/updates/compose/", {"board": board.pk, "language": "en", **days})
    made = Composition.objects.get(composed_by=secretary)
    assert answer.headers["Location"] == f"/en/board/papers/{made.paper.slug_en}/work/"
    assert f"/en/updates/{made.paper.slug_en}/" in client.get(answer.headers["Location"]).content.decode()
    budget_of(120_000_000)
    with CaptureQueriesContext(connection) as asked:
        shown = client.get(f"/cy/diweddariadau/{made.paper.slug_cy}/").content.decode()
    assert len(asked) < 130
    assert "£1,200,000" in shown
    assert real_round().get_absolute_url().split("/")[-2] in shown


def test_the_public_asks_what_has_changed(composition: Composition, secretary: Any, clearer: Any) -> None:
    clear(composition, secretary, clearer)
    paper_publish(composition.paper, by=secretary)
    paper = Paper.objects.get(pk=composition.paper_id)
    client = signed_in(None)
    url = f"/cy/diweddariadau/{paper.slug_cy}/beth-sydd-wedi-newid/"
    assert url in client.get(f"/cy/bwrdd/papurau/{paper.slug_cy}/").content.decode()
    assert "Nid oes dim wedi newid" in client.get(url).content.decode()
    budget_of(150_000_000)
    shown = client.get(url).content.decode()
    assert "£1,000,000" in shown
    assert "£1,500,000" in shown


def test_what_has_changed_is_composed_once_for_all_readers_until_somebody_writes(
    composition: Composition, secretary: Any, clearer: Any, monkeypatch: Any
) -> None:
    clear(composition, secretary, clearer)
    paper_publish(composition.paper, by=secretary)
    paper = Paper.objects.get(pk=composition.paper_id)
    moments = iter(["1:1:", "1:1:", "1:1:", "2:2:"])  # the database's: the last is after a write
    monkeypatch.setattr(showing, "snapshot", lambda: next(moments))
    client = signed_in(None)
    url = f"/en/updates/{paper.slug_en}/what-has-changed/"
    asked = []
    for address in (url, url, f"/cy/diweddariadau/{paper.slug_cy}/beth-sydd-wedi-newid/"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        asked.append(len(queries))
    assert asked[0] > 40
    assert asked[1] <= 8
    assert asked[2] > 40  # the same in the other language
    budget_of(150_000_000)
    assert "£1,500,000" in client.get(url).content.decode()


def test_a_correction_does_not_move_what_the_board_saw(
    composition: Composition, secretary: Any, clearer: Any, monkeypatch: Any
) -> None:
    clear(composition, secretary, clearer)
    edition = paper_publish(composition.paper, by=secretary)
    paper_correct(composition.paper, by=secretary, why="a figure")
    asked = []

    @contextmanager
    def past(moment: datetime) -> Iterator[None]:
        asked.append(moment)
        yield

    monkeypatch.setattr(changes, "as_at", past)
    again = Composition.objects.select_related("paper__board").get(pk=composition.pk)
    assert since_the_board(again) == ([], edition.published_at)
    assert asked == [edition.published_at]


def test_how_things_stand_today_is_what_changed_even_where_nothing_was_corrected(
    composition: Composition, secretary: Any, clearer: Any
) -> None:
    clear(composition, secretary, clearer)
    paper_publish(composition.paper, by=secretary)
    composition.paper.refresh_from_db()
    project = Project.objects.get(slug_en="learning-frameworks")
    with audited(by=None, why="status posted"):
        StatusUpdate.objects.create(
            project=project, confidence="amber", reason_en="Late.", reason_cy="Hwyr.", for_date=timezone.localdate()
        )
    changed = {change.name: change for change in since_the_board(composition)[0]}
    confidence = changed[f"{project.pk}/4"]
    assert (str(confidence.was), str(confidence.now)) == ("not published", "Amber")
    assert waiting(composition) == []  # on the last day of its period nothing else is true
