"""Both languages of a paper state the same facts, or somebody says why not."""

import pytest
from django.urls import reverse

from board.actions import NotComplete, paper_publish
from board.actions.parity import parity_accept
from board.facts_in_text import facts, in_words
from board.models import Acceptance, Block, Paper
from board.parity import KnownNames, Mismatch, compared, forms, mismatches_of, open_mismatches, shown
from tests.factories.board import BlockFactory
from tests.factories.people import CouncilFactory
from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.workflow import Refused

NAMES = KnownNames((("Cardiff Council", "Cyngor Caerdydd"), ("Cardiff", "Caerdydd"), ("Nia Rhys", "Nia Rhys")))


@pytest.mark.parametrize(
    ("en", "cy"),
    [
        ("It costs £1.2 million by 20 September 2022.", "Mae'n costio £1.2 miliwn erbyn 20 Medi 2022."),
        ("£5k, or 5,000 pounds", "£5,000, neu 5,000 o bunnoedd"),
        ("on the 1st of March 2023, and in May", "ar 1af o Fawrth 2023, ac ym mis Mai"),
        ("September 13, 2022; 2022-09-20", "13 Medi 2022; 20/09/2022"),
        ("You may march on.", "Dydd Mawrth, mai fe a aeth."),
        ("5 per cent of 1,200 at 10:30am and 2pm", "5 y cant o 1,200 am 10.30yb a 2yp"),
        ("2 million people, the 2nd phase, version 3.2", "2 filiwn o bobl, yr 2il gam, fersiwn 3.2"),
        ("[A](https://www.gov.wales/a) https://x.org/en/b.", "[A](https://llyw.cymru/b) https://x.org/cy/b."),
        ("[here](/en/board/)", "[yma](/cy/bwrdd/)"),
        ("", ""),
    ],
)
def test_the_same_facts_are_the_same_in_both_languages(en, cy):
    assert facts(en, "en") == facts(cy, "cy")


def test_every_kind_of_fact_has_one_way_to_be_written():
    assert facts("£1,200 and 3% on 2 May 2023 at 14:05, 7 of 9,000", "en") == {
        ("sum", "1200"): 1, ("share", "3"): 1, ("date", "2/5/2023"): 1, ("time", "14:05"): 1, ("number", "7"): 1,
        ("number", "9000"): 1,
    }  # fmt: skip
    assert in_words("5", "Pum cwestiwn a phump arall", "cy") == 2
    assert (in_words("5", "None", "en"), in_words("4711", "x", "en"), in_words("1.5", "x", "en")) == (0, 0, 0)


def sentences(en, cy):
    return [one.sentence for one in compared("p", "Paragraph 1", Text(en, cy), NAMES)]


@pytest.mark.parametrize(
    ("en", "cy", "said"),
    [
        ("By 20 May 2023.", "Erbyn 21 Mai 2023.",
         ["Paragraph 1, date: only in English 20/5/2023, only in Welsh 21/5/2023."]),
        ("It costs £1,200.", "Mae'n costio £12,000.",
         ["Paragraph 1, sum: only in English £1,200, only in Welsh £12,000."]),
        ("It costs £1.50.", "Mae'n costio.", ["Paragraph 1, sum: only in English £1.50."]),
        ("5% and 20,000 people", "6% a 2,000 o bobl", [
            "Paragraph 1, per cent: only in English 5%, only in Welsh 6%.",
            "Paragraph 1, number: only in English 20,000, only in Welsh 2000.",
        ]),
        ("Five questions, 2 forms", "5 cwestiwn, dwy ffurflen", []),
        ("5 questions and 5 more", "Pum cwestiwn", ["Paragraph 1, number: only in English 5."]),
        ("See https://a.org/x", "Gweler https://a.org/y",
         ["Paragraph 1, link: only in English a.org/x, only in Welsh a.org/y."]),
        ("Cardiff and Nia Rhys", "Yng Nghaerdydd", ["Paragraph 1, name: only in English Nia Rhys."]),
        ("Cardiff Council agreed", "Cytunodd Cyngor Caerdydd", []),
        ("A council agreed", "Cytunodd Caerdydd", ["Paragraph 1, name: only in Welsh Caerdydd."]),
        ("Cardiff Council agreed", "Cytunodd y cyngor", ["Paragraph 1, name: only in English Cardiff Council."]),
        ("", "5", []),
    ],
)  # fmt: skip
def test_what_one_language_states_alone_is_said_in_a_sentence(en, cy, said):
    assert sentences(en, cy) == said


def test_names_are_known_under_their_mutations():
    assert forms("Caerdydd") == ["Caerdydd", "Gaerdydd", "Nghaerdydd", "Chaerdydd"]
    assert forms("Gwynedd")[1:] == ["Wynedd", "Ngwynedd"]
    assert forms("Rhondda")[1:] == ["Rondda"]
    assert forms("Abertawe") == ["Abertawe"]
    assert shown("number", ["1.5"]) == ["1.5"]


def test_an_accepted_difference_is_of_these_very_words():
    one = Mismatch("p", "Paragraph 1", "number", ("5",), (), Text("5 forms", "ffurflenni"))
    other = Mismatch("p", "Paragraph 1", "number", ("5",), (), Text("5 forms.", "ffurflenni"))
    assert one.key != other.key
    assert str(one) == "Paragraph 1, number: only in English 5."


