"""What must last or hold for all workers stands in the database: processes keep nothing that another one lacks."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import get_resolver

OURS = ("accounts", "board", "fund", "organisations", "programme", "projects", "training", "wlga_portal")
CACHE = re.compile(r"django\.core\.cache|django\.views\.decorators\.cache import .*cache_page|\{% load cache %\}")


def files() -> Iterator[Path]:
    for app in OURS:
        for ending in ("*.py", "*.html"):
            yield from Path(settings.BASE_DIR, app).rglob(ending)


def test_nothing_that_must_last_stays_in_a_process():
    """Sessions, messages and limits are rows; Django's cache, which each process has for itself, is never asked."""
    assert settings.SESSION_ENGINE == "django.contrib.sessions.backends.db"
    assert settings.MESSAGE_STORAGE.endswith(".SessionStorage")
    found = list(files())
    assert len(found) > 600
    assert [str(path) for path in found if CACHE.search(path.read_text("utf-8"))] == []


def views(patterns: Any) -> Iterator[Any]:
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from views(pattern.url_patterns)
        else:
            yield pattern.callback


def test_the_libraries_count_nothing_and_answer_no_address_of_their_own():
    """allauth counts in each process's memory: its counters are off, and the portal's own pages count in the table."""
    assert settings.ACCOUNT_RATE_LIMITS is False
    served = {view.__module__ for view in views(get_resolver().url_patterns)}
    assert "accounts.views.sign_in" in served
    assert [module for module in served if module.startswith("allauth")] == []
