"""How organisations are read."""

from typing import TYPE_CHECKING

from django.db import models

from wlga_portal.kernel.bilingual import sort_column

if TYPE_CHECKING:
    from .models import Organisation


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations are public."""

    def councils(self) -> "OrganisationQuerySet":
        return self.filter(kind="council")

    def bodies(self) -> "OrganisationQuerySet":
        """Those that are not councils."""
        return self.exclude(kind="council")

    def by_name(self) -> "OrganisationQuerySet":
        """In the order of the page's alphabet."""
        return self.order_by(sort_column("name"))
