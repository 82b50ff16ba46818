"""Purpose, what the board did, and who sits on it."""

from datetime import date

from django.db.models import Prefetch, Q

from board.models import Action, AgendaItem, Attendance, Considered, Meeting, Outcome, Paper, Seat
from board.querysets import held_on
from board.states import MeetingStatus
from board.states.actions import WAITING
from board.wording import unmarked
from programme.composing import words
from programme.composing.period import Period
from programme.composing.writing import Page, Value, bound, or_none
from wlga_portal.kernel.bilingual import Text, in_both

PRESENT = ("in_person", "online")


def purpose(page: Page, about: Period) -> None:
    """What the paper is, and of which time it speaks."""
    page.section("purpose", "Purpose", "Diben")
    page.paragraph(
        "told",
        "This paper is about the {board} and the work of the digital team, from {starts} to {ends}.",
        "Mae’r papur hwn yn ymwneud â’r corff hwn ac â gwaith y tîm digidol: {board}. Y cyfnod: {starts} i {ends}.",
        board=bound(about.board.name, about.board),
        starts=bound(words.day(about.starts), counted="period"),
        ends=bound(words.day(about.ends), counted="period"),
    )


def board(page: Page, about: Period) -> None:
    """Its meetings in the period with their items and outcomes, what else it considered, and its members."""
    page.section("board", "The board", "Y bwrdd")
    items = AgendaItem.objects.order_by("position")
    held = Meeting.objects.filter(
        board=about.board, status=MeetingStatus.HELD, date__gte=about.starts, date__lte=about.ends
    )
    meetings = list(held.order_by("date", "pk").prefetch_related(Prefetch("items", items, to_attr="listed")))
    if not meetings:
        page.paragraph(
            "none",
            "No meeting of the board was held in this time: {count}.",
            "Ni chynhaliwyd cyfarfod o’r bwrdd yn y cyfnod hwn: {count}.",
            count=bound(words.counted(0, "meeting"), counted=f"board.meeting held {about.starts} {about.ends}"),
        )
    first = about.board.first_meeting
    if first and about.starts <= first <= about.ends:
        remit(page, about)
    records = Records([meeting.pk for meeting in meetings])
    for meeting in meetings:
        met(page, about, meeting, records)
    considered(page, about)
    actions(page, about)
    members(page, about)


def remit(page: Page, about: Period) -> None:
    """What the board is for, told with its first meeting."""
    lines = about.board.remit_lines
    if lines:
        page.paragraph(
            "remit",
            "The tasks of the board: {remit}.",
            "Tasgau’r bwrdd: {remit}.",
            remit=bound(Text("; ".join(line.en for line in lines), "; ".join(line.cy for line in lines)), about.board),
        )


class Records:
    """What is recorded of meetings, apart from restricted items: three queries."""

    def __init__(self, meetings: list[int]) -> None:
        self.papers: dict[int | None, list[Paper]] = {pk: [] for pk in meetings}
        self.outcomes: dict[int, list[Outcome]] = {pk: [] for pk in meetings}
        self.present: dict[int, list[Attendance]] = {pk: [] for pk in meetings}
        papers = Paper.objects.filter(meeting__in=meetings, kind="paper", edition_number__isnull=False)
        for paper in papers.filter(agenda_item__restricted=False).order_by("number"):
            self.papers[paper.meeting_id].append(paper)
        outcomes = Outcome.objects.filter(item__meeting__in=meetings, item__restricted=False).select_related("item")
        for outcome in outcomes.order_by("item__position", "pk"):
            self.outcomes[outcome.item.meeting_id].append(outcome)
        for one in Attendance.objects.filter(meeting__in=meetings, presence__in=PRESENT).order_by("pk"):
            self.present[one.meeting_id].append(one)


