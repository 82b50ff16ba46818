"""What is known of the team: written on a page with its source and its day, and taken from there by composed papers."""

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from board.models import Board
from organisations.models import Organisation
from programme.composing import known
from programme.composing.actions import follow, update_compose
from programme.composing.changes import waiting
from programme.composing.statements import TeamStatementForm, begun, statement_save
from programme.models import BoundValue, TeamStatement
from programme.translating.texts import Worklist
from projects.models import DeliveryPlan
from tests.board.conftest import signed_in
from tests.factories.people import person
from tests.factories.programme import TeamStatementFactory
from wlga_portal.kernel.history import history_of
from wlga_portal.kernel.workflow import NotAllowed, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
ADD, ADD_CY, LIST, LIST_CY = (
    "/en/digital-team/add/", "/cy/tim-digidol/ychwanegu/", "/en/digital-team/", "/cy/tim-digidol/",
)  # fmt: skip
SAID = {
    "dated_day": "3", "dated_month": "11", "dated_year": "2022", "source_en": "A letter of the WLGA",
    "source_cy": "Llythyr gan CLlLC", "team_size": "12", "version": "1",
}  # fmt: skip
WRITERS = (Role.HEAD_OF_DELIVERY, Role.TEAM, Role.SECRETARIAT)


def text_of(answer: Any) -> str:
    return unescape(answer.content.decode())


def somebody(role: Role) -> Any:
    return person(role, organisation=Organisation.objects.councils().first())


def real() -> TeamStatement:
    return TeamStatement.objects.get(is_demo=False)


@pytest.fixture
def head() -> Any:
    return somebody(Role.HEAD_OF_DELIVERY)


@pytest.fixture
def client(head: Any) -> Client:
    return signed_in(head)


def test_everybody_reads_what_is_known_of_the_team_and_where_it_is_said(settings: Any) -> None:
    settings.DEMO = False
    shown, welsh = text_of(Client().get(LIST)), text_of(Client().get(LIST_CY))
    for part in (real().source.en, real().team_note.en, real().post.en, "October 2020"):
        assert part in shown
    for part in (real().source.cy, real().team_note.cy, real().post.cy, "Hydref 2020"):
        assert part in welsh
    assert ("Demonstration" in shown, "Add a statement" in shown, "History" in shown) == (False, False, False)
    settings.DEMO = True
    assert "Letter to the demonstration board" in text_of(Client().get(LIST))


def test_the_head_of_delivery_the_team_and_the_secretariat_write_it_and_nobody_else_does() -> None:
    home = f"/en/digital-team/{real().pk}/"
    paths = (ADD, f"{home}change/", f"{home}history/")
    for role in Role:
        expected = 200 if role in WRITERS else 403
        client = signed_in(somebody(role))
        assert [client.get(path).status_code for path in paths] == [expected] * 3, role
    assert [signed_in(None).get(path).status_code for path in paths] == [302] * 3
    with pytest.raises(NotAllowed):
        statement_save(TeamStatementForm({}, instance=TeamStatement()), by=somebody(Role.FUND_MANAGER))


def test_people_of_the_demonstration_write_its_own_statements_alone() -> None:
    pretended = person(Role.HEAD_OF_DELIVERY, demo_slug="pretended-head")
    client = signed_in(pretended)
    assert client.get(f"/en/digital-team/{real().pk}/change/").status_code == 404
    assert client.post(ADD, SAID).status_code == 302
    assert TeamStatement.objects.get(dated=date(2022, 11, 3)).is_demo


def test_a_statement_is_added_in_both_languages_and_leads_to_its_place(client: Client, head: Any) -> None:
    answer = client.post(ADD, {**SAID, "post_en": "Designer", "post_cy": "Dylunydd", "recruited_month": "2022-09"})
    made = TeamStatement.objects.get(dated=date(2022, 11, 3))
    assert answer.headers["Location"] == f"{LIST}#statement-{made.pk}"
    assert (made.team_size, made.post.cy, made.is_demo, made.version) == (12, "Dylunydd", False, 1)
    assert [(one.by_id, one.kind) for one in history_of(made)] == [(head.pk, "insert")]
    assert "Designer" in text_of(client.get(LIST))
    shown = text_of(client.get(LIST_CY))
    assert ("Dylunydd" in shown, "Medi 2022" in shown, "3 Tachwedd 2022" in shown) == (True, True, True)


