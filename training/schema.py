"""A course and its sessions as schema.org says them, on their pages."""

from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.microdata import SCHEMA, Item, address_of

from .models import Course, Mode, Session
from .states import SessionStatus

LANGUAGES = {"en": "en", "cy": "cy", "both": "cy, en"}


def course_item(course: Course) -> Item:
    values = {
        "name": course.title,
        "description": course.summary,
        "url": address_of(course),
        "inLanguage": page_language(),
        "educationalLevel": course.get_level_display(),
    }
    parts = {"provider": Item("Organization", {"name": course.provider.name})} if course.provider else {}
    return Item("Course", values, parts)


def session_item(session: Session) -> Item:
    """The link for joining is not among it: that is for who booked."""
    online = session.mode == Mode.ONLINE
    status = "EventCancelled" if session.status == SessionStatus.CANCELLED else "EventScheduled"
    values = {
        "name": session.course.title,
        "description": session.course.summary,
        "startDate": session.starts_at.isoformat(),
        "endDate": session.ends_at.isoformat(),
        "inLanguage": LANGUAGES[session.language],
        "url": address_of(session),
        "eventStatus": SCHEMA + status,
        "eventAttendanceMode": f"{SCHEMA}{'Online' if online else 'Offline'}EventAttendanceMode",
    }
    place = Item("VirtualLocation", {"url": address_of(session)}) if online else Item("Place", {"name": session.place})
    return Item("EducationEvent", values, {"location": place})