def met(page: Page, about: Period, meeting: Meeting, records: Records) -> None:
    """One meeting: its day, its items, its papers, who came, and what came of it."""
    key, on = f"meeting-{meeting.pk}", meeting.date
    day = bound(words.day(on), meeting, day=on)
    listed: list[AgendaItem] = meeting.listed  # type: ignore[attr-defined]  # from the prefetch above
    if on == about.board.first_meeting:
        en, cy = "The board met for the first time on {day}.", "Cyfarfu’r bwrdd am y tro cyntaf ar {day}."
    else:
        en, cy = "The board met on {day}.", "Cyfarfu’r bwrdd ar {day}."
    if not listed:
        page.paragraph(
            key,
            f"{en} Its agenda is {{none}}.",
            f"{cy} Yr agenda: {{none}}.",
            day=day,
            none=or_none(None, meeting, day=on),
        )
    else:
        titles = words.listed(item.title for item in listed)
        count = words.counted(len(listed), "item")
        page.paragraph(
            key,
            f"{en} It had {{count}} before it: {{items}}.",
            f"{cy} Roedd {{count}} gerbron: {{items}}.",
            day=day,
            count=bound(count, *listed, day=on),
            items=bound(titles, *listed, day=on),
        )
    came = records.present[meeting.pk]
    papers, outcomes = records.papers[meeting.pk], records.outcomes[meeting.pk]
    page.paragraph(
        f"{key}-record",
        "Papers: {papers}. Present: {present}. Times: {times}. Outcomes: {outcomes}.",
        "Papurau: {papers}. Yn bresennol: {present}. Amserau: {times}. Canlyniadau: {outcomes}.",
        papers=or_none(words.listed(one.said for one in papers) if papers else None, meeting, *papers, day=on),
        present=or_none(words.number(len(came)) if came else None, meeting, *came, day=on),
        times=or_none(times_of(meeting), meeting, day=on),
        outcomes=or_none(words.number(len(outcomes)) if outcomes else None, meeting, *outcomes, day=on),
    )
    page.table(
        f"{key}-outcomes",
        ("What the board decided on {day}", "Yr hyn a benderfynodd y bwrdd ar {day}"),
        [("Recommendation", "Argymhelliad"), ("Outcome", "Canlyniad")],
        (
            (str(one.pk), [bound(unmarked(one.words), one, day=on),
             bound(in_both(lambda one=one: one.get_result_display()), one, day=on)])  # type: ignore[misc]  # bound now
            for one in outcomes
        ),
        day=day,
    )  # fmt: skip


def times_of(meeting: Meeting) -> Text | None:
    if meeting.starts_at is None:
        return None
    starts, ends = f"{meeting.starts_at:%H:%M}", f"{meeting.ends_at:%H:%M}" if meeting.ends_at else ""
    return Text(f"{starts} to {ends}", f"{starts} i {ends}") if ends else Text(starts, starts)


def considered(page: Page, about: Period) -> None:
    """Matters of which no source says at which meeting they were considered."""
    within = Q(date=None) | Q(date__gte=about.starts, date__lte=about.ends)
    for one in Considered.objects.filter(within, board=about.board).order_by("pk"):
        page.paragraph(
            f"considered-{one.pk}",
            "The board has also considered this matter: {title}. The date: {date}.",
            "Mae’r bwrdd hefyd wedi ystyried y mater hwn: {title}. Y dyddiad: {date}.",
            title=bound(one.title, one),
            date=or_none(words.day(one.date) if one.date else None, one),
        )


def actions(page: Page, about: Period) -> None:
    """How many actions were done in the period, and how many wait; restricted items stay out."""
    of_board = Action.objects.filter(item__meeting__board=about.board, item__restricted=False).order_by("pk")
    done = list(of_board.filter(done_on__gte=about.starts, done_on__lte=about.ends))
    waiting = list(of_board.filter(status__in=WAITING, item__meeting__date__lte=about.ends))
    if not done and not waiting:
        return
    query = f"board.action of board {about.board.pk}"
    page.paragraph(
        "actions",
        "Done in this time: {done}. Still to do: {waiting}.",
        "Wedi’u gwneud yn y cyfnod hwn: {done}. Yn dal i’w gwneud: {waiting}.",
        done=bound(words.counted(len(done), "action"), *done, counted=f"{query}, done"),
        waiting=bound(words.counted(len(waiting), "action"), *waiting, counted=f"{query}, waiting"),
    )


def members(page: Page, about: Period) -> None:
    """Who sat on the board on the last day; nobody whose seat is only inferred."""
    seats = Seat.objects.filter(held_on(about.state_on), board=about.board, inferred=False).with_people()

    def cells(seat: Seat) -> list[Value | Text]:
        council = seat.organisation
        return [
            bound(seat.person.named(), seat),
            bound(seat.role, seat),
            or_none(council.name if council else None, seat, *([council] if council else [])),
            or_none(term_of(seat.starts, seat.ends), seat),
        ]

    page.table(
        "members",
        ("People on the board", "Pobl ar y bwrdd"),
        [("Name", "Enw"), ("Role", "Rôl"), ("Council", "Cyngor"), ("Term", "Cyfnod")],
        ((str(seat.pk), cells(seat)) for seat in seats.order_by("position", "pk")),
    )


def term_of(starts: date | None, ends: date | None) -> Text | None:
    """ "from 1 May 2026", "1 May 2026 to 30 April 2027"; None where no term is published."""
    if starts is None:
        return None
    first, last = words.day(starts), words.day(ends) if ends else None
    if last is None:
        return Text(f"from {first.en}", f"o {first.cy}")
    return Text(f"{first.en} to {last.en}", f"{first.cy} i {last.cy}")