def test_a_new_statement_begins_with_what_was_last_known_without_its_day_and_source(client: Client, head: Any) -> None:
    last, made = real(), begun(by=head)
    assert (made.team_size, made.post, made.sits_within) == (last.team_size, last.post, last.sits_within)
    assert (made.pk, made.dated, made.source_en, made.is_demo) == (None, None, "", False)
    shown = text_of(client.get(ADD))
    assert (last.post.en in shown, last.source.en in shown) == (True, False)
    TeamStatement.objects.filter(is_demo=False).delete()
    assert begun(by=head).post.en == ""


@pytest.mark.parametrize(
    ("changes", "sentence", "welsh"),
    [
        ({"source_cy": ""}, "Enter “Source (Welsh)”.", "Rhowch “Ffynhonnell (Cymraeg)”."),
        ({"post_en": "Designer"}, "Write this in Welsh too.", "Ysgrifennwch hwn yn Gymraeg hefyd."),
        ({"recruited_month": "October"}, "Enter a year and a month, like 2026-10.", "Rhowch flwyddyn a mis"),
        ({"recruited_month": "2022-13"}, "Enter a year and a month, like 2026-10.", "Rhowch flwyddyn a mis"),
        ({"dated_year": "2090"}, "The date must be today or earlier.", "Rhaid i’r dyddiad fod"),
        ({"team_size": ""}, "Say at least one thing of the team or of a post.", "Dywedwch o leiaf un peth"),
    ],
)
def test_bad_input_gets_a_sentence_and_what_was_typed_is_still_there(
    client: Client, changes: dict[str, str], sentence: str, welsh: str
) -> None:
    said = {**SAID, "source_en": "A letter of mine", **changes}
    answer = client.post(ADD, said)
    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert 'value="A letter of mine"' in text_of(answer)
    assert welsh in text_of(client.post(ADD_CY, said))
    assert not TeamStatement.objects.filter(source_en="A letter of mine").exists()


def test_a_day_has_one_statement_even_when_two_people_add_it_at_once(client: Client, head: Any) -> None:
    day = real().dated
    parts = {"dated_day": day.day, "dated_month": day.month, "dated_year": day.year}
    assert "There is a statement of that day already" in text_of(client.post(ADD, {**SAID, **parts}))
    form = TeamStatementForm(SAID, instance=TeamStatement())
    assert form.is_valid(), form.errors
    TeamStatementFactory(dated=date(2022, 11, 3))  # somebody else was quicker
    with pytest.raises(Refused, match="There is a statement of that day already"):
        statement_save(form, by=head)


def test_two_people_who_change_the_same_field_see_both_texts_and_other_fields_merge(client: Client) -> None:
    row = TeamStatementFactory(dated=date(2022, 11, 3), team_size=12)
    url = f"/en/digital-team/{row.pk}/change/"
    said = {**SAID, "source_en": "A report", "source_cy": "Adroddiad"}
    assert client.post(url, {**said, "team_size": "13"}).status_code == 302
    other = signed_in(somebody(Role.TEAM))
    merged = other.post(url, {**said, "team_size": "12", "post_en": "Designer", "post_cy": "Dylunydd"})
    assert merged.status_code == 302
    row.refresh_from_db()
    assert (row.team_size, row.post.en, row.version) == (13, "Designer", 3)
    clash = other.post(url, {**said, "team_size": "14"})
    assert clash.status_code == 409
    assert ("13" in text_of(clash), "14" in text_of(clash)) == (True, True)
    row.refresh_from_db()
    assert row.team_size == 13


def test_what_is_typed_is_kept_as_a_draft_until_it_is_saved(client: Client) -> None:
    assert client.post(ADD, {**SAID, "save_draft": "1"}).status_code == 302
    assert 'value="Llythyr gan CLlLC"' in text_of(client.get(ADD))
    client.post(ADD, SAID)
    assert 'value="Llythyr gan CLlLC"' not in text_of(client.get(ADD))


