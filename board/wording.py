"""What things of the board are called on a page."""

from collections.abc import Iterable
from html import unescape
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format, time_format
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.components import bi
from wlga_portal.kernel.wording import day, moment, number

if TYPE_CHECKING:
    from .length import Length
    from .models import AgendaItem, Edition, Meeting, MeetingChange, Paper


def meeting_name(meeting: "Meeting") -> str:
    """The meeting's own title, or "Meeting of 20 September 2022"."""
    if meeting.title:
        return str(meeting.title)
    if meeting.by_correspondence:
        return _("Decision by correspondence of %(date)s") % {"date": date_format(meeting.date, "DATE_FORMAT")}
    return _("Meeting of %(date)s") % {"date": date_format(meeting.date, "DATE_FORMAT")}


def times_of(meeting: "Meeting") -> str:
    """ "10:00 to 12:00", "10:00", or '' where the time is not published."""
    if meeting.starts_at is None:
        return ""
    starts = time_format(meeting.starts_at, "H:i")
    if meeting.ends_at is None:
        return starts
    until = pgettext("from a time to a time", "to")
    return f"{starts} {until} {time_format(meeting.ends_at, 'H:i')}"


def when_of(meeting: "Meeting") -> str:
    """When a meeting is, for a sentence: its day and times, or until when members answer."""
    if meeting.closes_at:
        return str(moment(meeting.closes_at))
    times = times_of(meeting)
    return f"{day(meeting.date)}, {times}" if times else str(day(meeting.date))


def when_was(change: "MeetingChange") -> str:
    """When the meeting was to be before that change, with its place where it had one."""
    from .models import Meeting

    before = Meeting(
        date=change.was_date,
        starts_at=change.was_starts_at,
        ends_at=change.was_ends_at,
        closes_at=change.was_closes_at,
    )
    place = str(change.was_place)
    return f"{when_of(before)}, {place}" if place else when_of(before)


def listed(names: Iterable[Text]) -> SafeString:
    """Names one after another, each in its language."""
    return format_html_join(", ", "{}", ((bi(name),) for name in names))


def link_to(thing: Any) -> SafeString:
    return format_html('<a class="govuk-link" href="{}">{}</a>', thing.get_absolute_url(), thing)


def item_link(item: "AgendaItem") -> SafeString:
    """An item, as a link to its place on the page of its meeting."""
    url = f"{item.meeting.get_absolute_url()}#item-{item.position}"
    return format_html('<a class="govuk-link" href="{}">{}. {}</a>', url, item.position, bi(item.title))


def joining_link(meeting: "Meeting") -> SafeString | str:
    """The address where the meeting is joined, as a link."""
    return format_html('<a class="govuk-link" href="{0}">{0}</a>', meeting.link) if meeting.link else ""


def edition_text(paper: "Paper", edition: "Edition") -> str:
    """Which edition, and when it was published; one that was recorded from a source says so."""
    given = {"number": edition.number, "day": day(edition.published_at)}
    if paper.is_historic:
        return _("Edition %(number)s, recorded in the portal on %(day)s") % given
    return _("Edition %(number)s, published on %(day)s") % given


def cleared_text(names: Iterable[Text], cleared_as: Text) -> SafeString | str:
    """Who cleared it, and as what."""
    who = listed(names)
    return format_html("{}, {}", who, bi(cleared_as)) if who and cleared_as else who


def place_label(kind: str, number: int) -> str:
    """ "Paragraph 12": what a block is called on its page, in the pack and in both languages."""
    words = {
        "paragraph": _("Paragraph %(number)s"),
        "recommendation": _("Recommendation %(number)s"),
        "table": _("Table %(number)s"),
        "figure": _("Figure %(number)s"),
        "heading": _("Heading %(number)s"),
    }
    return words[kind] % {"number": number}


def withdrawn_place(edition: "Edition") -> str:
    """Where a withdrawn edition stood, without a word of it: "Edition 2 of paper 3, meeting of 20 September 2022"."""
    paper = edition.paper
    if paper.meeting is None:
        return _("Edition %(edition)s of a report about the board") % {"edition": edition.number}
    return _("Edition %(edition)s of paper %(paper)s, meeting of %(day)s") % {
        "edition": edition.number,
        "paper": paper.number,
        "day": day(paper.meeting.date),
    }


def length_text(length: "Length") -> str:
    """ "1,230 words, 3 pages, 7 minutes to read; the budget is 10 pages"."""
    parts = [
        ngettext("%(n)s word", "%(n)s words", length.words) % {"n": number(length.words)},
        ngettext("%(n)s page", "%(n)s pages", length.pages) % {"n": length.pages},
        ngettext("%(n)s minute to read", "%(n)s minutes to read", length.minutes) % {"n": length.minutes},
    ]
    if length.budget:
        parts.append(ngettext("budget %(n)s page", "budget %(n)s pages", length.budget) % {"n": length.budget})
    return ", ".join(parts)


def vote_text(in_favour: int, against: int, abstained: int, casting: str = "") -> str:
    """A vote in a sentence, with the chair's casting vote where there was one."""
    given = {"for": in_favour, "against": against, "abstained": abstained}
    said = _("Votes: %(for)s for, %(against)s against, %(abstained)s abstained.") % given
    if casting == "for":
        said += " " + _("The chair’s casting vote was for.")
    elif casting == "against":
        said += " " + _("The chair’s casting vote was against.")
    return said


def unmarked(text: Text) -> Text:
    """A text of a block without its Markdown, on one line, for lists and files."""
    return Text(plain_line(text.en), plain_line(text.cy), text.mark)


def plain_line(text: str) -> str:
    from .markup import block_html

    return " ".join(unescape(strip_tags(block_html(text))).split())
