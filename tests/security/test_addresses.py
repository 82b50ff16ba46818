"""What stands in an address: slugs and numbers; a secret only where a link of a mail or a calendar needs one."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import StringConverter

# Each is for one thing, ends, or can be made anew by its person; none signs anybody in. `Referrer-Policy` keeps all
# addresses from other sites, and the log says the route, not the address (tests/kernel/test_logs.py).
LINKS = {
    "address_confirm",  # a new address is confirmed
    "action_answer",  # an owner says how an action stands
    "comment_read",  # somebody without an account reads a draft bid
    "sign_page",  # a finance officer signs a commitment
    "message_stop",  # mails of one kind end
    "own_calendar", "own_feed",  # a calendar program asks, which cannot sign in
}  # fmt: skip
SECRET = {"token", "code", "secret", "password", "session", "key"}


def patterns(resolver: Any) -> Iterator[URLPattern]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one)
        else:
            yield one


def test_an_address_holds_a_secret_only_where_a_link_cannot_do_without():
    found = {
        one.name or "the API"
        for one in patterns(get_resolver())
        for name, converter in one.pattern.converters.items()
        if name in SECRET and type(converter) is StringConverter
    }
    assert found == LINKS | {"the API"}  # whose keys are those of public things
