"""Every write that touches more than one row: making, arranging, moving, publishing, correcting a paper."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Max
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.bilingual import mark_reviewed
from wlga_portal.kernel.versions import save_version
from wlga_portal.kernel.workflow import Refused, advance

from .. import lateness, notices
from ..cells import write_cells
from ..editions import freeze, latest
from ..gaps import PaperGap, gaps_of
from ..implications import restore_implications
from ..models import AgendaItem, Block, BlockKind, Credit, Edition, Implication, Meeting, Paper, Part
from ..rules import paper_arrange, paper_edit
from .comments import refuse_while_open


class NotComplete(Refused):
    """The paper cannot be published; `gaps` says what is missing and where."""

    def __init__(self, gaps: list[PaperGap]) -> None:
        super().__init__(_("The paper cannot be published yet."))
        self.gaps = gaps


def paper_create(item: AgendaItem, *, by: Any, authors: Iterable[Any], title: tuple[str, str], **fields: Any) -> Paper:
    """A new draft for an item, with the next number of its meeting. The address of a paper says its title; where the
    item is restricted, that of the item, which is public."""
    with audited(by=by, why="paper begun"):
        meeting = Meeting.objects.select_for_update().get(pk=item.meeting_id)
        last = meeting.papers.aggregate(last=Max("number"))["last"] or 0
        paper = Paper(board_id=meeting.board_id, meeting=meeting, agenda_item=item, number=last + 1)
        paper.title = title
        for name, value in fields.items():
            setattr(paper, name, value)
        paper.set_slugs(*(title if not item.restricted else (item.title.en, item.title.cy)))
        paper.save()
        set_authors(paper, authors)
    return paper


def set_authors(paper: Paper, authors: Iterable[Any]) -> None:
    """These users, in this order; a post or a person from a source stays."""
    wanted = list(authors)
    paper.credits.filter(part=Part.AUTHOR, user__isnull=False).exclude(user__in=wanted).delete()
    for position, user in enumerate(wanted, 1):
        Credit.objects.update_or_create(paper=paper, part=Part.AUTHOR, user=user, defaults={"position": position})


def paper_move(paper: Paper, event: str, *, by: Any, why: str = "") -> Paper:
    """Any event of the workflow that writes nothing more than the status, and `clear`, which names its clearer."""
    return advance(paper, event, by=by, why=why, also=(lambda row: name_clearer(row, by)) if event == "clear" else None)


def name_clearer(paper: Paper, clearer: Any) -> None:
    """Whoever clears it now has cleared it: an earlier clearance was of other words. Raises Refused: open comments."""
    refuse_while_open(paper)
    paper.credits.filter(part=Part.CLEARER).delete()
    Credit.objects.create(paper=paper, part=Part.CLEARER, user=clearer)


def paper_publish(paper: Paper, *, by: Any) -> Edition:
    """Freeze the paper as its next edition. Raises NotComplete with the gaps, or what `advance` raises."""
    made: list[Edition] = []

    def write(row: Paper) -> None:
        gaps = gaps_of(row)
        if gaps:
            raise NotComplete(gaps)
        lateness.settle(row)
        made.append(freeze(row, by=by))
        notices.paper_published(row)

    advance(paper, "publish", by=by, also=write)
    return made[0]


def paper_correct(paper: Paper, *, by: Any, why: str) -> Paper:
    """Open the words again for a new edition; readers keep the last one until then. Its note starts empty."""
    with audited(by=by, why=why):
        row = advance(paper, "correct", by=by, why=why)
        row.correction = ("", "")
        row.save()
    return row


def paper_abandon(paper: Paper, *, by: Any) -> Paper:
    """Give up a correction: the words are again those of the latest edition."""
    return advance(paper, "abandon", by=by, also=restore)


def restore(paper: Paper) -> None:
    """Set the paper's rows back to its latest edition. Blocks keep their ids where they still stand."""
    edition = latest(paper)
    if edition is None:  # the rule of `abandon` asks for one
        raise ValueError("a paper that was never published has no words to go back to")
    data = edition.data
    for name in ("title", "summary", "audience", "correction"):
        setattr(paper, name, (data[name]["en"], data[name]["cy"]))
    paper.purpose = data["purpose"]
    kept = {str(block.uid): block for block in paper.blocks.all()}
    uids = [block["uid"] for block in data["blocks"]]
    paper.blocks.exclude(uid__in=uids).delete()
    for position, said in enumerate(data["blocks"], 1):
        block = kept.get(said["uid"]) or Block(paper=paper, uid=said["uid"])
        cells = {"en": "", "cy": ""}
        if said["table"]:
            lines = [said["table"]["columns"], *said["table"]["rows"]]
            cells = {
                language: write_cells([[cell[language] for cell in line] for line in lines])
                for language in ("en", "cy")
            }
        block.position, block.kind, block.level = position, said["kind"], said["level"]
        block.text = (said["text"]["en"], said["text"]["cy"])
        block.cells = (cells["en"], cells["cy"])
        block.version = (block.version or 0) + 1 if block.pk else 1
        block.save()
    credits_of(paper, data)
    restore_implications(paper, data)


