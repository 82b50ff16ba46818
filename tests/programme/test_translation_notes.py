"""The programme's Welsh is a translation that nobody has reviewed, and every page of it says so."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from board.models import Board, Meeting, Paper
from fund.models import Bid, Round
from projects.models import DeliveryPlan, Project
from training.models import Stream

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
NOTES = {"Translation not reviewed", "Unreviewed translation"}
WELSH = {"Cyfieithiad heb ei adolygu"}


def pages() -> list[str]:
    """One page of each kind that shows texts of the real programme, in the language that is active."""
    things = [
        Board.objects.get(is_demo=False),
        Meeting.objects.filter(board__is_demo=False).first(),
        Paper.objects.filter(board__is_demo=False).first(),
        Project.objects.filter(is_demo=False).exclude(aim_en="").first(),
        DeliveryPlan.objects.filter(is_demo=False).first(),
        Round.objects.get(is_demo=False),
        Bid.objects.filter(round__is_demo=False).first(),
        Stream.objects.first(),
    ]
    return [reverse("board:front"), reverse("fund:front"), *(thing.get_absolute_url() for thing in things if thing)]


def test_every_welsh_page_of_the_programmes_texts_says_that_nobody_reviewed_them():
    with override("cy"):
        addresses = pages()
    assert len(addresses) == 10
    silent = [path for path in addresses if not any(note in Client().get(path).content.decode() for note in WELSH)]
    assert silent == []


def test_no_english_page_has_such_a_note():
    for path in pages():
        content = Client().get(path).content.decode()
        assert not any(note in content for note in NOTES), path
