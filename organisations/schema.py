"""A council or body as schema.org says it, on its page."""

from wlga_portal.kernel.microdata import Item, address_of

from .models import Organisation

TYPES = {"council": "GovernmentOrganization", "government": "GovernmentOrganization"}


def item_of(organisation: Organisation) -> Item:
    """Its names in both languages, its page, and the codes by which others know it."""
    values = {
        "name": organisation.official_name,
        "alternateName": organisation.official_name.cy,
        "url": address_of(organisation),
        "identifier": organisation.gss_code or organisation.org_id,
    }
    served = {"areaServed": Item("AdministrativeArea", {"name": organisation.name})} if organisation.is_council else {}
    return Item(TYPES.get(organisation.kind, "Organization"), values, served)
