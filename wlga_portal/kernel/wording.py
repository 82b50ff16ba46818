"""How numbers, money, days and what is not published are written on a page, in the page's language."""

import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .forms.fields import pounds as written_pounds


def not_published(text: Any = "") -> SafeString:
    """What is shown where the source gives nothing: never 0, never a guess."""
    return format_html('<span class="portal-none">{}</span>', text or _("not published"))


def published(value: Any) -> Any:
    """The value, or "not published" where there is none."""
    return not_published() if value is None or str(value) == "" else value


def pounds(pence: Any) -> Any:
    """£1,000 or £12.50 for an amount in pence."""
    return not_published() if pence is None or pence == "" else written_pounds(int(pence))


def number(value: Any) -> Any:
    """1,000 for 1000; a fraction with at most two decimals."""
    if value is None or value == "":
        return not_published()
    return f"{value:,}" if isinstance(value, int) else f"{float(value):,.2f}".rstrip("0").rstrip(".")


def local(value: Any) -> Any:
    """A moment by the clock of Wales."""
    return timezone.localtime(value) if isinstance(value, datetime.datetime) and timezone.is_aware(value) else value


def day(value: Any) -> Any:
    """20 September 2022, or 20 Medi 2022."""
    return not_published() if not value else formats.date_format(local(value), "DATE_FORMAT")


def moment(value: Any) -> Any:
    """20 September 2022, 14:30."""
    return not_published() if not value else formats.date_format(local(value), "DATETIME_FORMAT")
