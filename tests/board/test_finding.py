"""Finding words in papers and decisions: both languages, mutated words, never in what one may not see."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.urls import reverse

from board.editions import latest
from board.finding import find_passages, folded, forms_of, keep_missing, snippet
from board.models import AgendaItem, Passage
from tests.factories.reading import PassageFactory

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def found(user, text, language="en", **within):
    return [(str(one.title), one.place, one.lang) for one in find_passages(user, text, language=language, **within)[0]]


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("papur", "bapur", "cy"), ("papur", "mhapur", "cy"), ("papur", "phapur", "cy"), ("cyngor", "gyngor", "cy"),
        ("cyngor", "nghyngor", "cy"), ("cyngor", "chyngor", "cy"), ("treth", "dreth", "cy"), ("treth", "nhreth", "cy"),
        ("diwedd", "ddiwedd", "cy"), ("diwedd", "niwedd", "cy"), ("bwrdd", "fwrdd", "cy"), ("bwrdd", "mwrdd", "cy"),
        ("llythyr", "lythyrau", "cy"), ("rhan", "ran", "cy"), ("cyfarfod", "gyfarfodydd", "cy"), ("tŷ", "ty", "cy"),
        ("letter", "letters", "en"), ("Bridge", "bridge", "en"),
    ],
)  # fmt: skip
def test_forms_of_a_word_are_one(one, other, language):
    if other == "niwedd":  # the nasal mutation of "d" is "n", which many words begin with: it stays apart
        assert folded(one, language) != folded(other, language)
    else:
        assert folded(one, language) == folded(other, language)


def test_words_that_are_not_kept_folded_are_sought_in_each_form():
    assert set(forms_of("Pont")) == {"pont", "bont", "mont", "font", "mhont", "phont"}
    assert list(forms_of("ar")) == ["ar"]


def test_a_word_is_found_in_its_block_in_the_language_of_the_page(people):
    people.published(("The bridge.", "Y bont."), ("Another.", "Arall."), title_en="Roads", title_cy="Ffyrdd")
    assert found(VISITOR, "bridge") == [("Roads", "Paragraph 1", "")]
    assert found(VISITOR, "pont") == [("Roads", "Paragraph 1", "cy")]
    assert found(VISITOR, "bridge pont") == []
    assert found(VISITOR, "brid") == [("Roads", "Paragraph 1", "")]  # as one types
    assert found(VISITOR, "roads") == [("Roads", "", "")]
    assert found(VISITOR, "  '!& ") == []


def test_a_block_that_has_the_word_in_both_languages_is_named_once_in_the_pages(people):
    people.published(("Conwy one.", "Conwy un."), title_en="Roads", title_cy="Ffyrdd")
    assert found(VISITOR, "conwy", "cy") == [("Roads", "Paragraff 1", "")] or found(VISITOR, "conwy", "cy")[0][2] == ""
    assert len(found(VISITOR, "conwy")) == 1


def test_nothing_is_found_in_what_one_may_not_see(people, browse):
    paper = people.published(("Xylophone.", "Seiloffon."))
    draft = people.paper(("Zither.", "Sither."))
    AgendaItem.objects.filter(pk=paper.agenda_item_id).update(restricted=True, reason_en="R", reason_cy="R")
    assert found(VISITOR, "xylophone") == []
    assert found(people.member, "xylophone") == []
    assert len(found(people.secretary, "xylophone")) == 1
    assert found(people.secretary, "zither") == []  # a draft is not published, so it is not found
    for name, slug in (("find_page", None), ("pack_page", paper.meeting.slug), ("pack_page", draft.meeting.slug)):
        address = reverse(f"board:{name}", kwargs={"slug": slug} if slug else None)
        page = browse(people.member).get(address, {"q": "seiloffon"}).content.decode()
        assert "Xylophone" not in page
        assert "Seiloffon" not in page


def test_within_a_meeting_only_its_papers_in_their_order(people, browse):
    second = people.published(("A bridge.", "Pont."), number=2, title_en="Two", title_cy="Dau")
    people.published(("A bridge.", "Pont."), agenda_item=second.agenda_item, number=1, title_en="One", title_cy="Un")
    people.published(("A bridge.", "Pont."), title_en="Elsewhere", title_cy="Mewn man arall")
    assert [title for title, _place, _lang in found(VISITOR, "bridge", meeting=second.meeting)] == ["One", "Two"]
    address = reverse("board:pack_page", kwargs={"slug": second.meeting.slug})
    page = browse(None).get(address, {"q": "bridge"}).content.decode()
    assert "<mark>bridge.</mark>" in page
    assert "2 places." in page
    assert "No place has all of these words." in browse(None).get(address, {"q": "zebra"}).content.decode()


def test_more_than_fifty_places_are_said_to_be_more(people, browse):
    people.published(*[(f"Bridge {n}.", f"Pont {n}.") for n in range(51)])
    page = browse(None).get(reverse("board:find_page"), {"q": "bridge"}).content.decode()
    assert "Many places; the first 50 are shown." in page


def test_the_words_of_a_new_edition_take_the_place_of_the_old(people):
    paper = people.published(("Bridge.", "Pont."))
    Passage.objects.all().delete()
    assert keep_missing() == 1
    assert keep_missing() == 0
    assert set(Passage.objects.values_list("edition", flat=True)) == {latest(paper).pk}


def test_a_snippet_begins_near_the_word_and_is_clean():
    text = " ".join(f"w{n}" for n in range(60)) + " <b>bridge</b> " + " ".join(f"v{n}" for n in range(60))
    said = snippet(text, ["bridge"], "en")
    assert said.startswith("… w48 ")
    assert "<mark>&lt;b&gt;bridge&lt;/b&gt;</mark>" in said
    assert said.endswith(" …")


def test_signs_of_a_query_are_no_part_of_it(people):
    people.published(("A bridge.", "Pont."))
    assert len(found(VISITOR, "'bridge:* | !& \\")) == 1


BROKEN = {
    "passage_once": lambda: PassageFactory(edition=(one := PassageFactory()).edition, paper=one.paper),
    "passage_language_known": lambda: PassageFactory(language="fr"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BROKEN[name]()
