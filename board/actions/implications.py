"""Writing the implications of a paper."""

from typing import Any

from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.versions import save_version
from wlga_portal.kernel.workflow import Refused

from ..models import Implication, Paper
from ..rules import paper_edit


def implication_row(paper: Paper, kind: str, *, by: Any) -> Implication:
    """The row of this kind, made empty where there is none yet. Raises Refused where the paper moved on."""
    with audited(by=by, why="implication begun"):
        row = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
        if not paper_edit(by, row):
            raise Refused(
                _("The paper moved on while you were writing. Your text is kept as your draft of this implication.")
            )
        return Implication.objects.get_or_create(paper=row, kind=kind)[0]


def implication_save(form: Any, *, by: Any) -> Implication:
    """Save the form of an implication. Raises Clash, or Refused where the paper moved on."""
    with audited(by=by, why="implication edited"):
        implication_row(form.instance.paper, form.instance.kind, by=by)
        saved: Implication = save_version(form, by=by, why="implication edited")
    return saved
