"""Nothing of how the portal is made is served (V13.4.1), and no script of its own lets data choose what it changes."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

ROOT = Path(settings.BASE_DIR)
HISTORY = {".git", ".svn", ".hg", ".bzr", "CVS"}
MADE = {"portal.js"}  # built from tools/design/src and the vendored design system
# `thing[key] = value` where the key comes from data: only these, whose keys begin with a slash
KEYED = {("worker.js", "about.pages[page.url]")}


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["/", "/static/", "/static/../", "/en/", "/static/%2e%2e/", "/static//"])
def test_no_file_of_the_source_control_is_served(where):
    for name in (".git/HEAD", ".git/config", ".svn/entries", ".hg/store", ".gitignore", ".env"):
        assert Client().get(where + name).status_code == 404, where + name


def test_what_is_collected_and_what_is_built_hold_nothing_of_it():
    collected = {path for finder in get_finders() for path, _storage in finder.list([])}
    assert len(collected) > 50
    assert not [path for path in collected if any(part.startswith(".") for part in Path(path).parts)]
    assert ".git" in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "git archive" in (ROOT / "docs/operations/one-machine.md").read_text(encoding="utf-8")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/static/", "/static/js/", "/static/css/", "/media/", "/attachments/", "/var/files/"])
def test_no_folder_is_listed(path):
    assert Client().get(path, follow=True).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["/", "/files/", "/media/", "/static/", "/var/files/", "/en/files/"])
def test_no_file_that_was_sent_has_an_address_of_its_own(settings, tmp_path, where):
    """V5.3.1: nothing that people sent lies where a server would show it, or run it."""
    settings.MEDIA_ROOT = tmp_path
    default_storage.save("attachments/shell.py", ContentFile(b"print('run')"))
    for path in ("attachments/shell.py", "shell.py", "../files/attachments/shell.py"):
        answer = Client().get(where + path, follow=True)
        assert answer.status_code in {302, 404}
        assert b"run" not in answer.content or answer.status_code == 404
    assert "MEDIA_URL" not in (ROOT / "wlga_portal/settings.py").read_text(encoding="utf-8")
    for proxy in ("nginx.conf", "Caddyfile"):
        assert "var/files" not in (ROOT / "deploy" / proxy).read_text(encoding="utf-8")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/en/", "/en/account/sign-in/", "/api/v1/projects"])
def test_trace_is_never_answered(path):
    answer = Client().trace(path, headers={"Cookie": "portal_session=secret"})
    assert answer.status_code in {404, 405}
    assert b"secret" not in answer.content


def scripts() -> list[Path]:
    own = [path for path in (ROOT / "static/js").glob("*.js") if path.name not in MADE]
    return [*own, *(ROOT / "tools/design/src").glob("*.js")]


def test_scripts_put_texts_into_pages_as_text():
    """V3.2.2: no markup is made in a browser; what comes as markup was drawn, and escaped, by the server."""
    drawn = {("reading.js", "insertAdjacentHTML")}  # a note of one's own, as `board/reading` drew it
    makes = re.compile(r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|eval)\b")
    found = {(path.name, one) for path in scripts() for one in makes.findall(path.read_text(encoding="utf-8"))}
    assert found == drawn


def test_no_script_of_ours_sets_a_property_that_data_names():
    """V15.3.6: no merge of what was sent into an object, no `__proto__`; a computed key in a literal is its own."""
    assert len(scripts()) > 15
    for path in scripts():
        text = path.read_text(encoding="utf-8")
        assert not re.search(
            r"__proto__|\.prototype(\[|\.\w+\s*=)|constructor\[|structuredClone|setPrototypeOf|Reflect\.set", text
        )
        assert not re.search(r"Object\.assign\((?!\w+, \{ )", text), path.name
        for found in re.finditer(r"([\w.]+\[(?!\d|\")[\w.]+\])\s*=(?!=)", text):
            assert (path.name, found[1]) in KEYED, (path.name, found[1])
