"""The kinds of message that apps send, and the groups in which people choose how they get them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..service_models import Delivery

# (name, content, type), of a file that a mail brings
File = tuple[str, str, str]
Files = Callable[[dict[str, Any]], list[File]]


def no_files(_context: dict[str, Any]) -> list[File]:
    return []


@dataclass(frozen=True)
class Kind:
    """One kind of message. An urgent one goes at once, whatever the person chose; `delivery` holds without a choice.

    `files` makes what the mail brings, when it is sent, in the mail's language, from the message's context.
    """

    name: str
    subject: Any
    template: str
    urgent: bool
    group: str
    delivery: Delivery
    files: Files = no_files


_kinds: dict[str, Kind] = {}
_groups: dict[str, Any] = {}
OTHER = _("Other messages")


def register_group(name: str, label: Any) -> None:
    """Name a group of kinds for the page of choices; a group without a name is among "Other messages"."""
    _groups[name] = label


def register_kind(
    name: str,
    *,
    subject: Any,
    template: str = "",
    urgent: bool = False,
    group: str = "",
    delivery: Delivery = Delivery.NOW,
    files: Files = no_files,
) -> Kind:
    """Say what a kind of message is. `subject` is lazily translated, with %(name)s for values of the context.

    `template`: the body's file; `emails/<app>_<kind>.txt` unless said. `group`: the part of `name` before the dot.
    """
    if not isinstance(subject, Promise):
        raise TypeError(f"The subject of {name} is translated when it is sent: use gettext_lazy.")
    if name in _kinds:
        raise ValueError(f"The kind {name} is registered already.")
    kind = Kind(
        name=name,
        subject=subject,
        template=template or f"emails/{name.replace('.', '_')}.txt",
        urgent=urgent,
        group=group or name.partition(".")[0],
        delivery=delivery,
        files=files,
    )
    _kinds[name] = kind
    return kind


def kind_of(name: str) -> Kind:
    """The kind of this name; LookupError for one that nobody registered."""
    try:
        return _kinds[name]
    except KeyError:
        raise LookupError(f"No kind of message is called {name!r}: register it in the app's emails.py.") from None


def known() -> list[str]:
    """The kinds that are registered: rows of others, of a version that is gone, cannot be told any more."""
    return sorted(_kinds)


def label_of(group: str) -> Any:
    return _groups.get(group, OTHER)


def groups() -> list[str]:
    """The groups in which there is a choice: those with a kind that is not urgent, by their label."""
    chosen = {kind.group for kind in _kinds.values() if not kind.urgent}
    return sorted(chosen, key=lambda group: str(label_of(group)))


def default_of(group: str) -> Delivery:
    """What holds in a group without a choice, for its page: the least patient of its kinds."""
    used = {kind.delivery for kind in _kinds.values() if kind.group == group and not kind.urgent}
    return next((delivery for delivery in Delivery if delivery in used), Delivery.NOW)
