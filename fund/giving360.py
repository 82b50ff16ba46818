"""Awards as data after the standard of 360Giving (schema 1.4): https://standard.threesixtygiving.org/

The ten core fields: identifier, title, description, currency, amount awarded, award date, and identifier and name of
the recipient and of the funder. A council's identifier is of the register of local authorities (GB-PLA). An award whose
shares go to several councils is several grants, one for each recipient, each with the others as related activities.
"""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import override

from organisations.models import Organisation
from wlga_portal.kernel.models import StatusChange

from .models import Award, AwardShare

VERSION = "1.4"
PREFIX = "360G-wlga"
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
TITLE_LENGTH = 140
FUNDER = {"id": "360G-wlga", "name": "Welsh Local Government Association"}


def package(awards: QuerySet[Award], *, address: str) -> dict[str, Any]:
    """The whole file. `address` is the portal's own, before each path. Five queries at any size."""
    rows = with_data(awards)
    changed = changes_of(rows)
    grants = [grant for award in rows for grant in grants_of(award, address, changed.get(award.pk))]
    return {
        "version": VERSION,
        "title": "Digital Transformation Fund: awards",
        "license": LICENCE,
        "publisher": {"name": FUNDER["name"]},
        "issued": f"{timezone.localdate():%Y-%m-%d}",
        "grants": grants,
    }


def with_data(awards: QuerySet[Award]) -> list[Award]:
    rows = awards.select_related("bid__round__fund", "bid__topic", "bid__lead", "decision")
    return list(rows.prefetch_related("shares__organisation", "variations").order_by("awarded_on", "pk"))


def changes_of(awards: list[Award]) -> dict[int, datetime]:
    """When a change of an award was last agreed to."""
    of_award = {one.pk: award.pk for award in awards for one in award.variations.all()}
    agreed = StatusChange.objects.filter(workflow="variation", event="agree", object_id__in=of_award).order_by("at")
    return {of_award[pk]: at for pk, at in agreed.values_list("object_id", "at")}


def grants_of(award: Award, address: str, changed: datetime | None) -> list[dict[str, Any]]:
    """A grant for each organisation that gets money."""
    shares = [share for share in award.shares.all() if share.amount_pence]
    ids = {share.pk: f"{PREFIX}-{award.bid.reference}-{place}" for place, share in enumerate(shares, 1)}
    return [
        {
            **grant_of(award, share, ids[share.pk], address),
            "dateModified": timezone.localtime(changed or award.accepted_at).isoformat(),
            **related([other for key, other in ids.items() if key != share.pk]),
        }
        for share in shares
    ]


def related(others: list[str]) -> dict[str, Any]:
    return {"relatedActivity": others} if others else {}


def grant_of(award: Award, share: AwardShare, identifier: str, address: str) -> dict[str, Any]:
    bid = award.bid
    dates: dict[str, Any] = {"startDate": f"{award.awarded_on:%Y-%m-%d}"}
    if award.ends_on:
        dates["endDate"] = f"{award.ends_on:%Y-%m-%d}"
    return {
        "id": identifier,
        "title": bid.title[:TITLE_LENGTH],
        "description": describe(award),
        "currency": "GBP",
        "amountAwarded": share.amount_pence / 100,
        "awardDate": f"{award.awarded_on:%Y-%m-%d}",
        "recipientOrganization": [organisation_of(share.organisation)],
        "fundingOrganization": [FUNDER],
        "beneficiaryLocation": location_of(share.organisation),
        "grantProgramme": [{"code": bid.round.slug_en, "title": text(bid.round, "name")}],
        "classifications": [{"vocabulary": "Topic", "code": bid.topic.slug_en, "title": text(bid.topic, "name")}],
        "plannedDates": [dates],
        "fromOpenCall": "Yes",
        "url": address + page_of(award),
    }


def page_of(award: Award) -> str:
    with override("en"):
        return award.shown_url


def text(thing: Any, name: str) -> str:
    """The English side, else the Welsh: the standard has one text."""
    return str(getattr(thing, f"{name}_en") or getattr(thing, f"{name}_cy"))


def describe(award: Award) -> str:
    """What it is for, in the words of the portal: the bid's own answers may hold what is confidential."""
    bid = award.bid
    return f"{bid.title}. {text(bid.topic, 'name')}, {text(bid.round, 'name')}."


def organisation_of(body: Organisation) -> dict[str, Any]:
    """A council has that of the register of local authorities (GB-PLA); a body without one has one of ours."""
    return {"id": body.org_id or f"{PREFIX}-org:{body.slug_en}", "name": text(body, "name")}


def location_of(body: Organisation) -> list[dict[str, Any]]:
    """The place that a council serves, by its code of the Office for National Statistics."""
    if not body.gss_code:
        return [{"name": "Wales", "countryCode": "GB", "geoCode": "W92000004", "geoCodeType": "CTRY"}]
    return [{"name": text(body, "name"), "countryCode": "GB", "geoCode": body.gss_code, "geoCodeType": "UA"}]


HEADERS = (
    "Identifier", "Title", "Description", "Currency", "Amount Awarded", "Award Date", "Recipient Org:Identifier",
    "Recipient Org:Name", "Funding Org:Identifier", "Funding Org:Name", "Beneficiary Location:0:Geographic Code",
    "Beneficiary Location:0:Geographic Code Type", "Grant Programme:Title", "From An Open Call?", "Related Activity",
    "Last Modified",
)  # fmt: skip


def rows_of(data: dict[str, Any]) -> list[list[Any]]:
    """The same as a table, with the headings of the standard."""
    rows = [list(HEADERS)]
    for grant in data["grants"]:
        recipient, funder = grant["recipientOrganization"][0], grant["fundingOrganization"][0]
        place = grant["beneficiaryLocation"][0]
        rows.append(
            [
                grant["id"], grant["title"], grant["description"], grant["currency"], grant["amountAwarded"],
                grant["awardDate"], recipient["id"], recipient["name"], funder["id"], funder["name"],
                place["geoCode"], place["geoCodeType"], grant["grantProgramme"][0]["title"], grant["fromOpenCall"],
                "; ".join(grant.get("relatedActivity", [])), grant["dateModified"],
            ]
        )  # fmt: skip
    return rows


CORE = ("id", "title", "description", "currency", "amountAwarded", "awardDate")


def faults(data: dict[str, Any]) -> list[str]:
    """What is wrong by the portal's own reading of the standard: core fields, identifiers once, money above nothing."""
    found, seen = [], set()
    for grant in data["grants"]:
        name = grant.get("id", "?")
        found += [f"{name}: no {field}" for field in CORE if not grant.get(field)]
        for side in ("recipientOrganization", "fundingOrganization"):
            bodies = grant.get(side) or [{}]
            found += [f"{name}: {side} has no {field}" for field in ("id", "name") if not bodies[0].get(field)]
        if name in seen:
            found.append(f"{name}: twice")
        seen.add(name)
    known = {grant["id"] for grant in data["grants"] if "id" in grant}
    for grant in data["grants"]:
        unknown = [other for other in grant.get("relatedActivity", []) if other not in known]
        found += [f"{grant['id']}: {other} is not there" for other in unknown]
    return found
