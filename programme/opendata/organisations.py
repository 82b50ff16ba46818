"""The councils of Wales and the bodies that work with them."""

from django.utils.translation import gettext_lazy as _

from organisations.models import Kind, Organisation
from organisations.querysets import OrganisationQuerySet

from . import columns as make
from .sets import NOBODY, DataSet

AREA = _("Councils and partners")
ID = make.one(
    "id",
    _("Name in addresses"),
    "text",
    lambda row: row.slug_en,
    _("The word by which other data sets and the API name it."),
)
NAMES = make.of(Organisation, "name", "full_name", "short_name")
EXAMPLE = {
    "id": "torfaen",
    "name": ("Torfaen", "Torfaen"),
    "full_name": ("Torfaen County Borough Council", "Cyngor Bwrdeistref Sirol Torfaen"),
    "short_name": None,
    "gss_code": "W06000020",
    "region": "south-east",
    "org_id": "GB-PLA-TOF",
}


def real(found: OrganisationQuerySet, demonstration: bool) -> OrganisationQuerySet:
    """Organisations are nobody's invention: the demonstration has none."""
    return (found.none() if demonstration else found).order_by("name_key_en", "pk")


def councils(demonstration: bool) -> OrganisationQuerySet:
    return real(Organisation.objects.visible_to(NOBODY).councils(), demonstration)


def bodies(demonstration: bool) -> OrganisationQuerySet:
    return real(Organisation.objects.visible_to(NOBODY).bodies(), demonstration)


SETS = (
    DataSet(
        "councils",
        "Council",
        AREA,
        _("Councils"),
        _("The councils of Wales, with the codes by which other data know them."),
        (*ID, *NAMES, *make.of(Organisation, "gss_code", "region", "org_id"), *make.addresses(make.page_of)),
        councils,
        only={"region": "region"},
        example=EXAMPLE,
    ),
    DataSet(
        "bodies",
        "Body",
        AREA,
        _("Partner bodies"),
        _("Bodies that are not councils: associations, government, networks, shared services."),
        (
            *ID,
            *NAMES,
            *make.one("kind", _("Kind"), "choice", lambda row: row.kind, labels=dict(Kind.choices)),
            *make.of(Organisation, "partnership"),
            *make.addresses(make.page_of),
        ),
        bodies,
        only={"kind": "kind"},
        example={
            "id": "solace-wales",
            "name": ("SOLACE Wales", "SOLACE Cymru"),
            "kind": "network",
        },
    ),
)
