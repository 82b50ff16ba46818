"""The translators' worklist: what waits, one text side by side, and marking many."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from board.actions import paper_step
from board.models import Block, Credit, Paper, Part
from board.states import PaperStatus
from programme.panels import texts_to_translate
from programme.translating.texts import Worklist, digest
from tests.factories.board import paper_with
from tests.factories.people import CouncilFactory, person
from tests.factories.projects import ProjectFactory
from tests.walk import BACKEND
from wlga_portal.kernel.bilingual import Mark

pytestmark = pytest.mark.django_db
LIST = "programme:translating_list"


@pytest.fixture
def home() -> Any:
    return CouncilFactory()


@pytest.fixture
def translator(home: Any) -> Any:
    return person(Role.TRANSLATOR, organisation=home)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def in_translation(home: Any, *texts: tuple[str, str]) -> Paper:
    """A paper that went to its translators."""
    author, clearer, secretary = (
        person(role, organisation=home) for role in (Role.AUTHOR, Role.CLEARER, Role.SECRETARIAT)
    )
    paper = paper_with(*texts)
    Credit.objects.create(paper=paper, part=Part.AUTHOR, user=author)
    for event, by in (("submit", author), ("clear", clearer), ("translate", secretary)):
        paper_step(paper, event, by=by)
    paper.refresh_from_db()
    assert paper.status == PaperStatus.TRANSLATION
    return paper


def listed(user: Any, **wanted: Any) -> list[tuple[str, str, str, str]]:
    return [(one.kind, one.said, one.state, one.target) for one in Worklist(user, wanted)]


def address(block: Block, to: str = "cy", view: str = "translating_text") -> str:
    return reverse(f"programme:{view}", kwargs={"kind": "board.block", "pk": block.pk, "name": "text", "to": to})


def test_a_missing_and_a_stale_side_wait_in_their_direction(home, translator):
    project = ProjectFactory(title_en="Bins", title_cy="Biniau", aim_en="", aim_cy="")
    paper = in_translation(home, ("Only English here.", ""), ("Both", "Y ddau"))
    block = paper.blocks.get(text_en="Both")
    block.text_cy = "Newydd sbon"
    block.save()
    waiting = listed(translator, area="board")
    assert ("board.block", "Only English here.", "missing", "cy") in waiting
    assert ("board.block", "Newydd sbon", "stale", "en") in waiting
    assert waiting[0][2] == "missing"
    assert ("projects.project", "Bins", "unreviewed", "cy") in listed(translator, area="projects")
    assert (
        list(Worklist(translator, {"rows": {"projects.project": [project.pk]}, "name": "aim", "state": "every"})) == []
    )


def test_the_filters_narrow_by_state_direction_words_and_day(home, translator):
    in_translation(home, ("One two three four.", ""), ("", "Un dau"))
    assert [row[1] for row in listed(translator, state="missing", to="cy")] == ["One two three four."]
    assert [row[1] for row in listed(translator, state="missing", to="en")] == ["Un dau"]
    assert [row[1] for row in listed(translator, state="missing", least=3)] == ["One two three four."]
    assert [row[1] for row in listed(translator, state="missing", most=3)] == ["Un dau"]
    assert [row[1] for row in listed(translator, state="missing", q="THREE")] == ["One two three four."]
    page = signed_in(translator).get(
        reverse(LIST), {"state": "missing", "since_day": 1, "since_month": 1, "since_year": 2090}
    )
    assert "Nothing waits for a translator here." in page.content.decode()
    sums = Worklist(translator, {"state": "missing"}).sums()
    assert [(one.state, one.texts, one.words) for one in sums] == [("missing", 2, 6)]


def test_a_draft_is_not_for_translation_yet_and_a_restricted_paper_is_for_its_translators(home, translator):
    paper = paper_with(("A draft.", ""))
    assert "A draft." not in [row[1] for row in listed(translator)]
    sent = in_translation(home, ("Secret words.", ""))
    sent.agenda_item.restricted = True
    sent.agenda_item.reason = ("Money", "Arian")
    sent.agenda_item.save()
    assert "Secret words." in [row[1] for row in listed(translator)]
    assert signed_in(translator).get(address(paper.blocks.get())).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role != Role.TRANSLATOR])
def test_the_worklist_is_for_translators_alone(home, role):
    block = in_translation(home, ("Words.", "Geiriau.")).blocks.get()
    client = signed_in(person(role, organisation=home))
    assert client.get(reverse(LIST)).status_code == 403
    assert client.get(reverse("programme:translating_compare")).status_code == 403
    assert client.get(address(block)).status_code == 404
    assert client.post(address(block), {"text": "Arall"}).status_code == 404


def test_a_visitor_is_asked_to_sign_in():
    assert Client().get(reverse(LIST)).status_code == 302


def test_the_list_costs_the_same_for_one_text_and_for_thirty(home, translator, django_assert_max_num_queries):
    paper = in_translation(home, ("Number 0", ""))
    client = signed_in(translator)
    with django_assert_max_num_queries(12) as few:
        client.get(reverse(LIST), {"state": "missing"})
    Block.objects.bulk_create(
        Block(paper=paper, position=number, kind="paragraph", text_en=f"Number {number}") for number in range(10, 40)
    )
    with django_assert_max_num_queries(12) as many:
        page = client.get(reverse(LIST), {"state": "missing"})
    assert len(few) == len(many)
    assert "31 texts" in page.content.decode()


def test_what_is_written_is_saved_in_step_and_never_reviewed(home, translator):
    block = in_translation(home, ("Ten bins.", "")).blocks.get()
    client = signed_in(translator)
    sent = {"text": "Deg bin.", "seen_source": digest("Ten bins."), "seen_target": digest("")}
    assert client.post(address(block), sent).status_code == 302
    block.refresh_from_db()
    assert (block.text_cy, block.text_mark) == ("Deg bin.", Mark.UNREVIEWED)
    again = {"text": "Deg o finiau.", "seen_source": digest("Ten bins."), "seen_target": digest("Deg bin.")}
    client.post(address(block), again)
    block.refresh_from_db()
    assert (block.text_cy, block.text_mark) == ("Deg o finiau.", Mark.UNREVIEWED)  # not `stale_en`


@pytest.mark.parametrize("changed", ["text_cy", "text_en"])
def test_a_text_that_changed_meanwhile_is_shown_and_not_overwritten(home, translator, changed):
    block = in_translation(home, ("Ten bins.", "Deg.")).blocks.get()
    sent = {"text": "Deg bin.", "seen_source": digest("Ten bins."), "seen_target": digest("Deg.")}
    Block.objects.filter(pk=block.pk).update(**{changed: "Rhywun arall"})
    answer = signed_in(translator).post(address(block), sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Rhywun arall" in page
    assert "Deg bin." in page
    assert ("is another now" in page) == (changed == "text_en")
    block.refresh_from_db()
    assert block.text_cy == ("Rhywun arall" if changed == "text_cy" else "Deg.")
    source, target = (block.text_en, block.text_cy)
    kept = {"text": "Deg bin.", "seen_source": digest(source), "seen_target": digest(target)}
    assert signed_in(translator).post(address(block), kept).status_code == 302
    block.refresh_from_db()
    assert block.text_cy == "Deg bin."


def test_what_is_typed_is_kept_as_a_draft_of_its_writer(home, translator):
    block = in_translation(home, ("Ten bins.", "")).blocks.get()
    client = signed_in(translator)
    typed = {"text": "Deg bi", "seen_source": digest("Ten bins."), "seen_target": digest("")}
    assert client.post(address(block, view="translating_draft"), typed).status_code == 200
    assert "Deg bi" in client.get(address(block)).content.decode()
    other = signed_in(person(Role.TRANSLATOR, organisation=home))
    assert "Deg bi" not in other.get(address(block)).content.decode()


def test_words_of_a_published_paper_are_frozen_but_may_be_marked(home, translator):
    block = in_translation(home, ("Ten bins.", "Deg bin.")).blocks.get()
    secretary = person(Role.SECRETARIAT, organisation=home)
    paper_step(block.paper, "publish", by=secretary)
    client = signed_in(translator)
    page = client.get(address(block)).content.decode()
    assert "are frozen" in page
    assert 'id="page-form"' not in page
    assert b"board.block-" not in client.get(reverse("programme:translating_xliff"), {"area": "board"}).content
    sent = {"text": "Arall", "seen_source": digest("Ten bins."), "seen_target": digest("Deg bin.")}
    assert "are frozen" in client.post(address(block), sent).content.decode()
    ticked = f"board.block-{block.pk}-text-{digest(digest('Ten bins.') + digest('Deg bin.'))}"
    client.post(reverse("programme:translating_compare"), {"text": ticked})
    block.refresh_from_db()
    assert (block.text_cy, block.text_mark) == ("Deg bin.", Mark.REVIEWED)


def test_the_ticked_texts_are_marked_and_one_that_changed_is_not(home, translator):
    paper = in_translation(home, ("One", "Un"), ("Two", "Dau"), ("Three", "Tri"), ("Four", ""))
    client = signed_in(translator)
    blocks = list(paper.blocks.order_by("position"))
    ticks = [
        f"board.block-{block.pk}-text-{digest(digest(block.text_en) + digest(block.text_cy))}"
        for block in blocks
        if block.text_en != "Three"
    ]
    Block.objects.filter(pk=blocks[1].pk).update(text_cy="Dwy")
    answer = client.post(
        reverse("programme:translating_compare"), {"text": [*ticks, "nonsense", "a-b-c-d"]}, follow=True
    )
    page = answer.content.decode()
    assert "1 text is marked as reviewed." in page
    assert "“Dwy” was not marked" in page
    assert "“Four” was not marked" in page
    marks = dict(Block.objects.filter(paper=paper).values_list("text_en", "text_mark"))
    assert [marks[one] for one in ("One", "Two", "Three", "Four")] == [
        "reviewed",
        "stale_en",
        "unreviewed",
        "unreviewed",
    ]
    assert "No text was ticked." in client.post(reverse("programme:translating_compare"), follow=True).content.decode()


def test_a_text_that_is_too_long_or_breaks_a_rule_gets_a_sentence(translator):
    project = ProjectFactory(title_en="Bins", title_cy="Biniau", aim_en="To empty", aim_cy="Gwagio")
    named = {"kind": "projects.project", "pk": project.pk, "name": "title", "to": "cy"}
    sent = {"text": "x" * 201, "seen_source": digest("Bins"), "seen_target": digest("Biniau")}
    page = signed_in(translator).post(reverse("programme:translating_text", kwargs=named), sent).content.decode()
    assert "x" * 201 in page
    assert "There is a problem" in page
    project.refresh_from_db()
    assert project.title_cy == "Biniau"


def test_addresses_that_name_no_text_are_not_there(home, translator):
    block = in_translation(home, ("One", "")).blocks.get()
    client = signed_in(translator)
    good = {"kind": "board.block", "pk": block.pk, "name": "text", "to": "cy"}
    for name, value in (("kind", "auth.user"), ("pk", 10**6), ("name", "uid"), ("to", "fr"), ("to", "en")):
        assert client.get(reverse("programme:translating_text", kwargs={**good, name: value})).status_code == 404, name


def test_saving_and_continuing_leads_to_the_next_text_and_at_the_end_to_the_list(home, translator):
    paper = in_translation(home, ("One two.", ""), ("Three four.", ""))
    client = signed_in(translator)
    first, second = paper.blocks.order_by("position")
    sent = {"seen_target": digest(""), "next": "1"}
    answer = client.post(address(first), {"text": "Un dau.", "seen_source": digest("One two."), **sent})
    assert answer["Location"] == address(second)
    answer = client.post(address(second), {"text": "Tri.", "seen_source": digest("Three four."), **sent})
    assert answer["Location"] == reverse(LIST)


def test_what_waits_is_among_what_a_translator_needs_to_do(home, translator):
    in_translation(home, ("One", ""), ("Two", ""))
    assert [need.text for need in texts_to_translate(translator)] == ["2 texts wait for their translation"]
    assert list(texts_to_translate(person(Role.SECRETARIAT, organisation=home))) == []


def test_without_texts_that_are_behind_the_unreviewed_ones_wait(home, translator):
    in_translation(home, ("One", "Un"))
    [need] = texts_to_translate(translator)
    assert "for review" in need.text


def test_the_list_is_sorted_by_words_and_by_place(home, translator):
    in_translation(home, ("One two three", ""), ("One", ""), ("One two", ""))
    rows = Worklist(translator, {"state": "missing"}, sort="-words")
    assert [one.words for one in rows] == [3, 2, 1]
    assert rows[1].en == "One two"
    assert len(Worklist(translator, {"state": "missing"}, sort="place")[0:2]) == 2


def test_a_text_leads_to_its_own_page_and_to_where_it_stands(home, translator):
    block = in_translation(home, ("One", "")).blocks.get()
    page = signed_in(translator).get(address(block)).content.decode()
    assert reverse("board:block_edit", kwargs={"slug": block.paper.slug, "pk": block.pk}) in page
    assert block.paper.get_absolute_url() in page
