"""When: a proposal to make one bid of two, and what moves it. Who may stands in `rules_merging.py`."""

from django.db import models
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.workflow import Transition, Workflow


class MergeStatus(models.TextChoices):
    """Where a merge stands."""

    PROPOSED = "proposed", pgettext_lazy("status of a merge", "Proposed")
    ACCEPTED = "accepted", pgettext_lazy("status of a merge", "Accepted by all")
    MERGED = "merged", pgettext_lazy("status of a merge", "Merged")
    REFUSED = "refused", pgettext_lazy("status of a merge", "Refused")
    EXPIRED = "expired", pgettext_lazy("status of a merge", "Ran out")
    WITHDRAWN = "withdrawn", pgettext_lazy("status of a merge", "Taken back")


MERGE_COLOURS: dict[str, str] = {
    MergeStatus.PROPOSED: "yellow",
    MergeStatus.ACCEPTED: "green",
    MergeStatus.MERGED: "purple",
    MergeStatus.REFUSED: "red",
    MergeStatus.EXPIRED: "grey",
    MergeStatus.WITHDRAWN: "grey",
}
OPEN_MERGES = frozenset({MergeStatus.PROPOSED, MergeStatus.ACCEPTED})  # until it is done, or will not be

MERGE = Workflow(
    "merge",
    MergeStatus,
    [
        Transition(
            "accept",
            {MergeStatus.PROPOSED},
            MergeStatus.ACCEPTED,
            label=pgettext_lazy("merge", "Accept the merge"),
            done=pgettext_lazy("what was done", "Merge accepted by all"),
        ),
        Transition(
            "reopen",
            {MergeStatus.ACCEPTED},
            MergeStatus.PROPOSED,
            label=pgettext_lazy("merge", "Ask again"),
            done=pgettext_lazy("what was done", "Shares changed, asked again"),
        ),
        Transition(
            "complete",
            {MergeStatus.ACCEPTED},
            MergeStatus.MERGED,
            label=pgettext_lazy("merge", "Merge the two bids"),
            done=pgettext_lazy("what was done", "The two bids merged"),
        ),
        Transition(
            "refuse",
            OPEN_MERGES,
            MergeStatus.REFUSED,
            label=pgettext_lazy("merge", "Refuse the merge"),
            done=pgettext_lazy("what was done", "Merge refused"),
            why_required=True,
        ),
        Transition(
            "withdraw",
            OPEN_MERGES,
            MergeStatus.WITHDRAWN,
            label=pgettext_lazy("merge", "Take the proposal back"),
            done=pgettext_lazy("what was done", "Proposal to merge taken back"),
        ),
        Transition(
            "expire",
            OPEN_MERGES,
            MergeStatus.EXPIRED,
            label=pgettext_lazy("merge", "Let it run out"),
            done=pgettext_lazy("what was done", "Proposal to merge ran out"),
        ),
    ],
)
