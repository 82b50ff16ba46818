"""Who commits a partner's share of money, and by what authority."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fund.querysets.writing import SignatoryQuerySet
from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.history import tracked

from .partners import Partner


@tracked(exclude=("name", "email", "sha256"))
class Signatory(models.Model):
    """A person without an account who signs for a partner that is not a council, by a link that was mailed to them.

    The link's token is kept as its SHA-256 alone. It holds until `expires_at`, or until it is taken back.
    """

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="signatories")
    name = models.CharField(_("Name"), max_length=120)
    email = models.EmailField(_("E-mail address"))
    language = models.CharField(_("Language of the message"), max_length=2, choices=settings.LANGUAGES)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    invited_at = models.DateTimeField(auto_now_add=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = SignatoryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="signatory_has_a_token", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
            models.UniqueConstraint(name="signatory_one_at_a_time", fields=["partner"], condition=Q(revoked_at=None)),
        ]

    def __str__(self) -> str:
        return self.name


class Post(models.TextChoices):
    """In what post the approver commits the money."""

    SECTION_151 = "section_151", _("Section 151 officer")
    DELEGATE = "delegate", _("Delegate of the section 151 officer")
    SIGNATORY = "signatory", _("Authorised signatory of a body that is not a council")


class Authority(models.TextChoices):
    """By what the approver may commit it."""

    DELEGATION = "delegation", _("Delegated power")
    CABINET = "cabinet", _("Decision of the cabinet")
    BOARD = "board", _("Decision of the body’s own board")


@tracked(exclude=("approver",))
class Commitment(models.Model):
    """A partner's word for its share of money: of the role and the share as they were, by whom and by what authority.

    A later change of either voids it: `voided_at` and why. One holds at a time.
    """

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="commitments")
    role = models.CharField(_("Role in the bid"), max_length=200, editable=False)
    share_pence = models.BigIntegerField(_("Share of the cost"), editable=False)
    approver = models.CharField(_("Name of the approver"), max_length=120)
    post = models.CharField(pgettext_lazy("of a person", "Post"), max_length=12, choices=Post.choices)
    decided_on = models.DateField(_("Date of the approval"))
    authority = models.CharField(_("Authority"), max_length=12, choices=Authority.choices)
    reference = models.CharField(_("Reference of the delegation or decision"), max_length=120)
    recorded_at = models.DateTimeField(editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    signatory = models.ForeignKey(Signatory, null=True, editable=False, on_delete=models.RESTRICT, related_name="+")
    voided_at = models.DateTimeField(null=True, editable=False)
    voided_why_en = models.CharField(max_length=200, blank=True, editable=False)
    voided_why_cy = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="commitment_of_money", condition=Q(share_pence__gt=0)),
            models.CheckConstraint(
                name="commitment_names_approver_and_reference", condition=~Q(approver="") & ~Q(reference="")
            ),
            models.CheckConstraint(name="commitment_post_known", condition=Q(post__in=Post.values)),
            models.CheckConstraint(name="commitment_authority_known", condition=Q(authority__in=Authority.values)),
            models.CheckConstraint(
                name="commitment_recorded_by_one",
                condition=Q(recorded_by__isnull=False, signatory=None) | Q(recorded_by=None, signatory__isnull=False),
            ),
            models.CheckConstraint(
                name="commitment_void_says_why",
                condition=Q(voided_at=None, voided_why_en="", voided_why_cy="")
                | (Q(voided_at__isnull=False) & ~Q(voided_why_en="") & ~Q(voided_why_cy="")),
            ),
            models.UniqueConstraint(name="commitment_one_at_a_time", fields=["partner"], condition=Q(voided_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id}: {self.reference}"

    def get_absolute_url(self) -> str:
        parts = {"slug": self.partner.bid.slug, "pk": self.partner_id}
        return reverse("fund:commitment_page", kwargs=parts)

    @property
    def voided_why(self) -> Text:
        return Text(self.voided_why_en, self.voided_why_cy)
