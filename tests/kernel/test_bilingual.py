"""Texts in two languages: marks, order, gaps."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.translation import override

from organisations.models import Organisation
from tests.factories.people import BodyFactory, UserFactory
from wlga_portal.kernel.bilingual import Mark, Text, language_q, mark_reviewed, publication_gaps, sort_column

pytestmark = pytest.mark.django_db


def fresh(organisation: Organisation) -> Organisation:
    return Organisation.objects.get(pk=organisation.pk)


def test_a_text_speaks_the_language_of_the_page_and_says_which_language_it_gives():
    text = Text("Board", "")
    with override("cy"):
        assert (str(text), text.lang, text.missing) == ("Board", "en", ("cy",))
    with override("en"):
        assert (str(Text("Board", "Bwrdd")), str(Text("", "Bwrdd"))) == ("Board", "Bwrdd")


@pytest.mark.parametrize(
    ("changes", "mark"),
    [
        ({"name_en": "Other"}, Mark.STALE_CY),
        ({"name_cy": "Arall"}, Mark.STALE_EN),
        ({"name_en": "Other", "name_cy": "Arall"}, Mark.UNREVIEWED),
        ({"full_name_en": "Not yet in Welsh"}, Mark.REVIEWED),
    ],
)
def test_an_edit_to_one_side_of_a_reviewed_text_marks_the_other_stale(changes, mark):
    body = BodyFactory()
    mark_reviewed(body, "name", by=UserFactory())
    again = fresh(body)
    for name, value in changes.items():
        setattr(again, name, value)
    again.save()
    assert again.name_mark == mark
    assert fresh(body).name_mark == mark


def test_a_bulk_update_marks_the_other_side_stale_too():
    body = BodyFactory()
    Organisation.objects.filter(pk=body.pk).update(name_cy="Corff newydd")
    assert fresh(body).name_mark == Mark.STALE_EN


def test_when_the_side_that_was_behind_catches_up_the_text_waits_for_review():
    body = BodyFactory()
    body.name_en = "Renamed"
    body.save()
    body.name_cy = "Ailenwyd"
    body.save()
    assert fresh(body).name_mark == Mark.UNREVIEWED


@pytest.mark.parametrize("first", ["en", "cy"])
def test_the_first_text_of_the_other_side_is_its_translation_and_makes_nothing_stale(first):
    second = "cy" if first == "en" else "en"
    body = BodyFactory(**{f"full_name_{first}": "Written first", f"full_name_{second}": ""})
    type(body).objects.filter(pk=body.pk).update(**{f"full_name_{second}": "Translated"})
    assert fresh(body).full_name_mark == Mark.UNREVIEWED


def test_saving_an_old_copy_does_not_bring_back_an_old_mark():
    body = BodyFactory()
    mark_reviewed(body, "name", by=UserFactory())
    stale = fresh(body)
    Organisation.objects.filter(pk=body.pk).update(name_en="Other")
    stale.name_en = "Other"
    stale.region = ""
    stale.save()
    assert fresh(body).name_mark == Mark.STALE_CY


def test_a_text_that_lacks_a_side_cannot_be_marked_as_reviewed():
    body = BodyFactory(full_name_en="Only English")
    with pytest.raises(ValueError, match="lacks a side"):
        mark_reviewed(body, "full_name", by=UserFactory())


def test_publication_asks_for_both_sides_of_what_is_required_and_of_what_is_begun():
    body = BodyFactory(full_name_en="Only English")
    body.name_en = "Renamed"
    body.save()
    with override("en"):
        assert [str(gap) for gap in publication_gaps(fresh(body))] == [
            "The Welsh of “Name” is behind the English.",
            "“Full name” has no Welsh text.",
        ]


def test_the_database_refuses_an_organisation_without_a_welsh_name():
    with pytest.raises(IntegrityError, match="organisation_named_in_both"), transaction.atomic():
        BodyFactory(name_cy="")


def test_welsh_sorts_by_the_welsh_alphabet():
    # the digraphs are letters: ch after c, dd after d, ll after l, th after t; ng after g; accents do not count
    words = [
        "Llanelli",
        "Lydney",
        "Cyngor",
        "Chwilog",
        "Ddôl",
        "Dyfed",
        "Ynys",
        "Wrecsam",
        "Âr",
        "Abertawe",
        "Ngof",
        "Gwent",
        "Halen",
    ]
    for word in words:
        BodyFactory(name_cy=word)
    with override("cy"):
        got = list(Organisation.objects.order_by(sort_column("name")).values_list("name_cy", flat=True))
    assert got == [
        "Abertawe",
        "Âr",
        "Cyngor",
        "Chwilog",
        "Dyfed",
        "Ddôl",
        "Gwent",
        "Ngof",
        "Halen",
        "Lydney",
        "Llanelli",
        "Wrecsam",
        "Ynys",
    ]


def test_a_joiner_keeps_two_letters_apart():
    for word in ["Ban\u034fgor", "Bagor", "Bangor", "Banor"]:
        BodyFactory(name_cy=word)
    got = list(Organisation.objects.order_by("name_key_cy").values_list("name_cy", flat=True))
    assert got == ["Bagor", "Bangor", "Ban\u034fgor", "Banor"]


def test_english_sorts_without_regard_to_case_or_accent():
    for word in ["école", "Echo", "eddy", "Zoo"]:
        BodyFactory(name_en=word)
    assert list(Organisation.objects.order_by("name_key_en").values_list("name_en", flat=True)) == [
        "Echo",
        "école",
        "eddy",
        "Zoo",
    ]


def test_a_search_looks_at_both_languages():
    body = BodyFactory(name_en="Newport", name_cy="Casnewydd")
    assert list(Organisation.objects.filter(language_q("name__icontains", "newydd"))) == [body]
    assert list(Organisation.objects.filter(language_q("name__icontains", "newport"))) == [body]


def test_slugs_are_made_unique_by_a_number():
    BodyFactory(slug_en="same", slug_cy="yr-un")
    body = Organisation(name_en="Same", name_cy="Yr un")
    body.set_slugs("Same", "Yr un")
    assert (body.slug_en, body.slug_cy) == ("same-2", "yr-un-2")


def test_marks_are_read_from_the_row_without_a_query_for_each_text(django_assert_num_queries):
    body = BodyFactory()
    with django_assert_num_queries(1):
        assert str(fresh(body).name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT kernel_mark('reviewed', 'a', 'b', 'c', 'c')")
        assert cursor.fetchone() == ("stale_cy",)