def test_its_history_says_who_changed_what_and_when_in_both_languages(client: Client, head: Any) -> None:
    row = TeamStatementFactory(dated=date(2022, 11, 3), team_size=12)
    body = Organisation.objects.get(slug_en="wlga")
    said = {**SAID, "team_size": "13", "source_en": "A report", "source_cy": "Adroddiad", "sits_within": str(body.pk)}
    client.post(f"/en/digital-team/{row.pk}/change/", said)
    english = text_of(client.get(f"/en/digital-team/{row.pk}/history/"))
    welsh = text_of(client.get(f"/cy/tim-digidol/{row.pk}/hanes/"))
    assert head.name in english
    assert "<li>People in the team: <span>“12”</span> became <span>“13”</span></li>" in english
    assert f"<li>The post sits within: <span>“”</span> became <span>“{body.name.en}”</span></li>" in english
    assert "<li>Pobl yn y tîm: <span>“12”</span>" in welsh
    assert f"“{body.name.cy}”" in welsh


def test_the_composed_paper_follows_it_and_shows_the_statement_behind_each_value(client: Client) -> None:
    secretary = somebody(Role.SECRETARIAT)
    board = Board.objects.get(is_demo=False)
    paper = update_compose(board, by=secretary, starts=date(2022, 4, 1), ends=date(2022, 11, 10), drafted_in="cy")
    size = BoundValue.objects.get(block__composition=paper, block__key="people.team", name="size")
    assert (size.rows, size.true_on) == ([["programme.teamstatement", real().pk]], real().dated)
    client.post(ADD, SAID)
    made = TeamStatement.objects.get(dated=date(2022, 11, 3))
    assert ("size", "12") in {(one.name, one.now and one.now.en) for one in waiting(paper)}
    assert follow(paper, by=secretary) > 0
    size = BoundValue.objects.get(block__composition=paper, block__key="people.team", name="size")
    assert (size.en, size.cy, size.rows) == ("12", "12", [["programme.teamstatement", made.pk]])
    assert size.true_on == date(2022, 11, 3)
    row = known.shown([("programme.teamstatement", made.pk)])["programme.teamstatement", made.pk]
    expected = {"kind": "People and posts", "name": "A letter of the WLGA, 3 November 2022"}
    assert row == {**expected, "url": f"{LIST}#statement-{made.pk}"}
    shown = text_of(signed_in(secretary).get(f"/cy/diweddariadau/{paper.paper.slug_cy}/"))
    assert f'href="{LIST_CY}#statement-{made.pk}"' in shown


def test_what_a_statement_does_not_say_leaves_no_hole_in_the_sentence() -> None:
    TeamStatementFactory(dated=date(2022, 11, 3), team_size=None, post_en="Designer", post_cy="Dylunydd")
    board = Board.objects.get(is_demo=False)
    secretary = somebody(Role.SECRETARIAT)
    paper = update_compose(board, by=secretary, starts=date(2022, 4, 1), ends=date(2022, 11, 10), drafted_in="cy")
    said = dict(paper.blocks.filter(key__startswith="people.").values_list("key", "text_en"))
    assert said["people.team"] == "People in the team: not published."
    assert said["people.post"].startswith("Post: Designer. Recruited: not published. The post sits within: not pub")
    welsh = dict(paper.blocks.filter(key__startswith="people.").values_list("key", "text_cy"))
    assert welsh["people.team"] == "Pobl yn y tîm: heb ei gyhoeddi."


def test_a_translator_finds_what_a_statement_says_in_one_language_alone() -> None:
    TeamStatementFactory(dated=date(2022, 11, 3), post_en="Designer of forms")
    entries = [
        one for one in Worklist(somebody(Role.TRANSLATOR), {"area": "programme"}) if one.en == "Designer of forms"
    ]
    assert [(one.kind, one.name, one.cy) for one in entries] == [("programme.teamstatement", "post", "")]


def test_it_is_found_from_the_delivery_plan_and_from_the_papers_in_preparation() -> None:
    plan = Client().get(DeliveryPlan.objects.get(year="2022-23", is_demo=False).get_absolute_url())
    drafts = signed_in(somebody(Role.SECRETARIAT)).get("/cy/bwrdd/papurau/ar-y-gweill/")
    assert (f'href="{LIST}"' in text_of(plan), f'href="{LIST_CY}"' in text_of(drafts)) == (True, True)


def test_the_page_asks_the_same_number_of_questions_of_few_and_of_thirty(client: Client) -> None:
    counts = []
    for count in (0, 28):
        for number in range(count):
            day = timezone.localdate() - timedelta(days=number + 100)
            TeamStatementFactory(dated=day, sits_within=Organisation.objects.councils().first())
        client.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST)
        counts.append(len(asked))
    assert counts[0] == counts[1]
