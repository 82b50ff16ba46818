"""A public note as it is read: what its frozen content says, with the names of the people that it holds by id."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from wlga_portal.kernel.bilingual import Text

from .markup import block_html
from .models import Capacity, DeclarationKind, MovementKind, Person, Presence, Result
from .wording import vote_text


@dataclass(frozen=True, slots=True)
class PersonThere:
    """Somebody at the meeting."""

    name: Text | None
    role: Any
    presence: str
    there: bool
    movements: list[str]


@dataclass(frozen=True, slots=True)
class InterestSaid:
    name: Text | None
    item: int
    kind: str
    nature: Text | None
    granted: str


@dataclass(frozen=True, slots=True)
class DecisionSaid:
    """An outcome in its recommendation's words."""

    words: Text
    number: int | None
    uid: str
    result: str
    label: str
    detail: Text
    vote: str

    @property
    def html(self) -> Any:
        return block_html(str(self.words))


@dataclass(frozen=True, slots=True)
class ItemSaid:
    position: int
    title: Text
    restricted: bool
    reason: Text | None
    decisions: list[DecisionSaid]


@dataclass(frozen=True, slots=True)
class NoteShown:
    """The three parts of a note."""

    people: list[PersonThere]
    interests: list[InterestSaid]
    items: list[ItemSaid]


def text(pair: dict[str, str] | None) -> Text | None:
    return Text(pair["en"], pair["cy"]) if pair else None


def note_shown(data: dict[str, Any]) -> NoteShown:
    """One query for the names."""
    ids = {one["person"] for one in [*data["attendance"], *data["declarations"]]}
    ids |= {one["for"] for one in data["attendance"] if one["for"]}
    people = Person.objects.filter(pk__in=ids).select_related("user")
    names = {person.pk: person.named() for person in people}
    return NoteShown(
        [person_there(one, names) for one in data["attendance"]],
        [interest_said(one, names) for one in data["declarations"]],
        [item_said(one) for one in data["items"]],
    )


def person_there(one: dict[str, Any], names: dict[int, Text]) -> PersonThere:
    role: Any = text(one["role"])
    if one["capacity"] == Capacity.SUBSTITUTE:
        role = _("Substitute for %(name)s") % {"name": names.get(one["for"], "")}
    elif role is None:
        role = str(Capacity(one["capacity"]).label)
    presence = Presence(one["presence"])
    there = presence in (Presence.IN_PERSON, Presence.ONLINE)
    return PersonThere(
        names.get(one["person"]), role, str(presence.label), there, [moved(move) for move in one["movements"]]
    )


def moved(move: dict[str, Any]) -> str:
    given = {"item": move["item"], "time": f" ({move['at']})" if move["at"] else ""}
    if move["kind"] == MovementKind.ARRIVED:
        return _("arrived before item %(item)s%(time)s") % given
    return _("left before item %(item)s%(time)s") % given


def interest_said(one: dict[str, Any], names: dict[int, Text]) -> InterestSaid:
    label = str(DeclarationKind(one["kind"]).label)
    return InterestSaid(names.get(one["person"]), one["item"], label, text(one["nature"]), one["granted"])


def item_said(one: dict[str, Any]) -> ItemSaid:
    title = text(one["title"]) or Text("", "")
    return ItemSaid(
        one["position"],
        title,
        one["restricted"],
        text(one["reason"]),
        [decision_said(said) for said in one["outcomes"]],
    )


def decision_said(one: dict[str, Any]) -> DecisionSaid:
    return DecisionSaid(
        text(one["words"]) or Text("", ""),
        one["number"],
        one["uid"] or "",
        one["result"],
        str(Result(one["result"]).label),
        text(one["detail"]) or Text("", ""),
        vote_said(one["vote"]),
    )


def vote_said(vote: dict[str, Any] | None) -> str:
    return vote_text(vote["for"], vote["against"], vote["abstained"], vote["casting"]) if vote else ""
