"""The settings refuse a demonstration that others could reach."""

import os
import subprocess
import sys

import pytest
from django.conf import settings


def reading(**environment: str) -> "subprocess.CompletedProcess[str]":
    """The settings read by a process of their own, with these variables."""
    return subprocess.run(
        [sys.executable, "-c", "import wlga_portal.settings as read; print(read.DEMO)"],
        cwd=settings.BASE_DIR,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.0.2.1", "portal.example.org"])  # noqa: S104  refused
def test_the_demonstration_is_refused_where_the_address_is_not_loopback(address):
    done = reading(PORTAL_DEMO="1", PORTAL_LISTEN=address)
    assert done.returncode != 0
    assert f"it needs a loopback address; PORTAL_LISTEN is {address}." in done.stderr


def test_the_demonstration_runs_on_a_loopback_address():
    assert reading(PORTAL_DEMO="1", PORTAL_LISTEN="127.0.0.1").stdout == "True\n"
    assert reading(PORTAL_DEMO="", PORTAL_LISTEN="127.0.0.1").stdout == "False\n"


def test_the_web_server_refuses_to_take_the_demonstration_further():
    command = [sys.executable, "-m", "gunicorn", "--bind", "0.0.0.0:0", "wlga_portal.wsgi"]  # refused before it binds
    done = subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env={**os.environ, "PORTAL_DEMO": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert done.returncode != 0
    assert "0.0.0.0 is not a loopback address." in done.stderr
