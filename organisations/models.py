"""Councils and partner bodies."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.bilingual import Bilingual, BilingualModel, SluggedModel, Text, page_language
from wlga_portal.kernel.history import tracked

from .querysets import OrganisationQuerySet


class Kind(models.TextChoices):
    """What sort of body it is."""

    COUNCIL = "council", _("Council")
    ASSOCIATION = "association", _("Association of councils")
    GOVERNMENT = "government", _("Government body")
    PUBLIC_BODY = "public_body", _("Public body")
    NETWORK = "network", _("Professional network")
    SHARED_SERVICE = "shared_service", _("Shared service of councils")
    POLICE = "police", _("Police force")
    HEALTH = "health", _("Health board")
    PARTNERSHIP = "partnership", _("Partnership")


class Partnership(models.TextChoices):
    """How the facts name a body as a partner of the programme itself."""

    STATED = "stated", _("Partner of the programme")
    INFERRED = "inferred", _("Works with the programme: public knowledge, not stated in the update")
    POSSIBLE = "possible", _("Possible partner of a bid")


class Region(models.TextChoices):
    """The regions of the councils, as the programme groups them."""

    NORTH = "north", _("North Wales")
    MID = "mid", _("Mid Wales")
    SOUTH_WEST = "south-west", _("South West Wales")
    SOUTH_EAST = "south-east", _("South East Wales")


@tracked()
class Organisation(SluggedModel, BilingualModel):
    """A council or a partner body."""

    url_name = "organisations:organisation_page"
    kind = models.CharField(max_length=16, choices=Kind.choices)
    name = Bilingual(label=_("Name"), max_length=120, sort=True)
    full_name = Bilingual(label=_("Full name"), max_length=160, blank=True)
    short_name = Bilingual(label=_("Short name"), max_length=60, blank=True)
    partnership = models.CharField(
        _("Partnership with the programme"), max_length=8, choices=Partnership.choices, blank=True
    )
    in_cy = models.CharField(_("“In” this place, in Welsh"), max_length=80, blank=True)
    gss_code = models.CharField(_("ONS code"), max_length=9, blank=True)
    org_id = models.CharField(_("360Giving identifier"), max_length=20, blank=True)
    region = models.CharField(_("Region"), max_length=10, choices=Region.choices, blank=True)
    tile_column = models.PositiveSmallIntegerField(null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField(null=True, blank=True)
    tile_en = models.CharField(max_length=4, blank=True)
    tile_cy = models.CharField(max_length=4, blank=True)

    # the day on which it ends, who goes on in its place, and when that one took what was open (`succession.py`)
    ends_on = models.DateField(_("Last day"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
        verbose_name=_("Successor"),
    )
    settled_at = models.DateTimeField(null=True, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="organisation_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(
                name="organisation_council_is_whole",
                condition=~Q(kind=Kind.COUNCIL) | (Q(gss_code__startswith="W060000") & ~Q(region="") & ~Q(in_cy="")),
            ),
            models.CheckConstraint(name="organisation_named_in_both", condition=~Q(name_en="") & ~Q(name_cy="")),
            models.UniqueConstraint(
                fields=["gss_code"], condition=~Q(gss_code=""), name="organisation_gss_code_unique"
            ),
            models.UniqueConstraint(fields=["tile_column", "tile_row"], name="organisation_one_on_a_tile"),
            models.CheckConstraint(
                name="organisation_successor_from_a_day", condition=Q(successor=None) | Q(ends_on__isnull=False)
            ),
            models.CheckConstraint(
                name="organisation_succeeded_by_another", condition=Q(successor=None) | ~Q(successor=F("id"))
            ),
            models.CheckConstraint(
                name="organisation_settled_at_its_end", condition=Q(settled_at=None) | Q(ends_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def is_council(self) -> bool:
        return self.kind == Kind.COUNCIL

    @property
    def has_ended(self) -> bool:
        """Its last day is over."""
        return self.ends_on is not None and self.ends_on < timezone.localdate()

    @property
    def official_name(self) -> Text:
        """The full name, where there is one."""
        full: Text = self.full_name
        short: Text = self.name
        return full or short

    @property
    def in_place(self) -> str:
        """ "in Cardiff", "yng Nghaerdydd": where something happens; a body is not a place, so ''."""
        if page_language() == "cy":
            return self.in_cy
        name = str(self.name.en)
        article = "the " if name.startswith(("Isle ", "Vale ")) else ""
        return f"in {article}{name}" if self.is_council else ""

    @property
    def tile_label(self) -> str:
        """The few letters that stand on its tile of the map."""
        return str(getattr(self, f"tile_{page_language()}"))


@tracked()
class MailDomain(models.Model):
    """A domain of a council's mail: whoever has an address in it may register as an officer of that council."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="mail_domains")
    domain = models.CharField(max_length=120, unique=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="mail_domain_is_a_lower_case_domain", condition=Q(domain__regex=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")
            )
        ]

    def __str__(self) -> str:
        return self.domain
