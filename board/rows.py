"""What pages show of the items of a meeting: recommendations beside their outcomes, votes and actions."""

from dataclasses import dataclass
from typing import Any

from .models import Action, AgendaItem, Meeting, Outcome, Paper, PaperKind, PublicNote
from .recommendations import Recommendation, recommendations_of
from .rules import day_record, interest_declare
from .states import MeetingStatus

NAMED = ("slug_en", "slug_cy", "title_en", "title_cy", "title_mark", "status", "edition_number")  # for a link


@dataclass(frozen=True, slots=True)
class Asked:
    """A recommendation and what became of it, if anything yet."""

    recommendation: Recommendation | None
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class ItemShown:
    """An item with its papers, what they ask and what was decided, and the actions from it."""

    item: AgendaItem
    papers: list[Paper]
    asked: list[Asked]
    actions: list[Action]

    @property
    def open_count(self) -> int:
        """How many recommendations have no outcome yet."""
        return sum(one.outcome is None for one in self.asked)


def pair_up(asked: list[Recommendation], outcomes: list[Outcome]) -> list[Asked]:
    """Each recommendation with its outcome; then the decisions that no paper's latest edition asked for."""
    by_uid = {str(outcome.uid): outcome for outcome in outcomes if outcome.uid}
    rows = [Asked(one, by_uid.pop(one.uid, None)) for one in asked]
    rest = [outcome for outcome in outcomes if not outcome.uid or str(outcome.uid) in by_uid]
    return [*rows, *(Asked(None, outcome) for outcome in rest)]


def item_shown(item: AgendaItem, user: Any) -> ItemShown:
    """One item as this person may see it."""
    papers = list(Paper.objects.visible_to(user).published().filter(agenda_item=item).order_by("number"))
    outcomes = list(Outcome.objects.visible_to(user).filter(item=item).with_place().of_agenda())
    actions = list(Action.objects.visible_to(user).filter(item=item).with_place().order_by("due", "pk"))
    return ItemShown(item, papers, pair_up(recommendations_of(papers), outcomes), actions)


def day_items(meeting: Meeting, user: Any) -> list[ItemShown]:
    """Every item as this person may see it. Five queries, however many items."""
    papers: dict[int | None, list[Paper]] = {}
    readable = Paper.objects.visible_to(user).filter(meeting=meeting, agenda_item__isnull=False)
    found = list(readable.published().order_by("number"))
    for paper in found:
        papers.setdefault(paper.agenda_item_id, []).append(paper)
    asked: dict[int | None, list[Recommendation]] = {}
    for one in recommendations_of(found):
        asked.setdefault(one.paper.agenda_item_id, []).append(one)
    outcomes: dict[int, list[Outcome]] = {}
    for outcome in Outcome.objects.visible_to(user).filter(item__meeting=meeting).with_place().of_agenda():
        outcomes.setdefault(outcome.item_id, []).append(outcome)
    actions: dict[int, list[Action]] = {}
    for action in Action.objects.visible_to(user).filter(item__meeting=meeting).with_place().order_by("due", "pk"):
        actions.setdefault(action.item_id, []).append(action)
    return [
        ItemShown(
            item,
            papers.get(item.pk, []),
            pair_up(asked.get(item.pk, []), outcomes.get(item.pk, [])),
            actions.get(item.pk, []),
        )
        for item in meeting.items.order_by("position")
    ]


@dataclass(frozen=True, slots=True)
class Ways:
    """Where a meeting's page leads: the record, the public note, the minutes, one's own interests."""

    records: bool
    declares: bool
    note: PublicNote | None
    awaits_note: bool
    minutes: Paper | None


def ways_of(meeting: Meeting, user: Any) -> Ways:
    note = PublicNote.objects.filter(meeting=meeting).defer("content").order_by("-number").first()
    minutes = Paper.objects.visible_to(user).filter(meeting=meeting, kind=PaperKind.MINUTES).only(*NAMED).first()
    held = meeting.status == MeetingStatus.HELD and not meeting.is_historic
    return Ways(day_record(user, meeting), interest_declare(user, meeting), note, held and note is None, minutes)


def with_decided(items: list[AgendaItem], meeting: Meeting, user: Any) -> list[AgendaItem]:
    """The items, each with `decided`: its outcomes as far as this person may see them. One query."""
    found: dict[int, list[Outcome]] = {}
    outcomes = Outcome.objects.visible_to(user).filter(item__meeting=meeting)
    for outcome in outcomes.of_agenda().only("item_id", "number", "result"):
        found.setdefault(outcome.item_id, []).append(outcome)
    for item in items:
        item.decided = found.get(item.pk, [])
    return items
