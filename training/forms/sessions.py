"""What people fill in: a booking, a colleague, and what the team plans."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from accounts.roles import Role
from organisations.models import Organisation
from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.forms import PortalForm, PortalModelForm

from ..filters import ByTitle
from ..models import Booking, Course, Learner, Session, Stream
from ..rules import LEARNER_ROLES, address_of

NEW = "new"


class BookForm(PortalForm):
    """Book for oneself; asks for the council only of those who belong to several."""

    council = ByTitle(queryset=Organisation.objects.none(), label=_("For which council"), empty_label=None)

    def __init__(self, *args: Any, councils: list[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["council"]
        field.queryset = Organisation.objects.filter(pk__in=[council.pk for council in councils]).by_name()
        if len(councils) == 1:
            field.widget, field.initial = forms.HiddenInput(), councils[0].pk
        else:
            field.widget = forms.RadioSelect(choices=field.choices)


class ColleagueForm(PortalForm):
    """A coordinator names a colleague: one who is known, or a new one by name and address."""

    marks_optional = False
    council = ByTitle(queryset=Organisation.objects.none(), label=_("Council"))
    colleague = forms.ChoiceField(label=_("Colleague"))
    name = forms.CharField(label=_("Name, if it is somebody else"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("E-mail address, if it is somebody else"),
        max_length=254,
        required=False,
        help_text=_("An address of your council. The confirmation goes there."),
    )
    language = forms.ChoiceField(
        label=_("Language of the confirmation, if it is somebody else"),
        choices=[("cy", "Cymraeg"), ("en", "English")],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, session: Session, councils: list[Organisation], **options: Any) -> None:
        options.setdefault("initial", {"language": page_language(), "council": councils[0].pk})
        super().__init__(*args, **options)
        self.session = session
        council: Any = self.fields["council"]
        council.queryset = Organisation.objects.filter(pk__in=[one.pk for one in councils]).by_name()
        if len(councils) == 1:
            council.widget = forms.HiddenInput()
        colleague: Any = self.fields["colleague"]
        colleague.choices = [("", "---------"), *known_people(session, councils), (NEW, _("Somebody else"))]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("colleague") != NEW:
            return data
        for name, sentence in (
            ("name", _("Enter the name of your colleague.")),
            ("email", _("Enter the e-mail address of your colleague.")),
        ):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        if (
            data.get("email")
            and data.get("council")
            and not address_of(data["council"], data["email"], self.session.course)
        ):
            self.add_error("email", _("This is not an address of your council."))
        return data


def known_people(session: Session, councils: list[Organisation]) -> list[tuple[str, str]]:
    """Those of these councils who are not in the session yet: `learner-12` or `user-7`, and their names."""
    ids = [council.pk for council in councils]
    booked = Booking.objects.standing().filter(session=session).values("learner")
    learners = Learner.objects.belonging_to(ids).exclude(pk__in=booked).select_related("user")
    found = [(f"learner-{learner.pk}", str(learner)) for learner in learners]
    members = Membership.objects.current().filter(organisation_id__in=ids, role__in=LEARNER_ROLES)
    users = User.objects.filter(pk__in=members.values("user"), is_active=True, learner=None)
    if not session.course.is_demo:
        users = users.filter(demo_slug=None)
    found += [(f"user-{user.pk}", str(user)) for user in users]
    return sorted(found, key=lambda pair: pair[1].casefold())


class ReasonForm(PortalForm):
    """Why a session is cancelled; everybody who booked reads it."""

    why = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea,
        help_text=_("Everybody who booked reads it, in the language in which you write it."),
    )


class RefusalForm(PortalForm):
    """Why a request is not approved."""

    why = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea,
        help_text=_("The person reads it, in the language in which you write it."),
    )


class CourseForm(PortalModelForm):
    """A course."""

    stream = ByTitle(queryset=Stream.objects.none(), label=_("Stream"))
    provider = ByTitle(queryset=Organisation.objects.none(), label=_("Provider"), required=False)

    class Meta:
        model = Course
        fields = (
            "title_en",
            "title_cy",
            "summary_en",
            "summary_cy",
            "outcomes_en",
            "outcomes_cy",
            "stream",
            "level",
            "length_minutes",
            "audience",
            "provider",
            "cost_pence",
            "approval",
            "counts_from_percent",
        )
        widgets = {"level": forms.RadioSelect, "audience": forms.RadioSelect, "approval": forms.RadioSelect}
        help_texts = {
            "cost_pence": _("What one place costs the council. Write 0 where it is free."),
            "counts_from_percent": _("Who came to a smaller part than this is not counted as trained."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("title_en", "title_cy", "summary_en", "summary_cy"):
            self.fields[name].required = True
        for name in ("level", "audience", "approval"):
            field: Any = self.fields[name]
            field.choices = [choice for choice in field.choices if choice[0]]
        # what an older page does not send stays what it is
        self.fields["approval"].required = self.fields["counts_from_percent"].required = False
        self.fields["stream"].queryset = Stream.objects.by_title()  # type: ignore[attr-defined]  # a ModelChoiceField
        providers = Organisation.objects.choosable(self.instance.provider_id).by_name()
        self.fields["provider"].queryset = providers  # type: ignore[attr-defined]  # likewise
        self.fields["length_minutes"].min_value = 1  # type: ignore[attr-defined]  # a number's

    def clean_approval(self) -> str:
        return self.cleaned_data["approval"] or str(self.instance.approval)

    def clean_counts_from_percent(self) -> int:
        percent: int | None = self.cleaned_data["counts_from_percent"]
        if percent is None:
            return int(self.instance.counts_from_percent)
        if not 1 <= percent <= 100:
            raise ValidationError(_("Enter a number from 1 to 100."))
        return percent

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for language, other in (("en", "cy"), ("cy", "en")):
            if data.get(f"outcomes_{other}") and not data.get(f"outcomes_{language}"):
                self.add_error(f"outcomes_{language}", _("Write this in both languages, or in neither."))
        return data


class Trainers(forms.ModelMultipleChoiceField):
    """Trainers by their names."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class SessionForm(PortalModelForm):
    """A session of a course."""

    trainers = Trainers(
        queryset=User.objects.none(), label=_("Trainers"), widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Session
        fields = (
            "starts_at",
            "ends_at",
            "cut_off_at",
            "mode",
            "place_en",
            "place_cy",
            "joining_url",
            "language",
            "capacity",
            "minimum",
            "kept_until",
        )
        help_texts = {
            "minimum": _("With fewer people it may not take place; the team is told before booking ends."),
            "kept_until": _(
                "Places that are kept for councils are everybody’s from then on. Empty: when booking ends."
            ),
        }
        widgets = {"mode": forms.RadioSelect, "language": forms.RadioSelect}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("mode", "language"):
            field: Any = self.fields[name]
            field.choices = [choice for choice in field.choices if choice[0]]
        self.fields["joining_url"].assume_scheme = "https"  # type: ignore[attr-defined]  # a URLField's
        people = Membership.objects.current().filter(role=Role.TRAINER).values("user")
        trainers: Any = self.fields["trainers"]
        trainers.queryset = User.objects.filter(pk__in=people, is_active=True).order_by("name", "pk")
        if self.instance.pk:
            trainers.initial = list(self.instance.trainers.values_list("pk", flat=True))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        starts, ends, cut_off = (data.get(name) for name in ("starts_at", "ends_at", "cut_off_at"))
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("The session must end after it starts."))
        if starts and cut_off and cut_off > starts:
            self.add_error("cut_off_at", _("Booking must end before the session starts, or with it."))
        kept_until, minimum = data.get("kept_until"), data.get("minimum")
        if kept_until and cut_off and kept_until > cut_off:
            self.add_error("kept_until", _("Places are kept until booking ends at the latest."))
        if minimum is not None and not 1 <= minimum <= (data.get("capacity") or minimum):
            self.add_error("minimum", _("The least number must be from 1 to the number of places."))
        parts = self.instance.several_parts if self.instance.pk else []
        if parts and starts and ends and (parts[0].starts_at < starts or parts[-1].ends_at > ends):
            self.add_error("starts_at", _("A part lies outside these times: change the parts first."))
        if data.get("mode") == "in_person":
            for name in ("place_en", "place_cy"):
                if not data.get(name):
                    self.add_error(name, _("Enter the place in both languages."))
        return data

    def clean_capacity(self) -> int:
        capacity: int = self.cleaned_data["capacity"]
        taken = self.instance.capacity - self.instance.places_left if hasattr(self.instance, "places_left") else 0
        if capacity < max(taken, 1):
            sentence = (
                _("There must be at least %(least)d places: so many are taken.") if taken > 1 else _("Enter 1 or more.")
            )
            raise ValidationError(sentence, params={"least": taken})
        return capacity
