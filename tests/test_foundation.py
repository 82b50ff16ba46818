"""The page that says where each promise is shown names tests that there are."""

import re
from pathlib import Path

TESTS = Path(__file__).parent
PAGE = TESTS.parent / "docs/foundation.md"
ELSEWHERE = {"robots.txt", "security.txt", "tests/test_foundation.py"}  # addresses, and this file


def test_every_test_that_the_page_names_is_there():
    text = PAGE.read_text("utf-8")
    code = "\n".join(path.read_text("utf-8") for path in TESTS.rglob("test_*.py"))
    files = set(re.findall(r"`((?:\w+/)?(?:test_\w+|\w+)\.(?:py|txt))`", text))
    functions = set(re.findall(r"`(test_\w+)`", text))
    assert {name for name in files if not (TESTS / name).exists()} - ELSEWHERE == set()
    assert {name for name in functions if f"def {name}(" not in code} == set()
    assert len(files) > 40
    assert len(functions) > 30


def test_the_links_of_the_documents_lead_to_files():
    root = TESTS.parent
    pages = [*root.glob("*.md"), *root.glob("docs/**/*.md")]
    links = [(page, link) for page in pages for link in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))]
    ours = [(page, link) for page, link in links if "://" not in link and not link.startswith("picture:")]
    lost = [(page.name, link) for page, link in ours if not (page.parent / link).exists()]
    assert lost == []
