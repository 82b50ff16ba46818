"""What every page knows: its addresses in both languages, the five areas, whether this is a demonstration."""

import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from .bilingual import page_language
from .screens import languages_of

AREAS = ("board:front", "projects:project_list", "fund:front", "training:front", "organisations:council_list")
BEGUN = "begun_at"  # in the session: when its time began, in seconds since 1970
SIGNED_IN = "signed_in_at"  # in the session: when its person signed in; nothing begins this anew
FOOTER = ("search", "data_page", "accessibility", "privacy", "cookies", "help", "contact")


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the page: `code`, `url` of this page in it, `label` in the language itself."""

    code: str
    url: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class Area:
    """A link of the service navigation; `current` is '' or the value of its aria-current."""

    url: str
    label: str
    current: str


def find(name: str, **parts: Any) -> str:
    """The address of a named page, or '' where there is no such page."""
    try:
        return reverse(name, kwargs=parts or None)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=8)
def addresses(language: str) -> dict[str, str]:
    """The addresses that every page links to, in one language: found once, since they do not change."""
    names = list(AREAS) + [f"programme:{name}" for name in FOOTER]
    names += [
        "programme:front",
        "programme:search",
        "programme:page_feedback",
        "accounts:profile",
        "accounts:session_keep",
    ]
    names += ["programme:demo_people", "account_request_login_code", "account_logout"]
    with override(language):
        return {name: find(name) for name in names}


def languages(request: HttpRequest) -> list[Language]:
    """This page in each language, with the address that the language switch leads to."""
    current = page_language()
    found = languages_of(request)
    return [Language(code, found[code], label, code == current) for code, label in settings.LANGUAGES]


def area_labels() -> dict[str, str]:
    """What the service navigation calls the areas."""
    return {
        "board:front": pgettext("area", "Board"),
        "projects:project_list": pgettext("area", "Projects"),
        "fund:front": pgettext("area", "Fund"),
        "training:front": pgettext("area", "Training"),
        "organisations:council_list": pgettext("area", "Councils"),
    }


def area_texts() -> dict[str, str]:
    """What the pages of an area are about, for whoever finds them by a search engine."""
    return {
        "board:front": _("Meetings, papers, decisions and actions of the boards of the digital programme."),
        "projects:project_list": _("The digital delivery plan of the Welsh councils: projects, status and results."),
        "fund:front": _("The Transformation Fund: rounds, bids of the Welsh councils, awards and what was learned."),
        "training:front": _("Digital courses and sessions for officers of the Welsh councils, and how many took part."),
        "organisations:council_list": _("The councils of Wales: their projects, bids, awards and training."),
    }


def areas(request: HttpRequest, known: dict[str, str]) -> list[Area]:
    """The areas whose pages exist, the current one marked."""
    path = request.path
    return [
        Area(url, label, "page" if path == url else "true" if path.startswith(url) else "")
        for name, label in area_labels().items()
        if (url := known[name])
    ]


def begin(session: Any) -> None:
    """A session begins, or begins anew because somebody is there: from now it lasts its time without a request."""
    session[BEGUN] = int(time.time())


class Page:
    """The frame of one page, worked out only when a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.language = page_language()
        self.addresses = addresses(self.language)

    def areas(self) -> list[Area]:
        return areas(self.request, self.addresses)

    def about(self) -> str:
        """One sentence on the area of the page, or on the whole portal."""
        for name, text in area_texts().items():
            if (url := self.addresses[name]) and self.request.path.startswith(url):
                return text
        return _("The digital programme of local government in Wales: board, projects, fund and training.")

    def front(self) -> str:
        return self.addresses["programme:front"] or f"/{self.language}/"

    def search(self) -> str:
        return self.addresses["programme:search"]

    def footer(self) -> list[dict[str, str]]:
        labels = {
            "search": pgettext("footer", "Search"),
            "data_page": pgettext("footer", "Open data"),
            "accessibility": pgettext("footer", "Accessibility"),
            "privacy": pgettext("footer", "Privacy"),
            "cookies": pgettext("footer", "Cookies"),
            "help": pgettext("footer", "Help"),
            "contact": pgettext("footer", "Contact"),
        }
        found = ((self.addresses[f"programme:{name}"], label) for name, label in labels.items())
        return [{"url": url, "label": label} for url, label in found if url]

    def feedback(self) -> str:
        return self.addresses["programme:page_feedback"]

    def demo_people(self) -> str:
        return self.addresses["programme:demo_people"]

    def sign_in(self) -> str:
        return self.addresses["account_request_login_code"]

    def profile(self) -> str:
        return self.addresses["accounts:profile"]

    def session_url(self) -> str:
        return self.addresses["accounts:session_keep"]

    def session_seconds(self) -> int:
        """How long this person stays signed in; never said to be longer than it is."""
        now, session = int(time.time()), self.request.session
        idle = int(session.get(BEGUN, now)) + settings.SESSION_COOKIE_AGE
        longest = int(session.get(SIGNED_IN, now)) + settings.SESSION_LONGEST_SECONDS
        return max(1, min(idle, longest) - now)


def portal(request: HttpRequest) -> dict[str, Any]:
    """`languages`, `frame`, `demo`, `base_url`, `portal_name`: for every template."""
    return {
        "languages": SimpleLazyObject(lambda: languages(request)),
        "frame": Page(request),
        "demo": settings.DEMO,
        "base_url": settings.BASE_URL,
        "portal_name": settings.PORTAL_NAME,
    }
