"""What people type into the pages of accounts."""

import re
from datetime import timedelta
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from wlga_portal.kernel.forms import CodeField, DayField, PortalForm, PortalModelForm

from .models import DIGITS, Membership, User
from .roles import Role
from .rules import roles_to_give

# each language by its own name, and marked as it
LANGUAGES = [
    (code, format_html('<span lang="{}">{}</span>', code, name))
    for code, name in (("cy", "Cymraeg"), ("en", "English"))
]


class AddressField(forms.EmailField):
    """An e-mail address, kept in lower case."""

    widget = forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"})
    default_error_messages = {"invalid": _("Enter an e-mail address in full, like name@council.gov.uk.")}
    default_validators = []

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=254, **options)
        self.error_messages["max_length"] = self.error_messages["invalid"]

    def clean(self, value: Any) -> str:
        address = str(super().clean(value)).strip().lower()
        try:
            validate_email(address)
        except forms.ValidationError as error:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid") from error
        return address


class SignInForm(PortalForm):
    """The address that the code goes to."""

    email = AddressField(label=_("E-mail address"), help_text=_("If you work for a council, use your work address."))


class CodeForm(PortalForm):
    """The code from the mail."""

    code = CodeField(
        label=_("Code"),
        help_text=_("8 digits. Spaces do not matter: you can paste it."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "class": "portal-code-field",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": _("Enter the code from the mail.")},
    )

    def clean_code(self) -> str:
        """The digits, whatever stands between them. Raises ValidationError for what cannot be a code."""
        typed = digits(self.cleaned_data["code"])
        if not (typed.isascii() and typed.isdigit() and len(typed) == DIGITS):
            raise forms.ValidationError(_("The code has 8 digits. Look at the mail again."), "not_a_code")
        return typed


class ProfileForm(PortalModelForm):
    """Name and language."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("As others know you. It stands beside what you write here."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("For mail, and for the pages after you sign in. You can switch each page at any time."),
        choices=LANGUAGES,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = User
        fields = ("name", "language")


class AddressForm(PortalForm):
    """Another address for signing in."""

    email = AddressField(label=_("New address"))

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user

    def clean_email(self) -> str:
        if self.cleaned_data["email"] == self.user.email:
            raise forms.ValidationError(_("This is the address that you have now."), "same")
        return str(self.cleaned_data["email"])


class DatesForm(PortalForm):
    """From a day to a day, both included."""

    starts = DayField(label=_("First day"))
    ends = DayField(label=_("Last day"), required=False, help_text=_("Leave this empty if no end is known."))

    def clean(self) -> dict[str, Any]:
        known = super().clean() or {}
        if known.get("starts") and known.get("ends") and known["ends"] < known["starts"]:
            self.add_error("ends", gettext("The last day comes before the first."))
        if known.get("ends") and known["ends"] < timezone.localdate():
            self.add_error("ends", gettext("The last day is over already."))
        return known


class Hinted(str):
    """A label with a hint."""

    hint: str

    def __new__(cls, role: Role) -> "Hinted":
        label = super().__new__(cls, str(role.label))
        label.hint = str(role.sentence)
        return label


class MembershipForm(DatesForm):
    """A role for a person."""

    email = AddressField(
        label=_("E-mail address of the person"), help_text=_("If there is no account with it, one is made.")
    )
    name = forms.CharField(
        label=_("Name"), max_length=120, required=False, help_text=_("Only for a new account."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    field_order = ("email", "name", "role", "starts", "ends")

    def __init__(self, *args: Any, user: Any, organisation: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"].widget.attrs["autocomplete"] = "off"
        role: Any = self.fields["role"]
        role.choices = [(one.value, Hinted(one)) for one in roles_to_give(user, organisation)]


class PersonField(forms.ModelChoiceField):
    """One person of an organisation, by name and address."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.email})" if obj.name else str(obj.email)


class DeputyForm(DatesForm):
    """Who stands in for a role, and when."""

    user = PersonField(label=_("Deputy"), queryset=User.objects.none())
    ends = DayField(label=_("Last day"))
    field_order = ("user", "starts", "ends")

    def __init__(self, *args: Any, principal: Membership, **options: Any) -> None:
        super().__init__(*args, **options)
        here = Membership.objects.not_ended().filter(organisation=principal.organisation_id)
        people = User.objects.filter(is_active=True, pk__in=here.values("user")).exclude(pk=principal.user_id)
        user: Any = self.fields["user"]
        user.queryset = people.order_by("name", "email")


class EndForm(PortalForm):
    """The last day of a role."""

    ends = DayField(label=_("Last day"), help_text=_("The role holds on this day, and not on the next."))

    def __init__(self, *args: Any, membership: Membership, **options: Any) -> None:
        super().__init__(*args, **options)
        self.membership = membership

    def clean_ends(self) -> Any:
        ends = self.cleaned_data["ends"]
        if ends < timezone.localdate():
            raise forms.ValidationError(_("The last day is over already."), "over")
        if self.membership.ends and ends > self.membership.ends:
            raise forms.ValidationError(_("The role ends before that day already."), "longer")
        return ends


class ReasonForm(PortalForm):
    """Why an account is closed."""

    why = forms.CharField(label=_("Reason"), max_length=200, help_text=_("It stands in the history of each role."))


class ViewingForm(PortalForm):
    """Why an administrator looks."""

    why = forms.CharField(label=_("Reason"), max_length=200, help_text=_("The person is told, and it is kept."))


class ConsentForm(PortalForm):
    """For how long administrators may see the portal as this person sees it."""

    lasts = forms.TypedChoiceField(
        label=pgettext_lazy("of a consent", "For how long"),
        choices=[("1", _("One hour")), ("8", _("Eight hours")), ("72", _("Three days")), ("168", _("Seven days"))],
        coerce=lambda hours: timedelta(hours=int(hours)),
        widget=forms.RadioSelect,
    )


class DomainForm(PortalForm):
    """A mail domain of a council."""

    domain = forms.CharField(
        label=_("Mail domain"),
        max_length=120,
        help_text=_("What stands after the @ in the addresses of this council."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
    )

    def clean_domain(self) -> str:
        domain = self.cleaned_data["domain"].lower().removeprefix("@")
        if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", domain):
            raise forms.ValidationError(_("Enter what stands after the @, for example council.gov.uk."), "invalid")
        return str(domain)


def digits(typed: str) -> str:
    """What was typed or pasted, without what stands between the digits."""
    return re.sub(r"[\s\u00ad\u200b\u2060.\-‐-―]", "", typed)


class AppForm(PortalForm):
    """The code that an app shows now."""

    code = CodeField(
        label=_("Code from the app"),
        error_messages={"required": _("Enter the code that the app shows.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "portal-code-field"}
        ),
    )

    def clean_code(self) -> str:
        return digits(self.cleaned_data["code"])


class StepForm(AppForm):
    """The same at signing in, where a recovery code does as well."""

    code = CodeField(
        label=_("Code from your app, or a recovery code"),
        error_messages={"required": _("Enter a code.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "portal-code-field"}
        ),
    )


class PasskeyForm(PortalForm):
    """What the person calls the passkey."""

    name = forms.CharField(
        label=_("Name of the passkey"), max_length=60, help_text=_("So that you know later which one it is.")
    )
