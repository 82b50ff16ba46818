"""The portal's own commands: each says what it does, can be rehearsed where it changes data, and ends as it should."""

import io
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class

from accounts.models import User
from organisations.models import Organisation
from programme.models import SearchText
from tests.factories.people import UserFactory
from tests.factories.training import LearnerFactory
from training.models import Learner
from wlga_portal.kernel.models import Bounce
from wlga_portal.kernel.rehearsal import RehearsedCommand

APPS = {"organisations", "accounts", "projects", "training", "fund", "board", "programme", "wlga_portal.kernel"}
# What only reads, or writes no data of the portal.
READS = {
    "check_360": "reads the awards",
    "check_frozen": "reads the frozen rows",
    "demo_people": "reads the people of the demonstration",
    "evaluate_search": "measures",
    "evaluate_similar": "measures; --write-means writes a file of the repository",
    "metrics": "reads, until it is told to end",
    "work": "runs what was asked for by others, until it is told to end",
    "archive": "copies, until it is told to end",
}
OWN = {name: app for name, app in get_commands().items() if app in APPS}


def command(name: str) -> Any:
    return load_command_class(OWN[name], name)


def said_by(name: str, *arguments: str) -> str:
    said = io.StringIO()
    call_command(name, *arguments, stdout=said)
    return said.getvalue()


@pytest.mark.parametrize("name", sorted(OWN))
def test_a_command_says_what_it_does_and_what_each_option_means(name):
    made = command(name)
    parser = made.create_parser("manage.py", name)
    assert len(made.help) > 20
    assert made.help[0].isupper()
    assert made.help.split()[0] in parser.format_help()
    assert [action.dest for action in parser._actions if not action.help and not action.choices] == []


@pytest.mark.parametrize("name", sorted(set(OWN) - set(READS)))
def test_a_command_that_changes_data_can_be_rehearsed(name):
    parser = command(name).create_parser("manage.py", name)
    options = {option for action in parser._actions for option in action.option_strings}
    for action in parser._actions:  # of a command with parts
        for part in (action.choices or {}).values() if isinstance(action.choices, dict) else ():
            options |= {option for one in part._actions for option in one.option_strings}
    assert "--dry-run" in options


def test_every_command_that_is_excused_is_there():
    assert set(READS) <= set(OWN)


@pytest.mark.parametrize("name", sorted(OWN))
def test_a_wrong_option_ends_with_two(name):
    with pytest.raises(SystemExit) as ended:
        command(name).run_from_argv(["manage.py", name, "--no-such-option"])
    assert ended.value.code == 2


def test_a_refusal_ends_with_one_and_a_sentence(capsys):
    with pytest.raises(SystemExit) as ended:
        command("jobs").run_from_argv(["manage.py", "jobs", "--retry", "x", "--skip-checks"])
    assert ended.value.code == 1
    assert "Name jobs by their numbers" in capsys.readouterr().err


@pytest.mark.django_db
def test_loading_the_programme_says_how_far_it_is_and_a_rehearsal_keeps_nothing():
    said = said_by("load_programme", "--dry-run")
    assert said.split("\n")[0] == "organisations …"
    assert "The programme is loaded.\nNothing was kept: this was a dry run." in said
    assert not Organisation.objects.exists()


@pytest.mark.django_db
def test_the_rehearsal_of_the_search_and_of_the_problems_keeps_nothing():
    assert "Nothing was kept" in said_by("index_search", "--dry-run")
    assert not SearchText.objects.exists()
    assert said_by("read_problems", "--dry-run") == (
        "0 bids kept, 0 vectors made.\nNothing was kept: this was a dry run.\n"
    )


@pytest.mark.django_db
def test_a_delivery_report_is_rehearsed(monkeypatch):
    user = UserFactory()
    report = (
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n"
        f"Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; {user.email}\nAction: failed\n"
        "Status: 5.1.1\n\n--b--\n"
    )
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(report.encode())))
    assert "Nothing was kept" in said_by("record_bounce", "--dry-run")
    assert not Bounce.objects.exists()


@pytest.mark.django_db
def test_erasing_again_is_rehearsed(monkeypatch):
    learner = LearnerFactory()
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{learner.pk}\n"))
    assert said_by("erasures", "--again", "--dry-run") == f"{learner.pk}\nNothing was kept: this was a dry run.\n"
    assert Learner.objects.get(pk=learner.pk).erased_at is None


@pytest.mark.django_db
def test_the_demonstration_is_rehearsed_only_where_it_may_be_loaded(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="only with PORTAL_DEMO=1"):
        call_command("load_demo", "--dry-run")
    assert not User.objects.exists()


def test_a_rehearsed_command_says_what_it_changes():
    with pytest.raises(NotImplementedError):
        RehearsedCommand().change()
