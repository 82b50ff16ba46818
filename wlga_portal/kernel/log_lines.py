"""How a line of the log is written: as one JSON object, or as words; without personal data.

Nothing of Django is read here: the web server writes its own lines in the same form before the portal is loaded.
"""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

ADDRESS = re.compile(r"[^\s@<>\"'(),;:=]+@[^\s@<>\"'(),;:=]+")
VALUES = re.compile(r"(?m)^(?:DETAIL|CONTEXT|PARAMETERS?):.*$|\(([\w, ]+)\)=\([^)]*\)")
asked: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """The id of the request that is answered now; '' outside of one."""
    return asked.get()


def redacted(text: str) -> str:
    """A text of the log without addresses of people and without what PostgreSQL says of values."""
    return ADDRESS.sub("[address]", VALUES.sub(lambda found: f"({found[1]})=(…)" if found[1] else "[values]", text))


class Redacted(logging.Formatter):
    """One line of words, for a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        said = f"{super().format(record)}{''.join(f' {name}={value}' for name, value in facts_of(record).items())}"
        return redacted(said)

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = message_of(record)
        return super().formatMessage(record)


class JSONLines(logging.Formatter):
    """One JSON object a line, for a collector of logs."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": redacted(message_of(record)),
            **facts_of(record),
        }
        if record.exc_info:
            line["fault"] = redacted(self.formatException(record.exc_info))
        return json.dumps(line, default=str)  # in ASCII: no letter of Unicode that some take for a line's end


def message_of(record: logging.LogRecord) -> str:
    """Its message; Django's own about a request without the address that it ends with."""
    said = record.getMessage()
    return said.partition(":")[0] if record.name == "django.request" else said


def facts_of(record: logging.LogRecord) -> dict[str, Any]:
    """What a record says beside its message: the id of the request, and what its writer gave as `facts`."""
    found = {"request": request_id()} if request_id() else {}
    return found | getattr(record, "facts", {})
