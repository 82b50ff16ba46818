"""Who may not post: every address to which the pages of the areas send a form, tried by a visitor and by a stranger."""

import pytest
from django.test import Client
from django.urls import resolve

from accounts.models import User
from tests.factories.people import person
from tests.walk import BACKEND, client_of, view_name, walk
from wlga_portal.kernel.models import StatusChange

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded"), pytest.mark.deep]
AREAS = ("board:", "fund:", "projects:", "training:", "accounts:member", "accounts:people", "accounts:person")
WRITERS = ["secretariat", "clearer", "team", "fund-manager", "officer-torfaen", "lead-cardiff", "trainer", "admin"]

# what is one's own: empty for a stranger, or theirs to make
# Forms that everybody with an account may send: of their own bookings, data and views, and of what is public.
OWN = {
    "fund:bid_own", "training:booking_own", "training:calendar_key_renew", "training:needs_edit", "training:held_page",
    "training:correction_request", "training:erasure_request", "projects:view_save", "projects:project_keep",
    "projects:plan_keep", "projects:portfolio_keep", "board:paper_stop", "board:note_edit", "board:notes_delete",
    "fund:award_own",
}  # fmt: skip


@pytest.fixture(autouse=True)
def demonstration(settings):
    """As `make run` serves it."""
    settings.DEMO = True


@pytest.fixture
def forms() -> list[str]:
    """The addresses of the areas that are not for everybody to read, forms and pages alike."""
    found: set[str] = set()
    for writer in WRITERS:
        seen, actions = walk(client_of(writer), "/en/")
        found |= actions | set(seen)
    ours = [path for path in found if (view_name(path) or "").startswith(AREAS)]
    return sorted(path for path in ours if getattr(resolve(path).func, "login_required", True))


def test_nobody_posts_without_being_signed_in_or_without_a_role(forms):
    stranger = Client()
    stranger.force_login(person(), backend=BACKEND)
    before = StatusChange.objects.count(), User.objects.count()
    faults, refused = [], 0
    for path in forms:
        visitor = Client().post(path, {})
        if visitor.status_code == 302 and "/account/sign-in/" not in visitor.headers["Location"]:
            faults.append(f"a visitor: {path} leads to {visitor.headers['Location']}")
        elif visitor.status_code not in {302, 404, 405}:
            faults.append(f"a visitor: {path} answers {visitor.status_code}")
        status = stranger.post(path, {}).status_code
        refused += status in {403, 404}
        if status not in {403, 404, 405} and view_name(path) not in OWN:
            faults.append(f"a stranger: {path} answers {status}")
    assert not faults, "\n".join(faults)
    assert refused > 40
    assert (StatusChange.objects.count(), User.objects.count()) == before
