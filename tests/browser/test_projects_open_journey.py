"""Working in the open in a real browser, in each language: a post with a picture, and the annual report."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from projects.demo_posts import wall
from tests.browser.conftest import Site

pytestmark = pytest.mark.journey


@dataclass(frozen=True)
class Words:
    """The words of one language."""

    language: str
    posts: str
    write: str
    gaps: str
    add_picture: str
    add: str
    alt: str
    edit: str
    save: str
    publish: str
    done: str
    plan: str
    report: str
    counted: str
    freeze: str
    frozen: str
    hash: str


ENGLISH = Words(
    "en", "/en/projects/working-in-the-open/", "Write a post", "Before it can be published:",
    "Add a picture", "Add the picture", "A wall of notes", "Edit the post", "Save", "Publish the post",
    "Done: Publish the post.", "/en/projects/plans/demonstration-plan/", "Annual report of this plan",
    "Computed from the training register:", "Freeze the report as it stands", "The report is frozen.",
    "this is the hash (SHA-256)",
)  # fmt: skip
WELSH = Words(
    "cy", "/cy/prosiectau/gweithio-yn-agored/", "Ysgrifennu blogbost", "Cyn y gellir ei gyhoeddi:",
    "Ychwanegu llun", "Ychwanegu’r llun", "Wal o nodiadau", "Golygu’r blogbost", "Cadw", "Cyhoeddi’r blogbost",
    "Gwnaed: Cyhoeddi’r blogbost.", "/cy/prosiectau/cynlluniau/cynllun-enghreifftiol/",
    "Adroddiad blynyddol y cynllun hwn", "Wedi’i gyfrifo o’r gofrestr hyfforddi:", "Rhewi’r adroddiad fel y mae",
    "Mae’r adroddiad wedi’i rewi.", "dyma hash (SHA-256)",
)  # fmt: skip


@pytest.fixture(params=[ENGLISH, WELSH], ids=["en", "cy"])
def words(request: pytest.FixtureRequest) -> Words:
    return request.param


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()
    page.wait_for_load_state()


def test_the_team_writes_a_post_with_a_picture_and_everybody_reads_it(
    site: Site, page: Page, browser: Browser, words: Words, tmp_path: Path
) -> None:
    picture = tmp_path / "wall.png"
    picture.write_bytes(wall())
    site.sign_in(page, "team", words.language)
    site.open(page, words.posts)
    press(page, words.write)
    site.check(page)
    other = "cy" if words.language == "en" else "en"
    page.locator(f"#id_title_{words.language}").fill(f"A wall ({words.language})")
    page.locator(f"#id_summary_{words.language}").fill("Short.")
    page.locator(f"#id_body_{words.language}").fill("## First\n\nWords.")
    page.locator(f"#id_title_{words.language}").press("Enter")  # sends the form, and does not change the language
    expect(page.get_by_text(words.gaps)).to_be_visible()
    site.check(page)
    press(page, words.add_picture)
    site.check(page)
    page.locator("#id_file").set_input_files(picture)
    for language in ("en", "cy"):
        page.locator(f"#id_alt_{language}").fill(words.alt)
    press(page, words.add)
    press(page, words.edit)
    page.locator(f"#id_body_{words.language}").fill("## First\n\n![](picture:1)")
    for name, text in (("title", "The other"), ("summary", "Short."), ("body", "## Other\n\n![](picture:1)")):
        page.locator(f"#id_{name}_{other}").fill(text)
    site.check(page)
    press(page, words.save)
    page.get_by_role("button", name=words.publish, exact=True).click()
    page.wait_for_url("**/publish/")
    press(page, words.publish)
    expect(page.get_by_text(words.done)).to_be_visible()
    site.check(page)
    visitor = browser.new_context(java_script_enabled=False)
    public = visitor.new_page()
    public.goto(page.url)
    shown = public.get_by_role("article").get_by_role("img", name=words.alt)
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.naturalWidth") == 660
    public.goto(site.url + words.posts)
    expect(public.get_by_role("link", name=f"A wall ({words.language})")).to_be_visible()
    visitor.close()


def test_the_annual_report_is_read_and_frozen(site: Site, page: Page, words: Words) -> None:
    site.sign_in(page, "head-of-delivery", words.language)
    site.open(page, words.plan)
    page.get_by_role("link", name=words.report).click()
    page.wait_for_load_state()
    site.check(page)
    expect(page.get_by_text(words.counted).first).to_be_visible()
    page.set_viewport_size({"width": 320, "height": 640})
    site.check(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    if page.get_by_role("button", name=words.freeze).count():
        press(page, words.freeze)
    if words.language == "en":  # frozen once: in the other language it is frozen already as it stands
        expect(page.get_by_text(words.frozen)).to_be_visible()
        expect(page.get_by_text(words.hash)).to_be_visible()
        site.check(page)
    (stands,) = site.rows(
        "SELECT count(*) FROM projects_reportsnapshot WHERE sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')"
    )
    assert stands[0] >= 2
