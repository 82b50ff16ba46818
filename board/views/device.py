"""Reading with no connection: the worker, what it keeps of a meeting, what was withdrawn, the page in its place."""

import json
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import override

from board.device import kept_until, pages_kept, person_key
from board.finders import find_meeting
from board.models import Meeting, Withdrawal
from wlga_portal.kernel.bilingual import LANGUAGES, in_both
from wlga_portal.kernel.screens import page, screen, signed_in

SOURCE = settings.BASE_DIR / "static/js/worker.js"


@lru_cache(maxsize=1)
def worker_text() -> str:
    """The worker, with the addresses that it needs; a changed worker takes the place of the one on the device."""
    offline = {}
    for language in LANGUAGES:
        with override(language):
            offline[language] = reverse("board:offline_page")
    known = {"offline": offline, "withdrawn": reverse("worker_withdrawn")}
    return f"const ADDRESSES = {json.dumps(known, sort_keys=True)};\n{SOURCE.read_text(encoding='utf-8')}"


@screen(public=True, methods=("GET", "HEAD"))
def worker(request: HttpRequest) -> HttpResponse:
    """Served from the root, so that it may stand in for every page of the portal."""
    answer = HttpResponse(worker_text(), content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Service-Worker-Allowed"] = "/"
    return answer


@screen(public=True, methods=("GET", "HEAD"))
def worker_withdrawn(request: HttpRequest) -> JsonResponse:
    """The hashes of all that was withdrawn, as their tombstones say them: copies go even once a session is over."""
    done = Withdrawal.objects.visible_to(request.user).done()
    return JsonResponse({"withdrawn": sorted(done.values_list("edition__sha256", flat=True))})


@screen(find=find_meeting, may=lambda user, _meeting: signed_in(user), methods=("GET", "HEAD"))
def meeting_device(request: HttpRequest, meeting: Meeting) -> JsonResponse:
    """What belongs on this person's device of a meeting; `?restricted=1`: with the restricted papers."""
    restricted = request.GET.get("restricted") == "1"
    title = in_both(lambda: str(meeting))
    address = {}
    for language in LANGUAGES:
        with override(language):
            address[language] = reverse("board:pack_page", kwargs={"slug": meeting.slug})
    return JsonResponse(
        {
            "person": person_key(request.user),
            "until": kept_until(request.user, meeting).isoformat(),
            "meeting": {
                "id": meeting.pk,
                "title": {"en": title.en, "cy": title.cy},
                "url": address,
                "restricted": restricted,
            },
            "pages": list(pages_kept(request.user, meeting, restricted=restricted)),
        }
    )


@screen(public=True, methods=("GET", "HEAD"))
def offline_page(request: HttpRequest) -> HttpResponse:
    """Shown where a page needs a connection and there is none: what is kept on this device."""
    return page(request, "board/offline_page.html")
