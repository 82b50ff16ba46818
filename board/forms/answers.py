"""What members answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.forms import PortalForm, PortalModelForm, TextArea

from ..models import AgendaItem, Answer, InWriting, Response, Speaks, Substitute, WrittenAnswer
from .fields import ByName


class ResponseForm(PortalModelForm):
    """Whether the holder of a seat comes, who comes for them, and in which language they mean to speak."""

    answer = forms.ChoiceField(label=_("Are you coming?"), choices=Answer.choices, widget=forms.RadioSelect)
    substitute = ByName(
        Substitute.objects.none(),
        label=_("Who comes for you"),
        required=False,
        empty_label=_("Nobody"),
        help_text=_("Only where a substitute comes."),
    )
    speaks = forms.ChoiceField(
        label=_("Language that you mean to speak"), choices=Speaks.choices, required=False, widget=forms.RadioSelect
    )

    class Meta:
        model = Response
        fields = ["answer", "substitute", "speaks", "interpretation"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        seat, meeting = self.instance.seat, self.instance.meeting
        named = seat.substitutes.on(meeting.date).with_people()
        if named.exists():
            field: Any = self.fields["substitute"]
            field.queryset = named
        else:
            del self.fields["substitute"]
            choice: Any = self.fields["answer"]
            choice.choices = [pair for pair in Answer.choices if pair[0] != Answer.SUBSTITUTE]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("answer") == Answer.SUBSTITUTE and not data.get("substitute"):
            self.add_error("substitute", _("Choose who comes for you."))
        if data.get("answer") != Answer.SUBSTITUTE:
            self.instance.substitute = data["substitute"] = None
        return data


class WrittenForm(PortalForm):
    """The answers of one seat to all items of a decision by correspondence."""

    marks_optional = False

    def __init__(self, *args: Any, items: list[AgendaItem], given: dict[int, WrittenAnswer], **options: Any) -> None:
        super().__init__(*args, **options)
        for item in items:
            said = given.get(item.pk)
            self.fields[f"answer-{item.pk}"] = forms.ChoiceField(
                label=str(item.title),
                choices=InWriting.choices,
                widget=forms.RadioSelect,
                initial=said.answer if said else None,
                error_messages={"required": _("Choose an answer to “%(label)s”.") % {"label": item.title}},
            )
            self.fields[f"comment-{item.pk}"] = forms.CharField(
                label=_("What you would add to “%(title)s”") % {"title": item.title},
                widget=TextArea({"rows": "3"}),
                max_length=1000,
                required=False,
                initial=said.comment if said else "",
            )

    def answers(self) -> dict[int, tuple[str, str]]:
        """The answer to each item, by its id, and what was added."""
        said = self.cleaned_data
        return {
            int(name.removeprefix("answer-")): (said[name], said[name.replace("answer", "comment")])
            for name in said
            if name.startswith("answer-")
        }
