"""The open data as schema.org says them: a catalogue of data sets, each with its files and its licence."""

from django.conf import settings
from django.urls import reverse

from wlga_portal.kernel.microdata import Item

from .opendata.catalogue import SETS
from .opendata.sets import LICENCE, DataSet

FORMS = {"csv": "text/csv", "json": "application/json"}


def publisher() -> Item:
    return Item("Organization", {"name": "Welsh Local Government Association", "url": "https://www.wlga.wales/"})


def set_item(data: DataSet) -> Item:
    values = {
        "name": data.title,
        "description": data.about,
        "url": settings.BASE_URL + reverse("programme:data_set", kwargs={"name": data.name}),
        "license": LICENCE,
        "inLanguage": "cy, en",
        "isAccessibleForFree": "true",
    }
    files = [
        Item(
            "DataDownload",
            {
                "encodingFormat": kind,
                "contentUrl": settings.BASE_URL + reverse(f"programme:data_{form}", kwargs={"name": data.name}),
            },
        )
        for form, kind in FORMS.items()
    ]
    return Item("Dataset", values, {"distribution": files, "creator": publisher()})


def catalogue_item(name: str) -> Item:
    values = {"name": name, "url": settings.BASE_URL + reverse("programme:data_page"), "license": LICENCE}
    return Item("DataCatalog", values, {"publisher": publisher(), "dataset": [set_item(one) for one in SETS.values()]})


def front_item(name: str) -> Item:
    """The portal itself."""
    values = {"name": name, "url": settings.BASE_URL + reverse("programme:front"), "inLanguage": "cy, en"}
    return Item("WebSite", values, {"publisher": publisher()})
