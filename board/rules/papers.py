"""Who: what a person may do with meetings and papers. When stands in `states.py`."""

from typing import Any

from accounts.roles import Role, roles_of

from ..models import Credit, Meeting, Paper, PaperKind, Part
from ..states import DRAFTING, MEETING, PAPER, PaperStatus


def secretary(user: Any, thing: Any = None) -> bool:
    """The secretariat runs the board."""
    return roles_of(user).has(Role.SECRETARIAT)


def drafts_read(user: Any) -> bool:
    """Who works on papers before they are published."""
    return roles_of(user).has(Role.SECRETARIAT, Role.CLEARER, Role.TRANSLATOR, Role.AUTHOR)


def is_author(user: Any, paper: Paper) -> bool:
    """An author of this very paper, and still in that role."""
    return roles_of(user).has(Role.AUTHOR) and is_named_author(user, paper)


def is_named_author(user: Any, paper: Paper) -> bool:
    return Credit.objects.filter(paper=paper, part=Part.AUTHOR, user_id=user.pk).exists()


def paper_work(user: Any, paper: Paper) -> bool:
    """Sees how the paper is being made, not only what was published of it."""
    return roles_of(user).has(Role.SECRETARIAT, Role.CLEARER, Role.TRANSLATOR) or is_author(user, paper)


def paper_write(user: Any, paper: Paper) -> bool:
    """Its authors and the secretariat."""
    return secretary(user) or is_author(user, paper)


def paper_edit(user: Any, paper: Paper) -> bool:
    """Who may change its words now: while drafting its writers, in translation the translator and the secretariat."""
    if paper.status in DRAFTING:
        return paper_write(user, paper)
    if paper.status == PaperStatus.TRANSLATION:
        return roles_of(user).has(Role.TRANSLATOR, Role.SECRETARIAT)
    return False


def paper_arrange(user: Any, paper: Paper) -> bool:
    """Who may add, move and delete blocks: a translator may not."""
    return paper.status in DRAFTING and paper_write(user, paper)


def paper_clear(user: Any, paper: Paper) -> bool:
    """A clearer, but nobody clears their own paper."""
    return roles_of(user).has(Role.CLEARER) and not is_named_author(user, paper)


def paper_translate(user: Any, paper: Paper) -> bool:
    """A translator says that two texts agree."""
    return roles_of(user).has(Role.TRANSLATOR)


def paper_translated(user: Any, paper: Paper) -> bool:
    return roles_of(user).has(Role.TRANSLATOR, Role.SECRETARIAT)


def paper_publish(user: Any, paper: Paper) -> bool:
    """The secretariat; minutes are not published but approved."""
    return secretary(user) and paper.kind != PaperKind.MINUTES


def minutes_approve(user: Any, paper: Paper) -> bool:
    """The secretariat records that a later meeting approved them."""
    return secretary(user) and paper.kind == PaperKind.MINUTES


def paper_correct(user: Any, paper: Paper) -> bool:
    """The secretariat, and the portal where the facts of a recorded paper were corrected."""
    return secretary(user) or from_its_source(user, paper)


def paper_abandon(user: Any, paper: Paper) -> bool:
    """Only a correction can be given up: a paper without an edition to read has nothing to go back to."""
    return secretary(user) and paper.edition_number is not None


def from_its_source(user: Any, thing: Paper | Meeting) -> bool:
    """The portal itself records what happened elsewhere."""
    return user is None and thing.is_historic


def step_take(user: Any, step: Any) -> bool:
    """Whoever may cause the event of this step."""
    return bool(step.thing.workflow.rules[step.transition.event](user, step.thing))


PAPER.allow(
    submit=paper_write,
    clear=paper_clear,
    send_back=paper_clear,
    translate=secretary,
    translated=paper_translated,
    reopen=secretary,
    publish=paper_publish,
    approve=minutes_approve,
    correct=paper_correct,
    abandon=paper_abandon,
    supersede=secretary,
    record=from_its_source,
)
MEETING.allow(call=secretary, hold=secretary, cancel=secretary, record=from_its_source)