@pytest.fixture
def paper(people):
    return people.cleared(("It costs £5.", "Mae'n costio £6."), ("Two.", "Dau."))


pytestmark = pytest.mark.django_db


def test_a_difference_stops_the_publication_until_it_is_accepted_with_a_reason(people, paper):
    with pytest.raises(NotComplete) as caught:
        paper_publish(paper, by=people.secretary)
    assert [(str(gap), gap.place) for gap in caught.value.gaps] == [
        ("Paragraph 1, sum: only in English £5, only in Welsh £6.", "parity")
    ]
    key = open_mismatches(paper)[0].key
    with pytest.raises(Refused, match="secretariat or a translator"):
        parity_accept(paper, key, by=people.author, reason="So.")
    made = parity_accept(paper, key, by=people.translator, reason="The Welsh price is another one.")
    assert (made.said, made.by) == ("Paragraph 1, sum: only in English £5, only in Welsh £6.", people.translator)
    assert parity_accept(paper, key, by=people.secretary, reason="Again.") == made
    assert paper_publish(paper, by=people.secretary).number == 1


def test_when_the_words_change_the_difference_is_asked_again(people, paper):
    parity_accept(paper, open_mismatches(paper)[0].key, by=people.secretary, reason="It is so.")
    assert open_mismatches(paper) == []
    block = paper.blocks.get(text_en="It costs £5.")
    Block.objects.filter(pk=block.pk).update(text_cy="Mae'n costio £7.")
    assert [one.only_cy for one in open_mismatches(paper)] == [("7",)]
    with pytest.raises(Refused, match="no longer there"):
        parity_accept(paper, "0" * 64, by=people.secretary, reason="It is so.")


def test_tables_are_compared_row_by_row_and_recommendations_are_counted(people):
    CouncilFactory(name_en="Powysland", name_cy="Gwlad Powys")
    paper = people.paper(("One.", "Un."), title_en="Powysland", title_cy="Powys")
    rows = {"cells_en": "Name | Sum\nA | £1\nB | £2", "cells_cy": "Enw | Swm\nA | £2\nB | £1"}
    BlockFactory(paper=paper, kind="table", text_en="Sums", text_cy="Symiau", position=2, **rows)
    asked = {"text_en": "The board is asked to:\n\n- agree\n- note", "text_cy": "Gofynnir i'r bwrdd:\n\n- gytuno"}
    BlockFactory(paper=paper, kind="recommendation", position=3, **asked)
    Paper.objects.filter(pk=paper.pk).update(summary_en="By May 2023.", summary_cy="Erbyn Mai 2024.")
    paper.implications.filter(kind="money").update(text_en="it costs £5.", text_cy="mae'n costio £6.")
    paper.refresh_from_db()
    assert [one.sentence for one in mismatches_of(paper)] == [
        "Title, name: only in English Powysland.",
        "Summary, date: only in English 5/2023, only in Welsh 5/2024.",
        "Implications: Money, sum: only in English £5, only in Welsh £6.",
        "Table 1, row 1, sum: only in English £1, only in Welsh £2.",
        "Table 1, row 2, sum: only in English £2, only in Welsh £1.",
        "Recommendations, count of recommendations: only in English 3, only in Welsh 2.",
    ]


def test_the_check_in_the_browser(people, browse, paper):
    secretary, author = browse(people.secretary), browse(people.author)
    address = reverse("board:paper_parity", kwargs={"slug": paper.slug})
    refused = secretary.post(reverse("board:paper_step", kwargs={"slug": paper.slug, "event": "publish"}))
    assert refused.status_code == 409
    assert address in refused.content.decode()
    key = open_mismatches(paper)[0].key
    accept = reverse("board:parity_accept", kwargs={"slug": paper.slug, "key": key})
    assert accept in secretary.get(address).content.decode()
    assert accept not in author.get(address).content.decode()
    assert author.get(accept).status_code == 403
    assert "Enter “Reason”." in secretary.post(accept, {"reason": ""}).content.decode()
    secretary.post(accept, {"reason": "The Welsh price is another one."})
    assert Acceptance.objects.get().by == people.secretary
    listed = author.get(address).content.decode()
    assert "The Welsh price is another one." in listed
    assert "Nothing differs" in listed
    welsh = author.get(f"/cy/bwrdd/papurau/{paper.slug_cy}/gweithio/cyfatebiaeth/").content.decode()
    assert "swm: dim ond yn Saesneg £5, dim ond yn Gymraeg £6." in welsh
    assert "only in English" not in welsh
    assert secretary.get(accept).status_code == 404
    for user, status in ((people.stranger, 404), (people.member, 404), (None, 302)):
        assert browse(user).get(address).status_code == status


def test_the_check_costs_a_constant_number_of_queries(people, django_assert_max_num_queries):
    paper = people.paper(*((f"It costs £{n}.", f"Mae'n costio £{n + 1}.") for n in range(30)))
    with django_assert_max_num_queries(7):
        assert len(open_mismatches(paper)) == 30
