"""Asking that editions be withdrawn."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.forms import PortalModelForm
from wlga_portal.kernel.forms.base import prepare

from ..models import Edition, Paper, Withdrawal
from ..states.withdrawals import WithdrawalStatus
from ..wording import edition_text


class WithdrawalForm(PortalModelForm):
    """Which editions, and what the public reads in their place. All that can still be read are ticked at first."""

    editions = forms.ModelMultipleChoiceField(
        Edition.objects.none(), label=_("Editions"), widget=forms.CheckboxSelectMultiple,
        help_text=_("What is personal in one edition usually stands in the earlier ones too."),
    )  # fmt: skip

    class Meta:
        model = Withdrawal
        fields = ["editions", "reason_en", "reason_cy"]

    def __init__(self, *args: Any, paper: Paper, **options: Any) -> None:
        super().__init__(*args, **options)
        asked = Withdrawal.objects.filter(edition__paper=paper).exclude(status=WithdrawalStatus.DECLINED)
        field: Any = self.fields["editions"]
        field.queryset = paper.editions.standing().exclude(pk__in=asked.values("edition")).order_by("number")
        field.label_from_instance = lambda edition: edition_text(paper, edition)
        self.initial["editions"] = list(field.queryset.values_list("pk", flat=True))
        for language in ("en", "cy"):
            self.fields[f"reason_{language}"].required = True
            prepare(self.fields[f"reason_{language}"])
