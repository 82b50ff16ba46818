"""What the database refuses of organisations, and their loading."""

import pytest
from django.db import IntegrityError, transaction

from organisations.loading import load
from organisations.models import MailDomain, Organisation
from tests.factories.people import BodyFactory, CouncilFactory, MailDomainFactory
from wlga_portal.kernel.history import history_of

pytestmark = pytest.mark.django_db


def refused(name: str, write) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        write()


def test_an_organisation_is_of_a_kind_that_the_portal_knows():
    refused("organisation_kind_known", lambda: BodyFactory(kind="club"))


@pytest.mark.parametrize("lacking", [{"gss_code": ""}, {"gss_code": "E06000001"}, {"region": ""}, {"in_cy": ""}])
def test_a_council_has_its_code_region_and_place(lacking):
    refused("organisation_council_is_whole", lambda: CouncilFactory(**lacking))


@pytest.mark.parametrize("language", ["en", "cy"])
def test_an_organisation_is_named_in_both_languages(language):
    refused("organisation_named_in_both", lambda: BodyFactory(**{f"name_{language}": ""}))


def test_a_code_belongs_to_one_council():
    CouncilFactory(gss_code="W06000001")
    refused("organisation_gss_code_unique", lambda: CouncilFactory(gss_code="W06000001"))


def test_bodies_without_a_code_do_not_collide():
    assert BodyFactory().pk != BodyFactory().pk


def test_one_council_stands_on_a_tile():
    CouncilFactory(tile_column=1, tile_row=1)
    refused("organisation_one_on_a_tile", lambda: CouncilFactory(tile_column=1, tile_row=1))


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_slug_leads_to_one_organisation(language):
    CouncilFactory(**{f"slug_{language}": "same"})
    refused(f"slug_{language}", lambda: CouncilFactory(**{f"slug_{language}": "same"}))


def test_a_mail_domain_is_listed_once_and_in_lower_case():
    listed = MailDomainFactory(domain="council.example.org")
    assert str(listed) == "council.example.org"
    refused("domain", lambda: MailDomainFactory(domain="council.example.org"))
    for wrong in ("Council.example.org", "example", "a b.uk", "@x.uk", ""):
        refused("mail_domain_is_a_lower_case_domain", lambda wrong=wrong: MailDomainFactory(domain=wrong))


def test_an_organisation_without_people_or_past_takes_its_domains_with_it():
    listed = MailDomainFactory()
    listed.organisation.delete()
    assert MailDomain.objects.count() == 0


COUNCIL = {
    "gss": "W06000001", "slug_en": "isle-of-anglesey", "slug_cy": "ynys-mon", "name_en": "Isle of Anglesey",
    "name_cy": "Ynys Môn", "in_cy": "ar Ynys Môn", "council_en": "Isle of Anglesey County Council",
    "council_cy": "Cyngor Sir Ynys Môn", "region": "north", "org_id": "GB-PLA-AGY",
}  # fmt: skip
FACTS = {
    "councils": [COUNCIL],
    "organisations": {
        "organisations": [
            {
                "slug_en": "wlga", "slug_cy": "clllc", "kind": "association", "programme_partner": None,
                "name": {"en": "Welsh Local Government Association", "cy": "Cymdeithas Llywodraeth Leol Cymru"},
                "short_name": {"en": "WLGA", "cy": "CLlLC"},
            }
        ]
    },
    "tilemap": {
        "tiles": [{"council": "isle-of-anglesey", "column": 1, "row": 1, "label": {"en": "AGY", "cy": "MÔN"}}]
    },
}  # fmt: skip


def test_loading_makes_councils_with_tiles_and_bodies():
    load(FACTS)
    council, body = Organisation.objects.order_by("kind", "pk").reverse()
    assert (str(council), council.tile_label, council.is_council) == ("Isle of Anglesey", "AGY", True)
    assert (str(body.short_name), body.partnership, body.is_council) == ("WLGA", "", False)


def test_loading_again_writes_nothing_and_a_changed_fact_is_brought_in():
    load(FACTS)
    load(FACTS)
    council = Organisation.objects.get(slug_en="isle-of-anglesey")
    assert [change.kind for change in history_of(council)] == ["insert"]
    load({**FACTS, "councils": [{**COUNCIL, "council_en": "Anglesey"}]})
    assert [change.kind for change in history_of(council)] == ["update", "insert"]


@pytest.mark.usefixtures("loaded")
def test_the_facts_hold_the_22_councils_of_wales():
    councils = Organisation.objects.councils()
    assert councils.count() == 22
    assert councils.values("tile_column", "tile_row").distinct().count() == 22
    assert sorted(councils.values_list("gss_code", flat=True)) == [
        f"W060000{number:02}" for number in range(1, 25) if number not in {7, 17}
    ]
