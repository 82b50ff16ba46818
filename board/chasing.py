"""What each paper of coming meetings waits for: who is to do what, and by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Membership, User
from accounts.roles import Role
from wlga_portal.kernel.bilingual import Text

from .models import AgendaItem, Meeting, Paper
from .planning import plan_for
from .states import PaperStatus

STEPS: dict[str | None, Promise | str] = {
    None: gettext_lazy("Begin the paper"),
    PaperStatus.DRAFT: gettext_lazy("Send the draft to review"),
    PaperStatus.RETURNED: gettext_lazy("Mend it and send it to review"),
    PaperStatus.REVIEW: gettext_lazy("Clear or return it"),
    PaperStatus.CLEARED: gettext_lazy("Translate or publish it"),
    PaperStatus.TRANSLATION: gettext_lazy("Finish the translation and publish it"),
}
# who takes the next step, where it is not the paper's own authors
ROLES = {
    PaperStatus.REVIEW: Role.CLEARER,
    PaperStatus.CLEARED: Role.SECRETARIAT,
    PaperStatus.TRANSLATION: Role.TRANSLATOR,
}


@dataclass(frozen=True, slots=True)
class Chase:
    """The next step of an item's paper: `paper` None, it is not begun."""

    meeting: Meeting
    item: AgendaItem
    paper: Paper | None
    due: date
    owners: list[str]

    @property
    def step(self) -> str:
        return str(STEPS[PaperStatus(self.paper.status) if self.paper else None])

    @property
    def title(self) -> Text:
        text: Text = self.paper.title if self.paper else self.item.title
        return text

    @property
    def late_by(self) -> int:
        """Days since it was due; 0 or less: there is time."""
        return (timezone.localdate() - self.due).days

    @property
    def overdue(self) -> bool:
        return self.late_by > 0


def with_work(meetings: Any) -> Any:
    """Meetings with their items, and the papers of each with who writes them: a constant number of queries."""
    papers = Paper.objects.order_by("number").with_authors()
    items = (
        AgendaItem.objects.order_by("position")
        .select_related("owner")
        .prefetch_related(Prefetch("papers", papers, to_attr="all_papers"))
    )
    return meetings.select_related("board").prefetch_related(Prefetch("items", items, to_attr="all_items"))


def chases(meetings: Iterable[Any]) -> list[Chase]:
    """What the papers of these meetings (from `with_work`) wait for, the soonest due first."""
    found = []
    names: dict[str, list[str]] = {}
    for meeting in meetings:
        plan = plan_for(meeting)
        for item in meeting.all_items:
            if not item.all_papers and not item.oral and item.standing_id is None:
                owners = [str(item.owner)] if item.owner else []
                found.append(Chase(meeting, item, None, plan.begin, owners))
            for paper in item.all_papers:
                due = plan.due_in(paper.status)
                if due is not None and paper.edition_number is None:
                    found.append(Chase(meeting, item, paper, due, owners_of(paper, names)))
    return sorted(found, key=lambda chase: (chase.due, chase.meeting.date, chase.item.position))


def owners_of(paper: Paper, names: dict[str, list[str]]) -> list[str]:
    """Who takes the next step: the authors, or everybody in the role that it waits for."""
    role = ROLES.get(PaperStatus(paper.status))
    if role is None:
        return [str(credit) for credit in paper.named_authors]
    if role not in names:
        holders = Membership.objects.current().filter(role=role)
        users = User.objects.filter(pk__in=holders.values("user"), is_active=True).order_by("name")
        names[role] = [str(user) for user in users]
    return names[role] or [_("nobody in that role")]
