"""Who commits a share of money, and who signs for a body that is not a council."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from fund.models import Commitment, Partner, Signatory
from fund.models.commitments import Authority, Post
from wlga_portal.kernel.forms import PortalForm, PortalModelForm

COUNCIL_POSTS = (Post.SECTION_151, Post.DELEGATE)
COUNCIL_AUTHORITIES = (Authority.DELEGATION, Authority.CABINET)


class CommitmentForm(PortalModelForm):
    """Approver, post, date, authority, reference."""

    post = forms.ChoiceField(label=pgettext_lazy("of a person", "Post"), choices=Post.choices, widget=forms.RadioSelect)
    authority = forms.ChoiceField(label=_("Authority"), choices=Authority.choices, widget=forms.RadioSelect)

    class Meta:
        model = Commitment
        fields = ("approver", "post", "decided_on", "authority", "reference")

    def __init__(self, *args: Any, partner: Partner, **options: Any) -> None:
        super().__init__(*args, **options)
        council = partner.organisation.is_council
        posts = COUNCIL_POSTS if council else (Post.SIGNATORY,)
        authorities = COUNCIL_AUTHORITIES if council else (Authority.DELEGATION, Authority.BOARD)
        for name, values in (("post", posts), ("authority", authorities)):
            choices = [(one.value, one.label) for one in values]
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean_decided_on(self) -> Any:
        day = self.cleaned_data["decided_on"]
        if day and day > timezone.localdate():
            raise ValidationError(gettext("The date of the approval cannot be in the future."))
        return day


class SignatoryForm(PortalModelForm):
    """Whom the link goes to, and in which language."""

    language = forms.ChoiceField(
        label=_("Language of the message"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )

    class Meta:
        model = Signatory
        fields = ("name", "email", "language")


class SignForm(PortalForm):
    """What a signatory says: the event, and why where they want to say it."""

    event = forms.ChoiceField(choices=[("sign", ""), ("refuse_by_link", "")])
    why = forms.CharField(label=_("Reason or comment"), required=False, max_length=1000, widget=forms.Textarea)
