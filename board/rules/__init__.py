"""Who: what a person may do, by noun. When stands in `states`."""

from .papers import (
    drafts_read,
    from_its_source,
    is_author,
    is_named_author,
    paper_abandon,
    paper_arrange,
    paper_clear,
    paper_correct,
    paper_edit,
    paper_translate,
    paper_translated,
    paper_work,
    paper_write,
    secretary,
    step_take,
)

__all__ = [
    "drafts_read",
    "from_its_source",
    "is_author",
    "is_named_author",
    "paper_abandon",
    "paper_arrange",
    "paper_clear",
    "paper_correct",
    "paper_edit",
    "paper_translate",
    "paper_translated",
    "paper_work",
    "paper_write",
    "secretary",
    "step_take",
]
