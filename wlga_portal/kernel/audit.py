"""Who writes, and why: told to the database, whose triggers write it into the history."""

import contextlib
import json
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction

SETTING = "pghistory.context_metadata"


@contextlib.contextmanager
def audited(*, by: Any, why: str = "") -> Iterator[None]:
    """A transaction whose writes are recorded as made `by` a user (None: the portal itself), for the reason `why`.

    Only the id of the person enters the history; an inner block's reason replaces the outer's until it ends.
    """
    context = json.dumps({"by": by.pk if by is not None else None, "why": why})
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT current_setting('{SETTING}', true), set_config('{SETTING}', %s, true)", [context])
        outer = cursor.fetchone()[0] or ""
        yield
        # an exception has rolled the setting back together with the rows
        cursor.execute(f"SELECT set_config('{SETTING}', %s, true)", [outer])
