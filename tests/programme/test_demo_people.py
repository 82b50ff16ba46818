"""The list of demonstration people that `make run` prints."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from programme.loading import read_facts


@pytest.mark.usefixtures("loaded")
@pytest.mark.django_db
def test_every_demonstration_person_is_listed_with_what_they_show(settings: Any) -> None:
    settings.DEMO = True
    out = io.StringIO()
    call_command("demo_people", stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0] == "Sign in as one of the demonstration people at /en/demo/ or /cy/demo/:"
    people = read_facts()["demo"]["people"]
    assert len(lines) == 1 + len(people)
    for person in people:
        line = next(line for line in lines if line.startswith(f"  {person['slug']} "))
        assert person["name"] in line
        assert line.endswith(person["description"]["en"])


def test_without_the_demonstration_there_are_none(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="only with PORTAL_DEMO=1"):
        call_command("demo_people")
