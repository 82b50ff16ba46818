"""A project's beginning in a real browser, in each language: created in an agreed plan, a milestone, a risk, agreed."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.journey
NARROW = {"width": 320, "height": 640}


@dataclass(frozen=True)
class Words:
    """The words of one language."""

    language: str
    listed: str
    plan: str
    plan_name: str
    new: str
    begin: str
    begun: str
    add_milestone: str
    add_risk: str
    save: str
    saved: str
    days_late: str
    red: str
    earlier: str
    change: str
    proposed: str
    agree: str
    agreed: str
    both: str
    missing: str
    in_the_plan: str


ENGLISH = Words(
    "en", "/en/projects/", "/en/projects/plans/demonstration-plan/", "Demonstration plan", "A new project",
    "Begin the project", "The project is there.", "Add a milestone", "Add a risk or an issue", "Save",
    "The changes are saved.", "31 days late", "Red", "Earlier forecasts", "Change", "Project added: ",
    "Record that it is agreed", "Agreed with Welsh Government", "The plan as first agreed and as it is now",
    "This plan is agreed: say why it changes.", "not in the plan",
)  # fmt: skip
WELSH = Words(
    "cy", "/cy/prosiectau/", "/cy/prosiectau/cynlluniau/cynllun-enghreifftiol/", "Cynllun enghreifftiol",
    "Prosiect newydd", "Cychwyn y prosiect", "Mae’r prosiect yno.", "Ychwanegu carreg filltir",
    "Ychwanegu risg neu fater", "Cadw", "Mae’r newidiadau wedi’u cadw.", "31 diwrnod yn hwyr", "Coch",
    "Rhagolygon cynharach", "Newid", "Ychwanegwyd prosiect: ", "Cofnodi y cytunwyd arno",
    "Cytunwyd â Llywodraeth Cymru", "Y cynllun fel y cytunwyd arno gyntaf ac fel y mae nawr",
    "Cytunwyd ar y cynllun hwn: dywedwch pam mae’n newid.", "nid yn y cynllun",
)  # fmt: skip


@pytest.fixture(params=[ENGLISH, WELSH], ids=["en", "cy"])
def words(request: pytest.FixtureRequest) -> Words:
    return request.param


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()
    page.wait_for_load_state()


def follow(page: Page, label: str) -> None:
    page.get_by_role("link", name=label, exact=True).first.click()
    page.wait_for_load_state()


def day(page: Page, name: str, *parts: str) -> None:
    for part, value in zip(("day", "month", "year"), parts, strict=True):
        page.locator(f"#id_{name}_{part}").fill(value)


def test_a_project_begins_in_an_agreed_plan_and_its_milestone_and_risk_are_kept(
    site: Site, page: Page, words: Words
) -> None:
    title = {"en": "Clear roadworks", "cy": "Gwaith ffordd clir"}[words.language]
    site.sign_in(page, "head-of-delivery", words.language)
    site.open(page, words.listed)
    press(page, words.new)
    for name, text in (("title", title), ("aim", "Signs that all can read")):
        for language in ("en", "cy"):
            page.locator(f"#id_{name}_{language}").fill(text)
    page.locator("#id_plan").select_option(label=words.plan_name)
    press(page, words.begin)
    expect(page.locator(".govuk-error-summary")).to_contain_text(words.missing)
    site.check(page)
    for language in ("en", "cy"):
        page.locator(f"#id_reason_{language}").fill("The board asked")
    press(page, words.begin)
    expect(page.get_by_text(words.begun)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    here = page.url
    site.check(page)
    # a milestone, and its forecast moved: the baseline stays
    follow(page, words.add_milestone)
    site.check(page)
    for language in ("en", "cy"):
        page.locator(f"#id_title_{language}").fill("First sign")
    day(page, "baseline", "1", "12", "2027")
    press(page, words.save)
    page.locator("tr", has_text="First sign").get_by_role("link", name=words.change).click()
    day(page, "expected", "1", "1", "2028")
    for language in ("en", "cy"):
        page.locator(f"#id_why_{language}").fill("Snow")
    press(page, words.save)
    expect(page.get_by_text(words.saved)).to_be_visible()
    expect(page.locator("tr", has_text="First sign")).to_contain_text(words.days_late)
    page.get_by_text(words.earlier, exact=True).click()
    expect(page.get_by_text("Snow")).to_be_visible()
    # a risk
    follow(page, words.add_risk)
    for language in ("en", "cy"):
        page.locator(f"#id_title_{language}").fill("No printer")
    page.locator("#id_likelihood").select_option("5")
    page.locator("#id_impact").select_option("4")
    page.locator("#id_owner").select_option(index=1)
    day(page, "review_on", "1", "6", "2028")
    press(page, words.save)
    expect(page.locator("tr", has_text="No printer")).to_contain_text(words.red)
    site.check(page)
    page.set_viewport_size(NARROW)
    site.check(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    # agreed with Welsh Government: the project enters the plan, and both plans stay readable
    site.open(page, words.plan)
    page.get_by_role("link", name=f"{words.proposed}{title}").click()
    site.check(page)
    press(page, words.agree)
    page.locator("#id_agreed_by_name").fill("Director of Digital")
    today = site.rows("SELECT extract(day FROM now()), extract(month FROM now()), extract(year FROM now())")[0]
    day(page, "agreed_on", *(str(int(part)) for part in today))
    page.locator("#id_reference").fill("WG/1")
    press(page, words.agree)
    expect(page.get_by_text(words.agreed).first).to_be_visible()
    follow(page, words.both)
    site.check(page)
    expect(page.locator("tr", has_text=title)).to_contain_text(words.in_the_plan)
    slug = here.rstrip("/").rsplit("/", 1)[-1]
    rows = site.rows(
        "SELECT m.baseline::text, m.forecast::text, (SELECT count(*) FROM projects_milestoneforecast f"
        " WHERE f.milestone_id = m.id), (SELECT count(*) FROM projects_planproject l WHERE l.project_id = p.id)"
        f" FROM projects_project p JOIN projects_milestone m ON m.project_id = p.id WHERE p.slug_{words.language} = %s",
        slug,
    )
    assert rows == [("2027-12-01", "2028-01-01", 2, 1)]
