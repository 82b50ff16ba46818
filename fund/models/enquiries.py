"""Questions to the fund manager, and their answers to all councils."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.querysets.enquiries import EnquiryQuerySet
from fund.states import ENQUIRY, EnquiryStatus
from organisations.models import Organisation
from wlga_portal.kernel.bilingual import Bilingual, BilingualModel, published_in_both
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel
from wlga_portal.kernel.workflow import WorkflowModel

from .bids import LANGUAGES
from .rounds import Round


@tracked()
class Enquiry(WorkflowModel, VersionedModel, BilingualModel):
    """What somebody asked about a round. `asked` is theirs, word for word; `question` and `answer` are what all
    councils read, in both languages, without the name of who asked."""

    workflow = ENQUIRY
    status = ENQUIRY.field()
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="enquiries")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked = models.TextField(_("Your question"))
    language = models.CharField(max_length=2, choices=LANGUAGES)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    question = Bilingual(label=_("Question"), blank=True)
    answer = Bilingual(label=_("Answer"), blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["asked_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            ENQUIRY.constraint("enquiry_status_known"),
            models.CheckConstraint(name="enquiry_asks_something", condition=~Q(asked="")),
            published_in_both("question", "answer", when=Q(status=EnquiryStatus.ANSWERED), name="enquiry_in_both"),
            models.CheckConstraint(
                name="enquiry_answered_when", condition=~Q(status=EnquiryStatus.ANSWERED) | Q(answered_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.question) or self.asked

    def get_absolute_url(self) -> str:
        return reverse("fund:enquiry_edit", kwargs={"slug": self.round.slug, "pk": self.pk})

    @property
    def status_colour(self) -> str:
        return {EnquiryStatus.ASKED: "yellow", EnquiryStatus.ANSWERED: "green", EnquiryStatus.SET_ASIDE: "grey"}[
            EnquiryStatus(self.status)
        ]
