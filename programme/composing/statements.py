"""What is known of the team: written by the team or the secretariat, each statement with its source and its day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from organisations.models import Organisation
from projects.forms.parts import PartForm
from projects.forms.plans import by_name
from projects.forms.projects import past_day
from projects.models.plans import MONTH
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.bilingual import LANGUAGES, page_language
from wlga_portal.kernel.forms.base import prepare
from wlga_portal.kernel.history import FieldChange, history_of
from wlga_portal.kernel.versions import drop_draft, save_version, shown
from wlga_portal.kernel.workflow import NotAllowed, Refused

from .. import rules
from ..models import TeamStatement

TEXTS = ("team_note", "post", "set_up_as", "confirmed_by", "funding_before", "funding_after", "note", "open_work")
COLUMNS = ("team_size", "recruited_month", "sits_within", "permanent_from")
NEW = "programme.team:new"
WHY = "statement about the team written"


def key_of(statement: TeamStatement) -> str:
    """Under which a person's draft is kept."""
    return NEW if statement.pk is None else f"programme.team:{statement.pk}"


class TeamStatementForm(PartForm):
    """What is known of the team on a day. What is left empty reads "not published", never 0."""

    whole = ("source",)
    paired = TEXTS

    class Meta:
        model = TeamStatement
        fields = (
            "dated", "source_en", "source_cy", "team_size", "team_note_en", "team_note_cy", "post_en", "post_cy",
            "recruited_month", "set_up_as_en", "set_up_as_cy", "sits_within", "confirmed_by_en", "confirmed_by_cy",
            "permanent_from", "funding_before_en", "funding_before_cy", "funding_after_en", "funding_after_cy",
            "note_en", "note_cy", "open_work_en", "open_work_cy",
        )  # fmt: skip
        labels: ClassVar[dict[str, Any]] = {
            "dated": gettext_lazy("True on"),
            "sits_within": gettext_lazy("The post sits within"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "dated": gettext_lazy("The day of which the source speaks. There is one statement for each day."),
            "source_en": gettext_lazy("Where this is said: a paper, a letter, a decision."),
            "source_cy": gettext_lazy("Where this is said: a paper, a letter, a decision."),
            "team_size": gettext_lazy("Left empty where it is not published. That is not nought."),
            "recruited_month": gettext_lazy("Year and month, like 2026-10."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["dated"].validators.append(past_day)
        by_name(self.fields["sits_within"], Organisation.objects.choosable(self.instance.sits_within_id).by_name())
        self.fields["recruited_month"] = forms.RegexField(
            MONTH,
            label=self.fields["recruited_month"].label,
            help_text=self.fields["recruited_month"].help_text,
            required=False,
            error_messages={"invalid": _("Enter a year and a month, like 2026-10.")},
        )
        prepare(self.fields["recruited_month"])
        self.order_fields(self.Meta.fields)

    def clean_dated(self) -> Any:
        day = self.cleaned_data["dated"]
        same = TeamStatement.objects.filter(dated=day, is_demo=self.instance.is_demo).exclude(pk=self.instance.pk)
        if same.exists():
            raise forms.ValidationError(twice())
        return day

    def clean(self) -> dict[str, Any]:
        super().clean()
        said = [self.cleaned_data.get(name) for name in COLUMNS]
        said += [self.cleaned_data.get(f"{name}_{language}") or None for name in TEXTS for language in LANGUAGES]
        if not self.errors and all(one in (None, "") for one in said):
            self.add_error("team_size", _("Say at least one thing of the team or of a post."))
        return self.cleaned_data


def twice() -> str:
    return _("There is a statement of that day already: change that one.")


def begun(*, by: Any) -> TeamStatement:
    """A new statement: what was last known stands in it, without its day and its source.

    One of a demonstration person is the demonstration's.
    """
    last = TeamStatement.objects.filter(is_demo=by.is_demo).newest()
    made = TeamStatement(is_demo=by.is_demo)
    for name in COLUMNS if last else ():
        setattr(made, name, getattr(last, name))
    for name in TEXTS if last else ():
        setattr(made, name, getattr(last, name))
    return made


def statement_save(form: TeamStatementForm, *, by: Any) -> TeamStatement:
    """Save a valid form. Raises Clash, NotAllowed, and Refused where the day has a statement by now."""
    key = key_of(form.instance)
    if not rules.team_write(by):
        raise NotAllowed(_("Only the digital team and the secretariat write what is known of the team."))
    try:
        with audited(by=by, why=WHY), transaction.atomic():
            if form.instance.pk is None:
                statement: TeamStatement = form.save()
            else:
                statement = save_version(form, by=by, why=WHY)
            drop_draft(by, key)
    except IntegrityError as fault:
        if "team_statement_once_a_day" not in str(fault):
            raise
        raise Refused(twice()) from fault
    return statement


@dataclass(frozen=True, slots=True)
class FieldMoved:
    """One field before and after, as a reader sees it; `lang` where it is not in the page's language."""

    label: str
    before: str
    after: str
    lang: str


@dataclass(frozen=True, slots=True)
class StatementChange:
    """One entry of a statement's history. `who` is '' where nobody is named."""

    at: datetime
    who: str
    first: bool
    fields: list[FieldMoved]


def changes_of(statement: TeamStatement) -> Iterator[StatementChange]:
    """What was changed, newest first, and by whom: a constant number of queries."""
    changes = history_of(statement)
    people = dict(User.objects.filter(pk__in={one.by_id for one in changes}).values_list("pk", "name"))
    places = related_names(changes)
    for change in changes:
        moved = [field_moved(field, places) for field in change.fields if not is_kept_by_the_database(field.name)]
        if moved or change.kind == "insert":
            yield StatementChange(change.at, people.get(change.by_id or 0, ""), change.kind == "insert", moved)


def is_kept_by_the_database(name: str) -> bool:
    return name == "version" or name.endswith("_mark")


def related_names(changes: list[Any]) -> dict[int, str]:
    moved = [one for change in changes for one in change.fields if one.name == "sits_within"]
    asked = {pk for one in moved for pk in (one.before, one.after) if pk}
    return {one.pk: str(one.name) for one in Organisation.objects.filter(pk__in=asked)} if asked else {}


def field_moved(field: FieldChange, places: dict[int, str]) -> FieldMoved:
    column: Any = TeamStatement._meta.get_field(field.name)
    side = field.name.rsplit("_", 1)[-1]
    lang = side if side in LANGUAGES and side != page_language() else ""
    if column.is_relation:
        return FieldMoved(_("The post sits within"), places.get(field.before, ""), places.get(field.after, ""), "")
    return FieldMoved(str(column.verbose_name), shown(column, field.before), shown(column, field.after), lang)
