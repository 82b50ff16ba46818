"""Workflows: one table of transitions for each, and one way to move through it.

`states.py` of an app declares a `Workflow` (when), its `rules.py` says who may (`WORKFLOW.allow(event=rule)`), and
`advance()` moves an object: one transaction, the row locked, rule and table checked, the status column and an
append-only `StatusChange` row written together.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .audit import audited

Rule = Callable[..., bool]
Label = str | Promise
T = TypeVar("T", bound="WorkflowModel")


def by_the_portal(user: Any, _thing: Any) -> bool:
    """The rule of an event that the clock causes: nobody but the portal itself (`by=None`)."""
    return user is None


@dataclass(frozen=True, slots=True)
class Transition:
    """`event` takes an object from any of `sources` to `target`.

    `label` says what to do ("Send to review"), `done` what was done ("Sent to review"), for the past.
    """

    event: str
    sources: frozenset[str]
    target: str
    label: Label
    done: Label
    why_required: bool = False

    def __init__(
        self,
        event: str,
        sources: Collection[str],
        target: str,
        *,
        label: Label,
        done: Label = "",
        why_required: bool = False,
    ) -> None:
        for name, value in {
            "event": event,
            "sources": frozenset(str(source) for source in sources),
            "target": str(target),
            "label": label,
            "done": done or label,
            "why_required": why_required,
        }.items():
            object.__setattr__(self, name, value)


class Refused(Exception):
    """A move that was not made; its text is a sentence for the reader."""


class NotAllowed(Refused):
    """This person may not do it."""


class WrongState(Refused):
    """It cannot be done in this state."""


class ReasonMissing(Refused):
    """It needs a reason."""


class Workflow:
    """The statuses of one kind of thing and the events that move it."""

    registry: ClassVar[dict[str, "Workflow"]] = {}

    def __init__(self, name: str, statuses: type[models.TextChoices], transitions: Collection[Transition]) -> None:
        self.name, self.statuses = name, statuses
        self.transitions = {transition.event: transition for transition in transitions}
        self.rules: dict[str, Rule] = {}
        self.hooks: dict[str, list[Callable[[Any], None]]] = {}
        if len(self.transitions) != len(transitions):
            raise ValueError(f"workflow {name} names an event twice")
        Workflow.registry[name] = self

    def field(self) -> models.CharField[str, str]:
        """The status column; new things begin in the first status."""
        return models.CharField(
            choices=self.statuses.choices, default=self.statuses.values[0], max_length=20, editable=False, db_index=True
        )

    def constraint(self, name: str) -> models.CheckConstraint:
        """No other status than the table's."""
        return models.CheckConstraint(name=name, condition=models.Q(status__in=self.statuses.values))

    def done(self, event: str) -> str:
        """What was done by an event, for a timeline; one that the table no longer has is named as it is stored."""
        transition = self.transitions.get(event)
        return str(transition.done) if transition else event

    def before(self, event: str) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
        """Register what a higher app asks or writes when `event` moves a row: after the checks, in the transaction.

        It may raise `Refused`; then nothing is written.
        """
        if event not in self.transitions:
            raise ValueError(f"workflow {self.name} has no event {event}")

        def register(hook: Callable[[Any], None]) -> Callable[[Any], None]:
            self.hooks.setdefault(event, []).append(hook)
            return hook

        return register

    def allow(self, **rules: Rule) -> None:
        """Say who may cause each event; called once, in `rules.py`."""
        unknown = rules.keys() - self.transitions.keys()
        if unknown:
            raise ValueError(f"workflow {self.name} has no event {', '.join(sorted(unknown))}")
        self.rules.update(rules)


class WorkflowModel(models.Model):
    """A model with a `status` that only `advance()` changes.

    A subclass sets `workflow` and `status = workflow.field()`.
    """

    workflow: ClassVar[Workflow]
    status: Any

    class Meta:
        abstract = True

    def events_for(self, user: Any) -> list[Transition]:
        """What this person may do with it now, in the order of the table."""
        return [
            transition
            for event, transition in self.workflow.transitions.items()
            if self.status in transition.sources and self.workflow.rules[event](user, self)
        ]

    def can(self, event: str, user: Any) -> bool:
        """Whether this person may cause `event` now."""
        return any(transition.event == event for transition in self.events_for(user))

    def lock(self) -> Self:
        """The row as it is now, locked until the transaction ends."""
        return type(self)._base_manager.select_for_update(of=("self",)).get(pk=self.pk)


def advance(thing: T, event: str, *, by: Any, why: str = "", also: Callable[[T], None] | None = None) -> T:
    """Move `thing` by `event`, for the person `by` (None: the portal). Gives the row as it is after.

    `also(thing)` writes what belongs to the move, in the same transaction, after the checks and before the status; it
    may set other columns of the locked row. Raises NotAllowed, WrongState or ReasonMissing; then nothing is written.
    """
    from .models import StatusChange

    transition, why = thing.workflow.transitions[event], why.strip()
    with audited(by=by, why=why or transition.event):
        row = thing.lock()
        if not thing.workflow.rules[event](by, row):
            raise NotAllowed(_("You may not do this: “%(label)s”.") % {"label": transition.label})
        if row.status not in transition.sources:
            now = row.workflow.statuses(row.status).label
            raise WrongState(
                _("“%(label)s” cannot be done now: the status is “%(now)s”.") % {"label": transition.label, "now": now}
            )
        if transition.why_required and not why:
            raise ReasonMissing(_("“%(label)s” needs a reason.") % {"label": transition.label})
        for hook in row.workflow.hooks.get(event, ()):
            hook(row)
        if also:
            also(row)
        source, row.status = row.status, transition.target
        row.save()
        StatusChange.record(row, transition, source=source, by=by, why=why)
    thing.status = row.status
    return row
