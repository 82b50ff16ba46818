"""How organisations are read."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.utils import timezone

from wlga_portal.kernel.bilingual import sort_column

if TYPE_CHECKING:
    from .models import Organisation

SEARCHED = (
    "name_en", "name_cy", "full_name_en", "full_name_cy", "short_name_en", "short_name_cy", "in_cy",
    "gss_code", "org_id",
)  # fmt: skip


def plain(value: Any) -> Func:
    """A text without accents and in lower case, as the database makes it."""
    return Func(value, function="kernel_plain", output_field=models.TextField())


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations are public."""

    def visible_to(self, user: Any) -> "OrganisationQuerySet":
        return self

    def councils(self) -> "OrganisationQuerySet":
        return self.filter(kind="council")

    def bodies(self) -> "OrganisationQuerySet":
        """Those that are not councils."""
        return self.exclude(kind="council")

    def current(self) -> "OrganisationQuerySet":
        """Those that have not ended."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()))

    def choosable(self, *chosen: int | None) -> "OrganisationQuerySet":
        """For something new: those that have not ended, and those that the row in hand names already."""
        held = [pk for pk in chosen if pk]
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()) | Q(pk__in=held))

    def with_predecessors(self) -> "OrganisationQuerySet":
        """`goes_on`: whether it is the successor of any."""
        return self.annotate(goes_on=Exists(self.model._default_manager.filter(successor=OuterRef("pk"))))

    def by_name(self) -> "OrganisationQuerySet":
        """In the order of the page's alphabet."""
        return self.order_by(sort_column("name"))

    def matching(self, words: str) -> "OrganisationQuerySet":
        """Those whose names, in either language, or whose codes hold these words; accents do not matter."""
        texts: list[Any] = [part for name in SEARCHED for part in (F(name), Value(" "))]
        found = self.alias(searched=plain(Concat(*texts, output_field=models.TextField())))
        for word in words.split():
            found = found.filter(searched__contains=plain(Value(word)))
        return found
