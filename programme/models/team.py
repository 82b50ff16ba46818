"""The digital team and its posts, as they stood on a day."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.bilingual import Bilingual, BilingualModel
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel
from wlga_portal.kernel.wording import day


class TeamStatementQuerySet(models.QuerySet["TeamStatement"]):
    """Statements about the team."""

    def visible_to(self, _user: Any) -> "TeamStatementQuerySet":
        """Everybody reads them; the demonstration's in demonstration mode alone."""
        return self.all() if settings.DEMO else self.filter(is_demo=False)

    def listed(self) -> "TeamStatementQuerySet":
        """The newest first, the demonstration's after the real ones; no query more for what they name."""
        return self.select_related("sits_within").order_by("is_demo", "-dated")

    def newest(self) -> "TeamStatement | None":
        """What was last known."""
        return self.select_related("sits_within").order_by("-dated", "-pk").first()


@tracked()
class TeamStatement(VersionedModel, BilingualModel):
    """What is known of the team on `dated`, from a source or from those who write it. Empty: not published.

    `post` is the post that the statement is about; `recruited_month` is `2020-10`.
    """

    dated = models.DateField(_("Date"))
    source = Bilingual(label=_("Source"), max_length=200)
    team_size = models.PositiveSmallIntegerField(_("People in the team"), null=True, blank=True)
    team_note = Bilingual(label=_("Note on the team"), max_length=200, blank=True)
    post = Bilingual(label=_("Post"), max_length=200, blank=True)
    recruited_month = models.CharField(_("Month of recruitment"), max_length=7, blank=True)
    set_up_as = Bilingual(label=_("Set up as"), max_length=200, blank=True)
    sits_within = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_by = Bilingual(label=_("Confirmed as permanent by"), max_length=200, blank=True)
    permanent_from = models.DateField(_("Permanent from"), null=True, blank=True)
    funding_before = Bilingual(label=_("Paid for before by"), max_length=200, blank=True)
    funding_after = Bilingual(label=_("Paid for now by"), max_length=200, blank=True)
    note = Bilingual(label=_("Changes in posts"), blank=True)
    open_work = Bilingual(label=_("Working in the open"), blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = TeamStatementQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[Any]] = ["-dated", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["dated", "is_demo"], name="team_statement_once_a_day"),
            models.CheckConstraint(name="team_statement_sourced", condition=~Q(source_en="") & ~Q(source_cy="")),
            models.CheckConstraint(
                name="team_statement_month_is_one",
                condition=Q(recruited_month="") | Q(recruited_month__regex=r"^\d{4}-(0[1-9]|1[0-2])$"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {day(self.dated)}"

    def get_absolute_url(self) -> str:
        """Its place on the page of all of them."""
        return f"{reverse('programme:team_page')}#{self.anchor}"

    @property
    def anchor(self) -> str:
        return f"statement-{self.pk}"
