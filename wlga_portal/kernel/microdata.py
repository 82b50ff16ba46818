"""What a page is about, for programs: schema.org as microdata, so that no script stands on a page.

Item("Course", {"name": course.title, "url": address}, {"provider": Item("Organization", {"name": …})})
{% microdata item %}
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

SCHEMA = "https://schema.org/"


@dataclass(frozen=True, slots=True)
class Item:
    """A thing of a type of schema.org. A value that begins with `https://` or `http://` is a link; an empty one is left

    out. `parts` are things within it: one, or several.
    """

    type: str
    values: Mapping[str, Any]
    parts: "Mapping[str, Item | Iterable[Item]]" = field(default_factory=dict)

    def html(self, name: str = "") -> SafeString:
        told = format_html_join("", "{}", ((written(key, str(value)),) for key, value in self.values.items() if value))
        inner = [
            one.html(key)
            for key, part in self.parts.items()
            for one in ((part,) if isinstance(part, Item) else tuple(part))
        ]
        prop = format_html(' itemprop="{}"', name) if name else ""
        content = told + format_html_join("", "{}", ((part,) for part in inner))
        return format_html('<div{} itemscope itemtype="{}{}">{}</div>', prop, SCHEMA, self.type, content)


def written(key: str, value: str) -> SafeString:
    if value.startswith(("https://", "http://")):
        return format_html('<link itemprop="{}" href="{}">', key, value)
    return format_html('<meta itemprop="{}" content="{}">', key, value)


def address_of(thing: Any) -> str:
    """The whole address of a thing's page, in the language in force."""
    return settings.BASE_URL + str(thing.get_absolute_url())
