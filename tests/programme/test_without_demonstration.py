"""With PORTAL_DEMO off: none of the demonstration is loaded, and no page of it is reachable or listed."""

import re

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from board.models import Board, Meeting, Paper
from fund.models import Bid, Round
from organisations.models import MailDomain
from projects.models import DeliveryPlan, Project
from tests.walk import walk
from training.models import Booking, Course, Session

pytestmark = pytest.mark.django_db
PAGES = ("programme:demo_people", "kernel:outbox_list", "kernel:component_gallery")


@pytest.fixture(autouse=True)
def no_demonstration(settings):
    settings.DEMO = False


def invented() -> dict[str, int]:
    """How many marked rows each model of ours holds."""
    marked = [
        model
        for model in apps.get_models()
        if any(field.name == "is_demo" for field in model._meta.fields) and not hasattr(model, "pgh_tracked_model")
    ]
    return {model.__name__: model._default_manager.filter(is_demo=True).count() for model in marked}


def test_the_programme_is_loaded_without_a_single_invented_row():
    call_command("load_programme")
    with pytest.raises(CommandError, match="only with PORTAL_DEMO=1"):
        call_command("load_demo")
    assert {"Board", "Round", "DeliveryPlan", "Project", "Course", "Learner"} <= set(invented())
    assert set(invented().values()) == {0}
    assert not User.objects.exists()
    assert not Booking.objects.exists()
    assert not MailDomain.objects.exists()
    seen, _forms = walk(Client(), "/en/")
    assert len(seen) > 30
    assert {status for path, status in seen.items()} <= {200, 302}
    assert not [path for path in seen if "/demo" in path or "/components" in path]


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_of_the_demonstration_answers(name, language):
    with override(language):
        assert Client().get(reverse(name)).status_code == 404


def test_nobody_signs_in_as_a_ready_person(settings):
    User.objects.create(email="team@example.org", name="Ready", demo_slug="team")
    answer = Client().post("/en/demo/sign-in/", {"person": "team"})
    assert answer.status_code == 404
    assert "_auth_user_id" not in answer.client.session


@pytest.mark.usefixtures("loaded")
class TestLoadedBefore:
    """A database that `make run` filled, served without the demonstration: its marked rows are nobody's to see."""

    def addresses(self) -> list[str]:
        rows = [
            *Board.objects.filter(is_demo=True),
            *Round.objects.filter(is_demo=True),
            *DeliveryPlan.objects.filter(is_demo=True),
            *Project.objects.filter(is_demo=True),
            *Course.objects.filter(is_demo=True),
            *Meeting.objects.filter(board__is_demo=True),
            *Paper.objects.filter(board__is_demo=True),
            *Session.objects.filter(course__is_demo=True),
            *Bid.objects.filter(round__is_demo=True),
        ]
        return [row.get_absolute_url() for row in rows]

    def test_its_pages_do_not_answer(self):
        answers = {path: Client().get(path).status_code for path in self.addresses()}
        assert len(answers) > 15
        assert {path: status for path, status in answers.items() if status != 404} == {}

    def test_no_page_links_to_them(self):
        seen, _forms = walk(Client(), "/en/")
        assert set(seen) & set(self.addresses()) == set()

    def test_the_sitemap_does_not_list_them_even_in_demonstration_mode(self, settings):
        settings.DEMO = True
        listed = re.findall(r"<loc>https?://[^/]+([^<]+)</loc>", Client().get("/sitemap.xml").content.decode())
        assert set(listed) & set(self.addresses()) == set()
