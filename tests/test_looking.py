"""The look at a page's HTML for what would be dead with scripts off can find it."""

import pytest

from tests.browser.looking import dead_without_script


@pytest.mark.parametrize(
    "html",
    [
        '<button type="button">Menu</button>',
        '<form><button type="button">Send</button></form>',
        '<a href="#">Open</a>',
        "<a>Open</a>",
        '<form method="post"><input name="title"></form>',
        '<form method="post"><select name="kind"></select></form><form><input name="q"><button>Find</button></form>',
    ],
)
def test_what_is_dead_without_script_is_found(html):
    assert len(dead_without_script(f"<main><br>{html}</main>")) == 1


@pytest.mark.parametrize(
    "html",
    [
        '<button type="button" hidden>Menu</button>',
        '<div hidden><p><button type="button">Menu</button></p></div>',
        '<dialog><a href="#">Stay</a></dialog>',
        '<a href="#top">Up</a>',
        '<form method="post"><input type="hidden" name="token"></form>',
        '<form id="page"><textarea name="text"></textarea></form><button form="page">Save</button>',
        '<form><input name="q"><input type="submit"></form>',
    ],
)
def test_what_works_without_script_or_waits_for_it_is_no_fault(html):
    assert dead_without_script(f"<main><br>{html}</main>") == []
