"""What waits for a person is found, although a quick look says which finders are asked."""

import pytest

from accounts.models import User
from wlga_portal.kernel import panels

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


@pytest.fixture(autouse=True)
def demonstration(settings):
    settings.DEMO = True


def test_no_quick_look_overlooks_what_waits_for_a_demonstration_person():
    told = set()
    for user in User.objects.exclude(demo_slug=""):
        asked = panels.worth_asking(user)
        for finder, where in panels._needs:
            waiting = list(finder(user))
            assert finder in asked or not waiting, (user.demo_slug, finder.__name__, waiting)
            if where and waiting:
                told.add(finder.__name__)
    assert {"bids_to_finish", "own_sessions"} <= told
