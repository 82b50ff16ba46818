"""What a person has typed and not saved in the bid."""

from collections.abc import Iterable
from typing import Any

from wlga_portal.kernel.models import Draft

from .models import Answer


def unsaved(answers: Iterable[Answer], user: Any) -> set[int]:
    """The answers (their ids) of which this person's draft says something else than the bid. One query."""
    by_key = {answer.draft_key: answer for answer in answers}
    drafts = Draft.objects.filter(user=user, key__in=by_key).values_list("key", "data")
    return {by_key[key].pk for key, data in drafts if data.get("text") != by_key[key].text}
