"""The implications of a paper, its length, and what an edition keeps of them."""

import pytest
from django.urls import reverse

from board.actions import paper_abandon, paper_correct
from board.editions import content_of, latest
from board.gaps import gaps_of
from board.implications import stated_in
from board.length import Length, length_of
from board.models import Implication, Paper
from board.tables import work_url
from tests.factories.writing import ImplicationFactory
from wlga_portal.kernel.versions import load_draft

pytestmark = pytest.mark.django_db


def url(name, paper, **parts):
    return reverse(f"board:{name}", kwargs={"slug": paper.slug, **parts})


def said(**changed):
    return {"none": "True", "text_en": "it is internal.", "text_cy": "mae'n fewnol.", "version": 1, **changed}


@pytest.fixture
def paper(people):
    paper = people.paper()
    paper.implications.exclude(kind="staff").delete()
    return paper


def test_a_paper_for_decision_states_all_six_and_another_none(people, paper):
    assert [str(gap) for gap in gaps_of(paper)] == [
        f"The paper does not state its implications: {kind}."
        for kind in (
            "Welsh language",
            "Equality and socio-economic duty",
            "Well-being goals",
            "Data protection",
            "Money",
        )
    ]
    Paper.objects.filter(pk=paper.pk).update(purpose="information")
    paper.refresh_from_db()
    assert gaps_of(paper) == []


def test_what_is_stated_is_stated_in_both_languages(people, paper):
    Implication.objects.filter(paper=paper).update(text_cy="")
    paper.purpose = "information"
    assert [(str(gap), gap.place) for gap in gaps_of(paper)] == [
        ("Implications, Staff: “Text” has no Welsh text.", "implications")
    ]


def test_an_edition_keeps_them_and_a_correction_that_is_given_up_brings_them_back(people, browse):
    paper = people.published()
    data = latest(paper).data
    assert [one.label for one in stated_in(data)] == [
        "Welsh language", "Equality and socio-economic duty", "Well-being goals", "Data protection", "Money", "Staff",
    ]  # fmt: skip
    assert data["implications"][0] == {
        "kind": "welsh", "none": True, "text": {"en": "nothing changes.", "cy": "nid oes dim yn newid."},
    }  # fmt: skip
    page = browse(None).get(paper.get_absolute_url()).content.decode()
    assert 'id="i-money"' in page
    assert "None, because nothing changes." in page
    assert (
        "Dim, oherwydd nid oes dim yn newid."
        in browse(None).get(f"/cy/bwrdd/papurau/{paper.slug_cy}/").content.decode()
    )
    assert stated_in({}) == []
    paper_correct(paper, by=people.secretary, why="a wrong sum")
    paper.refresh_from_db()
    paper.implications.filter(kind="money").delete()
    paper.implications.filter(kind="data").update(none=False, text_en="Other.")
    paper_abandon(paper, by=people.secretary)
    paper.refresh_from_db()
    assert content_of(paper) == data


def test_each_is_written_in_the_browser_and_two_writers_are_both_kept(people, browse, paper):
    author, secretary = browse(people.author), browse(people.secretary)
    address = url("implication_edit", paper, kind="money")
    assert "Not stated yet" in author.get(url("paper_implications", paper)).content.decode()
    assert author.get(address).status_code == 200
    assert not paper.implications.filter(kind="money").exists()
    assert "Choose an answer to “Are there any?”." in author.post(address, said(none="")).content.decode()
    assert author.post(address, said(text_cy="")).status_code == 302
    assert secretary.post(address, said(text_en="", text_cy="mae'n fewnol.")).status_code == 302
    row = paper.implications.get(kind="money")
    assert (row.none, row.text_en, row.text_cy) == (True, "it is internal.", "mae'n fewnol.")
    clash = secretary.post(address, said(text_en="it is small."))
    assert clash.status_code == 409
    assert "it is internal." in clash.content.decode()
    assert load_draft(people.secretary, f"board.implication:{paper.pk}:money").data["text_en"] == "it is small."
    assert "you typed and did not save" in secretary.get(address).content.decode()


def test_what_is_typed_is_kept_and_the_switch_keeps_it_too(people, browse, paper):
    author = browse(people.author)
    draft = url("implication_draft", paper, kind="welsh")
    assert "saved_at" in author.post(draft, said(text_en="Typed.")).json()
    assert "Typed." in author.get(url("implication_edit", paper, kind="welsh")).content.decode()
    answer = author.post(url("implication_edit", paper, kind="welsh"), said(text_en="Typed on.", _switch="cy"))
    assert answer["Location"] == f"/cy/bwrdd/papurau/{paper.slug_cy}/gweithio/goblygiadau/welsh/"
    assert load_draft(people.author, f"board.implication:{paper.pk}:welsh").data["text_en"] == "Typed on."


def test_a_paper_that_moved_on_keeps_the_text_as_a_draft(people, browse, paper, monkeypatch):
    monkeypatch.setattr("board.actions.implications.paper_edit", lambda *_args: False)
    answer = browse(people.author).post(url("implication_edit", paper, kind="money"), said())
    assert answer["Location"] == url("paper_implications", paper)
    assert load_draft(people.author, f"board.implication:{paper.pk}:money").data["text_en"] == "it is internal."
    assert not paper.implications.filter(kind="money").exists()


def test_who_writes_them_and_who_marks_them_as_reviewed(people, browse, paper):
    edit, review = (url(name, paper, kind="staff") for name in ("implication_edit", "implication_review"))
    users = {name: user for name, user in vars(people).items() if name != "home"}
    found = {
        name: (browse(user).get(edit).status_code, browse(user).post(review).status_code)
        for name, user in users.items()
    }
    assert found == {
        "secretary": (200, 403), "author": (200, 403), "clearer": (403, 403), "translator": (403, 302),
        "member": (404, 404), "officer": (404, 404), "stranger": (404, 404),
    }  # fmt: skip
    assert paper.implications.get(kind="staff").text_mark == "reviewed"
    assert browse(people.translator).post(url("implication_review", paper, kind="money")).status_code == 302
    assert browse(people.author).get(url("implication_edit", paper, kind="song")).status_code == 404


def test_length_is_of_the_longer_language_against_the_budget_of_its_purpose(people, browse):
    block = {"kind": "paragraph", "text": {"en": "word " * 460, "cy": "gair " * 10}, "table": None}
    table = {"columns": [{"en": "A", "cy": "A"}], "rows": [[{"en": "b c", "cy": ""}]]}
    figure = {"kind": "figure", "text": {"en": "", "cy": ""}, "table": table}
    front = {"title": {"en": "Two words", "cy": ""}, "summary": {"en": "", "cy": ""}, "purpose": "information"}
    found = length_of({**front, "blocks": [block, figure]})
    assert (found.words, found.pages, found.minutes, found.budget, found.over) == (465, 2, 3, 5, 0)
    assert Length(450 * 7, 0, 5).over == 2
    assert Length(450 * 7, 0, None).over == 0
    paper = people.paper(("word " * 3000, "gair " * 3000), purpose="information")
    page = browse(people.author).get(work_url(paper)).content.decode()
    assert "7 pages, 16 minutes to read, budget 5 pages" in page
    assert "2 pages over its budget" in page


def test_a_reader_of_before_there_were_implications_is_served_too(people):
    one = ImplicationFactory(kind="data", text_en="", text_cy="")
    assert content_of(one.paper)["implications"] == []
