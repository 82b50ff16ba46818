"""Streams, courses and sessions, as everybody sees them."""

from django.http import HttpRequest, HttpResponse

from wlga_portal.kernel.bilingual import sort_column
from wlga_portal.kernel.panels import panels_for
from wlga_portal.kernel.screens import page, screen, set_languages
from wlga_portal.kernel.tables import list_page

from .. import rules
from ..actions.places import has_a_place_at_once
from ..filters import SessionFilter
from ..models import Course, Mode, Session, Stream
from ..schema import course_item, session_item
from ..states import SessionStatus
from ..tables import ComingTable, SessionTable
from .found import find_course, find_session, find_stream, mine_in


@screen(public=True, find=find_stream)
def stream_page(request: HttpRequest, stream: Stream) -> HttpResponse:
    """The courses of a stream."""
    set_languages(request, stream)
    courses = Course.objects.shown().filter(stream=stream).by_title()
    coming = Session.objects.visible_to(request.user).coming().filter(course__stream=stream)
    return page(
        request,
        "training/stream_page.html",
        {
            "stream": stream,
            "courses": courses,
            "coming": ComingTable(list(coming.with_course().with_places()[:20])),
            "may_plan": rules.plans(request.user),
        },
    )


@screen(public=True, find=find_course)
def course_page(request: HttpRequest, course: Course) -> HttpResponse:
    """What a course is, and when it is given next."""
    set_languages(request, course)
    sessions = Session.objects.visible_to(request.user).filter(course=course).with_course().with_places()
    shown = sessions.filter(status__in=[SessionStatus.PLANNED, SessionStatus.OPEN]).order_by("starts_at", "pk")
    return page(
        request,
        "training/course_page.html",
        {
            "course": course,
            "schema": course_item(course),
            "coming": ComingTable(list(shown[:20])),
            "may_plan": rules.plans(request.user),
            "panels": panels_for("training.course", request, course),
            "demonstration": course.is_demo,
        },
    )


@screen(public=True)
def session_list(request: HttpRequest) -> HttpResponse:
    """Every session, narrowed and sorted."""
    return list_page(
        request,
        queryset=Session.objects.visible_to(request.user).with_course().with_places().order_by("starts_at", "pk"),
        table=SessionTable,
        filterset=SessionFilter,
        template="training/session_list.html",
    )


@screen(public=True, find=find_session)
def session_page(request: HttpRequest, session: Session) -> HttpResponse:
    """One session: when, where, places left, and what this person may do about it."""
    mine = mine_in(request.user, session)
    kept = session.kept_places.select_related("organisation")
    keeps = request.user.is_authenticated and rules.register_keep(request.user, session)
    return page(
        request,
        "training/session_page.html",
        {
            "session": session,
            "schema": session_item(session),
            "mine": mine,
            "kept": list(kept.order_by(f"organisation__{sort_column('name')}")),
            "keeps": keeps,
            "trainers": list(session.trainers.all()) if request.user.is_authenticated else [],
            "may_book": session.is_open
            and mine is None
            and rules.booking_create(request.user, session)
            and rules.meant_for(request.user, session.course),
            "at_once": any(has_a_place_at_once(session, council) for council in rules.council_ids(request.user)),
            "may_book_colleague": session.is_open and rules.colleague_book(request.user, session),
            "may_plan": rules.plans(request.user),
            "may_join": keeps or (mine is not None and mine.status == "booked"),
            "online": session.mode == Mode.ONLINE,
            "panels": panels_for("training.session", request, session),
            "demonstration": session.course.is_demo,
        },
    )
