"""The pages that say where each promise is shown name tests that there are."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
DOCS = TESTS.parent / "docs"
PAGES = ["foundation.md", *sorted(page.name for page in DOCS.glob("*-shown.md"))]
# addresses, and this file
ELSEWHERE = {"robots.txt", "security.txt", "tests/test_foundation.py"}
# the folder in which a page's tests stand where it names none
FOLDERS = {"one-programme-shown.md": "programme", "search-shown.md": "programme", "trust-shown.md": "accounts"}


@pytest.fixture(scope="module")
def code() -> str:
    return "\n".join(path.read_text("utf-8") for path in TESTS.rglob("test_*.py"))


def named(text: str) -> tuple[set[str], set[str]]:
    """The files and the tests that a page names."""
    files = set(re.findall(r"`((?:\w+/)?(?:test_\w+|\w+)\.(?:py|txt))`", text))
    return files, set(re.findall(r"`(test_\w+)`", text))


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_a_page_names_is_there(page, code):
    files, functions = named((DOCS / page).read_text("utf-8"))
    folders = (TESTS, TESTS.parent, TESTS / FOLDERS.get(page, page.partition("-")[0]))
    assert {name for name in files if not any((one / name).exists() for one in folders)} - ELSEWHERE == set()
    assert {name for name in functions if f"def {name}(" not in code} == set()
    assert len(files) + len(functions) > 20


def test_the_page_of_the_foundation_is_whole():
    files, functions = named((DOCS / "foundation.md").read_text("utf-8"))
    assert len(files) > 40
    assert len(functions) > 30


def test_the_links_of_the_documents_lead_to_files():
    root = TESTS.parent
    pages = [*root.glob("*.md"), *root.glob("docs/**/*.md")]
    links = [(page, link) for page in pages for link in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))]
    ours = [(page, link) for page, link in links if "://" not in link and not link.startswith("picture:")]
    lost = [(page.name, link) for page, link in ours if not (page.parent / link).exists()]
    assert lost == []
