"""Where a message begins and ends (V4.2.1): the web server takes one meaning from it, or none."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from gunicorn.config import Config
from gunicorn.http.errors import ParseException
from gunicorn.http.parser import RequestParser

PROXIES = Path(settings.BASE_DIR, "deploy")
HEAD = b"POST /en/ HTTP/1.1\r\nHost: portal.example.org\r\n"
HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: portal.example.org\r\n\r\n"


def read(message: bytes) -> list[tuple[str, bytes]]:
    """The requests that the server finds in what arrives on one connection, with their bodies."""
    found = []
    for request in RequestParser(Config(), iter([message]), ("127.0.0.1", 1)):
        found.append((request.path, request.body.read()))
        if request.should_close():
            break
    return found


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Content-Length: 5, 5\r\n",
        b"Content-Length: +5\r\n",
        b"Content-Length: 5 \x0b\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding: chunked, gzip\r\n",
        b"Transfer-Encoding : chunked\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        b" Content-Length: 5\r\n",
    ],
)
def test_a_message_with_two_ends_or_a_strange_one_is_refused_and_hides_no_other(headers):
    body = b"0\r\n\r\n" + HIDDEN
    try:
        found = read(HEAD + headers + b"\r\n" + body)
    except ParseException:
        return
    assert [path for path, _body in found] == ["/en/"], headers
    assert b"hidden" not in b"".join(body for _path, body in found)


def test_a_length_and_pieces_alone_say_where_the_next_message_begins():
    counted = HEAD + b"Content-Length: 5\r\n\r\nabcde"
    pieces = HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    assert read(counted + pieces + HIDDEN) == [("/en/", b"abcde"), ("/en/", b"abc"), ("/hidden", b"")]


@pytest.mark.parametrize("size", [b"-3", b"0x3", b"3 3", b"+3", b"3_0", b""])
def test_a_piece_of_no_clear_size_is_refused(size):
    with pytest.raises(ParseException):
        read(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + size + b"\r\nabc\r\n0\r\n\r\n" + HIDDEN)


def test_http_2_ends_at_the_proxy_which_speaks_http_1_1_to_the_portal():
    nginx = (PROXIES / "nginx.conf").read_text(encoding="utf-8")
    assert re.search(r"http2 on;", nginx)
    assert re.search(r"proxy_http_version 1\.1;", nginx)
    assert "h2c" not in (PROXIES / "Caddyfile").read_text(encoding="utf-8")
    server = Path(settings.BASE_DIR, "gunicorn.conf.py").read_text(encoding="utf-8")
    assert not re.search(r"permit_|tolerate_|header_map|http2|strip_header", server)  # what would soften the reading