def credits_of(paper: Paper, data: dict[str, Any]) -> None:
    """The clearers that the edition names."""
    paper.credits.filter(part=Part.CLEARER, user__isnull=False).delete()
    for position, credit in enumerate(data["cleared_by"], 1):
        if "user" in credit:
            Credit.objects.create(paper=paper, part=Part.CLEARER, position=position, user_id=credit["user"])


def locked_for_arranging(paper: Paper, by: Any) -> Paper:
    """The paper's row, locked: two people who arrange its blocks wait for each other. Raises Refused."""
    row = paper.lock()
    if not paper_arrange(by, row):
        raise Refused(_("The blocks of this paper cannot be arranged now."))
    return row


def block_add(paper: Paper, *, by: Any, kind: str, level: int | None = None, after: Block | None = None) -> Block:
    """A new empty block after `after`, or at the end."""
    with audited(by=by, why="block added"):
        row = locked_for_arranging(paper, by)
        last = row.blocks.aggregate(last=Max("position"))["last"] or 0
        place = last + 1
        if after is not None:
            place = Block.objects.get(pk=after.pk).position + 1
            row.blocks.filter(position__gte=place).update(position=F("position") + 1)
        if kind == BlockKind.HEADING and level is None:
            level = 2
        return Block.objects.create(paper=row, position=place, kind=kind, level=level)


def block_move(block: Block, *, by: Any, up: bool) -> None:
    """Change places with the block above or below; at the end of the row nothing happens."""
    with audited(by=by, why="block moved"):
        row = locked_for_arranging(block.paper, by)
        here = Block.objects.get(pk=block.pk)
        others = row.blocks.filter(position__lt=here.position) if up else row.blocks.filter(position__gt=here.position)
        other = others.order_by("-position" if up else "position").first()
        if other is not None:
            Block.objects.filter(pk=here.pk).update(position=other.position)
            Block.objects.filter(pk=other.pk).update(position=here.position)


def block_delete(block: Block, *, by: Any) -> None:
    """Take the block out; the history keeps what it said."""
    with audited(by=by, why="block deleted"):
        locked_for_arranging(block.paper, by)
        Block.objects.filter(pk=block.pk).delete()


def texts_review(thing: Paper | Block | Implication, *, by: Any) -> list[str]:
    """A translator says that the two sides of each whole text of a front or a block agree. Gives the texts' names."""
    names = [name for name in thing.bilingual if getattr(thing, name) and not getattr(thing, name).missing]
    if names:
        mark_reviewed(thing, *names, by=by)
    return names


def paper_step(paper: Paper, event: str, *, by: Any, why: str = "") -> None:
    """Any event of a paper's workflow, with what belongs to it. Raises what `advance` and `paper_publish` raise."""
    if event == "approve":
        raise Refused(_("Say which meeting approved the minutes."))
    if event == "publish":
        paper_publish(paper, by=by)
    elif event == "correct":
        paper_correct(paper, by=by, why=why)
    elif event == "abandon":
        paper_abandon(paper, by=by)
    else:
        paper_move(paper, event, by=by, why=why)


def meeting_move(meeting: Meeting, event: str, *, by: Any, why: str = "") -> Meeting:
    """A step of a meeting. Raises Refused where a called meeting would not say when and where."""
    if event == "call" and not meeting.is_ready:
        raise Refused(_("A meeting is called once its time and its place, or a link for joining, are known."))
    return advance(meeting, event, by=by, why=why, also=notices.meeting_called if event == "call" else None)


def front_save(form: Any, *, by: Any) -> Paper:
    """Save the front of a paper and its authors. Raises Clash."""
    with audited(by=by, why="front of the paper edited"):
        paper: Paper = save_version(form, by=by, why="front of the paper edited")
        set_authors(paper, form.cleaned_data["authors"])
    return paper


def block_save(form: Any, *, by: Any) -> Block:
    """Save a block's form. Raises Clash, or Refused where the paper moved on while somebody was writing."""
    with audited(by=by, why="block edited"):
        paper = Paper.objects.select_for_update(of=("self",)).get(pk=form.instance.paper_id)
        if not paper_edit(by, paper):
            raise Refused(
                _("The paper moved on while you were writing. Your text is kept as your draft of this block.")
            )
        block: Block = save_version(form, by=by, why="block edited")
        block.paper = paper
    return block
