"""Outcomes of recommendations, decisions of items without a paper, and votes."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from wlga_portal.kernel.workflow import Refused

from ..models import ADOPTED, AgendaItem, Outcome, Result, Vote
from ..presence import room_of
from ..recommendations import Recommendation
from ..recording import recording


def as_recommended(item: AgendaItem, asked: Iterable[Recommendation], *, by: Any, why: str = "") -> list[Outcome]:
    """Each of these recommendations without an outcome gets what it asks for. Said twice, it stands once."""
    made = []
    with recording(item.meeting, by=by, why=why):
        known = {str(uid) for uid in item.outcomes.values_list("uid", flat=True)}
        for one in asked:
            if one.uid not in known:
                outcome = Outcome(
                    item=item, edition=one.edition, uid=one.uid, result=one.as_recommended, recorded_by=by
                )
                outcome.save()
                made.append(outcome)
    return made


def outcome_record(
    item: AgendaItem,
    *,
    by: Any,
    result: str,
    detail: tuple[str, str] = ("", ""),
    asked: Recommendation | None = None,
    words: tuple[str, str] = ("", ""),
    why: str = "",
) -> Outcome:
    """The outcome of a recommendation, or the decision of an item without one, in its own `words`.

    Said twice, it stands once. Raises Refused where the recommendation has another outcome: that one is edited.
    """
    with recording(item.meeting, by=by, why=why):
        there = item.outcomes.filter(uid=asked.uid) if asked else item.outcomes.of_words(words)
        known = there.said_as(result, detail).first()
        if known is not None:
            return known
        if asked and there.exists():
            raise Refused(_("This recommendation has an outcome already. Somebody else may have recorded it."))
        outcome = Outcome(item=item, result=result, recorded_by=by)
        if asked:
            outcome.edition, outcome.uid = asked.edition, asked.uid
        else:
            outcome.words = words
        outcome.detail = detail
        outcome.save()
        return outcome


def outcome_edit(form: Any, *, by: Any, why: str = "") -> Outcome:
    """Save the form of an outcome; its vote must still fit. Raises Clash or Refused."""
    from wlga_portal.kernel.versions import save_version

    with recording(form.instance.item.meeting, by=by, why=why):
        outcome: Outcome = save_version(form, by=by, why=why or "outcome recorded")
        vote = Vote.objects.filter(outcome=outcome).first()
        if vote:
            fits(outcome.result, vote)
        return outcome


def outcome_remove(outcome: Outcome, *, by: Any, why: str = "") -> None:
    """Take away an outcome that was recorded by mistake. Raises Refused where an action came of it."""
    with recording(outcome.item.meeting, by=by, why=why):
        if outcome.actions.exists():
            raise Refused(_("An action came of this outcome, so it stays. Change the outcome instead."))
        outcome.delete()


def vote_record(
    outcome: Outcome, *, by: Any, in_favour: int, against: int, abstained: int, casting: str = "", why: str = ""
) -> Vote:
    """The vote that was taken. Raises Refused where more voted than were there, or the outcome is another."""
    with recording(outcome.item.meeting, by=by, why=why) as meeting:
        there, voted = room_of(meeting).voting(outcome.item), in_favour + against + abstained
        if voted > there:
            given = {"voted": voted, "there": there}
            raise Refused(_("%(voted)s votes are more than the members who were there (%(there)s).") % given)
        vote = Vote.objects.filter(outcome=outcome).first() or Vote(outcome=outcome)
        vote.in_favour, vote.against, vote.abstained, vote.casting = in_favour, against, abstained, casting
        fits(outcome.result, vote)
        vote.save()
        return vote


def vote_remove(vote: Vote, *, by: Any, why: str = "") -> None:
    with recording(vote.outcome.item.meeting, by=by, why=why):
        vote.delete()


def fits(result: str, vote: Vote) -> None:
    """A vote that carries goes with an outcome that adopts, and the other way about."""
    if vote.carried and result == Result.NOT_AGREED:
        raise Refused(_("More votes were for than against, so the outcome is not “Not agreed”."))
    if not vote.carried and result in ADOPTED:
        raise Refused(_("The votes do not carry it, so it was not adopted."))
